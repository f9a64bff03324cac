"""Do rich states have rich neighbours? Moran's I of the 48 states, year by year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from course_lib import datasets, measures
from course_lib.measures import MoransI
from course_lib.parameters import whole_number, year_in

SHUFFLES = 499
"""How many times the incomes are dealt out anew over the map."""


@dataclass(frozen=True, eq=False)
class RichNeighbours:
    """Each region's income beside the mean of its neighbours: the result of `rich_neighbours`.

    Attributes
    ----------
    year, seed : int
        The parameters as they were given.
    shuffled : bool
        Whether the incomes have been dealt out over the map by chance.
    incomes : pandas.Series, shape (n_regions,)
        Income per head of each region over the mean of the regions.
    moran : MoransI
        Of `incomes`, with the arrangements by chance.
    regions : str
        What the regions are, with their number.
    """

    year: int
    seed: int
    shuffled: bool
    incomes: pd.Series
    moran: MoransI
    regions: str = "48 states"

    def to_frame(self) -> pd.DataFrame:
        """One row a region: its income, and the mean of its neighbours, mean of all regions 1."""
        frame = self.moran.to_frame()
        frame.columns = pd.Index(["income", "mean_of_its_neighbours"])
        return frame.rename_axis(str(self.incomes.index.name))

    def summary(self) -> str:
        """One sentence: Moran's I, and how often chance brings one as far."""
        as_far = round(self.moran.p_value * (SHUFFLES + 1)) - 1
        dealt = ", dealt out over the map by chance" if self.shuffled else ""
        return (
            f"Incomes of {self.regions}, {self.year}{dealt}: Moran's I is {self.moran.value:.2f}; "
            f"of {SHUFFLES} maps made by chance {as_far} {'is' if as_far == 1 else 'are'} as far "
            f"from {self.moran.expected:.2f}."
        )


def rich_neighbours(year: int = 1929, shuffled: bool = False, seed: int = 1) -> RichNeighbours:
    """Compare each state's income per head with the mean of the states at its borders.

    Parameters
    ----------
    year : int
        1929 to 2009.
    shuffled : bool
        True deals the incomes of the year out over the map by chance: simulated.
    seed : int
        Of chance, for the dealing and for the comparison.

    Returns
    -------
    RichNeighbours

    Raises
    ------
    ValueError
        If the table has no such year.

    References
    ----------
    Moran, P. A. P. (1950). Notes on continuous stochastic phenomena. *Biometrika* 37(1/2), 17-23.

    Examples
    --------
    >>> round(rich_neighbours(1929).moran.value, 2)
    0.63
    """
    table = _incomes()
    year = year_in(table.index, "year", year)
    seed = whole_number("seed", seed, least=0, because="it fixes chance")
    incomes = table.T[year] / table.T[year].mean()
    if shuffled:
        dealt = np.random.default_rng(seed).permutation(incomes.to_numpy())
        incomes = pd.Series(dealt, index=incomes.index)
    return RichNeighbours(
        year=year,
        seed=seed,
        shuffled=bool(shuffled),
        incomes=incomes,
        moran=measures.morans_i(incomes, datasets.us_state_neighbours(), SHUFFLES, seed),
    )


@lru_cache(maxsize=1)
def _incomes() -> pd.DataFrame:
    return datasets.us_income().pivot(index="year", columns="state", values="income_per_head")
