"""Core and periphery against the full model, solved here in another way: plain iteration."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from course_lib.agglomeration.core_periphery import (
    break_point,
    core_periphery,
    log_real_wage_ratio,
    sustain_point,
    tomahawk,
)


def real_wages(share, cost, sigma, mu):
    """Put wages into the model's equations until they stay. A complex share gives the slope.

    A share of 0.5 + 1e-30j leaves the exact derivative in the imaginary parts, without the
    rounding that a small difference would bring.
    """
    w1 = w2 = 1.0 + 0j
    free = cost ** (1 - sigma)
    for _ in range(4000):
        y1, y2 = mu * share * w1 + (1 - mu) / 2, mu * (1 - share) * w2 + (1 - mu) / 2
        p1 = share * w1 ** (1 - sigma) + free * (1 - share) * w2 ** (1 - sigma)
        p2 = free * share * w1 ** (1 - sigma) + (1 - share) * w2 ** (1 - sigma)
        n1 = (y1 / p1 + free * y2 / p2) ** (1 / sigma)
        n2 = (free * y1 / p1 + y2 / p2) ** (1 / sigma)
        moved = max(abs(n1.real - w1.real), abs(n2.real - w2.real), 1e30 * abs(n1.imag - w1.imag))
        w1, w2 = n1, n2
        if moved < 1e-15:
            break
    return w1 * p1 ** (mu / (sigma - 1)), w2 * p2 ** (mu / (sigma - 1))


def slope_at_even(cost, sigma, mu):
    one, two = real_wages(0.5 + 1e-30j, cost, sigma, mu)
    return (one - two).imag * 1e30


def advantage_of_the_core(cost, sigma, mu):
    one, two = real_wages(1.0 + 0j, cost, sigma, mu)
    return (one / two).real - 1


ADMISSIBLE = st.tuples(st.floats(2, 10), st.floats(0.1, 0.9)).map(
    lambda pair: (pair[0], pair[1] * ((pair[0] - 1) / pair[0] - 0.12))
)


@settings(max_examples=40)
@given(ADMISSIBLE)
def test_break_point_is_where_an_even_spread_stops_holding(tastes):
    found = break_point(*tastes)
    exact = brentq(slope_at_even, 1 + 0.5 * (found - 1), 1 + 1.5 * (found - 1), tastes, xtol=1e-13)
    assert found == pytest.approx(exact, rel=1e-8)


@settings(max_examples=40)
@given(ADMISSIBLE)
def test_sustain_point_is_where_a_core_stops_holding(tastes):
    found = sustain_point(*tastes)
    exact = brentq(
        advantage_of_the_core, 1 + 0.5 * (found - 1), 1 + 1.5 * (found - 1), tastes, xtol=1e-13
    )
    assert found == pytest.approx(exact, rel=1e-8)
    assert found > break_point(*tastes)


@pytest.mark.parametrize(
    ("tastes", "landmarks"), [((5, 0.4), (1.62657656, 1.80731272)), ((5, 0.2), (1.2574, 1.2692))]
)
def test_known_landmarks(tastes, landmarks):
    assert break_point(*tastes) == pytest.approx(landmarks[0], rel=4e-5)
    assert sustain_point(*tastes) == pytest.approx(landmarks[1], rel=4e-5)
    assert break_point(5, 0.4) == pytest.approx(7**0.25)


@pytest.mark.parametrize("cost", [1.1, 1.5, 1.7, 2.2, 3.5])
def test_wages_solve_the_whole_model(cost):
    found = core_periphery(transport_cost=cost)
    for place in range(0, 201, 25):
        one, two = real_wages(found.share[place] + 0j, cost, 5.0, 0.4)
        assert found.real_wages[place] == pytest.approx([one.real, two.real], abs=1e-12)
    assert found.share @ found.nominal_wages[:, 0] + (1 - found.share) @ found.nominal_wages[
        :, 1
    ] == pytest.approx(len(found.share))


@settings(max_examples=40)
@given(ADMISSIBLE, st.floats(0.3, 2.5))
def test_every_equilibrium_is_one_and_its_stability_is_right(tastes, where):
    sigma, mu = tastes
    cost = 1 + where * (sustain_point(sigma, mu) - 1)
    found = core_periphery(sigma, mu, cost)
    shares = [one.share for one in found.equilibria]
    assert shares == sorted(shares)
    assert shares == pytest.approx([1 - share for share in reversed(shares)], abs=1e-12)
    for one in found.equilibria:
        here, there = real_wages(one.share + 1e-30j, cost, sigma, mu)
        if one.kind == "core":
            assert (here.real > there.real) == (one.share == 1)
        else:
            assert here.real == pytest.approx(there.real, abs=1e-9)
            if abs(cost / found.break_point - 1) > 1e-6:
                assert ((here - there).imag < 0) == one.stable


def test_between_the_landmarks_there_are_five():
    found = core_periphery(transport_cost=1.7)
    assert [one.stable for one in found.equilibria] == [True, False, True, False, True]
    assert found.history_decides
    uneven = found.equilibria[3].share
    assert core_periphery(start_share=uneven + 0.01).ends_at.share == 1
    assert core_periphery(start_share=uneven - 0.01).ends_at.share == 0.5


def test_below_the_break_point_history_decides_which_region_wins():
    assert core_periphery(transport_cost=1.3, start_share=0.51).ends_at.share == 1
    assert core_periphery(transport_cost=1.3, start_share=0.49).ends_at.share == 0
    assert core_periphery(transport_cost=1.3).history_decides


def test_above_the_sustain_point_it_does_not():
    found = core_periphery(transport_cost=2, start_share=0.99)
    assert (found.ends_at.share, found.history_decides) == (0.5, False)


def test_the_tomahawk_is_what_each_cost_says():
    axe = tomahawk(n_costs=40)
    for place, cost in enumerate(axe.transport_cost):
        at = core_periphery(transport_cost=float(cost))
        assert axe.even_is_stable[place] == (0.5 in at.stable_shares)
        assert axe.core_is_stable[place] == (1.0 in at.stable_shares)
        uneven = [one.share for one in at.equilibria if one.kind == "uneven"]
        if uneven:
            assert axe.uneven_share[place] == pytest.approx(max(uneven))
        else:
            assert math.isnan(axe.uneven_share[place])


def test_the_uneven_equilibrium_leads_from_one_landmark_to_the_other():
    breaks, sustains = break_point(), sustain_point()
    axe = tomahawk(lowest=breaks + 1e-7, highest=sustains - 1e-7, n_costs=50)
    assert axe.uneven_share[0] == pytest.approx(0.5, abs=1e-2)
    assert axe.uneven_share[-1] == pytest.approx(1, abs=1e-3)
    assert (np.diff(axe.uneven_share) > 0).all()


def whole_model(share, cost, farm_cost, sigma=5.0, mu=0.4):
    """Log of the ratio of real wages by plain iteration over wages and both prices of food."""
    w1 = w2 = f1 = f2 = 1.0
    free = cost ** (1 - sigma)
    for _ in range(20_000):
        y1 = mu * share * w1 + (1 - mu) / 2 * f1
        y2 = mu * (1 - share) * w2 + (1 - mu) / 2 * f2
        p1 = share * w1 ** (1 - sigma) + free * (1 - share) * w2 ** (1 - sigma)
        p2 = free * share * w1 ** (1 - sigma) + (1 - share) * w2 ** (1 - sigma)
        n1 = (y1 / p1 + free * y2 / p2) ** (1 / sigma)
        n2 = (free * y1 / p1 + y2 / p2) ** (1 / sigma)
        # Food: each region eats its own, until the other region's costs less with the way to it.
        ratio = min(farm_cost, max(1 / farm_cost, y1 / y2))
        all_of_it = share * n1 + (1 - share) * n2
        g2 = 2 * all_of_it / (1 + ratio)
        g1 = ratio * g2
        moved = abs(n1 - w1) + abs(n2 - w2) + abs(g1 - f1) + abs(g2 - f2)
        w1, w2, f1, f2 = (0.5 * (a + b) for a, b in ((w1, n1), (w2, n2), (f1, g1), (f2, g2)))
        if moved < 1e-14:
            break
    return math.log(w1 / w2) + mu / (sigma - 1) * math.log(p1 / p2) - (1 - mu) * math.log(f1 / f2)


@pytest.mark.parametrize("farm_cost", [1.02, 1.05, 1.3])
@pytest.mark.parametrize("cost", [1.2, 1.5, 2.0])
def test_with_costly_food_wages_solve_the_whole_model(cost, farm_cost):
    found = core_periphery(transport_cost=cost, farm_cost=farm_cost)
    for place in (60, 100, 102, 130, 180):
        share = float(found.share[place])
        gap = math.log(found.real_wages[place, 0] / found.real_wages[place, 1])
        assert gap == pytest.approx(whole_model(share, cost, farm_cost), abs=1e-9)
        one, _ = log_real_wage_ratio(share, cost, 5.0, 0.4, 0.0, farm_cost)
        assert gap == pytest.approx(one, abs=1e-9)


def test_food_is_paid_for_by_what_it_brings():
    """All that is spent on food is what farmers earn: what melts on the way is paid for as well."""
    found = core_periphery(transport_cost=1.5, farm_cost=1.1)
    paid = found.share * found.nominal_wages[:, 0]
    assert paid + (1 - found.share) * found.nominal_wages[:, 1] == pytest.approx(1)


def test_free_food_is_the_limit_of_costly_food():
    near, free = core_periphery(farm_cost=1 + 1e-9), core_periphery()
    assert near.real_wages == pytest.approx(free.real_wages, rel=1e-8)


@pytest.mark.parametrize("farm_cost", [1.0, 1.1])
@pytest.mark.parametrize("cost", [1.05, 1.5, 2.3])
def test_without_economies_of_scale_each_region_makes_all_goods(cost, farm_cost):
    found = core_periphery(transport_cost=cost, farm_cost=farm_cost, economy_of_scale=False)
    share, real = found.share[1:-1], found.real_wages[1:-1]
    home = np.log(2 * share) < np.log(2 * (1 - share)) + math.log(cost * farm_cost)
    home &= np.log(2 * (1 - share)) < np.log(2 * share) + math.log(cost * farm_cost)
    # A worker's share of what the farmers of the region spend on goods, and own goods and food.
    assert real[home, 0] == pytest.approx((2 * share[home]) ** -0.6)
    assert real[~home, 0] / real[~home, 1] == pytest.approx(
        (cost * farm_cost) ** (0.6 * np.sign(0.5 - share[~home]))
    )
    for place in (0, 40, 150, 200):
        one, _ = log_real_wage_ratio(float(found.share[place]), cost, 5, 0.4, 0, farm_cost, False)
        assert math.log(np.divide(*found.real_wages[place])) == pytest.approx(one)
    assert found.stable_shares == (0.5,)


def test_costly_food_leaves_a_core_between_two_costs_only():
    axe = tomahawk(farm_cost=1.05)
    assert axe.even_is_stable.all()
    holds = axe.transport_cost[axe.core_is_stable]
    assert (round(holds.min(), 2), round(axe.sustain_point, 2)) == (1.05, 1.69)
    assert core_periphery(transport_cost=1.3, start_share=0.9, farm_cost=1.05).ends_at.share == 1
    assert core_periphery(transport_cost=1.3, start_share=0.6, farm_cost=1.05).ends_at.share == 0.5
    assert "holds at costs from 1." in axe.summary()
    assert "holds at costs below 1.8" in tomahawk(farm_cost=1.001).summary()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: core_periphery(sigma=2, mu=0.5), "a black hole; lower mu or raise sigma"),
        (lambda: break_point(5, 0.8), "a black hole"),
        (lambda: core_periphery(transport_cost=1), "transport_cost must be above 1"),
        (lambda: core_periphery(transport_cost=0.9), r"got 0.9\): it counts the units to be sent"),
        (lambda: core_periphery(sigma=1), "sigma must be above 1"),
        (lambda: core_periphery(mu=0), "mu must be above 0"),
        (lambda: core_periphery(start_share=1.2), "share of the whole"),
        (lambda: break_point(1.001, 0.0005), "too close to the black hole"),
        (lambda: tomahawk(lowest=1), "lowest must be above 1"),
        (lambda: tomahawk(highest=1.01), "highest must be above 1.02"),
        (lambda: core_periphery(farm_cost=0.9), "at 1 food travels free"),
    ],
)
def test_refusals_say_what_to_do(call, said):
    with pytest.raises(ValueError, match=said):
        call()
