"""Charts of lesson 08."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.axes import Axes

from course_lib.innovation_and_synergy.advantage_map import SPOKES, AdvantageMap
from course_lib.innovation_and_synergy.attention import Attention
from course_lib.innovation_and_synergy.learning import Learning
from course_lib.innovation_and_synergy.life_cycle import PHASES, LifeCycle
from course_lib.innovation_and_synergy.metro_invention import FOLLOWED, MetroInvention
from course_lib.innovation_and_synergy.pipelines import Pipelines, buzz_weights
from course_lib.innovation_and_synergy.specialised_or_diverse import MOST_INDUSTRIES, TwoCities
from course_lib.innovation_and_synergy.synergy import PARTNERS, Synergy
from course_lib.lab import style
from course_lib.lab.contracts import Panels, Update
from course_lib.lab.marks import (
    WHITE_BOX,
    percent_ticks,
    plain_ticks,
    set_panel_widths,
    show_if,
    spread_labels,
    with_gaps,
)

MOST_ON_A_RING = 12
MOST_LIVING = 330
DARK = 0.47  # of the scale of colours: below it white can be read, above it black

# --- real figures


def invention(axes: Panels) -> Update:
    """Patents of four metros against all, and patents per job where there are most and fewest."""
    left, right = axes
    set_panel_widths(left, [1.15, 1])
    (total,) = left.plot([], [], color=style.GREY, linewidth=5, alpha=0.5)
    lines = [left.plot([], [], **style.line_style(i))[0] for i in range(len(FOLLOWED))]
    names = [left.text(0, 0, "", va="center", fontsize=10) for _ in range(len(FOLLOWED) + 1)]
    left.set(xlim=(2000, 2021), ylim=(0, 4.6), xticks=[2000, 2005, 2010, 2015], xlabel="year")
    left.set_title("patents issued (2000 = 1)")

    rows = 9
    bars = right.barh(range(rows), [0.0] * rows, color=style.BLUE, height=0.62)
    towns = [right.text(-0.25, row, "", ha="right", va="center", fontsize=10) for row in range(9)]
    values = [right.text(0, row, "", va="center", fontsize=10) for row in range(rows)]
    right.set(xlim=(0, 14.5), ylim=(rows - 0.4, -0.6), yticks=[], xlabel="patents a year")
    right.set_title("for each thousand jobs, 2013-15")
    right.spines["left"].set_visible(False)

    def update(result: MetroInvention) -> None:
        years = result.patents.index.to_numpy()
        total.set_data(years, result.growth)
        curves = [*(result.growth_of(metro) for metro in FOLLOWED), result.growth]
        for line, curve in zip(lines, curves, strict=False):
            line.set_data(years, curve)
        labels = [*FOLLOWED, "all 100"]
        for text, label, curve in zip(names, labels, curves, strict=True):
            text.set_text(f"{label} {curve.iloc[-1]:.1f}")
            text.set_position((years[-1] + 0.3, curve.iloc[-1]))
        rate = result.per_thousand_jobs
        middle = len(rate) // 2
        chosen = [0, 1, 2, 3, 4, 5, middle, len(rate) - 2, len(rate) - 1]
        for row, rank in enumerate(chosen):
            value = float(rate.iloc[rank])
            bars[row].set_width(value)
            towns[row].set_text(f"{rank + 1}. {rate.index[rank]}")
            values[row].set_text(f"{value:.1f}" if value >= 1 else f"{value:.2f}")
            values[row].set_x(value + 0.2)

    return update


# --- learning by doing


def two_costs(axes: Panels) -> Update:
    """Cost of a unit at the leader's and the latecomers', and what each has learnt from."""
    left, right = axes
    set_panel_widths(left, [1.5, 1])
    leader = left.plot([], [], label="leader", **style.line_style(0))[0]
    latecomer = left.plot([], [], label="each latecomer", **style.line_style(1))[0]
    (caught,) = left.plot([], [], "o", color=style.INK, markersize=8)
    when = left.text(0.02, 0.03, "", transform=left.transAxes, va="bottom", bbox=WHITE_BOX)
    ends = [left.text(40.5, 1, "", va="center", color=style.COLOURS[i]) for i in range(2)]
    left.set(xlim=(0, 45), ylim=(1.3, 130), yscale="log", xlabel="years since the leader began")
    plain_ticks(left.yaxis, [2, 5, 10, 20, 50, 100])
    left.set_ylabel("cost of a unit (money)")
    left.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)

    own = right.bar([0, 1], [0.0, 0.0], color=style.BLUE, width=0.55)
    heard = right.bar(
        [0, 1], [0.0, 0.0], color="white", edgecolor=style.BLUE, hatch="///", width=0.55,
        label="learnt from others",
    )  # fmt: skip
    sums = [right.text(firm, 0, "", ha="center", va="bottom") for firm in range(2)]
    right.set(xlim=(-0.6, 1.6), ylim=(0, 2400), ylabel="experience in year 40 (units)")
    right.set_xticks([0, 1], ["leader", "each latecomer"])
    right.set_title("filled: own units; hatched: learnt", fontsize=10.5)

    def update(result: Learning) -> None:
        leader.set_data(result.time, result.leader_cost)
        latecomer.set_data(result.time, result.latecomer_cost)
        last = [result.leader_cost[-1], result.latecomer_cost[-1]]
        heights = np.exp(spread_labels(np.log(last), np.log(1.3)))
        for text, value, height in zip(ends, last, heights, strict=True):
            text.set_text(f"{value:.1f}")
            text.set_y(height)
        year = result.catch_up_year
        seen = year <= result.time[-1]
        cost = np.interp(year, result.time, result.leader_cost) if seen else 0
        show_if(seen, caught, year, cost)
        note = f"within a tenth from year {year:.0f}" if seen else "not within a tenth by year 40"
        dearer = f"year 40: {result.lead:.0%} dearer, long run: {result.long_run_lead:.0%}"
        when.set_text(f"{note}\n{dearer}")
        for firm in range(2):
            own[firm].set_height(result.own[firm])
            heard[firm].set_y(result.own[firm])
            heard[firm].set_height(result.heard[firm])
            sums[firm].set_text(f"{result.own[firm] + result.heard[firm]:.0f}")
            sums[firm].set_y(result.own[firm] + result.heard[firm] + 25)

    return update


# --- one industry or many


def two_cities(axes: Panels) -> Update:
    """Growth by the number of industries, and output of two cities over time."""
    left, right = axes
    count = np.arange(1, MOST_INDUSTRIES + 1)
    (curve,) = left.plot([], [], color=style.GREY)
    dots = [left.plot([], [], markersize=10, **style.marker_style(i))[0] for i in range(2)]
    left.set(
        xlim=(0, MOST_INDUSTRIES + 1),
        ylim=(0, 0.08),
        xlabel="industries of equal size in a city",
    )
    left.set_xticks([1, 4, 8, 12, 16])
    percent_ticks(left.yaxis, [0, 0.02, 0.04, 0.06, 0.08])
    left.set_title("growth of output per worker, a year")
    labels = ("one industry", "several industries")
    lines = [
        right.plot([], [], label=label, **style.line_style(i))[0] for i, label in enumerate(labels)
    ]
    ends = [right.text(40.5, 1, "", va="center", color=style.COLOURS[i]) for i in range(2)]
    (when,) = right.plot([], [], color=style.GREY, linewidth=1)
    right.set(xlim=(0, 46), ylim=(0.08, 30), yscale="log", xlabel="years; grey line: the shock")
    plain_ticks(right.yaxis, [0.2, 0.5, 1, 2, 5, 10])
    right.set_title("output of the city (start = 1)")
    right.legend(loc="upper left")

    def update(result: TwoCities) -> None:
        m, j = result.same_industry, result.variety
        entire = result.growth[0]  # m ln L: the city with one industry has no entropy
        curve.set_data(count, entire + (j - m) * np.log(count))
        for dot, industries, growth in zip(
            dots, (1, result.industries), result.growth, strict=True
        ):
            dot.set_data([industries], [growth])
        last = np.maximum(result.output[-1], 0.081)
        heights = np.exp(spread_labels(np.log(last), np.log(1.3)))
        for city, (line, end) in enumerate(zip(lines, ends, strict=True)):
            shown = result.output[:, city]
            line.set_data(result.time, np.where(shown > 0, shown, np.nan))
            end.set_text(f"{result.output[-1, city]:.2f}")
            end.set_y(heights[city])
        when.set_data([result.shock_year] * 2, [0.08, 30])

    return update


# --- buzz and pipelines


def network(axes: Panels) -> Update:
    """Who talks to whom and how much each firm knows, and the cluster over time."""
    left, right = axes
    set_panel_widths(left, [1, 1.2])
    left.set(xlim=(-1.55, 1.55), ylim=(-1.55, 1.55), aspect="equal")
    left.set_axis_off()
    (ties,) = left.plot([], [], color=style.GREY, linewidth=1.2)
    (pipes,) = left.plot([], [], color=style.ORANGE, linewidth=3.5)
    dots = left.scatter(
        [], [], s=330, c=[], cmap=style.SEQUENTIAL, vmin=0, vmax=1, edgecolors=style.INK, zorder=3
    )
    shares = [
        left.text(0, 0, "", ha="center", va="center", fontsize=9, zorder=4)
        for _ in range(MOST_ON_A_RING)
    ]
    left.set_title("per cent of the frontier, long run;\norange: a pipeline", fontsize=11)
    labels = ("firm that knows most", "mean of the cluster", "firm that knows least")
    lines = [
        right.plot([], [], label=label, **style.line_style(i))[0] for i, label in enumerate(labels)
    ]
    ends = [
        right.text(102, 0, "", va="center", fontsize=10, color=style.COLOURS[i]) for i in range(3)
    ]
    right.set(xlim=(0, 136), ylim=(0, 1.28), xticks=range(0, 101, 20), xlabel="years")
    right.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1], ["0%", "20%", "40%", "60%", "80%", "frontier"])
    right.set_title("knowledge (year 100, then the long run)")
    right.legend(loc="upper left", ncols=2, fontsize=9)

    def update(result: Pipelines) -> None:
        places = _positions(result.firms, result.shape)
        talks = buzz_weights(result.firms, 1.0, result.shape) > 0
        pairs = [(i, k) for i in range(result.firms) for k in range(i) if talks[i, k]]
        ties.set_data(*with_gaps([(places[i], places[k]) for i, k in pairs]))
        outward = [_outward(position) for position in places[: result.linked]]
        pipes.set_data(
            *with_gaps([(p, p + 0.42 * o) for p, o in zip(places, outward, strict=False)])
        )
        dots.set_offsets(places)
        dots.set_array(result.long_run)
        for firm, text in enumerate(shares):
            shown = firm < result.firms
            text.set_text(f"{100 * result.long_run[firm]:.0f}" if shown else "")
            text.set_position(tuple(places[firm]) if shown else (0, 0))
            text.set_color("white" if shown and result.long_run[firm] < DARK else "black")
        curves = [result.known.max(axis=1), result.known.mean(axis=1), result.known.min(axis=1)]
        values = [result.long_run.max(), result.mean_long_run, result.long_run.min()]
        upwards = [float(curve[-1]) for curve in reversed(curves)]
        heights = spread_labels(upwards, 0.075, low=0.025)[::-1]
        for line, curve, end, value, height in zip(
            lines, curves, ends, values, heights, strict=True
        ):
            line.set_data(result.time, curve)
            last = f"{curve[-1]:.0%}"
            end.set_text(last if last == f"{value:.0%}" else f"{last}, then {value:.0%}")
            end.set_y(height)

    return update


def attention(axes: Axes) -> Update:
    """What a cluster knows by how much its firms listen to each other."""
    (curve,) = axes.plot([], [], **style.line_style(0))
    (best,) = axes.plot([], [], markersize=10, **style.marker_style(2))
    (here,) = axes.plot([], [], markersize=10, **style.marker_style(1))
    notes = [axes.text(0, 0, "", ha="center", va="bottom", color=c, bbox=WHITE_BOX)
             for c in (style.GREEN, style.ORANGE)]  # fmt: skip
    axes.set(
        xlim=(-0.03, 1.03), ylim=(0, 1.15), xlabel="share of attention that goes to neighbours"
    )
    percent_ticks(axes.xaxis, [0, 0.25, 0.5, 0.75, 1])
    axes.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1], ["0%", "20%", "40%", "60%", "80%", "frontier"])
    axes.set_title("what the cluster knows of the frontier in the long run")

    def update(result: Attention) -> None:
        curve.set_data(result.share, result.known)
        most = float(result.known.max())
        best.set_data([result.best_share], [most])
        here.set_data([result.inward], [result.here])
        apart = abs(result.best_share - result.inward) > 0.16
        notes[0].set_text(f"best: {most:.0%}")
        notes[0].set_position((min(max(result.best_share, 0.05), 0.95), most + 0.04))
        notes[1].set_text(f"here: {result.here:.0%}")
        height = result.here + 0.04 if apart else result.here - 0.12
        notes[1].set_position((min(max(result.inward, 0.05), 0.95), max(height, 0.03)))

    return update


# --- one hand cannot clap


def hands(axes: Panels) -> Update:
    """Learning ability by the strength of each partner, and what a tenth more of each adds."""
    left, right = axes
    set_panel_widths(left, [1.3, 1])
    lines = [
        left.plot([], [], label=name, **style.line_style(i))[0] for i, name in enumerate(PARTNERS)
    ]
    dots = [left.plot([], [], markersize=10, **style.marker_style(i))[0] for i in range(3)]
    (level,) = left.plot([], [], color=style.GREY, linewidth=1)
    now = left.text(1.05, 0, "", va="center", fontweight="bold")
    left.set(
        xlim=(-0.03, 1.24),
        ylim=(0, 1.2),
        xticks=np.arange(0, 1.01, 0.2),
        yticks=np.arange(0, 1.01, 0.2),
        xlabel="strength of one partner, the others as they are",
    )
    left.set_ylabel("learning ability (marker: today)")
    left.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, fontsize=9.5, columnspacing=1)
    bars = right.barh(range(3), [0.0] * 3, height=0.55)
    for partner, (bar, hatch) in enumerate(zip(bars, ("", "///", "..."), strict=True)):
        bar.set(
            facecolor=style.COLOURS[partner] if not hatch else "white",
            edgecolor=style.COLOURS[partner],
            hatch=hatch,
        )
    gains = [right.text(0, row, "", va="center") for row in range(3)]
    right.set(xlim=(0, 0.62), ylim=(2.6, -0.6))
    right.set_yticks(range(3), PARTNERS)
    right.set_title("gain from 0.1 more of ...")

    def update(result: Synergy) -> None:
        for partner, (line, dot) in enumerate(zip(lines, dots, strict=True)):
            line.set_data(result.level, result.curves[:, partner])
            dot.set_data([result.partners[partner]], [result.ability])
            gain = max(0.0, float(result.gains[partner]))
            bars[partner].set_width(gain)
            gains[partner].set_text(f"{gain:.3f}")
            gains[partner].set_x(gain + 0.012)
        level.set_data([0, 1.03], [result.ability] * 2)
        now.set_text(f"{result.ability:.3f}")
        now.set_y(max(result.ability, 0.04))  # half its height, or it would lie on the axis

    return update


# --- life cycle


def life(axes: Panels) -> Update:
    """Firms over time with the phases, and firms against the variety of what they know."""
    left, right = axes
    set_panel_widths(left, [1.7, 1])
    strip = -22
    (firms,) = left.plot([], [], **style.line_style(0))
    (opens,) = left.plot([], [], color=style.GREY, linewidth=1)
    stays = [
        left.plot([], [], color=colour, linewidth=17, solid_capstyle="butt")[0]
        for colour in (style.BLUE, style.ORANGE, style.GREEN, style.PINK, style.INK)
    ]
    names = [
        # An annotation moves with the strip: a text would be hidden beneath it.
        left.annotate("", (0, strip), ha="center", va="center_baseline", color="white", fontsize=9)
        for _ in PHASES
    ]
    (top,) = left.plot([], [], "o", color=style.INK, markersize=7)
    note = left.text(0, 0, "", ha="left", va="bottom", bbox=WHITE_BOX)
    left.set(xlim=(0, 120), ylim=(-42, MOST_LIVING), xlabel="years; grey line: openness changes")
    left.set_yticks(range(0, MOST_LIVING, 50))
    left.set_title("firms in the cluster (simulated)")
    (path,) = right.plot([], [], color=style.BLUE, linewidth=1.6)
    (start,) = right.plot([], [], "s", color=style.INK, markersize=7)
    (end,) = right.plot([], [], "o", color=style.INK, markersize=9)
    (least,) = right.plot([], [], color=style.GREY, linewidth=1)
    right.set(xlim=(0, 1.04), ylim=(-42, MOST_LIVING), xlabel="variety of what firms know")
    right.set_yticks(range(0, MOST_LIVING, 50))
    right.set_title("square: start, dot: end", fontsize=11)
    right.text(0.02, -22, "firms leave", va="center", fontsize=9.5)
    right.text(0.98, -22, "firms come", va="center", ha="right", fontsize=9.5)

    def update(result: LifeCycle) -> None:
        firms.set_data(result.time, result.firms)
        opens.set_data([result.renewal_year] * 2, [0, MOST_LIVING])
        for phase, (stay, name) in enumerate(zip(stays, names, strict=True)):
            inside = result.phase == phase
            stay.set_data(result.time, np.where(inside, strip, np.nan))
            begin, finish = _longest_run(inside)
            years = result.time[finish] - result.time[begin]
            word = PHASES[phase] if years > 1.8 * len(PHASES[phase]) else str(phase + 1)
            name.set_text(word if years > 2 else "")
            name.set_position(((result.time[begin] + result.time[finish]) / 2, strip))
        top.set_data([result.peak_year], [result.peak_firms])
        note.set_text(f"{result.peak_firms:.0f}")
        note.set_position((min(result.peak_year + 1.5, 110), result.peak_firms))
        path.set_data(result.variety, result.firms)
        start.set_data(result.variety[:1], result.firms[:1])
        end.set_data(result.variety[-1:], result.firms[-1:])
        least.set_data([result.least_variety] * 2, [-42, MOST_LIVING])

    return update


# --- Figure 3


def advantages(axes: Panels) -> Update:
    """Six spokes from one centre, and the same numbers as bars in order of length."""
    left, right = axes
    set_panel_widths(left, [1.6, 1])
    angles = math.pi / 2 - 2 * math.pi * np.arange(len(SPOKES)) / len(SPOKES)
    ends = np.column_stack([np.cos(angles), np.sin(angles)])
    left.set(xlim=(-1.75, 1.75), ylim=(-1.25, 1.25), aspect="equal")
    left.set_axis_off()
    for ring in (0.25, 0.5, 0.75, 1.0):
        closed = np.vstack([ends, ends[:1]]) * ring
        left.plot(closed[:, 0], closed[:, 1], color=style.PALE, linewidth=1)
    for spoke, end in zip(SPOKES, ends, strict=True):
        left.plot([0, end[0]], [0, end[1]], color=style.PALE, linewidth=1)
        side = "center" if abs(end[0]) < 0.1 else ("left" if end[0] > 0 else "right")
        words = (
            spoke.replace("trust and ", "trust and\n")
            .replace("by doing", "\nby doing")
            .replace("outside ", "outside\n")
        )
        left.text(1.12 * end[0], 1.12 * end[1], words, ha=side, va="center", fontsize=10)
    (edge,) = left.plot([], [], marker="o", color=style.BLUE)
    (short,) = left.plot([], [], "s", color=style.ORANGE, markersize=12)
    left.set_title("a reconstruction of Figure 3 (orange: shortest)", fontsize=11)
    bars = right.barh(range(len(SPOKES)), [0.0] * len(SPOKES), height=0.55)
    values = [right.text(0, row, "", va="center", fontsize=10) for row in range(len(SPOKES))]
    right.set(xlim=(0, 1.2), ylim=(len(SPOKES) - 0.4, -0.6))
    right.set_yticks(range(len(SPOKES)), SPOKES, fontsize=10)
    right.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "0.25", "0.5", "0.75", "1"])
    right.set_title("length of each spoke", fontsize=11)

    def update(result: AdvantageMap) -> None:
        corners = ends * result.lengths[:, None]
        edge.set_data(*np.vstack([corners, corners[:1]]).T)
        shortest = int(np.argmin(result.lengths))
        short.set_data(corners[shortest, :1], corners[shortest, 1:])
        for row, (bar, value) in enumerate(zip(bars, values, strict=True)):
            length = float(result.lengths[row])
            bar.set_width(length)
            bar.set_facecolor(style.ORANGE if row == shortest else style.BLUE)
            value.set_text(f"{length:.2f}" + (" (shortest)" if row == shortest else ""))
            value.set_x(length + 0.02)

    return update


# --- helpers


def _positions(firms: int, shape: str) -> np.ndarray:
    """On a circle, firm 1 on top, the others clockwise; a star's centre is firm 1, a line's end."""
    if shape == "line":
        return np.column_stack([np.linspace(-1.3, 1.3, firms), np.zeros(firms)])
    around = firms - 1 if shape == "star" else firms
    angles = math.pi / 2 - 2 * math.pi * np.arange(around) / around
    places = np.column_stack([np.cos(angles), np.sin(angles)])
    return np.vstack([[0.0, 0.0], places]) if shape == "star" else places


def _outward(position: np.ndarray) -> np.ndarray:
    if position[1] == 0 != position[0]:  # on a line: upwards, since along it the neighbour stands
        return np.array([0.0, 1.0])
    length = float(np.hypot(*position))
    return position / length if length > 0 else np.array([0.38, 0.92])  # between two ties


def _longest_run(inside: np.ndarray) -> tuple[int, int]:
    """First and last place of the longest unbroken run of True, or (0, 0)."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inside.astype(int), [0]])))
    starts, stops = edges[::2], edges[1::2] - 1
    if not len(starts):
        return 0, 0
    longest = int(np.argmax(stops - starts))
    return int(starts[longest]), int(stops[longest])
