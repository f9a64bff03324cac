"""What the predictions of lesson 01 come to; with another setting they come to something else."""

from __future__ import annotations

from typing import Any

import pytest

from course_lib.measuring_regions import labs

REACHED = {"china_inequality_lab": {"year": 1995, "scheme": "four regions (2005)"}}
OUTCOMES = {
    "us_inequality_lab": "third",
    "china_inequality_lab": "rises",
    "inverted_u_lab": "smaller",
    "industry_map_lab": "utah",
    "rich_neighbours_lab": "most",
}


@pytest.mark.parametrize(
    ("name", "setting", "outcome"),
    [
        ("china_inequality_lab", {"year": 1990}, "falls"),
        ("china_inequality_lab", {"scheme": "four regions (2005)"}, "stays"),
        ("inverted_u_lab", {"ratio": 2.0}, "larger"),
        ("inverted_u_lab", {"share": 0.5}, "stays"),
        ("rich_neighbours_lab", {"year": 1940}, "same"),
        ("rich_neighbours_lab", {"year": 1981}, "third"),
    ],
)
def test_another_setting_has_another_outcome(
    name: str, setting: dict[str, Any], outcome: str
) -> None:
    """The outcome is read off the two results: with other ones it says something else."""
    lab = getattr(labs, name)()
    before = lab.result
    assert lab.predict.settle(before, lab.set(**setting).result) == outcome
