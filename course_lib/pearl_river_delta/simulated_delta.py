"""A simulated delta of towns: specialised or diverse, before and after a shock to one industry.

It is this course's own model, and no figure in it is a real one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from course_lib.parameters import number, whole_number

INDUSTRIES = 6
TOWNS_EACH = 4  # towns in which an industry is at home
TOWNS = INDUSTRIES * TOWNS_EACH
YEARS = 20
SHOCK = 5
"""The year in which industry 1 loses its orders."""


@dataclass(frozen=True, eq=False)
class SimulatedDelta:
    """Towns of a simulated delta over 20 years: the result of `simulated_delta`.

    Attributes
    ----------
    specialisation : float
        As it was given.
    lasts : int
        As it was given, years.
    jobs : numpy.ndarray, shape (n_towns, n_years + 1)
        Jobs in each town; the whole delta starts with 100. Read only. The first four towns are
        those in which the industry that is hit is at home.
    jobless, left : numpy.ndarray, shape (n_towns, n_years + 1)
        People of each town without a job, and people who have gone away. Read only.
    output : numpy.ndarray, shape (n_years + 1,)
        Output of the delta. A diverse delta starts with 100. Read only.
    diverse_output : numpy.ndarray, shape (n_years + 1,)
        The same with towns that all have the delta's mix of industries. Read only.
    """

    specialisation: float
    lasts: int
    jobs: np.ndarray = field(repr=False)
    jobless: np.ndarray = field(repr=False)
    left: np.ndarray = field(repr=False)
    output: np.ndarray = field(repr=False)
    diverse_output: np.ndarray = field(repr=False)

    @property
    def fall(self) -> float:
        """Share of the delta's jobs that is lost in the year of the shock."""
        return float(1 - self.jobs[:, SHOCK].sum() / self.jobs[:, SHOCK - 1].sum())

    @property
    def fall_of_worst(self) -> float:
        """Share of its jobs that the town hit hardest loses in the year of the shock."""
        return float((1 - self.jobs[:, SHOCK] / self.jobs[:, SHOCK - 1]).max())

    @property
    def gone(self) -> float:
        """People who have left at the end, of 100 at the start."""
        return float(self.left[:, -1].sum())

    @property
    def ahead(self) -> float:
        """Output over all years, over that of the diverse delta, minus 1."""
        return float(self.output.sum() / self.diverse_output.sum() - 1)

    def to_frame(self) -> pd.DataFrame:
        """One row a town: jobs before the shock, after it and at the end, and who left."""
        index = pd.RangeIndex(1, len(self.jobs) + 1, name="town")
        return pd.DataFrame(
            {
                "jobs_before": self.jobs[:, SHOCK - 1],
                "jobs_after": self.jobs[:, SHOCK],
                "jobs_at_the_end": self.jobs[:, -1],
                "left": self.left[:, -1],
            },
            index=index,
        )

    def summary(self) -> str:
        """The fall, the worst town, who left, and output against the diverse delta."""
        ahead = f"{abs(self.ahead):.1%} {'above' if self.ahead >= 0 else 'below'} that of"
        if abs(self.ahead) < 0.0005:
            ahead = "equal to that of"
        return (
            f"Simulated: in year {SHOCK} the delta loses {self.fall:.0%} of its jobs and the town "
            f"hit hardest {self.fall_of_worst:.0%}; by year {YEARS} {self.gone:.1f} of 100 people "
            f"have left; output over all years is {ahead} a delta of diverse "
            "towns."
        )


