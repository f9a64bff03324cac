"""What came in: notebooks and progress in files, folders, zips, read without unpacking anything.

The names inside a zip are only read, never used as paths. So no name can lead out of a folder.
"""

from __future__ import annotations

import io
import re
import stat
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

LARGEST_NOTEBOOK = 20_000_000  # bytes
LARGEST_ZIP = 100_000_000  # bytes, of a zip inside a zip
MOST_BYTES = 20_000_000_000  # of everything that is unpacked in one go
MOST_OF_A_PART = 150_000_000  # bytes unpacked of what one student sent
MOST_FILES = 1_000  # of one student, that are read
MOST_MEMBERS = 20_000  # of one student, whose names are read
MOST_SECONDS = 60.0  # for all that one student sent
MOST_REFUSED = 5  # files of one student that are named one by one
LARGEST_DIRECTORY = 20_000_000  # bytes, of the list of names in a zip
LONGEST_PATH = 1_000  # characters
DEEPEST = 3  # zips in zips in zips
LEFT_BEHIND = {
    *("__MACOSX", ".ipynb_checkpoints", ".DS_Store", "Thumbs.db", "desktop.ini"),
    *(".venv", "venv", "site-packages", "node_modules", ".git", "__pycache__"),
}

Refuse = Callable[[str, str], None]  # (where it is, why it is refused)


@dataclass(frozen=True)
class Kind:
    """A kind of file that is looked for.

    Attributes
    ----------
    by_name : callable
        Whether a file's name says that it is one.
    by_content : callable
        Whether its content does: for files that a platform or a browser has renamed.
    refusal : str
        Why another file is not taken.
    plural : str
        What such files are called.
    """

    by_name: Callable[[str], bool]
    by_content: Callable[[bytes], bool]
    refusal: str
    plural: str

    def may_be(self, name: str) -> bool:
        """Whether it is worth a look inside."""
        return self.by_name(name) or name.lower().endswith((".json", ".txt"))


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
    """How much of one student's part may still be read: a small zip can hold more than a disk."""

    refuse: Refuse
    kind: Kind
    bytes_left: int = field(default_factory=lambda: MOST_OF_A_PART)
    files_left: int = field(default_factory=lambda: MOST_FILES)
    members_left: int = field(default_factory=lambda: MOST_MEMBERS)
    seconds_left: float = field(default_factory=lambda: MOST_SECONDS)
    others: int = 0  # files of no such kind
    where: str = ""  # the last of them

    def looked_at(self, file: Incoming) -> Iterator[Incoming]:
        """Hand a file on, and count how long it takes until the next one is wanted."""
        began = time.monotonic()
        yield file
        self.seconds_left -= time.monotonic() - began

    def refuse_file(self, where: str) -> None:
        """Say that a file is of another kind; of many, how many they are."""
        self.others, self.where = self.others + 1, where
        if self.others <= MOST_REFUSED:
            self.refuse(where, self.kind.refusal)


class Budgets:
    """A budget for each student's part of an export: what one spends costs nobody else.

    A part is the first folder, or the zip or file without a folder, below what all have in common.
    """

    def __init__(self, refuse: Refuse, kind: Kind, common: str = ""):
        self.refuse, self.kind, self.common = refuse, kind, common
        self.parts: dict[str, Budget] = {}
        self.bytes_left = MOST_BYTES

    def of(self, name: str) -> Budget:
        """The budget to which a path belongs."""
        part = name.removeprefix(self.common).partition("/")[0]
        return self.parts.setdefault(part, Budget(self.refuse, self.kind))

    def close(self) -> None:
        """Say of how many files in a part there was no word."""
        for budget in self.parts.values():
            more = budget.others - MOST_REFUSED
            if more > 0:
                self.refuse(f"{budget.where} and others", f"{more} more: {self.kind.refusal}")


def common_folder(names: list[str]) -> str:
    """The folder in which all paths lie, with its slash; empty if there is none."""
    folders = [name.split("/")[:-1] for name in names if not name.endswith("/")]
    common: list[str] = []
    for parts in zip(*folders, strict=False):
        if len(set(parts)) > 1:
            break
        common.append(parts[0])
    return "".join(f"{part}/" for part in common)


class TooLargeError(Exception):
    """More than the budget."""


