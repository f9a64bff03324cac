"""Byte code for the browser, made where it can be: a lesson then starts in half the time."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from course_lib.errors import CourseError
from course_lib.site.pyodide import Release

HERE = Path(__file__).parent
PROGRAM = HERE / "compile_wheels.py"
IN_PYODIDE = HERE / "in_pyodide.mjs"


def maker(release: Release) -> list[str] | None:
    """The command that runs a program in a Python of the release's own version, or None.

    Byte code belongs to one version of Python. That is this Python, another one of this computer,
    or Pyodide itself, where Node is there to run it.
    """
    wanted = ".".join(str(release.listed["info"]["python"]).split(".")[:2])
    if wanted == f"{sys.version_info.major}.{sys.version_info.minor}":
        return [sys.executable]
    if other := shutil.which(f"python{wanted}"):
        return [other]
    node = shutil.which("node")
    if node and isinstance(release.place, Path) and sys.platform != "win32":
        return [node, str(IN_PYODIDE), str(release.place)]
    return None


def compile_packages(packages: Path, release: Release) -> bool:
    """Put byte code into all wheels of a folder; False where no Python of that version is here.

    Raises
    ------
    CourseError
        If the program that makes it fails.
    """
    command = maker(release)
    if command is None:
        return False
    done = subprocess.run(
        [*command, str(PROGRAM), str(packages)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CourseError(
            f"{command[0]} could not make byte code: {done.stderr.strip()[-300:]} "
            "Without it, the site works and starts more slowly: --no-byte-code"
        )
    return True
