"""Where to build the plants of a complex, when plants at one site share its infrastructure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product as every_choice
from typing import Any

import numpy as np
import pandas as pd

from course_lib.parameters import number, shown

MOST_TRIED = 5_000
"""Placements up to which all of them are compared; with more, an integer program is solved."""


@dataclass(frozen=True, eq=False)
class Siting:
    """The cheapest sites of all plants: the result of `site_complex`.

    Attributes
    ----------
    plants, sites : tuple of str
        Their names.
    placed : dict from str to str
        The site of each plant.
    production, transport, infrastructure : float
        The three parts of the cost, million a year.
    shared : bool
        Whether a site's infrastructure is paid once, or by each plant that stands there.
    proven : str
        How it is known that nothing is cheaper.
    """

    plants: tuple[str, ...]
    sites: tuple[str, ...]
    placed: dict[str, str]
    production: float
    transport: float
    infrastructure: float
    shared: bool
    proven: str

    @property
    def cost(self) -> float:
        """All costs together, million a year."""
        return self.production + self.transport + self.infrastructure

    @property
    def opened(self) -> list[str]:
        """The sites at which a plant stands."""
        used = set(self.placed.values())
        return [site for site in self.sites if site in used]

    def to_frame(self) -> pd.DataFrame:
        """One row a plant: its site."""
        frame = pd.DataFrame({"site": [self.placed[plant] for plant in self.plants]})
        return frame.set_index(pd.Index(self.plants, name="plant"))

    def summary(self) -> str:
        """One sentence: the sites and the cost."""
        where = [
            f"{', '.join(plant for plant in self.plants if self.placed[plant] == site)} at {site}"
            for site in self.opened
        ]
        paid = "shared" if self.shared else "paid by each plant"
        return (
            f"Cheapest with infrastructure {paid}: {'; '.join(where)}; cost {self.cost:.1f}, of "
            f"which transport {self.transport:.1f} and infrastructure {self.infrastructure:.1f}."
        )


@dataclass(frozen=True)
class _Costs:
    """The numbers of a siting task, checked."""

    plants: tuple[str, ...]
    sites: tuple[str, ...]
    alone: np.ndarray  # production and freight to fixed places, of each plant at each site
    production: np.ndarray
    links: tuple[tuple[int, int, float], ...]  # seller, buyer, money per km between them
    distances: np.ndarray
    infrastructure: np.ndarray
    shared: bool


def site_complex(
    production: pd.DataFrame,
    distances: pd.DataFrame,
    flows: Mapping[tuple[str, str], float],
    infrastructure: Mapping[str, float],
    transport_cost: float = 0.003,
    shared: bool = True,
    outside: pd.DataFrame | None = None,
) -> Siting:
    r"""The cheapest site of each plant of a complex, all of them decided together.

    Parameters
    ----------
    production : pandas.DataFrame, shape (n_plants, n_sites)
        Cost of making the plant's planned output at each site, million a year. A missing value
        (NaN) says that the plant cannot stand there.
    distances : pandas.DataFrame, shape (n_sites, n_sites)
        Kilometres between the sites, the same in both directions.
    flows : mapping from (str, str) to float
        Of each delivery, from which plant to which, the thousand tonnes a year.
    infrastructure : mapping from str to float
        Cost of roads, water and housing at each site, million a year.
    transport_cost : float
        Of moving a thousand tonnes over a kilometre, million.
    shared : bool
        True: infrastructure is paid once at each site that is used. False: by each plant.
    outside : pandas.DataFrame, shape (n_plants, n_sites), optional
        Thousand tonnes a year that a plant gets from or sends to a fixed place, which has to be
        one of the sites: raw material from the mine, products to the city. 0 where it does not.

    Returns
    -------
    Siting
        A placement to which there is no cheaper one.

    Raises
    ------
    ValueError
        If names do not go together, a number is negative or missing, a plant delivers to itself,
        or a plant can stand nowhere.

    Notes
    -----
    With :math:`x_{ps}=1` if plant :math:`p` stands at site :math:`s`, and :math:`o_s=1` if the
    site is opened, the task is

    .. math::
        \min \sum_{p,s} c_{ps} x_{ps} + t \sum_{(p,q)} f_{pq} \sum_{s,r} d_{sr} x_{ps} x_{qr}
        + \sum_s F_s o_s, \qquad \sum_s x_{ps} = 1, \quad x_{ps} \le o_s .

    Up to 5000 placements are all compared. Beyond that each product :math:`x_{ps} x_{qr}` becomes
    a variable of its own, tied to its two parts by sums, and HiGHS solves the integer program to a
    gap of zero.

    References
    ----------
    Isard, W., Schooler, E. W. and Vietorisz, T. (1959). *Industrial Complex Analysis and Regional
    Development*. MIT Press.

    Examples
    --------
    Two plants that would each be cheaper at a site of its own, and are not:

    >>> sites = ["mine", "port"]
    >>> found = site_complex(
    ...     production=pd.DataFrame([[5, 7], [7, 5]], index=["mill", "yard"], columns=sites),
    ...     distances=pd.DataFrame([[0, 100], [100, 0]], index=sites, columns=sites),
    ...     flows={("mill", "yard"): 10},
    ...     infrastructure={"mine": 4, "port": 3},
    ... )
    >>> found.placed, found.cost
    ({'mill': 'port', 'yard': 'port'}, 15.0)
    """
    return _solved(
        _checked(production, distances, flows, infrastructure, transport_cost, shared, outside)
    )


def _solved(task: _Costs) -> Siting:
    possible = [np.flatnonzero(np.isfinite(row)) for row in task.alone]
    tried = math.prod(len(sites) for sites in possible)
    where = _try_all(task, possible) if tried <= MOST_TRIED else _integer_program(task)
    plants = range(len(task.plants))
    used = np.unique(where) if task.shared else where
    made = float(task.production[plants, where].sum())
    moved = float((task.alone - task.production)[plants, where].sum()) + sum(
        weight * float(task.distances[where[p], where[q]]) for p, q, weight in task.links
    )
    return Siting(
        plants=task.plants,
        sites=task.sites,
        placed={task.plants[p]: task.sites[where[p]] for p in plants},
        production=made,
        transport=moved,
        infrastructure=float(task.infrastructure[used].sum()),
        shared=task.shared,
        proven=(
            f"all {tried} placements were compared"
            if tried <= MOST_TRIED
            else "the integer program was solved to a gap of zero"
        ),
    )


def _try_all(task: _Costs, possible: Sequence[np.ndarray]) -> np.ndarray:
    """Compare every placement; of equally cheap ones the first."""
    where, fixed, km = _placements(task, possible)
    total = fixed + km
    if task.shared:
        opened = (where[:, :, np.newaxis] == np.arange(len(task.sites))).any(axis=1)
        total = total + opened @ task.infrastructure
    else:
        total = total + task.infrastructure[where].sum(axis=1)
    best: np.ndarray = where[np.argmin(np.round(total, 9))]
    return best


def _placements(
    task: _Costs, possible: Sequence[np.ndarray]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    where = np.array(list(every_choice(*possible)), dtype=np.int64)
    fixed = task.alone[np.arange(len(task.plants)), where].sum(axis=1)
    moved = np.zeros(len(where))
    for seller, buyer, weight in task.links:
        moved += weight * task.distances[where[:, seller], where[:, buyer]]
    return where, fixed, moved


def _integer_program(task: _Costs) -> np.ndarray:
    """The same task for HiGHS: x of each plant and site, o of each site, z of each pair of x."""
    from scipy import sparse
    from scipy.optimize import Bounds, LinearConstraint, milp

    n_plants, n_sites = task.alone.shape
    here = np.isfinite(task.alone)
    alone = np.where(here, task.alone, 0.0)
    own = np.zeros(n_sites) if task.shared else task.infrastructure
    pairs = len(task.links) * n_sites**2
    cost = np.concatenate(
        [
            (alone + own).ravel(),
            task.infrastructure if task.shared else np.zeros(n_sites),
            *[(weight * task.distances).ravel() for _, _, weight in task.links],
        ]
    )

    one_site_each = sparse.hstack(
        [
            sparse.kron(sparse.eye(n_plants), np.ones((1, n_sites))),
            sparse.csr_matrix((n_plants, n_sites + pairs)),
        ]
    )
    only_where_opened = sparse.hstack(
        [
            sparse.eye(n_plants * n_sites),
            -sparse.kron(np.ones((n_plants, 1)), sparse.eye(n_sites)),
            sparse.csr_matrix((n_plants * n_sites, pairs)),
        ]
    )
    rules = [
        LinearConstraint(one_site_each.tocsc(), 1, 1),
        LinearConstraint(only_where_opened.tocsc(), -np.inf, 0),
    ]
    if task.links:
        # Over all sites of the buyer, z adds up to the seller's x; and the other way round.
        add_up = (np.ones((1, n_sites)), sparse.eye(n_sites))
        sums = [sparse.kron(add_up[1], add_up[0]), sparse.kron(add_up[0], add_up[1])]
        for end, ties in enumerate(sums):
            picked = sparse.lil_matrix((len(task.links) * n_sites, n_plants * n_sites))
            for row, link in enumerate(task.links):
                rows = np.arange(row * n_sites, (row + 1) * n_sites)
                picked[rows, link[end] * n_sites + np.arange(n_sites)] = -1
            tied = sparse.hstack(
                [
                    picked,
                    sparse.csr_matrix((len(task.links) * n_sites, n_sites)),
                    sparse.kron(sparse.eye(len(task.links)), ties),
                ]
            )
            rules.append(LinearConstraint(tied.tocsc(), 0, 0))
    most = np.ones(len(cost))
    most[: n_plants * n_sites] = here.ravel()
    whole = np.zeros(len(cost))
    whole[: n_plants * n_sites] = 1
    solved = milp(
        cost,
        integrality=whole,
        bounds=Bounds(0, most),
        constraints=rules,
        options={"mip_rel_gap": 0.0},
    )
    if not solved.success:  # every plant can stand somewhere, so this is the computer's limit
        raise ValueError(
            f"the sites were not found ({solved.message}): leave out plants or sites and try again"
        )
    found: np.ndarray = solved.x[: n_plants * n_sites].reshape(n_plants, n_sites).argmax(axis=1)
    return found


def _checked(
    production: pd.DataFrame,
    distances: pd.DataFrame,
    flows: Mapping[tuple[str, str], float],
    infrastructure: Mapping[str, float],
    transport_cost: float,
    shared: bool,
    outside: pd.DataFrame | None,
) -> _Costs:
    plants = tuple(str(plant) for plant in production.index)
    sites = tuple(str(site) for site in production.columns)
    if len(set(plants)) < len(plants) or len(set(sites)) < len(sites):
        raise ValueError("production names a plant or a site twice: give each a name of its own")
    rate = number("transport_cost", transport_cost, least=0, because="freight costs money or none")
    made = _table("production", production, plants, sites, empty=True)
    if np.isnan(made).all(axis=1).any():
        lost = plants[int(np.isnan(made).all(axis=1).argmax())]
        raise ValueError(
            f"{lost} can stand at none of the sites: give it a production cost at one of them"
        )
    km = _table("distances", distances, sites, sites)
    if not np.array_equal(km, km.T) or km.diagonal().any():
        raise ValueError(
            "distances must be the same in both directions, and 0 from a site to itself: "
            "fill the table on both sides of its diagonal"
        )
    sent = np.zeros_like(made)
    if outside is not None:
        sent = _table("outside", outside, plants, sites)
    if not isinstance(shared, bool | np.bool_):
        raise ValueError(f"shared must be True or False (got {shared!r})")
    links = []
    for pair, tonnes in flows.items():
        if not (isinstance(pair, tuple) and len(pair) == 2):
            raise ValueError(
                f"flows goes from a plant to a plant: write ('mine', 'mill') and not {pair!r}"
            )
        seller, buyer = pair
        for plant in (seller, buyer):
            if plant not in plants:
                raise ValueError(
                    f"flows names {plant}, which has no row in production: its plants are "
                    f"{', '.join(plants)}"
                )
        if seller == buyer:
            raise ValueError(f"flows has a delivery from {seller} to itself: leave it out")
        weight = number(
            f"flow from {seller} to {buyer}", tonnes, least=0, because="it counts tonnes"
        )
        links.append((plants.index(seller), plants.index(buyer), rate * weight))
    paid = []
    for site in sites:
        if site not in infrastructure:
            raise ValueError(f"infrastructure has no cost for {site}: give each site one, or 0")
        paid.append(
            number(
                f"infrastructure at {site}", infrastructure[site], least=0, because="it is a cost"
            )
        )
    return _Costs(
        plants, sites, made + rate * sent @ km, made, tuple(links), km, np.array(paid), shared
    )


def _table(
    name: str,
    table: pd.DataFrame,
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    empty: bool = False,
) -> np.ndarray:
    """The cells in our order, each zero or more; NaN where a plant cannot stand, if that may be."""
    named = table.set_axis(table.index.map(str), axis=0).set_axis(table.columns.map(str), axis=1)
    for wanted, given in ((rows, named.index), (columns, named.columns)):
        missing = sorted(set(wanted) - set(given))
        if missing:
            raise ValueError(f"{name} has no row or column for {missing[0]}: add it")
        twice = given[given.duplicated()].intersection(list(wanted))
        if len(twice):
            raise ValueError(f"{name} has {twice[0]} twice: keep one of the two")
    cells = named.loc[list(rows), list(columns)]
    numbers = cells.apply(pd.to_numeric, errors="coerce").to_numpy(dtype=float)
    is_empty = cells.isna().to_numpy() if empty else np.zeros(numbers.shape, dtype=bool)
    wrong = np.argwhere(~is_empty & ~(np.isfinite(numbers) & (numbers >= 0)))
    if len(wrong):
        row, column = wrong[0]
        hint = "leave a cell empty (NaN) where a plant cannot stand" if empty else "0 is the least"
        raise ValueError(
            f"{name} must be numbers that are not negative or infinite, but {rows[row]} at "
            f"{columns[column]} has {shown(cells.iloc[row, column])}: {hint}"
        )
    return numbers


# --- the four plants of the lab, between a mine and a city


PLANTS = ("smelter", "rolling mill", "wire works", "power station")
SITES = ("mine", "river", "city")
KILOMETRES = (0.0, 150.0, 400.0)
MADE = ((10.0, 14.0, 20.0), (16.0, 12.0, 15.0), (11.0, 9.0, 8.0), (7.0, 6.0, 4.0))
PAID = (30.0, 26.0, 34.0)
ONE_PRICE = 30.0
"""What infrastructure costs at each site if it has one price everywhere: the mean of the three."""
FLOWS = {
    ("smelter", "rolling mill"): 100.0,
    ("rolling mill", "wire works"): 40.0,
    ("power station", "smelter"): 20.0,
    ("power station", "rolling mill"): 30.0,
}
ORE = 80.0
PRODUCTS = {"rolling mill": 60.0, "wire works": 50.0}

DEAREST = 0.006
COSTS = np.round(np.linspace(0, DEAREST, 61), 4)
COSTS.flags.writeable = False


@dataclass(frozen=True, eq=False)
class TwoRules:
    """The same plants under two rules: the result of `shared_or_alone`.

    Attributes
    ----------
    shared, alone : Siting
        The cheapest sites with infrastructure shared, and with each plant paying for its own.
    transport_cost : float
        Of moving a thousand tonnes over a kilometre, million.
    transport_costs : numpy.ndarray of float, shape (n_costs,)
        Transport costs for the two curves.
    shared_costs, alone_costs : numpy.ndarray of float, shape (n_costs,)
        Least cost under each rule at these transport costs, million a year.
    ore : float
        Ore that the smelter gets from the mine, thousand tonnes a year.
    """

    shared: Siting
    alone: Siting
    transport_cost: float
    transport_costs: np.ndarray
    shared_costs: np.ndarray
    alone_costs: np.ndarray
    ore: float

    @property
    def saving(self) -> float:
        """What sharing saves, million a year."""
        return self.alone.cost - self.shared.cost

    def to_frame(self) -> pd.DataFrame:
        """One row a plant and one for the cost: with infrastructure shared, and each alone."""
        return pd.DataFrame(
            {
                name: [*one.placed.values(), f"{one.cost:.1f}"]
                for name, one in (("shared", self.shared), ("each_alone", self.alone))
            },
            index=pd.Index([*self.shared.plants, "cost"], name="plant"),
        )

    def summary(self) -> str:
        """One sentence: the sites under both rules, and what sharing saves."""

        def where(one: Siting) -> str:
            return "; ".join(
                f"{', '.join(p for p in one.plants if one.placed[p] == site)} at the {site}"
                for site in one.opened
            )

        return (
            f"Infrastructure shared: {where(self.shared)}; cost {self.shared.cost:.1f}. Each plant "
            f"pays its own: {where(self.alone)}; cost {self.alone.cost:.1f}. "
            f"Sharing saves {self.saving:.1f}."
        )


def shared_or_alone(
    transport_cost: float = 0.003,
    infrastructure: float = 1.0,
    one_price: bool = False,
    ore: float = ORE,
) -> TwoRules:
    """Four plants between a mine, a river and a city: sites with and without sharing.

    The mine lies at 0 km, the river at 150 and the city at 400. The figures are invented.

    Parameters
    ----------
    transport_cost : float
        Of moving a thousand tonnes over a kilometre, million.
    infrastructure : float
        Multiplies what infrastructure costs at each site; 0: it is a gift.
    one_price : bool
        Whether infrastructure costs the same at each site: `ONE_PRICE` times ``infrastructure``.
        Without it the river is the cheapest site.
    ore : float
        Thousand tonnes a year that the smelter gets from the mine.

    Returns
    -------
    TwoRules
        Sites and costs under both rules, and both costs over the transport cost.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    Of each placement the cost is a straight line over the transport cost, so the least cost is
    the lower edge of 81 lines.

    Examples
    --------
    >>> found = shared_or_alone(transport_cost=0.001)
    >>> found.shared.cost, found.alone.cost
    (106.5, 184.5)
    """
    rate = number(
        "transport_cost", transport_cost, least=0, most=DEAREST, because="the chart ends there"
    )
    scale = number("infrastructure", infrastructure, least=0, because="it multiplies a cost")
    tonnes = number("ore", ore, least=0, because="it counts tonnes")
    one = _lab_task(tonnes, one_price)
    task = replace(
        one,
        alone=one.production + rate * (one.alone - one.production),
        links=tuple((seller, buyer, rate * sent) for seller, buyer, sent in one.links),
        infrastructure=scale * one.infrastructure,
    )
    shared, alone = (_solved(replace(task, shared=rule)) for rule in (True, False))
    curves = [_least_costs(tonnes, one_price, rule) for rule in (True, False)]
    shared_costs, alone_costs = (
        np.min(fixed[:, np.newaxis] + scale * infra[:, np.newaxis] + km[:, np.newaxis] * COSTS, 0)
        for fixed, infra, km in curves
    )
    for curve in (shared_costs, alone_costs):
        curve.flags.writeable = False
    return TwoRules(shared, alone, rate, COSTS, shared_costs, alone_costs, tonnes)


@lru_cache(maxsize=64)
def _lab_task(ore: float, one_price: bool) -> _Costs:
    """The four plants and three sites, at a transport cost of 1."""
    place = np.array(KILOMETRES)
    outside = pd.DataFrame(0.0, index=list(PLANTS), columns=list(SITES))
    outside.loc["smelter", "mine"] = ore
    for plant, tonnes in PRODUCTS.items():
        outside.loc[plant, "city"] = tonnes
    return _checked(
        pd.DataFrame(MADE, index=list(PLANTS), columns=list(SITES)),
        pd.DataFrame(abs(place[:, np.newaxis] - place), index=list(SITES), columns=list(SITES)),
        FLOWS,
        dict.fromkeys(SITES, ONE_PRICE) if one_price else dict(zip(SITES, PAID, strict=True)),
        1.0,
        True,
        outside,
    )


@lru_cache(maxsize=128)
def _least_costs(
    ore: float, one_price: bool, shared: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of each placement production, infrastructure at scale 1, and thousand tonnes times km."""
    task = _lab_task(ore, one_price)
    where, fixed, moved = _placements(task, [np.arange(len(SITES))] * len(PLANTS))
    made = task.production[np.arange(len(PLANTS)), where].sum(axis=1)
    sites: Any = [np.unique(row) if shared else row for row in where]
    infra = np.array([task.infrastructure[row].sum() for row in sites])
    return made, infra, fixed - made + moved
