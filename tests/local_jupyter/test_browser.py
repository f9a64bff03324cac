from __future__ import annotations

import sys
from pathlib import Path

import pytest

from course_lib.local_jupyter.browser import find_browser


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o755)
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="a program on the PATH ends in .exe there")
@pytest.mark.parametrize("name", ["chromium", "google-chrome", "chromium-browser"])
def test_a_browser_on_the_path_is_found(tmp_path: Path, name: str) -> None:
    browser = program(tmp_path / name)
    assert find_browser({"PATH": str(tmp_path)}, "linux") == browser


@pytest.mark.skipif(sys.platform == "win32", reason="a program on the PATH ends in .exe there")
def test_the_chosen_browser_stands_over_the_others(tmp_path: Path) -> None:
    program(tmp_path / "chromium")
    chosen = program(tmp_path / "mine" / "chrome")
    assert find_browser({"PATH": str(tmp_path), "COURSE_BROWSER": str(chosen)}, "linux") == chosen


def test_a_chosen_browser_that_is_not_there_is_no_other_one(tmp_path: Path) -> None:
    program(tmp_path / "chromium")
    environ = {"PATH": str(tmp_path), "COURSE_BROWSER": str(tmp_path / "gone")}
    assert find_browser(environ, "linux") is None


def test_macos_and_windows_have_usual_places(tmp_path: Path) -> None:
    mac = program(tmp_path / "Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    assert find_browser({"PATH": "", "HOME": str(tmp_path)}, "darwin") == mac
    edge = program(tmp_path / "Microsoft/Edge/Application/msedge.exe")
    assert find_browser({"PATH": "", "PROGRAMFILES(X86)": str(tmp_path)}, "win32") == edge


def test_without_a_browser_there_is_none(tmp_path: Path) -> None:
    assert find_browser({"PATH": str(tmp_path)}, "linux") is None
