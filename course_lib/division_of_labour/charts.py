"""Charts of lesson 03."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from course_lib.division_of_labour.continuum import Continuum, log_gains
from course_lib.division_of_labour.ricardo import PER, Ricardo
from course_lib.division_of_labour.trade_costs import MOST_COST, N_COSTS, TradeCosts
from course_lib.division_of_labour.us_shift_share import (
    SECTORS,
    SHOWN,
    StateShiftShare,
    signed,
)
from course_lib.lab import style
from course_lib.lab.contracts import Panels, Update
from course_lib.lab.marks import plain_ticks, set_panel_widths, show_if, spread_labels
from course_lib.maps import US_STATES, tile_map

MOST = 20.0
"""Where the axes of amounts end, loads for 1000 workers."""

TRADED = (0.05, 12.0)
"""Ends of the axis of relative wages and of home's advantage."""

NAMES = ("home", "away")

MOST_OF_A_SECTOR, MOST_OF_A_GROUP = 10.5, 24.0
"""Where the axis of a state's own industries ends, per cent of its jobs at the start."""

GOODS = "goods:  home sells  |  each its own  |  home buys"
RANGE_COLOURS = (style.BLUE, style.PALE, style.ORANGE)
RANGE_INK = ("white", style.INK, "white")


# --- the puzzle


def two_states(axes: Axes) -> Update:
    """Growth of jobs sector by sector in two states: who wins more of the rows?"""
    rows = np.arange(len(SECTORS))
    axes.axvline(0, color=style.GREY, linewidth=1)
    points = [axes.plot([], [], markersize=9, **style.marker_style(i))[0] for i in range(2)]
    axes.set(xlim=(-45, 70), ylim=(len(SECTORS) - 0.3, -0.7))
    axes.set_yticks(rows, [""] * len(rows))

    def update(results: Sequence[StateShiftShare]) -> None:
        order = results[0].detail["growth_nation"].sort_values().index
        axes.set_yticklabels(list(order))
        for point, result in zip(points, results, strict=True):
            point.set_data(100 * result.detail.loc[order, "growth"], rows)
            point.set_label(f"{result.state} (all sectors: {signed(result.here['change'])})")
        axes.set_xlabel(f"change in jobs, {results[0].period}, per cent")
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)

    return update


# --- Ricardo


def two_regions(axes: Panels) -> Update:
    """What two regions can make and use, and the price between their two costs."""
    set_panel_widths(axes[0], [1, 1, 0.75])
    regions = [_region(one, row) for row, one in enumerate(axes[:2])]
    handles, names = axes[0].get_legend_handles_labels()
    legend = axes[0].figure.legend(  # above both regions: within one, a line can run through it
        handles, names, loc="outside upper left", ncols=5, fontsize=10, handlelength=2.2
    )
    for handle in legend.legend_handles:
        assert handle is not None
        handle.set(color=style.INK)

    ladder = axes[2]
    low, high = 0.03, 8.0  # room for the words below and above the costs
    (between,) = ladder.plot([], [], color=style.PALE, linewidth=9, solid_capstyle="butt")
    costs = [ladder.plot([], [], markersize=9, **style.marker_style(i))[0] for i in range(2)]
    places = (0.12, 0.44)
    (price,) = ladder.plot([], [], "D", color=style.INK, markersize=8)
    numbers = [
        ladder.text(0.6, 1, "", va="center", fontsize=10.5, color=colour)
        for colour in (*style.COLOURS[:2], style.INK)
    ]
    numbers[2].set_fontweight("bold")
    ladder.set(yscale="log", xlim=(0, 1), ylim=(low, high), xticks=[])
    ladder.title.set_fontsize(11)
    plain_ticks(ladder.yaxis, [0.25, 0.5, 1, 2, 4])
    fixed: Any = {"transform": ladder.transAxes, "fontsize": 10.5}
    ladder.text(0.06, 0.94, "◆ price in trade", **fixed)
    wages = ladder.text(0.06, 0.11, "", **fixed)
    wage = ladder.text(0.06, 0.03, "", fontweight="bold", **fixed)

    def update(result: Ricardo) -> None:
        for row, update_region in enumerate(regions):
            update_region(result, row)
        between.set_data([0.28, 0.28], result.price_range)
        for cost, place, value in zip(costs, places, result.opportunity_cost, strict=True):
            cost.set_data([place], [value])
        first, second = result.goods
        ladder.title.set_text(f"one load of {first},\nin loads of {second}")
        trade = result.seller is not None
        show_if(trade, price, 0.28, result.price)
        heights = np.log([*result.opportunity_cost, result.price])
        heights[2] += 1e-9  # a price at the end of its range is written above that cost
        placed = np.exp(spread_labels(heights, 0.06 * np.log(high / low)))
        for text, value, height in zip(
            numbers, [*result.opportunity_cost, result.price], placed, strict=True
        ):
            text.set_position((0.6, float(height)))
            text.set_text(f"{value:.3f}")
        if not trade:
            numbers[2].set_text("")
        wages.set_text(f"wage in {result.regions[0]}\n({result.regions[1]} = 1)")
        wage.set_text(f"{result.relative_wage:.2f}")

    return update


