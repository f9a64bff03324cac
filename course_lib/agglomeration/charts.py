"""Charts of lesson 02."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from course_lib.agglomeration.marshall import MOST_FIRMS, Marshall
from course_lib.agglomeration.one_place import SHOWN, OnePlace, largest_shares
from course_lib.agglomeration.ring import Ring
from course_lib.agglomeration.transport_history import TransportHistory
from course_lib.agglomeration.urban_growth import LARGEST, SMALLEST, CitySize, TwoStages
from course_lib.agglomeration.weber import PLACES, Joining, Site
from course_lib.lab import style
from course_lib.lab.contracts import Panels, Update
from course_lib.lab.marks import (
    WHITE_BOX,
    percent_ticks,
    place_text,
    set_panel_widths,
    show_if,
    with_gaps,
)
from course_lib.sentence import counted

MOST_WAVES = 8
LONGEST_PLACE = 16  # letters of a place's name that stand beside its bar
SHARE_STEPS = (0.02, 0.05, 0.1, 0.2, 0.25)  # of the nation's jobs, between two ticks

TIE = 1e-9  # tonnes: two pulls closer than this are equal

WEST_EAST, SOUTH_NORTH = (-2.0, 14.0), (-1.5, 10.5)  # edges of Weber's map, km

# --- real figures


def a_third(axes: Axes) -> Update:
    """Of some industries: the largest metro's share of their jobs, and of all jobs."""
    rows = 10
    (ways,) = axes.plot([], [], color=style.PALE, linewidth=5, solid_capstyle="butt")
    (all_jobs,) = axes.plot(
        [], [], markersize=8, label="share of all jobs", **style.marker_style(0)
    )
    (own,) = axes.plot(
        [], [], markersize=9, label="share of the industry's jobs", **style.marker_style(1)
    )
    names = [axes.text(-0.005, row, "", ha="right", va="center") for row in range(rows)]
    towns = [axes.text(0, row, "", va="center") for row in range(rows)]
    axes.set(xlim=(0, 0.42), ylim=(rows - 0.5, -0.6), yticks=[])
    axes.set_xticks([0, 0.1, 0.2, 0.3, 0.4], ["0%", "10%", "20%", "30%", "40% of the nation"])
    axes.spines["left"].set_visible(False)
    axes.legend(loc="lower right")
    axes.set_title("the metro with most jobs in an industry, 2019")

    def update(result: pd.DataFrame) -> None:
        table = result.head(rows)
        row = np.arange(len(table))
        pairs = table[["share_of_all_jobs", "share"]].to_numpy()
        ways.set_data(*with_gaps([(a, at), (b, at)] for at, (a, b) in enumerate(pairs)))
        all_jobs.set_data(table["share_of_all_jobs"], row)
        own.set_data(table["share"], row)
        for name, town, (industry, cells) in zip(names, towns, table.iterrows(), strict=False):
            name.set_text(str(industry))
            town.set_text(f"{cells['metro']} {cells['share']:.0%}")
            town.set_x(cells["share"] + 0.008)

    return update


def one_place(axes: Panels) -> Update:
    """The metros of one industry, and where it stands among all industries."""
    return _one_place(axes, largest_shares()["share"], "metro", 0.4)


def one_place_of(shares: pd.Series, what: str, most: float) -> Callable[[Any], Update]:
    """The same for other places: the largest share of each industry, what one is called, the end.

    `most` is the largest share of the nation's jobs that the bars have to reach.
    """

    def chart(axes: Panels) -> Update:
        return _one_place(axes, shares, what, most)

    return chart


