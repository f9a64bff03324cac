"""Two ways of catching up, against their closed forms and a solver of differential equations."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.gradient_transition.catch_up import catch_up


def test_long_run_of_nelson_and_phelps():
    # phi = .04, g = .02: phi / (phi + g) = 2/3, Nelson and Phelps (1966).
    assert catch_up(absorption=0.04, frontier_growth=0.02).long_run_nelson_phelps == pytest.approx(
        0.66666667, abs=1e-8
    )


@pytest.mark.parametrize("start", [0.001, 0.2, 0.66, 0.9, 1.0])
@pytest.mark.parametrize("spillover", [0.01, 0.5, 1, 3])
def test_both_paths_against_a_solver(start, spillover):
    from scipy.integrate import solve_ivp

    paths = catch_up(start, 0.04, 0.02, spillover, horizon=100)

    def change(_, z):
        return [0.04 * (1 - z[0]) - 0.02 * z[0], 0.02 * z[1] * (z[1] ** -spillover - 1)]

    solved = solve_ivp(
        change, (0, 100), [start, start], t_eval=paths.time, rtol=1e-10, atol=1e-13, method="LSODA"
    )
    np.testing.assert_allclose(paths.nelson_phelps, solved.y[0], rtol=1e-6)
    np.testing.assert_allclose(paths.lucas, solved.y[1], rtol=1e-5)


@given(st.floats(0.001, 1), st.floats(0.05, 10), st.floats(0.001, 0.2))
@settings(max_examples=50)
def test_the_second_form_closes_the_gap(start, spillover, growth):
    paths = catch_up(start, 0.04, growth, spillover, horizon=40 / (spillover * growth))
    assert paths.lucas[0] == pytest.approx(start, rel=1e-9)
    assert paths.lucas[-1] == pytest.approx(1, abs=1e-9)
    assert (np.diff(paths.lucas) >= -1e-12).all()
    assert (paths.lucas <= 1 + 1e-12).all()


@given(st.floats(0.001, 1), st.floats(0, 0.5), st.floats(0.001, 0.2))
@settings(max_examples=50)
def test_the_first_form_keeps_a_gap_while_the_frontier_moves(start, absorption, growth):
    paths = catch_up(start, absorption, growth, horizon=40 / (absorption + growth))
    assert paths.long_run_nelson_phelps < 1
    assert paths.nelson_phelps[-1] == pytest.approx(paths.long_run_nelson_phelps, abs=1e-9)


def test_a_frontier_that_stands_still():
    paths = catch_up(frontier_growth=0, horizon=1000)
    assert paths.long_run_nelson_phelps == 1
    assert paths.nelson_phelps[-1] == pytest.approx(1)
    assert paths.long_run_lucas == 0.2
    np.testing.assert_allclose(paths.lucas, 0.2)
    assert paths.years_to_halve_lucas == math.inf
    assert "stands still" in paths.summary()


def test_years_to_halve_the_gap():
    # At these years the gap must be half of .8, so z = .6.
    paths = catch_up()
    for years, path in [
        (paths.years_to_halve_nelson_phelps, "nelson_phelps"),
        (paths.years_to_halve_lucas, "lucas"),
    ]:
        assert getattr(catch_up(horizon=years), path)[-1] == pytest.approx(0.6)
    # From .5 half of the gap would be .75, above the long run of 2/3.
    assert catch_up(start=0.5).years_to_halve_nelson_phelps == math.inf
    level = catch_up(start=1)
    assert level.years_to_halve_nelson_phelps == level.years_to_halve_lucas == 0


def test_without_absorption_a_follower_falls_behind_for_ever():
    paths = catch_up(absorption=0, horizon=100)
    np.testing.assert_allclose(paths.nelson_phelps, 0.2 * np.exp(-0.02 * paths.time))


def test_summary_and_frame():
    paths = catch_up()
    assert paths.summary() == (
        "After 150 years the Nelson-Phelps follower is at 66.7% and ends at 66.7% of the frontier; "
        "the Lucas-type follower is at 96.0% and closes the gap in the end."
    )
    assert list(paths.to_frame().columns) == ["nelson_phelps", "lucas_type"]


@pytest.mark.parametrize(
    "parameters,message",
    [
        ({"start": 0}, "start must be at least 0.001 and at most 1"),
        ({"start": 1.2}, "a follower is behind"),
        ({"absorption": -0.1}, "absorption must be at least 0"),
        ({"frontier_growth": -0.1}, "frontier_growth must be at least 0"),
        ({"absorption": 0, "frontier_growth": 0}, "must not both be 0"),
        ({"spillover": 0}, "spillover must be at least 0.01 .* stays as it is for ever"),
        ({"horizon": 0}, "horizon must be above 0"),
    ],
)
def test_errors_are_sentences(parameters, message):
    with pytest.raises(ValueError, match=message):
        catch_up(**parameters)
