"""Where a maturing product is cheapest to make: the product cycle on a ladder of tiers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.parameters import number
from course_lib.sentence import agreeing, listed

N_AGES = 241
"""Points of the age axis: quarter-years on the default horizon of 60 years."""


@dataclass(frozen=True, eq=False)
class ProductCycle:
    """Where one product is made as it matures: the result of `product_cycle`.

    Tiers are numbered from 1, the top of the gradient.

    Attributes
    ----------
    wages, skill_penalty : numpy.ndarray of float, shape (n_tiers,)
        The parameters as they were given.
    start_cost, maturing, horizon : float
        The parameters as they were given.
    age : numpy.ndarray of float, shape (n_ages,)
        Years since the product was new.
    unit_cost : numpy.ndarray of float, shape (n_ages, n_tiers)
        Cost of one unit in each tier.
    cheapest : numpy.ndarray of int64, shape (n_ages,)
        The tier that makes the product at each age.
    path : tuple of int
        The tiers that make the product, in order, from age 0 to the end of time. It does not
        stop at the horizon.
    switch_ages : numpy.ndarray of float, shape (len(path) - 1,)
        Ages at which production moves to the next tier of `path`, years.
    switch_costs : numpy.ndarray of float, shape (len(path) - 1,)
        Cost of one unit at those ages: there both tiers are equally cheap.
    skipped : tuple of int
        Tiers that lie between two tiers of `path` and never make the product (leapfrogged).
    unused_top : tuple of int
        Tiers above the first one of `path`: too dear even when the product is new.
    """

    wages: np.ndarray
    skill_penalty: np.ndarray
    start_cost: float
    maturing: float
    horizon: float
    age: np.ndarray
    unit_cost: np.ndarray
    cheapest: np.ndarray
    path: tuple[int, ...]
    switch_ages: np.ndarray
    switch_costs: np.ndarray
    skipped: tuple[int, ...]
    unused_top: tuple[int, ...]

    @property
    def n_tiers(self) -> int:
        """Number of tiers on the ladder."""
        return len(self.wages)

    @property
    def years_in_tier(self) -> np.ndarray:
        """Years that each tier makes the product, shape (n_tiers,).

        Zero for a tier that never does, infinite for the last tier of the path.
        """
        years = np.zeros(self.n_tiers)
        bounds = np.concatenate([[0.0], self.switch_ages, [np.inf]])
        years[np.array(self.path) - 1] = np.diff(bounds)
        return years

    def tier_at(self, age: float) -> int:
        """Tier that makes the product at `age` years; at a switch age, the lower of the two."""
        age = number("age", age, least=0, because="a product has no age before it exists")
        return self.path[int(np.searchsorted(self.switch_ages, age, side="right"))]

    def to_frame(self) -> pd.DataFrame:
        """Unit cost in each tier and the cheapest tier, one row for each age in years."""
        frame = pd.DataFrame(
            self.unit_cost,
            index=pd.Index(self.age, name="age"),
            columns=[f"cost_in_tier_{tier}" for tier in range(1, self.n_tiers + 1)],
            copy=True,
        )
        frame["cheapest_tier"] = self.cheapest
        return frame

    def summary(self) -> str:
        """One sentence: when production moves, and to which tier."""
        moves = [
            f"{'from tier ' + str(self.path[0]) + ' ' if step == 0 else ''}"
            f"{'straight ' if to - self.path[step] > 1 else ''}to tier {to} after {age:.1f} years"
            for step, (to, age) in enumerate(zip(self.path[1:], self.switch_ages, strict=True))
        ]
        text = ""
        if self.unused_top:
            text += (
                f"Tier {self.path[0]} is the cheapest place from the first day, "
                f"so {_tiers(self.unused_top)} never "
                f"{agreeing(len(self.unused_top), 'makes', 'make')} the product; "
            )
        if moves:
            text += f"production moves {listed(moves)}"
            if self.skipped:
                text += (
                    f"; {_tiers(self.skipped)} {agreeing(len(self.skipped), 'is', 'are')} skipped"
                )
            if self.switch_ages[-1] > self.horizon:
                text += f" (the axis ends at {self.horizon:g} years)"
        else:
            text += "production never moves"
        return text[0].upper() + text[1:] + "."


def product_cycle(
    wages: Sequence[float] = (3, 2, 1),
    skill_penalty: Sequence[float] = (1, 2, 4),
    start_cost: float = 5.0,
    maturing: float = 0.1,
    horizon: float = 60,
) -> ProductCycle:
    r"""Where a maturing product is cheapest to make.

    A new product needs skilled people, tests and repairs. All this is cheap where skills are
    plenty, at the top of the gradient. With age the product is standardised, the need for skill
    fades, and wages decide. One unit of a product of age :math:`a` costs, in tier :math:`i`,

    .. math:: c_i(a) = w_i + k_i s_0 e^{-\delta a}.

    Production is where this is lowest. The story is Vernon's, its regional form Krumme and
    Hayter's. The equation is the course's own, and is not taken from either.

    Parameters
    ----------
    wages : sequence of float, length n_tiers
        Wage cost of one unit in each tier, from the top tier down: it must fall. Any number of
        tiers from two. :math:`w_i`, money per unit.
    skill_penalty : sequence of float, length n_tiers
        How much dearer unsettled production is where skills are scarce: it must rise from the
        top tier down. :math:`k_i`, a pure number.
    start_cost : float
        Cost of unsettled production of one new unit at a penalty of one. :math:`s_0`, money per
        unit.
    maturing : float
        Speed at which the product becomes routine. :math:`\delta`, per year.
    horizon : float
        Length of the age axis, years. It does not limit `path` and `switch_ages`.

    Returns
    -------
    ProductCycle
        Costs over age, the path of tiers, the ages at which production moves.

    Raises
    ------
    ValueError
        If wages do not fall, penalties do not rise, their lengths differ, or a number is out of
        range.

    Notes
    -----
    Production moves from tier :math:`i` to tier :math:`j` at the age
    :math:`a^* = \frac{1}{\delta} \ln \frac{s_0 (k_j - k_i)}{w_i - w_j}`. In
    :math:`u = s_0 e^{-\delta a}` every cost is a straight line, and the path is the lower
    envelope of these lines: it is found exactly, not on the age axis. Tier 2 of three is skipped
    when :math:`(k_3-k_2)/(w_2-w_3) < (k_2-k_1)/(w_1-w_2)`.

    References
    ----------
    Vernon, R. (1966). International investment and international trade in the product cycle.
    *Quarterly Journal of Economics* 80(2), 190-207.

    Krumme, G. and Hayter, R. (1975). Implications of corporate strategies and product cycle
    adjustments for regional employment changes. In L. Collins and D. F. Walker (eds),
    *Locational Dynamics of Manufacturing Activity*. Wiley.

    Examples
    --------
    >>> cycle = product_cycle()
    >>> cycle.switch_ages.round(3).tolist()
    [16.094, 23.026]
    >>> print(cycle.summary())
    Production moves from tier 1 to tier 2 after 16.1 years and to tier 3 after 23.0 years.

    Twice the speed of maturing, half the age:

    >>> product_cycle(maturing=0.2).switch_ages.round(3).tolist()
    [8.047, 11.513]

    A second tier that saves little and lacks many skills is skipped:

    >>> print(product_cycle(skill_penalty=(1, 3.5, 4)).summary())
    Production moves from tier 1 straight to tier 3 after 20.1 years; tier 2 is skipped.
    """
    wage, penalty = _ladder(wages, skill_penalty)
    start_cost = number(
        "start_cost",
        start_cost,
        above=0,
        because="without a cost of being new, a product is made at the lowest wage from the start",
    )
    maturing = number(
        "maturing", maturing, above=0, because="a product that never matures never moves"
    )
    horizon = number("horizon", horizon, above=0, because="the age axis needs a length in years")

    path, crossings = _lower_envelope(wage, penalty, start_cost)
    switch_ages = np.log(start_cost / crossings) / maturing
    switch_costs = wage[np.array(path[1:], dtype=int)] + (
        penalty[np.array(path[1:], dtype=int)] * crossings
    )

    age = np.linspace(0.0, horizon, N_AGES)
    unit_cost = wage + penalty * start_cost * np.exp(-maturing * age)[:, np.newaxis]
    tiers = np.array(path, dtype=np.int64) + 1
    return ProductCycle(
        wages=wage,
        skill_penalty=penalty,
        start_cost=start_cost,
        maturing=maturing,
        horizon=horizon,
        age=age,
        unit_cost=unit_cost,
        cheapest=tiers[np.searchsorted(switch_ages, age, side="right")],
        path=tuple(tiers.tolist()),
        switch_ages=switch_ages,
        switch_costs=switch_costs,
        skipped=tuple(tier + 1 for tier in range(path[0], len(wage)) if tier not in path),
        unused_top=tuple(range(1, path[0] + 1)),
    )


def switch_age(
    wage_saved: float, penalty_added: float, start_cost: float = 5.0, maturing: float = 0.1
) -> float:
    r"""Age at which two tiers are equally cheap.

    Parameters
    ----------
    wage_saved : float
        How much lower the wage is in the lower tier, :math:`w_i - w_j`, money per unit.
    penalty_added : float
        How much higher the skill penalty is there, :math:`k_j - k_i`, a pure number.
    start_cost : float
        Cost of unsettled production of one new unit, :math:`s_0`, money per unit.
    maturing : float
        Speed at which the product becomes routine, :math:`\delta`, per year.

    Returns
    -------
    float
        :math:`a^* = \ln(s_0 (k_j - k_i) / (w_i - w_j)) / \delta`, years. Below zero if the lower
        tier is the cheaper one from the first day.

    Raises
    ------
    ValueError
        If a parameter is not above zero.

    Examples
    --------
    From tier 1 to 2 and from 2 to 3 in the default ladder, and from 1 to 3, which is never used:

    >>> [round(switch_age(w, k), 3) for w, k in [(1, 1), (1, 2), (2, 3)]]
    [16.094, 23.026, 20.149]
    """
    wage_saved = number(
        "wage_saved", wage_saved, above=0, because="a gradient needs a cost reason to move"
    )
    penalty_added = number(
        "penalty_added",
        penalty_added,
        above=0,
        because="without a lack of skills the lower tier is always the cheaper one",
    )
    start_cost = number("start_cost", start_cost, above=0, because="a new product costs something")
    maturing = number(
        "maturing", maturing, above=0, because="a product that never matures never moves"
    )
    return math.log(start_cost * penalty_added / wage_saved) / maturing


def _ladder(
    wages: Sequence[float], skill_penalty: Sequence[float]
) -> tuple[np.ndarray, np.ndarray]:
    """Wages that fall and penalties that rise, one of each for every tier."""
    wage = _numbers("wages", wages)
    penalty = _numbers("skill_penalty", skill_penalty)
    if len(wage) < 2:
        raise ValueError(
            f"wages must name at least two tiers (got {_show(wage)}): "
            "with one tier there is nowhere to move"
        )
    if len(wage) != len(penalty):
        raise ValueError(
            f"wages and skill_penalty must have one number for each tier "
            f"(got {len(wage)} wages and {len(penalty)} penalties)"
        )
    if (np.diff(wage) >= 0).any():
        raise ValueError(
            f"wages must fall from the first tier to the last (got {_show(wage)}): "
            "a gradient needs a cost reason to move"
        )
    if wage[-1] < 0:
        raise ValueError(f"wages must not be below zero (got {_show(wage)})")
    if (np.diff(penalty) <= 0).any():
        raise ValueError(
            f"skill_penalty must rise from the first tier to the last (got {_show(penalty)}): "
            "else a lower tier is always the cheaper one, and a new product has no reason to "
            "start at the top"
        )
    if penalty[0] < 0:
        raise ValueError(f"skill_penalty must not be below zero (got {_show(penalty)})")
    return wage, penalty


def _numbers(name: str, values: Sequence[float]) -> np.ndarray:
    try:
        array = np.array(values, dtype=float)
    except (TypeError, ValueError):
        array = np.array(np.nan)
    if array.ndim != 1 or not np.isfinite(array).all():
        raise ValueError(f"{name} must be a list of numbers, one for each tier (got {values!r})")
    return array


def _lower_envelope(
    wage: np.ndarray, penalty: np.ndarray, start_cost: float
) -> tuple[list[int], np.ndarray]:
    """Tiers that are ever the cheapest as u falls from `start_cost` to 0, and where they change.

    Every cost is a line `wage + penalty * u`. Lower tiers have steeper lines that start lower, so
    the path only ever goes down the ladder, and it ends in the last tier.
    """
    first = wage + penalty * start_cost
    # Two tiers equally cheap on the first day: the lower one is cheaper a moment later.
    here = int(np.flatnonzero(first <= first.min())[-1])
    path, crossings = [here], []
    while here < len(wage) - 1:
        crossing = (wage[here] - wage[here + 1 :]) / (penalty[here + 1 :] - penalty[here])
        # The next tier is the one whose line is met first, that is at the largest u. Of several
        # that are met at one point only the lowest tier is used: the others would have no time.
        met = crossing >= crossing.max() * (1 - 1e-12)
        here += 1 + int(np.flatnonzero(met)[-1])
        path.append(here)
        crossings.append(min(crossing.max(), start_cost))
    return path, np.array(crossings, dtype=float)


def _show(values: np.ndarray) -> str:
    return ", ".join(f"{value:g}" for value in values)


def _tiers(tiers: tuple[int, ...]) -> str:
    return f"{agreeing(len(tiers), 'tier')} {listed(tiers)}"
