"""The quizzes and the check of lesson 08."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from course_lib.lab import Check, Property, Quiz

Ability = Callable[[Sequence[float], float], float]

# Strengths of three partners, and an elasticity of substitution that is not 1.
REGIONS = (
    ((0.5, 0.4, 0.1), 0.5),
    ((0.9, 0.2, 0.6), 0.25),
    ((0.3, 0.8, 0.7), 0.8),
    ((0.2, 0.35, 0.95), 3.0),
)


def only_buzz_quiz() -> Quiz:
    """What becomes of a cluster that only talks to itself."""
    return Quiz(
        "Nine firms on a ring give half of their attention to their neighbours. None of them has a "
        "pipeline, and the frontier grows by 2 per cent a year. What becomes of them?",
        {
            "They become equal, and all fall behind the frontier": "Talk carries what is there to "
            "everybody and adds nothing to it. After a while each firm knows the same, and every "
            "year that is 2 per cent less of the frontier.",
            "They all come to know what the best of them knew, and stay there": "A firm that "
            "listens moves towards the mean of what it hears. Could that be the best? And does "
            "the frontier wait for them?",
            "They keep their distance from the frontier": "For that they would have to learn 2 per "
            "cent more each year. From whom, if nobody hears of the frontier?",
            "They reach the frontier, only later than with pipelines": "Set the number of firms "
            "with a pipeline to 0 in lab 2. Where do the lines go?",
        },
        answer="They become equal, and all fall behind the frontier",
        name="08 only buzz",
    )


def third_hand_quiz() -> Quiz:
    """Complements: the last partner adds most."""
    return Quiz(
        "Entrepreneurs, government and association each have a strength of 0.3. The elasticity of "
        "substitution is 1, and the three count alike. A region brings one after another to 0.9. "
        "Which of the three steps raises its learning ability most?",
        {
            "the first": "The first one is raised while the two others are weak. How much can it "
            "do with such partners?",
            "the third, whichever partner comes last": "Each step multiplies the ability by the "
            "same factor, and the third one multiplies the largest number: +0.13, +0.19, +0.28.",
            "all three the same": "That would be so if each could stand in for the others. What is "
            "the elasticity here?",
            "the one with the entrepreneurs, whenever it comes": "The three count alike here, so "
            "no name is special. Try the steps in another order in lab 3.",
        },
        answer="the third, whichever partner comes last",
        name="08 the third hand",
    )


def _everywhere(holds: Callable[[Ability, list[float], float], bool]) -> Callable[[Ability], bool]:
    """Whether something holds of an answer in all the regions."""
    return lambda ability: all(holds(ability, list(p), sigma) for p, sigma in REGIONS)


def ability_check() -> Check:
    """Properties that any right CES function of three partners has.

    The answer is a function of a list of three strengths above 0 and of an elasticity of
    substitution that is not 1. It returns the learning ability, the three counting alike.
    """

    return Check(
        "Learning ability of three partners",
        [
            Property(
                "if all three are equally strong, the ability is that strength",
                _everywhere(
                    lambda f, p, sigma: math.isclose(f([p[0]] * 3, sigma), p[0], rel_tol=1e-9)
                ),
                [
                    "What does your formula give for three times 0.5?",
                    "Each partner has the weight 1/3, inside the bracket.",
                    "rho = 1 - 1 / sigma, and the whole bracket is raised to the power 1 / rho.",
                ],
            ),
            Property(
                "if all three are half as strong, the ability is half as large",
                _everywhere(
                    lambda f, p, sigma: math.isclose(
                        f([x / 2 for x in p], sigma), f(p, sigma) / 2, rel_tol=1e-9
                    )
                ),
                [
                    "Did you raise the whole bracket to a power at the end?",
                    "That power is 1 / rho: it undoes the power rho inside.",
                ],
            ),
            Property(
                "no name is special: in another order the ability is the same",
                _everywhere(lambda f, p, sigma: math.isclose(f(p[::-1], sigma), f(p, sigma))),
                ["Do all three partners go into the sum, each in the same way?"],
            ),
            Property(
                "with an elasticity near 0 the weakest decides, with a very large one the mean",
                _everywhere(
                    lambda f, p, sigma: (
                        math.isclose(f(p, 0.02), min(p), rel_tol=0.03)
                        and math.isclose(f(p, 1e6), sum(p) / 3, rel_tol=1e-3)
                    )
                ),
                [
                    "Does the elasticity go into your formula at all?",
                    "With sigma = 0.02 the power rho is -49, with a very large sigma nearly 1.",
                ],
            ),
            Property(
                "strength is worth most when the three share it evenly",
                _everywhere(lambda f, p, sigma: f([sum(p) / 3] * 3, sigma) > f(p, sigma) > min(p)),
                ["The ability lies between the weakest and the mean of the three. Does yours?"],
            ),
        ],
        name="08 ability",
    )
