"""The teacher's switch: labs that are open without a prediction."""

from __future__ import annotations

import os


def teacher_view(on: bool = True) -> None:
    """Open every lab without a prediction, for labs shown from now on.

    A lecturer who shows the labs in class starts the course with ``course lab --teacher``, or
    calls this in a cell.

    Parameters
    ----------
    on : bool
        True opens the labs, False locks those that are shown later.
    """
    os.environ["COURSE_TEACHER"] = "1" if on else ""


def is_teacher_view() -> bool:
    """Whether labs open without a prediction."""
    return bool(os.environ.get("COURSE_TEACHER"))
