"""Labs of lesson 04."""

from __future__ import annotations

import numpy as np

from course_lib.datasets import REGION_SCHEMES
from course_lib.gradient_transition import charts
from course_lib.gradient_transition.belts import MUNICIPALITIES
from course_lib.gradient_transition.catch_up import CatchUp, catch_up
from course_lib.gradient_transition.china_belts import ChinaBelts, china_belts
from course_lib.gradient_transition.convergence import NoiseExperiment, noise_experiment
from course_lib.gradient_transition.country_convergence import (
    CountryConvergence,
    china_convergence,
    us_convergence,
)
from course_lib.gradient_transition.country_mobility import CLASSES, country_mobility
from course_lib.gradient_transition.country_panels import CHINA, COUNTRIES, US, panel_of
from course_lib.gradient_transition.diffusion_frame import (
    STEPS,
    DiffusionFrame,
    diffusion_frame,
)
from course_lib.gradient_transition.flying_geese import FlyingGeese, flying_geese
from course_lib.gradient_transition.product_cycle import ProductCycle, product_cycle
from course_lib.gradient_transition.tiers_and_wages import TiersAndWages, tiers_and_wages
from course_lib.lab import (
    Challenge,
    Choice,
    Headline,
    IntSlider,
    Lab,
    Prediction,
    Seed,
    Several,
    Slider,
    Toggle,
    Values,
)
from course_lib.maps import CHINA_PROVINCES, US_STATES
from course_lib.measures import IncomeMobility

TIER_NAMES = ["tier 1", "tier 2", "tier 3"]


def product_cycle_lab() -> Lab:
    """Unit cost in three tiers while a product matures, and the ages at which production moves."""
    return Lab(
        title="When does production leave the top tier?",
        model=product_cycle,
        chart=charts.cost_curves,
        controls={
            "maturing": Slider(0.04, 0.30, 0.01, label="Speed of maturing", unit="per year"),
            "wages": Values(
                TIER_NAMES, 0.5, 5.0, 0.1, label="Wage", unit="money per unit", default=(3, 2, 1)
            ),
            "skill_penalty": Values(
                TIER_NAMES, 0.5, 6.0, 0.1, label="Skill penalty", default=(1, 2, 4)
            ),
        },
        predict=Prediction(
            "Tier 2 gets a product when it is 16 years old. Now products mature twice as fast: "
            "0.2 a year instead of 0.1. Tier 2 gets them ...",
            {
                "earlier": "at an age of less than 6 years",
                "half": "at an age of 6 to 10 years",
                "between": "at an age of 10 to 16 years",
                "later": "at an age of 16 years or more",
            },
            setting={"maturing": 0.2},
            outcome=_how_much_earlier,
            because=(
                "The need for skill has to fall to the same level as before, and it falls twice "
                "as fast. All ages on the ladder shrink in the same proportion."
            ),
        ),
        challenge=Challenge(
            "Let tier 2 earn as much as possible and hold the product for 12 years or more. The "
            "product may not come before it is 10 years old, and nothing but tier 2's own wage and "
            "penalty may change.",
            _wage_of_a_tier_that_holds_it,
            target=2.3,
            unit="money per unit",
        ),
        size=(9, 3.9),
        headline=Headline(
            lambda result: result.switch_ages[0] if len(result.switch_ages) else None,
            "Age at which it leaves the top",
            "years",
        ),
        name="04 product cycle",
    )


def _wage_of_a_tier_that_holds_it(cycle: ProductCycle) -> float | None:
    """Tier 2's wage, where the rules of the game are kept."""
    others = (*cycle.wages[[0, 2]], *cycle.skill_penalty[[0, 2]], cycle.maturing)
    if not np.allclose(others, (3, 1, 1, 4, 0.1)) or cycle.path != (1, 2, 3):
        return None
    comes, goes = cycle.switch_ages
    return float(cycle.wages[1]) if comes >= 10 and goes - comes >= 12 else None


def _how_much_earlier(before: ProductCycle, after: ProductCycle) -> str:
    age = after.switch_ages[0]
    if age >= 16:
        return "later"
    if age >= 10:
        return "between"
    return "half" if age >= 6 else "earlier"


