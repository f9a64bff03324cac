"""Each sentence that says why a model gives what it gives is listed and tested."""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import tomllib
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import course_lib
from course_lib.dev.every_lab import every_lab
from course_lib.lab import Quiz

ROOT = Path(__file__).parents[2]
LIST = ROOT / "data" / "explanations.toml"
EXPLANATIONS: list[dict[str, str]] = tomllib.loads(LIST.read_text("utf-8")).get("explanation", [])
#: All but 13, a workbook: it teaches no theory of its own.
LESSONS = sorted(
    path.stem for path in (ROOT / "notebooks").glob("[01]*.ipynb") if path.stem[:2] <= "12"
)
KINDS = {"story", "definition", "choice"}
CAUSAL = re.compile(
    r"\bbecause\b|\bsince\b(?! (?:the )?(?:early |late )?(?:\d{4}|then|lesson))|"
    r"that is why|this is why|the reason|"
    r"so that|therefore|comes? from|thanks to|what makes",
    re.IGNORECASE,
)

DERIVATION = re.compile(
    r"<details><summary>Where the formula comes from</summary>.*?</details>", re.DOTALL
)


def folded(words: str) -> str:
    """Words without emphasis and line breaks."""
    return re.sub(r"\s+", " ", words.replace("*", "").replace("`", "")).strip()


def room_of(lesson: str) -> str:
    return lesson[3:]


@cache
def markdown(lesson: str) -> str:
    book = json.loads((ROOT / "notebooks" / f"{lesson}.ipynb").read_text("utf-8"))
    cells = [cell for cell in book["cells"] if cell["cell_type"] == "markdown"]
    return "\n\n".join("".join(cell["source"]) for cell in cells)


@cache
def part_six(lesson: str) -> str:
    """What happened, and why: from its heading to "Check yourself"."""
    return markdown(lesson).split("\n## 6.")[1].split("\n## 7.")[0]


@cache
def quizzes(room: str) -> dict[str, Quiz]:
    name = f"course_lib.{room}.questions"
    if not find_spec(name):
        return {}
    module = importlib.import_module(name)
    made = {
        name: make()
        for name, make in vars(module).items()
        if callable(make)
        and getattr(make, "__module__", None) == module.__name__
        and name.endswith("_quiz")
    }
    return {name: quiz for name, quiz in made.items() if isinstance(quiz, Quiz)}


@cache
def predictions(room: str) -> dict[str, Any]:
    labs = {name: make() for name, make in every_lab().items() if name.startswith(f"{room}.")}
    return {name: lab.predict for name, lab in labs.items() if lab.predict and lab.predict.because}


@cache
def place(lesson: str, where: str) -> str:
    """All the text in which words of an explanation may stand."""
    room = room_of(lesson)
    if where == "lesson":
        return folded(markdown(lesson))
    if where == "quiz":
        texts = [text for quiz in quizzes(room).values() for text in quiz.options.values()]
        return folded(" ".join(texts))
    if where == "prediction":
        return folded(" ".join(asked.because for asked in predictions(room).values()))
    if where == "guide":
        return folded((ROOT / "notebooks" / "TEACHING.md").read_text("utf-8"))
    if where == "set":
        book = json.loads((ROOT / "notebooks" / "exercises" / f"{lesson}.ipynb").read_text("utf-8"))
        return folded("\n".join("".join(cell["source"]) for cell in book["cells"]))
    raise ValueError(f"Words stand in a lesson, quiz, prediction, guide or set, not in {where!r}.")


def listed(lesson: str, where: str) -> list[str]:
    return [
        folded(entry["words"])
        for entry in EXPLANATIONS
        if entry["lesson"] == lesson and entry["where"] == where
    ]


@pytest.mark.parametrize("entry", EXPLANATIONS, ids=lambda entry: entry["words"][:40])
def test_an_explanation_stands_where_it_is_said_to_and_has_a_test_or_a_kind(
    entry: dict[str, str],
) -> None:
    assert entry["lesson"] in LESSONS
    assert folded(entry["words"]) in place(entry["lesson"], entry["where"])
    assert ("test" in entry) != ("kind" in entry)
    if "kind" in entry:
        assert entry["kind"] in KINDS
        assert entry["note"]
        return
    file, _, name = entry["test"].partition("::")
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    functions = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert name.split("::")[-1] in functions, entry["test"]


def test_no_explanation_is_listed_twice() -> None:
    keys = [(entry["lesson"], entry["where"], folded(entry["words"])) for entry in EXPLANATIONS]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_answer_of_a_quiz_is_listed(lesson: str) -> None:
    missing = [
        name
        for name, quiz in quizzes(room_of(lesson)).items()
        if not any(w in folded(quiz.options[quiz.answer]) for w in listed(lesson, "quiz"))
    ]
    assert missing == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_reason_of_a_prediction_is_listed(lesson: str) -> None:
    missing = [
        name
        for name, asked in predictions(room_of(lesson)).items()
        if not any(words in folded(asked.because) for words in listed(lesson, "prediction"))
    ]
    assert missing == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_sentence_that_says_why_is_listed(lesson: str) -> None:
    """In part 6. Quotations are the document's; a table's row and a formula are no sentences.

    A folded derivation is a proof: each step follows from the one before, and no model is run.
    """
    told = DERIVATION.sub("", part_six(lesson))
    text = "\n".join(
        line for line in told.splitlines() if not line.startswith((">", "|", "#", "$"))
    )
    sentences = re.split(r"(?<=[.?:])\s+", folded(text))
    known = listed(lesson, "lesson")
    missing = [
        sentence
        for sentence in sentences
        if CAUSAL.search(sentence)
        and not any(words in sentence or sentence in words for words in known)
    ]
    assert missing == []


def test_every_room_with_quizzes_is_a_lesson() -> None:
    """The page on Python has checks, and explains no model."""
    rooms = {
        room.name
        for room in pkgutil.iter_modules(course_lib.__path__)
        if room.ispkg and find_spec(f"course_lib.{room.name}.questions")
    }
    assert rooms <= {*map(room_of, LESSONS), "python_you_need"}
