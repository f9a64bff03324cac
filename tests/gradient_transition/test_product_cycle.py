"""The product cycle against its closed form, a search on a fine grid, and its errors."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from course_lib.gradient_transition.product_cycle import product_cycle, switch_age

# Closed form a* = ln(s0 (kj - ki) / (wi - wj)) / delta for w = (3, 2, 1), k = (1, 2, 4), s0 = 5,
# delta = 0.1.
A12, A23, A13 = 16.09437912, 23.02585093, 20.14903021


@st.composite
def ladders(draw, most=6):
    """Wages that fall and penalties that rise, by steps that are not tiny."""
    n = draw(st.integers(2, most))
    steps = st.lists(st.floats(0.05, 5), min_size=n, max_size=n)
    wages = np.cumsum(draw(steps))[::-1]
    penalties = np.cumsum(draw(steps))
    return tuple(wages.tolist()), tuple(penalties.tolist())


def test_switch_ages_of_the_default_ladder():
    cycle = product_cycle()
    np.testing.assert_allclose(cycle.switch_ages, [A12, A23], atol=1e-8)
    assert cycle.path == (1, 2, 3)
    assert cycle.skipped == ()
    assert cycle.unused_top == ()


def test_switch_age_of_two_tiers():
    found = [switch_age(1, 1), switch_age(1, 2), switch_age(2, 3)]
    np.testing.assert_allclose(found, [A12, A23, A13], atol=1e-8)


def test_switch_age_is_negative_if_the_lower_tier_is_cheaper_from_the_first_day():
    assert switch_age(10, 1) < 0


@given(st.floats(0.01, 1), st.floats(1.1, 5))
@settings(max_examples=50)
def test_faster_maturing_shortens_every_age_in_proportion(maturing, faster):
    slow, fast = product_cycle(maturing=maturing), product_cycle(maturing=maturing * faster)
    np.testing.assert_allclose(fast.switch_ages * faster, slow.switch_ages, rtol=1e-9)


def test_a_tier_is_skipped_exactly_when_the_steps_say_so():
    # Tier 2 is skipped if (k3-k2)/(w2-w3) < (k2-k1)/(w1-w2); here the right side is k2 - 1 and the
    # left side is 4 - k2, so the border is k2 = 2.5.
    assert product_cycle(skill_penalty=(1, 2.49, 4)).path == (1, 2, 3)
    leap = product_cycle(skill_penalty=(1, 2.51, 4))
    assert leap.path == (1, 3)
    assert leap.skipped == (2,)
    np.testing.assert_allclose(leap.switch_ages, [A13], atol=1e-8)


def test_on_the_border_the_middle_tier_has_no_time():
    assert product_cycle(skill_penalty=(1, 2.5, 4)).path == (1, 3)


@given(ladders(), st.floats(0.1, 50), st.floats(0.01, 1))
@settings(max_examples=50)
def test_the_path_is_the_cheapest_tier_at_every_age(ladder, start_cost, maturing):
    cycle = product_cycle(*ladder, start_cost, maturing, horizon=100)
    chosen = cycle.unit_cost[np.arange(len(cycle.age)), cycle.cheapest - 1]
    np.testing.assert_allclose(chosen, cycle.unit_cost.min(axis=1), rtol=1e-9)


@given(ladders(), st.floats(0.1, 50), st.floats(0.01, 1))
@settings(max_examples=50)
def test_production_only_moves_down_and_ends_in_the_last_tier(ladder, start_cost, maturing):
    cycle = product_cycle(*ladder, start_cost, maturing)
    assert list(cycle.path) == sorted(set(cycle.path))
    assert cycle.path[-1] == cycle.n_tiers
    assert (np.diff(cycle.switch_ages) >= -1e-9).all()
    assert (cycle.switch_ages >= 0).all()
    everyone = {*cycle.path, *cycle.skipped, *cycle.unused_top}
    assert everyone == set(range(1, cycle.n_tiers + 1))
    assert len(cycle.path) + len(cycle.skipped) + len(cycle.unused_top) == cycle.n_tiers


@given(ladders(), st.floats(0.1, 50))
@settings(max_examples=50)
def test_at_a_switch_both_tiers_cost_the_same(ladder, start_cost):
    cycle = product_cycle(*ladder, start_cost)
    for upper, lower, age, cost in zip(
        cycle.path, cycle.path[1:], cycle.switch_ages, cycle.switch_costs, strict=False
    ):
        wages, penalties = ladder
        fading = start_cost * math.exp(-0.1 * age)
        for tier in (upper, lower):
            expected = wages[tier - 1] + penalties[tier - 1] * fading
            assert cost == pytest.approx(expected, rel=1e-9)


@given(ladders(most=3), st.floats(1, 10), st.floats(0.1, 10))
@settings(max_examples=50)
def test_ages_do_not_depend_on_the_unit_of_money(ladder, start_cost, unit):
    wages, penalties = ladder
    one = product_cycle(wages, penalties, start_cost)
    other = product_cycle([unit * wage for wage in wages], penalties, unit * start_cost)
    assume(one.path == other.path)  # rounding may decide a tie in another way
    np.testing.assert_allclose(one.switch_ages, other.switch_ages, atol=1e-7)


def test_a_ladder_of_two_tiers():
    cycle = product_cycle((2, 1), (1, 2))
    assert cycle.path == (1, 2)
    np.testing.assert_allclose(cycle.switch_ages, [A12], atol=1e-8)


def test_a_tie_on_the_first_day_goes_to_the_lower_tier():
    # wages 3 and 2, start cost 1: 3 + 1 = 2 + 2
    cycle = product_cycle((3, 2, 1), (1, 2, 4), start_cost=1)
    assert cycle.path == (2, 3)
    assert cycle.unused_top == (1,)


def test_years_in_tier_and_tier_at():
    cycle = product_cycle(skill_penalty=(1, 3.5, 4))
    np.testing.assert_allclose(cycle.years_in_tier, [A13, 0, np.inf], atol=1e-8)
    assert [cycle.tier_at(age) for age in (0, 20, 21, 1e6)] == [1, 1, 3, 3]


def test_path_does_not_stop_at_the_horizon():
    cycle = product_cycle(horizon=10)
    assert cycle.path == (1, 2, 3)
    assert set(cycle.cheapest.tolist()) == {1}
    assert "the axis ends at 10 years" in cycle.summary()


@pytest.mark.parametrize(
    "parameters,sentence",
    [
        (
            {},
            "Production moves from tier 1 to tier 2 after 16.1 years and to tier 3 after "
            "23.0 years.",
        ),
        (
            {"skill_penalty": (1, 3.5, 4)},
            "Production moves from tier 1 straight to tier 3 after 20.1 years; tier 2 is skipped.",
        ),
        (
            {"start_cost": 0.9},
            "Tier 2 is the cheapest place from the first day, so tier 1 never makes the product; "
            "production moves from tier 2 to tier 3 after 5.9 years.",
        ),
        (
            {"start_cost": 0.1},
            "Tier 3 is the cheapest place from the first day, so tiers 1 and 2 never make the "
            "product; production never moves.",
        ),
    ],
)
def test_summary(parameters, sentence):
    assert product_cycle(**parameters).summary() == sentence


def test_frame():
    frame = product_cycle().to_frame()
    assert list(frame.columns) == [
        "cost_in_tier_1",
        "cost_in_tier_2",
        "cost_in_tier_3",
        "cheapest_tier",
    ]
    assert frame.iloc[0].tolist() == [8, 12, 21, 1]
    assert frame.index[-1] == 60


@pytest.mark.parametrize(
    "parameters,message",
    [
        ({"wages": (3, 3, 1)}, r"wages must fall .* \(got 3, 3, 1\): a gradient needs a cost"),
        ({"wages": (1, 2, 3)}, r"wages must fall .* \(got 1, 2, 3\)"),
        ({"wages": (3, 2, -1)}, "wages must not be below zero"),
        ({"wages": (3,), "skill_penalty": (1,)}, "at least two tiers .* nowhere to move"),
        ({"wages": (3, 2)}, "2 wages and 3 penalties"),
        ({"wages": (3, 2, math.nan)}, "wages must be a list of numbers"),
        ({"wages": "abc"}, "wages must be a list of numbers"),
        ({"wages": 3}, "wages must be a list of numbers"),
        ({"skill_penalty": (1, 1, 4)}, r"skill_penalty must rise .* \(got 1, 1, 4\)"),
        ({"skill_penalty": (-1, 1, 4)}, "skill_penalty must not be below zero"),
        ({"start_cost": 0}, "start_cost must be above 0"),
        ({"maturing": 0}, "a product that never matures never moves"),
        ({"maturing": math.inf}, "maturing must be above 0"),
        ({"maturing": "fast"}, "maturing must be above 0 .*'fast'"),
        ({"maturing": True}, "maturing must be above 0"),
        ({"horizon": -1}, "horizon must be above 0"),
    ],
)
def test_errors_are_sentences(parameters, message):
    with pytest.raises(ValueError, match=message):
        product_cycle(**parameters)


@pytest.mark.parametrize("arguments", [(0, 1), (1, 0), (1, 1, 0), (1, 1, 5, 0)])
def test_switch_age_wants_numbers_above_zero(arguments):
    with pytest.raises(ValueError, match="must be above 0"):
        switch_age(*arguments)


def test_tier_at_a_negative_age():
    with pytest.raises(ValueError, match="age must be at least 0"):
        product_cycle().tier_at(-1)
