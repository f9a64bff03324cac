"""Cached results: the caller must not change what the next caller gets.

Nothing here relies on pandas' copy-on-write: whether a table that was taken from another shares
memory with it differs between releases of pandas 2 and 3.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import numpy as np
import pandas as pd

Result = TypeVar("Result")


def read_only(result: Result) -> Result:
    """Make the arrays of a cached result read-only, and return it."""
    for value in vars(result).values():
        if isinstance(value, np.ndarray):
            value.flags.writeable = False
    return result


def with_own_tables(result: Result) -> Result:
    """Copy the tables of a cached result for one caller, who may change them."""
    tables = {
        name: value.copy()
        for name, value in vars(result).items()
        if isinstance(value, (pd.DataFrame, pd.Series))
    }
    return replace(result, **tables)  # type: ignore[type-var]
