"""Would darts have done the same? Plants thrown at a map of eight regions."""

from __future__ import annotations

import numpy as np

from course_lib.measures import Dartboard, dartboard
from course_lib.parameters import number, whole_number

BOARD = (0.30, 0.20, 0.14, 0.11, 0.09, 0.07, 0.05, 0.04)
"""Shares of the eight regions in all employment: the fields of the board."""


def thrown_plants(
    plants: int = 100, largest: float = 0.0, gamma: float = 0.0, seed: int = 0, runs: int = 400
) -> Dartboard:
    """Throw the plants of an industry at eight regions; one of them may be larger than the rest.

    Parameters
    ----------
    plants : int
        Number of plants, 2 to 200.
    largest : float
        Share of the industry's jobs that the largest plant has *more* than an equal part, 0 to
        0.9: 0 makes all plants equal.
    gamma : float
        The pull between plants, 0 (darts) to 1.
    seed : int
        Of the throws.
    runs : int
        How many throws, at least 2.

    Returns
    -------
    Dartboard

    Raises
    ------
    ValueError
        If a number is out of its range.

    References
    ----------
    Ellison, G. and Glaeser, E. L. (1997). Geographic concentration in U.S. manufacturing
    industries: a dartboard approach. Journal of Political Economy 105(5).

    Examples
    --------
    Ten plants look more concentrated than a hundred, wherever darts put them:

    >>> few, many = thrown_plants(plants=10), thrown_plants(plants=100)
    >>> bool(few.raw.mean() > 5 * many.raw.mean()), abs(few.mean) < 0.02
    (True, True)
    """
    plants = whole_number("plants", plants, least=2, most=200, because="one plant has no neighbour")
    largest = number("largest", largest, least=0, most=0.9, because="others have to have a part")
    sizes = np.full(plants, (1 - largest) / plants)
    sizes[0] += largest
    return dartboard(sizes, BOARD, gamma=gamma, runs=runs, seed=seed)
