"""A class from a list of Canvas and a zip of Moodle to marks and feedback that go back there."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

from course_lib.grading.class_folder import ClassFolder
from tests.grading.classes import SET, answered
from tests.grading.test_decisions import course
from tests.grading.test_honest_work import WORDS, answers
from tests.grading.test_marks import mark_by_hand, row
from tests.grading.test_platforms import canvas_imports, moodle_finds

LIST = """\
Student,ID,SIS User ID,SIS Login ID,Section,Set 1 (88)
    Points Possible,,,,,23
"Dvořáková, Élodie",501,1200001,u1,A,
"van der Berg, Ada",502,1200002,u2,A,
"王, 伟",503,1200003,u3,A,
"Student, Test",999,,abc,A,
"""
PARTS = {
    "1200001": "Élodie Dvořáková_7001_assignsubmission_file",
    "1200002": "Ada van der Berg_7002_assignsubmission_file",
    "1200003": "伟 王_7003_assignsubmission_file",
}


def test_the_week(tmp_path: Path) -> None:
    (tmp_path / "canvas.csv").write_text(LIST, "utf-8-sig")
    folder = ClassFolder(tmp_path / "class")
    made = course_new(tmp_path)
    assert "Taken: student number from 'SIS User ID'" in made
    assert "is ready, with 3 students." in made
    course(folder, "release", "01")
    work = {
        "1200001": answers() | {"argument": WORDS},
        "1200002": answers() | {"split": "split = {}"},
        "1200003": {},
    }
    with zipfile.ZipFile(tmp_path / "moodle.zip", "w") as archive:
        for student, given in work.items():
            name = f"{PARTS[student]}/exercises_{SET}.ipynb"
            archive.writestr(name, answered(folder, student, given))
    said = course(folder, "collect", "01", str(tmp_path / "moodle.zip"))
    assert "New: 3." in said
    assert "Unclear" not in said
    assert "Graded: 3. Unchanged: 0." in course(folder, "grade", "01", "--no-sandbox")
    folder = ClassFolder.at(folder.root)
    mark_by_hand(folder, "1200001", "argument", 4.5)
    assert "Graded: 0. Unchanged: 3." in course(folder, "grade", "01", "--no-sandbox")
    course(folder, "marks", "01", "--for", "canvas", "--column", "Set 1 (88)")
    table = (folder.root / "marks" / f"{SET}_canvas.csv").read_bytes()
    totals = {student: row(folder, student)["total"] for student in work}
    assert totals["1200001"] == 21.5
    assert 0 < totals["1200002"] < 17
    assert totals["1200003"] == 0
    imported = {number: float(mark) for number, mark in canvas_imports(table)["Set 1 (88)"].items()}
    assert imported == dict(zip(("501", "502", "503"), totals.values(), strict=True))
    names = {one["SIS User ID"]: one["Student"] for one in rows_of(table)}
    assert names["1200003"] == "王, 伟"
    said = course(folder, "feedback", "01", "--now", "--for", "moodle")
    assert "3 pages in feedback" in said
    with zipfile.ZipFile(folder.root / "feedback_zips" / f"{SET}_moodle.zip") as archive:
        found = {moodle_finds(name)[0]: archive.read(name) for name in archive.namelist()}
    assert sorted(found) == [7001, 7002, 7003]
    assert WORDS.encode() in found[7001]
    assert not any(WORDS.encode() in found[number] for number in (7002, 7003))


def course_new(root: Path) -> str:
    from typer.testing import CliRunner

    from course_lib.cli import app

    words = ["class", "new", str(root / "class"), "--roster", str(root / "canvas.csv")]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    return " ".join(done.output.split())


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
