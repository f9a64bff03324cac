"""The graded set of lesson 08: what its thresholds ask for, and what earns nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest

from course_lib import datasets
from course_lib.exercises import exercise_set
from course_lib.exercises.innovation_and_synergy import (
    _district,
    _leads,
    _least_lead,
    _spent,
    _today,
    _words,
)
from course_lib.exercises.personal_set import as_data
from course_lib.innovation_and_synergy.learning import learning
from course_lib.innovation_and_synergy.metro_invention import metro_invention
from course_lib.innovation_and_synergy.synergy import PARTNERS, learning_ability

SET = exercise_set("08_innovation_and_synergy")
STUDENTS = [f"s{number:03d}" for number in range(20)]


def choice(task, spillover=None, **partners):
    """A policy: today's numbers, some of them changed; `first` and `lead` left wrong."""
    today = {name: task[name] for name in ("spillover", *PARTNERS)}
    changed = {} if spillover is None else {"spillover": spillover}
    return today | changed | partners | {"first": "nobody", "lead": 9.0}


def test_the_cost_asked_for_is_that_of_the_lesson():
    late = learning(0.3, 0.6, latecomers=1, entry_year=15)
    inputs = SET.inputs("cost", "s1", secret="some")

    def borrowed(own, others, spillover, absorption, ratio):
        return float(100 * (1 + own + spillover * absorption * others) ** math.log2(ratio))

    assert borrowed(250, 400, 0.3, 0.6, 0.8) == pytest.approx(late.latecomer_cost[-1])
    assert SET.question("cost").judge(as_data(borrowed, inputs), {}, inputs).points == 5


MISTAKES = {
    "own experience only": (lambda o, t, s, a, r: 100 * (1 + o) ** math.log2(r), 1),
    "parts added": (lambda o, t, s, a, r: 100 * (1 + o + (s + a) * t) ** math.log2(r), 0),
    "natural logarithm": (lambda o, t, s, a, r: 100 * (1 + o + s * a * t) ** math.log(r), 2),
    "a constant": (lambda o, t, s, a, r: 100.0, 0),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_well_known_mistakes_earn_part_of_the_points(mistake):
    function, points = MISTAKES[mistake]
    inputs = SET.inputs("cost", "s1", secret="some")
    assert SET.question("cost").judge(as_data(function, inputs), {}, inputs).points == points


def test_the_rates_asked_for_are_those_of_the_puzzle():
    """In 2015 alone, against the mean of three years: the order is nearly the same."""
    question = SET.question("metro")
    patents = datasets.metro_patents().query("year == 2015").set_index("cbsa_code")["patents"]
    task = {"code": "41940", "first": 2000, "last": 2015}
    rate = metro_invention().per_thousand_jobs
    table = datasets.metro_patents().pivot(index="year", columns="cbsa_code", values="patents")
    jobs = datasets.us_metro_industry_employment().groupby("cbsa_code")["metro_employment"].first()
    answer = {
        "share_first": table.loc[2000, "41940"] / table.loc[2000].sum(),
        "share_last": patents["41940"] / patents.sum(),
        "rate": 1000 * patents["41940"] / jobs["41940"],
        "rank": 1,
        "faster": "yes",
    }
    assert rate.index[0] == "San Jose"
    assert question.judge(answer, task).points == question.points
    assert question.judge(answer | {"faster": "no"}, task).points == question.points - 1
    assert question.judge(answer | {"rate": 1.0}, task).points == question.points - 2


def test_los_angeles_can_be_drawn():
    """Its code in the source of the patents is another one than in the table of jobs."""
    drawn = {SET.task("metro", f"s{number}")["code"] for number in range(600)}
    assert "31080" in drawn
    assert len(drawn) == 49


def test_the_judges_short_cut_is_the_model():
    for student in STUDENTS[:5]:
        task = SET.task("district", student)
        for more in (0.0, 0.2):
            partners = [min(1.0, strength + more) for strength in _today(task)]
            short = _leads(task, np.array([0.4]), np.array([partners]))
            assert short[0] == pytest.approx(_district(task, 0.4, partners).lead)


def test_no_policy_beats_the_least_lead():
    """The threshold is what is possible: found here by a general solver."""
    from scipy.optimize import minimize

    for student in STUDENTS[:5]:
        task = SET.task("district", student)
        least, _ = _least_lead(_words(task))
        start = np.array([task["spillover"], *_today(task)])

        def lead(policy, task=task):
            return _leads(task, np.array([policy[0]]), policy[np.newaxis, 1:])[0]

        def left(policy, task=task):
            return task["budget"] - _spent(task, policy[0], list(policy[1:]))

        found = minimize(
            lead,
            np.minimum(1, start + 0.1),
            bounds=[(low, 1.0) for low in start],
            constraints=[{"type": "ineq", "fun": left}],
            method="SLSQP",
        )
        assert least <= found.fun + 2e-5
        assert least == pytest.approx(found.fun, abs=5e-4)


def test_one_means_alone_is_not_enough():
    question = SET.question("district")
    for student in STUDENTS:
        task = SET.task("district", student)
        best = 0.0
        for step in np.linspace(0.005, 0.8, 160):
            policies = [choice(task, spillover=task["spillover"] + step)]
            policies += [choice(task, **{name: task[name] + step}) for name in PARTNERS]
            best = max(best, *(question.judge(policy, task).points for policy in policies))
        assert best == 1


def test_policies_that_are_none():
    question = SET.question("district")
    for student in STUDENTS[:5]:
        task = SET.task("district", student)
        assert question.judge(choice(task), task).points == 0  # nothing is done
        everything = choice(task, 1.0, **dict.fromkeys(PARTNERS, 1.0))
        assert question.judge(everything, task).points == 0  # nobody can pay it
        weaker = choice(task, association=task["association"] - 0.1)
        assert question.judge(weaker, task).points == 0
        for value in (float("nan"), float("inf"), "0.5", None, True):
            assert question.judge(choice(task, government=value), task).points == 0


def test_the_partner_to_add_first_depends_on_cost_and_is_clear():
    named = []
    for student in STUDENTS:
        task = SET.task("district", student)
        ability = learning_ability(_today(task), task["substitution"])
        gains = []
        for place, cost in enumerate(task["partner_costs"]):
            more = _today(task)
            more[place] += 0.1
            gains.append(float(learning_ability(more, task["substitution"]) - ability) / cost)
        best, second = sorted(gains)[:-3:-1]
        assert best > 1.09 * second
        right = PARTNERS[gains.index(best)]
        answer = choice(task) | {"first": right}
        assert SET.question("district").judge(answer, task).points == 1
        named.append((right, PARTNERS[int(np.argmin(_today(task)))]))
    assert {right for right, _ in named} == set(PARTNERS)
    assert sum(right != weakest for right, weakest in named) >= 4
