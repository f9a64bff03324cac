"""Two small linear programs with well-known answers, and shadow prices: the worth of one more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.parameters import number, numbers

PLANTS = ("plant 1", "plant 2", "plant 3")
USES = ((1.0, 0.0), (0.0, 2.0), (3.0, 2.0))
"""Hours that a batch of doors and a batch of windows take in each of Wyndor's plants."""

MOST_HOURS, MOST_PROFIT = 24.0, 8.0


@dataclass(frozen=True, eq=False)
class ProductMix:
    """The best amounts of two products: the result of `product_mix`.

    Attributes
    ----------
    hours : numpy.ndarray of float, shape (3,)
        Hours a week that each plant has.
    profit : numpy.ndarray of float, shape (2,)
        Thousand dollars for a batch of doors and for a batch of windows.
    batches : numpy.ndarray of float, shape (2,)
        The best amounts, batches a week.
    total : float
        The profit then, thousand dollars a week.
    shadow_prices : numpy.ndarray of float, shape (3,)
        What one hour more in each plant adds to the profit, thousand dollars.
    """

    hours: np.ndarray
    profit: np.ndarray
    batches: np.ndarray
    total: float
    shadow_prices: np.ndarray

    @property
    def used(self) -> np.ndarray:
        """Hours that the best amounts take in each plant."""
        taken: np.ndarray = np.array(USES) @ self.batches
        return taken

    def to_frame(self) -> pd.DataFrame:
        """One row a plant: hours, hours used, and the shadow price."""
        return pd.DataFrame(
            {"hours": self.hours, "used": self.used, "shadow_price": self.shadow_prices},
            index=pd.Index(PLANTS, name="plant"),
        )

    def summary(self) -> str:
        """One sentence: the best amounts and what an hour more is worth."""
        worth = ", ".join(f"{price:g}" for price in self.shadow_prices.round(3) + 0.0)
        doors, windows = self.batches.round(2) + 0.0  # never -0
        profit = round(self.total, 2) + 0.0
        return (
            f"Best are {doors:.2f} batches of doors and {windows:.2f} of windows, a profit of "
            f"{profit:.2f} thousand dollars a week; one hour more in plants 1, 2 and 3 would "
            f"add {worth}."
        )


def product_mix(
    hours: Sequence[float] = (4.0, 12.0, 18.0), profit: Sequence[float] = (3.0, 5.0)
) -> ProductMix:
    """How much of two products to make in three plants: the Wyndor Glass example.

    Parameters
    ----------
    hours : sequence of float, length 3
        Hours a week in each plant. Doors take 1 hour a batch in plant 1, windows 2 in plant 2; in
        plant 3 doors take 3 and windows 2.
    profit : sequence of float, length 2
        Thousand dollars for a batch of doors, and for one of windows.

    Returns
    -------
    ProductMix
        Best amounts, profit and shadow prices.

    Raises
    ------
    ValueError
        If there are not three plants and two products, or a number is negative.

    Notes
    -----
    A shadow price holds for one more hour as long as the same limits bind. At a corner where
    three limits meet it is the solver's choice among several right answers.

    References
    ----------
    Hillier, F. S. and Lieberman, G. J., *Introduction to Operations Research*. McGraw-Hill.

    Examples
    --------
    >>> print(product_mix().summary())
    Best are 2.00 batches of doors and 6.00 of windows, a profit of 36.00 thousand dollars a week;
    one hour more in plants 1, 2 and 3 would add 0, 1.5, 1.
    """
    from scipy.optimize import linprog

    have, gain = numbers("hours", hours, "plant"), numbers("profit", profit, "product")
    for name, given, wanted in (("hours", have, 3), ("profit", gain, 2)):
        if len(given) != wanted:
            raise ValueError(
                f"{name} needs {wanted} numbers (got {len(given)}): add what is missing"
            )
        if (given < 0).any():
            raise ValueError(f"{name} must not be negative (got {given.min():g}): 0 is the least")
    solved = linprog(-gain, A_ub=USES, b_ub=have, method="highs")
    return ProductMix(
        have, gain, solved.x, float(-solved.fun), np.abs(solved.ineqlin.marginals) + 0.0
    )


