"""Size of a complex: the reference value, and sizes against trying them all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.production_complexes.size import complex_size, saving


def test_reference_values():
    found = complex_size()
    assert found.per_plant == 19.5
    assert found.saving[1] == pytest.approx(19.2)
    assert found.saving[7] == pytest.approx(128.1)
    assert saving(8, 19.5, 0.3) == pytest.approx(128.1)
    assert found.size == 65
    assert complex_size(decides="the members").size == 11
    assert complex_size(decides="an open door").size == 129


@settings(max_examples=60)
@given(st.floats(0.2, 5), st.floats(1, 30))
def test_sizes_are_the_best_of_all(congestion, utilities):
    if utilities <= 1.1 * congestion:
        return
    setting = {"infrastructure": 0, "freight": 0, "utilities": utilities, "congestion": congestion}
    n = np.arange(1, 1000)
    total = (n - 1) * (utilities - congestion * n / 2)
    planner = complex_size(**setting).size
    assert total[planner - 1] == pytest.approx(total.max())
    members = complex_size(**setting, decides="the members").size
    assert total[members - 1] / members == pytest.approx((total / n).max())
    door = complex_size(**setting, decides="an open door").size
    assert total[door - 1] > -1e-6
    assert total[door] <= 1e-6
    assert 2 <= members <= planner <= door


def test_each_further_plant_adds_less():
    steps = np.diff(complex_size(congestion=0.5).saving)
    assert steps == pytest.approx(19.5 - 0.5 * np.arange(1, len(steps) + 1))


def test_without_congestion_no_size_is_too_large():
    found = complex_size(congestion=0)
    assert (found.saving == found.uncrowded).all()
    assert found.summary().endswith("no size is too large: the model has no answer.")


def test_sentences_and_table():
    assert complex_size().summary().startswith("The planner wants 65 plants, which save 624.0")
    assert "16.2 each" in complex_size(decides="the members").summary()
    assert complex_size(decides="an open door").summary().startswith("With an open door there are")
    frame = complex_size().to_frame()
    assert frame.loc[8, "saving"] == pytest.approx(128.1)
    assert frame.loc[8, "saving_of_each"] == pytest.approx(128.1 / 8)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"infrastructure": -1}, "it is a cost"),
        ({"share_needed": 2}, "it is a part of a cost"),
        ({"freight": -1}, "it is a saving"),
        ({"utilities": "much"}, "it is a saving"),
        ({"congestion": -1}, "crowding costs something or nothing"),
        ({"decides": "fate"}, "decides must be one of 'the planner'"),
        ({"congestion": 30}, "nobody joins; lower congestion or raise a saving"),
    ],
)
def test_refusals_say_what_to_do(setting, said):
    with pytest.raises(ValueError, match=said):
        complex_size(**setting)
