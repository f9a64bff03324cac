from __future__ import annotations

import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from course_lib.cli import doctor
from course_lib.cli.doctor import Finding


def ill(finding: Finding, *words: str) -> None:
    assert not finding.ok
    assert finding.advice
    for word in words:
        assert word in f"{finding.sentence} {finding.advice}"


def test_an_old_python() -> None:
    assert doctor.check_python((3, 11, 0)).ok
    assert doctor.check_python((3, 15, 1)).ok
    ill(doctor.check_python((3, 10, 13)), "3.10.13 is too old", "3.11")


def test_packages_that_are_there() -> None:
    finding = doctor.check_packages(["numpy>=1.26", "rich>=13; sys_platform != 'emscripten'"])
    assert finding.ok
    assert "numpy" in finding.sentence
    assert "rich" in finding.sentence


def test_a_package_for_another_system_is_not_missed() -> None:
    finding = doctor.check_packages(["numpy", "nowhere>=1; sys_platform == 'emscripten'"])
    assert finding.ok


def test_a_package_that_is_missing_broken_or_old() -> None:
    def version_of(name: str) -> str:
        if name == "gone":
            raise PackageNotFoundError(name)
        return "1.0"

    def import_module(name: str) -> object:
        if name == "broken":
            raise OSError("a library of the system is missing")
        return object()

    finding = doctor.check_packages(
        ["gone", "broken", "old>=2", "fine>=1"], version_of, import_module
    )
    ill(
        finding, "gone is missing", "broken does not load (OSError", "old 1.0 is not >=2", "uv sync"
    )
    assert "fine" not in finding.sentence


def test_a_course_that_is_not_installed() -> None:
    ill(doctor.check_packages([]), "not installed")


def test_the_course_declares_what_a_lesson_needs() -> None:
    needed = " ".join(doctor.requirements())
    assert "numpy" in needed
    assert "nbgrader" not in needed


def test_notebooks_with_the_library_of_another_folder(tmp_path: Path) -> None:
    assert doctor.check_course(tmp_path, tmp_path).ok
    (tmp_path / "pyproject.toml").touch()
    ill(doctor.check_course(tmp_path / "elsewhere", tmp_path), "elsewhere", "uv run course lab")


def test_a_jupyterlab_without_widgets(tmp_path: Path) -> None:
    ill(doctor.check_widgets([tmp_path]), "sliders")
    (tmp_path / "@jupyter-widgets" / "jupyterlab-manager").mkdir(parents=True)
    assert doctor.check_widgets([tmp_path]).ok


def test_a_kernel_that_answers() -> None:
    assert doctor.check_kernel(doctor.answer_of_a_kernel).ok


def test_a_kernel_that_does_not() -> None:
    def never() -> str:
        raise RuntimeError("Kernel died before replying to kernel_info")

    ill(doctor.check_kernel(never), "Kernel died", "Restart")
    ill(doctor.check_kernel(lambda: "3"), "answers 3 to 1+1")
    ill(doctor.check_kernel(lambda: ""), "answers nothing to 1+1")


def test_a_start_up_file_that_ends_the_kernel_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_up = tmp_path / "profile_default" / "startup"
    start_up.mkdir(parents=True)
    (start_up / "README").touch()
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))

    def never() -> str:
        raise RuntimeError("Kernel died")

    assert "your own" not in doctor.check_kernel(never).advice
    (start_up / "00-mine.py").write_text("import os; os._exit(1)")
    ill(doctor.check_kernel(never), "00-mine.py", "another folder")


def test_a_file_that_hides_a_package_is_named(tmp_path: Path) -> None:
    (tmp_path / "email.py").touch()  # Python has its own already when a notebook starts
    assert doctor.check_shadows(tmp_path).ok
    (tmp_path / "numpy.py").touch()
    ill(doctor.check_shadows(tmp_path), "numpy.py", "another name")


def test_a_backend_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def import_module(name: str) -> object:
        monkeypatch.setenv("MPLBACKEND", "nowhere")
        done = subprocess.run(
            [sys.executable, "-c", f"import {name}"], capture_output=True, text=True, check=False
        )
        raise ValueError(done.stderr.splitlines()[-1])

    ill(doctor.check_packages(["matplotlib"], import_module=import_module), "'nowhere' is not a")


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    assert doctor.check_write_access(tmp_path).ok
    assert list(tmp_path.iterdir()) == []
    ill(doctor.check_write_access(tmp_path / "gone"), "Nothing can be saved", "Copy the course")


def test_figures_that_are_whole() -> None:
    assert doctor.check_data(doctor.table_loaders).ok
    assert {"us_income", "china_provinces"} <= set(doctor.table_loaders())


def test_figures_that_are_not() -> None:
    def damaged() -> None:
        raise RuntimeError("us_income.csv is damaged: git checkout -- data/us_income.csv")

    finding = doctor.check_data(lambda: {"one": damaged, "other": lambda: None})
    ill(finding, "1 of 2 tables", "git checkout -- data/us_income.csv")

    def unreadable() -> dict:
        raise ImportError("no pandas")

    ill(doctor.check_data(unreadable), "no pandas")


@pytest.mark.parametrize("found", [True, False])
def test_a_browser(found: bool) -> None:
    finding = doctor.check_browser(found)
    assert finding.ok is found
    if not found:
        ill(finding, "Install Firefox or Chrome", "--no-browser")
