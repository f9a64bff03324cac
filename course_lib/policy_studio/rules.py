"""The rules of the policy game: years, budget plans, votes and the one shock.

They are the course's own.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from course_lib.parameters import number, whole_number
from course_lib.policy_studio.moves import TERMS, USES
from course_lib.regional_economy.budget import Plan, View
from course_lib.regional_economy.history import SHOCKS
from course_lib.regional_economy.policies import (
    Cluster,
    EvenSpread,
    GrowthPole,
    ProductionComplex,
    rank,
    share_of,
)

TERM_YEARS = 5
FIRST_YEAR = 5
LAST_YEAR = FIRST_YEAR + TERMS * TERM_YEARS
EXPECTED_GROWTH = 0.02
"""What voters expect if nothing else is said: growth of output per head, a year."""
MOST_EXPECTED = 0.05
MAJORITY = 0.5  # of the people: more of them win an election
POOREST = 8  # of 24 regions
SHOCK_YEARS = (12, 27)
SHOCK_KINDS = tuple(shock for shock in SHOCKS if shock != "none")
MOST_SEED = 2**31 - 1


def checked_seed(seed: object) -> int:
    """A seed that is possible, or a sentence."""
    return whole_number(
        "seed", seed, least=0, most=MOST_SEED, because="it fixes the country and its shock"
    )


def checked_expectation(growth: object) -> float:
    """A growth that voters can expect, or a sentence."""
    return number(
        "voters_expect",
        growth,
        least=0,
        most=MOST_EXPECTED,
        because="it is growth a year as a share: 0.02 is 2 per cent",
    )


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


def votes(
    people: np.ndarray, growth: np.ndarray, voters_expect: float = EXPECTED_GROWTH
) -> np.ndarray:
    """Share of the people whose region votes for the government.

    A region votes for it if its output per head grew by at least what voters expect. This rule is
    the course's own.

    Parameters
    ----------
    people, growth : numpy.ndarray, shape (..., n_regions)
        People at the end of the term, and growth a year over it.
    voters_expect : float
        Growth a year, as a share.

    Returns
    -------
    numpy.ndarray, shape (...)
        More than half wins the election.

    Examples
    --------
    >>> float(votes(np.array([3.0, 1.0]), np.array([0.03, 0.01])))
    0.75
    """
    for_it = people * (growth >= voters_expect)
    return np.asarray(for_it.sum(axis=-1) / people.sum(axis=-1))
