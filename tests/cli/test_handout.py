"""A lesson on paper: questions without answers, and nothing that comes from elsewhere."""

from __future__ import annotations

import html
import json
import re
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from course_lib.cli import app
from course_lib.cli.handout import handout, summary
from course_lib.gradient_transition import labs, questions

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
LESSONS = sorted(NOTEBOOKS.glob("[01]*.ipynb"))
GRADIENT = NOTEBOOKS / "04_gradient_transition.ipynb"


@cache
def handed_out(lesson: Path) -> str:
    return handout(lesson)


def answers_of(lesson: Path) -> list[str]:
    cells = json.loads(lesson.read_text("utf-8"))["cells"]
    text = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    answer = re.compile(r"Compare with ours[^<]*</summary>\s*(.*?)\s*</details>", re.DOTALL)
    found, without = answer.findall(text), answer.sub("", text)
    found = [one for one in found if one[:40] not in without]  # part 6 may say it again
    # The words before the first formula, link or emphasis stand in the page as they are.
    return [html.escape(re.split(r"[$*\[`\n]", one)[0], quote=False)[:100] for one in found]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_a_handout_asks_and_does_not_answer(lesson):
    page = handed_out(lesson)
    assert "Compare with ours" not in page
    for words in answers_of(lesson):
        assert len(words) < 25 or words not in page
    assert "came_true" not in page
    assert "&#9745;" not in page
    assert "course_lib" not in re.sub(r"<code>[^<]*</code>", "", page)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_it_loads_nothing_and_no_formula_is_left_as_typed(lesson):
    for page in (handed_out(lesson), summary(lesson)):
        assert not re.search(r"<(script|link|iframe)\b", page)
        assert not re.search(r'\bsrc="(?!data:)', page)
        assert not re.search(r'href="(?!https?://)', page)
        assert "$$" not in page
        assert "<details" not in page
        assert "@import" not in page


def test_predictions_are_questions_with_room_to_write():
    page = handed_out(GRADIENT)
    lab = labs.product_cycle_lab()
    asked = page.split(html.escape(lab.predict.question))[1].split("</div></div>")[0]
    for words in lab.predict.choices.values():
        assert f"&#9744; {html.escape(words)}" in asked
    assert asked.count('class="room"') == 2
    assert lab.predict.because not in page


def test_every_picture_has_its_text():
    for tag in re.findall(r"<img [^>]*>", handout(GRADIENT, answers=True)):
        assert len(re.search(r'alt="([^"]*)"', tag)[1]) > 20


def test_the_teachers_copy_says_what_came_true_and_why():
    page = handout(GRADIENT, answers=True)
    for lab in (labs.product_cycle_lab(), labs.belts_lab()):
        words = lab.predict.words(lab.came_true())
        assert f"&#9745; <b>{html.escape(words)}</b>" in page
        assert html.escape(lab.predict.because) in page
    quiz = questions.slope_quiz()
    assert f"&#9745; <b>{html.escape(quiz.answer)}</b>" in page
    assert "Compare with ours" in page


def test_the_summary_has_question_formulas_symbols_and_last_minute():
    page = summary(GRADIENT)
    assert "And why did they not arrive?" in page
    assert page.count("<math") > 8
    assert "skill penalty of tier" in page
    assert "In one minute" in page
    assert "Compare with ours" not in page


@pytest.mark.parametrize(
    ("options", "name", "words"),
    [
        ([], "handout_04.html", "Why? One sentence."),
        (["--summary"], "handout_04_summary.html", "In one minute"),
        (["--exam"], "handout_04_exam.html", "6 questions"),
        (["--exam", "--answers"], "handout_04_exam_answers.html", "model answers"),
    ],
)
def test_the_command(tmp_path, monkeypatch, options, name, words):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["handout", "04", *options])
    assert done.exit_code == 0, done.output
    assert done.output.startswith(f"{name}: open it")
    page = (tmp_path / name).read_text("utf-8")
    assert words in page


def test_what_does_not_go_together_is_refused():
    done = CliRunner().invoke(app, ["handout", "04", "--summary", "--exam"])
    assert done.exit_code == 1
    assert "Choose one: --summary, --exam, or neither." in done.output
