"""A lab on a page: the widgets, and what happens when they are touched."""

from __future__ import annotations

import base64
import html
import logging
import re
from collections.abc import Callable, Iterable
from typing import Any

import ipywidgets as w
from traitlets import Unicode

from course_lib.lab import progress
from course_lib.lab.alone import alone
from course_lib.lab.canvas import Canvas
from course_lib.lab.controls import IntSlider
from course_lib.lab.front_end import FrontEnd
from course_lib.lab.player import Player
from course_lib.lab.scoreboard import Scoreboard
from course_lib.lab.state import LabState
from course_lib.lab.style import POINTS_PER_INCH
from course_lib.lab.sweep import sweep, sweep_chart, sweepable
from course_lib.lab.tally import Tally
from course_lib.lab.teacher import is_teacher_view
from course_lib.lab.words_table import in_words, number_in_words, table_html

ROWS_SHOWN = 200

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
        self._kept: Any = None  # the state that the kept picture shows
        self.controls = {
            name: control.widget(lab.values[name], self._changed(name))
            for name, control in lab.controls.items()
        }
        self.picture = _screen(lab.size[0])
        self.kept_picture = _screen(lab.size[0])
        self.kept_box = _box(
            w.VBox, [w.HTML("<b>Kept before:</b>"), _in_frame(self.kept_picture)], "kept"
        )
        self.kept_box.layout.display = "none"
        self.sentence = _spoken()
        self.message = _spoken()  # of the controls and buttons
        self.answer = _spoken()  # of the buttons of the prediction
        self.outcome = _spoken()
        self.scoreboard = Scoreboard(lab.challenge, lab.name, lab.title) if lab.challenge else None
        self.drawer = _box(w.VBox, [], "drawer")
        self.player = self._player()
        self.toolbar = self._toolbar()
        self.question = _box(w.VBox, [], "question")
        self.front = FrontEnd(units=_units(self.controls.values()))
        if self.player:
            self.front.observe(lambda change: self.player.calm(change["new"]), "calm")
        if self.scoreboard:
            self.front.on_rest(self._record_best)
        self.widget = _box(
            w.VBox,
            [
                w.HTML(f'<h4 class="course-lab-title">{_text(lab.title)}</h4>'),
                self.question,
                self._body(),
                self.front,
            ],
        )
        if is_teacher_view():
            self.widget.add_class("course-lab-teacher")
        self.is_open = lab.predict is None
        self._ask_whom()
        self.refresh()

    def _body(self) -> w.Box:
        """Controls and picture, one beside the other where there is room for both."""
        shown = [control.shown for control in self.controls.values()]
        player = [self.player.shown] if self.player else []
        controls = [_box(w.VBox, shown, "list"), *player, self.message]
        view = [
            _in_frame(self.picture),
            self.sentence,
            *([self.scoreboard.widget] if self.scoreboard else []),
            self.toolbar,
            self.drawer,
            self.kept_box,
        ]
        columns = [_box(w.VBox, controls, "controls"), _box(w.VBox, view, "view")]
        return _box(w.Box, columns, "body")

    # -- the prediction ----------------------------------------------------------------------

    def lock(self, locked: bool) -> None:
        """Lock or unlock everything that moves the lab."""
        for control in self.controls.values():
            control.lock(locked)
        for button in self.toolbar.children:
            button.disabled = locked
        if self.player:
            self.player.lock(locked)

    def _ask_whom(self) -> None:
        """Ask the class or the student, unless what the student answered is known."""
        if self.lab.predict is None:
            return
        if is_teacher_view():
            self._ask_the_class()
            return
        committed = progress.recall("prediction", self.lab.name, self.lab.title)
        if committed and "choice" in committed:
            self._show_committed(str(committed["choice"]), str(committed.get("reason", "")))
        else:
            self._ask()
            self.lock(True)

    def _ask_the_class(self) -> None:
        """Count hands. The controls are free; the picture comes when one of them is moved."""
        prediction = self.lab.predict
        assert prediction is not None
        self.tally = Tally(
            self.lab.name,
            self.lab.title,
            prediction.choices,
            self._revealed,
            self._close_again,
            lambda problem: self._say(problem, self.answer),
        )
        hint = w.HTML(
            '<span class="course-lab-hint">Teacher\'s view: the picture opens when you reveal, or '
            "move a control.</span>"
        )
        asked = f"<b>What does the class think?</b> {_text(prediction.question)}"
        self.question.children = [
            w.HTML(f'<div class="course-lab-asked">{asked}</div>'),
            self.tally.widget,
            _box(w.Box, [self.tally.again, self.tally.reveal, self.tally.new, hint], "row"),
            self.outcome,
            self.answer,
        ]

    def _revealed(self) -> str:
        self._settle(None)
        return self._came_true()

    @alone
    def _close_again(self) -> None:
        """For another class: back to what is seen before the prediction."""
        self.lab.reset()
        self.is_open = False
        self.outcome.value = ""
        self._close()
        self.kept_box.layout.display = "none"
        self.refresh()

    def _ask(self) -> None:
        prediction = self.lab.predict
        assert prediction is not None
        self.options = w.RadioButtons(
            options=[(words, option) for option, words in prediction.choices.items()], value=None
        )
        self.reason = w.Textarea(placeholder="Why? One sentence.")
        self.reason.add_class("course-lab-reason")
        self.commit = w.Button(description="Commit my prediction", button_style="primary")
        self.commit.layout.width = "auto"
        self.commit.on_click(lambda _: self._committed())
        hint = w.HTML(
            '<span class="course-lab-hint">The controls unlock when you commit. You cannot change '
            "it afterwards: that is the point.</span>"
        )
        asked = f"<b>Your prediction.</b> {_text(prediction.question)}"
        self.question.children = [
            w.HTML(f'<div class="course-lab-asked">{asked}</div>'),
            self.options,
            self.reason,
            _box(w.Box, [self.commit, hint], "row"),
            self.outcome,
            self.answer,
        ]

    @alone
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
            title=self.lab.title,
            question=prediction.question,
            options=prediction.choices,
            choice=choice,
            words=prediction.words(choice),
            reason=reason,
            outcome=self._came_true(),
        )
        self._show_committed(choice, reason)
        self.lock(False)
        self.refresh()
        self._say(problem, self.answer)
        self.front.focus_on(".course-lab-settle")

    def _came_true(self) -> str:
        """The outcome, to keep beside what was predicted; '' where the lab cannot say it."""
        try:
            return self.lab.came_true()
        except Exception:  # "Compare" says it; here it must not cost what a student wrote
            log.exception("The prediction of %r could not be settled.", self.lab.title)
            return ""

    def _show_committed(self, kept: str, reason: str) -> None:
        prediction = self.lab.predict
        assert prediction is not None
        choice = prediction.option(kept)
        self.is_open = True
        self.settle = self._compare_button(choice)
        folded = w.HTML(
            f"<details><summary>You predicted: <b>{_text(prediction.words(choice))}</b></summary>"
            f'<div class="course-lab-asked">{_text(prediction.question)}<br>'
            f"Your reason: <i>{_text(reason)}</i></div></details>"
        )
        self.question.children = [
            _box(w.Box, [self.settle, folded], "row"),
            self.outcome,
            self.answer,
        ]

    def _compare_button(self, choice: str) -> w.Button:
        prediction = self.lab.predict
        assert prediction is not None
        button = w.Button(
            description=f"Compare with the {prediction.asks}",
            tooltip="Sets the controls as the question says and compares",
            button_style="primary",
            layout={"width": "auto"},
        )
        button.add_class("course-lab-settle")
        button.on_click(lambda _: self._settle(choice))
        return button

    @alone
    def _settle(self, choice: str | None) -> None:
        prediction = self.lab.predict
        assert prediction is not None

        def settle() -> None:
            try:
                came_true = self.lab.settle()
            finally:
                self._show_values()
            verdict = ""
            if choice is not None:
                predicted = f"you predicted: {prediction.words(choice)}"
                verdict = f" ({'as you predicted' if came_true == choice else predicted})"
            words, because = prediction.words(came_true), _text(prediction.because)
            said = f"{prediction.answers}: <b>{_text(words)}</b>{_text(verdict)}. {because}"
            self.outcome.value = _say(said, "outcome")

        self._try(settle, where=self.answer)
        if choice is not None:  # in class the bars stay in sight
            self.front.bring_into_view(".course-lab-body")

    # -- the controls and the buttons --------------------------------------------------------

    def _changed(self, name: str) -> Callable[[Any], None]:
        @alone
        def changed(value: Any) -> None:
            # A slider tells its value, less the noise of binary numbers, when it is first shown.
            is_open = self.is_open or is_teacher_view()
            if self._listening and is_open and value != self._wanted[name]:
                # All of them: a setting refused a moment ago may now go together with this one.
                self._wanted[name] = value
                self._try(lambda: self.lab.set(**self._wanted))

        return changed

    def _player(self) -> Player | None:
        if not self.lab.play:
            return None
        time = self.lab.controls[self.lab.play]
        assert isinstance(time, IntSlider)  # a lab is not made otherwise
        return Player(time, self.controls[self.lab.play].slider)

    def _toolbar(self) -> w.Box:
        tools: list[tuple[str, str, Callable[[], None]]] = [
            (
                "Keep",
                "Keep this state in sight; Table then shows the states beside each other",
                self._keep,
            ),
            ("Reset", "Back to how the lab stood at first", self._reset),
            ("Table", "Show the numbers behind the picture", self._show_table),
            ("Save, or copy as Python", "Picture, numbers, or the code", self._show_files),
        ]
        if self.lab.headline and sweepable(self.lab):
            over = "One number over the whole range of a slider"
            tools.insert(3, ("Sweep", over, self._sweep))
        buttons: list[w.Widget] = []
        for label, tooltip, action in tools:
            button = w.Button(description=label, tooltip=tooltip)
            button.add_class(f"course-lab-{label.split(',')[0].lower()}")
            button.on_click(lambda _, action=action: action())
            buttons.append(button)
        return _box(w.Box, buttons, "toolbar")

    def _keep(self) -> None:
        self._try(self.lab.keep)

    def _reset(self) -> None:
        def reset() -> None:
            self.lab.reset()
            self._show_values()

        self._try(reset)

    @alone
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

    def _sweep(self) -> None:
        self._try(self._open_sweep, redraw=False)

    def _open_sweep(self) -> None:
        names = {label: name for name, label in sweepable(self.lab).items()}
        which = w.Dropdown(options=list(names), description="Sweep", tooltip="Control to sweep")
        picture, said = _screen(7), _spoken()

        def draw(_: Any = None) -> None:
            swept = sweep(self.lab, names[which.value])
            canvas = Canvas(sweep_chart(swept), (7, 3.2)).show(None)
            with picture.hold_sync():
                picture.value = canvas.jpeg()
                picture.tooltip = swept.summary()
            said.value = _say(_text(swept.summary()), "sweep")

        draw()
        which.observe(lambda _: self._try(draw, redraw=False), "value")
        self._open("sweep", _box(w.Box, [which], "row"), _in_frame(picture), said)

    def _open_table(self) -> None:
        table = in_words(self.lab.to_frame())
        more = f"The first {ROWS_SHOWN} of {len(table)} rows." if len(table) > ROWS_SHOWN else ""
        name = f"The numbers behind the picture. {more}".strip()
        tables = [_scrolled(table_html(table.head(ROWS_SHOWN), name, number_in_words), "Numbers")]
        if self.lab.kept is not None and self.lab.kept is not self.lab.result:
            states = table_html(self.lab.side_by_side(), "Kept states beside the present one.")
            tables.insert(0, _scrolled(states, "Two states"))
        self._open("table", *tables)

    def _open_files(self) -> None:
        lab, name = self.lab, self.lab.file_name
        csv = lab.to_frame().to_csv().encode()
        png = lab.canvas.png(caption=lab.sentence)
        lines = lab.python()
        code = w.Textarea(
            value=lines, rows=lines.count("\n") + 1, layout={"width": "95%", "height": "auto"}
        )
        self._open(
            "save",
            w.HTML(
                '<div class="course-lab-files">'
                f"{_download('Picture (PNG)', f'{name}.png', 'image/png', png)}"
                f"{_download('Numbers (CSV)', f'{name}.csv', 'text/csv', csv)}<br>"
                "These lines make the same result; click into them, then Ctrl+A and Ctrl+C:</div>"
            ),
            code,
        )

    def _open(self, opener: str, *contents: w.Widget) -> None:
        """Show something below the picture; closed, the focus goes back to what opened it."""
        close = w.Button(description="Close", layout={"width": "80px"})

        def closed(_: Any) -> None:
            self._close()
            self.front.focus_on(f".course-lab-{opener}")

        close.on_click(closed)
        self.drawer.children = [*contents, close]
        self.front.bring_into_view(".course-lab-drawer")

    def _close(self) -> None:
        self.drawer.children = ()

    # -- what is seen ------------------------------------------------------------------------

    def _by_labels(self, why: str) -> str:
        """A model's refusal with the labels that a student sees, where it names parameters."""
        for name, control in self.lab.controls.items():
            if "_" in name:  # other names are words as well
                why = re.sub(rf"\b{name}\b", f"“{control.label}”", why)
        return why

    @alone
    def _try(
        self, action: Callable[[], Any], redraw: bool = True, where: w.HTML | None = None
    ) -> None:
        """Do it and draw; if it cannot be done, say why and leave the picture as it is."""
        if redraw:
            self.is_open = True  # in class, whatever moves it opens it
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
        if self.scoreboard:
            moved = self.lab.values != self.lab.defaults
            self.scoreboard.show(self.lab.result, self.lab.values, moved)
        if self.drawer.children:
            self._close()  # it would show the numbers of another state
        if self.lab.keep_where == "beside":
            self._show_kept()

    def _show(self, canvas: Canvas, sentence: str) -> None:
        with self.picture.hold_sync():
            self.picture.value = canvas.jpeg()
            self.picture.tooltip = sentence
        self.sentence.value = _say(_text(sentence), "sentence")

    @alone
    def _record_best(self) -> None:
        assert self.scoreboard is not None
        if problem := self.scoreboard.record():
            self._say(problem)

    def _show_kept(self) -> None:
        kept = self.lab.kept
        if kept is not None and self._kept is not kept:
            canvas = Canvas(self.lab.chart, self.lab.size, self.lab.panels)
            self.kept_picture.value = canvas.show(kept).jpeg()
            self.kept_picture.tooltip = f"Kept: {kept.summary()}"
            self._kept = kept
        self.kept_box.layout.display = "none" if kept is None else ""

    def _say(self, sentence: str, where: w.HTML | None = None) -> None:
        """Say it beside the button that was pressed: of the prediction, or of the lab."""
        said = _say(_text(sentence), "message", "course-lab-message") if sentence else ""
        (where or self.message).value = said


