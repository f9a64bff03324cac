"""The concept map names the lessons that are there, each once."""

from __future__ import annotations

import re
from pathlib import Path

from course_lib.start_here.concept_map import ROWS, concept_map

LESSONS = Path(__file__).parents[2] / "notebooks"


def numbers() -> list[str]:
    return [n for _, _, ideas in ROWS for said, _ in ideas.values() for n in said.split(", ")]


def test_every_lesson_that_teaches_is_on_the_map_once() -> None:
    there = {path.name[:2] for path in LESSONS.glob("[01]*.ipynb")} - {"00", "13"}
    assert there <= set(numbers())
    assert len(numbers()) == len(set(numbers()))


def test_it_shows_itself_with_a_sentence() -> None:
    picture = concept_map()
    assert "four theories" in repr(picture).lower()
    words = [text.get_text() for axes in picture.figure.axes for text in axes.texts]
    assert all(any(re.search(rf"\b{n}\b", word) for word in words) for n in numbers())
