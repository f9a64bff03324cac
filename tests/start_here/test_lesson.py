"""The numbers in the prose of lesson 00."""

import json
from pathlib import Path

import pytest

from course_lib.start_here.growth_race import growth_race
from course_lib.start_here.labs import growth_race_lab
from course_lib.start_here.two_countries import CHINA_YEARS, US_YEARS

LESSON = Path(__file__).parents[2] / "notebooks" / "00_start_here.ipynb"


@pytest.fixture(scope="module")
def prose():
    cells = json.loads(LESSON.read_text("utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def test_years(prose):
    slow, fast = (growth_race(poor_growth=rate).catch_up_year for rate in (4, 6))
    assert f"needs {slow:.0f} years, at 6 per cent {fast:.0f}." in prose
    assert f"grow fourfold in {growth_race(rich_growth=0).catch_up_year:.0f} years" in prose
    assert f"needs {slow:.0f} years" in growth_race_lab().predict.question


def test_years_of_the_figures(prose):
    assert f"US figures run from {US_YEARS[0]} to {US_YEARS[1]}" in prose
    assert f"those of China from {CHINA_YEARS[0]} to {CHINA_YEARS[1]}" in prose


def test_a_meeting_beyond_the_picture_is_written_at_its_edge():
    note = growth_race_lab().set(poor_growth=3).figure.axes[0].texts[0]
    assert note.get_text() == "they meet after 142 years →"
