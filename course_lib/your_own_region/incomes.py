"""What the labs on incomes show, for the regions of any country."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from course_lib import measures
from course_lib.caching import with_own_tables
from course_lib.gradient_transition.convergence import convergence
from course_lib.gradient_transition.country_convergence import CountryConvergence
from course_lib.gradient_transition.country_mobility import CLASSES
from course_lib.measures import IncomeMobility
from course_lib.measuring_regions.inequality import RegionalInequality
from course_lib.measuring_regions.neighbours import SHUFFLES, RichNeighbours
from course_lib.parameters import one_of, whole_number, year_in
from course_lib.regions import Region
from course_lib.sentence import counted, listed


def without(region: Region) -> str:
    """What is left out because it has gaps, as it stands behind a title.

    Examples
    --------
    >>> from course_lib.regions import mexico
    >>> without(mexico())
    ''
    """
    return f" (without {listed(region.left_out, most=4)})" if region.left_out else ""


def own_inequality(
    region: Region, year: int | str | None = None, grouping: str = "", weighted: bool = True
) -> RegionalInequality:
    """Inequality of a country's regions, as lesson 01 shows that of the US and of China.

    Parameters
    ----------
    region : Region
        A country's own tables.
    year : int or str, optional
        The year in detail; by default the first.
    grouping : str
        One of the region's groupings; empty: its first one, if it has any.
    weighted : bool
        True counts each person the same, if the tables have people; False each region.

    Returns
    -------
    RegionalInequality

    Raises
    ------
    ValueError
        If there is no such year or grouping, or no table of incomes.

    Examples
    --------
    >>> from course_lib.regions import mexico
    >>> print(own_inequality(mexico(), 2000, "Hanson 1998").summary())
    Mexico's states, 2000: Gini 0.258, Williamson 0.485, Theil 0.1066, of which 34% lies between
    the 5 groups of Hanson 1998.
    """
    chosen = grouping_of(region, grouping)
    people = region.people_of_panel if weighted else None
    history = _history(region, chosen, people is not None)
    now = year_in(history.index, "year", _as_year(year, history.index[0]))
    of_people = None if people is None else people.T[now]
    groups = f"{region.groups[chosen].nunique()} groups of {chosen}" if chosen else ""
    return RegionalInequality(
        region.title + without(region) + (" by people" if people is not None else ""),
        now,
        measures.lorenz_curve(region.panel.T[now], of_people),
        history.copy(),
        groups,
    )


def grouping_of(region: Region, grouping: str) -> str:
    """A grouping that the region has; without a name its first one, or none if it has none.

    Examples
    --------
    >>> from course_lib.regions import mexico
    >>> grouping_of(mexico(), "")
    'Hanson 1998'
    """
    if not grouping:
        return next(iter(region.groups), "")
    return one_of("grouping", grouping, region.groups)


@lru_cache(maxsize=16)
def _history(region: Region, grouping: str, weighted: bool) -> pd.DataFrame:
    """All years at once: then moving the year costs nothing."""
    groups = region.groups[grouping].loc[region.panel.columns] if grouping else None
    people = region.people_of_panel if weighted else None
    return measures.inequality_over_time(region.panel, groups, people)


def _as_year(year: int | str | None, default: int) -> int:
    return int(default) if year is None else int(year)


def own_convergence(
    region: Region,
    start: int | str | None = None,
    end: int | str | None = None,
    leave_out: tuple[str, ...] = (),
) -> CountryConvergence:
    """Did poorer regions grow faster, and did the spread shrink? As in lesson 04.

    Parameters
    ----------
    region : Region
        A country's own tables.
    start, end : int or str, optional
        First and last year of the period; by default those of the table.
    leave_out : sequence of str
        Names of regions to leave out.

    Returns
    -------
    CountryConvergence

    Raises
    ------
    ValueError
        If there is no such year or region, the end is not after the start, or fewer than three
        regions are left.

    Examples
    --------
    >>> from course_lib.regions import mexico
    >>> print(own_convergence(mexico(), 1940, 1980).summary())
    Mexico's states, 1940-1980, 32 regions: the slope is -0.0138 (95% interval -0.0188 to -0.0088),
    below zero at the 5% level: poorer regions grew faster, at a speed of 2.01% a year, which halves
    a gap in 35 years; sigma fell from 0.620 to 0.432.
    """
    years = region.panel.index
    found = convergence(
        region.panel.copy(), _as_year(start, years[0]), _as_year(end, years[-1]), leave_out
    )
    sigma = _sigma(region, found.left_out).copy()
    return CountryConvergence(region.title + without(region), found, sigma)


@lru_cache(maxsize=64)
def _sigma(region: Region, left_out: tuple[str, ...]) -> pd.Series:
    return measures.sigma_convergence(region.panel.drop(columns=list(left_out)))


def own_mobility(
    region: Region, classes_drawn: str = "once for all years", classes: int = 5
) -> IncomeMobility:
    """How often do regions move between income classes? As in lesson 04.

    Parameters
    ----------
    region : Region
        A country's own tables; its years stand at equal distances.
    classes_drawn : {"once for all years", "anew in each year"}
        Whether a class has the same limits in all years, or is a rank within a year.
    classes : int
        Number of classes.

    Returns
    -------
    course_lib.measures.IncomeMobility

    Raises
    ------
    ValueError
        If the years do not stand at equal distances, or a class is never left or reached.

    Examples
    --------
    >>> from course_lib.regions import mexico
    >>> own_mobility(mexico(), classes=3).steady_state.round(2).tolist()
    [0.26, 0.37, 0.37]
    """
    drawn = CLASSES[one_of("classes_drawn", classes_drawn, CLASSES)]
    return with_own_tables(_mobility(region, drawn, classes))


@lru_cache(maxsize=32)
def _mobility(region: Region, how: str, classes: int) -> IncomeMobility:
    return measures.income_mobility(region.panel, classes, how)


def own_neighbours(
    region: Region, year: int | str | None = None, shuffled: bool = False, seed: int = 1
) -> RichNeighbours:
    """Do rich regions have rich neighbours? As in lesson 01.

    Parameters
    ----------
    region : Region
        A country's own tables, with neighbours. Regions without one are left out.
    year : int or str, optional
        By default the first.
    shuffled : bool
        True deals the incomes of the year out over the map by chance: simulated.
    seed : int
        Of chance.

    Returns
    -------
    RichNeighbours

    Raises
    ------
    ValueError
        If there is no table of neighbours, no such year, or fewer than three regions have both an
        income and a neighbour.

    Examples
    --------
    >>> from course_lib.regions import mexico
    >>> round(own_neighbours(mexico(), 2000).moran.value, 3)
    0.151
    """
    borders, panel = bordering(region)
    now = year_in(panel.index, "year", _as_year(year, panel.index[0]))
    seed = whole_number("seed", seed, least=0, because="it fixes chance")
    incomes = panel.T[now] / panel.T[now].mean()
    if shuffled:
        dealt = np.random.default_rng(seed).permutation(incomes.to_numpy())
        incomes = pd.Series(dealt, index=incomes.index)
    return RichNeighbours(
        year=now,
        seed=seed,
        shuffled=bool(shuffled),
        incomes=incomes.rename_axis("region"),
        moran=measures.morans_i(incomes, borders, SHUFFLES, seed),
        regions=f"{region.title}, {counted(len(incomes), 'region')} with neighbours",
    )


@lru_cache(maxsize=8)
def bordering(region: Region) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Borders between regions without gaps, and the incomes of those that have a border.

    Examples
    --------
    >>> from course_lib.regions import mexico
    >>> len(bordering(mexico())[0]), bordering(mexico())[1].shape
    (140, (7, 32))
    """
    if region.neighbours is None:
        raise ValueError(
            f"{region.title} has no table of neighbours: add [neighbours] to region.toml, with one "
            "row for each border"
        )
    panel = region.panel
    borders = region.neighbours[region.neighbours.isin(set(panel.columns)).all(axis="columns")]
    with_border = [name for name in panel.columns if name in set(borders["region"])]
    if len(with_border) < 3:
        raise ValueError(
            f"Moran's I needs three regions with neighbours (got {len(with_border)}): look whether "
            "the names are written as in the table of incomes"
        )
    return borders.reset_index(drop=True), panel[with_border]
