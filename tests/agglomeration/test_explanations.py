"""Why the models of lesson 02 give what they give: each named cause is changed alone."""

import math

import numpy as np
import pytest

from course_lib.agglomeration.core_periphery import (
    break_point,
    core_periphery,
    log_real_wage_ratio,
    sustain_point,
    tomahawk,
)
from course_lib.agglomeration.marshall import learning_cost, marshall
from course_lib.agglomeration.ring import ring
from course_lib.agglomeration.transport_history import transport_history
from course_lib.agglomeration.urban_growth import city_size, two_stages
from course_lib.agglomeration.weber import least_cost_site, plants_join, weber


def test_independent_bad_times_even_out():
    """Firms whose bad times come together have the same swings however many they are."""
    rng = np.random.default_rng(2)
    own = rng.normal(size=(100_000, 4))
    common = np.repeat(rng.normal(size=(100_000, 1)), 4, axis=1)
    assert own.mean(axis=1).std() == pytest.approx(marshall().shock_spread[3], rel=0.02)
    assert common.mean(axis=1).std() == pytest.approx(1, rel=0.02)


def test_the_curve_and_half_heard_neighbours_keep_learning_from_being_halved():
    def left(**changed):
        learning = marshall(**changed).learning
        return learning[9] / learning[4]

    assert left() > 0.8  # both causes
    assert left(spillover=1.0) == pytest.approx(0.8)  # twice the experience: four fifths
    assert left(progress_ratio=0.5) > 0.5  # half heard: more than half is left
    assert left(spillover=1.0, progress_ratio=0.5) == pytest.approx(0.5)  # neither
    for part in ("sharing", "matching"):
        cost = getattr(marshall(), part)
        assert cost[9] == pytest.approx(cost[4] / 2)


def test_the_first_few_save_most_of_what_is_divided_and_learning_goes_on():
    def saved(first, last, **changed):
        place = marshall(**changed)
        parts = (place.sharing, place.matching, place.learning)
        return [part[first - 1] - part[last - 1] for part in parts]

    for share in range(2):  # four fifths of all that can be saved, by the first five
        part = (marshall().sharing, marshall().matching)[share]
        assert part[0] - part[4] == pytest.approx(0.8 * part[0])
    one_to_five, five_to_ten = saved(1, 5), saved(5, 10)
    assert one_to_five[0] > one_to_five[1] > one_to_five[2]
    assert max(five_to_ten) == five_to_ten[2]
    still = saved(5, 10, progress_ratio=1.0)  # where experience teaches nothing, sharing is first
    assert max(still) == still[0]


def test_half_heard_neighbours_make_a_doubling_of_firms_less_than_one_of_experience():
    falls = [1 - marshall().learning[2 * n - 1] / marshall().learning[n - 1] for n in (1, 20)]
    assert [round(100 * fall) for fall in falls] == [12, 19]
    assert learning_cost(2) == pytest.approx(0.8 * learning_cost(1))
    whole = marshall(spillover=1.0).learning
    assert [1 - whole[2 * n - 1] / whole[n - 1] for n in (1, 20)] == pytest.approx([0.2, 0.2])


def test_without_crowding_all_firms_stand_in_one_place():
    assert marshall().cheapest == 40
    assert marshall(rent=0.2).cheapest == 13
    assert (np.diff(marshall().unit_cost) < 0).all()


def test_a_best_size_needs_gains_that_get_smaller():
    """Crowding alone is cheapest with one firm; gains that stay as they are have no best size."""
    alone = marshall(rent=0.2, fixed_cost=0, mismatch_cost=0, spillover=0)
    assert alone.cheapest == 1
    for rent in (0.05, 0.1, 0.3):
        assert 1 < marshall(rent=rent).cheapest < 40
    steady = 30 - 0.5 * np.arange(1, 41)  # the same gain from each neighbour
    for rent in (0.2, 0.7):
        assert int(np.argmin(steady + rent * np.arange(40))) in (0, 39)


def test_who_leaves_alone_pays_for_having_no_neighbours():
    place = marshall(rent=0.2)
    assert place.unit_cost[0] == pytest.approx(25)
    assert place.unit_cost[0] > place.unit_cost[39] > place.unit_cost[12]
    without = marshall(rent=0.2, fixed_cost=0, mismatch_cost=0, spillover=0)
    assert without.unit_cost[0] < without.unit_cost[39]  # nothing to lose by leaving


def test_an_own_firm_counts_twice():
    assert two_stages(0.04, 0.04).gain_first > two_stages(0.04, 0.04).gain_second
    assert two_stages(0, 0.05).gain_first == pytest.approx(two_stages(0, 0.05).gain_second)
    # With a larger elasticity to others the second stage still brings less, at equal growth.
    assert two_stages(0.02, 0.05).gain_first > two_stages(0.02, 0.05).gain_second
    assert two_stages(0.02, 0.05, 8, 64).gain_second > two_stages(0.02, 0.05, 8, 64).gain_first


