"""Charts of lesson 12."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize

from course_lib.lab import style
from course_lib.lab.contracts import PanelGrid, Panels, Update
from course_lib.policy_studio.evaluation import DRAWS, WAYS, Evaluation, signed
from course_lib.policy_studio.game import Game
from course_lib.policy_studio.moves import TERMS, USES
from course_lib.policy_studio.region_types import FEATURES, STRATEGIES, TYPES, RegionMatch
from course_lib.policy_studio.rules import FIRST_YEAR, LAST_YEAR
from course_lib.policy_studio.term_by_term import SoFar
from course_lib.policy_studio.western_programme import (
    BEGAN,
    CENTRAL_BEGAN,
    COMPARED,
    COUNTED_ANEW,
    REGIONS,
    BesideOthers,
    WesternProgramme,
)

# --- the puzzle

NUDGE = {"Central": 0.03, "West": -0.01}  # so that the two names do not touch


def four_regions(axes: Axes) -> Update:
    """Output per head of China's four regions, country = 1, and when the programme began."""
    lines = {}
    for number, name in enumerate(REGIONS):
        (line,) = axes.plot([], [], **style.line_style(number))
        note = axes.text(0, 0, name, va="center", color=style.COLOURS[number])
        lines[name] = (line, note)
    axes.axhline(1, color=style.GREY, linewidth=1)
    axes.axvline(BEGAN, color=style.INK, linewidth=1, linestyle=":")
    axes.text(BEGAN - 0.6, 1.72, "2000: programme for the West", ha="right", va="center")
    axes.set(xlim=(1978, 2032), ylim=(0.5, 1.8), xlabel="year")
    axes.set_ylabel("output per head (China = 1)")
    axes.set_xticks(range(1980, 2024, 10))

    def update(result: WesternProgramme) -> None:
        for name, (line, note) in lines.items():
            path = result.path[name]
            line.set_data(path.index, path)
            note.set_position((path.index[-1] + 0.8, path.iloc[-1] + NUDGE.get(name, 0.0)))

    return update


# --- types of region

FEATURE_LABELS = (
    "three largest firms",
    "decided elsewhere",
    "bought here",
    "state",
    "research",
)


def region_types(axes: Panels) -> Update:
    """The region's five shares beside those of the nearest type, and its likeness to all types."""
    profile, likeness = axes
    rows = np.arange(len(FEATURES))
    gaps = [profile.plot([], [], color=style.PALE, linewidth=4)[0] for _ in rows]
    (typical,) = profile.plot([], [], markersize=12, markerfacecolor="white",
                              markeredgewidth=2, **style.marker_style(1))  # fmt: skip
    (own,) = profile.plot([], [], markersize=9, **style.marker_style(0))
    own.set_label("your region")
    typical.set_label("nearest type")
    profile.legend(loc="lower left", bbox_to_anchor=(-0.1, 1), ncols=2)
    profile.set_yticks(rows, FEATURE_LABELS)
    profile.set(xlim=(-0.03, 1.03), ylim=(len(rows) - 0.5, -0.5), xlabel="share")
    types = list(TYPES)
    points = {
        name: "none" if one.strategy is None else f"point {STRATEGIES[one.strategy].point}"
        for name, one in TYPES.items()
    }
    bars = likeness.barh(range(len(types)), [0.0] * len(types), height=0.6, color=style.PALE)
    numbers = [likeness.text(0, row, "", va="center") for row in range(len(types))]
    likeness.set_yticks(range(len(types)), types)
    likeness.set(xlim=(0, 1.62), ylim=(len(types) - 0.5, -0.5))
    likeness.set_xlabel("likeness, and the point of 4.2")
    likeness.set_xticks([0, 0.5, 1])
    likeness.grid(axis="y", visible=False)

    def update(result: RegionMatch) -> None:
        nearest = TYPES[result.nearest].profile
        own.set_data(result.profile, rows)
        typical.set_data(nearest, rows)
        for gap, row, one, other in zip(gaps, rows, result.profile, nearest, strict=True):
            gap.set_data([one, other], [row, row])
        first = types.index(result.nearest)
        for place, (bar, number) in enumerate(zip(bars, numbers, strict=True)):
            value = float(result.likeness[place])
            bar.set_width(value)
            bar.set_facecolor(style.BLUE if place == first else style.PALE)
            number.set_position((value + 0.02, place))
            number.set_text(f"{value:.2f}  {points[types[place]]}")
            number.set_fontweight("bold" if place == first else "normal")

    return update


