"""What the predictions of lesson 05 come to, and that their words quote the right figures."""

import math

import numpy as np
import pytest

from course_lib.growth_poles import labs
from course_lib.growth_poles.china_table import china_table, sector_names
from course_lib.growth_poles.guangdong import guangdong
from course_lib.growth_poles.guangdong_people import guangdong_people
from course_lib.growth_poles.polarisation import tipping_advantage
from course_lib.growth_poles.pole_in_space import HEIGHT, PEAK_YEAR, pole_in_space
from course_lib.growth_poles.spread_backwash import (
    backwash_in_year,
    spread_backwash,
    spread_in_year,
)

REACHED = {"pole_lab": {"pole_x": 170, "pole_y": 100}}
OUTCOMES = {
    "ripple_lab": "services_little",
    "cumulative_lab": "a_ahead",
    "pole_lab": "lost",
    "people_lab": "filled",
    "guangdong_lab": "near",
    "propulsive_lab": "few",
    "extraction_lab": "little",
    "polarisation_lab": "b",
    "distance_lab": "eighth",
}


@pytest.mark.parametrize(
    ("name", "setting", "outcome"),
    [
        ("ripple_lab", {"sector": "Agriculture"}, "textiles_little"),  # more than services
        ("ripple_lab", {"sector": "Electrical & electronic"}, "services_little"),
        ("cumulative_lab", {"verdoorn": 0.85}, "a_faster"),
        ("cumulative_lab", {"head_start": 0.0}, "level"),
        ("cumulative_lab", {"advantage": 0.1}, "a_faster"),
        ("pole_lab", {"year": 40}, "gained"),
        ("pole_lab", {"year": 0}, "neither"),
        ("pole_lab", {"year": 10, "backwash": 0.0}, "gained"),
        ("people_lab", {"outside": "2020"}, "emptied"),
        ("guangdong_lab", {"since": "2000"}, "mixed"),
        ("guangdong_lab", {"since": "2010"}, "between"),
        ("propulsive_lab", {"size_least": 0.2}, "none"),
        ("propulsive_lab", {"size_least": 0.01}, "all"),
        ("propulsive_lab", {"size_least": 0.03}, "most"),
        ("extraction_lab", {"sector": "Construction"}, "third"),
        ("extraction_lab", {"sector": "Electricity & water"}, "most"),
        ("polarisation_lab", {"top_subsidy": 0.4}, "a"),
        ("polarisation_lab", {"pull": 1.0}, "half"),
        ("distance_lab", {"backwash_range": 50}, "half"),
        ("distance_lab", {"spread": 1.5}, "twice"),
        ("distance_lab", {}, "same"),
    ],
)
def test_another_setting_has_another_outcome(name, setting, outcome):
    """The outcome is read off the two results: with other ones it says something else."""
    lab = getattr(labs, name)()
    before = lab.result
    after = lab.set(**setting).result
    assert lab.predict.settle(before, after) == outcome


def words(name):
    predict = getattr(labs, name)().predict
    return predict.question + " " + predict.because


def test_questions_about_china_quote_the_table():
    table = china_table()
    pull = dict(zip(table.sectors, table.output_multipliers, strict=True))
    income = dict(zip(table.sectors, table.value_added_multipliers, strict=True))
    ict, textiles = "ICT, finance & business services", "Textiles, clothing & leather"
    said = words("ripple_lab")
    assert f"turn over {100 * pull[ict]:.0f} yuan" in said
    assert f"turn over {100 * pull[textiles]:.0f}." in said
    assert f"{100 * (1 - income[textiles]):.1f} go abroad for textiles" in said
    assert f"and {100 * (1 - income[ict]):.1f} for services" in said
    lost = labs.extraction_lab().result
    assert lost.sector == "Construction"
    said = words("extraction_lab")
    assert f"{100 * lost.total_share:.1f} per cent less" in said
    assert f"{100 * lost.own_share:.1f} that construction turns over itself" in said
    assert f"and {100 * (lost.total_share - lost.own_share):.1f} of its suppliers" in said
    coal, power = (sector_names().index(name) for name in ("Coal", "Electricity & water"))
    assert table.flows[coal].argmax() == power
    assert f"{100 * table.flows[coal, power] / table.output[coal]:.0f} of 100 yuan of coal" in said
    without_coal = labs.extraction_lab().set(sector="Coal").result.to_frame()
    falls = without_coal.loc["Electricity & water", "share_of_own_output"]
    assert f"{100 * falls:.1f} per cent" in said
    assert len(table.key_sectors) == 5


