"""In which order a planner builds, if some projects need others first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

import numpy as np
import pandas as pd

from course_lib.parameters import number

MOST_PROJECTS = 12
MOST_LISTED = 2_000

PROJECTS = ("road", "dam", "smelter", "pulp mill", "cable works", "housing")
BENEFITS = (1.0, 2.0, 9.0, 6.0, 8.0, 3.0)
"""Projects of the lab and what they bring, million a year; the figures are invented."""

NEEDS = {
    "dam": ("road",),
    "smelter": ("dam",),
    "pulp mill": ("dam",),
    "cable works": ("smelter",),
    "housing": ("road",),
}

ARROW = " > "
"""Stands between the projects of an order that is written as one line."""


@dataclass(frozen=True, eq=False)
class Sequencing:
    """Orders of building and what they are worth: the result of `sequencing`.

    Attributes
    ----------
    benefits : dict from str to float
        What each project brings, million a year.
    rate : float
        Rate of interest, per year.
    best, greedy, worst : tuple of str
        Three orders: the most valuable, the one that always takes the largest benefit that can be
        had at once, and the least valuable.
    best_value, greedy_value, worst_value : float
        Their present values, million.
    n_orders : int
        Number of orders that respect what needs what.
    all_values : numpy.ndarray of float, shape (n_orders,)
        Value of each of them, rising. Empty if there are more than 2000.
    yours : tuple of str
        An order of the reader's own; empty if none was given.
    """

    benefits: dict[str, float]
    rate: float
    best: tuple[str, ...]
    greedy: tuple[str, ...]
    worst: tuple[str, ...]
    best_value: float
    greedy_value: float
    worst_value: float
    n_orders: int
    all_values: np.ndarray
    yours: tuple[str, ...] = ()

    @property
    def your_value(self) -> float:
        """Present value of the reader's own order, million."""
        return present_value(self.yours, self.benefits, self.rate)

    @property
    def lost_by_greed(self) -> float:
        """What the greedy order loses, as a part of the best value."""
        return 1 - self.greedy_value / self.best_value if self.best_value else 0.0

    def to_frame(self) -> pd.DataFrame:
        """One row a year: what each of the orders builds in it."""
        yours = {"yours": self.yours} if self.yours else {}
        return pd.DataFrame(
            {"best": self.best, "greedy": self.greedy, "worst": self.worst, **yours},
            index=pd.RangeIndex(1, len(self.best) + 1, name="year"),
        )

    def summary(self) -> str:
        """One sentence: the best order and what the greedy one loses."""
        text = (
            f"Best of {self.n_orders} possible orders: {', '.join(self.best)}; present value "
            f"{self.best_value:.1f}."
        )
        if self.yours:
            text += f" Yours is worth {self.your_value:.1f}."
        if self.lost_by_greed < 1e-9:
            return f"{text} Always taking the largest benefit finds an order as good."
        return (
            f"{text} Always taking the largest benefit gives {', '.join(self.greedy)}: "
            f"{self.greedy_value:.1f}, {self.lost_by_greed:.1%} less."
        )


def present_value(order: Sequence[str], benefits: Mapping[str, float], rate: float = 0.10) -> float:
    r"""What an order of building is worth, one project a year.

    Parameters
    ----------
    order : sequence of str
        The projects in the order in which they are built.
    benefits : mapping from str to float
        What each brings, million a year, from the year in which it is built and for ever. A
        year's benefit comes at its end.
    rate : float
        Rate of interest, per year, above 0: 10 per cent is 0.10.

    Returns
    -------
    float
        Present value at the start of the first year, million.

    Raises
    ------
    ValueError
        If a project has no benefit, or the rate is not above 0.

    Notes
    -----
    A benefit :math:`b` for ever, from the end of year :math:`k` on, is worth
    :math:`(b/r)(1+r)^{-(k-1)}`.

    Examples
    --------
    >>> round(present_value(["dam", "smelter"], {"dam": 2, "smelter": 9}), 2)
    101.82
    """
    r = number("rate", rate, above=0, because="a benefit for ever would be worth endlessly much")
    for project in order:
        if project not in benefits:
            raise ValueError(f"{project} has no benefit: add it, or 0 if it brings nothing")
    return sum(benefits[project] / r / (1 + r) ** year for year, project in enumerate(order))


