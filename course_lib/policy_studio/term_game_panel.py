"""The widgets of the game that is played term by term."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Protocol

import ipywidgets as w

from course_lib.lab.alone import alone
from course_lib.lab.canvas import Canvas
from course_lib.lab.front_end import FrontEnd
from course_lib.lab.panel import Screen
from course_lib.lab.style import POINTS_PER_INCH
from course_lib.policy_studio.moves import TERMS, USES
from course_lib.policy_studio.rules import MOST_SEED
from course_lib.policy_studio.term_by_term import SoFar

START = (0.2, 0.0, 0.4, 0.4, 0.0, 0.0)  # of the mix
NO_FILE = "choose a file"


class Playable(Protocol):
    """A game that the buttons move: `term_game.TermGame`."""

    so_far: SoFar
    canvas: Canvas

    def end_term(self, parts: tuple[float, ...]) -> SoFar: ...
    def begin(self, seed: int) -> SoFar: ...
    def save(self, team: str) -> str: ...
    def load(self, file: str) -> SoFar: ...
    def files(self) -> list[str]: ...


class TermGamePanel:
    """Mix, *End the term*, map and curves; below them saving, loading, a new country.

    Parameters
    ----------
    game : Playable
        The game that is shown.
    """

    def __init__(self, game: Playable):
        self.game = game
        self.mix = {
            use: w.FloatSlider(
                value=part, min=0, max=1, step=0.05, description=use, readout_format=".2f"
            )
            for use, part in zip(USES, START, strict=True)
        }
        self.end = self._button("End the term", self._end, "primary")
        self.seed = w.BoundedIntText(
            value=game.so_far.seed, min=0, max=MOST_SEED, description="Country"
        )
        self.begin = self._button("New game", self._begin)
        self.team = w.Text(description="Team", placeholder="your team's name")
        self.save = self._button("Save the game", self._save)
        self.file = w.Dropdown(description="Saved", options=[NO_FILE])
        self.load = self._button("Load", self._load)
        self.picture = Screen(format="jpeg")
        self.picture.layout.width = f"{round(9 * POINTS_PER_INCH)}px"
        self.sentence = _spoken()
        self.refusal = _spoken()  # of the button that ends a term
        self.message = _spoken()  # of the buttons below the picture
        title = w.HTML('<h4 class="course-lab-title">Term by term: you do not know the shock</h4>')
        controls = _box(
            w.VBox,
            [_box(w.VBox, list(self.mix.values()), "list"), self.end, self.refusal],
            "controls",
        )
        rows = [
            _box(w.Box, [self.team, self.save], "row"),
            _box(w.Box, [self.file, self.load], "row"),
            _box(w.Box, [self.seed, self.begin], "row"),
        ]
        view = _box(
            w.VBox,
            [_box(w.Box, [self.picture], "picture"), self.sentence, *rows, self.message],
            "view",
        )
        units = dict.fromkeys(USES, "parts")
        self.widget = _box(
            w.VBox, [title, _box(w.Box, [controls, view], "body"), FrontEnd(units=units)], ""
        )
        self.widget.add_class("course-game")
        self._list_files()
        self.show()

    def _button(self, words: str, action: Callable[[], str], style: str = "") -> w.Button:
        button = w.Button(description=words, button_style=style, layout={"width": "auto"})
        button.on_click(lambda _: self.act(action))
        return button

    @alone
    def show(self) -> None:
        """Show the game as it stands."""
        so_far = self.game.so_far
        canvas = self.game.canvas.show(so_far)
        with self.picture.hold_sync():
            self.picture.value = canvas.jpeg()
            self.picture.tooltip = so_far.summary()
        self.sentence.value = _say(so_far.summary(), "sentence")
        self.end.disabled = so_far.is_over
        term = min(so_far.ended + 1, TERMS)
        who = "" if so_far.governs or so_far.is_over else " of the opposition"
        self.end.description = f"End term {term}{who}"
        for slider in self.mix.values():
            slider.disabled = so_far.is_over or not so_far.governs

    def _end(self) -> str:
        self.game.end_term(tuple(slider.value for slider in self.mix.values()))
        return ""

    def _begin(self) -> str:
        self.game.begin(self.seed.value)
        return ""

    def _save(self) -> str:
        said = self.game.save(self.team.value)
        self._list_files()
        return said

    def _load(self) -> str:
        if self.file.value == NO_FILE:
            self._list_files()
            there = "Choose a file first." if len(self.file.options) > 1 else "No file is here yet."
            raise ValueError(f"{there} Files of saved games lie beside the notebook")
        self.game.load(self.file.value)
        self.seed.value = self.game.so_far.seed
        return f"{self.file.value} is open: go on where it stopped."

    def _list_files(self) -> None:
        self.file.options = [NO_FILE, *self.game.files()]

    @alone
    def act(self, action: Callable[[], str]) -> None:
        """Do what a button says, and show what came of it."""
        try:
            said = action()
        except ValueError as error:
            why = str(error)
            said = f"Not possible: {why}{'' if why.endswith('.') else '.'}"
        told = _say(said, "message", "course-lab-message") if said else ""
        of_the_term = action == self._end
        self.refusal.value = told if of_the_term else ""
        self.message.value = "" if of_the_term else told
        self.show()


def _box(kind: type[w.Box], children: list[w.Widget], name: str) -> w.Box:
    box = kind(children)
    box.add_class(f"course-lab-{name}" if name else "course-lab")
    return box


def _spoken() -> w.HTML:
    said = w.HTML()
    said.add_class("course-lab-speaks")
    return said


def _say(words: str, kind: str, style: str = "") -> str:
    classes = f"course-lab-say {style}".strip()
    return f'<div class="{classes}" data-say="{kind}">{html.escape(words)}</div>'
