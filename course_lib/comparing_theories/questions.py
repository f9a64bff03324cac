"""The quizzes and the checks of lesson 09."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

import numpy as np

from course_lib.comparing_theories.comparison_table import ROWS, comparison_table
from course_lib.lab import Check, Property, Quiz
from course_lib.regional_economy.budget import Plan, View, plan_of, view_of
from course_lib.regional_economy.economy import nation, region, settle
from course_lib.regional_economy.history import years
from course_lib.regional_economy.policies import FOUR, EvenSpread, rank
from course_lib.regional_economy.scorecard import SCORE

Table = Mapping[str, Sequence[bool]]
OwnPolicy = Callable[[View], Plan]

POOREST = 8  # regions that the policy of the check is for
COUNTRIES = (3, 14, 15)  # seeds of the countries in which it is tried


def what_follows_quiz() -> Quiz:
    """A share of runs is no evidence."""
    right = "nothing yet: nobody has measured the laws on which the ranking hangs there"
    return Quiz(
        "In 32 of 60 draws of the laws the cluster makes more in year 60 than each of the other "
        "three theories. What follows for a real province?",
        {
            "a cluster policy is the best one there with a chance of about 53 per cent": "The 32 "
            "counts draws from ranges that the course has chosen. Wider ranges for urbanisation "
            "would give another number. Is that a chance of something in the world?",
            right: "A model says what follows from assumptions. Whether they hold in the province "
            "is a question for figures: how well research pays there, whether people move, what "
            "planners know.",
            "a cluster policy is the better one there: it is the best in most of the draws": "That "
            "would need draws that resemble the world. Who has checked that they do?",
            "nothing at all: a model and a real province can never be compared": "They can. What "
            "would you have to measure?",
        },
        answer=right,
        name="09 what follows",
    )


def tourism_quiz() -> Quiz:
    """Comparative, not absolute: the document's super first-tier cities."""
    return Quiz(
        "A super first-tier city serves tourists better than a small town does: it needs 2 hours "
        "of work for a guest, the town 3. For a part of a machine the city needs 1 hour, the town "
        "6. Who should have the tourists?",
        {
            "the city: its 2 hours for a guest are fewer than the town's 3": "Fewer hours are an "
            "absolute advantage. What does the city give up for one guest, counted in parts of "
            "machines? And the town?",
            "the town: a guest costs it half a part, and the city two": "That is comparative "
            "advantage, from lesson 03. The town is worse at both and still has something to "
            "offer. In the time of one guest the city could make two parts, and that is why "
            "guests are dear there.",
            "the town: it has too few workers to make anything else": "So the document says. But "
            "tourism needs many hands. What matters is what those hands could do instead.",
            "both of them: each town or city takes half of the guests": "Then each of them gives "
            "up some of what it is comparatively good at. Count parts of machines and guests "
            "before and after.",
        },
        answer="the town: a guest costs it half a part, and the city two",
        name="09 who gets the tourists",
    )


def table_check() -> Check:
    """The student's own comparison table, checked against 30 simulated countries.

    The answer is a dictionary from the name of a row to four times True or False, in the order
    gradient, growth pole, production complex, cluster.
    """
    return Check(
        "The comparison table",
        [_row_property(name) for name in ROWS],
        name="09 table",
    )


@lru_cache(maxsize=1)
def _right() -> dict[str, list[bool]]:
    """What holds in more than half of the runs."""
    return {str(name): (shares > 0.5).tolist() for name, shares in comparison_table().iterrows()}


def _row_property(name: str) -> Property:
    hints = {
        "specialised": "Which of the four spends the same on every sector?",
        "unequal": "Three of the four pour money into few regions. Which one doesn't?",
        "smaller gap": "Who gets the money of the pole, and in which tier does it live?",
        "innovation": "The score weights each region and sector by its output. Where does each of "
        "the four make most, and how much is learnt there?",
        "latecomers": "Who spends on knowledge in tier 3? And what do regions there learn by "
        "doing, if what they make grows more slowly?",
        "contagion": "Who builds suppliers and buyers in one place?",
    }
    sentence = f"{name}: your row is what happens in most of 30 countries"
    return Property(
        sentence,
        partial(_row_holds, name),
        [
            hints[name],
            _where_to_look(name),
        ],
    )


