"""The continuum: reference values, closed form against scipy, gains that are never negative."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import brentq

from course_lib.division_of_labour.continuum import continuum, log_gains

PARAMETERS = {
    "comparative": st.floats(0.05, 5),
    "relative_labour": st.floats(0.02, 50),
    "absolute": st.floats(0.05, 20),
}
free = st.fixed_dictionaries(PARAMETERS)
costly = st.fixed_dictionaries(PARAMETERS | {"trade_cost": st.floats(1, 20)})


def solved(comparative, relative_labour, absolute, trade_cost):
    """The same model by scipy from its first equations: borders from prices, wage from balance."""

    def advantage(z):
        return absolute * math.exp(comparative * (1 - 2 * z))

    def border(level):
        """The good at which home's advantage is `level`."""
        if advantage(0) <= level:
            return 0.0
        if advantage(1) >= level:
            return 1.0
        return brentq(lambda z: advantage(z) - level, 0, 1, xtol=1e-15)

    def surplus(log_wage):
        wage = math.exp(log_wage)
        sold, made = border(wage * trade_cost), border(wage / trade_cost)
        return sold * relative_labour - wage * (1 - made)

    middle, width = math.log(absolute), comparative + math.log(trade_cost)
    wage = math.exp(brentq(surplus, middle - width, middle + width, xtol=1e-15, rtol=1e-15))
    sold, made = border(wage * trade_cost), border(wage / trade_cost)

    def saved(z):  # log of the price of making it at home over that of fetching it
        return math.log(wage / (trade_cost * advantage(z)))

    def saved_away(z):
        return math.log(advantage(z) / (wage * trade_cost))

    return wage, sold, made, quad(saved, made, 1)[0], quad(saved_away, 0, sold)[0]


class TestReferenceValues:
    def test_twice_the_workers_away(self):
        trade = continuum(comparative=1, relative_labour=2)
        assert trade.last_made == trade.last_sold == pytest.approx(0.38584089, abs=5e-9)
        assert trade.relative_wage == pytest.approx(1.25648511, abs=5e-9)

    @pytest.mark.parametrize("k", [0.1, 1.0, 2.5])
    def test_equal_regions_gain_a_quarter_of_k(self, k):
        trade = continuum(comparative=k, relative_labour=1)
        assert trade.log_gain_home == pytest.approx(k / 4, rel=1e-12)
        assert trade.log_gain_away == pytest.approx(k / 4, rel=1e-12)
        assert trade.relative_wage == pytest.approx(1)
        assert trade.last_made == pytest.approx(0.5)

    def test_half_of_the_imports_a_quarter_of_the_gain(self):
        trade = continuum(relative_labour=1, trade_cost=math.exp(0.5))
        assert trade.imports_home == pytest.approx(0.25)
        assert trade.log_gain_home == pytest.approx(1 / 16)


class TestAgainstScipy:
    @given(free)
    def test_without_trade_costs(self, parameters):
        found = continuum(**parameters)
        wage, sold, made, home, away = solved(**parameters, trade_cost=1.0)
        assert found.relative_wage == pytest.approx(wage, rel=1e-8)
        assert found.last_sold == pytest.approx(sold, abs=1e-8)
        assert found.last_made == pytest.approx(made, abs=1e-8)
        assert found.log_gain_home == pytest.approx(home, abs=1e-8)
        assert found.log_gain_away == pytest.approx(away, abs=1e-8)

    @given(free, st.floats(0.0, 0.98))
    def test_with_trade_costs(self, parameters, part):
        """A cost that leaves at least a fiftieth of the differences, so that there is trade."""
        parameters["trade_cost"] = math.exp(part * parameters["comparative"])
        found = continuum(**parameters)
        wage, sold, made, home, away = solved(**parameters)
        assert found.relative_wage == pytest.approx(wage, rel=1e-8)
        assert found.last_sold == pytest.approx(sold, abs=1e-8)
        assert found.last_made == pytest.approx(made, abs=1e-8)
        assert found.log_gain_home == pytest.approx(home, abs=1e-8)
        assert found.log_gain_away == pytest.approx(away, abs=1e-8)


