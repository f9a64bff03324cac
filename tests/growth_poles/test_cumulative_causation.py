"""Cumulative causation against the closed form, and against the four equations, year by year."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.growth_poles.cumulative_causation import cumulative_causation, export_led_growth


def test_the_reference_value():
    found = export_led_growth()
    assert found.steady_growth == pytest.approx(0.05)
    assert found.root == pytest.approx(0.36)
    assert export_led_growth(verdoorn=0).steady_growth == pytest.approx(0.032)


rates = st.floats(-0.1, 0.1)


@given(
    st.floats(0, 1.5),
    st.floats(-3, -0.2),
    st.floats(0.2, 2),
    st.floats(0.3, 1.5),
    rates,
    rates,
    rates,
    rates,
    rates,
    rates,
)
def test_the_four_equations_one_after_the_other(lam, eta, eps, gamma, w, r_a, tau, p_f, z, start):
    if abs(gamma * eta * lam + 1) < 0.05:
        return
    found = export_led_growth(lam, eta, eps, gamma, w, r_a, tau, p_f, z, start, years=8)
    growth = start
    for year in range(9):
        assert found.growth[year] == pytest.approx(growth, rel=1e-6, abs=1e-8)
        productivity = r_a + lam * growth
        price = w - productivity + tau
        exports = eta * (price - p_f) + eps * z
        growth = gamma * exports


def test_a_lead_dies_out_or_runs_away_at_the_critical_coefficient():
    critical = cumulative_causation().critical_verdoorn
    assert critical == pytest.approx(0.8333, abs=1e-4)
    below = cumulative_causation(critical - 0.05, years=200)
    beyond = cumulative_causation(critical + 0.05, years=60)
    assert abs(below.gap[-1]) < 1e-6
    assert beyond.gap[-1] > 20 * beyond.gap[0]
    assert not export_led_growth(verdoorn=0.9).is_stable
    assert "does not settle" in export_led_growth(verdoorn=0.9).summary()


def test_levels_diverge_at_any_coefficient_if_parameters_differ():
    for verdoorn in (0.0, 0.3, 0.6):
        found = cumulative_causation(verdoorn, head_start=0.0, advantage=0.1, years=200)
        assert found.ratio[-1] > found.ratio[100] > 1
        steady = 0.1 * 0.02 / (1 - 1.2 * verdoorn)
        assert found.gap[-1] == pytest.approx(steady)


def test_a_head_start_leaves_a_lead_in_output_and_none_in_growth():
    found = cumulative_causation(0.6, 0.02)
    total = 0.02 * (1 - 0.72**25) / (1 - 0.72)
    assert np.log(found.ratio[-1]) == pytest.approx(total)
    assert "grow equally fast" in found.summary()
    assert "A grows 0.7 points faster than B" in cumulative_causation(0.6, 0.0, 0.1).summary()
    assert "B grows 0.7 points faster than A" in cumulative_causation(0.6, 0.0, -0.1).summary()
    assert cumulative_causation(0.6, 0.0, 0.0).ratio == pytest.approx(np.ones(26))


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: export_led_growth(verdoorn=-0.1), "growing makes no region worse"),
        (lambda: export_led_growth(price_elasticity=0.5), "a dearer region sells less"),
        (lambda: export_led_growth(verdoorn=0.5, price_elasticity=-2), "neither settles nor"),
        (lambda: export_led_growth(export_weight=0), "exports make output grow"),
        (lambda: export_led_growth(wage_growth=float("nan")), "5 per cent is 0.05"),
        (lambda: export_led_growth(years=0), "it counts years"),
        (lambda: cumulative_causation(0.9, years=400), "choose fewer years"),
        (lambda: cumulative_causation(100, years=400), "too much for the computer after 400"),
        (lambda: export_led_growth(100, start_growth=0.1, years=400), "choose fewer years"),
        (lambda: cumulative_causation(head_start="much"), "2 points are 0.02"),
        (lambda: cumulative_causation(advantage=float("inf")), "difference of elasticities"),
    ],
)
def test_bad_input_gets_a_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
