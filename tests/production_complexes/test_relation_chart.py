"""The relation chart: kinds, layers, circles and what falls, with networkx as the judge."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.production_complexes.cycles import CYCLES, FOUR_TYPES, IRON_AND_STEEL, TIMBER
from course_lib.production_complexes.relation_chart import (
    read_plan,
    relation_chart,
)

PLANTS = list("abcdefg")
PAIRS = st.tuples(st.sampled_from(PLANTS), st.sampled_from(PLANTS)).filter(lambda p: p[0] != p[1])
GOODS = st.sampled_from(["coal", "power", "steel"])
PLANS = st.lists(st.tuples(PAIRS, GOODS), max_size=14).map(
    lambda found: ["core: a", *(f"{s} > {b}: {good}" for (s, b), good in found)]
)


def graph(chart):
    found = nx.DiGraph()
    found.add_nodes_from(chart.plan.plants)
    found.add_edges_from((one.seller, one.buyer) for one in chart.plan.deliveries)
    return found


def try_chart(plan):
    """The chart, or None where the chain is too long to be drawn."""
    try:
        return relation_chart(plan)
    except ValueError as refusal:
        assert "shorten the chain" in str(refusal)
        return None


class TestTheDocumentsFourTypes:
    def test_kinds(self):
        chart = relation_chart(FOUR_TYPES)
        assert chart.of_kind("core") == ["core plant"]
        assert chart.of_kind("main") == ["main plant A", "main plant B"]
        assert chart.of_kind("supplementary") == ["supplementary A", "supplementary B"]
        assert chart.of_kind("service") == ["service plant"]
        assert chart.circles == ()

    def test_without_the_core_nothing_of_it_is_reached(self):
        chart = relation_chart([*FOUR_TYPES, "stopped: core plant"])
        assert set(chart.idle) == set(chart.layers) - {"core plant"}
        assert chart.idle["main plant A"] == "product"
        assert chart.without_buyer == ("service plant",)


@pytest.mark.parametrize("name", CYCLES)
def test_every_plan_to_start_from_is_one_complex(name):
    chart = relation_chart(CYCLES[name])
    assert chart.of_kind("not tied in") == []
    assert chart.plan.lines == tuple(CYCLES[name])  # written as the course writes plans
    assert bool(chart.circles) is (name == "Timber")
    if chart.plan.deliveries:
        assert nx.is_weakly_connected(graph(chart))
        assert chart.of_kind("service")


def test_layers_of_iron_and_steel():
    layers = relation_chart(IRON_AND_STEEL).layers
    assert layers == {
        "coke and ironworks": 0,
        "steelworks": 1,
        "fertiliser works": 1,
        "cement works": 1,
        "rolling mill": 2,
        "machine works": 3,
        "building works": 3,
    }


@settings(max_examples=150)
@given(PLANS)
def test_layers_are_longest_ways_and_circles_share_one(plan):
    chart = try_chart(plan)
    if chart is None:
        return
    found = graph(chart)
    found.remove_edges_from([(p, "a") for p in chart.plan.plants])  # the core is the first
    reached = {"a", *nx.descendants(found, "a")}
    assert set(chart.layers) == reached
    below = found.subgraph(reached)
    together = nx.condensation(below)
    for group in nx.topological_sort(together):
        members = together.nodes[group]["members"]
        want = max(
            (chart.layers[next(iter(together.nodes[p]["members"]))] + 1
             for p in together.predecessors(group)),
            default=0,
        )  # fmt: skip
        assert {chart.layers[plant] for plant in members} == {want}


@settings(max_examples=150)
@given(PLANS)
def test_a_circle_is_named_for_each_group_and_is_one(plan):
    chart = try_chart(plan)
    if chart is None:
        return
    found = graph(chart)
    groups = [group for group in nx.strongly_connected_components(found) if len(group) > 1]
    assert len(chart.circles) == len(groups)
    for way in chart.circles:
        assert way[0] == way[-1]
        assert len(set(way)) == len(way) - 1
        assert nx.is_path(found, way)
        assert any(set(way) <= group for group in groups)


@settings(max_examples=150)
@given(PLANS, st.sampled_from(PLANTS))
def test_a_plant_stands_still_if_and_only_if_a_good_comes_from_nobody(plan, stopped):
    chart = try_chart(plan)
    if chart is None or stopped not in chart.plan.plants:
        return
    chart = relation_chart([*plan, f"stopped: {stopped}"])
    down = {stopped, *chart.idle}
    for plant in chart.plan.plants:
        buys = [one for one in chart.plan.deliveries if one.buyer == plant]
        missing = {
            good
            for good in {one.good for one in buys}
            if all(one.seller in down for one in buys if one.good == good)
        }
        if plant != stopped:
            assert (plant in chart.idle) is bool(missing)
            assert plant not in chart.idle or chart.idle[plant] in missing
    assert chart.takes_with_it[stopped] == len(chart.idle)


@settings(max_examples=80)
@given(PLANS)
def test_services_feed_the_complex_and_are_not_fed_by_its_core(plan):
    chart = try_chart(plan)
    if chart is None:
        return
    found = graph(chart)
    for plant, kind in chart.kinds.items():
        touched = bool(nx.descendants(found, plant) & set(chart.layers))
        reached = plant in nx.descendants(found, "a")
        assert (kind == "service") is (touched and not reached and plant != "a")


def test_two_suppliers_of_the_same_good_are_spare_and_of_two_goods_are_not():
    twice = ["core: dam", "coast port > smelter: ore", "river port > smelter: ore"]
    assert relation_chart([*twice, "stopped: coast port"]).idle == {}
    other = ["core: dam", "coast port > smelter: ore", "river port > smelter: lime"]
    assert relation_chart([*other, "stopped: coast port"]).idle == {"smelter": "ore"}
    both = [*twice, "stopped: coast port", "stopped: river port"]
    assert relation_chart(both).idle == {"smelter": "ore"}


def test_sentences():
    said = relation_chart(IRON_AND_STEEL).summary()
    assert "3 main, 3 supplementary, 4 service" in said
    assert "The core takes 6 others with it when it stops, coal mine takes 8." in said
    said = relation_chart([*IRON_AND_STEEL, "stopped: coal mine"]).summary()
    assert "If coal mine stops, coke and ironworks, power station" in said
    assert "and 3 more stand still, and these have no buyer: ore mine and repair works." in said
    said = relation_chart(TIMBER).summary()
    assert "no order is the right one: timber mill > power station > timber mill" in said
    said = relation_chart([*TIMBER, "stopped: wood chemistry"]).summary()
    assert said.endswith("If wood chemistry stops, no other stands still.")
    assert "0 main" in relation_chart(["core: dam"]).summary()
    lost = relation_chart(["core: dam", "mill > bakery: flour"])
    assert lost.of_kind("not tied in") == ["mill", "bakery"]
    assert "2 not tied in" in lost.summary()


def test_table_says_why_a_plant_stands_still():
    frame = relation_chart([*IRON_AND_STEEL, "stopped: power station"]).to_frame()
    assert frame.loc["power station", "state"] == "stopped"
    assert frame.loc["steelworks", "state"] == "lacks power"
    assert frame.loc["ore mine", "state"] == "works"
    assert frame.loc["ore mine", "layer"] == -1


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (["dam > smelter: power"], "names no core: write a line such as"),
        (["core: dam", "core: mill"], "names 2 cores, dam and mill: keep the one"),
        (["core: dam", "dam > dam: power"], "from dam to itself"),
        (["core: dam", "dam > smelter"], "is no delivery: it needs who delivers"),
        (["core: dam", "dam > : power"], "is no delivery"),
        (["core: dam", "a > b > c: power"], "is no delivery"),
        (["core: dam", "stopped: mill"], "mill cannot stop, because it is not in the plan"),
        (["core: "], "names of 1 to 20 letters"),
        (["core: " + "x" * 21], "names of 1 to 20 letters"),
        (["core: dam", 7], "must be a text in quotation marks"),
        ("core: dam", "a plan is a list of lines"),
        (None, "a plan is a list of lines"),
        (
            ["core: p0", *(f"p{i} > p{i + 1}: goods" for i in range(5))],
            "p5 lies 5 deliveries from the core, and the chart has room for 4",
        ),
        (
            ["core: p0", *(f"p0 > p{i + 1}: goods" for i in range(14))],
            "has 15 plants, and more than 14 cannot be read",
        ),
    ],
)
def test_refusals_say_what_to_do(plan, said):
    with pytest.raises(ValueError, match=said):
        relation_chart(plan)


def test_blanks_and_repetitions_in_a_plan_do_not_matter():
    plan = read_plan([" core :dam ", "dam>smelter :power", "dam > smelter: power"])
    assert plan.lines == ("core: dam", "dam > smelter: power")