def _one_place(axes: Panels, shares: pd.Series, what: str, most: float) -> Update:
    left, right = axes
    room = most / 0.4  # of the bars of the lesson, which end at 40%
    set_panel_widths(left, [1.5, 1])
    bars = left.barh(range(SHOWN), [0.0] * SHOWN, color=style.BLUE, height=0.62)
    (all_jobs,) = left.plot(
        [], [], "|", color=style.INK, markersize=17, markeredgewidth=3, label="share of all jobs"
    )
    names = [left.text(-0.006 * room, row, "", ha="right", va="center") for row in range(SHOWN)]
    values = [left.text(0, row, "", va="center", fontsize=10) for row in range(SHOWN)]
    # room for the names
    left.set(xlim=(-0.13 * room, 0.4 * room), ylim=(SHOWN - 0.4, -0.6), yticks=[])
    step = next(step for step in SHARE_STEPS if step >= 0.1 * room or step == SHARE_STEPS[-1])
    percent_ticks(left.xaxis, [step * tick for tick in range(4) if step * tick <= min(1, most)])
    head = left.set_title("share of the nation's jobs in the industry")
    left.spines["left"].set_visible(False)
    left.legend(loc="lower right")
    right.plot(np.arange(1, len(shares) + 1), shares, "o", color=style.GREY, markersize=4)
    (here,) = right.plot([], [], "s", color=style.ORANGE, markersize=10)
    note = right.text(0.97, 0.86, "", transform=right.transAxes, ha="right", va="top", fontsize=10)
    right.set(
        xlim=(0, len(shares) + 1),
        ylim=(0, 0.55 if shares.max() < 0.5 else 1.05),
        xlabel=f"{len(shares)} industries, most concentrated first",
    )
    if shares.max() < 0.5:
        right.set_yticks([0, 0.1, 0.2, 0.3, 0.4, 0.5], ["0%", "10%", "20%", "30%", "40%", "half"])
    else:
        right.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "half", "75%", "all"])
    right.set_title(f"share of the largest {what}")

    def update(result: OnePlace) -> None:
        table = result.metros.head(SHOWN)
        head.set_text(f"share of {result.whose} jobs in the industry")
        for row, (bar, name, value) in enumerate(zip(bars, names, values, strict=True)):
            shown = row < len(table)
            share = float(table["share"].iloc[row]) if shown else 0.0
            bar.set_width(share)
            name.set_text(_short(str(table.index[row])) if shown else "")
            value.set_text(f"{share:.1%}" if shown else "")
            ends = max(share, float(table["share_of_all_jobs"].iloc[row])) if shown else 0.0
            value.set_x(ends + 0.009 * room if shown else 0)
        all_jobs.set_data(table["share_of_all_jobs"], range(len(table)))
        place = list(shares.index).index(result.industry)
        here.set_data([place + 1], [result.largest_share])
        note.set_text(f"{result.times_expected:.1f} times its share of all jobs")

    return update


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_PLACE else f"{name[: LONGEST_PLACE - 1].rstrip()}…"


# --- Marshall's three


def marshalls_three(axes: Panels) -> Update:
    """Three parts of the cost of a unit over the number of firms, and the pool of workers."""
    left, right = axes
    set_panel_widths(left, [1.7, 1])
    (total,) = left.plot([], [], color=style.INK, linewidth=3, label="cost of a unit")
    labels = ("sharing", "matching", "learning", "crowding")
    parts = [
        left.plot([], [], label=name, **style.line_style(i))[0] for i, name in enumerate(labels)
    ]
    (line,) = left.plot([], [], color=style.GREY, linewidth=1)
    dots = [left.plot([], [], "o", color=style.COLOURS[i])[0] for i in range(4)]
    (least,) = left.plot([], [], "^", color=style.INK, markersize=11, label="least")
    (dot,) = left.plot([], [], "o", color=style.INK)
    left.set(xlim=(0, MOST_FIRMS + 1), ylim=(0, 32), xlabel="firms in the place", ylabel="money")
    left.legend(loc="upper right")
    (pool,) = right.plot([], [], **style.line_style(4))
    (now,) = right.plot([], [], "D", color=style.COLOURS[4], markersize=8)
    note = right.text(0, 0, "", ha="center", va="bottom", fontsize=10)
    right.set(
        xlim=(0, MOST_FIRMS + 1),
        ylim=(0, 1.2),
        xlabel="firms that share a pool of workers",
        ylabel="swings, one firm = 1",
        title="swings of the wage",
    )

    def update(result: Marshall) -> None:
        here = result.firms - 1
        total.set_data(result.n, result.unit_cost)
        dot.set_data([result.firms], [result.unit_cost[here]])
        line.set_data([result.firms] * 2, [0, result.unit_cost[here]])
        for name, part, mark in zip(labels, parts, dots, strict=True):
            cost = getattr(result, name)
            part.set_data(result.n, cost)
            mark.set_data([result.firms], [cost[here]])
        lowest = result.cheapest
        least.set_data([lowest], [result.unit_cost[lowest - 1]])
        pool.set_data(result.n, result.shock_spread)
        now.set_data([result.firms], [result.shock_spread[here]])
        note.set_text(f"{result.shock_spread[here]:.2f}")
        note.set_position(
            (min(result.firms + 2.5, MOST_FIRMS - 2), result.shock_spread[here] + 0.04)
        )

    return update


