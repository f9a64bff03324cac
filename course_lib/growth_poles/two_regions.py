"""Two regions in one table: what spills over to the neighbour, and what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from course_lib.growth_poles.input_output import InputOutput, input_output, leontief_inverse


@dataclass(frozen=True, eq=False)
class Spillover:
    """What one region's order does at home and next door: the result of `spillover`.

    Attributes
    ----------
    sectors : tuple of str
        The sectors of both regions.
    regions : tuple of str
        The region of each sector.
    home : str
        The region that gets the order.
    alone : numpy.ndarray of float, shape (n,)
        Output that the order calls up if no region outside is asked back: nothing abroad.
    total : numpy.ndarray of float, shape (n,)
        Output that it calls up in the end, in both regions.
    """

    sectors: tuple[str, ...]
    regions: tuple[str, ...]
    home: str
    alone: np.ndarray
    total: np.ndarray

    @property
    def is_home(self) -> np.ndarray:
        """Which sectors lie at home."""
        return np.array([region == self.home for region in self.regions])

    @property
    def spills_over(self) -> float:
        """Output called up in the other region."""
        return float(self.total[~self.is_home].sum())

    @property
    def feeds_back(self) -> float:
        """Output at home that exists only because the other region buys there in its turn."""
        return float((self.total - self.alone)[self.is_home].sum())

    def to_frame(self) -> pd.DataFrame:
        """One row a sector."""
        return pd.DataFrame(
            {"alone": self.alone, "total": self.total},
            index=pd.MultiIndex.from_arrays(
                [self.regions, self.sectors], names=["region", "sector"]
            ),
        )

    def summary(self) -> str:
        """One sentence: what stays, what spills over, what comes back."""
        at_home = float(self.alone[self.is_home].sum())
        return (
            f"The order calls up {at_home:.2f} in {self.home} itself and {self.spills_over:.2f} in "
            f"the other region, from where {self.feeds_back:.2f} come back to {self.home}."
        )


def spillover(table: InputOutput, regions: Sequence[str], order: Any) -> Spillover:
    r"""What an order to one region sets in motion there, next door, and back.

    Parameters
    ----------
    table : InputOutput
        A table whose sectors belong to two regions.
    regions : sequence of str, length n
        The region of each sector.
    order : array of float, shape (n,)
        Additional final demand; it has to lie in one region.

    Returns
    -------
    Spillover

    Raises
    ------
    ValueError
        If there are not two regions, or the order lies in none or in both.

    Notes
    -----
    With the blocks :math:`A^{LL}, A^{LM}, A^{ML}, A^{MM}` of the coefficients, region L alone
    makes :math:`(I - A^{LL})^{-1} f^L`. The whole inverse gives what it makes with the other
    region. The difference is the interregional feedback.

    References
    ----------
    Miller, R. E. and Blair, P. D. (2009). *Input-Output Analysis: Foundations and Extensions*.
    2nd edition, Cambridge University Press, chapter 3.

    Examples
    --------
    >>> print(spillover(*two_region_example(), order=[100, 0, 0, 0, 0]).summary())
    The order calls up 246.23 in L itself and 41.40 in the other region, from where 23.41 come
    back to L.
    """
    names = tuple(dict.fromkeys(regions))
    if len(names) != 2 or len(regions) != len(table.sectors):
        raise ValueError(
            f"regions must name one of two regions for each of the {len(table.sectors)} sectors "
            f"(got {len(regions)} names of {len(names)} regions)"
        )
    wanted = np.array(order, dtype=float)
    if wanted.shape != (len(table.sectors),) or not np.isfinite(wanted).all():
        raise ValueError(
            f"order must be a list of {len(table.sectors)} numbers, one for each sector"
        )
    homes = {region for region, amount in zip(regions, wanted, strict=True) if amount}
    if len(homes) != 1:
        raise ValueError(
            "the order must go to sectors of one region: what spills over would otherwise be mixed "
            f"with what was ordered there (got orders in {len(homes)} regions)"
        )
    home = homes.pop()
    inside = np.array([region == home for region in regions])
    block = np.ix_(inside, inside)
    alone = np.zeros(len(wanted))
    alone[inside] = leontief_inverse(table.technical_coefficients[block]) @ wanted[inside]
    return Spillover(table.sectors, tuple(regions), home, alone, table.output_for(wanted))


def two_region_example() -> tuple[InputOutput, str]:
    """The two regions of Miller and Blair's chapter 3: three sectors in L, two in M.

    Returns
    -------
    table : InputOutput
    regions : str
        The region of each sector, one letter each.

    Examples
    --------
    >>> table, regions = two_region_example()
    >>> regions, table.leontief_inverse[0].round(4)
    ('LLLMM', array([1.4234, 0.4652, 0.2909, 0.1917, 0.3041]))
    """
    flows = [
        [150, 500, 50, 25, 75],
        [200, 100, 400, 200, 100],
        [300, 500, 50, 60, 40],
        [75, 100, 60, 200, 250],
        [50, 25, 25, 150, 100],
    ]
    return input_output(flows, [1000, 2000, 1000, 1200, 800]), "LLLMM"
