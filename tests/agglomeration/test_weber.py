"""Weber's site: closed forms, scipy's minimiser, the test at each place, isodapanes, joining."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from course_lib.agglomeration.weber import least_cost_site, plants_join, weber

TRIANGLES = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 8)), min_size=1, max_size=7
).filter(lambda rows: any(weight for *_, weight in rows))


def cost(point, places, weights):
    return sum(w * math.dist(point, place) for place, w in zip(places, weights, strict=True))


def test_three_four_five():
    site = least_cost_site([(0, 0), (4, 0), (0, 3)])
    area = 6
    assert site.cost == pytest.approx(math.sqrt((9 + 16 + 25) / 2 + 2 * math.sqrt(3) * area))
    assert site.cost == pytest.approx(6.76643257, abs=1e-8)


@settings(max_examples=60)
@given(TRIANGLES)
def test_no_other_site_is_cheaper(rows):
    places, weights = [row[:2] for row in rows], [row[2] for row in rows]
    site = least_cost_site(places, weights)
    assert site.cost == pytest.approx(cost(site.location, places, weights), abs=1e-9)
    found = minimize(
        cost, np.mean(places, axis=0), (places, weights), "Nelder-Mead", options={"xatol": 1e-9}
    )
    at_a_place = min(cost(place, places, weights) for place in places)
    assert site.cost <= min(found.fun, at_a_place) + 1e-7


@settings(max_examples=60)
@given(TRIANGLES)
def test_a_place_holds_if_its_weight_is_no_less_than_the_pull_of_the_others(rows):
    places, weights = np.array([row[:2] for row in rows], float), [row[2] for row in rows]
    site = least_cost_site(places, weights)
    for place, weight in zip(places, weights, strict=True):
        apart = places - place
        distance = np.hypot(*apart.T)
        others = distance > 0
        pull = np.array(weights)[others] / distance[others] @ apart[others]
        here = sum(w for w, far in zip(weights, others, strict=True) if not far)
        if here > math.hypot(*pull) + 1e-9:
            assert site.location == pytest.approx(place)
        assert weight >= 0


def test_isodapanes_lie_where_transport_costs_so_much_more():
    site = weber((1.5, 0.7, 1.1))
    for extra in (0.5, 3.0):
        for point in site.isodapane(extra)[::20]:
            assert cost(point, site.places, site.weights) == pytest.approx(site.cost + extra)


def test_three_plants_on_a_triangle():
    found = plants_join()
    assert found.critical_saving == pytest.approx(10 / math.sqrt(3)) == pytest.approx(5.77350269)
    assert not plants_join(saving=found.critical_saving - 1e-6).join
    assert plants_join(saving=found.critical_saving).join
    assert plants_join(side=4, deviation_cost=2).critical_saving == pytest.approx(8 / 3**0.5)


def test_each_plant_has_the_same_way_only_on_a_triangle_of_equal_sides():
    assert "to meet, each has to move 5.77 km" in plants_join().summary()
    apart = plants_join(plants=[(0, 0), (8, 0), (4, 1)])
    assert "to meet, one of them has to move 4.00 km" in apart.summary()


def test_places_have_the_names_of_the_picture():
    assert "is at the market, whose weight" in weber((1, 1, 3)).summary()
    assert list(weber().to_frame().index) == ["material 1", "material 2", "market"]
    assert "is at place 2, whose" in least_cost_site([(0, 0), (1, 0)], [1, 2]).summary()


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=2, max_size=6))
def test_the_meeting_place_is_the_best_for_the_plant_with_the_longest_way(plants):
    found = plants_join(plants=plants)

    def longest(point):
        return max(math.dist(point, plant) for plant in plants)

    assert found.farthest == pytest.approx(longest(found.meeting), abs=1e-9)
    tried = minimize(longest, np.mean(plants, axis=0), method="Nelder-Mead")
    assert found.farthest <= tried.fun + 1e-6


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: weber((1, -1, 1)), "place 2 has -1: a place to which nothing is moved"),
        (lambda: weber((0, 0, 0)), "every site is as good"),
        (lambda: weber((1, 1)), "one weight for each place"),
        (lambda: least_cost_site(names=["a"]), "one name for each place"),
        (lambda: least_cost_site([(0, 0, 1)], [1]), r"list of \(x, y\) pairs"),
        (lambda: least_cost_site([(0, math.nan)], [1]), r"list of \(x, y\) pairs"),
        (lambda: weber(("a", 1, 1)), "weights must be a list of numbers"),
        (lambda: weber().isodapane(0), "where transport costs more"),
        (lambda: plants_join(side=0), "have joined already"),
        (lambda: plants_join(saving=-1), "nobody moves to lose"),
        (lambda: plants_join(plants=[(0, 0)]), "they are to meet"),
    ],
)
def test_refusals_say_what_to_do(call, said):
    with pytest.raises(ValueError, match=said):
        call()
