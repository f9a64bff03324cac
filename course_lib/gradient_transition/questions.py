"""The quizzes and the check of lesson 04."""

from __future__ import annotations

import math
from collections.abc import Callable

from course_lib.lab import Check, Property, Quiz

SwitchAge = Callable[[float, float, float, float], float]

# Wage saved, skill penalty added, start cost, speed of maturing: no round answer among them.
LADDERS = ((1.0, 1.0, 5.0, 0.1), (0.8, 1.7, 6.0, 0.07), (2.5, 1.1, 9.0, 0.22))


def when_it_moves_quiz() -> Quiz:
    """What a higher wage in the middle of the ladder does to both moves."""
    return Quiz(
        "Three tiers, as in the lab: wages 3, 2 and 1, skill penalties 1, 2 and 4. The wage in "
        "tier 2 rises from 2.0 to 2.3, and nothing else changes. What happens to a product?",
        {
            "It reaches tier 2 later and leaves it earlier": "Going from tier 1 to 2 saves less, "
            "so it waits. Going from 2 to 3 saves more, so it comes sooner. Tier 2 is squeezed "
            "from both sides, and above a wage of 2.33 it is skipped.",
            "It reaches tier 2 later and tier 3 later": "The first half is right. Now compare "
            "tiers 2 and 3: does leaving tier 2 save more than before, or less?",
            "It reaches tier 2 earlier and stays there longer": "Only cost decides in this model. "
            "Does a higher wage make tier 2 a cheaper place?",
            "It reaches tier 2 later, and the move to tier 3 stays as it was": "Two wages decide "
            "the move from tier 2 to tier 3. Did both of them stay?",
        },
        answer="It reaches tier 2 later and leaves it earlier",
        name="04 when it moves",
    )


def slope_quiz() -> Quiz:
    """A slope is not a speed."""
    return Quiz(
        "Regions are followed over 80 years. Growth per year against the logarithm of income at "
        "the start gives a line with a slope of -0.010. At what speed do the regions converge?",
        {
            "about 1 per cent a year": "That is the slope without its sign. It is an average over "
            "80 years in which the gap becomes smaller and smaller. Was the speed at the start "
            "not higher?",
            "about 2 per cent a year": "80 times 0.010 says that 80 per cent of the gap is gone "
            "and 20 per cent is left. A gap that shrinks by 2 per cent a year has 20 per cent "
            "left after 80 years: -ln(0.20) / 80 = 0.020.",
            "80 per cent a year": "80 times the slope is a share, but of what? It is the part of "
            "the gap that is gone after all 80 years.",
            "nobody can say without the standard error": "The standard error says how wide the "
            "interval around the speed is. The estimate itself follows from slope and years.",
        },
        answer="about 2 per cent a year",
        name="04 what a slope is",
    )


def switch_age_check() -> Check:
    """Properties that any right function for the age of a switch has.

    The answer is a function of the wage saved in the lower tier, the skill penalty added there,
    the start cost and the speed of maturing. It returns years.
    """
    return Check(
        "Age at which production moves one tier down",
        [
            Property(
                "at this age the wage saved equals the extra cost of scarce skills",
                lambda age: all(_costs_are_equal(age, *ladder) for ladder in LADDERS),
                [
                    "Unit costs are w + h s0 exp(-δ a) in each tier. Set two of them equal.",
                    "You get wage_saved = penalty_added * start_cost * exp(-maturing * age). "
                    "Solve it for the age.",
                    "Divide by penalty_added * start_cost, then take the natural logarithm of "
                    "both sides.",
                ],
            ),
            Property(
                "a product that matures twice as fast moves at half the age",
                lambda age: all(
                    math.isclose(age(w, k, s, 2 * d), age(w, k, s, d) / 2, rel_tol=1e-9)
                    for w, k, s, d in LADDERS
                ),
                [
                    "Where does the speed of maturing stand in your formula?",
                    "Does your answer use maturing at all? The logarithm is divided by it.",
                ],
            ),
            Property(
                "the more wage is saved, the earlier production moves",
                lambda age: all(age(1.2 * w, k, s, d) < age(w, k, s, d) for w, k, s, d in LADDERS),
                ["Is the wage saved below the line of your fraction, and the penalty above it?"],
            ),
            Property(
                "yuan or dollars, the age is the same",
                lambda age: all(
                    math.isclose(age(7 * w, k, 7 * s, d), age(w, k, s, d), rel_tol=1e-9)
                    for w, k, s, d in LADDERS
                ),
                [
                    "Wage saved and start cost are both money. Only their ratio may count.",
                    "Is the start cost inside the logarithm?",
                ],
            ),
            Property(
                "if both tiers cost the same on the first day, the age is 0",
                lambda age: abs(age(6.0, 1.5, 4.0, 0.1)) < 1e-9,
                [
                    "Here 1.5 times 4.0 is just the 6.0 that are saved. What is the logarithm of "
                    "their ratio?"
                ],
            ),
        ],
        name="04 switch age",
    )


def _costs_are_equal(
    age: SwitchAge, wage_saved: float, penalty_added: float, start_cost: float, maturing: float
) -> bool:
    years = age(wage_saved, penalty_added, start_cost, maturing)
    extra = penalty_added * start_cost * math.exp(-maturing * years)
    return math.isclose(extra, wage_saved, rel_tol=1e-6)
