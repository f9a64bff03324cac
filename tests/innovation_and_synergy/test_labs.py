"""What the predictions of lesson 08 come to, and that their words quote the right figures."""

import pytest

from course_lib.innovation_and_synergy import labs

REACHED = {
    "advantage_map_lab": {
        "firms": 5,
        "spillover": 1.0,
        "absorption": 1.0,
        "linked": 3,
        "main_industry": 0.2,
        "partners": (1.0, 1.0, 1.0),
        "trust": 1.0,
    }
}
OUTCOMES = {
    "latecomers_lab": "same_lead",
    "pipelines_lab": "more",
    "synergy_lab": "tenth",
    "advantage_map_lab": "one",
    "two_cities_lab": "diverse",
    "attention_lab": "more",
    "life_cycle_lab": "fewer",
}


@pytest.mark.parametrize(
    ("name", "setting", "outcome"),
    [
        ("latecomers_lab", {"spillover": 0.5, "absorption": 1.0}, "smaller_lead"),
        ("latecomers_lab", {"absorption": 1.0}, "only_late"),
        ("latecomers_lab", {"spillover": 0.0}, "nobody"),
        ("pipelines_lab", {"absorption": 0.6}, "up_to_18"),
        ("pipelines_lab", {"linked": 2}, "up_to_18"),
        ("pipelines_lab", {"buzz": 0.5, "shape": "line"}, "up_to_27"),
        ("pipelines_lab", {"frontier_growth": 0.05}, "no_more"),
        ("synergy_lab", {"partners": (0.5, 0.4, 0.2)}, "more"),
        ("synergy_lab", {"partners": (1.0, 0.6, 0.1)}, "third"),
        ("synergy_lab", {"partners": (0.5, 0.4, 0.15)}, "third"),
        ("synergy_lab", {"partners": (0.9, 0.9, 0.15)}, "more"),
        ("synergy_lab", {"partners": (0.7, 0.5, 0.15)}, "half"),
        ("advantage_map_lab", {"trust": 0.5}, "none"),
        ("advantage_map_lab", {"firms": 20, "trust": 0.9}, "two"),
        ("advantage_map_lab", {"partners": (1.0, 1.0, 1.0), "trust": 0.9, "linked": 3}, "more"),
        ("two_cities_lab", {"shock": 0.1}, "specialised"),
        ("two_cities_lab", {"industries": 1}, "neither"),
        ("attention_lab", {"inward": 0.8}, "same"),
        ("attention_lab", {"linked": 9}, "less"),
        ("life_cycle_lab", {"growth": 0.2, "openness": 0.04}, "more"),
        ("life_cycle_lab", {"opened": 0.06}, "same"),
    ],
)
def test_another_setting_has_another_outcome(name, setting, outcome):
    """The outcome is read off the two results: with other ones it says something else."""
    lab = getattr(labs, name)()
    before = lab.result
    after = lab.set(**setting).result
    assert lab.predict.settle(before, after) == outcome


def test_with_absorbers_the_lead_shrinks():
    lab = labs.latecomers_lab()
    before = lab.result
    after = lab.set(spillover=0.5, absorption=1.0).result
    assert lab.predict.settle(before, after) == "smaller_lead"


def test_figures_in_the_questions():
    late = labs.latecomers_lab()
    assert (late.result.latecomers, late.result.entry_year) == (3, 15)
    assert f"{100 * late.result.lead:.0f} per cent more" in late.predict.question
    cluster = labs.pipelines_lab()
    assert f"{100 * cluster.result.long_run[0]:.0f} per cent of the" in cluster.predict.question
    assert f"knows {100 * cluster.result.mean_long_run:.0f} per cent" in cluster.predict.question
    assert cluster.set(linked=0, buzz=0.5).result.mean_long_run == pytest.approx(0)
    cities = labs.two_cities_lab()
    one, four = cities.result.output[-1]
    assert one > four
    ties = labs.attention_lab()
    assert f"{100 * ties.result.best_share:.0f} per cent of their" in ties.predict.question
    usual = ties.result.here
    assert ties.set(inward=0.8).result.here < usual
    life = labs.life_cycle_lab()
    assert f"has {life.result.firms_in(60):.0f} firms in year 60" in life.predict.question
    assert life.result.peak_year < 60
