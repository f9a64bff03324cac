"""Results that are kept for the next time they are asked for: nobody may change them."""

from __future__ import annotations

from typing import TypeVar

import numpy as np

Result = TypeVar("Result")


def read_only(result: Result) -> Result:
    """The same result, whose arrays refuse to be changed: the next caller gets them as well."""
    for value in vars(result).values():
        if isinstance(value, np.ndarray):
            value.flags.writeable = False
    return result
