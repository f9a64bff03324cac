"""A policy game: six terms in office, one budget, an election after each term, and one shock.

It is played in the simulated economy of lesson 09. The rules are the course's own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from course_lib.caching import read_only
from course_lib.parameters import number, one_of, whole_number
from course_lib.regional_economy.budget import (
    OWN_MIX,
    Plan,
    View,
    shares_of_parts,
    spending,
    view_of,
)
from course_lib.regional_economy.economy import Start, State, nation, next_year, region, settle
from course_lib.regional_economy.economy import with_output as produced
from course_lib.regional_economy.history import SHOCKS, struck
from course_lib.regional_economy.policies import (
    Cluster,
    EvenSpread,
    GrowthPole,
    ProductionComplex,
    rank,
    share_of,
)
from course_lib.regional_economy.scorecard import tier_gap, williamson
from course_lib.sentence import counted

TERMS = 6
TERM_YEARS = 5
FIRST_YEAR = 5
LAST_YEAR = FIRST_YEAR + TERMS * TERM_YEARS
EXPECTED_GROWTH = 0.02
"""What voters expect: growth of their region's output per head, a year."""
MAJORITY = 0.5  # of the people: more of them win an election
POOREST = 8  # of 24 regions
SHOCK_YEARS = (12, 27)
SHOCK_KINDS = tuple(shock for shock in SHOCKS if shock != "none")
MOST_SEED = 2**31 - 1

