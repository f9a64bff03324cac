"""How well has a country done? Efficiency, inequality, innovation, specialisation, resilience.

There is no one best policy, because there is no one score.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from course_lib.parameters import one_of, whole_number
from course_lib.regional_economy.budget import checked_policies
from course_lib.regional_economy.economy import Start, State, nation, region, settle, with_output
from course_lib.regional_economy.history import after_year, apply_shock, flagship
from course_lib.regional_economy.laws import TIERS, Laws

EARLY, LATE, LAST = 20, 50, 60
"""Years at which a country is looked at: in the middle of the policy, at its end, ten years on."""


@dataclass(frozen=True)
class Score:
    """What one column of a scorecard means.

    Attributes
    ----------
    name : str
        Name of the column.
    label : str
        What it is, in words.
    unit : str
        Its unit.
    better : {"high", "low"}
        Whether more or less of it is better; a matter of opinion in the case of specialisation.
    aspect : str
        Efficiency, inequality, innovation, specialisation or resilience.
    """

    name: str
    label: str
    unit: str
    better: str
    aspect: str


SCORES: tuple[Score, ...] = (
    Score("output_20", "output, year 20", "year 0 = 1", "high", "efficiency"),
    Score("output_50", "output, year 50", "year 0 = 1", "high", "efficiency"),
    Score("output_60", "output, year 60", "year 0 = 1", "high", "efficiency"),
    Score("inequality_20", "inequality of regions, year 20", "Williamson", "low", "inequality"),
    Score("inequality_50", "inequality of regions, year 50", "Williamson", "low", "inequality"),
    Score("tier_gap_20", "tier 1 over tier 3, year 20", "ratio per head", "low", "inequality"),
    Score("tier_gap_50", "tier 1 over tier 3, year 50", "ratio per head", "low", "inequality"),
    Score("tier_gap_60", "tier 1 over tier 3, year 60", "ratio per head", "low", "inequality"),
    Score("largest_region_50", "share of the largest region, year 50", "of output", "low",
          "inequality"),
    Score("innovation_50", "own innovation, year 50", "log points", "high", "innovation"),
    Score("technology_3_50", "technology of tier 3, year 50", "log", "high", "innovation"),
    Score("specialisation_50", "specialisation, year 50", "Krugman", "high", "specialisation"),
    Score("amplification", "failure of the flagship, amplified", "times its own loss", "low",
          "resilience"),
    Score("linked_loss", "other sectors lose beside the flagship", "per cent", "low",
          "resilience"),
    Score("sector_loss", "worst region when a sector collapses", "per cent", "low", "resilience"),
)  # fmt: skip
SCORE_NAMES = tuple(score.name for score in SCORES)
SCORE = {score.name: score for score in SCORES}


def williamson(per_head: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Williamson's coefficient of each run, weighted by people: shape (n_runs,)."""
    share = people / nation(people)
    mean = nation(share * per_head)
    return np.sqrt(nation(share * (per_head - mean) ** 2))[:, 0, 0] / mean[:, 0, 0]


def tier_gap(output: np.ndarray, people: np.ndarray, tier: np.ndarray) -> np.ndarray:
    """Output per head of tier 1 over that of tier 3: shape (n_runs,)."""
    first, last = (
        nation(output * (tier == one)) / nation(people * (tier == one))
        for one in (TIERS[0], TIERS[-1])
    )
    gap: np.ndarray = (first / last)[:, 0, 0]
    return gap


def krugman_index(output: np.ndarray) -> np.ndarray:
    """Krugman's index of specialisation, the mean over regions: shape (n_runs,).

    Of each region: |its share of a sector - the country's share| summed over sectors, 0 to 2.
    """
    of_region = output / region(output)
    of_nation = output.sum(axis=-2, keepdims=True) / nation(output)
    index: np.ndarray = np.abs(of_region - of_nation).sum(axis=-1).mean(axis=-1)
    return index


def score(start: Start, policy: Any) -> dict[str, np.ndarray]:
    """Play all runs of a start under one policy and score them. No path is kept.

    Parameters
    ----------
    start : Start
        Settled countries, from `economy.settle`.
    policy : Policy or None
        Where the budget goes.

    Returns
    -------
    dict from str to numpy.ndarray, shape (n_runs,)
        One entry for each of `SCORES`. What lies after the last year of the laws, or needs a shock
        that does not come, is missing.

    Raises
    ------
    ValueError
        If a plan of the policy does not add up or has the wrong shape.
    """
    laws, state = start.laws, start.state
    first = np.ones(len(start.countries.seeds))
    found: dict[str, np.ndarray] = {}
    for year in range(min(laws.years, LAST + 1)):
        state = with_output(state, start)
        if year == 0:
            first = _each(nation(state.output))
        if year in (EARLY, LATE, LAST):
            found |= _scores_of_year(year, state, start, first)
        state = after_year(state, start, policy, year)
        if year == laws.shock_year:
            found |= resilience(state, start, policy)
    return {name: found[name] for name in SCORE_NAMES if name in found}