# --- Weber


def isodapanes(axes: Panels) -> Update:
    """A map with the best site and lines of equal cost, and the test at each place."""
    left, right = axes
    set_panel_widths(left, [1.25, 1])
    (rings,) = left.plot([], [], color=style.SKY, linewidth=1.1)
    (ways,) = left.plot([], [], color=style.GREY, linewidth=1)
    dots = [left.plot([], [], markersize=10, **style.marker_style(i))[0] for i in range(3)]
    (site,) = left.plot([], [], marker="*", color=style.INK, markersize=19, markeredgecolor="white")
    below: Any = {"ha": "center", "va": "top", "fontsize": 10, "bbox": WHITE_BOX}
    names = [left.text(0, 0, "", **below) for _ in PLACES]
    left.set(xlim=WEST_EAST, ylim=SOUTH_NORTH, xticks=[], yticks=[], aspect="equal")
    left.set_title("★ cheapest site; each blue line: one step dearer", fontsize=11)
    left.set_xlabel("map, 16 km from edge to edge", fontsize=10)
    left.grid(False)

    rows = range(len(PLACES))
    bars = [right.barh(row, 0, color=style.COLOURS[row], height=0.5, alpha=0.85)[0] for row in rows]
    (pulls,) = right.plot(
        [], [], "|", color=style.INK, markersize=26, markeredgewidth=3.5, label="pull of the others"
    )
    verdicts = [right.text(0.02, row - 0.42, "", va="center", fontsize=10) for row in rows]
    right.set(xlim=(0, 6.3), ylim=(2.5, -0.75), xlabel="tonnes (bar: the place's own weight)")
    right.set_yticks(list(rows), [name.replace(" ", "\n") for name in PLACES])
    right.tick_params(left=False)
    right.set_title("does a place hold the plant?", fontsize=11)
    right.legend(loc="upper right", bbox_to_anchor=(1.02, 1.02), fontsize=10, markerscale=0.45)

    def update(result: Site) -> None:
        # As many lines as fit on the map: in steps of a tenth of the cost that is least.
        step = max(0.5, 0.1 * result.cost)
        lines = result.isodapanes([step * number for number in range(1, 7)])
        lowest, highest = np.transpose([WEST_EAST, SOUTH_NORTH])
        on_map = ((lines >= lowest) & (lines <= highest)).all(axis=-1, keepdims=True)
        rings.set_data(*with_gaps(np.where(on_map, lines, np.nan)))
        ways.set_data(*with_gaps((place, result.location) for place in result.places))
        site.set_data(*result.location[:, np.newaxis])
        for row, (place, dot, name) in enumerate(zip(result.places, dots, names, strict=True)):
            dot.set_data(*place[:, np.newaxis])
            name.set_position((place[0], place[1] - 0.45))
            name.set_text(PLACES[row])
            bars[row].set_width(result.weights[row])
            # In a tie two places hold it, and each site on the way between them costs the same.
            holds = result.weights[row] >= result.pulls[row] - TIE
            verdicts[row].set_text("holds" if holds else "does not hold")
            verdicts[row].set_fontweight("bold" if holds else "normal")
        pulls.set_data(result.pulls, rows)

    return update


