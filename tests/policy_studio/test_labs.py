"""What the predictions of lesson 12 come to, and the figures that the lesson quotes."""

from __future__ import annotations

import pytest

from course_lib.policy_studio import labs
from course_lib.policy_studio.evaluation import PICKS, evaluation
from course_lib.policy_studio.game import lost_to_the_shock, play_game
from course_lib.policy_studio.many_games import elections_by_expectation, in_office_and_as_voted
from course_lib.policy_studio.moves import PROGRAMMES, TERMS

REACHED = {"policy_game_lab": {"mix": (0.2, 0.0, 0.2, 0.3, 0.1, 0.2)}}
OUTCOMES = {
    "region_type_lab": "district",
    "policy_game_lab": "none",
    "evaluation_lab": "above",
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
        ("region_type_lab", {}, "district"),
        ("region_type_lab", {"decided_elsewhere": 0.8}, "platform"),
        ("region_type_lab", {"largest_firms": 0.55, "bought_here": 0.45}, "hub"),
        ("region_type_lab", {"research": 0.4, "state": 0.35, "bought_here": 0.3}, "other"),
        ("policy_game_lab", {}, "most"),
        ("policy_game_lab", all_terms("all six alike"), "some"),
        ("policy_game_lab", all_terms("knowledge"), "few"),
        ("policy_game_lab", all_terms("networks"), "none"),
        ("policy_game_lab", all_terms("networks") | {"voters_expect": 1.5}, "most"),
        ("evaluation_lab", {"effect": 0.0}, "zero"),
        ("evaluation_lab", {"effect": 0.0, "picks": "the growing"}, "below"),
    ],
)  # fmt: skip
def test_other_settings_have_other_outcomes(name: str, setting: dict, outcome: str) -> None:
    lab = getattr(labs, name)()
    before = lab.result
    assert lab.predict.settle(before, lab.set(**setting).result) == outcome


def test_each_control_of_the_game_can_be_felt_at_the_default() -> None:
    """The player governs in all six terms, each with the mix."""
    assert labs.policy_game_lab().result.in_office.all()


PLANS = {name: name for name in PROGRAMMES} | MIXES


@pytest.fixture(scope="module")
def means():
    return in_office_and_as_voted(PLANS)


class TestTheNumbersOfTheLesson:
    def test_pure_programmes_that_win_nothing(self) -> None:
        won = elections_by_expectation(PLANS, [1])
        assert (won.loc["1.5%"] == 6).all()
        assert (won.loc["2.5%"] == 0).all()
        at_two = won.loc["2.0%"]
        assert set(at_two.index[at_two == 0]) == {
            "networks", "large firms", "renewal", "the poorest",
        }  # fmt: skip

    def test_in_the_mean_of_twenty_countries_it_is_the_same(self) -> None:
        won = elections_by_expectation(PLANS, range(20)).round(1)
        assert (won.loc["1.5%"].min(), won.loc["1.5%"].max()) == (4.6, 5.1)
        assert won.loc["2.5%"].max() == 0.2

    def test_in_office_and_as_voted(self, means) -> None:
        office = means[["output, in office", "inequality, in office"]].round(2)
        office.columns = ["output", "inequality"]
        pure = office.loc[list(PROGRAMMES)]
        assert pure["inequality"].idxmax() == "large firms"
        assert pure["inequality"].idxmin() == "the poorest"
        assert office["output"].idxmin() == "networks"
        assert office["output"].idxmax() == "growth"
        assert office.loc["large firms", "inequality"] == 0.33
        assert office.loc["the poorest", "inequality"] == 0.10
        assert office.loc["networks", "output"] == 1.90
        assert office.loc["growth"].tolist() == [2.40, 0.31]
        assert office.loc["fairness", "inequality"] == 0.20
        left = means.loc["fairness"] / means.loc["growth"]
        assert round(1 - left["output, in office"], 2) == 0.06
        assert 0.3 < 1 - left["inequality, in office"] < 0.37
        voted = means.round(2)
        assert voted.loc["large firms", "inequality, as voted"] == 0.19
        assert voted.loc["large firms", "terms in office, as voted"] == 3
        assert voted.loc["networks", "output, as voted"] == 2.10

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
