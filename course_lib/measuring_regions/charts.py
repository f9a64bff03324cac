"""Charts of lesson 01."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from course_lib.lab import style
from course_lib.lab.contracts import Panels, Update
from course_lib.maps import US_STATES, tile_map
from course_lib.measuring_regions.inequality import RegionalInequality
from course_lib.measuring_regions.inverted_u import INDICES, InvertedU
from course_lib.measuring_regions.neighbours import RichNeighbours
from course_lib.measuring_regions.specialisation import IndustryMap

BARS = 8
LONGEST = 20  # characters of a name that fit beside its bar

MORAN_BINS = np.linspace(-0.6, 0.6, 25)


def three_indices(axes: Panels) -> Update:
    """Gini, Theil and Williamson of two countries, each with its first year as 1."""
    panels = []
    for one, title in zip(axes, ("48 US states", "31 provinces of China"), strict=True):
        lines = [
            one.plot([], [], label=name, **style.line_style(number))[0]
            for number, name in enumerate(INDICES)
        ]
        one.axhline(1, color=style.GREY, linewidth=1)
        one.set(ylim=(0, 1.45), xlabel="year", title=title)
        panels.append(lines)
    axes[0].set(xlim=(1925, 2013), ylabel="index, first year = 1")
    axes[1].set(xlim=(1974, 2027))
    axes[1].legend(loc="lower left")

    def update(results: tuple[RegionalInequality, RegionalInequality]) -> None:
        for lines, result in zip(panels, results, strict=True):
            for line, name in zip(lines, INDICES, strict=True):
                index = result.history[name.lower()]
                line.set_data(index.index, index / index.iloc[0])

    return update


def inequality(
    first_year: int, last_year: int, top: float, *, up_to_now: bool = False, split: bool = True
) -> Callable[[Any], Update]:
    """Lorenz curve of one year beside Theil's index, for years and a scale given.

    The index is that of all years, or `up_to_now` of those up to the year that is chosen: a
    question about the end must not be answered by the picture that it is asked beside. Without
    groups there is no `split`.
    """
    parts = 3 if split else 1

    def chart(axes: Panels) -> Update:
        left, right = axes
        left.plot([0, 1], [0, 1], color=style.GREY, linewidth=1, label="all equal")
        (lorenz,) = left.plot([], [], label="Lorenz curve", **style.line_style(0))
        left.set(
            xlim=(0, 1),
            ylim=(0, 1),
            xlabel="share of regions or people, poorest first",
            ylabel="share of income",
        )
        left.legend(loc="upper left")
        names, labels = (
            ("theil", "between", "within")[:parts],
            ("Theil's index", "between groups", "within groups")[:parts],
        )
        lines = [
            right.plot([], [], label=label, **style.line_style(index))[0]
            for index, label in enumerate(labels)
        ]
        dots = [right.plot([], [], **style.marker_style(index))[0] for index in range(parts)]
        right.set(xlim=(first_year, last_year), ylim=(0, top), xlabel="year")
        right.legend(loc="upper right")
        year = left.text(0.95, 0.06, "", ha="right", fontsize=18, fontweight="bold")

        def update(result: RegionalInequality) -> None:
            lorenz.set_data(result.lorenz["population"], result.lorenz["income"])
            history = result.history.loc[: result.year] if up_to_now else result.history
            for name, line, dot in zip(names, lines, dots, strict=True):
                if name in history:  # without groups there is nothing between or within them
                    line.set_data(history.index, history[name])
                    dot.set_data([result.year], [result.now[name]])
            year.set_text(str(result.year))

        return update

    return chart


def inverted_u(axes: Axes) -> Update:
    """Three indices, each over its own largest value, while people move to the rich region."""
    lines = [
        axes.plot([], [], label=name, **style.line_style(i))[0] for i, name in enumerate(INDICES)
    ]
    tops = [
        axes.plot([], [], markersize=9, **style.marker_style(i))[0] for i in range(len(INDICES))
    ]
    here = axes.axvline(0, color=style.INK, linewidth=1)
    notes = [
        axes.text(0, 1.03, "", ha="center", color=style.COLOURS[i]) for i in range(len(INDICES))
    ]
    axes.set(
        xlim=(0, 1),
        ylim=(0, 1.25),
        xlabel="share of people in the rich region",
        ylabel="index, its largest value = 1",
    )
    axes.legend(loc="upper right")

    def update(result: InvertedU) -> None:
        places = [result.peaks[name][0] for name in INDICES]
        heights = np.zeros(len(INDICES))  # a number beside another one is written above it
        for rank, place in enumerate(np.argsort(places)):
            heights[place] = 1.03 + 0.065 * (rank % 3 if np.ptp(places) < 0.2 else 0)
        for name, line, top, note, height in zip(INDICES, lines, tops, notes, heights, strict=True):
            where, largest = result.peaks[name]
            line.set_data(result.shares, result.curves[name] / largest)
            top.set_data([where], [1])
            note.set_position((where, height))
            note.set_text(f"{where:.0%}")
        here.set_xdata([result.share, result.share])

    return update


def rich_neighbours(axes: Panels) -> Update:
    """Each state beside the mean of its neighbours, and Moran's I among maps made by chance."""
    return neighbours(0.3, 2.1, "state")(axes)


