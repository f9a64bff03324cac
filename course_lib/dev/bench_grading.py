"""How long does grading a class take? Measured beside plain nbgrader on the same submissions."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from course_lib.dev import CHECKOUT

if TYPE_CHECKING:
    from course_lib.grading.class_folder import ClassFolder

SET = "01_measuring_regions"
SUBMISSIONS = 40
WORKERS = 2


def main() -> None:
    """Grade a class of 40 with the course and with nbgrader's own command, and print both."""
    from course_lib.grading import sandbox
    from course_lib.grading.grade import grade_set

    why_not = sandbox.problem()
    with tempfile.TemporaryDirectory(prefix="bench-grading-") as name:
        folder = _class(Path(name))
        copy = Path(name) / "plain"
        shutil.copytree(folder.root, copy)
        _let_nbgrader_grade(copy)

        def course() -> None:
            done = grade_set(folder, SET, workers=WORKERS, no_sandbox=bool(why_not))
            if len(done.graded) != SUBMISSIONS:
                raise RuntimeError(f"not all were graded: {done.not_graded}")

        def plain() -> None:
            command = [sys.executable, "-m", "nbgrader", "autograde", SET]
            subprocess.run(command, cwd=copy, check=True, capture_output=True)

        print(f"{SUBMISSIONS} submissions of {SET}, right in every question.")
        if why_not:
            print(f"Without the sandbox: {why_not}")
        plain_seconds, plain_peak = _measured(plain)
        seconds, peak = _measured(course)
    print(f"  plain nbgrader autograde, one after another  {plain_seconds:6.2f} s a submission")
    print(
        f"  course class grade, {WORKERS} at the same time         {seconds:6.2f} s a submission"
        f"   {seconds / plain_seconds:.2f} x the plain one"
    )
    print(f"  peak memory: plain {plain_peak:.0f} MB, course {peak:.0f} MB")


def _let_nbgrader_grade(root: Path) -> None:
    """Take out the line that keeps nbgrader from running student code without a sandbox."""
    config = root / "nbgrader_config.py"
    lines = config.read_text("utf-8").splitlines(keepends=True)
    config.write_text("".join(line for line in lines if "exporter_class" not in line), "utf-8")


def _class(place: Path) -> ClassFolder:
    """A class whose students all handed in the reference solution."""
    from course_lib.grading.class_folder import ClassFolder
    from course_lib.grading.release import release_set

    masters = CHECKOUT / "notebooks" / "exercises"
    students = [f"s{number:03d}" for number in range(1, SUBMISSIONS + 1)]
    (place / "list.csv").write_text("id\n" + "\n".join(students), "utf-8")
    folder = ClassFolder.new(place / "class", place / "list.csv", "Benchmark")
    release_set(folder, SET, masters)
    master = json.loads((masters / f"{SET}.ipynb").read_text("utf-8"))
    solutions = {cell["id"]: cell["source"] for cell in master["cells"]}
    for student in students:
        book = json.loads(folder.released(SET).read_text("utf-8"))
        for cell in book["cells"]:
            if cell["id"] == "student":
                cell["source"] = f'STUDENT = "{student}"'
            elif cell["metadata"].get("nbgrader", {}).get("solution"):
                cell["source"] = solutions[cell["id"]]
        path = folder.submission(SET, student)
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(book), "utf-8")
    return folder


def _measured(action: Callable[[], None]) -> tuple[float, float]:
    """Seconds a submission, and the peak memory in megabytes of all processes started by it."""
    peak, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(0.5):
            peak[0] = max(peak[0], _megabytes_of_children())

    watcher = threading.Thread(target=watch)
    watcher.start()
    start = time.perf_counter()
    try:
        action()
        taken = time.perf_counter() - start
    finally:
        over.set()
        watcher.join()
    return taken / SUBMISSIONS, peak[0]


def _megabytes_of_children() -> float:
    """Memory of every process below this one; what they share is counted once where it can be."""
    total = 0
    for process in psutil.Process().children(recursive=True):
        try:
            about = process.memory_full_info()
        except psutil.Error:  # it has just ended
            continue
        total += int(getattr(about, "pss", None) or about.rss)
    return total / 1e6
