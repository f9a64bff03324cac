"""What the kit expects of a model's result and of a chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from matplotlib.axes import Axes

if TYPE_CHECKING:
    import pandas as pd


class Result(Protocol):
    """What a model returns: one sentence and one table say all of it."""

    def summary(self) -> str:
        """Say the result in one sentence: caption, alternative text, live region."""

    def to_frame(self) -> pd.DataFrame:
        """Return the numbers as a table of the caller's own."""


Update = Callable[[Any], None]  # any result: each chart names the class that it draws
Panels = Sequence[Axes]  # the array of axes of a figure with one row or one column of panels
PanelGrid = Sequence[Panels]  # ... and of one with several of both
Chart = Callable[[Any], Update]  # gets Axes, Panels or PanelGrid
