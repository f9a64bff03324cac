"""A class folder: where everything of one class lies, and its settings.

It is a course folder of nbgrader as well, so nbgrader's own commands and its formgrader work in it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import secrets
import sqlite3
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from course_lib.errors import CourseError
from course_lib.exercises.variants import student_name
from course_lib.files import replacing, write_atomically
from course_lib.grading.class_lists import (
    NO_EXTRA,
    ClassList,
    read_class_list,
    student_number,
)

if TYPE_CHECKING:
    import pandas as pd
    from traitlets.config import Config

SETTINGS, ROSTER, SECRET = "class.toml", "roster.csv", "secret.txt"
KEPT_GRADEBOOKS = 20
FOLDERS = ("source", "release", "submitted", "autograded", "feedback", "results")
NUMBER = r"[^\W_][\w.@/-]*"

#: What nbgrader is told, in our commands and in its own.
NBGRADER: dict[str, dict[str, Any]] = {
    "ClearSolutions": {
        "code_stub": {
            "python": "raise NotImplementedError('Write your answer here, then run this cell')"
        },
        "text_stub": "*Double-click here and write your answer.*",
        # In full: with less of it, a sentence that speaks of the marker would be taken for one.
        "begin_solution_delimeter": "### BEGIN SOLUTION",
        "end_solution_delimeter": "### END SOLUTION",
    },
    "OverwriteCells": {"add_missing_cells": True},
    "CourseDirectory": {
        "ignore": [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", ".DS_Store"]
    },
}

CLASS_TOML = """\
# The settings of this class. Lines that begin with # are explanations.

# The name of the class, for people to read.
name = {name}

# The name of the class inside the notebooks: it decides, together with a student's number, which
# figures the student gets. It is made from secret.txt. Do not change it.
token = "{token}"

# How a student number looks, as a regular expression. Every number in roster.csv must fit.
# Eight digits, for example: '[0-9]{{8}}'
student_number = '{number}'

[due]
# When each set is due. Take the # away and put in the date; it is your own computer's time.
# Feedback is not written before this moment, and what comes in later is noted as late.
# "01_measuring_regions" = 2027-01-31T23:59:00
# "04_gradient_transition" = 2027-02-28T23:59:00

[grading]
# How many submissions are graded at the same time. 0: as many as this computer has processors.
workers = 0

# After how many seconds the work on one submission is stopped.
wall_seconds = 120

# How much memory one submission may use, in megabytes.
memory_mb = 2048
"""

NBGRADER_CONFIG = """\
# For nbgrader's own commands and for its formgrader, when they are started in this folder.
# The commands `course class ...` use the same settings.
import os

c = get_config()  # noqa: F821
c.CourseDirectory.root = os.path.dirname(os.path.abspath(__file__))
# A second marker has a gradebook of their own: course class formgrader --marker NAME.
if os.environ.get("COURSE_GRADEBOOK"):
    c.CourseDirectory.db_url = os.environ["COURSE_GRADEBOOK"]
