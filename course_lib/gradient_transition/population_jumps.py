"""Where China's people were counted in another way: jumps of population, and how to smooth them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.gradient_transition._province_table import grids
from course_lib.parameters import number


@dataclass(frozen=True, eq=False)
class PopulationJumps:
    """Years in which a province's population changed too fast: the result of `population_jumps`.

    Attributes
    ----------
    threshold : float
        Change in one year from which on it is listed (0.05 is 5%).
    province : tuple of str
        The province of each jump, by year and then by name.
    year : numpy.ndarray of int64, shape (n_jumps,)
        The year that differs from the one before.
    change : numpy.ndarray of float, shape (n_jumps,)
        Change from the year before (0.225 is 22.5%).
    persons : numpy.ndarray of float, shape (n_jumps,)
        The same in 10,000 persons.
    """

    threshold: float
    province: tuple[str, ...]
    year: np.ndarray
    change: np.ndarray
    persons: np.ndarray

    def to_frame(self) -> pd.DataFrame:
        """One row a jump: province, year, change, persons."""
        return pd.DataFrame(
            {
                "province": list(self.province),
                "year": self.year,
                "change": self.change,
                "persons": self.persons,
            }
        )

    def summary(self) -> str:
        """One sentence: how many jumps, and the largest."""
        least = f"{100 * self.threshold:g}% or more in one year"
        if not self.province:
            return f"No province's population changed by {least}."
        most = int(np.argmax(abs(self.change)))
        return (
            f"In {len(self.province)} cases a province's population changed by {least}, most of "
            f"all in {self.province[most]} in {self.year[most]}: {100 * self.change[most]:+.1f}%."
        )


def population_jumps(provinces: pd.DataFrame, threshold: float = 0.05) -> PopulationJumps:
    """Find years in which a province's population changed more than births less deaths explain.

    What is found is migration, or another way of counting: a census replaced a register, or
    residents replaced those registered. A run of such years speaks for migration, a single one in
    a year of a census for counting. The figures alone do not say which. The threshold is the
    course's own rule of thumb.

    Parameters
    ----------
    provinces : pandas.DataFrame
        As in `belts`.
    threshold : float
        Change in one year, up or down, from which on it is listed, above 0 (0.05 is 5%).

    Returns
    -------
    PopulationJumps
        Province, year and size of each jump.

    Raises
    ------
    ValueError
        If a column, a province's year or a figure is missing, or a figure is not above zero.

    Examples
    --------
    >>> from course_lib.datasets import china_provinces
    >>> jumps = population_jumps(china_provinces(), threshold=0.10)
    >>> jumps.to_frame()[["province", "year"]].to_numpy().tolist()
    [['Beijing', 1995], ['Shanghai', 2000]]
    """
    threshold = number("threshold", threshold, above=0, because=CHANGE)
    names, years, _, population = grids(provinces)
    change = population[1:] / population[:-1] - 1
    when, where = np.nonzero(abs(change) >= threshold)
    return PopulationJumps(
        threshold=threshold,
        province=tuple(names[where].tolist()),
        year=years[when + 1],
        change=change[when, where],
        persons=(population[1:] - population[:-1])[when, where],
    )


CHANGE = "0.05 stands for 5% in one year, more than births less deaths explain"


def without_jumps(population: np.ndarray, threshold: float, over: int) -> np.ndarray:
    r"""Population with each jump built up over the years before it.

    A thought experiment of the course's own, not a correction of the statistics. Each jump, less
    the province's usual growth, is taken to have built up in equal steps. Nobody is taken away
    elsewhere for it, so the total of the country changes a little as well.

    Parameters
    ----------
    population : numpy.ndarray of float, shape (n_years, n_provinces)
        As published, persons.
    threshold : float
        Change in one year from which on it counts as a jump (0.05 is 5%).
    over : int
        Years over which each jump is spread back: 1 changes nothing.

    Returns
    -------
    numpy.ndarray of float, shape (n_years, n_provinces)

    Raises
    ------
    ValueError
        If so much would be taken away that nobody is left.

    Notes
    -----
    With a jump of :math:`J` persons more than usual in year :math:`T`, spread over :math:`N`
    years, :math:`J (1 - k/N)` persons are added in the year :math:`T - k`, for
    :math:`k = 1, ..., N - 1`. Usual growth is the province's median over all years.

    Examples
    --------
    >>> without_jumps(np.array([[100.0], [100], [100], [140], [140]]), 0.05, 2).ravel().tolist()
    [100.0, 100.0, 120.0, 140.0, 140.0]
    """
    if len(population) < 2:
        return population
    growth = population[1:] / population[:-1] - 1
    usual = np.median(growth, axis=0)
    spread = population.copy()
    for before, place in zip(*np.nonzero(abs(growth) >= threshold), strict=True):
        extra = population[before, place] * (growth[before, place] - usual[place])
        back = np.arange(1, min(over, before + 2))  # 1 is the year before the jump
        spread[before + 1 - back, place] += extra * (1 - back / over)
    if (spread <= 0).any():
        raise ValueError(
            "spreading the jumps back would leave a province without people: "
            "raise the threshold, or spread over fewer years"
        )
    return spread
