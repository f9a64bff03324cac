"""Core and periphery: when do workers gather in one of two equal regions, and can they go back?"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from course_lib.numerics import bisection
from course_lib.parameters import number, whole_number
from course_lib.sentence import listed

N_SHARES = 201
"""Points of the wiggle diagram: half per cents of the workers."""

N_SEARCHED = 41
"""Shares from an even spread to a core that are looked at where no closed form is at hand."""

SHARE_TOLERANCE = 1e-4
"""Two shares of workers closer than this are called equal in a sentence."""


# --- the two landmarks


def break_point(sigma: float = 5.0, mu: float = 0.4) -> float:
    r"""Transport cost below which an even spread of workers breaks up.

    Parameters
    ----------
    sigma : float
        Elasticity of substitution between two manufactured goods, :math:`\sigma > 1`.
    mu : float
        Share of income spent on manufactured goods, :math:`\mu`, between 0 and 1.

    Returns
    -------
    float
        :math:`T_B = \left[\frac{(\rho+\mu)(1+\mu)}{(\rho-\mu)(1-\mu)}\right]^{1/(\sigma-1)}` with
        :math:`\rho = (\sigma-1)/\sigma`: units to be sent so that one arrives.

    Raises
    ------
    ValueError
        If a parameter is out of range, or the no-black-hole condition :math:`\rho > \mu` fails.

    References
    ----------
    Fujita, M., Krugman, P. and Venables, A. J. (1999). *The Spatial Economy: Cities, Regions, and
    International Trade*. MIT Press, chapter 5.

    Examples
    --------
    >>> round(break_point(5, 0.4), 4)
    1.6266
    """
    sigma, mu = tastes(sigma, mu)
    rho = (sigma - 1) / sigma
    log = math.log1p(mu) - math.log1p(-mu) + math.log(rho + mu) - math.log(rho - mu)
    return _cost_from_log(log / (sigma - 1), sigma, mu)


def sustain_point(sigma: float = 5.0, mu: float = 0.4) -> float:
    r"""Transport cost up to which a core, once it is there, holds its workers.

    Parameters
    ----------
    sigma, mu : float
        As in `break_point`.

    Returns
    -------
    float
        The root :math:`T_S > 1` of
        :math:`1 = \frac{1+\mu}{2} T^{1-\sigma-\mu\sigma} + \frac{1-\mu}{2} T^{\sigma-1-\mu\sigma}`.

    Raises
    ------
    ValueError
        If a parameter is out of range, or the no-black-hole condition :math:`\rho > \mu` fails.

    Notes
    -----
    In :math:`\ln T` the logarithm of the right-hand side is convex and zero at :math:`T = 1`. So
    there is one other root, and Newton's method finds it from above without a detour.

    References
    ----------
    Fujita, M., Krugman, P. and Venables, A. J. (1999). *The Spatial Economy: Cities, Regions, and
    International Trade*. MIT Press, chapter 5.

    Examples
    --------
    >>> round(sustain_point(5, 0.4), 4)
    1.8073

    The core holds at transport costs at which an even spread would not have broken up:

    >>> sustain_point(5, 0.4) > break_point(5, 0.4)
    True
    """
    sigma, mu = tastes(sigma, mu)
    return _cost_from_log(_log_sustain_point(sigma, mu), sigma, mu)


@lru_cache(maxsize=512)
def _log_sustain_point(sigma: float, mu: float) -> float:
    falls, rises = sigma - 1 + mu * sigma, sigma - 1 - mu * sigma
    half_more, half_less = math.log((1 + mu) / 2), math.log((1 - mu) / 2)

    def value_and_slope(log_cost: float) -> tuple[float, float]:
        one, two = half_more - falls * log_cost, half_less + rises * log_cost
        top = max(one, two)
        weight = math.exp(two - top) / (math.exp(one - top) + math.exp(two - top))
        total = top + math.log(math.exp(one - top) + math.exp(two - top))
        return total, weight * rises - (1 - weight) * falls

    log_cost = -half_less / rises  # here the rising term alone is one already
    while True:
        value, slope = value_and_slope(log_cost)
        ahead = log_cost - value / slope
        if not ahead < log_cost:  # as close as the computer's numbers allow
            return log_cost
        log_cost = ahead


# --- one transport cost


@dataclass(frozen=True, eq=False)
class Equilibrium:
    """A long-run equilibrium: no worker gains by moving.

    Attributes
    ----------
    share : float
        Share of the workers in region 1.
    stable : bool
        Whether the economy comes back to it after a few workers have moved.
    kind : str
        "even", "core" or "uneven".
    """

    share: float
    stable: bool
    kind: str


@dataclass(frozen=True, eq=False)
class CorePeriphery:
    """Two regions at one transport cost: the result of `core_periphery`.

    Attributes
    ----------
    sigma, mu, transport_cost, start_share : float
        The parameters as they were given.
    share : numpy.ndarray of float, shape (n_shares,)
        Shares of the workers in region 1, from 0 to 1: the axis of the wiggle diagram.
    nominal_wages : numpy.ndarray of float, shape (n_shares, 2)
        Wage in region 1 and 2, in units of the farmers' income per head.
    real_wages : numpy.ndarray of float, shape (n_shares, 2)
        The same divided by the cost of living. Where a region has no workers, what the first one
        would earn.
    wage_gap : numpy.ndarray of float, shape (n_shares,)
        Real wage in region 1 minus real wage in region 2.
    equilibria : tuple of Equilibrium
        All long-run equilibria, by their share in region 1.
    ends_at : Equilibrium
        Where workers end who start from `start_share` and move to the higher real wage.
    break_point, sustain_point : float
        The two landmarks, which do not depend on the transport cost. NaN where there is none.
    farm_cost : float
        Units of food to be sent so that one arrives, as it was given.
    economy_of_scale : bool
        Whether a firm makes its good in one place only, as it was given.
    """

    sigma: float
    mu: float
    transport_cost: float
    start_share: float
    share: np.ndarray
    nominal_wages: np.ndarray
    real_wages: np.ndarray
    wage_gap: np.ndarray
    equilibria: tuple[Equilibrium, ...]
    ends_at: Equilibrium
    break_point: float
    sustain_point: float
    farm_cost: float = 1.0
    economy_of_scale: bool = True

    @property
    def stable_shares(self) -> tuple[float, ...]:
        """Shares of the workers in region 1 at which the economy can stay."""
        return tuple(one.share for one in self.equilibria if one.stable)

    @property
    def history_decides(self) -> bool:
        """Whether it depends on the start where the economy ends: below the sustain point."""
        return len(self.stable_shares) > 1

    def to_frame(self) -> pd.DataFrame:
        """Wages in both regions, one row for each share of workers in region 1."""
        return pd.DataFrame(
            {
                "nominal_wage_1": self.nominal_wages[:, 0],
                "nominal_wage_2": self.nominal_wages[:, 1],
                "real_wage_1": self.real_wages[:, 0],
                "real_wage_2": self.real_wages[:, 1],
                "real_wage_gap": self.wage_gap,
            },
            index=pd.Index(self.share, name="share_in_region_1"),
        )

    def summary(self) -> str:
        """One sentence: the stable equilibria, and where the start leads."""
        stable = listed(map(_in_words, self.stable_shares), last=" or ")
        return (
            f"At a transport cost of {self.transport_cost:.2f} workers can stay {stable}; "
            f"from {self.start_share:.0%} in region 1 they end {_in_words(self.ends_at.share)}."
        )


def core_periphery(
    sigma: float = 5.0,
    mu: float = 0.4,
    transport_cost: float = 1.7,
    start_share: float = 0.6,
    farm_cost: float = 1.0,
    economy_of_scale: bool = True,
) -> CorePeriphery:
    r"""Let workers move between two equal regions to where the real wage is higher.

    Farmers stay where they are, half of them in each region. Firms make manufactured goods, each
    another one, with a fixed cost. To have one unit of such a good arrive in the other region,
    :math:`T` units have to be sent. Three forces follow. Firms want to be near buyers (market
    access), workers near firms (cost of living): these two pull together. Firms flee competitors
    and follow the farmers (crowding): this pushes apart.

    Two assumptions carry the result, and each can be taken away. Without the economy of scale a
    good is made in both regions. With a cost of moving food, whoever lives in the core pays it.

    Parameters
    ----------
    sigma : float
        Elasticity of substitution between two manufactured goods, :math:`\sigma > 1`. The lower
        it is, the stronger the economies of scale.
    mu : float
        Share of income spent on manufactured goods, :math:`\mu`, between 0 and 1.
    transport_cost : float
        Units to be sent so that one arrives, :math:`T > 1`.
    start_share : float
        Share of the workers in region 1 at the start, 0 to 1.
    farm_cost : float
        Units of food to be sent so that one arrives, :math:`T_A`, at least 1. In Krugman's model
        food travels free.
    economy_of_scale : bool
        Whether the fixed cost of a firm keeps it in one place, as in Krugman's model. Without one
        (False), each good is made in both regions at the wage of the region, and it is fetched
        from the other region only where that is cheaper.

    Returns
    -------
    CorePeriphery
        Wages for every share of workers, all long-run equilibria and their stability.

    Raises
    ------
    ValueError
        If a parameter is out of range, or the no-black-hole condition
        :math:`(\sigma-1)/\sigma > \mu` fails.

    Notes
    -----
    With :math:`\lambda` for the share of workers in region 1 and :math:`\phi = T^{1-\sigma}`, the
    short run is the solution of

    .. math:: Y_1 = \mu \lambda w_1 + \tfrac{1-\mu}{2}, \quad
              G_1^{1-\sigma} = \lambda w_1^{1-\sigma} + \phi (1-\lambda) w_2^{1-\sigma}, \quad
              w_1^\sigma = Y_1 G_1^{\sigma-1} + \phi Y_2 G_2^{\sigma-1}

    and the same for region 2. Real wages are :math:`\omega = w G^{-\mu}`. All income adds up to
    one, so :math:`\lambda w_1 + (1-\lambda) w_2 = 1` and one unknown is left,
    :math:`w_1 / w_2`, which Newton's method finds. Where real wages are equal, the equations
    reduce further, to a single one: see `tomahawk`. That there are at most two such points beside
    the even spread, and that these two are unstable, was proved by Robert-Nicoud (2005).

    With a cost of moving food its price in region 1 over that in region 2 is :math:`r`, the ratio
    of both incomes, kept between :math:`1/T_A` and :math:`T_A`: within these limits no food moves.
    Of all farmers' income region 1 then has the part :math:`r/(1+r)`, and real wages are
    :math:`\omega = w G^{-\mu} p_A^{\mu-1}`. Without economies of scale
    :math:`\ln(\omega_1/\omega_2) = (1-\mu) \ln\frac{1-\lambda}{\lambda}`, kept between
    :math:`\pm(1-\mu) \ln(T\,T_A)`: it falls with :math:`\lambda` at every transport cost. Both
    were worked out for this course.

    References
    ----------
    Krugman, P. (1991). Increasing returns and economic geography. *Journal of Political Economy*
    99(3), 483-499.

    Fujita, M., Krugman, P. and Venables, A. J. (1999). *The Spatial Economy: Cities, Regions, and
    International Trade*. MIT Press, chapters 4 and 5.

    Robert-Nicoud, F. (2005). The structure of simple 'New Economic Geography' models (or, On
    identical twins). *Journal of Economic Geography* 5(2), 201-234.

    Examples
    --------
    >>> print(core_periphery(transport_cost=2.2).summary())
    At a transport cost of 2.20 workers can stay spread evenly; from 60% in region 1 they end
    spread evenly.

    Between the break point and the sustain point there are five equilibria:

    >>> [(round(one.share, 3), one.stable) for one in core_periphery().equilibria]
    [(0.0, True), (0.165, False), (0.5, True), (0.835, False), (1.0, True)]

    Without economies of scale only the even spread is left:

    >>> core_periphery(transport_cost=1.3, economy_of_scale=False).stable_shares
    (0.5,)
    """
    sigma, mu = tastes(sigma, mu)
    transport_cost = _transport_cost("transport_cost", transport_cost)
    start_share = _share("start_share", start_share)
    farm_cost = checked_farm_cost(farm_cost)
    share = np.linspace(0.0, 1.0, N_SHARES)
    if economy_of_scale:
        wages = _wages(share, transport_cost, sigma, mu, farm_cost)
        real_wages = _real_wages(share, wages, transport_cost, sigma, mu, farm_cost)
    else:
        wages, real_wages = _constant_returns(share, transport_cost, mu, farm_cost)
    gap = real_wages[:, 0] - real_wages[:, 1]
    gap[N_SHARES // 2] = 0.0  # equal regions, equal wages: without noise of rounding
    if economy_of_scale and farm_cost == 1:
        landmarks = break_point(sigma, mu), sustain_point(sigma, mu)
        equilibria = _equilibria(transport_cost, sigma, mu)
    else:
        landmarks = _searched_landmarks(sigma, mu, farm_cost, economy_of_scale)
        equilibria = _searched(
            lambda one: log_real_wage_ratio(
                one, transport_cost, sigma, mu, 0.0, farm_cost, economy_of_scale
            )[0]
        )
    return CorePeriphery(
        sigma=sigma,
        mu=mu,
        transport_cost=transport_cost,
        start_share=start_share,
        share=share,
        nominal_wages=wages,
        real_wages=real_wages,
        wage_gap=gap,
        equilibria=equilibria,
        ends_at=_end(equilibria, start_share),
        break_point=landmarks[0],
        sustain_point=landmarks[1],
        farm_cost=farm_cost,
        economy_of_scale=economy_of_scale,
    )


def _equilibria(transport_cost: float, sigma: float, mu: float) -> tuple[Equilibrium, ...]:
    """All long-run equilibria at one transport cost, by their share in region 1."""
    log_cost = math.log(transport_cost)
    core_holds = log_cost < _log_sustain_point(sigma, mu)
    even_holds = transport_cost > break_point(sigma, mu)
    found = [Equilibrium(0.5, even_holds, "even")]
    if core_holds:
        found += [Equilibrium(0.0, True, "core"), Equilibrium(1.0, True, "core")]
    if core_holds and even_holds:
        upper = float(_uneven_shares(np.array([log_cost]), sigma, mu)[0])
        found += [Equilibrium(one, False, "uneven") for one in (upper, 1 - upper)]
    return tuple(sorted(found, key=lambda one: one.share))


@lru_cache(maxsize=32)
def _searched_landmarks(
    sigma: float, mu: float, farm_cost: float, economy_of_scale: bool
) -> tuple[float, float]:
    axe = tomahawk(sigma, mu, farm_cost=farm_cost, economy_of_scale=economy_of_scale)
    return axe.break_point, axe.sustain_point


def _searched(gap: Callable[[float], float]) -> tuple[Equilibrium, ...]:
    """All long-run equilibria where no closed form says how many: by looking at the wage gap."""
    aside = 1e-7  # of the even spread, and well within the band in which no food moves
    shares = [0.5 + aside, *np.linspace(0.5, 1.0, N_SEARCHED)[1:].tolist()]
    gaps = [gap(one) for one in shares]
    found = [Equilibrium(0.5, gaps[0] < 0, "even")]
    if gaps[-1] > 0:
        found += [Equilibrium(0.0, True, "core"), Equilibrium(1.0, True, "core")]
    for (low, high), (at_low, at_high) in zip(pairwise(shares), pairwise(gaps), strict=True):
        if at_low * at_high < 0:
            upper = bisection(gap, low, high)
            stable = at_low > 0
            found += [Equilibrium(one, stable, "uneven") for one in (upper, 1 - upper)]
    return tuple(sorted(found, key=lambda one: one.share))


def _end(equilibria: tuple[Equilibrium, ...], start: float) -> Equilibrium:
    """The equilibrium in whose reach a start lies: stable ones end at the next unstable ones."""
    for one in equilibria:
        if start == one.share:
            return one
    if len(equilibria) == 1:
        return equilibria[0]
    above = next(place for place, one in enumerate(equilibria) if one.share > start)
    return next(one for one in equilibria[above - 1 : above + 1] if one.stable)


# --- the short run: wages for a given share of workers


def _wages(
    share: np.ndarray, transport_cost: float, sigma: float, mu: float, farm_cost: float = 1.0
) -> np.ndarray:
    """Nominal wages for each share of workers in region 1, shape (n_shares, 2)."""
    freeness = transport_cost ** (1 - sigma)
    # The answer lies where one region's goods are dearer by no more than the whole trade cost.
    limit = (-math.log(freeness) + math.log(farm_cost)) / sigma
    low, high = np.full(share.shape, -limit), np.full(share.shape, limit)
    log_ratio = np.zeros(share.shape)
    for _ in range(100):
        value, slope = _excess(log_ratio, share, freeness, sigma, mu, farm_cost)
        high = np.where(value > 0, log_ratio, high)
        low = np.where(value > 0, low, log_ratio)
        ahead = log_ratio - value / slope
        # Where Newton would leave the brackets, halve them instead.
        ahead = np.where((ahead >= low) & (ahead <= high), ahead, 0.5 * (low + high))
        moved = np.abs(ahead - log_ratio).max(initial=0.0)
        log_ratio = ahead
        if moved < 1e-13:
            break
    ratio = np.exp(log_ratio)
    second = 1 / (share * ratio + 1 - share)
    return np.stack([ratio * second, second], axis=-1)


def _excess(
    log_ratio: Any,
    share: Any,
    freeness: float,
    sigma: float,
    mu: float,
    farm_cost: float,
    exp: Callable[[Any], Any] = np.exp,
    log: Callable[[Any], Any] = np.log,
) -> tuple[Any, Any]:
    """Of the logarithm of w1/w2: how far it is above what sales allow, and the slope of that."""
    ratio = exp(log_ratio)
    cheap = ratio ** (1 - sigma)
    paid = share * ratio / (share * ratio + 1 - share)  # region 1's part of all wages
    farmers, moves = _farmers_part(paid, farm_cost)
    income = mu * paid + (1 - mu) * farmers
    d_income = (mu + (1 - mu) * (1 - moves)) * paid * (1 - paid)
    goods_1 = share * cheap + (1 - share) * freeness  # price index to the power of 1 - sigma
    goods_2 = share * cheap * freeness + (1 - share)
    d_goods_1 = (1 - sigma) * share * cheap / goods_1
    d_goods_2 = (1 - sigma) * share * cheap * freeness / goods_2
    market_1, market_2 = income / goods_1, (1 - income) / goods_2
    d_market_1 = d_income / goods_1 - market_1 * d_goods_1
    d_market_2 = -d_income / goods_2 - market_2 * d_goods_2
    sales_1 = market_1 + freeness * market_2
    sales_2 = freeness * market_1 + market_2
    value = sigma * log_ratio - log(sales_1 / sales_2)
    slope = (
        sigma
        - (d_market_1 + freeness * d_market_2) / sales_1
        + (freeness * d_market_1 + d_market_2) / sales_2
    )
    return value, slope


def _farmers_part(paid: Any, farm_cost: float) -> tuple[Any, Any]:
    """Of all farmers' income, the part earned in region 1, and whether food moves (1 or 0).

    As long as none moves, farmers share the fortune of the workers beside them.
    """
    if farm_cost == 1:
        return 0.5, 1
    low, high = 1 / (1 + farm_cost), farm_cost / (1 + farm_cost)
    if isinstance(paid, np.ndarray):
        kept = paid.clip(low, high)
        return kept, kept != paid
    inside = min(high, max(low, float(paid)))
    return inside, inside != paid


def _constant_returns(
    share: np.ndarray, transport_cost: float, mu: float, farm_cost: float
) -> tuple[np.ndarray, np.ndarray]:
    """Nominal and real wages where every good is made in both regions."""
    with np.errstate(divide="ignore"):
        scarce = np.log((1 - share) / share)
    log_cost, both = math.log(transport_cost), math.log(transport_cost * farm_cost)
    log_real = scarce.clip(-both, both)
    log_ratio = log_real.clip(-log_cost, log_cost)
    ratio, food = np.exp(log_ratio), np.exp(log_ratio - log_real)
    second = 1 / (share * ratio + 1 - share)
    wages = np.stack([ratio * second, second], axis=-1)
    prices = np.stack([food, np.ones_like(food)], axis=-1) * (2 / (1 + food))[:, np.newaxis]
    return wages, (wages / prices) ** (1 - mu)


def _real_wages(
    share: np.ndarray,
    wages: np.ndarray,
    transport_cost: float,
    sigma: float,
    mu: float,
    farm_cost: float = 1.0,
) -> np.ndarray:
    freeness = transport_cost ** (1 - sigma)
    cheap = wages ** (1 - sigma)
    one, two = share * cheap[:, 0], (1 - share) * cheap[:, 1]
    goods = np.stack([one + freeness * two, freeness * one + two], axis=-1)
    real = wages * goods ** (mu / (sigma - 1))
    if farm_cost == 1:
        return real
    farmers, _ = _farmers_part(share * wages[:, 0], farm_cost)
    food = 2 * np.stack([farmers, 1 - farmers], axis=-1)  # its price; their mean is one
    return np.asarray(real * food ** (mu - 1))


def log_real_wage_ratio(
    share: float,
    transport_cost: float,
    sigma: float,
    mu: float,
    guess: float = 0.0,
    farm_cost: float = 1.0,
    economy_of_scale: bool = True,
) -> tuple[float, float]:
    """Logarithms of the ratios of real and of nominal wages, region 1 over region 2.

    For a single share of workers, in plain numbers: an array of one would take ten times as long.
    `guess` is the logarithm of the ratio of nominal wages, of a moment ago say.
    """
    if not economy_of_scale:  # workers are paid by how scarce they are, until goods are fetched
        limit = math.log(transport_cost * farm_cost)
        if share in {0, 1}:
            return (1 - mu) * (limit if share == 0 else -limit), 0.0
        return (1 - mu) * min(limit, max(-limit, math.log((1 - share) / share))), 0.0
    freeness = transport_cost ** (1 - sigma)
    log_ratio = guess
    for _ in range(50):
        value, slope = _excess(log_ratio, share, freeness, sigma, mu, farm_cost, math.exp, math.log)
        log_ratio -= value / slope
        if abs(value) < 1e-12:
            break
    cheap = share * math.exp((1 - sigma) * log_ratio)
    goods = (cheap + (1 - share) * freeness) / (cheap * freeness + 1 - share)
    log_real = log_ratio + mu / (sigma - 1) * math.log(goods)
    if farm_cost > 1:
        earned = share * math.exp(log_ratio)
        farmers, _ = _farmers_part(earned / (earned + 1 - share), farm_cost)
        log_real -= (1 - mu) * math.log(farmers / (1 - farmers))
    return log_real, log_ratio


# --- all transport costs: the tomahawk


@dataclass(frozen=True, eq=False)
class Tomahawk:
    """All long-run equilibria over all transport costs: the result of `tomahawk`.

    Attributes
    ----------
    sigma, mu : float
        The parameters as they were given.
    transport_cost : numpy.ndarray of float, shape (n_costs,)
        Units to be sent so that one arrives.
    even_is_stable, core_is_stable : numpy.ndarray of bool, shape (n_costs,)
        Whether an even spread, and whether a core, holds at each transport cost.
    uneven_share : numpy.ndarray of float, shape (n_costs,)
        Where it exists, the larger region's share of workers in the equilibrium between core and
        even spread. It is unstable. NaN where there is none.
    break_point, sustain_point : float
        The two landmarks. NaN where there is none: the even spread, or the core, holds at every
        transport cost or at none.
    farm_cost : float
        Units of food to be sent so that one arrives, as it was given.
    economy_of_scale : bool
        Whether a firm makes its good in one place only, as it was given.
    """

    sigma: float
    mu: float
    transport_cost: np.ndarray
    even_is_stable: np.ndarray
    core_is_stable: np.ndarray
    uneven_share: np.ndarray
    break_point: float
    sustain_point: float
    farm_cost: float = 1.0
    economy_of_scale: bool = True

    def to_frame(self) -> pd.DataFrame:
        """One row a transport cost: what is stable, and the unstable share in between."""
        return pd.DataFrame(
            {
                "even_spread_stable": self.even_is_stable,
                "core_stable": self.core_is_stable,
                "unstable_share": self.uneven_share,
            },
            index=pd.Index(self.transport_cost, name="transport_cost"),
        )

    def summary(self) -> str:
        """One sentence: the two landmarks."""
        if not self.core_is_stable.any():
            return "An even spread lasts at every transport cost, and a core lasts at none."
        if math.isnan(self.break_point):
            lowest = self.transport_cost[self.core_is_stable].min()
            return (
                "An even spread lasts at every transport cost; a core, once it is there, holds at "
                + (f"costs from {lowest:.2f} to " if lowest > self.transport_cost[0] else "")
                + ("" if lowest > self.transport_cost[0] else "costs below ")
                + f"{self.sustain_point:.2f}."
            )
        return (
            f"An even spread breaks up below a transport cost of {self.break_point:.3f}, and a "
            f"core holds below {self.sustain_point:.3f}: between the two, both can last."
        )


def tomahawk(
    sigma: float = 5.0,
    mu: float = 0.4,
    lowest: float = 1.02,
    highest: float = 2.4,
    n_costs: int = 200,
    farm_cost: float = 1.0,
    economy_of_scale: bool = True,
) -> Tomahawk:
    r"""All long-run equilibria of two regions, at every transport cost at once.

    The picture looks like the axe that gave it its name.

    Parameters
    ----------
    sigma, mu : float
        As in `core_periphery`.
    lowest, highest : float
        Ends of the axis of transport costs, both above 1.
    n_costs : int
        Number of transport costs, 2 to 100 000.
    farm_cost, economy_of_scale
        As in `core_periphery`.

    Returns
    -------
    Tomahawk
        Which equilibria exist, and which of them are stable.

    Raises
    ------
    ValueError
        If a parameter is out of range, or the no-black-hole condition fails.

    Notes
    -----
    In an uneven equilibrium let the larger region have :math:`w_1/w_2 = T^{-\mu u}` with
    :math:`0 < u < 1`. Equal real wages then fix both price indices, and the wage equations become

    .. math:: T^{-\mu\sigma u} \left[(1-\mu) T^{(\sigma-1)u} + (1+\mu) T^{1-\sigma}\right]
              = (1-\mu) + (1+\mu) T^{(\sigma-1)(u-1)} .

    At :math:`u = 0` it always holds (the even spread), and at :math:`u = 1` it is the equation of
    the sustain point. The share of workers follows from :math:`u` without another equation. The
    reduction was worked out for this course; the tests compare it with the full system.

    Examples
    --------
    >>> print(tomahawk().summary())
    An even spread breaks up below a transport cost of 1.627, and a core holds below 1.807:
    between the two, both can last.

    When food is dear to move, nobody wants to live where all the workers are:

    >>> print(tomahawk(farm_cost=1.2).summary())
    An even spread lasts at every transport cost, and a core lasts at none.
    """
    sigma, mu = tastes(sigma, mu)
    farm_cost = checked_farm_cost(farm_cost)
    lowest = number(
        "lowest", lowest, above=1, because="at 1 goods travel free, and no place counts"
    )
    highest = number("highest", highest, above=lowest, because="the axis ends above its beginning")
    n_costs = whole_number(
        "n_costs", n_costs, least=2, most=100_000, because="it counts the points of a curve"
    )
    cost = np.linspace(lowest, highest, n_costs)
    if farm_cost > 1 or not economy_of_scale:
        return _searched_axe(cost, sigma, mu, farm_cost, economy_of_scale)
    breaks, sustains = break_point(sigma, mu), sustain_point(sigma, mu)
    both = (cost > breaks) & (cost < sustains)
    uneven = np.full(n_costs, np.nan)
    uneven[both] = _uneven_shares(np.log(cost[both]), sigma, mu)
    return Tomahawk(
        sigma=sigma,
        mu=mu,
        transport_cost=cost,
        even_is_stable=cost > breaks,
        core_is_stable=cost < sustains,
        uneven_share=uneven,
        break_point=breaks,
        sustain_point=sustains,
    )


def _searched_axe(
    cost: np.ndarray, sigma: float, mu: float, farm_cost: float, economy_of_scale: bool
) -> Tomahawk:
    """The tomahawk where no closed form is at hand: each transport cost is looked at by itself."""

    def gap(share: float, at: float) -> float:
        return log_real_wage_ratio(share, at, sigma, mu, 0.0, farm_cost, economy_of_scale)[0]

    found = [_searched(partial(gap, at=at)) for at in cost.tolist()]
    stable = [{one.share for one in each if one.stable} for each in found]
    even, core = (np.array([share in one for one in stable]) for share in (0.5, 1.0))
    tips = [
        [one.share for one in each if one.kind == "uneven" and not one.stable] for each in found
    ]

    def last(holds: np.ndarray, at_share: float) -> float:
        """The cost above which what holds below it does not, or the other way round."""
        change = np.flatnonzero(holds[:-1] != holds[1:])
        if not len(change):
            return math.nan
        return bisection(
            partial(gap, at_share), cost[change[-1]].item(), cost[change[-1] + 1].item()
        )

    return Tomahawk(
        sigma=sigma,
        mu=mu,
        transport_cost=cost,
        even_is_stable=even,
        core_is_stable=core,
        uneven_share=np.array([max(each, default=math.nan) for each in tips]),
        break_point=last(even, 0.5 + 1e-7),
        sustain_point=last(core, 1.0),
        farm_cost=farm_cost,
        economy_of_scale=economy_of_scale,
    )


def _uneven_shares(log_cost: np.ndarray, sigma: float, mu: float) -> np.ndarray:
    """Larger share of workers in the unstable equilibrium, for costs between the two landmarks."""
    scale = sigma - 1
    low, high = np.zeros_like(log_cost), np.ones_like(log_cost)
    for _ in range(60):
        middle = 0.5 * (low + high)
        left = np.log(
            (1 - mu) * np.exp(scale * middle * log_cost) + (1 + mu) * np.exp(-scale * log_cost)
        )
        right = np.log((1 - mu) + (1 + mu) * np.exp(scale * (middle - 1) * log_cost))
        towards_core = left - mu * sigma * middle * log_cost - right
        # Above zero near a stable even spread; from there it falls towards the core.
        inside = towards_core > 0
        low, high = np.where(inside, middle, low), np.where(inside, high, middle)
    u = 0.5 * (low + high)
    # Of the varieties that region 1 buys, weighted by price: its own over the other's.
    index_ratio, freeness = np.exp(scale * u * log_cost), np.exp(-scale * log_cost)
    own = (index_ratio - freeness) / (1 - index_ratio * freeness)
    workers = own * np.exp(-mu * scale * u * log_cost)
    return workers / (1 + workers)


# --- checks and words


def tastes(sigma: float, mu: float) -> tuple[float, float]:
    sigma = number(
        "sigma",
        sigma,
        above=1,
        because="buyers must be able to replace one manufactured good by another, try 5",
    )
    mu = number(
        "mu",
        mu,
        above=0,
        below=1,
        because="some income is spent on manufactured goods, and some on food",
    )
    rho = (sigma - 1) / sigma
    if rho <= mu:
        raise ValueError(
            f"mu must be below (sigma - 1) / sigma = {rho:.3g} "
            f"(got mu = {mu:g}, sigma = {sigma:g}): else economies of scale are so strong that all "
            "workers gather at any transport cost, a black hole; lower mu or raise sigma"
        )
    return sigma, mu


def _transport_cost(name: str, value: float) -> float:
    return number(
        name,
        value,
        above=1,
        because=(
            "it counts the units to be sent so that one arrives, and nothing grows on the way; "
            "at 1 goods travel free, and it no longer matters who lives where"
        ),
    )


def checked_farm_cost(value: float) -> float:
    return number(
        "farm_cost",
        value,
        least=1,
        most=10,
        because="it counts the units of food sent for one to arrive: at 1 food travels free",
    )


def _share(name: str, value: float) -> float:
    return number(name, value, least=0, most=1, because="it is a share of the whole")


def _cost_from_log(log_cost: float, sigma: float, mu: float) -> float:
    if log_cost > 700:
        raise ValueError(
            f"mu = {mu:g} and sigma = {sigma:g} are too close to the black hole for this computer: "
            "the transport cost has more than 300 digits; lower mu or raise sigma"
        )
    return math.exp(log_cost)


def _in_words(share: float) -> str:
    if share > 1 - SHARE_TOLERANCE:
        return "all in region 1"
    if share < SHARE_TOLERANCE:
        return "all in region 2"
    if abs(share - 0.5) < SHARE_TOLERANCE:
        return "spread evenly"
    return f"with {share:.0%} in region 1"
