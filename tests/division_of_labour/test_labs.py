"""What the predictions of lesson 03 come to, and that their questions quote the right figures."""

import math
import re

import pytest

from course_lib.division_of_labour import labs

REACHED = {"two_regions_lab": {"workers": 1.3}}
OUTCOMES = {
    "two_regions_lab": "england",
    "continuum_lab": "quarter",
    "shift_share_lab": "more_own",
    "trade_costs_lab": "home",
}


@pytest.mark.parametrize(
    ("name", "setting", "outcome"),
    [
        ("two_regions_lab", {"labour_home": (90, 80)}, "both_less"),
        ("two_regions_lab", {"workers": 5.0}, "portugal"),
        ("two_regions_lab", {"workers": 2.5, "labour_home": (200, 240)}, "as_before"),
        ("continuum_lab", {"trade_cost": 2.9}, "nothing"),
        ("continuum_lab", {"trade_cost": 1.3}, "half"),
        ("continuum_lab", {"trade_cost": 1.1}, "most"),
        ("shift_share_lab", {"state": "Texas"}, "own"),
        ("shift_share_lab", {"state": "District of Columbia"}, "mix"),
        ("shift_share_lab", {"state": "Montana"}, "more_own"),
        ("trade_costs_lab", {"relative_labour": 0.25}, "away"),
        ("trade_costs_lab", {"cost_after": 1.5}, "both_fewer"),
        ("trade_costs_lab", {"cost_after": 1.0}, "both_more"),
    ],
)
def test_another_setting_has_another_outcome(name, setting, outcome):
    """The outcome is read off the two results: with other ones it says something else."""
    lab = getattr(labs, name)()
    before = lab.result
    after = lab.set(**setting).result
    assert lab.predict.settle(before, after) == outcome


def figures(lab):
    return re.findall(r"\d+\.\d+", lab.predict.question)


def test_questions_quote_what_the_model_says():
    nevada = labs.shift_share_lab().set(state="Nevada").result
    parts = nevada.here
    beyond = parts["change"] - parts["national"]
    assert figures(labs.shift_share_lab()) == [
        f"{100 * part:.1f}" for part in (parts["change"], parts["national"], beyond)
    ]
    hotels = nevada.detail.loc["Hotels and restaurants"]
    question = labs.shift_share_lab().predict.question
    assert f"grew by {100 * hotels['growth_nation']:.0f} per cent" in question
    assert "Nearly a third" in question
    assert hotels["share"] == pytest.approx(1 / 3, abs=0.02)
    road = labs.trade_costs_lab().result
    assert f"{100 * road.movers_home:.0f} of 100 workers" in labs.trade_costs_lab().predict.question
    assert road.movers_home == pytest.approx(road.movers_away)
    four_times = labs.trade_costs_lab().set(relative_labour=4.0).result
    assert four_times.change_home / four_times.change_away == pytest.approx(8, abs=0.2)
    trade = labs.two_regions_lab()
    assert figures(trade) == [f"{100 * gain:.1f}" for gain in trade.result.gains]
    lab = labs.continuum_lab()
    assert f"gained {100 * lab.result.gain_home:.1f} per cent" in lab.predict.question
    lab.settle()
    assert lab.result.last_made - lab.result.last_sold == pytest.approx(math.log(1.65))
    assert lab.result.last_made - lab.result.last_sold == pytest.approx(0.5, abs=0.005)
