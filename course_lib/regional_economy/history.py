"""Sixty years of a country under one policy, with or without a shock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from course_lib.parameters import one_of, whole_number
from course_lib.regional_economy.budget import Policy, name_of, plan_of, spending, view_of
from course_lib.regional_economy.economy import (
    NO_SPENDING,
    Start,
    State,
    next_year,
    region,
    settle,
    with_output,
)
from course_lib.regional_economy.laws import SECTORS, Laws

SHOCKS = ("none", "flagship plant", "largest sector")
LEFT_OF_FLAGSHIP = 0.2  # share of the flagship's capital that its bankruptcy leaves
LEFT_OF_SECTOR = 0.6  # share of productivity that the collapse of a sector leaves, for good


def years(
    start: Start, policy: Policy | None, shock: str = "none", first: tuple[int, State] | None = None
) -> Iterator[tuple[int, State]]:
    """Play year after year, for all runs at once.

    It keeps nothing: who wants a path keeps what comes out.

    Parameters
    ----------
    start : Start
        Settled countries, from `economy.settle`.
    policy : Policy or None
        Where the budget goes. None is a country without one.
    shock : {"none", "flagship plant", "largest sector"}
        What strikes at the end of the shock year.
    first : (int, State), optional
        Begin at the beginning of this year instead of year 0.

    Yields
    ------
    (int, State)
        The year, and the state after its production.
    """
    laws = start.laws
    beginning, state = first or (0, start.state)
    for year in range(beginning, laws.years):
        state = with_output(state, start)
        yield year, state
        state = after_year(state, start, policy, year)
        if shock != "none" and year == laws.shock_year:
            state = apply_shock(state, start, policy, shock)


def after_year(state: State, start: Start, policy: Policy | None, year: int) -> State:
    """The beginning of the next year, with this year's policy if there is one."""
    laws = start.laws
    if policy is None or not laws.policy_start <= year < laws.policy_end:
        return next_year(state, start, NO_SPENDING)
    plan = plan_of(policy, view_of(state, start, year))
    return next_year(state, start, spending(plan, state, start, year))


def apply_shock(state: State, start: Start, policy: Policy | None, shock: str) -> State:
    """The state after a shock.

    Parameters
    ----------
    state : State
        The state without it.
    start : Start
        The country's start.
    policy : Policy or None
        Its flagship is hit, see `flagship`.
    shock : {"flagship plant", "largest sector"}
        The flagship loses 80 per cent of its capital; or the sector that is largest in the country
        loses 40 per cent of its productivity everywhere, for good.

    Returns
    -------
    State
    """
    if shock == "flagship plant":
        hit = flagship(state, start, policy)
        return replace(state, capital=np.where(hit, LEFT_OF_FLAGSHIP, 1.0) * state.capital)
    hit = largest_sector(state)
    return replace(state, damage=np.where(hit, np.log(LEFT_OF_SECTOR), 0.0) + 0 * state.output)


def flagship(state: State, start: Start, policy: Policy | None) -> np.ndarray:
    """Which cell is the policy's flagship: bool, one True for each run.

    A policy may say so with a method ``flagship(view)``. Otherwise it is the largest cell.
    """
    own = getattr(policy, "flagship", None)
    if own is None:
        return largest_cell(state.output)
    hit: np.ndarray = own(view_of(state, start, start.laws.shock_year))
    return hit


def largest_cell(amount: np.ndarray) -> np.ndarray:
    """Where the largest amount of each run is: bool, one True for each run."""
    flat = amount.reshape(len(amount), -1)
    place = np.arange(flat.shape[1]) == flat.argmax(axis=1)[:, np.newaxis]
    return place.reshape(amount.shape)


def largest_sector(state: State) -> np.ndarray:
    """Which sector is the country's largest: bool, shape (n_runs, 1, n_sectors)."""
    made = state.output.sum(axis=-2, keepdims=True)
    return np.arange(len(SECTORS)) == made.argmax(axis=-1, keepdims=True)


