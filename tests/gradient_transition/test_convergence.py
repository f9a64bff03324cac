"""Convergence of US states against reference values and statsmodels; the experiment with noise."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib import datasets
from course_lib.gradient_transition.convergence import convergence, noise_experiment


@pytest.fixture(scope="module")
def states():
    """Income per head of 48 US states, rows years, columns states."""
    return datasets.us_income().pivot(index="year", columns="state", values="income_per_head")


# Slope, speed and R squared of US states, 48 observations, nominal income per head, from the table
# us_income of PySAL: recomputed for this course.
@pytest.mark.parametrize(
    "start,end,slope,speed,r_squared",
    [
        (1929, 2009, -0.00915322, 0.01647161, 0.884),
        (1940, 1980, -0.01666529, 0.02746118, 0.934),
        (1940, 1950, -0.03948897, 0.05023445, 0.734),
    ],
)
def test_us_states(states, start, end, slope, speed, r_squared):
    found = convergence(states, start, end)
    assert found.beta.n == 48
    assert found.beta.slope == pytest.approx(slope, abs=1e-8)
    assert found.beta.speed == pytest.approx(speed, abs=1e-8)
    assert found.beta.r_squared == pytest.approx(r_squared, abs=5e-4)
    assert found.beta.is_significant


def test_sigma_of_us_states(states):
    sigma = convergence(states, 1929, 2009).sigma
    np.testing.assert_allclose(
        sigma.loc[[1929, 1950, 2009]], [0.365508, 0.23254393, 0.1376274], atol=1e-6
    )
    # It rose in the great depression, and again from 1976 to 1988.
    assert sigma.loc[1932] > sigma.loc[1929]
    assert sigma.loc[1988] > sigma.loc[1976]


@pytest.mark.parametrize("start", [1980, 1990])
def test_two_decades_are_not_different_from_zero(states, start):
    found = convergence(states, start, start + 10)
    assert not found.beta.is_significant
    assert "not different from zero at the 5% level" in found.summary()
    low, high = found.beta.confidence_interval
    assert low < 0 < high


@pytest.mark.parametrize("start", [1930, 1940, 1950, 1960, 1970])
def test_the_other_decades_are(states, start):
    found = convergence(states, start, start + 10)
    assert found.beta.is_significant
    assert "poorer regions grew faster" in found.summary()


def test_points_and_line_against_statsmodels(states):
    import statsmodels.api as sm

    found = convergence(states, 1948, 1967, leave_out=["Nevada", "Delaware"])
    assert found.left_out == ("Nevada", "Delaware")
    assert "Nevada" not in found.regions
    assert len(found.regions) == 46
    fit = sm.OLS(found.growth, sm.add_constant(found.log_start)).fit()
    assert found.beta.slope == pytest.approx(fit.params[1])
    assert found.beta.standard_error == pytest.approx(fit.bse[1])
    assert found.beta.p_value == pytest.approx(fit.pvalues[1])
    frame = found.to_frame()
    np.testing.assert_allclose(frame["fitted"], fit.fittedvalues)
    np.testing.assert_allclose(frame["log_start"], found.log_start)
    assert tuple(frame.index) == found.regions


def test_one_state_left_out_as_a_word(states):
    assert convergence(states, 1940, 1950, leave_out="Nevada").beta.n == 47


def test_only_the_period_counts(states):
    panel = states.astype(float)
    panel.loc[1935, "Ohio"] = math.nan
    whole = convergence(states, 1940, 1950)
    assert convergence(panel, 1940, 1950).beta.slope == whole.beta.slope
    assert list(whole.sigma.index) == list(range(1940, 1951))


def test_rows_in_any_order(states):
    shuffled = states.sample(frac=1, random_state=0)
    found = convergence(shuffled, 1940, 1950)
    assert found.beta.slope == pytest.approx(convergence(states, 1940, 1950).beta.slope)


def test_summary_of_the_whole_period(states):
    assert convergence(states, 1929, 2009).summary() == (
        "1929-2009, 48 regions: the slope is -0.0092 (95% interval -0.0101 to -0.0082), below zero "
        "at the 5% level: poorer regions grew faster, at a speed of 1.65% a year, which halves a "
        "gap in 42 years; sigma fell from 0.366 to 0.138."
    )


def small_panel(end):
    return pd.DataFrame([[1.0, 2.0, 4.0, 8.0], end], index=[1990, 2000], columns=list("ABCD"))


def test_summary_when_the_rich_grow_faster_or_the_poor_overtake():
    apart = convergence(small_panel([1.0, 2.5, 6.2, 16.0]), 1990, 2000)
    assert "richer regions grew faster; sigma rose" in apart.summary()
    turned = convergence(small_panel([8.0, 4.0, 2.0, 1.01]), 1990, 2000)
    assert "overtook the richer ones; sigma fell" in turned.summary()


@pytest.mark.parametrize(
    "arguments,message",
    [
        ((1928, 2009), r"start must be a year of the table \(got 1928\).* 1929 to 2009"),
        ((1929, 2020), r"end must be a year of the table \(got 2020\)"),
        ((1950, 1950), "end must come after start"),
        ((1950, 1940), "end must come after start"),
        ((1929, 2009, ["Atlantis"]), "'Atlantis', which is no region"),
    ],
)
def test_errors_are_sentences(states, arguments, message):
    with pytest.raises(ValueError, match=message):
        convergence(states, *arguments)


@pytest.mark.parametrize("figure,message", [(math.nan, "Ohio"), (0, "Ohio"), (-5, "Ohio")])
def test_gaps_and_zeros_are_named(states, figure, message):
    panel = states.astype(float)
    panel.loc[1945, "Ohio"] = figure
    with pytest.raises(ValueError, match=message) as error:
        convergence(panel, 1940, 1950)
    assert "1945" in str(error.value)


def test_too_few_regions(states):
    with pytest.raises(ValueError, match=r"at least three regions \(got 2"):
        convergence(states, 1940, 1950, leave_out=list(states.columns[2:]))


def test_not_a_table():
    with pytest.raises(ValueError, match="panel must be a table"):
        convergence([[1, 2], [3, 4]], 0, 1)


def test_sigma_star():
    # s_u = .03, b = .02: .03 / sqrt(1 - exp(-.04)) = .15150.
    assert noise_experiment(speed=0.02, noise=0.03).sigma_star == pytest.approx(
        0.15150247, abs=1e-8
    )


def test_sigma_rises_or_falls_to_sigma_star_at_one_true_speed():
    low, high = noise_experiment(start_spread=0.05), noise_experiment(start_spread=0.5)
    assert low.speed == high.speed
    assert low.sigma[-1] > low.sigma[0]
    assert high.sigma[-1] < high.sigma[0]
    assert (np.diff(low.expected_sigma) > 0).all()
    assert (np.diff(high.expected_sigma) < 0).all()
    for run in (low, high):
        long = noise_experiment(start_spread=run.start_spread, years=400)
        assert long.expected_sigma[-1] == pytest.approx(long.sigma_star, rel=1e-5)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.001, 3), st.integers(1, 100))
@settings(max_examples=50)
def test_expected_sigma_follows_its_recursion(speed, noise, spread, years):
    run = noise_experiment(3, years, speed, noise, spread)
    squared = run.expected_sigma**2
    np.testing.assert_allclose(
        squared[1:], math.exp(-2 * speed) * squared[:-1] + noise**2, rtol=1e-6, atol=1e-12
    )
    assert run.sigma[0] == pytest.approx(spread)


def test_simulated_sigma_is_near_the_expected_one():
    run = noise_experiment(n_regions=1000, seed=5)
    np.testing.assert_allclose(run.sigma, run.expected_sigma, rtol=0.1)


def test_the_regression_finds_the_true_speed_on_average():
    found = [noise_experiment(start_spread=0.4, seed=seed).beta.slope for seed in range(100)]
    true = -(1 - math.exp(-0.02 * 80)) / 80  # -.009976: the slope is not the speed
    assert true == pytest.approx(-0.00997629, abs=1e-8)
    standard_error = np.std(found) / 10
    assert abs(np.mean(found) - true) < 4 * standard_error


def test_without_noise_the_regression_is_exact():
    run = noise_experiment(noise=0, speed=0.03, start_spread=0.3)
    assert run.beta.speed == pytest.approx(0.03)
    assert run.beta.half_life == pytest.approx(23.10, abs=0.005)
    np.testing.assert_allclose(run.sigma, run.expected_sigma)
    assert run.sigma_star == 0


def test_without_convergence_the_spread_grows_without_limit():
    run = noise_experiment(speed=0)
    assert run.sigma_star == math.inf
    np.testing.assert_allclose(run.expected_sigma**2, 0.01 + 0.0009 * run.time)
    assert run.summary().endswith("without limit.")
    assert noise_experiment(speed=0, noise=0).sigma_star == 0.1


def test_one_seed_one_run():
    np.testing.assert_array_equal(
        noise_experiment(seed=3).log_income, noise_experiment(seed=3).log_income
    )
    assert (noise_experiment(seed=3).log_income != noise_experiment(seed=4).log_income).any()


def test_noise_summary_says_that_it_is_simulated():
    assert noise_experiment().summary().startswith("Simulated: the true speed is 2.0% a year")
    # So much noise that the poor overtake the rich: no speed can be read off the slope.
    wild = [noise_experiment(3, 5, 0.02, 1.0, 0.01, seed=seed) for seed in range(20)]
    assert any("finds no speed" in run.summary() for run in wild)
    assert list(wild[0].to_frame().columns) == ["sigma", "expected_sigma"]


@pytest.mark.parametrize(
    "parameters,message",
    [
        ({"n_regions": 2}, "n_regions must be a whole number from 3"),
        ({"years": 0}, "years must be a whole number from 1"),
        ({"speed": -0.1}, "speed must be at least 0 and at most 1"),
        ({"noise": 2}, "noise must be at least 0 and at most 1"),
        ({"start_spread": 0}, "start_spread must be above 0"),
        ({"seed": -1}, "seed must be a whole number"),
        ({"seed": 1.5}, "seed must be a whole number"),
    ],
)
def test_noise_errors_are_sentences(parameters, message):
    with pytest.raises(ValueError, match=message):
        noise_experiment(**parameters)
