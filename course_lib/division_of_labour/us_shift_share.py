"""Shift-share on real figures: US states and sectors, 2001, 2010 and 2019."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from course_lib import datasets, measures

PERIODS = {"2001 to 2019": (2001, 2019), "2001 to 2010": (2001, 2010), "2010 to 2019": (2010, 2019)}
"""Periods, by the name that a student reads."""

SECTORS = {
    "Construction": "Construction",
    "Manufacturing": "Manufacturing",
    "Wholesale Trade": "Wholesale trade",
    "Retail Trade": "Retail trade",
    "Transportation and Warehousing": "Transport and storage",
    "Information": "Information",
    "Finance and Insurance": "Finance and insurance",
    "Real Estate and Rental and Leasing": "Real estate",
    "Professional, Scientific, and Technical Services": "Professional services",
    "Administrative and Support Services": "Administrative support",
    "Health Care and Social Assistance": "Health and social care",
    "Accommodation and Food Services": "Hotels and restaurants",
    "Other Services (except Public Administration)": "Other services",
}
"""Short names of the sectors of `course_lib.datasets.us_sector_employment`."""

GOODS = ("Construction", "Manufacturing")

THIRTEEN, TWO, ONE = "13 sectors", "goods and services", "all in one"
GROUPINGS = (THIRTEEN, TWO, ONE)
"""How finely industries are told apart."""

EFFECTS = ("national", "industry_mix", "regional")

SHOWN = {"regional shift": "regional", "industry mix": "industry_mix"}
"""What the picture can show of all states and of the one state's industries."""


@dataclass(frozen=True, eq=False)
class StateShiftShare:
    """Shift-share of one state, beside all others: the result of `us_shift_share`.

    Shares are parts of the state's jobs at the start of the period.

    Attributes
    ----------
    state, period, sectors, shown : str
        The parameters as they were given.
    nation : float
        Growth of jobs in all states and sectors of the table, as a share.
    states : pandas.DataFrame, shape (34, 4)
        Each state's ``national``, ``industry_mix``, ``regional`` and ``change``, as shares.
    detail : pandas.DataFrame, shape (13, 6)
        One row a sector of the state, or a group where sectors are told apart no further: ``jobs``
        at the start (persons), its ``share`` of the state's jobs, its ``growth`` in the state, the
        ``growth_nation`` that it is measured by, and what it adds to the state's ``industry_mix``
        and ``regional``; all but jobs as shares.
    """

    state: str
    period: str
    sectors: str
    shown: str
    nation: float
    states: pd.DataFrame
    detail: pd.DataFrame

    @property
    def here(self) -> pd.Series:
        """The state's own row of `states`."""
        return self.states.T[self.state]

    def to_frame(self) -> pd.DataFrame:
        """One row a sector of the state: its size, its growth, and what it adds, in per cent."""
        shares = self.detail.drop(columns="jobs").mul(100).add_suffix("_in_per_cent")
        return pd.concat([self.detail[["jobs"]], shares], axis="columns").copy()

    def summary(self) -> str:
        """One sentence: the change of jobs and its three parts."""
        here = self.here
        text = (
            f"{self.state}, {self.period}: jobs changed by {signed(here['change'])}, made up of "
            f"{signed(here['national'])} as in the nation, {signed(here['industry_mix'])} for its "
            f"mix of industries and {signed(here['regional'])} of its own"
        )
        own = self.detail["regional"]
        if self.sectors == THIRTEEN:
            best, worst = str(own.idxmax()), str(own.idxmin())
            text += (
                f"; of the last, {best.lower()} brought most ({signed(own.max())}) and "
                f"{worst.lower()} least ({signed(own.min())})"
            )
        elif self.sectors == TWO:
            goods, services = own
            text += f"; of the last, goods brought {signed(goods)} and services {signed(services)}"
        if self.sectors != THIRTEEN:
            text += f" ({self.sectors}: told apart no further)"
        return text + "."


