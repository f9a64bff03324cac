"""What the predictions of lesson 11 come to, and that their words quote the right figures."""

import pytest

from course_lib import datasets
from course_lib.pearl_river_delta import labs
from course_lib.pearl_river_delta.divisions import WEST, divisions

REACHED = {"shock_lab": {"specialisation": 0.6}}
OUTCOMES = {
    "delta_map_lab": "zhongshan",
    "shock_lab": "more",
    "market_share_lab": "about 20 per cent",
}


@pytest.mark.parametrize(
    ("name", "setting", "outcome"),
    [
        ("delta_map_lab", {"year": "2010"}, "zhuhai"),
        ("shock_lab", {"orders_lost": 0.3}, "fewer"),
        ("shock_lab", {"specialisation": 0.9, "orders_lost": 0.0}, "fewer"),
        ("shock_lab", {"specialisation": 0.3}, "up_to_twice"),
        ("shock_lab", {"specialisation": 0.05}, "same"),
        ("market_share_lab", {"sold_abroad": 0.2}, "about 50 per cent"),
        ("market_share_lab", {"made_elsewhere": 0.5}, "about 30 per cent"),
    ],
)
def test_another_setting_has_another_outcome(name, setting, outcome):
    lab = getattr(labs, name)()
    before = lab.result
    after = lab.set(**setting).result
    assert lab.predict.settle(before, after) == outcome


def test_questions_quote_what_the_figures_say():
    asked = labs.delta_map_lab().predict
    west = divisions("2022").parts.loc[WEST]
    assert f"from {west['share_2000']:.1%} to {west['share']:.1%}".replace("%", "") in (
        asked.question
    )
    then, now = divisions("2000").cities["share"], divisions("2022").cities["share"]
    fall = f"from {then['Zhongshan']:.1%} to {now['Zhongshan']:.1%}".replace("%", "")
    assert f"Zhongshan's share fell {fall} per cent" in asked.because
    assert (now / then)[["Foshan", "Zhuhai"]].min() > 1
    assert now["Foshan"] > max(now["Zhongshan"], now["Zhuhai"])
    gdp = datasets.guangdong_cities().pivot(index="city", columns="year", values="gdp")
    assert (
        1
        < gdp.loc["Zhongshan", 2022] / gdp.loc["Zhongshan", 2000]
        < (gdp[2022].sum() / gdp[2000].sum())
    )
    assert "simulated" in labs.shock_lab().title
    assert f"{labs.shock_lab().result.gone:.1f} of 100 people" in labs.shock_lab().predict.question


def test_towns_that_are_alike_are_drawn_as_one_line():
    """Twenty-four faint lines upon each other would not be faint."""

    def drawn(lab):
        towns = [line for line in lab.figure.axes[0].lines if len(line.get_xdata()) > 2]
        return len(towns)

    lab = labs.shock_lab()
    assert drawn(lab) == 1
    assert drawn(lab.set(specialisation=0.9)) > 1
