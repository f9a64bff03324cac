"""What a class thinks: the progress files of a lesson as one page.

Files are read one after the other, and of each only the lines of the lesson are kept. Nothing in
them is run, and nothing is shown as HTML.
"""

from __future__ import annotations

import hashlib
import html
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from course_lib.errors import CourseError
from course_lib.files import write_atomically
from course_lib.grading.class_folder import ClassFolder
from course_lib.grading.collect import NOBODY, Roster, sender
from course_lib.grading.incoming import PROGRESS, Incoming, Refusals, files_in
from course_lib.grading.teaching_guide import GUIDE, Thoughts, lines, of_quiz, section, thoughts
from course_lib.lab import Check, Lab, Quiz

LONGEST_REASON = 600  # characters that the page shows
MOST_UNREADABLE = 0.1  # of a file's lines; with more of them the file counts for nothing
MOST_IN_COMMON = 3  # predictions that two students' files may share to the second and the word
MOST_LINES = 20_000  # of one file; a whole term has some hundreds
KEPT = ("kind", "name", "when", "choice", "words", "reason", "passed", "total", "failed")
NOT_OFFERED = "an answer that is no longer offered"
KINDS = {"prediction", "quiz", "check", "challenge"}

Event = dict[str, Any]


# --- what a lesson asks


@dataclass(frozen=True)
class Lesson:
    """What a lesson asks of a student, as the course asks it today.

    Attributes
    ----------
    number, title : str
        ``"09"``, ``"Comparing theories"``.
    labs : list of Lab
        Those that ask for a prediction, in the order of the lesson.
    quizzes : list of Quiz
    checks : list of Check
    thoughts : dict of str to dict
        For each lab and quiz, the thought behind each option, if the teaching guide is there.
    """

    number: str
    title: str
    labs: list[Lab]
    quizzes: list[Quiz]
    checks: list[Check]
    thoughts: dict[str, Thoughts] = field(default_factory=dict)


def lesson_at(notebooks: Path, number: str) -> Lesson:
    """The lesson with a number, and what it asks.

    Raises
    ------
    CourseError
        If there is no such lesson, or it asks nothing.
    """
    wanted = f"{int(number):02d}" if number.isdecimal() else number[:2]
    found = sorted(notebooks.glob(f"{wanted}_*.ipynb"))
    if not found:
        there = ", ".join(sorted(path.stem[:2] for path in notebooks.glob("[01]?_*.ipynb")))
        raise CourseError(f"There is no lesson {number!r}. The lessons are {there}.")
    room = found[0].stem[3:]
    text = found[0].read_text("utf-8")
    labs = [one for one in made(f"{room}.labs", "_lab", text) if isinstance(one, Lab)]
    asking = [lab for lab in labs if lab.predict]
    questions = made(f"{room}.questions", ("_quiz", "_check"), text)
    if not (asking or questions):
        raise CourseError(f"Lesson {wanted} asks for no prediction and no answer.")
    quizzes = [one for one in questions if isinstance(one, Quiz)]
    told = lines(section(notebooks / GUIDE, wanted), wanted)
    choices = {lab.name: lab.predict.choices for lab in asking if lab.predict}
    choices |= {of_quiz(quiz.name): quiz.choices for quiz in quizzes}
    return Lesson(
        wanted,
        room.replace("_", " ").capitalize(),
        asking,
        quizzes,
        [one for one in questions if isinstance(one, Check)],
        {name: thoughts(told.get(name, ""), options) for name, options in choices.items()},
    )


def made(module: str, endings: str | tuple[str, ...], text: str) -> list[Any]:
    """What the functions of a room's module make, in the order in which a notebook calls them."""
    try:
        room = import_module(f"course_lib.{module}")
    except ModuleNotFoundError:
        return []
    names = [name for name in vars(room) if name.endswith(endings) and f".{name}(" in text]
    return [vars(room)[name]() for name in sorted(names, key=lambda name: text.index(f".{name}("))]


# --- what students sent


@dataclass
class Sent:
    """What came in.

    Attributes
    ----------
    events : dict of str to list of dict
        For each student, or sender whom the class list does not know, the lines of the lesson.
    students : set of str
        Whoever sent a file that counts, with lines of the lesson or without.
    left_out : dict of str to str
        Files, or lines of them, that do not count, each with the reason.
    """

    events: dict[str, list[Event]] = field(default_factory=dict)
    students: set[str] = field(default_factory=set)
    left_out: dict[str, str] = field(default_factory=dict)


