"""A chart with nothing on it: what a lab shows before a prediction is committed."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator

from course_lib.lab.contracts import Chart, Update
from course_lib.lab.style import GREY, INK

NO_AXES = "#F4F4F4"  # the ground of a map or a network, which has no axes that could be seen


def empty(chart: Chart, words: str) -> Chart:
    """The same chart without what it draws: axes, labels, ticks and names of categories stay.

    The chart's own update is never called. So nothing of a result can be on the picture, not even
    in a limit or in a title.

    Parameters
    ----------
    chart : callable
        Gets axes, returns ``update(result)``.
    words : str
        What stands in the middle instead.

    Examples
    --------
    >>> from course_lib.lab.canvas import Canvas
    >>> def line(axes):
    ...     axes.plot([0, 1], [0, 1])
    ...     return lambda result: axes.set_title(result)
    >>> canvas = Canvas(empty(line, "Not yet."), size=(3, 2)).show("the answer")
    >>> axes = canvas.figure.axes[0]
    >>> axes.lines[0].get_visible(), axes.get_title()
    (False, '')
    """

    def drawn(axes: Any) -> Update:
        chart(axes)
        figure = np.ravel(axes)[0].figure
        for panel in figure.axes:
            _clear(panel)
        for artist in (*figure.texts, *figure.legends):
            artist.set_visible(False)
        _write(figure, words)
        return lambda result: None

    return drawn


def _clear(axes: Axes) -> None:
    """Hide all that is drawn on axes."""
    if hasattr(axes, "_colorbar"):
        axes.set_visible(False)
        return
    frame = (axes.patch, axes.xaxis, axes.yaxis, axes.title, *axes.spines.values())
    titles = (axes._left_title, axes._right_title)  # type: ignore[attr-defined]
    for artist in axes.get_children():
        if artist not in (*frame, *titles):
            artist.set_visible(False)
    if not axes.axison:
        axes.add_patch(Rectangle((0, 0), 1, 1, transform=axes.transAxes, color=NO_AXES, lw=0))
    for axis, is_open in (
        (axes.xaxis, axes.get_autoscalex_on()),
        (axes.yaxis, axes.get_autoscaley_on()),
    ):
        if is_open and not _has_names(axis):
            axis.set_ticks([])  # numbers on a scale that the result will set would be untrue


def _has_names(axis: Axis) -> bool:
    """Whether the chart itself has said where the ticks are."""
    return isinstance(axis.get_major_locator(), FixedLocator)


def _write(figure: Figure, words: str) -> None:
    width = figure.get_figwidth()
    over_all = figure.add_axes((0, 0, 1, 1), zorder=10, label="words")
    over_all.set_axis_off()
    over_all.text(
        0.5,
        0.5,
        "\n".join(textwrap.wrap(words, width=max(16, int(width * 6)))),
        ha="center",
        va="center",
        fontsize=14 if width > 5 else 11,
        color=INK,
        linespacing=1.4,
        animated=True,  # drawn last, and not with the background
        bbox={"boxstyle": "round,pad=0.8", "facecolor": "white", "edgecolor": GREY},
    )
