"""Where patents come from: large US metros, 2000-2015."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from course_lib import datasets

FIRST, LAST = 2000, 2015
RECENT = 3  # years over which patents per job are averaged
FOLLOWED = ("Seattle", "San Jose", "Rochester", "Boise City")
SMALLER_NAMESAKES = {("Rochester", "MN")}


@dataclass(frozen=True, eq=False)
class MetroInvention:
    """Patents of US metros: the result of `metro_invention`.

    Attributes
    ----------
    patents : pandas.DataFrame, shape (n_years, n_metros)
        Patents issued, index ``year``, one column a metro by its first town.
    per_thousand_jobs : pandas.Series
        Patents a year, mean of 2013 to 2015, for each thousand jobs of 2019, the highest first:
        the metros that are in both tables.
    """

    patents: pd.DataFrame
    per_thousand_jobs: pd.Series

    @property
    def growth(self) -> pd.Series:
        """Patents of each year over those of 2000, all metros together."""
        total = self.patents.sum(axis=1)
        return total / total.iloc[0]

    def growth_of(self, metro: str) -> pd.Series:
        """The same for one metro, by its first town."""
        return self.patents[metro] / self.patents[metro].iloc[0]

    def share_of_first(self, count: int) -> pd.Series:
        """Share of the patents of each year that goes to the metros with most in that year."""
        ordered = -np.sort(-self.patents.to_numpy(), axis=1)
        share = ordered[:, :count].sum(axis=1) / ordered.sum(axis=1)
        return pd.Series(share, index=self.patents.index)

    def to_frame(self) -> pd.DataFrame:
        """Patents per thousand jobs, one row a metro."""
        return pd.DataFrame({"patents_per_thousand_jobs": self.per_thousand_jobs})

    def summary(self) -> str:
        """One sentence: how unequal the metros are, and that it grows."""
        rate, share = self.per_thousand_jobs, self.share_of_first(5)
        return (
            f"{rate.index[0]} has {rate.iloc[0]:.1f} patents a year for each thousand jobs, "
            f"{rate.index[-1]} {rate.iloc[-1]:.2f}; the first five of 100 metros had "
            f"{share.loc[FIRST]:.0%} of their patents in {FIRST} and {share.loc[LAST]:.0%} in "
            f"{LAST}."
        )


@lru_cache(maxsize=1)
def metro_invention() -> MetroInvention:
    """Patents of the 100 US metros with most of them, and for each job in the large ones.

    Returns
    -------
    MetroInvention

    Notes
    -----
    US Patent and Trademark Office, by where the first-named inventor lives; US Census Bureau,
    County Business Patterns 2019 for jobs. The two draw some areas differently; they are joined
    by the code of the area, translated for Los Angeles and Santa Barbara. Metros outside the
    first 100 are absent, not zero: New Orleans is the one large metro without a figure.

    Examples
    --------
    >>> result = metro_invention()
    >>> result.per_thousand_jobs.index[0], len(result.per_thousand_jobs)
    ('San Jose', 49)
    """
    table = datasets.metro_patents()
    table["town"] = table["metro"].map(first_town)
    patents = table.pivot(index="year", columns="town", values="patents")
    recent = table[table["year"] > LAST - RECENT].groupby("cbsa_code")
    rates = pd.DataFrame({"rate": recent["patents"].mean(), "town": recent["town"].first()})
    jobs = datasets.us_metro_industry_employment().groupby("cbsa_code")["metro_employment"].first()
    both = rates.join(jobs, how="inner").set_index("town")
    rate = 1000 * both["rate"] / both["metro_employment"]
    rate.index.name = "metro"
    return MetroInvention(patents, rate.sort_values(ascending=False))


def first_town(metro: str) -> str:
    """The first town of a metro's name; with its state where two metros share it.

    Examples
    --------
    >>> first_town("San Jose-Sunnyvale-Santa Clara, CA")
    'San Jose'
    >>> first_town("Rochester, MN")
    'Rochester, MN'
    """
    towns, _, states = metro.partition(", ")
    town = towns.split("-")[0]
    return f"{town}, {states}" if (town, states) in SMALLER_NAMESAKES else town
