"""New goods at the top, transfer to those below: Krugman's model of 1979, and three tiers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.parameters import number, whole_number

N_TIMES = 201
"""Points of the time axis."""

STEPS_PER_YEAR = 4
"""Steps of the simulation of three tiers in one year."""


@dataclass(frozen=True, eq=False)
class InnovationTransfer:
    """Goods and wages of North and South: the result of `innovation_transfer`.

    North is the top of the gradient, South all that is below it.

    Attributes
    ----------
    innovation, transfer, labour_north, labour_south, theta, start_share : float
        The parameters as they were given.
    time : numpy.ndarray of float, shape (n_times,)
        Years from the start.
    north_share : numpy.ndarray of float, shape (n_times,)
        Share of all goods that only North can make.
    wage_ratio : numpy.ndarray of float, shape (n_times,)
        Wage in North over wage in South, at least 1.
    steady_share : float
        `north_share` in the long run, i / (i + t).
    steady_goods_ratio : float
        Goods that only North can make over goods that South makes, in the long run, i / t.
        Infinite without transfer.
    steady_wage_ratio : float
        `wage_ratio` in the long run. Infinite without transfer.
    half_life : float
        Years in which half of the way to `steady_share` is gone.
    years_to_equal_wages : float
        Year from which on wages are equal. Zero if they are from the start; infinite if they never
        are, or only for a while.
    """

    innovation: float
    transfer: float
    labour_north: float
    labour_south: float
    theta: float
    start_share: float
    time: np.ndarray
    north_share: np.ndarray
    wage_ratio: np.ndarray
    steady_share: float
    steady_goods_ratio: float
    steady_wage_ratio: float
    half_life: float
    years_to_equal_wages: float

    @property
    def steady_real_wages(self) -> tuple[float, float]:
        """What a wage buys in North and in South, in the long run, for one given number of goods.

        A good costs the wage of the region that makes it, and buyers like many kinds of goods:
        the price index is that of a constant elasticity of substitution. 1 is the real wage of
        both if all wages are equal.
        """
        sigma = 1 / (1 - self.theta)
        ratio = self.steady_wage_ratio
        if math.isinf(ratio):
            raise ValueError("without transfer there is no wage below to compare with: raise it")
        share = self.steady_share
        south = (share * ratio ** (1 - sigma) + 1 - share) ** (1 / (sigma - 1))
        return ratio * south, south

    @property
    def gap_closes(self) -> bool:
        """Whether wages are equal in the long run: (i/t)(LS/LN) at most 1."""
        return self.steady_wage_ratio == 1.0

    def to_frame(self) -> pd.DataFrame:
        """Share of goods made only in North and the wage ratio, one row for each time."""
        return pd.DataFrame(
            {"north_share": self.north_share, "wage_ratio": self.wage_ratio},
            index=pd.Index(self.time, name="year"),
        )

    def summary(self) -> str:
        """One sentence: goods and wages in the long run."""
        if self.innovation == 0:
            return (
                "Without innovation the top loses all goods of its own in the long run, "
                "and wages become equal."
            )
        if self.transfer == 0:
            return (
                "Without transfer every new good stays at the top, "
                "and its wage grows away from the wage below without end."
            )
        share = f"In the long run {100 * self.steady_share:.1f}% of goods are made only at "
        if self.gap_closes:
            return share + "the top, and even so wages are equal."
        return (
            share + f"the top, and the wage there is {self.steady_wage_ratio:.2f} times the wage "
            "below."
        )


def innovation_transfer(
    innovation: float = 0.05,
    transfer: float = 0.02,
    labour_north: float = 1.0,
    labour_south: float = 2.0,
    theta: float = 0.6,
    start_share: float = 0.9,
    horizon: float = 100,
) -> InnovationTransfer:
    r"""Let North invent goods and South learn to make them (Krugman 1979).

    North invents :math:`i n` goods a year, where :math:`n` is the number of all goods. South
    learns to make :math:`t n_N` a year of the :math:`n_N` goods that only North could make.

    Parameters
    ----------
    innovation : float
        New goods a year as a share of all goods, :math:`i`, per year. May be 0.
    transfer : float
        Share of North's own goods that South learns to make in a year, :math:`t`, per year. May
        be 0, but not together with `innovation`.
    labour_north, labour_south : float
        Workers, :math:`L_N` and :math:`L_S`, in the same unit.
    theta : float
        How easily buyers replace one good by another, between 0 and 1. The elasticity of
        substitution is :math:`1/(1-\theta)`.
    start_share : float
        Share of goods that only North can make at the start, from 0 to below 1.
    horizon : float
        Length of the time axis, years.

    Returns
    -------
    InnovationTransfer
        The path over time and the long run, both in closed form.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    The share :math:`x = n_N / n` follows :math:`x' = i - (i+t) x`, so

    .. math:: x(\tau) = x^* + (x_0 - x^*) e^{-(i+t)\tau}, \qquad x^* = \frac{i}{i+t}.

    Relative wages are

    .. math:: \frac{w_N}{w_S} = \max\left(1,
              \left[\frac{n_N}{n_S} \frac{L_S}{L_N}\right]^{1-\theta}\right).

    A good costs the wage of the region that makes it, and buyers want each kind of good the more,
    the cheaper it is, with the elasticity :math:`\sigma = 1/(1-\theta)`. Of each of its goods North
    can make :math:`L_N/n_N`, South :math:`L_S/n_S`. Buyers take both amounts at the relative price
    :math:`(\frac{L_S/n_S}{L_N/n_N})^{1/\sigma}`: hence the power :math:`1-\theta`. Nobody moves
    from one region to the other.

    In the long run :math:`n_N/n_S = i/t`. So the wage gap goes as :math:`(i/t)^{1-\theta}`, and
    it closes when :math:`(i/t)(L_S/L_N) \le 1`. But the share of goods that are made only at the
    top never reaches zero while :math:`i > 0`. The maximum with 1 is there because nobody in
    North works for less than in South: North then makes some old goods as well.

    References
    ----------
    Krugman, P. (1979). A model of innovation, technology transfer, and the world distribution of
    income. *Journal of Political Economy* 87(2), 253-266.

    Examples
    --------
    >>> model = innovation_transfer()
    >>> model.steady_goods_ratio, round(model.steady_wage_ratio, 4)
    (2.5, 1.9037)

    More transfer than innovation and as many workers on both sides: equal wages, and still two of
    seven goods are made only at the top.

    >>> print(innovation_transfer(innovation=0.02, transfer=0.05, labour_south=1).summary())
    In the long run 28.6% of goods are made only at the top, and even so wages are equal.
    """
    innovation = number(
        "innovation", innovation, least=0, because="goods once invented are not forgotten"
    )
    transfer = number(
        "transfer", transfer, least=0, because="a good once learnt below is not unlearnt"
    )
    if innovation + transfer == 0:
        raise ValueError(
            "innovation and transfer must not both be 0: then no good ever moves, "
            "and there is no long run to compute; raise one of them"
        )
    labour_north = number("labour_north", labour_north, above=0, because="it counts workers")
    labour_south = number("labour_south", labour_south, above=0, because="it counts workers")
    theta = number(
        "theta",
        theta,
        above=0,
        below=1,
        because="at 0 buyers do not replace one good by another enough, at 1 all goods are alike",
    )
    start_share = number(
        "start_share",
        start_share,
        least=0,
        below=1,
        because="South needs a good to make at the start, or it has no wage to compare with",
    )
    horizon = number("horizon", horizon, above=0, because="the time axis needs a length in years")

    speed = innovation + transfer
    time = np.linspace(0.0, horizon, N_TIMES)
    steady_share = innovation / speed
    fading = np.exp(-speed * time)
    north_share = steady_share * (1 - fading) + start_share * fading
    # South's share on its own, not as 1 - north_share: it may become very small.
    south_share = (transfer / speed) * (1 - fading) + (1 - start_share) * fading
    steady_goods_ratio = innovation / transfer if transfer > 0 else math.inf
    return InnovationTransfer(
        innovation=innovation,
        transfer=transfer,
        labour_north=labour_north,
        labour_south=labour_south,
        theta=theta,
        start_share=start_share,
        time=time,
        north_share=north_share,
        wage_ratio=_wage_ratio(north_share / south_share, labour_north, labour_south, theta),
        steady_share=steady_share,
        steady_goods_ratio=steady_goods_ratio,
        steady_wage_ratio=float(
            _wage_ratio(np.array(steady_goods_ratio), labour_north, labour_south, theta)
        ),
        half_life=math.log(2) / speed,
        years_to_equal_wages=_years_to_equal_wages(
            start_share, steady_share, labour_north / (labour_north + labour_south), speed
        ),
    )


def _wage_ratio(
    goods_ratio: np.ndarray, labour_north: float, labour_south: float, theta: float
) -> np.ndarray:
    """Wage in North over wage in South when North makes `goods_ratio` goods for one of South."""
    return np.maximum(1.0, (goods_ratio * labour_south / labour_north) ** (1 - theta))


def _years_to_equal_wages(start: float, steady: float, equal: float, speed: float) -> float:
    """Year from which on North's share of goods is at most `equal`, its share of workers."""
    if steady > equal or (steady == equal and start > equal):
        return math.inf
    if start <= equal:
        return 0.0
    return math.log((start - steady) / (equal - steady)) / speed


