"""The quizzes and checks of lesson 10."""

from __future__ import annotations

import math

from course_lib.lab import Check, Property, Quiz


def withheld_quiz() -> Quiz:
    """What a withheld figure does to a claim, and what it cannot do."""
    return Quiz(
        "With the nation's mix a region would have 1,000 jobs in an industry. It has 900 that are "
        "published. One of its areas does not publish 300 of its jobs by industry, and has no "
        "figure for this one. What do you know of the region's location quotient?",
        {
            "It is 0.9, because withheld jobs are zero": "A withheld figure is not known, and "
            "it is not zero. What would the quotient be with all 300 jobs added to the 900?",
            "It is 1.2, because withheld jobs are counted": "All 300 *could* be in this industry. "
            "Are they?",
            "It lies between 0.9 and 1.2, below 1 or above": "Between 0 and 300 of the withheld "
            "jobs are in this industry, so the region has between 900 and 1,200. Whether it has "
            "more of the industry than the nation, nobody can say from this.",
            "It cannot be said, not even between two limits": "The jobs that are not published are "
            "counted in all. How many of them could be in this industry, at most?",
        },
        answer="It lies between 0.9 and 1.2, below 1 or above",
        name="10 withheld",
    )


def three_claims_quiz() -> Quiz:
    """Which of the three claims the figures can carry."""
    return Quiz(
        "The document says that clusters (1) promote growth, (2) promote employment and (3) "
        "improve international competitiveness. What do the figures of this lesson show?",
        {
            "A size for all three, and California is ahead": "Look for a figure of exports, or of "
            "prices abroad, in the tables. Which table has one?",
            "A size for none, as the named clusters are missing": "In the Bay and in Southern "
            "California they are there, with quotients far above 1.",
            "A size for (1) and (2), a cause for none": "Jobs in clusters can be counted once you "
            "say what a cluster is. Growth can be split, but not explained, by shift-share. And "
            "for (3) nothing here compares California with other countries.",
            "A size and a cause for (1) and (2), none for (3)": "Shift-share splits growth into "
            "three parts. Does any of them say what would have happened without the clusters?",
        },
        answer="A size for (1) and (2), a cause for none",
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
        name="10 above the mix",
    )
