"""What the predictions of lesson 11 come to, and that their words quote the right figures."""

import pytest

from course_lib.pearl_river_delta import labs
from course_lib.pearl_river_delta.divisions import divisions

OUTCOMES = {
    "delta_map_lab": "a smaller share",
    "shock_lab": "the same number, and one town nearly half of its own",
    "market_share_lab": "about 20 per cent",
}


def test_each_lab_is_here():
    assert set(OUTCOMES) == {name for name in vars(labs) if name.endswith("_lab")}


@pytest.mark.parametrize("name", OUTCOMES)
def test_outcome(name):
    assert getattr(labs, name)().settle() == OUTCOMES[name]


@pytest.mark.parametrize(
    ("name", "setting", "outcome"),
    [
        ("delta_map_lab", {"year": "2010"}, "about the same"),
        ("delta_map_lab", {"guangzhou": "with the west bank"}, "a larger share"),
        ("shock_lab", {"orders_lost": 0.3}, "fewer jobs"),
        ("shock_lab", {"orders_lost": 0.8}, "many more jobs"),
        ("market_share_lab", {"sold_abroad": 0.2}, "about 50"),
        ("market_share_lab", {"made_elsewhere": 0.5}, "about 30"),
    ],
)
def test_another_setting_has_another_outcome(name, setting, outcome):
    lab = getattr(labs, name)()
    before = lab.result
    after = lab.set(**setting).result
    assert lab.predict.settle(before, after).startswith(outcome)


def test_questions_quote_what_the_figures_say():
    assert "18.3 per cent" in labs.delta_map_lab().predict.question
    then, now = divisions("2010").parts["share"], divisions("2022").parts["share"]
    assert round(100 * then["west bank"], 1) == 18.3
    assert round(100 * (now - then)["east bank"]) == 4
    assert round(100 * (then - now)["west bank"], 1) == 2.5
    assert "simulated" in labs.shock_lab().title
    assert labs.shock_lab().result.fall == pytest.approx(0.09, abs=0.005)
