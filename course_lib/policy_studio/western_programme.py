"""The puzzle: China's programme for the West began in 2000. What happened, compared with whom?"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from course_lib.datasets import china_relative_output

BEGAN = 2000
COUNTED_ANEW = 2000  # from this year residents are counted, before it registered people
BEFORE_ENDS = COUNTED_ANEW - 1
CENTRAL_BEGAN = 2006  # Central's own programme: announced in March 2004, in force from 2006
COMPARED = ("Central", "East")
REGIONS = ("East", "Northeast", "Central", "West")


@dataclass(frozen=True, eq=False)
class WesternProgramme:
    """Output per head of China's four regions, country = 1: the result of `western_programme`.

    Attributes
    ----------
    path : pandas.DataFrame
        Rows are years, columns the regions.
    """

    path: pd.DataFrame

    def to_frame(self) -> pd.DataFrame:
        """One row a year, one column a region."""
        return self.path.rename(columns=str.lower)

    def summary(self) -> str:
        """One sentence: each region in the first year, when the programme began, and last."""
        first, last = self.path.index[0], self.path.index[-1]
        parts = []
        for region in REGIONS:
            begin, then, now = (float(self.path[region][year]) for year in (first, BEGAN, last))
            parts.append(f"{region} {begin:.2f}, {then:.2f} and {now:.2f}")
        return (
            f"Output per head in {first}, {BEGAN} and {last}, where China has 1: "
            f"{'; '.join(parts)}."
        )


def western_programme() -> WesternProgramme:
    """Look up output per head of China's four regions, relative to the whole country.

    Returns
    -------
    WesternProgramme
        1978 to 2023, at current prices, with the regions of 2005.

    Examples
    --------
    >>> western_programme().path.loc[[2000, 2023], "West"].round(2).tolist()
    [0.62, 0.79]
    """
    return WesternProgramme(china_relative_output("regions_2005")[list(REGIONS)])


@dataclass(frozen=True, eq=False)
class BesideOthers:
    """The West beside regions without its programme: the result of `beside_others`.

    Attributes
    ----------
    path : pandas.DataFrame
        Output per head of the West over that of each of `COMPARED`, 1999 = 100. Rows are years.
    """

    path: pd.DataFrame

    def to_frame(self) -> pd.DataFrame:
        """One row a year, one column a region that the West is compared with."""
        return self.path.copy()

    def summary(self) -> str:
        """One sentence: the ratio to each region in four years."""
        parts = []
        for name in COMPARED:
            path = self.path[name]
            values = ", ".join(f"{path[year]:.0f}" for year in (1978, 1985, 1990, 2023))
            parts.append(f"over {name} {values}")
        return (
            f"Output per head of the West in 1978, 1985, 1990 and 2023, where {BEFORE_ENDS} is "
            f"100: {'; '.join(parts)}."
        )


def beside_others() -> BesideOthers:
    """Look up whether the West ran parallel to other regions before its programme.

    If two groups have parallel trends, the line is flat before the programme.

    Returns
    -------
    BesideOthers

    Examples
    --------
    >>> beside_others().path.loc[[1978, 1985], "Central"].round(0).tolist()
    [104.0, 95.0]
    """
    path = china_relative_output("regions_2005")
    ratio = pd.DataFrame({name: path["West"] / path[name] for name in COMPARED})
    return BesideOthers(100 * ratio / ratio.loc[BEFORE_ENDS])


def growth_a_year(region: str, first: int, last: int) -> float:
    """Growth of a region's relative output per head, per cent a year.

    Examples
    --------
    >>> round(growth_a_year("West", 1978, 1999), 2)
    -0.65
    """
    path = china_relative_output("regions_2005")[region]
    return float(100 * ((path[last] / path[first]) ** (1 / (last - first)) - 1))


def difference_by_end_year(
    years: tuple[int, ...] = (2005, 2006, 2010, 2015, 2023),
) -> pd.DataFrame:
    """Difference in differences of the West's programme, for several last years.

    Before is 1978 to 1999, and after begins in 2000: the year in which the counting of people
    changed lies in neither.

    Parameters
    ----------
    years : tuple of int
        Last years.

    Returns
    -------
    pandas.DataFrame
        One row a last year, one column a region of comparison; percentage points a year.

    Examples
    --------
    >>> float(difference_by_end_year().loc[2006, "Central"].round(2))
    -0.04
    """

    def change(region: str, last: int) -> float:
        before = growth_a_year(region, 1978, BEFORE_ENDS)
        return growth_a_year(region, BEGAN, last) - before

    return pd.DataFrame(
        {name: [change("West", last) - change(name, last) for last in years] for name in COMPARED},
        index=pd.Index(years, name="last year"),
    )
