"""The figures in the prose of lesson 09 are those of the runs."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course_lib.comparing_theories.claims import check_claims, holds
from course_lib.comparing_theories.score_spread import LAWS, score_spread
from course_lib.comparing_theories.two_policies import two_policies
from course_lib.comparing_theories.whose_assumption import (
    ALL_ON,
    NEITHER,
    NO_INSTITUTIONS,
    NO_KNOWLEDGE,
    SAME_BOTH,
    SAME_KNOWLEDGE,
    SWITCHES,
    whose_assumption,
)
from course_lib.datasets import china_provinces
from course_lib.regional_economy.budget import OWN_MIX
from course_lib.regional_economy.draws import draw_laws
from course_lib.regional_economy.economy import settle
from course_lib.regional_economy.ensemble import ensemble
from course_lib.regional_economy.laws import Laws
from course_lib.regional_economy.policies import (
    FOUR,
    Cluster,
    FirstStageGradient,
    Gradient,
    Plan,
    share_of,
)
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
    assert f"by 0.2 in logarithms, about {100 * math.exp(0.2) - 100:.0f} per cent" in prose
    assert f"Together {0.006 + 1.5 * (learning + research) + copied:.4f}" in prose


def test_the_answers_after_lab_1(prose: str) -> None:
    played = two_policies(seed=0, left="growth pole", right="even spread", year=60)
    pole, spread = played.left.board["output"], played.right.board["output"]
    idle = played.idle.board["output"]
    assert f"ahead of even spread, {pole[60]:.2f} to {spread[60]:.2f}" in prose
    behind = np.flatnonzero(pole < spread)
    assert f"ahead since year {behind[-1] + 1}." in prose
    assert (np.diff(pole[50:]) > 0).all()
    assert (np.diff(spread[50:]) > 0).all()
    lead = [100 * (line[year] / idle[year] - 1) for line in (spread, pole) for year in (50, 60)]
    assert f"even spread falls from {lead[0]:.0f} to {lead[1]:.0f} per cent" in prose
    assert [round(one) for one in lead[2:]] == [22, 22]
    assert "the pole keeps its 22" in prose


def test_the_shocks_of_lab_1(prose: str) -> None:
    def loss(shock: str) -> list[float]:
        calm, hit = (
            two_policies(seed=0, left="cluster", right="production complex", shock=name)
            for name in ("none", shock)
        )
        sides = ((calm.left, hit.left), (calm.right, hit.right))
        return [
            100 * (1 - after.board["output"][31] / before.board["output"][31])
            for before, after in sides
        ]

    cluster, complex_ = loss("largest sector")
    assert f"makes {cluster:.0f} per cent less than without the shock" in prose
    assert f"and the complex's {complex_:.0f}." in prose
    cluster, complex_ = loss("flagship plant")
    assert f"takes {cluster:.0f} per cent from the first and {complex_:.0f} per cent" in prose


def test_half_and_half_in_country_0(prose: str) -> None:
    def made(gradient: float, cluster: float, pole: float = 0.0) -> tuple[float, float]:
        found = two_policies(seed=0, right=OWN_MIX, parts=(gradient, pole, 0.0, cluster), year=60)
        return found.at(found.right, "output"), found.at(found.right, "inequality")

    half = made(0.5, 0.5)
    assert f"half and half makes {half[0]:.2f} in country 0" in prose
    assert made(0.6, 0.5)[0] < half[0] > made(0.5, 0.6)[0]
    with_pole = made(0.5, 0.5, pole=0.1)
    assert with_pole[0] > half[0]
    assert with_pole[1] > half[1]


def test_who_is_first_in_few_and_in_many_countries(prose: str) -> None:
    def wins(countries: int) -> list[int]:
        found = score_spread("output, year 50", next(iter(LAWS)), countries)
        return [round(countries * found.win(name)) for name in ("gradient", "cluster")]

    assert wins(5) == [3, 2]
    assert "the gradient makes most in three and the cluster in two" in prose
    assert wins(60) == [12, 48]
    assert "In 60 countries the cluster makes most in 48 and the gradient in 12." in prose


def test_even_spread_stays_the_most_equal_whatever_is_changed() -> None:
    for change in SWITCHES:
        found = whose_assumption(change, "inequality of regions, year 50")
        means = dict(zip(found.policies, found.after.mean(axis=0), strict=True))
        assert min(means, key=lambda name: means[name]) == "even spread", change


def test_how_far_the_four_are_from_what_is_possible(prose: str) -> None:
    """The two policies of the lesson's cell, as it makes them."""
    cells = json.loads(LESSON.read_text("utf-8"))["cells"]
    (source,) = ("".join(cell["source"]) for cell in cells if cell["id"] == "possible")
    names: dict[str, Any] = {"Plan": Plan, "share_of": share_of, "np": np}
    exec(source, names)
    rich, some = names["all_to_the_richest"], names["some_of_each"]
    runs = ensemble({**FOUR, "rich": rich, "some": some}, seeds=10)
    output, inequality = (runs.spread(one)["mean"] for one in ("output_60", "inequality_50"))
    assert output[list(FOUR)].idxmax() == "cluster"
    assert inequality["some"] < inequality["cluster"]
    assert (
        f"makes {output['rich']:.1f} times the output of year 0, and its inequality is "
        f"{inequality['rich']:.2f}. The cluster, the best of the four, makes "
        f"{output['cluster']:.2f} with an inequality of {inequality['cluster']:.3f}."
    ) in prose
    assert f"makes {output['some']:.2f} with {inequality['some']:.3f}." in prose
