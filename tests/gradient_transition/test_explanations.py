"""What lesson 04 gives as a cause: changed alone, the effect goes, or changes as it is said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from course_lib.datasets import china_provinces
from course_lib.gradient_transition.belts import MUNICIPALITIES, belts
from course_lib.gradient_transition.catch_up import catch_up
from course_lib.gradient_transition.convergence import noise_experiment
from course_lib.gradient_transition.country_convergence import china_convergence, us_convergence
from course_lib.gradient_transition.country_mobility import country_mobility
from course_lib.gradient_transition.country_panels import CHINA, panel_of
from course_lib.gradient_transition.diffusion_frame import diffusion_frame
from course_lib.gradient_transition.flying_geese import flying_geese
from course_lib.gradient_transition.innovation_transfer import innovation_transfer
from course_lib.gradient_transition.north_south import north_south
from course_lib.gradient_transition.product_cycle import product_cycle, switch_age
from course_lib.gradient_transition.tiers_and_wages import tiers_and_wages


def test_all_ages_shrink_with_the_speed_of_maturing() -> None:
    slow, fast = product_cycle(maturing=0.1), product_cycle(maturing=0.2)
    assert fast.switch_ages == pytest.approx(slow.switch_ages / 2)
    # the need for skill at the moment of the move is the same
    assert np.exp(-0.1 * slow.switch_ages) == pytest.approx(np.exp(-0.2 * fast.switch_ages))


def test_a_larger_saving_comes_sooner_and_a_dearer_middle_is_squeezed() -> None:
    assert switch_age(1.3, 1) < switch_age(1, 1) < switch_age(0.7, 1)
    before, after = product_cycle(), product_cycle(wages=(3, 2.3, 1))
    assert after.switch_ages[0] > before.switch_ages[0]
    assert after.switch_ages[1] < before.switch_ages[1]


def test_a_tier_is_skipped_when_the_second_step_asks_less_for_each_wage_saved() -> None:
    rng = np.random.default_rng(4)
    seen = set()
    for _ in range(200):
        w3, w2, w1 = np.sort(rng.uniform(0.5, 5, 3))
        h1, h2, h3 = np.sort(rng.uniform(0.5, 6, 3))
        skipped = (h3 - h2) / (w2 - w3) < (h2 - h1) / (w1 - w2)
        cycle = product_cycle((w1, w2, w3), (h1, h2, h3), start_cost=1e4)  # it starts at the top
        assert cycle.path[0] == 1
        assert (2 in cycle.skipped) == skipped
        assert (switch_age(w2 - w3, h3 - h2) < switch_age(w1 - w2, h2 - h1)) == skipped
        seen.add(skipped)
    assert seen == {True, False}


def demand(price: float, theta: float) -> float:
    """How much buyers take of a good at a relative price: constant elasticity."""
    return price ** (-1 / (1 - theta))


def test_scarce_goods_of_its_own_make_the_wage_at_the_top() -> None:
    for innovation, below, theta in ((0.05, 2.0, 0.6), (0.05, 2.0, 0.3), (0.08, 3.0, 0.6)):
        found = innovation_transfer(innovation, 0.02, labour_south=below, theta=theta)
        per_good = (1 / found.steady_goods_ratio) / below  # of a good at the top, over one below
        assert demand(found.steady_wage_ratio, theta) == pytest.approx(per_good)
    # the number of goods alone: more of them, a higher wage; no scarcity, no gap
    wages = [innovation_transfer(i, 0.02).steady_wage_ratio for i in (0.01, 0.03, 0.05)]
    assert wages == sorted(wages)
    assert wages[0] == 1
    # and the workers alone: if each good of the top is made as amply as one below, wages are equal
    ample = innovation_transfer(0.05, 0.02, labour_north=5, labour_south=2)
    assert ample.steady_wage_ratio == pytest.approx(1)


def test_transfer_narrows_and_the_ratio_of_innovation_to_transfer_fixes_the_end() -> None:
    slow, fast = innovation_transfer(transfer=0.02), innovation_transfer(transfer=0.04)
    assert (fast.wage_ratio[1:] < slow.wage_ratio[1:]).all()
    both = innovation_transfer(innovation=0.1, transfer=0.04)  # twice as fast, both of them
    assert both.steady_wage_ratio == pytest.approx(slow.steady_wage_ratio)
    open_ = [innovation_transfer(transfer=t).steady_wage_ratio > 1 for t in (0.09, 0.1, 0.11)]
    assert open_ == [True, False, False]


def test_transfer_closes_the_gap_and_new_goods_keep_some_at_the_top() -> None:
    policy = tiers_and_wages(transfer_1=0.12)
    assert policy.wages_become_equal
    assert policy.tiers.steady_shares[0] > 0
    without = tiers_and_wages(innovation=0.0, transfer_1=0.12)  # new goods alone
    assert without.wages_become_equal
    assert without.tiers.steady_shares[0] == 0
    # equal wages as soon as the share of goods is no larger than the share of workers
    for transfer in (0.08, 0.099, 0.101, 0.15):
        found = innovation_transfer(transfer=transfer)
        assert found.gap_closes == (found.steady_share <= 1 / 3)


def test_the_top_would_make_old_goods_before_it_works_for_less() -> None:
    few = innovation_transfer(innovation=0.01, transfer=0.1)
    assert few.steady_goods_ratio * few.labour_south < few.labour_north
    assert few.steady_wage_ratio == 1


def test_faster_transfer_makes_the_top_worse_off_from_a_point_on() -> None:
    rates = (0.005, 0.01, 0.02, 0.05, 0.1)
    top, below = zip(
        *(innovation_transfer(transfer=rate).steady_real_wages for rate in rates), strict=True
    )
    assert list(below) == sorted(below)
    assert top[0] < top[1] > top[2] > top[3] > top[4] == pytest.approx(1)
    # the terms of trade are the cause: with goods that replace each other well there is no loss
    alike = [innovation_transfer(transfer=rate, theta=0.99).steady_real_wages[0] for rate in rates]
    assert max(alike) - min(alike) < 0.05


def test_workers_who_move_to_the_top_narrow_the_gap_without_transfer() -> None:
    gaps = [tiers_and_wages(labour_below=one).wages.steady_wage_ratio for one in (2.0, 1.0, 0.5)]
    assert gaps == sorted(gaps, reverse=True)
    assert tiers_and_wages(labour_below=0.4).wages.steady_wage_ratio == pytest.approx(1)


def test_the_second_transfer_leaves_the_wage_at_the_top_alone() -> None:
    usual, other = tiers_and_wages(), tiers_and_wages(transfer_2=0.2)
    assert other.wages.steady_wage_ratio == usual.wages.steady_wage_ratio
    assert other.tiers.steady_shares[0] == pytest.approx(usual.tiers.steady_shares[0])
    assert other.tiers.steady_shares[2] > usual.tiers.steady_shares[2]


def test_the_three_cities_hid_the_widening_between_the_belts() -> None:
    table = china_provinces().query("year in (1978, 1990)").copy()
    city = table["province"].isin(MUNICIPALITIES)
    east = (table["belts_1986"] == "East") & ~city
    sums = table[east].groupby("year")[["gdp", "population"]].sum()
    rest = (sums["gdp"] / sums["population"]).pct_change()[1990]
    sums = table[city].groupby("year")[["gdp", "population"]].sum()
    own = (sums["gdp"] / sums["population"]).pct_change()[1990]
    assert own < rest
    # the growth of the cities alone is changed: as the rest of the East
    usual = by_two_years(table)
    table.loc[city & (table["year"] == 1990), "gdp"] *= (1 + rest) / (1 + own)
    grown = by_two_years(table)
    assert grown[0] > 1.5 * usual[0]  # the ratio rises by more
    assert usual[1] < -0.06  # and Theil's index no longer falls by half
    assert grown[1] > -0.02


def by_two_years(table: pd.DataFrame) -> tuple[float, float]:
    """Change of the ratio and of Theil's index from 1978 to 1990, of a table of two years."""
    years = china_provinces().query("year not in (1978, 1990) and year <= 1990")
    found = belts(pd.concat([table, years])).to_frame()
    change = found.loc[1990] - found.loc[1978]
    return float(change["east_west"]), float(change["theil"])


