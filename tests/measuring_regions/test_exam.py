"""The numbers of the exam questions of lesson 01 are those of the course's own measures."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from course_lib import measures

BANK = Path(__file__).parents[2] / "notebooks" / "exercises" / "exam_bank.toml"
QUESTIONS = {
    one["id"]: one
    for one in tomllib.loads(BANK.read_text("utf-8"))["question"]
    if one["lesson"] == "01"
}
ROW = {"A": ["B"], "B": ["A", "C"], "C": ["B", "D"], "D": ["C"]}


def two_regions() -> dict[str, float]:
    incomes, people = [5, 15], [60, 40]
    return {
        "theil": measures.theil(incomes, people),
        "gini": measures.gini(incomes, people),
        "williamson": measures.williamson(incomes, people),
    }


def four_in_a_row() -> dict[str, float]:
    orders = {"sorted": [10, 6, 2, 2], "mixed": [10, 2, 6, 2]}
    return {
        name: measures.morans_i(pd.Series(dict(zip(ROW, incomes, strict=True))), ROW).value
        for name, incomes in orders.items()
    }


def watches() -> dict[str, float]:
    jobs = pd.DataFrame(
        {"watches": [40, 960], "others": [960, 198_040]}, index=["region", "elsewhere"]
    )
    quotient = measures.location_quotient(jobs).loc["region", "watches"]
    assert quotient == pytest.approx(8)
    assert jobs.loc["region"].sum() / jobs.to_numpy().sum() == pytest.approx(1 / 200)
    return {"share": 100 * jobs.loc["region", "watches"] / jobs["watches"].sum()}


COMPUTED: dict[str, Callable[[], dict[str, float]]] = {
    "01-apply-1": two_regions,
    "01-apply-2": four_in_a_row,
    "01-judge-2": watches,
}


def test_each_number_of_the_exam_questions_is_computed() -> None:
    with_numbers = {name for name, one in QUESTIONS.items() if "numbers" in one}
    assert with_numbers == set(COMPUTED)


@pytest.mark.parametrize("name", sorted(COMPUTED))
def test_the_numbers_of_an_exam_question(name: str) -> None:
    shown = QUESTIONS[name]["numbers"]
    assert shown == pytest.approx(COMPUTED[name](), abs=0.005)
    for number in shown.values():
        assert f"{abs(number):g}" in QUESTIONS[name]["answer"]


def test_another_order_on_the_map_leaves_theils_index_as_it_was() -> None:
    assert measures.theil([10, 6, 2, 2]) == pytest.approx(measures.theil([10, 2, 6, 2]))
