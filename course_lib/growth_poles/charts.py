"""Charts of lesson 05."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from course_lib.growth_poles.china_table import OIL_AND_GAS, china_table, short
from course_lib.growth_poles.cumulative_causation import YEARS as YEARS_OF_GROWTH
from course_lib.growth_poles.cumulative_causation import CumulativeCausation
from course_lib.growth_poles.extraction import Extraction
from course_lib.growth_poles.guangdong import (
    PEOPLE_2010,
    PEOPLE_2020,
    WHERE,
    Guangdong,
    gap_per_head,
)
from course_lib.growth_poles.guangdong_people import GuangdongPeople
from course_lib.growth_poles.polarisation import CRITICAL_PULL, STEPS, Polarisation
from course_lib.growth_poles.pole_in_space import HARDLY, HEIGHT, WIDTH, YEARS, PoleInSpace
from course_lib.growth_poles.propulsive import Propulsive
from course_lib.growth_poles.ripple import ORDER, ROUNDS, Ripple
from course_lib.growth_poles.spread_backwash import FARTHEST, SpreadBackwash, spread_backwash
from course_lib.lab import style
from course_lib.lab.contracts import Panels, Update
from course_lib.lab.marks import WHITE_BOX, percent_ticks, plain_ticks, set_panel_widths, show_if

TIGHT: Any = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.3}

SCALED = 0.35
"""The model's curve is scaled by this to lie beside the cities: its height means nothing."""

# Where a name stands beside its dot: to which side, and how much higher or lower.
BESIDE: dict[str, tuple[str, float]] = {
    "Agriculture": ("right", 0.03),
    "Coal": ("left", 0.0),
    OIL_AND_GAS: ("right", 0.0),
    "Ores & building materials": ("left", -0.04),
    "Food & tobacco": ("right", 0.0),
    "Textiles, clothing & leather": ("left", 0.0),
    "Wood, paper & other light": ("left", 0.0),
    "Chemicals": ("left", 0.035),
    "Metals": ("left", 0.01),
    "Machinery": ("left", 0.03),
    "Transport equipment": ("left", -0.03),
    "Electrical & electronic": ("centre", -0.055),
    "Electricity & water": ("left", 0.0),
    "Construction": ("left", 0.0),
    "Trade, transport & catering": ("left", -0.04),
    "ICT, finance & business services": ("right", -0.035),
    "Public & personal services": ("right", 0.0),
}


# Where a city's name would lie on another dot or name: how much higher or lower it stands.
MOVED = {
    ("Qingyuan", 2005): -0.05,
    ("Shanwei", 2005): 0.035,
    ("Heyuan", 2005): -0.012,
    ("Yunfu", 2010): 0.05,
    ("Shanwei", 2010): -0.06,
    ("Heyuan", 2010): 0.01,
}


# --- real figures: Guangdong


