"""Spill-over and feedback between two regions."""

import numpy as np
import pytest

from course_lib.growth_poles.input_output import input_output
from course_lib.growth_poles.two_regions import spillover
from tests.growth_poles.tables import MADE_IN_BOTH, TWO_REGIONS, random_table


def test_the_inverse_of_miller_and_blair():
    table = input_output(TWO_REGIONS, MADE_IN_BOTH)
    assert table.leontief_inverse[0] == pytest.approx(
        [1.42340915, 0.46522629, 0.29090939, 0.19169319, 0.30405427], abs=1e-8
    )


def test_rounds_between_the_regions_add_up_to_the_feedback():
    """Independent: L orders from M, M orders back from L, and so on, region by region."""
    flows, made = random_table(6, 7)
    table, home = input_output(flows, made), slice(0, 4)
    away = slice(4, 6)
    A = table.technical_coefficients
    inner = np.linalg.inv(np.eye(4) - A[home, home])
    outer = np.linalg.inv(np.eye(2) - A[away, away])
    order = np.array([10.0, 0, 5, 0, 0, 0])
    at_home = first = inner @ order[home]
    abroad = np.zeros(2)
    wave = first
    for _ in range(200):
        sent = outer @ A[away, home] @ wave
        wave = inner @ A[home, away] @ sent
        abroad, at_home = abroad + sent, at_home + wave
    found = spillover(table, ["L"] * 4 + ["M"] * 2, order)
    assert found.alone[home] == pytest.approx(first)
    assert found.total == pytest.approx(np.concatenate([at_home, abroad]))
    assert found.spills_over == pytest.approx(abroad.sum())
    assert found.feeds_back == pytest.approx((at_home - first).sum())
    assert found.feeds_back > 0


def test_a_neighbour_from_which_nothing_is_bought_gets_nothing():
    flows = np.array(TWO_REGIONS, dtype=float)
    flows[3:, :3] = 0
    found = spillover(input_output(flows, MADE_IN_BOTH), "LLLMM", [0, 100, 0, 0, 0])
    assert found.spills_over == found.feeds_back == 0
    assert list(found.to_frame().index.names) == ["region", "sector"]


@pytest.mark.parametrize(
    ("regions", "order", "sentence"),
    [
        ("LLLLL", [1, 0, 0, 0, 0], "one of two regions"),
        ("LLM", [1, 0, 0, 0, 0], "one of two regions"),
        ("LLLMM", [1, 0, 0], "a list of 5 numbers"),
        ("LLLMM", [1, 0, 0, 1, 0], "got orders in 2 regions"),
        ("LLLMM", [0, 0, 0, 0, 0], "got orders in 0 regions"),
    ],
)
def test_bad_input_gets_a_sentence(regions, order, sentence):
    with pytest.raises(ValueError, match=sentence):
        spillover(input_output(TWO_REGIONS, MADE_IN_BOTH), regions, order)
