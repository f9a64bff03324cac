"""The graded set of lesson 01."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from course_lib import measures
from course_lib.datasets import REGION_SCHEMES, china_provinces
from course_lib.exercises.criteria import finite, is_equal
from course_lib.exercises.personal_set import ExerciseSet
from course_lib.exercises.question import Criterion, Holds, Inputs, Question, Task
from course_lib.exercises.variants import Draws
from course_lib.numerics import bisection

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


def _differ(answer: Any) -> bool:
    """Whether different countries get different values above 0: a constant has all properties."""
    one, other = answer["money"][0], answer["merged"][0]
    return min(finite(one), finite(other)) > 0 and not is_equal(one, other)


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
        "incomes are above 0. The course's own functions, such as `measures.theil`, are switched "
        "off while yours is checked."
    ),
    inputs=_countries,
    blocked=(
        "course_lib.measures",
        "course_lib.measuring_regions",
        "course_lib.gradient_transition",
        "course_lib.exercises.measuring_regions",
    ),
    criteria=(
        Criterion(
            "if all regions have the same income per head, the index is 0",
            1,
            lambda answer, task, inputs: abs(finite(answer["equal"][0])) < 1e-9,
            (
                "Then every region's share of income equals its share of people. What is ln(1)?",
                "A region's income is its income per head times its people.",
            ),
        ),
        Criterion(
            "in yuan or in dollars, the index is the same",
            1,
            lambda answer, task, inputs: is_equal(*answer["money"]) and _differ(answer),
            (
                "Only shares may stand in the formula.",
                "Divide each region's income by the sum of all incomes before you do anything.",
            ),
        ),
        Criterion(
            "two regions with the same income per head may be joined to one",
            1,
            lambda answer, task, inputs: is_equal(*answer["merged"]) and _differ(answer),
            (
                "Does each region count, or each person?",
                "The joined region has the people of both. Use people in both shares.",
            ),
        ),
        Criterion(
            "the value is right for five countries, from 2 to 30 regions",
            2,
            lambda answer, task, inputs: all(
                is_equal(found, _theil(*given))
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


THREE_CITIES = ["Beijing", "Shanghai", "Tianjin"]


def _without_cities(task: Task) -> float:
    table = _provinces(task["year"]).drop(index=THREE_CITIES)
    return _theil(list(table["gdp_per_head"]), list(table["population"]))


def _near(found: Any, right: float) -> bool:
    return abs(finite(found) - right) <= 0.0006


SPLIT = Question(
    name="split",
    title="Split China's inequality in your year",
    task=lambda draws: {
        "year": draws.between(1980, 2022, 1),
        "scheme": draws.choice(list(REGION_SCHEMES.values())),
    },
    text=lambda task: (
        f"Take China's provinces in **{task['year']}** and the groups in the column "
        f"`{task['scheme']}`. Compute Theil's index of output per head (`gdp_per_head`), with "
        "`population` as weights. Give a dictionary with\n\n"
        "- `total`, `between`, `within`: the index and its two parts, three decimals or more;\n"
        "- `without`: the index of the provinces that are left if you leave out Beijing, Shanghai "
        "and Tianjin, three decimals or more. You need it again in question 4.\n\n"
        "You may use `course_lib.measures` here: look at `theil_decomposition` and at `theil`."
    ),
    criteria=(
        Criterion(
            "the two parts add up to the total",
            1,
            lambda answer, task, inputs: (
                finite(answer["total"]) > 0
                and abs(finite(answer["between"]) + finite(answer["within"]) - answer["total"])
                <= 0.0015
            ),
            (
                "The answer is a dictionary: {'total': ..., 'between': ..., 'within': ..., "
                "'without': ...}.",
                "measures.theil_decomposition(values, groups, weights) gives the three numbers. "
                "It needs the rows of your year only.",
                "found = measures.theil_decomposition(table['gdp_per_head'], table[scheme], "
                "table['population']), and then found.total, found.between, found.within.",
            ),
        ),
        Criterion(
            "without the three cities there is less inequality",
            0,
            lambda answer, task, inputs: 0 < finite(answer["without"]) < finite(answer["total"]),
            (
                "Which row belongs to which province? Look at `table.head()`.",
                "others = table[~table['province'].isin(['Beijing', 'Shanghai', 'Tianjin'])]",
            ),
        ),
        Criterion(
            "the total is right for your year, with people counted",
            1,
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
        Criterion(
            "the index without the three cities is right",
            1,
            lambda answer, task, inputs: _near(answer["without"], _without_cities(task)),
            public=False,
        ),
    ),
)


# --- design


def _index_after(transfers: Any, task: Task) -> float:
    table = _provinces(task["year"])
    moved = pd.Series({name: finite(change) for name, change in transfers.items()}, dtype=float)
    unknown = set(moved.index) - set(table.index)
    if unknown:
        raise ValueError(f"there is no province {sorted(unknown)[0]}")
    income = table["gdp"].add(moved.reindex(table.index).fillna(0.0))
    if (income <= 0).any():
        raise ValueError(f"{income.idxmin()} would have no income left")
    return _theil(list(income / table["population"]), list(table["population"]))


def _allowed(transfers: Any, task: Task) -> bool:
    """Whether it adds up, keeps to the budget, leaves nobody without, and moves something.

    Raises
    ------
    ValueError
        If not: a sentence with the numbers, for the student.
    """
    values = np.array([finite(change) for change in transfers.values()])
    budget = task["budget"]
    _index_after(transfers, task)
    received, given = values[values > 0].sum(), -values[values < 0].sum()
    if abs(received - given) > 0.001 * budget:
        raise ValueError(
            f"{given:,.1f} is given and {received:,.1f} is received: the two must be equal"
        )
    if max(received, given) > 1.001 * budget:
        raise ValueError(f"you move {given:,.1f}, and the budget is {budget:,.1f}")
    if max(received, given) < 0.01 * budget:
        raise ValueError(
            f"you move {given:,.1f} of the budget of {budget:,.1f}: too little to be a policy"
        )
    return True


@lru_cache
def _least_index(year: int, budget: float) -> float:
    """The lowest index that the budget can reach: from the richest to a cap, to the poorest."""
    table = _provinces(year)
    people, income = table["population"].to_numpy(), table["gdp"].to_numpy()
    per_head = income / people

    def level(sign: int) -> np.ndarray:
        """Income per head if the budget is taken from the top (1) or given to the bottom (-1)."""

        def unspent(cap: float) -> float:
            return budget - float(np.sum(people * np.clip(sign * (per_head - cap), 0, None)))

        cap = bisection(unspent, float(per_head.min()), float(per_head.max()))
        return np.minimum(per_head, cap) if sign > 0 else np.maximum(per_head, cap)

    after = level(1) + level(-1) - per_head
    return _theil(list(after), list(people))


def _share_of_the_possible(transfers: Any, task: Task) -> float:
    _allowed(transfers, task)
    before = _index_after({}, task)
    gain = before - _index_after(transfers, task)
    return gain / (before - _least_index(task["year"], task["budget"]))


def _falls_by(share: float) -> Holds:
    return lambda answer, task, inputs: _share_of_the_possible(answer, task) >= share


def _transfer_task(draws: Draws) -> Task:
    year = draws.between(1985, 2022, 1)
    # Enough for one rich province to become poorer than the rest, if it gives alone.
    share = draws.between(2.5, 4.5, 0.001)
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
        f"(about {task['share']:.1f} per cent of all output) from provinces of your choice to "
        "other provinces. Lower Theil's index of output per head, with people counted, as far as "
        "you can.\n\nGive a dictionary from province to change of `gdp`, in hundred million yuan: "
        "below 0 for a province that gives, above 0 for one that receives. What is given and what "
        "is received must be equal. Provinces that are not named stay as they are. The more of "
        "the possible fall you reach, the more points you get."
    ),
    criteria=(
        Criterion(
            "gifts and receipts are equal, and within the budget",
            1,
            lambda answer, task, inputs: _allowed(answer, task),
            (
                "The answer is a dictionary from province to change, in hundred million yuan.",
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
                (
                    0.6,
                    2,
                    (
                        "Who is far above the mean per head, and who is far below?",
                        "`before.sort_values('per_head')` puts the poorest first.",
                        "Let the three richest give and the three poorest receive.",
                    ),
                ),
                (
                    0.85,
                    2,
                    (
                        "Look at output per head after your transfers. Who is rich now?",
                        "A province that has become poor by giving should give no more. One that "
                        "has become rich by receiving should receive no more.",
                        "Spread the sum over more provinces: more from the richest of them, less "
                        "from the next.",
                    ),
                ),
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
