"""Labs of lesson 03."""

from __future__ import annotations

import numpy as np

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
from course_lib.lab import Challenge, Choice, Headline, Lab, Prediction, Slider, Values

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
            "share": Slider(0.1, 0.9, 0.05, label="Share of income spent on cloth"),
        },
        predict=Prediction(
            "England needs 100 workers for a load of cloth and 120 for a load of wine. Portugal "
            "needs 90 and 80: it is better at both. By trade England gains 9.5 per cent and "
            "Portugal 6.1, each compared with being alone. Now England becomes worse still, and "
            "needs twice as many for either: 200 and 240. What becomes of the two gains?",
            {
                "both_less": "England gains less, and Portugal gains less",
                "portugal": "England gains less, and Portugal gains more",
                "england": "England gains more, and Portugal gains less",
                "as_before": "England gains as much, and so does Portugal",
            },
            setting={"labour_home": (200, 240)},
            outcome=_what_becomes_of_the_gains,
            because=(
                "Who sells what depends on what a load of cloth costs in wine given up, and 200 "
                "for 240 is the same as 100 for 120. But England now makes only half as much "
                "cloth, so cloth costs as much as Portugal's own. At that price Portugal gains "
                "nothing by trade, and England has the whole gain, on a low wage."
            ),
        ),
        size=(9, 3.9),
        panels=(1, 3),
        headline=Headline(lambda result: 100 * result.gains[0], "England's gain by trade", "%"),
        challenge=Challenge(
            "Let the region that gains less gain as much as possible. Only the workers and what is "
            "spent on cloth may change.",
            _smaller_gain,
            target=7.4,
            unit="%",
        ),
        name="03 two regions",
    )


def _what_becomes_of_the_gains(before: Ricardo, after: Ricardo) -> str:
    england, portugal = after.gains - before.gains
    if max(abs(england), abs(portugal)) < 0.0005:
        return "as_before"
    if england > 0 > portugal:
        return "england"
    return "portugal" if portugal > 0 > england else "both_less"


def _smaller_gain(found: Ricardo) -> float | None:
    """The gain of whoever gains less, where skills are as they were."""
    if not np.array_equal(found.labour, ricardo().labour):
        return None
    return round(100 * float(min(found.gains)), 1)


def continuum_lab() -> Lab:
    """Very many goods: the border between two regions, and what the way costs."""
    return Lab(
        title="Which goods does a region make, and what does the way cost it?",
        model=continuum,
        chart=charts.border,
        controls={
            "trade_cost": Slider(1.0, 3.0, 0.05, label="Units sent for one to arrive"),
            "absolute": Slider(0.3, 1.5, 0.05, label="Home's skill at all goods", unit="away = 1"),
            "relative_labour": Slider(
                0.25, 4.0, 0.05, label="Workers away", unit="for each at home"
            ),
            "comparative": Slider(0.2, 1.5, 0.05, label="How much the regions differ"),
        },
        predict=Prediction(
            "Nothing is lost on the way, and all goods are traded. Then moving becomes costly: "
            "1.65 units must be sent for one to arrive. Now half of the goods are made in both "
            "regions and no longer traded. Home gained 45.8 per cent by trade. How much of "
            "this gain is left?",
            {
                "nothing": "next to nothing",
                "quarter": "about a quarter",
                "half": "about a half",
                "most": "about three quarters",
            },
            setting={"trade_cost": 1.65},
            outcome=_what_is_left_of_the_gain,
            because=(
                "The goods that drop out are those that brought least, but those that stay bring "
                "less too, because part of each melts on the way. Half of the imports leave about "
                "a quarter of the gain: it goes with the square."
            ),
        ),
        size=(9, 4.1),
        panels=(1, 2),
        headline=Headline(lambda result: 100 * result.gain_home, "Gain of home by trade", "%"),
        name="03 continuum",
    )


def _what_is_left_of_the_gain(before: Continuum, after: Continuum) -> str:
    left = after.gain_home / before.gain_home
    options = {0.0: "nothing", 0.25: "quarter", 0.5: "half", 0.75: "most"}
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
            "sectors": Choice(list(GROUPINGS), label="Industries"),
            "shown": Choice(list(SHOWN), label="Map and bars show"),
        },
        predict=Prediction(
            "From 2001 to 2019 jobs in Nevada grew by 38.2 per cent, and those of the nation by "
            "15.6. Nearly a third of Nevada's jobs were in hotels and restaurants in 2001, and in "
            "the nation this sector grew by 46 per cent. Where do the other 22.6 points come from?",
            {
                "mix": "nearly all from its mix of industries",
                "more_mix": "more from its mix than from its own part",
                "more_own": "more from its own part than from its mix",
                "own": "nearly all from its own part",
            },
            setting={"state": "Nevada"},
            outcome=_mix_or_own,
            asks="figures",
            because=(
                "Its mix brought 9.7 points, because a third of its jobs were in a sector that "
                "grew fast in the nation. But in twelve other sectors Nevada grew faster than the "
                "nation did, and this brought more than its hotels lost by growing more slowly "
                "than those elsewhere."
            ),
            keeps_start=False,
        ),
        keep="beside",
        size=(9, 4.1),
        panels=(1, 2),
        headline=Headline(
            lambda result: 100 * result.here["regional"], "The state's own part of growth", "%"
        ),
        name="03 shift share",
    )


def _mix_or_own(before: StateShiftShare, after: StateShiftShare) -> str:
    mix, own = after.here["industry_mix"], after.here["regional"]
    part = mix / (mix + own)
    if part > 0.9:
        return "mix"
    if part > 0.5:
        return "more_mix"
    return "more_own" if part > 0.1 else "own"


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
            "A road is built: instead of 2 units only 1.25 must be sent for one to arrive. In each "
            "of two equal regions 24 of 100 workers have to make something else than before. Now "
            "the other region is four times as large as home, and the same road is built. How "
            "many of 100 workers have to change?",
            {
                "both_fewer": "fewer than 24 at home, fewer than 24 away",
                "away": "fewer than 24 at home, more than 24 away",
                "home": "more than 24 at home, fewer than 24 away",
                "both_more": "more than 24 at home, more than 24 away",
            },
            setting={"relative_labour": 4.0},
            outcome=_who_has_to_change,
            because=(
                "The small region buys most of its goods from outside, so a cheaper way makes most "
                "of what it buys cheaper, and those who made such goods at home have to change. "
                "The large region makes most goods itself, so little changes there. The small one "
                "gains about eight times as much as the large one, in per cent."
            ),
        ),
        keep="beside",
        size=(9, 3.9),
        panels=(1, 2),
        headline=Headline(
            lambda result: 100 * result.movers_home, "Workers at home who change", "%"
        ),
        name="03 trade costs",
    )


def _who_has_to_change(before: TradeCosts, after: TradeCosts) -> str:
    home = after.movers_home > before.movers_home
    away = after.movers_away > before.movers_away
    if home:
        return "both_more" if away else "home"
    return "away" if away else "both_fewer"
