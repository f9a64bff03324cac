"""Buzz and pipelines: DeGroot's consensus, the closed form, and what each does alone."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.innovation_and_synergy.pipelines import (
    SHAPES,
    buzz_weights,
    consensus_weights,
    pipelines,
)

shapes = st.sampled_from(SHAPES)
clusters = st.fixed_dictionaries(
    {
        "firms": st.integers(3, 12),
        "buzz": st.floats(0, 1),
        "pipeline": st.floats(0.05, 1),
        "absorption": st.floats(0.1, 1),
        "frontier_growth": st.floats(0.005, 0.1),
        "shape": shapes,
    }
)


def test_reference_values_of_degroot():
    weights = buzz_weights(3, 0.5, "line")
    assert weights.tolist() == [[0.5, 0.5, 0], [0.25, 0.5, 0.25], [0, 0.5, 0.5]]
    assert consensus_weights(weights) == pytest.approx([0.25, 0.5, 0.25])
    assert sorted(abs(np.linalg.eigvals(weights)))[-2] == pytest.approx(0.5)


@given(st.integers(3, 12), st.floats(0.05, 0.95), shapes)
def test_consensus_is_where_much_talk_leads(firms, buzz, shape):
    weights = buzz_weights(firms, buzz, shape)
    much = np.linalg.matrix_power(weights, 2**14)
    assert much == pytest.approx(np.tile(consensus_weights(weights), (firms, 1)), abs=1e-6)


@pytest.mark.parametrize("shape", SHAPES)
def test_who_talks_to_whom_is_the_graph_of_that_name(shape):
    graphs = {
        "ring": nx.cycle_graph(7),
        "line": nx.path_graph(7),
        "star": nx.star_graph(6),
        "everybody": nx.complete_graph(7),
    }
    talks = buzz_weights(7, 1.0, shape) > 0
    assert (talks == (nx.to_numpy_array(graphs[shape]) > 0)).all()


@pytest.mark.parametrize(
    ("pipeline", "known"), [(0.1, 0.7143), (0.3, 0.8824)], ids=["p=.1", "p=.3"]
)
def test_reference_values_of_the_pipeline(pipeline, known):
    found = pipelines(linked=9, pipeline=pipeline, absorption=0.5, frontier_growth=0.02, buzz=0.5)
    assert found.long_run.round(4) == pytest.approx(known)


@given(clusters, st.data())
def test_long_run_is_where_the_years_lead(cluster, data):
    linked = data.draw(st.integers(0, cluster["firms"]))
    found = pipelines(**cluster, linked=linked, horizon=4000)
    assert found.known[-1] == pytest.approx(found.long_run, abs=1e-6)


@given(clusters)
def test_nobody_linked_ends_at_nothing_and_talk_makes_equal(cluster):
    found = pipelines(**cluster, linked=0)
    assert found.long_run == pytest.approx(0)
    if 0.1 < cluster["buzz"] < 0.9:
        apart = np.ptp(found.known, axis=1) / found.known.mean(axis=1)
        assert apart[-1] < apart[0]


@given(clusters)
def test_without_talk_only_linked_firms_know(cluster):
    found = pipelines(**(cluster | {"buzz": 0.0}), linked=2)
    learnt = cluster["pipeline"] * cluster["absorption"]
    assert found.long_run[:2] == pytest.approx(learnt / (learnt + cluster["frontier_growth"]))
    assert found.long_run[2:] == pytest.approx(0)


@given(clusters)
def test_one_more_pipeline_never_hurts(cluster):
    known = [pipelines(**cluster, linked=n).mean_long_run for n in range(cluster["firms"] + 1)]
    assert (np.diff(known) > -1e-12).all()


def test_both_together_are_worth_more_than_the_sum():
    buzz, link = pipelines(linked=0, buzz=0.5), pipelines(linked=1, buzz=0.0)
    both = pipelines(linked=1, buzz=0.5)
    assert both.mean_long_run > 3 * (buzz.mean_long_run + link.mean_long_run)


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        ({"firms": 2}, "a network needs three firms"),
        ({"linked": 10}, "linked must be a whole number from 0 to 9"),
        ({"buzz": 1.5}, "buzz must be at least 0 and at most 1"),
        ({"pipeline": -1}, "pipeline must be at least 0"),
        ({"absorption": 2}, "absorption must be at least 0 and at most 1"),
        ({"frontier_growth": 0}, "everybody gets there in the end"),
        ({"shape": "square"}, "shape must be one of 'ring', 'line', 'star', 'everybody'"),
        ({"horizon": 0}, "horizon must be a whole number of at least 1"),
    ],
)
def test_bad_input_gets_a_sentence(given_, sentence):
    with pytest.raises(ValueError, match=sentence):
        pipelines(**given_)


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        (np.array([[0.5, 0.4], [0.5, 0.5]]), "whose rows add up to 1"),
        (buzz_weights(4, 0.0), "no consensus"),
    ],
)
def test_consensus_needs_talk(weights, sentence):
    with pytest.raises(ValueError, match=sentence):
        consensus_weights(weights)
