"""Each reason that lesson 06 gives: the named cause is changed alone, and the effect goes."""

import numpy as np
import pytest

from course_lib.production_complexes import siting
from course_lib.production_complexes.cycles import IRON_AND_STEEL
from course_lib.production_complexes.fragility import chain, chain_works
from course_lib.production_complexes.linear_programs import (
    DISTANCES,
    product_mix,
    transport_plan,
)
from course_lib.production_complexes.relation_chart import relation_chart
from course_lib.production_complexes.sequencing import (
    PROJECTS,
    possible_orders,
    present_value,
    sequencing,
    six_projects,
)
from course_lib.production_complexes.siting import MADE, PLANTS, SITES, shared_or_alone
from course_lib.production_complexes.size import complex_size

DRILLS = (*IRON_AND_STEEL, "machine works > coal mine: drills")


# --- lab 1


def test_the_mine_takes_more_than_the_core_as_long_as_the_core_needs_it():
    chart = relation_chart()
    core = chart.takes_with_it["coke and ironworks"]
    more = [p for p, many in chart.takes_with_it.items() if many > core]
    assert more == ["coal mine", "ore mine", "repair works"]
    for service in more:
        cut = [one for one in IRON_AND_STEEL if not one.startswith(f"{service} > coke")]
        assert relation_chart(cut).takes_with_it.get(service, 0) < core


def test_five_share_a_column_as_long_as_they_lie_in_circles():
    five = {"coal mine", "power station", "steelworks", "rolling mill", "machine works"}
    columns = relation_chart(DRILLS).layers
    assert {columns[plant] for plant in five} == {1}
    for line in DRILLS:  # whichever arrow of all circles is cut, the five are told apart again
        if line.startswith(("machine works > coal", "rolling mill > machine")):
            cut = relation_chart([one for one in DRILLS if one != line])
            assert len({cut.layers.get(plant) for plant in five}) > 1


def test_another_core_gives_other_names_and_the_same_falls():
    other = relation_chart(["core: coal mine", *IRON_AND_STEEL[1:]])
    assert other.kinds != relation_chart().kinds
    assert other.takes_with_it == relation_chart().takes_with_it


# --- lab 2


@pytest.fixture
def invented(monkeypatch):
    """Change the invented figures of the lab, one at a time."""

    def change(**figures):
        for name, value in figures.items():
            monkeypatch.setattr(siting, name, value)
        siting._lab_task.cache_clear()
        siting._least_costs.cache_clear()

    yield change
    monkeypatch.undo()
    siting._lab_task.cache_clear()
    siting._least_costs.cache_clear()


def test_a_shared_bill_holds_them_where_no_site_is_cheaper():
    found = shared_or_alone(0.0005, one_price=True)
    assert found.shared.opened == ["river"]
    assert found.alone.opened == ["mine", "river", "city"]
    assert found.alone.placed["smelter"] == "mine"
    assert found.alone.placed["wire works"] == "city"


def test_a_cheap_site_holds_those_who_share_nothing(invented):
    assert shared_or_alone(0.0005).alone.opened == ["river"]
    assert len(shared_or_alone(0.0005, one_price=True).alone.opened) == 3
    invented(PAID=(30.0, 30.0, 34.0))  # only the river's advantage over the mine goes
    assert shared_or_alone(0.0005).alone.opened != ["river"]


def test_transport_holds_those_who_share_nothing_and_have_one_price():
    dear, cheap = (shared_or_alone(t, one_price=True).alone for t in (0.003, 0.0005))
    assert dear.opened == ["city"]
    assert len(cheap.opened) == 3


def test_where_the_lab_opens_sharing_decides():
    found = shared_or_alone()
    assert found.shared.opened == ["city"]
    assert found.alone.placed["wire works"] == "city"
    assert [found.alone.placed[p] for p in PLANTS].count("river") == 3


def test_they_move_to_the_river_because_making_costs_least_there(invented):
    totals = np.array(MADE).sum(axis=0)
    assert SITES[totals.argmin()] == "river"
    assert shared_or_alone(0.0005).shared.opened == ["river"]
    # With the river's goods as dear as the city's they do not go there, though its bill is less.
    dearer = tuple((mine, max(river, city) + 1, city) for mine, river, city in MADE)
    invented(MADE=dearer)
    assert shared_or_alone(0.0005).shared.opened != ["river"]


def test_they_move_together_because_a_second_infrastructure_costs_more_than_it_saves():
    assert len(shared_or_alone(0.0005).shared.opened) == 1
    assert len(shared_or_alone(0.0005, infrastructure=0).shared.opened) == 3
    assert len(shared_or_alone(0.0005, infrastructure=0.1).shared.opened) == 1


def test_the_least_of_straight_lines_gets_flatter():
    for rule in ("shared_costs", "alone_costs"):
        slopes = np.diff(getattr(shared_or_alone(), rule))
        assert (np.diff(slopes) <= 1e-9).all()
    assert len(SITES) ** len(PLANTS) == 81


# --- lab 3


