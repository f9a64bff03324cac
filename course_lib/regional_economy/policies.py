"""Four theories and two controls, each as an answer to one question: where does the money go?

A policy sees a country in one year (`View`) and says where that year's budget goes (`Plan`). Yours
can be a function of ten lines::

    def poorest_first(now):
        poorest = now.output_per_head == now.output_per_head.min()
        return Plan(plants=share_of(now.output * poorest))

The readings are the course's own. None of the authors wrote them down as a rule for a budget.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from course_lib.parameters import number, whole_number
from course_lib.regional_economy.budget import Plan, View, for_all_runs, name_of, plan_of
from course_lib.regional_economy.economy import PARTNERS, nation, region
from course_lib.regional_economy.history import largest_cell
from course_lib.regional_economy.laws import CONSUMER, CORE, LINKS, MAIN_A, SECTORS, TIERS

__all__ = [
    "CONTROLS",
    "FOUR",
    "POLICIES",
    "Cluster",
    "EvenSpread",
    "FirstStageGradient",
    "Gradient",
    "GrowthPole",
    "Mix",
    "Plan",
    "ProductionComplex",
    "ScatteredPlants",
    "View",
    "WithShares",
    "for_all_runs",
    "mix",
    "share_of",
]

STAGES = ((0.8, 0.2, 0.0), (0.3, 0.5, 0.2), (0.1, 0.4, 0.5))
"""Gradient: shares of the three tiers in each third of the policy's years."""

PROPULSIVE = MAIN_A
PLANNED_MIX = np.array([0.30, 0.20, 0.15, 0.15, 0.20, 0.0])
"""Production complex: shares of core, main A, main B, supplementary, service and consumer goods."""
PLANNED_MIX.flags.writeable = False


def share_of(amount: np.ndarray) -> np.ndarray:
    """Each cell's share of the whole country's amount: it adds up to 1.

    Raises
    ------
    ValueError
        If the amounts of a country are all zero.

    Examples
    --------
    >>> share_of(np.array([[1.0, 3.0], [4.0, 0.0]])).tolist()
    [[0.125, 0.375], [0.5, 0.0]]
    """
    total = nation(amount)
    if not total.all():
        raise ValueError(
            "share_of was given nothing but zeros: in this year no region and sector meets the "
            "condition, so nobody would get the money"
        )
    return amount / total


def rank(score: np.ndarray) -> np.ndarray:
    """Rank of each region by a column of scores: 0 is the best."""
    order = np.argsort(-score, axis=-2, kind="stable")
    return np.argsort(order, axis=-2, kind="stable")


def _only(sector: int) -> np.ndarray:
    return np.arange(len(SECTORS)) == sector


@dataclass(frozen=True)
class EvenSpread:
    """Control: the same for every region and every sector."""

    takes_all_runs: ClassVar[bool] = True
    label: ClassVar[str] = "even spread"

    def __call__(self, now: View) -> Plan:
        return Plan(plants=share_of(np.ones(now.output.shape[-2:])))


@dataclass(frozen=True)
class Gradient:
    """Gradient transition: research at the top, and plants that move down in three stages.

    Inside a tier the money follows output.

    Parameters
    ----------
    research : float
        Share of the budget for knowledge in tier 1.
    """

    research: float = 0.4
    takes_all_runs: ClassVar[bool] = True
    label: ClassVar[str] = "gradient"

    def __post_init__(self) -> None:
        number("research", self.research, least=0, most=1, because="it is a share of the budget")

    def _shares_of_tiers(self, now: View) -> tuple[float, ...]:
        return STAGES[min(2, int(3 * now.stage))]

    def __call__(self, now: View) -> Plan:
        stage = self._shares_of_tiers(now)
        in_tier = [share_of(now.output * (now.tier == tier)) for tier in TIERS]
        plants = sum(weight * part for weight, part in zip(stage, in_tier, strict=True))
        return Plan(plants=(1 - self.research) * plants, knowledge=self.research * in_tier[0])


@dataclass(frozen=True)
class FirstStageGradient(Gradient):
    """The gradient whose plants do not move down: its first stage for all years."""

    def _shares_of_tiers(self, now: View) -> tuple[float, ...]:
        return STAGES[0]


