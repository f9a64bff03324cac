"""Are plants nearer to each other than chance puts them? Duranton and Overman's K-density.

Regions have borders, and borders cut clusters in two. Distances do not know borders.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from course_lib.parameters import number, whole_number


@dataclass(frozen=True, eq=False)
class KDensity:
    """How often two plants of an industry are so far apart, beside plants placed by chance.

    Attributes
    ----------
    distance : numpy.ndarray, shape (n_distances,)
        Kilometres (or the unit of the coordinates), from 0.
    density : numpy.ndarray, shape (n_distances,)
        Smoothed share of the pairs of plants at that distance, per kilometre.
    low, high : numpy.ndarray, shape (n_distances,)
        Global confidence band: of all industries placed by chance, at most so many leave it
        upwards (or downwards) anywhere as ``level`` says.
    level : float
        That share, such as 0.05.
    bandwidth : float
        Of the smoothing, kilometres.
    """

    distance: np.ndarray = field(repr=False)
    density: np.ndarray = field(repr=False)
    low: np.ndarray = field(repr=False)
    high: np.ndarray = field(repr=False)
    level: float
    bandwidth: float

    @property
    def localised(self) -> bool:
        """Whether plants are nearer than chance: the density leaves the band upwards."""
        return bool((self.density > self.high).any())

    @property
    def dispersed(self) -> bool:
        """Whether plants keep apart: the density leaves the band downwards, and never upwards."""
        return not self.localised and bool((self.density < self.low).any())

    @property
    def index(self) -> float:
        """Index of localisation: the area between the density and the band above which it is."""
        above = np.maximum(self.density - self.high, 0.0)
        middles = (above[1:] + above[:-1]) / 2
        return float(middles @ np.diff(self.distance))

    def to_frame(self) -> pd.DataFrame:
        """One row a distance: ``density``, ``low``, ``high``."""
        columns = {"density": self.density, "low": self.low, "high": self.high}
        return pd.DataFrame(columns, index=pd.Index(self.distance, name="distance"))

    def summary(self) -> str:
        """The verdict in one sentence."""
        if self.localised:
            where = self.distance[self.density > self.high]
            return (
                f"The plants are localised: pairs {where.min():.0f} to {where.max():.0f} km apart "
                "are more frequent than chance makes them."
            )
        verdict = "keep apart" if self.dispersed else "stand as chance would place them"
        return f"The plants {verdict}: no distance is more frequent than chance makes it."


def k_density(
    plants: Any,
    sites: Any,
    *,
    furthest: float | None = None,
    n_distances: int = 50,
    level: float = 0.05,
    runs: int = 1000,
    seed: int = 0,
) -> KDensity:
    """Duranton and Overman's K-density, with its global confidence band.

    The distances of all pairs of plants are smoothed with a Gaussian kernel, reflected at zero.
    Then as many plants are dealt out over ``sites``, each at most once, ``runs`` times. The
    bandwidth is Silverman's rule for the industry's own distances, and it is kept for the runs.

    Parameters
    ----------
    plants : array-like, shape (n_plants, 2)
        Coordinates of the industry's plants, kilometres; at least three.
    sites : array-like, shape (n_sites, 2)
        Coordinates of all places where a plant of it could stand: those of all industries, its
        own among them.
    furthest : float, optional
        The largest distance that is looked at, kilometres; by default, the median distance of the
        pairs of sites.
    n_distances : int
        How many distances, from 0 to ``furthest``.
    level : float
        Share of chance industries that leave the band upwards, above 0 and below 1.
    runs : int
        How many chance industries: at least 100, and for a level of 0.05 about 500.
    seed : int
        Of chance.

    Returns
    -------
    KDensity

    Raises
    ------
    ValueError
        If coordinates are missing, there are fewer than three plants or no more sites than
        plants, all plants stand at one point, a plant stands at none of the sites, or there are
        too few runs for the level.

    References
    ----------
    Duranton, G. and Overman, H. G. (2005). Testing for localization using micro-geographic data.
    Review of Economic Studies 72(4).

    Examples
    --------
    A hundred sites along a road, and an industry at one end of it:

    >>> road = np.column_stack([np.arange(100.0), np.zeros(100)])
    >>> k_density(road[:12], road).summary()
    'The plants are localised: pairs 0 to 9 km apart are more frequent than chance makes them.'
    >>> k_density(road[::9], road).localised
    False
    """
    own, everywhere = _places("plants", plants, 3), _places("sites", sites, 4)
    if len(everywhere) <= len(own):
        raise ValueError(
            f"there are {len(own)} plants and {len(everywhere)} sites, so chance has no choice: "
            "give the sites of all industries"
        )
    level = number("level", level, above=0, below=1, because="it is a share of chance industries")
    runs = whole_number("runs", runs, least=100, because="a band needs many chance industries")
    steps = whole_number("n_distances", n_distances, least=2, because="a curve needs two points")
    random = np.random.default_rng(whole_number("seed", seed, least=0, because="it fixes chance"))

    all_distances = _pairwise_distances(everywhere)
    first, second = np.triu_indices(len(own), 1)
    distances = _pairwise_distances(own)[first, second]
    if distances.max() == 0:
        raise ValueError("all plants stand at one point, so there is no distance between them")
    known = set(map(tuple, everywhere))
    for plant, site in enumerate(map(tuple, own)):
        if site not in known:
            raise ValueError(
                f"plant {plant} stands at ({site[0]:g}, {site[1]:g}), which is none of the "
                "sites: sites must hold the places of all industries, this one's among them"
            )
    if furthest is None:
        furthest = float(np.median(all_distances[np.triu_indices(len(everywhere), 1)]))
    furthest = number("furthest", furthest, above=0, because="it is a distance")
    distance = np.linspace(0, furthest, steps)
    bandwidth = _silverman(distances)

    density = _smoothed(distances, distance, bandwidth)
    chance = np.empty((runs, steps))
    for run in range(runs):
        drawn = random.choice(len(everywhere), len(own), replace=False)
        chance[run] = _smoothed(all_distances[drawn[first], drawn[second]], distance, bandwidth)
    return KDensity(
        distance=distance,
        density=density,
        low=-_global_band(-chance, level),
        high=_global_band(chance, level),
        level=level,
        bandwidth=bandwidth,
    )


def _places(name: str, points: Any, least: int) -> np.ndarray:
    try:
        array = np.asarray(points, dtype=float)
    except (TypeError, ValueError):
        array = np.array(np.nan)
    if array.ndim != 2 or array.shape[1] != 2 or not np.isfinite(array).all():
        raise ValueError(
            f"{name} must have two coordinates for each place, all of them numbers (got shape "
            f"{np.shape(points)})"
        )
    if len(array) < least:
        raise ValueError(f"{name} must have at least {least} places (got {len(array)})")
    return array


def _pairwise_distances(points: np.ndarray) -> np.ndarray:
    difference = points[:, np.newaxis, :] - points[np.newaxis, :, :]
    distances: np.ndarray = np.sqrt((difference**2).sum(axis=2))
    return distances


def _silverman(distances: np.ndarray) -> float:
    """Silverman's (1986) rule of thumb; the standard deviation alone if half are equal."""
    quarter, three_quarters = np.quantile(distances, [0.25, 0.75])
    spread = float(distances.std(ddof=1))
    if three_quarters > quarter:
        spread = min(spread, float(three_quarters - quarter) / 1.34)
    if spread == 0:
        spread = float(distances.mean())
    return float(0.9 * spread * len(distances) ** -0.2)


