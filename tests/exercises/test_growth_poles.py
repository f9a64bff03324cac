"""The graded set of lesson 05: almost right answers earn a part, lazy ones nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib.exercises import exercise_set
from course_lib.exercises.growth_poles import _best, _effect, _found, _three, _world
from course_lib.exercises.personal_set import as_data
from course_lib.growth_poles.china_table import china_table

SET = exercise_set("05_growth_poles")
STUDENTS = [f"s{number:03d}" for number in range(50)]


def inverse_of(change: Any) -> float:
    """Points for a function of the coefficients, each column of them divided by its output."""
    inputs = SET.inputs("inverse", "s1", secret="some")
    answer = as_data(
        lambda flows, output: change(np.array(flows), np.array(output, dtype=float)), inputs
    )
    return SET.question("inverse").judge(answer, {}, inputs).points


def test_well_known_mistakes_in_the_inverse_earn_a_part_or_nothing() -> None:
    def right(flows: Any, output: Any) -> Any:
        return np.linalg.inv(np.eye(len(output)) - flows / output)

    assert inverse_of(right) == 5
    assert inverse_of(lambda z, x: np.linalg.inv(np.eye(len(x)) - z / x[:, None])) == 1  # rows
    assert inverse_of(lambda z, x: z / x) == 0  # the coefficients themselves
    assert inverse_of(lambda z, x: np.eye(len(x)) + z / x) == 1  # the first round alone
    assert inverse_of(lambda z, x: np.eye(len(x))) == 0
    assert inverse_of(lambda z, x: right(z, x).T) == 1
    assert inverse_of(lambda z, x: "L") == 0
    assert inverse_of(lambda z, x: right(z, x)[:1]) == 0


def test_the_largest_multiplier_is_not_always_the_choice() -> None:
    """Else the question would be answered without its target."""
    table = china_table()
    largest_pulls = 0
    for student in STUDENTS:
        task = SET.task("order", student)
        pulls = [table.output_multipliers[table.position(one)] for one in task["candidates"]]
        largest_pulls += task["candidates"][int(np.argmax(pulls))] == _found(task)["choice"]
    assert 10 <= largest_pulls <= 40


@pytest.mark.parametrize("student", STUDENTS[:15])
def test_the_choice_is_right_by_adding_up_rounds(student: str) -> None:
    task, table = SET.task("order", student), china_table()
    made = {}
    for one in task["candidates"]:
        order = np.zeros(len(table.sectors))
        order[table.position(one)] = 100
        total = 0.0
        for _ in range(200):
            total += order[table.position(task["target"])]
            order = table.technical_coefficients @ order
        made[one] = total
    best = max(made, key=lambda one: made[one])
    assert _found(task)["choice"] == best
    assert _found(task)["made"] == pytest.approx(made[best])


def test_numbers_of_the_wrong_sector_earn_the_public_point_alone() -> None:
    question = SET.question("order")
    for student in STUDENTS[:10]:
        task = SET.task("order", student)
        wrong = next(one for one in task["candidates"] if one != _found(task)["choice"])
        answer = {"choice": wrong, "made": 1.0, "multiplier": 2.4, "backward": 1.0, "key": False}
        assert question.judge(answer, task).points <= 1
        assert question.judge(answer | {"choice": "Magic"}, task).points == 0
        assert question.judge(answer | {"made": "1.0"}, task).points == 0


def test_a_key_given_as_a_number_is_none() -> None:
    question = SET.question("order")
    task = SET.task("order", "s1")
    right = _found(task)
    assert question.judge(right, task).points == 6
    assert question.judge(right | {"key": int(right["key"])}, task).points == 5
    assert question.judge(right | {"key": not right["key"]}, task).points == 5


def test_a_place_is_judged_by_the_model_itself() -> None:
    for student in STUDENTS[:10]:
        task = SET.task("pole", student)
        world = _world(task, 130, 170)
        expected = np.sort(_effect(world.distance[world.nearest(3)], task))
        assert np.sort(_three(world)) == pytest.approx(expected)
        assert task["demanded"] == pytest.approx(0.97 * _best(task), abs=0.0006)


def test_the_middle_of_the_map_is_seldom_enough() -> None:
    question = SET.question("pole")
    full = 0
    for student in STUDENTS:
        task = SET.task("pole", student)
        latest = _world(task, 200, 150)
        turns = float(latest.turning_year[latest.nearest(3)].max())
        full += question.judge({"x": 200, "y": 150, "turns": turns}, task).points == 6
    assert full <= 10


def test_a_pole_in_a_town_earns_nothing() -> None:
    question = SET.question("pole")
    for student in STUDENTS[:20]:
        task = SET.task("pole", student)
        for x, y in task["towns"]:
            assert question.judge({"x": x, "y": y, "turns": 20.0}, task).points == 0


def test_a_place_of_words_or_off_the_map_is_none() -> None:
    question, task = SET.question("pole"), SET.task("pole", "s1")
    for x in ("100", float("nan"), -5, 401, True, None):
        assert question.judge({"x": x, "y": 100, "turns": 17.0}, task).points == 0
    assert question.judge({}, task).points == 0
    assert question.judge("here", task).points == 0
