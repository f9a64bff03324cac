"""Notebooks of formats 1 to 3 are read, collected and judged like new ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from course_lib.grading.class_folder import ClassFolder
from course_lib.grading.collect import collect
from course_lib.grading.grade import grade_set
from course_lib.grading.submission import read_notebook
from tests.grading.classes import SET, answered
from tests.grading.test_grade import FULL, outside
from tests.grading.test_honest_work import WORDS, answers
from tests.grading.test_marks import row


def old(content: bytes, version: int) -> dict[str, Any]:
    """The same notebook as an editor of that time saved it: no ids, `input` in place of source."""
    cells = []
    for one in json.loads(content)["cells"]:
        source = "".join(one["source"])
        if one["cell_type"] == "code" and version == 1:
            cells.append({"cell_type": "code", "code": source, "prompt_number": 1})
        elif one["cell_type"] == "code":
            cells.append({"cell_type": "code", "language": "python", "input": source,
                          "outputs": [], "collapsed": False, "prompt_number": 1})  # fmt: skip
        elif version == 1:
            cells.append({"cell_type": "text", "text": source})
        elif source.startswith("# "):
            cells.append({"cell_type": "heading" if version == 3 else "markdown",
                          "level": 1, "source": source.removeprefix("# ")})  # fmt: skip
        else:
            cells.append({"cell_type": "markdown", "source": source})
    if version == 1:
        return {"nbformat": 1, "cells": cells}
    return {
        "nbformat": version,
        "nbformat_minor": 0,
        "metadata": {"name": "set"},
        "worksheets": [{"cells": cells, "metadata": {}}],
    }


@pytest.mark.parametrize("version", [1, 2, 3])
def test_an_old_format_is_read_with_all_its_words(
    version: int, a_class: ClassFolder, caplog: pytest.LogCaptureFixture
) -> None:
    content = answered(a_class, "s001", answers() | {"argument": WORDS})
    book, why = read_notebook(json.dumps(old(content, version)).encode())
    assert why == ""
    assert book
    text = json.dumps(book)
    assert all(json.dumps(one)[1:-1] in text for one in answers().values())
    assert WORDS in text
    assert caplog.text == ""  # nothing of the conversion reaches the screen


def test_old_notebooks_are_collected_and_judged(a_class: ClassFolder, tmp_path: Path) -> None:
    students = {"s001": 1, "s002": 2, "s003": 3}
    for student, version in students.items():
        content = answered(a_class, student, answers() | {"argument": WORDS})
        (tmp_path / f"{student}.ipynb").write_text(json.dumps(old(content, version)), "utf-8")
    done = collect(a_class, SET, [tmp_path / f"{student}.ipynb" for student in students])
    assert (sorted(done.new), done.unclear, done.notes) == (sorted(students), {}, [])
    graded = grade_set(a_class, SET, no_sandbox=True, workers=2)
    assert (graded.not_graded, graded.flagged) == ({}, {})
    for student in students:
        assert outside(a_class, student) == FULL
        assert row(a_class, student)["argument"] == "to be marked by hand"
    damaged = {"nbformat": 3, "worksheets": "none"}
    assert "old format" in read_notebook(json.dumps(damaged).encode())[1]
