"""A small lab to test the kit with, and how a picture is drawn when nothing is saved on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib import rc_context

from course_lib.lab import IntSlider, Lab, Prediction, Slider, style
from course_lib.lab.canvas import Canvas


@dataclass(frozen=True)
class Budget:
    """What is left of an income, year by year."""

    income: float
    spent: float
    years: int

    @property
    def saved(self) -> np.ndarray:
        return (self.income - self.spent) * np.arange(self.years + 1)

    def to_frame(self) -> pd.DataFrame:
        return pd.DataFrame({"saved": self.saved}).rename_axis("year")

    def summary(self) -> str:
        return f"After {self.years} years {self.saved[-1]:g} <units> are saved & safe."


def budget(income: float = 3.0, spent: float = 2.0, years: int = 10, rounded: bool = False):
    """A model with a rule between two parameters, and one that no control sets."""
    if spent > income:
        raise ValueError(
            f"Nobody can spend {spent:g} of an income of {income:g}: raise the income."
        )
    if years == 13:
        raise ZeroDivisionError("thirteen")
    return Budget(income, spent, years)


def savings(axes):
    (line,) = axes.plot([], [])
    axes.set(xlim=(0, 20), ylim=(0, 100))
    return lambda result: line.set_data(np.arange(result.years + 1), result.saved)


def more_or_less(before: Budget, after: Budget) -> str:
    return "more" if after.saved[-1] > before.saved[-1] else "not more"


def budget_lab(**changes) -> Lab:
    declaration = {
        "title": "How much is saved?",
        "model": budget,
        "chart": savings,
        "controls": {
            "income": Slider(0, 5, 0.1, label="Income"),
            "spent": Slider(0, 5, 0.1, label="Spent"),
            "years": IntSlider(1, 20, label="Years"),
        },
        "predict": Prediction(
            "You work for twice as long. Is more saved?",
            ["more", "not more"],
            setting={"years": 20},
            outcome=more_or_less,
            because="Each year adds the same.",
        ),
        "size": (3, 2),
        "play": "years",
    }
    return Lab(**(declaration | changes))


def open_lab(**changes) -> Lab:
    """The same without a question."""
    return budget_lab(predict=None, **changes)


def redrawn(canvas: Canvas) -> np.ndarray:
    """The picture with its background drawn anew: what a step must leave exactly as it is."""
    with rc_context(style.RC):
        canvas._agg.draw()
        canvas._draw_animated()
    return canvas.pixels().copy()


def all_at_once(canvas: Canvas) -> np.ndarray:
    """The picture as matplotlib draws it when nothing is animated."""
    animated = canvas._animated()
    for artist in animated:
        artist.set_animated(False)
    with rc_context(style.RC):
        canvas._agg.draw()
    for artist in animated:
        artist.set_animated(True)
    return canvas.pixels().copy()


def changed_pixels(one: np.ndarray, other: np.ndarray) -> int:
    return int((one != other).any(axis=-1).sum())
