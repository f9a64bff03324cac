"""What would the estimates of lesson 12 find for a group of regions from a year on?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from course_lib.parameters import one_of
from course_lib.policy_studio.evaluation import signed
from course_lib.regions import Region
from course_lib.sentence import counted
from course_lib.your_own_region.incomes import without

LEVEL, OWN_PAST, DIFFERENCE, BEFORE_IT = (
    "chosen less all others",
    "chosen, before and after",
    "difference in differences",
    "the same, before it began",
)
WAYS = {
    LEVEL: "growth after, chosen regions less all others",
    OWN_PAST: "growth of the chosen, after less before",
    DIFFERENCE: "change of the chosen less change of all others",
    BEFORE_IT: "the same for two periods before: about zero if trends were parallel",
}


@dataclass(frozen=True, eq=False)
class OwnEvaluation:
    """Estimates for a group of regions from a year on: the result of `own_evaluation`.

    Attributes
    ----------
    title, chosen : str
        Whose regions, and which of them.
    regions : tuple of str
        Names of the chosen regions.
    began : int
        The year from which on growth counts as after.
    path : pandas.Series
        By year: income per head of the chosen over that of all others, geometric means of regions.
    estimates : dict from str to float
        By `WAYS`: log points of growth a year times 100, which is about per cent a year. The last
        one needs two dates before `began`'s.
    standard_errors : dict from str to float
        How far chance alone usually moves each, if growth differs by chance from region to region;
        missing for a group of one region.
    """

    title: str
    chosen: str
    regions: tuple[str, ...]
    began: int
    path: pd.Series
    estimates: dict[str, float]
    standard_errors: dict[str, float]

    @property
    def as_before(self) -> pd.Series:
        """The path from `began` on, had the ratio gone on as from the first date until then."""
        first = self.path.index[0]
        a_year = np.log(self.path[self.began] / self.path[first]) / (self.began - first)
        years = self.path.index[self.path.index >= self.began]
        on = np.exp(a_year * (np.asarray(years, dtype=float) - self.began))
        return pd.Series(self.path[self.began] * on, index=years)

    def to_frame(self) -> pd.DataFrame:
        """One row a way: what it finds, per cent a year, and its standard error."""
        frame = pd.DataFrame(
            {"estimate": self.estimates, "standard_error": self.standard_errors},
            index=pd.Index(list(self.estimates), name="way"),
        )
        return frame.astype(float)

    def summary(self) -> str:
        """Two sentences: what the ways find, and what the years before say of them."""
        found = ", ".join(
            f"“{way}” finds {signed(value)}{self._spread(way)}"
            for way, value in self.estimates.items()
            if way != BEFORE_IT
        )
        known = (
            "" if np.isnan(self.standard_errors[DIFFERENCE]) else " (± twice the standard error)"
        )
        text = (
            f"{self.title}, {self.chosen} ({counted(len(self.regions), 'region')}) from "
            f"{self.began} on, growth in % a year{known}: {found}."
        )
        if BEFORE_IT not in self.estimates:
            return f"{text} One date before says nothing of parallel trends."
        value = self.estimates[BEFORE_IT]
        return (
            f"{text} Before {self.began} the same difference was {signed(value)}"
            f"{self._spread(BEFORE_IT)}, where parallel trends would give about 0."
        )

    def _spread(self, way: str) -> str:
        error = self.standard_errors[way]
        return "" if np.isnan(error) else f" (± {2 * error:.2f})"


def programmes(region: Region) -> dict[str, tuple[str, ...]]:
    """The groups of regions that can be taken as chosen; without a grouping, each region.

    Examples
    --------
    >>> from course_lib.regions import mexico
    >>> len(programmes(mexico())["Hanson 1998: Border"])
    6
    """
    return dict(_programmes(region))


@lru_cache(maxsize=8)
def _programmes(region: Region) -> dict[str, tuple[str, ...]]:
    names = region.panel.columns
    found = {
        f"{grouping}: {group}": tuple(str(name) for name in names[(groups == group).to_numpy()])
        for grouping, of in region.groups.items()
        for groups in [of.loc[names]]
        for group in pd.unique(groups)
    }
    return found or {str(name): (str(name),) for name in names}


def starts(region: Region) -> list[int]:
    """The years from which on a programme can be looked for: a date before, and one after.

    Raises
    ------
    ValueError
        If there are fewer than three dates, or two regions.

    Examples
    --------
    >>> from course_lib.regions import mexico
    >>> starts(mexico())
    [1950, 1960, 1970, 1980, 1990]
    """
    panel = region.panel
    if panel.shape[0] < 3 or panel.shape[1] < 3:
        raise ValueError(
            "growth before and after needs three dates and three regions (got "
            f"{counted(panel.shape[0], 'date')}, {counted(panel.shape[1], 'region')}): add years "
            "or regions to the table of incomes"
        )
    return [int(year) for year in panel.index[1:-1]]


def own_evaluation(
    region: Region, chosen: str = "", began: int | str | None = None
) -> OwnEvaluation:
    """Compare growth of a group with that of all others, before and after a year. As in lesson 12.

    A table of incomes knows of no programme: the reader names the regions and the year. Growth is
    that of income per head in logarithms, and each region counts the same.

    Parameters
    ----------
    region : Region
        A country's own tables, with incomes at three dates or more.
    chosen : str
        One of `programmes`; empty: the first.
    began : int or str, optional
        One of `starts`; by default the middle one.

    Returns
    -------
    OwnEvaluation

    Raises
    ------
    ValueError
        If there is no such group or year, or too few dates or regions.

    Examples
    --------
    >>> from course_lib.regions import mexico
    >>> border = own_evaluation(mexico(), "Hanson 1998: Border", 1980)
    >>> list(border.to_frame()["estimate"].round(2))
    [0.19, -2.03, 0.42, -0.54]
    """
    years = starts(region)
    groups = _programmes(region)
    name = one_of("chosen", chosen or next(iter(groups)), groups)
    year = years[len(years) // 2] if began is None else int(began)
    if year not in years:
        one_of("began", str(year), [str(one) for one in years])
    logs = _logs(region)
    inside = np.isin(region.panel.columns.astype(str), groups[name])
    if inside.all():
        raise ValueError(f"{name} holds all regions: there is nobody to compare them with")
    periods = _growth(logs, year)
    pairs = _pairs(periods, inside)
    apart = logs.loc[:, inside].mean(axis=1) - logs.loc[:, ~inside].mean(axis=1)
    path = pd.Series(np.exp(apart.to_numpy()), index=logs.index)
    return OwnEvaluation(
        region.title + without(region),
        name,
        groups[name],
        year,
        path,
        {way: float(one.mean() - other.mean()) for way, (one, other) in pairs.items()},
        {
            way: float(np.sqrt(_of_mean(one) + _of_mean(other)))
            for way, (one, other) in pairs.items()
        },
    )


@lru_cache(maxsize=8)
def _logs(region: Region) -> pd.DataFrame:
    panel = region.panel
    return pd.DataFrame(np.log(panel.to_numpy()), panel.index, panel.columns)


def _growth(logs: pd.DataFrame, began: int) -> dict[str, np.ndarray]:
    """Growth of each region a year, in three periods: after, before, and two halves of before."""
    first, last = logs.index[0], logs.index[-1]

    def between(start: int, end: int) -> np.ndarray:
        return np.asarray(100 * (logs.loc[end] - logs.loc[start]) / (end - start))

    found = {"after": between(began, last), "before": between(first, began)}
    inside = logs.index[(logs.index > first) & (logs.index < began)]
    if len(inside):
        middle = int(inside[len(inside) // 2])
        found |= {"early": between(first, middle), "late": between(middle, began)}
    return found


def _pairs(
    periods: dict[str, np.ndarray], inside: np.ndarray
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """The two groups of values whose means each of `WAYS` compares."""
    after, change = periods["after"], periods["after"] - periods["before"]
    pairs = {
        LEVEL: (after[inside], after[~inside]),
        OWN_PAST: (change[inside], np.zeros(1)),
        DIFFERENCE: (change[inside], change[~inside]),
    }
    if "early" in periods:
        earlier = periods["late"] - periods["early"]
        pairs[BEFORE_IT] = (earlier[inside], earlier[~inside])
    return pairs


def _of_mean(values: np.ndarray) -> float:
    """Variance of the mean of regions' values; none for a fixed zero, unknown for one region."""
    if len(values) > 1:
        return float(values.var(ddof=1) / len(values))
    return 0.0 if values[0] == 0 else float("nan")
