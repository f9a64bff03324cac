"""Labs of lesson 05."""

from __future__ import annotations

import math

import numpy as np

from course_lib.growth_poles import charts
from course_lib.growth_poles.china_table import sector_names
from course_lib.growth_poles.cumulative_causation import (
    SAME,
    CumulativeCausation,
    cumulative_causation,
)
from course_lib.growth_poles.extraction import Extraction, extraction
from course_lib.growth_poles.guangdong import FIRST_YEARS, Guangdong, guangdong
from course_lib.growth_poles.guangdong_people import COUNTS, GuangdongPeople, guangdong_people
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
from course_lib.lab import (
    Challenge,
    Choice,
    Headline,
    IntSlider,
    Lab,
    Prediction,
    Several,
    Slider,
)


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
            "100 yuan spent on ICT, finance and business services make all sectors together turn "
            "over 198 yuan. 100 yuan spent on textiles, clothing and leather make them turn over "
            "307. Now count income at home: wages, profits, depreciation and taxes in all sectors. "
            "Which order brings more of it?",
            {
                "textiles_much": "textiles, by half or more",
                "textiles_little": "textiles, by less than half",
                "services_little": "services, by less than half",
                "services_much": "services, by half or more",
            },
            setting={"sector": "Textiles, clothing & leather"},
            outcome=_which_order_brings_income,
            because=(
                "Each yuan of an order ends as income at home or as payment for imports, however "
                "many firms it passes through. Of 100 yuan 9.3 go abroad for textiles, and 5.4 "
                "for services. Turnover is larger for textiles because it counts the yarn in the "
                "yarn, in the cloth and in the coat."
            ),
        ),
        size=(9.2, 4.6),
        panels=(1, 2),
        keep="beside",
        headline=Headline(lambda result: result.so_far, "Turnover so far", "yuan"),
        name="05 ripple",
    )


def _which_order_brings_income(before: Ripple, after: Ripple) -> str:
    services, textiles = before.income, after.income
    winner, most, least = (
        ("textiles", textiles, services)
        if textiles > services
        else ("services", services, textiles)
    )
    return f"{winner}_{'much' if most >= 1.5 * least else 'little'}"


def cumulative_lab() -> Lab:
    """Two regions, one ahead: does the lead die out, stay, or grow?"""
    return Lab(
        title="Does a head start last?",
        model=cumulative_causation,
        chart=charts.two_regions,
        controls={
            "verdoorn": Slider(0.0, 0.85, 0.05, label="Verdoorn coefficient"),
            "head_start": Slider(
                0.0, 0.02, 0.005, label="A's head start in growth", unit="0.02 is 2 points"
            ),
            "advantage": Slider(0.0, 0.1, 0.01, label="A sells what richer buyers want"),
        },
        predict=Prediction(
            "Two equal regions. In one year A grows 2 points faster than B, by a lucky contract, "
            "and then nothing more happens to either. Productivity learns from growth: the "
            "Verdoorn coefficient is 0.6. Where are they after 25 years?",
            {
                "a_faster": "A still grows faster than B",
                "a_ahead": "equal growth, and A makes more",
                "level": "equal growth, and equal output",
                "b_faster": "B now grows faster than A",
            },
            setting={"verdoorn": 0.6},
            outcome=_what_becomes_of_the_lead,
            because=(
                "Each year hands on 72 per cent of the gap in growth, so the gap shrinks to "
                "nothing. But the output won on the way is not lost again: nothing pulls it back."
            ),
        ),
        size=(9, 3.8),
        panels=(1, 2),
        headline=Headline(lambda result: result.ratio[-1], "Output of A after 25 years, B = 1"),
        name="05 cumulative",
    )


def _what_becomes_of_the_lead(before: CumulativeCausation, after: CumulativeCausation) -> str:
    gap, lead = after.gap[-1], after.ratio[-1] - 1
    if abs(gap) > SAME:
        return "a_faster" if gap > 0 else "b_faster"
    return "a_ahead" if lead > 0.005 else "level"


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
            "backwash": Slider(0.0, 2.0, 0.1, label="Backwash at the pole, at its largest"),
            "spread_range": Slider(60, 200, 10, label="Range of spread", unit="km"),
            "backwash_range": Slider(20, 60, 5, label="Range of backwash", unit="km"),
        },
        play="year",
        predict=Prediction(
            "A pole was founded in the middle of the map. After 40 years each of the twelve towns "
            "gains from it. The town Gum lies 42 km away. Where did it stand after ten years?",
            {
                "gained": "it had gained from the pole",
                "lost": "it had lost to the pole",
                "neither": "it felt hardly anything yet",
            },
            setting={"year": 10},
            outcome=_how_the_town_stands,
            because=(
                "Spread reaches farther than backwash, but it comes later. In year 10 spread at "
                "the pole is 0.08 and backwash 0.97. At 42 km 65 per cent of the first arrive and "
                "35 per cent of the second: 0.05 against 0.34."
            ),
        ),
        size=(9.2, 4.3),
        panels=(1, 2),
        keep="beside",
        headline=Headline(lambda result: (result.net_now > 0).sum(), "Towns that gain"),
        challenge=Challenge(
            "Found the pole where the town that suffers most suffers as little as possible. The "
            "twelve towns together have to gain 3.6 or more in year 40, and only the place of the "
            "pole may change.",
            _worst_year_of_the_worst_town,
            target=0.21,
            better="less",
        ),
        name="05 pole",
    )


