"""The graded set of lesson 04."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np

from course_lib.exercises.criteria import (
    finite,
    is_close_to,
    is_equal,
    within_budget,
    within_range,
)
from course_lib.exercises.personal_set import ExerciseSet
from course_lib.exercises.question import Criterion, Inputs, Question, Task
from course_lib.exercises.variants import Draws
from course_lib.gradient_transition.country_convergence import (
    CountryConvergence,
    china_convergence,
    us_convergence,
)
from course_lib.gradient_transition.innovation_transfer import innovation_transfer

# --- write a function


def _slope(start: list[float], end: list[float], years: float) -> float:
    x = np.log(start)
    growth = (np.log(end) - x) / years
    return float(np.sum((x - x.mean()) * growth) / np.sum((x - x.mean()) ** 2))


def _speed(start: list[float], end: list[float], years: float) -> float:
    return -math.log(1 + _slope(start, end, years) * years) / years


def _regions(draws: Draws, _: Task) -> Inputs:
    def history(regions: int, chance: float) -> list[Any]:
        years = draws.between(10, 60, 1)
        left = draws.between(0.25, 0.85, 0.01)  # which part of each gap is left at the end
        x = [0.25 * region + 0.1 * draws.fraction() for region in range(regions)]
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


def _exact(answer: Any, inputs: Any) -> bool:
    """Whether the speed is right where nothing is left to chance; a slope is told apart."""
    given, found = inputs["exact"][0], answer["exact"][0]
    if found is not None and is_equal(abs(found), abs(_slope(*given))):
        raise ValueError(
            "you return the slope, or minus the slope: step 3 makes a speed of it, -ln(1 + bT) / T"
        )
    return _all_right(answer, inputs, "exact")


def _all_right(answer: Any, inputs: Any, purpose: str) -> bool:
    return all(
        is_equal(found, _speed(*given))
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
        "Here $T$ is the number of years. The course's own functions are switched off while "
        "yours is checked. `numpy.polyfit` and the like are allowed."
    ),
    inputs=_regions,
    blocked=(
        "course_lib.measures",
        "course_lib.gradient_transition",
        "course_lib.exercises.gradient_transition",
    ),
    criteria=(
        Criterion(
            "if every region closes the same share of its gap each year, that share is found",
            1,
            lambda answer, task, inputs: _exact(answer, inputs),
            (
                "Look at the three steps. Is the growth divided by the number of years?",
                "The slope is the covariance of x and growth, divided by the variance of x.",
                "The last step turns the slope into a speed. A slope is not a speed.",
            ),
        ),
        Criterion(
            "with the start in another currency, the speed is the same",
            1,
            lambda answer, task, inputs: (
                is_equal(*answer["money"]) and not is_equal(answer["money"][0], answer["exact"][0])
            ),
            (
                "Another currency adds one constant to all logarithms of the start.",
                "Does your regression line have an intercept? A line through the origin has none.",
            ),
        ),
        Criterion(
            "the same change in twice as many years has half the speed",
            1,
            lambda answer, task, inputs: (
                is_equal(answer["years"][0], 2 * answer["years"][1]) and answer["years"][0] > 0
            ),
            (
                "The same change in twice the time: what happens to the growth per year?",
                "The number of years stands in step 1 and twice in step 3.",
            ),
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
    """A period in which the verdict on the slope is clear, with or without a slope."""
    country = draws.choice(["US", "China"])
    sloping = draws.choice([True, False])
    first = {
        ("US", True): (1929, 1965),
        ("US", False): (1972, 1980),
        ("China", True): (1996, 2008),
        ("China", False): (1979, 1994),
    }[country, sloping]
    last = 2009 if country == "US" else 2023
    while True:
        start = int(draws.between(*first, 1))
        end = min(start + int(draws.between(12, 35, 1)), last)
        if end - start < 12:
            continue
        beta = _found(country, start, end).convergence.beta
        clear = beta.p_value < 0.01 if sloping else beta.p_value > 0.12
        # Slower, and the four decimals of an answer are no longer enough.
        if clear and beta.speed is not None and beta.speed > 0.004:
            return {"country": country, "start": start, "end": end}


@lru_cache(maxsize=1024)
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
        "- `differs`: `True` if the slope differs from zero at the 5 per cent level, else "
        "`False`;\n"
        "- `sigma_start`, `sigma_end`: spread of the logarithms of income in the first and in the "
        "last year, three decimals or more.\n\n"
        f"`{'us' if task['country'] == 'US' else 'china'}_convergence(start, end).convergence` "
        "holds what you need: `beta` is the regression, `sigma` the spread, year by year."
    ),
    criteria=(
        Criterion(
            "speed and half-life belong together, and the speed is no percentage",
            1,
            lambda answer, task, inputs: (
                abs(finite(answer["speed"]) * finite(answer["half_life"]) / math.log(2) - 1) <= 0.02
                and answer["speed"] < 0.3
            ),
            (
                "A speed of 2 per cent a year is 0.02 and not 2. The names in the dictionary are "
                "the five of the task.",
                "After one half-life H half of the gap is left: exp(-speed * H) = 0.5.",
                "The result of the course's function has beta.speed and beta.half_life.",
            ),
        ),
        Criterion(
            "`differs` is True or False, and the two spreads are those of logarithms",
            0,
            lambda answer, task, inputs: (
                isinstance(answer["differs"], bool)
                and all(0 < finite(answer[name]) < 1 for name in ("sigma_start", "sigma_end"))
            ),
            (
                "Write True or False without quotation marks.",
                "beta.is_significant is the verdict at the 5 per cent level, and "
                "sigma.loc[1950] the spread in 1950.",
            ),
        ),
        Criterion(
            "the speed is right for your period",
            2,
            is_close_to("speed", _right, 0.00006),
            public=False,
        ),
        Criterion(
            "the verdict on the slope is right",
            1,
            lambda answer, task, inputs: (
                answer["differs"] is _right(task)["differs"]
                and is_close_to("speed", _right, 0.0005)(answer, task, inputs)
            ),
            public=False,
        ),
        Criterion(
            "sigma is right at the start",
            1,
            is_close_to("sigma_start", _right, 0.0006),
            public=False,
        ),
        Criterion(
            "sigma is right at the end", 1, is_close_to("sigma_end", _right, 0.0006), public=False
        ),
    ),
)

# --- design

THETA = 0.6  # how easily buyers replace one good by another, as in the lesson's lab


def _below(task: Task, moved: Any) -> Any:
    """Workers below for each one at the top, after some have moved."""
    return (task["below"] - moved) / (1 + moved)


def _today(task: Task) -> float:
    """Share of goods made only at the top, in the long run without a policy."""
    return float(task["innovation"] / (task["innovation"] + task["transfer"]))


def _gaps(task: Task, transfer: float, moved: float) -> tuple[float, float]:
    """What the top earns more than those below, as a share: in year N and in the long run."""
    result = innovation_transfer(
        task["innovation"],
        transfer,
        labour_south=_below(task, moved),
        theta=THETA,
        start_share=_today(task),
        horizon=task["years"],
    )
    return float(result.wage_ratio[-1]) - 1, result.steady_wage_ratio - 1


def _cost(task: Task, transfer: Any, moved: Any) -> Any:
    learning = 100 * (transfer - task["transfer"])
    return task["school_cost"] * learning**2 + task["move_cost"] * (10 * moved) ** 2


def _least_cost(task: Task, gap: float) -> float:
    """The cheapest way to bring the gap down to `gap` in year N, from the model's closed form."""
    innovation, transfer = task["innovation"], np.linspace(task["transfer"], 0.5, 20_001)
    speed = innovation + transfer
    steady = innovation / speed
    share = steady + (_today(task) - steady) * np.exp(-speed * task["years"])
    # The gap is as wanted if goods of the top over goods below, times workers, give `balance`.
    balance = (1 + gap) ** (1 / (1 - THETA))
    below = np.minimum(balance * (1 - share) / share, task["below"])
    moved = (task["below"] - below) / (1 + below)
    return float(_cost(task, transfer, moved)[moved <= task["below"] / 2].min())


