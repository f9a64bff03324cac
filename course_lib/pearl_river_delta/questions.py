"""The quizzes and checks of lesson 11."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course_lib.lab import Check, Property, Quiz
from course_lib.pearl_river_delta.claims import (
    CLAIMS,
    CONTRADICTED,
    IMPOSSIBLE_THEN,
    NO_FIGURE,
    VERDICTS,
)


def bigger_and_narrower_quiz() -> Quiz:
    """A bigger share and a smaller gap."""
    return Quiz(
        "From 2010 to 2020 the Delta's share of Guangdong's output rose from 80.0 to 80.8 per "
        "cent, and yet output per head in the Delta fell from 3.41 to 2.60 times that of the other "
        "cities. How can both be true?",
        {
            "The other cities' output grew faster": "Then their share of output would have "
            "risen. It fell.",
            "The Delta's share of people rose by more than its share of output": "From 53.9 to "
            "61.9 per cent, as press reports of the censuses have it. The same output is divided "
            "by more people.",
            "One of the two figures must be wrong": "Both can be computed from the same table and "
            "two shares of people. A ratio of two numbers can fall while one of them rises.",
        },
        answer="The Delta's share of people rose by more than its share of output",
        name="11 bigger and narrower",
    )


def shock_quiz() -> Quiz:
    """What the simulated delta shows and what it cannot show."""
    return Quiz(
        "In the simulated delta the specialised towns made more over 20 years than diverse ones, "
        "at a gain of 0.05. What follows for the real Delta?",
        {
            "Towns there should specialise further": "The result turned round at a smaller gain. "
            "Who has measured the gain in the real Delta?",
            "Nothing yet: the answer depends on the gain, and on how fast others hire": "The model "
            "says which two numbers to measure, and who bears the loss in the meantime.",
            "Shocks do not matter to specialised towns": "Look at the town that was hit hardest.",
        },
        answer="Nothing yet: the answer depends on the gain, and on how fast others hire",
        name="11 shock",
    )


def weigh_the_claims_check() -> Check:
    """One verdict for each number of the document.

    Where two readings of a claim can be defended, either verdict is right.
    """

    def right(answer: Mapping[str, Any], verdict: str) -> bool:
        """Whether a claim has this verdict only where it can be defended, and no wrong one."""
        begun(answer)
        return all(
            answer.get(claim.name) in (claim.verdict, *claim.defensible)
            for claim in CLAIMS
            if verdict in (claim.verdict, answer.get(claim.name))
        )

    def begun(answer: Mapping[str, Any]) -> None:
        if not isinstance(answer, Mapping):
            raise ValueError("keep the form: the eight lines between { and }")
        if all(verdict is ... for verdict in answer.values()):
            raise NotImplementedError

    def is_whole(answer: Mapping[str, Any]) -> bool:
        begun(answer)
        missing = [claim.name for claim in CLAIMS if answer.get(claim.name, ...) is ...]
        if missing:
            raise ValueError(f"there is no verdict on {missing[0]!r} yet")
        unknown = [verdict for verdict in answer.values() if verdict not in VERDICTS]
        if unknown:
            raise ValueError(f"{unknown[0]!r} is none of {', '.join(map(repr, VERDICTS))}")
        return True

    return Check(
        "Eight claims, weighed",
        [
            Property(
                "each of the eight claims has one of the four verdicts",
                is_whole,
                ["The names are those of the table of claims, letter by letter."],
            ),
            Property(
                "your verdict on claims that contradict each other can be defended",
                lambda answer: right(answer, CONTRADICTED),
                [
                    "Two of the claims count the same towns. Do they agree?",
                    "How many towns are a quarter of somewhat more than 400?",
                ],
            ),
            Property(
                "your verdict on a claim that needs a year can be defended",
                lambda answer: right(answer, IMPOSSIBLE_THEN),
                [
                    "For one claim there is a figure of the whole city that the parts cannot "
                    "exceed.",
                    "Seven clusters of 100 billion yuan each are 700 billion. What was Guangzhou's "
                    "whole output in 2000? Whoever reads the 100 billion as sales has no figure.",
                ],
            ),
            Property(
                "you did not say more of the others than the tables do",
                lambda answer: right(answer, NO_FIGURE),
                [
                    "A claim that you know to be true from elsewhere is still without a figure "
                    "here.",
                    "Which table of the course has towns, firms, lamps or plastics by city?",
                ],
            ),
        ],
        name="11 weigh the claims",
    )
