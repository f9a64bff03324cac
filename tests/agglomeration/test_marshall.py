"""Marshall's three: closed forms, published values, a simulation of the pool, sentences."""

import numpy as np
import pytest

from course_lib.agglomeration.marshall import (
    economies_of_scale,
    economies_of_scope,
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


def test_the_parts_add_up_and_fall():
    place = marshall()
    table = place.to_frame()
    parts = table[["sharing", "matching", "learning"]]
    assert (table["crowding"] == 0).all()
    assert parts.sum(axis=1).to_numpy() == pytest.approx(table["unit_cost"].to_numpy())
    assert (parts.diff().dropna() < 0).all(axis=None)
    assert place.unit_cost[0] == pytest.approx(10 + 20 / 4 + 10)


def test_without_spillover_a_neighbour_teaches_nothing():
    assert np.ptp(marshall(spillover=0).learning) == 0


@pytest.mark.parametrize("firms", [1, 4, 25])
def test_the_swings_of_a_pool_as_simulated(firms):
    """Each firm has good and bad times of its own; the wage follows their mean."""
    shocks = np.random.default_rng(5).normal(0, 1, (200_000, firms))
    swings = shocks.mean(axis=1).std()
    assert marshall().shock_spread[firms - 1] == pytest.approx(swings, rel=0.01)


def test_a_rent_gives_a_best_number_of_firms():
    place = marshall(rent=0.2)
    around = place.unit_cost[place.cheapest - 2 : place.cheapest + 1]
    assert around.argmin() == 1
    assert "costs least with 13 firms" in place.summary()
    assert "least" not in marshall().summary()


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
        (lambda: marshall(rent=-1), "makes no place cheaper"),
        (lambda: economies_of_scope(1, 1, 0), "both are made"),
        (lambda: economies_of_scale(0), "an average needs"),
    ],
)
def test_refusals_say_what_to_do(call, said):
    with pytest.raises(ValueError, match=said):
        call()
