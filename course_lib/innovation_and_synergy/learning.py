"""Learning by doing, spillovers, and firms that come late."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.agglomeration.marshall import learning_cost, learning_exponent
from course_lib.parameters import number, whole_number

MOST_EXPONENT = 600.0
"""A float ends near exp(709)."""

WITHIN = 0.1
"""A latecomer has caught up when its cost is at most this much above the leader's, as a share."""


@dataclass(frozen=True, eq=False)
class Learning:
    """What a unit costs a leader and the latecomers, year by year: the result of `learning`.

    Attributes
    ----------
    progress_ratio, spillover, absorption : float
        The parameters as they were given.
    latecomers, entry_year : int
        The parameters as they were given.
    time : numpy.ndarray of float, shape (n_years,)
        Years since the leader began, from 0.
    leader_cost : numpy.ndarray of float, shape (n_years,)
        Cost of a unit at the leader's, money.
    latecomer_cost : numpy.ndarray of float, shape (n_years,)
        Cost of a unit at each latecomer's, money; not a number before they enter.
    own, heard : numpy.ndarray of float, shape (2,)
        In the last year, units made by the firm itself, and units of others that it has learnt
        from: leader, latecomer.
    catch_up_year : float
        Year in which the latecomers' cost comes to within a tenth of the leader's; infinite if
        it never does.
    """

    progress_ratio: float
    spillover: float
    absorption: float
    latecomers: int
    entry_year: int
    time: np.ndarray
    leader_cost: np.ndarray
    latecomer_cost: np.ndarray
    own: np.ndarray
    heard: np.ndarray
    catch_up_year: float

    @property
    def lead(self) -> float:
        """How much dearer a latecomer makes a unit in the last year, as a share of the leader's."""
        return float(self.latecomer_cost[-1] / self.leader_cost[-1] - 1)

    @property
    def long_run_lead(self) -> float:
        """The same after very many years, when the head start no longer counts."""
        heard = self.spillover * self.latecomers
        times = (1 + heard) / (1 + self.absorption * heard)
        return float(times ** learning_exponent(self.progress_ratio) - 1)

    def to_frame(self) -> pd.DataFrame:
        """Both costs, one row a year."""
        return pd.DataFrame(
            {"leader_cost": self.leader_cost, "latecomer_cost": self.latecomer_cost},
            index=pd.Index(self.time, name="year"),
        )

    def summary(self) -> str:
        """Both costs at the end, whether the latecomers catch up, and the long run."""
        last = self.time[-1]
        if math.isinf(self.catch_up_year):
            caught = "they never come to within a tenth of it"
        elif self.catch_up_year <= self.entry_year:
            caught = "they are within a tenth of it from their first day"
        else:
            caught = f"they come to within a tenth of it in year {self.catch_up_year:.0f}"
        return (
            f"In year {last:.0f} a unit costs {self.leader_cost[-1]:.1f} at the leader's and "
            f"{self.latecomer_cost[-1]:.1f} at those who came late, {self.lead:.0%} more; "
            f"{caught}. In the long run it costs them {self.long_run_lead:.0%} more."
        )


