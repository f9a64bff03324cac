"""What is a region known for, and where does an industry sit?

Every table here has regions in its rows and industries in its columns: persons employed, or
output. Turn a table that lies the other way with ``.T``.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from course_lib.measures import _checks
from course_lib.measures._checks import Table, Values
from course_lib.measures.inequality import gini
from course_lib.parameters import number


def location_quotient(
    table: Table,
    *,
    withheld: str = "refuse",
    region_totals: Values | None = None,
    industry_totals: Values | None = None,
    national_total: float | None = None,
) -> pd.DataFrame:
    """Location quotient: an industry's share of a region over its share of the nation.

    LQ = (E_ri / E_r) / (E_i / E). Above 1 the region has more of the industry than the nation
    has; weighted by the regions' totals, each industry's quotients have the mean 1.

    Parameters
    ----------
    table : table, shape (n_regions, n_industries)
        Persons employed, or output; rows regions, columns industries.
    withheld : {"refuse", "keep"}
        What to do with a missing cell, such as a figure withheld for privacy. "keep" leaves it
        missing in the result; then all three totals must be given, as published, because sums
        over the cells that are left would be too small.
    region_totals : array-like, shape (n_regions,), optional
        Published totals; by default, the sums of the rows. Give them also if ``table`` holds
        only some of the industries.
    industry_totals : array-like, shape (n_industries,), optional
        Published totals; by default, the sums of the columns. Give them also if ``table`` holds
        only some of the nation's regions.
    national_total : float, optional
        Published total; by default, the sum of the region totals.

    Returns
    -------
    pandas.DataFrame, shape (n_regions, n_industries)

    Raises
    ------
    ValueError
        If a cell is missing or negative, a row or column is all zero, or a total is smaller than
        the cells that it is the total of.

    References
    ----------
    Isard, W. (1960). Methods of Regional Analysis.

    Examples
    --------
    >>> table = pd.DataFrame({"film": [8, 2], "steel": [2, 8]}, index=["coast", "valley"])
    >>> location_quotient(table)
            film  steel
    coast    1.6    0.4
    valley   0.4    1.6
    """
    given = {"region": region_totals, "industry": industry_totals, "nation": national_total}
    if withheld not in ("refuse", "keep"):
        raise ValueError(f'withheld must be "refuse" or "keep" (got {withheld!r})')
    if withheld == "keep" and any(total is None for total in given.values()):
        raise ValueError(
            'withheld="keep" needs region_totals, industry_totals and national_total, as '
            "published: sums over the cells that are left would be too small"
        )
    if industry_totals is not None and national_total is None:
        raise ValueError("industry_totals need the national_total that they are parts of: give it")
    cells = _checks.employment(table, withheld=withheld == "keep")
    region = _total_of(cells, 1, region_totals, "region_totals")
    industry = _total_of(cells, 0, industry_totals, "industry_totals")
    nation = _nation(region, industry, national_total)
    return cells.div(region, axis="index").div(industry / nation, axis="columns")


def herfindahl(shares: Values | Table) -> float | pd.Series:
    """Herfindahl index: the sum of squared shares.

    Parameters
    ----------
    shares : array-like, shape (n,), or table, shape (n_regions, n_industries)
        Shares, or the numbers that they are shares of: they are divided by their total. In a
        table each row is taken by itself (how concentrated is a region on few industries?);
        use ``table.T`` to ask how concentrated an industry is on few regions.

    Returns
    -------
    float, or pandas.Series of shape (n_regions,)
        From 1/n (all equal) to 1 (one has everything).

    Raises
    ------
    ValueError
        If a number is missing or negative, or a total is zero.

    References
    ----------
    Hirschman, A. O. (1964). The paternity of an index. American Economic Review.

    Examples
    --------
    >>> herfindahl([50, 25, 25])
    0.375
    >>> herfindahl(pd.DataFrame({"film": [8, 5], "steel": [2, 5]}, index=["coast", "valley"]))
    coast     0.68
    valley    0.50
    Name: herfindahl, dtype: float64
    """
    if isinstance(shares, pd.DataFrame) or np.ndim(shares) == 2:  # type: ignore[arg-type]
        return (_mix(_checks.employment(shares)) ** 2).sum(axis=1).rename("herfindahl")  # type: ignore[arg-type]
    numbers = _checks.column(shares, "shares")
    return float(((numbers / _checks.total(numbers, "shares")) ** 2).sum())


def krugman_specialisation(table: Table, against: str = "nation") -> pd.Series:
    """Krugman's index of specialisation: how unlike the nation's a region's mix is.

    For each region, the sum over industries of |industry's share of the region - industry's share
    of the nation|. Shares are shares *of the region*: they sum to 1 over industries.

    Parameters
    ----------
    table : table, shape (n_regions, n_industries)
        Persons employed, or output; rows regions, columns industries.
    against : {"nation", "rest"}
        The nation with the region in it, or the rest of the nation without it. The second is
        larger, most of all for large regions.

    Returns
    -------
    pandas.Series, shape (n_regions,)
        From 0 (the same mix) to 2 (no industry in common).

    Raises
    ------
    ValueError
        If a cell is missing or negative, or a row is all zero.

    References
    ----------
    Krugman, P. (1991). Geography and Trade.

    Examples
    --------
    >>> table = pd.DataFrame({"film": [8, 2], "steel": [2, 8]}, index=["coast", "valley"])
    >>> krugman_specialisation(table).round(6).tolist()
    [0.6, 0.6]
    >>> krugman_specialisation(table, against="rest").round(6).tolist()
    [1.2, 1.2]
    """
    if against not in ("nation", "rest"):
        raise ValueError(f'against must be "nation" or "rest" (got {against!r})')
    cells = _checks.employment(table)
    nation = cells.sum()
    if against == "nation":
        difference = _mix(cells) - nation / nation.sum()
    elif len(cells) > 1:
        difference = _mix(cells) - _mix(nation - cells)
    else:
        raise ValueError("there is no rest of the nation to compare with: add another region")
    return difference.abs().sum(axis=1).rename("krugman_specialisation")


def locational_gini(table: Table) -> pd.Series:
    """Locational Gini: how unlike an industry's spread over regions is to that of all employment.

    Put the regions in the order of their location quotient in the industry. Draw their cumulative
    share of the industry over their cumulative share of *all* employment: the locational Gini is
    twice the area between that curve and the diagonal. It is the Gini of the location quotients,
    weighted by the size of the regions.

    Parameters
    ----------
    table : table, shape (n_regions, n_industries)
        Persons employed, or output; rows regions, columns industries.

    Returns
    -------
    pandas.Series, shape (n_industries,)
        0 for an industry that is spread like all employment, near 1 for one that sits in a single
        small region.

    Raises
    ------
    ValueError
        If a cell is missing or negative, or a row or column is all zero.

    References
    ----------
    Krugman, P. (1991). Geography and Trade.

    Examples
    --------
    >>> table = pd.DataFrame({"film": [8, 2], "steel": [2, 8]}, index=["coast", "valley"])
    >>> locational_gini(table).round(6).tolist()
    [0.3, 0.3]
    """
    quotients, size = location_quotient(table), _checks.employment(table).sum(axis=1)
    by_industry = {name: gini(quotients[name], weights=size) for name in quotients}
    return pd.Series(by_industry, index=quotients.columns, name="locational_gini", dtype="float64")


def _mix(cells: pd.DataFrame) -> pd.DataFrame:
    """Each row's shares, which sum to one."""
    return cells.div(_checks.totals(cells, axis=1), axis="index")


def _total_of(
    cells: pd.DataFrame, axis: Literal[0, 1], given: Values | None, name: str
) -> pd.Series:
    """The sums of the table, or the published totals, which cannot be smaller."""
    if given is None:
        return _checks.totals(cells, axis)
    sums = cells.sum(axis=axis)
    known = _checks.beside(given, sums, f"the table's {name}", name)
    published = _checks.column(known, name, above_zero=True)
    too_small = sums > published * (1 + 1e-9)
    if too_small.any():
        label = sums.index[too_small][0]
        raise ValueError(
            f"{name} of {label!r} is {published[label]:g}, but its cells add up to "
            f"{sums[label]:g}: a total cannot be smaller than its parts, so check both"
        )
    return published


def _nation(region: pd.Series, industry: pd.Series, given: float | None) -> float:
    largest = max(float(region.sum()), float(industry.sum()))
    if given is None:
        return float(region.sum())
    if largest > number("national_total", given, above=0, because="shares are parts of it") * (
        1 + 1e-9
    ):
        raise ValueError(
            f"national_total is {given:g}, but its parts add up to {largest:g}: "
            "a total cannot be smaller than its parts, so check both"
        )
    return float(given)
