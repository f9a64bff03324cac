"""How large a complex should be, and how large it becomes: it depends on who decides."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.parameters import number, one_of

LARGEST = 400
DECIDERS = ("the planner", "the members", "an open door")


@dataclass(frozen=True, eq=False)
class ComplexSize:
    """What plants save by standing together: the result of `complex_size`.

    Attributes
    ----------
    n : numpy.ndarray of int, shape (n_sizes,)
        Numbers of plants.
    saving : numpy.ndarray of float, shape (n_sizes,)
        What all of them together save against standing alone, million a year.
    uncrowded : numpy.ndarray of float, shape (n_sizes,)
        The same if there were no congestion.
    per_plant : float
        What one more plant saves before congestion, million a year.
    congestion : float
        What each pair of plants costs by crowding each other, million a year.
    decides : str
        Who decides the size.
    size : int
        The size that comes out.
    """

    n: np.ndarray
    saving: np.ndarray
    uncrowded: np.ndarray
    per_plant: float
    congestion: float
    decides: str
    size: int

    @property
    def average(self) -> np.ndarray:
        """The saving of each plant if all get the same, million a year."""
        mean: np.ndarray = self.saving / self.n
        return mean

    @property
    def saving_at_size(self) -> float:
        """What all save at the size that comes out, million a year."""
        return saving(self.size, self.per_plant, self.congestion)

    def to_frame(self) -> pd.DataFrame:
        """One row a size: the saving of all, without congestion, and of each."""
        return pd.DataFrame(
            {
                "saving": self.saving,
                "without_congestion": self.uncrowded,
                "saving_of_each": self.average,
            },
            index=pd.Index(self.n, name="plants"),
        )

    def summary(self) -> str:
        """One sentence: the size that comes out and what is saved there."""
        if self.congestion == 0:
            return (
                f"Without congestion each further plant saves {self.per_plant:.1f} more, and no "
                "size is too large: the model has no answer."
            )
        how = {
            "the planner": "The planner wants",
            "the members": "The members let in",
            "an open door": "With an open door there are",
        }[self.decides]
        return (
            f"{how} {self.size} plants, which save {self.saving_at_size:.1f} million a year "
            f"together and {self.saving_at_size / self.size:.1f} each."
        )


def saving(plants: int, per_plant: float, congestion: float) -> float:
    """What so many plants save together: (n - 1)(m - c n / 2).

    Parameters
    ----------
    plants : int
        Number of plants, n.
    per_plant : float
        What one more plant saves before congestion, m, million a year.
    congestion : float
        Cost of each pair, c, million a year.

    Returns
    -------
    float
        Million a year.

    Examples
    --------
    >>> round(saving(8, per_plant=19.5, congestion=0.3), 1)
    128.1
    """
    return (plants - 1) * (per_plant - congestion * plants / 2)


def complex_size(
    infrastructure: float = 10.0,
    share_needed: float = 0.25,
    freight: float = 10.0,
    utilities: float = 2.0,
    congestion: float = 0.3,
    decides: str = "the planner",
) -> ComplexSize:
    r"""What a complex saves at each size, and which size comes out.

    Parameters
    ----------
    infrastructure : float
        What a plant alone pays for infrastructure, :math:`F`, million a year.
    share_needed : float
        Part of it that a further plant costs in a complex, :math:`\varphi`, 0 to 1.
    freight : float
        What a plant saves because its partners are near, :math:`q t D`, million a year: tonnes
        times cost of a tonne-kilometre times distance.
    utilities : float
        What it saves by common power, water and repair, :math:`u`, million a year.
    congestion : float
        What each pair of plants costs by crowding each other, :math:`c`, million a year.
    decides : {"the planner", "the members", "an open door"}
        The planner wants the largest saving of all together. The members want the largest saving
        of each, and close the gate there. With an open door plants come as long as each saves.

    Returns
    -------
    ComplexSize
        The saving at each size, and the size that comes out.

    Raises
    ------
    ValueError
        If a parameter is out of range, or nobody saves anything.

    Notes
    -----
    The model is this course's own. With :math:`m = F(1-\varphi) + qtD + u`

    .. math:: S(n) = (n-1)\left(m - \frac{c\,n}{2}\right).

    The n-th plant adds :math:`m - c(n-1)`, so the planner stops at the last one that adds
    something. A member's part :math:`S(n)/n` is largest near :math:`\sqrt{2m/c}`, and it is gone
    at :math:`2m/c`.

    Examples
    --------
    >>> [complex_size(decides=who).size for who in DECIDERS]
    [65, 11, 129]
    """
    fixed = number("infrastructure", infrastructure, least=0, because="it is a cost")
    part = number("share_needed", share_needed, least=0, most=1, because="it is a part of a cost")
    moved = number("freight", freight, least=0, because="it is a saving; 0 is none")
    common = number("utilities", utilities, least=0, because="it is a saving; 0 is none")
    crowd = number("congestion", congestion, least=0, because="crowding costs something or nothing")
    who = one_of("decides", decides, DECIDERS)
    per_plant = fixed * (1 - part) + moved + common
    if per_plant <= crowd:
        raise ValueError(
            f"a second plant would save {per_plant:g} and crowd the first by {crowd:g}: nobody "
            "joins; lower congestion or raise a saving"
        )
    n = np.arange(1, LARGEST + 1, dtype=np.int64)
    uncrowded = (n - 1) * per_plant
    total = uncrowded - crowd * n * (n - 1) / 2
    for kept in (n, uncrowded, total):
        kept.flags.writeable = False
    return ComplexSize(n, total, uncrowded, per_plant, crowd, who, _size(per_plant, crowd, who))


def _size(per_plant: float, congestion: float, decides: str) -> int:
    if congestion == 0:
        return LARGEST
    ratio = per_plant / congestion
    if decides == "the planner":
        # The last plant that adds more than a rounding error: plant n adds m - c(n - 1).
        return max(2, math.ceil(ratio - 1e-9))
    if decides == "the members":
        near = max(2, math.floor(math.sqrt(2 * ratio)))
        return max((near, near + 1), key=lambda n: round(saving(n, per_plant, congestion) / n, 12))
    return max(2, math.ceil(2 * ratio - 1e-9) - 1)
