"""What a student has done: predictions, quiz answers, checks, in one file that is the student's.

Every event is one line of JSON at the end of ``my_progress.jsonl``, beside the notebook. Lines
are only ever added. So nothing is lost when a kernel restarts or a program stops half-way, and
a damaged line costs that line alone.
"""

from __future__ import annotations

import base64
import html
import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from course_lib import __version__
from course_lib.sentence import agreeing

FILE_NAME = "my_progress.jsonl"
LESSON_OF_ID = re.compile(r"\d\d(?= )")  # the id of a lab, quiz or check: '05 pole'


def progress_file() -> Path | None:
    """Where progress is kept, or None where nothing is kept: in tests and stored notebooks.

    The environment variable COURSE_PROGRESS names another file, or ``off``.
    """
    chosen = os.environ.get("COURSE_PROGRESS", "")
    if chosen:
        return None if chosen == "off" else Path(chosen)
    if "PYTEST_VERSION" in os.environ:
        return None
    return Path.cwd() / FILE_NAME


def record(kind: str, name: str, **details: Any) -> str:
    """Add one event at the end of the file; return a sentence if that was not possible, else ''.

    Parameters
    ----------
    kind : {"prediction", "quiz", "check", "challenge"}
        What happened.
    name : str
        The id of the lab, quiz or check. It begins with the number of its lesson.
    **details
        What the student chose or wrote; for a person who reads it, the `title` as well.
    """
    file = progress_file()
    if file is None:
        return ""
    event = {"kind": kind, "name": name, "when": _now(), "course": __version__, **details}
    if lesson := lesson_of(event):
        event["lesson"] = lesson
    return add_line(file, event, "Your answer counts here")


def add_line(file: Path, event: Mapping[str, Any], counts: str) -> str:
    """Add one event at the end of a file; if that is not possible, a sentence, else ''.

    Parameters
    ----------
    file : Path
        The file.
    event : mapping
        What happened.
    counts : str
        How the sentence begins: what is there all the same.
    """
    try:
        # A line that was cut off by a crash must not swallow the next one.
        start = "" if _ends_with_newline(file) else "\n"
        with file.open("a", encoding="utf-8", errors="replace") as lines:
            lines.write(start + json.dumps(event, ensure_ascii=False, default=str) + "\n")
    except OSError as error:
        return (
            f"{counts}, but it could not be saved in {file.name} "
            f"({error.strerror}). Check that you may write in this folder."
        )
    return ""


def events() -> list[dict[str, Any]]:
    """All events of the student's file, oldest first."""
    return read_lines(progress_file())


def read_lines(file: Path | None) -> list[dict[str, Any]]:
    """All events of a file, oldest first; lines that cannot be read are passed over."""
    if file is None:
        return []
    try:
        content = file.read_text(encoding="utf-8", errors="replace")
    except OSError:  # not there yet; if it cannot be read, then `add_line` says so
        return []
    valid = []
    for line in content.split("\n"):  # splitlines() also splits at U+2028 within an answer
        try:
            event = json.loads(line)
        except json.JSONDecodeError:
            continue
        if isinstance(event, dict) and all(
            isinstance(event.get(key), str) for key in ("kind", "name", "when")
        ):
            valid.append(event)
    return valid


def recall(kind: str, name: str, title: str = "") -> dict[str, Any] | None:
    """The event of this kind that counts, or None.

    Parameters
    ----------
    kind : str
        What happened.
    name : str
        The id of the lab, quiz or check.
    title : str, optional
        Its title: versions of the course that wrote no version kept it in the place of the id.
    """
    latest = _latest(events())
    before = latest.get((kind, title))
    return latest.get((kind, name)) or (before if before and "course" not in before else None)


def lesson_of(event: Mapping[str, Any]) -> str:
    """The number of an event's lesson; '' in files of older versions, which kept none."""
    found = LESSON_OF_ID.match(event["name"])
    return found[0] if found else ""


