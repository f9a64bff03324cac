"""Limits count what is really held, and system calls that a notebook never needs are refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_lib.grading import limits, sandbox
from course_lib.grading.class_folder import ClassFolder
from course_lib.grading.grade import Summary, grade_set
from course_lib.grading.system_calls import MACHINES, filter_of, open_filter
from tests.grading.classes import SET
from tests.grading.test_grade import (
    FULL,
    a_class,
    book_of,
    hand_in,
    outside,
    solutions,
    there_is_a_sandbox,
)

__all__ = ["there_is_a_sandbox"]  # a fixture: every test here needs one

#: What a student's program tries; it prints the numbers of the errors.
TRIES = """
import ctypes, errno, json
libc = ctypes.CDLL(None, use_errno=True)
def error(name, *given):
    ctypes.set_errno(0)
    return ctypes.get_errno() if getattr(libc, name)(*given) == -1 else 0
def number(n, *given):
    ctypes.set_errno(0)
    return ctypes.get_errno() if libc.syscall(n, *given) == -1 else 0
found = {
    "user namespace": error("unshare", 0x10000000),
    "mount namespace": error("unshare", 0x20000),
    "shared memory": error("shmget", 0, 10**9, 0o1600),
    "io_uring": number(425, 8, ctypes.create_string_buffer(200)),
    "a key": error("syscall", ADD_KEY, b"user", b"name", b"x", 1, -3),
    "trace": error("ptrace", 0, 0, 0, 0),
}
import subprocess, threading
thread = threading.Thread(target=found.update, args=({"thread": 0},))
thread.start(); thread.join()
found["program"] = subprocess.run(["/bin/true"]).returncode
print(json.dumps(found))
"""


def test_system_calls_that_no_notebook_needs_are_refused() -> None:
    descriptor = open_filter()
    if descriptor is None or not sandbox.can_filter():
        pytest.skip("this kernel, or this kind of computer, filters no system calls")
    key = "248" if os.uname().machine == "x86_64" else "217"
    visible = [Path(sys.prefix), Path(sys.base_prefix)]
    shared = [path.resolve() for path in visible if not path.resolve().is_relative_to("/usr")]
    command = [*sandbox._bubblewrap(), "--seccomp", str(descriptor)]
    for path in shared:
        command += [*sandbox._parents(path), "--ro-bind", str(path), str(path)]
    code = TRIES.replace("ADD_KEY", key)
    run = subprocess.run(
        [*command, sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        pass_fds=[descriptor],
        cwd="/",
    )
    os.close(descriptor)
    found = json.loads(run.stdout or run.stderr)
    assert found.pop("thread") == found.pop("program") == 0
    assert set(found.values()) == {1}, found  # EPERM


@pytest.mark.parametrize("machine", MACHINES)
def test_a_filter_refuses_each_call_once_and_jumps_nowhere_else(machine: str) -> None:
    _, calls = MACHINES[machine]
    assert len(set(calls.values())) == len(calls)
    program = filter_of(machine)
    steps = [program[at : at + 8] for at in range(0, len(program), 8)]
    for at, step in enumerate(steps):
        assert at + 1 + max(step[2], step[3]) <= len(steps)
    assert steps[-1] == b"\x06\0\0\0\0\0\xff\x7f"  # all else is allowed


@pytest.fixture
def held() -> Iterator[int]:
    """A program that holds a file of 40 MB which it has removed, closed and only mapped."""
    code = (
        "import mmap, os, tempfile, time\nfile = tempfile.TemporaryFile()\n"
        "file.truncate(40_000_000)\nheld = mmap.mmap(file.fileno(), 0)\nfile.close()\n"
        "os.closerange(3, 100)\n"
        "print(1, flush=True)\ntime.sleep(100)"
    )
    shell = ["/bin/sh", "-c", '"$@"; true', "sh", sys.executable, "-c", code]
    with subprocess.Popen(shell, stdout=subprocess.PIPE) as run:
        assert run.stdout
        run.stdout.readline()
        yield run.pid
        limits.kill_descendants(run.pid)


def test_a_file_that_is_only_mapped_counts(held: int) -> None:
    assert 40e6 < limits.resident_bytes(held, limit=1e12) < 80e6


def test_empty_files_and_folders_count(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"folder {number}").mkdir()
        (tmp_path / f"folder {number}" / "file").touch()
    assert limits.on_disk(tmp_path, 1000)[1] == 60
    assert limits.on_disk(tmp_path, 20)[1] == 21


#: What stands in the answer cell `theil` of each.
HOLDING = {
    "files": "import os, time\nfor n in range(30_000):\n    open(f'{n}', 'w').close()\n"
    "time.sleep(20)",
    "shows": "from IPython.display import display\nimport time\nfor n in range(60):\n"
    "    display({'text/plain': 'x' * 40_000_000}, raw=True)\ntime.sleep(5)",
    "widgets": "from comm import create_comm\nfor n in range(40):\n"
    "    create_comm(target_name='jupyter.widget', data={'state': {'v': 'x' * 10_000_000}})",
}


@pytest.fixture(scope="module")
def holding(tmp_path_factory: pytest.TempPathFactory) -> tuple[ClassFolder, Summary]:
    folder = a_class(tmp_path_factory.mktemp("holding"), [*HOLDING, "honest"])
    for student, source in HOLDING.items():
        hand_in(folder, student, book_of(folder, student, solutions() | {"theil": source}))
    hand_in(folder, "honest", book_of(folder, "honest", solutions()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("course_lib.grading.grade.MOST_OF_A_GRADER", 600_000_000)
        patch.setattr("course_lib.grading.grade.MOST_FILES", 5_000)
        return folder, grade_set(folder, SET)


def test_what_a_submission_holds_elsewhere_is_bounded(
    holding: tuple[ClassFolder, Summary],
) -> None:
    folder, done = holding
    assert done.not_graded["files"] == "it was stopped: it made more than 5,000 files"
    assert outside(folder, "honest") == FULL
    # The state of widgets is not kept at all, so it costs the question and nothing else.
    assert "widgets" not in done.not_graded
    assert outside(folder, "widgets") == FULL | {"theil": 0}
    assert done.not_graded["shows"] == "it was stopped: it showed more than can be kept in memory"
