"""A release of Pyodide put together from packages, where its own network is out of reach.

A package on the Python index carries most of Pyodide 314.0.3, its list of checksums included. The
pure Python packages that it leaves out have the same versions on the index. This is a crutch for
tests: who builds a site takes Pyodide's own release.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path

from course_lib.site.pyodide import LIST, Release

CARRIER = "open_webui==0.12.4"
WITHIN = "open_webui/frontend/pyodide/"


def assemble(folder: Path) -> Path:
    """Put the release into the folder, unless it is there, and give the folder back."""
    if (folder / "whole").is_file():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    [carrier] = _download(folder / "carrier", "3.11", CARRIER)
    with zipfile.ZipFile(carrier) as packed:
        for member in packed.infolist():
            if member.filename.startswith(WITHIN) and not member.is_dir():
                (folder / Path(member.filename).name).write_bytes(packed.read(member))
    _complete(folder)
    carrier.unlink()
    (folder / "whole").touch()
    return folder


def _complete(folder: Path) -> None:
    release = Release(folder, json.loads((folder / LIST).read_text("utf-8")))
    missing = {
        name: package
        for name, package in release.needed().items()
        if not (folder / package["file_name"]).is_file()
    }
    wanted = [f"{package['name']}=={package['version']}" for package in missing.values()]
    wheels = _download(folder, "3.14", *wanted)
    for package in missing.values():
        listed = release.listed["packages"][package["name"].lower().replace("_", "-")]
        stem = f"{package['name'].replace('-', '_').lower()}-{package['version']}-"
        [wheel] = [file for file in wheels if file.name.lower().startswith(stem)]
        # The same release of the package, in another wheel: the list has to say which.
        listed["file_name"] = wheel.name
        listed["sha256"] = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (folder / LIST).write_text(json.dumps(release.listed), "utf-8")


def _download(folder: Path, python: str, *wanted: str) -> list[Path]:
    """Pure Python wheels from the index that this computer's pip uses."""
    folder.mkdir(exist_ok=True)
    command = [
        "uv",
        "run",
        "-q",
        "--no-project",
        "--with",
        "pip",
        "python",
        "-m",
        "pip",
        "download",
    ]
    command += ["-q", "--no-deps", "--only-binary=:all:", "--python-version", python]
    command += ["--platform", "any", "--dest", str(folder), *wanted]
    subprocess.run(command, check=True, stdout=sys.stderr)
    return sorted(folder.glob("*.whl"))
