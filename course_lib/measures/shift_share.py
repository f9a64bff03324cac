"""Why did a region grow faster or slower than its country? Shift-share analysis.

Every table here has regions in its rows and industries in its columns: jobs, or output. Turn a
table that lies the other way with ``.T``.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import pandas as pd

from course_lib.measures import _checks
from course_lib.measures._checks import Table, Values

Method = Literal["classic", "esteban-marquillas"]


def shift_share(
    start: Table,
    end: Table,
    *,
    nation_start: Values | None = None,
    nation_end: Values | None = None,
    method: Method = "classic",
    by: Literal["region", "cell"] = "region",
) -> pd.DataFrame:
    """Shift-share: what of a region's change is the nation's, its industries', and its own?

    With e for a region's jobs in an industry at the start, g for their growth rate there, G_i for
    the industry's growth rate in the nation and G for that of all industries:

    - ``national``: e G, the change if each job had multiplied as in the nation;
    - ``industry_mix``: e (G_i - G), what it brought to have industries that grow (or shrink);
    - ``regional``: e (g - G_i), what its industries did that the same industries elsewhere did
      not. It is a remainder: the measure says how large it is and not where it comes from.

    The three add up to the change. Esteban-Marquillas splits ``regional`` into two. With e' for the
    jobs that the industry would have if the region had the nation's mix:

    - ``competitive``: e' (g - G_i), free of the region's own mix;
    - ``allocation``: (e - e') (g - G_i), above zero if the region has more than the nation of those
      industries in which it does better than the nation.

    Parameters
    ----------
    start, end : table, shape (n_regions, n_industries)
        Jobs (persons) at the start and at the end of the period, the same rows and columns.
    nation_start, nation_end : array-like, shape (n_industries,), optional
        The nation's jobs by industry, as published. Give both if the tables hold only some of the
        regions; by default they are the sums of the columns.
    method : {"classic", "esteban-marquillas"}
        Three effects, or four.
    by : {"region", "cell"}
        One row a region, or one row a region and industry.

    Returns
    -------
    pandas.DataFrame
        The effects and, last, the ``change``, in the unit of the tables.

    Raises
    ------
    ValueError
        If the tables do not have the same rows and columns, a figure is missing or negative, a
        nation's total is smaller than its regions, or an industry has no job to grow from.

    References
    ----------
    Dunn, E. S. (1960). A statistical and analytical technique for regional analysis. Papers and
    Proceedings of the Regional Science Association 6.

    Esteban-Marquillas, J. M. (1972). A reinterpretation of shift-share analysis. Regional and
    Urban Economics 2(3).

    Examples
    --------
    >>> start = pd.DataFrame({"steel": [80, 20], "film": [20, 80]}, index=["valley", "coast"])
    >>> end = pd.DataFrame({"steel": [70, 10], "film": [36, 124]}, index=["valley", "coast"])
    >>> shift_share(start, end)
            national  industry_mix  regional  change
    valley      20.0         -24.0      10.0     6.0
    coast       20.0          24.0     -10.0    34.0

    The valley did better in both industries than the nation. It had the wrong one:

    >>> shift_share(start, end, method="esteban-marquillas")
            national  industry_mix  competitive  allocation  change
    valley      20.0         -24.0        13.75       -3.75     6.0
    coast       20.0          24.0       -17.50        7.50    34.0
    """
    if method not in ("classic", "esteban-marquillas"):
        raise ValueError(f'method must be "classic" or "esteban-marquillas" (got {method!r})')
    if by not in ("region", "cell"):
        raise ValueError(f'by must be "region" or "cell" (got {by!r})')
    before, after = _same_cells(_cells(start, "start"), _cells(end, "end"))
    if (nation_start is None) != (nation_end is None):
        missing = "nation_end" if nation_end is None else "nation_start"
        raise ValueError(
            f"{missing} is not given: the nation needs both dates, or neither, and then it is the "
            "sum of the regions"
        )
    nation_before = _nation(nation_start, before, "nation_start")
    nation_after = _nation(nation_end, after, "nation_end")
    nothing = nation_before == 0
    if nothing.any():
        label = nation_before.index[nothing][0]
        raise ValueError(
            f"industry {_quoted(label)} has no job in the nation at the start, so it has no growth "
            "rate: leave it out on purpose, or add it to a related industry"
        )

    nation_growth = nation_after.sum() / nation_before.sum() - 1
    industry_growth = nation_after / nation_before - 1
    effects = {
        "national": before * nation_growth,
        "industry_mix": before * (industry_growth - nation_growth),
    }
    # The same as e (g - G_i), and it can also be computed where the region starts from zero.
    regional = after - before * (nation_after / nation_before)
    if method == "classic":
        effects["regional"] = regional
    else:
        effects |= _esteban_marquillas(before, regional, nation_before)
    effects["change"] = after - before
    if by == "cell":
        return pd.DataFrame({name: cells.stack() for name, cells in effects.items()})
    return pd.DataFrame({name: cells.sum(axis=1) for name, cells in effects.items()})


def dynamic_shift_share(
    tables: Mapping[Any, Table],
    nations: Mapping[Any, Values] | None = None,
    *,
    method: Method = "classic",
    by: Literal["region", "period"] = "region",
) -> pd.DataFrame:
    """Dynamic shift-share: one analysis for each period between two tables, added up.

    A single analysis from 2001 to 2019 holds on to the mix of 2001 for eighteen years. Here each
    period starts from the mix that the region has by then. The more dates, the better.

    Parameters
    ----------
    tables : mapping of year to table, each of shape (n_regions, n_industries)
        Jobs (persons) at three or more dates, in order; two dates give `shift_share`.
    nations : mapping of year to array-like of shape (n_industries,), optional
        The nation's jobs by industry at the same dates; by default, the sums of the regions.
    method : {"classic", "esteban-marquillas"}
        As in `shift_share`.
    by : {"region", "period"}
        One row a region, all periods added up; or one row a period and region.

    Returns
    -------
    pandas.DataFrame
        The effects and, last, the ``change``, in the unit of the tables.

    Raises
    ------
    ValueError
        If there are fewer than two dates, they are not in order, or `shift_share` refuses two of
        the tables.

    References
    ----------
    Barff, R. A. and Knight, P. L. (1988). Dynamic shift-share analysis. Growth and Change 19(2).

    Examples
    --------
    >>> years = {
    ...     2001: pd.DataFrame({"steel": [80, 20], "film": [20, 80]}, index=["valley", "coast"]),
    ...     2010: pd.DataFrame({"steel": [60, 20], "film": [30, 90]}, index=["valley", "coast"]),
    ...     2019: pd.DataFrame({"steel": [70, 10], "film": [36, 124]}, index=["valley", "coast"]),
    ... }
    >>> dynamic_shift_share(years)
            national  industry_mix  regional  change
    valley      18.0         -20.0       8.0     6.0
    coast       22.0          20.0      -8.0    34.0
    """
    if by not in ("region", "period"):
        raise ValueError(f'by must be "region" or "period" (got {by!r})')
    dates = list(tables)
    if len(dates) < 2:
        raise ValueError(f"tables must hold at least two dates (got {len(dates)})")
    for first, second in pairwise(dates):
        if not first < second:
            raise ValueError(
                f"the dates must rise, but {second} comes after {first}: put the tables in order"
            )
    if nations is not None:
        for date in dates:
            if date not in nations:
                raise ValueError(f"nations has no figures for {date}: every date needs its own")

    periods = {}
    for first, second in pairwise(dates):
        name = f"{first}-{second}"
        try:
            periods[name] = shift_share(
                tables[first],
                tables[second],
                nation_start=None if nations is None else nations[first],
                nation_end=None if nations is None else nations[second],
                method=method,
            )
        except ValueError as error:
            raise ValueError(f"{name} (start {first}, end {second}): {error}") from error
    regions = next(iter(periods.values())).index
    if by == "region":
        total = sum(table.reindex(regions) for table in periods.values())
        assert isinstance(total, pd.DataFrame)
        return total
    names = ["period", regions.name or "region"]
    return pd.concat({name: table.reindex(regions) for name, table in periods.items()}, names=names)


def _esteban_marquillas(
    before: pd.DataFrame, regional: pd.DataFrame, nation_before: pd.Series
) -> dict[str, pd.DataFrame]:
    """The regional effect as if the region had the nation's mix, and the rest of it."""
    nothing = before == 0
    if nothing.to_numpy().any():
        rows, columns = np.nonzero(nothing.to_numpy())
        raise ValueError(
            f"row {_quoted(before.index[rows[0]])}, column {_quoted(before.columns[columns[0]])} "
            "has no job at the start, so it has no growth rate, which Esteban-Marquillas needs: "
            "add that industry to a related one, or use the classic method"
        )
    mix = nation_before / nation_before.sum()
    as_nation = pd.DataFrame(
        np.outer(before.sum(axis=1), mix), index=before.index, columns=before.columns
    )
    competitive = as_nation * (regional / before)
    return {"competitive": competitive, "allocation": regional - competitive}


def _cells(table: Table, name: str) -> pd.DataFrame:
    try:
        return _checks.employment(table)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def _same_cells(before: pd.DataFrame, after: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both tables with the rows and columns of the first, matched by label."""
    for what, here, there in (
        ("row", before.index, after.index),
        ("column", before.columns, after.columns),
    ):
        for name, other, absent in (
            ("start", "end", here.difference(there, sort=False)),
            ("end", "start", there.difference(here, sort=False)),
        ):
            if len(absent):
                raise ValueError(
                    f"{name} has the {what} {_quoted(absent[0])} and {other} has not: both need "
                    f"the same {what}s, so add it or leave it out of both"
                )
    return before, after.reindex(index=before.index, columns=before.columns)


def _nation(given: Values | None, cells: pd.DataFrame, name: str) -> pd.Series:
    """The nation's jobs by industry: the sums of the regions, or no smaller than these."""
    sums = cells.sum()
    if given is None:
        return sums
    known = _checks.beside(given, sums, "the table's columns", name)
    nation = _checks.column(known, name)
    too_small = sums > nation * (1 + 1e-9)
    if too_small.any():
        label = sums.index[too_small][0]
        raise ValueError(
            f"{name} of {_quoted(label)} is {nation[label]:g}, but the regions add up to "
            f"{sums[label]:g}: a total cannot be smaller than its parts, so check both"
        )
    return nation


def _quoted(label: object) -> str:
    return f"'{label}'" if isinstance(label, str) else f"{label}"
