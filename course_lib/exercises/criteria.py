"""What criteria are made of: checked numbers of an answer, and comparisons with right ones."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from course_lib.exercises.question import Holds, Task


def finite(value: object) -> float:
    """One number of an answer, for a judge. A text that looks like a number is none.

    Parameters
    ----------
    value : object
        Plain data, perhaps from a notebook that was tampered with.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If it is no number, or not finite.

    Examples
    --------
    >>> finite(2)
    2.0
    >>> finite("nan")
    Traceback (most recent call last):
    ValueError: 'nan' is not a number
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{value!r} is not a number")
    if not math.isfinite(value):
        raise ValueError(f"{value} is not finite")
    return float(value)


def within_range(name: str, value: object, low: float, high: float = math.inf) -> float:
    """One number of an answer that lies between two limits, both possible.

    Parameters
    ----------
    name : str
        Its name in the answer.
    value : object
        Plain data.
    low, high : float
        The limits; without the second one it may be as large as it likes.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If it is no number, or outside: a sentence for the student.

    Examples
    --------
    >>> within_range("fine", -1, 0)
    Traceback (most recent call last):
    ValueError: `fine` is -1. It is at least 0
    """
    found = finite(value)
    if not low <= found <= high:
        limits = (
            f"It goes from {low:g} to {high:g}" if high < math.inf else f"It is at least {low:g}"
        )
        raise ValueError(f"`{name}` is {found:g}. {limits}")
    return found


def within_budget(cost: float, budget: float, unit: str = " million") -> bool:
    """True for a policy that costs something, and no more than the budget.

    Raises
    ------
    ValueError
        If not: a sentence for the student.

    Examples
    --------
    >>> within_budget(43.52, 31)
    Traceback (most recent call last):
    ValueError: your policy costs 43.52 million, and the budget is 31 million
    """
    if cost > budget + 1e-9:
        raise ValueError(f"your policy costs {cost:,.2f}{unit}, and the budget is {budget:g}{unit}")
    if cost <= 0:
        raise ValueError("your policy costs nothing, because it changes nothing")
    return True


def is_equal(one: object, other: object) -> bool:
    """Whether two numbers are equal up to floating-point rounding."""
    return math.isclose(finite(one), finite(other), rel_tol=1e-6, abs_tol=1e-9)


def is_close_to(name: str, right: Callable[[Task], Mapping[str, Any]], within: float) -> Holds:
    """A criterion: the number of this name in the answer is the right one, but for rounding.

    Parameters
    ----------
    name : str
        Name of the number, in the answer and in what is right.
    right : callable
        ``right(task)`` gives what is right for a task.
    within : float
        How far off the number may be.

    Returns
    -------
    callable
        ``holds(answer, task, inputs)``.

    Examples
    --------
    >>> holds = is_close_to("gap", lambda task: {"gap": 2 * task["half"]}, within=0.01)
    >>> holds({"gap": 3.995}, {"half": 2}, None), holds({"gap": 4.1}, {"half": 2}, None)
    (True, False)
    """
    return lambda answer, task, inputs: abs(finite(answer[name]) - right(task)[name]) <= within


def equals(name: str, right: Callable[[Task], Mapping[str, Any]]) -> Holds:
    """A criterion: the word of this name in the answer is the right one.

    Parameters
    ----------
    name, right
        As in `is_close_to`.

    Returns
    -------
    callable
        ``holds(answer, task, inputs)``.

    Examples
    --------
    >>> equals("best", lambda task: {"best": "Retail"})({"best": "retail"}, {}, None)
    False
    """
    return lambda answer, task, inputs: answer[name] == right(task)[name]
