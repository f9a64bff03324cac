"""One number of a lab over the whole range of one control."""

from __future__ import annotations

import math
import textwrap
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from course_lib.lab import style
from course_lib.lab.contracts import Chart, Update
from course_lib.lab.controls import Seed, Slider
from course_lib.lab.state import LabState
from course_lib.lab.words_table import number_in_words

if TYPE_CHECKING:
    import pandas as pd

POINTS, FEWEST_POINTS = 25, 7  # of a range: a sweep runs the model so many times
SEEDS, FEWEST_SEEDS = 10, 3  # histories at each point, where chance plays a part
OF_AN_AXIS = 28  # letters that fit beside the axis
PATIENCE = 6.0  # seconds that a sweep may take: a slow model is run at fewer points and seeds


@dataclass(frozen=True, eq=False)
class Sweep:
    """What one number does while one control goes over its range.

    Attributes
    ----------
    control, outcome : str
        What moves, and what follows, both with their units.
    at : numpy.ndarray, shape (n_points,)
        Where the control stood.
    values : numpy.ndarray, shape (n_points,)
        The number there; not a number where the model refuses the setting.
    low, high : numpy.ndarray, shape (n_points,), or None
        The least and the largest number over several seeds of chance.
    seeds : int
        Over how many: none where the lab has no chance, or where its model is too slow.
    present : (float, float)
        Where the lab stands, and its number.
    """

    control: str
    outcome: str
    at: np.ndarray
    values: np.ndarray
    low: np.ndarray | None
    high: np.ndarray | None
    present: tuple[float, float]
    seeds: int = 0

    def to_frame(self) -> pd.DataFrame:
        """A row for each point, with the columns value, low and high."""
        import pandas as pd

        columns = {"value": self.values}
        if self.low is not None and self.high is not None:
            columns |= {"low": self.low, "high": self.high}
        return pd.DataFrame(columns, index=pd.Index(self.at, name="at"))

    def summary(self) -> str:
        """Least and largest number, and where, in one sentence."""
        if np.isnan(self.values).all():
            return f"{self.control}: no setting of it gives this number with the other controls."
        least, most = np.nanargmin(self.values), np.nanargmax(self.values)
        if math.isclose(self.values[least], self.values[most], rel_tol=1e-6):
            level = number_in_words(float(self.values[least]))
            return f"{self.outcome} stays at {level} over all of “{self.control}”.{self._band}"
        low, high = (number_in_words(float(self.values[place])) for place in (least, most))
        return (
            f"{self.outcome} is least, {low}, at {self.at[least]:g} and largest, {high}, at "
            f"{self.at[most]:g} of “{self.control}”.{self._band}"
        )

    @property
    def _band(self) -> str:
        if self.low is None:
            return ""
        return f" The band goes from the least to the largest number of {self.seeds} seeds."


def sweepable(lab: LabState) -> dict[str, str]:
    """The controls that can be swept, and their labels."""
    return {
        name: control.label for name, control in lab.controls.items() if isinstance(control, Slider)
    }


def sweep(lab: LabState, control: str) -> Sweep:
    """Run the model over the whole range of one slider, the other controls as they stand.

    Parameters
    ----------
    lab : LabState
        A lab with a headline. It stays as it is.
    control : str
        The name of a slider. Where the lab has a seed of chance, each point is run with several
        seeds as well.

    Raises
    ------
    ValueError
        If the lab names no headline, or the control is no slider.
    """
    headline = lab.headline
    if headline is None:
        raise ValueError(f"The lab {lab.title!r} does not say which number counts.")
    slider = lab.controls.get(control)
    if not isinstance(slider, Slider):
        raise ValueError(f"Only a slider can be swept: choose one of {', '.join(sweepable(lab))}.")
    chance = [name for name, one in lab.controls.items() if isinstance(one, Seed)]
    deadline = time.perf_counter() + PATIENCE

    def number(changed: Mapping[str, Any]) -> float:
        try:
            return headline.of(lab.model(**{**lab.values, **changed}))
        except ValueError:  # the model refuses this setting
            return np.nan

    # Few points first, then those between and the seeds, as long as there is time.
    few, all_of_them = _points(slider, FEWEST_POINTS), _points(slider, POINTS)
    numbers = {one: number({control: one}) for one in few}
    between = [one for one in all_of_them if one not in numbers]
    for one in [*between[::2], *between[1::2]]:
        if time.perf_counter() > deadline:
            break
        numbers[one] = number({control: one})
    at = sorted(numbers)
    values = np.array([numbers[one] for one in at])
    drawn: list[list[float]] = []
    while chance and len(drawn) < SEEDS and time.perf_counter() < deadline:
        drawn.append([number({control: one, chance[0]: len(drawn)}) for one in at])
    seeds, low, high = 0, None, None
    if len(drawn) >= FEWEST_SEEDS:
        seeds = len(drawn)
        over_seeds = np.vstack([values, *map(np.array, drawn)])
        low, high = np.fmin.reduce(over_seeds), np.fmax.reduce(over_seeds)
    label = f"{slider.label} ({slider.unit})" if slider.unit else slider.label
    present = (float(lab.values[control]), headline.of(lab.result))
    return Sweep(label, headline.label_with_unit, np.array(at), values, low, high, present, seeds)


def _points(slider: Slider, most: int) -> list[Any]:
    """Positions of the slider, at most so many, evenly spread, both ends among them."""
    steps = round((slider.high - slider.low) / slider.step)
    places = np.unique(np.linspace(0, steps, min(steps + 1, most)).round())
    on_grid = [slider.low + place * slider.step for place in places]
    return [slider.check(min(slider.high, slider.value_type(round(one, 10)))) for one in on_grid]


def sweep_chart(result: Sweep) -> Chart:
    """The chart of one sweep: the line, the band over seeds, and where the lab stands."""

    def chart(axes: Any) -> Update:
        axes.set(xlabel=result.control, ylabel=textwrap.fill(result.outcome, OF_AN_AXIS))
        if result.low is not None and result.high is not None:
            axes.fill_between(
                result.at,
                result.low,
                result.high,
                color=style.PALE,
                label=f"over {result.seeds} seeds",
            )
        seeded = result.low is not None
        axes.plot(
            result.at,
            result.values,
            color=style.BLUE,
            label="with this seed" if seeded else "the other controls as they stand",
        )
        axes.plot(
            *result.present, "o", color=style.ORANGE, markersize=9, label="where the lab stands"
        )
        axes.legend(loc="best")
        axes.margins(0.05, 0.15)
        return lambda _: None

    return chart
