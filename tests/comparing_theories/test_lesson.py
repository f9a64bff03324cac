"""The figures in the prose of lesson 09 are those of the runs."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from course_lib.comparing_theories.claims import check_claims, holds
from course_lib.comparing_theories.whose_assumption import (
    ALL_ON,
    NEITHER,
    NO_INSTITUTIONS,
    NO_KNOWLEDGE,
    SAME_BOTH,
    SAME_KNOWLEDGE,
    whose_assumption,
)
from course_lib.datasets import china_provinces
from course_lib.regional_economy.draws import draw_laws
from course_lib.regional_economy.economy import settle
from course_lib.regional_economy.ensemble import ensemble
from course_lib.regional_economy.laws import Laws
from course_lib.regional_economy.policies import Cluster, FirstStageGradient, Gradient
from course_lib.regional_economy.scorecard import SCORE, score

LESSON = Path(__file__).parents[2] / "notebooks" / "09_comparing_theories.ipynb"


@pytest.fixture(scope="module")
def prose() -> str:
    cells = json.loads(LESSON.read_text("utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def test_steps_of_the_hands_are_differences_of_the_figures_that_are_shown(prose: str) -> None:
    hands = {str(n): Cluster(partners=[1.0] * n + [0.0] * (3 - n)) for n in range(4)}
    shown = ensemble(hands, seeds=12).spread("output_60")["mean"].round(3)
    steps = np.diff([shown[str(n)] for n in range(4)])
    assert (
        f"rises from {shown['0']:.3f} by {steps[0]:.3f}, then {steps[1]:.3f}, then {steps[2]:.3f}"
    ) in prose
    assert (np.diff(steps) > 0).all()


def test_shanghai_jumps_when_migrants_are_counted(prose: str) -> None:
    table = china_provinces().query("province == 'Shanghai'").set_index("year")
    before, after = (table["population"].astype(float)[year] for year in (1999, 2000))
    scale = 1e6 if before > 1e6 else 100  # persons, or units of 10,000
    words = f"from {before / scale:.1f} million in 1999 to {after / scale:.1f} million in 2000"
    assert words in prose


def test_the_table_of_knowledge_and_institutions(prose: str) -> None:
    names = {1: "the first", 2: "the second", 3: "the third", 5: "the last of five"}
    cells = {}
    for change in (NEITHER, NO_KNOWLEDGE, NO_INSTITUTIONS, ALL_ON):
        found = whose_assumption(change)
        output = found.to_frame().loc["cluster", "mean_after"]
        cells[change] = (output, f"{output:.2f}, {names[found.rank('cluster')]}")
    rows = (
        f"| **no money for knowledge** | {cells[NEITHER][1]} | {cells[NO_KNOWLEDGE][1]} |",
        f"| **40% for knowledge** | {cells[NO_INSTITUTIONS][1]} | {cells[ALL_ON][1]} |",
    )
    for row in rows:
        assert row in prose
    none, institutions, knowledge, both = (cells[change][0] for change in cells)
    assert (
        f"Institutions alone add {institutions - none:.2f} to {none:.2f} and knowledge alone adds "
        f"{knowledge - none:.2f}. Both together add {both - none:.2f}, which is "
        f"{both + none - institutions - knowledge:.2f} more"
    ) in prose


def test_other_changes(prose: str) -> None:
    same = whose_assumption(SAME_KNOWLEDGE).to_frame()["mean_after"]
    assert f"the pole leads by far, with {same['growth pole']:.2f}" in prose
    alike = whose_assumption(SAME_BOTH).to_frame()["mean_after"]
    assert (
        f"the pole makes {alike['growth pole']:.2f}, and the cluster {alike['cluster']:.2f}"
    ) in prose
    unequal = whose_assumption(SAME_BOTH, SCORE["inequality_50"].label).to_frame()["mean_after"]
    assert (
        f"inequality of regions is {unequal['growth pole']:.2f}, against {unequal['cluster']:.2f}"
    ) in prose
    plain = whose_assumption("nobody learns by doing").to_frame()["mean_after"]
    assert f"with {plain['gradient']:.2f} to {plain['cluster']:.2f}" in prose
    erring = whose_assumption("the cluster's planners misread advantages").to_frame()
    before, after = erring["mean_before"], erring["mean_after"]
    assert (
        f"a quarter of the lead is gone: {after['cluster']:.2f} instead of "
        f"{before['cluster']:.2f}, "
        f"with the gradient at {after['gradient']:.2f}"
    ) in prose
    lost = (before["cluster"] - after["cluster"]) / (before["cluster"] - before["gradient"])
    assert 0.2 < lost < 0.3


def test_the_table_of_plants_and_people(prose: str) -> None:
    for migration, people in ((0.03, "people move"), (0.0, "people do not move")):
        start = settle(range(30), Laws(migration=migration))
        cells = []
        for policy in (Gradient(), FirstStageGradient()):
            found = score(start, policy)
            early, late = found["tier_gap_20"], found["tier_gap_50"]
            narrower = int((late < early).sum())
            cells.append(f"{early.mean():.2f} → {late.mean():.2f}, narrower in {narrower} of 30")
        assert f"| **{people}** | {cells[0]} | {cells[1]} |" in prose


def test_shares_of_runs(prose: str) -> None:
    runs = ensemble(seeds=30)
    counts = {name: int(holds(name, runs).sum()) for name in ("innovation", "cluster grows most")}
    assert counts == {"innovation": 29, "cluster grows most": 27}
    assert "It holds in 29 of 30 countries." in prose
    assert "It holds in 27 of 30 countries with these laws." in prose
    drawn = ensemble(seeds=3, laws=draw_laws(60))
    assert holds("cluster grows most", drawn, over="draws").sum() == 32  # the quiz quotes it
    assert check_claims(drawn, over="draws").loc["cluster grows most", "runs"] == 60
    without = ensemble(runs.policies | {"cluster": Cluster(institutions=0.0)}, 20)
    means = without.table.groupby("policy")["innovation_50"].mean()
    words = f"below the gradient, {means['cluster']:.2f} to {means['gradient']:.2f}"
    assert words in prose


def test_the_number_by_hand(prose: str) -> None:
    for share, left in ((0.2, 0.9), (0.1, 0.95)):
        strength = 0.6 - 0.2 * left**45
        assert f"{strength:.3f}" in prose
        assert f"\\Lambda = {strength / 0.4:.2f}".rstrip("0") in prose
        assert share in (0.1, 0.2)
    assert round((0.580 - 0.4) / (0.598 - 0.4), 1) == 0.9


def test_the_gap_opens_again_under_all_but_the_pole() -> None:
    means = ensemble(seeds=30).table.groupby("policy")[["tier_gap_50", "tier_gap_60"]].mean()
    wider = means["tier_gap_60"] > means["tier_gap_50"]
    assert wider[["gradient", "production complex", "cluster", "even spread"]].all()
    assert not wider["growth pole"]
    assert means["tier_gap_50"].idxmax() == means["tier_gap_60"].idxmax() == "growth pole"


def test_one_region_in_one_year_by_hand(prose):
    assert f"which is {2**0.33:.2f} times as much" in prose
    assert f"power 0.85, {2**0.85:.2f} times" in prose
    learning, research = 0.10 * math.log(1.05), 0.003 * math.sqrt(0.25)
    assert f"they give {1.5 * (learning + research):.4f}" in prose
    copied = 0.06 * math.exp(-1) * 0.2
    assert f"0.06 × 0.37 × 0.2 = {copied:.4f}" in prose
    assert f"Together {0.006 + 1.5 * (learning + research) + copied:.4f}" in prose
