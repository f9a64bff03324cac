"""Labs of lesson 05."""

from __future__ import annotations

from course_lib.growth_poles import charts
from course_lib.growth_poles.china_table import sector_names
from course_lib.growth_poles.cumulative_causation import (
    SAME,
    CumulativeCausation,
    cumulative_causation,
)
from course_lib.growth_poles.extraction import Extraction, extraction
from course_lib.growth_poles.guangdong import FIRST_YEARS, PEOPLE_2010, Guangdong, guangdong
from course_lib.growth_poles.polarisation import STEPS, Polarisation, polarisation
from course_lib.growth_poles.pole_in_space import (
    HARDLY,
    HEIGHT,
    WIDTH,
    YEARS,
    PoleInSpace,
    pole_in_space,
)
from course_lib.growth_poles.propulsive import Propulsive, propulsive
from course_lib.growth_poles.ripple import ROUNDS, Ripple, ripple
from course_lib.growth_poles.spread_backwash import SpreadBackwash, spread_backwash
from course_lib.lab import Choice, IntSlider, Lab, Prediction, Several, Slider


def ripple_lab() -> Lab:
    """Spend 100 yuan on one sector and watch suppliers buy from suppliers."""
    return Lab(
        title="How far does an order travel?",
        model=ripple,
        chart=charts.linkages_and_ripple,
        controls={
            "sector": Choice(sector_names(), label="100 yuan are spent on"),
            "step": IntSlider(0, ROUNDS, label="Rounds that have taken place"),
        },
        play="step",
        predict=Prediction(
            "ICT, finance and business services are China's largest sector, 18 per cent of all "
            "output. 100 yuan spent there make all sectors together produce 198. Textiles, "
            "clothing and leather are a small sector, not quite 3 per cent. What do 100 yuan spent "
            "there make all sectors together produce?",
            ["less than 150 yuan", "about 200 yuan", "about 300 yuan", "more than 400 yuan"],
            setting={"sector": "Textiles, clothing & leather"},
            outcome=_what_an_order_makes,
            because=(
                "What counts is not how large a sector is, but how much of each yuan it passes on. "
                "Of every 100 yuan that textiles make, 79 go to suppliers: 41 to other textile "
                "firms, such as spinners and weavers, and 38 to other sectors. Business services "
                "pass on 46."
            ),
        ),
        size=(9.2, 4.6),
        panels=(1, 2),
        keep="above",
    )


def _what_an_order_makes(before: Ripple, after: Ripple) -> str:
    made = 100 * after.multiplier
    if made < 150:
        return "less than 150 yuan"
    if made < 250:
        return "about 200 yuan"
    return "about 300 yuan" if made <= 400 else "more than 400 yuan"


def cumulative_lab() -> Lab:
    """Two regions, one ahead: does the lead die out, stay, or grow?"""
    return Lab(
        title="Does a head start last?",
        model=cumulative_causation,
        chart=charts.two_regions,
        controls={
            "verdoorn": Slider(0.0, 0.85, 0.05, label="Verdoorn coefficient"),
            "head_start": Slider(0.0, 0.02, 0.005, label="A's head start", unit="0.02: 2 points"),
            "advantage": Slider(
                0.0, 0.1, 0.01, label="A sells what richer buyers want: elasticity"
            ),
        },
        predict=Prediction(
            "Two equal regions. In one year A grows 2 points faster than B, by a lucky contract, "
            "and then nothing more happens to either. Productivity learns from growth: the "
            "Verdoorn coefficient is 0.6. Where are they after 25 years?",
            [
                "A grows faster than B for ever",
                "both grow equally fast, and A stays ahead in output",
                "both grow equally fast, and B has caught up in output",
                "B grows faster than A",
            ],
            setting={"verdoorn": 0.6},
            outcome=_what_becomes_of_the_lead,
            because=(
                "Each year hands on 72 per cent of the gap in growth, so the gap shrinks to "
                "nothing. But the output won on the way is not lost again: nothing pulls it back."
            ),
        ),
        size=(9, 3.8),
        panels=(1, 2),
    )


def _what_becomes_of_the_lead(before: CumulativeCausation, after: CumulativeCausation) -> str:
    gap, lead = after.gap[-1], after.ratio[-1] - 1
    if gap > SAME:
        return "A grows faster than B for ever"
    if gap < -SAME:
        return "B grows faster than A"
    return (
        "both grow equally fast, and A stays ahead in output"
        if lead > 0.005
        else "both grow equally fast, and B has caught up in output"
    )


WATCHED = "Gum"
"""The town that the prediction asks about, 42 km from the pole."""


