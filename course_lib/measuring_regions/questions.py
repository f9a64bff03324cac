"""The quizzes and checks of lesson 01."""

from __future__ import annotations

import math

from course_lib.lab import Check, Property, Quiz


def which_index_quiz() -> Quiz:
    """Which index shouts loudest when one region runs far ahead?"""
    return Quiz(
        "In a country of 31 provinces one very rich province of few people becomes twice as rich. "
        "Nothing else changes. Which index rises least, in per cent?",
        {
            "Gini": "The Gini weighs a difference by how many people stand between the two "
            "incomes. One far-away province adds one large difference, and no weight for being "
            "far away.",
            "Theil": "Theil's index takes s ln(s/f). A province with a large s far above its f "
            "counts more than in proportion.",
            "Williamson": "Williamson's coefficient squares the distance from the mean. Twice as "
            "far counts four times.",
        },
        answer="Gini",
        name="01 which index",
    )


def location_quotient_quiz() -> Quiz:
    """What a location quotient of 3 does not say."""
    return Quiz(
        "Film has a location quotient of 3 in Utah. What follows?",
        {
            "Utah has three times as many film jobs as the average state": "That would be a "
            "statement about size. The quotient compares two shares.",
            "A job in Utah is three times as likely to be in film as a job in the nation": "The "
            "share of film in Utah's jobs is three times its share in the nation's.",
            "Utah exports two thirds of its films": "Often assumed, but only true if Utah buys as "
            "much film as the nation and makes it equally well. The figure does not say so.",
        },
        answer="A job in Utah is three times as likely to be in film as a job in the nation",
        name="01 location quotient",
    )


def theil_check() -> Check:
    """Properties that any right function for Theil's index has."""
    return Check(
        "Theil's index without weights",
        [
            Property(
                "equal regions have the index 0",
                lambda theil: abs(theil([7.0, 7.0, 7.0])) < 1e-9,
                [
                    "If all incomes are equal, each share s equals 1/n. What is ln 1?",
                    "Each term is s ln(s n), with s = income / sum of incomes.",
                ],
            ),
            Property(
                "the unit does not matter: yuan or thousands of yuan",
                lambda theil: math.isclose(
                    theil([10.0, 6.0, 3.0]), theil([10e3, 6e3, 3e3]), rel_tol=1e-9
                ),
                ["Work with shares of the sum, not with the incomes themselves."],
            ),
            Property(
                "a country and its copy together are as unequal as the country alone",
                lambda theil: math.isclose(
                    theil([10.0, 6.0, 3.0]), theil([10.0, 6.0, 3.0] * 2), rel_tol=1e-9
                ),
                ["A share is compared with 1/n. Does your n grow with the list?"],
            ),
            Property(
                "a little income moved from the rich to the poor lowers the index",
                lambda theil: theil([9.0, 6.0, 4.0]) < theil([10.0, 6.0, 3.0]) - 1e-9,
                ["Is the logarithm that of s n, and the sign in front of it positive?"],
            ),
            Property(
                "two regions, one of which is almost without income, come close to ln 2",
                lambda theil: abs(theil([1.0, 1e-12]) - math.log(2)) < 1e-6,
                ["Use the natural logarithm: math.log or numpy.log."],
            ),
        ],
        name="01 theil",
    )