def innovation_transfer_lab() -> Lab:
    """Goods are invented at the top and move down: shares of three tiers, and the wage gap."""
    return Lab(
        title="Does the gap close while the top goes on inventing?",
        model=tiers_and_wages,
        chart=charts.shares_and_wages,
        controls={
            "innovation": Slider(0.0, 0.10, 0.005, label="New goods", unit="share of all, a year"),
            "transfer_1": Slider(
                0.01, 0.20, 0.005, label="Transfer, tier 1 to 2", unit="share, a year"
            ),
            "transfer_2": Slider(
                0.01, 0.20, 0.005, label="Transfer, tier 2 to 3", unit="share, a year"
            ),
            "labour_below": Slider(
                0.5, 6.0, 0.1, label="Workers below", unit="per worker at the top"
            ),
        },
        predict=Prediction(
            "Each year 2 per cent of the top's own goods are learnt below, and the top's wage "
            "ends at 1.9 times the wage below. A transfer policy raises the 2 to 12 per cent. "
            "The top goes on inventing as before. In the long run ...",
            {
                "equal_none": "wages are equal, and the top has no goods of its own",
                "equal_own": "wages are equal, and the top has goods of its own",
                "narrower": "the wage gap is smaller, and it has not closed",
                "same": "the wage gap is as wide as before, or wider",
            },
            setting={"transfer_1": 0.12},
            outcome=_what_transfer_does,
            because=(
                "A worker at the top earns more while each of the top's own goods is scarcer than "
                "a good that is made below. Wages are equal as soon as the top's share of goods is "
                "no larger than its share of workers. Transfer makes that share smaller. "
                "While new goods appear it is never zero."
            ),
        ),
        size=(9, 3.8),
        panels=(1, 2),
        headline=Headline(
            lambda result: result.wages.steady_wage_ratio,
            "Wage at the top in the long run, below = 1",
        ),
        name="04 innovation transfer",
    )


def _what_transfer_does(before: TiersAndWages, after: TiersAndWages) -> str:
    if after.wages_become_equal:
        return "equal_own" if after.tiers.steady_shares[0] > 0 else "equal_none"
    narrower = after.wages.steady_wage_ratio < before.wages.steady_wage_ratio
    return "narrower" if narrower else "same"


def belts_lab() -> Lab:
    """China's belts from 1978 to 2023: the ratio, Theil's index in two parts, Williamson."""
    return Lab(
        title="Did the gap between China's belts narrow?",
        model=china_belts,
        chart=charts.china_belts,
        controls={
            "year": IntSlider(1978, 2023, label="Year"),
            "scheme": Choice(list(REGION_SCHEMES), label="Regions"),
            "municipalities": Toggle(label="Count Beijing, Shanghai and Tianjin"),
            "spread_back": IntSlider(0, 20, label="Spread population jumps back", unit="years"),
        },
        play="year",
        predict=Prediction(
            "From 1978 to 1990 the East drew away from the West: the ratio of output per head went "
            "from 1.75 to 1.86, up by 0.11. Now leave out the three cities that count as "
            "provinces: Beijing, Shanghai and Tianjin. What does the ratio do from 1978 to 1990?",
            {
                "most": "it rises by more than 0.4",
                "more": "it rises by 0.2 to 0.4",
                "same": "it rises by 0.1 to 0.2",
                "less": "it falls, or rises by less than 0.1",
            },
            setting={"municipalities": False, "year": 1990},
            outcome=_what_the_ratio_does,
            asks="figures",
            because=(
                "The three cities are in the East. In 1978 they stood far above all other "
                "provinces, and up to 1990 their output per head grew less than that of the rest "
                "of the East. So with them the East as a whole drew away less."
            ),
        ),
        size=(9, 3.9),
        panels=(1, 3),
        headline=Headline(
            lambda result: result.belts.at(result.year)["east_west"],
            "Output per head in the East, West = 1",
        ),
        name="04 belts",
    )


def _what_the_ratio_does(before: ChinaBelts, after: ChinaBelts) -> str:
    rise = float(after.belts.at(1990)["east_west"] - after.belts.at(1978)["east_west"])
    if rise < 0.1:
        return "less"
    if rise < 0.2:
        return "same"
    return "more" if rise < 0.4 else "most"


# --- optional, for a second hour


