"""Charts of lesson 04."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from course_lib.gradient_transition.belts import BELTS
from course_lib.gradient_transition.catch_up import CatchUp
from course_lib.gradient_transition.china_belts import ChinaBelts
from course_lib.gradient_transition.convergence import NoiseExperiment
from course_lib.gradient_transition.country_convergence import CountryConvergence
from course_lib.gradient_transition.diffusion import default_towns
from course_lib.gradient_transition.diffusion_frame import BARRIER_COLUMN, STEPS, DiffusionFrame
from course_lib.gradient_transition.flying_geese import FlyingGeese
from course_lib.gradient_transition.product_cycle import ProductCycle
from course_lib.gradient_transition.tiers_and_wages import TiersAndWages
from course_lib.lab import style
from course_lib.lab.contracts import Panels, Update
from course_lib.lab.marks import (
    WHITE_BOX,
    cell_image,
    place_text,
    plain_ticks,
    set_panel_widths,
    show_if,
    spread_labels,
    with_gaps,
)
from course_lib.maps import Tiles
from course_lib.measures import IncomeMobility

TIERS = ("tier 1 (top)", "tier 2", "tier 3")

MOST_GOODS = 6
MOST_CLASSES = 6
OUTLIERS = 3
CONVERGENCE_SCALE = (0.2, 3.4)
GROWTH_LEVELS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10, 20, 50)

WATCHED = {
    "First city": "1",
    "Second city": "2",
    "Near village": "v",
    "Far village": "w",
}
"""Places that the map of the news names, with their signs."""


# --- product cycle


def cost_curves(axes: Axes) -> Update:
    """Unit cost in each of three tiers, the cheapest marked, and where production moves."""
    bottom, top, strip = -1.9, 14.0, -1.0
    (cheapest,) = axes.plot(
        [], [], color=style.PALE, linewidth=9, solid_capstyle="round", label="cheapest place"
    )
    curves = [
        axes.plot([], [], label=tier, **style.line_style(i))[0] for i, tier in enumerate(TIERS)
    ]
    stays = [
        axes.plot([], [], color=style.COLOURS[i], linewidth=16, solid_capstyle="butt")[0]
        for i in range(len(TIERS))
    ]
    names = [
        axes.text(0, strip, "", ha="center", va="center_baseline", color="white", fontsize=12)
        for _ in TIERS
    ]
    moves = [axes.plot([], [], color=style.INK, linewidth=1)[0] for _ in TIERS[1:]]
    notes = [axes.text(0, 0, "", va="top", fontweight="bold", bbox=WHITE_BOX) for _ in TIERS[1:]]
    skipped = axes.text(
        0.985,
        0.95,
        "",
        transform=axes.transAxes,
        ha="right",
        va="top",
        fontweight="bold",
        bbox=WHITE_BOX,
    )
    axes.axhline(0, color=style.GREY, linewidth=1)
    axes.set(
        xlim=(0, 60),
        ylim=(bottom, top),
        xlabel="age of the product (years)",
        ylabel="cost of one unit (money)",
    )
    marks = range(0, 15, 2)
    axes.set_yticks([strip, *marks], ["made in", *map(str, marks)])
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=4)

    def update(result: ProductCycle) -> None:
        cheapest.set_data(result.age, result.unit_cost.min(axis=1))
        for curve, cost in zip(curves, result.unit_cost.T, strict=True):
            curve.set_data(result.age, cost)

        bounds = np.minimum([0, *result.switch_ages, np.inf], result.horizon)
        spans = dict(zip(result.path, pairwise(bounds), strict=True))
        for tier, (stay, name) in enumerate(zip(stays, names, strict=True), start=1):
            start, end = spans.get(tier, (0.0, 0.0))
            show_if(end > start, stay, [start, end], strip)
            name.set_position(((start + end) / 2, strip))
            name.set_text(str(tier) if end - start > 0.03 * result.horizon else "")

        for number, (move, note) in enumerate(zip(moves, notes, strict=True)):
            if number >= len(result.switch_ages):
                move.set_data([], [])
                note.set_text("")
                continue
            age = result.switch_ages[number]
            seen = age <= result.horizon
            height = top - 0.4 - 1.4 * number
            show_if(seen, move, age, [strip, height])
            note.set_text(f"{age:.1f}" + ("" if seen else " →"))
            left = min(age, result.horizon) > 0.55 * result.horizon
            note.set_horizontalalignment("right" if left else "left")
            gap = 0.008 * result.horizon
            note.set_position((min(age, result.horizon) + (-gap if left else gap), height))
        never = [*result.unused_top, *result.skipped]
        skipped.set_text("\n".join(f"tier {tier} never makes it" for tier in never))

    return update


# --- flying geese


def geese(axes: Panels) -> Update:
    """Three tiers one above the other: how much of each good a tier makes, over time."""
    rows = []
    for tier, one in enumerate(axes):
        humps = [
            one.plot([], [], label=f"good {good + 1}", **style.line_style(good))[0]
            for good in range(MOST_GOODS)
        ]
        notes = [one.text(0, 0, "", ha="center", fontsize=10) for _ in range(2)]
        one.set(
            xlim=(0, 120),
            ylim=(0, 1.32),
            yticks=[0, 0.5, 1],
            ylabel=TIERS[tier].replace(" (", "\n("),
        )
        one.tick_params(labelbottom=tier == len(axes) - 1)
        rows.append((humps, notes))
    axes[0].set_title(
        "output of good 1, 2, 3 ... from left to right (full market = 1); numbers: year of the top",
        fontsize=11,
    )
    axes[-1].set_xlabel("years since the first good was new")

    def update(result: FlyingGeese) -> None:
        for tier, (humps, notes) in enumerate(rows):
            for good, hump in enumerate(humps):
                output = result.output[:, good, tier] if good < result.n_goods else np.zeros(0)
                shown = np.where(output > 0.002, output, np.nan)
                hump.set_data(result.time[: len(shown)], shown)
            for note, good in zip(notes, (0, result.n_goods - 1), strict=True):
                output = result.output[:, good, tier]
                best = int(np.argmax(output))
                inside = 0 < best < len(output) - 1 and output[best] > 0.05
                note.set_text(f"{result.time[best]:.0f}" if inside else "")
                note.set_position((result.time[best], output[best] + 0.06))

    return update


# --- innovation and transfer


def shares_and_wages(axes: Panels) -> Update:
    """Which share of goods has come how far down, beside the wage at the top over that below."""
    left, right = axes
    end = 100
    lines = [
        left.plot([], [], label=tier, **style.line_style(i))[0] for i, tier in enumerate(TIERS)
    ]
    ends = [
        left.text(end + 2, 0, "", va="center", fontsize=10, color=style.COLOURS[i])
        for i in range(len(TIERS))
    ]
    left.set(
        xlim=(0, end + 16),
        ylim=(0, 1),
        xticks=range(0, end + 1, 20),
        xlabel="years (numbers: long run)",
        ylabel="goods, by the lowest tier that makes them",
    )
    left.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, fontsize=10, handlelength=2.8)
    (ratio,) = right.plot([], [], **style.line_style(0))
    right.axhline(1, color=style.INK, linewidth=1)
    right.text(1, 0.93, "equal wages", va="top", fontsize=10)
    (equal,) = right.plot([], [], "o", color=style.INK, markersize=8)
    note = right.text(0.97, 0.95, "", transform=right.transAxes, ha="right", va="top")
    right.set(
        xlim=(0, end),
        ylim=(0.6, 6.0),
        xlabel="years",
        ylabel="wage at the top (below = 1)",
    )

    def update(result: TiersAndWages) -> None:
        tiers, wages = result.tiers, result.wages
        for line, share in zip(lines, tiers.shares.T, strict=True):
            line.set_data(tiers.time, share)
        heights = spread_labels(tiers.steady_shares, 0.07, 0.03, 0.97)
        for number, (text, height) in enumerate(zip(ends, heights, strict=True)):
            text.set_position((end + 2, height))
            text.set_text(f"{tiers.steady_shares[number]:.0%}")
        ratio.set_data(wages.time, wages.wage_ratio)
        when = wages.years_to_equal_wages
        show_if(when <= end, equal, when, 1)
        if not result.wages_become_equal:
            outcome = f"goes to {wages.steady_wage_ratio:.2f}"
        elif np.isinf(when):
            outcome = "goes to 1"
        else:
            outcome = f"equal from year {when:.0f}"
        note.set_text(outcome)

    return update


def followers(axes: Axes) -> Update:
    """Two followers of a moving frontier: one who keeps a gap, one who closes it."""
    labels = ("learns a share of the gap (Nelson-Phelps)", "shares the frontier's growth (Lucas)")
    lines = [
        axes.plot([], [], label=label, **style.line_style(i))[0] for i, label in enumerate(labels)
    ]
    (goal,) = axes.plot([], [], color=style.BLUE, linewidth=1)
    note = axes.text(149, 0, "", ha="right", va="top", color=style.BLUE)
    halves = [
        axes.plot([], [], markersize=9, **style.marker_style(i))[0] for i in range(len(labels))
    ]
    axes.axhline(1, color=style.INK, linewidth=1)
    axes.text(1, 1.015, "the frontier", fontsize=10)
    axes.set(
        xlim=(0, 150),
        ylim=(0, 1.32),
        yticks=np.arange(0, 1.01, 0.2),
        xlabel="years from now (marker: half of the gap is closed)",
        ylabel="technology, frontier = 1",
    )
    axes.legend(loc="upper right", ncols=2)

    def update(result: CatchUp) -> None:
        paths = (result.nelson_phelps, result.lucas)
        when = (result.years_to_halve_nelson_phelps, result.years_to_halve_lucas)
        for line, path, half, years in zip(lines, paths, halves, when, strict=True):
            line.set_data(result.time, path)
            seen = 0 < years <= result.time[-1]
            show_if(seen, half, years, (1 + result.start) / 2)
        level = result.long_run_nelson_phelps
        goal.set_data([0, 150], [level, level])
        low = level <= 0.1  # no room beneath the line
        note.set_position((149, level + 0.015 if low else level - 0.015))
        note.set_verticalalignment("bottom" if low else "top")
        note.set_text(f"goes to {level:.2f}")

    return update


# --- convergence


def convergence(
    tiles: Tiles,
    first_year: int,
    last_year: int,
    levels: Sequence[float],
    sigma_top: float,
    growth_scale: tuple[float, float] = CONVERGENCE_SCALE,
) -> Callable[[Any], Update]:
    """Growth on income at the start, and sigma of all years, for a country's tiles and scales.

    `levels` are the marks of the axis of income at the start; the first and the last end it.
    `growth_scale` are the ends of the axis of growth.
    """
    label_of = dict(zip(tiles.names, tiles.labels, strict=True))

    def chart(axes: Panels) -> Update:
        left, right = axes
        low, high = levels[0], levels[-1]
        bottom, top = growth_scale
        left.axhline(1, color=style.GREY, linewidth=1)
        steep = np.clip([low, high], 1 / top, 1 / bottom)
        left.plot(steep, 1 / steep, color=style.GREY, linewidth=1)
        left.set_title("grey: no catching up (flat), all equal at the end (steep)", fontsize=10)
        (points,) = left.plot([], [], markersize=5, **style.marker_style(0))
        (sure,) = left.plot([], [], color=style.ORANGE, linewidth=2.6)
        (unsure,) = left.plot([], [], color=style.ORANGE, linewidth=2.6, linestyle=style.DASHES[1])
        names = [left.text(1, 1, "", fontsize=9, va="center") for _ in range(OUTLIERS)]
        low_left: Any = {"transform": left.transAxes, "va": "bottom", "fontsize": 10}
        left.text(0.015, 0.015, "speed of catching up:", **low_left)
        verdict = left.text(0.47, 0.015, "", **low_left)
        left.set(xscale="log", yscale="log", xlim=(low, high), ylim=(bottom, top))
        names_room = (0.085 * np.log(high / low), 0.05 * np.log(top / bottom))
        plain_ticks(left.xaxis, levels)
        plain_ticks(left.yaxis, [level for level in GROWTH_LEVELS if bottom <= level <= top])
        left.set(
            xlabel="income at the start (mean = 1)", ylabel="growth to the end, times the mean's"
        )

        (history,) = right.plot([], [], color=style.GREY, linewidth=1.2)
        (period,) = right.plot([], [], **style.line_style(0))
        dots = [right.plot([], [], "o", color=style.BLUE)[0] for _ in range(2)]
        change = right.text(0.97, 0.96, "", transform=right.transAxes, ha="right", va="top")
        right.set(
            xlim=(first_year - 4, last_year + 4),
            ylim=(0, sigma_top),
            xlabel="year",
            ylabel="sigma (spread of log income)",
        )

        def update(result: CountryConvergence) -> None:
            found, beta = result.convergence, result.convergence.beta
            start, growth = result.start_level, result.growth_factor
            points.set_data(start, growth)
            poorest_richest = np.array([start.min(), start.max()])
            fitted = poorest_richest, poorest_richest ** (-result.gap_closed)
            show_if(beta.is_significant, sure, *fitted)
            show_if(not beta.is_significant, unsure, *fitted)
            away = np.argsort(-abs(np.log(growth) + result.gap_closed * np.log(start)))
            labelled = _not_touching(away, np.log(start), np.log(growth), names_room)
            for text, place in zip(names, [*labelled, *[-1] * OUTLIERS], strict=False):
                text.set_text(label_of[str(found.regions[place])] if place >= 0 else "")
                text.set_position((start[place] * (high / low) ** 0.016, growth[place]))
            verdict.set_text(_verdict(result))

            history.set_data(result.sigma.index, result.sigma)
            period.set_data(found.sigma.index, found.sigma)
            years, ends = (found.start, found.end), found.sigma.iloc[[0, -1]]
            for dot, year, sigma in zip(dots, years, ends, strict=True):
                dot.set_data([year], [sigma])
            change.set_text(f"{ends.iloc[0]:.3f} → {ends.iloc[1]:.3f}")

        return update

    return chart


def _verdict(result: CountryConvergence) -> str:
    beta = result.convergence.beta
    if not beta.is_significant:
        return "may be 0"
    return "overtaken" if beta.speed is None else f"{beta.speed:.2%}"


def noise(axes: Panels) -> Update:
    """Invented regions on their way, and the spread between them."""
    left, right = axes
    (paths,) = left.plot([], [], color=style.BLUE, linewidth=0.7)
    left.set(xlim=(0, 80), ylim=(-1.7, 1.7), xlabel="years", ylabel="log income over the trend")
    left.set_title("24 of 48 invented regions", fontsize=11)
    verdict = left.text(0.97, 0.96, "", transform=left.transAxes, ha="right", va="top")
    (found,) = right.plot([], [], label="as simulated", **style.line_style(0))
    (expected,) = right.plot([], [], label="expected", **style.line_style(1))
    (goal,) = right.plot([], [], color=style.GREY, linewidth=1)
    note = right.text(0.03, 0.965, "", transform=right.transAxes, va="top", color=style.GREY)
    right.set(xlim=(0, 80), ylim=(0, 0.82), xlabel="years", ylabel="sigma (spread of log income)")
    right.legend(loc="upper right")

    def update(result: NoiseExperiment) -> None:
        # One line for all regions, with a gap after each. Every second region is enough to see.
        shown = result.log_income[:, ::2]
        paths.set_data(*with_gaps(np.column_stack([result.time, path]) for path in shown.T))
        speed = result.beta.speed
        verdict.set_text("no speed found" if speed is None else f"speed found: {speed:.1%}")
        found.set_data(result.time, result.sigma)
        expected.set_data(result.time, result.expected_sigma)
        seen = result.sigma_star <= 0.75
        show_if(seen, goal, [0, 80], result.sigma_star)
        note.set_text(f"goes to {result.sigma_star:.2f}")

    return update


# --- mobility


def mobility(axes: Panels) -> Update:
    """The chances to move from class to class as a table, and the classes then, now and later."""
    from matplotlib import colormaps

    left, right = axes
    paint = colormaps[style.SEQUENTIAL]
    table = cell_image(left, (0, 1, 1, 0))
    chances = [
        left.text(0, 0, "", ha="center", va="center", fontsize=10, zorder=2)
        for _ in range(MOST_CLASSES**2)
    ]
    ends = ([0.02, 0.98], ["poorest", "richest"])
    left.set(xlim=(0, 1), ylim=(1, 0), xlabel="class a year later", ylabel="class now")
    left.set_title("of 100 regions of a class (row), how many go where", fontsize=11)
    left.set_xticks(*ends)
    left.set_yticks(*ends, rotation=90, va="center")
    left.get_xticklabels()[0].set_horizontalalignment("left")
    left.get_xticklabels()[1].set_horizontalalignment("right")
    left.get_yticklabels()[0].set_verticalalignment("top")
    left.get_yticklabels()[1].set_verticalalignment("bottom")
    left.tick_params(length=0)
    left.grid(False)

    bars = right.bar(range(MOST_CLASSES), [0.0] * MOST_CLASSES, color=style.PALE, zorder=1)
    series = [
        right.plot(
            [],
            [],
            marker=style.MARKERS[i],
            markersize=8,
            zorder=2,
            **(style.line_style(i) | {"linewidth": 1.2}),
        )[0]
        for i in range(2)
    ]
    # Beneath the bars, which do not reach so high: so a step need not draw it again.
    still: Any = {"transform": right.transAxes, "va": "top", "zorder": 0.9}
    years = [
        right.text(0.02, 0.975 - 0.075 * i, "", color=style.COLOURS[i], **still) for i in range(2)
    ]
    right.text(0.02, 0.825, "grey bars: in the long run, if all\ngoes on as it did", **still)
    right.set(xlim=(0, 1), ylim=(0, 0.8), xlabel="class", ylabel="share of regions")
    right.set_xticks(*ends)
    right.get_xticklabels()[0].set_horizontalalignment("left")
    right.get_xticklabels()[1].set_horizontalalignment("right")

    def update(result: IncomeMobility) -> None:
        chance = result.transitions.to_numpy()
        k = len(chance)
        shade = (255 * paint(0.25 + 0.75 * chance)).astype(np.uint8)
        shade[chance == 0] = 255
        table.set_data(shade)
        for place, text in enumerate(chances):
            row, column = divmod(place, k)
            shown = row < k and chance[row, column] > 0
            text.set_text(_percent(chance[row, column]) if shown else "")
            if shown:
                text.set_position(((column + 0.5) / k, (row + 0.5) / k))
                text.set_color(style.INK if chance[row, column] > 0.3 else "white")

        middle = (np.arange(k) + 0.5) / k
        for place, bar in enumerate(bars):
            share = result.steady_state.iloc[place] if place < k else 0.0
            bar.set_x(middle[place] - 0.35 / k if place < k else 0)
            bar.set_width(0.7 / k)
            bar.set_height(share)
        for line, text, row, marker in zip(series, years, (0, -1), ("●", "■"), strict=True):
            held = result.class_of.iloc[row].to_numpy()
            line.set_data(middle, np.bincount(held - 1, minlength=k) / len(held))
            text.set_text(f"{marker} {result.class_of.index[row]}")

    return update


def _percent(chance: float) -> str:
    return f"{100 * chance:.0f}" if chance >= 0.01 else "<1"


# --- diffusion


def news(axes: Panels) -> Update:
    """The map of who has the news, beside the share that has it and when towns got it."""
    from matplotlib import colormaps

    left, right = axes
    towns = default_towns()
    # One colour for each step at which a cell can have adopted, and the last for "not yet".
    colours = (255 * colormaps[style.SEQUENTIAL](np.linspace(0, 0.92, STEPS + 1))).astype(np.uint8)
    not_yet = np.array([[244, 244, 244, 255]], dtype=np.uint8)
    palette = np.concatenate([colours, not_yet])
    image = cell_image(left, (0, 100, 100, 0))
    (wall,) = left.plot([], [], color=style.INK, linewidth=3.5, solid_capstyle="butt", zorder=2)
    (places,) = left.plot(
        [], [], "s", markersize=7, markerfacecolor="white", markeredgecolor=style.INK, zorder=3
    )
    (reached,) = left.plot(
        [], [], "o", markersize=9, markerfacecolor=style.ORANGE, markeredgecolor="white", zorder=4
    )
    left.set(xlim=(0, 100), ylim=(100, 0), xticks=[], yticks=[])
    left.set_title("dark: early, light: late, grey: not yet", fontsize=10)
    left.set_xlabel("100 cells", fontsize=10)
    left.grid(False)
    # A sign as a marker is drawn ten times as fast as a text; an image makes all on it move.
    for town in towns:
        if town.name in WATCHED:
            beside = ([town.column + (5.0 if town.column < 90 else -4.5)], [town.row + 0.5])
            left.plot(*beside, "s", color="white", markersize=10, zorder=4.1)
            left.plot(*beside, marker=f"${WATCHED[town.name]}$", color=style.INK, zorder=4.2)
    where = {town.name: (town.column + 0.5, town.row + 0.5) for town in towns}

    (course,) = right.plot([], [], color=style.GREY, linewidth=1.2)
    (so_far,) = right.plot([], [], **style.line_style(0))
    (now,) = right.plot([], [], "o", color=style.BLUE, markersize=9)
    number = right.text(98, 0.0, "", ha="right", fontsize=14, fontweight="bold", color=style.BLUE)
    right.set(xlim=(0, 100), ylim=(-0.04, 1.04), xlabel="step", ylabel="share of the map")
    line: Any = {"transform": right.transAxes, "va": "top"}
    right.text(1.04, 0.99, "has the news\nsince step", **line)
    since = {}
    for row, (name, sign) in enumerate(WATCHED.items()):
        right.text(1.04, 0.78 - 0.17 * row, f"{sign}  {name}", **line)
        since[name] = right.text(1.12, 0.71 - 0.17 * row, "", fontweight="bold", **line)

    def update(result: DiffusionFrame) -> None:
        run = result.run
        seen = run.adopters(result.step)
        image.set_data(palette[np.where(seen, run.adoption_step, STEPS + 1)])
        if run.barrier is None:
            wall.set_data([], [])
        else:
            first, last = run.gap_rows
            wall.set_data([BARRIER_COLUMN] * 5, [0, first, np.nan, last, 100])
            wall.set_alpha(1 - 0.75 * run.permeability)
        have = set(result.towns_reached)
        for marks, wanted in ((reached, True), (places, False)):
            chosen = [place for name, place in where.items() if (name in have) is wanted]
            marks.set_data([x for x, _ in chosen], [y for _, y in chosen])
        steps = np.arange(run.steps + 1)
        course.set_data(steps, run.share)
        so_far.set_data(steps[: result.step + 1], run.share[: result.step + 1])
        now.set_data([result.step], [result.share])
        number.set_text(f"{result.share:.0%}")
        for name, text in since.items():
            text.set_text(str(result.steps_of_towns[name]) if name in have else "")

    return update


# --- China's belts


def china_belts(axes: Panels) -> Update:
    """China's belts beside each other, Theil's index in two parts, and Williamson's coefficient."""
    left, middle, right = axes
    set_panel_widths(left, [1.35, 1.1, 0.9])
    curves = {belt: left.plot([], [], **style.line_style(i))[0] for i, belt in enumerate(BELTS)}
    (ratio,) = left.plot([], [], color=style.INK, linewidth=2.8)
    left.axhline(1, color=style.GREY, linewidth=1)
    left.set(xlim=(1976, 2042), ylim=(0.4, 2.75), title="output per head")
    left.set_ylabel("ratio (the line at 1: the country)")
    names = {
        name: left.text(2025, 0, "", va="center", fontsize=10, color=colour)
        for name, colour in zip((*BELTS, "East/West"), (*style.COLOURS[:4], style.INK), strict=True)
    }
    parts = [
        middle.plot([], [], label=label, **style.line_style(i))[0]
        for i, label in enumerate(("all", "between", "within"))
    ]
    middle.set(xlim=(1976, 2026), ylim=(0, 0.24), ylabel="index", title="Theil, provinces")
    middle.legend(loc="upper right", fontsize=10, handlelength=2.2)
    (williamson,) = right.plot([], [], **style.line_style(3))
    right.set(xlim=(1976, 2026), ylim=(0, 1.0), ylabel="coefficient", title="Williamson")
    for one in axes:
        one.set(xticks=[1980, 2000, 2020], xlabel="year")

    now = [one.plot([], [], color=style.INK, linewidth=1)[0] for one in axes]
    dots = [one.plot([], [], "o", color=style.INK, markersize=7)[0] for one in axes]
    bold: Any = {"va": "top", "fontsize": 13, "fontweight": "bold"}
    year = left.text(0.03, 0.98, "", transform=left.transAxes, **bold)
    left.text(0.80, 0.97, "East/West", transform=left.transAxes, ha="right", va="top", fontsize=10)
    values = [
        left.text(0.97, 0.98, "", transform=left.transAxes, ha="right", **bold),
        middle.text(0.03, 0.98, "", transform=middle.transAxes, **bold),
        right.text(0.97, 0.98, "", transform=right.transAxes, ha="right", **bold),
    ]

    def update(result: ChinaBelts) -> None:
        found, place = result.belts, result.now
        relative = dict(zip(found.belts, result.relative.T, strict=True))
        for belt, curve in curves.items():
            show_if(belt in relative, curve, found.years, relative.get(belt))
        ratio.set_data(found.years, found.east_west)
        for line, series in zip(parts, (found.theil, found.between, found.within), strict=True):
            line.set_data(found.years, series)
        williamson.set_data(found.years, found.williamson)
        ends = {name: curve[-1] for name, curve in relative.items()}
        ends["East/West"] = found.east_west[-1]
        heights = dict(zip(ends, spread_labels(list(ends.values()), 0.14), strict=True))
        for name, text in names.items():
            place_text(text, name if name in ends else "", (2025, float(heights.get(name, 0.0))))

        year.set_text(str(result.year))
        shown = (found.east_west, found.theil, found.williamson)
        for one, line, dot, value, series, form in zip(
            axes, now, dots, values, shown, (".2f", ".3f", ".3f"), strict=True
        ):
            line.set_data([result.year] * 2, [one.get_ylim()[0], series[place]])
            dot.set_data([result.year], [series[place]])
            value.set_text(format(series[place], form))

    return update


# --- helpers


def _not_touching(
    order: np.ndarray, x: np.ndarray, y: np.ndarray, room: tuple[float, float]
) -> list[int]:
    """The first places in this order, `OUTLIERS` at most, with room for a label on their right."""
    chosen: list[int] = []
    for place in order.tolist():
        right, up = x - x[place], abs(y - y[place])
        on_a_point = ((right > 0) & (right < room[0]) & (up < room[1] / 2)).any()
        on_a_label = ((abs(right) < room[0]) & (up < room[1]))[chosen].any()
        if not on_a_point and not on_a_label:
            chosen.append(place)
        if len(chosen) == OUTLIERS:
            break
    return chosen