def test_dispersion_inside_the_belts_holds_the_index_up_after_2014() -> None:
    found = belts(china_provinces()).to_frame()
    change = found.loc[2023] - found.loc[2014]
    assert change["between"] < 0 < change["within"]
    assert change["theil"] == pytest.approx(0, abs=0.0005)
    inside = north_south().to_frame().loc[[2014, 2023]].diff().iloc[1]
    assert inside["theil_in_central"] > 0
    assert inside["theil_in_east"] > 0
    assert inside["theil_in_west"] < 0
    without = belts(china_provinces(), municipalities=False).to_frame()["theil"]
    assert without[2023] - without[2014] == pytest.approx(0.001, abs=0.0005)


def test_more_skill_delays_both_moves_alike() -> None:
    usual, dearer = flying_geese(), flying_geese(upgrading=1.75)
    delay = dearer.cycles[-1].switch_ages - usual.cycles[-1].switch_ages
    assert delay[0] > 0
    assert delay[0] == pytest.approx(delay[1])
    faster = flying_geese(maturing=0.2)  # what the time does depend on
    assert faster.cycles[-1].years_in_tier[1] < usual.cycles[-1].years_in_tier[1]


def test_the_delay_is_added_anew_with_every_good() -> None:
    for upgrading in (1.25, 1.75):
        geese = flying_geese(upgrading=upgrading, goods=6)
        ages = np.array([cycle.switch_ages[-1] for cycle in geese.cycles])
        assert np.diff(ages) == pytest.approx(np.log(upgrading) / 0.1)
    assert round(np.log(1.75) / 0.1, 1) == 5.6
    alike = flying_geese(upgrading=1.0)  # goods that need no more skill: no delay to add
    assert np.diff([cycle.switch_ages[-1] for cycle in alike.cycles]) == pytest.approx(0)


