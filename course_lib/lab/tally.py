"""The show of hands: in teacher's view a lab's question counts what the class thinks.

First alone, then again after neighbours have talked (peer instruction; Mazur 1997). Every count is
one line at the end of a file beside the notebook, so that a kernel that stops costs nothing, and
next year's class can be compared.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import ipywidgets as w

from course_lib.lab import progress

FILE_NAME = "class_votes.jsonl"
VOTES = ("First vote", "Second vote")
GOES_ON = timedelta(hours=6)  # a lab that is shown again so soon goes on with its count
MOST = 9_999  # hands
EARLIER = 4  # classes that are shown


def tally_file() -> Path | None:
    """Where votes are kept: beside the student's own file, or nowhere."""
    own = progress.progress_file()
    return own.with_name(FILE_NAME) if own else None


class Tally:
    """Hands for each option, in one vote or two.

    Parameters
    ----------
    name, title : str
        The lab's id and title.
    options : mapping of str to str
        The id of each option, and its words.
    reveal : callable
        Says what came true, where the lab says it; returns the id of that option.
    close : callable
        Hides what came true, for another class.
    say : callable
        Told a sentence if votes cannot be kept.
    """

    def __init__(
        self,
        name: str,
        title: str,
        options: Mapping[str, str],
        reveal: Callable[[], str],
        close: Callable[[], None],
        say: Callable[[str], None],
    ):
        self.name, self.title, self.options = name, title, dict(options)
        self._reveal, self._close, self._say = reveal, close, say
        self.outcome = ""
        self.earlier = self._kept()
        self.began, self.votes = _now(), self._no_hands()
        if self.earlier and _age(self.earlier[-1]) < GOES_ON:
            goes_on = self.earlier.pop()
            self.began = goes_on["began"]
            self.votes = [_hands(vote, self.options) for vote in goes_on["votes"]][: len(VOTES)]
        self._listening = True
        self.fields = {option: self._field(option) for option in self.options}
        self.bars = {option: w.HTML(layout={"flex": "1 1 auto"}) for option in self.options}
        self.again = _button("Second vote", "The class votes again after talking")
        self.again.on_click(lambda _: self.vote_again())
        self.new = _button("Another class", "Counts from zero; what was counted is kept")
        self.new.on_click(lambda _: self.another_class())
        self.reveal = _button("Reveal what came true", "Shows the outcome and why", "primary")
        self.reveal.add_class("course-lab-settle")
        self.reveal.on_click(lambda _: self.show_outcome())
        self.widget = w.VBox([self._row(option) for option in self.options])
        self.widget.add_class("course-tally")
        self._show()

    def _field(self, option: str) -> w.BoundedIntText:
        field = w.BoundedIntText(
            value=self.votes[-1][option], min=0, max=MOST, layout={"width": "5em"}
        )
        field.tooltip = f"Hands for: {self.options[option]}"
        field.observe(lambda change: self._counted(option, change["new"]), "value")
        return field

    def _row(self, option: str) -> w.Box:
        one_more = _button("+1", f"One more hand for: {self.options[option]}")
        field = self.fields[option]
        one_more.on_click(lambda _: setattr(field, "value", min(field.value + 1, MOST)))
        row = w.Box([one_more, field, self.bars[option]])
        row.add_class("course-lab-row")
        return row

    def _counted(self, option: str, hands: int) -> None:
        if self._listening:
            self.votes[-1][option] = hands
            self._keep()
            self._show()

    def vote_again(self) -> None:
        """Begin the second vote; the first stays beside it."""
        if len(self.votes) < len(VOTES):
            self.votes += self._no_hands()
            self._empty_fields()
            self._keep()
            self._show()

    def another_class(self) -> None:
        """Count from zero for the next class of the day; this one is an earlier class from now."""
        self.earlier = self._kept()
        self.began, self.votes, self.outcome = _now(), self._no_hands(), ""
        self._empty_fields()
        self._keep()
        self._close()
        self._show()

    def _no_hands(self) -> list[dict[str, int]]:
        return [dict.fromkeys(self.options, 0)]

    def _empty_fields(self) -> None:
        self._listening = False
        for field in self.fields.values():
            field.value = 0
        self._listening = True

    def show_outcome(self) -> None:
        """Mark the option that came true, and show what earlier classes thought."""
        self.outcome = self._reveal()
        self._keep()
        self._show()

    def _show(self) -> None:
        self.again.disabled = len(self.votes) == len(VOTES)
        rows = [(name, vote) for name, vote in zip(VOTES, self.votes, strict=False)]
        if self.outcome:  # before, it would be a hint
            rows += [(_named(one), _last(one, self.options)) for one in self.earlier[-EARLIER:]]
        for option, shown in self.bars.items():
            shown.value = bars(option, self.options[option], rows, option == self.outcome)

    # -- the file ----------------------------------------------------------------------------

    def _keep(self) -> None:
        file = tally_file()
        if file is not None:
            event = {
                "kind": "tally",
                "name": self.name,
                "when": _now(),
                "began": self.began,
                "title": self.title,
                "options": self.options,
                "votes": self.votes,
                "outcome": self.outcome,
            }
            self._say(progress.add_line(file, event, "The votes stand here"))

    def _kept(self) -> list[dict[str, Any]]:
        """The votes of this lab, one entry for each class, the last one last."""
        classes = {
            one["began"]: one
            for one in progress.read_lines(tally_file())
            if (one["kind"], one["name"]) == ("tally", self.name) and _is_whole(one)
        }
        counted = [one for one in classes.values() if _hands_of_all(one, self.options)]
        return sorted(counted, key=lambda one: str(one["began"]))


