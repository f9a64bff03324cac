"""The graded set of lesson 10."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from course_lib.california.document_claims import named_codes
from course_lib.california.employment import REGIONS, industries_of
from course_lib.exercises.criteria import equals, finite, is_close_to, is_equal
from course_lib.exercises.personal_set import ExerciseSet
from course_lib.exercises.question import Criterion, Inputs, Question, Task
from course_lib.exercises.variants import Draws

# --- write a function


def _related(has: list[float], proximity: list[float], industry: int) -> float:
    others = [place for place in range(len(has)) if place != industry]
    all_near = sum(proximity[other] for other in others)
    return sum(has[other] * proximity[other] for other in others) / all_near


def _one_region(draws: Draws) -> list[Any]:
    count = draws.between(4, 8, 1)
    industry = draws.between(0, int(count) - 1, 1)
    proximity = [draws.between(0.05, 0.9, 0.01) for _ in range(int(count))]
    proximity[int(industry)] = 1.0
    has = [draws.between(0, 1, 1) for _ in range(int(count))]
    return [has, proximity, industry]


def _regions(draws: Draws, _: Task) -> Inputs:
    has, near_to, industry = _one_region(draws)
    with_it, without_it = list(has), list(has)
    with_it[industry], without_it[industry] = 1, 0
    return {
        "own": [[with_it, near_to, industry], [without_it, near_to, industry]],
        "ends": [[[0] * len(has), near_to, industry], [[1] * len(has), near_to, industry]],
        "values": [_one_region(draws) for _ in range(6)],
    }


RELATED = Question(
    name="related",
    title="Write relatedness",
    task=lambda draws: {},
    text=lambda task: (
        "Write a function `related(has, proximity, industry)`. It returns how related a region is "
        "to one industry.\n\n"
        r"$$d_i = \frac{\sum_{j\neq i} x_j\,\varphi_{ij}}{\sum_{j\neq i}\varphi_{ij}}$$"
        "\n\n"
        "`has` is a list with $x_j$ for each industry: 1 if the region has it, and 0 if not. "
        "`proximity` is a list with $\\varphi_{ij}$ for each industry $j$; its own entry is 1. "
        "`industry` is the place of industry $i$ in both lists, counted from 0. The course's own "
        "functions are switched off while yours is checked."
    ),
    inputs=_regions,
    blocked=(
        "course_lib.measures",
        "course_lib.california",
        "course_lib.exercises.california",
    ),
    criteria=(
        Criterion(
            "whether the region has the industry itself makes no difference",
            1,
            lambda answer, task, inputs: is_equal(*answer["own"]) and not is_equal(*answer["ends"]),
            (
                "The sums run over j other than i.",
                "Leave out the entry at the place `industry`, above and below the line.",
            ),
        ),
        Criterion(
            "a region that has nothing is related by 0, and one that has everything by 1",
            1,
            lambda answer, task, inputs: (
                is_equal(answer["ends"][0], 0) and is_equal(answer["ends"][1], 1)
            ),
            (
                "Divide by the sum of the proximities, and not by the number of industries.",
                "Is the same entry left out below the line as above it?",
            ),
        ),
        Criterion(
            "the value is right for six other regions",
            3,
            lambda answer, task, inputs: all(
                is_equal(found, _related(*given))
                for found, given in zip(answer["values"], inputs["values"], strict=True)
            ),
            public=False,
        ),
    ),
)

# --- estimate from real figures

ABOVE, BELOW, OPEN = "above 1", "below 1", "cannot be said"


def _verdict(row: Any) -> str:
    if row["location_quotient"] > 1:
        return ABOVE
    return BELOW if row["highest_quotient"] < 1 else OPEN


@lru_cache(maxsize=1)
def _cells() -> dict[str, list[tuple[str, str]]]:
    """Region and code by verdict: where something is withheld, and no value is near a limit."""
    found: dict[str, list[tuple[str, str]]] = {ABOVE: [], BELOW: [], OPEN: []}
    for region in REGIONS:
        table = industries_of(region)
        hidden = table["highest_quotient"] / table["location_quotient"] - 1
        clear = ((table["location_quotient"] - 1).abs() > 0.05) & (
            (table["highest_quotient"] - 1).abs() > 0.05
        )
        for code, row in table[(hidden > 0.02) & clear & (table["employment"] > 300)].iterrows():
            found[_verdict(row)].append((region, str(code)))
    return found


def _withheld_task(draws: Draws) -> Task:
    verdict = draws.choice([ABOVE, BELOW, OPEN])
    region, code = draws.choice(_cells()[verdict])
    return {"region": region, "naics": code}


def _withheld_found(task: Task) -> dict[str, Any]:
    row: Any = industries_of(task["region"]).loc[task["naics"]]
    return {
        "quotient": float(row["location_quotient"]),
        "highest": float(row["highest_quotient"]),
        "verdict": _verdict(row),
    }


WITHHELD = Question(
    name="withheld",
    title="How sure can you be?",
    task=_withheld_task,
    text=lambda task: (
        f"Your region is **{task['region']}**, and your industry group has the code "
        f"**{task['naics']}**, in 2019. Not every area of the region publishes a figure for it. "
        'Somebody says: "The region has more of this industry than the nation has." Give a '
        "dictionary with\n\n"
        "- `quotient`: the region's location quotient, if what is withheld counts as nothing;\n"
        "- `highest`: the quotient if, in each area without a figure for this group, *all* jobs "
        "that the area does not publish by industry were in it; both with three decimals or "
        "more;\n"
        f'- `verdict`: "{ABOVE}" if the sentence is true in any case, "{BELOW}" if it is false in '
        f'any case, "{OPEN}" otherwise.\n\n'
        "The answer cell loads the table. An area's jobs that are not published by industry are "
        "`metro_employment` less the sum of its `employment`. The nation has 132,989,396 jobs."
    ),
    criteria=(
        Criterion(
            "the second quotient is the higher one, and the verdict goes with the two",
            1,
            lambda answer, task, inputs: (
                0 < finite(answer["quotient"]) < finite(answer["highest"])
                and answer["verdict"]
                == _verdict(
                    {
                        "location_quotient": answer["quotient"],
                        "highest_quotient": answer["highest"],
                    }
                )
            ),
            (
                "The answer is a dictionary with the three names of the task.",
                "If even the higher quotient is below 1, no withheld figure can help.",
                f'The verdicts are the words "{ABOVE}", "{BELOW}" and "{OPEN}".',
            ),
        ),
        Criterion(
            "the quotient is right",
            2,
            is_close_to("quotient", _withheld_found, 0.002),
            public=False,
        ),
        Criterion(
            "the highest quotient is right",
            2,
            is_close_to("highest", _withheld_found, 0.002),
            public=False,
        ),
        Criterion("the verdict is right", 1, equals("verdict", _withheld_found), public=False),
    ),
)

# --- design: find a cluster that the document does not name


LOCAL = ("6214", "7225")
"""Outpatient care and restaurants: above the nation's mix in every region, and sold nearby."""


