"""What `pip install` gives: the library and the figures, and no tools for a checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    return Path(next(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])))


def test_a_wheel_holds_the_library_and_the_figures_alone(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "course_lib/cli/app.py" in names
    assert any(name.startswith("course_lib/_data/") for name in names)
    assert not [name for name in names if "/dev/" in name or name.endswith(".ipynb")]
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"course_lib"}


def test_a_wheel_outside_a_checkout_refuses_with_a_sentence(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    code = "import course_lib; print(course_lib.__file__); from course_lib.cli import app; app()"
    # "-P", so that PYTHONPATH comes before this checkout, which is installed as well.
    for command in ("lab", "test", "bench"):
        done = subprocess.run(
            [sys.executable, "-P", "-c", code, command],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(tmp_path / "installed")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1, done.stderr
        assert done.stdout.startswith(str(tmp_path / "installed"))
        assert "get the course's folder first" in done.stderr
        assert "Traceback" not in done.stderr
