"""Which names a notebook's cells have failed to give a new value: no answer of before is judged.

A cell that Python refuses (a missing bracket, a wrong indent) leaves the function of the last run
in place. A check of that name would judge the old answer, and use up a hint.
"""

from __future__ import annotations

import re
import sys
from typing import Any

ASSIGNED = re.compile(r"^[ \t]*(?:def[ \t]+(\w+)|(\w+)[ \t]*(?::[^=\n]+)?=(?!=))", re.MULTILINE)

_NOTHING = object()


def assigned(source: str) -> set[str]:
    """The names to which a cell's source gives a value, even where Python cannot read it.

    Examples
    --------
    >>> sorted(assigned("def share(x:\\n    return x\\nanswer = 3\\nif answer == 4: pass"))
    ['answer', 'share']
    """
    return {function or name for function, name in ASSIGNED.findall(source)}


class Cells:
    """What the cells of one notebook have done to its names.

    Parameters
    ----------
    names : dict
        The notebook's own names and their values.
    """

    def __init__(self, names: dict[str, Any]):
        self._names = names
        self._before: dict[str, Any] = {}
        self._stale: set[str] = set()
        self.source = ""  # of the cell that is running

    def begins(self, info: Any) -> None:
        """A cell begins to run."""
        self.source = info.raw_cell or ""
        self._before = {
            name: self._names.get(name, _NOTHING) for name in assigned(info.raw_cell or "")
        }

    def ends(self, result: Any) -> None:
        """A cell has run, or was refused."""
        for name, value in self._before.items():
            if not result.success and self._names.get(name, _NOTHING) is value:
                self._stale.add(name)
            else:
                self._stale.discard(name)
        self._before = {}

    def stale(self) -> list[str]:
        """Names in the running cell whose last cell has failed before it gave them a value."""
        return sorted(self._stale & set(re.findall(r"\w+", self.source)))


def watched() -> Cells | None:
    """The cells of the notebook in which this runs, watched from the first call on."""
    module = sys.modules.get("IPython")  # a script has no cells, and need not load it
    shell = module.get_ipython() if module else None
    if shell is None:
        return None
    cells = getattr(shell, "course_cells", None)
    if cells is None:
        cells = shell.course_cells = Cells(shell.user_ns)
        shell.events.register("pre_run_cell", cells.begins)
        shell.events.register("post_run_cell", cells.ends)
        if history := shell.user_ns.get("In"):
            cells.source = history[-1]
    return cells