# nbgrader's own grading, and the lightning in formgrader, would run students' code unprotected.
c.Autograde.exporter_class = "course_lib.grading.refused.AutogradeRefused"
# What a student wrote is shown, and nothing of it runs in your browser.
c.HTMLExporter.preprocessors = ["course_lib.grading.safe_pages.SafeNotebook"]
c.HTMLExporter.filters = {"markdown2html": "course_lib.grading.safe_pages.safe_markdown"}
"""


@dataclass(frozen=True)
class Settings:
    """What class.toml says.

    Attributes
    ----------
    name : str
        The name of the class.
    token : str
        Its name inside the notebooks.
    student_number : str
        A regular expression that every student number fits.
    due : mapping
        When each set is due, with time zone; a set without a date has none.
    workers : int
        How many submissions are graded at the same time, at least 1.
    wall_seconds : float
        After how many seconds the work on one submission is stopped.
    memory_mb : int
        How much memory one submission may use, in megabytes.
    """

    name: str
    token: str
    student_number: str
    due: Mapping[str, datetime]
    workers: int
    wall_seconds: float
    memory_mb: int


@dataclass(frozen=True)
class ClassFolder:
    """The folder of one class.

    Attributes
    ----------
    root : Path
        The folder, as an absolute path.

    Examples
    --------
    ``ClassFolder.at("my_class").token`` is the name of the class inside its notebooks.
    """

    root: Path

    @classmethod
    def at(cls, path: str | Path) -> ClassFolder:
        """The class folder at a path.

        Raises
        ------
        CourseError
            If there is none.
        """
        root = Path(path).resolve()
        missing = [name for name in (SETTINGS, ROSTER, SECRET) if not (root / name).is_file()]
        if missing:
            raise CourseError(
                f"{root} is not a class folder: {_listed(missing)} missing. Go to the "
                "folder of your class with the command cd, name it with --folder, or make one "
                "with: uv run --extra grading course class new"
            )
        return cls(root)

    @classmethod
    def new(
        cls,
        path: str | Path,
        roster: str | Path,
        name: str = "",
        *,
        column: str = "",
        encoding: str = "",
    ) -> ClassFolder:
        """Make a class folder.

        Parameters
        ----------
        path : str or Path
            Where; it must not exist yet, or be empty.
        roster : str or Path
            The class list, as a platform or a spreadsheet saves it.
        name : str
            The name of the class; the folder's name unless given.
        column, encoding : str
            The column of the student numbers, and how the letters were saved, if a person says so.

        Raises
        ------
        CourseError
            If there is something in the folder, or the roster cannot be used.
        """
        root = Path(path).resolve()
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise CourseError(f"{root} is not empty. Give the name of a new folder.")
        students = read_class_list(Path(roster), NUMBER, column=column, encoding=encoding)
        need_extra()
        root.mkdir(parents=True, exist_ok=True)
        root.chmod(0o700)  # what students wrote and what they got is nobody else's
        for part in FOLDERS:
            (root / part).mkdir()
        _write_secret(root / SECRET, secrets.token_hex(16))
        folder = cls(root)
        token = token_of(folder.secret)
        text = CLASS_TOML.format(name=_quoted(name or root.name), token=token, number=NUMBER)
        (root / SETTINGS).write_text(text, "utf-8")
        students.table.to_csv(root / ROSTER, index=False, encoding="utf-8")
        folder.keep_list(students)
        folder.protect()
        # A class's secret and its students' work do not belong into anybody's repository.
        (root / ".gitignore").write_text("*\n", "utf-8")
        folder.enrol()
        return folder

    # --- where things lie

    @property
    def source(self) -> Path:
        """The masters, with solutions."""
        return self.root / "source"

    @property
    def release(self) -> Path:
        """What students get."""
        return self.root / "release"

    @property
    def submitted(self) -> Path:
        """What students handed in, as it came."""
        return self.root / "submitted"

    @property
    def autograded(self) -> Path:
        """The graded notebooks."""
        return self.root / "autograded"

    @property
    def feedback(self) -> Path:
        """A page for each student."""
        return self.root / "feedback"

    @property
    def results(self) -> Path:
        """What the grading run found out: results/SET/ID.json."""
        return self.root / "results"

    @property
    def progress(self) -> Path:
        """Progress files that came along with sets, in a folder for each student."""
        return self.root / "progress"

    @property
    def gradebook_path(self) -> Path:
        """The file of nbgrader's gradebook."""
        return self.root / "gradebook.db"

    @property
    def db_url(self) -> str:
        """Address of nbgrader's gradebook."""
        return f"sqlite:///{self.gradebook_path.as_posix()}"

    def master(self, set_name: str) -> Path:
        """The class's copy of a set's master."""
        return self.source / set_name / f"{set_name}.ipynb"

    def released(self, set_name: str) -> Path:
        """The students' notebook, where nbgrader keeps it."""
        return self.release / set_name / f"{set_name}.ipynb"

    def handout(self, set_name: str) -> Path:
        """The same notebook under the name that students get: the lesson has the set's own name."""
        return self.root / "for_students" / f"exercises_{set_name}.ipynb"

    def submission(self, set_name: str, student: str) -> Path:
        """The notebook that a student handed in."""
        return self.submitted / student / set_name / f"{set_name}.ipynb"

    def graded(self, set_name: str, student: str) -> Path:
        """A student's graded notebook."""
        return self.autograded / student / set_name / f"{set_name}.ipynb"

    def result_path(self, set_name: str, student: str) -> Path:
        """What the grading run found out about one submission."""
        return self.results / set_name / f"{student}.json"

    def collected_path(self, set_name: str, student: str) -> Path:
        """When and from where a submission came."""
        return self.root / "collected" / set_name / f"{student}.json"

    def not_taken_path(self, set_name: str) -> Path:
        """What came and was not taken, and whose it may be."""
        return self.root / "collected" / f"{set_name}.not_taken.json"

    def looked_path(self, set_name: str, student: str) -> Path:
        """That a teacher looked at a flagged submission."""
        return self.root / "looked" / set_name / f"{student}.json"

    # --- what is in it

    @cached_property
    def settings(self) -> Settings:
        """What class.toml says."""
        return read_settings(self.root / SETTINGS)

    @cached_property
    def secret(self) -> str:
        """The class's secret: it draws the inputs on which functions are judged."""
        secret = (self.root / SECRET).read_text("utf-8").strip()
        if len(secret) < 16:
            raise CourseError(f"{self.root / SECRET} is damaged. Put it back from your backup.")
        return secret

    @property
    def token(self) -> str:
        """The public name of the class, as it stands in the students' notebooks."""
        token = token_of(self.secret)
        if token != self.settings.token:
            raise CourseError(
                f"The token {self.settings.token!r} in {SETTINGS} does not belong to {SECRET}. One "
                "of the two was changed. Put back the one with which the class began: with another "
                "one, students have other numbers than those they worked on."
            )
        return token

    @cached_property
    def roster(self) -> pd.DataFrame:
        """The class list: columns id, last name, first name, email; all texts."""
        return read_roster(self.root / ROSTER, self.settings.student_number)

    @property
    def set_names(self) -> list[str]:
        """The sets that were released to this class."""
        return sorted(
            path.name for path in self.release.glob("*") if self.released(path.name).is_file()
        )

    def students_with(self, set_name: str) -> list[str]:
        """Who handed in a set."""
        found = self.submitted.glob(f"*/{set_name}/{set_name}.ipynb")
        return sorted(path.parent.parent.name for path in found)

    def due(self, set_name: str, student: str = "") -> datetime | None:
        """When a set is due, with time zone, or None; for one student with their extension."""
        longer = self.decided(set_name, "extension", student) if student else None
        if longer and longer["value"]:
            when = datetime.fromisoformat(longer["value"])
            return when.astimezone() if when.tzinfo is None else when
        return self.settings.due.get(set_name)

    def decided_path(self, set_name: str) -> Path:
        """What the teacher decided on a set: see `course_lib.grading.decisions`."""
        return self.root / "decided" / f"{set_name}.json"

    def decisions(self, set_name: str) -> list[dict[str, Any]]:
        """All decisions on a set, the oldest first."""
        return list((read_json(self.decided_path(set_name)) or {}).get("decisions", []))

    def decided(self, set_name: str, kind: str, student: str = "") -> dict[str, Any] | None:
        """The newest decision of one kind, or None."""
        for one in reversed(self.decisions(set_name)):
            if (one["kind"], one["student"]) == (kind, student):
                return one
        return None

    def collected(self, set_name: str, student: str) -> dict[str, Any] | None:
        """When and from where a submission came, or None if it was not collected by command."""
        return read_json(self.collected_path(set_name, student))

    def late(self, set_name: str, student: str) -> bool:
        """Whether a submission came in after its due date, or the platform says so.

        A date that the teacher has given by command counts before the platform's own.
        """
        record = self.collected(set_name, student)
        if record is None:
            return False
        longer = self.decided(set_name, "extension", student)
        given = self.decided(set_name, "due") is not None or bool(longer and longer["value"])
        says = bool(record["platform_says_late"]) and not given
        return says or self.late_by(set_name, student) is not None

    def late_by(self, set_name: str, student: str) -> timedelta | None:
        """How long after its due date a submission came in, or None."""
        record, due = self.collected(set_name, student), self.due(set_name, student)
        if record is None or due is None:
            return None
        late = datetime.fromisoformat(record["received"]) - due
        return late if late > timedelta(0) else None

    def result(self, set_name: str, student: str) -> dict[str, Any] | None:
        """What the grading run found out about a submission, or None if it has not run.

        A file that is empty or damaged counts as none: the next run writes it anew.
        """
        try:
            found = read_json(self.result_path(set_name, student))
        except CourseError:
            return None
        if not isinstance(found, dict) or not {"about", "graded", "why_not", "flags"} <= set(found):
            return None
        return found

    def chosen(self, set_name: str, students: Sequence[str] = ()) -> list[str]:
        """Who handed in a set; or those of them who were named.

        Raises
        ------
        CourseError
            If one who was named handed nothing in.
        """
        everybody = self.students_with(set_name)
        wanted: list[str] = []
        for typed in students:
            try:
                wanted.append(student_name(typed))
            except ValueError as error:
                raise CourseError(str(error)) from error
            if wanted[-1] not in everybody:
                raise CourseError(f"{typed} has handed in no {set_name}, so nothing was done.")
        return wanted or everybody

    @property
    def list_path(self) -> Path:
        """The class list as the platform gave it: it wants its own columns back with the marks."""
        return self.root / "class_list.json"

    def keep_list(self, students: ClassList) -> None:
        """Keep all columns of a class list, also those that nothing here needs."""
        about = {"heading": list(students.heading), "rows": students.rows, "taken": students.taken}
        write_json(self.list_path, about)

    # --- nbgrader

    def config(self) -> Config:
        """The settings for nbgrader's converters when we call them ourselves."""
        need_extra()
        from traitlets.config import Config

        _tools_on_path()
        config = Config()
        for section, values in NBGRADER.items():
            config[section].update(values)
        config.CourseDirectory.root = str(self.root)
        config.CourseDirectory.db_url = self.db_url
        # Sentences come from our commands; nbgrader's own words go to a log for whoever asks.
        config.NbGrader.logfile = str(self.root / ".nbgrader.log")
        config.Application.log_level = logging.ERROR
        return config

    @contextmanager
    def gradebook(self, *, new: bool = False) -> Iterator[Any]:
        """nbgrader's gradebook, open.

        Parameters
        ----------
        new : bool
            Whether one is made if it is lost; there may be marks by hand in a copy.

        Raises
        ------
        CourseError
            If it is lost or damaged. The sentence names its newest copy.
        """
        need_extra()
        from nbgrader.api import Gradebook
        from sqlalchemy.exc import DatabaseError

        _tools_on_path()
        if not new and not self.gradebook_path.is_file() and self._gradebook_copies():
            raise CourseError(f"The gradebook {self.gradebook_path} is not there. {self._cure()}")
        try:
            # The course id that nbgrader's own commands use in a folder of one course.
            with Gradebook(self.db_url, "") as book:
                yield book
        except DatabaseError as error:
            if "locked" in str(error):
                raise CourseError(
                    "The gradebook is in use. Close the formgrader, and type the same again."
                ) from error
            if "full" in str(error):
                raise CourseError(
                    "The disk of this computer is full. Make room, and type the same again."
                ) from error
            raise CourseError(
                f"The gradebook {self.gradebook_path} is damaged. {self._cure()}"
            ) from error

    def _gradebook_copies(self) -> list[Path]:
        """Copies of the gradebook, the newest last."""
        return sorted((self.root / "gradebook_before").glob("*.db"))

    def _cure(self) -> str:
        """How to go on without the gradebook."""
        copies = self._gradebook_copies()
        new = (
            "To begin a new one, without marks by hand, move what is there away and type: course "
            "class enrol"
        )
        if not copies:
            return new
        return f"Copy {copies[-1]} to its place, and type the same again. {new}"

    def keep_gradebook(self) -> None:
        """Keep a copy of the gradebook, where marks by hand are, before a run changes it."""
        if not self.gradebook_path.is_file():
            return
        copies, now = self._gradebook_copies(), datetime.now()
        kept = self.root / "gradebook_before" / f"{now:%Y-%m-%dT%H%M%S}.db"
        kept.parent.mkdir(exist_ok=True)
        try:
            source = sqlite3.connect(f"file:{quote(str(self.gradebook_path))}?mode=ro", uri=True)
            with (
                closing(source),
                replacing(kept) as temporary,
                closing(sqlite3.connect(temporary)) as target,
            ):
                source.backup(target)
        except sqlite3.DatabaseError as error:
            raise CourseError(
                f"The gradebook {self.gradebook_path} cannot be copied ({error}). {self._cure()}"
            ) from error
        if copies and copies[-1].read_bytes() == kept.read_bytes() and copies[-1] != kept:
            kept.unlink()
        for old in copies[:-KEPT_GRADEBOOKS]:
            old.unlink()

    def protect(self) -> None:
        """Write the settings of nbgrader's own tools, which keep students' code from running."""
        path, wanted = self.root / "nbgrader_config.py", nbgrader_config()
        there = path.read_text("utf-8") if path.is_file() else ""
        if self.root.stat().st_mode & 0o007 and os.name == "posix":
            self.root.chmod(self.root.stat().st_mode & 0o770)  # a class of an earlier version
        if wanted not in there:  # what a teacher has put in stays
            write_atomically(path, f"{there}\n{wanted}".lstrip().encode())

    def enrol(self) -> None:
        """Write the roster's names into the gradebook, so that formgrader shows them."""
        with self.gradebook(new=True) as book:
            for row in self.roster.to_dict("records"):
                book.update_or_create_student(
                    row["id"],
                    last_name=as_name(row["last name"]),
                    first_name=as_name(row["first name"]),
                    email=as_name(row["email"]),
                )

    def enrolled(self) -> set[str]:
        """Who is in the gradebook; whoever stands on the roster alone is put there."""
        with self.gradebook() as book:
            there = {student.id for student in book.students}
        if not set(self.roster["id"]) <= there:
            self.enrol()
        return there | set(self.roster["id"])

    def add_student(
        self, number: str, last_name: str = "", first_name: str = "", email: str = ""
    ) -> bool:
        """Put a student on the class list, and into the gradebook.

        Returns
        -------
        bool
            Whether the student was not there before.

        Raises
        ------
        CourseError
            If the number does not fit.
        """
        import pandas as pd

        try:
            number = student_number("", 0, number.strip(), self.settings.student_number)
        except CourseError as error:  # there is no row
            raise CourseError(str(error).removeprefix("Row 0 of : ")) from error
        before = self.roster
        is_new = number not in set(before["id"])
        if is_new:
            row = [number, last_name.strip(), first_name.strip(), email.strip()]
            table = pd.concat([before, pd.DataFrame([row], columns=before.columns)])
            kept = self.root / "roster_before" / f"{datetime.now():%Y-%m-%dT%H%M%S}.csv"
            write_atomically(kept, (self.root / ROSTER).read_bytes())
            write_atomically(self.root / ROSTER, table.to_csv(index=False).encode())
            self.__dict__.pop("roster", None)
        self.enrol()
        return is_new