def test_questions_about_models_quote_the_models():
    gum = pole_in_space().names.index(labs.WATCHED)
    assert round(pole_in_space().distance[gum]) == 42
    assert "42 km" in words("pole_lab")
    assert (pole_in_space().net_now > 0).all()
    year = pole_in_space(year=10)
    said = words("pole_lab")
    assert f"spread at the pole is {spread_in_year(10):.2f}" in said
    strongest = backwash_in_year(10, math.e / PEAK_YEAR, PEAK_YEAR)
    assert f"backwash {strongest:.2f}" in said
    reach, pull = np.exp(-year.distance[gum] / np.array([100, 40]))
    assert f"{reach:.0%} {pull:.0%}".replace("%", " per cent") == "65 per cent 35 per cent"
    assert f"{spread_in_year(10) * reach:.2f} against {strongest * pull:.2f}" in said
    assert f"{tipping_advantage(3):.2f}" in words("polarisation_lab")
    for edge in (spread_backwash(), spread_backwash(backwash_range=70)):
        assert f"{edge.turns_at:.0f} km" in words("distance_lab")
    lab = labs.cumulative_lab().set(verdoorn=0.6)
    assert f"{lab.result.root:.0%}" == "72%"
    assert "72 per cent" in words("cumulative_lab")
    hardly = labs.polarisation_lab().result
    assert hardly.share.min() > 0.85


def test_questions_about_guangdong_quote_the_figures():
    said = words("people_lab")
    before, after = guangdong_people(), guangdong_people("2020", "2020", "2020")
    assert f"{before.gap:.2f} to {after.gap:.2f} times" in said
    growth = after.output / before.output
    assert f"{growth['outside']:.2f} times as large outside" in said
    assert f"{growth['delta']:.2f} times as large in it" in said
    outside, delta = (f"{before.people[k]:.1f} {after.people[k]:.1f}" for k in ("outside", "delta"))
    assert (outside, delta) == ("48.1 48.0", "56.2 78.0")
    assert "48.1 million lived outside the Delta in 2010 and 48.0 million in 2020" in said
    assert "56.2 million, and then 78.0 million" in said
    said = words("guangdong_lab")
    assert len(guangdong("2005").outside_that_gained) == 4
    assert "four of the twelve" in said
    share = 100 * guangdong().share
    assert f"by {share[2005] - share[2000]:.1f} points up to 2005" in said
    assert f"by {share[2022] - share[2005]:.1f} points afterwards" in said


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

    edges = [spread_backwash(backwash_range=reach).turns_at for reach in (40, 70, 100)]
    assert [edge and round(edge) for edge in edges] == [46, 162, None]
    assert (spread_backwash(backwash_range=100).net < 0).all()
    coal = labs.extraction_lab().set(sector="Coal").result
    assert (f"{coal.total_share:.1%}", f"{coal.own_share:.1%}") == ("1.5%", "0.9%")

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


def test_the_games_target_is_the_best_place_that_its_rules_allow():
    lab = labs.pole_lab()
    score = lab.challenge.score
    assert score(lab.result) == pytest.approx(0.40)
    found = [
        score(pole_in_space(x, y)) for x in range(0, 401, 10) for y in range(0, HEIGHT + 1, 10)
    ]
    assert min(one for one in found if one is not None) == lab.challenge.target
    assert score(pole_in_space(170, 100, backwash=0.5)) is None
