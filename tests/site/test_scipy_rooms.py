"""Only the rooms that use scipy load it in the browser: it is a third of the download."""

import json
import subprocess
import sys

import pytest

from course_lib.site.pyodide import SCIPY_ROOMS

#: Every lab at its default and at the ends of its controls, in a Python without scipy.
PROGRAM = """
import json, sys
sys.modules["scipy"] = None
from course_lib.dev.every_lab import every_lab
needs = set()
for name, make in every_lab().items():
    try:
        lab = make()
        settings = [{}, *({c: v} for c, k in lab.controls.items() for v in k.extremes())]
        for setting in settings:
            try:
                lab.reset().set(**setting)
            except ValueError:
                pass  # the model refuses this combination
        if lab.predict:
            lab.settle()
    except ImportError:
        needs.add(name.split(".")[0])
print(json.dumps(sorted(needs)))
"""


@pytest.fixture(scope="module")
def rooms_that_need_scipy() -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    return {f"course_lib.{room}" for room in json.loads(done.stdout)}


def test_a_lab_that_needs_scipy_stands_in_a_room_that_loads_it(rooms_that_need_scipy):
    assert rooms_that_need_scipy <= set(SCIPY_ROOMS)


def test_no_room_loads_it_for_nothing(rooms_that_need_scipy):
    without_labs = {"course_lib.measures", "course_lib.exercises"}
    assert set(SCIPY_ROOMS) - without_labs <= rooms_that_need_scipy | {"course_lib.california"}
