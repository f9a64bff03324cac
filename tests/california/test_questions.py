"""The quizzes and checks of lesson 10."""

import pytest

from course_lib.california.questions import (
    above_the_mix_check,
    three_claims_quiz,
    withheld_quiz,
)


def test_the_withheld_quiz_says_what_arithmetic_says():
    quiz = withheld_quiz()
    low, high = 900 / 1000, (900 + 300) / 1000
    assert f"between {low:g} and {high:g}" in quiz.answer
    for words in ("1,000 jobs", "900", "300"):
        assert words in quiz.question


@pytest.mark.parametrize("quiz", [withheld_quiz(), three_claims_quiz()], ids=lambda quiz: quiz.name)
def test_every_wrong_option_has_a_hint_and_the_right_one_does_not_stand_out(quiz):
    assert len(quiz.options) == 4
    for option in quiz.options:
        assert quiz.try_option(option).startswith("Yes." if option == quiz.answer else "Not yet.")
    assert len(quiz.answer) < max(map(len, quiz.options))


def above(jobs, place, industry, nation):
    return jobs - place * industry / nation


def test_a_right_answer_passes():
    assert above_the_mix_check()(above).passed == 4


MISTAKES = {
    "quotient": lambda jobs, place, industry, nation: jobs / place / (industry / nation),
    "share of the nation": lambda jobs, place, industry, nation: jobs / industry,
    "turned round": lambda jobs, place, industry, nation: place * industry / nation - jobs,
    "jobs alone": lambda jobs, place, industry, nation: jobs,
    "log of the quotient times jobs": lambda jobs, place, industry, nation: (
        jobs * (1 - place * industry / nation / max(jobs, 1))
    ),
    "place and industry mixed up": lambda jobs, place, industry, nation: (
        jobs - place * nation / industry
    ),
    "as a share of the place": lambda jobs, place, industry, nation: (
        (jobs - place * industry / nation) / place
    ),
    "nothing": lambda *given: 0.0,
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_wrong_answer_does_not(mistake):
    report = above_the_mix_check()(MISTAKES[mistake])
    failed = [finding for finding in report.findings if finding.state == "failed"]
    assert failed
    assert all(finding.remark for finding in failed)
