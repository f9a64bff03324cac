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
        Cell -> mark, fingerprint, who and when.
    """
    path = record_path(folder, set_name, student)
    before = read_json(path) or {}
    record = dict(before)
    with folder.gradebook() as book:
        notebook = find_notebook(book, set_name, student)
        for grade in notebook.grades if notebook is not None else ():
            if grade.manual_score is None or grade.needs_manual_grade or grade.name not in words:
                continue
            stands = {"mark": float(grade.manual_score), "words": words[grade.name]}
            known = before.get(grade.name, {})
            if {key: known.get(key) for key in stands} != stands:
                record[grade.name] = stands | {
                    "who": getpass.getuser(),
                    "seen": datetime.now().astimezone().isoformat(timespec="seconds"),
                }
    if record != before:
        write_json(path, record)
    return record


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
