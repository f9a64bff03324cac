"""Charts of lesson 07."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from course_lib.industrial_clusters.firm_grid import SWEEPS, FirmGrid
from course_lib.industrial_clusters.lock_in import Histories
from course_lib.industrial_clusters.spin_offs import YEARS, SpinOffs
from course_lib.industrial_clusters.thrown_plants import BOARD
from course_lib.industrial_clusters.transaction_costs import FORMS, MOST_SPECIFIC, TransactionCosts
from course_lib.industrial_clusters.trust import (
    ROUNDS,
    CollectiveReputation,
    NetworkPlay,
    RepeatedDealing,
    least_patience,
)
from course_lib.industrial_clusters.us_clusters import Clusters
from course_lib.lab import style
from course_lib.lab.contracts import Panels, Update
from course_lib.lab.marks import percent_ticks, plain_ticks, set_panel_widths, spread_labels
from course_lib.measures import Dartboard
from course_lib.sentence import counted

# --- real figures

LISTED = 8
MOST_DOTS = 10_000  # more take longer to draw than a step may last


def three_answers(axes: Panels) -> Update:
    """Three fair measures of the strongest cluster, and the five places that lead by each."""
    rows = 5
    panels = (
        ("location_quotient", "by location quotient", 200.0, "{:.0f}"),
        ("national_share", "by share of the nation's jobs", 0.44, "{:.0%}"),
        ("employment", "by number of jobs", 620_000.0, "{:,.0f}"),
    )
    drawn: list[Any] = []
    for axis, (column, title, limit, form) in zip(axes, panels, strict=True):
        number = len(drawn)
        bars = axis.barh(
            np.arange(rows) + 0.22, [0.0] * rows, height=0.34, color=style.COLOURS[number]
        )
        names = [axis.text(0, row - 0.14, "", va="center", fontsize=10) for row in range(rows)]
        values = [axis.text(0, row + 0.22, "", va="center", fontsize=9.5) for row in range(rows)]
        axis.set(xlim=(0, limit), ylim=(rows - 0.45, -0.5), xticks=[], yticks=[])
        axis.spines[["left", "bottom"]].set_visible(False)
        axis.set_title(title, fontsize=11)
        drawn.append((column, limit, form, bars, names, values))

    def update(result: pd.DataFrame) -> None:
        for column, limit, form, bars, names, values in drawn:
            first = result.nlargest(rows, column)
            for row, (_, cell) in enumerate(first.iterrows()):
                bars[row].set_width(cell[column])
                names[row].set_text(f"{cell['place_short']}: {cell['industry_short']}")
                jobs = "" if column == "employment" else f"  ({cell['employment']:,} jobs)"
                values[row].set_text(form.format(cell[column]) + jobs)
                inside = cell[column] > 0.6 * limit
                values[row].set_x(0.02 * limit if inside else cell[column] + 0.02 * limit)
                values[row].set_color("white" if inside else style.INK)

    return update


def clusters(axes: Panels) -> Update:
    """All published cells by quotient and share, with the rule, and the first strong ones."""
    left, right = axes
    set_panel_widths(left, [1.05, 1])
    (others,) = left.plot([], [], ".", color="#A9A9A9", markersize=1.6, label="not strong")
    (strong,) = left.plot(
        [], [], "o", color=style.BLUE, markersize=4, markeredgewidth=0, label="strong by the rule"
    )
    limits: Any = {"color": style.ORANGE, "linewidth": 1.6, "linestyle": style.DASHES[1]}
    (quotient,) = left.plot([], [], **limits)
    (share,) = left.plot([], [], **limits)
    left.set(xscale="log", yscale="log", xlim=(0.08, 320), ylim=(8e-6, 6))
    left.set_xticks([0.1, 1, 10, 100], ["0.1", "1", "10", "100"])
    left.set_yticks(
        [1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1], ["0.001%", "0.01%", "0.1%", "1%", "10%", "100%"]
    )
    left.minorticks_off()
    left.set_xlabel("location quotient")
    left.set_title("share of the nation's jobs in the industry", fontsize=11)
    left.legend(loc="upper left", fontsize=10, markerscale=1.8, ncols=2, columnspacing=1)
    thinned = left.text(0.98, 0.03, "", ha="right", fontsize=9, transform=left.transAxes)

    right.set(xlim=(0, 1), ylim=(LISTED + 2.2, -1.3), xticks=[], yticks=[])
    right.spines[["left", "bottom"]].set_visible(False)
    right.grid(False)
    count = right.text(0, -0.85, "", fontsize=13, fontweight="bold", va="center")
    rule = right.text(0, -0.1, "", fontsize=10, va="center")
    right.text(
        0,
        0.7,
        "highest quotients: place, industry (jobs)",
        fontsize=10,
        color=style.GREY,
        va="center",
    )
    rows = [right.text(0, row + 1.6, "", va="center", fontsize=10) for row in range(LISTED)]

    def update(result: Clusters) -> None:
        x, y = result.cells["location_quotient"].array, result.cells["national_share"].array
        x, y = np.asarray(x), np.asarray(y)
        shown = (x > 0.08) & (y > 8e-6) & ~result.strong
        each = 1 + len(x) // MOST_DOTS
        others.set_data(x[shown][::each], y[shown][::each])
        strong.set_data(x[result.strong][::each], y[result.strong][::each])
        thinned.set_text(f"one cell in {each} is drawn" if each > 1 else "")
        quotient.set_data([result.least_quotient] * 2, [8e-6, 1])
        level = max(result.least_share, 8e-6)
        share.set_data([0.08, 320], [level, level])
        count.set_text(f"{result.count:,} strong clusters")
        rule.set_text(
            f"quotient ≥ {result.least_quotient:g}, share ≥ {result.least_share:.1%}, "
            f"plants ≥ {result.least_plants}, top {result.top:.0%}"
        )
        best = result.best.head(LISTED)
        cells = zip(
            best["place_short"],
            best["industry_short"],
            best["location_quotient"],
            best["employment"],
            strict=True,
        )
        lines = [
            f"{number:.0f}  {_cut(f'{place}: {industry}', 40)} ({jobs:,.0f})"
            for place, industry, number, jobs in cells
        ]
        for row, word in enumerate(rows):
            word.set_text(lines[row] if row < len(lines) else "")

    return update


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip(" ,&") + "…"


def thrown_plants(axes: Panels) -> Update:
    """One throw beside the board, and what raw concentration and the index find in all throws."""
    left, right = axes
    set_panel_widths(left, [1, 1.25])
    places = np.arange(len(BOARD))
    bars = left.bar(places, np.zeros(len(BOARD)), width=0.62, color=style.BLUE)
    left.plot(
        places, BOARD, "_", color=style.INK, markersize=20, markeredgewidth=3, label="all jobs"
    )
    left.set(xlim=(-0.6, len(BOARD) - 0.4), ylim=(0, 1.12), xlabel="eight regions", xticks=[])
    percent_ticks(left.yaxis, [0, 0.25, 0.5, 0.75, 1])
    left.set_title("the first throw (bars), and all jobs (▬)", fontsize=11)

    bins = np.linspace(-0.62, 1.62, 113)
    rows = (("raw\nconcentration", style.ORANGE, 1.0), ("the index", style.BLUE, 0.0))
    clouds = [
        right.plot([], [], drawstyle="steps-mid", color=colour, linewidth=1.6)[0]
        for _, colour, _ in rows
    ]
    means = [
        right.plot([], [], marker, color=colour, markersize=10)[0]
        for (_, colour, _), marker in zip(rows, ("s", "o"), strict=True)
    ]
    notes = [right.text(-0.6, base + 0.45, "", fontsize=10) for _, _, base in rows]
    (lumps,) = right.plot([], [], color=style.INK, linewidth=2, linestyle=style.DASHES[2])
    (truth,) = right.plot([], [], color=style.INK, linewidth=2)
    marks = [right.text(0, 0, word, fontsize=10, va="bottom") for word in ("lumpiness", "truth")]
    right.set(
        xlim=(-0.65, 1.65), ylim=(-0.12, 2.05), xlabel="values beyond the scale stand at its ends"
    )
    right.set_yticks([base + 0.12 for _, _, base in rows], [name for name, _, _ in rows])
    right.tick_params(left=False)
    right.set_title("400 throws: their values, and their mean (■ ●)", fontsize=11)

    def update(result: Dartboard) -> None:
        people = np.bincount(
            result.first_throw, weights=result.plant_sizes, minlength=len(BOARD)
        ) / (result.plant_sizes.sum())
        for bar, share in zip(bars, people, strict=True):
            bar.set_height(share)
        centres = (bins[1:] + bins[:-1]) / 2
        for values, (_, _, base), cloud, mean, note in zip(
            (result.raw, result.estimates), rows, clouds, means, notes, strict=True
        ):
            counts, _ = np.histogram(np.clip(values, bins[0], bins[-1]), bins)
            cloud.set_data(centres, base + 0.75 * counts / counts.max())
            mean.set_data([values.mean()], [base])
            note.set_text(f"mean\n{values.mean():.3f}".replace("-", "−"))
        lumps.set_data([result.plant_herfindahl] * 2, [1.0, 1.82])
        truth.set_data([result.gamma] * 2, [0.0, 0.82])
        marks[0].set_position((result.plant_herfindahl + 0.02, 1.8))
        marks[1].set_position((result.gamma + 0.02, 0.78))

    return update


# --- three views


def transaction_costs(axes: Axes) -> Update:
    """The cost of three forms over specificity, and the band in which the network is cheapest."""
    top = 110.0
    (band,) = axes.barh([4.2], [0], height=7.5, color=style.PALE)  # an area: words stay above it
    lines = [
        axes.plot([], [], label=name, **style.line_style(number))[0]
        for number, name in enumerate(FORMS)
    ]
    (here,) = axes.plot([], [], "o", color=style.INK, markersize=9, label="the transaction at hand")
    note = axes.text(0, 4.2, "", ha="center", va="center", fontsize=10)
    verdict = axes.text(0.985, 0.12, "", transform=axes.transAxes, ha="right", fontweight="bold")
    axes.set(
        xlim=(-0.6, MOST_SPECIFIC + 0.6),
        ylim=(0, top),
        xlabel="how specific the transaction is",
        ylabel="cost of governing it, money",
    )
    axes.legend(loc="upper left", fontsize=10)

    def update(result: TransactionCosts) -> None:
        for line, cost in zip(lines, result.cost, strict=True):
            line.set_data(result.grid, np.where(cost <= top, cost, np.nan))
        first, last = (min(edge, MOST_SPECIFIC) for edge in result.band)
        band.set_x(first)
        band.set_width(last - first)
        note.set_x((first + last) / 2)
        note.set_text("the network's band" if last - first > 8 else "")
        here.set_data([result.specificity], [result.cost_now.min()])
        verdict.set_text(f"cheapest here: {result.best}")

    return update


def repeated_dealing(axes: Panels) -> Update:
    """The patience that honesty needs, over how much is found out; and what each way earns."""
    left, right = axes
    chances = np.linspace(0, 1, 101)
    (curve,) = left.plot([], [], **style.line_style(0))
    (here,) = left.plot([], [], "o", color=style.ORANGE, markersize=11, clip_on=False)
    left.text(0.97, 0.93, "honest dealing pays", ha="right", va="top", fontsize=11)
    left.text(0.03, 0.06, "cheating pays", fontsize=11)
    left.set(
        xlim=(0, 1.02),
        ylim=(0, 1.02),
        xlabel="chance that a cheat is found out",
        ylabel="patience: what next round's\nmoney counts today",
    )
    left.set_title("least patience needed (line), and this place (●)", fontsize=11)
    rounds = np.arange(1, ROUNDS + 1)
    right.axhline(0, color=style.INK, linewidth=1)
    (ahead,) = right.plot([], [], **style.line_style(2))
    (end,) = right.plot([], [], "o", color=style.GREEN, markersize=9)
    verdict = right.text(0.97, 0.93, "", transform=right.transAxes, ha="right", fontweight="bold")
    right.text(0.03, 0.93, "↑ honest ahead", transform=right.transAxes, fontsize=10)
    right.text(0.97, 0.04, "↓ cheat ahead", transform=right.transAxes, ha="right", fontsize=10)
    right.set(xlim=(0, ROUNDS + 1), ylim=(-6, 16), xlabel="round")
    right.set_title("lead of the honest firm up to each round, money", fontsize=11)

    def update(result: RepeatedDealing) -> None:
        earnings = result.temptation, result.reward, result.punishment
        curve.set_data(chances, least_patience(chances, *earnings, result.fine))
        here.set_data([result.detection], [result.patience])
        lead = result.honest - result.cheating
        ahead.set_data(rounds, lead)
        end.set_data([ROUNDS], [lead[-1]])
        verdict.set_text("honest dealing pays" if result.honest_pays else "cheating pays")

    return update


def collective_reputation(axes: Axes) -> Update:
    """What a firm gains by its own quality, over how many share the name, and what it costs."""
    most = 60
    (gain,) = axes.plot([], [], label="its own part, and the fine it avoids", **style.line_style(0))
    (cost,) = axes.plot([], [], label="what quality costs a firm", **style.line_style(1))
    (here,) = axes.plot([], [], "o", color=style.INK, markersize=10)
    verdict = axes.text(0.03, 0.92, "", transform=axes.transAxes, fontweight="bold")
    axes.set(
        xlim=(0, most + 1),
        yscale="log",
        ylim=(0.25, 900),
        xlabel="firms that share the name",
        ylabel="money a year, logarithmic scale",
    )
    money = (0.5, 1, 2, 5, 10, 20, 50, 100, 200)
    axes.set_yticks(money, [f"{amount:g}" for amount in money])
    axes.minorticks_off()
    axes.legend(loc="upper right")

    def update(result: CollectiveReputation) -> None:
        shown = result.n <= most
        gain.set_data(result.n[shown], result.own_gain[shown])
        cost.set_data([0, most + 1], [result.cost] * 2)
        here.set_data([result.firms], [float(result.own_gain[result.firms - 1])])
        verdict.set_text("quality is kept up" if result.keeps_quality else "quality is given up")

    return update


def network_play(axes: Panels) -> Update:
    """Who deals with whom, and how much a favour has to bring."""
    left, right = axes
    set_panel_widths(left, [1, 1.3])
    (ties,) = left.plot([], [], color=style.SKY, linewidth=1)
    (firms,) = left.plot([], [], "o", color=style.BLUE, markersize=9)
    (middle,) = left.plot([], [], "s", color=style.ORANGE, markersize=13)
    left.set(xlim=(-1.15, 1.15), ylim=(-1.15, 1.15), aspect="equal", xticks=[], yticks=[])
    left.spines[["left", "bottom"]].set_visible(False)
    left.grid(False)
    left.set_title("firms (●), an association (■)", fontsize=11)
    most = 150.0
    stems = [right.plot([], [], color=style.PALE, linewidth=6)[0] for _ in range(2)]
    (needs,) = right.plot([], [], "D", color=style.ORANGE, markersize=12)
    (brings,) = right.plot([], [], "o", color=style.BLUE, markersize=12)
    verdict = right.text(0.97, 0.93, "", transform=right.transAxes, ha="right", fontweight="bold")
    notes = [right.text(0, row + 0.2, "", ha="center", fontsize=11) for row in range(2)]
    right.set(xscale="log", xlim=(1, most), ylim=(-0.5, 2.1))
    plain_ticks(right.xaxis, [1, 2, 5, 10, 20, 50, 100])
    right.set_yticks([0, 1], ["a favour has\nto bring", "a favour\nbrings"])
    right.tick_params(left=False)
    right.set_xlabel("times what it costs")

    def update(result: NetworkPlay) -> None:
        count = len(result.links)
        with_middle = count % 2 == 1  # the ring itself is even in the lab
        around = count - 1 if with_middle else count
        turn = 2 * np.pi * np.arange(around) / around
        x, y = np.sin(turn), np.cos(turn)
        if with_middle:
            x, y = np.append(x, 0.0), np.append(y, 0.0)
        one, other = np.nonzero(np.triu(result.links))
        gap = np.full(len(one), np.nan)
        ties.set_data(
            np.column_stack([x[one], x[other], gap]).ravel(),
            np.column_stack([y[one], y[other], gap]).ravel(),
        )
        firms.set_data(x[:around], y[:around])
        middle.set_data(x[around:], y[around:])
        limit = min(result.critical, most)
        for row, (value, dot) in enumerate(((limit, needs), (result.ratio, brings))):
            dot.set_data([value], [row])
            stems[row].set_data([1, value], [row, row])
            notes[row].set_x(min(max(value, 1.3), 100))
        notes[0].set_text("no price is enough" if result.critical > most else f"{limit:.1f}")
        notes[1].set_text(f"{result.ratio:.1f}")
        verdict.set_text("helping spreads" if result.helping_spreads else "helping dies out")

    return update


# --- history


def histories(axes: Panels) -> Update:
    """The shares of the regions in one history, and the largest share in all of them."""
    left, right = axes
    set_panel_widths(left, [1.35, 1])
    lines = [
        left.plot([], [], **(style.line_style(number) | {"linewidth": 1.9}))[0]
        for number in range(7)
    ]
    names = [
        left.text(405, 0, "", fontsize=10, va="center", color=colour)
        for colour in [style.INK if one == style.SKY else one for one in style.COLOURS]
    ]
    left.set(xlim=(0, 445), ylim=(-0.02, 1.02), xlabel="firms that have settled")
    left.set_xticks([0, 100, 200, 300, 400])
    percent_ticks(left.yaxis, [0, 0.25, 0.5, 0.75, 1])
    left.set_title("this history: share of each region (number at the end)", fontsize=11)

    edges = np.linspace(0, 1, 21)
    (outline,) = right.plot([], [], color=style.BLUE, drawstyle="steps-post")
    (mine,) = right.plot([], [], "v", color=style.ORANGE, markersize=11)
    note = right.text(0.03, 0.985, "", transform=right.transAxes, va="top", fontsize=10)
    right.set(xlim=(0, 1.01), ylim=(0, 1.42), xlabel="share of the largest region at the end")
    percent_ticks(right.xaxis, [0, 0.25, 0.5, 0.75, 1])
    right.set_yticks([0, 0.5, 1], ["none", "half", "all"])
    right.set_title("part of all histories (▼ this one)", fontsize=11)

    def update(result: Histories) -> None:
        shown = slice(None, None, 4)
        firms = np.arange(len(result.path))[shown]
        regions = result.path.shape[1]
        ends = result.path[-1]
        heights = spread_labels(ends, 0.058, low=0.0, high=1.0)
        for number, (line, name) in enumerate(zip(lines, names, strict=True)):
            if number < regions:
                line.set_data(firms, result.path[shown, number])
                name.set_text(str(number + 1))
                name.set_y(heights[number])
            else:
                line.set_data([], [])
                name.set_text("")
        largest = result.largest
        counts, _ = np.histogram(largest, edges)
        heights = np.concatenate([[0], counts / len(largest), [0]])
        outline.set_data(np.concatenate([[0], edges[:-1], [1]]), heights)
        mine.set_data([largest[0]], [1.08])
        many = round(result.nearly_all * len(largest))
        note.set_text(f"mean {largest.mean():.0%}\n90% or more: {many} of {len(largest)}")

    return update


def spin_offs(axes: Panels) -> Update:
    """The number of firms over the years, and how they divide into families."""
    left, right = axes
    set_panel_widths(left, [1.15, 1])
    (expected,) = left.plot([], [], label="expected", **style.line_style(1))
    (firms,) = left.plot(
        [], [], color=style.BLUE, drawstyle="steps-post", label="firms in this history"
    )
    (now,) = left.plot([], [], "o", color=style.BLUE, markersize=9)
    left.set(yscale="log", xlim=(0, YEARS + 1), ylim=(0.8, 12_000), xlabel="year")
    plain_ticks(left.yaxis, [1, 10, 100, 1000, 10_000])
    left.set_title("number of firms", fontsize=11)
    left.legend(loc="upper left")
    most = 10
    bars = right.bar(range(1, most + 1), np.zeros(most), width=0.7, color=style.GREEN)
    note = right.text(0.97, 0.95, "", transform=right.transAxes, ha="right", va="top")
    right.set(xlim=(0.3, most + 0.7), ylim=(0, 1.05), xlabel="families, the largest first")
    right.set_xticks(range(1, most + 1))
    percent_ticks(right.yaxis, [0, 0.25, 0.5, 0.75, 1])
    right.set_title("share of the firms", fontsize=11)

    def update(result: SpinOffs) -> None:
        expected.set_data(np.arange(YEARS + 1), result.expected)
        count = result.firms
        time = np.append(result.born[:count], result.year)
        firms.set_data(time, np.append(np.arange(1, count + 1), count))
        now.set_data([result.year], [count])
        shares = result.families / count
        for place, bar in enumerate(bars):
            bar.set_height(shares[place] if place < len(shares) else 0.0)
        families = counted(len(shares), "family", "families")
        note.set_text(f"{counted(count, 'firm')}, {families}")

    return update


def firm_grid(axes: Panels) -> Update:
    """The grid after a sweep, and how alike neighbours have become."""
    left, right = axes
    set_panel_widths(left, [1, 1.15])
    dots = [
        left.plot([], [], **(style.marker_style(number) | {"markersize": 3.6}))[0]
        for number in range(5)
    ]
    left.set(xlim=(-0.8, 39.8), ylim=(39.8, -0.8), aspect="equal", xticks=[], yticks=[])
    left.grid(False)
    left.set_title("firms by trade; white: empty", fontsize=11)
    (alike,) = right.plot([], [], label="neighbours of its own trade", **style.line_style(0))
    (moran,) = right.plot([], [], label="Moran's I", **style.line_style(1))
    marks = [
        right.plot([], [], marker, color=colour, markersize=9)[0]
        for marker, colour in (("o", style.BLUE), ("s", style.ORANGE))
    ]
    note = right.text(0.98, 0.03, "", transform=right.transAxes, ha="right", fontsize=10)
    right.axhline(0, color=style.GREY, linewidth=1)
    right.set(xlim=(0, SWEEPS + 1), ylim=(-0.22, 1.3), xlabel="sweep")
    right.set_yticks([0, 0.25, 0.5, 0.75, 1])
    right.legend(loc="upper left", fontsize=10)

    def update(result: FirmGrid) -> None:
        grid = result.grid
        for number, dot in enumerate(dots):
            row, column = np.nonzero(grid == number)
            dot.set_data(column, row)
        sweeps = np.arange(len(result.moran))
        for line, mark, values in zip(
            (alike, moran), marks, (result.alike, result.moran), strict=True
        ):
            line.set_data(sweeps, values)
            mark.set_data([result.sweep], [values[result.sweep]])
        note.set_text(f"not content: {result.moving[result.sweep]} firms")

    return update
