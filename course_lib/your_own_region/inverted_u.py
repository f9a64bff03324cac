"""Did inequality rise and then fall? What a country's own years say of the inverted U."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from course_lib.measuring_regions.inverted_u import INDICES
from course_lib.parameters import one_of
from course_lib.regions import Region
from course_lib.your_own_region.incomes import own_inequality, without

BY_YEAR, BY_INCOME = "year", "income per head of the country"
AGAINST = (BY_YEAR, BY_INCOME)
"""What inequality can be drawn against."""

LEAST_DATES = 3


@dataclass(frozen=True, eq=False)
class OwnInvertedU:
    """Inequality over time or income: the result of `own_inverted_u`.

    Attributes
    ----------
    title : str
        Whose regions.
    index : str
        "Gini", "Theil" or "Williamson".
    against : str
        One of `AGAINST`.
    history : pandas.DataFrame
        By year: ``gini``, ``theil``, ``williamson``, and ``income``, the country's income per head
        as a multiple of that of the first date, in the prices of the table.
    by_people : bool
        Whether people were counted; else each region counts the same.
    """

    title: str
    index: str
    against: str
    history: pd.DataFrame
    by_people: bool

    @property
    def values(self) -> pd.Series:
        """The index, by year."""
        return self.history[self.index.lower()]

    @property
    def at(self) -> pd.Series:
        """Where each year stands on the axis: the year itself, or income; by year."""
        if self.against == BY_INCOME:
            return self.history["income"]
        return pd.Series(self.history.index, index=self.history.index, dtype=float)

    @property
    def order(self) -> np.ndarray:
        """Places of the years in order of the axis: income need not grow."""
        return np.argsort(self.at.to_numpy(), kind="stable")

    @property
    def peak(self) -> int:
        """The year in which the index is largest."""
        return int(str(self.values.idxmax()))

    @property
    def is_inside(self) -> bool:
        """Whether the largest value stands neither first nor last on the axis, nor as both."""
        along = self.values.to_numpy()[self.order]
        return bool(along.max() > max(along[0], along[-1]))

    def to_frame(self) -> pd.DataFrame:
        """One row a year: three indices, and the country's income per head, first date = 1."""
        return self.history.copy()

    def summary(self) -> str:
        """Two sentences: the ends and the peak, and whether this is an inverted U."""
        along = self.history.index[self.order]
        first, last = int(along[0]), int(along[-1])
        values = self.values
        how = "people counted" if self.by_people else "each region counted the same"
        text = (
            f"{self.title}, {self.index}'s index, {how}: {values[first]:.3f} in {first}, "
            f"{values[last]:.3f} in {last}, largest in {self.peak} with {values[self.peak]:.3f}."
        )
        axis = "dates" if self.against == BY_YEAR else "dates in order of income"
        if self.is_inside:
            above = values[self.peak] / max(values[first], values[last]) - 1
            return (
                f"{text} Among these {len(values)} {axis} the largest lies between the ends, "
                f"{above:.0%} above the higher of them: the form of an inverted U."
            )
        return (
            f"{text} Among these {len(values)} {axis} no one between the ends is above both of "
            "them: this is no inverted U."
        )


def own_inverted_u(
    region: Region, index: str = "Williamson", against: str = BY_YEAR
) -> OwnInvertedU:
    """Follow inequality over the dates of a table. The evidence for what lesson 01 explains.

    Parameters
    ----------
    region : Region
        A country's own tables, with incomes at three dates or more.
    index : {"Gini", "Theil", "Williamson"}
        Which index.
    against : str
        One of `AGAINST`. Williamson's hypothesis is about income; a table at current prices shows
        prices too.

    Returns
    -------
    OwnInvertedU

    Raises
    ------
    ValueError
        If there is no such index, or fewer than three dates.

    References
    ----------
    Williamson, J. G. (1965). Regional inequality and the process of national development.
    Economic Development and Cultural Change 13.

    Examples
    --------
    >>> from course_lib.regions import mexico
    >>> found = own_inverted_u(mexico())
    >>> found.peak, found.is_inside
    (1940, False)
    """
    chosen = one_of("index", index, INDICES)
    axis = one_of("against", against, AGAINST)
    if len(region.panel) < LEAST_DATES:
        raise ValueError(
            f"a rise and a fall need {LEAST_DATES} dates (got {len(region.panel)}): add years to "
            "the table of incomes"
        )
    return OwnInvertedU(
        region.title + without(region),
        chosen,
        axis,
        _over_time(region).copy(),
        region.people_of_panel is not None,
    )


@lru_cache(maxsize=8)
def _over_time(region: Region) -> pd.DataFrame:
    history = own_inequality(region).history[[name.lower() for name in INDICES]]
    panel, people = region.panel, region.people_of_panel
    if people is None:
        income = panel.mean(axis=1)
    else:
        income = (panel * people).sum(axis=1) / people.sum(axis=1)
    return history.assign(income=income / income.iloc[0])
