"""Labs of lesson 06."""

from __future__ import annotations

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
from course_lib.production_complexes import charts
from course_lib.production_complexes.cycles import IRON_AND_STEEL
from course_lib.production_complexes.fragility import LONGEST_CHAIN, MOST_SUPPLIERS, Chain, chain
from course_lib.production_complexes.linear_programs import (
    MOST_HOURS,
    MOST_PROFIT,
    PLANTS,
    ProductMix,
    product_mix,
)
from course_lib.production_complexes.plan_editor import PlanEditor
from course_lib.production_complexes.relation_chart import RelationChart, read_plan, relation_chart
from course_lib.production_complexes.sequencing import (
    PROJECTS,
    Sequencing,
    possible_orders,
    six_projects,
)
from course_lib.production_complexes.siting import DEAREST, TwoRules, shared_or_alone
from course_lib.production_complexes.size import DECIDERS, ComplexSize, complex_size

CORE_STOPPED = (*IRON_AND_STEEL, "stopped: coke and ironworks")


def relation_chart_lab() -> Lab:
    """Build a complex of boxes and arrows, and break it."""
    return Lab(
        title="Who stands still if one plant stops?",
        model=relation_chart,
        chart=charts.relation_chart,
        controls={"plan": PlanEditor("Plan of the complex", default=CORE_STOPPED)},
        predict=Prediction(
            "The coke and ironworks is the core of this complex. It is out of order, and 6 of the "
            "10 other plants stand still. Now it works again, and the repair works are out of "
            "order instead. They are a 'service' plant: they only provide spare parts. How many "
            "stand still?",
            {
                "none": "none of them",
                "fewer": "fewer than 6",
                "same": "6, as with the core",
                "more": "more than 6",
            },
            setting={"plan": (*IRON_AND_STEEL, "stopped: repair works")},
            outcome=_how_many_stand_still,
            because=(
                "The core needs the spare parts, so all that falls with the core falls with the "
                "repair works, and so does the core itself. Being called 'service' says nothing "
                "about how much depends on a plant."
            ),
        ),
        keep="beside",
        size=(9, 4.9),
        headline=Headline(lambda result: len(result.idle), "Plants that stand still"),
        challenge=Challenge(
            "Add three deliveries at most to Iron and steel, take none away, and let no plant take "
            "many others with it.",
            _most_that_fall_with_one,
            target=4,
            better="less",
            unit="plants",
        ),
        name="06 relation chart",
    )


def _most_that_fall_with_one(chart: RelationChart) -> float | None:
    """Plants that stand still with the worst one, where the rules of the game are kept."""
    given = set(read_plan(IRON_AND_STEEL).deliveries)
    added = set(chart.plan.deliveries) - given
    if len(added) > 3 or not given <= set(chart.plan.deliveries):
        return None
    return max(chart.takes_with_it.values())


def _how_many_stand_still(before: RelationChart, after: RelationChart) -> str:
    many, core = len(after.idle), before.takes_with_it[before.plan.core]
    if many == 0:
        return "none"
    if many == core:
        return "same"
    return "fewer" if many < core else "more"


def siting_lab() -> Lab:
    """Four plants between a mine, a river and a city: transport, a cheap site, a shared bill."""
    return Lab(
        title="Where does each plant of a complex stand?",
        model=shared_or_alone,
        chart=charts.two_rules,
        controls={
            "transport_cost": Slider(
                0, DEAREST, 0.0001, label="Transport cost", unit="million per 1000 t and km"
            ),
            "infrastructure": Slider(
                0, 1.5, 0.05, label="Cost of infrastructure", unit="1: as invented"
            ),
            "one_price": Toggle(label="Infrastructure at one price everywhere (30)"),
            "ore": Slider(0, 160, 5, label="Ore for the smelter", unit="1000 t a year"),
        },
        predict=Prediction(
            "Where infrastructure is shared, all four plants stand at the city. Now a railway "
            "brings the transport cost down to a sixth: 0.0005 instead of 0.003. Where do they "
            "stand?",
            {
                "city": "all four at the city, as before",
                "other": "all four together at another site",
                "two": "at two of the three sites",
                "three": "at all three sites",
            },
            setting={"transport_cost": 0.0005},
            outcome=_where_they_stand,
            because=(
                "Distance counts for less now, and of the three sites the river is the one where "
                "making all four goods costs least. A second site would need a second "
                "infrastructure, and that costs more than it would save: so they move together."
            ),
        ),
        keep="beside",
        size=(9, 4.3),
        panels=(1, 2),
        headline=Headline(lambda result: result.saving, "What sharing saves", "million a year"),
        name="06 siting",
    )


