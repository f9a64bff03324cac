"""What happens to a submission between nbgrader's own steps.

The answers leave the student's kernel as JSON (`Probe`), and are judged here, where no student's
code runs (`Judge`).
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output
from nbgrader.preprocessors import Execute, NbGraderPreprocessor
from nbgrader.utils import determine_grade
from traitlets import Dict, Float, Integer, List, Unicode

from course_lib.exercises import exercise_set
from course_lib.exercises.question import Inputs, Question, Task, Verdict
from course_lib.grading import sandbox
from course_lib.grading.class_folder import ClassFolder, write_json
from course_lib.grading.python_cells import elsewhere
from course_lib.grading.safe_pages import make_outputs_safe
from course_lib.grading.secret_inputs import judges_inputs

MAX_CHARACTERS = 3_000_000  # of an answer
PROBE, LEFT_OUT = "course_probe", "course_left_out"
#: The probe of a question at the end of the notebook, beside the one where it was asked.
LATER = "course_later"
#: Without a name of its own among the student's.
OURS = "__import__('course_lib.exercises.probe', fromlist=['probe'])"
ENDED = "a cell ended the kernel, or needed more memory than it may use"
ENDLESS = "a cell did not stop when it was told to, or started programs without end"
WHY = {DeadKernelError: ENDED, CellTimeoutError: ENDLESS}
BROKEN = "a cell changed Python so that its kernel's messages could not be read any more"
SLOW = "a cell took too long and was stopped"
NO_ANSWER = "no answer came out: it did not stop by itself, or ended the program"
NOT_RUN = "This cell was not run: it, or the answer to this question, did not stop by itself."


#: Messages that put something below a cell.
SHOWS = ("stream", "display_data", "update_display_data", "execute_result", "error")


class OfAClass(NbGraderPreprocessor):
    """What knows the class: its questions, and what they are judged on."""

    root = Unicode(help="The class folder").tag(config=True)

    def questions(self, resources: Any) -> Iterator[tuple[Question, Task]]:
        """Each question, with the student's numbers."""
        folder = ClassFolder.at(self.root)
        wanted = exercise_set(resources["nbgrader"]["assignment"])
        student = resources["nbgrader"]["student"]
        for question in wanted.questions:
            yield question, wanted.task(question.name, student, folder.token)

    def inputs(self, question: Question, resources: Any, *, later: bool) -> Inputs | None:
        """The inputs drawn with the secret, where the question was asked and at the end."""
        folder = ClassFolder.at(self.root)
        return judges_inputs(
            folder,
            resources["nbgrader"]["assignment"],
            question.name,
            resources["nbgrader"]["student"],
            later=later,
        )


def feeling_at_home() -> NotebookNode:
    """The first cell: what belongs to another place (Colab, a window) does nothing here."""
    cell = new_code_cell(f"{OURS}.feel_at_home()")
    cell.metadata[PROBE] = ""
    return cell


class AtHome(NbGraderPreprocessor):
    """Before a lecturer's own notebook is run."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        nb.cells.insert(0, feeling_at_home())
        return nb, resources


class Probe(OfAClass):
    """Add cells that print the answers: right below each marks cell, and at the end once more.

    The first one counts. A later cell may use the same name for something else.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        for question, _ in self.questions(resources):
            at = nb.cells.index(marked_cell(nb, question))
            nb.cells.insert(at + 1, self._probe(question, resources, later=False))
            nb.cells.append(self._probe(question, resources, later=True))
        nb.cells.insert(0, feeling_at_home())
        return nb, resources

    def _probe(self, question: Question, resources: Any, *, later: bool) -> NotebookNode:
        inputs = json.dumps(self.inputs(question, resources, later=later))
        cell = new_code_cell(
            f"print({OURS}.answer_line(globals().get({question.name!r}), "
            f"{inputs!r}, {list(question.blocked)!r}))"
        )
        cell.metadata[PROBE], cell.metadata[LATER] = question.name, later
        return cell


