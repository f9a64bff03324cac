"""The graded set of lesson 07."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from course_lib.agglomeration.one_place import jobs_in_the_nation
from course_lib.exercises.criteria import (
    equals,
    finite,
    is_close_to,
    is_equal,
    within_budget,
    within_range,
)
from course_lib.exercises.personal_set import ExerciseSet
from course_lib.exercises.question import Criterion, Inputs, Question, Task
from course_lib.exercises.variants import Draws
from course_lib.industrial_clusters.trust import repeated_dealing
from course_lib.industrial_clusters.us_clusters import published_cells
from course_lib.measures import ellison_glaeser, plant_herfindahl

# --- write a function


def _industry(draws: Draws) -> list[list[float]]:
    """Jobs of an industry and of all in some regions, and the sizes of the industry's plants."""
    regions = draws.between(3, 6, 1)
    plants = draws.between(4, 9, 1)
    sizes = [draws.between(20, 400, 10) for _ in range(int(plants))]
    own = [0.0] * int(regions)
    for size in sizes:  # the plants stand somewhere: each number of jobs is possible
        own[int(draws.fraction() * regions)] += size
    everyone = [draws.between(1000, 9000, 100) for _ in own]
    return [own, everyone, sizes]


def _gamma(own: list[float], everyone: list[float], sizes: list[float]) -> float:
    table = pd.DataFrame({"industry": own})
    shares = np.array(everyone) / np.sum(everyone)
    found = ellison_glaeser(table, [plant_herfindahl(sizes)], region_shares=shares)
    return float(found["gamma"].item())


def _industries(draws: Draws, _: Task) -> Inputs:
    own, everyone, sizes = _industry(draws)
    halves = [size / 2 for size in sizes for _ in range(2)]
    as_all = [one / 10 for one in everyone]
    return {
        "spread": [[as_all, everyone, sizes]],
        "unit": [
            [own, everyone, sizes],
            [[10 * one for one in own], everyone, [10 * one for one in sizes]],
        ],
        "halves": [[own, everyone, sizes], [own, everyone, halves]],
        "values": [_industry(draws) for _ in range(6)],
    }


def _lumps(sizes: list[float]) -> float:
    return float(plant_herfindahl(sizes))  # type: ignore[arg-type]


GAMMA = Question(
    name="gamma",
    title="Write Ellison and Glaeser's index",
    task=lambda draws: {},
    text=lambda task: (
        "Write a function `gamma(own, everyone, plants)`. It gets three lists of persons: an "
        "industry's jobs in each region, all jobs in each region, and the size of each plant of "
        "the industry. It returns the index\n\n"
        r"$$\gamma=\frac{G/\left(1-\sum_r x_r^2\right)-H}{1-H}\qquad\text{with}\qquad "
        r"G=\sum_r (s_r-x_r)^2\quad\text{and}\quad H=\sum_k z_k^2$$"
        "\n\n"
        "Here $s_r$ and $x_r$ are the region's shares of the industry's jobs and of all jobs, and "
        "$z_k$ is the plant's share of the industry's jobs. The lists hold persons: make shares of "
        "them first. The course's own functions are switched off while yours is checked."
    ),
    inputs=_industries,
    blocked=(
        "course_lib.measures",
        "course_lib.industrial_clusters",
        "course_lib.exercises.industrial_clusters",
    ),
    criteria=(
        Criterion(
            "an industry that is spread like all jobs has -H / (1 - H)",
            1,
            lambda answer, task, inputs: is_equal(
                answer["spread"][0],
                -_lumps(inputs["spread"][0][2]) / (1 - _lumps(inputs["spread"][0][2])),
            ),
            (
                "Where the shares are the same, G is zero. Are both lists divided by their totals?",
                "H is the sum of the squared shares of the plants, not of their sizes.",
            ),
        ),
        Criterion(
            "ten times as many people in the industry and its plants change nothing",
            1,
            lambda answer, task, inputs: (
                is_equal(*answer["unit"]) and abs(finite(answer["unit"][0])) > 1e-9
            ),
            ("Only shares count. Which of the three lists is not divided by its total?",),
        ),
        Criterion(
            "if each plant is cut into two equal ones, the index changes as H does",
            1,
            lambda answer, task, inputs: _halves_fit(answer["halves"], inputs["halves"]),
            (
                "H stands twice: it is taken off above the line, and 1 - H is below it.",
                "Put brackets around the whole of what stands above the line.",
            ),
        ),
        Criterion(
            "the value is right for six other industries",
            2,
            lambda answer, task, inputs: all(
                is_equal(found, _gamma(*given))
                for found, given in zip(answer["values"], inputs["values"], strict=True)
            ),
            public=False,
        ),
    ),
)


