"""A table to be read: whole sentences in its cells, words on the left, numbers on the right."""

from __future__ import annotations

import html
import math
from collections.abc import Callable
from typing import Any

import pandas as pd


class WordsTable:
    """A table on the page. Made by `words_table`."""

    def __init__(self, frame: pd.DataFrame):
        self.frame = frame

    def __repr__(self) -> str:
        return self.frame.to_string()

    def _repr_html_(self) -> str:
        return table_html(in_words(self.frame))


def words_table(frame: pd.DataFrame) -> WordsTable:
    """Show a table whose cells hold words.

    Pandas cuts long cells and puts words on the right, where they are hard to read.

    Parameters
    ----------
    frame : pandas.DataFrame
        What to show; its index is the first column.

    Examples
    --------
    >>> words_table(pd.DataFrame({"says": ["all of a long sentence"]}, index=["one"]))
                           says
    one  all of a long sentence
    """
    return WordsTable(frame)


def in_words(table: pd.DataFrame) -> pd.DataFrame:
    """The table as it is read on a page: `wage_ratio` is a wage ratio."""

    def words(name: Any) -> Any:
        return name.replace("_", " ") if isinstance(name, str) else name

    shown = table.rename(columns=words)
    return shown.rename_axis(
        index=[words(name) for name in shown.index.names],
        columns=[words(name) for name in shown.columns.names],
    )


def number_in_words(value: Any) -> str:
    """A number with four digits that count, as one reads it: without powers of ten.

    Examples
    --------
    >>> [number_in_words(value) for value in (1234567.8, 0.012345, 12.0, 7, "all")]
    ['1,234,568', '0.01235', '12', '7', 'all']
    """
    if not isinstance(value, float) or not math.isfinite(value):
        return str(value)
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    if 0 < abs(value) < 1e-4:
        return f"{value:.4g}"
    return f"{float(f'{value:.4g}'):.10f}".rstrip("0").rstrip(".")


def table_html(table: pd.DataFrame, caption: str = "", written: Callable[[Any], str] = str) -> str:
    """A table for a page that says of each heading what it belongs to.

    Parameters
    ----------
    table : pandas.DataFrame
        What is shown; its index are the first columns.
    caption : str
        What the table is.
    written : callable
        How a cell is written.
    """
    levels = max(1, table.columns.nlevels)
    names = [str(name or "") for name in table.index.names]
    numbers = [pd.api.types.is_numeric_dtype(column) for _, column in table.items()]
    head = []
    for level in range(levels):
        last = level == levels - 1
        corner = [_cell("th", name if last else "", "left", "col") for name in names]
        labels = table.columns.get_level_values(level)
        across = [
            _cell("th", label, "right" if number else "left", "col")
            for label, number in zip(labels, numbers, strict=True)
        ]
        head.append(f"<tr>{''.join(corner + across)}</tr>")
    body = []
    for place, values in zip(table.index, table.itertuples(index=False), strict=True):
        places = place if isinstance(place, tuple) else (place,)
        first = [_cell("th", one, "left", "row") for one in places]
        rest = [
            _cell("td", written(value), "right" if number else "left")
            for value, number in zip(values, numbers, strict=True)
        ]
        body.append(f"<tr>{''.join(first + rest)}</tr>")
    title = f"<caption>{html.escape(caption)}</caption>" if caption else ""
    return f"<table>{title}<thead>{''.join(head)}</thead><tbody>{''.join(body)}</tbody></table>"


def _cell(kind: str, value: Any, side: str, scope: str = "") -> str:
    words = str(value)
    if kind == "th" and not words:
        kind, scope = "td", ""  # an empty corner is the heading of nothing
    of = f' scope="{scope}"' if scope else ""
    # Said in the cell: a page without the style sheet has to show it as well.
    look = f"text-align: {side}; vertical-align: top"
    return f'<{kind}{of} style="{look}">{html.escape(words)}</{kind}>'