def _each(amount: np.ndarray) -> np.ndarray:
    """One number a run, from an array of shape (n_runs, 1, 1)."""
    return amount[:, 0, 0]


def _scores_of_year(
    year: int, state: State, start: Start, first: np.ndarray
) -> dict[str, np.ndarray]:
    made, people, tier = region(state.output), state.people, start.countries.tier
    in_tier_3 = np.broadcast_to(tier == TIERS[-1], state.technology.shape)
    return {
        f"output_{year}": _each(nation(made)) / first,
        f"inequality_{year}": williamson(made / people, people),
        f"tier_gap_{year}": tier_gap(made, people, tier),
        f"largest_region_{year}": made.max(axis=(1, 2)) / _each(nation(made)),
        f"innovation_{year}": _each(nation(state.invented * state.output) / nation(state.output)),
        f"technology_3_{year}": state.technology.mean(axis=(1, 2), where=in_tier_3),
        f"specialisation_{year}": krugman_index(state.output),
    }


def resilience(state: State, start: Start, policy: Any) -> dict[str, np.ndarray]:
    """What the first year after a shock looks like, beside the same year without it.

    Parameters
    ----------
    state : State
        The beginning of the year after the shock year.
    start : Start
        The country's start.
    policy : Policy or None
        Its flagship goes bankrupt; see `history.apply_shock`.

    Returns
    -------
    dict from str to numpy.ndarray, shape (n_runs,)
        ``amplification``: loss of the flagship's region over the flagship's own loss.
        ``linked_loss``: loss of the other sectors in that region, per cent.
        ``sector_loss``: loss of the region that is hit hardest when the country's largest sector
        collapses, per cent.
    """
    calm = with_output(state, start).output
    hit = np.broadcast_to(flagship(state, start, policy), calm.shape)
    beside = hit.any(axis=-1, keepdims=True) & ~hit
    lost = calm - with_output(apply_shock(state, start, policy, "flagship plant"), start).output
    own, linked = nation(lost * hit), nation(lost * beside)
    collapsed = with_output(apply_shock(state, start, policy, "largest sector"), start).output
    worst = 1 - (region(collapsed) / region(calm)).min(axis=(1, 2))
    return {
        "amplification": _each((own + linked) / own),
        "linked_loss": 100 * _each(linked / nation(calm * beside)),
        "sector_loss": 100 * worst,
    }


@dataclass(frozen=True, eq=False)
class Scorecard:
    """Scores of several policies in one country: the result of `scorecard`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row a policy, one column a score.
    seed : int
        Seed of the country.
    """

    table: pd.DataFrame
    seed: int

    def to_frame(self) -> pd.DataFrame:
        """One row a policy, one column a score."""
        return self.table.copy()

    def best(self, name: str) -> str:
        """The policy that is best by one score."""
        column = self.table[one_of("name", name, self.table.columns)]
        return str(column.idxmax() if SCORE[name].better == "high" else column.idxmin())

    def summary(self) -> str:
        """One sentence: who is best by which score."""
        wanted = ("output_20", "output_60", "inequality_50", "innovation_50")
        parts = [f"{SCORE[name].label}: {self.best(name)}" for name in wanted if name in self.table]
        return f"Best in the simulated country of seed {self.seed} by " + "; by ".join(parts) + "."


def scorecard(policies: Mapping[str, Any], seed: int = 0, laws: Laws | None = None) -> Scorecard:
    """Score several policies in one and the same country.

    Parameters
    ----------
    policies : mapping from str to Policy
        The policies by name, as in `policies.POLICIES`.
    seed : int
        Fixes the country.
    laws : Laws, optional
        The laws of the economy.

    Returns
    -------
    Scorecard

    Raises
    ------
    ValueError
        If there is no policy, a plan does not add up, or the laws end before year 60.

    Examples
    --------
    >>> from course_lib.regional_economy.policies import FOUR
    >>> scorecard(FOUR, seed=0).best("output_60")
    'cluster'
    """
    checked_policies(policies)
    start = settle([whole_number("seed", seed, least=0, because="it fixes the country")], laws)
    if start.laws.years <= LAST:
        raise ValueError(
            f"years must be at least {LAST + 1} (got {start.laws.years}): the last score is of "
            f"year {LAST}"
        )
    rows = {
        name: {column: float(value[0]) for column, value in score(start, policy).items()}
        for name, policy in policies.items()
    }
    return Scorecard(pd.DataFrame(rows).T.rename_axis("policy"), seed)