def _region(axes: Axes, row: int) -> Any:
    """The frontier of one region, its line of trade, and its three points."""
    colour = style.COLOURS[row]
    (alone,) = axes.plot([], [], color=colour, label="alone")
    (trade,) = axes.plot([], [], color=colour, linestyle=style.DASHES[2], label="by trade")
    spots = [
        axes.plot([], [], marker, color=colour, label=label, **look)[0]
        for marker, label, look in (
            (
                "o",
                "uses alone",
                {"markersize": 9, "markerfacecolor": "white", "markeredgewidth": 2},
            ),
            ("s", "makes", {"markersize": 9}),
            ("*", "uses, trading", {"markersize": 13}),
        )
    ]
    fixed: Any = {"transform": axes.transAxes, "ha": "right"}
    axes.text(0.97, 0.49, "gain by trade", fontsize=10, **fixed)
    gain = axes.text(0.97, 0.42, "", fontweight="bold", **fixed)
    axes.set(xlim=(0, MOST), ylim=(0, MOST))
    axes.set(xticks=range(0, 21, 5), yticks=range(0, 21, 5))

    def update(result: Ricardo, row: int) -> None:
        axes.title.set_text(result.regions[row])
        _label(axes, "x", f"{result.goods[0]} (loads for {PER} workers)")
        _label(axes, "y", f"{result.goods[1]} (loads)")
        first, second = PER / result.labour[row]
        alone.set_data([0, first], [second, 0])
        income = max(first * result.price, second)
        x = np.linspace(0, min(MOST, income / result.price), 2)
        if income > MOST:
            x[0] = (income - MOST) / result.price
        trades = result.seller is not None
        show_if(trades, trade, x, income - result.price * x)
        for spot, amounts in zip(
            spots, (result.alone, result.production, result.consumption), strict=True
        ):
            spot.set_data(*amounts[row][:, np.newaxis])
        gain.set_text(signed(result.gains[row]))

    return update


# --- the continuum


