"""How an innovation spreads over a map: by neighbours, down the ranks of towns, past a barrier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from course_lib.parameters import number, whole_number

NOT_ADOPTED = -1
"""Stands in `Diffusion.adoption_step` for a cell that has not adopted by the last step."""

MEAN_INFORMATION_FIELD = np.array(
    [
        [0.0096, 0.0140, 0.0168, 0.0140, 0.0096],
        [0.0140, 0.0301, 0.0547, 0.0301, 0.0140],
        [0.0168, 0.0547, 0.4431, 0.0547, 0.0168],
        [0.0140, 0.0301, 0.0547, 0.0301, 0.0140],
        [0.0096, 0.0140, 0.0168, 0.0140, 0.0096],
    ]
)
"""Hagerstrand's mean information field: where a message of the centre cell goes.

As published: it sums to 0.9999. Each cell of Hagerstrand's is 5 km wide.
"""
MEAN_INFORMATION_FIELD.flags.writeable = False

_REACH = 2  # the field reaches two cells from its centre


@dataclass(frozen=True)
class Town:
    """A town on the map.

    Attributes
    ----------
    name : str
        Its name, used in tables and sentences.
    row, column : int
        Its cell; row 0 is the top of the map, column 0 its left edge.
    population : float
        Its people, thousands. Only their proportions matter.
    """

    name: str
    row: int
    column: int
    population: float


@dataclass(frozen=True, eq=False)
class Diffusion:
    """When each cell of a map adopts an innovation: the result of `diffusion`.

    Attributes
    ----------
    mode : str
        "contagious" or "hierarchical".
    adoption_step : numpy.ndarray of int64, shape (size, size)
        Step at which each cell adopts; 0 for those that know at the start, -1 (`NOT_ADOPTED`) for
        those that have not adopted by the last step.
    share : numpy.ndarray of float, shape (steps + 1,)
        Share of cells that have adopted by each step.
    towns : tuple of Town
        The towns on the map, as given.
    town_step : numpy.ndarray of int64, shape (n_towns,)
        Step at which each town's own cell adopts, -1 if it has not.
    barrier : int or None
        The barrier stands on the left edge of this column; None is an open map.
    gap_rows : tuple of int
        First row of the gap in the barrier, and the row after its last one.
    permeability : float
        Share of messages that get through the barrier outside the gap.
    """

    mode: str
    adoption_step: np.ndarray
    share: np.ndarray
    towns: tuple[Town, ...]
    town_step: np.ndarray
    barrier: int | None
    gap_rows: tuple[int, int]
    permeability: float

    @property
    def steps(self) -> int:
        """Number of steps."""
        return len(self.share) - 1

    @property
    def size(self) -> int:
        """Cells along one side of the map."""
        return len(self.adoption_step)

    def adopters(self, step: int) -> np.ndarray:
        """Which cells have adopted by `step`: bool, shape (size, size). A frame of the film."""
        step = whole_number(
            "step", step, least=0, most=self.steps, because="the run has no other steps"
        )
        return (self.adoption_step >= 0) & (self.adoption_step <= step)

    @property
    def town_order(self) -> tuple[str, ...]:
        """Names of the towns that adopted, in that order; of two in one step, the larger first."""
        adopted = [place for place, step in enumerate(self.town_step) if step >= 0]
        adopted.sort(key=lambda place: (self.town_step[place], -self.towns[place].population))
        return tuple(self.towns[place].name for place in adopted)

    @property
    def half_step(self) -> int:
        """First step by which half of the cells have adopted, -1 if that never comes."""
        return int(np.argmax(self.share >= 0.5)) if self.share[-1] >= 0.5 else NOT_ADOPTED

    def to_frame(self) -> pd.DataFrame:
        """The towns in the order in which they adopt, one row each."""
        frame = pd.DataFrame(
            {
                "population": [town.population for town in self.towns],
                "row": [town.row for town in self.towns],
                "column": [town.column for town in self.towns],
                "adoption_step": self.town_step,
            },
            index=pd.Index([town.name for town in self.towns], name="town"),
        )
        late = [town.name for town in self.towns if town.name not in self.town_order]
        return frame.loc[[*self.town_order, *late]]

    def summary(self) -> str:
        """One sentence: how far the news has come, and which towns had it first."""
        text = (
            f"After {self.steps} steps of {self.mode} diffusion "
            f"{100 * self.share[-1]:.0f}% of the map have adopted"
        )
        if self.half_step >= 0:
            text += f", half of it by step {self.half_step}"
        steps = {town.name: step for town, step in zip(self.towns, self.town_step, strict=True)}
        first = [f"{name} (step {steps[name]})" for name in self.town_order[:4]]
        if first:
            text += "; the first towns are " + ", ".join(first)
        return text + "."


def default_towns(size: int = 100) -> tuple[Town, ...]:
    """An invented map: eight towns by the rank-size rule, and two villages.

    Parameters
    ----------
    size : int
        Cells along one side of the map, 20 or more.

    Returns
    -------
    tuple of Town
        The town of rank r has 1,000 / r thousand people, a village has 500. *Near village*
        is eight cells from the first city on a map of 100, *Second city* forty-one.

    Raises
    ------
    ValueError
        If the map is too small for its towns.

    Examples
    --------
    >>> [(town.name, town.population) for town in default_towns()][:3]
    [('First city', 1000.0), ('Second city', 500.0), ('Third town', 333.0)]
    """
    size = whole_number(
        "size", size, least=20, most=1000, because="the towns of the default map need room"
    )
    places = [
        ("First city", 0.50, 0.30),
        ("Second city", 0.42, 0.70),
        ("Third town", 0.80, 0.56),
        ("Fourth town", 0.16, 0.48),
        ("Fifth town", 0.76, 0.12),
        ("Sixth town", 0.18, 0.86),
        ("Seventh town", 0.86, 0.86),
        ("Eighth town", 0.12, 0.12),
    ]
    towns = [
        Town(name, round(row * size), round(column * size), float(round(1000 / rank)))
        for rank, (name, row, column) in enumerate(places, start=1)
    ]
    villages = [("Near village", 0.58, 0.30), ("Far village", 0.62, 0.94)]
    towns += [
        Town(name, round(row * size), round(column * size), 0.5) for name, row, column in villages
    ]
    return tuple(towns)


def diffusion(
    mode: Literal["contagious", "hierarchical"] = "contagious",
    towns: Sequence[Town] | None = None,
    start: Sequence[str] | None = None,
    contacts: float = 1.0,
    gravity: float = 0.5,
    barrier: int | None = None,
    gap: int = 10,
    permeability: float = 0.0,
    steps: int = 100,
    size: int = 100,
    seed: int = 4,
) -> Diffusion:
    r"""Spread an innovation over a map of cells (after Hagerstrand 1953).

    *Contagious*: each cell that has adopted tells its surroundings, near cells more often than
    far ones: the mean information field says how often. *Hierarchical*: besides, each town that
    has adopted tells the other towns. The larger the two and the closer, the more often. A
    *barrier* stops messages, except at its gap.

    This is a mean-field form of the course's own. In Hagerstrand's, each adopter sends each
    message to one person, drawn by lot. Here a cell holds one household, and the lot is drawn for
    the listener: with the chance that at least one message of this step reaches it. Given who has
    adopted, that chance is the same in both forms. But here one message may reach two cells, or
    none. So the first steps vary more from seed to seed, and a run is on average a little slower.
    What is won is speed, and that two runs with one seed can be compared cell by cell.

    Parameters
    ----------
    mode : {"contagious", "hierarchical"}
        Whether towns tell each other over the heads of the countryside.
    towns : sequence of Town, optional
        Towns on the map; by default those of `default_towns`. They matter in both modes as places
        to watch and to start from, and in hierarchical mode as tellers.
    start : sequence of str, optional
        Names of the towns that know at the start; by default the largest.
    contacts : float
        Messages that each adopting cell sends to its surroundings in one step, 0 to 10.
    gravity : float
        Messages in one step between the two towns with the strongest tie, 0 to 10. Other pairs
        have fewer, in proportion to :math:`P_i P_j / d^2`, with populations :math:`P` and
        distance :math:`d`. Only in hierarchical mode.
    barrier : int, optional
        Column on whose left edge a barrier stands, 1 to size - 1; without it the map is open.
    gap : int
        Width of the gap in the middle of the barrier, cells, 0 to `size`.
    permeability : float
        Share of messages that get through the barrier outside the gap, 0 to 1.
    steps : int
        Number of steps, 1 to 1000.
    size : int
        Cells along one side of the map, 20 to 500.
    seed : int
        Fixes all chance: the same seed gives the same run.

    Returns
    -------
    Diffusion
        The step at which each cell adopts, from which every frame is picked.

    Raises
    ------
    ValueError
        If a parameter is out of range, a town lies off the map or on another town, or a name in
        `start` is no town.

    Notes
    -----
    A message of one adopter reaches a cell with probability :math:`m` (an entry of the field). If
    several are on their way, none reaches the cell with probability :math:`\prod (1 - m)`. So the
    cell's exposure in a step is the sum of :math:`-\ln(1 - m)` over all adopters, and it adopts
    as soon as its exposure since the start exceeds a number drawn for it at the start from the
    exponential distribution with mean 1. Messages from town to town add
    :math:`g P_i P_j / d^2` to the exposure of a town's cell. Messages that leave the map are lost.

    References
    ----------
    Hagerstrand, T. (1967). *Innovation Diffusion as a Spatial Process*. Translated by A. Pred
    from the Swedish of 1953. University of Chicago Press.

    Examples
    --------
    >>> near, far = diffusion(), diffusion("hierarchical")
    >>> near.town_order[:3]
    ('First city', 'Near village', 'Fifth town')
    >>> far.town_order[:3]
    ('First city', 'Second city', 'Third town')
    """
    if mode not in ("contagious", "hierarchical"):
        raise ValueError(f'mode must be "contagious" or "hierarchical" (got {mode!r})')
    size = whole_number("size", size, least=20, most=500, because="a map needs room, and time")
    steps = whole_number("steps", steps, least=1, most=1000, because="a run needs an end")
    contacts = number(
        "contacts", contacts, least=0, most=10, because="it counts messages of a cell in one step"
    )
    gravity = number(
        "gravity", gravity, least=0, most=10, because="it counts messages of a town in one step"
    )
    permeability = number(
        "permeability", permeability, least=0, most=1, because="it is a share of messages"
    )
    gap = whole_number("gap", gap, least=0, most=size, because="the barrier is as long as the map")
    if barrier is not None:
        barrier = whole_number(
            "barrier", barrier, least=1, most=size - 1, because="it stands between two columns"
        )
    seed = whole_number("seed", seed, least=0, most=2**63 - 1, because="it fixes chance")
    towns = _towns_on_map(default_towns(size) if towns is None else tuple(towns), size)
    tellers = _start_cells(towns, start, size)

    wall = _Wall(size if barrier is None else barrier, (size - gap) // 2, gap, permeability)
    field = _Field(contacts, wall, size)
    # Exposure that a town gives to each other town in one step, shape (n_towns, n_towns).
    calls = _town_calls(towns, gravity, wall) if mode == "hierarchical" else None
    town_cells = np.array([_padded(town.row, town.column, size) for town in towns])

    # One number a cell decides how much exposure it takes. The frame of two cells around the map
    # never adopts: what is sent there is lost.
    rng = np.random.default_rng(seed)
    padded = np.full((size + 2 * _REACH,) * 2, np.inf)
    inside = (slice(_REACH, -_REACH),) * 2
    padded[inside] = rng.standard_exponential((size, size))
    needed = padded.ravel()
    adoption = np.full(needed.size, NOT_ADOPTED, dtype=np.int64)
    exposure_a_step = np.zeros(needed.size)
    exposure = np.zeros(needed.size)

    new = tellers
    for step in range(steps + 1):
        adoption[new] = step
        needed[new] = np.inf
        field.tell(exposure_a_step, new)
        if calls is not None:
            callers = np.isin(town_cells, new)
            if callers.any():
                np.add.at(exposure_a_step, town_cells, calls[callers].sum(axis=0))
        exposure += exposure_a_step
        new = np.flatnonzero(exposure >= needed)

    adoption_step = adoption.reshape(padded.shape)[inside].copy()
    adopted = np.bincount(adoption_step[adoption_step >= 0], minlength=steps + 1)
    return Diffusion(
        mode=mode,
        adoption_step=adoption_step,
        share=np.cumsum(adopted) / size**2,
        towns=towns,
        town_step=adoption[town_cells],
        barrier=barrier,
        gap_rows=(wall.gap_start, wall.gap_start + gap),
        permeability=permeability,
    )


@dataclass(frozen=True)
class _Wall:
    """A barrier on the left edge of a column, with a gap. Beyond the map it stops nothing."""

    column: int
    gap_start: int
    gap: int
    permeability: float

    def passing(
        self, row: np.ndarray, column: np.ndarray, to_row: np.ndarray, to_column: np.ndarray
    ) -> np.ndarray:
        """Share of messages that arrive, going straight from one cell's centre to another's."""
        edge = self.column - 0.5
        crosses = (column < edge) != (to_column < edge)
        distance = np.where(crosses, to_column - column, 1)
        at_row = row + (to_row - row) * (edge - column) / distance
        # A row's cell reaches half a cell up and down from its centre.
        open_here = (at_row >= self.gap_start - 0.5) & (at_row < self.gap_start + self.gap - 0.5)
        return np.where(crosses & ~open_here, self.permeability, 1.0)


class _Field:
    """The mean information field, as exposure that adopting cells give to those around them."""

    def __init__(self, contacts: float, wall: _Wall, size: int) -> None:
        rows, columns = np.indices(MEAN_INFORMATION_FIELD.shape) - _REACH
        self.rows, self.columns = rows.ravel(), columns.ravel()
        self.chance = MEAN_INFORMATION_FIELD.ravel()
        self.contacts, self.wall = contacts, wall
        self.width = size + 2 * _REACH
        self.offsets = self.rows * self.width + self.columns
        self.open_ground = -contacts * np.log1p(-self.chance)

    def tell(self, exposure: np.ndarray, cells: np.ndarray) -> None:
        """Add to the exposure a step of all cells around these new adopters."""
        given = np.broadcast_to(self.open_ground, (len(cells), len(self.offsets)))
        row, column = np.divmod(cells, self.width)
        row, column = row - _REACH, column - _REACH
        near = np.flatnonzero(abs(column - self.wall.column + 0.5) < _REACH)
        if len(near):
            row, column = row[near, np.newaxis], column[near, np.newaxis]
            passing = self.wall.passing(row, column, row + self.rows, column + self.columns)
            given = given.copy()
            given[near] = -self.contacts * np.log1p(-passing * self.chance)
        np.add.at(exposure, (cells[:, np.newaxis] + self.offsets).ravel(), given.ravel())


def _town_calls(towns: tuple[Town, ...], gravity: float, wall: _Wall) -> np.ndarray:
    """Messages a step from each town to each other by P_i P_j / d^2, the strongest tie scaled."""
    row = np.array([town.row for town in towns], dtype=float)
    column = np.array([town.column for town in towns], dtype=float)
    people = np.array([town.population for town in towns], dtype=float)
    squared = (row[:, np.newaxis] - row) ** 2 + (column[:, np.newaxis] - column) ** 2
    np.fill_diagonal(squared, np.inf)  # a town does not call itself
    ties = people[:, np.newaxis] * people / squared
    strongest = ties.max()
    if strongest > 0:
        ties *= gravity / strongest
    return ties * wall.passing(row[:, np.newaxis], column[:, np.newaxis], row, column)


def _padded(row: int, column: int, size: int) -> int:
    """Place of a cell in the map with its frame of two cells, laid out in one line."""
    return (row + _REACH) * (size + 2 * _REACH) + column + _REACH


def _towns_on_map(towns: tuple[Town, ...], size: int) -> tuple[Town, ...]:
    if not towns:
        raise ValueError("towns must name at least one town: the news has to start somewhere")
    names: set[str] = set()
    taken: dict[tuple[int, int], str] = {}
    for town in towns:
        if town.name in names:
            raise ValueError(f"two towns are called {town.name!r}: give each town its own name")
        names.add(town.name)
        for axis, place in (("row", town.row), ("column", town.column)):
            whole_number(
                f"{axis} of {town.name}", place, least=0, most=size - 1, because="it is off the map"
            )
        number(f"population of {town.name}", town.population, above=0, because="nobody lives there")
        cell = (town.row, town.column)
        if cell in taken:
            raise ValueError(
                f"{taken[cell]} and {town.name} lie on one cell {cell}: move one of them"
            )
        taken[cell] = town.name
    return towns


def _start_cells(towns: tuple[Town, ...], start: Sequence[str] | None, size: int) -> np.ndarray:
    by_name = {town.name: town for town in towns}
    if start is None:
        start = (max(towns, key=lambda town: town.population).name,)
    elif isinstance(start, str):
        start = (start,)
    if not start:
        raise ValueError("start must name at least one town: somebody has to know first")
    for name in start:
        if name not in by_name:
            raise ValueError(
                f"start names {name!r}, which is no town on the map: choose among "
                + ", ".join(by_name)
            )
    cells = {_padded(by_name[name].row, by_name[name].column, size) for name in start}
    return np.array(sorted(cells), dtype=np.int64)
