"""The marks of a class: a row a student, a row a question, and a picture of both.

Nobody is left out: whoever has no marks has a reason in the column "not graded, and why".
"""

from __future__ import annotations

import getpass
import hashlib
import io
import json
import math
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course_lib.errors import CourseError
from course_lib.files import write_atomically
from course_lib.grading.class_folder import ClassFolder, read_json, write_json
from course_lib.grading.decisions import taken_off
from course_lib.grading.own_notebook import IN_KERNEL, is_own

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

BY_HAND = "to be marked by hand"
WHY, FLAGS = "not graded, and why", "flags"
OFF, JUDGED = "off for lateness", "how it was judged"
ALONGSIDE = ["total", "so far", "possible", "late", OFF, WHY, FLAGS]


@dataclass(frozen=True)
class Column:
    """One question in the table of marks.

    Attributes
    ----------
    name : str
        The question.
    cell : str
        The name of its marked cell in the notebook and in the gradebook.
    possible : float
        What a right answer is worth.
    """

    name: str
    cell: str
    possible: float


@dataclass(frozen=True)
class Marks:
    """The marks of one set.

    Attributes
    ----------
    set_name : str
        The set.
    columns : tuple of Column
        The questions, in the order of the notebook.
    table : DataFrame
        A row a student: id, names, a column a question, total, so far, possible, late, the points
        taken off for it, the reason why there are no marks, flags. A mark is a number, the words
        "to be marked by hand", or empty. What is taken off is off the total, and not off "so far".
    """

    set_name: str
    columns: tuple[Column, ...]
    table: pd.DataFrame

    def of(self, question: str) -> pd.Series:
        """The marks of one question that are known, as numbers, by student."""
        import pandas as pd

        marks = pd.to_numeric(self.table.set_index("id")[question], errors="coerce")
        return marks.dropna().astype(float)

    def totals(self) -> pd.Series:
        """The final totals that are known, by student."""
        return self.of("total")

    def difficulty(self) -> pd.DataFrame:
        """How difficult each question was: a row a question.

        Returns
        -------
        DataFrame
            Columns question, possible, marked (students with a mark), mean, mean share (of the
            possible points), full marks and no marks (shares of the students), and link (the
            correlation with the rest of a student's points; empty for fewer than ten students).
        """
        import pandas as pd

        return pd.DataFrame([self._difficulty(column) for column in self.columns])

    def _difficulty(self, column: Column) -> dict[str, Any]:
        marks = self.of(column.name)
        number = len(marks)
        row: dict[str, Any] = {
            "question": column.name,
            "possible": column.possible,
            "marked": number,
            "mean": None,
            "mean share": None,
            "full marks": None,
            "no marks": None,
            "link": None,
        }
        if number:
            row["mean"] = round(float(marks.mean()), 3)
            row["full marks"] = round(float((marks >= column.possible - 1e-9).mean()), 3)
            row["no marks"] = round(float((marks <= 1e-9).mean()), 3)
            if column.possible > 0:
                row["mean share"] = round(float(marks.mean()) / column.possible, 3)
        rest = (self.totals() - marks).dropna()
        row["link"] = link_with_rest(marks.reindex(rest.index), rest)
        return row

    def to_be_marked(self) -> int:
        """How many students have an answer that waits for a person."""
        names = [column.name for column in self.columns]
        return int((self.table[names] == BY_HAND).any(axis="columns").sum())

    def by_hand(self) -> list[str]:
        """The questions in which an answer waits for a person."""
        names = [column.name for column in self.columns]
        return [name for name in names if (self.table[name] == BY_HAND).any()]

    def points_without_hand(self) -> pd.Series:
        """What each student has in the questions in which nobody waits for a person."""
        import pandas as pd

        names = [column.name for column in self.columns if column.name not in self.by_hand()]
        numbers = self.table.set_index("id")[names].apply(pd.to_numeric, errors="coerce")
        return numbers.dropna().sum(axis="columns").astype(float)

    def summary(self) -> str:
        """How many have a total, in a sentence.

        While answers wait for a person, there is no middle: those who wrote nothing have their
        total first, so it would be that of the weakest.
        """
        totals, everybody, waiting = self.totals(), len(self.table), self.to_be_marked()
        possible = sum(column.possible for column in self.columns)
        if waiting:
            return (
                f"{len(totals)} of {everybody} students have a total; {waiting} "
                f"{'waits' if waiting == 1 else 'wait'} for your marks."
            )
        if totals.empty:
            return f"Nobody of {everybody} has a total yet."
        return (
            f"{len(totals)} of {everybody} students have a total; the middle one is "
            f"{totals.median():g} of {possible:g} points."
        )


