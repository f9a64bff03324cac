"""Two ways of catching up with a moving frontier: one leaves a gap, one closes it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.parameters import number

N_TIMES = 201
"""Points of the time axis."""


@dataclass(frozen=True, eq=False)
class CatchUp:
    """Technology of a follower as a share of the frontier's: the result of `catch_up`.

    Attributes
    ----------
    start, absorption, frontier_growth, spillover : float
        The parameters as they were given.
    time : numpy.ndarray of float, shape (n_times,)
        Years from the start.
    nelson_phelps : numpy.ndarray of float, shape (n_times,)
        Follower over frontier when the follower absorbs a share of the gap each year.
    lucas : numpy.ndarray of float, shape (n_times,)
        Follower over frontier when the follower grows faster the further behind it is.
    long_run_nelson_phelps : float
        Where the first path ends: phi / (phi + g).
    long_run_lucas : float
        Where the second path ends: 1, or `start` if the frontier stands still.
    years_to_halve_nelson_phelps, years_to_halve_lucas : float
        Years in which the gap 1 - z falls to half of what it is at the start. Infinite if it
        never does, zero if there is no gap.
    """

    start: float
    absorption: float
    frontier_growth: float
    spillover: float
    time: np.ndarray
    nelson_phelps: np.ndarray
    lucas: np.ndarray
    long_run_nelson_phelps: float
    long_run_lucas: float
    years_to_halve_nelson_phelps: float
    years_to_halve_lucas: float

    def to_frame(self) -> pd.DataFrame:
        """Follower over frontier by both forms, one row for each time."""
        return pd.DataFrame(
            {"nelson_phelps": self.nelson_phelps, "lucas_type": self.lucas},
            index=pd.Index(self.time, name="year"),
        )

    def summary(self) -> str:
        """One sentence: where the two paths end."""
        first = f"{100 * self.long_run_nelson_phelps:.1f}% of the frontier"
        if self.frontier_growth == 0:
            return (
                f"With a frontier that stands still the Nelson-Phelps follower ends at {first}, "
                "and the Lucas-type follower stays where it is."
            )
        return (
            f"After {self.time[-1]:.0f} years the Nelson-Phelps follower is at "
            f"{100 * self.nelson_phelps[-1]:.1f}% and ends at {first}; the Lucas-type "
            f"follower is at {100 * self.lucas[-1]:.1f}% and closes the gap in the end."
        )


def catch_up(
    start: float = 0.2,
    absorption: float = 0.04,
    frontier_growth: float = 0.02,
    spillover: float = 1.0,
    horizon: float = 150,
) -> CatchUp:
    r"""Let a follower learn from a frontier that moves on, under two assumptions.

    Both say that being behind helps. They differ in what happens close to the frontier. In the
    form of Nelson and Phelps the follower lives on the gap, so it needs one. In the form that
    Lucas uses the follower shares the frontier's own growth and adds to it while it is behind.

    Parameters
    ----------
    start : float
        Follower over frontier at the start, :math:`z_0`, 0.001 to 1.
    absorption : float
        Share of the gap that the follower takes over in a year, :math:`\phi`, per year. Only in
        the form of Nelson and Phelps, where education decides it.
    frontier_growth : float
        Growth of the frontier, :math:`g`, per year. May be 0, but not together with `absorption`.
    spillover : float
        How strongly being behind speeds up growth, :math:`b`, a pure number, 0.01 to 10. Only in
        the Lucas-type form.
    horizon : float
        Length of the time axis, years.

    Returns
    -------
    CatchUp
        Both paths in closed form on one time axis, and where they end.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    With :math:`z` the follower's technology over the frontier's, and :math:`T' = g T`:

    - Nelson and Phelps: :math:`A' = \phi (T - A)`, so
      :math:`z(t) = z^* + (z_0 - z^*) e^{-(\phi+g)t}` with :math:`z^* = \phi/(\phi+g)`.
    - Lucas type: :math:`z' = g z (z^{-b} - 1)`, so
      :math:`z(t)^b = 1 - (1 - z_0^b) e^{-bgt}`, which goes to 1.

    References
    ----------
    Nelson, R. R. and Phelps, E. S. (1966). Investment in humans, technological diffusion, and
    economic growth. *American Economic Review* 56(1/2), 69-75.

    Lucas, R. E. (2000). Some macroeconomics for the 21st century. *Journal of Economic
    Perspectives* 14(1), 159-168.

    Examples
    --------
    >>> paths = catch_up()
    >>> round(paths.long_run_nelson_phelps, 4)
    0.6667
    >>> paths.to_frame().iloc[[0, -1]].round(3).to_numpy().tolist()
    [[0.2, 0.2], [0.667, 0.96]]
    """
    start = number(
        "start",
        start,
        least=0.001,
        most=1,
        because="it is the follower's share of the frontier, and a follower is behind",
    )
    absorption = number(
        "absorption", absorption, least=0, because="a follower does not lose what it has learnt"
    )
    frontier_growth = number(
        "frontier_growth", frontier_growth, least=0, because="the frontier does not forget"
    )
    if absorption + frontier_growth == 0:
        raise ValueError(
            "absorption and frontier_growth must not both be 0: then nobody moves, "
            "and there is no long run to compute; raise one of them"
        )
    spillover = number(
        "spillover",
        spillover,
        least=0.01,
        most=10,
        because="at 0 being behind does not help, and the gap stays as it is for ever",
    )
    horizon = number("horizon", horizon, above=0, because="the time axis needs a length in years")

    time = np.linspace(0.0, horizon, N_TIMES)
    speed = absorption + frontier_growth
    long_run = absorption / speed
    fading = np.exp(-speed * time)
    # (z0^b) f + (1 - f), the equation of the notes without a difference of two near-equal numbers.
    remaining = np.exp(-spillover * frontier_growth * time)
    lucas = (start**spillover * remaining + (1 - remaining)) ** (1 / spillover)
    return CatchUp(
        start=start,
        absorption=absorption,
        frontier_growth=frontier_growth,
        spillover=spillover,
        time=time,
        nelson_phelps=long_run * (1 - fading) + start * fading,
        lucas=lucas,
        long_run_nelson_phelps=long_run,
        long_run_lucas=1.0 if frontier_growth > 0 else start,
        years_to_halve_nelson_phelps=_years_to_halve_nelson_phelps(start, long_run, speed),
        years_to_halve_lucas=_years_to_halve_lucas(start, spillover, frontier_growth),
    )


def _years_to_halve_nelson_phelps(start: float, long_run: float, speed: float) -> float:
    half_way = (1 + start) / 2
    if half_way == 1:  # no gap, or none that a computer can halve
        return 0.0
    if long_run <= half_way:
        return math.inf
    return math.log((long_run - start) / (long_run - half_way)) / speed


def _years_to_halve_lucas(start: float, spillover: float, frontier_growth: float) -> float:
    half_way = (1 + start) / 2
    if half_way == 1:  # no gap, or none that a computer can halve
        return 0.0
    if frontier_growth == 0:
        return math.inf
    gap_now = math.expm1(spillover * math.log(start))
    gap_then = math.expm1(spillover * math.log(half_way))
    return math.log(gap_now / gap_then) / (spillover * frontier_growth)
