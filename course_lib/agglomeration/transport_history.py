"""Transport becomes cheap and dear again: do workers who have gathered go back?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from course_lib.agglomeration.core_periphery import (
    CorePeriphery,
    Tomahawk,
    core_periphery,
    log_real_wage_ratio,
    tomahawk,
)
from course_lib.caching import read_only
from course_lib.parameters import number, whole_number

FIRST_CHANGE, REST, SECOND_CHANGE = 60, 20, 60
YEARS = FIRST_CHANGE + REST + SECOND_CHANGE + REST
"""The cost changes for 60 years, rests for 20, changes for 60 and rests for 20."""

STEPS_PER_YEAR = 4


@dataclass(frozen=True, eq=False)
class TransportHistory:
    """Workers follow transport costs that fall and rise: the result of `transport_history`.

    Attributes
    ----------
    start_share, first_cost, middle_cost, last_cost, sigma, mu, speed, farm_cost : float
        The parameters as they were given.
    economy_of_scale : bool
        Whether a firm makes its good in one place only, as it was given.
    year : int
        The year that is looked at.
    years : numpy.ndarray of int64, shape (n_years,)
        Years from the start.
    cost : numpy.ndarray of float, shape (n_years,)
        Transport cost in each year.
    share : numpy.ndarray of float, shape (n_years,)
        Share of the workers in region 1 in each year.
    axe : Tomahawk
        All equilibria over all transport costs.
    now : CorePeriphery
        Both regions at the transport cost of the year.
    """

    start_share: float
    first_cost: float
    middle_cost: float
    last_cost: float
    sigma: float
    mu: float
    speed: float
    farm_cost: float
    economy_of_scale: bool
    year: int
    years: np.ndarray
    cost: np.ndarray
    share: np.ndarray
    axe: Tomahawk
    now: CorePeriphery

    @property
    def share_now(self) -> float:
        """Share of the workers in region 1 in the year that is looked at."""
        return float(self.share[self.year])

    def to_frame(self) -> pd.DataFrame:
        """Transport cost and share of the workers in region 1, one row a year."""
        return pd.DataFrame(
            {"transport_cost": self.cost, "share_in_region_1": self.share},
            index=pd.Index(self.years, name="year"),
        )

    def summary(self) -> str:
        """One sentence: where the workers are, and where they could stay at this cost."""
        even, core = 0.5 in self.now.stable_shares, 1.0 in self.now.stable_shares
        if even and core:
            could = "both an even spread and a core"
        else:
            could = "only an even spread" if even else "only a core, in either region,"
        text = (
            f"In year {self.year} the transport cost is {self.cost[self.year]:.2f}, and "
            f"{self.share_now:.0%} of the workers are in region 1; at this cost {could} can last"
        )
        if not even and f"{self.share_now:.0%}" == "50%":  # on its tip, as a pencil
            slow = "close to evenness the gathering is slow"
            text += f" ({'nobody has moved first' if self.share_now == 0.5 else slow})"
        return text + "."


def transport_history(
    start_share: float = 0.52,
    first_cost: float = 1.9,
    middle_cost: float = 1.3,
    last_cost: float = 1.3,
    sigma: float = 5.0,
    mu: float = 0.4,
    speed: float = 3.0,
    farm_cost: float = 1.0,
    economy_of_scale: bool = True,
    year: int = YEARS,
) -> TransportHistory:
    r"""Let transport costs fall and rise again, and let workers follow the real wage.

    For 60 years the cost goes from `first_cost` to `middle_cost`, and it rests there for 20. For
    another 60 years it goes on to `last_cost`, and rests for 20. Each year workers move towards
    the region with the higher real wage, the more of them the larger the gap.

    Parameters
    ----------
    start_share : float
        Share of the workers in region 1 at the start, 0 to 1.
    first_cost, middle_cost, last_cost : float
        Transport cost at the start, in the middle and at the end: units to be sent so that one
        arrives, above 1.
    sigma, mu : float
        As in `core_periphery`.
    speed : float
        How readily workers move, :math:`\kappa`, per year.
    farm_cost, economy_of_scale
        As in `core_periphery`: two assumptions, each of which can be taken away.
    year : int
        The year to look at, 0 to 160.

    Returns
    -------
    TransportHistory
        The path of workers, and all equilibria beside it.

    Raises
    ------
    ValueError
        If a parameter is out of range, or the no-black-hole condition fails.

    Notes
    -----
    The share of workers follows :math:`\lambda' = \kappa \ln(\omega_1/\omega_2)` and stops at 0
    and 1. Its resting points and their stability are those of the law that Fujita, Krugman and
    Venables use, :math:`\lambda' = \gamma (\omega_1 - \bar\omega) \lambda`; this one also lets
    the first worker return to a region that is empty.

    References
    ----------
    Fujita, M., Krugman, P. and Venables, A. J. (1999). *The Spatial Economy: Cities, Regions, and
    International Trade*. MIT Press, chapter 5.

    Examples
    --------
    Cheap transport has gathered the workers. At a cost of 1.7 they stay, although on the way
    down they were still spread evenly at this cost:

    >>> there, back = transport_history(), transport_history(last_cost=1.7)
    >>> way_down = int(np.argmin(abs(back.cost[:60] - 1.7)))
    >>> round(float(back.share[way_down]), 1), round(float(back.share[-1]), 1)
    (0.5, 1.0)

    Above the sustain point they leave:

    >>> round(float(transport_history(last_cost=1.9).share[-1]), 1)
    0.5

    Without economies of scale they would never have gathered:

    >>> round(float(transport_history(economy_of_scale=False).share[-1]), 1)
    0.5
    """
    start_share = number(
        "start_share", start_share, least=0, most=1, because="it is a share of the workers"
    )
    first_cost, middle_cost, last_cost = (
        number(name, given, above=1, because="it counts the units to be sent so that one arrives")
        for name, given in (
            ("first_cost", first_cost),
            ("middle_cost", middle_cost),
            ("last_cost", last_cost),
        )
    )
    speed = number("speed", speed, above=0, most=10, because="workers move, but not all at once")
    year = whole_number("year", year, least=0, most=YEARS, because="the history is so many years")
    # This also checks sigma, mu and the cost of moving food, which the path takes for granted.
    axe = _axe(sigma, mu, farm_cost, economy_of_scale)
    cost, share = _path(
        start_share,
        (first_cost, middle_cost, last_cost),
        (sigma, mu, axe.farm_cost, economy_of_scale),
        speed,
    )
    return TransportHistory(
        start_share=start_share,
        first_cost=first_cost,
        middle_cost=middle_cost,
        last_cost=last_cost,
        sigma=sigma,
        mu=mu,
        speed=speed,
        farm_cost=axe.farm_cost,
        economy_of_scale=economy_of_scale,
        year=year,
        years=np.arange(YEARS + 1, dtype=np.int64),
        cost=cost,
        share=share,
        axe=axe,
        now=core_periphery(
            sigma, mu, float(cost[year]), float(share[year]), farm_cost, economy_of_scale
        ),
    )


@lru_cache(maxsize=8)
def _axe(sigma: float, mu: float, farm_cost: float, economy_of_scale: bool) -> Tomahawk:
    return read_only(tomahawk(sigma, mu, 1.01, 2.5, 400, farm_cost, economy_of_scale))


@lru_cache(maxsize=8)  # so that to play the years is to look at one history
def _path(
    start_share: float,
    three_costs: tuple[float, float, float],
    world: tuple[float, float, float, bool],
    speed: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Transport cost and share of the workers in region 1, year by year."""
    times = np.arange(STEPS_PER_YEAR * YEARS * 2 + 1) / (2 * STEPS_PER_YEAR)
    corners = np.cumsum([0, FIRST_CHANGE, REST, SECOND_CHANGE, REST])
    cost = np.interp(times, corners, np.repeat(three_costs, (1, 2, 2)))
    sigma, mu, farm_cost, economy_of_scale = world
    costs = cost.tolist()

    def real_wages(share: float, cost: float, guess: float) -> tuple[float, float]:
        return log_real_wage_ratio(share, cost, sigma, mu, guess, farm_cost, economy_of_scale)

    share, wages = start_share, 0.0
    shares = [share]
    step = 1 / STEPS_PER_YEAR
    for now in range(0, len(costs) - 1, 2):  # the midpoint method: a half step first, to look
        gap, wages = real_wages(share, costs[now], wages)
        middle = min(1.0, max(0.0, share + 0.5 * step * speed * gap))
        gap, wages = real_wages(middle, costs[now + 1], wages)
        share = min(1.0, max(0.0, share + step * speed * gap))
        shares.append(share)
    yearly = np.array(shares[::STEPS_PER_YEAR])
    cost = cost[:: 2 * STEPS_PER_YEAR].copy()
    cost.flags.writeable = yearly.flags.writeable = False  # others get the same arrays
    return cost, yearly
