"""Jobs by region and industry, with the totals that an office publishes."""

from __future__ import annotations

from typing import Any

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
    table.say_file()
    region = table.needed("region", "the names of regions")
    names = table.texts(region, "region").astype("str")
    industry, value = table.heading("industry"), table.heading("jobs")
    year = table.heading("year")
    years = table.years(year) if year else pd.Series(0, index=names.index)
    taken = {region, industry, year, table.heading("plants")}
    if industry is None:
        columns = [name for name in table.sheet.headings if name not in taken]
        if value is not None or not columns:
            table.needed("industry", "the industries (or give each industry a column of its own)")
        no_row_twice(table, {"region": names, "year": years})
        wide = table.numbers(columns)
        wide.index = pd.MultiIndex.from_arrays([years, names], names=["year", "region"])
        wide.columns.name = "industry"
        table.say(f"A column for each of {counted(len(columns), 'industry', 'industries')}.")
    else:
        industries = table.texts(industry, "industry").astype("str")
        if value is None:
            by_year = years_in([name for name in table.sheet.headings if name not in taken])
            if year or not by_year:
                table.needed("jobs", "the jobs")
            figures = table.numbers(list(by_year))
            no_row_twice(table, {"region": names, "industry": industries})
            figures.columns = pd.Index(list(by_year.values()), name="year")
            figures.index = pd.MultiIndex.from_arrays(
                [names, industries], names=["region", "industry"]
            )
            cells = pd.Series(figures.stack())
            cells = cells.reorder_levels([2, 0, 1])
        else:
            no_row_twice(table, {"region": names, "industry": industries, "year": years})
            cells = table.numbers([value])[value]
            cells.index = pd.MultiIndex.from_arrays(
                [years, names, industries], names=["year", "region", "industry"]
            )
        wide = pd.DataFrame(cells.unstack("industry"))[list(pd.unique(industries))]
    negative = (wide < 0).to_numpy()
    if negative.any():
        place, column = (int(found[0]) for found in np.nonzero(negative))
        where, what = str(wide.index[place][1]), str(wide.columns[column])
        raise TableError(
            f"{table}: {where}, {what} has {wide.to_numpy()[place, column]:g} jobs. Look it up in "
            "the source."
        )
    return _jobs_by_year(table, wide, pd.unique(names))


def _jobs_by_year(table: MappedTable, wide: pd.DataFrame, order: Any) -> Jobs:
    of_regions, of_industries = table.totals(), table.totals("total_industries")
    refuse_totals(table, pd.Index(order), of_regions, "region", "totals")
    refuse_totals(table, wide.columns, of_industries, "industry", "total_industries")
    for name, told in (("totals", of_regions), ("total_industries", of_industries)):
        if len(told) > 1:
            table.say(f"Of the {name} the first, {told[0]!r}, is used as the published total.")
    jobs = Jobs({})
    for year, rows in wide.groupby(level="year"):
        block = rows.droplevel("year")
        block = block.reindex([name for name in order if name in block.index])
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
        date = int(year)  # type: ignore[call-overload]
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
