"""Spread and backwash over distance and over time, against closed forms and a general solver."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize_scalar
from scipy.special import expit

from course_lib.growth_poles.spread_backwash import spillover_in_time, spread_backwash


def test_the_reference_values_over_distance():
    found = spread_backwash()
    assert found.turns_at == pytest.approx(46.20981204, abs=1e-8)
    assert found.extreme_at == pytest.approx(107.29586083, abs=1e-8)
    assert found.net_at(found.extreme_at) == pytest.approx(0.2052, abs=5e-5)


def test_the_reference_values_over_time():
    found = spillover_in_time()
    assert found.worst_year == pytest.approx(6.7063, abs=1e-4)
    assert found.worst == pytest.approx(-0.31324084, abs=1e-8)
    assert found.turning_year == pytest.approx(15.86002107, abs=1e-7)


strengths, ranges = st.floats(0.1, 3), st.floats(20, 200)


@given(strengths, strengths, ranges, ranges)
def test_the_net_effect_is_zero_where_it_turns_and_flat_at_its_extreme(s, b, ls, lb):
    found = spread_backwash(s, b, ls, lb)
    where = found.turns_at
    if where is None or where > 3000:
        return
    assert found.net_at(where) == pytest.approx(0, abs=1e-9)
    before, after = found.net_at(0.9 * where), found.net_at(1.1 * where + 1)
    assert before * after <= 1e-12  # opposite signs, but for rounding
    top = found.extreme_at
    assert top is not None
    assert top > where
    slope = -s / ls * math.exp(-top / ls) + b / lb * math.exp(-top / lb)
    assert slope == pytest.approx(0, abs=1e-9)


def test_the_reverse_case_and_the_cases_without_a_turn():
    reverse = spread_backwash(1, 0.5, 40, 100)
    assert reverse.net_at(0) > 0 > reverse.net_at(200)
    assert "gain; farther away they lose" in reverse.summary()
    assert spread_backwash(1, 0, 40, 100).turns_at is None
    assert "Every place gains" in spread_backwash(1, 0).summary()
    assert "Every place loses" in spread_backwash(0, 1).summary()
    assert "Every place gains" in spread_backwash(2, 1).summary()
    assert "cancel everywhere" in spread_backwash(1, 1, 50, 50).summary()
    assert "Every place gains" in spread_backwash(1, 1, 100, 50).summary()


@pytest.mark.parametrize(
    "setting",
    [
        {},
        {"top": 0.7, "speed": 0.2, "half_way": 15.0, "growth": 0.2, "peak_year": 6.0},
        {"growth": 0.3, "half_way": 30.0},
        {"half_way": 1000.0},  # spread that comes after centuries
        {"growth": 0.1, "peak_year": 200.0},  # backwash that lasts for centuries
        {"speed": 50.0},
    ],
)
def test_a_general_solver_agrees_over_time(setting):
    found = spillover_in_time(**setting)
    p = {"top": 1.0, "speed": 0.25, "half_way": 20.0, "growth": 0.12, "peak_year": 8.0} | setting

    def net(t):
        arrives = p["top"] * expit(p["speed"] * (t - p["half_way"]))
        return arrives - p["growth"] * t * math.exp(-t / p["peak_year"])

    start = p["peak_year"] / 2
    lowest = minimize_scalar(net, bounds=(start, 2 * p["peak_year"]), method="bounded")
    assert found.worst == pytest.approx(lowest.fun, abs=1e-6)
    assert found.turning_year == pytest.approx(brentq(net, lowest.x, 5000), rel=1e-6)


def test_before_anybody_has_moved_the_neighbour_does_not_lose():
    assert spillover_in_time().net[0] > 0


def test_without_backwash_the_neighbour_never_loses():
    found = spillover_in_time(growth=0.0)
    assert found.turning_year is None
    assert "never loses" in found.summary()
    assert (found.net > 0).all()
    assert np.isfinite(found.to_frame()).all().all()


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: spread_backwash(spread=-1), "a loss is backwash"),
        (lambda: spread_backwash(backwash=-1), "how much is taken"),
        (lambda: spread_backwash(spread_range=0), "a distance in km"),
        (lambda: spread_backwash(backwash_range=0), "a distance in km"),
        (lambda: spillover_in_time(top=0), "in the long run"),
        (lambda: spillover_in_time(speed=0), "sooner or later"),
        (lambda: spillover_in_time(half_way=-1), "after the founding"),
        (lambda: spillover_in_time(growth=-1), "how fast backwash rises"),
        (lambda: spillover_in_time(peak_year=0), "after the founding"),
    ],
)
def test_bad_input_gets_a_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
