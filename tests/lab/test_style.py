"""The palette: legible on white, and never colour alone."""

import re

import matplotlib
import pytest

from course_lib.lab import style
from course_lib.lab.canvas import Canvas

# Contrast as in the Web Content Accessibility Guidelines 2.1: 4.5 for text (1.4.3), 3 for
# lines and marks that carry meaning (1.4.11).


def contrast_on_white(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 1.05 / (0.05 + sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True)))


def test_the_formula():
    assert contrast_on_white("#000000") == pytest.approx(21)
    assert contrast_on_white("#FFFFFF") == pytest.approx(1)
    assert contrast_on_white("#767676") == pytest.approx(4.54, abs=0.005)  # the well-known limit


@pytest.mark.parametrize("name", ["BLUE", "ORANGE", "GREEN", "PINK", "GOLD", "INK", "GREY"])
def test_text_can_be_read(name):
    assert contrast_on_white(getattr(style, name)) >= 4.5


@pytest.mark.parametrize("colour", style.COLOURS)
def test_lines_can_be_seen(colour):
    assert contrast_on_white(colour) >= 3


@pytest.mark.parametrize("name", ["axes.labelcolor", "text.color", "xtick.color", "ytick.color"])
def test_words_on_the_axes_can_be_read(name):
    assert contrast_on_white(style.RC[name]) >= 4.5


def test_no_two_lines_share_a_colour_or_a_dash():
    looks = [style.line_style(number) for number in range(len(style.COLOURS))]
    assert len({look["color"] for look in looks}) == len(looks)
    assert len({str(look["linestyle"]) for look in looks}) == len(looks)


def test_no_two_groups_share_a_colour_or_a_marker():
    looks = [style.marker_style(number) for number in range(len(style.COLOURS))]
    assert len({look["color"] for look in looks}) == len(looks)
    assert len({look["marker"] for look in looks}) == len(looks)


def test_after_the_last_style_it_starts_again():
    assert style.line_style(len(style.COLOURS)) == style.line_style(0)
    assert style.marker_style(len(style.COLOURS) + 1) == style.marker_style(1)


def test_colours_are_written_in_full():
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in style.COLOURS)


def test_a_persons_own_settings_change_no_picture() -> None:
    def chart(axes):
        (line,) = axes.plot([0, 1], [0, 1], label="a line")
        axes.set(title="A $ sign", xlabel="x")
        axes.legend()
        return lambda k: line.set_ydata([0, k])

    plain = Canvas(chart, size=(4, 3)).show(1).png()
    own = {
        "text.usetex": True,
        "axes.facecolor": "black",
        "axes.prop_cycle": "cycler('color', ['white'])",
        "xtick.direction": "in",
        "figure.dpi": 30,
        "savefig.bbox": "tight",
        "axes.formatter.use_locale": True,
    }
    with matplotlib.rc_context(own):
        assert Canvas(chart, size=(4, 3)).show(1).png() == plain
        assert matplotlib.rcParams["axes.facecolor"] == "black"  # given back afterwards
    assert not set(style.settings()) & style.NOT_OF_PICTURES
