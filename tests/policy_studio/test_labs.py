"""What the predictions of lesson 12 come to, and the figures that the lesson quotes."""

from __future__ import annotations

import pytest
from course_lib.policy_studio.policy_game import (
    PROGRAMMES,
    TERMS,
    lost_to_the_shock,
    moves_of,
    play_game,
)

from course_lib.policy_studio import labs
from course_lib.policy_studio.evaluation import PICKS, evaluation
from course_lib.policy_studio.game_files import Team, league

OUTCOMES = {
    "region_type_lab": "none of the five",
    "policy_game_lab": "none",
    "evaluation_lab": "clearly above zero: the programme seems to work",
}
MIXES = {
    "clusters": {"specialities": 0.4, "knowledge": 0.4, "networks": 0.2},
    "growth": {"knowledge": 0.6, "large firms": 0.2, "networks": 0.2},
    "fairness": {"the poorest": 0.4, "knowledge": 0.4, "networks": 0.2},
}


def all_terms(programme: str) -> dict[str, str]:
    return {f"term_{term}": programme for term in range(1, TERMS + 1)}


@pytest.mark.parametrize(
    ("name", "setting", "outcome"),
    [
        ("region_type_lab", {}, "local networks, as before"),
        ("region_type_lab", {"largest_firms": 0.55, "bought_here": 0.45},
         "large firms and their suppliers"),
        ("region_type_lab", {"research": 0.4, "state": 0.35, "bought_here": 0.3},
         "one of the other three"),
        ("policy_game_lab", {}, "five or six"),
        ("policy_game_lab", all_terms("all six alike"), "three or four"),
        ("policy_game_lab", all_terms("knowledge"), "one or two"),
        ("evaluation_lab", {"effect": 0.0}, "about zero, as it should be"),
        ("evaluation_lab", {"effect": 0.0, "picks": "the growing"},
         "clearly below zero: it seems to do harm"),
    ],
)  # fmt: skip
def test_other_settings_have_other_outcomes(name: str, setting: dict, outcome: str) -> None:
    lab = getattr(labs, name)()
    before = lab.result
    assert lab.predict.settle(before, lab.set(**setting).result) == outcome


def test_each_control_of_the_game_can_be_felt_at_the_default() -> None:
    """The player governs in all six terms, each with the mix."""
    assert labs.policy_game_lab().result.in_office.all()


@pytest.fixture(scope="module")
def table():
    plans = {name: name for name in PROGRAMMES} | MIXES
    return league([Team(name, 1, moves_of([one] * 6)) for name, one in plans.items()]).table


class TestTheNumbersOfTheLesson:
    def test_pure_programmes_that_win_nothing(self, table) -> None:
        nothing = table.index[table["elections_won"] == 0]
        assert set(nothing) == {"networks", "large firms", "renewal", "the poorest"}

    def test_two_different_plans(self, table) -> None:
        elsewhere = table[["output_elsewhere", "inequality_elsewhere"]].round(2)
        assert elsewhere["output_elsewhere"].idxmax() == "growth"
        assert elsewhere["inequality_elsewhere"].idxmax() == "growth"
        assert elsewhere.loc["growth"].tolist() == [2.39, 0.27]
        assert elsewhere["inequality_elsewhere"].idxmin() == "the poorest"
        assert elsewhere.loc["the poorest"].tolist() == [2.08, 0.10]
        output, inequality = (table.loc["fairness"] / table.loc["growth"])[
            ["output_elsewhere", "inequality_elsewhere"]
        ]
        assert 0.94 < output < 0.96
        assert 0.62 < inequality < 0.71

    def test_every_mix_falls_with_its_largest_sector(self) -> None:
        for mix in MIXES.values():
            for seed in range(100):
                game = play_game([mix] * 6, seed)
                term = (game.shock.year - 5) // 5
                if game.shock.kind == "largest sector" and game.in_office[term]:
                    assert lost_to_the_shock([mix] * 6, seed).lost
            plants = [lost_to_the_shock([mix] * 6, seed) for seed in range(100)]
            assert sum(one.lost for one in plants if one.kind == "flagship plant") <= 8

    def test_equality_need_not_cost_much(self) -> None:
        """The mix that the lesson names, beside the one with which the lab begins."""
        begins = labs.policy_game_lab().result
        named = play_game(
            [{"networks": 0.2, "specialities": 0.2, "knowledge": 0.3, "renewal": 0.1,
              "the poorest": 0.2}] * TERMS, 1
        )  # fmt: skip
        assert begins.elections_won == named.elections_won == TERMS
        assert round(float(begins.inequality[5]), 2) == 0.20
        assert [round(float(game.inequality[-1]), 2) for game in (begins, named)] == [0.22, 0.19]
        assert [round(float(game.output[-1]), 2) for game in (begins, named)] == [2.30, 2.28]

    def test_the_poorest_are_few(self) -> None:
        game = play_game(["the poorest"] * 6, 1)
        assert game.votes[0] == pytest.approx(0.12, abs=0.03)

    def test_what_the_reader_is_told_of_the_four_ways(self) -> None:
        growing, lagging = (evaluation(0.0, picks=picks).estimates for picks in PICKS[1:])
        assert growing["chosen less all others"] > 0.5 > -0.5 > growing["difference in differences"]
        assert lagging["chosen less all others"] < -0.5 < 0.5 < lagging["difference in differences"]
