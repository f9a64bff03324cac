"""Whose children are the firms of a cluster? Spin-offs and newcomers, as family trees."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pandas as pd

from course_lib.parameters import number, whole_number
from course_lib.sentence import counted

YEARS = 40
MOST_FIRMS = 20_000


@dataclass(frozen=True, eq=False)
class SpinOffs:
    """Firms of a cluster and the families they come from: the result of `spin_offs`.

    Attributes
    ----------
    spawning, arrivals : float
        Spin-offs of one firm in a year, and newcomers from outside in a year.
    year : int
        The year that is looked at.
    born : numpy.ndarray, shape (n_firms,)
        The year in which each firm was founded, rising; the first one in year 0.
    family : numpy.ndarray of int, shape (n_firms,)
        The family of each firm, counted from 0, the first firm's.
    """

    spawning: float
    arrivals: float
    year: int
    born: np.ndarray = field(repr=False)
    family: np.ndarray = field(repr=False)

    @property
    def firms(self) -> int:
        """Number of firms in the year."""
        return int(np.searchsorted(self.born, self.year, side="right"))

    @property
    def families(self) -> np.ndarray:
        """Firms of each family in the year, the largest first."""
        sizes: np.ndarray = np.sort(np.bincount(self.family[: self.firms]))[::-1]
        return sizes

    @property
    def largest_family(self) -> float:
        """Share of the firms that belong to the largest family."""
        return float(self.families[0] / self.firms)

    @property
    def expected(self) -> np.ndarray:
        """Expected number of firms in each year from 0 to the last."""
        return expected_firms(self.spawning, self.arrivals, np.arange(YEARS + 1))

    def to_frame(self) -> pd.DataFrame:
        """One row a firm that exists in the year: ``born`` and ``family``."""
        index = pd.RangeIndex(1, self.firms + 1, name="firm")
        columns = {"born": self.born[: self.firms], "family": self.family[: self.firms] + 1}
        return pd.DataFrame(columns, index=index)

    def summary(self) -> str:
        """How many firms and families, in one sentence."""
        firms = counted(self.firms, "firm")
        families = counted(len(self.families), "family", "families")
        return (
            f"Simulated, year {self.year}: {firms} of {families}; the largest family has "
            f"{self.largest_family:.0%} of them."
        )


def spin_offs(
    spawning: float = 0.1, arrivals: float = 0.1, year: int = 30, seed: int = 0
) -> SpinOffs:
    """A cluster grows from one firm by spin-offs and by newcomers; no firm closes.

    Each firm has a spin-off with the chance ``spawning`` a year, all alike, and the place draws
    ``arrivals`` newcomers a year on average. A spin-off belongs to its parent's family, and a
    newcomer founds one.

    Parameters
    ----------
    spawning : float
        Spin-offs of one firm in a year, 0 to 0.2.
    arrivals : float
        Newcomers in a year, 0 to 10.
    year : int
        The year that is looked at, 0 to 40.
    seed : int
        Of chance.

    Returns
    -------
    SpinOffs

    Raises
    ------
    ValueError
        If a number is out of its range, or the cluster has more than 20,000 firms in the year.

    References
    ----------
    Klepper, S. (2010). The origin and growth of industry clusters: the making of Silicon Valley
    and Detroit. Journal of Urban Economics 67(1).
    Saxenian, A. (1994). Regional Advantage: Culture and Competition in Silicon Valley and Route
    128.

    Notes
    -----
    The model is this course's own: Yule's birth process with immigration. Klepper's spin-offs
    inherit how good their parents are; here all firms are alike.

    Examples
    --------
    >>> print(spin_offs(arrivals=0).summary().split(";")[1])
     the largest family has 100% of them.
    """
    spawning = number("spawning", spawning, least=0, most=0.2, because="more soon fills the world")
    arrivals = number("arrivals", arrivals, least=0, most=10, because="it counts newcomers a year")
    year = whole_number("year", year, least=0, most=YEARS, because="the story is so long")
    seed = whole_number("seed", seed, least=0, because="it fixes chance")
    born, family = _history(spawning, arrivals, seed)
    if len(born) > MOST_FIRMS and born[-1] <= year:
        raise ValueError(
            f"the cluster has more than {MOST_FIRMS:,} firms in year {born[-1]:.0f}: choose an "
            "earlier year, or fewer spin-offs or newcomers"
        )
    return SpinOffs(spawning, arrivals, year, born, family)


@lru_cache(maxsize=64)
def _history(spawning: float, arrivals: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Years and families of all firms, up to the last year or one firm more than the most."""
    random = np.random.default_rng(seed)
    born, family, families = [0.0], [0], 1
    time = 0.0
    while len(born) <= MOST_FIRMS:
        rate = spawning * len(born) + arrivals
        if rate == 0:
            break
        time -= math.log(1 - random.random()) / rate
        if time > YEARS:
            break
        pick = random.random() * rate
        if pick < arrivals:
            family.append(families)
            families += 1
        else:
            parent = min(int((pick - arrivals) / spawning), len(born) - 1)
            family.append(family[parent])
        born.append(time)
    arrays = np.array(born), np.array(family, dtype=np.int64)
    for array in arrays:
        array.setflags(write=False)
    return arrays


def expected_firms(spawning: float, arrivals: float, years: np.ndarray) -> np.ndarray:
    """Expected number of firms after so many years: e^(bt) + (a / b)(e^(bt) - 1).

    Parameters
    ----------
    spawning, arrivals : float
        As in `spin_offs`; b and a of the formula, per year.
    years : array
        Years since the first firm.

    Returns
    -------
    numpy.ndarray

    Examples
    --------
    >>> expected_firms(0.1, 0.0, np.array([30])).round(2).tolist()
    [20.09]
    """
    time = np.asarray(years, dtype=float)
    if spawning == 0:
        return np.asarray(1 + arrivals * time)
    growth = np.exp(spawning * time)
    return np.asarray(growth + arrivals / spawning * (growth - 1))
