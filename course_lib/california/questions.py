"""The quizzes and checks of lesson 10."""

from __future__ import annotations

import math

from course_lib.lab import Check, Property, Quiz


def withheld_quiz() -> Quiz:
    """What a withheld figure does to a claim, and what it cannot do."""
    return Quiz(
        "High-tech manufacturing in the Sacramento region: 3,172 published jobs, quotient 0.43. "
        "Yuba City, the smaller of its two areas, does not publish 2,481 of its jobs by industry. "
        "What follows?",
        {
            "With withheld figures the claim cannot be tested": "A withheld figure is not known, "
            "but it has a largest possible value. What would the quotient be with all 2,481 jobs "
            "added to the 3,172?",
            "Even with all withheld jobs in these groups the quotient stays below 1": "With 5,653 "
            "jobs in place of 3,172 it would be 0.76. So the claim fails in 2019, whatever the "
            "withheld figures are.",
            "Sacramento never had high-tech manufacturing": "The table has one year, 2019. The "
            "document gives none. Another year could look different.",
        },
        answer="Even with all withheld jobs in these groups the quotient stays below 1",
        name="10 withheld",
    )


def three_claims_quiz() -> Quiz:
    """Which of the three claims the figures can carry."""
    return Quiz(
        "The document says that clusters (1) promote growth, (2) promote employment and (3) "
        "improve international competitiveness. What do the figures of this lesson show?",
        {
            "All three: California is ahead in each": "Look for a figure of exports, or of prices "
            "abroad, in the tables. Which table has one?",
            "None: the clusters that the document names are not there": "In the Bay and in "
            "Southern California they are, with quotients far above 1.",
            "For (2) a size that depends on the rule; for (1) growth without its cause; for (3) "
            "no figure": "Jobs in clusters can be counted once you say what a cluster is. Growth "
            "can be split, but not explained, by shift-share. Nothing here compares California "
            "with other countries.",
        },
        answer="For (2) a size that depends on the rule; for (1) growth without its cause; for (3) "
        "no figure",
        name="10 three claims",
    )


def above_the_mix_check() -> Check:
    """Properties of a function for jobs above the nation's mix."""
    return Check(
        "Jobs above the nation's mix",
        [
            Property(
                "a place with the nation's own mix has none",
                lambda above: abs(above(20.0, 1000.0, 400.0, 20000.0)) < 1e-9,
                [
                    "How many jobs would the place have in the industry if its share were the "
                    "nation's?",
                    "Expected jobs are place * industry / nation. Take them from the jobs.",
                ],
            ),
            Property(
                "without a single job in the industry the number is negative",
                lambda above: above(0.0, 1000.0, 400.0, 20000.0) < 0,
                ["Jobs minus expected jobs, in this order."],
            ),
            Property(
                "over all places of a nation the numbers add up to zero",
                lambda above: (
                    abs(above(50.0, 1000.0, 400.0, 20000.0) + above(350.0, 19000.0, 400.0, 20000.0))
                    < 1e-6
                ),
                ["What one place has more, others have less. Is yours a difference of jobs?"],
            ),
            Property(
                "film in Los Angeles comes to 71,559 jobs",
                lambda above: math.isclose(
                    above(84046, 5437272, 305420, 132989396), 71559, abs_tol=0.6
                ),
                ["The four numbers stand in the order jobs, place, industry, nation."],
            ),
        ],
    )
