"""Why the models and figures of lesson 03 give what they give: each cause is changed alone."""

import math

import numpy as np
import pandas as pd
import pytest

from course_lib import datasets, measures
from course_lib.division_of_labour.continuum import continuum
from course_lib.division_of_labour.ricardo import ricardo
from course_lib.division_of_labour.trade_costs import trade_costs
from course_lib.division_of_labour.us_shift_share import us_shift_share


@pytest.fixture(scope="module")
def jobs():
    table = datasets.us_sector_employment()
    wide = table.pivot(index=["year", "state"], columns="sector", values="employment")
    return {year: wide.loc[year] for year in (2001, 2010, 2019)}


def test_the_ratio_decides_who_sells_what_and_the_level_the_wage():
    before, worse = ricardo(), ricardo(labour_home=(200, 240))
    assert worse.opportunity_cost == pytest.approx(before.opportunity_cost)
    assert (worse.seller, before.seller) == (0, 0)
    assert worse.relative_wage < before.relative_wage
    other_ratio = ricardo(labour_home=(120, 100))  # as good in sum, another ratio
    assert other_ratio.seller == 1


def test_half_the_cloth_brings_portugals_price_and_england_the_whole_gain():
    before, worse = ricardo(), ricardo(labour_home=(200, 240))
    assert worse.price == pytest.approx(90 / 80)  # Portugal's own cost
    assert worse.gains[1] == pytest.approx(0)
    assert worse.gains[0] > before.gains[0]
    # With twice the workers England can make as much cloth as before, and price and gains return.
    as_much = ricardo(labour_home=(200, 240), workers=2 * 1.25)
    assert as_much.price == pytest.approx(before.price)
    assert as_much.gains == pytest.approx(before.gains)


def test_limits_of_the_wage_are_those_of_absolute_advantage():
    def limits(home):
        trades = [ricardo(labour_home=home, workers=workers) for workers in (1e-6, 1e6)]
        return sorted(trade.relative_wage for trade in trades)

    assert limits((100, 120)) == pytest.approx([80 / 120, 90 / 100])
    assert limits((200, 240)) == pytest.approx([80 / 240, 90 / 200])  # half of each
    low, high = limits((100, 120))
    assert low < ricardo(share=0.48).relative_wage < high


def test_tastes_and_sizes_decide_the_price_each_alone():
    assert ricardo(share=0.52).price > ricardo().price > ricardo(share=0.48).price
    assert ricardo(workers=1.2).price > ricardo().price > ricardo(workers=1.3).price
    # Between them they can undo each other: more cloth, and more wanted.
    assert ricardo(workers=1.5, share=0.6 / 1.1).price == pytest.approx(ricardo().price)


def test_below_its_own_cost_england_makes_both_goods():
    trade = ricardo(share=0.3)
    assert trade.price == pytest.approx(100 / 120)
    assert (trade.production[0] > 0).all()
    assert trade.gains[0] == pytest.approx(0)
    other = ricardo(share=0.7)
    assert other.price == pytest.approx(90 / 80)
    assert (other.production[1] > 0).all()
    assert other.gains[1] == pytest.approx(0)


def test_half_as_much_cloth_leaves_the_price_at_portugals_cost():
    """It is the amount of cloth: with twice the workers the price is as before."""
    assert ricardo(labour_home=(200, 240)).price == pytest.approx(90 / 80)
    assert ricardo(labour_home=(200, 240), workers=2.5).price == pytest.approx(ricardo().price)


def test_nobody_is_cheaper_in_both_directions():
    """A cost of cloth in wine is one over the cost of wine in cloth."""
    costs = ricardo().opportunity_cost
    assert (costs[0] < costs[1]) == (1 / costs[0] > 1 / costs[1])


def test_goods_that_drop_out_brought_least_and_those_that_stay_bring_less():
    """Both causes, each alone: fewer goods at no cost of the way, and the cost alone."""
    free, dear = continuum(), continuum(trade_cost=1.65)
    z = free.goods
    bought = z > free.last_made
    saved = np.log(free.relative_wage / free.advantage[bought])  # over making it at home
    stays = z[bought] > dear.last_made
    assert saved[~stays].max() < saved[stays].min()
    only_dropping = saved[stays].sum() / saved.sum()
    left = np.log(dear.relative_wage / (1.65 * dear.advantage[bought][stays])).sum() / saved.sum()
    assert 0.2 < left < only_dropping < 1
    assert left == pytest.approx(dear.log_gain_home / free.log_gain_home, abs=0.02)


