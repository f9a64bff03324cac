"""Ricardo's two regions: his own numbers, market clearing, gains that are never negative."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.division_of_labour.ricardo import ricardo

HOURS = st.floats(1, 500)
worlds = st.builds(
    ricardo,
    labour_home=st.tuples(HOURS, HOURS),
    labour_away=st.tuples(HOURS, HOURS),
    workers=st.floats(0.01, 100),
    share=st.floats(0.05, 0.95),
)


class TestRicardosOwnExample:
    def test_opportunity_costs(self):
        assert ricardo().opportunity_cost == pytest.approx([0.83333333, 1.125], abs=5e-9)

    def test_who_sells_what_at_which_price(self):
        trade = ricardo()
        assert trade.worse_at_everything == 0  # England needs more workers for both goods
        assert trade.seller == 0  # and sells cloth all the same
        assert trade.price == pytest.approx(1.0)
        assert trade.price_range == pytest.approx((5 / 6, 9 / 8))
        assert trade.production.tolist() == [[10.0, 0.0], [0.0, 12.5]]

    def test_gains_by_hand(self):
        assert ricardo().gains == pytest.approx([(6 / 5) ** 0.5 - 1, (9 / 8) ** 0.5 - 1])

    def test_wage_lies_between_the_two_ratios_of_productivity(self):
        assert ricardo().relative_wage == pytest.approx(0.8)
        assert 80 / 120 < ricardo().relative_wage < 90 / 100

    def test_worse_still_and_it_sells_the_same_good(self):
        worse = ricardo(labour_home=(200, 240))
        assert worse.seller == 0
        assert worse.gains[0] > ricardo().gains[0] > 0
        assert worse.relative_wage == pytest.approx(0.45)


class TestTermsOfTrade:
    @pytest.mark.parametrize(("workers", "gainer"), [(100, 1), (0.01, 0)])
    def test_the_small_region_takes_the_gain(self, workers, gainer):
        trade = ricardo(workers=workers)
        assert trade.gains[gainer] > 0
        assert trade.gains[1 - gainer] == pytest.approx(0, abs=1e-12)
        assert trade.price in trade.price_range

    def test_gains_along_the_range(self):
        trade = ricardo()
        gains = trade.gains_at(np.array([5 / 6, 1.0, 9 / 8]))
        assert gains[:, 0] == pytest.approx([0, 1.2**0.5 - 1, 1.35**0.5 - 1])
        assert gains[:, 1] == pytest.approx([1.35**0.5 - 1, 1.125**0.5 - 1, 0])
        assert trade.gains == pytest.approx(gains[1])

    def test_equal_costs_are_no_reason_to_trade(self):
        alike = ricardo((100, 120), (50, 60))
        assert alike.seller is None
        assert alike.gains.tolist() == [0, 0]
        assert alike.relative_wage == pytest.approx(0.5)
        np.testing.assert_allclose(alike.production, alike.consumption)
        assert "no reason to trade" in alike.summary()


class TestEveryWorld:
    @given(worlds)
    def test_nobody_loses(self, trade):
        assert (trade.gains >= -1e-12).all()
        low, high = trade.price_range
        assert low * (1 - 1e-12) <= trade.price <= high * (1 + 1e-12)

    @given(worlds)
    def test_markets_clear_and_workers_are_all_at_work(self, trade):
        size = np.array([trade.workers, 1.0])
        made, used = size @ trade.production, size @ trade.consumption
        np.testing.assert_allclose(made, used, rtol=1e-9)
        assert (trade.production >= -1e-9 * made.max()).all()
        np.testing.assert_allclose((trade.production * trade.labour).sum(axis=1), 1000, rtol=1e-9)

    @given(worlds)
    def test_gains_are_those_of_the_amounts_that_are_used(self, trade):
        """Measured by the household's own index of what it uses."""
        weights = np.array([trade.share, 1 - trade.share])
        index = (np.log(trade.consumption / trade.alone) * weights).sum(axis=1)
        np.testing.assert_allclose(np.expm1(index), trade.gains, atol=1e-9, rtol=1e-9)

    @given(worlds)
    def test_regions_can_change_their_names(self, trade):
        mirrored = ricardo(
            tuple(trade.labour[1]), tuple(trade.labour[0]), 1 / trade.workers, trade.share
        )
        assert mirrored.price == pytest.approx(trade.price)
        assert mirrored.gains == pytest.approx(trade.gains[::-1], abs=1e-9)
        assert mirrored.relative_wage == pytest.approx(1 / trade.relative_wage)

    @given(worlds, st.floats(0.1, 10))
    def test_being_worse_at_everything_leaves_costs_and_the_pattern(self, trade, times):
        worse = ricardo(
            tuple(times * trade.labour[0]), tuple(trade.labour[1]), trade.workers, trade.share
        )
        assert worse.opportunity_cost == pytest.approx(trade.opportunity_cost)
        assert worse.seller == trade.seller


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"labour_home": (0, 120)}, "labour_home, first good, must be above 0 .got 0.: a good"),
        ({"labour_away": (90, -80)}, "labour_away, second good, must be above 0 .got -80."),
        ({"labour_home": (100, 120, 3)}, "labour_home must be two numbers, one for each good"),
        ({"labour_home": 100}, "labour_home must be two numbers"),
        ({"labour_home": (100, float("nan"))}, "labour_home, second good, must be above 0"),
        ({"workers": 0}, "workers must be above 0 .got 0.: a region without workers"),
        ({"share": 1}, "share must be above 0 and below 1 .got 1.: if nobody buys"),
        ({"workers": True}, "workers must be above 0 .got True."),
        ({"regions": ("A", "A")}, "regions must be two different names"),
    ],
)
def test_a_sentence_for_each_refusal(arguments, message):
    with pytest.raises(ValueError, match=message):
        ricardo(**arguments)
