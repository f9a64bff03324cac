"""From the file that a student handed in to a notebook that can be judged.

The file is read whatever an editor made of it. Its cells are found again by name, by id, by their
words or by their place; what is missing of the set's own cells is put back. Of what the file says
beside the words in its cells nothing is kept, so nothing of it steers the grading.
"""

from __future__ import annotations

import copy
import hashlib
import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import nbformat

from course_lib.exercises.variants import student_name
from course_lib.grading.pictures import picture_of
from course_lib.grading.python_cells import (
    assigns_student,
    gives,
    is_of_a_lesson,
    is_prose,
    with_student,
)

STUDENT_CELL = "student"
CONFLICT = re.compile(r"^(?:<{7}|>{7})[ \r\n]", re.MULTILINE)
MOST_CELLS = 5_000
MOST_READ, LONGEST_READ = 500, 20_000  # cells of code, and characters of one, that say what it is
TYPES = {"code": "code", "markdown": "markdown", "heading": "markdown"}


@dataclass
class Cell:
    """A cell as it was handed in: its words, and what it says it is."""

    type: str
    source: str
    id: str
    grade_id: str
    attachments: dict[str, dict[str, str]]
    known: str = ""  # the id of the released cell that it is


@dataclass
class Restored:
    """A notebook that can be judged.

    Attributes
    ----------
    book : NotebookNode
        The notebook: valid, with the set's own cells in place.
    notes : list of str
        What was missing and was put back, for the teacher.
    waiting : dict
        Written answers that a person has to look for, each with the reason.
    wrote : str
        The student number that stands in the notebook; empty if none does.
    words : dict
        For each marked cell a fingerprint of what it judges: while that is the same, a mark by hand
        stands.
    """

    book: nbformat.NotebookNode
    notes: list[str] = field(default_factory=list)
    waiting: dict[str, str] = field(default_factory=dict)
    wrote: str = ""
    words: dict[str, str] = field(default_factory=dict)


# --- reading


def read_notebook(content: bytes) -> tuple[dict[str, Any] | None, str]:
    """The notebook in a file, or None and why it cannot be read, in a few words.

    A byte-order mark, UTF-16, half characters, empty outputs and older formats are read.

    Examples
    --------
    >>> read_notebook(b"")
    (None, 'the file is empty')
    >>> read_notebook('{"cells": [], "nbformat": 4}'.encode("utf-16"))[1]
    ''
    """
    if not content.strip(b" \t\r\n\0\xff\xfe\xef\xbb\xbf"):
        return None, "the file is empty"
    text = _decoded(content)
    try:
        book = json.loads(text) if text is not None else None
    except (ValueError, RecursionError):
        if CONFLICT.search(text or ""):
            return None, (
                "git has left marks of a conflict in the file (<<<<<<<), so it is no notebook: ask "
                "for it again, as it was before"
            )
        return None, "the file is damaged: it is not a notebook"
    if isinstance(book, str):  # a notebook inside quotation marks
        book = None
    if not isinstance(book, dict):
        return None, "the file is damaged: it is not a notebook"
    cells, version = book.get("cells"), book.get("nbformat", 4 if "cells" in book else None)
    if isinstance(version, int | float) and version in (1, 2, 3):
        return _upgraded(book)
    if not isinstance(cells, list) or version not in (4, 4.0, "4"):
        return None, "the file is not a notebook of format 4: save it again with Jupyter"
    if len(cells) > MOST_CELLS:
        return None, f"the notebook has more than {MOST_CELLS:,} cells"
    return book, ""


