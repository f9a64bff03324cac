"""What the tests of the kit share."""

import pytest


@pytest.fixture
def progress_path(monkeypatch: pytest.MonkeyPatch, tmp_path):
    """A progress file that is written, in a folder of its own."""
    path = tmp_path / "my_progress.jsonl"
    monkeypatch.setenv("COURSE_PROGRESS", str(path))
    return path
