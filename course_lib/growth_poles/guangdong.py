"""Guangdong: a bigger share of output for the Delta, and a smaller gap per head."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from course_lib import datasets
from course_lib.parameters import number, one_of
from course_lib.sentence import listed

PEOPLE_2010, PEOPLE_2020 = 0.539, 0.619
"""The Delta's share of Guangdong's people by the censuses of 2010 and 2020.

The province's communiqué on the seventh census (15 May 2021), as the press printed it: 61.91 per
cent in 2020, 8.04 points more than in 2010. To a tenth: more digits would not be worth more.
"""

CENTRES = ("Guangzhou", "Shenzhen")

# Degrees north and east of the city, rounded to a tenth: enough for a distance to some 10 km.
WHERE = {
    "Guangzhou": (23.1, 113.3),
    "Shenzhen": (22.5, 114.1),
    "Zhuhai": (22.3, 113.6),
    "Foshan": (23.0, 113.1),
    "Huizhou": (23.1, 114.4),
    "Dongguan": (23.0, 113.8),
    "Zhongshan": (22.5, 113.4),
    "Jiangmen": (22.6, 113.1),
    "Zhaoqing": (23.0, 112.5),
    "Shantou": (23.4, 116.7),
    "Shaoguan": (24.8, 113.6),
    "Heyuan": (23.7, 114.7),
    "Meizhou": (24.3, 116.1),
    "Shanwei": (22.8, 115.4),
    "Yangjiang": (21.9, 112.0),
    "Zhanjiang": (21.3, 110.4),
    "Maoming": (21.7, 110.9),
    "Qingyuan": (23.7, 113.1),
    "Chaozhou": (23.7, 116.6),
    "Jieyang": (23.6, 116.4),
    "Yunfu": (22.9, 112.0),
}

FIRST_YEARS = ("2000", "2005", "2010")


@dataclass(frozen=True, eq=False)
class Guangdong:
    """The Delta's nine cities and the other twelve: the result of `guangdong`.

    Attributes
    ----------
    since : int
        The first year of the comparison; the last is 2022.
    people_2020 : float
        The Delta's share of people in 2020 that was given.
    share : pandas.Series
        The Delta's share of Guangdong's output, index ``year``.
    cities : pandas.DataFrame
        Index ``city``: ``pearl_river_delta``; ``distance_km`` to the nearer of Guangzhou and
        Shenzhen, to 10 km; ``share_before`` and ``share_2022`` of the province's output;
        ``change``, the second over the first, minus 1.
    """

    since: int
    people_2020: float
    share: pd.Series
    cities: pd.DataFrame

    @property
    def gap_2010(self) -> float:
        """Output per head in the Delta over that of the rest, 2010."""
        return gap_per_head(float(self.share[2010]), PEOPLE_2010)

    @property
    def gap_2020(self) -> float:
        """The same in 2020, with the share of people that was given."""
        return gap_per_head(float(self.share[2020]), self.people_2020)

    @property
    def outside_that_gained(self) -> tuple[str, ...]:
        """Cities outside the Delta whose share of output grew."""
        rest = self.cities[~self.cities["pearl_river_delta"]]
        return tuple(map(str, rest.index[rest["change"] > 0]))

    def to_frame(self) -> pd.DataFrame:
        """One row a city, the nearest to the centres first."""
        return self.cities.copy()

    def summary(self) -> str:
        """Two sentences: the Delta's share, and who outside gained one."""
        gained = self.outside_that_gained
        who = listed(gained) if len(gained) < 3 else f"{len(gained)}"
        return (
            f"From {self.since} to 2022 the Delta's share of the province's output went from "
            f"{self.share[self.since]:.1%} to {self.share[2022]:.1%}. Of the twelve cities "
            f"outside, {who or 'none'} gained a larger share."
        )


def guangdong(since: str = "2000", people_2020: float = PEOPLE_2020) -> Guangdong:
    """Where Guangdong's output is made, and what that is per head.

    Parameters
    ----------
    since : {"2000", "2005", "2010"}
        First year of the comparison with 2022.
    people_2020 : float
        The Delta's share of the province's people in 2020, between 0 and 1. By the census it was
        0.619, and 0.539 ten years before.

    Returns
    -------
    Guangdong

    Raises
    ------
    ValueError
        If there is no such first year, or the share is not between 0 and 1.

    Notes
    -----
    Guangdong Statistics Bureau, output of cities. There are no people in that table: the shares
    of people are those of the census communiqué, as the press printed it. Distances are straight
    lines between coordinates that are rounded to a tenth of a degree.

    Examples
    --------
    >>> found = guangdong()
    >>> round(found.gap_2010, 2), round(found.gap_2020, 2)
    (3.41, 2.6)

    With the shares of people of 2010 in both years:

    >>> round(guangdong(people_2020=0.539).gap_2020, 2)
    3.61
    """
    first = int(one_of("since", since, FIRST_YEARS))
    people = number(
        "people_2020", people_2020, above=0, below=1, because="it is a share of all people"
    )
    shares = _shares()
    cities = shares[["pearl_river_delta", "distance_km"]].copy()
    cities["share_before"] = shares[first].copy()
    cities["share_2022"] = shares[2022].copy()
    cities["change"] = cities["share_2022"] / cities["share_before"] - 1
    delta = shares[shares["pearl_river_delta"]].drop(columns=["pearl_river_delta", "distance_km"])
    return Guangdong(first, people, delta.sum().rename_axis("year"), cities)


def gap_per_head(share_of_output: float, share_of_people: float) -> float:
    """Output per head inside over output per head outside, from two shares.

    Parameters
    ----------
    share_of_output, share_of_people : float
        What the inside has of both, between 0 and 1.

    Returns
    -------
    float

    Examples
    --------
    >>> round(gap_per_head(0.75, 0.5), 6)
    3.0
    """
    output = number("share_of_output", share_of_output, above=0, below=1, because="it is a share")
    people = number("share_of_people", share_of_people, above=0, below=1, because="it is a share")
    return output / (1 - output) / (people / (1 - people))


def distance_km(one: str, other: str) -> float:
    """Straight line between two cities of Guangdong.

    Parameters
    ----------
    one, other : str
        Cities of `WHERE`.

    Returns
    -------
    float
        Kilometres, right to about 10.

    Raises
    ------
    ValueError
        If there is no such city.

    Examples
    --------
    >>> round(distance_km("Guangzhou", "Shenzhen"), -1)
    110.0
    """
    (north, east), (north_2, east_2) = (WHERE[one_of("city", city, WHERE)] for city in (one, other))
    middle = math.radians((north + north_2) / 2)
    return 111.2 * math.hypot(north - north_2, (east - east_2) * math.cos(middle))


@lru_cache(maxsize=1)
def _shares() -> pd.DataFrame:
    """Each city's share of all cities' output in each year, with its distance, nearest first."""
    table = datasets.guangdong_cities()
    wide = table.pivot(index="city", columns="year", values="gdp")
    shares = (wide / wide.sum()).rename(columns=int)
    delta = table.drop_duplicates("city").set_index("city")["pearl_river_delta"]
    nearest = [min(distance_km(city, centre) for centre in CENTRES) for city in shares.index]
    shares.insert(0, "pearl_river_delta", delta.reindex(shares.index))
    shares.insert(1, "distance_km", np.round(nearest, -1))
    order: list[Any] = ["distance_km", 2022]
    return shares.sort_values(order, ascending=[True, False])
