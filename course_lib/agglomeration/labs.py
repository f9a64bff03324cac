"""Labs of lesson 02."""

from __future__ import annotations

from course_lib.agglomeration import charts
from course_lib.agglomeration.marshall import MOST_FIRMS, Marshall, marshall
from course_lib.agglomeration.one_place import OnePlace, one_place, traded_industries
from course_lib.agglomeration.ring import STEPS, Ring, ring
from course_lib.agglomeration.transport_history import (
    YEARS,
    TransportHistory,
    transport_history,
)
from course_lib.agglomeration.urban_growth import CitySize, TwoStages, city_size, two_stages
from course_lib.agglomeration.weber import PLACES, Joining, Site, plants_join, weber
from course_lib.lab import (
    Challenge,
    Choice,
    Headline,
    IntSlider,
    Lab,
    Prediction,
    Seed,
    Slider,
    Toggle,
    Values,
)


def marshall_lab() -> Lab:
    """Sharing, matching and learning while firms of one kind gather in a place."""
    return Lab(
        title="What does a neighbour of the same trade bring?",
        model=marshall,
        chart=charts.marshalls_three,
        controls={
            "firms": IntSlider(1, MOST_FIRMS, label="Firms in the place"),
            "fixed_cost": Slider(0, 15, 0.5, label="Cost of what they share", unit="money"),
            "mismatch_cost": Slider(0, 24, 1, label="Cost of retraining", unit="whole circle"),
            "progress_ratio": Slider(
                0.6, 1.0, 0.05, label="Cost left when experience doubles", unit="of 1"
            ),
            "spillover": Slider(0, 1, 0.1, label="Learnt from a neighbour's experience"),
            "rent": Slider(0, 0.3, 0.05, label="Crowding: each further firm adds", unit="money"),
        },
        predict=Prediction(
            "Five firms of one trade stand in a place, and there is no crowding. When four joined "
            "the first one, sharing saved a firm more money than matching and learning did. Five "
            "more come, so that there are ten. Which of the three parts saves a firm most now?",
            {
                "sharing": "sharing, as before",
                "matching": "matching, which was second",
                "learning": "learning, which was third",
                "alike": "all three save the same",
            },
            setting={"firms": 10},
            outcome=_what_saves_most,
            because=(
                "Sharing and matching are divided by the number of firms, so most of what they can "
                "save is saved by the first few. Learning falls more slowly, and goes on falling."
            ),
        ),
        size=(9, 3.9),
        panels=(1, 2),
        headline=Headline(lambda result: result.unit_cost[result.firms - 1], "Cost of a unit"),
        challenge=Challenge(
            "With crowding at 0.2, change the other costs so that the number of firms at which a "
            "unit costs least is as large as you can make it.",
            lambda result: result.cheapest if abs(result.rent - 0.2) < 1e-9 else None,
            target=17,
            unit="firms",
        ),
        name="02 marshall",
    )


def _what_saves_most(before: Marshall, after: Marshall) -> str:
    saved = {
        part: getattr(before, part)[before.firms - 1] - getattr(after, part)[after.firms - 1]
        for part in ("sharing", "matching", "learning")
    }
    most = max(saved, key=lambda part: saved[part])
    return most if saved[most] > 1.01 * min(saved.values()) else "alike"


def tomahawk_lab() -> Lab:
    """Transport becomes cheap and dear again: where are the workers, where could they be?"""
    return Lab(
        title="Do workers who have gathered go back?",
        model=transport_history,
        chart=charts.tomahawk_and_wiggle,
        controls={
            "start_share": Slider(0.0, 1.0, 0.01, label="Workers in region 1 at the start"),
            "last_cost": Slider(1.1, 2.4, 0.01, label="Transport cost at last"),
            "economy_of_scale": Toggle(label="Economy of scale: one place for each good"),
            "farm_cost": Slider(1.0, 1.3, 0.01, label="Cost of moving food"),
            "year": IntSlider(0, YEARS, label="Year"),
        },
        play="year",
        predict=Prediction(
            "Transport became cheaper: the cost fell from 1.9 to 1.3. On the way down, at 1.7, "
            "workers were still spread evenly over both regions. At 1.3 all of them are in region "
            "1. Now transport becomes dear again, up to 1.7. Where are the workers in the end?",
            {
                "even": "spread evenly, as on the way down",
                "most": "most in region 1, some in region 2",
                "one": "all of them in region 1",
                "two": "all of them in region 2",
            },
            setting={"last_cost": 1.7},
            outcome=_where_they_are,
            because=(
                "At 1.7 both an even spread and a core can last, and the one that is there stays. "
                "A worker who went back alone would earn less, because all firms and their workers "
                "are in region 1, and these workers are buyers."
            ),
        ),
        size=(9, 4.1),
        panels=(1, 2),
        headline=Headline(lambda result: 100 * result.share_now, "Workers in region 1", "%"),
        name="02 tomahawk",
    )


