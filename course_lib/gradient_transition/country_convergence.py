"""Beta and sigma of US states and of China's provinces: what the labs of convergence show."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from course_lib import measures
from course_lib.gradient_transition.convergence import Convergence, convergence
from course_lib.gradient_transition.country_panels import CHINA, US, panel_of


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
    return _country_convergence(US, start, end, leave_out)


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
    return _country_convergence(CHINA, start, end, leave_out)


def _country_convergence(
    country: str, start: int, end: int, leave_out: str | Sequence[str]
) -> CountryConvergence:
    found = convergence(panel_of(country), start, end, leave_out)
    return CountryConvergence(country, found, _sigma(country, found.left_out).copy())


@lru_cache(maxsize=64)
def _sigma(country: str, left_out: tuple[Hashable, ...]) -> pd.Series:
    """Sigma in all years: it stays the same while a slider moves the period."""
    return measures.sigma_convergence(panel_of(country).drop(columns=list(left_out)))
