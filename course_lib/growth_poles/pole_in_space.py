"""A pole among towns: who gains, who loses, and when."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.growth_poles.spread_backwash import backwash_in_year, spread_in_year
from course_lib.parameters import number, whole_number

WIDTH, HEIGHT = 400, 300
"""The map, km."""

YEARS = 40

LAST_TURN = 60
"""Years in which a town's turn is looked for: beyond the years that are shown."""

PEAK_YEAR = 8.0
"""Year in which backwash is largest."""

SPEED = 0.25
"""Speed at which spread arrives, per year."""

TOWNS = {
    "Alder": (45.0, 60.0),
    "Birch": (75.0, 225.0),
    "Cedar": (120.0, 130.0),
    "Dogwood": (150.0, 265.0),
    "Elm": (165.0, 40.0),
    "Fir": (185.0, 170.0),
    "Gum": (230.0, 110.0),
    "Hazel": (250.0, 235.0),
    "Ivy": (285.0, 35.0),
    "Juniper": (300.0, 160.0),
    "Kiwi": (350.0, 250.0),
    "Larch": (365.0, 95.0),
}
"""Twelve invented towns: name, km from the west, km from the south."""

NEVER = math.inf

HARDLY = 0.01
"""An effect smaller than this, either way, is called neither a gain nor a loss."""


@dataclass(frozen=True, eq=False)
class PoleInSpace:
    """Towns around a pole, year by year: the result of `pole_in_space`. All towns are invented.

    Attributes
    ----------
    pole : tuple of float
        Where the pole is, km from the west and from the south.
    shown_year : int
        The year shown.
    names : tuple of str
        The towns.
    places : numpy.ndarray of float, shape (n_towns, 2)
        Where they are, km.
    distance : numpy.ndarray of float, shape (n_towns,)
        Distance of each town from the pole, km.
    net : numpy.ndarray of float, shape (YEARS + 1, n_towns)
        Spread minus backwash in each town, in each year since the pole was founded. 1 is all the
        spread that arrives, in the long run, at the pole itself.
    turning_year : numpy.ndarray of float, shape (n_towns,)
        Year from which a town gains for good; infinite if not within 60 years.
    loss_radius : numpy.ndarray of float, shape (YEARS + 1,)
        In each year, the distance up to which places lose, km; 0 if nobody near loses, infinite
        if everybody loses.
    """

    pole: tuple[float, float]
    shown_year: int
    names: tuple[str, ...]
    places: np.ndarray
    distance: np.ndarray
    net: np.ndarray
    turning_year: np.ndarray
    loss_radius: np.ndarray

    @property
    def net_now(self) -> np.ndarray:
        """Net effect on each town in the year shown, shape (n_towns,)."""
        return self.net[self.shown_year]

    def nearest(self, count: int = 3) -> np.ndarray:
        """Positions of the towns nearest to the pole, the nearest first."""
        return np.argsort(self.distance, kind="stable")[:count]

    def to_frame(self) -> pd.DataFrame:
        """One row a town, the nearest to the pole first."""
        table = pd.DataFrame(
            {
                "distance_km": self.distance,
                "net_in_the_year": self.net_now,
                "lowest": self.net.min(axis=0),
                "gains_for_good_from_year": self.turning_year,
            },
            index=pd.Index(self.names, name="town"),
        )
        return table.sort_values("distance_km", kind="stable")

    def summary(self) -> str:
        """One sentence: who gains and who loses in the year shown, and when the nearest turns."""
        gain, lose = int((self.net_now > HARDLY).sum()), int((self.net_now < -HARDLY).sum())
        first = self.nearest(1)[0]
        nearest = f"{self.names[first]}, {self.distance[first]:.0f} km from the pole"
        turn = self.turning_year[first]
        when = (
            f"gains for good from year {turn:.1f} on"
            if turn < NEVER
            else f"does not gain for good within {LAST_TURN} years"
        )
        return (
            f"Year {self.shown_year} (invented towns): of {len(self.names)} towns, {gain} gain and "
            f"{lose} lose; {nearest}, {when}."
        )


