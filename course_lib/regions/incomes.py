"""Incomes per head by region and year, with people and groupings."""

from __future__ import annotations

import numpy as np
import pandas as pd

from course_lib.regions.files import years_in
from course_lib.regions.mapped_table import (
    MappedTable,
    no_row_twice,
    refuse_hidden_mean,
    refuse_hidden_sum,
    refuse_totals,
    texts_of,
)
from course_lib.regions.refusal import TableError
from course_lib.sentence import counted, listed


def read_incomes(
    table: MappedTable,
) -> tuple[pd.DataFrame, pd.DataFrame | None, dict[str, pd.Series]]:
    table.say_file()
    year = table.heading("year")
    if year and table.heading("region") is None and table.heading("per_head") is None:
        return _regions_across(table, year), None, {}
    region = table.needed("region", "the names of regions")
    names = table.texts(region, "region")
    wanted = {key: table.heading(key) for key in ("per_head", "amount", "people")}
    groups = [str(name) for name in texts_of(table.options.get("groups", ()))]
    for heading in groups:
        if heading not in table.sheet.headings:
            raise TableError(
                f"{table}: region.toml names the grouping {heading!r}, but the headings are "
                f"{listed([repr(name) for name in table.sheet.headings], most=12)}."
            )
    if year is None:
        per_head = _wide_incomes(table, names, groups)
        people = None
    else:
        no_row_twice(table, {"region": names, "year": (years := table.years(year))})
        values = {key: heading for key, heading in wanted.items() if heading}
        if "per_head" in values:
            values.pop("amount", None)
        elif set(values) != {"amount", "people"}:
            table.needed("per_head", "incomes per head", ", or both amount and people")
        figures = table.numbers(list(values.values()))
        figures.columns = pd.Index(list(values))
        figures.index = pd.MultiIndex.from_arrays(
            [years, names.astype("str")], names=["year", "region"]
        )
        order = pd.unique(names.astype("str"))
        wide = {key: figures[key].unstack().reindex(columns=order) for key in values}
        refuse_totals(table, pd.Index(order), table.totals(), "region", "totals")
        for key in ("amount", "people"):
            if key not in wide:
                continue
            kept = wide[key].drop(columns=table.totals())
            refuse_hidden_sum(
                table, kept.T.to_numpy(), [str(name) for name in kept], "region", "totals"
            )
        if "amount" in wide:
            per_head = wide["amount"] / wide["people"].where(wide["people"] > 0)
        else:
            per_head = wide["per_head"]
        people = wide.get("people")
    totals = table.totals()
    refuse_totals(table, per_head.columns, totals, "region", "totals")
    per_head = per_head.drop(columns=totals).sort_index().rename_axis(columns="region")
    per_head = per_head.rename_axis("year")
    if people is not None:
        people = people.drop(columns=totals).sort_index()
    _refuse_not_positive(table, per_head)
    refuse_hidden_mean(table, per_head.T.to_numpy(), [str(name) for name in per_head], "region")
    found = {
        heading: one
        for heading in groups
        if (one := _group(table, names, heading, list(per_head.columns))) is not None
    }
    table.say_cells()
    gaps = int(per_head.isna().sum().sum())
    table.say(
        f"{counted(per_head.shape[1], 'region')}, {_dates(per_head.index)}"
        + (f", {counted(gaps, 'gap')}." if gaps else ", no gap.")
    )
    if totals:
        table.say(f"Kept apart as totals: {listed(totals)}.")
    if people is None:
        table.say("No people in it: each region counts the same.")
    if found:
        table.say(f"Groupings: {listed(found)}.")
    return per_head, people, found


def _dates(years: pd.Index) -> str:
    if len(years) == 1:
        return f"1 date, {years[0]}"
    return f"{len(years)} dates from {years[0]} to {years[-1]}"


def _regions_across(table: MappedTable, year: str) -> pd.DataFrame:
    """A row for each year, and a column for each region."""
    years = table.years(year)
    no_row_twice(table, {"year": years})
    across = [name for name in table.sheet.headings if name != year]
    for name in across:
        if not table.sheet.cells[name].astype("str").str.contains(r"\d").any():
            table.needed("region", "the names of regions")  # they stand here, and not above
    per_head = table.numbers(across)
    per_head.index = pd.Index(years, name="year")
    per_head.columns.name = "region"
    totals = table.totals()
    refuse_totals(table, per_head.columns, totals, "region", "totals")
    per_head = per_head.drop(columns=totals).sort_index()
    _refuse_not_positive(table, per_head)
    refuse_hidden_mean(table, per_head.T.to_numpy(), [str(name) for name in per_head], "region")
    table.say(f"A column for each of {counted(per_head.shape[1], 'region')}.")
    table.say_cells()
    gaps = int(per_head.isna().sum().sum())
    table.say(f"{_dates(per_head.index)}, {counted(gaps, 'gap') if gaps else 'no gap'}.")
    return per_head


def _wide_incomes(table: MappedTable, names: pd.Series, groups: list[str]) -> pd.DataFrame:
    mapped = {table.heading("region"), *groups}
    years = years_in([name for name in table.sheet.headings if name not in mapped])
    if not years:
        table.needed("year", "the years", ", or give each year a column of its own")
    twice = [year for year in years.values() if list(years.values()).count(year) > 1]
    if twice:
        both = [heading for heading, year in years.items() if year == twice[0]]
        raise TableError(
            f"{table}: the headings {listed([repr(name) for name in both])} both name the year "
            f"{twice[0]}. Delete the one that holds no incomes, or rename it."
        )
    no_row_twice(table, {"region": names})
    wide = table.numbers(list(years))
    wide.index = pd.Index(names.astype("str"), name="region")
    wide.columns = pd.Index(list(years.values()), name="year")
    table.say(f"A column for each year: {listed(sorted(years.values()), most=8)}.")
    return wide.T


def _refuse_not_positive(table: MappedTable, per_head: pd.DataFrame) -> None:
    wrong = (per_head <= 0).to_numpy()
    if wrong.any():
        year, region = (int(places[0]) for places in np.nonzero(wrong))
        name, income = str(per_head.columns[region]), per_head.to_numpy()[year, region]
        raise TableError(
            f"{table}: {name} has {income:g} in {int(per_head.index[year])}. An income per head is "
            "above zero: look it up in the source, or leave the cell empty if there is no figure."
        )


def _group(
    table: MappedTable, names: pd.Series, heading: str, regions: list[str]
) -> pd.Series | None:
    """The group of each region: the same in all its rows, and every region has one."""
    rows = names.astype("str").isin(regions).to_numpy()  # a total is in no group
    hint = (
        " If it is a total, write its name into totals below [incomes] in region.toml: a total is "
        "in no group."
    )
    groups = table.texts(heading, "group", rows, hint).astype("str")
    pairs = pd.DataFrame({"region": names.astype("str")[rows], "group": groups}).drop_duplicates()
    twice = pairs["region"].duplicated().to_numpy()
    if twice.any():
        region = pairs.loc[twice, "region"].iloc[0]
        both = pairs.loc[pairs["region"] == region, "group"].tolist()
        raise TableError(
            f"{table}: {region} is in {listed(both)} of {heading!r}. A region stays in one group: "
            "choose one for all its rows."
        )
    group = pairs.set_index("region")["group"].reindex(regions)
    if group.nunique() < 2:
        table.say(f"{heading!r} puts all regions into one group, so it is no grouping.")
        return None
    return group
