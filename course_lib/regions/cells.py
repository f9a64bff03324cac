"""Numbers as statistical offices write them: flags, gaps, decimal commas, spaces in thousands.

A gap is never a zero: a cell without a figure becomes a missing number, and it is counted why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from course_lib.regions.refusal import TableError
from course_lib.sentence import counted, listed

MISSING = frozenset(
    {"", ":", ".", "..", "...", "…", "-", "–", "—", "na", "(na)", "n/a", "n.a.", "nan", "null",
     "none", "<na>", "z", ":z", ":u", ": z", ": u", "missing"}
)  # fmt: skip
"""Cells that say there is no figure, in small letters."""

WITHHELD = frozenset(
    {"(d)", "d", "(s)", "s", "c", ":c", ": c", "(c)", "*", "**", "***", "/", "x", "(x)", "•",
     "n.d.", "(n)", "[c]", "[x]", "..c", "conf", "confidential", "suppressed"}
)  # fmt: skip
"""Cells that say the figure is known and not published, in small letters."""

FLAGS = re.compile(r"\s*(?:\(?[bdefinprsu]{1,3}\)?|\[[a-z0-9]\]|\*|r\)|p\))$", re.IGNORECASE)
SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’]")
PLAIN = re.compile(r"[+-]?(\d+|\d*[.,]\d+|\d{1,3}([.,]\d{3})+([.,]\d+)?)(e[+-]?\d+)?%?")
FORMS = {
    ".": re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d*)(\.\d+)?(e[+-]?\d+)?%?"),
    ",": re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d*)(,\d+)?(e[+-]?\d+)?%?"),
}
EITHER = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")  # 1,234: a thousand, or a little above one


@dataclass(frozen=True)
class Marks:
    """What cells without a plain number mean, beyond what every office writes.

    Attributes
    ----------
    missing, withheld, zero : frozenset of str
        Texts in small letters. What stands in `zero` is read as 0.
    decimal : str
        "." or ","; empty: seen from the numbers themselves.
    """

    missing: frozenset[str] = MISSING
    withheld: frozenset[str] = WITHHELD
    zero: frozenset[str] = frozenset()
    decimal: str = ""

    @classmethod
    def of(
        cls,
        missing: Iterable[str] = (),
        withheld: Iterable[str] = (),
        zero: Iterable[str] = (),
        decimal: str = "",
    ) -> Marks:
        """The usual ones, and what a person adds; what is added counts more."""
        gone, kept, none = (
            frozenset(str(text).strip().lower() for text in texts)
            for texts in (missing, withheld, zero)
        )
        if decimal not in ("", ".", ","):
            raise TableError(f'decimal must be "." or "," (got {decimal!r}).')
        return cls(
            (MISSING - kept - none) | gone, (WITHHELD - gone - none) | kept, none, str(decimal)
        )


@dataclass
class Count:
    """How many cells were read as what, over all columns of a table."""

    missing: int = 0
    withheld: int = 0
    zero: int = 0
    flagged: int = 0
    seen: dict[str, set[str]] = field(default_factory=dict)

    def add(self, what: str, texts: Iterable[str], cells: int) -> None:
        """Count cells, and remember how they were written."""
        setattr(self, what, getattr(self, what) + cells)
        self.seen.setdefault(what, set()).update(texts)

    def sentences(self) -> list[str]:
        """What was understood, one sentence a kind."""

        def written(what: str) -> str:
            texts = sorted(self.seen.get(what, ()))
            return listed([f'"{text}"' if text else "empty" for text in texts], most=4)

        said = []
        if self.missing:
            said.append(f"{counted(self.missing, 'cell')} without a figure ({written('missing')}).")
        if self.withheld:
            said.append(
                f"{counted(self.withheld, 'cell')} withheld by the office ({written('withheld')}): "
                "not a zero."
            )
        if self.zero:
            said.append(f"{counted(self.zero, 'cell')} read as 0, as you said ({written('zero')}).")
        if self.flagged:
            said.append(
                f"{counted(self.flagged, 'figure')} with a flag such as {written('flagged')}: the "
                "flag is left out, the figure is kept."
            )
        return said


def numbers(columns: pd.DataFrame, marks: Marks, where: str, count: Count) -> pd.DataFrame:
    """The numbers of columns of texts; what is no figure becomes a missing number.

    All columns are looked at together: a decimal comma in one says how to read the others.

    Parameters
    ----------
    columns : pandas.DataFrame
        Texts; categories for the sake of speed, or anything that `str` makes a text of. Its index
        is the row in the file.
    marks : Marks
        What cells without a number mean.
    where : str
        The file, for sentences.
    count : Count
        Where it is counted what was read.

    Returns
    -------
    pandas.DataFrame of float
        With the index and the columns of what was given.

    Raises
    ------
    TableError
        If a cell is neither a number nor known as a gap, or it cannot be told whether a comma
        stands before decimals or between thousands.

    Examples
    --------
    >>> texts = pd.DataFrame({"jobs": ["1.234,5", "(D)", ":", "987,1 p"]}, index=[2, 3, 4, 5])
    >>> numbers(texts, Marks(), "jobs.csv", Count())["jobs"].tolist()
    [1234.5, nan, nan, 987.1]
    """
    read = [_read(columns[name], marks, f"{where}, {name}", count) for name in columns]
    bare = [text for one in read for _, text in one.left]
    decimal = marks.decimal or _decimal(bare, where)
    form = FORMS[decimal]
    found = {}
    for name, one in zip(columns, read, strict=True):
        for place, text in one.left:
            if not form.fullmatch(text):
                row = columns.index[np.flatnonzero(one.codes == place)[0]]
                raise TableError(
                    f"{where}, {name}, row {row}: {text!r} is no number whose decimals stand "
                    f"behind {'a comma' if decimal == ',' else 'a point'}. Correct it, or write "
                    "decimal in region.toml."
                )
            between = "." if decimal == "," else ","
            number = text.rstrip("%").replace(between, "").replace(decimal, ".")
            one.values[place] = float(number)
        found[name] = pd.Series(one.values[one.codes], index=columns.index)
    return pd.DataFrame(found, index=columns.index)


@dataclass
class _Column:
    """A column half read: values by code, and the texts whose decimals are not known yet."""

    codes: np.ndarray
    values: np.ndarray
    left: list[tuple[int, str]] = field(default_factory=list)


def _read(column: pd.Series, marks: Marks, where: str, count: Count) -> _Column:
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        plain = column.astype("float64").to_numpy()
        if np.isinf(plain).any():
            raise TableError(
                f"{where}, row {column.index[np.isinf(plain)][0]}: an infinite number. Leave the "
                "cell empty if there is no figure."
            )
        gaps = int(np.isnan(plain).sum())
        if gaps:
            count.add("missing", [""], gaps)
        return _Column(np.arange(len(plain)), plain.copy())
    known = column if isinstance(column.dtype, pd.CategoricalDtype) else _as_category(column)
    texts = [str(text).strip() for text in known.cat.categories]
    codes = known.cat.codes.to_numpy()
    often = np.bincount(codes[codes >= 0], minlength=len(texts))
    if (codes < 0).any():
        count.add("missing", [""], int((codes < 0).sum()))
    found = _Column(codes, np.full(len(texts) + 1, np.nan))  # the last: a cell that is not there
    for place, text in enumerate(texts):
        if not often[place]:  # a category that no row has
            continue
        small = text.lower()
        kinds = [what for what in ("zero", "withheld", "missing") if small in getattr(marks, what)]
        if kinds:
            count.add(kinds[0], [text], int(often[place]))
            found.values[place] = 0.0 if kinds[0] == "zero" else np.nan
            continue
        bare = SPACES.sub("", text).replace("−", "-")
        if not PLAIN.fullmatch(bare):
            bare = SPACES.sub("", FLAGS.sub("", text)).replace("−", "-")
            if not PLAIN.fullmatch(bare):
                row = known.index[np.flatnonzero(codes == place)[0]]
                raise TableError(
                    f"{where}, row {row}: {text!r} is no number. If it means that there is no "
                    f"figure, write missing = [{text!r}] in region.toml, or withheld = [{text!r}] "
                    "if the office keeps it secret. Else correct it."
                )
            count.add("flagged", [text], int(often[place]))
        found.left.append((place, bare))
    return found


def _as_category(column: pd.Series) -> pd.Series:
    texts = [
        "" if value is None or value is pd.NA or value != value else str(value) for value in column
    ]
    return pd.Series(pd.Categorical(texts), index=column.index)


def _decimal(texts: list[str], where: str) -> str:
    """Which character stands before the decimals, seen from all numbers of a table."""
    comma = point = doubtful = ""
    for text in texts:
        bare = text.lstrip("+-").rstrip("%")
        commas, points = bare.count(","), bare.count(".")
        if commas and points:
            if bare.rfind(",") > bare.rfind("."):
                comma = comma or text
            else:
                point = point or text
        elif commas > 1 or (points == 1 and not EITHER.fullmatch(bare)):
            point = point or text
        elif points > 1 or (commas == 1 and not EITHER.fullmatch(bare)):
            comma = comma or text
        elif commas or points:
            doubtful = doubtful or text
    if comma and point:
        raise TableError(
            f"{where}: {comma!r} has its decimals behind a comma and {point!r} behind a point. "
            "Write all numbers in one way."
        )
    if doubtful and not comma and not point:
        raise TableError(
            f"{where}: it cannot be seen whether {doubtful!r} is above a thousand or not. Write "
            'decimal = "," or decimal = "." in region.toml: the character that stands before the '
            "decimals."
        )
    return "," if comma else "."