def test_more_spent_on_goods_pulls_more_and_easier_replacing_pulls_less():
    assert break_point(5, 0.5) > break_point(5, 0.4) > break_point(6, 0.4)
    assert sustain_point(5, 0.5) > sustain_point(5, 0.4) > sustain_point(6, 0.4)


def test_the_two_terms_of_the_sustain_point_are_a_leavers_sales():
    """They are what a firm sells that leaves alone, over what pays it: from the model's demand."""
    sigma, mu = 5.0, 0.4
    for cost in (1.3, 1.7, 2.0):
        # All workers in region 1 with a wage of 1: there goods cost 1, away T, and so does life.
        income_core, income_away = (1 + mu) / 2, (1 - mu) / 2
        wage = cost ** (-mu * 0) * 1.0
        demand_core = income_core * (wage * cost) ** (1 - sigma)
        demand_away = income_away * wage ** (1 - sigma) * cost ** (sigma - 1)
        pays = cost ** (mu * sigma)  # what it has to sell to pay the dearer life away
        terms = (demand_core + demand_away) / pays
        assert (terms < 1) == (cost < sustain_point(sigma, mu))


def test_history_decides_between_the_landmarks_and_which_core_below():
    assert core_periphery(transport_cost=1.7, start_share=0.5).ends_at.share == 0.5
    assert core_periphery(transport_cost=1.7, start_share=1.0).ends_at.share == 1.0
    assert transport_history(last_cost=1.7).share[-1] == 1
    never = transport_history(first_cost=1.9, middle_cost=1.7, last_cost=1.7)
    assert never.share[-1] == pytest.approx(0.5, abs=0.01)  # the same cost, another past
    assert transport_history(start_share=0.48).share[-1] == 0
    assert transport_history(last_cost=1.85).share[-1] == pytest.approx(0.5, abs=0.02)


def test_a_worker_who_goes_back_alone_earns_less():
    gap, _ = log_real_wage_ratio(1.0, 1.7, 5.0, 0.4)
    assert gap > 0
    spread, _ = log_real_wage_ratio(0.5, 1.7, 5.0, 0.4)
    assert spread == pytest.approx(0)  # with firms and buyers in both, nothing is lost


def test_sent_workers_go_back_while_the_others_are_in_the_core():
    assert core_periphery(transport_cost=1.7, start_share=0.1).ends_at.share == 0
    assert core_periphery(transport_cost=1.85, start_share=0.1).ends_at.share == 0.5


def test_close_to_evenness_the_gap_is_tiny_and_so_the_gathering_is_late():
    near, far = (log_real_wage_ratio(share, 1.4, 5, 0.4)[0] for share in (0.501, 0.7))
    assert 0 < near < far / 50

    def gathered(start):
        return int(np.argmax(transport_history(start, 1.4, 1.4, 1.4).share > 0.95))

    assert gathered(0.5001) > gathered(0.55) > gathered(0.7) > 0


def test_no_core_without_the_economy_of_scale():
    for cost in np.linspace(1.02, 2.4, 24):
        found = core_periphery(transport_cost=float(cost), economy_of_scale=False)
        assert found.stable_shares == (0.5,)
    assert tomahawk().core_is_stable.any()
    assert transport_history().share[-1] == 1
    alone = transport_history(start_share=0.95, economy_of_scale=False)
    assert alone.share[-1] == pytest.approx(0.5, abs=0.01)


def test_without_it_more_workers_share_the_farmers_money():
    """The wage is the region's half of the farmers' spending on goods, over its workers."""
    found = core_periphery(transport_cost=2, economy_of_scale=False)
    share, wage = found.share[80:121], found.nominal_wages[80:121, 0]
    assert wage * share == pytest.approx(np.full(41, 0.5))


def test_costly_food_takes_the_core_away():
    assert not tomahawk(farm_cost=1.2).core_is_stable.any()
    some = tomahawk(farm_cost=1.05)
    assert some.even_is_stable.all()
    assert some.core_is_stable.any()
    from_nearly_even = transport_history(farm_cost=1.05)
    assert from_nearly_even.share[-1] == pytest.approx(0.5, abs=0.01)


def test_what_is_gained_near_the_firms_is_lost_on_food():
    for cost in np.linspace(1.02, 2.4, 30):
        with_food, _ = log_real_wage_ratio(1.0, float(cost), 5.0, 0.4, 0.0, 1.2)
        food = 0.6 * math.log(1.2)  # in a core all further food is fetched
        assert with_food < 0
        assert with_food + food > with_food
        free, _ = log_real_wage_ratio(1.0, float(cost), 5.0, 0.4)
        if cost < 1.6:
            assert free > 0 > free - food


