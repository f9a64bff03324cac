"""A second marker: marks of one's own, beside those that count.

Each further marker has a copy of the gradebook, in which nobody else's marks by hand are seen. The
marks that count stay those of the class's gradebook: where two differ, people talk and one of them
changes a mark there.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course_lib.errors import CourseError
from course_lib.files import replacing
from course_lib.grading.by_hand import stands_in
from course_lib.grading.class_folder import ClassFolder, read_json, write_json
from course_lib.grading.marks import find_notebook, marked_cells

if TYPE_CHECKING:
    import pandas as pd

NAME = re.compile(r"[\w][\w. -]{0,40}")
#: The environment variable by which nbgrader_config.py finds another gradebook than the class's.
GRADEBOOK = "COURSE_GRADEBOOK"
FIRST = "counts"


def book_path(folder: ClassFolder, marker: str) -> Path:
    """The gradebook of one further marker."""
    if not NAME.fullmatch(marker):
        raise CourseError(f"A marker cannot be called {marker!r}: use letters, digits and blanks.")
    return folder.root / "markers" / f"{marker}.db"


def record_path(folder: ClassFolder, marker: str) -> Path:
    """What one further marker's marks are, and which words they judge."""
    return book_path(folder, marker).with_suffix(".json")


def names(folder: ClassFolder) -> list[str]:
    """The further markers of a class."""
    return sorted(path.stem for path in (folder.root / "markers").glob("*.json"))


@contextmanager
def marking(folder: ClassFolder, marker: str) -> Iterator[dict[str, str]]:
    """A gradebook for a further marker, and the environment in which formgrader uses it.

    When the block ends, what was marked is kept.
    """
    path = book_path(folder, marker)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with (
        closing(sqlite3.connect(folder.gradebook_path)) as source,
        replacing(path) as temporary,
        closing(sqlite3.connect(temporary)) as target,
    ):
        source.backup(target)
    before: dict[str, Any] = read_json(record_path(folder, marker)) or {}
    with _open(path) as book:
        for set_name, student, notebook in _notebooks(folder, book):
            own = before.get(set_name, {}).get(student, {})
            _put_own(notebook, own, _words(folder, set_name, student))
        book.db.commit()
    try:
        yield {GRADEBOOK: f"sqlite:///{path.as_posix()}"}
    finally:
        keep(folder, marker)


def keep(folder: ClassFolder, marker: str) -> None:
    """Write down what a further marker has marked: each mark, its comment, and when it was seen."""
    path = record_path(folder, marker)
    record: dict[str, Any] = read_json(path) or {}
    with _open(book_path(folder, marker)) as book:
        for set_name, student, notebook in _notebooks(folder, book):
            words = _words(folder, set_name, student)
            of_set = record.setdefault(set_name, {})
            of_set[student] = stands_in(notebook, words, of_set.get(student, {}))
    write_json(path, record)


def table(folder: ClassFolder, set_name: str) -> pd.DataFrame:
    """All marks by hand of a set, side by side: a row an answer that a further marker marked.

    Returns
    -------
    DataFrame
        Columns id, question, possible, counts (the mark in the class's gradebook), a column for
        each further marker with their mark and one with their comment, and difference (between the
        highest and the lowest).
    """
    import pandas as pd

    columns = {one.cell: one for one in marked_cells(folder, set_name)}
    further = names(folder)
    records = {
        one: (read_json(record_path(folder, one)) or {}).get(set_name, {}) for one in further
    }
    rows: list[dict[str, Any]] = []
    with folder.gradebook() as book:
        for student in folder.students_with(set_name):
            found = find_notebook(book, set_name, student)
            first = stands_in(found, _words(folder, set_name, student), {}) if found else {}
            for cell, column in columns.items():
                own = {one: records[one].get(student, {}).get(cell) for one in further}
                if not any(own.values()):
                    continue
                row: dict[str, Any] = {"id": student, "question": column.name,
                                       "possible": column.possible}  # fmt: skip
                row[FIRST] = first.get(cell, {}).get("mark")
                for one, mark in own.items():
                    row[one] = mark["mark"] if mark else None
                    row[f"{one}: comment"] = mark["why"] if mark else ""
                marks = [row[one] for one in (FIRST, *further) if row[one] is not None]
                row["difference"] = max(marks) - min(marks) if len(marks) > 1 else None
                rows.append(row)
    order = ["id", "question", "possible", FIRST, *further]
    comments = [f"{one}: comment" for one in further]
    return pd.DataFrame(rows, columns=[*order, "difference", *comments])


def summary(marks: pd.DataFrame) -> str:
    """How far markers agree, in a sentence; nothing if no answer has two marks."""
    both = marks.dropna(subset=["difference"])
    if both.empty:
        return ""
    far = int((both["difference"] > both["possible"] / 4).sum())
    mean = both["difference"].mean()
    return (
        f"{len(both)} answer{'' if len(both) == 1 else 's'} marked by two people or more. The "
        f"marks differ by {mean:.2g} points in the mean, and by more than a quarter of the points "
        f"in {far}."
    )


@contextmanager
def _open(path: Path) -> Iterator[Any]:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{path.as_posix()}", "") as book:
        yield book


def _notebooks(folder: ClassFolder, book: Any) -> Iterator[tuple[str, str, Any]]:
    for set_name in folder.set_names:
        for student in folder.students_with(set_name):
            notebook = find_notebook(book, set_name, student)
            if notebook is not None:
                yield set_name, student, notebook


def _words(folder: ClassFolder, set_name: str, student: str) -> dict[str, str]:
    result = folder.result(set_name, student) or {}
    return dict(result.get("words", {}))


def _put_own(notebook: Any, own: dict[str, Any], words: dict[str, str]) -> None:
    """Leave a marker's own marks in a gradebook, and nobody else's."""
    for grade in notebook.grades:
        by_hand = grade.manual_score is not None
        waits = grade.auto_score is None if by_hand else grade.needs_manual_grade
        mark = own.get(grade.name)
        stands = mark is not None and mark["words"] == words.get(grade.name)
        grade.manual_score = mark["mark"] if mark and stands else None
        grade.extra_credit = None
        grade.needs_manual_grade = waits and not stands
    for comment in notebook.comments:
        comment.manual_comment = own.get(comment.name, {}).get("why") or None
