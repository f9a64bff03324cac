"""Spin-offs and newcomers: Yule's distribution, Ewens' families, the two stories, sentences."""

import numpy as np
import pytest

from course_lib.industrial_clusters.spin_offs import (
    expected_firms,
    spin_offs,
)

RUNS = 1500


class TestClosedForms:
    def test_yule(self):
        assert expected_firms(0.1, 0, np.array([30])) == pytest.approx([20.08553692])
        counts = np.array([spin_offs(0.1, 0, 10, seed).firms for seed in range(RUNS)])
        start = np.exp(-1.0)
        for n in (1, 2, 3, 5):
            chance = start * (1 - start) ** (n - 1)
            spread = (chance * (1 - chance) / RUNS) ** 0.5
            assert (counts == n).mean() == pytest.approx(chance, abs=4.5 * spread)

    @pytest.mark.parametrize("spawning,arrivals", [(0.1, 0.1), (0.05, 0.5), (0, 1.0)])
    def test_mean_number_of_firms(self, spawning, arrivals):
        counts = np.array([spin_offs(spawning, arrivals, 30, seed).firms for seed in range(RUNS)])
        expected = expected_firms(spawning, arrivals, np.array([30]))[0]
        assert counts.mean() == pytest.approx(expected, abs=4.5 * counts.std() / RUNS**0.5)

    def test_expected_line_starts_at_one_firm(self):
        line = spin_offs(0.1, 0.3).expected
        assert line[0] == 1
        assert (np.diff(line) > 0).all()

    def test_families_by_ewens(self):
        """Of the first twelve firms, whenever they come: how many families?"""
        counts = []
        for seed in range(RUNS):
            found = spin_offs(0.1, 0.2, 40, seed)
            if len(found.family) >= 12:
                counts.append(len(set(found.family[:12])))
        # in year 40 nearly every history has twelve firms, so hardly any is left out
        assert len(counts) > 0.99 * RUNS
        # With k firms there the next one is a newcomer with the chance 0.2 / (0.2 + 0.1 k).
        families = 1 + sum(0.2 / (0.2 + 0.1 * k) for k in range(1, 12))
        assert np.mean(counts) == pytest.approx(families, abs=0.15)


class TestTwoStories:
    """Few families that multiply, or a place that draws: as many firms, and other trees."""

    def test_expected_numbers_agree(self):
        heirs, drawn = (
            expected_firms(*story, np.array([30]))[0] for story in ((0.1, 0.1), (0.05, 0.5))
        )
        assert heirs == pytest.approx(drawn, rel=0.01)

    def test_trees_do_not(self):
        heirs = [spin_offs(0.1, 0.1, 30, seed).largest_family for seed in range(200)]
        drawn = [spin_offs(0.05, 0.5, 30, seed).largest_family for seed in range(200)]
        assert np.mean(heirs) > 2 * np.mean(drawn)


class TestHistory:
    def test_families_add_up(self):
        found = spin_offs()
        assert found.families.sum() == found.firms == len(found.to_frame())
        assert (found.families[:-1] >= found.families[1:]).all()
        assert (np.diff(found.born) >= 0).all()
        assert found.family[0] == 0

    def test_playing_the_years_adds_firms_and_changes_none(self):
        earlier, later = spin_offs(year=20), spin_offs(year=30)
        assert earlier.firms <= later.firms
        np.testing.assert_array_equal(
            earlier.to_frame()["family"], later.to_frame()["family"][: earlier.firms]
        )

    def test_nothing_happens_without_spin_offs_and_newcomers(self):
        assert spin_offs(0, 0, 40).firms == 1
        assert "1 firm of 1 family" in spin_offs(0, 0, 40).summary()

    def test_kept_history_cannot_be_changed(self):
        with pytest.raises(ValueError, match="read-only"):
            spin_offs().born[0] = 3

    def test_a_year_before_there_are_too_many_is_shown(self):
        found = spin_offs(0.2, 10, year=20)
        assert found.firms == pytest.approx(expected_firms(0.2, 10, 20), rel=0.3)

    @pytest.mark.parametrize(
        "wrong,sentence",
        [
            ({"spawning": 0.5}, "spawning must be at least 0 and at most 0.2"),
            ({"arrivals": -1}, "arrivals must be at least 0 and at most 10"),
            ({"year": 41}, "year must be a whole number from 0 to 40"),
            ({"spawning": 0.2, "arrivals": 10, "year": 40}, "more than 20,000 firms in year 3"),
        ],
    )
    def test_sentences(self, wrong, sentence):
        with pytest.raises(ValueError, match=sentence):
            spin_offs(**wrong)
