"""A student's own set: the task with the personal numbers, and the checks while working."""

from __future__ import annotations

import html
import io
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from course_lib.exercises import cells
from course_lib.exercises.blocked import blocked
from course_lib.exercises.plain import plain, returned
from course_lib.exercises.question import Criterion, Inputs, Question, Task
from course_lib.exercises.variants import PRACTICE, Draws, student_name

if TYPE_CHECKING:
    from course_lib.lab import Check, CheckReport


@dataclass(frozen=True)
class ExerciseSet:
    """The questions of one set, for everybody."""

    name: str
    title: str
    questions: tuple[Question, ...]

    def question(self, name: str) -> Question:
        """The question with this name."""
        for question in self.questions:
            if question.name == name:
                return question
        names = ", ".join(question.name for question in self.questions)
        raise ValueError(f"The set {self.name} has no question {name!r}. It has: {names}.")

    def task(self, name: str, student: str, course_class: str = PRACTICE) -> Task:
        """The personal numbers of one question."""
        return self.question(name).task(Draws(course_class, self.name, student, name))

    def inputs(
        self, name: str, student: str, course_class: str = PRACTICE, secret: str = "public"
    ) -> Inputs | None:
        """The inputs that a function is called on; the judge's need the class's secret."""
        question = self.question(name)
        if question.inputs is None:
            return None
        task = self.task(name, student, course_class)
        return question.inputs(Draws(secret, course_class, self.name, student, name), task)


class PersonalSet:
    """One student's set.

    Parameters
    ----------
    exercise_set : ExerciseSet
        The questions.
    student : str
        Student number.
    course_class : str
        Name of the class; it decides the numbers together with the student number.
    """

    def __init__(self, exercise_set: ExerciseSet, student: str, course_class: str = PRACTICE):
        self.exercise_set = exercise_set
        self.student = student_name(student)
        self.course_class = course_class
        self._checks: dict[str, Check] = {}
        cells.register_hook()

    def __getitem__(self, name: str) -> Task:
        """The personal numbers of a question."""
        return dict(self.exercise_set.task(name, self.student, self.course_class))

    def task(self, name: str) -> TaskCard:
        """What is asked, with the personal numbers."""
        question = self.exercise_set.question(name)
        return TaskCard(question.title, question.points, question.text(self[name]))

    def check(self, name: str, answer: Any) -> CheckReport | float:
        """Look at an answer: public checks with hints; in a grading run, what they are worth.

        Parameters
        ----------
        name : str
            The question.
        answer : object
            The value or the function.

        Returns
        -------
        CheckReport or float
        """
        if grading():
            return self.marks(name, answer)
        from course_lib.lab import Check, Property  # with matplotlib: a grading run needs none

        if name not in self._checks:
            question = self.exercise_set.question(name)
            properties = [
                Property(criterion.sentence, partial(self._holds, name, criterion), criterion.hints)
                for criterion in question.criteria
                if criterion.public
            ]
            lesson = self.exercise_set.title.partition(":")[0]
            self._checks[name] = Check(f"{lesson}, {name}", properties)
        report = self._checks[name](answer)
        before = cells.stale_value(name) if report.findings[0].state != "open" else ""
        return replace(report, note=f"{before} {report.note}".strip())

    def marks(self, name: str, answer: Any) -> float:
        """The points of the public checks, in a grading run: a word that a teacher compares.

        The marks come from a judge outside of the notebook. Whatever runs in a student's notebook
        can be called by the student, who could try answers until one gets full marks. So what is
        not shown while working is not judged here.

        Raises
        ------
        RuntimeError
            If this is not a grading run.
        """
        if not grading():
            raise RuntimeError(
                "There are no marks here: they are given when your teacher grades the set. "
                f"mine.check({name!r}, ...) shows what can be checked while you work."
            )
        task, inputs = self[name], self._inputs(name)
        try:
            with blocked(self.exercise_set.question(name).blocked), _silence():
                found = as_data(answer, inputs)
        except (NotImplementedError, ValueError, TypeError):
            found = None
        return self.exercise_set.question(name).shown.judge(found, task, inputs).points

    def _holds(self, name: str, criterion: Criterion, answer: Any) -> bool | str:
        """Whether a criterion holds, or a sentence that says why not."""
        inputs = self._inputs(name)
        with blocked(self.exercise_set.question(name).blocked):
            answer = as_data(answer, inputs, errors_pass=True)
        try:
            return bool(criterion.holds(answer, self[name], inputs))
        except ValueError as error:  # for the student: there is no such province
            return _sentence(f"{error}")
        except KeyError as error:
            key = error.args[0] if error.args else None
            missing = isinstance(answer, dict) and isinstance(key, str) and key not in answer
            return f"`{key}` is missing from your dictionary." if missing else False
        except Exception:  # an answer can be wrong in any way: the hint says what is wanted
            return False

    def _inputs(self, name: str) -> Inputs | None:
        return self.exercise_set.inputs(name, self.student, self.course_class)

    def __repr__(self) -> str:
        questions = self.exercise_set.questions
        points = sum(question.points for question in questions)
        return (
            f"{self.exercise_set.title}. The set of {self.student}: {len(questions)} questions "
            f"that are checked while you work, {points:g} points, and an argument that a person "
            "reads."
        )


def grading() -> bool:
    """Whether nbgrader runs this notebook. Anybody can say so: nothing secret hangs on it."""
    return os.environ.get("NBGRADER_EXECUTION") == "autograde"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


@contextmanager
def _silence() -> Iterator[None]:
    """Whatever a student's function prints or warns: nbgrader would take it for an error."""
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        yield


def as_data(answer: Any, inputs: Inputs | None, *, errors_pass: bool = False) -> Any:
    """An answer as the judge reads it: the value, or what a function returned."""
    if answer is ... or answer is None:
        return None
    if inputs is None:
        return plain(answer)
    if not callable(answer):
        raise TypeError("The answer has to be a function. Did you write brackets after its name?")
    return returned(answer, inputs, errors_pass=errors_pass)


@dataclass(frozen=True)
class TaskCard:
    """What is asked, shown in a notebook."""

    title: str
    points: float
    text: str

    def __repr__(self) -> str:
        return f"{self.title} ({self.points:g} points)\n{self.text}"

    def _repr_markdown_(self) -> str:
        return f"**{html.escape(self.title)}** ({self.points:g} points)\n\n{self.text}"
