"""Firms on a grid: Moran's I by the course and by esda, neighbours counted one by one."""

import numpy as np
import pytest

from course_lib.industrial_clusters.firm_grid import EMPTY, firm_grid
from course_lib.measures import morans_i


def torus(size):
    """Each cell's eight neighbours on a grid without edge."""
    steps = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i, j) != (0, 0)]
    return {
        row * size + column: [
            (row + down) % size * size + (column + right) % size for down, right in steps
        ]
        for row in range(size)
        for column in range(size)
    }


class TestMoran:
    @pytest.mark.parametrize("sweep", [0, 3, 20])
    def test_against_the_courses_measure_and_esda(self, sweep):
        import esda
        import libpysal

        found = firm_grid(size=12, sweep=sweep, seed=2)
        layer = (found.grid.ravel() == 0).astype(float)
        near = torus(12)
        assert found.moran[sweep] == pytest.approx(morans_i(layer, near).value)
        weights = libpysal.weights.W(near, silence_warnings=True)
        weights.transform = "r"
        assert found.moran[sweep] == pytest.approx(esda.Moran(layer, weights, permutations=0).I)

    def test_starts_near_what_chance_gives(self):
        starts = [firm_grid(size=20, seed=seed, sweeps=1, sweep=0).moran[0] for seed in range(100)]
        error = np.std(starts) / 10
        assert np.mean(starts) == pytest.approx(-1 / 399, abs=4 * error)


class TestMoves:
    def test_neighbours_counted_one_by_one(self):
        found = firm_grid(size=9, sectors=3, sweep=0, sweeps=1)
        grid, near = found.grids[0].ravel(), torus(9)
        alike, moving = [], 0
        for cell, others in near.items():
            if grid[cell] == EMPTY:
                continue
            own = sum(grid[other] == grid[cell] for other in others)
            everyone = sum(grid[other] != EMPTY for other in others)
            moving += own < found.wanted
            if everyone:
                alike.append(own / everyone)
        assert found.moving[0] == moving
        assert found.alike[0] == pytest.approx(np.mean(alike))

    @pytest.mark.parametrize("sectors", [2, 3, 5])
    def test_no_firm_is_lost(self, sectors):
        found = firm_grid(sectors=sectors, wanted=4)
        counts = [np.bincount(grid.ravel() + 1, minlength=sectors + 1) for grid in found.grids]
        assert all((count == counts[0]).all() for count in counts)
        assert np.ptp(counts[0][1:]) <= 1
        assert counts[0][0] == 240

    def test_who_is_content_stays(self):
        found = firm_grid(wanted=3, size=15)
        before, after = found.grids[0], found.grids[1]
        moved = (before != after) & (before != EMPTY)
        assert 0 < moved.sum() <= found.moving[0]

    def test_as_many_move_as_there_are_empty_cells(self):
        found = firm_grid(wanted=8, vacancy=0.05, size=20, sweeps=1, sweep=0)
        before, after = found.grids
        assert found.moving[0] > 20
        assert ((before == EMPTY) & (after != EMPTY)).sum() == 20
        assert ((before != EMPTY) & (after == EMPTY)).sum() == 20

    def test_nobody_moves_who_wants_nothing(self):
        found = firm_grid(wanted=0)
        assert (found.grids == found.grids[0]).all()
        assert found.moving.sum() == 0


class TestWhatItShows:
    def test_a_modest_wish_makes_a_sharp_pattern(self):
        """Three of eight is a minority, and more than two thirds is what comes out."""
        ends = [firm_grid(wanted=3, seed=seed).alike[-1] for seed in range(8)]
        assert min(ends) > 0.7

    def test_a_wish_that_is_too_large_makes_none(self):
        assert abs(firm_grid(wanted=7).moran[-1]) < 0.1
        assert firm_grid(wanted=7).moving[-1] > 1000

    def test_table_and_kept_grids(self):
        found = firm_grid(sweep=10)
        assert found.to_frame().index.name == "sweep"
        assert len(found.to_frame()) == 41
        with pytest.raises(ValueError, match="read-only"):
            found.grid[0, 0] = 1

    @pytest.mark.parametrize(
        "wrong,sentence",
        [
            ({"sectors": 6}, "sectors must be a whole number from 2 to 5"),
            ({"wanted": 9}, "wanted must be a whole number from 0 to 8"),
            ({"vacancy": 0}, "vacancy must be above 0 and below 1"),
            ({"size": 4}, "size must be a whole number from 5 to 200"),
            ({"sweep": 41}, "sweep must be a whole number from 0 to 40"),
            ({"sweeps": 0}, "sweeps must be a whole number of at least 1"),
        ],
    )
    def test_sentences(self, wrong, sentence):
        with pytest.raises(ValueError, match=sentence):
            firm_grid(**wrong)