def critical_isodapanes(axes: Axes) -> Update:
    """Three plants, how far each may move, and where they would meet."""
    turn = np.linspace(0, 2 * np.pi, 91)
    circles = [axes.plot([], [], **(style.line_style(i) | {"linewidth": 1.8}))[0] for i in range(3)]
    (ways,) = axes.plot([], [], color=style.GREY, linewidth=1)
    dots = [axes.plot([], [], markersize=10, **style.marker_style(i))[0] for i in range(3)]
    (meeting,) = axes.plot([], [], marker="*", color=style.INK, markersize=18)
    text: Any = {"transform": axes.transAxes, "va": "top"}
    verdict = axes.text(0.02, 0.97, "", fontsize=14, fontweight="bold", **text)
    axes.text(
        0.02,
        0.86,
        "circle: how far a plant\nmay move for its saving\n★ where they would meet",
        **text,
    )
    axes.set(xlim=(-34, 34), ylim=(-13.5, 16.5), xticks=[], yticks=[], aspect="equal")
    axes.grid(False)

    def update(result: Joining) -> None:
        radius = result.critical_radius
        for plant, circle, dot in zip(result.plants, circles, dots, strict=True):
            circle.set_data(plant[0] + radius * np.cos(turn), plant[1] + radius * np.sin(turn))
            dot.set_data(*plant[:, np.newaxis])
        ways.set_data(*with_gaps((plant, result.meeting) for plant in result.plants))
        meeting.set_data(*result.meeting[:, np.newaxis])
        verdict.set_text("they join" if result.join else "they stay apart")

    return update


# --- core and periphery


def tomahawk_and_wiggle(axes: Panels) -> Update:
    """All equilibria over the transport cost with the path so far, and the wage gap of the year."""
    left, right = axes
    set_panel_widths(left, [1.35, 1])
    thick: Any = {"color": style.BLUE, "linewidth": 3.4, "solid_capstyle": "butt"}
    thin: Any = {"color": style.BLUE, "linewidth": 1.6, "linestyle": style.DASHES[2]}
    (stable,) = left.plot([], [], label="lasts", **thick)
    (unstable,) = left.plot([], [], label="does not last", **thin)
    (path,) = left.plot([], [], color=style.ORANGE, linewidth=2, label="workers' path")
    (here,) = left.plot([], [], "s", color=style.ORANGE, markersize=10)
    landmarks = [left.plot([], [], color=style.GREY, linewidth=1)[0] for _ in range(2)]
    notes = [left.text(0, 1.085, "", ha=ha, va="bottom", fontsize=10) for ha in ("right", "left")]
    left.set(
        xlim=(1, 2.5),
        ylim=(-0.05, 1.22),
        yticks=[0, 0.25, 0.5, 0.75, 1],
        xlabel="transport cost (units sent for one to arrive)",
        ylabel="share of workers in region 1",
    )
    left.legend(loc="center right", fontsize=10, bbox_to_anchor=(1.0, 0.29))

    right.axhline(0, color=style.INK, linewidth=1)
    # Solid: dashed is what does not last, in the picture beside it.
    (gap,) = right.plot([], [], color=style.GREEN)
    (rests,) = right.plot([], [], "o", color=style.BLUE, markersize=10)
    (tips,) = right.plot(
        [], [], "o", color=style.BLUE, markersize=10, markerfacecolor="white", markeredgewidth=2
    )
    (now,) = right.plot([], [], "s", color=style.ORANGE, markersize=10)
    year = right.text(0.03, 0.97, "", transform=right.transAxes, va="top", fontweight="bold")
    right.text(
        0.97,
        0.97,
        "region 1 gains workers",
        transform=right.transAxes,
        ha="right",
        va="top",
        fontsize=10,
    )
    right.text(
        0.97,
        0.03,
        "region 2 gains workers",
        transform=right.transAxes,
        ha="right",
        va="bottom",
        fontsize=10,
    )
    right.set(
        xlim=(-0.04, 1.04),
        ylim=(-0.175, 0.175),  # room for the words above and below the curve
        xlabel="share of workers in region 1",
        ylabel="real wage, region 1 minus 2",
    )

    def update(result: TransportHistory) -> None:
        axe = result.axe
        cost, none = axe.transport_cost, np.nan
        even_holds = np.where(axe.even_is_stable, 0.5, none)
        core = [np.where(axe.core_is_stable, end, none) for end in (0.0, 1.0)]
        stable.set_data(
            np.tile([*cost, none], 3), np.concatenate([[*one, none] for one in (even_holds, *core)])
        )
        even_breaks = np.where(axe.even_is_stable, none, 0.5)
        uneven = [axe.uneven_share, 1 - axe.uneven_share]
        unstable.set_data(
            np.tile([*cost, none], 3),
            np.concatenate([[*one, none] for one in (even_breaks, *uneven)]),
        )
        until = result.year + 1
        path.set_data(result.cost[:until], result.share[:until])
        here.set_data([result.cost[result.year]], [result.share_now])
        points = ((axe.break_point, "break"), (axe.sustain_point, "sustain"))
        for line, note, (where, name) in zip(landmarks, notes, points, strict=True):
            if np.isnan(where):
                line.set_data([], [])
                note.set_text("")
                continue
            line.set_data([where] * 2, [-0.05, 1.08])
            x = where + (0.02 if name == "break" else -0.02)
            place_text(note, f"{name} {where:.2f}", (x, note.get_position()[1]))

        moment = result.now
        gap.set_data(moment.share, moment.wage_gap)
        for marks, wanted in ((rests, True), (tips, False)):
            found = [one.share for one in moment.equilibria if one.stable is wanted]
            heights = np.interp(found, moment.share, moment.wage_gap)
            marks.set_data(found, np.where(np.isin(found, (0.0, 1.0)), heights, 0.0))
        now.set_data(
            [result.share_now], [np.interp(result.share_now, moment.share, moment.wage_gap)]
        )
        year.set_text(f"year {result.year}")

    return update


