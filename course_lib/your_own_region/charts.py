"""Charts of lesson 13. Most labs take those of the lesson in which they are taught."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes

from course_lib.division_of_labour.us_shift_share import signed
from course_lib.gradient_transition import charts as of_mobility
from course_lib.lab import style
from course_lib.lab.contracts import Panels, Update
from course_lib.lab.marks import set_panel_widths, spread_labels
from course_lib.measures import IncomeMobility
from course_lib.policy_studio.evaluation import signed as signed_points
from course_lib.your_own_region.evaluation import BEFORE_IT, WAYS, OwnEvaluation
from course_lib.your_own_region.groups import GroupGaps
from course_lib.your_own_region.inverted_u import OwnInvertedU
from course_lib.your_own_region.linkages import OwnLinkages
from course_lib.your_own_region.shift_share import OwnShiftShare

LISTED = 14
SECTORS = 10
RATIOS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10, 20)
READABLE = [style.INK if colour == style.SKY else colour for colour in style.COLOURS]
PARTS = {
    "change": "change of jobs",
    "national": "as the nation",
    "industry_mix": "industry mix",
    "regional": "of its own",
}


def groups_over_time(
    names: Sequence[str], first_year: int, last_year: int, top: float
) -> Callable[[Axes], Update]:
    """Income per head of groups, the country = 1, in all years."""

    def chart(axes: Axes) -> Update:
        lines = [axes.plot([], [], **style.line_style(place))[0] for place in range(len(names))]
        dots = [axes.plot([], [], **style.marker_style(place))[0] for place in range(len(names))]
        words = [
            axes.text(0, 0, "", va="center", fontsize=10, color=READABLE[place % 7])
            for place in range(len(names))
        ]
        axes.axhline(1, color=style.GREY, linewidth=1)
        span = max(last_year - first_year, 1)
        axes.set(
            xlim=(first_year - 0.03 * span, last_year + 0.32 * span),
            ylim=(0, top),
            xlabel="year",
            ylabel="income per head, country = 1",
        )
        year = axes.text(0.02, 0.03, "", transform=axes.transAxes, fontsize=18, fontweight="bold")

        def update(result: GroupGaps) -> None:
            ends = result.relative.iloc[-1].to_numpy()
            heights = spread_labels(ends, 0.055 * top, 0.03 * top, 0.97 * top)
            for place, name in enumerate(result.relative.columns):
                series = result.relative[name]
                lines[place].set_data(series.index, series)
                dots[place].set_data([result.year], [series.loc[result.year]])
                words[place].set_text(f"{str(name)[:18]} {ends[place]:.2f}")
                words[place].set_position((last_year + 0.03 * span, heights[place]))
            for artists in (lines, dots):
                for spare in artists[len(result.relative.columns) :]:
                    spare.set_data([], [])
            for word in words[len(result.relative.columns) :]:
                word.set_text("")
            year.set_text(str(result.year))

        return update

    return chart


def mobility(step: float) -> Callable[[Any], Update]:
    """The chart of lesson 04, for dates so many years apart."""

    def chart(axes: Panels) -> Update:
        update: Callable[[IncomeMobility], None] = of_mobility.mobility(axes)
        axes[0].set_xlabel("class a year later" if step == 1 else f"class {step:g} years later")
        return update

    return chart


def shift_share(
    map_of: Callable[[Axes], Callable[[Any], None]], most: float
) -> Callable[[Any], Update]:
    """Each region's own part on a map, one region's parts, and its industries.

    `map_of` draws the map, in per cent of jobs; `most` per cent end the axis of industries.
    """

    def chart(axes: Panels) -> Update:
        left, right = axes
        set_panel_widths(left, [1.25, 1])
        paint = map_of(left)
        if left.get_title(loc="left"):  # of a map
            left.set_title(f"{left.get_title(loc='left')}; white: no figure", fontsize=10)
        fixed: Any = {"transform": left.transAxes, "va": "top"}
        place = left.text(0, 0.0, "", fontsize=13, fontweight="bold", **fixed)
        values = []
        for at, name in zip((0.0, 0.3, 0.57, 0.88), PARTS.values(), strict=True):
            left.text(at, -0.1, name, fontsize=10, **fixed)
            values.append(left.text(at, -0.165, "", fontsize=13, fontweight="bold", **fixed))
        bars = right.barh(range(LISTED), [0.0] * LISTED, height=0.7)
        names = [
            right.text(
                0.01, row, "", va="center", fontsize=9, transform=right.get_yaxis_transform()
            )
            for row in range(LISTED)
        ]
        below, above = (colormaps[style.DIVERGING](at) for at in (0.15, 0.85))
        right.axvline(0, color=style.GREY, linewidth=1, zorder=0.8)
        # The names stand in the left half, and the bars in the right one.
        right.set(
            xlim=(-4.4 * most, most), ylim=(LISTED - 0.5, -0.5), yticks=[],
            xticks=[-most, 0, most], xlabel="% of jobs at the start",
        )  # fmt: skip
        right.set_title("its own part, by industry", fontsize=11)
        right.spines["left"].set_visible(False)
        right.grid(False)

        def update(result: OwnShiftShare) -> None:
            paint(100 * result.regions["regional"])
            place.set_text(result.place[:34])
            for value, name in zip(values, PARTS, strict=True):
                value.set_text(signed(result.here[name]))
            own = result.detail["regional"]
            if len(own) > LISTED:  # the first and the last, which move most
                own = own.iloc[[*range(LISTED // 2), *range(len(own) - LISTED // 2, len(own))]]
            for row, bar in enumerate(bars):
                share = float(own.iloc[row]) if row < len(own) else 0.0
                bar.set_width(100 * np.clip(share, -most / 100, most / 100))
                bar.set_facecolor(above if share >= 0 else below)
                name = str(own.index[row]) if row < len(own) else ""
                names[row].set_text(f"{short(name, 26)} {signed(share)}" if name else "")

        return update

    return chart


def linkages(backward: np.ndarray, forward: np.ndarray) -> Callable[[Any], Update]:
    """All sectors by their two linkages, one of them marked, and its bars."""

    def chart(axes: Panels) -> Update:
        left, right = axes
        set_panel_widths(left, [1, 1.2])
        left.axhline(1, color=style.GREY, linewidth=1)
        left.axvline(1, color=style.GREY, linewidth=1)
        left.plot(backward, forward, color=style.BLUE, marker="o", linestyle="none", markersize=5)
        (here,) = left.plot([], [], color=style.ORANGE, marker="D", linestyle="none", markersize=10)
        ends = [float(np.min([backward, forward])), float(np.max([backward, forward]))]
        room = 0.08 * max(ends[1] - ends[0], 0.1)
        limits = (min(ends[0], 1) - room, max(ends[1], 1) + room)
        left.set(xlim=limits, ylim=limits, xlabel="backward linkage", ylabel="forward linkage")
        name = left.set_title("", fontsize=11)

        bars = right.barh(range(SECTORS), [0.0] * SECTORS, color=style.BLUE, height=0.7)
        by_row: Any = {"va": "center", "transform": right.get_yaxis_transform(), "fontsize": 9}
        names = [right.text(0.0, row, "", **by_row) for row in range(SECTORS)]
        values = [right.text(0.99, row, "", ha="right", **by_row) for row in range(SECTORS)]
        right.set(xlim=(0, 1), ylim=(SECTORS - 0.4, -0.8), xticks=[], yticks=[])
        over = right.set_title("", fontsize=10)
        right.spines[["left", "bottom"]].set_visible(False)
        right.grid(False)

        def update(result: OwnLinkages) -> None:
            at = result.table.position(result.sector)
            here.set_data([result.table.backward[at]], [result.table.forward[at]])
            name.set_text(short(result.sector, 40))
            over.set_text(result.heading)
            first = result.effect.head(SECTORS)
            scale = 0.36 / max(float(first.iloc[0]), 1e-12)
            for row, bar in enumerate(bars):
                there = row < len(first)
                value = float(first.iloc[row]) if there else 0.0
                bar.set_x(0.48)
                bar.set_width(max(value, 0) * scale)
                names[row].set_text(short(str(first.index[row]), 26) if there else "")
                values[row].set_text(f"{value:,.1f}" if there else "")

        return update

    return chart


def inverted_u(axes: Axes) -> Update:
    """One index over the dates, the largest one marked."""
    (line,) = axes.plot([], [], color=style.BLUE, marker="o", markersize=5)
    (peak,) = axes.plot(
        [], [], color=style.ORANGE, marker="D", markersize=11, linestyle="none", label="largest"
    )
    dates = [axes.text(0, 0, "", ha="center", va="bottom", fontsize=10) for _ in range(3)]
    axes.legend(loc="lower left")
    axes.yaxis.set_major_formatter("{x:.2f}")  # as wide for any index: the room is fixed

    def update(result: OwnInvertedU) -> None:
        at, values = result.at.to_numpy(), result.values
        order = result.order
        line.set_data(at[order], values.to_numpy()[order])
        peak.set_data([result.at[result.peak]], [values[result.peak]])
        top = float(values.max())
        named = dict.fromkeys([result.peak, *(int(values.index[order[end]]) for end in (0, -1))])
        for text in dates:
            text.set_text("")
        for text, year in zip(dates, named, strict=False):
            text.set_text(str(year))
            text.set_position(
                (float(result.at[year]), float(values[year]) + 0.035 * max(top, 1e-6))
            )
        room = 0.06 * max(float(np.ptp(at)), 1e-6)
        axes.set(
            xlim=(at.min() - room, at.max() + room),
            ylim=(0, 1.2 * max(top, 1e-6)),
            xlabel="year" if result.against == "year" else f"{result.against}, first date = 1",
            ylabel=f"{result.index}'s index",
        )

    return update


def evaluation(path_ends: tuple[float, float], most: float) -> Callable[[Any], Update]:
    """The chosen over all others in time, and the estimates; the ends of both axes are given."""

    def chart(axes: Panels) -> Update:
        left, right = axes
        set_panel_widths(left, [1.15, 1])
        left.set_yscale("log")
        left.axhline(1, color=style.GREY, linewidth=1)
        (path,) = left.plot([], [], color=style.BLUE, marker="o", markersize=5, label="observed")
        (on,) = left.plot(
            [], [], color=style.ORANGE, linestyle=(0, (5, 3)), label="had it gone on as before"
        )
        start = left.axvline(0, color=style.INK, linewidth=1, linestyle=":")
        left.set(ylim=path_ends, xlabel="year", ylabel="income per head, all others = 1")
        steps = [step for step in RATIOS if path_ends[0] <= step <= path_ends[1]]
        left.set_yticks(steps, [f"{step:g}" for step in steps])
        left.minorticks_off()
        left.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, fontsize=9.5)
        rows = np.arange(len(WAYS))
        right.axvline(0, color=style.GREY, linewidth=1)
        bars = [right.plot([], [], color=style.INK, linewidth=2.4)[0] for _ in rows]
        dots = [right.plot([], [], markersize=9, **style.marker_style(0))[0] for _ in rows]
        numbers = [
            right.text(0, row - 0.16, "", ha="center", va="bottom", fontsize=10) for row in rows
        ]
        right.set(
            xlim=(-most, most), ylim=(len(rows) - 0.5, -0.7), xlabel="estimate, % of growth a year"
        )
        right.set_yticks(rows, [way.replace(" ", "\n", 2).replace("\n", " ", 1) for way in WAYS])
        right.grid(axis="y", visible=False)

        def update(result: OwnEvaluation) -> None:
            path.set_data(result.path.index, result.path)
            on.set_data(result.as_before.index, result.as_before)
            start.set_xdata([result.began, result.began])
            years = result.path.index
            room = 0.04 * (years[-1] - years[0])
            left.set_xlim(years[0] - room, years[-1] + room)
            for row, way in enumerate(WAYS):
                there = way in result.estimates
                value = result.estimates.get(way, 0.0)
                error = result.standard_errors.get(way, float("nan"))
                dots[row].set_data([value] if there else [], [row] if there else [])
                drawn = there and not np.isnan(error)
                ends = [value - 2 * error, value + 2 * error] if drawn else []
                bars[row].set_data(ends, [row, row] if drawn else [])
                missing = "needs one date more" if way == BEFORE_IT else ""
                numbers[row].set_text(signed_points(value) if there else missing)
                numbers[row].set_x(float(np.clip(value, -0.8 * most, 0.8 * most)))

        return update

    return chart


def short(name: str, most: int) -> str:
    """A name as far as it fits.

    Examples
    --------
    >>> short("Trade, transport & catering", 12)
    'Trade, tran…'
    """
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
