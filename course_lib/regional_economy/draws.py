"""Laws drawn at random: what follows from a theory, and what from one value of a parameter?"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from course_lib.parameters import one_of, whole_number
from course_lib.regional_economy.laws import MAY_DIFFER, Laws

RANGES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "urbanisation": (0.0, 0.10),
        "localisation": (0.0, 0.08),
        "diffusion": (0.0, 0.15),
        "migration": (0.0, 0.08),
        "research_yield": (0.001, 0.005),
        "complementarity": (0.2, 1.0),
        "mobile_saving": (0.0, 0.6),
        "advantage_spread": (0.1, 0.4),
        "learning": (0.05, 0.15),
        "budget": (0.02, 0.06),
    }
)
"""Between which values each law is drawn; the others stay as they are."""


def draw_laws(
    number: int, seed: int = 0, ranges: Mapping[str, tuple[float, float]] = RANGES
) -> tuple[Laws, ...]:
    """Draw laws, each value anywhere in its range with the same chance.

    Parameters
    ----------
    number : int
        How many.
    seed : int
        Fixes the draws. The first ten draws are the same whether ten or a thousand are wanted.
    ranges : mapping from str to (float, float)
        Lowest and highest value of each law that is drawn.

    Returns
    -------
    tuple of Laws

    Raises
    ------
    ValueError
        If a name is no law that may be drawn, or a range is out of its limits.

    Examples
    --------
    >>> [round(laws.migration, 3) for laws in draw_laws(2, ranges={"migration": (0.0, 0.08)})]
    [0.051, 0.022]
    """
    whole_number("number", number, least=1, because="it counts draws")
    whole_number("seed", seed, least=0, because="it fixes the draws")
    if not ranges:
        raise ValueError("ranges must name at least one law, such as {'migration': (0.0, 0.08)}")
    for name, limits in ranges.items():
        one_of("a law to draw", name, MAY_DIFFER)
        if np.shape(limits) != (2,):
            raise ValueError(
                f"the range of {name} must be two numbers, lowest and highest (got {limits!r})"
            )
        for limit in limits:  # the law itself says which values it can have
            one: dict[str, Any] = {name: limit}
            Laws(**one)
        if limits[0] > limits[1]:
            raise ValueError(f"the range of {name} must go from low to high (got {limits!r})")
    chance = np.random.default_rng(seed)
    low, high = np.array(list(ranges.values()), dtype=float).T
    drawn = chance.uniform(low, high, size=(number, len(ranges)))
    return tuple(Laws(**dict(zip(ranges, values.tolist(), strict=True))) for values in drawn)
