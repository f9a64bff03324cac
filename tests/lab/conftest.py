"""Every test of the kit starts like a student's first day: no teacher's switch, no answers."""

import pytest


@pytest.fixture(autouse=True)
def first_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COURSE_TEACHER", raising=False)
    monkeypatch.delenv("COURSE_PROGRESS", raising=False)


@pytest.fixture
def progress_path(monkeypatch: pytest.MonkeyPatch, tmp_path):
    """A progress file that is written, in a folder of its own."""
    path = tmp_path / "my_progress.jsonl"
    monkeypatch.setenv("COURSE_PROGRESS", str(path))
    return path