def _halves_fit(found: list[Any], given: Any) -> bool:
    """From gamma and H follows the rest, and that does not change when plants are cut."""
    rest = [
        finite(gamma) * (1 - _lumps(sizes)) + _lumps(sizes)
        for gamma, (_, _, sizes) in zip(found, given, strict=True)
    ]
    return is_equal(*rest) and not is_equal(*found)


# --- read a cluster from figures


@lru_cache(maxsize=1)
def _states() -> pd.DataFrame:
    return published_cells("US states")


def _strong(state: str, quotient: float, share: float, plants: float) -> pd.DataFrame:
    """The state's strong clusters by the rule, the highest location quotient first."""
    cells = _states()
    here = cells[
        (cells["place"] == state)
        & (cells["location_quotient"] >= quotient)
        & (cells["national_share"] >= share)
        & (cells["plants"] >= plants)
    ]
    return here.sort_values("location_quotient", ascending=False)


def _found(task: Task) -> dict[str, Any]:
    strong = _strong(task["state"], task["quotient"], task["share"], task["plants"])
    first = strong.iloc[0]
    return {
        "count": len(strong),
        "first": first["industry"],
        "quotient": float(first["location_quotient"]),
        "rank": int(first["rank"]),
    }


def _rule_task(draws: Draws) -> Task:
    """A state and a rule by which it has clusters, none of them on the edge of the rule."""
    names = sorted(set(_states()["place"]))
    while True:
        state = draws.choice(names)
        rule = {
            "quotient": draws.choice([1.2, 1.3, 1.4, 1.5]),
            "share": draws.choice([0.02, 0.025, 0.03, 0.04]),
            "plants": draws.choice([10, 20, 50, 100]),
        }
        strong = _strong(state, **rule)
        wider = _strong(state, 0.99 * rule["quotient"], 0.99 * rule["share"], rule["plants"])
        inner = _strong(state, 1.01 * rule["quotient"], 1.01 * rule["share"], rule["plants"])
        loose = _strong(state, rule["quotient"], 0.0, 1)  # the quotient alone is not enough
        quotients = strong["location_quotient"].to_numpy()
        if (
            2 <= len(strong) == len(wider) == len(inner) < len(loose)
            and quotients[0] > 1.03 * quotients[1]
        ):
            return {"state": state, **rule}


RULE = Question(
    name="rule",
    title="Read a state's clusters from the figures",
    task=_rule_task,
    text=lambda task: (
        f"Your state is **{task['state']}**, in 2019. Here a cluster is an industry in which the "
        f"state has a location quotient of **{task['quotient']:g}** or more, "
        f"**{task['share']:.1%}** or more of the nation's jobs, and **{task['plants']}** plants or "
        "more, all three at once. Give a dictionary with\n\n"
        "- `count`: how many clusters your state has by this rule;\n"
        "- `first`: of these, the industry with the highest location quotient, its name as in the "
        "table;\n"
        "- `quotient`: that location quotient, two decimals or more;\n"
        "- `rank`: your state's place by location quotient among the states that publish a figure "
        "for this industry. The highest quotient has rank 1.\n\n"
        "The answer cell loads the table. `state_employment` and `us_employment` are all jobs of "
        "the state, and all of the nation's jobs in the industry; `establishments` are plants. The "
        f"nation has {jobs_in_the_nation():,} jobs in all. Withheld cells are not in the table: "
        "they are not zero."
    ),
    criteria=(
        Criterion(
            "the answer has the form of the task: a count, an industry, a quotient that obeys the "
            "rule, a rank",
            1,
            lambda answer, task, inputs: (
                finite(answer["count"]) >= 1
                and answer["first"]
                in set(_states()["industry"][_states()["place"] == task["state"]])
                and finite(answer["quotient"]) >= task["quotient"]
                and 1 <= finite(answer["rank"]) <= 51
            ),
            (
                "The answer is a dictionary with the four names of the task.",
                "quotient = (jobs / state_employment) / (us_employment / the nation's jobs).",
                "The name of the industry is spelled as in the table's column `industry`.",
            ),
        ),
        Criterion(
            "the number of clusters is right",
            2,
            is_close_to("count", _found, 0.5),
            public=False,
        ),
        Criterion(
            "the first industry is right",
            1,
            equals("first", _found),
            public=False,
        ),
        Criterion(
            "its quotient is right",
            1,
            is_close_to("quotient", _found, 0.006),
            public=False,
        ),
        Criterion(
            "the state's rank is right",
            1,
            is_close_to("rank", _found, 0.5),
            public=False,
        ),
    ),
)

# --- design

REWARD, SHUNNED = 3.0, 1.0
SLACK = 1.12  # the budget over the least cost: wide enough to be found in steps of 0.01 and 0.1


