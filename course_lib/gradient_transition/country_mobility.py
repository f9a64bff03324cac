"""Moves between income classes in two countries: what the lab of mobility shows."""

from __future__ import annotations

from functools import lru_cache

from course_lib import measures
from course_lib.caching import with_own_tables
from course_lib.gradient_transition.country_panels import CHINA, COUNTRIES, panel_of
from course_lib.measures import IncomeMobility
from course_lib.parameters import one_of

CLASSES = {"once for all years": "pooled", "anew in each year": "within_year"}
"""Ways to draw income classes, by the name that a student reads."""


def country_mobility(
    country: str = CHINA, classes_drawn: str = "once for all years", classes: int = 5
) -> IncomeMobility:
    """How often do regions move between income classes, and where does that lead?

    Parameters
    ----------
    country : {"US states", "China's provinces"}
        Whose regions.
    classes_drawn : {"once for all years", "anew in each year"}
        Once: the same limits of relative income in all years (pooled). Anew: equally full
        classes in each year, so that a class is a rank.
    classes : int
        Number of classes, equally full in the figures from which they are drawn.

    Returns
    -------
    course_lib.measures.IncomeMobility
        Moves from one year to the next, their chances, and the long run.

    Raises
    ------
    ValueError
        If there is no such country or way to draw classes, or a class is never left or reached.

    Examples
    --------
    >>> country_mobility().steady_state.round(2).tolist()
    [0.1, 0.13, 0.18, 0.25, 0.35]
    """
    drawn = CLASSES[one_of("classes_drawn", classes_drawn, CLASSES)]
    return with_own_tables(_mobility(one_of("country", country, COUNTRIES), drawn, classes))


@lru_cache(maxsize=32)
def _mobility(country: str, how: str, classes: int) -> IncomeMobility:
    return measures.income_mobility(panel_of(country), classes, how)
