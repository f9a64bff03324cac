"""How labs and pictures show themselves: live where a kernel runs, as an image where none does."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from course_lib.lab.canvas import Canvas
from course_lib.lab.style import POINTS_PER_INCH, STORED_DENSITY

if TYPE_CHECKING:
    import ipywidgets

WIDGET = "application/vnd.jupyter.widget-view+json"
WAKE = "▷ This picture stands still. To use the lab, click here and press Ctrl+Enter."


def bundle(
    widget: ipywidgets.Widget, canvas: Canvas, sentence: str, wake: bool = False
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Widget, image and sentence in one: the reader's program takes the richest that it can show.

    The stored image carries the sentence as its caption, and the same sentence is its
    alternative text: a reader of a stored page sees both. With ``wake`` the stored image says
    how to get from it to the widget.
    """
    caption = f"{sentence}\n{WAKE}" if wake else sentence
    png = canvas.png(caption=caption, density=STORED_DENSITY)
    width = round(canvas.figure.get_figwidth() * POINTS_PER_INCH)
    data = {
        WIDGET: widget_view(widget),
        "image/png": base64.b64encode(png).decode(),
        "text/plain": sentence,
    }
    return data, {"image/png": {"width": width, "alt": sentence}}


def widget_view(widget: ipywidgets.Widget) -> dict[str, Any]:
    """What tells a notebook to show this widget."""
    return {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}
