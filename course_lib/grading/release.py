"""From a master to the notebook that students get, and proof that it gives nothing away."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib.errors import CourseError
from course_lib.exercises import SETS
from course_lib.files import write_atomically
from course_lib.grading.class_folder import ClassFolder
from course_lib.grading.own_notebook import is_own, read_own

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
MARKERS = {
    BEGIN,
    END,
    "### BEGIN HIDDEN TESTS",
    "### END HIDDEN TESTS",
    "=== BEGIN MARK SCHEME ===",
    "=== END MARK SCHEME ===",
}
# Whatever looks as if it were meant to be a marker: "## Begin solution", "### BEGIN SOLUTON".
MEANT_AS_MARKER = re.compile(r"^\s*(?:#|=)+\s*(?:begin|end)\b.*(?:sol|hid|test|mark|sch)", re.I)
STUDENT_CELL, OPEN_CELL = "student", "open"
SHORT = 12  # a line with fewer characters says nothing: `)`, `break`


@dataclass(frozen=True)
class Released:
    """What `release_set` did."""

    notebook: Path
    changed: bool


def release_set(
    folder: ClassFolder, set_name: str, masters: Path, *, again: bool = False
) -> Released:
    """Make the students' notebook of a set.

    Parameters
    ----------
    folder : ClassFolder
        The class.
    set_name : str
        The set, named after its lesson; or the name of a notebook of the teacher's own.
    masters : Path
        Where its master lies.
    again : bool
        Whether a notebook that students may already have is replaced.

    Returns
    -------
    Released

    Raises
    ------
    CourseError
        If the master cannot be released, or the result would give something away. Then there is
        no released notebook.
    """
    master = masters / f"{set_name}.ipynb"
    if is_own(set_name) and not master.is_file():
        raise CourseError(
            f"There is no set {set_name!r}, and no notebook of your own at {master}. For one of "
            f"your own give its path. The sets are: {', '.join(SETS)}."
        )
    if not master.is_file():
        raise CourseError(
            f"The master of {set_name} is not in {masters}. Masters are not in what students "
            "download; get the whole project."
        )
    if is_own(set_name):
        book = without_outputs(read_own(master))
    else:
        book = for_class(json.loads(master.read_text("utf-8")), folder.token)
    refuse_strange_markers(book)
    text = json.dumps(book, indent=1, ensure_ascii=False) + "\n"
    source, released = folder.master(set_name), folder.released(set_name)
    if released.is_file() and source.is_file():
        if source.read_text("utf-8") == text:
            _hand_out(folder, set_name)
            return Released(folder.handout(set_name), changed=False)
        if not again:
            raise CourseError(
                f"{set_name} was released before, and the master has changed since: cells "
                f"{_changed_cells(source, book)}. Students may have the first version. To replace "
                "it, add --again."
            )
    write_atomically(source, text.encode())
    refuse_extra_files(source)
    shutil.rmtree(released.parent, ignore_errors=True)
    folder.handout(set_name).unlink(missing_ok=True)
    _generate(folder, set_name)
    leaks = found_leaks(book, released.parent, folder.secret)
    if leaks:
        shutil.rmtree(released.parent)
        folder.handout(set_name).unlink(missing_ok=True)
        raise CourseError(
            f"{set_name} was not released, because it would give away: {'; '.join(leaks)}."
        )
    _hand_out(folder, set_name)
    return Released(folder.handout(set_name), changed=True)


def register(folder: ClassFolder, set_name: str) -> None:
    """Write a released set into the gradebook, if it is not there: after a lost gradebook."""
    from nbgrader.api import MissingEntry

    with folder.gradebook() as book:
        try:
            book.find_notebook(set_name, set_name)
            return
        except MissingEntry:
            pass
    students_have = folder.released(set_name).read_bytes()
    _generate(folder, set_name)
    if folder.released(set_name).read_bytes() != students_have:
        write_atomically(folder.released(set_name), students_have)


def _hand_out(folder: ClassFolder, set_name: str) -> None:
    """Put a copy where the teacher takes it, under a name that no lesson has.

    A student puts it beside the lessons. With the lesson's own name it would replace the lesson,
    and the student's work in it.
    """
    write_atomically(folder.handout(set_name), folder.released(set_name).read_bytes())


def for_class(book: dict[str, Any], token: str) -> dict[str, Any]:
    """The master with an empty student number, the class's token, and no outputs."""
    cells = {cell.get("id"): cell for cell in book["cells"]}
    missing = [name for name in (STUDENT_CELL, OPEN_CELL) if name not in cells]
    if missing:
        raise CourseError(f"The master has no cell with the id {missing[0]!r}.")
    cells[STUDENT_CELL]["source"] = ['STUDENT = ""']
    opened = "".join(cells[OPEN_CELL]["source"])
    if 'course_class="practice"' not in opened:
        raise CourseError(f'The cell {OPEN_CELL!r} of the master lacks course_class="practice".')
    opened = opened.replace('course_class="practice"', f'course_class="{token}"')
    cells[OPEN_CELL]["source"] = opened.splitlines(keepends=True)
    for cell in without_outputs(book)["cells"]:
        if cell["cell_type"] != "code" and "](../" in "".join(cell["source"]):
            # A student puts the set beside the lessons, not one folder below them.
            cell["source"] = [line.replace("](../", "](") for line in cell["source"]]
    return book


