"""Answers as plain data: what leaves a student's kernel and what a judge reads."""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from course_lib.exercises.question import Inputs

MOST_VALUES = 100_000


def plain(value: object) -> Any:
    """An answer as numbers, texts, lists and dictionaries with texts as keys.

    Parameters
    ----------
    value : object
        Number, text, list, tuple, dictionary, numpy array, or a pandas Series (which becomes a
        dictionary from label to value).

    Returns
    -------
    plain data

    Raises
    ------
    ValueError
        If it is something else, holds a number that is not finite, or is too large.

    Examples
    --------
    >>> plain(np.array([1.0, 2.5]))
    [1.0, 2.5]
    >>> plain(pd.Series([0.1], index=["East"]))
    {'East': 0.1}
    >>> plain({"gap": float("nan")})
    Traceback (most recent call last):
    ValueError: The answer holds nan, which is not a number. Look for a division by zero or ...
    """
    left = [MOST_VALUES]
    return _plain(value, left, depth=0)


def _plain(value: object, left: list[int], depth: int) -> Any:
    left[0] -= 1
    if left[0] < 0 or depth > 6:
        raise _too_large()
    if value is None or isinstance(value, bool | np.bool_):
        return None if value is None else bool(value)
    if isinstance(value, str):
        return str(value[:10_000])
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        number = float(value)
        if not math.isfinite(number):
            raise ValueError(
                f"The answer holds {number}, which is not a number. Look for a division by zero "
                "or the logarithm of zero."
            )
        return number
    if isinstance(value, np.ndarray):
        if value.size > left[0]:
            raise _too_large()
        return _plain(value.tolist(), left, depth)
    if isinstance(value, pd.Series):
        value = value.to_dict()
    if isinstance(value, Mapping):
        return {str(key): _plain(one, left, depth + 1) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one, left, depth + 1) for one in value]
    raise ValueError(
        f"The answer is of type {type(value).__name__}. Give numbers, texts, lists or dictionaries."
    )


def _too_large() -> ValueError:
    return ValueError(
        f"The answer is too large: at most {MOST_VALUES:,} values, and lists in lists in lists."
    )


def returned(
    function: Callable[..., object], inputs: Inputs, *, errors_pass: bool = False
) -> dict[str, list[Any]]:
    """What a function returns for each of the inputs, as plain data.

    Parameters
    ----------
    function : callable
        The answer.
    inputs : mapping
        Lists of arguments for each purpose.
    errors_pass : bool
        Whether an error in the function comes out, for a student to see, or gives None in place
        of a value, for a judge.

    Returns
    -------
    dict

    Raises
    ------
    NotImplementedError
        If there is no answer yet.
    """
    return {
        purpose: [_one(function, arguments, errors_pass) for arguments in lists]
        for purpose, lists in inputs.items()
    }


def _one(function: Callable[..., object], arguments: Any, errors_pass: bool) -> Any:
    try:
        # Each call gets its own copies: a function may change the lists that it is given.
        return plain(function(*[_copy(argument) for argument in arguments]))
    except NotImplementedError:
        raise
    except Exception:  # a student's code may fail in any way
        if errors_pass:
            raise
        return None


def _copy(argument: Any) -> Any:
    """Lists in lists too: the next call must get what the first one got."""
    if isinstance(argument, list | tuple):
        return [_copy(one) for one in argument]
    if isinstance(argument, dict):
        return {key: _copy(one) for key, one in argument.items()}
    return argument