@dataclass(frozen=True)
class GrowthPole:
    """Growth pole: all of it to the largest regions, for a propulsive sector and its suppliers.

    Parameters
    ----------
    poles : int
        Number of poles: the regions with the largest output at the start.
    """

    poles: int = 1
    takes_all_runs: ClassVar[bool] = True
    label: ClassVar[str] = "growth pole"

    def __post_init__(self) -> None:
        whole_number("poles", self.poles, least=1, most=18, because="it counts regions")

    def __call__(self, now: View) -> Plan:
        is_pole = rank(region(now.start_output)) < self.poles
        wanted = 0.6 * _only(PROPULSIVE) + 0.4 * LINKS[PROPULSIVE]
        return Plan(plants=share_of(is_pole * wanted))

    def flagship(self, now: View) -> np.ndarray:
        """The propulsive sector in the first pole."""
        return (rank(region(now.start_output)) == 0) & _only(PROPULSIVE)


def _suits_a_complex(now: View) -> np.ndarray:
    """How well nature suits a region outside tier 1 to a complex; the core counts most."""
    suits = 0.5 * now.advantage[..., CORE : CORE + 1] + now.advantage[..., :CONSUMER].mean(
        axis=-1, keepdims=True
    )
    return np.where(now.tier == 1, -np.inf, suits)


@dataclass(frozen=True)
class ProductionComplex:
    """Production complex: a planned mix of core, main, supplementary and service plants together.

    It stands where nature suits it, away from the coast. The state's planners come with it.

    Parameters
    ----------
    sites : int
        Number of complexes.
    """

    sites: int = 2
    takes_all_runs: ClassVar[bool] = True
    label: ClassVar[str] = "production complex"

    def __post_init__(self) -> None:
        whole_number("sites", self.sites, least=1, most=12, because="it counts regions inland")

    def __call__(self, now: View) -> Plan:
        is_site = rank(_suits_a_complex(now)) < self.sites
        return Plan(plants=share_of(is_site * PLANNED_MIX), planners=is_site)

    def flagship(self, now: View) -> np.ndarray:
        """The core plant of the best site."""
        return (rank(_suits_a_complex(now)) == 0) & _only(CORE)


@dataclass(frozen=True)
class ScatteredPlants:
    """Control: the plants of the complexes, one layer to a region, so that none has another near.

    Parameters
    ----------
    sites : int
        Number of complexes that are taken apart; each has five layers.
    """

    sites: int = 2
    takes_all_runs: ClassVar[bool] = True
    label: ClassVar[str] = "scattered plants"

    def __post_init__(self) -> None:
        whole_number("sites", self.sites, least=1, most=2, because="each needs five regions inland")

    def __call__(self, now: View) -> Plan:
        place = rank(_suits_a_complex(now))
        own_layer = np.arange(len(SECTORS)) == place % CONSUMER
        return Plan(plants=share_of((place < CONSUMER * self.sites) * own_layer * PLANNED_MIX))

    def flagship(self, now: View) -> np.ndarray:
        """The core plant of the best site."""
        return (rank(_suits_a_complex(now)) == 0) & _only(CORE)


@dataclass(frozen=True)
class Cluster:
    """Industrial clusters: every region's own best sector, with knowledge and institutions.

    The best sector is that of comparative advantage: where a region is better than others are.

    Parameters
    ----------
    knowledge, institutions : float
        Shares of the budget; the rest buys plants.
    partners : (float, float, float)
        How much of the way entrepreneurs, government and associations are built up, 0 to 1.
    misreading : float
        How badly the planner reads what regions are good at: 0 is without error, 1 an error as
        large as the differences themselves.
    """

    knowledge: float = 0.4
    institutions: float = 0.2
    partners: tuple[float, float, float] = (1.0, 1.0, 1.0)
    misreading: float = 0.0
    takes_all_runs: ClassVar[bool] = True
    label: ClassVar[str] = "cluster"

    def __post_init__(self) -> None:
        because = "it is a share of the budget"
        number("knowledge", self.knowledge, least=0, most=1, because=because)
        # Rounded: 1 - 0.8 is a little less than 0.2 in the computer.
        left = round(1 - self.knowledge, 12)
        number("institutions", self.institutions, least=0, most=left, because=because)
        if np.shape(self.partners) != (len(PARTNERS),):
            raise ValueError(
                f"partners must be 3 numbers, for {', '.join(PARTNERS)} (got {self.partners!r})"
            )
        for name, part in zip(PARTNERS, self.partners, strict=True):
            number(f"the part of {name}", part, least=0, most=1, because="1 is built up in full")
        number("misreading", self.misreading, least=0, because="it is the size of an error")

    def __call__(self, now: View) -> Plan:
        best = share_of(1.0 * self._best(now))
        return Plan(
            plants=max(0.0, 1 - self.knowledge - self.institutions) * best,
            knowledge=self.knowledge * best,
            institutions=self.institutions,
            partners=self.partners,
        )

    def flagship(self, now: View) -> np.ndarray:
        """The largest of all clusters."""
        return largest_cell(now.output * self._best(now))

    def _best(self, now: View) -> np.ndarray:
        usual = now.advantage.mean(axis=-2, keepdims=True)
        read = now.advantage - usual + self.misreading * now.misreading
        best: np.ndarray = np.arange(len(SECTORS)) == read.argmax(axis=-1)[..., np.newaxis]
        return best