def flying_geese_lab() -> Lab:
    """A sequence of goods that wanders down three tiers, one hump after another."""
    return Lab(
        title="How does one good after another wander down?",
        model=flying_geese,
        chart=charts.geese,
        controls={
            "goods": IntSlider(1, charts.MOST_GOODS, label="Number of goods"),
            "interval": Slider(5.0, 30.0, 1.0, label="A new good every ...", unit="years"),
            "upgrading": Slider(
                1.0, 2.0, 0.05, label="Skill of each good over the last", unit="times"
            ),
            "maturing": Slider(0.06, 0.30, 0.01, label="Speed of maturing", unit="per year"),
        },
        predict=Prediction(
            "Every 15 years the top has a new good, and it needs 1.25 times the skill of the one "
            "before. A new good then arrives in tier 3 every 17 years. Now each good needs 1.75 "
            "times the skill of the one before. How often does a new good arrive in tier 3?",
            {
                "half_as_often": "about every 34 years",
                "rarer": "about every 21 years",
                "as_before": "about every 17 years",
                "as_top": "about every 15 years",
            },
            setting={"upgrading": 1.75},
            outcome=_years_between_arrivals,
            because=(
                "Each good stays longer above tier 3 than the one before, because it needs more "
                "skill. This delay of 5.6 years is added anew with every good. So tier 3 falls "
                "further behind the top for as long as new goods come."
            ),
        ),
        size=(9, 4.4),
        panels=(3, 1),
        headline=Headline(_last_two_arrivals, "Years between the last two goods' arrivals"),
        name="04 flying geese",
    )


def _years_between_arrivals(before: FlyingGeese, after: FlyingGeese) -> str:
    between = _last_two_arrivals(after)
    assert between is not None  # at the setting of the question all goods arrive
    options = {15: "as_top", 17: "as_before", 21: "rarer", 34: "half_as_often"}
    return options[min(options, key=lambda years: abs(years - between))]


def _last_two_arrivals(result: FlyingGeese) -> float | None:
    """Years between the arrivals of the last two goods in the lowest tier that each reaches."""
    if result.n_goods < 2 or not all(len(cycle.switch_ages) for cycle in result.cycles[-2:]):
        return None
    last, one_before = (
        result.introduced[good] + result.cycles[good].switch_ages[-1] for good in (-1, -2)
    )
    return float(last - one_before)


def us_convergence_lab() -> Lab:
    """Did poorer US states grow faster? Any period, any states left out."""
    return Lab(
        title="Did poorer US states catch up?",
        model=us_convergence,
        chart=charts.convergence(US_STATES, 1929, 2009, [0.3, 0.5, 0.7, 1, 1.5, 2.4], 0.5),
        controls={
            "start": IntSlider(1929, 2004, label="From"),
            "end": IntSlider(1934, 2009, label="To"),
            "leave_out": Several(list(panel_of(US).columns), label="States left out"),
        },
        predict=Prediction(
            "From 1929 to 2009 poorer states grew faster, at a speed of 1.65 per cent a year: at "
            "that speed half of a gap is closed after 42 years. Now look at ten years only, 1940 "
            "to 1950. After how many years is half of a gap closed at the speed of these ten?",
            {
                "never": "never: nothing tells the line from a flat one",
                "forty": "after 30 to 60 years",
                "twenty": "after 18 to 30 years",
                "ten": "after less than 18 years",
            },
            setting={"start": 1940, "end": 1950},
            outcome=_half_of_a_gap,
            asks="figures",
            because=(
                "The speed was 5.02 per cent a year, three times that of the eighty years. Half of "
                "a gap is closed after 14 years. Convergence is an average over long times, not "
                "a law of every decade: from 1980 to 1990 nothing tells the line from a flat one."
            ),
        ),
        size=(9, 3.9),
        panels=(1, 2),
        headline=Headline(
            lambda result: 100 * result.convergence.beta.speed, "Speed of catching up", "% a year"
        ),
        name="04 us convergence",
    )


def _half_of_a_gap(before: CountryConvergence, after: CountryConvergence) -> str:
    beta = after.convergence.beta
    if not beta.is_significant or beta.half_life is None:
        return "never"
    if beta.half_life < 18:
        return "ten"
    return "twenty" if beta.half_life < 30 else "forty"


