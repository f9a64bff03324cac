"""The teacher's switch: labs that are not locked, and count the hands of a class."""

from __future__ import annotations

import os


def teacher_view(on: bool = True) -> None:
    """Lock no lab that is shown from now on; where it asks for a prediction, count hands.

    A lecturer who shows the labs in class starts the course with ``course lab --teacher``, or
    calls this in a cell.

    Parameters
    ----------
    on : bool
        True opens the labs, False locks those that are shown later.
    """
    os.environ["COURSE_TEACHER"] = "1" if on else ""


def is_teacher_view() -> bool:
    """Whether labs are shown to a class."""
    return bool(os.environ.get("COURSE_TEACHER"))
