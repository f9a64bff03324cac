"""A lesson as slides: the cells decide what is shown, and how much stands on one."""

import json
import re
from pathlib import Path

import pytest

from course_lib.cli.mark_slides import FEWEST, MOST, QUESTION, propose
from course_lib.cli.slides import CSS, slides, write_slides

LESSONS = sorted((Path(__file__).parents[2] / "notebooks").glob("[01]*.ipynb"))
each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)


def markdown(source: str, *shown: str) -> dict:
    metadata = {"slide": [*shown]} if shown else {}
    return {"cell_type": "markdown", "id": "m", "metadata": metadata, "source": source}


def code(source: str, *outputs: dict, shown: bool = False) -> dict:
    metadata = {"slide": True} if shown else {}
    return {
        "cell_type": "code",
        "id": "c",
        "metadata": metadata,
        "source": source,
        "outputs": [*outputs],
    }


def deck(lesson: Path, folder: Path) -> list[dict]:
    cells = json.loads(write_slides(lesson, folder).read_text("utf-8"))["cells"]
    return [cell for cell in cells if "course_notes" in cell["metadata"]]


def test_words_are_shown_as_marked_and_are_notes_else():
    first, shown = slides([markdown("# T\n\nAll."), markdown("Long.", "## A\n\nShort.")])
    assert shown["source"] == "## A\n\nShort."
    assert "Long." in shown["metadata"]["course_notes"]
    assert "All." in first["metadata"]["course_notes"]


def test_code_runs_unseen_unless_it_is_marked_and_what_students_write_does_not_run():
    made = slides(
        [markdown("# T"), code("a"), code("b", shown=True), code("raise NotImplementedError")]
    )[1:]
    assert [cell["source"] for cell in made] == ["a", "b"]
    assert [cell["metadata"].get("course_silent", False) for cell in made] == [True, False]


def test_no_answer_is_in_the_notes_of_a_question():
    folded = "Ask.\n\n<details><summary>Compare with ours</summary>\n\nSo.\n\n</details>"
    assert "So." not in slides([markdown("# T"), markdown(folded, "Ask.")])[1]["metadata"].values()


@each_lesson
def test_a_lesson_has_25_to_40_slides_and_minutes_for_each(lesson, tmp_path):
    made = deck(lesson, tmp_path)
    assert FEWEST <= len(made) <= MOST
    assert all(cell["metadata"]["course_minutes"] >= 0.5 for cell in made)
    assert any("_lab(" in "".join(cell["source"]) for cell in made)
    assert len({cell["id"] for cell in made}) == len(made)


@each_lesson
def test_no_slide_has_a_heading_alone_or_half_a_thought(lesson, tmp_path):
    for cell in deck(lesson, tmp_path):
        if cell["cell_type"] == "code":
            assert cell["outputs"]
            continue
        body = re.sub(r"^#+ .*\n?", "", cell["source"], flags=re.MULTILINE).strip()
        assert len(body) > 60 or body.endswith("?*"), cell["source"]
        assert not body.endswith(":"), cell["source"]
        assert body.count("$$") % 2 == 0


@each_lesson
def test_the_question_of_the_puzzle_is_on_a_slide(lesson, tmp_path):
    book = json.loads(lesson.read_text("utf-8"))
    prose = "\n".join("".join(c["source"]) for c in book["cells"] if c["cell_type"] == "markdown")
    asked = QUESTION.findall(prose.split("\n## 2.")[1].split("\n## 3.")[0])
    shown = "\n".join("".join(cell["source"]) for cell in deck(lesson, tmp_path))
    assert asked
    assert [question for question in asked if question not in shown] == []


@each_lesson
def test_each_core_lab_is_a_slide(lesson):
    cells = json.loads(lesson.read_text("utf-8"))["cells"]
    for number, mark in propose(cells).items():
        if mark is True and "_lab()" in "".join(cells[number]["source"]):
            assert cells[number]["metadata"].get("slide"), cells[number]["source"]


def test_what_lies_over_the_left_of_an_output_is_gone():
    assert re.search(r"\.jp-OutputArea-promptOverlay \{ display: none", CSS)