def guangdong_puzzle(axes: Panels) -> Update:
    """Each city's share of output since 2000, and the Delta beside the rest: output, per head."""
    left, right = axes
    set_panel_widths(left, [1.6, 1])
    groups = ("nine cities of the Delta", "twelve other cities")
    first = [
        left.plot([], [], label=name, **style.line_style(i))[0] for i, name in enumerate(groups)
    ]
    others = [[left.plot([], [], **style.line_style(i))[0] for _ in range(11)] for i in range(2)]
    names = [left.text(0, 0, "", va="center", fontsize=9) for _ in range(4)]
    left.set(xlim=(1999.5, 2028), ylim=(0.5, 1.45), xticks=[2000, 2005, 2010, 2015, 2020])
    left.set_title("share of Guangdong's output, 2000 = 1", fontsize=11)
    left.legend(loc="upper left", fontsize=10)
    bars = right.bar([0, 1, 2.6, 3.6], [0, 0, 0, 0], width=0.8)
    for bar, colour in zip(bars, (style.BLUE, style.BLUE, style.GOLD, style.GOLD), strict=True):
        bar.set(facecolor=colour, alpha=0.85)
    values = [right.text(x, 0, "", ha="center", va="bottom") for x in (0, 1, 2.6, 3.6)]
    right.set(xlim=(-0.7, 4.3), ylim=(0, 5.4), yticks=[])
    right.set_xticks([0, 1, 2.6, 3.6], ["2010", "2020", "2010", "2020"])
    right.text(0.5, 4.75, "output,\nfor 1 outside", ha="center", va="bottom", fontsize=9)
    right.text(3.1, 4.75, "output per head,\nfor 1 outside", ha="center", va="bottom", fontsize=9)
    right.spines["left"].set_visible(False)
    right.set_title("the Delta beside the rest", fontsize=11)

    def update(result: Any) -> None:
        lines = result.pivot(index="year", columns="city", values="gdp")
        lines = lines.div(lines.sum(axis=1), axis=0)
        lines = lines / lines.loc[2000]
        delta = result.drop_duplicates("city").set_index("city")["pearl_river_delta"]
        for group, is_delta in enumerate((True, False)):
            cities = [city for city in lines if delta[city] == is_delta]
            for line, city in zip([first[group], *others[group]], cities, strict=False):
                line.set_data(lines.index, lines[city])
                line.set_linewidth(1.4)
        shown = ("Shenzhen", "Heyuan", "Jiangmen", "Shantou")
        for note, city in zip(names, shown, strict=True):
            apart = {"Heyuan": 0.02, "Shenzhen": -0.015}.get(city, 0.0)
            note.set_position((2022.4, lines[city].iloc[-1] + apart))
            note.set_text(city)
        total = result.pivot_table("gdp", "year", "pearl_river_delta", aggfunc="sum")
        share = total[True] / total.sum(axis=1)
        then, now = float(share.loc[2010]), float(share.loc[2020])
        heights = [then / (1 - then), now / (1 - now)]
        heights += [gap_per_head(then, PEOPLE_2010), gap_per_head(now, PEOPLE_2020)]
        for bar, value, height in zip(bars, values, heights, strict=True):
            bar.set_height(height)
            value.set_text(f"{height:.2f}")
            value.set_y(height + 0.05)

    return update


def guangdong_people(axes: Panels) -> Update:
    """People, output and output per head, in the Delta and outside it."""
    panels = [
        ("people, millions", "people", 100),
        ("output, billion yuan", "output", 10800),
        ("output per head, thousand yuan", "per_head", 205),
    ]
    bars, values = [], []
    for one, (title, _, most) in zip(axes, panels, strict=True):
        bars.append(one.bar([0, 1], [0, 0], width=0.62, color=[style.BLUE, style.ORANGE]))
        values.append([one.text(x, 0, "", ha="center", va="bottom") for x in (0, 1)])
        one.set(xlim=(-0.6, 1.6), ylim=(0, most), yticks=[])
        one.set_xticks([0, 1], ["in the Delta", "outside"])
        one.spines["left"].set_visible(False)
        one.set_title(title, fontsize=11)
    gap = axes[2].text(0.97, 0.97, "", transform=axes[2].transAxes, ha="right", va="top")
    years = [
        one.text(0.5, 0.97, "", transform=one.transAxes, ha="center", va="top") for one in axes
    ]

    def update(result: GuangdongPeople) -> None:
        frame = result.to_frame()
        for some, texts, (_, column, most) in zip(bars, values, panels, strict=True):
            for bar, text, height in zip(some, texts, frame[column], strict=True):
                bar.set_height(height)
                text.set_text(f"{height:,.0f}" if height > 1000 else f"{height:.1f}")
                text.set_y(height + 0.01 * most)
        delta, outside, output = result.years
        years[0].set_text(f"of {delta}                of {outside}")
        years[1].set_text(f"of {output}")
        gap.set_text(f"{result.gap:.2f} to 1")

    return update


GAINED, LOST = style.GREEN, style.ORANGE