class TestEveryWorld:
    @given(costly)
    def test_nobody_loses_and_the_borders_are_in_order(self, parameters):
        trade = continuum(**parameters)
        assert trade.gain_home >= 0
        assert trade.gain_away >= 0
        assert 0 <= trade.last_sold <= trade.last_made * (1 + 1e-12) <= 1 + 1e-9
        assert trade.trades == (math.log(trade.trade_cost) < trade.comparative)

    @given(costly)
    def test_each_region_sells_for_as_much_as_it_buys(self, parameters):
        trade = continuum(**parameters)
        bought = trade.imports_home * trade.relative_wage
        assert bought == pytest.approx(trade.imports_away * trade.relative_labour, rel=1e-9)

    @given(costly)
    def test_regions_can_change_places(self, parameters):
        there = continuum(**parameters)
        back = continuum(
            parameters["comparative"],
            1 / parameters["relative_labour"],
            1 / parameters["absolute"],
            parameters["trade_cost"],
        )
        assert back.relative_wage == pytest.approx(1 / there.relative_wage)
        assert back.imports_home == pytest.approx(there.imports_away, abs=1e-12)
        assert back.gain_home == pytest.approx(there.gain_away, abs=1e-12)

    @given(free, st.floats(0.01, 0.95))
    def test_worse_at_everything_still_makes_some_goods(self, parameters, below):
        parameters["absolute"] = below * math.exp(-parameters["comparative"])
        trade = continuum(**parameters)
        assert trade.advantage.max() < 1
        assert 0 < trade.last_made < 1
        assert trade.gain_home > 0
        assert trade.relative_wage < 1

    @given(free, st.lists(st.floats(1, 20), min_size=1, max_size=8))
    def test_many_costs_at_once(self, parameters, costs):
        found = log_gains(**parameters, trade_costs=np.array(costs))
        one_by_one = [continuum(**parameters, trade_cost=cost) for cost in costs]
        wanted = [(one.log_gain_home, one.log_gain_away) for one in one_by_one]
        np.testing.assert_allclose(found, wanted, atol=1e-12)


class TestWhatItSays:
    def test_table(self):
        table = continuum(trade_cost=1.65).to_frame()
        assert set(table["made_by"]) == {"home for both", "each its own", "away for both"}
        assert table["advantage_of_home"].is_monotonic_decreasing

    def test_no_trade(self):
        alone = continuum(trade_cost=2.8)
        assert not alone.trades
        assert (alone.gain_home, alone.gain_away, alone.relative_wage) == (0, 0, 1)
        assert set(alone.to_frame()["made_by"]) == {"each its own"}
        assert alone.summary().startswith("Of one unit sent 36% arrive: nothing is worth sending")

    def test_worse_at_everything(self):
        assert "although it is worse at every good" in continuum(absolute=0.3).summary()
        assert "although" not in continuum(absolute=0.5).summary()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"comparative": 0}, "comparative must be above 0 and below 100 .got 0.: regions that"),
        ({"relative_labour": -1}, "relative_labour must be above 0 .got -1.: both regions need"),
        ({"absolute": 0}, "absolute must be above 0"),
        ({"trade_cost": 0.9}, "trade_cost must be at least 1 .got 0.9.: no more can arrive"),
        ({"trade_cost": float("inf")}, "trade_cost must be at least 1 .got inf."),
    ],
)
def test_a_sentence_for_each_refusal(arguments, message):
    with pytest.raises(ValueError, match=message):
        continuum(**arguments)


def test_costs_below_one_are_refused():
    with pytest.raises(ValueError, match=r"every trade cost must be at least 1 \(got 0.5\)"):
        log_gains(1, 1, 1, np.array([1.0, 0.5]))
