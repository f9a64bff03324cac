"""Charts of lesson 06."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.collections import PolyCollection

from course_lib.lab import style
from course_lib.lab.picture import Update
from course_lib.production_complex.china_roles import ChinaRoles
from course_lib.production_complex.fragility import MOST_LAYERS, MOST_SUPPLIERS, Chain
from course_lib.production_complex.linear_programs import (
    ProductMix,
)
from course_lib.production_complex.relation_chart import MOST_PLANTS, RelationChart
from course_lib.production_complex.sequencing import PROJECTS, Sequencing
from course_lib.production_complex.siting import DEAREST, KILOMETRES, SITES, Siting, TwoRules
from course_lib.production_complex.size import ComplexSize

ON_WHITE: Any = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.5}

# --- the relation chart: boxes and arrows, in inches from the lower left corner

WIDTH, HEIGHT = 9.0, 4.7
BOX = (1.36, 0.44)
IN_A_ROW = 6

FACES = {
    "core": "#CFE4F2",
    "main": "#F6E0CC",
    "supplementary": "#D5ECE2",
    "service": "#EEEEEE",
    "not tied in": "#FFFFFF",
}
EDGES = {
    "core": style.BLUE,
    "main": style.ORANGE,
    "supplementary": style.GREEN,
    "service": style.GREY,
    "not tied in": style.GREY,
}


def relation_chart(axes: Any) -> Update:
    """Boxes and arrows: the layers from left to right, service plants below."""
    axes.set(xlim=(0, WIDTH), ylim=(0, HEIGHT))
    axes.set_axis_off()
    return _boxes_and_arrows(axes, WIDTH)


def china_roles(axes: Any) -> Update:
    """The sectors around a core as a chart, and how many lie in circles at each threshold."""
    left, right = axes
    left.get_gridspec().set_width_ratios([2.9, 1])
    left.set(xlim=(0, 6.9), ylim=(0, HEIGHT))
    left.set_axis_off()
    chart = _boxes_and_arrows(left, 6.9)
    (steps,) = right.plot([], [], drawstyle="steps-post", **style.line_style(1))
    (here,) = right.plot([], [], "s", color=style.ORANGE, markersize=9)
    note = right.text(0, 0, "", va="bottom", fontweight="bold")
    right.set(xlim=(0, 0.2), ylim=(0, 17.5), xlabel="least share that counts")
    right.set_xticks([0, 0.05, 0.1, 0.15, 0.2], ["0%", "5%", "10%", "15%", "20%"])
    right.set_yticks([0, 5, 10, 17])
    right.set_title("sectors in circles, of 17", fontsize=11)

    def update(result: ChinaRoles) -> None:
        chart(result.chart)
        found = np.where(result.in_circles > 1, result.in_circles, 0)
        steps.set_data(result.thresholds, found)
        many = result.in_circles_here if result.in_circles_here > 1 else 0
        here.set_data([result.threshold], [many])
        note.set_position((result.threshold + 0.008, many + 0.5))
        note.set_text(str(many))

    return update


def _boxes_and_arrows(axes: Any, width: float) -> Any:
    styles: tuple[tuple[str, Any, float], ...] = (
        (style.GREY, "solid", 1.2),
        (style.ORANGE, style.DASHES[1], 2.2),
        (style.PALE, "solid", 1.6),
    )
    shafts = [
        axes.plot([], [], color=colour, linestyle=dash, linewidth=thick, zorder=1)[0]
        for colour, dash, thick in styles
    ]
    heads = PolyCollection([], zorder=2)
    boxes = PolyCollection([], zorder=3, linewidths=1.6)
    for collection in (heads, boxes):
        axes.add_collection(collection, autolim=False)
    centred: Any = {"ha": "center", "va": "center", "zorder": 4}
    names = [axes.text(0, 0, "", fontsize=9.5, **centred) for _ in range(MOST_PLANTS)]
    notes = [axes.text(0, 0, "", fontsize=8.5, **centred) for _ in range(MOST_PLANTS)]

    def update(result: RelationChart) -> None:
        plan = result.plan
        places = _places(result, width)
        down = {*result.idle, *plan.stopped}
        round_about = {step for way in result.circles for step in pairwise(way)}
        ways: list[list[np.ndarray]] = [[], [], []]
        points, colours = [], []
        for seller, buyer in dict.fromkeys((one.seller, one.buyer) for one in plan.deliveries):
            kind = 2 if seller in down else 1 if (seller, buyer) in round_about else 0
            way = _curve(places[seller], places[buyer])
            ways[kind].append(way)
            points.append(_head(way))
            colours.append(styles[kind][0])
        for shaft, found in zip(shafts, ways, strict=True):
            gap = np.full((1, 2), np.nan)
            joined = np.concatenate([part for way in found for part in (way, gap)] or [gap])
            shaft.set_data(*joined.T)
        heads.set_verts(points)
        heads.set_facecolor(colours)
        heads.set_edgecolor(colours)
        corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * np.array(BOX) / 2
        boxes.set_verts([np.array(places[plant]) + corners for plant in plan.plants])
        kinds = [result.kinds[plant] for plant in plan.plants]
        boxes.set_facecolor(
            ["white" if p in down else FACES[k] for p, k in zip(plan.plants, kinds, strict=True)]
        )
        boxes.set_edgecolor([EDGES[kind] for kind in kinds])
        boxes.set_linestyle(["dashed" if plant in down else "solid" for plant in plan.plants])
        boxes.set_linewidth([2.8 if kind == "core" else 1.5 for kind in kinds])
        for place, (name, note) in enumerate(zip(names, notes, strict=True)):
            shown = place < len(plan.plants)
            plant = plan.plants[place] if shown else ""
            name.set_text(plant)
            note.set_text(_state(result, plant) if shown else "")
            if shown:
                x, y = places[plant]
                name.set_position((x, y + 0.085))
                note.set_position((x, y - 0.105))
                name.set_fontweight("bold" if plant == plan.core else "normal")

    return update


def _state(result: RelationChart, plant: str) -> str:
    """What stands in a box below the name."""
    if plant in result.plan.stopped:
        return "OUT OF ORDER"
    if plant in result.idle:
        return f"no {result.idle[plant]}"
    if plant in result.without_buyer:
        return "no buyer"
    if result.plan.stopped:
        return f"{result.kinds[plant]}, works"
    return f"{result.kinds[plant]}, takes {result.takes_with_it[plant]}"


def _places(result: RelationChart, width: float) -> dict[str, tuple[float, float]]:
    """The middle of each box: a column for each layer, and rows of service plants below."""
    plan = result.plan
    below = [plant for plant in plan.plants if plant not in result.layers]
    rows = -(-len(below) // IN_A_ROW)
    floor = 0.72 * rows + 0.12 * (rows > 0)
    last = max(result.layers.values())
    edge = BOX[0] / 2 + 0.06
    places: dict[str, tuple[float, float]] = {}
    for layer in range(last + 1):
        column = [plant for plant in plan.plants if result.layers.get(plant) == layer]
        x = edge + (width - 2 * edge) * (layer / last if last else 0.5)

        def height_of_sellers(plant: str) -> float:
            heights = [
                places[one.seller][1]
                for one in plan.deliveries
                if one.buyer == plant and one.seller in places
            ]
            return -sum(heights) / len(heights) if heights else 0.0

        column.sort(key=height_of_sellers)
        for number, plant in enumerate(column):
            # From the top downwards, a little staggered so that arrows do not run into a box.
            share = (number + 0.5) / len(column)
            places[plant] = (x, HEIGHT - (HEIGHT - floor) * share)

    def wanted(plant: str) -> float:
        buyers = [one.buyer for one in plan.deliveries if one.seller == plant]
        known = [places[buyer][0] for buyer in buyers if buyer in places]
        return sum(known) / len(known) if known else 0.0

    below.sort(key=wanted)
    for row in range(rows):
        line = below[row * IN_A_ROW : (row + 1) * IN_A_ROW]
        for number, plant in enumerate(line):
            x = edge + (width - 2 * edge) * ((number + 0.5) / len(line))
            places[plant] = (x, 0.72 * (rows - row) - 0.42)
    return places


def _curve(start: tuple[float, float], end: tuple[float, float]) -> np.ndarray:
    """A curve from the edge of one box to the edge of another, as points."""
    (x0, y0), (x1, y1) = start, end
    half, high = BOX[0] / 2, BOX[1] / 2
    if x1 - x0 > BOX[0] and abs(y1 - y0) < 6 * (x1 - x0):  # to the right
        a, b = (x0 + half, y0), (x1 - half, y1)
        bend = 0.5 * (b[0] - a[0])
        c, d = (a[0] + bend, y0), (b[0] - bend, y1)
    elif x0 - x1 > BOX[0] and abs(y1 - y0) < 1.0:  # back: a bow over or under the boxes between
        side = 1 if y0 >= 1.0 else -1
        a, b = (x0, y0 + side * high), (x1, y1 + side * high)
        c, d = (x0 - 0.3, a[1] + side * 0.6), (x1 + 0.3, b[1] + side * 0.6)
    else:  # up or down
        side = 1 if y1 > y0 else -1
        a, b = (x0, y0 + side * high), (x1, y1 - side * high)
        bend = 0.5 * (b[1] - a[1])
        c, d = (x0, a[1] + bend), (x1, b[1] - bend)
    t = np.linspace(0, 1, 17)[:, np.newaxis]
    curve: np.ndarray = (
        (1 - t) ** 3 * np.array(a)
        + 3 * (1 - t) ** 2 * t * np.array(c)
        + 3 * (1 - t) * t**2 * np.array(d)
        + t**3 * np.array(b)
    )
    return curve


def _head(way: np.ndarray) -> np.ndarray:
    along = way[-1] - way[-2]
    along = along / (np.hypot(*along) or 1.0)
    across = np.array([-along[1], along[0]])
    tip = way[-1]
    return np.array([tip, tip - 0.13 * along + 0.055 * across, tip - 0.13 * along - 0.055 * across])


# --- siting


def two_rules(axes: Any) -> Update:
    """Where the plants stand under both rules, and what that costs over the transport cost."""
    left, right = axes
    left.get_gridspec().set_width_ratios([1.5, 1])
    left.set(xlim=(-75, 475), ylim=(-0.35, 5.15), yticks=[])
    left.set_xticks(
        KILOMETRES, [f"{s}\n{km:g} km" for s, km in zip(SITES, KILOMETRES, strict=True)]
    )
    left.grid(False)
    left.spines["left"].set_visible(False)
    rows = (
        ("infrastructure shared", 2.75, style.BLUE),
        ("each plant pays its own", 0.0, style.ORANGE),
    )
    paid, names = [], []
    for title, low, colour in rows:
        left.text(-75, low + 2.2, title, color=colour, fontweight="bold", va="bottom")
        left.plot([0, 400], [low, low], color=style.GREY, linewidth=2)
        (squares,) = left.plot([], [], "s", color=colour, markersize=13)
        paid.append(squares)
        names.append([left.text(0, 0, "", ha="center", va="center", fontsize=10) for _ in range(4)])
    (shared,) = right.plot([], [], **style.line_style(0))
    (alone,) = right.plot([], [], **style.line_style(1))
    (dots,) = right.plot([], [], "o", color=style.INK, markersize=7)
    notes = [
        right.text(0, 0, "", color=colour, fontweight="bold", ha="center", va=va, bbox=ON_WHITE)
        for colour, va in ((style.BLUE, "top"), (style.ORANGE, "bottom"))
    ]
    right.set(
        xlim=(-0.0001, DEAREST + 0.0001),
        ylim=(0, 480),
        xlabel="transport cost (million per 1000 t and km)",
        ylabel="cost, million a year",
    )
    right.set_xticks([0, 0.002, 0.004, 0.006])
    right.text(0.03, 0.965, "dashed: each plant pays its own\nsolid: shared", fontsize=10,
               transform=right.transAxes, va="top")  # fmt: skip

    def update(result: TwoRules) -> None:
        for low, squares, texts, one in zip(
            (row[1] for row in rows), paid, names, (result.shared, result.alone), strict=True
        ):
            _stand(one, low, squares, texts)
        shared.set_data(result.transport_costs, result.shared_costs)
        alone.set_data(result.transport_costs, result.alone_costs)
        costs = (result.shared.cost, result.alone.cost)
        dots.set_data([result.transport_cost] * 2, costs)
        x = min(max(result.transport_cost, 0.0006), DEAREST - 0.0006)
        for note, cost, up in zip(notes, costs, (-14, 14), strict=True):
            note.set_position((x, cost + up))
            note.set_text(f"{cost:.1f}")

    return update


def _stand(result: Siting, low: float, squares: Any, texts: Sequence[Any]) -> None:
    """Put the names of the plants above their sites, and a square for each infrastructure paid."""
    place = dict(zip(SITES, KILOMETRES, strict=True))
    height = dict.fromkeys(SITES, 0)
    for plant, text in zip(result.plants, texts, strict=True):
        site = result.placed[plant]
        height[site] += 1
        text.set_text(plant)
        text.set_position((place[site], low + 0.12 + 0.42 * height[site]))
    many = {site: (min(count, 1) if result.shared else count) for site, count in height.items()}
    squares.set_data(
        [
            place[site] + 20 * (n - (count - 1) / 2)
            for site, count in many.items()
            for n in range(count)
        ],
        [low] * sum(many.values()),
    )


# --- linear programs


def product_mix(axes: Any) -> Update:
    """What can be made, the best corner, and what one hour more in each plant is worth."""
    left, right = axes
    left.get_gridspec().set_width_ratios([1.3, 1])
    area = PolyCollection([], facecolor="#CFE4F2", edgecolor="none", zorder=1)
    left.add_collection(area, autolim=False)
    limits = [left.plot([], [], zorder=2, **style.line_style(i))[0] for i in range(3)]
    (level,) = left.plot([], [], color=style.INK, linewidth=1.4, linestyle=style.DASHES[6])
    (best,) = left.plot([], [], "o", color=style.INK, markersize=9)
    left.set(
        xlim=(0, 9), ylim=(0, 13), xlabel="doors, batches a week", ylabel="windows, batches a week"
    )
    left.legend(
        [*limits, best], ["plant 1", "plant 2", "plant 3", "best"], loc="upper right", fontsize=10
    )
    bars = [
        right.bar(i, 0, color=style.COLOURS[i], width=0.6, hatch=hatch, edgecolor="white")[0]
        for i, hatch in enumerate(("", "//", ".."))
    ]
    notes = [right.text(i, 0, "", ha="center", va="bottom", fontweight="bold") for i in range(3)]
    right.set(xlim=(-0.6, 2.6), ylim=(0, 4.4), ylabel="thousand dollars")
    right.set_xticks(range(3), ["plant 1", "plant 2", "plant 3"])
    right.set_title("worth of one hour more", fontsize=11)

    def update(result: ProductMix) -> None:
        one, two, three = result.hours
        top, side = 13.0, 9.0
        limits[0].set_data([min(one, side)] * 2, [0, top])
        limits[1].set_data([0, side], [min(two / 2, top)] * 2)
        x = np.linspace(0, min(side, three / 3), 30)
        y = (three - 3 * x) / 2
        limits[2].set_data(x, y)
        edge = np.linspace(0, min(one, three / 3, side), 40)
        roof = np.minimum(two / 2, (three - 3 * edge) / 2)
        area.set_verts([np.array([(0, 0), *zip(edge, roof, strict=True), (edge[-1], 0)])])
        best.set_data(*result.batches[:, np.newaxis])
        doors, windows = result.profit
        line = np.linspace(0, side, 60)
        height = (result.total - doors * line) / windows if windows else np.full(60, np.nan)
        inside = (height >= 0) & (height <= top)
        level.set_data(line[inside], height[inside])
        for bar, note, price in zip(bars, notes, result.shadow_prices, strict=True):
            bar.set_height(price)
            note.set_position((note.get_position()[0], price + 0.06))
            note.set_text(f"{price + 0.0:.2f}")

    return update


# --- size


def size_of_complex(axes: Any) -> Update:
    """What all plants save together and what each saves, over the number of plants."""
    left, right = axes
    (free,) = left.plot([], [], label="without congestion", **style.line_style(1))
    (all_,) = left.plot([], [], label="with congestion", **style.line_style(0))
    (there,) = left.plot([], [], "o", color=style.INK, markersize=9)
    left.set(
        xlim=(0, 205), ylim=(-150, 1550), xlabel="plants", title="saving of all, million a year"
    )
    left.axhline(0, color=style.INK, linewidth=1)
    left.legend(loc="upper left", fontsize=10)
    (each,) = right.plot([], [], **style.line_style(2))
    (mean,) = right.plot([], [], "o", color=style.INK, markersize=9)
    note = right.text(0, 0, "", fontweight="bold", bbox=ON_WHITE)
    right.axhline(0, color=style.INK, linewidth=1)
    right.set(
        xlim=(0, 205), ylim=(-6, 36), xlabel="plants", title="saving of each plant, million a year"
    )

    def update(result: ComplexSize) -> None:
        for line, values, low, high in (
            (free, result.uncrowded, -150, 1550),
            (all_, result.saving, -150, 1550),
            (each, result.average, -6, 36),
        ):
            shown = (result.n <= 200) & (values >= low) & (values <= high)
            line.set_data(result.n[shown], values[shown])
        on = result.congestion > 0 and result.size <= 200
        total = result.saving_at_size
        there.set_data(
            [result.size] if on and total <= 1550 else [], [total] if on and total <= 1550 else []
        )
        mean.set_data([result.size] if on else [], [total / result.size] if on else [])
        note.set_text(f"{result.size} plants" if on else "larger than the picture")
        note.set_position(
            (min(result.size + 4, 140) if on else 95, total / result.size + 1.5 if on else 30)
        )

    return update


# --- sequencing


def building_orders(axes: Any) -> Update:
    """Three orders, year by year, and the values of all of them."""
    left, right = axes
    left.get_gridspec().set_width_ratios([2.6, 1])
    rows = ("best", "greedy", "worst")
    boxes = PolyCollection([], linewidths=1.4, edgecolors="white")
    left.add_collection(boxes, autolim=False)
    names = [
        [left.text(0, 0, "", ha="center", va="center", fontsize=9.5) for _ in PROJECTS]
        for _ in rows
    ]
    gains = [
        [left.text(0, 0, "", ha="center", va="center", fontsize=9) for _ in PROJECTS] for _ in rows
    ]
    left.set(xlim=(0.4, 6.6), ylim=(2.55, -0.6), xlabel="year")
    left.set_yticks(range(3), rows)
    left.set_xticks(range(1, 7))
    left.grid(False)
    left.tick_params(left=False)
    left.set_title("what is built; below it, million a year", fontsize=11)
    tints = dict(
        zip(
            PROJECTS,
            ("#EEEEEE", "#CFE4F2", "#F6E0CC", "#D5ECE2", "#EFD9E6", "#F3EAC8"),
            strict=True,
        )
    )
    right.plot([0.5, 0.5], [0, 1], color="none")
    (all_,) = right.plot([], [], "o", color=style.GREY, markersize=5, alpha=0.8)
    marks = [
        right.plot([], [], marker, color=colour, markersize=11)[0]
        for marker, colour in (("^", style.BLUE), ("s", style.ORANGE), ("v", style.INK))
    ]
    labels = [right.text(0, 0, "", va="center", fontsize=10) for _ in rows]
    right.set(xlim=(0, 1), ylim=(74, 102), xticks=[], ylabel="present value, best = 100")
    right.grid(False)
    right.set_title("all orders", fontsize=11)

    def update(result: Sequencing) -> None:
        verts, faces = [], []
        for row, order in enumerate((result.best, result.greedy, result.worst)):
            for year, project in enumerate(order, 1):
                verts.append(_rectangle(year - 0.48, row - 0.38, 0.96, 0.76))
                faces.append(tints[project])
                names[row][year - 1].set_position((year, row - 0.12))
                names[row][year - 1].set_text(project)
                gains[row][year - 1].set_position((year, row + 0.17))
                gains[row][year - 1].set_text(f"{result.benefits[project]:g}")
        boxes.set_verts(verts)
        boxes.set_facecolor(faces)
        scale = 100 / result.best_value if result.best_value else 0.0
        values = np.maximum(result.all_values * scale, 74)
        all_.set_data(np.full(len(values), 0.22), values)
        heights = [
            max(74.0, scale * value)
            for value in (result.best_value, result.greedy_value, result.worst_value)
        ]
        spread = _apart(heights, 1.9)
        for mark, label, name, height, at in zip(marks, labels, rows, heights, spread, strict=True):
            mark.set_data([0.22], [height])
            label.set_position((0.36, at))
            label.set_text(f"{name} {height:.1f}")

    return update


def _apart(heights: Sequence[float], least: float) -> list[float]:
    """Heights for labels that do not cover each other, the first one the highest."""
    placed: list[float] = []
    for height in heights:
        placed.append(min(height, placed[-1] - least) if placed else height)
    rise = max(0.0, 75.0 - placed[-1])
    return [height + rise for height in placed]


def _rectangle(x: float, y: float, width: float, height: float) -> np.ndarray:
    return np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])


# --- fragility


def chain(axes: Any) -> Update:
    """One simulated day of the chain, and how often it works with more suppliers."""
    left, right = axes
    left.get_gridspec().set_width_ratios([1.25, 1])
    (links,) = left.plot([], [], color=style.PALE, linewidth=2)
    (up,) = left.plot([], [], "o", color=style.BLUE, markersize=15, label="works")
    (down,) = left.plot([], [], "X", color=style.ORANGE, markersize=13, label="is down")
    verdict = left.text(0.02, 0.98, "", transform=left.transAxes, va="top", fontweight="bold")
    left.set(
        xlim=(0.4, MOST_LAYERS + 0.6),
        ylim=(0.3, MOST_SUPPLIERS + 2.1),
        xlabel="layer: each needs the one to its left",
        ylabel="suppliers",
        yticks=range(1, MOST_SUPPLIERS + 1),
    )
    left.set_xticks(range(1, MOST_LAYERS + 1))
    left.grid(False)
    left.legend(loc="upper right", fontsize=10)
    left.set_title("one simulated day", fontsize=11)
    bars = right.bar(
        range(1, MOST_SUPPLIERS + 1), [0] * MOST_SUPPLIERS, color=style.SKY, width=0.62
    )
    (now,) = right.plot([], [], "v", color=style.INK, markersize=10)
    (ceiling,) = right.plot([], [], **style.line_style(1))
    notes = [right.text(n, 0, "", ha="center", va="bottom", fontsize=10) for n in range(1, 6)]
    right.set(xlim=(0.4, 5.6), ylim=(0, 1180), xlabel="suppliers in each layer")
    right.set_title("days of 1000 on which the chain works", fontsize=11)

    def update(result: Chain) -> None:
        suppliers, layers = np.nonzero(result.day)
        up.set_data(layers + 1, suppliers + 1)
        suppliers, layers = np.nonzero(~result.day)
        down.set_data(layers + 1, suppliers + 1)
        ends = [
            (1, one, other)
            for one in range(1, result.suppliers + 1)
            for other in range(1, result.suppliers + 1)
        ]
        joined = [
            point
            for layer in range(1, result.layers)
            for step, one, other in ends
            for point in ((layer, one), (layer + step, other), (np.nan, np.nan))
        ]
        links.set_data(*np.array(joined or [(np.nan, np.nan)], dtype=float).T)
        verdict.set_text("the chain works" if result.works_on_the_day else "the chain stands still")
        for bar, note, works in zip(bars, notes, result.by_suppliers, strict=True):
            bar.set_height(1000 * works)
            note.set_text(f"{1000 * works:.0f}")
            note.set_y(1000 * works + 12)
        now.set_data([result.suppliers], [1000 * result.works + 105])
        ceiling.set_data(
            [0.5, 5.5] if result.shock else [], [1000 * result.ceiling] * 2 if result.shock else []
        )

    return update
