"""A question that was mended after grading: all are judged again beside what there is.

The new marks lie in ``mended/`` until the teacher has seen whose mark changes. So nobody's mark
changes before somebody knows it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from course_lib.files import replacing, write_atomically
from course_lib.grading.class_folder import ROSTER, SECRET, SETTINGS, ClassFolder, write_json
from course_lib.grading.fingerprints import file_fingerprint
from course_lib.grading.marks import find_notebook

CARRIED = ("set", "course")  # what was mended: the master, or what judges


def is_mended(before: Mapping[str, Any] | None, about: Mapping[str, str]) -> bool:
    """Whether the same submission, graded before, would be judged by something else now."""
    return (
        before is not None
        and bool(before["graded"])
        and before["about"]["submission"] == about["submission"]
        and any(before["about"].get(name) != about[name] for name in CARRIED)
    )


def beside(folder: ClassFolder, set_name: str, abouts: Mapping[str, dict[str, str]]) -> ClassFolder:
    """A class folder beside the class's own, in which some students are judged again.

    What lies there of the same mending is kept, so that a run that was stopped goes on.

    Parameters
    ----------
    folder : ClassFolder
        The class.
    set_name : str
        The set.
    abouts : mapping
        Student -> what the new marks depend on.

    Returns
    -------
    ClassFolder
    """
    about = next(iter(abouts.values()))
    place = folder.root / "mended" / f"{set_name}-{about['set'][:8]}-{about['course'][:8]}"
    for old in place.parent.glob("*"):
        if old != place:
            shutil.rmtree(old, ignore_errors=True)
    for name in (SETTINGS, ROSTER, SECRET):
        _copy(folder.root / name, place / name)
    staged = ClassFolder(place)
    for path in (folder.master(set_name), folder.released(set_name)):
        _copy(path, place / path.relative_to(folder.root))
    for student in abouts:
        path = folder.submission(set_name, student)
        for one in (path, path.with_name("timestamp.txt")):
            if one.is_file() and not one.is_symlink():
                _copy(one, place / one.relative_to(folder.root))
    if not staged.gradebook_path.is_file():
        with (
            closing(sqlite3.connect(folder.gradebook_path)) as source,
            replacing(staged.gradebook_path) as temporary,
            closing(sqlite3.connect(temporary)) as target,
        ):
            source.backup(target)
    return staged


def _copy(path: Path, to: Path) -> None:
    write_atomically(to, path.read_bytes())
    to.chmod(path.stat().st_mode & 0o700)


def differences(folder: ClassFolder, staged: ClassFolder, set_name: str, student: str) -> list[str]:
    """What would change for one student, each in a few words; marks by hand stay as they are."""
    result = staged.result(set_name, student)
    if result is None or not result["graded"]:
        return [f"it could not be graded any more: {result['why_not'] if result else 'stopped'}"]
    was, new = _judged(folder, set_name, student), _judged(staged, set_name, student)
    if was.keys() != new.keys():
        return ["other questions than before"]
    found = []
    for cell, (before, by_hand) in was.items():
        after = new[cell][0]
        if by_hand is None and before != after:
            question = cell.removesuffix("-marks")
            found.append(f"{question} {_shown(before)} becomes {_shown(after)}")
    before = folder.result(set_name, student)
    fresh = set(result["flags"]) - set(before["flags"] if before else ())
    return found + [f"flagged: {flag}" for flag in sorted(fresh)]


def _judged(folder: ClassFolder, set_name: str, student: str) -> dict[str, tuple[Any, Any]]:
    """The judge's mark for each cell, and the one by hand."""
    with folder.gradebook() as book:
        notebook = find_notebook(book, set_name, student)
        grades = notebook.grades if notebook is not None else ()
        return {grade.name: (grade.auto_score, grade.manual_score) for grade in grades}


def _shown(mark: float | None) -> str:
    return "no mark" if mark is None else f"{mark:g}"


def take_over(folder: ClassFolder, staged: ClassFolder, set_name: str, student: str) -> bool:
    """Let the new marks of one student count; say whether that was possible.

    It is not where the set has other questions now. Marks by hand stay: their words are the same.
    """
    result = staged.result(set_name, student)
    if result is None or not result["graded"]:
        return False
    with staged.gradebook() as book:
        notebook = find_notebook(book, set_name, student)
        if notebook is None:
            return False
        new = {
            grade.name: (grade.auto_score, grade.needs_manual_grade) for grade in notebook.grades
        }
        flagged = bool(notebook.flagged)
    with folder.gradebook() as book:
        notebook = find_notebook(book, set_name, student)
        if notebook is None or {grade.name for grade in notebook.grades} != new.keys():
            return False
        graded = folder.graded(set_name, student)
        write_atomically(graded, staged.graded(set_name, student).read_bytes())
        for grade in notebook.grades:
            grade.auto_score, waits = new[grade.name]
            if grade.manual_score is None:
                grade.needs_manual_grade = waits
        notebook.flagged = flagged
        book.db.commit()
    before = folder.result(set_name, student) or {}
    result |= {
        "copy": file_fingerprint(graded),
        "late": folder.late(set_name, student),
        "mark_again": before.get("mark_again", []),  # the words are the same
    }
    write_json(folder.result_path(set_name, student), result)  # last of all
    return True


def clear(folder: ClassFolder, staged: ClassFolder, set_name: str, students: Iterable[str]) -> None:
    """Remove what was taken over or is of no use any more, and the folder when that is all."""
    students = set(students)
    for student in staged.students_with(set_name):
        there = file_fingerprint(folder.submission(set_name, student))
        if student in students or there != file_fingerprint(staged.submission(set_name, student)):
            for path in (staged.submitted / student, staged.autograded / student):
                shutil.rmtree(path, ignore_errors=True)
    if not staged.students_with(set_name):
        shutil.rmtree(staged.root, ignore_errors=True)
        if staged.root.parent.is_dir() and not os.listdir(staged.root.parent):
            staged.root.parent.rmdir()
