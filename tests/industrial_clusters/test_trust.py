"""Trust: worked values, the best policy found by iteration, a network followed state by state."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.industrial_clusters.trust import (
    collective_reputation,
    critical_ratio,
    least_patience,
    network_play,
    repeated_dealing,
)


def best_policy(detection, patience, fine):
    """Value iteration: what does a firm do that may cheat in any round until it is found out?"""
    temptation, reward, punishment = 5.0, 3.0, 1.0
    shunned = punishment / (1 - patience)
    value = 0.0
    for _ in range(4000):
        honest = reward + patience * value
        cheat = (
            temptation
            - detection * fine
            + patience * (detection * shunned + (1 - detection) * value)
        )
        value = max(honest, cheat)
    return "honest" if honest >= cheat - 1e-9 else "cheat"


class TestRepeatedDealing:
    @pytest.mark.parametrize(
        "detection,least", [(1, 0.5), (0.5, 0.66666667), (0.2, 0.83333333), (0, 1)]
    )
    def test_worked_values(self, detection, least):
        assert repeated_dealing(detection).patience_needed == pytest.approx(least)

    @settings(max_examples=40)
    @given(st.floats(0.05, 1), st.floats(0.05, 0.95), st.floats(0, 3))
    def test_against_the_best_policy(self, detection, patience, fine):
        found = repeated_dealing(detection, patience, fine)
        if abs(patience - found.patience_needed) > 0.01:
            assert found.honest_pays == (best_policy(detection, patience, fine) == "honest")

    @settings(max_examples=40)
    @given(st.floats(0, 1), st.floats(0, 0.9), st.floats(0, 3))
    def test_values_say_the_same_as_the_least_patience(self, detection, patience, fine):
        found = repeated_dealing(detection, patience, fine)
        honest, cheating = found.values
        if abs(honest - cheating) > 1e-9:
            assert found.honest_pays == (honest > cheating)

    def test_the_picture_adds_up_what_the_values_say(self):
        found = repeated_dealing(0.5, 0.5)
        assert found.honest[-1] == pytest.approx(found.values[0], abs=1e-6)
        assert found.cheating[-1] == pytest.approx(found.values[1], abs=1e-6)
        assert found.to_frame().index.name == "round"

    def test_a_fine_does_what_patience_cannot(self):
        assert not repeated_dealing(0.5, 0.1).honest_pays
        assert repeated_dealing(0.5, 0.1, fine=4).honest_pays  # 0.5 x 4 is the whole temptation
        assert repeated_dealing(0.5, fine=4).patience_needed == 0
        assert "no patience is needed" in repeated_dealing(0.5, fine=4).summary()
        assert "no patience is enough" in repeated_dealing(0).summary()

    def test_many_at_once(self):
        chances = np.linspace(0, 1, 11)
        one_by_one = [repeated_dealing(float(q), fine=1).patience_needed for q in chances]
        np.testing.assert_allclose(least_patience(chances, 5, 3, 1, 1), one_by_one)

    @pytest.mark.parametrize(
        "wrong,sentence",
        [
            ({"detection": 1.5}, "detection must be at least 0 and at most 1"),
            ({"patience": 1}, "patience must be at least 0 and below 1"),
            ({"fine": -1}, "fine must be at least 0"),
            ({"temptation": 2}, "earnings must fall from temptation over reward"),
            ({"punishment": 3}, "earnings must fall"),
            ({"reward": math.nan}, "reward must be a finite number"),
        ],
    )
    def test_sentences(self, wrong, sentence):
        with pytest.raises(ValueError, match=sentence):
            repeated_dealing(**wrong)


class TestCollectiveReputation:
    @settings(max_examples=60)
    @given(st.integers(1, 100), st.integers(1, 100), st.integers(1, 30), st.integers(0, 30))
    def test_the_rule(self, firms, benefit, cost, fine):
        found = collective_reputation(firms, benefit, cost, fine)
        assert found.keeps_quality == (benefit + fine * firms >= cost * firms)
        assert found.own_gain[firms - 1] == pytest.approx(benefit / firms + fine)

    def test_the_more_firms_the_less_each_cares(self):
        assert collective_reputation(6).keeps_quality
        assert not collective_reputation(7).keeps_quality
        assert collective_reputation(7, fine=2).keeps_quality

    def test_a_fine_as_high_as_the_cost_is_enough_for_all(self):
        found = collective_reputation(1000, fine=10)
        assert math.isinf(found.most_firms)
        assert "enough for any number" in found.summary()
        assert "not even one" in collective_reputation(2, benefit=5, cost=10).summary()

    @pytest.mark.parametrize(
        "wrong,sentence",
        [
            ({"firms": 0}, "firms must be a whole number of at least 1"),
            ({"benefit": 0}, "benefit must be above 0"),
            ({"cost": 0}, "cost must be above 0"),
            ({"fine": -1}, "fine must be at least 0"),
        ],
    )
    def test_sentences(self, wrong, sentence):
        with pytest.raises(ValueError, match=sentence):
            collective_reputation(**wrong)


def ring(firms, neighbours):
    apart = np.abs(np.subtract.outer(np.arange(firms), np.arange(firms)))
    apart = np.minimum(apart, firms - apart)
    return (apart > 0) & (apart <= neighbours // 2)


def fixation(links, ratio, weak):
    """Chance that one helper, at a random place, takes over: all states of a small network."""
    n = len(links)
    states = list(itertools.product([0, 1], repeat=n))
    number = {state: place for place, state in enumerate(states)}
    system, right = np.eye(len(states)), np.zeros(len(states))
    for state in states:
        row = number[state]
        if sum(state) in (0, n):
            right[row] = state[0]
            continue
        helps = np.array(state)
        partners = links.sum(axis=1)
        gain = ratio * (links @ helps) / partners - helps  # means over partners, as Allen's
        fitness = 1 + weak * gain
        for dying in range(n):
            near = np.flatnonzero(links[dying])
            chance = fitness[near] / fitness[near].sum()
            for parent, likely in zip(near, chance, strict=True):
                after = list(state)
                after[dying] = state[parent]
                system[row, number[tuple(after)]] -= likely / n
    found = np.linalg.solve(system, right)
    return np.mean([found[number[tuple(int(i == j) for j in range(n))]] for i in range(n)])


class TestNetworkPlay:
    @pytest.mark.parametrize("firms,neighbours", [(10, 2), (24, 2), (24, 4), (30, 6), (60, 4)])
    def test_rings_in_closed_form(self, firms, neighbours):
        expected = (firms - 2) / (firms / neighbours - 2)
        assert critical_ratio(ring(firms, neighbours)) == pytest.approx(expected)
        assert network_play(firms, neighbours).critical == pytest.approx(expected)

    def test_large_rings_need_more_than_the_number_of_partners(self):
        """Ohtsuki's rule b / c > k holds for networks that are large beside k."""
        assert network_play(60, 2).critical == pytest.approx(2, abs=0.1)
        assert network_play(60, 4).critical == pytest.approx(4, abs=0.6)

    def test_a_star_and_a_club_never_help(self):
        star = np.zeros((7, 7), dtype=bool)
        star[0, 1:] = star[1:, 0] = True
        assert math.isinf(critical_ratio(star))
        assert math.isinf(critical_ratio(~np.eye(6, dtype=bool)))

    @pytest.mark.parametrize("seed", [0, 1])
    def test_against_all_states_of_a_small_network(self, seed):
        """Below the critical ratio a helper takes over less often than by chance, above more."""
        links = ring(7, 2)
        one, other = np.random.default_rng(seed).choice([0, 2, 4, 6], 2, replace=False)
        links[one, other] = links[other, one] = True
        limit = critical_ratio(links)
        assert 2 < limit < 50
        assert fixation(links, 0.97 * limit, 1e-4) < 1 / 7 < fixation(links, 1.03 * limit, 1e-4)

    def test_shortcuts_and_an_association_make_it_harder(self):
        alone = network_play()
        assert alone.helping_spreads
        assert alone.critical < network_play(shortcuts=6).critical
        club = network_play(association=True)
        assert not club.helping_spreads
        assert len(club.links) == 25
        assert club.links[-1].sum() == 24
        assert "dies out" in club.summary()

    @pytest.mark.parametrize(
        "links,sentence",
        [
            (np.kron(np.eye(2), 1 - np.eye(3)), "no way leads from firm 1 to firm 4"),
            (np.diag([1, 0], 1) + np.diag([1, 0], -1), "no way leads from firm 1 to firm 3"),
            (np.diag([1, 1], 1), "the same on both sides"),
            (np.ones((3, 3)), "nobody deals with himself"),
            (np.ones((2, 3)), "a square table"),
        ],
    )
    def test_links_that_are_no_network(self, links, sentence):
        with pytest.raises(ValueError, match=sentence):
            critical_ratio(links)

    def test_says_when_it_never_spreads(self):
        found = network_play(6, 4)
        assert math.isinf(found.critical)
        assert "spreads at no price" in found.summary()

    def test_kept_network_cannot_be_changed(self):
        with pytest.raises(ValueError, match="read-only"):
            network_play().links[0, 0] = True

    @pytest.mark.parametrize(
        "wrong,sentence",
        [
            ({"firms": 5}, "firms must be a whole number from 6 to 60"),
            ({"neighbours": 3}, "neighbours must be even"),
            ({"neighbours": 24}, "neighbours must be a whole number from 2 to 22"),
            ({"shortcuts": -1}, "shortcuts must be a whole number"),
            ({"ratio": 0}, "ratio must be above 0"),
        ],
    )
    def test_sentences(self, wrong, sentence):
        with pytest.raises(ValueError, match=sentence):
            network_play(**wrong)