def bars(
    option: str, words: str, rows: Sequence[tuple[str, Mapping[str, int]]], came_true: bool
) -> str:
    """The words of an option, and a bar for each vote.

    Examples
    --------
    >>> shown = bars("a", "it rises", [("First vote", {"a": 3, "b": 1})], came_true=True)
    >>> "3 (75%)" in shown, "came true" in shown
    (True, True)
    """
    lines = "".join(_bar(name, vote.get(option, 0), sum(vote.values())) for name, vote in rows)
    mark = " <b>✓ came true</b>" if came_true else ""
    return (
        f'<div class="{"course-tally-true" if came_true else ""}">{html.escape(words)}{mark}'
        f'<table class="course-tally-bars">{lines}</table></div>'
    )


def _bar(name: str, hands: int, total: int) -> str:
    share = hands / total if total else 0.0
    return (
        f'<tr><th scope="row">{html.escape(name)}</th>'
        f'<td class="course-tally-track"><div style="width: {share:.1%}"></div></td>'
        f"<td>{hands} ({share:.0%})</td></tr>"
    )


def _button(words: str, tooltip: str, style: str = "") -> w.Button:
    return w.Button(
        description=words, tooltip=tooltip, button_style=style, layout={"width": "auto"}
    )


def _is_whole(event: Mapping[str, Any]) -> bool:
    votes = event.get("votes")
    return (
        isinstance(event.get("began"), str)
        and isinstance(votes, list)
        and bool(votes)
        and all(isinstance(vote, dict) for vote in votes)
        and _age(event) >= timedelta(0)
    )


def _hands(vote: Mapping[str, Any], options: Mapping[str, str]) -> dict[str, int]:
    """The hands for today's options; what cannot be a number of hands is none."""
    found = {option: vote.get(option) for option in options}
    return {
        option: hands if isinstance(hands, int) and 0 <= hands <= MOST else 0
        for option, hands in found.items()
    }


def _last(event: Mapping[str, Any], options: Mapping[str, str]) -> dict[str, int]:
    """The last of its votes in which somebody voted."""
    votes = [_hands(vote, options) for vote in event["votes"]]
    return next((vote for vote in reversed(votes) if any(vote.values())), votes[-1])


def _hands_of_all(event: Mapping[str, Any], options: Mapping[str, str]) -> int:
    return sum(sum(_hands(vote, options).values()) for vote in event["votes"])


def _named(event: Mapping[str, Any]) -> str:
    """The day of an earlier class in the lecturer's own time; if it is today, the hour."""
    try:
        began = datetime.fromisoformat(event["began"]).astimezone()
    except ValueError:
        return "Earlier class"
    is_today = began.date() == datetime.now(UTC).astimezone().date()
    return f"Today, {began:%H:%M}" if is_today else f"{began:%Y-%m-%d}"


def _age(event: Mapping[str, Any]) -> timedelta:
    try:
        return datetime.now(UTC) - datetime.fromisoformat(event["when"]).astimezone(UTC)
    except ValueError:
        return timedelta(-1)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