def _decoded(content: bytes) -> str | None:
    """The text of a file; notebooks are UTF-8, and editors make other things of it."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    elif content[:1] == b"\0" or content[1:2] == b"\0":
        encodings = ["utf-16-be" if content[:1] == b"\0" else "utf-16-le"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding).lstrip("\ufeff")
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", errors="replace")


def _upgraded(book: dict[str, Any]) -> tuple[dict[str, Any] | None, str]:
    """A notebook of an older format as one of format 4."""
    before = logging.root.manager.disable
    logging.disable(logging.ERROR)  # it complains on the screen of what is cured here afterwards
    try:
        newer = nbformat.convert(nbformat.from_dict(book), 4)
        return dict(json.loads(json.dumps(newer))), ""
    except Exception:  # old files are damaged in ways of their own
        return None, "the notebook has an old format that cannot be read: save it with Jupyter"
    finally:
        logging.disable(before)


def cells_of(book: Mapping[str, Any]) -> list[Cell]:
    """The cells of a notebook, whatever else is in there."""
    found = []
    for one in book["cells"]:
        if not isinstance(one, dict):
            continue
        metadata = one.get("metadata")
        about = metadata.get("nbgrader") if isinstance(metadata, dict) else None
        grade_id = about.get("grade_id") if isinstance(about, dict) else None
        found.append(
            Cell(
                type=TYPES.get(str(one.get("cell_type")), "raw"),
                source=_text(one.get("source", one.get("input"))),
                id=str(one.get("id") or ""),
                grade_id=str(grade_id or ""),
                attachments=_pictures(one.get("attachments")),
            )
        )
    return found


def _text(source: object) -> str:
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    return whole_characters(source) if isinstance(source, str) else ""


def whole_characters(text: str) -> str:
    """A text without halves of characters, which no file can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _pictures(attachments: object) -> dict[str, dict[str, str]]:
    """The pictures that were pasted into a cell: PNG and JPEG, not too large."""
    kept: dict[str, dict[str, str]] = {}
    for name, forms in attachments.items() if isinstance(attachments, dict) else ():
        found = picture_of(forms)
        if found and len(kept) < 20:
            kept[whole_characters(str(name))[:200]] = dict([found])
    return kept


# --- finding the set's own cells again


def restored(book: Mapping[str, Any], released: Mapping[str, Any], student: str) -> Restored:
    """The notebook of a student with the set's own cells in their places.

    Parameters
    ----------
    book : mapping
        What the student handed in, as `read_notebook` gives it.
    released : mapping
        The notebook that students got.
    student : str
        Under whose number it was handed in.

    Returns
    -------
    Restored
    """
    cells, known = cells_of(book), {str(one["id"]): one for one in released["cells"]}
    sources = {name: _text(one["source"]) for name, one in known.items()}
    copies = _identify(cells, known, sources)
    was_there = {cell.known for cell in cells if cell.known}
    result = Restored(nbformat.v4.new_notebook(metadata=copy.deepcopy(released["metadata"])))
    missing = [name for name in known if name not in was_there and _about(known[name])]
    cells = _keep_changes(cells, known, sources)
    for name in missing:
        cells.insert(_place(cells, name, list(known), known), _new(known, name, sources))
    if missing:
        result.notes.append(f"missing from the notebook, and put back: {', '.join(missing)}")
    _find_waiting(result, cells, known, sources, copies, set(missing))
    if STUDENT_CELL in known:  # a lecturer's own notebook has none
        _write_student(result, cells, student)
    for number, cell in enumerate(cells):
        result.book.cells.append(_node(cell, known, number))
    result.words = _words(cells, known, sources, copies)
    result.book.nbformat_minor = 5
    return result


def belongs(book: Mapping[str, Any], released: Mapping[str, Any]) -> bool:
    """Whether a notebook holds anything of a set but its first cells."""
    known = {str(one["id"]): one for one in released["cells"] if _about(one)}
    own = set(known) - {"open", STUDENT_CELL}
    sources = {_text(known[name]["source"]).strip() for name in own}
    answers = [name for name in own if _about(known[name]).get("solution")]
    cells = cells_of(book)
    if any(
        cell.id in own or cell.grade_id in own or cell.source.strip() in sources for cell in cells
    ):
        return True
    code = [cell.source for cell in cells if cell.type == "code"]
    code = [source for source in code if len(source) <= LONGEST_READ][:MOST_READ]
    # A lesson uses the same words for other things.
    return not any(map(is_of_a_lesson, code)) and any(
        gives(source, name) for source in code for name in answers
    )


def _about(cell: Mapping[str, Any]) -> dict[str, Any]:
    return dict(cell["metadata"].get("nbgrader") or {})


def _is_written(cell: Mapping[str, Any]) -> bool:
    return bool(cell["cell_type"] == "markdown" and _about(cell).get("solution"))


