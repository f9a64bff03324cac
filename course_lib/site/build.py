"""Build the course as a site: lessons, Pyodide and all that they import, in one folder."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from course_lib import local_jupyter
from course_lib.errors import CourseError
from course_lib.site import pyodide
from course_lib.site.byte_code import compile_packages
from course_lib.site.wheels import Wheel, course_wheel, installed_wheel

#: Pages that a lesson links to. The teaching guide holds answers and stays away.
PAGES = ("GLOSSARY.md", "BIBLIOGRAPHY.md", "SOURCE_DOCUMENT.md")
APPS = ("lab", "notebooks", "tree")
#: What the page does besides: the same as `course lab`, and what only a site needs.
EXTENSIONS = (
    Path(local_jupyter.__file__).parent / "labextensions" / "course-page",
    Path(__file__).parent / "labextensions" / "course-site",
)
#: Where the builder is told to find them.
EXTENDED = "labextensions"
#: Digests of the lessons, from which the page sees that a student's own copy is older.
DIGESTS = "course-site/static/lessons.json"
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
#: Packages of this environment that Pyodide lacks: what a cell imports, and what they need.
WIDGETS = {
    "comm": (["comm"], ["traitlets"]),
    "jupyterlab-widgets": (["jupyterlab_widgets"], []),
    "ipywidgets": (
        ["ipywidgets"],
        ["comm", "ipython", "traitlets", "widgetsnbextension", "jupyterlab-widgets"],
    ),
    "psygnal": (["psygnal"], ["typing-extensions"]),
    "anywidget": (["anywidget"], ["ipywidgets", "psygnal", "typing-extensions"]),
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
    elsewhere : str
        Address from which Pyodide is loaded; empty if the site has it itself.
    byte_code : bool
        Whether the packages in the site are byte code, which starts sooner, or sources.
    """

    folder: Path
    lessons: int
    megabytes: float
    elsewhere: str
    byte_code: bool

    def summary(self) -> str:
        """What was built, where Pyodide comes from, and in which form."""
        pyodide = f"loads Pyodide from {self.elsewhere}" if self.elsewhere else "has Pyodide itself"
        form = (
            "Its packages are byte code, which starts sooner."
            if self.byte_code
            else "Its packages are sources, which the browser compiles at each start. Byte code "
            "needs the Python of that Pyodide on this computer, or Node and Pyodide in a folder."
        )
        return (
            f"The site is in {self.folder}: {self.lessons} lessons, {self.megabytes:.0f} MB. It "
            f"{pyodide}. {form}"
        )