def simulated_delta(
    specialisation: float = 0.0,
    orders_lost: float = 0.5,
    lasts: int = 8,
    gain: float = 0.05,
    hiring: float = 0.03,
    leaving: float = 0.3,
    seed: int = 0,
) -> SimulatedDelta:
    """Twenty-four towns and six industries; in year 5 industry 1 loses part of its orders.

    Each town has a home industry. With a specialisation h a town's jobs are h in its home industry
    and 1 - h spread like those of the whole delta. The delta as a whole has the same jobs in each
    industry at every h.

    A worker makes more in a town with more workers of the same industry: output per worker rises
    by ``gain`` per cent for each per cent of size. In year 5 industry 1 needs fewer workers by
    ``orders_lost``, in every town. In each year after that, other industries of the same town hire
    jobless people, up to ``hiring`` of their own jobs. Once orders are back, industry 1 hires as
    many as it lost, if they are still there. Of those who remain jobless, a part leaves for good.

    Parameters
    ----------
    specialisation : float
        0 (all towns have the same mix) to 1 (each has its home industry alone).
    orders_lost : float
        The part of industry 1's orders that is lost in year 5, 0 to 0.9.
    lasts : int
        For how many years, 1 to 15.
    gain : float
        Elasticity of output per worker to the size of the industry in the town, 0 to 0.2.
    hiring : float
        What other industries can hire in a year, as a share of their jobs, 0 to 0.2.
    leaving : float
        The part of the jobless that leaves in a year, 0 to 1.
    seed : int
        Decides how large each town is.

    Returns
    -------
    SimulatedDelta

    Raises
    ------
    ValueError
        If a parameter is outside of its limits.

    Notes
    -----
    This course's own model, in the spirit of Marshall's localisation economies and of the argument
    that variety works like a portfolio (Frenken, Van Oort and Verburg 2007). Nothing in it is
    estimated.

    References
    ----------
    Frenken, K., Van Oort, F. and Verburg, T. (2007). Related variety, unrelated variety and
    regional economic growth. Regional Studies 41(5).

    Examples
    --------
    >>> diverse, specialised = simulated_delta(0.0), simulated_delta(0.9)
    >>> round(diverse.fall, 3) == round(specialised.fall, 3)
    True
    >>> round(diverse.fall_of_worst, 2), round(specialised.fall_of_worst, 2)
    (0.09, 0.46)
    """
    h = number("specialisation", specialisation, least=0, most=1, because="it is a share of jobs")
    lost = number("orders_lost", orders_lost, least=0, most=0.9, because="some orders must remain")
    last = whole_number("lasts", lasts, least=1, most=YEARS - SHOCK, because="it counts years")
    gain = number("gain", gain, least=0, most=0.2, because="0.05 is already a large gain")
    hires = number("hiring", hiring, least=0, most=0.2, because="it is a share of jobs, per year")
    leave = number("leaving", leaving, least=0, most=1, because="it is a share of the jobless")
    seed = whole_number("seed", seed, least=0, because="it is a seed of chance")
    size = np.random.default_rng(seed).lognormal(0, 0.5, TOWNS)
    size *= 100 / size.sum()
    home = np.repeat(np.arange(INDUSTRIES), TOWNS_EACH)
    mix = np.bincount(home, size, INDUSTRIES) / 100
    policy = (lost, last, gain, hires, leave)
    jobs, jobless, left, output = _history(_start(h, size, home, mix), *policy)
    if h > 0:
        _, _, _, diverse = _history(_start(0.0, size, home, mix), *policy)
    else:
        diverse = output
    scale = 100 / diverse[0]
    histories = [jobs, jobless, left, output * scale, diverse * scale]
    for array in histories:
        array.flags.writeable = False
    return SimulatedDelta(h, last, *histories)


def _start(h: float, size: np.ndarray, home: np.ndarray, mix: np.ndarray) -> np.ndarray:
    """Jobs of each town in each industry."""
    at_home = np.eye(INDUSTRIES)[home]
    jobs: np.ndarray = size[:, None] * (h * at_home + (1 - h) * mix)
    return jobs


def _history(
    jobs: np.ndarray, lost: float, last: int, gain: float, hires: float, leave: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    jobs = jobs.copy()
    before = jobs[:, 0].copy()
    jobless, left = np.zeros(len(jobs)), np.zeros(len(jobs))
    totals = [np.zeros((len(jobs), YEARS + 1)) for _ in range(3)]
    output = np.zeros(YEARS + 1)
    for year in range(YEARS + 1):
        if year == SHOCK:
            jobless = lost * before
            jobs[:, 0] -= jobless
        elif year > SHOCK:
            if year >= SHOCK + last:  # orders are back
                back = np.minimum(jobless, before - jobs[:, 0])
                jobs[:, 0] += back
                jobless = jobless - back
            others = jobs[:, 1:].sum(axis=1)
            hired = np.minimum(jobless, hires * others)
            share = np.divide(hired, others, out=np.zeros_like(hired), where=others > 0)
            jobs[:, 1:] *= 1 + share[:, None]
            jobless = jobless - hired
            going = leave * jobless
            left, jobless = left + going, jobless - going
        for history, now in zip(totals, (jobs.sum(axis=1), jobless, left), strict=True):
            history[:, year] = now
        output[year] = (jobs ** (1 + gain)).sum()
    return totals[0], totals[1], totals[2], output
