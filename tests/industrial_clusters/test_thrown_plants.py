"""Plants thrown at eight regions: what lumpiness explains, and what the index takes off."""

import pytest

from course_lib.industrial_clusters.thrown_plants import BOARD, thrown_plants


def test_the_board_is_whole():
    assert sum(BOARD) == pytest.approx(1)
    assert len(BOARD) == 8


@pytest.mark.parametrize("plants,largest", [(10, 0), (100, 0), (100, 0.5), (40, 0.2)])
def test_darts_look_as_concentrated_as_they_are_lumpy(plants, largest):
    thrown = thrown_plants(plants, largest, runs=20_000)
    assert thrown.raw.mean() == pytest.approx(thrown.plant_herfindahl, rel=0.03)
    assert abs(thrown.mean) < 4 * thrown.standard_error
    rest = (1 - largest) / plants
    assert thrown.plant_herfindahl == pytest.approx((largest + rest) ** 2 + (plants - 1) * rest**2)


def test_a_pull_is_found():
    thrown = thrown_plants(gamma=0.1, runs=20_000)
    assert thrown.mean == pytest.approx(0.1, abs=4 * thrown.standard_error)


@pytest.mark.parametrize(
    "wrong,sentence",
    [
        ({"plants": 1}, "plants must be a whole number from 2 to 200"),
        ({"largest": 1}, "largest must be at least 0 and at most 0.9"),
        ({"gamma": 2}, "gamma must be at least 0 and at most 1"),
    ],
)
def test_sentences(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        thrown_plants(**wrong)
