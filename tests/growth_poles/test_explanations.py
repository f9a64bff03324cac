"""What lesson 05 gives as a cause: changed alone, the effect goes, or changes as it is said."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib.growth_poles import labs
from course_lib.growth_poles.china_table import china_table
from course_lib.growth_poles.cumulative_causation import cumulative_causation, export_led_growth
from course_lib.growth_poles.guangdong import guangdong
from course_lib.growth_poles.guangdong_people import guangdong_people
from course_lib.growth_poles.input_output import income_multipliers, input_output
from course_lib.growth_poles.polarisation import polarisation
from course_lib.growth_poles.pole_in_space import pole_in_space
from course_lib.growth_poles.propulsive import propulsive
from course_lib.growth_poles.spread_backwash import spread_backwash
from course_lib.growth_poles.two_regions import spillover, two_region_example

TABLE = china_table()
TEXTILES = TABLE.position("Textiles, clothing & leather")


def with_value_added(flows: np.ndarray, imports: np.ndarray) -> np.ndarray:
    """Income at home per yuan of final demand, if each column leaves so much to imports."""
    added = TABLE.output - flows.sum(axis=0) - imports
    return input_output(flows, TABLE.output, value_added=added).value_added_multipliers


def imports() -> np.ndarray:
    """What each sector pays for inputs from abroad."""
    rates = 1 - TABLE.technical_coefficients.sum(axis=0) - TABLE.value_added_coefficients
    return rates * TABLE.output


def test_a_lucky_point_brings_growth_by_learning_and_by_price():
    def comes_back(**changed):
        """Of one lucky point of growth, what is there a year later."""
        return export_led_growth(**changed).root

    assert comes_back() == pytest.approx(0.36)
    assert comes_back(verdoorn=0.0) == 0  # who does not learn
    assert comes_back(price_elasticity=-0.01) < 0.01  # or hardly sells more for being cheaper


def test_without_imports_every_order_leaves_all_of_itself_as_income() -> None:
    """The multipliers stay as they are; imports alone make the second ranking."""
    flows = np.array(TABLE.flows)
    assert with_value_added(flows, imports()) == pytest.approx(TABLE.value_added_multipliers)
    assert with_value_added(flows, 0 * TABLE.output) == pytest.approx(1)
    # with half of the imports each order leaks half as much
    half = with_value_added(flows, imports() / 2)
    assert 1 - half == pytest.approx((1 - TABLE.value_added_multipliers) / 2)


def test_a_longer_chain_turns_over_more_and_leaves_the_same_income() -> None:
    """One firm that both weaves and sews, or two that sell to each other: 100 yuan either way."""
    one = input_output([[0.0]], [100], value_added=[100])
    two = input_output([[0, 60], [0, 0]], [60, 100], value_added=[60, 40])
    assert (one.output_multipliers[0], two.output_multipliers[1]) == (1, 1.6)
    assert one.value_added_multipliers[0] == two.value_added_multipliers[1] == 1


def test_the_rounds_end_because_value_added_and_imports_leak_out() -> None:
    left = TABLE.technical_coefficients.sum(axis=0)
    assert (left < 1).all()
    with pytest.raises(ValueError, match="must buy less"):  # no leak, and the rounds never end
        input_output([[0, 100], [100, 0]], [100, 100])


def test_households_that_spend_alike_multiply_every_sector_alike() -> None:
    flows, made = [[150, 500], [200, 100]], [1000, 2000]
    for spending in ([50, 400], [300, 20]):  # whatever they buy
        found = income_multipliers(input_output(flows, made), [300, 500], spending, 1000, 50)
        assert found.type_2 is not None
        ratio = found.type_2 / found.type_1
        assert ratio[0] == pytest.approx(ratio[1])


def test_a_region_that_buys_all_its_parts_abroad_has_a_multiplier_of_one() -> None:
    table, regions = two_region_example()
    flows = np.array(table.flows)
    flows[:, :3] = 0  # L's purchases, from L and from M, come from abroad
    found = spillover(input_output(flows, table.output), regions, [100, 0, 0, 0, 0])
    assert found.total.sum() == pytest.approx(100)


def test_a_head_start_dies_out_and_what_it_won_stays() -> None:
    lucky = cumulative_causation(0.6)
    assert abs(lucky.gap[-1]) < 1e-4
    assert lucky.ratio[-1] == pytest.approx(lucky.ratio[-3], rel=1e-4)
    assert lucky.ratio[-1] > 1.05
    # without the carry-over the lead in growth is gone at once, and the year's lead in output stays
    alone = cumulative_causation(0.0)
    assert alone.gap[1] == 0
    assert alone.ratio[-1] == pytest.approx(alone.ratio[1])
    # an advantage that lasts is magnified by learning, at any coefficient above 0
    gaps = [cumulative_causation(verdoorn, 0, 0.1).gap[-1] for verdoorn in (0, 0.3, 0.6)]
    assert gaps == sorted(gaps)
    assert gaps[0] > 0
    assert cumulative_causation(0.85).gap[-1] > cumulative_causation(0.85).gap[0]


def test_near_towns_lose_because_spread_is_late_and_backwash_is_there() -> None:
    gum = pole_in_space().names.index(labs.WATCHED)
    usual = pole_in_space(year=10)
    near = usual.nearest(2)
    assert gum in near
    assert (usual.net_now[near] < 0).all()
    early = pole_in_space(year=10, half_way=0)  # the timing alone
    assert (early.net_now[near] > 0).all()
    without = pole_in_space(year=10, backwash=0)  # backwash alone
    assert (without.net_now > 0).all()
    # and it is a matter of distance: with backwash of the same range nobody would be spared
    everywhere = pole_in_space(year=10, backwash_range=100)
    assert (everywhere.net_now < 0).all()


def test_a_pole_that_will_help_looks_like_a_failure_in_year_10() -> None:
    early, late = pole_in_space(year=10), pole_in_space(year=40)
    near = early.nearest(4)
    assert (early.net_now[near] < 0).all()
    assert (late.net_now[near] > 0).all()


def test_the_nearest_town_is_spared_because_it_is_far() -> None:
    moved, usual = pole_in_space(130, 200), pole_in_space()
    assert moved.distance.min() > usual.distance.min()
    beside = pole_in_space(130, 200, towns=[(130, 230)])  # a town nearer by, and nothing else
    assert beside.net.min() < -0.2 < moved.net.min()


def test_one_count_alone_moves_the_gap() -> None:
    before = guangdong_people()
    assert guangdong_people(outside="2020").gap == pytest.approx(before.gap, rel=0.005)
    assert guangdong_people(output="2020").gap > before.gap
    assert guangdong_people(delta="2020").gap < before.gap - 0.9
    together = guangdong_people(outside="2020", output="2020")
    assert together.gap > before.gap
    whole = guangdong_people("2020", "2020", "2020")
    assert whole.gap == pytest.approx(2.60, abs=0.005)


def test_since_2005_the_near_ones_gain() -> None:
    outside = guangdong("2005").cities.query("not pearl_river_delta")
    gained = outside["change"] > 0
    assert gained.sum() == 4
    assert (
        outside.loc[gained, "distance_km"].max() <= 150 < outside.loc[~gained, "distance_km"].min()
    )


def test_gain_near_and_loss_far_needs_backwash_that_reaches_farther() -> None:
    usual = spread_backwash(1, 0.5, 100, 40)
    assert (usual.net >= 0).all()
    turned = spread_backwash(1, 0.5, 40, 100)
    assert turned.net_at(10) > 0 > turned.net_at(200)
    for spread in (0.5, 1, 2):  # with the shorter range no strengths do it
        for backwash in (0.5, 1, 2):
            found = spread_backwash(spread, backwash, 100, 40)
            assert not (found.net_at(10) > 0 > found.net_at(200))


def test_size_and_ties_are_two_tests() -> None:
    share = dict(zip(TABLE.sectors, TABLE.output / TABLE.output.sum(), strict=True))
    keys = propulsive().chosen
    left = propulsive(size_least=0.05).chosen
    assert left == ("Chemicals", "Metals")
    assert all(share[one] < 0.04 for one in keys if one not in left)
    large = propulsive(0, 0, size_least=0.05).chosen  # size alone lets others pass
    assert set(large) - set(keys)


def test_whom_a_sector_sells_to_does_not_change_what_its_extraction_takes() -> None:
    """The method takes a buyer away: sales to power stations may as well be sales abroad."""
    coal = TABLE.position("Coal")
    flows = np.array(TABLE.flows)
    flows[coal] = 0  # nobody at home buys coal any more; its output stays, sold elsewhere
    other = input_output(flows, TABLE.output)
    usual = TABLE.extraction_loss[coal]
    assert other.extraction_loss[coal] == pytest.approx(usual)
    flows = np.array(TABLE.flows)
    flows[:, coal] = 0  # coal buys nothing: then only its own output is lost
    assert input_output(flows, TABLE.output).extraction_loss[coal] == pytest.approx(
        TABLE.output[coal]
    )


def test_firms_that_follow_firms_stay_when_the_subsidy_has_gone() -> None:
    assert polarisation(top_subsidy=0.4).share.min() > 0.8  # nearly nothing happens
    assert polarisation(top_subsidy=0.5).share[-1] < 0.1
    loose = polarisation(pull=1.9, top_subsidy=0.5)  # the pull alone is changed
    assert loose.share[-1] == pytest.approx(0.5, abs=0.01)


def test_the_edge_moves_far_as_the_ranges_become_alike() -> None:
    edges = [spread_backwash(1, 2, 100, reach).turns_at for reach in (40, 50, 60, 70, 80)]
    assert all(edge is not None for edge in edges)
    steps = np.diff(np.array(edges, dtype=float))
    assert (np.diff(steps) > 0).all()
    assert edges[0] == pytest.approx(46, abs=0.5)


def test_where_the_gain_begins_spread_has_faded_and_backwash_takes_most_of_the_rest() -> None:
    near, far = spread_backwash(1, 2, 100, 40), spread_backwash(1, 2, 100, 70)
    best = int(far.net.argmax())
    assert far.gain[best] < 0.1
    assert far.loss[best] > far.gain[best] / 2
    assert far.net.max() < near.net.max() / 7
    # With a short range of backwash the gain begins where a third of spread is left.
    assert near.gain[near.net.argmax()] > 0.3


def test_what_comes_back_comes_through_the_neighbours_purchases() -> None:
    table, regions = two_region_example()
    order = [100, 0, 0, 0, 0]
    usual = spillover(table, regions, order)
    assert usual.feeds_back > 20
    flows = np.array(table.flows)
    flows[:3, 3:] = 0  # M buys nothing from L any more
    cut = spillover(input_output(flows, table.output), regions, order)
    assert cut.feeds_back == pytest.approx(0)
    assert cut.spills_over > 0


def test_dividing_by_the_diagonal_counts_trade_with_itself_once() -> None:
    """The loss is what the table makes less without the sector, not multiplier times output."""
    k = TEXTILES
    lost = (TABLE.output - TABLE.output_without(TABLE.sectors[k])).sum()
    assert lost == pytest.approx(TABLE.extraction_loss[k])
    counted_twice = TABLE.output_multipliers[k] * TABLE.output[k]
    assert counted_twice == pytest.approx(lost * TABLE.leontief_inverse[k, k])
    assert counted_twice > 1.5 * lost
