"""Labs of lesson 03."""

from __future__ import annotations

from course_lib.division_of_labour import charts
from course_lib.division_of_labour.continuum import Continuum, continuum
from course_lib.division_of_labour.ricardo import Ricardo, ricardo
from course_lib.division_of_labour.trade_costs import TradeCosts, trade_costs
from course_lib.division_of_labour.us_shift_share import (
    GROUPINGS,
    PERIODS,
    SHOWN,
    StateShiftShare,
    us_shift_share,
    us_states,
)
from course_lib.lab import Choice, Lab, Prediction, Slider, Values

GOODS = ["cloth", "wine"]


def two_regions_lab() -> Lab:
    """Two regions and two goods: one region is worse at both, and trade pays it all the same."""
    return Lab(
        title="What is left for a region that is worse at everything?",
        model=ricardo,
        chart=charts.two_regions,
        controls={
            "workers": Slider(
                0.25, 5.0, 0.05, label="Workers in England", unit="for each in Portugal"
            ),
            "labour_home": Values(
                GOODS, 60, 240, 10, label="Workers for a load in England", default=(100, 120)
            ),
            "labour_away": Values(
                GOODS, 60, 240, 10, label="Workers for a load in Portugal", default=(90, 80)
            ),
        },
        predict=Prediction(
            "England needs 100 workers for a load of cloth and 120 for a load of wine. Portugal "
            "needs 90 and 80: it is better at both. Now England becomes worse still, and needs "
            "twice as many for either: 200 and 240. England ...",
            [
                "has nothing to sell any more, and trade ends",
                "goes on selling cloth, and is poorer by trade than it would be alone",
                "goes on selling cloth, and is richer by trade than it would be alone",
                "sells wine instead of cloth",
            ],
            setting={"labour_home": (200, 240)},
            outcome=_what_is_left,
            because=(
                "What counts is what one load of cloth costs in wine given up. 200 for 240 is the "
                "same as 100 for 120. Being worse at everything makes the wage low. It does not "
                "change who sells what."
            ),
        ),
        size=(9, 3.9),
        panels=(1, 3),
    )


def _what_is_left(before: Ricardo, after: Ricardo) -> str:
    if after.seller is None:
        return "has nothing to sell any more, and trade ends"
    if after.seller != before.seller:
        return "sells wine instead of cloth"
    poorer_or_richer = "richer" if after.gains[0] > 0 else "poorer"
    return f"goes on selling cloth, and is {poorer_or_richer} by trade than it would be alone"


def continuum_lab() -> Lab:
    """Very many goods: the border between two regions, and what the way costs."""
    return Lab(
        title="Which goods does a region make, and what does the way cost it?",
        model=continuum,
        chart=charts.border,
        controls={
            "trade_cost": Slider(1.0, 3.0, 0.05, label="Units sent for one to arrive"),
            "absolute": Slider(0.3, 1.5, 0.05, label="Home on the whole", unit="away = 1"),
            "relative_labour": Slider(
                0.25, 4.0, 0.05, label="Workers away", unit="for each at home"
            ),
            "comparative": Slider(0.2, 1.5, 0.05, label="How much the regions differ"),
        },
        predict=Prediction(
            "Nothing is lost on the way, and all goods are traded. Then moving becomes costly: "
            "1.65 units must be sent for one to arrive. Now half of the goods are made in both "
            "regions and no longer traded. How much is left of home's gain from trade (as a "
            "logarithm)?",
            [
                "nothing",
                "about a quarter",
                "about a half",
                "about three quarters",
            ],
            setting={"trade_cost": 1.65},
            outcome=_what_is_left_of_the_gain,
            because=(
                "The goods that drop out first are those that brought least. But the goods that "
                "stay bring less too, because part of each melts on the way. Half of the imports, "
                "a quarter of the gain: it goes with the square."
            ),
        ),
        size=(9, 4.1),
        panels=(1, 2),
    )


def _what_is_left_of_the_gain(before: Continuum, after: Continuum) -> str:
    left = after.log_gain_home / before.log_gain_home
    options = {
        0.0: "nothing",
        0.25: "about a quarter",
        0.5: "about a half",
        0.75: "about three quarters",
    }
    return options[min(options, key=lambda share: abs(share - left))]


def shift_share_lab() -> Lab:
    """Why did a state's jobs grow faster or slower than the nation's? 34 states, 13 sectors."""
    return Lab(
        title="Was it the state, or was it its industries?",
        model=us_shift_share,
        chart=charts.shift_share_map,
        controls={
            "state": Choice(us_states(), label="State"),
            "period": Choice(list(PERIODS), label="Period"),
            "sectors": Choice(list(GROUPINGS), label="Told apart"),
            "shown": Choice(list(SHOWN), label="Map and bars show"),
        },
        predict=Prediction(
            "From 2001 to 2019 jobs in Maryland grew by 14.7 per cent, a little less than the "
            "nation's 15.6. Its mix of industries helped (+2.6), and yet its industries did worse "
            "than the same industries elsewhere (-3.5). North Carolina grew by 14.7 per cent too. "
            "There ...",
            [
                "it was the same: a good mix, and industries that did worse than elsewhere",
                "it was the other way round: a bad mix, and industries that did better",
                "both were bad",
                "both were good",
            ],
            setting={"state": "North Carolina"},
            outcome=_mix_and_own,
            asks="figures",
            because=(
                "In 2001 North Carolina had more than a fifth of its jobs in manufacturing, which "
                "lost a quarter of its jobs in the nation. Most of its other sectors "
                "grew faster than the nation's."
            ),
        ),
        keep="above",
        size=(9, 4.1),
        panels=(1, 2),
    )


def _mix_and_own(before: StateShiftShare, after: StateShiftShare) -> str:
    mix, own = after.here["industry_mix"] > 0, after.here["regional"] > 0
    if mix and own:
        return "both were good"
    if mix:
        return "it was the same: a good mix, and industries that did worse than elsewhere"
    if own:
        return "it was the other way round: a bad mix, and industries that did better"
    return "both were bad"


# --- optional, for a second hour


def trade_costs_lab() -> Lab:
    """A road is built: what each region gains, and how many have to make something else."""
    return Lab(
        title="Who gains when moving goods becomes cheaper?",
        model=trade_costs,
        chart=charts.who_gains,
        controls={
            "cost_before": Slider(1.0, 3.0, 0.05, label="Sent for one to arrive, before"),
            "cost_after": Slider(1.0, 3.0, 0.05, label="Sent for one to arrive, after"),
            "relative_labour": Slider(
                0.25, 4.0, 0.05, label="Workers away", unit="for each at home", default=1.0
            ),
            "comparative": Slider(0.2, 1.5, 0.05, label="How much the regions differ"),
        },
        predict=Prediction(
            "A road is built: instead of 2 units only 1.25 must be sent for one to arrive. Two "
            "equal regions both gain 13.6 per cent. Now the other region is four times as large "
            "as home. From the same road, home gains ...",
            ["less than the large region", "as much in per cent", "more than the large region"],
            setting={"relative_labour": 4.0},
            outcome=_who_gains_more,
            because=(
                "The small region buys most goods from outside and sells at prices that are set "
                "by the large one. The large region makes most goods itself, so a cheaper way "
                "changes little for it. But in the small one more people have to change their work."
            ),
        ),
        keep="above",
        size=(9, 3.9),
        panels=(1, 2),
    )


def _who_gains_more(before: TradeCosts, after: TradeCosts) -> str:
    difference = after.change_home - after.change_away
    if abs(difference) < 0.005:
        return "as much in per cent"
    return "more than the large region" if difference > 0 else "less than the large region"