def test_ten_years_leave_zero_in_the_interval_and_eighty_do_not() -> None:
    decade, whole = (
        us_convergence(*years).convergence.beta for years in ((1980, 1990), (1929, 2009))
    )
    assert not decade.is_significant
    assert whole.is_significant
    assert decade.standard_error > 2 * whole.standard_error
    war = us_convergence(1940, 1950).convergence.beta
    assert (f"{100 * war.speed:.2f}", round(war.half_life or 0)) == ("5.02", 14)
    assert war.speed / whole.speed == pytest.approx(3, abs=0.1)


def test_differences_beside_catching_up_push_provinces_apart() -> None:
    panel = panel_of(CHINA).drop(columns=list(MUNICIPALITIES))
    start, end = np.log(panel.loc[1978]), np.log(panel.loc[2023])
    slope, level = np.polyfit(start, end - start, 1)
    assert slope < 0
    caught_up = start + slope * start + level  # catching up alone, nothing else
    assert caught_up.std() < 0.9 * start.std()
    beside = (end - caught_up).std()
    assert end.var() == pytest.approx(caught_up.var() + beside**2)
    assert abs(end.std() / start.std() - 1) <= 0.1
    assert china_convergence(leave_out=MUNICIPALITIES).convergence.beta.slope < 0


def test_chance_alone_pushes_apart_and_catching_up_alone_pulls_together() -> None:
    calm = noise_experiment(start_spread=0.05, noise=0.0)
    assert calm.sigma[-1] < calm.sigma[0]
    shaken = noise_experiment(start_spread=0.05, speed=0.0)
    assert shaken.sigma[-1] > noise_experiment(start_spread=0.05).sigma[-1] > 0.05
    wide, close = noise_experiment(start_spread=0.4), noise_experiment(start_spread=0.05)
    assert wide.expected_sigma[-1] > wide.sigma_star > close.expected_sigma[-1]
    assert wide.sigma_star == close.sigma_star


def test_a_faster_frontier_helps_one_follower_and_not_the_other() -> None:
    slow, fast = catch_up(), catch_up(frontier_growth=0.04)
    assert fast.nelson_phelps[-1] < slow.nelson_phelps[-1]
    assert fast.lucas[-1] > slow.lucas[-1]
    assert catch_up(frontier_growth=0.0).long_run_nelson_phelps == 1  # no motion, no gap


def test_a_class_that_is_a_rank_gives_back_the_size_of_the_class() -> None:
    ranks = country_mobility(classes_drawn="anew in each year")
    assert ranks.steady_state.to_numpy() == pytest.approx(np.array([7, 6, 6, 6, 6]) / 31, abs=0.02)
    for classes in (3, 4):  # whatever the moves
        share = country_mobility(classes_drawn="anew in each year", classes=classes).steady_state
        assert share.to_numpy() == pytest.approx(1 / classes, abs=0.03)
    pooled = country_mobility().steady_state
    assert pooled.iloc[0] < 0.12


def test_talk_between_towns_alone_lets_the_city_be_first() -> None:
    near, towns = diffusion_frame(), diffusion_frame(mode="hierarchical")
    assert near.steps_of_towns["Near village"] < near.steps_of_towns["Second city"]
    assert towns.steps_of_towns["Second city"] < towns.steps_of_towns["Near village"]


def test_a_slope_is_an_average_of_a_gap_that_shrinks() -> None:
    for speed in (0.01, 0.02, 0.04):
        slope = -(1 - np.exp(-speed * 80)) / 80
        assert -slope < speed
    assert -np.log(1 - 80 * 0.010) / 80 == pytest.approx(0.020, abs=0.0005)
