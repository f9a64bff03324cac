"""One game: six terms in office, one budget, an election after each term, and one shock.

It is played in the simulated economy of lesson 09.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from course_lib.caching import read_only
from course_lib.parameters import one_of
from course_lib.policy_studio.moves import PROGRAMMES, TERMS, USES, Move, Shares, moves_of
from course_lib.policy_studio.rules import (
    EXPECTED_GROWTH,
    FIRST_YEAR,
    LAST_YEAR,
    MAJORITY,
    TERM_YEARS,
    Shock,
    checked_expectation,
    checked_seed,
    shock_of,
)
from course_lib.policy_studio.term import (
    Term,
    governs_next,
    measured,
    play_term,
    years_before_the_game,
)
from course_lib.regional_economy.budget import OWN_MIX, shares_of_parts
from course_lib.regional_economy.economy import Start, State, settle
from course_lib.sentence import counted


@dataclass(frozen=True, eq=False)
class Game:
    """A whole game: the result of `play_game`.

    Attributes
    ----------
    seed : int
        Seed of the country and of its shock.
    moves : tuple of tuple of float
        Shares of the budget in each term, in the order of `USES`.
    voters_expect : float
        Growth a year of output per head for which a region votes for the government.
    shock : Shock
        What struck, and when.
    in_office : numpy.ndarray of bool, shape (6,)
        Whether the player governed in each term.
    votes : numpy.ndarray, shape (6,)
        Share of the people whose region votes for the government at the end of each term. The
        opposition stands for no election: of its terms these are no votes, and nothing shows them.
    growth, people : numpy.ndarray, shape (6, n_regions)
        Growth a year of each region's output per head over each term; its people at the end.
    tier : numpy.ndarray of int, shape (n_regions,)
        Tier of each region.
    output, inequality, gap : numpy.ndarray, shape (36,)
        Of each year: output (year 0 = 1), Williamson's coefficient, output per head of tier 1
        over tier 3.
    idle_output : numpy.ndarray, shape (36,)
        Output of the same country, with its shock, without a budget.
    """

    seed: int
    moves: tuple[Shares, ...]
    voters_expect: float
    shock: Shock
    in_office: np.ndarray
    votes: np.ndarray
    growth: np.ndarray
    people: np.ndarray
    tier: np.ndarray
    output: np.ndarray
    inequality: np.ndarray
    gap: np.ndarray
    idle_output: np.ndarray

    def __repr__(self) -> str:
        return self.summary()

    @property
    def won(self) -> np.ndarray:
        """Elections that the player won, shape (6,): governing, and with more than half."""
        return self.in_office & (self.votes > MAJORITY)

    @property
    def elections_won(self) -> int:
        """How many elections the player won."""
        return int(self.won.sum())

    @property
    def gain(self) -> np.ndarray:
        """Output of each year over output without a budget, shape (36,)."""
        gain: np.ndarray = self.output / self.idle_output
        return gain

    @property
    def scores(self) -> dict[str, float]:
        """What counts at the end: output, elections won, inequality of regions, gap of tiers."""
        return {
            "output": float(self.output[-1]),
            "elections_won": float(self.elections_won),
            "inequality": float(self.inequality[-1]),
            "tier_gap": float(self.gap[-1]),
        }

    def to_frame(self) -> pd.DataFrame:
        """One row a term: who governed, what you spent, the votes, and how the country stands.

        In a term of the opposition you spend nothing, whatever your moves say, and nobody votes.
        """
        spent = np.where(self.in_office[:, np.newaxis], self.moves, 0.0)
        columns = {use.replace(" ", "_"): spent[:, place] for place, use in enumerate(USES)}
        last = FIRST_YEAR + TERM_YEARS * np.arange(1, TERMS + 1, dtype=np.int64)
        return pd.DataFrame(
            {
                "last_year": last - 1,
                "governs": np.where(self.in_office, "you", "opposition"),
                **columns,
                "votes": np.where(self.in_office, self.votes, np.nan),
                "output": self.output[last],
                "inequality": self.inequality[last],
                "tier_gap": self.gap[last],
            },
            index=pd.RangeIndex(1, TERMS + 1, name="term"),
        )

    def summary(self) -> str:
        """One sentence: elections won, output, inequality, and the shock."""
        return (
            f"Simulated country {self.seed}, where voters expect growth of "
            f"{100 * self.voters_expect:.3g} per cent a year: you govern in "
            f"{int(self.in_office.sum())} of {TERMS} "
            f"terms and win {counted(self.elections_won, 'election')}; in year {LAST_YEAR} output "
            f"is {self.output[-1]:.2f} times that of year 0 ({self.gain[-1]:.2f} times that "
            f"without a budget), inequality of regions {self.inequality[-1]:.2f} (year "
            f"{FIRST_YEAR}: {self.inequality[FIRST_YEAR]:.2f}), tier 1 over tier 3 "
            f"{self.gap[-1]:.2f} ({self.gap[FIRST_YEAR]:.2f}); a shock to the {self.shock.kind} "
            f"struck at the end of year {self.shock.year}."
        )


def play_game(moves: Sequence[Move], seed: int = 0, voters_expect: float = EXPECTED_GROWTH) -> Game:
    """Play six terms in one country.

    The budget is that of lesson 09: 4 per cent of the first year's output, and 2 per cent more
    each year, from year 5 to year 34. A term lasts five years. Its plan is made at its beginning:
    who is poorest, or largest, is looked up then. After it there is an election. A region votes
    for the government if its output per head grew by at least what voters expect, 2 per cent a year
    if nothing else is said; with more than half of the people the government stays. After a defeat
    the opposition governs for exactly one term, without an election at its end, and gives everybody
    the same; then the player is back. One shock strikes in a year
    that the seed decides.

    Parameters
    ----------
    moves : sequence of 6 dict or str
        For each term uses (`USES`) and their shares of the budget, which add up to 1; or the name
        of one of `PROGRAMMES`. What is said for a term of the opposition is not played.
    seed : int
        Fixes the country and its shock.
    voters_expect : float
        Growth a year of a region's output per head for which it votes for the government, as a
        share from 0 to 0.05.

    Returns
    -------
    Game

    Raises
    ------
    ValueError
        If there are not six terms, shares do not add up, or the seed is no whole number.

    Notes
    -----
    Country and rules are the course's own, and simulated.

    Examples
    --------
    >>> play_game(["knowledge"] * 6, seed=0).elections_won
    4
    """
    return _game(moves_of(moves), checked_seed(seed), checked_expectation(voters_expect))


@lru_cache(maxsize=512)
def _game(moves: tuple[Shares, ...], seed: int, voters_expect: float) -> Game:
    terms = [term_of(seed, moves[: term + 1], voters_expect) for term in range(TERMS)]
    start, _, before = country(seed)
    path = _paths([before, *(vars(term) for term in terms)])
    game = Game(
        seed=seed,
        moves=moves,
        voters_expect=voters_expect,
        shock=shock_of(seed),
        in_office=np.array([term.in_office[0] for term in terms]),
        votes=np.array([term.votes[0] for term in terms]),
        growth=np.stack([term.growth[0] for term in terms]),
        people=np.stack([term.people[0] for term in terms]),
        tier=start.countries.tier[0, :, 0].copy(),
        output=path["output"] / path["output"][0],
        inequality=path["inequality"],
        gap=path["gap"],
        idle_output=country_without_budget(seed) / path["output"][0],
    )
    return read_only(game)


def _paths(parts: Sequence[Mapping[str, Any]]) -> dict[str, np.ndarray]:
    return {
        name: np.concatenate([part[name][:, 0] for part in parts])
        for name in ("output", "inequality", "gap")
    }


@lru_cache(maxsize=64)
def country(seed: int) -> tuple[Start, State, dict[str, np.ndarray]]:
    """A country at the beginning of the game, and its five years before."""
    start = settle([seed])
    before = years_before_the_game(start)
    return start, before[-1], measured(before, start)


@lru_cache(maxsize=1024)
def term_of(seed: int, moves: tuple[Shares, ...], voters_expect: float) -> Term:
    """The last term of a game so far: the terms before it are looked up."""
    start, state, _ = country(seed)
    last = term_of(seed, moves[:-1], voters_expect) if len(moves) > 1 else None
    shares = np.array([moves[-1]])
    governs = governs_next(last, 1)
    if not governs[0] and any(moves[-1]):  # what is said for a term of the opposition is nothing
        return term_of(seed, (*moves[:-1], (0.0,) * len(USES)), voters_expect)
    began = state if last is None else last.state
    return play_term(start, began, len(moves), shares, governs, [shock_of(seed)], voters_expect)


@lru_cache(maxsize=64)
def country_without_budget(seed: int) -> np.ndarray:
    """Output of a country with its shock and without a budget, shape (36,)."""
    start, state, before = country(seed)
    output = [before["output"][:, 0]]
    for term in range(1, TERMS + 1):
        played = play_term(
            start, state, term, None, np.array([False]), [shock_of(seed)], EXPECTED_GROWTH
        )
        state = played.state
        output.append(played.output[:, 0])
    return np.concatenate(output)


def game_of_programmes(
    voters_expect: float = 100 * EXPECTED_GROWTH,
    term_1: str = OWN_MIX,
    term_2: str = OWN_MIX,
    term_3: str = OWN_MIX,
    term_4: str = OWN_MIX,
    term_5: str = OWN_MIX,
    term_6: str = OWN_MIX,
    mix: Sequence[float] = (0.2, 0.0, 0.4, 0.4, 0.0, 0.0),
    seed: int = 1,
) -> Game:
    """Play six terms, each with a programme that has a name, or with your own mix.

    Parameters
    ----------
    voters_expect : float
        Growth for which a region votes for the government, in per cent a year, 0 to 5.
    term_1, term_2, term_3, term_4, term_5, term_6 : str
        Programme of each term: a name of `PROGRAMMES`, or "your mix".
    mix : sequence of 6 float
        Parts of the budget in your mix, in the order of `USES`. Only their proportions matter.
    seed : int
        Fixes the country and its shock.

    Returns
    -------
    Game

    Raises
    ------
    ValueError
        If a programme has no such name, or the mix gives nothing to anybody.

    Examples
    --------
    >>> game_of_programmes(term_1="large firms").won[0]
    np.False_
    """
    chosen = (term_1, term_2, term_3, term_4, term_5, term_6)
    for term, name in enumerate(chosen, start=1):
        one_of(f"term {term}", name, (*PROGRAMMES, OWN_MIX))
    own = shares_of_parts("mix", mix, USES, "at least one use")
    moves = tuple(own if name == OWN_MIX else PROGRAMMES[name] for name in chosen)
    return _game(moves, checked_seed(seed), checked_expectation(voters_expect / 100))


@dataclass(frozen=True)
class LostToShock:
    """Whether a government fell with the shock: the result of `lost_to_the_shock`.

    Attributes
    ----------
    kind : str
        What struck.
    term : int
        The term in which it struck, 1 to 6.
    in_office : bool
        Whether the player governed in that term; else there was no election to lose.
    lost : bool
        Whether the player governed then and lost the election at the term's end.
    """

    kind: str
    term: int
    in_office: bool
    lost: bool


def lost_to_the_shock(moves: Sequence[Move], seed: int = 0) -> LostToShock:
    """Find out whether the government lost the election of the term in which the shock struck.

    A shock at the end of a term's last year is felt in that term's last figures.

    Parameters
    ----------
    moves, seed
        As in `play_game`.

    Returns
    -------
    LostToShock

    Examples
    --------
    >>> lost_to_the_shock(["all six alike"] * 6, seed=0)
    LostToShock(kind='largest sector', term=4, in_office=True, lost=True)
    """
    game = play_game(moves, seed)
    term = (game.shock.year - FIRST_YEAR) // TERM_YEARS
    in_office = bool(game.in_office[term])
    return LostToShock(
        game.shock.kind, term + 1, in_office, lost=in_office and not bool(game.won[term])
    )
