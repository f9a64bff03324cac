"""One economy for all theories: a country of regions and sectors, and its one law of motion.

Everything is computed for many runs at once. Arrays have the shape (n_runs, n_regions, n_sectors);
what belongs to a region has a last axis of length 1, and what belongs to a country two of them, so
that all go together. In memory the first axis changes fastest: numpy then works along the runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from course_lib.parameters import whole_number
from course_lib.regional_economy.laws import LINKS, SECTORS, TIERS, Laws, stack_laws

LEAST_CAPITAL = 1e-6
YEARS_TO_SETTLE = 80
EXPERIENCE_AT_START = 12  # years of output that regions have behind them
SAVED_AT_START = 1.15  # savings over what wears out: the country grows a little
PARTNERS = ("entrepreneurs", "government", "associations")


@dataclass(frozen=True, eq=False)
class Countries:
    """Exogenous data of each run: where regions lie and what they are good at.

    Attributes
    ----------
    seeds : tuple of int
        Seed of each run.
    tier : numpy.ndarray of int, shape (1, n_regions, 1)
        Tier of each region: 1 is the high gradient, at the coast.
    place : numpy.ndarray, shape (n_runs, n_regions, 2)
        Distance from the coast, and position along it, both from 0 to 1.
    endowment : numpy.ndarray, shape (n_runs, n_regions, 1)
        Skill and access to markets; about 1 in tier 1.
    advantage : numpy.ndarray, shape (n_runs, n_regions, n_sectors)
        Logarithm of how good each region is by nature at each sector.
    misreading : numpy.ndarray, shape (n_runs, n_regions, n_sectors)
        Error of a planner who reads `advantage` badly.
    nearness : numpy.ndarray, shape (n_runs, n_regions, n_regions)
        Weight of one region for another: 1 for itself, falling with distance.
    """

    seeds: tuple[int, ...]
    tier: np.ndarray
    place: np.ndarray
    endowment: np.ndarray
    advantage: np.ndarray
    misreading: np.ndarray
    nearness: np.ndarray


@dataclass(frozen=True, eq=False)
class State:
    """A country at the beginning of a year, with what it made in the year before.

    A cell is a sector in a region. Without another shape, it is (n_runs, n_regions, n_sectors).

    Attributes
    ----------
    capital : numpy.ndarray
        Capital of each cell; the mean over cells is 1 before the country settles.
    people : numpy.ndarray, shape (n_runs, n_regions, 1)
        Workers of each region; a region has 1 on average.
    technology : numpy.ndarray
        Logarithm of technology.
    labour_share : numpy.ndarray
        Share of a region's workers in each sector.
    output, output_near : numpy.ndarray
        Output of the last year, and what all regions made in the same sector, weighted by nearness.
    experience : numpy.ndarray
        What can be learnt from: all output so far, see `usable`.
    institutions : numpy.ndarray, shape (n_runs, n_regions, 3)
        Strength of entrepreneurs, government and associations, 0 to 1.
    invented : numpy.ndarray
        Log points of technology that the cell itself has gained since year 0; the rest of what it
        has gained was learnt from the best region.
    damage : numpy.ndarray or None
        Logarithm of what a shock has left of productivity; None without one.
    """

    capital: np.ndarray
    people: np.ndarray
    technology: np.ndarray
    labour_share: np.ndarray
    output: np.ndarray
    output_near: np.ndarray
    experience: np.ndarray
    institutions: np.ndarray
    invented: np.ndarray
    damage: np.ndarray | None = None


@dataclass(frozen=True, eq=False)
class Start:
    """Countries that have settled: any policy can begin here.

    Attributes
    ----------
    laws : Laws
        Laws of all runs.
    countries : Countries
        Their exogenous data.
    state : State
        The beginning of year 0.
    demand : numpy.ndarray, shape (n_runs, n_regions, n_sectors)
        Demand near by at the start, to which later demand is compared.
    saving : numpy.ndarray, shape (n_runs, 1, 1)
        Share of output that is saved: 15 per cent more than replaces what wears out at the start.
    """

    laws: Laws
    countries: Countries
    state: State
    demand: np.ndarray
    saving: np.ndarray


@dataclass(frozen=True, eq=False)
class Spending:
    """What a government does with its budget in one year.

    Attributes
    ----------
    tax_rate : numpy.ndarray or float
        Tax as a share of output.
    plants : numpy.ndarray or float
        Money for capital, by cell.
    knowledge : numpy.ndarray or float
        Money for knowledge, by cell, where half of the budget spread over all regions is 1.
    institutions : numpy.ndarray or float
        What the three partners' strength gains in this year.
    """

    tax_rate: Any = 0.0
    plants: Any = 0.0
    knowledge: Any = 0.0
    institutions: Any = 0.0


NO_SPENDING = Spending()

# --- adding up


def region(amount: np.ndarray) -> np.ndarray:
    """Total of each region, shape (..., n_regions, 1)."""
    total: np.ndarray = amount.sum(axis=-1, keepdims=True)
    return total


def nation(amount: np.ndarray) -> np.ndarray:
    """Total of each country, shape (..., 1, 1)."""
    total: np.ndarray = amount.sum(axis=(-2, -1), keepdims=True)
    return total


def near_by(amount: np.ndarray, nearness: np.ndarray) -> np.ndarray:
    """What all regions have of each sector, weighted by their nearness."""
    return np.asfortranarray(np.matmul(nearness, np.ascontiguousarray(amount)))


# --- productivity: every term is a logarithm


def suppliers_here(log_capital: np.ndarray, laws: Laws) -> np.ndarray:
    """Share of its suppliers that a sector finds in its own region, 0 to 1.

    A supplier that is as large as the buyer counts in full, a smaller one in part. All are needed
    (a weighted geometric mean): more of one does not replace another.
    """
    wanted = log_capital + np.log(laws.supplier_size)
    lacking = -wanted
    one = np.empty_like(wanted)
    for supplier, need in enumerate(LINKS.T):  # the needs of each sector add up to 1
        np.minimum(log_capital[..., supplier : supplier + 1], wanted, out=one)
        one *= need
        lacking += one
    return np.exp(lacking)


def complementarity(log_capital: np.ndarray, laws: Laws) -> np.ndarray:
    """What suppliers in the same region add."""
    return np.log1p(laws.complementarity * suppliers_here(log_capital, laws))


def localisation(log_capital: np.ndarray, laws: Laws) -> np.ndarray:
    """What the size of the own sector in the own region adds."""
    return laws.localisation * log_capital


def urbanisation(capital: np.ndarray, laws: Laws) -> np.ndarray:
    """What the size of the whole region adds."""
    return laws.urbanisation * np.log(region(capital) / len(SECTORS))


def demand(output: np.ndarray, output_near: np.ndarray) -> np.ndarray:
    """Demand of near buyers for each sector's goods, as a share of the country's output."""
    return np.asfortranarray(output_near @ LINKS) / nation(output)


def demand_pull(state: State, start: Start) -> np.ndarray:
    """What near buyers add, compared with the start."""
    ratio = demand(state.output, state.output_near) / start.demand
    return start.laws.demand_pull * np.log(ratio)


def productivity(
    state: State, log_capital: np.ndarray, countries: Countries, laws: Laws
) -> np.ndarray:
    """Logarithm of productivity, apart from demand: technology, nature, three kinds of nearness."""
    log_tfp = state.technology + countries.advantage
    log_tfp += complementarity(log_capital, laws)
    log_tfp += localisation(log_capital, laws)
    log_tfp += urbanisation(state.capital, laws)
    if state.damage is not None:
        log_tfp += state.damage
    return log_tfp


# --- production


def best_labour_share(without_labour: np.ndarray, laws: Laws) -> np.ndarray:
    """Shares of a region's workers at which one more worker adds the same in every sector.

    `without_labour` is the logarithm of TFP K^alpha.
    """
    worth = np.exp(without_labour / (1 - laws.labour_share))
    worth /= region(worth)
    return worth


def produce(
    without_labour: np.ndarray, people: np.ndarray, share: np.ndarray, laws: Laws
) -> np.ndarray:
    """Output of each cell: Y = TFP K^alpha L^beta."""
    return np.exp(without_labour + laws.labour_share * np.log(people * share))


def with_output(state: State, start: Start) -> State:
    """The state after this year's production: workers have changed sectors, goods are made."""
    laws, countries = start.laws, start.countries
    log_capital = np.log(state.capital)
    without_labour = productivity(state, log_capital, countries, laws)
    without_labour += demand_pull(state, start)
    without_labour += laws.capital_share * log_capital
    best = best_labour_share(without_labour, laws)
    share = state.labour_share + laws.labour_adjustment * (best - state.labour_share)
    output = produce(without_labour, state.people, share, laws)
    near = near_by(output, countries.nearness)
    return replace(state, labour_share=share, output=output, output_near=near)


