"""Grade the submissions of a set: one process each, several at once, again only what changed."""

from __future__ import annotations

import gc
import io
import json
import logging
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

import nbformat

from course_lib.errors import CourseError
from course_lib.grading import limits, sandbox
from course_lib.grading.by_hand import let_stand, remember
from course_lib.grading.class_folder import ClassFolder, read_json, write_json
from course_lib.grading.fingerprints import course_fingerprint, file_fingerprint, module_of
from course_lib.grading.marks import seen
from course_lib.grading.mended import beside, clear, differences, is_mended, take_over
from course_lib.grading.own_notebook import is_own
from course_lib.grading.python_cells import asks_the_judge
from course_lib.grading.release import register
from course_lib.grading.submission import Restored, read_notebook, restored

CELL_SECONDS = 30
MOST_ON_DISK = 500_000_000  # bytes that one submission may have written at a time
MOST_FILES = 20_000  # that it may have made, empty ones and folders as well
MOST_OF_A_GRADER = 1_200_000_000  # bytes that a grading process may hold: what a kernel sends it
REPORT, PREFIX = "report.json", "grade-"
PRELOADED = ["__main__", "course_lib.grading.preload"]


@dataclass
class Summary:
    """What a grading run did."""

    graded: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    not_graded: dict[str, str] = field(default_factory=dict)  # student -> why
    flagged: dict[str, list[str]] = field(default_factory=dict)  # student -> reasons
    notes: dict[str, list[str]] = field(default_factory=dict)  # student -> what is good to know
    waiting: dict[str, dict[str, str]] = field(default_factory=dict)  # student -> answer -> why
    mark_again: dict[str, list[str]] = field(default_factory=dict)  # marked by hand before
    mended: int = 0  # how many were judged again because a question or its judge was mended
    would_change: dict[str, list[str]] = field(default_factory=dict)  # whose marks, and how
    changed: dict[str, list[str]] = field(default_factory=dict)  # the same, accepted


@dataclass(frozen=True)
class _RunOptions:
    """How kernels are started in this run."""

    no_sandbox: bool
    filtered: bool  # whether system calls are filtered
    pycache: str  # the folder of their bytecode; empty if it is beside its source


@dataclass
class _Running:
    student: str
    about: dict[str, str]
    process: BaseProcess
    private: Path
    started: float


