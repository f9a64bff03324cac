"""A table to be read: whole sentences in its cells, words on the left, numbers on the right."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Any

import pandas as pd


class WordsTable:
    """A table on the page. Made by `words_table`."""

    def __init__(self, frame: pd.DataFrame):
        self.frame = frame

    def __repr__(self) -> str:
        return self.frame.to_string()

    def _repr_html_(self) -> str:
        read = in_words(self.frame)
        numbers = [pd.api.types.is_numeric_dtype(column) for _, column in self.frame.items()]
        sides = ["left", *("right" if number else "left" for number in numbers)]
        rows = [_row("td", row, sides) for row in self.frame.itertuples()]  # the index comes first
        heading = _row("th", [read.index.name or "", *read.columns], sides)
        return f"<table><thead>{heading}</thead><tbody>{''.join(rows)}</tbody></table>"


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


def _row(kind: str, cells: Iterable[Any], sides: list[str]) -> str:
    written = (
        f'<{kind} style="text-align: {side}; vertical-align: top">{html.escape(str(cell))}</{kind}>'
        for cell, side in zip(cells, sides, strict=True)
    )
    return f"<tr>{''.join(written)}</tr>"
