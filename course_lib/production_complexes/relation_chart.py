"""The relation chart of a complex: who delivers to whom, in which layer, and who needs whom."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from course_lib.production_complexes.cycles import IRON_AND_STEEL
from course_lib.sentence import listed

MOST_PLANTS = 14
MOST_LAYERS = 5
LONGEST_NAME = 20
NAMED = 5  # plants that a sentence names before it only counts

KINDS = ("core", "main", "supplementary", "service", "not tied in")


class Delivery(NamedTuple):
    """One arrow of the chart."""

    seller: str
    buyer: str
    good: str

    @property
    def line(self) -> str:
        """The arrow as a line of a plan."""
        return f"{self.seller} > {self.buyer}: {self.good}"


class Plan(NamedTuple):
    """The lines of a plan, understood."""

    core: str
    stopped: tuple[str, ...]
    deliveries: tuple[Delivery, ...]

    @property
    def plants(self) -> tuple[str, ...]:
        """Every plant once, the core first."""
        named = [plant for one in self.deliveries for plant in (one.seller, one.buyer)]
        return tuple(dict.fromkeys([self.core, *named]))

    @property
    def lines(self) -> tuple[str, ...]:
        """The plan as it is written."""
        return (
            f"core: {self.core}",
            *(one.line for one in self.deliveries),
            *(f"stopped: {plant}" for plant in self.stopped),
        )


@dataclass(frozen=True, eq=False)
class RelationChart:
    """A complex in layers: the result of `relation_chart`.

    Attributes
    ----------
    plan : Plan
        Core, stopped plants and deliveries.
    layers : dict from str to int
        Of each plant that the core reaches: the longest way from the core, counted in deliveries.
        Plants that go round in a circle share a layer. Plants that are not in it are not reached.
    kinds : dict from str to str
        Of each plant one of `KINDS`.
    circles : tuple of tuple of str
        Ways that lead from a plant back to itself, one for each group of plants in circles.
    idle : dict from str to str
        Plants that stand still because of the stopped ones, each with the good that it lacks.
    without_buyer : tuple of str
        Plants that work although all who buy from them stand still.
    takes_with_it : dict from str to int
        Of each plant the number of others that stand still if it alone stops.
    """

    plan: Plan
    layers: dict[str, int]
    kinds: dict[str, str]
    circles: tuple[tuple[str, ...], ...]
    idle: dict[str, str]
    without_buyer: tuple[str, ...]
    takes_with_it: dict[str, int]

    @property
    def most_critical(self) -> str:
        """The plant other than the core that takes most others with it."""
        others = [plant for plant in self.plan.plants if plant != self.plan.core]
        return max(others, key=lambda plant: self.takes_with_it[plant], default=self.plan.core)

    def of_kind(self, kind: str) -> list[str]:
        """The plants of one kind, in the order of the plan."""
        return [plant for plant in self.plan.plants if self.kinds[plant] == kind]

    def to_frame(self) -> pd.DataFrame:
        """One row a plant: kind, layer (-1: not reached), deliveries, and whether it works."""
        plants = list(self.plan.plants)
        deliveries = self.plan.deliveries
        state = ["stopped" if p in self.plan.stopped else "works" for p in plants]
        return pd.DataFrame(
            {
                "kind": [self.kinds[plant] for plant in plants],
                "layer": [self.layers.get(plant, -1) for plant in plants],
                "buys_from": [sum(one.buyer == plant for one in deliveries) for plant in plants],
                "delivers_to": [sum(one.seller == plant for one in deliveries) for plant in plants],
                "takes_with_it": [self.takes_with_it[plant] for plant in plants],
                "state": [
                    f"lacks {self.idle[p]}" if p in self.idle else now
                    for p, now in zip(plants, state, strict=True)
                ],
            },
            index=pd.Index(plants, name="plant"),
        )

    def summary(self) -> str:
        """One sentence: the layers, a circle if there is one, and who depends on whom."""
        counts = [
            f"{len(found)} {kind}"
            for kind in KINDS[1:]
            if (found := self.of_kind(kind)) or kind != "not tied in"
        ]
        text = f"Around the core, {self.plan.core}, stand {', '.join(counts)}"
        if self.circles:
            text += f"; in a circle, so that no order is the right one: {_way(self.circles[0])}"
        if self.plan.stopped:
            idle = listed(self.idle, most=NAMED) or "no other"
            stop = "stops" if len(self.plan.stopped) == 1 else "stop"
            text += (
                f". If {listed(self.plan.stopped, most=NAMED)} {stop}, {idle} "
                f"{'stand' if len(self.idle) > 1 else 'stands'} still"
            )
            if self.without_buyer:
                text += f", and these have no buyer: {listed(self.without_buyer, most=NAMED)}"
            return text + "."
        with_core = self.takes_with_it[self.plan.core]
        critical = self.most_critical
        others = "other" if with_core == 1 else "others"
        text += f". The core takes {with_core} {others} with it when it stops"
        if critical != self.plan.core:
            text += f", {critical} takes {self.takes_with_it[critical]}"
        return text + "."


def relation_chart(plan: Sequence[str] = IRON_AND_STEEL) -> RelationChart:
    """Who is core, main, supplementary and service in a complex, and who falls with whom.

    The core is declared. A plant that the core reaches is **main** if its longest way from the
    core is one delivery, and **supplementary** if it is longer. A plant that the core does not
    reach is a **service** plant if something of it arrives in one that is reached. A plant stands
    still if a good that it needs comes from nobody any more; of two suppliers of the same good
    one is enough.

    Parameters
    ----------
    plan : sequence of str
        One line ``core: plant``, a line ``seller > buyer: good`` for each delivery, and a line
        ``stopped: plant`` for each plant that is out of order. At most 14 plants.

    Returns
    -------
    RelationChart
        Layers, kinds, circles, and what stands still.

    Raises
    ------
    ValueError
        If a line cannot be read, the core is missing or named twice, a plant delivers to itself,
        a stopped plant is none of the plan, or the chart is too large to be read.

    Notes
    -----
    The four types are those of the course's source document, which gives no rule for them. The
    rule is this course's own, and so are the plans in `cycles`.

    Arrows into the core do not count for the layers: the core is the first by declaration. Circles
    elsewhere have no first plant; they share a layer.

    References
    ----------
    Kolosovsky, N. N. (1961). The territorial-production combination (complex) in Soviet economic
    geography. *Journal of Regional Science* 3(1), 1-25 (in Russian 1947).

    Examples
    --------
    >>> chart = relation_chart(["core: dam", "dam > smelter: power", "port > smelter: alumina"])
    >>> chart.kinds
    {'dam': 'core', 'smelter': 'main', 'port': 'service'}
    >>> relation_chart([*chart.plan.lines, "stopped: port"]).idle
    {'smelter': 'alumina'}
    >>> relation_chart(["core: dam", "dam > dam: power"])
    Traceback (most recent call last):
    ...
    ValueError: 'dam > dam: power' goes from dam to itself: a delivery needs two plants
    """
    read = read_plan(plan)
    plants = read.plants
    if len(plants) > MOST_PLANTS:
        raise ValueError(
            f"the chart has {len(plants)} plants, and more than {MOST_PLANTS} cannot be read: "
            "take out a delivery of a plant that matters less"
        )
    buyers = _buyers(plants, read.deliveries)
    layers = _layers(read.core, buyers)
    if max(layers.values()) >= MOST_LAYERS:
        last = max(layers, key=lambda plant: layers[plant])
        raise ValueError(
            f"{last} lies {layers[last]} deliveries from the core, and the chart has room for "
            f"{MOST_LAYERS - 1}: shorten the chain"
        )
    kinds = _kinds(read.core, plants, buyers, layers)
    idle = _idle(read.deliveries, read.stopped)
    down = {*idle, *read.stopped}
    return RelationChart(
        plan=read,
        layers=layers,
        kinds=kinds,
        circles=tuple(circles(read.deliveries)),
        idle=idle,
        without_buyer=tuple(
            plant
            for plant in plants
            if down and plant not in down and buyers[plant] and set(buyers[plant]) <= down
        ),
        takes_with_it={plant: len(_idle(read.deliveries, [plant])) for plant in plants},
    )


def read_plan(plan: Sequence[str]) -> Plan:
    """Read the lines of a plan; see `relation_chart`.

    Examples
    --------
    >>> read_plan(["core: dam", "dam > smelter: power"]).deliveries[0].good
    'power'
    >>> read_plan(["dam > smelter: power"])
    Traceback (most recent call last):
    ...
    ValueError: the plan names no core: write a line such as 'core: ironworks'
    """
    if isinstance(plan, str) or not isinstance(plan, Iterable):
        raise ValueError(
            f"a plan is a list of lines such as 'core: ironworks' and 'mine > ironworks: ore' "
            f"(got {plan!r})"
        )
    cores: list[str] = []
    stopped: list[str] = []
    deliveries: list[Delivery] = []
    for line in plan:
        if not isinstance(line, str):
            raise ValueError(f"a line of the plan must be a text in quotation marks (got {line!r})")
        head, colon, rest = (part.strip() for part in line.partition(":"))
        if head in ("core", "stopped") and colon:
            (cores if head == "core" else stopped).append(_name(rest, line))
        else:
            deliveries.append(_delivery(line, head, rest))
    if len(cores) != 1:
        raise ValueError(
            "the plan names no core: write a line such as 'core: ironworks'"
            if not cores
            else f"the plan names {len(cores)} cores, {listed(cores, most=NAMED)}: keep the one "
            "that the region is known for"
        )
    found = Plan(cores[0], tuple(dict.fromkeys(stopped)), tuple(dict.fromkeys(deliveries)))
    for plant in found.stopped:
        if plant not in found.plants:
            raise ValueError(
                f"{plant} cannot stop, because it is not in the plan: its plants are "
                f"{', '.join(found.plants)}"
            )
    return found


def _delivery(line: str, way: str, good: str) -> Delivery:
    parts = [part.strip() for part in way.split(">")]
    if len(parts) != 2 or not all(parts) or not good:
        raise ValueError(
            f"{line!r} is no delivery: it needs who delivers, to whom, and what, as in "
            "'mine > ironworks: ore'"
        )
    seller, buyer = (_name(part, line) for part in parts)
    if seller == buyer:
        raise ValueError(f"{line!r} goes from {seller} to itself: a delivery needs two plants")
    return Delivery(seller, buyer, _name(good, line))


def _name(name: str, line: str) -> str:
    if not name or len(name) > LONGEST_NAME or any(char in name for char in ":>\n"):
        raise ValueError(
            f"{line!r} needs names of 1 to {LONGEST_NAME} letters, without ':' and '>' "
            f"(got {name!r})"
        )
    return name


def _buyers(plants: Sequence[str], deliveries: Iterable[Delivery]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {plant: [] for plant in plants}
    for one in deliveries:
        if one.buyer not in found[one.seller]:
            found[one.seller].append(one.buyer)
    return found


def _reached(start: str, buyers: dict[str, list[str]]) -> dict[str, str | None]:
    """Every plant that a good can reach from one, each with the plant before it on a short way."""
    before: dict[str, str | None] = {start: None}
    queue = deque([start])
    while queue:
        plant = queue.popleft()
        for buyer in buyers[plant]:
            if buyer not in before:
                before[buyer] = plant
                queue.append(buyer)
    return before


def _layers(core: str, buyers: dict[str, list[str]]) -> dict[str, int]:
    """Longest way from the core, circles counted as one plant, arrows into the core left out."""
    buyers = {plant: [buyer for buyer in found if buyer != core] for plant, found in buyers.items()}
    below = {plant: set(_reached(plant, buyers)) for plant in _reached(core, buyers)}
    layers = {core: 0}
    # A plant from which fewer plants are reached lies lower; those in one circle reach the same.
    for plant in sorted(below, key=lambda plant: -len(below[plant])):
        together = [other for other in below[plant] if plant in below[other]]
        steps = [
            layers[seller] + 1
            for seller in layers
            if seller not in together and any(other in buyers[seller] for other in together)
        ]
        layers[plant] = max(steps, default=0)
    return layers


def _kinds(
    core: str, plants: Sequence[str], buyers: dict[str, list[str]], layers: dict[str, int]
) -> dict[str, str]:
    def kind(plant: str) -> str:
        if plant == core:
            return "core"
        if plant in layers:
            return "main" if layers[plant] == 1 else "supplementary"
        return "service" if layers.keys() & _reached(plant, buyers) else "not tied in"

    return {plant: kind(plant) for plant in plants}


def circles(deliveries: Iterable[Delivery]) -> list[tuple[str, ...]]:
    """One short way round for each group of plants that lie in circles with each other.

    Parameters
    ----------
    deliveries : iterable of Delivery
        The arrows.

    Returns
    -------
    list of tuple of str
        The plants on each way, the first one again at the end.

    Examples
    --------
    >>> circles([Delivery("a", "b", "coal"), Delivery("b", "a", "power")])
    [('a', 'b', 'a')]
    """
    given = list(deliveries)
    plants = list(dict.fromkeys(plant for one in given for plant in (one.seller, one.buyer)))
    buyers = _buyers(plants, given)
    before = {plant: _reached(plant, buyers) for plant in plants}
    found: list[tuple[str, ...]] = []
    seen: set[str] = set()
    for plant in plants:
        ends = [last for last in before[plant] if plant in buyers[last]]
        if plant in seen or not ends:
            continue
        seen |= {other for other in before[plant] if plant in before[other]}
        way, here = [plant], ends[0]  # the nearest plant that delivers back
        while here is not None and here != plant:
            way.append(here)
            here = before[plant][here]  # type: ignore[assignment]
        found.append((plant, *way[:0:-1], plant))
    return found


def _idle(deliveries: Sequence[Delivery], stopped: Iterable[str]) -> dict[str, str]:
    """Plants that stand still, with the first good that each lacks."""
    down = set(stopped)
    idle: dict[str, str] = {}
    while True:
        lacking = {
            one.buyer: one.good
            for one in reversed(deliveries)
            if one.buyer not in down and not any(
                other.seller not in down
                for other in deliveries
                if (other.buyer, other.good) == (one.buyer, one.good)
            )
        }  # fmt: skip
        if not lacking:
            return idle
        idle |= dict(reversed(lacking.items()))
        down |= lacking.keys()


def _way(circle: Sequence[str]) -> str:
    return " > ".join(circle)
