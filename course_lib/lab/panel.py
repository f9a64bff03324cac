"""A lab on a page: the widgets, and what happens when they are touched."""

from __future__ import annotations

import base64
import html
import logging
import re
from collections.abc import Callable
from typing import Any

import ipywidgets as w
from traitlets import Unicode

from course_lib.lab import progress
from course_lib.lab.canvas import Canvas
from course_lib.lab.state import LabState
from course_lib.lab.style import POINTS_PER_INCH
from course_lib.lab.teacher import is_teacher_view
from course_lib.lab.words_table import in_words

ROWS_SHOWN = 200
FRAME_MS = 150  # between two steps of an animation: slow enough to follow

log = logging.getLogger("course_lib.lab")


class Screen(w.Image):
    """An image with an alternative text: a widget's tooltip is the name a screen reader reads."""

    # JupyterLab's view of a widget shows no tooltip unless the widget has a description.
    description = Unicode("").tag(sync=True)


class Panel:
    """The widgets of one lab.

    Parameters
    ----------
    lab : LabState
        The lab that is shown. What the picture shows is the lab's state, not the panel's.
    """

    def __init__(self, lab: LabState):
        self.lab = lab
        self._listening = True
        self._wanted = dict(lab.values)  # what the controls show; the lab may have refused it
        self._kept: Any = None  # the state that the picture above shows
        self.controls = {
            name: control.widget(lab.values[name], self._changed(name))
            for name, control in lab.controls.items()
        }
        self.picture = _screen(lab.size[0])
        self.kept_picture = _screen(lab.size[0])
        self.kept_box = w.VBox([w.HTML("<b>Kept before:</b>"), self.kept_picture])
        self.kept_box.layout.display = "none"
        self.sentence = w.HTML()
        self.message = w.HTML()  # of the controls and buttons
        self.answer = w.HTML()  # of the buttons of the prediction
        self.drawer = w.VBox()
        self.toolbar = self._toolbar()
        self.question = w.VBox()
        self.widget = w.VBox(
            [
                w.HTML(
                    f'<div class="course-lab-title" style="font-size:1.15em;font-weight:600">'
                    f"{_text(lab.title)}</div>"
                ),
                self.question,
                w.Box(
                    [control.shown for control in self.controls.values()],
                    layout={"flex_flow": "row wrap", "align_items": "center"},
                ),
                self.toolbar,
                self.message,
                self.picture,
                self.sentence,
                self.kept_box,
                self.drawer,
            ],
            layout={"max_width": "960px", "border": "1px solid #c8c8c8", "padding": "10px"},
        )
        self.widget.add_class("course-lab")
        committed = progress.recall("prediction", lab.name) if lab.predict else None
        self.is_open = lab.predict is None or is_teacher_view()
        if committed and "choice" in committed:
            self._show_committed(str(committed["choice"]), str(committed.get("reason", "")))
        elif lab.predict:
            self._ask()
        self.lock(not self.is_open)
        self.refresh()

    # -- the prediction ----------------------------------------------------------------------

    def lock(self, locked: bool) -> None:
        """Lock or unlock everything that moves the lab."""
        for control in self.controls.values():
            control.lock(locked)
        for button in self.toolbar.children:
            button.disabled = locked

    def _ask(self) -> None:
        prediction = self.lab.predict
        assert prediction is not None
        self.options = w.RadioButtons(
            options=[(words, option) for option, words in prediction.choices.items()],
            value=None,
            layout={"width": "max-content"},
        )
        self.reason = w.Textarea(
            placeholder="Why? One sentence.",
            layout={"width": "95%", "max_width": "640px", "height": "3.6em"},
        )
        self.commit = w.Button(description="Commit my prediction", layout={"width": "200px"})
        self.commit.on_click(lambda _: self._committed())
        note = (
            "Teacher's view: the lab is open without a prediction."
            if self.is_open
            else "The controls unlock when you commit. You cannot change it afterwards: "
            "that is the point."
        )
        self.question.children = [
            w.HTML(_lines(f"<b>Your prediction.</b> {_text(prediction.question)}")),
            self.options,
            self.reason,
            w.HBox([self.commit, w.HTML(f'<span style="font-style:italic">{note}</span>')]),
            self.answer,
        ]

    def _committed(self) -> None:
        choice, reason = self.options.value, self.reason.value.strip()
        if choice is None or not reason:
            missing = "Choose one of the answers" if choice is None else "Write one sentence: why"
            guess = "A guess with a reason teaches more than none."
            self._say(f"{missing}, then commit. {guess}", self.answer)
            return
        prediction = self.lab.predict
        assert prediction is not None
        problem = progress.record(
            "prediction",
            self.lab.name,
            choice=choice,
            words=prediction.words(choice),
            reason=reason,
        )
        self._show_committed(choice, reason)
        self.lock(False)
        self.refresh()
        self._say(problem, self.answer)

    def _show_committed(self, kept: str, reason: str) -> None:
        prediction = self.lab.predict
        assert prediction is not None
        choice = prediction.option(kept)
        self.is_open = True
        self.settle = w.Button(
            description=f"Compare with the {prediction.asks}",
            tooltip="Sets the controls as the question says and compares",
            layout={"width": "200px"},
        )
        self.settle.on_click(lambda _: self._settle(choice))
        self.outcome = w.HTML()
        self.question.children = [
            w.HTML(
                _lines(
                    f"{_text(prediction.question)}<br>"
                    f"You predicted: <b>{_text(prediction.words(choice))}</b>. "
                    f"Your reason: <i>{_text(reason)}</i>"
                )
            ),
            self.settle,
            self.outcome,
            self.answer,
        ]

    def _settle(self, choice: str) -> None:
        prediction = self.lab.predict
        assert prediction is not None

        def settle() -> None:
            try:
                came_true = self.lab.settle()
            finally:
                self._show_values()
            predicted = f"you predicted: {prediction.words(choice)}"
            verdict = "as you predicted" if came_true == choice else predicted
            because, answer = prediction.because, prediction.answers
            words = prediction.words(came_true)
            self.outcome.value = _live(
                f"{answer}: <b>{_text(words)}</b> ({_text(verdict)}). {_text(because)}"
            )

        self._try(settle, where=self.answer)

    # -- the controls and the buttons --------------------------------------------------------

    def _changed(self, name: str) -> Callable[[Any], None]:
        def changed(value: Any) -> None:
            # A slider tells its value, less the noise of binary numbers, when it is first shown.
            if self._listening and self.is_open and value != self._wanted[name]:
                # All of them: a setting refused a moment ago may now go together with this one.
                self._wanted[name] = value
                self._try(lambda: self.lab.set(**self._wanted))

        return changed

    def _toolbar(self) -> w.Box:
        tools: list[tuple[str, str, Callable[[], None]]] = [
            ("Keep", "Keep this state in sight under the next one", self._keep),
            ("Reset", "Back to how the lab stood at first", self._reset),
            ("Table", "Show the numbers behind the picture", self._show_table),
            ("Save, or copy as Python", "Picture, numbers, or the code", self._show_files),
        ]
        buttons: list[w.Widget] = []
        if self.lab.play:
            time = self.lab.controls[self.lab.play]
            play = w.Play(
                min=time.low,  # type: ignore[attr-defined]
                max=time.high,  # type: ignore[attr-defined]
                step=time.step,  # type: ignore[attr-defined]
                value=self.lab.values[self.lab.play],
                interval=FRAME_MS,
                show_repeat=False,
                description=f"Play {time.label}",
                layout={"width": "max-content"},
            )
            w.jslink((play, "value"), (self.controls[self.lab.play].slider, "value"))
            buttons.append(play)
        for label, tooltip, action in tools:
            button = w.Button(
                description=label, tooltip=tooltip, layout={"width": "auto", "min_width": "80px"}
            )
            button.on_click(lambda _, action=action: action())
            buttons.append(button)
        return w.HBox(buttons, layout={"flex_flow": "row wrap"})

    def _keep(self) -> None:
        self._try(self.lab.keep)

    def _reset(self) -> None:
        def reset() -> None:
            self.lab.reset()
            self._show_values()

        self._try(reset)

    def refresh(self) -> None:
        """Show the lab as it is now, or what may be seen of it before the prediction."""
        self._show_values()
        if self.is_open:
            self._redraw()
        else:
            canvas, sentence = self.lab.shown_before
            self._show(canvas, sentence)

    def _show_values(self) -> None:
        """Let the widgets say what the lab's values are, without starting it again."""
        self._listening = False
        try:
            shown = self.lab.values if self.is_open else self.lab.values_before
            for name, value in shown.items():
                self.controls[name].set(value)
        finally:
            self._listening = True
        self._wanted = dict(self.lab.values)

    def _show_table(self) -> None:
        self._try(self._open_table, redraw=False)

    def _show_files(self) -> None:
        self._try(self._open_files, redraw=False)

    def _open_table(self) -> None:
        table = in_words(self.lab.to_frame())
        more = f"The first {ROWS_SHOWN} of {len(table)} rows." if len(table) > ROWS_SHOWN else ""
        self._open(
            w.HTML(
                f"{more}<div style='max-height:300px;overflow:auto'>"
                f"{table.head(ROWS_SHOWN).to_html(border=0, float_format='{:.4g}'.format)}</div>"
            )
        )

    def _open_files(self) -> None:
        lab, name = self.lab, self.lab.file_name
        csv = lab.to_frame().to_csv().encode()
        png = lab.canvas.png(caption=lab.sentence)
        code = w.Textarea(value=lab.python(), rows=4, layout={"width": "95%", "height": "auto"})
        self._open(
            w.HTML(
                f"{_download('Picture (PNG)', f'{name}.png', 'image/png', png)} &nbsp; "
                f"{_download('Numbers (CSV)', f'{name}.csv', 'text/csv', csv)}<br>"
                "These lines make the same result; click into them, then Ctrl+A and Ctrl+C:"
            ),
            code,
        )

    def _open(self, *contents: w.Widget) -> None:
        close = w.Button(description="Close", layout={"width": "80px"})
        close.on_click(lambda _: self._close())
        self.drawer.children = [*contents, close]

    def _close(self) -> None:
        self.drawer.children = ()

    # -- what is seen ------------------------------------------------------------------------

    def _by_labels(self, why: str) -> str:
        """A model's refusal with the labels that a student sees, where it names parameters."""
        for name, control in self.lab.controls.items():
            if "_" in name:  # other names are words as well
                why = re.sub(rf"\b{name}\b", f"“{control.label}”", why)
        return why

    def _try(
        self, action: Callable[[], Any], redraw: bool = True, where: w.HTML | None = None
    ) -> None:
        """Do it and draw; if it cannot be done, say why and leave the picture as it is."""
        try:
            try:
                action()
            except ValueError as error:
                why = self._by_labels(str(error))
                why = why if why.endswith((".", "?")) else f"{why}."
                self._say(
                    f"Not possible: {why} The picture still shows the last setting that was "
                    "possible.",
                    where,
                )
                return
            if redraw:
                self._redraw()
        except Exception as error:
            log.exception("The lab %r failed", self.lab.title)
            self._say(
                f"The lab itself has a fault here ({type(error).__name__}: {error}). "
                "Press Reset to go on, and please tell your teacher.",
                where,
            )
        else:
            # As long as a control shows what the lab has refused, the reason stays in sight.
            if self.message.value and self._wanted == self.lab.values:
                self._say("")
            if self.answer.value:
                self._say("", self.answer)

    def _redraw(self) -> None:
        self._show(self.lab.canvas, self.lab.sentence)
        if self.drawer.children:
            self._close()  # it would show the numbers of another state
        if self.lab.keep_where == "beside":
            self._show_kept()

    def _show(self, canvas: Canvas, sentence: str) -> None:
        with self.picture.hold_sync():
            self.picture.value = canvas.jpeg()
            self.picture.tooltip = sentence
        self.sentence.value = _live(_text(sentence))

    def _show_kept(self) -> None:
        kept = self.lab.kept
        self.kept_box.layout.display = "none" if kept is None else ""
        if kept is not None and self._kept is not kept:
            canvas = Canvas(self.lab.chart, self.lab.size, self.lab.panels)
            self.kept_picture.value = canvas.show(kept).jpeg()
            self.kept_picture.tooltip = f"Kept: {kept.summary()}"
            self._kept = kept

    def _say(self, sentence: str, where: w.HTML | None = None) -> None:
        """Say it beside the button that was pressed: of the prediction, or of the lab."""
        (where or self.message).value = (
            f'<div role="alert" style="background:#fff3d6;color:#222;padding:6px 10px;'
            f'border-left:4px solid #b85000">{_text(sentence)}</div>'
            if sentence
            else ""
        )