def files_in(paths: list[Path], refuse: Refuse, kind: Kind) -> Iterator[Incoming]:
    """Every file that may be of a kind, in files, folders, zips and zips in zips.

    Parameters
    ----------
    paths : list of Path
        What the teacher named.
    refuse : callable
        Told, with a reason, of everything that is not taken.
    kind : Kind
        What is looked for.

    Yields
    ------
    Incoming
    """
    for path in paths:
        budgets = Budgets(refuse, kind)
        if not path.exists():
            refuse(str(path), "there is no such file or folder")
        elif path.is_dir():
            yield from _from_folder(path.resolve(), refuse, budgets)
        else:
            yield from _from_file(path.resolve(), readable(path.name), "", refuse, budgets)
        budgets.close()


def readable(name: str) -> str:
    """A file's name as text: one that is not UTF-8 is Latin-1, as old zips have it.

    Examples
    --------
    >>> readable("Anna M\\udcfcller")
    'Anna Müller'
    """
    if not any("\ud800" <= char <= "\udfff" for char in name):
        return name
    return name.encode("utf-8", "surrogateescape").decode("latin-1")


def _from_folder(folder: Path, refuse: Refuse, budgets: Budgets) -> Iterator[Incoming]:
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            entries = sorted(here.iterdir(), reverse=True)
        except OSError as error:
            refuse(readable(str(here)), f"it cannot be read ({error.strerror})")
            continue
        waiting += [entry for entry in entries if _is_own_folder(entry)]
        for entry in reversed(entries):
            if entry.name in LEFT_BEHIND or _is_own_folder(entry):
                continue
            inside = readable(entry.relative_to(folder).as_posix())
            yield from _from_file(entry, readable(folder.name), inside, refuse, budgets)


def _is_own_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink() and path.name not in LEFT_BEHIND


def _from_file(
    path: Path, given: str, inside: str, refuse: Refuse, budgets: Budgets
) -> Iterator[Incoming]:
    where = f"{given}/{inside}" if inside else given
    budget = budgets.of(inside)
    if inside and (why := spent(budget)):
        refuse(_part(given, inside, budgets), why)
        return
    budget.members_left -= 1
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
                yield from _from_zip(
                    file, given, inside, modified, budgets, budget if inside else None, depth=1
                )
        elif not budget.kind.may_be(path.name):
            budget.refuse_file(where)
        elif about.st_size > LARGEST_NOTEBOOK:
            refuse(where, TOO_LARGE)
        else:
            budget.files_left -= 1
            budget.bytes_left -= about.st_size
            content = path.read_bytes()
            if budget.kind.by_name(path.name) or budget.kind.by_content(content):
                yield from budget.looked_at(Incoming(given, inside, content, modified))
            else:
                budget.refuse_file(where)
    except OSError as error:
        refuse(where, f"it cannot be read ({error.strerror})")


def spent(budget: Budget) -> str:
    """Why no more is read of a part; empty as long as there is something left."""
    if budget.members_left <= 0:
        return f"it holds more than {MOST_MEMBERS:,} files; {THE_REST}"
    if budget.files_left <= 0:
        return (
            f"it holds more than {MOST_FILES:,} files that may be {budget.kind.plural}; {THE_REST}"
        )
    if budget.bytes_left <= 0:
        return f"it holds more than {MOST_OF_A_PART // 1_000_000} megabytes; {THE_REST}"
    if budget.seconds_left <= 0:
        return f"it took more than {MOST_SECONDS:g} seconds to read; {THE_REST}"
    return ""


def _part(given: str, inside: str, budgets: Budgets) -> str:
    """How the part of an export is named to which a path belongs."""
    below = inside.removeprefix(budgets.common).partition("/")[0]
    return f"{given}/{budgets.common}{below}"


def _from_zip(
    file: io.BufferedIOBase | io.BufferedReader,
    given: str,
    inside: str,
    modified: datetime,
    around: Budgets,
    budget: Budget | None,
    depth: int,
) -> Iterator[Incoming]:
    """Every file of the kind in a zip; with a budget it is a part, else it has parts."""
    refuse, kind = around.refuse, around.kind
    where = f"{given}/{inside}" if inside else given
    try:
        if directory_size(file) > LARGEST_DIRECTORY:
            refuse(where, f"it holds far too many files; {THE_REST}")
            return
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        refuse(where, "it is damaged, or it is not a zip")
        return
    with archive:
        members = archive.infolist()
        names = [member.filename.replace("\\", "/") for member in members]
        budgets = Budgets(refuse, kind, common_folder(names))
        given_up: set[int] = set()
        for member, name in zip(members, names, strict=True):
            own = budget or budgets.of(name)
            if id(own) in given_up:
                continue
            if why := spent(own):
                given_up.add(id(own))
                refuse(where if budget else f"{where}/{_part('', name, budgets)[1:]}", why)
                continue
            if name.endswith("/") or LEFT_BEHIND & set(name.split("/")):
                continue
            own.members_left -= 1
            yield from _from_member(
                archive, member, name, given, inside, modified, budgets, own, depth
            )
        budgets.close()


