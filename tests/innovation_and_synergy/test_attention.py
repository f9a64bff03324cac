"""Attention: the curve is that of the pipelines, and it bends."""

import numpy as np
import pytest

from course_lib.innovation_and_synergy.attention import SHARES, attention
from course_lib.innovation_and_synergy.pipelines import pipelines


def test_each_point_is_a_cluster_with_so_much_buzz():
    found = attention(linked=2, strongest=0.3)
    for place in (0, 13, 40):
        share = float(SHARES[place])
        cluster = pipelines(linked=2, buzz=share, pipeline=0.3 * (1 - share))
        assert found.known[place] == pytest.approx(cluster.mean_long_run)


def test_ties_help_up_to_a_point_if_only_some_firms_are_linked():
    for linked in (1, 3, 6):
        found = attention(linked=linked)
        assert 0 < found.best_share < 1
        best = int(np.argmax(found.known))
        assert (np.diff(found.known)[:best] > 0).all()
        assert (np.diff(found.known)[best:] < 0).all()


def test_if_all_are_linked_talk_only_costs_attention():
    assert attention(linked=9).best_share == 0


def test_attention_all_inward_ends_at_nothing():
    assert attention(inward=1.0).here == 0


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        ({"inward": 1.01}, "inward must be at least 0 and at most 1"),
        ({"strongest": -0.2}, "strongest must be at least 0"),
        ({"linked": 10}, "linked must be a whole number from 0 to 9"),
        ({"frontier_growth": 0.0}, "frontier_growth must be above 0"),
    ],
)
def test_bad_input_gets_a_sentence(given_, sentence):
    with pytest.raises(ValueError, match=sentence):
        attention(**given_)


@pytest.mark.parametrize("closed", [{"linked": 0}, {"absorption": 0.0}])
def test_without_anything_from_outside_no_share_is_called_the_best(closed):
    said = attention(**closed).summary()
    assert said.startswith("Nothing comes in")
    assert "most" not in said
