"""The graded set of lesson 06."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise, permutations
from itertools import product as every_choice
from typing import Any

import numpy as np
import pandas as pd

from course_lib.exercises.criteria import (
    finite,
    is_close_to,
    is_equal,
    within_range,
)
from course_lib.exercises.personal_set import ExerciseSet
from course_lib.exercises.question import Criterion, Inputs, Question, Task
from course_lib.exercises.variants import Draws
from course_lib.growth_poles.china_table import china_table, sector_names
from course_lib.production_complexes.fragility import chain_works
from course_lib.production_complexes.sequencing import present_value, respects, sequencing

# --- write a function


def _chain(draws: Draws) -> list[list[float]]:
    """Chances and suppliers of three to five layers."""
    layers = int(draws.between(3, 5, 1))
    return [
        [draws.between(0.55, 0.97, 0.01) for _ in range(layers)],
        [draws.between(1, 4, 1) for _ in range(layers)],
    ]


def _chains(draws: Draws, _: Task) -> Inputs:
    first, second = _chain(draws), _chain(draws)
    joined = [first[0] + second[0], first[1] + second[1]]
    p = draws.between(0.55, 0.95, 0.01)
    return {
        "single": [[[p], [1]], [[p - 0.2], [1]]],
        "joined": [first, second, joined],
        "spare": [[[p], [1]], [[p], [2]]],
        "values": [_chain(draws) for _ in range(6)],
    }


def _works(chances: Sequence[float], suppliers: Sequence[int]) -> float:
    return chain_works(chances, suppliers)


WORKS = Question(
    name="works",
    title="Write how often a chain works",
    task=lambda draws: {},
    text=lambda task: (
        "Write a function `works(chances, suppliers)`. A complex has several layers, and each "
        "needs the one before it. In layer $l$ stand $R_l$ plants that make the same good, and "
        "each of them works with the chance $p_l$, whatever the others do. A layer delivers if at "
        "least one of its plants works. The function gets the two lists and returns the chance "
        "that all layers deliver:\n\n"
        r"$$\prod_l \left(1-(1-p_l)^{R_l}\right)$$"
        "\n\nThe course's own functions are switched off while yours is checked."
    ),
    inputs=_chains,
    blocked=("course_lib.production_complexes", "course_lib.exercises.production_complexes"),
    criteria=(
        Criterion(
            "one layer with one plant works as often as the plant",
            1,
            lambda answer, task, inputs: all(
                is_equal(found, chances[0])
                for found, (chances, _) in zip(answer["single"], inputs["single"], strict=True)
            ),
            (
                "With one plant the power is 1. What is 1 - (1 - p)?",
                "Does the function return a number, and not a list?",
            ),
        ),
        Criterion(
            "two chains one after the other work if both do: their chances are multiplied",
            1,
            lambda answer, task, inputs: (
                is_equal(answer["joined"][2], finite(answer["joined"][0]) * answer["joined"][1])
                and 0 < answer["joined"][2] < answer["joined"][0]
            ),
            (
                "Start with 1, and multiply by the chance of each layer.",
                "zip(chances, suppliers) gives the two numbers of each layer together.",
            ),
        ),
        Criterion(
            "with a spare plant a layer fails only if both fail",
            1,
            lambda answer, task, inputs: is_equal(
                1 - finite(answer["spare"][1]), (1 - finite(answer["spare"][0])) ** 2
            ),
            (
                "With what chance do both plants fail?",
                "The layer fails with (1 - p) to the power of the number of its plants.",
            ),
        ),
        Criterion(
            "the value is right for six other chains",
            2,
            lambda answer, task, inputs: all(
                is_equal(found, _works(*given))
                for found, given in zip(answer["values"], inputs["values"], strict=True)
            ),
            public=False,
        ),
    ),
)

# --- estimate from real figures

LEAST_SHARES = (0.03, 0.04, 0.05, 0.06, 0.07, 0.08)
CLEAR = 0.0004  # no coefficient of the sector lies nearer to the least share


@lru_cache(maxsize=1)
def _coefficients() -> pd.DataFrame:
    """Input coefficients of the 17 sectors, with the names of the table."""
    table = china_table()
    return pd.DataFrame(table.technical_coefficients, table.sectors, table.sectors)


@lru_cache(maxsize=256)
def _roles(sector: str, least: float) -> dict[str, Any]:
    names, shares = sector_names(), _coefficients().to_numpy().copy()
    np.fill_diagonal(shares, 0.0)
    large, here = shares >= least, names.index(sector)
    reached = [here]
    for one in reached:
        reached += [other for other in np.flatnonzero(large[one]).tolist() if other not in reached]
    return {
        "buyers": sorted(names[other] for other in np.flatnonzero(large[here])),
        "suppliers": sorted(names[other] for other in np.flatnonzero(large[:, here])),
        "share": float(shares[:, here].max()),
        "circle": bool(large[reached, here].any()),
    }


@lru_cache(maxsize=1)
def _cores() -> list[tuple[str, float]]:
    """Sectors and least shares at which both lists are short and none is empty."""
    shares = _coefficients().to_numpy()
    output = china_table().output
    sold = shares * output / output[:, np.newaxis]  # as a share of the seller's output
    found = []
    for place, name in enumerate(sector_names()):
        near_by = np.concatenate([shares[place], shares[:, place]])
        for least in LEAST_SHARES:
            roles = _roles(name, least)
            short = all(1 <= len(roles[side]) <= 6 for side in ("buyers", "suppliers"))
            others = np.arange(len(shares)) != place
            told_apart = ((sold[place] >= least) != (shares[place] >= least))[others].any()
            if short and told_apart and (abs(near_by - least) > CLEAR).all():
                found.append((name, least))
    return found


def _roles_task(draws: Draws) -> Task:
    sector, least = draws.choice(_cores())
    return {"sector": sector, "least": least}


def _right_roles(task: Task) -> dict[str, Any]:
    return _roles(task["sector"], task["least"])


def _are_others(side: str, names: Any, task: Task) -> bool:
    """Whether there are names, all of other sectors; if one is none, the error says so."""
    for name in names:
        if name not in sector_names():
            raise ValueError(f"the table has no sector {name!r:.60}. You name it in `{side}`")
        if name == task["sector"]:
            raise ValueError(f"`{side}` holds your own sector, {name}. Leave it out")
    return len(names) > 0


def _same_names(name: str, answer: Any, task: Task) -> bool:
    return sorted(answer[name]) == _right_roles(task)[name]


ROLES = Question(
    name="roles",
    title="Who stands around your sector?",
    task=_roles_task,
    text=lambda task: (
        f"Your sector of China's table of 2020 is **{task['sector']}**. Call a delivery *large* if "
        f"it makes up at least **{task['least']:.0%}** of the output of the sector that *buys* it. "
        "What a sector delivers to itself does not count. Give a dictionary with\n\n"
        "- `buyers`: the list of sectors to which yours makes a large delivery;\n"
        "- `suppliers`: the list of sectors that make a large delivery to yours; all names as in "
        "the table;\n"
        "- `share`: the largest input coefficient of your sector, from another sector (a fifth is "
        "0.2), four decimals or more;\n"
        "- `circle`: `True` if a way of large deliveries leads from your sector back to it, else "
        "`False`.\n\n"
        "The answer cell loads the table and makes a matrix of flows: rows sell, columns buy."
    ),
    criteria=(
        Criterion(
            "the lists hold names of other sectors, and the largest share counts as large",
            1,
            lambda answer, task, inputs: (
                all(_are_others(side, answer[side], task) for side in ("buyers", "suppliers"))
                and task["least"] <= within_range("share", answer["share"], 0, 1) < 1
                and isinstance(answer["circle"], bool)
            ),
            (
                "The answer is a dictionary with the four names of the task.",
                "Divide each column of the matrix by the output of the sector that buys.",
                "bool(...) makes a plain True or False of what a comparison returned.",
            ),
        ),
        Criterion(
            "the suppliers are right",
            1,
            lambda answer, task, inputs: _same_names("suppliers", answer, task),
            public=False,
        ),
        Criterion(
            "the buyers are right: the share is one of their output, not of yours",
            2,
            lambda answer, task, inputs: _same_names("buyers", answer, task),
            public=False,
        ),
        Criterion(
            "the largest share is right",
            1,
            is_close_to("share", _right_roles, 0.00006),
            public=False,
        ),
        Criterion(
            "the circle is right",
            1,
            lambda answer, task, inputs: (
                answer["circle"] is _right_roles(task)["circle"]
                and _same_names("buyers", answer, task)  # a coin would be right half of the time
            ),
            public=False,
        ),
    ),
)

# --- design: bring the complex to a region

PLANTS = ("refinery", "plastics works", "fertiliser works", "power station")
SITES = ("coast", "capital", "oil field", "hill region")
TARGET = "hill region"
PAIRS = (
    ("refinery", "plastics works"),
    ("refinery", "fertiliser works"),
    ("power station", "refinery"),
    ("power station", "plastics works"),
)
TRANSPORT_COST = 0.003

PLACEMENTS = np.array(list(every_choice(range(len(SITES)), repeat=len(PLANTS))))
USED = (PLACEMENTS[:, :, np.newaxis] == np.arange(len(SITES))).any(axis=1)


def _sites_task(draws: Draws) -> Task:
    """A task whose cheapest sites leave the hill region out, but not by far."""
    while True:
        task = _any_task(draws)
        least = _least_subsidy(task)
        if (
            min(km for row in task["km"].values() for km in row.values() if km) >= 80
            and 8 <= least <= 0.9 * task["paid"][TARGET]
            and _opened(task, least + 0.01) == [TARGET]
            and TARGET not in _opened(task)
            and all(_is_clear(task, shared) for shared in (True, False))
            and 1 < len(_opened(task, shared=False)) < 4
        ):
            return task


def _any_task(draws: Draws) -> dict[str, Any]:
    where = [(draws.between(0, 300, 10), draws.between(0, 300, 10)) for _ in SITES]
    return {
        "made": {site: {plant: draws.between(4, 30, 1) for plant in PLANTS} for site in SITES},
        "km": {
            site: {
                other: round(math.dist(here, there))
                for other, there in zip(SITES, where, strict=True)
            }
            for site, here in zip(SITES, where, strict=True)
        },
        "paid": {
            site: draws.between(35, 55, 1) if site == TARGET else draws.between(8, 24, 1)
            for site in SITES
        },
        "flows": [[*pair, draws.between(10, 60, 5)] for pair in PAIRS],
    }


def _costs(task: Task, subsidy: float = 0.0, shared: bool = True) -> np.ndarray:
    """What each of the 256 placements costs."""
    km = np.array([[task["km"][one][other] for other in SITES] for one in SITES], dtype=float)
    made = np.array([[task["made"][site][plant] for site in SITES] for plant in PLANTS])
    cost = made[range(len(PLANTS)), PLACEMENTS].sum(axis=1).astype(float)
    for seller, buyer, tonnes in task["flows"]:
        ends = (PLACEMENTS[:, PLANTS.index(plant)] for plant in (seller, buyer))
        cost += TRANSPORT_COST * tonnes * km[tuple(ends)]
    paid = np.array([task["paid"][site] for site in SITES], dtype=float)
    paid[-1] -= subsidy
    total: np.ndarray = cost + (USED @ paid if shared else paid[PLACEMENTS].sum(axis=1))
    return total


def _opened(task: Task, subsidy: float = 0.0, shared: bool = True) -> list[str]:
    """The sites in use in the cheapest placement."""
    best = np.argmin(_costs(task, subsidy, shared).round(9))
    return [site for site, used in zip(SITES, USED[best], strict=True) if used]


def _is_clear(task: Task, shared: bool) -> bool:
    """Whether the cheapest placement with other sites is clearly dearer than the best one."""
    costs = _costs(task, shared=shared)
    other = (USED[np.argmin(costs.round(9))] != USED).any(axis=1)
    return bool(costs[other].min() > costs.min() + 0.4)


def _least_subsidy(task: Task) -> float:
    """What the best complex elsewhere is cheaper by than one in the hill region alone."""
    costs = _costs(task)
    return float(costs[-1] - costs[~USED[:, -1]].min())


def _comes(subsidy: Any, task: Task) -> bool:
    paid = within_range("subsidy", subsidy, 0, task["paid"][TARGET])
    return _opened(task, paid) == [TARGET]


SUBSIDY = Question(
    name="subsidy",
    title="Bring the complex to the hill region",
    task=_sites_task,
    text=lambda task: (
        "Four plants are to be built, a refinery, a plastics works, a fertiliser works and a power "
        "station. Each can stand at the coast, at the capital, at the oil field or in the hill "
        "region; plants at one site share its infrastructure. In the hill region infrastructure "
        f"costs **{task['paid'][TARGET]:g}** million a year, and left to themselves the plants do "
        "not go there. The state wants **all four in the hill region**, and it can pay a part of "
        "that infrastructure: a subsidy. The plants then choose the sites that are cheapest for "
        "them together. Give a dictionary with\n\n"
        "- `subsidy`: a subsidy that brings all four, million a year, and not more than 2 per cent "
        "above the least that does;\n"
        "- `before`: the list of sites that are used without a subsidy;\n"
        "- `alone`: the list of sites that are used without a subsidy if each plant paid for an "
        "infrastructure of its own.\n\n"
        "The model is `site_complex` of lesson 06, at its own transport cost of 0.003. The answer "
        "cell has your tables and shows how to call it."
    ),
    criteria=(
        Criterion(
            "with your subsidy all four plants stand in the hill region",
            2,
            lambda answer, task, inputs: _comes(answer["subsidy"], task),
            (
                "The answer is a dictionary: {'subsidy': ..., 'before': [...], 'alone': [...]}.",
                "`opened` of the result names the sites that are used. Try larger subsidies.",
                "A subsidy cannot be larger than what infrastructure costs there.",
            ),
        ),
        Criterion(
            "a subsidy that is 2 per cent smaller would not bring them",
            2,
            lambda answer, task, inputs: (
                _comes(answer["subsidy"], task) and not _comes(0.98 * answer["subsidy"], task)
            ),
            (
                "Go through the subsidies in small steps and stop at the first one that is enough.",
                "How much dearer is the complex in the hill region than at its best sites?",
            ),
        ),
        Criterion(
            "the sites used before are right",
            1,
            lambda answer, task, inputs: sorted(answer["before"]) == sorted(_opened(task)),
            public=False,
        ),
        Criterion(
            "the sites used by plants that pay alone are right",
            1,
            lambda answer, task, inputs: (
                sorted(answer["alone"]) == sorted(_opened(task, shared=False))
            ),
            public=False,
        ),
    ),
)

# --- design: an order of building under a law

PROJECTS = ("road", "dam", "smelter", "rolling mill", "pulp mill", "housing", "school")
NEEDS = {
    "dam": ["road"],
    "housing": ["road"],
    "school": ["housing"],
    "smelter": ["dam"],
    "rolling mill": ["smelter"],
    "pulp mill": ["dam"],
}


@lru_cache(maxsize=1)
def _orders() -> list[tuple[str, ...]]:
    return [order for order in permutations(PROJECTS) if respects(order, NEEDS)]


def _order_task(draws: Draws) -> Task:
    while True:
        benefits = [
            draws.between(low, high, 0.5)
            for low, high in ((0.5, 2), (1, 3), (5, 10), (5, 10), (3, 8), (1, 5), (0.5, 3))
        ]
        task: dict[str, Any] = {
            "benefits": dict(zip(PROJECTS, benefits, strict=True)),
            "rate": draws.between(0.05, 0.2, 0.01),
            "deadline": int(draws.between(4, 5, 1)),
        }
        free, lawful = _values(task)
        clear = lawful[0][0] - lawful[1][0] > 1e-3 * lawful[0][0]
        greedy = sequencing(task["benefits"], NEEDS, task["rate"]).greedy
        if clear and free - lawful[0][0] > 0.004 * free and greedy != lawful[0][1]:
            return task


def _values(task: Task) -> tuple[float, list[tuple[float, tuple[str, ...]]]]:
    """The best value without the law, and the values of all orders that obey it, best first."""
    rate = round(task["rate"], 2)
    key = (tuple(task["benefits"].items()), rate, task["deadline"])
    return _all_values(*key)


@lru_cache(maxsize=64)
def _all_values(
    benefits: tuple[tuple[str, float], ...], rate: float, deadline: int
) -> tuple[float, list[tuple[float, tuple[str, ...]]]]:
    gains = dict(benefits)
    valued = sorted(
        ((present_value(order, gains, rate), order) for order in _orders()), reverse=True
    )
    return valued[0][0], [one for one in valued if "school" in one[1][:deadline]]


def _lawful(order: Any, task: Task) -> bool:
    """Whether an order is one that the law allows; if it is none at all, the error says why."""
    if not isinstance(order, list):
        raise ValueError(f"`order` is {order!r:.60}. It is a list of the seven projects")
    for name in order:
        if name not in PROJECTS:
            raise ValueError(f"there is no project {name!r:.60}. There are {', '.join(PROJECTS)}")
    for name in PROJECTS:
        if (times := order.count(name)) != 1:
            raise ValueError(f"your order builds the {name} {times} times. Each is built once")
    for name, needs in NEEDS.items():
        for need in needs:
            here, there = order.index(name) + 1, order.index(need) + 1
            if there > here:
                raise ValueError(
                    f"your order builds the {name} in year {here}, and the {need}, which it needs, "
                    f"in year {there}"
                )
    year = order.index("school") + 1
    if year > task["deadline"]:
        raise ValueError(
            f"your order builds the school in year {year}. The law wants it by year "
            f"{task['deadline']}"
        )
    return True


def _no_swap_helps(order: Any, task: Task) -> bool:
    worth = {built: value for value, built in _values(task)[1]}
    here = worth[tuple(order)]
    for one, other in pairwise(range(len(PROJECTS))):
        swapped = list(order)
        swapped[one], swapped[other] = swapped[other], swapped[one]
        if worth.get(tuple(swapped), 0.0) > here + 1e-9:
            return False
    return True


ORDER = Question(
    name="order",
    title="Order the projects under a law",
    task=_order_task,
    text=lambda task: (
        "Seven projects are built, one a year. What each brings, million a year:\n\n"
        + "\n".join(f"- {name}: {gain:g}" for name, gain in task["benefits"].items())
        + "\n\nThe dam and the housing need the road; the school needs the housing; the smelter "
        "and the pulp mill need the dam; the rolling mill needs the smelter. A law says that the "
        f"**school has to be built by year {task['deadline']}**. Interest is "
        f"**{task['rate']:.0%}**. Give a dictionary with\n\n"
        "- `order`: the list of all seven projects in the order of the greatest present value "
        "that the law allows;\n"
        "- `price`: what the law costs: by how much the best order without it is worth more, "
        "million, two decimals or more.\n\n"
        "`present_value` and `respects` are those of lesson 06. `sequencing` knows no law."
    ),
    criteria=(
        Criterion(
            "your order builds everything once, respects what needs what, and obeys the law",
            1,
            lambda answer, task, inputs: _lawful(answer["order"], task),
            (
                "The answer is a dictionary: {'order': [...], 'price': ...}.",
                "`respects(order, needs)` says whether an order is possible.",
                "The school stands among the first projects: order[:deadline].",
            ),
        ),
        Criterion(
            "no exchange of two neighbours that is allowed makes it better",
            2,
            lambda answer, task, inputs: (
                _lawful(answer["order"], task) and _no_swap_helps(answer["order"], task)
            ),
            (
                "Which two neighbours could change places?",
                "itertools.permutations(projects) gives every order. Keep the possible ones.",
                "max(orders, key=...) finds the one with the largest present value.",
            ),
        ),
        Criterion(
            "it is the most valuable order that the law allows",
            2,
            lambda answer, task, inputs: tuple(answer["order"]) == _values(task)[1][0][1],
            public=False,
        ),
        Criterion(
            "the price of the law is right",
            1,
            is_close_to(
                "price", lambda task: {"price": _values(task)[0] - _values(task)[1][0][0]}, 0.006
            ),
            public=False,
        ),
    ),
)

SET = ExerciseSet(
    "06_production_complexes",
    "Exercises 06: production complexes",
    (WORKS, ROLES, SUBSIDY, ORDER),
)
