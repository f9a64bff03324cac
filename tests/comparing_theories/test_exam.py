"""The numbers of the exam questions of lesson 09 are those of the course's own models."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from course_lib.regional_economy.budget import Plan, View
from course_lib.regional_economy.economy import Start, State, learning_ability, settle
from course_lib.regional_economy.history import years
from course_lib.regional_economy.policies import share_of

BANK = Path(__file__).parents[2] / "data" / "exam_bank.toml"
QUESTIONS = {
    one["id"]: one
    for one in tomllib.loads(BANK.read_text("utf-8"))["question"]
    if one["lesson"] == "09"
}


def interaction() -> dict[str, float]:
    neither, knowledge, institutions, both = 2.0, 2.3, 2.5, 3.1
    assert max(knowledge, institutions) < 2.6 < both
    return {
        "knowledge_alone": knowledge - neither,
        "institutions_alone": institutions - neither,
        "both": both - neither,
        "interaction": both - knowledge - institutions + neither,
    }


def after_two_years(start: Start, part: float) -> State:
    """The state when a part of the budget has gone to institutions for two years."""

    def policy(now: View) -> Plan:
        return Plan(plants=(1 - part) * share_of(now.output), institutions=part)

    return next(
        state for year, state in years(start, policy) if year == start.laws.policy_start + 2
    )


def institutions() -> dict[str, float]:
    start = settle((0,))
    states = {part: after_two_years(start, part) for part in (0.1, 0.2, 0.4)}
    strength = {part: float(state.institutions.mean()) for part, state in states.items()}
    ability = learning_ability(states[0.2].institutions, start.laws)
    return {
        "strength_10": strength[0.1],
        "strength_20": strength[0.2],
        "strength_40": strength[0.4],
        "ability_20": float(ability.mean()),
    }


COMPUTED: dict[str, Callable[[], dict[str, float]]] = {
    "09-apply-1": interaction,
    "09-apply-2": institutions,
}


def test_each_number_of_the_exam_questions_is_computed() -> None:
    with_numbers = {name for name, one in QUESTIONS.items() if "numbers" in one}
    assert with_numbers == set(COMPUTED)


@pytest.mark.parametrize("name", sorted(COMPUTED))
def test_the_numbers_of_an_exam_question(name: str) -> None:
    assert QUESTIONS[name]["numbers"] == pytest.approx(COMPUTED[name](), abs=5e-5)
