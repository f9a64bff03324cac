from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from course_lib.cli import app as application
from course_lib.cli import doctor
from course_lib.cli.doctor import Finding
from course_lib.dev import testing
from course_lib.errors import CourseError
from course_lib.local_jupyter import server

runner = CliRunner()


def course(*words: str) -> Any:
    return runner.invoke(application, list(words))


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course with a start and one lesson, in which the command is typed."""
    for folder in ("notebooks", "course_lib"):
        (tmp_path / folder).mkdir()
    book = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    for name in ("00_start_here", "04_gradient_transition"):
        (tmp_path / "notebooks" / f"{name}.ipynb").write_text(json.dumps(book), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What `course lab` would have started."""
    call: dict[str, Any] = {}

    @contextmanager
    def no_server(notebooks: Path, **settings: Any) -> Iterator[Any]:
        call.update(settings, notebooks=notebooks)
        process = SimpleNamespace(wait=lambda: None)
        yield SimpleNamespace(process=process, address=lambda name: f"http://here/{name}")

    monkeypatch.setattr(server, "jupyter_server", no_server)
    return call


def test_lab_opens_the_start_and_says_how_to_stop(checkout: Path, started: dict) -> None:
    result = course("lab")
    assert result.exit_code == 0
    assert "open at http://here/00_start_here.ipynb until you press Ctrl+C" in result.output
    assert started["notebooks"] == checkout.resolve() / "notebooks"
    assert started["open_browser"] is True
    assert started["environment"] is None


def test_lab_opens_a_lesson_for_a_teacher_without_a_browser(checkout: Path, started: dict) -> None:
    assert course("lab", "04", "--teacher", "--no-browser").exit_code == 0
    assert started["notebook"] == "04_gradient_transition.ipynb"
    assert started["environment"] == {"COURSE_TEACHER": "1"}
    assert started["open_browser"] is False
    assert started["hidden"] == ()  # a teacher sees what holds answers; a student does not
    assert course("lab", "04").exit_code == 0
    assert started["hidden"] == ("exercises", "TEACHING.md")


def test_practise_opens_a_set_of_ones_own_and_then_its_answers(
    checkout: Path, started: dict
) -> None:
    masters = Path(__file__).parents[2] / "notebooks" / "exercises"
    shutil.copytree(masters, checkout / "notebooks" / "exercises")
    name = "exercises_01_measuring_regions.ipynb"
    result = course("practise", "01")
    assert result.exit_code == 0, result.output
    assert started["notebook"] == f"practice/{name}"
    assert "uv run course practise 01 --answers" in result.output
    early = course("practise", "01", "--answers")
    assert early.exit_code == 1
    assert "Nothing is answered in your set yet" in early.output
    path = checkout / "notebooks" / "practice" / name
    book = json.loads(path.read_text("utf-8"))
    book["cells"][-2]["source"] = "It fell."
    path.write_text(json.dumps(book), "utf-8")
    assert course("practise", "01", "--answers").exit_code == 0
    assert started["notebook"] == f"practice/{name.replace('exercises', 'answers')}"
    unknown = course("practise", "77")
    assert "There is no set '77'" in unknown.output


def test_lab_with_an_unknown_lesson_is_a_sentence(checkout: Path, started: dict) -> None:
    result = course("lab", "13")
    assert result.exit_code == 1
    assert "There is no notebook called 13" in result.output
    assert "Traceback" not in result.output
    assert not started


def test_outside_the_course_every_command_says_where_to_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("course_lib.cli.checkout.LANDMARKS", ("a folder that nobody has",))
    for command in ("lab", "doctor", "notebooks", "test", "bench"):
        result = course(command)
        assert result.exit_code == 1, command
        assert "Go to the folder" in result.output


def examined(monkeypatch: pytest.MonkeyPatch, *findings: Finding) -> None:
    monkeypatch.setattr(doctor, "examine", lambda checkout: iter(findings))


def test_doctor_when_all_is_well(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    examined(monkeypatch, Finding(True, "All is well."))
    result = course("doctor")
    assert result.exit_code == 0
    assert "All is well." in result.output
    assert "This computer is ready. To begin, type: uv run course lab" in result.output


def test_doctor_when_something_needs_doing(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    examined(monkeypatch, Finding(True, "Good."), Finding(False, "Bad.", "Do this.\nThen that."))
    result = course("doctor")
    assert result.exit_code == 1
    assert "TO DO  Bad." in result.output
    assert "Do this." in result.output
    assert "One thing needs doing" in result.output


def test_notebooks_are_stored_and_then_unchanged(checkout: Path) -> None:
    # Without cells nothing runs long; what a run stores is tested in test_notebooks.
    result = course("notebooks", "04", "--check")
    assert result.exit_code == 1
    assert "04_gradient_transition.ipynb: would change" in result.output
    assert "stored anew" in course("notebooks", "04").output
    result = course("notebooks", "04", "--check")
    assert result.exit_code == 0
    assert "unchanged" in result.output


@pytest.mark.parametrize("code", [0, 1])
def test_test_hands_its_words_and_its_exit_code_on(
    code: int, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(testing, "run_tests", lambda *words: seen.append(words) or code)
    assert course("test", "--only", "library", "-k", "theil", "-x").exit_code == code
    assert seen == [(checkout.resolve(), "library", ["-k", "theil", "-x"])]


@pytest.mark.parametrize("command", ["test", "bench"])
def test_a_wheel_says_that_it_has_no_development_tools(
    command: str, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("course_lib.dev")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("course_lib.dev", raising=False)
    monkeypatch.setattr("course_lib.__path__", [])
    result = course(command)
    assert result.exit_code == 1
    assert "for those who change the course" in result.output
    assert "Traceback" not in result.output


def test_test_knows_its_parts(checkout: Path) -> None:
    assert course("test", "--only", "everything").exit_code == 2


def test_an_unexpected_error_is_not_hidden(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(checkout: Path) -> Iterator[Finding]:
        raise ZeroDivisionError

    monkeypatch.setattr(doctor, "examine", broken)
    assert isinstance(course("doctor").exception, ZeroDivisionError)
    assert not issubclass(ZeroDivisionError, CourseError)


def test_every_command_has_a_help_text() -> None:
    for command in ("lab", "doctor", "notebooks", "test"):
        result = course(command, "--help")
        assert result.exit_code == 0
        assert len(result.output) > 200


def test_the_command_starts_without_anything_heavy() -> None:
    heavy = "numpy pandas matplotlib jupyterlab jupyter_server nbformat nbclient rich pytest"
    code = (
        "import sys, typer; before = {*sys.modules}\n"  # typer 0.15 brings rich itself
        "import course_lib.cli; new = {*sys.modules} - before\n"
        f"print([m for m in {heavy.split()} if m in new])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_redirected_output_in_an_old_code_page_is_no_traceback() -> None:
    """`course doctor > file` on Windows, from a folder with another alphabet's letters."""
    done = subprocess.run(
        [sys.executable, "-c", "from course_lib.cli import app; app(['lab', '课程'])"],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "cp1252:strict", "PYTHONUTF8": "0"},
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert rb"There is no notebook called \u8bfe\u7a0b" in done.stderr
    assert done.returncode == 1
