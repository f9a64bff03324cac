"""A set for somebody who learns alone: numbers of their own, and the answers afterwards.

It is made from the same master as a class's set, without nbgrader and without a class.
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib.errors import CourseError
from course_lib.exercises.variants import student_name
from course_lib.files import write_atomically

FOLDER = "practice"
STUDENT = re.compile(r"^STUDENT\s*=\s*([\"'])(.*?)\1", re.MULTILINE)
SOLUTION = re.compile(
    r"^(?P<indent>[ \t]*)### BEGIN SOLUTION.*?^[ \t]*### END SOLUTION[ \t]*\n?",
    re.DOTALL | re.MULTILINE,
)
HIDDEN = re.compile(
    r"^[^\n]*### BEGIN HIDDEN TESTS.*?### END HIDDEN TESTS[^\n]*\n?"
    r"|^[^\n]*=== BEGIN MARK SCHEME ===.*?=== END MARK SCHEME ===[^\n]*\n?",
    re.DOTALL | re.MULTILINE,
)
MARKER = re.compile(r"^[ \t]*(?:###|===) (?:BEGIN|END) .*\n?", re.MULTILINE)
CODE_STUB = "raise NotImplementedError('Write your answer here, then run this cell')"
TEXT_STUB = "*Double-click here and write your answer.*"
FIRST_SENTENCE = re.compile(
    r"Write your student number between the quotation marks in the next cell"
)


@dataclass(frozen=True)
class Practice:
    """A practice set.

    Attributes
    ----------
    notebook : Path
        Where it is.
    new : bool
        Whether it was made just now; a set that is there keeps the work in it.
    """

    notebook: Path
    new: bool


def practice_set(
    notebooks: Path, set_name: str, *, again: bool = False, learner: str = ""
) -> Practice:
    """A set with numbers of one's own.

    Parameters
    ----------
    notebooks : Path
        The course's folder of notebooks.
    set_name : str
        The set, named after its lesson.
    again : bool
        Whether to make one more, with other numbers.
    learner : str
        Who practises: the same name always gets the same numbers. By chance unless given.

    Returns
    -------
    Practice

    Raises
    ------
    CourseError
        If the master is not in this copy of the course, or the name cannot be used.
    """
    master = _master(notebooks, set_name)
    there = made_before(notebooks, set_name)
    if there and not again:
        return Practice(there[-1], new=False)
    try:
        name = student_name(learner) if learner else f"learner-{secrets.token_hex(3)}"
    except ValueError as error:
        raise CourseError(str(error)) from error
    path = notebooks / FOLDER / f"exercises_{set_name}{_number(len(there) + 1)}.ipynb"
    book = without_answers(master, name)
    write_atomically(path, _as_bytes(book))
    return Practice(path, new=True)


def answers_to(notebooks: Path, set_name: str) -> Path:
    """The answers to the newest practice set, with the numbers of that set.

    Raises
    ------
    CourseError
        If there is no practice set yet, or nothing was answered in it.
    """
    there = made_before(notebooks, set_name)
    if not there:
        raise CourseError(
            f"You have no practice set of {set_name} yet. Type first: course practise {set_name}"
        )
    practised = _read(there[-1])
    name = learner_of(practised)
    if not name:
        raise CourseError(
            f"{there[-1]} has no line STUDENT = ... any more, which says whose numbers it has. Put "
            "it back, or make a new set with --again."
        )
    master = _master(notebooks, set_name)
    if not has_answers(practised, without_answers(master, name)):
        raise CourseError(
            "Nothing is answered in your set yet. Write an answer, save the notebook (Ctrl+S), and "
            "type this again."
        )
    path = there[-1].with_name(there[-1].name.replace("exercises_", "answers_", 1))
    write_atomically(path, _as_bytes(with_answers(master, name)))
    return path


def made_before(notebooks: Path, set_name: str) -> list[Path]:
    """The practice sets that are there, the newest last."""
    found = (notebooks / FOLDER).glob(f"exercises_{set_name}*.ipynb")
    wanted = re.compile(rf"exercises_{re.escape(set_name)}(?:_(\d+))?\.ipynb")
    numbered = [(match, path) for path in found if (match := wanted.fullmatch(path.name))]
    return [path for _, path in sorted((int(match[1] or 1), path) for match, path in numbered)]


def _number(count: int) -> str:
    return "" if count == 1 else f"_{count}"


def _master(notebooks: Path, set_name: str) -> dict[str, Any]:
    master = notebooks / "exercises" / f"{set_name}.ipynb"
    if not master.is_file():
        raise CourseError(
            f"This copy of the course holds no set {set_name}: a copy for a class has none, since "
            "a teacher hands them out. Whoever learns alone gets the whole project."
        )
    return _read(master)


def _read(path: Path) -> dict[str, Any]:
    try:
        book: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise CourseError(f"{path} cannot be read as a notebook ({error}).") from error
    return book


def _as_bytes(book: dict[str, Any]) -> bytes:
    return f"{json.dumps(book, indent=1, ensure_ascii=False)}\n".encode()


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell.get("source", ""))


def _about(cell: dict[str, Any]) -> dict[str, Any]:
    about: dict[str, Any] = cell.get("metadata", {}).get("nbgrader", {})
    return about


def without_answers(master: dict[str, Any], learner: str) -> dict[str, Any]:
    """The master as a set to work in."""
    book: dict[str, Any] = json.loads(json.dumps(master))
    for cell in book["cells"]:
        text = HIDDEN.sub("", _source(cell))
        if _about(cell).get("solution"):
            stub = CODE_STUB if cell["cell_type"] == "code" else TEXT_STUB
            text, number = SOLUTION.subn(rf"\g<indent>{stub}\n", text)
            if not number:
                text = stub
        cell["source"] = _line_of_learner(cell, _to_practise(text), learner).rstrip("\n")
        _clean(cell)
    return book


def with_answers(master: dict[str, Any], learner: str) -> dict[str, Any]:
    """The master with a learner's numbers; run from the top, it shows the answers to them."""
    book: dict[str, Any] = json.loads(json.dumps(master))
    for cell in book["cells"]:
        text = MARKER.sub("", _source(cell))
        if _about(cell).get("solution") and cell["cell_type"] == "markdown":
            text = f"**One possible answer, with the figures of another set:**\n\n{text}"
        cell["source"] = _line_of_learner(cell, text, learner).rstrip("\n")
        _clean(cell)
    book["cells"][0]["source"] = (
        "# Answers\n\nThese are answers to your own numbers. Run all cells, from the top "
        "(Run > Run All Cells), and compare. There are other right ways; what counts is that the "
        "checks hold."
    )
    return book