@dataclass(frozen=True, eq=False)
class ThreeTiers:
    """Goods on three tiers: the result of `three_tiers`.

    Attributes
    ----------
    innovation, transfer_1, transfer_2 : float
        The parameters as they were given.
    time : numpy.ndarray of float, shape (n_times,)
        Years from the start, one row a year.
    shares : numpy.ndarray of float, shape (n_times, 3)
        Share of all goods that are made in tier 1, 2 and 3, by the closed form. Adds up to one.
    simulated : numpy.ndarray of float, shape (n_times, 3)
        The same by simulation, quarter by quarter.
    steady_shares : numpy.ndarray of float, shape (3,)
        The shares in the long run.
    """

    innovation: float
    transfer_1: float
    transfer_2: float
    time: np.ndarray
    shares: np.ndarray
    simulated: np.ndarray
    steady_shares: np.ndarray

    def to_frame(self) -> pd.DataFrame:
        """Shares by closed form and by simulation, one row for each year."""
        tiers = ["tier_1", "tier_2", "tier_3"]
        return pd.DataFrame(
            np.hstack([self.shares, self.simulated]),
            index=pd.Index(self.time, name="year"),
            columns=[*tiers, *(f"{tier}_simulated" for tier in tiers)],
        )

    def summary(self) -> str:
        """One sentence: the shares in the long run."""
        one, two, three = (f"{100 * share:.1f}" for share in self.steady_shares)
        text = (
            f"In the long run tier 1 makes {one}% of goods, {two}% have "
            f"moved down to tier 2, and {three}% to tier 3"
        )
        if self.innovation > 0:
            text += ": the top keeps goods of its own while it goes on inventing"
        return text + "."


