"""The polarisation switch against a general solver, and its hysteresis."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from course_lib.growth_poles.polarisation import STEPS, polarisation, poles, tipping_advantage


def test_the_reference_value():
    top = poles(3)[-1]
    assert top == pytest.approx(0.92927982, abs=1e-8)
    assert 2 * top - 1 == pytest.approx(0.85855964, abs=1e-8)


def test_three_rest_points_from_a_pull_of_two_on():
    assert [len(poles(pull)) for pull in (0, 1, 1.9, 2.1, 3, 6)] == [1, 1, 1, 3, 3, 3]


@given(st.floats(0, 5), st.floats(-1.5, 1.5))
@settings(max_examples=100)
def test_a_general_solver_finds_the_same_rest_points(pull, advantage):
    def moves(share):
        return 1 / (1 + math.exp(-(pull * (2 * share - 1) + advantage))) - share

    if abs(abs(advantage) - tipping_advantage(pull)) < 1e-3 or abs(pull - 2) < 1e-2:
        return
    grid = np.linspace(0, 1, 4001)
    signs = [moves(share) for share in grid]
    found = [
        brentq(moves, low, high)
        for low, high, one, other in zip(grid[:-1], grid[1:], signs[:-1], signs[1:], strict=True)
        if one * other < 0 or one == 0
    ]
    assert poles(pull, advantage) == pytest.approx(found, abs=1e-6)


def test_the_tipping_subsidy_is_where_the_pole_disappears():
    critical = tipping_advantage(3)
    assert len(poles(3, -critical + 1e-4)) == 3
    assert len(poles(3, -critical - 1e-4)) == 1
    assert tipping_advantage(2) == tipping_advantage(1) == 0
    assert polarisation(top_subsidy=critical - 0.01).share[-1] > 0.9
    assert polarisation(top_subsidy=critical + 0.01).share[-1] < 0.1


def test_hysteresis_the_way_back_is_another_way():
    found = polarisation(top_subsidy=0.6)
    way_up, way_down = found.share[: STEPS // 2 + 1], found.share[STEPS // 2 :][::-1]
    assert (way_up >= way_down - 1e-12).all()
    assert (way_up - way_down).max() > 0.7
    assert found.tips
    without_pull = polarisation(pull=1.5, top_subsidy=0.6)
    assert without_pull.share[: STEPS // 2 + 1] == pytest.approx(
        without_pull.share[STEPS // 2 :][::-1]
    )
    assert not without_pull.tips
    assert "too little for a pole" in without_pull.summary()


def test_half_and_half_stays_only_without_a_push():
    assert polarisation(top_subsidy=0.0, start_share=0.5).share == pytest.approx(
        np.full(STEPS + 1, 0.5)
    )
    assert polarisation(top_subsidy=0.1, start_share=0.5).tips
    assert polarisation(start_share=0.0).share[0] == pytest.approx(poles(3)[0])
    assert polarisation(start_share=1.0).share[0] == pytest.approx(poles(3)[-1])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"pull": -1}, "at 0 firms do not care"),
        ({"top_subsidy": -0.1}, "a subsidy gives"),
        ({"start_share": 1.2}, "a part of industry"),
        ({"step": 61}, "from 0 to 60"),
    ],
)
def test_bad_input_gets_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        polarisation(**wrong)
