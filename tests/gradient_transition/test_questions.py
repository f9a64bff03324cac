"""The quizzes and the check of lesson 04: right answers pass, well-known mistakes get a hint."""

import math

import pytest

from course_lib.gradient_transition.product_cycle import product_cycle, switch_age
from course_lib.gradient_transition.questions import (
    slope_quiz,
    switch_age_check,
    when_it_moves_quiz,
)
from course_lib.measures import beta_convergence


class TestWhenItMoves:
    def test_the_model_agrees(self):
        before, after = product_cycle(), product_cycle(wages=(3, 2.3, 1))
        assert after.path == before.path == (1, 2, 3)
        assert after.switch_ages[0] > before.switch_ages[0]
        assert after.switch_ages[1] < before.switch_ages[1]
        assert when_it_moves_quiz().answer == "It reaches tier 2 later and leaves it earlier"

    def test_where_tier_2_is_skipped(self):
        reason = when_it_moves_quiz().options[when_it_moves_quiz().answer]
        assert "above a wage of 2.33 it is skipped" in reason
        assert product_cycle(wages=(3, 2.33, 1)).skipped == ()
        assert product_cycle(wages=(3, 2.34, 1)).skipped == (2,)


class TestSlope:
    def test_the_measure_agrees(self):
        """Regions whose line has the slope of the question."""
        start = [1.0, 2.0, 4.0]
        end = [math.exp(-0.010 * 80 * math.log(income)) * income for income in start]
        found = beta_convergence(start, end, years=80)
        assert found.slope == pytest.approx(-0.010)
        assert found.speed == pytest.approx(0.020, abs=0.0005)
        assert slope_quiz().answer == "about 2 per cent a year"


@pytest.mark.parametrize("quiz", [when_it_moves_quiz(), slope_quiz()], ids=lambda quiz: quiz.name)
def test_every_option_answers_in_its_own_words(quiz):
    said = [quiz.try_option(option) for option in quiz.options]
    assert len(set(said)) == len(said) >= 3
    assert sum(text.startswith("Yes.") for text in said) == 1
    assert quiz.name.startswith("04 ")


def by_hand(wage_saved, penalty_added, start_cost, maturing):
    return math.log(start_cost * penalty_added / wage_saved) / maturing


@pytest.mark.parametrize("answer", [by_hand, switch_age])
def test_a_right_age_passes(answer):
    report = switch_age_check()(answer)
    assert [finding.state for finding in report.findings] == ["passed"] * 5


MISTAKES = {
    "logarithm to the base of 10": lambda w, k, s, d: math.log10(s * k / w) / d,
    "times the speed": lambda w, k, s, d: math.log(s * k / w) * d,
    "without the speed": lambda w, k, s, d: math.log(s * k / w),
    "fraction upside down": lambda w, k, s, d: math.log(w / (s * k)) / d,
    "without the start cost": lambda w, k, s, d: math.log(k / w) / d,
    "without the logarithm": lambda w, k, s, d: (s * k / w) / d,
    "penalty below the line": lambda w, k, s, d: math.log(s / (k * w)) / d,
    "never below 20 years": lambda w, k, s, d: max(20.0, by_hand(w, k, s, d)),
    "the stored answer of the lab": lambda w, k, s, d: 16.094,
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_wrong_age_does_not(mistake):
    report = switch_age_check()(MISTAKES[mistake])
    failed = [finding for finding in report.findings if finding.state == "failed"]
    assert failed
    assert report.passed < 5
    assert all("Hint: " in finding.remark for finding in failed)


def test_hints_grow_more_direct():
    check = switch_age_check()
    hints = [check(MISTAKES["logarithm to the base of 10"]).findings[0].remark for _ in range(4)]
    assert len(set(hints[:3])) == 3
    assert hints[3] == hints[2]


def test_open_answer_is_not_a_wrong_one():
    def not_yet(wage_saved, penalty_added, start_cost, maturing):
        raise NotImplementedError

    states = {finding.state for finding in switch_age_check()(not_yet).findings}
    assert states == {"open"}