def three_tiers(
    innovation: float = 0.04,
    transfer_1: float = 0.06,
    transfer_2: float = 0.03,
    horizon: int = 400,
    start: Sequence[float] = (1.0, 0.0, 0.0),
) -> ThreeTiers:
    r"""Let goods be invented in tier 1 and move down to tier 2 and to tier 3.

    The extension of Krugman's two regions to three tiers is the course's own. It has no wages.

    Parameters
    ----------
    innovation : float
        New goods a year as a share of all goods, :math:`i`, per year. May be 0 if both transfers
        are above 0.
    transfer_1 : float
        Share of the goods of tier 1 that move to tier 2 in a year, :math:`t_1`, per year.
    transfer_2 : float
        Share of the goods of tier 2 that move to tier 3 in a year, :math:`t_2`, per year.
    horizon : int
        Length of the time axis, whole years, 1 to 5000.
    start : sequence of three floats
        Shares of the tiers at the start. They add up to one.

    Returns
    -------
    ThreeTiers
        Shares over time by closed form and by simulation, and in the long run.

    Raises
    ------
    ValueError
        If a parameter is out of range, or the shares at the start do not add up to one.

    Notes
    -----
    Numbers of goods follow :math:`n_1' = i n - t_1 n_1`, :math:`n_2' = t_1 n_1 - t_2 n_2`,
    :math:`n_3' = t_2 n_2` with :math:`n = n_1 + n_2 + n_3`. In the long run the shares are
    :math:`s_1 = i/(i+t_1)`, :math:`s_2 = t_1 s_1/(i+t_2)`, :math:`s_3 = 1 - s_1 - s_2`, and
    :math:`s_1 > 0` while :math:`i > 0`.

    References
    ----------
    Krugman, P. (1979). A model of innovation, technology transfer, and the world distribution of
    income. *Journal of Political Economy* 87(2), 253-266.

    Examples
    --------
    >>> tiers = three_tiers()
    >>> tiers.steady_shares.round(6).tolist()
    [0.4, 0.342857, 0.257143]
    >>> bool(abs(tiers.shares - tiers.simulated).max() < 1e-6)
    True
    """
    rates = {"innovation": innovation, "transfer_1": transfer_1, "transfer_2": transfer_2}
    for name, rate in rates.items():
        # At more than 2 a year a quarter is too long a step for the simulation.
        rates[name] = number(
            name, rate, least=0, most=2, because="it is a share of goods in a year, 0.05 say"
        )
    i, t1, t2 = rates.values()
    if i == 0 and min(t1, t2) == 0:
        raise ValueError(
            "innovation must be above 0, or transfer_1 and transfer_2 both: else goods stay where "
            "they are at the start, and there is no long run of their own; raise one of them"
        )
    horizon = whole_number(
        "horizon", horizon, least=1, most=5000, because="the simulation steps from year to year"
    )
    first = np.array(start, dtype=float)
    if first.shape != (3,) or not (first >= 0).all() or abs(first.sum() - 1) > 1e-9:
        raise ValueError(
            f"start must be three shares from 0 to 1 that add up to one (got {tuple(start)})"
        )

    time = np.arange(horizon + 1, dtype=float)
    steady_1 = i / (i + t1)
    steady_2 = t1 * steady_1 / (i + t2)
    steady = np.array([steady_1, steady_2, 1 - steady_1 - steady_2])

    # Distances from the long run: tier 1's fades at i + t1. Tier 2's fades at i + t2, and on the
    # way it is fed by tier 1's.
    fade_1, fade_2 = np.exp(-(i + t1) * time), np.exp(-(i + t2) * time)
    share_1 = steady_1 + (first[0] - steady_1) * fade_1
    share_2 = (
        steady_2
        + (first[1] - steady_2) * fade_2
        + t1 * (first[0] - steady_1) * _fed(time, i + t1, i + t2)
    )
    return ThreeTiers(
        innovation=i,
        transfer_1=t1,
        transfer_2=t2,
        time=time,
        shares=np.column_stack([share_1, share_2, 1 - share_1 - share_2]),
        simulated=_simulate(i, t1, t2, first, len(time)),
        steady_shares=steady,
    )


