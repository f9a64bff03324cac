"""What the predictions of lesson 01 come to; with another setting they come to something else."""

from __future__ import annotations

from typing import Any

import pytest

from course_lib.measuring_regions import labs

OUTCOMES = {
    "us_inequality_lab": "about a third",
    "china_inequality_lab": "rises by more than a tenth",
    "inverted_u_lab": "is smaller for all three indices",
    "industry_map_lab": "a small state, level with California",
}


@pytest.mark.parametrize(
    ("name", "setting", "outcome"),
    [
        ("china_inequality_lab", {"year": 1990}, "falls by more than a tenth"),
        ("china_inequality_lab", {"scheme": "four regions (2005)"}, "stays about the same"),
        ("inverted_u_lab", {"share": 0.5}, "stays where it is"),
        ("inverted_u_lab", {"ratio": 2.0}, "is larger for all three"),
    ],
)
def test_another_setting_has_another_outcome(
    name: str, setting: dict[str, Any], outcome: str
) -> None:
    """The outcome is read off the two results: with other ones it says something else."""
    lab = getattr(labs, name)()
    before = lab.result
    after = lab.set(**setting).result
    assert lab.predict.settle(before, after) == outcome