# --- capital and people


def investment(
    output: np.ndarray, capital: np.ndarray, saving: Any, spending: Spending, laws: Laws
) -> np.ndarray:
    """New capital: savings that stay, savings that go where the return is highest, and the state's.

    The mobile part goes to cells in proportion to their capital and the square of its return.
    """
    saved = saving * (1 - spending.tax_rate)  # of each unit of output
    invested = (1 - laws.mobile_saving) * saved * output
    pull = output * output
    pull /= capital
    invested += laws.mobile_saving * saved * nation(output) / nation(pull) * pull
    invested += spending.plants
    return invested


def next_capital(capital: np.ndarray, invested: np.ndarray, laws: Laws) -> np.ndarray:
    """Capital of the next year: what has not worn out, and what is new."""
    left = (1 - laws.depreciation) * capital
    left += invested
    return np.maximum(left, LEAST_CAPITAL, out=left)


def migrate(people: np.ndarray, output: np.ndarray, laws: Laws) -> np.ndarray:
    """People of the next year: they move to where wages lie above the country's mean."""
    log_wage = np.log(laws.labour_share * region(output) / people)
    mean = nation(people * log_wage) / nation(people)
    moved = people * np.exp(laws.migration * (log_wage - mean))
    return moved * laws.regions / nation(moved)


