"""Does an industry cluster, or is it lumpy? Ellison and Glaeser's index, and the dartboard.

A few large plants look concentrated wherever they stand. The index takes off what lumpiness alone
explains. Every table here has regions in its rows and industries in its columns.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from course_lib.measures import _checks
from course_lib.measures._checks import Table, Values
from course_lib.parameters import number, whole_number

ROUNDING = 1e-3
"""Shares that are printed with four decimals may miss 1 by so much."""


def ellison_glaeser(
    table: Table, plant_herfindahl: Values, *, region_shares: Values | None = None
) -> pd.DataFrame:
    """Ellison and Glaeser's index of geographic concentration, for each industry.

    With s_r for region r's share of the industry, x_r for its share of all employment and H for
    the Herfindahl index of the industry's plants: raw concentration is G = sum (s_r - x_r)^2, and

    gamma = (G / (1 - sum x_r^2) - H) / (1 - H).

    It is zero on average if plants choose their regions one by one and at random, as darts fall
    on a board on which each region has its share x_r. It is above zero if something pulls plants
    together, and below if something keeps them apart.

    Parameters
    ----------
    table : table, shape (n_regions, n_industries)
        Persons employed, or shares; each column is divided by its total.
    plant_herfindahl : array-like, shape (n_industries,)
        Sum of the squared plants' shares of each industry: above 0 and below 1. See
        `plant_herfindahl` and, where plants' sizes are not published, `plant_herfindahl_bounds`.
    region_shares : array-like, shape (n_regions,), optional
        Regions' shares of all employment, which add up to 1; by default, those of the rows. Give
        them if ``table`` holds only some of the industries.

    Returns
    -------
    pandas.DataFrame
        One row an industry: ``raw_concentration`` (G), ``plant_herfindahl`` (H) and ``gamma``.

    Raises
    ------
    ValueError
        If a cell is missing or negative, a column is all zero, there is one region, an industry
        has one plant, or the shares do not add up.

    References
    ----------
    Ellison, G. and Glaeser, E. L. (1997). Geographic concentration in U.S. manufacturing
    industries: a dartboard approach. Journal of Political Economy 105(5).

    Examples
    --------
    Two regions of equal size. Both industries are all in the first one; the first has four equal
    plants and the second a hundred:

    >>> table = pd.DataFrame({"ships": [80, 0], "shoes": [80, 0]}, index=["coast", "valley"])
    >>> found = ellison_glaeser(table, [1 / 4, 1 / 100], region_shares=[0.5, 0.5])
    >>> found.round(3)
           raw_concentration  plant_herfindahl  gamma
    ships                0.5              0.25    1.0
    shoes                0.5              0.01    1.0

    The same four plants, three here and one there, are no closer than chance puts them:

    >>> spread = pd.DataFrame({"ships": [60, 20]}, index=["coast", "valley"])
    >>> ellison_glaeser(spread, [1 / 4], region_shares=[0.5, 0.5])["gamma"].item()
    0.0
    """
    cells = _checks.employment(table)
    if len(cells) == 1:
        raise ValueError(
            "there is one region, so every industry is all in it: give at least two regions"
        )
    industry = _checks.totals(cells, axis=0)
    lumps = _checks.column(
        _checks.beside(plant_herfindahl, industry, "the table's columns", "plant_herfindahl"),
        "plant_herfindahl",
        above_zero=True,
    )
    if (lumps >= 1).any():
        label = lumps.index[lumps >= 1][0]
        raise ValueError(
            f"plant_herfindahl of {label!r} is {lumps[label]:g}, and one plant alone has 1: a "
            "single plant is neither close to others nor far from them, so leave that industry out"
        )
    everyone = cells.sum(axis=1)
    if region_shares is None:
        size = everyone / everyone.sum()
    else:
        size = _adding_up(
            _checks.beside(region_shares, everyone, "the table's rows", "region_shares"),
            "region_shares",
        )
    room = 1 - float((size**2).sum())
    if room <= 1e-12:
        raise ValueError(
            f"region_shares give {size.idxmax()!r} everything, so there is nowhere else to be: "
            "give at least two regions a share"
        )
    shares = cells.div(industry, axis="columns")
    raw = (shares.sub(size, axis="index") ** 2).sum()
    gamma = (raw / room - lumps) / (1 - lumps)
    return pd.DataFrame({"raw_concentration": raw, "plant_herfindahl": lumps, "gamma": gamma})


def plant_herfindahl(sizes: Values, industries: Values | None = None) -> float | pd.Series:
    """Herfindahl index of the plants of an industry, from their sizes: how lumpy it is.

    Parameters
    ----------
    sizes : array-like, shape (n_plants,)
        Persons employed in each plant, above zero.
    industries : array-like, shape (n_plants,), optional
        The industry of each plant, in the same order.

    Returns
    -------
    float, or pandas.Series of shape (n_industries,)
        From 1/n (n equal plants) to 1 (one plant has everybody).

    Raises
    ------
    ValueError
        If a size is missing, zero or negative, or the two lists differ in length.

    Examples
    --------
    >>> plant_herfindahl([50, 25, 25])
    0.375
    >>> plant_herfindahl([50, 25, 25, 10, 10], list("aaabb"))
    a    0.375
    b    0.500
    Name: plant_herfindahl, dtype: float64
    """
    plants = _plant_sizes(sizes)
    if industries is None:
        return float(((plants / plants.sum()) ** 2).sum())
    names = pd.Series(industries)
    if len(names) != len(plants):
        raise ValueError(
            f"sizes and industries must be equally long (got {len(plants)} and {len(names)})"
        )
    if names.isna().any():
        raise ValueError("a plant has no industry: name it, or leave the plant out on purpose")
    by_industry = pd.Series(plants.to_numpy()).groupby(names.to_numpy())
    totals = by_industry.sum()
    squares = (pd.Series(plants.to_numpy()) ** 2).groupby(names.to_numpy()).sum()
    return (squares / totals**2).rename("plant_herfindahl")


def plant_herfindahl_bounds(employment: Table, establishments: Table) -> pd.DataFrame:
    """Between which limits the plant Herfindahl lies, where plants' sizes are not published.

    In a cell with E persons in n plants the sum of squared sizes is least if all plants are equal,
    E^2 / n, and largest if one plant has everybody but one person in each of the others.

    Parameters
    ----------
    employment : table, shape (n_regions, n_industries)
        Persons employed.
    establishments : table, shape (n_regions, n_industries)
        Number of plants: at least one where somebody works. If there are more plants than persons
        (people are counted in one week, and plants in the whole year), each person counts as one
        plant.

    Returns
    -------
    pandas.DataFrame
        One row an industry: ``low`` and ``high``.

    Raises
    ------
    ValueError
        If a cell is missing or negative, the tables differ in shape or labels, or somebody works
        where there is no plant.

    Examples
    --------
    >>> jobs = pd.DataFrame({"shoes": [80, 20]}, index=["coast", "valley"])
    >>> plants = pd.DataFrame({"shoes": [8, 1]}, index=["coast", "valley"])
    >>> plant_herfindahl_bounds(jobs, plants).round(4)
             low    high
    shoes  0.12  0.5736
    """
    jobs, plants = _checks.employment(employment), _checks.employment(establishments)
    if not (jobs.index.equals(plants.index) and jobs.columns.equals(plants.columns)):
        raise ValueError(
            "employment and establishments must have the same rows and columns, in the same order"
        )
    nobody = (jobs > 0) & (plants < 1)
    if nobody.to_numpy().any():
        row, column = np.argwhere(nobody.to_numpy())[0]
        raise ValueError(
            f"row {jobs.index[row]!r}, column {jobs.columns[column]!r} has "
            f"{jobs.iloc[row, column]:g} persons and no plant: look both up in the source"
        )
    empty = jobs == 0
    count = plants.mask(empty, 1.0).clip(upper=jobs.mask(empty, 1.0))
    total = _checks.totals(jobs, axis=0) ** 2
    least = (jobs**2 / count).sum() / total
    most = ((jobs - (count - 1)) ** 2 + (count - 1)).where(~empty, 0.0).sum() / total
    return pd.DataFrame({"low": least, "high": most})


@dataclass(frozen=True, eq=False)
class Dartboard:
    """What Ellison and Glaeser's index finds where the truth is known: simulated plants.

    Attributes
    ----------
    gamma : float
        The true pull between plants, 0 to 1: 0 if they are thrown like darts.
    plant_sizes : numpy.ndarray, shape (n_plants,)
        Persons in each plant.
    region_shares : numpy.ndarray, shape (n_regions,)
        Each region's share of all employment: the size of its field on the board.
    plant_herfindahl : float
        Sum of the squared plants' shares.
    raw : numpy.ndarray, shape (n_runs,)
        Raw concentration G of each throw, divided by 1 - sum of squared region shares.
    estimates : numpy.ndarray, shape (n_runs,)
        Ellison and Glaeser's index of each throw.
    first_throw : numpy.ndarray of int, shape (n_plants,)
        The region of each plant in the first throw.
    """

    gamma: float
    plant_sizes: np.ndarray = field(repr=False)
    region_shares: np.ndarray = field(repr=False)
    plant_herfindahl: float
    raw: np.ndarray = field(repr=False)
    estimates: np.ndarray = field(repr=False)
    first_throw: np.ndarray = field(repr=False)

    @property
    def mean(self) -> float:
        """Mean of the estimates."""
        return float(self.estimates.mean())

    @property
    def standard_error(self) -> float:
        """Standard error of that mean."""
        return float(self.estimates.std(ddof=1) / math.sqrt(len(self.estimates)))

    def to_frame(self) -> pd.DataFrame:
        """One row a throw: ``raw_concentration`` and ``estimate``."""
        runs = pd.RangeIndex(1, len(self.raw) + 1, name="throw")
        return pd.DataFrame({"raw_concentration": self.raw, "estimate": self.estimates}, index=runs)

    def summary(self) -> str:
        """What the index finds, in one sentence."""
        return (
            f"{len(self.plant_sizes)} simulated plants, thrown {len(self.raw)} times: raw "
            f"concentration is {self.raw.mean():.3f} on average, of which lumpiness explains "
            f"{self.plant_herfindahl:.3f}, and the index finds {self.mean:.3f} "
            f"(standard error {self.standard_error:.3f}) where the truth is {self.gamma:g}."
        )


def dartboard(
    plant_sizes: Values,
    region_shares: Values,
    *,
    gamma: float = 0.0,
    runs: int = 1000,
    seed: int = 0,
) -> Dartboard:
    """Throw plants at a map many times, and see what Ellison and Glaeser's index makes of it.

    Without pull (gamma = 0) each plant falls into region r with probability x_r. With pull, a
    throw first draws the regions' luck: probabilities p_r with mean x_r and variance
    gamma x_r (1 - x_r), from a Dirichlet distribution. Then all plants of the throw fall with
    these. It is Ellison and Glaeser's model of natural advantages, and gamma is unbiased in it.

    Parameters
    ----------
    plant_sizes : array-like, shape (n_plants,)
        Persons in each plant, above zero; at least two plants.
    region_shares : array-like, shape (n_regions,)
        Each region's share of all employment, above zero; they add up to 1. At least two regions.
    gamma : float
        The pull, from 0 (darts) to 1 (all plants in one region).
    runs : int
        How many throws, at least two.
    seed : int
        Of the throws.

    Returns
    -------
    Dartboard

    Raises
    ------
    ValueError
        If there is one plant or one region, a size is zero, or the shares do not add up.

    References
    ----------
    Ellison, G. and Glaeser, E. L. (1997). Geographic concentration in U.S. manufacturing
    industries: a dartboard approach. Journal of Political Economy 105(5).

    Examples
    --------
    >>> thrown = dartboard([10] * 20, [0.4, 0.3, 0.2, 0.1], gamma=0.1, runs=2000)
    >>> abs(thrown.mean - 0.1) < 3 * thrown.standard_error
    True
    """
    sizes = _plant_sizes(plant_sizes, "plant_sizes").to_numpy()
    if len(sizes) == 1:
        raise ValueError(
            "plant_sizes has one plant: a single plant is neither close to others nor far from "
            "them, so give at least two"
        )
    size = _adding_up(region_shares, "region_shares", above_zero=True).to_numpy()
    if len(size) == 1:
        raise ValueError("region_shares has one region, so every dart hits it: give at least two")
    gamma = number("gamma", gamma, least=0, most=1, because="0 is no pull, and 1 is all in one")
    runs = whole_number("runs", runs, least=2, because="a spread needs two throws")
    random = np.random.default_rng(whole_number("seed", seed, least=0, because="it fixes chance"))

    regions, plants = len(size), len(sizes)
    if gamma == 0:
        odds = np.broadcast_to(size, (runs, regions))
    elif gamma == 1:
        odds = np.eye(regions)[random.choice(regions, runs, p=size)]
    else:
        odds = random.dirichlet(size * (1 - gamma) / gamma, runs)
    below = np.cumsum(odds, axis=1)[:, :-1]
    darts = random.random((runs, plants))
    fallen = np.zeros((runs, plants), dtype=np.int64)
    for edge in below.T:  # the field in which a dart lies: how many edges lie below it
        fallen += darts > edge[:, np.newaxis]

    field_of = fallen + regions * np.arange(runs)[:, np.newaxis]
    people = np.bincount(
        field_of.ravel(), weights=np.tile(sizes, runs), minlength=runs * regions
    ).reshape(runs, regions)
    raw = ((people / sizes.sum() - size) ** 2).sum(axis=1) / (1 - (size**2).sum())
    lumps = float(((sizes / sizes.sum()) ** 2).sum())
    return Dartboard(
        gamma=gamma,
        plant_sizes=sizes,
        region_shares=size,
        plant_herfindahl=lumps,
        raw=raw,
        estimates=(raw - lumps) / (1 - lumps),
        first_throw=fallen[0],
    )


def _adding_up(shares: Values, name: str, *, above_zero: bool = False) -> pd.Series:
    """Shares that are given as shares and must therefore add up to 1."""
    numbers = _checks.column(shares, name, above_zero=above_zero)
    if abs(float(numbers.sum()) - 1) > ROUNDING:
        raise ValueError(
            f"{name} add up to {numbers.sum():g}, and shares of one whole add up to 1: check them, "
            "or divide each by their total"
        )
    return numbers / numbers.sum()


def _plant_sizes(sizes: Values, name: str = "sizes") -> pd.Series:
    numbers = _checks.column(sizes, name)
    if (numbers == 0).any():
        label = numbers.index[numbers == 0][0]
        raise ValueError(
            f"{name} has a plant of size zero ({_checks._label(label)}): a plant in which nobody "
            "works is not counted, so leave it out"
        )
    return numbers