def build_site(
    checkout: Path,
    out: Path,
    release: pyodide.Release,
    say: Callable[[str], None] = lambda _: None,
    *,
    byte_code: bool = True,
) -> Site:
    """Build the site and check what was built.

    Parameters
    ----------
    checkout : Path
        The course's folder.
    out : Path
        Where the site goes: a new or empty folder, or one that holds an older site.
    release : pyodide.Release
        Where Pyodide comes from. What lies in a folder is copied into the site.
    say : callable
        Gets a sentence at each step.
    byte_code : bool
        Whether to make byte code where that is possible.

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
        elsewhere = release.place if isinstance(release.place, str) else ""
        packages = lite / "static" / ("course" if elsewhere else "pyodide")
        packages.mkdir(parents=True)
        listed = _gather(checkout, release, packages)
        if byte_code:
            say("Making byte code (this takes half a minute) ...")
        compiled = byte_code and compile_packages(packages, release)
        _write_list(listed, release, packages)
        _write_settings(lite, elsewhere)
        lessons = _copy_lessons(checkout / "notebooks", lite / "files")
        _add_extensions(lite, lessons)
        say("Building the site ...")
        command = [*builder, "build", "--lite-dir", str(lite), "--contents", str(lite / "files")]
        command += ["--output-dir", str(out), "--no-sourcemaps", "--no-unused-shared-packages"]
        command += [f"--FederatedExtensionAddon.extra_labextensions_path={lite / EXTENDED}"]
        command += [word for app in APPS for word in ("--apps", app)]
        done = subprocess.run(command, cwd=lite, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CourseError(f"JupyterLite could not build the site: {done.stderr[-500:]}")
        built = out / "static" / packages.name
        if elsewhere:  # the builder knows of a folder named pyodide only
            shutil.copytree(packages, built)
    _check(out, built, lessons)
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) / 1e6
    return Site(out, len(lessons), size, elsewhere, compiled)


def _builder() -> list[str]:
    """The command of JupyterLite, which belongs to the extra `site`."""
    program = shutil.which("jupyter-lite", path=os.fspath(Path(sys.executable).parent))
    if program is None:
        raise CourseError(
            "The tools that build the site are not installed. Type: "
            "uv run --isolated --extra site course site OUT --pyodide FOLDER"
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


def _gather(checkout: Path, release: pyodide.Release, packages: Path) -> dict[str, dict[str, Any]]:
    """Put Pyodide, its packages and ours into one folder, and give the list that names them."""
    listed = release.needed()
    if isinstance(release.place, Path):
        for name in (*pyodide.CORE, *(package["file_name"] for package in listed.values())):
            shutil.copy2(release.place / name, packages / name)
    else:
        for package in listed.values():
            package["file_name"] = release.place + package["file_name"]
    for name, (imports, depends) in WIDGETS.items():
        listed[name] = pyodide.entry(_keep(installed_wheel(name), packages), imports, depends)
    for name, (imports, depends) in KERNEL_WHEELS.items():
        wheel = _keep(_kernel_wheel(name), packages)
        listed[pyodide.canonical(name)] = pyodide.entry(wheel, imports, depends)
    course = _keep(course_wheel(checkout), packages)
    listed[course.name] = pyodide.entry(
        course,
        ["course_lib"],
        ["numpy", "pandas", "matplotlib", "ipywidgets", "anywidget", "ipython"],
    )
    pyodide.load_scipy_late(listed)
    return listed


def _write_list(
    listed: dict[str, dict[str, Any]], release: pyodide.Release, packages: Path
) -> None:
    """Write the list, with the checksums of the files as they are now."""
    for package in listed.values():
        if (file := packages / package["file_name"]).is_file():
            package["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()
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
            f"JupyterLite's kernel brings no {name}. Type: "
            "uv run --isolated --extra site course site"
        )
    return Wheel(pyodide.canonical(name), found[-1].name.split("-")[1], found[-1].read_bytes())


def _write_settings(lite: Path, elsewhere: str) -> None:
    options: dict[str, Any] = {"packages": [*AT_THE_START, "regional-development-course"]}
    kernel: dict[str, Any] = {"disablePyPIFallback": True, "loadPyodideOptions": options}
    if elsewhere:
        kernel["pyodideUrl"] = f"{elsewhere}pyodide.mjs"
        options["lockFileURL"] = f"./static/course/{pyodide.LIST}"
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


def _add_extensions(lite: Path, lessons: list[str]) -> None:
    for extension in EXTENSIONS:
        shutil.copytree(extension, lite / EXTENDED / extension.name)
    digests = {
        name: hashlib.sha256((lite / "files" / name).read_bytes()).hexdigest() for name in lessons
    }
    (lite / EXTENDED / DIGESTS).write_text(json.dumps(digests, indent=1), "utf-8")


def _check(out: Path, packages: Path, lessons: list[str]) -> None:
    """The builder can end without an error and without the course: look."""
    wrong = list(pyodide.faults(packages))
    wanted = [*(f"files/{name}" for name in lessons), f"extensions/{DIGESTS}"]
    wrong += [f"{name} is not in it" for name in wanted if not (out / name).is_file()]
    if wrong:
        raise CourseError(f"The site is not whole: {'; '.join(wrong)}.")


# --- what else can be done with a site


def zip_site(folder: Path) -> Path:
    """The whole site as one zip beside its folder."""
    return Path(shutil.make_archive(str(folder), "zip", folder))


class _Silent(SimpleHTTPRequestHandler):
    """A server of files that does not list every request in the terminal."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serve_site(folder: Path) -> Iterator[str]:
    """Serve a folder on this computer, and give its address."""
    handler = partial(_Silent, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
