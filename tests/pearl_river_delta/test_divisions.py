"""Guangdong's cities in official figures; the document's divisions as claims."""

import pytest

from course_lib import datasets
from course_lib.growth_poles.guangdong import guangdong
from course_lib.pearl_river_delta.divisions import (
    BY_ITSELF,
    CITIES,
    COUNTED,
    GUANGDONG,
    IN_EACH,
    WITH_WEST,
    division_shares,
    divisions,
    years,
)


def test_shares_by_hand():
    table = datasets.guangdong_cities().query("year == 2022").set_index("city")["gdp"]
    west = table[["Foshan", "Zhongshan", "Zhuhai"]].sum() / table.sum()
    east = table[["Shenzhen", "Dongguan", "Huizhou"]].sum() / table.sum()
    parts = divisions("2022").parts["share"]
    assert parts["west bank"] == pytest.approx(west)
    assert parts["east bank"] == pytest.approx(east)
    assert divisions(2022).summary() == divisions("2022").summary()


def test_what_the_lesson_says_of_the_banks():
    shares = (100 * division_shares()).round(1)
    assert shares["west bank"][[2000, 2010, 2022]].tolist() == [15.4, 18.3, 15.8]
    assert shares["east bank"][[2000, 2010, 2022]].tolist() == [30.9, 33.9, 37.9]
    assert shares["Guangzhou"][[2000, 2022]].tolist() == [22.3, 22.3]


def test_the_delta_is_that_of_the_table():
    delta = datasets.guangdong_cities().query("pearl_river_delta")["city"].unique()
    assert {city for cities in CITIES.values() for city in cities} == set(delta)


def test_shares_add_up_to_one_unless_guangzhou_is_counted_twice():
    for year in years():
        assert divisions(year).total == pytest.approx(1)
        assert divisions(year, WITH_WEST).total == pytest.approx(1)
    each = divisions(2022, IN_EACH)
    assert each.total == pytest.approx(1 + 2 * divisions(2022).parts["share"]["Guangzhou"])
    assert each.summary().endswith("together 145%, because Guangzhou is counted more than once.")
    assert "Guangzhou" not in divisions(2022, WITH_WEST).summary()


def test_every_city_has_a_tile_of_its_own():
    places = list(zip(GUANGDONG.columns, GUANGDONG.rows, strict=True))
    assert len(set(places)) == 21
    assert set(GUANGDONG.names) == set(datasets.guangdong_cities()["city"])
    at = dict(zip(GUANGDONG.names, places, strict=True))
    for west, east in (
        ("Foshan", "Guangzhou"),
        ("Zhongshan", "Shenzhen"),
        ("Zhanjiang", "Shantou"),
    ):
        assert at[west][0] < at[east][0]
    for north, south in (("Shaoguan", "Guangzhou"), ("Guangzhou", "Zhuhai")):
        assert at[north][1] < at[south][1]


def test_the_gap_per_head_that_the_lesson_tells():
    found = guangdong()
    assert (round(found.gap_2010, 2), round(found.gap_2020, 2)) == (3.41, 2.6)
    assert round(guangdong(people_2020=0.539).gap_2020, 2) == 3.61
    share = found.share
    assert [round(100 * share[year], 1) for year in (2000, 2010, 2020, 2022)] == [
        75.3,
        80.0,
        80.8,
        81.1,
    ]


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"year": 2001}, "year must be one of '2000', '2005'"),
        ({"guangzhou": "twice"}, "guangzhou must be one of 'by itself'"),
    ],
)
def test_bad_input_gets_a_sentence(parameters, sentence):
    with pytest.raises(ValueError, match=sentence):
        divisions(**parameters)


def test_by_itself_is_the_first():
    assert COUNTED[0] == BY_ITSELF