def _to_practise(text: str) -> str:
    """Sentences that speak of a class, in the words of somebody who learns alone."""
    text = FIRST_SENTENCE.sub(
        "The name in the next cell gives you numbers of your own: keep it", text
    )
    if text.startswith("## Before you hand in"):
        return (
            "## Afterwards\n\nRestart the kernel and run all cells from the top. Save. The answers "
            "to your numbers: type `uv run course practise` with the number of the set and "
            "`--answers`."
        )
    return text


def _line_of_learner(cell: dict[str, Any], text: str, learner: str) -> str:
    if cell.get("id") != "student":
        return text
    return STUDENT.sub(f'STUDENT = "{learner}"', text)


def _clean(cell: dict[str, Any]) -> None:
    # Without nbgrader's marks: nothing here is handed in.
    cell["metadata"] = {}
    if cell["cell_type"] == "code":
        cell["outputs"], cell["execution_count"] = [], None


def learner_of(book: dict[str, Any]) -> str:
    """The name whose numbers a practice set has; empty if it says none."""
    for cell in book.get("cells", []):
        if found := STUDENT.search(_source(cell)):
            return found[2]
    return ""


def has_answers(book: dict[str, Any], untouched: dict[str, Any]) -> bool:
    """Whether anything was written beside what the set said."""
    before = {_source(cell).strip() for cell in untouched["cells"]}
    return any(
        _source(cell).strip() and _source(cell).strip() not in before for cell in book["cells"]
    )
