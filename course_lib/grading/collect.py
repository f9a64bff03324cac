"""Collect what students handed in, as learning platforms export it. Nothing is lost or replaced.

The newest submission of a student lies in ``submitted/ID/SET/SET.ipynb``, byte for byte as it
came; those before it in ``submitted_before/ID/SET/TIME/``; what cannot be told apart in
``unclear/SET/``.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from course_lib.errors import CourseError
from course_lib.exercises import PRACTICE, SETS
from course_lib.exercises.variants import student_name
from course_lib.files import write_atomically
from course_lib.grading.class_folder import ClassFolder, read_json, write_json
from course_lib.grading.decisions import write_down
from course_lib.grading.incoming import HANDED_IN, PROGRESS, Incoming, Refusals, files_in
from course_lib.grading.python_cells import with_student
from course_lib.grading.submission import belongs, cells_of, read_notebook

MOST_READ, LONGEST_READ = 300, 5_000  # cells, and characters of one, that say whose it is
BEFORE, UNCLEAR = "submitted_before", "unclear"
RECORD = "record.json"

BLACKBOARD = re.compile(r"_attempt_(\d{4})-(\d\d)-(\d\d)-(\d\d)-(\d\d)-(\d\d)(?!\d)")
ILIAS = re.compile(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)_")
CANVAS_LATE = re.compile(r"^[^_/]{1,200}_late_\d{1,20}_\d{1,20}_", re.IGNORECASE)
#: What browsers and platforms add to the name of a second download: "set (1)", "set-2".
A_COPY = re.compile(r"[ (_-]{1,3}\d{1,2}\)?(?=\.(?:ipynb|zip)\b)|\(\d{1,2}\)")
#: Numbers that a platform made itself: Moodle's of a participant, Canvas's of a user and a file.
MOODLE = re.compile(r"_\d{1,20}(?=_assignsubmission_)", re.IGNORECASE)
CANVAS = re.compile(
    r"(?:^|(?<=/))([^\W\d_]{1,200})(?:_late)?_\d{1,20}_\d{1,20}(?=_)", re.IGNORECASE
)
NOBODY = "_unclear"  # the folder of progress files that do not say whose they are
A_DATE = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?:-\d\d-\d\d-\d\d)?(?!\d)")


@dataclass
class Collected:
    """What `collect` did; each list in the order in which it happened.

    Attributes
    ----------
    new, replaced, unchanged, late : list of str
        Students whose first submission came, whose newer one came, from whom the same came again,
        whose submission came after the due date.
    unclear, refused : dict
        Files that were put aside, and files that were not taken: each with the reason.
    unread : dict
        What was not read to its end, because it holds too much: somebody's work may lie in there.
    notes : list of str
        What a teacher should know, each a sentence.
    progress : set of str
        Students whose progress file came along; '' for one that does not say whose it is.
    """

    new: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    unclear: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    progress: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Submission:
    student: str
    file: Incoming
    digest: str
    received: datetime
    from_platform: bool  # whether the platform's own name for the file says when it came
    says_late: bool
    of_set: bool  # whether the notebook opens this set


@dataclass(frozen=True)
class _NotTaken:
    file: Incoming
    digest: str
    why: str
    other_set: str = ""  # the set that the notebook opens, if it is another one


def collect(
    folder: ClassFolder,
    set_name: str,
    paths: Iterable[str | Path],
    *,
    student: str = "",
    received: datetime | None = None,
    progress: Callable[[str], None] | None = None,
) -> Collected:
    """Collect the submissions of a set from zips, folders and notebooks.

    Parameters
    ----------
    folder : ClassFolder
        The class.
    set_name : str
        The set.
    paths : iterable of str or Path
        What a learning platform gave, or students sent.
    student : str
        Whose notebook it is, if the teacher knows better than the file; then for one notebook.
    received : datetime, optional
        When it came in, if the teacher knows better than the files.
    progress : callable, optional
        Told the name of each file.

    Returns
    -------
    Collected

    Raises
    ------
    CourseError
        If the set was not released, or the student is not on the roster.
    """
    if set_name not in folder.set_names:
        raise CourseError(f"{set_name} was not released to this class, so nobody can hand it in.")
    roster, owners, refusals = Roster(folder), _owners(folder, set_name), Refusals()
    owner = roster.known(student) if student else ""
    submissions: list[_Submission] = []
    not_taken: list[_NotTaken] = []
    done = Collected()
    for file in files_in([Path(path) for path in paths], refusals, HANDED_IN):
        if progress:
            progress(file.where)
        if PROGRESS.by_name(file.name) or PROGRESS.by_content(file.content):
            done.progress.add(_keep_progress(folder, file, owner or roster.who(file, set_name)[0]))
            continue
        decision = _decide(file, set_name, roster, owners, owner, received)
        if isinstance(decision, _Submission):
            submissions.append(decision)
        else:
            not_taken.append(decision)
    unread = refusals.unread
    done.unread = unread
    done.refused = {where: why for where, why in refusals.reasons.items() if where not in unread}
    of_other_sets = [item for item in not_taken if item.other_set]
    if len(of_other_sets) > 1 and not submissions:  # the wrong export, most likely
        done.notes += _another_sets(of_other_sets)
        not_taken = [item for item in not_taken if not item.other_set]
    _store_all(folder, set_name, submissions, owners, owner, done)
    _report(folder, set_name, roster, not_taken, done)
    return done


def _decide(
    file: Incoming,
    set_name: str,
    roster: Roster,
    owners: dict[str, str],
    owner: str,
    received: datetime | None,
) -> _Submission | _NotTaken:
    """Whose submission a file is, or why it is not taken."""
    digest = hashlib.sha256(file.content).hexdigest()
    student, why_not = roster.who(file, set_name)
    other = other_set(file.content, set_name)
    if owner or ((why_not or other) and digest in owners):  # the teacher knows better
        student, why_not, other = owner or owners[digest], "", ""
    if other:
        return _NotTaken(file, digest, f"it is the notebook of {other}", other)
    if why_not:
        return _NotTaken(file, digest, why_not)
    when, from_platform = _when(file, received)
    return _Submission(
        student=student,
        file=file,
        digest=digest,
        received=when,
        from_platform=from_platform,
        says_late=CANVAS_LATE.match(file.name) is not None,
        of_set=opened_set(file.content) == set_name,
    )


def _store_all(
    folder: ClassFolder,
    set_name: str,
    submissions: list[_Submission],
    owners: dict[str, str],
    owner: str,
    done: Collected,
) -> None:
    """Store every student's submissions, and remember whose a file is if the teacher said so."""
    if owner and len({submission.digest for submission in submissions}) > 1:
        raise CourseError(
            f"These are {len(submissions)} notebooks. With --student, name a single one."
        )
    if owner and submissions:
        # The platform's next export holds the same file again, and it still does not say whose.
        owners = owners | {submissions[0].digest: owner}
        write_json(_owners_path(folder, set_name), owners)
    for name in dict.fromkeys(submission.student for submission in submissions):
        own = [submission for submission in submissions if submission.student == name]
        _take(folder, set_name, name, own, owners, done)
    if owner and submissions:  # last of all: what is interrupted before this is still there
        _remove_from_unclear(folder, set_name, submissions[0].digest)


