"""The quizzes and the checks of lesson 12."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from course_lib.lab import Check, Property, Quiz
from course_lib.policy_studio.game import Game, play_game
from course_lib.policy_studio.region_types import TYPES

REGIONS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "A": (
        ("township of one product", "Marshallian district"),
        "What does nearly every firm of the town make? And do they buy from each other?",
    ),
    "B": (
        ("knowledge area", "state-anchored"),
        "Who founds the firms there, and where were those people before?",
    ),
    "C": (
        ("satellite platform",),
        "From whom do the plants buy, and who decides whether they stay?",
    ),
    "D": (
        ("hub and spoke",),
        "What would happen to the others if one firm closed? And who owns that firm?",
    ),
    "E": (
        ("state-anchored",),
        "Who is the owner on whom the place hangs?",
    ),
    "F": (
        ("Marshallian district", "township of one product"),
        "How many firms are there, what do they share, and from whom do they buy?",
    ),
}
"""The types that can be defended for each region that lesson 12 describes, and a hint.

A and F leave open how much is bought in the town, and Markusen counts a university among the public
institutions that can anchor a place.
"""

GAME_SEED = 7
LEAST_WON = 4
LEAST_OUTPUT = 2.2
MOST_INEQUALITY = 0.15


def weak_case_quiz() -> Quiz:
    """That clusters do well is no case for a cluster policy."""
    right = "a gain that firms leave unused, and a sign that the policy reaches it"
    return Quiz(
        "“Firms in clusters are more productive. So our city should have a cluster policy.” What "
        "is missing between the two sentences?",
        {
            "nothing: whatever is productive should be supported by its city": "If firms gain by "
            "being together, they move together by themselves. What does the policy add?",
            right: "A gain from clustering is a reason to cluster. A reason for a policy is a gain "
            "that firms leave unused, and a means that reaches it at a cost below the gain. "
            "Duranton (2011) calls the case for cluster policies feeble.",
            "a larger budget, and a promise that it lasts for several years": "How large would it "
            "have to be? Before you say so: for what?",
            "a list of the industries of the future, and of who will lead them": "Who would write "
            "it, and how often was such a list right? Something comes before it.",
        },
        answer=right,
        name="12 weak case",
    )


def displaced_quiz() -> Quiz:
    """Gains here, losses there: whose budget is it?"""
    right = "the region can want it, and the country can gain nothing from it"
    return Quiz(
        "A programme brings jobs to one valley. A study finds that what the valley gained from "
        "agglomeration was lost in the rest of the country. What follows?",
        {
            "the programme has failed in the valley that it was made for": "The valley gained: "
            "that is what the study found there. Who has to be asked besides?",
            right: "The mayor counts the valley, the ministry counts everybody. A country may "
            "still want it, if the valley is poor and equality is worth the price. But then that "
            "is the reason.",
            "the study compared the valley with the wrong kind of places": "Kline and Moretti "
            "(2014) compared with valleys for which a programme was proposed and never approved. "
            "That makes the local effect credible. Here the question is about the sum.",
            "agglomeration has no effects, in the valley or anywhere else": "It has one in the "
            "valley, and one with the opposite sign elsewhere. Add them.",
        },
        answer=right,
        name="12 displaced",
    )


def types_check() -> Check:
    """The six described regions, each matched with its type.

    The answer is a dictionary from the letter of a region to the name of a type.
    """
    return Check(
        "Six regions and their types",
        [_type_property(letter) for letter in REGIONS],
        name="12 types",
    )


def _type_property(letter: str) -> Property:
    return Property(
        f"region {letter} has a type that its description speaks of",
        partial(_has_type, letter),
        [
            REGIONS[letter][1],
            "Go through the types in part 3 once more: which one does the description fit in every "
            "word?",
        ],
    )


def _has_type(letter: str, answer: Any) -> bool:
    if not isinstance(answer, Mapping):
        raise ValueError('give a dictionary from letters to types, such as {"A": "hub and spoke"}')
    found = answer.get(letter, ...)
    if found is ...:
        raise NotImplementedError
    if not isinstance(found, str) or found not in TYPES:
        raise ValueError(f"{found!r} is no type. The types are: {', '.join(TYPES)}")
    return found in REGIONS[letter][0]


def moves_check() -> Check:
    """Moves for the country of seed 7 that win elections, narrow the gap and make the country grow.

    The answer is a list of six terms, as `play_game` takes it.
    """
    return Check(
        f"A government for country {GAME_SEED}",
        [
            Property(
                "six terms, and each spends its whole budget",
                lambda moves: bool(_played(moves)),
                ["Each term is a dictionary from uses to shares that add up to 1."],
            ),
            Property(
                f"it wins at least {LEAST_WON} of the six elections",
                lambda moves: _played(moves).elections_won >= LEAST_WON,
                [
                    "A region votes for you if its output per head grew by 2 per cent a year. "
                    "What helps all regions a little, instead of a few a lot?",
                    "Research and networks work slowly. What else could the first term pay for?",
                    "Try knowledge and networks with some of a third use.",
                ],
                lambda moves: f"Yours wins {_played(moves).elections_won}.",
            ),
            Property(
                f"inequality of regions in year 35 is at most {MOST_INEQUALITY:.2f}",
                lambda moves: bool(_played(moves).inequality[-1] <= MOST_INEQUALITY),
                [
                    "Which uses put money where output per head is low?",
                    "Between a third and a half for the poorest goes far.",
                ],
                lambda moves: f"Yours ends at {_played(moves).inequality[-1]:.3f}.",
            ),
            Property(
                f"output in year 35 is at least {LEAST_OUTPUT} times that of year 0",
                lambda moves: bool(_played(moves).output[-1] >= LEAST_OUTPUT),
                [
                    "Plants for the poorest alone do not grow the country. What lifts all regions?",
                    "Try networks 0.2 and knowledge 0.2 or more, and the rest for two other uses. "
                    "More than 0.2 for networks buys nothing more.",
                ],
                lambda moves: f"Yours reaches {_played(moves).output[-1]:.2f} times.",
            ),
        ],
        name="12 moves",
    )


def _played(moves: Any) -> Game:
    if isinstance(moves, list) and any(move is ... for move in moves):
        raise NotImplementedError
    return play_game(moves, GAME_SEED)
