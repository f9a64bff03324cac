"""Where the words of a chart stand: clear of the ticks' labels, of the axis lines and the edges."""

from __future__ import annotations

from collections.abc import Iterator

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from course_lib.lab.canvas import Canvas
from course_lib.lab.style import DENSITY, settings

# A text's box is that of its line, higher than its letters: so many pixels of the page may touch.
TOUCHING = 1.0
OVER_AN_AXIS = 2.0
SIDES = {"left": "x", "right": "x", "bottom": "y", "top": "y"}


def shown(text: Text) -> bool:
    return text.get_visible() and bool(text.get_text().strip())


def tick_labels(figure: Figure) -> list[tuple[Text, Bbox]]:
    """The labels of the ticks that are drawn, each with its box in pixels."""
    return [
        (label, label.get_window_extent())
        for axes in figure.axes
        if axes.get_visible() and axes.axison
        for axis in (axes.xaxis, axes.yaxis)
        if axis.get_visible()
        for tick in axis._update_ticks()  # those within the limits
        for label in (tick.label1, tick.label2)
        if shown(label)
    ]


def words(axes: Axes) -> Iterator[Text]:
    """Texts, titles, labels of the axes, the legend's lines."""
    yield from axes.texts
    yield from (axes.title, axes._left_title, axes._right_title)  # type: ignore[attr-defined]
    if axes.axison:
        yield from (axes.xaxis.label, axes.yaxis.label)
    legend = axes.get_legend()
    if legend is not None:
        yield from legend.get_texts()


def box_of(text: Text) -> Bbox:
    return Text.get_window_extent(text)  # of an annotation without its arrow


def overlap(box: Bbox, other: Bbox) -> float:
    """By how many pixels of the page two boxes lie over each other, the shorter way."""
    wide = min(box.x1, other.x1) - max(box.x0, other.x0)
    high = min(box.y1, other.y1) - max(box.y0, other.y0)
    return min(wide, high) / DENSITY


def beyond(box: Bbox, figure: Figure) -> float:
    """By how many pixels of the page a box reaches over the edge of the figure."""
    edge = figure.bbox
    over = (edge.x0 - box.x0, edge.y0 - box.y0, box.x1 - edge.x1, box.y1 - edge.y1)
    return max(over) / DENSITY


def crossed(box: Bbox, axes: Axes) -> Iterator[str]:
    """The axis lines that a text in the axes lies across.

    What stands in the margin on purpose lies wholly beyond the line.
    """
    inside = axes.bbox
    across = {
        "x": min(box.y1, inside.y1) - max(box.y0, inside.y0),
        "y": min(box.x1, inside.x1) - max(box.x0, inside.x0),
    }
    lines = {
        "left": min(inside.x0 - box.x0, box.x1 - inside.x0),
        "right": min(inside.x1 - box.x0, box.x1 - inside.x1),
        "bottom": min(inside.y0 - box.y0, box.y1 - inside.y0),
        "top": min(inside.y1 - box.y0, box.y1 - inside.y1),
    }
    for side, over in lines.items():
        drawn = axes.axison and axes.spines[side].get_visible()
        if drawn and across[SIDES[side]] > 0 and over / DENSITY > OVER_AN_AXIS:
            yield side


class Words:
    """The words of one canvas, looked at again and again: ticks are measured when they change."""

    def __init__(self, canvas: Canvas):
        self.canvas = canvas
        self.measured_at = -1
        self.ticks: list[tuple[Text, Bbox]] = []

    def misplaced(self) -> list[str]:
        """What lies on a tick's label, across an axis line, or partly outside of the figure."""
        figure = self.canvas.figure
        if self.measured_at != self.canvas.full_draws:
            with rc_context(settings()):  # how many ticks there is room for depends on the font
                self.ticks = tick_labels(figure)
            self.measured_at = self.canvas.full_draws
        problems = [
            f"the tick {tick.get_text()!r} is cut off at the edge"
            for tick, box in self.ticks
            if beyond(box, figure) > TOUCHING
        ]
        for axes in figure.axes:
            if axes.get_visible():
                for text in filter(shown, words(axes)):
                    problems += self._problems(text, axes)
        for text in filter(shown, figure.texts):
            if beyond(box_of(text), figure) > TOUCHING:
                problems.append(f"{text.get_text()!r} is cut off at the edge")
        return problems

    def _problems(self, text: Text, axes: Axes) -> Iterator[str]:
        box, said = box_of(text), repr(text.get_text())
        if beyond(box, self.canvas.figure) > TOUCHING:
            yield f"{said} is cut off at the edge by {beyond(box, self.canvas.figure):.0f} pixels"
        for tick, other in self.ticks:
            shared = overlap(box, other)
            if shared > TOUCHING:
                yield f"{said} lies on the tick {tick.get_text()!r} by {shared:.0f} pixels"
        if text in axes.texts:
            for side in crossed(box, axes):
                yield f"{said} lies across the {side} axis"
