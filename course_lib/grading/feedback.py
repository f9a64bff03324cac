"""A page for each student: the notebook, the marks, the reasons, and a teacher's comments."""

from __future__ import annotations

import html
import io
import json
import logging
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from course_lib.errors import CourseError
from course_lib.exercises import exercise_set
from course_lib.grading.class_folder import ClassFolder
from course_lib.grading.formulas import without_loading
from course_lib.grading.marks import BY_HAND, FLAGS, WHY, class_marks, find_notebook
from course_lib.grading.own_notebook import hidden_lines, is_own
from course_lib.grading.pictures import PICTURES
from course_lib.grading.safe_pages import SafePage, make_safe, time_limit
from course_lib.grading.secret_inputs import judges_inputs

#: What students must not read in a page: how an answer is marked, and tests they did not see.
HIDDEN = re.compile(
    r"^[^\n]*=== BEGIN MARK SCHEME ===.*?(?:=== END MARK SCHEME ===[^\n]*|\Z)"
    r"|^[^\n]*### BEGIN HIDDEN TESTS.*?(?:### END HIDDEN TESTS[^\n]*|\Z)",
    re.DOTALL | re.MULTILINE,
)
#: What IPython writes between the words of an error.
COLOUR_CODE = re.compile(r"\x1b\[[\d;]{0,20}m")
NUMBER = re.compile(r"-?\d{1,40}(?:\.\d{0,40})?(?:e[+-]?\d{1,5})?", re.IGNORECASE)
PAGE_SECONDS = 60  # for one student's page
MOST_NUMBERS = 200_000  # in one output
WRAPPED = "div.output pre, div.input_area pre { white-space: pre-wrap; }"
#: Bootstrap's colours are too pale on grey and blue, and a link must differ from words around it.
COLOURS = """
a, .panel-heading a { color: #0b4f8a !important; text-decoration: underline; }
.panel-primary > .panel-heading { color: #222; background: #e7f0f8; border-color: #337ab7; }
.highlight .c, .highlight .c1 { color: #345f5f !important; }
.highlight .ow { color: #7a00c2 !important; }
.highlight .ne { color: #9c1c16 !important; }
pre span[style*="color"] { color: #222 !important; }
"""
#: What nbgrader's template writes for a question, in its list and above its mark.
TEST_CELL = re.compile(
    r'(?P<before><a href="#(?P<question>\w+)-marks">)Test cell(?P<after></a>)'
    r'|(?P<above><span class="nbgrader-label">)Grade cell: <code>(?P<named>\w+)-marks</code>'
)
TAKEN_OUT = "This output is not shown here."


Triple = tuple[str, str, str]


@dataclass
class Pages:
    """What `write_feedback` did.

    Attributes
    ----------
    written : dict
        The page of each student who got one.
    left_out : dict
        Students without a page: each with the reason.
    moved : list
        Students whose older page was put into `feedback_before`: it is not that of their marks.
    """

    written: dict[str, Path] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    moved: list[str] = field(default_factory=list)


