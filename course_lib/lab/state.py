"""The state of a lab: how its controls stand, and what model and chart make of it."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, Self

from course_lib.lab.canvas import Canvas
from course_lib.lab.challenge import Challenge
from course_lib.lab.contracts import Chart, Result
from course_lib.lab.controls import Control, IntSlider
from course_lib.lab.empty import empty
from course_lib.lab.headline import Headline
from course_lib.lab.prediction import Prediction

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


FIRST = "Your prediction comes first: the picture opens when you commit it."
FIRST_OF_A_STATE = "Your prediction comes first: the rest opens when you commit it."


class LabState:
    """What a lab is without a page: a model, a chart, and how the controls stand.

    Its parameters are those of `Lab`.
    """

    def __init__(
        self,
        title: str,
        model: Callable[..., Result],
        chart: Chart,
        controls: Mapping[str, Control],
        predict: Prediction | None = None,
        *,
        name: str | None = None,
        size: tuple[float, float] = (9, 4),
        panels: tuple[int, int] = (1, 1),
        play: str | None = None,
        keep: Literal["beneath", "beside"] = "beneath",
        headline: Headline | None = None,
        challenge: Challenge | None = None,
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
        self.headline = headline
        self.challenge = challenge
        self.defaults = {name: self._default(name) for name in self.controls}
        self.values = dict(self.defaults)
        self.kept: Result | None = None
        self._kept_states: list[tuple[dict[str, Any], Result]] = []  # the last is the one in sight
        self._result: Result | None = None
        self._canvas: Canvas | None = None
        self._empty: Canvas | None = None
        asked = (predict.setting, predict.before or {}) if predict else ()
        for given in (*asked, [play] if play else ()):
            for wanted in given:
                self._control(wanted)
        if play and not isinstance(self.controls[play], IntSlider):
            raise ValueError(
                f"Only an IntSlider can be played: make {play!r} one, or leave out play."
            )

    # -- what the lab is at this moment ------------------------------------------------------

    @property
    def result(self) -> Result:
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

    def side_by_side(self) -> pd.DataFrame:
        """The kept states beside the present one: what differs, and the number that counts."""
        import pandas as pd

        if self.kept is None:
            raise ValueError("Press Keep first: then there are two states to compare.")
        states = [*self._kept_states, (self.values, self.result)]
        rows = {
            control.label: [control.words(values[name]) for values, _ in states]
            for name, control in self.controls.items()
            if any(values[name] != self.values[name] for values, _ in states)
        }
        if self.headline:
            rows[self.headline.label] = [self.headline.words(result) for _, result in states]
        rows["In words"] = [result.summary() for _, result in states]
        columns = ["kept before", "kept", "now"][-len(states) :]
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("state")

    def python(self) -> str:
        """The lines of Python that make the present result without the lab, and show it."""
        changed = {name: value for name, value in self.values.items() if value != self._own(name)}
        written = {name: repr(value) for name, value in changed.items()}
        function = self.model.__name__
        made = f"from {self.model.__module__} import {function}"
        if isinstance(self.model, partial):  # figures of the reader's own: they say how to get them
            own = {name: value.python for name, value in self.model.keywords.items()}
            written = {name: words for name, (_, words) in own.items()} | written
            made = "\n".join([made, *dict.fromkeys(line for line, _ in own.values() if line)])
        arguments = ", ".join(f"{name}={words}" for name, words in written.items())
        result = f"result = {function}({arguments})"
        chart, module = self.chart.__name__, sys.modules.get(self.chart.__module__)
        if getattr(module, chart, None) is not self.chart:  # made by another function: no name
            return f"{made}\n\n{result}\nprint(result.summary())\nresult.to_frame()"
        size = "" if self.size == (9, 4) else f", size={self.size}"
        panels = "" if self.panels == (1, 1) else f", panels={self.panels}"
        package, _, charts = self.chart.__module__.rpartition(".")
        return (
            f"from course_lib.lab import draw\nfrom {package} import {charts}\n"
            f"{made}\n\n{result}\n"
            # by its module: many a chart is called like its model
            f"draw({charts}.{chart}, result{size}{panels})"
        )

    @property
    def file_name(self) -> str:
        """The title as the beginning of a file's name."""
        return re.sub(r"[^a-z0-9]+", "_", self.title.lower()).strip("_")[:40] or "lab"

    # -- what may be seen before a prediction is committed -----------------------------------

    @property
    def values_before(self) -> dict[str, Any]:
        """How the controls stand before the commit."""
        shown = self.predict and self.predict.before
        return self.values | dict(shown or {})

    @property
    def shown_before(self) -> tuple[Canvas, str]:
        """Picture and sentence before the commit.

        An empty chart and the setting in words: the model has not run, so nothing of its answer
        can be seen. If the prediction names a state that does not answer it, that state.
        """
        setting = "; ".join(
            f"{control.label}: {control.words(self.values_before[name])}"
            for name, control in self.controls.items()
        )
        if self.predict and self.predict.before is not None:
            result = self.model(**self.values_before)
            canvas = Canvas(self.chart, self.size, self.panels).show(result)
            return canvas, f"{result.summary()} {FIRST_OF_A_STATE}"
        if self._empty is None:
            self._empty = Canvas(empty(self.chart, FIRST), self.size, self.panels).show(None)
        return self._empty, f"{FIRST} The controls stand at: {setting}."

    # -- what can be done with it ------------------------------------------------------------

    def set(self, **values: Any) -> Self:
        """Set one or several controls. If the model refuses, all stays as it was."""
        checked = {name: self._control(name).check(value) for name, value in values.items()}
        wanted = self.values | checked
        self._result = self.model(**wanted)
        self.values = wanted
        return self

    def reset(self) -> Self:
        """Back to how the lab stood at first; a kept state is let go."""
        self.kept = None
        self._kept_states = []
        return self.set(**self.defaults)

    def keep(self) -> Self:
        """Keep the present state in sight: the next one is drawn over it or below it.

        The table then holds both, and the state that was kept before.
        """
        if self.kept is not self.result:  # pressed twice
            self._kept_states = [*self._kept_states, (dict(self.values), self.result)][-2:]
        self.kept = self.result
        return self

    def settle(self) -> str:
        """Run the model on the question of the prediction; return the id of what came true.

        The state at first is kept in sight if the prediction says so, and the controls stand
        where the question put them.
        """
        if self.predict is None:
            raise ValueError("This lab asks for no prediction, so there is nothing to settle.")
        before = self.reset().result
        if self.predict.keeps_start:
            self.keep()
        after = self.set(**self.predict.setting).result
        return self.predict.settle(before, after)

    def came_true(self) -> str:
        """The id of the option that came true, without moving the lab; '' without a prediction."""
        if self.predict is None:
            return ""
        before = self.model(**self.defaults)
        after = self.model(**self.defaults | dict(self.predict.setting))
        return self.predict.settle(before, after)

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
