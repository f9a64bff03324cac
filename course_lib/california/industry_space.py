"""The industry space of the US states: what is near to what a state has?"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from course_lib import datasets, measures
from course_lib.agglomeration.one_place import jobs_in_the_nation
from course_lib.parameters import number, one_of, whole_number

STATES = "US states, 54 industries"
METROS = "50 large metros, 34 traded industries"
FIGURES = (STATES, METROS)
"""Tables in which relatedness can be tried."""

ENOUGH = 0.95
"""An industry is used if at least this part of its jobs is published state by state."""


@dataclass(frozen=True, eq=False)
class IndustrySpace:
    """One state in the industry space: the result of `industry_space`.

    Attributes
    ----------
    state : str
        The state.
    threshold : float
        From which location quotient on a state counts as having an industry.
    industries : pandas.DataFrame, shape (54, 3)
        Index ``industry``: ``location_quotient`` (missing where withheld), ``has`` (1 or 0;
        missing where withheld), ``relatedness`` (0 to 1).
    own : bool
        Whether it is a reader's own table: then names of industries stand as they are written.
    """

    state: str
    threshold: float
    industries: pd.DataFrame = field(repr=False)
    own: bool = False

    @property
    def nearest_missing(self) -> pd.DataFrame:
        """Industries that the state has not, the most related first. Withheld ones are left out."""
        missing = self.industries[self.industries["has"] == 0]
        return missing.sort_values("relatedness", ascending=False, kind="stable")

    @property
    def farthest_present(self) -> pd.DataFrame:
        """Industries that the state has, the least related first."""
        present = self.industries[self.industries["has"] == 1]
        return present.sort_values("relatedness", kind="stable")

    @property
    def number_here(self) -> int:
        """How many of the industries the state has."""
        return int(self.industries["has"].sum())

    def to_frame(self) -> pd.DataFrame:
        """One row an industry, the most related first."""
        return self.industries.sort_values("relatedness", ascending=False, kind="stable")

    def summary(self) -> str:
        """How many industries it has, what is nearest among the others, and what stands alone."""
        text = f"{self.state} has {self.number_here} of {len(self.industries)} industries"
        withheld = int(self.industries["has"].isna().sum())
        if withheld:
            text += f" ({withheld} withheld)"
        for table, words in (
            (self.nearest_missing, "of those it has not, the most related is"),
            (self.farthest_present, "of those it has, the least related is"),
        ):
            if len(table):
                one = table.iloc[0]
                name = str(one.name) if self.own else str(one.name).lower()
                text += (
                    f"; {words} {name} (relatedness {one['relatedness']:.2f}, "
                    f"quotient {one['location_quotient']:.2f})"
                )
        return text + "."


def industry_space(state: str = "California", threshold: float = 1.0) -> IndustrySpace:
    """What a state has, and how related it is to each industry.

    Two industries are near if the states that have one often have the other: proximity. A state is
    related to an industry if much of what is near to it is there: relatedness.

    Parameters
    ----------
    state : str
        One of `states`.
    threshold : float
        From which location quotient on a state counts as having an industry, above 0.

    Returns
    -------
    IndustrySpace

    Raises
    ------
    ValueError
        If there is no such state, or the threshold is so high that nobody has an industry.

    References
    ----------
    Hidalgo, C. A., Klinger, B., Barabasi, A.-L. and Hausmann, R. (2007). The product space
    conditions the development of nations. Science 317.

    Notes
    -----
    US Census Bureau, County Business Patterns 2019; three-digit industries of which at least 95
    per cent of the jobs are published state by state. A withheld cell is not read as zero.

    Examples
    --------
    >>> state = industry_space("Michigan")
    >>> state.number_here, state.nearest_missing.index[0]
    (19, 'Petrol stations')
    """
    one_of("state", state, states())
    threshold = number("threshold", threshold, above=0, because="1 is the nation's own mix")
    quotients, has = _presence(STATES, threshold)
    table = pd.DataFrame(
        {
            "location_quotient": quotients.loc[state],
            "has": has.loc[state],
            "relatedness": _relatedness(threshold).loc[state],
        }
    )
    return IndustrySpace(state, threshold, table.rename_axis("industry"))


def states() -> list[str]:
    """The states of the table, and Washington, D.C.

    Examples
    --------
    >>> len(states())
    51
    """
    return list(_presence(STATES, 1.0)[0].index)


@dataclass(frozen=True, eq=False)
class RelatednessTest:
    """Does relatedness tell what a place has? The result of `relatedness_test`.

    Attributes
    ----------
    figures : str
        The table.
    splits : int
        How many times the places were parted.
    rates : pandas.Series, shape (3,)
        Index ``third`` (most related, middle, least related): of the industries in this third,
        the share that the places do have.
    """

    figures: str
    splits: int
    rates: pd.Series = field(repr=False)

    def to_frame(self) -> pd.DataFrame:
        """One row a third."""
        return self.rates.to_frame()

    def summary(self) -> str:
        """The two rates that matter, in one sentence."""
        return (
            f"{self.figures}: of the third of industries that a place is most related to it has "
            f"{self.rates['most related']:.0%}, of the least related third "
            f"{self.rates['least related']:.0%}."
        )


def relatedness_test(figures: str = STATES, splits: int = 20, seed: int = 0) -> RelatednessTest:
    """Learn who is near to whom from one half of the places, and try it on the other half.

    Each time the places are parted by chance. Proximities come from one half. For each place of
    the other half, industries are put in order of relatedness and cut into thirds.

    Parameters
    ----------
    figures : str
        One of `FIGURES`.
    splits : int
        How many times, at least 1.
    seed : int
        Where chance starts.

    Returns
    -------
    RelatednessTest

    Raises
    ------
    ValueError
        If there is no such table, or there is no split.

    Notes
    -----
    Of the metros' industries, those that fewer than 35 of the 50 metros publish are left out.

    Examples
    --------
    >>> relatedness_test().rates.round(2).to_dict()
    {'most related': 0.66, 'middle': 0.37, 'least related': 0.17}
    """
    one_of("figures", figures, FIGURES)
    times = whole_number("splits", splits, least=1, because="it counts trials")
    chance = np.random.default_rng(whole_number("seed", seed, least=0, because="it is a seed"))
    _, has = _presence(figures, 1.0)
    found: dict[str, list[float]] = {"most related": [], "middle": [], "least related": []}
    done = 0
    while done < times:
        order = chance.permutation(len(has))
        learn, try_on = has.iloc[order[: len(has) // 2]], has.iloc[order[len(has) // 2 :]]
        if (learn.sum() == 0).any():  # an industry that this half has nowhere
            continue
        near = measures.proximity(learn, withheld="keep").to_numpy() - np.eye(has.shape[1])
        for row in try_on.to_numpy():
            known = np.isfinite(row)
            thirds = np.array_split(_most_related_first(row[known], near[np.ix_(known, known)]), 3)
            for name, part in zip(found, thirds, strict=True):
                found[name].extend(part)
        done += 1
    rates = {name: float(np.mean(part)) for name, part in found.items()}
    return RelatednessTest(
        figures, times, pd.Series(rates, name="share_they_have").rename_axis("third")
    )


def _most_related_first(here: np.ndarray, near: np.ndarray) -> np.ndarray:
    """Presence of industries, the most related first, on equal terms.

    Relatedness leaves out the industry itself. So what a place has would come out lower than what
    it has not even if all industries were equally near. The share of the *other* industries that
    the place has is what equal nearness would give: it is taken off.
    """
    related = (near @ here) / near.sum(axis=1)
    if_all_were_equally_near = (here.sum() - here) / (len(here) - 1)
    order = np.argsort(if_all_were_equally_near - related, kind="stable")
    return here[order]


@lru_cache(maxsize=32)
def _relatedness(threshold: float) -> pd.DataFrame:
    return measures.relatedness(_presence(STATES, threshold)[1], withheld="keep")


@lru_cache(maxsize=32)
def _presence(figures: str, threshold: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Location quotients, and who has what; rows places, columns industries."""
    if figures == STATES:
        table, place, jobs_here = datasets.us_industry_employment(), "state", "state_employment"
        table = table[table["coverage"] >= ENOUGH]
    else:
        table, place, jobs_here = (
            datasets.us_metro_industry_employment(),
            "metro",
            "metro_employment",
        )
        table["metro"] = table["metro_short"]
        table = table[table.groupby("naics")["metro"].transform("count") >= 35]
    table = table.assign(industry=table["industry_short"])
    jobs = table.pivot(index=place, columns="industry", values="employment")
    totals: dict[str, Any] = {
        "withheld": "keep",
        "region_totals": table.groupby(place)[jobs_here].first(),
        "industry_totals": table.groupby("industry")["us_employment"].first(),
        "national_total": jobs_in_the_nation(),
    }
    return (
        measures.location_quotient(jobs, **totals),
        measures.presence(jobs, threshold=threshold, **totals),
    )
