"""The graded set of lesson 12."""

from __future__ import annotations

import itertools
from functools import lru_cache
from typing import Any

import numpy as np

from course_lib.datasets import china_provinces
from course_lib.exercises.criteria import finite, is_close_to, is_equal
from course_lib.exercises.personal_set import ExerciseSet
from course_lib.exercises.question import Criterion, Inputs, Question, Task
from course_lib.exercises.variants import Draws
from course_lib.policy_studio.many_games import scores_of_many
from course_lib.policy_studio.moves import TERMS, USES, Shares, moves_of

# --- write a function


def _effect(scores: list[float], after: list[float], places: int, nearest: int) -> float:
    order = sorted(range(len(scores)), key=lambda region: -scores[region])
    chosen, missed = order[places - nearest : places], order[places : places + nearest]
    mean = sum(after[region] for region in chosen) / nearest
    return mean - sum(after[region] for region in missed) / nearest


def _programme(draws: Draws) -> tuple[list[float], list[float], int, int]:
    n_regions = draws.between(10, 16, 1)
    scores = [float(value) for value in draws.sample(list(range(1, 100)), int(n_regions))]
    after = [draws.between(-2, 6, 0.01) for _ in scores]
    return scores, after, int(draws.between(4, 6, 1)), int(draws.between(1, 3, 1))


def _programmes(draws: Draws, _: Task) -> Inputs:
    scores, after, places, nearest = _programme(draws)
    line = sorted(scores, reverse=True)[places - 1]
    helped = [one + 1.5 if score >= line else one for one, score in zip(after, scores, strict=True)]
    turned = draws.sample(list(range(len(scores))), len(scores))
    return {
        "level": [
            [scores, after, places, nearest],
            [scores, [one + 10 for one in after], places, nearest],
        ],
        "helped": [[scores, after, places, nearest], [scores, helped, places, nearest]],
        "order": [
            [scores, helped, places, nearest],
            [[scores[i] for i in turned], [helped[i] for i in turned], places, nearest],
        ],
        "values": [list(_programme(draws)) for _ in range(6)],
    }


def _differ_by(values: Any, by: float) -> bool:
    first, second = map(finite, values)
    return is_equal(second - first + 1, by + 1)


EFFECT = Question(
    name="effect",
    title="Write a runner-up comparison",
    task=lambda draws: {},
    text=lambda task: (
        "Write a function `effect(scores, after, places, nearest)`. A programme ranks regions by "
        "`scores`, a list of numbers of which no two are equal. The `places` regions with the "
        "**highest** scores get it. `after` is a list with the growth of each region afterwards, "
        "in the same order as `scores`. The function compares the `nearest` regions that got it "
        "last with the `nearest` regions that missed it first: it returns the mean growth of the "
        "former less the mean growth of the latter.\n\n"
        "With `scores` 9, 3, 7, 5, three places and one nearest, the region with score 5 is "
        "compared with that of score 3. The course's own functions are switched off while yours "
        "is checked."
    ),
    inputs=_programmes,
    blocked=("course_lib.policy_studio", "course_lib.exercises.policy_studio"),
    criteria=(
        Criterion(
            "if every region grows by 10 points more, the result stays the same",
            1,
            lambda answer, task, inputs: (
                _differ_by(answer["level"], 0)
                and not is_equal(answer["values"][0], answer["values"][1])
            ),
            (
                "It is a difference of two means: what is added to both falls away.",
                "Do you take one mean from the other, and no quotient?",
            ),
        ),
        Criterion(
            "if the chosen regions alone grow by 1.5 points more, it is 1.5 higher",
            1,
            lambda answer, task, inputs: _differ_by(answer["helped"], 1.5),
            (
                "The runners-up did not get the programme: they are just below the line.",
                "Sorted from the highest score: the chosen are the first `places`. Which of these "
                "are nearest to the line?",
            ),
        ),
        Criterion(
            "the order in which regions are listed does not matter",
            1,
            lambda answer, task, inputs: (
                _differ_by(answer["order"], 0)
                and not is_equal(answer["values"][0], answer["values"][1])
            ),
            (
                "Sort by score first, and take the growth along with it.",
                "order = sorted(range(len(scores)), key=lambda i: -scores[i]) gives the regions "
                "from the highest score down.",
            ),
        ),
        Criterion(
            "the value is right for six other programmes",
            2,
            lambda answer, task, inputs: all(
                is_equal(found, _effect(*given))
                for found, given in zip(answer["values"], inputs["values"], strict=True)
            ),
            public=False,
        ),
    ),
)

# --- estimate from figures

PROGRAMMES = {"West": 2000, "Northeast": 2003}
BEFORE_ENDS = 1999  # from 2000 on residents are counted, and no longer registered people
COMPARED = ("Central", "East")
ASKED = ("before", "after", "did", "without")
POSSIBLE = (0.2, 15)  # per cent a year: the largest of the four numbers lies between


