"""What the predictions of lesson 03 come to, and that their questions quote the right figures."""

import math
import re

import pytest

from course_lib.division_of_labour import labs

OUTCOMES = {
    "two_regions_lab": "goes on selling cloth, and is richer by trade than it would be alone",
    "continuum_lab": "about a quarter",
    "shift_share_lab": "it was the other way round: a bad mix, and industries that did better",
    "trade_costs_lab": "more than the large region",
}


@pytest.mark.parametrize(
    ("name", "setting", "outcome"),
    [
        ("two_regions_lab", {"labour_home": (90, 80)}, "has nothing to sell any more"),
        ("two_regions_lab", {"labour_home": (180, 60)}, "sells wine instead of cloth"),
        ("two_regions_lab", {"workers": 5.0}, "goes on selling cloth, and is poorer"),
        ("continuum_lab", {"trade_cost": 2.9}, "nothing"),
        ("continuum_lab", {"trade_cost": 1.3}, "about a half"),
        ("continuum_lab", {"trade_cost": 1.1}, "about three quarters"),
        ("shift_share_lab", {"state": "Florida"}, "both were good"),
        ("shift_share_lab", {"state": "Ohio"}, "both were bad"),
        ("shift_share_lab", {"state": "New York"}, "it was the same"),
        ("trade_costs_lab", {"relative_labour": 1.0}, "as much in per cent"),
        ("trade_costs_lab", {"relative_labour": 0.25}, "less than the large region"),
    ],
)
def test_another_setting_has_another_outcome(name, setting, outcome):
    """The outcome is read off the two results: with other ones it says something else."""
    lab = getattr(labs, name)()
    before = lab.result
    after = lab.set(**setting).result
    assert lab.predict.settle(before, after).startswith(outcome)


def figures(lab):
    return re.findall(r"\d+\.\d+", lab.predict.question)


def test_questions_quote_what_the_model_says():
    shares = labs.shift_share_lab()
    here = shares.result.here
    carolina = shares.result.states.loc["North Carolina"]
    assert figures(shares) == [
        f"{100 * here['change']:.1f}",
        f"{100 * here['national']:.1f}",
        f"{100 * here['industry_mix']:.1f}",
        f"{-100 * here['regional']:.1f}",
        f"{100 * carolina['change']:.1f}",
    ]
    road = labs.trade_costs_lab().result
    assert f"both gain {100 * road.change_home:.1f} per cent" in (
        labs.trade_costs_lab().predict.question
    )
    assert road.change_home == pytest.approx(road.change_away)
    lab = labs.continuum_lab()
    lab.settle()
    assert lab.result.last_made - lab.result.last_sold == pytest.approx(math.log(1.65))
    assert lab.result.last_made - lab.result.last_sold == pytest.approx(0.5, abs=0.005)


def test_explanations_hold():
    carolina = labs.shift_share_lab().set(state="North Carolina").result
    assert carolina.detail.loc["Manufacturing", "share"] > 0.2
    assert (carolina.detail["growth"] > carolina.detail["growth_nation"]).sum() > 13 / 2
    road = labs.trade_costs_lab()
    road.settle()
    assert road.result.movers_home > road.result.movers_away
