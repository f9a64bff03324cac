"""A pole among towns: consistent with both parts it is made of."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from course_lib.growth_poles.pole_in_space import NEVER, TOWNS, YEARS, pole_in_space
from course_lib.growth_poles.spread_backwash import (
    backwash_in_year,
    spread_backwash,
    spread_in_year,
)


def test_at_the_pole_itself_it_is_the_curve_over_time():
    found = pole_in_space(100, 100, backwash=0.12 * 8 / math.e, towns=[(100, 100)])
    years = np.arange(YEARS + 1)
    alone = spread_in_year(years) - backwash_in_year(years)
    assert found.net[:, 0] == pytest.approx(alone)


@pytest.mark.parametrize("year", [8, 15, 20])
def test_in_each_year_it_is_the_profile_over_distance(year):
    found = pole_in_space(year=year, backwash=1.5)
    spread = 1 / (1 + math.exp(-0.25 * (year - 20)))
    backwash = 1.5 * year / 8 * math.exp(1 - year / 8)
    profile = spread_backwash(spread, backwash, 100, 40)
    for distance, net in zip(found.distance, found.net_now, strict=True):
        assert net == pytest.approx(profile.net_at(distance))
    assert found.loss_radius[year] == pytest.approx(profile.turns_at)
    assert ((found.distance < profile.turns_at) == (found.net_now < 0)).all()


@given(st.floats(0, 400), st.floats(0, 300), st.floats(0.2, 3))
@settings(max_examples=30)
def test_each_town_turns_where_a_general_solver_says(x, y, strength):
    found = pole_in_space(x, y, backwash=strength)
    for distance, turn in zip(found.distance, found.turning_year, strict=True):

        def net(t, distance=distance):
            return math.exp(-distance / 100) / (1 + math.exp(-0.25 * (t - 20))) - (
                strength * t / 8 * math.exp(1 - t / 8) * math.exp(-distance / 40)
            )

        if turn == 0:
            assert min(net(t) for t in np.linspace(0, 60, 601)) >= 0
        else:  # from the last tenth of a year in which it is below zero
            before = max(t for t in np.linspace(0, 60, 601) if net(t) < 0)
            assert turn == pytest.approx(brentq(net, before, before + 0.1), abs=1e-4)


def test_far_towns_turn_first_and_near_ones_gain_more_in_the_end():
    found = pole_in_space()
    order = np.argsort(found.distance)
    assert (np.diff(found.turning_year[order]) <= 1e-9).all()
    assert (np.diff(found.net[YEARS][order]) <= 0).all()
    assert (np.diff(found.loss_radius[3:]) <= 1e-9).all()
    assert (found.net[YEARS] > 0).all()


def test_a_town_that_does_not_turn_in_time_is_said_so():
    found = pole_in_space(0, 0, spread_range=20, backwash_range=200, towns=[(300, 200)])
    assert found.turning_year[0] == NEVER
    assert "does not gain for good within 60 years" in found.summary()


@pytest.mark.parametrize("ranges", [(20, 200), (60, 60), (100, 40)])
def test_inside_the_radius_places_lose_and_outside_they_do_not(ranges):
    found = pole_in_space(spread_range=ranges[0], backwash_range=ranges[1])
    near = found.distance[:, np.newaxis] < found.loss_radius
    lose = found.net.T < 0
    if ranges[1] < ranges[0]:
        assert (near == lose).all()
    else:  # also beyond a place that gains there may be one that loses
        assert lose[near].all()
        assert np.isinf(found.loss_radius[8])


def test_its_table_and_its_towns():
    found = pole_in_space(year=10)
    frame = found.to_frame()
    assert list(frame["distance_km"]) == sorted(frame["distance_km"])
    assert set(frame.index) == set(TOWNS)
    assert "(invented towns): of 12 towns, 0 gain and 8 lose" in found.summary()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"pole_x": 401}, "400 km wide"),
        ({"pole_y": -1}, "300 km high"),
        ({"year": 41}, "runs for 40 years"),
        ({"backwash": -1}, "how much is taken"),
        ({"spread_range": 0}, "a distance in km"),
        ({"backwash_range": 0}, "a distance in km"),
        ({"half_way": -1}, "after the founding"),
        ({"towns": [1, 2]}, "pairs of numbers"),
        ({"towns": "here"}, "pairs of numbers"),
        ({"towns": []}, "pairs of numbers"),
    ],
)
def test_bad_input_gets_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        pole_in_space(**wrong)