@lru_cache(maxsize=1)
def _totals() -> dict[tuple[str, int], tuple[float, float]]:
    """GDP and people of each province and year."""
    table = china_provinces()
    rows = zip(table["province"], table["year"], table["gdp"], table["population"], strict=True)
    return {(place, int(year)): (float(gdp), float(people)) for place, year, gdp, people in rows}


@lru_cache(maxsize=1)
def _members() -> dict[str, tuple[str, ...]]:
    table = china_provinces().query("year == 2000")
    return {
        str(name): tuple(sorted(rows["province"])) for name, rows in table.groupby("regions_2005")
    }


def _relative(places: tuple[str, ...], year: int) -> float:
    """Output per head of some provinces, China = 1."""
    totals = _totals()
    everywhere = [place for region in _members().values() for place in region]
    ours, all_of_it = (
        np.sum([totals[place, year] for place in group], axis=0) for group in (places, everywhere)
    )
    return float(ours[0] / ours[1] / (all_of_it[0] / all_of_it[1]))


def _growth(places: tuple[str, ...], first: int, last: int) -> float:
    """Growth of relative output per head, per cent a year."""
    ratio = _relative(places, last) / _relative(places, first)
    return 100 * (float(ratio) ** (1 / (last - first)) - 1)


def _figures_task(draws: Draws) -> Task:
    region = draws.choice(list(PROGRAMMES))
    began = PROGRAMMES[region]
    return {
        "region": region,
        "others": draws.choice(COMPARED),
        "first": draws.between(1985, 1994, 1),
        "began": began,
        "last": draws.between(began + 9, 2023, 1),
        "left_out": draws.choice(_members()[region]),
    }


def _figures_found(task: Task) -> dict[str, float]:
    first, began, last = task["first"], task["began"], task["last"]
    members, others = _members()[task["region"]], _members()[task["others"]]
    fewer = tuple(place for place in members if place != task["left_out"])

    def change(places: tuple[str, ...]) -> float:
        return _growth(places, began, last) - _growth(places, first, BEFORE_ENDS)

    return {
        "before": _growth(members, first, BEFORE_ENDS),
        "after": _growth(members, began, last),
        "did": change(members) - change(others),
        "without": change(fewer) - change(others),
    }


def _is_possible(found: list[float]) -> bool:
    """No number is left at 0, and the largest is no share and no index."""
    largest = max(map(abs, found))
    return all(found) and POSSIBLE[0] < largest < POSSIBLE[1]


FIGURES = Question(
    name="figures",
    title="A programme in the figures",
    task=_figures_task,
    text=lambda task: (
        f"China's programme for the region **{task['region']}** began in **{task['began']}**. "
        f"Compare with **{task['others']}**. Take each region as a whole: its output over its "
        "people, divided by China's output over China's people in the same year. This is the "
        "*relative output per head*. Its growth a year from one year to another is the ratio of "
        "the two values, to the power of 1 over the number of years, less 1; here in **per cent a "
        "year**.\n\n"
        f"Before is {task['first']} to **{BEFORE_ENDS}**, after is {task['began']} to "
        f"{task['last']}. From 2000 on the table counts residents, before it registered people: so "
        "the step from 1999 to 2000 lies in neither. Give a dictionary with, each with two "
        "decimals or more,\n\n"
        f"- `before`, `after`: growth of the relative output per head of {task['region']};\n"
        f"- `did`: the difference in differences, after less before in {task['region']}, less the "
        f"same in {task['others']};\n"
        f"- `without`: `did` when {task['left_out']} is left out of {task['region']}.\n\n"
        "The answer cell loads the table, with the regions of 2005. China is all 31 provinces "
        "throughout. Lesson 12, part 6, shows how to take a group of provinces as a whole."
    ),
    criteria=(
        Criterion(
            "four numbers of a possible size",
            1,
            lambda answer, task, inputs: _is_possible([finite(answer[name]) for name in ASKED]),
            (
                "The answer is a dictionary with the four names of the task.",
                "In per cent a year: 1.2 and not 0.012 or 101.2.",
            ),
        ),
        Criterion(
            "growth before is right", 1, is_close_to("before", _figures_found, 0.006), public=False
        ),
        Criterion(
            "growth after is right", 1, is_close_to("after", _figures_found, 0.006), public=False
        ),
        Criterion(
            "the difference in differences is right",
            2,
            is_close_to("did", _figures_found, 0.011),
            public=False,
        ),
        Criterion(
            "and with one province left out",
            1,
            is_close_to("without", _figures_found, 0.011),
            public=False,
        ),
    ),
)

# --- design: a government

SEEDS = 60
NETWORKS = 0.2
STEP = 5  # the rest of the budget is tried in fifths of itself
#: What parliament may insist on in every term, and the least share of the budget for it.
WISHES = (
    ("large firms", 0.15),
    ("specialities", 0.15),
    ("knowledge", 0.15),
    ("renewal", 0.15),
    ("the poorest", 0.15),
)


@lru_cache(maxsize=1)
def _tried() -> tuple[Shares, ...]:
    """Programmes with a fifth for networks, and the rest in parts of 0.16 for the other uses."""
    left = len(USES) - 1
    return tuple(
        (NETWORKS, *(round((1 - NETWORKS) * part / STEP, 10) for part in parts))
        for parts in itertools.product(range(STEP + 1), repeat=left)
        if sum(parts) == STEP
    )


