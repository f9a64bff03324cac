"""Every test starts like a student's first day: no teacher's switch, no answers."""

import pytest
from hypothesis import HealthCheck, settings

from course_lib.lab.check import FAILURES

# A slow or busy machine is no mistake of the course's.
settings.register_profile("course", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("course")


@pytest.fixture(autouse=True)
def first_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COURSE_TEACHER", raising=False)
    monkeypatch.delenv("COURSE_PROGRESS", raising=False)
    FAILURES.clear()
