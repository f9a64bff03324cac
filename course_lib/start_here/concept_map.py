"""The concept map: what the four theories rest on, what ties them, and where each is taught."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from course_lib.lab import Picture, draw, style
from course_lib.lab.contracts import Update

#: Each row of the map: what it holds, how high it stands, and its ideas with their lessons.
ROWS = (
    (
        "What all four rest on",
        3.1,
        {"Agglomeration": ("02", 2.6), "Division of labour": ("03", 7.0)},
    ),
    (
        "Four theories",
        1.75,
        {
            "Gradient\ntransition": ("04", 1.0),
            "Growth\npole": ("05", 3.55),
            "Production\ncomplex": ("06", 6.1),
            "Industrial\ncluster": ("07, 08", 8.65),
        },
    ),
    (
        "Measure, compare, apply",
        0.0,
        {
            "Measuring\nregions": ("01", 1.0),
            "Comparing\ntheories": ("09", 3.55),
            "California,\nPearl River Delta": ("10, 11", 6.1),
            "Policy\nstudio": ("12", 8.65),
        },
    ),
)
#: What a theory has in common with its neighbour on the right.
SHARED = (
    "growth starts\nin few places",
    "a core, and\nwhat it moves",
    "firms that need\neach other",
)
#: Where growth comes from, in each theory.
GROWTH = (
    "new industries start above\nand move down, tier by tier",
    "it starts at points,\nspreads and drains",
    "it is planned\naround a core",
    "many firms of one field\nlearn from each other",
)
SENTENCE = (
    "Four theories, which differ in where growth starts, rest on agglomeration and the division of "
    "labour; other lessons measure, compare and apply. The numbers are lessons."
)


def concept_map() -> Picture:
    """The map of the course, as a picture.

    Examples
    --------
    >>> concept_map()
    Four theories, which differ in where growth starts, rest on agglomeration and the division ...
    """
    return draw(_chart, None, SENTENCE, size=(9, 4.6))


def _chart(axes: Axes) -> Update:
    axes.set(xlim=(-0.3, 9.95), ylim=(-0.5, 3.8))
    axes.axis("off")
    (_, base, foundations), (_, height, theories), _ = ROWS
    places = [x for _, x in theories.values()]
    down = [[(start, base), (end, height)] for _, start in foundations.values() for end in places]
    along = [[(places[0], height), (places[-1], height)]]
    axes.add_collection(LineCollection(down, colors=style.PALE, linewidths=1.5, zorder=0))
    axes.add_collection(LineCollection(along, colors=style.INK, linewidths=1.2, zorder=0))
    for across, words in zip(places, GROWTH, strict=True):
        axes.text(across, height - 0.5, words, ha="center", va="top", fontsize=9.5, style="italic")
    for left, right, words in zip(places, places[1:], SHARED, strict=False):
        axes.text((left + right) / 2, height - 0.08, words, ha="center", va="top", fontsize=9.5)
    for title, up, ideas in ROWS:
        axes.text(-0.25, up + 0.42, title, color=style.GREY, fontsize=10, va="bottom")
        for idea, (lessons, across) in ideas.items():
            _box(axes, across, up, f"{idea}\n{lessons}", strong=up == height)
    return lambda result: None


def _box(axes: Axes, x: float, y: float, words: str, *, strong: bool) -> None:
    axes.text(
        x,
        y,
        words,
        ha="center",
        va="center",
        fontsize=11,
        fontweight="bold" if strong else "normal",
        bbox={
            "boxstyle": "round,pad=0.4",
            "facecolor": "white",
            "edgecolor": style.INK if strong else style.GREY,
            "linewidth": 2 if strong else 0.8,
        },
    )
