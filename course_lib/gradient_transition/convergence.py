"""Do poor regions catch up, and does the spread shrink? Real panels, and an experiment."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.measures import BetaConvergence, beta_convergence, sigma_convergence
from course_lib.parameters import number, whole_number, year_in


@dataclass(frozen=True, eq=False)
class Convergence:
    """Beta and sigma of one panel between two years: the result of `convergence`.

    Attributes
    ----------
    start, end : int
        First and last year of the period.
    beta : course_lib.measures.BetaConvergence
        The line through growth on the logarithm of income at the start, with its standard error.
    sigma : pandas.Series of float, shape (n_years,)
        Standard deviation of log incomes in each year of the period, by year.
    left_out : tuple
        Regions left out on purpose.
    """

    start: int
    end: int
    beta: BetaConvergence
    sigma: pd.Series
    left_out: tuple[Hashable, ...]

    @property
    def regions(self) -> tuple[Hashable, ...]:
        """Names of the regions in the regression, in the order of its points."""
        return tuple(self.beta.start.index)

    @property
    def log_start(self) -> np.ndarray:
        """Logarithm of income at the start, shape (n_regions,): the points' horizontal place."""
        return np.log(self.beta.start.to_numpy())

    @property
    def growth(self) -> np.ndarray:
        """Growth per year, shape (n_regions,), 0.02 is 2%: the points' vertical place."""
        return self.beta.growth.to_numpy()

    def to_frame(self) -> pd.DataFrame:
        """One row a region: start, log_start, growth, fitted, residual."""
        return self.beta.to_frame()

    def summary(self) -> str:
        """One sentence: what is significant, what is not, and what the spread did."""
        beta = self.beta
        low, high = beta.confidence_interval
        text = (
            f"{self.start}-{self.end}, {beta.n} regions: the slope is {beta.slope:.4f} "
            f"(95% interval {low:.4f} to {high:.4f}), "
        )
        if not beta.is_significant:
            text += (
                "not different from zero at the 5% level, so these figures do not say whether "
                "poorer regions grew faster or slower"
            )
        elif beta.slope > 0:
            text += "above zero at the 5% level: richer regions grew faster"
        else:
            text += "below zero at the 5% level: poorer regions grew faster"
            if beta.speed is None or beta.half_life is None:
                text += ", so much that they overtook the richer ones"
            else:
                text += (
                    f", at a speed of {100 * beta.speed:.2f}% a year, "
                    f"which halves a gap in {beta.half_life:.0f} years"
                )
        return text + f"; {_spread(self.sigma.iloc[0], self.sigma.iloc[-1])}."


