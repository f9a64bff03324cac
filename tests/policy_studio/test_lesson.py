"""The figures in the prose of lesson 12 are those of the tables and of the games."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course_lib.policy_studio import labs
from course_lib.policy_studio.evaluation import PICKS, WAYS, evaluation
from course_lib.policy_studio.game import lost_to_the_shock, play_game
from course_lib.policy_studio.region_types import FEATURES, TYPES, match_region
from course_lib.policy_studio.western_programme import (
    BEGAN,
    CENTRAL_BEGAN,
    REGIONS,
    beside_others,
    difference_by_end_year,
    western_programme,
)

LESSON = Path(__file__).parents[2] / "notebooks" / "12_policy_studio.ipynb"


@pytest.fixture(scope="module")
def prose() -> str:
    cells = json.loads(LESSON.read_text("utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def test_the_table_of_the_puzzle(prose: str) -> None:
    path = western_programme().path
    for region in REGIONS:
        values = " | ".join(f"{path[region][year]:.2f}" for year in (1978, 2000, 2005, 2010, 2023))
        row = next(line for line in prose.splitlines() if line.startswith(f"| {region}"))
        assert row.endswith(f"| {values} |")
    rose = {name: 100 * (path[name][2023] / path[name][2000] - 1) for name in REGIONS}
    assert f"rose by {rose['West']:.0f} per cent of its level of 2000" in prose
    assert f"Central rose by {rose['Central']:.0f} per cent" in prose
    assert rose["Northeast"] < -100 / 3
    assert f"by {rose['West']:.0f} and not by {rose['Central']:.0f} per cent" in prose


def test_the_event_study(prose: str) -> None:
    path = beside_others().path.round(0).astype(int)
    east, central = path["East"], path["Central"]
    assert f"the line falls from {east[1978]} to {east[1999]} before" in prose
    words = ", ".join(f"{central[year]} in {year}" for year in (1978, 1985, 1990))
    assert f"{words}, {central[1999]} in 1999" in prose


def test_the_estimate_by_last_year(prose: str) -> None:
    table = difference_by_end_year()
    values = {year: f"{table['Central'][year]:.2f}".replace("-", "−") for year in table.index}
    assert f"To 2005 it is {values[2005]}, and until then Central is a clean comparison" in prose
    assert f"to 2006 the estimate is {values[2006]}" in prose
    assert f"To 2023 it is {values[2023]}" in prose
    east = table["East"]
    assert f"it is {east.min():.2f} to {east.max():.2f}" in prose


def test_growth_without_a_budget(prose: str) -> None:
    idle = play_game(["networks"] * 6, 1).idle_output
    growth = [100 * ((idle[last + 5] / idle[last]) ** 0.2 - 1) for last in range(5, 35, 5)]
    words = ", ".join(f"{one:.2f}" for one in growth[:-1]) + f" and {growth[-1]:.2f}"
    assert f"({words} in the six terms)" in prose


def test_governments_in_office_when_the_shock_strikes(prose: str) -> None:
    found = [lost_to_the_shock(["all six alike"] * 6, seed) for seed in range(100)]
    in_office = [one for one in found if one.in_office]
    sector = [one for one in in_office if one.kind == "largest sector"]
    plant = [one for one in in_office if one.kind == "flagship plant"]
    assert f"falls, {sum(one.lost for one in sector)} of {len(sector)}" in prose
    assert sum(one.lost for one in plant) == 0
    assert f"none of {len(plant)} falls" in prose
    assert len(found) - len(in_office) == 5  # the lesson says five


def test_runners_up(prose: str) -> None:
    way = "barely chosen less runners-up"
    means = [evaluation(0.0, picks=picks).means[way] for picks in PICKS]
    worst = max(means, key=abs)
    assert f"{worst:.2f} at most".replace("-", "−") in prose
    one_draw = [evaluation(0.0, picks=picks).estimates[way] for picks in PICKS]
    assert f"({max(one_draw):.2f} in the table)" in prose


def test_difference_in_differences_by_hand(prose: str) -> None:
    assert (5 - 2) - (6 - 4) == 1
    assert "3 \u2212 2 = 1" in prose


def test_answers(prose: str) -> None:
    lab = labs.policy_game_lab()
    won = {}
    for expected in (1.5, 1.75, 2.0, 2.25, 2.5):
        won[expected] = lab.set(voters_expect=expected).result.elections_won
    assert [won[one] for one in (1.5, 1.75, 2.0)] == [6, 6, 6]
    assert won[2.25] == won[2.5] == 0
    means = evaluation(0.0, picks="the growing").to_frame()["mean_of_draws"]
    assert f"by {means['chosen less all others']:.2f} points in the mean" in prose
    before_after = f"{means['chosen, before and after']:.2f}".replace("-", "\u2212")
    differences = f"{means['difference in differences']:.2f}".replace("-", "\u2212")
    assert (
        f"*before and after* ({before_after}) and *difference in differences* ({differences})"
        in prose
    )


def test_central_is_a_clean_comparison_until_the_year_before_its_own_programme(
    prose: str,
) -> None:
    last = max(difference_by_end_year().index)
    assert f"in {last - CENTRAL_BEGAN + 1} of these {last - BEGAN} years of growth" in prose
    assert f"{CENTRAL_BEGAN} is the first year of its own programme" in prose


def test_the_five_points_and_the_five_ways_stand_before_their_labs(prose: str) -> None:
    first_lab, third_lab = prose.index("### Lab 1."), prose.index("### Lab 3.")
    assert prose.index("gives **five points**") < first_lab
    before = prose[third_lab : prose.index("Each region's growth is a lasting trend")]
    assert all(f"| {way} |" in before for way in WAYS)


def test_a_hub_becomes_a_platform_at_the_share_in_the_lesson(prose: str) -> None:
    shares = dict(zip(FEATURES, TYPES["hub and spoke"].profile, strict=True))
    nearest = {
        jobs: match_region(**shares | {"decided_elsewhere": jobs / 100}).nearest
        for jobs in (63, 64)
    }
    assert nearest == {63: "hub and spoke", 64: "satellite platform"}
    assert "becomes a platform when 64 of 100 jobs" in prose
