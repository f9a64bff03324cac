"""The comparison table of section 3: what the four theories share, and what sets them apart."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import pandas as pd

from course_lib.comparing_theories.claims import Scores, scores_of
from course_lib.regional_economy.ensemble import Ensemble, ensemble
from course_lib.regional_economy.policies import FOUR

Row = Callable[[Scores, str], pd.Series]


def _against(name: str, other: str, more: bool) -> Row:
    """One score of a policy, more or less than another policy's in the same country."""

    def holds(scores: Scores, policy: str) -> pd.Series:
        mine, theirs = scores(policy, name), scores(other, name)
        return mine > theirs if more else mine < theirs

    return holds


ROWS: dict[str, tuple[str, Row]] = {
    "specialised": (
        "regions are more specialised than with an even spread (year 50)",
        _against("specialisation_50", "even spread", more=True),
    ),
    "unequal": (
        "regions are more unequal than without any policy (year 20)",
        _against("inequality_20", "no policy", more=True),
    ),
    "smaller gap": (
        "the gap between tiers 1 and 3 is smaller than without any policy (year 50)",
        _against("tier_gap_50", "no policy", more=False),
    ),
    "innovation": (
        "there is more own innovation than with an even spread (year 50)",
        _against("innovation_50", "even spread", more=True),
    ),
    "latecomers": (
        "tier 3 has better technology than with an even spread (year 50)",
        _against("technology_3_50", "even spread", more=True),
    ),
    "contagion": (
        "when the flagship fails, the other sectors beside it lose as well",
        lambda scores, policy: scores(policy, "linked_loss") > 0,
    ),
}
"""Rows of the table: a short name, the sentence, and how a run decides it."""


def comparison_table(found: Ensemble | None = None) -> pd.DataFrame:
    """In which share of the runs each sentence holds for each of the four theories.

    Parameters
    ----------
    found : Ensemble, optional
        An ensemble with all of `policies.POLICIES`; without one, 30 countries.

    Returns
    -------
    pandas.DataFrame
        Rows are the sentences of `ROWS`, columns the four theories.

    Examples
    --------
    >>> comparison_table().loc["latecomers", "cluster"].item()
    1.0
    """
    scores = scores_of(found or _usual_runs())
    table = pd.DataFrame(
        {
            policy: {row: float(holds(scores, policy).mean()) for row, (_, holds) in ROWS.items()}
            for policy in FOUR
        }
    )
    return table.rename_axis(index="row", columns=None)


@lru_cache(maxsize=1)
def _usual_runs() -> Ensemble:
    return ensemble()
