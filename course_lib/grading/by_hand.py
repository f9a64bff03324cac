"""Marks by hand: they stand as long as the words that they judge are the same.

nbgrader asks for a mark by hand again whenever a submission is graded again. What a mark by hand
judged is written down before that, so that it can be compared afterwards.
"""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from course_lib.grading.class_folder import ClassFolder, read_json, write_json
from course_lib.grading.marks import find_notebook


def record_path(folder: ClassFolder, set_name: str, student: str) -> Path:
    """What a teacher's marks for one submission judged."""
    return folder.root / "by_hand" / set_name / f"{student}.json"


def remember(
    folder: ClassFolder, set_name: str, student: str, words: Mapping[str, str]
) -> dict[str, Any]:
    """Write down which marks stand, and the fingerprints of what they judge.

    Parameters
    ----------
    folder : ClassFolder
        The class.
    set_name, student : str
        The submission.
    words : mapping
        Cell -> fingerprint of what a mark judges, of the submission that was graded last.

    Returns
    -------
    dict
        Cell -> mark, fingerprint, who, when and why.
    """
    with folder.gradebook() as book:
        return remember_in(book, folder, set_name, student, words)


def remember_in(
    book: Any, folder: ClassFolder, set_name: str, student: str, words: Mapping[str, str]
) -> dict[str, Any]:
    """The same, of a gradebook that is open."""
    path = record_path(folder, set_name, student)
    before = read_json(path) or {}
    notebook = find_notebook(book, set_name, student)
    record = before | (stands_in(notebook, words, before) if notebook is not None else {})
    if record != before:
        write_json(path, record)
    return record


def remember_all(folder: ClassFolder) -> None:
    """Write down all marks by hand of a class: whoever has just marked is their marker."""
    with folder.gradebook() as book:
        for set_name in folder.set_names:
            for student in folder.students_with(set_name):
                result = folder.result(set_name, student)
                if result is not None:
                    remember_in(book, folder, set_name, student, result.get("words", {}))


def stands_in(
    notebook: Any, words: Mapping[str, str], before: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """The marks by hand that stand in a gradebook: mark, what it judges, who, when and why.

    Who and when are those of `before` where mark and words are the same.
    """
    why = {one.name: str(one.manual_comment or "") for one in notebook.comments}
    found: dict[str, dict[str, Any]] = {}
    for grade in notebook.grades:
        if grade.manual_score is None or grade.needs_manual_grade or grade.name not in words:
            continue
        stands = {"mark": float(grade.manual_score), "words": words[grade.name]}
        known = before.get(grade.name, {})
        if {key: known.get(key) for key in stands} != stands:
            known = {
                "who": getpass.getuser(),
                "seen": datetime.now().astimezone().isoformat(timespec="seconds"),
            }
        found[grade.name] = {**known, **stands, "why": why.get(grade.name, "")}
    return found


def let_stand(
    folder: ClassFolder,
    set_name: str,
    student: str,
    record: Mapping[str, Any],
    words: Mapping[str, str],
) -> list[str]:
    """Let marks by hand stand whose words are the same; the names of those that do not."""
    again: list[str] = []
    with folder.gradebook() as book:
        notebook = find_notebook(book, set_name, student)
        for grade in notebook.grades if notebook is not None else ():
            if grade.manual_score is None or not grade.needs_manual_grade:
                continue
            known = record.get(grade.name, {})
            if (known.get("mark"), known.get("words")) == (
                float(grade.manual_score),
                words.get(grade.name),
            ):
                grade.needs_manual_grade = False
            else:
                again.append(grade.name.removesuffix("-marks"))
        book.db.commit()
    return again
