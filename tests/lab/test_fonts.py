"""Names in Chinese are drawn, on every computer."""

from __future__ import annotations

import logging
import warnings

import numpy as np

from course_lib.lab.canvas import Canvas
from course_lib.lab.fonts import not_drawable


def named(name: str):
    def chart(axes):
        axes.set_axis_off()
        word = axes.text(0.5, 0.5, name, fontweight="bold")
        return lambda result: word.set_color("black")

    return chart


def test_a_team_named_in_chinese_is_drawn_in_words_and_not_in_boxes(caplog):
    with warnings.catch_warnings(), caplog.at_level(logging.WARNING):
        warnings.simplefilter("error")  # of matplotlib: a glyph is missing
        one, other = (Canvas(named(name), (3, 1)).show(None) for name in ("珠江队", "长江队"))
    assert not np.array_equal(one.pixels(), other.pixels())
    assert caplog.text == ""  # also of a bold word


def test_a_caption_in_chinese_is_broken_into_lines():
    canvas = Canvas(named("A"), (3, 1)).show(None)
    short, long = (canvas.png(caption="队" * count) for count in (5, 60))
    assert len(long) > len(short)
    assert not_drawable("队" * 60) == ""


def test_signs_of_no_font_are_said(monkeypatch):
    said = []
    monkeypatch.setattr(
        "course_lib.lab.canvas.wrapped", lambda text, _: said.append(text) or [text]
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        Canvas(named("A"), (3, 1)).show(None).png(caption="Team ᚠ")
    assert said == ["Team ᚠ", "Boxes stand for signs that the fonts of the course lack: U+16A0."]
