"""Checks: properties that a student's answer has to have, with hints that grow more direct.

A check is a pure function of the answer: it returns a report and changes nothing, so it can be
tested without a page.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from types import FunctionType
from typing import Any, Literal

import numpy as np

from course_lib.lab import cells, progress
from course_lib.sentence import agreeing

State = Literal["passed", "failed", "open"]
INTEGER_BITS = 8 * np.dtype(int).itemsize  # 32 in a browser, 64 elsewhere
SIGN = {"passed": "✓ holds:", "failed": "✗ does not hold:", "open": "○ not answered yet:"}


@dataclass(frozen=True)
class Property:
    """Something that is true of every right answer.

    Parameters
    ----------
    sentence : str
        The property, as a sentence.
    holds : callable
        ``holds(answer)`` is true if the answer has it. It may give a sentence that says why not,
        with the answer's own numbers: it stands in the place of a hint.
    hints : sequence of str
        Hints, from the gentlest to the most direct; each further attempt shows the next one.
    reached : callable, optional
        ``reached(answer)`` says what the answer reaches; it stands before the hint.
    """

    sentence: str
    holds: Callable[[Any], bool | str]
    hints: Sequence[str] = ()
    reached: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class Finding:
    """What came out for one property."""

    sentence: str
    state: State
    remark: str = ""
    says_why: bool = False  # the remark is on this answer: no hint was used


@dataclass(frozen=True)
class CheckReport:
    """What a check found: one finding for each property."""

    name: str
    findings: tuple[Finding, ...]
    note: str = ""  # what the student should know besides: that it could not be saved

    @property
    def passed(self) -> int:
        """Number of properties that hold."""
        return sum(finding.state == "passed" for finding in self.findings)

    def summary(self) -> str:
        """The report in one sentence."""
        total = len(self.findings)
        if all(finding.state == "open" for finding in self.findings):
            return f"{self.name}: not answered yet. Write your answer in the cell above."
        if self.passed == total == 1:
            return (
                f"{self.name}: the one public check passes. It tests a property that every right "
                "answer has; it cannot see everything."
            )
        if self.passed == total:
            every = "both" if total == 2 else f"all {total}"
            return (
                f"{self.name}: {every} public checks pass. They test properties that every "
                "right answer has; they cannot see everything."
            )
        checks = agreeing(total, "public check passes", "public checks pass")
        return f"{self.name}: {self.passed} of {total} {checks}."

    def __repr__(self) -> str:
        lines = [self.summary()]
        for finding in self.findings:
            lines.append(f"  {SIGN[finding.state]} {finding.sentence}")
            if finding.remark:
                lines.append(f"      {finding.remark}")
        if self.note:
            lines.append(self.note)
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<li>{html.escape(SIGN[finding.state])} {html.escape(finding.sentence)}"
            + (f"<br><i>{html.escape(finding.remark)}</i>" if finding.remark else "")
            + "</li>"
            for finding in self.findings
        )
        return (
            f'<div role="status"><b>{html.escape(self.summary())}</b>'
            f'<ul style="list-style: none">{rows}</ul>'
            f"{html.escape(self.note)}</div>"
        )


#: How often each property has failed. It goes with the name and not with the object: a notebook's
#: cell makes its check anew whenever it is run.
FAILURES: Counter[tuple[str, str]] = Counter()


class Check:
    """Several properties of one answer, checked together.

    Parameters
    ----------
    title : str
        What is asked.
    properties : sequence of Property
        What every right answer has.
    name : str, optional
        The id under which tries are kept; without it, the title.

    Examples
    --------
    >>> check = Check("Square of a number", [
    ...     Property("the square of 3 is 9", lambda f: f(3) == 9, ["What is 3 times 3?"]),
    ... ])
    >>> check(lambda x: x + x)
    Square of a number: 0 of 1 public check passes.
      ✗ does not hold: the square of 3 is 9
          Hint: What is 3 times 3?
    >>> check(...)
    Square of a number: not answered yet. Write your answer in the cell above.
      ○ not answered yet: the square of 3 is 9
    """

    def __init__(self, title: str, properties: Sequence[Property], name: str | None = None):
        self.title = title
        self.name = name or title
        self.properties = tuple(properties)
        cells.watched()

    def __call__(self, answer: Any) -> CheckReport:
        """Check an answer; each time a property fails, it brings its next hint."""
        notebook = cells.watched()
        if stale := notebook.stale() if notebook else []:
            return self._not_judged(stale[0])
        small = SmallIntegers()
        looked_at = small.watching(answer)
        findings = _each_once(
            _examine(wanted, looked_at, FAILURES[self.name, wanted.sentence])
            for wanted in self.properties
        )
        report = CheckReport(self.title, findings)
        for finding in findings:
            FAILURES[self.name, finding.sentence] += (
                finding.state == "failed" and not finding.says_why
            )
        if any(finding.state != "open" for finding in findings):
            note = progress.record(
                "check",
                self.name,
                title=self.title,
                passed=report.passed,
                total=len(report.findings),
                failed=[n for n, one in enumerate(findings) if one.state == "failed"],
            )
            report = replace(report, note=f"{small.sentence()} {note}".strip())
        return report

    def _not_judged(self, name: str) -> CheckReport:
        note = (
            f"Nothing was judged: the last cell with {name} stopped with an error, so {name} is "
            "still what it was before. Mend that cell, run it, then run this one again."
        )
        open_ = tuple(Finding(wanted.sentence, "open") for wanted in self.properties)
        return CheckReport(self.title, open_, note)

    def report(self, answer: Any, attempts: int = 0) -> CheckReport:
        """The report on an answer, after so many attempts: a pure function."""
        findings = _each_once(_examine(wanted, answer, attempts) for wanted in self.properties)
        return CheckReport(self.title, findings)


class SmallIntegers:
    """Whether an answer, or what it returned, holds integers of 32 bits where they are usual.

    In a browser NumPy makes them of a list of whole numbers. Beyond 2**31 - 1 they go on from
    -2**31 without a word, and the same answer is right on another computer.
    """

    def __init__(self) -> None:
        self.seen = False

    def watching(self, answer: Any) -> Any:
        """The answer; a function becomes one whose results are looked at."""
        if INTEGER_BITS > 32:
            return answer
        if not isinstance(answer, FunctionType):
            self._look(answer)
            return answer

        @wraps(answer)
        def looked_at(*arguments: Any, **named: Any) -> Any:
            result = answer(*arguments, **named)
            self._look(result)
            return result

        return looked_at

    def sentence(self) -> str:
        """What to do about it; nothing if there are none."""
        if not self.seen:
            return ""
        return (
            "Your answer holds integers of 32 bits, which NumPy makes in a browser. Above "
            "2,147,483,647 they become wrong, and nothing warns you. Where numbers can grow large, "
            "write decimals: np.array(..., dtype=float)."
        )

    def _look(self, value: Any) -> None:
        self.seen = self.seen or _holds_int32(value)


def _holds_int32(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_int32, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_holds_int32, value[:1000]))
    return getattr(value, "dtype", None) == np.int32


def _examine(wanted: Property, answer: Any, attempts: int) -> Finding:
    if answer is ... or answer is None:
        return Finding(wanted.sentence, "open")
    hint = f"Hint: {wanted.hints[min(attempts, len(wanted.hints) - 1)]}" if wanted.hints else ""
    try:
        holds = wanted.holds(answer)
        if not isinstance(holds, str):
            holds = bool(holds)  # which an array of several numbers refuses
    except NotImplementedError:
        return Finding(wanted.sentence, "open")
    except (Exception, SystemExit) as error:  # a student's code may fail in any way
        return Finding(wanted.sentence, "failed", _why(error), says_why=True)
    if isinstance(holds, str):
        return Finding(wanted.sentence, "failed", holds, says_why=True)
    if holds:
        return Finding(wanted.sentence, "passed")
    reached = wanted.reached(answer) if wanted.reached else ""
    return Finding(wanted.sentence, "failed", f"{reached} {hint}".strip())


def _each_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in which what is wrong with the answer is said once."""
    remarks: set[str] = set()
    shortened: list[Finding] = []
    for finding in findings:
        again = finding.says_why and finding.remark in remarks
        remarks.add(finding.remark)
        shortened.append(replace(finding, remark="As above.") if again else finding)
    return tuple(shortened)