@dataclass(frozen=True, eq=False)
class Play:
    """One country under one policy, year by year: the result of `play`.

    Attributes
    ----------
    policy : str
        Name of the policy.
    seed : int
        Seed of the country.
    shock : str
        The shock that struck, or "none".
    laws : Laws
        The laws.
    tier : numpy.ndarray of int, shape (n_regions,)
        Tier of each region, 1 at the coast.
    place : numpy.ndarray, shape (n_regions, 2)
        Distance from the coast, and position along it.
    output : numpy.ndarray, shape (n_years, n_regions, n_sectors)
        Output; the country makes 1 in year 0.
    people : numpy.ndarray, shape (n_years, n_regions)
        Workers; a region has 1 on average.
    technology, invented : numpy.ndarray, shape (n_years, n_regions, n_sectors)
        Logarithm of technology, and what the cell itself has invented since year 0.
    money : numpy.ndarray, shape (n_years, n_regions)
        What the budget spent on plants and knowledge in each region, as a share of that year's
        budget; all zero in years without a policy. Money for institutions belongs to no region.
    """

    policy: str
    seed: int
    shock: str
    laws: Laws
    tier: np.ndarray
    place: np.ndarray
    output: np.ndarray
    people: np.ndarray
    technology: np.ndarray
    invented: np.ndarray
    money: np.ndarray

    @property
    def total(self) -> np.ndarray:
        """The country's output in each year, shape (n_years,); 1 in year 0."""
        total: np.ndarray = self.output.sum(axis=(1, 2))
        return total

    @property
    def per_head(self) -> np.ndarray:
        """Output per head of each region, country = 1 in each year, shape (n_years, n_regions)."""
        made = self.output.sum(axis=2)
        mean = self.total / self.people.sum(axis=1)
        relative: np.ndarray = made / self.people / mean[:, np.newaxis]
        return relative

    def to_frame(self) -> pd.DataFrame:
        """Output, people and relative output per head of each region, one row a year and region."""
        n_years, n_regions = self.people.shape
        index = pd.MultiIndex.from_product(
            [range(n_years), range(1, n_regions + 1)], names=["year", "region"]
        )
        return pd.DataFrame(
            {
                "tier": np.tile(self.tier, n_years),
                "output": self.output.sum(axis=2).ravel(),
                "people": self.people.ravel(),
                "output_per_head": self.per_head.ravel(),
            },
            index=index,
        )

    def summary(self) -> str:
        """One sentence: what the country has become."""
        last = len(self.total) - 1
        first = int(np.argmax(self.output[-1].sum(axis=1))) + 1
        share = self.output[-1].sum(axis=1).max() / self.total[-1]
        struck = f", struck by a shock to the {self.shock}" if self.shock != "none" else ""
        return (
            f"In year {last} the simulated country of seed {self.seed} under {self.policy}{struck} "
            f"makes {self.total[-1]:.2f} times the output of year 0; region {first} makes "
            f"{share:.0%} of it."
        )


def play(
    policy: Policy | None = None, seed: int = 0, laws: Laws | None = None, shock: str = "none"
) -> Play:
    """Play one country under one policy, and keep its whole path.

    Parameters
    ----------
    policy : Policy, optional
        Where the budget goes, see `course_lib.regional_economy.policies`. Without one there is
        no budget.
    seed : int
        Fixes the country: where its regions lie and what they are good at.
    laws : Laws, optional
        The laws of the economy.
    shock : {"none", "flagship plant", "largest sector"}
        What strikes at the end of the shock year, year 30 by default.

    Returns
    -------
    Play

    Raises
    ------
    ValueError
        If the policy's plan does not add up or has the wrong shape, or a parameter is out of range.

    Notes
    -----
    RunKey, sectors and laws are the course's own and simulated. No figure is a real one.

    Examples
    --------
    >>> from course_lib.regional_economy.policies import Cluster
    >>> round(float(play(Cluster(), seed=0).total[-1]), 2)
    4.25
    """
    shock = one_of("shock", shock, SHOCKS)
    seed = whole_number("seed", seed, least=0, because="it fixes the country")
    return play_from(settle([seed], laws), policy, shock)


def play_from(start: Start, policy: Policy | None, shock: str = "none") -> Play:
    """Play the one country of a start: `play` without the settling, which all policies share."""
    states = [state for _, state in years(start, policy, shock)]
    made = np.stack([state.output[0] for state in states])
    return Play(
        policy="no policy" if policy is None else name_of(policy),
        seed=start.countries.seeds[0],
        shock=shock,
        laws=start.laws,
        tier=start.countries.tier[0, :, 0],
        place=start.countries.place[0],
        output=made / made[0].sum(),
        people=np.stack([state.people[0, :, 0] for state in states]),
        technology=np.stack([state.technology[0] for state in states]),
        invented=np.stack([state.invented[0] for state in states]),
        money=_money(start, policy, states),
    )


def _money(start: Start, policy: Policy | None, states: list[State]) -> np.ndarray:
    money = np.zeros((len(states), start.laws.regions))
    if policy is not None:
        laws = start.laws
        for year in range(laws.policy_start, min(laws.policy_end, laws.years)):
            view = view_of(states[year], start, year)
            plan = plan_of(policy, view)
            cells = np.broadcast_to(plan.plants + plan.knowledge, view.output.shape)
            money[year] = region(cells)[0, :, 0]
    return money