def _from_member(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    name: str,
    given: str,
    inside: str,
    modified: datetime,
    around: Budgets,
    budget: Budget,
    depth: int,
) -> Iterator[Incoming]:
    refuse = around.refuse
    where = f"{given}/{inside}" if inside else given
    at = f"{where}/{name}"
    if why := refused_member(member):
        refuse(at[:LONGEST_PATH], why)
        return
    nested = is_zip_name(name)
    if not nested and not budget.kind.may_be(name.rpartition("/")[2]):
        budget.refuse_file(at)
        return
    if nested and depth >= DEEPEST:
        refuse(at, f"it is a zip in a zip, more than {DEEPEST} deep")
        return
    budget.files_left -= 1
    try:
        content = read_member(archive, member, LARGEST_ZIP if nested else LARGEST_NOTEBOOK, budget)
    except TooLargeError:
        refuse(at, spent(budget) or TOO_LARGE)
        return
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError) as error:
        locked = "encrypted" in str(error)
        refuse(at, "it has a password" if locked else "it is damaged inside the zip")
        return
    except Exception:  # a damaged zip can fail in any decompressor
        refuse(at, "it is packed in a way that cannot be read: zip it again")
        return
    when = member_date(member) or modified
    path = f"{inside}/{name}" if inside else name
    if nested:
        yield from _from_zip(io.BytesIO(content), given, path, when, around, budget, depth + 1)
    elif budget.kind.by_name(name) or budget.kind.by_content(content):
        yield from budget.looked_at(Incoming(given, path, content, when))
    else:
        budget.refuse_file(at)


def directory_size(file: io.BufferedIOBase | io.BufferedReader) -> int:
    """Bytes of the list of names in a zip, which is read whole when a zip is opened.

    It stands in the record at the end of the file. Where that is not to be found, or says that a
    larger record has it, it is the size of the file.
    """
    length = file.seek(0, io.SEEK_END)
    file.seek(max(0, length - 66_000))
    end = file.read(66_000)
    at = end.rfind(b"PK\x05\x06")
    size = int.from_bytes(end[at + 12 : at + 16], "little") if at >= 0 else length
    file.seek(0)
    return length if size == 0xFFFFFFFF else size


THE_REST = "the rest of it was not read"
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
    if len(name) > LONGEST_PATH:
        return f"its name has more than {LONGEST_PATH:,} characters"
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


def looks_like_notebook(content: bytes) -> bool:
    """Whether a file of another name is a notebook."""
    return content.lstrip()[:1] == b"{" and b'"nbformat"' in content and b'"cells"' in content


def is_progress_by_name(name: str) -> bool:
    """Whether a file is called like the file in which a student's progress is kept.

    Examples
    --------
    >>> is_progress_by_name("s1_my_progress (2).jsonl"), is_progress_by_name("progress.pdf")
    (True, False)
    """
    ending = r"my_progress[^/]{0,40}\.(?:jsonl|ndjson)(?:\.txt|\.json)?$"
    return re.search(ending, name, re.IGNORECASE) is not None


def looks_like_progress(content: bytes) -> bool:
    """Whether a file of another name holds a student's progress: by its first line."""
    first = content.lstrip(b"\xef\xbb\xbf \r\n\t").partition(b"\n")[0][:2_000]
    return first[:1] == b"{" and all(key in first for key in (b'"kind"', b'"name"', b'"when"'))


NOTEBOOKS = Kind(
    is_notebook_by_name,
    looks_like_notebook,
    "it is not a notebook (.ipynb) and not a zip",
    "notebooks",
)
PROGRESS = Kind(
    is_progress_by_name,
    looks_like_progress,
    "it is not a my_progress.jsonl and not a zip",
    "progress files",
)
#: What a student hands in: a set, and beside it the progress file if the class asks for it.
HANDED_IN = Kind(
    lambda name: is_notebook_by_name(name) or is_progress_by_name(name),
    lambda content: looks_like_notebook(content) or looks_like_progress(content),
    NOTEBOOKS.refusal,
    NOTEBOOKS.plural,
)


@dataclass
class Refusals:
    """What was not taken, in the order in which it was met."""

    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def unread(self) -> dict[str, str]:
        """What was given up, so that somebody's work may lie in there."""
        return {where: why for where, why in self.reasons.items() if THE_REST in why}

    def __call__(self, where: str, why: str) -> None:
        self.reasons[where] = why
