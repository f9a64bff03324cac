"""Controls: what a student can set in a lab, one frozen dataclass a kind.

A control knows which values it takes (`check`), the values at which a lab is tested
(`extremes`), and how to make its widget. It is a declaration: the value itself is the lab's.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from numbers import Real
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import numpy as np

if TYPE_CHECKING:
    import ipywidgets

Changed = Callable[[Any], None]

NAMED = 5  # of several chosen things, so many are named in words; of more, the number is said
SHORT = 10  # letters of a name that stands beside its slider instead of above it
LARGEST_SEED = 2**31 - 1  # the largest number that fits into the box of its widget


class Control(Protocol):
    """What the kit asks of every kind of control."""

    @property
    def label(self) -> str: ...

    @property
    def default(self) -> Any: ...

    def check(self, value: Any) -> Any:
        """The value in its proper type, or a ``ValueError`` that says what to do."""
        ...

    def extremes(self) -> list[Any]:
        """Values at the edge of what the control takes."""
        ...

    def words(self, value: Any) -> str:
        """A value in words, with its unit."""
        ...

    def widget(self, value: Any, changed: Changed) -> ControlWidget: ...


@dataclass(frozen=True)
class ControlWidget:
    """A control on the page: what is shown, how to set it, how to lock it.

    `slider` is the widget that an animation can drive, where there is one. `units` are those of
    its sliders, by their names.
    """

    shown: ipywidgets.Widget
    set: Callable[[Any], None]
    lock: Callable[[bool], None]
    slider: ipywidgets.Widget | None = None
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Slider:
    """A slider over real numbers.

    Parameters
    ----------
    low, high, step : float
        Ends of the slider and the distance between two of its positions.
    label : str
        What it sets, in the words of the lesson.
    unit : str
        Its unit, shown behind the label.
    default : float, optional
        Where it stands at first. Without it, the default of the model's own parameter is taken.

    Examples
    --------
    >>> Slider(0, 1, 0.1, label="Share").check(0.5)
    0.5
    >>> Slider(0, 1, 0.1, label="Share").check(7)
    Traceback (most recent call last):
    ...
    ValueError: Share goes from 0 to 1 (got 7): choose a number between them.
    """

    low: float
    high: float
    step: float
    label: str
    unit: str = ""
    default: float | None = None

    value_type: ClassVar[type] = float

    def __post_init__(self) -> None:
        if not self.low < self.high or not self.step > 0:
            raise ValueError(
                f"The slider {self.label!r} goes from {self.low} to {self.high} in steps of "
                f"{self.step}: low must lie below high, and step above 0."
            )

    def check(self, value: Any) -> float | int:
        if not _is_number(value):
            raise ValueError(
                f"{self.label} is a number from {self.low:g} to {self.high:g} (got {value!r})."
            )
        if not self.low <= value <= self.high:
            raise ValueError(
                f"{self.label} goes from {self.low:g} to {self.high:g} (got {value}): "
                "choose a number between them."
            )
        converted = self.value_type(value)
        if converted != value:
            raise ValueError(f"{self.label} is a whole number (got {value}): leave off the rest.")
        return converted

    def extremes(self) -> list[Any]:
        return [self.value_type(self.low), self.value_type(self.high)]

    def words(self, value: Any) -> str:
        written = f"{value:.{_decimals(self.low, self.high, self.step)}f}"
        return f"{written} {self.unit}" if self.unit else written

    def widget(self, value: Any, changed: Changed) -> ControlWidget:
        import ipywidgets as w

        kind = w.IntSlider if self.value_type is int else w.FloatSlider
        places = _decimals(self.low, self.high, self.step)
        slider = kind(
            value=value,
            min=self.low,
            max=self.high,
            step=self.step,
            description=_with_unit(self.label, self.unit),
            tooltip=self.label,  # its name for those who hear it; the unit goes with the value
            readout_format="d" if self.value_type is int else f".{places}f",
        )
        # A float slider's position carries rounding noise (0.30000000000000004): cut it off.
        slider.observe(
            lambda change: changed(self.value_type(round(change["new"], places))), "value"
        )
        units = {self.label: self.unit}
        return ControlWidget(slider, _setter(slider), _locker(slider), slider, units)


@dataclass(frozen=True)
class IntSlider(Slider):
    """A slider over whole numbers: years, regions, firms.

    Examples
    --------
    >>> IntSlider(1929, 2009, 1, label="Year").check(1950)
    1950
    """

    step: int = 1
    label: str = field(kw_only=True)

    value_type: ClassVar[type] = int


@dataclass(frozen=True)
class Choice:
    """One out of several.

    Parameters
    ----------
    options : sequence of str
        What can be chosen.
    label : str
        What is chosen.
    default : str, optional
        What is chosen at first; without it, the model's own default.

    Examples
    --------
    >>> Choice(["US states", "China's provinces"], label="Country").check("US states")
    'US states'
    """

    options: Sequence[str]
    label: str
    default: str | None = None

    def check(self, value: Any) -> str:
        if value not in self.options:
            raise ValueError(
                f"{self.label} is one of {', '.join(map(str, self.options))} (got {value!r})."
            )
        return value

    def extremes(self) -> list[Any]:
        return list(self.options)

    def words(self, value: Any) -> str:
        return str(value)

    def widget(self, value: Any, changed: Changed) -> ControlWidget:
        import ipywidgets as w

        menu = w.Dropdown(
            options=list(self.options),
            value=value,
            description=self.label,
            tooltip=self.label,
        )
        menu.observe(lambda change: changed(change["new"]), "value")
        return ControlWidget(menu, _setter(menu), _locker(menu))


@dataclass(frozen=True)
class Several:
    """Any number out of several: states to leave out, sectors to show.

    Examples
    --------
    >>> Several(["Alabama", "Arizona"], label="States left out").check(["Arizona"])
    ('Arizona',)
    """

    options: Sequence[str]
    label: str
    default: tuple[str, ...] | None = None

    def check(self, value: Any) -> tuple[str, ...]:
        chosen = (value,) if isinstance(value, str) else _as_tuple(value, self.label)
        unknown = [item for item in chosen if item not in self.options]
        if unknown:
            raise ValueError(
                f"{self.label}: {unknown[0]!r} is not in the list. Choose among "
                f"{', '.join(list(self.options)[:5])} ..."
            )
        return tuple(item for item in self.options if item in chosen)

    def extremes(self) -> list[Any]:
        return [(), tuple(self.options[:1]), tuple(self.options[: max(1, len(self.options) // 4)])]

    def words(self, value: Any) -> str:
        if len(value) > NAMED:
            return f"{len(value)} of {len(self.options)}"
        return ", ".join(map(str, value)) or "none"

    def widget(self, value: Any, changed: Changed) -> ControlWidget:
        import ipywidgets as w

        boxes = [
            w.Checkbox(
                value=item in value,
                description=str(item),
                tooltip=f"{self.label}: {item}",
                indent=False,
            )
            for item in self.options
        ]

        def chosen() -> tuple[str, ...]:
            return tuple(item for item, box in zip(self.options, boxes, strict=True) if box.value)

        def tell(_: Any) -> None:
            changed(chosen())

        def set_all(wanted: Sequence[str]) -> None:
            if tuple(wanted) == chosen():
                return
            for box in boxes:  # one change, however many boxes
                box.unobserve(tell, "value")
            for item, box in zip(self.options, boxes, strict=True):
                box.value = item in wanted
            for box in boxes:
                box.observe(tell, "value")
            tell(None)

        def lock(locked: bool) -> None:
            for box in boxes:
                box.disabled = locked

        for box in boxes:
            box.observe(tell, "value")
        name = w.HTML(f'<div class="course-lab-values-label">{html.escape(self.label)}:</div>')
        listed = w.Box(boxes)
        listed.add_class("course-lab-boxes")
        shown = w.VBox([name, listed])
        shown.add_class("course-lab-values")
        return ControlWidget(shown, set_all, lock)


@dataclass(frozen=True)
class Toggle:
    """Yes or no.

    Examples
    --------
    >>> Toggle(label="Weighted by population").check(True)
    True
    """

    label: str
    default: bool | None = None

    def check(self, value: Any) -> bool:
        if not isinstance(value, bool | np.bool_):
            raise ValueError(f"{self.label} is True or False (got {value!r}).")
        return bool(value)

    def extremes(self) -> list[Any]:
        return [False, True]

    def words(self, value: Any) -> str:
        return "yes" if value else "no"

    def widget(self, value: Any, changed: Changed) -> ControlWidget:
        import ipywidgets as w

        box = w.Checkbox(value=value, description=self.label, tooltip=self.label, indent=False)
        box.observe(lambda change: changed(change["new"]), "value")
        return ControlWidget(box, _setter(box), _locker(box))


@dataclass(frozen=True)
class Values:
    """Several numbers that belong together: the wages of three tiers, the weights of four places.

    Parameters
    ----------
    names : sequence of str
        What each number belongs to.
    low, high, step : float
        As in `Slider`, the same for each.
    label : str
        What the numbers are.
    unit : str
        Their unit.
    default : tuple of float, optional
        Where they stand at first; without it, the model's own default.

    Examples
    --------
    >>> Values(["tier 1", "tier 2"], 0, 5, 0.1, label="Wage").check((3, 2))
    (3.0, 2.0)
    """

    names: Sequence[str]
    low: float
    high: float
    step: float
    label: str
    unit: str = ""
    default: tuple[float, ...] | None = None

    def _sliders(self) -> list[Slider]:
        return [
            Slider(self.low, self.high, self.step, f"{self.label}, {name}", self.unit)
            for name in self.names
        ]

    def check(self, value: Any) -> tuple[float, ...]:
        numbers = _as_tuple(value, self.label)
        if len(numbers) != len(self.names):
            raise ValueError(
                f"{self.label} needs {len(self.names)} numbers, one for each of "
                f"{', '.join(self.names)} (got {len(numbers)})."
            )
        return tuple(
            slider.check(number) for slider, number in zip(self._sliders(), numbers, strict=True)
        )

    def extremes(self) -> list[Any]:
        """All low, all high, rising, falling, and the control's own default."""
        last = len(self.names) - 1
        rising = tuple(
            self.low + self.step * round((self.high - self.low) * index / last / self.step)
            for index in range(last + 1 if last else 0)
        )
        all_at_one_end = [(end,) * len(self.names) for end in (self.low, self.high)]
        ladders = [rising, rising[::-1]] if last else []
        own = [self.default] if self.default else []
        return [self.check(values) for values in [*all_at_one_end, *ladders, *own]]

    def words(self, value: Any) -> str:
        pairs = zip(self.names, self._sliders(), value, strict=True)
        return ", ".join(f"{name} {slider.words(number)}" for name, slider, number in pairs)

    def widget(self, value: Any, changed: Changed) -> ControlWidget:
        import ipywidgets as w

        numbers = list(value)

        def changed_at(position: int) -> Changed:
            def one_changed(number: float) -> None:
                numbers[position] = number
                changed(tuple(numbers))

            return one_changed

        parts = [
            slider.widget(number, changed_at(position))
            for position, (slider, number) in enumerate(zip(self._sliders(), numbers, strict=True))
        ]
        for part, name in zip(parts, self.names, strict=True):
            part.shown.description = name
        label = html.escape(_with_unit(self.label, self.unit))
        what = w.HTML(f'<div class="course-lab-values-label">{label}:</div>')
        shown = w.VBox([what, *(part.shown for part in parts)])
        shown.add_class("course-lab-values")
        if max(len(name) for name in self.names) <= SHORT:
            shown.add_class("course-lab-short")

        def set_all(new: Sequence[float]) -> None:
            for part, number in zip(parts, new, strict=True):
                part.set(number)

        def lock_all(locked: bool) -> None:
            for part in parts:
                part.lock(locked)

        units = {slider.label: self.unit for slider in self._sliders()}
        return ControlWidget(shown, set_all, lock_all, units=units)


