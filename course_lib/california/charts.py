"""Charts of lesson 10."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matplotlib.axes import Axes

from course_lib.california.cluster_jobs import ClusterJobs
from course_lib.california.document_claims import DocumentClaims
from course_lib.california.employment import REGIONS
from course_lib.california.industry_space import IndustrySpace
from course_lib.california.regional_profile import RANKINGS, SHOWN, RegionalProfile
from course_lib.division_of_labour.us_shift_share import StateShiftShare
from course_lib.lab import style
from course_lib.lab.contracts import Panels, Update
from course_lib.lab.marks import plain_ticks
from course_lib.sentence import counted

NEAREST = 5
LONGEST = 30  # characters of an industry that fit beside its bar
LOWEST, HIGHEST = 0.05, 20.0  # of the quotients that are drawn as they are


def claims(axes: Axes) -> Update:
    """What the document names for each region, on a scale of location quotients."""
    lowest, highest = 0.1, 40.0
    axes.set_xscale("log")
    axes.set(xlim=(lowest, highest), xlabel="location quotient, 2019 (each step is ten times)")
    axes.set_xticks([0.1, 1, 10], ["0.1", "1: the nation's mix", "10"])
    axes.minorticks_off()
    axes.axvline(1, color=style.INK, linewidth=1.2)
    axes.grid(axis="y", visible=False)
    axes.spines["left"].set_visible(False)

    def update(result: DocumentClaims) -> None:
        count = len(result.together)
        labels = [
            f"{region}:\n{words}"
            for region, words in result.together[["region", "words"]].itertuples(index=False)
        ]
        axes.set(ylim=(count - 0.4, -0.9), yticks=range(count))
        axes.set_yticklabels(labels, fontsize=9.5)
        single: Any = {"color": style.GREY, "markerfacecolor": "white", "linestyle": "none"}
        for place, row in enumerate(result.together.to_dict("records")):
            quotient, top = row["location_quotient"], min(row["highest_quotient"], highest)
            axes.plot([quotient, top], [place, place], color=style.GREY, linewidth=3)
            of_phrase = (result.rows["words"] == row["words"]) & (
                result.rows["region"] == row["region"]
            )
            groups = result.rows["location_quotient"][of_phrase].clip(lowest, highest)
            axes.plot(groups, [place] * len(groups), marker="o", markersize=5, **single)
            below = quotient < 1
            mark: Any = {"marker": "D", "color": style.ORANGE} if below else {"marker": "o"}
            axes.plot([quotient], [place], markersize=11, **{"color": style.BLUE, **mark})
            axes.text(
                quotient,
                place - 0.33,
                f"{quotient:.2f}" if below else f"{quotient:.1f}",
                ha="center",
                va="bottom",
                fontsize=9.5,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
            )
        single_dot = axes.plot([], [], marker="o", markersize=5, **single)[0]
        whole = axes.plot([], [], "o", color=style.BLUE, markersize=11)[0]
        hidden = axes.plot([], [], color=style.GREY, linewidth=3)[0]
        axes.legend(
            [whole, single_dot, hidden],
            ["all its industry groups together", "one group", "if all withheld jobs were in them"],
            loc="upper center",
            bbox_to_anchor=(0.4, 1.12),
            ncols=3,
            fontsize=9.5,
        )

    return update


def profile(axes: Axes) -> Update:
    """The first ten industries of a place as bars, with their quotients in words."""
    bars = axes.barh(range(SHOWN), [0.0] * SHOWN, left=0.33, color=style.BLUE, height=0.68)
    rows = range(SHOWN)
    names = [axes.text(0.32, row, "", va="center", ha="right", fontsize=10) for row in rows]
    values = [axes.text(0.99, row, "", va="center", ha="right", fontsize=10) for row in rows]
    heads = [
        axes.text(0.32, -0.85, "", ha="right", fontweight="bold"),
        axes.text(0.34, -0.85, "", ha="left", fontsize=10, color=style.GREY),
    ]
    columns_head = axes.text(0.99, -0.85, "", ha="right", fontsize=10, zorder=0.5)
    key = axes.text(0.99, SHOWN - 0.2, "", ha="right", va="top", fontsize=10, color=style.ORANGE)
    least = axes.text(0.01, SHOWN - 0.2, "", va="top", fontsize=10, color=style.GREY)
    axes.set(xlim=(0, 1), ylim=(SHOWN + 0.3, -1.4), xticks=[], yticks=[])
    axes.grid(False)
    axes.spines[["left", "bottom"]].set_visible(False)

    def update(result: RegionalProfile) -> None:
        first = result.first
        sizes = first[RANKINGS[result.ranking]].to_numpy()
        scale = 0.44 / max(sizes[0], 1e-9)
        heads[0].set_text(result.place)
        heads[1].set_text(f"by {result.ranking}")
        is_above = RANKINGS[result.ranking] == "above_the_mix"
        columns_head.set_text(
            ("above the mix, of all " if is_above else "") + "jobs (location quotient)"
        )
        least.set_text(
            f"industries of {result.least_jobs:,} jobs or more" if result.least_jobs else ""
        )
        key.set_text("hatched and »: the document names it" if first["named"].any() else "")
        columns = ("employment", "location_quotient", "named")
        shown = list(zip(first.index, sizes, *(first[name] for name in columns), strict=True))
        shown += [("", 0.0, 0, 0.0, False)] * (SHOWN - len(shown))
        for bar, name, value, row in zip(bars, names, values, shown, strict=True):
            industry, size, jobs, quotient, named = row
            bar.set_width(max(size, 0.0) * scale)  # below the mix: the number alone says it
            bar.set_facecolor(style.ORANGE if named else style.BLUE)
            bar.set_edgecolor("white")
            bar.set_hatch("//" if named else "")
            short = _short(industry)
            name.set_text(f"» {short}" if named else short)
            above = f"{size:,.0f} of ".replace("-", "−") if is_above else ""
            value.set_text(f"{above}{jobs:,.0f}  ({quotient:.1f})" if industry else "")

    return update


def space(axes: Panels) -> Update:
    """Each industry by relatedness and location quotient; beside it the ones to talk about."""
    return _space(axes, "state")


def space_of(what: str) -> Callable[[Any], Update]:
    """The same for other places: what one is called."""

    def chart(axes: Panels) -> Update:
        return _space(axes, what)

    return chart


def _space(axes: Panels, what: str) -> Update:
    left, right = axes
    left.set_yscale("log")
    left.set(
        xlim=(0, 1),
        ylim=(LOWEST / 1.3, HIGHEST * 1.3),
        xlabel=f"relatedness to what else the {what} has",
        ylabel="location quotient",
    )
    plain_ticks(left.yaxis, [0.1, 1, 10])
    marks = ((style.BLUE, "o"), (style.GREY, "o"), (style.ORANGE, "D"), (style.GREEN, "^"))
    labels = ("has", "has not", "has not, most related", "has, least related")
    dots = [
        left.plot([], [], linestyle="none", markersize=8, label=label, color=colour, marker=marker)[
            0
        ]
        for label, (colour, marker) in zip(labels, marks, strict=True)
    ]
    dots[1].set_markerfacecolor("white")
    line = left.axhline(1, color=style.INK, linewidth=1)
    left.legend(loc="upper left", fontsize=9.5)
    head = right.text(0, 1.0, "", fontsize=13, fontweight="bold", va="top")
    right.text(0, 0.0, "relatedness, industry, (location quotient)", fontsize=9.5, color=style.GREY)
    lists = [
        (right.text(0, top, "", fontsize=10.5, fontweight="bold", va="top"),
         right.text(0, top - 0.07, "", fontsize=10, va="top", linespacing=1.4))
        for top in (0.88, 0.44)
    ]  # fmt: skip
    lists[0][0].set_text(f"It has not; the {NEAREST} most related")
    lists[1][0].set_text(f"It has; the {NEAREST} least related")
    right.set(xlim=(0, 1), ylim=(0, 1))
    right.axis("off")

    def update(result: IndustrySpace) -> None:
        head.set_text(f"{result.state}: {result.number_here} of {len(result.industries)}")
        line.set_ydata([result.threshold, result.threshold])
        has = result.industries["has"].to_numpy()
        where = (
            result.industries["relatedness"].to_numpy(),
            result.industries["location_quotient"].clip(LOWEST, HIGHEST).to_numpy(),
        )
        parts = (result.nearest_missing[:NEAREST], result.farthest_present[:NEAREST])
        listed = result.industries.index.isin([*parts[0].index, *parts[1].index])
        for drawn, wanted in zip(dots, (has == 1, has == 0), strict=False):
            drawn.set_data(where[0][wanted & ~listed], where[1][wanted & ~listed])
        for drawn, (_, text), part in zip(dots[2:], lists, parts, strict=True):
            related, quotient = part["relatedness"], part["location_quotient"]
            drawn.set_data(related, quotient.clip(LOWEST, HIGHEST))
            rows = [
                f"{near:.2f}  {_short(str(name))}  ({size:.2f})"
                for name, near, size in zip(part.index, related, quotient, strict=True)
            ]
            text.set_text("\n".join(rows))

    return update


def shares_in_clusters(axes: Axes) -> Update:
    """Each region's jobs: in strong clusters that the document names, in others, in none."""
    rows = range(len(REGIONS))
    named = axes.barh(rows, [0.0] * len(REGIONS), color=style.ORANGE, hatch="//", height=0.6)
    others = axes.barh(rows, [0.0] * len(REGIONS), color=style.SKY, height=0.6)
    for bar in (*named, *others):
        bar.set_edgecolor("white")
    notes = [axes.text(0, row, "", va="center", fontsize=10) for row in rows]
    axes.legend(
        [named[0], others[0]],
        ["in clusters that the document names", "in other strong clusters"],
        loc="upper center",
        bbox_to_anchor=(0.45, 1.14),
        ncols=2,
    )
    axes.set(xlim=(0, 1.1), ylim=(len(REGIONS) - 0.5, -0.6), xlabel="share of the region's jobs")
    axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1], ["0", "20%", "40%", "60%", "80%", "100%"])
    axes.set_yticks(list(rows), REGIONS)
    axes.grid(axis="y", visible=False)

    def update(result: ClusterJobs) -> None:
        clusters = result.regions.loc[list(REGIONS), "clusters"].tolist()
        for row, region in enumerate(REGIONS):
            here = result.regions.loc[region]
            named[row].set_width(here["named"])
            others[row].set_x(here["named"])
            others[row].set_width(here["in_clusters"] - here["named"])
            notes[row].set(x=here["in_clusters"] + 0.01)
            first = f"; first: {here['largest']}" if here["largest"] else ""
            industries = counted(clusters[row], "industry", "industries")
            notes[row].set_text(f"{here['in_clusters']:.0%}\n{industries}{first}")

    return update


def growth(axes: Axes) -> Update:
    """California's sectors beside the nation's: growth of jobs over the period."""
    axes.axvline(0, color=style.INK, linewidth=1)
    axes.set(xlim=(-0.45, 0.75), xlabel="change of jobs")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:+.0%}" if value else "0")
    axes.grid(axis="y", visible=False)

    def update(result: StateShiftShare) -> None:
        table = result.detail.sort_values("growth")
        rows = range(len(table))
        axes.set(ylim=(-0.7, len(table) - 0.3), yticks=rows)
        axes.set_yticklabels(table.index)
        axes.hlines(rows, table["growth_nation"], table["growth"], color=style.GREY, linewidth=2)
        nation: Any = {"marker": "s", "color": style.INK, "markerfacecolor": "white"}
        axes.plot(table["growth_nation"], rows, linestyle="none", label="34 states", **nation)
        axes.plot(table["growth"], rows, label=result.state, markersize=8, **style.marker_style(0))
        axes.legend(loc="lower right")

    return update


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
