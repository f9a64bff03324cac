"""Guangdong: people and output inside and outside the Delta, each count of 2010 or of 2020."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from course_lib import datasets
from course_lib.growth_poles.guangdong import PEOPLE_2010, PEOPLE_2020
from course_lib.parameters import one_of

PEOPLE = {"2010": 104.303132, "2020": 126.012510}
"""People of the province by the censuses, millions."""

IN_THE_DELTA = {"2010": PEOPLE_2010, "2020": PEOPLE_2020}

COUNTS = tuple(PEOPLE)


@dataclass(frozen=True, eq=False)
class GuangdongPeople:
    """Who lives where, and what is made where: the result of `guangdong_people`.

    Attributes
    ----------
    years : tuple of str
        The year of each figure: people in the Delta, people outside, output.
    people : pandas.Series
        Millions; index "delta" and "outside".
    output : pandas.Series
        Billion yuan at the prices of the year; index "delta" and "outside".
    """

    years: tuple[str, str, str]
    people: pd.Series
    output: pd.Series

    @property
    def per_head(self) -> pd.Series:
        """Output per head, thousand yuan."""
        return self.output / self.people

    @property
    def gap(self) -> float:
        """Output per head in the Delta over that outside."""
        return float(self.per_head["delta"] / self.per_head["outside"])

    def to_frame(self) -> pd.DataFrame:
        """Two rows, the Delta and the rest."""
        frame = pd.DataFrame(
            {"people": self.people, "output": self.output, "per_head": self.per_head}
        )
        return frame.rename_axis("where")

    def summary(self) -> str:
        """One sentence: people, output, and the gap per head."""
        delta, outside, output = self.years
        return (
            f"With {self.people['delta']:.1f} million people in the Delta ({delta}) and "
            f"{self.people['outside']:.1f} million outside ({outside}), and the output of "
            f"{output}, output per head in the Delta is {self.gap:.2f} times that outside."
        )


def guangdong_people(
    delta: str = "2010", outside: str = "2010", output: str = "2010"
) -> GuangdongPeople:
    """Take each of three counts from 2010 or from 2020, and see which of them moves the gap.

    Parameters
    ----------
    delta, outside : {"2010", "2020"}
        From which census the people in the Delta, and those outside, are taken.
    output : {"2010", "2020"}
        From which year the output of both is taken.

    Returns
    -------
    GuangdongPeople

    Raises
    ------
    ValueError
        If there is no such year.

    Notes
    -----
    Output: Guangdong Statistics Bureau. People: the province's communiqué on the census of 2020
    (104,303,132 in 2010; 126,012,510 in 2020, 61.91 per cent of them in the Delta, 8.04 points
    more than in 2010), as the press printed it. The gap per head is a ratio of these counts by its
    definition. To exchange one of them says what it does to the ratio, and not what would have
    happened: with fewer people the Delta would have made less.

    Examples
    --------
    >>> round(guangdong_people().gap, 2), round(guangdong_people("2020", "2020", "2020").gap, 2)
    (3.41, 2.6)

    People outside alone, and people in the Delta alone:

    >>> round(guangdong_people(outside="2020").gap, 2), round(guangdong_people("2020").gap, 2)
    (3.41, 2.46)
    """
    years = (
        one_of("delta", delta, COUNTS),
        one_of("outside", outside, COUNTS),
        one_of("output", output, COUNTS),
    )
    inside = PEOPLE[years[0]] * IN_THE_DELTA[years[0]]
    rest = PEOPLE[years[1]] * (1 - IN_THE_DELTA[years[1]])
    gdp = datasets.guangdong_cities().query("year == @year", local_dict={"year": int(years[2])})
    made = gdp.groupby("pearl_river_delta")["gdp"].sum() / 10
    where = ["delta", "outside"]
    return GuangdongPeople(
        years,
        pd.Series([inside, rest], index=where),
        pd.Series([float(made[True]), float(made[False])], index=where),
    )