def _where_they_are(before: TransportHistory, after: TransportHistory) -> str:
    share = after.share_now
    if abs(share - 0.5) < 0.02:
        return "even"
    if share > 0.98:
        return "one"
    return "two" if share < 0.02 else "most"


def weber_lab() -> Lab:
    """Two materials and a market pull at a plant: the best site, and lines of equal cost."""
    return Lab(
        title="Where is the cheapest site?",
        model=weber,
        chart=charts.isodapanes,
        controls={
            "weights": Values(
                PLACES, 0.0, 3.0, 0.05, label="Weight", unit="tonnes", default=(1, 1, 1)
            ),
            "market_x": Slider(0, 12, 0.5, label="Market, from the west", unit="km"),
            "market_y": Slider(0, 9, 0.5, label="Market, from the south", unit="km"),
        },
        predict=Prediction(
            "Each place pulls at the plant with 1 tonne, and the cheapest site lies in the middle "
            "between them. Now material 1 weighs 1.8 tonnes. That is still less than the other "
            "two places together. Where is the cheapest site?",
            {
                "middle": "in the middle, as before",
                "between": "part of the way to material 1",
                "at": "at material 1 itself",
                "market": "part of the way to the market",
            },
            setting={"weights": (1.8, 1.0, 1.0)},
            outcome=_where_the_site_is,
            because=(
                "The two others pull in different directions, so a part of their pulls cancels. "
                "Together they pull at material 1 with 1.73 tonnes only, and 1.8 is more."
            ),
        ),
        keep="beside",
        size=(9, 4.1),
        panels=(1, 2),
        headline=Headline(
            lambda result: result.cost, "Cost of a unit at the cheapest site", "tonne-kilometres"
        ),
        name="02 weber",
    )


def _where_the_site_is(before: Site, after: Site) -> str:
    if after.at_place == 0:
        return "at"
    way = ((after.location - before.location) ** 2).sum() ** 0.5
    if way < 0.05:
        return "middle"
    to_material = ((after.location - after.places[0]) ** 2).sum() < (
        (before.location - before.places[0]) ** 2
    ).sum()
    return "between" if to_material else "market"


def plants_join_lab() -> Lab:
    """Three plants with sites of their own: from which saving on do they move together?"""
    return Lab(
        title="When do three plants move together?",
        model=plants_join,
        chart=charts.critical_isodapanes,
        controls={
            "saving": Slider(0, 10, 0.1, label="Saving of each at a common site", unit="money"),
            "side": Slider(4, 16, 0.5, label="Distance between the plants", unit="km"),
            "deviation_cost": Slider(0.8, 3, 0.1, label="Cost of moving away", unit="money per km"),
        },
        predict=Prediction(
            "Three plants stand 10 km from each other. A km away from its own site costs a plant 1 "
            "unit of money. At a common site each saves 5.5, more than half of the distance "
            "between two of them. Do they join?",
            {"all": "all three join", "none": "none of them joins"},
            setting={"saving": 5.5},
            outcome=_do_they_join,
            because=(
                "Any two circles overlap from a saving of 5 on. They stay apart, because "
                "the three have no point in common below 10 / sqrt 3, which is 5.77."
            ),
        ),
        size=(9, 4.1),
        headline=Headline(
            lambda result: result.critical_saving, "Saving from which they join", "money"
        ),
        name="02 plants join",
    )


def _do_they_join(before: Joining, after: Joining) -> str:
    return "all" if after.join else "none"


def ring_lab() -> Lab:
    """Thirty regions on a ring: how many cores form from nearly nothing?"""
    return Lab(
        title="How many cores form on a ring of regions?",
        model=ring,
        chart=charts.cores_on_a_ring,
        controls={
            "transport_cost": Slider(1.3, 8.0, 0.1, label="Transport cost to the other side"),
            "mu": Slider(0.2, 0.4, 0.02, label="Share of income spent on manufactures"),
            "seed": Seed(),
            "step": IntSlider(0, STEPS, label="Step", default=STEPS),
        },
        play="step",
        predict=Prediction(
            "Thirty regions lie on a ring, all alike but for one per cent of chance at the start. "
            "To have one unit arrive on the other side, 4 have to be sent. With the chance of seed "
            "1, three cores form. Now transport becomes cheap, and 1.5 are enough. How many cores "
            "form from the same start?",
            {
                "many": "more than three",
                "three": "three, as before",
                "two": "two of them",
                "one": "a single one",
                "none": "none at all",
            },
            setting={"transport_cost": 1.5},
            outcome=_how_many_cores,
            because=(
                "Because cheap transport lets one core serve a longer part of the ring, the wave "
                "that grows fastest has fewer crests: one, where it had three."
            ),
        ),
        keep="beside",
        size=(9, 3.9),
        panels=(1, 2),
        headline=Headline(lambda result: result.cores(), "Number of cores"),
        name="02 ring",
    )