def border(axes: Panels) -> Update:
    """Home's advantage good by good, the wage that divides the goods, and gains over the cost."""
    left, right = axes
    set_panel_widths(left, [1.35, 1])
    (sells,) = left.plot([], [], label="home's advantage for selling", **style.line_style(0))
    (makes,) = left.plot([], [], label="home's advantage for own use", **style.line_style(1))
    (balance,) = left.plot(
        [], [], color=style.GREY, linewidth=1, label="home sells as much as it buys"
    )
    (wage,) = left.plot([], [], color=style.INK, linewidth=1.6, label="home's wage, away = 1")
    (cross,) = left.plot([], [], "o", color=style.INK, markersize=7)
    note = left.text(0.995, 0, "", ha="right", va="bottom", fontweight="bold")
    strip = _Strip(left, 0.055)
    left.set(
        xlim=(0, 1),
        ylim=TRADED,
        yscale="log",
        xlabel=GOODS,
        ylabel="home over away",
    )
    plain_ticks(left.yaxis, [0.1, 0.2, 0.5, 1, 2, 5, 10])
    legend = left.legend(
        loc="lower left",
        bbox_to_anchor=(-0.1, 1),
        ncols=2,
        fontsize=9.5,
        handlelength=2.2,
        columnspacing=1.2,
    )
    legend.set_in_layout(False)  # it may reach beyond the panel; the other legend is as high
    update_gains = _gains(right, 1, written=True)
    right.set_xlabel("units sent for one to arrive")

    def update(result: Continuum) -> None:
        z = result.goods
        cost = result.trade_cost
        sells.set_data(z, _inside(result.advantage / cost))
        makes.set_data(z, _inside(result.advantage * cost))
        room = 1 - np.log(cost) / result.comparative
        sold = z[:-1] * max(room, 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            curve = sold / (room - sold) * result.relative_labour
        show_if(result.trades, balance, sold, _inside(curve))
        wage.set_data([0, 1], [result.relative_wage] * 2)
        borders = sorted({result.last_sold, result.last_made}) if result.trades else []
        cross.set_data(borders, [result.relative_wage] * len(borders))
        note.set_position((0.995, result.relative_wage * 1.04))
        note.set_text(f"{result.relative_wage:.2f}" if result.trades else "no trade")
        strip.update(result)
        costs = np.linspace(1.0, MOST_COST, N_COSTS)
        gains = np.exp(
            log_gains(result.comparative, result.relative_labour, result.absolute, costs)
        )
        update_gains(costs, gains, [result])

    return update


def who_gains(axes: Panels) -> Update:
    """The goods that are traded before and after, and the gains of both regions."""
    left, right = axes
    set_panel_widths(left, [1.25, 1])
    strips = []
    for name, height in (("before", 0.80), ("after", 0.60)):
        left.text(0, height + 0.065, name, transform=left.get_xaxis_transform(), fontsize=11)
        strips.append(_Strip(left, height))
    left.set(xlim=(0, 1), ylim=(0, 1), yticks=[], xlabel=GOODS)
    left.spines["left"].set_visible(False)
    left.grid(False)
    fixed: Any = {"transform": left.transAxes, "fontsize": 11}
    left.text(0.30, 0.40, "buying power", **fixed)
    left.text(0.62, 0.40, "workers who must\nmake another good", **fixed)
    numbers = []
    for row, name in enumerate(NAMES):
        height = 0.26 - 0.14 * row
        left.text(0.0, height, name, color=style.COLOURS[row], **fixed)
        bold = fixed | {"fontsize": 14, "fontweight": "bold", "color": style.COLOURS[row]}
        numbers.append([left.text(x, height, "", **bold) for x in (0.30, 0.62)])
    update_gains = _gains(right, 2, written=False)
    right.text(0.97, 0.95, "hollow: before", transform=right.transAxes, ha="right", va="top")
    right.set_xlabel("units sent for one to arrive")

    def update(result: TradeCosts) -> None:
        for strip, state in zip(strips, (result.before, result.after), strict=True):
            strip.update(state)
        changes = (result.change_home, result.change_away)
        movers = (result.movers_home, result.movers_away)
        for (change_text, movers_text), change, moving in zip(
            numbers, changes, movers, strict=True
        ):
            change_text.set_text(signed(change))
            movers_text.set_text(f"{moving:.0%}")
        gains = 1 + np.column_stack([result.gain_home, result.gain_away])
        update_gains(result.costs, gains, [result.before, result.after])

    return update


class _Strip:
    """One bar for all goods, in three colours: home sells, each its own, home buys."""

    def __init__(self, axes: Axes, height: float):
        across = axes.get_xaxis_transform()
        self.bars = [
            axes.plot([], [], color=colour, linewidth=17, solid_capstyle="butt", transform=across)[
                0
            ]
            for colour in RANGE_COLOURS
        ]
        self.words = [
            axes.text(
                0, height, "", color=ink, transform=across, ha="center", va="center", fontsize=10
            )
            for ink in RANGE_INK
        ]
        self.height = height

    def update(self, state: Continuum) -> None:
        edges = [0.0, state.last_sold, state.last_made, 1.0]
        for place, (bar, word) in enumerate(zip(self.bars, self.words, strict=True)):
            start, end = edges[place], edges[place + 1]
            wide = end - start
            show_if(wide > 0, bar, [start, end], self.height)
            word.set_position(((start + end) / 2, self.height))
            word.set_text(f"{wide:.0%}" if wide >= 0.085 else "")


def _gains(axes: Axes, states: int, written: bool) -> Any:
    """Real income of both regions over the trade cost, with marks for one state or two."""
    lines = [
        axes.plot([], [], label=name, **style.line_style(i))[0] for i, name in enumerate(NAMES)
    ]
    looks: Any = [{"markerfacecolor": "white", "markeredgewidth": 2}, {}][-states:]
    dots = [
        [axes.plot([], [], markersize=9, **style.marker_style(i), **look)[0] for look in looks]
        for i in range(2)
    ]
    bold: Any = {"transform": axes.transAxes, "ha": "right", "va": "top", "fontweight": "bold"}
    values = [
        axes.text(0.98, 0.97 - 0.09 * i, "", color=style.COLOURS[i], **bold) for i in range(2)
    ]
    if written:
        for i, name in enumerate(NAMES):
            axes.text(0.68, 0.97 - 0.09 * i, name, color=style.COLOURS[i], **bold)
    axes.set(
        xlim=(1, MOST_COST), ylim=(0.97, 4.0), yscale="log", ylabel="real income (no trade = 1)"
    )
    plain_ticks(axes.yaxis, [1, 1.2, 1.5, 2, 3, 4])
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=1 if written else 2, fontsize=9.5)

    def update(costs: np.ndarray, gains: np.ndarray, where: Sequence[Continuum]) -> None:
        for place, (line, marks) in enumerate(zip(lines, dots, strict=True)):
            line.set_data(costs, gains[:, place])
            for mark, state in zip(marks, where, strict=True):
                gain = 1 + (state.gain_home, state.gain_away)[place]
                mark.set_data([state.trade_cost], [gain])
            values[place].set_text(signed(gain - 1) if written else "")

    return update


