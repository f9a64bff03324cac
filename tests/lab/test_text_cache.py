"""Words: the copy looks like what matplotlib would set."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from course_lib.lab import text_cache
from course_lib.lab.text_cache import TextCacheCanvas

SORTS = {
    "plain": {"s": "Years until both are equal"},
    "turned": {"s": "income per head", "rotation": 90},
    "leaning": {"s": "leaning", "rotation": 30},
    "formula": {"s": r"$\sigma^2_{t}$"},
    "coloured": {"s": "red", "color": "#B85000", "fontweight": "bold"},
    "faint": {"s": "faint", "alpha": 0.4},
    "faint by its colour": {"s": "faint", "color": (0, 0, 0, 0.4)},
    "two lines": {"s": "one\ntwo", "ha": "center"},
    "reaching out": {"s": "fÿjÅ", "style": "italic"},
}


def picture(canvas: type[FigureCanvasAgg], ground: str = "white", **text) -> np.ndarray:
    figure = Figure(figsize=(3, 2), dpi=200, facecolor=ground)
    figure.text(0.5, 0.5, **text)  # in the middle: on whole pixels
    drawn = canvas(figure)
    drawn.draw()
    return np.asarray(drawn.buffer_rgba()).astype(int)[..., :3]


@pytest.mark.parametrize("ground", ["white", "#336699"])
@pytest.mark.parametrize("sort", SORTS)
def test_a_copy_is_what_would_be_set_but_for_a_part_of_a_pixel(sort, ground) -> None:
    own, plain = (
        picture(kind, ground, **SORTS[sort]) for kind in (TextCacheCanvas, FigureCanvasAgg)
    )
    paper = plain[0, 0]
    ink_own, ink_plain = (np.abs(one - paper).sum() for one in (own, plain))
    assert ink_plain > 0
    assert ink_own == pytest.approx(ink_plain, rel=0.03)
    for axis in (0, 1):
        middles = [
            np.average(np.arange(one.shape[axis]), weights=np.abs(one - paper).sum((1 - axis, 2)))
            for one in (own, plain)
        ]
        assert middles[0] == pytest.approx(middles[1], abs=0.75)


def test_the_same_word_is_set_once() -> None:
    text_cache._rasterised.cache_clear()
    for _ in range(3):
        picture(TextCacheCanvas, s="again")
    assert text_cache._rasterised.cache_info().misses == 1
    picture(TextCacheCanvas, s="again", fontsize=20)
    assert text_cache._rasterised.cache_info().misses == 2


def test_a_type_that_changes_afterwards_is_another_key() -> None:
    figure = Figure(figsize=(3, 2), dpi=200)
    text = figure.text(0.5, 0.5, "word", ha="center")
    canvas = TextCacheCanvas(figure)
    canvas.draw()
    before = np.asarray(canvas.buffer_rgba()).copy()
    text.set_fontsize(25)
    canvas.draw()
    assert (before != np.asarray(canvas.buffer_rgba())).any()
    text.set_fontsize(10)
    canvas.draw()
    assert (before == np.asarray(canvas.buffer_rgba())).all()


def test_spaces_leave_the_paper_white() -> None:
    assert (picture(TextCacheCanvas, s="   ") == 255).all()


def test_a_word_is_cut_where_its_axes_end() -> None:
    figure = Figure(figsize=(3, 2), dpi=200)
    axes = figure.add_axes((0, 0, 0.5, 1))
    axes.axis("off")
    axes.text(0.9, 0.5, "a long word that reaches out", clip_on=True)
    canvas = TextCacheCanvas(figure)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[..., :3]
    assert (pixels[:, 302:] == 255).all()
    assert (pixels[:, :300] < 255).any()
