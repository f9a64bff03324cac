"""The two countries of the course: every state and province beside its country's mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from course_lib import datasets
from course_lib.parameters import year_in

US_YEARS = (1929, 2009)
CHINA_YEARS = (1978, 2023)


@dataclass(frozen=True, eq=False)
class TwoCountries:
    """Income per head of regions relative to their country, in one year.

    Attributes
    ----------
    year : int
        The year.
    us, china : Series
        Region to relative income (the country is 1); empty where there are no figures.
    """

    year: int
    us: pd.Series
    china: pd.Series

    def to_frame(self) -> pd.DataFrame:
        """One row a region: its income over its country's."""
        both = {"US states": self.us, "China's provinces": self.china}
        return pd.concat(both, names=["country", "region"]).to_frame("relative_income")

    def summary(self) -> str:
        """One sentence for each country: its poorest and its richest region."""
        return f"{self.year}. {_range('US states', self.us)} {_range('Provinces', self.china)}"


def two_countries(year: int = 1990) -> TwoCountries:
    """Income per head of each region over its country's, in one year.

    US states are divided by the mean of the 48 states (each state counts once), China's
    provinces by the sum of all provinces' product over the sum of their people.

    Parameters
    ----------
    year : int
        1929 to 2023; US figures end in 2009, China's begin in 1978.

    Returns
    -------
    TwoCountries
        One Series for each country.

    Raises
    ------
    ValueError
        If neither country has figures for the year.

    Examples
    --------
    >>> us = two_countries(1929).us
    >>> print(round(us["New York"] / us["Mississippi"], 1))
    4.0
    """
    us, china = _relative_incomes()
    year = year_in(range(US_YEARS[0], CHINA_YEARS[1] + 1), "year", year)
    return TwoCountries(year, _row(us, year), _row(china, year))


@lru_cache(maxsize=1)
def _relative_incomes() -> tuple[pd.DataFrame, pd.DataFrame]:
    us = datasets.us_income().pivot(index="year", columns="state", values="income_per_head")
    china = datasets.china_provinces()
    country = china.groupby("year")[["gdp", "population"]].sum()
    per_head = china.pivot(index="year", columns="province", values="gdp_per_head")
    nation = country["gdp"] / country["population"] * 10_000
    return us.div(us.mean(axis=1), axis=0), per_head.div(nation, axis=0)


def _row(table: pd.DataFrame, year: int) -> pd.Series:
    return table.T[year].copy() if year in table.index else pd.Series(dtype=float)


def _range(name: str, incomes: pd.Series) -> str:
    if incomes.empty:
        return f"{name}: no figures."
    return (
        f"{name}: from {incomes.min():.2f} ({incomes.idxmin()}) to {incomes.max():.2f} "
        f"({incomes.idxmax()}) times the country's mean."
    )