def _worst_year_of_the_worst_town(found: PoleInSpace) -> float | None:
    """The largest loss of any town in any year, where the rules of the game are kept."""
    usual = pole_in_space(*found.pole)
    if not np.array_equal(found.net, usual.net) or found.net[-1].sum() < 3.6:
        return None
    return round(float(-found.net.min()), 2)


def _how_the_town_stands(before: PoleInSpace, after: PoleInSpace) -> str:
    effect = after.net_now[after.names.index(WATCHED)]
    if abs(effect) <= HARDLY:
        return "neither"
    return "gained" if effect > 0 else "lost"


# --- optional, for a second hour


def people_lab() -> Lab:
    """Real figures: three counts, each of 2010 or of 2020, and the gap per head."""
    return Lab(
        title="What did the two censuses count?",
        model=guangdong_people,
        chart=charts.guangdong_people,
        controls={
            "delta": Choice(COUNTS, label="People in the Delta, as counted in"),
            "outside": Choice(COUNTS, label="People outside the Delta, as counted in"),
            "output": Choice(COUNTS, label="Output of both, as of"),
        },
        predict=Prediction(
            "From 2010 to 2020 output at current prices became 2.24 times as large outside the "
            "Delta and 2.36 times as large in it. And yet output per head in the Delta fell from "
            "3.41 to 2.60 times that outside. What did the census of 2020 find, beside that of "
            "2010?",
            {
                "emptied": "fewer people outside, as many in the Delta",
                "moved": "fewer people outside, more in the Delta",
                "filled": "as many people outside, more in the Delta",
                "grew": "more people outside, more in the Delta",
            },
            setting={"delta": "2020", "outside": "2020", "output": "2020"},
            outcome=_what_the_censuses_found,
            because=(
                "48.1 million lived outside the Delta in 2010 and 48.0 million in 2020. In the "
                "Delta there were 56.2 million, and then 78.0 million. The rich place filled up, "
                "and its output is divided by more people."
            ),
            asks="figures",
            before={},
        ),
        size=(9, 3.6),
        panels=(1, 3),
        keep="beside",
        headline=Headline(lambda result: result.gap, "Output per head in the Delta, outside = 1"),
        name="05 people",
    )


ABOUT_AS_MANY = 0.02
"""A count that changes by less than this part is called "as many" in an option."""


def _what_the_censuses_found(before: GuangdongPeople, after: GuangdongPeople) -> str:
    change = after.people / before.people - 1
    if change["delta"] < ABOUT_AS_MANY:
        return "emptied"
    if abs(change["outside"]) < ABOUT_AS_MANY:
        return "filled"
    return "moved" if change["outside"] < 0 else "grew"


def guangdong_lab() -> Lab:
    """Real figures: which cities gained a larger share of the province's output, and where?"""
    return Lab(
        title="Which cities outside the Delta gained?",
        model=guangdong,
        chart=charts.guangdong_cities,
        controls={"since": Choice(FIRST_YEARS, label="First year of the comparison")},
        predict=Prediction(
            "From 2005 to 2022 four of the twelve cities outside the Delta gained a larger share "
            "of the province's output. Sort the twelve by their distance from Guangzhou or "
            "Shenzhen, whichever is nearer. Which four gained?",
            {
                "near": "the four that are nearest",
                "between": "four in the middle",
                "far": "the four that are farthest",
                "mixed": "some near, some far",
            },
            setting={"since": "2005"},
            outcome=_which_gained,
            because=(
                "The Delta's share rose by 4.6 points up to 2005 and by 1.2 points afterwards. "
                "Since 2005 the four outside cities that lie within 150 km of Guangzhou or "
                "Shenzhen have gained, and the eight farther away have lost."
            ),
            asks="figures",
            keeps_start=False,
        ),
        size=(9.2, 4.3),
        panels=(1, 2),
        keep="beside",
        headline=Headline(
            lambda result: len(result.outside_that_gained), "Cities outside the Delta that gained"
        ),
        name="05 guangdong",
    )