# --- the policy game

GROWTH_LIMITS = (-0.04, 0.10)
"""What lies beyond is drawn at the edge."""
EDGE = 0.004  # so that a dot at the edge is whole
PATH_LIMITS = (0.9, 3.4)
DOT_AREA = 420  # points squared of the whole budget


def game(axes: PanelGrid) -> Update:
    """Budget of each term, growth of each region, output against none, and the elections."""
    (budget, growth), (path, elections) = axes
    updates = (_budget(budget), _growth(growth), _path(path), _elections(elections))

    def update(result: Game) -> None:
        for one in updates:
            one(result)

    return update


def _terms(axes: Axes) -> None:
    axes.set(xlim=(0.4, TERMS + 0.6))
    axes.set_xticks(range(1, TERMS + 1))
    axes.set_xlabel("term")


def _budget(axes: Axes) -> Any:
    """A dot for each share, its area the share; rings for what the opposition does not play."""
    places = np.arange(1, TERMS + 1)
    rows = np.arange(len(USES))
    columns, heights = (grid.ravel() for grid in np.meshgrid(places, rows, indexing="ij"))
    dots = axes.scatter(columns, heights, s=0, color=style.BLUE)
    rings = axes.scatter(columns, heights, s=0, facecolors="none", edgecolors=style.GREY)
    (crosses,) = axes.plot([], [], "x", color=style.ORANGE, markersize=8, markeredgewidth=2)
    axes.set_yticks(rows, list(USES))
    _terms(axes)
    axes.set(ylim=(len(USES) - 0.4, -1.2))
    # Beneath the dots, which it does not touch: so a step need not draw it again.
    axes.text(0, 1.03, "area: share of the budget · ×: the opposition governs",
              transform=axes.transAxes, fontsize=9.5, zorder=dots.get_zorder() - 0.1)  # fmt: skip

    def draw(result: Game | SoFar) -> None:
        planned, governs = np.zeros((TERMS, len(USES))), np.ones((TERMS, 1), dtype=bool)
        ended = len(result.moves)
        planned[:ended] = np.reshape(result.moves, (ended, len(USES)))
        governs[:ended, 0] = result.in_office
        dots.set_sizes(DOT_AREA * np.where(governs, planned, 0.0).ravel())
        rings.set_sizes(DOT_AREA * np.where(governs, 0.0, planned).ravel())
        out = places[~governs[:, 0]]
        crosses.set_data(out, np.full(len(out), -0.85))

    return draw


def _growth(axes: Axes) -> Any:
    """Each region as a dot: does its growth reach what voters expect?"""
    (expected,) = axes.plot([], [], color=style.INK, linewidth=1.2)
    (yes,) = axes.plot([], [], markersize=4.5, **style.marker_style(0))
    (no,) = axes.plot([], [], markersize=4.5, **style.marker_style(1))
    (none,) = axes.plot([], [], ".", color=style.GREY, markersize=4)
    yes.set_label("for the government")
    no.set_label("against")
    none.set_label("no election")
    axes.legend(loc="lower left", bbox_to_anchor=(-0.14, 1.0), ncols=3, fontsize=9.5,
                handletextpad=0.2, columnspacing=1.0)  # fmt: skip
    _terms(axes)
    lowest, highest = GROWTH_LIMITS
    axes.set(ylim=(100 * (lowest - EDGE), 100 * (highest + EDGE)))
    axes.set_yticks(range(-4, 11, 2))
    axes.set_ylabel("region's growth per head,\n% a year")
    axes.grid(axis="x", visible=False)
    spread = 0.3 * np.linspace(-1, 1, 24)

    def draw(result: Game) -> None:
        place = np.arange(1, TERMS + 1)[:, np.newaxis] + spread
        asked = np.broadcast_to(result.in_office[:, np.newaxis], result.growth.shape)
        for_it = result.growth >= result.voters_expect
        shown = 100 * np.clip(result.growth, *GROWTH_LIMITS)
        for dots, mask in ((yes, asked & for_it), (no, asked & ~for_it), (none, ~asked)):
            dots.set_data(place[mask], shown[mask])
        expected.set_data([0.4, TERMS + 0.6], [100 * result.voters_expect] * 2)

    return draw


