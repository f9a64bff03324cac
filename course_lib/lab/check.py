"""Checks: properties that a student's answer has to have, with hints that grow more direct.

A check is a pure function of the answer: it returns a report and changes nothing, so it can be
tested without a page.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from course_lib.lab import progress
from course_lib.sentence import agreeing

State = Literal["passed", "failed", "open"]
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
    """

    sentence: str
    holds: Callable[[Any], bool | str]
    hints: Sequence[str] = ()


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
            f'<ul style="list-style:none;padding-left:1em">{rows}</ul>'
            f"{html.escape(self.note)}</div>"
        )


#: How often each property has failed. It goes with the name and not with the object: a notebook's
#: cell makes its check anew whenever it is run.
FAILURES: Counter[tuple[str, str]] = Counter()


class Check:
    """Several properties of one answer, checked together.

    Parameters
    ----------
    name : str
        What is asked.
    properties : sequence of Property
        What every right answer has.

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

    def __init__(self, name: str, properties: Sequence[Property]):
        self.name = name
        self.properties = tuple(properties)

    def __call__(self, answer: Any) -> CheckReport:
        """Check an answer; each time a property fails, it brings its next hint."""
        findings = _each_once(
            _examine(wanted, answer, FAILURES[self.name, wanted.sentence])
            for wanted in self.properties
        )
        report = CheckReport(self.name, findings)
        for finding in findings:
            FAILURES[self.name, finding.sentence] += (
                finding.state == "failed" and not finding.says_why
            )
        if any(finding.state != "open" for finding in findings):
            note = progress.record(
                "check", self.name, passed=report.passed, total=len(report.findings)
            )
            report = replace(report, note=note)
        return report

    def report(self, answer: Any, attempts: int = 0) -> CheckReport:
        """The report on an answer, after so many attempts: a pure function."""
        findings = _each_once(_examine(wanted, answer, attempts) for wanted in self.properties)
        return CheckReport(self.name, findings)


def _examine(wanted: Property, answer: Any, attempts: int) -> Finding:
    if answer is ... or answer is None:
        return Finding(wanted.sentence, "open")
    hint = f"Hint: {wanted.hints[min(attempts, len(wanted.hints) - 1)]}" if wanted.hints else ""
    try:
        holds = wanted.holds(answer)
    except NotImplementedError:
        return Finding(wanted.sentence, "open")
    except Exception as error:  # a student's code may fail in any way
        message = str(error).rstrip(".")
        stopped = f"Your answer stopped with {type(error).__name__}: {message}.{_often(error)}"
        return Finding(wanted.sentence, "failed", stopped, says_why=True)
    if isinstance(holds, str):
        return Finding(wanted.sentence, "failed", holds, says_why=True)
    return Finding(wanted.sentence, "passed") if holds else Finding(wanted.sentence, "failed", hint)


def _each_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in which what is wrong with the answer is said once."""
    remarks: set[str] = set()
    shortened: list[Finding] = []
    for finding in findings:
        again = finding.says_why and finding.remark in remarks
        remarks.add(finding.remark)
        shortened.append(replace(finding, remark="As above.") if again else finding)
    return tuple(shortened)


def _often(error: Exception) -> str:
    """What is often behind an error of Python's, for those who meet it for the first time."""
    if isinstance(error, TypeError) and "NoneType" in str(error):
        return " Does your function end with return? print only shows a value."
    if isinstance(error, TypeError) and "'list'" in str(error):
        return " A list does not calculate: np.array(...) makes numbers of it that do."
    if isinstance(error, TypeError) and ("for ^" in str(error) or "bitwise_xor" in str(error)):
        return " A power is written with two stars in Python: 2 ** 3 is 8."
    if isinstance(error, TypeError) and "array" in str(error) and "scalar" in str(error):
        return " One number is wanted here, and this is an array: does a sum miss?"
    if isinstance(error, NameError):
        if error.name == "np":
            return " Run a cell with import numpy as np first."
        return " Use the names in the first line of your function, or give this one a value first."
    return ""