def _report(
    folder: ClassFolder,
    set_name: str,
    roster: Roster,
    not_taken: list[_NotTaken],
    done: Collected,
) -> None:
    """Put aside what was not taken, for the teacher and the table of marks, and write the log."""
    reasons: dict[str, dict[str, Any]] = {}
    for item in not_taken:
        done.unclear[item.file.where] = item.why
        reasons[item.file.where] = roster.about(item.file, set_name, item.why)
        _keep_as_unclear(folder, set_name, item.file, item.digest, item.why)
    for where, why in (done.unread | done.refused).items():
        unread = Incoming("", where, b"", datetime.now())
        reasons[where] = roster.about(unread, set_name, why, refused=True)
    if reasons:
        before = read_json(folder.not_taken_path(set_name)) or {}
        write_json(folder.not_taken_path(set_name), before | reasons)
    done.notes += _same_files(folder, set_name, set(done.new) | set(done.replaced))
    _write_log(folder, set_name, done)


# --- which one counts


@dataclass(frozen=True)
class Version:
    """One of the notebooks that a student handed in."""

    path: Path
    record: dict[str, Any]
    counts: bool

    def summary(self) -> str:
        """When and from where it came, in a line."""
        when = datetime.fromisoformat(self.record["received"])
        return f"{when:%Y-%m-%d %H:%M}, {self.record['from']}{' (counts)' if self.counts else ''}"


