"""Did the programme work? Five ways of asking, in a simulated country where the answer is known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from course_lib.parameters import number, one_of, whole_number

REGIONS = 1200
CHOSEN = 300
NEAR = 60  # on each side of the line between chosen and not chosen
PICKS = ("by lot", "the growing", "the lagging")
"""Which regions a programme picks: by their growth before it, or by lot."""
SPREAD_OF_TRENDS = 0.8  # of a region's lasting growth, per cent a year
SPREAD_OF_LUCK = 1.0  # of what comes and goes
MEAN_GROWTH = 2.0
DRAWS = 200  # of trends and luck, for the mean of each estimate

WAYS = {
    "chosen less all others": "growth after, chosen regions against all others",
    "chosen, before and after": "growth of the chosen, after less before",
    "difference in differences": "change of the chosen less change of all others",
    "the same, from the earlier years": "change since the earlier period, chosen less all others",
    "barely chosen less runners-up": "growth after, just above the line against just below it",
}


@dataclass(frozen=True, eq=False)
class Evaluation:
    """A programme and five estimates of its effect: the result of `evaluation`.

    Attributes
    ----------
    effect : float
        What the programme adds to growth in a chosen region, percentage points a year.
    displaced : float
        Share of it that other regions lose.
    picks : str
        How regions were chosen.
    earlier, before, after : numpy.ndarray, shape (1200,)
        Growth of each region in three periods, per cent a year. The choice is made by `before`.
    chosen, barely, runner_up : numpy.ndarray of bool, shape (1200,)
        Which regions were chosen, which of them last, and which narrowly missed.
    estimates : dict from str to float
        What each of `WAYS` finds, percentage points a year.
    standard_errors : dict from str to float
        How far chance alone usually moves each of them.
    means : dict from str to float
        Mean of each estimate over 200 other draws of trends and luck.
    """

    effect: float
    displaced: float
    picks: str
    earlier: np.ndarray
    before: np.ndarray
    after: np.ndarray
    chosen: np.ndarray
    barely: np.ndarray
    runner_up: np.ndarray
    estimates: dict[str, float]
    standard_errors: dict[str, float]
    means: dict[str, float]

    @property
    def for_the_country(self) -> float:
        """What the programme adds for each chosen region when other regions' loss is counted."""
        return self.effect * (1 - self.displaced)

    def to_frame(self) -> pd.DataFrame:
        """One row a way: estimate, standard error, distance to the effect, mean of many draws."""
        found = list(self.estimates.values())
        return pd.DataFrame(
            {
                "estimate": found,
                "standard_error": list(self.standard_errors.values()),
                "off_by": [one - self.effect for one in found],
                "mean_of_draws": list(self.means.values()),
            },
            index=pd.Index(self.estimates, name="way"),
        )

    def summary(self) -> str:
        """One sentence: the true effect and the five estimates."""
        found = ", ".join(
            f"“{way}” finds {signed(value)} (mean of {DRAWS} draws {signed(self.means[way])})"
            for way, value in self.estimates.items()
        )
        return (
            f"Simulated: the programme picks {CHOSEN} regions ({self.picks}) and adds "
            f"{self.effect:.1f} points of growth a year to each ({self.for_the_country:.2f} when "
            f"losses elsewhere are counted); {found}."
        )


def signed(value: float) -> str:
    """A number with its sign, and two decimals.

    Examples
    --------
    >>> signed(0.5), signed(-0.25)
    ('+0.50', '−0.25')
    """
    return f"{value:+.2f}".replace("-", "−")


