"""One industry or many: the exact condition, the shock, and the mean over workers."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.innovation_and_synergy.specialised_or_diverse import (
    mean_growth,
    specialised_or_diverse,
)

effects = st.floats(0, 0.02)
cities = st.lists(st.floats(0.5, 200), min_size=1, max_size=8)


def test_one_of_100_against_four_of_25():
    """With equal industries the specialised city wins if and only if m > j."""
    for m, j in ((0.006, 0.004), (0.004, 0.006), (0.005, 0.005)):
        one, four = mean_growth([100], m, j), mean_growth([25] * 4, m, j)
        assert one - four == pytest.approx((m - j) * math.log(4))


@given(cities, effects, effects)
def test_closed_form_for_any_city(workers, m, j):
    share = np.array(workers) / sum(workers)
    entropy = -(share * np.log(share)).sum()
    expected = m * math.log(sum(workers)) + (j - m) * entropy
    assert mean_growth(workers, m, j) == pytest.approx(expected, abs=1e-12)


@given(effects, effects, st.integers(2, 16))
def test_without_a_shock_the_stronger_source_of_ideas_decides(m, j, industries):
    found = specialised_or_diverse(m, j, industries, shock=0.0)
    if abs(m - j) > 1e-6:
        assert found.larger == ("specialised" if m > j else "diverse")


@given(st.floats(0, 0.9), st.integers(1, 16), st.integers(1, 40))
def test_what_a_shock_takes(shock, industries, year):
    calm = specialised_or_diverse(industries=industries, shock=0.0)
    hit = specialised_or_diverse(industries=industries, shock=shock, shock_year=year)
    left = hit.output[-1] / calm.output[-1]
    assert left == pytest.approx([1 - shock, 1 - shock / industries])
    assert hit.output[:year] == pytest.approx(calm.output[:year])


def test_a_city_of_one_industry_is_the_specialised_city():
    assert specialised_or_diverse(industries=1).larger == "neither"


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        ({"same_industry": -0.1}, "same_industry must be at least 0"),
        ({"variety": "much"}, "variety must be at least 0"),
        ({"industries": 0}, "industries must be a whole number from 1 to 16"),
        ({"workers": 4}, "each industry needs a thousand"),
        ({"shock": 1.1}, "shock must be at least 0 and at most 1"),
        ({"shock_year": 50}, "shock_year must be a whole number from 1 to 40"),
    ],
)
def test_bad_input_gets_a_sentence(given_, sentence):
    with pytest.raises(ValueError, match=sentence):
        specialised_or_diverse(**given_)


def test_an_empty_industry_is_refused():
    with pytest.raises(ValueError, match="leave the empty ones out"):
        mean_growth([50, 0, 50], 0.01, 0.01)