def test_the_gain_goes_with_the_square_of_imports():
    for cost in (1.0, 1.3, 1.65, 2.0):
        trade = continuum(trade_cost=cost)
        assert trade.log_gain_home == pytest.approx(trade.imports_home**2)
    assert continuum(0.2, 1, 1, math.exp(0.2)).trades is False
    assert continuum(0.2, 1, 1, 1.21).trades


def test_where_more_comes_from_outside_both_gain_and_change_are_larger():
    small_home = trade_costs(relative_labour=4)
    assert small_home.before.imports_home > small_home.before.imports_away
    assert small_home.change_home > small_home.change_away
    assert small_home.movers_home > small_home.movers_away
    alike = trade_costs(relative_labour=1)  # as much comes from outside: no difference
    assert alike.change_home == pytest.approx(alike.change_away)
    assert alike.movers_home == pytest.approx(alike.movers_away)


def test_nevadas_mix_is_its_hotels_and_its_own_part_is_everything_else():
    nevada = us_shift_share("Nevada")
    detail = nevada.detail
    hotels = detail.loc["Hotels and restaurants"]
    assert hotels["industry_mix"] > 0.9 * nevada.here["industry_mix"]
    others = detail.drop("Hotels and restaurants")
    assert (others["growth"] > others["growth_nation"]).all()
    assert len(others) == 12
    assert others["regional"].sum() > -hotels["regional"] > 0
    assert nevada.here["regional"] > nevada.here["industry_mix"]


def test_the_wins_went_into_the_size_of_manufacturing():
    """With Maryland's share of manufacturing, North Carolina would have grown faster."""
    carolina, maryland = (us_shift_share(name).detail for name in ("North Carolina", "Maryland"))
    factories = "Manufacturing"
    lost = [
        one.loc[factories, "share"] * one.loc[factories, "growth"] for one in (carolina, maryland)
    ]
    assert lost[0] < lost[1] < 0
    share = carolina["share"].copy()
    share[factories] = maryland.loc[factories, "share"]
    others = share.index != factories
    share[others] *= (1 - share[factories]) / share[others].sum()
    assert (share * carolina["growth"]).sum() > 0.147 + 0.05


def test_an_error_in_the_year_that_both_periods_share_pushes_the_correlation_down(jobs):
    def correlation(middle):
        first, second = (
            measures.shift_share(start, end)["regional"] / start.sum(axis=1)
            for start, end in ((jobs[2001], middle), (middle, jobs[2019]))
        )
        return first.corr(second)

    draws = np.random.default_rng(1)
    wrong = [
        correlation(jobs[2010].mul(1 + draws.normal(0, 0.02, len(jobs[2010])), axis=0))
        for _ in range(60)
    ]
    assert correlation(jobs[2010]) - np.mean(wrong) == pytest.approx(0.14, abs=0.03)
    # The same errors in 2001 alone do not: they enter one period only.
    start = [
        (measures.shift_share(noisy, jobs[2010])["regional"] / noisy.sum(axis=1)).corr(
            measures.shift_share(jobs[2010], jobs[2019])["regional"] / jobs[2010].sum(axis=1)
        )
        for noisy in (
            jobs[2001].mul(1 + draws.normal(0, 0.02, len(jobs[2001])), axis=0) for _ in range(60)
        )
    ]
    assert abs(np.mean(start) - correlation(jobs[2010])) < 0.05


def test_quizzes():
    hills, coast = 3 / 6, 8 / 8  # sacks of grain for a tool
    assert hills < coast
    nation = {"nation_start": [100, 100, 1000]}
    parts = measures.shift_share(
        pd.DataFrame([[100, 100, 0]]),
        pd.DataFrame([[103, 103, 0]]),
        **nation,
        nation_end=[103, 105, 1016],
    ).iloc[0]
    assert parts["industry_mix"] > 0 > parts["regional"]
