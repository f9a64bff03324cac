"""A whole class is graded in one run: honest students and others."""

from __future__ import annotations

import atexit
import json
import multiprocessing.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell

import course_lib
from course_lib.errors import CourseError
from course_lib.grading import limits, sandbox
from course_lib.grading.class_folder import ClassFolder
from course_lib.grading.fingerprints import course_fingerprint
from course_lib.grading.grade import (
    Summary,
    _compile_imports,
    _exclusive_lock,
    grade_set,
)
from course_lib.grading.preprocessors import BoundedExecute
from course_lib.grading.python_cells import asks_the_judge
from course_lib.grading.release import release_set

MASTERS = Path(__file__).parents[2] / "notebooks" / "exercises"
SET = "01_measuring_regions"
ZERO = {"theil": 0, "split": 0, "transfers": 0}
FULL = {"theil": 5, "split": 6, "transfers": 6}

# What stands in the answer cell `theil` of each hostile submission.
HOSTILE = {
    "liar": "from course_lib.exercises.personal_set import PersonalSet\n"
    "PersonalSet.check = lambda *given: 5\ntheil = lambda *given: 0.0",
    "judge": "from course_lib.exercises.question import Question, Verdict\n"
    "Question.judge = lambda *given, **more: Verdict(5, 5, ())\ntheil = lambda *given: 'x'",
    "equal": "class Same(float):\n    def __eq__(self, other): return True\n"
    "    def __le__(self, other): return True\n    __hash__ = float.__hash__\n"
    "import math\nmath.isclose = lambda *given, **more: True\n"
    "theil = lambda *given: Same(7.0)",
    "hook": "import sys\nfrom IPython import get_ipython\n"
    "get_ipython().displayhook.compute_format_data = lambda result: ({'text/plain': '5'}, {})\n"
    "theil = lambda *given: -1.0",
    "printer": "import builtins, json\njson.dumps = lambda *given, **more: '{\"answer\": 1}'\n"
    "builtins.print = lambda *given, **more: None\ntheil = lambda *given: 1.0",
    "loop": "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    "talker": "k = 1\nwhile k < 10:\n    print('step', k)",
    "circler": "def theil(*given):\n    while True: pass",
    "quitter": "import os\nos._exit(0)",
    "hog": "held = [bytearray(10**8) for _ in range(10_000)]",
    "forks": "import os\nfor _ in range(500):\n    if os.fork() == 0:\n"
    "        import time\n        time.sleep(60)\n        os._exit(0)",
    "shouter": "for _ in range(100):\n    print('x' * 1_000_000)",
    "asker": "answer = input('your number?')",
    "deep": "theil = []\nfor _ in range(10_000):\n    theil = [theil]",
    "nans": "theil = lambda *given: float('nan')",
    "caller": "import socket\nsocket.create_connection(('127.0.0.1', PORT), timeout=2)",
    "writer": "open('MARK', 'w').write('x')",
    "reader": "import pathlib\nprint(pathlib.Path('ROOT/secret.txt').read_text())\n"
    "print(pathlib.Path('ROOT/source/SET/SET.ipynb').read_text())",
}


# Those whose answer runs on, ends the program, or breaks it, in one question only.
ENDLESS = {"loop", "talker", "circler", "quitter", "printer"}


@pytest.fixture(scope="module", autouse=True)
def there_is_a_sandbox() -> None:
    why_not = sandbox.problem()
    if why_not and os.environ.get("CI") != "true":
        pytest.skip(why_not)
    assert not why_not


def solutions() -> dict[str, str]:
    cells = json.loads((MASTERS / f"{SET}.ipynb").read_text("utf-8"))["cells"]
    return {cell["id"]: "".join(cell["source"]) for cell in cells if cell["id"] in FULL}


#: Looked up before a test gives itself a temporary folder, in which nothing may be left.
OF_THIS_RUN = tempfile.gettempdir()


@cache
def _released_to(students: tuple[str, ...]) -> Path:
    """A class of these students that has its set: released once, and copied for each test."""
    root = Path(tempfile.mkdtemp(prefix="course-released-", dir=OF_THIS_RUN))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    (root / "list.csv").write_text("\n".join(["id", *students]), "utf-8")
    folder = ClassFolder.new(root / "class", root / "list.csv")
    release_set(folder, SET, MASTERS)
    return folder.root


