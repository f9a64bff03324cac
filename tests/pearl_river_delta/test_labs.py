"""What the predictions of lesson 11 come to, and that their words quote the right figures."""

import pytest

from course_lib import datasets
from course_lib.pearl_river_delta import labs
from course_lib.pearl_river_delta.divisions import divisions

OUTCOMES = {
    "delta_map_lab": "it is smaller by a quarter",
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
        ("delta_map_lab", {"year": "2012"}, "it is about the same"),
        ("delta_map_lab", {"year": "2016"}, "it is smaller by a tenth"),
        ("delta_map_lab", {"year": "2005"}, "it is about the same"),
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
    assert "3.8 per cent" in labs.delta_map_lab().predict.question
    then, now = divisions("2010").cities["share"], divisions("2022").cities["share"]
    assert round(100 * then["Zhongshan"], 1) == 3.8
    assert now["Zhongshan"] / then["Zhongshan"] == pytest.approx(0.75, abs=0.02)
    gdp = datasets.guangdong_cities().pivot(index="city", columns="year", values="gdp")
    assert gdp.loc["Zhongshan", 2022] / gdp.loc["Zhongshan", 2010] == pytest.approx(2, abs=0.05)
    assert gdp[2022].sum() / gdp[2010].sum() > 2.5
    assert "simulated" in labs.shock_lab().title
    assert labs.shock_lab().result.fall == pytest.approx(0.09, abs=0.005)


def test_towns_that_are_alike_are_drawn_as_one_line():
    """Twenty-four faint lines upon each other would not be faint."""

    def drawn(lab):
        towns = [line for line in lab.figure.axes[0].lines if len(line.get_xdata()) > 2]
        return len(towns)

    lab = labs.shock_lab()
    assert drawn(lab) == 1
    assert drawn(lab.set(specialisation=0.9)) > 1
