"""Digests of the personal numbers of two students, by set and question.

To store those of today:

    uv run --group test python -m tests.exercises.personal_numbers
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

from course_lib.exercises import SETS, exercise_set

STORED = Path(__file__).with_suffix(".json")
#: Student and class: whoever works alone, and somebody in a class.
TWO_STUDENTS = (("s001", "practice"), ("ada@example.org", "regions-2027"))


def of_today() -> dict[str, dict[str, str]]:
    """The digest of each question's numbers, and of the inputs of the public checks."""
    return {
        name: {
            question.name: _digest(name, question.name) for question in exercise_set(name).questions
        }
        for name in SETS
    }


def _digest(set_name: str, question: str) -> str:
    wanted = exercise_set(set_name)
    numbers = [(wanted.task(question, *one), wanted.inputs(question, *one)) for one in TWO_STUDENTS]
    return hashlib.sha256(json.dumps(_rounded(numbers)).encode()).hexdigest()[:12]


def _rounded(value: Any) -> Any:
    """Plain data whose digest does not hang on the last bits of a sum in one release of numpy."""
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, dict):
        return {str(key): _rounded(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(one) for one in value]
    return float(f"{value:.9g}") if isinstance(value, float) else value


def stored() -> dict[str, dict[str, str]]:
    """The digests as they were stored."""
    found: dict[str, dict[str, str]] = json.loads(STORED.read_text("utf-8"))
    return found


if __name__ == "__main__":
    STORED.write_text(json.dumps(of_today(), indent=2) + "\n", encoding="utf-8", newline="\n")