def versions(folder: ClassFolder, set_name: str, student: str) -> list[Version]:
    """All that a student handed in for a set, the oldest first; none of it is ever thrown away."""
    there = folder.submission(set_name, student)
    found: dict[str, Version] = {}
    for path in (folder.root / BEFORE / student / set_name).glob(f"*/{set_name}.ipynb"):
        record = read_json(path.with_name(RECORD))
        if record is not None:
            found[record["sha256"]] = Version(path, record, counts=False)
    if there.is_file():
        record = _record_of(folder, set_name, student)
        found[record["sha256"]] = Version(there, record, counts=True)
    return sorted(found.values(), key=lambda one: datetime.fromisoformat(one.record["received"]))


def let_count(folder: ClassFolder, set_name: str, student: str, number: int, why: str = "") -> str:
    """Let one of a student's notebooks count, whatever comes in later.

    Parameters
    ----------
    folder : ClassFolder
        The class.
    set_name, student : str
        Whose, of which set.
    number : int
        Which one, counted from 1 in the order in which they came.
    why : str
        The reason, for whoever asks later.

    Returns
    -------
    str
        What was done, in a sentence.

    Raises
    ------
    CourseError
        If there is no such notebook.
    """
    found = versions(folder, set_name, student)
    if not 1 <= number <= len(found):
        raise CourseError(
            f"{student} has handed in {len(found)} of {set_name}: give a number from 1 to "
            f"{len(found)}."
            if found
            else f"{student} has handed in no {set_name}."
        )
    chosen, there = found[number - 1], folder.submission(set_name, student)
    if not chosen.counts:
        content = chosen.path.read_bytes()
        if there.is_file():
            record = _record_of(folder, set_name, student)
            _keep_before(folder, set_name, student, record, there.read_bytes())
        _write_there(folder, set_name, student, content, chosen.record)
    write_down(folder, set_name, "counts", chosen.record["sha256"], why, student=student)
    late = " It is late." if folder.late(set_name, student) else ""
    return f"For {student} this one counts: {chosen.record['received'][:16]}.{late}"


# --- who handed it in


