"""The quizzes and the check of lesson 05: right answers pass, well-known mistakes get a hint."""

import numpy as np
import pytest

from course_lib.growth_poles.input_output import leontief_inverse, output_multipliers
from course_lib.growth_poles.pole_in_space import pole_in_space
from course_lib.growth_poles.questions import cathedral_quiz, multipliers_check, too_early_quiz


@pytest.mark.parametrize("quiz", [cathedral_quiz(), too_early_quiz()], ids=lambda quiz: quiz.name)
def test_every_option_answers_in_its_own_words(quiz):
    said = [quiz.try_option(option) for option in quiz.options]
    assert len(set(said)) == len(said) == 4
    assert sum(text.startswith("Yes.") for text in said) == 1
    assert quiz.name.startswith("05 ")


def test_the_model_agrees_that_ten_years_are_too_early():
    early, late = pole_in_space(year=10), pole_in_space()
    near = early.nearest(4)
    assert (early.net_now[near] < 0).all()
    assert (late.net_now > 0).all()
    lowest = early.net[:, near].argmin(axis=0)
    assert (lowest <= 8).all()
    assert "year 8" in too_early_quiz().options[too_early_quiz().answer]


def test_an_answer_of_the_wrong_shape_is_told_so():
    for wrong, shape in ((lambda A: leontief_inverse(A).sum(), "()"), (leontief_inverse, "(2, 2)")):
        (finding,) = [one for one in multipliers_check()(wrong).findings if one.says_why]
        assert f"2 multipliers, and your answer has the shape {shape}" in finding.remark


def test_right_answers_pass():
    for answer in (output_multipliers, lambda A: leontief_inverse(A).sum(axis=0)):
        report = multipliers_check()(answer)
        assert report.passed == len(report.findings) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        lambda A: leontief_inverse(A).sum(axis=1),
        lambda A: 1 + A.sum(axis=0),
        lambda A: np.eye(len(A)) + A,
        lambda A: leontief_inverse(A),
        lambda A: 1 / (1 - A.sum(axis=0)),
        lambda A: leontief_inverse(A).sum(axis=0) - 1,
        lambda A: 1.5,
    ],
)
def test_wrong_answers_get_a_hint(wrong):
    report = multipliers_check()(wrong)
    assert report.passed < len(report.findings)
    assert all(finding.remark for finding in report.findings if finding.state == "failed")
