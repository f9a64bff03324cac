"""The game of lesson 12 as it is played: one term after the other, and nobody knows the shock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.policy_studio.game import Game, country, country_without_budget, play_game, term_of
from course_lib.policy_studio.moves import TERMS, USES, Move, Shares, shares_of
from course_lib.policy_studio.rules import (
    EXPECTED_GROWTH,
    FIRST_YEAR,
    MAJORITY,
    TERM_YEARS,
    Shock,
    checked_expectation,
    checked_seed,
    shock_of,
)
from course_lib.policy_studio.term import Term, governs_next
from course_lib.sentence import counted


@dataclass(frozen=True, eq=False)
class SoFar:
    """A game up to the end of a term: the result of `play_terms`.

    What lies ahead is not in it: the shock is None until it has struck.

    Attributes
    ----------
    seed : int
        Seed of the country and of its shock.
    voters_expect : float
        Growth a year of output per head for which a region votes for the government.
    moves : tuple of tuple of float
        Shares of the budget in each term that has ended, in the order of `USES`.
    terms : tuple of Term
        What came of each.
    """

    seed: int
    voters_expect: float
    moves: tuple[Shares, ...]
    terms: tuple[Term, ...]

    @property
    def ended(self) -> int:
        """Terms that have ended."""
        return len(self.terms)

    @property
    def is_over(self) -> bool:
        """Whether all six terms have ended."""
        return self.ended == TERMS

    @property
    def year(self) -> int:
        """The last year that has been lived."""
        return FIRST_YEAR + TERM_YEARS * self.ended

    @property
    def governs(self) -> bool:
        """Whether the player governs in the next term."""
        return bool(governs_next(self.terms[-1] if self.terms else None, 1)[0])

    @property
    def in_office(self) -> np.ndarray:
        """Whether the player governed, shape (n_terms,)."""
        return np.array([term.in_office[0] for term in self.terms], dtype=bool)

    @property
    def votes(self) -> np.ndarray:
        """Share of the people who voted for the government, shape (n_terms,)."""
        return np.array([term.votes[0] for term in self.terms], dtype=float)

    @property
    def won(self) -> np.ndarray:
        """Elections won, shape (n_terms,): governing, and with more than half."""
        won: np.ndarray = self.in_office & (self.votes > MAJORITY)
        return won

    @property
    def shock(self) -> Shock | None:
        """The shock, once it has struck."""
        shock = shock_of(self.seed)
        return shock if shock.year < self.year else None

    @property
    def output(self) -> np.ndarray:
        """Output of each year that has been lived, year 0 = 1."""
        before = country(self.seed)[2]["output"][:, 0]
        path = np.concatenate([before, *(term.output[:, 0] for term in self.terms)])
        return path / path[0]

    @property
    def idle_output(self) -> np.ndarray:
        """The same of the country without a budget, which has the same shock."""
        path = country_without_budget(self.seed)
        return path[: self.year + 1] / path[0]

    @property
    def inequality(self) -> float:
        """Williamson's coefficient of regions now."""
        if self.terms:
            return float(self.terms[-1].inequality[-1, 0])
        return float(country(self.seed)[2]["inequality"][-1, 0])

    @property
    def place(self) -> np.ndarray:
        """Where each region lies, shape (n_regions, 2)."""
        place: np.ndarray = country(self.seed)[0].countries.place[0]
        return place

    @property
    def people(self) -> np.ndarray:
        """People of each region, shape (n_regions,)."""
        people: np.ndarray = (
            self.terms[-1].people[0] if self.terms else country(self.seed)[1].people[0, :, 0]
        )
        return people

    @property
    def growth(self) -> np.ndarray | None:
        """Growth a year of each region's output per head in the last term, if there is one."""
        return self.terms[-1].growth[0] if self.terms else None

    def after(self, move: Move) -> SoFar:
        """The game after one more term.

        Parameters
        ----------
        move : dict or str
            Uses and their shares, which add up to 1; or the name of a programme. In a term of the
            opposition it is not played.

        Raises
        ------
        ValueError
            If the game is over, or the shares are not possible.
        """
        if self.is_over:
            raise ValueError("all six terms have ended: begin a new game, or save this one")
        return play_terms([*self._as_moves(), move], self.seed, self.voters_expect)

    def game(self) -> Game:
        """The whole game, once it is over."""
        if not self.is_over:
            raise ValueError(f"the game is not over: {self.ended} of {TERMS} terms have ended")
        return play_game(self._as_moves(), self.seed, self.voters_expect)

    def _as_moves(self) -> list[Move]:
        return [dict(zip(USES, shares, strict=True)) for shares in self.moves]

    def to_frame(self) -> pd.DataFrame:
        """One row for each term that has ended."""
        last = [FIRST_YEAR + TERM_YEARS * term for term in range(1, self.ended + 1)]
        return pd.DataFrame(
            {
                "governs": np.where(self.in_office, "you", "opposition"),
                "votes": np.where(self.in_office, self.votes, np.nan),
                "output": self.output[last],
                "output_without_budget": self.idle_output[last],
            },
            index=pd.RangeIndex(1, self.ended + 1, name="term"),
        )

    def summary(self) -> str:
        """Where the game stands, in a sentence or two."""
        where = f"Simulated country {self.seed}, year {self.year}"
        if not self.terms:
            return (
                f"{where}: you govern. A region votes for you if its output per head grows by "
                f"{100 * self.voters_expect:.3g} per cent a year or more."
            )
        if self.in_office[-1]:
            votes = f"{100 * self.votes[-1]:.0f} of 100 people voted for you"
            last = f"{votes}, and you {'won' if self.won[-1] else 'lost'}"
        else:
            last = "the opposition governed, and gave every region the same"
        struck = self.shock is not None and self.shock.year >= self.year - TERM_YEARS
        shock = f" A shock to the {self.shock.kind} struck." if self.shock and struck else ""
        ahead = (
            f" The game is over, with {counted(int(self.won.sum()), 'election')} won."
            if self.is_over
            else f" In term {self.ended + 1} {'you govern' if self.governs else 'they govern'}."
        )
        return (
            f"{where}, end of term {self.ended}: {last}. Output is {self.output[-1]:.2f} times "
            f"that of year 0 (without a budget {self.idle_output[-1]:.2f}), inequality "
            f"{self.inequality:.2f}.{shock}{ahead}"
        )

    def __repr__(self) -> str:
        return self.summary()


