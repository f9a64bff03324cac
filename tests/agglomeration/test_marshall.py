"""Marshall's three: closed forms, published values, a simulation of the pool, sentences."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.agglomeration.marshall import (
    economies_of_scale,
    economies_of_scope,
    firms_on_circle,
    labour_pooling,
    learning_cost,
    marshall,
    mean_distance,
)


def test_mean_distance_on_the_circle_of_skills():
    assert mean_distance(4) == pytest.approx(0.0625)
    # By trying: a thousand workers on the circle, each to the nearest of seven firms.
    worker = (np.arange(70_000) + 0.5) / 70_000
    apart = abs(worker[:, np.newaxis] - np.arange(7) / 7)
    nearest = np.minimum(apart, 1 - apart).min(axis=1)
    assert nearest.mean() == pytest.approx(float(mean_distance(7)), rel=1e-6)


def test_wrights_curve():
    assert learning_cost([1, 10, 100]).round(2).tolist() == [100, 47.65, 22.71]
    assert learning_cost(2, 1, 0.7) == pytest.approx(0.7)


def test_salops_circle():
    assert firms_on_circle(1, 0.01) == pytest.approx((10, 5))


def test_the_parts_add_up_and_fall():
    place = marshall()
    table = place.to_frame()
    parts = table[["sharing", "matching", "learning"]]
    assert parts.sum(axis=1).to_numpy() == pytest.approx(table["unit_cost"].to_numpy())
    assert (parts.diff().dropna() < 0).all(axis=None)
    assert place.unit_cost[0] == pytest.approx(10 + 20 / 4 + 10)


def test_without_spillover_a_neighbour_teaches_nothing():
    assert np.ptp(marshall(spillover=0).learning) == 0


@pytest.mark.parametrize("firms", [1, 4, 25])
def test_pool_as_simulated(firms):
    """Each firm hires until a worker is worth the wage; the pool has one worker a firm."""
    rng = np.random.default_rng(5)
    shocks = rng.normal(0, 0.8, (200_000, firms))
    mean = shocks.mean(axis=1)
    hired = (shocks - mean[:, np.newaxis]) / 1.5
    gain = (shocks - mean[:, np.newaxis]) * hired - 1.5 * hired**2 / 2
    pool = labour_pooling(firms, 0.8, 1.5)
    assert pool.mean_shock_sd == pytest.approx(mean.std(), rel=0.01)
    assert pool.gain == pytest.approx(gain.mean(), abs=0.002)


@given(st.integers(1, 10**6), st.floats(0, 100), st.floats(0.01, 100))
def test_a_larger_pool_never_loses(firms, spread, slope):
    small, large = labour_pooling(firms, spread, slope), labour_pooling(2 * firms, spread, slope)
    assert large.gain >= small.gain
    assert large.mean_shock_sd == pytest.approx(small.mean_shock_sd / math.sqrt(2))


def test_scale_is_not_scope():
    assert economies_of_scope(150, 150, 200) == 0.5
    assert economies_of_scale(50, 100, 1) == 3
    assert economies_of_scale(50, 0, 1) == 1


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: marshall(firms=0), "firms must be a whole number from 1 to 40"),
        (lambda: marshall(fixed_cost=-1), "fixed_cost must be at least 0"),
        (lambda: marshall(spillover=1.1), "part of what neighbours know"),
        (lambda: marshall(progress_ratio=0), "when experience doubles"),
        (lambda: mean_distance(0), "somebody has to be the nearest"),
        (lambda: learning_cost(0), "the unit itself is counted"),
        (lambda: labour_pooling(slope=0), "slope must be above 0"),
        (lambda: firms_on_circle(fixed_cost=0), "firms enter without end"),
        (lambda: economies_of_scope(1, 1, 0), "both are made"),
        (lambda: economies_of_scale(0), "an average needs"),
    ],
)
def test_refusals_say_what_to_do(call, said):
    with pytest.raises(ValueError, match=said):
        call()
