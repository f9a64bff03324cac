"""One score of every policy in many countries: not only the mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from course_lib.comparing_theories.own_policy import MINE, Own, own
from course_lib.parameters import one_of, whole_number
from course_lib.regional_economy.budget import Policy
from course_lib.regional_economy.draws import draw_laws
from course_lib.regional_economy.economy import Start, settle
from course_lib.regional_economy.laws import Laws
from course_lib.regional_economy.policies import POLICIES
from course_lib.regional_economy.scorecard import SCORE, SCORES
from course_lib.regional_economy.scorecard import score as score_of

MOST_COUNTRIES = 60
AS_THEY_ARE, DRAWN = "as they are", "drawn at random"
LAWS = (AS_THEY_ARE, DRAWN)
LABELS = {score.label: score.name for score in SCORES}


@dataclass(frozen=True, eq=False)
class ScoreSpread:
    """One score in many countries: the result of `score_spread`.

    Attributes
    ----------
    score : str
        What is scored, in words.
    laws : str
        Whether the laws are the same in all countries.
    values : numpy.ndarray, shape (n_countries, n_policies)
        The score of each run.
    policies : tuple of str
        Names of the policies.
    scale : (float, float)
        Lowest and highest value in any of the 60 countries: the ends of a picture.
    """

    score: str
    laws: str
    values: np.ndarray
    policies: tuple[str, ...]
    scale: tuple[float, float]

    @property
    def better_is_high(self) -> bool:
        """Whether more of it is better."""
        return SCORE[LABELS[self.score]].better == "high"

    @property
    def wins(self) -> np.ndarray:
        """Share of the countries in which each policy is best, shape (n_policies,)."""
        best = self.values.argmax(axis=1) if self.better_is_high else self.values.argmin(axis=1)
        counted: np.ndarray = np.bincount(best, minlength=len(self.policies)) / len(self.values)
        return counted

    def win(self, policy: str) -> float:
        """Share of the countries in which one policy is best."""
        return float(self.wins[self.policies.index(policy)])

    @property
    def quantiles(self) -> np.ndarray:
        """Tenth, middle and ninetieth of 100 runs, shape (3, n_policies)."""
        found: np.ndarray = np.quantile(self.values, (0.1, 0.5, 0.9), axis=0)
        return found

    def to_frame(self) -> pd.DataFrame:
        """One row a policy: mean, quantiles, and the share of countries in which it is best."""
        low, median, high = self.quantiles
        return pd.DataFrame(
            {
                "mean": self.values.mean(axis=0),
                "low": low,
                "median": median,
                "high": high,
                "share_best": self.wins,
            },
            index=pd.Index(self.policies, name="policy"),
        )

    def summary(self) -> str:
        """One sentence: who is best most often, and how often."""
        order = np.argsort(-self.wins, kind="stable")
        parts = [
            f"{self.policies[place]} in {self.wins[place]:.0%}"
            for place in order
            if self.wins[place] > 0
        ]
        return (
            f"{self.score[0].upper()}{self.score[1:]}, in {len(self.values)} simulated countries "
            f"with laws {self.laws}: best is {', '.join(parts[:4])} of them."
        )


def score_spread(
    score: str = SCORE["output_60"].label,
    laws: str = AS_THEY_ARE,
    countries: int = 30,
    mine: Policy | None = None,
) -> ScoreSpread:
    """Score every policy in many countries, with the same laws or with laws drawn at random.

    Parameters
    ----------
    score : str
        What is scored, in words: a label of `scorecard.SCORES`.
    laws : {"as they are", "drawn at random"}
        Drawn: each country has laws of its own, from `draws.RANGES`.
    countries : int
        How many countries, 5 to 60.
    mine : Policy, optional
        A policy of your own; it becomes the last of the policies, "my policy".

    Returns
    -------
    ScoreSpread

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Examples
    --------
    >>> score_spread(countries=10).win("cluster")
    1.0
    """
    one_of("score", score, LABELS)
    one_of("laws", laws, LAWS)
    whole_number(
        "countries", countries, least=5, most=MOST_COUNTRIES, because="fewer show no spread"
    )
    name = LABELS[score]
    values, policies = _values(laws, name), tuple(POLICIES)
    if (policy := own(mine)) is not None:
        values = np.column_stack([values, _scores_of(policy, laws)[name]])
        policies = (*policies, MINE)
    scale = (float(values.min()), float(values.max()))
    return ScoreSpread(score, laws, values[:countries], policies, scale)


@lru_cache(maxsize=len(LAWS))
def _start(laws: str) -> Start:
    drawn = Laws() if laws == AS_THEY_ARE else draw_laws(MOST_COUNTRIES)
    return settle(range(MOST_COUNTRIES), drawn)


@lru_cache(maxsize=len(LAWS))
def _scores(laws: str) -> dict[str, dict[str, np.ndarray]]:
    return {name: score_of(_start(laws), policy) for name, policy in POLICIES.items()}


@lru_cache(maxsize=2 * len(LAWS))
def _scores_of(policy: Own, laws: str) -> dict[str, np.ndarray]:
    return score_of(_start(laws), policy)


@lru_cache(maxsize=len(LAWS) * len(SCORES))
def _values(laws: str, name: str) -> np.ndarray:
    values = np.stack([scores[name] for scores in _scores(laws).values()], axis=1)
    values.flags.writeable = False
    return values
