"""What a teacher decides: due dates, extensions, points off for lateness, which submission counts.

A set's due date stands in class.toml, for people to read. All else, and who decided it, when and
why, is kept in ``decided/SET.json``: the newest entry of each kind holds, and none is ever removed.
"""

from __future__ import annotations

import getpass
import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from course_lib.errors import CourseError
from course_lib.exercises.variants import student_name
from course_lib.files import write_atomically
from course_lib.grading.class_folder import SETTINGS, ClassFolder, read_settings, write_json

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Lateness:
    """How many points a late submission loses.

    Attributes
    ----------
    percent : float
        Of the possible points, for each day that has begun.
    most : float
        The most that is taken off, in percent of the possible points.
    grace_minutes : float
        So long after the due date nothing is taken off.
    """

    percent: float
    most: float = 100.0
    grace_minutes: float = 0.0

    def points(self, possible: float, late: timedelta) -> float:
        """What is taken off.

        Examples
        --------
        >>> Lateness(10, most=25).points(20, timedelta(hours=30)), Lateness(10).points(20, -DAY)
        (4.0, 0.0)
        """
        late -= timedelta(minutes=self.grace_minutes)
        if late <= timedelta(0):
            return 0.0
        return round(possible * min(self.percent * math.ceil(late / DAY), self.most) / 100, 6)

    def summary(self) -> str:
        """The rule in a sentence."""
        if not self.percent:
            return "Nothing is taken off for lateness."
        grace = f", after {self.grace_minutes:g} minutes" if self.grace_minutes else ""
        return (
            f"For each day late that has begun{grace}, {self.percent:g}% of the possible points "
            f"are taken off, at most {self.most:g}%."
        )


def lateness(folder: ClassFolder, set_name: str) -> Lateness | None:
    """The rule of a set for lateness, or None if nothing is taken off."""
    found = folder.decided(set_name, "lateness")
    rule = Lateness(**found["value"]) if found else None
    return rule if rule and rule.percent else None


def taken_off(folder: ClassFolder, set_name: str, student: str, possible: float) -> float:
    """The points that one submission loses because it was late."""
    rule, late = lateness(folder, set_name), folder.late_by(set_name, student)
    return rule.points(possible, late) if rule and late else 0.0


def decide_lateness(folder: ClassFolder, set_name: str, rule: Lateness, why: str = "") -> str:
    """Take points off for lateness from now on, in this set.

    Raises
    ------
    CourseError
        If a number of the rule makes no sense.
    """
    if not (0 <= rule.percent <= 100 and 0 <= rule.most <= 100 and rule.grace_minutes >= 0):
        raise CourseError("Give a percentage from 0 to 100, and minutes from 0.")
    if folder.due(set_name) is None and rule.percent:
        raise CourseError(
            f"{set_name} has no due date, so nothing can be late. Type first: course class due "
            f"{set_name} DATE"
        )
    value = {"percent": rule.percent, "most": rule.most, "grace_minutes": rule.grace_minutes}
    write_down(folder, set_name, "lateness", value, why)
    return rule.summary()


def move_due(folder: ClassFolder, set_name: str, when: datetime, why: str = "") -> str:
    """Move the due date of a set, in class.toml; all other lines of it stay as they are.

    Parameters
    ----------
    folder : ClassFolder
        The class.
    set_name : str
        The set.
    when : datetime
        The new date; without a time zone it is the computer's own time.
    why : str
        The reason, for whoever asks later.

    Returns
    -------
    str
        What was done, in a sentence.
    """
    _known_set(folder, set_name)
    before, path = folder.due(set_name), folder.root / SETTINGS
    text = path.read_text("utf-8")
    moment = when.isoformat(timespec="seconds")
    line = f'"{set_name}" = {moment}'
    there = re.compile(rf"^[ \t]*[\"']?{re.escape(set_name)}[\"']?[ \t]*=[^\n]*$", re.MULTILINE)
    if before is not None:
        text = there.sub(lambda _: line, text, count=1)
    elif re.search(r"^\[due\][ \t]*$", text, re.MULTILINE):
        text = re.sub(r"^\[due\][ \t]*$", lambda _: f"[due]\n{line}", text, flags=re.MULTILINE)
    else:
        text = f"{text.rstrip()}\n\n[due]\n{line}\n"
    write_atomically(path, text.encode())
    folder.__dict__.pop("settings", None)
    if read_settings(path).due.get(set_name) != _with_zone(when):
        raise CourseError(f"The date could not be written into {path}. Change it there yourself.")
    write_down(folder, set_name, "due", moment, why)
    was = f" It was {before:%Y-%m-%d %H:%M}." if before else ""
    return f"{set_name} is due on {when:%Y-%m-%d at %H:%M}.{was}"


def extend(
    folder: ClassFolder, set_name: str, students: Sequence[str], when: datetime | None, why: str
) -> list[str]:
    """Give students more time, each until a date of their own; or with None, no longer.

    Returns
    -------
    list of str
        A sentence for each.

    Raises
    ------
    CourseError
        If one of them is not on the class list; then nobody's date is changed.
    """
    _known_set(folder, set_name)
    numbers = [on_the_list(folder, typed) for typed in students]
    said = []
    for number in numbers:
        value = when.isoformat(timespec="seconds") if when else None
        write_down(folder, set_name, "extension", value, why, student=number)
        until = f"is due on {when:%Y-%m-%d at %H:%M}" if when else "is due with all others"
        said.append(f"{set_name} {until} for {number}.")
    return said


def as_number(typed: str) -> str:
    """A student number as the class writes it, from one that a person typed.

    Raises
    ------
    CourseError
        If it cannot be one.
    """
    try:
        return student_name(typed)
    except ValueError as error:
        raise CourseError(str(error)) from error


def on_the_list(folder: ClassFolder, typed: str) -> str:
    """A student number as it stands on the class list.

    Raises
    ------
    CourseError
        If it does not.
    """
    number = as_number(typed)
    if number not in set(folder.roster["id"]):
        raise CourseError(
            f"{typed} is not on the class list, so nothing was done. To put a student there: "
            f"course class enrol {number}"
        )
    return number


def write_down(
    folder: ClassFolder, set_name: str, kind: str, value: Any, why: str, *, student: str = ""
) -> None:
    """Add a decision to those of a set, with who took it, when and why."""
    entry = {
        "kind": kind,
        "student": student,
        "value": value,
        "why": " ".join(why.split()),
        "who": getpass.getuser(),
        "when": datetime.now().astimezone().isoformat(timespec="seconds"),
    }
    decisions = [*folder.decisions(set_name), entry]
    write_json(folder.decided_path(set_name), {"decisions": decisions})


def told(folder: ClassFolder, set_name: str) -> list[str]:
    """All decisions on a set, the oldest first, a line each."""
    lines = []
    for one in folder.decisions(set_name):
        of = f" of {one['student']}" if one["student"] else ""
        why = f" Why: {one['why']}" if one["why"] else ""
        value = one["value"] if isinstance(one["value"], str) else json.dumps(one["value"])
        lines.append(f"{one['when'][:16]} {one['who']}: {one['kind']}{of}: {value}.{why}")
    return lines


def _known_set(folder: ClassFolder, set_name: str) -> None:
    if set_name not in folder.set_names:
        raise CourseError(f"{set_name} was not released to this class. Release it first.")


def _with_zone(when: datetime) -> datetime:
    return when.astimezone() if when.tzinfo is None else when
