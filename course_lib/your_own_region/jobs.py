"""What the labs on industries show, for the regions of any country."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from course_lib import measures
from course_lib.california.regional_profile import RANKINGS, RegionalProfile
from course_lib.industrial_clusters.us_clusters import Clusters
from course_lib.measures import strong_clusters
from course_lib.measuring_regions.specialisation import ENOUGH, IndustryMap
from course_lib.parameters import one_of, whole_number
from course_lib.regions import Jobs, Region
from course_lib.regions.whole import without_gaps
from course_lib.sentence import listed


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
    cells = measures.cluster_map(table.rename_axis(index="region", columns="industry"), **totals)
    return cells, coverage.clip(upper=1)


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
    # E_ri - E_r E_i / E: what of the jobs is above the nation's mix
    above = here["employment"] * (1 - 1 / here["location_quotient"].where(here["employment"] > 0))
    table = here.assign(above_the_mix=above.fillna(0.0), named=False)
    table = table[table["employment"] >= least]
    if table.empty:
        raise ValueError(
            f"no industry of {chosen} has as many as {least:,} jobs: leave out fewer of the small "
            "ones"
        )
    order = table.sort_values([column, "employment"], ascending=False, kind="stable")
    kept = ["employment", "location_quotient", "national_share", "above_the_mix", "named"]
    return RegionalProfile(chosen, ranking, least, order[kept], when(date))
