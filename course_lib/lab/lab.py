"""A lab: a model, a chart, a few controls and a question, put together by declaration."""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from course_lib.lab import mime
from course_lib.lab.controls import Control, IntSlider
from course_lib.lab.picture import Canvas, Chart
from course_lib.lab.prediction import Prediction

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from course_lib.lab.panel import Panel


class Lab:
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
        change when parameters do not go together.
    chart : callable
        Gets axes (an array of axes if there are several panels), returns ``update(result)``.
    controls : mapping of str to control
        One control for each parameter that can be set. A control without a default of its own
        takes the default of the model's parameter.
    predict : Prediction, optional
        The question before the controls unlock. Without one the lab is open.
    name : str, optional
        Under what name the prediction is kept; without it, the title.
    size : (float, float)
        Width and height of the picture in inches; 9 inches fill the page.
    panels : (int, int)
        Rows and columns of axes.
    play : str, optional
        The control that is time: it gets a play button. It has to be an `IntSlider`.
    keep : {"beneath", "above"}
        How a kept state is shown: faintly beneath the present one, or, for maps that would
        cover each other, as a picture of its own above it.

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

    def __init__(
        self,
        title: str,
        model: Callable[..., Any],
        chart: Chart,
        controls: Mapping[str, Control],
        predict: Prediction | None = None,
        *,
        name: str | None = None,
        size: tuple[float, float] = (9, 4),
        panels: tuple[int, int] = (1, 1),
        play: str | None = None,
        keep: Literal["beneath", "above"] = "beneath",
    ):
        self.title = title
        self.name = name or title
        self.model = model
        self.chart = chart
        self.controls = dict(controls)
        self.predict = predict
        self.size = size
        self.panels = panels
        self.play = play
        self.keep_where = keep
        self.defaults = {name: self._default(name) for name in self.controls}
        self.values = dict(self.defaults)
        self.kept: Any = None
        self._result: Any = None
        self._canvas: Canvas | None = None
        self._panel: Panel | None = None
        for given in (predict.setting if predict else (), [play] if play else ()):
            for wanted in given:
                self._control(wanted)
        if play and not isinstance(self.controls[play], IntSlider):
            raise ValueError(
                f"Only an IntSlider can be played: make {play!r} one, or leave out play."
            )

    # -- what the lab is at this moment ------------------------------------------------------

    @property
    def result(self) -> Any:
        """The result of the model as the controls stand."""
        if self._result is None:
            self._result = self.model(**self.values)
        return self._result

    @property
    def sentence(self) -> str:
        """What the picture shows, in one sentence."""
        return self.result.summary()

    @property
    def figure(self) -> Figure:
        """The matplotlib figure, drawn as the controls stand."""
        return self.canvas.figure

    @property
    def canvas(self) -> Canvas:
        """The picture, drawn as the controls stand."""
        if self._canvas is None:
            self._canvas = Canvas(self.chart, self.size, self.panels)
        return self._canvas.show(self.result, self.kept if self.keep_where == "beneath" else None)

    def to_frame(self) -> pd.DataFrame:
        """The result as a table."""
        return self.result.to_frame()

    def python(self) -> str:
        """The lines of Python that make the present result without the lab."""
        changed = {name: value for name, value in self.values.items() if value != self._own(name)}
        arguments = ", ".join(f"{name}={value!r}" for name, value in changed.items())
        function = self.model.__name__
        return f"from {self.model.__module__} import {function}\n\nresult = {function}({arguments})"

    @property
    def file_name(self) -> str:
        """The title as the beginning of a file's name."""
        return re.sub(r"[^a-z0-9]+", "_", self.title.lower()).strip("_")[:40] or "lab"

    # -- what can be done with it ------------------------------------------------------------

    def set(self, **values: Any) -> Lab:
        """Set one or several controls. If the model refuses, all stays as it was."""
        checked = {name: self._control(name).check(value) for name, value in values.items()}
        wanted = self.values | checked
        self._result = self.model(**wanted)
        self.values = wanted
        return self

    def reset(self) -> Lab:
        """Back to how the lab stood at first; a kept state is let go."""
        self.kept = None
        return self.set(**self.defaults)

    def keep(self) -> Lab:
        """Keep the present state in sight: the next one is drawn over it or below it."""
        self.kept = self.result
        return self

    def settle(self) -> str:
        """Run the model on the question of the prediction and return the option that came true.

        The state before is kept in sight, and the controls stand where the question put them.
        """
        if self.predict is None:
            raise ValueError("This lab asks for no prediction, so there is nothing to settle.")
        before = self.reset().result
        self.keep()
        after = self.set(**self.predict.setting).result
        return self.predict.settle(before, after)

    # -- how it shows itself -----------------------------------------------------------------

    @property
    def panel(self) -> Panel:
        """The lab on a page: controls, picture, sentence."""
        if self._panel is None:
            from course_lib.lab.panel import Panel

            self._panel = Panel(self)
        return self._panel

    def __repr__(self) -> str:
        return self.sentence

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        if self._panel is not None:  # what a line of code has changed since it was shown
            self._panel.refresh()
        return mime.bundle(self.panel.widget, self.canvas, self.sentence)

    # -- helpers -----------------------------------------------------------------------------

    def _control(self, name: str) -> Control:
        if name not in self.controls:
            raise ValueError(
                f"The lab {self.title!r} has no control {name!r}. "
                f"It has {', '.join(self.controls)}."
            )
        return self.controls[name]

    def _own(self, name: str) -> Any:
        """The default that the model itself gives to a parameter."""
        return inspect.signature(self.model).parameters[name].default

    def _default(self, name: str) -> Any:
        control = self.controls[name]
        if name not in inspect.signature(self.model).parameters:
            raise ValueError(f"{self.model.__name__} has no parameter {name!r} for a control.")
        default = self._own(name) if control.default is None else control.default
        if default is inspect.Parameter.empty:
            raise ValueError(f"Give the control {name!r} a default: its parameter has none.")
        return control.check(default)


def teacher_view(on: bool = True) -> None:
    """Open every lab without a prediction, for labs shown from now on.

    A lecturer who shows the labs in class starts the course with ``course lab --teacher``, or
    calls this in a cell.

    Parameters
    ----------
    on : bool
        True opens the labs, False locks those that are shown later.
    """
    os.environ["COURSE_TEACHER"] = "1" if on else ""


def is_teacher_view() -> bool:
    """Whether labs open without a prediction."""
    return bool(os.environ.get("COURSE_TEACHER"))
