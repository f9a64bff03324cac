"""Feedback: a page a student can read, and nothing in it that they must not."""

from __future__ import annotations

import json
import re
from datetime import datetime
from html import unescape
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course_lib.errors import CourseError
from course_lib.exercises import exercise_set
from course_lib.grading.class_folder import ClassFolder
from course_lib.grading.feedback import (
    TAKEN_OUT,
    refuse_early,
    secret_triples,
    strip_secrets,
    write_feedback,
)
from course_lib.grading.safe_pages import clean, make_outputs_safe
from tests.grading.classes import SET, answered, hand_in
from tests.grading.test_marks import mark_by_hand


def with_due(folder: ClassFolder, moment: str) -> ClassFolder:
    settings = folder.root / "class.toml"
    text = settings.read_text("utf-8").replace("[due]", f"[due]\n{SET} = {moment}")
    settings.write_text(text, "utf-8")
    return ClassFolder.at(folder.root)


def test_pages_are_for_those_whose_marks_are_final(graded: ClassFolder) -> None:
    calls: list[Any] = []
    pages = write_feedback(graded, SET, now=True, progress=lambda *said: calls.append(said))
    assert list(pages.written) == ["s003"]
    assert calls == [(1, 1)]
    assert pages.left_out["s001"] == "still to be marked by hand: argument"
    assert "look at it first" in pages.left_out["s002"]
    assert "damaged" in pages.left_out["s004"]
    assert pages.left_out["s005"] == "nothing was handed in"
    assert [path.name for path in graded.feedback.iterdir()] == ["s003"]


def test_a_page_holds_marks_reasons_and_comments_and_runs_nothing(graded: ClassFolder) -> None:
    with graded.gradebook() as book:
        book.find_comment("argument", SET, SET, "s001").manual_comment = "A **good** point."
        book.db.commit()
    mark_by_hand(graded, "s001", "argument", 4)
    page = write_feedback(graded, SET, now=True).written["s001"]
    text = unescape(page.read_text("utf-8"))
    assert "Score: 21.0 / 23.0" in text
    assert "<math" in page.read_text("utf-8")
    elsewhere = (
        r"<(?:script|link|img|iframe)\b[^>]*(?:https?:)?//[^>]*>|@import|url\([\"']?http|cdnjs"
    )
    assert not re.findall(elsewhere, page.read_text("utf-8"))
    assert "5 of 5 points" in text
    assert "Test cell" not in text
    assert "Grade cell" not in text
    for question in exercise_set(SET).questions:
        assert f'<a href="#{question.name}-marks">{question.title}</a>' in text
        assert f'<span class="nbgrader-label">{question.title}</' in text
    for criterion in exercise_set(SET).question("theil").criteria:
        assert f"+ {criterion.sentence}" in " ".join(text.split())
    assert "A <strong>good</strong> point." in text
    assert "It fell." in text
    assert "<code>course_lib.measures</code>" in text  # what was asked is set as Markdown
    assert "alert(1)" not in text
    assert graded.secret not in text
    assert "course_probe" not in text
    assert page.stat().st_size < 2_000_000


def test_before_the_due_date_there_is_no_page(a_class: ClassFolder) -> None:
    with pytest.raises(CourseError, match="no due date"):
        write_feedback(a_class, SET)
    folder = with_due(a_class, "2027-01-31T11:00:00")
    with pytest.raises(CourseError, match="due on 2027-01-31 at 11:00"):
        refuse_early(folder, SET, datetime(2027, 1, 31, 10, 59).astimezone())
    refuse_early(folder, SET, datetime(2027, 1, 31, 11, 0).astimezone())


def test_a_page_of_an_older_submission_does_not_stay(graded: ClassFolder) -> None:
    page = write_feedback(graded, SET, now=True).written["s003"]
    old = page.read_bytes()
    hand_in(graded, "s003", answered(graded, "s003", {"argument": "More."}))
    pages = write_feedback(graded, SET, now=True)
    assert pages.moved == ["s003"]
    assert not page.exists()
    assert [path.read_bytes() for path in graded.root.glob("feedback_before/s003/*/*")] == [old]
    assert write_feedback(graded, SET, now=True).moved == []


