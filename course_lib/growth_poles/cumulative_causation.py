"""Cumulative causation: growth that feeds on itself, in one region and between two."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.parameters import number, whole_number

YEARS = 25

PRICE_ELASTICITY, INCOME_ELASTICITY = -1.2, 1.0
"""Elasticities of a region's exports, where nothing else is said: an example, not an estimate."""

LARGEST_LEAD = math.log(1e6)
"""Beyond a lead of a million to one (a logarithm) the two regions are not compared any more."""

LARGEST_EXPLOSION = 600.0
"""Logarithm of the largest factor by which a deviation may grow: a float ends near 709."""

SAME = 0.0005
"""Two growth rates closer than this (0.05 points) are called equal in a sentence."""


# --- one region


@dataclass(frozen=True, eq=False)
class ExportLedGrowth:
    """Growth of one region that lives on its exports: the result of `export_led_growth`.

    Attributes
    ----------
    root : float
        Part of a year's deviation from steady growth that is left in the next year.
    steady_growth : float
        Growth at which the region would stay, per year. With a root above one it does not get
        there from anywhere else.
    year : numpy.ndarray of int, shape (n_years + 1,)
        Years since the start.
    growth : numpy.ndarray of float, shape (n_years + 1,)
        Growth of output, per year.
    """

    root: float
    steady_growth: float
    year: np.ndarray
    growth: np.ndarray

    @property
    def is_stable(self) -> bool:
        """Whether growth settles at `steady_growth`."""
        return self.root < 1

    def to_frame(self) -> pd.DataFrame:
        """One row a year."""
        return pd.DataFrame({"growth": self.growth}, index=pd.Index(self.year, name="year"))

    def summary(self) -> str:
        """One sentence: where growth settles, or that it does not."""
        if self.is_stable:
            return (
                f"Growth settles at {self.steady_growth:.1%} a year; of each deviation "
                f"{self.root:.0%} is left in the next year."
            )
        return (
            f"Growth does not settle: each deviation is {self.root:.2f} times as large in the next "
            "year."
        )


