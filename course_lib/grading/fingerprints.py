"""What a mark depends on: the submission, the master, and those parts of the course that judge."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path

import course_lib
from course_lib.exercises import SETS

#: What judges every set, beside the set's own module and all that it imports.
ALWAYS = (
    "course_lib.exercises.probe",
    "course_lib.grading.preprocessors",
    "course_lib.grading.submission",
    "course_lib.grading.python_cells",
)
#: What is shown, and judges nothing; what reads and writes a class; and what says which sets are.
NEVER = ("course_lib.lab", "course_lib.cli", "course_lib.grading", "course_lib.dev")


def file_fingerprint(path: Path) -> str:
    """A fingerprint of a file; a word if there is none."""
    if path.is_symlink():
        return "a link"
    if not path.is_file():
        return "nothing"
    return hashlib.sha256(path.read_bytes()).hexdigest()


def course_fingerprint(set_name: str) -> str:
    """A fingerprint of what judges one set: its modules without their comments, and its figures.

    A change anywhere else in the course leaves the marks as they are.
    """
    package = Path(course_lib.__file__).parent
    carried = package / "_data"
    data = carried if carried.is_dir() else package.parent / "data"
    digest, said = hashlib.sha256(), ""
    for name in modules_of(set_name):
        text = _path_of(name).read_text("utf-8")
        said += text
        digest.update(f"{name} {_meaning(text)}\n".encode())
    for path in sorted(data.rglob("*")):
        if path.is_file() and (path.name in said or path.stem in said):
            about = f"{path.relative_to(data).as_posix()} {file_fingerprint(path)}\n"
            digest.update(about.encode())
    return digest.hexdigest()


def modules_of(set_name: str) -> list[str]:
    """The modules of the course that a set's marks depend on, found in their import lines."""
    waiting, found = [*module_of(set_name), *ALWAYS], set[str]()
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        for imported in _imported(name):
            if not imported.startswith(NEVER) or imported in ALWAYS:
                waiting.append(imported)
    return sorted(found)


def module_of(set_name: str) -> list[str]:
    """The module that judges a set; none for a lecturer's own notebook, which has its own tests."""
    return [SETS[set_name]] if set_name in SETS else []


def _path_of(module: str) -> Path:
    place = Path(course_lib.__file__).parent.joinpath(*module.split(".")[1:])
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")


def _imported(module: str) -> Iterator[str]:
    """The modules of the course that one of them imports, in functions too."""
    for node in ast.walk(ast.parse(_path_of(module).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
        else:
            continue
        for name in names:
            if name.startswith("course_lib.") and _path_of(name).is_file():
                yield name


def _meaning(text: str) -> str:
    """What a module does, without its comments and docstrings."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        first = body[0] if isinstance(body, list) and body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            del node.body[0]  # type: ignore[attr-defined]
    return ast.dump(tree)
