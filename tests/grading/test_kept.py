"""Nothing that was done by hand is undone, and what was in the way once is tried again."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from course_lib.errors import CourseError
from course_lib.grading import grade as grade_module
from course_lib.grading.class_folder import ClassFolder
from course_lib.grading.collect import collect
from course_lib.grading.feedback import write_feedback
from course_lib.grading.grade import Summary, grade_set, out_of_order
from course_lib.grading.marks import BY_HAND, FLAGS, WHY, class_marks, looked
from tests.grading.classes import SET, answered, hand_in
from tests.grading.test_decisions import course
from tests.grading.test_honest_work import answers
from tests.grading.test_marks import mark_by_hand, row

WRITTEN = {"argument": "It fell. <script>alert(1)</script> And $a < b$."}


def again(folder: ClassFolder, *students: str, all_of_it: bool = True) -> Summary:
    return grade_set(folder, SET, no_sandbox=True, again=all_of_it, students=students)


def test_marks_by_hand_stand_as_long_as_the_words_are_the_same(graded: ClassFolder) -> None:
    mark_by_hand(graded, "s001", "argument", 4)
    mark_by_hand(graded, "s001", "theil-marks", 3)
    with graded.gradebook() as book:
        book.find_comment("argument", SET, SET, "s001").manual_comment = "A point."
        book.db.commit()
    assert again(graded, "s001").mark_again == {}
    assert (row(graded, "s001")["argument"], row(graded, "s001")["theil"]) == (4, 3)
    assert row(graded, "s001")["total"] == 19
    with graded.gradebook() as book:
        assert book.find_comment("argument", SET, SET, "s001").comment == "A point."
    # Another answer in code: that mark is asked for again, the words' mark stands.
    changed = answers() | WRITTEN | {"theil": "def theil(incomes, people):\n    return 0.0"}
    hand_in(graded, "s001", answered(graded, "s001", changed))
    assert again(graded, all_of_it=False).mark_again == {"s001": ["theil"]}
    assert (row(graded, "s001")["argument"], row(graded, "s001")["theil"]) == (4, BY_HAND)
    mark_by_hand(graded, "s001", "theil-marks", 1)
    # Other words: now it is the other way round.
    hand_in(graded, "s001", answered(graded, "s001", changed | {"argument": "It rose."}))
    assert again(graded, all_of_it=False).mark_again == {"s001": ["argument"]}
    assert (row(graded, "s001")["argument"], row(graded, "s001")["theil"]) == (BY_HAND, 1)
    # The first words once more: they were marked.
    hand_in(graded, "s001", answered(graded, "s001", changed))
    again(graded, all_of_it=False)
    assert (row(graded, "s001")["argument"], row(graded, "s001")["theil"]) == (4, 1)


def test_a_run_that_was_killed_takes_no_mark_back(
    graded: ClassFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark_by_hand(graded, "s001", "argument", 4)
    again(graded, "s001")
    with graded.gradebook() as book:  # as nbgrader leaves it, before ours says that it stands
        book.find_grade("argument", SET, SET, "s001").needs_manual_grade = True
        book.db.commit()
    assert row(graded, "s001")["argument"] == BY_HAND
    again(graded, "s001")
    assert row(graded, "s001")["argument"] == 4


def test_a_look_at_a_flag_counts_after_an_update_of_the_course(
    graded: ClassFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked(graded, SET, "s002")
    monkeypatch.setattr(grade_module, "course_fingerprint", lambda name: "another version")
    assert "s002" not in again(graded, "s002", all_of_it=False).flagged
    assert row(graded, "s002")[FLAGS] == ""


def test_one_student_can_be_graded_and_get_a_page_alone(graded: ClassFolder) -> None:
    before = {name: graded.graded(SET, name).stat().st_mtime_ns for name in ("s001", "s003")}
    done = again(graded, " S003 ")
    assert (done.graded, done.unchanged) == (["s003"], [])
    assert graded.graded(SET, "s001").stat().st_mtime_ns == before["s001"]
    assert graded.graded(SET, "s003").stat().st_mtime_ns > before["s003"]
    pages = write_feedback(graded, SET, now=True, students=["s003"])
    assert (list(pages.written), pages.left_out) == (["s003"], {})
    with pytest.raises(CourseError, match="s005 has handed in no 01_measuring"):
        again(graded, "s005")


def test_the_gradebook_is_copied_before_each_run(graded: ClassFolder) -> None:
    mark_by_hand(graded, "s001", "argument", 4)
    again(graded, all_of_it=False)
    *_, copy = sorted((graded.root / "gradebook_before").glob("*.db"))
    with sqlite3.connect(copy) as book:
        assert (4.0,) in book.execute("select manual_score from grade").fetchall()
    graded.gradebook_path.write_bytes(b"no database" * 100)
    for look in (lambda: again(graded), lambda: class_marks(graded, SET)):
        with pytest.raises(CourseError, match=r"damaged|cannot be copied") as said:
            look()
        assert f"Copy {copy} to its place" in str(said.value)
    graded.gradebook_path.unlink()
    with pytest.raises(CourseError, match="is not there"):
        class_marks(graded, SET)
    shutil.copyfile(copy, graded.gradebook_path)
    assert row(graded, "s001")["argument"] == 4


def test_who_comes_late_is_enrolled_also_after_a_lost_gradebook(
    graded: ClassFolder, tmp_path: Path
) -> None:
    hand_in(graded, "late-1", answered(graded, "late-1", answers()))
    done = again(graded, "late-1")
    assert "course class enrol" in done.not_graded["late-1"]
    (tmp_path / "a.ipynb").write_bytes(answered(graded, "late-1", answers()))
    with pytest.raises(CourseError, match="course class enrol late-1"):
        collect(graded, SET, [tmp_path / "a.ipynb"], student="late-1")
    graded.gradebook_path.unlink()
    for copy in (graded.root / "gradebook_before").glob("*.db"):
        copy.unlink()
    assert graded.add_student("LATE-1", "O'Neil", "<b>Ada")
    assert not graded.add_student("late-1")
    folder = ClassFolder.at(graded.root)
    assert list(folder.roster["id"])[-2:] == ["s005", "late-1"]
    assert list((folder.root / "roster_before").glob("*.csv"))
    assert again(folder, "late-1").graded == ["late-1"]
    assert row(folder, "late-1")["so far"] == 17
    with folder.gradebook() as book:
        names = book.find_student("late-1")
        assert (names.first_name, names.last_name) == ("‹b›Ada", "O’Neil")
    with pytest.raises(CourseError, match="holds ' '"):
        folder.add_student("no number")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("sqlite3.OperationalError: database or disk is full", "disk of this computer is full"),
        ("OSError: [Errno 28] No space left on device", "disk of this computer is full"),
        ("sqlite3.OperationalError: database is locked", "close the formgrader"),
        ("RuntimeError: Kernel didn't respond in 60 seconds", "busy"),
        ("KeyError: 'theil'", "something in it could not be graded"),
    ],
)
def test_a_passing_trouble_is_named_and_tried_again_by_the_same_command(
    said: str, words: str, graded: ClassFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence = out_of_order(said, RuntimeError())
    assert words in sentence
    assert "Error" not in sentence
    result = graded.result(SET, "s001")
    assert result
    troubled = result | {"graded": False, "why_not": sentence, "again": True}
    grade_module.write_json(graded.result_path(SET, "s001"), troubled)
    done = again(graded, all_of_it=False)
    assert done.graded == ["s001"]
    assert list(done.not_graded) == ["s004"]  # its file stays damaged, and is not tried again
    assert "s004" in done.unchanged


def test_a_damaged_result_costs_one_student_until_the_next_run(graded: ClassFolder) -> None:
    for text in ("", "{", "[]", '{"graded": true}'):
        graded.result_path(SET, "s001").write_text(text, "utf-8")
        assert row(graded, "s001")[WHY] == "not graded yet"
        assert row(graded, "s003")["total"] == 0
    assert again(graded, all_of_it=False).graded == ["s001"]
    assert row(graded, "s001")["so far"] == 17


def test_a_damaged_record_costs_one_student(graded: ClassFolder) -> None:
    path = graded.collected_path(SET, "s001")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("", "utf-8")
    assert "is damaged" in row(graded, "s001")[WHY]
    assert row(graded, "s003")["total"] == 0
    assert again(graded).graded == ["s002", "s003"]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are a matter of Unix")
def test_a_class_folder_is_its_owners_alone(a_class: ClassFolder) -> None:
    a_class.root.chmod(0o755)  # as an earlier version made it
    a_class.protect()
    assert stat.S_IMODE(a_class.root.stat().st_mode) & 0o007 == 0
    made = ClassFolder.new(a_class.root.parent / "other", a_class.root / "roster.csv")
    assert stat.S_IMODE(made.root.stat().st_mode) == 0o700


def test_a_late_student_goes_the_whole_way_by_commands(graded: ClassFolder, tmp_path: Path) -> None:
    content = answered(graded, "s009", answers() | WRITTEN)
    (tmp_path / "s009.ipynb").write_bytes(content)
    assert "not on the roster" in course(graded, "collect", "01", str(tmp_path / "s009.ipynb"))
    said = course(graded, "enrol", "S009", "--last-name", "Ito", "--first-name", "Yu")
    assert "S009 is enrolled now. The class list and the gradebook have 6 students." in said
    assert "New: 1." in course(graded, "collect", "01", str(tmp_path / "s009.ipynb"))
    before = {one: graded.graded(SET, one).stat().st_mtime_ns for one in ("s001", "s002", "s003")}
    said = course(graded, "grade", "01", "--student", "S009", "--no-sandbox")
    assert "Graded: 1. Unchanged: 0." in said
    folder = ClassFolder.at(graded.root)
    mark_by_hand(folder, "s009", "argument", 6)
    said = course(folder, "feedback", "01", "--now", "--student", "s009")
    assert "1 page in feedback" in said
    assert not (folder.feedback / "s003").exists()
    assert row(folder, "s009")["total"] == 23
    after = {one: folder.graded(SET, one).stat().st_mtime_ns for one in before}
    assert after == before
    assert "has handed in no" in course(folder, "grade", "01", "--student", "s005", failed=True)
