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
    say : callable
        Told a sentence if votes cannot be kept.
    """

    def __init__(
        self,
        name: str,
        title: str,
        options: Mapping[str, str],
        reveal: Callable[[], str],
        say: Callable[[str], None],
    ):
        self.name, self.title, self.options = name, title, dict(options)
        self._reveal, self._say = reveal, say
        self.outcome = ""
        earlier = self._kept()
        self.began = _now()
        self.votes: list[dict[str, int]] = [dict.fromkeys(self.options, 0)]
        if earlier and _age(earlier[-1]) < GOES_ON:
            self.began = earlier[-1]["began"]
            self.votes = [_hands(vote, self.options) for vote in earlier[-1]["votes"]][:2]
        self.earlier = [one for one in earlier if one["began"] != self.began]
        self._listening = True
        self.fields = {option: self._field(option) for option in self.options}
        self.bars = {option: w.HTML(layout={"flex": "1 1 auto"}) for option in self.options}
        self.again = _button("Second vote", "The class votes again after talking")
        self.again.on_click(lambda _: self.vote_again())
        self.reveal = _button("Reveal what came true", "Shows the outcome and why", "primary")
        self.reveal.add_class("course-lab-settle")
        self.reveal.on_click(lambda _: self.show_outcome())
        self.widget = w.VBox([self._row(option) for option in self.options])
        self.widget.add_class("course-tally")
        self._show()

    def _field(self, option: str) -> w.BoundedIntText:
        field = w.BoundedIntText(
            value=self.votes[-1][option], min=0, max=MOST, layout={"width": "5.5em"}
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
            self.votes.append(dict.fromkeys(self.options, 0))
            self._listening = False
            for field in self.fields.values():
                field.value = 0
            self._listening = True
            self._keep()
            self._show()

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
        return sorted(classes.values(), key=lambda one: str(one["began"]))


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
        f'<td><progress max="1" value="{share:.3f}" aria-label="{html.escape(name)}"></progress>'
        f"</td><td>{hands} ({share:.0%})</td></tr>"
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
    return _hands(event["votes"][-1], options)


def _named(event: Mapping[str, Any]) -> str:
    return f"Class of {str(event['began'])[:10]}"


def _age(event: Mapping[str, Any]) -> timedelta:
    try:
        return datetime.now(UTC) - datetime.fromisoformat(event["when"]).astimezone(UTC)
    except ValueError:
        return timedelta(-1)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
