"""Orders of building: the reference values, all orders tried, refusals."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.production_complexes.sequencing import (
    NEEDS,
    present_value,
    respects,
    sequencing,
    six_projects,
)


def every_order(benefits, needs):
    return [order for order in permutations(benefits) if respects(order, needs)]


def test_reference_values():
    found = six_projects()
    assert found.n_orders == len(found.all_values) == 15
    assert found.best == ("road", "dam", "smelter", "cable works", "pulp mill", "housing")
    assert found.best_value == pytest.approx(222.27561456, abs=1e-8)
    assert found.greedy == ("road", "housing", "dam", "smelter", "cable works", "pulp mill")
    assert found.greedy_value == pytest.approx(213.3163, abs=5e-5)
    assert found.worst_value == pytest.approx(209.1990, abs=5e-5)
    assert found.lost_by_greed == pytest.approx(0.040, abs=0.0005)


@settings(max_examples=60)
@given(
    st.lists(st.floats(0, 10), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=6),
    st.floats(0.01, 0.5),
)
def test_nothing_beats_the_best_and_nothing_is_worse_than_the_worst(gains, pairs, rate):
    names = [f"p{i}" for i in range(len(gains))]
    benefits = dict(zip(names, gains, strict=True))
    needs: dict[str, list[str]] = {}
    for one, other in pairs:  # later ones need earlier ones: never a circle
        if other < one < len(names):
            needs.setdefault(names[one], []).append(names[other])
    found = sequencing(benefits, needs, rate)
    values = sorted(present_value(order, benefits, rate) for order in every_order(benefits, needs))
    assert found.n_orders == len(values)
    assert found.best_value == pytest.approx(values[-1])
    assert found.worst_value == pytest.approx(values[0])
    assert list(found.all_values) == pytest.approx(values)
    for order in (found.best, found.greedy, found.worst):
        assert respects(order, needs)
    assert present_value(found.best, benefits, rate) == pytest.approx(found.best_value)
    assert present_value(found.worst, benefits, rate) == pytest.approx(found.worst_value)


def test_present_value_is_the_sum_of_all_years():
    years = range(1, 3000)
    by_hand = sum(
        sum(b for built, b in ((1, 1.0), (2, 2.0), (3, 9.0)) if built <= year) / 1.1**year
        for year in years
    )
    assert present_value(["a", "b", "c"], {"a": 1, "b": 2, "c": 9}, 0.1) == pytest.approx(by_hand)


def test_impatience_makes_greed_dearer():
    losses = [six_projects(rate=rate).lost_by_greed for rate in (0.01, 0.05, 0.1, 0.2, 0.3)]
    assert losses == sorted(losses)
    assert [round(100 * loss, 1) for loss in losses] == [0.4, 2.1, 4.0, 7.2, 9.8]


def test_twelve_projects_without_needs():
    found = sequencing({f"p{i}": float(i) for i in range(12)}, {})
    assert found.n_orders == 479_001_600
    assert found.best == tuple(f"p{i}" for i in range(11, -1, -1))
    assert len(found.all_values) == 0


def test_sentences_and_table():
    assert "4.0% less" in six_projects().summary()
    same = six_projects(benefits=(1, 4, 9, 6, 8, 3))
    assert same.summary().endswith("finds an order as good.")
    assert six_projects((0,) * 6).lost_by_greed == 0
    assert six_projects().to_frame().loc[2].tolist() == ["dam", "housing", "dam", "dam"]
    with pytest.raises(ValueError, match="read-only"):
        six_projects().all_values[0] = 0


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: six_projects(rate=0), "a benefit for ever would be worth endlessly much"),
        (lambda: six_projects((1, 2)), "benefits needs 6 numbers"),
        (lambda: six_projects(yours="dam > road"), "each after what it needs"),
        (lambda: six_projects((1, 2, 3, 4, 5, -1)), "benefit of housing must be at least 0"),
        (lambda: sequencing({}, {}), "must name 1 to 12 projects"),
        (lambda: sequencing({str(i): 1.0 for i in range(13)}, {}), "put small ones together"),
        (lambda: sequencing({"dam": 1.0}, {"dam": ["road"]}), "needs names road"),
        (lambda: sequencing({"dam": 1.0}, NEEDS), "which has no benefit"),
        (
            lambda: sequencing(
                {"a": 1, "b": 2, "c": 3, "d": 1}, {"d": ["c"], "c": ["b"], "b": ["c", "a"]}
            ),
            "b > c > b need each other in a circle; take one",
        ),
        (lambda: present_value(["a"], {"a": 1}, -0.1), "endlessly"),
        (lambda: present_value(["a", "b"], {"a": 1}), "b has no benefit: add it"),
    ],
)
def test_refusals_say_what_to_do(call, said):
    with pytest.raises(ValueError, match=said):
        call()
