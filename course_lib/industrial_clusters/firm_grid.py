"""Do modest wishes make sharp clusters? Firms that move on a grid (after Schelling)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pandas as pd

from course_lib.parameters import number, whole_number

EMPTY = -1
SWEEPS = 40


@dataclass(frozen=True, eq=False)
class FirmGrid:
    """Firms of several trades on a grid: the result of `firm_grid`.

    Attributes
    ----------
    sectors : int
        Number of trades.
    wanted : int
        Neighbours of its own trade, of eight, that a firm wants.
    sweep : int
        The sweep that is looked at.
    grids : numpy.ndarray of int8, shape (n_sweeps + 1, size, size)
        The trade in each cell, counted from 0; -1 where it is empty.
    moran : numpy.ndarray, shape (n_sweeps + 1,)
        Moran's I of the first trade after each sweep.
    alike : numpy.ndarray, shape (n_sweeps + 1,)
        Of a firm's neighbours, the share of its own trade, on average.
    moving : numpy.ndarray of int, shape (n_sweeps + 1,)
        Firms that are not content.
    """

    sectors: int
    wanted: int
    sweep: int
    grids: np.ndarray = field(repr=False)
    moran: np.ndarray = field(repr=False)
    alike: np.ndarray = field(repr=False)
    moving: np.ndarray = field(repr=False)

    @property
    def grid(self) -> np.ndarray:
        """The grid after the sweep that is looked at."""
        here: np.ndarray = self.grids[self.sweep]
        return here

    def to_frame(self) -> pd.DataFrame:
        """One row a sweep: ``moran``, ``alike``, ``moving``."""
        columns = {"moran": self.moran, "alike": self.alike, "moving": self.moving}
        return pd.DataFrame(columns, index=pd.RangeIndex(len(self.moran), name="sweep"))

    def summary(self) -> str:
        """How clustered, in one sentence."""
        return (
            f"Simulated, sweep {self.sweep}: {self.alike[self.sweep]:.0%} of a firm's neighbours "
            f"are of its own trade, Moran's I is {self.moran[self.sweep]:z.2f}, and "
            f"{self.moving[self.sweep]} firms are not content."
        )


def firm_grid(
    sectors: int = 2,
    wanted: int = 3,
    vacancy: float = 0.15,
    sweep: int = SWEEPS,
    seed: int = 0,
    size: int = 40,
    sweeps: int = SWEEPS,
) -> FirmGrid:
    """Firms move to an empty cell if too few of their eight neighbours are of their own trade.

    In each sweep all firms that are not content move at once, each to an empty cell drawn at
    random, and do not ask whether it is better there. If there are fewer empty cells than such
    firms, as many move as find one, drawn at random. The grid has no edge: its left side touches
    its right, and its top its bottom.

    Parameters
    ----------
    sectors : int
        Number of trades, 2 to 5, equally large.
    wanted : int
        Neighbours of its own trade that a firm wants, 0 to 8.
    vacancy : float
        Share of empty cells, above 0 and below 1.
    sweep : int
        The sweep that is looked at, 0 to ``sweeps``.
    seed : int
        Of the start and of the moves.
    size : int
        Cells along one side, 5 to 200.
    sweeps : int
        How many sweeps, at least 1.

    Returns
    -------
    FirmGrid

    Raises
    ------
    ValueError
        If a number is out of its range.

    References
    ----------
    Schelling, T. C. (1971). Dynamic models of segregation. Journal of Mathematical Sociology 1(2).

    Notes
    -----
    Schelling wrote of people and neighbourhoods. Firms and trades are this course's reading.

    Examples
    --------
    >>> found = firm_grid()
    >>> bool(abs(found.moran[0]) < 0.05), bool(found.moran[-1] > 0.4)
    (True, True)
    """
    sectors = whole_number("sectors", sectors, least=2, most=5, because="each needs a colour")
    wanted = whole_number("wanted", wanted, least=0, most=8, because="a cell has eight neighbours")
    vacancy = number(
        "vacancy",
        vacancy,
        above=0,
        below=1,
        because="firms need somewhere to move, and cells firms",
    )
    size = whole_number("size", size, least=5, most=200, because="larger ones take too long")
    sweeps = whole_number("sweeps", sweeps, least=1, because="firms have to move")
    sweep = whole_number("sweep", sweep, least=0, most=sweeps, because="there are no more sweeps")
    seed = whole_number("seed", seed, least=0, because="it fixes chance")
    return FirmGrid(sectors, wanted, sweep, *_run(sectors, wanted, vacancy, seed, size, sweeps))


@lru_cache(maxsize=32)
def _run(
    sectors: int, wanted: int, vacancy: float, seed: int, size: int, sweeps: int
) -> tuple[np.ndarray, ...]:
    random = np.random.default_rng(seed)
    cells = size * size
    empty = min(max(round(vacancy * cells), 1), cells - sectors)
    firms = np.arange(cells - empty, dtype=np.int64) % sectors
    grid = random.permutation(np.concatenate([np.full(empty, EMPTY), firms])).reshape(size, size)
    grids = np.empty((sweeps + 1, size, size), dtype=np.int8)
    measured: list[tuple[float, float, int]] = []
    for sweep in range(sweeps + 1):
        grids[sweep] = grid
        own, all_around = _neighbours(grid, sectors)
        occupied = grid != EMPTY
        leaving = np.flatnonzero(occupied & (own < wanted))
        around = np.maximum(all_around, 1)
        met = occupied & (all_around > 0)
        alike = float((own / around)[met].mean()) if met.any() else 0.0
        measured.append((_moran(grid == 0), alike, len(leaving)))
        free = np.flatnonzero(~occupied)
        number = min(len(leaving), len(free))
        movers = random.permutation(leaving)[:number]
        places = random.permutation(free)[:number]
        flat = grid.ravel().copy()
        flat[places] = flat[movers]
        flat[movers] = EMPTY
        grid = flat.reshape(size, size)
    moran, alike_all, moving = (np.array(column) for column in zip(*measured, strict=True))
    moving = moving.astype(np.int64)
    for array in (grids, moran, alike_all, moving):
        array.setflags(write=False)
    return grids, moran, alike_all, moving


def _around(layer: np.ndarray) -> np.ndarray:
    """The sum over the eight neighbours of each cell, on a grid without edge."""
    rows = layer + np.roll(layer, 1, axis=0) + np.roll(layer, -1, axis=0)
    block: np.ndarray = rows + np.roll(rows, 1, axis=1) + np.roll(rows, -1, axis=1) - layer
    return block


def _neighbours(grid: np.ndarray, sectors: int) -> tuple[np.ndarray, np.ndarray]:
    """Neighbours of each firm's own trade, and all its neighbours."""
    own = np.zeros(grid.shape, dtype=np.int64)
    for sector in range(sectors):
        here = grid == sector
        own[here] = _around(here.astype(np.int64))[here]
    return own, _around((grid != EMPTY).astype(np.int64))


def _moran(layer: np.ndarray) -> float:
    """Moran's I of a layer of zeros and ones; each cell has eight neighbours of weight 1/8.

    The same as `course_lib.measures.morans_i` with a list of neighbours, and hundreds of times
    quicker: it is taken after every sweep.
    """
    z = layer - layer.mean()
    total = float((z * z).sum())
    return float((z * _around(z)).sum() / 8 / total) if total > 0 else 0.0
