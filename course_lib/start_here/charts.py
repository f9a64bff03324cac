"""Charts of lesson 00."""

from __future__ import annotations

from matplotlib.axes import Axes

from course_lib.lab import style
from course_lib.lab.contracts import Panels, Update
from course_lib.maps import CHINA_PROVINCES, US_STATES, tile_map
from course_lib.start_here.growth_race import GrowthRace
from course_lib.start_here.two_countries import TwoCountries


def two_maps(axes: Panels) -> Update:
    """Two tile maps side by side, and the year between them."""
    left, right = axes
    label = "income per head, country = 1"
    paint_us = tile_map(left, US_STATES, 0.4, 1.6, label, "diverging", colour_bar=False)
    paint_china = tile_map(right, CHINA_PROVINCES, 0.4, 1.6, label, "diverging")
    year = left.text(
        0.22, 0.88, "", transform=left.transAxes, fontsize=20, fontweight="bold", color=style.INK
    )

    def update(result: TwoCountries) -> None:
        paint_us(result.us)
        paint_china(result.china)
        year.set_text(str(result.year))

    return update


def race(axes: Axes) -> Update:
    """Two incomes on a scale where constant growth is a straight line."""
    (rich,) = axes.plot([], [], label="rich region", **style.line_style(0))
    (poor,) = axes.plot([], [], label="poor region", **style.line_style(1))
    (meeting,) = axes.plot([], [], "o", markersize=9, color=style.INK)
    note = axes.text(0, 1, "", ha="center", va="bottom", fontweight="bold")
    axes.set(
        xlim=(0, 120),
        ylim=(0.7, 20_000),
        yscale="log",
        xlabel="years from now",
        ylabel="income per head (poor region now = 1)",
    )
    axes.set_yticks([1, 10, 100, 1000, 10_000], ["1", "10", "100", "1,000", "10,000"])
    axes.legend(loc="upper left")

    def update(result: GrowthRace) -> None:
        rich.set_data(result.year, result.rich)
        poor.set_data(result.year, result.poor)
        when = result.catch_up_year
        if when is None or when > result.year[-1]:
            meeting.set_data([], [])
            beyond = "" if when is None else f"they meet after {when:,.0f} years →"
            note.set(
                text=beyond, horizontalalignment="right", position=(119, result.rich[-1] * 1.35)
            )
            return
        note.set_horizontalalignment("center")
        income = result.poor[0] * (result.poor[1] / result.poor[0]) ** when
        meeting.set_data([when], [income])
        note.set_position((min(max(when, 8), 108), income * 1.35))
        note.set_text(f"{when:.0f} years")

    return update
