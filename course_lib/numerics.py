"""Numerical methods that several models need.

In plain Python: a browser would load scipy before it could show a lesson's first picture.
"""

from __future__ import annotations

from collections.abc import Callable

MOST_HALVINGS = 200  # a root at 0 would otherwise be approached until the numbers end


def bisection(
    function: Callable[[float], float], low: float, high: float, tolerance: float = 0.0
) -> float:
    """Find where a function crosses zero between two points.

    Parameters
    ----------
    function : callable
        A continuous function of one number.
    low, high : float
        Two points at which the function has different signs, or is zero at one of them.
    tolerance : float
        Width of the interval that is small enough, for functions that take long. Without it,
        halved until no floating-point number lies between its ends.

    Returns
    -------
    float
        A point of the last interval, so within ``tolerance`` of a crossing.

    Raises
    ------
    ValueError
        If the function has one sign at both points.

    Examples
    --------
    >>> round(bisection(lambda x: x**2 - 2, 0, 2), 12)
    1.414213562373
    >>> bisection(lambda x: x**2 + 1, 0, 2)
    Traceback (most recent call last):
    ...
    ValueError: The function is 1 at 0 and 5 at 2: give two points between which it crosses zero.
    """
    at_low, at_high = function(low), function(high)
    if at_low == 0:
        return low
    if at_high == 0:
        return high
    if (at_low > 0) == (at_high > 0):
        raise ValueError(
            f"The function is {at_low:g} at {low:g} and {at_high:g} at {high:g}: give two points "
            "between which it crosses zero."
        )
    for _ in range(MOST_HALVINGS):
        middle = 0.5 * (low + high)
        if abs(high - low) <= tolerance or middle in (low, high):
            break
        if (function(middle) > 0) == (at_low > 0):
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)
