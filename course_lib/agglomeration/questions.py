"""The quizzes and the check of lesson 02."""

from __future__ import annotations

from collections.abc import Callable

from course_lib.lab import Check, Property, Quiz

BestSize = Callable[[float, float, float, float], float]

# Elasticity, productivity, congestion, elasticity of congestion: no round answer among them.
CITIES = ((0.05, 10.0, 0.1, 0.5), (0.08, 25.0, 0.3, 0.6), (0.03, 4.0, 0.02, 0.45))


def scope_quiz() -> Quiz:
    """Scale, scope, localisation and urbanisation are four things."""
    return Quiz(
        "A dairy makes cheese and yoghurt under one roof. One cooling plant serves both, so the "
        "two cost less together than in two dairies that make the same amounts. What is this?",
        {
            "An economy of scope": "Two products share what neither could keep busy alone. The "
            "amounts are the same, and nobody else is involved.",
            "An economy of scale": "Scale is about more of one product. Does the dairy make more "
            "of either here?",
            "An economy of localisation": "That one comes from other firms of the same industry "
            "nearby. How many firms are in the story?",
            "An economy of urbanisation": "That one comes from the size of the whole city. Is "
            "there a city in the story?",
        },
        answer="An economy of scope",
        name="02 scale or scope",
    )


def history_quiz() -> Quiz:
    """Between the break point and the sustain point the start decides."""
    return Quiz(
        "An even spread breaks up below a transport cost of 1.63, and a core holds below 1.81. The "
        "cost is 1.7, and all workers are in region 2. Then every tenth worker is sent to region "
        "1. Where are they in the end?",
        {
            "All in region 2 again": "At 1.7 a core holds. Nine of ten workers are still there, "
            "with most firms and buyers, so those who left earn more if they go back.",
            "Spread evenly": "At 1.7 an even spread can last as well, but only if the economy "
            "comes near it. Look at the empty circles of the wiggle diagram: on which side of "
            "them does a share of one tenth lie?",
            "All in region 1": "Region 1 would have to become the better one first. With one "
            "tenth of the workers, which region has more firms and more buyers?",
            "Where they were sent": "Do workers earn the same in both regions there? If not, "
            "somebody gains by moving.",
        },
        answer="All in region 2 again",
        name="02 history",
    )


def best_size_check() -> Check:
    """Properties that any right best size of a city has.

    The answer is a function of four numbers: the elasticity of output, productivity, the cost of
    crowding, and its elasticity. It returns the size of the city, in thousands.
    """
    return Check(
        "Best size of a city",
        [
            Property(
                "a city that is 1 per cent smaller or larger leaves less for each person",
                lambda best: all(
                    _left(size * change, *city) < _left(size, *city)
                    for city in CITIES
                    for size in [best(*city)]
                    for change in (0.99, 1.01)
                ),
                [
                    "What is left is A times N to the power e, less t times N to the power g. Its "
                    "slope is zero at the best size.",
                    "The slope of the first is e A N to the power e - 1, that of the second g t N "
                    "to the power g - 1. Set them equal and solve for N.",
                    "N to the power g - e is e A / (g t). Which power of both sides leaves N "
                    "alone? In Python: x ** (1 / (g - e)).",
                ],
            ),
            Property(
                "if output and crowding both cost twice as much money, nothing changes",
                lambda best: all(
                    _close(best(e, 2 * a, 2 * t, g), best(e, a, t, g)) for e, a, t, g in CITIES
                ),
                ["Money in other coins changes no city. In which ratio do A and t stand?"],
            ),
            Property(
                "half the cost of crowding makes the best city larger, by 2 to the power 1/(g - e)",
                lambda best: all(
                    _close(best(e, a, t / 2, g), best(e, a, t, g) * 2 ** (1 / (g - e)))
                    for e, a, t, g in CITIES
                ),
                [
                    "The power is 1 / (g - e). Is it g - e in your answer, or 1 / g - e without "
                    "brackets?"
                ],
            ),
        ],
        name="02 best size",
    )


def _left(size: float, elasticity: float, output: float, crowding: float, growth: float) -> float:
    return output * size**elasticity - crowding * size**growth


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(1.0, abs(other))
