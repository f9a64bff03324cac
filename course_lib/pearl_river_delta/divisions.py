"""Guangdong's cities, and the divisions of industry that the document claims for the Delta."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import pandas as pd

from course_lib import datasets
from course_lib.maps import Tiles
from course_lib.parameters import one_of

EAST, WEST, CENTRE = "east bank", "west bank", "Guangzhou"
OTHER_DELTA, OUTSIDE = "Jiangmen and Zhaoqing", "other twelve cities"

CITIES = {
    EAST: ("Shenzhen", "Dongguan", "Huizhou"),
    WEST: ("Foshan", "Zhongshan", "Zhuhai"),
    CENTRE: ("Guangzhou",),
    OTHER_DELTA: ("Jiangmen", "Zhaoqing"),
}
"""The document's divisions, without Guangzhou in each of them; then the rest of the Delta."""

CLAIMED = {
    EAST: "electronic information",
    WEST: "electrical machinery",
    CENTRE: "vehicles, petrochemicals, trade, finance and more",
}
"""What the document says that each division makes. It is a claim: no table here has industries."""

BY_ITSELF, WITH_EAST, WITH_WEST, IN_EACH = (
    "by itself",
    "with the east bank",
    "with the west bank",
    "in each, as the document has it",
)
COUNTED = (BY_ITSELF, WITH_EAST, WITH_WEST, IN_EACH)
"""Where Guangzhou can be counted."""

FIRST = 2000

_LAYOUT = """
.. .. .. .. SG .. .. MZ ..
.. .. ZQ QY .. HY .. CZ ..
.. YF FS GZ DG HZ SW JY ST
.. .. JM ZS .. SZ .. .. ..
.. MM YJ ZH .. .. .. .. ..
ZJ .. .. .. .. .. .. .. ..
"""

_NAMES = {
    "CZ": "Chaozhou",
    "DG": "Dongguan",
    "FS": "Foshan",
    "GZ": "Guangzhou",
    "HY": "Heyuan",
    "HZ": "Huizhou",
    "JM": "Jiangmen",
    "JY": "Jieyang",
    "MM": "Maoming",
    "MZ": "Meizhou",
    "QY": "Qingyuan",
    "ST": "Shantou",
    "SW": "Shanwei",
    "SG": "Shaoguan",
    "SZ": "Shenzhen",
    "YJ": "Yangjiang",
    "YF": "Yunfu",
    "ZJ": "Zhanjiang",
    "ZQ": "Zhaoqing",
    "ZS": "Zhongshan",
    "ZH": "Zhuhai",
}


def _tiles() -> Tiles:
    places = {
        label: (row, column)
        for row, line in enumerate(_LAYOUT.split("\n")[1:-1])
        for column, label in enumerate(line.split())
        if label != ".."
    }
    return Tiles(
        "Guangdong's cities, schematic",
        tuple(_NAMES.values()),
        tuple(_NAMES),
        tuple(places[label][1] for label in _NAMES),
        tuple(places[label][0] for label in _NAMES),
    )


GUANGDONG = _tiles()
"""Where each city stands on the tile map. The layout is schematic and this course's own."""


