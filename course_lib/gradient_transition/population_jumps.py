"""Where China's people were counted in another way: jumps of population, and how to smooth them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.gradient_transition._province_table import YUAN_PER_HEAD, grids
from course_lib.parameters import number, whole_number


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
    """Find years in which a province's population changed faster than people are born or die.

    What is found is either migration within one year or, more often, another way of counting: a
    census replaced a register, or residents replaced those registered. The figures alone do not
    say which. The threshold is the course's own rule of thumb.

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


def spread_jumps_back(
    provinces: pd.DataFrame, over: int = 10, threshold: float = 0.05
) -> pd.DataFrame:
    r"""Ask what the figures would be if jumps of population had come little by little.

    A thought experiment of the course's own, not a correction of the statistics. Each jump, less
    the province's usual growth, is taken to have built up in equal steps over the years before it.
    Nobody is taken away elsewhere for it, so the total of the country changes a little as well.

    Parameters
    ----------
    provinces : pandas.DataFrame
        As in `belts`.
    over : int
        Years over which each jump is spread back, 1 to 20: 1 changes nothing.
    threshold : float
        Change in one year from which on it counts as a jump, above 0 (0.05 is 5%).

    Returns
    -------
    pandas.DataFrame
        A copy of `provinces` with another `population`. A column `gdp_per_head`, if there is one,
        is computed anew for the rows whose population changed.

    Raises
    ------
    ValueError
        If a column, a province's year or a figure is missing, a figure is not above zero, or so
        much would be taken away that nobody is left.

    Notes
    -----
    With a jump of :math:`J` persons more than usual in year :math:`T`, spread over :math:`N`
    years, :math:`J (1 - k/N)` persons are added in the year :math:`T - k`, for
    :math:`k = 1, ..., N - 1`. Usual growth is the province's median over all years.

    Examples
    --------
    >>> from course_lib.datasets import china_provinces
    >>> shanghai = spread_jumps_back(china_provinces()).query("province == 'Shanghai'")
    >>> shanghai.set_index("year").loc[[1999, 2000], "population"].round().tolist()
    [1583.0, 1633.0]
    """
    over = whole_number("over", over, least=1, most=20, because="it is a number of years")
    threshold = number("threshold", threshold, above=0, because=CHANGE)
    names, years, _, published = grids(provinces)
    population = without_jumps(published, threshold, over)
    row = np.searchsorted(years, provinces["year"].to_numpy(dtype=np.int64))
    column = np.searchsorted(names, provinces["province"].to_numpy(dtype=str))
    table = provinces.copy()
    changed = (population != published)[row, column]
    table["population"] = population[row, column]
    if "gdp_per_head" in table:
        anew = YUAN_PER_HEAD * table["gdp"] / table["population"]
        table["gdp_per_head"] = table["gdp_per_head"].astype(float).where(~changed, anew)
    return table


CHANGE = "0.05 stands for 5% in one year, more than births and deaths explain"


def without_jumps(population: np.ndarray, threshold: float, over: int) -> np.ndarray:
    """Population, shape (n_years, n_provinces), with each jump built up over `over` years."""
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