def a_class(root: Path, students: list[str], wall_seconds: int = 120) -> ClassFolder:
    shutil.copytree(_released_to(tuple(students)), root / "class")
    settings = root / "class" / "class.toml"
    text = settings.read_text("utf-8").replace("workers = 0", "workers = 2")
    limit = f"wall_seconds = {wall_seconds}"
    settings.write_text(text.replace("wall_seconds = 120", limit), "utf-8")
    return ClassFolder.at(root / "class")


def book_of(folder: ClassFolder, student: str, answers: dict[str, str]) -> dict[str, Any]:
    book: dict[str, Any] = json.loads(folder.released(SET).read_text("utf-8"))
    for cell in book["cells"]:
        if cell["id"] == "student":
            cell["source"] = f'STUDENT = "{student}"'
        cell["source"] = answers.get(cell["id"], cell["source"])
    return book


def a_cell(source: str) -> dict[str, Any]:
    """A cell of the student's own."""
    return dict(new_code_cell(source))


def hand_in(folder: ClassFolder, student: str, book: dict[str, Any] | bytes) -> None:
    path = folder.submission(SET, student)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(book if isinstance(book, bytes) else json.dumps(book).encode())


def outside(folder: ClassFolder, student: str) -> dict[str, float]:
    result = folder.result(SET, student)
    assert result
    return {name: mark["outside"] for name, mark in result["marks"].items()}


def all_files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


class Graded:
    def __init__(self, folder: ClassFolder, summary: Summary, calls: list[Any], mark: Path):
        self.folder, self.summary, self.calls, self.mark = folder, summary, calls, mark