def guangdong_cities(axes: Panels) -> Update:
    """Who gained a larger share of output, over distance and on the map."""
    left, right = axes
    set_panel_widths(left, [1.25, 1])
    left.axhline(0, color=style.INK, linewidth=1)
    claim = spread_backwash()
    left.plot(
        claim.distance,
        SCALED * claim.net,
        color=style.GREY,
        linestyle=(0, (2, 2)),
        linewidth=1.5,
        label="the model's claim: its shape",
    )
    labels = ("city of the Delta", "other city")
    dots = [
        left.plot([], [], markersize=8, label=name, **style.marker_style(i))[0]
        for i, name in enumerate(labels)
    ]
    names = {
        city: left.text(0, 0, city, ha=side, va="center", fontsize=9)
        for city, side in (
            ("Shenzhen", "left"),
            ("Dongguan", "left"),
            ("Qingyuan", "left"),
            ("Yunfu", "left"),
            ("Shanwei", "left"),
            ("Heyuan", "left"),
            ("Shaoguan", "left"),
            ("Zhanjiang", "left"),
            ("Jiangmen", "right"),
        )
    }
    left.set(
        xlim=(-15, 420),
        ylim=(-0.5, 0.4),
        xlabel="km to the nearer of Guangzhou and Shenzhen",
    )
    left.set_yticks([-0.4, -0.2, 0, 0.2, 0.4], ["−40%", "−20%", "0", "+20%", "+40%"])
    left.legend(loc="upper right", fontsize=9)
    left.set_title("change of a city's share of output, to 2022", fontsize=11)
    (more,) = right.plot(
        [], [], "^", color=GAINED, markersize=9, linestyle="none", label="larger share"
    )
    (less,) = right.plot(
        [], [], "v", color=LOST, markersize=9, linestyle="none", label="smaller share"
    )
    for city, (side, aside, higher) in {
        "Guangzhou": ("left", 0.1, 0.3),
        "Shenzhen": ("left", 0.14, -0.05),
        "Qingyuan": ("right", -0.12, 0.0),
        "Heyuan": ("left", 0.12, 0.0),
        "Yunfu": ("right", -0.1, 0.0),
        "Shanwei": ("left", 0.12, 0.0),
        "Shantou": ("right", -0.12, -0.1),
        "Zhanjiang": ("left", 0.12, -0.1),
        "Shaoguan": ("right", -0.12, 0.0),
    }.items():
        north, east = WHERE[city]
        right.text(east + aside, north + higher, city, ha=side, va="center", fontsize=9)
    right.set(xlim=(109.9, 117.1), ylim=(20.7, 26.0), xticks=[], yticks=[])
    right.set_aspect(1.08)  # a degree of longitude is shorter than one of latitude here
    right.grid(False)
    right.legend(loc="upper left", ncols=2, fontsize=9, columnspacing=1, handletextpad=0.2)
    right.set_title("where they lie", fontsize=11)

    def update(result: Guangdong) -> None:
        cities = result.cities
        for mark, is_delta in zip(dots, (True, False), strict=True):
            some = cities[cities["pearl_river_delta"] == is_delta]
            mark.set_data(some["distance_km"], some["change"])
        pairs = zip(cities["distance_km"], cities["change"], strict=True)
        places = dict(zip(cities.index, pairs, strict=True))
        for city, note in names.items():
            aside = -7 if note.get_horizontalalignment() == "right" else 7
            east, north = places[city]
            place = (east + aside, north + 0.012 + MOVED.get((city, result.since), 0.0))
            if note.get_position() != place:  # words that stay need not be drawn again
                note.set_position(place)
        for mark, gains in ((more, True), (less, False)):
            chosen = [WHERE[str(city)] for city in cities.index[(cities["change"] > 0) == gains]]
            mark.set_data([east for _, east in chosen], [north for north, _ in chosen])

    return update


# --- China's table


