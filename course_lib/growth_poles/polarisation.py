"""The polarisation switch: when does industry gather in one of two regions, and can it be moved?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from course_lib.numerics import bisection
from course_lib.parameters import number, whole_number

STEPS = 60
"""Steps of a policy: the subsidy rises for half of them and falls for the other half."""

CRITICAL_PULL = 2.0
"""Below this pull an even spread is the only state that lasts."""


def poles(pull: float, advantage: float = 0.0) -> list[float]:
    r"""All shares of industry in region A at which nothing moves, from the lowest.

    Parameters
    ----------
    pull : float
        How strongly firms follow firms, :math:`J \ge 0`.
    advantage : float
        What speaks for A whoever is there, :math:`h`.

    Returns
    -------
    list of float
        One share, or three of which the middle one does not last; two where they meet.

    Notes
    -----
    The shares solve :math:`x = 1/(1+e^{-[J(2x-1)+h]})`. With :math:`m = 2x - 1` this is
    :math:`m = \tanh\frac{Jm + h}{2}`. Without an advantage there are three from :math:`J = 2` on.

    Examples
    --------
    >>> [round(share, 4) for share in poles(3)]
    [0.0707, 0.5, 0.9293]
    >>> poles(1.5)
    [0.5]
    """
    pull = _pull(pull)
    h = number("advantage", advantage, because="it speaks for region A or against it")

    def beyond(m: float) -> float:
        return math.tanh((pull * m + h) / 2) - m

    turns = [-1.0, 1.0]
    if pull > CRITICAL_PULL:  # between these two the curve is steeper than the diagonal
        bend = math.sqrt(1 - 2 / pull)
        turns[1:1] = sorted((2 * math.atanh(side * bend) - h) / pull for side in (-1, 1))
    found = []
    for low, high in pairwise(turns):
        if beyond(low) * beyond(high) > 0 or low >= 1 or high <= -1:
            continue
        found.append(bisection(beyond, max(low, -1.0), min(high, 1.0)))
    shares = sorted({round((1 + m) / 2, 12) for m in found})
    return [0.5 if abs(share - 0.5) < 1e-9 else share for share in shares]


def tipping_advantage(pull: float) -> float:
    r"""Advantage of the other region at which even a full pole tips over.

    Parameters
    ----------
    pull : float
        How strongly firms follow firms, :math:`J \ge 0`.

    Returns
    -------
    float
        :math:`h_c = J m_c - 2\,\mathrm{artanh}\, m_c` with :math:`m_c = \sqrt{1 - 2/J}`; zero up to
        :math:`J = 2`.

    Examples
    --------
    >>> round(tipping_advantage(3), 4)
    0.4151
    """
    pull = _pull(pull)
    if pull <= CRITICAL_PULL:
        return 0.0
    bend = math.sqrt(1 - 2 / pull)
    return pull * bend - 2 * math.atanh(bend)


@dataclass(frozen=True, eq=False)
class Polarisation:
    """A subsidy for region B that rises and falls again: the result of `polarisation`.

    Attributes
    ----------
    pull, top_subsidy, start_share : float
        The parameters as they were given.
    step : int
        The step shown.
    subsidy : numpy.ndarray of float, shape (STEPS + 1,)
        The subsidy for region B at each step.
    share : numpy.ndarray of float, shape (STEPS + 1,)
        Share of industry in region A at each step.
    tipping_subsidy : float
        Subsidy at which a pole in A tips over; zero if there is no pole.
    """

    pull: float
    top_subsidy: float
    start_share: float
    step: int
    subsidy: np.ndarray
    share: np.ndarray
    tipping_subsidy: float

    @property
    def share_now(self) -> float:
        """Share of industry in region A at the step shown."""
        return float(self.share[self.step])

    @property
    def tips(self) -> bool:
        """Whether more than half of industry is in B when the subsidy has gone."""
        return bool(self.share[-1] < 0.5 - 1e-6)

    def to_frame(self) -> pd.DataFrame:
        """One row a step."""
        return pd.DataFrame(
            {"subsidy_for_b": self.subsidy, "share_in_a": self.share},
            index=pd.Index(np.arange(STEPS + 1, dtype=np.int64), name="step"),
        )

    def summary(self) -> str:
        """One sentence: where industry is now, and what would move it."""
        what = (
            "firms follow firms too little for a pole"
            if self.pull <= CRITICAL_PULL
            else f"a pole in A tips over at a subsidy of {self.tipping_subsidy:.2f}"
        )
        return (
            f"Step {self.step}: with a subsidy of {self.subsidy[self.step]:.2f} for region B, "
            f"region A has {self.share_now:.0%} of industry; {what}."
        )


def polarisation(
    pull: float = 3.0, top_subsidy: float = 0.3, start_share: float = 0.9, step: int = STEPS
) -> Polarisation:
    r"""Raise a subsidy for region B and take it away again: where is industry then?

    Firms choose between two regions. Each is drawn by the firms that are there already. Myrdal
    (1957) told this story in words; the form here is that of Brock and Durlauf (2001), and to use
    it for regions is this course's own step.

    Parameters
    ----------
    pull : float
        How strongly firms follow firms, :math:`J \ge 0`.
    top_subsidy : float
        Largest subsidy for region B, reached half-way, 0 or more; in units of what moves a firm.
    start_share : float
        Share of industry in region A at first, 0 to 1. It settles before the subsidy begins.
    step : int
        The step shown, 0 to 60.

    Returns
    -------
    Polarisation

    Raises
    ------
    ValueError
        If a parameter is out of range.

    References
    ----------
    Myrdal, G. (1957). *Economic Theory and Under-Developed Regions*. Duckworth.

    Brock, W. A. and Durlauf, S. N. (2001). Discrete choice with social interactions. *Review of
    Economic Studies* 68(2), 235-260.

    Examples
    --------
    >>> print(polarisation().summary())
    Step 60: with a subsidy of 0.00 for region B, region A has 93% of industry; a pole in A tips
    over at a subsidy of 0.42.
    >>> polarisation(top_subsidy=0.5).tips
    True
    """
    pull = _pull(pull)
    top = number("top_subsidy", top_subsidy, least=0, because="a subsidy gives and never takes")
    start = number("start_share", start_share, least=0, most=1, because="it is a part of industry")
    step = whole_number("step", step, least=0, most=STEPS, because="it counts steps of the policy")
    half = STEPS // 2
    subsidy = top * np.concatenate([np.arange(half + 1), np.arange(half)[::-1]]) / half
    share = np.empty(STEPS + 1)
    here = start
    for number_, amount in enumerate(subsidy):
        here = _settle(here, pull, -float(amount))
        share[number_] = here
    subsidy.flags.writeable = share.flags.writeable = False
    return Polarisation(pull, top, start, step, subsidy, share, tipping_advantage(pull))


def _settle(share: float, pull: float, advantage: float) -> float:
    """Where firms end that start here: they move towards the choice, up to the next rest point."""
    rests = poles(pull, advantage)
    wish = 1 / (1 + math.exp(-(pull * (2 * share - 1) + advantage)))
    if abs(wish - share) < 1e-9:
        return share
    ahead = [rest for rest in rests if (rest > share) == (wish > share) and rest != share]
    return min(ahead, key=lambda rest: abs(rest - share)) if ahead else share


def _pull(value: float) -> float:
    return number("pull", value, least=0, because="at 0 firms do not care where others are")