USES: Mapping[str, str] = MappingProxyType(
    {
        "networks": "entrepreneurs, government and associations, in every region",
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


# --- what a move is


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


@dataclass(frozen=True)
class Shock:
    """The one shock of a game.

    Attributes
    ----------
    year : int
        It strikes at the end of this year.
    kind : {"flagship plant", "largest sector"}
        The largest plant of the country loses 80 per cent of its capital; or the largest sector
        loses 40 per cent of its productivity everywhere, for good.
    """

    year: int
    kind: str


def shock_of(seed: int) -> Shock:
    """The shock that a seed decides.

    Examples
    --------
    >>> shock_of(0)
    Shock(year=21, kind='largest sector')
    """
    # Not from the generator that draws the country: the country does not give the shock away.
    digest = hashlib.sha256(f"policy studio {seed}".encode()).digest()
    first, last = SHOCK_YEARS
    return Shock(first + digest[0] % (last - first + 1), SHOCK_KINDS[digest[1] % 2])


# --- the rules


def plan_for(shares: np.ndarray, in_office: np.ndarray, now: View) -> Plan:
    """A term's plan of all runs: the player's where the player governs, else the opposition's.

    Parameters
    ----------
    shares : numpy.ndarray, shape (n_runs, n_uses)
        Shares of the budget, in the order of `USES`.
    in_office : numpy.ndarray of bool, shape (n_runs,)
        Whether the player governs.
    now : View
        The country at the beginning of the term, all runs at once.

    Returns
    -------
    Plan
        The opposition gives every region and every sector the same.
    """
    weight = dict(zip(USES, shares.T[:, :, np.newaxis, np.newaxis], strict=True))
    largest = GrowthPole()(now).plants
    best = Cluster(knowledge=0.0, institutions=0.0)(now).plants
    coast = share_of(now.output * (now.tier == 1))
    sites = ProductionComplex()(now).plants
    poorest = share_of(now.output * (rank(-now.output_per_head) < POOREST))
    plants = (
        weight["large firms"] * largest
        + weight["specialities"] * best
        + 0.5 * weight["renewal"] * sites
        + weight["the poorest"] * poorest
    )
    knowledge = weight["knowledge"] * coast + 0.5 * weight["renewal"] * share_of(1.0 * sites)
    governs = in_office[:, np.newaxis, np.newaxis]
    even = EvenSpread()(now).plants
    return Plan(
        plants=np.where(governs, plants, even),
        knowledge=np.where(governs, knowledge, 0.0),
        institutions=np.where(governs, weight["networks"], 0.0),
        partners=np.ones(3),
    )


def growth_a_year(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Growth a year over a term, as a share.

    Examples
    --------
    >>> growth_a_year(np.array([1.0]), np.array([1.02**5])).round(6)
    array([0.02])
    """
    return np.asarray((after / before) ** (1 / TERM_YEARS) - 1)


def votes(people: np.ndarray, growth: np.ndarray) -> np.ndarray:
    """Share of the people whose region votes for the government.

    A region votes for it if its output per head grew by at least `EXPECTED_GROWTH` a year. This
    rule is the course's own.

    Parameters
    ----------
    people, growth : numpy.ndarray, shape (..., n_regions)
        People at the end of the term, and growth a year over it.

    Returns
    -------
    numpy.ndarray, shape (...)
        More than half wins the election.

    Examples
    --------
    >>> float(votes(np.array([3.0, 1.0]), np.array([0.03, 0.01])))
    0.75
    """
    return np.asarray((people * (growth >= EXPECTED_GROWTH)).sum(axis=-1) / people.sum(axis=-1))


@dataclass(frozen=True, eq=False)
class _Term:
    """One term of all runs: who governed, what came of it, and where the country stands.

    The first term of all has the years before it as well.
    """

    in_office: np.ndarray  # (n_runs,)
    state: State  # of the year after the term, with its production
    output: np.ndarray  # (n_years, n_runs), of the years after the term's first
    inequality: np.ndarray  # (n_years, n_runs)
    gap: np.ndarray  # (n_years, n_runs)
    growth: np.ndarray  # (n_runs, n_regions), a year
    people: np.ndarray  # (n_runs, n_regions)
    votes: np.ndarray  # (n_runs,)


def _measured(states: Sequence[State], start: Start) -> dict[str, np.ndarray]:
    """Output, inequality and gap of several years, each of shape (n_years, n_runs)."""
    made = np.concatenate([region(state.output) for state in states])  # years as runs: one call
    people = np.concatenate([state.people for state in states])
    measured = {
        "output": nation(made)[:, 0, 0],
        "inequality": williamson(made / people, people),
        "gap": tier_gap(made, people, start.countries.tier),
    }
    return {name: values.reshape(len(states), -1) for name, values in measured.items()}


def _per_head(state: State) -> np.ndarray:
    return (region(state.output) / state.people)[:, :, 0]


def _hit(state: State, start: Start, shocks: Sequence[Shock | None], year: int) -> State:
    """The state at the end of a year, with the shock in the runs in which it strikes."""
    for kind in SHOCK_KINDS:
        runs = np.array([shock is not None and shock == Shock(year, kind) for shock in shocks])
        if not runs.any():
            continue
        here = runs[:, np.newaxis, np.newaxis]
        after = struck(state, start, None, kind)
        damage = 0 * state.output if state.damage is None else state.damage
        state = replace(
            state,
            capital=np.where(here, after.capital, state.capital),
            damage=np.where(here, damage if after.damage is None else after.damage, damage),
        )
    return state


def _before_the_game(start: Start) -> list[State]:
    """The years without a government's budget; the game begins where the last one ends."""
    states = [produced(start.state, start)]
    for _ in range(FIRST_YEAR):
        states.append(produced(next_year(states[-1], start), start))
    return states


def _play_term(
    start: Start,
    state: State,
    term: int,
    shares: np.ndarray | None,
    in_office: np.ndarray,
    shocks: Sequence[Shock | None],
) -> _Term:
    """Five years with the plan that was made at their beginning; without shares no budget."""
    first = FIRST_YEAR + (term - 1) * TERM_YEARS
    before = _per_head(state)
    plan = None if shares is None else plan_for(shares, in_office, view_of(state, start, first))
    states = []
    for year in range(first, first + TERM_YEARS):
        spent = () if plan is None else (spending(plan, state, start, year),)
        state = produced(_hit(next_year(state, start, *spent), start, shocks, year), start)
        states.append(state)
    growth = growth_a_year(before, _per_head(state))
    people = state.people[:, :, 0]
    return _Term(
        in_office=in_office,
        state=state,
        growth=growth,
        people=people,
        votes=votes(people, growth),
        **_measured(states, start),
    )


def _governs_next(last: _Term | None, n_runs: int) -> np.ndarray:
    """Whoever loses is out for one term; then the opposition's time is over."""
    if last is None:
        return np.ones(n_runs, dtype=bool)
    return ~last.in_office | (last.votes > MAJORITY)


# --- one game


@dataclass(frozen=True, eq=False)
class Game:
    """A whole game: the result of `play_game`.

    Attributes
    ----------
    seed : int
        Seed of the country and of its shock.
    moves : tuple of tuple of float
        Shares of the budget in each term, in the order of `USES`.
    shock : Shock
        What struck, and when.
    in_office : numpy.ndarray of bool, shape (6,)
        Whether the player governed in each term.
    votes : numpy.ndarray, shape (6,)
        Share of the people for the government at the end of each term.
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

        In a term of the opposition you spend nothing, whatever your moves say.
        """
        spent = np.where(self.in_office[:, np.newaxis], self.moves, 0.0)
        columns = {use.replace(" ", "_"): spent[:, place] for place, use in enumerate(USES)}
        last = FIRST_YEAR + TERM_YEARS * np.arange(1, TERMS + 1)
        return pd.DataFrame(
            {
                "last_year": last - 1,
                "governs": np.where(self.in_office, "you", "opposition"),
                **columns,
                "votes": self.votes,
                "output": self.output[last],
                "inequality": self.inequality[last],
                "tier_gap": self.gap[last],
            },
            index=pd.RangeIndex(1, TERMS + 1, name="term"),
        )

    def summary(self) -> str:
        """One sentence: elections won, output, inequality, and the shock."""
        return (
            f"Simulated country {self.seed}: you govern in {int(self.in_office.sum())} of {TERMS} "
            f"terms and win {counted(self.elections_won, 'election')}; in year {LAST_YEAR} output "
            f"is {self.output[-1]:.2f} times that of year 0 ({self.gain[-1]:.2f} times that "
            f"without a budget), inequality of regions {self.inequality[-1]:.2f} (year "
            f"{FIRST_YEAR}: {self.inequality[FIRST_YEAR]:.2f}), tier 1 over tier 3 "
            f"{self.gap[-1]:.2f} ({self.gap[FIRST_YEAR]:.2f}); a shock to the {self.shock.kind} "
            f"struck at the end of year {self.shock.year}."
        )


def play_game(moves: Sequence[Move], seed: int = 0) -> Game:
    """Play six terms in one country.

    The budget is that of lesson 09: 4 per cent of the first year's output, and 2 per cent more
    each year, from year 5 to year 34. A term lasts five years. Its plan is made at its beginning:
    who is poorest, or largest, is looked up then. After it there is an election. A region votes
    for the government if its output per head grew by at least 2 per cent a year over the term; with
    more than half of the people the government stays. After a defeat the opposition governs for
    one term and gives everybody the same; then the player is back. One shock strikes in a year
    that the seed decides.

    Parameters
    ----------
    moves : sequence of 6 dict or str
        For each term uses (`USES`) and their shares of the budget, which add up to 1; or the name
        of one of `PROGRAMMES`. What is said for a term of the opposition is not played.
    seed : int
        Fixes the country and its shock.

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
    return _game(moves_of(moves), checked_seed(seed))


def checked_seed(seed: object) -> int:
    """A seed that is possible, or a sentence."""
    return whole_number(
        "seed", seed, least=0, most=MOST_SEED, because="it fixes the country and its shock"
    )


@lru_cache(maxsize=512)
def _game(moves: tuple[Shares, ...], seed: int) -> Game:
    terms = [_after(seed, moves[: term + 1]) for term in range(TERMS)]
    start, _, before = _country(seed)
    path = _paths([before, *(vars(term) for term in terms)])
    game = Game(
        seed=seed,
        moves=moves,
        shock=shock_of(seed),
        in_office=np.array([term.in_office[0] for term in terms]),
        votes=np.array([term.votes[0] for term in terms]),
        growth=np.stack([term.growth[0] for term in terms]),
        people=np.stack([term.people[0] for term in terms]),
        tier=start.countries.tier[0, :, 0].copy(),
        output=path["output"] / path["output"][0],
        inequality=path["inequality"],
        gap=path["gap"],
        idle_output=_idle(seed) / path["output"][0],
    )
    return read_only(game)


def _paths(parts: Sequence[Mapping[str, Any]]) -> dict[str, np.ndarray]:
    return {
        name: np.concatenate([part[name][:, 0] for part in parts])
        for name in ("output", "inequality", "gap")
    }


@lru_cache(maxsize=64)
def _country(seed: int) -> tuple[Start, State, dict[str, np.ndarray]]:
    """A country at the beginning of the game, and its five years before."""
    start = settle([seed])
    before = _before_the_game(start)
    return start, before[-1], _measured(before, start)


@lru_cache(maxsize=1024)
def _after(seed: int, moves: tuple[Shares, ...]) -> _Term:
    """The last term of a game so far: the terms before it are looked up."""
    start, state, _ = _country(seed)
    last = _after(seed, moves[:-1]) if len(moves) > 1 else None
    shares = np.array([moves[-1]])
    governs = _governs_next(last, 1)
    if not governs[0] and any(moves[-1]):  # what is said for a term of the opposition is nothing
        return _after(seed, (*moves[:-1], (0.0,) * len(USES)))
    began = state if last is None else last.state
    return _play_term(start, began, len(moves), shares, governs, [shock_of(seed)])


@lru_cache(maxsize=64)
def _idle(seed: int) -> np.ndarray:
    """Output of a country with its shock and without a budget, shape (36,)."""
    start, state, before = _country(seed)
    output = [before["output"][:, 0]]
    for term in range(1, TERMS + 1):
        played = _play_term(start, state, term, None, np.array([False]), [shock_of(seed)])
        state = played.state
        output.append(played.output[:, 0])
    return np.concatenate(output)


# --- many games at once


def scores_of_many(
    moves: Sequence[tuple[Shares, ...]], seeds: Sequence[int], *, shocks: bool = True
) -> dict[str, np.ndarray]:
    """Play several games side by side: the same scores as `play_game`, much faster.

    Parameters
    ----------
    moves : sequence of tuple of tuple of float
        One for each game: shares as `moves_of` returns them.
    seeds : sequence of int
        One for each game.
    shocks : bool
        Whether each country's shock strikes.

    Returns
    -------
    dict from str to numpy.ndarray, shape (n_games,)
        ``output``, ``elections_won``, ``inequality`` and ``tier_gap``, as in `Game.scores`.
    """
    start = settle(seeds)
    shares = np.array(moves, dtype=float)
    before = _before_the_game(start)
    state = before[-1]
    struck_by = [shock_of(seed) if shocks else None for seed in seeds]
    won = np.zeros(len(seeds))
    last = None
    for term in range(1, TERMS + 1):
        governs = _governs_next(last, len(seeds))
        last = _play_term(start, state, term, shares[:, term - 1], governs, struck_by)
        state = last.state
        won += governs & (last.votes > MAJORITY)
    assert last is not None
    return {
        "output": last.output[-1] / nation(before[0].output)[:, 0, 0],
        "elections_won": won,
        "inequality": last.inequality[-1],
        "tier_gap": last.gap[-1],
    }


# --- the game of the lab


def game_of_programmes(
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
    return _game(moves, checked_seed(seed))


# --- luck


@dataclass(frozen=True)
class LostToShock:
    """Whether a government fell with the shock: the result of `lost_to_the_shock`.

    Attributes
    ----------
    kind : str
        What struck.
    term : int
        The term in which it struck, 1 to 6.
    lost : bool
        Whether the player governed then and lost the election at the term's end.
    """

    kind: str
    term: int
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
    LostToShock(kind='largest sector', term=4, lost=True)
    """
    game = play_game(moves, seed)
    term = (game.shock.year - FIRST_YEAR) // TERM_YEARS
    lost = bool(game.in_office[term] and not game.won[term])
    return LostToShock(game.shock.kind, term + 1, lost)
