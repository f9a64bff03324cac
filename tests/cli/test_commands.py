"""The command `course`: its help, its findings, its clean notebooks."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from course_lib.cli import app, doctor
from course_lib.cli.browser import find_browser
from course_lib.cli.checkout import CourseError, find_notebooks
from course_lib.cli.jupyter import free_port, jupyter_server
from course_lib.cli.notebooks import executed, store
from course_lib.cli.testing import NO_TOOLS, Part, pytest_arguments, run_tests

ROOT = Path(__file__).parents[2]


def test_help_names_every_command() -> None:
    said = CliRunner().invoke(app, ["--help"]).output
    for command in ("lab", "doctor", "test", "notebooks", "bench"):
        assert command in said


def test_parts_of_the_tests() -> None:
    assert "--nbval" in pytest_arguments(Part.lessons)
    assert "--nbval" not in pytest_arguments(Part.library)
    assert "--ignore=tests/browser" in pytest_arguments(Part.library)
    assert pytest_arguments(None, ["-k", "theil"])[-2:] == ["-k", "theil"]


def test_without_test_tools_there_is_a_sentence() -> None:
    with pytest.raises(CourseError, match="not installed") as error:
        run_tests(ROOT, installed=lambda module: False)
    assert str(error.value) == NO_TOOLS


def test_notebooks_are_found_by_number_and_by_title() -> None:
    folder = ROOT / "notebooks"
    assert find_notebooks(folder, "01")[0].name == "01_measuring_regions.ipynb"
    assert find_notebooks(folder, "measuring_regions") == find_notebooks(folder, "01")
    with pytest.raises(CourseError):
        find_notebooks(folder, "99")


def test_doctor_says_what_to_do(tmp_path: Path) -> None:
    old = doctor.check_python((3, 9, 0))
    assert not old.ok
    assert old.advice
    assert doctor.check_python((3, 12, 0)).ok
    assert doctor.check_write_access(tmp_path).ok
    assert not doctor.check_browser(False).ok


def test_a_chosen_browser_stands_over_all_others(tmp_path: Path) -> None:
    program = tmp_path / "browser"
    assert find_browser({"COURSE_BROWSER": str(program)}) is None
    program.touch(mode=0o755)
    assert find_browser({"COURSE_BROWSER": str(program)}) == program


def test_a_taken_port_is_passed_over() -> None:
    port = free_port()
    assert 1024 <= port < 65536


@pytest.fixture
def small_notebook(tmp_path: Path) -> Path:
    code = [
        "from course_lib.start_here import labs\nlabs.growth_race_lab()",
        "import ipywidgets\nipywidgets.IntSlider()",
        "print('done')",
    ]
    cells = [nbformat.v4.new_code_cell(source) for source in code]
    path = tmp_path / "small.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def test_stored_notebooks_are_clean_and_the_same_each_time(small_notebook: Path) -> None:
    text = executed(small_notebook)
    assert store(small_notebook, text)
    first = small_notebook.read_bytes()
    assert not store(small_notebook, executed(small_notebook))
    assert small_notebook.read_bytes() == first
    assert "widget-view" not in text
    book = json.loads(text)
    assert "widgets" not in book["metadata"]
    assert "image/png" in book["cells"][0]["outputs"][0]["data"]


def test_a_cell_that_fails_is_named(small_notebook: Path) -> None:
    book = nbformat.read(small_notebook, as_version=4)
    book.cells.append(nbformat.v4.new_code_cell("1 / 0"))
    nbformat.write(book, small_notebook)
    with pytest.raises(CourseError, match="ZeroDivisionError"):
        executed(small_notebook)


def test_the_server_answers_and_goes(tmp_path: Path) -> None:
    with jupyter_server(tmp_path) as server:
        assert server.ask("GET", "/api/status") == 200
        process = server.process
    deadline = time.monotonic() + 10
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.1)
    assert process.poll() is not None
    assert os.environ.get("JUPYTER_TOKEN") != server.token
