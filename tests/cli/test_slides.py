"""A lesson as slides: what is shown, what is left out, and how much stands on one."""

import json
import re
from pathlib import Path

import pytest

from course_lib.cli.slides import CSS, QUESTION, SLIDE_HOLDS, slides, write_slides

LESSONS = sorted((Path(__file__).parents[2] / "notebooks").glob("[01]*.ipynb"))


def markdown(source: str) -> dict:
    return {"cell_type": "markdown", "id": "m", "metadata": {}, "source": source}


def code(source: str, *outputs: dict) -> dict:
    return {"cell_type": "code", "id": "c", "metadata": {}, "source": source, "outputs": [*outputs]}


def texts(*cells: dict) -> list[str]:
    return [cell["source"] for cell in slides(list(cells))][1:]


def test_of_running_text_the_first_sentence_is_shown():
    text = "## A title\n\nFirst. Second.\n\n**A lead.** Its sentence. More.\n\n*Why is that? And?*"
    assert texts(markdown(text)) == [
        "## A title\n\nFirst.\n\n**A lead.** Its sentence.\n\n*Why is that? And?*"
    ]


def test_tables_formulas_quotations_and_lists_are_shown_whole():
    blocks = [
        "| a | b |\n|---|---|\n| 1 | 2. 3 |",
        "$$ x = 1. $$",
        "> Said. And said.",
        "- a. A\n- b",
    ]
    for block in blocks:
        assert texts(markdown(f"## T\n\n{block}")) == [f"## T\n\n{block}"]


def test_each_heading_begins_a_slide_and_a_long_text_takes_several():
    assert texts(markdown("## A\n\nx.\n\n### B\n\ny.")) == ["## A\n\nx.", "### B\n\ny."]
    long = "\n\n".join(f"> {number} {'word ' * 40}" for number in range(5))
    found = texts(markdown(f"## A\n\n{long}"))
    assert len(found) == 3
    assert all(len(text) < SLIDE_HOLDS + 20 for text in found)
    assert found[1].startswith("## A …\n\n> 2")


def test_what_shows_nothing_runs_with_the_next_that_does():
    shown = {"output_type": "stream", "name": "stdout", "text": "1"}
    assert texts(code("import a"), code("a.b", shown)) == ["import a\na.b"]


def test_what_students_write_is_left_out():
    assert texts(code("def f(x):\n    raise NotImplementedError"), code("check(f)", {})) == []


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_every_lesson_has_slides(lesson, tmp_path):
    book = json.loads(write_slides(lesson, tmp_path).read_text("utf-8"))
    names = [cell["id"] for cell in book["cells"]]
    assert len(names) == len(set(names)) > 10
    shown = "".join("".join(cell["source"]) for cell in book["cells"])
    assert re.search(r"_lab\(\w*\)", shown)
    assert "raise NotImplementedError" not in shown


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_the_question_of_the_puzzle_is_on_a_slide(lesson, tmp_path):
    book = json.loads(lesson.read_text("utf-8"))
    prose = "\n".join("".join(c["source"]) for c in book["cells"] if c["cell_type"] == "markdown")
    puzzle = prose.split("\n## 2.")[1].split("\n## 3.")[0]
    asked = QUESTION.findall(puzzle)
    shown = json.loads(write_slides(lesson, tmp_path).read_text("utf-8"))["cells"]
    text = "\n".join("".join(cell["source"]) for cell in shown)
    assert asked
    assert [question for question in asked if question not in text] == []


def test_no_slide_has_a_heading_alone():
    assert texts(markdown("## A\n\n### B\n\ny.")) == ["## A\n\n### B\n\ny."]


def test_what_hides_the_left_of_an_output_is_gone():
    assert ".jp-OutputArea-promptOverlay { display: none; }" in CSS


def test_letters_can_be_read_from_the_last_row():
    assert "font-size: 28px" in CSS
