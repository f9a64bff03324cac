"""Are rich regions next to rich ones? Moran's I."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from course_lib.measures import _checks
from course_lib.measures._checks import Values
from course_lib.parameters import whole_number

Neighbours: TypeAlias = "pd.DataFrame | Mapping[Any, Sequence[Any]]"


@dataclass(frozen=True, eq=False)
class MoransI:
    """Spatial autocorrelation of one column of regions.

    Attributes
    ----------
    value : float
        Moran's I: the slope of the neighbours' mean on the region's own value. Above
        ``expected``, neighbours are alike; below, they are unlike.
    expected : float
        What I is on average if place plays no part: -1 / (n - 1).
    z : float
        Distance of ``value`` from ``expected`` in standard deviations, if the values were drawn
        from one normal distribution.
    p_value : float
        Two-sided. Of ``z``; or, with permutations, the share of arrangements on the map that are
        at least as far from ``expected``, the real one among them.
    permutations : int
        Number of random arrangements; 0 if the p-value comes from ``z``.
    values, spatial_lag : pandas.Series
        Each region's value, and the mean of its neighbours, in the same unit.
    by_chance : numpy.ndarray of float, shape (permutations,)
        Moran's I of each random arrangement.
    """

    value: float
    expected: float
    z: float
    p_value: float
    permutations: int
    values: pd.Series = field(repr=False)
    spatial_lag: pd.Series = field(repr=False)
    by_chance: np.ndarray = field(repr=False, default_factory=lambda: np.empty(0))

    @property
    def is_significant(self) -> bool:
        """Whether I differs from what is expected at the 5% level."""
        return self.p_value < 0.05

    def to_frame(self) -> pd.DataFrame:
        """One row a region: ``value`` and ``spatial_lag``."""
        return pd.DataFrame({"value": self.values, "spatial_lag": self.spatial_lag})

    def summary(self) -> str:
        """What Moran's I says in one sentence."""
        moran = (
            f"Moran's I of {len(self.values)} regions is {self.value:.3f}, and without any pattern "
            f"it would be about {self.expected:.3f}"
        )
        if not self.is_significant:
            return (
                f"{moran}: the difference may be chance (p = {self.p_value:.2f}), so the map shows "
                "no pattern at the 5% level."
            )
        alike = "alike" if self.value > self.expected else "unlike"
        return f"{moran}: neighbours are more {alike} than chance would make them at the 5% level."


def morans_i(
    values: Values, neighbours: Neighbours, permutations: int = 0, seed: int = 0
) -> MoransI:
    """Moran's I with row-standardised weights: each of a region's k neighbours weighs 1/k.

    Parameters
    ----------
    values : array-like, shape (n,)
        One number of each region, in any unit and of any sign. At least three regions.
    neighbours : pandas.DataFrame with two columns, or dict
        Pairs of (region, neighbour), one a row; or the list of neighbours of each region. Names
        are the labels of ``values``, or positions from 0 if ``values`` has no labels. A border
        that both regions share stands there twice, once from each side.
    permutations : int
        How many times the values are dealt out anew over the map for the p-value. With 0, the
        p-value comes from the normal distribution.
    seed : int
        Of the random arrangements.

    Returns
    -------
    MoransI

    Raises
    ------
    ValueError
        If a number is missing, all are equal, a region has no neighbour or a neighbour no number.

    References
    ----------
    Moran, P. A. P. (1950). Notes on continuous stochastic phenomena. Biometrika.
    Cliff, A. D., and Ord, J. K. (1981). Spatial Processes.

    Examples
    --------
    >>> row_of_six = {0: [1], 1: [0, 2], 2: [1, 3], 3: [2, 4], 4: [3, 5], 5: [4]}
    >>> round(morans_i([1, 2, 3, 4, 5, 6], row_of_six).value, 3)
    0.714
    """
    numbers = _checks.any_column(values)
    deviation = numbers.to_numpy() - numbers.mean()
    n = len(numbers)
    if n < 3:
        raise ValueError(f"Moran's I needs at least three regions (got {n})")
    if np.allclose(deviation, 0, rtol=0, atol=1e-12 * float(numbers.abs().max())):
        raise ValueError("all values are equal, so no pattern can be seen: choose another column")
    region, neighbour = _pairs(neighbours, numbers.index)
    count = np.bincount(region, minlength=n)

    def neighbours_mean(x: np.ndarray) -> np.ndarray:
        return np.bincount(region, weights=x[neighbour], minlength=n) / count

    def moran(z: np.ndarray) -> float:
        return float(z @ neighbours_mean(z) / (z @ z))

    value, expected = moran(deviation), -1 / (n - 1)
    z = (value - expected) / _standard_deviation(region, neighbour, count)
    p_value = math.erfc(abs(z) / math.sqrt(2))
    by_chance = np.empty(0)
    if whole_number("permutations", permutations, least=0, because="it counts shuffled maps"):
        random = np.random.default_rng(
            whole_number("seed", seed, least=0, because="it fixes chance")
        )
        by_chance = np.array([moran(random.permutation(deviation)) for _ in range(permutations)])
        # 1e-12: the same arrangement, added up in another order, counts as equally far
        as_far = np.abs(by_chance - expected) >= abs(value - expected) - 1e-12
        p_value = (1 + int(as_far.sum())) / (1 + permutations)
    lag = pd.Series(neighbours_mean(numbers.to_numpy()), index=numbers.index, name="spatial_lag")
    return MoransI(value, expected, z, p_value, int(permutations), numbers, lag, by_chance)


