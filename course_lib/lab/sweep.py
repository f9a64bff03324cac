"""One number of a lab over the whole range of one control."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from course_lib.lab import style
from course_lib.lab.contracts import Chart, Update
from course_lib.lab.controls import Seed, Slider
from course_lib.lab.state import LabState

if TYPE_CHECKING:
    import pandas as pd

POINTS = 25  # of a range at most: a sweep runs the model so many times
SEEDS = 10  # histories at each point, where chance plays a part


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
            return f"{self.control}: no setting of it is possible with the other controls."
        least, most = np.nanargmin(self.values), np.nanargmax(self.values)
        if self.values[least] == self.values[most]:
            return f"{self.outcome} stays at {self.values[least]:.4g} over all of “{self.control}”."
        said = (
            f"{self.outcome} is least, {self.values[least]:.4g}, at {self.at[least]:g} and "
            f"largest, {self.values[most]:.4g}, at {self.at[most]:g} of “{self.control}”."
        )
        band = f" The band holds {SEEDS} seeds of chance." if self.low is not None else ""
        return said + band


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
    at = _points(slider)
    seeds = [name for name, one in lab.controls.items() if isinstance(one, Seed)]

    def number(values: Mapping[str, Any]) -> float:
        try:
            return float(headline.value(lab.model(**values)))
        except ValueError:  # the model refuses this setting
            return np.nan

    values = np.array([number(lab.values | {control: one}) for one in at])
    low = high = None
    if seeds:
        drawn = np.array(
            [
                [number(lab.values | {control: one, seeds[0]: seed}) for seed in range(SEEDS)]
                for one in at
            ]
        )
        low, high = drawn.min(axis=1), drawn.max(axis=1)
    label = f"{slider.label} ({slider.unit})" if slider.unit else slider.label
    present = (float(lab.values[control]), float(headline.value(lab.result)))
    return Sweep(label, headline.label_with_unit, np.array(at), values, low, high, present)


def _points(slider: Slider) -> list[Any]:
    """Positions of the slider, evenly spread, both ends among them."""
    steps = round((slider.high - slider.low) / slider.step)
    places = np.unique(np.linspace(0, steps, min(steps + 1, POINTS)).round())
    on_grid = [slider.low + place * slider.step for place in places]
    return [slider.check(min(slider.high, slider.value_type(round(one, 10)))) for one in on_grid]


def sweep_chart(result: Sweep) -> Chart:
    """The chart of one sweep: the line, the band over seeds, and where the lab stands."""

    def chart(axes: Any) -> Update:
        axes.set(xlabel=result.control, ylabel=result.outcome)
        if result.low is not None and result.high is not None:
            axes.fill_between(
                result.at, result.low, result.high, color=style.PALE, label=f"over {SEEDS} seeds"
            )
        axes.plot(result.at, result.values, color=style.BLUE, label="with this seed")
        axes.plot(
            *result.present, "o", color=style.ORANGE, markersize=9, label="where the lab stands"
        )
        if result.low is None:
            axes.annotate(
                "the lab stands here",
                result.present,
                textcoords="offset points",
                xytext=(0, 10),
                ha="center",
                color=style.ORANGE,
            )
        else:
            axes.legend(loc="best")
        axes.margins(0.05, 0.15)
        return lambda _: None

    return chart
