"""The quizzes and the check of lesson 07: right, wrong, almost right."""

import numpy as np
import pandas as pd
import pytest

from course_lib.industrial_clusters import questions
from course_lib.industrial_clusters.lock_in import lock_in
from course_lib.measures import ellison_glaeser

QUIZZES = [questions.three_costs_quiz, questions.gamma_quiz, questions.polya_quiz]


@pytest.mark.parametrize("make", QUIZZES)
def test_each_option_says_something(make):
    quiz = make()
    assert quiz.try_option(quiz.answer).startswith("Yes.")
    for option in quiz.options:
        if option != quiz.answer:
            assert quiz.try_option(option).startswith("Not yet.")
            assert len(quiz.options[option]) > 30


def test_the_quiz_on_lumps_is_right():
    """Five equal plants alone give 0.2 on average, five hundred 0.002."""
    table = pd.DataFrame({"few": [1.0, 0], "many": [1.0, 0]})
    found = ellison_glaeser(table, [1 / 5, 1 / 500], region_shares=[0.5, 0.5])
    assert found["plant_herfindahl"].tolist() == [0.2, 0.002]
    assert "on the scale on which darts give H" in questions.gamma_quiz().question


def test_the_quiz_on_the_urn_is_right():
    """Of histories with about 70% after 400 firms, the share after 4,000 is about 70%."""
    late = []
    for seed in range(300):
        early = lock_in(2, 1, firms=400, seed=seed, histories=1).path[:, 0]
        if abs(early[400] - 0.7) < 0.03:  # the same history, told to its end
            path = lock_in(2, 1, firms=4000, seed=seed, histories=1).path[:, 0]
            assert path[400] == early[400]
            late.append(path[4000])
    assert len(late) > 8
    assert np.mean(late) == pytest.approx(0.7, abs=0.03)


def right(s, x, z):
    s, x, z = np.array(s), np.array(x), np.array(z)
    raw, lumps = ((s - x) ** 2).sum() / (1 - (x**2).sum()), (z**2).sum()
    return (raw - lumps) / (1 - lumps)


def test_the_right_function_passes():
    report = questions.gamma_check().report(right)
    assert report.passed == 3
    for s, x, z in questions.PLACES:
        table = pd.DataFrame({"i": s})
        found = ellison_glaeser(table, [sum(one**2 for one in z)], region_shares=x)
        assert found["gamma"].item() == pytest.approx(right(s, x, z))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda s, x, z: float(((np.array(s) - np.array(x)) ** 2).sum()),  # raw G
        lambda s, x, z: right(s, x, [1 / len(z)] * len(z)),  # as if all plants were equal
        lambda s, x, z: right(s, [1 / len(x)] * len(x), z),  # as if all regions were equal
        lambda s, x, z: right(s, x, z) * (1 - sum(one**2 for one in z)),  # without the last bracket
        lambda s, x, z: 0.0,
    ],
)
def test_an_almost_right_function_does_not(wrong):
    assert questions.gamma_check().report(wrong).passed < 3


def test_no_answer_yet():
    def open_still(s, x, z):
        raise NotImplementedError

    assert "not answered yet" in repr(questions.gamma_check().report(open_still))
