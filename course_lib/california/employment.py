"""California's areas and regions by industry: jobs, quotients, and how far they can be trusted."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import pandas as pd

from course_lib import datasets
from course_lib.agglomeration.one_place import jobs_in_the_nation

REGIONS = ("Southern California", "San Francisco Bay", "Central Valley", "Sacramento", "outside")
"""The document's four regions, and the 14 areas that it does not name."""

SACRAMENTO_METRO = "Sacramento (metro alone)"


def places() -> list[str]:
    """The five groups of areas, then the 34 areas themselves, largest first.

    Examples
    --------
    >>> places()[:3], places()[5:8]
    (['Southern California', 'San Francisco Bay', 'Central Valley'],
     ['Los Angeles', 'San Francisco', 'San Diego'])
    """
    return list(_places())


@lru_cache(maxsize=1)
def _places() -> tuple[str, ...]:
    jobs = _areas().groupby("place")["metro_employment"].first()
    return (*REGIONS, *map(str, jobs.sort_values(ascending=False).index))


def industries_of(place: str) -> pd.DataFrame:
    """All industries of one place, each with its location quotient.

    Parameters
    ----------
    place : str
        One of `places`.

    Returns
    -------
    pandas.DataFrame
        One row an industry with a published figure, index ``naics``: ``industry``,
        ``industry_short`` (a name that fits beside a bar), ``employment`` (persons),
        ``location_quotient``, ``highest_quotient``, ``national_share`` (of the nation's jobs in the
        industry) and ``above_the_mix`` (jobs beyond those that the place would have
        with the nation's mix; negative below it).

    Notes
    -----
    US Census Bureau, County Business Patterns 2019. A region is the sum of its areas. Where an
    area's figure is withheld, the sum is too low. ``highest_quotient`` is what the quotient would
    be if every job that such an area does not publish were in this industry: more is impossible.

    Examples
    --------
    >>> bay = industries_of("San Francisco Bay")
    >>> round(bay.loc["5112", "location_quotient"].item(), 1)
    6.2
    """
    return _industries(place).copy()


@lru_cache(maxsize=64)
def jobs_of(place: str) -> int:
    """All jobs of one place, as published.

    Examples
    --------
    >>> jobs_of("Sacramento")
    819327
    """
    return int(_rows(place).groupby("place")["metro_employment"].first().sum())


@lru_cache(maxsize=64)
def _industries(place: str) -> pd.DataFrame:
    rows = _rows(place)
    found = rows.groupby("naics").agg(
        industry=("industry", "first"),
        industry_short=("industry_short", "first"),
        nation=("us_employment", "first"),
        employment=("employment", "sum"),
    )
    # What the areas without a figure for an industry could have in it, at most.
    without_figure = rows.pivot(index="naics", columns="place", values="employment").isna()
    hidden = without_figure.mul(unpublished_jobs(place), axis="columns").sum(axis=1)
    nation = found.pop("nation")
    expected = nation * jobs_of(place) / jobs_in_the_nation()
    found["location_quotient"] = found["employment"] / expected
    found["highest_quotient"] = (found["employment"] + hidden) / expected
    found["national_share"] = found["employment"] / nation
    found["above_the_mix"] = found["employment"] - expected
    return found


def unpublished_jobs(place: str) -> pd.Series:
    """Jobs that each area of a place does not publish by industry, index ``place``.

    Examples
    --------
    >>> unpublished_jobs("Sacramento").to_dict()
    {'Sacramento (metro alone)': 2396, 'Yuba City': 2481}
    """
    of_area = _rows(place).groupby("place")
    return of_area["metro_employment"].first() - of_area["employment"].sum()


def areas_with_all(place: str, codes: Iterable[str]) -> list[str]:
    """Areas of a place that publish a figure for each of several industry groups.

    Examples
    --------
    >>> areas_with_all("Sacramento", ["3344"])
    ['Sacramento (metro alone)']
    """
    wanted = set(codes)
    rows = _rows(place)
    published = rows[rows["naics"].isin(wanted)].groupby("place")["naics"].nunique()
    return [str(area) for area in published.index[published == len(wanted)]]


def _rows(place: str) -> pd.DataFrame:
    """The cells of one area, or of a region's areas. A region and its city can share a name."""
    areas = _areas()
    if place not in REGIONS:
        return areas[areas["place"] == place]
    return areas[areas["region"] == place]


@lru_cache(maxsize=1)
def _areas() -> pd.DataFrame:
    table = datasets.california_metros()
    table["place"] = table["metro_short"]
    # The region has this name in the document, so the metro is called by its kind.
    table["place"] = table["place"].replace({"Sacramento": SACRAMENTO_METRO})
    return table
