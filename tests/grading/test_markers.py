"""A second marker's marks stand beside the first's, who sees them later."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course_lib.errors import CourseError
from course_lib.grading import markers
from course_lib.grading.by_hand import record_path, remember_all
from course_lib.grading.class_folder import ClassFolder
from course_lib.grading.one_student import delete
from tests.grading.classes import SET, answered, hand_in
from tests.grading.test_decisions import course
from tests.grading.test_honest_work import answers
from tests.grading.test_kept import again
from tests.grading.test_marks import mark_by_hand, row


def mark_as(folder: ClassFolder, marker: str, student: str, points: float, why: str) -> None:
    """What a further marker does in formgrader."""
    with markers.marking(folder, marker), markers._open(markers.book_path(folder, marker)) as book:
        grade = book.find_grade("argument", SET, SET, student)
        assert grade.manual_score is None  # nobody else's mark is seen
        grade.manual_score, grade.needs_manual_grade = points, False
        book.find_comment("argument", SET, SET, student).manual_comment = why
        book.db.commit()


def test_a_second_marker_sees_no_first_mark_and_both_stand_in_a_table(graded: ClassFolder) -> None:
    mark_by_hand(graded, "s001", "argument", 5)
    mark_by_hand(graded, "s001", "split-marks", 2)
    remember_all(graded)
    first = json.loads(record_path(graded, SET, "s001").read_text("utf-8"))["argument"]
    assert (first["mark"], bool(first["who"]), first["seen"][:2]) == (5, True, "20")
    mark_as(graded, "Bo Li", "s001", 3, "Two reasons only.")
    with markers._open(markers.book_path(graded, "Bo Li")) as book:
        override = book.find_grade("split-marks", SET, SET, "s001")
        assert (override.manual_score, override.needs_manual_grade) == (None, False)
    assert (row(graded, "s001")["argument"], row(graded, "s001")["total"]) == (5, 18)
    found = markers.table(graded, SET).to_dict("records")
    assert [(one["id"], one["question"], one["counts"], one["Bo Li"], one["difference"])
            for one in found] == [("s001", "argument", 5, 3, 2)]  # fmt: skip
    assert found[0]["Bo Li: comment"] == "Two reasons only."
    said = course(graded, "marks", "01")
    assert "1 answer marked by two people or more. The marks differ by 2 points" in said
    assert (graded.root / "marks" / f"{SET}_markers.csv").is_file()
    with pytest.raises(CourseError, match="cannot be called"):
        markers.book_path(graded, "../x")


def test_a_second_marks_stands_while_the_words_are_the_same(graded: ClassFolder) -> None:
    mark_as(graded, "Bo", "s001", 3, "")
    with markers.marking(graded, "Bo"), markers._open(markers.book_path(graded, "Bo")) as book:
        grade = book.find_grade("argument", SET, SET, "s001")
        assert (grade.manual_score, grade.needs_manual_grade) == (3, False)
    hand_in(graded, "s001", answered(graded, "s001", answers() | {"argument": "Other words."}))
    again(graded, "s001")
    with markers.marking(graded, "Bo"), markers._open(markers.book_path(graded, "Bo")) as book:
        grade = book.find_grade("argument", SET, SET, "s001")
        assert (grade.manual_score, grade.needs_manual_grade) == (None, True)
    assert len(markers.table(graded, SET)) == 0
    delete(graded, "s001")
    record = Path(markers.record_path(graded, "Bo")).read_text("utf-8")
    assert "s001" not in record