def cores_on_a_ring(axes: Panels) -> Update:
    """Workers on a ring of regions, and how fast waves of one, two, three crests grow."""
    left, right = axes
    turn = np.linspace(0, 2 * np.pi, 181)
    left.plot(np.sin(turn), np.cos(turn), color=style.PALE, linewidth=6)
    stick: Any = {"linewidth": 4.5, "solid_capstyle": "butt"}
    sticks = [left.plot([], [], color=colour, **stick)[0] for colour in (style.SKY, style.BLUE)]
    number = left.text(0, 0.08, "", ha="center", va="center", fontsize=17, fontweight="bold")
    step = left.text(0, -0.28, "", ha="center", va="center")
    left.set(xlim=(-2.6, 2.6), ylim=(-2.05, 2.05), xticks=[], yticks=[], aspect="equal")
    left.spines[["left", "bottom"]].set_visible(False)
    left.grid(False)
    left.set_title("a stick: the workers of a region (dark: in a core)", fontsize=11)
    waves = np.arange(1, MOST_WAVES + 1)
    bars = right.bar(waves, np.zeros(MOST_WAVES), color=style.SKY, width=0.7)
    (fastest,) = right.plot([], [], "v", color=style.ORANGE, markersize=11)
    right.axhline(0, color=style.INK, linewidth=1)
    right.set(
        xlim=(0.4, MOST_WAVES + 0.6),
        ylim=(-0.16, 0.062),
        xlabel="crests of a small wave",
        ylabel="growth of the wave (below 0: it dies out)",
    )
    right.set_xticks(waves)
    right.set_title("▼ the wave that grows fastest", fontsize=11)

    def update(result: Ring) -> None:
        share = result.shares[result.step]
        angle = 2 * np.pi * np.arange(result.regions) / result.regions
        outer = 1.02 + 0.95 * np.minimum(1.0, 2 * share)
        outward = np.column_stack([np.sin(angle), np.cos(angle)])
        in_core = share > result.core_from
        for line, chosen in zip(sticks, (~in_core, in_core), strict=True):
            ends = zip(outer[chosen], outward[chosen], strict=True)
            line.set_data(*with_gaps((1.02 * way, length * way) for length, way in ends))
        cores = result.cores()
        number.set_text(counted(cores, "core"))
        step.set_text(f"step {result.step}")
        growth = result.growth[:MOST_WAVES]
        for bar, rate in zip(bars, growth, strict=True):
            bar.set_height(rate)
        found = result.fastest
        seen = 0 < found <= MOST_WAVES
        show_if(seen, fastest, found, result.growth[found - 1] + 0.008)

    return update


