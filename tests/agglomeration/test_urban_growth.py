"""Cities: elasticities, the two stages, the best size against scipy's optimiser."""

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from course_lib.agglomeration.urban_growth import (
    city_size,
    two_stages,
)


def test_best_size():
    assert city_size().best_size == pytest.approx(166.81005372, abs=1e-6)


@settings(max_examples=40)
@given(st.floats(0.02, 0.2), st.floats(0.05, 0.5), st.floats(0.35, 1.5))
def test_no_other_size_leaves_more(elasticity, congestion, growth):
    assume(elasticity * 10 > 1.1 * growth * congestion)
    city = city_size(elasticity, 10.0, congestion, growth)

    def lost(log_size):
        return congestion * math.exp(growth * log_size) - 10 * math.exp(elasticity * log_size)

    where = math.log(city.best_size)
    tried = minimize_scalar(lost, bracket=(where - 1, where + 0.3))
    assert city.best_left == pytest.approx(-tried.fun, rel=1e-9)
    assert city.too_large > city.best_size
    left = -lost(math.log(city.too_large))
    assert left == pytest.approx(10 - congestion, rel=1e-6)


def test_an_own_firm_counts_twice():
    found = two_stages(0.02, 0.05, 8, 8)
    assert found.gain_first == pytest.approx(8**0.07 - 1)
    assert found.gain_second == pytest.approx(8**0.05 - 1)
    assert found.gain[-1] == pytest.approx((1 + found.gain_first) * (1 + found.gain_second))


def test_the_second_stage_can_bring_more_if_the_city_grows_more_in_it():
    found = two_stages(own_growth=8, other_growth=512)
    assert found.gain_second > found.gain_first


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: city_size(elasticity=0), "without a gain there is no city"),
        (lambda: city_size(congestion_elasticity=0.05), "or a city grows without end"),
        (lambda: city_size(congestion=9), "a city of a thousand is too large already"),
        (lambda: city_size(congestion=0), "all people would live in one city"),
        (lambda: city_size(0.4, 10, 1e-9, 0.41), "more people than can be counted"),
        (lambda: two_stages(own_growth=0.5), "own_growth must be at least 1"),
        (lambda: two_stages(localisation=3), "it is an elasticity"),
    ],
)
def test_refusals_say_what_to_do(call, said):
    with pytest.raises(ValueError, match=said):
        call()
