"""The one budget: what a policy sees, what it answers, and what that buys."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.caching import read_only
from course_lib.parameters import number
from course_lib.regional_economy.economy import PARTNERS, Spending, Start, State, nation, region
from course_lib.regional_economy.laws import SECTORS

OWN_MIX = "your mix"
TOLERANCE = 1e-6
BUILDING_UP = 0.1  # share of the way to their goal that institutions go in one year
FULL_EFFORT = 0.2  # share of the budget with which institutions are built at full speed


@dataclass(frozen=True, eq=False)
class View:
    """What a policy sees in one year.

    Rows are regions, columns are sectors; what belongs to a region is a column. So
    ``now.output * (now.tier == 1)`` is the output of tier 1, and 0 elsewhere. A policy marked with
    `for_all_runs` gets all runs at once: each array has a leading axis more. All arrays are
    read-only: to change one, begin with a copy, such as ``wanted = now.output.copy()``.

    Attributes
    ----------
    seeds : tuple of int
        Seed of each run, so that a sentence can name the country.
    year : int
        The year, from `policy_start` on.
    stage : float
        Share of the policy's years that have passed, from 0 to below 1.
    tier : numpy.ndarray of int, shape (n_regions, 1)
        Tier of each region: 1 at the coast, 3 inland.
    place : numpy.ndarray, shape (n_regions, 2)
        Distance from the coast, and position along it.
    endowment : numpy.ndarray, shape (n_regions, 1)
        Skill and access to markets.
    advantage : numpy.ndarray, shape (n_regions, n_sectors)
        Logarithm of how good each region is by nature at each sector.
    misreading : numpy.ndarray, shape (n_regions, n_sectors)
        Error of a planner who reads `advantage` badly.
    nearness : numpy.ndarray, shape (n_regions, n_regions)
        Weight of one region for another, 1 for itself.
    start_output, output : numpy.ndarray, shape (n_regions, n_sectors)
        Output at the start, and in this year.
    capital, technology : numpy.ndarray, shape (n_regions, n_sectors)
        Capital, and the logarithm of technology.
    people : numpy.ndarray, shape (n_regions, 1)
        Workers of each region.
    """

    seeds: tuple[int, ...]
    year: int
    stage: float
    tier: np.ndarray
    place: np.ndarray
    endowment: np.ndarray
    advantage: np.ndarray
    misreading: np.ndarray
    nearness: np.ndarray
    start_output: np.ndarray
    output: np.ndarray
    capital: np.ndarray
    technology: np.ndarray
    people: np.ndarray

    def run(self, number: int) -> View:
        """What a policy sees in one of the runs."""
        arrays = {
            name: value[number if len(value) > 1 else 0]
            for name, value in vars(self).items()
            if isinstance(value, np.ndarray)
        }
        return View(seeds=(self.seeds[number],), year=self.year, stage=self.stage, **arrays)

    @property
    def output_per_head(self) -> np.ndarray:
        """Output per head of each region, shape (n_regions, 1)."""
        return region(self.output) / self.people


@dataclass(frozen=True, eq=False)
class Plan:
    """Where the budget goes in one year, as shares that add up to 1.

    Parameters
    ----------
    plants : array-like, shape (n_regions, n_sectors)
        Share of the budget that buys capital, for each region and sector.
    knowledge : array-like, shape (n_regions, n_sectors)
        Share that buys research and training.
    institutions : float
        Share that builds institutions in all regions.
    partners : (float, float, float)
        How much of the way entrepreneurs, government and associations are built up, 0 to 1. Only
        with money for institutions.
    planners : array-like, shape (n_regions, 1)
        Where the state's planners come with the plants, 0 to 1: there government gets stronger
        without money from this budget.
    """

    plants: Any = 0.0
    knowledge: Any = 0.0
    institutions: Any = 0.0
    partners: Any = (1.0, 1.0, 1.0)
    planners: Any = 0.0


Policy = Callable[[View], Plan]
"""A policy says, from what it sees in a year, where that year's budget goes."""


def for_all_runs(policy: Any) -> Any:
    """Mark a policy that takes all runs at once: every array it sees has a leading axis more.

    Without the mark a policy sees one run at a time, which is easier to write and slower.
    """
    policy.takes_all_runs = True
    return policy