class Roster:
    """The class list, as a means of telling whose a file is."""

    def __init__(self, folder: ClassFolder):
        table = folder.roster
        self.ids: list[str] = list(table["id"])
        self.names = {
            row["id"]: (_plain(row["first name"]), _plain(row["last name"]))
            for row in table.to_dict("records")
        }

    def known(self, typed: str) -> str:
        """A student number that a teacher typed, as it is on the roster."""
        try:
            name = student_name(typed)
        except ValueError as error:
            raise CourseError(str(error)) from error
        if name not in self.ids:
            raise CourseError(
                f"{typed} is not on the roster. Put the student there first: course class enrol "
                f"{name}"
            )
        return name

    def who(self, file: Incoming, set_name: str) -> tuple[str, str]:
        """Whose a file is, or why that is not clear."""
        # What the platform put around the file counts before the name of the whole download.
        ids = self._ids_in(file.inside, set_name) or self._ids_in(file.given, set_name)
        named = self._named_in(file.inside) or self._named_in(file.given)
        if len(ids) > 1:
            return "", f"its name holds the numbers of several students: {', '.join(ids)}"
        if ids and named and ids[0] not in named:
            return "", f"its name holds the number {ids[0]} and the name of {', '.join(named)}"
        if ids:
            return ids[0], ""
        wrote = written_student(file.content)
        if wrote in self.ids:
            if named and wrote not in named:
                people = ", ".join(named)
                return "", f"the notebook says {wrote}, and the name of the file points to {people}"
            return wrote, ""
        if len(named) == 1:
            return named[0], ""
        if named:
            return "", f"several students have that name: {', '.join(named)}"
        if wrote:
            return "", f"the notebook says {wrote!r}, which is not on the roster"
        return "", "neither the name of the file nor the notebook says whose it is"

    def named_by_platform(self, where: str, set_name: str) -> list[str]:
        """The students whom the platform's own part of a path names."""
        by = sender(where)
        return self._ids_in(by, set_name) + self._named_in(by) if by else []

    def about(
        self, file: Incoming, set_name: str, why: str, *, refused: bool = False
    ) -> dict[str, Any]:
        """Whose a file that was not taken may be, and why it was not: for the table of marks."""
        people = self._ids_in(file.where, set_name) + self._named_in(file.where)
        people += [written_student(file.content)] if file.content else []
        students = sorted(set(people) & set(self.ids))
        return {"students": students, "why": why, "refused": refused}

    def _ids_in(self, path: str, set_name: str) -> list[str]:
        """The student numbers that stand as whole words in a path."""
        text = A_DATE.sub(" ", path.lower().replace(set_name.lower(), " "))
        text = CANVAS.sub(r"\1", MOODLE.sub("", ILIAS.sub(" ", text)))
        # The 2 in "set-2.ipynb" is nobody's number; the length stays, so that positions agree.
        bare = A_COPY.sub(lambda found: " " * len(found[0]), text)
        spans = {
            found.span(): name
            for name in self.ids
            if name in text  # Python keeps 512 compiled patterns, and a class can have more names
            for found in re.finditer(
                rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", bare if name.isdigit() else text
            )
        }
        # s1 inside s1-b is not s1, if there is an s1-b.
        longest = [
            name
            for (start, end), name in spans.items()
            if not any(
                (other_start, other_end) != (start, end)
                and other_start <= start
                and end <= other_end
                for other_start, other_end in spans
            )
        ]
        return sorted(set(longest))

    def _named_in(self, path: str) -> list[str]:
        """The students whose first and last name both stand in a path."""
        found = []
        for part in path.split("/"):
            words = _plain(part)
            for name, (first, last) in self.names.items():
                glued = {"".join(last + first), "".join(first + last)}
                whole = first and last and set(first + last) <= set(words)
                if whole or (first and last and glued & set(words)):
                    found.append(name)
        return sorted(set(found))


def _plain(text: str) -> list[str]:
    """The words of a text: small letters, without accents."""
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(char for char in text if not unicodedata.combining(char))
    return re.findall(r"[^\W_]+", text)


@lru_cache(maxsize=4)
def _cells(content: bytes) -> tuple[tuple[str, str], ...]:
    """Id and source of each code cell; nothing if the file is damaged."""
    book, _ = read_notebook(content)
    if book is None:
        return ()
    cells = [(one.id, one.source) for one in cells_of(book) if one.type == "code"]
    # Whose a notebook is, short cells near its top say; to read long ones takes seconds each.
    return tuple(cell for cell in cells[:MOST_READ] if len(cell[1]) <= LONGEST_READ)


def written_student(content: bytes) -> str:
    """The student number in a notebook's first cell, or an empty text."""
    cells = sorted(_cells(content), key=lambda cell: cell[0] != "student")
    for _, source in cells:
        if "STUDENT" in source and (wrote := with_student(source, "")[1]):
            try:
                return student_name(wrote)
            except ValueError:
                return wrote
    return ""


