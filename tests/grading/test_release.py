"""A class folder, and the notebooks that a class gets."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from course_lib.cli.app import app
from course_lib.cli.classroom import COMMAND
from course_lib.errors import CourseError
from course_lib.exercises import SETS, exercise_set
from course_lib.grading.class_folder import ClassFolder, token_of
from course_lib.grading.release import (
    Released,
    for_class,
    found_leaks,
    refuse_strange_markers,
    release_set,
)

MASTERS = Path(__file__).parents[2] / "notebooks" / "exercises"


@pytest.fixture(scope="module")
def a_class(tmp_path_factory: pytest.TempPathFactory) -> ClassFolder:
    root = tmp_path_factory.mktemp("teacher")
    roster = root / "list.csv"
    roster.write_text("ID;Last Name;First name\nS001;Müller;Anna\ns002;Li;Wei\n", "utf-8")
    return ClassFolder.new(root / "class", roster, "Regions 2027")


def master(set_name: str = "01_measuring_regions") -> dict[str, Any]:
    found: dict[str, Any] = json.loads((MASTERS / f"{set_name}.ipynb").read_text("utf-8"))
    return found


def test_a_new_class_has_its_own_secret_which_nobody_else_may_read(a_class: ClassFolder) -> None:
    assert len(a_class.secret) == 32
    assert (a_class.root / "secret.txt").stat().st_mode & 0o077 == 0
    assert a_class.token == token_of(a_class.secret)
    assert a_class.secret not in (a_class.root / "class.toml").read_text("utf-8")
    assert list(a_class.roster["id"]) == ["s001", "s002"]
    with a_class.gradebook() as book:
        assert {student.last_name for student in book.students} == {"Müller", "Li"}


def test_students_get_a_file_that_no_lesson_is_called(tmp_path: Path) -> None:
    """They put it beside the lessons, and it must not replace one of them."""
    (tmp_path / "list.csv").write_text("id\ns1\n", "utf-8")
    folder = ClassFolder.new(tmp_path / "class", tmp_path / "list.csv")
    lessons = {path.name for path in MASTERS.parent.glob("*.ipynb")}
    for set_name in SETS:
        given = release_set(folder, set_name, MASTERS).notebook
        assert given.read_bytes() == folder.released(set_name).read_bytes()
        assert given.name not in lessons
    first = folder.handout("01_measuring_regions")
    first.unlink()
    assert release_set(folder, "01_measuring_regions", MASTERS) == Released(first, changed=False)
    assert first.is_file()
    cells = json.loads(first.read_text("utf-8"))["cells"]
    links = re.findall(r"\]\(([^)]*\.ipynb)\)", "".join("".join(c["source"]) for c in cells))
    assert set(links) <= lessons - {first.name}
    assert links


@pytest.mark.parametrize(
    "text, words",
    [
        ("", "is empty"),
        ("name\nLi\n", "has no column called id"),
        ("id\n", "no students"),
        ("id\ns1\nS1\n", "Rows 2 and 3 .* same student number"),
        ("id,name\n,Li\n", "Row 2 .* has no student number"),
        ("id\na b\n", "Row 2"),
        ("id,name\ns1,Li,Wei\n", "comma inside a name"),
    ],
)
def test_a_roster_that_cannot_be_used_names_the_row(tmp_path: Path, text: str, words: str) -> None:
    roster = tmp_path / "list.csv"
    roster.write_text(text, "utf-8")
    with pytest.raises(CourseError, match=words):
        ClassFolder.new(tmp_path / "class", roster)
    assert not (tmp_path / "class").exists()


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("id\ns1\n", "utf-8")
    with pytest.raises(CourseError, match="is not empty"):
        ClassFolder.new(tmp_path, tmp_path / "list.csv")
    with pytest.raises(
        CourseError, match=r"not a class folder: class.toml, roster.csv and secret.txt are missing"
    ):
        ClassFolder.at(tmp_path)


@pytest.mark.parametrize("set_name", SETS)
def test_students_get_their_set_and_no_solution(a_class: ClassFolder, set_name: str) -> None:
    done = release_set(a_class, set_name, MASTERS)
    assert done.changed
    assert not release_set(a_class, set_name, MASTERS).changed
    assert done.notebook.name == f"exercises_{set_name}.ipynb"
    assert [path.name for path in (a_class.release / set_name).iterdir()] == [f"{set_name}.ipynb"]
    text = done.notebook.read_text("utf-8")
    cells = {cell["id"]: "".join(cell["source"]) for cell in json.loads(text)["cells"]}
    assert cells["student"] == 'STUDENT = ""'
    assert f'course_class="{a_class.token}"' in cells["open"]
    assert a_class.secret not in text
    for question in exercise_set(set_name).questions:
        assert "raise NotImplementedError" in cells[question.name]
    with a_class.gradebook() as book:
        points = {
            cell.name: cell.max_score for cell in book.find_notebook(set_name, set_name).grade_cells
        }
    wanted = {f"{q.name}-marks": q.points for q in exercise_set(set_name).questions}
    assert points == wanted | {"argument": 6}


def test_what_students_may_have_is_not_replaced_silently(
    a_class: ClassFolder, tmp_path: Path
) -> None:
    set_name = "01_measuring_regions"
    release_set(a_class, set_name, MASTERS)
    changed = master()
    changed["cells"][0]["source"] = ["# Another title"]
    (tmp_path / f"{set_name}.ipynb").write_text(json.dumps(changed), "utf-8")
    with pytest.raises(CourseError, match=r"the master has changed since: cells text-00.*--again"):
        release_set(a_class, set_name, tmp_path)
    assert release_set(a_class, set_name, tmp_path, again=True).changed
    assert "Another title" in a_class.released(set_name).read_text("utf-8")
    release_set(a_class, set_name, MASTERS, again=True)


@pytest.mark.parametrize(
    "marker", ["### BEGIN SOLUTON", "## BEGIN SOLUTION", "### begin solution", "#BEGIN SOLUTION"]
)
def test_a_misspelt_marker_is_refused_before_anything_is_made(marker: str) -> None:
    book = master()
    cell = next(cell for cell in book["cells"] if cell["id"] == "theil")
    cell["source"] = [line.replace("### BEGIN SOLUTION", marker) for line in cell["source"]]
    with pytest.raises(CourseError, match="'theil' of the master has the line"):
        refuse_strange_markers(book)


def test_a_marker_without_its_partner_is_refused() -> None:
    for marker in ("### BEGIN SOLUTION", "### END SOLUTION"):
        book = master()
        cell = next(cell for cell in book["cells"] if cell["id"] == "split")
        cell["source"] = [line for line in cell["source"] if marker not in line]
        with pytest.raises(CourseError, match=r"'split' of the master .* has no partner"):
            refuse_strange_markers(book)


def test_a_planted_solution_line_secret_output_or_file_is_found(tmp_path: Path) -> None:
    book = for_class(master(), "token")
    clean = copy.deepcopy(book)
    for cell in clean["cells"]:
        cell["source"] = (
            [] if cell["id"] in ("theil", "split", "transfers", "argument") else (cell["source"])
        )
    released = tmp_path / "01_measuring_regions.ipynb"

    def leaks() -> str:
        released.write_text(json.dumps(clean), "utf-8")
        return "; ".join(found_leaks(book, tmp_path, "0123456789abcdef"))

    assert leaks() == ""
    clean["cells"][0]["source"] = ["found = measures.theil_decomposition(table", "\n"]
    line = "    share_of_people = weight / weight.sum()\n"
    clean["cells"][0]["source"] = [line]
    assert "the solution line 'share_of_people = weight / weight.sum()'" in leaks()
    clean["cells"][0]["source"] = ["my key is 0123456789abcdef"]
    assert "the secret of the class" in leaks()
    clean["cells"][0]["source"] = ["### BEGIN HIDDEN TESTS"]
    assert "the marker" in leaks()
    clean["cells"][0]["source"] = []
    clean["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "1"}]
    assert "outputs" in leaks()
    (tmp_path / "solution.py").write_text("", "utf-8")
    assert "the file solution.py" in leaks()


def test_an_extra_file_beside_the_master_stops_the_release(a_class: ClassFolder) -> None:
    extra = a_class.source / "04_gradient_transition" / "notes.txt"
    extra.parent.mkdir(exist_ok=True)
    extra.write_text("the answers", "utf-8")
    a_class.master("04_gradient_transition").unlink(missing_ok=True)
    with pytest.raises(CourseError, match=r"holds notes\.txt beside the master"):
        release_set(a_class, "04_gradient_transition", MASTERS)
    extra.unlink()


def test_the_commands_say_what_comes_next(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("id\ns1\n", "utf-8")
    run = CliRunner().invoke
    folder = str(tmp_path / "class")
    made = run(app, ["class", "new", folder, "--roster", str(tmp_path / "list.csv")])
    assert made.exit_code == 0, made.output
    assert "with 1 students" not in made.output
    assert f"Next: {COMMAND} release" in made.output
    released = run(app, ["class", "release", "01_measuring_regions", "--folder", folder])
    assert released.exit_code == 0, released.output
    assert "Give this file to your students" in released.output
    unknown = run(app, ["class", "release", "99", "--folder", folder])
    assert unknown.exit_code == 1
    assert "There is no set '99'" in unknown.output


def test_links_to_lessons_work_where_a_student_puts_the_set(a_class: ClassFolder) -> None:
    texts = "".join(
        "".join(cell["source"])
        for cell in for_class(master(), a_class.token)["cells"]
        if cell["cell_type"] == "markdown"
    )
    links = re.findall(r"\]\(([^)]*\.ipynb)\)", texts)
    assert links
    for link in links:
        assert (MASTERS.parent / link).is_file(), link
