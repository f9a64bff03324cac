"""The house: floors, style, and the two lists of packages that must agree."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[2]
ROOMS_WITH_MODELS = sorted(path.parent.name for path in (ROOT / "course_lib").glob("*/labs.py"))


def run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]


def test_a_room_imports_only_from_the_floors_below() -> None:
    run(str(Path(sys.executable).with_name("lint-imports")))


@pytest.mark.parametrize("wish", [["check"], ["format", "--check"]])
def test_code_and_notebooks_are_in_style(wish: list[str]) -> None:
    run(str(Path(sys.executable).with_name("ruff")), *wish, ".")


def test_types_fit() -> None:
    run(sys.executable, "-m", "mypy")


def test_top_level_holds_only_the_four_folders() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    folders = {line.split("/")[0] for line in listed.splitlines() if "/" in line}
    visible = {folder for folder in folders if not folder.startswith(".")}
    assert visible == {"notebooks", "course_lib", "data", "tests"}


def test_conda_and_pip_get_the_same_packages() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {line.split(";")[0].strip() for line in project["dependencies"]}
    listed = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    conda = {line for line in listed if isinstance(line, str)}
    [python] = [line for line in conda if line.startswith("python=")]
    assert SpecifierSet(project["requires-python"]).contains(python.removeprefix("python="))
    assert conda == wanted | {python, "pip"}


def test_importing_the_library_and_its_models_is_light() -> None:
    """Each of these would cost a student up to a second each time a lesson opens."""
    heavy = ("matplotlib.pyplot", "scipy", "networkx", "ipywidgets")
    code = (
        "import sys, importlib, pkgutil, course_lib\n"
        "from course_lib import datasets, measures, parameters\n"
        "pictures = {'charts', 'labs', 'questions', 'readiness', 'term_game_panel'}\n"
        f"for room in {ROOMS_WITH_MODELS}:\n"
        "    package = importlib.import_module('course_lib.' + room)\n"
        "    for module in pkgutil.iter_modules(package.__path__, package.__name__ + '.'):\n"
        "        if module.name.split('.')[-1] not in pictures:\n"
        "            importlib.import_module(module.name)\n"
        f"assert not {{*{heavy}}} & {{*sys.modules}}, {{*{heavy}}} & {{*sys.modules}}"
    )
    run(sys.executable, "-c", code)


def test_every_command_that_a_student_copies_works_in_every_shell() -> None:
    """No sign between two commands means the same in bash, PowerShell 5.1 and cmd: two lines."""
    files = [ROOT / "README.md", ROOT / "environment.yml", *(ROOT / "notebooks").glob("*.md")]
    told = {str(file.relative_to(ROOT)): file.read_text("utf-8") for file in files}
    for file in sorted((ROOT / "course_lib").rglob("*.py")):
        strings = [
            node.value
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        told[str(file.relative_to(ROOT))] = "\n".join(strings)
    joined = re.compile(r"(?:&&|;) *(?:uv|pip|python3?|course|conda|cd|\.) ")
    assert {name: found for name, text in told.items() if (found := joined.findall(text))} == {}
    assert joined.search("pip install uv && uv run course lab")
    readme = told["README.md"]
    for command in ("uv run course lab", "uv run --group test course test"):
        assert f"```\n{command}\n```" in readme
