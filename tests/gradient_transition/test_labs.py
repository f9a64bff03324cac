"""What the predictions of lesson 04 come to, and that their questions quote the right figures."""

import re

import pytest

from course_lib.gradient_transition import labs
from course_lib.gradient_transition.product_cycle import product_cycle

REACHED = {"product_cycle_lab": {"wages": (3, 2.3, 1), "skill_penalty": (1, 1.4, 4)}}
OUTCOMES = {
    "product_cycle_lab": "half",
    "innovation_transfer_lab": "equal_own",
    "belts_lab": "more",
    "flying_geese_lab": "rarer",
    "us_convergence_lab": "ten",
    "china_convergence_lab": "steady",
    "noise_lab": "grows",
    "catch_up_lab": "gap",
    "mobility_lab": "large",
    "diffusion_lab": "city",
}


@pytest.mark.parametrize(
    ("name", "setting", "outcome"),
    [
        ("product_cycle_lab", {"maturing": 0.05}, "later"),
        ("product_cycle_lab", {"maturing": 0.15}, "between"),
        ("product_cycle_lab", {"maturing": 0.3}, "earlier"),
        ("innovation_transfer_lab", {"transfer_1": 0.04}, "narrower"),
        ("innovation_transfer_lab", {"transfer_1": 0.01}, "same"),
        ("innovation_transfer_lab", {"innovation": 0.0}, "equal_none"),
        ("belts_lab", {"year": 1990}, "same"),
        ("flying_geese_lab", {"upgrading": 1.0}, "as_top"),
        ("flying_geese_lab", {"maturing": 0.2}, "as_before"),
        ("flying_geese_lab", {"interval": 30.0}, "half_as_often"),
        ("us_convergence_lab", {"start": 1980, "end": 1990}, "never"),
        ("us_convergence_lab", {"start": 1960, "end": 1970}, "twenty"),
        ("us_convergence_lab", {"start": 1950, "end": 1960}, "forty"),
        ("china_convergence_lab", {"end": 2022}, "fell"),
        ("china_convergence_lab", {"start": 1990, "end": 2003}, "rose"),
        ("noise_lab", {"start_spread": 0.3}, "shrinks"),
        ("catch_up_lab", {"absorption": 0.06}, "neither"),
        ("catch_up_lab", {"frontier_growth": 0.01}, "growth"),
        ("mobility_lab", {"classes": 6}, "small"),
        ("diffusion_lab", {"step": 100}, "village"),
    ],
)
def test_another_setting_has_another_outcome(name, setting, outcome):
    """The outcome is read off the two results: with other ones it says something else."""
    lab = getattr(labs, name)()
    before = lab.result
    after = lab.set(**setting).result
    assert lab.predict.settle(before, after) == outcome


def numbers(text):
    return [float(number) for number in re.findall(r"\d+\.\d+", text)]


def test_figures_in_the_question_on_belts():
    lab = labs.belts_lab()
    found = lab.result.belts.to_frame()
    ratio = found.loc[[1978, 1990], "east_west"].round(2)
    assert numbers(lab.predict.question) == [*ratio, round(ratio[1990] - ratio[1978], 2)]


def test_figures_in_the_other_questions():
    cycle = labs.product_cycle_lab()
    assert round(cycle.result.switch_ages[0]) == 16
    states = labs.us_convergence_lab()
    assert numbers(states.predict.question) == [
        round(100 * states.result.convergence.beta.speed, 2)
    ]
    transfer = labs.innovation_transfer_lab()
    assert numbers(transfer.predict.question) == [round(transfer.result.wages.steady_wage_ratio, 1)]
    geese = labs.flying_geese_lab().result
    arrivals = [
        new + cycle.switch_ages[-1]
        for new, cycle in zip(geese.introduced, geese.cycles, strict=True)
    ]
    assert round(arrivals[-1] - arrivals[-2]) == 17
    mobility = labs.mobility_lab()
    assert round(100 * mobility.result.steady_state.iloc[0]) == 10
    sigma = labs.china_convergence_lab().result.convergence.sigma
    assert sigma.iloc[-1] / sigma.iloc[0] == pytest.approx(2 / 3, abs=0.01)
    without = labs.china_convergence_lab().set(**labs.china_convergence_lab().predict.setting)
    assert (
        without.result.convergence.beta.slope
        < labs.china_convergence_lab().result.convergence.beta.slope
    )
    places = {town.name: (town.row, town.column) for town in labs.diffusion_lab().result.run.towns}
    (row, column), village, city = (
        places[name] for name in ("First city", "Near village", "Second city")
    )
    assert round(((village[0] - row) ** 2 + (village[1] - column) ** 2) ** 0.5) == 8
    assert round(((city[0] - row) ** 2 + (city[1] - column) ** 2) ** 0.5) == 41


def test_order_mistakes_are_refused_in_the_words_of_the_model():
    lab = labs.product_cycle_lab()
    with pytest.raises(ValueError, match="a gradient needs a cost reason to move"):
        lab.set(wages=(2, 2, 1))
    with pytest.raises(ValueError, match="skill_penalty must rise"):
        lab.set(skill_penalty=(2, 1, 4))
    with pytest.raises(ValueError, match="end must come after start"):
        labs.us_convergence_lab().set(start=1960, end=1950)


def test_the_games_target_is_the_best_that_its_rules_allow():
    lab = labs.product_cycle_lab()
    score = lab.challenge.score
    assert score(lab.result) is None  # as it stands at first, the product leaves after 6.9 years
    wages = [round(0.1 * step, 1) for step in range(10, 30)]
    penalties = [round(0.1 * step, 1) for step in range(11, 40)]
    found = {
        (wage, penalty): score(
            product_cycle(wages=(3, wage, 1), skill_penalty=(1, penalty, 4), maturing=0.1)
        )
        for wage in wages
        for penalty in penalties
        if wage > 1
    }
    assert max(value for value in found.values() if value is not None) == lab.challenge.target
    changed = product_cycle(wages=(3, 2.3, 1), skill_penalty=(1, 1.4, 5), maturing=0.1)
    assert score(changed) is None  # tier 3 is not for the minister of tier 2 to change