def _pays(task: Task, detection: float, fine: float) -> bool:
    return repeated_dealing(
        detection, task["patience"], fine, task["temptation"], REWARD, SHUNNED
    ).honest_pays


def _cost(task: Task, detection: float, fine: float) -> float:
    return (
        task["watching"] * (100 * (detection - task["gossip"])) ** 2 / 1000
        + task["mistakes"] * fine
    )


def _alone(task: Task) -> dict[str, float]:
    """The chance of being found out that would be enough without a fine."""
    gain = task["temptation"] - REWARD
    loss = task["patience"] * (REWARD - SHUNNED) / (1 - task["patience"])
    return {"alone": gain / loss}


def _least_cost(task: Task) -> float:
    """Of all ways that make honest dealing pay, the cheapest: along the edge where it just does."""
    gain = task["temptation"] - REWARD
    loss = task["patience"] * (REWARD - SHUNNED) / (1 - task["patience"])
    detection = np.linspace(task["gossip"], gain / loss, 2001)
    fine = gain / detection - loss
    return float(
        (
            task["watching"] * (100 * (detection - task["gossip"])) ** 2 / 1000
            + task["mistakes"] * fine
        ).min()
    )


def _association_task(draws: Draws) -> Task:
    while True:
        task = {
            "temptation": draws.between(4.4, 6.0, 0.1),
            "patience": draws.between(0.4, 0.68, 0.02),
            "gossip": draws.between(0.1, 0.3, 0.01),
        }
        alone = _alone(task)["alone"]
        if not 0.6 < alone < 0.97:
            continue
        # Watching alone and a fine alone would both cost about ten
        task["watching"] = round(10 / ((100 * (alone - task["gossip"])) ** 2 / 1000), 2)
        fine = (task["temptation"] - REWARD) / task["gossip"] - (
            task["temptation"] - REWARD
        ) / alone
        task["mistakes"] = round(10 / fine, 2)
        task["budget"] = round(SLACK * _least_cost(task) + 0.005, 2)
        if task["budget"] < 7.5:
            return task


def _is_within(answer: Any, task: Task) -> bool:
    """True for a pair that the budget allows; any other is told why with its own numbers."""
    detection = within_range("detection", answer["detection"], task["gossip"], 1)
    fine = within_range("fine", answer["fine"], 0)
    return within_budget(_cost(task, detection, fine), task["budget"], unit="")


ASSOCIATION = Question(
    name="association",
    title="Make honest dealing pay, within a budget",
    task=_association_task,
    text=lambda task: (
        "Firms of your town earn 3 in a round of honest dealing, and 1 when they are shunned. A "
        f"cheat brings **{task['temptation']:g}** once. Next round's money counts "
        f"**{task['patience']:g}** of today's. Gossip finds out **{task['gossip']:.0%}** of "
        "cheats, and that is not enough.\n\nAn association can do two things. It can *watch*, so "
        "that a larger part of cheats is found out: that costs "
        f"{task['watching']:g} × (percentage points above gossip)² / 1000. And it can *fine* those "
        "who are found out. A fine hits honest firms too, by mistake: a fine of 1 costs them "
        f"{task['mistakes']:g}. Both together may cost **{task['budget']:g}** at most, for each "
        "firm.\n\nFind what makes honest dealing pay. Give a dictionary with\n\n"
        "- `detection`: the chance that a cheat is found out, from gossip's to 1;\n"
        "- `fine`: the fine, 0 or more. More than one pair will do;\n"
        "- `alone`: the chance that would be enough without any fine, and without a look at the "
        "budget, three decimals or more.\n\n"
        "The model is `repeated_dealing` of lesson 07. The answer cell shows how to call it."
    ),
    criteria=(
        Criterion(
            "something is done, and it costs no more than the budget",
            1,
            lambda answer, task, inputs: _is_within(answer, task),
            (
                "The answer is a dictionary: {'detection': ..., 'fine': ..., 'alone': ...}.",
                "`cost` in the answer cell says what a pair costs. A chance of 40 per cent is 0.4.",
            ),
        ),
        Criterion(
            "honest dealing pays, within the budget",
            3,
            lambda answer, task, inputs: (
                _is_within(answer, task) and _pays(task, answer["detection"], answer["fine"])
            ),
            (
                "`honest_pays` of the result says whether it does.",
                "Neither means alone is cheap enough. The first points of watching cost little.",
                "Go through the chances in steps of 0.01. For each, find the smallest fine with "
                "which honest dealing pays, and look at the cost.",
            ),
        ),
        Criterion(
            "`alone` is right",
            2,
            is_close_to("alone", _alone, 0.002),
            public=False,
        ),
    ),
)

SET = ExerciseSet(
    "07_industrial_clusters", "Exercises 07: industrial clusters", (GAMMA, RULE, ASSOCIATION)
)