#: Scores of lab 2 that are not on the scoreboard of lab 1.
IN_LAB_2 = {
    "latecomers": "technology_3_50",
    "contagion": "linked_loss",
}


def _where_to_look(row: str) -> str:
    if row in IN_LAB_2:
        return f"Choose the score “{SCORE[IN_LAB_2[row]].label}” in lab 2."
    return "Play it in lab 1, in two or three countries."


def _row_holds(name: str, table: Table) -> bool:
    if not isinstance(table, Mapping) or name not in table:
        raise ValueError(f"the table has no row {name!r}")
    row: list[Any] = list(table[name])
    if all(one is ... for one in row):
        raise NotImplementedError
    if len(row) != len(FOUR) or not all(isinstance(one, bool | np.bool_) for one in row):
        raise ValueError(f"the row {name!r} needs four times True or False")
    return [bool(one) for one in row] == _right()[name]


def policy_check() -> Check:
    """A policy of the student's own: half plants, half knowledge, for the eight poorest regions.

    The answer is a function from what a policy sees, `View`, to a `Plan`.
    """
    return Check(
        "A policy for the poorest",
        [
            Property(
                "it spends the whole budget and no more",
                lambda policy: all(_plan(policy, view) for view in _views()),
                [
                    "share_of(...) turns amounts into shares that add up to 1.",
                    "plants=0.5 * share_of(...) and knowledge=0.5 * share_of(...) add up to 1.",
                ],
            ),
            Property(
                "half of it buys plants, half buys knowledge",
                lambda policy: all(
                    _spends_half(plan.plants) and _spends_half(plan.knowledge)
                    for plan in (_plan(policy, view) for view in _views())
                ),
                ["Multiply each share_of(...) by 0.5."],
            ),
            Property(
                "only the eight regions with the lowest output per head get something",
                lambda policy: (
                    not any((_gets(policy, view) & ~_poorest(view)).any() for view in _views())
                ),
                [
                    "now.output_per_head is a column, one number a region. Which of them are low?",
                    "np.sort(now.output_per_head, axis=0)[7] is the eighth lowest.",
                    "poor = now.output_per_head <= np.sort(now.output_per_head, axis=0)[7], and "
                    "then share_of(now.output * poor).",
                ],
            ),
            Property(
                "each of the eight gets something, in every country and year",
                lambda policy: all(
                    (_gets(policy, view) == _poorest(view)).all() for view in _views()
                ),
                [
                    "Do you count from 0? The eighth of a sorted column has the number 7.",
                    "Use what now holds, and no numbers of regions: another country, other poor.",
                ],
            ),
        ],
        name="09 policy",
    )


@lru_cache(maxsize=1)
def _views() -> tuple[View, ...]:
    """What a policy sees in three countries, in its first year and in its last."""
    start = settle(COUNTRIES)
    first, last = start.laws.policy_start, start.laws.policy_end - 1
    return tuple(
        view_of(state, start, year)
        for year, state in years(start, EvenSpread())
        if year in (first, last)
    )


def _plan(policy: OwnPolicy, view: View) -> Plan:
    """The plans for all countries of a year, checked as the economy does it."""
    if policy(view.run(0)) is None:
        raise ValueError("your policy returned nothing: end it with return Plan(...)")
    return plan_of(policy, view)


def _spends_half(shares: Any) -> bool:
    return bool(np.isclose(nation(shares), 0.5).all())


def _gets(policy: OwnPolicy, view: View) -> np.ndarray:
    """Which regions get something, shape (n_runs, n_regions)."""
    plan = _plan(policy, view)
    gets: np.ndarray = (region(plan.plants + plan.knowledge) > 0)[..., 0]
    return gets


def _poorest(view: View) -> np.ndarray:
    """Which are the eight poorest regions, shape (n_runs, n_regions)."""
    poorest: np.ndarray = (rank(-view.output_per_head) < POOREST)[..., 0]
    return poorest
