"""Urns: closed forms, all short histories counted, exponential clocks, tastes drawn one by one."""

import numpy as np
import pytest

from course_lib.industrial_clusters.lock_in import (
    arthur,
    expected_largest,
    lock_in,
)


def by_clocks(regions, pull, firms, histories, seed):
    """The same urn in another way (Rubin): each region's firms arrive by a clock of its own."""
    random = np.random.default_rng(seed)
    size = np.arange(1, firms + 1, dtype=float)
    waits = random.exponential(size=(histories, regions, firms)) / size**pull
    arrivals = waits.cumsum(axis=2).reshape(histories, -1)
    last = np.partition(arrivals, firms - 1, axis=1)[:, firms - 1]
    came = (arrivals.reshape(histories, regions, firms) <= last[:, None, None]).sum(axis=2)
    return (came + 1) / (firms + regions)


def exact(pull, firms):
    """Chance of each number of firms in the first of two regions, by going through all steps."""
    chances = {(1, 1): 1.0}
    for _ in range(firms):
        after: dict[tuple[int, int], float] = {}
        for (one, other), chance in chances.items():
            first = one**pull / (one**pull + other**pull)
            for state, likely in (((one + 1, other), first), ((one, other + 1), 1 - first)):
                after[state] = after.get(state, 0) + chance * likely
        chances = after
    return chances


class TestUrn:
    @pytest.mark.parametrize("regions,largest", [(2, 0.75), (5, 0.45666667)])
    def test_largest_share_of_a_polya_urn(self, regions, largest):
        assert expected_largest(regions) == pytest.approx(largest)
        found = lock_in(regions, 1, firms=2000, histories=4000).largest
        assert found.mean() == pytest.approx(largest, abs=4 * found.std() / 4000**0.5 + 0.001)

    def test_herfindahl_of_a_polya_urn(self):
        found = (lock_in(5, 1, firms=100, histories=20_000).ends ** 2).sum(axis=1)
        assert found.mean() == pytest.approx(0.32698413, abs=4 * found.std() / 20_000**0.5)

    @pytest.mark.parametrize("pull", [0, 0.5, 1, 2])
    def test_against_all_short_histories(self, pull):
        histories = 40_000
        ends = lock_in(2, pull, firms=4, histories=histories, seed=3).ends[:, 0] * 6
        for (one, _), chance in exact(pull, 4).items():
            spread = (chance * (1 - chance) / histories) ** 0.5
            assert (np.round(ends) == one).mean() == pytest.approx(chance, abs=4.5 * spread)

    @pytest.mark.parametrize("pull", [0.5, 1, 1.5])
    def test_against_clocks(self, pull):
        found = lock_in(4, pull, firms=200, histories=3000, seed=1).largest
        clocks = by_clocks(4, pull, 200, 3000, seed=2).max(axis=1)
        error = (found.var() / 3000 + clocks.var() / 3000) ** 0.5
        assert found.mean() == pytest.approx(clocks.mean(), abs=4.5 * error)

    @pytest.mark.parametrize("pull,largest", [(0.5, 0.517), (1, 0.750), (2, 0.999)])
    def test_three_kinds_of_pull(self, pull, largest):
        found = lock_in(2, pull, firms=5000, histories=2000).largest
        assert found.mean() == pytest.approx(largest, abs=0.015)

    def test_history_matters_only_with_pull(self):
        """Without pull the share of the first firms is forgotten; with it, it is kept."""
        for pull, kept in ((0, False), (1, True)):
            many = lock_in(2, pull, firms=1000, histories=400).ends[:, 0]
            assert bool(many.std() > 0.2) is kept

    def test_shares(self):
        found = lock_in(3, 1, firms=50, histories=7)
        assert found.path.shape == (51, 3)
        np.testing.assert_allclose(found.path.sum(axis=1), 1)
        np.testing.assert_allclose(found.ends.sum(axis=1), 1)
        np.testing.assert_allclose(found.path[-1], found.ends[0])
        np.testing.assert_allclose(found.path[0], 1 / 3)
        assert found.to_frame().columns.tolist() == ["region_1", "region_2", "region_3"]

    def test_run_again(self):
        assert lock_in(seed=1).summary() == lock_in(seed=1).summary()
        assert len({lock_in(seed=seed).winner for seed in range(30)}) == 5

    @pytest.mark.parametrize(
        "wrong,sentence",
        [
            ({"regions": 1}, "regions must be a whole number of at least 2"),
            ({"pull": -1}, "pull must be at least 0"),
            ({"pull": 500}, "pull 500 with 400 firms gives numbers too large"),
            ({"firms": 0}, "firms must be a whole number of at least 1"),
            ({"histories": 0}, "histories must be a whole number of at least 1"),
            ({"seed": -1}, "seed must be a whole number"),
        ],
    )
    def test_sentences(self, wrong, sentence):
        with pytest.raises(ValueError, match=sentence):
            lock_in(**wrong)


class TestArthur:
    def test_without_benefit_shares_are_those_of_the_logit_model(self):
        attraction = (0.0, 1.0, -0.5)
        expected = np.exp(attraction) / np.exp(attraction).sum()
        found = arthur(attraction, benefit=0, firms=400, histories=500).ends
        np.testing.assert_allclose(found.mean(axis=0), expected, atol=0.005)

    def test_against_tastes_drawn_one_by_one(self):
        random = np.random.default_rng(0)
        largest = []
        for _ in range(400):
            count = np.zeros(3, dtype=int)
            for _ in range(60):
                value = 0.1 * np.minimum(count, 25) + random.gumbel(size=3)
                count[value.argmax()] += 1
            largest.append(count.max() / 60)
        found = arthur(benefit=0.1, ceiling=25, firms=60, histories=4000).largest
        error = (np.var(largest) / 400 + found.var() / 4000) ** 0.5
        assert found.mean() == pytest.approx(np.mean(largest), abs=4.5 * error)

    def test_a_ceiling_lets_several_last(self):
        assert arthur().nearly_all > 0.9
        assert arthur(ceiling=10).nearly_all == 0

    def test_the_better_place_does_not_always_win(self):
        """Region 2 is better for everybody, and still a fifth of histories end elsewhere."""
        wins = arthur((0.0, 0.5, 0.0), histories=2000).ends.argmax(axis=1)
        assert (wins == 1).mean() == pytest.approx(0.8, abs=0.03)

    def test_starts_empty(self):
        np.testing.assert_allclose(arthur().path[0], 1 / 3)
        assert set(arthur().path[1]) == {0.0, 1.0}

    @pytest.mark.parametrize(
        "wrong,sentence",
        [
            ({"attraction": (1.0,)}, "attraction has one region"),
            ({"attraction": "good"}, "attraction must be a list of numbers"),
            ({"benefit": -1}, "benefit must be at least 0"),
            ({"benefit": 5}, "too much beside tastes for the computer"),
            ({"ceiling": 0}, "ceiling must be a whole number of at least 1"),
        ],
    )
    def test_sentences(self, wrong, sentence):
        with pytest.raises(ValueError, match=sentence):
            arthur(**wrong)