def _cost_of_one_means(task: Task, gap: float) -> float:
    """The cheapest way to bring it down in the long run with schools or with moving alone."""
    balance = (1 + gap) ** (1 / (1 - THETA))
    schools = _cost(task, task["innovation"] * task["below"] / balance, 0.0)
    below = balance * task["transfer"] / task["innovation"]
    moving = _cost(task, task["transfer"], (task["below"] - below) / (1 + below))
    return float(min(schools, moving))


def _policy_task(draws: Draws) -> Task:
    while True:
        task = {
            "innovation": draws.between(0.04, 0.08, 0.005),
            "transfer": draws.between(0.01, 0.03, 0.005),
            "below": draws.between(1.5, 3.0, 0.1),
            "years": draws.between(20, 40, 5),
            "school_cost": draws.between(4, 9, 1),
            "move_cost": draws.between(3, 9, 1),
        }
        _, gap = _gaps(task, task["transfer"], 0.0)
        budget = math.ceil(1.03 * _least_cost(task, gap / 2))
        # Room to search, but no way with schools alone or with moving alone.
        if gap > 0.3 and budget < 0.9 * _cost_of_one_means(task, gap / 2):
            return task | {"gap": round(gap, 3), "budget": budget}


def _possible(answer: Any, task: Task) -> bool:
    """Whether both means are within their bounds, and the policy costs no more than there is.

    Raises
    ------
    ValueError
        If not: a sentence with the numbers, for the student.
    """
    transfer = within_range("transfer", answer["transfer"], task["transfer"], 0.5)
    moved = within_range("moved", answer["moved"], 0, task["below"] / 2)
    return within_budget(_cost(task, transfer, moved), task["budget"])


