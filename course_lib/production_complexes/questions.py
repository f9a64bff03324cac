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
            "The mine stays a service plant, and no layer changes": "A service plant is one that "
            "the core does not reach. Follow the arrows from the core to the machine works and on.",
            "The mine becomes supplementary, in a layer 4 of its own": "It would, if nothing came "
            "back. But the mine feeds the power station, and that feeds the rolling mill, which "
            "stands before the machine works.",
            "Five plants share one layer, and none of them is first": (
                "The core now reaches the mine. One way round goes from the mine to the power "
                "station, the rolling mill, the machine works and back to the mine. Another goes "
                "by way of the core and the steelworks. Where you begin to count decides what is "
                "'main'."
            ),
            "The machine works become the core, and layers turn round": "The core is declared: it "
            "is what the region is known for. An arrow cannot change that.",
        },
        answer="Five plants share one layer, and none of them is first",
        name="06 circles",
    )


def sharing_quiz() -> Quiz:
    """What held the plants together."""
    return Quiz(
        "In the siting lab transport costs 0.0005, and infrastructure has one price at all three "
        "sites. The four plants share what it costs, and all stand at the river. Now only the "
        "rule changes: each plant pays its own. What do the plants do?",
        {
            "They stay at the river, all four": "They would if the river's infrastructure were "
            "cheaper than the others'. Here no site is cheaper. What does a second site cost a "
            "plant that pays its own bill wherever it stands?",
            "They move to the city together": "Transport is as cheap as before. Which of them has "
            "a reason to be at the city?",
            "They scatter over three sites": "Only the rule has changed, so it was the shared "
            "bill that held them. A plant that pays the same bill at every site goes where making "
            "and moving its goods is cheapest.",
            "They move to the mine together": "Which of the four is cheapest at the mine? Turn on "
            "*one price everywhere* in the lab and read the lower row.",
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
        name="06 value",
    )


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(1.0, abs(other))