# --- technology


def learning_ability(institutions: np.ndarray, laws: Laws) -> np.ndarray:
    """How well a region learns: geometric mean of its three partners, 1 at the start.

    One hand cannot clap: without one of the partners the region learns nothing.
    """
    together = institutions[..., 0:1] * institutions[..., 1:2] * institutions[..., 2:3]
    return np.cbrt(together) / laws.institutions_start


def usable(own: np.ndarray, near: np.ndarray, laws: Laws) -> np.ndarray:
    """What can be learnt from: own output, some of others here, some of the same elsewhere."""
    here = 1 - laws.between_sectors - laws.between_regions
    return here * own + laws.between_sectors * region(own) + laws.between_regions * near


def learning_by_doing(experience: np.ndarray, new: np.ndarray, laws: Laws) -> np.ndarray:
    """Technology gained because experience grows, before institutions help."""
    return laws.learning * np.log1p(new / experience)


def research(knowledge: Any, laws: Laws) -> Any:
    """Technology gained from knowledge money: twice the money is not twice the result."""
    return laws.research_yield * np.sqrt(knowledge)


def diffusion(technology: np.ndarray, countries: Countries, laws: Laws) -> np.ndarray:
    """Technology learnt from the best region in each sector: the nearer it is, the more."""
    best = technology.argmax(axis=-2)  # shape (n_runs, n_sectors)
    runs = np.arange(len(best))[:, np.newaxis]
    to_best = np.asfortranarray(countries.nearness[runs, best].swapaxes(-2, -1))
    gap = technology.max(axis=-2, keepdims=True) - technology
    return (laws.diffusion * countries.endowment) * to_best * gap


# --- the law of motion


def next_year(state: State, start: Start, spending: Spending = NO_SPENDING) -> State:
    """From the end of this year's production to the beginning of the next year.

    Parameters
    ----------
    state : State
        The state after `with_output`.
    start : Start
        The country's start, with its laws.
    spending : Spending
        What the government does in this year.

    Returns
    -------
    State
    """
    laws, countries = start.laws, start.countries
    institutions = state.institutions + spending.institutions
    ability = learning_ability(institutions, laws)
    new = usable(state.output, state.output_near, laws)
    invented = laws.own_progress * countries.endowment + ability * (
        learning_by_doing(state.experience, new, laws) + research(spending.knowledge, laws)
    )
    learnt = diffusion(state.technology, countries, laws)
    invested = investment(state.output, state.capital, start.saving, spending, laws)
    return replace(
        state,
        institutions=institutions,
        experience=state.experience + new,
        technology=state.technology + invented + learnt,
        invented=state.invented + invented,
        capital=next_capital(state.capital, invested, laws),
        people=migrate(state.people, state.output, laws),
    )


# --- how a country comes about


