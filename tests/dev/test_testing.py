from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from course_lib.dev.testing import pytest_arguments, run_tests
from course_lib.errors import CourseError


def test_all_tests_are_one_run() -> None:
    arguments = pytest_arguments(None)
    assert {"tests", "course_lib", "notebooks", "--doctest-modules", "--nbval"} <= set(arguments)
    assert "--nbval-current-env" in arguments
    assert arguments[0] == "tests/browser"  # it takes longest, so it begins
    assert arguments[-5:] == ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]


def test_a_part_is_that_part_alone() -> None:
    library = pytest_arguments("library")
    assert "--ignore=tests/browser" in library
    assert "--nbval" not in library
    assert pytest_arguments("browser", parallel=False) == ["tests/browser"]
    lessons = pytest_arguments("lessons", parallel=False)
    assert lessons[0] == "notebooks"
    assert "tests" not in lessons


@pytest.mark.parametrize("word", ["-n0", "--pdb", "--dist=load"])
def test_the_readers_own_words_come_last_and_win(word: str) -> None:
    arguments = pytest_arguments(None, ["-k", "theil", word])
    assert arguments[-3:] == ["-k", "theil", word]
    assert "loadfile" not in arguments


class Runner:
    """Stands for pytest: remembers how it was started and answers with an exit code."""

    def __init__(self, code: int) -> None:
        self.code = code
        self.command: list[str] = []
        self.settings: dict = {}

    def __call__(self, command: list[str], **settings: object) -> int:
        self.command, self.settings = command, settings
        return self.code


@pytest.mark.parametrize("code", [0, 1])
def test_pytests_own_exit_code_is_the_commands(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = Runner(code)
    monkeypatch.setattr(subprocess, "call", runner)
    assert run_tests(tmp_path, "library", ["-x"]) == code
    assert runner.command[1:3] == ["-m", "pytest"]
    assert runner.command[-1] == "-x"
    assert runner.settings["cwd"] == tmp_path
    assert "course-ipython-" in runner.settings["env"]["IPYTHONDIR"]


def test_nothing_tested_is_not_a_success(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "call", Runner(5))
    with pytest.raises(CourseError, match="Nothing was tested"):
        run_tests(tmp_path)


@pytest.mark.parametrize("missing", ["pytest", "nbval"])
def test_without_the_tools_the_sentence_says_how_to_get_them(missing: str, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="uv run --group test course test"):
        run_tests(tmp_path, installed=lambda module: module != missing)


def test_without_xdist_the_run_takes_one_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = Runner(0)
    monkeypatch.setattr(subprocess, "call", runner)
    run_tests(tmp_path, installed=lambda module: module != "xdist")
    assert "-n" not in runner.command
