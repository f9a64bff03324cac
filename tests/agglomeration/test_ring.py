"""The ring: with two regions it is core and periphery; small waves grow as the closed form says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.agglomeration.core_periphery import break_point, core_periphery
from course_lib.agglomeration.ring import ring


@pytest.mark.parametrize("mu", [0.2, 0.4])
def test_with_two_regions_waves_grow_below_the_break_point(mu):
    breaks = break_point(5, mu)
    assert ring(2, breaks * 1.0001, mu=mu, speed=1).growth[0] < 0
    assert ring(2, breaks / 1.0001, mu=mu, speed=1).growth[0] > 0


def test_with_two_regions_wages_are_those_of_two_regions():
    found = ring(2, 1.7, mu=0.4, steps=1, seed=3)
    share = found.shares[-1, 0]
    pair = core_periphery(transport_cost=1.7)
    # Farmers' income is the unit in both; between two points of the diagram, a straight line.
    wanted = [np.interp(share, pair.share, pair.real_wages[:, side]) for side in (0, 1)]
    ratio = found.real_wages[0] / found.real_wages[1]
    assert ratio == pytest.approx(wanted[0] / wanted[1], rel=1e-4)


@pytest.mark.parametrize("crests", [1, 2, 3, 5])
def test_a_small_wave_grows_as_the_closed_form_says(crests):
    """Real wages around a wave of a millionth, solved by plain iteration."""
    n, cost, sigma, mu = 24, 3.0, 5.0, 0.3
    place = np.arange(n)
    apart = abs(place[:, np.newaxis] - place)
    distance = np.minimum(apart, n - apart) / (n / 2)
    free = cost ** ((1 - sigma) * distance)
    share = (1 + 1e-6 * np.cos(2 * np.pi * crests * place / n)) / n
    wage = np.ones(n)
    for _ in range(3000):
        index = free @ (share * wage ** (1 - sigma))
        wage = (free @ ((mu * share * wage + (1 - mu) / n) / index)) ** (1 / sigma)
    real = wage * index ** (mu / (sigma - 1))
    elasticity = np.log(real / real.mean())[0] / np.log(share / share.mean())[0]
    assert ring(n, cost, sigma, mu, speed=1).growth[crests - 1] == pytest.approx(
        elasticity, abs=1e-6
    )


@settings(max_examples=15)
@given(st.integers(2, 40), st.floats(1.2, 6), st.integers(0, 99))
def test_nobody_gets_lost(regions, cost, seed):
    found = ring(regions, cost, speed=1, steps=20, seed=seed)
    assert found.shares.shape == (21, regions)
    assert found.shares.sum(axis=1) == pytest.approx(1)
    assert (found.shares >= 0).all()


def test_the_same_seed_gives_the_same_ring_and_another_another():
    assert np.array_equal(ring(seed=4).shares, ring(seed=4).shares)
    assert not np.array_equal(ring(seed=4).shares, ring(seed=5).shares)


def test_chance_decides_between_two_cores_and_three():
    cores = [ring(seed=seed).cores() for seed in range(1, 31)]
    assert set(cores) == {2, 3}
    assert cores.count(3) / len(cores) == pytest.approx(2 / 3, abs=0.1)


def test_cheap_transport_gives_fewer_cores():
    assert [ring(transport_cost=cost).cores() for cost in (4.0, 1.5)] == [3, 1]
    assert ring(step=0).cores() == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"regions": 1}, "a ring needs at least 2"),
        ({"transport_cost": 1}, "transport_cost must be above 1"),
        ({"mu": 0.9}, "a black hole"),
        ({"speed": 50, "transport_cost": 30}, "lower speed or transport_cost"),
        ({"step": 121}, "it must be one of the steps"),
        ({"seed": -1}, "it starts the dice"),
    ],
)
def test_refusals_say_what_to_do(wrong, said):
    with pytest.raises(ValueError, match=said):
        ring(**wrong)
