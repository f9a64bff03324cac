"""Marks: everybody has a row, nothing looks like a mark that is none."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from course_lib.errors import CourseError
from course_lib.exercises import exercise_set
from course_lib.grading import marks as marks_module
from course_lib.grading.class_folder import ClassFolder
from course_lib.grading.collect import collect
from course_lib.grading.criteria_marks import criteria_table
from course_lib.grading.grade import grade_set
from course_lib.grading.marks import (
    BY_HAND,
    FLAGS,
    WHY,
    Column,
    Marks,
    as_csv,
    class_marks,
    looked,
    summary_figure,
    write_marks,
)
from tests.grading.classes import SET, Book, answered, hand_in


def row(folder: ClassFolder, student: str) -> dict[str, Any]:
    table = class_marks(folder, SET).table.set_index("id")
    return dict(table.loc[student])


def mark_by_hand(folder: ClassFolder, student: str, cell: str, points: float) -> None:
    """What formgrader does when a teacher types a mark."""
    with folder.gradebook() as book:
        grade = book.find_grade(cell, SET, SET, student)
        grade.manual_score, grade.needs_manual_grade = points, False
        book.db.commit()


def test_every_student_has_a_row_and_a_reason_or_marks(graded: ClassFolder) -> None:
    marks = class_marks(graded, SET)
    table = marks.table
    assert list(table["id"]) == ["s001", "s002", "s003", "s004", "s005"]
    assert [column.name for column in marks.columns] == ["theil", "split", "transfers", "argument"]
    right = row(graded, "s001")
    assert [right[name] for name in ("theil", "split", "transfers")] == [5, 6, 6]
    assert (right["argument"], right["total"], right["so far"]) == (BY_HAND, None, 17)
    assert (right["possible"], right["last name"]) == (23, "Müller")
    assert (row(graded, "s003")["total"], row(graded, "s003")["argument"]) == (0, 0)
    assert "damaged" in row(graded, "s004")[WHY]
    assert row(graded, "s005")[WHY] == "nothing was handed in"
    for student in ("s004", "s005"):
        assert all(row(graded, student)[name] is None for name in ("theil", "total", "so far"))
    assert marks.to_be_marked() == 1
    assert marks.summary() == "1 of 5 students have a total; 1 waits for your marks."
    mark_by_hand(graded, "s001", "argument", 5)
    assert class_marks(graded, SET).summary() == (
        "2 of 5 students have a total; the middle one is 11 of 23 points."
    )


def test_a_mark_by_hand_completes_the_total_and_may_change_any_mark(graded: ClassFolder) -> None:
    mark_by_hand(graded, "s001", "argument", 4.5)
    assert row(graded, "s001")["total"] == 21.5
    mark_by_hand(graded, "s001", "theil-marks", 2)
    assert (row(graded, "s001")["theil"], row(graded, "s001")["total"]) == (2, 18.5)


def test_a_flag_leaves_the_marks_blank_until_a_teacher_has_looked(graded: ClassFolder) -> None:
    before = row(graded, "s002")
    assert "the notebook says STUDENT = 's001'" in before[FLAGS]
    assert all(before[name] is None for name in ("theil", "split", "argument", "total", "so far"))
    assert "You looked at: the notebook says" in looked(graded, SET, "s002")
    after = row(graded, "s002")
    assert (after[FLAGS], after["argument"], after["so far"]) == ("", BY_HAND, 17)
    assert "is not flagged" in looked(graded, SET, "s002")
    assert graded.looked_path(SET, "s002").is_file()
    assert grade_set(graded, SET, no_sandbox=True).flagged == {}  # and it is not named again


def flag_again(folder: ClassFolder, student: str) -> None:
    with folder.gradebook() as book:
        book.find_submission_notebook(SET, SET, student).flagged = True
        book.db.commit()


def test_a_look_outlives_a_second_grading_but_not_a_second_submission(graded: ClassFolder) -> None:
    looked(graded, SET, "s002")
    flag_again(graded, "s002")  # as a second grading of the same submission does
    assert row(graded, "s002")[FLAGS] == ""
    path = graded.result_path(SET, "s002")
    path.write_text(
        path.read_text("utf-8").replace("STUDENT = 's001'", "STUDENT = 's003'"), "utf-8"
    )
    assert "s003" in row(graded, "s002")[FLAGS]


def test_a_flag_can_be_set_and_settled_in_formgrader(graded: ClassFolder) -> None:
    flag_again(graded, "s001")
    assert "in formgrader" in row(graded, "s001")[FLAGS]
    with graded.gradebook() as book:
        for student in ("s001", "s002"):
            book.find_submission_notebook(SET, SET, student).flagged = False
        book.db.commit()
    assert row(graded, "s001")[FLAGS] == row(graded, "s002")[FLAGS] == ""


def test_a_newer_submission_has_no_marks_yet(graded: ClassFolder) -> None:
    hand_in(graded, "s001", answered(graded, "s001", {}))
    hand_in(graded, "s005", answered(graded, "s005", {}))
    assert "a newer one came in" in row(graded, "s001")[WHY]
    assert row(graded, "s005")[WHY] == "not graded yet"
    for student in ("s001", "s005"):
        assert row(graded, student)["theil"] is None
        with pytest.raises(CourseError, match=f"{student} has no graded"):
            looked(graded, SET, student)


def test_who_handed_in_what_was_not_taken_is_not_called_idle(
    a_class: ClassFolder, book: Book, tmp_path: Path
) -> None:
    folder = tmp_path / "s003"
    folder.mkdir()
    (folder / "mine.ipynb").symlink_to(a_class.root / "secret.txt")
    (tmp_path / "Müller Anna_s004.ipynb").write_bytes(book())
    done = collect(a_class, SET, [folder, tmp_path / "Müller Anna_s004.ipynb"])
    assert (len(done.refused), len(done.unclear)) == (1, 1)
    assert row(a_class, "s003")[WHY].startswith("what came was refused: it is a link")
    for student in ("s001", "s004"):
        assert row(a_class, student)[WHY].startswith(
            f"something that may be theirs lies in unclear/{SET}: its name holds the number s004"
        )
    assert row(a_class, "s005")[WHY] == "nothing was handed in"


def test_who_handed_in_without_being_on_the_roster_is_listed(
    a_class: ClassFolder, book: Book
) -> None:
    hand_in(a_class, "guest", book("guest"))
    found = row(a_class, "guest")
    assert (found[FLAGS], found[WHY]) == ("not on the roster", "not graded yet")


def test_late_stands_in_the_table(graded: ClassFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ClassFolder, "late", lambda self, set_name, student: student == "s003")
    assert list(class_marks(graded, SET).table["late"]) == ["", "", "late", "", ""]


def test_a_set_that_was_not_released_has_no_marks(a_class: ClassFolder) -> None:
    with pytest.raises(CourseError, match="was not released"):
        class_marks(a_class, "04_gradient_transition")


def test_files_are_the_same_each_time_and_read_by_spreadsheets(graded: ClassFolder) -> None:
    paths = write_marks(graded, class_marks(graded, SET))
    before = [path.read_bytes() for path in paths]
    assert [path.name for path in paths] == [f"{SET}.csv", f"{SET}_questions.csv", f"{SET}.png"]
    write_marks(graded, class_marks(graded, SET))
    assert [path.read_bytes() for path in paths] == before
    rows = list(csv.DictReader(io.StringIO(before[0].decode("utf-8-sig"))))
    assert [one["theil"] for one in rows] == ["5", "", "0", "", ""]
    assert rows[0]["argument"] == BY_HAND
    assert rows[3]["last name"] == "Ångström"
    assert before[2].startswith(b"\x89PNG")


def made(values: dict[str, list[Any]]) -> Marks:
    """A table with questions a (2 points) and b (4 points)."""
    columns = (Column("a", "a-marks", 2), Column("b", "b-marks", 4))
    table = pd.DataFrame(values, dtype=object)
    table["id"] = [f"s{number}" for number in range(len(table))]
    whole = table["a"].notna() & table["b"].notna() & (table["b"] != BY_HAND)
    table["total"] = [
        a + b if is_whole else None
        for a, b, is_whole in zip(table["a"], table["b"], whole, strict=True)
    ]
    return Marks("a set", columns, table.assign(**{"so far": table["total"], WHY: "", FLAGS: ""}))


def test_difficulty_counts_only_marks() -> None:
    marks = made({"a": [2.0, 1.0, 0.0, None], "b": [4.0, BY_HAND, 0.0, None]})
    questions = marks.difficulty().set_index("question")
    assert dict(questions.loc["a"]) == {
        "possible": 2,
        "marked": 3,
        "mean": 1.0,
        "mean share": 0.5,
        "full marks": 0.333,
        "no marks": 0.333,
        "link": None,
    }
    assert (questions.loc["b", "marked"], questions.loc["b", "mean"]) == (2, 2.0)


def test_the_link_is_the_correlation_with_the_rest() -> None:
    rising = [0.0, 1.0, 2.0, 0.0, 1.0, 2.0, 0.0, 1.0, 2.0, 1.0]
    along = made({"a": rising, "b": [2 * value for value in rising]})
    against = made({"a": rising, "b": [4 - 2 * value for value in rising]})
    assert list(along.difficulty()["link"]) == [1, 1]
    assert list(against.difficulty()["link"]) == [-1, -1]
    few = made({"a": rising[:9], "b": rising[:9]})
    assert list(few.difficulty()["link"]) == [None, None]


def test_while_answers_wait_all_are_compared_without_them() -> None:
    """Whoever wrote nothing has a total first: their middle would mislead."""
    marks = made({"a": [2.0, 1.0, 0.0, None], "b": [BY_HAND, BY_HAND, 0.0, None]})
    assert dict(marks.points_without_hand()) == {"s0": 2, "s1": 1, "s2": 0}
    axes = summary_figure(marks).axes[0]
    assert axes.get_title("left").startswith("Points so far, before marking by hand of 3 of 4")
    assert axes.get_xlabel() == "points (possible: 2)"
    assert sum(patch.get_height() for patch in axes.patches) == 3
    assert [text.get_text() for text in axes.texts] == ["the middle student: 1"]
    assert axes.get_legend() is None


@pytest.mark.parametrize(
    "values", [{"a": [None, None], "b": [None, None]}, {"a": [2.0, 0.0], "b": [BY_HAND, 4.0]}]
)
def test_a_picture_can_always_be_drawn(values: dict[str, list[Any]]) -> None:
    figure = summary_figure(made(values))
    left, right = figure.axes
    drawn = sum(patch.get_height() for patch in left.patches)
    assert drawn == sum(value is not None for value in values["a"])
    assert [text.get_text() for text in right.get_yticklabels()] == ["a (2)", "b (4)"]
    assert marks_module.as_png(figure).startswith(b"\x89PNG")


def test_a_text_that_begins_like_a_formula_is_not_one_in_a_spreadsheet() -> None:
    text = as_csv(
        pd.DataFrame({"name": ["=HYPERLINK(1)", "-", "two\nlines"], "mark": [-1.0, 0, 2]})
    )
    assert text.decode("utf-8-sig").splitlines() == [
        "name,mark", "'=HYPERLINK(1),-1", "'-,0", "two lines,2",
    ]  # fmt: skip


def test_each_criterion_has_its_difficulty_and_the_hints_that_were_reached(
    graded: ClassFolder,
) -> None:
    first = exercise_set(SET).question("theil").criteria[0]
    path = graded.submission(SET, "s003")
    book = json.loads(path.read_text("utf-8"))
    for cell in book["cells"]:
        if cell["id"] == "theil-marks":
            shown = {"output_type": "stream", "name": "stdout", "text": [first.hints[0]]}
            cell["outputs"] = [shown]
    found = class_marks(graded, SET)
    path.write_text(json.dumps(book), "utf-8")
    table = criteria_table(graded, found).set_index(["question", "criterion"])
    row = table.loc[("theil", first.sentence)]
    assert (row["answers"], row["held"], row["points"]) == (2, 0.5, first.points)
    assert (row["hint reached"], row["deepest hint"], row["hints"]) == (1, 1, len(first.hints))
    assert row["link"] is None  # of two students there is nothing to say
    assert len(table) == sum(len(one.criteria) for one in exercise_set(SET).questions)
