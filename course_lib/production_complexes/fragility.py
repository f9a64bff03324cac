"""How often a complex works if each layer needs the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.parameters import number, numbers, whole_number
from course_lib.sentence import counted

LONGEST_CHAIN, MOST_SUPPLIERS = 8, 5


@dataclass(frozen=True, eq=False)
class Chain:
    """A chain of layers with several suppliers in each: the result of `chain`.

    Attributes
    ----------
    layers, suppliers : int
        Layers of the chain, and plants in each that make the same good.
    chance : float
        Chance that one plant works on a day, 0 to 1.
    shock : float
        Chance that a whole layer fails at once: a flood, a strike, one common grid.
    works : float
        Chance that the chain works: in each layer at least one plant does.
    by_suppliers : numpy.ndarray of float, shape (5,)
        The same with 1 to 5 suppliers in each layer.
    ceiling : float
        What no number of suppliers can pass.
    day : numpy.ndarray of bool, shape (suppliers, layers)
        One simulated day: which plants work.
    """

    layers: int
    suppliers: int
    chance: float
    shock: float
    works: float
    by_suppliers: np.ndarray
    ceiling: float
    day: np.ndarray

    @property
    def works_on_the_day(self) -> bool:
        """Whether the chain works on the simulated day."""
        return bool(self.day.any(axis=0).all())

    def to_frame(self) -> pd.DataFrame:
        """One row for each number of suppliers: how often the chain works, and its plants."""
        suppliers = np.arange(1, MOST_SUPPLIERS + 1, dtype=np.int64)
        return pd.DataFrame(
            {"works": self.by_suppliers, "plants": suppliers * self.layers},
            index=pd.Index(suppliers, name="suppliers_in_each_layer"),
        )

    def summary(self) -> str:
        """One sentence: how often a plant works, and how often the whole chain."""
        text = (
            f"A plant works on {1000 * self.chance:.0f} of 1000 days; a chain of "
            f"{counted(self.layers, 'layer')} with {counted(self.suppliers, 'plant')} in each "
            f"works on {_days(self.works)}"
        )
        if self.shock:
            return (
                f"{text}. Shocks that hit a whole layer let it work on at most "
                f"{1000 * self.ceiling:.0f}, however many suppliers there are."
            )
        return f"{text}."


def _days(chance: float) -> str:
    """Days of 1000; what is rounded up to all of them is not called all."""
    return "nearly all" if 0.9995 <= chance < 1 else f"{1000 * chance:.0f}"


def chain_works(chances: Sequence[float], suppliers: Sequence[int], shock: float = 0.0) -> float:
    r"""Chance that in every layer of a chain at least one plant works.

    Parameters
    ----------
    chances : sequence of float, length n_layers
        Of each layer the chance that one of its plants works.
    suppliers : sequence of int, length n_layers
        Plants in each layer that make the same good.
    shock : float
        Chance that a whole layer fails at once.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the lists do not go together, or a number is out of range.

    Notes
    -----
    .. math:: \prod_l (1-q)\,\bigl(1-(1-p_l)^{R_l}\bigr)

    Examples
    --------
    >>> [round(chain_works([0.9] * 4, [r] * 4), 4) for r in (1, 2, 3)]
    [0.6561, 0.9606, 0.996]
    """
    p, r = numbers("chances", chances, "layer"), numbers("suppliers", suppliers, "layer")
    if len(p) != len(r):
        raise ValueError(
            f"chances and suppliers must go together (got {len(p)} and {len(r)} layers): give one "
            "of each for every layer"
        )
    for layer, (one, many) in enumerate(zip(p.tolist(), suppliers, strict=True), 1):
        number(f"chance in layer {layer}", one, least=0, most=1, because="it is a chance")
        whole_number(f"suppliers in layer {layer}", many, least=1, because="one has to deliver")
    q = number("shock", shock, least=0, most=1, because="it is a chance")
    return float(np.prod((1 - q) * (1 - (1 - p) ** r)))


def chain(
    layers: int = 4, chance: float = 0.9, suppliers: int = 1, shock: float = 0.0, seed: int = 1
) -> Chain:
    """A chain of layers, each of which needs the one before it.

    Parameters
    ----------
    layers : int
        Layers, 1 to 8: core, main, supplementary, and so on.
    chance : float
        Chance that one plant works on a day, 0 to 1.
    suppliers : int
        Plants in each layer that make the same good, 1 to 5.
    shock : float
        Chance that a whole layer fails at once, 0 to 1. This part is the course's own.
    seed : int
        Where chance starts, for the simulated day.

    Returns
    -------
    Chain
        How often the chain works, with any number of suppliers, and one simulated day.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Examples
    --------
    >>> print(chain(suppliers=2).summary())
    A plant works on 900 of 1000 days; a chain of 4 layers with 2 plants in each works on 961.
    """
    many = whole_number(
        "layers", layers, least=1, most=LONGEST_CHAIN, because="the picture has room for so many"
    )
    p = number("chance", chance, least=0, most=1, because="it is a chance")
    r = whole_number(
        "suppliers",
        suppliers,
        least=1,
        most=MOST_SUPPLIERS,
        because="the picture has room for so many",
    )
    q = number("shock", shock, least=0, most=1, because="it is a chance")
    start = whole_number("seed", seed, least=0, because="it starts the generator of chance")
    # A whole table of draws, so that a plant keeps its luck when others are added.
    rng = np.random.default_rng(start)
    luck = rng.random((MOST_SUPPLIERS, LONGEST_CHAIN))
    spared = rng.random(LONGEST_CHAIN) >= q
    day = ((luck < p) & spared)[:r, :many]
    by_suppliers = np.array(
        [chain_works([p] * many, [n] * many, q) for n in range(1, MOST_SUPPLIERS + 1)]
    )
    for kept in (day, by_suppliers):
        kept.flags.writeable = False
    return Chain(many, r, p, q, float(by_suppliers[r - 1]), by_suppliers, (1 - q) ** many, day)