def opened_set(content: bytes) -> str:
    """The set that a notebook opens, or an empty text."""
    for _, source in _cells(content):
        if found := re.search(r"personal_set\([ \t\n]{0,20}([\"'])([^\"'\n]{0,100})\1", source):
            return found[2]
    return ""


def other_set(content: bytes, set_name: str) -> str:
    """The set that a notebook opens, if it is another one."""
    opened = opened_set(content)
    return opened if opened in SETS and opened != set_name else ""


def opened_class(content: bytes) -> str:
    """The class whose numbers a notebook shows, or an empty text."""
    for _, source in _cells(content):
        if "personal_set(" in source:
            found = re.search(r"course_class[ ]{0,9}=[ ]{0,9}([\"'])([^\"'\n]{0,100})\1", source)
            return found[2] if found else PRACTICE
    return ""


# --- when it came


def _when(file: Incoming, received: datetime | None) -> tuple[datetime, bool]:
    """When a file came in, and whether somebody who knows says so."""
    if received is not None:
        return received.astimezone(), True
    for pattern in (BLACKBOARD, ILIAS):
        if found := pattern.search(file.where):
            try:
                moment = datetime.strptime("".join(found.groups()), "%Y%m%d%H%M%S")
                return moment.astimezone(), True
            except ValueError:
                continue
    return file.modified, False


# --- putting it where it belongs


def _take(
    folder: ClassFolder,
    set_name: str,
    student: str,
    submissions: list[_Submission],
    owners: dict[str, str],
    done: Collected,
) -> None:
    """Take the files of one student, the oldest first."""
    submissions = _of_this_set(folder, set_name, student, submissions, owners, done)
    if len({submission.digest for submission in submissions}) > 1 and any(
        submission.of_set for submission in submissions
    ):
        for submission in submissions:
            if not submission.of_set:
                _unclear(
                    folder, set_name, submission, done, "beside it lies the notebook of the set"
                )
        submissions = [submission for submission in submissions if submission.of_set]
    submissions.sort(key=lambda submission: submission.received)
    last = [
        submission for submission in submissions if submission.received == submissions[-1].received
    ]
    if len({submission.digest for submission in last}) > 1:
        standing = _digest(folder.submission(set_name, student))
        why = f"{student} handed in different notebooks at the same time; only one can count"
        for submission in last:
            if submission.digest != standing:
                if standing not in owners:  # the teacher has not said which one counts
                    _unclear(folder, set_name, submission, done, why)
                submissions.remove(submission)
    if not submissions:
        return
    kept = _digests_before(folder, set_name, student)
    outcomes = [_store(folder, set_name, submission, done) for submission in submissions]
    for outcome, names in (("new", done.new), ("replaced", done.replaced)):
        if outcome in outcomes:
            names.append(student)
            break
    else:
        done.unchanged.append(student)
    older = len(_digests_before(folder, set_name, student) - kept)
    if older and done.new[-1:] == [student]:
        done.notes.append(
            f"{student}: more than one notebook came. The newest counts; "
            f"{'the other is' if older == 1 else f'{older} others are'} kept in {BEFORE}."
        )
    if folder.late(set_name, student):
        done.late.append(student)
    _note(folder, set_name, student, done)


