"""Spread and backwash: what a pole does to places around it, over distance and over time."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.parameters import number

FARTHEST = 300
"""The end of the distance axis, km."""


# --- over distance


@dataclass(frozen=True, eq=False)
class SpreadBackwash:
    """Spread, backwash and what is left of both over distance: the result of `spread_backwash`.

    Attributes
    ----------
    spread, backwash : float
        Strengths at the pole, as they were given.
    spread_range, backwash_range : float
        Distances over which each falls to 37 per cent, km.
    distance : numpy.ndarray of float, shape (n,)
        Distance from the pole, km.
    gain : numpy.ndarray of float, shape (n,)
        Spread at each distance.
    loss : numpy.ndarray of float, shape (n,)
        Backwash at each distance, above zero.
    """

    spread: float
    backwash: float
    spread_range: float
    backwash_range: float
    distance: np.ndarray
    gain: np.ndarray
    loss: np.ndarray

    @property
    def net(self) -> np.ndarray:
        """Spread minus backwash at each distance."""
        return self.gain - self.loss

    @property
    def turns_at(self) -> float | None:
        """Distance at which the sign of the net effect changes, km; None if it never does."""
        return _turning_distance(self.spread, self.backwash, self.spread_range, self.backwash_range)

    @property
    def extreme_at(self) -> float | None:
        """Distance beyond the turn at which most is gained (or lost), km."""
        if self.turns_at is None:
            return None
        ratio = self.backwash * self.spread_range / (self.spread * self.backwash_range)
        where = math.log(ratio) / (1 / self.backwash_range - 1 / self.spread_range)
        return where if where > 0 else None

    def net_at(self, distance: float) -> float:
        """Net effect at one distance."""
        return self.spread * math.exp(-distance / self.spread_range) - self.backwash * math.exp(
            -distance / self.backwash_range
        )

    def to_frame(self) -> pd.DataFrame:
        """One row a distance."""
        return pd.DataFrame(
            {"spread": self.gain, "backwash": self.loss, "net": self.net},
            index=pd.Index(self.distance, name="distance_km"),
        )

    def summary(self) -> str:
        """One sentence: who loses, who gains, and where it turns."""
        at_pole = self.spread - self.backwash
        if self.turns_at is None:
            word = "gains" if at_pole > 0 or (at_pole == 0 and self.net[1] > 0) else "loses"
            if not self.net.any():
                return "Spread and backwash cancel everywhere."
            return f"Every place {word}: the net effect has the same sign at each distance."
        near, far = ("lose", "gain") if at_pole < 0 else ("gain", "lose")
        best = self.extreme_at
        most = f", most of all at {best:.0f} km" if best is not None else ""
        return f"Places nearer than {self.turns_at:.0f} km {near}; farther away they {far}{most}."


def spread_backwash(
    spread: float = 1.0,
    backwash: float = 2.0,
    spread_range: float = 100.0,
    backwash_range: float = 40.0,
) -> SpreadBackwash:
    r"""What a pole gives to places around it and takes from them, over distance.

    Parameters
    ----------
    spread : float
        Spread at the pole, :math:`S \ge 0`: purchases, wages sent home, know-how.
    backwash : float
        Backwash at the pole, :math:`B \ge 0`: people and savings that move there, markets lost.
    spread_range, backwash_range : float
        Distances :math:`\ell_S, \ell_B` over which each falls to 37 per cent, km, above zero.

    Returns
    -------
    SpreadBackwash

    Raises
    ------
    ValueError
        If a strength is negative, or a range is not above zero.

    Notes
    -----
    :math:`n(d) = S e^{-d/\ell_S} - B e^{-d/\ell_B}` changes its sign at

    .. math:: d_0 = \frac{\ln(B/S)}{1/\ell_B - 1/\ell_S}

    if that is above zero: a stronger and narrower backwash means loss near the pole and gain far
    from it; the reverse, gain near it and a shadow beyond. Myrdal (1957) and Hirschman (1958) have
    the two forces, Gaile (1980) writes of their decay with distance; this formula is ours.

    References
    ----------
    Myrdal, G. (1957). *Economic Theory and Under-Developed Regions*. Duckworth.

    Hirschman, A. O. (1958). *The Strategy of Economic Development*. Yale University Press.

    Gaile, G. L. (1980). The spread-backwash concept. *Regional Studies* 14(1), 15-25.

    Examples
    --------
    >>> print(spread_backwash().summary())
    Places nearer than 46 km lose; farther away they gain, most of all at 107 km.

    The reverse case:

    >>> print(spread_backwash(1, 0.5, spread_range=40, backwash_range=100).summary())
    Places nearer than 46 km gain; farther away they lose, most of all at 107 km.
    """
    gives = number("spread", spread, least=0, because="spread gives; a loss is backwash")
    takes = number("backwash", backwash, least=0, because="it is how much is taken")
    reach = number("spread_range", spread_range, above=0, because="it is a distance in km")
    pull = number("backwash_range", backwash_range, above=0, because="it is a distance in km")
    distance = np.linspace(0, FARTHEST, FARTHEST + 1)
    return SpreadBackwash(
        gives,
        takes,
        reach,
        pull,
        distance,
        gives * np.exp(-distance / reach),
        takes * np.exp(-distance / pull),
    )


def _turning_distance(
    spread: float, backwash: float, spread_range: float, backwash_range: float
) -> float | None:
    if not (spread > 0 and backwash > 0) or spread_range == backwash_range:
        return None
    where = math.log(backwash / spread) / (1 / backwash_range - 1 / spread_range)
    return where if where > 0 else None


# --- over time


def spread_in_year(
    year: np.ndarray | float, top: float = 1.0, speed: float = 0.25, half_way: float = 20.0
) -> np.ndarray:
    """Spread that comes late: slow at first, half of it in the year `half_way`, then all.

    Parameters
    ----------
    year : float or array
        Years since the pole was founded.
    top : float
        Spread in the long run.
    speed : float
        Speed at which it arrives, per year.
    half_way : float
        Year in which half of it has arrived.

    Returns
    -------
    numpy.ndarray of float, shape of `year`
        From 0 to `top`.

    Examples
    --------
    >>> spread_in_year(np.array([0.0, 20.0, 40.0])).round(4)
    array([0.0067, 0.5   , 0.9933])
    """
    gone = speed * (np.asarray(year, dtype=float) - half_way)
    return top * np.exp(-np.logaddexp(0.0, -gone))  # top / (1 + exp(-gone)), without overflow


def backwash_in_year(
    year: np.ndarray | float, growth: float = 0.12, peak_year: float = 8.0
) -> np.ndarray:
    """Backwash that comes early: it rises at once, is largest in `peak_year`, then fades.

    Parameters
    ----------
    year : float or array
        Years since the pole was founded.
    growth : float
        How fast backwash rises at first, per year.
    peak_year : float
        Year in which it is largest.

    Returns
    -------
    numpy.ndarray of float, shape of `year`
        0 or more, in the unit of the spread.

    Examples
    --------
    >>> backwash_in_year(np.array([0.0, 8.0, 40.0])).round(4)
    array([0.    , 0.3532, 0.0323])
    """
    when = np.asarray(year, dtype=float)
    return growth * when * np.exp(-when / peak_year)
