"""Spread and backwash over distance and over time, against closed forms and a general solver."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.special import expit

from course_lib.growth_poles.spread_backwash import (
    backwash_in_year,
    spread_backwash,
    spread_in_year,
)


def test_the_reference_values_over_distance():
    found = spread_backwash()
    assert found.turns_at == pytest.approx(46.20981204, abs=1e-8)
    assert found.extreme_at == pytest.approx(107.29586083, abs=1e-8)
    assert found.net_at(found.extreme_at) == pytest.approx(0.2052, abs=5e-5)


def test_spread_comes_late_and_backwash_early():
    year = np.linspace(0, 50, 501)
    gain, loss = spread_in_year(year), backwash_in_year(year)
    assert gain == pytest.approx(expit(0.25 * (year - 20)))
    assert year[loss.argmax()] == 8
    assert loss[0] == 0
    net = gain - loss
    turn = brentq(lambda t: spread_in_year(t) - backwash_in_year(t), 8, 50)
    assert turn == pytest.approx(15.86002107, abs=1e-7)
    assert (net[(year > 1) & (year < turn)] < 0).all()
    assert (net[year > turn] > 0).all()


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
    ("call", "sentence"),
    [
        (lambda: spread_backwash(spread=-1), "a loss is backwash"),
        (lambda: spread_backwash(backwash=-1), "how much is taken"),
        (lambda: spread_backwash(spread_range=0), "a distance in km"),
        (lambda: spread_backwash(backwash_range=0), "a distance in km"),
    ],
)
def test_bad_input_gets_a_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
