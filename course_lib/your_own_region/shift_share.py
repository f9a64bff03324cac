"""Was it the region, or was it its industries? Shift-share for any country."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from course_lib import measures
from course_lib.division_of_labour.us_shift_share import EFFECTS, signed
from course_lib.parameters import one_of
from course_lib.regions import Region
from course_lib.regions.whole import without_gaps
from course_lib.sentence import counted, listed
from course_lib.your_own_region.jobs import date_of, jobs_of


@dataclass(frozen=True, eq=False)
class OwnShiftShare:
    """Shift-share of one region, beside all others: the result of `own_shift_share`.

    Shares are parts of a region's jobs at the start.

    Attributes
    ----------
    place : str
        The region.
    start, end : int
        The two dates.
    regions : pandas.DataFrame, shape (n_regions, 4)
        Each region's ``national``, ``industry_mix``, ``regional`` and ``change``, as shares.
    detail : pandas.DataFrame
        One row an industry of the region, the largest own part first: ``jobs`` at the start,
        ``growth``, ``growth_nation``, ``industry_mix``, ``regional``.
    left_out : tuple of str
        Regions and industries without a figure at one of the dates.
    """

    place: str
    start: int
    end: int
    regions: pd.DataFrame
    detail: pd.DataFrame
    left_out: tuple[str, ...]

    @property
    def here(self) -> pd.Series:
        """The region's own row of `regions`."""
        return self.regions.T[self.place]

    def to_frame(self) -> pd.DataFrame:
        """One row an industry of the region: jobs, growth, and what it adds, in per cent."""
        shares = self.detail.drop(columns="jobs").mul(100).add_suffix("_in_per_cent")
        return pd.concat([self.detail[["jobs"]], shares], axis="columns").copy()

    def summary(self) -> str:
        """One sentence: the change of jobs and its three parts."""
        here, own = self.here, self.detail["regional"]
        gone = (
            f" (without {listed(self.left_out, most=3)}: a figure is missing)"
            if self.left_out
            else ""
        )
        return (
            f"{self.place}, {self.start} to {self.end}{gone}: jobs changed by "
            f"{signed(here['change'])}, made up of {signed(here['national'])} as in the nation, "
            f"{signed(here['industry_mix'])} for its mix of industries and "
            f"{signed(here['regional'])} of its own; of the last, {own.index[0]} brought most "
            f"({signed(own.iloc[0])}) and {own.index[-1]} least ({signed(own.iloc[-1])})."
        )


def own_shift_share(
    region: Region, place: str = "", start: int | str | None = None, end: int | str | None = None
) -> OwnShiftShare:
    """Split a region's change in jobs into the nation's, its industries' and its own part.

    Parameters
    ----------
    region : Region
        A country's own tables, with jobs at two dates or more. The nation is the sum of the
        regions and industries that have a figure at both; a missing figure is not a zero.
    place : str
        One of the regions; empty: the first.
    start, end : int or str, optional
        The two dates; by default the first and the last.

    Returns
    -------
    OwnShiftShare

    Raises
    ------
    ValueError
        If there is one date only, the end does not come after the start, or there is no such
        region.

    Examples
    --------
    >>> from course_lib.regions import united_states
    >>> found = own_shift_share(united_states(), "Nevada")
    >>> found.here[["industry_mix", "regional"]].round(3).to_dict()
    {'industry_mix': 0.097, 'regional': 0.129}
    """
    jobs = jobs_of(region)
    if len(jobs.years) < 2:
        raise ValueError(
            f"shift-share compares two dates, and the jobs of {region.title} have "
            f"{counted(len(jobs.years), 'date')}: add a second one to the table"
        )
    first, last = date_of(jobs, start if start is not None else jobs.years[0]), date_of(jobs, end)
    if last <= first:
        raise ValueError(f"end must come after start (got {first} and {last})")
    regions, parts, left_out = _analysis(region, first, last)
    chosen = one_of("place", place or str(regions.index[0]), [str(name) for name in regions.index])
    detail = pd.DataFrame({part: table.loc[chosen] for part, table in parts.items()})
    detail = detail.sort_values("regional", ascending=False)
    return OwnShiftShare(chosen, first, last, regions.copy(), detail, left_out)


@lru_cache(maxsize=16)
def _analysis(
    region: Region, first: int, last: int
) -> tuple[pd.DataFrame, dict[str, pd.DataFrame], tuple[str, ...]]:
    """All regions at once: then choosing another one costs nothing."""
    jobs = jobs_of(region)
    before, after = jobs.cells[first].align(jobs.cells[last], join="outer")
    before = before.loc[jobs.regions if set(jobs.regions) == set(before.index) else before.index]
    after = after.loc[before.index]
    both = without_gaps(before.where(after.notna()))
    both = both.loc[both.sum(axis=1) > 0, both.sum() > 0]
    if both.shape[0] < 2 or both.shape[1] < 2:
        raise ValueError(
            f"fewer than two regions and two industries have figures for {first} and {last}: look "
            "whether names are written alike at both dates"
        )
    gone = (
        *before.columns.difference(both.columns, sort=False),
        *before.index.difference(both.index, sort=False),
    )
    start = both.rename_axis(index="region", columns="industry")
    end = after.loc[both.index, both.columns].rename_axis(index="region", columns="industry")
    at_start = start.sum(axis=1)
    regions = measures.shift_share(start, end).div(at_start, axis="index")
    nation = end.to_numpy().sum() / start.to_numpy().sum()
    measured_by = end.sum() / start.sum()
    parts = {
        "jobs": start,
        "growth": (end / start.where(start > 0) - 1).fillna(0.0),
        "growth_nation": 0 * start + measured_by - 1,
        "industry_mix": (start * (measured_by - nation)).div(at_start, axis="index"),
        "regional": (end - start * measured_by).div(at_start, axis="index"),
    }
    return regions[[*EFFECTS, "change"]], parts, tuple(map(str, gone))