def _path(axes: Axes) -> Any:
    """Output of each year, the same country without a budget, and when the shock struck."""
    (idle,) = axes.plot([], [], color=style.GREY, linewidth=1.6)
    (line,) = axes.plot([], [], **style.line_style(0))
    (struck,) = axes.plot([], [], color=style.ORANGE, linewidth=1.5, linestyle=":")
    line.set_label("with your plan")
    idle.set_label("no budget")
    struck.set_label("the shock")
    axes.legend(loc="lower left", bbox_to_anchor=(-0.14, 1.0), ncols=3, fontsize=9.5,
                handlelength=1.2, handletextpad=0.4, columnspacing=1.0)  # fmt: skip
    axes.set(xlim=(0, LAST_YEAR + 0.5), ylim=PATH_LIMITS, xlabel="year")
    axes.set_ylabel("output\n(year 0 = 1)")
    axes.set_xticks(range(0, LAST_YEAR + 1, FIRST_YEAR))

    def draw(result: Game | SoFar) -> None:
        years = np.arange(len(result.output))
        line.set_data(years, result.output)
        idle.set_data(years, result.idle_output)
        year = result.shock.year + 0.5 if result.shock else -1  # not yet: outside
        struck.set_data([year, year], PATH_LIMITS)

    return draw


def _elections(axes: Axes) -> Any:
    """Share of the people for the government after each term in which you govern."""
    axes.axhline(50, color=style.INK, linewidth=1.2)
    (won,) = axes.plot([], [], markersize=9, label="won by you", **style.marker_style(0))
    (lost,) = axes.plot([], [], markersize=9, label="lost by you", **style.marker_style(1))
    axes.legend(loc="lower left", bbox_to_anchor=(-0.14, 1.0), ncols=2, fontsize=9.5,
                handletextpad=0.2, columnspacing=1.0)  # fmt: skip
    _terms(axes)
    axes.set(ylim=(-4, 104), ylabel="people for the\ngovernment, %")
    axes.set_yticks([0, 50, 100])
    axes.grid(axis="x", visible=False)
    places = np.arange(1, TERMS + 1)

    def draw(result: Game | SoFar) -> None:
        votes = 100 * result.votes
        for dots, mask in ((won, result.won), (lost, result.in_office & ~result.won)):
            dots.set_data(places[: len(mask)][mask], votes[mask])

    return draw


# --- the same game, term by term


def so_far(axes: PanelGrid) -> Update:
    """A map of who voted for the government, output so far, and the elections so far."""
    (votes_map, path), (elections, budget) = axes
    updates = (_votes_map(votes_map), _path(path), _elections(elections), _budget(budget))

    def update(result: SoFar) -> None:
        for one in updates:
            one(result)

    return update


GROWTH_COLOURS = (-1.0, 5.0)  # per cent a year; voters at first expect 2, in the middle
MAP_OF_PEOPLE = 4200  # points squared of a region with all people


