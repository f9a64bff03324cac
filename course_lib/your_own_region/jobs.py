"""What the labs on industries show, for the regions of any country."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from course_lib import measures
from course_lib.agglomeration.one_place import OnePlace
from course_lib.california.industry_space import ENOUGH as ENOUGH_FOR_NEARNESS
from course_lib.california.industry_space import IndustrySpace
from course_lib.california.regional_profile import RANKINGS, RegionalProfile
from course_lib.industrial_clusters.us_clusters import Clusters
from course_lib.measures import strong_clusters
from course_lib.measuring_regions.specialisation import ENOUGH, IndustryMap
from course_lib.parameters import number, one_of, whole_number
from course_lib.regions import Jobs, Region
from course_lib.regions.whole import without_gaps
from course_lib.sentence import listed

LEAST_INDUSTRIES = 3
"""Fewer say nothing of what is near to what."""


def jobs_of(region: Region) -> Jobs:
    """The table of jobs, or a sentence that says how to add one.

    Examples
    --------
    >>> from course_lib.regions import united_states
    >>> jobs_of(united_states()).years
    [2001, 2010, 2019]
    """
    if region.jobs is None:
        raise ValueError(
            f"{region.title} has no table of jobs: add [jobs] to region.toml, with one row for "
            "each region, industry and year"
        )
    return region.jobs


def date_of(jobs: Jobs, year: int | str | None) -> int:
    """A year that the table of jobs has; by default the last one."""
    if year is None:
        return jobs.years[-1]
    if int(year) not in jobs.cells:
        raise ValueError(
            f"year must be a year of the table of jobs (got {year}): it has {listed(jobs.years)}"
        )
    return int(year)


def when(year: int) -> str:
    """The year as it stands behind a title; nothing if the table names none."""
    return f", {year}" if year else ""


@lru_cache(maxsize=32)
def quotients(region: Region, year: int) -> tuple[pd.DataFrame, pd.Series]:
    """All cells of a year with their quotients, and how much of each industry they hold.

    With published totals a withheld cell does no harm. Without them a sum over the other cells
    would be too small, so what has gaps is left out.

    Parameters
    ----------
    region : Region
        With jobs.
    year : int
        A year of the table.

    Returns
    -------
    cells : pandas.DataFrame
        As `course_lib.measures.cluster_map` gives it, by region and industry.
    coverage : pandas.Series
        Part of the nation's jobs in an industry that the cells hold, by industry.

    Examples
    --------
    >>> from course_lib.regions import united_states
    >>> cells, coverage = quotients(united_states(industries=True), 2019)
    >>> round(float(coverage["Hospitals"]), 2)  # nearly a fifth is withheld
    0.82
    """
    table, totals, coverage = cells_of(region, year)
    cells = measures.cluster_map(table.rename_axis(index="region", columns="industry"), **totals)
    return cells, coverage


@lru_cache(maxsize=8)
def cells_of(region: Region, year: int) -> tuple[pd.DataFrame, dict[str, Any], pd.Series]:
    """The cells of a year that can be used, and how the functions of `measures` take them.

    Parameters
    ----------
    region : Region
        With jobs.
    year : int
        A year of the table.

    Returns
    -------
    table : pandas.DataFrame, shape (n_regions, n_industries)
        Jobs. With published totals a withheld cell is missing; without them, there is none.
    totals : dict
        The published totals, if there are any, and what to do with a missing cell.
    coverage : pandas.Series
        Part of the nation's jobs in an industry that the cells hold, by industry.

    Examples
    --------
    >>> from course_lib.regions import united_states
    >>> table, totals, coverage = cells_of(united_states(), 2019)
    >>> table.shape, totals, float(coverage.min())
    ((34, 13), {}, 1.0)
    """
    jobs = jobs_of(region)
    table = jobs.cells[year]
    if jobs.has_totals(year):
        of_industry = jobs.industry_totals[year]
        held = of_industry[of_industry > 0].index
        totals: dict[str, Any] = {
            "withheld": "keep",
            "region_totals": jobs.region_totals[year],
            "industry_totals": of_industry[held],
            "national_total": jobs.national[year],
        }
        table = table[held]
        coverage = table.sum() / of_industry[held]
    else:
        totals = {}
        table = without_gaps(table)
        table = table.loc[table.sum(axis=1) > 0, table.sum() > 0]
        if table.empty:
            raise ValueError(
                f"too many cells of the jobs{when(year)} are withheld: add the published totals to "
                "the table, and name them in region.toml (totals, total_industries)"
            )
        coverage = pd.Series(1.0, index=table.columns)
    return table, totals, coverage.clip(upper=1)


@lru_cache(maxsize=8)
def _parts(region: Region, year: int, level: str) -> dict[str, pd.DataFrame]:
    """The cells of each region, or of each industry: then choosing one costs nothing."""
    cells = quotients(region, year)[0]
    parts = cells.groupby(level=level, sort=False)
    return {str(name): part.droplevel(level) for name, part in parts}


def industries_of(region: Region, year: int | str | None = None) -> list[str]:
    """The industries of which enough is published to draw them, in order of their names.

    Examples
    --------
    >>> from course_lib.regions import united_states
    >>> len(industries_of(united_states()))
    13
    """
    coverage = quotients(region, date_of(jobs_of(region), year))[1]
    return sorted(coverage.index[coverage >= ENOUGH])


@lru_cache(maxsize=32)
def left_out_of(region: Region, year: int) -> str:
    """What is left out because cells are withheld and no totals are known, for a sentence."""
    cells, coverage = quotients(region, year)
    table = jobs_of(region).cells[year]
    industries = [name for name in table.columns if name not in coverage.index]
    regions = table.index.difference(cells.index.get_level_values("region"), sort=False)
    gone = [*industries, *regions]
    return f" (without {listed(gone, most=3)}: figures withheld)" if gone else ""


def whose(region: Region, year: int) -> str:
    """Whose jobs a share is a part of: the nation's if its totals are published.

    Examples
    --------
    >>> from course_lib.regions import united_states
    >>> whose(united_states(), 2019), whose(united_states(industries=True), 2019)
    ("these regions'", "the nation's")
    """
    return "the nation's" if jobs_of(region).has_totals(year) else "these regions'"


def own_industry_map(
    region: Region, industry: str = "", year: int | str | None = None
) -> IndustryMap:
    """Where is an industry at home? As in lesson 01.

    Parameters
    ----------
    region : Region
        A country's own tables, with jobs.
    industry : str
        One of `industries_of`; empty: the first.
    year : int or str, optional
        By default the last.

    Returns
    -------
    IndustryMap

    Raises
    ------
    ValueError
        If there is no such industry or year, or too much of it is withheld.

    Examples
    --------
    >>> from course_lib.regions import united_states
    >>> own_industry_map(united_states(), "Information").states.index[0]
    'Washington'
    """
    date = date_of(jobs_of(region), year)
    coverage = quotients(region, date)[1]
    chosen = industry or industries_of(region, date)[0]
    if chosen not in coverage.index:
        raise ValueError(
            f"there is no industry {industry!r} without gaps in the table of jobs{when(date)}"
        )
    if coverage[chosen] < ENOUGH:
        raise ValueError(
            f"only {coverage[chosen]:.0%} of the jobs in {chosen} are published region by region; "
            "the rest is withheld: choose another industry"
        )
    of_it = _parts(region, date, "industry")[chosen]
    rows = of_it.sort_values("location_quotient", ascending=False)
    states = rows[["employment", "national_share", "location_quotient"]]
    return IndustryMap(
        chosen,
        states.rename(columns={"national_share": "share"}),
        float(coverage[chosen]),
        when(date) + left_out_of(region, date),
        whose(region, date),
    )


def own_clusters(
    region: Region,
    year: int | str | None = None,
    least_quotient: float = 1.0,
    least_share: float = 0.0,
    top: float = 0.25,
) -> Clusters:
    """Which regions have a strong cluster in which industry? By the rule of lesson 07.

    Parameters
    ----------
    region : Region
        A country's own tables, with jobs.
    year : int or str, optional
        By default the last.
    least_quotient, least_share, top : float
        The rule, as in `course_lib.industrial_clusters.us_clusters.find_clusters`. A table of jobs
        has no plants, so their number is no part of it.

    Returns
    -------
    Clusters

    Raises
    ------
    ValueError
        If a limit makes no sense or there are no jobs.

    Examples
    --------
    >>> from course_lib.regions import united_states
    >>> own_clusters(united_states(), least_quotient=1.5).count
    18
    """
    date = date_of(jobs_of(region), year)
    cells = _tidy(region, date).copy()  # the caller may change it
    strong = strong_clusters(cells, least_quotient=least_quotient, least_share=least_share, top=top)
    said = when(date) + left_out_of(region, date)
    return Clusters(region.title, cells, strong, least_quotient, least_share, 1, top, said)


@lru_cache(maxsize=8)
def _tidy(region: Region, year: int) -> pd.DataFrame:
    cells = quotients(region, year)[0].reset_index()
    columns = ["employment", "location_quotient", "national_share", "rank", "of"]
    return cells[["region", "industry", *columns]].rename(columns={"region": "place"}).assign(
        place_short=cells["region"], industry_short=cells["industry"]
    )  # fmt: skip


def own_profile(
    region: Region,
    place: str = "",
    ranking: str = "jobs above the nation's mix",
    least_jobs: int = 0,
    year: int | str | None = None,
) -> RegionalProfile:
    """Which industries set a region apart? As in lesson 10.

    Parameters
    ----------
    region : Region
        A country's own tables, with jobs.
    place : str
        One of its regions; empty: the first.
    ranking : str
        One of `course_lib.california.regional_profile.RANKINGS`.
    least_jobs : int
        Industries with fewer jobs are left out.
    year : int or str, optional
        By default the last.

    Returns
    -------
    RegionalProfile

    Raises
    ------
    ValueError
        If there is no such region, ranking or year, or no industry is that large.

    Examples
    --------
    >>> from course_lib.regions import united_states
    >>> own_profile(united_states(), "Nevada").first.index[0]
    'Accommodation and Food Services'
    """
    date = date_of(jobs_of(region), year)
    parts = _parts(region, date, "region")
    chosen = one_of("place", place or next(iter(parts)), parts)
    column = RANKINGS[one_of("ranking", ranking, RANKINGS)]
    least = whole_number("least_jobs", least_jobs, least=0, because="it counts persons")
    here = parts[chosen]
    # E_ri - E_r E_i / E: what of the jobs is above the nation's mix, below zero if there are none
    used, totals, _ = cells_of(region, date)
    of_industry = totals["industry_totals"] if totals else used.sum()
    by_the_mix = _share_of_all(region, date)[chosen] * of_industry.reindex(here.index)
    table = here.assign(above_the_mix=here["employment"] - by_the_mix, named=False)
    table = table[table["employment"] >= least]
    if table.empty:
        raise ValueError(
            f"no industry of {chosen} has as many as {least:,} jobs: leave out fewer of the small "
            "ones"
        )
    order = table.sort_values([column, "employment"], ascending=False, kind="stable")
    kept = ["employment", "location_quotient", "national_share", "above_the_mix", "named"]
    return RegionalProfile(chosen, ranking, least, order[kept], when(date), own=True)


def own_one_place(region: Region, industry: str = "", year: int | str | None = None) -> OnePlace:
    """How much of an industry is in one region? As in lesson 02.

    Parameters
    ----------
    region : Region
        A country's own tables, with jobs.
    industry : str
        One of `largest_of`; empty: the most concentrated one.
    year : int or str, optional
        By default the last.

    Returns
    -------
    course_lib.agglomeration.one_place.OnePlace

    Raises
    ------
    ValueError
        If there is no such industry or year, or too much of it is withheld.

    Examples
    --------
    >>> from course_lib.regions import united_states
    >>> print(own_one_place(united_states(), "Information").summary())
    Information, 2019: California has 22.7% of these regions' jobs in it, and 13.9% of all jobs.
    """
    date = date_of(jobs_of(region), year)
    chosen = one_of("industry", industry or largest_of(region, date).index[0], _held(region, date))
    rows = _parts(region, date, "industry")[chosen].rename(columns={"national_share": "share"})
    rows = rows.assign(share_of_all_jobs=_share_of_all(region, date).reindex(rows.index))
    order = rows.sort_values("share", ascending=False, kind="stable")
    kept = order[["employment", "share", "share_of_all_jobs"]]
    said = when(date) + left_out_of(region, date)
    return OnePlace(chosen, kept, said, whose(region, date))


def largest_of(region: Region, year: int | str | None = None) -> pd.Series:
    """For each industry the share of the region with most of it, the most concentrated first.

    Examples
    --------
    >>> from course_lib.regions import united_states
    >>> largest_of(united_states()).round(2).head(2).to_dict()
    {'Information': 0.23, 'Administrative and Support Services': 0.18}
    """
    return _largest(region, date_of(jobs_of(region), year)).copy()


@lru_cache(maxsize=8)
def _largest(region: Region, year: int) -> pd.Series:
    shares = quotients(region, year)[0]["national_share"].groupby(level="industry").max()
    kept = shares[_held(region, year)]
    if kept.empty:
        raise ValueError(
            f"of no industry enough of the jobs{when(year)} is published region by region: the "
            "rest is withheld"
        )
    return kept.sort_values(ascending=False, kind="stable").rename("share")


def _held(region: Region, year: int) -> list[str]:
    """Industries of which enough is published: else the largest region may be withheld."""
    return industries_of(region, year)


@lru_cache(maxsize=8)
def _share_of_all(region: Region, year: int) -> pd.Series:
    """Each region's share of all jobs."""
    table, totals, _ = cells_of(region, year)
    if totals:
        return totals["region_totals"] / totals["national_total"]
    of_region = table.sum(axis=1)
    return of_region / of_region.sum()


