"""The quizzes and the check of lesson 02: right answers pass, well-known mistakes get a hint."""

import pytest

from course_lib.agglomeration.core_periphery import core_periphery
from course_lib.agglomeration.marshall import economies_of_scope
from course_lib.agglomeration.questions import best_size_check, history_quiz, scope_quiz
from course_lib.agglomeration.urban_growth import city_size


@pytest.mark.parametrize("quiz", [scope_quiz(), history_quiz()], ids=lambda quiz: quiz.name)
def test_every_option_answers_in_its_own_words(quiz):
    said = [quiz.try_option(option) for option in quiz.options]
    assert len(set(said)) == len(said) == 4
    assert sum(text.startswith("Yes.") for text in said) == 1
    assert quiz.name.startswith("02 ")


def test_the_model_agrees_on_history():
    found = core_periphery(transport_cost=1.7, start_share=0.1)
    assert (round(found.break_point, 2), round(found.sustain_point, 2)) == (1.63, 1.81)
    assert found.ends_at.share == 0
    assert history_quiz().answer == "All in region 2 again"


def test_the_model_agrees_on_scope():
    assert economies_of_scope(150, 150, 200) > 0
    assert scope_quiz().answer == "An economy of scope"


def right(elasticity, output, crowding, growth):
    return (elasticity * output / (growth * crowding)) ** (1 / (growth - elasticity))


def test_right_answers_pass():
    for answer in (right, lambda *city: city_size(*city).best_size):
        report = best_size_check()(answer)
        assert report.passed == len(report.findings) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        lambda e, a, t, g: (e * a / (g * t)) ** (g - e),
        lambda e, a, t, g: (a / t) ** (1 / (g - e)),
        lambda e, a, t, g: (e * a / (g * t)) ** (1 / g),
        lambda e, a, t, g: 166.81,
        lambda e, a, t, g: (a / t) ** (1 / (g - e)) * 0 + 5,
    ],
)
def test_wrong_answers_get_a_hint(wrong):
    report = best_size_check()(wrong)
    assert report.passed < len(report.findings)
    assert all(finding.remark for finding in report.findings if finding.state == "failed")