def test_a_city_grows_fourfold_until_it_is_as_crowded_and_a_little_further():
    def growth(elasticity, power):
        sizes = [city_size(elasticity, 1000, cost, power).best_size for cost in (0.1, 0.05)]
        return sizes[1] / sizes[0]

    assert growth(0.001, 0.5) == pytest.approx(4, rel=0.01)  # without what size brings: fourfold
    assert growth(0.05, 0.5) == pytest.approx(4.67, rel=0.01)
    assert growth(0.001, 0.8) == pytest.approx(2 ** (1 / 0.8), rel=0.01)  # another power, another


def test_best_size_comes_from_a_cost_that_grows_faster_than_the_gain():
    with pytest.raises(ValueError, match="or a city grows without end"):
        city_size(0.05, 10, 0.1, 0.05)
    assert city_size().best_size > 1


def test_pulls_in_two_directions_cancel_in_part():
    opened = weber(weights=(1.8, 1.0, 1.0))
    assert opened.at_place == 0
    assert opened.pulls[0] == pytest.approx(math.sqrt(3), abs=0.01)
    one_way = least_cost_site([(0, 0), (10, 0), (10, 1e-6)], (1.8, 1.0, 1.0))
    assert one_way.at_place != 0  # the same two tonnes in one direction hold it


def test_three_circles_need_more_than_two():
    pair = plants_join(saving=5.5, side=10, deviation_cost=1)
    assert 2 * pair.critical_radius > 10
    assert not pair.join
    assert plants_join(saving=5.78, side=10, deviation_cost=1).join


def test_a_heavy_product_is_made_at_its_market():
    assert weber(weights=(1, 1, 2.5)).at_place == 2
    assert weber(weights=(1, 1, 1)).at_place is None


def test_cheap_transport_lets_the_wave_with_fewer_crests_grow_fastest():
    dear, cheap = ring(transport_cost=4), ring(transport_cost=1.5)
    assert (dear.fastest, cheap.fastest) == (3, 1)
    assert (dear.cores(), cheap.cores()) == (3, 1)


def test_learning_loses_most_money_where_it_is_nearly_the_whole_cost():
    place = marshall()
    loses = {
        name: getattr(place, name)[19] - getattr(place, name)[39]
        for name in ("sharing", "matching", "learning")
    }
    assert max(loses, key=lambda name: loses[name]) == "learning"
    assert place.learning[19] / place.unit_cost[19] > 0.85
    costly = marshall(fixed_cost=200)  # where sharing is most of the cost, sharing loses most
    assert costly.sharing[19] - costly.sharing[39] > costly.learning[19] - costly.learning[39]


def test_the_number_of_cores_is_close_to_the_wave_that_grows_fastest():
    for cost in (1.5, 2.0, 3.0, 4.0):
        for seed in range(4):
            found = ring(transport_cost=cost, seed=seed)
            assert abs(found.cores() - found.fastest) <= 1, (cost, seed)
    places = {tuple(np.flatnonzero(ring(seed=s).shares[-1] > 0.1).tolist()) for s in range(6)}
    assert len(places) > 3


def test_a_tie_leaves_the_whole_way_open():
    tie = weber(weights=(3, 0, 3))
    start, end = tie.places[0], tie.places[2]
    costs = [tie.cost_at(*(start + part * (end - start))) for part in (0, 0.3, 0.7, 1)]
    assert costs == pytest.approx([tie.cost] * 4)
    assert tie.cost_at(*(start + np.array([0.0, 2.0]))) > tie.cost


def test_each_of_the_three_reasons_makes_its_own_part_cheaper():
    six_for_five = {
        part: getattr(marshall(), part)[4] - getattr(marshall(), part)[5]
        for part in ("sharing", "matching", "learning")
    }
    assert min(six_for_five.values()) > 0
    for cause, part in (
        ({"fixed_cost": 0}, "sharing"),
        ({"mismatch_cost": 0}, "matching"),
        ({"spillover": 0}, "learning"),
    ):
        without = marshall(**cause)
        for other, saved in six_for_five.items():
            costs = getattr(without, other)
            assert costs[4] - costs[5] == pytest.approx(0 if other == part else saved)


def test_dear_transport_protects_who_leaves_by_the_sales_next_door_alone():
    def sold(way_to_the_core, way_from_the_core):
        return 0.7 * way_to_the_core**-6 + 0.3 * way_from_the_core**2

    assert sold(1.7, 1.7) < 1 < sold(1.85, 1.85)
    assert sold(1.85, 1.7) < sold(1.7, 1.7)
    assert sold(1.7, 1.85) > 1
