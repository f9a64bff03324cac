"""China's belts, 1978-2023: did the gap between east and west narrow?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from course_lib.datasets import REGION_SCHEMES
from course_lib.gradient_transition._checks import number, whole_number

SCHEMES = tuple(REGION_SCHEMES.values())
"""Ways to draw the regions: three belts of 1986, three regions of 2000, four of 2005."""

BELTS = ("East", "Northeast", "Central", "West")
"""Names of regions, in the order in which they are shown. Only the scheme of 2005 has all four."""

MUNICIPALITIES = ("Beijing", "Shanghai", "Tianjin")
"""The three rich cities that count as provinces. Chongqing, the fourth since 1997, is in the West
and not rich: it stays."""

YUAN_PER_HEAD = 1e4
"""100 million yuan over 10,000 persons, in yuan per person."""


@dataclass(frozen=True, eq=False)
class Belts:
    """The gap between China's belts year by year: the result of `belts`.

    Attributes
    ----------
    scheme : str
        How the regions are drawn.
    belts : tuple of str
        Names of the regions, in the order of `BELTS`: the columns of arrays.
    years : numpy.ndarray of int64, shape (n_years,)
        The years.
    gdp_per_head : numpy.ndarray of float, shape (n_years, n_belts)
        Output per head of each belt: its provinces' output over their people. Yuan a year, current
        prices.
    population_share : numpy.ndarray of float, shape (n_years, n_belts)
        Share of each belt in the people counted here.
    east_west : numpy.ndarray of float, shape (n_years,)
        Output per head of the East over that of the West.
    published_east_west : numpy.ndarray of float, shape (n_years,)
        The same with the population as published. It equals `east_west` unless jumps were spread
        back.
    theil, between, within : numpy.ndarray of float, shape (n_years,)
        Theil's T of output per head between provinces, weighted by people, and its two parts:
        between belts and within them.
    williamson : numpy.ndarray of float, shape (n_years,)
        Williamson's coefficient of output per head between provinces.
    left_out : tuple of str
        Provinces left out: the three municipalities, or none.
    spread_back : int
        Years over which jumps of population were spread back; 0 is the population as published.
    """

    scheme: str
    belts: tuple[str, ...]
    years: np.ndarray
    gdp_per_head: np.ndarray
    population_share: np.ndarray
    east_west: np.ndarray
    published_east_west: np.ndarray
    theil: np.ndarray
    between: np.ndarray
    within: np.ndarray
    williamson: np.ndarray
    left_out: tuple[str, ...]
    spread_back: int

    def at(self, year: int) -> pd.Series:
        """All figures of one year, as in `to_frame`."""
        if year not in self.years:
            raise ValueError(
                f"there is no year {year}: the years run from {self.years[0]} to {self.years[-1]}"
            )
        return self.to_frame().iloc[int(np.searchsorted(self.years, year))]

    def to_frame(self) -> pd.DataFrame:
        """One row a year: output per head of each belt, the ratio, Theil and Williamson."""
        frame = pd.DataFrame(
            self.gdp_per_head,
            index=pd.Index(self.years, name="year"),
            columns=[f"GDP per head, {belt}" for belt in self.belts],
        )
        frame["East/West"] = self.east_west
        frame["theil"] = self.theil
        frame["between"] = self.between
        frame["within"] = self.within
        frame["williamson"] = self.williamson
        return frame

    def summary(self) -> str:
        """One sentence: the ratio and Theil at the start, at the widest and at the end."""
        widest = int(np.argmax(self.east_west))
        first, last = self.years[0], self.years[-1]
        without = " without " + _and(self.left_out) if self.left_out else ""
        text = (
            f"Output per head in the East{without} was {self.east_west[0]:.2f} times that in the "
            f"West in {first}, {self.east_west[widest]:.2f} times at its widest in "
            f"{self.years[widest]}, and {self.east_west[-1]:.2f} times in {last}; "
            f"Theil's T between provinces was {self.theil[0]:.3f} in {first} and "
            f"{self.theil[-1]:.3f} in {last}"
        )
        if self.spread_back:
            changes = self.east_west - self.published_east_west
            most = int(np.argmax(abs(changes)))
            text += (
                f" (jumps of population spread back over {self.spread_back} years: this moves "
                f"the ratio most in {self.years[most]}, by {changes[most]:+.2f})"
            )
        return text + "."


def belts(
    provinces: pd.DataFrame,
    scheme: Literal["belts_1986", "regions_2000", "regions_2005"] = "belts_1986",
    start: int | None = None,
    end: int | None = None,
    municipalities: bool = True,
    spread_back: int = 0,
    jump: float = 0.05,
) -> Belts:
    r"""Output per head of China's belts, and inequality between provinces, year by year.

    Parameters
    ----------
    provinces : pandas.DataFrame
        One row for each province and year, with the columns `province`, `year`, `gdp` (100
        million yuan), `population` (10,000 persons) and the one named by `scheme`; such as
        `course_lib.datasets.china_provinces()` gives it. No gaps.
    scheme : {"belts_1986", "regions_2000", "regions_2005"}
        How to draw the regions: the column that holds each province's.
    start, end : int, optional
        First and last year; by default those of the table.
    municipalities : bool
        Whether Beijing, Shanghai and Tianjin count.
    spread_back : int
        Years over which jumps of population are spread back, 0 to 20; 0 leaves the population as
        published. A thought experiment of the course's own, see `spread_jumps_back`.
    jump : float
        Change of population in one year from which on it counts as a jump, above 0 (0.05 is 5%).
        Only with `spread_back`.

    Returns
    -------
    Belts
        Figures by belt and year, the ratio of East to West, Theil with its parts, Williamson.

    Raises
    ------
    ValueError
        If a column, a province's year or a figure is missing, a figure is not above zero, a year
        is outside the table, or East or West is empty.

    Notes
    -----
    The figures are nominal: there is no price index for each province. Before 2000 many migrants
    were counted where they were registered, since then where they live, and there is only one
    population series. So part of the gap in the 1990s is a matter of counting: rich provinces'
    output was shared among fewer people than made it.

    References
    ----------
    Theil, H. (1967). *Economics and Information Theory*. North-Holland.

    Williamson, J. G. (1965). Regional inequality and the process of national development: a
    description of the patterns. *Economic Development and Cultural Change* 13(4, part 2), 1-84.

    Examples
    --------
    >>> from course_lib.datasets import china_provinces
    >>> found = belts(china_provinces())
    >>> found.at(1978)[["East/West", "theil"]].round(2).tolist()
    [1.75, 0.16]
    >>> found.at(1990)[["East/West", "theil"]].round(2).tolist()
    [1.86, 0.09]

    The gap of the belts grew, and yet the provinces became more alike. Three cities did that:

    >>> without = belts(china_provinces(), municipalities=False)
    >>> without.to_frame().loc[[1978, 1990], "theil"].round(3).tolist()
    [0.045, 0.048]
    """
    if scheme not in SCHEMES:
        raise ValueError(f"scheme must be one of {', '.join(SCHEMES)} (got {scheme!r})")
    spread_back = whole_number(
        "spread_back", spread_back, least=0, most=20, because="it is a number of years"
    )
    names, years, gdp, published = _grids(provinces)
    population = (
        _spread_back(published, number("jump", jump, above=0, because=_JUMP), spread_back)
        if spread_back
        else published
    )

    region = _regions(provinces, names, scheme)
    keep = np.ones(len(names), dtype=bool)
    if not municipalities:
        keep = ~np.isin(names, MUNICIPALITIES)
        if keep.all():
            raise ValueError(
                f"municipalities=False leaves out {_and(MUNICIPALITIES)}, and the table has none "
                "of them: use municipalities=True"
            )
    belt_names = tuple(belt for belt in BELTS if belt in region[keep])
    for needed in ("East", "West"):
        if needed not in belt_names:
            raise ValueError(
                f"no province is left in the {needed} of {scheme}, so East and West cannot be "
                "compared: add its provinces to the table"
            )
    # One column of ones and zeros a belt: a product with it adds up the provinces of each belt.
    member = (region[keep, np.newaxis] == np.array(belt_names)).astype(float)

    span = _span(years, start, end)
    gdp, population, published = (
        gdp[span][:, keep],
        population[span][:, keep],
        published[span][:, keep],
    )
    output_share = gdp / gdp.sum(axis=1, keepdims=True)
    people_share = population / population.sum(axis=1, keepdims=True)
    belt_output, belt_people = output_share @ member, people_share @ member
    theil = (output_share * np.log(output_share / people_share)).sum(axis=1)
    between = (belt_output * np.log(belt_output / belt_people)).sum(axis=1)
    relative = output_share / people_share  # output per head over its mean
    per_head = YUAN_PER_HEAD * (gdp @ member) / (population @ member)
    published_per_head = (gdp @ member) / (published @ member)
    east, west = belt_names.index("East"), belt_names.index("West")
    return Belts(
        scheme=scheme,
        belts=belt_names,
        years=years[span],
        gdp_per_head=per_head,
        population_share=belt_people,
        east_west=per_head[:, east] / per_head[:, west],
        published_east_west=published_per_head[:, east] / published_per_head[:, west],
        theil=theil,
        between=between,
        within=theil - between,
        williamson=np.sqrt((people_share * (relative - 1) ** 2).sum(axis=1)),
        left_out=() if municipalities else tuple(names[~keep].tolist()),
        spread_back=spread_back,
    )


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
    threshold = number("threshold", threshold, above=0, because=_JUMP)
    names, years, _, population = _grids(provinces)
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
    threshold = number("threshold", threshold, above=0, because=_JUMP)
    names, years, _, published = _grids(provinces)
    population = _spread_back(published, threshold, over)
    row = np.searchsorted(years, provinces["year"].to_numpy(dtype=np.int64))
    column = np.searchsorted(names, provinces["province"].to_numpy(dtype=str))
    table = provinces.copy()
    changed = (population != published)[row, column]
    table["population"] = population[row, column]
    if "gdp_per_head" in table:
        anew = YUAN_PER_HEAD * table["gdp"] / table["population"]
        table["gdp_per_head"] = table["gdp_per_head"].astype(float).where(~changed, anew)
    return table


_JUMP = "0.05 stands for 5% in one year, more than births and deaths explain"


def _spread_back(population: np.ndarray, threshold: float, over: int) -> np.ndarray:
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


def _grids(provinces: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Names, years, and output and population as grids of shape (n_years, n_provinces)."""
    if not isinstance(provinces, pd.DataFrame):
        raise ValueError(
            "provinces must be a table with a row for each province and year "
            f"(got {type(provinces).__name__}): see `course_lib.datasets.china_provinces`"
        )
    for column in ("province", "year", "gdp", "population"):
        if column not in provinces:
            raise ValueError(
                f"the table has no column {column!r}: its columns are "
                + ", ".join(map(str, provinces.columns))
            )
    names, place = np.unique(provinces["province"].to_numpy(dtype=str), return_inverse=True)
    years, row = np.unique(provinces["year"].to_numpy(dtype=np.int64), return_inverse=True)
    shape = (len(years), len(names))
    if not len(provinces):
        raise ValueError("the table has no rows: give it provinces and years")
    twice = np.bincount(row * len(names) + place, minlength=shape[0] * shape[1]).reshape(shape)
    for wrong, problem in (
        (twice == 0, "has no row for {year}: add the published figures, or leave out {year}"),
        (twice > 1, "has more than one row for {year}: keep one of them"),
    ):
        if wrong.any():
            when, where = np.argwhere(wrong)[0]
            raise ValueError(f"{names[where]} " + problem.format(year=years[when]))
    grids = []
    for figure in ("gdp", "population"):
        grid = np.empty(shape)
        grid[row, place] = provinces[figure].to_numpy(dtype=float, na_value=np.nan)
        wrong = ~(np.isfinite(grid) & (grid > 0))
        if wrong.any():
            when, where = np.argwhere(wrong)[0]
            raise ValueError(
                f"{figure} must be above zero, but {names[where]} has {grid[when, where]:g} in "
                f"{years[when]}: put in the published figure"
            )
        grids.append(grid)
    return names, years, grids[0], grids[1]


