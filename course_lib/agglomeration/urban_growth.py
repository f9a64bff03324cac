"""Why a city pays, first for its own industry and then for others, and when it is too large."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.numerics import bisection
from course_lib.parameters import number

SMALLEST, LARGEST = 1.0, 1e6
"""Ends of the axis of city sizes, thousand people."""

N_SIZES = 241


# --- localisation and urbanisation


@dataclass(frozen=True, eq=False)
class TwoStages:
    """A city that grows in two stages: the result of `two_stages`.

    Attributes
    ----------
    localisation, urbanisation, own_growth, other_growth : float
        The parameters as they were given.
    doublings : numpy.ndarray of float, shape (n_points,)
        How often the city has doubled since the start.
    gain : numpy.ndarray of float, shape (n_points,)
        Productivity of the first industry, at the start 1.
    ends_first : float
        Doublings at which the first stage ends.
    """

    localisation: float
    urbanisation: float
    own_growth: float
    other_growth: float
    doublings: np.ndarray
    gain: np.ndarray
    ends_first: float

    @property
    def gain_first(self) -> float:
        """Rise of productivity in the first stage, as a factor minus 1."""
        return math.expm1((self.localisation + self.urbanisation) * math.log(self.own_growth))

    @property
    def gain_second(self) -> float:
        """Rise of productivity in the second stage, as a factor minus 1."""
        return math.expm1(self.urbanisation * math.log(self.other_growth))

    @property
    def per_doubling(self) -> tuple[float, float]:
        """Rise of productivity when the city doubles, in the first and in the second stage."""
        return (
            math.expm1((self.localisation + self.urbanisation) * math.log(2)),
            math.expm1(self.urbanisation * math.log(2)),
        )

    def to_frame(self) -> pd.DataFrame:
        """Size of the city and productivity of its first industry, both 1 at the start."""
        return pd.DataFrame(
            {"size_of_the_city": 2**self.doublings, "productivity": self.gain},
            index=pd.Index(self.doublings, name="doublings"),
        )

    def summary(self) -> str:
        """One sentence: what each stage brings."""
        first, second = self.per_doubling
        return (
            f"The first stage raises productivity by {self.gain_first:.1%}, the second by "
            f"{self.gain_second:.1%}; a doubling brings {first:.1%} in the first and "
            f"{second:.1%} in the second."
        )


def two_stages(
    localisation: float = 0.04,
    urbanisation: float = 0.03,
    own_growth: float = 8.0,
    other_growth: float = 8.0,
) -> TwoStages:
    r"""Let a city grow by its own industry first, and by other industries later.

    Hoover's terms: economies of **localisation** come from firms of the same industry, economies
    of **urbanisation** from the size of the whole city. An own firm counts for both.

    Parameters
    ----------
    localisation : float
        Elasticity of productivity to the size of the own industry in the city, a pure number.
    urbanisation : float
        Elasticity of productivity to the size of the whole city, a pure number.
    own_growth : float
        In the first stage the city is its one industry, and grows by this factor, at least 1.
    other_growth : float
        In the second stage others come, and the city grows by this factor, at least 1. The first
        industry stays as large as it is.

    Returns
    -------
    TwoStages
        Productivity of the first industry along the way.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    Productivity is :math:`n^{\alpha} N^{\beta}` with :math:`n` for the jobs of the industry and
    :math:`N` for those of the city. In the first stage :math:`n = N`. So a doubling there raises
    it by the factor :math:`2^{\alpha+\beta}`, and in the second stage by :math:`2^{\beta}`.

    References
    ----------
    Hoover, E. M. (1937). *Location Theory and the Shoe and Leather Industries*. Harvard
    University Press.

    Henderson, J. V. (2003). Marshall's scale economies. *Journal of Urban Economics* 53(1), 1-28.

    Examples
    --------
    >>> print(two_stages().summary())
    The first stage raises productivity by 15.7%, the second by 6.4%; a doubling brings 5.0% in
    the first and 2.1% in the second.
    """
    kind = "it is an elasticity: 0.05 says 3.5 per cent more for twice the size"
    localisation = number("localisation", localisation, least=-0.5, most=0.5, because=kind)
    urbanisation = number("urbanisation", urbanisation, least=-0.5, most=0.5, because=kind)
    grows = "1 means that it stays as it is"
    own_growth = number("own_growth", own_growth, least=1, most=1e6, because=grows)
    other_growth = number("other_growth", other_growth, least=1, most=1e6, because=grows)
    first, second = math.log2(own_growth), math.log2(other_growth)
    doublings = np.concatenate(
        [np.linspace(0, first, 61), np.linspace(first, first + second, 61)[1:]]
    )
    logs = localisation * np.minimum(doublings, first) + urbanisation * doublings
    return TwoStages(
        localisation, urbanisation, own_growth, other_growth, doublings, 2.0**logs, first
    )


# --- congestion and the best size


@dataclass(frozen=True, eq=False)
class CitySize:
    """Output, cost of crowding and what is left, over the size of a city: result of `city_size`.

    Attributes
    ----------
    elasticity, productivity, congestion, congestion_elasticity : float
        The parameters as they were given.
    size : numpy.ndarray of float, shape (n_sizes,)
        People in the city, thousands.
    output, crowding, left : numpy.ndarray of float, shape (n_sizes,)
        Output per person, cost of crowding per person, and what is left, money.
    best_size : float
        Size at which most is left for each person, thousands.
    best_left : float
        What is left there, money.
    too_large : float
        Size beyond `best_size` at which as little is left as in a town of a thousand. Thousands.
        Who leaves alone, for a place where nobody is, finds less than in such a town.
    """

    elasticity: float
    productivity: float
    congestion: float
    congestion_elasticity: float
    size: np.ndarray
    output: np.ndarray
    crowding: np.ndarray
    left: np.ndarray
    best_size: float
    best_left: float
    too_large: float

    def to_frame(self) -> pd.DataFrame:
        """Output, cost of crowding and what is left, one row a size."""
        return pd.DataFrame(
            {"output": self.output, "cost_of_crowding": self.crowding, "left": self.left},
            index=pd.Index(self.size, name="thousand_people"),
        )

    def summary(self) -> str:
        """One sentence: the best size, and where as little is left as in a small town."""
        return (
            f"A city is best at {_people(self.best_size)}, where {self.best_left:.2f} is left for "
            f"each person; with {_people(self.too_large)}, "
            f"{_times(self.too_large / self.best_size)} as many, as little is left as in a town of "
            "a thousand."
        )


def city_size(
    elasticity: float = 0.05,
    productivity: float = 10.0,
    congestion: float = 0.1,
    congestion_elasticity: float = 0.5,
) -> CitySize:
    r"""What a city brings and what it costs each of its people, and the size at which it is best.

    Parameters
    ----------
    elasticity : float
        Elasticity of output per person to the size of the city, :math:`\epsilon`, above 0.
    productivity : float
        Output per person in a city of a thousand, :math:`A`, money.
    congestion : float
        Cost of crowding per person in a city of a thousand, :math:`t`, money: the way to work, the
        rent, the air.
    congestion_elasticity : float
        Elasticity of that cost to the size of the city, :math:`g`, above `elasticity`.

    Returns
    -------
    CitySize
        Output, crowding and what is left, and the best size.

    Raises
    ------
    ValueError
        If a parameter is out of range, or a city of a thousand is too large already.

    Notes
    -----
    What is left is :math:`A N^\epsilon - t N^g`, and most is left at
    :math:`N^* = \left(\frac{\epsilon A}{g t}\right)^{1/(g-\epsilon)}`. The idea that gains rise
    more slowly than costs is Henderson's; the form is a textbook one.

    References
    ----------
    Henderson, J. V. (1974). The sizes and types of cities. *American Economic Review* 64(4),
    640-656.

    Examples
    --------
    >>> round(city_size().best_size, 2)
    166.81
    """
    elasticity = number(
        "elasticity", elasticity, above=0, below=1, because="without a gain there is no city"
    )
    productivity = number("productivity", productivity, above=0, because="people make something")
    congestion = number(
        "congestion",
        congestion,
        above=0,
        because="without a cost of crowding all people would live in one city",
    )
    congestion_elasticity = number(
        "congestion_elasticity",
        congestion_elasticity,
        above=elasticity,
        most=3,
        because="the cost of crowding must rise faster than output, or a city grows without end",
    )
    gap = congestion_elasticity - elasticity
    log_best = math.log(elasticity * productivity / (congestion_elasticity * congestion)) / gap
    if log_best <= 0:
        raise ValueError(
            f"congestion is so high ({congestion:g}) that a city of a thousand is too large "
            "already: lower congestion or congestion_elasticity, or raise elasticity"
        )
    if log_best > 600:
        raise ValueError(
            "the best city would hold more people than can be counted: raise congestion, or the "
            "distance between elasticity and congestion_elasticity"
        )

    def left_at(log_size: float) -> float:
        return productivity * math.exp(elasticity * log_size) - congestion * math.exp(
            congestion_elasticity * log_size
        )

    size = np.geomspace(SMALLEST, LARGEST, N_SIZES)
    output = productivity * size**elasticity
    crowding = congestion * size**congestion_elasticity
    return CitySize(
        elasticity=elasticity,
        productivity=productivity,
        congestion=congestion,
        congestion_elasticity=congestion_elasticity,
        size=size,
        output=output,
        crowding=crowding,
        left=output - crowding,
        best_size=math.exp(log_best),
        best_left=left_at(log_best),
        # Where nothing would be left at all is further out still, and there is an end to look at.
        too_large=math.exp(
            bisection(
                lambda log_size: left_at(log_size) - left_at(0.0),
                log_best,
                math.log(productivity / congestion) / gap,
            )
        ),
    )


def _people(thousands: float) -> str:
    if thousands < 10:
        return f"{1000 * thousands:,.0f} people"
    if thousands < 1000:
        return f"{thousands:.0f} thousand people"
    return f"{thousands / 1000:,.1f} million people"


def _times(ratio: float) -> str:
    return f"{ratio:.1f} times" if ratio < 10 else f"{ratio:,.0f} times"
