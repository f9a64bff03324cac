"""The quizzes and the checks of lesson 12: right answers pass, well-known mistakes get a hint."""

from __future__ import annotations

import pytest

from course_lib.policy_studio.game import play_game
from course_lib.policy_studio.questions import (
    GAME_SEED,
    REGIONS,
    displaced_quiz,
    moves_check,
    types_check,
    weak_case_quiz,
)

RIGHT = {letter: names[0] for letter, (names, _) in REGIONS.items()}
ALSO_RIGHT = {letter: names[-1] for letter, (names, _) in REGIONS.items()}
GOOD = [{"the poorest": 0.4, "knowledge": 0.3, "networks": 0.2, "renewal": 0.1}] * 6


@pytest.mark.parametrize("quiz", [weak_case_quiz(), displaced_quiz()])
def test_each_wrong_option_has_a_hint_of_its_own(quiz) -> None:
    said = [quiz.try_option(option) for option in quiz.options]
    assert len(set(said)) == len(said)
    assert sum(one.startswith("Yes.") for one in said) == 1
    assert quiz.try_option(quiz.answer).startswith("Yes.")


class TestTypes:
    def test_right(self) -> None:
        assert types_check().report(RIGHT).passed == 6
        assert types_check().report(ALSO_RIGHT).passed == 6
        assert {letter for letter in RIGHT if RIGHT[letter] != ALSO_RIGHT[letter]} == set("ABF")

    def test_a_platform_taken_for_a_hub(self) -> None:
        report = types_check().report(RIGHT | {"C": "hub and spoke"})
        assert report.passed == 5
        assert "who decides whether they stay" in repr(report)
        assert "types in part 3" in repr(
            types_check().report(RIGHT | {"C": "hub and spoke"}, attempts=1)
        )

    def test_not_begun_half_begun_and_unknown(self) -> None:
        assert "not answered yet" in types_check().report(dict.fromkeys(RIGHT, ...)).summary()
        half = types_check().report({"A": RIGHT["A"]})
        assert half.passed == 1
        assert "not answered yet" in repr(half)
        assert "'town' is no type" in repr(types_check().report(RIGHT | {"A": "town"}))
        assert "['town'] is no type" in repr(types_check().report(RIGHT | {"A": ["town"]}))
        assert "a dictionary from letters" in repr(types_check().report(list(RIGHT)))


class TestMoves:
    def test_right(self) -> None:
        assert moves_check().report(GOOD).passed == 4

    @pytest.mark.parametrize(
        ("moves", "passed", "hint"),
        [
            (["all six alike"] * 6, 3, "output per head is low"),
            (["the poorest"] * 6, 2, "all regions a little"),
            (["specialities"] * 6, 3, "What lifts all regions"),
            ([{"knowledge": 0.5}] * 6, 0, "some money is left over"),
            (["knowledge"] * 5, 0, "must have 6 terms"),
        ],
    )
    def test_mistakes(self, moves, passed: int, hint: str) -> None:
        report = moves_check().report(moves)
        assert report.passed == passed
        assert hint in repr(report)

    def test_a_miss_is_told_with_what_was_reached(self) -> None:
        game = play_game(["the poorest"] * 6, GAME_SEED)
        told = repr(moves_check().report(["the poorest"] * 6))
        assert f"Yours wins {game.elections_won}. Hint:" in told
        assert f"Yours reaches {game.output[-1]:.2f} times. Hint:" in told

    def test_not_begun(self) -> None:
        assert "not answered yet" in moves_check().report([...] * 6).summary()
        assert moves_check().report([*GOOD[:5], ...]).passed == 0
