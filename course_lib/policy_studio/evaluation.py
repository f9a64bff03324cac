"""Did the programme work? Four ways of asking, in a simulated country where the answer is known."""

from __future__ import annotations

from dataclasses import dataclass

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

WAYS = {
    "chosen less all others": "growth after, chosen regions against all others",
    "chosen, before and after": "growth of the chosen, after less before",
    "difference in differences": "change of the chosen less change of all others",
    "barely chosen less runners-up": "growth after, just above the line against just below it",
}


@dataclass(frozen=True, eq=False)
class Evaluation:
    """A programme and four estimates of its effect: the result of `evaluation`.

    Attributes
    ----------
    effect : float
        What the programme adds to growth in a chosen region, percentage points a year.
    displaced : float
        Share of it that other regions lose.
    picks : str
        How regions were chosen.
    before, after : numpy.ndarray, shape (1200,)
        Growth of each region before and after, per cent a year.
    chosen, barely, runner_up : numpy.ndarray of bool, shape (1200,)
        Which regions were chosen, which of them last, and which narrowly missed.
    estimates : dict from str to float
        What each of `WAYS` finds, percentage points a year.
    standard_errors : dict from str to float
        How far chance alone usually moves each of them.
    """

    effect: float
    displaced: float
    picks: str
    before: np.ndarray
    after: np.ndarray
    chosen: np.ndarray
    barely: np.ndarray
    runner_up: np.ndarray
    estimates: dict[str, float]
    standard_errors: dict[str, float]

    @property
    def for_the_country(self) -> float:
        """What the programme adds for each chosen region when other regions' loss is counted."""
        return self.effect * (1 - self.displaced)

    def to_frame(self) -> pd.DataFrame:
        """One row a way of asking: the estimate, its standard error, its distance to the effect."""
        found = list(self.estimates.values())
        return pd.DataFrame(
            {
                "estimate": found,
                "standard_error": list(self.standard_errors.values()),
                "off_by": [one - self.effect for one in found],
            },
            index=pd.Index(self.estimates, name="way"),
        )

    def summary(self) -> str:
        """One sentence: the true effect and the four estimates."""
        found = "; ".join(f"{way}: {signed(value)}" for way, value in self.estimates.items())
        return (
            f"Simulated: the programme picks {CHOSEN} regions ({self.picks}) and adds "
            f"{self.effect:.1f} points of growth a year to each ({self.for_the_country:.2f} when "
            f"losses elsewhere are counted); the estimates are {found}."
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
    """Simulate a programme for 300 of 1,200 regions, and estimate its effect in four ways.

    A region's growth is its own lasting trend and luck, drawn anew before and after. A programme
    that picks the growing (or the lagging) looks at growth before it. Runners-up are the 60 that
    come next in that order; by lot they are 60 others.

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
    chance = np.random.default_rng(seed)
    trend = MEAN_GROWTH + SPREAD_OF_TRENDS * chance.standard_normal(REGIONS)
    before = trend + SPREAD_OF_LUCK * chance.standard_normal(REGIONS)
    after = trend + SPREAD_OF_LUCK * chance.standard_normal(REGIONS)
    lot = chance.permutation(REGIONS)
    order = {"by lot": lot, "the growing": np.argsort(-before), "the lagging": np.argsort(before)}
    chosen, barely, runner_up = np.zeros((3, REGIONS), dtype=bool)
    chosen[order[picks][:CHOSEN]] = True
    barely[order[picks][CHOSEN - NEAR : CHOSEN]] = True
    runner_up[order[picks][CHOSEN : CHOSEN + NEAR]] = True
    lost_elsewhere = effect * displaced * CHOSEN / (REGIONS - CHOSEN)
    after = after + np.where(chosen, effect, -lost_elsewhere)
    change = after - before
    pairs = (
        (after[chosen], after[~chosen]),
        (change[chosen], np.zeros(1)),
        (change[chosen], change[~chosen]),
        (after[barely], after[runner_up]),
    )
    for kept in (before, after, chosen, barely, runner_up):
        kept.flags.writeable = False
    return Evaluation(
        effect=effect,
        displaced=displaced,
        picks=picks,
        before=before,
        after=after,
        chosen=chosen,
        barely=barely,
        runner_up=runner_up,
        estimates={
            way: float(one.mean() - other.mean())
            for way, (one, other) in zip(WAYS, pairs, strict=True)
        },
        standard_errors={
            way: float(np.sqrt(_of_mean(one) + _of_mean(other)))
            for way, (one, other) in zip(WAYS, pairs, strict=True)
        },
    )


def _of_mean(values: np.ndarray) -> float:
    """Variance of the mean of values that chance has drawn; none for a fixed number."""
    return float(values.var(ddof=1) / len(values)) if len(values) > 1 else 0.0
