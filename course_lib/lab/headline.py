"""The number of a lab that counts most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Headline:
    """The number of a result that counts most, for a sweep and for two states side by side.

    Parameters
    ----------
    value : callable
        Gets a result, returns the number.
    label : str
        What it is.
    unit : str
        Its unit.

    Examples
    --------
    >>> Headline(len, "Number of firms").words([1, 2, 3])
    '3'
    """

    value: Callable[[Any], float]
    label: str
    unit: str = ""

    @property
    def label_with_unit(self) -> str:
        """Label and unit, as an axis says them."""
        return f"{self.label} ({self.unit})" if self.unit else self.label

    def words(self, result: Any) -> str:
        """The number of a result, with its unit."""
        return f"{float(self.value(result)):.4g} {self.unit}".strip()