class BoundedExecute(Execute):
    """nbgrader's execution, which bounds output, and goes on without a cell that ends the kernel.

    A cell that ends the kernel, or does not stop when it is told to, is left out, and the notebook
    is run again from the top, in a fresh kernel. So it costs the other questions nothing.

    After a first cell that was stopped by the clock, those that have not yet come to their end get
    a third of the time that is left, so that any number of them leaves time for the others.
    """

    max_cell_output = Integer(1_000_000, help="Characters of output kept of a cell").tag(
        config=True
    )
    max_output = Integer(5_000_000, help="Characters of output kept of a notebook").tag(config=True)
    max_runs = Integer(8, help="How often the notebook is run at most").tag(config=True)
    seconds = Float(120.0, help="For the whole notebook, all its runs").tag(config=True)

    def preprocess(self, nb: NotebookNode, *given: Any, **more: Any) -> tuple[NotebookNode, Any]:
        self._left_out: dict[int, str] = {}
        self._of_a_cell: int = self.timeout  # type: ignore[has-type]  # a trait of its parent
        self._until = time.monotonic() + 0.85 * self.seconds
        self._took: dict[int, float] = {}  # seconds of each cell that came to its end
        self._stopped: set[int] = set()  # by the clock
        for run in count(1):
            self._kept, self._at = Counter[int](), -1
            self.new_private_folder()
            try:
                done: tuple[NotebookNode, Any] = super().preprocess(nb, *given, **more)
            except Exception as error:  # a cell can break its kernel in ways of its own
                if self._at < 0 or run >= self.max_runs:
                    raise
                why = dict.fromkeys(self._stopped, SLOW) | {self._at: WHY.get(type(error), BROKEN)}
                if isinstance(error, CellTimeoutError):
                    self._stopped.add(self._at)
                for at in why:
                    for index in cells_that_go_with(nb.cells, at):
                        self._left_out.setdefault(index, why.get(index, ""))
            else:
                nb.metadata[LEFT_OUT] = [
                    f"{name_of(nb.cells[index])}: {why}, and was left out"
                    for index, why in self._left_out.items()
                    if why
                ]
                return done
        raise AssertionError("it ends above")

    def new_private_folder(self) -> None:
        """A folder of its own for the next kernel: nothing of the one before may wait in it."""
        if sandbox.PRIVATE in os.environ:
            folder = sandbox.next_private_folder()
            if self.config.KernelManager.transport == "ipc":
                self.config.KernelManager.ip = str(folder / "socket")

    def preprocess_cell(
        self, cell: NotebookNode, resources: Any, index: int
    ) -> tuple[NotebookNode, Any]:
        if index in self._left_out or self._was_stopped(cell):
            cell.outputs = [not_run()]
            return cell, resources
        self._at, self.timeout, began = index, self._time_for(index), time.monotonic()
        done: tuple[NotebookNode, Any] = super().preprocess_cell(cell, resources, index)
        if took_too_long(cell):
            self._stopped.add(index)
        else:
            self._took[index] = time.monotonic() - began
        return done

    def _time_for(self, index: int) -> int:
        """Seconds for a cell; whoever has written no endless one has the usual time for each."""
        if index in self._took or not self._stopped:
            return int(self._of_a_cell)
        left = self._until - time.monotonic() - sum(self._took.values())
        return max(2, min(self._of_a_cell, int(left / 3)))

    def _was_stopped(self, cell: NotebookNode) -> bool:
        """Whether this asks once more for an answer that had to be stopped just now."""
        return PROBE in cell.metadata and any(
            question_of(other) == cell.metadata[PROBE]
            and (is_marked(other) or PROBE in other.metadata)
            and took_too_long(other)
            for other in self.nb.cells
        )

    def process_message(self, msg: Any, cell: NotebookNode, cell_index: int) -> Any:
        if msg["msg_type"].startswith("comm_"):
            return None  # the state of widgets: nobody sees them here, and it has no bound
        if msg["msg_type"] in SHOWS:
            size = self._kept[cell_index] + len(str(msg["content"]))
            # What decides on a mark is kept, however much was printed before.
            ours = PROBE in cell.metadata or is_marked(cell)
            everything = self._kept.total() if not ours else 0
            if (
                size > (MAX_CHARACTERS + 1000 if ours else self.max_cell_output)
                or everything > self.max_output
            ):
                return None
            self._kept[cell_index] = size
        return super().process_message(msg, cell, cell_index)


