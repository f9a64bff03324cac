"""Synergy: a CES function, its limits, and what the proverb needs."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from course_lib.innovation_and_synergy.synergy import PARTNERS, STEP, learning_ability, synergy

strengths = st.tuples(*[st.floats(0.02, 1)] * 3)
elasticities = st.floats(0.1, 8)
weights = st.tuples(*[st.floats(0.2, 3)] * 3)


@given(strengths, elasticities, weights)
def test_the_formula_written_out(partners, sigma, weight):
    assume(abs(sigma - 1) > 0.01)
    rho = 1 - 1 / sigma
    share = np.array(weight) / sum(weight)
    expected = sum(w * x**rho for w, x in zip(share, partners, strict=True)) ** (1 / rho)
    assert learning_ability(partners, sigma, weight) == pytest.approx(expected, rel=1e-9)


@given(strengths, weights)
def test_three_known_limits(partners, weight):
    share = np.array(weight) / sum(weight)
    geometric = np.prod(np.array(partners) ** share)
    assert learning_ability(partners, 1.0, weight) == pytest.approx(geometric)
    assert learning_ability(partners, 1.0 + 1e-5, weight) == pytest.approx(geometric, rel=1e-3)
    assert learning_ability(partners, 1e9, weight) == pytest.approx(share @ partners, rel=1e-6)
    assert learning_ability(partners, 0.002, weight) == pytest.approx(min(partners), rel=0.01)


@given(strengths, elasticities, weights, st.floats(0.1, 1))
def test_constant_returns_and_a_mean(partners, sigma, weight, times):
    ability = learning_ability(partners, sigma, weight)
    assert min(partners) - 1e-9 <= ability <= max(partners) + 1e-9
    shrunk = learning_ability(np.array(partners) * times, sigma, weight)
    assert shrunk == pytest.approx(times * ability)


@given(strengths, elasticities, st.integers(0, 2))
def test_one_hand_cannot_clap_if_and_only_if_they_are_complements(partners, sigma, missing):
    assume(abs(sigma - 1) > 0.05)
    without = np.array(partners)
    without[missing] = 0
    ability = learning_ability(without, sigma)
    assert (ability == 0) == (sigma < 1)


@given(strengths, elasticities)
def test_with_equal_weights_the_weakest_is_strengthened_first(partners, sigma):
    assume(max(partners) <= 1 - STEP)
    order = sorted(partners)
    assume(order[1] - order[0] > 0.01)
    found = synergy(partners, sigma)
    assert found.first == PARTNERS[int(np.argmin(partners))]


def test_each_further_partner_adds_more():
    """From 0.3 to 0.9, one after another, as complements: the third adds most."""
    stages = [(0.3, 0.3, 0.3), (0.9, 0.3, 0.3), (0.9, 0.9, 0.3), (0.9, 0.9, 0.9)]
    added = np.diff([learning_ability(stage, 1.0) for stage in stages])
    assert added[0] < added[1] < added[2]


def test_doubling_the_strong_and_doubling_the_weak():
    region = synergy((0.5, 0.4, 0.1))
    assert region.ability == pytest.approx(3 / (1 / 0.5 + 1 / 0.4 + 1 / 0.1))
    assert synergy((1.0, 0.4, 0.1)).ability / region.ability - 1 == pytest.approx(0.074, abs=5e-4)
    assert synergy((0.5, 0.4, 0.2)).ability / region.ability - 1 == pytest.approx(0.526, abs=5e-4)


def test_what_the_result_keeps():
    found = synergy((0.5, 0.4, 0.1))
    for place in range(3):
        more = list(found.partners)
        more[place] += STEP
        assert found.gains[place] == pytest.approx(learning_ability(more, 0.5) - found.ability)
        at_present = np.interp(found.partners[place], found.level, found.curves[:, place])
        assert at_present == pytest.approx(found.ability, abs=1e-9)
    assert "a tenth more adds most with the association" in found.summary()
    assert "the same for entrepreneurs and government" in synergy((0.2, 0.2, 0.9)).summary()
    assert "one partner alone adds nothing" in synergy((0.0, 0.0, 0.5)).summary()


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        ({"partners": (0.5, 0.5)}, "three numbers from 0 to 1, for entrepreneurs, government"),
        ({"partners": (0.5, 0.5, 1.5)}, "0 is absent, 1 as strong as can be"),
        ({"partners": "strong"}, "three numbers from 0 to 1"),
        ({"partners": (0.5, 0.5, float("nan"))}, "three numbers from 0 to 1"),
        ({"substitution": 0}, "substitution must be above 0"),
        ({"weights": (1, 0, 1)}, "leave no partner out"),
    ],
)
def test_bad_input_gets_a_sentence(given_, sentence):
    with pytest.raises(ValueError, match=sentence):
        synergy(**given_)