def _which_gained(before: Guangdong, after: Guangdong) -> str:
    outside = after.cities[~after.cities["pearl_river_delta"]].sort_values("distance_km")
    gained = set(after.outside_that_gained)
    places = [place for place, city in enumerate(outside.index) if city in gained]
    last = len(outside) - 1
    if not places or places[-1] - places[0] >= len(places):
        return "mixed"
    if places[0] == 0:
        return "near"
    return "far" if places[-1] == last else "between"


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
            {
                "all": "all five",
                "most": "three or four",
                "few": "one or two",
                "none": "none",
            },
            setting={"size_least": 0.05},
            outcome=_how_many_are_left,
            because=(
                "Ties and size are two things. Electricity & water, ores & building and wood & "
                "paper are key sectors, and each makes less than 4 per cent of output. Chemicals "
                "and metals are left."
            ),
        ),
        size=(9, 5.4),
        keep="beside",
        headline=Headline(lambda result: len(result.chosen), "Sectors that pass all tests"),
        name="05 propulsive",
    )


def _how_many_are_left(before: Propulsive, after: Propulsive) -> str:
    left = len(set(before.chosen) & set(after.chosen))
    if left == 0:
        return "none"
    if left == len(before.chosen):
        return "all"
    return "few" if left <= 2 else "most"


def extraction_lab() -> Lab:
    """Take a sector out of China's table: who loses a buyer?"""
    return Lab(
        title="What is missing without one sector?",
        model=extraction,
        chart=charts.extraction,
        controls={"sector": Choice(sector_names(), label="Taken out of the table")},
        predict=Prediction(
            "Without construction China would turn over 28.2 per cent less: 10.6 that construction "
            "turns over itself, and 17.6 of its suppliers. Now take out coal. Its largest buyer "
            "is electricity & water, to which 36 of 100 yuan of coal go. By how much does the "
            "table say that the turnover of electricity & water falls?",
            {
                "little": "by about 2 per cent",
                "tenth": "by about 12 per cent",
                "third": "by about 36 per cent",
                "most": "by about 90 per cent",
            },
            setting={"sector": "Coal"},
            outcome=_what_is_lost,
            because=(
                "The method takes a buyer away and asks what the suppliers lose. Power stations "
                "lose what they sold to the mines and to the mines' suppliers, 2.2 per cent. The "
                "coal that they burn they are taken to buy abroad. The table says nothing of a "
                "chain that breaks."
            ),
        ),
        size=(9, 4),
        panels=(1, 2),
        keep="beside",
        headline=Headline(lambda result: 100 * result.total_share, "Turnover that is missing", "%"),
        name="05 extraction",
    )


def _what_is_lost(before: Extraction, after: Extraction) -> str:
    falls = float(after.to_frame()["share_of_own_output"]["Electricity & water"])
    options = {0.02: "little", 0.12: "tenth", 0.36: "third", 0.9: "most"}
    return options[min(options, key=lambda share: abs(math.log(falls / share)))]


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
            {"a": "most of it in A", "half": "half in A, half in B", "b": "most of it in B"},
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
        headline=Headline(lambda result: 100 * result.share_now, "Industry in region A", "%"),
        name="05 polarisation",
    )


def _where_industry_is(before: Polarisation, after: Polarisation) -> str:
    end = after.share[-1]
    if abs(end - 0.5) < 0.1:
        return "half"
    return "a" if end > 0.5 else "b"


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
            "to the pole: the range of backwash grows to 70 km. What becomes of the largest gain "
            "that any place has?",
            {
                "eighth": "it is about an eighth as large as before",
                "half": "it is about half as large as before",
                "same": "it is about as large as before",
                "twice": "it is about twice as large as before",
            },
            setting={"backwash_range": 70},
            outcome=_what_is_left_of_the_largest_gain,
            because=(
                "The more alike their ranges, the farther one has to go until the weaker one is "
                "ahead: now 162 km. So far out little is left of spread itself, and backwash takes "
                "most of that."
            ),
        ),
        size=(9, 4),
        headline=Headline(lambda result: result.net.max(), "Largest gain of any place"),
        name="05 distance",
    )


def _what_is_left_of_the_largest_gain(before: SpreadBackwash, after: SpreadBackwash) -> str:
    left = after.net.max() / before.net.max()
    options = {2.0: "twice", 1.0: "same", 0.5: "half", 0.125: "eighth"}
    return options[min(options, key=lambda times: abs(times - left))]