def test_a_page_that_cannot_be_written_does_not_stop_the_others(graded: ClassFolder) -> None:
    mark_by_hand(graded, "s001", "argument", 4)
    path = graded.graded(SET, "s001")
    path.chmod(0o644)
    path.write_text("{", "utf-8")
    pages = write_feedback(graded, SET, now=True)
    assert "the page could not be written" in pages.left_out["s001"]
    assert list(pages.written) == ["s003"]


def test_mark_schemes_hidden_tests_and_the_judges_inputs_are_taken_out(
    a_class: ClassFolder,
) -> None:
    wanted = exercise_set(SET)
    secret = wanted.inputs("theil", "s001", a_class.token, secret=a_class.secret)
    public = wanted.inputs("theil", "s001", a_class.token)
    assert secret
    assert public
    kept, shown = secret["values"][3][0], public["values"][3][0]
    outputs = [
        new_output("stream", text=f"{kept}"),
        new_output("stream", text=" ".join(f"{value:.1f}\n" for value in kept)),
        new_output("display_data", data={"text/html": json.dumps(kept)}),
        new_output("error", ename="E", evalue="", traceback=[str(kept)]),
        new_output("stream", text=f"the key is {a_class.secret}"),
        new_output("stream", text=f"{shown}"),
        new_output("stream", text="1 2 3"),
    ]
    scheme = "Say why.\n=== BEGIN MARK SCHEME ===\n2 points\n=== END MARK SCHEME ===\nBriefly."
    tests = "look()\n### BEGIN HIDDEN TESTS\nassert x\n### END HIDDEN TESTS"
    book = new_notebook(
        cells=[new_markdown_cell(scheme), new_code_cell(tests, outputs=outputs)],
    )
    strip_secrets(book, a_class.secret, secret_triples(a_class, SET, "s001"))
    said = [output.get("text", "") for output in book.cells[1].outputs]
    assert said == [f"{TAKEN_OUT}\n"] * 5 + [f"{shown}", "1 2 3"]
    assert "2 points" not in book.cells[0].source
    assert "Briefly." in book.cells[0].source
    assert book.cells[1].source.strip() == "look()"
    nbformat.validate(book)


def test_outputs_keep_pictures_and_tables_and_lose_programs() -> None:
    data = {
        "image/png": "AAAA",
        "text/html": "<style>td {}</style><p class='x' onclick='a()'>1</p>"
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "application/javascript": "alert(1)",
        "image/svg+xml": "<svg onload='alert(1)'/>",
    }
    book = new_notebook(
        cells=[new_code_cell("", outputs=[new_output("display_data", data=data)])],
    )
    make_outputs_safe(book)
    assert book.cells[0].outputs[0].data == {
        "image/png": "AAAA",
        "text/html": '<p class="x">1</p>',
    }
    link = '<a rel="noopener noreferrer">x</a>'
    assert clean("<a href='javascript:alert(1)'>x</a> $a &lt; b$") == f"{link} $a &lt; b$"


@pytest.mark.parametrize(
    "html",
    [
        "<svg><script>attack()</script></svg>",
        "<img src=x onerror=attack()>",
        "<math><mi//xlink:href='data:x,<script>attack()</script>'>",
        "<style>@import 'http://attack';",
        "<script",
        "<a href='java\nscript:attack()'>",
        "<iframe srcdoc='attack'></iframe>",
        "<b style='background: url(http://attack)'>",
        "<noscript><p title='</noscript><img src=x onerror=attack()>'>",
    ],
)
def test_what_runs_or_loads_is_taken_out(html: str) -> None:
    cleaned = clean(f"before {html}")
    assert cleaned.startswith("before ")
    assert "attack" not in cleaned
    assert not re.search(r"<(script|style|img|svg|math|iframe)", cleaned)
