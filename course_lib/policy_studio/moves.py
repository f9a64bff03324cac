"""What a student decides in the policy game: the shares of each term's budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from course_lib.parameters import number, one_of

TERMS = 6
USES: Mapping[str, str] = MappingProxyType(
    {
        "networks": "entrepreneurs, government and associations, in every region; more than a "
        "fifth of the budget buys nothing more",
        "large firms": "plants of the propulsive sector and its suppliers, in the largest region",
        "specialities": "plants of each region's own best sector",
        "knowledge": "research and training in tier 1, where most is made",
        "renewal": "the two sites of heavy industry inland: half plants, half research",
        "the poorest": "plants in the eight regions with the lowest output per head",
    }
)
"""What a term's budget can be spent on, and what that buys."""

Shares = tuple[float, ...]  # of the budget of one term, in the order of `USES`
Move = Mapping[str, float] | str

ALIKE = "all six alike"
PROGRAMMES: Mapping[str, Shares] = MappingProxyType(
    {
        **{use: tuple(float(other == use) for other in USES) for use in USES},
        ALIKE: (1 / len(USES),) * len(USES),
    }
)
"""Programmes for a whole term that have a name."""


def shares_of(move: Any, term: int) -> Shares:
    """The shares of one term's budget, or a sentence on what is wrong with them.

    Parameters
    ----------
    move : mapping from str to float, or str
        Uses and their shares, which add up to 1. A use that is left out gets nothing. Or the name
        of a programme.
    term : int
        Number of the term, for the sentence.

    Returns
    -------
    tuple of float
        In the order of `USES`.

    Raises
    ------
    ValueError
        If a use is unknown, a share is negative or no number, or they do not add up to 1.

    Examples
    --------
    >>> shares_of({"knowledge": 0.5, "networks": 0.5}, 1)
    (0.5, 0.0, 0.0, 0.5, 0.0, 0.0)
    """
    where = f"term {term}"
    if isinstance(move, str):
        return PROGRAMMES[one_of(where, move, PROGRAMMES)]
    if not isinstance(move, Mapping):
        raise ValueError(
            f"{where} must be a dictionary from uses to shares, such as "
            f'{{"knowledge": 0.6, "networks": 0.4}} (got {type(move).__name__})'
        )
    for use in move:
        one_of(f"a use of {where}", use, USES)
    shares = tuple(
        number(f"{where}, {use}", move.get(use, 0.0), least=0, most=1, because="it is a share")
        for use in USES
    )
    total = sum(shares)
    if abs(total - 1) > 1e-6:
        verdict = "that is more than the budget" if total > 1 else "some money is left over"
        raise ValueError(f"{where}: the shares add up to {total:.4g}, not to 1: {verdict}")
    return shares


def moves_of(moves: Any) -> tuple[Shares, ...]:
    """The shares of all terms, or a sentence on what is wrong.

    Raises
    ------
    ValueError
        If there are not six terms, or one is wrong (see `shares_of`).
    """
    if isinstance(moves, str | Mapping) or not isinstance(moves, Sequence):
        raise ValueError(
            f"moves must be a list of {TERMS} terms, each a dictionary or the name of a programme "
            f"(got {type(moves).__name__})"
        )
    if len(moves) != TERMS:
        raise ValueError(f"moves must have {TERMS} terms, one after the other (got {len(moves)})")
    return tuple(shares_of(move, term) for term, move in enumerate(moves, start=1))
