"""The quizzes and checks of lesson 01: right answers pass, well-known mistakes get their hint."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib import datasets, measures
from course_lib.measuring_regions.questions import (
    location_quotient_quiz,
    theil_check,
    which_index_quiz,
)
from course_lib.measuring_regions.specialisation import industry_map


@pytest.mark.parametrize("year", [1978, 2003])
def test_the_index_that_rises_least(year):
    """Shanghai becomes twice as rich, and nothing else changes: as the quiz says."""
    table = datasets.china_provinces()
    rows = table[table["year"] == year].set_index("province")
    before, people = rows["gdp_per_head"], rows["population"]
    assert before.idxmax() == "Shanghai"
    after = before.copy()
    after["Shanghai"] *= 2
    for weights in (people, None):
        rise = {
            "Gini": measures.gini(after, weights) / measures.gini(before, weights),
            "Theil": measures.theil(after, weights) / measures.theil(before, weights),
            "Williamson": measures.williamson(after, weights)
            / measures.williamson(before, weights),
        }
        assert min(rise.values()) > 1
        assert min(rise, key=rise.__getitem__) == which_index_quiz().answer == "Gini"


def test_film_in_utah():
    film = industry_map("Motion Picture and Sound Recording Industries")
    assert film.states.loc["Utah", "location_quotient"] == pytest.approx(3, abs=0.1)
    quiz = location_quotient_quiz()
    assert len(quiz.options) == 3
    assert "three times as likely" in quiz.answer


def theil(incomes):
    shares = np.asarray(incomes) / np.sum(incomes)
    return float((shares * np.log(shares * len(shares))).sum())


@pytest.mark.parametrize("answer", [theil, measures.theil])
def test_a_right_theil_passes(answer):
    report = theil_check()(answer)
    assert [finding.state for finding in report.findings] == ["passed"] * 5


MISTAKES = {
    "logarithm to the base of 10": lambda y: theil(y) / np.log(10),
    "sign turned": lambda y: -theil(y),
    "without n": lambda y: float(sum(s * np.log(s) for s in np.asarray(y) / np.sum(y))),
    "incomes instead of shares": lambda y: float(sum(v * np.log(v) for v in y)),
    "sum instead of mean": lambda y: theil(y) * len(y),
    "nothing but zero": lambda y: 0.0,
    "the Gini": measures.gini,
    "the variance of the logarithm": lambda y: float(np.var(np.log(y))),
    "mean log deviation": lambda y: float(np.mean(np.log(np.mean(y) / np.asarray(y)))),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_wrong_theil_does_not(mistake):
    report = theil_check()(MISTAKES[mistake])
    assert report.passed < 5
    failed = [finding for finding in report.findings if finding.state == "failed"]
    assert failed
    assert all(finding.remark.startswith("Hint: ") for finding in failed)
