"""Which cells of a student's notebook ended in an error: their answer is still the one before."""

from __future__ import annotations

import re
import sys
from typing import Any

MOST = 500  # cells that are remembered
#: Source and whether it failed, of each cell that was run, in this order.
RAN: list[tuple[str, bool]] = []


def watch() -> None:
    """Remember from now on how each cell ends, if this is a notebook."""
    if "IPython" not in sys.modules:
        return
    from IPython import get_ipython

    shell = get_ipython()
    if shell is not None and remember not in shell.events.callbacks["post_run_cell"]:
        shell.events.register("post_run_cell", remember)


def remember(result: Any) -> None:
    """Remember how a cell ended: IPython calls this."""
    failed = result.error_before_exec is not None or result.error_in_exec is not None
    RAN.append((str(result.info.raw_cell), failed))
    del RAN[:-MOST]


def value_is_old(name: str) -> str:
    """A sentence if the last cell that gives a name its value ended in an error; or nothing."""
    gives = re.compile(rf"^(?:def\s+{name}\b|{name}\s*=(?!=))", re.MULTILINE)
    failed = next((failed for source, failed in reversed(RAN) if gives.search(source)), False)
    if not failed:
        return ""
    return (
        f"The cell that gives {name} its value ended in an error. So this may be about an older "
        "value: mend that cell first."
    )
