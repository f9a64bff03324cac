"""One frame of the film of a diffusion: the run is made once, and a step only picks a frame."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from course_lib.caching import read_only
from course_lib.gradient_transition.diffusion import Diffusion, diffusion
from course_lib.parameters import whole_number

STEPS = 100
BARRIER_COLUMN = 50
"""Half-way between the first and the second city of the default map."""

_RUNS_KEPT = 32


@dataclass(frozen=True, eq=False)
class DiffusionFrame:
    """The map after some steps: the result of `diffusion_frame`.

    Attributes
    ----------
    run : Diffusion
        The whole run.
    step : int
        The step that is shown.
    """

    run: Diffusion
    step: int

    @property
    def share(self) -> float:
        """Share of cells that have adopted by this step."""
        return float(self.run.share[self.step])

    @property
    def towns_reached(self) -> tuple[str, ...]:
        """Towns that have adopted by this step, in that order."""
        steps = self.steps_of_towns
        return tuple(name for name in self.run.town_order if steps[name] <= self.step)

    @property
    def steps_of_towns(self) -> dict[str, int]:
        """Step at which each town adopts, -1 if it does not."""
        names = (town.name for town in self.run.towns)
        return dict(zip(names, self.run.town_step.tolist(), strict=True))

    def to_frame(self) -> pd.DataFrame:
        """The towns in the order in which they adopt, one row each."""
        return self.run.to_frame()

    def summary(self) -> str:
        """One sentence: how far the news has come, and which towns have it."""
        steps = self.steps_of_towns
        reached = [f"{name} ({steps[name]})" for name in self.towns_reached]
        wall = ", with a barrier" if self.run.barrier is not None else ""
        if self.run.barrier is not None and self.run.permeability > 0:
            wall += f" that lets {self.run.permeability:.0%} of messages through"
        return (
            f"Step {self.step}, {self.run.mode} diffusion{wall}: {self.share:.0%} of the cells "
            f"have adopted; {len(reached)} of {len(steps)} places have the news, in brackets since "
            f"which step: {', '.join(reached)}."
        )


def diffusion_frame(
    step: int = 40,
    mode: str = "contagious",
    permeability: float = 1.0,
    seed: int = 4,
) -> DiffusionFrame:
    """Run a diffusion on the default map of 100 by 100 cells, and stop the film at one step.

    Parameters
    ----------
    step : int
        Step at which the film stops, 0 to 100.
    mode : {"contagious", "hierarchical"}
        By neighbours only, or also from town to town. See `diffusion`.
    permeability : float
        Share of messages that a barrier with a gap, between the first and the second city, lets
        through outside the gap, 0 to 1. At 1 there is no barrier.
    seed : int
        Fixes all chance.

    Returns
    -------
    DiffusionFrame
        The run, and the step at which to look at it.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Examples
    --------
    >>> diffusion_frame(step=20).towns_reached
    ('First city', 'Near village')
    >>> diffusion_frame(step=20, mode="hierarchical").towns_reached[:3]
    ('First city', 'Second city', 'Third town')
    """
    step = whole_number("step", step, least=0, most=STEPS, because="the run has no other steps")
    return DiffusionFrame(_run(mode, permeability, seed), step)


@lru_cache(maxsize=_RUNS_KEPT)
def _run(mode: str, permeability: float, seed: int) -> Diffusion:
    run = diffusion(
        mode,  # type: ignore[arg-type]
        barrier=BARRIER_COLUMN if permeability < 1 else None,
        permeability=permeability,
        steps=STEPS,
        seed=seed,
    )
    return read_only(run)
