"""The graded set of lesson 08."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from course_lib import datasets
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
from course_lib.innovation_and_synergy.learning import Learning, learning
from course_lib.innovation_and_synergy.synergy import PARTNERS, learning_ability

# --- write a function


def _cost(
    own: float, others: float, spillover: float, absorption: float, progress_ratio: float
) -> float:
    experience = 1 + own + spillover * absorption * others
    return float(100 * experience ** math.log2(progress_ratio))


def _firms(draws: Draws, _: Task) -> Inputs:
    def firm() -> list[float]:
        return [
            draws.between(20, 400, 1),
            draws.between(100, 2000, 10),
            draws.between(0.1, 0.9, 0.05),
            draws.between(0.1, 0.9, 0.05),
            draws.between(0.7, 0.9, 0.01),
        ]

    own, others, spillover, absorption, ratio = firm()
    return {
        "first": [[0, 0, spillover, absorption, ratio]],
        "doubled": [
            [own, others, 0, absorption, ratio],
            [2 * own + 1, others, 0, absorption, ratio],
        ],
        "alike": [[own, others, 1, 1, ratio], [own + others, 0, spillover, absorption, ratio]],
        "both_needed": [
            [own, others, 0, absorption, ratio],
            [own, others, spillover, 0, ratio],
            [own, others, spillover, absorption, ratio],
        ],
        "values": [firm() for _ in range(6)],
    }


COST = Question(
    name="cost",
    title="Write what a unit costs a firm that listens",
    task=lambda draws: {},
    text=lambda task: (
        "Write a function `cost(own, others, spillover, absorption, progress_ratio)`. It returns "
        "what the next unit costs a firm.\n\n"
        "- `own`: units that the firm has made so far; `others`: units that all other firms "
        "together have made so far;\n"
        "- `spillover`: part of the others' experience that is in the air; `absorption`: part of "
        "what is in the air that the firm can use;\n"
        "- `progress_ratio`: what is left of the cost when experience doubles.\n\n"
        "Experience counts the unit that is being made, so a firm's very first unit has an "
        "experience of 1 if nobody has made anything. That unit costs 100. The course's own "
        "functions are switched off while yours is checked."
    ),
    inputs=_firms,
    blocked=(
        "course_lib.innovation_and_synergy",
        "course_lib.agglomeration",
        "course_lib.exercises.innovation_and_synergy",
    ),
    criteria=(
        Criterion(
            "the very first unit costs 100, and twice the experience leaves the progress ratio",
            1,
            lambda answer, task, inputs: (
                is_equal(answer["first"][0], 100)
                and is_equal(
                    finite(answer["doubled"][1]) / answer["doubled"][0],
                    inputs["doubled"][0][4],
                )
            ),
            (
                "Experience is 1 + own + what is learnt from others.",
                "Here nothing is in the air, and experience goes from 1 + own to twice that.",
                "The exponent is log2(progress_ratio), a number below 0.",
            ),
        ),
        Criterion(
            "if all is in the air and all can be used, others' units count like one's own",
            1,
            lambda answer, task, inputs: (
                is_equal(answer["alike"][0], answer["alike"][1])
                and finite(answer["alike"][0]) < answer["doubled"][0]
            ),
            (
                "What stands in front of `others` in your formula? Put 1 for both parts.",
                "spillover * absorption * others is added to the firm's own units.",
            ),
        ),
        Criterion(
            "knowledge must be in the air and be usable: one of them alone does nothing",
            1,
            lambda answer, task, inputs: (
                is_equal(answer["both_needed"][0], answer["both_needed"][1])
                and finite(answer["both_needed"][2]) < answer["both_needed"][0]
            ),
            ("Are spillover and absorption multiplied by each other, or added?",),
        ),
        Criterion(
            "the value is right for six other firms",
            2,
            lambda answer, task, inputs: all(
                is_equal(found, _cost(*given))
                for found, given in zip(answer["values"], inputs["values"], strict=True)
            ),
            public=False,
        ),
    ),
)

# --- estimate from real figures


@lru_cache(maxsize=1)
def _patents() -> tuple[pd.DataFrame, pd.Series]:
    """Patents by year and code, and jobs by code for the metros that are in both tables."""
    table = datasets.metro_patents().pivot(index="year", columns="cbsa_code", values="patents")
    jobs = datasets.us_metro_industry_employment().groupby("cbsa_code")["metro_employment"].first()
    return table, jobs[jobs.index.isin(table.columns)]


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Code to name, as the table of jobs has it."""
    table = datasets.us_metro_industry_employment().drop_duplicates("cbsa_code")
    names = dict(zip(table["cbsa_code"], table["metro"], strict=True))
    return {code: names[code] for code in _patents()[1].index}


