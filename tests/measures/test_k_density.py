"""K-density: scipy's kernel, chance itself, simulated plants with a known pattern, sentences."""

import numpy as np
import pytest
from scipy.spatial.distance import pdist
from scipy.stats import gaussian_kde

from course_lib.measures import k_density

SITES = np.random.default_rng(0).uniform(0, 100, (150, 2))


def nearest(n):
    """The n sites nearest to the middle: a cluster, simulated."""
    return SITES[np.argsort(((SITES - 50) ** 2).sum(axis=1))[:n]]


class TestAgainstScipy:
    def test_density(self):
        plants = SITES[:20]
        found = k_density(plants, SITES, level=0.5, runs=100)
        apart = pdist(plants)
        kernel = gaussian_kde(apart, found.bandwidth / apart.std(ddof=1))
        reflected = kernel(found.distance) + kernel(-found.distance)
        np.testing.assert_allclose(found.density, reflected, rtol=1e-9)

    def test_silverman(self):
        apart = pdist(SITES[:20])
        spread = min(apart.std(ddof=1), np.subtract(*np.quantile(apart, [0.75, 0.25])) / 1.34)
        found = k_density(SITES[:20], SITES, level=0.5, runs=100)
        assert found.bandwidth == pytest.approx(0.9 * spread * len(apart) ** -0.2)

    def test_a_density_adds_up_to_one(self):
        found = k_density(SITES[:20], SITES, level=0.5, runs=100, furthest=250, n_distances=800)
        middles = (found.density[1:] + found.density[:-1]) / 2
        assert middles @ np.diff(found.distance) == pytest.approx(1, abs=1e-3)

    def test_looks_as_far_as_half_of_the_pairs(self):
        found = k_density(SITES[:20], SITES, level=0.5, runs=100)
        assert found.distance[0] == 0
        assert found.distance[-1] == pytest.approx(np.median(pdist(SITES)))


class TestVerdicts:
    def test_a_cluster_is_found(self):
        found = k_density(nearest(15), SITES, runs=500)
        assert found.localised
        assert not found.dispersed
        assert found.index > 0.3
        assert "localised: pairs 0 to" in found.summary()

    def test_plants_that_keep_apart(self):
        grid = np.array([[x, y] for x in range(12) for y in range(12)], dtype=float)
        lattice = grid[(grid[:, 0] % 4 == 0) & (grid[:, 1] % 4 == 0)]
        found = k_density(lattice, grid, runs=500)
        assert found.dispersed
        assert found.index == 0
        assert "keep apart" in found.summary()

    def test_borders_do_not_matter(self):
        """A cluster that a border cuts in two stays one: moving the map changes nothing."""
        first = k_density(nearest(12), SITES, runs=500)
        moved = k_density(nearest(12) + 500, SITES + 500, runs=500)
        np.testing.assert_allclose(first.density, moved.density)
        np.testing.assert_allclose(first.high, moved.high)

    def test_chance_is_called_localised_as_often_as_the_level_says(self):
        random = np.random.default_rng(1)
        verdicts = [
            k_density(
                SITES[random.choice(150, 10, replace=False)],
                SITES,
                runs=500,
                n_distances=20,
                seed=s,
            ).localised
            for s in range(200)
        ]
        # 5% of 200 is 10, with a standard deviation of 3.1; the band is a little on the safe side
        assert 3 <= sum(verdicts) <= 14

    def test_chance_that_was_not_among_the_runs_passes_the_band_as_the_level_says(self):
        from course_lib.measures.k_density import _global_band

        random = np.random.default_rng(2)
        passed = []
        for _ in range(40):
            band = _global_band(random.normal(size=(500, 30)).cumsum(axis=1), 0.05)
            others = random.normal(size=(500, 30)).cumsum(axis=1)
            passed.append((others > band).any(axis=1).mean())
        assert 0.035 < np.mean(passed) <= 0.05

    def test_too_few_runs_for_the_level(self):
        with pytest.raises(ValueError, match=r"with 100 runs no band .* as few as 5% .* more runs"):
            k_density(SITES[:20], SITES, runs=100)

    def test_table_and_seed(self):
        first, again = (k_density(SITES[:9], SITES, runs=500, seed=5) for _ in range(2))
        assert first.to_frame().equals(again.to_frame())
        assert first.to_frame().index.name == "distance"
        assert (first.low <= first.high).all()


class TestSentences:
    @pytest.mark.parametrize(
        "plants,sites,sentence",
        [
            ([[0, 0], [1, 1]], SITES, "plants must have at least 3 places"),
            (SITES, SITES[:5], "150 plants and 5 sites, so chance has no choice"),
            ([1, 2, 3], SITES, "plants must have two coordinates"),
            (SITES[:5], [["a", "b"]] * 9, "sites must have two coordinates"),
            ([[0, np.nan]] * 4, SITES, "plants must have two coordinates"),
            ([[5, 5]] * 4, SITES, "all plants stand at one point"),
            (
                [*SITES[:3], [-1, 7]],
                SITES,
                r"plant 3 stands at \(-1, 7\), which is none",
            ),
        ],
    )
    def test_places(self, plants, sites, sentence):
        with pytest.raises(ValueError, match=sentence):
            k_density(plants, sites)

    @pytest.mark.parametrize(
        "wrong,sentence",
        [
            ({"level": 1}, "level must be above 0 and below 1"),
            ({"runs": 10}, "runs must be a whole number of at least 100"),
            ({"furthest": 0}, "furthest must be above 0"),
            ({"n_distances": 1}, "n_distances must be a whole number of at least 2"),
        ],
    )
    def test_numbers(self, wrong, sentence):
        with pytest.raises(ValueError, match=sentence):
            k_density(SITES[:9], SITES, **wrong)