def as_name(text: str) -> str:
    """A name as formgrader may write it into its page: with no sign that means something there.

    Examples
    --------
    >>> as_name("O'Neil <b>")
    'O’Neil ‹b›'
    """
    shown = text.translate(str.maketrans("<>\"'`", "‹›”’’"))
    shown = shown.replace("&", "+") if re.search(r"&#?\w{1,30};?", shown) else shown
    return "".join(char for char in shown if char.isprintable())


def _listed(names: list[str]) -> str:
    """Some names with their verb: "a, b and c are"."""
    if len(names) == 1:
        return f"{names[0]} is"
    return f"{', '.join(names[:-1])} and {names[-1]} are"


def token_of(secret: str) -> str:
    """The public name of the class that has this secret."""
    return hashlib.sha256(f"class{secret}".encode()).hexdigest()[:10]


def need_extra() -> None:
    """Say how to install nbgrader if it is missing."""
    if find_spec("nbgrader") is None:
        raise CourseError(NO_EXTRA)


def read_settings(path: Path) -> Settings:
    """Read class.toml.

    Raises
    ------
    CourseError
        If it is not TOML, or a value in it cannot be used.
    """
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(
            f"{path} cannot be read: {str(error).rstrip('.')}. Put that line right. A date is "
            'written like this: "01_measuring_regions" = 2027-01-31T23:59:00'
        ) from error
    grading = found.get("grading", {})
    number = str(found.get("student_number", NUMBER))
    try:
        re.compile(number)
    except re.error as error:
        raise CourseError(f"student_number in {path} is not a pattern: {error}.") from error
    return Settings(
        name=str(found.get("name", path.parent.name)),
        token=str(found.get("token", "")),
        student_number=number,
        due={name: _moment(path, name, when) for name, when in found.get("due", {}).items()},
        workers=int(_at_least(path, grading, "workers", 0, 0)) or (os.cpu_count() or 1),
        wall_seconds=_at_least(path, grading, "wall_seconds", 120, 1),
        memory_mb=int(_at_least(path, grading, "memory_mb", 2048, 256)),
    )


