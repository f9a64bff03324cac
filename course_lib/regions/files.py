"""A table as a person has it (CSV, Excel workbook, pandas) as texts with their row numbers."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from course_lib.regions.refusal import TableError
from course_lib.sentence import listed

EXCEL = {".xlsx", ".xlsm"}
DIVIDERS = {";": "semicolon", "\t": "tab", ",": "comma", "|": "bar"}
ROWS_AT_A_TIME = 200_000
WORKBOOK = "Excel workbook"
LETTERS = {
    "cp1252": "Western European letters (Windows-1252)",
    "gb18030": "Chinese letters (GB18030)",
}
WESTERN = set("äöüßàâæçéèêëîïôœùûüÿáíóúñãõìòåøðþý")
PUNCTUATION = set("’‘–—“”„«»€§°ºª¿¡·½\u00a0…•£")
YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d|21\d\d)(?!\d)")


@dataclass(frozen=True)
class Sheet:
    """A table of texts, and what it is called in sentences.

    Attributes
    ----------
    name : str
        The file's name, or "the table".
    cells : pandas.DataFrame
        Columns are the headings, the index is the row in the file. From a file all cells are
        texts (categories); from pandas they are as they were.
    read_as : str
        How it was read: divider and encoding, in words.
    encoding, divider : str
        The same for a computer; empty if it was no text file.
    """

    name: str
    cells: pd.DataFrame
    read_as: str = ""
    encoding: str = ""
    divider: str = ""

    @property
    def headings(self) -> list[str]:
        """The headings, in order."""
        return list(self.cells.columns)

    def __str__(self) -> str:
        return self.name


def sheet_of(
    table: Any, base: Path | None, *, skip: int = 0, encoding: str = "", sheet: Any = 0
) -> Sheet:
    """Read a table that is a file or already in pandas.

    Parameters
    ----------
    table : path, str or pandas.DataFrame
        A file of text with comma, semicolon, tab or bar between cells, or an Excel workbook.
    base : Path, optional
        The folder in which a file is looked for.
    skip : int
        Rows above the headings.
    encoding : str
        How the letters were saved; by default seen from the file.
    sheet : str or int
        Which sheet of a workbook.

    Returns
    -------
    Sheet

    Raises
    ------
    TableError
        If there is no such file, or it is no such table.
    """
    if isinstance(table, pd.DataFrame):
        return _from_pandas(table)
    path = Path(table) if base is None else base / str(table)
    if path.suffix.lower() in EXCEL:
        grid, used, divider = _workbook(path, sheet), "", ""
    elif path.suffix.lower() == ".xls":
        raise TableError(f"{path.name} is in the old form of Excel. Save it as .xlsx or as CSV.")
    else:
        grid, used, divider = _text_file(path, encoding)
    return _with_headings(path.name, grid, int(skip), used, divider)


def _from_pandas(table: pd.DataFrame) -> Sheet:
    named = [name for name in table.index.names if name is not None]
    flat = table.reset_index() if named else table.reset_index(drop=True)
    flat.columns = pd.Index([str(name).strip() for name in flat.columns])
    flat.index = pd.RangeIndex(len(flat))
    return _whole(Sheet("the table", flat, "from pandas"))


def _text_file(path: Path, encoding: str) -> tuple[pd.DataFrame, str, str]:
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise TableError(f"There is no file {path.name} in {path.parent}.") from error
    except OSError as error:
        raise TableError(f"{path.name} cannot be read ({error.strerror}).") from error
    text, used = decoded(content, path.name, encoding)
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # of Windows, and of old Macs
    if not text.strip():
        raise TableError(f"{path.name} is empty.")
    first = text.lstrip().splitlines()[0].strip().lower()
    told = re.fullmatch(r"sep=(.)", first)
    divider = told[1] if told else _divider(text)
    if told:
        text = text.replace(text[: text.index("\n")], "", 1)  # its row stays, and is empty
    # At most so many cells: a divider may stand inside quotation marks, but none is forgotten.
    widest = 1 + max(line.count(divider) for line in io.StringIO(text))
    try:
        with pd.read_csv(
            io.StringIO(text),
            sep=divider,
            header=None,
            names=range(widest),
            dtype=str,  # "category" would read 1.200 as a number
            keep_default_na=False,
            skip_blank_lines=False,
            index_col=False,
            chunksize=ROWS_AT_A_TIME,
        ) as chunks:
            grid = _as_categories(list(map(_categories_of, chunks)))
    except (csv.Error, pd.errors.ParserError) as error:
        raise TableError(
            f'{path.name} cannot be divided into cells ({error}). Is a quotation mark (") open '
            "somewhere? Save it from your spreadsheet again."
        ) from error
    grid.index = pd.RangeIndex(1, len(grid) + 1)
    return grid, used, divider


def _categories_of(chunk: pd.DataFrame) -> pd.DataFrame:
    return chunk.fillna("").astype("category")


def _as_categories(chunks: list[pd.DataFrame]) -> pd.DataFrame:
    """One table: each text is kept once, and each cell is a small number."""
    if len(chunks) == 1:
        return chunks[0]
    return pd.DataFrame(
        {name: union_categoricals([chunk[name] for chunk in chunks]) for name in chunks[0]}
    )


def filled(column: pd.Series) -> np.ndarray:
    """Which cells of a column hold more than blanks.

    Examples
    --------
    >>> filled(pd.Series(["a", " ", None], dtype="category")).tolist()
    [True, False, False]
    """
    if isinstance(column.dtype, pd.CategoricalDtype):
        of_texts = [bool(str(text).strip()) for text in column.cat.categories]
        return np.array([*of_texts, False])[column.cat.codes.to_numpy()]
    return column.astype("string").str.strip().fillna("").ne("").to_numpy(dtype=bool)


def decoded(content: bytes, name: str, encoding: str = "") -> tuple[str, str]:
    """The text of a file, and how its letters were saved.

    Examples
    --------
    >>> decoded("Köln;1".encode("latin-1"), "a.csv")
    ('Köln;1', 'cp1252')
    >>> decoded("广东;1".encode("gb18030"), "a.csv")
    ('广东;1', 'gb18030')
    """
    if encoding:
        try:
            return content.decode(encoding).lstrip("\ufeff"), encoding
        except LookupError as error:
            raise TableError(f"There is no encoding {encoding!r}: see region.toml.") from error
        except UnicodeDecodeError as error:
            raise TableError(f"{name} was not saved in the encoding {encoding}.") from error
    tries = ["utf-8-sig"]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        tries = ["utf-16"]
    elif b"\0" in content[:2000]:
        tries = ["utf-16-le" if content[1:2] == b"\0" else "utf-16-be"]
    for one in tries:
        try:
            return content.decode(one).lstrip("\ufeff"), one.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    # Of the older encodings, Chinese writes a character in two bytes and Western Europe in one.
    runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", content)]
    if all(length % 2 == 0 for length in runs):
        try:
            return content.decode("gb18030"), "gb18030"
        except UnicodeDecodeError:
            pass
    try:
        text = content.decode("cp1252")
        strange = {char for char in text.lower() if not char.isascii()} - WESTERN - PUNCTUATION
        if not strange:
            return text, "cp1252"
    except UnicodeDecodeError:
        pass
    raise TableError(
        f"{name} does not say how its letters were saved. Save it as CSV UTF-8, or write encoding "
        'in region.toml, such as encoding = "cp1250" (Central Europe) or "cp1251" (Cyrillic).'
    )


def _divider(text: str) -> str:
    """The divider that makes the most cells, the same number in most rows."""
    some = list(islice((line for line in io.StringIO(text) if line.strip()), 40))
    best, most = ",", 0.0
    for divider in DIVIDERS:
        widths = [len(row) for row in csv.reader(some, delimiter=divider)]
        width, rows = Counter(widths).most_common(1)[0]
        score = rows * (width > 1) + 0.01 * min(width, 50)
        if score > most + 0.005 and width > 1:
            best, most = divider, score
    return best


def _workbook(path: Path, sheet: Any) -> pd.DataFrame:
    if not path.is_file():
        raise TableError(f"There is no file {path.name} in {path.parent}.")
    try:
        grid = pd.read_excel(path, sheet_name=sheet, header=None, dtype=object)
    except ImportError as error:
        raise TableError(
            f"{path.name} is an Excel workbook, and the package openpyxl that reads it is not "
            "installed. Save the sheet as CSV UTF-8, or install openpyxl."
        ) from error
    except ValueError as error:
        raise TableError(f"{path.name} has no sheet {sheet!r} that can be read.") from error
    except Exception as error:  # whatever a broken zip raises in openpyxl
        raise TableError(f"{path.name} cannot be read as an Excel workbook.") from error
    texts = grid.map(_cell_text).astype("category")
    texts.index = pd.RangeIndex(1, len(texts) + 1)
    return texts


def _cell_text(value: Any) -> str:
    """A workbook's cell as a text: a number keeps its value, and a year is no decimal."""
    if value is None or (isinstance(value, float) and pd.isna(value)):
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _with_headings(name: str, grid: pd.DataFrame, skip: int, encoding: str, divider: str) -> Sheet:
    if skip < 0 or skip >= len(grid):
        raise TableError(f"{name} has {len(grid)} rows, so skip = {skip} leaves no headings.")
    above = grid.iloc[skip:]
    said = [any(str(cell).strip() for cell in row) for row in above.head(20).itertuples(False)]
    start = skip + (said.index(True) if any(said) else 0)
    headings = ["" if pd.isna(cell) else str(cell).strip() for cell in grid.iloc[start]]
    while headings and not headings[-1]:
        headings.pop()
    cells = grid.iloc[start + 1 :, : len(headings)]
    beyond = grid.iloc[start + 1 :, len(headings) :]
    for column in beyond:
        over = filled(beyond[column])
        if over.any():
            row = beyond.index[over][0]
            if str(grid.iloc[start, 0]).strip() and len(headings) == 1:
                raise TableError(
                    f"{name}: row {start + 1} seems to be a title and not the headings. Row {row} "
                    f"looks like the headings: write skip = {row - 1}."
                )
            raise TableError(
                f"{name}, row {row}: it has more cells than there are headings. Is there a title "
                "above the headings? Then write skip = the number of rows above them in "
                "region.toml. Else look for a divider inside a name."
            )
    cells.columns = pd.Index(
        [heading or f"(no heading, column {place + 1})" for place, heading in enumerate(headings)]
    )
    letters = LETTERS.get(encoding, encoding.upper())
    read_as = f"{DIVIDERS.get(divider, divider)} between cells, {letters}" if encoding else WORKBOOK
    return _whole(Sheet(name, cells, read_as, encoding, divider))


def _whole(sheet: Sheet) -> Sheet:
    """Without empty rows; two headings of one name are refused."""
    twice = sheet.cells.columns[sheet.cells.columns.duplicated()]
    if len(twice):
        raise TableError(f"{sheet}: the heading {twice[0]!r} stands there twice. Rename one.")
    full = np.zeros(len(sheet.cells), dtype=bool)
    for name in sheet.cells:
        full |= filled(sheet.cells[name])
    if not full.any():
        raise TableError(f"{sheet} has headings ({listed(sheet.headings, most=6)}) and no rows.")
    return sheet if full.all() else replace(sheet, cells=sheet.cells.loc[full])


def years_in(headings: list[str]) -> dict[str, int]:
    """Headings that name one year each, such as "2010", "gdp2010" or "2010 p".

    Examples
    --------
    >>> years_in(["State", "pcgdp1940", "2000 (p)"])
    {'pcgdp1940': 1940, '2000 (p)': 2000}
    """
    found = {heading: YEAR.findall(heading) for heading in headings}
    return {heading: int(years[0]) for heading, years in found.items() if len(years) == 1}