def without_outputs(book: dict[str, Any]) -> dict[str, Any]:
    """The master without what its cells have shown."""
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    return book


def refuse_strange_markers(book: dict[str, Any]) -> None:
    """A marker that is spelt wrongly would leave the solution in the students' notebook."""
    for cell in book["cells"]:
        opened = ""
        for line in "".join(cell["source"]).splitlines():
            if not MEANT_AS_MARKER.match(line):
                continue
            marker = line.strip()
            if marker not in MARKERS:
                raise CourseError(
                    f"The cell {cell.get('id')!r} of the master has the line {marker!r}. "
                    f"Markers are spelt like this: {BEGIN}"
                )
            if (" BEGIN " in marker) == bool(opened):
                raise CourseError(
                    f"In the cell {cell.get('id')!r} of the master {marker!r} has no partner."
                )
            opened = marker if " BEGIN " in marker else ""
        if opened:
            raise CourseError(
                f"In the cell {cell.get('id')!r} of the master {opened!r} has no partner."
            )


def refuse_extra_files(source: Path) -> None:
    """Everything in the source folder is handed out, so nothing else may be there."""
    extra = sorted(path.name for path in source.parent.iterdir() if path != source)
    if extra:
        raise CourseError(
            f"{source.parent} holds {', '.join(extra)} beside the master. All files in that folder "
            "go to students. Move them elsewhere, then release again."
        )


def found_leaks(book: dict[str, Any], released: Path, secret: str) -> list[str]:
    """What in a released folder students must not see: each with a few words."""
    leaks = [f"the file {path.name}" for path in released.iterdir() if path.suffix != ".ipynb"]
    inside, outside = _secret_lines(book)
    for path in released.glob("*.ipynb"):
        text = path.read_text("utf-8")
        cells = json.loads(text)["cells"]
        lines = {line.strip() for cell in cells for line in "".join(cell["source"]).splitlines()}
        leaks += [f"the solution line {line!r}" for line in inside - outside if line in lines]
        leaks += [f"the marker {line!r}" for line in lines if MEANT_AS_MARKER.match(line)]
        if secret in text:
            leaks.append("the secret of the class")
        if any(cell.get("outputs") for cell in cells):
            leaks.append("outputs of the master")
    return sorted(leaks)


def _secret_lines(book: dict[str, Any]) -> tuple[set[str], set[str]]:
    """Lines of the master inside its solutions, hidden tests and mark schemes, and outside."""
    inside: set[str] = set()
    outside: set[str] = set()
    for cell in book["cells"]:
        hidden = False
        for line in "".join(cell["source"]).splitlines():
            if line.strip() in MARKERS:
                hidden = " BEGIN " in line
            elif len(line.strip()) >= SHORT:
                (inside if hidden else outside).add(line.strip())
    return inside, outside


def _changed_cells(source: Path, book: dict[str, Any]) -> str:
    before = {cell.get("id"): cell for cell in json.loads(source.read_text("utf-8"))["cells"]}
    after = {cell.get("id"): cell for cell in book["cells"]}
    names = [str(name) for name in before | after if before.get(name) != after.get(name)]
    return ", ".join(names)


def _generate(folder: ClassFolder, set_name: str) -> None:
    config = folder.config()
    from nbgrader.converters import GenerateAssignment
    from nbgrader.converters.base import NbGraderException
    from nbgrader.coursedir import CourseDirectory

    config.CourseDirectory.assignment_id = set_name
    generator = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config)
    generator.create_assignment, generator.force = True, True
    try:
        generator.start()
    except (NbGraderException, SystemExit) as error:
        raise CourseError(
            f"nbgrader could not make the students' notebook of {set_name}: {error}. Its own words "
            f"are in {folder.root / '.nbgrader.log'}."
        ) from error
    if not folder.released(set_name).is_file():
        raise CourseError(
            f"nbgrader made no notebook of {set_name}. Its own words are in "
            f"{folder.root / '.nbgrader.log'}."
        )
