"""The life of a cluster: it emerges, grows, lasts, declines, and sometimes is renewed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.parameters import number, whole_number

PHASES = ("emergence", "growth", "sustainment", "decline", "renewal")
STEPS_A_YEAR = 5


@dataclass(frozen=True, eq=False)
class LifeCycle:
    """Firms of a cluster and the variety of what they know: the result of `life_cycle`.

    Attributes
    ----------
    time : numpy.ndarray of float, shape (n_steps,)
        Years, from 0.
    firms : numpy.ndarray of float, shape (n_steps,)
        Firms in the cluster.
    variety : numpy.ndarray of float, shape (n_steps,)
        How different the firms' knowledge is, 0 to 1.
    phase : numpy.ndarray of int64, shape (n_steps,)
        Number of the phase in `PHASES`, from 0.
    renewal_year : int
        Year in which the cluster opens, as it was given.
    least_variety : float
        Variety below which the cluster shrinks.
    """

    time: np.ndarray
    firms: np.ndarray
    variety: np.ndarray
    phase: np.ndarray
    renewal_year: int
    least_variety: float

    @property
    def peak_year(self) -> float:
        """Year in which the cluster has most firms before any decline."""
        return float(self.time[_first_peak(self.firms)])

    @property
    def peak_firms(self) -> float:
        """Firms in that year."""
        return float(self.firms[_first_peak(self.firms)])

    def firms_in(self, year: float) -> float:
        """Firms in a year, between two steps by a straight line."""
        return float(np.interp(year, self.time, self.firms))

    def to_frame(self) -> pd.DataFrame:
        """Firms, variety and phase, one row a year."""
        whole = slice(None, None, STEPS_A_YEAR)
        return pd.DataFrame(
            {
                "firms": self.firms[whole],
                "variety": self.variety[whole],
                "phase": [PHASES[number] for number in self.phase[whole]],
            },
            index=pd.Index(self.time[whole], name="year"),
        )

    def summary(self) -> str:
        """One sentence: the first peak, the end, and the phase at the end."""
        peak = (
            "has most firms"
            if self.peak_firms >= self.firms.max()
            else "comes to a first peak of firms"
        )
        return (
            f"Simulated: the cluster {peak}, {self.peak_firms:.0f}, in year "
            f"{self.peak_year:.0f}; in year {self.time[-1]:.0f} it has {self.firms[-1]:.0f} and is "
            f"in {PHASES[self.phase[-1]]}, with a variety of {self.variety[-1]:.2f}."
        )


def life_cycle(
    growth: float = 0.2,
    imitation: float = 0.0005,
    openness: float = 0.02,
    opened: float = 0.02,
    renewal_year: int = 60,
    least_variety: float = 0.4,
    horizon: int = 120,
) -> LifeCycle:
    r"""A cluster that lives on the variety of its firms, and uses it up.

    Menzel and Fornahl (2010) explain the life cycle of a cluster by the heterogeneity of its
    firms' knowledge: a cluster grows while firms differ and can learn from each other, and by
    learning they become alike. They wrote no equations: these two are this course's own. All
    runs are simulated.

    Parameters
    ----------
    growth : float
        How fast firms are added when variety is at its most, :math:`r`, per year.
    imitation : float
        Part of variety that one firm uses up by becoming like the others, :math:`c`, per year
        and firm.
    openness : float
        Part of what is lacking in variety that comes from outside, :math:`o`, per year.
    opened : float
        Openness from `renewal_year` on. As `openness`: nothing happens then.
    renewal_year : int
        Year in which the cluster opens (or closes) itself.
    least_variety : float
        Variety :math:`\theta` below which firms leave, above 0 and below 1.
    horizon : int
        Last year.

    Returns
    -------
    LifeCycle

    Raises
    ------
    ValueError
        If a parameter is out of range, or firms are so many that variety changes too fast for the
        steps of a fifth of a year.

    Notes
    -----
    With :math:`N` firms (5 at the start) and variety :math:`h` (1 at the start),

    .. math:: \dot N = r N (h - \theta), \qquad \dot h = o\,(1 - h) - c\,N h .

    In the long run variety is :math:`\theta` and the number of firms
    :math:`N^* = o (1-\theta) / (c\,\theta)`: the speed :math:`r` does not matter for it. Solved
    with Runge and Kutta's rule of fourth order.

    References
    ----------
    Menzel, M.-P. and Fornahl, D. (2010). Cluster life cycles: dimensions and rationales of
    cluster evolution. *Industrial and Corporate Change* 19(1), 205-238.

    Examples
    --------
    >>> slow, fast = life_cycle(), life_cycle(growth=0.4)
    >>> fast.peak_firms > slow.peak_firms, fast.firms_in(60) < slow.firms_in(60)
    (True, True)
    """
    growth = number("growth", growth, above=0, most=2, because="it is a rate per year")
    imitation = number("imitation", imitation, above=0, most=0.1, because="firms learn by it")
    openness = number("openness", openness, least=0, most=1, because="it is a part of what lacks")
    opened = number("opened", opened, least=0, most=1, because="it is a part of what lacks")
    least_variety = number(
        "least_variety", least_variety, above=0, below=1, because="variety goes from 0 to 1"
    )
    horizon = whole_number("horizon", horizon, least=1, most=1000, because="it is the last year")
    renewal_year = whole_number("renewal_year", renewal_year, least=0, because="it is a year")
    steps = horizon * STEPS_A_YEAR
    length = 1 / STEPS_A_YEAR
    firms, variety = 5.0, 1.0
    path = [(firms, variety)]

    def change(firms: float, variety: float, inflow: float) -> tuple[float, float]:
        return (
            growth * firms * (variety - least_variety),
            inflow * (1 - variety) - imitation * firms * variety,
        )

    for step in range(steps):
        inflow = opened if step >= renewal_year * STEPS_A_YEAR else openness
        f1, v1 = change(firms, variety, inflow)
        f2, v2 = change(firms + length / 2 * f1, variety + length / 2 * v1, inflow)
        f3, v3 = change(firms + length / 2 * f2, variety + length / 2 * v2, inflow)
        f4, v4 = change(firms + length * f3, variety + length * v3, inflow)
        firms += length / 6 * (f1 + 2 * f2 + 2 * f3 + f4)
        variety += length / 6 * (v1 + 2 * v2 + 2 * v3 + v4)
        if not (-1e-9 <= variety <= 1 + 1e-9 and firms > 0):
            raise ValueError(
                f"in year {(step + 1) * length:.0f} variety changes too fast to be followed, with "
                f"{firms:,.0f} firms: choose a smaller openness or a larger least_variety"
            )
        path.append((firms, variety))
    both = np.array(path)
    result = LifeCycle(
        time=np.arange(steps + 1) * length,
        firms=both[:, 0],
        variety=both[:, 1],
        phase=_phases(both[:, 0], both[:, 1] > least_variety),
        renewal_year=renewal_year,
        least_variety=least_variety,
    )
    for array in (result.time, result.firms, result.variety, result.phase):
        array.flags.writeable = False
    return result


def _first_peak(firms: np.ndarray) -> int:
    """The first step after which there are fewer firms; the last one if there is none."""
    falls = np.flatnonzero(np.diff(firms) < 0)
    return int(falls[0]) if len(falls) else len(firms) - 1


def _phases(firms: np.ndarray, grows: np.ndarray) -> np.ndarray:
    """Emergence to a quarter of the first peak, sustainment within a twentieth of it, then by sign.

    These marks are this course's own.
    """
    peak = _first_peak(firms)
    step = np.arange(len(firms))
    left = np.flatnonzero((step > peak) & (firms < 0.95 * firms[peak]))
    last = int(left[0]) if len(left) else len(firms)
    phase = np.where(grows, PHASES.index("renewal"), PHASES.index("decline"))
    phase[:last] = PHASES.index("sustainment")
    phase[(step < peak) & (firms < 0.95 * firms[peak])] = PHASES.index("growth")
    phase[(step < peak) & (firms < 0.25 * firms[peak])] = PHASES.index("emergence")
    return phase.astype(np.int64)
