"""Whose assumption? Change one, all else as it is, and see who still does best."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from course_lib.comparing_theories.own_policy import MINE, Own, own
from course_lib.comparing_theories.score_spread import LABELS
from course_lib.parameters import one_of
from course_lib.regional_economy.budget import Policy
from course_lib.regional_economy.economy import Start, settle
from course_lib.regional_economy.laws import Laws
from course_lib.regional_economy.policies import (
    FOUR,
    Cluster,
    EvenSpread,
    FirstStageGradient,
    WithShares,
)
from course_lib.regional_economy.scorecard import SCORE
from course_lib.regional_economy.scorecard import score as score_of

COUNTRIES = 20
POLICIES: Mapping[str, Any] = MappingProxyType({"even spread": EvenSpread(), **FOUR})


@dataclass(frozen=True)
class World:
    """A set of assumptions: laws, and what the policies do.

    Attributes
    ----------
    laws : Laws
        The laws.
    policies : mapping from str to Policy
        The policies by name.
    knowledge, institutions : float, optional
        Shares of the budget that every policy gives to the two, its own where there is none.
    """

    laws: Laws = field(default_factory=Laws)
    policies: Mapping[str, Any] = field(default_factory=lambda: POLICIES)
    knowledge: float | None = None
    institutions: float | None = None

    def here(self, policy: Any) -> Any:
        """What a policy does in this world."""
        if self.knowledge is None and self.institutions is None:
            return policy
        return WithShares(policy, self.knowledge, self.institutions)


KNOWLEDGE, INSTITUTIONS = 0.4, 0.2
"""Shares of the budget that the cluster spends on the two."""


def _instead(name: str, policy: Any) -> World:
    return World(policies=dict(POLICIES) | {name: policy})


ALL_ON = "nothing: all as it was"
NO_KNOWLEDGE = "nobody gets money for knowledge"
NO_INSTITUTIONS = "nobody gets money for institutions"
SAME_KNOWLEDGE = "everybody gets 40% for knowledge"
SAME_INSTITUTIONS = "everybody gets 20% for institutions"
NEITHER = "two at once: nobody gets money for either"
SAME_BOTH = "two at once: everybody gets 40% and 20%"
SWITCHES: Mapping[str, World] = MappingProxyType(
    {
        ALL_ON: World(),
        NO_KNOWLEDGE: World(knowledge=0.0),
        NO_INSTITUTIONS: World(institutions=0.0),
        SAME_KNOWLEDGE: World(knowledge=KNOWLEDGE),
        SAME_INSTITUTIONS: World(institutions=INSTITUTIONS),
        NEITHER: World(knowledge=0.0, institutions=0.0),
        SAME_BOTH: World(knowledge=KNOWLEDGE, institutions=INSTITUTIONS),
        "the gradient's plants do not move down": _instead("gradient", FirstStageGradient()),
        "the cluster's planners misread advantages": _instead("cluster", Cluster(misreading=1.0)),
        "suppliers near by do not help": World(Laws(complementarity=0.0)),
        "big regions are no more productive": World(Laws(urbanisation=0.0)),
        "big regions are far more productive": World(Laws(urbanisation=0.14)),
        "people do not move": World(Laws(migration=0.0)),
        "savings do not move": World(Laws(mobile_saving=0.0)),
        "technology does not spread": World(Laws(diffusion=0.0)),
        "nobody learns by doing": World(Laws(learning=0.0)),
        "60 regions instead of 24": World(Laws(regions=60)),
    }
)
"""What is changed, all else as it was; the names of two say that they change two things."""


@dataclass(frozen=True, eq=False)
class WhoseAssumption:
    """The ranking with all assumptions, and with one changed: the result of `whose_assumption`.

    Attributes
    ----------
    change : str
        What is changed.
    score : str
        What is scored, in words.
    policies : tuple of str
        Names of the policies.
    before, after : numpy.ndarray, shape (n_countries, n_policies)
        The score of each run, with all assumptions and with the change.
    """

    change: str
    score: str
    policies: tuple[str, ...]
    before: np.ndarray
    after: np.ndarray

    def ranks(self, values: np.ndarray) -> np.ndarray:
        """Rank of each policy by its mean, shape (n_policies,); 1 is the best."""
        mean = values.mean(axis=0)
        order = np.argsort(-mean if SCORE[LABELS[self.score]].better == "high" else mean)
        ranks = np.empty(len(mean), dtype=np.int64)
        ranks[order] = np.arange(1, len(mean) + 1)
        return ranks

    def first(self, values: np.ndarray) -> str:
        """The policy with the best mean."""
        return self.policies[int(np.argmin(self.ranks(values)))]

    def rank(self, policy: str) -> int:
        """Rank of one policy after the change."""
        return int(self.ranks(self.after)[self.policies.index(policy)])

    def to_frame(self) -> pd.DataFrame:
        """One row a policy: mean score and rank before and after."""
        return pd.DataFrame(
            {
                "mean_before": self.before.mean(axis=0),
                "rank_before": self.ranks(self.before),
                "mean_after": self.after.mean(axis=0),
                "rank_after": self.ranks(self.after),
            },
            index=pd.Index(self.policies, name="policy"),
        )

    def summary(self) -> str:
        """One sentence: the order of the policies before and after."""
        before, after = (
            ", ".join(self.policies[place] for place in np.argsort(self.ranks(values)))
            for values in (self.before, self.after)
        )
        what = f"{self.score[0].upper()}{self.score[1:]}, mean of {len(self.after)} simulated"
        if self.change == ALL_ON:
            return f"{what} countries with all assumptions, from the best: {before}."
        return (
            f"{what} countries, from the best, with all assumptions: {before}. If "
            f"{_as_condition(self.change)}: {after}."
        )


def _as_condition(change: str) -> str:
    words = change.removeprefix("two at once: ")
    return f"there are {words}" if words.startswith("60 ") else words


def whose_assumption(
    change: str = ALL_ON, score: str = SCORE["output_60"].label, mine: Policy | None = None
) -> WhoseAssumption:
    """Change one assumption of the economy, and rank the policies again.

    Parameters
    ----------
    change : str
        What is changed: a key of `SWITCHES`.
    score : str
        What is scored, in words: a label of `scorecard.SCORES`.
    mine : Policy, optional
        A policy of your own; it becomes the last of the policies, "my policy".

    Returns
    -------
    WhoseAssumption
        Scores in 20 countries.

    Raises
    ------
    ValueError
        If there is no such change or score.

    Examples
    --------
    >>> found = whose_assumption("everybody gets 40% for knowledge")
    >>> found.first(found.before), found.first(found.after)
    ('cluster', 'growth pole')
    """
    one_of("change", change, SWITCHES)
    one_of("score", score, LABELS)
    name = LABELS[score]
    before, after = _values(ALL_ON, name), _values(change, name)
    policies = tuple(POLICIES)
    if (policy := own(mine)) is not None:
        before, after = (
            np.column_stack([values, _scores_of(policy, here)[name]])
            for values, here in ((before, ALL_ON), (after, change))
        )
        policies = (*policies, MINE)
    return WhoseAssumption(change, score, policies, before, after)


KNOWLEDGE_AND_INSTITUTIONS = (
    ALL_ON,
    NO_KNOWLEDGE,
    NO_INSTITUTIONS,
    NEITHER,
    SAME_KNOWLEDGE,
    SAME_INSTITUTIONS,
    SAME_BOTH,
)


def knowledge_and_institutions() -> pd.DataFrame:
    """Mean output of year 60 of each policy, with and without money for the two.

    Returns
    -------
    pandas.DataFrame
        One row a change, one column a policy, and the rank of the cluster among the five.

    Examples
    --------
    >>> changed = knowledge_and_institutions().loc["nobody gets money for knowledge"]
    >>> float(changed["cluster"].round(2))
    3.56
    """
    found = {change: whose_assumption(change) for change in KNOWLEDGE_AND_INSTITUTIONS}
    table = pd.DataFrame(
        {change: one.after.mean(axis=0) for change, one in found.items()}, index=list(POLICIES)
    ).T
    table["rank of the cluster"] = [one.rank("cluster") for one in found.values()]
    return table.rename_axis("what is changed")


@lru_cache(maxsize=len(SWITCHES))
def _scores(change: str) -> dict[str, dict[str, np.ndarray]]:
    world = SWITCHES[change]
    return {
        name: score_of(_start(change), world.here(policy))
        for name, policy in world.policies.items()
    }


@lru_cache(maxsize=len(SWITCHES))
def _start(change: str) -> Start:
    return settle(range(COUNTRIES), SWITCHES[change].laws)


@lru_cache(maxsize=len(SWITCHES))
def _scores_of(policy: Own, change: str) -> dict[str, np.ndarray]:
    return score_of(_start(change), SWITCHES[change].here(policy))


@lru_cache(maxsize=len(SWITCHES) * len(LABELS))
def _values(change: str, name: str) -> np.ndarray:
    values = np.stack([scores[name] for scores in _scores(change).values()], axis=1)
    values.flags.writeable = False
    return values
