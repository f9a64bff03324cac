"""Location quotient, Herfindahl, Krugman, locational Gini: worked table, PySAL, sentences."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from course_lib.measures import (
    herfindahl,
    krugman_specialisation,
    location_quotient,
    locational_gini,
)

# A worked table: industries 1-3 in the columns, regions A-C in the rows.
WORKED = pd.DataFrame(
    [[60, 30, 10], [20, 60, 20], [20, 30, 150]], index=list("ABC"), columns=["1", "2", "3"]
)

TABLES = arrays(
    np.int64,
    st.tuples(st.integers(2, 6), st.integers(2, 6)),
    elements=st.integers(0, 40),
).filter(lambda table: (table.sum(0) > 0).all() and (table.sum(1) > 0).all())

FOUR = [location_quotient, herfindahl, krugman_specialisation, locational_gini]


class TestWorkedTable:
    def test_location_quotient(self):
        expected = [[2.4, 1.0, 0.22222222], [0.8, 2.0, 0.44444444], [0.4, 0.5, 1.66666667]]
        np.testing.assert_allclose(location_quotient(WORKED), expected, atol=5e-9)

    def test_krugman_against_the_nation_with_the_region_in_it(self):
        found = krugman_specialisation(WORKED)
        assert found.to_dict() == pytest.approx({"A": 0.7, "B": 0.6, "C": 0.6})
        # the other reading (regions' shares of an industry) has other values
        assert krugman_specialisation(WORKED.T).tolist() == pytest.approx([0.7, 0.5, 2 / 3])

    def test_krugman_against_the_rest(self):
        # region A: (.6, .3, .1) against (40, 90, 170) / 300
        found = krugman_specialisation(WORKED, against="rest")
        expected = abs(0.6 - 40 / 300) + abs(0.3 - 90 / 300) + abs(0.1 - 170 / 300)
        assert found["A"] == pytest.approx(expected)

    def test_herfindahl(self):
        assert herfindahl(WORKED).tolist() == pytest.approx([0.46, 0.44, 0.5950])
        assert herfindahl(WORKED.loc["A"]) == pytest.approx(0.46)
        assert herfindahl([0.4, 0.2, 0.2, 0.1, 0.1]) == pytest.approx(0.26)

    def test_locational_gini_of_the_first_industry(self):
        # from the smallest quotient: C, B, A hold .5, .25, .25 of all and .2, .2, .6 of it
        area = 0.5 * (0 + 0.2) / 2 + 0.25 * (0.2 + 0.4) / 2 + 0.25 * (0.4 + 1) / 2
        assert locational_gini(WORKED)["1"] == pytest.approx(1 - 2 * area)


class TestExtremes:
    def test_regions_with_nothing_in_common(self):
        apart = np.diag([10, 10, 10])
        assert krugman_specialisation(apart, against="rest").tolist() == pytest.approx([2] * 3)
        assert krugman_specialisation(apart).tolist() == pytest.approx([4 / 3] * 3)
        assert herfindahl(apart).tolist() == [1, 1, 1]
        assert locational_gini(apart).tolist() == pytest.approx([2 / 3] * 3)

    def test_regions_that_are_all_alike(self):
        alike = np.outer([1, 2, 5], [3, 4, 7])
        np.testing.assert_allclose(location_quotient(alike), 1)
        for against in ("nation", "rest"):
            np.testing.assert_allclose(krugman_specialisation(alike, against), 0, atol=1e-12)
        np.testing.assert_allclose(locational_gini(alike), 0, atol=1e-12)

    @pytest.mark.parametrize("n", [1, 4, 25])
    def test_herfindahl_of_equals(self, n):
        assert herfindahl([7] * n) == pytest.approx(1 / n)


class TestIdentities:
    @settings(max_examples=50)
    @given(TABLES)
    def test_quotients_have_the_mean_one(self, table):
        quotients = location_quotient(table)
        size = table.sum(axis=1) / table.sum()
        mix = table.sum(axis=0) / table.sum()
        np.testing.assert_allclose(size @ quotients, 1)
        np.testing.assert_allclose(quotients @ mix, 1)

    @settings(max_examples=50)
    @given(TABLES)
    def test_the_table_may_be_turned(self, table):
        np.testing.assert_allclose(location_quotient(table.T), location_quotient(table).T)

    @settings(max_examples=50)
    @given(TABLES)
    def test_krugman_against_the_rest_is_that_against_the_nation_magnified(self, table):
        """The nation is the region and the rest, so the distance to the rest is 1/(1 - w) times."""
        share = table.sum(axis=1) / table.sum()
        nation = krugman_specialisation(table)
        rest = krugman_specialisation(table, against="rest")
        np.testing.assert_allclose(rest * (1 - share), nation, atol=1e-12)
        assert rest.between(0, 2 + 1e-12).all()

    @settings(max_examples=50)
    @given(TABLES)
    def test_herfindahl_bounds(self, table):
        found = herfindahl(pd.DataFrame(table))
        assert found.between(1 / table.shape[1] - 1e-12, 1 + 1e-12).all()

    @settings(max_examples=50)
    @given(TABLES)
    def test_locational_gini_is_pysals_gini_of_quotients_one_for_each_worker(self, table):
        from inequality.gini import Gini

        quotients = location_quotient(table)
        found = locational_gini(table)
        for industry in found.index:
            one_each = np.repeat(quotients[industry].to_numpy(), table.sum(axis=1))
            assert found[industry] == pytest.approx(Gini(one_each).g, abs=1e-9)

    @settings(max_examples=30)
    @given(TABLES, st.floats(0.01, 100))
    def test_the_unit_does_not_matter(self, table, factor):
        for measure in FOUR:
            np.testing.assert_allclose(
                measure(pd.DataFrame(table * factor)), measure(pd.DataFrame(table)), atol=1e-9
            )


class TestLabels:
    def test_kept(self):
        quotients = location_quotient(WORKED)
        assert quotients.index.equals(WORKED.index)
        assert quotients.columns.equals(WORKED.columns)
        assert krugman_specialisation(WORKED).index.equals(WORKED.index)
        assert herfindahl(WORKED).index.equals(WORKED.index)
        assert locational_gini(WORKED).index.equals(WORKED.columns)

    def test_input_is_left_as_it_was(self):
        table = WORKED.copy()
        for measure in FOUR:
            measure(table)
        pd.testing.assert_frame_equal(table, WORKED)


TOTALS = {
    "region_totals": WORKED.sum(axis=1),
    "industry_totals": WORKED.sum(axis=0),
    "national_total": 400,
}


class TestWithheldCells:
    def holes(self):
        table = WORKED.astype(float)
        table.loc["B", "3"] = math.nan
        return table

    @pytest.mark.parametrize("measure", FOUR)
    def test_refused(self, measure):
        with pytest.raises(ValueError, match="row 'B', column '3' has no number: withheld is not"):
            measure(self.holes())

    def test_kept_with_published_totals(self):
        found = location_quotient(self.holes(), withheld="keep", **TOTALS)
        expected = location_quotient(WORKED)
        assert math.isnan(found.loc["B", "3"])
        assert found.isna().to_numpy().sum() == 1
        expected.loc["B", "3"] = math.nan
        pd.testing.assert_frame_equal(found, expected)

    @pytest.mark.parametrize("left_out", TOTALS)
    def test_not_kept_without(self, left_out):
        given_totals = TOTALS | {left_out: None}
        with pytest.raises(ValueError, match='"keep" needs region_totals, industry_totals and'):
            location_quotient(self.holes(), withheld="keep", **given_totals)

    def test_some_industries_of_a_table(self):
        found = location_quotient(WORKED[["1", "2"]], region_totals=WORKED.sum(axis=1))
        pd.testing.assert_frame_equal(found, location_quotient(WORKED)[["1", "2"]])

    def test_some_regions_of_a_nation(self):
        found = location_quotient(
            WORKED.loc[["A"]], industry_totals=WORKED.sum(axis=0), national_total=400
        )
        pd.testing.assert_frame_equal(found, location_quotient(WORKED).loc[["A"]])
        with pytest.raises(ValueError, match="industry_totals need the national_total"):
            location_quotient(WORKED.loc[["A"]], industry_totals=WORKED.sum(axis=0))

    def test_totals_are_matched_by_name(self):
        totals = TOTALS | {"region_totals": WORKED.sum(axis=1).iloc[::-1]}
        pd.testing.assert_frame_equal(
            location_quotient(WORKED, **totals), location_quotient(WORKED)
        )

    def test_totals_that_are_too_small(self):
        with pytest.raises(ValueError, match="region_totals of 'C' is 100, but its cells add up"):
            location_quotient(WORKED, region_totals=[100, 100, 100])
        with pytest.raises(ValueError, match="industry_totals of '3' is 100, but its cells add"):
            location_quotient(WORKED, industry_totals=[100, 120, 100], national_total=400)
        with pytest.raises(ValueError, match="national_total is 399, but its parts add up to 400"):
            location_quotient(WORKED, national_total=399)

    def test_totals_that_are_no_totals(self):
        with pytest.raises(ValueError, match="region_totals has no number for 'B'"):
            location_quotient(WORKED, region_totals=pd.Series({"A": 100, "B": None, "C": 200}))
        with pytest.raises(ValueError, match="has 'C' and region_totals has not"):
            location_quotient(WORKED, region_totals=pd.Series({"A": 100, "B": 100}))
        with pytest.raises(ValueError, match="national_total must be above 0"):
            location_quotient(WORKED, national_total=math.nan)

    def test_unknown_word(self):
        with pytest.raises(ValueError, match='withheld must be "refuse" or "keep"'):
            location_quotient(WORKED, withheld="drop")


class TestSentences:
    @pytest.mark.parametrize("measure", FOUR)
    def test_negative(self, measure):
        with pytest.raises(ValueError, match="row 'A', column '1' has -60"):
            measure(-WORKED)

    @pytest.mark.parametrize("measure", FOUR)
    def test_several_missing_are_counted(self, measure):
        table = WORKED.where(WORKED != 20)
        with pytest.raises(ValueError, match=r"row 'B', column '1'.*\(and 2 more like it\)"):
            measure(table)

    @pytest.mark.parametrize("measure", FOUR)
    def test_words(self, measure):
        table = WORKED.astype(object)
        table.loc["B", "3"] = "D"
        with pytest.raises(ValueError, match="row 'B', column '3' holds 'D'"):
            measure(table)

    @pytest.mark.parametrize("measure", FOUR)
    def test_a_region_with_nobody(self, measure):
        table = WORKED.copy()
        table.loc["B"] = 0
        with pytest.raises(ValueError, match="the row 'B' adds up to zero"):
            measure(table)

    @pytest.mark.parametrize("measure", [location_quotient, locational_gini])
    def test_an_industry_with_nobody(self, measure):
        with pytest.raises(ValueError, match="the column 'none' adds up to zero"):
            measure(WORKED.assign(none=0))

    @pytest.mark.parametrize("measure", FOUR)
    def test_twice(self, measure):
        with pytest.raises(ValueError, match="the region 'A' stands in the table twice"):
            measure(pd.concat([WORKED, WORKED.loc[["A"]]]))
        with pytest.raises(ValueError, match="the industry '1' stands in the table twice"):
            measure(pd.concat([WORKED, WORKED[["1"]]], axis=1))

    @pytest.mark.parametrize("measure", [location_quotient, krugman_specialisation])
    def test_no_table(self, measure):
        with pytest.raises(ValueError, match=r"must have rows and columns \(got list\)"):
            measure([1, 2])

    def test_no_rest(self):
        with pytest.raises(ValueError, match="no rest of the nation"):
            krugman_specialisation(WORKED.loc[["A"]], against="rest")
        assert krugman_specialisation(WORKED.loc[["A"]]).tolist() == [0]

    def test_unknown_comparison(self):
        with pytest.raises(ValueError, match='against must be "nation" or "rest"'):
            krugman_specialisation(WORKED, against="world")

    def test_shares_of_nothing(self):
        with pytest.raises(ValueError, match="all shares are zero"):
            herfindahl([0, 0])
        with pytest.raises(ValueError, match="shares must not be negative"):
            herfindahl([1, -1])
