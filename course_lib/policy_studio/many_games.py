"""Many games side by side: programmes compared in office, and as they would be voted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from course_lib.policy_studio.moves import TERMS, Move, Shares, moves_of
from course_lib.policy_studio.rules import EXPECTED_GROWTH, MAJORITY, checked_seed, shock_of
from course_lib.policy_studio.term import governs_next, play_term, years_before_the_game
from course_lib.regional_economy.economy import nation, settle


def scores_of_many(
    moves: Sequence[tuple[Shares, ...]],
    seeds: Sequence[int],
    *,
    shocks: bool = True,
    voters_expect: float = EXPECTED_GROWTH,
    always_in_office: bool = False,
) -> dict[str, np.ndarray]:
    """Play several games side by side: the same scores as `game.play_game`, much faster.

    Parameters
    ----------
    moves : sequence of tuple of tuple of float
        One for each game: shares as `moves_of` returns them.
    seeds : sequence of int
        One for each game.
    shocks : bool
        Whether each country's shock strikes.
    voters_expect : float
        As in `game.play_game`.
    always_in_office : bool
        Whether the player governs in all six terms whatever the votes are. ``elections_won`` then
        counts the terms at whose end there is a majority.

    Returns
    -------
    dict from str to numpy.ndarray, shape (n_games,)
        ``output``, ``elections_won``, ``inequality`` and ``tier_gap``, as in `Game.scores`, and
        ``terms_in_office``.
    """
    start = settle(seeds)
    shares = np.array(moves, dtype=float)
    before = years_before_the_game(start)
    state = before[-1]
    shock_of_run = [shock_of(seed) if shocks else None for seed in seeds]
    won, governed = np.zeros((2, len(seeds)))
    last = None
    for term in range(1, TERMS + 1):
        governs = governs_next(last, len(seeds), always=always_in_office)
        last = play_term(
            start, state, term, shares[:, term - 1], governs, shock_of_run, voters_expect
        )
        state = last.state
        won += governs & (last.votes > MAJORITY)
        governed += governs
    assert last is not None
    return {
        "output": last.output[-1] / nation(before[0].output)[:, 0, 0],
        "elections_won": won,
        "inequality": last.inequality[-1],
        "tier_gap": last.gap[-1],
        "terms_in_office": governed,
    }


def _means(
    programmes: Mapping[str, Move], seeds: Sequence[int], *, always: bool, voters_expect: float
) -> dict[str, dict[str, float]]:
    """Mean scores of each programme, kept for all six terms, over the countries."""
    moves = [moves_of([programme] * TERMS) for programme in programmes.values()]
    scores = scores_of_many(
        [one for one in moves for _ in seeds],
        list(seeds) * len(moves),
        voters_expect=voters_expect,
        always_in_office=always,
    )
    return {
        name: dict(zip(programmes, values.reshape(len(moves), -1).mean(axis=1), strict=True))
        for name, values in scores.items()
    }


def in_office_and_as_voted(
    programmes: Mapping[str, Move],
    countries: Sequence[int] = range(20),
    voters_expect: float = EXPECTED_GROWTH,
) -> pd.DataFrame:
    """Compare programmes that are kept for six terms: governing throughout, and if elected.

    A programme that loses elections governs in some terms only; in the others the opposition's even
    spread does. So "as voted" is partly the opposition's work, and "in office" is the programme's.

    Parameters
    ----------
    programmes : mapping from str to dict or str
        A move for each, as in `game.play_game`.
    countries : sequence of int
        Seeds of the countries.
    voters_expect : float
        As in `game.play_game`.

    Returns
    -------
    pandas.DataFrame
        One row a programme, means over the countries.

    Examples
    --------
    >>> table = in_office_and_as_voted({"large firms": "large firms"}, range(3))
    >>> bool((table["inequality, in office"] > table["inequality, as voted"]).all())
    True
    """
    seeds = [checked_seed(seed) for seed in countries]
    stays, voted = (
        _means(programmes, seeds, always=always, voters_expect=voters_expect)
        for always in (True, False)
    )
    return pd.DataFrame(
        {
            "output, in office": stays["output"],
            "inequality, in office": stays["inequality"],
            "output, as voted": voted["output"],
            "inequality, as voted": voted["inequality"],
            "terms in office, as voted": voted["terms_in_office"],
            "elections won": voted["elections_won"],
        }
    ).rename_axis("programme")


def elections_by_expectation(
    programmes: Mapping[str, Move],
    countries: Sequence[int],
    expectations: Sequence[float] = (0.015, 0.02, 0.025),
) -> pd.DataFrame:
    """Count the elections that programmes win if voters expect less or more.

    Parameters
    ----------
    programmes : mapping from str to dict or str
        A move for each, kept for six terms.
    countries : sequence of int
        Seeds of the countries; the numbers are means over them.
    expectations : sequence of float
        Growth a year for which a region votes for the government, as a share.

    Returns
    -------
    pandas.DataFrame
        One row an expectation in per cent, one column a programme.

    Examples
    --------
    >>> elections_by_expectation({"networks": "networks"}, [1])["networks"].tolist()
    [6.0, 0.0, 0.0]
    """
    seeds = [checked_seed(seed) for seed in countries]
    rows = {
        f"{100 * growth:.1f}%": _means(programmes, seeds, always=False, voters_expect=growth)[
            "elections_won"
        ]
        for growth in expectations
    }
    return pd.DataFrame(rows).T.rename_axis("voters expect")
