"""What the predictions of lesson 05 come to, and that their words quote the right figures."""

import pytest

from course_lib.growth_poles import labs
from course_lib.growth_poles.china_table import china_table, sector_names
from course_lib.growth_poles.guangdong import guangdong
from course_lib.growth_poles.polarisation import tipping_advantage
from course_lib.growth_poles.pole_in_space import pole_in_space
from course_lib.growth_poles.spread_backwash import spread_backwash

OUTCOMES = {
    "ripple_lab": "about 300 yuan",
    "cumulative_lab": "both grow equally fast, and A stays ahead in output",
    "pole_lab": "it lost, because its people and its savings moved to the pole",
    "guangdong_lab": "above 3.5",
    "propulsive_lab": "one or two",
    "extraction_lab": "by about 1.5 per cent",
    "polarisation_lab": "in B",
    "distance_lab": "it moves out by more than 100 km",
}


def test_each_lab_is_here():
    assert set(OUTCOMES) == {name for name in vars(labs) if name.endswith("_lab")}


@pytest.mark.parametrize("name", OUTCOMES)
def test_outcome(name):
    assert getattr(labs, name)().settle() == OUTCOMES[name]


@pytest.mark.parametrize(
    ("name", "setting", "outcome"),
    [
        ("ripple_lab", {"sector": "Agriculture"}, "about 200 yuan"),
        ("cumulative_lab", {"verdoorn": 0.85}, "A grows faster than B"),
        ("cumulative_lab", {"head_start": 0.0}, "both grow equally fast, and B has caught up"),
        ("cumulative_lab", {"advantage": 0.1}, "A grows faster than B"),
        ("pole_lab", {"year": 40}, "it gained already"),
        ("pole_lab", {"year": 0}, "neither"),
        ("pole_lab", {"year": 10, "backwash": 0.0}, "it gained already"),
        ("guangdong_lab", {"people_2020": 0.62}, "about 2.6"),
        ("guangdong_lab", {"people_2020": 0.58}, "about 3.0"),
        ("guangdong_lab", {"people_2020": 0.55}, "about 3.4"),
        ("propulsive_lab", {"size_least": 0.2}, "none"),
        ("propulsive_lab", {"size_least": 0.01}, "all five"),
        ("propulsive_lab", {"size_least": 0.03}, "three or four"),
        ("extraction_lab", {"sector": "Trade, transport & catering"}, "by about 10 per cent"),
        ("polarisation_lab", {"top_subsidy": 0.4}, "in A, as before"),
        ("polarisation_lab", {"pull": 1.0}, "half in A, half in B"),
        ("distance_lab", {"backwash_range": 50}, "it moves out by 30 km"),
        ("distance_lab", {"backwash_range": 20}, "it moves in"),
        ("distance_lab", {}, "it stays"),
    ],
)
def test_another_setting_has_another_outcome(name, setting, outcome):
    """The outcome is read off the two results: with other ones it says something else."""
    lab = getattr(labs, name)()
    before = lab.result
    after = lab.set(**setting).result
    assert lab.predict.settle(before, after).startswith(outcome)


def words(name):
    predict = getattr(labs, name)().predict
    return predict.question + " " + predict.because


def test_questions_about_china_quote_the_table():
    table = china_table()
    share = dict(zip(table.sectors, table.output / table.output.sum(), strict=True))
    pull = dict(zip(table.sectors, table.output_multipliers, strict=True))
    buys = dict(zip(table.sectors, table.technical_coefficients.sum(axis=0), strict=True))
    ict, textiles = "ICT, finance & business services", "Textiles, clothing & leather"
    assert max(share, key=share.get) == ict
    said = words("ripple_lab")
    assert f"{share[ict]:.0%}" == "18%"
    assert "18 per cent" in said
    assert f"together produce {100 * pull[ict]:.0f}" in said
    assert 0.025 < share[textiles] < 0.03
    inside = table.technical_coefficients.diagonal()[table.sectors.index(textiles)]
    outside = buys[textiles] - inside
    assert (
        f"{100 * buys[textiles]:.0f} go to suppliers: {100 * inside:.0f} to other textile" in said
    )
    assert f"{100 * outside:.0f} to other sectors" in said
    assert f"services pass on {100 * buys[ict]:.0f}" in said
    lost = labs.extraction_lab().result
    assert lost.sector == "Construction"
    said = words("extraction_lab")
    assert f"{100 * lost.total_share:.1f} per cent less" in said
    assert f"{100 * lost.own_share:.1f} that construction makes itself" in said
    assert f"and {100 * (lost.total_share - lost.own_share):.1f} of its suppliers" in said
    assert round(100 * share["Coal"], 1) == 0.9
    coal = table.flows[sector_names().index("Coal")]
    assert coal.argmax() == sector_names().index("Electricity & water")
    assert len(table.key_sectors) == 5


def test_questions_about_models_quote_the_models():
    gum = pole_in_space().names.index(labs.WATCHED)
    assert round(pole_in_space().distance[gum]) == 42
    assert "42 km" in words("pole_lab")
    assert (pole_in_space().net_now > 0).all()
    assert round(guangdong().gap_2010, 2) == 3.41
    assert round(guangdong().gap_2020, 2) == 2.60
    assert f"{tipping_advantage(3):.2f}" in words("polarisation_lab")
    assert f"{spread_backwash().turns_at:.0f} km" in words("distance_lab")
    lab = labs.cumulative_lab().set(verdoorn=0.6)
    assert f"{lab.result.root:.0%}" == "72%"
    assert "72 per cent" in words("cumulative_lab")
    hardly = labs.polarisation_lab().result
    assert hardly.share.min() > 0.85


def test_what_the_lesson_says_to_try():
    """The numbers of the lesson's text, computed again."""
    for sector in sector_names():
        made = labs.ripple_lab().set(sector=sector).result.rounds.sum(axis=1)
        assert made[1] < made[1:].sum() / 2 < made[1] + made[2]
    textiles = "Textiles, clothing & leather"
    own = labs.ripple_lab().set(sector=textiles).result.by_sector[textiles]
    assert round(own) == 169

    lab = labs.cumulative_lab().set(head_start=0.0, advantage=0.1)
    assert lab.result.gap[-1] > 0.002
    assert lab.result.ratio[-1] > lab.result.ratio[10] > 1

    lab = labs.pole_lab()
    quiet = lab.set(pole_x=130, pole_y=200).result
    assert quiet.net[:, quiet.nearest(1)].min() > -0.2
    passed = labs.propulsive_lab().set(forward_least=0.8).result.chosen
    assert {"Food & tobacco", "Machinery", textiles} <= set(passed)


@pytest.mark.parametrize("since", ["2000", "2005", "2010"])
def test_the_names_of_cities_do_not_lie_on_each_other(since):
    axes = labs.guangdong_lab().set(since=since).figure.axes[0]
    to_the_right = [text for text in axes.texts if text.get_horizontalalignment() == "left"]
    places = [text.get_position() for text in to_the_right]
    assert len(places) == 8
    for number, (east, north) in enumerate(places):
        for other_east, other_north in places[:number]:
            assert abs(east - other_east) > 45 or abs(north - other_north) > 0.03