def write_feedback(
    folder: ClassFolder,
    set_name: str,
    *,
    now: bool = False,
    students: Sequence[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Pages:
    """Write a page for every student whose marks are final.

    Parameters
    ----------
    folder : ClassFolder
        The class.
    set_name : str
        The set.
    now : bool
        Whether it is done before the set is due.
    students : sequence of str
        Whose pages; everybody's unless given.
    progress : callable, optional
        Told how many are done, and of how many.

    Returns
    -------
    Pages

    Raises
    ------
    CourseError
        If the set is not due yet, was not released, or a student handed nothing in.
    """
    marks = class_marks(folder, set_name)
    chosen = folder.chosen(set_name, students) if students else []
    if not now:
        refuse_early(folder, set_name, datetime.now().astimezone())
    pages = Pages()
    ready: list[str] = []
    off: dict[str, float] = {}  # what lateness costs
    for row in marks.table.to_dict("records"):
        student = str(row["id"])
        if chosen and student not in chosen:
            continue
        questions = [column.name for column in marks.columns]
        by_hand = [name for name in questions if row[name] == BY_HAND]
        why_not = row[WHY] or ("" if row["so far"] is not None else row[FLAGS])
        if not why_not and by_hand:
            why_not = f"still to be marked by hand: {', '.join(by_hand)}"
        if why_not:
            pages.left_out[student] = why_not
            if _move_away(folder, set_name, student):
                pages.moved.append(student)
        else:
            ready.append(student)
            off[student] = round(row["so far"] - row["total"], 6)
    for number, student in enumerate(ready, start=1):
        _write_off(folder, set_name, student, off[student])
        problem = _write_page(folder, set_name, student)
        if problem:
            pages.left_out[student] = problem
            if _move_away(folder, set_name, student):
                pages.moved.append(student)
        else:
            pages.written[student] = folder.feedback / student / set_name / f"{set_name}.html"
        if progress:
            progress(number, len(ready))
    return pages


def _move_away(folder: ClassFolder, set_name: str, student: str) -> bool:
    """Put an older page where nobody takes it for the present one; say whether there was one."""
    page = folder.feedback / student / set_name / f"{set_name}.html"
    if not page.is_file():
        return False
    written = datetime.fromtimestamp(page.stat().st_mtime)
    kept = folder.root / "feedback_before" / student / set_name
    kept.mkdir(parents=True, exist_ok=True)
    page.replace(kept / f"{written:%Y-%m-%dT%H%M%S}.html")
    return True


def refuse_early(folder: ClassFolder, set_name: str, moment: datetime) -> None:
    """Pages before the due date would help those who are still at work: also with an extension."""
    due = folder.due(set_name)
    if due is None:
        raise CourseError(
            f"{set_name} has no due date. Give it one: course class due {set_name} DATE. Or, if "
            "nobody works on the set any more, add --now."
        )
    longer = {one["student"] for one in folder.decisions(set_name) if one["kind"] == "extension"}
    latest = max([(due, ""), *((folder.due(set_name, one) or due, one) for one in longer)])
    if moment < latest[0]:
        who = f" for {latest[1]}" if latest[1] else ""
        raise CourseError(
            f"{set_name} is due on {latest[0]:%Y-%m-%d at %H:%M}{who}, and whoever is still at "
            "work could read the marks of others. Wait until then, or add --now."
        )


def _write_off(folder: ClassFolder, set_name: str, student: str, points: float) -> None:
    """Write what is taken off for lateness where nbgrader's page looks for it."""
    with folder.gradebook() as book:
        notebook = find_notebook(book, set_name, student)
        if notebook is not None and (notebook.late_submission_penalty or 0.0) != points:
            notebook.late_submission_penalty = points or None
            book.db.commit()


def _write_page(folder: ClassFolder, set_name: str, student: str) -> str:
    """Let nbgrader write one page; say what went wrong, or nothing."""
    config = folder.config()
    from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
    from nbgrader.converters import GenerateFeedback
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.preprocessors import GetGrades

    config.CourseDirectory.assignment_id = set_name
    config.CourseDirectory.student_id = student
    # The page loads nothing from elsewhere; see `without_loading` for what sets the formulas.
    config.HTMLExporter.require_js_url = ""
    config.HTMLExporter.jquery_url = ""
    log = io.StringIO()
    writer = GenerateFeedback(coursedir=CourseDirectory(config=config), config=config)
    writer.force = True
    writer.exporter_class = page_of(set_name)
    writer.log = logging.Logger("feedback")
    writer.log.addHandler(logging.StreamHandler(log))
    inputs = secret_triples(folder, set_name, student)
    hidden = hidden_lines(json.loads(folder.master(set_name).read_text("utf-8")))

    def strip(nb: Any, resources: Any) -> tuple[Any, Any]:
        strip_secrets(nb, folder.secret, inputs, hidden)
        make_safe(nb)
        return nb, resources

    def wrap(nb: Any, resources: Any) -> tuple[Any, Any]:
        resources["inlining"]["css"] += [WRAPPED, COLOURS]  # a page has no room to its right
        return nb, resources

    writer.preprocessors = [strip, GetGrades, CSSHTMLHeaderPreprocessor, wrap]
    try:
        with time_limit(PAGE_SECONDS):
            writer.start()
    except (Exception, SystemExit) as error:  # one page may fail without the others
        return f"the page could not be written: {why_no_page(log.getvalue(), error)}"
    return ""


def why_no_page(said: str, error: BaseException) -> str:
    """Why a page could not be written, in words of our own."""
    everything = f"{said}\n{error!r}"
    for sign, sentence in {
        "No space left": "the disk of this computer is full",
        "TimeoutError": "it took too long to make; read the notebook itself, in autograded",
        "locked": "the gradebook is in use; close the formgrader",
        "JSON": "the graded notebook is damaged; grade it again",
        "Permission": "the folder feedback may not be written",
    }.items():
        if sign in everything:
            return sentence
    logging.getLogger("course_lib.grading").error("%s", everything)
    return "the graded notebook cannot be shown; read it in autograded, or grade it again"


def page_of(set_name: str) -> type[SafePage]:
    """How a page is made: nbgrader's template calls each question "Test cell", and "Grade cell"."""
    questions = () if is_own(set_name) else exercise_set(set_name).questions
    titles = {one.name: one.title for one in questions}

    def title(found: re.Match[str]) -> str:
        name = titles.get(found["question"] or found["named"])
        if name is None:
            return found[0]
        return f"{found['before'] or found['above']}{html.escape(name)}{found['after'] or ''}"

    class Page(SafePage):
        """A page of feedback on this set."""

        def from_notebook_node(  # type: ignore[override]  # HTML is a text
            self, *given: Any, **more: Any
        ) -> tuple[str, Any]:
            page, resources = super().from_notebook_node(*given, **more)
            return with_structure(without_loading(TEST_CELL.sub(title, page))), resources

    return Page


def with_structure(page: str) -> str:
    """A page that says its language, and whose title is its first heading.

    Examples
    --------
    >>> with_structure("<html><body><h4>Set 01 (Score: 1)</h4></body></html>")
    '<html lang="en"><body><h1>Set 01 (Score: 1)</h1></body></html>'
    """
    page = page.replace("<html>", '<html lang="en">', 1)
    return re.sub(r"<h4>(.*?)</h4>", r"<h1>\1</h1>", page, count=1, flags=re.DOTALL)


# --- what a page may not hold


def secret_triples(folder: ClassFolder, set_name: str, student: str) -> set[Triple]:
    """The judge's inputs as three numbers in a row; those that students see do not count."""
    found: set[Triple] = set()
    if is_own(set_name):
        return found
    wanted = exercise_set(set_name)
    for question in wanted.questions:
        inputs = [
            judges_inputs(folder, set_name, question.name, student, later=later)
            for later in (False, True)
        ]
        public = wanted.inputs(question.name, student, folder.token)
        found |= triples(json.dumps(inputs)) - triples(json.dumps(public))
    return found


def triples(text: str) -> set[Triple]:
    """All three numbers that follow each other in a text, with six digits each.

    Examples
    --------
    >>> triples("[10.5 22.  3. ]") == triples("10.5, 22, 3.0")
    True
    """
    numbers = [f"{float(one):.6g}" for one in NUMBER.findall(text)[:MOST_NUMBERS]]
    return set(zip(numbers, numbers[1:], numbers[2:], strict=False))


def strip_secrets(nb: Any, secret: str, inputs: set[Triple], hidden: Collection[str] = ()) -> None:
    """Take out, in place, what a student must not read.

    Those are mark schemes, hidden tests, also where an error shows their lines, and the judge's
    inputs: a function gets them, and it may have shown them somewhere else.
    """
    for cell in nb.cells:
        cell.source = HIDDEN.sub("", cell.source).replace(secret, "")
        for at, output in enumerate(cell.get("outputs", [])):
            text = COLOUR_CODE.sub("", "\n".join(texts_of(output)))
            if any(line in text for line in hidden) or secret in text or inputs & triples(text):
                cell.outputs[at] = type(output)(
                    output_type="stream", name="stdout", text=f"{TAKEN_OUT}\n"
                )


def texts_of(output: Any) -> list[str]:
    """Everything in an output that a person could read."""
    data = output.get("data", {})
    parts = [value for mime, value in data.items() if mime not in PICTURES]
    parts += [output.get("text", ""), output.get("evalue", ""), output.get("traceback", [])]
    return ["\n".join(part) if isinstance(part, list) else str(part) for part in parts]
