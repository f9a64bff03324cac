"""What charts draw again and again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D


def set_panel_widths(axes: Axes, ratios: Sequence[float]) -> None:
    """Make the panels of the figure that holds ``axes`` as wide as these ratios."""
    grid = axes.get_gridspec()
    assert grid is not None, "Canvas makes its axes with subplots()"
    grid.set_width_ratios(ratios)


def show_if(shown: bool, line: Line2D, x: Any, y: Any) -> None:
    """Give a line its data, or none: a number or an array for each of ``x`` and ``y``."""
    if shown:
        line.set_data(np.atleast_1d(x), np.atleast_1d(y))
    else:
        line.set_data([], [])