def still_panel(canvas: Canvas, sentence: str) -> w.Widget:
    """A picture that stands still, on a page: with a text that a screen reader reads."""
    screen = _screen(canvas.figure.get_figwidth())
    screen.layout.min_width = "min(560px, 100%)"
    screen.value = canvas.jpeg()
    screen.tooltip = sentence
    return w.VBox([screen, w.HTML(f"<p>{_text(sentence)}</p>")])


def _screen(inches: float) -> Screen:
    width = f"{round(inches * POINTS_PER_INCH)}px"
    # The widget's margin, 2 px on each side, must fit as well, or there would be a scroll bar.
    layout = {"width": "auto", "max_width": f"min({width}, 100% - 4px)", "height": "auto"}
    return Screen(format="jpeg", layout=layout)


def _in_frame(screen: Screen) -> w.Box:
    """A frame in which a picture that is too wide for a phone can be scrolled."""
    return _box(w.Box, [screen], "picture")


def _box(kind: type[w.Box], children: Iterable[w.Widget], name: str = "") -> w.Box:
    """Widgets in a box that the style sheet knows by its name."""
    box = kind(list(children))
    box.add_class(f"course-lab-{name}" if name else "course-lab")
    return box


def _scrolled(table: str, name: str) -> w.HTML:
    """A table in a frame that the keyboard can scroll."""
    frame = f'class="course-lab-table" tabindex="0" role="region" aria-label="{name}"'
    return w.HTML(f"<div {frame}>{table}</div>")


def _spoken() -> w.HTML:
    """Text that is read aloud when it changes."""
    spoken = w.HTML()
    spoken.add_class("course-lab-speaks")
    return spoken


def _say(words: str, kind: str, name: str = "") -> str:
    return f'<div class="course-lab-say {name}" data-say="{kind}">{words}</div>'


def _units(controls: Iterable[Any]) -> dict[str, str]:
    """The unit of each slider, by its name."""
    return {name: unit for control in controls for name, unit in control.units.items() if unit}


def _text(words: str) -> str:
    return html.escape(words)


def _download(label: str, name: str, kind: str, content: bytes) -> str:
    data = base64.b64encode(content).decode()
    return f'<a download="{name}" href="data:{kind};base64,{data}">{label}</a>'
