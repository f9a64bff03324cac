"""The quizzes and the check of lesson 06: right answers pass, well-known mistakes get a hint."""

import pytest

from course_lib.production_complexes.cycles import IRON_AND_STEEL
from course_lib.production_complexes.questions import circle_quiz, sharing_quiz, value_check
from course_lib.production_complexes.relation_chart import relation_chart
from course_lib.production_complexes.sequencing import present_value
from course_lib.production_complexes.siting import shared_or_alone


@pytest.mark.parametrize("quiz", [circle_quiz(), sharing_quiz()], ids=lambda quiz: quiz.name)
def test_every_option_answers_in_its_own_words(quiz):
    said = [quiz.try_option(option) for option in quiz.options]
    assert len(set(said)) == len(said) == 4
    assert sum(text.startswith("Yes.") for text in said) == 1
    assert quiz.name.startswith("06 ")


def test_the_models_agree():
    chart = relation_chart([*IRON_AND_STEEL, "machine works > coal mine: drills"])
    assert chart.kinds["coal mine"] == "main"
    assert sum(chart.layers[p] == 1 and chart.takes_with_it[p] > 1 for p in chart.layers) == 5
    assert circle_quiz().answer.startswith("Five plants")
    found = shared_or_alone(0.0005, one_price=True)
    assert found.shared.opened == ["river"]
    assert len(found.alone.opened) == 3
    assert sharing_quiz().answer == "They scatter over three sites"


def right(benefits, rate):
    return sum(b / rate / (1 + rate) ** k for k, b in enumerate(benefits))


def test_right_answers_pass():
    def borrowed(benefits, rate):
        names = [str(place) for place in range(len(benefits))]
        return present_value(names, dict(zip(names, benefits, strict=True)), rate)

    for answer in (right, borrowed):
        report = value_check()(answer)
        assert report.passed == len(report.findings) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        lambda benefits, rate: sum(benefits) / rate,
        lambda benefits, rate: sum(b / (1 + rate) ** k for k, b in enumerate(benefits)),
        lambda benefits, rate: sum(b / rate / (1 + rate) ** k for k, b in enumerate(benefits, 1)),
        lambda benefits, rate: 222.28,
        lambda benefits, rate: benefits[0] / rate,
        lambda benefits, rate: right(benefits[::-1], rate),
        lambda benefits, rate: 0.0,
    ],
)
def test_wrong_answers_get_a_hint(wrong):
    report = value_check()(wrong)
    assert report.passed < len(report.findings)
    assert all(finding.remark for finding in report.findings if finding.state == "failed")