def _of_this_set(
    folder: ClassFolder,
    set_name: str,
    student: str,
    submissions: list[_Submission],
    owners: dict[str, str],
    done: Collected,
) -> list[_Submission]:
    """Those that may be a student's set: not a lesson, and not another person's later file."""
    released = json.loads(folder.released(set_name).read_text("utf-8"))
    beside = any(submission.of_set for submission in submissions)
    there = folder.submission(set_name, student)
    readable = there.is_file() and read_notebook(there.read_bytes())[0] is not None
    kept = []
    for submission in sorted(submissions, key=lambda one: one.received):
        book, why = read_notebook(submission.file.content)
        if submission.digest in owners or submission.digest == _digest(there):
            kept.append(submission)
        elif book is None and readable:
            _unclear(folder, set_name, submission, done, f"{why}. What came before it stays")
        elif book is not None and not (submission.of_set or beside or belongs(book, released)):
            why = "it holds nothing of this set: is it the lesson, or a notebook of their own?"
            _unclear(folder, set_name, submission, done, why)
        else:
            kept.append(submission)
    return _of_this_student(folder, set_name, student, kept, owners, done)


def _of_this_student(
    folder: ClassFolder,
    set_name: str,
    student: str,
    submissions: list[_Submission],
    owners: dict[str, str],
    done: Collected,
) -> list[_Submission]:
    """Those that came from where this student's work came from before.

    A number in the name of a file, or in a notebook, is what its sender wrote. Where the platform
    itself names the student, that counts; else the first sender keeps the place.
    """
    roster, kept = Roster(folder), list[_Submission]()
    there = folder.submission(set_name, student)
    first, standing = "", _digest(there)
    if standing:
        first = _record_of(folder, set_name, student)["from"]
    for submission in submissions:
        where = submission.file.where
        if (
            not first
            or submission.digest in owners
            or submission.digest == standing
            or first == "put there by hand"
            or sender(where) == sender(first)
            or student in roster.named_by_platform(where, set_name)
        ):
            kept.append(submission)
            first = first or where
            continue
        why = (
            f"it says that it is {student}'s, whose work came from {first}. If it is theirs too, "
            "say so with --student"
        )
        _unclear(folder, set_name, submission, done, why)
    return kept


def sender(where: str) -> str:
    """From whom a file came, as far as the platform says so: without dates, copies, attempts.

    Examples
    --------
    >>> sender("all.zip/Anna Li_123_assignsubmission_file_/a.ipynb")
    'Anna Li_123_assignsubmission_file_'
    >>> sender("all.zip/E_s1_attempt_2027-01-30-14-23-11_a.ipynb"), sender("new.zip/s1.ipynb")
    ('E_s1', '')
    """
    path = where.partition("/")[2]
    for part in path.split("/"):
        if "_assignsubmission_" in part:
            return part
        if found := BLACKBOARD.search(part):
            return part[: found.start()]
        if found := re.match(r"([^\W\d_]{1,200})(?:_late)?_(\d{1,20})_\d{1,20}_", part, re.I):
            return f"{found[1]}_{found[2]}"
    folder = path.rpartition("/")[0]
    return "" if ".zip" in folder.lower() else folder.rpartition("/")[2]


def _unclear(
    folder: ClassFolder, set_name: str, submission: _Submission, done: Collected, why: str
) -> None:
    done.unclear[submission.file.where] = why
    _keep_as_unclear(folder, set_name, submission.file, submission.digest, why)


def _store(folder: ClassFolder, set_name: str, submission: _Submission, done: Collected) -> str:
    """Store one submission: "new", "replaced", or "unchanged"."""
    path = folder.submission(set_name, submission.student)
    if not path.exists():
        _write(folder, set_name, submission)
        return "new"
    record = _record_of(folder, set_name, submission.student)
    if record["sha256"] == submission.digest:
        if folder.collected(set_name, submission.student) != record:
            _write(folder, set_name, submission)  # the last time was interrupted
        return "unchanged"
    newer = submission.received > datetime.fromisoformat(record["received"])
    if folder.decided(set_name, "counts", submission.student):
        # The teacher has said which one counts, and nothing that comes in changes that.
        if submission.digest not in _digests_before(folder, set_name, submission.student):
            _keep_before(
                folder, set_name, submission.student, _record(submission), submission.file.content
            )
            done.notes.append(
                f"{submission.student}: another notebook came, {submission.file.where}. The one "
                f"that you chose counts; this one is in {BEFORE}. To choose: course class counts "
                f"{set_name} {submission.student}"
            )
        return "unchanged"
    if submission.digest in _digests_before(folder, set_name, submission.student):
        if not (newer and submission.from_platform):
            return "unchanged"
    elif not newer:
        _keep_before(
            folder, set_name, submission.student, _record(submission), submission.file.content
        )
        done.notes.append(
            f"{submission.student}: {submission.file.where} is older than what is there. "
            f"It was put into "
            f"{BEFORE}, and the newer one stays."
        )
        return "unchanged"
    _keep_before(folder, set_name, submission.student, record, path.read_bytes())
    _write(folder, set_name, submission)
    return "replaced"


