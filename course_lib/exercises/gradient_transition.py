"""The graded set of lesson 04."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np

from course_lib.exercises.personal_set import ExerciseSet
from course_lib.exercises.question import Criterion, Inputs, Question, Task
from course_lib.exercises.variants import Draws
from course_lib.gradient_transition.innovation_transfer import innovation_transfer
from course_lib.gradient_transition.panels import (
    CountryConvergence,
    china_convergence,
    us_convergence,
)

# --- write a function


def _speed(start: list[float], end: list[float], years: float) -> float:
    x = np.log(start)
    growth = (np.log(end) - x) / years
    slope = np.sum((x - x.mean()) * growth) / np.sum((x - x.mean()) ** 2)
    return float(-math.log(1 + slope * years) / years)


def _regions(draws: Draws, _: Task) -> Inputs:
    def history(regions: int, chance: float) -> list[Any]:
        years, speed = draws.between(10, 60, 1), draws.between(0.005, 0.04, 0.001)
        left = math.exp(-speed * years)
        x = [0.25 * number + 0.1 * draws.fraction() for number in range(regions)]
        shake = [chance * (draws.fraction() - 0.5) for _ in range(regions)]
        start = [math.exp(value) for value in x]
        end = [math.exp(1.5 + left * value + s) for value, s in zip(x, shake, strict=True)]
        return [start, end, years]

    one = history(6, 0.04)
    rate = draws.between(2, 9, 0.5)
    return {
        "exact": [history(5, 0.0), history(9, 0.0)],
        "money": [one, [[rate * value for value in one[0]], one[1], one[2]]],
        "years": [one, [one[0], one[1], 2 * one[2]]],
        "values": [history(regions, 0.04) for regions in (3, 8, 20, 48)],
    }


def _close(one: Any, other: Any) -> bool:
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)


def _all_right(answer: Any, inputs: Any, purpose: str) -> bool:
    return all(
        _close(found, _speed(*given))
        for found, given in zip(answer[purpose], inputs[purpose], strict=True)
    )


SPEED = Question(
    name="speed",
    title="Write the speed of convergence",
    task=lambda draws: {},
    text=lambda task: (
        "Write a function `speed(start, end, years)`. It gets two lists, the incomes per head of "
        "the same regions at the start and at the end, and the number of years between. It "
        "returns the speed of convergence per year.\n\n"
        "1. Growth of each region per year: $g_i = (\\ln y_{i,end}-\\ln y_{i,start})/T$.\n"
        "2. The slope $b$ of the regression line of $g_i$ on $\\ln y_{i,start}$.\n"
        "3. The speed: $\\beta = -\\ln(1+bT)/T$.\n\n"
        "Here $T$ is the number of years. The functions of `course_lib.measures` are switched off "
        "while your own function is checked. `numpy.polyfit` and the like are allowed."
    ),
    inputs=_regions,
    blocked=("course_lib.measures",),
    criteria=(
        Criterion(
            "if every region closes the same share of its gap each year, that share is found",
            1,
            lambda answer, task, inputs: _all_right(answer, inputs, "exact"),
            (
                "Look at the three steps. Is the growth divided by the number of years?",
                "The slope is the covariance of x and growth, divided by the variance of x.",
                "The last step turns the slope into a speed. A slope is not a speed.",
            ),
        ),
        Criterion(
            "with the start in another currency, the speed is the same",
            1,
            lambda answer, task, inputs: _close(*answer["money"]) and answer["money"][0] > 0,
            ("Another currency adds one constant to all logarithms. Does your line have one?",),
        ),
        Criterion(
            "the same change in twice as many years has half the speed",
            1,
            lambda answer, task, inputs: (
                _close(answer["years"][0], 2 * answer["years"][1]) and answer["years"][0] > 0
            ),
            ("The number of years stands in step 1 and twice in step 3.",),
        ),
        Criterion(
            "the value is right for four countries with chance in them",
            2,
            lambda answer, task, inputs: _all_right(answer, inputs, "values"),
            public=False,
        ),
    ),
)

# --- estimate from real figures


def _period(draws: Draws) -> Task:
    if draws.choice(["US", "China"]) == "US":
        start = draws.between(1929, 1960, 1)
        return {"country": "US", "start": start, "end": start + draws.between(20, 40, 1)}
    return {
        "country": "China",
        "start": draws.between(2002, 2007, 1),
        "end": draws.between(2013, 2023, 1),
    }


@lru_cache
def _found(country: str, start: int, end: int) -> CountryConvergence:
    return us_convergence(start, end) if country == "US" else china_convergence(start, end)


def _right(task: Task) -> dict[str, Any]:
    convergence = _found(task["country"], task["start"], task["end"]).convergence
    return {
        "speed": convergence.beta.speed,
        "differs": bool(convergence.beta.is_significant),
        "sigma_start": float(convergence.sigma.loc[task["start"]]),
        "sigma_end": float(convergence.sigma.loc[task["end"]]),
    }


def _near(name: str, part: float) -> Any:
    return lambda answer, task, inputs: abs(answer[name] / _right(task)[name] - 1) <= part


def _place(task: Task) -> str:
    return "the 48 US states" if task["country"] == "US" else "China's provinces"


EVIDENCE = Question(
    name="evidence",
    title="Did the poorer regions catch up in your period?",
    task=_period,
    text=lambda task: (
        f"Take {_place(task)} from **{task['start']}** to **{task['end']}**. Estimate beta and "
        "sigma convergence, each region counting the same. Give a dictionary with\n\n"
        "- `speed`: speed of convergence per year (2 per cent is 0.02), four decimals or more;\n"
        "- `half_life`: years until half of a gap is closed, one decimal or more;\n"
        "- `differs`: `True` if the slope differs from zero at the 5 per cent level;\n"
        "- `sigma_start`, `sigma_end`: spread of the logarithms of income in the first and in the "
        "last year, three decimals or more.\n\n"
        f"`{'us' if task['country'] == 'US' else 'china'}_convergence` is ready for you."
    ),
    criteria=(
        Criterion(
            "speed and half-life belong together",
            1,
            lambda answer, task, inputs: (
                abs(answer["speed"] * answer["half_life"] / math.log(2) - 1) <= 0.01
            ),
            (
                "The answer is a dictionary with the five names of the task.",
                "After one half-life H half of the gap is left: exp(-speed * H) = 0.5.",
            ),
        ),
        Criterion("the speed is right for your period", 2, _near("speed", 0.006), public=False),
        Criterion(
            "the verdict on the slope is right",
            1,
            lambda answer, task, inputs: (
                answer["differs"] is _right(task)["differs"]
                and _near("speed", 0.05)(answer, task, inputs)
            ),
            public=False,
        ),
        Criterion(
            "sigma is right at the start",
            1,
            _near("sigma_start", 0.006),
            public=False,
        ),
        Criterion("sigma is right at the end", 1, _near("sigma_end", 0.006), public=False),
    ),
)

# --- design

THETA = 0.6  # how easily buyers replace one good by another, as in the lesson's lab


def _gap(task: Task, transfer: float, moved: float) -> float:
    """How much more than below the top earns in the long run, as a share of the wage below."""
    below = (task["below"] - moved) / (1 + moved)
    result = innovation_transfer(task["innovation"], transfer, labour_south=below, theta=THETA)
    return result.steady_wage_ratio - 1


def _cost(task: Task, transfer: float, moved: float) -> float:
    learning = 100 * (transfer - task["transfer"])
    return float(task["school_cost"] * learning**2 + task["move_cost"] * (10 * moved) ** 2)


def _least_cost(task: Task, gap: float) -> float:
    """The cheapest way to bring the gap down to `gap`, from the closed form of the model."""
    balance = (1 + gap) ** (1 / (1 - THETA))
    transfer = np.linspace(task["transfer"], 0.5, 20_001)
    below = np.minimum(balance * transfer / task["innovation"], task["below"])
    moved = (task["below"] - below) / (1 + below)
    learning = 100 * (transfer - task["transfer"])
    cost = task["school_cost"] * learning**2 + task["move_cost"] * (10 * moved) ** 2
    return float(cost[moved <= task["below"] / 2].min())


def _cost_of_one_means(task: Task, gap: float) -> float:
    """The cheapest way to bring the gap down with schools alone, or with moving alone."""
    balance = (1 + gap) ** (1 / (1 - THETA))
    schools = _cost(task, task["innovation"] * task["below"] / balance, 0.0)
    below = balance * task["transfer"] / task["innovation"]
    moving = _cost(task, task["transfer"], (task["below"] - below) / (1 + below))
    return min(schools, moving)


def _policy_task(draws: Draws) -> Task:
    while True:
        task = {
            "innovation": draws.between(0.04, 0.08, 0.005),
            "transfer": draws.between(0.01, 0.03, 0.005),
            "below": draws.between(1.5, 3.0, 0.1),
            "school_cost": draws.between(4, 9, 1),
            "move_cost": draws.between(3, 9, 1),
        }
        gap = _gap(task, task["transfer"], 0.0)
        budget = round(1.05 * _least_cost(task, gap / 2) + 0.5)
        # Room to search, but no way with schools alone or with moving alone.
        if gap > 0.3 and budget < 0.9 * _cost_of_one_means(task, gap / 2):
            return task | {"gap": round(gap, 3), "budget": budget}


def _possible(answer: Any, task: Task) -> bool:
    transfer, moved = float(answer["transfer"]), float(answer["moved"])
    return bool(
        task["transfer"] <= transfer <= 0.5
        and 0 <= moved <= task["below"] / 2
        and _cost(task, transfer, moved) <= task["budget"]
    )


def _gap_left(answer: Any, task: Task) -> float:
    """Which share of the gap is left; all of it if the policy is not possible."""
    if not _possible(answer, task):
        return 1.0
    start = _gap(task, task["transfer"], 0.0)
    return _gap(task, float(answer["transfer"]), float(answer["moved"])) / start


POLICY = Question(
    name="policy",
    title="Halve the wage gap within a budget",
    task=_policy_task,
    text=lambda task: (
        f"The top invents {task['innovation']:.1%} of all goods a year. Each year "
        f"{task['transfer']:.1%} of its own goods are learnt below, and there are {task['below']} "
        f"workers below for each worker at the top. In the long run a worker at the top earns "
        f"{task['gap']:.0%} more than one below. Halve this gap.\n\n"
        "You have two means. Give a dictionary with both numbers.\n\n"
        f"- `transfer`: the share of the top's own goods that is learnt below in a year, from "
        f"{task['transfer']} to 0.5. Schools and technical centres cost {task['school_cost']} "
        "million for the first percentage point more, and the cost grows with the square: "
        f"`{task['school_cost']} * (100 * (transfer - {task['transfer']}))**2`.\n"
        "- `moved`: workers who move to the top, for each worker who is there today, from 0 to "
        f"{task['below'] / 2:g}. Housing for them costs `{task['move_cost']} * (10 * moved)**2` "
        f"million. Afterwards there are `({task['below']} - moved) / (1 + moved)` workers below "
        "for each one at the top.\n\n"
        f"The budget is **{task['budget']} million**. The costs are invented for this exercise. "
        "The model is `innovation_transfer` of lesson 04 with `theta=0.6`."
    ),
    criteria=(
        Criterion(
            "the policy is possible and within the budget",
            1,
            lambda answer, task, inputs: _possible(answer, task),
            (
                "The answer is a dictionary: {'transfer': ..., 'moved': ...}.",
                "Compute both costs and add them.",
            ),
        ),
        Criterion(
            "it costs no more than the budget and takes a quarter off the gap",
            2,
            lambda answer, task, inputs: _gap_left(answer, task) <= 0.75,
            (
                "Costs grow with the square. What is cheaper: all from one means, or some of both?",
                "Try a table: a few values of transfer, and for each the moved that is affordable.",
            ),
        ),
        Criterion(
            "it costs no more than the budget and halves the gap",
            3,
            lambda answer, task, inputs: _gap_left(answer, task) <= 0.5 + 1e-6,
            (
                "Spend the whole budget. Which split of it leaves the smallest gap?",
                "Loop over transfer. For each value spend the rest on moved, and keep the best.",
            ),
        ),
    ),
)

SET = ExerciseSet(
    "04_gradient_transition", "Exercises 04: gradient transition", (SPEED, EVIDENCE, POLICY)
)
