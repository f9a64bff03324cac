"""The graded set of lesson 02."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from course_lib.agglomeration.core_periphery import (
    CorePeriphery,
    break_point,
    core_periphery,
    sustain_point,
)
from course_lib.agglomeration.one_place import jobs_in_the_nation, metro_shares
from course_lib.exercises.criteria import equals, finite, is_close_to, is_equal
from course_lib.exercises.personal_set import ExerciseSet
from course_lib.exercises.question import Criterion, Inputs, Question, Task
from course_lib.exercises.variants import Draws

# --- write a function


def _tastes(draws: Draws) -> list[float]:
    """Sigma and mu, at some distance from the black hole."""
    sigma = draws.between(3, 8, 0.25)
    return [sigma, round((sigma - 1) / sigma * draws.between(0.2, 0.7, 0.01), 4)]


def _breaks(sigma: float, mu: float) -> float:
    return break_point(sigma, mu)


def _worlds(draws: Draws, _: Task) -> Inputs:
    sigma, mu = _tastes(draws)
    return {
        "spending": [[sigma, 0.5 * mu], [sigma, mu]],
        "scale": [[sigma, mu], [sigma + 2, mu]],
        "core": [_tastes(draws) for _ in range(3)],
        "values": [_tastes(draws) for _ in range(6)],
    }


def _core_holds(cost: float, sigma: float, mu: float) -> bool:
    """Whether a worker who leaves a core would earn less: the condition of the sustain point."""
    near = (1 + mu) / 2 * cost ** (1 - sigma - mu * sigma)
    far = (1 - mu) / 2 * cost ** (sigma - 1 - mu * sigma)
    return cost > 1 and near + far < 1


BREAK = Question(
    name="breaks",
    title="Write the break point",
    task=lambda draws: {},
    text=lambda task: (
        "Write a function `breaks(sigma, mu)`. It returns the transport cost below which an even "
        "spread of workers breaks up.\n\n"
        r"$$T_B=\left[\frac{(\rho+\mu)(1+\mu)}{(\rho-\mu)(1-\mu)}\right]^{1/(\sigma-1)}"
        r"\qquad\text{with}\qquad \rho=\frac{\sigma-1}{\sigma}$$"
        "\n\n"
        "Here $\\sigma$ says how easily buyers replace one good by another, and $\\mu$ is the "
        "share of income spent on manufactured goods. You may take for granted that "
        "$\\rho > \\mu$. The course's own functions are switched off while yours is checked."
    ),
    inputs=_worlds,
    blocked=("course_lib.agglomeration", "course_lib.exercises.agglomeration"),
    criteria=(
        Criterion(
            "with more spending on manufactures an even spread breaks up at a higher cost",
            1,
            lambda answer, task, inputs: finite(answer["spending"][0]) < answer["spending"][1],
            (
                "Mu stands four times in the formula. Which two of them make the bracket larger?",
                "Put brackets around each sum and each difference.",
            ),
        ),
        Criterion(
            "if goods are easier to replace, it breaks up at a lower cost",
            1,
            lambda answer, task, inputs: finite(answer["scale"][0]) > answer["scale"][1],
            (
                "Rho is (sigma - 1) / sigma. Is it computed from the sigma that the function gets?",
                "The power is 1 / (sigma - 1), in brackets.",
            ),
        ),
        Criterion(
            "a core that is there would hold at that cost",
            1,
            lambda answer, task, inputs: (
                all(
                    _core_holds(finite(found), *given)
                    for found, given in zip(answer["core"], inputs["core"], strict=True)
                )
                and not is_equal(*answer["spending"])
            ),
            (
                "The break point lies above 1 and below the sustain point.",
                "With sigma = 5 and mu = 0.4 the bracket is 7, and the break point its fourth "
                "root.",
            ),
        ),
        Criterion(
            "the value is right for six other worlds",
            2,
            lambda answer, task, inputs: all(
                is_equal(found, _breaks(*given))
                for found, given in zip(answer["values"], inputs["values"], strict=True)
            ),
            public=False,
        ),
    ),
)

# --- estimate from real figures


@lru_cache(maxsize=1)
def _shares() -> pd.DataFrame:
    return metro_shares()


@lru_cache(maxsize=1)
def _metros() -> list[str]:
    """Metros whose first industry is clearly ahead of their second."""
    first_two = _shares().groupby("metro")["share"].nlargest(2).groupby(level="metro")
    return sorted(str(metro) for metro, (one, two) in first_two if one > 1.02 * two)


def _found(task: Task) -> dict[str, Any]:
    shares = _shares()
    here = shares[shares["metro"] == task["metro"]].nlargest(1, "share").iloc[0]
    rivals = shares[shares["industry"] == here["industry"]]
    return {
        "industry": here["industry"],
        "share": float(here["share"]),
        "quotient": float(here["share"] / here["share_of_all_jobs"]),
        "leader": rivals.nlargest(1, "share")["metro"].iloc[0],
        "share_of_all_jobs": float(here["share_of_all_jobs"]),
    }


HOME = Question(
    name="home",
    title="What is your metro's own industry?",
    task=lambda draws: {"metro": draws.choice(_metros())},
    text=lambda task: (
        f"Your metro is **{task['metro']}**, in 2019. Of the industries in the table, find the one "
        "of whose jobs in the nation the largest *share* is in your metro. Give a dictionary "
        "with\n\n"
        "- `industry`: its name as in the table;\n"
        "- `share`: your metro's share of the nation's jobs in it (a third is 0.333), four "
        "decimals or more;\n"
        "- `quotient`: that share over the metro's share of all jobs, two decimals or more;\n"
        "- `leader`: the metro with most of the nation's jobs in this industry, as in the table. "
        "It may be your own.\n\n"
        "The answer cell loads the table. `metro_employment` and `us_employment` are all jobs of "
        "the metro, and all of the nation's jobs in the industry. The nation has "
        f"{jobs_in_the_nation():,} jobs in all. Withheld cells are not in the table: they are not "
        "zero."
    ),
    criteria=(
        Criterion(
            "share and quotient belong together",
            1,
            lambda answer, task, inputs: (
                0 < finite(answer["share"]) <= 1
                and abs(
                    finite(answer["quotient"]) * _found(task)["share_of_all_jobs"] / answer["share"]
                    - 1
                )
                < 0.02
            ),
            (
                "The answer is a dictionary with the four names of the task.",
                "The metro's share of all jobs is metro_employment over the nation's jobs.",
                "share = here['employment'] / here['us_employment'], for your metro's rows.",
            ),
        ),
        Criterion(
            "the industry is your metro's first by share, and not by number of jobs",
            2,
            equals("industry", _found),
            public=False,
        ),
        Criterion(
            "the share is right",
            1,
            is_close_to("share", _found, 0.00006),
            public=False,
        ),
        Criterion(
            "the quotient is right",
            1,
            is_close_to("quotient", _found, 0.006),
            public=False,
        ),
        Criterion(
            "the leader is right",
            1,
            equals("leader", _found),
            public=False,
        ),
    ),
)

# --- design

WITHIN = 0.002  # of a landmark


def _world(task: Task, cost: float, start: float) -> CorePeriphery:
    return core_periphery(task["sigma"], task["mu"], cost, start)


def _landmarks(task: Task) -> dict[str, float]:
    tastes = task["sigma"], task["mu"]
    return {"gather": break_point(*tastes), "stay": sustain_point(*tastes)}


def _history_task(draws: Draws) -> Task:
    while True:
        sigma, mu = _tastes(draws)
        breaks, sustains = break_point(sigma, mu), sustain_point(sigma, mu)
        somewhere = breaks + draws.between(0.3, 0.7, 0.01) * (sustains - breaks)
        uneven = core_periphery(sigma, mu, somewhere).equilibria[-2].share
        low, high = round(uneven - 0.03, 2), round(uneven + 0.03, 2)
        # Wide enough a window between the landmarks to be found with three decimals.
        if sustains - breaks > 0.03 and low > 0.6 and high < 0.97:
            return {"sigma": sigma, "mu": mu, "low": low, "high": high}


def _both_last(cost: Any, task: Task) -> bool:
    stable = _world(task, finite(cost), 0.5).stable_shares
    return 0.5 in stable and 1.0 in stable


HISTORY = Question(
    name="history",
    title="Find the transport cost at which history decides",
    task=_history_task,
    text=lambda task: (
        f"In your world sigma is **{task['sigma']:g}** and mu is **{task['mu']:g}**. Two histories "
        f"have led to today: in one of them {task['low']:.0%} of the workers are in region 1, in "
        f"the other {task['high']:.0%}.\n\nChoose the transport cost so that the first history "
        "ends with workers spread evenly, and the second one with all of them in region 1. Give a "
        "dictionary with\n\n"
        "- `cost`: that transport cost. More than one will do;\n"
        "- `gather`: the cost below which an even spread breaks up;\n"
        "- `stay`: the cost up to which a core, once it is there, holds; both with three decimals "
        "or more.\n\n"
        "The model is `core_periphery` of lesson 02. The answer cell shows how to call it, and how "
        "to see where a history ends."
    ),
    criteria=(
        Criterion(
            "at your cost an even spread and a core can both last",
            2,
            lambda answer, task, inputs: _both_last(answer["cost"], task),
            (
                "The answer is a dictionary: {'cost': ..., 'gather': ..., 'stay': ...}.",
                "`stable_shares` of the result names the shares that last: 0.5 is an even spread.",
                "Try costs between the break point and the sustain point of the result.",
            ),
        ),
        Criterion(
            "the two histories end in two different ways",
            2,
            lambda answer, task, inputs: (
                _both_last(answer["cost"], task)
                and _world(task, answer["cost"], task["low"]).ends_at.share == 0.5
                and _world(task, answer["cost"], task["high"]).ends_at.share == 1
            ),
            (
                "`ends_at.share` of the result says where a history ends.",
                "If both end in the core, transport is still too cheap. If both end evenly, it is "
                "too dear.",
                "Go through the costs in steps of 0.001 and look at both histories at each.",
            ),
        ),
        Criterion(
            "`gather` is right",
            1,
            is_close_to("gather", _landmarks, WITHIN),
            public=False,
        ),
        Criterion(
            "`stay` is right",
            1,
            is_close_to("stay", _landmarks, WITHIN),
            public=False,
        ),
    ),
)

SET = ExerciseSet("02_agglomeration", "Exercises 02: agglomeration", (BREAK, HOME, HISTORY))
