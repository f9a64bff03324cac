"""A lecturer's own notebook goes the same way as the course's sets, by the same commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from typer.testing import CliRunner

from course_lib.cli import app
from course_lib.errors import CourseError
from course_lib.grading import sandbox
from course_lib.grading.class_folder import ClassFolder
from course_lib.grading.collect import collect
from course_lib.grading.feedback import write_feedback
from course_lib.grading.grade import Summary, grade_set
from course_lib.grading.marks import JUDGED, class_marks
from course_lib.grading.own_notebook import IN_KERNEL, read_own
from course_lib.grading.release import release_set

NAME = "my_growth"
SOLUTION = (
    "def growth(start, end, years):\n    ### BEGIN SOLUTION\n"
    "    return (end / start) ** (1 / years) - 1\n    ### END SOLUTION"
)
TESTS = (
    "assert abs(growth(1, 2, 1) - 1) < 1e-9, 'From 1 to 2 in a year is 100%.'\n"
    "### BEGIN HIDDEN TESTS\nassert abs(growth(100, 121, 2) - 0.1) < 1e-9\n### END HIDDEN TESTS"
)


def about(name: str, **more: Any) -> dict[str, Any]:
    """What nbgrader's Create Assignment writes about a cell."""
    said = {"grade_id": name, "schema_version": 3, "grade": False, "solution": False,
            "locked": False, "task": False}  # fmt: skip
    return {"nbgrader": said | more}


def own_book() -> Any:
    cells = [
        new_markdown_cell("# Growth\nGrowth is a rate for each year."),
        new_code_cell("import warnings", metadata=about("start", locked=True)),
        new_code_cell(SOLUTION, metadata=about("growth", solution=True)),
        new_code_cell(TESTS, metadata=about("test-growth", grade=True, locked=True, points=4)),
        new_code_cell(
            "### BEGIN SOLUTION\nprint(growth(1, 3, 10))\n### END SOLUTION",
            metadata=about("show", grade=True, solution=True, points=2),
        ),
        new_markdown_cell(
            "It grows faster where it is poor.",
            metadata=about("why", grade=True, solution=True, points=3),
        ),
    ]
    return new_notebook(cells=cells)


RIGHT = {
    "growth": "import sys\nprint('a warning', file=sys.stderr)\n"
    "def growth(start, end, years):\n    warnings.warn('slow')\n"
    "    return (end / start) ** (1 / years) - 1",
    "show": "print(growth(1, 3, 10))",
    "why": "Poor regions borrow what others have found out.",
}
ANSWERS: dict[str, dict[str, str]] = {
    "right": RIGHT,
    "wrong": RIGHT | {"growth": "def growth(start, end, years):\n    return end / start - 1"},
    "untouched": {},
    "ends": RIGHT | {"growth": "import os\nos._exit(0)"},
}


def course(folder: ClassFolder | Path, *words: str | Path) -> str:
    root = folder.root if isinstance(folder, ClassFolder) else folder
    done = CliRunner().invoke(app, ["class", *map(str, words), "--folder", str(root)])
    assert done.exit_code == 0, done.output + repr(done.exception)
    return " ".join(done.output.split())


class Played:
    def __init__(self, folder: ClassFolder, released: dict[str, Any], done: Summary):
        self.folder, self.released, self.done = folder, released, done


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    root = tmp_path_factory.mktemp("own")
    (root / "list.csv").write_text("\n".join(["id", *ANSWERS]), "utf-8")
    folder = ClassFolder.new(root / "class", root / "list.csv")
    nbformat.write(own_book(), root / f"{NAME}.ipynb")
    assert "Give this file" in course(folder, "release", root / f"{NAME}.ipynb")
    released = json.loads(folder.handout(NAME).read_text("utf-8"))
    for student, answers in ANSWERS.items():
        book = json.loads(json.dumps(released))
        for cell in book["cells"]:
            cell["source"] = answers.get(cell["id"], cell["source"])
        # As other editors leave it: without what nbgrader needs.
        if student == "wrong":
            for cell in book["cells"]:
                cell["metadata"] = {}
        (root / f"{student}.ipynb").write_text(json.dumps(book), "utf-8")
    files = [root / f"{student}.ipynb" for student in ANSWERS]
    assert "New: 4." in course(folder, "collect", NAME, *files)
    done = grade_set(folder, NAME, no_sandbox=bool(sandbox.problem()), workers=2)
    return Played(folder, released, done)