# --- shift-share


PARTS = {
    "change": "all jobs =",
    "national": "nation +",
    "industry_mix": "industry mix +",
    "regional": "regional shift",
}


def shift_share_map(axes: Panels) -> Update:
    """Each state's regional shift as a map, one state's parts, and its own part by sector."""
    from matplotlib import colormaps

    left, right = axes
    set_panel_widths(left, [1.25, 1])
    paint = tile_map(left, US_STATES, -15, 15, "% of jobs at the start", "diverging")
    over_the_map = left.set_title("", fontsize=10)
    (here,) = left.plot([], [], color=style.INK, linewidth=2.4, zorder=3)
    tile = {
        name: (column, row)
        for name, column, row in zip(
            US_STATES.names, US_STATES.columns, US_STATES.rows, strict=True
        )
    }
    fixed: Any = {"transform": left.transAxes, "va": "top"}
    state = left.text(0, -0.03, "", fontsize=13, fontweight="bold", **fixed)
    values = []
    for place, name in zip((0.0, 0.3, 0.57, 0.95), PARTS.values(), strict=True):
        left.text(place, -0.14, name, fontsize=10, **fixed)
        values.append(left.text(place, -0.21, "", fontsize=13, fontweight="bold", **fixed))

    names = list(SECTORS.values())
    bars = right.barh(range(len(names)), [0.0] * len(names), height=0.7)
    below, above = (colormaps[style.DIVERGING](place) for place in (0.15, 0.85))  # as on the map
    right.axvline(0, color=style.GREY, linewidth=1, zorder=0.8)
    right.set(ylim=(len(names) - 0.5, -0.5), xlabel="% of jobs at the start")
    right.set_yticks(range(len(names)), names, fontsize=9.5)
    right.tick_params(axis="y", length=0)
    over_the_bars = right.set_title("", fontsize=11)
    right.spines["left"].set_visible(False)
    right.grid(False, axis="y")

    written = list(names)

    def update(result: StateShiftShare) -> None:
        nonlocal written
        part = SHOWN[result.shown]
        paint(100 * result.states[part])
        over_the_map.set_text(f"{result.shown}; white: figures withheld in part")
        over_the_bars.set_text(f"{result.shown} by sector")
        column, row = tile[result.state]
        here.set_data(
            np.array([0.02, 0.98, 0.98, 0.02, 0.02]) + column,
            np.array([0.31, 0.31, 1, 1, 0.31]) + row,
        )
        shares = result.here
        for value, name in zip(values, PARTS, strict=True):
            value.set_text(signed(shares[name]))
        own = result.detail[part]
        for row, bar in enumerate(bars):
            share = own.iloc[row] if row < len(own) else 0.0
            bar.set_width(100 * share)
            bar.set_facecolor(above if share >= 0 else below)
        rows = [*own.index, *[""] * (len(names) - len(own))]
        if written != rows:  # to ask the axes for their words would draw all anew
            right.set_yticklabels(rows)
            written = rows
        most = MOST_OF_A_SECTOR if len(own) == len(names) else MOST_OF_A_GROUP
        if right.get_xlim() != (-most, most):
            right.set_xlim(-most, most)
        state.set_text(result.state)

    return update


# --- helpers


def _label(axes: Axes, axis: str, wanted: str) -> None:
    """Name an axis; a name that stays is not touched, because that would draw all anew."""
    if getattr(axes, f"get_{axis}label")() != wanted:
        axes.set(**{f"{axis}label": wanted})


def _inside(values: np.ndarray) -> np.ndarray:
    """What lies within the axis of relative wages; the rest is left out of the line."""
    low, high = TRADED
    return np.where((values >= low) & (values <= high), values, np.nan)
