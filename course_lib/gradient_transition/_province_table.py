"""China's table of provinces as grids of years and provinces, with its gaps found out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from course_lib.sentence import listed

YUAN_PER_HEAD = 1e4
"""100 million yuan over 10,000 persons, in yuan per person."""


def grids(provinces: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Names, years, and output and population as grids of shape (n_years, n_provinces)."""
    if not isinstance(provinces, pd.DataFrame):
        raise ValueError(
            "provinces must be a table with a row for each province and year "
            f"(got {type(provinces).__name__}): see `course_lib.datasets.china_provinces`"
        )
    for column in ("province", "year", "gdp", "population"):
        if column not in provinces:
            raise ValueError(
                f"the table has no column {column!r}: its columns are "
                + ", ".join(map(str, provinces.columns))
            )
    names, place = np.unique(provinces["province"].to_numpy(dtype=str), return_inverse=True)
    years, row = np.unique(provinces["year"].to_numpy(dtype=np.int64), return_inverse=True)
    shape = (len(years), len(names))
    if not len(provinces):
        raise ValueError("the table has no rows: give it provinces and years")
    twice = np.bincount(row * len(names) + place, minlength=shape[0] * shape[1]).reshape(shape)
    for wrong, problem in (
        (twice == 0, "has no row for {year}: add the published figures, or leave out {year}"),
        (twice > 1, "has more than one row for {year}: keep one of them"),
    ):
        if wrong.any():
            when, where = np.argwhere(wrong)[0]
            raise ValueError(f"{names[where]} " + problem.format(year=years[when]))
    figures = []
    for figure in ("gdp", "population"):
        grid = np.empty(shape)
        grid[row, place] = provinces[figure].to_numpy(dtype=float, na_value=np.nan)
        wrong = ~(np.isfinite(grid) & (grid > 0))
        if wrong.any():
            when, where = np.argwhere(wrong)[0]
            raise ValueError(
                f"{figure} must be above zero, but {names[where]} has {grid[when, where]:g} in "
                f"{years[when]}: put in the published figure"
            )
        figures.append(grid)
    return names, years, figures[0], figures[1]


def regions(
    provinces: pd.DataFrame, names: np.ndarray, scheme: str, known: tuple[str, ...]
) -> np.ndarray:
    """The region of each province, in the order of `names`: one for all years."""
    if scheme not in provinces:
        raise ValueError(
            f"the table has no column {scheme!r}: its columns are "
            + ", ".join(map(str, provinces.columns))
        )
    missing = provinces[scheme].isna().to_numpy()
    if missing.any():
        row = provinces.loc[missing].iloc[0]
        raise ValueError(f"{row['province']} has no region in {scheme}: give it one")
    labels = provinces[scheme].to_numpy(dtype=str)
    place = np.searchsorted(names, provinces["province"].to_numpy(dtype=str))
    region = np.empty(len(names), dtype=labels.dtype)
    region[place] = labels
    changed = region[place] != labels
    if changed.any():
        raise ValueError(
            f"{names[place[changed][0]]} has more than one region in {scheme}: "
            "a province keeps its region in all years, else the belts cannot be compared"
        )
    unknown = ~np.isin(region, known)
    if unknown.any():
        raise ValueError(
            f"{names[unknown][0]} has the region {str(region[unknown][0])!r} in {scheme}: "
            f"the regions are {listed(known)}"
        )
    return region
