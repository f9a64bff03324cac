"""Whoever learns alone gets a set with numbers of their own, and the answers afterwards."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from course_lib.errors import CourseError
from course_lib.exercises import SETS, personal_set
from course_lib.exercises.practise import (
    CODE_STUB,
    answers_to,
    learner_of,
    practice_set,
    with_answers,
    without_answers,
)

MASTERS = Path(__file__).parents[2] / "notebooks" / "exercises"
SET = "01_measuring_regions"


@pytest.fixture
def notebooks(tmp_path: Path) -> Path:
    (tmp_path / "exercises").mkdir()
    shutil.copy(MASTERS / f"{SET}.ipynb", tmp_path / "exercises")
    return tmp_path


def read(path: Path) -> dict[str, Any]:
    book: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return book


def sources(book: dict[str, Any]) -> list[str]:
    return ["".join(cell["source"]) for cell in book["cells"]]


def write_answer(path: Path) -> None:
    book = read(path)
    cell = next(cell for cell in book["cells"] if CODE_STUB in "".join(cell["source"]))
    cell["source"] = "theil = 3"
    path.write_text(json.dumps(book), "utf-8")


def test_a_learner_gets_numbers_of_their_own_and_keeps_them(notebooks: Path) -> None:
    first = practice_set(notebooks, SET)
    assert first.new
    assert first.notebook == notebooks / "practice" / f"exercises_{SET}.ipynb"
    again = practice_set(notebooks, SET)
    assert (again.new, again.notebook) == (False, first.notebook)
    other = practice_set(notebooks, SET, again=True)
    assert other.notebook.name == f"exercises_{SET}_2.ipynb"
    names = [learner_of(read(path.notebook)) for path in (first, other)]
    assert names[0] != names[1]
    tasks = [personal_set(SET, name)["split"] for name in names]
    assert all(task for task in tasks)
    assert (
        learner_of(read(practice_set(notebooks, SET, again=True, learner="Eva").notebook)) == "eva"
    )


def test_the_answers_come_afterwards_and_to_the_same_numbers(notebooks: Path) -> None:
    with pytest.raises(CourseError, match=r"no practice set .* yet"):
        answers_to(notebooks, SET)
    made = practice_set(notebooks, SET)
    with pytest.raises(CourseError, match="Nothing is answered in your set yet"):
        answers_to(notebooks, SET)
    write_answer(made.notebook)
    answers = read(answers_to(notebooks, SET))
    assert learner_of(answers) == learner_of(read(made.notebook))
    assert "SOLUTION" not in json.dumps(answers)
    assert "One possible answer" in json.dumps(answers)
    assert "theil = 3" in sources(read(made.notebook))  # the work stays


@pytest.mark.parametrize("name", SETS)
def test_no_set_gives_its_answers_away(name: str) -> None:
    master = read(MASTERS / f"{name}.ipynb")
    book = without_answers(master, "eva")
    text = "\n".join(sources(book))
    assert "BEGIN" not in text
    assert "student number" not in text.lower()
    assert "hand in" not in text.lower()
    solved = dict(zip((cell["id"] for cell in master["cells"]), sources(master), strict=True))
    for cell in book["cells"]:
        assert cell["metadata"] == {}
        assert not cell.get("outputs")
        _, begun, rest = solved[cell["id"]].partition("### BEGIN SOLUTION\n")
        if begun:
            secret = [line for line in rest.partition("### END")[0].splitlines() if len(line) > 30]
            assert not [line for line in secret if line in "".join(cell["source"])]
            compile("".join(cell["source"]), name, "exec") if cell["cell_type"] == "code" else None
    answers = with_answers(master, "eva")
    assert learner_of(answers) == "eva"
    for cell in answers["cells"]:
        if cell["cell_type"] == "code":
            compile("".join(cell["source"]), name, "exec")


def test_a_copy_for_a_class_says_where_sets_come_from(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="a teacher hands them out"):
        practice_set(tmp_path, SET)


def test_a_name_that_cannot_be_used_is_refused(notebooks: Path) -> None:
    with pytest.raises(CourseError, match="The student number"):
        practice_set(notebooks, SET, learner="a b")
