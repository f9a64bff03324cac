"""What of Pyodide the course needs, and the list (`pyodide-lock.json`) from which it is loaded.

The kernel in the browser looks at the imports of a cell before it runs it, and loads what the list
names for them. So whatever a lesson imports stands in the list, and no lesson needs a cell of its
own for it.
"""

from __future__ import annotations

import hashlib
import json
import re
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib.errors import CourseError
from course_lib.site.wheels import Wheel

LIST = "pyodide-lock.json"
#: Pyodide itself: the interpreter and its standard library.
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
#: What lessons import of Pyodide's own packages, and what its kernel needs.
WANTED = (
    "numpy",
    "pandas",
    "matplotlib",
    "scipy",
    "micropip",
    "jedi",
    "ipython",
    "tzdata",
    "typing-extensions",
)
#: Rooms that use scipy, at the top or within a function. It is 14 MB, so only they load it.
SCIPY_ROOMS = (
    "course_lib.california",
    "course_lib.exercises",
    "course_lib.gradient_transition",
    "course_lib.measures",
    "course_lib.production_complexes",
    "course_lib.your_own_region",
)


def canonical(name: str) -> str:
    """A project's name as the list writes it.

    Examples
    --------
    >>> canonical("Jupyterlab_Widgets")
    'jupyterlab-widgets'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


@dataclass(frozen=True)
class Release:
    """A release of Pyodide: a folder of this computer, or an address.

    Attributes
    ----------
    place : Path or str
        The folder into which it was unpacked, or the address under which its files lie.
    listed : dict
        Its `pyodide-lock.json`.
    """

    place: Path | str
    listed: dict[str, Any]

    def needed(self) -> dict[str, dict[str, Any]]:
        """The entries of the list for what the course needs, with all that they depend on."""
        packages, needed, wanted = self.listed["packages"], {}, list(WANTED)
        while wanted:
            name = canonical(wanted.pop())
            if name not in needed:
                if name not in packages:
                    raise CourseError(
                        f"This release of Pyodide has no {name}: take another release."
                    )
                needed[name] = dict(packages[name])
                wanted += packages[name]["depends"]
        return needed


def release_in(folder: Path) -> Release:
    """An unpacked release of Pyodide.

    Raises
    ------
    CourseError
        If the folder is not one, or holds the core alone.
    """
    missing = [name for name in (*CORE, LIST) if not (folder / name).is_file()]
    if missing:
        raise CourseError(
            f"{folder} is not an unpacked release of Pyodide: {', '.join(missing)} is not in it. "
            "Download pyodide-VERSION.tar.bz2 of a release, unpack it, and name its folder."
        )
    release = Release(folder, json.loads((folder / LIST).read_text("utf-8")))
    needed = [package["file_name"] for package in release.needed().values()]
    if absent := [name for name in needed if not (folder / name).is_file()]:
        raise CourseError(
            f"{absent[0]} is not in {folder}. Take the whole release of Pyodide, and not its core "
            "alone."
        )
    return release


def release_at(address: str) -> Release:
    """A release of Pyodide on the web, of which only the list is read now.

    Raises
    ------
    CourseError
        If it cannot be read.
    """
    address = address.rstrip("/") + "/"
    try:
        with urllib.request.urlopen(address + LIST, timeout=60) as answer:
            return Release(address, json.load(answer))
    except (OSError, ValueError) as error:
        raise CourseError(
            f"The list of packages at {address} could not be read ({error}). Without internet, "
            "unpack a release of Pyodide and name its folder: --pyodide FOLDER"
        ) from error


def usual_address() -> str:
    """Where Pyodide's own network keeps the release for which JupyterLite's kernel is made."""
    from jupyterlite_pyodide_kernel.constants import PYODIDE_CDN_URL

    return str(PYODIDE_CDN_URL)


def entry(wheel: Wheel, imports: Sequence[str], depends: Sequence[str]) -> dict[str, Any]:
    """What the list says of a wheel of ours."""
    return {
        "name": canonical(wheel.name),
        "version": wheel.version,
        "file_name": wheel.file_name,
        "install_dir": "site",
        "sha256": wheel.sha256,
        "package_type": "package",
        "imports": list(imports),
        "depends": list(depends),
        "unvendored_tests": False,
    }


def load_scipy_late(packages: Mapping[str, dict[str, Any]]) -> None:
    """Let the rooms that use scipy load it, and no other."""
    scipy = packages["scipy"]
    scipy["imports"] = sorted({*scipy["imports"], *SCIPY_ROOMS})


def faults(folder: Path) -> Iterator[str]:
    """What is wrong with a folder of packages and its list: nothing, one hopes.

    Every file that is listed is there with its checksum, whatever a package depends on is listed,
    and the course is among them.
    """
    packages = json.loads((folder / LIST).read_text("utf-8"))["packages"]
    for name, package in packages.items():
        if "://" in package["file_name"]:
            continue  # kept elsewhere; the browser compares its checksum
        file = folder / package["file_name"]
        if not file.is_file():
            yield f"{name}: its file {package['file_name']} is not there"
        elif hashlib.sha256(file.read_bytes()).hexdigest() != package["sha256"]:
            yield f"{name}: the checksum of {package['file_name']} is another one"
        yield from (
            f"{name} needs {other}, which is not listed"
            for other in package["depends"]
            if canonical(other) not in packages
        )
    if not any("course_lib" in package["imports"] for package in packages.values()):
        yield "the course is not listed"
