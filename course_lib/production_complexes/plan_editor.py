"""The control with which a student builds a relation chart: boxes and arrows, added and removed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from course_lib.lab.controls import ControlWidget
from course_lib.production_complexes.cycles import CYCLES, IRON_AND_STEEL
from course_lib.production_complexes.relation_chart import Plan, read_plan

if TYPE_CHECKING:
    import ipywidgets

NOBODY = "no plant"


@dataclass(frozen=True)
class PlanEditor:
    """A plan of a complex, edited line by line.

    Parameters
    ----------
    label : str
        What is edited.
    default : tuple of str, optional
        The plan at first; without it, the model's own.

    Examples
    --------
    >>> PlanEditor("Plan").check(["core: dam", "dam > smelter: power"])
    ('core: dam', 'dam > smelter: power')
    """

    label: str
    default: tuple[str, ...] | None = None

    def check(self, value: Any) -> tuple[str, ...]:
        return read_plan(value).lines

    def extremes(self) -> list[Any]:
        """Every plan to start from, one with a circle, one in which the core has stopped."""
        circle = "machine works > coal mine: drills"
        return [
            *(self.check(plan) for plan in CYCLES.values()),
            self.check([*IRON_AND_STEEL, circle]),
            self.check([*IRON_AND_STEEL, "stopped: coke and ironworks"]),
        ]

    def words(self, value: Any) -> str:
        return "; ".join(value)

    def widget(self, value: Any, changed: Callable[[Any], None]) -> ControlWidget:
        editor = _Editor(value, changed)
        return ControlWidget(editor.shown, editor.set, editor.lock)


class _Editor:
    """The widgets, and the lines that they show: those taken out stay in the list, unchecked."""

    def __init__(self, value: tuple[str, ...], changed: Callable[[Any], None]):
        import ipywidgets as w

        self._w = w
        self._changed = changed
        self._listening = True
        self._locked = False
        self._boxes: dict[str, ipywidgets.Checkbox] = {}
        wide: Any = {"style": {"description_width": "95px"}, "layout": {"width": "400px"}}
        self.start = w.Dropdown(options=list(CYCLES), description="Start from", **wide)
        self.core = w.Dropdown(description="Core", **wide)
        self.stopped = w.Dropdown(description="Out of order", **wide)
        self.deliveries = w.Box(layout={"flex_flow": "row wrap"})
        short: Any = {"style": {"description_width": "45px"}, "layout": {"width": "240px"}}
        self.seller = w.Combobox(description="From", placeholder="a plant, old or new", **short)
        self.buyer = w.Combobox(description="to", placeholder="a plant, old or new", **short)
        self.good = w.Text(description="what", placeholder="coal, power, ...", **short)
        self.add = w.Button(description="Add", layout={"width": "70px"})
        self.shown = w.VBox(
            [
                w.HBox([self.start, self.core], layout={"flex_flow": "row wrap"}),
                self.stopped,
                w.HTML("<b>Deliveries.</b> Take the tick away to take a delivery out."),
                self.deliveries,
                w.HBox(
                    [self.seller, self.buyer, self.good, self.add],
                    layout={"flex_flow": "row wrap"},
                ),
            ],
            layout={"width": "100%"},
        )
        self.start.observe(self._when(self._start), "value")
        self.core.observe(self._when(self._send), "value")
        self.stopped.observe(self._when(self._send), "value")
        self.add.on_click(lambda _: self._add())
        self.set(value)

    def set(self, value: tuple[str, ...]) -> None:
        """Show a plan without saying that it has changed."""
        plan = read_plan(value)
        self._show(plan, [one.line for one in plan.deliveries])

    def lock(self, locked: bool) -> None:
        self._locked = locked
        for part in (self.start, self.core, self.stopped, self.seller, self.buyer, self.good):
            part.disabled = locked
        self.add.disabled = locked
        for box in self._boxes.values():
            box.disabled = locked

    def _show(self, plan: Plan, lines: list[str], listed: list[str] | None = None) -> None:
        """Let all widgets say the same: the plan, with the lines of the list that are ticked."""
        keep = listed if listed is not None else [*self._boxes]
        if listed is None and not set(lines) <= set(keep):
            keep = lines
        self._listening = False
        try:
            for line in keep:
                if line not in self._boxes:
                    self._boxes[line] = self._box(line)
                self._boxes[line].value = line in lines
            self._boxes = {line: self._boxes[line] for line in keep}
            self.deliveries.children = list(self._boxes.values())
            plants = list(plan.plants)
            self.core.options = plants
            self.core.value = plan.core
            self.stopped.options = [NOBODY, *plants]
            self.stopped.value = plan.stopped[0] if plan.stopped else NOBODY
            self.seller.options = self.buyer.options = plants
            untouched = (f"core: {plan.core}", *lines)
            same = [name for name, cycle in CYCLES.items() if cycle == untouched]
            self.start.value = same[0] if same else None
        finally:
            self._listening = True

    def _box(self, line: str) -> ipywidgets.Checkbox:
        box = self._w.Checkbox(
            description=line.replace(" > ", " → "),
            indent=False,
            disabled=self._locked,
            layout={"width": "auto", "min_width": "390px"},
        )
        box.observe(self._when(self._send), "value")
        return box

    def _when(self, action: Callable[[], None]) -> Callable[[Any], None]:
        return lambda _: action() if self._listening else None

    def _ticked(self) -> list[str]:
        return [line for line, box in self._boxes.items() if box.value]

    def _start(self) -> None:
        if self.start.value is not None:
            plan = read_plan(CYCLES[self.start.value])
            lines = [one.line for one in plan.deliveries]
            self._show(plan, lines, lines)
            self._changed(plan.lines)

    def _send(self) -> None:
        """Say what the plan is now. A plant that has lost its last delivery is gone."""
        lines = self._ticked()
        plan = read_plan([f"core: {self.core.value}", *lines])
        stopped = self.stopped.value
        if stopped in plan.plants:
            plan = plan._replace(stopped=(stopped,))
        self._show(plan, lines)
        self._changed(plan.lines)

    def _add(self) -> None:
        line = f"{self.seller.value} > {self.buyer.value}: {self.good.value}"
        try:
            (new,) = read_plan([f"core: {self.core.value}", line]).deliveries
        except ValueError:
            self._changed((f"core: {self.core.value}", line))  # the lab says what is missing
            return
        lines = [*dict.fromkeys([*self._ticked(), new.line])]
        plan = read_plan([f"core: {self.core.value}", *lines])
        self._show(plan, lines, [*dict.fromkeys([*self._boxes, new.line])])
        self.seller.value = self.buyer.value = self.good.value = ""
        self._send()