def _smoothed(distances: np.ndarray, distance: np.ndarray, bandwidth: float) -> np.ndarray:
    """Gaussian kernel density, with what would lie below zero turned back."""
    below = (distance[:, np.newaxis] - distances) / bandwidth
    above = (distance[:, np.newaxis] + distances) / bandwidth
    heights = np.exp(-0.5 * below**2) + np.exp(-0.5 * above**2)
    density: np.ndarray = heights.mean(axis=1) / (bandwidth * np.sqrt(2 * np.pi))
    return density


def _global_band(chance: np.ndarray, level: float) -> np.ndarray:
    """At each distance the k-th highest of the runs, so that chance passes it as ``level`` says.

    One more industry placed by chance passes the k-th highest anywhere as often as a run's best
    rank over all distances is k or less: it would be one of k + 1. So the runs themselves pass it
    less often than the level. If even the highest run is passed too often, there are too few runs.
    """
    ranks = (-chance).argsort(axis=0).argsort(axis=0)  # 0 is the highest at that distance
    best = np.sort(ranks.min(axis=1))
    k = best[int(level * len(chance))] - 1
    if k < 0:
        raise ValueError(
            f"with {len(chance)} runs no band is passed by as few as {level:.0%} of chance "
            "industries: choose more runs"
        )
    band: np.ndarray = -np.sort(-chance, axis=0)[k]
    return band
