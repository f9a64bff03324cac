"""Grade the submissions of a set: one process each, several at once, again only what changed."""

from __future__ import annotations

import gc
import hashlib
import io
import json
import logging
import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

import course_lib
from course_lib.errors import CourseError
from course_lib.exercises import SETS
from course_lib.grading import limits, sandbox
from course_lib.grading.class_folder import ClassFolder, read_json, write_json
from course_lib.grading.marks import seen

CELL_SECONDS = 30
MOST_ON_DISK = 500_000_000  # bytes that one submission may have written at a time
REPORT, PREFIX = "report.json", "grade-"
PRELOADED = ["__main__", "course_lib.grading.preload"]


@dataclass
class Summary:
    """What a grading run did."""

    graded: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    not_graded: dict[str, str] = field(default_factory=dict)  # student -> why
    flagged: dict[str, list[str]] = field(default_factory=dict)  # student -> reasons


@dataclass(frozen=True)
class _RunOptions:
    """How kernels are started in this run."""

    no_sandbox: bool
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
    progress: Callable[[int, int], None] | None = None,
) -> Summary:
    """Grade all submissions of a set that are new or changed.

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
    progress : callable, optional
        Told how many are done, and of how many.

    Returns
    -------
    Summary

    Raises
    ------
    CourseError
        If the set was not released to this class, no sandbox is possible, or another run is
        grading the class.
    """
    if set_name not in folder.set_names:
        raise CourseError(f"{set_name} was not released to this class. Release it first.")
    why_not = "" if no_sandbox else sandbox.problem()
    if why_not:
        raise CourseError(f"Nothing was graded. {why_not}")
    folder.protect()
    _remove_stale_tempdirs()
    with _exclusive_lock(folder):
        return _grade(folder, set_name, no_sandbox, workers, again, progress)


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
    command = [sys.executable, "-P", "-c", sandbox.IMPORT_ALL, *sandbox.IMPORTED, SETS[set_name]]
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
    context.set_forkserver_preload([*PRELOADED, SETS[set_name]])
    forkserver.ensure_running()
    return context


def _grade(
    folder: ClassFolder,
    set_name: str,
    no_sandbox: bool,
    workers: int | None,
    again: bool,
    progress: Callable[[int, int], None] | None,
) -> Summary:
    summary, course = Summary(), _course_fingerprint()
    waiting: list[tuple[str, dict[str, str]]] = []
    for student in folder.students_with(set_name):
        before, about = (
            folder.result(set_name, student),
            _input_fingerprints(folder, set_name, student, course),
        )
        same = before is not None and before["about"] == about
        if (
            before
            and same
            and not again
            and _graded_copy_unchanged(folder, set_name, student, before)
        ):
            summary.unchanged.append(student)
            _tally(summary, folder, set_name, student, before)
        else:
            waiting.append((student, about))
    total, running = len(waiting), list[_Running]()
    options = _RunOptions(no_sandbox, "")
    try:
        if waiting and not no_sandbox:
            options = _RunOptions(no_sandbox, _compile_imports(set_name))
        while waiting or running:
            while waiting and len(running) < (workers or folder.settings.workers):
                running.append(_start(folder, set_name, *waiting.pop(0), options))
            wait([submission.process.sentinel for submission in running], timeout=0.5)
            for submission in list(running):
                alive = submission.process.is_alive()
                stopped = _limit_exceeded(submission, folder.settings.wall_seconds) if alive else ""
                if alive and not stopped:
                    _bound_memory(submission, folder.settings.memory_mb)
                    continue
                running.remove(submission)
                result = _finish(folder, set_name, submission, stopped)
                if result["graded"]:
                    summary.graded.append(submission.student)
                _tally(summary, folder, set_name, submission.student, result)
                if progress:
                    progress(total - len(waiting) - len(running), total)
    except KeyboardInterrupt:
        done = total - len(waiting) - len(running)
        raise CourseError(
            f"Stopped. {done} of {total} are graded, and kept. The same command goes on."
        ) from None
    finally:
        for submission in running:
            _kill(submission.process)
            _remove(submission.private)
        if options.pycache:
            _remove(Path(options.pycache))
    return summary


def _graded_copy_unchanged(
    folder: ClassFolder, set_name: str, student: str, result: dict[str, Any]
) -> bool:
    """Whether the graded copy is still the one that our run wrote: other tools can replace it."""
    written = result.get("copy")
    return written is None or written == _fingerprint(folder.graded(set_name, student))


def _tally(
    summary: Summary, folder: ClassFolder, set_name: str, student: str, result: dict[str, Any]
) -> None:
    if not result["graded"]:
        summary.not_graded[student] = result["why_not"]
    elif result["flags"] and not seen(folder, set_name, student, result):
        summary.flagged[student] = result["flags"]


def _input_fingerprints(
    folder: ClassFolder, set_name: str, student: str, course: str
) -> dict[str, str]:
    """What a mark depends on: if none of it changed, the mark stands."""
    return {
        "submission": _fingerprint(folder.submission(set_name, student)),
        "set": _fingerprint(folder.master(set_name)),
        "course": course,
    }


