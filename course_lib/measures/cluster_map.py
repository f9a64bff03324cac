"""Where are the strong clusters? A map in the manner of Porter's."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from course_lib.measures import _checks
from course_lib.measures._checks import Table, Values
from course_lib.measures.concentration import location_quotient
from course_lib.parameters import number, whole_number

RANK_TOLERANCE = 1e-9
"""Floating-point tolerance: 0.57 x 100 is a little below 57, and the 57th of 100 is meant."""


def strong_clusters(
    cells: pd.DataFrame,
    *,
    least_quotient: float = 1.0,
    least_share: float = 0.0,
    least_plants: int = 1,
    top: float = 1.0,
) -> np.ndarray:
    """Which cells are strong clusters, by a rule in four parts: all four must hold.

    Parameters
    ----------
    cells : pandas.DataFrame
        One row a published cell: ``location_quotient`` and ``national_share`` (of the nation's
        jobs in the industry). If ``top`` is below 1, also ``rank`` (by quotient within the
        industry, 1 is the highest) and ``of`` (places that publish the industry). If
        ``least_plants`` is above 1, also ``plants``.
    least_quotient : float
        Lowest location quotient, above 0.
    least_share : float
        Lowest share of the nation's jobs in the industry, 0 to 1.
    least_plants : int
        Lowest number of plants, at least 1.
    top : float
        Part of the places that can be strong in an industry, the highest quotients first, above 0
        and at most 1. Places whose figure is withheld are not counted: they are not zeros.

    Returns
    -------
    numpy.ndarray of bool, shape (n_cells,)

    Raises
    ------
    ValueError
        If a limit makes no sense.

    Notes
    -----
    The rule is in the manner of Porter's cluster maps and not a copy of one. It finds candidates:
    it sees where jobs are, and not whether the firms have anything to do with each other.

    References
    ----------
    Porter, M. E. (2003). The economic performance of regions. Regional Studies 37(6-7).

    Examples
    --------
    >>> cells = pd.DataFrame({"location_quotient": [8.0, 1.2], "national_share": [0.001, 0.06]})
    >>> strong_clusters(cells).tolist(), strong_clusters(cells, least_share=0.05).tolist()
    ([True, True], [False, True])
    """
    least_quotient = number(
        "least_quotient", least_quotient, above=0, because="1 is the nation's own mix"
    )
    least_share = number(
        "least_share", least_share, least=0, most=1, because="it is a part of the nation's industry"
    )
    least_plants = whole_number("least_plants", least_plants, least=1, because="it counts plants")
    top = number("top", top, above=0, most=1, because="it is a part of the places")
    strong = (cells["location_quotient"].to_numpy() >= least_quotient) & (
        cells["national_share"].to_numpy() >= least_share
    )
    if least_plants > 1:
        strong &= cells["plants"].to_numpy() >= least_plants
    if top < 1:
        strong &= cells["rank"].to_numpy() <= top * cells["of"].to_numpy() + RANK_TOLERANCE
    return strong


def cluster_map(
    table: Table,
    *,
    least_quotient: float = 1.0,
    least_share: float = 0.0,
    top: float = 0.25,
    withheld: str = "refuse",
    region_totals: Values | None = None,
    industry_totals: Values | None = None,
    national_total: float | None = None,
) -> pd.DataFrame:
    """Cluster map: each region's place in each industry, and which of them are strong clusters.

    Which clusters are strong is decided by `strong_clusters`. A table of persons has no plants in
    it, so the rule has three parts here.

    Parameters
    ----------
    table : table, shape (n_regions, n_industries)
        Persons employed.
    least_quotient : float
        The lowest location quotient of a strong cluster, above 0.
    least_share : float
        The lowest share of the nation's industry, 0 to 1.
    top : float
        The part of the regions that can be strong in an industry, above 0 and at most 1.
    withheld : {"refuse", "keep"}
        What to do with a missing cell. "keep" leaves it out of the result, neither weak nor
        strong; then all three totals must be given, as published. Ranks are then among the cells
        that are published.
    region_totals, industry_totals, national_total : optional
        Published totals, as in `location_quotient`.

    Returns
    -------
    pandas.DataFrame
        One row a published cell, by ``region`` and ``industry``: ``employment`` (persons),
        ``location_quotient``, ``national_share`` (of the nation's industry), ``region_share`` (of
        the region's jobs), ``rank`` (by location quotient within the industry, 1 is the highest),
        ``of`` (regions whose figure is published), ``strong``.

    Raises
    ------
    ValueError
        If a limit makes no sense, or `location_quotient` refuses the table.

    References
    ----------
    Porter, M. E. (2003). The economic performance of regions. Regional Studies 37(6-7).

    Examples
    --------
    >>> table = pd.DataFrame({"film": [8, 2], "steel": [2, 8]}, index=["coast", "valley"])
    >>> found = cluster_map(table, top=0.5)
    >>> found[["location_quotient", "national_share", "rank", "strong"]]
                     location_quotient  national_share  rank  strong
    region industry
    coast  film                    1.6             0.8     1    True
           steel                   0.4             0.2     2   False
    valley film                    0.4             0.2     2   False
           steel                   1.6             0.8     1    True
    """
    cells = _checks.employment(table, withheld=withheld == "keep")
    quotients = location_quotient(
        table,
        withheld=withheld,
        region_totals=region_totals,
        industry_totals=industry_totals,
        national_total=national_total,
    )
    region = _totals(cells, 1, region_totals, "the table's rows", "region_totals")
    industry = _totals(cells, 0, industry_totals, "the table's columns", "industry_totals")
    national_share = cells.div(industry, axis="columns")
    published = cells.notna().sum()
    rank = quotients.rank(ascending=False, method="min")
    columns = {
        "employment": cells,
        "location_quotient": quotients,
        "national_share": national_share,
        "region_share": cells.div(region, axis="index"),
        "rank": rank,
        "of": rank.notna() * published,
    }
    names = [str(cells.index.name or "region"), str(cells.columns.name or "industry")]
    tidy = pd.DataFrame({name: values.stack() for name, values in columns.items()})
    tidy = tidy[tidy["rank"].notna()].rename_axis(index=names)
    tidy = tidy.astype({"rank": "int64", "of": "int64"})
    tidy["strong"] = strong_clusters(
        tidy, least_quotient=least_quotient, least_share=least_share, top=top
    )
    return tidy


def _totals(
    cells: pd.DataFrame, axis: Literal[0, 1], given: Values | None, rows: str, name: str
) -> pd.Series:
    """The totals that `location_quotient` has found good."""
    sums = cells.sum(axis=axis)
    return sums if given is None else _checks.column(_checks.beside(given, sums, rows, name), name)
