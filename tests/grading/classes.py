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

# A written answer and an answer cell that would run programs in the browser of whoever looks.
ATTACK = (
    "It fell, $a < b$. <script>attack()</script> <img src=x onerror=attack()> "
    "[a link](javascript:attack()) <p onclick='attack()' id='argument'>a word</p>"
)
ATTACK_IN_CODE = """\
from IPython.display import HTML, Javascript, display
display(HTML("<b>bold</b><script>attack()</script><img src=x onerror=attack()>"))
display(Javascript("attack()"))
display({"image/svg+xml": "<svg onload='attack()'/>", "text/plain": "a plain word"}, raw=True)
display({"image/png": "AAAA"}, metadata={"image/png": {"width": "1 onload=attack()"}}, raw=True)
"""


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
