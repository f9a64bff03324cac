"""How unequal are regions? Gini, Theil with its split, Williamson.

Every measure takes ``values``, usually income per head, and ``weights``, usually people.

- *Without weights* each region counts the same: "how different are regions?"
- *With weights* each person counts the same: "how different are people, if each had the mean
  income of his or her region?"

The two answer different questions and can move in different directions.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from course_lib.measures import _checks
from course_lib.measures._checks import Table, Values


def lorenz_curve(values: Values, weights: Values | None = None) -> pd.DataFrame:
    """Share of income of the poorest share of people, from the poorest region to the richest.

    Parameters
    ----------
    values : array-like, shape (n,)
        Income per head of each region, zero or more, in any unit.
    weights : array-like, shape (n,), optional
        People of each region. Without it, each region counts the same.

    Returns
    -------
    pandas.DataFrame, shape (n + 1, 2)
        Columns ``population`` and ``income``: cumulative shares from 0 to 1. The first row is the
        origin; then comes one row a region, poorest first.

    Raises
    ------
    ValueError
        If a number is missing or negative, or if all are zero.

    References
    ----------
    Lorenz, M. O. (1905). Methods of measuring the concentration of wealth.

    Examples
    --------
    >>> lorenz_curve([3, 1])["income"].tolist()
    [0.0, 0.25, 1.0]
    """
    income_share, population_share = _shares(values, weights)
    poorest_first = _checks.column(values).argsort(kind="stable").to_numpy()
    curve = pd.DataFrame({"population": population_share, "income": income_share})
    curve = curve.iloc[poorest_first].cumsum()
    origin = pd.DataFrame({"population": 0.0, "income": 0.0}, index=["origin"])
    return pd.concat([origin, curve])


def gini(values: Values, weights: Values | None = None) -> float:
    """Gini coefficient: twice the area between the Lorenz curve and the line of equality.

    It is 0 if all regions are equal. Its largest value is 1 less the population share of the one
    region that has everything, so (n - 1) / n without weights: no small-sample correction.

    Parameters
    ----------
    values : array-like, shape (n,)
        Income per head of each region, zero or more, in any unit.
    weights : array-like, shape (n,), optional
        People of each region. Without it, each region counts the same.

    Returns
    -------
    float
        Between 0 and 1.

    Raises
    ------
    ValueError
        If a number is missing or negative, or if all are zero.

    References
    ----------
    Gini, C. (1912). Variabilità e mutabilità.

    Examples
    --------
    >>> round(gini([10, 6, 3]), 4)
    0.2456
    >>> round(gini([10, 6, 3], weights=[20, 30, 50]), 4)
    0.2623
    """
    population, income = lorenz_curve(values, weights).to_numpy().T
    area_below = np.sum(np.diff(population) * (income[1:] + income[:-1]) / 2)
    return max(0.0, float(1 - 2 * area_below))


def theil(values: Values, weights: Values | None = None) -> float:
    """Theil's T: the sum over regions of s ln(s / f).

    ``f`` is a region's share of the people and ``s`` its share of all income,
    s = f y / sum(f y). Without weights each region counts the same: f = 1/n. A region with
    income zero adds zero, which is the limit of s ln s.

    Parameters
    ----------
    values : array-like, shape (n,)
        Income per head of each region, zero or more, in any unit.
    weights : array-like, shape (n,), optional
        People of each region. Without it, each region counts the same.

    Returns
    -------
    float
        0 if all regions are equal; at most ln n without weights.

    Raises
    ------
    ValueError
        If a number is missing or negative, or if all are zero.

    References
    ----------
    Theil, H. (1967). Economics and Information Theory.

    Examples
    --------
    >>> round(theil([10, 6, 3]), 4)
    0.1053
    >>> round(theil([10, 6, 3], weights=[20, 30, 50]), 4)
    0.1206
    """
    income_share, population_share = _shares(values, weights)
    return max(0.0, float(_theil_terms(income_share, population_share).sum()))


@dataclass(frozen=True, eq=False)
class TheilDecomposition:
    """Theil's T as the sum of what lies between groups and what lies within them.

    Attributes
    ----------
    total, between, within : float
        ``total = between + within``.
    groups : pandas.DataFrame
        One row a group: ``regions`` (how many), ``population_share``, ``income_share``,
        ``relative_income`` (mean of the group over mean of all), ``theil`` (inside the group),
        and what the group adds: ``between``, ``within``.
    """

    total: float
    between: float
    within: float
    groups: pd.DataFrame = field(repr=False)

    @property
    def share_between(self) -> float | None:
        """Part of the total that lies between groups; None if there is no inequality at all."""
        return self.between / self.total if self.total > 1e-12 else None

    def to_frame(self) -> pd.DataFrame:
        """One row a group, as in ``groups``."""
        return self.groups.copy()

    def summary(self) -> str:
        """The split in one sentence."""
        if self.share_between is None:
            return "All regions are equal: there is no inequality to split."
        return (
            f"Theil's T is {self.total:.4f}: {self.between:.4f} ({self.share_between:.0%}) lies "
            f"between the {len(self.groups)} groups and {self.within:.4f} within them."
        )


def theil_decomposition(
    values: Values, groups: Values, weights: Values | None = None
) -> TheilDecomposition:
    """Split Theil's T into a part between groups of regions and a part within them.

    With F and S for a group's share of people and of income, the part between is the sum of
    S ln(S / F), and the part within is the mean of the groups' own T, weighted by S.

    Parameters
    ----------
    values : array-like, shape (n,)
        Income per head of each region, zero or more, in any unit.
    groups : array-like, shape (n,)
        The group of each region, such as "East" or "West".
    weights : array-like, shape (n,), optional
        People of each region. Without it, each region counts the same.

    Returns
    -------
    TheilDecomposition

    Raises
    ------
    ValueError
        If a number or a group is missing, a number is negative, or a group has no income.

    References
    ----------
    Theil, H. (1967). Economics and Information Theory.

    Examples
    --------
    >>> split = theil_decomposition([9, 7, 3, 1], ["East", "East", "West", "West"])
    >>> print(split.summary())
    Theil's T is 0.2252: 0.1927 (86%) lies between the 2 groups and 0.0324 within them.
    """
    group = _checks.beside(groups, values, "values", "groups")
    if group.isna().any():
        missing = group.index[group.isna()][0]
        raise ValueError(f"{missing!r} has no group: give it one, or leave that row out on purpose")
    income_share, population_share = _shares(values, weights)
    frame = pd.DataFrame({"population_share": population_share, "income_share": income_share})
    sums = frame.groupby(group.to_numpy()).sum()
    if (sums <= 0).any(axis=None):
        empty = sums.index[(sums <= 0).any(axis=1)][0]
        raise ValueError(
            f"the group {empty!r} has no income or no people, so it has no inequality of its own: "
            "leave the group out on purpose"
        )
    ours = sums.loc[group.to_numpy()].set_axis(frame.index)
    within_groups = ours["income_share"] * _theil_terms(
        income_share / ours["income_share"], population_share / ours["population_share"]
    )
    table = sums.assign(
        regions=group.groupby(group.to_numpy()).size().astype("int64"),
        relative_income=sums["income_share"] / sums["population_share"],
        between=_theil_terms(sums["income_share"], sums["population_share"]),
        within=within_groups.groupby(group.to_numpy()).sum().clip(lower=0),
    )
    table["theil"] = table["within"] / table["income_share"]
    table.index.name = "group" if group.name is None else group.name
    order = "regions population_share income_share relative_income theil between within"
    return TheilDecomposition(
        total=theil(values, weights),
        between=max(0.0, float(table["between"].sum())),
        within=float(table["within"].sum()),
        groups=table[order.split()],
    )


def williamson(values: Values, weights: Values | None = None) -> float:
    """Williamson's coefficient Vw: how far regions are from the mean, relative to the mean.

    Vw = sqrt(sum f (y - ybar)^2) / ybar, where ``f`` is a region's share of the people and
    ``ybar`` the mean income of all people. Without weights each region counts the same, and this
    is the coefficient of variation (with n, not n - 1, below the line).

    Parameters
    ----------
    values : array-like, shape (n,)
        Income per head of each region, zero or more, in any unit.
    weights : array-like, shape (n,), optional
        People of each region. Williamson's own coefficient has them.

    Returns
    -------
    float
        0 if all regions are equal.

    Raises
    ------
    ValueError
        If a number is missing or negative, or if all are zero.

    References
    ----------
    Williamson, J. G. (1965). Regional inequality and the process of national development.

    Examples
    --------
    >>> round(williamson([10, 6, 3], weights=[20, 30, 50]), 4)
    0.5066
    """
    income = _checks.column(values)
    share = _checks.shares(weights, values)
    mean = _checks.total(share * income, "incomes")
    return float(np.sqrt((share * (income - mean) ** 2).sum()) / mean)


def inequality_over_time(
    values: Table, groups: Values | None = None, weights: Table | None = None
) -> pd.DataFrame:
    """Gini, Theil with its split, and Williamson, year by year.

    The same as the measures of one year, for all rows of a panel at once.

    Parameters
    ----------
    values : table, shape (n_years, n_regions)
        Income per head, above zero; rows years, columns regions. No gaps.
    groups : array-like, shape (n_regions,), optional
        The group of each region, for the split of Theil's index.
    weights : table, shape (n_years, n_regions), optional
        People of each region in each year, above zero. Without it, each region counts the same.

    Returns
    -------
    pandas.DataFrame
        One row a year: ``gini``, ``theil``, ``williamson``; with `groups` also ``between`` and
        ``within``, which add up to ``theil``.

    Raises
    ------
    ValueError
        If the panel has gaps or zeros, the weights have other years or regions, or a region has no
        group.

    Examples
    --------
    >>> panel = pd.DataFrame({"A": [3.0, 2.0], "B": [1.0, 2.0]}, index=[1990, 2000])
    >>> inequality_over_time(panel)["gini"].tolist()
    [0.25, 0.0]
    """
    table = _checks.panel(values)
    income = table.to_numpy()
    if weights is None:
        people = np.ones_like(income)
    else:
        counted = _checks.panel(weights)
        if not (counted.index.equals(table.index) and counted.columns.equals(table.columns)):
            raise ValueError(
                "values and weights must have the same years and the same regions, in one order: "
                "`weights.reindex_like(values)` puts them so"
            )
        people = counted.to_numpy()
    people_share = people / people.sum(axis=1, keepdims=True)
    earned = people_share * income
    mean = earned.sum(axis=1, keepdims=True)
    income_share = earned / mean

    poorest_first = np.argsort(income, axis=1, kind="stable")
    step = np.take_along_axis(people_share, poorest_first, axis=1)
    curve = np.take_along_axis(income_share, poorest_first, axis=1).cumsum(axis=1)
    area_below = (step * (curve - np.diff(curve, axis=1, prepend=0) / 2)).sum(axis=1)
    indices = pd.DataFrame({"gini": np.maximum(0, 1 - 2 * area_below)}, index=table.index)
    indices["theil"] = np.maximum(
        0, (income_share * np.log(income_share / people_share)).sum(axis=1)
    )
    if groups is not None:
        member = _membership(groups, table.columns)
        group_income, group_people = income_share @ member, people_share @ member
        between = (group_income * np.log(group_income / group_people)).sum(axis=1)
        indices["between"] = np.clip(between, 0, indices["theil"])
        indices["within"] = indices["theil"] - indices["between"]
    indices["williamson"] = np.sqrt((people_share * (income / mean - 1) ** 2).sum(axis=1))
    return indices.rename_axis("year")


def _membership(groups: Values, regions: pd.Index) -> np.ndarray:
    """One column of ones and zeros a group: a product with it adds up the regions of each."""
    group = _checks.beside(groups, pd.Series(0, index=regions), "values", "groups")
    if group.isna().any():
        raise ValueError(
            f"{group.index[group.isna()][0]!r} has no group: give it one, or leave that region out"
        )
    return pd.get_dummies(group).to_numpy(dtype=float)


def _shares(values: Values, weights: Values | None) -> tuple[pd.Series, pd.Series]:
    """Each region's share of all income, and its share of the people."""
    population_share = _checks.shares(weights, values)
    income = population_share * _checks.column(values)
    return income / _checks.total(income, "incomes"), population_share


def _theil_terms(share: pd.Series, expected: pd.Series) -> pd.Series:
    """s ln(s / f) for each row, and zero where s is zero."""
    some = share > 0
    ratio = share.where(some, 1.0) / expected.where(some, 1.0)
    return share * np.log(ratio)