def name_of(policy: object) -> str:
    """What a policy is called in a sentence."""
    return str(getattr(policy, "label", None) or getattr(policy, "__name__", type(policy).__name__))


def checked_policies(policies: object) -> None:
    """Refuse what is no mapping from names to policies, or an empty one.

    Raises
    ------
    ValueError
        A sentence that says how to write one.
    """
    if not isinstance(policies, Mapping) or not policies:
        raise ValueError("policies must name at least one policy, such as {'mine': my_policy}")


def shares_of_parts(
    name: str, parts: Sequence[float], uses: Collection[str], one_of_them: str
) -> tuple[float, ...]:
    """A student's mix as shares: only the proportions of its parts matter.

    Parameters
    ----------
    name : str
        Name of the parameter, for the sentences.
    parts : sequence of float
        One for each use, 0 or more.
    uses : collection of str
        What the parts are given to.
    one_of_them : str
        How a sentence speaks of any of the uses.

    Returns
    -------
    tuple of float
        They add up to 1.

    Raises
    ------
    ValueError
        If there are more or fewer parts than uses, one is negative, or all are zero.

    Examples
    --------
    >>> shares_of_parts("parts", [1, 3], ["plants", "research"], "one of the two")
    (0.25, 0.75)
    """
    if len(parts) != len(uses):
        raise ValueError(
            f"{name} must be {len(uses)} numbers, one for each of {', '.join(uses)} "
            f"(got {len(parts)})"
        )
    given = [
        number(f"the part of {use}", part, least=0, because="a budget cannot owe money")
        for use, part in zip(uses, parts, strict=True)
    ]
    total = sum(given)
    if total == 0:
        raise ValueError(f"your mix gives nothing to anybody: raise the part of {one_of_them}")
    return tuple(part / total for part in given)


def view_of(state: State, start: Start, year: int) -> View:
    """What a policy sees, all runs at once."""
    laws, countries = start.laws, start.countries
    arrays = {
        "tier": countries.tier,
        "place": countries.place,
        "endowment": countries.endowment,
        "advantage": countries.advantage,
        "misreading": countries.misreading,
        "nearness": countries.nearness,
        "start_output": start.state.output,
        "output": state.output,
        "capital": state.capital,
        "technology": state.technology,
        "people": state.people,
    }
    # A view of each, since they are the economy's own: a policy can read and not change them.
    seen = View(
        seeds=countries.seeds,
        year=year,
        stage=(year - laws.policy_start) / (laws.policy_end - laws.policy_start),
        **{name: array.view() for name, array in arrays.items()},
    )
    return read_only(seen)


def plan_of(policy: Policy, view: View) -> Plan:
    """Ask a policy for its plan, for all runs, and check it.

    Raises
    ------
    ValueError
        If the plan is no plan, has the wrong shape, holds something that is no number, or spends
        more or less than the budget. The sentence names policy, year and seed.
    """
    if getattr(policy, "takes_all_runs", False):
        return checked(policy(view), view, policy)
    plans = []
    for run, seed in enumerate(view.seeds):
        alone = view.run(run)
        try:
            found = policy(alone)
        except Exception as error:  # a student's policy may fail in any way
            raise ValueError(
                f"the policy {name_of(policy)} stopped in year {view.year} of seed {seed} with "
                f"{type(error).__name__}: {error}"
            ) from error
        plans.append(checked(found, alone, policy))
    return _stacked(plans)


def checked(plan: object, view: View, policy: Policy) -> Plan:
    """The plan with arrays of full shape, or a sentence that its author can act on."""
    where = f"the policy {name_of(policy)}, year {view.year}"
    if not isinstance(plan, Plan):
        what = "nothing" if plan is None else f"a {type(plan).__name__}"
        raise ValueError(
            f"{where}: it returned {what}, not a Plan. End it with "
            "return Plan(plants=..., knowledge=..., institutions=...)"
        )
    cells = view.output.shape
    plants = _shares("plants", plan.plants, cells, where)
    knowledge = _shares("knowledge", plan.knowledge, cells, where)
    institutions = _shares("institutions", plan.institutions, (*cells[:-2], 1, 1), where)
    planners = _part("planners", plan.planners, (*cells[:-1], 1), where)
    partners = _part("partners", plan.partners, (*cells[:-2], 1, len(PARTNERS)), where)
    total = nation(plants) + nation(knowledge) + institutions
    off = np.abs(total - 1) > TOLERANCE
    if off.any():
        first = int(np.argmax(off.ravel()))
        spent = float(total.ravel()[first])
        verdict = "it spends money that it does not have" if spent > 1 else "some money is left"
        raise ValueError(
            f"{where}, seed {view.seeds[min(first, len(view.seeds) - 1)]}: plants, knowledge and "
            f"institutions add up to {spent:.4g} of the budget, not to 1: {verdict}. Divide each "
            "by their total"
        )
    return Plan(plants, knowledge, institutions, partners, planners)


