"""The models of this lesson on the figures of two countries: US states and China's provinces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from course_lib import datasets, measures
from course_lib.datasets import REGION_SCHEMES
from course_lib.gradient_transition._kept import read_only
from course_lib.gradient_transition.belts import Belts, belts
from course_lib.gradient_transition.convergence import Convergence
from course_lib.measures import IncomeMobility

US, CHINA = "US states", "China's provinces"
COUNTRIES = (US, CHINA)

CLASSES = {"once for all years": "pooled", "anew in each year": "within_year"}
"""Ways to draw income classes, by the name that a student reads."""


# --- China's belts


@dataclass(frozen=True, eq=False)
class ChinaBelts:
    """China's belts, one year in detail: the result of `china_belts`.

    Attributes
    ----------
    belts : Belts
        The figures of all years.
    year : int
        The year in detail.
    scheme : str
        How the regions are drawn, in words.
    """

    belts: Belts
    year: int
    scheme: str

    @property
    def now(self) -> int:
        """Place of the year in the arrays of `belts`."""
        return int(np.searchsorted(self.belts.years, self.year))

    @property
    def relative(self) -> np.ndarray:
        """Output per head of each belt, the country = 1, shape (n_years, n_belts)."""
        per_head = self.belts.gdp_per_head
        country = (per_head * self.belts.population_share).sum(axis=1, keepdims=True)
        return per_head / country

    def to_frame(self) -> pd.DataFrame:
        """One row a year: output per head of each belt, the ratio, Theil and Williamson."""
        return self.belts.to_frame()

    def summary(self) -> str:
        """One sentence: the gap in the year, beside that of the first year."""
        found, now = self.belts, self.now
        between = found.between[now] / found.theil[now]

        def first(value: float, form: str) -> str:
            return "" if now == 0 else f" ({value:{form}} in {found.years[0]})"

        text = (
            f"{self.year}, {self.scheme}: output per head in the East is "
            f"{found.east_west[now]:.2f} times that in the West{first(found.east_west[0], '.2f')}; "
            f"Theil's index between provinces is {found.theil[now]:.3f}"
            f"{first(found.theil[0], '.3f')}, {between:.0%} of it between the regions; "
            f"Williamson's coefficient is {found.williamson[now]:.3f}"
            f"{first(found.williamson[0], '.3f')}"
        )
        if found.left_out:
            text += "; without " + ", ".join(found.left_out)
        if found.spread_back:
            text += f"; jumps of population spread back over {found.spread_back} years"
        return text + "."


def china_belts(
    year: int = 1978,
    scheme: str = "three belts (1986)",
    municipalities: bool = True,
    spread_back: int = 0,
) -> ChinaBelts:
    """Look at the gap between China's belts in one year, and at all years around it.

    Parameters
    ----------
    year : int
        1978 to 2023.
    scheme : {"three belts (1986)", "three regions (2000)", "four regions (2005)"}
        How the regions are drawn.
    municipalities : bool
        Whether Beijing, Shanghai and Tianjin count.
    spread_back : int
        Years over which jumps of population are spread back, 0 to 20; 0 leaves the population as
        published. A thought experiment, see `course_lib.gradient_transition.spread_jumps_back`.

    Returns
    -------
    ChinaBelts
        The figures of all years, and the year in detail.

    Raises
    ------
    ValueError
        If the table has no such year, or there is no such scheme.

    Examples
    --------
    >>> found = china_belts(1990)
    >>> found.belts.at(found.year)[["East/West", "theil"]].round(3).tolist()
    [1.863, 0.085]
    """
    if scheme not in REGION_SCHEMES:
        raise ValueError(f"scheme is one of {', '.join(REGION_SCHEMES)} (got {scheme!r})")
    found = _belts(REGION_SCHEMES[scheme], bool(municipalities), spread_back)
    if year not in found.years:
        raise ValueError(
            f"year must be a year of the table (got {year!r}): its years run from "
            f"{found.years[0]} to {found.years[-1]}"
        )
    return ChinaBelts(found, int(year), scheme)


@lru_cache(maxsize=128)
def _belts(column: str, municipalities: bool, spread_back: int) -> Belts:
    """All years at once: then moving the year costs nothing."""
    found = belts(_china(), column, municipalities=municipalities, spread_back=spread_back)  # type: ignore[arg-type]
    return read_only(found)


# --- convergence


@dataclass(frozen=True, eq=False)
class CountryConvergence:
    """Beta and sigma of a country's regions: the result of `us_convergence`, `china_convergence`.

    Attributes
    ----------
    country : str
        Whose regions.
    convergence : Convergence
        The regression, and sigma within the period.
    sigma : pandas.Series of float, shape (n_years,)
        Sigma of the same regions in all years of the table, by year.
    """

    country: str
    convergence: Convergence
    sigma: pd.Series

    @property
    def years(self) -> int:
        """Length of the period, years."""
        return self.convergence.end - self.convergence.start

    @property
    def start_level(self) -> np.ndarray:
        """Income of each region at the start, the regions' mean = 1, shape (n_regions,).

        The mean is the geometric one: then the line goes through the point (1, 1).
        """
        log_start = self.convergence.log_start
        return np.exp(log_start - log_start.mean())

    @property
    def growth_factor(self) -> np.ndarray:
        """How many times the mean's growth each region had in the period, shape (n_regions,)."""
        growth = self.convergence.growth
        return np.exp(self.years * (growth - growth.mean()))

    @property
    def gap_closed(self) -> float:
        """Share of a gap that the line closes in the whole period, 1 - exp(-speed * years).

        Above 1 the poor overtook the rich, below 0 the gap grew.
        """
        return -self.years * self.convergence.beta.slope

    def to_frame(self) -> pd.DataFrame:
        """One row a region: start, log_start, growth, fitted, residual."""
        return self.convergence.to_frame()

    def summary(self) -> str:
        """One sentence: what is significant, what is not, and what the spread did."""
        return f"{self.country}, {self.convergence.summary()}"


