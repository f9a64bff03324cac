"""One student's data: all of it given out, or all of it deleted, from wherever a class keeps it."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import nbformat

from course_lib.errors import CourseError
from course_lib.files import write_atomically
from course_lib.grading import markers
from course_lib.grading.class_folder import ROSTER, ClassFolder, read_json, write_json
from course_lib.grading.decisions import as_number
from course_lib.grading.feedback import secret_triples, strip_secrets
from course_lib.grading.marks import class_marks, find_notebook
from course_lib.grading.own_notebook import hidden_lines

#: Folders with a folder for each student, and folders with a file for each student in each set.
FOLDERS = (
    *("submitted", "submitted_before", "autograded", "feedback", "feedback_before"),
    "progress",
)
RECORDS = ("results", "collected", "by_hand", "looked")
#: What is made of everybody's data by a command, and is made again by the same.
MADE = ("marks", "feedback_zips", "mended", "predictions", ".nbgrader.log")
TABLES = "marks.json"


def everything(folder: ClassFolder, number: str) -> list[Path]:
    """All files that are one student's alone, by their paths."""
    found: list[Path] = []
    for name in FOLDERS:
        found += (path for path in (folder.root / name / number).rglob("*") if path.is_file())
    for name in RECORDS:
        found += folder.root.glob(f"{name}/*/{number}.json")
    for entry, path in _put_aside(folder, number):
        if entry["students"] == [number]:
            found += [path, path.with_name(f"{path.name}.why.txt")]
    return sorted(path for path in found if path.is_file())


