"""Where is an industry at home? Location quotients of one industry in all states."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from course_lib import datasets, measures

ENOUGH = 0.9  # an industry is shown if at least this part of it is published state by state


@dataclass(frozen=True, eq=False)
class IndustryMap:
    """One industry in the regions of a country.

    Attributes
    ----------
    industry : str
        The industry.
    states : DataFrame
        One row a region with a published figure, largest quotient first: ``employment`` (persons),
        ``share`` (of the nation's employment in the industry), ``location_quotient``.
    coverage : float
        Part of the nation's employment in the industry that the published cells add up to.
    when : str
        The year, as it stands in a sentence.
    whose : str
        Whose jobs a share is a part of.
    """

    industry: str
    states: pd.DataFrame
    coverage: float
    when: str = ", 2019"
    whose: str = "the nation's"

    def to_frame(self) -> pd.DataFrame:
        """One row a state, as in `states`."""
        return self.states.copy()

    def summary(self) -> str:
        """One sentence: the highest quotient, and the largest share."""
        first = self.states.iloc[0]
        largest = self.states["share"].idxmax()
        return (
            f"{self.industry}{self.when}: the highest location quotient is {first.name}'s, "
            f"{first['location_quotient']:.1f}; the largest share is {largest}'s, "
            f"{self.states['share'].max():.0%} of {self.whose} jobs in the industry."
        )


def industry_map(industry: str = "Food Services and Drinking Places") -> IndustryMap:
    """Location quotients of an industry in every state, 2019.

    LQ = (the industry's share of the state's jobs) / (its share of the nation's jobs). All totals
    are the published ones, so that cells withheld for privacy do no harm: they are left out of
    the map and not read as zero.

    Parameters
    ----------
    industry : str
        One of `industries`.

    Returns
    -------
    IndustryMap

    Raises
    ------
    ValueError
        If there is no such industry, or too much of it is withheld.

    Examples
    --------
    >>> film = industry_map("Motion Picture and Sound Recording Industries")
    >>> film.states["share"].idxmax()
    'California'
    """
    states, coverage = _quotients()
    if not isinstance(industry, str) or industry not in coverage.index:
        raise ValueError(f"There is no industry {industry!r} in the table: see industries().")
    if coverage[industry] < ENOUGH:
        raise ValueError(
            f"Only {coverage[industry]:.0%} of the jobs in {industry} are published state by "
            "state; the rest is withheld for privacy. Choose another industry."
        )
    here = states[states.index.get_level_values("industry") == industry]
    rows = here.droplevel("industry").sort_values("location_quotient", ascending=False)
    return IndustryMap(industry, rows, float(coverage[industry]))


def industries() -> list[str]:
    """The industries of which enough is published to draw them on a map.

    Examples
    --------
    >>> "Hospitals" in industries()  # a fifth of its jobs is withheld
    False
    """
    coverage = _quotients()[1]
    return sorted(coverage.index[coverage >= ENOUGH])


@lru_cache(maxsize=1)
def _quotients() -> tuple[pd.DataFrame, pd.Series]:
    table = datasets.us_industry_employment()
    table["industry"] = table["industry"].str.strip()  # some names end in a blank, as published
    jobs = table.pivot(index="state", columns="industry", values="employment")
    of_state = table.groupby("state")["state_employment"].first()
    of_industry = table.groupby("industry")["us_employment"].first()
    quotients = measures.location_quotient(
        jobs,
        withheld="keep",
        region_totals=of_state,
        industry_totals=of_industry,
        national_total=of_state.sum(),
    )
    tidy = pd.DataFrame(
        {
            "employment": jobs.stack(),
            "share": (jobs / of_industry).stack(),
            "location_quotient": quotients.stack(),
        }
    )
    coverage = table.groupby("industry")["coverage"].first()
    return tidy.dropna().swaplevel().sort_index(), coverage
