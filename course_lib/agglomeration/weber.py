"""Alfred Weber's question: where is the one site from which all goods are moved most cheaply?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from course_lib.parameters import number, numbers, whole_number

TRIANGLE = ((1.0, 1.0), (9.0, 1.0), (5.0, 8.0))
"""The default places: two sources of material and a market, km from the corner of a map."""

PLACES = ("material 1", "material 2", "market")
"""Their names."""

N_ANGLES = 121
"""Points of an isodapane, the first one again at the end."""


@dataclass(frozen=True, eq=False)
class Site:
    """The site of least transport cost: the result of `least_cost_site`.

    Attributes
    ----------
    places : numpy.ndarray of float, shape (n_places, 2)
        Where things come from or go to, km.
    weights : numpy.ndarray of float, shape (n_places,)
        Tonnes moved between each place and the plant, for one unit of the product.
    location : numpy.ndarray of float, shape (2,)
        The best site, km.
    cost : float
        Tonne-kilometres of one unit of the product from there.
    at_place : int or None
        The place at which the best site lies, counted from 0; None if it lies between them.
    pulls : numpy.ndarray of float, shape (n_places,)
        For each place the joint pull of all others on a plant that stands there. The plant stays
        if the place's own weight is at least as large.
    names : tuple of str
        What each place is called; "place 1" and so on, if nothing else was said.
    """

    places: np.ndarray
    weights: np.ndarray
    location: np.ndarray
    cost: float
    at_place: int | None
    pulls: np.ndarray
    names: tuple[str, ...]

    def cost_at(self, x: float, y: float) -> float:
        """Tonne-kilometres of one unit of the product from any site."""
        return float(_cost(self.places, self.weights, np.array([[x, y]], dtype=float))[0])

    def isodapane(self, extra: float) -> np.ndarray:
        """The line of all sites at which a unit costs `extra` more than at the best one.

        Parameters
        ----------
        extra : float
            Cost above the least cost, tonne-kilometres, above 0.

        Returns
        -------
        numpy.ndarray of float, shape (n_angles, 2)
            Points of the line, km, once around the best site; the last one is the first again.

        Raises
        ------
        ValueError
            If `extra` is not above 0, or no place has a weight.
        """
        extra = number(
            "extra", extra, above=0, because="an isodapane lies where transport costs more"
        )
        return _isodapanes(self, np.array([extra]))[0]

    def isodapanes(self, extra: Sequence[float]) -> np.ndarray:
        """Several of these lines at once, shape (n_lines, n_angles, 2): see `isodapane`."""
        levels = numbers("extra", extra, "line")
        for level in levels:
            number("extra", level, above=0, because="an isodapane lies where transport costs more")
        return _isodapanes(self, levels)

    def to_frame(self) -> pd.DataFrame:
        """One row a place: where it is, its weight, and the pull of all others on a plant there."""
        frame = pd.DataFrame(self.places, columns=["x", "y"], copy=True)
        frame["weight"] = self.weights
        frame["pull_of_the_others"] = self.pulls
        frame["distance_to_the_best_site"] = np.hypot(*(self.places - self.location).T)
        return frame.set_index(pd.Index(self.names, name="place"))

    def summary(self) -> str:
        """One sentence: the best site and its cost."""
        x, y = self.location + 0.0  # no -0.0
        held = self.names[self.at_place or 0]
        held = held if held[-1:].isdigit() else f"the {held}"
        where = (
            f"at x = {x:.2f}, y = {y:.2f}, between the places"
            if self.at_place is None
            else f"at {held}, whose weight {self.weights[self.at_place]:.2f} "
            f"holds it against the joint pull of the others, {self.pulls[self.at_place]:.2f}"
        )
        return f"The cheapest site is {where}; a unit costs {self.cost:.2f} tonne-kilometres."


def least_cost_site(
    places: Sequence[Sequence[float]] = TRIANGLE,
    weights: Sequence[float] = (1.0, 1.0, 1.0),
    names: Sequence[str] | None = None,
) -> Site:
    r"""The site from which the weights of all places are moved over the least distance.

    Materials come from their sources, the product goes to its market, and a tonne-kilometre
    costs the same everywhere.

    Parameters
    ----------
    places : sequence of (float, float), length n_places
        Where things come from or go to, km. Any number of places from one.
    weights : sequence of float, length n_places
        Tonnes moved between each place and the plant, for one unit of the product. At least 0,
        and one of them above.
    names : sequence of str, length n_places, optional
        What each place is called in the sentence and in the table.

    Returns
    -------
    Site
        The best site, its cost, and the lines of equal cost around it.

    Raises
    ------
    ValueError
        If a weight is negative or all are zero, or places and weights do not go together.

    Notes
    -----
    The site minimises :math:`C(p) = \sum_i w_i |p - p_i|`, which is a bowl without other low
    points. Place :math:`i` is the best site if and only if

    .. math:: w_i \ge \Big| \sum_{j \ne i} w_j u_{ij} \Big|

    with :math:`u_{ij}` for the arrow of length one from :math:`i` to :math:`j`. This is tested
    first, exactly. If no place passes, the bowl is smooth at its lowest point, and Newton's
    method finds it, with a step of Weiszfeld's where it would not go down.

    References
    ----------
    Weber, A. (1909). *Über den Standort der Industrien*. Mohr. English: Friedrich, C. J. (1929),
    *Alfred Weber's Theory of the Location of Industries*. University of Chicago Press.

    Kuhn, H. W. (1973). A note on Fermat's problem. *Mathematical Programming* 4, 98-107.

    Examples
    --------
    Three equal weights at the corners of a triangle with the sides 3, 4 and 5:

    >>> site = least_cost_site([(0, 0), (4, 0), (0, 3)])
    >>> round(site.cost, 5)
    6.76643

    A weight that is less than the two others together can hold the plant all the same:

    >>> print(least_cost_site([(0, 0), (8, 1), (8, -1)], [1.99, 1, 1]).summary())
    The cheapest site is at place 1, whose weight 1.99 holds it against the joint pull of the
    others, 1.98; a unit costs 16.12 tonne-kilometres.
    """
    where, weight = _places_and_weights(places, weights)
    pulls, own = _pulls(where, weight)
    slack = 1e-12 * weight.sum()
    held = np.flatnonzero((own >= pulls - slack) & (own > 0))
    if len(held):
        # More than one place holds only if all sites between them are equally good.
        at_place = int(held[np.argmax(own[held])])
        location = where[at_place]
    else:
        at_place = None
        location = _between(where, weight)
    cost = float(_cost(where, weight, location[np.newaxis])[0])
    called = tuple(names or (f"place {row + 1}" for row in range(len(where))))
    if len(called) != len(where):
        raise ValueError(
            f"names and places must go together (got {len(called)} names and {len(where)} places): "
            "give one name for each place"
        )
    return Site(where, weight, location, cost, at_place, pulls, called)


def _pulls(where: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """At each place the length of the joint pull of the others, and the weight that holds there.

    Places at the same spot hold together.
    """
    apart = where - where[:, np.newaxis]
    distance = np.hypot(apart[..., 0], apart[..., 1])
    same = distance == 0
    arrows = apart / np.where(same, 1.0, distance)[..., np.newaxis]
    joint = np.einsum("j,ijk->ik", weight, arrows)
    return np.hypot(joint[:, 0], joint[:, 1]), same @ weight


def _cost(where: np.ndarray, weight: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Tonne-kilometres of one unit from each point, points of shape (..., 2)."""
    apart = points[..., np.newaxis, :] - where
    return np.hypot(apart[..., 0], apart[..., 1]) @ weight


