"""A cache of rendered text: each string is rasterised once, and its image is copied from then on.

Rasterising text glyph by glyph is most of what a step of a lab costs. The texts of a chart are few
and come again at every step, so their images are cached by string, font, size, colour and rotation.
Positions are rounded to whole pixels, not to subpixels: with two pixels a point nobody sees it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.font_manager import FontProperties
from matplotlib.transforms import Affine2D

CACHE_SIZE = 1000  # images, of about 20 kB each
MARGIN = 4  # pixels around a text: a glyph may reach out of its bounding box


class TextCacheCanvas(FigureCanvasAgg):
    """An Agg canvas whose renderer takes texts from the cache."""

    def get_renderer(self) -> RendererAgg:
        """The renderer, made anew when the figure's size or density has changed."""
        width, height = self.get_width_height(physical=True)
        key = width, height, self.figure.dpi
        if self._lastKey != key:
            self.renderer = _Renderer(width, height, self.figure.dpi)
            self._lastKey = key
        return self.renderer


class _Renderer(RendererAgg):
    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        rgb = tuple(gc.get_rgb())
        rgba = rgb if len(rgb) == 4 else (*rgb, gc.get_alpha())
        # A copy of the font properties: the original is mutable, and would make a stale key.
        image, left, below = _rasterised(
            s, prop.copy(), angle, rgba, self.dpi, bool(ismath), gc.get_antialiased()
        )
        if not image.size:
            return
        opaque = self.new_gc()  # the image has the alpha of the text already
        opaque.copy_properties(gc)
        opaque.set_alpha(1)
        # y grows downwards in draw_text and upwards in draw_image.
        bottom = int(self.height) - (round(y) + below)
        self.draw_image(opaque, round(x) + left, bottom, image)


@lru_cache(CACHE_SIZE)
def _rasterised(
    text: str,
    prop: FontProperties,
    angle: float,
    colour: tuple[float, float, float, float],
    dpi: float,
    is_math: bool,
    antialiased: bool,
) -> tuple[np.ndarray, int, int]:
    """Return the image of a text, last row first, and its offset from the text's anchor.

    Returns
    -------
    image : numpy.ndarray of uint8, shape (height, width, 4)
    left, below : int
        Pixels from the anchor to the image's left edge, and downwards to its last row.
    """
    measure = RendererAgg(1, 1, dpi)
    width, height, descent = measure.get_text_width_height_descent(text, prop, is_math)
    corners = np.array([(0, -descent), (width, -descent), (0, height), (width, height)])
    rotated = Affine2D().rotate_deg(angle).transform(corners)
    origin = np.ceil(MARGIN - rotated.min(axis=0)).astype(int)
    size = origin + np.ceil(rotated.max(axis=0)).astype(int) + MARGIN
    sheet = RendererAgg(int(size[0]), int(size[1]), dpi)
    gc = sheet.new_gc()
    gc.set_foreground(colour, isRGBA=True)
    gc.set_antialiased(antialiased)
    baseline = int(size[1] - origin[1])  # from above
    sheet.draw_text(gc, float(origin[0]), float(baseline), text, prop, angle, ismath=is_math)
    pixels = np.asarray(sheet.buffer_rgba())
    inked = pixels[..., 3] > 0
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    if not rows.size:
        return np.empty((0, 0, 4), np.uint8), 0, 0
    top, bottom = rows[0], rows[-1] + 1
    image = pixels[top:bottom, columns[0] : columns[-1] + 1][::-1].copy()
    return image, int(columns[0] - origin[0]), int(bottom - baseline)
