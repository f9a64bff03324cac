"""The exam bank: six questions a lesson, each number computed, and a page of them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from course_lib.cli import app
from course_lib.grading.exam_bank import BANK, KINDS, Question, page, read_questions
from course_lib.innovation_and_synergy.pipelines import pipelines
from course_lib.measures import ellison_glaeser, plant_herfindahl
from course_lib.production_complexes.fragility import chain_works

CHECKOUT = Path(__file__).parents[2]
QUESTIONS = {one.id: one for one in read_questions(CHECKOUT / "notebooks" / BANK)}
#: Rooms whose own test_exam.py computes their numbers.
ELSEWHERE = {"01", "02", "03", "08", "09", "10"}


def index_of(shares: list[float]) -> float:
    plants = [plant_herfindahl([0.5, 0.5])]
    table = ellison_glaeser(pd.DataFrame({"i": shares}), plants, region_shares=np.array([0.5, 0.5]))
    return float(table["gamma"].item())


def orders() -> dict[str, float]:
    inverse = np.linalg.inv(np.eye(2) - np.array([[0.0, 0.4], [0.25, 0.0]]))
    a, b = 100 * inverse[:, 0]
    return {"a": a, "b": b, "multiplier": (a + b) / 100}


def lead(output: float, people: float) -> float:
    return (output / (1 - output)) / (people / (1 - people))


def catching_up() -> dict[str, float]:
    at_rest = pipelines(linked=9, pipeline=0.1, absorption=1.0, buzz=0.5, frontier_growth=0.03)
    return {"next_share": 0.55 / 1.03, "rest": at_rest.mean_long_run}


def convergence() -> dict[str, float]:
    speed = -math.log(1 - 20 * 0.02) / 20
    return {"speed": speed, "half": math.log(2) / speed}


COMPUTED: dict[str, Callable[[], dict[str, float]]] = {
    "04-apply-1": catching_up,
    "04-apply-2": convergence,
    "05-apply-1": orders,
    "05-apply-2": lambda: {"half": 2 / (1 - 0.5), "more": 2 / (1 - 0.6)},
    "06-apply-1": lambda: {
        "two": 100 * chain_works([0.8] * 3, [2] * 3),
        "one": 100 * chain_works([0.8] * 3, [1] * 3),
    },
    "06-apply-2": lambda: {"alone": 4 / 0.1, "later": 60 / 1.1, "together": 40 + 60 / 1.1},
    "07-apply-1": lambda: {"together": index_of([1.0, 0.0]), "apart": index_of([0.5, 0.5])},
    "07-apply-2": lambda: {"without": 3 / (3 + 0.3 * 2), "fined": 1.8 / (1.8 + 0.3 * 2)},
    "11-apply-1": lambda: {"before": lead(0.7, 0.5), "after": lead(0.72, 0.6)},
    "11-apply-2": lambda: {"at_home": 0.5 * 0.8, "made_there": 0.5 * 0.8 * 0.75},
    "12-apply-1": lambda: {"chosen_less_others": 4 - 4.5, "differences": (4 - 3) - (4.5 - 5)},
    "12-apply-2": lambda: {"together": (400 / 10) / 50, "mean": (50 + 25) / 2 / 50},
}


def printed(number: float, like: float) -> float:
    digits = len(str(like).partition(".")[2])
    return round(number, digits)


@pytest.mark.parametrize("name", [n for n, one in QUESTIONS.items() if one.numbers])
def test_each_number_of_an_answer_is_computed(name: str) -> None:
    asked = QUESTIONS[name]
    if asked.lesson in ELSEWHERE:
        pytest.skip("the test of its room computes it")
    found = COMPUTED[name]()
    assert {
        key: printed(value, asked.numbers[key]) for key, value in found.items()
    } == asked.numbers
    for value in asked.numbers.values():
        assert re.search(rf"(?<![\d.]){abs(value):.3f}".rstrip("0").rstrip("."), asked.answer)


def test_six_a_lesson_two_of_each_kind() -> None:
    lessons = {f"{number:02}" for number in range(1, 13)}
    kinds = Counter((one.lesson, one.kind) for one in QUESTIONS.values())
    assert {lesson for lesson, _ in kinds} == lessons
    assert set(kinds.values()) == {2}
    assert {kind for _, kind in kinds} == set(KINDS)


@pytest.mark.parametrize("asked", QUESTIONS.values(), ids=lambda one: one.id)
def test_an_entry_is_whole(asked: Question) -> None:
    assert re.fullmatch(rf"{asked.lesson}-{asked.kind}-\d", asked.id)
    assert 2 <= asked.points <= 10
    assert len(asked.question) > 30
    assert len(asked.answer) > 40


def test_the_command_writes_a_page_with_and_without_answers(tmp_path: Path) -> None:
    asked, known = tmp_path / "exam.html", tmp_path / "answers.html"
    done = CliRunner().invoke(app, ["class", "exam", "04", "07", "--out", str(asked)])
    assert done.exit_code == 0, done.output
    assert "12 questions" in done.output.replace("\n", " ")
    CliRunner().invoke(app, ["class", "exam", "04", "07", "--answers", "--out", str(known)])
    answer = page([QUESTIONS["07-recall-1"]], answers=True).split('class="answer">')[1][:40]
    assert answer in known.read_text("utf-8")
    assert answer not in asked.read_text("utf-8")
    assert "//" not in known.read_text("utf-8").replace("</", "")  # nothing from elsewhere


def test_a_lesson_without_questions_is_said() -> None:
    with pytest.raises(ValueError, match="no questions on lesson '99'"):
        read_questions(CHECKOUT / "notebooks" / BANK, ["99"])
