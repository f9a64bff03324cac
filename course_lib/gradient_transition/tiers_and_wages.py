"""Goods on three tiers and the wage at the top: two views of one process."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.gradient_transition.innovation_transfer import (
    InnovationTransfer,
    ThreeTiers,
    innovation_transfer,
    three_tiers,
)


@dataclass(frozen=True, eq=False)
class TiersAndWages:
    """Who makes which share of goods, and what the top earns: the result of `tiers_and_wages`.

    Attributes
    ----------
    tiers : ThreeTiers
        Shares of goods made in each tier, year by year.
    wages : InnovationTransfer
        The same goods seen as two regions: tier 1, and tiers 2 and 3 together.
    """

    tiers: ThreeTiers
    wages: InnovationTransfer

    @property
    def wages_become_equal(self) -> bool:
        """Whether the wage at the top comes down to the wage below: (i/t)(LS/LN) at most 1."""
        return self.wages.gap_closes

    def to_frame(self) -> pd.DataFrame:
        """One row a year: the three shares and the wage ratio."""
        frame = pd.DataFrame(
            self.tiers.shares,
            index=pd.Index(self.tiers.time, name="year"),
            columns=["tier_1", "tier_2", "tier_3"],
            copy=True,
        )
        frame["wage_ratio"] = np.interp(self.tiers.time, self.wages.time, self.wages.wage_ratio)
        return frame

    def summary(self) -> str:
        """One sentence: shares and wages in the long run."""
        one, two, three = (f"{share:.0%}" for share in self.tiers.steady_shares)
        text = (
            f"In the long run {one} of goods can be made only in tier 1, {two} also in tier 2 and "
            f"{three} in all three"
        )
        when = self.wages.years_to_equal_wages
        if not self.wages_become_equal:
            text += (
                f"; the wage at the top stays {self.wages.steady_wage_ratio:.2f} times the wage "
                "below"
            )
        elif when == 0:
            text += "; wages are equal from the start"
        elif math.isinf(when):
            text += "; wages come closer and closer, and are equal in the limit"
        else:
            text += f"; wages are equal from year {when:.0f} on"
        if self.wages_become_equal and self.tiers.innovation > 0:
            text += ", and still the top has goods of its own"
        return text + "."


def tiers_and_wages(
    innovation: float = 0.05,
    transfer_1: float = 0.02,
    transfer_2: float = 0.03,
    labour_below: float = 2.0,
    theta: float = 0.6,
    start_share: float = 0.9,
    horizon: int = 100,
) -> TiersAndWages:
    r"""Let goods be invented at the top and move down, and watch the wage at the top.

    The shares are those of `three_tiers`. For wages, tiers 2 and 3 count as one region, the South
    of Krugman (1979): whatever has left the top is made there. So the share of tier 1 is the same
    in both views. The three tiers are the course's own.

    Parameters
    ----------
    innovation : float
        New goods a year as a share of all goods, :math:`i`, per year.
    transfer_1, transfer_2 : float
        Share of a tier's goods that the next tier learns to make in a year, from tier 1 to 2 and
        from 2 to 3, :math:`t_1` and :math:`t_2`, per year.
    labour_below : float
        Workers in tiers 2 and 3 for each worker at the top, :math:`L_S / L_N`.
    theta : float
        How easily buyers replace one good by another, between 0 and 1.
    start_share : float
        Share of goods that only the top can make at the start. The rest is made in tier 2.
    horizon : int
        Length of the time axis, whole years.

    Returns
    -------
    TiersAndWages
        Both views, over time and in the long run.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    References
    ----------
    Krugman, P. (1979). A model of innovation, technology transfer, and the world distribution of
    income. *Journal of Political Economy* 87(2), 253-266.

    Examples
    --------
    >>> print(tiers_and_wages().summary())
    In the long run 71% of goods can be made only in tier 1, 18% also in tier 2 and 11% in all
    three; the wage at the top stays 1.90 times the wage below.
    >>> print(tiers_and_wages(transfer_1=0.12).summary())
    In the long run 29% of goods can be made only in tier 1, 44% also in tier 2 and 26% in all
    three; wages are equal from year 16 on, and still the top has goods of its own.
    """
    wages = innovation_transfer(
        innovation,
        transfer_1,
        labour_south=labour_below,
        theta=theta,
        start_share=start_share,
        horizon=horizon,
    )
    start = (start_share, 1 - start_share, 0.0)
    return TiersAndWages(three_tiers(innovation, transfer_1, transfer_2, horizon, start), wages)
