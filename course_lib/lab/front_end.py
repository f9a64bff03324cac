"""What a lab needs in the page beside its widgets: a style sheet, and names, keys and news.

ipywidgets gives a slider no name that could be read aloud, lets the notebook take its keys, and
says nothing when Python has gone. `lab.js` adds that, `lab.css` how a lab looks and fits.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import anywidget
from traitlets import Bool, Dict, Unicode


def _beside(name: str) -> str:
    # As text, since anywidget would watch a file in a thread.
    return (files("course_lib.lab") / name).read_text("utf-8")


class FrontEnd(anywidget.AnyWidget):
    """An invisible widget that looks after the lab in which it stands.

    Attributes
    ----------
    units : dict
        The unit of each slider, by its name: a value is read aloud with it.
    calm : bool
        Whether the reader has asked the computer for little motion.
    stays : bool
        Whether it stays in sight when its cell is run with Shift+Enter.
    """

    _esm = Unicode(_beside("lab.js")).tag(sync=True)
    _css = Unicode(_beside("lab.css")).tag(sync=True)
    units = Dict().tag(sync=True)
    calm = Bool(False).tag(sync=True)
    stays = Bool(True).tag(sync=True)

    def __init__(self, **traits: Any):
        super().__init__(**traits)
        self._at_rest: Callable[[], None] = lambda: None
        self.on_msg(self._answer)

    def focus_on(self, where: str) -> None:
        """Move the focus to the first element that a CSS selector finds in the lab."""
        self.send({"kind": "focus", "where": where})

    def bring_into_view(self, where: str) -> None:
        """Scroll until the first element that a CSS selector finds in the lab can be seen."""
        self.send({"kind": "show", "where": where})

    def on_rest(self, act: Callable[[], None]) -> None:
        """Do something when a new best score has stood for half a second."""
        self._at_rest = act

    def _answer(self, _: Any, message: Any, buffers: Any) -> None:
        if isinstance(message, dict) and message.get("kind") == "new best":
            self._at_rest()
        else:
            self.send({"kind": "here"})
