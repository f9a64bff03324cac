"""Every public model function of a lesson's room is reached from a lesson or a graded set.

A function that only tests call teaches nobody: it is taught, or it is deleted.
`course_lib.measures` may offer a little more than the lessons use, and is not looked at.
"""

from __future__ import annotations

import ast
import json
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = sorted(path.stem[3:] for path in (ROOT / "notebooks").glob("[01]*.ipynb"))
CLOSED_FORMS = {"switch_age", "expected_herfindahl", "expected_families"}
"""Formulas of lessons that the tests hold against the models which the labs show."""

SHOWN = {"labs", "charts", "questions"}  # what a lesson calls, with what these call

Definition = ast.FunctionDef | ast.ClassDef


def names_in(tree: ast.AST) -> set[str]:
    """Names and attributes that code mentions."""
    found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    found |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return found | {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def definitions(path: Path) -> list[Definition]:
    """The functions and classes at the top level of a module."""
    return [node for node in tree_of(path).body if isinstance(node, Definition)]


def models(room: str) -> list[Path]:
    folder = ROOT / "course_lib" / room
    return sorted(path for path in folder.glob("*.py") if path.stem not in SHOWN)


def cells(path: Path) -> str:
    book = json.loads(path.read_text("utf-8"))
    sources = ("".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code")
    return "\n".join(sources)


@cache
def reached() -> frozenset[str]:
    """All names that lessons, sets, labs, charts and questions mention, and what these mention."""
    by_name = defaultdict(set)
    waiting: set[str] = set()
    for room in ROOMS:
        for path in models(room):
            for one in definitions(path):
                by_name[one.name] |= names_in(one) - {one.name}
            # What stands outside of functions runs when a lesson imports the module.
            outside = [
                node
                for node in tree_of(path).body
                if not isinstance(node, Definition | ast.Import | ast.ImportFrom)
            ]
            waiting |= {name for node in outside for name in names_in(node)}
        for name in SHOWN:
            path = ROOT / "course_lib" / room / f"{name}.py"
            waiting |= names_in(tree_of(path)) if path.exists() else set()
    for path in [
        *(ROOT / "course_lib" / "exercises").glob("*.py"),
        *(ROOT / "course_lib" / "regional_economy").glob("*.py"),
    ]:
        waiting |= names_in(tree_of(path))
    for path in (ROOT / "notebooks").rglob("*.ipynb"):
        waiting |= names_in(ast.parse(cells(path)))
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting |= by_name[name] - found
    return frozenset(found)


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_model_function_is_reached(room: str) -> None:
    public = [
        one.name
        for path in models(room)
        for one in definitions(path)
        if isinstance(one, ast.FunctionDef) and not one.name.startswith("_")
    ]
    assert [name for name in public if name not in reached() | CLOSED_FORMS] == []
