"""The numbers of the exam questions of lesson 03 are those of the course's own models."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from course_lib import measures
from course_lib.division_of_labour.ricardo import ricardo

BANK = Path(__file__).parents[2] / "notebooks" / "exercises" / "exam_bank.toml"
QUESTIONS = {
    one["id"]: one
    for one in tomllib.loads(BANK.read_text("utf-8"))["question"]
    if one["lesson"] == "03"
}


def coast_and_hills() -> dict[str, float]:
    # 2.25 workers in the hills for each on the coast: the price of cloth is 1.5.
    trade = ricardo(labour_home=(20, 20), labour_away=(60, 30), workers=1 / 2.25)
    assert trade.price == pytest.approx(1.5)
    assert trade.worse_at_everything == 1
    assert trade.seller == 0
    lowest, highest = trade.price_range
    return {"lowest": lowest, "highest": highest, "wage": 1 / trade.relative_wage}


def textiles_and_care() -> dict[str, float]:
    start, end = (
        pd.DataFrame([row], index=["region"], columns=["textiles", "care"])
        for row in ([150, 50], [135, 75])
    )
    nation = {"nation_start": [1000, 1000], "nation_end": [800, 1400]}
    parts = measures.shift_share(start, end, **nation).loc["region"]
    return {
        "national": parts["national"],
        "mix": parts["industry_mix"],
        "regional": parts["regional"],
    }


COMPUTED: dict[str, Callable[[], dict[str, float]]] = {
    "03-apply-1": coast_and_hills,
    "03-apply-2": textiles_and_care,
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