@dataclass(frozen=True)
class WithShares:
    """A policy with another share of the budget for knowledge or for institutions; all else stays.

    What is left buys the policy's own plants. Money for knowledge goes where the policy's own goes;
    a policy that has none of its own spends it where its plants are.

    Parameters
    ----------
    policy : Policy
        Whose plants, partners and planners.
    knowledge, institutions : float, optional
        Shares of the budget. Without one, the policy's own share.
    """

    policy: Any
    knowledge: float | None = None
    institutions: float | None = None
    takes_all_runs: ClassVar[bool] = True

    def __post_init__(self) -> None:
        because = "it is a share of the budget"
        for name in ("knowledge", "institutions"):
            share = getattr(self, name)
            if share is not None:
                number(name, share, least=0, most=1, because=because)

    @property
    def label(self) -> str:
        """What it is called."""
        return name_of(self.policy)

    def __call__(self, now: View) -> Plan:
        own = plan_of(self.policy, now)
        plants = share_of(own.plants)
        researched = nation(own.knowledge)
        if self.knowledge is None:
            knowledge = own.knowledge
        else:
            where = own.knowledge / np.where(researched > 0, researched, 1)
            knowledge = self.knowledge * np.where(researched > 0, where, plants)
        institutions = own.institutions if self.institutions is None else self.institutions
        return Plan(
            plants=np.maximum(0.0, 1 - nation(knowledge) - institutions) * plants,
            knowledge=knowledge,
            institutions=institutions,
            partners=own.partners,
            planners=own.planners,
        )


@dataclass(frozen=True)
class Mix:
    """Several policies at once, each with a share of the budget. See `mix`.

    Parameters
    ----------
    parts : tuple of (Policy, float)
        Policies and their shares, which add up to 1.
    """

    parts: tuple[tuple[Any, float], ...]
    takes_all_runs: ClassVar[bool] = True
    label: ClassVar[str] = "mix"

    def __post_init__(self) -> None:
        shares = [
            number(f"the share of {name_of(policy)}", share, least=0, because="money is not owed")
            for policy, share in self.parts
        ]
        if abs(sum(shares) - 1) > 1e-6:
            raise ValueError(
                f"the shares of the mix add up to {sum(shares):.4g}, not to 1: divide each by "
                f"{sum(shares):.4g}, or change one of them"
            )

    def __call__(self, now: View) -> Plan:
        plans = [(share, plan_of(policy, now)) for policy, share in self.parts if share > 0]

        def together(name: str) -> Any:
            return sum(share * getattr(plan, name) for share, plan in plans)

        institutions = together("institutions")
        partners = sum(share * plan.institutions * plan.partners for share, plan in plans)
        return Plan(
            plants=together("plants"),
            knowledge=together("knowledge"),
            institutions=institutions,
            partners=partners / np.where(institutions > 0, institutions, 1),
            planners=together("planners"),
        )


def mix(parts: Mapping[Any, float]) -> Mix:
    """Divide the budget between several policies.

    Parameters
    ----------
    parts : mapping from Policy to float
        The share of each policy. They add up to 1.

    Returns
    -------
    Mix

    Raises
    ------
    ValueError
        If a share is negative, or they do not add up to 1.

    Examples
    --------
    >>> mix({Gradient(): 0.5, Cluster(): 0.6})
    Traceback (most recent call last):
    ...
    ValueError: the shares of the mix add up to 1.1, not to 1: divide each by 1.1, or change one ...
    """
    return Mix(tuple(parts.items()))


FOUR: dict[str, Any] = {
    "gradient": Gradient(),
    "growth pole": GrowthPole(),
    "production complex": ProductionComplex(),
    "cluster": Cluster(),
}
"""The four theories, by name."""

CONTROLS: dict[str, Any] = {
    "no policy": None,
    "even spread": EvenSpread(),
    "scattered plants": ScatteredPlants(),
}
"""What the four are compared with."""

POLICIES: dict[str, Any] = {
    "no policy": None,
    "even spread": EvenSpread(),
    **FOUR,
    "scattered plants": ScatteredPlants(),
}
"""All of them, in the order in which tables and pictures show them."""