def _regions(provinces: pd.DataFrame, names: np.ndarray, scheme: str) -> np.ndarray:
    """The region of each province, in the order of `names`: one for all years."""
    if scheme not in provinces:
        raise ValueError(
            f"the table has no column {scheme!r}: its columns are "
            + ", ".join(map(str, provinces.columns))
        )
    missing = provinces[scheme].isna().to_numpy()
    if missing.any():
        row = provinces.loc[missing].iloc[0]
        raise ValueError(f"{row['province']} has no region in {scheme}: give it one")
    labels = provinces[scheme].to_numpy(dtype=str)
    place = np.searchsorted(names, provinces["province"].to_numpy(dtype=str))
    region = np.empty(len(names), dtype=labels.dtype)
    region[place] = labels
    changed = region[place] != labels
    if changed.any():
        raise ValueError(
            f"{names[place[changed][0]]} has more than one region in {scheme}: "
            "a province keeps its region in all years, else the belts cannot be compared"
        )
    unknown = ~np.isin(region, BELTS)
    if unknown.any():
        raise ValueError(
            f"{names[unknown][0]} has the region {str(region[unknown][0])!r} in {scheme}: "
            f"the regions are {_and(BELTS)}"
        )
    return region


def _span(years: np.ndarray, start: int | None, end: int | None) -> slice:
    first = years[0] if start is None else start
    last = years[-1] if end is None else end
    for name, year in (("start", first), ("end", last)):
        if year not in years:
            raise ValueError(
                f"{name} must be a year of the table (got {year!r}): its years run from "
                f"{years[0]} to {years[-1]}"
            )
    if last < first:
        raise ValueError(f"end must not come before start (got {first} and {last})")
    return slice(int(np.searchsorted(years, first)), int(np.searchsorted(years, last)) + 1)


def _and(parts: tuple[str, ...]) -> str:
    return ", ".join(parts[:-1]) + " and " + parts[-1]
