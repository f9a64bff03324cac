"""What charts draw again and again: ticks, labels that keep apart, lines with gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import NullLocator

# The bbox of a text that lines may run beneath.
WHITE_BOX: Any = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.5}


def set_panel_widths(axes: Axes, ratios: Sequence[float]) -> None:
    """Make the panels of the figure that holds ``axes`` as wide as these ratios."""
    grid = axes.get_gridspec()
    assert grid is not None, "Canvas makes its axes with subplots()"
    grid.set_width_ratios(ratios)


def plain_ticks(axis: Axis, values: Sequence[float]) -> None:
    """On a logarithmic axis: ticks at these values, as plain numbers, and no minor ticks."""
    axis.set_ticks(list(values), [f"{value:,g}" for value in values])
    axis.set_minor_locator(NullLocator())


def percent_ticks(axis: Axis, shares: Sequence[float]) -> None:
    """Ticks at these shares, written in per cent."""
    axis.set_ticks(list(shares), [f"{share:.0%}" for share in shares])


def spread_labels(
    heights: Sequence[float] | np.ndarray, gap: float, low: float = -np.inf, high: float = np.inf
) -> np.ndarray:
    """Heights for labels that do not overlap, as near as possible to the heights wanted.

    Parameters
    ----------
    heights : sequence of float, shape (n,)
        Where each label would stand if it were alone; of two equal ones, the second is the higher.
    gap : float
        Least distance between two labels. On a logarithmic axis, give the logarithms of both.
    low, high : float
        Between which all of them stand, if there is room.

    Returns
    -------
    numpy.ndarray, shape (n,)
        The heights that minimise the sum of squared shifts: an isotonic regression of the
        heights less the gaps below them, by the pooling of adjacent violators.

    Examples
    --------
    >>> spread_labels([0.5, 0.5, 0.9], gap=0.2)
    array([0.4, 0.6, 0.9])
    >>> spread_labels([0.5, 0.0], gap=0.2, low=0.1)
    array([0.5, 0.1])
    """
    desired = np.asarray(heights, dtype=float)
    order = np.argsort(desired, kind="stable")
    below = gap * np.arange(len(desired))
    blocks: list[list[float]] = []  # labels that touch, and so move together
    for height in desired[order] - below:
        blocks.append([height])
        while len(blocks) > 1 and np.mean(blocks[-2]) > np.mean(blocks[-1]):
            upper = blocks.pop()
            blocks[-1] += upper
    pooled = np.array([np.mean(block) for block in blocks for _ in block])
    placed = np.empty_like(desired)
    placed[order] = np.minimum(np.maximum(pooled, low), high - below[-1:]) + below
    return placed


def place_text(text: Text, words: str, position: tuple[float, float]) -> None:
    """Set words and position; a text that stays where it was leaves the background as it is.

    `Text.set_position` marks the artist as stale even if nothing changes; `Text.set_text` does not.
    """
    text.set_text(words)
    if words and text.get_position() != position:
        text.set_position(position)


def show_if(shown: bool, line: Line2D, x: Any, y: Any) -> None:
    """Give a line its data or, if it is not shown, none.

    ``x`` and ``y`` are numbers or arrays; a number stands for as many as the other has.
    """
    if shown:
        line.set_data(*np.broadcast_arrays(np.atleast_1d(x), np.atleast_1d(y)))
    else:
        line.set_data([], [])


def with_gaps(curves: Iterable[Any]) -> tuple[np.ndarray, np.ndarray]:
    """Several curves as the data of one line, with a NaN after each.

    One artist is drawn much faster than many.

    Parameters
    ----------
    curves : iterable of array-like, each of shape (n, 2)
        Points of each curve, (x, y).

    Returns
    -------
    x, y : numpy.ndarray
        For ``Line2D.set_data``.
    """
    gap = np.full((1, 2), np.nan)
    parts = [part for curve in curves for part in (np.asarray(curve, dtype=float), gap)]
    points = np.concatenate(parts or [gap])
    return points[:, 0], points[:, 1]


class CellImage(AxesImage):
    """An image that fills its axes, each pixel in the colour of its cell.

    Nearest-neighbour resampling without the transforms of `AxesImage`, which take about ten times
    as long. It neither smooths nor rotates nor clips.
    """

    def make_image(
        self, renderer: Any, magnification: float = 1.0, unsampled: bool = False
    ) -> tuple[np.ndarray, float, float, Any]:
        """Return the pixels as (height, width, 4) bytes, their left and bottom, no transform."""
        box = self.axes.bbox
        left, bottom = round(box.x0), round(box.y0)
        width, height = round(box.x1) - left, round(box.y1) - bottom
        colours = np.asarray(self.get_array())
        # The renderer puts the first row of what it gets at the bottom.
        rows = np.arange(height)[::-1] * len(colours) // height
        columns = np.arange(width) * colours.shape[1] // width
        # RGBA as one uint32: so a cell is fetched at once.
        packed = np.ascontiguousarray(colours).view(np.uint32)[..., 0]
        image = packed[:, columns][rows].view(np.uint8).reshape(height, width, 4)
        return image, left, bottom, None


def cell_image(axes: Axes, extent: tuple[float, float, float, float]) -> CellImage:
    """Add an image of cells to the axes.

    Its ``set_data`` takes colours of shape (rows, columns, 4), uint8, the first row on top.
    """
    image = CellImage(axes, extent=extent, origin="upper", zorder=1)
    image.set_data(np.full((1, 1, 4), 255, dtype=np.uint8))
    image.set_clip_path(axes.patch)
    axes.add_image(image)
    return image