def still_panel(canvas: Canvas, sentence: str) -> w.Widget:
    """A picture that stands still, on a page: with a text that a screen reader reads."""
    screen = _screen(canvas.figure.get_figwidth())
    screen.value = canvas.jpeg()
    screen.tooltip = sentence
    return w.VBox([screen, w.HTML(_lines(_text(sentence)))])


def _screen(inches: float) -> Screen:
    width = f"{round(inches * POINTS_PER_INCH)}px"
    # The widget's margin, 2 px on each side, must fit as well, or there would be a scroll bar.
    layout = {"width": width, "max_width": "calc(100% - 4px)", "height": "auto"}
    return Screen(format="jpeg", layout=layout)


def _text(words: str) -> str:
    return html.escape(words)


def _lines(words: str) -> str:
    return f'<div style="line-height:1.45;max-width:880px">{words}</div>'


def _live(words: str) -> str:
    """Text that a screen reader says when it changes."""
    return _lines(f'<span role="status" aria-live="polite">{words}</span>')


def _download(label: str, name: str, kind: str, content: bytes) -> str:
    data = base64.b64encode(content).decode()
    return (
        f'<a download="{name}" href="data:{kind};base64,{data}" '
        f'style="text-decoration:underline;color:var(--jp-content-link-color,#0b5cad)">{label}</a>'
    )
