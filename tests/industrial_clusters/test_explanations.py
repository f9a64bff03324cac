"""Each reason that lesson 07 gives: the named cause is changed alone, and the effect goes."""

import numpy as np
import pandas as pd
import pytest

from course_lib import datasets
from course_lib.industrial_clusters.firm_grid import firm_grid
from course_lib.industrial_clusters.lock_in import arthur, expected_largest, lock_in
from course_lib.industrial_clusters.spin_offs import expected_firms, spin_offs
from course_lib.industrial_clusters.thrown_plants import thrown_plants
from course_lib.industrial_clusters.transaction_costs import transaction_costs
from course_lib.industrial_clusters.trust import (
    collective_reputation,
    network_play,
    repeated_dealing,
)
from course_lib.industrial_clusters.us_clusters import find_clusters, localisation_of_states
from course_lib.measures import dartboard, ellison_glaeser, plant_herfindahl


def test_small_places_hold_most_clusters_and_hardly_any_large_share():
    found = find_clusters()
    cells = found.cells[found.strong]
    jobs = datasets.california_metros().groupby("metro")["metro_employment"].first()
    small = cells[cells["place"].map(jobs) < 500_000]
    assert (len(cells), len(small)) == (1262, 995)
    assert (small["national_share"] >= 0.05).sum() == 2
    large = cells[cells["place"].map(jobs) >= 500_000]
    assert (large["national_share"] >= 0.05).sum() == 73
    assert (small["employment"] < 100).any()


def test_darts_give_h_and_the_index_takes_it_off():
    few, many = thrown_plants(plants=5), thrown_plants(plants=200)
    assert few.raw.mean() == pytest.approx(0.2, abs=0.02)
    assert few.mean == pytest.approx(0, abs=0.02)
    assert many.raw.mean() == pytest.approx(0.005, abs=0.002)
    pulled = thrown_plants(plants=200, gamma=0.2)  # many plants, and the same raw concentration
    assert pulled.raw.mean() == pytest.approx(0.2, abs=0.03)
    assert pulled.mean == pytest.approx(0.2, abs=0.03)


def test_a_throw_of_few_plants_is_off_and_their_mean_is_not():
    few, many = thrown_plants(plants=10), thrown_plants(plants=100)
    assert round(few.estimates.std(), 2) == 0.06
    assert round(many.estimates.std(), 3) == 0.006
    assert abs(few.mean) < 0.01
    assert few.raw.mean() > 0.05  # without taking lumpiness off the mean would be wrong
    assert (abs(many.estimates) < 0.05).all()


def test_the_worked_example():
    shares, everyone, plants = [0.7, 0.2, 0.1, 0], [0.4, 0.3, 0.2, 0.1], [0.4, 0.2, 0.2, 0.1, 0.1]
    found = ellison_glaeser(
        pd.DataFrame({"i": shares}), [plant_herfindahl(plants)], region_shares=np.array(everyone)
    )
    assert found["gamma"].item() == pytest.approx(-0.12, abs=5e-4)
    spread = dartboard(plants, everyone, gamma=0.0, runs=400, seed=0)
    assert (spread.estimates < found["gamma"].item()).mean() > 0.1  # darts give as little, often


def test_without_the_sizes_of_plants_nothing_is_proved():
    table = localisation_of_states()
    assert (table["gamma_low"] < 0).all()
    assert (table["gamma_high"] > 0).all()


def test_news_and_fines_keep_firms_honest():
    assert repeated_dealing(1.0).honest_pays
    assert not repeated_dealing(0.5).honest_pays  # only the news is worse
    assert repeated_dealing(0.5, fine=1.0).honest_pays
    assert not repeated_dealing(0.0, fine=4.0).honest_pays  # nobody knows whom to fine


def test_a_lead_stays_with_power_one_and_grows_with_power_two():
    lead = np.array([2, 1])
    for power, chance in ((1, 2 / 3), (2, 4 / 5)):
        weights = lead**power
        assert weights[0] / weights.sum() == pytest.approx(chance)
    assert lock_in(pull=1).nearly_all == 0
    assert lock_in(pull=2).nearly_all > 0.8
    assert lock_in(pull=0).ends.max() < 0.35  # nobody draws anybody: no lead lasts


