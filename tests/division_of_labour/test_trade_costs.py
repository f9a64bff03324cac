"""A fall of the trade cost: both regions gain, the smaller one more, and some must move."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from course_lib.division_of_labour.continuum import continuum
from course_lib.division_of_labour.trade_costs import employment, trade_costs

worlds = st.fixed_dictionaries(
    {
        "cost_before": st.floats(1, 5),
        "cost_after": st.floats(1, 5),
        "comparative": st.floats(0.2, 3),
        "relative_labour": st.floats(0.05, 20),
        "absolute": st.floats(0.2, 5),
    }
)


def test_between_equal_regions_by_the_closed_form():
    """Each buys half of what the cost leaves of the goods; the gain is k times its square."""
    found = trade_costs(2.0, 1.25, relative_labour=1)
    m0, m1 = ((1 - math.log(cost)) / 2 for cost in (2.0, 1.25))
    assert found.change_home == pytest.approx(math.expm1(m1**2 - m0**2))
    assert found.change_away == pytest.approx(found.change_home)
    # goods that are given up, and as many that are made for both: half of the two together
    assert found.movers_home == pytest.approx(m1 - m0)


@given(worlds)
def test_cheaper_is_never_worse_for_either(world):
    low, high = sorted((world["cost_before"], world["cost_after"]))
    fall = trade_costs(**world | {"cost_before": high, "cost_after": low})
    assert fall.change_home >= -1e-12
    assert fall.change_away >= -1e-12
    rise = trade_costs(**world | {"cost_before": low, "cost_after": high})
    assert rise.change_home <= 1e-12
    assert rise.movers_home == pytest.approx(fall.movers_home, abs=1e-12)


@given(worlds)
def test_the_region_with_less_effective_labour_gains_more(world):
    low, high = sorted((world["cost_before"], world["cost_after"]))
    fall = trade_costs(**world | {"cost_before": high, "cost_after": low})
    more = fall.change_home - fall.change_away
    home_is_small = world["relative_labour"] > world["absolute"]
    assert more >= -1e-9 if home_is_small else more <= 1e-9


@given(worlds)
def test_movers_are_a_share(world):
    found = trade_costs(**world)
    for movers in (found.movers_home, found.movers_away):
        assert -1e-12 <= movers <= 1


@pytest.mark.parametrize("home", [True, False])
@pytest.mark.parametrize("cost", [1.0, 1.4, 2.6, 2.9])
def test_all_workers_have_work(cost, home):
    state = continuum(trade_cost=cost)
    edges = [state.last_sold, state.last_made]
    total = quad(lambda z: employment(state, np.array([z]), home)[0], 0, 1, points=edges)[0]
    assert total == pytest.approx(1, abs=1e-7)


def test_movers_against_a_fine_grid():
    found = trade_costs(relative_labour=3, absolute=0.7)
    z = (np.arange(400_000) + 0.5) / 400_000
    for home, movers in ((True, found.movers_home), (False, found.movers_away)):
        change = employment(found.after, z, home) - employment(found.before, z, home)
        assert abs(change).mean() / 2 == pytest.approx(movers, abs=1e-5)
        assert change.mean() == pytest.approx(0, abs=1e-5)  # who leaves a good arrives at another


def test_gains_along_all_costs():
    found = trade_costs()
    assert (np.diff(found.gain_home) <= 0).all()
    at_end = continuum(trade_cost=float(found.costs[50]))
    assert found.gain_home[50] == pytest.approx(at_end.gain_home)
    assert list(found.to_frame()) == ["gain_at_home", "gain_away"]


def test_what_it_says():
    assert "home can buy 21.5% more than before and away 7.7% more" in trade_costs().summary()
    assert "% less than before" in trade_costs(1.25, 2.0).summary()
    assert "nothing is traded before or after" in trade_costs(3.0, 2.9).summary()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"cost_before": 0.5}, "cost_before must be at least 1 .got 0.5."),
        ({"cost_after": 0}, "cost_after must be at least 1 .got 0."),
        ({"comparative": -1}, "comparative must be above 0"),
    ],
)
def test_a_sentence_for_each_refusal(arguments, message):
    with pytest.raises(ValueError, match=message):
        trade_costs(**arguments)
