"""Charts of lesson 09."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize

from course_lib.comparing_theories.four_places import FOUR_PLACES, FourPlaces
from course_lib.comparing_theories.own_policy import MINE
from course_lib.comparing_theories.score_spread import LABELS, ScoreSpread
from course_lib.comparing_theories.two_policies import BOARD, LAST_YEAR, Side, TwoPolicies
from course_lib.comparing_theories.whose_assumption import ALL_ON, WhoseAssumption
from course_lib.lab import style
from course_lib.lab.contracts import PanelGrid, Panels, Update
from course_lib.lab.marks import plain_ticks, spread_labels
from course_lib.regional_economy.scorecard import SCORE

PER_HEAD = (0.4, 1.6)  # ends of the colour scale, country = 1
GAIN_LIMITS = (0.9, 1.5)
"""Limits of output over that without a budget; they widen by tenths where a country needs it."""
MAP_AREA = 5200  # points squared that a region with the whole output would have
GETS_MONEY = 0.02  # a region with at least this share of the year's budget wears a ring
POLICY_STYLE = {
    "no policy": 6,
    "even spread": 4,
    "gradient": 0,
    "growth pole": 1,
    "production complex": 2,
    "cluster": 3,
    "scattered plants": 5,
    "your mix": 6,
    MINE: 7,
}
"""Number of the colour and marker of each policy, the same in every picture of the lesson."""


SHORT = {
    "gradient": "gradient",
    "growth pole": "pole",
    "production complex": "complex",
    "cluster": "cluster",
}

# --- the puzzle


def four_places(axes: Axes) -> Update:
    """Output per head of four provinces, country = 1, year by year."""
    lines = {}
    for number, place in enumerate(FOUR_PLACES):
        (line,) = axes.plot([], [], **style.line_style(number))
        note = axes.text(0, 0, "", va="center", color=style.COLOURS[number])
        lines[place] = (line, note)
    axes.axhline(1, color=style.GREY, linewidth=1)
    axes.set(yscale="log", ylim=(0.4, 8), xlim=(1978, 2036), xlabel="year")
    axes.set_ylabel("output per head (China = 1)")
    plain_ticks(axes.yaxis, [0.5, 1, 2, 4, 8])
    axes.set_xticks(range(1980, 2024, 10))

    def update(result: FourPlaces) -> None:
        ends = {place: float(result.path[place].iloc[-1]) for place in lines}
        logs = spread_labels(np.log(list(ends.values())), np.log(1.19))
        heights = dict(zip(ends, np.exp(logs), strict=True))
        for place, (line, note) in lines.items():
            path = result.path[place]
            line.set_data(path.index, path)
            note.set_position((path.index[-1] + 0.8, heights[place]))
            note.set_text(f"{place}: {FOUR_PLACES[place]}")

    return update


# --- two policies on a map


def two_maps(axes: PanelGrid) -> Update:
    """The same country under two policies: maps, output year by year, and a scoreboard."""
    (left_map, right_map), (paths, board) = axes
    draw_left, draw_right = _country_map(left_map), _country_map(right_map)
    left_map.figure.colorbar(
        ScalarMappable(Normalize(*PER_HEAD), colormaps[style.DIVERGING]),
        ax=[left_map, right_map],
        label="output per head (country = 1)",
        shrink=0.85,
        extend="both",
    )
    draw_paths, draw_board = _paths(paths), _board(board)

    def update(result: TwoPolicies) -> None:
        draw_left(result.left, result.year, "left")
        draw_right(result.right, result.year, "right")
        draw_paths(result)
        draw_board(result)

    return update


def _country_map(axes: Axes) -> Any:
    colours, norm = colormaps[style.DIVERGING], Normalize(*PER_HEAD, clip=True)
    dots = axes.scatter([], [], s=[], linewidths=1.0)
    # Words lie beneath the dots, which they do not touch: so a step need not draw them again.
    beneath: Any = {"zorder": dots.get_zorder() - 0.1, "va": "top"}
    name = axes.text(0, 1.29, "", fontweight="bold", **beneath)
    money = axes.text(0, -0.14, "", fontsize=9.5, **beneath)
    words = "area: output · dark ring: 2% of the budget or more"
    axes.text(0, -0.28, words, fontsize=9.5, **beneath)
    for tier in (1, 2):
        axes.plot([tier / 3] * 2, [-0.08, 1.08], color=style.GREY, linewidth=0.8, linestyle=":")
    for tier in (1, 2, 3):
        place = (tier - 0.5) / 3
        axes.text(place, 1.14, f"tier {tier}", ha="center", fontsize=9.5, **beneath)
    axes.set(xlim=(-0.05, 1.05), ylim=(-0.4, 1.3))
    axes.axis("off")

    def draw(side: Side, year: int, place: str) -> None:
        play = side.play
        share = play.output[year].sum(axis=1) / play.total[year]
        gets = play.money[year] >= GETS_MONEY
        dots.set_offsets(play.place)
        dots.set_sizes(MAP_AREA * share)
        dots.set_facecolor(colours(norm(play.per_head[year])))
        dots.set(
            edgecolor=np.where(gets[:, np.newaxis], _INK, _GREY),
            linewidth=np.where(gets, 2.0, 0.8),
        )
        name.set_text(f"{place}: {side.name}")
        money.set_text(_where_the_money_goes(play, year))

    return draw


_INK, _GREY = (0.13, 0.13, 0.13, 1.0), (0.42, 0.42, 0.42, 1.0)


def _where_the_money_goes(play: Any, year: int) -> str:
    laws = play.laws
    if not play.money.any():
        return "no budget in any year"
    if not laws.policy_start <= year < laws.policy_end:
        return (
            f"no budget yet or no more: it runs from {laws.policy_start} to {laws.policy_end - 1}"
        )
    tiers = [play.money[year][play.tier == tier].sum() for tier in (1, 2, 3)]
    parts = [f"tier {tier} {share:.0%}" for tier, share in zip((1, 2, 3), tiers, strict=True)]
    rest = 1 - sum(tiers)
    if rest > 0.005:
        parts.append(f"institutions {rest:.0%}")
    return "budget: " + ", ".join(parts)


def _paths(axes: Axes) -> Any:
    lines = [axes.plot([], [], **style.line_style(number))[0] for number in (0, 1)]
    dots = [axes.plot([], [], markersize=8, **style.marker_style(number))[0] for number in (0, 1)]
    for line, name in zip(lines, ("left", "right"), strict=True):
        line.set_label(name)
    axes.axhline(1, color=style.INK, linewidth=1)
    for year in (5, 50):
        axes.axvline(year, color=style.GREY, linewidth=1, linestyle=":")
    axes.text(27.5, 0.02, "years with a budget", transform=axes.get_xaxis_transform(), ha="center",
              fontsize=9.5)  # fmt: skip
    axes.set(xlim=(0, LAST_YEAR), xlabel="year", ylabel="output (without a budget = 1)")
    axes.legend(loc="upper left")

    def draw(result: TwoPolicies) -> None:
        gains = [result.gain(side) for side in (result.left, result.right)]
        for line, dot, gain in zip(lines, dots, gains, strict=True):
            line.set_data(np.arange(len(gain)), gain)
            dot.set_data([result.year], [gain[result.year]])
        lowest, highest = np.min(gains), np.max(gains)
        limits = (
            min(GAIN_LIMITS[0], float(np.floor(10 * lowest) / 10)),
            max(GAIN_LIMITS[1], float(np.ceil(10 * highest) / 10)),
        )
        if axes.get_ylim() != limits:
            axes.set_ylim(limits)

    return draw


def _board(axes: Axes) -> Any:
    """Numbers of both sides, and between them an arrow to the side that has more."""
    axes.axis("off")
    at = (0.8, 0.96, 1.24)  # the last one lies below the colour bar
    rows = range(1, len(BOARD) + 1)
    axes.set(xlim=(0, 1), ylim=(len(BOARD) + 1.7, -0.5))
    mixed = axes.text(0, len(BOARD) + 1, "", va="center", fontsize=9.5)
    for x, words in ((at[0], "left"), (at[2], "right")):
        axes.text(x, 0, words, ha="right", va="center", fontweight="bold")
    axes.text(at[1], 0, "more", ha="center", va="center", fontweight="bold")
    year = axes.text(0, 0, "", va="center", fontweight="bold")
    for row, words in zip(rows, BOARD.values(), strict=True):
        axes.text(0, row, words, va="center", fontsize=9.5)
    numbers = [
        [axes.text(x, row, "", ha="right", va="center") for row in rows] for x in (at[0], at[2])
    ]
    arrows = [
        axes.plot([], [], marker, color=style.INK, markersize=9, linestyle="none")[0]
        for marker in "<>"
    ]

    def draw(result: TwoPolicies) -> None:
        year.set_text(f"year {result.year}")
        parts = [f"{share:.0%} {SHORT[name]}" for name, share in result.shares]
        mixed.set_text("your mix: " + ", ".join(parts))
        written = [
            [f"{result.at(side, line):.2f}" for line in BOARD]
            for side in (result.left, result.right)
        ]
        for column, words in zip(numbers, written, strict=True):
            for number, word in zip(column, words, strict=True):
                number.set_text(word)
        left, right = (np.array(column, dtype=float) for column in written)
        for arrow, more in zip(arrows, (left > right, right > left), strict=True):
            arrow.set_data(np.full(more.sum(), at[1]), np.array(rows)[more])

    return draw


# --- many countries


def _limits(values: np.ndarray) -> tuple[float, float]:
    """Ends of an axis that holds all values, at round places: it moves only with the score."""
    low, high = float(values.min()), float(values.max())
    room = 0.08 * (high - low)
    return low - room, high + room


def _rows(axes: Axes, policies: tuple[str, ...]) -> None:
    axes.set_yticks(range(len(policies)), policies)
    axes.set_ylim(len(policies) - 0.4, -0.6)
    axes.grid(axis="y", visible=False)


SPREAD_ROWS = tuple(name for name in POLICY_STYLE if name not in ("your mix", MINE))


def spread_of_runs(axes: Panels) -> Update:
    """Every run as a dot, the middle 80 per cent as a bar, and who is best how often."""
    return _spread(axes, SPREAD_ROWS)


def spread_of_runs_with_mine(axes: Panels) -> Update:
    """The same with a row for one's own policy."""
    return _spread(axes, (*SPREAD_ROWS, MINE))