@lru_cache(maxsize=SEEDS)
def _found_in(seed: int) -> dict[str, np.ndarray]:
    """Scores of all programmes that are tried, each kept for six terms, in one country."""
    tried = _tried()
    return scores_of_many([(shares,) * TERMS for shares in tried], [seed] * len(tried))


def _efficient(output: np.ndarray, inequality: np.ndarray) -> np.ndarray:
    """Which programmes no other one beats on both."""
    more = output[:, np.newaxis] >= output
    less = inequality[:, np.newaxis] <= inequality
    better = more & less & ~(more.T & less.T)
    return np.asarray(~better.any(axis=0))


def _government_task(draws: Draws) -> Task:
    while True:
        use, least = draws.choice(WISHES)
        seed = int(draws.between(0, SEEDS - 1, 1))
        found = _found_in(seed)
        allowed = np.array(_tried())[:, list(USES).index(use)] >= least
        most_won = found["elections_won"][allowed].max()
        able = np.flatnonzero(allowed & (found["elections_won"] >= most_won))
        front = able[_efficient(found["output"][able], found["inequality"][able])]
        if most_won < 2 or len(front) < 3:
            continue
        best = int(draws.choice(front.tolist()))
        output = float(found["output"][best]) - 0.002
        inequality = float(found["inequality"][best]) + 0.001
        return {
            "seed": seed,
            "must": use,
            "least": least,
            "elections": int(most_won),
            "output": round(output, 3),
            "inequality": round(inequality + 0.0005, 3),
        }


def _moves(answer: Any, task: Task) -> tuple[Shares, ...]:
    moves = moves_of(answer)
    place = list(USES).index(task["must"])
    for term, shares in enumerate(moves, start=1):
        if shares[place] < task["least"] - 1e-9:
            raise ValueError(
                f"term {term} gives {shares[place]:.0%} to {task['must']}, and parliament wants at "
                f"least {task['least']:.0%}"
            )
    return moves


@lru_cache(maxsize=512)
def _scores(moves: tuple[Shares, ...], seed: int) -> dict[str, float]:
    return {name: float(value[0]) for name, value in scores_of_many([moves], [seed]).items()}


def _reached(answer: Any, task: Task) -> dict[str, bool]:
    """Which of the three goals a government reaches."""
    scores = _scores(_moves(answer, task), task["seed"])
    return {
        "elections": scores["elections_won"] >= task["elections"],
        "inequality": scores["inequality"] <= task["inequality"] + 1e-9,
        "output": scores["output"] >= task["output"] - 1e-9,
    }


GOVERNMENT = Question(
    name="government",
    title="Govern a country for six terms (simulated)",
    task=_government_task,
    text=lambda task: (
        f"Your country has the seed **{task['seed']}**. Parliament insists on **{task['must']}**: "
        f"at least **{task['least']:.0%}** of the budget in every term. Govern it so that\n\n"
        f"- you win at least **{task['elections']}** of the six elections,\n"
        f"- inequality of regions in year 35 is at most **{task['inequality']:.3f}**, and\n"
        f"- output in year 35 is at least **{task['output']:.3f}** times that of year 0.\n\n"
        "The answer is a list of six terms, each a dictionary from uses to shares that add up to "
        f"1. The uses are `{'`, `'.join(USES)}`; what you leave out gets nothing. All terms may be "
        "alike. The answer cell shows how to try many programmes at once."
    ),
    criteria=(
        Criterion(
            "six terms that spend the budget, as parliament wants it",
            1,
            lambda answer, task, inputs: len(_moves(answer, task)) == TERMS,
            ("A list of six dictionaries: [{...}] * 6 repeats one of them.",),
        ),
        Criterion(
            "it wins as many elections as asked for",
            1,
            lambda answer, task, inputs: _reached(answer, task)["elections"],
            (
                "A region votes for you if its output per head grew by 2 per cent a year or more.",
                "Give networks a fifth in each term (more buys nothing more), and knowledge some "
                "of the rest.",
            ),
        ),
        Criterion(
            "and regions are as equal as asked for",
            1,
            lambda answer, task, inputs: (
                _reached(answer, task)["elections"] and _reached(answer, task)["inequality"]
            ),
            (
                "Plants for the poorest and renewal inland lower inequality, each at a price.",
                "Compare several programmes: which one lowers it without losing an election?",
            ),
        ),
        Criterion(
            "and the country makes as much as asked for, all at once",
            3,
            lambda answer, task, inputs: all(_reached(answer, task).values()),
            (
                "Try many: networks 0.2, and the other 0.8 in parts of 0.16 for the other uses.",
                "itertools.product(range(6), repeat=5) gives all ways to share five parts; keep "
                "those that add up to 5. The answer cell plays hundreds of them in a second.",
            ),
        ),
    ),
)

SET = ExerciseSet("12_policy_studio", "Exercises 12: policy studio", (EFFECT, FIGURES, GOVERNMENT))
