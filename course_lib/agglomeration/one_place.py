"""How much of an industry is in one place? The US metros of 2019."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from course_lib import datasets

SHOWN = 7


@dataclass(frozen=True, eq=False)
class OnePlace:
    """One industry in the large US metros, 2019: the result of `one_place`.

    Attributes
    ----------
    industry : str
        The industry.
    metros : pandas.DataFrame
        Metros with a published figure, the largest first, index ``metro``: ``employment``
        (persons), ``share`` (of the nation's jobs in the industry), ``share_of_all_jobs``.
    when : str
        The year, as it stands in a sentence.
    whose : str
        Whose jobs a share is a part of.
    """

    industry: str
    metros: pd.DataFrame
    when: str = ", 2019"
    whose: str = "the nation's"

    @property
    def largest_share(self) -> float:
        """Share of the nation's jobs in the industry that are in one metro."""
        return float(self.metros["share"].iloc[0])

    @property
    def times_expected(self) -> float:
        """That share over the metro's share of all jobs: its location quotient."""
        return float(self.metros["share"].iloc[0] / self.metros["share_of_all_jobs"].iloc[0])

    def to_frame(self) -> pd.DataFrame:
        """One row a metro."""
        return self.metros.copy()

    def summary(self) -> str:
        """One sentence: the largest metro, and its share of all jobs beside it."""
        first = self.metros.iloc[0]
        return (
            f"{self.industry}{self.when}: {first.name} has {first['share']:.1%} of "
            f"{self.whose} jobs in it, and {first['share_of_all_jobs']:.1%} of all jobs."
        )


def one_place(industry: str = "Film and video") -> OnePlace:
    """In which metro an industry has most of its jobs, and what part of the nation's that is.

    Parameters
    ----------
    industry : str
        One of `traded_industries`.

    Returns
    -------
    OnePlace

    Raises
    ------
    ValueError
        If there is no such industry in the table.

    Notes
    -----
    US Census Bureau, County Business Patterns 2019: 50 large metros and 34 industries that sell
    beyond their own town. Farms, government and the self-employed are not in it. Cells that are
    withheld for privacy are absent: they are left out here and not read as zero.

    Examples
    --------
    >>> print(one_place().summary())
    Film and video, 2019: Los Angeles has 27.5% of the nation's jobs in it, and 4.1% of all jobs.
    """
    table = _shares()
    here = table.index.get_level_values("industry") == industry
    if not here.any():
        raise ValueError(f"there is no industry {industry!r} in the table: see traded_industries()")
    return OnePlace(industry, table[here].droplevel("industry"))


def traded_industries() -> list[str]:
    """The industries of the table, the most concentrated one first.

    Examples
    --------
    >>> traded_industries()[:3]
    ['Clothing', 'Securities brokerage', 'Film and video']
    """
    return largest_shares().index.to_list()


def largest_shares() -> pd.DataFrame:
    """For each industry the metro with most of its jobs, the most concentrated industry first.

    Returns
    -------
    pandas.DataFrame
        Index ``industry``; ``metro``, ``employment``, ``share``, ``share_of_all_jobs``.

    Examples
    --------
    No metro has half of an industry, and a few have more than a quarter:

    >>> shares = largest_shares()["share"]
    >>> bool(shares.max() < 0.5), int((shares > 0.25).sum())
    (True, 3)
    """
    first = _shares().reset_index("metro").groupby(level="industry").head(1)
    return first.sort_values("share", ascending=False)


def jobs_in_the_nation() -> int:
    """All jobs of the US, 2019: the published totals of the states, withheld cells included.

    Examples
    --------
    >>> jobs_in_the_nation()
    132989396
    """
    of_states = datasets.us_industry_employment().groupby("state")["state_employment"].first()
    return int(of_states.sum())


def metro_shares() -> pd.DataFrame:
    """The table of metros and industries, with each metro's shares of the nation's jobs.

    Returns
    -------
    pandas.DataFrame
        `course_lib.datasets.us_metro_industry_employment`, and the columns ``share`` (of the
        nation's jobs in the industry) and ``share_of_all_jobs``.

    Examples
    --------
    >>> bool((metro_shares()["share"] < 0.5).all())
    True
    """
    table = datasets.us_metro_industry_employment()
    table["share"] = table["employment"] / table["us_employment"]
    table["share_of_all_jobs"] = table["metro_employment"] / jobs_in_the_nation()
    return table


@lru_cache(maxsize=1)
def _shares() -> pd.DataFrame:
    table = metro_shares()
    table["industry"], table["metro"] = table["industry_short"], table["metro_short"]
    ordered = table.sort_values(["industry", "share"], ascending=[True, False])
    return ordered.set_index(["industry", "metro"])[["employment", "share", "share_of_all_jobs"]]
