"""The graded set of lesson 05."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np

from course_lib.exercises.criteria import equals, finite, is_close_to, is_equal
from course_lib.exercises.personal_set import ExerciseSet
from course_lib.exercises.question import Criterion, Inputs, Question, Task
from course_lib.exercises.variants import Draws
from course_lib.growth_poles.china_table import china_table, sector_names
from course_lib.growth_poles.input_output import leontief_inverse
from course_lib.growth_poles.pole_in_space import (
    HEIGHT,
    NEVER,
    PEAK_YEAR,
    SPEED,
    WIDTH,
    PoleInSpace,
    pole_in_space,
)
from course_lib.growth_poles.spread_backwash import backwash_in_year, spread_in_year

# --- write a function


def _table(draws: Draws, size: int) -> list[Any]:
    """Flows and output of a small economy; each sector buys for less than it makes."""
    output = [draws.between(400, 2000, 10) for _ in range(size)]
    # What a column buys adds up to between a fourth and 0.85 of its output.
    parts = [[draws.between(1, 9, 1) for _ in range(size)] for _ in range(size)]
    bought = [draws.between(0.25, 0.85, 0.05) * made for made in output]
    flows = [
        [round(bought[j] * parts[i][j] / sum(row[j] for row in parts), 2) for j in range(size)]
        for i in range(size)
    ]
    return [flows, output]


def _economies(draws: Draws, _: Task) -> Inputs:
    alone = [[0.0] * 3 for _ in range(3)]
    flows, output = _table(draws, 3)
    return {
        "alone": [[alone, [100.0, 200.0, 300.0]]],
        "rounds": [[flows, output]],
        "scale": [
            [flows, output],
            [[[1000 * one for one in row] for row in flows], [1000 * one for one in output]],
        ],
        "values": [_table(draws, size) for size in (2, 3, 4, 5)],
    }


def _inverse(flows: Any, output: Any) -> np.ndarray:
    return leontief_inverse(np.array(flows, dtype=float) / np.array(output, dtype=float))


def _same_table(found: Any, right: Any) -> bool:
    rows, wanted = list(found), np.asarray(right)
    return len(rows) == len(wanted) and all(
        len(row) == len(line)
        and all(is_equal(one, other) for one, other in zip(row, line, strict=True))
        for row, line in zip(rows, wanted, strict=True)
    )


def _first_rounds_fit(found: Any, flows: Any, output: Any) -> bool:
    """Each cell is the identity plus A times the inverse: L = I + A L."""
    A = np.array(flows, dtype=float) / np.array(output, dtype=float)
    L = np.array([[finite(one) for one in row] for row in found])
    return bool(np.allclose(L, np.eye(len(A)) + A @ L, rtol=0, atol=1e-8))


INVERSE = Question(
    name="inverse",
    title="Write the Leontief inverse",
    task=lambda draws: {},
    text=lambda task: (
        "Write a function `inverse(flows, output)`. `flows` is a square table as a list of rows: "
        "what the sector of the row sells to the sector of the column. `output` is what each "
        "sector makes in all. Your function returns the Leontief inverse, as an array or a list of "
        "rows.\n\n"
        r"$$a_{ij}=\frac{z_{ij}}{x_j},\qquad L=(I-A)^{-1}$$"
        "\n\nHere $z_{ij}$ is a cell of `flows` and $x_j$ an entry of `output`. You may take for "
        "granted that each sector buys for less than it makes. The course's own functions are "
        "switched off while yours is checked."
    ),
    inputs=_economies,
    blocked=("course_lib.growth_poles", "course_lib.exercises.growth_poles"),
    criteria=(
        Criterion(
            "sectors that buy nothing from each other make what is ordered, and no more",
            1,
            lambda answer, task, inputs: (
                _same_table(answer["alone"][0], np.eye(3))
                # an answer that returns nothing but ones on the diagonal does not count
                and not _same_table(answer["rounds"][0], np.eye(3))
            ),
            (
                "Without flows A is all zero. What is the inverse of I - A then?",
                "np.eye(n) is the table I. Return the inverse, not A.",
            ),
        ),
        Criterion(
            "each cell is the order itself plus what its buyers need: L = I + A L",
            1,
            lambda answer, task, inputs: _first_rounds_fit(
                answer["rounds"][0], *inputs["rounds"][0]
            ),
            (
                "Sectors buy in columns: each column of flows is divided by the output of its own "
                "sector.",
                "np.array(flows) / np.array(output) divides each column by its own output. With "
                "[:, np.newaxis] it would divide the rows.",
            ),
        ),
        Criterion(
            "in thousands of yuan instead of millions nothing changes",
            1,
            lambda answer, task, inputs: (
                _same_table(answer["scale"][1], answer["scale"][0])
                and _first_rounds_fit(answer["scale"][0], *inputs["scale"][0])
            ),
            ("Flows and output are in the same unit. Does it cancel in your function?",),
        ),
        Criterion(
            "the inverse is right for four other tables, of two to five sectors",
            2,
            lambda answer, task, inputs: all(
                _same_table(found, _inverse(*given))
                for found, given in zip(answer["values"], inputs["values"], strict=True)
            ),
            public=False,
        ),
    ),
)

# --- estimate from real figures


@lru_cache(maxsize=1)
def _per_order() -> np.ndarray:
    """What the sector of the row makes for 100 yuan spent on the sector of the column."""
    return 100 * china_table().leontief_inverse


@lru_cache(maxsize=1)
def _income_per_order() -> np.ndarray:
    """Income at home for 100 yuan spent on each sector."""
    return 100 * china_table().value_added_multipliers


def _order_task(draws: Draws) -> Task:
    made, names = _per_order(), sector_names()
    while True:
        target, *rivals = draws.sample(names, 4)
        row = sorted((made[names.index(target), names.index(one)] for one in rivals), reverse=True)
        # The first is clearly ahead of the second, in what the target makes and in income.
        income = sorted(_income_per_order()[[names.index(one) for one in rivals]], reverse=True)
        if row[0] > 1.05 * row[1] and income[0] > income[1] + 0.5:
            return {"target": target, "candidates": rivals}


def _found(task: Task) -> dict[str, Any]:
    made, names = _per_order(), sector_names()
    row = made[names.index(task["target"])]
    choice = max(task["candidates"], key=lambda one: row[names.index(one)])
    at = names.index(choice)
    table = china_table()
    income = _income_per_order()
    return {
        "choice": choice,
        "made": float(row[at]),
        "multiplier": float(table.output_multipliers[at]),
        "income": float(income[at]),
        "most_income": max(task["candidates"], key=lambda one: income[names.index(one)]),
        "key": bool(table.backward[at] > 1 and table.forward[at] > 1),
    }


ORDER = Question(
    name="order",
    title="To whom should the order go?",
    task=_order_task,
    text=lambda task: (
        f"A province wants its sector **{task['target']}** to make more. It has one order to give, "
        f"and three offers: from **{task['candidates'][0]}**, from **{task['candidates'][1]}** and "
        f"from **{task['candidates'][2]}**. Take China's table of 2020 for the province's. Give a "
        "dictionary with\n\n"
        f"- `choice`: the offer whose order makes {task['target']} produce most, all rounds "
        "counted, word for word as above;\n"
        f"- `made`: what {task['target']} produces for 100 yuan of that order, in yuan, two "
        "decimals or more;\n"
        "- `multiplier`: the multiplier of your choice (turnover of all sectors for one yuan), "
        "three decimals or more;\n"
        "- `income`: what 100 yuan of that order leave as income at home (value added) in all "
        "sectors together, in yuan, two decimals or more;\n"
        "- `most_income`: the offer whose order leaves most income at home, word for word;\n"
        "- `key`: True if it is a key sector, with both linkages above 1, else False. The forward "
        "linkage is that of the lesson, by Ghosh's inverse.\n\n"
        "The answer cell loads the table. You can use the course's functions here."
    ),
    criteria=(
        Criterion(
            "your numbers fit together: one sector turns over less than all, and 100 yuan leave at "
            "most 100 of income",
            1,
            lambda answer, task, inputs: (
                answer["choice"] in task["candidates"]
                and answer["most_income"] in task["candidates"]
                and 0 < finite(answer["made"]) < 100 * (finite(answer["multiplier"]) - 1)
                and 1 < finite(answer["income"]) <= 100
                and isinstance(answer["key"], bool)
            ),
            (
                "`choice` and `most_income` are two of the three offers, word for word. `key` is "
                "True or False, without quotation marks.",
                "`made` and `income` are for 100 yuan, `multiplier` for one yuan, the order "
                "included. An order of 100 leaves at most 100 of income.",
                "L = table.leontief_inverse; L[row, column] is what the row makes for one yuan "
                "spent on the column. The income is in table.to_frame(), for one yuan.",
            ),
        ),
        Criterion("the choice is right", 1, equals("choice", _found), public=False),
        Criterion("`made` is right", 1, is_close_to("made", _found, 0.006), public=False),
        Criterion(
            "`multiplier` is right", 1, is_close_to("multiplier", _found, 0.0006), public=False
        ),
        Criterion(
            "`income` and `most_income` are right",
            1,
            lambda answer, task, inputs: (
                abs(finite(answer["income"]) - _found(task)["income"]) <= 0.006
                and answer["most_income"] == _found(task)["most_income"]
            ),
            public=False,
        ),
        Criterion(
            "`key` is right, for the sector that is right",
            1,
            lambda answer, task, inputs: (
                answer["choice"] == _found(task)["choice"] and answer["key"] is _found(task)["key"]
            ),
            public=False,
        ),
    ),
)

# --- design

GRID = 10  # km, on which the best place is looked for
DEMANDED = 0.97  # of what the best place on the grid brings
HORIZON = 20  # years


def _world(task: Task, x: float, y: float) -> PoleInSpace:
    return pole_in_space(
        x,
        y,
        year=HORIZON,
        backwash=task["backwash"],
        spread_range=task["spread_range"],
        backwash_range=task["backwash_range"],
        towns=task["towns"],
    )


def _three(world: PoleInSpace) -> np.ndarray:
    """Effect on the three nearest towns in the year of the horizon."""
    return world.net_now[world.nearest(3)]


def _pole_task(draws: Draws) -> Task:
    while True:
        towns: list[list[float]] = []
        while len(towns) < 8:
            town = [draws.between(20, WIDTH - 20, 5), draws.between(20, HEIGHT - 20, 5)]
            if all(abs(town[0] - x) + abs(town[1] - y) > 70 for x, y in towns):
                towns.append(town)
        task: Task = {
            "towns": towns,
            "backwash": draws.between(1.5, 2.5, 0.1),
            "spread_range": draws.between(90, 130, 5),
            "backwash_range": draws.between(30, 45, 5),
        }
        best = _best(task)
        if best > 0:
            return {**task, "demanded": round(DEMANDED * best, 3)}


def _best(task: Task) -> float:
    """The largest sum that three nearest towns can reach on the grid while each of them gains."""
    places = np.array(task["towns"])
    x, y = np.meshgrid(np.arange(0, WIDTH + 1, GRID), np.arange(0, HEIGHT + 1, GRID))
    away = np.hypot(x.ravel()[:, None] - places[:, 0], y.ravel()[:, None] - places[:, 1])
    nearest = np.sort(away, axis=1)[:, :3]
    effect = _effect(nearest, task)
    sums = np.where((effect > 0).all(axis=1), effect.sum(axis=1), 0.0)
    return float(sums.max())


def _effect(distance: np.ndarray, task: Task) -> np.ndarray:
    """Net effect at some distances in the year of the horizon: straight from the two curves."""
    spread = spread_in_year(HORIZON, 1.0, SPEED, 20.0)
    backwash = task["backwash"] * backwash_in_year(HORIZON, math.e / PEAK_YEAR, PEAK_YEAR)
    return spread * np.exp(-distance / task["spread_range"]) - backwash * np.exp(
        -distance / task["backwash_range"]
    )


def _placed(answer: Any, task: Task) -> PoleInSpace:
    return _world(task, finite(answer["x"]), finite(answer["y"]))


def _gains_in_time(answer: Any, task: Task) -> bool:
    return bool((_three(_placed(answer, task)) > 0).all())


def _turns(answer: Any, task: Task) -> float:
    world = _placed(answer, task)
    latest = float(world.turning_year[world.nearest(3)].max())
    if latest == NEVER:
        raise ValueError("a town does not gain within 60 years")
    return latest


POLE = Question(
    name="pole",
    title="Place a pole so that its neighbours gain in time",
    task=_pole_task,
    text=lambda task: (
        f"Your map has eight towns at {', '.join(f'({x}, {y})' for x, y in task['towns'])}: km "
        "from the west, km from the south. It is 400 km wide and 300 km high. Backwash at the pole "
        f"is **{task['backwash']:g}** at its strongest, with a range of {task['backwash_range']} "
        f"km; the range of spread is {task['spread_range']} km.\n\n"
        f"Place a pole so that, in **year {HORIZON}**, each "
        "of the three towns that are nearest to it gains, and the three effects add up to at least "
        f"**{task['demanded']:g}**. Give a dictionary with\n\n"
        "- `x`, `y`: where the pole is, km from the west and from the south;\n"
        "- `turns`: the year from which the last of the three gains for good, one decimal or "
        "more.\n\n"
        "The model is `pole_in_space` of lesson 05. The answer cell shows how to call it."
    ),
    criteria=(
        Criterion(
            f"each of the three nearest towns gains in year {HORIZON}",
            2,
            lambda answer, task, inputs: _gains_in_time(answer, task),
            (
                "The answer is a dictionary: {'x': ..., 'y': ..., 'turns': ...}.",
                "A town near the pole turns late. Which places are far enough from every town?",
                "world.nearest(3) gives the positions of the three towns, world.net_now the effect "
                "on all of them.",
            ),
        ),
        Criterion(
            "together they gain as much as is demanded",
            3,
            lambda answer, task, inputs: (
                _gains_in_time(answer, task)
                and float(_three(_placed(answer, task)).sum()) >= task["demanded"]
            ),
            (
                "Too near, and backwash is still there. Too far, and little spread arrives. At "
                "which distance does a town gain most in year 20?",
                "Let two loops go over the map in steps of 10 km, and keep the best place.",
            ),
        ),
        Criterion(
            "`turns` is right for your place",
            1,
            lambda answer, task, inputs: (
                _gains_in_time(answer, task)
                and abs(finite(answer["turns"]) - _turns(answer, task)) <= 0.06
            ),
            public=False,
        ),
    ),
)

SET = ExerciseSet("05_growth_poles", "Exercises 05: growth poles", (INVERSE, ORDER, POLE))
