"""Learning by doing: Wright's curve, what spills over, and when latecomers catch up."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from course_lib.agglomeration.marshall import learning_cost, learning_exponent
from course_lib.innovation_and_synergy.learning import WITHIN, learning

parts = st.floats(0, 1)
worlds = st.fixed_dictionaries(
    {
        "spillover": parts,
        "absorption": parts,
        "latecomers": st.integers(1, 8),
        "entry_year": st.integers(0, 30),
        "progress_ratio": st.floats(0.6, 0.98),
    }
)


def test_reference_values_of_wrights_curve():
    assert learning_exponent(0.8) == pytest.approx(0.32192809, abs=1e-8)
    assert learning_cost([10, 100]) == pytest.approx([47.65098749, 22.70616609], abs=1e-8)
    assert learning(entry_year=5).leader_cost[0] == 100


def by_hand(year, spillover, absorption, latecomers, entry_year, progress_ratio):
    """Both costs in a year, counting every unit once."""
    leader = list(range(10 * year))
    late = list(range(10 * max(0, year - entry_year)))
    air_for_leader = spillover * sum(len(late) for _ in range(latecomers))
    air_for_late = spillover * (len(leader) + sum(len(late) for _ in range(latecomers - 1)))
    b = -math.log(progress_ratio) / math.log(2)
    return (
        100 / (1 + len(leader) + air_for_leader) ** b,
        100 / (1 + len(late) + absorption * air_for_late) ** b,
    )


@given(worlds)
def test_as_counted_by_hand(world):
    found = learning(**world)
    for year in (world["entry_year"], 35, 40):
        leader, late = by_hand(year, **world)
        assert found.leader_cost[year] == pytest.approx(leader)
        assert found.latecomer_cost[year] == pytest.approx(late)
    assert np.isnan(found.latecomer_cost[: world["entry_year"]]).all()


@given(worlds)
def test_with_everything_in_the_air_all_firms_are_equal(world):
    found = learning(**(world | {"spillover": 1.0, "absorption": 1.0}))
    late = found.latecomer_cost[world["entry_year"] :]
    assert late == pytest.approx(found.leader_cost[world["entry_year"] :])
    assert found.catch_up_year == world["entry_year"]


@given(worlds)
def test_the_year_of_catching_up_is_where_the_costs_are_a_tenth_apart(world):
    found = learning(**world)
    year = found.catch_up_year
    assume(year < 5000)
    later = learning(**world, horizon=max(math.ceil(year), world["entry_year"]) + 2)
    ratio = later.latecomer_cost / later.leader_cost
    after, before = math.ceil(year), math.floor(year)
    assert ratio[after] <= 1 + WITHIN + 1e-9
    if year > world["entry_year"]:
        assert ratio[max(before, world["entry_year"])] >= 1 + WITHIN - 1e-9


def test_if_it_never_happens_it_does_not_happen_in_ten_thousand_years():
    found = learning(spillover=0.5, absorption=0.5, horizon=10_000)
    assert math.isinf(found.catch_up_year)
    assert found.lead > WITHIN


@given(worlds, st.floats(0.05, 0.3))
def test_a_better_absorber_is_never_further_behind(world, more):
    better = world | {"absorption": min(1.0, world["absorption"] + more)}
    assert learning(**better).lead <= learning(**world).lead + 1e-12
    assert learning(**better).leader_cost[-1] == learning(**world).leader_cost[-1]


def test_spillovers_help_the_leader_too_and_can_widen_the_gap():
    before, after = learning(spillover=0.1), learning(spillover=0.5)
    assert after.leader_cost[-1] < before.leader_cost[-1]
    assert after.latecomer_cost[-1] < before.latecomer_cost[-1]
    assert after.lead > before.lead
    assert learning(spillover=0.5, absorption=1.0).lead < before.lead


def test_who_hardly_learns_is_never_a_tenth_behind():
    for ratio in (0.9999, 0.99999, 1 - 1e-12):
        found = learning(progress_ratio=ratio, spillover=0.0, horizon=2000)
        assert found.catch_up_year == found.entry_year
        assert found.lead < WITHIN


def test_who_learns_nothing_is_never_behind():
    found = learning(progress_ratio=1.0)
    assert found.lead == 0
    assert found.catch_up_year == found.entry_year


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        ({"spillover": 1.2}, "spillover must be at least 0 and at most 1"),
        ({"absorption": -0.1}, "absorption must be at least 0"),
        ({"latecomers": 0}, "latecomers must be a whole number of at least 1"),
        ({"entry_year": -1}, "entry_year must be a whole number of at least 0"),
        ({"horizon": 10}, "horizon must be a whole number of at least 16"),
        ({"progress_ratio": 0.0}, "progress_ratio must be above 0 and at most 1"),
        ({"output": 0.0}, "nobody learns by making nothing"),
        ({"spillover": float("nan")}, "spillover must be"),
    ],
)
def test_bad_input_gets_a_sentence(given_, sentence):
    with pytest.raises(ValueError, match=sentence):
        learning(**given_)


def test_kept_arrays_are_read_only():
    found = learning()
    for kept in (found.time, found.leader_cost, found.own, found.heard):
        with pytest.raises(ValueError, match="read-only"):
            kept[0] = 1
