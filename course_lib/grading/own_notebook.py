"""A lecturer's own notebook, in nbgrader's usual form, in place of one of the course's sets.

It has solutions, tests, hidden tests and written answers as nbgrader knows them, and no module of
the course's. So its tests run in the student's own kernel, and what they say is the mark: in the
sandbox, but in a Python that the student's cells can have changed. The table of marks says so.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import nbformat

from course_lib.errors import CourseError
from course_lib.exercises import SETS

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
#: Of a cell, in nbformat; nbgrader's own names of cells are made of the same characters.
CELL_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
IN_KERNEL = (
    "judged by its own tests, in the student's kernel: whoever changes Python there can change a "
    "mark"
)
BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
SHORT = 12  # a line with fewer characters says nothing


def is_own(set_name: str) -> bool:
    """Whether a set is a lecturer's own notebook.

    Examples
    --------
    >>> is_own("01_measuring_regions"), is_own("my_questions")
    (False, True)
    """
    return set_name not in SETS


def read_own(path: Path) -> dict[str, Any]:
    """A lecturer's notebook, with nbgrader's names of cells as their ids.

    Parameters
    ----------
    path : Path
        The notebook, with solutions.

    Returns
    -------
    dict

    Raises
    ------
    CourseError
        If it is no notebook that can be graded. The sentence says which cell to mend, and how.
    """
    if not NAME.fullmatch(path.stem):
        raise CourseError(
            f"A set cannot be called {path.stem!r}: use letters from a to z, digits, - and _."
        )
    try:
        book = nbformat.read(path, as_version=4)
    except Exception as error:  # a damaged notebook fails in ways of its own
        raise CourseError(f"{path} is not a notebook that can be read. Save it anew.") from error
    language = str(book.metadata.get("kernelspec", {}).get("language", "python")).lower()
    if language != "python":
        raise CourseError(f"{path} is in {language}; only Python can be graded.")
    cells = json.loads(json.dumps(book.cells))
    marked = [cell for cell in cells if about(cell)]
    if not any(about(cell).get("grade") for cell in marked):
        raise CourseError(
            f"{path} has no cell with points. In Jupyter with nbgrader open Create Assignment, "
            "and say which cells are answers and which are tests."
        )
    counted = Counter(str(about(cell).get("grade_id", "")) for cell in marked)
    for cell in marked:
        _refuse(path, cell, counted)
    used = set(counted)
    for number, cell in enumerate(cells):
        name = str(about(cell).get("grade_id", "")) or str(cell.get("id") or "")
        if not about(cell) and (not CELL_NAME.fullmatch(name) or name in used):
            name = f"cell-{number}-of-{path.stem}"[:64]
        used.add(name)
        cell["id"] = name
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def about(cell: dict[str, Any]) -> dict[str, Any]:
    """What nbgrader says of a cell that it is to treat in a way of its own; or nothing."""
    said = cell.get("metadata", {}).get("nbgrader") or {}
    kinds = ("grade", "solution", "locked", "task")
    return dict(said) if any(said.get(kind) for kind in kinds) else {}


def _refuse(path: Path, cell: dict[str, Any], counted: Counter[str]) -> None:
    """Refuse a cell that nbgrader would leave out, or treat otherwise than it looks."""
    said = about(cell)
    name = str(said.get("grade_id", ""))
    where = f"The cell {name!r} of {path.name}"
    if said.get("schema_version", 0) < 3:
        raise CourseError(f"{where} is of an old nbgrader. Type: nbgrader update {path.name}")
    if not CELL_NAME.fullmatch(name):
        raise CourseError(
            f"{where} needs another name: up to 64 letters from a to z, digits, - and _."
        )
    if counted[name] > 1:
        raise CourseError(f"{where} is there {counted[name]} times. Give each a name of its own.")
    if said.get("task"):
        raise CourseError(
            f"{where} is a task for several cells. Make it a written answer: a Markdown cell, "
            "manually graded answer."
        )
    if said.get("grade") and not isinstance(said.get("points"), int | float):
        raise CourseError(f"{where} has no points. Give it some.")
    if said.get("grade") and not said.get("solution") and cell["cell_type"] != "code":
        raise CourseError(f"{where} has points, but it is no answer and no test. Make it one.")


def hidden_lines(book: dict[str, Any]) -> set[str]:
    """The lines of a master's hidden tests that say something and stand nowhere else.

    Examples
    --------
    >>> source = "assert f(1) == 1\\n### BEGIN HIDDEN TESTS\\nassert f(70) == 4900\\n"
    >>> hidden_lines({"cells": [{"source": source + "### END HIDDEN TESTS"}]})
    {'assert f(70) == 4900'}
    """
    inside, outside = set[str](), set[str]()
    for cell in book["cells"]:
        hidden = False
        for line in "".join(cell["source"]).splitlines():
            if line.strip() in (BEGIN_HIDDEN, END_HIDDEN):
                hidden = line.strip() == BEGIN_HIDDEN
            elif len(line.strip()) >= SHORT:
                (inside if hidden else outside).add(line.strip())
    return inside - outside