COLUMNS = {1: "one", len(SECTORS): "one a sector", len(PARTNERS): "one a partner"}


def _numbers(name: str, value: Any, shape: tuple[int, ...], where: str) -> np.ndarray:
    """What a policy gave, as an array that goes with the shape; one number stands for all."""
    try:
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{where}: {name} must be numbers (got {type(value).__name__})") from None
    fits = all(
        given in (1, wanted) for given, wanted in zip(array.shape[::-1], shape[::-1], strict=False)
    )
    if not fits or array.ndim > len(shape):
        rows, columns = shape[-2:]
        raise ValueError(
            f"{where}: {name} has the shape {array.shape}, and needs {rows} rows, one a region, "
            f"and {columns} columns, {COLUMNS[columns]}. To begin, write "
            f"np.zeros(({rows}, {columns}))"
        )
    if not np.isfinite(array.sum()):
        raise ValueError(
            f"{where}: {name} holds a value that is not a number. Look for a division by zero"
        )
    return array


def _shares(name: str, value: Any, shape: tuple[int, ...], where: str) -> np.ndarray:
    shares = _numbers(name, value, shape, where)
    if shape[-1] > 1 and shares.shape[-2:] != shape[-2:] and shares.any():
        raise ValueError(
            f"{where}: {name} has the shape {shares.shape}: it must say for each of the "
            f"{shape[-2]} regions and {shape[-1]} sectors what it gets. To begin, write "
            f"np.zeros({shape[-2:]})"
        )
    if shares.min() < 0:
        raise ValueError(
            f"{where}: {name} holds {shares.min():.4g}. No region can get less than nothing"
        )
    return shares if shares.ndim >= 2 else np.reshape(shares, (1, 1))


def _part(name: str, value: Any, shape: tuple[int, ...], where: str) -> np.ndarray:
    part = _numbers(name, value, shape, where)
    if part.min() < 0 or part.max() > 1:
        raise ValueError(
            f"{where}: {name} go from 0 to 1 (got {part.min():.4g} to {part.max():.4g})"
        )
    return part


def _stacked(plans: list[Plan]) -> Plan:
    """The plans of single runs as one for all: a leading axis more."""

    def together(name: str) -> np.ndarray:
        parts = np.broadcast_arrays(*[np.atleast_2d(getattr(plan, name)) for plan in plans])
        return np.asfortranarray(np.stack(parts))

    names = ("plants", "knowledge", "institutions", "partners", "planners")
    return Plan(*(together(name) for name in names))


def spending(plan: Plan, state: State, start: Start, year: int) -> Spending:
    """What a plan buys: the budget grows every year, and taxes pay it."""
    laws = start.laws
    size = nation(start.state.output)
    money = laws.budget * size * (1 + laws.budget_growth) ** year
    usual = laws.budget * size / laws.regions / 2
    return Spending(
        tax_rate=money / nation(state.output),
        # In the economy's order of memory: everything that is added to it would take its own.
        plants=np.asfortranarray(money * plan.plants),
        knowledge=np.asfortranarray(money / usual * plan.knowledge),
        institutions=_built_up(plan, state, start),
    )


def _built_up(plan: Plan, state: State, start: Start) -> np.ndarray:
    """A tenth a year of the way to the goal, slower with less money; planners add to government."""
    laws, now = start.laws, state.institutions
    goal = laws.institutions_start + plan.partners * (
        laws.institutions_goal - laws.institutions_start
    )
    effort = BUILDING_UP * np.minimum(1, plan.institutions / FULL_EFFORT)
    built = effort * (goal - now)
    by_planners = BUILDING_UP * plan.planners * (laws.institutions_goal - now[..., 1:2])
    built[..., 1:2] += by_planners
    return built
