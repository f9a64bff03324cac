"""A sequence of goods that wanders down the ladder of tiers: flying geese."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.gradient_transition.product_cycle import ProductCycle, product_cycle
from course_lib.parameters import number, whole_number

N_TIMES = 481
"""Points of the time axis: quarter-years on the default horizon of 120 years."""

HARDLY_SOLD = 0.02
"""Output of a tier below this, of a full market of 1, is not told as work that it gets."""


@dataclass(frozen=True, eq=False)
class FlyingGeese:
    """Who makes how much of which good, and when: the result of `flying_geese`.

    Goods and tiers are numbered from 1; index 0 of an array is good 1 or tier 1.

    Attributes
    ----------
    time : numpy.ndarray of float, shape (n_times,)
        Years since the first good was new.
    introduced : numpy.ndarray of float, shape (n_goods,)
        Year in which each good is new.
    start_costs : numpy.ndarray of float, shape (n_goods,)
        Skill content of each good: the `start_cost` of its product cycle.
    cycles : tuple of ProductCycle, length n_goods
        The product cycle of each good.
    output : numpy.ndarray of float, shape (n_times, n_goods, n_tiers)
        Output of each good in each tier. The market of one good at its fullest is about 1.
    tier_share : numpy.ndarray of float, shape (n_times, n_tiers)
        Share of each tier in the output of all goods together: adds up to one.
    market_peak_age : float
        Age at which the market of a good is at its fullest, years.
    peak_ages : numpy.ndarray of float, shape (n_goods, n_tiers)
        Age at which a tier makes most of a good, years, if production is always at the cheapest
        place (softness zero). NaN means that the tier never makes this good.
    softness, horizon : float
        The parameters as they were given.
    """

    time: np.ndarray
    introduced: np.ndarray
    start_costs: np.ndarray
    cycles: tuple[ProductCycle, ...]
    output: np.ndarray
    tier_share: np.ndarray
    market_peak_age: float
    peak_ages: np.ndarray
    softness: float
    horizon: float

    @property
    def n_goods(self) -> int:
        """Number of goods."""
        return len(self.introduced)

    @property
    def n_tiers(self) -> int:
        """Number of tiers on the ladder."""
        return self.output.shape[2]

    @property
    def tier_output(self) -> np.ndarray:
        """Output of each tier, all goods together, shape (n_times, n_tiers)."""
        return self.output.sum(axis=1)

    def to_frame(self) -> pd.DataFrame:
        """Output of every good in every tier, one row for each time: columns (good, tier)."""
        columns = pd.MultiIndex.from_product(
            [range(1, self.n_goods + 1), range(1, self.n_tiers + 1)], names=["good", "tier"]
        )
        return pd.DataFrame(
            self.output.reshape(len(self.time), -1),
            index=pd.Index(self.time, name="year"),
            columns=columns,
            copy=True,
        )

    def summary(self) -> str:
        """One sentence: when the first and the last good move down."""
        goods = [self._journey(0)]
        if self.n_goods > 1:
            goods.append(self._journey(self.n_goods - 1))
        return "; ".join(goods) + "."

    def _journey(self, good: int) -> str:
        cycle, born = self.cycles[good], self.introduced[good]
        text = f"good {good + 1} is new in year {born:.0f} and is made in tier {cycle.path[0]}"
        for tier, age in zip(cycle.path[1:], cycle.switch_ages, strict=True):
            if born + age > self.horizon:
                return f"{text}, until the years shown end"
            if self.output[:, good, tier - 1].max() < HARDLY_SOLD:
                return f"{text}, until hardly any of it is sold"
            text += f", from year {born + age:.0f} in tier {tier}"
        return text[0].upper() + text[1:] if good == 0 else text


def flying_geese(
    wages: Sequence[float] = (3, 2, 1),
    skill_penalty: Sequence[float] = (1, 2, 4),
    start_cost: float = 5.0,
    maturing: float = 0.1,
    goods: int = 4,
    interval: float = 15.0,
    upgrading: float = 1.25,
    market_growth: float = 0.3,
    market_midpoint: float = 10.0,
    product_life: float = 50.0,
    softness: float = 0.15,
    horizon: float = 120,
) -> FlyingGeese:
    r"""Pass a sequence of goods of growing skill content down the ladder of tiers.

    Every good goes through its own product cycle (see `product_cycle`). The next good needs more
    skill, comes later and starts at the top again. Each tier's output of a good is then an
    inverted U, and the inverted U's of the tiers follow one another: the picture that Akamatsu
    compared with geese in flight.

    The functional form is the course's own, not Akamatsu's or Kojima's, who drew and told it.

    Parameters
    ----------
    wages, skill_penalty, maturing
        As in `product_cycle`, the same for all goods.
    start_cost : float
        Skill content of the first good: its cost of being new, money per unit.
    goods : int
        Number of goods, 1 to 20.
    interval : float
        Years between one new good and the next.
    upgrading : float
        Factor by which skill content grows from one good to the next, at least 1.
    market_growth : float
        Speed :math:`r` at which the market of a good grows, and at which it is lost in the end,
        per year.
    market_midpoint : float
        Age :math:`m` at which half of the market is won, years.
    product_life : float
        Age :math:`L` at which half of the market is lost to something newer, years.
    softness : float
        How much dearer a tier may be and still keep a part of production, money per unit. At 0
        the cheapest tier makes all.
    horizon : float
        Length of the time axis, years.

    Returns
    -------
    FlyingGeese
        Output by good and tier over time, shares of the tiers, ages at which output peaks.

    Raises
    ------
    ValueError
        If a parameter is out of range, or the horizon runs so far past the last good that
        nothing is left to share out.

    Notes
    -----
    The market of a good of age :math:`a` is
    :math:`M(a) = \Lambda(r(a-m))\,\Lambda(r(L-a))` with the logistic function :math:`\Lambda`.
    It is fullest at :math:`(m+L)/2`. Tier :math:`i` has the share
    :math:`e^{-c_i(a)/\tau} / \sum_j e^{-c_j(a)/\tau}` of it, :math:`\tau` the softness.

    With softness 0 a tier's output peaks at the moment at which it loses the good, if the market
    is still growing by then. So peaks come in the order of the tiers, and the years between two
    peaks are the years between two switch ages of the product cycle.

    References
    ----------
    Akamatsu, K. (1962). A historical pattern of economic growth in developing countries.
    *The Developing Economies* 1(s1), 3-25.

    Kojima, K. (2000). The "flying geese" model of Asian economic development: origin,
    theoretical extensions, and regional policy implications. *Journal of Asian Economics* 11(4),
    375-401.

    Examples
    --------
    >>> geese = flying_geese()
    >>> geese.peak_ages[0].round(3).tolist()
    [16.094, 23.026, 30.0]
    >>> print(flying_geese(goods=1).summary())
    Good 1 is new in year 0 and is made in tier 1, from year 16 in tier 2, from year 23 in tier 3.
    """
    goods = whole_number("goods", goods, least=1, most=20, because="it counts goods")
    interval = number(
        "interval", interval, above=0, because="goods are introduced one after another"
    )
    upgrading = number(
        "upgrading", upgrading, least=1, because="later goods need as much skill or more, not less"
    )
    market_growth = number(
        "market_growth", market_growth, above=0, because="a market has to grow to be worth moving"
    )
    market_midpoint = number(
        "market_midpoint", market_midpoint, least=0, because="a market is won after the good is new"
    )
    product_life = number(
        "product_life",
        product_life,
        above=market_midpoint,
        because="a market must be won (market_midpoint) before it is lost",
    )
    softness = number(
        "softness", softness, least=0, because="at 0 the cheapest tier already makes all"
    )
    horizon = number("horizon", horizon, above=0, because="the time axis needs a length in years")

    introduced = interval * np.arange(goods)
    cycles = tuple(
        product_cycle(wages, skill_penalty, start_cost * upgrading**good, maturing, horizon)
        for good in range(goods)
    )
    time = np.linspace(0.0, horizon, N_TIMES)
    output = np.stack(
        [
            _market(time - born, market_growth, market_midpoint, product_life)[:, np.newaxis]
            * _tier_shares(cycle, time - born, softness)
            for born, cycle in zip(introduced, cycles, strict=True)
        ],
        axis=1,
    )
    total = output.sum(axis=(1, 2))
    if (total <= 0).any():
        raise ValueError(
            f"horizon must end while something is still sold (got {horizon:g}): after year "
            f"{time[np.argmin(total > 0)]:.0f} the last good is forgotten; "
            "shorten the horizon, or add goods"
        )
    market_peak_age = (market_midpoint + product_life) / 2
    return FlyingGeese(
        time=time,
        introduced=introduced,
        start_costs=np.array([cycle.start_cost for cycle in cycles]),
        cycles=cycles,
        output=output,
        tier_share=output.sum(axis=1) / total[:, np.newaxis],
        market_peak_age=market_peak_age,
        peak_ages=np.stack([_peak_ages(cycle, market_peak_age) for cycle in cycles]),
        softness=softness,
        horizon=horizon,
    )


def _market(age: np.ndarray, growth: float, midpoint: float, life: float) -> np.ndarray:
    """Size of a good's market: nothing before it exists, then logistic growth and loss."""
    # ln of the logistic function is -ln(1 + e^-x), and so far from its middle nothing is lost.
    won = -np.logaddexp(0, -growth * (age - midpoint))
    kept = -np.logaddexp(0, -growth * (life - age))
    return np.where(age < 0, 0.0, np.exp(won + kept))


