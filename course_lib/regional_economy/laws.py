"""The laws of the common economy: every number in it that is an assumption, with a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeAlias

import numpy as np

from course_lib.parameters import number, whole_number

SECTORS = ("core", "main A", "main B", "supplementary", "service", "consumer")
CORE, MAIN_A, MAIN_B, SUPPLEMENTARY, SERVICE, CONSUMER = range(6)

LINKS = np.array(
    [
        [0.00, 0.15, 0.15, 0.20, 0.50, 0.00],
        [0.50, 0.00, 0.10, 0.10, 0.30, 0.00],
        [0.50, 0.10, 0.00, 0.10, 0.30, 0.00],
        [0.10, 0.45, 0.25, 0.00, 0.20, 0.00],
        [0.20, 0.20, 0.20, 0.20, 0.00, 0.20],
        [0.00, 0.20, 0.10, 0.20, 0.50, 0.00],
    ]
)
"""Who needs whom: row s says which share of sector s's local inputs comes from each sector.

The numbers are the course's own. The layers are those of a production complex: core, main,
supplementary, service; the last sector sells to households and stands apart.
"""
LINKS.flags.writeable = False

TIERS = (1, 2, 3)

Value: TypeAlias = float | np.ndarray
"""One number for all runs, or an array of shape (n_runs, 1, 1), see `stack_laws`."""


@dataclass(frozen=True)
class Laws:
    """Laws of the common economy, the same for every policy.

    All of them are assumptions of the course. None is estimated from figures.

    Parameters
    ----------
    regions : int
        Number of regions, a multiple of 3: a third of them in each tier.
    years : int
        Number of years that are played; year 0 is the first.
    policy_start, policy_end : int
        First year with a policy, and the first year without one again.
    budget : float
        Budget of the first year, as a share of the country's output at the start. Taxes pay it.
    budget_growth : float
        Growth of the budget, per year.
    capital_share, labour_share : float
        Exponents of capital and labour in production. Together they stay below 1: land is fixed,
        so a region that grows becomes crowded.
    complementarity : float
        What a sector gains in productivity if all its suppliers are in its own region, as a share.
    supplier_size : float
        Capital that a supplier must have, per unit of the buyer's, to count as fully there.
    localisation : float
        Elasticity of productivity to the size of the own sector in the own region.
    urbanisation : float
        Elasticity of productivity to the size of the whole region.
    demand_pull : float
        Elasticity of productivity to the demand of buyers near by.
    labour_adjustment : float
        Share of the way to the best use that workers inside a region go in one year.
    depreciation : float
        Share of capital that wears out in one year.
    mobile_saving : float
        Share of savings that goes wherever the return is highest, and not to where it was earned.
    migration : float
        Growth of a region's people per year for each 100 log points of wages above the mean.
    own_progress : float
        Growth of technology without any effort, per year, where the endowment is 1.
    learning : float
        Growth of technology per log point of experience: learning by doing.
    between_sectors : float
        Weight of other sectors' experience in the same region.
    between_regions : float
        Weight of the same sector's experience in other regions, which falls with distance.
    research_yield : float
        Growth of technology per year from knowledge money, if half of the budget were spread
        evenly over all cells. It grows with the square root of the money.
    diffusion : float
        Share of the gap to the best region in a sector that is learnt in one year next door to it.
    reach : float
        Distance over which neighbours matter; the map is 1 wide.
    advantage_spread : float
        How much regions differ in what they are good at: standard deviation of logarithms.
    endowments : tuple of float
        Endowment of the three tiers: skill and access to markets.
    institutions_start, institutions_goal : float
        Strength of entrepreneurs, government and associations at the start, and the most that a
        policy can build.
    shock_year : int
        Year at whose end a shock strikes.

    Examples
    --------
    >>> Laws(migration=0.0).migration
    0.0
    >>> Laws(migration=-0.1)
    Traceback (most recent call last):
    ...
    ValueError: migration must be at least 0 and at most 1 (got -0.1): it is a rate per year
    """

    regions: int = 24
    years: int = 61
    policy_start: int = 5
    policy_end: int = 50
    budget: Value = 0.04
    budget_growth: Value = 0.02
    capital_share: Value = 0.33
    labour_share: Value = 0.52
    complementarity: Value = 0.60
    supplier_size: Value = 1.0
    localisation: Value = 0.05
    urbanisation: Value = 0.05
    demand_pull: Value = 0.10
    labour_adjustment: Value = 0.20
    depreciation: Value = 0.06
    mobile_saving: Value = 0.30
    migration: Value = 0.03
    own_progress: Value = 0.006
    learning: Value = 0.10
    between_sectors: Value = 0.10
    between_regions: Value = 0.05
    research_yield: Value = 0.003
    diffusion: Value = 0.06
    reach: Value = 0.35
    advantage_spread: Value = 0.25
    endowments: tuple[float, float, float] = (1.0, 0.75, 0.5)
    institutions_start: Value = 0.4
    institutions_goal: Value = 0.6
    shock_year: int = 30

    def __post_init__(self) -> None:
        whole_number(
            "regions", self.regions, least=18, most=300, because="a country needs room for sites"
        )
        if self.regions % 3:
            raise ValueError(
                f"regions must be a multiple of 3 (got {self.regions}): each tier has a third"
            )
        whole_number("years", self.years, least=2, most=500, because="it counts the years played")
        whole_number("policy_start", self.policy_start, least=0, because="it is a year")
        whole_number(
            "policy_end", self.policy_end, least=self.policy_start + 1, because="it comes after"
        )
        whole_number("shock_year", self.shock_year, least=0, because="it is a year")
        if len(self.endowments) != 3:
            raise ValueError(
                f"endowments must be 3 numbers, one for each tier (got {len(self.endowments)})"
            )
        for tier, endowment in zip(TIERS, self.endowments, strict=True):
            number(f"endowment of tier {tier}", endowment, above=0, because="skill is never zero")
        for name, limits, because in _LIMITS:
            value = getattr(self, name)
            for one in value.ravel() if isinstance(value, np.ndarray) else [value]:
                number(name, one, **limits, because=because)
        if np.any(np.asarray(self.capital_share) + self.labour_share >= 1):
            raise ValueError(
                "capital_share and labour_share must add up to less than 1: land is fixed, and "
                "without it a region could grow without end"
            )


_RATE = {"least": 0.0, "most": 1.0}
_LIMITS: tuple[tuple[str, dict[str, float], str], ...] = (
    ("budget", {"above": 0.0, "most": 0.3}, "it is a share of output, and taxes pay it"),
    ("budget_growth", {"least": -0.1, "most": 0.1}, "it is a rate per year"),
    ("capital_share", {"above": 0.0, "below": 1.0}, "it is an exponent below 1"),
    ("labour_share", {"above": 0.0, "below": 1.0}, "it is an exponent below 1"),
    ("complementarity", {"least": 0.0, "most": 5.0}, "it is a gain in productivity"),
    ("supplier_size", {"above": 0.0, "most": 10.0}, "suppliers need some capital"),
    ("localisation", {"least": 0.0, "most": 0.15}, "it is an elasticity; above, growth explodes"),
    ("urbanisation", {"least": 0.0, "most": 0.2}, "it is an elasticity; above, growth explodes"),
    ("demand_pull", _RATE, "it is an elasticity"),
    ("labour_adjustment", {"above": 0.0, "most": 1.0}, "it is a share of the way"),
    ("depreciation", {"above": 0.0, "below": 1.0}, "some capital wears out, not all"),
    ("mobile_saving", _RATE, "it is a share of savings"),
    ("migration", _RATE, "it is a rate per year"),
    ("own_progress", _RATE, "it is a rate per year"),
    ("learning", _RATE, "it is an elasticity"),
    ("between_sectors", _RATE, "it is a weight"),
    ("between_regions", _RATE, "it is a weight"),
    ("research_yield", {"least": 0.0, "most": 0.05}, "it is a rate per year"),
    ("diffusion", _RATE, "it is a share of the gap"),
    ("reach", {"above": 0.0, "most": 10.0}, "it is a distance"),
    ("advantage_spread", {"least": 0.0, "most": 1.0}, "it is a spread of logarithms"),
    ("institutions_start", {"above": 0.0, "most": 1.0}, "without institutions nobody learns"),
    ("institutions_goal", {"above": 0.0, "most": 1.0}, "it is a strength from 0 to 1"),
)

MAY_DIFFER = tuple(name for name, _, _ in _LIMITS)
"""Laws that may differ from run to run inside one computation."""


def stack_laws(laws: Sequence[Laws]) -> Laws:
    """Laws of several runs as one: numbers where all agree, columns where they differ.

    Parameters
    ----------
    laws : sequence of Laws
        One for each run, at least one.

    Returns
    -------
    Laws
        Its numbers that differ are arrays of shape (n_runs, 1, 1), so that they go with arrays of
        shape (n_runs, n_regions, n_sectors).

    Raises
    ------
    ValueError
        If the runs differ in the number of regions, in the years or in the endowments.

    Examples
    --------
    >>> np.shape(stack_laws([Laws(migration=0.0), Laws(migration=0.03)]).migration)
    (2, 1, 1)
    """
    first = laws[0]
    if all(one == first for one in laws):
        return first
    columns: dict[str, Any] = {}
    for field in fields(Laws):
        values = [getattr(one, field.name) for one in laws]
        if all(value == values[0] for value in values):
            continue
        if field.name not in MAY_DIFFER:
            raise ValueError(
                f"runs that are computed together need the same {field.name}: "
                "start one ensemble for each"
            )
        columns[field.name] = np.array(values, dtype=float)[:, np.newaxis, np.newaxis]
    return replace(first, **columns)