def linkages_and_ripple(axes: Panels) -> Update:
    """All sectors by their two linkages, and the rounds of one order."""
    left, right = axes
    set_panel_widths(left, [1.55, 1])
    table = china_table()
    left.axhline(1, color=style.GREY, linewidth=1)
    left.axvline(1, color=style.GREY, linewidth=1)
    left.plot(table.backward, table.forward, "o", color=style.BLUE, markersize=5)
    for sector, x, y in zip(table.sectors, table.backward, table.forward, strict=True):
        side, higher = BESIDE[sector]
        ha = {"left": "left", "right": "right", "centre": "center"}[side]
        aside = {"left": 0.024, "right": -0.024, "centre": 0.0}[side]
        name = short(sector)
        left.text(x + aside, y + higher, name, ha=ha, va="center", fontsize=9, bbox=TIGHT)
    left.text(1.475, 1.78, "key sectors", ha="right", va="top", fontweight="bold", fontsize=10)
    (chosen,) = left.plot(
        [], [], "o", markersize=13, markerfacecolor="none", color=style.ORANGE, markeredgewidth=2.5
    )
    left.set(
        xlim=(0.55, 1.49),
        ylim=(0.3, 1.82),
        xlabel="backward linkage (it buys; mean = 1)",
        ylabel="forward linkage (it supplies; mean = 1)",
    )
    rounds = range(ROUNDS + 1)
    parts = [
        right.bar(rounds, np.zeros(ROUNDS + 1), color=colour, width=0.78, label=name)
        for name, colour in (
            ("income at home", style.GREEN),
            ("paid for imports", style.ORANGE),
            ("passed on to suppliers", style.SKY),
        )
    ]
    right.legend(loc="upper right", fontsize=9, title="turnover of the round")
    total = right.text(0.98, 0.66, "", transform=right.transAxes, ha="right", va="top")
    makers = right.text(
        0.98, 0.46, "", transform=right.transAxes, ha="right", va="top", fontsize=9, linespacing=1.4
    )
    right.set(
        xlim=(-0.6, ROUNDS + 0.6),
        ylim=(0, 1.09 * ORDER),
        xlabel="round (0 is the order)",
        ylabel="yuan turned over in the round",
    )
    right.set_xticks(range(0, ROUNDS + 1, 2))

    def update(result: Ripple) -> None:
        at = result.table.position(result.sector)
        chosen.set_data([result.table.backward[at]], [result.table.forward[at]])
        taken = np.arange(ROUNDS + 1) <= result.step
        income, imports = result.income_per_round * taken, result.imports_per_round * taken
        passed_on = result.rounds.sum(axis=1) * taken - income - imports
        ground = np.zeros(ROUNDS + 1)
        for bars, heights in zip(parts, (income, imports, passed_on), strict=True):
            for bar, bottom, height in zip(bars, ground, heights, strict=True):
                bar.set_y(bottom)
                bar.set_height(height)
            ground = ground + heights
        total.set_text(
            f"{result.so_far:.0f} yuan turned over so far,\n"
            f"{income.sum():.1f} of them income at home"
        )
        lines = [
            f"{short(str(name))}  {made:.0f}"
            for name, made in result.by_sector.head(3).items()
            if made > 0
        ]
        makers.set_text("turned over by\n" + "\n".join(lines))

    return update


def extraction(axes: Panels) -> Update:
    """What the other sectors lose, and the whole loss beside the sector's own output."""
    left, right = axes
    set_panel_widths(left, [1.9, 1])
    shown = 6
    bars = left.barh(range(shown), np.zeros(shown), color=style.BLUE, height=0.62)
    names = [
        left.text(-0.006, row, "", ha="right", va="center", fontsize=9) for row in range(shown)
    ]
    left.set(xlim=(-0.4, 0.85), ylim=(shown - 0.4, -0.6), yticks=[])  # room for the names
    percent_ticks(left.xaxis, [0, 0.2, 0.4, 0.6, 0.8])
    left.spines["left"].set_visible(False)
    left.set_title("other sectors: loss, of their own output", fontsize=11)
    colours = [style.SKY, style.ORANGE] * 2
    places = (0, 1, 2.5, 3.5)
    both = right.bar(places, np.zeros(4), width=0.8, color=colours)
    parts = [right.text(x, 0, "", ha="center", va="bottom", fontsize=9) for x in places]
    right.set(xlim=(-0.7, 4.2), ylim=(0, 0.36), yticks=[])
    right.set_xticks(places, ["sector\nalone", "all that\nis lost"] * 2, fontsize=9)
    right.text(0.5, 0.355, "turnover", ha="center", va="top", fontsize=9)
    right.text(3.0, 0.355, "income", ha="center", va="top", fontsize=9)
    right.spines["left"].set_visible(False)
    right.set_title("of all China", fontsize=11)

    def update(result: Extraction) -> None:
        shares = result.to_frame()["share_of_own_output"].drop(result.sector)
        worst = shares.sort_values(ascending=False, kind="stable").head(shown)
        for bar, name, (sector, share) in zip(bars, names, worst.items(), strict=True):
            bar.set_width(share)
            name.set_text(f"{short(str(sector))}  {share:.1%}")
        lost = (
            result.own_share,
            result.total_share,
            result.own_income_share,
            result.total_income_share,
        )
        for bar, text, share in zip(both, parts, lost, strict=True):
            bar.set_height(share)
            text.set_text(f"{share:.1%}")
            text.set_y(share + 0.006)

    return update


