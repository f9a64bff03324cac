"""How every picture of the course looks: colours, dashes, markers, text.

The colours are those of Okabe and Ito (2008), which people with a colour-vision deficiency can
tell apart, darkened where they carry text or thin lines on white. A second channel (dash,
marker, hatching or a label on the line) always goes with them.

References
----------
Okabe, M. and Ito, K. (2008). Color Universal Design: how to make figures and presentations
that are friendly to colorblind people.
"""

from __future__ import annotations

from typing import Any

from matplotlib import rcParams, rcParamsDefault

from course_lib.lab.fonts import FAMILIES, families

BLUE, ORANGE, GREEN, PINK = "#0072B2", "#B85000", "#007A5A", "#A8447F"
SKY, GOLD, INK, GREY = "#2F87B7", "#8F6A00", "#222222", "#6B6B6B"
PALE = "#D9D9D9"
# SKY and PALE are for lines and areas: on white, text in them would be too pale to read.

COLOURS = (BLUE, ORANGE, GREEN, PINK, SKY, GOLD, INK)
DASHES: tuple[Any, ...] = (
    "solid",
    (0, (6, 2)),
    (0, (2, 1.5)),
    (0, (7, 2, 1.5, 2)),
    (0, (10, 3)),
    (0, (4, 1.5, 1, 1.5, 1, 1.5)),
    (0, (1, 1)),
)
MARKERS = ("o", "s", "^", "D", "v", "P", "X")

POINTS_PER_INCH = 100  # a figure of 9 inches is 900 pixels wide on the page ...
DENSITY = 2  # ... and drawn with twice as many, so that its text is crisp on any screen
STORED_DENSITY = 1.6  # in a stored notebook a smaller file counts for more

SEQUENTIAL = "cividis"
DIVERGING = "PuOr"

RC: Any = {  # matplotlib types its settings by the name of each
    "font.family": FAMILIES,
    "font.size": 11,
    "axes.titlesize": 12,
    "axes.titlelocation": "left",
    "axes.labelsize": 11,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#E4E4E4",
    "grid.linewidth": 0.8,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "lines.linewidth": 2.2,
    "legend.frameon": False,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
}


#: Of a person's settings those that hold: how and where figures are shown, not what they look like.
NOT_OF_PICTURES = frozenset(
    name
    for name in rcParamsDefault
    if name.startswith(("backend", "interactive", "toolbar", "webagg.", "tk.", "macosx."))
    or name in ("date.epoch", "docstring.hardcopy", "timezone", "savefig.directory")
)
DEFAULTS = [
    (name, value) for name, value in dict.items(rcParamsDefault) if name not in NOT_OF_PICTURES
]


def settings() -> Any:  # a dict; matplotlib types its settings by the name of each
    """The settings with which a picture is drawn: the course's, and else matplotlib's defaults.

    A person's own (a black background, LaTeX for all text) belong to other work: here they could
    hide a line or end in an error. To be given to `matplotlib.rc_context`.

    Examples
    --------
    >>> settings()["text.color"]
    '#222222'
    """
    # dict.items: the mapping's own way checks each name, which takes longer than drawing a line.
    families()  # makes them known
    now = dict(dict.items(rcParams))
    return {name: default for name, default in DEFAULTS if now[name] != default} | RC


def line_style(index: int) -> dict[str, Any]:
    """Colour and dash of the line number ``index``, the two channels together.

    Parameters
    ----------
    index : int
        Number of the line, counted from 0; after the last style it starts again.

    Returns
    -------
    dict
        Keywords for ``axes.plot``.

    Examples
    --------
    >>> line_style(1)["color"]
    '#B85000'
    """
    return {
        "color": COLOURS[index % len(COLOURS)],
        "linestyle": DASHES[index % len(DASHES)],
    }


def marker_style(index: int) -> dict[str, Any]:
    """Colour and marker of the group of points number ``index``.

    Examples
    --------
    >>> marker_style(0)["marker"]
    'o'
    """
    return {
        "color": COLOURS[index % len(COLOURS)],
        "marker": MARKERS[index % len(MARKERS)],
        "linestyle": "none",
    }
