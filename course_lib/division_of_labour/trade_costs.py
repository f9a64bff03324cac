"""Who gains when moving goods becomes cheaper, and who has to do something else."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.division_of_labour.continuum import Continuum, continuum, log_gains

N_COSTS = 201
"""Points of the axis of trade costs."""
MOST_COST = 3.0
"""Where that axis ends: three units sent for one that arrives."""


@dataclass(frozen=True, eq=False)
class TradeCosts:
    """Two regions before and after a change of the trade cost: the result of `trade_costs`.

    Attributes
    ----------
    before, after : Continuum
        The two states.
    costs : numpy.ndarray of float, shape (n_costs,)
        Trade costs, units sent for one that arrives.
    gain_home, gain_away : numpy.ndarray of float, shape (n_costs,)
        At each of these costs, how much more a region can buy than without any trade, as a share.
    movers_home, movers_away : float
        Share of workers who have to make another good than before, 0 to 1.
    """

    before: Continuum
    after: Continuum
    costs: np.ndarray
    gain_home: np.ndarray
    gain_away: np.ndarray
    movers_home: float
    movers_away: float

    @property
    def change_home(self) -> float:
        """How much more home can buy after the change than before it, as a share."""
        return math.expm1(self.after.log_gain_home - self.before.log_gain_home)

    @property
    def change_away(self) -> float:
        """How much more the other region can buy after the change, as a share."""
        return math.expm1(self.after.log_gain_away - self.before.log_gain_away)

    def to_frame(self) -> pd.DataFrame:
        """One row a trade cost: the gains of both regions over having no trade."""
        return pd.DataFrame(
            {"gain_at_home": self.gain_home, "gain_away": self.gain_away},
            index=pd.Index(self.costs, name="trade_cost"),
        )

    def summary(self) -> str:
        """One sentence: who can buy more, and how many have to move."""
        start, end = self.before.trade_cost, self.after.trade_cost
        if not (self.before.trades or self.after.trades):
            return (
                f"The trade cost goes from {start:.2f} to {end:.2f}, and nothing is traded before "
                "or after."
            )

        def says(change: float) -> str:
            return f"{abs(change):.1%} {'less' if change < 0 else 'more'}"

        return (
            f"The trade cost goes from {start:.2f} to {end:.2f}: home can buy "
            f"{says(self.change_home)} than before and away {says(self.change_away)}; "
            f"{self.movers_home:.0%} of the workers at home and {self.movers_away:.0%} away have "
            "to make another good."
        )


def trade_costs(
    cost_before: float = 2.0,
    cost_after: float = 1.25,
    comparative: float = 1.0,
    relative_labour: float = 2.0,
    absolute: float = 1.0,
) -> TradeCosts:
    r"""Compare two regions before and after a change of what it costs to move goods.

    Parameters
    ----------
    cost_before, cost_after : float
        Units that must be sent for one to arrive, at least 1, :math:`\tau`. A road, a port or the
        end of a toll lowers it.
    comparative, relative_labour, absolute : float
        As in `course_lib.division_of_labour.continuum`.

    Returns
    -------
    TradeCosts
        Both states, the gains along all costs, and the workers who have to change.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    Both regions gain from a fall, in the model: imports as a share of goods rise in both, and the
    gain is :math:`k m^2`. In logarithms the gains are as :math:`e^{2v}` to 1, so that the region
    with less effective labour (:math:`L A_0` against :math:`L^*`) gains more.

    The model moves workers at no cost. `movers_home` counts them: half of the sum of all changes
    of employment over the goods. A good that home makes employs a share 1 of its workers per unit
    of :math:`z` for home's own use, and :math:`L^*/(\omega L)` for sale. This count is ours.

    References
    ----------
    Dornbusch, R., Fischer, S. and Samuelson, P. A. (1977). Comparative advantage, trade, and
    payments in a Ricardian model with a continuum of goods. *American Economic Review* 67(5),
    823-839.

    Examples
    --------
    >>> fall = trade_costs()
    >>> print(fall.summary())
    The trade cost goes from 2.00 to 1.25: home can buy 21.5% more than before and away 7.7% more;
    30% of the workers at home and 18% away have to make another good.
    """
    common = {
        "comparative": comparative,
        "relative_labour": relative_labour,
        "absolute": absolute,
    }
    states = []
    for name, cost in (("cost_before", cost_before), ("cost_after", cost_after)):
        try:
            states.append(continuum(trade_cost=cost, **common))
        except ValueError as error:
            raise ValueError(str(error).replace("trade_cost", name)) from error
    before, after = states
    costs = np.linspace(1.0, MOST_COST, N_COSTS)
    gains = np.expm1(log_gains(before.comparative, before.relative_labour, before.absolute, costs))
    return TradeCosts(
        before=before,
        after=after,
        costs=costs,
        gain_home=gains[:, 0],
        gain_away=gains[:, 1],
        movers_home=_movers(before, after, home=True),
        movers_away=_movers(before, after, home=False),
    )


def employment(state: Continuum, goods: np.ndarray, home: bool = True) -> np.ndarray:
    r"""Share of a region's workers per unit of :math:`z` who make each good.

    Parameters
    ----------
    state : Continuum
        The two regions.
    goods : numpy.ndarray of float, shape (n,)
        Numbers of goods, 0 to 1.
    home : bool
        Whose workers: True for home, False for the other region.

    Returns
    -------
    numpy.ndarray of float, shape (n,)
        Its integral over all goods is 1.

    Examples
    --------
    >>> employment(continuum(), np.array([0.2, 0.9])).round(3).tolist()
    [2.592, 0.0]
    """
    abroad = state.relative_labour / state.relative_wage  # workers for a good that away buys
    if home:
        return (goods < state.last_made) + (goods < state.last_sold) * abroad
    return (goods > state.last_sold) + (goods > state.last_made) / abroad


def _movers(before: Continuum, after: Continuum, home: bool) -> float:
    """Half of the sum of all changes of employment: who moves is counted once."""
    edges = [0.0, 1.0]
    for state in (before, after):
        edges += [state.last_sold, state.last_made]
    edges.sort()
    widths, middles = np.diff(edges), np.convolve(edges, [0.5, 0.5], "valid")
    change = employment(after, middles, home) - employment(before, middles, home)
    return float((widths * abs(change)).sum() / 2)
