"""Marshall's three: what a firm gains from neighbours of its own kind."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.parameters import number, whole_number
from course_lib.sentence import counted

MOST_FIRMS = 40
"""Right end of the axis of firms in the place."""


# --- one place with more and more firms


@dataclass(frozen=True, eq=False)
class Marshall:
    """What a unit costs in a place with many firms of one kind: the result of `marshall`.

    Attributes
    ----------
    firms : int
        Firms in the place.
    fixed_cost, mismatch_cost, first_cost, progress_ratio, spillover, rent : float
        The parameters as they were given.
    n : numpy.ndarray of int64, shape (n_sizes,)
        Numbers of firms, from 1.
    sharing, matching, learning : numpy.ndarray of float, shape (n_sizes,)
        The three parts of the cost of a unit, money, for each number of firms.
    crowding : numpy.ndarray of float, shape (n_sizes,)
        What rents and crowding add to the cost of a unit, money.
    shock_spread : numpy.ndarray of float, shape (n_sizes,)
        Swings of the wage: standard deviation of the mean of the firms' shocks, that of one firm
        being 1.
    """

    firms: int
    fixed_cost: float
    mismatch_cost: float
    first_cost: float
    progress_ratio: float
    spillover: float
    rent: float
    n: np.ndarray
    sharing: np.ndarray
    matching: np.ndarray
    learning: np.ndarray
    crowding: np.ndarray
    shock_spread: np.ndarray

    @property
    def unit_cost(self) -> np.ndarray:
        """The three parts and crowding together, shape (n_sizes,)."""
        return self.sharing + self.matching + self.learning + self.crowding

    @property
    def cheapest(self) -> int:
        """Number of firms at which a unit costs least."""
        return int(self.n[np.argmin(self.unit_cost)])

    def to_frame(self) -> pd.DataFrame:
        """The parts of the unit cost and the swings of the wage, by the number of firms."""
        return pd.DataFrame(
            {
                "sharing": self.sharing,
                "matching": self.matching,
                "learning": self.learning,
                "crowding": self.crowding,
                "unit_cost": self.unit_cost,
                "swings_of_the_wage": self.shock_spread,
            },
            index=pd.Index(self.n, name="firms"),
        )

    def summary(self) -> str:
        """One sentence: the unit cost and its parts, and where it is lowest."""
        here = self.firms - 1
        crowded = f", {self.crowding[here]:.2f} crowding" if self.rent else ""
        least = f"; it costs least with {self.cheapest} firms" if self.rent else ""
        return (
            f"With {counted(self.firms, 'firm')} in the place a unit costs "
            f"{self.unit_cost[here]:.2f}: {self.sharing[here]:.2f} is each one's share of what all "
            f"use, {self.matching[here]:.2f} the cost of a worker who does not quite fit, "
            f"{self.learning[here]:.2f} the making itself{crowded}; a firm alone pays "
            f"{self.unit_cost[0]:.2f}{least}."
        )


def marshall(
    firms: int = 5,
    fixed_cost: float = 10.0,
    mismatch_cost: float = 20.0,
    first_cost: float = 10.0,
    progress_ratio: float = 0.8,
    spillover: float = 0.5,
    rent: float = 0.0,
) -> Marshall:
    r"""Sharing, matching and learning in a place where firms of one kind gather.

    Marshall named three reasons why an industry stays where it is: suppliers that a single firm
    could not keep busy, a market for skilled workers, and knowledge that is "in the air". Duranton
    and Puga sort by mechanism instead, into sharing, matching and learning: Marshall's market for
    workers is matching where it brings a better fit, and sharing where it evens out good and bad
    times. Each part has a closed form of its own; to add them up in one unit cost, and to let
    crowding grow in step with the firms, is this course's doing.

    Parameters
    ----------
    firms : int
        Firms in the place, 1 to 40.
    fixed_cost : float
        Cost of what the firms share (a test laboratory, a rail siding), :math:`F`, money per
        round of production, in which each firm makes one unit.
    mismatch_cost : float
        What it costs to retrain a worker from the opposite side of the circle of skills and back,
        :math:`t`, money per unit and whole circle.
    first_cost : float
        Cost of making the very first unit, :math:`c_1`, money.
    progress_ratio : float
        What is left of the cost of making when experience doubles, above 0 and at most 1.
    spillover : float
        Part of a neighbour's experience that a firm learns from, 0 to 1.
    rent : float
        What one more firm in the place adds to the cost of each unit, by rents and full roads,
        :math:`h`, money. At 0 nothing speaks against one more.

    Returns
    -------
    Marshall
        The three parts of the unit cost for 1 to 40 firms.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    With :math:`n` firms,

    .. math:: \text{sharing} = \frac{F}{n}, \qquad \text{matching} = \frac{t}{4n}, \qquad
              \text{learning} = c_1 \left(1 + s (n-1)\right)^{-b}, \quad b = -\log_2 p, \qquad
              \text{crowding} = h (n-1) .

    Matching: skills lie on a circle of length one, :math:`n` firms stand on it at equal distances,
    and a worker goes to the nearest, on average :math:`1/(4n)` away (Salop 1979). Learning:
    Wright's curve with progress ratio :math:`p`, where a firm learns from its own unit and from
    the part :math:`s` of its neighbours' units.

    References
    ----------
    Marshall, A. (1890). *Principles of Economics*. Macmillan, book IV, chapter 10.

    Duranton, G. and Puga, D. (2004). Micro-foundations of urban agglomeration economies. In
    J. V. Henderson and J.-F. Thisse (eds), *Handbook of Regional and Urban Economics* 4.
    Elsevier.

    Wright, T. P. (1936). Factors affecting the cost of airplanes. *Journal of the Aeronautical
    Sciences* 3(4), 122-128.

    Examples
    --------
    >>> place = marshall(firms=4)
    >>> place.matching[3].item() / 20  # the mean distance 1 / (4 n)
    0.0625

    Each part falls with every firm that comes. With a rent their sum does not:

    >>> marshall().cheapest, marshall(rent=0.2).cheapest
    (40, 13)
    """
    firms = whole_number(
        "firms", firms, least=1, most=MOST_FIRMS, because="it counts the firms in the place"
    )
    fixed_cost = number("fixed_cost", fixed_cost, least=0, because="it is a cost")
    mismatch_cost = number("mismatch_cost", mismatch_cost, least=0, because="it is a cost")
    n = np.arange(1, MOST_FIRMS + 1, dtype=np.int64)
    spillover = number(
        "spillover", spillover, least=0, most=1, because="it is a part of what neighbours know"
    )
    rent = number("rent", rent, least=0, because="one more firm makes no place cheaper")
    return Marshall(
        firms=firms,
        fixed_cost=fixed_cost,
        mismatch_cost=mismatch_cost,
        first_cost=first_cost,
        progress_ratio=progress_ratio,
        spillover=spillover,
        rent=rent,
        n=n,
        sharing=fixed_cost / n,
        matching=mismatch_cost * mean_distance(n),
        learning=learning_cost(1 + spillover * (n - 1), first_cost, progress_ratio),
        crowding=rent * (n - 1),
        shock_spread=1 / np.sqrt(n),
    )


def mean_distance(firms: int | np.ndarray) -> np.ndarray:
    """How far the nearest of `firms` is on average, on a circle of length one.

    Parameters
    ----------
    firms : int or array of int
        Firms at equal distances on the circle, at least 1.

    Returns
    -------
    numpy.ndarray of float
        1 / (4 n), part of the circle.

    Raises
    ------
    ValueError
        If a number is below 1.

    Examples
    --------
    >>> mean_distance(4).item()
    0.0625
    """
    n = np.asarray(firms)
    if not (n >= 1).all():
        raise ValueError(
            f"firms must be at least 1 (got {firms!r}): somebody has to be the nearest"
        )
    return np.asarray(1 / (4 * n))


def learning_exponent(progress_ratio: float) -> float:
    r"""The exponent of Wright's curve.

    Parameters
    ----------
    progress_ratio : float
        What is left of the cost when experience doubles, above 0 and at most 1.

    Returns
    -------
    float
        :math:`b = -\log_2` of the progress ratio.

    Raises
    ------
    ValueError
        If the progress ratio is out of range.

    Examples
    --------
    >>> round(learning_exponent(0.8), 4)
    0.3219
    """
    ratio = number(
        "progress_ratio",
        progress_ratio,
        above=0,
        most=1,
        because="it is the part of the cost that is left when experience doubles, 0.8 say",
    )
    return abs(math.log2(ratio))


def learning_cost(
    experience: float | np.ndarray, first_cost: float = 100.0, progress_ratio: float = 0.8
) -> np.ndarray:
    r"""Cost of a unit after experience: Wright's curve.

    Parameters
    ----------
    experience : float or array of float
        Units made so far, this one included, at least 1.
    first_cost : float
        Cost of the first unit, money.
    progress_ratio : float
        What is left of the cost when experience doubles, above 0 and at most 1.

    Returns
    -------
    numpy.ndarray of float
        :math:`c_1 Q^{-b}` with :math:`b = -\log_2 p`, money.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Examples
    --------
    >>> learning_cost([10, 100]).round(2).tolist()
    [47.65, 22.71]
    """
    first_cost = number("first_cost", first_cost, least=0, because="it is a cost")
    exponent = learning_exponent(progress_ratio)
    made = np.asarray(experience, dtype=float)
    if not (made >= 1).all():
        raise ValueError(
            f"experience must be at least 1 (got {experience!r}): the unit itself is counted"
        )
    return np.asarray(first_cost * made**-exponent)


# --- scale is not scope


def economies_of_scale(output: float, fixed_cost: float = 100.0, unit_cost: float = 1.0) -> float:
    """How much dearer an average unit is than one more: scale, in one product.

    Parameters
    ----------
    output : float
        Units made, above 0.
    fixed_cost : float
        Cost of opening, money.
    unit_cost : float
        Cost of one more unit, money, above 0.

    Returns
    -------
    float
        Average cost over the cost of one more unit. Above 1 there are economies of scale.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Examples
    --------
    >>> economies_of_scale(50)
    3.0
    """
    output = number("output", output, above=0, because="an average needs something to divide by")
    fixed_cost = number("fixed_cost", fixed_cost, least=0, because="it is a cost")
    unit_cost = number("unit_cost", unit_cost, above=0, because="one more unit costs something")
    return (fixed_cost + unit_cost * output) / (unit_cost * output)


def economies_of_scope(cost_first: float, cost_second: float, cost_together: float) -> float:
    """How much more two products cost apart than under one roof: scope, not scale.

    Parameters
    ----------
    cost_first, cost_second : float
        Cost of making each product alone, money.
    cost_together : float
        Cost of making the same amounts of both together, money, above 0.

    Returns
    -------
    float
        (C1 + C2 - C12) / C12, as a share of the cost together. Above 0 there are economies of
        scope.

    Raises
    ------
    ValueError
        If a cost is out of range.

    Examples
    --------
    A fixed cost of 100 that serves both products, and 50 units of each at a cost of 1:

    >>> economies_of_scope(150, 150, 200)
    0.5
    """
    cost_first = number("cost_first", cost_first, least=0, because="it is a cost")
    cost_second = number("cost_second", cost_second, least=0, because="it is a cost")
    cost_together = number("cost_together", cost_together, above=0, because="both are made")
    return (cost_first + cost_second - cost_together) / cost_together