def _found(task: Task) -> dict[str, Any]:
    patents, jobs = _patents()
    first, last = patents.loc[task["first"]].to_dict(), patents.loc[task["last"]].to_dict()
    code = task["code"]
    share_first = first[code] / sum(first.values())
    share_last = last[code] / sum(last.values())
    rates = {metro: 1000 * last[metro] / count for metro, count in jobs.to_dict().items()}
    return {
        "share_first": share_first,
        "share_last": share_last,
        "rate": rates[code],
        "rank": 1 + sum(rate > rates[code] for rate in rates.values()),
        "faster": "yes" if share_last > share_first else "no",
    }


METRO = Question(
    name="metro",
    title="How inventive is your metro?",
    task=lambda draws: {
        "code": draws.choice(sorted(_names())),
        "first": draws.between(2000, 2004, 1),
        "last": draws.between(2011, 2015, 1),
    },
    text=lambda task: (
        f"Your metro is **{_names()[task['code']]}** (code {task['code']}), from "
        f"**{task['first']}** to **{task['last']}**. Give a dictionary with\n\n"
        "- `share_first`, `share_last`: your metro's share of the patents of all 100 metros of the "
        "table, in the first and in the last year (5 per cent is 0.05), five decimals or more;\n"
        "- `rate`: patents of the last year for each thousand jobs, three decimals or more;\n"
        "- `rank`: where your metro stands by this rate among the metros that are in both tables, "
        "1 for the highest;\n"
        '- `faster`: "yes" or "no": did its patents grow faster than those of all 100 metros '
        "together?\n\n"
        "The answer cell loads both tables. Join them by `cbsa_code`: the names differ between the "
        "offices. `metro_employment` is all jobs of a metro in 2019. A metro that is absent from "
        "the patents has few, not none: leave it out."
    ),
    criteria=(
        Criterion(
            "the two shares say the same about growth as `faster`",
            0,
            lambda answer, task, inputs: (
                0 < finite(answer["share_first"]) < 0.5
                and 0 < finite(answer["share_last"]) < 0.5
                and answer["faster"]
                == ("yes" if answer["share_last"] > answer["share_first"] else "no")
            ),
            (
                "The answer is a dictionary with the five names of the task.",
                "A share is your metro's patents of a year over those of all 100 metros in it.",
                "Who grows faster than all together gains in share.",
            ),
        ),
        Criterion(
            "the first share is right", 1, is_close_to("share_first", _found, 6e-6), public=False
        ),
        Criterion(
            "the last share is right", 1, is_close_to("share_last", _found, 6e-6), public=False
        ),
        Criterion("the rate is right", 2, is_close_to("rate", _found, 0.0006), public=False),
        Criterion("the rank is right", 1, equals("rank", _found), public=False),
        Criterion("`faster` is right", 1, equals("faster", _found), public=False),
    ),
)

# --- design: let the latecomers catch up

STEPS = 40  # parts into which a budget is cut in search of the best policy


def _today(task: Task) -> list[float]:
    return [task[name] for name in PARTNERS]


def _district(task: Task, spillover: float, partners: list[float]) -> Learning:
    return learning(
        spillover=spillover,
        absorption=float(learning_ability(partners, task["substitution"])),
        latecomers=task["latecomers"],
        entry_year=task["entry_year"],
    )