def china_convergence_lab() -> Lab:
    """Did poorer provinces of China grow faster? Any period, any provinces left out."""
    return Lab(
        title="Did poorer provinces of China catch up?",
        model=china_convergence,
        chart=charts.convergence(CHINA_PROVINCES, 1978, 2023, [0.3, 0.5, 1, 2, 4, 8], 0.7),
        controls={
            "start": IntSlider(1978, 2018, label="From"),
            "end": IntSlider(1983, 2023, label="To"),
            "leave_out": Several(list(panel_of(CHINA).columns), label="Provinces left out"),
        },
        predict=Prediction(
            "From 1978 to 2023 poorer provinces grew faster, and the spread between provinces "
            "(sigma) fell by a third. Without Beijing, Shanghai and Tianjin the poorer ones still "
            "grew faster, and the line is even steeper. What did sigma do then, from 1978 to "
            "2023?",
            {
                "fell": "it fell by more than a tenth",
                "steady": "it changed by a tenth or less",
                "rose": "it rose by more than a tenth",
            },
            setting={"leave_out": MUNICIPALITIES},
            outcome=_change_of_sigma,
            asks="figures",
            because=(
                "Catching up pulled the provinces together. But growth also differed for reasons "
                "that have nothing to do with income at the start, and those differences pushed "
                "them apart about as far. Beta alone does not say what sigma does."
            ),
        ),
        size=(9, 3.9),
        panels=(1, 2),
        headline=Headline(
            lambda result: 100 * result.convergence.beta.speed, "Speed of catching up", "% a year"
        ),
        name="04 china convergence",
    )


def _change_of_sigma(before: CountryConvergence, after: CountryConvergence) -> str:
    sigma = after.convergence.sigma
    change = sigma.iloc[-1] / sigma.iloc[0] - 1
    if abs(change) <= 0.1:
        return "steady"
    return "fell" if change < 0 else "rose"


def noise_lab() -> Lab:
    """Invented regions that converge and are shaken: beta holds, and sigma may rise."""
    return Lab(
        title="What becomes of the spread if the poor catch up?",
        model=noise_experiment,
        chart=charts.noise,
        controls={
            "start_spread": Slider(0.02, 0.60, 0.01, label="Spread at the start", default=0.4),
            "noise": Slider(0.0, 0.06, 0.005, label="Chance in one year"),
            "speed": Slider(0.005, 0.05, 0.005, label="True speed of catching up", unit="per year"),
            "seed": Seed(),
        },
        predict=Prediction(
            "Every invented region closes 2 per cent of its gap each year. They start far apart "
            "(0.40), and the spread shrinks. Now let them start close together (0.05). The speed "
            "of catching up stays 2 per cent, and chance is as strong as before. In 80 years the "
            "spread ...",
            {
                "shrinks": "shrinks by more than a tenth",
                "steady": "changes by a tenth or less",
                "grows": "grows by more than a tenth",
            },
            setting={"start_spread": 0.05},
            outcome=_spread_after,
            because=(
                "Catching up pulls regions together, chance pushes them apart. The spread goes "
                "to the level at which the two balance, from above or from below."
            ),
        ),
        size=(9, 3.9),
        panels=(1, 2),
        headline=Headline(lambda result: result.sigma[-1], "Spread (sigma) in the end"),
        name="04 noise",
    )


def _spread_after(before: NoiseExperiment, after: NoiseExperiment) -> str:
    change = after.sigma[-1] / after.sigma[0] - 1
    if abs(change) <= 0.1:
        return "steady"
    return "grows" if change > 0 else "shrinks"


def catch_up_lab() -> Lab:
    """Two followers of a frontier that moves: one keeps a gap for ever, one closes it."""
    return Lab(
        title="Does a follower ever catch up?",
        model=catch_up,
        chart=charts.followers,
        controls={
            "frontier_growth": Slider(
                0.005, 0.08, 0.005, label="Growth of the frontier", unit="per year"
            ),
            "absorption": Slider(
                0.0, 0.15, 0.005, label="Share of the gap learnt", unit="per year"
            ),
            "spillover": Slider(0.2, 3.0, 0.1, label="Push from being behind"),
            "start": Slider(0.05, 0.95, 0.05, label="Follower at the start", unit="frontier = 1"),
        },
        predict=Prediction(
            "The frontier now moves twice as fast: 4 per cent a year instead of 2. Two followers "
            "learn from it. One takes over a fixed share of the gap each year. The other has the "
            "frontier's own growth, and more of it the further behind it is. After 150 years, who "
            "is further behind than with the slow frontier?",
            {
                "both": "both of them",
                "gap": "only the one with a share of the gap",
                "growth": "only the one with the frontier's growth",
                "neither": "neither of them",
            },
            setting={"frontier_growth": 0.04},
            outcome=_who_falls_behind,
            because=(
                "The first lives on the gap, so a faster frontier leaves it a larger one. The "
                "second grows with the frontier, so a faster frontier pulls it up sooner."
            ),
        ),
        size=(9, 3.9),
        headline=Headline(
            lambda result: 100 * result.long_run_nelson_phelps,
            "Nelson-Phelps follower in the end",
            "% of the frontier",
        ),
        name="04 catch up",
    )


