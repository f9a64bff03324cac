"""Where a student writes the report, and the team's name: text areas on the page, no Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from course_lib.lab import Field, Writing
from course_lib.policy_studio.game_files import save_game
from course_lib.policy_studio.report import PARTS, report

LINES_OF_A_PART = 7


def report_form(shows: Sequence[Any] = (), tables_of: Sequence[Any] = ()) -> Writing:
    """Places to write the report in, one for each part, and a button that makes the page of it.

    Parameters
    ----------
    shows : sequence of Lab, Picture, or result
        What goes with the text, as it stands when the button is pressed.
    tables_of : sequence of Lab
        Labs whose table goes with it as well.

    Returns
    -------
    Writing
        Shows itself in a notebook; ``report(form)`` is the report as it is written so far.

    Examples
    --------
    >>> form = report_form()
    >>> form.write("author", "Ada")
    >>> form.write("region", "Sacramento.")
    >>> report(form).author
    'Ada'
    """

    def make(texts: Mapping[str, str]) -> tuple[str, str, str, str] | str:
        made = report(texts, shows=[*shows, *(lab.result for lab in tables_of)])
        said = made.save()
        if not any(made.answers.values()):
            return said
        return said, "capstone.html", "text/html", made.html()

    fields = {
        "author": Field("Your name", lines=1),
        "title": Field("Title of your report", lines=1),
        **{
            name: Field(
                f"{part.heading} ({part.points} points).",
                part.asks,
                LINES_OF_A_PART,
                part.least_words,
            )
            for name, part in PARTS.items()
        },
    }
    return Writing("capstone report", "Your report", fields, ("Make the page", make))


def game_form(lab: Any) -> Writing:
    """A place for the team's name, and a button that saves the moves of the team's game.

    Parameters
    ----------
    lab : Lab, or anything with a Game as its ``result``
        The game. Its moves are saved as they stand when the button is pressed.

    Returns
    -------
    Writing
        Shows itself in a notebook; ``form["team"]`` is the name.

    Examples
    --------
    >>> from course_lib.policy_studio.labs import policy_game_lab
    >>> form = game_form(policy_game_lab())
    >>> form.write("team", "珠江队")
    >>> form["team"]
    '珠江队'
    """

    def save(texts: Mapping[str, str]) -> str:
        if not texts["team"].strip():
            return "Not saved yet: write your team's name above."
        return save_game(lab.result, texts["team"])

    fields = {"team": Field("Name of your team", "Your own name if you play alone.", lines=1)}
    return Writing("policy game", "Save your game", fields, ("Save the moves", save))