def _latest(history: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """What counts: the last event of each, but once a quiz was right it stays right."""
    latest: dict[tuple[str, str], dict[str, Any]] = {}
    for event in history:
        key = event["kind"], event["name"]
        if event.get("right") or not latest.get(key, {}).get("right"):
            latest[key] = event
    return latest


class MyProgress:
    """What the student has done so far, what came out otherwise, and where to go on.

    Parameters
    ----------
    history : list of dict
        The events of the file, oldest first.
    lessons : sequence of str
        The file names of the lessons that are there.
    """

    def __init__(self, history: list[dict[str, Any]], lessons: Sequence[str] = ()):
        self.latest = list(_latest(history).values())
        self.open = [_title(event) for event in self.latest if _is_open(event)]
        first = {event["name"]: event for event in reversed(history) if event["kind"] == "quiz"}
        self.changed = [
            _title(event)
            for event in self.latest
            if event["kind"] == "quiz"
            and event.get("right")
            and _is_wrong_quiz(first[event["name"]])
        ]
        self.surprised = [_surprise(event) for event in self.latest if _is_surprise(event)]
        begun = {lesson_of(event) for event in self.latest}
        self.next = next((name for name in lessons if name[:2] not in begun), "")

    def __repr__(self) -> str:
        if not self.latest:
            return f"Nothing yet. What you predict and answer is kept in {FILE_NAME}."
        done = [f"  {event['kind']:<11} {_title(event)}: {_short(event)}" for event in self.latest]
        lines = [f"{len(done)} done so far, kept in {FILE_NAME}, the file that you hand in:", *done]
        if self.surprised:
            lines += ["It came out otherwise than you predicted:", *_listed(self.surprised)]
        if self.changed:
            lines += ["First answered otherwise, now right:", *_listed(self.changed)]
        if self.open:
            lines += ["Begun and still open; go on here:", *_listed(self.open)]
        if self.next:
            lines += [f"The next lesson of which nothing is done: {self.next}"]
        return "\n".join(lines)

    def _repr_html_(self) -> str | None:
        """The same with a link to the next lesson; in a browser, one more saves the file."""
        if not self.latest:
            return None
        shown = html.escape(repr(self))
        if self.next:
            name = html.escape(self.next)
            shown = shown.replace(name, f'<a href="{name}">{name}</a>')
        return f"<pre>{shown}</pre>{_download()}"


def _download() -> str:
    """In a browser without a computer's folder: a link that saves the student's file."""
    file = progress_file()
    if sys.platform != "emscripten" or file is None or not file.is_file():
        return ""
    data = base64.b64encode(file.read_bytes()).decode()
    return (
        f'<a download="{FILE_NAME}" href="data:application/x-ndjson;base64,{data}">'
        f"Download {FILE_NAME}</a>, as it is now. Until you download it, it lies in this "
        "browser alone: who clears the browser's data loses it."
    )


def my_progress() -> MyProgress:
    """Show what you have done so far.

    Examples
    --------
    >>> my_progress()
    Nothing yet. What you predict and answer is kept in my_progress.jsonl.
    """
    return MyProgress(events(), sorted(path.name for path in Path.cwd().glob("[01]?_*.ipynb")))


def _is_wrong_quiz(event: dict[str, Any]) -> bool:
    return event["kind"] == "quiz" and event.get("right") is False


def _is_open(event: dict[str, Any]) -> bool:
    """Whether a quiz is wrong so far, or a check has not passed whole."""
    unfinished = event["kind"] == "check" and event.get("passed") != event.get("total")
    return unfinished or _is_wrong_quiz(event)


def _is_surprise(event: dict[str, Any]) -> bool:
    """Whether a prediction did not come true; older files do not say what did."""
    outcome = event.get("outcome")
    return event["kind"] == "prediction" and bool(outcome) and outcome != event.get("choice")


def _surprise(event: dict[str, Any]) -> str:
    options = event.get("options")
    words = options if isinstance(options, dict) else {}
    outcome = event["outcome"]
    return f"{_title(event)}: {_short(event)}. It was: {words.get(outcome, outcome)}"


def _title(event: dict[str, Any]) -> str:
    """The event's name for a person: with the number of its lesson, if it is known."""
    title = event.get("title")
    if not title:
        return str(event["name"])
    return f"{lesson_of(event)} {title}".strip()


def _listed(names: list[str]) -> list[str]:
    return [f"  {name}" for name in names]


def _short(event: dict[str, Any]) -> str:
    if event["kind"] == "check":
        checks = agreeing(event.get("total", 0), "public check passes", "public checks pass")
        return f"{event.get('passed')} of {event.get('total')} {checks}"
    return str(event.get("words") or event.get("choice", ""))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _ends_with_newline(file: Path) -> bool:
    if not file.exists() or file.stat().st_size == 0:
        return True
    with file.open("rb") as stream:
        stream.seek(-1, os.SEEK_END)
        return stream.read() == b"\n"
