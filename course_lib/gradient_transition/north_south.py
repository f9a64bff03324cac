"""North and south of China, and the dispersion inside each belt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib import datasets
from course_lib.measures import theil

NORTH = (
    "Beijing",
    "Tianjin",
    "Hebei",
    "Shanxi",
    "Inner Mongolia",
    "Liaoning",
    "Jilin",
    "Heilongjiang",
    "Shandong",
    "Henan",
    "Shaanxi",
    "Gansu",
    "Qinghai",
    "Ningxia",
    "Xinjiang",
)
"""Provinces north of the Qinling and the Huaihe, by whole provinces: a usual division."""


BELTS_OF_1986 = ("East", "Central", "West")


@dataclass(frozen=True, eq=False)
class NorthSouth:
    """Output per head of south over north, and each belt's own dispersion, year by year.

    Attributes
    ----------
    years : numpy.ndarray of int, shape (n_years,)
        The years.
    south_north : numpy.ndarray of float, shape (n_years,)
        Output per head in the south over that in the north.
    inside : numpy.ndarray of float, shape (n_years, n_belts)
        Theil's index among the provinces of each belt of 1986, in the order of `BELTS_OF_1986`.
    """

    years: np.ndarray
    south_north: np.ndarray
    inside: np.ndarray

    def to_frame(self) -> pd.DataFrame:
        """One row a year."""
        table = pd.DataFrame({"south_north": self.south_north}, index=self.years)
        for place, belt in enumerate(BELTS_OF_1986):
            table[f"theil_in_{belt.lower()}"] = self.inside[:, place]
        return table.rename_axis("year")

    def summary(self) -> str:
        """One sentence: the ratio in the first year, in 2014 and in the last."""
        at = dict(zip(self.years.tolist(), self.south_north, strict=True))
        first, last = int(self.years[0]), int(self.years[-1])
        return (
            f"Output per head in the south was {at[first]:.2f} times that in the north in "
            f"{first}, {at[2014]:.2f} times in 2014 and {at[last]:.2f} times in {last}."
        )


def north_south() -> NorthSouth:
    """Draw China's regions once more, across the belts: north and south.

    Returns
    -------
    NorthSouth

    Notes
    -----
    National Bureau of Statistics of China; nominal figures. The line of the Qinling and the Huaihe
    cuts through provinces (Shaanxi, Henan, Anhui, Jiangsu); each is counted whole on one side.

    Examples
    --------
    >>> print(north_south().summary())
    Output per head in the south was 0.84 times that in the north in 1978, 1.14 times in 2014 and
    1.24 times in 2023.
    """
    table = datasets.china_provinces()
    north = table["province"].isin(NORTH).map({True: "north", False: "south"})
    sums = table.groupby(["year", north])[["gdp", "population"]].sum()
    per_head = (sums["gdp"] / sums["population"]).unstack()
    inside = [
        [_own_theil(rows) for _, rows in table[table["belts_1986"] == belt].groupby("year")]
        for belt in BELTS_OF_1986
    ]
    return NorthSouth(
        per_head.index.to_numpy(),
        (per_head["south"] / per_head["north"]).to_numpy(),
        np.array(inside).T,
    )


def _own_theil(rows: pd.DataFrame) -> float:
    """Theil's index among some provinces, weighted by people."""
    return float(theil(rows["gdp"] / rows["population"], rows["population"]))
