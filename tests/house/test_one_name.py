"""Every lesson has one name: notebook, room, tests, graded set and its questions."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from course_lib.exercises import SETS

ROOT = Path(__file__).parents[2]
LESSONS = {path.stem[3:]: path.stem for path in sorted((ROOT / "notebooks").glob("[01]*.ipynb"))}
GRADED = sorted(set(LESSONS) - {"start_here", "your_own_region"})


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_has_a_room_and_tests_of_its_name(name: str) -> None:
    assert (ROOT / "course_lib" / name / "labs.py").is_file()
    assert (ROOT / "tests" / name).is_dir()


@pytest.mark.parametrize("name", GRADED)
def test_a_graded_set_has_the_name_of_its_lesson(name: str) -> None:
    assert (ROOT / "notebooks" / "exercises" / f"{LESSONS[name]}.ipynb").is_file()
    assert (ROOT / "course_lib" / "exercises" / f"{name}.py").is_file()


def test_tests_of_one_set_have_its_name() -> None:
    """What is tested of every set alike stands in the others."""
    of_all = {"blocked", "criteria", "personal_numbers", "plain", "practise", "sets"}
    files = {
        path.stem.removeprefix("test_") for path in (ROOT / "tests/exercises").glob("test_*.py")
    }
    assert files - of_all <= set(GRADED)


def test_no_room_with_questions_has_another_name() -> None:
    rooms = {path.parent.name for path in (ROOT / "course_lib").glob("*/questions.py")}
    assert rooms <= {*LESSONS, "python_you_need"}


@pytest.mark.parametrize("room", sorted({*LESSONS, "python_you_need"} - {"your_own_region"}))
def test_ids_of_quizzes_and_checks_begin_with_their_lesson(room: str) -> None:
    """What a student answers is kept under them; a table of a class is made lesson by lesson."""
    number = LESSONS.get(room, "00")[:2]
    questions = import_module(f"course_lib.{room}.questions")
    made = [
        getattr(questions, name)()
        for name in dir(questions)
        if re.fullmatch(r"[a-z]\w*_(quiz|check)", name)
    ]
    ids = [one.name for one in made]
    assert ids
    assert len(set(ids)) == len(ids)
    assert all(one.startswith(f"{number} ") for one in ids)


def test_sets_are_the_graded_lessons() -> None:
    assert sorted(SETS) == sorted(LESSONS[name] for name in GRADED)


def test_tests_mirror_the_library() -> None:
    """A folder of tests is a room, or one of the places that have no room."""
    elsewhere = {"browser", "house"}
    rooms = {path.name for path in (ROOT / "course_lib").iterdir() if path.is_dir()}
    tested = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()}
    assert {name for name in tested if not name.startswith("_")} - elsewhere <= rooms