def _write(folder: ClassFolder, set_name: str, submission: _Submission) -> None:
    """Write a submission that came."""
    content, record = submission.file.content, _record(submission)
    _write_there(folder, set_name, submission.student, content, record)


def _write_there(
    folder: ClassFolder, set_name: str, student: str, content: bytes, record: dict[str, Any]
) -> None:
    """Write what counts; its record last of all, so that an interruption can be seen."""
    path = folder.submission(set_name, student)
    write_atomically(path, content)
    received = datetime.fromisoformat(record["received"])
    write_atomically(path.with_name("timestamp.txt"), _timestamp(received).encode())
    write_json(folder.collected_path(set_name, student), record)


def _record(submission: _Submission) -> dict[str, Any]:
    return {
        "sha256": submission.digest,
        "received": submission.received.isoformat(),
        "platform_says_when": submission.from_platform,
        "platform_says_late": submission.says_late,
        "from": submission.file.where,
    }


def _record_of(folder: ClassFolder, set_name: str, student: str) -> dict[str, Any]:
    """What is known of the submission that is there, also if it was put there by hand."""
    path = folder.submission(set_name, student)
    digest = _digest(path)
    record = folder.collected(set_name, student)
    if record is not None and record["sha256"] == digest:
        return record
    modified = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return {
        "sha256": digest,
        "received": modified.isoformat(),
        "platform_says_when": False,
        "platform_says_late": False,
        "from": "put there by hand",
    }


def _timestamp(moment: datetime) -> str:
    """A moment as nbgrader writes it into timestamp.txt."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f} UTC\n"


def _keep_before(
    folder: ClassFolder, set_name: str, student: str, record: dict[str, Any], content: bytes
) -> None:
    """Keep an earlier submission; one that is kept already is not kept twice."""
    if record["sha256"] in _digests_before(folder, set_name, student):
        return
    when = f"{datetime.fromisoformat(record['received']):%Y-%m-%dT%H%M%S}"
    folder_before, count = folder.root / BEFORE / student / set_name, 1
    while (folder_before / (name := when if count == 1 else f"{when}-{count}")).exists():
        count += 1
    write_atomically(folder_before / name / f"{set_name}.ipynb", content)
    write_json(folder_before / name / RECORD, record)


def _digests_before(folder: ClassFolder, set_name: str, student: str) -> set[str]:
    folder_before = folder.root / BEFORE / student / set_name
    found = folder_before.glob(f"*/{set_name}.ipynb")
    return {_digest(path) for path in found}


def _owners_path(folder: ClassFolder, set_name: str) -> Path:
    return folder.root / "collected" / f"{set_name}.by_hand.json"


def _owners(folder: ClassFolder, set_name: str) -> dict[str, str]:
    """Files that the teacher assigned to a student, because they do not say whose they are."""
    return dict(read_json(_owners_path(folder, set_name)) or {})


def _digest(path: Path) -> str:
    """The fingerprint of a file; an empty text if there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _keep_progress(folder: ClassFolder, file: Incoming, student: str) -> str:
    """Keep a progress file that came along; return whose it is, or ''.

    All that one student sent is kept: the files of two computers hold different lines.
    """
    digest = hashlib.sha256(file.content).hexdigest()[:12]
    name = f"my_progress_{digest}.jsonl"
    write_atomically(folder.progress / (student or NOBODY) / name, file.content)
    return student


