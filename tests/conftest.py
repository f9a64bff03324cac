"""Every test starts like a student's first day: no teacher's switch, no answers."""

import pytest

from course_lib.lab.check import FAILURES


@pytest.fixture(autouse=True)
def first_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COURSE_TEACHER", raising=False)
    monkeypatch.delenv("COURSE_PROGRESS", raising=False)
    FAILURES.clear()
