"""One term of the policy game, for many games at once: five years of the economy and a vote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from course_lib.policy_studio.rules import (
    FIRST_YEAR,
    MAJORITY,
    SHOCK_KINDS,
    TERM_YEARS,
    Shock,
    growth_a_year,
    plan_for,
    votes,
)
from course_lib.regional_economy.budget import spending, view_of
from course_lib.regional_economy.economy import (
    Start,
    State,
    nation,
    next_year,
    region,
    with_output,
)
from course_lib.regional_economy.history import apply_shock
from course_lib.regional_economy.scorecard import tier_gap, williamson


@dataclass(frozen=True, eq=False)
class Term:
    """One term of all runs: who governed, what came of it, and where the country stands."""

    in_office: np.ndarray  # (n_runs,)
    state: State  # of the year after the term, with its production
    output: np.ndarray  # (n_years, n_runs), of the years after the term's first
    inequality: np.ndarray  # (n_years, n_runs)
    gap: np.ndarray  # (n_years, n_runs)
    growth: np.ndarray  # (n_runs, n_regions), a year
    people: np.ndarray  # (n_runs, n_regions)
    votes: np.ndarray  # (n_runs,)


def measured(states: Sequence[State], start: Start) -> dict[str, np.ndarray]:
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


def _with_shock(state: State, start: Start, shocks: Sequence[Shock | None], year: int) -> State:
    """The state at the end of a year, with the shock in the runs in which it strikes."""
    for kind in SHOCK_KINDS:
        runs = np.array([shock is not None and shock == Shock(year, kind) for shock in shocks])
        if not runs.any():
            continue
        here = runs[:, np.newaxis, np.newaxis]
        after = apply_shock(state, start, None, kind)
        damage = 0 * state.output if state.damage is None else state.damage
        state = replace(
            state,
            capital=np.where(here, after.capital, state.capital),
            damage=np.where(here, damage if after.damage is None else after.damage, damage),
        )
    return state


def years_before_the_game(start: Start) -> list[State]:
    """The years without a government's budget; the game begins where the last one ends."""
    states = [with_output(start.state, start)]
    for _ in range(FIRST_YEAR):
        states.append(with_output(next_year(states[-1], start), start))
    return states


def play_term(
    start: Start,
    state: State,
    term: int,
    shares: np.ndarray | None,
    in_office: np.ndarray,
    shocks: Sequence[Shock | None],
    voters_expect: float,
) -> Term:
    """Five years with the plan that was made at their beginning.

    If there are no shares, there is no budget.
    """
    first = FIRST_YEAR + (term - 1) * TERM_YEARS
    before = _per_head(state)
    plan = None if shares is None else plan_for(shares, in_office, view_of(state, start, first))
    states = []
    for year in range(first, first + TERM_YEARS):
        spent = () if plan is None else (spending(plan, state, start, year),)
        state = with_output(
            _with_shock(next_year(state, start, *spent), start, shocks, year), start
        )
        states.append(state)
    growth = growth_a_year(before, _per_head(state))
    people = state.people[:, :, 0]
    return Term(
        in_office=in_office,
        state=state,
        growth=growth,
        people=people,
        votes=votes(people, growth, voters_expect),
        **measured(states, start),
    )


def governs_next(last: Term | None, n_runs: int, *, always: bool = False) -> np.ndarray:
    """Whether the player governs in the next term, shape (n_runs,).

    Whoever loses is out for one term. The opposition governs for exactly one term and stands for no
    election. With `always`, votes have no consequence.
    """
    if always or last is None:
        return np.ones(n_runs, dtype=bool)
    return ~last.in_office | (last.votes > MAJORITY)
