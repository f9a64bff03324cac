"""Where are the clusters of the United States? States, large metros, California's metros, 2019."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pandas as pd

from course_lib import datasets
from course_lib.agglomeration.one_place import jobs_in_the_nation
from course_lib.measures import ellison_glaeser, plant_herfindahl_bounds, strong_clusters
from course_lib.parameters import number, one_of

FIGURES = ("California's metros", "50 large metros", "US states")


@dataclass(frozen=True, eq=False)
class Clusters:
    """The strong clusters by a rule of the reader's own: the result of `find_clusters`.

    Attributes
    ----------
    figures : str
        Which table.
    cells : pandas.DataFrame
        One row a published cell: ``place``, ``place_short``, ``industry``, ``industry_short``,
        ``employment`` (persons), ``plants``, ``location_quotient``, ``national_share``, ``rank``
        (by quotient, 1 is the highest), ``of`` (places that publish the industry). Read only.
    strong : numpy.ndarray of bool, shape (n_cells,)
        Which of them are strong by the rule.
    least_quotient, least_share, least_plants, top : float
        The rule.
    when : str
        The year, as it stands in a sentence.
    """

    figures: str
    cells: pd.DataFrame = field(repr=False)
    strong: np.ndarray = field(repr=False)
    least_quotient: float
    least_share: float
    least_plants: int
    top: float
    when: str = ", 2019"

    @property
    def count(self) -> int:
        """Number of strong clusters."""
        return int(self.strong.sum())

    @property
    def best(self) -> pd.DataFrame:
        """Strong clusters, the highest location quotient first."""
        rows = np.flatnonzero(self.strong)
        quotient = self.cells["location_quotient"].to_numpy()[rows]
        return self.cells.iloc[rows[np.argsort(-quotient, kind="stable")]]

    @property
    def places(self) -> int:
        """Number of places that have one or more."""
        return int(self.cells["place"][self.strong].nunique())

    def to_frame(self) -> pd.DataFrame:
        """One row a strong cluster, the highest location quotient first."""
        table = self.best if self.count else self.cells.head(1).assign(industry="none is strong")
        return table.drop(columns=["place_short", "industry_short"]).set_index("place")

    def summary(self) -> str:
        """How many, and which is first."""
        total = len(self.cells)
        if self.count == 0:
            return (
                f"{self.figures}{self.when}: by this rule none of {total:,} published cells is "
                "strong."
            )
        first = self.best.iloc[0]
        people = f"{first['employment']:,.0f} jobs"
        return (
            f"{self.figures}{self.when}: {self.count:,} of {total:,} published cells are strong by "
            f"this rule. First by location quotient is {first['industry_short']} in "
            f"{first['place_short']} ({first['location_quotient']:.1f}; {people})."
        )


def find_clusters(
    figures: str = FIGURES[0],
    least_quotient: float = 1.0,
    least_share: float = 0.0,
    least_plants: int = 1,
    top: float = 0.25,
) -> Clusters:
    """Which places have a strong cluster in which industry, by a rule in four parts.

    Parameters
    ----------
    figures : str
        One of `FIGURES`.
    least_quotient : float
        Lowest location quotient, above 0.
    least_share : float
        Lowest share of the nation's jobs in the industry, 0 to 1.
    least_plants : int
        Lowest number of plants, at least 1.
    top : float
        Part of the places that can be strong in an industry, the highest quotients first, above
        0 and at most 1. Places whose figure is withheld are not counted: they are not zeros.

    Returns
    -------
    Clusters

    Raises
    ------
    ValueError
        If there is no such table or a limit makes no sense.

    References
    ----------
    Porter, M. E. (2003). The economic performance of regions. Regional Studies 37(6-7).

    Notes
    -----
    US Census Bureau, County Business Patterns 2019. Farms, government and the self-employed are
    not in it. The rule is in the manner of Porter's cluster maps and not a copy of one.

    Examples
    --------
    >>> find_clusters().count, find_clusters(least_share=0.05).count
    (1262, 75)
    """
    one_of("figures", figures, FIGURES)
    cells = published_cells(figures)
    strong = strong_clusters(
        cells,
        least_quotient=least_quotient,
        least_share=least_share,
        least_plants=least_plants,
        top=top,
    )
    return Clusters(figures, cells.copy(), strong, least_quotient, least_share, least_plants, top)


@lru_cache(maxsize=4)
def published_cells(figures: str) -> pd.DataFrame:
    """All published cells of a table, with location quotient, share and rank.

    Parameters
    ----------
    figures : str
        One of `FIGURES`.

    Returns
    -------
    pandas.DataFrame
        As in `Clusters`. Take a copy before you change it: it is kept.

    Examples
    --------
    >>> cells = published_cells("California's metros")
    >>> cells.nlargest(1, "location_quotient")[["place", "employment"]].values.tolist()
    [['Crescent City, CA', 30]]
    """
    if figures == "US states":
        table, place = datasets.us_industry_employment(), "state"
    elif figures == "50 large metros":
        table, place = datasets.us_metro_industry_employment(), "metro"
    else:
        table, place = datasets.california_metros(), "metro"
    nation = table["us_employment"] / jobs_in_the_nation()
    quotient = table["employment"] / table[f"{place}_employment"] / nation
    by_industry = quotient.groupby(table["industry"])
    return pd.DataFrame(
        {
            "place": table[place],
            "place_short": table["metro_short" if place == "metro" else place],
            "industry": table["industry"],
            "industry_short": table["industry_short"],
            "employment": table["employment"],
            "plants": table["establishments"],
            "location_quotient": quotient,
            "national_share": table["employment"] / table["us_employment"],
            "rank": by_industry.rank(ascending=False, method="min").astype("int64"),
            "of": by_industry.transform("count").astype("int64"),
        }
    )


def localisation_of_states(least_coverage: float = 0.99) -> pd.DataFrame:
    """Ellison and Glaeser's index of industries over the US states, as far as figures allow.

    Plants' sizes are not published, only their number in each state. So the plant Herfindahl has
    bounds, and so has the index. Industries of which a state's figure is withheld are left out,
    and so are those whose cells hold less than ``least_coverage`` of the nation's jobs.

    Parameters
    ----------
    least_coverage : float
        From 0 to 1.

    Returns
    -------
    pandas.DataFrame
        Index ``industry``, the most localised first: ``raw_concentration``, ``gamma_low`` (if in
        each state one plant had nearly everybody), ``gamma_high`` (if all plants of a state were
        equal).

    Raises
    ------
    ValueError
        If the coverage is no share.

    Examples
    --------
    >>> table = localisation_of_states()
    >>> table.index[0].split(",")[0], round(float(table["gamma_high"].iloc[0]), 4)
    ('Securities', 0.0235)
    """
    least = number("least_coverage", least_coverage, least=0, most=1, because="it is a share")
    table = datasets.us_industry_employment()
    jobs = table.pivot(index="state", columns="industry", values="employment")
    plants = table.pivot(index="state", columns="industry", values="establishments")
    coverage = table.groupby("industry")["coverage"].first()
    kept = coverage.index[(coverage >= least) & jobs.notna().all()]
    everyone = table.groupby("state")["state_employment"].first()
    bounds = plant_herfindahl_bounds(jobs[kept], plants[kept])
    found = {
        name: ellison_glaeser(jobs[kept], bounds[side], region_shares=everyone / everyone.sum())
        for name, side in (("gamma_low", "high"), ("gamma_high", "low"))
    }
    result = pd.DataFrame({name: one["gamma"] for name, one in found.items()})
    result.insert(0, "raw_concentration", found["gamma_high"]["raw_concentration"])
    return result.sort_values("gamma_high", ascending=False)
