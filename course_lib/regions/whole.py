"""The part of a table that has no gap: one rule for every lab, said wherever it is used."""

from __future__ import annotations

import numpy as np
import pandas as pd


def without_gaps(table: pd.DataFrame) -> pd.DataFrame:
    """Leave out rows and columns until no gap is left, the emptiest first.

    The line, a row or a column, of which the largest part is missing goes first; of two alike, the
    one that costs fewer figures. Nothing is filled in.

    Parameters
    ----------
    table : pandas.DataFrame
        Numbers, some of them missing.

    Returns
    -------
    pandas.DataFrame
        What is left, in the same order.

    Examples
    --------
    >>> table = pd.DataFrame({"A": [1.0, 2.0], "B": [np.nan, 3.0], "C": [np.nan, 5.0]})
    >>> without_gaps(table)
         A    B    C
    1  2.0  3.0  5.0
    """
    gaps = table.isna().to_numpy()
    rows, columns = (np.ones(count, dtype=bool) for count in gaps.shape)
    in_row, in_column = gaps.sum(axis=1).astype(float), gaps.sum(axis=0).astype(float)
    while in_row[rows].sum() > 0:
        wide, high = columns.sum(), rows.sum()
        row = int(np.argmax(np.where(rows, in_row, -1)))
        column = int(np.argmax(np.where(columns, in_column, -1)))
        of_row, of_column = in_row[row] / wide, in_column[column] / high
        if of_row > of_column or (of_row == of_column and wide <= high):
            rows[row] = False
            in_column -= gaps[row]
            in_row[row] = 0
        else:
            columns[column] = False
            in_row -= gaps[:, column]
            in_column[column] = 0
        in_row[~rows] = 0
        in_column[~columns] = 0
    return table.loc[rows, columns]