def learning(
    spillover: float = 0.1,
    absorption: float = 0.5,
    latecomers: int = 3,
    entry_year: int = 15,
    progress_ratio: float = 0.8,
    output: float = 10.0,
    first_cost: float = 100.0,
    horizon: int = 40,
) -> Learning:
    r"""Does knowledge that spills over let latecomers catch up with a leader?

    Each firm's cost falls with experience (Wright 1936; Arrow 1962). A firm's experience is its
    own output so far, and a part of what the others in the place have made. The form of the
    spillover is this course's own.

    Parameters
    ----------
    spillover : float
        Part of the others' experience that is in the air, :math:`s`, 0 to 1.
    absorption : float
        Part of what is in the air that a latecomer can use: its absorptive capacity, :math:`a`,
        0 to 1. The leader uses all.
    latecomers : int
        Firms that enter later, :math:`n`, at least 1.
    entry_year : int
        Year in which they enter, :math:`e`; the leader begins in year 0.
    progress_ratio : float
        What is left of the cost when experience doubles, above 0 and at most 1.
    output : float
        Units that each firm makes in a year, :math:`q`.
    first_cost : float
        Cost of the very first unit, :math:`c_1`, money.
    horizon : int
        Last year, after `entry_year`.

    Returns
    -------
    Learning

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    With :math:`b = -\log_2` of the progress ratio a unit costs :math:`c_1 E^{-b}`, as in lesson 02.
    In year :math:`t`, the leader having made :math:`Q_L = qt` units and each latecomer
    :math:`Q_T = q(t-e)`, experience is

    .. math:: E_L = 1 + Q_L + s\,n\,Q_T, \qquad E_T = 1 + Q_T + s\,a\,[Q_L + (n-1)\,Q_T] .

    With :math:`s = a = 1` everybody knows everything, and the two are equal.

    References
    ----------
    Wright, T. P. (1936). Factors affecting the cost of airplanes. *Journal of the Aeronautical
    Sciences* 3(4), 122-128.

    Arrow, K. J. (1962). The economic implications of learning by doing. *Review of Economic
    Studies* 29(3), 155-173.

    Cohen, W. M. and Levinthal, D. A. (1990). Absorptive capacity: a new perspective on learning
    and innovation. *Administrative Science Quarterly* 35(1), 128-152.

    Examples
    --------
    Latecomers who can use all that is in the air draw level, those who can use half do not:

    >>> learning(spillover=1.0, absorption=1.0).lead
    0.0
    >>> round(learning().lead, 3), round(learning(spillover=0.5).lead, 3)
    (0.165, 0.17)
    """
    spillover = number(
        "spillover", spillover, least=0, most=1, because="it is a part of what the others know"
    )
    absorption = number(
        "absorption", absorption, least=0, most=1, because="it is a part of what is in the air"
    )
    latecomers = whole_number("latecomers", latecomers, least=1, because="it counts firms")
    entry_year = whole_number(
        "entry_year", entry_year, least=0, because="the leader begins in year 0"
    )
    horizon = whole_number(
        "horizon", horizon, least=entry_year + 1, because="latecomers need a year to be seen"
    )
    output = number("output", output, above=0, because="nobody learns by making nothing")
    time = np.arange(horizon + 1, dtype=float)
    own = np.stack([output * time, output * np.maximum(0, time - entry_year)])
    heard = spillover * np.stack(
        [latecomers * own[1], absorption * (own[0] + (latecomers - 1) * own[1])]
    )
    leader_cost, latecomer_cost = learning_cost(1 + own + heard, first_cost, progress_ratio)
    latecomer_cost[time < entry_year] = np.nan
    result = Learning(
        progress_ratio=float(progress_ratio),
        spillover=spillover,
        absorption=absorption,
        latecomers=latecomers,
        entry_year=entry_year,
        time=time,
        leader_cost=leader_cost,
        latecomer_cost=latecomer_cost,
        own=own[:, -1].copy(),
        heard=heard[:, -1].copy(),
        catch_up_year=_catch_up_year(
            spillover, absorption, latecomers, entry_year, progress_ratio, output
        ),
    )
    for array in (time, leader_cost, latecomer_cost, result.own, result.heard):
        array.flags.writeable = False
    return result


def _catch_up_year(
    spillover: float,
    absorption: float,
    latecomers: int,
    entry_year: int,
    progress_ratio: float,
    output: float,
) -> float:
    """When the leader's experience is just so many times the latecomers' as a tenth of cost needs.

    Both experiences are straight lines in time: a + b t for the leader, c + d t for a latecomer.
    """
    exponent = learning_exponent(progress_ratio)
    if exponent == 0:
        return float(entry_year)  # nobody learns, so nobody is ahead
    # The factor is endless to a computer if costs hardly fall: then nobody is ever so far ahead.
    times = math.exp(min(math.log1p(WITHIN) / exponent, MOST_EXPONENT))
    late = output * entry_year
    heard = spillover * absorption
    a, b = 1 - spillover * latecomers * late, output * (1 + spillover * latecomers)
    c = 1 - late * (1 + heard * (latecomers - 1))
    d = output * (1 + heard * latecomers)
    if a + b * entry_year <= times * (c + d * entry_year):
        return float(entry_year)
    # At entry the leader is too far ahead: the lines meet later, or never.
    return (a - times * c) / (times * d - b) if times * d > b else math.inf
