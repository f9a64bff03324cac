"""Very many goods and one border between two regions: Dornbusch, Fischer and Samuelson."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.parameters import number

N_GOODS = 201
"""Points of the axis of goods."""


@dataclass(frozen=True, eq=False)
class Continuum:
    """Which goods each of two regions makes and sells: the result of `continuum`.

    Goods are numbered from 0 to 1, from the one at which home is best compared with away to the
    one at which it is worst.

    Attributes
    ----------
    comparative, relative_labour, absolute, trade_cost : float
        The parameters as they were given.
    relative_wage : float
        Wage at home over wage away.
    last_sold, last_made : float
        Home sells the goods from 0 to `last_sold` and makes those from 0 to `last_made`. The
        goods between the two are made in both regions and not traded. Without trade costs the
        two are one, the border good.
    """

    comparative: float
    relative_labour: float
    absolute: float
    trade_cost: float
    relative_wage: float
    last_sold: float
    last_made: float

    @property
    def trades(self) -> bool:
        """Whether anything is traded at all."""
        return self.last_sold > 0

    @property
    def imports_home(self) -> float:
        """Share of home's income that is spent on goods from away, 0 to 1."""
        return 1 - self.last_made

    @property
    def imports_away(self) -> float:
        """Share of income away that is spent on goods from home, 0 to 1."""
        return self.last_sold

    @property
    def log_gain_home(self) -> float:
        """Logarithm of home's real income with trade over that without: k times imports squared."""
        return self.comparative * self.imports_home**2

    @property
    def log_gain_away(self) -> float:
        """The same for the other region."""
        return self.comparative * self.imports_away**2

    @property
    def gain_home(self) -> float:
        """How much more home can buy with trade than alone, as a share."""
        return math.expm1(self.log_gain_home)

    @property
    def gain_away(self) -> float:
        """How much more the other region can buy with trade than alone, as a share."""
        return math.expm1(self.log_gain_away)

    @property
    def goods(self) -> np.ndarray:
        """Numbers of the goods on the axis, shape (n_goods,)."""
        return np.linspace(0.0, 1.0, N_GOODS)

    @property
    def advantage(self) -> np.ndarray:
        """A(z): labour needed away over labour needed at home, shape (n_goods,)."""
        return self.absolute * np.exp(self.comparative * (1 - 2 * self.goods))

    def to_frame(self) -> pd.DataFrame:
        """One row a good: home's advantage in it, and who makes it for whom."""
        z = self.goods
        sold = (z <= self.last_sold) & self.trades
        bought = (z > self.last_made) & self.trades
        made = np.select([sold, bought], ["home for both", "away for both"], "each its own")
        return pd.DataFrame(
            {"advantage_of_home": self.advantage, "made_by": made}, index=pd.Index(z, name="good")
        )

    def summary(self) -> str:
        """One sentence: the range of goods, the wage, the gains."""
        if not self.trades:
            return (
                f"Of one unit sent {1 / self.trade_cost:.0%} arrive: nothing is worth sending, "
                "each region makes all goods for itself, and trade brings no gain."
            )
        middle = self.last_made - self.last_sold
        made = f"Home makes {self.last_made:.0%} of all goods"
        if middle > 5e-4:
            made += f", {middle:.0%} of them for itself only"
        worse = ", although it is worse at every good" if self.advantage[0] < 1 else ""
        return (
            f"{made}{worse}; its wage is {self.relative_wage:.2f} times the wage away; trade gives "
            f"home {self.gain_home:.1%} more and away {self.gain_away:.1%}."
        )


