"""Moran's I: grids in closed form, US states, esda, all arrangements counted, sentences."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.measures import contiguity_grid, morans_i

GRID = contiguity_grid(4, 4)
CHECKERBOARD = [(row + column) % 2 for row in range(4) for column in range(4)]
HALVES = [int(column < 2) for row in range(4) for column in range(4)]
ROW_OF_THREE = {"a": ["b"], "b": ["a", "c"], "c": ["b"]}


def as_pysal(neighbours, n):
    """The same pairs as PySAL's weights, row-standardised."""
    import libpysal

    of = {region: [] for region in range(n)}
    for region, neighbour in neighbours:
        of[region].append(neighbour)
    weights = libpysal.weights.W(of, silence_warnings=True)
    weights.transform = "r"
    return weights


class TestAgainstClosedForms:
    def test_checkerboard(self):
        assert morans_i(CHECKERBOARD, GRID).value == pytest.approx(-1)

    def test_halves(self):
        assert morans_i(HALVES, GRID).value == pytest.approx(0.70833333, abs=5e-9)

    def test_expected(self):
        assert morans_i(HALVES, GRID).expected == pytest.approx(-0.06666667, abs=5e-9)

    def test_row_of_three(self):
        # deviations -1, 0, 1: the middle's neighbours have the mean 0, the ends' neighbour is 0
        found = morans_i(pd.Series({"a": 1, "b": 2, "c": 3}), ROW_OF_THREE)
        assert found.value == pytest.approx(0)
        assert found.spatial_lag.to_dict() == {"a": 2, "b": 2, "c": 2}


class TestAgainstFigures:
    # 48 US states, income per head, shared borders
    @pytest.mark.parametrize("year,value", [(1929, 0.62692688), (2009, 0.42876895)])
    def test_states(self, us_income, us_neighbours, year, value):
        found = morans_i(us_income.loc[year], us_neighbours)
        assert found.value == pytest.approx(value, abs=5e-9)
        assert found.is_significant


class TestAgainstEsda:
    @pytest.mark.parametrize("year", [1929, 1969, 2009])
    def test_states(self, us_income, us_neighbours, us_weights, year):
        import esda
        import libpysal

        ours = morans_i(us_income.loc[year], us_neighbours)
        theirs = esda.Moran(us_income.loc[year].to_numpy(float), us_weights, permutations=0)
        assert ours.value == pytest.approx(theirs.I)
        assert ours.expected == pytest.approx(theirs.EI)
        assert ours.z == pytest.approx(theirs.z_norm)
        assert ours.p_value == pytest.approx(theirs.p_norm)
        lag = libpysal.weights.lag_spatial(us_weights, us_income.loc[year].to_numpy(float))
        np.testing.assert_allclose(ours.spatial_lag, lag)

    @pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning:esda")
    @settings(max_examples=50)
    @given(st.data(), st.integers(4, 9))
    def test_any_neighbours_even_one_sided(self, data, n):
        import esda

        every = [(i, j) for i in range(n) for j in range(n) if i != j]
        pairs = set(data.draw(st.lists(st.sampled_from(every), max_size=20)))
        pairs |= {(i, (i + 1) % n) for i in range(n)}
        values = data.draw(st.lists(st.integers(-50, 50), min_size=n, max_size=n))
        if len(pairs) == len(every) or len(set(values)) == 1:
            return  # no pattern to be seen: see the sentences below
        ours = morans_i(values, pd.DataFrame(sorted(pairs), columns=["region", "neighbour"]))
        theirs = esda.Moran(np.array(values, float), as_pysal(sorted(pairs), n), permutations=0)
        assert ours.value == pytest.approx(theirs.I, abs=1e-9)
        assert ours.z == pytest.approx(theirs.z_norm, abs=1e-9)
        assert ours.p_value == pytest.approx(theirs.p_norm, abs=1e-9)