# --- cities


def city_size(axes: Axes) -> Update:
    """What a city brings, what it costs, and what is left, over its size."""
    labels = ("output per person", "cost of crowding", "what is left")
    lines = [
        axes.plot([], [], label=name, **style.line_style(i))[0] for i, name in enumerate(labels)
    ]
    (level,) = axes.plot([], [], color=style.GREY, linewidth=1)
    (best,) = axes.plot([], [], "^", color=style.GREEN, markersize=11, label="most is left")
    (full,) = axes.plot(
        [], [], "X", color=style.INK, markersize=11, label="as little as in a town of 1000"
    )
    axes.set(xscale="log", xlim=(SMALLEST, LARGEST), ylim=(0, 30), ylabel="money per person")
    axes.set_xticks(
        [1, 10, 100, 1000, 1e4, 1e5, 1e6],
        ["1000", "10 000", "100 000", "1 million", "10 million", "100 million", "1 billion"],
    )
    axes.set_xlabel("people in the city")
    axes.minorticks_off()
    axes.legend(loc="upper left")

    def update(result: CitySize) -> None:
        for line, values in zip(lines, (result.output, result.crowding, result.left), strict=True):
            shown = (values >= 0) & (values <= 30)
            line.set_data(result.size, np.where(shown, values, np.nan))
        start = float(result.left[0])
        level.set_data([SMALLEST, result.too_large], [start, start])
        best.set_data([result.best_size], [result.best_left])
        full.set_data([result.too_large], [start])

    return update


def two_stages(axes: Axes) -> Update:
    """Productivity of a city's first industry, while its own kind and then others come."""
    (first,) = axes.plot([], [], label="more of the same industry", **style.line_style(0))
    (second,) = axes.plot([], [], label="other industries", **style.line_style(1))
    (bend,) = axes.plot([], [], color=style.GREY, linewidth=1)
    (dot,) = axes.plot([], [], "o", color=style.INK, markersize=7)
    notes = [axes.text(0, 0, "", ha="center", va="top", fontweight="bold") for _ in range(2)]
    axes.set(xlim=(0, 12.4), ylim=(0.8, 2.65), ylabel="productivity, at the start 1")
    axes.set_xticks(range(0, 13, 2), ["1", "4", "16", "64", "256", "1024", "4096"])
    axes.set_xlabel("size of the city, at the start 1")
    axes.legend(loc="upper left")

    def update(result: TwoStages) -> None:
        early = result.doublings <= result.ends_first
        late = result.doublings >= result.ends_first
        first.set_data(result.doublings[early], result.gain[early])
        second.set_data(result.doublings[late], result.gain[late])
        middle = 1 + result.gain_first
        bend.set_data([result.ends_first] * 2, [0.8, middle])
        dot.set_data([result.ends_first], [middle])
        end = float(result.doublings[-1])
        for note, low, high, gain in zip(
            notes,
            (0.0, result.ends_first),
            (result.ends_first, end),
            (result.gain_first, result.gain_second),
            strict=True,
        ):
            note.set_position((0.5 * (low + high), 0.96))
            note.set_text(f"{gain:+.1%}" if high - low > 0.9 else "")

    return update
