"""How far are groups of regions from the country, year by year? For any grouping."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from course_lib.parameters import year_in
from course_lib.regions import Region
from course_lib.sentence import listed
from course_lib.your_own_region.incomes import _as_year, grouping_of, without

MOST_GROUPS = 7
"""Each has a colour and a dash of its own: there are no more that can be told apart."""


@dataclass(frozen=True, eq=False)
class GroupGaps:
    """Income per head of groups, the country = 1: the result of `group_gaps`.

    Attributes
    ----------
    title, grouping : str
        Whose regions, and how they are grouped.
    year : int
        The year in detail.
    relative : pandas.DataFrame, shape (n_years, n_groups)
        Income per head of each group over that of the country. Rows years.
    by_people : bool
        Whether people were counted; else a group's income is the mean of its regions.
    """

    title: str
    grouping: str
    year: int
    relative: pd.DataFrame
    by_people: bool

    @property
    def now(self) -> pd.Series:
        """The groups in the year in detail, the richest first."""
        return self.relative.T[self.year].sort_values(ascending=False, kind="stable")

    @property
    def gap(self) -> float:
        """How many times the income of the poorest group the richest one has."""
        return float(self.now.iloc[0] / self.now.iloc[-1])

    def to_frame(self) -> pd.DataFrame:
        """One row a year and group: its income, the country = 1."""
        return pd.DataFrame({"relative_income": self.relative.rename_axis(columns="group").stack()})

    def summary(self) -> str:
        """One sentence: the richest and the poorest group, and the gap between them."""
        now = self.now
        first = self.relative.iloc[0]
        was = "" if self.year == self.relative.index[0] else (
            f" (in {self.relative.index[0]} the gap of the richest and the poorest group was "
            f"{first.max() / first.min():.2f})"
        )  # fmt: skip
        how = "" if self.by_people else ", each region counted the same"
        return (
            f"{self.title}, {self.grouping}, {self.year}: {now.index[0]} is richest "
            f"({now.iloc[0]:.2f} of the country's mean{how}), {now.index[-1]} poorest "
            f"({now.iloc[-1]:.2f}); the first has {self.gap:.2f} times the second{was}."
        )


def group_gaps(region: Region, year: int | str | None = None, grouping: str = "") -> GroupGaps:
    """Compare groups of regions with the country, in all years.

    Parameters
    ----------
    region : Region
        A country's own tables, with a grouping.
    year : int or str, optional
        The year in detail; by default the first.
    grouping : str
        One of the region's groupings; empty: the first one.

    Returns
    -------
    GroupGaps

    Raises
    ------
    ValueError
        If there is no grouping, or one of more than seven groups.

    Examples
    --------
    >>> from course_lib.regions import mexico
    >>> group_gaps(mexico(), 2000, "Hanson 1998").now.round(2).to_dict()
    {'Capital': 1.69, 'Border': 1.4, 'South': 0.89, 'North': 0.86, 'Centre': 0.8}
    """
    if not region.groups:
        raise ValueError(
            f'{region.title} has no grouping: write groups = ["..."] below [incomes] in '
            "region.toml, with the heading that says which group a region is in"
        )
    chosen = grouping_of(region, grouping)
    relative = _relative(region, chosen)
    now = year_in(relative.index, "year", _as_year(year, relative.index[0]))
    return GroupGaps(
        region.title + without(region),
        chosen,
        now,
        relative.copy(),
        region.people_of_panel is not None,
    )


@lru_cache(maxsize=16)
def _relative(region: Region, grouping: str) -> pd.DataFrame:
    groups = region.groups[grouping].loc[region.panel.columns]
    names = list(pd.unique(groups))
    if len(names) > MOST_GROUPS:
        raise ValueError(
            f"{grouping} has {len(names)} groups, {listed(names, most=3)}: a picture can tell at "
            f"most {MOST_GROUPS} apart, so choose a coarser grouping"
        )
    panel, people = region.panel, region.people_of_panel
    weights = panel * 0 + 1 if people is None else people
    earned = panel * weights
    per_head = earned.T.groupby(groups).sum().T / weights.T.groupby(groups).sum().T
    of_country = earned.sum(axis=1) / weights.sum(axis=1)
    return per_head[names].div(of_country, axis=0)
