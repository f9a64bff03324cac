"""The puzzle: four provinces of China, each told as the story of one recipe."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from course_lib.datasets import china_relative_output
from course_lib.sentence import listed

FOUR_PLACES = {
    "Shanghai": "pole",
    "Zhejiang": "clusters",
    "Anhui": "gradient",
    "Liaoning": "complexes",
}
"""Provinces, and the recipe that their story is often told for. A story is no experiment."""


@dataclass(frozen=True, eq=False)
class FourPlaces:
    """Output per head of four provinces, country = 1: the result of `four_places`.

    Attributes
    ----------
    path : pandas.DataFrame
        Rows are years, columns the provinces.
    """

    path: pd.DataFrame

    def to_frame(self) -> pd.DataFrame:
        """One row a year, one column a province."""
        return self.path.rename(columns=str.lower)

    def summary(self) -> str:
        """One sentence: where each of the four began and where it is."""
        first, last = self.path.index[0], self.path.index[-1]
        parts = [
            f"{place} ({recipe}) {self.path[place].iloc[0]:.2f} and {self.path[place].iloc[-1]:.2f}"
            for place, recipe in FOUR_PLACES.items()
        ]
        return (
            f"Output per head in {first} and {last}, where China has 1: "
            f"{listed(parts, last=', and ')}."
        )


def four_places() -> FourPlaces:
    """Look up output per head of the four provinces, relative to the whole country.

    Returns
    -------
    FourPlaces
        1978 to 2023, at current prices.

    Examples
    --------
    >>> four_places().path.loc[2023].round(2).to_dict()
    {'Shanghai': 2.14, 'Zhejiang': 1.4, 'Anhui': 0.86, 'Liaoning': 0.81}
    """
    return FourPlaces(china_relative_output("province")[list(FOUR_PLACES)])