class TestPermutations:
    def test_all_arrangements_of_six(self):
        """The p-value by chance comes near that of all 720 arrangements, counted out."""
        values = np.array([1.0, 2, 2, 5, 4, 9])
        row = {i: [j for j in (i - 1, i + 1) if 0 <= j < 6] for i in range(6)}
        found = morans_i(values, row, permutations=4000, seed=1)

        def distance(arrangement):
            z = np.array(arrangement) - values.mean()
            lag = [np.mean(z[row[i]]) for i in range(6)]
            return abs(z @ lag / (z @ z) - found.expected)

        all_of_them = [distance(order) for order in itertools.permutations(values)]
        exact = np.mean(np.array(all_of_them) >= distance(values) - 1e-12)
        assert 0.01 < exact < 0.99
        assert found.p_value == pytest.approx(exact, abs=4 * math.sqrt(exact * (1 - exact) / 4000))

    def test_a_strong_pattern_is_never_reached(self, us_income, us_neighbours):
        found = morans_i(us_income.loc[1929], us_neighbours, permutations=99)
        assert found.p_value == 1 / 100
        assert found.permutations == 99

    def test_the_seed_decides(self, us_income, us_neighbours):
        noise = pd.Series(np.random.default_rng(0).normal(size=48), index=us_income.columns)
        p_values = [
            morans_i(noise, us_neighbours, permutations=99, seed=seed).p_value
            for seed in (5, 5, 6, 7, 8)
        ]
        assert p_values[0] == p_values[1]
        assert len(set(p_values)) > 1

    def test_the_value_does_not_depend_on_it(self, us_income, us_neighbours):
        by_chance = morans_i(us_income.loc[1929], us_neighbours, permutations=9)
        by_formula = morans_i(us_income.loc[1929], us_neighbours)
        assert (by_chance.value, by_chance.z) == (by_formula.value, by_formula.z)


class TestIdentities:
    @settings(max_examples=30)
    @given(
        st.lists(st.integers(-100, 100), min_size=16, max_size=16).filter(
            lambda x: len(set(x)) > 1
        ),
        st.floats(0.1, 10),
        st.floats(-100, 100),
    )
    def test_unit_and_origin_do_not_matter(self, values, factor, shift):
        found = morans_i(values, GRID)
        moved = morans_i([factor * value + shift for value in values], GRID)
        assert moved.value == pytest.approx(found.value, abs=1e-6)
        assert -1 - 1e-12 <= found.value <= 1 + 1e-12  # neighbours on both sides: within -1, 1

    def test_the_slope_of_the_scatter(self, us_income, us_neighbours):
        found = morans_i(us_income.loc[1929], us_neighbours)
        frame = found.to_frame()
        slope = np.polyfit(frame["value"], frame["spatial_lag"], 1)[0]
        assert slope == pytest.approx(found.value)

    def test_neighbours_as_dict_or_table(self, us_income, us_neighbours):
        of = us_neighbours.groupby("state")["neighbour"].apply(list).to_dict()
        table = morans_i(us_income.loc[1929], us_neighbours)
        assert morans_i(us_income.loc[1929], of).value == pytest.approx(table.value)
        shuffled = us_income.loc[1929].sample(frac=1, random_state=3)
        assert morans_i(shuffled, us_neighbours).value == pytest.approx(table.value)


class TestGrid:
    @pytest.mark.parametrize("rule", ["rook", "queen"])
    @pytest.mark.parametrize("shape", [(4, 4), (2, 5), (1, 3)])
    def test_like_libpysal(self, shape, rule):
        import libpysal

        theirs = libpysal.weights.lat2W(*shape, rook=rule == "rook", id_type="int")
        ours = contiguity_grid(*shape, rule).groupby("region")["neighbour"].apply(set).to_dict()
        assert ours == {cell: set(others) for cell, others in theirs.neighbors.items()}

    def test_numbers_are_int64(self):
        assert (GRID.dtypes == np.int64).all()

    @pytest.mark.parametrize("size", [0, -1, 2.0, True, "four"])
    def test_size(self, size):
        with pytest.raises(ValueError, match="rows must be a whole number of at least 1"):
            contiguity_grid(size, 4)
        with pytest.raises(ValueError, match="columns must be a whole number of at least 1"):
            contiguity_grid(4, size)

    def test_rule(self):
        with pytest.raises(ValueError, match='rule must be "rook" or "queen"'):
            contiguity_grid(4, 4, "bishop")


