"""The advantage map: each spoke is the number of the model that it is named after."""

import pytest

from course_lib.innovation_and_synergy.advantage_map import SPOKES, advantage_map
from course_lib.innovation_and_synergy.learning import learning
from course_lib.innovation_and_synergy.pipelines import pipelines
from course_lib.innovation_and_synergy.synergy import learning_ability


def spoke(name, **given):
    return float(advantage_map(**given).to_frame().loc[name, "length"])


def test_learning_by_doing_is_the_latecomers_part_of_all_experience():
    for firms, spillover, absorption in ((5, 0.5, 0.5), (3, 1.0, 1.0), (12, 0.2, 0.9)):
        late = learning(spillover, absorption, latecomers=firms - 1, entry_year=15, horizon=40)
        everything = late.own[0] + (firms - 1) * late.own[1]
        found = spoke("learning by doing", firms=firms, spillover=spillover, absorption=absorption)
        assert found == pytest.approx((late.own[1] + late.heard[1]) / everything)


def test_the_other_spokes():
    assert spoke("lower cost", firms=8) == pytest.approx(1 - 1 / 8)
    cluster = pipelines(firms=8, linked=3, buzz=0.5, absorption=0.7)
    assert spoke("outside knowledge", firms=8, linked=3, absorption=0.7) == pytest.approx(
        cluster.mean_long_run
    )
    assert spoke("variety", main_industry=0.3) == pytest.approx(0.7)
    assert spoke("synergy", partners=(0.9, 0.4, 0.2)) == pytest.approx(
        learning_ability((0.9, 0.4, 0.2), 1.0)
    )
    assert spoke("trust and reputation", trust=0.35) == 0.35


def test_shortest_and_longest_are_named():
    found = advantage_map(trust=0.0, main_industry=0.0)
    assert (found.shortest, found.longest) == ("trust and reputation", "variety")
    assert tuple(found.to_frame().index) == SPOKES


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        ({"firms": 2}, "firms must be a whole number from 3 to 40"),
        ({"linked": 6}, "only firms of the cluster can have one"),
        ({"spillover": 2}, "spillover must be at least 0 and at most 1"),
        ({"absorption": 2}, "absorption must be at least 0 and at most 1"),
        ({"main_industry": -0.2}, "main_industry must be at least 0"),
        ({"partners": (1, 1)}, "three numbers from 0 to 1"),
        ({"trust": 1.1}, "trust must be at least 0 and at most 1"),
    ],
)
def test_bad_input_gets_a_sentence(given_, sentence):
    with pytest.raises(ValueError, match=sentence):
        advantage_map(**given_)
