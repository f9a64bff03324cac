"""What a class's secret draws: the inputs on which functions are judged."""

from __future__ import annotations

from course_lib.exercises import exercise_set
from course_lib.exercises.question import Inputs
from course_lib.grading.class_folder import ClassFolder


def judges_inputs(
    folder: ClassFolder, set_name: str, question: str, student: str, *, later: bool
) -> Inputs | None:
    """What a function is judged on.

    At the end of the notebook it is something else than below the marks cell: what was seen there
    could be answered with a list by then.
    """
    secret = f"{folder.secret} later" if later else folder.secret
    return exercise_set(set_name).inputs(question, student, folder.token, secret=secret)