def read_progress(
    folder: ClassFolder,
    lesson: Lesson,
    paths: Sequence[Path],
    progress: Callable[[str], None] | None = None,
) -> Sent:
    """Read progress files: those that are named, or those that came with the class's sets.

    Parameters
    ----------
    folder : ClassFolder
        The class: its list says whose a file is.
    lesson : Lesson
        Whose lines are kept.
    paths : sequence of Path
        Files, folders and zips as a learning platform gives them; if empty, what `collect` kept.
    progress : callable, optional
        Told the name of each file.
    """
    refusals, roster, sent = Refusals(), Roster(folder), Sent()
    kept = folder.progress
    if not paths and not kept.is_dir():
        raise CourseError(
            "No progress file has come with a set yet. Name the files, or the zip, that your "
            "learning platform gave you."
        )
    ids, quizzes, copies = _ids(lesson), {one.name: one for one in lesson.quizzes}, Copies()
    for file in files_in(list(paths) or [kept], refusals, PROGRESS):
        if progress:
            progress(file.where)
        whose = _whose(file, roster, collected=not paths)
        events, why = _lines(file.content)
        if not events:
            sent.left_out[file.where] = why
            continue
        if copied := copies.found(events, whose, file.where):
            sent.left_out |= copied
            if file.where in copied:
                continue
            for other in copies.given_up:  # it came before the file of which it holds a copy
                sent.students.discard(other)
                sent.events.pop(other, None)
        if why:
            sent.left_out[f"{file.where} (in part)"] = why
        sent.students.add(whose)
        own = [
            _slim(event | {"name": ids[event["name"]]}, quizzes)
            for event in events
            if event["name"] in ids
        ]
        if own:  # a second file, of another computer, holds some of the same lines
            all_of_them = [*sent.events.get(whose, []), *own]
            once = {json.dumps(event, sort_keys=True): event for event in all_of_them}
            sent.events[whose] = sorted(once.values(), key=lambda event: event["when"])
    sent.left_out |= refusals.reasons
    return sent


def _slim(event: Event, quizzes: Mapping[str, Quiz]) -> Event:
    """What the page needs of a line: of 300 students the rest would fill the memory."""
    kept = {key: event[key] for key in KEPT if key in event}
    if event["kind"] == "quiz" and event["name"] in quizzes:
        kept["choice"] = quizzes[event["name"]].chosen(event) or NOT_OFFERED
        kept.pop("words", None)
    if "reason" in kept:
        kept["reason"] = _cut(str(kept["reason"]))
    return kept


def _whose(file: Incoming, roster: Roster, *, collected: bool) -> str:
    if collected:  # one folder for each student
        student = file.inside.partition("/")[0]
        return file.where if student == NOBODY else student
    return roster.who(file, "")[0] or sender(file.where) or file.where


def _ids(lesson: Lesson) -> dict[str, str]:
    """The id of everything that the lesson asks, also by the title that older files keep."""
    asked: list[Lab | Check] = [*lesson.labs, *lesson.checks]
    titles = {one.title: one.name for one in asked}
    titles |= {quiz.question: quiz.name for quiz in lesson.quizzes}
    return titles | {name: name for name in titles.values()}


def _lines(content: bytes) -> tuple[list[Event], str]:
    """The lines of a progress file, and what is wrong with it; none if it counts for nothing."""
    events, bad, total = [], list[int](), 0
    if content.count(b"\n") > MOST_LINES:
        return [], f"it has more than {MOST_LINES:,} lines, and a term has some hundreds"
    for number, line in enumerate(content.decode("utf-8-sig", "replace").split("\n"), 1):
        if not line.strip():
            continue
        total += 1
        if (event := _event(line)) is None:
            bad.append(number)
        else:
            events.append(event)
    if not events:
        return [], "it holds no line of this course's progress"
    if len(bad) > 1 and len(bad) > MOST_UNREADABLE * total:
        return [], f"{len(bad)} of its {total} lines are damaged, so that it was not counted"
    if bad:
        where = ", ".join(str(number) for number in bad[:3])
        more = " and others" if len(bad) > 3 else ""
        return events, f"line {where}{more} is cut off or was changed, and does not count"
    return events, ""