def _how_many_cores(before: Ring, after: Ring) -> str:
    return {0: "none", 1: "one", 2: "two", 3: "three"}.get(after.cores(), "many")


def two_stages_lab() -> Lab:
    """More of the same industry first, other industries later: which stage brings more?"""
    return Lab(
        title="Own kind or others: which brings more?",
        model=two_stages,
        chart=charts.two_stages,
        controls={
            "localisation": Slider(0.0, 0.08, 0.005, label="Elasticity to the own industry"),
            "urbanisation": Slider(0.0, 0.08, 0.005, label="Elasticity to the whole city"),
            "own_growth": Slider(1, 32, 1, label="First stage: the industry grows", unit="times"),
            "other_growth": Slider(1, 128, 1, label="Second stage: the city grows", unit="times"),
        },
        predict=Prediction(
            "Suppose that the size of the city counts for more: an elasticity of 0.05, against "
            "0.02 for the own industry. First an industry makes its town eight times as large, "
            "then others make the city eight times as large again. Which stage brings the first "
            "industry more?",
            {"first": "the first stage", "same": "both the same", "second": "the second stage"},
            setting={"localisation": 0.02, "urbanisation": 0.05},
            outcome=_which_stage,
            because=(
                "The first stage brings more because a firm of the own industry is also a part of "
                "the city: it counts in two ways, others in one. For the second stage to bring "
                "more, the city has to grow by a larger factor in it."
            ),
        ),
        size=(9, 3.7),
        headline=Headline(
            lambda result: 100 * result.gain_first, "Gain in productivity, first stage", "%"
        ),
        name="02 two stages",
    )


def _which_stage(before: TwoStages, after: TwoStages) -> str:
    if abs(after.gain_first - after.gain_second) < 0.0005:
        return "same"
    return "first" if after.gain_first > after.gain_second else "second"


def city_size_lab() -> Lab:
    """A city brings and costs: the best size, and the size at which it is too large."""
    return Lab(
        title="How large is a city at its best?",
        model=city_size,
        chart=charts.city_size,
        controls={
            "elasticity": Slider(0.02, 0.10, 0.005, label="Elasticity of output to size"),
            "congestion": Slider(0.05, 0.20, 0.01, label="Cost of crowding in a town of 1000"),
            "congestion_elasticity": Slider(
                0.5, 0.8, 0.05, label="Elasticity of that cost to size"
            ),
        },
        predict=Prediction(
            "A new metro halves the cost of crowding at every size: 0.05 instead of 0.10. To "
            "what does the best size of the city grow?",
            {
                "four": "to more than four times the size",
                "three": "to about three times the size",
                "two": "to about twice the size",
                "less": "to less than twice the size",
            },
            setting={"congestion": 0.05},
            outcome=_growth_of_best_size,
            because=(
                "Because crowding rises with the square root of the size, a city has to be four "
                "times as large before it is as crowded again, and such a city also makes more for "
                "each person, which carries it a little further."
            ),
        ),
        size=(9, 3.8),
        headline=Headline(
            lambda result: result.best_size, "Best size of a city", "thousand people"
        ),
        name="02 city size",
    )


def _growth_of_best_size(before: CitySize, after: CitySize) -> str:
    ratio = after.best_size / before.best_size
    if ratio > 4:
        return "four"
    if ratio > 2.5:
        return "three"
    return "two" if ratio > 1.75 else "less"


def one_place_lab() -> Lab:
    """Real figures: how much of an industry is in the metro that has most of it?"""
    return Lab(
        title="How much of an industry is in one place?",
        model=one_place,
        chart=charts.one_place,
        controls={"industry": Choice(traded_industries(), label="Industry")},
        predict=Prediction(
            "Los Angeles has 27.5 per cent of the nation's jobs in film and video. Now look at "
            "software: a product that weighs nothing and can be written anywhere. Which metro has "
            "most of its jobs?",
            {
                "new_york": "New York",
                "san_francisco": "San Francisco",
                "san_jose": "San Jose",
                "seattle": "Seattle",
            },
            setting={"industry": "Software"},
            outcome=_which_metro,
            asks="figures",
            because=(
                "Seattle has 11.2 per cent of these jobs and 1.4 per cent of all jobs. San "
                "Francisco and San Jose come next, and together they have more than Seattle."
            ),
            keeps_start=False,
        ),
        keep="beside",
        size=(9, 3.9),
        panels=(1, 2),
        headline=Headline(
            lambda result: 100 * result.largest_share,
            "Largest share of one metro",
            "% of the nation",
        ),
        name="02 one place",
    )


def _which_metro(before: OnePlace, after: OnePlace) -> str:
    return str(after.metros.index[0]).lower().replace(" ", "_")