def own_relatedness(
    region: Region, place: str = "", threshold: float = 1.0, year: int | str | None = None
) -> IndustrySpace:
    """What a region has, and how related it is to each industry. As in lesson 10.

    Parameters
    ----------
    region : Region
        A country's own tables, with jobs.
    place : str
        One of its regions; empty: the first.
    threshold : float
        From which location quotient on a region counts as having an industry, above 0. An industry
        that no region has then is left out.
    year : int or str, optional
        By default the last.

    Returns
    -------
    course_lib.california.industry_space.IndustrySpace

    Raises
    ------
    ValueError
        If there is no such region or year, or fewer than three industries can be compared.

    Examples
    --------
    >>> from course_lib.regions import united_states
    >>> own_relatedness(united_states(), "Nevada").number_here
    6
    """
    date = date_of(jobs_of(region), year)
    threshold = number("threshold", threshold, above=0, because="1 is the nation's own mix")
    found, has, related = _space(region, date, threshold)
    chosen = one_of("place", place or str(found.index[0]), list(found.index))
    table = pd.DataFrame(
        {
            "location_quotient": found.loc[chosen],
            "has": has.loc[chosen],
            "relatedness": related.loc[chosen],
        }
    )
    return IndustrySpace(chosen + when(date), threshold, table.rename_axis("industry"), own=True)