def _between(where: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """The lowest point of the bowl when it is none of the places."""
    used = weight > 0
    where, weight = where[used], weight[used]
    total = weight.sum()
    # Away from a place the bowl is smooth: start downhill from the best of them.
    start = int(np.argmin(_cost(where, weight, where)))
    apart = where - where[start]
    distance = np.hypot(apart[:, 0], apart[:, 1])
    others = distance > 0
    pull = (weight[others] / distance[others]) @ apart[others]
    stiffness = (weight[others] / distance[others]).sum()
    surplus = 1 - weight[~others].sum() / np.hypot(*pull)
    point = where[start] + surplus * pull / stiffness  # Vardi and Zhang's step off a place
    best = float(_cost(where, weight, point))
    for _ in range(200):
        apart = where - point
        distance = np.hypot(apart[:, 0], apart[:, 1])
        if distance.min() == 0:
            return point
        near = weight / distance
        pull = near @ apart
        if np.hypot(*pull) < 1e-13 * total:
            break
        unit = apart / distance[:, np.newaxis]
        bend = near.sum() * np.eye(2) - np.einsum("i,ij,ik->jk", near, unit, unit)
        newton = np.linalg.solve(bend, pull)
        # Weiszfeld's step is slow and always goes down; Newton's is fast where it does.
        for step in (newton, newton / 4, pull / near.sum()):
            cost = float(_cost(where, weight, point + step))
            if cost < best:
                break
        else:
            # The cost is level to its last digit, and the pull is not: one more step of Newton's
            # brings twice as many digits of the place.
            return point + newton
        point, best = point + step, cost
    return point


def _isodapanes(site: Site, extra: np.ndarray) -> np.ndarray:
    angle = np.linspace(0, 2 * math.pi, N_ANGLES)
    ray = np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    ray[-1] = ray[0]
    # Far out the cost rises by the sum of the weights for each km, near the site by less: so far
    # from the site the line cannot be, because every place lies within `reach` of it.
    total = site.weights.sum()
    reach = np.hypot(*(site.places - site.location).T).max()
    far = (extra[:, np.newaxis] / total + 2 * reach) * np.ones(N_ANGLES)
    low, high = np.zeros_like(far), far
    for _ in range(36):  # to a thousandth of a millionth of the map
        middle = 0.5 * (low + high)
        cost = _cost(site.places, site.weights, site.location + middle[..., np.newaxis] * ray)
        below = cost - site.cost < extra[:, np.newaxis]
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return site.location + (0.5 * (low + high))[..., np.newaxis] * ray


def _places_and_weights(
    places: Sequence[Sequence[float]], weights: Sequence[float]
) -> tuple[np.ndarray, np.ndarray]:
    where = _points("places", places)
    weight = numbers("weights", weights, "place")
    if len(weight) != len(where):
        raise ValueError(
            f"places and weights must go together (got {len(where)} places and {len(weight)} "
            "weights): give one weight for each place"
        )
    if (weight < 0).any():
        first = int(np.argmax(weight < 0))
        raise ValueError(
            f"weights must not be below zero, but place {first + 1} has {weight[first]:g}: "
            "a place to which nothing is moved has the weight 0"
        )
    if weight.sum() == 0:
        raise ValueError(
            "weights must not all be zero: if nothing is moved, every site is as good as another"
        )
    return where, weight


def _points(name: str, places: Sequence[Sequence[float]]) -> np.ndarray:
    try:
        where = np.array(places, dtype=float)
    except (TypeError, ValueError):
        where = np.array(np.nan)
    if where.ndim != 2 or where.shape[1:] != (2,) or not len(where) or not np.isfinite(where).all():
        raise ValueError(f"{name} must be a list of (x, y) pairs in km, one for each place")
    return where


# --- when do plants leave their own best sites and join?


@dataclass(frozen=True, eq=False)
class Joining:
    """Plants that may join at one site: the result of `plants_join`.

    Attributes
    ----------
    plants : numpy.ndarray of float, shape (n_plants, 2)
        The least-cost site of each plant, km.
    saving, deviation_cost : float
        The parameters as they were given.
    meeting : numpy.ndarray of float, shape (2,)
        The site at which the plant with the longest way has the shortest possible, km.
    farthest : float
        That way, km.
    critical_saving : float
        The saving from which on all of them gain by joining.
    """

    plants: np.ndarray
    saving: float
    deviation_cost: float
    meeting: np.ndarray
    farthest: float
    critical_saving: float

    @property
    def critical_radius(self) -> float:
        """How far a plant may move for the saving, km: the radius of its critical isodapane."""
        return self.saving / self.deviation_cost

    @property
    def join(self) -> bool:
        """Whether all critical isodapanes share a site."""
        # To the last digits but three: at the critical saving itself they touch.
        return self.saving >= self.critical_saving * (1 - 1e-12)

    def to_frame(self) -> pd.DataFrame:
        """One row a plant: its own site, and what moving to the meeting place would cost it."""
        frame = pd.DataFrame(self.plants, columns=["x", "y"], copy=True)
        way = np.hypot(*(self.plants - self.meeting).T)
        frame["way_to_the_meeting_place"] = way
        frame["cost_of_moving"] = self.deviation_cost * way
        frame["gain"] = self.saving - frame["cost_of_moving"]
        return frame.rename_axis("plant")

    def summary(self) -> str:
        """One sentence: whether they join, and from which saving on."""
        alike = np.allclose(np.hypot(*(self.plants - self.meeting).T), self.farthest)
        return (
            f"Each plant may move {self.critical_radius:.2f} km for what it saves, and to meet, "
            f"{'each' if alike else 'one of them'} has to move {self.farthest:.2f} km: they "
            f"{'join' if self.join else 'stay apart'}. They join from a saving of "
            f"{self.critical_saving:.2f}."
        )


def plants_join(
    side: float = 10.0,
    saving: float = 4.0,
    deviation_cost: float = 1.0,
    plants: Sequence[Sequence[float]] | None = None,
) -> Joining:
    r"""Whether plants give up their own best sites to stand together.

    Each plant has a site of least transport cost. To leave it costs :math:`k` for each km. At a
    common site each saves :math:`a`. The line on which moving eats up the saving is the plant's
    **critical isodapane**, here a circle of radius :math:`a/k`. They join if all these circles
    share a point.

    Parameters
    ----------
    side : float
        Distance between three plants at the corners of an equal-sided triangle, km.
    saving : float
        What each plant saves by standing with the others, :math:`a`, money per unit, at least 0.
    deviation_cost : float
        What a km away from its own site costs a plant, :math:`k`, money per unit and km.
    plants : sequence of (float, float), optional
        Sites of 2 to 20 plants, km. Without them, the triangle.

    Returns
    -------
    Joining
        The meeting place, and the saving from which on they join.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    The meeting place is the centre of the smallest circle around all plants. For the triangle its
    radius is :math:`s/\sqrt3`, so they join if :math:`a \ge k s / \sqrt 3`.

    References
    ----------
    Weber, A. (1909). *Über den Standort der Industrien*. Mohr, chapter 5.

    Examples
    --------
    >>> round(plants_join().critical_saving, 4)
    5.7735
    """
    side = number("side", side, above=0, because="plants at one site have joined already")
    saving = number("saving", saving, least=0, because="nobody moves to lose")
    deviation_cost = number(
        "deviation_cost", deviation_cost, above=0, because="if moving is free, any site will do"
    )
    if plants is None:
        height = side * math.sqrt(3) / 2
        plants = [(-side / 2, -height / 3), (side / 2, -height / 3), (0.0, 2 * height / 3)]
    where = _points("plants", plants)
    whole_number("the number of plants", len(where), least=2, most=20, because="they are to meet")
    meeting, farthest = _smallest_circle(where)
    return Joining(where, saving, deviation_cost, meeting, farthest, deviation_cost * farthest)


def _smallest_circle(points: np.ndarray) -> tuple[np.ndarray, float]:
    """Centre and radius of the smallest circle around all points: two or three lie on it."""
    best = (points[0], math.inf)
    candidates = [0.5 * (a + b) for a, b in combinations(points, 2)]
    for a, b, c in combinations(points, 3):
        sides = 2 * np.array([b - a, c - a])
        if abs(np.linalg.det(sides)) > 1e-12 * np.abs(sides).max() ** 2:
            squares = np.array([b @ b - a @ a, c @ c - a @ a])
            candidates.append(np.linalg.solve(sides, squares))
    for centre in candidates:
        radius = float(np.hypot(*(points - centre).T).max())
        if radius < best[1]:
            best = (centre, radius)
    return best


# --- what the lab shows


def weber(
    weights: Sequence[float] = (1.0, 1.0, 1.0), market_x: float = 5.0, market_y: float = 8.0
) -> Site:
    """Two sources of material and a market that can be moved about: see `least_cost_site`.

    Parameters
    ----------
    weights : sequence of three floats
        Tonnes of the two materials and of the product, for one unit of the product.
    market_x, market_y : float
        Where the market is, km.

    Returns
    -------
    Site

    Examples
    --------
    >>> print(weber((1.8, 1, 1)).summary())
    The cheapest site is at material 1, whose weight 1.80 holds it against the joint pull of the
    others, 1.73; a unit costs 16.06 tonne-kilometres.
    """
    return least_cost_site((*TRIANGLE[:2], (market_x, market_y)), weights, PLACES)
