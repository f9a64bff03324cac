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
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from course_lib.sentence import agreeing

FILE_NAME = "my_progress.jsonl"


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
        The lab, quiz or check.
    **details
        What the student chose or wrote.
    """
    file = progress_file()
    if file is None:
        return ""
    event = {"kind": kind, "name": name, "when": _now(), **details}
    try:
        # A line that was cut off by a crash must not swallow the next one.
        start = "" if _ends_with_newline(file) else "\n"
        with file.open("a", encoding="utf-8", errors="replace") as lines:
            lines.write(start + json.dumps(event, ensure_ascii=False, default=str) + "\n")
    except OSError as error:
        return (
            f"Your answer counts here, but it could not be saved in {file.name} "
            f"({error.strerror}). Check that you may write in this folder."
        )
    return ""


def events() -> list[dict[str, Any]]:
    """All events of the file, oldest first; lines that cannot be read are passed over."""
    file = progress_file()
    if file is None:
        return []
    try:
        content = file.read_text(encoding="utf-8", errors="replace")
    except OSError:  # not there yet; if it cannot be read, then `record` says so
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


def recall(kind: str, name: str) -> dict[str, Any] | None:
    """The event of this kind and name that counts, or None."""
    return _latest(events()).get((kind, name))


def _latest(history: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """What counts: the last event of each, but once a quiz was right it stays right."""
    latest: dict[tuple[str, str], dict[str, Any]] = {}
    for event in history:
        key = event["kind"], event["name"]
        if event.get("right") or not latest.get(key, {}).get("right"):
            latest[key] = event
    return latest


class MyProgress:
    """A table of what the student has done so far, shown by `my_progress`."""

    def __init__(self, history: list[dict[str, Any]]):
        self.latest = list(_latest(history).values())

    def __repr__(self) -> str:
        if not self.latest:
            return f"Nothing yet. What you predict and answer is kept in {FILE_NAME}."
        done = [f"  {event['kind']:<11} {event['name']}: {_short(event)}" for event in self.latest]
        return "\n".join(
            [f"{len(done)} done so far, kept in {FILE_NAME}, the file that you hand in:", *done]
        )

    def _repr_html_(self) -> str | None:
        """In a browser without a computer's folder: the same, and a link that saves the file."""
        file = progress_file()
        if sys.platform != "emscripten" or file is None or not file.is_file():
            return None
        data = base64.b64encode(file.read_bytes()).decode()
        return (
            f"<pre>{html.escape(repr(self))}</pre>"
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
    return MyProgress(events())


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