def export_led_growth(
    verdoorn: float = 0.3,
    price_elasticity: float = PRICE_ELASTICITY,
    income_elasticity: float = INCOME_ELASTICITY,
    export_weight: float = 1.0,
    wage_growth: float = 0.05,
    own_productivity: float = 0.02,
    markup_growth: float = 0.0,
    foreign_inflation: float = 0.04,
    world_growth: float = 0.02,
    start_growth: float | None = None,
    years: int = YEARS,
) -> ExportLedGrowth:
    r"""Grow a region by its exports: growth makes productivity, productivity sells, sales grow.

    Parameters
    ----------
    verdoorn : float
        Verdoorn coefficient :math:`\lambda`: percentage points that productivity grows faster if
        output grows one point faster. 0 or more.
    price_elasticity : float
        Elasticity of exports to the region's relative price, :math:`\eta < 0`.
    income_elasticity : float
        Elasticity of exports to income in the rest of the world, :math:`\varepsilon`.
    export_weight : float
        Growth of output for each point of growth of exports, :math:`\gamma > 0`.
    wage_growth, own_productivity, markup_growth, foreign_inflation, world_growth : float
        Growth per year (5 per cent is 0.05) of wages :math:`w`, of productivity that does not
        depend on output :math:`r_a`, of the mark-up :math:`\tau`, of the rivals' prices
        :math:`p_f`, and of income outside :math:`z`.
    start_growth : float, optional
        Growth of output in year 0; without it the region starts at steady growth.
    years : int
        Years to follow, 1 or more.

    Returns
    -------
    ExportLedGrowth

    Raises
    ------
    ValueError
        If a parameter is out of range, :math:`\lambda` lies at :math:`1/|\gamma\eta|`, where
        there is no steady growth, or growth explodes beyond what a computer can hold.

    Notes
    -----
    .. math:: g_t = \gamma x_t, \quad x_t = \eta(p_t - p_f) + \varepsilon z, \quad
              p_t = w - r_t + \tau, \quad r_t = r_a + \lambda g_{t-1}

    Exports depend on prices, prices on productivity, and productivity on last year's growth. So
    :math:`g_t = c - \gamma\eta\lambda\, g_{t-1}`, and with :math:`-\gamma\eta\lambda < 1`

    .. math:: g^* = \frac{\gamma[\eta(w - r_a + \tau - p_f) + \varepsilon z]}
                         {1 + \gamma\eta\lambda}

    Beyond :math:`\lambda = 1/|\gamma\eta|` growth rates explode.

    References
    ----------
    Kaldor, N. (1970). The case for regional policies. *Scottish Journal of Political Economy*
    17(3), 337-348.

    Dixon, R. and Thirlwall, A. P. (1975). A model of regional growth-rate differences on Kaldorian
    lines. *Oxford Economic Papers* 27(2), 201-214.

    Examples
    --------
    >>> print(export_led_growth().summary())
    Growth settles at 5.0% a year; of each deviation 36% is left in the next year.

    Without learning by growing it would be 3.2 per cent:

    >>> round(export_led_growth(verdoorn=0).steady_growth, 4)
    0.032
    """
    verdoorn = _verdoorn(verdoorn)
    eta = number(
        "price_elasticity", price_elasticity, below=0, because="a dearer region sells less"
    )
    weight = number("export_weight", export_weight, above=0, because="exports make output grow")
    rates = {
        name: number(name, value, because="it is growth per year, and 5 per cent is 0.05")
        for name, value in (
            ("income_elasticity", income_elasticity),
            ("wage_growth", wage_growth),
            ("own_productivity", own_productivity),
            ("markup_growth", markup_growth),
            ("foreign_inflation", foreign_inflation),
            ("world_growth", world_growth),
        )
    }
    years = whole_number("years", years, least=1, because="it counts years")
    root = -weight * eta * verdoorn
    if abs(root - 1) < 1e-9:
        raise ValueError(
            f"verdoorn must not be exactly 1/(export_weight * |price_elasticity|) = "
            f"{1 / (weight * -eta):.4g}: there growth neither settles nor explodes, so choose a "
            "number below or above"
        )
    own_cost = rates["wage_growth"] - rates["own_productivity"] + rates["markup_growth"]
    base = weight * (
        eta * (own_cost - rates["foreign_inflation"])
        + rates["income_elasticity"] * rates["world_growth"]
    )
    steady = base / (1 - root)
    start = steady
    if start_growth is not None:
        start = number("start_growth", start_growth, because="it is growth per year")
    if years * math.log(max(root, 1.0)) > LARGEST_EXPLOSION:
        raise ValueError(
            f"with verdoorn {verdoorn:g} a deviation is {root:g} times as large each year, too "
            f"much for the computer after {years} years: choose fewer years or a smaller "
            "coefficient"
        )
    year = np.arange(years + 1, dtype=np.int64)
    return ExportLedGrowth(root, steady, year, steady + (start - steady) * root**year)


# --- two regions


