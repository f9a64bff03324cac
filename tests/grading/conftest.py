"""Classes to work on: one with its set, and one that was graded. Each test gets its own copy."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from course_lib.grading.class_folder import ClassFolder
from course_lib.grading.grade import grade_set
from course_lib.grading.release import release_set
from tests.grading.classes import (
    ATTACK,
    ATTACK_IN_CODE,
    MASTERS,
    ROSTER,
    SET,
    Book,
    answered,
    hand_in,
)


@pytest.fixture(scope="session")
def _released(tmp_path_factory: pytest.TempPathFactory) -> ClassFolder:
    root = tmp_path_factory.mktemp("released")
    (root / "list.csv").write_text(ROSTER, "utf-8")
    folder = ClassFolder.new(root / "class", root / "list.csv", "Regions")
    release_set(folder, SET, MASTERS)
    return folder


@pytest.fixture
def a_class(_released: ClassFolder, tmp_path: Path) -> ClassFolder:
    """A class that has its set; nobody has handed in."""
    shutil.copytree(_released.root, tmp_path / "class")
    return ClassFolder.at(tmp_path / "class")


@pytest.fixture
def book(_released: ClassFolder) -> Book:
    """What a student saves: the released notebook with a number and answers."""

    def made(student: str = "", **answers: str) -> bytes:
        return answered(_released, student, answers)

    return made


@pytest.fixture(scope="session")
def _graded(_released: ClassFolder, tmp_path_factory: pytest.TempPathFactory) -> ClassFolder:
    """s001 is right, s003 sent an untouched set, s004 a damaged file.

    s002 says to be s001, and attacks whoever looks.
    """
    root = tmp_path_factory.mktemp("graded") / "class"
    shutil.copytree(_released.root, root)
    settings = root / "class.toml"
    text = settings.read_text("utf-8").replace("wall_seconds = 120", "wall_seconds = 40")
    settings.write_text(text, "utf-8")
    folder = ClassFolder.at(root)
    master = json.loads((MASTERS / f"{SET}.ipynb").read_text("utf-8"))
    solutions = {cell["id"]: "".join(cell["source"]) for cell in master["cells"]}
    right = {name: solutions[name] for name in ("theil", "split", "transfers")}
    written = {"argument": "It fell. <script>alert(1)</script> And $a < b$."}
    attack = {"theil": ATTACK_IN_CODE + right["theil"], "argument": ATTACK}
    files = {
        "s001": answered(folder, "s001", right | written),
        "s002": answered(folder, "s001", right | attack),
        "s003": answered(folder, "s003", {}),
        "s004": b'{"cells": [',
    }
    for student, content in files.items():
        hand_in(folder, student, content)
    # What is tested with these is not the sandbox, which a computer may lack.
    done = grade_set(folder, SET, no_sandbox=True)
    assert sorted(done.graded) == ["s001", "s002", "s003"], done
    return folder


@pytest.fixture
def graded(_graded: ClassFolder, tmp_path: Path) -> ClassFolder:
    """A class whose submissions were graded."""
    shutil.copytree(_graded.root, tmp_path / "graded")
    return ClassFolder.at(tmp_path / "graded")
