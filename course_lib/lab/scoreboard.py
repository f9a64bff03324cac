"""The line below a lab's sentence that says how its challenge stands."""

from __future__ import annotations

import html
from collections.abc import Mapping, Set
from typing import Any

import ipywidgets as w

from course_lib.lab import progress
from course_lib.lab.challenge import Challenge

KIND = "challenge"  # of the event in the progress file


class Scoreboard:
    """Present score, best so far, target.

    A new best is recorded when the page says that the lab has come to rest: a slider that is
    drawn over twenty better and better values is one line in the student's file, not twenty.

    Parameters
    ----------
    challenge : Challenge
        The game.
    name : str
        The lab's id, under which the best is kept.
    title : str
        The lab's title, which older versions of the course kept in its place.
    """

    def __init__(self, challenge: Challenge, name: str, title: str):
        self.challenge = challenge
        self.name = name
        self.title = title
        self.best = self.kept = _best_kept(challenge, {name, title})
        self._setting: dict[str, Any] = {}  # how the controls stood at the best
        self._now: float | None = None
        self.widget = w.HTML()
        self.widget.add_class("course-lab-speaks")
        self.widget.layout.display = "none"  # until the lab is open
        self._write("")

    def show(self, result: Any, setting: Mapping[str, Any], moved: bool) -> None:
        """Show how a result scores; one that the student has not made is no best."""
        score = self.challenge.of(result)
        if moved and self.challenge.beats(score, self.best):
            self.best, self._setting = score, dict(setting)
        now = "does not count" if score is None else self.challenge.words(score)
        self.widget.layout.display = ""
        self._write(now)

    def record(self) -> str:
        """Keep a new best with the student's progress; a sentence if that was not possible."""
        if self.best is None or self.best == self.kept:
            return ""
        self.kept = self.best
        challenge = self.challenge
        return progress.record(
            KIND,
            self.name,
            title=self.title,
            score=self.best,
            right=challenge.reached(self.best),
            words=f"best {challenge.words(self.best)}, target {challenge.target_in_words}",
            setting=self._setting,
        )

    def _write(self, now: str) -> None:
        challenge = self.challenge
        best = "none yet" if self.best is None else challenge.words(self.best)
        is_reached = challenge.reached(self.best)
        done = " Target reached." if is_reached else ""
        mark = " course-lab-reached" if is_reached else ""
        self.widget.value = (
            f'<div class="course-lab-challenge{mark}" role="group" aria-label="Challenge">'
            f"<div><b>Challenge.</b> {html.escape(challenge.goal)}</div>"
            f"<span>Score now: <b>{html.escape(now)}</b></span> "
            f"<span>Target: <b>{html.escape(challenge.target_in_words)}</b></span> "
            # The one part that is read aloud: it changes with a new best alone.
            f'<span class="course-lab-say" data-say="challenge">Best so far: '
            f"<b>{html.escape(best)}</b>.{done}</span></div>"
        )


def _best_kept(challenge: Challenge, names: Set[str]) -> float | None:
    """The best score of this lab in the student's file."""
    best: float | None = None
    for event in progress.events():
        score = event.get("score")
        mine = event["kind"] == KIND and event["name"] in names
        if mine and isinstance(score, int | float) and challenge.beats(score, best):
            best = float(score)
    return best
