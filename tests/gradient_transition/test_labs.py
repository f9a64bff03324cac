"""What the predictions of lesson 04 come to, and that their questions quote the right figures."""

import re

import pytest

from course_lib.gradient_transition import labs

OUTCOMES = {
    "product_cycle_lab": "after half of the 16 years",
    "innovation_transfer_lab": "wages become equal, but the top still has goods of its own",
    "belts_lab": "Theil's index: without the cities it rises",
    "flying_geese_lab": "as long as before",
    "us_convergence_lab": "neither: the slope does not differ from zero",
    "china_convergence_lab": "it changed by a tenth or less",
    "noise_lab": "grows",
    "catch_up_lab": "only the one who learns a share of the gap",
    "mobility_lab": "more than 15 per cent",
    "diffusion_lab": "the second city",
}


@pytest.mark.parametrize(
    ("name", "setting", "outcome"),
    [
        ("product_cycle_lab", {"maturing": 0.05}, "at the same age or later"),
        ("product_cycle_lab", {"maturing": 0.15}, "earlier, but after more than half"),
        ("product_cycle_lab", {"maturing": 0.3}, "after less than half"),
        ("innovation_transfer_lab", {"transfer_1": 0.04}, "the wage gap narrows, but does not"),
        ("innovation_transfer_lab", {"transfer_1": 0.01}, "the wage gap does not narrow"),
        (
            "innovation_transfer_lab",
            {"innovation": 0.0},
            "wages become equal, and no goods are left",
        ),
        ("belts_lab", {"year": 1990}, "neither of them"),
        ("flying_geese_lab", {"maturing": 0.2}, "not as long as before"),
        ("flying_geese_lab", {"maturing": 0.08}, "longer than before"),
        ("us_convergence_lab", {"start": 1940, "end": 1950}, "poorer states grew faster"),
        ("china_convergence_lab", {"end": 2022}, "it fell by more than a tenth"),
        ("china_convergence_lab", {"start": 1990, "end": 2003}, "it rose by more than a tenth"),
        ("noise_lab", {"start_spread": 0.3}, "shrinks, as before"),
        ("catch_up_lab", {"absorption": 0.06}, "neither"),
        ("catch_up_lab", {"frontier_growth": 0.01}, "only the one who shares"),
        ("mobility_lab", {"classes": 6}, "less than 8 per cent"),
        ("diffusion_lab", {"step": 100}, "the near village, as before"),
    ],
)
def test_another_setting_has_another_outcome(name, setting, outcome):
    """The outcome is read off the two results: with other ones it says something else."""
    lab = getattr(labs, name)()
    before = lab.result
    after = lab.set(**setting).result
    assert lab.predict.settle(before, after).startswith(outcome)


def numbers(text):
    return [float(number) for number in re.findall(r"\d+\.\d+", text)]


def test_figures_in_the_question_on_belts():
    lab = labs.belts_lab()
    found = lab.result.belts.to_frame()
    ratio, theil = (found.loc[[1978, 1990], column] for column in ("east_west", "theil"))
    assert numbers(lab.predict.question) == [*ratio.round(2), *theil.round(3)]


def test_figures_in_the_other_questions():
    cycle = labs.product_cycle_lab()
    assert round(cycle.result.switch_ages[0]) == 16
    states = labs.us_convergence_lab()
    assert numbers(states.predict.question) == [
        round(100 * states.result.convergence.beta.speed, 2)
    ]
    transfer = labs.innovation_transfer_lab()
    assert numbers(transfer.predict.question) == [round(transfer.result.wages.steady_wage_ratio, 1)]
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
