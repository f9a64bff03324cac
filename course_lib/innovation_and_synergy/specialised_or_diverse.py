"""One industry or many: where do ideas come from, and what does a shock do?"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.parameters import number, numbers, whole_number

MOST_INDUSTRIES = 16
"""Right end of the axis of industries."""


@dataclass(frozen=True, eq=False)
class TwoCities:
    """A city with one industry and a city with several: the result of `specialised_or_diverse`.

    Attributes
    ----------
    same_industry, variety : float
        The parameters as they were given.
    industries : int
        Industries of the diverse city, all of one size.
    shock_year : int
        Year in which the first industry of each city shrinks.
    growth : numpy.ndarray of float, shape (2,)
        Growth of output per worker, per year: specialised city, diverse city.
    time : numpy.ndarray of float, shape (n_years,)
        Years, from 0.
    output : numpy.ndarray of float, shape (n_years, 2)
        Output of both cities, 1 at the start.
    """

    same_industry: float
    variety: float
    industries: int
    shock_year: int
    growth: np.ndarray
    time: np.ndarray
    output: np.ndarray

    @property
    def larger(self) -> str:
        """Which city has more output at the end: "specialised", "diverse" or "neither"."""
        specialised, diverse = self.output[-1]
        if math.isclose(specialised, diverse, rel_tol=1e-9):
            return "neither"
        return "specialised" if specialised > diverse else "diverse"

    def to_frame(self) -> pd.DataFrame:
        """Output of both cities, one row a year."""
        return pd.DataFrame(
            self.output,
            columns=["specialised", "diverse"],
            index=pd.Index(self.time, name="year"),
            copy=True,
        )

    def summary(self) -> str:
        """One sentence: how fast both grow, and where they end."""
        if self.industries == 1:
            return (
                f"Both cities have 1 industry: they grow by {self.growth[0]:.2%} a year, and in "
                f"year {self.time[-1]:.0f} each makes {self.output[-1, 0]:.2f} times as much as at "
                "the start."
            )
        return (
            f"The city with 1 industry grows by {self.growth[0]:.2%} a year, the city with "
            f"{self.industries} industries by {self.growth[1]:.2%}; in year "
            f"{self.time[-1]:.0f} they make "
            f"{self.output[-1, 0]:.2f} and {self.output[-1, 1]:.2f} times as much as at the start."
        )


def specialised_or_diverse(
    same_industry: float = 0.006,
    variety: float = 0.004,
    industries: int = 4,
    workers: float = 100.0,
    shock: float = 0.5,
    shock_year: int = 25,
    horizon: int = 40,
) -> TwoCities:
    r"""A specialised and a diverse city of equal size: who grows, and who survives a shock?

    Ideas come from firms of the same industry (Marshall, Arrow and Romer) or from firms of other
    industries (Jacobs). The two terms are those that Glaeser and others (1992) compared; this
    growth law and the shock are this course's own.

    Parameters
    ----------
    same_industry : float
        What workers of the same industry nearby add to growth, :math:`m`, per year and unit of
        the logarithm of their number.
    variety : float
        What variety adds to growth, :math:`j`, per year and unit of entropy.
    industries : int
        Industries of the diverse city, all of one size, :math:`k`, 1 to 16.
    workers : float
        Workers in each city, thousands, at least 16, so that every industry has a thousand.
    shock : float
        Part of the first industry that is lost in `shock_year`, 0 to 1.
    shock_year : int
        Year of the shock, from 1 to `horizon`.
    horizon : int
        Last year.

    Returns
    -------
    TwoCities

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    Growth of output per worker in an industry with :math:`L_s` workers is
    :math:`m \ln L_s + j H`, where :math:`H` is the city's entropy. Averaged over all workers that
    is :math:`m \ln L + (j - m) H`: see `mean_growth`. So variety pays if and only if
    :math:`j > m`, however the workers are spread over industries. After the shock growth goes on
    as before, from a smaller base: whoever loses work moves away.

    References
    ----------
    Glaeser, E. L., Kallal, H. D., Scheinkman, J. A. and Shleifer, A. (1992). Growth in cities.
    *Journal of Political Economy* 100(6), 1126-1152.

    Jacobs, J. (1969). *The Economy of Cities*. Random House.

    Examples
    --------
    >>> calm = specialised_or_diverse(shock=0.0)
    >>> calm.larger, specialised_or_diverse().larger
    ('specialised', 'diverse')
    """
    same_industry = number("same_industry", same_industry, least=0, because="it adds to growth")
    variety = number("variety", variety, least=0, because="it adds to growth")
    industries = whole_number(
        "industries", industries, least=1, most=MOST_INDUSTRIES, because="it counts industries"
    )
    workers = number(
        "workers", workers, least=MOST_INDUSTRIES, because="each industry needs a thousand"
    )
    shock = number("shock", shock, least=0, most=1, because="it is the part that is lost")
    horizon = whole_number("horizon", horizon, least=1, because="it is the last year")
    shock_year = whole_number(
        "shock_year", shock_year, least=1, most=horizon, because="it must be seen"
    )
    growth = np.array(
        [
            mean_growth(np.full(count, workers / count), same_industry, variety)
            for count in (1, industries)
        ]
    )
    time = np.arange(horizon + 1, dtype=float)
    left = 1 - shock / np.array([1, industries])
    output = np.exp(time[:, None] * growth) * np.where(time[:, None] >= shock_year, left, 1.0)
    for array in (growth, time, output):
        array.flags.writeable = False
    return TwoCities(same_industry, variety, industries, shock_year, growth, time, output)


def mean_growth(workers: object, same_industry: float, variety: float) -> float:
    r"""Growth of output per worker in a city, averaged over its workers.

    Parameters
    ----------
    workers : array-like of float, shape (n_industries,)
        Workers in each industry, :math:`L_s`, thousands, each above 0.
    same_industry, variety : float
        As in `specialised_or_diverse`: :math:`m` and :math:`j`, per year.

    Returns
    -------
    float
        :math:`\sum_s f_s (m \ln L_s + j H)` with the shares :math:`f_s` and the entropy
        :math:`H = -\sum_s f_s \ln f_s`, per year.

    Raises
    ------
    ValueError
        If an industry has no workers.

    Examples
    --------
    One industry of 100 or four of 25: with m = j there is no difference.

    >>> one, four = mean_growth([100], 0.01, 0.01), mean_growth([25] * 4, 0.01, 0.01)
    >>> round(one - four, 12)
    0.0
    """
    people = numbers("workers", workers, "industry")
    if not (people > 0).all():
        raise ValueError(
            f"workers must be above 0 in each industry (got {workers!r}): leave the empty ones out"
        )
    share = people / people.sum()
    entropy = -float(share @ np.log(share))
    return float(share @ (same_industry * np.log(people)) + variety * entropy)