def _spread(axes: Panels, rows: tuple[str, ...]) -> Update:
    left, right = axes
    _rows(left, rows)
    dots, bars, middles, wins, counts = [], [], [], [], []
    for row, name in enumerate(rows):
        look = style.marker_style(POLICY_STYLE[name])
        bars.append(
            left.plot([], [], color=look["color"], linewidth=9, alpha=0.3, solid_capstyle="butt")[0]
        )
        dots.append(left.plot([], [], markersize=4, alpha=0.55, **look)[0])
        middles.append(
            left.plot([], [], "|", color=style.INK, markersize=17, markeredgewidth=2.4)[0]
        )
        wins.append(right.barh([row], [0.0], color=look["color"], height=0.55)[0])
        counts.append(right.text(0, row, "", va="center"))
    right.set(
        xlim=(0, 1.16), ylim=(len(rows) - 0.4, -0.6), xlabel="best in this share of countries"
    )
    right.set_xticks([0, 0.5, 1], ["0", "50%", "100%"])
    right.set_yticks([])
    right.grid(axis="y", visible=False)

    def update(result: ScoreSpread) -> None:
        low, middle, high = result.quantiles
        n_countries = len(result.values)
        lift = (
            0.24
            * np.linspace(-1, 1, n_countries)[np.argsort(np.arange(n_countries) * 7 % n_countries)]
        )
        for row in range(len(rows)):
            values = result.values[:, row]
            dots[row].set_data(values, row + lift)
            bars[row].set_data([low[row], high[row]], [row, row])
            middles[row].set_data([middle[row]], [row])
            share = float(result.wins[row])
            wins[row].set_width(share)
            counts[row].set_position((share + 0.02, row))
            counts[row].set_text(f"{share:.0%}")
        better = "more is better" if result.better_is_high else "less is better"
        if SCORE[LABELS[result.score]].aspect == "specialisation":
            better = "best is most: a matter of opinion"
        label = f"{result.score}\n({_unit(result.score)}; {better})"
        if left.get_xlabel() != label:
            left.set_xlabel(label)
        limits = _limits(np.array(result.scale))
        if left.get_xlim() != limits:
            left.set_xlim(limits)

    return update


