"""The quizzes and the checks of lesson 09: right answers pass, well-known mistakes get a hint."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib.comparing_theories.claims import check_claims
from course_lib.comparing_theories.comparison_table import ROWS, comparison_table
from course_lib.comparing_theories.questions import (
    policy_check,
    table_check,
    tourism_quiz,
    what_follows_quiz,
)
from course_lib.regional_economy.draws import draw_laws
from course_lib.regional_economy.ensemble import ensemble
from course_lib.regional_economy.policies import Plan, share_of


def test_the_share_in_the_first_quiz_is_that_of_the_lesson() -> None:
    drawn = ensemble(seeds=3, laws=draw_laws(60))
    counted = check_claims(drawn, over="draws").loc["cluster grows most"]
    held = round(counted["share"] * counted["runs"])
    assert f"In {held} of {counted['runs']:.0f} draws" in what_follows_quiz().question


def test_the_town_gives_up_less_for_a_guest() -> None:
    city, town = 2 / 1, 3 / 6  # hours for a guest over hours for a part
    assert (city, town) == (2, 0.5)
    assert "costs it half a part, and the city two" in tourism_quiz().answer


@pytest.mark.parametrize("quiz", [what_follows_quiz(), tourism_quiz()])
def test_each_wrong_option_has_a_hint_of_its_own(quiz) -> None:
    said = [quiz.try_option(option) for option in quiz.options]
    assert len(set(said)) == len(said)
    assert sum(one.startswith("Yes.") for one in said) == 1


class TestTable:
    @pytest.fixture
    def right(self):
        table = comparison_table()
        return {name: (shares > 0.5).tolist() for name, shares in table.iterrows()}

    def test_right(self, right) -> None:
        assert table_check().report(right).passed == len(ROWS)

    def test_almost_right(self, right) -> None:
        almost = right | {"contagion": [False, True, True, True]}
        report = table_check().report(almost)
        assert report.passed == len(ROWS) - 1
        assert "builds suppliers and buyers" in repr(report)

    def test_what_the_document_says_misses_two_rows(self, right) -> None:
        """Complexes are unbalanced as well, and who makes more learns more."""
        document = right | {
            "unequal": [True, True, False, False],
            "innovation": [True, False, False, True],
        }
        assert table_check().report(document).passed == len(ROWS) - 2

    def test_not_begun_half_begun_and_wrong_shapes(self, right) -> None:
        blank = {name: [...] * 4 for name in ROWS}
        assert "not answered yet" in table_check().report(blank).summary()
        some = blank | {"specialised": [True, True, ..., True]}
        assert "needs four times True or False" in repr(table_check().report(some))
        assert "has no row" in repr(table_check().report({"specialised": [True] * 4}))
        words = right | {"unequal": ["True", "True", "True", "False"]}
        assert table_check().report(words).passed == len(ROWS) - 1


def right(now):
    poor = now.output_per_head <= np.sort(now.output_per_head, axis=0)[7]
    return Plan(plants=0.5 * share_of(now.output * poor), knowledge=0.5 * share_of(1.0 * poor
                + 0 * now.output))  # fmt: skip


class TestPolicy:
    def test_right(self) -> None:
        assert policy_check().report(right).passed == 4

    @pytest.mark.parametrize(
        ("answer", "passed", "hint"),
        [
            (lambda now: Plan(plants=share_of(now.output)), 1, "0.5"),
            (lambda now: Plan(plants=right(now).plants), 0, "some money is left"),
            (lambda now: None, 0, "return Plan"),
            (
                lambda now: Plan(
                    plants=0.5 * share_of(now.output * (now.tier == 3)),
                    knowledge=0.5 * share_of(now.output * (now.tier == 3)),
                ),
                2,
                "np.sort",
            ),
        ],
    )
    def test_mistakes(self, answer, passed: int, hint: str) -> None:
        report = policy_check().report(answer, attempts=1)
        assert report.passed == passed
        assert hint in repr(report)

    def test_seven_regions_are_not_eight(self) -> None:
        def seven(now):
            poor = now.output_per_head <= np.sort(now.output_per_head, axis=0)[6]
            return Plan(plants=0.5 * share_of(now.output * poor),
                        knowledge=0.5 * share_of(now.output * poor))  # fmt: skip

        report = policy_check().report(seven)
        assert report.passed == 3
        assert "count from 0" in repr(report)

    def test_always_the_same_regions_is_not_enough(self) -> None:
        def fixed(now):
            rows = np.zeros((24, 6))
            rows[-8:] = 1
            return Plan(plants=0.5 * share_of(rows), knowledge=0.5 * share_of(rows))

        assert policy_check().report(fixed).passed == 2

    def test_the_poor_of_the_first_year_are_not_those_of_the_last(self) -> None:
        first = {}

        def once(now):
            poor = now.output_per_head <= np.sort(now.output_per_head, axis=0)[7]
            poor = first.setdefault(now.seeds, poor)
            return Plan(plants=0.5 * share_of(now.output * poor),
                        knowledge=0.5 * share_of(now.output * poor))  # fmt: skip

        assert policy_check().report(once).passed == 2

    def test_a_mistake_is_told_with_the_country_in_which_it_was_made(self) -> None:
        def half(now):
            return Plan(plants=0.5 * share_of(now.output))

        assert "seed 3: " in repr(policy_check().report(half, attempts=1))

    def test_not_begun(self) -> None:
        def untouched(now):
            raise NotImplementedError

        assert "not answered yet" in policy_check().report(untouched).summary()