def link_with_rest(marks: pd.Series, rest: pd.Series) -> float | None:
    """How a mark goes with the rest of a student's points: a correlation, from -1 to 1.

    It is empty for fewer than ten students, or where all have the same.
    """
    if len(rest) < 10 or not rest.std() > 0 or not marks.std() > 0:
        return None
    return round(float(marks.corr(rest)), 3)


def class_marks(folder: ClassFolder, set_name: str) -> Marks:
    """The marks of a set, for every student on the roster.

    Marks of a flagged submission are left empty until a teacher has looked at it. While an answer
    is still to be marked by hand, there is no total, only what there is so far.

    Parameters
    ----------
    folder : ClassFolder
        The class.
    set_name : str
        The set.

    Returns
    -------
    Marks

    Raises
    ------
    CourseError
        If the set was not released to this class.
    """
    import pandas as pd

    columns = marked_cells(folder, set_name)
    people: list[dict[Any, Any]] = folder.roster.to_dict("records")
    known = {row["id"] for row in people}
    nobody = {"last name": "", "first name": "", "email": ""}
    strangers = [name for name in folder.students_with(set_name) if name not in known]
    people += [nobody | {"id": name} for name in strangers]
    rows = []
    with folder.gradebook() as book:
        for person in people:
            name = str(person["id"])
            row = {key: person[key] for key in ("id", "last name", "first name")}
            try:
                row |= _row(folder, book, set_name, name, columns)
            except CourseError as error:  # one damaged file costs one student
                row |= _no_marks(columns) | {WHY: str(error).rstrip("."), "late": ""}
            if name in strangers:
                row[FLAGS] = "; ".join(filter(None, ["not on the roster", row[FLAGS]]))
            rows.append(row)
    names = [column.name for column in columns]
    order = ["id", "last name", "first name", *names, *ALONGSIDE]
    if is_own(set_name):
        order.append(JUDGED)
        rows = [row | {JUDGED: IN_KERNEL} for row in rows]
    return Marks(set_name, columns, pd.DataFrame(rows, columns=order, dtype=object))


def marked_cells(folder: ClassFolder, set_name: str) -> tuple[Column, ...]:
    """The marked cells of a set, in the order of the notebook."""
    if set_name not in folder.set_names:
        raise CourseError(f"{set_name} was not released to this class, so there are no marks.")
    cells = json.loads(folder.released(set_name).read_text("utf-8"))["cells"]
    about = [cell["metadata"].get("nbgrader", {}) for cell in cells]
    return tuple(
        Column(
            name=str(one["grade_id"]).removesuffix("-marks"),
            cell=str(one["grade_id"]),
            possible=float(one["points"]),
        )
        for one in about
        if one.get("grade")
    )


def _row(
    folder: ClassFolder, book: Any, set_name: str, student: str, columns: tuple[Column, ...]
) -> dict[str, Any]:
    """What the table says of one student, beside the name."""
    row = _no_marks(columns)
    row["late"] = "late" if folder.late(set_name, student) else ""
    row[WHY] = why_not_graded(folder, set_name, student)
    if row[WHY]:
        return row
    notebook = find_notebook(book, set_name, student)
    if notebook is None:
        row[WHY] = "the gradebook does not know it; grade it again with --again"
        return row
    flags = open_flags(folder, set_name, student, notebook)
    if flags:
        row[FLAGS] = f"look at it first: {'; '.join(flags)}"
        return row
    row |= _marks(notebook, columns)
    numbers = [row[column.name] for column in columns if isinstance(row[column.name], float)]
    row["so far"] = round(math.fsum(numbers), 6)
    row[OFF] = taken_off(folder, set_name, student, row["possible"]) or None
    if len(numbers) == len(columns):
        row["total"] = round(max(0.0, row["so far"] - (row[OFF] or 0.0)), 6)
    return row


def _no_marks(columns: tuple[Column, ...]) -> dict[str, Any]:
    """A row without marks."""
    row: dict[str, Any] = {column.name: None for column in columns}
    row |= {"total": None, "so far": None, OFF: None, WHY: "", FLAGS: ""}
    row["possible"] = sum(column.possible for column in columns)
    return row