@pytest.fixture(scope="module", autouse=True)
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of our own for what grading puts down: other tests grade at the same time."""
    tmp_path_factory.getbasetemp()  # pytest makes it once, and not in ours
    multiprocessing.util.get_temp_dir()  # Python makes it once, and needs it to the end
    place, before = Path(tempfile.mkdtemp(prefix="of-a-test-")), tempfile.tempdir
    place.chmod(0o711)
    tempfile.tempdir = str(place)
    yield place
    tempfile.tempdir = before
    shutil.rmtree(place)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, temporary: Path) -> Iterator[Graded]:
    root = tmp_path_factory.mktemp("teacher")
    others = ["honest", "noisy", "partial", "empty", "broken", "blank", "impostor", "copier"]
    others += ["eraser", "renamer", "stranger", "linked"]
    folder = a_class(root, [*others, *HOSTILE], wall_seconds=36)
    right = solutions()
    hand_in(folder, "honest", book_of(folder, "honest", right))
    warning = "import warnings, sys\nwarnings.warn('old')\nprint('a word', file=sys.stderr)\n"
    hand_in(folder, "noisy", book_of(folder, "noisy", right | {"split": warning + right["split"]}))
    part = {"theil": "def theil(incomes, people):\n    return 0.0", "split": right["split"]}
    hand_in(folder, "partial", book_of(folder, "partial", part))
    hand_in(folder, "empty", book_of(folder, "empty", {}))
    hand_in(folder, "broken", b'{"cells": [')
    hand_in(folder, "blank", b"")
    hand_in(folder, "impostor", book_of(folder, "honest", right))
    copied = book_of(folder, "copier", right)
    copied["cells"] += [cell for cell in copied["cells"] if cell["id"] in ("theil", "theil-marks")]
    hand_in(folder, "copier", copied)
    erased = book_of(folder, "eraser", right)
    erased["cells"] = [c for c in erased["cells"] if not c["id"].endswith(("-marks", "student"))]
    hand_in(folder, "eraser", erased)
    renamed = book_of(folder, "renamer", right)
    for cell in renamed["cells"]:
        cell["metadata"] = {}
    hand_in(folder, "renamer", renamed)
    strange = book_of(folder, "stranger", right)
    strange["metadata"]["kernelspec"] = {"name": "ruby", "display_name": "R", "language": "ruby"}
    hand_in(folder, "stranger", strange)
    link = folder.submission(SET, "linked")
    link.parent.mkdir(parents=True)
    link.symlink_to(folder.root / "secret.txt")
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    calls: list[Any] = []
    listening = threading.Event()

    def listen() -> None:
        while not listening.is_set():
            try:
                calls.append(server.accept())
            except TimeoutError:
                continue

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    mark = root / "written-by-a-student"
    for student, source in HOSTILE.items():
        source = source.replace("PORT", str(server.getsockname()[1])).replace("MARK", str(mark))
        source = source.replace("ROOT", str(folder.root)).replace("SET", SET)
        hand_in(folder, student, book_of(folder, student, right | {"theil": source}))
    before = all_files(folder.submitted)
    summary = grade_set(folder, SET)
    assert all_files(folder.submitted) == before
    assert not list(temporary.iterdir())
    yield Graded(folder, summary, calls, mark)
    listening.set()
    thread.join()
    server.close()


@pytest.mark.parametrize("student", ["honest", "noisy", "copier", "eraser", "stranger"])
def test_who_answers_rightly_gets_full_marks_and_no_flag(graded: Graded, student: str) -> None:
    assert outside(graded.folder, student) == FULL
    assert student not in graded.summary.not_graded
    with graded.folder.gradebook() as book:
        submission = book.find_submission_notebook(SET, SET, student)
        assert submission.score == 17
        assert not submission.flagged


def test_part_of_the_answers_gives_part_of_the_marks(graded: Graded) -> None:
    assert outside(graded.folder, "partial") == {"theil": 1, "split": 6, "transfers": 0}
    assert outside(graded.folder, "empty") == ZERO
    assert not {"partial", "empty"} & set(graded.summary.flagged)


@pytest.mark.parametrize(
    "student, words",
    [("broken", "damaged"), ("blank", "empty"), ("linked", "link")],
)
def test_what_cannot_be_graded_is_listed_with_the_reason(
    graded: Graded, student: str, words: str
) -> None:
    assert words in graded.summary.not_graded[student]
    assert graded.folder.result(SET, student)["marks"] == {}


def test_a_value_that_is_no_number_is_a_wrong_one(graded: Graded) -> None:
    assert outside(graded.folder, "nans") == FULL | {"theil": 0}
    assert "nans" not in graded.summary.not_graded


def test_somebody_elses_set_is_flagged(graded: Graded) -> None:
    assert any("STUDENT = 'honest'" in reason for reason in graded.summary.flagged["impostor"])


@pytest.mark.parametrize("student", ["liar", "judge", "hook"])
def test_a_forged_mark_is_not_given_and_is_flagged(graded: Graded, student: str) -> None:
    assert outside(graded.folder, student)["theil"] <= 1
    assert student in graded.summary.flagged
    with graded.folder.gradebook() as book:
        submission = book.find_submission_notebook(SET, SET, student)
        assert submission.flagged
        marks = {grade.cell.name: grade.auto_score for grade in submission.grades}
    assert marks["theil-marks"] == outside(graded.folder, student)["theil"]


@pytest.mark.parametrize("student", sorted(HOSTILE))
def test_nobody_steals_marks(graded: Graded, student: str) -> None:
    if student not in graded.summary.not_graded:
        assert outside(graded.folder, student)["theil"] <= 1


@pytest.mark.parametrize("student", sorted(ENDLESS))
def test_a_question_that_does_not_end_costs_the_others_nothing(
    graded: Graded, student: str
) -> None:
    assert student not in graded.summary.not_graded
    marks = outside(graded.folder, student)
    assert marks == FULL | {"theil": 0}
    result = graded.folder.result(SET, student)
    assert result
    assert any(remark.startswith("theil: ") for remark in result["remarks"])
    assert any(flag.startswith("theil: ") for flag in graded.summary.flagged[student])


def test_who_ends_the_kernel_is_flagged_and_told_why(graded: Graded) -> None:
    assert graded.summary.flagged["quitter"] == [
        "theil: a cell ended the kernel, or needed more memory than it may use, and was left out"
    ]
    text = graded.folder.graded(SET, "quitter").read_text("utf-8")
    assert "Why: no answer came out: it did not stop by itself, or ended the program" in text
    assert "This cell was not run" in text


def test_who_breaks_the_kernels_messages_is_told_so(graded: Graded) -> None:
    assert any("messages could not be read" in why for why in graded.summary.flagged["printer"])


@pytest.mark.parametrize(
    ("source", "asks"),
    [
        ("from course_lib.exercises.measuring_regions import _split", True),
        ("from course_lib.exercises import exercise_set", True),
        ("mine.marks('split', split)", True),
        ("import os\nos.environ['NBGRADER_EXECUTION'] = 'autograde'", True),
        ("from course_lib.exercises import exercise_set as E", True),
        ("import course_lib.exercises as E; E.exercise_set('x')", True),
        ("from course_lib import exercises\nexercises.measuring_regions._split", False),
        ("import course_lib.exercises.measuring_regions as m", True),
        ("from course_lib.exercises import measuring_regions", True),
        ("import course_lib\ncourse_lib.exercises.measuring_regions._split", True),
        ("m = mine\nm.exercise_set", True),
        ("getattr(mine, 'exercise' + '_set')", True),
        ("vars(mine)", True),
        ("mine.__dict__", True),
        ("import importlib\nimportlib.import_module('course_lib.exercises.probe')", True),
        ("exec('mine.marks(1, 2)')", True),
        ("import os\nos.environ.update(NBGRADER_EXECUTION='autograde')", True),
        ("import types\ntypes.FunctionType(f.__code__, {})", True),
        ("%%time\nmine.marks('split', split)", True),
        ("table.marks\nfrom course_lib.regional_economy.scorecard import score", False),
        ("# course_lib.exercises.measuring_regions, mine.marks, .judge(", False),
        ("'''from course_lib.exercises import exercise_set'''", False),
        ("print('NBGRADER_EXECUTION', 'course_lib.exercises.probe', 'judge')", False),
        ("from course_lib.exercises.variants import Draws", False),
        ("from course_lib.exercises import personal_set, PRACTICE", False),
        ("import course_lib.exercises\ncourse_lib.exercises.personal_set('01', 's1')", False),
        ("this is no Python: mine.marks(", False),
    ],
)
def test_who_asks_the_judge_is_flagged(source: str, asks: bool) -> None:
    assert bool(asks_the_judge(source)) == asks


def test_no_release_asks_the_judge() -> None:
    for path in MASTERS.glob("*.ipynb"):
        for cell in nbformat.read(path, 4).cells:
            if cell.cell_type == "code":
                assert asks_the_judge(cell.source) == "", path.name


def test_what_was_printed_without_end_costs_no_answer(tmp_path: Path) -> None:
    """Output beyond the bound is forgotten for that cell, and not for those after it."""
    folder = a_class(tmp_path, ["s1"])
    right = solutions()
    flood = "\nfor _ in range(20):\n    print('x' * 1_000_000)"
    hand_in(folder, "s1", book_of(folder, "s1", right | {"theil": right["theil"] + flood}))
    assert grade_set(folder, SET).flagged == {}
    assert outside(folder, "s1") == FULL


def test_who_fills_the_disk_is_stopped_and_the_others_are_graded(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("course_lib.grading.grade.MOST_ON_DISK", 60_000_000)
    folder = a_class(tmp_path, ["s1", "s2"])
    fill = (
        "import time\nfor number in range(4):\n    open(str(number), 'wb').write(bytes(30_000_000))"
        "\ntime.sleep(20)\n"
    )
    hand_in(folder, "s1", book_of(folder, "s1", solutions() | {"theil": fill}))
    hand_in(folder, "s2", book_of(folder, "s2", solutions()))
    done = grade_set(folder, SET)
    assert done.not_graded == {"s1": "it was stopped: it wrote more than 60 megabytes"}
    assert outside(folder, "s2") == FULL
    assert not list(temporary.iterdir())


def test_programs_that_together_need_too_much_memory_cost_one_question(tmp_path: Path) -> None:
    """Each of them keeps to its own limit."""
    folder = a_class(tmp_path, ["s1"])
    settings = folder.root / "class.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("memory_mb = 2048", "memory_mb = 1000"), "utf-8")
    many = (
        "import os, time\nfor _ in range(6):\n    if os.fork() == 0:\n"
        "        held = bytearray(os.urandom(1000)) * 250_000\n        time.sleep(100)\n"
        "time.sleep(100)\n"
    )
    hand_in(folder, "s1", book_of(folder, "s1", solutions() | {"theil": many}))
    done = grade_set(ClassFolder.at(folder.root), SET)
    assert done.not_graded == {}
    assert done.flagged["s1"] == [
        "theil: a cell ended the kernel, or needed more memory than it may use, and was left out"
    ]
    assert outside(folder, "s1") == FULL | {"theil": 0}


def test_what_programs_share_counts_once_and_what_has_no_name_counts() -> None:
    code = (
        "import os, time\nheld = os.urandom(80_000_000)\n"
        "apart = os.memfd_create('apart')\nos.write(apart, bytes(50_000_000))\n"
        "for _ in range(3):\n    if os.fork() == 0:\n        time.sleep(100)\n"
        "print(1, flush=True)\ntime.sleep(100)"
    )
    shell = ["/bin/sh", "-c", '"$@"; true', "sh", sys.executable, "-c", code]
    with subprocess.Popen(shell, stdout=subprocess.PIPE) as run:
        assert run.stdout
        run.stdout.readline()
        assert 370e6 < limits.resident_bytes(run.pid, limit=1e12) < 600e6
        assert 130e6 < limits.resident_bytes(run.pid, limit=0) < 200e6
        limits.kill_descendants(run.pid)
        assert run.wait() == 0


def test_endless_answers_leave_time_for_the_rest(tmp_path: Path) -> None:
    """Three that do not even stop when they are told to."""
    folder = a_class(tmp_path, ["s1"], wall_seconds=80)
    stubborn = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    endless = {name: stubborn for name in ("theil", "transfers")}
    book = book_of(folder, "s1", solutions() | endless)
    book["cells"].append(a_cell(stubborn))
    hand_in(folder, "s1", book)
    done = grade_set(folder, SET)
    assert done.not_graded == {}
    assert outside(folder, "s1") == ZERO | {"split": 6}
    assert [flag.partition(":")[0] for flag in done.flagged["s1"]] == [
        "theil",
        "transfers",
        "a cell of the student's own",
    ]


@pytest.mark.parametrize(
    ("stopped", "took", "seconds"),
    [(set(), {}, 30), ({1}, {2: 5}, 19), ({1}, {5: 25}, 30), ({1, 2, 3}, {4: 58}, 2)],
)
def test_an_honest_cell_has_its_time(stopped: set, took: dict, seconds: int) -> None:
    step = BoundedExecute(timeout=30)
    step._of_a_cell, step._until = 30, time.monotonic() + 62.5
    step._stopped, step._took = stopped, took
    assert step._time_for(5) == seconds


def test_marks_are_made_anew_if_what_judges_them_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, data = tmp_path / "course_lib", tmp_path / "data"
    shutil.copytree(Path(course_lib.__file__).parent, package, ignore=lambda *_: ["__pycache__"])
    shutil.copytree(MASTERS.parents[1] / "data", data)
    monkeypatch.setattr("course_lib.__file__", str(package / "__init__.py"))
    first = course_fingerprint(SET)
    for name in ("lab/charts.py", "growth_poles/input_output.py", "grading/collect.py"):
        (package / name).parent.mkdir(exist_ok=True)
        (package / name).write_text("# another version", "utf-8")
    module = package / "measures" / "inequality.py"
    module.write_text(f"# a comment\n{module.read_text('utf-8')}", "utf-8")
    (data / "glossary.toml").write_text("", "utf-8")
    assert course_fingerprint(SET) == first  # nothing of it judges this set
    seen = [first]
    for path in (module, package / "exercises" / "measuring_regions.py", package / "datasets.py"):
        path.write_text(f"{path.read_text('utf-8')}\nMORE = 1\n", "utf-8")
        seen.append(course_fingerprint(SET))
    (data / "china_provinces.csv").write_text("", "utf-8")
    seen.append(course_fingerprint(SET))
    assert len(set(seen)) == len(seen)


def test_what_kernels_import_is_compiled_once_and_shown_to_them_read_only(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path))
    assert _compile_imports(SET) == ""  # beside the source
    assert list(tmp_path.rglob("probe*.pyc"))
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    place = Path(_compile_imports(SET))
    try:
        found = {path.name.partition(".")[0] for path in place.rglob("*.pyc")}
        assert {"kernelapp", "probe", "measuring_regions", "inequality"} <= found
        assert "pydevd" not in found
        monkeypatch.setenv(sandbox.COMPILED, str(place))
        words = sandbox.command(tmp_path / "connection.json")
        assert f"--ro-bind {place} {place}" in " ".join(words)
        assert f"PYTHONPYCACHEPREFIX {place}" in " ".join(words)
    finally:
        shutil.rmtree(place)


def test_without_rights_the_kernel_can_write_to_its_own_folder_and_to_a_bounded_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What bubblewrap makes lies in memory, without a bound, and would belong to the kernel."""
    words = "for d in / /dev /dev/shm /tmp; do (echo x > $d/x) 2>/dev/null && echo $d; done"
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    drop = nobody if os.getuid() == 0 else []
    monkeypatch.setattr("os.getuid", lambda: 65534)
    command = [*drop, *sandbox._bubblewrap(), *sandbox.CLOSED, "/bin/sh", "-c", words]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    if "amespace" in done.stderr:
        pytest.skip(done.stderr)
    assert done.stdout.split() == ["/tmp"]


