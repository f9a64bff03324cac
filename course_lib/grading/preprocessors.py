"""What happens to a submission between nbgrader's own steps.

The answers leave the student's kernel as JSON (`Probe`), and are judged here, where no student's
code runs (`Judge`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output
from nbgrader.preprocessors import Execute, NbGraderPreprocessor
from nbgrader.utils import determine_grade
from traitlets import Integer, Unicode

from course_lib.exercises import exercise_set
from course_lib.exercises.question import Inputs, Question, Task, Verdict
from course_lib.exercises.variants import student_name
from course_lib.grading.class_folder import ClassFolder, write_json
from course_lib.grading.release import STUDENT_CELL
from course_lib.grading.safe_pages import NAME, make_outputs_safe

MOST_SIGNS = 3_000_000  # of an answer
PROBE = "course_probe"


class DropStrayMetadata(NbGraderPreprocessor):
    """Take nbgrader's mark off cells without a proper name, such as copies of others."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        for cell in nb.cells:
            about = cell.metadata.get("nbgrader")
            if about is not None and not NAME.fullmatch(str(about.get("grade_id", ""))):
                del cell.metadata["nbgrader"]
        return nb, resources


class WriteStudent(NbGraderPreprocessor):
    """Write the number under which it was handed in into the notebook's first cell."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        student = resources["nbgrader"]["student"]
        line = f'STUDENT = "{student}"'
        cell = next((cell for cell in nb.cells if cell.get("id") == STUDENT_CELL), None)
        if cell is None or cell.cell_type != "code":
            nb.cells.insert(0, new_code_cell(line))
            return nb, resources
        if cell.source.strip() not in ('STUDENT = ""', line):
            wrote = cell.source.partition("=")[2].strip().strip("\"'")[:60]
            if _name(wrote) != student:
                nb.metadata["course_flag"] = f"the notebook says STUDENT = {wrote!r}"
        cell.source = line
        return nb, resources


def _name(wrote: str) -> str:
    try:
        return student_name(wrote)
    except ValueError:
        return ""


class OfAClass(NbGraderPreprocessor):
    """What knows the class: its questions, and what they are judged on."""

    root = Unicode(help="The class folder").tag(config=True)

    def questions(self, resources: Any) -> Iterator[tuple[Question, Task, Inputs | None]]:
        """Each question, with the student's numbers and the inputs drawn with the secret."""
        folder = ClassFolder.at(self.root)
        wanted = exercise_set(resources["nbgrader"]["assignment"])
        student = resources["nbgrader"]["student"]
        for question in wanted.questions:
            task = wanted.task(question.name, student, folder.token)
            inputs = wanted.inputs(question.name, student, folder.token, secret=folder.secret)
            yield question, task, inputs


class Probe(OfAClass):
    """Add a cell for each question that prints the answer, on inputs drawn with the secret."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        for question, _, inputs in self.questions(resources):
            cell = new_code_cell(
                "from course_lib.exercises.probe import answer_line\n"
                f"print(answer_line(globals().get({question.name!r}), "
                f"{json.dumps(inputs)!r}, {list(question.blocked)!r}))"
            )
            cell.metadata[PROBE] = question.name
            nb.cells.append(cell)
        return nb, resources


class BoundedExecute(Execute):
    """nbgrader's execution, which forgets output beyond a limit."""

    most = Integer(5_000_000, help="Signs of output that are kept").tag(config=True)
    _kept = 0

    def process_message(self, msg: Any, cell: NotebookNode, cell_index: int) -> Any:
        if msg["msg_type"] in ("stream", "display_data", "execute_result", "error"):
            self._kept += len(str(msg["content"]))
            if self._kept > self.most:
                return None
        return super().process_message(msg, cell, cell_index)


class Judge(OfAClass):
    """Judge the answers, write the marks where nbgrader looks for them, and take the probes out."""

    report = Unicode(help="Where to write what was found out").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        probes = {cell.metadata[PROBE]: cell for cell in nb.cells if PROBE in cell.metadata}
        nb.cells = [cell for cell in nb.cells if PROBE not in cell.metadata]
        flag = nb.metadata.pop("course_flag", "")
        flags, remarks, marks = [flag] if flag else [], [], {}
        for question, task, inputs in self.questions(resources):
            answer, remark = read_answer(probes[question.name])
            if remark:
                remarks.append(f"{question.name}: {remark}")
            verdict = question.judge(answer, task, inputs)
            cell = marked_cell(nb, question)
            # For a cell that was never run nbgrader would give all the points.
            inside = float(determine_grade(cell)[0] or 0) if cell.outputs else 0.0
            if abs(inside - verdict.points) > 1e-9:
                flags.append(
                    f"{question.name}: {inside:g} points in the notebook, {verdict.points:g} "
                    "outside of it"
                )
            cell.metadata["course_mark_inside"] = inside
            cell.outputs = outputs_of(verdict)
            marks[question.name] = {
                "inside": inside,
                "outside": verdict.points,
                "possible": verdict.possible,
            }
        write_json(Path(self.report), {"marks": marks, "flags": flags, "remarks": remarks})
        return nb, resources


class SafeOutputs(NbGraderPreprocessor):
    """Keep what could run in a teacher's browser out of the graded copy."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        make_outputs_safe(nb)
        return nb, resources


def marked_cell(nb: NotebookNode, question: Question) -> NotebookNode:
    """The cell that holds the mark of a question."""
    name = f"{question.name}-marks"
    return next(
        cell for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == name
    )


def read_answer(cell: NotebookNode) -> tuple[Any, str]:
    """The answer that a probe printed, and what is to be said if there is none."""
    text = "".join(
        str(output.text)
        for output in cell.outputs
        if output.output_type == "stream" and output.name == "stdout"
    )
    if len(text) > MOST_SIGNS:
        return None, "the answer is too large"
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return None, "no answer came out"
    try:
        found = json.loads(lines[-1])
    except (ValueError, RecursionError):
        return None, "what came out is not JSON"
    if not isinstance(found, dict):
        return None, "what came out is not JSON"
    return found.get("answer"), str(found.get("problem", ""))[:300]


def outputs_of(verdict: Verdict) -> list[NotebookNode]:
    """A mark as a bare number, which nbgrader takes, and the reasons for the student."""
    lines = [f"{'+' if holds else '-'} {sentence}" for sentence, holds in verdict.findings]
    text = f"{verdict.points:g} of {verdict.possible:g} points\n" + "\n".join(lines) + "\n"
    mark = {"text/plain": f"{verdict.points:g}"}
    return [
        new_output("stream", name="stdout", text=text),
        new_output("execute_result", data=mark, execution_count=1),
    ]
