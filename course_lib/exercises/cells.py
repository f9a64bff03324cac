"""Which cells of a student's notebook ended in an error: their answer is still the one before."""

from __future__ import annotations

import re
import sys
from typing import Any

HISTORY_LENGTH = 500  # cells
#: Source of each cell that was run and whether it failed, in the order of running.
_HISTORY: list[tuple[str, bool]] = []


def register_hook() -> None:
    """Record from now on how each cell ends, if this is a notebook."""
    if "IPython" not in sys.modules:
        return
    from IPython import get_ipython

    shell = get_ipython()
    if shell is not None and record_run not in shell.events.callbacks["post_run_cell"]:
        shell.events.register("post_run_cell", record_run)


def record_run(result: Any) -> None:
    """Record how a cell ended: IPython's event `post_run_cell`."""
    failed = result.error_before_exec is not None or result.error_in_exec is not None
    _HISTORY.append((str(result.info.raw_cell), failed))
    del _HISTORY[:-HISTORY_LENGTH]


def stale_value(name: str) -> str:
    """A sentence if the last cell that gives a name its value ended in an error; or nothing."""
    gives = re.compile(rf"^(?:def[ \t]+{name}\b|{name}[ \t]*=(?!=))", re.MULTILINE)
    failed = next((failed for source, failed in reversed(_HISTORY) if gives.search(source)), False)
    if not failed:
        return ""
    return (
        f"The cell that gives {name} its value ended in an error. So this may be about an older "
        "value: mend that cell first."
    )