def _tier_shares(cycle: ProductCycle, age: np.ndarray, softness: float) -> np.ndarray:
    """Share of each tier in making a good of the given age, shape (n_ages, n_tiers)."""
    age = np.maximum(age, 0.0)
    if softness < 1e-9:  # next to nothing is nothing
        tiers = np.array(cycle.path)[np.searchsorted(cycle.switch_ages, age, side="right")]
        return (tiers[:, np.newaxis] == np.arange(1, cycle.n_tiers + 1)).astype(float)
    cost = cycle.wages + cycle.skill_penalty * (
        cycle.start_cost * np.exp(-cycle.maturing * age)[:, np.newaxis]
    )
    dearer = cost - cost.min(axis=1, keepdims=True)
    weight = np.exp(-dearer / softness)
    return weight / weight.sum(axis=1, keepdims=True)


def _peak_ages(cycle: ProductCycle, market_peak_age: float) -> np.ndarray:
    """Age at which each tier makes most of a good when the cheapest tier makes all."""
    peaks = np.full(cycle.n_tiers, np.nan)
    arrives = np.concatenate([[0.0], cycle.switch_ages])
    leaves = np.concatenate([cycle.switch_ages, [np.inf]])
    # The market grows up to its peak and shrinks after it, so a tier's best year is the year of
    # the market's peak, or the nearest to it that the tier has.
    peaks[np.array(cycle.path) - 1] = np.clip(market_peak_age, arrives, leaves)
    return peaks