def _identify(
    cells: list[Cell], known: Mapping[str, Any], sources: Mapping[str, str]
) -> dict[str, int]:
    """Find each released cell; how often each one was there."""
    copies: dict[str, int] = {}
    for name, one in known.items():
        same = [cell for cell in cells if name in (cell.id, cell.grade_id) and not cell.known]
        if not same and sources[name].strip():
            same = [
                cell
                for cell in cells
                if not cell.known and cell.source.strip() == sources[name].strip()
            ]
        if not same:
            continue
        copies[name] = len(same)
        best = [cell for cell in same if cell.id == name] or same
        if _is_written(one):  # the one with an answer, if there is a copy without
            changed = [cell for cell in [*best, *same] if _is_changed(cell, sources[name])]
            best = changed or best
        best[0].known = name
    for name, one in known.items():
        if name not in copies and _about(one).get("solution"):
            _find_by_place(cells, name, one, list(known))
    return copies


def _is_changed(cell: Cell, source: str) -> bool:
    return bool(cell.source.strip() != source.strip() or cell.attachments)


def _find_by_place(cells: list[Cell], name: str, one: Any, order: list[str]) -> None:
    """An answer that lost its name stands between the cells that keep theirs."""
    at, end = _between(cells, name, order)
    for cell in cells[at:end]:
        if cell.known or not cell.source.strip():
            continue
        written = _is_written(one)
        if (written and cell.type != "code") or (
            not written and cell.type == "code" and gives(cell.source, name)
        ):
            cell.known = name
            return


def _between(cells: list[Cell], name: str, order: list[str]) -> tuple[int, int]:
    """Where a released cell belongs: after those before it, and before those after it."""
    where = {cell.known: at for at, cell in enumerate(cells) if cell.known}
    rank = order.index(name)
    before = [where[one] for one in order[:rank] if one in where]
    start = before[-1] + 1 if before else 0
    after = [where[one] for one in order[rank + 1 :] if where.get(one, -1) >= start]
    return start, min(after, default=len(cells))


def _place(cells: list[Cell], name: str, order: list[str], known: Mapping[str, Any]) -> int:
    """Where a missing cell is put back: marks after the answer, all else after what came before."""
    start, end = _between(cells, name, order)
    if not _about(known[name]).get("grade") or _is_written(known[name]):
        return start
    question = name.removesuffix("-marks")
    givers = [
        at for at, cell in enumerate(cells) if cell.type == "code" and gives(cell.source, question)
    ]
    near = [at for at in givers if start <= at < end]
    if near:
        return near[-1] + 1
    if any(cell.known == question and cell.source.strip() for cell in cells) or not givers:
        return start
    return givers[-1] + 1


def _new(known: Mapping[str, Any], name: str, sources: Mapping[str, str]) -> Cell:
    """A released cell; an answer in code comes back empty, or it would undo one given elsewhere."""
    one = known[name]
    empty = one["cell_type"] == "code" and _about(one).get("solution")
    return Cell(one["cell_type"], "" if empty else sources[name], name, name, {}, known=name)


def _keep_changes(
    cells: list[Cell], known: Mapping[str, Any], sources: Mapping[str, str]
) -> list[Cell]:
    """Put the set's words back into its own cells; a student's words in there stand before them."""
    kept: list[Cell] = []
    for cell in cells:
        one = known.get(cell.known)
        if one is not None and _about(one) and not _about(one).get("solution"):
            if _is_changed(cell, sources[cell.known]) and cell.source.strip():
                kept.append(Cell(cell.type, cell.source, "", "", cell.attachments))
            kept.append(Cell(one["cell_type"], sources[cell.known], "", "", {}, cell.known))
        else:
            kept.append(cell)
    return kept


def _find_waiting(
    result: Restored,
    cells: list[Cell],
    known: Mapping[str, Any],
    sources: Mapping[str, str],
    copies: Mapping[str, int],
    missing: set[str],
) -> None:
    """Written answers that stand nowhere, or may stand elsewhere: there a person has to look."""
    released = {line.strip() for text in sources.values() for line in text.splitlines()}
    elsewhere = [
        cell
        for cell in cells
        if not (cell.known and _is_written(known[cell.known])) and _holds_words(cell, released)
    ]
    for cell in cells:
        if not (cell.known and _is_written(known[cell.known])):
            continue
        if _is_changed(cell, sources[cell.known]):
            continue
        cell.source = sources[cell.known]
        if cell.known in missing:
            result.waiting[cell.known] = "its cell is missing from the notebook"
        elif copies.get(cell.known, 1) > 1:
            result.waiting[cell.known] = f"its cell stands there {copies[cell.known]} times"
        if elsewhere:
            words = " ".join(elsewhere[0].source.split())[:60]
            why = f"its cell is untouched, and another cell holds words: {words!r}"
            result.waiting[cell.known] = why


