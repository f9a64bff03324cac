"""The graded set of lesson 03."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np

from course_lib.division_of_labour.continuum import Continuum, continuum, log_gains
from course_lib.division_of_labour.us_shift_share import (
    PERIODS,
    StateShiftShare,
    us_shift_share,
    us_states,
)
from course_lib.exercises.criteria import (
    equals,
    finite,
    is_close_to,
    is_equal,
    within_budget,
    within_range,
)
from course_lib.exercises.personal_set import ExerciseSet
from course_lib.exercises.question import Criterion, Holds, Inputs, Question, Task
from course_lib.exercises.variants import Draws

# --- write a function


def _parts(
    start: list[float], end: list[float], nation_start: list[float], nation_end: list[float]
) -> tuple[float, float, float]:
    e0, e1, n0, n1 = (np.asarray(row, float) for row in (start, end, nation_start, nation_end))
    nation, industry = n1.sum() / n0.sum(), n1 / n0
    return (
        float((e0 * (nation - 1)).sum()),
        float((e0 * (industry - nation)).sum()),
        float((e1 - e0 * industry).sum()),
    )


def _regions(draws: Draws, _: Task) -> Inputs:
    def rows(industries: int) -> list[list[float]]:
        start = [draws.between(20, 400, 1) for _ in range(industries)]
        end = [round(jobs * draws.between(0.7, 1.6, 0.01), 1) for jobs in start]
        nation = [draws.between(900, 9000, 10) for _ in range(industries)]
        growth = [0.8 + 0.1 * place + 0.1 * draws.fraction() for place in range(industries)]
        return [start, end, nation, [round(n * g, 1) for n, g in zip(nation, growth, strict=True)]]

    start, _end, n0, n1 = rows(4)
    as_nation = [jobs * after / before for jobs, before, after in zip(start, n0, n1, strict=True)]
    rate = draws.between(1.05, 1.4, 0.01)
    one = rows(5)
    return {
        "adds": [rows(industries) for industries in (2, 3, 6)],
        "as_nation": [[start, as_nation, n0, n1]],
        "one_rate": [[*one[:3], [jobs * rate for jobs in one[2]]]],
        "values": [rows(industries) for industries in (2, 4, 8, 13)],
    }


def _three(found: Any) -> list[float]:
    values = [finite(one) for one in found]
    if len(values) != 3:
        raise ValueError("three numbers are asked for")
    return values


PARTS = Question(
    name="parts",
    title="Write shift-share for one region",
    task=lambda draws: {},
    text=lambda task: (
        "Write a function `parts(start, end, nation_start, nation_end)`. It gets four lists of "
        "jobs by industry, in the same order: the region's at the start and at the end, then the "
        "nation's. It returns three numbers, in jobs:\n\n"
        "1. *national*: the change if all jobs of the region had grown like all jobs of the "
        "nation;\n"
        "2. *industry mix*: what it adds that each industry grew in the nation as it did, and not "
        "like all jobs;\n"
        "3. *regional*: what is left.\n\n"
        "The course's own functions are switched off while yours is checked."
    ),
    inputs=_regions,
    blocked=(
        "course_lib.measures",
        "course_lib.division_of_labour",
        "course_lib.exercises.division_of_labour",
    ),
    criteria=(
        Criterion(
            "the three parts add up to the change in the region's jobs",
            1,
            lambda answer, task, inputs: all(
                is_equal(sum(_three(found)), sum(given[1]) - sum(given[0]))
                for found, given in zip(answer["adds"], inputs["adds"], strict=True)
            ),
            (
                "Return three numbers, such as return national, mix, regional.",
                "The three are jobs, and not rates: multiply each rate by jobs at the start.",
                "The third one is the change less the first two.",
            ),
        ),
        Criterion(
            "a region whose industries grow as in the nation has no regional part, but a mix",
            1,
            lambda answer, task, inputs: (
                abs(_three(answer["as_nation"][0])[2]) < 1e-6
                and abs(answer["as_nation"][0][1]) > 1e-6
            ),
            (
                "Compare each industry with the same industry in the nation.",
                "The mix compares an industry's growth in the nation with that of all jobs there.",
            ),
        ),
        Criterion(
            "if all industries grow alike in the nation, there is no mix, but a regional part",
            1,
            lambda answer, task, inputs: (
                abs(_three(answer["one_rate"][0])[1]) < 1e-6
                and abs(answer["one_rate"][0][2]) > 1e-6
            ),
            (
                "The growth of all jobs is the growth of their sum, and not the mean of rates.",
                "sum(nation_end) / sum(nation_start) - 1 is the growth of all jobs.",
            ),
        ),
        Criterion(
            "the three values are right for four regions, from 2 to 13 industries",
            2,
            lambda answer, task, inputs: all(
                is_equal(one, other)
                for found, given in zip(answer["values"], inputs["values"], strict=True)
                for one, other in zip(_three(found), _parts(*given), strict=True)
            ),
            public=False,
        ),
    ),
)

# --- estimate from real figures


@lru_cache(maxsize=256)
def _state(state: str, period: str) -> StateShiftShare:
    return us_shift_share(state, period)


def _found(task: Task) -> dict[str, Any]:
    result = _state(task["state"], task["period"])
    own = result.detail["regional"]
    return {
        "industry_mix": float(result.here["industry_mix"]),
        "regional": float(result.here["regional"]),
        "best": str(own.idxmax()),
        "worst": str(own.idxmin()),
        "without_best": float(result.here["regional"] - own.max()),
    }


STATE = Question(
    name="state",
    title="Take your state apart",
    task=lambda draws: {"state": draws.choice(us_states()), "period": draws.choice([*PERIODS])},
    text=lambda task: (
        f"Your state is **{task['state']}**, from **{task['period']}**, with 13 sectors. Give a "
        "dictionary. All parts are shares of the state's jobs at the start (5 per cent is 0.05), "
        "with four decimals or more.\n\n"
        "- `national`, `industry_mix`, `regional`: the three parts of the change;\n"
        "- `best`, `worst`: the sectors whose own, regional part brought the state most and "
        "least, by name;\n"
        "- `without_best`: the state's regional part if its best sector had grown as in the "
        "nation, and all others as they did.\n\n"
        "`us_shift_share(state, period)` of lesson 03 holds what you need: `here` is the state, "
        "`detail` has one row a sector."
    ),
    criteria=(
        Criterion(
            "the three parts add up to the change in the state's jobs",
            1,
            lambda answer, task, inputs: (
                abs(
                    sum(finite(answer[name]) for name in ("national", "industry_mix", "regional"))
                    - _state(task["state"], task["period"]).here["change"]
                )
                <= 0.00025
                and abs(answer["industry_mix"]) > 0
            ),
            (
                "The answer is a dictionary with the six names of the task.",
                "found.here['national'] is the first part. All three stand in `here`.",
            ),
        ),
        Criterion(
            "without its best sector the state's own part is smaller",
            0,
            lambda answer, task, inputs: (
                finite(answer["without_best"]) < finite(answer["regional"])
            ),
            (
                "What does the best sector add to the regional part? See the column `regional` of "
                "`detail`.",
                "Take the largest value of that column away from the state's regional part.",
            ),
        ),
        Criterion(
            "the industry mix is right",
            1,
            is_close_to("industry_mix", _found, 0.00006),
            public=False,
        ),
        Criterion(
            "the regional part is right", 1, is_close_to("regional", _found, 0.00006), public=False
        ),
        Criterion("the best sector is right", 1, equals("best", _found), public=False),
        Criterion("the worst sector is right", 1, equals("worst", _found), public=False),
        Criterion(
            "`without_best` is right", 1, is_close_to("without_best", _found, 0.00006), public=False
        ),
    ),
)

# --- design

STEPS = 400  # between no road and the best road that the budget allows


def _trade(task: Task, trade_cost: float, absolute: float) -> Continuum:
    return continuum(task["comparative"], task["labour"], absolute, trade_cost)


def _cost(task: Task, trade_cost: float, absolute: float) -> float:
    road = task["road_cost"] * (10 * (task["trade_cost"] - trade_cost)) ** 2
    return float(road + task["school_cost"] * (10 * (absolute - task["absolute"])) ** 2)


def _rises(task: Task, trade_cost: float, absolute: float) -> tuple[float, float]:
    """Rise of real income at home and away, as shares."""
    before = _trade(task, task["trade_cost"], task["absolute"])
    after = _trade(task, trade_cost, absolute)
    better = absolute / task["absolute"]  # what home would have more without any trade
    home = better * (1 + after.gain_home) / (1 + before.gain_home) - 1
    return home, (1 + after.gain_away) / (1 + before.gain_away) - 1


@lru_cache(maxsize=512)
def _along_the_budget(words: tuple[tuple[str, float], ...]) -> tuple[float, float, float]:
    """Rise of home's real income with schools alone, with a road alone, and with the best of both.

    Each way spends the whole budget.
    """
    task = dict(words)
    longest = min(math.sqrt(task["budget"] / task["road_cost"]) / 10, task["trade_cost"] - 1)
    cheaper = np.linspace(0, longest, STEPS + 1)
    left = np.maximum(0.0, task["budget"] - task["road_cost"] * (10 * cheaper) ** 2)
    absolute = task["absolute"] + np.sqrt(left / task["school_cost"]) / 10
    gains = log_gains(task["comparative"], task["labour"], absolute, task["trade_cost"] - cheaper)
    before = _trade(task, task["trade_cost"], task["absolute"])
    income = absolute * np.exp(gains[:, 0])
    rise = income / (task["absolute"] * (1 + before.gain_home)) - 1
    return float(rise[0]), float(rise[-1]), float(rise.max())


def _road_task(draws: Draws) -> Task:
    while True:
        task = {
            "comparative": draws.between(0.9, 1.5, 0.05),
            "labour": draws.between(1.5, 4, 0.1),
            "absolute": draws.between(0.5, 0.9, 0.05),
            "trade_cost": draws.between(1.6, 2.2, 0.05),
            "road_cost": draws.between(2, 9, 1),
            "school_cost": draws.between(2, 9, 1),
            "budget": draws.between(20, 80, 1),
        }
        if math.log(task["trade_cost"]) > 0.75 * task["comparative"]:
            continue  # hardly any trade to begin with
        schools, road, best = _along_the_budget(tuple(task.items()))
        # Something to gain, and not with one of the two means alone.
        if best > 0.04 and max(schools, road) < 0.8 * best:
            return task


def _possible(answer: Any, task: Task) -> bool:
    """True for a choice that the budget allows; any other is told why with its own numbers."""
    cost = within_range("trade_cost", answer["trade_cost"], 1, task["trade_cost"])
    absolute = within_range("absolute", answer["absolute"], task["absolute"])
    return within_budget(_cost(task, cost, absolute), task["budget"])


def _reaches(share: float) -> Holds:
    def holds(answer: Any, task: Task, inputs: Any) -> bool:
        _possible(answer, task)
        rise, _ = _rises(task, answer["trade_cost"], answer["absolute"])
        return bool(rise >= share * _along_the_budget(tuple(task.items()))[2])

    return holds


ROAD = Question(
    name="road",
    title="A road or a school, and who gains",
    task=_road_task,
    text=lambda task: (
        f"Home has one worker for {task['labour']:g} away. It is {task['absolute']:g} times as "
        f"good as the other region on the whole (`absolute`), and {task['trade_cost']:g} units "
        f"must be sent for one to arrive (`trade_cost`). The regions differ by `comparative` = "
        f"{task['comparative']:g} from good to good. You govern home, and you have a budget of "
        f"**{task['budget']} million**. Raise home's real income as far as you can.\n\n"
        "- A road lowers the trade cost. It costs "
        f"`{task['road_cost']} * (10 * ({task['trade_cost']:g} - trade_cost))**2` million.\n"
        "- Schools make home's workers better at everything. They cost "
        f"`{task['school_cost']} * (10 * (absolute - {task['absolute']:g}))**2` million.\n\n"
        "Home's real income is `absolute * (1 + gain_home)`: what it could make alone, and what "
        "trade adds. Away's is `1 + gain_away`. Give a dictionary with\n\n"
        "- `trade_cost`, `absolute`: your choice;\n"
        "- `away`: by which share away's real income changes with it, from today (3 per cent more "
        "is 0.03, less is below 0), four decimals or more.\n\n"
        "The costs are invented for this exercise. The model is `continuum` of lesson 03."
    ),
    criteria=(
        Criterion(
            "the choice is possible, and it keeps to the budget",
            1,
            lambda answer, task, inputs: _possible(answer, task),
            (
                "The answer is a dictionary: {'trade_cost': ..., 'absolute': ..., 'away': ...}.",
                "Compute both costs and add them. The trade cost is never below 1.",
            ),
        ),
        *(
            Criterion(
                f"home's real income rises by at least {share:.0%} of what the budget can do",
                points,
                _reaches(share),
                hints,
            )
            for share, points, hints in (
                (
                    0.85,
                    2,
                    (
                        "Each cost grows with the square: the first steps are the cheap ones.",
                        "Spend something on both.",
                    ),
                ),
                (
                    0.98,
                    2,
                    (
                        "Is the whole budget spent?",
                        "Go through the roads in small steps, spend what is left on schools, and "
                        "keep the best.",
                    ),
                ),
            )
        ),
        Criterion(
            "`away` is right for your choice",
            1,
            lambda answer, task, inputs: (
                _possible(answer, task)
                and abs(
                    finite(answer["away"])
                    - _rises(task, answer["trade_cost"], answer["absolute"])[1]
                )
                <= 0.00006
            ),
            public=False,
        ),
    ),
)

SET = ExerciseSet("03_division_of_labour", "Exercises 03: division of labour", (PARTS, STATE, ROAD))
