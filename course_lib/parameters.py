"""Checks of a model's parameters: each failure is one sentence that says what to do.

They lie on the lowest floor, so every room can use them. What a *table* has to be like is
checked in `course_lib.measures`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from course_lib.sentence import listed


def number(
    name: str,
    value: object,
    *,
    above: float | None = None,
    least: float | None = None,
    below: float | None = None,
    most: float | None = None,
    because: str,
) -> float:
    """Give back a parameter as a float, or say in one sentence what it must be and why.

    Parameters
    ----------
    name : str
        The parameter's name.
    value : object
        What was given for it.
    above, below : float, optional
        Limits that are themselves excluded.
    least, most : float, optional
        Limits that are included.
    because : str
        The reason, or what to do: the end of the sentence.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If it is no finite number or lies outside the limits.

    Examples
    --------
    >>> number("share", 0.3, least=0, most=1, because="it is a part of all people")
    0.3
    >>> number("share", "a third", least=0, most=1, because="it is a part of all people")
    Traceback (most recent call last):
    ...
    ValueError: share must be at least 0 and at most 1 (got 'a third'): it is a part of all people
    """
    limits = [
        f"{words} {limit:g}"
        for words, limit in (
            ("above", above),
            ("at least", least),
            ("below", below),
            ("at most", most),
        )
        if limit is not None
    ]
    if isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool):
        real = float(value)
        outside = (
            not math.isfinite(real)
            or (above is not None and real <= above)
            or (least is not None and real < least)
            or (below is not None and real >= below)
            or (most is not None and real > most)
        )
        if not outside:
            return real
    wanted = listed(limits) or "a finite number"
    raise ValueError(f"{name} must be {wanted} (got {shown(value)}): {because}")


def whole_number(
    name: str, value: object, *, least: int, most: int | None = None, because: str
) -> int:
    """Give back a parameter as an int between two limits, or say in one sentence what it must be.

    Parameters
    ----------
    name : str
        The parameter's name.
    value : object
        What was given for it.
    least, most : int
        Limits, both included; without `most` there is no upper one.
    because : str
        The reason, or what to do: the end of the sentence.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If it is no whole number or lies outside the limits.

    Examples
    --------
    >>> whole_number("horizon", 2.5, least=1, because="it counts years")
    Traceback (most recent call last):
    ...
    ValueError: horizon must be a whole number of at least 1 (got 2.5): it counts years
    """
    if isinstance(value, int | np.integer) and not isinstance(value, bool):
        whole = int(value)
        if least <= whole and (most is None or whole <= most):
            return whole
    limits = f"of at least {least}" if most is None else f"from {least} to {most}"
    raise ValueError(f"{name} must be a whole number {limits} (got {shown(value)}): {because}")


def numbers(name: str, values: object, what: str) -> np.ndarray:
    """Give back a parameter that is several numbers as an array, or say what it must be.

    Parameters
    ----------
    name : str
        The parameter's name.
    values : object
        What was given for it.
    what : str
        What each number belongs to, in the singular.

    Returns
    -------
    numpy.ndarray of float, shape (n,)

    Raises
    ------
    ValueError
        If it is no list of finite numbers, or has none.

    Examples
    --------
    >>> numbers("weights", [1, "heavy"], "place")
    Traceback (most recent call last):
    ...
    ValueError: weights must be a list of numbers, one for each place (got [1, 'heavy'])
    """
    try:
        array = np.array(values, dtype=float)
    except (TypeError, ValueError):
        array = np.array(np.nan)
    if array.ndim != 1 or len(array) == 0 or not np.isfinite(array).all():
        raise ValueError(f"{name} must be a list of numbers, one for each {what} (got {values!r})")
    return array


def one_of(name: str, value: object, options: Iterable[str]) -> str:
    """Give back a parameter that is one of several words, or name the words.

    Parameters
    ----------
    name : str
        The parameter's name.
    value : object
        What was given for it.
    options : iterable of str
        What it may be.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If it is none of them.

    Examples
    --------
    >>> one_of("country", "Utopia", ["US", "China"])
    Traceback (most recent call last):
    ...
    ValueError: country must be one of 'US', 'China' (got 'Utopia')
    """
    words = list(options)
    if isinstance(value, str) and value in words:
        return value
    raise ValueError(f"{name} must be one of {', '.join(map(repr, words))} (got {shown(value)})")


def year_in(years: Iterable[int], name: str, value: object) -> int:
    """Give back a year that a table has, or say which years it has.

    Parameters
    ----------
    years : iterable of int
        The years of the table, in order.
    name : str
        The parameter's name.
    value : object
        What was given for it.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If the table has no such year.

    Examples
    --------
    >>> year_in([1990, 2000, 2010], "year", 2005)
    Traceback (most recent call last):
    ...
    ValueError: year must be a year of the table (got 2005): its years run from 1990 to 2010
    """
    known = [int(year) for year in years]
    if isinstance(value, int | np.integer) and not isinstance(value, bool) and int(value) in known:
        return int(value)
    raise ValueError(
        f"{name} must be a year of the table (got {shown(value)}): its years run from "
        f"{known[0]} to {known[-1]}"
    )


def shown(value: object) -> str:
    """Write a value as a student would have typed it: 0.5, not np.float64(0.5).

    Examples
    --------
    >>> import numpy as np
    >>> shown(np.float64(0.5)), shown("0.5")
    ('0.5', "'0.5'")
    """
    return repr(value.item() if isinstance(value, np.generic) else value)