class TestSummary:
    def test_alike(self, us_income, us_neighbours):
        assert morans_i(us_income.loc[1929], us_neighbours).summary() == (
            "Moran's I of 48 regions is 0.627, and without any pattern it would be about -0.021: "
            "neighbours are more alike than chance would make them at the 5% level."
        )

    def test_unlike(self):
        assert "more unlike than chance" in morans_i(CHECKERBOARD, GRID).summary()

    def test_no_pattern(self):
        found = morans_i(pd.Series({"a": 1, "b": 2, "c": 3}), ROW_OF_THREE)
        assert "the difference may be chance" in found.summary()


class TestSentences:
    VALUES = pd.Series({"a": 1, "b": 2, "c": 4})

    def test_island(self):
        with pytest.raises(ValueError, match="'d' has no neighbours"):
            morans_i(pd.Series({"a": 1, "b": 2, "c": 4, "d": 3}), ROW_OF_THREE)
        with pytest.raises(ValueError, match="'c' has no neighbours"):
            morans_i(self.VALUES, {"a": ["b"], "b": ["a"], "c": []})

    def test_neighbour_without_a_number(self):
        with pytest.raises(ValueError, match="neighbours has 'd', and values has no number for it"):
            morans_i(self.VALUES, ROW_OF_THREE | {"c": ["b", "d"]})
        with pytest.raises(ValueError, match="neighbours has 'd', and values has no number for it"):
            morans_i(self.VALUES, ROW_OF_THREE | {"d": ["a"]})

    def test_own_neighbour(self):
        with pytest.raises(ValueError, match="'c' is its own neighbour"):
            morans_i(self.VALUES, ROW_OF_THREE | {"c": ["b", "c"]})

    def test_pair_twice(self):
        with pytest.raises(ValueError, match="the pair 'c', 'b' stands there twice"):
            morans_i(self.VALUES, ROW_OF_THREE | {"c": ["b", "b"]})

    def test_region_twice(self):
        with pytest.raises(ValueError, match="'a' stands in values twice"):
            morans_i(pd.Series([1, 2, 3], index=list("aab")), ROW_OF_THREE)

    def test_all_are_neighbours_of_all(self):
        everyone = {"a": ["b", "c"], "b": ["a", "c"], "c": ["a", "b"]}
        with pytest.raises(ValueError, match="every region is a neighbour of every other"):
            morans_i(self.VALUES, everyone)

    def test_columns(self):
        table = pd.DataFrame({"region": ["a"], "neighbour": ["b"], "km": [3]})
        with pytest.raises(ValueError, match=r"two columns.*\(got region, neighbour, km\)"):
            morans_i(self.VALUES, table)

    @pytest.mark.parametrize("value", [0.1, 0, -3e8])
    def test_all_equal(self, value):
        with pytest.raises(ValueError, match="all values are equal"):
            morans_i(pd.Series(dict.fromkeys("abc", value)), ROW_OF_THREE)

    def test_too_few(self):
        with pytest.raises(ValueError, match=r"at least three regions \(got 2\)"):
            morans_i([1, 2], {0: [1], 1: [0]})

    def test_missing(self):
        with pytest.raises(ValueError, match="values has no number for 'b'"):
            morans_i(pd.Series({"a": 1, "b": None, "c": 4}), ROW_OF_THREE)

    @pytest.mark.parametrize("number", [-1, 1.5, "many"])
    def test_permutations_and_seed(self, number):
        with pytest.raises(ValueError, match="permutations must be a whole number of at least 0"):
            morans_i(self.VALUES, ROW_OF_THREE, permutations=number)
        with pytest.raises(ValueError, match="seed must be a whole number of at least 0"):
            morans_i(self.VALUES, ROW_OF_THREE, permutations=9, seed=number)
