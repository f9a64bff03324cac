"""The page on Python: its numbers, and its place before each answer."""

import json
from pathlib import Path

import numpy as np
import pytest

from course_lib import datasets

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
LESSONS = sorted(NOTEBOOKS.glob("[01]*.ipynb"))
SETS = sorted((NOTEBOOKS / "exercises").glob("*.ipynb"))


def cells(path):
    return json.loads(path.read_text("utf-8"))["cells"]


@pytest.fixture(scope="module")
def prose():
    page = cells(NOTEBOOKS / "python_you_need.ipynb")
    return "\n".join("".join(cell["source"]) for cell in page if cell["cell_type"] == "markdown")


@pytest.fixture(scope="module")
def now():
    return datasets.china_provinces().query("year == 2023")


def test_rich_provinces(prose, now):
    assert f"gives {(now['gdp_per_head'] > 100_000).sum()}. The sign" in prose


def test_the_two_means_differ_most_in_the_east(prose, now):
    groups = now.groupby("regions_2005")
    plain = groups["gdp_per_head"].mean()
    sums = groups[["gdp", "population"]].sum()
    weighted = 10_000 * sums["gdp"] / sums["population"]
    assert (plain - weighted).abs().idxmax() == "East"
    assert f"plain mean is {plain['East']:,.0f} yuan" in prose
    assert f"counts people {weighted['East']:,.0f}." in prose


def test_people(prose, now):
    people = now.set_index("province")["population"]
    assert f"Tibet, with {people['Tibet'] / 100:.2f} million" in prose
    assert f"Sichuan with {people['Sichuan'] / 100:.2f} million" in prose
    assert people["Guangdong"] > 5 * people["Shanghai"]
    assert people["Shanghai"] == people[["Beijing", "Tianjin", "Shanghai"]].max()


def test_whole_numbers_of_32_bits(prose):
    assert f"{np.iinfo(np.int32).max:,}" in prose
    assert (np.array([50_000], dtype=np.int32) ** 2)[0] < 0


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_each_answer_of_a_lesson_has_the_page_before_it(path):
    before = ""
    for cell in cells(path):
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            before = source
        elif "NotImplementedError" in source:
            assert "](python_you_need.ipynb)" in before, source


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_each_set_names_the_page(path):
    assert "](../python_you_need.ipynb)" in "".join(cells(path)[0]["source"])
