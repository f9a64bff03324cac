"""Do poor regions catch up? Beta-convergence (growth on start) and sigma-convergence (spread)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from course_lib.measures import _checks
from course_lib.measures._checks import Table, Values
from course_lib.parameters import number


@dataclass(frozen=True, eq=False)
class BetaConvergence:
    """The line through growth on the logarithm of income at the start.

    Attributes
    ----------
    slope, intercept : float
        Of the line ``growth = intercept + slope * ln(start)``. A slope below zero says that
        poorer regions grew faster. *The slope is not the speed*: it depends on the years.
    speed : float or None
        Speed of convergence, per year: ``-ln(1 + years * slope) / years``. None if
        ``1 + years * slope`` is not above zero: then the poor overtook the rich, and the formula
        has no answer.
    half_life : float or None
        Years until half the gap is closed, ``ln(2) / speed``. Infinite if the speed is zero or
        negative: the gap does not close. None if there is no speed.
    standard_error, p_value : float
        Of the slope: ordinary least squares, and Student's t with n - 2 degrees of freedom for
        the question whether the slope is zero.
    confidence_interval : tuple of two floats
        95% interval of the slope.
    speed_interval : tuple of two floats, or None
        The same interval as speeds, per year. Its upper end is infinite where the slope's lower
        end has no speed.
    r_squared : float
        Share of the variance of growth that the line accounts for.
    n : int
        Number of regions.
    years : float
        Length of the period.
    start, growth : pandas.Series
        Income at the start, and growth per year (0.02 is 2%), of each region.
    """

    slope: float
    intercept: float
    speed: float | None
    half_life: float | None
    standard_error: float
    p_value: float
    confidence_interval: tuple[float, float]
    speed_interval: tuple[float, float] | None
    r_squared: float
    n: int
    years: float
    start: pd.Series = field(repr=False)
    growth: pd.Series = field(repr=False)

    @property
    def is_significant(self) -> bool:
        """Whether the slope differs from zero at the 5% level."""
        return self.p_value < 0.05

    def line(self, start: Values) -> pd.Series:
        """Growth per year that the line gives to a region with this income at the start."""
        return self.intercept + self.slope * _log(_checks.column(start, "start", above_zero=True))

    def to_frame(self) -> pd.DataFrame:
        """One row a region: ``start``, ``log_start``, ``growth``, ``fitted``, ``residual``."""
        fitted = self.line(self.start)
        return pd.DataFrame(
            {
                "start": self.start,
                "log_start": _log(self.start),
                "growth": self.growth,
                "fitted": fitted,
                "residual": self.growth - fitted,
            }
        )

    def summary(self) -> str:
        """What the line says, and whether it says anything at the 5% level."""
        low, high = self.confidence_interval
        slope = (
            f"{self.n} regions, {self.years:g} years: the slope is {self.slope:.4f} "
            f"(95% interval {low:.4f} to {high:.4f})"
        )
        if not self.is_significant:
            return (
                f"{slope} and does not differ from zero at the 5% level (p = {self.p_value:.2f}): "
                "these figures cannot tell whether poorer regions caught up."
            )
        if self.slope > 0:
            return f"{slope} and differs from zero at the 5% level: richer regions grew faster."
        slope += " and differs from zero at the 5% level: poorer regions grew faster"
        if self.speed is None or self.half_life is None:
            return f"{slope}, so much that they overtook the richer ones; no speed describes that."
        return (
            f"{slope}. That is a speed of {self.speed:.2%} a year, which halves a gap in "
            f"{self.half_life:.0f} years."
        )


def beta_convergence(start: Values, end: Values, years: float) -> BetaConvergence:
    """Did poorer regions grow faster? Growth per year against the logarithm of income at the start.

    Parameters
    ----------
    start, end : array-like, shape (n,)
        Income per head of each region at the start and at the end, above zero, in the same unit.
        Two labelled columns are matched by label. At least three regions.
    years : float
        Years between start and end.

    Returns
    -------
    BetaConvergence

    Raises
    ------
    ValueError
        If an income is missing, zero or negative, if the regions do not match, if there are fewer
        than three, or if all start equal.

    References
    ----------
    Barro, R. J., and Sala-i-Martin, X. (1992). Convergence. Journal of Political Economy.

    Examples
    --------
    Regions that close a gap at exactly 2% a year for 80 years have a slope of -0.00998:

    >>> start = np.array([1.0, 2.0, 4.0])
    >>> line = beta_convergence(start, 9 * start ** np.exp(-0.02 * 80), years=80)
    >>> round(line.slope, 6), round(line.speed, 6), round(line.half_life, 2)
    (-0.009976, 0.02, 34.66)
    """
    years = number("years", years, above=0, because="growth needs time to happen in")
    first = _checks.column(start, "start", above_zero=True)
    last = _checks.column(_checks.beside(end, start, "start", "end"), "end", above_zero=True)
    growth, log_start = _log(last / first) / years, _log(first)
    n = len(first)
    if n < 3:
        raise ValueError(f"a line with a standard error needs at least three regions (got {n})")
    if np.allclose(log_start, log_start.iloc[0], rtol=0, atol=1e-12):
        raise ValueError(
            "all regions have the same income at the start, so no line can tell the poor from "
            "the rich: choose another year"
        )

    spread = ((log_start - log_start.mean()) ** 2).sum()
    slope = float(((log_start - log_start.mean()) * (growth - growth.mean())).sum() / spread)
    if np.allclose(growth, growth.iloc[0], rtol=0, atol=1e-14):
        slope = 0.0  # all grow alike: do not ask rounding errors whether the slope is significant
    intercept = float(growth.mean() - slope * log_start.mean())
    unexplained = ((growth - intercept - slope * log_start) ** 2).sum()
    standard_error = float(np.sqrt(unexplained / (n - 2) / spread))

    low, high, p_value = _student(slope, standard_error, n - 2)
    speed, fastest, slowest = (_speed(value, years) for value in (slope, low, high))
    return BetaConvergence(
        slope=slope,
        intercept=intercept,
        speed=speed,
        half_life=_half_life(speed),
        standard_error=standard_error,
        p_value=p_value,
        confidence_interval=(low, high),
        speed_interval=None
        if slowest is None
        else (slowest, math.inf if fastest is None else fastest),
        r_squared=0.0 if slope == 0 else float(slope**2 * spread / growth.var(ddof=0) / n),
        n=n,
        years=years,
        start=first.rename("start"),
        growth=growth.rename("growth"),
    )


def beta_convergence_between(panel: Table, first: float, last: float) -> BetaConvergence:
    """Beta-convergence between two years of a panel.

    Parameters
    ----------
    panel : table, shape (n_years, n_regions)
        Income per head, above zero; rows years, columns regions. No gaps.
    first, last : int
        Two years of the panel.

    Returns
    -------
    BetaConvergence

    Raises
    ------
    ValueError
        If the panel has gaps, zeros or no such year, or if ``last`` is not after ``first``.

    Examples
    --------
    >>> panel = pd.DataFrame({"A": [1.0, 2.0], "B": [2.0, 3.0], "C": [3.0, 4.0]}, [1990, 2000])
    >>> beta_convergence_between(panel, 1990, 2000).years
    10.0
    """
    table = _checks.panel(panel)
    start, end = _checks.year_of(table, first), _checks.year_of(table, last)
    if last <= first:
        raise ValueError(f"the last year must come after the first (got {first} and {last})")
    return beta_convergence(start, end, last - first)


def sigma_convergence(panel: Table, tidy: Sequence[str] | None = None) -> pd.Series:
    """Does the spread become smaller? Standard deviation of log incomes, year by year.

    It is the population's standard deviation: n, not n - 1, below the line. Each region counts
    the same.

    Parameters
    ----------
    panel : table, shape (n_years, n_regions)
        Income per head, above zero; rows years, columns regions. No gaps.
    tidy : three names, optional
        If ``panel`` has one row for each region and year: its columns for year, region and
        income, such as ``("year", "state", "income")``.

    Returns
    -------
    pandas.Series, shape (n_years,)
        ``sigma``, by year.

    Raises
    ------
    ValueError
        If the panel has gaps or zeros, or years in its columns.

    References
    ----------
    Barro, R. J., and Sala-i-Martin, X. (1991). Convergence across states and regions. Brookings
    Papers on Economic Activity.

    Examples
    --------
    >>> panel = pd.DataFrame({"A": [1.0, 2.0], "B": [4.0, 4.0]}, index=[1990, 2000])
    >>> sigma_convergence(panel).round(3).tolist()
    [0.693, 0.347]
    """
    return _checks.panel(panel, tidy).apply(np.log).std(axis=1, ddof=0).rename("sigma")


def _log(income: pd.Series) -> pd.Series:
    return pd.Series(np.log(income.to_numpy()), index=income.index)


def _speed(slope: float, years: float) -> float | None:
    """The speed behind a slope: the inverse of slope = -(1 - exp(-speed * years)) / years."""
    left = 1 + years * slope
    return -math.log(left) / years if left > 0 else None


def _half_life(speed: float | None) -> float | None:
    if speed is None:
        return None
    return math.log(2) / speed if speed > 0 else math.inf


def _student(slope: float, standard_error: float, freedom: int) -> tuple[float, float, float]:
    """95% interval of the slope, and the p-value of "the slope is zero"."""
    from scipy.special import stdtr, stdtrit  # here, so that importing the course stays quick

    reach = float(stdtrit(freedom, 0.975)) * standard_error
    if slope == 0 or standard_error == 0:
        p_value = float(slope == 0)
    else:
        p_value = float(2 * stdtr(freedom, -abs(slope) / standard_error))
    return slope - reach, slope + reach, p_value
