"""Guangdong: the figures of the puzzle, recomputed from the table."""

import pytest

from course_lib import datasets
from course_lib.growth_poles.guangdong import (
    FIRST_YEARS,
    WHERE,
    distance_km,
    gap_per_head,
    guangdong,
)
from course_lib.growth_poles.guangdong_people import guangdong_people


def test_the_delta_has_a_bigger_share_and_a_smaller_gap():
    gdp = datasets.guangdong_cities().pivot_table("gdp", "year", "pearl_river_delta", aggfunc="sum")
    share = gdp[True] / gdp.sum(axis=1)
    found = guangdong()
    assert found.share.to_numpy() == pytest.approx(share.to_numpy())
    assert (round(found.share[2000], 3), round(found.share[2022], 3)) == (0.753, 0.811)
    inside = gdp.loc[2010, True] / 0.539
    outside = gdp.loc[2010, False] / 0.461
    assert found.gap_2010 == pytest.approx(inside / outside)
    assert found.gap_2010 == pytest.approx(3.41, abs=0.005)
    assert found.gap_2020 == pytest.approx(2.60, abs=0.005)


def test_the_table_of_the_puzzle():
    found = guangdong()
    shares = {year: round(100 * found.share[year], 1) for year in (2000, 2005, 2010, 2020, 2022)}
    assert shares == {2000: 75.3, 2005: 79.9, 2010: 80.0, 2020: 80.8, 2022: 81.1}
    for year, output, people, heads in ((2010, 3.99, 0.539, 1.17), (2020, 4.22, 0.619, 1.62)):
        share = found.share[year]
        assert round(share / (1 - share), 2) == output
        assert round(people / (1 - people), 2) == heads
    assert len(found.outside_that_gained) == 2  # so ten of the twelve fell behind


def test_with_the_shares_of_people_of_2010_the_gap_grows():
    assert guangdong(people_2020=0.539).gap_2020 == pytest.approx(3.61, abs=0.005)


def test_people_are_those_of_the_census_communique():
    before, after = guangdong_people(), guangdong_people("2020", "2020", "2020")
    assert before.people.sum() == pytest.approx(104.303132)
    assert after.people.sum() == pytest.approx(126.012510)
    assert after.people["delta"] == pytest.approx(78.014335, abs=0.03)  # a share to a tenth
    assert pytest.approx(61.91, abs=0.005) == 100 * 78.014335 / 126.012510
    assert before.gap == pytest.approx(guangdong().gap_2010)
    assert after.gap == pytest.approx(guangdong().gap_2020)


def test_unrounded_shares_give_nearly_the_same_gap():
    share = guangdong().share
    assert gap_per_head(share[2010], 0.6191 - 0.0804) == pytest.approx(3.42, abs=0.005)
    assert gap_per_head(share[2020], 0.6191) == pytest.approx(2.60, abs=0.005)


def test_since_2005_the_nearest_four_outside_gained_and_nobody_farther_away():
    found = guangdong("2005")
    outside = found.cities[~found.cities["pearl_river_delta"]]
    near = outside["distance_km"] <= 150
    assert near.sum() == 4
    assert (outside.loc[near, "change"] > 0).all()
    assert (outside.loc[~near, "change"] < 0).all()
    assert set(guangdong("2000").outside_that_gained) == {"Qingyuan", "Heyuan"}


def test_distances_are_those_of_an_atlas():
    """Straight lines, from memory of the map: to 15 km."""
    assert distance_km("Guangzhou", "Guangzhou") == 0
    for one, other, km in (
        ("Guangzhou", "Foshan", 20),
        ("Guangzhou", "Shenzhen", 105),
        ("Guangzhou", "Shantou", 345),
        ("Guangzhou", "Zhanjiang", 360),
    ):
        assert distance_km(one, other) == pytest.approx(km, abs=15)
        assert distance_km(one, other) == distance_km(other, one)
    assert set(WHERE) == set(datasets.guangdong_cities()["city"])


@pytest.mark.parametrize("since", FIRST_YEARS)
def test_shares_add_up(since):
    cities = guangdong(since).cities
    assert cities["share_before"].sum() == pytest.approx(1)
    assert cities["share_2022"].sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: guangdong("1999"), "since must be one of"),
        (lambda: guangdong(people_2020=1), "a share of all people"),
        (lambda: gap_per_head(0, 0.5), "share_of_output"),
        (lambda: distance_km("Guangzhou", "Beijing"), "city must be one of 'Guangzhou'"),
        (lambda: gap_per_head(0.5, 1), "share_of_people"),
        (lambda: guangdong_people(outside="2015"), "outside must be one of"),
    ],
)
def test_bad_input_gets_a_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
