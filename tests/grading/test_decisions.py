"""What a teacher decides by command: dates, extensions, lateness, which submission counts."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from course_lib.cli import app
from course_lib.errors import CourseError
from course_lib.grading.class_folder import ClassFolder
from course_lib.grading.collect import collect, versions
from course_lib.grading.decisions import Lateness, taken_off
from course_lib.grading.feedback import refuse_early, write_feedback
from course_lib.grading.marks import OFF
from tests.grading.classes import SET, Book
from tests.grading.test_marks import mark_by_hand, row


def course(folder: ClassFolder, command: str, *words: str, failed: bool = False) -> str:
    """What a command of `course class` says."""
    done = CliRunner().invoke(app, ["class", command, *words, "--folder", str(folder.root)])
    assert done.exit_code == int(failed), done.output + repr(done.exception)
    return " ".join(done.output.split())


def again(folder: ClassFolder) -> ClassFolder:
    return ClassFolder.at(folder.root)


def came(folder: ClassFolder, path: Path, content: bytes, when: str) -> None:
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(content)
    collect(folder, SET, [path], received=datetime.fromisoformat(when))


def test_a_due_date_moves_and_an_extension_is_one_students(
    a_class: ClassFolder, book: Book, tmp_path: Path
) -> None:
    settings = (a_class.root / "class.toml").read_text("utf-8")
    said = course(a_class, "due", "01", "2027-01-31T12:00:00")
    assert f"{SET} is due on 2027-01-31 at 12:00." in said
    for student in ("s001", "s002"):
        came(again(a_class), tmp_path / f"{student}.ipynb", book(student), "2027-02-01T18:00:00")
    folder = again(a_class)
    assert (folder.late(SET, "s001"), folder.late(SET, "s002")) == (True, True)
    said = course(folder, "due", "01", "2027-02-05", "--student", "S001", "--why", "was ill")
    assert "is due on 2027-02-05 at 00:00 for s001" in said
    folder = again(a_class)
    assert (folder.late(SET, "s001"), folder.late(SET, "s002")) == (False, True)
    with pytest.raises(CourseError, match="2027-02-05 at 00:00 for s001"):
        refuse_early(folder, SET, datetime(2027, 2, 2).astimezone())
    refuse_early(folder, SET, datetime(2027, 2, 6).astimezone())
    course(folder, "due", "01", "--student", "s001", "--end")
    assert again(a_class).late(SET, "s001")
    assert "It was 2027-01-31 12:00" in course(folder, "due", "01", "2027-02-03T12:00:00")
    folder = again(a_class)
    assert not folder.late(SET, "s001")
    changed = (folder.root / "class.toml").read_text("utf-8")
    assert changed.replace(f'"{SET}" = 2027-02-03T12:00:00\n', "", 1) == settings
    shown = course(folder, "due", "01")
    assert "extension of s001: 2027-02-05T00:00:00. Why: was ill" in shown
    assert shown.index("2027-01-31T12:00:00") < shown.index("2027-02-03T12:00:00.")
    assert "not on the class list" in course(
        folder, "due", "01", "2027-02-05", "--student", "nobody", failed=True
    )
    assert "name the student" in course(folder, "due", "01", "--end", failed=True)


def test_the_platforms_own_late_gives_way_to_a_date_that_was_given(
    a_class: ClassFolder, book: Book, tmp_path: Path
) -> None:
    came(a_class, tmp_path / "li_late_1_2_s001.ipynb", book("s001"), "2027-02-01T18:00:00")
    assert a_class.late(SET, "s001")
    course(a_class, "due", "01", "2027-02-03")
    assert not again(a_class).late(SET, "s001")


@pytest.mark.parametrize(
    ("late", "points"),
    [(-1.0, 0), (0.5 / 24, 0), (0.9, 2), (1.2, 4), (9.0, 6)],
)
def test_points_are_taken_off_for_each_day_that_has_begun(late: float, points: float) -> None:
    rule = Lateness(percent=10, most=30, grace_minutes=30)
    assert rule.points(20, timedelta(days=late)) == points


def test_what_lateness_costs_is_off_the_total_and_in_the_page(graded: ClassFolder) -> None:
    mark_by_hand(graded, "s001", "argument", 4)
    record = {"sha256": "", "received": "2027-02-01T18:00:00+00:00", "platform_says_when": True,
              "platform_says_late": False, "from": "a.zip/s001.ipynb"}  # fmt: skip
    path = graded.collected_path(SET, "s001")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record), "utf-8")
    assert "so nothing can be late" in course(graded, "lateness", "01", "--percent", "10",
                                              failed=True)  # fmt: skip
    course(graded, "due", "01", "2027-01-31T00:00:00")
    said = course(graded, "lateness", "01", "--percent", "10", "--most", "50")
    assert "For each day late that has begun, 10% of the possible points" in said
    folder = again(graded)
    late = row(folder, "s001")
    assert (late["theil"], late["so far"], late[OFF], late["total"]) == (5, 21, 4.6, 16.4)
    assert row(folder, "s003")[OFF] is None
    page = write_feedback(folder, SET, now=True, students=["s001"]).written["s001"]
    text = page.read_text("utf-8")
    assert "Late submission penalty (Score: -4.6)" in text
    assert "(Score: 16.4 / 23.0)" in text
    course(graded, "due", "01", "2027-03-01", "--student", "s001")
    assert (row(again(graded), "s001")["total"], taken_off(again(graded), SET, "s001", 23)) == (
        21,
        0,
    )
    page = write_feedback(again(graded), SET, now=True, students=["s001"]).written["s001"]
    assert "Late submission penalty" not in page.read_text("utf-8")
    course(graded, "lateness", "01", "--percent", "0")
    assert "Nothing is taken off" in course(graded, "due", "01")


def test_the_teacher_says_which_of_two_counts_and_it_stays(
    a_class: ClassFolder, book: Book, tmp_path: Path
) -> None:
    files = {
        "s001.ipynb": (book("s001", theil="1"), "2027-01-30T12:00:00"),
        "s001 (1).ipynb": (book("s001", theil="2"), "2027-02-02T12:00:00"),
    }
    for name, (content, when) in files.items():
        came(a_class, tmp_path / name, content, when)
    first, second = (content for content, _ in files.values())
    there = a_class.submission(SET, "s001")
    assert there.read_bytes() == second
    shown = course(a_class, "counts", "01", "S001")
    assert shown.startswith("1: 2027-01-30 12:00, s001.ipynb 2: 2027-02-02 12:00, s001 (1).ipynb (")
    course(a_class, "due", "01", "2027-01-31")
    assert again(a_class).late(SET, "s001")
    said = course(a_class, "counts", "01", "s001", "1", "--why", "the one in time")
    assert "For s001 this one counts: 2027-01-30T12:00." in said
    assert there.read_bytes() == first
    assert not again(a_class).late(SET, "s001")
    assert [one.counts for one in versions(a_class, SET, "s001")] == [True, False]
    # The same export once more, and a newer one: the choice stays.
    for name, (content, when) in files.items():
        came(a_class, tmp_path / name, content, when)
    third = book("s001", theil="3")
    path = tmp_path / "s001 (2).ipynb"
    path.write_bytes(third)
    done = collect(a_class, SET, [path], received=datetime(2027, 2, 9))
    assert "The one that you chose counts" in done.notes[0]
    assert there.read_bytes() == first
    assert len(versions(a_class, SET, "s001")) == 3
    course(a_class, "counts", "01", "s001", "3")
    assert there.read_bytes() == third
    assert "give a number from 1 to 3" in course(a_class, "counts", "01", "s001", "4", failed=True)
    assert "has handed in no" in course(a_class, "counts", "01", "s002", "1", failed=True)