def grade_set(
    folder: ClassFolder,
    set_name: str,
    *,
    no_sandbox: bool = False,
    workers: int | None = None,
    again: bool = False,
    accept: bool = False,
    students: Sequence[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Summary:
    """Grade all submissions of a set that are new or changed.

    Where a question was mended after grading, those who were graded are judged again beside what
    there is. If that changes nobody's mark it counts; else it counts when it is accepted.

    Parameters
    ----------
    folder : ClassFolder
        The class.
    set_name : str
        The set.
    no_sandbox : bool
        Whether student code runs on this computer as it is.
    workers : int, optional
        How many at the same time; class.toml says unless given.
    again : bool
        Whether those that did not change are graded as well.
    accept : bool
        Whether marks that change because a question was mended count from now on.
    students : sequence of str
        Whose; everybody's unless given.
    progress : callable, optional
        Told how many are done, and of how many.

    Returns
    -------
    Summary

    Raises
    ------
    CourseError
        If the set was not released to this class, a student handed nothing in, no sandbox is
        possible, or another run is grading the class.
    """
    if set_name not in folder.set_names:
        raise CourseError(f"{set_name} was not released to this class. Release it first.")
    why_not = "" if no_sandbox else sandbox.problem()
    if why_not:
        raise CourseError(f"Nothing was graded. {why_not}")
    chosen = folder.chosen(set_name, students)
    folder.protect()
    _remove_stale_tempdirs()
    with _exclusive_lock(folder):
        folder.keep_gradebook()
        register(folder, set_name)
        with _kernels(set_name, no_sandbox) as kernels:
            work = _Work(set_name, kernels, workers or folder.settings.workers, again, progress)
            return _grade(folder, work, chosen, accept=accept)


@contextmanager
def _exclusive_lock(folder: ClassFolder) -> Iterator[None]:
    """Keep a second run out of the class while this one goes on. The lock ends with the process."""
    try:
        import fcntl
    except ImportError:  # Windows has none
        yield
        return
    with (folder.root / ".grading").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CourseError(
                "Nothing was graded: another run is grading this class. Wait until it ends, or "
                "stop it with Ctrl+C in its own terminal; what it has done is kept."
            ) from None
        yield


def _compile_imports(set_name: str) -> str:
    """Compile once what every kernel imports: in the sandbox, none can write bytecode.

    It is kept beside the source. If Python has been told to keep nothing, or to keep it elsewhere,
    it goes into a folder of this run, whose name is given.
    """
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    cache = ""
    if sys.dont_write_bytecode or sys.pycache_prefix:
        cache = usual["PYTHONPYCACHEPREFIX"] = tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")
        Path(cache).chmod(0o755)
    imported = [*sandbox.IMPORTED, *module_of(set_name)]
    command = [sys.executable, "-P", "-c", sandbox.IMPORT_ALL, *imported]
    try:
        with subprocess.Popen(command, env=usual, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL):
            _context(set_name)  # it imports as well, at the same time
    except BaseException:
        if cache:
            _remove(Path(cache))
        raise
    return cache


def _context(set_name: str) -> Any:
    """How processes are made here, and one that is ready to be copied.

    It imports once what every child needs, and each child is a copy of it. A copy of this process
    could inherit locks that its threads hold.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*PRELOADED, *module_of(set_name)])
    forkserver.ensure_running()
    return context


@contextmanager
def _kernels(set_name: str, no_sandbox: bool) -> Iterator[Callable[[], _RunOptions]]:
    """How kernels are started; what they import is compiled when the first one is needed."""
    made: list[_RunOptions] = []

    def options() -> _RunOptions:
        if not made:
            if no_sandbox:
                made.append(_RunOptions(no_sandbox, filtered=False, pycache=""))
            else:
                filtered, pycache = sandbox.can_filter(), _compile_imports(set_name)
                made.append(_RunOptions(no_sandbox, filtered, pycache))
        return made[0]

    try:
        yield options
    finally:
        for one in made:
            if one.pycache:
                _remove(Path(one.pycache))


@dataclass(frozen=True)
class _Work:
    """What is done in one run."""

    set_name: str
    kernels: Callable[[], _RunOptions]
    workers: int
    again: bool
    progress: Callable[[int, int], None] | None


Waiting = dict[str, dict[str, str]]  # student -> what the marks will depend on


def _grade(folder: ClassFolder, work: _Work, chosen: list[str], *, accept: bool) -> Summary:
    summary = Summary()
    waiting, again = _sorted(folder, work, chosen, summary)
    if again:
        waiting |= _judge_again(folder, work, again, summary, accept=accept)
    _run(folder, work, waiting, summary)
    return summary


def _sorted(
    folder: ClassFolder, work: _Work, chosen: list[str], summary: Summary
) -> tuple[Waiting, Waiting]:
    """Who is to be graded, and who was graded and is to be judged by something else now."""
    waiting, mended = Waiting(), Waiting()
    course, enrolled = course_fingerprint(work.set_name), folder.enrolled()
    for student in chosen:
        if student not in enrolled:
            summary.not_graded[student] = (
                f"{student} is not on the class list; to put a student there: course class enrol"
            )
            continue
        before, about = (
            folder.result(work.set_name, student),
            _input_fingerprints(folder, work.set_name, student, course),
        )
        copy_stands = before is not None and _graded_copy_unchanged(
            folder, work.set_name, student, before
        )
        if (
            before
            and before["about"] == about
            and not work.again
            and (before["graded"] or not before.get("again", True))
            and copy_stands
        ):
            summary.unchanged.append(student)
            _tally(summary, folder, work.set_name, student, before)
        elif copy_stands and is_mended(before, about):
            mended[student] = about
        else:
            waiting[student] = about
    return waiting, mended


def _judge_again(
    folder: ClassFolder, work: _Work, again: Waiting, summary: Summary, *, accept: bool
) -> Waiting:
    """Judge beside what there is, and let it count if that is right; who has to be graded anew."""
    staged = beside(folder, work.set_name, again)
    beside_it = Summary()
    waiting = {
        student: about
        for student, about in again.items()
        if (staged.result(work.set_name, student) or {}).get("about") != about
    }
    _run(staged, work, waiting, beside_it)
    found = {one: differences(folder, staged, work.set_name, one) for one in again}
    changes = {one: words for one, words in found.items() if words}
    summary.mended = len(again)
    if changes and not accept:
        summary.would_change = changes
        for student in again:
            if before := folder.result(work.set_name, student):
                _tally(summary, folder, work.set_name, student, before)
        return {}
    summary.changed = changes
    left = Waiting()
    for student, about in again.items():
        if not take_over(folder, staged, work.set_name, student):
            left[student] = about
            continue
        summary.graded.append(student)
        if result := folder.result(work.set_name, student):
            _tally(summary, folder, work.set_name, student, result)
    clear(folder, staged, work.set_name, again)
    return left


def _run(folder: ClassFolder, work: _Work, wanted: Waiting, summary: Summary) -> None:
    """Grade some, several at the same time, each in a process of its own."""
    waiting = list(wanted.items())
    total, running = len(waiting), list[_Running]()
    if not waiting:
        return
    options = work.kernels()
    try:
        while waiting or running:
            while waiting and len(running) < work.workers:
                running.append(_start(folder, work.set_name, *waiting.pop(0), options))
            wait([submission.process.sentinel for submission in running], timeout=0.5)
            for submission in list(running):
                alive = submission.process.is_alive()
                stopped = _limit_exceeded(submission, folder.settings.wall_seconds) if alive else ""
                if alive and not stopped:
                    _bound_memory(submission, folder.settings.memory_mb)
                    continue
                running.remove(submission)
                try:
                    result = _finish(folder, work.set_name, submission, stopped)
                except OSError as error:  # a full disk, for one: nothing is kept of this one
                    summary.not_graded[submission.student] = out_of_order(str(error), error)
                    continue
                if result["graded"]:
                    summary.graded.append(submission.student)
                _tally(summary, folder, work.set_name, submission.student, result)
                if work.progress:
                    work.progress(total - len(waiting) - len(running), total)
    except KeyboardInterrupt:
        done = total - len(waiting) - len(running)
        raise CourseError(
            f"Stopped. {done} of {total} are graded, and kept. The same command goes on."
        ) from None
    finally:
        for submission in running:
            _kill(submission.process)
            _remove(submission.private)


def _graded_copy_unchanged(
    folder: ClassFolder, set_name: str, student: str, result: dict[str, Any]
) -> bool:
    """Whether the graded copy is still the one that our run wrote: other tools can replace it."""
    written = result.get("copy")
    return written is None or written == file_fingerprint(folder.graded(set_name, student))


def _tally(
    summary: Summary, folder: ClassFolder, set_name: str, student: str, result: dict[str, Any]
) -> None:
    if not result["graded"]:
        summary.not_graded[student] = result["why_not"]
        return
    if result["flags"] and not seen(folder, set_name, student, result):
        summary.flagged[student] = result["flags"]
    for kind in ("notes", "waiting", "mark_again"):
        if result.get(kind):
            getattr(summary, kind)[student] = result[kind]


def _input_fingerprints(
    folder: ClassFolder, set_name: str, student: str, course: str
) -> dict[str, str]:
    """What a mark depends on: if none of it changed, the mark stands."""
    return {
        "submission": file_fingerprint(folder.submission(set_name, student)),
        "set": file_fingerprint(folder.master(set_name)),
        "course": course,
    }


def _start(
    folder: ClassFolder, set_name: str, student: str, about: dict[str, str], options: _RunOptions
) -> _Running:
    private = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    private.chmod(0o711)
    arguments = (folder.root, set_name, student, private, options)
    process: BaseProcess = _context(set_name).Process(target=_grade_one, args=arguments)
    process.start()
    return _Running(student, about, process, private, time.monotonic())


def _limit_exceeded(running: _Running, seconds: float) -> str:
    """Why a submission is stopped from outside; empty as long as it keeps to its limits."""
    if time.monotonic() - running.started > seconds:
        return f"it was stopped after {seconds:g} seconds"
    taken, files = limits.on_disk(running.private, MOST_FILES)
    if taken > MOST_ON_DISK:
        return f"it was stopped: it wrote more than {MOST_ON_DISK // 1_000_000} megabytes"
    if files > MOST_FILES:
        return f"it was stopped: it made more than {MOST_FILES:,} files"
    if running.process.pid is not None and (
        limits.own_bytes(running.process.pid) > MOST_OF_A_GRADER
    ):
        return "it was stopped: it showed more than can be kept in memory"
    return ""


def _bound_memory(running: _Running, megabytes: int) -> None:
    """End the kernel and all that it started, if together they need more than one submission may.

    The cell that was running is then left out and flagged, as one that ends the kernel.
    """
    most = megabytes * 1_000_000
    if running.process.pid is not None and limits.resident_bytes(running.process.pid, most) > most:
        limits.kill_descendants(running.process.pid)


def _finish(folder: ClassFolder, set_name: str, running: _Running, stopped: str) -> dict[str, Any]:
    """Write down what came out, last of all, so that an interruption leaves no half result."""
    _kill(running.process)
    found = read_report(running.private / "report" / REPORT)
    why_not = stopped or str(found.get("why_not", ""))
    if running.process.exitcode != 0 and not why_not:
        why_not = "the program that runs it ended by itself"
    _remove(running.private)
    try:
        late = folder.late(set_name, running.student)
    except CourseError as error:  # a damaged record costs one student
        late, why_not = False, why_not or str(error).rstrip(".")
    result = {
        "about": running.about,
        "graded": not why_not,
        "why_not": why_not,
        # Whether the same command tries it again: what is wrong with the file itself stays wrong.
        "again": bool(why_not) and not found.get("for_good"),
        "copy": None if why_not else file_fingerprint(folder.graded(set_name, running.student)),
        "marks": found.get("marks", {}) if not why_not else {},
        "flags": found.get("flags", []) if not why_not else [],
        "remarks": found.get("remarks", []),
        "notes": found.get("notes", []),
        "waiting": found.get("waiting", {}),
        "mark_again": found.get("mark_again", []),
        "words": found.get("words", {}),
        "seconds": round(time.monotonic() - running.started, 2),
        "late": late,
    }
    write_json(folder.result_path(set_name, running.student), result)
    return result


def _remove(private: Path) -> None:
    """Remove a private folder; the last process in it may need a moment to end."""
    for _ in range(20):
        shutil.rmtree(private, ignore_errors=True)
        if not private.exists():
            return
        time.sleep(0.1)


def _remove_stale_tempdirs() -> None:
    """Remove what a run that was killed has left in the folder for temporary files."""
    for private in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
        pid = private.name.removeprefix(PREFIX).partition("-")[0]
        if pid.isdigit() and not limits.pid_exists(int(pid)):
            _remove(private)


def _kill(process: BaseProcess) -> None:
    """End a child and everything that it started."""
    if process.pid is not None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            process.kill()
    process.join()


# --- in the child


def _grade_one(
    root: Path, set_name: str, student: str, private: Path, options: _RunOptions
) -> None:
    os.setsid()
    gc.freeze()  # what was imported before stays: nobody has to look through it for garbage
    sandbox.die_with_parent()
    threading.Thread(target=_die_with_the_run, daemon=True).start()
    folder = ClassFolder.at(root)
    # What a kernel may see lies beside this in the private folder; what it may not, in here.
    report = private / "report"
    report.mkdir(mode=0o700)
    os.environ |= {
        sandbox.PRIVATE: str(private / "kernel-0"),  # each kernel gets the next one
        "JUPYTER_PATH": str(report),
        "COURSE_PROGRESS": "off",
        sandbox.PARENT: str(os.getpid()),
        sandbox.FILTERED: "yes" if options.filtered else "",
        sandbox.COMPILED: options.pycache,
        sandbox.MEMORY: str(folder.settings.memory_mb),
        sandbox.SECONDS: str(folder.settings.wall_seconds),
        # A user of its own for each: one student's processes do not count as another's.
        sandbox.UID: str(61_000 + os.getpid() % 4_000),
    }
    sandbox.write_kernelspec(report)
    devnull = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(devnull, stream)
    why_not, for_good = "", False
    try:
        book, why_not = _readable(folder.submission(set_name, student))
        for_good = book is None
        if book is not None:
            why_not = _autograde(folder, set_name, student, book, report, options.no_sandbox)
    except Exception as error:  # each submission may fail in a way of its own
        why_not = out_of_order(f"{type(error).__name__}: {error}", error)
    found = read_report(report / REPORT)
    if not why_not and "marks" not in found:
        why_not = "the program that grades it did not come to the end"
    write_json(report / REPORT, found | {"why_not": why_not, "for_good": for_good})


def read_report(path: Path) -> dict[str, Any]:
    """What a grading process found out; nothing if it was cut off while it wrote."""
    try:
        return read_json(path) or {}
    except CourseError:
        return {}


def _die_with_the_run() -> None:
    """Wait until the run is over, and end with it.

    The parent of this process is the forkserver, and that one takes its time to end: meanwhile a
    copy would go on writing what the next run writes as well.
    """
    run = multiprocessing.parent_process()
    if run is not None:
        wait([run.sentinel])
    os.killpg(0, signal.SIGKILL)


def _readable(path: Path) -> tuple[dict[str, Any] | None, str]:
    """The notebook that was handed in, or None and why it cannot be graded, in a few words."""
    if path.is_symlink() or path.parent.is_symlink() or path.parent.parent.is_symlink():
        return None, "it is a link to another place, which is not followed"
    return read_notebook(path.read_bytes())


def _autograde(
    folder: ClassFolder,
    set_name: str,
    student: str,
    book: dict[str, Any],
    report: Path,
    no_sandbox: bool,
) -> str:
    """Run nbgrader's autograding with our steps between its own; return why it failed."""
    config = folder.config()
    from nbgrader.converters import Autograde
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.preprocessors import (
        CheckCellMetadata,
        ClearOutput,
        Execute,
        OverwriteCells,
    )

    from course_lib.grading.preprocessors import (
        AtHome,
        BoundedExecute,
        Judge,
        OwnTests,
        Probe,
        SafeOutputs,
    )

    released = json.loads(folder.released(set_name).read_text("utf-8"))
    whole = restored(book, released, student)
    stands = remember(folder, set_name, student, _words_before(folder, set_name, student, whole))
    # nbgrader reads what was put in order; what was handed in stays byte for byte as it came.
    place = report / "ordered"
    notebook = place / student / set_name / f"{set_name}.ipynb"
    notebook.parent.mkdir(parents=True)
    nbformat.write(whole.book, notebook)
    stamp = folder.submission(set_name, student).with_name("timestamp.txt")
    if stamp.is_file() and not stamp.is_symlink():
        shutil.copyfile(stamp, notebook.with_name(stamp.name))
    config.CourseDirectory.submitted_directory = str(place)
    config.Judge.flags = found_before(whole, own=is_own(set_name))
    config.Judge.notes = whole.notes
    config.Judge.waiting = whole.waiting
    config.CourseDirectory.assignment_id = set_name
    config.CourseDirectory.student_id = student
    config.OfAClass.root = str(folder.root)
    config.Judge.report = str(report / REPORT)
    config.Execute.timeout = min(CELL_SECONDS, max(1, int(folder.settings.wall_seconds / 4)))
    config.BoundedExecute.seconds = folder.settings.wall_seconds
    config.Execute.shutdown_kernel = "immediate"
    if not no_sandbox:
        config.Execute.kernel_name = sandbox.KERNEL
        config.KernelManager.transport = "ipc"
    grader = Autograde(coursedir=CourseDirectory(config=config), config=config)
    grader.force, grader.create_student = True, False
    log = io.StringIO()
    grader.log = logging.Logger("grading")
    grader.log.addHandler(logging.StreamHandler(log))
    grader.sanitize_preprocessors = [ClearOutput, OverwriteCells, CheckCellMetadata]
    steps = list(grader.autograde_preprocessors)
    at = steps.index(Execute)
    before, after = (AtHome, OwnTests) if is_own(set_name) else (Probe, Judge)
    steps[at : at + 1] = [before, BoundedExecute, after, SafeOutputs]
    grader.autograde_preprocessors = steps
    try:
        grader.start()
    except (Exception, SystemExit) as error:  # each submission may fail in a way of its own
        return out_of_order(log.getvalue(), error)
    found = read_report(report / REPORT)
    again = let_stand(folder, set_name, student, stands, whole.words)
    more = {"waiting": whole.waiting, "words": whole.words, "mark_again": again}
    write_json(report / REPORT, found | more)
    _flag(folder, set_name, student, found)
    return ""


def _words_before(
    folder: ClassFolder, set_name: str, student: str, whole: Restored
) -> dict[str, str]:
    """Fingerprints of what the marks of the last run judge."""
    before = folder.result(set_name, student)
    if before is None:
        return {}
    if before["about"]["submission"] == file_fingerprint(folder.submission(set_name, student)):
        return whole.words
    return dict(before.get("words", {}))


def found_before(whole: Restored, *, own: bool = False) -> list[str]:
    """What a teacher should see before a notebook has run."""
    flags = []
    for cell in whole.book.cells:
        if not own and cell.cell_type == "code" and (asks := asks_the_judge(cell.source)):
            name = question_of(cell) or "a cell of the student's own"
            flags.append(f"{name}: it asks the judge ({asks})")
    if whole.wrote:
        flags.append(f"the notebook says STUDENT = {whole.wrote!r}")
    return flags


def question_of(cell: Any) -> str:
    """The question to which a cell belongs, or nothing."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", "")).removesuffix("-marks")


#: What a passing trouble looks like in what nbgrader and the computer say, and the sentence for it.
TROUBLES = (
    (
        ("No space left", "disk is full", "Errno 28", "Disk quota"),
        "the disk of this computer is full: make room, and type the same again",
    ),
    (
        ("database is locked",),
        "the gradebook was in use: close the formgrader, and type the same again",
    ),
    (
        ("malformed", "not a database", "DatabaseError", "OperationalError"),
        "the gradebook (gradebook.db) cannot be read or written: put back its newest copy from "
        "gradebook_before, and type the same again",
    ),
    (
        ("DeadKernelError", "Kernel died", "kernel died"),
        "its kernel died: it ended itself, or it needed more memory than it may use",
    ),
    (
        ("CellTimeoutError",),
        "it did not stop when it was told to, or started programs without end",
    ),
    (
        ("Kernel didn't respond", "Timeout waiting"),
        "its kernel did not start: the computer is busy",
    ),
    (("MemoryError",), "it needs more memory than this computer has"),
    (
        ("Permission denied", "Errno 13", "Errno 1]"),
        "a file of the class folder may not be written",
    ),
)


def out_of_order(said: str, error: BaseException) -> str:
    """Why a submission could not be graded, in words of our own; the others' are in a log."""
    everything = f"{said}\n{error!r}"
    for symptoms, sentence in TROUBLES:
        if any(symptom in everything for symptom in symptoms):
            return sentence
    logging.getLogger("course_lib.grading").error("%s", everything)
    return "something in it could not be graded; mark it by hand, or type the same again"


def _flag(folder: ClassFolder, set_name: str, student: str, found: dict[str, Any]) -> None:
    with folder.gradebook() as book:
        book.find_submission_notebook(set_name, set_name, student).flagged = bool(
            found.get("flags")
        )
        book.db.commit()