def _fed(time: np.ndarray, rate_1: float, rate_2: float) -> np.ndarray:
    """(exp(-rate_2 t) - exp(-rate_1 t)) / (rate_1 - rate_2), and its limit if rates are equal."""
    slow, apart = min(rate_1, rate_2), abs(rate_1 - rate_2)
    if apart == 0:
        return time * np.exp(-slow * time)
    return np.exp(-slow * time) * -np.expm1(-apart * time) / apart


def _simulate(i: float, t1: float, t2: float, start: np.ndarray, n_times: int) -> np.ndarray:
    """Shares year by year from the numbers of goods, stepped a quarter at a time."""
    change = np.array([[i - t1, i, i], [t1, -t2, 0.0], [0.0, t2, 0.0]])
    step = change / STEPS_PER_YEAR
    # One step of the classical Runge-Kutta method; for a linear system it is this matrix.
    terms = [np.linalg.matrix_power(step, k) / math.factorial(k) for k in range(5)]
    quarter = np.sum(terms, axis=0)
    year = np.linalg.matrix_power(quarter, STEPS_PER_YEAR)
    goods = np.empty((n_times, 3))
    goods[0] = start
    for now in range(1, n_times):
        ahead = year @ goods[now - 1]
        # Only shares matter: counted as numbers the goods would outgrow the computer.
        goods[now] = ahead / ahead.sum()
    return goods
