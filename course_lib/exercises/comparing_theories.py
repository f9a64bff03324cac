"""The graded set of lesson 09."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from course_lib.comparing_theories.claims import CLAIM, scores_of
from course_lib.exercises.criteria import finite, is_equal
from course_lib.exercises.personal_set import ExerciseSet
from course_lib.exercises.question import Criterion, Inputs, Question, Task
from course_lib.exercises.variants import Draws
from course_lib.regional_economy.economy import settle
from course_lib.regional_economy.ensemble import ensemble
from course_lib.regional_economy.laws import MAY_DIFFER, Laws
from course_lib.regional_economy.policies import FOUR, EvenSpread, Plan, View
from course_lib.regional_economy.scorecard import score

# --- write a function


def _scores(draws: Draws, countries: int, policies: int) -> list[list[float]]:
    return [
        [round(draws.between(1, 5, 0.01) + 0.001 * place, 3) for place in range(policies)]
        for _ in range(countries)
    ]


def _wins(scores: list[list[float]], low_is_good: bool) -> list[float]:
    table = np.array(scores)
    best = table.argmin(axis=1) if low_is_good else table.argmax(axis=1)
    shares: list[float] = (np.bincount(best, minlength=table.shape[1]) / len(table)).tolist()
    return shares


def _runs(draws: Draws, _: Task) -> Inputs:
    some = _scores(draws, 9, 4)
    clear = [[1.0 + draws.between(0, 1, 0.01), 3.0 + draws.between(0, 1, 0.01)] for _ in range(5)]
    return {
        "clear": [[clear, False], [clear, True]],
        "upside down": [[some, False], [[[-value for value in row] for row in some], True]],
        "levels": [
            [some, True],
            [[[value + 10 * row for value in values] for row, values in enumerate(some)], True],
        ],
        "values": [
            [_scores(draws, countries, policies), low]
            for countries, policies, low in (
                (7, 3, False),
                (30, 7, False),
                (30, 7, True),
                (1, 2, True),
            )
        ],
    }


def _same(one: Any, other: Any) -> bool:
    return len(one) == len(other) and all(
        is_equal(left, right) for left, right in zip(one, other, strict=True)
    )


WINS = Question(
    name="wins",
    title="Write who is best how often",
    task=lambda draws: {},
    text=lambda task: (
        "Write a function `wins(scores, low_is_good)`. `scores` is a list with one entry for each "
        "country. Each entry is a list with one number for each policy. The function returns a "
        "list with one share for each policy: the share of the countries in which that policy is "
        "best. If `low_is_good` is `True`, the lowest number is best, else the highest. There are "
        "no ties.\n\nExample: `wins([[3, 1], [2, 5], [4, 1]], False)` is `[2/3, 1/3]`. The "
        "course's own functions are switched off while yours is checked."
    ),
    inputs=_runs,
    blocked=("course_lib.comparing_theories", "course_lib.exercises.comparing_theories"),
    criteria=(
        Criterion(
            "a policy that is best in every country has the share 1, and the other one 0",
            1,
            lambda answer, task, inputs: (
                _same(answer["clear"][0], [0, 1]) and _same(answer["clear"][1], [1, 0])
            ),
            (
                "Go through the countries. In each one find the place of the best number.",
                "Count how often each place wins, then divide by the number of countries.",
                "np.argmax(row) is the place of the highest number, np.argmin(row) of the lowest.",
            ),
        ),
        Criterion(
            "with all signs turned round, lowest takes the place of highest",
            1,
            lambda answer, task, inputs: (
                _same(*answer["upside down"]) and is_equal(sum(answer["upside down"][0]), 1)
            ),
            (
                "Does your function look at low_is_good?",
                "Shares of all policies add up to 1.",
            ),
        ),
        Criterion(
            "in a country where all numbers are higher, the winner is the same",
            1,
            lambda answer, task, inputs: (
                _same(*answer["levels"]) and is_equal(sum(answer["levels"][0]), 1)
            ),
            (
                "A country has one winner, however high its numbers are.",
                "Compare inside each country, not the means over all countries.",
            ),
        ),
        Criterion(
            "the shares are right for four other sets of runs",
            2,
            lambda answer, task, inputs: all(
                _same(found, _wins(*given))
                for found, given in zip(answer["values"], inputs["values"], strict=True)
            ),
            public=False,
        ),
    ),
)

# --- design: a mix

PARTS: Mapping[str, Any] = {**FOUR, "even spread": EvenSpread()}
SEEDS = 500
#: What parliament may ask for: no mix keeps to all of these and does it in most countries.
WISHES = (
    ("gradient", 0.2),
    ("gradient", 0.3),
    ("even spread", 0.2),
    ("even spread", 0.3),
    ("production complex", 0.1),
)


@lru_cache(maxsize=len(WISHES))
def _tried(must: str, least: float) -> tuple[tuple[float, ...], ...]:
    """Mixes in steps of a tenth that keep to a wish: much cluster, some of two or three others."""
    tenths = round(10 * least)
    found = []
    for gradient in range(1, 5):
        for cluster in range(3, 9):
            planned = tenths if must == "production complex" else 0
            even = 10 - gradient - cluster - planned
            shares = (gradient, 0, planned, cluster, even)
            if even >= 1 and dict(zip(PARTS, shares, strict=True))[must] >= tenths:
                found.append(tuple(share / 10 for share in shares))
    return tuple(found)


@dataclass(frozen=True, eq=False)
class _ManyMixes:
    """A mix of `PARTS` for each run, all at once.

    Attributes
    ----------
    shares : numpy.ndarray, shape (n_runs, n_parts)
        Share of each part in each run.
    """

    shares: np.ndarray
    takes_all_runs: ClassVar[bool] = True
    label: ClassVar[str] = "mix"

    def __call__(self, now: View) -> Plan:
        names = ("plants", "knowledge", "institutions", "planners")
        each: dict[str, Any] = dict.fromkeys(names, 0.0)
        for policy, share in zip(PARTS.values(), self.shares.T, strict=True):
            plan = policy(now)
            for name in names:
                each[name] = each[name] + share[:, np.newaxis, np.newaxis] * getattr(plan, name)
        return Plan(**each)


def _goals(seed: int, shares: Any) -> np.ndarray:
    """Output of year 60 and inequality of year 50 of several mixes, shape (2, n_mixes)."""
    mixes = np.array(shares, dtype=float)
    found = score(settle([seed] * len(mixes)), _ManyMixes(mixes))
    return np.array([found["output_60"], found["inequality_50"]])


@lru_cache(maxsize=SEEDS)
def _best_of_four(seed: int) -> tuple[float, float]:
    """Highest output of year 60 and lowest inequality of year 50, by any of the four."""
    output, inequality = _goals(seed, np.eye(len(PARTS))[: len(FOUR)])
    return float(output.max()), float(inequality.min())


@lru_cache(maxsize=SEEDS)
def _can_be_done(seed: int, must: str, least: float) -> bool:
    """Whether a mix in steps of a tenth beats all four by both, with a little to spare."""
    most, lowest = _best_of_four(seed)
    output, inequality = _goals(seed, _tried(must, least))
    return bool(((output > 1.001 * most) & (inequality < 0.999 * lowest)).any())


def _mix_task(draws: Draws) -> Task:
    while True:
        must, least = draws.choice(WISHES)
        seed = int(draws.between(0, SEEDS - 1, 1))
        if _can_be_done(seed, must, least):
            output, inequality = _best_of_four(seed)
            wish = {"must": must, "least": least}
            return {"seed": seed, "output": output, "inequality": inequality, **wish}


def _possible(answer: Any, task: Task) -> bool:
    """True for a mix that parliament agrees to; what is none is told why."""
    shares = {name: finite(share) for name, share in answer.items()}
    must, total = task["must"], sum(shares.values())
    for name, share in shares.items():
        if name not in PARTS:
            raise ValueError(f"there is no part {name!r}. The parts are: {', '.join(PARTS)}")
        if share < 0:
            raise ValueError(f"{name} has the share {share:g}: no part can get less than nothing")
    if abs(total - 1) > 1e-6:
        raise ValueError(f"your shares add up to {total:.4g}, not to 1")
    if shares.get(must, 0) < task["least"] - 1e-9:
        raise ValueError(
            f"{must} gets {shares.get(must, 0):.4g} of the budget, and your parliament wants it "
            f"to get at least {task['least']:g}"
        )
    if sum(share > 0 for share in shares.values()) < 2:
        raise ValueError("a single recipe is no mix: give a share to a second part")
    return True


def _beats(answer: Any, task: Task) -> tuple[bool, bool]:
    """Whether a mix beats all four by output, and by inequality."""
    _possible(answer, task)
    output, inequality = _goals_of_a_mix(
        task["seed"], tuple(finite(answer.get(name, 0.0)) for name in PARTS)
    )
    most, least = _best_of_four(task["seed"])
    return output > most, inequality < least


@lru_cache(maxsize=512)
def _goals_of_a_mix(seed: int, shares: tuple[float, ...]) -> tuple[float, float]:
    output, inequality = _goals(seed, [np.array(shares) / sum(shares)])
    return float(output[0]), float(inequality[0])


MIX = Question(
    name="recipe",
    title="Find a mix that beats all four on two goals",
    task=_mix_task,
    text=lambda task: (
        f"Your country has the seed **{task['seed']}**. Of the four theories the best one makes "
        f"{task['output']:.3f} times the output of year 0 in year 60. The one with the most equal "
        f"regions has an inequality (Williamson) of {task['inequality']:.3f} in year 50. They are "
        "not the same one.\n\nDivide the budget so that *your* country beats all four on both "
        "goals: more output in year 60, and less inequality in year 50. Give a dictionary from "
        f"names to shares that add up to 1. The names are `{'`, `'.join(PARTS)}`. What you leave "
        f"out gets nothing. Your parliament wants **{task['must']}** to get at least "
        f"**{task['least']:.0%}**, and at least two parts: a single recipe is no mix."
    ),
    criteria=(
        Criterion(
            "the shares are a mix that parliament agrees to, and they add up to 1",
            1,
            lambda answer, task, inputs: _possible(answer, task),
            (
                "The answer is a dictionary such as {'gradient': 0.5, 'cluster': 0.5}.",
                "Use the names of the task, and shares from 0 to 1.",
                "Two parts or more, and what parliament wants gets its share.",
            ),
        ),
        Criterion(
            "it beats all four by output in year 60",
            1,
            lambda answer, task, inputs: _beats(answer, task)[0],
            (
                "Look at the scorecard of the four in your country. Which two make most?",
                "Half of one and half of the other often makes more than either.",
            ),
        ),
        Criterion(
            "it beats all four by inequality in year 50",
            1,
            lambda answer, task, inputs: _beats(answer, task)[1],
            (
                "Which recipe of the list has the lowest inequality in every country?",
                "Some of it lowers the inequality of any mix, and costs output.",
            ),
        ),
        Criterion(
            "it beats them on both goals at once",
            3,
            lambda answer, task, inputs: all(_beats(answer, task)),
            (
                "You need three parts: two for output, one for equality.",
                "Loop over shares in steps of 0.1, and keep the mixes that reach both goals.",
                "Let gradient, cluster and even spread share what parliament leaves you.",
            ),
        ),
    ),
)

# --- break a claim

COUNTRIES = 10
GROUPS = 30  # of ten countries each
BROKEN = 1 / 3
#: Claims of the document, and the change of one law that is known to break each.
BREAKERS = {
    "gap narrows": {"migration": 0.0},
    "innovation": {"research_yield": 0.0},
    "cluster grows most": {"learning": 0.0},
    "agglomeration": {"advantage_spread": 0.0},
}
#: Policies that a claim compares; others need all of `PARTS`.
NEEDED: Mapping[str, Any] = {"gap narrows": ["gradient"], "innovation": FOUR}
HARMLESS_LAWS = (
    "complementarity",
    "localisation",
    "urbanisation",
    "demand_pull",
    "mobile_saving",
    "migration",
    "own_progress",
    "learning",
    "between_sectors",
    "between_regions",
    "research_yield",
    "diffusion",
    "advantage_spread",
)


@lru_cache(maxsize=1024)
def _share(claim: str, group: int, changes: tuple[tuple[str, float], ...]) -> float:
    """In which share of a group of countries a claim holds, with some laws changed."""
    seeds = range(COUNTRIES * group, COUNTRIES * (group + 1))
    wanted = {name: PARTS[name] for name in NEEDED.get(claim, PARTS)}
    changed: dict[str, Any] = dict(changes)
    found = ensemble(wanted, seeds, Laws(**changed))
    if found.failures:  # a claim about what cannot be computed is not broken
        first = found.failures[0]
        raise ValueError(
            f"with this value the economy explodes under {first.policy} in the country of seed "
            f"{first.seed}, so nothing can be said of the claim: choose a milder one"
        )
    return float(CLAIM[claim].holds(scores_of(found)).mean())


def _claim_task(draws: Draws) -> Task:
    while True:
        claim = draws.choice(list(BREAKERS))
        group = int(draws.between(0, GROUPS - 1, 1))
        stands = _share(claim, group, ())
        if stands >= 0.9 and _share(claim, group, tuple(BREAKERS[claim].items())) <= 0.2:
            return {"claim": claim, "group": group, "first": COUNTRIES * group, "stands": stands}


def _law(answer: Any) -> tuple[str, float]:
    name, value = answer["law"], finite(answer["value"])
    if name not in MAY_DIFFER:
        raise ValueError(f"there is no law {name!r}. The laws are: {', '.join(MAY_DIFFER)}")
    changed: dict[str, Any] = {name: value}
    Laws(**changed)  # which says what is wrong with the value
    return name, value


def _share_with(answer: Any, task: Task) -> float:
    return _share(task["claim"], task["group"], (_law(answer),))


def _stays(answer: Any, task: Task) -> bool:
    name = answer["harmless"]
    if name not in HARMLESS_LAWS:
        raise ValueError(f"choose the harmless law among: {', '.join(HARMLESS_LAWS)}")
    return _share(task["claim"], task["group"], ((name, 0.0),)) >= 0.8


BREAK = Question(
    name="claim",
    title="Break a claim, and say by which assumption",
    task=_claim_task,
    text=lambda task: (
        f"The claim *{task['claim']}*: {CLAIM[task['claim']].sentence}. Your countries have the "
        f"seeds {task['first']} to {task['first'] + COUNTRIES - 1}. With the laws of the lesson "
        f"the claim holds in {task['stands']:.0%} of them.\n\n"
        "Change **one** law so that it holds in at most a third of them. And find a law that is "
        "*harmless*: set to 0, it leaves the claim standing in at least 80% of your countries. "
        "Give a dictionary with\n\n"
        '- `law`: the name of the law that breaks the claim, such as `"diffusion"`;\n'
        "- `value`: its new value;\n"
        "- `share`: the share of your countries in which the claim then holds (a third is 0.333);\n"
        f"- `harmless`: one of `{'`, `'.join(HARMLESS_LAWS)}`.\n\n"
        "`help(Laws)` says what each law is. The answer cell shows how to try one."
    ),
    criteria=(
        Criterion(
            "the law is there, and its value is possible",
            1,
            lambda answer, task, inputs: _law(answer) is not None,
            (
                "The answer is a dictionary with the four names of the task.",
                "The sentence tells you which values a law can have.",
            ),
        ),
        Criterion(
            "with it the claim holds in at most a third of your countries",
            2,
            lambda answer, task, inputs: _share_with(answer, task) <= BROKEN,
            (
                "What does the claim lean on? check_claims(...) has a column `assumption`.",
                "Which law makes people move, research pay, makers learn, or regions differ?",
                "Set it to 0.",
            ),
        ),
        Criterion(
            "the harmless law leaves the claim standing",
            1,
            lambda answer, task, inputs: (
                answer["harmless"] != answer["law"] and _stays(answer, task)
            ),
            (
                "It has to be another law than the one that breaks the claim.",
                "Try several: most laws are harmless to most claims.",
            ),
        ),
        Criterion(
            "the share is right",
            2,
            lambda answer, task, inputs: (
                abs(finite(answer["share"]) - _share_with(answer, task)) < 0.006
                and _share_with(answer, task) <= BROKEN
            ),
            public=False,
        ),
    ),
)

SET = ExerciseSet("09_comparing_theories", "Exercises 09: comparing theories", (WINS, MIX, BREAK))
