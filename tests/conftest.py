"""Every test starts like a student's first day: no teacher's switch, no answers."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from ipywidgets import Widget

from course_lib.dev.driving import chromium
from course_lib.lab.check import FAILURES
from course_lib.local_jupyter.browser import HOW_TO_GET_ONE, find_browser

# A slow or busy machine is no mistake of the course's.
NO_MISTAKES = [HealthCheck.too_slow, HealthCheck.filter_too_much]
settings.register_profile("course", deadline=None, suppress_health_check=NO_MISTAKES)
settings.load_profile("course")


@pytest.fixture(autouse=True)
def first_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COURSE_TEACHER", raising=False)
    monkeypatch.delenv("COURSE_PROGRESS", raising=False)
    FAILURES.clear()


@pytest.fixture(autouse=True)
def closed_widgets() -> Iterator[None]:
    """No lab outlives its test: ipywidgets keeps every open widget, and with it the lab's figure.

    Without this a process of the test run grows to six gigabytes.
    """
    yield
    Widget.close_all()


@pytest.fixture(scope="session")
def browser() -> Iterator:
    if find_browser() is None:
        if os.environ.get("CI") == "true":
            pytest.fail(HOW_TO_GET_ONE)
        pytest.skip(HOW_TO_GET_ONE)
    with chromium() as opened:
        yield opened
