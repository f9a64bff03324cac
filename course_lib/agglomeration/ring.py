"""Many regions on a ring: how many cores form, and where?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from course_lib.agglomeration.core_periphery import tastes
from course_lib.parameters import number, whole_number
from course_lib.sentence import agreeing

STEPS = 120
"""Rounds of moving after which nothing changes that could be seen, at the speed that is given."""

PRECISION = 1e-10
"""Wages of a step are solved until none changes by more than this part of itself."""


@dataclass(frozen=True, eq=False)
class Ring:
    """Workers on a ring of regions: the result of `ring`.

    Attributes
    ----------
    regions, steps, step, seed : int
        The parameters as they were given.
    transport_cost, sigma, mu, speed : float
        The parameters as they were given.
    shares : numpy.ndarray of float, shape (steps + 1, regions)
        Share of the workers in each region after each step. Rows add up to one.
    real_wages : numpy.ndarray of float, shape (regions,)
        Real wages at the last step.
    growth : numpy.ndarray of float, shape (regions // 2,)
        How fast a small wave of 1, 2, 3 ... crests grows around an even spread, in one step at
        speed 1: the elasticity of a region's real wage to its share of workers.
    """

    regions: int
    transport_cost: float
    sigma: float
    mu: float
    speed: float
    steps: int
    step: int
    seed: int
    shares: np.ndarray
    real_wages: np.ndarray
    growth: np.ndarray

    @property
    def fastest(self) -> int:
        """Number of crests of the wave that grows fastest; 0 if every wave dies out."""
        return int(np.argmax(self.growth)) + 1 if self.growth.max() > 0 else 0

    @property
    def core_from(self) -> float:
        """Share of the workers above which a region belongs to a core: twice an even one.

        A smaller lead is noise of the start, or a wave that has not broken yet.
        """
        return 2 / self.regions

    def cores(self, step: int | None = None) -> int:
        """Number of cores after a step: runs of neighbours that each hold twice their share.

        Parameters
        ----------
        step : int, optional
            After which step; without it, the one that is looked at.
        """
        held = self.shares[self.step if step is None else step]
        large = held > self.core_from
        return int((large & ~np.roll(large, 1)).sum())

    def to_frame(self) -> pd.DataFrame:
        """Share of the workers after the step that is looked at, one row a region."""
        return pd.DataFrame(
            {
                "share_of_workers": self.shares[self.step],
                "share_over_an_even_one": self.shares[self.step] * self.regions,
            },
            index=pd.RangeIndex(self.regions, name="region"),
        )

    def summary(self) -> str:
        """One sentence: how many cores there are, and what the first wave was to be."""
        cores = self.cores()
        largest = self.shares[self.step].max()
        found = (
            "no region stands out"
            if cores == 0
            else f"there {'is one core' if cores == 1 else f'are {cores} cores'}, and the largest "
            f"region holds {largest:.0%} of the workers"
        )
        grows = (
            "no wave grows, so an even spread lasts"
            if self.fastest == 0
            else f"the wave that grows fastest has {self.fastest} {agreeing(self.fastest, 'crest')}"
        )
        return f"After {self.step} steps {found}; {grows}."


def ring(
    regions: int = 30,
    transport_cost: float = 4.0,
    sigma: float = 5.0,
    mu: float = 0.3,
    speed: float = 4.0,
    steps: int = STEPS,
    step: int | None = None,
    seed: int = 1,
) -> Ring:
    r"""Let workers move on a ring of equal regions: the racetrack economy.

    As in `core_periphery`, with any number of regions. Goods travel the shorter way round.

    Parameters
    ----------
    regions : int
        Number of regions, 2 to 400.
    transport_cost : float
        Units to be sent so that one arrives on the opposite side of the ring, above 1. A part of
        the way costs its part, compounded.
    sigma, mu : float
        As in `core_periphery`.
    speed : float
        How readily workers move: in a step each region's share is multiplied by its real wage to
        this power, and shares are scaled to add up to one again.
    steps : int
        Number of steps, 1 to 5000.
    step : int, optional
        The step to look at; without it, the last.
    seed : int
        Seed of the small differences at the start: within one per cent of an even share.

    Returns
    -------
    Ring
        Shares of workers over time, and the closed form for how small waves grow.

    Raises
    ------
    ValueError
        If a parameter is out of range, the no-black-hole condition fails, or workers are so quick
        that they would run past each other from step to step.

    Notes
    -----
    Around an even spread a wave of workers with :math:`k` crests meets a market that is
    :math:`Z_k = \sum_d \phi_d \cos(2\pi k d/n) / \sum_d \phi_d` as uneven as itself, with
    :math:`\phi_d` for the freeness of trade over the distance :math:`d`. The real wage then has
    the elasticity

    .. math:: \frac{(1-\mu Z)\, Z (\mu - Z)}{\sigma - \mu Z - (\sigma-1) Z^2}
              + \frac{\mu Z}{\sigma-1}

    to the share of workers. Where it is above zero, the wave grows. With two regions its zero is
    the break point.

    References
    ----------
    Krugman, P. (1993). On the number and location of cities. *European Economic Review* 37(2-3),
    293-298.

    Fujita, M., Krugman, P. and Venables, A. J. (1999). *The Spatial Economy: Cities, Regions, and
    International Trade*. MIT Press, chapter 6.

    Examples
    --------
    >>> ring().fastest, ring().cores()
    (3, 3)
    """
    sigma, mu = tastes(sigma, mu)
    regions = whole_number("regions", regions, least=2, most=400, because="a ring needs at least 2")
    transport_cost = number(
        "transport_cost",
        transport_cost,
        above=1,
        because="it counts the units to be sent so that one arrives on the opposite side",
    )
    speed = number("speed", speed, above=0, most=50, because="workers move, but not all at once")
    steps = whole_number("steps", steps, least=1, most=5000, because="it counts rounds of moving")
    step = steps if step is None else step
    step = whole_number("step", step, least=0, most=steps, because="it must be one of the steps")
    seed = whole_number("seed", seed, least=0, most=2**31 - 1, because="it starts the dice")
    growth = _growth(regions, transport_cost, sigma, mu)
    if speed * -growth.min() > 1:
        raise ValueError(
            f"speed must be at most {math.floor(-10 / growth.min()) / 10:g} at this transport cost "
            f"(got {speed:g}): else so many workers leave a crowded region in one step that it is "
            "too empty in the next; lower speed or transport_cost"
        )
    shares, real_wages = _run(regions, transport_cost, sigma, mu, speed, steps, seed)
    return Ring(
        regions=regions,
        transport_cost=transport_cost,
        sigma=sigma,
        mu=mu,
        speed=speed,
        steps=steps,
        step=step,
        seed=seed,
        shares=shares,
        real_wages=real_wages,
        growth=growth,
    )


def _freeness(regions: int, transport_cost: float, sigma: float) -> np.ndarray:
    """Freeness of trade from region 0 to each region, over the shorter way round."""
    places = np.arange(regions)
    distance = np.minimum(places, regions - places) / (regions / 2)
    return np.exp((1 - sigma) * math.log(transport_cost) * distance)


def _growth(regions: int, transport_cost: float, sigma: float, mu: float) -> np.ndarray:
    """Elasticity of the real wage to the share of workers, for waves of 1, 2, 3 ... crests."""
    waves = np.fft.rfft(_freeness(regions, transport_cost, sigma)).real
    z = waves[1:] / waves[0]
    wages = z * (mu - z) / (sigma - mu * z - (sigma - 1) * z**2)
    return (1 - mu * z) * wages + mu * z / (sigma - 1)


@lru_cache(maxsize=8)  # so that to play the steps is to look at one run
def _run(
    regions: int,
    transport_cost: float,
    sigma: float,
    mu: float,
    speed: float,
    steps: int,
    seed: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Shares after each step, and the real wages at the end."""
    one_row = _freeness(regions, transport_cost, sigma)
    places = np.arange(regions)
    freeness = one_row[(places[:, np.newaxis] - places) % regions]
    rng = np.random.default_rng(seed)
    share = 1 + rng.uniform(-0.01, 0.01, regions)
    share /= share.sum()
    shares = np.empty((steps + 1, regions))
    shares[0] = share
    wages = np.ones(regions)
    for now in range(1, steps + 1):
        wages, goods = _ring_wages(share, wages, freeness, sigma, mu)
        pull = np.exp(speed * (np.log(wages) + mu / (sigma - 1) * np.log(goods)))
        share = share * pull
        share /= share.sum()
        shares[now] = share
    wages, goods = _ring_wages(share, wages, freeness, sigma, mu)
    real_wages = wages * goods ** (mu / (sigma - 1))
    shares.flags.writeable = real_wages.flags.writeable = False  # others get the same arrays
    return shares, real_wages


def _ring_wages(
    share: np.ndarray, wages: np.ndarray, freeness: np.ndarray, sigma: float, mu: float
) -> tuple[np.ndarray, np.ndarray]:
    """Nominal wages in all regions and their price indices to the power of 1 - sigma.

    To put wages into their own equations again and again takes about fifty rounds. With a little
    momentum, of the strength that suits the slowest wave, it takes fifteen.
    """
    farmers = (1 - mu) / len(share)
    slowest = math.sqrt((1 - mu) / sigma)
    stride, momentum = 4 / (1 + slowest) ** 2, ((1 - slowest) / (1 + slowest)) ** 2
    log_wages = before = np.log(wages)
    for _ in range(1000):
        wages = np.exp(log_wages)
        goods = freeness @ (share * wages ** (1 - sigma))
        income = mu * share * wages + farmers
        wanted = np.log(freeness @ (income / goods)) / sigma - log_wages
        if np.abs(wanted).max() < PRECISION:
            break
        ahead = log_wages + stride * wanted + momentum * (log_wages - before)
        log_wages, before = ahead, log_wages
    return wages, goods