def _event(line: str) -> Event | None:
    """A line as an event, or None if `course_lib.lab.progress` would not have written it."""
    try:
        event = json.loads(line)
        datetime.fromisoformat(event["when"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if event.get("kind") not in KINDS or not isinstance(event.get("name"), str):
        return None
    if event["kind"] in ("prediction", "quiz") and not isinstance(event.get("choice"), str):
        return None
    options = event.get("options")
    if options is not None and not (isinstance(options, dict) and event["choice"] in options):
        return None
    return dict(event)


@dataclass
class Copies:
    """Finds files that hold another student's predictions: of each, only digests are kept.

    Attributes
    ----------
    known : dict of bytes to str
        Predictions that cannot be the same by chance, and whose they are.
    files : dict of str to str
        The file of each student.
    mixed : set of str
        Whose file holds two predictions of one lab: nobody can predict twice.
    given_up : list of str
        Whose file turned out to be a copy of the one that was looked at last.
    """

    known: dict[bytes, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    mixed: set[str] = field(default_factory=set)
    given_up: list[str] = field(default_factory=list)

    def found(self, events: list[Event], whose: str, where: str) -> dict[str, str]:
        """Which file does not count, and why: this one, or one that was read before."""
        predictions = [one for one in events if one["kind"] == "prediction"]
        own = [
            hashlib.sha256(repr((one["name"], one["when"], one.get("reason"))).encode()).digest()
            for one in predictions
        ]
        if len({one["name"] for one in predictions}) < len(set(own)):
            self.mixed.add(whose)
        self.given_up, copied = [], dict[str, str]()
        others = Counter(self.known[key] for key in own if self.known.get(key, whose) != whose)
        for other, same in others.most_common():
            if same <= MOST_IN_COMMON and same < len(own):
                break
            if whose in self.mixed or other not in self.mixed:
                return {where: _copy(same, other)}
            copied[self.files[other]] = _copy(same, whose)
            self.given_up.append(other)
        for key in own:
            if self.known.get(key, whose) == whose or self.known[key] in self.given_up:
                self.known[key] = whose
        self.files[whose] = where
        return copied


def _copy(same: int, other: str) -> str:
    return (
        f"{same} of its predictions stand in the file of {other} as well, to the second and the "
        "word: it was not counted"
    )


# --- what came out


@dataclass
class Votes:
    """How often each option was chosen at first, and by those who gave a reason, why."""

    counts: Counter[str] = field(default_factory=Counter)
    reasons: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def total(self) -> int:
        """Students who chose."""
        return self.counts.total()


@dataclass
class Tries:
    """How a quiz or a check went: at the first try, and in the end."""

    students: int = 0
    right_at_first: int = 0
    right_in_the_end: int = 0
    first: Counter[str] = field(default_factory=Counter)  # options chosen, or properties that fail
    steps: Counter[tuple[str, str]] = field(default_factory=Counter)  # from an option to the last


def votes(lab: Lab, sent: Sent, *, names: bool) -> Votes:
    """What was predicted in a lab. A prediction is committed once: the first one counts."""
    found = Votes()
    assert lab.predict is not None
    for whose, events in sorted(sent.events.items()):
        mine = [one for one in events if (one["kind"], one["name"]) == ("prediction", lab.name)]
        for event in mine[:1]:
            option = lab.predict.option(event["choice"])
            option = option if option in lab.predict.choices else str(event.get("words", option))
            found.counts[option] += 1
            reason = str(event.get("reason", "")).strip()
            if reason:
                shown = f"{whose}: {reason}" if names else reason
                found.reasons[option].append(_cut(shown))
    if not names:  # in the order of the list a reason would have a name
        for reasons in found.reasons.values():
            reasons.sort()
    return found


def quiz_tries(quiz: Quiz, sent: Sent) -> Tries:
    """First choices of a quiz, and to which option they went."""
    found = Tries()
    for tries in _each(sent, "quiz", quiz.name):
        choices = [one["choice"] for one in tries]
        first, last = choices[0], choices[-1]
        found.students += 1
        found.first[first] += 1
        found.right_at_first += first == quiz.answer
        found.right_in_the_end += quiz.answer in choices
        if first != last:
            found.steps[first, last] += 1
    return found


def check_tries(check: Check, sent: Sent) -> Tries:
    """Which properties of a check failed at the first try."""
    found = Tries()
    for tries in _each(sent, "check", check.name):
        found.students += 1
        found.right_at_first += _whole(tries[0])
        found.right_in_the_end += any(map(_whole, tries))
        if tries[0].get("total") != len(check.properties):
            continue  # of a course in which the check asked for something else
        for number in _numbers(tries[0].get("failed")):
            if number < len(check.properties):
                found.first[check.properties[number].sentence] += 1
    return found


def _each(sent: Sent, kind: str, name: str) -> Iterator[list[Event]]:
    for events in sent.events.values():
        if mine := [one for one in events if (one["kind"], one["name"]) == (kind, name)]:
            yield mine


def _whole(event: Event) -> bool:
    passed = event.get("passed")
    return isinstance(passed, int) and passed == event.get("total")


def _numbers(failed: object) -> list[int]:
    listed = failed if isinstance(failed, list) else []
    return [number for number in listed if isinstance(number, int) and number >= 0]


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_REASON else f"{text[:LONGEST_REASON]} ..."


# --- the page

STYLE = """
body { font: 18px/1.45 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 60em;
  margin: 2em auto; padding: 0 1em; }
table { border-collapse: collapse; width: 100%; margin: .5em 0; }
th, td { text-align: left; vertical-align: middle; padding: .25em .6em .25em 0; }
caption { text-align: left; color: #444; font-size: .9em; }
th { font-weight: normal; width: 46%; }
td.number { white-space: nowrap; width: 6.5em; }
.bar { background: #9a9a9a; height: 1.3em; min-width: 2px; }
.true th, .true td.number { font-weight: bold; }
.true .bar { background: #1f6f43; }
.because { border-left: 4px solid #1f6f43; padding-left: .8em; }
.hint { color: #444; font-size: .9em; font-weight: normal; }
section { break-inside: avoid-page; }
summary { cursor: pointer; }
@media (min-width: 1500px) { body { font-size: 23px; max-width: 58em; } }
@media (max-width: 640px) {
  tr { display: grid; grid-template-columns: 6.5em 1fr; }
  th { grid-column: 1 / -1; width: auto; }
}
@media print { body { font-size: 11pt; } }
"""


def as_page(lesson: Lesson, sent: Sent, *, names: bool = False) -> str:
    """The page of a class: it loads nothing and runs nothing."""
    title = f"Lesson {lesson.number}: {lesson.title}. What the class thinks"
    began = f"{len(sent.events)} of them" if sent.events else "none of them"
    parts = [
        f"<h1>{html.escape(title)}</h1>",
        f"<p>{_counted(len(sent.students), 'progress file')} came; {began} "
        f"{'has' if len(sent.events) == 1 else 'have'} something of this lesson. "
        f"{'With names.' if names else 'Without names.'}</p>",
    ]
    behind = lesson.thoughts
    if any(behind.values()):
        parts.append(
            '<p class="hint">In italics: the thought that an option may stand for. What to do '
            f"about it stands in {GUIDE}, {lesson.number}.</p>"
        )
    parts += [
        _lab_section(lab, votes(lab, sent, names=names), behind.get(lab.name, {}))
        for lab in lesson.labs
    ]
    parts += [
        _quiz_section(quiz, quiz_tries(quiz, sent), behind.get(of_quiz(quiz.name), {}))
        for quiz in lesson.quizzes
    ]
    parts += [_check_section(check, check_tries(check, sent)) for check in lesson.checks]
    if sent.left_out and not names:  # whose they are would be read on the wall
        told = f"{_counted(len(sent.left_out), 'file')}, in whole or in part"
        parts.append(f"<section><h2>Not counted</h2><p>{told}.</p></section>")
    elif sent.left_out:
        rows = "".join(
            f"<li>{html.escape(where)}: {html.escape(why)}.</li>"
            for where, why in sent.left_out.items()
        )
        parts.append(f"<section><h2>Not counted</h2><ul>{rows}</ul></section>")
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{html.escape(title)}</title>'
        f"<style>{STYLE}</style></head><body><main>{''.join(parts)}</main></body></html>\n"
    )


def _lab_section(lab: Lab, found: Votes, behind: Thoughts) -> str:
    prediction = lab.predict
    assert prediction is not None
    came_true = lab.came_true()
    words = prediction.choices | {one: one for one in found.counts if one not in prediction.choices}
    rows = [
        _row(
            text,
            found.counts[option],
            found.total,
            "came true" if option == came_true else "",
            thought=behind.get(option, ""),
        )
        for option, text in words.items()
    ]
    reasons = "".join(
        f"<h3>{html.escape(text)}</h3><ul>{_items(found.reasons[option])}</ul>"
        for option, text in words.items()
        if found.reasons.get(option)
    )
    told = f"<details><summary>Why, in their own words</summary>{reasons}</details>"
    return _section(
        lab.title,
        f"<p>{html.escape(prediction.question)}</p>",
        _table(rows, _counted(found.total, "prediction")),
        f'<p class="because">{html.escape(prediction.because)}</p>' if prediction.because else "",
        told if reasons else "",
    )


def _quiz_section(quiz: Quiz, found: Tries, behind: Thoughts) -> str:
    ids = {option: one for one, option in quiz.choices.items()}
    gone = {NOT_OFFERED: ""} if found.first[NOT_OFFERED] else {}
    rows = [
        _row(
            option,
            found.first[option],
            found.students,
            "right" if option == quiz.answer else "",
            "" if option == quiz.answer else hint,
            behind.get(ids.get(option, ""), ""),
        )
        for option, hint in (quiz.options | gone).items()
    ]
    changed = "".join(
        f"<li>{_counted(count, 'student')}: from <i>{html.escape(one)}</i> to "
        f"<i>{html.escape(other)}</i></li>"
        for (one, other), count in found.steps.most_common(6)
    )
    return _section(
        f"Quiz: {quiz.question}",
        _table(rows, f"First answers of {_counted(found.students, 'student')}"),
        _in_the_end(found),
        f"<p>How answers changed:</p><ul>{changed}</ul>" if changed else "",
    )


def _check_section(check: Check, found: Tries) -> str:
    rows = [
        _row(
            f"fails: {one.sentence}",
            found.first[one.sentence],
            found.students,
            "",
            next(iter(one.hints), ""),
        )
        for one in check.properties
    ]
    return _section(
        f"Check: {check.title}",
        _table(rows, f"What failed at the first try of {_counted(found.students, 'student')}"),
        _in_the_end(found),
    )


def _in_the_end(found: Tries) -> str:
    return (
        f"<p>Right at the first try: {found.right_at_first} of {found.students}; in the end: "
        f"{found.right_in_the_end}.</p>"
    )


def _section(title: str, *parts: str) -> str:
    return f"<section><h2>{html.escape(title)}</h2>{''.join(parts)}</section>"


def _table(rows: Iterable[str], caption: str) -> str:
    return f"<table><caption>{html.escape(caption)}</caption>{''.join(rows)}</table>"


def _row(words: str, count: int, total: int, mark: str, hint: str = "", thought: str = "") -> str:
    share = count / total if total else 0.0
    said = f"{html.escape(words)}{f' &#10003; {mark}' if mark else ''}"
    below = f'<div class="hint"><i>{html.escape(thought)}</i></div>' if thought else ""
    below += f'<div class="hint">Hint: {html.escape(hint)}</div>' if hint else ""
    return (
        f'<tr class="{"true" if mark else ""}"><th scope="row">{said}{below}</th>'
        f'<td class="number">{count} ({share:.0%})</td>'
        f'<td><div class="bar" style="width: {100 * share:.1f}%"></div></td></tr>'
    )


def _items(texts: Iterable[str]) -> str:
    return "".join(f"<li>{html.escape(text)}</li>" for text in texts)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def write_page(folder: ClassFolder, lesson: Lesson, sent: Sent, *, names: bool = False) -> Path:
    """Write the page into the class's folder, and return where it is."""
    path = folder.root / "predictions" / f"{lesson.number}.html"
    page = as_page(lesson, sent, names=names)
    write_atomically(path, page.encode("utf-8", "replace"))
    return path
