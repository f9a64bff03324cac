"""Which industries set a place apart? Three rankings of the same figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from course_lib.california.document_claims import named_codes
from course_lib.california.employment import industries_of, places
from course_lib.parameters import one_of, whole_number

RANKINGS = {
    "location quotient": "location_quotient",
    "number of jobs": "employment",
    "jobs above the nation's mix": "above_the_mix",
}
"""What industries can be ranked by, with its column in the table."""

SHOWN = 10


@dataclass(frozen=True, eq=False)
class RegionalProfile:
    """The industries of one place in order: the result of `regional_profile`.

    Attributes
    ----------
    place, ranking : str
        The parameters as they were given.
    least_jobs : int
        Industries with fewer jobs are left out.
    industries : pandas.DataFrame
        Index ``industry``, the first of the ranking first: ``naics``, ``employment`` (persons),
        ``location_quotient``, ``national_share``, ``above_the_mix`` (jobs), ``named`` (True if the
        document names it for this region).
    when : str
        The year, as it stands in a sentence.
    own : bool
        Whether it is a reader's own table: then names of industries stand as they are written, and
        the document names none.
    """

    place: str
    ranking: str
    least_jobs: int
    industries: pd.DataFrame
    when: str = ", 2019"
    own: bool = False

    @property
    def first(self) -> pd.DataFrame:
        """The first ten."""
        return self.industries.head(SHOWN)

    def to_frame(self) -> pd.DataFrame:
        """One row an industry, in the order of the ranking."""
        return self.industries.copy()

    def summary(self) -> str:
        """The first three of the ranking, and how many of the first ten the document names."""
        top = self.first
        names = [
            f"{name if self.own else str(name).lower()} ({row['employment']:,.0f} jobs, quotient "
            f"{row['location_quotient']:.1f})"
            for name, row in top.head(3).iterrows()
        ]
        text = f"{self.place}{self.when}, by {self.ranking}: {'; '.join(names)}"
        if not self.own and named_codes(self.place):
            text += f"; of the first {len(top)}, the document names {int(top['named'].sum())}"
        return text + "."


def regional_profile(
    place: str = "San Francisco Bay",
    ranking: str = "jobs above the nation's mix",
    least_jobs: int = 500,
) -> RegionalProfile:
    """Put the industries of a place in order.

    A location quotient compares shares, so it finds small industries that are rare elsewhere. The
    number of jobs finds what every place has. Jobs above the nation's mix, E_ri - E_r E_i / E, are
    large only where an industry is both large and unusual.

    Parameters
    ----------
    place : str
        A region or an area: one of `course_lib.california.employment.places`.
    ranking : str
        One of `RANKINGS`.
    least_jobs : int
        The smallest industry that counts, persons, at least 0.

    Returns
    -------
    RegionalProfile

    Raises
    ------
    ValueError
        If there is no such place or ranking, or no industry is that large.

    Notes
    -----
    US Census Bureau, County Business Patterns 2019: without farms, government and the
    self-employed. A withheld figure counts as nothing in a region's sum, so it is too low there:
    see `course_lib.california.employment.industries_of`.

    Examples
    --------
    >>> regional_profile("Los Angeles").first.index[0]
    'Film and video'
    >>> regional_profile("Los Angeles", ranking="number of jobs").first.index[0]
    'Restaurants'
    """
    one_of("place", place, places())
    one_of("ranking", ranking, RANKINGS)
    least = whole_number("least_jobs", least_jobs, least=0, because="it counts persons")
    table = _in_order(place, ranking)
    table = table[table["employment"] >= least]
    if table.empty:
        raise ValueError(
            f"no industry of {place} has as many as {least:,} jobs: "
            "leave out fewer of the small ones"
        )
    return RegionalProfile(place, ranking, least, table)


@lru_cache(maxsize=128)
def _in_order(place: str, ranking: str) -> pd.DataFrame:
    table = industries_of(place).drop(columns=["highest_quotient", "industry"]).reset_index()
    table = table.rename(columns={"industry_short": "industry"})
    table["named"] = table["naics"].isin(named_codes(place))
    table = table.sort_values([RANKINGS[ranking], "naics"], ascending=[False, True])
    return table.set_index("industry")