def _at_least(path: Path, table: Mapping[str, Any], name: str, usual: float, least: float) -> float:
    value = table.get(name, usual)
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= least:
        raise CourseError(f"{name} in {path} is {value!r}. Give a number of at least {least:g}.")
    return value


def _moment(path: Path, name: str, when: object) -> datetime:
    """A date of class.toml, with time zone: the computer's own unless it names one."""
    if isinstance(when, date) and not isinstance(when, datetime):
        when = datetime.combine(when, time(23, 59, 59))
    if not isinstance(when, datetime):
        raise CourseError(
            f"The due date of {name} in {path} is {when!r}. Write it without quotation marks, "
            "like this: 2027-01-31T23:59:00"
        )
    return when.astimezone() if when.tzinfo is None else when


def read_roster(path: Path, number: str = NUMBER) -> pd.DataFrame:
    """Read a class list: columns id, last name, first name, email; all texts.

    Parameters
    ----------
    path : Path
        A class list as a platform or a spreadsheet saves it; see `class_lists.read_class_list`.
    number : str
        A regular expression that every student number has to fit.

    Returns
    -------
    DataFrame

    Raises
    ------
    CourseError
        If a row cannot be used. The message names the row.
    """
    return read_class_list(path, number).table


def nbgrader_config() -> str:
    """The text of nbgrader_config.py: what `ClassFolder.config` gives, and protection."""
    lines = [
        f"c.{section}.{name} = {value!r}"
        for section, values in NBGRADER.items()
        for name, value in values.items()
    ]
    return NBGRADER_CONFIG + "\n".join(lines) + "\n"


def write_json(path: Path, content: Any) -> None:
    """Write plain data as JSON, atomically, the same bytes for the same data."""
    text = json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True)
    # A name may hold halves of characters, which no file can.
    write_atomically(path, f"{text}\n".encode("utf-8", errors="replace"))


def read_json(path: Path) -> dict[str, Any] | None:
    """Read what `write_json` wrote, or None if it is not there."""
    if not path.is_file():
        return None
    try:
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise CourseError(f"{path} is damaged ({error}). Delete it and type the same again.") from (
            error
        )
    return found


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _write_secret(path: Path, secret: str) -> None:
    """Write the secret so that from its first moment nobody else may read it."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"{secret}\n")


def _tools_on_path() -> None:
    """nbgrader starts the program alembic, which lies beside this Python."""
    folder = str(Path(sys.executable).parent)
    parts = os.environ.get("PATH", "").split(os.pathsep)
    if folder not in parts:
        os.environ["PATH"] = os.pathsep.join([folder, *parts])