def pole_lab() -> Lab:
    """Found a pole among towns: who loses, who gains, and when does it turn?"""
    return Lab(
        title="Who around the pole gains, and when?",
        model=pole_in_space,
        chart=charts.pole_map,
        controls={
            "year": IntSlider(0, YEARS, label="Year"),
            "pole_x": Slider(0, WIDTH, 10, label="Pole, from the west", unit="km"),
            "pole_y": Slider(0, HEIGHT, 10, label="Pole, from the south", unit="km"),
            "backwash": Slider(0.0, 2.0, 0.1, label="Backwash at the pole in year 8"),
            "spread_range": Slider(60, 200, 10, label="Range of spread", unit="km"),
            "backwash_range": Slider(20, 60, 5, label="Range of backwash", unit="km"),
        },
        play="year",
        predict=Prediction(
            "A pole was founded in the middle of the map. After 40 years each of the twelve towns "
            "gains from it. The town Gum lies 42 km away. Where did it stand after ten years?",
            [
                "it gained already, because the pole buys from it",
                "it lost, because its people and its savings moved to the pole",
                "neither: nothing had reached it yet",
            ],
            setting={"year": 10},
            outcome=_how_the_town_stands,
            because=(
                "What the pole takes, people and savings, moves at once. What it gives, orders and "
                "know-how, comes when the pole has grown and its suppliers have learnt."
            ),
        ),
        size=(9.2, 4.3),
        panels=(1, 2),
        keep="above",
    )


def _how_the_town_stands(before: PoleInSpace, after: PoleInSpace) -> str:
    effect = after.net_now[after.names.index(WATCHED)]
    if abs(effect) <= HARDLY:
        return "neither: nothing had reached it yet"
    return (
        "it gained already, because the pole buys from it"
        if effect > 0
        else "it lost, because its people and its savings moved to the pole"
    )


# --- optional, for a second hour


def guangdong_lab() -> Lab:
    """Real figures: which cities gained a larger share, and what would the gap be without moves?"""
    return Lab(
        title="What if nobody had moved to the Delta?",
        model=guangdong,
        chart=charts.guangdong_cities,
        controls={
            "since": Choice(FIRST_YEARS, label="First year of the comparison"),
            "people_2020": Slider(0.5, 0.7, 0.001, label="The Delta's share of people, 2020"),
        },
        predict=Prediction(
            "In 2010 output per head in the Delta was 3.41 times that of the other cities, in 2020 "
            "2.60 times. In between the Delta's share of people rose from 53.9 to 61.9 per cent. "
            "Suppose that it had stayed at 53.9 and that output had been made where it was made. "
            "What would the number of 2020 be?",
            ["about 2.6", "about 3.0, half-way", "about 3.4, as in 2010", "above 3.5"],
            setting={"people_2020": PEOPLE_2010},
            outcome=_gap_without_moves,
            because=(
                "The Delta's share of output rose a little. With the same people as before, its "
                "output per head would have drawn farther away. All of the narrowing is in the "
                "count of people."
            ),
        ),
        size=(9, 4.1),
        panels=(1, 2),
        keep="above",
    )


def _gap_without_moves(before: Guangdong, after: Guangdong) -> str:
    gap = after.gap_2020
    if gap > 3.5:
        return "above 3.5"
    if gap > 3.2:
        return "about 3.4, as in 2010"
    return "about 3.0, half-way" if gap > 2.8 else "about 2.6"


def propulsive_lab() -> Lab:
    """Four tests for the industry that gets the money."""
    return Lab(
        title="Which industry is propulsive?",
        model=propulsive,
        chart=charts.propulsive,
        controls={
            "backward_least": Slider(0.4, 1.8, 0.05, label="Least backward linkage"),
            "forward_least": Slider(0.4, 1.8, 0.05, label="Least forward linkage"),
            "size_least": Slider(0.0, 0.2, 0.005, label="Least share of output", unit="0.1: 10%"),
            "innovative": Several(
                sector_names(), label="You call innovative", default=tuple(sector_names())
            ),
        },
        predict=Prediction(
            "Five of the 17 sectors are key sectors: their linkages lie above the mean both ways. "
            "Perroux asks for size as well. Take 5 per cent of China's output as the least. How "
            "many of the five are left?",
            ["all five", "three or four", "one or two", "none"],
            setting={"size_least": 0.05},
            outcome=_how_many_are_left,
            because=(
                "Many firmly linked sectors are small: power, ores, wood and paper. The largest "
                "sectors of China sell mostly to households, the state and investors."
            ),
        ),
        size=(9, 5.4),
        keep="above",
    )


def _how_many_are_left(before: Propulsive, after: Propulsive) -> str:
    left = len(set(before.chosen) & set(after.chosen))
    if left == 0:
        return "none"
    if left == len(before.chosen):
        return "all five"
    return "one or two" if left <= 2 else "three or four"


