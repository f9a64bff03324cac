"""The graded set of lesson 06: near misses earn part of the points, and the judge is right."""

from __future__ import annotations

import pandas as pd
import pytest

from course_lib.exercises import exercise_set, personal_set
from course_lib.exercises.personal_set import as_data
from course_lib.exercises.production_complexes import (
    NEEDS,
    TARGET,
    _cores,
    _costs,
    _least_subsidy,
    _opened,
    _right_roles,
    _values,
)
from course_lib.production_complexes.fragility import chain_works
from course_lib.production_complexes.sequencing import sequencing
from course_lib.production_complexes.siting import site_complex

SET = exercise_set("06_production_complexes")
STUDENTS = [f"s{number:03d}" for number in range(40)]


def sited(task, subsidy=0.0, shared=True):
    paid = dict(task["paid"])
    paid[TARGET] -= subsidy
    return site_complex(
        pd.DataFrame(task["made"]),
        pd.DataFrame(task["km"]),
        {(seller, buyer): tonnes for seller, buyer, tonnes in task["flows"]},
        paid,
        shared=shared,
    )


def test_the_judge_of_sites_agrees_with_the_model_of_the_lesson():
    for student in STUDENTS[:12]:
        task = SET.task("subsidy", student)
        for subsidy in (0.0, 0.5 * task["paid"][TARGET], task["paid"][TARGET]):
            for shared in (True, False):
                found = sited(task, subsidy, shared)
                assert found.cost == pytest.approx(_costs(task, subsidy, shared).min())
                if subsidy == 0:
                    assert found.opened == _opened(task, shared=shared)


def test_a_subsidy_has_to_be_enough_and_not_too_much():
    question = SET.question("subsidy")
    for student in STUDENTS:
        task = SET.task("subsidy", student)
        least = _least_subsidy(task)
        assert 8 <= least < task["paid"][TARGET]

        def points(subsidy, task=task):
            return question.judge({"subsidy": subsidy, "before": [], "alone": []}, task).points

        assert points(0.99 * least) == points(0) == points(-5) == 0
        assert points(1.001 * least) == points(1.019 * least) == 4
        assert points(1.03 * least) == points(task["paid"][TARGET]) == 2
        assert points(2 * task["paid"][TARGET]) == points(float("nan")) == points("30") == 0
        nothing = {"subsidy": None, "before": _opened(task), "alone": _opened(task, shared=False)}
        assert question.judge(nothing, task).points == 2


def test_plants_that_pay_alone_stand_at_more_than_one_site():
    for student in STUDENTS:
        task = SET.task("subsidy", student)
        assert 2 <= len(_opened(task, shared=False)) <= 3
        assert TARGET not in _opened(task)


def test_a_share_of_the_sellers_output_names_other_buyers():
    """The usual mistake: it has to cost points for nearly everybody."""
    from course_lib import datasets

    table = datasets.china_input_output()
    flows = table[table["block"] == "intermediate"].set_index(["seller", "buyer"])["flow"]
    output = table[table["block"] == "gross output"].set_index("seller")["flow"]
    question, caught = SET.question("roles"), 0
    for student in STUDENTS:
        task = SET.task("roles", student)
        sector, right = task["sector"], _right_roles(task)
        wrong = [
            buyer
            for buyer, flow in flows[sector].items()
            if buyer != sector and flow / output[sector] >= task["least"]
        ]
        by_hand = [
            buyer
            for buyer, flow in flows[sector].items()
            if buyer != sector and flow / output[buyer] >= task["least"]
        ]
        assert sorted(by_hand) == right["buyers"]
        assert question.judge(right, task).points == 6
        caught += question.judge(right | {"buyers": wrong}, task).points < 6
    assert caught > 0.9 * len(STUDENTS)


def test_both_answers_on_the_circle_are_drawn_and_a_guess_alone_earns_nothing():
    answers = [_right_roles({"sector": s, "least": least})["circle"] for s, least in _cores()]
    assert 0.3 < sum(answers) / len(answers) < 0.7
    question = SET.question("roles")
    for student in STUDENTS[:10]:
        task = SET.task("roles", student)
        for guess in (True, False):
            guessed = {"buyers": [], "suppliers": [], "share": 0.5, "circle": guess}
            assert question.judge(guessed, task).points == 0
        assert question.judge(_right_roles(task) | {"share": "0.1"}, task).points == 4


def test_an_order_has_to_obey_the_law_and_greed_is_not_enough():
    question = SET.question("order")
    for student in STUDENTS:
        task = SET.task("order", student)
        free, lawful = _values(task)
        best = {"order": list(lawful[0][1]), "price": free - lawful[0][0]}
        assert question.judge(best, task).points == 6
        without = sequencing(task["benefits"], NEEDS, task["rate"])
        assert without.best_value == pytest.approx(free)
        for order in (without.best, without.greedy, without.best[::-1]):
            assert question.judge({"order": list(order), "price": 0.0}, task).points <= 3
        assert question.judge({"order": list(lawful[-1][1]), "price": 0}, task).points == 1
        twice = [*lawful[0][1], "school"]
        for nonsense in (twice, "school", None, ["road"], [1, 2]):
            assert question.judge({"order": nonsense, "price": 0}, task).points == 0


def test_what_is_not_possible_is_said_with_the_answers_own_numbers():
    mine = personal_set("06_production_complexes", "s1")
    paid, deadline = mine["subsidy"]["paid"][TARGET], mine["order"]["deadline"]
    best = list(_values(mine["order"])[1][0][1])
    late = ["road", "dam", "smelter", "rolling mill", "pulp mill", "housing", "school"]
    sectors = {"suppliers": [], "share": 0.1, "circle": True}
    own = [mine["roles"]["sector"]]
    for name, answer, said in (
        ("subsidy", {"subsidy": paid + 1}, f"is {paid + 1:g}. It goes from 0 to {paid:g}"),
        ("subsidy", {"subsidy": -2}, "`subsidy` is -2. It goes from 0 to"),
        ("order", {"order": "road"}, "`order` is 'road'. It is a list of the seven projects"),
        ("order", {"order": [*best, "mine"]}, "There is no project 'mine'. There are road, dam"),
        ("order", {"order": best[:-1]}, f"Your order builds the {best[-1]} 0 times"),
        ("order", {"order": [*best, "road"]}, "Your order builds the road 2 times"),
        ("order", {"order": best[::-1]}, "and the road, which it needs, in year 7"),
        ("order", {"order": late}, f"in year 7. The law wants it by year {deadline}"),
        ("roles", {"buyers": ["Cheese"], **sectors}, "no sector 'Cheese'. You name it in"),
        ("roles", {"buyers": own, **sectors}, "`buyers` holds your own sector"),
    ):  # fmt: skip
        assert said in repr(mine.check(name, answer)), (name, answer)


def test_a_chain_is_that_of_the_course_and_constants_earn_little():
    question, inputs = SET.question("works"), SET.inputs("works", "s1", secret="some")
    assert question.judge(as_data(chain_works, inputs), {}, inputs).points == 5
    for lazy in (lambda p, r: 0.9, lambda p, r: 0.0, lambda p, r: 1.0, lambda p, r: p[0]):
        assert question.judge(as_data(lazy, inputs), {}, inputs).points <= 1

    def only_one_plant(chances, suppliers):
        works = 1.0
        for chance in chances:
            works *= chance
        return works

    assert question.judge(as_data(only_one_plant, inputs), {}, inputs).points == 2