def test_alike_regions_end_unequal():
    found = lock_in(5, 1, firms=2000, histories=1000)
    assert found.largest.mean() == pytest.approx(expected_largest(5), abs=0.02)
    assert lock_in(5, 0, firms=2000, histories=200).largest.mean() < 0.25


def test_a_share_of_seven_tenths_stays():
    """From 70 of 100 firms on, with the power 1, nothing but the start decides."""
    found = lock_in(2, 1, firms=4000, histories=400)
    late = found.ends.max(axis=1)
    assert np.std(late) > 0.1  # other histories settle elsewhere
    path = found.path[:, 0]
    assert abs(path[-1] - path[400]) < 0.05


def test_trust_widens_the_band_by_halving_the_difference_of_slopes():
    before, after = transaction_costs(), transaction_costs(trust=0.3)
    assert after.width > 2 * before.width
    network, firm = after.slope[1], after.slope[2]
    assert network.item() == pytest.approx(1.4)
    assert firm.item() == pytest.approx(0.8)
    assert (network - firm) / (before.slope[1] - before.slope[2]) == pytest.approx(0.5)
    assert after.band[0] > before.band[0]
    assert after.band[1] - before.band[1] > 5 * (after.band[0] - before.band[0])


def test_courts_narrow_the_band_because_only_the_market_gains():
    before, after = transaction_costs(), transaction_costs(courts=0.3)
    assert after.width < before.width
    assert after.slope[0] < before.slope[0]
    assert after.slope[1] == before.slope[1]


def test_quality_ends_where_a_firms_part_is_less_than_its_cost():
    assert collective_reputation(firms=5).keeps_quality
    assert not collective_reputation(firms=20).keeps_quality
    assert collective_reputation(firms=20, benefit=60 * 4).keeps_quality  # the part as before
    assert collective_reputation(firms=20, fine=7).keeps_quality


def test_what_the_fine_leaves_of_the_cost_says_how_many_can_share():
    few, many = collective_reputation().most_firms, collective_reputation(fine=8).most_firms
    assert (few, many) == (6, 30)
    assert collective_reputation(cost=2).most_firms == many  # a lower cost does what the fine does
    assert collective_reputation(cost=12, fine=2).most_firms == few


def test_more_partners_ask_for_more_and_a_member_without_them_does_not():
    ring = network_play()
    assert round(ring.critical, 1) == 2.2
    assert round(network_play(association=True).critical, 1) == 10.3
    partners = [network_play(neighbours=n).critical for n in (2, 4, 6)]
    assert partners == sorted(partners)
    assert not network_play(neighbours=4).helping_spreads
    assert network_play(firms=25, ratio=3).helping_spreads  # one member more, with two partners


def test_a_pull_that_ends_early_leaves_room():
    assert arthur(ceiling=400).nearly_all > 0.9
    assert arthur(ceiling=20).nearly_all < 0.05


def test_spin_offs_make_families_grow_and_newcomers_found_them():
    assert float(expected_firms(0.1, 0.1, 30)) == pytest.approx(
        float(expected_firms(0.05, 0.5, 30)), rel=0.01
    )
    assert len(spin_offs(0.1, 0.0).families) == 1
    assert spin_offs(0.0, 0.5).families.max() == 1

    def families(*story):
        return np.mean([len(spin_offs(*story, 30, seed).families) for seed in range(100)])

    assert families(0.05, 0.5) > 2 * families(0.1, 0.1)


def test_firms_that_were_content_leave_as_well():
    found = firm_grid(wanted=3)
    first, last = found.grids[0], found.grids[-1]
    occupied = first >= 0
    own = np.zeros(first.shape, dtype=int)
    for step in ((0, 1), (1, 0), (1, 1), (1, -1)):
        for sign in (1, -1):
            neighbour = np.roll(first, (sign * step[0], sign * step[1]), (0, 1))
            own += (neighbour == first) & occupied
    content = occupied & (own >= 3)
    left = content & (last != first)
    assert left.sum() > 100
    assert found.alike[-1] > 0.7
    assert firm_grid(wanted=0).alike[-1] == pytest.approx(firm_grid(wanted=0).alike[0])
