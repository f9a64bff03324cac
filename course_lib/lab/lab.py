"""A lab: a model, a chart, a few controls and a question, put together by declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course_lib.lab import mime
from course_lib.lab.alone import alone
from course_lib.lab.state import LabState

if TYPE_CHECKING:
    from course_lib.lab.panel import Panel


class Lab(LabState):
    """Something to move, and a picture that answers.

    In a notebook a lab shows itself, locked until the student has committed a prediction. In a
    script or a test it works without any page: ``lab.set(...)``, ``lab.result``, ``lab.figure``.

    Parameters
    ----------
    title : str
        The question that the lab answers.
    model : callable
        A pure function of named parameters. It returns a result with ``summary()`` (one
        sentence) and ``to_frame()``, and raises ``ValueError`` with a sentence that says what to
        change when parameters do not go together. A `functools.partial` of one holds tables of
        the reader's own; each has a ``python``: the line that imports, and the words that make it.
    chart : callable
        Gets axes (an array of axes if there are several panels), returns ``update(result)``.
    controls : mapping of str to control
        One control for each parameter that can be set. A control without a default of its own
        takes the default of the model's parameter.
    predict : Prediction, optional
        The question before the controls unlock. Without one the lab is open.
    name : str, optional
        The id under which the prediction is kept: the lesson's number, and the function that makes
        the lab. Without it, the title.
    size : (float, float)
        Width and height of the picture in inches; 9 inches fill the page.
    panels : (int, int)
        Rows and columns of axes.
    play : str, optional
        The control that is time: it gets a play button. It has to be an `IntSlider`.
    keep : {"beneath", "beside"}
        How a kept state is shown: faintly beneath the present one, or, for maps that would
        cover each other, as a picture of its own after it.
    headline : Headline, optional
        The number that counts most: with it, any slider can be swept over its range.
    challenge : Challenge, optional
        A game with a score: the lab shows the present score, the best so far and the target.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> import pandas as pd
    >>> from course_lib.lab import Slider
    >>> @dataclass(frozen=True)
    ... class Square:
    ...     side: float
    ...     def to_frame(self):
    ...         return pd.DataFrame({"side": [self.side], "area": [self.side**2]})
    ...     def summary(self):
    ...         return f"A square of side {self.side:g} has area {self.side**2:g}."
    >>> def square(side=1.0):
    ...     return Square(side)
    >>> def dot(axes):
    ...     (point,) = axes.plot([], [], "o")
    ...     axes.set(xlim=(0, 5), ylim=(0, 25))
    ...     return lambda result: point.set_data([result.side], [result.side**2])
    >>> lab = Lab("How fast does area grow?", square, dot, {"side": Slider(0, 5, 0.1, "Side")})
    >>> lab.set(side=3)
    A square of side 3 has area 9.
    >>> lab.set(side=9)
    Traceback (most recent call last):
    ...
    ValueError: Side goes from 0 to 5 (got 9): choose a number between them.
    """

    _panel: Panel | None = None

    @property
    def panel(self) -> Panel:
        """The lab on a page: controls, picture, sentence."""
        if self._panel is None:
            from course_lib.lab.panel import Panel  # imports ipywidgets: only a page needs it

            self._panel = Panel(self)
        return self._panel

    def __repr__(self) -> str:
        return self.sentence

    @alone
    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        if self._panel is not None:  # what a line of code has changed since it was shown
            self._panel.refresh()
        shown = (self.canvas, self.sentence) if self.panel.is_open else self.shown_before
        return mime.bundle(self.panel.widget, *shown, wake=True)