def sequencing(
    benefits: Mapping[str, float] | None = None,
    needs: Mapping[str, Sequence[str]] = NEEDS,
    rate: float = 0.10,
) -> Sequencing:
    """The best order of building, the greedy one and the worst, one project a year.

    Parameters
    ----------
    benefits : mapping from str to float, optional
        What each project brings, million a year; at most 12 projects. Without it, the six of the
        lab.
    needs : mapping from str to sequence of str
        Of each project those that have to be built before it.
    rate : float
        Rate of interest, per year, above 0.

    Returns
    -------
    Sequencing
        The three orders, their values and those of all others.

    Raises
    ------
    ValueError
        If projects need each other in a circle, one needs a project that is not there, or a
        parameter is out of range.

    Notes
    -----
    The best order is found by dynamic programming over the sets of projects that can have been
    built: of each set it keeps the best way to go on. So it is exact, and 12 projects are quick.

    Examples
    --------
    >>> found = sequencing()
    >>> found.best, round(found.best_value, 4), found.n_orders
    (('road', 'dam', 'smelter', 'cable works', 'pulp mill', 'housing'), 222.2756, 15)
    >>> sequencing({"dam": 1, "mill": 2}, {"dam": ["mill"], "mill": ["dam"]})
    Traceback (most recent call last):
    ...
    ValueError: nothing can be built first: dam > mill > dam need each other in a circle; ...
    """
    gain = dict(zip(PROJECTS, BENEFITS, strict=True) if benefits is None else benefits.items())
    r = number("rate", rate, above=0, because="a benefit for ever would be worth endlessly much")
    projects, before = _checked(gain, needs)
    worth = [gain[project] for project in projects]
    full = (1 << len(projects)) - 1

    # Of each set of projects built so far: value of the best and worst way on, and number of ways.
    ways: dict[int, tuple[float, int, float, int, int]] = {full: (0.0, -1, 0.0, -1, 1)}

    def onward(built: int) -> tuple[float, int, float, int, int]:
        if built not in ways:
            options = []
            for project in _open(built, before):
                best, _, worst, _, count = onward(built | 1 << project)
                now = worth[project] / r
                options.append((now + best / (1 + r), now + worst / (1 + r), project, count))
            high = max(options, key=lambda option: option[0])
            low = min(options, key=lambda option: option[1])
            count = sum(option[3] for option in options)
            ways[built] = (high[0], high[2], low[1], low[2], count)
        return ways[built]

    best_value, _, worst_value, _, n_orders = onward(0)
    orders: list[list[int]] = [[], [], []]
    for order, choose in zip(
        orders,
        (
            lambda built: ways[built][1],
            lambda built: max(_open(built, before), key=lambda project: worth[project]),
            lambda built: ways[built][3],
        ),
        strict=True,
    ):
        built = 0
        while built != full:
            order.append(choose(built))
            built |= 1 << order[-1]
    best, greedy, worst = (tuple(projects[one] for one in order) for order in orders)
    values = np.array(_all_values(worth, before, r) if n_orders <= MOST_LISTED else [])
    values.flags.writeable = False
    return Sequencing(
        benefits=gain,
        rate=r,
        best=best,
        greedy=greedy,
        worst=worst,
        best_value=best_value,
        greedy_value=present_value(greedy, gain, r),
        worst_value=worst_value,
        n_orders=n_orders,
        all_values=values,
    )


def possible_orders() -> list[str]:
    """The orders of the six projects of the lab in which each comes after what it needs.

    Examples
    --------
    >>> len(possible_orders()), possible_orders()[0]
    (15, 'road > dam > smelter > pulp mill > cable works > housing')
    """
    return [ARROW.join(order) for order in permutations(PROJECTS) if respects(order)]


