"""Krugman's model and its three tiers, against closed forms and a numerical solver."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from course_lib.gradient_transition.innovation_transfer import innovation_transfer, three_tiers

rates = st.floats(0.001, 0.3)


def test_long_run_of_krugman_1979():
    # i = .05, t = .02, LN = 1, LS = 2, theta = .6: 2.5 and (2.5 * 2)^.4, Krugman (1979).
    model = innovation_transfer(0.05, 0.02, 1, 2, 0.6)
    assert model.steady_goods_ratio == pytest.approx(2.5)
    assert model.steady_wage_ratio == pytest.approx(1.90365394, abs=1e-8)
    assert model.steady_share == pytest.approx(5 / 7)
    assert not model.gap_closes


def test_wages_become_equal_with_enough_transfer():
    # (i/t)(LS/LN) = .4 is below 1, and yet the top keeps goods of its own.
    model = innovation_transfer(innovation=0.02, transfer=0.05, labour_south=1)
    assert model.steady_wage_ratio == 1
    assert model.gap_closes
    assert model.steady_share == pytest.approx(2 / 7)


@given(rates, rates, st.floats(0.1, 10), st.floats(0.1, 10), st.floats(0.05, 0.95))
@settings(max_examples=50)
def test_the_gap_closes_exactly_when_the_condition_says_so(i, t, north, south, theta):
    model = innovation_transfer(i, t, north, south, theta)
    assume(abs(i / t * south / north - 1) > 1e-9)
    assert model.gap_closes == (i / t * south / north <= 1)
    assert model.steady_share > 0  # while i > 0


@given(rates, rates, st.floats(1.1, 10))
@settings(max_examples=50)
def test_the_wage_gap_goes_as_a_power_of_innovation_over_transfer(i, t, factor):
    # Many workers in South keep the ratio above 1.
    one = innovation_transfer(i, t, 1, 1e6, 0.6)
    other = innovation_transfer(i * factor, t, 1, 1e6, 0.6)
    assert other.steady_wage_ratio / one.steady_wage_ratio == pytest.approx(factor**0.4)


@pytest.mark.parametrize("start_share", [0.0, 0.3, 0.9, 0.999])
def test_path_against_a_solver(start_share):
    from scipy.integrate import solve_ivp

    model = innovation_transfer(start_share=start_share, horizon=60)

    def change(_, goods):
        north, south = goods
        return [0.05 * (north + south) - 0.02 * north, 0.02 * north]

    solved = solve_ivp(
        change, (0, 60), [start_share, 1 - start_share], t_eval=model.time, rtol=1e-10, atol=1e-12
    )
    north, south = solved.y
    np.testing.assert_allclose(model.north_share, north / (north + south), rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(
        model.wage_ratio, np.maximum(1, (north / south * 2) ** 0.4), rtol=1e-6
    )


@given(rates, rates, st.floats(0, 0.99))
@settings(max_examples=50)
def test_the_path_goes_straight_to_the_long_run(i, t, start_share):
    model = innovation_transfer(i, t, start_share=start_share, horizon=20 / (i + t))
    assert model.north_share[0] == pytest.approx(start_share, abs=1e-12)
    assert model.north_share[-1] == pytest.approx(model.steady_share, abs=1e-6)
    steps = np.diff(model.north_share)
    assert (steps >= -1e-12).all() or (steps <= 1e-12).all()


def test_half_life():
    model = innovation_transfer(horizon=math.log(2) / 0.07)
    half_way = (model.start_share + model.steady_share) / 2
    assert model.half_life == pytest.approx(math.log(2) / 0.07)
    assert model.north_share[-1] == pytest.approx(half_way)


def test_years_to_equal_wages():
    model = innovation_transfer(innovation=0.02, transfer=0.05, labour_south=1, horizon=30)
    years = model.years_to_equal_wages
    assert 0 < years < 30
    assert (model.wage_ratio[model.time < years] > 1).all()
    assert (model.wage_ratio[model.time > years] == 1).all()
    assert innovation_transfer().years_to_equal_wages == math.inf
    assert (
        innovation_transfer(0.02, 0.05, labour_south=1, start_share=0.4).years_to_equal_wages == 0
    )
    # Equal at first, and not for good: the top draws away.
    away = innovation_transfer(start_share=0.0)
    assert away.wage_ratio[0] == 1
    assert away.years_to_equal_wages == math.inf


def test_extremes():
    still = innovation_transfer(innovation=0, horizon=500)
    assert still.steady_share == 0
    assert still.steady_wage_ratio == 1
    assert still.summary().startswith("Without innovation")
    hoard = innovation_transfer(transfer=0)
    assert hoard.steady_share == 1
    assert hoard.steady_wage_ratio == math.inf
    assert np.isfinite(hoard.wage_ratio).all()
    assert hoard.summary().startswith("Without transfer")


def test_summary_and_frame():
    model = innovation_transfer()
    assert model.summary() == (
        "In the long run 71.4% of goods are made only at the top, and the wage there is 1.90 "
        "times the wage below."
    )
    assert list(model.to_frame().columns) == ["north_share", "wage_ratio"]


@pytest.mark.parametrize(
    "parameters,message",
    [
        ({"innovation": -0.01}, "innovation must be at least 0"),
        ({"transfer": -0.01}, "transfer must be at least 0"),
        ({"innovation": 0, "transfer": 0}, "must not both be 0"),
        ({"labour_north": 0}, "labour_north must be above 0"),
        ({"labour_south": 0}, "labour_south must be above 0"),
        ({"theta": 0}, "theta must be above 0 and below 1"),
        ({"theta": 1}, "theta must be above 0 and below 1"),
        ({"start_share": 1}, "start_share must be at least 0 and below 1"),
        ({"horizon": 0}, "horizon must be above 0"),
        ({"innovation": math.nan}, "innovation must be at least 0"),
    ],
)
def test_errors_are_sentences(parameters, message):
    with pytest.raises(ValueError, match=message):
        innovation_transfer(**parameters)


def test_three_tiers_in_the_long_run():
    # i = .04, t1 = .06, t2 = .03: s1 = i/(i+t1), s2 = t1 s1/(i+t2), s3 = t2 s2/i.
    tiers = three_tiers(0.04, 0.06, 0.03, horizon=400)
    np.testing.assert_allclose(tiers.steady_shares, [0.4, 0.34285714, 0.25714286], atol=1e-8)
    np.testing.assert_allclose(tiers.steady_shares[2], 0.03 * 0.34285714 / 0.04, atol=1e-8)
    # 400 years, closed form and simulation: the same to eight digits.
    np.testing.assert_allclose(tiers.shares[-1], tiers.simulated[-1], atol=1e-8)
    np.testing.assert_allclose(tiers.shares[-1], tiers.steady_shares, atol=1e-6)


starts = st.lists(st.floats(0.01, 1), min_size=3, max_size=3).map(
    lambda parts: tuple(part / sum(parts) for part in parts)
)


@given(rates, rates, rates, starts)
@settings(max_examples=50)
def test_closed_form_and_simulation_agree(i, t1, t2, start):
    tiers = three_tiers(i, t1, t2, 100, start)
    np.testing.assert_allclose(tiers.shares, tiers.simulated, atol=1e-5)
    np.testing.assert_allclose(tiers.shares.sum(axis=1), 1)
    assert (tiers.shares > -1e-12).all()


def test_equal_rates_are_a_limit_and_not_a_hole():
    equal = three_tiers(0.04, 0.05, 0.05, 100).shares
    nearly = three_tiers(0.04, 0.05, 0.05 + 1e-9, 100).shares
    np.testing.assert_allclose(equal, nearly, atol=1e-7)
    np.testing.assert_allclose(equal, three_tiers(0.04, 0.05, 0.05, 100).simulated, atol=1e-6)


@given(rates, rates, rates)
@settings(max_examples=50)
def test_the_top_keeps_goods_of_its_own_while_it_invents(i, t1, t2):
    assert three_tiers(i, t1, t2, horizon=1).steady_shares[0] > 0


def test_two_tiers_together_are_krugmans_south():
    tiers = three_tiers(0.05, 0.02, 0.07, 100, start=(0.9, 0.06, 0.04))
    two = innovation_transfer(0.05, 0.02, start_share=0.9, horizon=100)
    np.testing.assert_allclose(tiers.shares[::10, 0], two.north_share[::20], rtol=1e-9)


def test_three_tiers_extremes():
    end = three_tiers(innovation=0, horizon=1000)
    np.testing.assert_allclose(end.steady_shares, [0, 0, 1])
    np.testing.assert_allclose(end.shares[-1], [0, 0, 1], atol=1e-9)
    assert "goes on inventing" not in end.summary()
    np.testing.assert_allclose(three_tiers(transfer_1=0).steady_shares, [1, 0, 0])
    np.testing.assert_allclose(three_tiers(transfer_2=0).steady_shares, [0.4, 0.6, 0], atol=1e-12)
    fast = three_tiers(2, 2, 2, horizon=5000)
    assert np.isfinite(fast.simulated).all()
    np.testing.assert_allclose(fast.simulated[-1], fast.steady_shares, atol=1e-9)


def test_three_tiers_summary_and_frame():
    tiers = three_tiers()
    assert tiers.summary() == (
        "In the long run tier 1 makes 40.0% of goods, 34.3% have moved down to tier 2, and 25.7% "
        "to tier 3: the top keeps goods of its own while it goes on inventing."
    )
    assert tiers.to_frame().shape == (401, 6)


@pytest.mark.parametrize(
    "parameters,message",
    [
        ({"innovation": -1}, "innovation must be at least 0"),
        ({"transfer_1": 3}, "transfer_1 must be at least 0 and at most 2"),
        ({"innovation": 0, "transfer_2": 0}, "innovation must be above 0, or"),
        ({"horizon": 0}, "horizon must be a whole number"),
        ({"horizon": 10.5}, "horizon must be a whole number"),
        ({"start": (1, 1, 0)}, "three shares .* add up to one"),
        ({"start": (1, 0)}, "three shares"),
        ({"start": (2, -1, 0)}, "three shares"),
    ],
)
def test_three_tiers_errors_are_sentences(parameters, message):
    with pytest.raises(ValueError, match=message):
        three_tiers(**parameters)