def pole_in_space(
    pole_x: float = 200.0,
    pole_y: float = 140.0,
    year: int = YEARS,
    backwash: float = 1.0,
    spread_range: float = 100.0,
    backwash_range: float = 40.0,
    half_way: float = 20.0,
    towns: Sequence[Sequence[float]] | None = None,
) -> PoleInSpace:
    r"""Found a pole on a map of towns, and follow what it gives and takes.

    Parameters
    ----------
    pole_x, pole_y : float
        Where the pole is founded, km from the west (0 to 400) and from the south (0 to 300).
    year : int
        The year shown, 0 to 40.
    backwash : float
        Backwash at the pole when it is strongest, in year 8; 0 or more. Spread at the pole is 1 in
        the long run.
    spread_range, backwash_range : float
        Distances over which each falls to 37 per cent, km, above zero.
    half_way : float
        Year in which half of the spread has arrived.
    towns : sequence of (x, y), optional
        Places of the towns, km; without it twelve invented ones.

    Returns
    -------
    PoleInSpace

    Raises
    ------
    ValueError
        If a parameter is out of range, or a town is not a pair of numbers.

    Notes
    -----
    A town at distance d has in year t

    .. math:: n(d, t) = S(t)\, e^{-d/\ell_S} - B(t)\, e^{-d/\ell_B}

    where S comes late and B early, as in `course_lib.growth_poles.spread_backwash`. If spread
    reaches farther, in each year places nearer than :math:`\ln(B/S)/(1/\ell_B - 1/\ell_S)` lose.
    After the first few years this circle shrinks towards the pole: far towns turn first, with
    little to gain. Richardson (1976) and Gaile (1980) discuss the two parts in words. To put them
    together, and the formula, are this course's own.

    References
    ----------
    Richardson, H. W. (1976). Growth pole spillovers: the dynamics of backwash and spread.
    *Regional Studies* 10(1), 1-9.

    Gaile, G. L. (1980). The spread-backwash concept. *Regional Studies* 14(1), 15-25.

    Examples
    --------
    >>> print(pole_in_space(year=10).summary())
    Year 10 (invented towns): of 12 towns, 0 gain and 8 lose; Fir, 34 km from the pole, gains for
    good from year 18.1 on.
    """
    where = (
        number("pole_x", pole_x, least=0, most=WIDTH, because="the map is 400 km wide"),
        number("pole_y", pole_y, least=0, most=HEIGHT, because="the map is 300 km high"),
    )
    year = whole_number("year", year, least=0, most=YEARS, because="the model runs for 40 years")
    takes = number("backwash", backwash, least=0, because="it is how much is taken")
    reach = number("spread_range", spread_range, above=0, because="it is a distance in km")
    pull = number("backwash_range", backwash_range, above=0, because="it is a distance in km")
    late = number("half_way", half_way, least=0, because="it is a year after the founding")
    names, places = _towns(towns)
    distance = np.hypot(*(places - where).T)
    far_spread, far_backwash = np.exp(-distance / reach), takes * np.exp(-distance / pull)

    def net(when: np.ndarray) -> np.ndarray:
        rises = backwash_in_year(when, math.e / PEAK_YEAR, PEAK_YEAR)
        arrives = spread_in_year(when, 1.0, SPEED, late)
        return arrives[:, np.newaxis] * far_spread - rises[:, np.newaxis] * far_backwash

    years = np.arange(YEARS + 1)
    fine = np.linspace(0, LAST_TURN, 10 * LAST_TURN + 1)
    values = net(fine)
    loses = values < 0
    last = np.where(loses.any(axis=0), len(fine) - 1 - loses[::-1].argmax(axis=0), -1)
    inside = np.clip(last, 0, len(fine) - 2)
    low, high = fine[inside], fine[inside + 1]
    for _ in range(20):  # halve the tenth of a year in which the sign changes
        middle = (low + high) / 2
        gains = np.diagonal(net(middle)) >= 0  # each town in its own year
        low, high = np.where(gains, low, middle), np.where(gains, middle, high)
    turning = np.where(last < 0, 0.0, high)
    turning[last == len(fine) - 1] = NEVER

    strong = takes * backwash_in_year(years, math.e / PEAK_YEAR, PEAK_YEAR)
    weak = spread_in_year(years, 1.0, SPEED, late)
    larger = strong > weak
    radius = np.where(larger, math.inf, 0.0)
    if pull < reach:  # else spread, the weaker at the pole, falls behind ever more with distance
        radius[larger] = np.log(strong[larger] / weak[larger]) / (1 / pull - 1 / reach)
    return PoleInSpace(where, year, names, places, distance, net(years), turning, radius)


def _towns(towns: Sequence[Sequence[float]] | None) -> tuple[tuple[str, ...], np.ndarray]:
    if towns is None:
        return tuple(TOWNS), np.array(list(TOWNS.values()))
    try:
        places = np.array(towns, dtype=float)
    except (TypeError, ValueError):
        places = np.array(np.nan)
    if places.ndim != 2 or places.shape[1] != 2 or not np.isfinite(places).all():
        raise ValueError(
            "towns must be pairs of numbers, km from the west and km from the south, such as "
            f"[(40, 60), (75, 225)] (got {towns!r})"
        )
    return tuple(f"town {n}" for n in range(1, len(places) + 1)), places