def six_projects(
    benefits: Sequence[float] = BENEFITS, rate: float = 0.10, yours: str = ARROW.join(PROJECTS)
) -> Sequencing:
    """The six projects of the lab, with benefits and an order of one's own.

    Parameters
    ----------
    benefits : sequence of float, length 6
        What road, dam, smelter, pulp mill, cable works and housing bring, million a year.
    rate : float
        Rate of interest, per year, above 0.
    yours : str
        An order of your own, one of `possible_orders`.

    Returns
    -------
    Sequencing

    Raises
    ------
    ValueError
        If there are not six benefits, a number is out of range, or the order is not possible.

    Examples
    --------
    >>> six_projects().greedy[1]
    'housing'
    """
    if len(benefits) != len(PROJECTS):
        raise ValueError(
            f"benefits needs {len(PROJECTS)} numbers, one for each of {', '.join(PROJECTS)} (got "
            f"{len(benefits)})"
        )
    order = tuple(yours.split(ARROW))
    if sorted(order) != sorted(PROJECTS) or not respects(order):
        raise ValueError(
            f"yours must build all six projects, each after what it needs, such as "
            f"{ARROW.join(PROJECTS)!r} (got {yours!r})"
        )
    found = sequencing(dict(zip(PROJECTS, benefits, strict=True)), NEEDS, rate)
    return replace(found, yours=order)


def respects(order: Sequence[str], needs: Mapping[str, Sequence[str]] = NEEDS) -> bool:
    """Whether every project comes after all that it needs.

    Examples
    --------
    >>> respects(["road", "dam"]), respects(["dam", "road"])
    (True, False)
    """
    return all(
        need in order[:place]
        for place, project in enumerate(order)
        for need in needs.get(project, ())
    )


def _open(built: int, before: Sequence[int]) -> list[int]:
    """The projects that can be built next: not built yet, and all that they need is."""
    return [
        project
        for project, needed in enumerate(before)
        if not built >> project & 1 and needed & ~built == 0
    ]


def _all_values(worth: Sequence[float], before: Sequence[int], rate: float) -> list[float]:
    full = (1 << len(worth)) - 1

    def values(built: int) -> list[float]:
        if built == full:
            return [0.0]
        return [
            worth[project] / rate + later / (1 + rate)
            for project in _open(built, before)
            for later in values(built | 1 << project)
        ]

    return sorted(values(0))


def _checked(
    benefits: Mapping[str, float], needs: Mapping[str, Sequence[str]]
) -> tuple[list[str], list[int]]:
    projects = list(benefits)
    if not 1 <= len(projects) <= MOST_PROJECTS:
        raise ValueError(
            f"benefits must name 1 to {MOST_PROJECTS} projects (got {len(projects)}): put small "
            "ones together"
        )
    for project, gain in benefits.items():
        number(f"benefit of {project}", gain, least=0, because="a project that costs is not built")
    for project, needed in needs.items():
        for name in (project, *needed):
            if name not in benefits:
                raise ValueError(
                    f"needs names {name}, which has no benefit: its projects are "
                    f"{', '.join(projects)}"
                )
    before = [
        sum(1 << projects.index(need) for need in dict.fromkeys(needs.get(project, ())))
        for project in projects
    ]
    built = 0
    while can := _open(built, before):
        for place in can:
            built |= 1 << place
    if built != (1 << len(projects)) - 1:
        raise ValueError(
            f"nothing can be built first: {_circle(projects, needs)} need each other in a circle; "
            "take one of these needs out"
        )
    return projects, before


def _circle(projects: Sequence[str], needs: Mapping[str, Sequence[str]]) -> str:
    """A circle of needs, written from project to need."""
    can: set[str] = set()
    while more := {
        project for project in projects if project not in can and set(needs.get(project, ())) <= can
    }:
        can |= more
    way = [next(project for project in projects if project not in can)]
    while way[-1] not in way[:-1]:
        way.append(next(need for need in needs[way[-1]] if need not in can))
    return " > ".join(way[way.index(way[-1]) :])
