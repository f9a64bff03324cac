"""Charts of lesson 06."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from course_lib.lab import style
from course_lib.lab.contracts import Panels, Update
from course_lib.lab.marks import (
    WHITE_BOX,
    place_text,
    set_panel_widths,
    show_if,
    spread_labels,
    with_gaps,
)
from course_lib.production_complexes.fragility import LONGEST_CHAIN, MOST_SUPPLIERS, Chain
from course_lib.production_complexes.linear_programs import ProductMix
from course_lib.production_complexes.relation_chart import (
    MOST_LAYERS,
    MOST_PLANTS,
    Delivery,
    Plan,
    RelationChart,
)
from course_lib.production_complexes.relation_chart import relation_chart as relation_chart_of
from course_lib.production_complexes.sequencing import PROJECTS, Sequencing
from course_lib.production_complexes.siting import DEAREST, KILOMETRES, SITES, Siting, TwoRules
from course_lib.production_complexes.size import ComplexSize

# --- the relation chart: boxes and arrows, in inches from the lower left corner

WIDTH, HEIGHT = 9.0, 4.7
BOX = (1.46, 0.46)
ROW = 0.86  # height of a row of service plants
APART = 1.58  # least distance between the middles of two boxes in it
IN_A_ROW = 5

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
ARROWS: tuple[tuple[str, Any, float], ...] = (
    (style.GREY, "solid", 1.2),  # a delivery
    (style.ORANGE, style.DASHES[1], 2.2),  # a delivery in a circle
    (style.PALE, "solid", 1.6),  # a delivery that does not come any more
)


def relation_chart(axes: Axes) -> Update:
    """Boxes and arrows: the layers from left to right, service plants below."""
    return _boxes_and_arrows(axes)


def china_roles(axes: Axes) -> Update:
    """The sectors around a core as a relation chart, the largest group in circles framed."""
    update = _boxes_and_arrows(axes)
    return lambda result: update(result.chart, framed=result.group)


def _boxes_and_arrows(axes: Axes) -> Callable[..., None]:
    """The chart; plants that are `framed` have a black frame, and then no box has dots."""
    axes.set(xlim=(0, WIDTH), ylim=(0, HEIGHT))
    axes.set_axis_off()
    shafts = [
        axes.plot([], [], color=colour, linestyle=dash, linewidth=thick, zorder=1)[0]
        for colour, dash, thick in ARROWS
    ]
    heads, boxes = PolyCollection([], zorder=2), PolyCollection([], zorder=3)
    for collection in (heads, boxes):
        axes.add_collection(collection, autolim=False)
    centred: Any = {"ha": "center", "va": "center"}
    headings = [
        axes.text(0, HEIGHT - 0.09, "", fontsize=10.5, **centred) for _ in range(MOST_LAYERS)
    ]
    below = axes.text(0.04, 0, "", fontsize=10.5, va="bottom")
    (dots,) = axes.plot([], [], "o", color=style.INK, markersize=3, zorder=4)
    key = axes.text(WIDTH, 0, "", ha="right", fontsize=9.5)
    names = [axes.text(0, 0, "", fontsize=9.2, zorder=4, **centred) for _ in range(MOST_PLANTS)]

    def update(result: RelationChart, framed: Collection[str] = ()) -> None:
        plan = result.plan
        has_dots = not plan.stopped and not framed
        places, curves = _drawing(plan.core, plan.deliveries)
        down = {*result.idle, *plan.stopped}
        round_about = {step for way in result.circles for step in pairwise(way)}
        ways: list[list[np.ndarray]] = [[] for _ in ARROWS]
        for seller, buyer in dict.fromkeys((one.seller, one.buyer) for one in plan.deliveries):
            kind = 2 if seller in down else 1 if (seller, buyer) in round_about else 0
            ways[kind].append(curves[seller, buyer])
        for shaft, found in zip(shafts, ways, strict=True):
            shaft.set_data(*with_gaps(found))
        heads.set_verts([_head(way) for found in ways for way in found])
        colours = [arrow[0] for arrow, found in zip(ARROWS, ways, strict=True) for _ in found]
        heads.set_facecolor(colours)
        heads.set_edgecolor(colours)
        corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * np.array(BOX) / 2
        boxes.set_verts([np.array(places[plant]) + corners for plant in plan.plants])
        kinds = [result.kinds[plant] for plant in plan.plants]
        boxes.set_facecolor(
            ["white" if p in down else FACES[k] for p, k in zip(plan.plants, kinds, strict=True)]
        )
        edges = [EDGES[kind] for kind in kinds]
        boxes.set_edgecolor(
            [style.INK if p in framed else e for p, e in zip(plan.plants, edges, strict=True)]
        )
        boxes.set_linestyle(["dashed" if plant in down else "solid" for plant in plan.plants])
        boxes.set_linewidth(
            [
                2.8 if k == "core" or p in framed else 1.5
                for p, k in zip(plan.plants, kinds, strict=True)
            ]
        )
        dots.set_data(*_dots(result, places, has_dots).T)
        for place, name in enumerate(names):
            plant = plan.plants[place] if place < len(plan.plants) else ""
            x, y = places.get(plant, (0.0, 0.0))
            dotted = plant and result.takes_with_it[plant] and has_dots
            place_text(name, _words(result, plant) if plant else "", (x, y + 0.06 if dotted else y))
        last = max(result.layers.values())
        for layer, heading in enumerate(headings):
            word = ("core", "main", "supplementary")[min(layer, 2)] if layer <= last else ""
            place_text(heading, word, (_column(layer, last), HEIGHT - 0.09))
        key.set_text("• in a box: one plant that stands still with it" if has_dots else "")
        if framed:
            key.set_text("black frame: in circles with each other")
        outside = [kind for kind in ("service", "not tied in") if kind in kinds]
        place_text(below, " / ".join(outside), (0.04, ROW * _rows(result) - 0.1))

    return update


def _words(result: RelationChart, plant: str) -> str:
    """What stands in a box: the name, and why the plant stands still if it does."""
    if plant in result.plan.stopped:
        return f"{plant}\nOUT OF ORDER"
    if plant in result.idle:
        return f"{plant}\nno {result.idle[plant]}"
    return f"{plant}\nno buyer" if plant in result.without_buyer else plant


def _dots(
    result: RelationChart, places: Mapping[str, tuple[float, float]], shown: bool
) -> np.ndarray:
    """A dot in the box of each plant for each other that it takes with it, as long as all work."""
    found = [(np.nan, np.nan)]
    for plant, many in result.takes_with_it.items():
        x, y = places[plant]
        if shown:
            found += [(x + 0.1 * (dot - (many - 1) / 2), y - 0.13) for dot in range(many)]
    return np.array(found)


def _column(layer: int, last: int) -> float:
    edge = BOX[0] / 2 + 0.04
    return edge + (WIDTH - 2 * edge) * (layer / last if last else 0.5)


def _rows(result: RelationChart) -> int:
    """Rows of plants that the core does not reach."""
    below = len(result.plan.plants) - len(result.layers)
    return -(-below // IN_A_ROW)


@lru_cache(maxsize=64)
def _drawing(
    core: str, deliveries: tuple[Delivery, ...]
) -> tuple[dict[str, tuple[float, float]], dict[tuple[str, str], np.ndarray]]:
    """Where the boxes and the arrows of a plan lie; who is out of order does not move them."""
    plan = Plan(core, (), deliveries)
    places = _places(relation_chart_of(plan.lines))
    pairs = list(dict.fromkeys((one.seller, one.buyer) for one in deliveries))
    return places, dict(zip(pairs, _curves(pairs, places), strict=True))


def _places(result: RelationChart) -> dict[str, tuple[float, float]]:
    """The middle of each box: a column for each layer, and rows of service plants below."""
    plan = result.plan
    below = [plant for plant in plan.plants if plant not in result.layers]
    rows, last = _rows(result), max(result.layers.values())
    floor, top = ROW * rows + 0.1, HEIGHT - 0.28
    places: dict[str, tuple[float, float]] = {}

    def depth(plant: str) -> tuple[bool, float]:
        """Plants that are served from below stand low, others beside those who sell to them."""
        sellers = [one.seller for one in plan.deliveries if one.buyer == plant]
        heights = [places[seller][1] for seller in sellers if seller in places]
        served = any(seller in below for seller in sellers)
        return served, -sum(heights) / len(heights) if heights else 0.0

    for layer in range(last + 1):
        column = [plant for plant in plan.plants if result.layers.get(plant) == layer]
        for number, plant in enumerate(sorted(column, key=depth)):
            share = (number + 0.5) / len(column)
            places[plant] = (_column(layer, last), top - (top - floor) * share)

    def wanted(plant: str) -> float:
        """The middle of the plants that it serves."""
        buyers = [one.buyer for one in plan.deliveries if one.seller == plant]
        known = [places[buyer][0] for buyer in buyers if buyer in places]
        return sum(known) / len(known) if known else WIDTH

    below.sort(key=wanted)
    for row in range(rows):
        line = below[row * IN_A_ROW : (row + 1) * IN_A_ROW]
        x = _column(0, 1) - APART
        for number, plant in enumerate(line):
            furthest = _column(1, 1) - APART * (len(line) - 1 - number)
            x = min(max(x + APART, wanted(plant)), furthest)
            places[plant] = (x, ROW * (rows - row) - 0.42)
    return places


def _curves(
    pairs: Sequence[tuple[str, str]], places: Mapping[str, tuple[float, float]]
) -> list[np.ndarray]:
    """A curve for each arrow: of all ways from a side of one box to a side of another the best.

    A way is the worse, the longer it is and the more of it lies behind boxes or outside.
    """
    if not pairs:
        return []
    half = np.array(BOX) / 2
    starts = np.array([places[seller] for seller, _ in pairs])
    ends = np.array([places[buyer] for _, buyer in pairs])
    sides = np.array([(1, 0), (-1, 0), (0, 1), (0, -1)])
    reaches = np.array([(0.35, 0.35), (0.9, 0.9), (0.15, 0.9)])  # at the start and at the end
    leave, arrive, bend = (
        one.ravel() for one in np.meshgrid(range(4), range(4), range(len(reaches)), indexing="ij")
    )
    out, into = sides[leave], sides[arrive]
    # Beside the middle of a side, so that what leaves and what arrives stay apart.
    a = starts[:, np.newaxis] + out * half + np.abs(out[:, ::-1]) * (0.16, -0.07)
    b = ends[:, np.newaxis] + into * half + np.abs(into[:, ::-1]) * (-0.16, 0.07)
    apart = 0.3 + 0.4 * np.hypot(*(b - a).T).T[..., np.newaxis]
    first, last = (apart * reaches[bend, end, np.newaxis] for end in range(2))
    t = np.linspace(0, 1, 25)[:, np.newaxis, np.newaxis, np.newaxis]
    way = (
        (1 - t) ** 3 * a
        + 3 * (1 - t) ** 2 * t * (a + first * out)
        + 3 * (1 - t) * t**2 * (b + last * into)
        + t**3 * b
    )  # points, arrows, ways, x and y
    step = np.diff(way, axis=0)
    length = np.hypot(step[..., 0], step[..., 1]).sum(axis=0)
    inner = way[1:-1, :, :, np.newaxis]
    boxes = np.array(list(places.values()))
    hidden = (np.abs(inner - boxes) < half + 0.03).all(axis=-1).any(axis=-1).sum(axis=0)
    outside = ((inner < 0.02) | (inner > (WIDTH - 0.02, HEIGHT - 0.25))).any(axis=(0, 3, 4))
    unusual = 0.7 * (leave == 1) + 1.2 * (arrive == 0)  # out to the left, in from the right
    best = np.argmin(length + 2 * hidden + 9 * outside + unusual, axis=1)
    return [way[:, arrow, choice] for arrow, choice in enumerate(best)]


def _head(way: np.ndarray) -> np.ndarray:
    along = way[-1] - way[-2]
    along = along / (np.hypot(*along) or 1.0)
    across = np.array([-along[1], along[0]])
    tip = way[-1]
    return np.array([tip, tip - 0.13 * along + 0.05 * across, tip - 0.13 * along - 0.05 * across])


# --- siting


def two_rules(axes: Panels) -> Update:
    """Where the plants stand under both rules, and what that costs over the transport cost."""
    left, right = axes
    set_panel_widths(left, [1.5, 1])
    left.set(xlim=(-75, 475), ylim=(-0.35, 5.15), yticks=[])
    left.set_xticks(
        KILOMETRES, [f"{s}\n{km:g} km" for s, km in zip(SITES, KILOMETRES, strict=True)]
    )
    left.grid(False)
    left.spines["left"].set_visible(False)
    rows = (
        ("infrastructure shared: ■ paid once", 2.75, style.BLUE),
        ("each plant pays its own ■", 0.0, style.ORANGE),
    )
    paid, names = [], []
    for title, low, colour in rows:
        left.text(-75, low + 2.2, title, color=colour, fontweight="bold", va="bottom")
        left.plot([0, 400], [low, low], color=style.GREY, linewidth=2)
        (squares,) = left.plot([], [], "s", color=colour, markersize=11)
        paid.append(squares)
        names.append([left.text(0, 0, "", ha="center", va="center", fontsize=10) for _ in range(4)])
    (shared,) = right.plot([], [], **style.line_style(0))
    (alone,) = right.plot([], [], **style.line_style(1))
    (dots,) = right.plot([], [], "o", color=style.INK, markersize=7)
    notes = [
        right.text(0, 0, "", color=colour, fontweight="bold", ha="center", va=va, bbox=WHITE_BOX)
        for colour, va in ((style.BLUE, "top"), (style.ORANGE, "bottom"))
    ]
    right.set(
        xlim=(-0.0001, DEAREST + 0.0001),
        ylim=(0, 520),
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
            place[site] + 19 * (n - (count - 1) / 2)
            for site, count in many.items()
            for n in range(count)
        ],
        [low] * sum(many.values()),
    )


# --- linear programs


def product_mix(axes: Panels) -> Update:
    """What can be made, the best corner, and what one hour more in each plant is worth."""
    left, right = axes
    set_panel_widths(left, [1.3, 1])
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
    right.set(xlim=(-0.6, 2.6), ylim=(0, 8.8), ylabel="thousand dollars")
    right.set_xticks(range(3), ["plant 1", "plant 2", "plant 3"])
    right.set_title("worth of one hour more", fontsize=11)

    def update(result: ProductMix) -> None:
        one, two, three = result.hours
        top, side = 13.0, 9.0
        # A limit beyond the picture is not drawn: at its edge it would be read as being there.
        limits[0].set_data([one if one <= side else np.nan] * 2, [0, top])
        limits[1].set_data([0, side], [two / 2 if two / 2 <= top else np.nan] * 2)
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
            note.set_position((note.get_position()[0], price + 0.12))
            note.set_text(f"{price + 0.0:.2f}")

    return update


# --- size


def size_of_complex(axes: Panels) -> Update:
    """What all plants save together and what each saves, over the number of plants."""
    left, right = axes
    (free,) = left.plot([], [], label="without congestion", **style.line_style(1))
    (all_,) = left.plot([], [], label="with congestion", **style.line_style(0))
    (there,) = left.plot([], [], "o", color=style.INK, markersize=9)
    left.set(
        xlim=(0, 205), ylim=(-150, 1550), xlabel="plants", title="saving of all, million a year"
    )
    left.axhline(0, color=style.INK, linewidth=1)
    left.legend(loc="upper right", fontsize=10)
    (each,) = right.plot([], [], **style.line_style(2))
    (mean,) = right.plot([], [], "o", color=style.INK, markersize=9)
    note = right.text(0, 0, "", fontweight="bold", bbox=WHITE_BOX)
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
        show_if(on and total <= 1550, there, result.size, total)
        show_if(on, mean, result.size, total / result.size)
        note.set_text(f"{result.size} plants" if on else "larger than the picture")
        note.set_position(
            (min(result.size + 4, 140) if on else 95, total / result.size + 1.5 if on else 30)
        )

    return update


# --- sequencing

LOWEST = 50.0  # where the axis of present values begins
TINTS = ("#EEEEEE", "#CFE4F2", "#F6E0CC", "#D5ECE2", "#EFD9E6", "#F3EAC8")


def building_orders(axes: Panels) -> Update:
    """Three orders, year by year, and the values of all of them."""
    left, right = axes
    set_panel_widths(left, [2.6, 1])
    rows = ("best", "greedy", "worst", "yours")
    boxes = PolyCollection([], linewidths=1.4, edgecolors="white")
    left.add_collection(boxes, autolim=False)
    names = [
        [left.text(year, row, "", ha="center", va="center", fontsize=9.5) for year in range(1, 7)]
        for row in range(len(rows))
    ]
    left.set(xlim=(0.4, 6.6), ylim=(3.55, -0.6), xlabel="year")
    left.set_yticks(range(len(rows)), rows)
    left.set_xticks(range(1, 7))
    left.grid(False)
    left.tick_params(left=False)
    left.set_title("what is built in each year", fontsize=11)
    (all_,) = right.plot([], [], "o", color=style.GREY, markersize=5, alpha=0.8)
    marks = [
        right.plot([], [], marker, color=colour, markersize=11)[0]
        for marker, colour in (
            ("^", style.BLUE),
            ("s", style.ORANGE),
            ("v", style.INK),
            ("D", style.GREEN),
        )
    ]
    labels = [right.text(0.36, 0, "", va="center", fontsize=10) for _ in rows]
    right.set(xlim=(0, 1), ylim=(LOWEST, 102), xticks=[], ylabel="present value, best = 100")
    right.grid(False)
    right.set_title("all orders", fontsize=11)
    tints = dict(zip(PROJECTS, TINTS, strict=True))

    def update(result: Sequencing) -> None:
        orders = (result.best, result.greedy, result.worst, result.yours)
        built = [
            (row, year, project)
            for row, order in enumerate(orders)
            for year, project in enumerate(order, 1)
        ]
        boxes.set_verts([_square(year, row) for row, year, _ in built])
        boxes.set_facecolor([tints[project] for _, _, project in built])
        for row, year, project in built:
            place_text(names[row][year - 1], project, (year, row))
        scale = 100 / result.best_value if result.best_value else 0.0
        all_.set_data(
            np.full(len(result.all_values), 0.2), np.maximum(scale * result.all_values, LOWEST)
        )
        values = [
            scale * value
            for value in (
                result.best_value,
                result.greedy_value,
                result.worst_value,
                result.your_value,
            )
        ]
        seen = [max(value, LOWEST) for value in values]
        # Reversed, since of two equal values the first one named should stand above.
        heights = spread_labels(seen[::-1], gap=3.6, low=LOWEST + 1, high=100)[::-1]
        for mark, label, name, value, at in zip(marks, labels, rows, values, heights, strict=True):
            mark.set_data([0.08 if name == "yours" else 0.2], [max(value, LOWEST)])
            place_text(label, f"{name} {value:.1f}", (0.36, float(at)))

    return update


def _square(year: int, row: int) -> np.ndarray:
    corners = np.array([(-0.48, -0.38), (0.48, -0.38), (0.48, 0.38), (-0.48, 0.38)])
    square: np.ndarray = corners + (year, row)
    return square


# --- fragility


def chain(axes: Panels) -> Update:
    """One simulated day of the chain, and how often it works with more suppliers."""
    left, right = axes
    set_panel_widths(left, [1.25, 1])
    (links,) = left.plot([], [], color=style.PALE, linewidth=2)
    (up,) = left.plot([], [], "o", color=style.BLUE, markersize=15, label="works")
    (down,) = left.plot([], [], "X", color=style.ORANGE, markersize=13, label="is down")
    verdict = left.text(0.02, 0.98, "", transform=left.transAxes, va="top", fontweight="bold")
    left.set(
        xlim=(0.4, LONGEST_CHAIN + 0.6),
        ylim=(0.3, MOST_SUPPLIERS + 2.1),
        xlabel="layer: each needs the one to its left",
        ylabel="suppliers",
        yticks=range(1, MOST_SUPPLIERS + 1),
    )
    left.set_xticks(range(1, LONGEST_CHAIN + 1))
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
        show_if(result.shock > 0, ceiling, [0.5, 5.5], 1000 * result.ceiling)

    return update
