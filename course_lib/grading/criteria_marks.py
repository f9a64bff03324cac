"""How each criterion of a question went: for whoever marks, and for whoever mends the question."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course_lib.errors import CourseError
from course_lib.exercises import SETS, exercise_set
from course_lib.exercises.question import Criterion
from course_lib.grading.class_folder import ClassFolder
from course_lib.grading.marks import Marks, link_with_rest

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["question", "criterion", "points", "answers", "held", "link", "hints", "hint reached",
           "deepest hint"]  # fmt: skip


def criteria_table(folder: ClassFolder, marks: Marks) -> pd.DataFrame:
    """How difficult each criterion was, and how well it told students apart: a row a criterion.

    Parameters
    ----------
    folder : ClassFolder
        The class.
    marks : Marks
        Its marks in a set.

    Returns
    -------
    DataFrame
        Columns question, criterion, points, answers (students whose answer was judged), held (the
        share of them for whom it holds), link (correlation with the rest of a student's points,
        -1 to 1; empty for fewer than ten students), hints (how many there are), hint reached
        (students whose saved notebook shows one), deepest hint (the mean number of the hint shown).
    """
    import pandas as pd

    rows: list[dict[str, Any]] = []
    if marks.set_name in SETS:
        points = _points_so_far(marks)
        graded = {student: _outputs(folder.graded(marks.set_name, student)) for student in points}
        worked = {
            student: _outputs(folder.submission(marks.set_name, student)) for student in points
        }
        for question in exercise_set(marks.set_name).questions:
            cell = f"{question.name}-marks"
            for criterion in question.criteria:
                rows.append(_row(question.name, criterion, cell, points, graded, worked))
    return pd.DataFrame(rows, columns=COLUMNS)


def _points_so_far(marks: Marks) -> dict[str, float]:
    import pandas as pd

    numbers = pd.to_numeric(marks.table.set_index("id")["so far"], errors="coerce").dropna()
    return {str(student): float(value) for student, value in numbers.items()}


def _row(
    question: str,
    criterion: Criterion,
    cell: str,
    points: dict[str, float],
    graded: dict[str, dict[str, str]],
    worked: dict[str, dict[str, str]],
) -> dict[str, Any]:
    import pandas as pd

    held = {}
    for student in points:
        lines = [line.strip() for line in graded[student].get(cell, "").splitlines()]
        if f"+ {criterion.sentence}" in lines:
            held[student] = 1.0
        elif f"- {criterion.sentence}" in lines:
            held[student] = 0.0
    shown = []
    for student in points:
        text = " ".join(worked[student].get(cell, "").split())
        reached = [at for at, hint in enumerate(criterion.hints, 1) if _plain(hint) in text]
        if reached:
            shown.append(max(reached))
    marks = pd.Series(held, dtype=float)
    rest = pd.Series(points, dtype=float).reindex(marks.index) - criterion.points * marks
    return {
        "question": question,
        "criterion": criterion.sentence,
        "points": criterion.points,
        "answers": len(marks),
        "held": round(float(marks.mean()), 3) if len(marks) else None,
        "link": link_with_rest(marks, rest),
        "hints": len(criterion.hints),
        "hint reached": len(shown),
        "deepest hint": round(sum(shown) / len(shown), 2) if shown else None,
    }


def _plain(hint: str) -> str:
    return " ".join(hint.split())


def _outputs(path: Path) -> dict[str, str]:
    """What each graded cell of a notebook shows, as text; nothing if it cannot be read."""
    try:
        cells = json.loads(path.read_bytes())["cells"]
        return {
            str(cell["metadata"]["nbgrader"]["grade_id"]): _text(cell.get("outputs") or [])
            for cell in cells
            if cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, CourseError):
        return {}


def _text(outputs: list[dict[str, Any]]) -> str:
    parts = []
    for output in outputs:
        for value in (output.get("text", ""), output.get("data", {}).get("text/plain", "")):
            parts.append("".join(value) if isinstance(value, list) else str(value))
    return "\n".join(parts)