@dataclass(frozen=True, eq=False)
class Transport:
    """Who delivers how much to whom: the result of `transport_plan`.

    Attributes
    ----------
    shipped : pandas.DataFrame, shape (n_plants, n_markets)
        Cases from each plant to each market.
    cost : float
        Freight of all cases together, thousand dollars.
    worth_of_a_case : dict from str to float
        What one case more at a plant would save, dollars.
    cost_of_a_case : dict from str to float
        What one case more at a market would cost, dollars.
    """

    shipped: pd.DataFrame
    cost: float
    worth_of_a_case: dict[str, float]
    cost_of_a_case: dict[str, float]

    def to_frame(self) -> pd.DataFrame:
        """One row a plant: cases to each market, and what one case more there would save."""
        frame = self.shipped.rename(columns=lambda name: str(name).lower().replace(" ", "_"))
        frame["one_case_more_saves"] = pd.Series(self.worth_of_a_case)
        return frame

    def summary(self) -> str:
        """One sentence: the cost and the dearest market."""
        market = max(self.cost_of_a_case, key=lambda name: self.cost_of_a_case[name])
        return (
            f"The cheapest plan costs {self.cost:.3f} thousand dollars; one case more for {market} "
            f"would cost {self.cost_of_a_case[market]:.0f} dollars."
        )


DISTANCES = pd.DataFrame(
    [[2.5, 1.7, 1.8], [2.5, 1.8, 1.4]],
    index=pd.Index(["Seattle", "San Diego"], name="plant"),
    columns=["New York", "Chicago", "Topeka"],
)
"""Thousand miles, as Dantzig gave them."""


def transport_plan(
    supply: Sequence[float] = (350.0, 600.0),
    demand: Sequence[float] = (325.0, 300.0, 275.0),
    freight: float = 90.0,
    distances: pd.DataFrame = DISTANCES,
) -> Transport:
    """Deliver from plants to markets at the least freight: Dantzig's transport problem.

    Parameters
    ----------
    supply : sequence of float, length n_plants
        Cases that each plant has.
    demand : sequence of float, length n_markets
        Cases that each market wants.
    freight : float
        Dollars for a case over a thousand miles.
    distances : pandas.DataFrame, shape (n_plants, n_markets)
        Thousand miles, 0 or more.

    Returns
    -------
    Transport
        The plan, its cost and its shadow prices.

    Raises
    ------
    ValueError
        If the plants have less than the markets want, numbers do not go together, or one is
        negative or missing.

    References
    ----------
    Dantzig, G. B. (1963). *Linear Programming and Extensions*. Princeton University Press.

    Examples
    --------
    >>> plan = transport_plan()
    >>> round(plan.cost, 3), round(plan.cost_of_a_case["New York"])
    (153.675, 225)
    """
    from scipy.optimize import linprog

    plants, markets = [str(name) for name in distances.index], [str(name) for name in distances]
    have, want = numbers("supply", supply, "plant"), numbers("demand", demand, "market")
    rate = number("freight", freight, least=0, because="nobody pays for being allowed to carry")
    if len(have) != len(plants) or len(want) != len(markets):
        raise ValueError(
            f"supply and demand must go with the table of distances, which has {len(plants)} "
            f"plants and {len(markets)} markets (got {len(have)} and {len(want)})"
        )
    if min(have.min(), want.min()) < 0:
        raise ValueError("supply and demand must not be negative: 0 is the least")
    if have.sum() < want.sum():
        raise ValueError(
            f"the plants have {have.sum():g} cases and the markets want {want.sum():g}: raise the "
            "supply or lower the demand"
        )
    for plant, row in zip(plants, distances.to_numpy(), strict=True):
        for market, far in zip(markets, row, strict=True):
            number(f"distance from {plant} to {market}", far, least=0, because="it counts miles")
    n_plants, n_markets = len(plants), len(markets)
    solved = linprog(
        (rate / 1000 * distances.to_numpy(dtype=float)).ravel(),
        A_ub=np.kron(np.eye(n_plants), np.ones(n_markets)),
        b_ub=have,
        A_eq=np.kron(np.ones(n_plants), np.eye(n_markets)),
        b_eq=want,
        method="highs",
    )
    return Transport(
        shipped=pd.DataFrame(
            solved.x.reshape(n_plants, n_markets), index=distances.index, columns=markets
        ),
        cost=float(solved.fun),
        worth_of_a_case=dict(
            zip(plants, (-1000 * solved.ineqlin.marginals + 0.0).tolist(), strict=True)
        ),
        cost_of_a_case=dict(zip(markets, (1000 * solved.eqlin.marginals).tolist(), strict=True)),
    )
