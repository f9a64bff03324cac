"""The exam bank: questions with model answers, and a page of them that prints."""

from __future__ import annotations

import html
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Kind = Literal["recall", "apply", "judge"]
KINDS: dict[Kind, str] = {
    "recall": "to recall",
    "apply": "to apply with new numbers",
    "judge": "to judge",
}
BANK = Path("exercises") / "exam_bank.toml"  # below the folder of the notebooks
STYLE = """
body { font-family: Georgia, serif; line-height: 1.5; max-width: 44em; margin: 2em auto; }
section { break-inside: avoid; margin: 1.5em 0; }
h1 { font-size: 1.5em; } h2 { font-size: 1.05em; margin-bottom: 0.3em; }
.answer { border-left: 3px solid #555; padding-left: 0.8em; }
.room { height: 9em; }
"""


@dataclass(frozen=True)
class Question:
    """One question of the bank.

    Attributes
    ----------
    id : str
        ``"04-apply-1"``: lesson, kind, number.
    lesson : str
        ``"04"``.
    kind : {"recall", "apply", "judge"}
        What it asks of a student.
    points : int
        Points for a full answer.
    question, answer : str
        The words, and a model answer that says how the points are given.
    numbers : dict of str to float
        The numbers of the answer; a test computes each.
    """

    id: str
    lesson: str
    kind: Kind
    points: int
    question: str
    answer: str
    numbers: dict[str, float] = field(default_factory=dict)


def read_questions(bank: Path, lessons: Iterable[str] = ()) -> list[Question]:
    """Read the questions of these lessons, or of all; in the order of the bank.

    Raises
    ------
    ValueError
        If a lesson has no question.
    """
    entries: list[dict[str, Any]] = tomllib.loads(bank.read_text("utf-8"))["question"]
    found = [Question(**entry) for entry in entries]
    there = {one.lesson for one in found}
    for lesson in (wanted := list(lessons)):
        if lesson not in there:
            known = ", ".join(sorted(there))
            raise ValueError(
                f"The exam bank has no questions on lesson {lesson!r}, but on {known}."
            )
    return [one for one in found if not wanted or one.lesson in wanted]


def page(questions: Iterable[Question], *, answers: bool = False) -> str:
    """Set questions as one page of HTML, with room to write or with the model answers.

    Examples
    --------
    >>> asked = Question("04-recall-1", "04", "recall", 4, "What is a < b?", "An order (4).")
    >>> "What is a &lt; b?" in page([asked]), "An order (4)." in page([asked])
    (True, False)
    >>> "An order (4)." in page([asked], answers=True)
    True
    """
    asked = list(questions)
    total = sum(one.points for one in asked)
    parts = [_section(number, one, answers) for number, one in enumerate(asked, 1)]
    title = "Exam questions with model answers" if answers else "Exam questions"
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body><h1>{title}</h1>"
        f"<p>{len(asked)} questions, {total} points.</p>{''.join(parts)}</body></html>\n"
    )


def _section(number: int, asked: Question, answers: bool) -> str:
    about = f"lesson {asked.lesson}, {KINDS[asked.kind]}, {asked.points} points"
    below = (
        f'<p class="answer">{html.escape(asked.answer)}</p>'
        if answers
        else '<div class="room"></div>'
    )
    question = f"<p>{html.escape(asked.question)}</p>"
    return f"<section><h2>{number}. ({about})</h2>{question}{below}</section>"