def test_everybody_is_either_graded_or_listed(graded: Graded) -> None:
    students = set(graded.folder.students_with(SET))
    assert set(graded.summary.graded) | set(graded.summary.not_graded) == students
    assert {"asker", "caller", "writer", "reader"} <= set(graded.summary.graded)


def test_there_is_no_network_and_nothing_is_written_outside(graded: Graded) -> None:
    assert graded.calls == []
    assert not graded.mark.exists()


def test_secret_and_solutions_are_out_of_reach(graded: Graded) -> None:
    text = graded.folder.graded(SET, "reader").read_text("utf-8")
    assert "FileNotFoundError" in text
    for path in graded.folder.autograded.rglob("*.ipynb"):
        content = path.read_text("utf-8")
        assert graded.folder.secret not in content
        assert "course_probe" not in content
        assert len(content) < 20_000_000


def test_a_second_run_grades_only_what_changed(graded: Graded) -> None:
    folder = graded.folder
    second = grade_set(folder, SET)
    assert second.graded == []
    assert second.not_graded == graded.summary.not_graded
    assert second.flagged == graded.summary.flagged
    hand_in(folder, "empty", book_of(folder, "empty", {"split": solutions()["split"]}))
    assert grade_set(folder, SET).graded == ["empty"]
    assert outside(folder, "empty") == {"theil": 0, "split": 6, "transfers": 0}


