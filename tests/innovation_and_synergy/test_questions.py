"""The quizzes and the check of lesson 08: right answers pass, well-known mistakes get a hint."""

import math

import numpy as np
import pytest

from course_lib.innovation_and_synergy.pipelines import pipelines
from course_lib.innovation_and_synergy.questions import (
    ability_check,
    only_buzz_quiz,
    third_hand_quiz,
)
from course_lib.innovation_and_synergy.synergy import learning_ability


def test_the_model_agrees_about_buzz():
    found = pipelines(linked=0, buzz=0.5, frontier_growth=0.02, horizon=200)
    assert np.ptp(found.known[-1]) < 1e-6
    assert found.known[-1].mean() / found.known[-2].mean() == pytest.approx(1 / 1.02)
    assert found.known[-1].max() < 0.02
    assert only_buzz_quiz().answer.startswith("They become equal, and all fall behind")


def test_the_model_agrees_about_the_third_hand():
    stages = [[0.9] * done + [0.3] * (3 - done) for done in range(4)]
    added = np.diff([float(learning_ability(stage, 1.0)) for stage in stages])
    assert added.round(2).tolist() == [0.13, 0.19, 0.28]
    quiz = third_hand_quiz()
    assert quiz.answer.startswith("the third")
    assert "+0.13, +0.19, +0.28" in quiz.options[quiz.answer]


@pytest.mark.parametrize("quiz", [only_buzz_quiz(), third_hand_quiz()], ids=lambda quiz: quiz.name)
def test_every_option_answers_in_its_own_words(quiz):
    said = [quiz.try_option(option) for option in quiz.options]
    assert len(set(said)) == len(said) >= 3
    assert sum(text.startswith("Yes.") for text in said) == 1
    assert quiz.name.startswith("08 ")


def by_hand(partners, substitution):
    rho = 1 - 1 / substitution
    return sum(x**rho / 3 for x in partners) ** (1 / rho)


@pytest.mark.parametrize("answer", [by_hand, learning_ability])
def test_a_right_ability_passes(answer):
    report = ability_check()(answer)
    assert [finding.state for finding in report.findings] == ["passed"] * 5


MISTAKES = {
    "mean": lambda p, s: sum(p) / 3,
    "weakest": lambda p, s: min(p),
    "geometric mean": lambda p, s: math.prod(p) ** (1 / 3),
    "without weights": lambda p, s: sum(x ** (1 - 1 / s) for x in p) ** (1 / (1 - 1 / s)),
    "without the outer power": lambda p, s: sum(x ** (1 - 1 / s) / 3 for x in p),
    "rho for sigma": lambda p, s: sum(x**s / 3 for x in p) ** (1 / s),
    "rho with the wrong sign": lambda p, s: (
        sum(x ** (1 / s - 1) / 3 for x in p) ** (1 / (1 / s - 1))
    ),
    "first two only": lambda p, s: by_hand([p[0], p[1], p[1]], s),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_wrong_ability_does_not(mistake):
    report = ability_check()(MISTAKES[mistake])
    failed = [finding for finding in report.findings if finding.state == "failed"]
    assert failed
    assert all("Hint: " in finding.remark for finding in failed)


def test_hints_grow_more_direct():
    check = ability_check()
    hints = [check(MISTAKES["without weights"]).findings[0].remark for _ in range(4)]
    assert len(set(hints[:3])) == 3
    assert hints[3] == hints[2]


def test_open_answer_is_not_a_wrong_one():
    def not_yet(partners, substitution):
        raise NotImplementedError

    assert {finding.state for finding in ability_check()(not_yet).findings} == {"open"}
