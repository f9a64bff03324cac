"""A chart on a figure, drawn quickly again and again.

A chart is a function that gets axes, draws on them once and returns how to update the drawing::

    def cost_curves(axes):
        (line,) = axes.plot([], [])

        def update(result):
            line.set_data(result.age, result.unit_cost)

        return update

`Canvas` keeps that figure and draws it by blitting. What a chart has added to its axes are
*animated artists*: a step restores a copy of the *background* (axes, labels, ticks, grid) and draws
them on it. Texts and legends stay in the background as well, until they change for the first time.
But what lies over an area (an image, points, bars) is animated with it, or it would be covered, and
so are texts that lie over a line. A legend takes long to draw, and stays under lines: that shows
only in the few pixels where they cross.

If something in the background changes (limits, ticks, a title, a text), ``figure.stale`` is set,
and the background is drawn again. So a chart need not say which artists are animated.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.spines import Spine
from matplotlib.text import Annotation, Text
from PIL import Image

from course_lib.lab import style
from course_lib.lab.alone import alone
from course_lib.lab.contracts import Chart
from course_lib.lab.fonts import not_drawable
from course_lib.lab.lines import wrapped
from course_lib.lab.style import DENSITY, POINTS_PER_INCH
from course_lib.lab.text_cache import TextCacheCanvas


class Canvas:
    """A chart on a figure of its own, without pyplot and without anything global.

    Parameters
    ----------
    chart : callable
        Gets axes (or an array of axes, if there are several panels), returns ``update(result)``.
    size : (float, float)
        Width and height in inches; 9 inches fill the page of a notebook.
    panels : (int, int)
        Rows and columns of axes.
    """

    @alone
    def __init__(
        self, chart: Chart, size: tuple[float, float] = (9, 4), panels: tuple[int, int] = (1, 1)
    ):
        self.full_draws = 0
        self._background: Any = None
        self._in_background: set[Artist] = set()
        self._ghost: Any = None
        with rc_context(style.settings()):
            self.figure = Figure(figsize=size, dpi=POINTS_PER_INCH * DENSITY, layout="constrained")
            self._agg = TextCacheCanvas(self.figure)
            self._update = chart(self.figure.subplots(*panels))

    @alone
    def show(self, result: Any, ghost: Any = None) -> Canvas:
        """Draw ``result``, and ``ghost`` faintly beneath it where one is given."""
        with rc_context(style.settings()):
            self._update(result)
            if self._background is None or self.figure.stale:
                self._draw_background()
            if ghost is None:
                self._agg.restore_region(self._background)
            else:
                if self._ghost is None or self._ghost[0] is not ghost:
                    self._draw_ghost(ghost, result)
                self._agg.restore_region(self._ghost[1])
            self._draw_animated()
        self.figure.stale = False
        return self

    def pixels(self) -> np.ndarray:
        """The picture as an array of shape (height, width, 4), values 0 to 255."""
        return np.asarray(self._agg.buffer_rgba())

    def jpeg(self) -> bytes:
        """The picture for the screen: encoded three times as fast as a PNG."""
        # RGBX: matplotlib's alpha channel is passed over instead of being copied away
        image = Image.frombuffer(
            "RGBX", self._agg.get_width_height(), self._agg.buffer_rgba(), "raw", "RGBX", 0, 1
        )
        file = io.BytesIO()
        image.save(file, "jpeg", quality=92, subsampling=0)
        return file.getvalue()

    @alone
    def png(self, caption: str = "", density: float = DENSITY) -> bytes:
        """The picture for a file, with a caption beneath it where one is given."""
        image = Image.fromarray(self.pixels()[..., :3])
        if caption:
            image = _stacked(image, _caption(caption, self.figure.get_figwidth()))
        if density != DENSITY:
            scale = density / DENSITY
            image = image.resize(
                (round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS
            )
            image = image.quantize(128, dither=Image.Dither.NONE)
        file = io.BytesIO()
        image.save(file, "png")
        return file.getvalue()

    def _draw_background(self) -> None:
        first = self._background is None
        self._mark_animated()
        self._agg.draw()
        if first:  # that was with everything, to find the layout
            # It takes longer than all the rest of a full draw, and axes that move would disturb.
            self.figure.set_layout_engine("none")
            self._agg.draw()
        self._background = self._agg.copy_from_bbox(self.figure.bbox)
        self._in_background = {artist for artist in self._artists() if not artist.get_animated()}
        self._ghost = None
        self.full_draws += 1

    def _draw_ghost(self, ghost: Any, result: Any) -> None:
        """Background and ghost change together, so both are kept as one image."""
        # First only look what differs between the two: the background must not show it.
        in_background = self._update_to_ghost(ghost)
        self._update(result)
        if self._mark_animated() or in_background:
            self._draw_background()
        self._update_to_ghost(ghost)
        self._agg.restore_region(self._background)
        with _faint(self._animated()):
            self._draw_animated()
        self._ghost = (ghost, self._agg.copy_from_bbox(self.figure.bbox))
        self._update(result)
        self._mark_animated()  # an update may have put new artists in place of the old

    def _update_to_ghost(self, ghost: Any) -> bool:
        with _limits_kept(self.figure.axes):
            self._update(ghost)
        return self._mark_animated()

    def _mark_animated(self) -> bool:
        """Mark the animated artists; is any of them still in the background?"""
        in_background = False
        for axes in self._axes():
            over_area = over_line = False
            for artist in _in_drawing_order(axes):
                # An annotation is not marked as stale when its arrow is.
                text = isinstance(artist, Text) and not isinstance(artist, Annotation)
                legend = isinstance(artist, Legend)
                covered = over_area or (text and over_line)
                changed = artist.stale and self._background is not None
                if not artist.get_animated() and (covered or changed or not (text or legend)):
                    artist.set_animated(True)
                    in_background = in_background or artist in self._in_background
                over_area = over_area or _is_area(artist)
                over_line = over_line or isinstance(artist, Line2D)
        return in_background

    def _draw_animated(self) -> None:
        for artist in self._animated():
            axes = artist.axes
            assert axes is not None
            axes.draw_artist(artist)

    def _animated(self) -> list[Artist]:
        return [artist for artist in self._artists() if artist.get_animated()]

    def _artists(self) -> list[Artist]:
        """All that a chart has drawn, in the order in which matplotlib draws it."""
        return [artist for axes in self._axes() for artist in _in_drawing_order(axes)]

    def _axes(self) -> list[Axes]:
        """The axes that carry data: a colour bar changes only when its scale does."""
        return [
            axes
            for axes in sorted(self.figure.axes, key=lambda axes: axes.get_zorder())
            if axes.get_visible() and not hasattr(axes, "_colorbar")
        ]


def _is_area(artist: Artist) -> bool:
    """Whether an artist hides what has been drawn beneath it."""
    return isinstance(artist, AxesImage | Collection | Patch | Axes) and not isinstance(
        artist, Spine
    )


def _in_drawing_order(axes: Axes) -> list[Artist]:
    """What a chart has drawn, and the spines: the children of the axes without their frame."""
    frame = {
        id(axes.patch),
        id(axes.xaxis),
        id(axes.yaxis),
        *(id(text) for text in (axes.title, axes._left_title, axes._right_title)),  # type: ignore[attr-defined]
    }
    if not (axes.axison and axes.get_frame_on()):
        frame |= {id(spine) for spine in axes.spines.values()}
    artists = [artist for artist in axes.get_children() if id(artist) not in frame]
    return sorted(artists, key=lambda artist: artist.get_zorder())


@contextmanager
def _limits_kept(all_axes: list[Axes]) -> Iterator[None]:
    """A ghost is drawn on the scale of the present picture, whatever its own would be."""
    limits = [(axes, axes.get_xlim(), axes.get_ylim()) for axes in all_axes]
    try:
        yield
    finally:
        for axes, xlim, ylim in limits:  # auto=None: a chart that scales itself goes on doing so
            axes.set_xlim(xlim, auto=None)
            axes.set_ylim(ylim, auto=None)


@contextmanager
def _faint(artists: list[Artist]) -> Iterator[None]:
    """Pale and without text: how a ghost looks."""
    before = [(artist, artist.get_alpha(), artist.get_visible()) for artist in artists]
    try:
        for artist, alpha, visible in before:
            artist.set_alpha(0.35 if alpha is None else 0.35 * alpha)
            artist.set_visible(visible and not isinstance(artist, Text | Legend | Spine))
        yield
    finally:
        for artist, alpha, visible in before:
            artist.set_alpha(alpha)
            artist.set_visible(visible)


def _caption(text: str, width: float) -> Image.Image:
    wide = int(width * 12.6)
    if lacking := not_drawable(text):
        codes = ", ".join(f"U+{ord(sign):04X}" for sign in lacking)
        text += f"\nBoxes stand for signs that the fonts of the course lack: {codes}."
    lines = [line for part in text.split("\n") for line in wrapped(part, wide)]
    with rc_context(style.settings()):
        figure = Figure(figsize=(width, 0.22 * len(lines) + 0.16), dpi=POINTS_PER_INCH * DENSITY)
        canvas = FigureCanvasAgg(figure)
        figure.text(
            0.01,
            0.98,
            "\n".join(lines),
            va="top",
            fontsize=10.5,
            linespacing=1.35,
            parse_math=False,  # two dollar signs in a sentence are money, not a formula
        )
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Glyph .* missing")  # said in the caption
            canvas.draw()
    return Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3])


def _stacked(above: Image.Image, below: Image.Image) -> Image.Image:
    image = Image.new("RGB", (max(above.width, below.width), above.height + below.height), "white")
    image.paste(above, (0, 0))
    image.paste(below, (0, above.height))
    return image
