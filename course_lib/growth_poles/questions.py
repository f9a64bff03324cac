"""The quizzes and the check of lesson 05."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from course_lib.lab import Check, Property, Quiz

Multipliers = Callable[[np.ndarray], np.ndarray]

# Technical coefficients of three small economies; no column of one is like a row of it.
TABLES = (
    np.array([[0.10, 0.30], [0.45, 0.05]]),
    np.array([[0.05, 0.20, 0.00], [0.30, 0.15, 0.40], [0.10, 0.25, 0.20]]),
    np.array([[0.25, 0.10, 0.05], [0.02, 0.30, 0.30], [0.40, 0.00, 0.10]]),
)


def cathedral_quiz() -> Quiz:
    """A large plant is not yet a growth pole."""
    return Quiz(
        "A state builds a large and modern steelworks in a poor region. Ore and coal come by ship "
        "from abroad, engineers from the capital, and the steel leaves by ship. Ten years later "
        "the region around it is as poor as before. Which reading fits Perroux's space of who buys "
        "from whom?",
        {
            "Its linkages lie elsewhere, so it propels others, but not here": "A pole in economic "
            "space is an industry with those that it buys from and sells to. Where they are on "
            "the map is another question, and here they are abroad. So nothing of the ripple "
            "stays.",
            "It is too small to be a pole, so that it propels nobody at all": "Size is one of the "
            "three marks of a propulsive industry, and it is large. Which mark is missing for the "
            "region?",
            "Backwash has drawn away the people that it would have employed": "That could happen "
            "as well, but the engineers came from the capital. From whom does the works buy?",
            "Ten years are too few, so the spread is still on its way": "Spread needs a channel, "
            "such as orders to firms of the region. Which channel is there in the story?",
        },
        answer="Its linkages lie elsewhere, so it propels others, but not here",
        name="05 a cathedral in the desert",
    )


def too_early_quiz() -> Quiz:
    """A verdict after ten years tells a failure from a beginning only with a second look."""
    return Quiz(
        "A pole was founded ten years ago. Its neighbours have lost people and output, and a "
        "newspaper calls it a failure. In the model of lab 3, with its default settings, what do "
        "the figures of year 10 say?",
        {
            "The pole has failed: its neighbours have lost by it": "In the lab each town gained in "
            "the end. Where did the near ones stand in year 10?",
            "The pole has succeeded: what was founded has grown": "It grew. The question is about "
            "its neighbours.",
            "Nothing yet: a pole that will help looks like this too": "Backwash is largest in year "
            "8, and half of the spread has arrived in year 20. So in year 10 a town near the pole "
            "loses, and later it gains. To tell a slow success from a failure you need the "
            "channels: orders, suppliers, know-how.",
            "Its neighbours lose because the pole is too far away": "Look at the map of year 10: "
            "which towns lose most, the near ones or the far ones?",
        },
        answer="Nothing yet: a pole that will help looks like this too",
        name="05 too early to tell",
    )


def multipliers_check() -> Check:
    """Properties that any right output multipliers have.

    The answer is a function of a square array: what the sector of the column buys from the sector
    of the row, for one unit of its output. It returns the multiplier of each sector.
    """
    return Check(
        "Output multipliers",
        [
            Property(
                "if no sector buys anything from another, each multiplier is 1",
                lambda answer: _close(answer(np.zeros((3, 3))), np.ones(3)),
                [
                    "The order itself is output too: it is the 1.",
                    "In L = (I - A)^-1 the table A is all zero here. What is left?",
                ],
            ),
            Property(
                "a multiplier is 1, plus what the sector buys times its suppliers' multipliers",
                _suppliers_multipliers,
                [
                    "Sectors buy in columns. The multiplier of a sector is a sum down its column.",
                    "np.linalg.inv(np.eye(len(A)) - A) is the Leontief inverse. Which sums of it "
                    "are the multipliers, .sum(axis=0) or .sum(axis=1)?",
                ],
            ),
            Property(
                "the first rounds alone never exceed it",
                lambda answer: all(
                    (
                        np.asarray(answer(A.copy()), dtype=float)
                        >= 1 + A.sum(axis=0) + (A @ A).sum(axis=0)
                    ).all()
                    for A in TABLES
                ),
                [
                    "Add up each column of 1 + A + A A: that is the order with its first two "
                    "rounds. The multiplier of the sector is larger.",
                    "1 + A + A A is only the beginning of the sum. The inverse is all of it.",
                ],
            ),
        ],
        name="05 multipliers",
    )


def _suppliers_multipliers(answer: Multipliers) -> bool | str:
    for A in TABLES:
        found = np.asarray(answer(A.copy()), dtype=float)
        if found.shape != (len(A),):
            return (
                f"For a table of {len(A)} sectors there are {len(A)} multipliers, and your answer "
                f"has the shape {found.shape}. Is a sum missing, or one too many?"
            )
        if not _close(found, 1 + A.T @ found):
            return False
    return True


def _close(one: object, other: np.ndarray) -> bool:
    values = np.asarray(one, dtype=float)
    return values.shape == other.shape and bool(np.allclose(values, other, rtol=0, atol=1e-9))
