"""The quiz and the check of lesson 00."""

from __future__ import annotations

from course_lib.lab import Check, Property, Quiz


def doubling_quiz() -> Quiz:
    """A first quiz: growth adds up faster than it looks."""
    return Quiz(
        "A region grows by 7 per cent a year. After how many years is it twice as rich?",
        {
            "7": "Seven years of 7 per cent make 49 per cent without interest on interest. "
            "You need 100.",
            "10": "1.07 multiplied by itself ten times is 1.97. A rule of thumb: divide 70 by "
            "the rate.",
            "14": "That would be right if growth did not build on growth: 14 times 7 is 98. "
            "But each year adds 7 per cent of a larger income.",
            "70": "That is the rule of thumb before you divide by the rate.",
        },
        answer="10",
        name="00 doubling",
    )


def ratio_check() -> Check:
    """A first check: the ratio of the richest region to the poorest."""
    return Check(
        "Ratio of the richest to the poorest region",
        [
            Property(
                "equal regions have the ratio 1",
                lambda ratio: abs(ratio([5, 5, 5]) - 1) < 1e-12,
                ["Largest income divided by smallest: what is 5 / 5?"],
            ),
            Property(
                "incomes of 2, 8 and 4 have the ratio 4",
                lambda ratio: abs(ratio([2, 8, 4]) - 4) < 1e-12,
                [
                    "Which of the three is the largest, which the smallest? Order does not matter.",
                    "max(incomes) gives the largest, min(incomes) the smallest.",
                    "return max(incomes) / min(incomes)",
                ],
            ),
            Property(
                "the ratio is the same in dollars and in cents",
                lambda ratio: abs(ratio([200, 800, 400]) - ratio([2, 8, 4])) < 1e-12,
                ["A difference changes with the unit, a ratio does not. Divide."],
            ),
        ],
        name="00 ratio",
    )
