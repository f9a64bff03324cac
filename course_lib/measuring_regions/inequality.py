"""How unequal are the regions of a country, year by year?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from course_lib import datasets, measures
from course_lib.datasets import REGION_SCHEMES
from course_lib.parameters import one_of, year_in


@dataclass(frozen=True, eq=False)
class RegionalInequality:
    """The inequality of a country's regions: one year in detail, all years in a table.

    Attributes
    ----------
    country : str
        Which regions are compared.
    year : int
        The year in detail.
    lorenz : DataFrame
        Points of the Lorenz curve of that year: ``population`` and ``income``, shares from 0 to 1.
    history : DataFrame
        One row a year: ``gini``, ``theil``, ``between``, ``within``, ``williamson``. Without
        groups, neither ``between`` nor ``within``.
    groups : str
        What the between part of Theil's index lies between; empty if there are no groups.
    """

    country: str
    year: int
    lorenz: pd.DataFrame
    history: pd.DataFrame
    groups: str

    @property
    def now(self) -> pd.Series:
        """The row of the history for the year in detail."""
        return self.history.T[self.year]

    @property
    def share_between(self) -> float:
        """Part of Theil's index that lies between groups."""
        return float(self.now["between"] / self.now["theil"])

    def to_frame(self) -> pd.DataFrame:
        """One row a year, as in `history`."""
        return self.history.copy()

    def summary(self) -> str:
        """One sentence: the three indices in the year in detail."""
        now = self.now
        text = (
            f"{self.country}, {self.year}: Gini {now['gini']:.3f}, Williamson "
            f"{now['williamson']:.3f}, Theil {now['theil']:.4f}"
        )
        if not self.groups:
            return text + "."
        return text + f", of which {self.share_between:.0%} lies between the {self.groups}."


def us_inequality(year: int = 1929) -> RegionalInequality:
    """Inequality of the 48 states' income per head; each state counts the same.

    Parameters
    ----------
    year : int
        1929 to 2009.

    Returns
    -------
    RegionalInequality

    Raises
    ------
    ValueError
        If the table has no such year.

    Examples
    --------
    >>> print(us_inequality(1929).summary())
    US states, 1929: Gini 0.201, Williamson 0.355, Theil 0.0625, of which 40% lies
    between the 4 Census regions.
    """
    regions, history = _us_history()
    year = year_in(history.index, "year", year)
    values = _in_year(regions, year, "income_per_head")
    return RegionalInequality(
        "US states", year, measures.lorenz_curve(values), history.copy(), "4 Census regions"
    )


def china_inequality(
    year: int = 1978, scheme: str = "three belts (1986)", weighted: bool = True
) -> RegionalInequality:
    """Inequality of China's 31 provinces in GDP per head, at current prices.

    Parameters
    ----------
    year : int
        1978 to 2023.
    scheme : {"three belts (1986)", "three regions (2000)", "four regions (2005)"}
        How the provinces are grouped.
    weighted : bool
        True counts each person the same, False each province.

    Returns
    -------
    RegionalInequality

    Raises
    ------
    ValueError
        If the table has no such year, or there is no such scheme.

    Examples
    --------
    >>> print(round(china_inequality(1978).now["theil"], 3))
    0.156
    """
    scheme = one_of("scheme", scheme, REGION_SCHEMES)
    regions, history = _china_history(REGION_SCHEMES[scheme], bool(weighted))
    year = year_in(history.index, "year", year)
    values = _in_year(regions, year, "gdp_per_head")
    people = _in_year(regions, year, "population") if weighted else None
    number, kind = scheme.split(" ", 1)
    return RegionalInequality(
        "China's provinces" + (" by people" if weighted else ""),
        year,
        measures.lorenz_curve(values, people),
        history.copy(),
        f"{number} {kind}",
    )


@lru_cache(maxsize=1)
def _us_history() -> tuple[pd.DataFrame, pd.DataFrame]:
    table = datasets.us_income().rename(columns={"state": "region"})
    return table, _history(table, "income_per_head", "census_region", None)


@lru_cache(maxsize=6)
def _china_history(groups: str, weighted: bool) -> tuple[pd.DataFrame, pd.DataFrame]:
    table = datasets.china_provinces().rename(columns={"province": "region"})
    return table, _history(table, "gdp_per_head", groups, "population" if weighted else None)


def _history(table: pd.DataFrame, values: str, groups: str, weights: str | None) -> pd.DataFrame:
    by_region = table.pivot(index="year", columns="region", values=values)
    people = table.pivot(index="year", columns="region", values=weights) if weights else None
    group = table.groupby("region")[groups].first()
    return measures.inequality_over_time(by_region, group, people)


def _in_year(table: pd.DataFrame, year: int, column: str) -> pd.Series:
    return table.loc[table["year"] == year, column]
