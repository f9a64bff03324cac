"""Inequality while people move: closed forms against grids, measures and printed values."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib import measures
from course_lib.measuring_regions.inverted_u import INDICES, inverted_u
from course_lib.measuring_regions.labs import inverted_u_lab

RATIOS = st.floats(1.05, 50)
MEASURES = {"Gini": measures.gini, "Theil": measures.theil, "Williamson": measures.williamson}


def test_four_times_as_rich():
    """Reference value A6, closed form: r = 4."""
    peaks = inverted_u(ratio=4).peaks
    assert peaks["Gini"] == pytest.approx((0.33333333, 0.33333333), abs=1e-8)
    assert peaks["Williamson"] == pytest.approx((0.2, 0.75), abs=1e-12)
    assert peaks["Theil"][0] == pytest.approx(0.28279749, abs=1e-8)


@given(RATIOS)
def test_the_closed_form_is_the_top_of_each_curve(ratio):
    result = inverted_u(ratio)
    for name in INDICES:
        where, top = result.peaks[name]
        at_the_top = inverted_u(ratio, where).now[name]
        assert at_the_top == pytest.approx(top, abs=1e-12)
        assert result.curves[name].max() <= top + 1e-12
        # No share nearby, on a grid of a millionth, gives more; and farther off it is less.
        for step in (1e-6, 1e-3):
            for beside in (where - step, where + step):
                assert inverted_u(ratio, min(1.0, max(0.0, beside))).now[name] <= top + 1e-15
        assert result.curves[name][np.abs(result.shares - where) > 0.05].max() < top


@pytest.mark.parametrize("ratio", [1.1, 2, 4, 9, 50])
def test_a_search_finds_the_same_top(ratio):
    from scipy.optimize import minimize_scalar

    for name, (where, top) in inverted_u(ratio).peaks.items():
        found = minimize_scalar(
            lambda share, name=name: -inverted_u(ratio, share).now[name],
            bounds=(0, 1),
            method="bounded",
            options={"xatol": 1e-10},
        )
        assert found.x == pytest.approx(where, abs=1e-6)
        assert -found.fun == pytest.approx(top, abs=1e-12)


@pytest.mark.parametrize("name", INDICES)
@given(ratio=RATIOS, share=st.floats(0.001, 0.999))
@settings(max_examples=40)
def test_each_index_is_the_measure_of_the_course(name, ratio, share):
    index = MEASURES[name]([ratio, 1.0], [share, 1 - share])
    assert inverted_u(ratio, share).now[name] == pytest.approx(index, abs=1e-9)


@given(RATIOS)
def test_all_equal_at_both_ends(ratio):
    for curve in inverted_u(ratio).curves.values():
        assert curve[0] == pytest.approx(0, abs=1e-12)
        assert curve[-1] == pytest.approx(0, abs=1e-12)
        assert (curve[1:-1] > 0).all()


@given(RATIOS)
def test_the_indices_disagree_on_when_and_always_in_the_same_order(ratio):
    tops = {name: where for name, (where, _) in inverted_u(ratio).peaks.items()}
    assert 0 < tops["Williamson"] < tops["Theil"] < tops["Gini"] < 0.5


@given(st.tuples(RATIOS, RATIOS).filter(lambda pair: pair[1] - pair[0] > 1e-3))
def test_a_richer_region_brings_the_top_earlier(pair):
    before, after = (inverted_u(ratio).peaks for ratio in pair)
    assert all(after[name][0] < before[name][0] for name in INDICES)


@given(RATIOS)
def test_at_williamsons_top_the_rich_region_has_half_of_all_income(ratio):
    p = inverted_u(ratio).peaks["Williamson"][0]
    assert p * ratio / (1 + p * (ratio - 1)) == pytest.approx(0.5)


def test_summary_and_table():
    result = inverted_u(ratio=4, share=0.2)
    assert result.summary() == (
        "With 20% of the people in a region 4 times as rich: Gini 0.300, Theil 0.223, "
        "Williamson 0.750. Each index is largest at a share of its own: Gini at 33%, Theil at 28%, "
        "Williamson at 20%."
    )
    table = result.to_frame()
    assert table.index.name == "share_in_rich_region"
    assert list(table.columns) == [name.lower() for name in INDICES]
    assert len(table) == 401
    assert table.notna().all().all()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ratio": 1}, r"above 1 \(got 1\): with equal incomes there is no inequality"),
        ({"ratio": 0.5}, "above 1"),
        ({"ratio": "4"}, r"above 1 \(got '4'\)"),
        ({"ratio": math.nan}, "above 1"),
        ({"ratio": math.inf}, "above 1"),
        ({"share": -0.01}, r"at least 0 and at most 1 \(got -0.01\)"),
        ({"share": 1.01}, "at most 1"),
        ({"share": math.nan}, "at most 1"),
    ],
)
def test_refuses_with_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        inverted_u(**wrong)


class TestLab:
    def test_earlier_for_all_three(self):
        assert inverted_u_lab().settle() == "smaller"

    def test_tops_are_drawn_where_they_are(self):
        lab = inverted_u_lab().set(ratio=9)
        lines = lab.figure.axes[0].lines
        for number, name in enumerate(INDICES):
            curve, top = lines[number], lines[len(INDICES) + number]
            assert curve.get_ydata().max() == pytest.approx(1, abs=1e-3)
            assert top.get_xdata()[0] == pytest.approx(
                curve.get_xdata()[int(np.argmax(curve.get_ydata()))], abs=1 / 400
            )
            assert top.get_xdata()[0] == lab.result.peaks[name][0]
