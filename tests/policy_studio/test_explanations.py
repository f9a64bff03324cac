"""What lesson 12 says of why: the named cause is changed alone."""

from __future__ import annotations

from itertools import pairwise
from unittest import mock

import numpy as np
import pytest

from course_lib.policy_studio import evaluation as studio
from course_lib.policy_studio.evaluation import DRAWS, PICKS, evaluation
from course_lib.policy_studio.game import lost_to_the_shock, play_game
from course_lib.policy_studio.many_games import elections_by_expectation, scores_of_many
from course_lib.policy_studio.moves import PROGRAMMES, TERMS, moves_of
from course_lib.policy_studio.region_types import TYPES, match_region
from course_lib.policy_studio.rules import TERM_YEARS
from course_lib.policy_studio.western_programme import beside_others
from course_lib.regional_economy import budget
from course_lib.regional_economy.laws import Laws

PURE = {name: name for name in PROGRAMMES if name != "all six alike"}


def idle_growth(seed: int) -> list[float]:
    """Growth a year of a country without a budget, in each term, per cent."""
    output = play_game(["networks"] * TERMS, seed).idle_output
    ends = output[5::TERM_YEARS]
    return [100 * ((last / first) ** (1 / TERM_YEARS) - 1) for first, last in pairwise(ends)]


def test_growth_without_a_budget_decides_which_number_tells_programmes_apart() -> None:
    growth = idle_growth(1)
    assert np.round(growth, 2).tolist() == [1.86, 1.85, 1.84, 1.46, 1.97, 1.87]
    won = elections_by_expectation(PURE, [1], (0.015, 0.02, 0.025))
    assert (won.loc["1.5%"] == 6).all()
    assert won.loc["2.0%"].nunique() > 1
    assert (won.loc["2.5%"] == 0).all()


def test_a_quarter_of_a_per_cent_decides_for_most_people() -> None:
    first = [
        play_game(["networks"] * TERMS, 1, voters_expect=rate).votes[0] for rate in (0.015, 0.0175)
    ]
    assert round(first[0] - first[1], 2) == 0.78


def test_networks_above_a_fifth_build_nothing_more() -> None:
    """With no ceiling on the speed, the rest of the money would do something."""
    few = {"networks": 0.2, "specialities": 0.8}
    all_of_it = moves_of(["networks"] * TERMS)

    def output(moves) -> float:
        return float(scores_of_many([moves], [1], always_in_office=True)["output"][0])

    usual = output(all_of_it)
    assert output(moves_of([few] * TERMS)) > usual
    with mock.patch.object(budget, "FULL_EFFORT", 1.0):
        slower = output(all_of_it)  # all of the money is now needed for the same speed
    assert slower == pytest.approx(usual)
    goal = Laws().institutions_goal
    assert goal == 0.6


def test_an_even_spread_makes_more_than_networks_alone() -> None:
    moves = [moves_of(["networks"] * TERMS)]
    seeds = list(range(20))
    stays, voted = (
        scores_of_many(moves * 20, seeds, always_in_office=always)["output"].mean()
        for always in (True, False)
    )
    assert (round(stays, 2), round(voted, 2)) == (1.90, 2.10)


def test_few_regions_few_votes() -> None:
    for name in ("large firms", "renewal", "the poorest"):
        game = play_game([name] * TERMS, 1)
        assert game.votes[0] < 0.3
    poorest = play_game(["the poorest"] * TERMS, 1)
    assert poorest.votes[0] == pytest.approx(0.12, abs=0.03)


def test_research_and_learning_ability_multiply() -> None:
    """Half and half makes more than the better of the two alone, and not without research."""
    moves = [moves_of([one] * TERMS) for one in
             ("knowledge", "networks", {"knowledge": 0.8, "networks": 0.2})]  # fmt: skip
    seeds = [seed for seed in range(10) for _ in moves]
    found = scores_of_many(moves * 10, seeds, always_in_office=True)["output"]
    alone, networks, both = found.reshape(10, -1).mean(axis=0)
    assert both > max(alone, networks)


