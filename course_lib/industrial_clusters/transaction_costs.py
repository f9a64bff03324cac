"""Make or buy, or deal with a neighbour? Market, network and hierarchy (Coase; Williamson)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from course_lib.parameters import number

FORMS = ("market", "network", "hierarchy")

MOST_SPECIFIC = 40.0
"""How specific a transaction can be on the picture."""


@dataclass(frozen=True, eq=False)
class TransactionCosts:
    """What it costs to govern a transaction in three ways: the result of `transaction_costs`.

    Attributes
    ----------
    specificity : float
        How specific the transaction at hand is.
    grid : numpy.ndarray, shape (n,)
        Specificities, from 0.
    cost : numpy.ndarray, shape (3, n)
        Cost of governing a transaction by market, network and hierarchy, money.
    start, slope : numpy.ndarray, shape (3,)
        Cost at specificity 0, and what one more unit of specificity adds.
    """

    specificity: float
    grid: np.ndarray = field(repr=False)
    cost: np.ndarray = field(repr=False)
    start: np.ndarray
    slope: np.ndarray

    @property
    def band(self) -> tuple[float, float]:
        """From which specificity to which the network is cheapest; nothing if both are equal."""
        first = _crossing(self.start[0], self.slope[0], self.start[1], self.slope[1])
        last = _crossing(self.start[1], self.slope[1], self.start[2], self.slope[2])
        if first < last:
            return first, last
        straight = _crossing(self.start[0], self.slope[0], self.start[2], self.slope[2])
        return straight, straight  # from market to hierarchy at once

    @property
    def width(self) -> float:
        """Width of that band."""
        first, last = self.band
        return 0.0 if first == last else last - first

    @property
    def cost_now(self) -> np.ndarray:
        """Cost of the transaction at hand in the three forms, money."""
        costs: np.ndarray = self.start + self.slope * self.specificity
        return costs

    @property
    def best(self) -> str:
        """The cheapest form for the transaction at hand."""
        return FORMS[int(self.cost_now.argmin())]

    def to_frame(self) -> pd.DataFrame:
        """One row a specificity: the cost of ``market``, ``network`` and ``hierarchy``."""
        index = pd.Index(self.grid, name="specificity")
        return pd.DataFrame(self.cost.T, index=index, columns=list(FORMS), copy=True)

    def summary(self) -> str:
        """Where the network is cheapest, and what is best for the transaction at hand."""
        first, last = self.band
        if first == last:
            where = "The network is cheapest at no specificity"
        elif not np.isfinite(last):
            where = f"The network is cheapest from a specificity of {first:.1f} on"
        else:
            where = f"The network is cheapest for specificities from {first:.1f} to {last:.1f}"
        return f"{where}; at {self.specificity:g} it is the {self.best}."


def transaction_costs(
    specificity: float = 18.0,
    trust: float = 0.0,
    courts: float = 0.0,
    market: tuple[float, float] = (10.0, 4.0),
    network: tuple[float, float] = (20.0, 2.0),
    hierarchy: tuple[float, float] = (40.0, 0.8),
) -> TransactionCosts:
    """Cost of governing a transaction by market, network or hierarchy, over its specificity.

    A transaction is **specific** if what is made for it is worth little elsewhere. Then each side
    can be held up by the other. A market is cheap to use and handles hold-up badly; a hierarchy
    (one firm owns both stages) is dear and handles it well; a network lies between.

    Parameters
    ----------
    specificity : float
        Of the transaction at hand, 0 or more, without unit.
    trust : float
        Part of the hold-up cost that trust removes in market and network, 0 to below 1.
    courts : float
        Part of the market's hold-up cost that courts remove, 0 to below 1.
    market, network, hierarchy : (float, float)
        Cost at specificity 0, and what one more unit adds, both money and above 0. The first
        numbers rise from market to hierarchy and the second ones fall.

    Returns
    -------
    TransactionCosts

    Raises
    ------
    ValueError
        If a number is out of its range, or the three forms are not in order.

    References
    ----------
    Coase, R. H. (1937). The nature of the firm. Economica 4.
    Williamson, O. E. (1991). Comparative economic organization: the analysis of discrete
    structural alternatives. Administrative Science Quarterly 36(2).

    Notes
    -----
    The three forms and their order are Williamson's. Straight lines, the numbers, and what trust
    and courts do to them are this course's own.

    Examples
    --------
    >>> transaction_costs().band
    (5.0, 16.666666666666668)
    >>> round(transaction_costs(trust=0.3).width, 1)
    26.2
    """
    specificity = number("specificity", specificity, least=0, because="0 is a thing off the shelf")
    trust = number("trust", trust, least=0, below=1, because="it is a part of the hold-up cost")
    courts = number("courts", courts, least=0, below=1, because="it is a part of the hold-up cost")
    lines = np.array([_line("market", market), _line("network", network)])
    lines = np.vstack([lines, _line("hierarchy", hierarchy)])
    start, slope = lines.T
    if not ((np.diff(start) > 0).all() and (np.diff(slope) < 0).all()):
        raise ValueError(
            "from market over network to hierarchy the first numbers must rise and the second "
            f"ones fall (got {market}, {network}, {hierarchy}): a dearer form must be good for "
            "something"
        )
    slope = slope * np.array([(1 - trust) * (1 - courts), 1 - trust, 1.0])
    grid = np.linspace(0, MOST_SPECIFIC, 161)
    cost = start[:, np.newaxis] + slope[:, np.newaxis] * grid
    return TransactionCosts(specificity, grid, cost, start, slope)


def _line(name: str, given: tuple[float, float]) -> tuple[float, float]:
    if not isinstance(given, tuple | list) or len(given) != 2:
        raise ValueError(f"{name} must be two numbers, a start and a slope (got {given!r})")
    first = number(name, given[0], above=0, because="it is a cost")
    return first, number(name, given[1], above=0, because="hold-up costs something")


def _crossing(start: float, slope: float, next_start: float, next_slope: float) -> float:
    """From where on the next form is cheaper; never, if its cost rises as fast."""
    if slope <= next_slope:
        return float("inf")
    return float((next_start - start) / (slope - next_slope))
