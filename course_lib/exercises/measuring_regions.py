"""The graded set of lesson 01."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from course_lib import measures
from course_lib.datasets import REGION_SCHEMES, china_provinces
from course_lib.exercises.personal_set import ExerciseSet
from course_lib.exercises.question import Criterion, Holds, Inputs, Question, Task
from course_lib.exercises.variants import Draws

# --- write a function


def _theil(incomes: list[float], people: list[float]) -> float:
    income, weight = np.asarray(incomes, float), np.asarray(people, float)
    f, s = weight / weight.sum(), income * weight / (income * weight).sum()
    return float(np.sum(s * np.log(s / f)))


def _countries(draws: Draws, _: Task) -> Inputs:
    def country(regions: int) -> list[list[float]]:
        incomes = [half / 2 for half in draws.sample(range(6, 121), regions)]
        return [incomes, [draws.between(1, 90, 1) for _ in range(regions)]]

    same = draws.between(4, 40, 0.5)
    incomes, people = country(4)
    rate = draws.between(2, 9, 0.5)
    return {
        "equal": [[[same] * 4, country(4)[1]]],
        "money": [[incomes, people], [[rate * income for income in incomes], people]],
        "merged": [
            [[incomes[0], incomes[1], incomes[1]], [people[0], people[1], people[2]]],
            [[incomes[0], incomes[1]], [people[0], people[1] + people[2]]],
        ],
        "values": [country(regions) for regions in (2, 3, 6, 12, 30)],
    }


def _close(one: Any, other: Any) -> bool:
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)


def _differ(answer: Any) -> bool:
    """Whether different countries get different values above 0: a constant has all properties."""
    one, other = answer["money"][0], answer["merged"][0]
    return min(one, other) > 0 and not _close(one, other)


THEIL = Question(
    name="theil",
    title="Write Theil's index, with people counted",
    task=lambda draws: {},
    text=lambda task: (
        "Write a function `theil(incomes, people)`. It gets a list of incomes per head and a list "
        "of people, one entry for each region, and returns Theil's index in which each person "
        "counts the same.\n\n"
        r"$$T=\sum_i s_i \ln\frac{s_i}{f_i}$$"
        "\n\n"
        "Here $f_i$ is the region's share of all people, and $s_i$ its share of all income. All "
        "incomes are above 0. The function `course_lib.measures.theil` is switched off while your "
        "own function is checked."
    ),
    inputs=_countries,
    blocked=("course_lib.measures",),
    criteria=(
        Criterion(
            "if all regions have the same income per head, the index is 0",
            1,
            lambda answer, task, inputs: abs(answer["equal"][0]) < 1e-9,
            (
                "Then every region's share of income equals its share of people. What is ln(1)?",
                "A region's income is its income per head times its people.",
            ),
        ),
        Criterion(
            "in yuan or in dollars, the index is the same",
            1,
            lambda answer, task, inputs: _close(*answer["money"]) and _differ(answer),
            (
                "Only shares may stand in the formula.",
                "Divide each region's income by the sum of all incomes before you do anything.",
            ),
        ),
        Criterion(
            "two regions with the same income per head may be joined to one",
            1,
            lambda answer, task, inputs: _close(*answer["merged"]) and _differ(answer),
            (
                "Does each region count, or each person?",
                "The joined region has the people of both. Use people in both shares.",
            ),
        ),
        Criterion(
            "the value is right for five countries, from 2 to 30 regions",
            2,
            lambda answer, task, inputs: all(
                _close(found, _theil(*given))
                for found, given in zip(answer["values"], inputs["values"], strict=True)
            ),
            public=False,
        ),
    ),
)

# --- estimate from real figures


@lru_cache
def _provinces(year: int) -> pd.DataFrame:
    table = china_provinces()
    return table[table["year"] == year].set_index("province")


def _split(task: Task) -> measures.TheilDecomposition:
    table = _provinces(task["year"])
    scheme: str = task["scheme"]
    return measures.theil_decomposition(table["gdp_per_head"], table[scheme], table["population"])


def _near(found: Any, right: float) -> bool:
    return not isinstance(found, bool) and abs(found - right) <= 0.0006


SPLIT = Question(
    name="split",
    title="Split China's inequality in your year",
    task=lambda draws: {
        "year": draws.between(1980, 2022, 1),
        "scheme": draws.choice(list(REGION_SCHEMES.values())),
    },
    text=lambda task: (
        f"Take China's provinces in **{task['year']}** and the groups in the column "
        f"`{task['scheme']}`. Compute Theil's index of output per head (`gdp_per_head`), weighted "
        "by `population`, and its two parts. Give a dictionary with the three numbers `total`, "
        "`between` and `within`, to three decimals or more. You may use `course_lib.measures`."
    ),
    criteria=(
        Criterion(
            "the two parts add up to the total",
            1,
            lambda answer, task, inputs: (
                answer["total"] > 0
                and abs(answer["between"] + answer["within"] - answer["total"]) <= 0.0015
            ),
            (
                "The answer is a dictionary: {'total': ..., 'between': ..., 'within': ...}.",
                "measures.theil_decomposition(values, groups, weights) gives all three.",
            ),
        ),
        Criterion(
            "the total is right for your year, with people counted",
            2,
            lambda answer, task, inputs: _near(answer["total"], _split(task).total),
            public=False,
        ),
        Criterion(
            "the part between groups is right for your groups",
            2,
            lambda answer, task, inputs: _near(answer["between"], _split(task).between),
            public=False,
        ),
        Criterion(
            "the part within groups is right",
            1,
            lambda answer, task, inputs: _near(answer["within"], _split(task).within),
            public=False,
        ),
    ),
)

# --- design


def _index_after(transfers: Any, task: Task) -> float:
    table = _provinces(task["year"])
    moved = pd.Series({str(name): float(sum_) for name, sum_ in transfers.items()}, dtype=float)
    unknown = set(moved.index) - set(table.index)
    if unknown:
        raise ValueError(f"there is no province {sorted(unknown)[0]}")
    income = table["gdp"].add(moved.reindex(table.index).fillna(0.0))
    if (income <= 0).any():
        raise ValueError(f"{income.idxmin()} would have no income left")
    return _theil(list(income / table["population"]), list(table["population"]))


def _allowed(transfers: Any, task: Task) -> bool:
    values = np.array([float(value) for value in transfers.values()])
    budget = task["budget"]
    _index_after(transfers, task)
    given, taken = values[values > 0].sum(), -values[values < 0].sum()
    return abs(given - taken) <= 0.001 * budget and max(given, taken) <= 1.001 * budget


@lru_cache
def _least_index(year: int, budget: float) -> float:
    """The lowest index that the budget can reach: from the richest to a cap, to the poorest."""
    table = _provinces(year)
    people, income = table["population"].to_numpy(), table["gdp"].to_numpy()
    per_head = income / people

    def level(sign: int) -> np.ndarray:
        """Income per head if the budget is taken from the top (1) or given to the bottom (-1)."""
        low, high = per_head.min(), per_head.max()
        for _ in range(80):
            middle = (low + high) / 2
            sum_ = np.sum(people * np.clip(sign * (per_head - middle), 0, None))
            if (sum_ > budget) == (sign > 0):
                low = middle
            else:
                high = middle
        return np.minimum(per_head, middle) if sign > 0 else np.maximum(per_head, middle)

    after = level(1) + level(-1) - per_head
    return _theil(list(after), list(people))


def _share_of_the_possible(transfers: Any, task: Task) -> float:
    if not _allowed(transfers, task):
        return 0.0
    before = _index_after({}, task)
    gain = before - _index_after(transfers, task)
    return gain / (before - _least_index(task["year"], task["budget"]))


def _falls_by(share: float) -> Holds:
    return lambda answer, task, inputs: _share_of_the_possible(answer, task) >= share


def _transfer_task(draws: Draws) -> Task:
    year = draws.between(1985, 2022, 1)
    share = draws.between(0.5, 2.0, 0.1)
    return {
        "year": year,
        "share": share,
        "budget": round(share / 100 * float(_provinces(year)["gdp"].sum()), 1),
    }


TRANSFERS = Question(
    name="transfers",
    title="Move income between provinces",
    task=_transfer_task,
    text=lambda task: (
        f"The year is **{task['year']}**. You may move **{task['budget']:,} hundred million yuan** "
        f"({task['share']} per cent of all output) from provinces of your choice to other "
        "provinces. Lower Theil's index of output per head, with people counted, as far as you "
        "can.\n\nGive a dictionary from province to change of `gdp`, in hundred million yuan: "
        "below 0 for a province that gives, above 0 for one that receives. What is given and what "
        "is received must be equal. Provinces that are not named stay as they are. The more of "
        "the possible fall you reach, the more points you get."
    ),
    criteria=(
        Criterion(
            "gifts and receipts are equal, and within the budget",
            1,
            lambda answer, task, inputs: len(answer) > 0 and _allowed(answer, task),
            (
                "Add up the numbers above 0 and those below 0. They differ only in sign.",
                "The names are those of the column `province`. No province may lose all it has.",
            ),
        ),
        *(
            Criterion(
                f"the index falls by at least {share:.0%} of what this budget can do",
                points,
                _falls_by(share),
                hints,
            )
            for share, points, hints in (
                (0.5, 2, ("Who is far above the mean per head, and who is far below?",)),
                (0.8, 2, ("A province that has become poor by giving should give no more.",)),
                (
                    0.97,
                    1,
                    (
                        "Take from the top until several provinces stand at the same level.",
                        "Find a cap: everybody above it gives what is above. Find a floor in the "
                        "same way. Both sums are the budget.",
                    ),
                ),
            )
        ),
    ),
)

SET = ExerciseSet(
    "01_measuring_regions", "Exercises 01: measuring regions", (THEIL, SPLIT, TRANSFERS)
)
