"""All labs of the course, found by their names."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING

import course_lib

if TYPE_CHECKING:
    from course_lib.lab import Lab


def every_lab() -> dict[str, Callable[[], Lab]]:
    """What makes each lab: a function that ends in ``_lab`` in a room's module ``labs``.

    Examples
    --------
    >>> every_lab()["start_here.growth_race_lab"]().title
    'When does the poorer region catch up?'
    """
    found = {}
    for room in pkgutil.iter_modules(course_lib.__path__):
        labs = f"course_lib.{room.name}.labs"
        if room.ispkg and find_spec(labs):
            for name, make in vars(importlib.import_module(labs)).items():
                if name.endswith("_lab"):
                    found[f"{room.name}.{name}"] = make
    return found