def convergence(
    panel: pd.DataFrame, start: int, end: int, leave_out: Sequence[Hashable] = ()
) -> Convergence:
    r"""Beta- and sigma-convergence of a panel of regions between two years.

    Beta asks whether regions that were poorer at the start grew faster since. Sigma asks whether
    the spread between regions shrank. The first does not imply the second.

    Parameters
    ----------
    panel : pandas.DataFrame, shape (n_years, n_regions)
        Income per head, above zero, in one unit; rows years, columns regions. No gaps within the
        period.
    start, end : int
        First and last year of the period, both in the panel.
    leave_out : sequence of column labels
        Regions to leave out on purpose.

    Returns
    -------
    Convergence
        The regression, sigma by year, the points and their names.

    Raises
    ------
    ValueError
        If a year or a region is not in the panel, the end is not after the start, a figure is
        missing, zero or negative, or fewer than three regions are left.

    Notes
    -----
    The line is :math:`\frac{1}{T} \ln\frac{y_T}{y_0} = a + s \ln y_0`. Its slope :math:`s` is not
    the speed: :math:`s = -(1 - e^{-bT})/T`, so the speed is :math:`b = -\ln(1 + T s)/T`, and half
    of a gap is closed in :math:`\ln 2 / b` years. Sigma is described here, not tested.

    References
    ----------
    Barro, R. J. and Sala-i-Martin, X. (1991). Convergence across states and regions. *Brookings
    Papers on Economic Activity* 1991(1), 107-182.

    Barro, R. J. and Sala-i-Martin, X. (1992). Convergence. *Journal of Political Economy* 100(2),
    223-251.

    Examples
    --------
    Three regions whose distance from their mean shrinks by 2% a year:

    >>> years = np.arange(1950, 1991)
    >>> distance = np.outer(np.exp(-0.02 * (years - 1950)), [-0.5, 0.1, 0.4])
    >>> panel = pd.DataFrame(1000 * np.exp(distance), index=years, columns=["A", "B", "C"])
    >>> found = convergence(panel, 1950, 1990)
    >>> round(found.beta.speed, 4), found.sigma.round(3).loc[[1950, 1990]].tolist()
    (0.02, [0.374, 0.168])
    """
    if not isinstance(panel, pd.DataFrame):
        raise ValueError(
            "panel must be a table with a row for each year and a column for each region "
            f"(got {type(panel).__name__}): for a tidy table, `table.pivot(...)` makes one"
        )
    start = year_in(panel.index, "start", start)
    end = year_in(panel.index, "end", end)
    if end <= start:
        raise ValueError(
            f"end must come after start (got {start} and {end}): growth needs a year to happen in"
        )
    left_out = (leave_out,) if isinstance(leave_out, str) else tuple(leave_out)
    for region in left_out:
        if region not in panel.columns:
            raise ValueError(
                f"leave_out names {region!r}, which is no region of the panel: its first regions "
                f"are {', '.join(map(str, panel.columns[:3]))}"
            )
    in_period = (panel.index >= start) & (panel.index <= end)
    period = panel.loc[in_period].drop(columns=list(left_out)).sort_index()
    if period.shape[1] < 3:
        raise ValueError(
            f"a line with a standard error needs at least three regions (got {period.shape[1]} "
            f"after leaving out {len(left_out)}): leave out fewer"
        )
    # First sigma: it looks at every year of the period, and says where a figure is missing.
    sigma = sigma_convergence(period)
    return Convergence(
        start=int(start),
        end=int(end),
        beta=beta_convergence(period.iloc[0], period.iloc[-1], years=end - start),
        sigma=sigma,
        left_out=left_out,
    )


@dataclass(frozen=True, eq=False)
class NoiseExperiment:
    """Invented regions with a known speed of convergence: the result of `noise_experiment`.

    Attributes
    ----------
    speed, noise, start_spread : float
        The parameters as they were given.
    time : numpy.ndarray of int64, shape (years + 1,)
        Years from the start.
    log_income : numpy.ndarray of float, shape (years + 1, n_regions)
        Simulated logarithm of income over the common trend.
    sigma : numpy.ndarray of float, shape (years + 1,)
        Standard deviation of `log_income` in each year.
    expected_sigma : numpy.ndarray of float, shape (years + 1,)
        The same in closed form, for very many regions.
    sigma_star : float
        Where `expected_sigma` goes. Infinite if there is noise and no convergence.
    beta : course_lib.measures.BetaConvergence
        What the regression finds. The truth is `speed`.
    """

    speed: float
    noise: float
    start_spread: float
    time: np.ndarray
    log_income: np.ndarray
    sigma: np.ndarray
    expected_sigma: np.ndarray
    sigma_star: float
    beta: BetaConvergence

    def to_frame(self) -> pd.DataFrame:
        """Sigma as simulated and as expected, one row for each year."""
        return pd.DataFrame(
            {"sigma": self.sigma, "expected_sigma": self.expected_sigma},
            index=pd.Index(self.time, name="year"),
        )

    def summary(self) -> str:
        """One sentence: the true speed, the speed found, and what sigma did meanwhile."""
        if self.beta.speed is None:
            found = "finds no speed"
        else:
            found = f"finds {100 * self.beta.speed:.1f}%"
            if self.beta.speed_interval is not None:
                low, high = self.beta.speed_interval
                most = f"{100 * high:.1f}%" if math.isfinite(high) else "no limit"
                found += f" (95% interval {100 * low:.1f}% to {most})"
        goal = "without limit" if math.isinf(self.sigma_star) else f"towards {self.sigma_star:.3f}"
        return (
            f"Simulated: the true speed is {100 * self.speed:.1f}% a year, and the regression "
            f"{found}; meanwhile {_spread(self.sigma[0], self.sigma[-1])}, {goal}."
        )


