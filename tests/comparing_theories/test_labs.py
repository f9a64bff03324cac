"""What the predictions of lesson 09 come to, and that their questions quote the right figures."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from course_lib.comparing_theories import charts, labs
from course_lib.comparing_theories.four_places import FOUR_PLACES, four_places
from course_lib.comparing_theories.score_spread import DRAWN, LABELS, score_spread
from course_lib.comparing_theories.two_policies import BOARD, two_policies
from course_lib.comparing_theories.whose_assumption import (
    ALL_ON,
    NEITHER,
    NO_INSTITUTIONS,
    NO_KNOWLEDGE,
    SAME_INSTITUTIONS,
    SAME_KNOWLEDGE,
    SWITCHES,
    whose_assumption,
)
from course_lib.lab.canvas import Canvas
from course_lib.regional_economy.budget import OWN_MIX
from course_lib.regional_economy.history import play
from course_lib.regional_economy.policies import POLICIES, Cluster, Gradient, mix
from course_lib.regional_economy.scorecard import SCORE, scorecard

REACHED = {
    "two_policies_lab": {"year": 60, "right": OWN_MIX, "parts": (0.8, 0.1, 0.0, 1.0)},
}
OUTCOMES = {
    "two_policies_lab": "spread_unequal",
    "score_spread_lab": "half",
    "whose_assumption_lab": "second",
}


@pytest.mark.parametrize(
    ("name", "setting", "outcome"),
    [
        ("two_policies_lab", {"year": 60}, "pole_unequal"),
        ("two_policies_lab", {"left": "cluster", "right": "growth pole", "year": 60}, "pole_equal"),
        ("two_policies_lab", {"left": "even spread", "right": "growth pole", "year": 60},
         "spread_equal"),
        ("score_spread_lab", {}, "most"),
        ("score_spread_lab", {"score": SCORE["output_20"].label}, "few"),
        ("whose_assumption_lab", {}, "first"),
        ("whose_assumption_lab", {"change": NO_INSTITUTIONS}, "third"),
        ("whose_assumption_lab", {"change": NEITHER}, "last"),
    ],
)  # fmt: skip
def test_other_settings_have_other_outcomes(name: str, setting: dict, outcome: str) -> None:
    lab = getattr(labs, name)()
    before = lab.result
    if name == "two_policies_lab":
        lab.set(left="growth pole", right="even spread")
    after = lab.set(**setting).result
    assert lab.predict.settle(before, after) == outcome


def test_the_questions_quote_the_right_figures() -> None:
    assert "in 27 of 30 countries" in labs.score_spread_lab().predict.question
    assert round(30 * score_spread(countries=30).wins.max()) == 27


class TestTwoPolicies:
    def test_is_the_play_of_each_policy(self) -> None:
        found = two_policies(40, "gradient", "cluster", seed=5)
        for side, name in ((found.left, "gradient"), (found.right, "cluster")):
            wanted = play(POLICIES[name], 5)
            np.testing.assert_allclose(side.play.output, wanted.output)
            np.testing.assert_allclose(side.board["output"], wanted.total)

    def test_the_scoreboard_is_the_scorecard(self) -> None:
        card = scorecard(POLICIES, seed=2).table
        for name in POLICIES:
            found = two_policies(50, name, "no policy", seed=2)
            for line, score in (
                ("output", "output_50"),
                ("inequality", "inequality_50"),
                ("tier_gap", "tier_gap_50"),
                ("innovation", "innovation_50"),
                ("specialisation", "specialisation_50"),
            ):
                assert found.at(found.left, line) == pytest.approx(card.loc[name, score])
        assert len(BOARD) == 5

    def test_moving_the_year_plays_nothing_anew(self) -> None:
        first = two_policies(10, seed=9)
        assert two_policies(30, seed=9).left is first.left
        assert two_policies(30, seed=9, parts=(2, 0, 0, 2)).right is first.right  # the same mix
        assert two_policies(30, seed=8).left is not first.left

    def test_your_mix_is_its_parts(self) -> None:
        found = two_policies(60, OWN_MIX, "cluster", parts=(1, 0, 0, 3), seed=1)
        assert dict(found.shares) == {
            "gradient": 0.25,
            "growth pole": 0,
            "production complex": 0,
            "cluster": 0.75,
        }
        wanted = play(mix({Gradient(): 0.25, Cluster(): 0.75}), 1)
        np.testing.assert_allclose(found.left.play.output, wanted.output)

    def test_kept_plays_cannot_be_changed(self) -> None:
        found = two_policies()
        with pytest.raises(ValueError, match="read-only"):
            found.left.board["output"][0] = 2
        with pytest.raises(ValueError, match="read-only"):
            found.left.play.output[0] = 2

    def test_gain_is_over_the_country_without_a_budget(self) -> None:
        found = two_policies(60, "no policy", "cluster")
        assert (found.gain(found.left) == 1).all()
        assert found.gain(found.right)[60] > 1.3

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"year": 61}, "the play has 60 years"),
            ({"left": "luck"}, "left must be one of"),
            ({"parts": (0, 0, 0, 0)}, "gives nothing to anybody"),
            ({"parts": (1, 2)}, "one for each of gradient"),
            ({"parts": (1, -1, 0, 0)}, "cannot owe money"),
            ({"shock": "flood"}, "shock must be one of"),
            ({"seed": -1}, "it fixes the country"),
        ],
    )
    def test_bad_input_gets_a_sentence(self, wrong: dict, sentence: str) -> None:
        with pytest.raises(ValueError, match=sentence):
            two_policies(**wrong)


class TestScoreSpread:
    def test_more_countries_are_the_same_and_more(self) -> None:
        few, many = score_spread(countries=10), score_spread(countries=60)
        assert np.array_equal(many.values[:10], few.values)
        assert few.scale == many.scale
        assert many.wins.sum() == pytest.approx(1)

    def test_drawn_laws_spread_more(self) -> None:
        for policy in range(7):
            as_they_are, drawn = (
                score_spread(laws=laws, countries=60).values[:, policy].std()
                for laws in ("as they are", DRAWN)
            )
            assert drawn > as_they_are

    def test_less_can_be_better(self) -> None:
        found = score_spread(SCORE["inequality_50"].label)
        assert not found.better_is_high
        assert found.win("even spread") == 1
        assert (found.to_frame()["low"] <= found.to_frame()["high"]).all()

    def test_every_score_can_be_shown(self) -> None:
        for label in LABELS:
            assert len(score_spread(label).values) == 30

    def test_bad_input_gets_a_sentence(self) -> None:
        with pytest.raises(ValueError, match="fewer show no spread"):
            score_spread(countries=3)
        with pytest.raises(ValueError, match="score must be one of"):
            score_spread("happiness")
        with pytest.raises(ValueError, match="laws must be one of"):
            score_spread(laws="martial")


class TestWhoseAssumption:
    def test_nothing_changed_changes_nothing(self) -> None:
        found = whose_assumption(ALL_ON)
        assert np.array_equal(found.before, found.after)
        assert found.first(found.before) == "cluster"

    def test_each_change_changes_something(self) -> None:
        for change in SWITCHES:
            found = whose_assumption(change)
            assert (change == ALL_ON) == np.array_equal(found.before, found.after)
            assert sorted(found.ranks(found.after)) == [1, 2, 3, 4, 5]

    def test_one_switch_changes_one_assumption(self) -> None:
        """Who has a share of its own already keeps it, and where it is spent."""
        plain = whose_assumption(ALL_ON).before
        for change, unchanged in (
            (NO_KNOWLEDGE, ["even spread", "growth pole", "production complex"]),
            (NO_INSTITUTIONS, ["even spread", "gradient", "growth pole", "production complex"]),
            (SAME_KNOWLEDGE, ["gradient", "cluster"]),
            (SAME_INSTITUTIONS, ["cluster"]),
        ):
            found = whose_assumption(change)
            same = np.isclose(found.after, plain).all(axis=0)
            assert [name for name, is_so in zip(found.policies, same, strict=True) if is_so] == (
                unchanged
            )

    def test_other_changes_of_the_lesson(self) -> None:
        assert whose_assumption("big regions are far more productive").rank("gradient") == 1
        assert whose_assumption("people do not move").rank("growth pole") == 5
        assert whose_assumption("nobody learns by doing").rank("gradient") == 1

    def test_no_change_upsets_even_spread_as_the_most_equal(self) -> None:
        label = SCORE["inequality_50"].label
        assert {
            found.first(found.after)
            for found in (whose_assumption(change, label) for change in SWITCHES)
        } == {"even spread"}

    def test_bad_input_gets_a_sentence(self) -> None:
        with pytest.raises(ValueError, match="change must be one of"):
            whose_assumption("the weather")


class TestPuzzle:
    def test_the_table_of_the_lesson(self) -> None:
        found = four_places().path
        wanted = {
            "Shanghai": (6.86, 3.75, 2.50, 2.14),
            "Zhejiang": (0.91, 1.32, 1.62, 1.40),
            "Anhui": (0.67, 0.72, 0.72, 0.86),
            "Liaoning": (1.86, 1.67, 1.02, 0.81),
        }
        assert set(wanted) == set(FOUR_PLACES)
        for place, values in wanted.items():
            path = found.loc[[1978, 1990, 2010, 2023], place].round(2)
            assert tuple(path) == values
        assert four_places().to_frame().index.name == "year"


def test_names_of_the_four_places_stand_clear_of_each_other() -> None:
    (axes,) = Canvas(charts.four_places, (9, 4.2)).show(four_places()).figure.axes
    heights = sorted(text.get_position()[1] for text in axes.texts)
    assert len(heights) == len(FOUR_PLACES)
    assert all(upper / lower > 1.18 for lower, upper in pairwise(heights))


def test_more_specialisation_is_not_called_better() -> None:
    lab = labs.score_spread_lab().set(score=SCORE["specialisation_50"].label)
    assert "a matter of opinion" in lab.figure.axes[0].get_xlabel()
    lab.set(score=SCORE["output_20"].label)
    assert "more is better" in lab.figure.axes[0].get_xlabel()