def us_shift_share(
    state: str = "Maryland",
    period: str = "2001 to 2019",
    sectors: str = THIRTEEN,
    shown: str = "regional shift",
) -> StateShiftShare:
    """Split a US state's change in jobs into the nation's, its industries' and its own part.

    The nation is the sum of the 34 states and 13 sectors of the table. The others were left out
    of it because part of their figures was withheld for privacy. A withheld figure is not a zero.

    Parameters
    ----------
    state : str
        One of `us_states`.
    period : {"2001 to 2019", "2001 to 2010", "2010 to 2019"}
        From which year to which.
    sectors : {"13 sectors", "goods and services", "all in one"}
        How finely industries are told apart. Goods are construction and manufacturing.
    shown : {"regional shift", "industry mix"}
        Which part the picture shows of all states and of the one state's industries. It changes no
        number.

    Returns
    -------
    StateShiftShare
        The state sector by sector, and all states.

    Raises
    ------
    ValueError
        If there is no such state, period, grouping or part.

    Examples
    --------
    >>> print(us_shift_share("North Carolina").summary())
    North Carolina, 2001 to 2019: jobs changed by +14.7%, made up of +15.6% as in the nation, -3.6%
    for its mix of industries and +2.7% of its own; of the last, hotels and restaurants brought most
    (+1.4%) and manufacturing least (-2.1%).
    """
    for name, value, known in (
        ("state", state, us_states()),
        ("period", period, list(PERIODS)),
        ("sectors", sectors, list(GROUPINGS)),
        ("shown", shown, list(SHOWN)),
    ):
        if value not in known:
            raise ValueError(f"{name} is one of {', '.join(known)} (got {value!r})")
    states, cells, nation = _analysis(period, sectors)
    return StateShiftShare(
        state=state,
        period=period,
        sectors=sectors,
        shown=shown,
        nation=nation,
        states=states.copy(),
        detail=cells.xs(state, level="state").copy(),  # type: ignore[arg-type]
    )


def us_states() -> list[str]:
    """The states of the table.

    Examples
    --------
    >>> len(us_states())
    34
    """
    return list(_jobs(2001).index)


@lru_cache(maxsize=16)
def _analysis(period: str, sectors: str) -> tuple[pd.DataFrame, pd.DataFrame, float]:
    """All states at once: then choosing another one costs nothing."""
    start, end = (_jobs(year) for year in PERIODS[period])
    groups = _groups(sectors)
    at_start = start.sum(axis=1)
    start, end = (jobs.T.groupby(groups, sort=False).sum().T for jobs in (start, end))
    states = measures.shift_share(start, end).div(at_start, axis="index")
    nation = end.to_numpy().sum() / start.to_numpy().sum()
    measured_by = end.sum() / start.sum()
    parts = {
        "jobs": start,
        "share": start.div(at_start, axis="index"),
        "growth": end / start - 1,
        "growth_nation": 0 * start + measured_by - 1,
        "industry_mix": (start * (measured_by - nation)).div(at_start, axis="index"),
        "regional": (end - start * measured_by).div(at_start, axis="index"),
    }
    cells = pd.DataFrame({name: table.stack() for name, table in parts.items()})
    return states, cells, float(nation - 1)


@lru_cache(maxsize=8)
def _jobs(year: int) -> pd.DataFrame:
    """Jobs at one date; rows states, columns sectors in the order of `SECTORS`."""
    table = datasets.us_sector_employment().query("year == @year")
    wide = table.pivot(index="state", columns="sector", values="employment")
    return wide[list(SECTORS)].rename(columns=SECTORS)


def _groups(sectors: str) -> pd.Series:
    """For each sector the group that it is counted in."""
    names = pd.Index(list(SECTORS.values()), name="sector")
    if sectors == TWO:
        in_two = ["Goods" if name in GOODS else "Services" for name in names]
        return pd.Series(in_two, index=names, name="sector")
    return pd.Series("All jobs" if sectors == ONE else names, index=names, name="sector")


def signed(share: float) -> str:
    """A share in per cent with its sign; what rounds to zero has none.

    Examples
    --------
    >>> signed(0.0271), signed(-0.0001)
    ('+2.7%', '0.0%')
    """
    text = f"{share:+.1%}"
    return text[1:] if text in ("+0.0%", "-0.0%") else text
