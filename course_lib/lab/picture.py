"""Pictures that stand still: a chart and a result, drawn once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course_lib.lab import mime
from course_lib.lab.canvas import Canvas
from course_lib.lab.contracts import Chart

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Picture:
    """A chart that stands still, with the sentence that says what to see on it.

    Made by `draw`. In a notebook it shows itself; where no kernel runs, its stored image does.
    """

    def __init__(self, canvas: Canvas, sentence: str):
        self.canvas = canvas
        self.sentence = sentence

    @property
    def figure(self) -> Figure:
        """The matplotlib figure."""
        return self.canvas.figure

    def save(self, path: str) -> None:
        """Write the picture as a PNG file."""
        with open(path, "wb") as file:
            file.write(self.canvas.png())

    def __repr__(self) -> str:
        return self.sentence

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        from course_lib.lab.panel import still_panel  # imports ipywidgets: only a page needs it

        widget = still_panel(self.canvas, self.sentence)
        return mime.bundle(widget, self.canvas, self.sentence)


def draw(
    chart: Chart,
    result: Any,
    sentence: str | None = None,
    size: tuple[float, float] = (9, 4),
    panels: tuple[int, int] = (1, 1),
) -> Picture:
    """Draw a result once: the same chart as in a lab, standing still.

    Parameters
    ----------
    chart : callable
        Gets axes, returns ``update(result)``.
    result : object
        What the chart shows.
    sentence : str, optional
        What to see, in one sentence: caption and alternative text. Without it,
        ``result.summary()`` is asked.
    size : (float, float)
        Width and height in inches.
    panels : (int, int)
        Rows and columns of axes.

    Returns
    -------
    Picture
        Shows itself in a notebook; ``.figure`` is the matplotlib figure.

    Examples
    --------
    >>> def line(axes):
    ...     (curve,) = axes.plot([], [])
    ...     axes.set(xlim=(0, 2), ylim=(0, 4))
    ...     return lambda values: curve.set_data(range(len(values)), values)
    >>> draw(line, [0, 1, 4], "The curve rises.")
    The curve rises.
    """
    return Picture(Canvas(chart, size, panels).show(result), sentence or result.summary())