def give_out(folder: ClassFolder, typed: str, to: Path) -> list[str]:
    """Put all that a class holds of one student into a zip.

    Hidden tests and the class's secret, which stand in graded copies, are taken out.

    Parameters
    ----------
    folder : ClassFolder
        The class.
    typed : str
        The student number.
    to : Path
        The zip; it must not be there yet.

    Returns
    -------
    list of str
        The names in it.

    Raises
    ------
    CourseError
        If nothing is known of that student, or the zip is there.
    """
    number = as_number(typed)
    if to.exists():
        raise CourseError(f"{to} is there already. Give another name.")
    files = everything(folder, number)
    row = _row_of(folder, number)
    if not files and row is None:
        raise CourseError(f"This class holds nothing of {typed}.")
    content: dict[str, bytes] = {
        path.relative_to(folder.root).as_posix(): _without_secrets(folder, path, number)
        for path in files
    }
    content[TABLES] = _as_json(
        {
            "class list": row or {},
            "all columns of the class list": _listed(folder, number),
            "marks": {name: _marks(folder, name, number) for name in folder.set_names},
            "marks of further markers": {
                name: {
                    set_name: of_set.get(number, {})
                    for set_name, of_set in (read_json(path) or {}).items()
                }
                for name in markers.names(folder)
                for path in [markers.record_path(folder, name)]
            },
            "decisions": {
                name: [one for one in folder.decisions(name) if one["student"] == number]
                for name in folder.set_names
            },
            "log": [line for _, lines in _logs(folder, number) for line in lines],
        }
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    write_atomically(to, packed.getvalue())
    to.chmod(0o600)
    return list(content)


def delete(folder: ClassFolder, typed: str) -> list[str]:
    """Delete all that a class holds of one student, in copies of the gradebook as well.

    What was made of everybody's data (tables of marks, zips of feedback) is deleted whole: the
    commands make it again.

    Returns
    -------
    list of str
        What was deleted, in a few words each.

    Raises
    ------
    CourseError
        If nothing is known of that student.
    """
    number = as_number(typed)
    files, row = everything(folder, number), _row_of(folder, number)
    if not files and row is None:
        raise CourseError(f"This class holds nothing of {typed}.")
    logs = [path for path, lines in _logs(folder, number) if lines]
    says = _says(folder, number)  # while the name is known
    for path in files:
        path.unlink(missing_ok=True)
    for name in FOLDERS:
        shutil.rmtree(folder.root / name / number, ignore_errors=True)
    for name in MADE:
        path = folder.root / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    _forget_in_records(folder, number)
    for path in logs:
        kept = [line for line in path.read_text("utf-8").splitlines() if not says(line)]
        write_atomically(path, "".join(f"{line}\n" for line in kept).encode())
    places = ("gradebook_before", "markers")
    copies = [path for name in places for path in sorted((folder.root / name).glob("*.db"))]
    books = [folder.gradebook_path, *copies]
    for path in books:
        if path.is_file():
            _forget_in_gradebook(path, number)
    lists = [folder.root / ROSTER, *(folder.root / "roster_before").glob("*.csv")]
    for path in lists:
        _forget_in_list(path, number)
    folder.__dict__.pop("roster", None)
    return [
        f"{len(files)} files",
        f"the row in {len(lists)} class list{'' if len(lists) == 1 else 's'}",
        f"the marks in the gradebook and in {len(books) - 1} copies of it",
        "the tables of marks and zips of feedback, which the commands make again",
    ]


# --- what there is


def _row_of(folder: ClassFolder, number: str) -> dict[str, str] | None:
    rows = folder.roster.to_dict("records")
    found = (row for row in rows if row["id"] == number)
    return next(({str(key): str(value) for key, value in row.items()} for row in found), None)


def _listed(folder: ClassFolder, number: str) -> dict[str, str]:
    kept = read_json(folder.list_path) or {"heading": [], "rows": {}}
    return dict(zip(kept["heading"], kept["rows"].get(number, []), strict=False))


def _marks(folder: ClassFolder, set_name: str, number: str) -> dict[str, Any]:
    """A student's row in the table of marks, with the words that a teacher wrote."""
    table = class_marks(folder, set_name).table
    rows = table[table["id"] == number].to_dict("records")
    found: dict[str, Any] = {str(key): value for key, value in rows[0].items()} if rows else {}
    with folder.gradebook() as book:
        notebook = find_notebook(book, set_name, number)
        if notebook is not None:
            found["comments"] = {one.name: one.comment for one in notebook.comments if one.comment}
    return found


def _put_aside(folder: ClassFolder, number: str) -> Iterator[tuple[dict[str, Any], Path]]:
    """What was unclear and may be this student's: its entry, and the copy that was kept."""
    for set_name in folder.set_names:
        entries = read_json(folder.not_taken_path(set_name)) or {}
        for where, entry in entries.items():
            if number not in entry["students"]:
                continue
            for why in (folder.root / "unclear" / set_name).glob("*.why.txt"):
                if why.read_text("utf-8").startswith(f"{where}: "):
                    yield entry, why.with_name(why.name.removesuffix(".why.txt"))


def _says(folder: ClassFolder, number: str) -> Callable[[str], bool]:
    """Whether a line of a log is about this student: by number, or by both names."""
    row = _row_of(folder, number) or {}
    names = [row.get("first name", ""), row.get("last name", "")]
    word = re.compile(rf"(?<![^\W_]){re.escape(number)}(?![^\W_])", re.IGNORECASE)

    def says(line: str) -> bool:
        return bool(word.search(line)) or (all(names) and all(name in line for name in names))

    return says


def _logs(folder: ClassFolder, number: str) -> list[tuple[Path, list[str]]]:
    says = _says(folder, number)
    found = []
    for path in sorted((folder.root / "collected").glob("*.log")):
        lines = path.read_text("utf-8").splitlines()
        found.append((path, [line for line in lines if says(line)]))
    return found


def _without_secrets(folder: ClassFolder, path: Path, number: str) -> bytes:
    """A file of a student's; of a graded copy what a student may read."""
    content = path.read_bytes()
    set_name = path.parent.name
    if folder.autograded not in path.parents or set_name not in folder.set_names:
        return content
    book = nbformat.reads(content.decode("utf-8", "replace"), as_version=4)
    hidden = hidden_lines(json.loads(folder.master(set_name).read_text("utf-8")))
    strip_secrets(book, folder.secret, secret_triples(folder, set_name, number), hidden)
    return nbformat.writes(book).encode("utf-8", "replace")


def _as_json(content: Any) -> bytes:
    return json.dumps(content, indent=1, ensure_ascii=False, default=str).encode("utf-8", "replace")


# --- deleting


def _forget_in_records(folder: ClassFolder, number: str) -> None:
    """Take one student out of records that are about several."""
    for set_name in folder.set_names:
        path = folder.not_taken_path(set_name)
        if entries := read_json(path):
            for entry in entries.values():
                entry["students"] = [one for one in entry["students"] if one != number]
            write_json(path, {where: one for where, one in entries.items() if one["students"]})
        path = folder.root / "collected" / f"{set_name}.by_hand.json"
        if owners := read_json(path):
            write_json(path, {file: one for file, one in owners.items() if one != number})
        if decisions := folder.decisions(set_name):
            kept = [one for one in decisions if one["student"] != number]
            write_json(folder.decided_path(set_name), {"decisions": kept})
    for path in (folder.root / "markers").glob("*.json"):
        if record := read_json(path):
            for of_set in record.values():
                of_set.pop(number, None)
            write_json(path, record)
    if kept_list := read_json(folder.list_path):
        kept_list["rows"].pop(number, None)
        write_json(folder.list_path, kept_list)


def _forget_in_gradebook(path: Path, number: str) -> None:
    """Delete a student's rows from a gradebook, and what SQLite keeps of deleted rows."""
    from nbgrader.api import Gradebook, MissingEntry

    with Gradebook(f"sqlite:///{path.as_posix()}", "") as book, suppress(MissingEntry):
        book.remove_student(number)
    with closing(sqlite3.connect(path)) as database:
        database.execute("vacuum")


def _forget_in_list(path: Path, number: str) -> None:
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"))))
    at = rows[0].index("id")
    text = io.StringIO()
    kept = [rows[0], *(row for row in rows[1:] if row[at] != number)]
    csv.writer(text, lineterminator="\n").writerows(kept)
    write_atomically(path, text.getvalue().encode())