def _unit(label: str) -> str:
    return SCORE[LABELS[label]].unit


# --- one assumption less


RANKED = ("even spread", "gradient", "growth pole", "production complex", "cluster")


def ranking(axes: Axes) -> Update:
    """Every policy with all assumptions and with one changed: spread, mean, and rank."""
    return _ranking(axes, RANKED)


def ranking_with_mine(axes: Axes) -> Update:
    """The same with a row for one's own policy."""
    return _ranking(axes, (*RANKED, MINE))


def _ranking(axes: Axes, rows: tuple[str, ...]) -> Update:
    _rows(axes, rows)
    parts = []
    for row, name in enumerate(rows):
        look = style.marker_style(POLICY_STYLE[name])
        parts.append(
            (
                axes.plot([], [], color=look["color"], linewidth=1.5)[0],
                axes.plot([], [], markersize=10, markerfacecolor="white", **look)[0],
                axes.plot([], [], color=look["color"], linewidth=4)[0],
                axes.plot([], [], markersize=10, **look)[0],
                axes.text(
                    1.02, row, "", transform=axes.get_yaxis_transform(), va="center", fontsize=11
                ),
            )
        )
    axes.plot([], [], "o-", color=style.INK, markerfacecolor="white", linewidth=1.5,
              label="all assumptions")  # fmt: skip
    axes.plot([], [], "o-", color=style.INK, linewidth=4, label="after the change")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)
    axes.text(1.02, -0.78, "rank", transform=axes.get_yaxis_transform(), fontweight="bold")
    axes.text(1.11, 0, " ", transform=axes.transAxes)  # room for the ranks

    def update(result: WhoseAssumption) -> None:
        before, after = result.ranks(result.before), result.ranks(result.after)
        changed = result.change != ALL_ON
        for row, (thin, ring, thick, dot, rank) in enumerate(parts):
            _mean_and_spread(thin, ring, result.before[:, row], row - 0.17)
            _mean_and_spread(thick, dot, result.after[:, row] if changed else [], row + 0.17)
            rank.set_text(f"{before[row]} → {after[row]}" if changed else f"{before[row]}")
            rank.set_fontweight("bold" if before[row] != after[row] else "normal")
        label = f"{result.score} ({_unit(result.score)}): mean, and where 80 of 100 runs lie"
        if axes.get_xlabel() != label:
            axes.set_xlabel(label)
        limits = _limits(np.concatenate([result.before, result.after]))
        if axes.get_xlim() != limits:
            axes.set_xlim(limits)

    return update


def _mean_and_spread(line: Any, mean: Any, values: Any, height: float) -> None:
    if len(values) == 0:
        line.set_data([], [])
        mean.set_data([], [])
    else:
        line.set_data(np.quantile(values, (0.1, 0.9)), [height] * 2)
        mean.set_data([np.mean(values)], [height])
