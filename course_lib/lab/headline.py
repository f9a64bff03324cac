"""The number of a lab that counts most."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from course_lib.lab.words_table import number_in_words


@dataclass(frozen=True)
class Headline:
    """The number of a result that counts most, for a sweep and for two states side by side.

    Parameters
    ----------
    value : callable
        Gets a result, returns the number, or None where there is none.
    label : str
        What it is.
    unit : str
        Its unit.

    Examples
    --------
    >>> Headline(len, "Number of firms").words([1, 2, 3])
    '3'
    """

    value: Callable[[Any], float | None]
    label: str
    unit: str = ""

    @property
    def label_with_unit(self) -> str:
        """Label and unit, as an axis says them."""
        return f"{self.label} ({self.unit})" if self.unit else self.label

    def of(self, result: Any) -> float:
        """The number of a result; not a number where there is none."""
        value = self.value(result)
        return math.nan if value is None or math.isinf(value) else float(value)

    def words(self, result: Any) -> str:
        """The number of a result, with its unit."""
        value = self.of(result)
        return "none" if math.isnan(value) else with_unit(value, self.unit)


def with_unit(value: float, unit: str) -> str:
    """A number with its unit, as one reads it.

    Examples
    --------
    >>> with_unit(76828.0, "jobs"), with_unit(12.5, "% a year"), with_unit(3.0, "")
    ('76,828 jobs', '12.5% a year', '3')
    """
    space = "" if unit.startswith("%") else " "
    return f"{number_in_words(value)}{space}{unit}".strip()