def test_without_needs_the_largest_benefit_comes_first():
    free = sequencing(dict(zip(PROJECTS, (1, 2, 9, 6, 8, 3), strict=True)), {})
    assert free.lost_by_greed == pytest.approx(0)
    assert free.best[0] == "smelter"


def test_the_dam_comes_first_because_of_what_waits_behind_it():
    assert six_projects().best.index("dam") < six_projects().best.index("housing")
    nothing_behind = six_projects((1, 2, 0, 0, 0, 3)).best
    assert nothing_behind.index("housing") < nothing_behind.index("dam")


def test_greed_loses_because_it_builds_housing_before_the_dam():
    for rate in (0.1, 0.3):
        found = six_projects(rate=rate)
        assert found.greedy.index("smelter") == found.best.index("smelter") + 1
        assert six_projects((1, 2, 9, 6, 8, 1), rate).lost_by_greed == pytest.approx(0)


def test_a_year_of_waiting_costs_more_at_a_higher_interest():
    losses = [six_projects(rate=rate).lost_by_greed for rate in (0.05, 0.1, 0.3)]
    assert losses == sorted(losses)
    # The smelter alone, a year later: the part of its worth that is lost.
    waits = [
        1 - present_value(["x", "s"], {"x": 0, "s": 9}, r) / present_value(["s"], {"s": 9}, r)
        for r in (0.05, 0.1, 0.3)
    ]
    assert waits == sorted(waits)


def test_the_patient_afford_mistakes_because_later_years_count_most():
    def lost(rate, years):
        """What greed loses if only so many years are counted."""
        found = six_projects(rate=rate)

        def worth(order):
            return sum(
                found.benefits[project] / (1 + rate) ** year
                for built, project in enumerate(order, 1)
                for year in range(built, years + 1)
            )

        return 1 - worth(found.greedy) / worth(found.best)

    patient = lost(0.01, 900)
    assert patient == pytest.approx(six_projects(rate=0.01).lost_by_greed, abs=1e-4)
    # Without the years after the last project the patient planner loses as much as a hasty one.
    assert lost(0.01, 6) > 10 * patient
    assert lost(0.01, 6) > lost(0.3, 900)


def test_the_best_order_is_that_of_all_possible_ones():
    values = [six_projects(yours=order).your_value for order in possible_orders()]
    assert max(values) == pytest.approx(six_projects().best_value)


# --- optional labs


def test_plant_3_ends_what_an_hour_of_plant_2_is_worth():
    start, more = product_mix(), product_mix((4.0, 24.0, 18.0))
    assert more.total - start.total == pytest.approx(9)
    assert more.used[2] == pytest.approx(18)
    assert product_mix((4.0, 18.0, 18.0)).total == pytest.approx(more.total)
    # With more hours of plant 3 alone, twelve hours of plant 2 bring twelve times 1.5.
    wider = [product_mix((4.0, hours, 24.0)).total for hours in (12.0, 24.0)]
    assert wider[1] - wider[0] == pytest.approx(12 * 1.5)


def test_an_hour_that_is_not_used_is_worth_nothing():
    start = product_mix()
    assert (start.used[0], start.shadow_prices[0]) == pytest.approx((2, 0))
    assert product_mix((5.0, 12.0, 18.0)).total == pytest.approx(start.total)
    assert product_mix((1.5, 12.0, 18.0)).shadow_prices[0] > 0  # it uses all of fewer hours
    # Plant 3's worth, before and after plant 2 has 18 hours.
    worth = [product_mix((4.0, hours, 18.0)).shadow_prices[2] for hours in (17.0, 19.0)]
    assert worth == pytest.approx([1, 2.5])


def test_a_case_more_at_seattle_saves_nothing_because_new_york_is_as_far():
    assert transport_plan().worth_of_a_case["Seattle"] == pytest.approx(0)
    changed = DISTANCES.copy()
    changed.loc["Seattle", "New York"] = 2.4
    assert transport_plan(distances=changed).worth_of_a_case["Seattle"] > 0


def test_members_stop_early_because_crowding_lowers_their_part():
    planner, members = (complex_size(decides=who) for who in ("the planner", "the members"))
    assert (planner.size, members.size) == (65, 11)
    part = members.average
    assert part[members.size - 1] == part.max()
    assert planner.saving[12] > planner.saving[11]  # the planner gains where a member loses
    free = complex_size(decides="the members", congestion=0.0)
    assert (np.diff(free.average) > 0).all()  # without crowding no newcomer lowers it


def test_a_second_supplier_helps_because_both_seldom_fail_together():
    assert 1 - chain_works([0.9], [2]) == pytest.approx(0.01)
    assert round(1000 * chain(suppliers=2).works) == 961
    together = chain(suppliers=2, chance=1.0, shock=0.1)  # only failures of both at once
    assert together.works == pytest.approx(0.9**4)


def test_spare_plants_do_not_help_against_a_common_shock():
    one, two, three = (chain(suppliers=n, shock=0.05).works for n in (1, 2, 3))
    assert two - one > 5 * (three - two)
    assert three < 0.95**4