def _marks(notebook: Any, columns: tuple[Column, ...]) -> dict[str, Any]:
    """The mark of each question in the gradebook, where a teacher's own marks are too."""
    grades = {grade.name: grade for grade in notebook.grades}
    marks: dict[str, Any] = {}
    for column in columns:
        grade = grades.get(column.cell)
        if grade is None or grade.needs_manual_grade:
            marks[column.name] = BY_HAND
        else:
            marks[column.name] = float(grade.score)
    return marks


def why_not_graded(folder: ClassFolder, set_name: str, student: str) -> str:
    """Why a student has no marks; empty if there are some."""
    path = folder.submission(set_name, student)
    if not path.is_file() and not path.is_symlink():
        return what_came_instead(folder, set_name, student) or "nothing was handed in"
    result = folder.result(set_name, student)
    if result is None:
        return "not graded yet"
    if not path.is_symlink():
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if result["about"]["submission"] != digest:
            return "a newer one came in since it was graded; grade again"
    return "" if result["graded"] else str(result["why_not"])


def what_came_instead(folder: ClassFolder, set_name: str, student: str) -> str:
    """What came that may be a student's and was not taken, in a few words; or nothing."""
    for one in (read_json(folder.not_taken_path(set_name)) or {}).values():
        if student in one["students"] and one["refused"]:
            return f"what came was refused: {one['why']}"
        if student in one["students"]:
            return f"something that may be theirs lies in unclear/{set_name}: {one['why']}"
    return ""


def find_notebook(book: Any, set_name: str, student: str) -> Any | None:
    """The submission in nbgrader's gradebook, or None."""
    from nbgrader.api import MissingEntry

    try:
        return book.find_submission_notebook(set_name, set_name, student)
    except MissingEntry:
        return None


def open_flags(folder: ClassFolder, set_name: str, student: str, notebook: Any) -> list[str]:
    """What a teacher has to look at before the marks count.

    A flag is settled in formgrader, or by `looked`. A teacher's look counts for the submission
    that was looked at: a new one is looked at anew.
    """
    result = folder.result(set_name, student)
    if result is None or not notebook.flagged:
        return []
    if seen(folder, set_name, student, result):
        return []
    return list(map(str, result["flags"])) or ["a teacher flagged it in formgrader"]


def seen(folder: ClassFolder, set_name: str, student: str, result: dict[str, Any]) -> bool:
    """Whether a teacher has looked at this very submission, with these flags."""
    look = read_json(folder.looked_path(set_name, student))
    if look is None:
        return False
    # Whatever else has changed since: the teacher looked at this file, and at these flags.
    same = look["about"]["submission"] == result["about"]["submission"]
    return bool(same and set(result["flags"]) <= set(look["flags"]))


def looked(folder: ClassFolder, set_name: str, student: str) -> str:
    """Say that a teacher has looked at a flagged submission: its marks count from now on.

    Parameters
    ----------
    folder : ClassFolder
        The class.
    set_name : str
        The set.
    student : str
        Whose submission.

    Returns
    -------
    str
        What was done, in a sentence.

    Raises
    ------
    CourseError
        If there is no graded submission of that student.
    """
    why_not = why_not_graded(folder, set_name, student)
    result = folder.result(set_name, student)
    with folder.gradebook() as book:
        notebook = find_notebook(book, set_name, student)
        if why_not or result is None or notebook is None:
            raise CourseError(f"{student} has no graded {set_name}: {why_not or 'not graded yet'}.")
        flags = open_flags(folder, set_name, student, notebook)
        if not flags:
            return f"{student} is not flagged in {set_name}."
        record = {
            "about": result["about"],
            "flags": result["flags"],
            "who": getpass.getuser(),
            "when": datetime.now().astimezone().isoformat(timespec="seconds"),
        }
        write_json(folder.looked_path(set_name, student), record)
        notebook.flagged = False
        book.db.commit()
    return f"{student} counts from now on. You looked at: {'; '.join(flags)}."


# --- files


def write_marks(folder: ClassFolder, marks: Marks, *, decimal_comma: bool = False) -> list[Path]:
    """Write the table, the questions and the picture into marks/; the same each time."""
    place = folder.root / "marks"
    table = place / f"{marks.set_name}.csv"
    questions = place / f"{marks.set_name}_questions.csv"
    picture = place / f"{marks.set_name}.png"
    write_atomically(table, as_csv(marks.table, decimal_comma))
    write_atomically(questions, as_csv(marks.difficulty(), decimal_comma))
    write_atomically(picture, as_png(summary_figure(marks)))
    return [table, questions, picture]


