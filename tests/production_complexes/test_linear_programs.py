"""Two linear programs: published answers, shadow prices against differences, refusals."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.production_complexes.linear_programs import (
    DISTANCES,
    USES,
    product_mix,
    transport_plan,
)


def test_wyndor():
    found = product_mix()
    assert found.batches == pytest.approx([2, 6])
    assert found.total == pytest.approx(36)
    assert found.shadow_prices == pytest.approx([0, 1.5, 1], abs=1e-9)
    assert found.used == pytest.approx([2, 12, 18])


def corners(hours):
    """The best corner, found by crossing every two limits."""
    lines = [(*row, limit) for row, limit in zip(USES, hours, strict=True)]
    lines += [(1, 0, 0), (0, 1, 0)]
    points = []
    for i, one in enumerate(lines):
        for other in lines[:i]:
            matrix = np.array([one[:2], other[:2]], dtype=float)
            if abs(np.linalg.det(matrix)) > 1e-12:
                point = np.linalg.solve(matrix, [one[2], other[2]])
                if (np.array(USES) @ point <= np.array(hours) + 1e-9).all() and (
                    point >= -1e-9
                ).all():
                    points.append(point)
    return points  # fmt: skip


@settings(max_examples=60)
@given(
    st.tuples(*[st.integers(0, 48).map(lambda n: n / 2)] * 3),
    st.tuples(*[st.integers(0, 16).map(lambda n: n / 2)] * 2),
)
def test_no_corner_is_better_and_the_prices_add_up(hours, profit):
    found = product_mix(hours, profit)
    best = max(float(np.dot(profit, point)) for point in corners(hours))
    assert found.total == pytest.approx(best, abs=1e-7)
    # Duality: the hours, each at its shadow price, are worth the whole profit.
    assert found.shadow_prices @ found.hours == pytest.approx(found.total, abs=1e-7)
    assert (found.shadow_prices @ np.array(USES) >= np.array(profit) - 1e-7).all()


def test_an_hour_is_worth_what_it_adds():
    before = product_mix()
    for plant in range(3):
        hours = [4.0, 12.0, 18.0]
        hours[plant] += 0.01
        more = product_mix(hours).total - before.total
        assert more == pytest.approx(0.01 * before.shadow_prices[plant], abs=1e-9)


def test_dantzig():
    plan = transport_plan()
    assert plan.cost == pytest.approx(153.675)
    assert plan.shipped.to_numpy().sum(axis=0) == pytest.approx([325, 300, 275])
    assert plan.cost_of_a_case == pytest.approx({"New York": 225, "Chicago": 153, "Topeka": 126})
    assert plan.worth_of_a_case == pytest.approx({"Seattle": 0, "San Diego": 0}, abs=1e-9)


def test_a_case_costs_what_it_adds():
    before = transport_plan()
    for market, name in enumerate(DISTANCES):
        demand = [325.0, 300.0, 275.0]
        demand[market] += 1
        more = 1000 * (transport_plan(demand=demand).cost - before.cost)
        assert more == pytest.approx(before.cost_of_a_case[name])
    tight = transport_plan(supply=(200, 800))
    saved = 1000 * (tight.cost - transport_plan(supply=(201, 800)).cost)
    assert saved == pytest.approx(tight.worth_of_a_case["Seattle"]) == pytest.approx(9)


def test_sentences_and_tables():
    assert "153.675 thousand dollars; one case more for New York" in transport_plan().summary()
    assert transport_plan().to_frame()["chicago"].tolist() == pytest.approx([300, 0])
    assert product_mix().to_frame().loc["plant 2", "shadow_price"] == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: product_mix((1, 2)), "hours needs 3 numbers"),
        (lambda: product_mix((1, 2, -3)), "hours must not be negative"),
        (lambda: product_mix(profit=(1, 2, 3)), "profit needs 2 numbers"),
        (lambda: product_mix(profit="much"), "profit must be a list of numbers"),
        (lambda: transport_plan(supply=(100, 100)), "the plants have 200 cases"),
        (lambda: transport_plan(supply=(900,)), "must go with the table of distances"),
        (lambda: transport_plan(demand=(-1, 1, 1)), "must not be negative"),
        (lambda: transport_plan(freight=-1), "nobody pays for being allowed"),
        (
            lambda: transport_plan(distances=-DISTANCES),
            "distance from Seattle to New York must be at least 0",
        ),
        (
            lambda: transport_plan(distances=DISTANCES.replace(1.4, np.nan)),
            "distance from San Diego to Topeka must be at least 0",
        ),
    ],
)
def test_refusals_say_what_to_do(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_other_tables_of_distances():
    one = pd.DataFrame([[2.0]], index=["Xi'an"], columns=["Lanzhou"])
    assert transport_plan([5], [4], 100, one).cost == pytest.approx(0.8)