@dataclass(frozen=True, eq=False)
class CumulativeCausation:
    """Two regions, one of them ahead: the result of `cumulative_causation`.

    Attributes
    ----------
    verdoorn, head_start, advantage : float
        The parameters as they were given.
    year : numpy.ndarray of int, shape (n_years + 1,)
        Years since the start.
    growth : numpy.ndarray of float, shape (n_years + 1, 2)
        Growth of output in region A and in region B, per year.
    ratio : numpy.ndarray of float, shape (n_years + 1,)
        Output of A over output of B; in year 0 both make the same.
    root : float
        Points that are left, a year later, of one point by which a region grew faster by luck.
    critical_verdoorn : float
        Verdoorn coefficient beyond which growth rates run away.
    """

    verdoorn: float
    head_start: float
    advantage: float
    year: np.ndarray
    growth: np.ndarray
    ratio: np.ndarray
    root: float
    critical_verdoorn: float

    @property
    def gap(self) -> np.ndarray:
        """Growth of A minus growth of B, per year, shape (n_years + 1,)."""
        return self.growth[:, 0] - self.growth[:, 1]

    def to_frame(self) -> pd.DataFrame:
        """One row a year."""
        return pd.DataFrame(
            {
                "growth_a": self.growth[:, 0],
                "growth_b": self.growth[:, 1],
                "output_a_over_b": self.ratio,
            },
            index=pd.Index(self.year, name="year"),
        )

    def summary(self) -> str:
        """One sentence: the gap in growth at the end, and the gap in output."""
        lead = self.gap[-1]
        faster, slower = ("A", "B") if lead > 0 else ("B", "A")
        end = (
            "both grow equally fast"
            if abs(lead) < SAME
            else f"{faster} grows {100 * abs(lead):.1f} points faster than {slower}"
        )
        return (
            f"After {self.year[-1]} years {end}, and A makes {self.ratio[-1]:.2f} times as much as "
            f"B; of one lucky point of growth, {self.root:.2f} points are left a year later."
        )


def cumulative_causation(
    verdoorn: float = 0.3,
    head_start: float = 0.02,
    advantage: float = 0.0,
    years: int = YEARS,
) -> CumulativeCausation:
    r"""Give one of two equal regions a head start, or something better to sell, and follow both.

    Both regions are as in `export_led_growth` with its default figures. A's exports have the
    higher income elasticity if `advantage` is above zero: what it sells is what richer buyers
    want more of.

    Parameters
    ----------
    verdoorn : float
        Verdoorn coefficient :math:`\lambda`, the same in both, 0 or more.
    head_start : float
        By how much faster A grows in the first year, per year (2 points are 0.02).
    advantage : float
        Income elasticity of A's exports minus that of B's.
    years : int
        Years to follow, 1 or more.

    Returns
    -------
    CumulativeCausation

    Raises
    ------
    ValueError
        If a parameter is out of range, `verdoorn` is exactly 1/1.2, or one region ends with more
        than a million times the other's output.

    References
    ----------
    Dixon, R. and Thirlwall, A. P. (1975). A model of regional growth-rate differences on Kaldorian
    lines. *Oxford Economic Papers* 27(2), 201-214.

    Myrdal, G. (1957). *Economic Theory and Under-Developed Regions*. Duckworth.

    Examples
    --------
    >>> print(cumulative_causation().summary())
    After 25 years both grow equally fast, and A makes 1.03 times as much as B; of one lucky point
    of growth, 0.36 points are left a year later.
    """
    start = number("head_start", head_start, because="it is growth per year, and 2 points are 0.02")
    better = number("advantage", advantage, because="it is a difference of elasticities")
    behind = export_led_growth(verdoorn=verdoorn, years=years)
    # Both start from B's steady growth: what differs is A's head start and what A sells.
    ahead = export_led_growth(
        verdoorn=verdoorn,
        income_elasticity=INCOME_ELASTICITY + better,
        start_growth=behind.steady_growth + start,
        years=years,
    )
    growth = np.column_stack([ahead.growth, behind.growth])
    gap = growth[:, 0] - growth[:, 1]
    lead = np.concatenate([[0.0], np.cumsum(gap[:-1])])  # of the logarithms of output
    if np.abs(lead).max() > LARGEST_LEAD:
        raise ValueError(
            f"with verdoorn {verdoorn:g} one region makes more than a million times as much as the "
            f"other within {years} years: choose fewer years or a smaller coefficient"
        )
    ratio = np.exp(lead)
    return CumulativeCausation(
        verdoorn=_verdoorn(verdoorn),
        head_start=start,
        advantage=better,
        year=ahead.year,
        growth=growth,
        ratio=ratio,
        root=ahead.root,
        critical_verdoorn=1 / abs(PRICE_ELASTICITY),
    )


def _verdoorn(value: float) -> float:
    return number("verdoorn", value, least=0, because="growing makes no region worse at its work")