def as_csv(table: pd.DataFrame, decimal_comma: bool = False) -> bytes:
    """A table as CSV that every spreadsheet reads with its letters right.

    With a decimal comma the columns are divided by semicolons: a German Excel takes 5.5 for a date.
    """
    safe = table.map(lambda value: _cell(value, "," if decimal_comma else "."))
    divider = ";" if decimal_comma else ","
    text: str = safe.to_csv(index=False, lineterminator="\n", sep=divider)
    return text.encode("utf-8-sig")


def _cell(value: Any, point: str) -> str:
    """A value for a spreadsheet: a text that begins like a formula must not be taken for one."""
    if isinstance(value, str):
        value = " ".join(value.split())
        return f"'{value}" if value.startswith(("=", "+", "-", "@")) else value
    return "" if value is None or value != value else f"{value:.10g}".replace(".", point)


def summary_figure(marks: Marks) -> Figure:
    """The distribution of totals beside the mean share of points in each question."""
    import matplotlib
    from matplotlib.figure import Figure

    from course_lib.lab.style import settings

    with matplotlib.rc_context(settings()):
        figure = Figure(figsize=(10, 4.2), layout="constrained")
        left, right = figure.subplots(1, 2, width_ratios=[1.2, 1])
        _draw_totals(left, marks)
        _draw_questions(right, marks)
        return figure


def _draw_totals(axes: Any, marks: Marks) -> None:
    import numpy as np

    from course_lib.lab.style import BLUE, ORANGE

    # While answers wait, only those who wrote nothing have a total: all are compared without them.
    final = not marks.to_be_marked()
    totals = marks.totals() if final else marks.points_without_hand()
    possible = sum(
        one.possible for one in marks.columns if final or one.name not in marks.by_hand()
    )
    axes.set(
        title=f"{'Total' if final else 'Points so far, before marking by hand'} of "
        f"{len(totals)} of {len(marks.table)} students",
        xlabel=f"points (possible: {possible:g})",
        ylabel="students",
        xlim=(-0.5, possible + 0.5),
    )
    axes.yaxis.get_major_locator().set_params(integer=True)
    if totals.empty:
        return
    width = max(1, math.ceil(possible / 25))
    edges = np.arange(0, possible + 2 * width, width) - width / 2
    axes.hist(totals, bins=edges, color=BLUE, edgecolor="white")
    middle = float(totals.median())
    axes.axvline(middle, color=ORANGE, linestyle="--")
    # Beside the line, on the side that has more room.
    left = middle > possible / 2
    axes.annotate(
        f"the middle student: {middle:g}",
        (middle, 0.97),
        xycoords=("data", "axes fraction"),
        xytext=(-6 if left else 6, 0),
        textcoords="offset points",
        ha="right" if left else "left",
        va="top",
        color=ORANGE,
    )
    axes.set_ylim(top=axes.get_ylim()[1] * 1.2)  # room for the word


def _draw_questions(axes: Any, marks: Marks) -> None:
    from course_lib.lab.style import GREEN

    shares = [float((marks.of(one.name) / one.possible).mean()) for one in marks.columns]
    numbers = [len(marks.of(one.name)) for one in marks.columns]
    places = range(len(marks.columns))
    axes.barh(places, [0 if math.isnan(share) else share for share in shares], color=GREEN)
    for place, share, number in zip(places, shares, numbers, strict=True):
        text = f"{share:.0%} (of {number})" if number else "not marked yet"
        # In the bar there may be no room, beside it there always is.
        axes.text((share if number else 0) + 0.02, place, text, va="center")
    axes.set(
        title="Mean share of the points, by question",
        xlim=(0, 1.35),
        xticks=[0, 0.5, 1],
        xticklabels=["0%", "50%", "100%"],
        yticks=list(places),
        yticklabels=[f"{one.name} ({one.possible:g})" for one in marks.columns],
    )
    axes.invert_yaxis()  # in the order of the notebook, from the top
    axes.grid(False, axis="y")


def as_png(figure: Figure) -> bytes:
    """A figure as PNG, without a screen and without the date in it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    FigureCanvasAgg(figure)
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=120, metadata={"Software": None})
    return file.getvalue()