def _where_they_stand(before: TwoRules, after: TwoRules) -> str:
    sites = after.shared.opened
    if len(sites) > 1:
        return "two" if len(sites) == 2 else "three"
    return "city" if sites == ["city"] else "other"


def sequencing_lab() -> Lab:
    """Six projects, one a year, and some need others first."""
    return Lab(
        title="In which order does a planner build?",
        model=six_projects,
        chart=charts.building_orders,
        controls={
            "rate": Slider(0.01, 0.30, 0.01, label="Rate of interest", unit="per year"),
            "benefits": Values(PROJECTS, 0, 12, 0.5, label="Benefit", unit="million a year"),
            "yours": Choice(possible_orders(), label="Your own order"),
        },
        predict=Prediction(
            "A greedy planner always builds what brings most of all that can be built at once. At "
            "10 per cent interest that loses 4.0 per cent of the best value. Now interest is 30 "
            "per cent: what comes late counts for little. How much does greed lose?",
            {
                "nothing": "nothing any more",
                "less": "less than 4 per cent",
                "same": "about 4 per cent, as before",
                "more": "more, up to 8 per cent",
                "twice": "more than 8 per cent",
            },
            setting={"rate": 0.30},
            outcome=_what_greed_loses,
            because=(
                "The dam brings little itself and opens the way to the smelter, which brings "
                "most. The greedy order builds housing first and comes to the smelter a year "
                "later, and at a higher interest a year of waiting costs more."
            ),
        ),
        keep="beside",
        size=(9, 3.9),
        panels=(1, 2),
        headline=Headline(lambda result: 100 * result.lost_by_greed, "Lost by greed", "%"),
        name="06 sequencing",
    )


def _what_greed_loses(before: Sequencing, after: Sequencing) -> str:
    loss, earlier = after.lost_by_greed, before.lost_by_greed
    if loss < 1e-9:
        return "nothing"
    if loss > 2 * earlier:
        return "twice"
    if loss > 1.1 * earlier:
        return "more"
    return "less" if loss < 0.9 * earlier else "same"


def product_mix_lab() -> Lab:
    """Wyndor Glass: what one hour more is worth depends on which limit binds."""
    return Lab(
        title="What is one hour more worth?",
        model=product_mix,
        chart=charts.product_mix,
        controls={
            "hours": Values(
                PLANTS, 0, MOST_HOURS, 0.5, label="Hours", unit="a week", default=(4, 12, 18)
            ),
            "profit": Values(
                ("doors", "windows"),
                0,
                MOST_PROFIT,
                0.5,
                label="Profit of a batch",
                unit="1000 dollars",
                default=(3, 5),
            ),
        },
        predict=Prediction(
            "Plant 2 has 12 hours a week. A thirteenth hour would bring the company 1.5 thousand "
            "dollars more. Now plant 2 gets 12 hours more, 24 in all. How much more profit does "
            "the company make?",
            {
                "more": "more than 18 thousand dollars",
                "eighteen": "18 thousand dollars, for 12 hours",
                "nine": "about 9 thousand dollars",
                "none": "less than 1 thousand dollars",
            },
            setting={"hours": (4.0, 24.0, 18.0)},
            outcome=_worth_of_twelve_hours,
            because=(
                "From 18 hours on it is plant 3 that stops the company: all its hours go into "
                "windows, so more hours of plant 2 bring nothing. A shadow price holds up to the "
                "point where another limit takes over."
            ),
        ),
        size=(9, 3.9),
        panels=(1, 2),
        headline=Headline(lambda result: result.total, "Profit", "thousand dollars a week"),
        name="06 product mix",
    )


