"""The graded set of lesson 05: almost right answers earn a part, lazy ones nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course_lib.exercises import exercise_set, personal_set
from course_lib.exercises.growth_poles import GRID, _best, _effect, _found, _three, _world
from course_lib.exercises.personal_set import as_data
from course_lib.growth_poles.china_table import china_table
from course_lib.growth_poles.pole_in_space import HEIGHT, WIDTH

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


def test_the_order_that_leaves_most_income_is_seldom_the_one_of_most_turnover() -> None:
    """The two rankings of the lesson: who answers one with the other is wrong."""
    table, both = china_table(), 0
    for student in STUDENTS:
        task = SET.task("order", student)
        largest = max(task["candidates"], key=lambda one: table.to_frame()["multiplier"][one])
        both += largest == _found(task)["most_income"]
    assert both <= 20


def test_income_as_turnover_earns_no_point_for_income() -> None:
    question = SET.question("order")
    task = SET.task("order", "s1")
    right = _found(task)
    assert question.judge(right | {"income": 100 * right["multiplier"]}, task).points <= 4
    assert question.judge(right | {"income": right["income"] / 100}, task).points <= 4
    assert question.judge(right | {"multiplier": right["multiplier"] * 100}, task).points <= 5


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
        answer = {
            "choice": wrong,
            "made": 1.0,
            "multiplier": 2.4,
            "income": 50.0,
            "most_income": wrong,
            "key": False,
        }
        assert question.judge(answer, task).points <= 1
        assert question.judge(answer | {"choice": "Magic"}, task).points == 0
        assert question.judge(answer | {"made": "1.0"}, task).points == 0


def test_a_key_given_as_a_number_is_none() -> None:
    question = SET.question("order")
    task = SET.task("order", "s1")
    right = _found(task)
    assert question.judge(right, task).points == 6
    assert question.judge(right | {"key": int(right["key"])}, task).points <= 5
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


def test_the_model_answer_fits_the_set_that_is_stored_beside_it() -> None:
    path = Path(__file__).parents[2] / "notebooks" / "exercises" / "05_growth_poles.ipynb"
    cells = json.loads(path.read_text("utf-8"))["cells"]
    said = next("".join(cell["source"]) for cell in cells if cell["id"] == "argument")
    mine = personal_set("05_growth_poles", "example", course_class="practice")
    frame = china_table().to_frame()
    chemicals = frame.loc["Chemicals"]
    assert f"make {chemicals['share_of_output']:.1%}".replace("%", " per cent") in said
    assert f"{chemicals['backward']:.2f} backward and {chemicals['forward']:.2f} forward" in said
    assert f"the {100 * chemicals['multiplier']:.0f} yuan that an order" in said
    assert f"at home it leaves {100 * chemicals['income_at_home']:.1f}" in said
    order = _found(mine["order"])
    assert order["most_income"] == "ICT, finance & business services"
    assert (
        f"{100 * frame.loc[order['most_income'], 'income_at_home']:.1f}, as my question 2" in said
    )
    task = mine["pole"]
    best = max(
        (
            _world(task, x, y)
            for x in range(0, WIDTH + 1, GRID)
            for y in range(0, HEIGHT + 1, GRID)
            if (_three(_world(task, x, y)) > 0).all()
        ),
        key=lambda world: float(_three(world).sum()),
    )
    near = best.nearest(3)
    assert [round(float(km), -1) for km in sorted(best.distance[near])] == [90, 100, 110]
    assert best.distance[near].min() > 94.5
    assert "lies 95 to 110 km from three towns" in said
    assert _three(best).round(2) == pytest.approx(0.14)
    assert best.turning_year[near].round() == pytest.approx(15, abs=1)
    km = np.arange(1.0, 100)
    assert f"nearer than {km[_effect(km, task) > 0].min():.0f} km would still lose" in said
    words = said.replace("### BEGIN SOLUTION", "").replace("### END SOLUTION", "").split()
    assert 150 <= len(words) <= 250