def extraction_lab() -> Lab:
    """Take a sector out of China's table: who loses a buyer?"""
    return Lab(
        title="What is missing without one sector?",
        model=extraction,
        chart=charts.extraction,
        controls={"sector": Choice(sector_names(), label="Taken out of the table")},
        predict=Prediction(
            "Without construction China would make 28.2 per cent less: 10.6 that construction "
            "makes itself, and 17.6 of its suppliers. Now take out coal, 0.9 per cent of output; "
            "its largest buyer is electricity. By how much does the table say that output falls?",
            ["by 0.9 per cent", "by about 1.5 per cent", "by about 10 per cent", "by most of it"],
            setting={"sector": "Coal"},
            outcome=_what_is_lost,
            because=(
                "The method takes a buyer away and asks what the suppliers lose. Power stations "
                "are not a supplier of coal but a buyer of it, and are taken to buy coal abroad. "
                "It says nothing of a chain that breaks."
            ),
        ),
        size=(9, 4),
        panels=(1, 2),
        keep="above",
    )


def _what_is_lost(before: Extraction, after: Extraction) -> str:
    if after.amplification < 1.1:
        return "by 0.9 per cent"
    if after.total_share < 0.05:
        return "by about 1.5 per cent"
    return "by about 10 per cent" if after.total_share < 0.5 else "by most of it"


def polarisation_lab() -> Lab:
    """Pay industry to move from A to B, and stop paying: does it stay?"""
    return Lab(
        title="Can a pole be moved?",
        model=polarisation,
        chart=charts.hysteresis,
        controls={
            "pull": Slider(0.0, 4.0, 0.1, label="Pull: how much firms follow firms"),
            "top_subsidy": Slider(0.0, 1.0, 0.05, label="Largest subsidy for region B"),
            "start_share": Slider(0.0, 1.0, 0.05, label="Industry in A at the start"),
            "step": IntSlider(0, STEPS, label="Step of the policy"),
        },
        play="step",
        predict=Prediction(
            "Nine tenths of industry are in A. A subsidy for B rises to 0.3 and falls to zero "
            "again: industry hardly moved. Now it rises to 0.5 and falls to zero again. Where is "
            "industry when the subsidy has gone?",
            ["in A, as before", "half in A, half in B", "in B"],
            setting={"top_subsidy": 0.5},
            outcome=_where_industry_is,
            because=(
                "Up to 0.42 nearly nothing happens. Then the first firms that leave take the "
                "others with them. Once they are in B, each has a reason to be there that no "
                "subsidy pays for."
            ),
        ),
        size=(9, 4),
        panels=(1, 2),
    )


def _where_industry_is(before: Polarisation, after: Polarisation) -> str:
    end = after.share[-1]
    if abs(end - 0.5) < 0.1:
        return "half in A, half in B"
    return "in A, as before" if end > 0.5 else "in B"


def distance_lab() -> Lab:
    """Two forces that fade with distance: where does loss turn into gain?"""
    return Lab(
        title="How far does the shadow of a pole reach?",
        model=spread_backwash,
        chart=charts.over_distance,
        controls={
            "spread": Slider(0.0, 3.0, 0.1, label="Spread at the pole"),
            "backwash": Slider(0.0, 3.0, 0.1, label="Backwash at the pole"),
            "spread_range": Slider(20, 200, 5, label="Range of spread", unit="km"),
            "backwash_range": Slider(20, 200, 5, label="Range of backwash", unit="km"),
        },
        predict=Prediction(
            "Backwash at the pole is twice as strong as spread, but it reaches 40 km and spread "
            "100. Places nearer than 46 km lose. A new railway lets people from farther away move "
            "to the pole: the range of backwash grows to 70 km. What happens to the edge of loss?",
            [
                "it stays at 46 km",
                "it moves out by 30 km, like the range",
                "it moves out by more than 100 km",
                "it moves in",
            ],
            setting={"backwash_range": 70},
            outcome=_where_the_edge_goes,
            because=(
                "The edge lies where the two fading forces are equal. The more alike their ranges, "
                "the farther one has to go until the weaker one is ahead."
            ),
        ),
        size=(9, 4),
    )


def _where_the_edge_goes(before: SpreadBackwash, after: SpreadBackwash) -> str:
    then, now = before.turns_at or 0.0, after.turns_at or 0.0
    if now - then > 100:
        return "it moves out by more than 100 km"
    if now - then > 5:
        return "it moves out by 30 km, like the range"
    return "it stays at 46 km" if abs(now - then) <= 5 else "it moves in"
