"""Feedback: a page a student can read, and nothing in it that they must not."""

from __future__ import annotations

import base64
import json
import re
import time
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
from course_lib.grading.safe_pages import clean, make_outputs_safe, make_safe, words_as_html
from tests.browser.axe import faults_of_file
from tests.grading.classes import SET, answered, hand_in
from tests.grading.test_honest_work import png
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


def test_a_page_can_be_read_by_everybody(graded: ClassFolder, browser: Any) -> None:
    page = write_feedback(graded, SET, now=True).written["s003"]
    text = page.read_text("utf-8")
    assert '<html lang="en">' in text
    assert [int(level) for level in re.findall(r"<h(\d)", text)][:3] == [1, 1, 2]
    assert faults_of_file(page, browser) == []


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
        "image/png": png(),
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
        "image/png": png(),
        "text/html": "<p>1</p>",
    }
    link = '<a rel="noopener noreferrer">x</a>'
    assert clean("<a href='javascript:alert(1)'>x</a> $a &lt; b$") == f"{link} $a &lt; b$"


@pytest.mark.parametrize(
    "html",
    [
        "<p class='full-credit attack'>x</p>",
        "<p style='position: fixed; attack: 1' id='attack' data-attack='1'>x</p>",
        "<a href='/attack'>x</a>",
        "<a href='#attack' target='attack'>x</a>",
        "<a href='data:text/html,attack'>x</a>",
        "<img src='data:image/svg+xml;base64,attack'>",
        "<img src='http://attack/x.png'>",
        "<button class='attack'></button>",
        "<form action='attack'></form>",
        "<table background='attack'></table>",
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
def test_what_runs_or_loads_or_looks_like_the_page_is_taken_out(html: str) -> None:
    cleaned = clean(f"before {html}")
    assert cleaned.startswith("before ")
    assert "attack" not in cleaned
    assert not re.search(r"<(script|style|img|svg|math|iframe)", cleaned)


@pytest.mark.parametrize(
    "words",
    [
        "<div><i><u>" * 100_000,
        "[" * 400_000,
        "**a" * 100_000,
        "<b>" * 3_000,
        "[a](" * 2_400,
        "> " * 4_900,
        "`" * 9_999,
        "![a](attachment:x)" * 500,
        "$" * 9_999,
        "*a*a" * 2_400,
    ],
)
def test_no_words_take_longer_than_a_teacher_waits(words: str) -> None:
    began = time.monotonic()
    page = words_as_html(words, {})
    assert time.monotonic() - began < 15
    assert len(page) < 2_000_000


def test_a_page_is_bounded_whatever_the_notebook_holds(graded: ClassFolder) -> None:
    """What is too long is cut, and the marks and the answer that was asked for stay."""
    path = graded.graded(SET, "s003")
    book = nbformat.read(path, 4)
    book.cells += [new_markdown_cell("*a " * 3_000) for _ in range(300)]
    book.cells += [new_code_cell("x = 1\n" * 40_000) for _ in range(20)]
    outputs = [new_output("stream", text="y" * 900_000) for _ in range(30)]
    book.cells += [new_code_cell("1", outputs=outputs)]
    path.chmod(0o644)
    nbformat.write(book, path)
    began = time.monotonic()
    page = write_feedback(graded, SET, now=True, students=["s003"]).written["s003"]
    assert time.monotonic() - began < 60
    assert page.stat().st_size < 12_000_000
    assert "The rest is not shown here" in page.read_text("utf-8")


def test_pictures_that_were_pasted_are_shown_and_others_are_not() -> None:
    jpeg = base64.b64encode(b"\xff\xd8\xff\xc0\x00\x11\x08\x00\x10\x00\x10" + bytes(20)).decode()
    huge = bytearray(base64.b64decode(png()))
    huge[16:24] = b"\x00\x01\x00\x00" * 2
    attachments = {
        "image.png": {"image/png": png()},
        "my (1) photo.jpg": {"image/jpeg": jpeg},
        "bomb.png": {"image/png": base64.b64encode(huge).decode()},
        "code.png": {"image/svg+xml": "PHN2Zy8+", "image/png": "<script>"},
    }
    words = (
        "![a](attachment:image.png) ![b](attachment:my%20%281%29%20photo.jpg)\n\n"
        "![c](attachment:bomb.png) ![d](attachment:code.png) ![e](attachment:lost.png)\n\n"
        "<img src='attachment:image.png' width='9'> attachment: see above"
    )
    book = new_notebook(cells=[new_markdown_cell(words, attachments=attachments)])
    make_safe(book)
    page = words_as_html(book.cells[0].source, book.cells[0].attachments)
    assert page.count(f"data:image/png;base64,{png()}") == 2
    assert page.count("data:image/jpeg;base64,") == 1
    assert page.count("a picture that cannot be shown") + page.count('alt="e"') >= 2
    assert "svg" not in page
    assert "script" not in page
