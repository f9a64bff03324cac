"""Results that are kept for the next time they are asked for: nobody may change them.

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
    """The same result, whose arrays refuse to be changed: the next caller gets them as well."""
    for value in vars(result).values():
        if isinstance(value, np.ndarray):
            value.flags.writeable = False
    return result


def with_own_tables(result: Result) -> Result:
    """The same result for one caller, whose tables may be changed: no other caller has them."""
    tables = {
        name: value.copy()
        for name, value in vars(result).items()
        if isinstance(value, (pd.DataFrame, pd.Series))
    }
    return replace(result, **tables)  # type: ignore[type-var]