def _votes_map(axes: Axes) -> Any:
    """Regions where they lie: their people, their vote, and how fast their output per head grew."""
    colours, norm = colormaps[style.DIVERGING], Normalize(*GROWTH_COLOURS, clip=True)
    bar = axes.inset_axes((0.15, -0.02, 0.7, 0.05))
    axes.figure.colorbar(ScalarMappable(norm, colours), cax=bar, orientation="horizontal",
                         extend="both")  # fmt: skip
    bar.set_xlabel("growth of output per head, % a year", fontsize=9.5)
    bar.tick_params(labelsize=9)
    kinds = []
    for label, marker in (("for you", "o"), ("against you", "s"), ("no election", "D")):
        kinds.append(
            axes.scatter([], [], s=[], linewidths=0.8, edgecolors=style.INK, marker=marker)
        )
        axes.plot([], [], linestyle="none", markersize=8, label=label, marker=marker,
                  markerfacecolor="white", color=style.INK)  # fmt: skip
    axes.legend(loc="lower left", bbox_to_anchor=(-0.05, 1.0), ncols=3, fontsize=9.5,
                handletextpad=0.2, columnspacing=1.0)  # fmt: skip
    for tier in (1, 2):
        axes.plot([tier / 3] * 2, [-0.08, 1.08], color=style.GREY, linewidth=0.8, linestyle=":")
    for tier in (1, 2, 3):
        axes.text((tier - 0.5) / 3, -0.18, f"tier {tier}", ha="center", fontsize=9.5)
    axes.set(xlim=(-0.05, 1.05), ylim=(-0.45, 1.1))
    axes.axis("off")

    def draw(result: SoFar) -> None:
        growth = result.growth
        asked = growth is not None and bool(result.in_office[-1])
        no_one = np.zeros(len(result.people), dtype=bool)
        is_for = growth >= result.voters_expect if growth is not None and asked else no_one
        masks = (is_for, ~is_for, no_one) if asked else (no_one, no_one, ~no_one)
        sizes = MAP_OF_PEOPLE * result.people / result.people.sum()
        faces: Any = np.ones((len(sizes), 4)) if growth is None else colours(norm(100 * growth))
        for dots, mask in zip(kinds, masks, strict=True):
            dots.set_offsets(result.place[mask])
            dots.set_sizes(sizes[mask])
            dots.set_facecolor(faces[mask])

    return draw


# --- the league

LEAGUE_ROWS = 20  # teams that are drawn


def league(axes: Panels) -> Update:
    """Teams by the goal, in their own country and in the mean of others."""
    own, elsewhere = axes
    dots = []
    for panel, title, number in ((own, "own country", 0), (elsewhere, "other countries", 2)):
        dots.append(panel.plot([], [], markersize=10, **style.marker_style(number))[0])
        panel.set_title(title, loc="left", fontsize=11)

    def update(result: Any) -> None:  # a League, which draws itself with this
        score = result.goal.removesuffix("_elsewhere")
        table = result.table.head(LEAGUE_ROWS)
        rows = np.arange(len(table))
        for panel, line, name in zip(axes, dots, (score, f"{score}_elsewhere"), strict=True):
            values = table[name].to_numpy(dtype=float)
            line.set_data(values, rows)
            room = 0.1 * (np.ptp(values) or 1.0)
            panel.set(xlim=(values.min() - room, values.max() + room), xlabel=LEAGUE_WORDS[score])
            panel.set_ylim(len(rows) - 0.4, -0.6)
            panel.set_yticks(rows, [""] * len(rows))
        own.set_yticks(rows, [str(name) for name in table.index])

    return update


LEAGUE_WORDS = {
    "output": "output, year 35 (year 0 = 1)",
    "elections_won": "elections won, of 6",
    "inequality": "inequality of regions, year 35",
    "tier_gap": "tier 1 over tier 3, year 35",
}


# --- did it work?

GROWTH_RANGE = (-0.8, 5.6)
ESTIMATE_RANGE = (-2.1, 7.2)
"""The numbers stand beyond the longest bar, which ends below 4.6."""
PERIODS = ("earlier", "when the\nchoice is made", "after")


def _in_two_lines(way: str) -> str:
    for words in (" less ", " before", " in diff", " from"):
        way = way.replace(words, f"\n{words.lstrip()}")
    return way


