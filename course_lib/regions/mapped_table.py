"""One table and which of its columns holds what, by region.toml or by usual headings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from course_lib.regions.cells import Count, Marks, numbers
from course_lib.regions.files import WORKBOOK, Sheet, sheet_of, years_in
from course_lib.regions.refusal import TableError
from course_lib.sentence import counted, listed

USUAL = {
    "region": ("region", "regions", "state", "province", "county", "district", "geo", "name",
               "area", "territory"),
    "year": ("year", "time", "time_period", "date", "period"),
    "per_head": ("per_head", "income_per_head", "gdp_per_head", "income per head",
                 "gdp per capita", "gdp_per_capita", "per capita"),
    "amount": ("amount", "income", "output", "gdp"),
    "people": ("people", "population", "pop", "inhabitants"),
    "industry": ("industry", "sector", "branch", "nace", "naics"),
    "jobs": ("jobs", "employment", "employees", "employed", "persons"),
    "plants": ("plants", "establishments"),
    "neighbour": ("neighbour", "neighbor", "neighbours"),
    "sector": ("sector", "seller", "industry"),
    "output": ("output", "gross output", "gross_output", "total output"),
    "row": ("row",),
    "column": ("column", "col"),
    "label": ("label", "abbreviation", "short"),
    "longitude": ("longitude", "lon", "lng", "x"),
    "latitude": ("latitude", "lat", "y"),
}  # fmt: skip
"""Headings that are known without being told; of any other, region.toml says what it holds."""

TOTALS = frozenset(
    {"total", "all", "sum", "nation", "country", "all industries", "all sectors", "all regions",
     "insgesamt", "summe", "gesamt", "deutschland", "total nacional", "nacional", "totale",
     "ensemble", "ensemble du pays", "razem", "polska", "итого", "всего", "合计", "总计", "全国",
     "toplam", "suma", "total general", "totaal", "united states", "united states total"}
)  # fmt: skip
"""Names, in small letters, that can only be a total."""

LEAST_LETTERS = 4
"""A shorter name of a region may stand in a title by chance."""

OPTIONS = {"file", "table", "skip", "encoding", "sheet", "decimal", "missing", "withheld", "zero",
           "totals", "groups", "total_industries", "value_added", "only", "wide"}  # fmt: skip


class MappedTable:
    """A sheet, the options that region.toml gives it, and what is said of it."""

    def __init__(
        self,
        name: str,
        given: Any,
        folder: Path | None,
        said: list[tuple[str, str]],
        title: str = "",
    ) -> None:
        options = dict(given) if isinstance(given, Mapping) else {"table": given}
        if ("file" in options) == ("table" in options):
            raise TableError(f'[{name}] needs one file, such as file = "{name}.csv".')
        strange = set(options) - OPTIONS - set(USUAL)
        if strange:
            raise TableError(
                f"[{name}] has {min(strange)!r}, which is not known there. Known are "
                f"{listed(sorted((OPTIONS - {'table'}) | set(USUAL)))}."
            )
        self.name, self.options, self.title = name, options, title
        self.said = said
        self.sheet: Sheet = sheet_of(
            options.get("file", options.get("table")),
            folder if "file" in options else None,
            skip=options.get("skip", 0),
            encoding=options.get("encoding", ""),
            sheet=options.get("sheet", 0),
        )
        decimal = options.get("decimal", "." if self.sheet.read_as == WORKBOOK else "")
        self._used: set[str] = set()
        self._keep_only(options.get("only", {}))
        missing, withheld, zero = (
            texts_of(options.get(key, ())) for key in ("missing", "withheld", "zero")
        )
        self.marks = Marks.of(missing, withheld, zero, decimal)
        self.count = Count()

    def __str__(self) -> str:
        return str(self.sheet)

    def _keep_only(self, only: Any) -> None:
        """Leave the rows of one measure, where a file holds several."""
        if not isinstance(only, Mapping):
            raise TableError(
                f"[{self.name}]: only names a heading and what has to stand below it, such as only "
                '= { "Measure" = "GDP per capita" }.'
            )
        for heading, wanted in only.items():
            if heading not in self.sheet.headings:
                raise TableError(
                    f"{self}: only names {heading!r}, but the headings are "
                    f"{listed([repr(name) for name in self.sheet.headings], most=12)}."
                )
            texts = self.sheet.cells[heading].astype("str").str.strip()
            kept = texts.isin([str(one).strip() for one in texts_of(wanted)]).to_numpy()
            if not kept.any():
                raise TableError(
                    f"{self}: no row has {wanted!r} below {heading!r}. There stand "
                    f"{listed([repr(text) for text in texts.unique()], most=8)}."
                )
            self._used.add(str(heading))
            cells = self.sheet.cells.loc[kept]
            self.sheet = replace(self.sheet, cells=cells)
            self.say(f"Only rows whose {heading} is {listed(texts_of(wanted), ' or ')}.")

    def heading(self, key: str) -> str | None:
        """The heading of the column that holds something, or None if there is none."""
        found = self._heading(key)
        if found is not None:
            self._used.add(found)
        return found

    def _heading(self, key: str) -> str | None:
        headings = self.sheet.headings
        if key in self.options:
            told = str(self.options[key]).strip()
            if told in headings:
                return told
            raise TableError(
                f"{self}: region.toml says that {key} stands below {told!r}, but the headings are "
                f"{listed([repr(name) for name in headings], most=12)}.{self._hint(told)}"
            )
        claimed = {str(self.options[other]) for other in USUAL if other in self.options}
        usual = [name for name in headings if name.strip().lower() in USUAL[key]]
        return next((name for name in usual if name not in claimed), None)

    def needed(self, key: str, what: str, instead: str = "") -> str:
        """The same, where there has to be one; `instead` says what else would do."""
        found = self.heading(key)
        if found is None:
            raise TableError(
                f"{self}: no heading says where {what} stand. The headings are "
                f"{listed([repr(name) for name in self.sheet.headings], most=12)}. Write "
                f'{key} = "..." below [{self.name}] in region.toml{instead}.{self._hint("")}'
            )
        return found

    def _hint(self, told: str) -> str:
        """Where the headings stand in truth, if a title stands above them."""
        for row, cells in self.sheet.cells.head(12).iterrows():
            texts = [str(cell).strip() for cell in cells]
            if (told and told in texts) or (
                not told and sum(text.lower() in USUAL["region"] for text in texts)
            ):
                above = int(str(row)) - 1 if "pandas" not in self.sheet.read_as else 0
                if above:
                    return f" Row {row} looks like the headings: write skip = {above}."
        return ""

    def texts(
        self, heading: str, what: str, rows: np.ndarray | None = None, instead: str = ""
    ) -> pd.Series:
        """The names below a heading, each of them there; of some rows only, if they are given."""
        self._used.add(heading)
        column = self.sheet.cells[heading]
        if rows is not None:
            column = column[rows]
        if isinstance(column.dtype, pd.CategoricalDtype):
            clean = {name: str(name).strip() for name in column.cat.categories}
            names = column.map(clean).astype("category")
        else:
            names = column.map(lambda value: "" if _is_gap(value) else _name(value))
            names = names.astype("category")
        empty = names.isna().to_numpy() | (names == "").to_numpy()
        if empty.any():
            raise TableError(
                f"{self}, row {names.index[empty][0]}: there is no {what} below {heading!r}. Fill "
                f"it in, or delete the row if it is a note.{instead}"
            )
        return names

    def years(self, heading: str) -> pd.Series:
        """The years below a heading."""
        column = self.sheet.cells[heading]
        if not isinstance(column.dtype, pd.CategoricalDtype):
            column = column.map(lambda value: "" if _is_gap(value) else _name(value))
            column = column.astype("category")
        whole: dict[str, int] = {}
        for text in column.cat.categories:
            found = list(years_in([str(text)]).values())
            if len(found) == 1:
                whole[text] = found[0]
        years = column.map(whole)
        gaps = years.isna().to_numpy()
        if gaps.any():
            row = column.index[gaps][0]
            raise TableError(
                f"{self}, row {row}: {str(column.loc[row])!r} below {heading!r} is no year. Write "
                "it with four digits, or delete the row if it is a note."
            )
        return years.astype("int64")

    def numbers(self, headings: list[str]) -> pd.DataFrame:
        """The numbers below headings."""
        self._used |= set(headings)
        return numbers(self.sheet.cells[headings], self.marks, str(self), self.count)

    def totals(self, key: str = "totals") -> list[str]:
        """Names that region.toml gives as totals."""
        return [str(name).strip() for name in texts_of(self.options.get(key, ()))]

    def say(self, sentence: str) -> None:
        """Put a sentence into what was understood."""
        self.said.append((self.name, sentence))

    def say_cells(self) -> None:
        """What was counted of cells without a plain number, and which columns were not used."""
        unused = [name for name in self.sheet.headings if name not in self._used]
        if unused:
            self.say(f"Not used: {listed(unused, most=6)}.")
        for sentence in self.count.sentences():
            self.say(sentence)

    def say_file(self) -> None:
        """How the file was read."""
        self.say(f"{self} ({self.sheet.read_as}), {counted(len(self.sheet.cells), 'row')}.")


def texts_of(given: Any) -> list[Any]:
    return [given] if isinstance(given, str | int | float) else list(given)


def _is_gap(value: Any) -> bool:
    return value is None or value is pd.NA or value != value


def _name(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def no_row_twice(table: MappedTable, keys: dict[str, pd.Series]) -> None:
    """Refuse two rows of one region, year and industry: it cannot be known which one holds."""
    frame = pd.DataFrame(keys)
    twice = frame.duplicated().to_numpy()
    if twice.any():
        row = frame.loc[twice].iloc[0]
        same = np.logical_and.reduce([(frame[key] == row[key]).to_numpy() for key in keys])
        rows = list(frame.index[same])
        raise TableError(
            f"{table}, rows {rows[0]} and {rows[1]}: both are {listed(row.tolist(), ', ')}. Keep "
            "one of them. If the file holds several measures, choose one: write only = { "
            '"Measure" = "..." }, with the heading that tells them apart.'
        )


def refuse_totals(
    table: MappedTable, names: pd.Index, told: list[str], what: str, key: str
) -> None:
    """A total that nobody declared would be counted as one more region or industry."""
    for name in told:
        if name not in names:
            raise TableError(
                f"{table}: region.toml names the total {name!r}, and no {what} has this name."
            )
    hidden = [name for name in names if str(name).lower() in TOTALS and name not in told]
    if hidden:
        raise TableError(
            f"{table}: {hidden[0]!r} looks like a total among the {what}s. Write {key} = "
            f"[{hidden[0]!r}] below [{table.name}] in region.toml: then it is kept apart. If it is "
            f"a {what} of its own, give it another name."
        )
    if key in table.options:
        return  # asked and answered
    title = table.title.casefold()
    named = [
        str(name)
        for name in names
        if len(str(name)) >= LEAST_LETTERS
        and re.search(rf"(?<!\w){re.escape(str(name).casefold())}(?!\w)", title)
    ]
    if named:
        raise TableError(
            f"{table}: {named[0]!r} stands among the {what}s and in the title too. If it is the "
            f"whole country, write {key} = [{named[0]!r}] below [{table.name}] in region.toml: "
            f"then it is kept apart. If it is a {what} of its own, write {key} = []."
        )


def refuse_hidden_mean(table: MappedTable, cells: np.ndarray, names: list[str], what: str) -> None:
    """One row that is the mean of all others at three dates is no region, whatever it is called.

    `cells` has a row for each region, and no gap.
    """
    if len(names) < 4 or cells.shape[1] < 3 or np.isnan(cells).any() or "totals" in table.options:
        return
    others = (cells.sum(axis=0, keepdims=True) - cells) / (len(names) - 1)
    differ = np.ptp(cells, axis=0) > 0.05 * cells.mean(axis=0)  # else all are near the mean
    same = np.isclose(cells, others, rtol=5e-4, atol=0).all(axis=1) & differ.all()
    if same.any():
        name = names[int(np.argmax(same))]
        raise TableError(
            f"{table}: {name!r} is the mean of all other {what}s at each date, so it looks like a "
            f"total. Write totals = [{name!r}] below [{table.name}] in region.toml: then it is "
            f"kept apart. If it is a {what} of its own, write totals = []."
        )


def refuse_hidden_sum(
    table: MappedTable, cells: np.ndarray, names: list[str], what: str, key: str
) -> None:
    """One row that is the sum of all others is a total, whatever it is called."""
    if len(names) < 4 or np.isnan(cells).any():
        return
    rest = cells.sum(axis=0, keepdims=True) - cells
    same = np.isclose(cells, rest, rtol=1e-6, atol=0).all(axis=1) & (cells > 0).all(axis=1)
    if same.any():
        name = names[int(np.argmax(same))]
        raise TableError(
            f"{table}: {name!r} is the sum of all other {what}s, so it is a total. Write {key} = "
            f"[{name!r}] below [{table.name}] in region.toml: then it is kept apart."
        )