@lru_cache(maxsize=16)
def _space(
    region: Region, year: int, threshold: float
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Location quotients, who has what, and relatedness; rows regions, columns industries."""
    table, totals, coverage = cells_of(region, year)
    if totals:
        held = coverage.index[coverage >= ENOUGH_FOR_NEARNESS]
        table = table[held]
        totals = totals | {"industry_totals": totals["industry_totals"][held]}
    if table.shape[1] < LEAST_INDUSTRIES:
        raise ValueError(_too_few(table.shape[1]))
    found = measures.location_quotient(table, **totals)
    had = (found >= threshold).any()
    if had.sum() < LEAST_INDUSTRIES:
        raise ValueError(_too_few(int(had.sum())))
    found = found.loc[:, had]
    has = (found >= threshold).astype(float).where(found.notna())
    near = measures.proximity(has, withheld="keep")
    alone = near.sum() <= 1  # nothing but itself
    if (~alone).sum() < LEAST_INDUSTRIES:
        raise ValueError(_too_few(int((~alone).sum())))
    found, has = found.loc[:, ~alone], has.loc[:, ~alone]
    return found, has, measures.relatedness(has, withheld="keep")


def _too_few(industries: int) -> str:
    return (
        f"relatedness needs three industries that regions have together (got {industries}): give "
        "a table with more industries"
    )