def us_convergence(
    start: int = 1929, end: int = 2009, leave_out: str | Sequence[str] = ()
) -> CountryConvergence:
    """Did poorer US states grow faster, and did the spread between the states shrink?

    Income per head is at the prices of each year, and every state counts the same.

    Parameters
    ----------
    start, end : int
        First and last year of the period, 1929 to 2009.
    leave_out : str or sequence of str
        Names of states to leave out.

    Returns
    -------
    CountryConvergence
        The line, its speed and its uncertainty; sigma year by year.

    Raises
    ------
    ValueError
        If a year or a state is not in the table, or the end is not after the start.

    Examples
    --------
    >>> print(us_convergence(1980, 1990).summary())
    US states, 1980-1990, 48 regions: the slope is -0.0035 (95% interval -0.0200 to 0.0130), not
    different from zero at the 5% level, so these figures do not say whether poorer regions grew
    faster or slower; sigma rose from 0.135 to 0.150.
    """
    return _country_convergence(US, start, end, _regions(leave_out))


def china_convergence(
    start: int = 1978, end: int = 2023, leave_out: str | Sequence[str] = ()
) -> CountryConvergence:
    """Did poorer provinces of China grow faster, and did the spread between them shrink?

    Output per head is at current prices, and every province counts the same.

    Parameters
    ----------
    start, end : int
        First and last year of the period, 1978 to 2023.
    leave_out : str or sequence of str
        Names of provinces to leave out.

    Returns
    -------
    CountryConvergence
        The line, its speed and its uncertainty; sigma year by year.

    Raises
    ------
    ValueError
        If a year or a province is not in the table, or the end is not after the start.

    Examples
    --------
    >>> found = china_convergence(leave_out=("Beijing", "Shanghai", "Tianjin"))
    >>> round(found.convergence.beta.slope, 4), found.sigma.loc[[1978, 2023]].round(3).tolist()
    (-0.0206, [0.277, 0.282])
    """
    return _country_convergence(CHINA, start, end, _regions(leave_out))


