"""The quizzes and the check of lesson 06."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from course_lib.lab import Check, Property, Quiz

Value = Callable[[Sequence[float], float], float]

# What the projects bring in the order of building, and the rate: no round answer among them.
PLANS = (([4.0, 7.0, 3.0], 0.08), ([1.0, 0.0, 9.0, 2.5], 0.15), ([6.0, 5.0], 0.03))


def circle_quiz() -> Quiz:
    """What one arrow back does to a chart in layers."""
    return Quiz(
        "Take the plan 'Iron and steel'. The machine works begin to send drills to the coal mine. "
        "What becomes of the layers?",
        {
            "Five plants go round in circles with the core, and none of the five is the first": (
                "The core now reaches the mine. One way round goes from the mine to the power "
                "station, the rolling mill, the machine works and back to the mine. Another goes "
                "by way of the core and the steelworks. Where you begin to count decides what is "
                "'main'."
            ),
            "Nothing: the mine stays a service plant": "A service plant is one that the core does "
            "not reach. Follow the arrows from the core to the machine works and on.",
            "The mine becomes a supplementary plant in layer 4": "It would, if nothing came back. "
            "But the mine feeds the power station, and that feeds the rolling mill, which stands "
            "before the machine works.",
            "The machine works become the core": "The core is declared: it is what the region is "
            "known for. An arrow cannot change that.",
        },
        answer="Five plants go round in circles with the core, and none of the five is the first",
        name="06 circles",
    )


def sharing_quiz() -> Quiz:
    """What held the plants together."""
    return Quiz(
        "In the siting lab transport costs 0.0005, and all four plants stand at the river and "
        "share what infrastructure costs there. Now the state builds the infrastructure of every "
        "site as a gift. What do the plants do?",
        {
            "They scatter over three sites": "Each goes where making and moving its goods is "
            "cheapest. What held them together was a bill that they split.",
            "They stay at the river": "What does a second site cost them now?",
            "They move to the city together": "Transport is as cheap as before. Which of them has "
            "a reason to be at the city?",
            "They move to the mine together": "Only the smelter is cheapest at the mine. Set "
            "the cost of infrastructure to 0 in the lab.",
        },
        answer="They scatter over three sites",
        name="06 sharing",
    )


def value_check() -> Check:
    """Properties that any right present value of an order has.

    The answer is a function of two: what the projects bring, a year, in the order in which they
    are built, and the rate of interest. One project is built each year, and it brings its benefit
    at the end of that year and of every year after.
    """
    return Check(
        "Value of an order of building",
        [
            Property(
                "a single project that brings b for ever is worth b / r",
                lambda value: all(_close(value([b[0]], r), b[0] / r) for b, r in PLANS),
                [
                    "What sum in the bank pays b each year if the rate is r?",
                    "Is the first project divided by the rate, and not by 1 + rate as well?",
                    "For one project, return benefits[0] / rate.",
                ],
            ),
            Property(
                "if everything is built a year later, the value is divided by 1 + r",
                lambda value: all(
                    _close(value([0.0, *b], r), value(b, r) / (1 + r)) and value(b, r) > 0
                    for b, r in PLANS
                ),
                [
                    "The first project is not discounted, the second one once, the third twice.",
                    "Divide the project with number k, counted from 0, by (1 + r) ** k.",
                ],
            ),
            Property(
                "two orders of the same projects differ, and the one with more at first is larger",
                lambda value: all(
                    value(sorted(b, reverse=True), r) > value(sorted(b), r) for b, r in PLANS
                ),
                ["Is each project discounted by its own year, and not all by the same?"],
            ),
        ],
    )


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(1.0, abs(other))
