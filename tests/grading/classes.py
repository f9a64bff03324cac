"""A class and what its students hand in, for tests."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from course_lib.grading.class_folder import ClassFolder

MASTERS = Path(__file__).parents[2] / "notebooks" / "exercises"
SET = "01_measuring_regions"
ROSTER = """\
id;last name;first name;email
S001;Müller;Anna;anna@example.org
s002;Li;Wei;wei@example.org
s003;Okafor;Ada;
s004;Ångström;Bo;
s005;Li;Na;
"""
Book = Callable[..., bytes]


def answered(folder: ClassFolder, student: str, answers: dict[str, str]) -> bytes:
    """What a student saves: the released notebook with a number and answers."""
    content: dict[str, Any] = json.loads(folder.released(SET).read_text("utf-8"))
    for cell in content["cells"]:
        if cell["id"] == "student":
            cell["source"] = f'STUDENT = "{student}"'
        cell["source"] = answers.get(cell["id"], cell["source"])
    return json.dumps(content).encode()


def hand_in(folder: ClassFolder, student: str, content: bytes) -> None:
    """Put a submission where it belongs."""
    path = folder.submission(SET, student)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