def draw_countries(seeds: Sequence[int], laws: Laws) -> Countries:
    """Draw the exogenous data of one country for each seed.

    Parameters
    ----------
    seeds : sequence of int
        One seed a run. The same seed gives the same country under any policy.
    laws : Laws
        Laws of the runs.

    Returns
    -------
    Countries

    Raises
    ------
    ValueError
        If there is no seed, or one is not a whole number of at least 0.
    """
    if len(seeds) == 0:
        raise ValueError("seeds must hold at least one seed: without one there is no country")
    checked = tuple(
        whole_number("a seed", seed, least=0, because="it fixes chance") for seed in seeds
    )
    n_regions, n_sectors = laws.regions, len(SECTORS)
    tier = np.repeat(np.array(TIERS, dtype=np.int64), n_regions // len(TIERS))
    drawn = [_draw(seed, n_regions, n_sectors) for seed in checked]
    inland, along, luck, talent, misreading = (np.stack(part) for part in zip(*drawn, strict=True))
    inland = (tier - 1 + inland) / len(TIERS)
    distance = np.hypot(
        inland[:, :, np.newaxis] - inland[:, np.newaxis, :],
        along[:, :, np.newaxis] - along[:, np.newaxis, :],
    )
    of_tier = np.array(laws.endowments)[tier - 1]
    log_talent = laws.advantage_spread * talent
    mean_talent = np.exp(log_talent).mean(axis=(1, 2), keepdims=True)
    return Countries(
        seeds=checked,
        tier=tier[np.newaxis, :, np.newaxis],
        place=np.stack([inland, along], axis=-1),
        endowment=_column(of_tier * np.exp(0.05 * luck)),
        advantage=np.asfortranarray(log_talent - np.log(mean_talent)),
        misreading=np.asfortranarray(laws.advantage_spread * misreading),
        nearness=np.exp(-distance / laws.reach),
    )


def _draw(seed: int, n_regions: int, n_sectors: int) -> tuple[np.ndarray, ...]:
    chance = np.random.default_rng(seed)
    return (
        chance.random(n_regions),
        chance.random(n_regions),
        chance.standard_normal(n_regions),
        chance.standard_normal((n_regions, n_sectors)),
        chance.standard_normal((n_regions, n_sectors)),
    )


def _column(by_region: np.ndarray) -> np.ndarray:
    return np.asfortranarray(by_region[:, :, np.newaxis])


def settle(seeds: Sequence[int], laws: Laws | Sequence[Laws] | None = None) -> Start:
    """Let countries grow without a policy or new technology until they stand almost still.

    Parameters
    ----------
    seeds : sequence of int
        One seed a run.
    laws : Laws, or sequence of Laws, optional
        The laws of all runs, or one for each of them.

    Returns
    -------
    Start
        The beginning of year 0 of all runs.

    Raises
    ------
    ValueError
        If a seed is no whole number of at least 0, or there are not as many laws as seeds.

    Examples
    --------
    >>> settle([0, 1]).state.output.shape
    (2, 24, 6)
    """
    if laws is None or isinstance(laws, Laws):
        together = laws or Laws()
    else:
        if len(laws) != len(seeds):
            raise ValueError(
                f"there are {len(laws)} laws for {len(seeds)} seeds: give one for each run, or one "
                "for all"
            )
        together = stack_laws(laws)
    return _settled(draw_countries(seeds, together), together)


def _settled(countries: Countries, laws: Laws) -> Start:
    endowment, advantage = countries.endowment, countries.advantage
    everywhere = np.zeros_like(advantage)
    capital = endowment * np.exp(2 * advantage)
    state = State(
        capital=capital / (nation(capital) / everywhere[0].size),
        people=np.ones_like(endowment),
        technology=0.7 * np.log(endowment) + everywhere,
        labour_share=everywhere + 1 / len(SECTORS),
        output=everywhere,
        output_near=everywhere,
        experience=everywhere,
        institutions=np.zeros((*endowment.shape[:2], len(PARTNERS)), order="F")
        + laws.institutions_start,
        invented=everywhere,
    )
    for _ in range(YEARS_TO_SETTLE):
        output, _ = _output_at_rest(state, countries, laws)
        replaced = laws.depreciation * nation(state.capital) / nation(output)
        invested = investment(output, state.capital, replaced, NO_SPENDING, laws)
        state = replace(
            state,
            capital=next_capital(state.capital, invested, laws),
            people=migrate(state.people, output, laws),
        )
    output, share = _output_at_rest(state, countries, laws)
    near = near_by(output, countries.nearness)
    return Start(
        laws=laws,
        countries=countries,
        state=replace(
            state,
            labour_share=share,
            output=output,
            output_near=near,
            experience=EXPERIENCE_AT_START * usable(output, near, laws),
        ),
        demand=demand(output, near),
        saving=SAVED_AT_START * laws.depreciation * nation(state.capital) / nation(output),
    )


def _output_at_rest(
    state: State, countries: Countries, laws: Laws
) -> tuple[np.ndarray, np.ndarray]:
    """Output when every worker is where he adds most, and the shares of workers."""
    log_capital = np.log(state.capital)
    log_tfp = productivity(state, log_capital, countries, laws)
    without_labour = log_tfp + laws.capital_share * log_capital
    share = best_labour_share(without_labour, laws)
    return produce(without_labour, state.people, share, laws), share
