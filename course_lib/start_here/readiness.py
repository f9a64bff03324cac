"""Is this computer ready? The first thing a student runs."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from course_lib import datasets
from course_lib.lab.progress import FILE_NAME


@dataclass(frozen=True, eq=False)
class Readiness:
    """What was checked, one sentence each.

    Attributes
    ----------
    ready : tuple of str
        What works.
    missing : tuple of str
        What does not, with what to do.
    """

    ready: tuple[str, ...]
    missing: tuple[str, ...]

    def __repr__(self) -> str:
        end = (
            "Not everything is ready yet. Do what the lines above say, then run this cell again."
            if self.missing
            else "Everything is ready."
        )
        lines = [f"✓ {line}" for line in self.ready] + [f"✗ {line}" for line in self.missing]
        return "\n".join([*lines, end])


def check_this_computer(folder: Path | None = None) -> Readiness:
    """Check what the lessons need: figures that are intact, and a place for your answers.

    Parameters
    ----------
    folder : Path, optional
        Where answers are kept; the folder of the notebook, if nothing is given.

    Returns
    -------
    Readiness

    Examples
    --------
    >>> print(check_this_computer())
    ✓ The figures of the course are complete and undamaged.
    ✓ Your answers can be kept in my_progress.jsonl, beside this notebook.
    Everything is ready.
    """
    ready, missing = [], []
    try:
        datasets.check_files()
        ready.append("The figures of the course are complete and undamaged.")
    except datasets.DataFileError as error:
        missing.append(str(error))
    if os.access(folder or Path.cwd(), os.W_OK):
        where = (
            "in this browser until you click “Download my answers” above"
            if sys.platform == "emscripten"
            else "beside this notebook"
        )
        ready.append(f"Your answers can be kept in {FILE_NAME}, {where}.")
    else:
        missing.append(
            "Your answers cannot be kept: this folder is read-only. Copy the course to a folder "
            "of your own, such as Documents, and open it there."
        )
    return Readiness(tuple(ready), tuple(missing))
