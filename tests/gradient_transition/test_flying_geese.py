"""Flying geese: the peaks follow the product cycle's switch ages."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.gradient_transition.flying_geese import flying_geese
from course_lib.gradient_transition.product_cycle import product_cycle


def peaks_on_the_axis(geese):
    """Age at which each tier's output of each good is highest, read off the time axis."""
    return geese.time[geese.output.argmax(axis=0)] - geese.introduced[:, np.newaxis]


def test_without_softness_output_peaks_at_the_switch_ages():
    geese = flying_geese(softness=0)
    a12, a23 = product_cycle().switch_ages
    np.testing.assert_allclose(geese.peak_ages[0], [a12, a23, 30], atol=1e-12)
    step = geese.time[1] - geese.time[0]
    np.testing.assert_allclose(peaks_on_the_axis(geese), geese.peak_ages, atol=step)


def test_years_between_peaks_are_years_between_switch_ages():
    geese = flying_geese(softness=0)
    for good, cycle in enumerate(geese.cycles):
        np.testing.assert_allclose(
            np.diff(geese.peak_ages[good])[0], np.diff(cycle.switch_ages)[0], atol=1e-12
        )


@pytest.mark.parametrize("softness", [0, 0.05, 0.15, 0.4])
def test_peaks_come_in_the_order_of_the_tiers(softness):
    assert (np.diff(peaks_on_the_axis(flying_geese(softness=softness)), axis=1) > 0).all()


def test_the_less_softness_the_closer_the_peaks_to_the_switch_ages():
    distances = [
        abs(peaks_on_the_axis(geese) - geese.peak_ages).max()
        for geese in map(lambda softness: flying_geese(softness=softness), (0.3, 0.1, 0.03, 0.005))
    ]
    assert distances == sorted(distances, reverse=True)
    assert distances[-1] < 1  # years


def test_every_curve_is_an_inverted_u():
    geese = flying_geese(horizon=200)
    step = np.diff(geese.output, axis=0)
    for good in range(geese.n_goods):
        for tier in range(geese.n_tiers):
            signs = np.sign(step[:, good, tier])
            signs = signs[abs(step[:, good, tier]) > 1e-12]
            assert signs[0] == 1
            assert signs[-1] == -1
            assert (np.diff(signs) != 0).sum() == 1  # it turns once


def test_goods_need_more_and_more_skill():
    geese = flying_geese(upgrading=1.25, goods=3)
    np.testing.assert_allclose(geese.start_costs, [5, 6.25, 7.8125])
    # ln(1.25) / 0.1 years later with every good
    np.testing.assert_allclose(np.diff(geese.peak_ages[:, 0]), math.log(1.25) / 0.1)


@given(
    st.floats(0, 2),
    st.integers(1, 6),
    st.floats(1, 30),
    st.floats(1, 2),
    st.floats(20, 300),
)
@settings(max_examples=50)
def test_shares_add_up_to_one(softness, goods, interval, upgrading, horizon):
    geese = flying_geese(
        softness=softness, goods=goods, interval=interval, upgrading=upgrading, horizon=horizon
    )
    np.testing.assert_allclose(geese.tier_share.sum(axis=1), 1)
    assert (geese.tier_share >= 0).all()
    np.testing.assert_allclose(geese.tier_output, geese.output.sum(axis=1))


def test_nothing_is_made_before_it_exists():
    geese = flying_geese()
    for good, born in enumerate(geese.introduced):
        assert (geese.output[geese.time < born, good] == 0).all()
        assert geese.output[geese.time >= born, good].sum(axis=-1).min() > 0


def test_without_softness_one_tier_makes_all_of_a_good():
    output = flying_geese(softness=0).output
    assert ((output > 0).sum(axis=2) <= 1).all()


def test_a_skipped_tier_has_no_peak():
    geese = flying_geese(skill_penalty=(1, 3.5, 4), softness=0)
    assert np.isnan(geese.peak_ages[:, 1]).all()
    assert (geese.output[:, :, 1] == 0).all()


def test_a_market_that_shrinks_early_peaks_where_the_market_does():
    # The market is fullest at (2 + 18) / 2 = 10, before tier 1 loses the good at 16.1.
    geese = flying_geese(market_midpoint=2, product_life=18, goods=1, softness=0, horizon=40)
    a12, a23 = product_cycle().switch_ages
    np.testing.assert_allclose(geese.peak_ages[0], [10, a12, a23])


def test_frame_and_summary():
    geese = flying_geese(goods=2)
    frame = geese.to_frame()
    assert frame.shape == (481, 6)
    np.testing.assert_array_equal(frame[(2, 3)], geese.output[:, 1, 2])
    assert geese.summary() == (
        "Good 1 is new in year 0 and is made in tier 1, from year 16 in tier 2, from year 23 in "
        "tier 3; good 2 is new in year 15 and is made in tier 1, from year 33 in tier 2, from "
        "year 40 in tier 3."
    )


@pytest.mark.parametrize(
    "parameters,message",
    [
        ({"goods": 0}, "goods must be a whole number from 1 to 20"),
        ({"goods": 2.5}, "goods must be a whole number"),
        ({"interval": 0}, "interval must be above 0"),
        ({"upgrading": 0.9}, "upgrading must be at least 1 .* not less"),
        ({"market_growth": 0}, "market_growth must be above 0"),
        ({"market_midpoint": -1}, "market_midpoint must be at least 0"),
        ({"product_life": 5}, "product_life must be above 10"),
        ({"softness": -0.1}, "softness must be at least 0"),
        ({"horizon": 0}, "horizon must be above 0"),
        ({"horizon": 1e5}, "shorten the horizon, or add goods"),
        ({"wages": (3, 3, 1)}, "wages must fall"),
    ],
)
def test_errors_are_sentences(parameters, message):
    with pytest.raises(ValueError, match=message):
        flying_geese(**parameters)
