"""A question that was mended after grading: whose mark changes is seen before it does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from course_lib.cli import classroom
from course_lib.grading import grade as grade_module
from course_lib.grading.class_folder import ClassFolder
from course_lib.grading.grade import Summary, grade_set
from tests.grading.classes import SET, answered, hand_in
from tests.grading.test_honest_work import answers
from tests.grading.test_kept import WRITTEN
from tests.grading.test_marks import mark_by_hand, row


@pytest.fixture
def mended(graded: ClassFolder, monkeypatch: pytest.MonkeyPatch) -> ClassFolder:
    """Since it was graded another judge is there, and the old one had been wrong about two."""
    mark_by_hand(graded, "s001", "argument", 4)
    mark_by_hand(graded, "s001", "split-marks", 2)
    with graded.gradebook() as book:
        for student, cell, mark in (("s001", "theil-marks", 3), ("s001", "split-marks", 1),
                                    ("s003", "theil-marks", 2)):  # fmt: skip
            book.find_grade(cell, SET, SET, student).auto_score = mark
        book.db.commit()
    monkeypatch.setattr(grade_module, "course_fingerprint", lambda name: "another judge")
    return graded


def run(folder: ClassFolder, *, accept: bool = False) -> Summary:
    return grade_set(folder, SET, no_sandbox=True, accept=accept)


def marks_of(folder: ClassFolder) -> dict[str, list[object]]:
    names = ("theil", "split", "argument", "so far")
    return {one: [row(folder, one)[name] for name in names] for one in ("s001", "s003")}


def test_whose_mark_changes_is_seen_before_it_does(
    mended: ClassFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    before = marks_of(mended)
    done = run(mended)
    assert (done.mended, done.graded) == (3, [])
    assert done.would_change == {
        "s001": ["theil 3 becomes 5"],  # its mark by hand for `split` stays
        "s003": ["theil 2 becomes 0"],
    }
    assert marks_of(mended) == before
    classroom.say_mended(done, SET, mended.root)
    said = capsys.readouterr().out
    assert "3 were judged again; something changes for 2 of them." in said
    assert "Would change: s001: theil 3 becomes 5." in said
    assert f"grade {SET} --accept" in said
    # Meanwhile the teacher marks on, and a student hands in anew.
    mark_by_hand(mended, "s001", "argument", 5)
    hand_in(mended, "s003", answered(mended, "s003", answers() | WRITTEN))
    done = run(mended, accept=True)
    assert done.changed == {"s001": ["theil 3 becomes 5"]}
    assert sorted(done.graded) == ["s001", "s002", "s003"]
    assert marks_of(mended)["s001"] == [5, 2, 5, 18]
    assert row(mended, "s003")["so far"] == 17
    assert not (mended.root / "mended").exists()
    assert run(mended) == replace(Summary(), unchanged=["s001", "s002", "s003", "s004"],
                                  flagged=done.flagged, not_graded=done.not_graded)  # fmt: skip


def test_what_changes_nobodys_mark_counts_at_once(
    graded: ClassFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark_by_hand(graded, "s001", "argument", 4)
    monkeypatch.setattr(grade_module, "course_fingerprint", lambda name: "another judge")
    done = run(graded)
    assert (done.mended, done.would_change, done.changed) == (3, {}, {})
    assert sorted(done.graded) == ["s001", "s002", "s003"]
    assert row(graded, "s001")["total"] == 21
    assert "s002" in done.flagged


def test_a_second_look_costs_no_second_run(
    mended: ClassFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(mended)
    started: list[Path] = []
    monkeypatch.setattr(grade_module, "_start", lambda folder, *_: started.append(folder.root))
    assert len(run(mended).would_change) == 2
    assert len(run(mended, accept=True).graded) == 3
    assert started == []
