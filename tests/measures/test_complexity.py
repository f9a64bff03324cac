"""Presence, proximity, relatedness, complexity: closed forms, ecomplexity, sentences."""

import math
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from course_lib.measures import (
    economic_complexity,
    location_quotient,
    presence,
    proximity,
    relatedness,
)

STAIRCASE = pd.DataFrame(
    np.tril(np.ones((4, 4)))[::-1], index=list("ABCD"), columns=["1", "2", "3", "4"]
)
HAS = arrays(
    np.int64, st.tuples(st.integers(3, 7), st.integers(3, 7)), elements=st.integers(0, 1)
).filter(lambda has: (has.sum(0) > 0).all() and (has.sum(1) > 0).all())


def judged_by_ecomplexity(table):
    """What the package ecomplexity makes of a table of jobs, as arrays; it prints and warns."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from ecomplexity import ecomplexity

        tidy = pd.DataFrame(table).stack().rename("jobs").reset_index()
        tidy.columns = ["region", "industry", "jobs"]
        names = {"time": "year", "loc": "region", "prod": "industry", "val": "jobs"}
        found = ecomplexity(
            tidy.assign(year=2019), names, check_logsupermodularity=False, verbose=False
        )
    wide = {
        name: found.pivot(index="region", columns="industry", values=name)
        for name in ("mcp", "density", "eci", "pci")
    }
    return (
        wide["mcp"].to_numpy(dtype=float),
        wide["density"].to_numpy(),
        wide["eci"].to_numpy()[:, 0],
        wide["pci"].to_numpy()[0],
    )


def same_up_to_sign(found, expected):
    """Mean and scale taken off, so that only the order and the distances count."""
    first, second = ((x - x.mean()) / x.std() for x in (np.asarray(found), np.asarray(expected)))
    return min(abs(first - second).max(), abs(first + second).max()) < 1e-6


class TestClosedForms:
    def test_staircase(self):
        """Who has much has what few have: eigenvalues 1, 1/4, 1/9, 1/16."""
        found = economic_complexity(STAIRCASE)
        expected = [1.34164079, 0.4472136, -0.4472136, -1.34164079]
        np.testing.assert_allclose(found.regions, expected, atol=5e-9)
        assert found.eigenvalue == pytest.approx(1 / 4)
        assert found.diversity.tolist() == [4, 3, 2, 1]
        assert found.ubiquity.tolist() == [4, 3, 2, 1]
        assert found.industries.is_monotonic_increasing  # the rarest is the most complex

    def test_proximity_of_the_staircase(self):
        # each region that has the rarer one also has the other
        expected = [[min(i, j) / max(i, j) for j in (4, 3, 2, 1)] for i in (4, 3, 2, 1)]
        np.testing.assert_allclose(proximity(STAIRCASE), expected)

    def test_relatedness_by_hand(self):
        # region D has only industry 1; near to 2 are 1 (3/4), 3 (2/3) and 4 (1/3)
        found = relatedness(STAIRCASE).loc["D", "2"]
        assert found == pytest.approx((3 / 4) / (3 / 4 + 2 / 3 + 1 / 3))
        assert relatedness(STAIRCASE).loc["A"].tolist() == [1, 1, 1, 1]
        assert relatedness(STAIRCASE).loc["D", "1"] == 0  # what it has of itself does not count

    def test_presence(self):
        table = pd.DataFrame([[60, 30, 10], [20, 60, 20], [20, 30, 150]])
        assert presence(table).to_numpy().tolist() == [[1, 1, 0], [0, 1, 0], [0, 0, 1]]
        assert presence(table, threshold=2).to_numpy().sum() == 2


class TestAgainstEcomplexity:
    @pytest.mark.parametrize("shape,seed", [((12, 8), 0), ((8, 15), 1), ((40, 25), 2)])
    def test_same_numbers(self, shape, seed):
        table = np.random.default_rng(seed).lognormal(3, 1.2, shape)
        mcp, density, eci, pci = judged_by_ecomplexity(table)
        has = presence(table)
        np.testing.assert_array_equal(has, mcp)
        found = economic_complexity(has)
        assert same_up_to_sign(found.regions, eci)
        assert same_up_to_sign(found.industries, pci)
        near = proximity(has).to_numpy()
        # ecomplexity counts an industry as near to itself: take that off again
        expected = (density * near.sum(axis=0) - mcp) / (near.sum(axis=0) - 1)
        np.testing.assert_allclose(relatedness(has), expected, atol=1e-9)

    def test_proximity(self):
        table = np.random.default_rng(3).lognormal(3, 1.2, (15, 9))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from ecomplexity.calc_proximity import calc_discrete_proximity
        has = presence(table).to_numpy()
        np.testing.assert_allclose(proximity(has), calc_discrete_proximity(has, has.sum(axis=0)))


class TestIdentities:
    @settings(max_examples=50)
    @given(HAS)
    def test_proximity_is_symmetric_and_bounded(self, has):
        near = proximity(has).to_numpy()
        np.testing.assert_allclose(near, near.T)
        np.testing.assert_allclose(np.diag(near), 1)
        assert ((near >= 0) & (near <= 1)).all()

    @settings(max_examples=50)
    @given(HAS)
    def test_relatedness_is_a_share(self, has):
        near = proximity(has).to_numpy() - np.eye(has.shape[1])
        assume((near.sum(axis=0) > 0).all())
        found = relatedness(has).to_numpy()
        assert ((found >= -1e-12) & (found <= 1 + 1e-12)).all()

    @settings(max_examples=50)
    @given(HAS)
    def test_a_regions_index_is_the_mean_of_its_industries(self, has):
        try:
            found = economic_complexity(has)
        except ValueError:
            assume(False)
        means = (has * found.industries.to_numpy()).sum(axis=1) / has.sum(axis=1)
        np.testing.assert_allclose(found.regions, means, atol=1e-6)
        assert found.regions.mean() == pytest.approx(0, abs=1e-9)
        assert found.regions.std(ddof=0) == pytest.approx(1)

    @settings(max_examples=30)
    @given(HAS, st.randoms(use_true_random=False))
    def test_the_order_of_rows_does_not_matter(self, has, random):
        frame = pd.DataFrame(has)
        try:
            found = economic_complexity(frame)
        except ValueError:
            assume(False)
        assume(abs(np.corrcoef(found.diversity, found.regions)[0, 1]) > 1e-6)
        order = list(frame.index)
        random.shuffle(order)
        again = economic_complexity(frame.loc[order]).regions.loc[frame.index]
        np.testing.assert_allclose(again, found.regions, atol=1e-6)

    @settings(max_examples=30)
    @given(HAS)
    def test_keep_is_the_same_where_nothing_is_withheld(self, has):
        near = proximity(has)
        pd.testing.assert_frame_equal(proximity(has, withheld="keep"), near)


class TestWithheldCells:
    holes = STAIRCASE.replace({"3": {1.0: math.nan}})  # nobody knows who has industry 3
    hole = STAIRCASE.copy()
    hole.loc["B", "3"] = math.nan

    @pytest.mark.parametrize("measure", [proximity, relatedness, economic_complexity])
    def test_refused(self, measure):
        with pytest.raises(ValueError, match="row 'B', column '3' has no number: withheld is not"):
            measure(self.hole)

    def test_presence_keeps_them_missing(self):
        table = pd.DataFrame([[60.0, 30, 10], [20, 60, math.nan], [20, 30, 150]])
        totals = {
            "region_totals": [100, 100, 200],
            "industry_totals": [100, 120, 180],
            "national_total": 400,
        }
        found = presence(table, withheld="keep", **totals)
        assert found.isna().to_numpy().tolist() == [[False] * 3, [False, False, True], [False] * 3]
        with pytest.raises(ValueError, match="withheld is not zero"):
            presence(table)

    def test_a_pair_is_judged_where_both_are_known(self):
        near = proximity(self.hole, withheld="keep")
        # 3 is known in A, C and D: of A, C, D all three have 1, and one has 3
        assert near.loc["1", "3"] == pytest.approx(1 / 3)
        assert near.loc["1", "2"] == pytest.approx(3 / 4)
        # if the gap were read as zero it would be 1/4
        assert proximity(self.hole.fillna(0)).loc["1", "3"] == pytest.approx(1 / 4)

    def test_relatedness_counts_only_what_is_known(self):
        near = proximity(self.hole, withheld="keep")
        found = relatedness(self.hole, withheld="keep").loc["B", "4"]
        parts = near.loc[["1", "2"], "4"]
        assert found == pytest.approx(parts.sum() / parts.sum())  # B has both that are known
        assert relatedness(self.hole.fillna(0)).loc["B", "4"] < found

    def test_an_industry_that_nobody_publishes(self):
        with pytest.raises(ValueError, match="no region has the industry '3'"):
            proximity(self.holes, withheld="keep")

    def test_a_pair_that_cannot_be_judged(self):
        table = pd.DataFrame({"1": [1, None], "2": [None, 1]}, index=["A", "B"])
        with pytest.raises(ValueError, match="'1' and '2' are in no region both published"):
            proximity(table, withheld="keep")


class TestSentences:
    def test_jobs_instead_of_presence(self):
        with pytest.raises(ValueError, match="must hold 0 or 1, but row 0, column 1 has 7"):
            proximity([[1, 7], [1, 1]])

    def test_unknown_word(self):
        with pytest.raises(ValueError, match='withheld must be "refuse" or "keep"'):
            proximity(STAIRCASE, withheld="drop")

    def test_threshold(self):
        with pytest.raises(ValueError, match="threshold must be above 0"):
            presence(STAIRCASE, threshold=0)

    def test_nobody_has_it(self):
        with pytest.raises(ValueError, match="no region has the industry 'none'"):
            economic_complexity(STAIRCASE.assign(none=0))

    def test_a_region_with_nothing(self):
        table = STAIRCASE.copy()
        table.loc["D"] = 0
        with pytest.raises(ValueError, match="'D' has none of the industries"):
            economic_complexity(table)

    def test_nothing_is_near(self):
        with pytest.raises(ValueError, match="nothing that is known in 0 is near to 0"):
            relatedness(np.eye(3))

    def test_groups(self):
        with pytest.raises(ValueError, match="fall into groups"):
            economic_complexity(np.kron(np.eye(2), np.ones((2, 2))))

    def test_all_alike(self):
        with pytest.raises(ValueError, match="all regions have the same industries"):
            economic_complexity(np.ones((3, 3)))

    def test_two_orders(self):
        # three regions, each without one of three industries: no order is better than another
        with pytest.raises(ValueError, match="equally well"):
            economic_complexity(1 - np.eye(3))

    def test_too_few(self):
        with pytest.raises(ValueError, match=r"at least two.*\(got 1 and 3\)"):
            economic_complexity([[1, 1, 1]])

    def test_quotient_of_one_counts_as_present(self):
        table = pd.DataFrame([[1, 1], [1, 1]])
        assert (location_quotient(table) == 1).all().all()
        assert (presence(table) == 1).all().all()