def test_a_shock_to_a_sector_is_felt_everywhere_and_a_plant_in_one_region() -> None:
    found = [lost_to_the_shock(["all six alike"] * TERMS, seed) for seed in range(40)]
    for kind, fell in (("largest sector", True), ("flagship plant", False)):
        assert {one.lost for one in found if one.kind == kind and one.in_office} == {fell}


def means_without_luck(picks: str) -> dict[str, float]:
    with mock.patch.object(studio, "SPREAD_OF_LUCK", 0.0):
        return evaluation(0.0, picks=picks).estimates


@pytest.mark.parametrize("picks", PICKS[1:])
def test_luck_misleads_difference_in_differences_and_the_choice_does(picks: str) -> None:
    found = evaluation(0.0, picks=picks).means
    sign = 1 if picks == "the lagging" else -1
    assert sign * found["difference in differences"] > 1.2
    assert abs(found["the same, from the earlier years"]) < 0.03
    assert abs(found["barely chosen less runners-up"]) < 0.1
    assert means_without_luck(picks)["difference in differences"] == pytest.approx(0, abs=1e-12)
    by_lot = evaluation(0.0, picks="by lot").means
    assert max(map(abs, by_lot.values())) < 0.03


def test_chosen_and_others_are_as_far_apart_earlier_as_after() -> None:
    gaps = []
    for seed in range(60):
        found = evaluation(0.0, picks="the lagging", seed=seed)
        gaps.append([
            growth[found.chosen].mean() - growth[~found.chosen].mean()
            for growth in (found.earlier, found.before, found.after)
        ])  # fmt: skip
    earlier, before, after = np.mean(gaps, axis=0)
    assert earlier == pytest.approx(after, abs=0.05)
    assert before < earlier - 1
    assert DRAWS == 200


def test_displacement_is_counted_as_a_success() -> None:
    kept, lost = (evaluation(1.0, displaced=one) for one in (0.0, 1.0))
    assert lost.for_the_country == 0
    for way in lost.estimates:
        assert lost.estimates[way] >= kept.estimates[way]
    assert lost.estimates["chosen less all others"] > kept.estimates["chosen less all others"]


def test_the_type_hangs_on_who_decides_and_no_point_is_for_the_platform() -> None:
    district = TYPES["Marshallian district"].profile
    assert match_region(*district).nearest == "Marshallian district"
    half = match_region(district[0], 0.5, *district[2:])  # only who decides has changed
    assert half.nearest == "Marshallian district"
    outside = match_region(district[0], 0.5, 0.1, *district[3:])  # and where they buy
    assert outside.nearest == "satellite platform"
    most = match_region(district[0], 0.8, *district[2:])
    assert (most.nearest, most.strategy) == ("satellite platform", None)
    hub = dict(zip(("largest_firms", "decided_elsewhere", "bought_here", "state", "research"),
                   TYPES["hub and spoke"].profile, strict=True))  # fmt: skip
    shares = [share / 100 for share in range(15, 101)]
    turned = next(
        one for one in shares if match_region(**hub | {"decided_elsewhere": one}).nearest
        == "satellite platform"
    )  # fmt: skip
    assert turned == 0.64


def test_type_changes_with_the_works_more_than_with_the_university() -> None:
    state = dict(zip(("largest_firms", "decided_elsewhere", "bought_here", "state", "research"),
                     TYPES["state-anchored"].profile, strict=True))  # fmt: skip

    def needed(**changed: float) -> float:
        return next(
            one / 100 for one in range(8, 101)
            if match_region(**state | changed | {"research": one / 100}).nearest
            == "knowledge area"
        )  # fmt: skip

    assert needed() == 0.58
    assert needed(largest_firms=0.10) == 0.20


def test_the_trends_before_the_programme() -> None:
    path = beside_others().path
    assert path["East"][1978] > 130
    assert path["Central"].loc[1978:1999].between(90, 110).all()
    assert path["Central"].loc[1978:1999].max() - path["Central"].loc[1978:1999].min() > 5
