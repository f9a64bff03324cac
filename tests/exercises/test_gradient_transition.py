"""The graded set of lesson 04: its model answer quotes the set that is stored beside it."""

from __future__ import annotations

import json
from pathlib import Path

from course_lib.exercises import personal_set
from course_lib.exercises.gradient_transition import _right
from course_lib.gradient_transition.china_belts import china_belts
from course_lib.gradient_transition.north_south import north_south

MASTER = Path(__file__).parents[2] / "notebooks" / "exercises" / "04_gradient_transition.ipynb"


def test_the_model_answer_fits_the_set_that_is_stored_beside_it() -> None:
    cells = json.loads(MASTER.read_text("utf-8"))["cells"]
    said = next("".join(cell["source"]) for cell in cells if cell["id"] == "argument")
    mine = personal_set("04_gradient_transition", "example", course_class="practice")
    task = mine["evidence"]
    right = _right(task)
    assert task["country"] == "US"
    assert right["differs"]
    assert (
        f"closed {100 * right['speed']:.1f} per cent of the gap a year from {task['start']} to "
        f"{task['end']}"
    ) in said
    ratio = china_belts().belts.to_frame()["east_west"]
    assert f"fell from {ratio[2005]:.2f} to {ratio[2014]:.2f}" in said
    south = north_south().to_frame()["south_north"]
    assert f"from {south[2014]:.2f} to {south[2023]:.2f} times" in said
    words = said.replace("### BEGIN SOLUTION", "").replace("### END SOLUTION", "").split()
    assert 150 <= len(words) <= 250
