"""The numbers of the exam questions of lesson 10 are those of the course's own models."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from course_lib import measures
from course_lib.california.cluster_jobs import cluster_jobs

BANK = Path(__file__).parents[2] / "data" / "exam_bank.toml"
QUESTIONS = {
    one["id"]: one
    for one in tomllib.loads(BANK.read_text("utf-8"))["question"]
    if one["lesson"] == "10"
}


def pumps() -> dict[str, float]:
    jobs = pd.DataFrame(
        {"pumps": [600, 9_400], "others": [19_400, 970_600]}, index=["region", "elsewhere"]
    )
    quotient = float(measures.location_quotient(jobs).loc["region", "pumps"])
    return {
        "quotient": quotient,
        "above_the_mix": 600 * (1 - 1 / quotient),
        "second_above_the_mix": 40 * (1 - 1 / 20),
    }


def near() -> dict[str, float]:
    presence = pd.DataFrame(
        {"pumps": [1, 1, 1, 1, 0, 0, 0], "valves": [0, 0, 1, 1, 1, 1, 1]}, index=list("ABCDEFG")
    )
    pumps_valves = float(measures.proximity(presence).loc["pumps", "valves"])
    nearness = pd.Series({"valves": pumps_valves, "glass": 0.5, "cattle": 0.1})
    has = pd.Series({"valves": 1, "glass": 0, "cattle": 1})
    return {
        "proximity": pumps_valves,
        "relatedness": float((has * nearness).sum() / nearness.sum()),
    }


def withheld() -> dict[str, float]:
    published, hidden, expected = 800, 150, 1_000
    return {
        "lowest_quotient": published / expected,
        "highest_quotient": (published + hidden) / expected,
    }


def minister() -> dict[str, float]:
    at_1, at_3 = (
        100 * cluster_jobs(limit).regions.loc["Southern California", "in_clusters"]
        for limit in (1.0, 3.0)
    )
    return {"share_at_1": round(at_1), "share_at_3": round(at_3)}


COMPUTED: dict[str, Callable[[], dict[str, float]]] = {
    "10-apply-1": pumps,
    "10-apply-2": near,
    "10-judge-1": withheld,
    "10-judge-2": minister,
}


def test_each_number_of_the_exam_questions_is_computed() -> None:
    with_numbers = {name for name, one in QUESTIONS.items() if "numbers" in one}
    assert with_numbers == set(COMPUTED)


@pytest.mark.parametrize("name", sorted(COMPUTED))
def test_the_numbers_of_an_exam_question(name: str) -> None:
    assert QUESTIONS[name]["numbers"] == pytest.approx(COMPUTED[name](), abs=0.005)