def test_students_get_no_answers_and_no_hidden_tests(played: Played) -> None:
    text = json.dumps(played.released)
    for secret in ("(1 / years)", "growth(100", "HIDDEN", "SOLUTION", "where it is poor"):
        assert secret not in text
    ids = [cell["id"] for cell in played.released["cells"]]
    assert ids[1:] == ["start", "growth", "test-growth", "show", "why"]


def test_tests_give_the_marks_and_the_rest_waits(played: Played) -> None:
    table = class_marks(played.folder, NAME).table.set_index("id")
    waits = "to be marked by hand"
    # `ends` is flagged, and has no marks until somebody has looked.
    assert list(table["test-growth"]) == [4, 0, 0, None]
    assert list(table["why"]) == [waits, waits, 0, None]
    assert list(table["show"]) == [waits, waits, 0, None]
    result = played.folder.result(NAME, "ends")
    assert result
    assert result["marks"] == {
        "test-growth": {"inside": 0.0, "outside": 0.0, "possible": 4.0, "shown": 0.0}
    }
    assert set(table[JUDGED]) == {IN_KERNEL}
    assert played.done.not_graded == {}
    assert list(played.done.flagged) == ["ends"]
    said = course(played.folder, "marks", NAME)
    assert f"{NAME} was judged by its own tests, in the student's kernel" in said
    csv = (played.folder.root / "marks" / f"{NAME}.csv").read_text("utf-8-sig")
    assert "how it was judged" in csv.splitlines()[0]


def test_a_mark_by_hand_stands_until_the_answer_changes(played: Played) -> None:
    folder = played.folder
    words = [folder.result(NAME, one)["words"] for one in ("right", "wrong")]
    assert words[0]["test-growth"] != words[1]["test-growth"]
    assert words[0]["why"] == words[1]["why"]


def test_a_page_shows_no_hidden_test(played: Played) -> None:
    folder = played.folder
    with folder.gradebook() as book:
        for student in ("right", "wrong"):
            for cell in ("show", "why"):
                grade = book.find_grade(cell, NAME, NAME, student)
                grade.manual_score, grade.needs_manual_grade = 2, False
        book.db.commit()
    pages = write_feedback(folder, NAME, now=True).written
    assert set(pages) == {"right", "wrong", "untouched"}
    wrong = pages["wrong"].read_text("utf-8")
    assert "growth(100" not in wrong
    assert "This output is not shown here." in wrong
    assert "(Score: 8.0 / 9.0)" in pages["right"].read_text("utf-8")


def test_a_lesson_handed_in_instead_is_said(played: Played, tmp_path: Path) -> None:
    other = tmp_path / "right.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("a = 1")]), other)
    done = collect(played.folder, NAME, [other])
    assert "holds nothing of this set" in next(iter(done.unclear.values()))


def without(**change: Any) -> Any:
    book = own_book()
    book.cells[3].metadata["nbgrader"].update(change)
    return book


@pytest.mark.parametrize(
    ("book", "words"),
    [
        (new_notebook(cells=[new_code_cell("1")]), "has no cell with points"),
        (without(grade_id="growth"), "'growth' of my_growth.ipynb is there 2 times"),
        (without(grade_id="a name"), "needs another name"),
        (without(schema_version=1), "nbgrader update"),
        (without(points=None), "has no points"),
    ],
)
def test_what_cannot_be_graded_is_refused_in_words(book: Any, words: str, tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.ipynb"
    path.write_text(json.dumps(book), "utf-8")
    with pytest.raises(CourseError, match=words):
        read_own(path)


def test_a_misspelt_marker_and_a_missing_notebook(a_class: ClassFolder, tmp_path: Path) -> None:
    book = own_book()
    book.cells[2].source = SOLUTION.replace("### END SOLUTION", "### END SOLUTON")
    nbformat.write(book, tmp_path / f"{NAME}.ipynb")
    with pytest.raises(CourseError, match="Markers are spelt like this"):
        release_set(a_class, NAME, tmp_path)
    with pytest.raises(CourseError, match="no notebook of your own"):
        release_set(a_class, "other", tmp_path)
    own = tmp_path / "measuring_regions.ipynb"
    own.write_text("{}", "utf-8")
    done = CliRunner().invoke(app, ["class", "release", str(own), "--folder", str(a_class.root)])
    assert "Give your notebook another name." in " ".join(done.output.split())
    (tmp_path / "a name.ipynb").write_text("{}", "utf-8")
    with pytest.raises(CourseError, match="cannot be called"):
        release_set(a_class, "a name", tmp_path)