def _course_fingerprint() -> str:
    """A fingerprint of the course: its questions, the models that judge answers, the figures."""
    package = Path(course_lib.__file__).parent
    carried, digest = package / "_data", hashlib.sha256()
    data = carried if carried.is_dir() else package.parent / "data"
    for root, pattern in ((package, "*.py"), (data, "*")):
        for path in sorted(root.rglob(pattern)):
            if path.is_file():
                digest.update(
                    f"{path.relative_to(root).as_posix()} {_fingerprint(path)}\n".encode()
                )
    return digest.hexdigest()


def _fingerprint(path: Path) -> str:
    if path.is_symlink():
        return "a link"
    if not path.is_file():
        return "nothing"
    return hashlib.sha256(path.read_bytes()).hexdigest()


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
    if limits.bytes_on_disk(running.private) > MOST_ON_DISK:
        return f"it was stopped: it wrote more than {MOST_ON_DISK // 1_000_000} megabytes"
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
    found = read_json(running.private / "report" / REPORT) or {}
    why_not = stopped or str(found.get("why_not", ""))
    if running.process.exitcode != 0 and not why_not:
        why_not = "the program that runs it ended by itself"
    _remove(running.private)
    result = {
        "about": running.about,
        "graded": not why_not,
        "why_not": why_not,
        "copy": None if why_not else _fingerprint(folder.graded(set_name, running.student)),
        "marks": found.get("marks", {}) if not why_not else {},
        "flags": found.get("flags", []) if not why_not else [],
        "remarks": found.get("remarks", []),
        "seconds": round(time.monotonic() - running.started, 2),
        "late": folder.late(set_name, running.student),
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
    why_not = unreadable(folder.submission(set_name, student)) or _autograde(
        folder, set_name, student, report / REPORT, options.no_sandbox
    )
    found = read_json(report / REPORT) or {}
    if not why_not and "marks" not in found:
        why_not = "nbgrader did not come to the end"
    write_json(report / REPORT, found | {"why_not": why_not})


def _die_with_the_run() -> None:
    """Wait until the run is over, and end with it.

    The parent of this process is the forkserver, and that one takes its time to end: meanwhile a
    copy would go on writing what the next run writes as well.
    """
    run = multiprocessing.parent_process()
    if run is not None:
        wait([run.sentinel])
    os.killpg(0, signal.SIGKILL)


def unreadable(path: Path) -> str:
    """Why a file cannot be graded, in a few words; empty if it is a notebook."""
    if path.is_symlink() or path.parent.is_symlink() or path.parent.parent.is_symlink():
        return "it is a link to another place, which is not followed"
    content = path.read_bytes()
    if not content.strip():
        return "the file is empty"
    try:
        book = json.loads(content)
    except (ValueError, RecursionError):
        return "the file is damaged: it is not a notebook"
    cells = book.get("cells") if isinstance(book, dict) else None
    if not isinstance(cells, list) or book.get("nbformat") != 4:
        return "the file is not a notebook of format 4"
    return ""


def _autograde(
    folder: ClassFolder, set_name: str, student: str, report: Path, no_sandbox: bool
) -> str:
    """Run nbgrader's autograding with our steps between its own; return why it failed."""
    config = folder.config()
    from nbgrader.converters import Autograde
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.preprocessors import Execute, OverwriteCells, OverwriteKernelspec

    from course_lib.grading.preprocessors import (
        BoundedExecute,
        DropStrayMetadata,
        FlagUseOfJudge,
        Judge,
        Probe,
        SafeOutputs,
        WriteStudent,
    )

    config.CourseDirectory.assignment_id = set_name
    config.CourseDirectory.student_id = student
    config.OfAClass.root = str(folder.root)
    config.Judge.report = str(report)
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
    before = list(grader.sanitize_preprocessors)
    before.insert(before.index(OverwriteKernelspec), DropStrayMetadata)
    before.insert(before.index(OverwriteCells) + 1, DropStrayMetadata)
    grader.sanitize_preprocessors = before
    steps = list(grader.autograde_preprocessors)
    at = steps.index(Execute)
    steps[at : at + 1] = [FlagUseOfJudge, WriteStudent, Probe, BoundedExecute, Judge, SafeOutputs]
    grader.autograde_preprocessors = steps
    try:
        grader.start()
    except (Exception, SystemExit) as error:  # each submission may fail in a way of its own
        return _why_nbgrader_stopped(log.getvalue(), error)
    _flag(folder, set_name, student, report)
    return ""


def _why_nbgrader_stopped(log: str, error: BaseException) -> str:
    """Why nbgrader stopped: the last error in its log, which it replaces by a general one."""
    if "DeadKernelError" in log or "Kernel died" in log:
        return "its kernel died: it ended itself, or it needed more memory than it may use"
    if "CellTimeoutError" in log:
        return "it did not stop when it was told to, or started programs without end"
    named = re.findall(r"^[\w.]*(?:Error|Exception|Exit)\b.*$", log, re.M)
    return f"nbgrader could not grade it ({(named or [repr(error)])[-1][:200]})"


def _flag(folder: ClassFolder, set_name: str, student: str, report: Path) -> None:
    found = read_json(report) or {}
    with folder.gradebook() as book:
        book.find_submission_notebook(set_name, set_name, student).flagged = bool(
            found.get("flags")
        )
        book.db.commit()
