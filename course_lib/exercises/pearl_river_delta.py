"""The graded set of lesson 11."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from course_lib import datasets
from course_lib.exercises.criteria import (
    equals,
    finite,
    is_close_to,
    is_equal,
    within_range,
)
from course_lib.exercises.personal_set import ExerciseSet
from course_lib.exercises.question import Criterion, Inputs, Question, Task
from course_lib.exercises.variants import Draws
from course_lib.numerics import bisection
from course_lib.pearl_river_delta.simulated_delta import SimulatedDelta, simulated_delta

# --- write a function


def _people(output: float, gap: float) -> float:
    return output / (output + gap * (1 - output))


def _gap(output: float, people: float) -> float:
    return output / (1 - output) / (people / (1 - people))


def _one_region(draws: Draws) -> list[float]:
    return [draws.between(0.3, 0.9, 0.01), draws.between(1.1, 5, 0.05)]


def _regions(draws: Draws, _: Task) -> Inputs:
    output, gap = _one_region(draws)
    return {
        "equal": [[output, 1.0]],
        "wider": [[output, gap], [output, gap + 1]],
        "back": [_one_region(draws) for _ in range(3)],
        "values": [_one_region(draws) for _ in range(6)],
    }


PEOPLE = Question(
    name="people",
    title="How many people would explain the gap?",
    task=lambda draws: {},
    text=lambda task: (
        "Write a function `people(output, gap)`. `output` is the share of a province's output that "
        "is made in its core, between 0 and 1. `gap` is output per head in the core over output "
        "per head in the rest. The function returns the core's share of the *people*.\n\n"
        "In lesson 11 the gap was computed from the two shares, $g = \\frac{s/(1-s)}{p/(1-p)}$. "
        "Here you know $s$ and $g$ and look for $p$. The course's own functions are switched off "
        "while yours is checked."
    ),
    inputs=_regions,
    blocked=(
        "course_lib.growth_poles",
        "course_lib.pearl_river_delta",
        "course_lib.exercises.pearl_river_delta",
    ),
    criteria=(
        Criterion(
            "without a gap the share of people is the share of output",
            1,
            lambda answer, task, inputs: is_equal(answer["equal"][0], inputs["equal"][0][0]),
            (
                "If everybody makes the same, where are the people?",
                "Write p/(1-p) = s/(1-s)/g, and solve for p.",
            ),
        ),
        Criterion(
            "with a wider gap and the same output there are fewer people in the core",
            1,
            lambda answer, task, inputs: (
                0 < finite(answer["wider"][1]) < finite(answer["wider"][0]) < 1
            ),
            ("The gap belongs below the line of s/(1-s), not above it.",),
        ),
        Criterion(
            "put back into the formula of the lesson, the gap comes out again",
            1,
            lambda answer, task, inputs: all(
                is_equal(_gap(output, finite(found)), gap)
                for found, (output, gap) in zip(answer["back"], inputs["back"], strict=True)
            ),
            (
                "Let r be s/(1-s)/g. Then p/(1-p) = r. What is p?",
                "p = r/(1+r).",
            ),
        ),
        Criterion(
            "the value is right for six other regions",
            2,
            lambda answer, task, inputs: all(
                is_equal(found, _people(*given))
                for found, given in zip(answer["values"], inputs["values"], strict=True)
            ),
            public=False,
        ),
    ),
)

# --- judge three claims

TRUE, FALSE, OPEN = "true", "false", "cannot be said"


@lru_cache(maxsize=1)
def _gdp() -> pd.DataFrame:
    """Output, 100 million yuan; rows cities, columns years."""
    table = datasets.guangdong_cities()
    return table.pivot(index="city", columns="year", values="gdp").rename(columns=int)


def _claims_task(draws: Draws) -> Task:
    gdp = _gdp()
    shares = gdp / gdp.sum()
    while True:
        then, now = sorted(draws.sample([2000, 2005, 2010, 2014, 2018, 2022], 2))
        city, other = draws.sample(sorted(gdp.index), 2)
        growth = gdp[now] / gdp[then]
        change = shares.loc[city, now] / shares.loc[city, then] - 1
        clear = abs(growth[city] / growth[other] - 1) > 0.03 and abs(change) > 0.03
        if not clear:
            continue
        return {
            "city": city,
            "other": other,
            "then": then,
            "now": now,
            "second": draws.choice(["faster", "richer"]),
            # An industry that is said to make more than the whole city made, or less.
            "billion": round(
                float(gdp.loc[city, then]) / 10 * draws.choice([0.2, 0.3, 1.3, 1.6]), 1
            ),
        }


def _sentences(task: Task) -> dict[str, str]:
    city, other, then, now = (task[name] for name in ("city", "other", "then", "now"))
    second = {
        "faster": f"From {then} to {now} output grew faster in {city} than in {other}.",
        "richer": f"In {now} a worker in {city} made more than a worker in {other}.",
    }
    return {
        "a": f"{city} had a larger share of the output of Guangdong's cities in {now} than in "
        f"{then}.",
        "b": second[task["second"]],
        "c": f"In {then} one industry of {city} alone made {task['billion']:g} billion yuan of "
        "value added.",
    }


def _claims_found(task: Task) -> dict[str, Any]:
    gdp = _gdp()
    shares = gdp / gdp.sum()
    city, other, then, now = (task[name] for name in ("city", "other", "then", "now"))
    before, after = float(shares.loc[city, then]), float(shares.loc[city, now])
    growth = gdp[now] / gdp[then]
    faster = TRUE if growth[city] > growth[other] else FALSE
    return {
        "share_then": before,
        "share_now": after,
        "a": TRUE if after > before else FALSE,
        "b": faster if task["second"] == "faster" else OPEN,
        "c": FALSE if task["billion"] > gdp.loc[city, then] / 10 else OPEN,
    }


CLAIMS = Question(
    name="claims",
    title="Judge three claims",
    task=_claims_task,
    text=lambda task: (
        "Here are three claims:\n\n"
        + "\n".join(f"- **{name}**: {said}" for name, said in _sentences(task).items())
        + "\n\nJudge them with the table of Guangdong's cities, and nothing else. Give a "
        "dictionary with\n\n"
        f"- `share_then` and `share_now`: {task['city']}'s share of the output of all 21 cities in "
        f"{task['then']} and in {task['now']} (a tenth is 0.1), four decimals or more;\n"
        f'- `a`, `b` and `c`: for each claim "{TRUE}", "{FALSE}" or "{OPEN}".\n\n'
        "The answer cell loads the table. Output is in 100 million yuan and is value added: a "
        "part of a city cannot make more of it than the whole."
    ),
    criteria=(
        Criterion(
            "two shares and three verdicts, and the first verdict goes with the shares",
            1,
            lambda answer, task, inputs: (
                0 < finite(answer["share_then"]) < 1
                and 0 < finite(answer["share_now"]) < 1
                and {answer["a"], answer["b"], answer["c"]} <= {TRUE, FALSE, OPEN}
                and (answer["a"] == TRUE) == (answer["share_now"] > answer["share_then"])
            ),
            (
                "The answer is a dictionary with the five names of the task.",
                "A share is the city's output over the sum of all cities in the same year.",
                f'The verdicts are the words "{TRUE}", "{FALSE}" and "{OPEN}".',
            ),
        ),
        Criterion(
            "the share at first is right",
            1,
            is_close_to("share_then", _claims_found, 6e-5),
            public=False,
        ),
        Criterion(
            "the share at last is right",
            1,
            is_close_to("share_now", _claims_found, 6e-5),
            public=False,
        ),
        Criterion("the verdict on the first claim", 1, equals("a", _claims_found), public=False),
        Criterion("the verdict on the second claim", 1, equals("b", _claims_found), public=False),
        Criterion("the verdict on the third claim", 1, equals("c", _claims_found), public=False),
    ),
)

# --- design

EVEN = 0.9
"""The specialisation for which students look for the gain that makes it level."""


def _delta(task: Task, specialisation: float, gain: float | None = None) -> SimulatedDelta:
    return simulated_delta(
        specialisation,
        orders_lost=task["orders_lost"],
        lasts=task["lasts"],
        gain=task["gain"] if gain is None else gain,
        seed=task["seed"],
    )


@lru_cache(maxsize=256)
def _even_gain(orders_lost: float, lasts: int, seed: int) -> float:
    """The gain at which a delta of 0.9 makes as much as a diverse one."""
    task = {"orders_lost": orders_lost, "lasts": lasts, "seed": seed}
    return bisection(lambda gain: _delta(task, EVEN, gain).ahead, 0.0, 0.2, tolerance=1e-10)


def _design_task(draws: Draws) -> Task:
    while True:
        task = {
            "orders_lost": draws.between(0.3, 0.7, 0.05),
            "lasts": draws.between(4, 12, 1),
            "gain": draws.between(0.05, 0.09, 0.005),
            "seed": draws.between(0, 99, 1),
        }
        target = draws.between(0.4, 0.75, 0.01)
        worst = round(_delta(task, target + 0.04).fall_of_worst, 3)
        ahead = round(_delta(task, target - 0.04).ahead, 4)
        fits = [
            step / 100
            for step in range(101)
            if _delta(task, step / 100).fall_of_worst <= worst
            and _delta(task, step / 100).ahead >= ahead
        ]
        # A window that can be found with two decimals, and neither aim for nothing.
        if 3 <= len(fits) <= 12 and ahead > 0.003:
            return task | {"worst": worst, "ahead": ahead}


def _chosen(answer: Any, task: Task) -> SimulatedDelta:
    return _delta(task, within_range("specialisation", answer["specialisation"], 0, 1))


def _bearable(answer: Any, task: Task) -> bool:
    return _chosen(answer, task).fall_of_worst <= task["worst"] + 1e-9


def _worth_it(answer: Any, task: Task) -> bool:
    return _chosen(answer, task).ahead >= task["ahead"] - 1e-9


def _design_found(task: Task) -> dict[str, float]:
    return {"even_gain": _even_gain(task["orders_lost"], task["lasts"], task["seed"])}


DESIGN = Question(
    name="design",
    title="How specialised should the towns be? (simulated)",
    task=_design_task,
    text=lambda task: (
        "In your simulated delta industry 1 loses "
        f"**{task['orders_lost']:.0%}** of its orders in year 5, for **{task['lasts']}** years. "
        f"The gain of output per worker from size is **{task['gain']:g}**, and the seed of chance "
        f"is **{task['seed']}**. All else is as in lesson 11.\n\n"
        "Choose a specialisation between 0 and 1 for which\n\n"
        f"- no town loses more than **{task['worst']:.1%}** of its jobs in the year of the shock, "
        "and\n"
        f"- output over all years is at least **{task['ahead']:.2%}** above that of diverse "
        "towns.\n\n"
        "Give a dictionary with\n\n"
        "- `specialisation`: your choice. More than one will do;\n"
        f"- `even_gain`: the gain at which a delta with a specialisation of {EVEN:g} makes exactly "
        "as much as a diverse one, with four decimals or more; all else as above.\n\n"
        "The answer cell shows how to run the model."
    ),
    criteria=(
        Criterion(
            "no town loses more than it may",
            1,
            lambda answer, task, inputs: (
                _bearable(answer, task) and finite(answer["specialisation"]) > 0
            ),
            (
                "`fall_of_worst` of the result says what the town hit hardest loses.",
                "A town with fewer workers in industry 1 loses less.",
            ),
        ),
        Criterion(
            "and output is as far ahead as asked for",
            3,
            lambda answer, task, inputs: _bearable(answer, task) and _worth_it(answer, task),
            (
                "`ahead` of the result is output over all years against diverse towns: 0.01 is 1 "
                "per cent.",
                "Go through the specialisations in steps of 0.01 and look at both.",
            ),
        ),
        Criterion(
            "`even_gain` is right",
            2,
            is_close_to("even_gain", _design_found, 0.0002),
            public=False,
        ),
    ),
)

SET = ExerciseSet(
    "11_pearl_river_delta", "Exercises 11: the Pearl River Delta", (PEOPLE, CLAIMS, DESIGN)
)