@dataclass(frozen=True, eq=False)
class Divisions:
    """Shares of Guangdong's output: the result of `divisions`.

    Attributes
    ----------
    year : int
        The year.
    guangzhou : str
        Where Guangzhou is counted, one of `COUNTED`.
    cities : pandas.DataFrame, shape (21, 4)
        Index ``city``: ``division``, ``share`` of the cities' output in the year, ``share_2000``,
        ``against_2000`` (the first over the second).
    parts : pandas.DataFrame, shape (5, 2)
        Index ``division``: ``share`` and ``share_2000``, with Guangzhou counted as asked.
    """

    year: int
    guangzhou: str
    cities: pd.DataFrame = field(repr=False)
    parts: pd.DataFrame = field(repr=False)

    @property
    def total(self) -> float:
        """What the parts add up to: more than 1 if Guangzhou is counted more than once."""
        return float(self.parts["share"].sum())

    def to_frame(self) -> pd.DataFrame:
        """One row a city, the largest share first."""
        return self.cities.sort_values("share", ascending=False)

    def summary(self) -> str:
        """The shares of the divisions, then and now."""
        parts = [
            f"{part} {row['share']:.1%} (2000: {row['share_2000']:.1%})"
            for part, row in self.parts.iterrows()
            if row["share_2000"] > 0
        ]
        text = f"Shares of Guangdong's output in {self.year}: {'; '.join(parts)}"
        if self.total > 1.000001:
            text += f"; together {self.total:.0%}, because Guangzhou is counted more than once"
        return text + "."


def divisions(year: str | int = "2010", guangzhou: str = BY_ITSELF) -> Divisions:
    """Shares of the document's divisions in Guangdong's output.

    Parameters
    ----------
    year : str or int
        A year of `course_lib.datasets.guangdong_cities`: "2010" or 2010.
    guangzhou : str
        Where Guangzhou is counted: one of `COUNTED`. The document lists it in all three.

    Returns
    -------
    Divisions

    Raises
    ------
    ValueError
        If the table has no such year, or Guangzhou cannot be counted so.

    Notes
    -----
    Guangdong Statistics Bureau, gross domestic product of cities. There are no industries in the
    table. Which city belongs to which division is the document's claim.

    Examples
    --------
    >>> divisions(2022).parts["share"].round(3).to_dict()
    {'east bank': 0.379, 'west bank': 0.158, 'Guangzhou': 0.223,
     'Jiangmen and Zhaoqing': 0.05, 'other twelve cities': 0.189}
    """
    shares = _shares()
    year = int(one_of("year", str(year), [str(column) for column in shares.columns]))
    one_of("guangzhou", guangzhou, COUNTED)
    cities = pd.DataFrame({"division": _division_of(), "share": shares[year]})
    cities["share_2000"] = shares[FIRST].copy()
    cities["against_2000"] = cities["share"] / cities["share_2000"]
    cities.index.name = "city"
    columns = ["share", "share_2000"]
    parts = cities.groupby("division")[columns].sum().reindex([*CITIES, OUTSIDE])
    alone = parts.loc[CENTRE].copy()
    if guangzhou in (WITH_EAST, IN_EACH):
        parts.loc[EAST] += alone
    if guangzhou in (WITH_WEST, IN_EACH):
        parts.loc[WEST] += alone
    if guangzhou in (WITH_EAST, WITH_WEST):
        parts.loc[CENTRE] = 0.0
    return Divisions(year, guangzhou, cities, parts)


def years() -> list[int]:
    """The years of the table.

    Examples
    --------
    >>> years()[:4], years()[-1]
    ([2000, 2005, 2010, 2012], 2022)
    """
    return [int(year) for year in _shares().columns]


def division_shares() -> pd.DataFrame:
    """Share of each division in all years, with Guangzhou by itself; index ``year``.

    Examples
    --------
    >>> division_shares()["west bank"].round(3)[[2000, 2010, 2022]].to_dict()
    {2000: 0.154, 2010: 0.183, 2022: 0.158}
    """
    of_division = _shares().groupby(_division_of()).sum().T
    return of_division[[*CITIES, OUTSIDE]].rename_axis(index="year", columns=None)


@lru_cache(maxsize=1)
def _shares() -> pd.DataFrame:
    table = datasets.guangdong_cities()
    wide = table.pivot(index="city", columns="year", values="gdp")
    return wide / wide.sum()


def _division_of() -> pd.Series:
    home = {city: division for division, cities in CITIES.items() for city in cities}
    names = pd.Index(_shares().index)
    return pd.Series([home.get(str(city), OUTSIDE) for city in names], index=names)
