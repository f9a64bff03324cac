"""The quizzes and the weighing of claims of lesson 11."""

import pytest

from course_lib.growth_poles.guangdong import guangdong
from course_lib.pearl_river_delta.claims import CLAIMS, NO_FIGURE
from course_lib.pearl_river_delta.questions import (
    bigger_and_narrower_quiz,
    shock_quiz,
    weigh_the_claims_check,
)
from course_lib.pearl_river_delta.simulated_delta import simulated_delta

RIGHT = {claim.name: claim.verdict for claim in CLAIMS}


def test_the_quiz_quotes_the_figures():
    found = guangdong()
    question = bigger_and_narrower_quiz().question
    for number in (found.gap_2010, found.gap_2020):
        assert f"{number:.2f}" in question
    for year in (2010, 2020):
        assert f"{100 * found.share[year]:.1f}" in question


def test_the_shock_quiz_is_true_of_the_model():
    assert simulated_delta(0.9, gain=0.05).ahead > 0 > simulated_delta(0.9, gain=0.02).ahead
    quiz = shock_quiz()
    assert quiz.try_option(quiz.answer).startswith("Yes.")


def test_right_verdicts_pass():
    assert weigh_the_claims_check()(RIGHT).passed == 4


@pytest.mark.parametrize(
    "verdicts",
    [
        {"a quarter of 400": "it contradicts itself"},
        {"hundreds of towns": NO_FIGURE},
        {"hundred billion": NO_FIGURE},
        {"hundreds of towns": NO_FIGURE, "hundred billion": NO_FIGURE},
    ],
)
def test_a_careful_reader_may_read_otherwise(verdicts):
    assert weigh_the_claims_check()({**RIGHT, **verdicts}).passed == 4


def test_a_form_that_nobody_has_filled_in_is_not_answered_yet():
    report = weigh_the_claims_check()(dict.fromkeys(RIGHT, ...))
    assert "not answered yet" in report.summary()
    assert "keep the form" in repr(weigh_the_claims_check()("no figure here"))
    begun = {**dict.fromkeys(RIGHT, ...), "three divisions": NO_FIGURE}
    assert "there is no verdict on 'hundred billion' yet" in repr(weigh_the_claims_check()(begun))


@pytest.mark.parametrize(
    ("changed", "passed"),
    [
        ({"60 per cent": "figures go with it"}, 3),
        ({"60 per cent": "it contradicts itself"}, 2),
        ({"hundred billion": "figures go with it"}, 3),
        ({"hundreds of towns": "figures go with it"}, 3),
        ({"a quarter of 400": "figures go with it"}, 3),
        ({"a quarter of 400": "only possible after some year"}, 2),
        ({"four markets": "true"}, 2),
    ],
)
def test_a_wrong_verdict_does_not(changed, passed):
    report = weigh_the_claims_check()({**RIGHT, **changed})
    assert report.passed == passed
    failed = [finding for finding in report.findings if finding.state == "failed"]
    assert all(finding.remark for finding in failed)


def test_a_missing_verdict_is_named():
    some = {name: said for name, said in RIGHT.items() if name != "four markets"}
    assert "there is no verdict on 'four markets' yet" in repr(weigh_the_claims_check()(some))


def test_all_the_same_is_not_enough():
    lazy = dict.fromkeys(RIGHT, "it contradicts itself")
    assert weigh_the_claims_check()(lazy).passed == 1
