"""Wheels made from files that are here already, so that a build fetches nothing."""

from __future__ import annotations

import base64
import hashlib
import io
import tomllib
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from course_lib.errors import CourseError

#: A zip knows no earlier day. One day for all files makes equal sources equal bytes.
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
TAG = "py3-none-any"
#: Tools of a developer's computer, and what the course's own interpreter has left behind.
LEFT_OUT = ("dev", "__pycache__")
#: Compiled from their own Python sources, which run without the compiled files as well.
COMPILED_FOR_SPEED = ("psygnal",)


@dataclass(frozen=True)
class Wheel:
    """A pure Python wheel: its name as an index would write it, and its bytes.

    Attributes
    ----------
    name : str
        Name of the project.
    version : str
        Its version.
    content : bytes
        The zip.
    """

    name: str
    version: str
    content: bytes

    @property
    def file_name(self) -> str:
        """Name of the file: ``name-version-py3-none-any.whl``."""
        return f"{self.name.replace('-', '_')}-{self.version}-{TAG}.whl"

    @property
    def sha256(self) -> str:
        """Checksum of the bytes."""
        return hashlib.sha256(self.content).hexdigest()


def wheel_of(name: str, version: str, files: Mapping[str, bytes]) -> Wheel:
    """Pack files into a wheel.

    Parameters
    ----------
    name, version : str
        Of the project.
    files : mapping from str to bytes
        Path inside the wheel, and content.

    Examples
    --------
    >>> wheel = wheel_of("a-name", "1.0", {"a_name/__init__.py": b""})
    >>> again = wheel_of("a-name", "1.0", {"a_name/__init__.py": b""})
    >>> wheel.file_name, wheel.content == again.content
    ('a_name-1.0-py3-none-any.whl', True)
    """
    info = f"{name.replace('-', '_')}-{version}.dist-info"
    described = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode(),
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {TAG}\n".encode(),
    }
    whole = described | dict(files)
    record = "".join(
        f"{path},{_digest(content)},{len(content)}\n" for path, content in whole.items()
    )
    whole[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as wheel:
        for path in sorted(whole):
            wheel.writestr(zipfile.ZipInfo(path, FIRST_DAY), whole[path], zipfile.ZIP_DEFLATED)
    return Wheel(name, version, packed.getvalue())


def course_wheel(checkout: Path) -> Wheel:
    """The course's own library with its figures, as it stands in the checkout."""
    project = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))["project"]
    version = project.get("version") or distribution(project["name"]).version
    library = checkout / "course_lib"
    files = {
        path.relative_to(checkout).as_posix(): path.read_bytes()
        for path in library.rglob("*")
        if path.is_file() and not set(LEFT_OUT) & set(path.relative_to(library).parts)
    }
    figures = {
        f"course_lib/_data/{path.relative_to(checkout / 'data').as_posix()}": path.read_bytes()
        for path in (checkout / "data").rglob("*")
        if path.is_file()
    }
    return wheel_of(project["name"], version, files | figures)


def installed_wheel(name: str) -> Wheel:
    """A pure Python package of this environment, packed again.

    Raises
    ------
    CourseError
        If it is not installed, or holds compiled code that it cannot do without.
    """
    try:
        package = distribution(name)
    except PackageNotFoundError:
        raise CourseError(
            f"{name} is not installed here, and the browser needs it. Type: "
            "uv run --isolated --extra site course site"
        ) from None
    files = {
        path.as_posix(): Path(str(path.locate())).read_bytes()
        for path in package.files or []
        if _belongs(path.as_posix()) and Path(str(path.locate())).is_file()
    }
    for path in [path for path in files if path.endswith((".so", ".pyd"))]:
        if name not in COMPILED_FOR_SPEED:
            raise CourseError(f"{name} holds compiled code and cannot be packed for the browser.")
        del files[path]
    return Wheel(
        _canonical(package), package.version, wheel_of(name, package.version, files).content
    )


def _belongs(path: str) -> bool:
    """Not a script, not data beside the library, and nothing that an interpreter left behind."""
    return not path.startswith("..") and "__pycache__" not in path and "/RECORD" not in path


def _canonical(package: Distribution) -> str:
    return str(package.metadata["Name"]).lower().replace("_", "-").replace(".", "-")


def _digest(content: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=")
    return f"sha256={digest.decode()}"
