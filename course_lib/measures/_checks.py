"""What every measure asks of its input: labelled numbers, none missing, none negative.

Each check gives the input back as a pandas object of floats, or raises a ``ValueError`` whose
message names the row and says what to do. Nothing is dropped and nothing is filled in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd

Values: TypeAlias = "Sequence[Any] | Mapping[Any, Any] | np.ndarray | pd.Series"
Table: TypeAlias = "Sequence[Sequence[float]] | np.ndarray | pd.DataFrame"


def column(values: Values, name: str = "values", *, above_zero: bool = False) -> pd.Series:
    """One column of numbers, labelled, each of them zero or more (or above zero)."""
    numbers = _numbers(_as_series(values, name), name)
    lowest = float(numbers.min())
    if lowest < 0 or (above_zero and lowest == 0):
        rule = "must be above zero" if above_zero else "must not be negative"
        raise ValueError(
            f"{name} {rule}, but {_row(numbers.idxmin())} has {lowest:g}: "
            "look it up in the source and correct it, or leave that row out on purpose"
        )
    return numbers


def any_column(values: Values, name: str = "values") -> pd.Series:
    """One column of numbers of any sign, labelled."""
    return _numbers(_as_series(values, name), name)


def beside(other: Values, values: Values, name: str, other_name: str) -> pd.Series:
    """``other`` in the order of ``values``: by label where both have labels, else by position."""
    first, second = _as_series(values, name), _as_series(other, other_name)
    if _has_labels(values) and _has_labels(other):
        if first.index.equals(second.index):
            return second
        if first.index.has_duplicates or second.index.has_duplicates:
            twice = first.index if first.index.has_duplicates else second.index
            raise ValueError(
                f"{name} and {other_name} are matched by label, but "
                f"{_row(twice[twice.duplicated()][0])} stands there twice: give each row a "
                "label of its own"
            )
        for here, there, absent in (
            (name, other_name, first.index.difference(second.index, sort=False)),
            (other_name, name, second.index.difference(first.index, sort=False)),
        ):
            if len(absent):
                raise ValueError(
                    f"{here} has {_row(absent[0])} and {there} has not: "
                    "both need the same rows, so add the row or leave it out of both"
                )
        return second.reindex(first.index)
    if len(first) != len(second):
        raise ValueError(
            f"{name} and {other_name} must be equally long (got {len(first)} and {len(second)})"
        )
    return pd.Series(second.to_numpy(), index=first.index, name=second.name)


def shares(weights: Values | None, values: Values) -> pd.Series:
    """The weights as shares that sum to one; without weights, every row counts the same."""
    if weights is None:
        index = _as_series(values, "values").index
        return pd.Series(1 / len(index), index=index)
    numbers = column(beside(weights, values, "values", "weights"), "weights")
    return numbers / total(numbers, "weights")


def total(numbers: pd.Series, name: str) -> float:
    """The sum, which must not be zero: shares are parts of it."""
    result = float(numbers.sum())
    if result <= 0:
        raise ValueError(f"all {name} are zero, so nobody has a share of them: check the column")
    return result


def panel(table: Table, tidy: Sequence[str] | None = None) -> pd.DataFrame:
    """A panel of numbers above zero: rows years in order, columns regions, no gaps."""
    wide = _pivot(table, tidy) if tidy is not None else _as_frame(table, "panel")
    if _look_like_years(wide.columns) and not _look_like_years(wide.index):
        raise ValueError(
            "the panel needs a row for each year and a column for each region, "
            "but its columns look like years: turn it with `.T`"
        )
    if not pd.api.types.is_numeric_dtype(wide.index):
        raise ValueError(
            f"the rows of the panel must be years, as numbers (got {_label(wide.index[0])}): "
            "set them with `panel.index = panel.index.astype(int)`"
        )
    for axis, what in ((wide.index, "year"), (wide.columns, "region")):
        if axis.has_duplicates:
            twice = _label(axis[axis.duplicated()][0])
            raise ValueError(f"the {what} {twice} stands in the panel twice: keep one of them")
    wide = wide.sort_index()
    numbers = _cells(
        wide,
        "the panel has no number for {column} in {row}{more}: leave out that region or that year "
        "on purpose, because a gap cannot be guessed",
    )
    wrong = numbers <= 0
    if wrong.to_numpy().any():
        year, region, more = _first(wrong)
        raise ValueError(
            f"incomes must be above zero, but {_label(region)} has "
            f"{numbers.loc[year, region]:g} in {year}{more}: a zero has no logarithm and often "
            "stands for a missing figure, so look it up"
        )
    return numbers


def year_of(wide: pd.DataFrame, year: float) -> pd.Series:
    """The row of one year."""
    if year not in wide.index:
        raise ValueError(
            f"the panel has no year {year}: its years run from {wide.index[0]} to {wide.index[-1]}"
        )
    return wide.iloc[wide.index.get_loc(year)]  # type: ignore[return-value]


def employment(table: Table, *, withheld: bool = False) -> pd.DataFrame:
    """A table of zero or more: rows regions, columns industries."""
    frame = _as_frame(table, "table")
    for axis, what in ((frame.index, "region"), (frame.columns, "industry")):
        if axis.has_duplicates:
            twice = _label(axis[axis.duplicated()][0])
            raise ValueError(f"the {what} {twice} stands in the table twice: add the two up first")
    numbers = _cells(
        frame,
        "row {row}, column {column} has no number{more}: withheld is not zero, so put in the "
        "published figure or leave out that row or that column on purpose",
        allow_missing=withheld,
    )
    wrong = numbers < 0
    if wrong.to_numpy().any():
        row, col, more = _first(wrong)
        raise ValueError(
            f"the table must not have negative numbers, but row {_label(row)}, column "
            f"{_label(col)} has {numbers.loc[row, col]:g}{more}: look it up in the source"
        )
    return numbers


def totals(table: pd.DataFrame, axis: Literal[0, 1]) -> pd.Series:
    """Sums over industries (axis 1) or over regions (axis 0), none of them zero."""
    sums = table.sum(axis=axis)
    if (sums == 0).any():
        what = "row" if axis == 1 else "column"
        raise ValueError(
            f"the {what} {_label(sums.index[sums == 0][0])} adds up to zero, so it has no shares: "
            f"leave that {what} out on purpose"
        )
    return sums


def _has_labels(values: object) -> bool:
    return isinstance(values, pd.Series | Mapping)


def _as_series(values: Any, name: str) -> pd.Series:
    if isinstance(values, pd.DataFrame) or np.ndim(values) > 1:
        raise ValueError(
            f"{name} must be one column of numbers, and this is a table of shape "
            f"{np.shape(values)}: choose a column, such as table['income']"
        )
    if isinstance(values, str) or (np.ndim(values) == 0 and not isinstance(values, Mapping)):
        raise ValueError(f"{name} must be a list or a column of numbers (got {values!r})")
    series = pd.Series(values)
    if series.empty:
        raise ValueError(f"{name}: give at least one number (got none)")
    return series


def _are_no_numbers(series: pd.Series) -> bool:
    """Dates, or texts that only look like numbers: pandas would turn both into numbers."""
    dates = pd.api.types.is_datetime64_any_dtype(series) or pd.api.types.is_timedelta64_dtype(
        series
    )
    return dates or any(isinstance(value, str | bytes) for value in series)


def _numbers(series: pd.Series, name: str) -> pd.Series:
    numbers = pd.to_numeric(series, errors="coerce").astype("float64")
    missing = series.isna().to_numpy(dtype=bool)
    if missing.any():
        label = _row(series.index[missing][0])
        raise ValueError(
            f"{name} has no number for {label}{_more(missing)}: put in the published figure, or "
            "leave that row out on purpose"
        )
    wrong = ~np.isfinite(numbers.to_numpy())
    if _are_no_numbers(series) and not wrong.any():
        first = _label(series.iloc[0])
        raise ValueError(
            f"{name} must be numbers, and these are texts or dates, such as {first}: convert "
            "texts with `.astype(float)`"
        )
    if wrong.any():
        label, value = _row(series.index[wrong][0]), _label(series.to_numpy()[wrong][0])
        raise ValueError(f"{name} must be finite numbers, but {label} has {value}: correct it")
    return numbers


def _as_frame(table: Table, name: str) -> pd.DataFrame:
    if not isinstance(table, pd.DataFrame):
        if np.ndim(table) != 2:
            raise ValueError(f"the {name} must have rows and columns (got {type(table).__name__})")
        table = pd.DataFrame(np.asarray(table))
    if table.empty:
        raise ValueError(f"the {name} is empty: give at least one row and one column")
    return table


def _pivot(table: Table, tidy: Sequence[str]) -> pd.DataFrame:
    frame = _as_frame(table, "panel")
    if isinstance(tidy, str) or len(tidy) != 3:
        raise ValueError(f"tidy names three columns: year, region, income (got {tidy!r})")
    for name in tidy:
        if name not in frame.columns:
            raise ValueError(
                f"the table has no column {name!r}: its columns are {', '.join(map(str, frame))}"
            )
    year, region, value = tidy
    twice = frame.duplicated([year, region])
    if twice.any():
        row = frame.loc[twice.to_numpy()].iloc[0]
        raise ValueError(
            f"{_label(row[region])} has more than one row for {row[year]}: keep one of them"
        )
    return frame.pivot(index=year, columns=region, values=value)


def _cells(frame: pd.DataFrame, gap: str, *, allow_missing: bool = False) -> pd.DataFrame:
    numbers: pd.DataFrame = frame.apply(pd.to_numeric, errors="coerce").astype("float64")
    missing = frame.isna()
    if missing.to_numpy().any() and not allow_missing:
        row, col, more = _first(missing)
        raise ValueError(gap.format(row=_label(row), column=_label(col), more=more))
    wrong = pd.DataFrame(~np.isfinite(numbers)) & ~missing
    if wrong.to_numpy().any():
        row, col, more = _first(wrong)
        raise ValueError(
            f"row {_label(row)}, column {_label(col)} holds {_label(frame.loc[row, col])}, "
            f"which is not a finite number{more}: correct it"
        )
    return numbers


def _first(mask: pd.DataFrame) -> tuple[Any, Any, str]:
    rows, columns = np.nonzero(mask.to_numpy())
    return mask.index[rows[0]], mask.columns[columns[0]], _more(mask.to_numpy())


def _more(mask: np.ndarray) -> str:
    others = int(mask.sum()) - 1
    return f" (and {others} more like it)" if others else ""


def _look_like_years(index: pd.Index) -> bool:
    numbers = pd.to_numeric(pd.Series(index), errors="coerce")
    return bool(numbers.between(1000, 2999).all())


def _label(label: object) -> str:
    return f"'{label}'" if isinstance(label, str) else f"{label}"


def _row(label: object) -> str:
    return _label(label) if isinstance(label, str) else f"row {label}"