def _keep_as_unclear(
    folder: ClassFolder, set_name: str, file: Incoming, digest: str, why: str
) -> None:
    """Keep a copy of what is unclear, under a name that is the same each time."""
    safe = re.sub(r"[^\w.-]+", "_", file.where.rpartition("/")[2])[-60:].lstrip(".")
    place = folder.root / UNCLEAR / set_name
    path = place / f"{digest[:12]}-{safe or 'file'}"
    if not path.exists():
        write_atomically(path, file.content)
    write_atomically(
        path.with_name(f"{path.name}.why.txt"),
        f"{_one_line(file.where)}: {why}\n".encode(errors="replace"),
    )


def _remove_from_unclear(folder: ClassFolder, set_name: str, digest: str) -> None:
    """Take what the teacher has given to a student out of what is unclear: it is submitted now."""
    for path in (folder.root / UNCLEAR / set_name).glob(f"{digest[:12]}-*"):
        path.unlink()


def _another_sets(of_other_sets: list[_NotTaken]) -> list[str]:
    """One sentence for each other set, if nothing of this one came."""
    sets = Counter(item.other_set for item in of_other_sets)
    return [
        f"{count} notebooks are of {other}, and none of them was taken. Is it the right file? To "
        f"take them, collect {other}."
        for other, count in sets.items()
    ]


def _note(folder: ClassFolder, set_name: str, student: str, done: Collected) -> None:
    """Sentences on a submission that a teacher should read before it is graded."""
    if student not in done.new and student not in done.replaced:
        return
    content = folder.submission(set_name, student).read_bytes()
    _, why = read_notebook(content)
    if why:
        done.notes.append(f"{student}: {why}. It cannot be graded.")
    wrote = written_student(content)
    if wrote and wrote != student:
        done.notes.append(f"{student}: the notebook says STUDENT = {wrote!r}.")
    opened = opened_class(content)
    if opened and opened != folder.token:
        done.notes.append(
            f"{student}: the notebook is of another class ({opened[:20]!r}), so its numbers are "
            "not those that are marked."
        )


def _same_files(folder: ClassFolder, set_name: str, fresh: set[str]) -> list[str]:
    """Who handed in the very same file as somebody else."""
    students: dict[str, list[str]] = {}
    for student in folder.students_with(set_name):
        digest = _digest(folder.submission(set_name, student))
        students.setdefault(digest, []).append(student)
    return [
        f"{' and '.join(names)} handed in the very same file."
        for names in students.values()
        if len(names) > 1 and fresh & set(names)
    ]


def _write_log(folder: ClassFolder, set_name: str, done: Collected) -> None:
    """Add what was said to a log: a screen forgets."""
    path = folder.root / "collected" / f"{set_name}.log"
    before = path.read_text("utf-8") if path.is_file() else ""
    lines = [
        f"{datetime.now().astimezone():%Y-%m-%d %H:%M} collected: {len(done.new)} new, "
        f"{len(done.replaced)} replaced, {len(done.unchanged)} unchanged",
        *(f"  new: {student}" for student in done.new),
        *(f"  replaced: {student}" for student in done.replaced),
        *(f"  late: {student}" for student in done.late),
        *(f"  not read: {where}: {why}" for where, why in done.unread.items()),
        *(f"  unclear: {where}: {why}" for where, why in done.unclear.items()),
        *(f"  refused: {where}: {why}" for where, why in done.refused.items()),
        *(f"  {note}" for note in done.notes),
    ]
    text = before + "".join(f"{_one_line(line)}\n" for line in lines)
    write_atomically(path, text.encode(errors="replace"))


def _one_line(text: str) -> str:
    """A text without line breaks and control characters: file names may hold any."""
    return "".join(char if char.isprintable() else "?" for char in text)
