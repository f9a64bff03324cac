"""What came in: every notebook in files, folders and zips, read without unpacking anything.

The names inside a zip are only read, never used as paths. So no name can lead out of a folder.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

LARGEST_NOTEBOOK = 20_000_000  # bytes
LARGEST_ZIP = 500_000_000  # bytes, of a zip inside a zip
MOST_BYTES = 4_000_000_000  # of everything that is unpacked in one go
MOST_MEMBERS = 20_000
DEEPEST = 3  # zips in zips in zips
LEFT_BEHIND = {"__MACOSX", ".ipynb_checkpoints", ".DS_Store", "Thumbs.db", "desktop.ini"}

Refuse = Callable[[str, str], None]  # (where it is, why it is refused)


@dataclass(frozen=True)
class Incoming:
    """One file that may be a submission.

    Attributes
    ----------
    given : str
        The name of the file or folder that the teacher named.
    inside : str
        Where in it the file lies, with ``/`` between the parts; empty if it is that file itself.
    content : bytes
        The file.
    modified : datetime
        The date that goes with it, with time zone.
    """

    given: str
    inside: str
    content: bytes
    modified: datetime

    @property
    def where(self) -> str:
        """The file, as it is named to the teacher."""
        return f"{self.given}/{self.inside}" if self.inside else self.given

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.where.rpartition("/")[2]


@dataclass
class Budget:
    """How much may still be unpacked: a small zip can hold more than a disk."""

    bytes_left: int = MOST_BYTES
    members_left: int = MOST_MEMBERS


class TooLargeError(Exception):
    """More than the budget."""


def notebooks_in(paths: list[Path], refuse: Refuse) -> Iterator[Incoming]:
    """Every file that may be a notebook, in files, folders, zips and zips in zips.

    Parameters
    ----------
    paths : list of Path
        What the teacher named.
    refuse : callable
        Told, with a reason, of everything that is not taken.

    Yields
    ------
    Incoming
    """
    for path in paths:
        budget = Budget()  # one for each: a bad zip spoils nothing for the next one
        if not path.exists():
            refuse(str(path), "there is no such file or folder")
        elif path.is_dir():
            yield from _from_folder(path.resolve(), refuse, budget)
        else:
            yield from _from_file(path.resolve(), path.name, "", refuse, budget)


def _from_folder(folder: Path, refuse: Refuse, budget: Budget) -> Iterator[Incoming]:
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            entries = sorted(here.iterdir(), reverse=True)
        except OSError as error:
            refuse(str(here), f"it cannot be read ({error.strerror})")
            continue
        waiting += [entry for entry in entries if _is_own_folder(entry)]
        for entry in reversed(entries):
            if entry.name in LEFT_BEHIND or _is_own_folder(entry):
                continue
            inside = entry.relative_to(folder).as_posix()
            yield from _from_file(entry, folder.name, inside, refuse, budget)


def _is_own_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink() and path.name not in LEFT_BEHIND


def _from_file(
    path: Path, given: str, inside: str, refuse: Refuse, budget: Budget
) -> Iterator[Incoming]:
    where = f"{given}/{inside}" if inside else given
    try:
        about = path.lstat()
        if stat.S_ISLNK(about.st_mode):
            refuse(where, "it is a link to another place, which is not followed")
            return
        if not stat.S_ISREG(about.st_mode):
            refuse(where, "it is not a file")
            return
        modified = datetime.fromtimestamp(about.st_mtime).astimezone()
        if is_zip_name(path.name):
            with path.open("rb") as file:
                yield from _from_zip(file, given, inside, modified, refuse, budget, depth=1)
        elif not may_be_notebook(path.name):
            refuse(where, NOT_A_NOTEBOOK)
        elif about.st_size > LARGEST_NOTEBOOK:
            refuse(where, TOO_LARGE)
        else:
            content = path.read_bytes()
            if is_notebook_by_name(path.name) or looks_like_notebook(content):
                yield Incoming(given, inside, content, modified)
            else:
                refuse(where, NOT_A_NOTEBOOK)
    except OSError as error:
        refuse(where, f"it cannot be read ({error.strerror})")


def _from_zip(
    file: io.BufferedIOBase | io.BufferedReader,
    given: str,
    inside: str,
    modified: datetime,
    refuse: Refuse,
    budget: Budget,
    depth: int,
) -> Iterator[Incoming]:
    where = f"{given}/{inside}" if inside else given
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        refuse(where, "it is damaged, or it is not a zip")
        return
    with archive:
        for member in archive.infolist():
            budget.members_left -= 1
            if budget.members_left < 0:
                refuse(where, f"it holds more than {MOST_MEMBERS:,} files; the rest was not read")
                return
            name = member.filename.replace("\\", "/")
            if name.endswith("/") or LEFT_BEHIND & set(name.split("/")):
                continue
            at = f"{where}/{name}"
            if why := refused_member(member):
                refuse(at, why)
                continue
            nested = is_zip_name(name)
            if not nested and not may_be_notebook(name.rpartition("/")[2]):
                refuse(at, NOT_A_NOTEBOOK)
                continue
            if nested and depth >= DEEPEST:
                refuse(at, f"it is a zip in a zip, more than {DEEPEST} deep")
                continue
            try:
                content = read_member(
                    archive, member, LARGEST_ZIP if nested else LARGEST_NOTEBOOK, budget
                )
            except TooLargeError:
                refuse(at, TOO_LARGE)
                if budget.bytes_left <= 0:
                    refuse(where, "it holds far more than a class can hand in; it was given up")
                    return
                continue
            except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError) as error:
                locked = "encrypted" in str(error)
                refuse(at, "it has a password" if locked else "it is damaged inside the zip")
                continue
            except Exception as error:  # a damaged zip can fail in any decompressor
                refuse(at, f"it cannot be unpacked ({type(error).__name__})")
                continue
            when = member_date(member) or modified
            path = f"{inside}/{name}" if inside else name
            if nested:
                yield from _from_zip(
                    io.BytesIO(content), given, path, when, refuse, budget, depth + 1
                )
            elif is_notebook_by_name(name) or looks_like_notebook(content):
                yield Incoming(given, path, content, when)
            else:
                refuse(at, NOT_A_NOTEBOOK)


NOT_A_NOTEBOOK = "it is not a notebook (.ipynb) and not a zip"
TOO_LARGE = f"it is larger than {LARGEST_NOTEBOOK // 1_000_000} megabytes, or grows to that"


def refused_member(member: zipfile.ZipInfo) -> str:
    """Why a member of a zip is not even looked at; empty if it is."""
    name = member.filename.replace("\\", "/")
    if stat.S_ISLNK(member.external_attr >> 16):
        return "it is a link to another place, which is not followed"
    if name.startswith("/") or re.match(r"[A-Za-z]:", name):
        return "its name in the zip is that of a fixed place on a computer"
    if ".." in name.split("/"):
        return "its name in the zip leads out of the folder (..)"
    if "\0" in name:
        return "its name in the zip is not a name"
    return ""


def read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int, budget: Budget
) -> bytes:
    """The content of a member, as long as it is small: a zip may lie about its sizes."""
    most = min(most, budget.bytes_left)
    with archive.open(member) as file:
        content = file.read(most + 1)
    budget.bytes_left -= len(content)
    if len(content) > most:
        raise TooLargeError
    return content


def member_date(member: zipfile.ZipInfo) -> datetime | None:
    """The date of a member, in the computer's own time, or None if the zip does not say."""
    try:
        when = datetime(*member.date_time)
    except ValueError:
        return None
    return when.astimezone() if when.year > 1980 else None


def is_zip_name(name: str) -> bool:
    """Whether a file calls itself a zip."""
    return name.lower().endswith(".zip")


def is_notebook_by_name(name: str) -> bool:
    """Whether a file is called like a notebook: what browsers add to a name does not matter.

    Examples
    --------
    >>> is_notebook_by_name("set (1).IPYNB"), is_notebook_by_name("set.ipynb.txt")
    (True, True)
    """
    ending = r"\.ipynb(?:[ (_-]*\d+\)?)?(?:\.txt|\.json)?$"
    return re.search(ending, name, re.IGNORECASE) is not None


def may_be_notebook(name: str) -> bool:
    """Whether it is worth a look inside."""
    return is_notebook_by_name(name) or name.lower().endswith((".json", ".txt"))


def looks_like_notebook(content: bytes) -> bool:
    """Whether a file of another name is a notebook."""
    return content.lstrip()[:1] == b"{" and b'"nbformat"' in content and b'"cells"' in content


@dataclass
class Refusals:
    """What was not taken, in the order in which it was met."""

    reasons: dict[str, str] = field(default_factory=dict)

    def __call__(self, where: str, why: str) -> None:
        self.reasons[where] = why
