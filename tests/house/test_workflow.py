"""What the workflow of the public forge promises; nothing else can be tried outside of it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from course_lib.cli import app as course
from course_lib.cli.app import Part

ROOT = Path(__file__).parents[2]
FILE = ROOT / ".github" / "workflows" / "ci.yml"
# "on" is the word for true in the YAML that this reader knows.
WORKFLOW: dict[Any, Any] = yaml.safe_load(FILE.read_text("utf-8"))
JOBS: dict[str, Any] = WORKFLOW["jobs"]
STEPS = [(name, step) for name, job in JOBS.items() for step in job["steps"]]
RUNS = [step["run"] for _, step in STEPS if "run" in step]
#: The programs that a `run` may begin with: `python` for pip, `echo` and `sudo` of the system.
PROGRAMS = {"python", "uv", "sudo", "echo", ".ci/run"}
TOOLS = {"course", "pytest", "ruff", "mypy", "lint-imports"}


def test_it_may_only_read() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert not any("permissions" in job for job in JOBS.values())
    assert "secrets." not in FILE.read_text("utf-8")


def test_one_push_is_one_run() -> None:
    triggers = WORKFLOW[True]
    assert triggers["push"] == {"branches": ["main"]}, "a branch runs for its pull request alone"
    assert set(triggers) == {"push", "pull_request", "schedule", "workflow_dispatch"}
    assert "github.ref" in WORKFLOW["concurrency"]["group"]


def test_nothing_is_tested_before_style_and_types_are_right() -> None:
    assert {name: job.get("needs") for name, job in JOBS.items()} == {
        "style": None
    } | dict.fromkeys(set(JOBS) - {"style"}, "style")


def test_oldest_newest_and_all_three_systems() -> None:
    assert JOBS["everything"]["strategy"]["matrix"]["python"] == ["3.11", "3.x"]
    assert JOBS["starts"]["strategy"]["matrix"]["system"] == ["windows-latest", "macos-latest"]
    assert any("--resolution lowest-direct" in run for run in RUNS)
    assert any(
        step.get("if") == "github.event_name == 'schedule'" and "UV_EXCLUDE_NEWER" in step["run"]
        for _, step in STEPS
    )
    assert all(job["timeout-minutes"] <= 45 for job in JOBS.values())


def words_of(run: str) -> list[str]:
    """The program and its arguments, without variables that are set before it."""
    words = shlex.split(run.split("||")[0], comments=True)
    while re.match(r"[A-Z_]+=", words[0]):
        words.pop(0)
    return words


@pytest.mark.parametrize("run", RUNS)
def test_each_step_names_a_command_that_there_is(run: str) -> None:
    program, *rest = words_of(run)
    assert program in PROGRAMS
    if program == ".ci/run":
        assert (ROOT / program).is_file()
    if program == "uv" and rest[0] == "run":
        left = [word for word in rest[1:] if word not in ("--no-sync", "--group", "test")]
        if rest[1] == "--group":
            assert rest[2] == "test"
        tool, *arguments = left
        assert tool in TOOLS
        paths = [word for word in arguments if word.startswith(("tests/", "course_lib/"))]
        assert all((ROOT / path).exists() for path in paths)
        if tool == "course":
            assert_known_to_course(rest[rest.index("course") + 1 :])


def assert_known_to_course(words: list[str]) -> None:
    commands = typer.main.get_command(course).commands  # type: ignore[attr-defined]
    assert words[0] in commands
    if "--only" in words:
        assert words[words.index("--only") + 1] in list(Part)


def test_the_test_that_a_step_picks_is_there() -> None:
    picked = [word for run in RUNS for word in re.findall(r"-k (\w+)", run)]
    assert picked
    text = (ROOT / "tests" / "local_jupyter" / "test_server.py").read_text("utf-8")
    assert all(f"def {name}" in text for name in picked)