def _country_convergence(
    country: str, start: int, end: int, leave_out: tuple[str, ...]
) -> CountryConvergence:
    """The same as `convergence`, but sigma is computed once for all periods: a slider is moved."""
    panel = panel_of(country)
    for name, year in (("start", start), ("end", end)):
        if year not in panel.index:
            raise ValueError(
                f"{name} must be a year of the table (got {year!r}): its years run from "
                f"{panel.index[0]} to {panel.index[-1]}"
            )
    if end <= start:
        raise ValueError(
            f"end must come after start (got {start} and {end}): growth needs a year to happen in"
        )
    by_year, sigma = _without(country, leave_out)
    beta = measures.beta_convergence(by_year[start], by_year[end], years=end - start)
    found = Convergence(int(start), int(end), beta, sigma.loc[start:end], leave_out)
    return CountryConvergence(country, found, sigma)


@lru_cache(maxsize=64)
def _regions(leave_out: str | Sequence[str]) -> tuple[str, ...]:
    """One name or several, as several."""
    return (leave_out,) if isinstance(leave_out, str) else tuple(leave_out)


def _without(country: str, leave_out: tuple[str, ...]) -> tuple[pd.DataFrame, pd.Series]:
    """Regions that are left, one column a year, and their sigma in all years."""
    panel = panel_of(country)
    for region in leave_out:
        if region not in panel.columns:
            raise ValueError(
                f"leave_out names {region!r}, which is none of {country}: the first are "
                f"{', '.join(panel.columns[:3])}"
            )
    kept = panel.drop(columns=list(leave_out))
    return kept.T, measures.sigma_convergence(kept)


# --- mobility


def country_mobility(
    country: str = CHINA, classes_drawn: str = "once for all years", classes: int = 5
) -> IncomeMobility:
    """How often do regions move between income classes, and where does that lead?

    Parameters
    ----------
    country : {"US states", "China's provinces"}
        Whose regions.
    classes_drawn : {"once for all years", "anew in each year"}
        Once: the same limits of relative income in all years (pooled). Anew: equally full
        classes in each year, so that a class is a rank.
    classes : int
        Number of classes, equally full in the figures from which they are drawn.

    Returns
    -------
    course_lib.measures.IncomeMobility
        Moves from one year to the next, their chances, and the long run.

    Raises
    ------
    ValueError
        If there is no such country or way to draw classes, or a class is never left or reached.

    Examples
    --------
    >>> country_mobility().steady_state.round(2).tolist()
    [0.1, 0.13, 0.18, 0.25, 0.35]
    """
    if classes_drawn not in CLASSES:
        raise ValueError(f"classes_drawn is one of {', '.join(CLASSES)} (got {classes_drawn!r})")
    if country not in COUNTRIES:
        raise ValueError(f"country is one of {', '.join(COUNTRIES)} (got {country!r})")
    return _mobility(country, CLASSES[classes_drawn], classes)


@lru_cache(maxsize=32)
def _mobility(country: str, how: str, classes: int) -> IncomeMobility:
    return measures.income_mobility(panel_of(country), classes, how)


# --- the tables


@lru_cache(maxsize=1)
def _china() -> pd.DataFrame:
    return datasets.china_provinces()


def panel_of(country: str) -> pd.DataFrame:
    """Income or output per head of a country's regions: rows years, columns regions.

    Parameters
    ----------
    country : {"US states", "China's provinces"}
        Whose regions.

    Returns
    -------
    pandas.DataFrame, shape (n_years, n_regions)
        US dollars (income) or yuan (output) per head, at the prices of each year. Your own copy.

    Examples
    --------
    >>> panel_of("US states").shape, panel_of("China's provinces").shape
    ((81, 48), (46, 31))
    """
    if country not in COUNTRIES:
        raise ValueError(f"country is one of {', '.join(COUNTRIES)} (got {country!r})")
    return _panel(country).copy()


@lru_cache(maxsize=2)
def _panel(country: str) -> pd.DataFrame:
    if country == US:
        return datasets.us_income().pivot(index="year", columns="state", values="income_per_head")
    return _china().pivot(index="year", columns="province", values="gdp_per_head")