def _who_falls_behind(before: CatchUp, after: CatchUp) -> str:
    first = after.nelson_phelps[-1] < before.nelson_phelps[-1]
    second = after.lucas[-1] < before.lucas[-1]
    if first and second:
        return "both"
    if first:
        return "gap"
    return "growth" if second else "neither"


def mobility_lab() -> Lab:
    """Moves between income classes from year to year, and the long run that follows from them."""
    return Lab(
        title="Where do regions end if they go on moving as they did?",
        model=country_mobility,
        chart=charts.mobility,
        controls={
            "country": Choice(list(COUNTRIES), label="Country"),
            "classes_drawn": Choice(list(CLASSES), label="Limits of the classes are drawn"),
            "classes": IntSlider(3, charts.MOST_CLASSES, label="Number of classes"),
        },
        predict=Prediction(
            "China's provinces stand in five classes, with the same limits in all years. If they "
            "go on moving as they did, the poorest class will hold 10 per cent of them. Now draw "
            "the limits anew in each year, by the ranks that provinces have in that year. In the "
            "long run the poorest class will then hold ...",
            {
                "large": "more than 15 per cent of them",
                "middle": "8 to 15 per cent of them",
                "small": "less than 8 per cent of them",
            },
            setting={"classes_drawn": "anew in each year"},
            outcome=_poorest_in_the_long_run,
            asks="figures",
            because=(
                "A class within a year is a rank, and a fifth of the ranks is always a fifth (31 "
                "provinces: one class holds 7, the others 6). The long run gives back what was "
                "put in, and says nothing about convergence."
            ),
        ),
        size=(9, 3.9),
        panels=(1, 2),
        headline=Headline(
            lambda result: 100 * result.steady_state.iloc[0], "Poorest class in the long run", "%"
        ),
        name="04 mobility",
    )


def _poorest_in_the_long_run(before: IncomeMobility, after: IncomeMobility) -> str:
    share = after.steady_state.iloc[0]
    if share < 0.08:
        return "small"
    return "middle" if share <= 0.15 else "large"


def diffusion_lab() -> Lab:
    """News on a map: by neighbours or down the ranks of towns, with or without a barrier."""
    return Lab(
        title="Who hears the news first?",
        model=diffusion_frame,
        chart=charts.news,
        controls={
            "step": IntSlider(0, STEPS, label="Step"),
            "mode": Choice(["contagious", "hierarchical"], label="The news spreads"),
            "permeability": Slider(0.0, 1.0, 0.05, label="Barrier lets through (beside its gap)"),
            "seed": Seed(),
        },
        play="step",
        predict=Prediction(
            "The news starts in the first city. The near village lies 8 cells from it, the second "
            "city 41. As long as neighbours tell neighbours, the village hears it long before the "
            "second city. Now towns also tell each other: the larger and the closer, the more "
            "often. Who hears it first?",
            {
                "village": "the near village",
                "city": "the second city",
                "tie": "both in the same step",
                "never": "neither, in 100 steps",
            },
            setting={"mode": "hierarchical"},
            outcome=_who_is_first,
            because=(
                "The news jumps from the first city to other towns and spreads out from each. "
                "The gradient lies in the system of towns, not in the distance on the map."
            ),
        ),
        keep="beside",
        size=(9, 3.8),
        panels=(1, 2),
        headline=Headline(lambda result: 100 * result.share, "Cells that have adopted", "%"),
        name="04 diffusion",
    )


def _who_is_first(before: DiffusionFrame, after: DiffusionFrame) -> str:
    never = STEPS + 1
    steps = {name: never if at < 0 else at for name, at in after.steps_of_towns.items()}
    village, city = steps["Near village"], steps["Second city"]
    if village == city:
        return "never" if village == never else "tie"
    return "village" if village < city else "city"