def propulsive(axes: Axes) -> Update:
    """Seventeen sectors, four tests: figures, and whether they pass."""
    table = china_table()
    size = table.output / table.output.sum()
    columns = (
        "pulls\n(backward)",
        "supplies\n(forward)",
        "size, of\nall output",
        "you call it\ninnovative",
    )
    least = [
        axes.text(4.2 + 1.55 * column, -0.9, "", ha="center", va="center", fontsize=9)
        for column in range(3)
    ]
    figures = [
        [f"{one:.2f}", f"{two:.2f}", f"{three:.1%}", ""]
        for one, two, three in zip(table.backward, table.forward, size, strict=True)
    ]
    rows = len(table.sectors)
    axes.set(xlim=(0, 10), ylim=(rows - 0.4, -2.8), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    axes.grid(False)
    (band,) = axes.plot([], [], ">", color=style.ORANGE, markersize=9)
    for column, title in enumerate(columns):
        axes.text(4.2 + 1.55 * column, -1.9, title, ha="center", va="center", fontsize=10)
    for row, sector in enumerate(table.sectors):
        axes.text(0.35, row, short(sector), va="center", fontsize=9.5)
    cells = [
        [
            axes.text(4.2 + 1.55 * column, row, "", ha="center", va="center", fontsize=9.5)
            for column in range(4)
        ]
        for row in range(rows)
    ]

    def update(result: Propulsive) -> None:
        passed = result.tests
        for words, threshold in zip(
            least,
            (
                f"{result.backward_least:.2f}",
                f"{result.forward_least:.2f}",
                f"{result.size_least:.1%}",
            ),
            strict=True,
        ):
            words.set_text(f"at least {threshold}")
        for row in range(rows):
            for column in range(4):
                sign = "✓" if passed[row, column] else "–"
                said = f"{figures[row][column]} {sign}".strip()
                cell = cells[row][column]
                if cell.get_text() != said:  # set_color marks a text as stale in any case
                    cell.set_text(said)
                    cell.set_color(style.GREEN if passed[row, column] else style.GREY)
        where = np.flatnonzero(passed.all(axis=1))
        band.set_data(np.full(len(where), 0.1), where)

    return update


# --- cumulative causation


def two_regions(axes: Panels) -> Update:
    """The gap in growth and the gap in output, year by year."""
    left, right = axes
    (gap,) = left.plot([], [], **style.line_style(0))
    left.axhline(0, color=style.INK, linewidth=1)
    kind = left.text(0.97, 0.95, "", transform=left.transAxes, ha="right", va="top", fontsize=10)
    left.set(
        xlim=(0, YEARS_OF_GROWTH + 0.5), xlabel="years", ylabel="points (scale narrows upwards)"
    )
    left.set_yscale("function", functions=(_signed_root, _signed_square))
    left.set_ylim(-0.01, 20)  # the highest line, 9.7, stays below the words
    plain_ticks(left.yaxis, [0, 0.1, 0.5, 1, 2, 5, 10])
    left.set_title("A grows faster than B by", fontsize=11)
    (ratio,) = right.plot([], [], **style.line_style(1))
    (end,) = right.plot([], [], "s", color=style.ORANGE, markersize=8)
    value = right.text(0, 0, "", ha="right", va="bottom", bbox=WHITE_BOX)
    right.set(xlim=(0, YEARS_OF_GROWTH + 0.5), ylim=(0.97, 4.5), yscale="log", xlabel="years")
    plain_ticks(right.yaxis, [1, 1.2, 1.5, 2, 3, 4])
    right.set_title("output of A over output of B", fontsize=11)

    def update(result: CumulativeCausation) -> None:
        gap.set_data(result.year, 100 * result.gap)
        ratio.set_data(result.year, result.ratio)
        end.set_data([result.year[-1]], [result.ratio[-1]])
        value.set_position((result.year[-1] - 0.6, 1.06 * result.ratio[-1]))
        value.set_text(f"{result.ratio[-1]:.2f}")
        kind.set_text(f"of one lucky point of growth,\n{result.root:.2f} are left a year later")

    return update


def _signed_root(values: np.ndarray) -> np.ndarray:
    return np.sign(values) * np.sqrt(np.abs(values))


def _signed_square(values: np.ndarray) -> np.ndarray:
    return np.sign(values) * values**2


def hysteresis(axes: Panels) -> Update:
    """Rest points over the subsidy with the way that industry takes, and the way over time."""
    left, right = axes
    most = 1.0
    (lasting,) = left.plot([], [], color=style.PALE, linewidth=7, label="a share that lasts")
    (breaking,) = left.plot(
        [], [], color=style.GREY, linestyle=(0, (2, 2)), linewidth=1.5, label="a share that tips"
    )
    (up,) = left.plot([], [], label="subsidy rises", **style.line_style(0))
    (down,) = left.plot([], [], label="subsidy falls", **style.line_style(1))
    (start,) = left.plot(
        [], [], "s", color=style.INK, markersize=7, markerfacecolor="white", label="at the start"
    )
    (here,) = left.plot([], [], "o", color=style.INK, markersize=9)
    left.set(
        xlim=(-0.03, most + 0.03),
        ylim=(-0.04, 1.32),
        xlabel="subsidy for region B",
        ylabel="industry in region A",
    )
    percent_ticks(left.yaxis, [0, 0.25, 0.5, 0.75, 1])
    left.legend(loc="upper center", ncols=2, fontsize=9)
    (share,) = right.plot([], [], label="industry in A", **style.line_style(0))
    (subsidy,) = right.plot([], [], label="subsidy for B", **style.line_style(2))
    (now,) = right.plot([], [], "o", color=style.INK, markersize=9)
    right.set(xlim=(-1, STEPS + 1), ylim=(-0.04, 1.32), xlabel="step of the policy")
    right.set_yticks([0, 0.25, 0.5, 0.75, 1])
    right.legend(loc="upper center", ncols=2, fontsize=9)
    amounts = np.linspace(0, most, 101)

    def update(result: Polarisation) -> None:
        low, middle, high = _branches(result.pull, amounts)
        lasting.set_data(
            np.concatenate([amounts, [np.nan], amounts]), np.concatenate([low, [np.nan], high])
        )
        breaking.set_data(amounts, middle)
        start.set_data([0], [result.start_share])
        half, until = STEPS // 2, result.step + 1
        up.set_data(result.subsidy[: min(until, half + 1)], result.share[: min(until, half + 1)])
        down.set_data(result.subsidy[half:until], result.share[half:until])
        here.set_data([result.subsidy[result.step]], [result.share_now])
        steps = np.arange(until)
        share.set_data(steps, result.share[:until])
        subsidy.set_data(steps, result.subsidy[:until])
        now.set_data([result.step], [result.share_now])

    return update


def _branches(pull: float, amounts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Lowest, middle and highest rest point for each subsidy; NaN where there is none.

    Read off the inverse: the subsidy that makes a share a rest point has a closed form.
    """
    share = np.linspace(1e-4, 1 - 1e-4, 4001)
    needed = pull * (2 * share - 1) - np.log(share / (1 - share))  # the subsidy that holds it there
    if pull <= CRITICAL_PULL:
        low = np.interp(amounts, needed[::-1], share[::-1])
        return low, np.full_like(low, np.nan), np.full_like(low, np.nan)
    bend = math.sqrt(1 - 2 / pull)
    first, second = (int(np.searchsorted(share, (1 + side * bend) / 2)) for side in (-1, 1))
    low = np.interp(amounts, needed[:first][::-1], share[:first][::-1])
    middle = np.interp(
        amounts, needed[first:second], share[first:second], left=np.nan, right=np.nan
    )
    high = np.interp(
        amounts, needed[second:][::-1], share[second:][::-1], left=np.nan, right=np.nan
    )
    return low, middle, high


# --- spread and backwash


def over_distance(axes: Axes) -> Update:
    """Spread, backwash and the net effect over distance, with the turn."""
    (gain,) = axes.plot([], [], label="spread", **style.line_style(2))
    (loss,) = axes.plot([], [], label="backwash", **style.line_style(1))
    (net,) = axes.plot([], [], color=style.INK, linewidth=3, label="net effect")
    axes.axhline(0, color=style.INK, linewidth=1)
    (turn,) = axes.plot([], [], "D", color=style.PINK, markersize=9, label="the sign changes")
    note = axes.text(0, 0.12, "", ha="left", va="bottom", bbox=WHITE_BOX)
    axes.set(
        xlim=(0, FARTHEST),
        ylim=(-3.2, 3.2),
        xlabel="km from the pole",
        ylabel="effect on a place",
    )
    axes.legend(loc="upper right")

    def update(result: SpreadBackwash) -> None:
        gain.set_data(result.distance, result.gain)
        loss.set_data(result.distance, -result.loss)
        net.set_data(result.distance, result.net)
        where = result.turns_at
        shown = where is not None and where <= FARTHEST
        show_if(shown, turn, where, 0)
        note.set_text(f"{where:.0f} km" if shown else "")
        note.set_x(min(where, 0.9 * FARTHEST) + 4 if where is not None and shown else 0)

    return update


def pole_map(axes: Panels) -> Update:
    """The map in one year, and the effect on a near, a middle and a far town over the years."""
    left, right = axes
    set_panel_widths(left, [1.15, 1])
    turn = np.linspace(0, 2 * np.pi, 181)
    (circle,) = left.plot(
        [],
        [],
        color=style.ORANGE,
        linestyle=(0, (6, 2)),
        linewidth=1.8,
        label="inside: loss",
        zorder=6,
    )
    gain = left.scatter([], [], marker="^", color=style.GREEN, label="gains")
    lose = left.scatter([], [], marker="v", color=style.ORANGE, label="loses")
    (neither,) = left.plot(
        [], [], "o", color=style.GREY, markersize=7, markerfacecolor="white", label="neither"
    )
    (pole,) = left.plot(
        [], [], "*", color=style.INK, markersize=20, markeredgecolor="white", clip_on=False
    )
    names = [left.text(0, 0, "", ha="center", va="top", fontsize=9) for _ in range(12)]
    left.set(xlim=(0, WIDTH), ylim=(-12, HEIGHT + 62), xticks=[], yticks=[], aspect="equal")
    left.grid(False)
    left.set_title("★ pole; the map is 400 km wide, its towns invented", fontsize=10)
    left.legend(loc="upper center", ncols=4, fontsize=9, columnspacing=1.2, handletextpad=0.4)
    lines = [right.plot([], [], **style.line_style(i))[0] for i in (1, 0, 2)]
    heights = (0.34, 0.26, 0.18)  # a legend of our own: the names in it change
    for line, height in zip(lines, heights, strict=True):
        sample = right.plot([0.44, 0.52], [height] * 2, transform=right.transAxes)[0]
        sample.update_from(line)
        sample.set_transform(right.transAxes)
    tags = [
        right.text(0.54, height, "", transform=right.transAxes, va="center", fontsize=9)
        for height in heights
    ]
    right.axhline(0, color=style.INK, linewidth=1)
    (year,) = right.plot([], [], color=style.GREY, linewidth=1.5)
    number = right.text(0, 1.08, "", ha="center", va="top", fontsize=10, bbox=WHITE_BOX)
    right.set(
        xlim=(0, YEARS),
        ylim=(-2.05, 1.12),
        xlabel="years since the pole was founded",
        ylabel="effect on a town",
    )

    def update(result: PoleInSpace) -> None:
        radius = min(result.loss_radius[result.shown_year], WIDTH + HEIGHT)  # infinite: all lose
        x, y = result.pole[0] + radius * np.sin(turn), result.pole[1] + radius * np.cos(turn)
        outside = (x < 0) | (x > WIDTH) | (y < 0) | (y > HEIGHT)
        x, y = np.where(outside, np.nan, x), np.where(outside, np.nan, y)
        circle.set_data(x, y)
        net = result.net_now
        for marks, some in ((gain, net > HARDLY), (lose, net < -HARDLY)):
            marks.set_offsets(result.places[some])
            marks.set_sizes(30 + 400 * np.abs(net[some]))  # the larger the effect, the larger
        neither.set_data(*result.places[np.abs(net) <= HARDLY].T)
        pole.set_data([result.pole[0]], [result.pole[1]])
        for note, name, (east, north) in zip(names, result.names, result.places, strict=False):
            note.set_position((east, north - 10))
            note.set_text(name)
        order = result.nearest(len(result.names))
        years = np.arange(YEARS + 1)
        watched = [order[0], order[len(order) // 2], order[-1]]
        which = ("nearest", "middle", "farthest")
        for line, tag, town, said in zip(lines, tags, watched, which, strict=True):
            line.set_data(years, result.net[:, town])
            tag.set_text(f"{said}: {result.names[town]}, {result.distance[town]:.0f} km")
        year.set_data([result.shown_year] * 2, [-2.05, 1.12])
        number.set_x(min(max(result.shown_year, 3), YEARS - 3))
        number.set_text(f"year {result.shown_year}")

    return update