def contiguity_grid(rows: int, columns: int, rule: str = "rook") -> pd.DataFrame:
    """Neighbours on a grid of cells, numbered from 0 along the rows.

    Parameters
    ----------
    rows, columns : int
        Size of the grid.
    rule : {"rook", "queen"}
        Neighbours share a side; or, with "queen", a side or a corner.

    Returns
    -------
    pandas.DataFrame
        Columns ``region`` and ``neighbour``, each pair from both sides.

    Raises
    ------
    ValueError
        If the grid has no cells or the rule is unknown.

    Examples
    --------
    >>> contiguity_grid(2, 2).to_numpy().tolist()
    [[0, 1], [0, 2], [1, 0], [1, 3], [2, 0], [2, 3], [3, 1], [3, 2]]
    """
    rows = whole_number("rows", rows, least=1, because="a grid has cells")
    columns = whole_number("columns", columns, least=1, because="a grid has cells")
    if rule not in ("rook", "queen"):
        raise ValueError(f'rule must be "rook" or "queen" (got {rule!r})')
    steps = [(-1, 0), (0, -1), (0, 1), (1, 0)]
    if rule == "queen":
        steps = [(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)]
    pairs = [
        (row * columns + column, (row + down) * columns + column + right)
        for row in range(rows)
        for column in range(columns)
        for down, right in steps
        if 0 <= row + down < rows and 0 <= column + right < columns
    ]
    return pd.DataFrame(pairs, columns=["region", "neighbour"], dtype="int64")


def _pairs(neighbours: Neighbours, regions: pd.Index) -> tuple[np.ndarray, np.ndarray]:
    """The pairs as positions, after a look at each of them."""
    if isinstance(neighbours, pd.DataFrame):
        if neighbours.shape[1] != 2:
            raise ValueError(
                "neighbours must have two columns, a region and its neighbour "
                f"(got {', '.join(map(str, neighbours))})"
            )
        pairs = neighbours
    else:
        listed = [(region, other) for region, others in neighbours.items() for other in others]
        pairs = pd.DataFrame(listed, columns=["region", "neighbour"])
    if regions.has_duplicates:
        twice = regions[regions.duplicated()][0]
        raise ValueError(f"{twice!r} stands in values twice: keep one of them")
    region, neighbour = (regions.get_indexer(pd.Index(pairs[name])) for name in pairs)
    for positions, name in ((region, pairs.columns[0]), (neighbour, pairs.columns[1])):
        if (positions < 0).any():
            raise ValueError(
                f"neighbours has {pairs[name][positions < 0].iloc[0]!r}, and values has no number "
                "for it: add the number, or leave that region out of neighbours"
            )
    if (region == neighbour).any():
        raise ValueError(f"{regions[region[region == neighbour][0]]!r} is its own neighbour")
    if pairs.duplicated().any():
        first = pairs[pairs.duplicated()].iloc[0]
        raise ValueError(f"the pair {first.iloc[0]!r}, {first.iloc[1]!r} stands there twice")
    alone = regions[np.bincount(region, minlength=len(regions)) == 0]
    if len(alone):
        raise ValueError(
            f"{alone[0]!r} has no neighbours, so it has no neighbours' mean: leave it out on "
            "purpose, or give it the nearest region as its neighbour"
        )
    return region, neighbour


def _standard_deviation(region: np.ndarray, neighbour: np.ndarray, count: np.ndarray) -> float:
    """Of Moran's I under normality (Cliff and Ord 1981), for row-standardised weights."""
    n = len(count)
    weight = 1 / count[region]
    mutual = np.isin(region * n + neighbour, neighbour * n + region)
    s1 = np.sum(weight**2) + np.sum(weight[mutual] / count[neighbour[mutual]])
    s2 = np.sum((1 + np.bincount(neighbour, weights=weight, minlength=n)) ** 2)
    variance = (n**2 * s1 - n * s2 + 3 * n**2) / ((n**2 - 1) * n**2) - 1 / (n - 1) ** 2
    if variance < 1e-12:
        raise ValueError(
            "every region is a neighbour of every other, so Moran's I is the same for any values: "
            "name only those that are near"
        )
    return float(np.sqrt(variance))
