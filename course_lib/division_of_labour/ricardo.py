"""Who makes what when one region is worse at everything: Ricardo's two regions and two goods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.parameters import number

PER = 1000
"""Amounts of goods are given for so many workers."""


@dataclass(frozen=True, eq=False)
class Ricardo:
    """Two regions and two goods, alone and in trade: the result of `ricardo`.

    Rows are regions (home, away), columns goods (first, second). Amounts are loads a year for
    1000 workers of the region. Costs and prices are loads of the second good for one load of the
    first.

    Attributes
    ----------
    labour : numpy.ndarray of float, shape (2, 2)
        Workers needed for one load a year.
    workers : float
        Workers at home for each worker away.
    share : float
        Share of the first good in everybody's spending.
    regions, goods : tuple of str
        Their names.
    opportunity_cost : numpy.ndarray of float, shape (2,)
        Loads of the second good that a region gives up to make one load of the first.
    price : float
        Price of the first good in trade. It lies between the two opportunity costs.
    relative_wage : float
        Wage at home over wage away, with trade.
    alone, production, consumption : numpy.ndarray of float, shape (2, 2)
        What a region makes and uses without trade; what it makes, and what it uses, with trade.
    """

    labour: np.ndarray
    workers: float
    share: float
    regions: tuple[str, str]
    goods: tuple[str, str]
    opportunity_cost: np.ndarray
    price: float
    relative_wage: float
    alone: np.ndarray
    production: np.ndarray
    consumption: np.ndarray

    @property
    def price_range(self) -> tuple[float, float]:
        """The terms of trade that leave neither region worse off: the two opportunity costs."""
        return float(self.opportunity_cost.min()), float(self.opportunity_cost.max())

    @property
    def seller(self) -> int | None:
        """Row of the region that sells the first good; None if there is no reason to trade."""
        home, away = self.opportunity_cost
        if _equal(home, away):
            return None
        return 0 if home < away else 1

    @property
    def gains(self) -> np.ndarray:
        """How much more each region can buy with trade than alone, as a share, shape (2,)."""
        return self.gains_at(np.array(self.price))

    @property
    def worse_at_everything(self) -> int | None:
        """Row of the region that needs more labour for both goods; None if there is none."""
        home_worse = self.labour[0] > self.labour[1]
        if home_worse.all():
            return 0
        return 1 if (self.labour[0] < self.labour[1]).all() else None

    def gains_at(self, price: np.ndarray) -> np.ndarray:
        """Gains of both regions at terms of trade within `price_range`, shape (..., 2)."""
        gain = np.zeros((*np.shape(price), 2))
        if self.seller is not None:
            low, high = self.price_range
            gain[..., self.seller] = (price / low) ** (1 - self.share) - 1
            gain[..., 1 - self.seller] = (high / price) ** self.share - 1
        return gain

    def to_frame(self) -> pd.DataFrame:
        """One row a region and good: labour needed, made and used alone and in trade."""
        index = pd.MultiIndex.from_product([self.regions, self.goods], names=["region", "good"])
        return pd.DataFrame(
            {
                "workers_for_one_load": self.labour.ravel(),
                "made_and_used_alone": self.alone.ravel(),
                "made_with_trade": self.production.ravel(),
                "used_with_trade": self.consumption.ravel(),
            },
            index=index,
        )

    def summary(self) -> str:
        """One sentence: who sells what, at which price, and what each gains."""
        (home, away), (first, second) = self.regions, self.goods
        costs = (
            f"one load of {first} costs {self.opportunity_cost[0]:.3f} loads of {second} in {home}"
        )
        if self.seller is None:
            text = f"{costs} and as much in {away}, so there is no reason to trade"
        else:
            sells_first, sells_second = self.regions[self.seller], self.regions[1 - self.seller]
            text = (
                f"{costs} and {self.opportunity_cost[1]:.3f} in {away}, so {sells_first} sells "
                f"{first} and {sells_second} {second}, at a price of {self.price:.3f}; trade gives "
                f"{home} {self.gains[0]:.1%} more and {away} {self.gains[1]:.1%}; the wage in "
                f"{home} is {self.relative_wage:.2f} times that in {away}"
            )
        worse = self.worse_at_everything
        if worse is not None:
            text = f"{self.regions[worse]} is worse at both, and {text}"
        return text[0].upper() + text[1:] + "."


def ricardo(
    labour_home: Sequence[float] = (100, 120),
    labour_away: Sequence[float] = (90, 80),
    workers: float = 1.25,
    share: float = 0.5,
    regions: tuple[str, str] = ("England", "Portugal"),
    goods: tuple[str, str] = ("cloth", "wine"),
) -> Ricardo:
    r"""Find who makes what when two regions trade two goods.

    Labour is all that production needs, workers stay in their region, and everybody spends the
    same share of income on the first good. A region makes for sale what costs it less *of the
    other good*: that is its comparative advantage. The defaults are Ricardo's own example.

    Parameters
    ----------
    labour_home, labour_away : sequence of 2 floats
        Workers needed to make one load a year of the first and of the second good.
        :math:`a_1, a_2` at home and :math:`a^*_1, a^*_2` away.
    workers : float
        Workers at home for each worker away. It decides where the price lies in its range. At
        1.25 the price is 1, as in Ricardo's example.
    share : float
        Share of the first good in spending, between 0 and 1. :math:`b`.
    regions, goods : tuple of 2 str
        Their names, for tables and sentences.

    Returns
    -------
    Ricardo
        Opportunity costs, terms of trade, production, consumption, wages and gains.

    Raises
    ------
    ValueError
        If a number is out of range.

    Notes
    -----
    The opportunity cost of the first good is :math:`a_1/a_2`. If both regions make one good
    only, the price that clears the market is
    :math:`p = \frac{b}{1-b} \cdot \frac{L^*/a^*_2}{L/a_1}` (home sells the first good). If this
    is outside of the range of the opportunity costs, the price stays at its end, and the region
    whose cost that is makes both goods and gains nothing. Gains are those of a Cobb-Douglas
    household: :math:`(p/c)^{1-b}` for the seller of the first good with cost :math:`c`, and
    :math:`(c^*/p)^b` for the other region.

    References
    ----------
    Ricardo, D. (1817). *On the Principles of Political Economy and Taxation*, chapter 7.

    Examples
    --------
    >>> trade = ricardo()
    >>> trade.opportunity_cost.round(4).tolist()
    [0.8333, 1.125]
    >>> print(trade.summary())
    England is worse at both, and one load of cloth costs 0.833 loads of wine in England and 1.125
    in Portugal, so England sells cloth and Portugal wine, at a price of 1.000; trade gives
    England 9.5% more and Portugal 6.1%; the wage in England is 0.80 times that in Portugal.
    """
    because = "a good that needs no labour costs nothing, and nobody trades it"
    labour = np.array(
        [
            _two_numbers("labour_home", labour_home, because=because),
            _two_numbers("labour_away", labour_away, because=because),
        ]
    )
    workers = number(
        "workers", workers, above=0, because="a region without workers makes nothing to trade"
    )
    share = number(
        "share",
        share,
        above=0,
        below=1,
        because="if nobody buys one of the goods, there is nothing to trade it for",
    )
    regions, goods = _two_names("regions", regions), _two_names("goods", goods)

    cost = labour[:, 0] / labour[:, 1]
    # What a region can make of each good if it makes nothing else, for 1000 workers.
    most = PER / labour
    size = np.array([workers, 1.0])

    seller = 0 if cost[0] <= cost[1] else 1  # of the first good
    other = 1 - seller
    cleared = (
        share / (1 - share) * (size[other] * most[other, 1]) / (size[seller] * most[seller, 0])
    )
    price = float(np.clip(cleared, cost[seller], cost[other]))

    income = np.empty(2)  # in loads of the second good
    income[seller] = price * most[seller, 0]
    income[other] = most[other, 1]
    consumption = _spend(income, price, share)
    alone = _spend(most[:, 1], cost, share)
    demand = (size[:, np.newaxis] * consumption).sum(axis=0)

    production = np.zeros((2, 2))
    production[seller, 0] = most[seller, 0]
    production[other, 1] = most[other, 1]
    if _equal(*cost):
        production = consumption = alone
    elif cleared < cost[seller]:  # too much of the first good: its seller makes some of both
        production[seller, 0] = demand[0] / size[seller]
        production[seller, 1] = (demand[1] - size[other] * most[other, 1]) / size[seller]
    elif cleared > cost[other]:  # too little of it: the other region makes some of both
        production[other, 1] = demand[1] / size[other]
        production[other, 0] = (demand[0] - size[seller] * most[seller, 0]) / size[other]

    wage = np.maximum(price / labour[:, 0], 1 / labour[:, 1])
    return Ricardo(
        labour=labour,
        workers=workers,
        share=share,
        regions=regions,
        goods=goods,
        opportunity_cost=cost,
        price=price,
        relative_wage=float(wage[0] / wage[1]),
        alone=alone,
        production=production,
        consumption=consumption,
    )


def _spend(income: np.ndarray, price: np.ndarray | float, share: float) -> np.ndarray:
    """What two regions buy of both goods with an income in loads of the second good."""
    return np.column_stack([share * income / price, (1 - share) * income])


def _equal(one: float, other: float) -> bool:
    return bool(np.isclose(one, other, rtol=1e-12, atol=0))


def _two_names(what: str, names: tuple[str, str]) -> tuple[str, str]:
    if isinstance(names, str) or len(names) != 2 or names[0] == names[1]:
        raise ValueError(f"{what} must be two different names (got {names!r})")
    return (str(names[0]), str(names[1]))


def _two_numbers(name: str, values: object, *, because: str) -> tuple[float, float]:
    """Two numbers above zero, one for each good."""
    listed = list(values) if isinstance(values, list | tuple | np.ndarray) else []
    if len(listed) != 2:
        raise ValueError(
            f"{name} must be two numbers, one for each good (got {values!r}): {because}"
        )
    return (
        number(f"{name}, first good,", listed[0], above=0, because=because),
        number(f"{name}, second good,", listed[1], above=0, because=because),
    )