def cells_that_go_with(cells: list[NotebookNode], at: int) -> list[int]:
    """A cell and, if it belongs to a question, the cells after it that ask for its answer."""
    question = question_of(cells[at])
    return [at] + [
        index
        for index, cell in enumerate(cells)
        if question and index > at and question_of(cell) == question
    ]


def question_of(cell: NotebookNode) -> str:
    """The question to which a cell belongs: its answer, its marks or its probe; or nothing."""
    named = cell.metadata.get(PROBE) or cell.metadata.get("nbgrader", {}).get("grade_id", "")
    return str(named).removesuffix("-marks")


def is_marked(cell: NotebookNode) -> bool:
    """Whether nbgrader reads a mark off this cell."""
    return bool(cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade"))


def took_too_long(cell: NotebookNode) -> bool:
    """Whether a cell was stopped by nbgrader's clock."""
    return any(output.get("ename") == "CellTimeoutError" for output in cell.get("outputs", []))


def not_run() -> NotebookNode:
    """What stands below a cell that was not run."""
    return new_output("error", ename="NotRun", evalue=NOT_RUN, traceback=[NOT_RUN])


def name_of(cell: NotebookNode) -> str:
    """How a cell is named to a teacher."""
    return question_of(cell) or "a cell of the student's own"


class Judge(OfAClass):
    """Judge the answers, write the marks where nbgrader looks for them, and take the probes out."""

    report = Unicode(help="Where to write what was found out").tag(config=True)
    flags: Any = List(help="What was found before it ran").tag(config=True)
    notes: Any = List(help="What the teacher should know").tag(config=True)
    waiting: Any = Dict(help="Written answers for which a person has to look elsewhere").tag(
        config=True
    )

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        probes = {
            (cell.metadata[PROBE], cell.metadata.get(LATER)): cell
            for cell in nb.cells
            if PROBE in cell.metadata
        }
        nb.cells = [cell for cell in nb.cells if PROBE not in cell.metadata]
        remarks, marks, notes = stopped_cells(nb), {}, list(self.notes)
        flags = [*self.flags, *nb.metadata.pop(LEFT_OUT, []), *remarks]
        hints = of_elsewhere(nb)
        notes += [f"{name}: {hint}" for name, hint in hints.items()]
        for question, task in self.questions(resources):
            there, later = (
                judged(
                    probes[question.name, at_end],
                    question,
                    task,
                    self.inputs(question, resources, later=at_end),
                )
                for at_end in (False, True)
            )
            counts = later if there.answer is None and later.answer is not None else there
            if note := difference(question, there, later):
                notes.append(note)
            if counts.remark:
                remarks.append(f"{question.name}: {counts.remark}")
            verdict = counts.verdict
            remark = counts.remark
            if verdict.points < verdict.possible and question.name in hints:
                remark = f"{remark}. {hints[question.name]}".removeprefix(". ")
            cell = marked_cell(nb, question)
            # For a cell that was never run nbgrader would give all the points.
            inside = float(determine_grade(cell)[0] or 0) if cell.outputs else 0.0
            shown = points_shown(question, verdict)
            if counts is there and abs(inside - shown) > 1e-9:
                flags.append(
                    f"{question.name}: its checks give {inside:g} in the notebook, and {shown:g} "
                    "outside of it"
                )
            cell.metadata["course_mark_inside"] = inside
            cell.outputs = outputs_of(verdict, remark)
            marks[question.name] = {
                "inside": inside,
                "shown": shown,
                "outside": verdict.points,
                "possible": verdict.possible,
            }
        let_wait(nb, self.waiting)
        found = {"marks": marks, "flags": flags, "remarks": remarks, "notes": notes}
        write_json(Path(self.report), found)
        return nb, resources


class OwnTests(Judge):
    """What the tests of a lecturer's own notebook gave in the student's kernel, and no judge's.

    A warning is no error: nbgrader itself gives 0 for anything on stderr.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        nb.cells = [cell for cell in nb.cells if PROBE not in cell.metadata]
        remarks, marks = stopped_cells(nb), {}
        flags = [*self.flags, *nb.metadata.pop(LEFT_OUT, []), *remarks]
        for cell in nb.cells:
            if not is_marked(cell):
                continue
            cell.outputs = [one for one in cell.outputs if one.get("name") != "stderr"]
            if not cell.outputs and cell.get("execution_count") is None:
                cell.outputs = [not_run()]  # nbgrader would give all the points for it
            found, possible = determine_grade(cell)
            if found is not None:
                points = {"inside": found, "shown": found, "outside": found}
                marks[question_of(cell)] = points | {"possible": possible}
        let_wait(nb, self.waiting)
        found_out = {"marks": marks, "flags": flags, "remarks": remarks, "notes": self.notes}
        write_json(Path(self.report), found_out)
        return nb, resources


@dataclass(frozen=True)
class Judged:
    """What a probe printed, and what the judge says of it."""

    answer: Any
    remark: str
    verdict: Verdict


def judged(cell: NotebookNode, question: Question, task: Task, inputs: Inputs | None) -> Judged:
    """The verdict on the answer that a probe printed."""
    answer, remark = read_answer(cell)
    return Judged(answer, remark, question.judge(answer, task, inputs))


def difference(question: Question, there: Judged, later: Judged) -> str:
    """A sentence if an answer is another one at the end of the notebook; or nothing."""
    if there.answer is None:
        if later.answer is None:
            return ""
        return f"{question.name}: the answer stands in a later cell than its own, and counts"
    if question.inputs is None:
        same = there.answer == later.answer
    else:
        same = there.verdict == later.verdict
    if same:
        return ""
    return (
        f"{question.name}: a later cell uses this name again. What stood there at its own marks "
        f"cell counts: {there.verdict.points:g} points. At the end of the notebook it would be "
        f"{later.verdict.points:g}"
    )


def let_wait(nb: NotebookNode, waiting: Mapping[str, str]) -> None:
    """Keep nbgrader from giving 0 for an untouched cell when there may be words elsewhere."""
    for cell in nb.cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("grade_id") in waiting:
            about.pop("checksum", None)


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


def points_shown(question: Question, verdict: Verdict) -> float:
    """What an answer gets for the checks that its student sees, which the notebook runs too."""
    judged = zip(question.criteria, verdict.findings, strict=True)
    return sum(one.points for one, (_, held) in judged if one.public and held)


def read_answer(cell: NotebookNode) -> tuple[Any, str]:
    """The answer that a probe printed, and what is to be said if there is none."""
    if any(output.get("ename") == "NotRun" for output in cell.outputs):
        return None, NO_ANSWER
    text = "".join(
        str(output.text)
        for output in cell.outputs
        if output.output_type == "stream" and output.name == "stdout"
    )
    if len(text) > MAX_CHARACTERS:
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


def stopped_cells(nb: NotebookNode) -> list[str]:
    """Which cells were stopped because they took too long, each in a sentence."""
    return [f"{name_of(cell)}: {SLOW}" for cell in nb.cells if took_too_long(cell)]


def of_elsewhere(nb: NotebookNode) -> dict[str, str]:
    """Cells that ask for what is not here, each with a sentence: it costs nothing by itself."""
    found = {}
    for cell in nb.cells:
        if cell.cell_type == "code" and (asked := elsewhere(cell.source)):
            what = " and ".join(asked)
            found[name_of(cell)] = (
                f"its cell asks for {what}, which the computer that marks does not have; that line "
                "did nothing there"
            )
    return found


def outputs_of(verdict: Verdict, remark: str = "") -> list[NotebookNode]:
    """A mark as a bare number, which nbgrader takes, and the reasons for the student."""
    lines = [f"{verdict.points:g} of {verdict.possible:g} points"]
    lines += [f"{'+' if holds else '-'} {sentence}" for sentence, holds in verdict.findings]
    lines += [f"Why: {remark}"] if remark else []
    mark = {"text/plain": f"{verdict.points:g}"}
    return [
        new_output("stream", name="stdout", text="".join(f"{line}\n" for line in lines)),
        new_output("execute_result", data=mark, execution_count=1),
    ]
