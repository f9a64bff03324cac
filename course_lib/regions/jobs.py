"""Jobs by region and industry, with the totals that an office publishes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from course_lib.regions.files import years_in
from course_lib.regions.mapped_table import (
    MappedTable,
    no_row_twice,
    refuse_hidden_sum,
    refuse_totals,
)
from course_lib.regions.refusal import TableError
from course_lib.regions.region import Jobs
from course_lib.sentence import counted, listed


def read_jobs(table: MappedTable) -> Jobs:
    """Read a table of jobs: one row a region, industry and year, or wide in either of the two.

    Parameters
    ----------
    table : MappedTable
        The sheet, and which of its columns holds what.

    Returns
    -------
    Jobs

    Raises
    ------
    TableError
        If the table cannot be read as it is.
    """
    table.say_file()
    region = table.needed("region", "the names of regions")
    names = table.texts(region, "region")
    industry, value = table.heading("industry"), table.heading("jobs")
    year = table.heading("year")
    years = table.years(year) if year else pd.Series(0, index=names.index)
    taken = {region, industry, year, table.heading("plants")}
    if industry is None:
        columns = [name for name in table.sheet.headings if name not in taken]
        if value is not None or not columns:
            table.needed(
                "industry", "the industries", ", or give each industry a column of its own"
            )
        no_row_twice(table, {"region": names, "year": years})
        wide = table.numbers(columns)
        table.say(f"A column for each of {counted(len(columns), 'industry', 'industries')}.")
        blocks = {
            int(when): wide[(years == when).to_numpy()].set_axis(
                names[(years == when).to_numpy()].astype("str"), axis=0
            )
            for when in sorted(years.unique())
        }
        return _jobs_by_year(table, blocks)
    industries = table.texts(industry, "industry")
    if value is not None:
        no_row_twice(table, {"region": names, "industry": industries, "year": years})
        return _jobs_by_year(
            table, _blocks(names, industries, years, table.numbers([value])[value])
        )
    by_year = years_in([name for name in table.sheet.headings if name not in taken])
    if year or not by_year:
        table.needed("jobs", "the jobs")
    no_row_twice(table, {"region": names, "industry": industries})
    figures = table.numbers(list(by_year))
    blocks = {}
    for heading, when in by_year.items():
        same = pd.Series(when, index=names.index)
        blocks |= _blocks(names, industries, same, figures[heading])
    return _jobs_by_year(table, blocks)


def _blocks(
    names: pd.Series, industries: pd.Series, years: pd.Series, figures: pd.Series
) -> dict[int, pd.DataFrame]:
    """By year a table of regions and industries; what no row names is missing.

    Each figure goes straight to its cell: a pivot of millions of rows would need many times more.
    """
    (row, regions), (column, branches) = (
        pd.factorize(one.astype("category")) for one in (names, industries)
    )
    values, when = figures.to_numpy(), years.to_numpy()
    blocks = {}
    for year in np.unique(when):
        now = when == year
        cells = np.full((len(regions), len(branches)), np.nan)
        cells[row[now], column[now]] = values[now]
        there = np.unique(row[now])
        blocks[int(year)] = pd.DataFrame(
            cells[there],
            index=pd.Index([str(regions[place]) for place in there], name="region"),
            columns=pd.Index([str(name) for name in branches], name="industry"),
        )
    return blocks


def _jobs_by_year(table: MappedTable, blocks: dict[int, pd.DataFrame]) -> Jobs:
    of_regions, of_industries = table.totals(), table.totals("total_industries")
    regions = pd.Index(dict.fromkeys(name for block in blocks.values() for name in block.index))
    last = blocks[max(blocks)]
    refuse_totals(table, regions, of_regions, "region", "totals")
    refuse_totals(table, last.columns, of_industries, "industry", "total_industries")
    for name, told in (("totals", of_regions), ("total_industries", of_industries)):
        if len(told) > 1:
            table.say(f"Of the {name} the first, {told[0]!r}, is used as the published total.")
    jobs = Jobs({})
    for date, block in blocks.items():
        _refuse_negative(table, block)
        cells = block.drop(index=of_regions, errors="ignore").drop(columns=of_industries)
        if cells.shape[0] < 2 or cells.shape[1] < 2:
            raise TableError(
                f"{table}: jobs need two regions and two industries or more (got "
                f"{counted(cells.shape[0], 'region')}, "
                f"{counted(cells.shape[1], 'industry', 'industries')})."
            )
        refuse_hidden_sum(table, cells.to_numpy(), list(cells.index), "region", "totals")
        refuse_hidden_sum(
            table, cells.to_numpy().T, list(cells.columns), "industry", "total_industries"
        )
        jobs.cells[date] = cells
        if of_industries:
            of_region = block[of_industries[0]].loc[cells.index]
            if of_region.notna().all():
                jobs.region_totals[date] = of_region
        if of_regions and of_regions[0] in block.index:
            total = block.T[of_regions[0]]
            if total[cells.columns].notna().all():
                jobs.industry_totals[date] = total[cells.columns]
            if of_industries and pd.notna(total[of_industries[0]]):
                jobs.national[date] = float(total[of_industries[0]])
        _say_sums(table, jobs, date)
    table.say_cells()
    last = jobs.cells[jobs.years[-1]]
    absent = sum(int(cells.isna().sum().sum()) for cells in jobs.cells.values())
    dates = "" if jobs.years == [0] else f", {listed(jobs.years, most=6)}"
    table.say(
        f"{counted(last.shape[0], 'region')}, "
        f"{counted(last.shape[1], 'industry', 'industries')}{dates}"
        + (f"; {counted(absent, 'cell')} without a figure." if absent else ", no gap.")
    )
    if of_regions or of_industries:
        table.say(f"Kept apart as totals: {listed([*of_regions, *of_industries])}.")
    return jobs


def _refuse_negative(table: MappedTable, block: pd.DataFrame) -> None:
    negative = (block < 0).to_numpy()
    if negative.any():
        row, column = (int(found[0]) for found in np.nonzero(negative))
        where, what = str(block.index[row]), str(block.columns[column])
        raise TableError(
            f"{table}: {where}, {what} has {block.to_numpy()[row, column]:g} jobs. Look it up in "
            "the source."
        )


def _say_sums(table: MappedTable, jobs: Jobs, year: int) -> None:
    """Refuse totals below their parts; say how much of them the cells hold."""
    cells, when = jobs.cells[year], f" in {year}" if year else ""
    for totals, axis, what in (
        (jobs.region_totals, 1, "industries"),
        (jobs.industry_totals, 0, "regions"),
    ):
        if year not in totals:
            continue
        sums = cells.sum(axis=axis)  # type: ignore[arg-type]
        over = (sums > totals[year] * 1.005 + 1).to_numpy()
        if over.any():
            name = sums.index[over][0]
            raise TableError(
                f"{table}: the {what} of {name}{when} add up to {sums[name]:,.0f}, more than its "
                f"total of {totals[year][name]:,.0f}. Is a subtotal among them? Leave it out, or "
                "look the total up."
            )
        share = float(sums.sum() / totals[year].sum())
        if share < 0.995:
            table.say(
                f"The cells{when} hold {share:.1%} of the published totals of "
                f"{'regions' if axis else 'industries'}; the rest is withheld or not listed."
            )