def _why(error: BaseException) -> str:
    """Why an answer stopped, in words."""
    said = str(error).rstrip(".")
    if "truth value of" in said:
        return (
            "Your answer gives several numbers (an array), and one number is wanted here: is a sum "
            "missing?"
        )
    return f"Your answer stopped with {type(error).__name__}: {said}.{_often(error)}"


#: What is often behind an error of Python's, for those who meet it for the first time: the kind of
#: error, what its message holds, what helps.
OFTEN: tuple[tuple[type[Exception], str, str], ...] = (
    (TypeError, "NoneType", "Does your function end with return? print only shows a value."),
    (TypeError, "builtin_function", "max, min and sum are functions: max(a) is the largest of a."),
    (TypeError, "'list'", "A list does not calculate: np.array(...) makes numbers of it that do."),
    (TypeError, r"for \^|bitwise_xor", "A power is written with two stars in Python: 2 ** 3 is 8."),
    (
        TypeError,
        "array.*scalar",
        "One number is wanted here, and this is an array: is a sum missing?",
    ),
    (
        TypeError,
        "(float|int).*(not iterable|not subscriptable|no len)",
        "Several numbers are wanted here, and this is one: is something added up too early?",
    ),
    (AttributeError, "attribute 'ln'", "The natural logarithm ln is np.log in Python."),
    (NameError, "'ln'|'log'", "The natural logarithm ln is np.log in Python."),
    (NameError, "'np'", "Run a cell with import numpy as np first."),
    (NameError, "'true'|'false'", "Python writes True and False with a capital letter."),
    (
        NameError,
        "",
        "Use the names in the first line of your function, or give this one a value first.",
    ),
)


def _often(error: BaseException) -> str:
    for kind, said, helps in OFTEN:
        if isinstance(error, kind) and re.search(said, str(error)):
            return f" {helps}"
    return ""