def _gap_left(answer: Any, task: Task) -> tuple[float, float]:
    """Which share of the gap is left in year N and in the long run."""
    _possible(answer, task)
    _, before = _gaps(task, task["transfer"], 0.0)
    in_year, at_last = _gaps(task, finite(answer["transfer"]), finite(answer["moved"]))
    return in_year / before, at_last / before


HALF = 0.5 + 1e-6

POLICY = Question(
    name="policy",
    title="Halve the wage gap within a budget",
    task=_policy_task,
    text=lambda task: (
        f"The top invents {task['innovation']:.1%} of all goods a year. Each year "
        f"{task['transfer']:.1%} of its own goods are learnt below, and there are {task['below']} "
        f"workers below for each worker at the top. If this goes on, a worker at the top earns "
        f"{task['gap']:.0%} more than one below. That is the **gap**. Halve it: in the long run, "
        f"and already in **year {task['years']}** of your policy. (The gap is the task here. What "
        "a wage at the top buys is another matter: part 6 of the lesson.)\n\n"
        "You have two means. Give a dictionary with both numbers.\n\n"
        "- `transfer`: the share of the top's own goods that is learnt below in a year, from "
        f"{task['transfer']} to 0.5. Schools and technical centres cost {task['school_cost']} "
        "million for the first percentage point more, and the cost grows with the square: "
        f"`{task['school_cost']} * (100 * (transfer - {task['transfer']}))**2` million.\n"
        "- `moved`: workers who move to the top, for each worker who is there today, from 0 to "
        f"{task['below'] / 2:g}. Housing for them costs `{task['move_cost']} * (10 * moved)**2` "
        f"million. Afterwards there are `({task['below']} - moved) / (1 + moved)` workers below "
        "for each one at the top.\n\n"
        f"The budget is **{task['budget']} million**. The costs are invented for this exercise. "
        "The model is `innovation_transfer` of lesson 04. The answer cell shows how to call it. "
        "Of its result, `steady_wage_ratio` is the long run and `wage_ratio[-1]` the last year."
    ),
    criteria=(
        Criterion(
            "the policy is possible, and it keeps to the budget",
            1,
            lambda answer, task, inputs: _possible(answer, task),
            (
                "The answer is a dictionary: {'transfer': ..., 'moved': ...}.",
                "Compute both costs and add them. The gap is the wage ratio minus 1.",
            ),
        ),
        Criterion(
            "with this budget it takes a quarter off the gap in the long run",
            1,
            lambda answer, task, inputs: _gap_left(answer, task)[1] <= 0.75,
            (
                "Costs grow with the square. What is cheaper: all from one means, or some of both?",
                "Try a table: a few values of transfer, and for each the moved that is affordable.",
            ),
        ),
        Criterion(
            "with this budget it halves the gap in the long run",
            2,
            lambda answer, task, inputs: _gap_left(answer, task)[1] <= HALF,
            (
                "Spend the whole budget. Which split of it leaves the smallest gap?",
                "Loop over transfer. For each value spend the rest on moved, and keep the best.",
            ),
        ),
        Criterion(
            "with this budget it halves the gap by your year",
            2,
            lambda answer, task, inputs: _gap_left(answer, task)[0] <= HALF,
            (
                "Learning takes time, moving works at once. Which year do you look at?",
                "Choose the split by `wage_ratio[-1]`, with `horizon` set to your year.",
                "Take fine steps: 0.0005 for transfer is fine enough.",
            ),
        ),
    ),
)

SET = ExerciseSet(
    "04_gradient_transition", "Exercises 04: gradient transition", (SPEED, EVIDENCE, POLICY)
)