def _spent(task: Task, spillover: float, partners: list[float]) -> float:
    steps = [spillover - task["spillover"]]
    steps += [new - old for new, old in zip(partners, _today(task), strict=True)]
    prices = [task["workshop_cost"], *task["partner_costs"]]
    return float(sum(price * (10 * step) ** 2 for price, step in zip(prices, steps, strict=True)))


def _leads(task: Task, spillover: np.ndarray, partners: np.ndarray) -> np.ndarray:
    """Lead of the leader in year 40 for many policies at once; see `learning`."""
    absorption = learning_ability(partners, task["substitution"])
    leader, late = 400.0, 10.0 * (40 - task["entry_year"])
    count = task["latecomers"]
    experience = 1 + leader + spillover * count * late
    latecomer = 1 + late + spillover * absorption * (leader + (count - 1) * late)
    return np.asarray((experience / latecomer) ** -math.log2(0.8) - 1)


def _moves(task: Task, money: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What shares of the budget, for workshops and three partners, make of today's district."""
    prices = np.array([task["workshop_cost"], *task["partner_costs"]])
    steps = np.sqrt(task["budget"] * np.maximum(money, 0) / prices) / 10
    spillover = np.minimum(1.0, task["spillover"] + steps[..., 0])
    return spillover, np.minimum(1.0, np.array(_today(task)) + steps[..., 1:])


@lru_cache(maxsize=256)
def _least_lead(words: tuple[tuple[str, Any], ...]) -> tuple[float, float]:
    """The least lead that the budget can reach, and the least with one means alone."""
    task = dict(words)
    parts = np.array(
        [
            (a, b, c, STEPS - a - b - c)
            for a in range(STEPS + 1)
            for b in range(STEPS + 1 - a)
            for c in range(STEPS + 1 - a - b)
        ]
    )
    shares = parts / STEPS
    best = shares[int(np.argmin(_leads(task, *_moves(task, shares))))]
    width = 1 / STEPS
    for _ in range(6):  # again around the best one, on a grid that is finer each time
        offsets = np.linspace(-width, width, 9)
        around = best[:3] + np.stack(np.meshgrid(offsets, offsets, offsets), -1).reshape(-1, 3)
        around = np.column_stack([around, 1 - around.sum(axis=1)])
        around = around[(around >= 0).all(axis=1)]
        best = around[int(np.argmin(_leads(task, *_moves(task, around))))]
        width /= 4
    alone = float(_leads(task, *_moves(task, np.eye(4))).min())
    return float(_leads(task, *_moves(task, best[np.newaxis]))[0]), alone


def _words(task: Task) -> tuple[tuple[str, Any], ...]:
    return tuple((name, tuple(v) if isinstance(v, list) else v) for name, v in task.items())


def _gains_per_million(task: Task) -> list[float]:
    """What the first 0.1 more of each partner adds to the ability, for each million."""
    today = _today(task)
    ability = learning_ability(today, task["substitution"])
    more = learning_ability(np.array(today) + 0.1 * np.eye(3), task["substitution"])
    return [
        float(gain) / cost for gain, cost in zip(more - ability, task["partner_costs"], strict=True)
    ]


def _district_task(draws: Draws) -> Task:
    while True:
        task: dict[str, Any] = {
            "spillover": draws.between(0.1, 0.2, 0.05),
            "latecomers": draws.between(2, 4, 1),
            "entry_year": draws.between(12, 20, 1),
            "entrepreneurs": draws.between(0.2, 0.6, 0.05),
            "government": draws.between(0.2, 0.6, 0.05),
            "association": draws.between(0.2, 0.6, 0.05),
            "substitution": draws.choice([0.4, 0.5, 0.6, 0.8, 1.5, 2.0]),
            "workshop_cost": draws.between(2, 6, 1),
            "partner_costs": [draws.between(2, 6, 1) for _ in range(3)],
            "budget": draws.between(40, 90, 5),
        }
        ranked = sorted(_gains_per_million(task))
        if ranked[-1] < 1.1 * ranked[-2]:
            continue  # which partner comes first would be a matter of decimals
        before = _district(task, task["spillover"], _today(task)).lead
        least, alone = _least_lead(_words(task))
        # Something to gain, and not with one of the means alone.
        if before - least > 0.04 and before - alone < 0.75 * (before - least):
            return task


def _policy(answer: Any) -> tuple[float, list[float]]:
    return finite(answer["spillover"]), [finite(answer[name]) for name in PARTNERS]


def _possible(answer: Any, task: Task) -> bool:
    """True for a choice that the budget allows; any other is told why with its own numbers."""
    for name in ("spillover", *PARTNERS):
        within_range(name, answer[name], task[name], 1)
    return within_budget(_spent(task, *_policy(answer)), task["budget"])


def _reaches(share: float) -> Holds:
    def holds(answer: Any, task: Task, inputs: Any) -> bool:
        _possible(answer, task)
        before = _district(task, task["spillover"], _today(task)).lead
        least, _ = _least_lead(_words(task))
        return bool(before - _district(task, *_policy(answer)).lead >= share * (before - least))

    return holds


def _right_first(task: Task) -> dict[str, Any]:
    gains = _gains_per_million(task)
    return {"first": PARTNERS[gains.index(max(gains))]}


DISTRICT = Question(
    name="district",
    title="Let the latecomers catch up",
    task=_district_task,
    text=lambda task: (
        f"In your district {task['latecomers']} firms enter in year {task['entry_year']}. A part "
        f"of **{task['spillover']:g}** of what each firm learns is in the air. What latecomers can "
        "use of it, their absorptive capacity, is the region's learning ability: entrepreneurs "
        f"are **{task['entrepreneurs']:g}** strong, the government **{task['government']:g}**, the "
        f"association **{task['association']:g}**, and the elasticity of substitution is "
        f"**{task['substitution']:g}**. You have a budget of **{task['budget']} million**. Bring "
        "the leader's lead in year 40 down as far as you can.\n\n"
        "- Open workshops put more in the air. They cost "
        f"`{task['workshop_cost']} * (10 * (spillover - {task['spillover']:g}))**2` million.\n"
        + "".join(
            f"- To strengthen the {name} costs "
            f"`{cost} * (10 * ({name} - {task[name]:g}))**2` million.\n"
            for name, cost in zip(PARTNERS, task["partner_costs"], strict=True)
        )
        + "\nNothing may be weaker than today, and nothing above 1. Give a dictionary with\n\n"
        "- `spillover`, `entrepreneurs`, `government`, `association`: your choice;\n"
        '- `first`: which partner ("entrepreneurs", "government" or "association") adds most to '
        "today's learning ability for each million, if it alone becomes 0.1 stronger than "
        "today;\n"
        "- `lead`: the lead in year 40 with your choice (5 per cent is 0.05), four decimals or "
        "more.\n\n"
        "The costs are invented for this exercise. The models are `learning` and "
        "`learning_ability` of lesson 08; the answer cell shows how to put them together."
    ),
    criteria=(
        Criterion(
            "the choice is possible, and it keeps to the budget",
            1,
            lambda answer, task, inputs: _possible(answer, task),
            (
                "The answer is a dictionary with the six names of the task.",
                "Add the four costs. None of the four numbers may be below today's, or above 1.",
            ),
        ),
        *(
            Criterion(
                f"the lead falls by at least {share:.0%} of what the budget can do",
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
                        "What is in the air and what can be used of it are multiplied: spend on "
                        "both.",
                    ),
                ),
                (
                    0.97,
                    2,
                    (
                        "Is the whole budget spent?",
                        "Draw many random ways to split the budget in four, and keep the best.",
                    ),
                ),
            )
        ),
        Criterion(
            "the partner to add first is right", 1, equals("first", _right_first), public=False
        ),
        Criterion(
            "`lead` is right for your choice",
            1,
            lambda answer, task, inputs: (
                _possible(answer, task)
                and abs(finite(answer["lead"]) - _district(task, *_policy(answer)).lead) <= 0.00006
            ),
            public=False,
        ),
    ),
)

SET = ExerciseSet(
    "08_innovation_and_synergy",
    "Exercises 08: innovation and synergy",
    (COST, METRO, DISTRICT),
)
