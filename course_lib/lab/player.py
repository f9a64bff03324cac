"""What plays a lab over time: a play button, a step, a speed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as w

if TYPE_CHECKING:
    from course_lib.lab.controls import IntSlider

WHOLE = 6000  # milliseconds that the whole time takes at normal speed
FASTEST, SLOWEST = 150, 600  # and a step at that speed: slow enough to follow, quick enough to wait
CALM = 600  # at least, for a reader who has asked the computer for little motion
SPEEDS = {"slow": 2.5, "normal": 1.0, "fast": 0.5}


class Player:
    """The widgets that move one slider over time.

    Parameters
    ----------
    time : IntSlider
        The control that is time.
    slider : ipywidgets.IntSlider
        Its slider on the page: it is moved there, without a way through Python.
    """

    def __init__(self, time: IntSlider, slider: w.Widget):
        steps = max(1, round((time.high - time.low) / time.step))
        self._interval = min(SLOWEST, max(FASTEST, WHOLE // steps))
        self._calm = False
        self.play = w.Play(
            min=time.low,
            max=time.high,
            step=time.step,
            value=slider.value,
            interval=self._interval,
            show_repeat=False,
            layout={"width": "max-content"},
        )
        w.jslink((self.play, "value"), (slider, "value"))
        self.step = w.Button(
            description="Step",
            tooltip=f"{time.label}: one step on",
            layout={"width": "auto"},
        )
        self.step.on_click(lambda _: self._one_step(time, slider))
        self.speed = w.Dropdown(
            options=list(SPEEDS),
            value="normal",
            description="Speed",
            tooltip="Speed of Play",
            style={"description_width": "auto"},
            layout={"width": "auto"},
        )
        self.speed.observe(lambda _: self._set_interval(), "value")
        self.shown = w.Box([self.play, self.step, self.speed])
        self.shown.add_class("course-lab-row")

    def lock(self, locked: bool) -> None:
        """Lock or unlock it."""
        for widget in (self.play, self.step, self.speed):
            widget.disabled = locked

    def calm(self, calm: bool) -> None:
        """Move slowly, for a reader who has asked for little motion."""
        self._calm = calm
        self._set_interval()

    def _one_step(self, time: IntSlider, slider: w.Widget) -> None:
        on = slider.value + time.step
        slider.value = on if on <= time.high else time.low

    def _set_interval(self) -> None:
        wanted = round(self._interval * SPEEDS[self.speed.value])
        self.play.interval = max(wanted, CALM) if self._calm else wanted