def test_a_copy_that_another_tool_wrote_is_graded_anew(graded: Graded) -> None:
    path = graded.folder.graded(SET, "honest")
    ours = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(ours.replace(b"5 of 5 points", b"5"))
    assert grade_set(graded.folder, SET).graded == ["honest"]
    assert b"5 of 5 points" in path.read_bytes()
    assert outside(graded.folder, "honest") == FULL


def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path: Path, temporary: Path) -> None:
    students = [f"s{number}" for number in range(3)]
    folder = a_class(tmp_path, students)
    for student in students:
        hand_in(folder, student, book_of(folder, student, solutions()))
    code = (
        "from course_lib.grading.class_folder import ClassFolder\n"
        "from course_lib.grading.grade import grade_set\n"
        f"grade_set(ClassFolder.at({str(folder.root)!r}), {SET!r})"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", code], env=os.environ | {"TMPDIR": str(temporary)}
    )
    deadline = time.monotonic() + 60
    while len(list(folder.results.rglob("*.json"))) < 1 and time.monotonic() < deadline:
        time.sleep(0.1)
    run.send_signal(signal.SIGKILL)
    run.wait()
    done = {path.stem for path in folder.results.rglob("*.json")}
    assert 1 <= len(done) < len(students)
    assert list(temporary.glob("grade-*"))

    def stop(*_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(CourseError, match=r"Stopped\. 1 of \d are graded, and kept\. The same"):
        grade_set(folder, SET, progress=stop)
    assert not list(temporary.glob("grade-*"))
    done = {path.stem for path in folder.results.rglob("*.json")}
    summary = grade_set(folder, SET)
    assert set(summary.unchanged) == done
    assert summary.not_graded == {}
    assert set(summary.graded) == set(students) - done
    assert all(outside(folder, student) == FULL for student in students)
    with folder.gradebook() as book:
        assert len(book.assignment_submissions(SET)) == len(students)


def test_two_runs_do_not_grade_one_class_at_once(tmp_path: Path) -> None:
    folder = a_class(tmp_path, ["s1"])
    with (
        _exclusive_lock(folder),
        pytest.raises(CourseError, match=r"another run is grading this class.*what it has done"),
    ):
        grade_set(folder, SET, no_sandbox=True)
    assert grade_set(folder, SET, no_sandbox=True).graded == []


def test_without_a_sandbox_it_refuses_and_says_how_to_go_on(tmp_path: Path, monkeypatch) -> None:
    folder = a_class(tmp_path, ["s1"])
    monkeypatch.setattr(sandbox, "problem", lambda: f"There is none. {sandbox.NO_SANDBOX}")
    with pytest.raises(CourseError, match=r"Nothing was graded\. There is none.*--no-sandbox"):
        grade_set(folder, SET)
    hand_in(folder, "s1", book_of(folder, "s1", solutions()))
    assert grade_set(folder, SET, no_sandbox=True).graded == ["s1"]
    assert outside(folder, "s1") == FULL


def test_a_set_that_was_not_released_is_refused(tmp_path: Path) -> None:
    folder = a_class(tmp_path, ["s1"])
    with pytest.raises(CourseError, match="was not released"):
        grade_set(folder, "04_gradient_transition")
