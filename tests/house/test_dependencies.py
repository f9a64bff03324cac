"""Everything that is imported is declared, and everything that is declared is used."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def deptry(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "deptry", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_imports_and_dependencies_agree() -> None:
    deptry("course_lib")


def test_development_tools_may_use_the_group_test_as_well() -> None:
    # DEP002 (unused) is about the whole package, DEP004 (used, but of a group) is allowed here.
    deptry("course_lib/dev", "--extend-exclude", "nothing", "--ignore", "DEP002,DEP004")


def test_no_import_is_hidden_from_the_tools() -> None:
    """What is imported by a literal name is invisible to deptry, mypy and import-linter."""
    hidden = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (ROOT / "course_lib").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) == "import_module"
        and isinstance(node.args[0], ast.Constant)
    ]
    assert hidden == []