def _worth_of_twelve_hours(before: ProductMix, after: ProductMix) -> str:
    more = after.total - before.total
    if more < 1:
        return "none"
    if more < 17.5:
        return "nine"
    return "eighteen" if more < 18.5 else "more"


def size_lab() -> Lab:
    """What plants save together, what each saves, and who decides how many there are."""
    return Lab(
        title="How large should a complex be?",
        model=complex_size,
        chart=charts.size_of_complex,
        controls={
            "decides": Choice(DECIDERS, label="Who decides"),
            "congestion": Slider(0, 1.5, 0.05, label="Congestion of a pair", unit="million a year"),
            "infrastructure": Slider(
                0, 20, 0.5, label="Infrastructure of a plant alone", unit="million a year"
            ),
            "share_needed": Slider(0, 1, 0.05, label="Part of it that a further plant needs"),
            "freight": Slider(0, 20, 0.5, label="Freight saved by a plant", unit="million a year"),
        },
        predict=Prediction(
            "The planner wants the largest saving of all together and lets in 65 plants. Now the "
            "plants inside decide who may join, and each wants the largest saving for itself. How "
            "many are there?",
            {"ten": "about 10", "thirty": "about 30", "same": "65 as well", "more": "more than 65"},
            setting={"decides": "the members"},
            outcome=_members_size,
            because=(
                "A new plant brings its own saving and crowds all others. The planner counts "
                "both. A member counts only what its own part becomes, and that shrinks early."
            ),
        ),
        size=(9, 3.9),
        panels=(1, 2),
        headline=Headline(lambda result: result.size, "Plants in the complex"),
        name="06 size",
    )


def _members_size(before: ComplexSize, after: ComplexSize) -> str:
    if after.size > before.size:
        return "more"
    if after.size == before.size:
        return "same"
    return "ten" if after.size < 20 else "thirty"


def fragility_lab() -> Lab:
    """A chain of layers works only if each of them does."""
    return Lab(
        title="How often does a chain of plants work?",
        model=chain,
        chart=charts.chain,
        controls={
            "suppliers": IntSlider(1, MOST_SUPPLIERS, label="Suppliers in each layer"),
            "layers": IntSlider(1, LONGEST_CHAIN, label="Layers"),
            "chance": Slider(0.5, 1.0, 0.01, label="Chance that one plant works"),
            "shock": Slider(0, 0.2, 0.01, label="Chance that a whole layer fails at once"),
            "seed": Seed(label="Seed of the day"),
        },
        predict=Prediction(
            "Four layers, one plant in each, and each works on 900 of 1000 days. The chain works "
            "on 656. Now every layer gets a second plant as good as the first. On how many days "
            "does the chain work?",
            {
                "1000": "all 1000",
                "960": "about 960",
                "820": "about 820",
                "730": "about 730",
            },
            setting={"suppliers": 2},
            outcome=_days_of_two,
            because=(
                "Both plants of a layer fail together on 10 of 1000 days only. Four layers that "
                "work on 990 days each give a chain that works on 961."
            ),
        ),
        keep="beside",
        size=(9, 3.9),
        panels=(1, 2),
        headline=Headline(
            lambda result: 1000 * result.works, "Days on which the chain works", "of 1000"
        ),
        name="06 fragility",
    )


def _days_of_two(before: Chain, after: Chain) -> str:
    days = 1000 * after.works
    if days > 999:
        return "1000"
    return min(("730", "820", "960"), key=lambda option: abs(int(option) - days))