def _holds_words(cell: Cell, released: set[str]) -> bool:
    """Whether a cell holds words of the student's, or a picture."""
    if cell.type == "code":
        return not cell.known and is_prose(cell.source)
    lines = [line for line in cell.source.splitlines() if line.strip() not in released]
    return bool(cell.attachments) or any(char.isalnum() for line in lines for char in line)


def _write_student(result: Restored, cells: list[Cell], student: str) -> None:
    """Write the number under which it was handed in into the notebook, and nothing else."""
    code = [cell for cell in cells if cell.type == "code"]
    opened = next((at for at, cell in enumerate(code) if cell.known == "open"), len(code))
    given = [cell for cell in code[:opened] if assigns_student(cell.source)]
    own = next((cell for cell in cells if cell.known == STUDENT_CELL), None)
    if own is not None and own.type != "code":
        own.known, own = "", None
    target = own or (given[0] if given else None)
    if target is None:
        cells.insert(0, Cell("code", f'STUDENT = "{student}"', "", "", {}, STUDENT_CELL))
        return
    sure = False
    for cell in {id(one): one for one in [target, *given]}.values():
        cell.source, wrote, whole = with_student(cell.source, student)
        sure = sure or whole
        if wrote and not same_number(wrote, student):
            result.wrote = result.wrote or wrote
    if not sure:
        at = next(at for at, cell in enumerate(cells) if cell is target)
        cells.insert(at + 1, Cell("code", f'STUDENT = "{student}"', "", "", {}))


def same_number(wrote: str, student: str) -> bool:
    """Whether a student number, as it was typed, is a student's."""
    try:
        return student_name(wrote) == student
    except ValueError:
        return False


def _node(cell: Cell, known: Mapping[str, Any], number: int) -> nbformat.NotebookNode:
    """A valid cell, with the set's own metadata or with none."""
    one = known.get(cell.known)
    kind = one["cell_type"] if one is not None else cell.type
    make = {
        "code": nbformat.v4.new_code_cell,
        "markdown": nbformat.v4.new_markdown_cell,
    }.get(kind, nbformat.v4.new_raw_cell)
    made = make(cell.source, id=cell.known or f"own-{number}")
    if one is not None:
        made.metadata = nbformat.from_dict(copy.deepcopy(one["metadata"]))
    if cell.attachments and kind == "markdown":
        made.attachments = nbformat.from_dict(cell.attachments)
    return made


def _words(
    cells: list[Cell],
    known: Mapping[str, Any],
    sources: Mapping[str, str],
    copies: Mapping[str, int],
) -> dict[str, str]:
    """What each mark judges: its answer's cell, and own cells that belong to it."""
    found: dict[str, str] = {}
    where = {cell.known: at for at, cell in enumerate(cells) if cell.known}
    for name, one in known.items():
        if not _about(one).get("grade"):
            continue
        question = name.removesuffix("-marks")
        answer = cells[where[question]] if question in where else None
        parts = [answer.source, json.dumps(answer.attachments, sort_keys=True)] if answer else []
        if not _is_written(one):
            if question == name:  # a test that does not say by its name which answer it judges
                parts += [
                    cell.source
                    for cell in cells[: where[name]]
                    if cell.known and _about(known[cell.known]).get("solution")
                ]
            parts += [cell.source for cell in cells[: where[name]] if _is_own(cell, "code")]
        elif answer is None or not _is_changed(answer, sources[name]) or copies.get(name, 1) > 1:
            # Its own cell says nothing, or not all: then what stands elsewhere was judged.
            parts += [cell.source for cell in cells if _is_own(cell, "markdown", "raw")]
        found[name] = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return found


def _is_own(cell: Cell, *types: str) -> bool:
    return not cell.known and cell.type in types
