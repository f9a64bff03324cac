"""Labels that keep apart, and lines with gaps."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from course_lib.lab.marks import (
    percent_ticks,
    place_text,
    plain_ticks,
    show_if,
    spread_labels,
    with_gaps,
)

heights = st.lists(st.floats(0, 1), min_size=1, max_size=8)


@given(heights)
def test_labels_keep_their_distance_and_their_order(wanted: list[float]) -> None:
    placed = spread_labels(wanted, 0.1)
    order = np.argsort(wanted, kind="stable")
    assert (np.diff(placed[order]) >= 0.1 - 1e-9).all()
    assert np.isclose(placed.mean(), np.mean(wanted))  # pushed apart, not all one way


@given(heights)
def test_labels_stay_between_the_limits(wanted: list[float]) -> None:
    placed = spread_labels(wanted, 0.1, 0.05, 0.95)
    assert placed.min() >= 0.05 - 1e-9
    assert placed.max() <= 0.95 + 1e-9


@given(heights)
def test_no_other_heights_are_nearer(wanted: list[float]) -> None:
    """Judged by scipy's isotonic regression."""
    from scipy.optimize import isotonic_regression

    order = np.argsort(wanted, kind="stable")
    below = 0.1 * np.arange(len(wanted))
    best = isotonic_regression(np.array(wanted)[order] - below).x + below
    assert np.allclose(spread_labels(wanted, 0.1)[order], best)


def test_labels_with_room_stay() -> None:
    assert spread_labels([0.9, 0.1, 0.5], 0.1) == pytest.approx([0.9, 0.1, 0.5])


def test_line_is_shown_or_not() -> None:
    (line,) = Figure().subplots().plot([], [])
    show_if(True, line, [1, 2], 3)
    assert line.get_xydata().tolist() == [[1, 3], [2, 3]]
    show_if(False, line, None, None)
    assert len(line.get_xydata()) == 0


def test_curves_become_one_line_with_gaps() -> None:
    x, y = with_gaps([[(0, 1), (2, 3)], [(4, 5)]])
    assert np.array_equal(x, [0, 2, np.nan, 4, np.nan], equal_nan=True)
    assert np.array_equal(y, [1, 3, np.nan, 5, np.nan], equal_nan=True)
    assert np.isnan(with_gaps([])).all()


def test_text_that_stays_is_not_stale() -> None:
    text = Figure().subplots().text(0, 0, "")
    place_text(text, "here", (0.5, 0.5))
    text.stale = False
    place_text(text, "here", (0.5, 0.5))
    assert not text.stale
    place_text(text, "here", (0.5, 0.6))
    assert text.stale


@pytest.mark.parametrize(
    "ticks, wanted",
    [(plain_ticks, ["0.1", "1", "1,000"]), (percent_ticks, ["10%", "100%", "100000%"])],
)
def test_ticks_are_plain(ticks: Callable[..., None], wanted: list[str]) -> None:
    axes = Figure().subplots()
    axes.set_yscale("log")
    ticks(axes.yaxis, [0.1, 1, 1000])
    assert [label.get_text() for label in axes.get_yticklabels()] == wanted
    assert len(axes.get_yticks(minor=True)) == 0 or ticks is percent_ticks
