"""What the predictions of lesson 06 come to, and that their words quote the right figures."""

import pytest

from course_lib.production_complexes import labs
from course_lib.production_complexes.cycles import FOUR_TYPES, IRON_AND_STEEL

REACHED = {
    "relation_chart_lab": {
        "plan": (
            *IRON_AND_STEEL,
            "port > rolling mill: power",
            "port > rolling mill: steel",
            "port > cement works: slag",
        )
    }
}
OUTCOMES = {
    "relation_chart_lab": "more",
    "siting_lab": "other",
    "sequencing_lab": "twice",
    "product_mix_lab": "nine",
    "size_lab": "ten",
    "fragility_lab": "960",
}


@pytest.mark.parametrize(
    ("name", "setting", "outcome"),
    [
        ("relation_chart_lab", {"plan": (*IRON_AND_STEEL, "stopped: machine works")}, "none"),
        ("relation_chart_lab", {"plan": (*IRON_AND_STEEL, "stopped: steelworks")}, "fewer"),
        ("relation_chart_lab", {"plan": (*IRON_AND_STEEL, "stopped: coke and ironworks")}, "same"),
        ("relation_chart_lab", {"plan": FOUR_TYPES}, "none"),
        ("siting_lab", {"transport_cost": 0.004}, "city"),
        ("siting_lab", {"transport_cost": 0.0005, "infrastructure": 0.0}, "three"),
        ("siting_lab", {"transport_cost": 0.0005, "infrastructure": 0.05}, "two"),
        ("sequencing_lab", {"rate": 0.05}, "less"),
        ("sequencing_lab", {"rate": 0.1}, "same"),
        ("sequencing_lab", {"rate": 0.15}, "more"),
        ("sequencing_lab", {"benefits": (1, 2, 9, 6, 8, 1)}, "nothing"),
        ("product_mix_lab", {"hours": (5.0, 12.0, 18.0)}, "none"),
        ("product_mix_lab", {"hours": (4.0, 24.0, 24.0)}, "more"),
        ("size_lab", {"decides": "an open door"}, "more"),
        ("size_lab", {"share_needed": 0.25}, "same"),
        ("size_lab", {"congestion": 0.6}, "thirty"),
        ("fragility_lab", {"chance": 1.0}, "1000"),
        ("fragility_lab", {"layers": 3}, "730"),
        ("fragility_lab", {"layers": 2}, "820"),
    ],
)
def test_another_setting_has_another_outcome(name, setting, outcome):
    """The outcome is read off the two results: with other ones it says something else."""
    lab = getattr(labs, name)()
    before = lab.result
    after = lab.set(**setting).result
    assert lab.predict.settle(before, after) == outcome


def test_questions_quote_what_the_models_say():
    chart = labs.relation_chart_lab().result
    assert chart.takes_with_it["coke and ironworks"] == 6
    assert len(chart.plan.plants) == 11
    assert labs.siting_lab().result.shared.opened == ["city"]
    assert f"{labs.sequencing_lab().result.lost_by_greed:.1%}" == "4.0%"
    mix = labs.product_mix_lab().result
    assert mix.shadow_prices[1] == pytest.approx(1.5)
    assert labs.size_lab().result.size == 65
    assert round(1000 * labs.fragility_lab().result.works) == 656
    assert round(1000 * labs.fragility_lab().set(suppliers=2).result.works) == 961


def test_the_chart_does_not_tell_the_answer_before_the_prediction():
    """Whoever sees the arrows can follow them to the answer."""
    lab = labs.relation_chart_lab()
    assert lab.predict.before is None
    assert len(lab.result.idle) == 6


def test_an_order_of_ones_own():
    lab = labs.sequencing_lab()
    order = "road > dam > housing > pulp mill > smelter > cable works"
    lab.set(yours=order)
    assert lab.result.your_value == pytest.approx(lab.result.all_values[0])
    assert "Yours is worth 209.2" in lab.sentence
    assert lab.result.your_value < lab.result.greedy_value


def test_what_the_lesson_says_to_try():
    """The numbers of the lesson's text, computed again."""
    lab = labs.relation_chart_lab()
    spare = "scrap yard > steelworks: pig iron"
    lab.set(plan=(*IRON_AND_STEEL, spare, "stopped: coke and ironworks"))
    assert len(lab.result.idle) == 3
    lab.reset()
    more = [p for p, n in lab.result.takes_with_it.items() if n > 6]
    assert [lab.result.kinds[plant] for plant in more] == ["service"] * 3
    lab.set(plan=(*IRON_AND_STEEL, "machine works > coal mine: drills"))
    assert len(set(lab.result.circles[0])) == 4
    in_circles = {"coal mine", "power station", "steelworks", "rolling mill", "machine works"}
    assert {lab.result.layers[plant] for plant in in_circles} == {1}

    lab = labs.siting_lab()
    assert lab.set(transport_cost=0.0018).result.shared.opened == ["river"]
    assert lab.set(transport_cost=0.0019).result.shared.opened == ["city"]
    lab.set(transport_cost=0.0005, infrastructure=0.1)
    assert lab.result.shared.opened == ["river"]
    assert len(lab.set(infrastructure=0.05).result.shared.opened) == 2
    assert len(lab.set(infrastructure=0.0).result.shared.opened) == 3
    found = lab.reset().result
    assert found.alone.infrastructure - found.shared.infrastructure == pytest.approx(78)
    assert found.alone.transport - found.shared.transport == pytest.approx(15)
    assert found.shared.production - found.alone.production == pytest.approx(7)

    lab = labs.sequencing_lab()
    assert lab.set(benefits=(1, 2, 9, 6, 8, 6)).result.best[1] == "dam"
    assert lab.set(benefits=(1, 2, 9, 6, 8, 6.5)).result.best[1] == "housing"
    assert lab.set(benefits=(1, 0, 9, 6, 8, 3)).result.best[1] == "dam"

    lab = labs.product_mix_lab()
    assert lab.set(hours=(4, 17.5, 18)).result.shadow_prices[1] == pytest.approx(1.5)
    assert lab.set(hours=(4, 18.5, 18)).result.shadow_prices == pytest.approx([0, 0, 2.5])