def evaluation(axes: Panels) -> Update:
    """Mean growth of the groups in three periods, and five estimates with what is true."""
    groups, found = axes
    lines = []
    for number, label in enumerate(("others", "chosen", "just chosen", "runners-up")):
        look = style.line_style((6, 0, 2, 1)[number])
        look["color"] = (style.GREY, style.BLUE, style.GREEN, style.ORANGE)[number]
        inside = look["color"] if label in ("chosen", "just chosen") else "white"
        look |= {"marker": style.MARKERS[number], "markersize": 7, "markerfacecolor": inside}
        lines.append(groups.plot([], [], label=label, **look)[0])
    groups.set(xlim=(-0.3, 2.3), ylim=GROWTH_RANGE, ylabel="mean growth, % a year")
    groups.set_xticks(range(3), PERIODS)
    groups.axvline(1.5, color=style.INK, linewidth=1, linestyle=":")
    groups.legend(loc="lower left", bbox_to_anchor=(-0.12, 1), ncols=2, fontsize=9.5)
    rows = np.arange(len(WAYS))
    bars = [found.plot([], [], color=style.INK, linewidth=2.4)[0] for _ in rows]
    (dots,) = found.plot([], [], markersize=9, label="this draw", **style.marker_style(0))
    (means,) = found.plot([], [], "|", color=style.PINK, markersize=20, markeredgewidth=3,
                          label=f"mean of {DRAWS} draws")  # fmt: skip
    numbers = [found.text(7.1, row - 0.12, "", ha="right", va="bottom") for row in rows]
    (true,) = found.plot([], [], color=style.GREEN, linewidth=2)
    (country,) = found.plot([], [], color=style.ORANGE, linewidth=2, linestyle=(0, (4, 2)))
    true.set_label("true effect, chosen")
    country.set_label("true for the country")
    found.axvline(0, color=style.GREY, linewidth=1)
    found.legend(loc="lower left", bbox_to_anchor=(-0.6, 1), ncols=2, fontsize=9.5)
    found.set_yticks(rows, [_in_two_lines(way) for way in WAYS])
    found.set(xlim=ESTIMATE_RANGE, ylim=(len(rows) - 0.5, -0.7))
    found.set_xticks(range(-2, 5))
    found.set_xlabel("estimate, percentage points a year")
    found.grid(axis="y", visible=False)

    def update(result: Evaluation) -> None:
        masks = (~result.chosen, result.chosen, result.barely, result.runner_up)
        for line, mask in zip(lines, masks, strict=True):
            periods = (result.earlier, result.before, result.after)
            line.set_data(range(3), [growth[mask].mean() for growth in periods])
        values = np.array(list(result.estimates.values()))
        average = np.array(list(result.means.values()))
        errors = np.array(list(result.standard_errors.values()))
        dots.set_data(values, rows)
        means.set_data(average, rows)
        for row, (bar, number) in enumerate(zip(bars, numbers, strict=True)):
            bar.set_data(values[row] + np.array([-2, 2]) * errors[row], [row, row])
            number.set_text(f"{signed(values[row])}, mean {signed(average[row])}")
        true.set_data([result.effect] * 2, [-0.5, len(rows) - 0.5])
        country.set_data([result.for_the_country] * 2, [-0.5, len(rows) - 0.5])

    return update


# --- were the trends parallel?


def beside_others(axes: Axes) -> Update:
    """Output per head of the West over that of Central and of the East, 1999 = 100."""
    lines = {}
    for number, name in enumerate(COMPARED):
        (line,) = axes.plot([], [], **style.line_style(2 * number))
        colour = style.line_style(2 * number)["color"]
        lines[name] = (line, axes.text(0, 0, f"West over {name}", va="center", color=colour))
    axes.axhline(100, color=style.GREY, linewidth=1)
    for year, words, height in (
        (COUNTED_ANEW, "2000: programme for the West; residents counted", 166),
        (CENTRAL_BEGAN, "2006: Central's own programme", 158),
    ):
        axes.axvline(year, color=style.INK, linewidth=1, linestyle=":")
        axes.text(year + 0.4, height, words, fontsize=9.5, va="center")
    axes.set(xlim=(1978, 2036), ylim=(90, 172), xlabel="year")
    axes.set_ylabel("West over the other (1999 = 100)")
    axes.set_xticks(range(1980, 2024, 10))

    def update(result: BesideOthers) -> None:
        for name, (line, note) in lines.items():
            path = result.path[name]
            line.set_data(path.index, path)
            note.set_position((path.index[-1] + 0.6, path.iloc[-1]))

    return update
