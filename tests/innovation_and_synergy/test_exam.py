"""The numbers of the exam questions of lesson 08 are those of the course's own models."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from course_lib.innovation_and_synergy.learning import learning
from course_lib.innovation_and_synergy.pipelines import pipelines

BANK = Path(__file__).parents[2] / "data" / "exam_bank.toml"
QUESTIONS = {
    one["id"]: one
    for one in tomllib.loads(BANK.read_text("utf-8"))["question"]
    if one["lesson"] == "08"
}


def latecomers() -> dict[str, float]:
    third, all_of_it = (
        learning(spillover=0.5, absorption=part, latecomers=6) for part in (1 / 3, 1.0)
    )
    return {
        "dearer_in_per_cent": 100 * third.long_run_lead,
        "dearer_if_all_is_used": 100 * all_of_it.long_run_lead,
    }


def frontier() -> dict[str, float]:
    slow, fast = (
        pipelines(linked=9, pipeline=0.4, absorption=0.5, frontier_growth=growth).mean_long_run
        for growth in (0.05, 0.1)
    )
    return {"known_at_5_per_cent": slow, "known_at_10_per_cent": fast}


COMPUTED: dict[str, Callable[[], dict[str, float]]] = {
    "08-apply-1": latecomers,
    "08-apply-2": frontier,
}


def test_each_number_of_the_exam_questions_is_computed() -> None:
    with_numbers = {name for name, one in QUESTIONS.items() if "numbers" in one}
    assert with_numbers == set(COMPUTED)


@pytest.mark.parametrize("name", sorted(COMPUTED))
def test_the_numbers_of_an_exam_question(name: str) -> None:
    assert QUESTIONS[name]["numbers"] == pytest.approx(COMPUTED[name](), abs=0.005)
