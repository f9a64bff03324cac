"""Bisection against closed forms and scipy's own root finder."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.numerics import bisection


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.booleans())
def test_finds_the_root_of_a_line_to_the_last_digit(root: float, width: float, falls: bool) -> None:
    slope = -1 if falls else 1
    found = bisection(lambda x: slope * (x - root), root - width, root + 1.7 * width)
    assert found == pytest.approx(root, rel=1e-15, abs=1e-15)


@pytest.mark.parametrize(
    ("function", "low", "high"),
    [
        (lambda x: math.cos(x) - x, 0.0, 1.0),
        (lambda x: math.exp(-x) - 0.3, 0.0, 50.0),
        (lambda x: math.tanh(3 * x / 2) - x, 0.1, 1.0),
    ],
)
def test_as_scipy_has_it(function: Callable[[float], float], low: float, high: float) -> None:
    from scipy.optimize import brentq

    exact = brentq(function, low, high, xtol=1e-15)
    assert bisection(function, low, high) == pytest.approx(exact, rel=1e-14)
    assert bisection(function, high, low) == pytest.approx(exact, rel=1e-14)


def test_a_root_at_an_end_is_that_end() -> None:
    assert bisection(lambda x: x, 0.0, 5.0) == 0
    assert bisection(lambda x: x - 5, 0.0, 5.0) == 5


def test_a_root_at_zero_ends() -> None:
    assert abs(bisection(lambda x: x**3, -1.0, 1.5)) < 1e-50


def test_a_wide_tolerance_costs_few_evaluations() -> None:
    points: list[float] = []

    def line(x: float) -> float:
        points.append(x)
        return x - 0.7

    assert bisection(line, 0.0, 1.0, tolerance=0.01) == pytest.approx(0.7, abs=0.01)
    assert len(points) < 10


def test_refuses_two_points_of_one_sign() -> None:
    with pytest.raises(ValueError, match="3 at 1 and 6 at 2: give two points"):
        bisection(lambda x: 3 * x, 1.0, 2.0)