def play_terms(
    moves: Sequence[Move] = (), seed: int = 1, voters_expect: float = EXPECTED_GROWTH
) -> SoFar:
    """Play the first terms of a game; without moves it stands at its beginning.

    Parameters
    ----------
    moves : sequence of dict or str, at most 6
        For each term uses (`USES`) and their shares of the budget, or the name of a programme.
    seed : int
        Fixes the country and its shock.
    voters_expect : float
        Growth a year for which a region votes for the government, as a share from 0 to 0.05.

    Returns
    -------
    SoFar

    Raises
    ------
    ValueError
        If there are more than six terms, or a move is not possible.

    Notes
    -----
    Country and rules are those of `play_game`: the course's own, and simulated.

    Examples
    --------
    >>> game = play_terms(["knowledge"], seed=0).after("networks")
    >>> game.ended, game.shock
    (2, None)
    """
    if len(moves) > TERMS:
        raise ValueError(f"a game has {TERMS} terms (got {len(moves)})")
    checked_seed(seed)
    expected = checked_expectation(voters_expect)
    shares = tuple(shares_of(move, term) for term, move in enumerate(moves, start=1))
    terms = tuple(term_of(seed, shares[: term + 1], expected) for term in range(len(shares)))
    return SoFar(seed, expected, shares, terms)
