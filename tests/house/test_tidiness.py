"""The house: what must never be imported, written or stored."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from course_lib.cli.notebooks import LARGEST_PICTURE, METADATA, OWN_PATH, texts

ROOT = Path(__file__).parents[2]
#: Written so that this file does not hold what it forbids.
FORBIDDEN = re.compile(
    "|".join(
        [
            r"py[p]i\.org|pytho[n]hosted|registry\.npm[j]s|deb\.debia[n]",  # package registries
            r"/wor[k]/(?:main|shared)|/roo[t]/\.|/hom[e]/[a-z]+/",  # folders of one computer
        ]
    )
)


def project_files() -> list[Path]:
    """The project's files: those git knows or would add, else all but what tools leave behind."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=False,
    ) if (ROOT / ".git").exists() else None  # fmt: skip
    if listed is not None and listed.returncode == 0:
        names = filter(None, os.fsdecode(listed.stdout).split("\0"))
        return [path for name in names if (path := ROOT / name).is_file()]
    left_behind = {".venv", "__pycache__", "build", "dist", ".ipynb_checkpoints"}
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file()
        and not left_behind & set(path.relative_to(ROOT).parts)
        and not any(part.endswith("_cache") for part in path.relative_to(ROOT).parts)
        and path.name != "uv.lock"
    ]


FILES = project_files()
NOTEBOOKS = [path for path in FILES if path.suffix == ".ipynb" and "tests" not in path.parts]


def test_pyplot_is_never_imported() -> None:
    """It holds global state: figures that nobody closes, and settings that outlive a cell."""
    guilty = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "course_lib").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.Import) and any("pyplot" in name.name for name in node.names))
        or (
            isinstance(node, ast.ImportFrom)
            and ("pyplot" in (node.module or "") or any(n.name == "pyplot" for n in node.names))
        )
    ]
    assert guilty == []


def test_no_file_names_a_registry_or_a_folder_of_one_computer() -> None:
    # Tests of the grading sandbox are about such folders.
    found = {
        path.relative_to(ROOT).as_posix(): match[0]
        for path in FILES
        if "grading" not in path.as_posix()
        and (match := FORBIDDEN.search(path.read_text("utf-8", errors="ignore")))
    }
    assert found == {}


def test_no_file_is_large() -> None:
    assert [path.name for path in FILES if path.stat().st_size > 2_000_000] == []


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.relative_to(ROOT).as_posix())
def book(request: pytest.FixtureRequest) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(request.param.read_text("utf-8"))
    return content | {"master": request.param.parent.name == "exercises"}


def outputs(cell: dict[str, Any]) -> list[dict[str, Any]]:
    return cell.get("outputs", [])


def test_a_notebook_is_stored_as_the_command_stores_it(book: dict[str, Any]) -> None:
    """`course notebooks` was the last to write it."""
    assert "widgets" not in book["metadata"]
    assert METADATA.items() <= book["metadata"].items()
    run = [
        cell for cell in book["cells"] if cell["cell_type"] == "code" and "".join(cell["source"])
    ]
    assert [cell["execution_count"] for cell in run] == list(range(1, len(run) + 1))
    assert len({cell["id"] for cell in book["cells"]}) == len(book["cells"])


def test_a_notebook_stores_no_error_path_or_live_widget(book: dict[str, Any]) -> None:
    for cell in book["cells"]:
        wanted = "raises-exception" in cell["metadata"].get("tags", [])
        for output in outputs(cell):
            assert output["output_type"] != "error" or wanted, "".join(cell["source"])
            assert not any("widget" in mime for mime in output.get("data", {}))
            assert not any(OWN_PATH.search(text) for text in texts(output))


def test_a_lab_or_picture_is_stored_as_a_picture_of_modest_size(book: dict[str, Any]) -> None:
    assert any(outputs(cell) for cell in book["cells"])
    for cell in book["cells"]:
        source = "".join(cell["source"]).strip()
        shows = source.splitlines()[-1] if cell["cell_type"] == "code" and source else ""
        pictures = [
            out["data"]["image/png"] for out in outputs(cell) if "image/png" in out.get("data", {})
        ]
        if re.match(r"labs\.\w+_lab\(.*\)$|draw\(", shows):
            assert pictures, f"no picture is stored for: {shows}"
        assert all(len(picture) * 3 // 4 <= LARGEST_PICTURE for picture in pictures)


def test_a_lessons_cells_are_short(book: dict[str, Any]) -> None:
    if book["master"]:
        return
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            lines = "".join(cell["source"]).splitlines()
            assert len(lines) <= 15, f"a cell of {len(lines)} lines begins: {lines[0]}"