def noise_experiment(
    n_regions: int = 48,
    years: int = 80,
    speed: float = 0.02,
    noise: float = 0.03,
    start_spread: float = 0.1,
    seed: int = 1,
) -> NoiseExperiment:
    r"""Simulate regions that converge at a fixed speed and are hit by chance every year.

    All regions and all runs have the same true speed. Whether the spread between them grows or
    shrinks depends on where it starts. So beta-convergence goes together with a growing spread:
    Galton saw it in the heights of families.

    Parameters
    ----------
    n_regions : int
        Number of invented regions, 3 to 1000.
    years : int
        Length of the experiment, years, 1 to 500.
    speed : float
        True speed of convergence, :math:`b`, per year, 0 to 1.
    noise : float
        Standard deviation of the yearly chance in log income, :math:`s_u`, 0 to 1.
    start_spread : float
        Standard deviation of log incomes at the start, :math:`\sigma_0`, above 0 and at most 3:
        it is met exactly.
    seed : int
        Fixes all chance: the same seed gives the same run.

    Returns
    -------
    NoiseExperiment
        Simulated incomes, sigma as simulated and as expected, the regression.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    Log income over the trend follows :math:`x_t = e^{-b} x_{t-1} + u_t`, so the expected variance
    follows :math:`\sigma_t^2 = e^{-2b} \sigma_{t-1}^2 + s_u^2`. It goes to
    :math:`\sigma^{*2} = s_u^2 / (1 - e^{-2b})`, from above or from below.

    References
    ----------
    Barro, R. J. and Sala-i-Martin, X. (1992). Convergence. *Journal of Political Economy* 100(2),
    223-251.

    Quah, D. (1993). Galton's fallacy and tests of the convergence hypothesis. *Scandinavian
    Journal of Economics* 95(4), 427-443.

    Examples
    --------
    >>> rising = noise_experiment(start_spread=0.1)
    >>> round(rising.sigma_star, 5), bool(rising.sigma[-1] > rising.sigma[0])
    (0.1515, True)
    >>> falling = noise_experiment(start_spread=0.4)
    >>> falling.speed == rising.speed, bool(falling.sigma[-1] < falling.sigma[0])
    (True, True)
    """
    n_regions = whole_number(
        "n_regions", n_regions, least=3, most=1000, because="a line needs at least three points"
    )
    years = whole_number("years", years, least=1, most=500, because="the experiment needs an end")
    speed = number("speed", speed, least=0, most=1, because="0.02 stands for 2% a year")
    noise = number("noise", noise, least=0, most=1, because="0.03 stands for 3% in a usual year")
    start_spread = number(
        "start_spread",
        start_spread,
        above=0,
        most=3,
        because="if all start equal, no line can tell the poor from the rich",
    )
    seed = whole_number("seed", seed, least=0, most=2**63 - 1, because="it fixes chance")

    rng = np.random.default_rng(seed)
    start = rng.standard_normal(n_regions)
    start = start_spread * (start - start.mean()) / start.std()
    chance = noise * rng.standard_normal((years, n_regions))
    log_income = np.empty((years + 1, n_regions))
    log_income[0] = start
    keeps = math.exp(-speed)  # what is left of a gap after one year
    for year in range(years):
        log_income[year + 1] = keeps * log_income[year] + chance[year]

    time = np.arange(years + 1, dtype=np.int64)
    # The recursion summed up: what is left of the start, and a geometric series of the noise.
    if speed > np.finfo(float).tiny:  # below it, numbers lose their digits
        noises = np.expm1(-2 * speed * time) / math.expm1(-2 * speed)
        sigma_star = noise / math.sqrt(-math.expm1(-2 * speed))
    else:
        noises = time.astype(float)
        sigma_star = math.inf if noise > 0 else start_spread
    expected_squared = start_spread**2 * np.exp(-2 * speed * time) + noise**2 * noises
    return NoiseExperiment(
        speed=speed,
        noise=noise,
        start_spread=start_spread,
        time=time,
        log_income=log_income,
        sigma=log_income.std(axis=1),
        expected_sigma=np.sqrt(expected_squared),
        sigma_star=sigma_star,
        beta=beta_convergence(np.exp(log_income[0]), np.exp(log_income[-1]), years),
    )


def _spread(before: float, after: float) -> str:
    """What the spread did, to three digits."""
    if f"{before:.3f}" == f"{after:.3f}":
        return f"sigma stayed at {before:.3f}"
    return f"sigma {'fell' if after < before else 'rose'} from {before:.3f} to {after:.3f}"