def neighbours(lowest: float, highest: float, what: str) -> Callable[[Any], Update]:
    """The same for regions of any country, between two incomes, the regions' mean 1."""

    def chart(axes: Panels) -> Update:
        return _neighbours(axes, lowest, highest, what)

    return chart


def _neighbours(axes: Panels, lowest: float, highest: float, what: str) -> Update:
    left, right = axes
    left.axhline(1, color=style.GREY, linewidth=1)
    left.axvline(1, color=style.GREY, linewidth=1)
    (states,) = left.plot([], [], linestyle="", markersize=6, **_dots())
    (slope,) = left.plot([], [], color=style.ORANGE, linewidth=2.5)
    note = left.text(0.97, 0.05, "", transform=left.transAxes, ha="right", fontweight="bold")
    year = left.text(0.03, 0.93, "", transform=left.transAxes, fontweight="bold")
    left.set(
        xlim=(lowest, highest),
        ylim=(lowest, highest),
        xlabel=f"income of a {what}, mean of the {what}s = 1",
        ylabel="mean of its neighbours",
    )
    middles = 0.5 * (MORAN_BINS[1:] + MORAN_BINS[:-1])
    width = 0.9 * (MORAN_BINS[1] - MORAN_BINS[0])
    bars = right.bar(middles, np.zeros(len(middles)), width=width, color=style.SKY)
    (here,) = right.plot([], [], color=style.ORANGE, linewidth=3)
    word = right.text(0, 0, "", ha="right", va="top", fontsize=10)
    right.set(
        xlim=(-0.65, 0.85), ylim=(0, 130), xlabel="Moran's I", ylabel="maps made by chance, of 499"
    )

    def update(result: RichNeighbours) -> None:
        moran = result.moran
        states.set_data(moran.values, moran.spatial_lag)
        ends = np.array([moran.values.min(), moran.values.max()])
        # Through the middle of the cloud, with Moran's I as its slope.
        slope.set_data(ends, moran.spatial_lag.mean() + moran.value * (ends - 1))
        note.set_text(f"slope = Moran's I = {moran.value:.2f}")
        year.set_text(f"{result.year}{', dealt out by chance' if result.shuffled else ''}")
        found, _ = np.histogram(moran.by_chance.clip(-0.599, 0.599), MORAN_BINS)
        for bar, count in zip(bars, found, strict=True):
            bar.set_height(count)
        here.set_data([moran.value] * 2, [0, 115])
        word.set_text("this map ")
        word.set_position((moran.value, 128))

    return update


def _dots() -> dict[str, Any]:
    return {"marker": "o", "color": style.BLUE, "alpha": 0.75}


def industry(axes: Panels) -> Update:
    """A map of location quotients, and the states with the highest ones."""
    return industry_on(
        lambda one: tile_map(one, US_STATES, 0, 2, "location quotient", "diverging")
    )(axes)


def industry_on(map_of: Callable[[Axes], Callable[[Any], None]]) -> Callable[[Any], Update]:
    """The same on a map of any country: `map_of` draws it on axes and returns how to colour it."""

    def chart(axes: Panels) -> Update:
        return _industry(axes, map_of)

    return chart


def _industry(axes: Panels, map_of: Callable[[Axes], Callable[[Any], None]]) -> Update:
    left, right = axes
    paint = map_of(left)
    left.set_title("white: withheld or not published", fontsize=10)
    bars = right.barh(range(BARS), [0.0] * BARS, color=style.BLUE, height=0.7)
    labels = [right.text(0.02, row, "", va="center", fontsize=9.5) for row in range(BARS)]
    values = [right.text(0.98, row, "", va="center", ha="right") for row in range(BARS)]
    for text in (*labels, *values):
        text.set_transform(right.get_yaxis_transform())
    right.set(xlim=(0, 1), ylim=(BARS - 0.4, -0.9), xticks=[], yticks=[])
    right.set_title("highest location quotients (share of the nation's jobs)", fontsize=10)
    right.grid(False)
    right.spines[["left", "bottom"]].set_visible(False)

    def update(result: IndustryMap) -> None:
        paint(result.states["location_quotient"])
        first = result.states.head(BARS)
        scale = 0.33 / first["location_quotient"].max()
        names = [*first.index, *[""] * (BARS - len(first))]
        quotients = [*first["location_quotient"], *[0.0] * (BARS - len(first))]
        shares = [*first["share"], *[0.0] * (BARS - len(first))]
        for bar, label, value, name, quotient, share in zip(
            bars, labels, values, names, quotients, shares, strict=True
        ):
            bar.set_x(0.36)
            bar.set_width(quotient * scale)
            label.set_text(name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…")
            value.set_text(f"{quotient:.2f}  ({share:.1%})" if name else "")

    return update
