"""The quizzes and the check of lesson 03: right answers pass, well-known mistakes get a hint."""

import numpy as np
import pandas as pd
import pytest

from course_lib.division_of_labour.questions import (
    advantage_quiz,
    mix_quiz,
    shift_share_check,
)
from course_lib.division_of_labour.ricardo import ricardo
from course_lib.measures import shift_share


def test_the_model_agrees_on_hills_and_coast():
    trade = ricardo(
        (1 / 6, 1 / 3), (1 / 8, 1 / 8), regions=("hills", "coast"), goods=("tools", "grain")
    )
    assert trade.worse_at_everything == 0
    assert trade.opportunity_cost == pytest.approx([0.5, 1.0])
    assert trade.seller == 0
    assert advantage_quiz().answer == "The hills sell tools"


def test_the_measure_agrees_on_the_mix():
    """Jobs in a third industry make the nation's mean 2 per cent."""
    found = shift_share(
        pd.DataFrame([[100, 100, 0]]),
        pd.DataFrame([[103, 103, 0]]),
        nation_start=[1000, 1000, 2000],
        nation_end=[1030, 1050, 2000],
    ).loc[0]
    assert found["national"] == pytest.approx(200 * 0.02)
    assert found["industry_mix"] > 0 > found["regional"]
    assert mix_quiz().answer == "Industry mix above zero, regional shift below zero"


@pytest.mark.parametrize("quiz", [advantage_quiz(), mix_quiz()], ids=lambda quiz: quiz.name)
def test_every_option_answers_in_its_own_words(quiz):
    said = [quiz.try_option(option) for option in quiz.options]
    assert len(set(said)) == len(said) >= 3
    assert sum(text.startswith("Yes.") for text in said) == 1
    assert quiz.name.startswith("03 ")


def by_hand(e0, e1, n0, n1):
    nation, industry, here = n1.sum() / n0.sum() - 1, n1 / n0 - 1, e1 / e0 - 1
    return (
        (e0 * nation).sum(),
        (e0 * (industry - nation)).sum(),
        (e0 * (here - industry)).sum(),
    )


def by_the_measure(e0, e1, n0, n1):
    found = shift_share(pd.DataFrame([e0]), pd.DataFrame([e1]), nation_start=n0, nation_end=n1)
    return found[["national", "industry_mix", "regional"]].iloc[0].tolist()


@pytest.mark.parametrize("answer", [by_hand, by_the_measure])
def test_a_right_answer_passes(answer):
    report = shift_share_check()(answer)
    assert [finding.state for finding in report.findings] == ["passed"] * 5


def mistake(nation=None, mix=None, regional=None):
    """`by_hand` with one of its parts replaced."""

    def parts(e0, e1, n0, n1):
        found = list(by_hand(e0, e1, n0, n1))
        for place, part in enumerate((nation, mix, regional)):
            if part is not None:
                found[place] = part(e0, e1, n0, n1)
        return found

    return parts


MISTAKES = {
    "mean of the industries' rates": lambda e0, e1, n0, n1: (
        e0.sum() * (n1 / n0 - 1).mean(),
        (e0 * (n1 / n0 - 1 - (n1 / n0 - 1).mean())).sum(),
        (e1 - e0 * n1 / n0).sum(),
    ),
    "weighted by the jobs at the end": lambda e0, e1, n0, n1: by_hand(e1, e1 * e1 / e0, n0, n1),
    "regional as growth less the nation's": mistake(
        regional=lambda e0, e1, n0, n1: (e1 - e0 * n1.sum() / n0.sum()).sum()
    ),
    "mix without taking off the nation": mistake(
        mix=lambda e0, e1, n0, n1: (e0 * (n1 / n0 - 1)).sum()
    ),
    "mix from the region's own growth": lambda e0, e1, n0, n1: (
        e0.sum() * (n1.sum() / n0.sum() - 1),
        (e1 - e0 * n1.sum() / n0.sum()).sum(),
        0.0,
    ),
    "the nation's change itself": mistake(nation=lambda e0, e1, n0, n1: n1.sum() - n0.sum()),
    "all of it national": lambda e0, e1, n0, n1: (e1.sum() - e0.sum(), 0.0, 0.0),
    "rates and not jobs": lambda e0, e1, n0, n1: np.array(by_hand(e0, e1, n0, n1)) / e0.sum(),
    "the stored answer of the lecture": lambda e0, e1, n0, n1: (40.0, -15.0, 5.0),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_wrong_answer_does_not(name):
    report = shift_share_check()(MISTAKES[name])
    failed = [finding for finding in report.findings if finding.state == "failed"]
    assert failed
    assert all("Hint: " in finding.remark for finding in failed)


def test_hints_grow_more_direct():
    check = shift_share_check()
    wrong = MISTAKES["mix without taking off the nation"]
    hints = [check(wrong).findings[0].remark for _ in range(3)]
    assert len(set(hints[:2])) == 2
    assert hints[2] == hints[1]


def test_open_answer_is_not_a_wrong_one():
    def not_yet(region_start, region_end, nation_start, nation_end):
        raise NotImplementedError

    states = {finding.state for finding in shift_share_check()(not_yet).findings}
    assert states == {"open"}