@lru_cache(maxsize=8)
def _unnamed(region: str) -> pd.DataFrame:
    """A region's industry groups that the document does not name for it, most unusual first."""
    table = industries_of(region)
    table = table[~table.index.isin([*named_codes(region), *LOCAL])]
    return table[table["location_quotient"] > 1.2].nlargest(12, "above_the_mix")


def _cluster_task(draws: Draws) -> Task:
    region = draws.choice([region for region in REGIONS if region != "outside"])
    table = _unnamed(region)
    target = table[table["location_quotient"] > 1.5].iloc[int(draws.between(0, 4, 1))]
    return {
        "region": region,
        "quotient": round(float(target["location_quotient"]) * draws.between(0.9, 0.97, 0.01), 2),
        "jobs": round(float(target["employment"]) * draws.between(0.85, 0.95, 0.01), -2),
    }


def _row(answer: Any, task: Task) -> Any:
    code = str(answer["naics"])
    table = industries_of(task["region"])
    if code not in table.index:
        raise ValueError(f"{task['region']} has no published figure for the code {code!r}")
    return table.loc[code]


def _is_unnamed(answer: Any, task: Task) -> bool:
    return str(answer["naics"]) not in named_codes(task["region"]) | {*LOCAL}


def _is_strong(answer: Any, task: Task) -> bool:
    row = _row(answer, task)
    return (
        row["location_quotient"] >= task["quotient"]
        and row["employment"] >= task["jobs"]
        and _is_unnamed(answer, task)
    )


def _cluster_found(answer: Any, task: Task) -> dict[str, float]:
    row = _row(answer, task)
    return {"above": float(row["above_the_mix"]), "share": float(row["national_share"])}


CLUSTER = Question(
    name="cluster",
    title="Find a cluster that the document does not name",
    task=_cluster_task,
    text=lambda task: (
        f"Your region is **{task['region']}**. For it the document names these industry groups: "
        f"{', '.join(sorted(named_codes(task['region'])))}. Find another one with a location "
        f"quotient of **{task['quotient']:g}** or more and **{task['jobs']:,.0f}** jobs or more. "
        "Outpatient care (6214) and restaurants (7225) do not count: they are large in every "
        "region of the state, and serve people nearby. Give a dictionary with\n\n"
        "- `naics`: its code, four digits between quotation marks. More than one may do;\n"
        "- `above`: the jobs that the region has in it beyond the nation's mix, to the nearest "
        "job or better;\n"
        "- `share`: the region's share of the nation's jobs in it (a tenth is 0.1), four decimals "
        "or more.\n\n"
        "`industries_of` of lesson 10 gives a region's industries; what is withheld counts as "
        "nothing. The answer cell shows how to call it."
    ),
    criteria=(
        Criterion(
            "your region publishes this industry group, and it is not one of those ruled out",
            1,
            lambda answer, task, inputs: len(_row(answer, task)) > 0 and _is_unnamed(answer, task),
            (
                "The answer is a dictionary: {'naics': '4931', 'above': ..., 'share': ...}.",
                "The code is a text of four digits: '0123' and not 123.",
            ),
        ),
        Criterion(
            "it is as large and as unusual as asked for",
            3,
            lambda answer, task, inputs: _is_strong(answer, task),
            (
                "Filter the table twice: by location_quotient, and by employment.",
                "Then take out the codes that the document names, 6214 and 7225.",
            ),
        ),
        Criterion(
            "`above` is right for your industry group",
            1,
            lambda answer, task, inputs: (
                _is_strong(answer, task)
                and abs(finite(answer["above"]) - _cluster_found(answer, task)["above"]) <= 1
            ),
            public=False,
        ),
        Criterion(
            "`share` is right for your industry group",
            1,
            lambda answer, task, inputs: (
                _is_strong(answer, task)
                and abs(finite(answer["share"]) - _cluster_found(answer, task)["share"]) <= 6e-5
            ),
            public=False,
        ),
    ),
)

SET = ExerciseSet("10_california", "Exercises 10: California", (RELATED, WITHHELD, CLUSTER))
