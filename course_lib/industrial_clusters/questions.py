"""The quizzes and the check of lesson 07."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from course_lib.lab import Check, Property, Quiz

Gamma = Callable[[Sequence[float], Sequence[float], Sequence[float]], float]

# Shares of the industry, of all jobs, and of its plants in its jobs: no round answer among them.
PLACES = (
    ([0.62, 0.21, 0.12, 0.05], [0.31, 0.27, 0.24, 0.18], [0.3, 0.25, 0.2, 0.15, 0.1]),
    ([0.5, 0.3, 0.2], [0.45, 0.35, 0.2], [0.2, 0.2, 0.2, 0.2, 0.2]),
    ([0.7, 0.2, 0.1], [0.2, 0.5, 0.3], [0.4, 0.3, 0.2, 0.1]),
)


def three_costs_quiz() -> Quiz:
    """Production, transaction and institutional costs are three things."""
    return Quiz(
        "A shoe maker pays a lawyer to write a contract with a supplier of soles. What kind of "
        "cost is the lawyer's bill?",
        {
            "A cost of production": "Production turns leather and soles into shoes. Would the "
            "lawyer be needed if the soles came from the maker's own workshop?",
            "A transaction cost": "It is a cost of dealing with somebody else: of finding a "
            "partner, agreeing, and seeing to it that the agreement is kept.",
            "An institutional cost": "Courts and the law of contract are institutions, and a "
            "society pays for them. The bill of one lawyer for one contract is a cost of what?",
            "No cost, because a cluster has trust": "Trust can make the bill smaller. It is a "
            "cost all the same, and the question is of which kind.",
        },
        answer="A transaction cost",
        name="07 three costs",
    )


def gamma_quiz() -> Quiz:
    """Raw concentration and lumpiness."""
    return Quiz(
        "Two industries have the same raw concentration, on the scale on which darts give H: "
        "0.20. One has five equal plants, the other five hundred. In which of them do plants "
        "seek each other's company?",
        {
            "In both of them": "Throw five plants like darts, and again. How concentrated do "
            "they look on average? H tells: the sum of five squared shares of 1/5.",
            "In the one with five hundred": "Darts alone give five plants 0.20, so nothing is left "
            "to explain. Five hundred would give 0.002, so something pulls them together.",
            "In the one with five": "Few plants are lumpy: what does lumpiness alone explain?",
            "In neither of them": "What would raw concentration be if five hundred equal plants "
            "were thrown like darts?",
        },
        answer="In the one with five hundred",
        name="07 lumpy or clustered",
    )


def polya_quiz() -> Quiz:
    """With a constant pull shares settle, and where is chance."""
    return Quiz(
        "Two regions are alike, and each new firm goes to one of them in proportion to the firms "
        "that are there (the power is 1). After 400 firms region 1 has 70 per cent. Which share "
        "would you expect after 4,000?",
        {
            "Near 50 per cent in every history": "That would be so if firms did not "
            "look at each other. Here the next firm goes to region 1 with a chance of 0.7.",
            "Near 100 per cent in every history": "That needs a pull that grows faster than "
            "the region. With the power 1 a lead of 7 to 3 draws the next firm with 7 to 3.",
            "Near 70 per cent in this history": "The share hardly moves any more, and nothing but "
            "early luck put it there: in another history it settles somewhere else.",
            "Anything from 0 to 100 per cent": "Look at the left panel of the lab: when do "
            "the lines stop moving?",
        },
        answer="Near 70 per cent in this history",
        name="07 constant pull",
    )


def gamma_check() -> Check:
    """Properties that any right index of Ellison and Glaeser has.

    The answer is a function of three lists: the regions' shares of the industry, their shares of
    all jobs, and the plants' shares of the industry. It returns gamma.
    """
    return Check(
        "Ellison and Glaeser's gamma",
        [
            Property(
                "an industry that is spread like all jobs has -H / (1 - H)",
                lambda gamma: all(
                    _close(gamma(x, x, z), -_squares(z) / (1 - _squares(z))) for _, x, z in PLACES
                ),
                [
                    "Raw concentration is zero then. What is left of the formula?",
                    "H is the sum of the squared shares of the plants.",
                ],
            ),
            Property(
                "plants that all stand in one of two equal regions give a gamma of 1",
                lambda gamma: all(_close(gamma([1, 0], [0.5, 0.5], z), 1.0) for _, _, z in PLACES),
                [
                    "G is the sum of (s - x) squared over the regions, without a root.",
                    "G is divided by 1 minus the sum of the squared x, in brackets.",
                    "H is taken off next, and all that is left is divided by 1 - H.",
                ],
            ),
            Property(
                "if each plant is cut into two equal ones, G stays and gamma rises",
                lambda gamma: all(
                    gamma(s, x, [half / 2 for half in z for _ in range(2)]) > gamma(s, x, z)
                    for s, x, z in PLACES
                ),
                [
                    "H is taken off above the line, and 1 - H stands below it.",
                    "gamma = (G / (1 - sum of x squared) - H) / (1 - H).",
                ],
            ),
        ],
        name="07 gamma",
    )


def _squares(shares: Sequence[float]) -> float:
    return float((np.asarray(shares) ** 2).sum())


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(1.0, abs(other))
