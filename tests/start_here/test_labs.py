"""What the prediction of lesson 00 comes to; with another setting it comes to something else."""

from __future__ import annotations

import pytest

from course_lib.start_here import labs

OUTCOMES = {"growth_race_lab": "half"}


@pytest.mark.parametrize(
    ("poor_growth", "outcome"),
    [(4.0, "as_before"), (4.7, "three_quarters"), (5.9, "half")],
)
def test_another_growth_has_another_outcome(poor_growth: float, outcome: str) -> None:
    """The years are read off the result, not written down."""
    lab = labs.growth_race_lab()
    before = lab.result
    after = lab.set(poor_growth=poor_growth).result
    assert lab.predict is not None
    assert lab.predict.settle(before, after) == outcome
