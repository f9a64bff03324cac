"""What the predictions of lesson 02 come to, and that their words quote the right figures."""

import re

import pytest

from course_lib.agglomeration import labs
from course_lib.agglomeration.core_periphery import break_point, sustain_point
from course_lib.agglomeration.one_place import one_place
from course_lib.agglomeration.transport_history import transport_history

REACHED = {
    "marshall_lab": {
        "fixed_cost": 15,
        "mismatch_cost": 24,
        "progress_ratio": 0.6,
        "spillover": 0.1,
        "rent": 0.2,
    }
}
OUTCOMES = {
    "marshall_lab": "learning",
    "tomahawk_lab": "one",
    "weber_lab": "at",
    "plants_join_lab": "none",
    "ring_lab": "one",
    "two_stages_lab": "first",
    "city_size_lab": "four",
    "one_place_lab": "seattle",
}


@pytest.mark.parametrize(
    ("name", "setting", "outcome"),
    [
        ("marshall_lab", {"firms": 10, "progress_ratio": 1.0}, "sharing"),
        (
            "marshall_lab",
            {"firms": 10, "fixed_cost": 15, "mismatch_cost": 0, "progress_ratio": 1.0},
            "matching",
        ),
        ("marshall_lab", {}, "alike"),
        ("tomahawk_lab", {"last_cost": 1.9}, "even"),
        ("tomahawk_lab", {"economy_of_scale": False}, "even"),
        ("tomahawk_lab", {"farm_cost": 1.2}, "even"),
        ("tomahawk_lab", {"start_share": 0.48}, "two"),
        ("weber_lab", {"weights": (1.2, 1.0, 1.0)}, "between"),
        ("weber_lab", {"weights": (1.0, 1.0, 1.4)}, "market"),
        ("plants_join_lab", {"saving": 6.0}, "all"),
        ("ring_lab", {"step": 0}, "none"),
        ("two_stages_lab", {"localisation": 0.02, "other_growth": 128}, "second"),
        ("two_stages_lab", {"localisation": 0.0}, "same"),
        ("city_size_lab", {"congestion": 0.2}, "less"),
        ("one_place_lab", {"industry": "Insurance"}, "new_york"),
    ],
)
def test_another_setting_has_another_outcome(name, setting, outcome):
    """The outcome is read off the two results: with other ones it says something else."""
    lab = getattr(labs, name)()
    before = lab.result
    after = lab.set(**setting).result
    assert lab.predict.settle(before, after) == outcome


def test_the_ring_takes_every_position_of_its_sliders():
    """Workers are never so quick that they would run past each other."""
    controls = labs.ring_lab().controls
    for mu in controls["mu"].extremes():
        for cost in controls["transport_cost"].extremes():
            labs.ring_lab().set(mu=mu, transport_cost=cost)


def test_questions_quote_what_the_models_say():
    assert break_point() < 1.7 < sustain_point()
    there = transport_history()
    way_down = abs(there.cost[:60] - 1.7).argmin()
    assert there.share[way_down] == pytest.approx(0.5, abs=0.01)
    assert there.share[80] == 1
    film = re.search(r"Los Angeles has ([\d.]+) per cent", labs.one_place_lab().predict.question)
    assert film is not None
    assert float(film[1]) == pytest.approx(100 * one_place().largest_share, abs=0.05)
    assert "1.73 tonnes" in labs.weber_lab().predict.because
    lab = labs.weber_lab().set(weights=(1.8, 1.0, 1.0))
    assert round(lab.result.pulls[0], 2) == 1.73
    assert labs.ring_lab().result.cores() == 3
