"""Build the course as a site: lessons, Pyodide and all that they import, in one folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from course_lib.cli.checkout import CourseError
from course_lib.site import pyodide
from course_lib.site.wheels import Wheel, course_wheel, installed_wheel

#: Pages that a lesson links to. The teaching guide holds answers and stays away.
PAGES = ("GLOSSARY.md", "BIBLIOGRAPHY.md", "SOURCE_DOCUMENT.md")
APPS = ("lab", "notebooks", "tree")
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
#: Loaded before the first cell, so that nothing is asked of a package index.
AT_THE_START = ("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython")
#: The same as `course lab` sets: no news, and a link to the glossary opens it as a page.
SETTINGS = {
    "@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}},
    "@jupyterlab/notebook-extension:tracker": {"autoStartDefaultKernel": True},
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
}
#: Packages of this environment that Pyodide lacks: what a cell imports for them, and their own needs.
WIDGETS = {
    "comm": (["comm"], ["traitlets"]),
    "jupyterlab-widgets": (["jupyterlab_widgets"], []),
    "ipywidgets": (
        ["ipywidgets"],
        ["comm", "ipython", "traitlets", "widgetsnbextension", "jupyterlab-widgets"],
    ),
}
#: Wheels that JupyterLite's kernel brings along.
KERNEL_WHEELS = {
    "widgetsnbextension": (["widgetsnbextension"], []),
    "piplite": (["piplite"], ["micropip"]),
    "ipykernel": (["ipykernel"], []),
    "pyodide_kernel": (["pyodide_kernel"], ["comm", "ipython", "ipykernel"]),
}


@dataclass(frozen=True)
class Site:
    """A site that was built.

    Attributes
    ----------
    folder : Path
        Where it is.
    lessons : int
        How many lessons it has.
    megabytes : float
        Size of all its files, in millions of bytes.
    """

    folder: Path
    lessons: int
    megabytes: float


def build_site(
    checkout: Path, out: Path, release: Path, say: Callable[[str], None] = lambda _: None
) -> Site:
    """Build the site and check what was built.

    Parameters
    ----------
    checkout : Path
        The course's folder.
    out : Path
        Where the site goes: a new or empty folder, or one that holds an older site.
    release : Path
        An unpacked release of Pyodide.
    say : callable
        Gets a sentence at each step.

    Raises
    ------
    CourseError
        If something is missing, `out` holds other things, or the built site is not whole.
    """
    builder = _builder()
    _make_room(out)
    with TemporaryDirectory(prefix="course-site-", ignore_cleanup_errors=True) as made:
        lite = Path(made)
        say("Packing the course and what it imports ...")
        packages = lite / "static" / "pyodide"
        packages.mkdir(parents=True)
        _gather(checkout, pyodide.read_release(release), packages)
        _write_settings(lite)
        lessons = _copy_lessons(checkout / "notebooks", lite / "files")
        say("Building the site ...")
        command = [*builder, "build", "--lite-dir", str(lite), "--contents", str(lite / "files")]
        command += ["--output-dir", str(out), "--no-sourcemaps", "--no-unused-shared-packages"]
        command += [word for app in APPS for word in ("--apps", app)]
        done = subprocess.run(command, cwd=lite, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CourseError(f"JupyterLite could not build the site: {done.stderr[-500:]}")
    _check(out, lessons)
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) / 1e6
    return Site(out, len(lessons), size)


def _builder() -> list[str]:
    """The command of JupyterLite, which belongs to the extra `site`."""
    program = shutil.which("jupyter-lite", path=os.fspath(Path(sys.executable).parent))
    if program is None:
        raise CourseError(
            "The tools that build the site are not installed. Type: "
            "uv run --extra site course site OUT --pyodide FOLDER"
        )
    return [program]


def _make_room(out: Path) -> None:
    """Take away an older site; refuse to take away anything else."""
    if out.exists() and any(out.iterdir()):
        if not (out / "jupyter-lite.json").is_file():
            raise CourseError(
                f"{out} holds something that is no site of this course. Name a new folder."
            )
        shutil.rmtree(out)


def _gather(checkout: Path, release: pyodide.Release, packages: Path) -> None:
    """Put Pyodide, its packages and ours into one folder, with the list that names them."""
    for name in pyodide.CORE:
        shutil.copy2(release.folder / name, packages / name)
    listed = release.needed()
    for package in listed.values():
        shutil.copy2(release.file_of(package), packages / package["file_name"])
    for name, (imports, depends) in WIDGETS.items():
        listed[name] = pyodide.entry(_keep(installed_wheel(name), packages), imports, depends)
    for name, (imports, depends) in KERNEL_WHEELS.items():
        wheel = _keep(_kernel_wheel(name), packages)
        listed[pyodide.canonical(name)] = pyodide.entry(wheel, imports, depends)
    course = _keep(course_wheel(checkout), packages)
    listed[course.name] = pyodide.entry(
        course, ["course_lib"], ["numpy", "pandas", "matplotlib", "ipywidgets", "ipython"]
    )
    pyodide.load_scipy_late(listed)
    whole = {"info": release.listed["info"], "packages": listed}
    (packages / pyodide.LIST).write_text(json.dumps(whole), "utf-8")


def _keep(wheel: Wheel, packages: Path) -> Wheel:
    (packages / wheel.file_name).write_bytes(wheel.content)
    return wheel


def _kernel_wheel(name: str) -> Wheel:
    """A wheel that lies within JupyterLite's own kernel extension."""
    kernel = Path(sysconfig.get_path("data")) / (
        "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi"
    )
    found = sorted(kernel.glob(f"{name}-*-py3-none-any.whl"))
    if not found:
        raise CourseError(
            f"JupyterLite's kernel brings no {name}. Type: uv run --extra site course site"
        )
    return Wheel(pyodide.canonical(name), found[-1].name.split("-")[1], found[-1].read_bytes())


def _write_settings(lite: Path) -> None:
    kernel: dict[str, Any] = {
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"packages": [*AT_THE_START, "regional-development-course"]},
    }
    config = {
        "appName": "How regions develop",
        "exposeAppInBrowser": True,
        "litePluginSettings": {KERNEL: kernel},
    }
    whole = {"jupyter-lite-schema-version": 0, "jupyter-config-data": config}
    (lite / "jupyter-lite.json").write_text(json.dumps(whole, indent=1), "utf-8")
    (lite / "overrides.json").write_text(json.dumps(SETTINGS, indent=1), "utf-8")


def _copy_lessons(notebooks: Path, files: Path) -> list[str]:
    """Lessons and the pages that they link to; no masters, no answers, no teacher's book."""
    files.mkdir()
    lessons = sorted(path.name for path in notebooks.glob("*.ipynb"))
    for name in (*lessons, *PAGES):
        shutil.copy2(notebooks / name, files / name)
    return lessons


def _check(out: Path, lessons: list[str]) -> None:
    """The builder can end without an error and without the course: look."""
    wrong = list(pyodide.faults(out / "static" / "pyodide"))
    wrong += [f"{name} is not in it" for name in lessons if not (out / "files" / name).is_file()]
    if wrong:
        raise CourseError(f"The site is not whole: {'; '.join(wrong)}.")
