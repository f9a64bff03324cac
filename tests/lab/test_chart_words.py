"""The search for misplaced words finds each kind, and leaves alone what stands in the margin."""

from __future__ import annotations

from typing import Any

import pytest
from matplotlib.axes import Axes

from course_lib.lab.canvas import Canvas
from tests.lab.words import Words


def misplaced(x: float, y: float, words: str, **how: Any) -> list[str]:
    def chart(axes: Axes) -> Any:
        axes.set(xlim=(0, 1), ylim=(0, 1), xticks=[0.5], yticks=[0.5])
        text = axes.text(x, y, words, ha="center", va="center", **how)
        text.set_in_layout(False)
        return lambda result: None

    return Words(Canvas(chart, (4, 3)).show(None)).misplaced()


@pytest.mark.parametrize(
    ("x", "y", "problem"),
    [
        (0.5, -0.07, "lies on the tick '0.5'"),
        (0.0, 0.8, "lies across the left axis"),
        (0.2, 0.0, "lies across the bottom axis"),
        (0.98, 0.5, "is cut off at the edge"),
    ],
)
def test_finds_what_is_misplaced(x: float, y: float, problem: str) -> None:
    (said,) = misplaced(x, y, "words")
    assert problem in said


def test_leaves_alone_what_stands_in_the_axes_or_in_the_margin() -> None:
    assert misplaced(0.5, 0.5, "seven words") == []
    assert misplaced(0.2, -0.08, "margin") == []


def test_looks_at_ticks_again_when_they_move() -> None:
    def chart(axes: Axes) -> Any:
        axes.text(0.2, 0.5, "here", ha="center", transform=axes.transAxes)
        low = axes.text(0.2, -0.07, "low", ha="center", va="center", transform=axes.transAxes)
        low.set_in_layout(False)

        def update(tick: float) -> None:
            axes.set(xlim=(0, 1), ylim=(0, 1), xticks=[tick], yticks=[])

        return update

    canvas = Canvas(chart, (4, 3)).show(0.8)
    words = Words(canvas)
    assert words.misplaced() == []
    canvas.show(0.2)
    assert "'low' lies on the tick" in words.misplaced()[0]
