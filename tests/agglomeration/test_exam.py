"""Each number of the exam questions on lesson 02 is what the course's models give."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from course_lib.agglomeration.core_periphery import break_point, sustain_point
from course_lib.agglomeration.marshall import marshall

BANK = Path(__file__).parents[2] / "notebooks" / "exercises" / "exam_bank.toml"
QUESTIONS = {
    question["id"]: question
    for question in tomllib.loads(BANK.read_text("utf-8"))["question"]
    if question["lesson"] == "02"
}


def eight_firms() -> dict[str, float]:
    place = marshall(fixed_cost=12, mismatch_cost=16, spillover=0)
    return {
        "sharing": place.sharing[7],
        "matching": place.matching[7],
        "unit_cost": place.unit_cost[7],
        "firms": place.n[place.sharing < 1][0],
    }


def a_core_at_1_3() -> dict[str, float]:
    return {"break_point": break_point(5, 0.2), "leaver": 0.6 * 1.3**-5 + 0.4 * 1.3**3}


COMPUTED: dict[str, Callable[[], dict[str, float]]] = {
    "02-apply-1": eight_firms,
    "02-apply-2": a_core_at_1_3,
}


def test_each_question_with_numbers_is_computed() -> None:
    assert {name for name, question in QUESTIONS.items() if "numbers" in question} == set(COMPUTED)


@pytest.mark.parametrize("name", COMPUTED)
def test_numbers(name: str) -> None:
    assert QUESTIONS[name]["numbers"] == pytest.approx(COMPUTED[name](), abs=5e-3)
    if "leaver" in QUESTIONS[name]["numbers"]:
        assert QUESTIONS[name]["numbers"]["leaver"] == pytest.approx(1.0404, abs=5e-4)


def test_the_core_does_not_last_at_1_3() -> None:
    assert break_point(5, 0.2) < sustain_point(5, 0.2) < 1.3
