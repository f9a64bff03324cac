"""China's belts, 1978-2023: did the gap between east and west narrow?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from course_lib.datasets import REGION_SCHEMES
from course_lib.gradient_transition._province_table import YUAN_PER_HEAD, grids, regions
from course_lib.gradient_transition.population_jumps import CHANGE, without_jumps
from course_lib.measures import inequality_over_time
from course_lib.parameters import number, one_of, whole_number, year_in
from course_lib.sentence import listed

SCHEMES = tuple(REGION_SCHEMES.values())
"""Ways to draw the regions: three belts of 1986, three regions of 2000, four of 2005."""

BELTS = ("East", "Northeast", "Central", "West")
"""Names of regions, in the order in which they are shown. Only the scheme of 2005 has all four."""

MUNICIPALITIES = ("Beijing", "Shanghai", "Tianjin")
"""The three rich cities that count as provinces. Chongqing, the fourth since 1997, is in the West
and not rich: it stays."""


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
        return self.to_frame().T[year_in(self.years, "year", year)]

    def to_frame(self) -> pd.DataFrame:
        """One row a year: output per head of each belt, the ratio, Theil and Williamson."""
        frame = pd.DataFrame(
            self.gdp_per_head,
            index=pd.Index(self.years, name="year"),
            columns=[f"gdp_per_head_{belt.lower()}" for belt in self.belts],
            copy=True,
        )
        frame["east_west"] = self.east_west
        frame["theil"] = self.theil
        frame["between"] = self.between
        frame["within"] = self.within
        frame["williamson"] = self.williamson
        return frame

    def summary(self) -> str:
        """One sentence: the ratio and Theil at the start, at the widest and at the end."""
        widest = int(np.argmax(self.east_west))
        first, last = self.years[0], self.years[-1]
        without = " without " + listed(self.left_out) if self.left_out else ""
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
        published. A thought experiment of the course's own, see `population_jumps.without_jumps`.
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
    >>> found.at(1978)[["east_west", "theil"]].round(2).tolist()
    [1.75, 0.16]
    >>> found.at(1990)[["east_west", "theil"]].round(2).tolist()
    [1.86, 0.09]

    The gap of the belts grew, and yet the provinces became more alike. Three cities did that:

    >>> without = belts(china_provinces(), municipalities=False)
    >>> without.to_frame().loc[[1978, 1990], "theil"].round(3).tolist()
    [0.045, 0.048]
    """
    one_of("scheme", scheme, SCHEMES)
    spread_back = whole_number(
        "spread_back", spread_back, least=0, most=20, because="it is a number of years"
    )
    names, years, gdp, published = grids(provinces)
    population = (
        without_jumps(published, number("jump", jump, above=0, because=CHANGE), spread_back)
        if spread_back
        else published
    )

    region = regions(provinces, names, scheme, BELTS)
    keep = np.ones(len(names), dtype=bool)
    if not municipalities:
        keep = ~np.isin(names, MUNICIPALITIES)
        if keep.all():
            raise ValueError(
                f"municipalities=False leaves out {listed(MUNICIPALITIES)}, and the table has none "
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
    indices = inequality_over_time(
        pd.DataFrame(gdp / population, index=years[span], columns=names[keep]),
        pd.Series(region[keep], index=names[keep]),
        pd.DataFrame(population, index=years[span], columns=names[keep]),
    )
    per_head = YUAN_PER_HEAD * (gdp @ member) / (population @ member)
    published_per_head = (gdp @ member) / (published @ member)
    east, west = belt_names.index("East"), belt_names.index("West")
    return Belts(
        scheme=scheme,
        belts=belt_names,
        years=years[span],
        gdp_per_head=per_head,
        population_share=(population @ member) / population.sum(axis=1, keepdims=True),
        east_west=per_head[:, east] / per_head[:, west],
        published_east_west=published_per_head[:, east] / published_per_head[:, west],
        theil=indices["theil"].to_numpy(),
        between=indices["between"].to_numpy(),
        within=indices["within"].to_numpy(),
        williamson=indices["williamson"].to_numpy(),
        left_out=() if municipalities else tuple(names[~keep].tolist()),
        spread_back=spread_back,
    )


def _span(years: np.ndarray, start: int | None, end: int | None) -> slice:
    first = years[0] if start is None else start
    last = years[-1] if end is None else end
    first, last = year_in(years, "start", first), year_in(years, "end", last)
    if last < first:
        raise ValueError(f"end must not come before start (got {first} and {last})")
    return slice(int(np.searchsorted(years, first)), int(np.searchsorted(years, last)) + 1)
