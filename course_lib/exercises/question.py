"""One question of a graded set: what is asked of whom, and what a right answer has to have.

A question is judged on plain data alone: numbers, texts, lists, and dictionaries of them. If the
answer is a function, the function is called where it was written, on inputs chosen elsewhere, and
what it returned is judged. So the judge never runs a student's code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from course_lib.exercises.variants import Draws

Task = Mapping[str, Any]  # the personal numbers of a question, plain data
Inputs = Mapping[str, Sequence[Sequence[Any]]]  # purpose -> lists of arguments
Holds = Callable[[Any, Task, Any], bool]  # (answer, task, inputs) -> does it hold?


@dataclass(frozen=True)
class Criterion:
    """One thing that a right answer has, and what it is worth.

    Parameters
    ----------
    sentence : str
        The criterion, as a sentence.
    points : float
        What it is worth.
    holds : callable
        ``holds(answer, task, inputs)``. For a value the answer is the value and `inputs` is None.
        For a function the answer is a mapping from each purpose to the list of values that it
        returned for the inputs of that purpose. An exception counts as "does not hold".
    hints : sequence of str
        Hints, from the gentlest to the most direct.
    public : bool
        Whether the student sees it while working. It is marked either way.
    """

    sentence: str
    points: float
    holds: Holds
    hints: Sequence[str] = ()
    public: bool = True


@dataclass(frozen=True)
class Verdict:
    """What the judge says of one answer."""

    points: float
    possible: float
    findings: tuple[tuple[str, bool], ...]  # each criterion's sentence, and whether it holds


@dataclass(frozen=True)
class Question:
    """One question of a set.

    Parameters
    ----------
    name : str
        Short name, one word: ``theil``.
    title : str
        What is asked, in a few words.
    task : callable
        ``task(draws)`` gives the personal numbers.
    text : callable
        ``text(task)`` says what is asked with these numbers, in Markdown.
    criteria : tuple of Criterion
        What the answer is judged by.
    inputs : callable, optional
        For a function: ``inputs(draws, task)`` gives the inputs it is called on. Without it the
        answer is a value.
    blocked : tuple of str
        Modules that the answer may not lean on. Their functions refuse while it is judged.
    """

    name: str
    title: str
    task: Callable[[Draws], Task]
    text: Callable[[Task], str]
    criteria: tuple[Criterion, ...]
    inputs: Callable[[Draws, Task], Inputs] | None = None
    blocked: tuple[str, ...] = ()

    @property
    def points(self) -> float:
        """What a right answer is worth."""
        return sum(criterion.points for criterion in self.criteria)

    @property
    def shown(self) -> Question:
        """The same question with those criteria only that a student sees while working."""
        return replace(self, criteria=tuple(one for one in self.criteria if one.public))

    def judge(self, answer: Any, task: Task, inputs: Inputs | None = None) -> Verdict:
        """Judge an answer that is plain data.

        Parameters
        ----------
        answer : plain data
            The value; or, for a function, what it returned for each of the inputs. None if there
            is no answer.
        task : mapping
            The personal numbers.
        inputs : mapping, optional
            For a function, the inputs that it was called on.

        Returns
        -------
        Verdict
        """
        findings = tuple(
            (criterion.sentence, answer is not None and holds(criterion, answer, task, inputs))
            for criterion in self.criteria
        )
        points = sum(
            criterion.points
            for criterion, (_, held) in zip(self.criteria, findings, strict=True)
            if held
        )
        return Verdict(points, self.points, findings)


def holds(criterion: Criterion, answer: Any, task: Task, inputs: Inputs | None) -> bool:
    """Whether a criterion holds; an answer of the wrong shape does not."""
    try:
        return bool(criterion.holds(answer, task, inputs))
    except Exception:  # an answer can be wrong in any way
        return False