def evaluation(
    effect: float = 0.5, displaced: float = 0.0, picks: str = "by lot", seed: int = 0
) -> Evaluation:
    """Simulate a programme for 300 of 1,200 regions, and estimate its effect in five ways.

    A region's growth is its own lasting trend and luck, drawn anew in each of three periods. A
    programme that picks the growing (or the lagging) looks at the second one. Runners-up are the
    60 that come next in that order; by lot they are 60 others.

    Parameters
    ----------
    effect : float
        What the programme adds to growth in a chosen region, percentage points a year, 0 to 2.
    displaced : float
        Share of the effect that all other regions together lose, 0 to 1.
    picks : {"by lot", "the growing", "the lagging"}
        How regions are chosen.
    seed : int
        Fixes trends and luck.

    Returns
    -------
    Evaluation

    Raises
    ------
    ValueError
        If a parameter is out of its range.

    Notes
    -----
    The model is the course's own. That a comparison with all others is misled by how places are
    chosen is the reason for studies that compare with runners-up (Greenstone, Hornbeck and
    Moretti 2010) or with programmes that were never passed (Kline and Moretti 2014).

    Examples
    --------
    >>> lagging = evaluation(effect=0.0, picks="the lagging")
    >>> lagging.estimates["chosen less all others"] < -0.5 < 1 < (
    ...     lagging.estimates["difference in differences"]
    ... )
    True
    """
    effect = number("effect", effect, least=0, most=2, because="it is in points of growth a year")
    displaced = number("displaced", displaced, least=0, most=1, because="it is a share")
    one_of("picks", picks, PICKS)
    whole_number("seed", seed, least=0, because="it fixes trends and luck")
    drawn = _drawn(effect, displaced, picks, seed)
    pairs = _pairs(drawn)
    estimates = {way: float(one.mean() - other.mean()) for way, (one, other) in pairs.items()}
    for kept in drawn.values():
        kept.flags.writeable = False
    return Evaluation(
        effect=effect,
        displaced=displaced,
        picks=picks,
        **drawn,
        estimates=estimates,
        standard_errors={
            way: float(np.sqrt(_of_mean(one) + _of_mean(other)))
            for way, (one, other) in pairs.items()
        },
        means=_means(effect, displaced, picks),
    )


def _drawn(effect: float, displaced: float, picks: str, seed: int) -> dict[str, np.ndarray]:
    """Growth in three periods, and who is chosen by the second."""
    chance = np.random.default_rng(seed)
    trend = MEAN_GROWTH + SPREAD_OF_TRENDS * chance.standard_normal(REGIONS)
    before = trend + SPREAD_OF_LUCK * chance.standard_normal(REGIONS)
    after = trend + SPREAD_OF_LUCK * chance.standard_normal(REGIONS)
    lot = chance.permutation(REGIONS)
    earlier = trend + SPREAD_OF_LUCK * chance.standard_normal(REGIONS)
    order = {"by lot": lot, "the growing": np.argsort(-before), "the lagging": np.argsort(before)}
    chosen, barely, runner_up = np.zeros((3, REGIONS), dtype=bool)
    chosen[order[picks][:CHOSEN]] = True
    barely[order[picks][CHOSEN - NEAR : CHOSEN]] = True
    runner_up[order[picks][CHOSEN : CHOSEN + NEAR]] = True
    lost_elsewhere = effect * displaced * CHOSEN / (REGIONS - CHOSEN)
    return {
        "earlier": earlier,
        "before": before,
        "after": after + np.where(chosen, effect, -lost_elsewhere),
        "chosen": chosen,
        "barely": barely,
        "runner_up": runner_up,
    }


def _pairs(drawn: dict[str, np.ndarray]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """The two groups of values whose means each of `WAYS` compares."""
    after, chosen = drawn["after"], drawn["chosen"]
    change, since_earlier = after - drawn["before"], after - drawn["earlier"]
    pairs = (
        (after[chosen], after[~chosen]),
        (change[chosen], np.zeros(1)),
        (change[chosen], change[~chosen]),
        (since_earlier[chosen], since_earlier[~chosen]),
        (after[drawn["barely"]], after[drawn["runner_up"]]),
    )
    return dict(zip(WAYS, pairs, strict=True))


def _means(effect: float, displaced: float, picks: str) -> dict[str, float]:
    """Mean of each estimate over many draws: an effect moves all draws by the same."""
    lost_elsewhere = effect * displaced * CHOSEN / (REGIONS - CHOSEN)
    moved = dict.fromkeys(WAYS, effect + lost_elsewhere) | {"chosen, before and after": effect}
    without = dict(zip(WAYS, _means_without_effect(picks), strict=True))
    return {way: without[way] + moved[way] for way in WAYS}


@lru_cache(maxsize=len(PICKS))
def _means_without_effect(picks: str) -> tuple[float, ...]:
    """The means if the programme does nothing; the seeds are far from those of the lab."""
    found = [
        [one.mean() - other.mean() for one, other in _pairs(drawn).values()]
        for drawn in (_drawn(0.0, 0.0, picks, 10_000 + seed) for seed in range(DRAWS))
    ]
    return tuple(np.mean(found, axis=0).tolist())


def _of_mean(values: np.ndarray) -> float:
    """Variance of the mean of values that chance has drawn; none for a fixed number."""
    return float(values.var(ddof=1) / len(values)) if len(values) > 1 else 0.0
