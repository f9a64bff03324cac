"""Words: each is drawn once, and copied from then on.

Setting a word glyph by glyph is most of what a step of a lab costs. The words of a chart are few
and come again at every step, so their images are kept: the same words, in the same type, size,
colour and turn. A word stands on a whole pixel; at this density nobody sees the difference.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.font_manager import FontProperties
from matplotlib.transforms import Affine2D

KEPT = 1000  # words, of about 20 kB each
EDGE = 4  # pixels around a word: a letter may reach out of its own box


class WordCanvas(FigureCanvasAgg):
    """A canvas of matplotlib's that copies words instead of setting them again."""

    def get_renderer(self) -> RendererAgg:
        """What draws, made anew when the figure's size has changed."""
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
        # A copy of the type, since the original may change and would be no key any more.
        image, left, below = _word(
            s, prop.copy(), angle, rgba, self.dpi, bool(ismath), gc.get_antialiased()
        )
        if not image.size:
            return
        whole = self.new_gc()  # the image is as faint as the word has to be
        whole.copy_properties(gc)
        whole.set_alpha(1)
        # y grows downwards for words and upwards for images.
        bottom = int(self.height) - (round(y) + below)
        self.draw_image(whole, round(x) + left, bottom, image)


@lru_cache(KEPT)
def _word(
    text: str,
    prop: FontProperties,
    angle: float,
    colour: tuple[float, float, float, float],
    dpi: float,
    is_math: bool,
    antialiased: bool,
) -> tuple[np.ndarray, int, int]:
    """The image of a word, last row first, and where it lies from the word's own point.

    Returns
    -------
    image : numpy.ndarray of uint8, shape (height, width, 4)
    left, below : int
        Pixels from the point to the image's left edge, and downwards to its last row.
    """
    measure = RendererAgg(1, 1, dpi)
    width, height, descent = measure.get_text_width_height_descent(text, prop, is_math)
    corners = np.array([(0, -descent), (width, -descent), (0, height), (width, height)])
    turned = Affine2D().rotate_deg(angle).transform(corners)
    origin = np.ceil(EDGE - turned.min(axis=0)).astype(int)
    size = origin + np.ceil(turned.max(axis=0)).astype(int) + EDGE
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
