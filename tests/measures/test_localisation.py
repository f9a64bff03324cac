"""Ellison and Glaeser's index: worked values, known truths, all throws counted, sentences."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.measures import (
    dartboard,
    ellison_glaeser,
    plant_herfindahl,
    plant_herfindahl_bounds,
)

REGIONS = list("ABCD")
BOARD = pd.Series([0.4, 0.3, 0.2, 0.1], REGIONS)


def one_industry(shares):
    return pd.DataFrame({"ships": shares}, index=REGIONS)


def sizes(least=2):
    return st.lists(st.integers(1, 500), min_size=least, max_size=12)


class TestWorkedValues:
    def test_formula(self):
        # a check of the formula only: no five plants of these sizes give these shares
        lumps = plant_herfindahl([40, 20, 20, 10, 10])
        assert lumps == pytest.approx(0.26)
        found = ellison_glaeser(
            one_industry([0.7, 0.1, 0.1, 0.1]), [lumps], region_shares=BOARD
        ).loc["ships"]
        assert found["raw_concentration"] == pytest.approx(0.14)
        assert found["gamma"] == pytest.approx(-0.08108108, abs=5e-9)
        # raw concentration 0.2 is less than lumpiness explains
        assert found["raw_concentration"] / (1 - (BOARD**2).sum()) == pytest.approx(0.2)

    def test_shares_that_plants_can_have(self):
        # 40 + 20 + 10 in A, 20 in B, 10 in C
        found = ellison_glaeser(one_industry([70, 20, 10, 0]), [0.26], region_shares=BOARD)
        raw = 0.3**2 + 0.1**2 + 0.1**2 + 0.1**2
        assert found["gamma"].item() == pytest.approx((raw / 0.7 - 0.26) / 0.74)
        assert found["gamma"].item() == pytest.approx(-0.120, abs=5e-4)

    def test_ten_equal_plants_in_one_region(self):
        found = ellison_glaeser(one_industry([10, 0, 0, 0]), [0.1], region_shares=BOARD)
        assert found["raw_concentration"].item() == pytest.approx(0.5)
        assert found["gamma"].item() == pytest.approx(0.68253968, abs=5e-9)


class TestIdentities:
    @settings(max_examples=60)
    @given(sizes(), st.data())
    def test_against_the_sum_over_pairs_of_plants(self, plants, data):
        """Gamma counts pairs: the same number from the plants themselves, region by region."""
        where = data.draw(st.lists(st.integers(0, 3), min_size=len(plants), max_size=len(plants)))
        x = BOARD.to_numpy()
        z = np.array(plants) / sum(plants)
        pairs = 0.0
        for i, j in itertools.permutations(range(len(plants)), 2):
            same = float(where[i] == where[j])
            pairs += z[i] * z[j] * (same - x[where[i]] - x[where[j]] + (x**2).sum())
        # each plant with itself is what lumpiness would add on average: H (1 - sum x^2)
        own = sum(
            z[i] ** 2 * (1 - 2 * x[where[i]] + (x**2).sum() - (1 - (x**2).sum()))
            for i in range(len(plants))
        )
        room, lumps = 1 - (x**2).sum(), (z**2).sum()
        people = np.bincount(where, weights=plants, minlength=4)
        if lumps < 1:
            found = ellison_glaeser(one_industry(people), [lumps], region_shares=x)
            assert found["gamma"].item() == pytest.approx(
                (pairs + own) / room / (1 - lumps), abs=1e-9
            )

    def test_spread_as_everybody_is(self):
        """No raw concentration at all: as far below zero as the plants are lumpy."""
        found = ellison_glaeser(one_industry(BOARD), [0.2], region_shares=BOARD)
        assert found["gamma"].item() == pytest.approx(-0.2 / 0.8)

    def test_all_industries_give_the_regions_their_shares(self):
        table = pd.DataFrame({"ships": [6, 2], "shoes": [2, 6]}, index=["coast", "valley"])
        found = ellison_glaeser(table, {"shoes": 0.1, "ships": 0.2})
        assert found["raw_concentration"].tolist() == pytest.approx([0.125, 0.125])
        assert found["plant_herfindahl"].tolist() == [0.2, 0.1]  # matched by name

    def test_table_is_left_as_it_was(self):
        table = one_industry([7, 1, 1, 1])
        ellison_glaeser(table, [0.2], region_shares=BOARD)
        pd.testing.assert_frame_equal(table, one_industry([7, 1, 1, 1]))


class TestPlantHerfindahl:
    @settings(max_examples=50)
    @given(sizes(1))
    def test_bounds_of_equals(self, plants):
        assert 1 / len(plants) - 1e-12 <= plant_herfindahl(plants) <= 1 + 1e-12

    def test_by_industry(self):
        found = plant_herfindahl([1, 1, 3, 1], ["b", "b", "a", "a"])
        assert found.to_dict() == {"a": pytest.approx(10 / 16), "b": pytest.approx(0.5)}

    @settings(max_examples=60)
    @given(sizes(), st.data())
    def test_published_cells_enclose_the_truth(self, plants, data):
        where = data.draw(st.lists(st.integers(0, 2), min_size=len(plants), max_size=len(plants)))
        jobs = pd.DataFrame({"x": np.bincount(where, weights=plants, minlength=3)})
        count = pd.DataFrame({"x": np.bincount(where, minlength=3)})
        bounds = plant_herfindahl_bounds(jobs, count).loc["x"]
        assert bounds["low"] - 1e-12 <= plant_herfindahl(plants) <= bounds["high"] + 1e-12

    def test_bounds_are_reached(self):
        jobs, count = pd.DataFrame({"x": [9, 4]}), pd.DataFrame({"x": [3, 2]})
        bounds = plant_herfindahl_bounds(jobs, count).loc["x"]
        assert bounds["low"] == pytest.approx(plant_herfindahl([3, 3, 3, 2, 2]))
        assert bounds["high"] == pytest.approx(plant_herfindahl([7, 1, 1, 3, 1]))

    def test_more_plants_than_persons(self):
        jobs, count = pd.DataFrame({"x": [2, 4]}), pd.DataFrame({"x": [5, 2]})
        bounds = plant_herfindahl_bounds(jobs, count).loc["x"]
        assert bounds["low"] == pytest.approx(plant_herfindahl([1, 1, 2, 2]))
        assert bounds["high"] == pytest.approx(plant_herfindahl([1, 1, 3, 1]))

    def test_a_region_without_the_industry(self):
        jobs, count = pd.DataFrame({"x": [9, 0]}), pd.DataFrame({"x": [3, 0]})
        assert plant_herfindahl_bounds(jobs, count).loc["x", "low"] == pytest.approx(1 / 3)


class TestDartboard:
    @pytest.mark.parametrize("gamma,known", [(0, 0.001), (0.1, 0.103), (0.3, 0.298)])
    def test_known_truths_within_their_own_standard_error(self, gamma, known):
        thrown = dartboard([1] * 20, BOARD, gamma=gamma, runs=20_000, seed=1)
        assert abs(thrown.mean - gamma) < 3 * thrown.standard_error
        assert thrown.mean == pytest.approx(known, abs=0.006)

    @settings(max_examples=15)
    @given(sizes(4), st.sampled_from([0.0, 0.02, 0.2, 0.6]), st.integers(0, 100))
    def test_unbiased_for_any_plants(self, plants, gamma, seed):
        thrown = dartboard(plants, BOARD, gamma=gamma, runs=4000, seed=seed)
        assert abs(thrown.mean - gamma) < 5 * thrown.standard_error + 1e-12

    def test_each_throw_counted(self):
        """Three plants, two regions: all eight throws, weighed by their probability."""
        x, plants = [0.7, 0.3], [5, 3, 2]
        lumps, expected = plant_herfindahl(plants), 0.0
        raws = set()
        for where in itertools.product([0, 1], repeat=3):
            people = np.bincount(where, weights=plants, minlength=2)
            table = pd.DataFrame({"i": people}, index=["A", "B"])
            gamma = ellison_glaeser(table, [lumps], region_shares=x)["gamma"].item()
            expected += math.prod(x[place] for place in where) * gamma
            raws.add(round(gamma, 9))
        assert expected == pytest.approx(0, abs=1e-12)
        thrown = dartboard(plants, x, runs=500)
        assert set(np.round(thrown.estimates, 9)) <= raws

    def test_all_in_one(self):
        thrown = dartboard([3, 2, 1], BOARD, gamma=1, runs=200)
        assert len(set(thrown.first_throw)) == 1
        assert thrown.estimates.max() > 1  # a small region is further from everybody's map
        many = dartboard([3, 2, 1], BOARD, gamma=1, runs=40_000)
        assert many.mean == pytest.approx(1, abs=4 * many.standard_error)

    def test_the_seed_is_the_only_chance(self):
        first, again = (dartboard([1, 2, 3], BOARD, runs=50, seed=3) for _ in range(2))
        np.testing.assert_array_equal(first.estimates, again.estimates)
        assert (dartboard([1, 2, 3], BOARD, runs=50, seed=4).estimates != first.estimates).any()

    def test_tells_what_it_found(self):
        thrown = dartboard([1] * 4, BOARD, runs=50)
        assert "4 simulated plants, thrown 50 times" in thrown.summary()
        assert thrown.to_frame().shape == (50, 2)
        assert thrown.to_frame().index.name == "throw"


class TestSentences:
    def test_one_region(self):
        with pytest.raises(ValueError, match="there is one region"):
            ellison_glaeser(pd.DataFrame({"ships": [5]}), [0.3])
        with pytest.raises(ValueError, match="region_shares has one region"):
            dartboard([1, 2], [1.0])
        with pytest.raises(ValueError, match="give 'A' everything"):
            ellison_glaeser(one_industry([1, 2, 3, 4]), [0.3], region_shares=[1, 0, 0, 0])

    def test_one_firm(self):
        with pytest.raises(ValueError, match="'ships' is 1, and one plant alone has 1"):
            ellison_glaeser(one_industry([1, 0, 0, 0]), [plant_herfindahl([5])])
        with pytest.raises(ValueError, match="plant_sizes has one plant"):
            dartboard([5], BOARD)

    @pytest.mark.parametrize("shares", [[0.4, 0.3, 0.2, 0.2], [40, 30, 20, 10]])
    def test_shares_that_do_not_add_up(self, shares):
        with pytest.raises(ValueError, match=r"region_shares add up to 1.*shares of one whole"):
            ellison_glaeser(one_industry([1, 2, 3, 4]), [0.3], region_shares=shares)
        with pytest.raises(ValueError, match="region_shares add up to 1"):
            dartboard([1, 2], shares)

    def test_a_plant_of_size_zero(self):
        with pytest.raises(ValueError, match=r"plant of size zero \(1\).*leave it out"):
            plant_herfindahl([5, 0, 3])
        with pytest.raises(ValueError, match="plant of size zero"):
            dartboard([5, 0], BOARD)

    def test_withheld_is_not_zero(self):
        with pytest.raises(ValueError, match=r"row 'C', column 'ships'.*withheld is not zero"):
            ellison_glaeser(one_industry([5, 2, None, 1]), [0.3])

    def test_an_industry_with_nobody(self):
        with pytest.raises(ValueError, match="the column 'ships' adds up to zero"):
            ellison_glaeser(one_industry([0, 0, 0, 0]), [0.3], region_shares=BOARD)

    @pytest.mark.parametrize("wrong", [[-0.1], [0]])
    def test_herfindahl_that_is_none(self, wrong):
        with pytest.raises(ValueError, match="plant_herfindahl must be above zero"):
            ellison_glaeser(one_industry([1, 2, 3, 4]), wrong)

    def test_lists_that_do_not_fit(self):
        with pytest.raises(ValueError, match="equally long"):
            ellison_glaeser(one_industry([1, 2, 3, 4]), [0.3, 0.2])
        with pytest.raises(ValueError, match="equally long"):
            plant_herfindahl([1, 2, 3], ["a", "b"])
        with pytest.raises(ValueError, match="a plant has no industry"):
            plant_herfindahl([1, 2], ["a", None])

    def test_cells_that_cannot_be(self):
        jobs = pd.DataFrame({"x": [9, 4]}, index=["A", "B"])
        with pytest.raises(ValueError, match="row 'B', column 'x' has 4 persons and no plant"):
            plant_herfindahl_bounds(jobs, pd.DataFrame({"x": [3, 0]}, index=["A", "B"]))
        with pytest.raises(ValueError, match="the same rows and columns"):
            plant_herfindahl_bounds(jobs, pd.DataFrame({"x": [3, 1]}, index=["B", "A"]))

    @pytest.mark.parametrize(
        "wrong,sentence",
        [
            ({"gamma": 1.2}, "gamma must be at least 0 and at most 1"),
            ({"runs": 1}, "runs must be a whole number of at least 2"),
            ({"seed": -1}, "seed must be a whole number"),
        ],
    )
    def test_throws_that_are_none(self, wrong, sentence):
        with pytest.raises(ValueError, match=sentence):
            dartboard([1, 2], BOARD, **wrong)
