"""The cluster map: a worked table, its parts, withheld cells, sentences."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from course_lib.measures import cluster_map, location_quotient

WORKED = pd.DataFrame(
    [[60, 30, 10], [20, 60, 20], [20, 30, 150]], index=list("ABC"), columns=["1", "2", "3"]
)
TOTALS = {
    "region_totals": WORKED.sum(axis=1),
    "industry_totals": WORKED.sum(axis=0),
    "national_total": 400,
}
TABLES = arrays(
    np.int64, st.tuples(st.integers(2, 6), st.integers(2, 6)), elements=st.integers(1, 40)
)


def strong(found):
    return found.index[found["strong"]].tolist()


class TestWorkedTable:
    def test_the_best_of_three(self):
        found = cluster_map(WORKED, top=1 / 3)
        assert strong(found) == [("A", "1"), ("B", "2"), ("C", "3")]
        assert found.loc[("A", "1")].to_dict() == {
            "employment": 60,
            "location_quotient": pytest.approx(2.4),
            "national_share": pytest.approx(0.6),
            "region_share": pytest.approx(0.6),
            "rank": 1,
            "of": 3,
            "strong": True,
        }

    def test_each_of_the_three_limits(self):
        everybody = cluster_map(WORKED, top=1)
        assert strong(everybody) == [("A", "1"), ("A", "2"), ("B", "2"), ("C", "3")]
        assert strong(cluster_map(WORKED, top=1, least_quotient=2)) == [("A", "1"), ("B", "2")]
        assert strong(cluster_map(WORKED, top=1, least_share=0.55)) == [("A", "1"), ("C", "3")]
        assert strong(cluster_map(WORKED, top=0.25)) == []  # a quarter of three is less than one

    @pytest.mark.parametrize("part", range(1, 100))
    def test_of_a_hundred_regions_so_many_per_cent_are_among_the_highest(self, part):
        table = np.column_stack([np.arange(1, 101), np.full(100, 50)])
        found = cluster_map(table, top=part / 100, least_quotient=1e-9)
        assert found["strong"].groupby("industry").sum().tolist() == [part, part]

    def test_axes_keep_their_names(self):
        named = WORKED.rename_axis(index="metro", columns="naics")
        assert cluster_map(named).index.names == ["metro", "naics"]
        assert cluster_map(WORKED).index.names == ["region", "industry"]

    @settings(max_examples=40)
    @given(TABLES)
    def test_parts_add_up(self, table):
        found = cluster_map(table, top=1)
        assert len(found) == table.size
        np.testing.assert_allclose(found["national_share"].groupby("industry").sum(), 1)
        np.testing.assert_allclose(found["region_share"].groupby("region").sum(), 1)
        quotients = location_quotient(table).stack()
        np.testing.assert_allclose(found["location_quotient"], quotients)
        # somebody is first everywhere, and the first is never below the nation's mix
        first = found[found["rank"] == 1]
        assert set(first.index.get_level_values("industry")) == set(range(table.shape[1]))
        assert (first["location_quotient"] > 1 - 1e-12).all()


class TestWithheldCells:
    holes = WORKED.astype(float).replace({150.0: math.nan})

    def test_refused(self):
        with pytest.raises(ValueError, match="row 'C', column '3' has no number: withheld is not"):
            cluster_map(self.holes)

    def test_kept_is_neither_weak_nor_strong(self):
        found = cluster_map(self.holes, withheld="keep", top=1, **TOTALS)
        assert ("C", "3") not in found.index
        assert len(found) == 8
        assert found.loc[("B", "3"), "rank"] == 1  # of those that are published
        assert found.loc[("B", "3"), "of"] == 2
        assert not found.loc[("B", "3"), "strong"]
        assert found.loc[("B", "3"), "location_quotient"] == pytest.approx(0.44444444)

    def test_not_kept_without_totals(self):
        with pytest.raises(ValueError, match='"keep" needs region_totals'):
            cluster_map(self.holes, withheld="keep")


class TestSentences:
    @pytest.mark.parametrize(
        "wrong,sentence",
        [
            ({"top": 0}, "top must be above 0 and at most 1"),
            ({"least_share": 2}, "least_share must be at least 0 and at most 1"),
            ({"least_quotient": 0}, "least_quotient must be above 0"),
        ],
    )
    def test_limits(self, wrong, sentence):
        with pytest.raises(ValueError, match=sentence):
            cluster_map(WORKED, **wrong)
