"""Do poor regions stay poor? Moves between income classes as a Markov chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from course_lib.measures import _checks
from course_lib.measures._checks import Table
from course_lib.parameters import whole_number


@dataclass(frozen=True, eq=False)
class IncomeMobility:
    """Moves of regions between income classes. Class 1 is the poorest.

    A *step* is the time from one row of the panel to the next: a year if the panel has each year.

    Attributes
    ----------
    counts : pandas.DataFrame of int64, shape (k, k)
        Moves observed, from the class in the row to the class in the column.
    transitions : pandas.DataFrame, shape (k, k)
        The same as shares of the row: the chance to be in the column's class a step later.
    steady_state : pandas.Series, shape (k,)
        Share of regions in each class in the long run, if these chances stayed as they are.
    mean_first_passage : pandas.DataFrame, shape (k, k)
        Mean number of steps from the row's class until the column's class is first reached; on
        the diagonal, until the class is reached again.
    sojourn_times : pandas.Series, shape (k,)
        Mean number of steps that a region stays in a class.
    class_edges : pandas.DataFrame, shape (n_years, k - 1)
        Cut points between the classes in each year, as relative income. A region on a cut point
        belongs to the class below it.
    class_of : pandas.DataFrame of int64, shape (n_years, n_regions)
        The class of each region in each year.
    how : str
        "pooled", "within_year" or "cut points".
    step : float
        Years in a step.
    """

    counts: pd.DataFrame
    transitions: pd.DataFrame
    steady_state: pd.Series
    mean_first_passage: pd.DataFrame
    sojourn_times: pd.Series
    class_edges: pd.DataFrame = field(repr=False)
    class_of: pd.DataFrame = field(repr=False)
    how: str = "pooled"
    step: float = 1.0

    def to_frame(self) -> pd.DataFrame:
        """One row a class: moves observed, chances, steady state, sojourn time."""
        chances = self.transitions.add_prefix("to_class_").rename_axis(index="class", columns=None)
        return chances.assign(
            observations=self.counts.sum(axis=1),
            steady_state=self.steady_state,
            sojourn_time=self.sojourn_times,
        ).copy()

    def summary(self) -> str:
        """How sticky the classes are, and where the chain is going."""
        years, regions = self.class_of.shape
        stay = np.trace(self.counts.to_numpy()) / self.counts.to_numpy().sum()
        sizes = ", ".join(f"{share:.0%}" for share in self.steady_state)
        drawn = "limits the same at all dates" if self.how == "pooled" else "limits drawn anew"
        text = (
            f"{regions} regions at {years} dates, in {len(self.counts)} classes ({drawn}): "
            f"from one date to the next {stay:.0%} of them stay in their class. In the long run "
            f"the classes, from the poorest, hold {sizes} of the regions."
        )
        if self.how == "within_year":
            text += (
                " Classes within a year are equally full by construction, so these shares say "
                "nothing about convergence."
            )
        return text


def income_mobility(
    panel: Table,
    classes: int = 5,
    how: str | Sequence[float] = "pooled",
    *,
    relative: bool = True,
    tidy: Sequence[str] | None = None,
) -> IncomeMobility:
    """How regions move between income classes from one year to the next.

    Parameters
    ----------
    panel : table, shape (n_years, n_regions)
        Income per head, above zero; rows years at equal distances, columns regions. No gaps.
    classes : int
        Number of classes, k.
    how : {"pooled", "within_year"} or sequence of k - 1 floats
        Where one class ends and the next begins. "pooled": equally full classes of the relative
        incomes of all years together. "within_year": equally full classes in each year; these
        are ranks, and their steady state reproduces the sizes of the classes, whatever the
        incomes do. Or your own cut points in relative income, rising, such as
        ``(0.75, 1, 1.25)``: then their number decides the number of classes.
    relative : bool
        Divide each income by the mean of all regions in its year. False takes the numbers as
        they are, if they are relative incomes already.
    tidy : three names, optional
        If ``panel`` has one row for each region and year: its columns for year, region and
        income, such as ``("year", "state", "income")``.

    Returns
    -------
    IncomeMobility

    Raises
    ------
    ValueError
        If the panel has gaps, zeros or uneven years, if a class is empty, or if regions never
        leave or never reach a class: then there is no steady state for all of them.

    References
    ----------
    Quah, D. (1993). Empirical cross-section dynamics in economic growth. European Economic Review.
    Kemeny, J. G., and Snell, J. L. (1960). Finite Markov Chains.

    Examples
    --------
    >>> panel = pd.DataFrame({"A": [1, 3, 1, 1], "B": [3, 1, 3, 3]}, index=[2000, 2001, 2002, 2003])
    >>> income_mobility(panel, classes=2).counts.to_numpy().tolist()
    [[1, 2], [2, 1]]
    """
    income = _checks.panel(panel, tidy)
    step = _step(income.index)
    if relative:
        income = income.div(income.mean(axis=1), axis="index")
    edges, how = _edges(income, classes, how)
    k = edges.shape[1] + 1
    below = (income.to_numpy()[:, :, None] > edges.to_numpy()[:, None, :]).sum(axis=2)
    class_of = pd.DataFrame(below + 1, income.index, income.columns).astype("int64")

    pairs = below[:-1] * k + below[1:]
    counts = np.bincount(pairs.ravel(), minlength=k * k).reshape(k, k).astype(np.int64)
    _one_chain(counts)
    chances = counts / counts.sum(axis=1, keepdims=True)
    names = pd.RangeIndex(1, k + 1)
    rows, columns = names.rename("from"), names.rename("to")
    return IncomeMobility(
        counts=pd.DataFrame(counts, rows, columns),
        transitions=pd.DataFrame(chances, rows, columns),
        steady_state=pd.Series(_steady_state(chances), names.rename("class"), name="steady_state"),
        mean_first_passage=pd.DataFrame(_mean_first_passage(chances), rows, columns),
        sojourn_times=pd.Series(
            1 / (1 - np.diag(chances)), names.rename("class"), name="sojourn_time"
        ),
        class_edges=edges,
        class_of=class_of,
        how=how,
        step=step,
    )


def _steady_state(chances: np.ndarray) -> np.ndarray:
    """The shares that a step leaves as they are: pi = pi P, and they sum to one."""
    k = len(chances)
    equations = np.vstack([(chances.T - np.eye(k))[1:], np.ones(k)])
    return np.linalg.solve(equations, np.eye(k)[-1])


def _mean_first_passage(chances: np.ndarray) -> np.ndarray:
    """One step, and then the way from wherever it led, unless it led to the goal."""
    k = len(chances)
    passage = np.empty((k, k))
    for goal in range(k):
        elsewhere = chances.copy()
        elsewhere[:, goal] = 0
        passage[:, goal] = np.linalg.solve(np.eye(k) - elsewhere, np.ones(k))
    return passage


def _edges(
    income: pd.DataFrame, classes: int, how: str | Sequence[float]
) -> tuple[pd.DataFrame, str]:
    """The cut points of each year, and the name of the way they were found."""
    if isinstance(how, str) and how not in ("pooled", "within_year"):
        raise ValueError(f'how must be "pooled", "within_year" or cut points (got {how!r})')
    if isinstance(how, str):
        levels = (
            np.arange(
                1,
                whole_number(
                    "classes", classes, least=2, because="between one class there are no moves"
                ),
            )
            / classes
        )
        if how == "pooled":
            cut_points = np.tile(np.quantile(income.to_numpy(), levels), (len(income), 1))
        else:
            cut_points = np.quantile(income.to_numpy(), levels, axis=1).T
    else:
        points = _checks.column(how, "the cut points", above_zero=True).to_numpy()
        cut_points, how = np.tile(points, (len(income), 1)), "cut points"
    falls = (np.diff(cut_points, axis=1) <= 0).any(axis=1)
    if falls.any():
        first = int(np.argmax(falls))
        year, points = income.index[first], cut_points[first]
        raise ValueError(
            f"the cut points must rise from class to class (in {year} they are "
            f"{', '.join(f'{point:.4g}' for point in points)}): ask for fewer classes, or give "
            "cut points that rise"
        )
    names = [f"{low}|{low + 1}" for low in range(1, cut_points.shape[1] + 1)]
    return pd.DataFrame(cut_points, index=income.index, columns=names), how


def _step(years: pd.Index) -> float:
    """Years between two rows, which must always be the same."""
    if len(years) < 2:
        raise ValueError("moves need at least two years (got one row)")
    steps = np.diff(years.to_numpy(dtype="float64"))
    uneven = np.flatnonzero(~np.isclose(steps, steps[0]))
    if len(uneven):
        here = uneven[0]
        raise ValueError(
            f"the years must stand at equal distances, but after {years[here]} comes "
            f"{years[here + 1]}, and after {years[0]} came {years[1]}: choose years that do"
        )
    return float(steps[0])


def _one_chain(counts: np.ndarray) -> None:
    """Each class must be reachable from each other one, or a long run for all does not exist."""
    k = len(counts)
    empty = np.flatnonzero(counts.sum(axis=1) == 0)
    if len(empty):
        raise ValueError(
            f"no region was in class {empty[0] + 1} before the last year, so nobody is seen "
            "leaving it: choose fewer classes or other cut points"
        )
    reachable = np.linalg.matrix_power((counts > 0) + np.eye(k), k) > 0
    if not reachable.all():
        start, goal = np.argwhere(~reachable)[0] + 1
        raise ValueError(
            f"no chain of moves leads from class {start} to class {goal}, so there is no long run "
            "that is the same for all regions: choose fewer classes, other cut points or more years"
        )
