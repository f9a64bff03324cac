"""The quizzes and checks of lesson 10."""

import pytest

from course_lib.california.document_claims import document_claims
from course_lib.california.questions import (
    above_the_mix_check,
    three_claims_quiz,
    withheld_quiz,
)


def test_the_withheld_quiz_says_what_the_figures_say():
    quiz = withheld_quiz()
    found = document_claims().together.set_index("words").loc["high-tech manufacturing"]
    assert f"{found['location_quotient']:.2f}" in quiz.question
    assert f"{found['employment']:,}" in quiz.question
    assert f"{found['highest_quotient']:.2f}" in quiz.options[quiz.answer]
    assert quiz.try_option(quiz.answer).startswith("Yes.")


def test_every_wrong_claim_has_a_hint():
    quiz = three_claims_quiz()
    assert len(quiz.options) == 3
    for option in quiz.options:
        assert quiz.try_option(option).startswith("Yes." if option == quiz.answer else "Not yet.")


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