def continuum(
    comparative: float = 1.0,
    relative_labour: float = 2.0,
    absolute: float = 1.0,
    trade_cost: float = 1.0,
) -> Continuum:
    r"""Find the border between the goods of two regions, and the wage that keeps it there.

    Everybody spends the same on each good. Home's advantage in good :math:`z` is the labour that
    the good needs away over the labour that it needs at home,

    .. math:: A(z) = A_0\, e^{k (1 - 2z)}, \qquad 0 \le z \le 1.

    Home makes a good for itself if that is not dearer than to fetch it, and sells it if it is
    cheaper away in spite of the way. The relative wage is such that each region sells for as much
    as it buys.

    Parameters
    ----------
    comparative : float
        How much the regions differ from good to good, :math:`k`. The comparative advantage.
    relative_labour : float
        Workers away for each worker at home, :math:`L^*/L`.
    absolute : float
        How good home is on the whole, away = 1, :math:`A_0`. The absolute advantage.
    trade_cost : float
        Units that must be sent for one to arrive, at least 1, :math:`\tau` (an iceberg that melts
        on its way).

    Returns
    -------
    Continuum
        The two borders, the relative wage, and the gains from trade.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    Write :math:`d = k - \ln \tau` for what the trade cost leaves of the differences. If
    :math:`d \le 0`, nothing is traded. Else let :math:`v` solve

    .. math:: v + d \tanh(v/2) = \ln \frac{L^*}{L A_0},

    which has one solution. Then home buys the share :math:`m = \frac{d}{k} \cdot
    \frac{1}{1 + e^{-v}}` of goods, away the share :math:`m^* = \frac{d}{k} - m`, and the
    relative wage is :math:`A_0 e^{d \tanh(v/2)}`. The logarithm of real income rises by
    :math:`k m^2` at home and :math:`k m^{*2}` away: with equal regions and no trade cost, by
    :math:`k/4` each. Without trade no market compares the wages; the relative wage is then given
    as :math:`A_0`, the ratio of what they buy.

    The form of :math:`A` and these closed forms are the course's; the model is that of the
    authors below.

    References
    ----------
    Dornbusch, R., Fischer, S. and Samuelson, P. A. (1977). Comparative advantage, trade, and
    payments in a Ricardian model with a continuum of goods. *American Economic Review* 67(5),
    823-839.

    Examples
    --------
    >>> trade = continuum()
    >>> round(trade.last_made, 5), round(trade.relative_wage, 5)
    (0.38584, 1.25649)
    >>> print(continuum(absolute=0.3).summary())
    Home makes 21% of all goods, although it is worse at every good; its wage is 0.53 times the wage
    away; trade gives home 86.4% more and away 4.6%.
    """
    comparative = number(
        "comparative",
        comparative,
        above=0,
        below=100,
        because="regions that differ equally in all goods have no reason to trade",
    )
    relative_labour = number(
        "relative_labour", relative_labour, above=0, because="both regions need workers"
    )
    absolute = number(
        "absolute", absolute, above=0, because="a region that can make nothing sells nothing"
    )
    trade_cost = number(
        "trade_cost",
        trade_cost,
        least=1,
        because="no more can arrive than was sent; at 1 nothing melts on the way",
    )
    left = comparative - math.log(trade_cost)
    if left <= 0:
        return Continuum(comparative, relative_labour, absolute, trade_cost, absolute, 0.0, 1.0)
    v = float(_balance(np.array(left), math.log(relative_labour) - math.log(absolute)))
    away = left / comparative / (1 + math.exp(v))
    return Continuum(
        comparative=comparative,
        relative_labour=relative_labour,
        absolute=absolute,
        trade_cost=trade_cost,
        relative_wage=absolute * math.exp(left * math.tanh(v / 2)),
        last_sold=away,
        last_made=away + math.log(trade_cost) / comparative,
    )


def log_gains(
    comparative: float,
    relative_labour: float,
    absolute: float | np.ndarray,
    trade_costs: np.ndarray,
) -> np.ndarray:
    """Logarithms of the gains from trade of home and away at many trade costs at once.

    Parameters
    ----------
    comparative, relative_labour : float
        As in `continuum`.
    absolute : float or numpy.ndarray of float, shape (n,)
        As in `continuum`; one for all trade costs, or one for each.
    trade_costs : numpy.ndarray of float, shape (n,)
        Units that must be sent for one to arrive, each at least 1.

    Returns
    -------
    numpy.ndarray of float, shape (n, 2)
        Zero where nothing is traded.

    Raises
    ------
    ValueError
        If a trade cost is below 1.

    Examples
    --------
    Equal regions, no cost: a quarter of k each.

    >>> log_gains(1.0, 1.0, 1.0, np.array([1.0, 3.0])).tolist()
    [[0.25, 0.25], [0.0, 0.0]]
    """
    if not (trade_costs >= 1).all():
        raise ValueError(
            f"every trade cost must be at least 1 (got {float(np.min(trade_costs))!r}): no more "
            "can arrive than was sent"
        )
    left = np.maximum(comparative - np.log(trade_costs), 0.0)
    v = _balance(left, math.log(relative_labour) - np.log(absolute))
    shares = np.stack([1 / (1 + np.exp(-v)), 1 / (1 + np.exp(v))], axis=-1)
    imports: np.ndarray = left[..., np.newaxis] / comparative * shares
    return comparative * imports**2


def _balance(left: np.ndarray, size: float | np.ndarray) -> np.ndarray:
    """The v at which v + left * tanh(v / 2) equals `size`: each region sells for what it buys.

    Newton's method from the side where the curve bends away, so that no step goes too far.
    """
    v = size / (1 + left / 2)
    for _ in range(100):
        tanh = np.tanh(v / 2)
        step = (v + left * tanh - size) / (1 + left / 2 * (1 - tanh**2))
        v = v - step
        if (abs(step) <= 1e-15 * (1 + abs(v))).all():
            break
    result: np.ndarray = v
    return result
