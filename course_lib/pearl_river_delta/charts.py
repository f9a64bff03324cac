"""Charts of lesson 11."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from course_lib.lab import style
from course_lib.lab.contracts import Panels, Update
from course_lib.lab.marks import set_panel_widths, show_if
from course_lib.maps import tile_map
from course_lib.pearl_river_delta.divisions import (
    CENTRE,
    CITIES,
    EAST,
    GUANGDONG,
    OTHER_DELTA,
    OUTSIDE,
    WEST,
    Divisions,
)
from course_lib.pearl_river_delta.market_share import STEPS, MarketShare
from course_lib.pearl_river_delta.simulated_delta import (
    SHOCK,
    TOWNS,
    TOWNS_EACH,
    YEARS,
    SimulatedDelta,
)

PARTS = (EAST, WEST, CENTRE, OTHER_DELTA, OUTSIDE)
LETTER = {EAST: "E", WEST: "W", CENTRE: "G"}
LEAST_OUTPUT, MOST_OUTPUT = 50.0, 135.0


def shares_over_time(axes: Axes) -> Update:
    """Shares of the divisions in Guangdong's output, year by year."""
    lines = [
        axes.plot([], [], marker=marker, markersize=5, **style.line_style(index))[0]
        for index, marker in zip(range(len(PARTS)), style.MARKERS, strict=False)
    ]
    names = [axes.text(2022.4, 0, part, va="center", fontsize=10) for part in PARTS]
    axes.set(xlim=(1999.5, 2029), ylim=(0, 0.42), ylabel="share of Guangdong's output")
    axes.set_xticks([2000, 2005, 2010, 2015, 2020])
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")

    def update(shares: pd.DataFrame) -> None:
        for index, (part, line, name) in enumerate(zip(PARTS, lines, names, strict=True)):
            line.set_data(shares.index, shares[part])
            name.set_y(float(shares[part].iloc[-1]))
            name.set_color(style.COLOURS[index])

    return update


def delta_map(axes: Panels) -> Update:
    """Guangdong's cities by how their share changed, and the divisions as bars."""
    left, right = axes
    set_panel_widths(left, [1.35, 1])
    paint = tile_map(left, GUANGDONG, 0.5, 1.5, "share of output, over that of 2000", "diverging")
    left.set_title("E, W, G: divisions as the document claims", fontsize=10.5)
    for part, letter in LETTER.items():
        for city in CITIES[part]:
            index = GUANGDONG.names.index(city)
            left.text(
                GUANGDONG.columns[index] + 0.5,
                GUANGDONG.rows[index] + 0.66,
                letter,
                ha="center",
                va="center",
                fontweight="bold",
                fontsize=11,
                bbox={"boxstyle": "circle,pad=0.15", "facecolor": "white", "edgecolor": style.INK},
            )
    rows = range(len(PARTS))
    bars = right.barh(rows, [0.0] * len(PARTS), height=0.36, color=style.BLUE)
    before = right.plot([], [], **{**style.marker_style(1), "markersize": 8})[0]
    labels = [right.text(0.008, row - 0.34, "", va="center", fontsize=10) for row in rows]
    year = right.text(0.62, len(PARTS) - 0.35, "", ha="right", fontsize=16, fontweight="bold")
    right.set(xlim=(0, 0.63), ylim=(len(PARTS) - 0.2, -0.7), xlabel="share of Guangdong's output")
    right.set_yticks([])
    right.set_xticks([0, 0.2, 0.4, 0.6], ["0", "20%", "40%", "60%"])
    right.grid(axis="y", visible=False)
    right.legend([before], ["in 2000"], loc="lower right", bbox_to_anchor=(1, 0.1), fontsize=10)

    def update(result: Divisions) -> None:
        paint(result.cities["against_2000"])
        year.set_text(str(result.year))
        shown = result.parts[result.parts["share_2000"] > 0]
        before.set_data(shown["share_2000"], [PARTS.index(part) for part in shown.index])
        for part, bar, label in zip(PARTS, bars, labels, strict=True):
            row = result.parts.loc[part]
            bar.set_width(row["share"])
            letter = f"{LETTER[part]}  " if part in LETTER else ""
            share = f"{row['share']:.1%}" if row["share_2000"] > 0 else "counted elsewhere"
            label.set_text(f"{letter}{part}: {share}")

    return update


def simulated(axes: Panels) -> Update:
    """Jobs in the towns, and output of the delta beside that of a diverse one."""
    left, right = axes
    years = range(YEARS + 1)
    others = [
        left.plot([], [], color=style.GREY, linewidth=0.9)[0] for _ in range(TOWNS - TOWNS_EACH)
    ]
    hit = [
        left.plot([], [], color=style.ORANGE, linewidth=2.2, linestyle=style.DASHES[1])[0]
        for _ in range(TOWNS_EACH)
    ]
    for axis in (left, right):
        axis.axvline(SHOCK, color=style.INK, linewidth=1, linestyle=(0, (1, 2)))
        axis.set(xlim=(0, YEARS), xlabel="year (the shock comes in year 5)")
        axis.set_xticks(range(0, YEARS + 1, 5))
    (missing,) = left.plot(
        [], [], color=style.INK, linewidth=6, solid_capstyle="butt", label="orders are missing"
    )
    left.set(ylim=(0, 135), ylabel="jobs of each town, before the shock = 100")
    left.set_title("simulated towns", fontsize=11)
    left.legend(
        [hit[0], others[0], missing],
        ["towns of industry 1, which is hit", "other towns", "orders are missing"],
        loc="upper left",
        fontsize=9.5,
    )
    diverse = right.plot([], [], label="the same with diverse towns", **style.line_style(1))[0]
    output = right.plot([], [], label="this delta", **style.line_style(0))[0]
    right.set(ylim=(LEAST_OUTPUT, MOST_OUTPUT), ylabel="output; diverse, year 0 = 100")
    right.set_title("simulated delta", fontsize=11)
    right.legend(loc="upper left", fontsize=9.5)

    def update(result: SimulatedDelta) -> None:
        missing.set_data([SHOCK, SHOCK + result.lasts], [3, 3])
        paths = 100 * result.jobs / result.jobs[:, :1]
        drawn: set[bytes] = set()  # equal towns are one line: many faint ones would not be faint
        for line, path in zip([*hit, *others], paths, strict=True):
            town = path.round(6).tobytes()
            show_if(town not in drawn, line, years, path)
            drawn.add(town)
        output.set_data(years, result.output)
        diverse.set_data(years, result.diverse_output)

    return update


def share_steps(axes: Axes) -> Update:
    """A claimed share and what is left of it after each question."""
    rows = range(len(STEPS))
    bars = axes.barh(rows, [0.0] * len(STEPS), height=0.62, color=style.BLUE)
    bars[0].set_hatch("//")
    bars[0].set_facecolor(style.GREY)
    bars[0].set_edgecolor("white")
    values = [axes.text(0, row, "", va="center", fontsize=12) for row in rows]
    axes.set(xlim=(0, 1.12), ylim=(len(STEPS) - 0.5, -0.5), xlabel="share of the country's sales")
    axes.set_yticks(list(rows), STEPS)
    axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1], ["0", "20%", "40%", "60%", "80%", "100%"])
    axes.grid(axis="y", visible=False)

    def update(result: MarketShare) -> None:
        for bar, value, share in zip(bars, values, result.steps, strict=True):
            bar.set_width(share)
            value.set_x(share + 0.01)
            value.set_text(f"{share:.0%}")

    return update
