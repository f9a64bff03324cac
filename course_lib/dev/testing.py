"""The course's tests: one run of pytest over the library, the lessons and the browser."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from course_lib.errors import CourseError
from course_lib.local_jupyter.kernels import isolated_environment

#: Without these there is no run; pytest-xdist only makes it shorter.
TOOLS = ("pytest", "nbval", "hypothesis", "playwright")
NO_TOOLS = "Test tools are not installed. Run: uv run --group test course test"
NOTHING_FOUND = 5  # pytest's own code for "no test was collected"


LIBRARY = ["tests", "course_lib", "--doctest-modules"]
#: Strict: stored outputs must be what the cells give today, in the kernel of this very Python.
LESSONS = ["notebooks", "--nbval", "--nbval-current-env", "--nbval-cell-timeout=300"]
BROWSER = "tests/browser"
PROCESSES = "2"  # a third one took longer on two cores

#: Arguments with which a person takes charge of how tests are spread over processes.
ONE_PROCESS = ("-n", "--numprocesses", "--dist", "--pdb", "--trace", "--collect-only", "-p")


def pytest_arguments(
    only: str | None, more: Sequence[str] = (), *, parallel: bool = True
) -> list[str]:
    """What pytest is told, for all tests or for one part of them.

    Parameters
    ----------
    only : {"library", "lessons", "browser"}, optional
        The part to run; all unless given.
    more : sequence of str
        Arguments of the reader's own; they come last and so have the last word.
    parallel : bool
        Whether the tests may be spread over processes. A file is never divided: the cells of a
        notebook run in order, in one kernel.
    """
    chosen = {
        None: [BROWSER, *LIBRARY, *LESSONS],
        "library": [*LIBRARY, f"--ignore={BROWSER}"],
        "lessons": LESSONS,
        "browser": [BROWSER],
    }[only]
    taken = any(word.startswith(ONE_PROCESS) for word in more)
    # As they are named above: the browser first, which takes longest, and not files of many tests.
    order = ["--dist", "loadfile", "--no-loadscope-reorder"]
    spread = ["-n", PROCESSES, *order] if parallel and not taken else []
    return [*chosen, *spread, *more]


def has(module: str) -> bool:
    """Whether Python could import the module."""
    return importlib.util.find_spec(module) is not None


def run_tests(
    checkout: Path,
    only: str | None = None,
    more: Sequence[str] = (),
    *,
    installed: Callable[[str], bool] = has,
) -> int:
    """Run pytest, let it speak for itself, and give its exit code.

    Raises
    ------
    CourseError
        If the test tools are not installed, or there was nothing to test.
    """
    if not all(map(installed, TOOLS)):
        raise CourseError(NO_TOOLS)
    arguments = pytest_arguments(only, more, parallel=installed("xdist"))
    with isolated_environment() as environment:
        code = subprocess.call(
            [sys.executable, "-m", "pytest", *arguments], cwd=checkout, env=environment
        )
    if code == NOTHING_FOUND:
        raise CourseError("Nothing was tested: no test answers to this.")
    return code