@dataclass(frozen=True)
class Seed:
    """The number from which chance starts: the same seed, the same history.

    Examples
    --------
    >>> Seed().check(3)
    3
    """

    label: str = "Seed of chance"
    default: int | None = None

    def check(self, value: Any) -> int:
        if not (_is_number(value) and 0 <= value <= LARGEST_SEED and int(value) == value):
            raise ValueError(
                f"{self.label} is a whole number from 0 to {LARGEST_SEED} (got {value!r})."
            )
        return int(value)

    def extremes(self) -> list[Any]:
        return [0, LARGEST_SEED]

    def words(self, value: Any) -> str:
        return str(value)

    def widget(self, value: Any, changed: Changed) -> ControlWidget:
        import ipywidgets as w

        number = w.BoundedIntText(
            value=value,
            min=0,
            max=LARGEST_SEED,
            description=self.label,
            tooltip=self.label,
        )
        again = w.Button(description="Draw again", layout={"width": "auto"})
        again.on_click(lambda _: setattr(number, "value", (number.value + 1) % (LARGEST_SEED + 1)))
        number.observe(lambda change: changed(change["new"]), "value")

        def lock(locked: bool) -> None:
            number.disabled = again.disabled = locked

        shown = w.Box([number, again])
        shown.add_class("course-lab-seed")
        return ControlWidget(shown, _setter(number), lock)


def _with_unit(label: str, unit: str) -> str:
    return f"{label} ({unit})" if unit else label


def _is_number(value: Any) -> bool:
    """A number as such: not a yes or no, and not a text that could be read as one."""
    return isinstance(value, Real) and not isinstance(value, bool)


def _as_tuple(value: Any, label: str) -> tuple[Any, ...]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise ValueError(f"{label} takes several values, written as a list (got {value!r}).")
    return tuple(value)


def _decimals(*numbers: float) -> int:
    """How many digits after the point are needed to write all of these."""
    return max(
        0, *(-int(Decimal(str(number)).normalize().as_tuple().exponent) for number in numbers)
    )


def _setter(widget: ipywidgets.Widget) -> Callable[[Any], None]:
    return lambda value: setattr(widget, "value", value)


def _locker(widget: ipywidgets.Widget) -> Callable[[bool], None]:
    return lambda locked: setattr(widget, "disabled", locked)
