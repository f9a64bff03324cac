"""How quickly do the labs answer on a large table of a reader's own? Simulated, of any size."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from course_lib.regions import Region, make_region
from course_lib.your_own_region.readiness import labs_by_name

if TYPE_CHECKING:
    from course_lib.lab import Lab

MOVES = 8
SIZES = ((400, 100, 20),)
"""Regions, industries and years. With ``python -m course_lib.dev.bench_regions 3000 500 20`` any
other size is measured."""


def large_region(regions: int, industries: int, years: int) -> Region:
    """A simulated country: incomes, people, groups, jobs, flows, places and neighbours.

    Examples
    --------
    >>> small = large_region(30, 5, 4)
    >>> small.panel.shape, small.jobs.cells[2003].shape
    ((4, 30), (30, 5))
    """
    chance = np.random.default_rng(0)
    names = [f"Region {place:04d}" for place in range(regions)]
    when = list(range(2000, 2000 + years))
    start = chance.lognormal(10, 0.3, regions)
    growth = chance.normal(0.02, 0.02, (years, regions)).cumsum(axis=0)
    incomes = pd.DataFrame(
        {
            "region": np.tile(names, years),
            "year": np.repeat(when, regions),
            "per_head": (start * np.exp(growth)).round(2).ravel(),
            "people": np.tile(chance.integers(10_000, 1_000_000, regions), years),
            "part": np.tile([f"Part {place % 5}" for place in range(regions)], years),
        }
    )
    cells = chance.lognormal(4, 1.5, (years * regions, industries)).round() + 1
    jobs = pd.DataFrame(cells, columns=[f"Industry {place:03d}" for place in range(industries)])
    jobs.insert(0, "year", np.repeat(when, regions))
    jobs.insert(0, "region", np.tile(names, years))
    inputs = chance.uniform(0, 0.9 / industries, (industries, industries))
    output = np.linalg.solve(np.eye(industries) - inputs, chance.uniform(50, 400, industries))
    sectors = list(jobs.columns[2:])
    flows = pd.DataFrame(inputs * output, sectors, sectors).assign(output=output)
    ring = pd.DataFrame({"region": names, "neighbour": [*names[1:], names[0]]})
    around = np.linspace(0, 2 * np.pi, regions, endpoint=False)
    places = pd.DataFrame(
        {"region": names, "longitude": 10 + 5 * np.cos(around), "latitude": 50 + 3 * np.sin(around)}
    )
    return make_region(
        "Simulated regions",
        incomes={"table": incomes, "groups": ["part"]},
        jobs=jobs,
        flows=flows.rename_axis("sector").reset_index(),
        neighbours=ring,
        places=places,
    )


def region_steps(
    regions: int, industries: int, years: int
) -> list[tuple[str, float, float | None]]:
    """Milliseconds: reading, making each lab, and a step of its slowest control, picture included.

    Returns
    -------
    list of (str, float, None)
        What was measured, and how long it took.
    """
    size = f"{regions:,} x {industries:,} x {years}"
    begun = time.perf_counter()
    region = large_region(regions, industries, years)
    rows: list[tuple[str, float, float | None]] = [
        (f"made up and read, {size}", _since(begun), None)
    ]
    for name, make in labs_by_name().items():
        begun = time.perf_counter()
        lab = make(region)
        lab.canvas.jpeg()
        rows.append((f"{name}: first picture", _since(begun), None))
        slowest, control = max((_step(lab, control), control) for control in lab.controls)
        rows.append((f"{name}: a step of {control}", slowest, None))
    return rows


def _step(lab: Lab, name: str) -> float:
    """Median of steps to new values; the first two warm up."""
    taken = []
    for value in _values(lab.controls[name]):
        begun = time.perf_counter()
        lab.set(**{name: value})
        lab.canvas.jpeg()
        taken.append(_since(begun))
    lab.set(**{name: lab.defaults[name]})
    return statistics.median(taken[2:] or taken)


def _values(control: Any) -> list[Any]:
    from course_lib.lab import Slider

    if isinstance(control, Slider):
        places = np.linspace(control.low, control.high, MOVES)
        steps = ((places - control.low) / control.step).round()
        return [
            type(control.low)(min(control.high, control.low + step * control.step))
            for step in steps
        ]
    options = list(getattr(control, "options", ())) or control.extremes()
    if control.extremes() and isinstance(control.extremes()[0], tuple):
        return [(option,) for option in options[:MOVES]]
    return options[:MOVES]


def _since(begun: float) -> float:
    return 1000 * (time.perf_counter() - begun)


if __name__ == "__main__":
    import resource
    import sys

    for what, spent, _ in region_steps(*(int(size) for size in sys.argv[1:4])):
        print(f"{what:<58}{spent:10.1f}")
    print(f"memory, megabytes: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")
