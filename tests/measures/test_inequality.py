"""Gini, Theil and its split, Williamson: closed forms, PySAL, identities, sentences."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from course_lib import measures
from course_lib.measures import (
    TheilDecomposition,
    gini,
    lorenz_curve,
    theil,
    theil_decomposition,
    williamson,
)

INCOMES = st.lists(st.floats(0.01, 1e6), min_size=2, max_size=25)
PEOPLE_AND_INCOMES = st.lists(
    st.tuples(st.integers(1, 20), st.floats(0.01, 1e6)), min_size=2, max_size=15
)
GROUPED = st.lists(
    st.tuples(st.sampled_from("ABC"), st.integers(1, 20), st.floats(0.01, 1e6)),
    min_size=2,
    max_size=15,
)
MEASURES = [gini, theil, williamson]


class TestAgainstClosedForms:
    def test_williamson_of_three_regions(self):
        # y = (10, 6, 3), f = (.2, .3, .5): the mean is 5.3 (definition of Williamson 1965)
        assert williamson([10, 6, 3], [0.2, 0.3, 0.5]) == pytest.approx(0.506631, abs=5e-7)

    @pytest.mark.parametrize("ratio", [1.5, 4, 9])
    @pytest.mark.parametrize("p", [0.1, 0.2, 1 / 3, 0.8])
    def test_two_tiers(self, p, ratio):
        """A share p of the people earns ``ratio`` times what the others earn."""
        income, people = [ratio, 1], [p, 1 - p]
        mean = 1 + p * (ratio - 1)
        assert gini(income, people) == pytest.approx(p * ratio / mean - p)
        assert williamson(income, people) == pytest.approx(
            math.sqrt(p * (1 - p)) * (ratio - 1) / mean
        )
        rich = p * ratio / mean
        assert theil(income, people) == pytest.approx(
            rich * math.log(rich / p) + (1 - rich) * math.log((1 - rich) / (1 - p))
        )

    def test_inverted_u_peaks_where_the_closed_form_says(self):
        # ratio 4: Gini peaks at 1/3 with 1/3, Vw at .2 with .75, Theil at .28280
        grid = np.linspace(0.001, 0.999, 999)
        curves = {m: [m([4, 1], [p, 1 - p]) for p in grid] for m in MEASURES}
        peaks = {m: grid[int(np.argmax(curve))] for m, curve in curves.items()}
        assert peaks[gini] == pytest.approx(1 / 3, abs=0.001)
        assert max(curves[gini]) == pytest.approx(1 / 3, abs=1e-6)
        assert peaks[williamson] == pytest.approx(0.2, abs=0.001)
        assert max(curves[williamson]) == pytest.approx(0.75, abs=1e-6)
        assert peaks[theil] == pytest.approx(0.28279749, abs=0.001)

    @pytest.mark.parametrize("n", [2, 5, 50])
    def test_one_region_has_everything(self, n):
        income = [1.0] + [0.0] * (n - 1)
        assert gini(income) == pytest.approx(1 - 1 / n)
        assert theil(income) == pytest.approx(math.log(n))
        assert williamson(income) == pytest.approx(math.sqrt(n - 1))

    def test_theil_of_two_groups_one_of_which_has_everything_is_ln_2(self):
        split = theil_decomposition([3, 3, 0.0, 1e-300], list("aabb"))
        assert split.total == pytest.approx(math.log(2))
        assert split.between == pytest.approx(math.log(2))
        assert split.share_between == pytest.approx(1)

    @pytest.mark.parametrize("measure", MEASURES)
    @pytest.mark.parametrize("income", [0.1, 3, 7e5])
    @pytest.mark.parametrize("weights", [None, [0.3, 0.1, 0.7]])
    def test_equal_regions_have_no_inequality(self, measure, income, weights):
        value = measure([income] * 3, weights)
        assert value == pytest.approx(0, abs=1e-12)
        assert not value < 0


class TestAgainstFigures:
    # 48 US states, four Census regions, unweighted; PySAL's TheilD gives the same
    @pytest.mark.parametrize(
        "year,total,between,within",
        [
            (1929, 0.0625135, 0.0251497, 0.0373638),
            (2009, 0.01000953, 0.00332322, 0.00668632),
        ],
    )
    def test_theil_of_states(self, us_income, census_region, year, total, between, within):
        split = theil_decomposition(us_income.loc[year], census_region)
        assert split.total == pytest.approx(total, abs=5e-8)
        assert split.between == pytest.approx(between, abs=5e-8)
        assert split.within == pytest.approx(within, abs=5e-8)

    def test_states_between_shares(self, us_income, census_region):
        shares = [
            theil_decomposition(us_income.loc[year], census_region).share_between
            for year in (1929, 2009)
        ]
        assert [round(share, 2) for share in shares] == [0.40, 0.33]

    def test_mexico_as_published_by_pysal(self):
        """The part between Hanson's regions, as printed in the documentation of ``TheilD``."""
        import libpysal

        table = pd.read_csv(libpysal.examples.get_path("mexico.csv"))
        between = [
            theil_decomposition(table[f"pcgdp{year}"], table["hanson98"]).between
            for year in range(1940, 2010, 10)
        ]
        published = [0.0345889, 0.02816853, 0.05260921, 0.05931219, 0.03205257]
        published += [0.02963731, 0.03635872]
        assert between == pytest.approx(published, abs=5e-9)


class TestAgainstPySAL:
    @settings(max_examples=50)
    @given(INCOMES)
    def test_unweighted(self, incomes):
        from inequality.gini import Gini
        from inequality.theil import Theil

        array = np.array(incomes)
        assert gini(incomes) == pytest.approx(Gini(array).g, abs=1e-9)
        assert theil(incomes) == pytest.approx(float(Theil(array).T), abs=1e-9)

    @settings(max_examples=50)
    @given(PEOPLE_AND_INCOMES)
    def test_people_count_as_if_each_were_in_the_table(self, rows):
        """Weights of whole numbers are the same as a table with a row for each person."""
        from inequality.gini import Gini
        from inequality.theil import Theil

        people, incomes = zip(*rows, strict=True)
        one_each = np.repeat(np.array(incomes), people)
        assert gini(incomes, people) == pytest.approx(Gini(one_each).g, abs=1e-9)
        assert theil(incomes, people) == pytest.approx(float(Theil(one_each).T), abs=1e-9)
        assert williamson(incomes, people) == pytest.approx(one_each.std() / one_each.mean())

    @settings(max_examples=50)
    @given(GROUPED)
    def test_split(self, rows):
        from inequality.theil import TheilD

        groups, people, incomes = zip(*rows, strict=True)
        ours = theil_decomposition(incomes, groups, people)
        theirs = TheilD(np.repeat(np.array(incomes), people), np.repeat(np.array(groups), people))
        assert ours.between == pytest.approx(theirs.bg.item(), abs=1e-9)
        assert ours.within == pytest.approx(theirs.wg.item(), abs=1e-9)

    def test_lorenz_curve(self, us_income):
        from inequality.wolfson import lorenz_curve as pysal_lorenz_curve

        population, income = pysal_lorenz_curve(us_income.loc[1929].to_numpy(float))
        ours = lorenz_curve(us_income.loc[1929])
        np.testing.assert_allclose(ours["population"], population, atol=1e-12)
        np.testing.assert_allclose(ours["income"], income, atol=1e-12)


class TestIdentities:
    @settings(max_examples=50)
    @given(PEOPLE_AND_INCOMES, st.floats(0.01, 100))
    def test_the_unit_does_not_matter(self, rows, factor):
        people, incomes = map(np.array, zip(*rows, strict=True))
        for measure in MEASURES:
            value = measure(incomes, people)
            assert measure(factor * incomes, people) == pytest.approx(value, abs=1e-9)
            assert measure(incomes, factor * people) == pytest.approx(value, abs=1e-9)

    @settings(max_examples=50)
    @given(INCOMES, st.integers(2, 4))
    def test_a_copy_of_the_country_changes_nothing(self, incomes, copies):
        for measure in MEASURES:
            assert measure(incomes * copies) == pytest.approx(measure(incomes), abs=1e-9)

    @settings(max_examples=50)
    @given(PEOPLE_AND_INCOMES)
    def test_bounds(self, rows):
        people, incomes = zip(*rows, strict=True)
        assert 0 <= gini(incomes, people) <= 1 - min(people) / sum(people) + 1e-12
        assert 0 <= theil(incomes, people) <= math.log(sum(people) / min(people)) + 1e-12
        assert williamson(incomes, people) >= 0

    @settings(max_examples=50)
    @given(GROUPED)
    def test_between_and_within_add_up(self, rows):
        groups, people, incomes = zip(*rows, strict=True)
        split = theil_decomposition(incomes, groups, people)
        table = split.groups
        assert split.between >= 0
        assert (table["theil"] >= 0).all()
        assert split.between + split.within == pytest.approx(split.total, abs=1e-12)
        assert (table["income_share"] * table["theil"]).sum() == pytest.approx(split.within)
        assert table["population_share"].sum() == pytest.approx(1)
        assert table["income_share"].sum() == pytest.approx(1)
        assert table["regions"].sum() == len(rows)
        for group, row in table.iterrows():
            inside = [(y, f) for g, f, y in rows if g == group]
            own = theil([y for y, _ in inside], [f for _, f in inside])
            assert row["theil"] == pytest.approx(own, abs=1e-9)

    @settings(max_examples=30)
    @given(INCOMES, st.randoms(use_true_random=False))
    def test_taking_from_the_poor_makes_it_worse(self, incomes, random):
        poor, rich = min(incomes), max(incomes)
        worse = incomes.copy()
        worse[worse.index(poor)] -= poor / 2
        worse[len(worse) - 1 - worse[::-1].index(rich)] += poor / 2
        random.shuffle(worse)
        for measure in MEASURES:
            assert measure(worse) > measure(incomes) - 1e-12

    def test_lorenz_curve_bends_below_the_diagonal(self, us_income):
        curve = lorenz_curve(us_income.loc[1929])
        assert curve.iloc[0].tolist() == [0, 0]
        assert curve.iloc[-1].tolist() == pytest.approx([1, 1])
        assert (curve["income"] <= curve["population"] + 1e-12).all()
        slopes = np.diff(curve["income"]) / np.diff(curve["population"])
        assert (np.diff(slopes) >= -1e-12).all()


class TestLabels:
    def test_weights_are_matched_by_name(self):
        income = pd.Series({"rich": 10, "middle": 6, "poor": 3})
        people = pd.Series({"poor": 50, "rich": 20, "middle": 30})
        assert williamson(income, people) == pytest.approx(0.506631, abs=5e-7)
        assert williamson(income, people.to_numpy()) != pytest.approx(0.506631, abs=1e-3)

    def test_a_dict_and_nullable_numbers_will_do(self):
        assert gini({"a": 1, "b": 3}) == gini(pd.Series([1, 3], dtype="Int64")) == 0.25

    def test_lorenz_curve_names_the_regions_from_the_poorest(self):
        curve = lorenz_curve(pd.Series({"Ohio": 3, "Utah": 1}))
        assert curve.index.tolist() == ["origin", "Utah", "Ohio"]

    def test_groups_are_matched_by_name_and_listed(self, us_income, census_region):
        split = theil_decomposition(us_income.loc[1929], census_region.sort_index(ascending=False))
        assert split.groups["regions"].to_dict() == {
            "Midwest": 12,
            "Northeast": 9,
            "South": 16,
            "West": 11,
        }
        assert split.groups["regions"].dtype == np.int64
        assert split.groups.index.name == "region"
        assert split.groups.loc["South", "relative_income"] < 1

    def test_input_is_left_as_it_was(self):
        income = pd.Series([3, 1, 2], index=list("abc"))
        before = income.copy()
        theil_decomposition(income, ["x", "x", "y"])
        lorenz_curve(income)
        pd.testing.assert_series_equal(income, before)


class TestDecompositionAsAResult:
    def test_summary(self, us_income, census_region):
        split = theil_decomposition(us_income.loc[1929], census_region)
        assert split.summary() == (
            "Theil's T is 0.0625: 0.0251 (40%) lies between the 4 groups and 0.0374 within them."
        )

    def test_no_inequality_has_no_share(self):
        split = theil_decomposition([2, 2, 2], ["a", "a", "b"])
        assert split.share_between is None
        assert split.summary() == "All regions are equal: there is no inequality to split."

    def test_is_frozen_and_its_frame_is_a_copy(self):
        split = theil_decomposition([1, 2, 3], ["a", "a", "b"])
        with pytest.raises(AttributeError):
            split.total = 1.0  # type: ignore[misc]
        frame = split.to_frame()
        frame.loc["a", "theil"] = 99
        assert split.groups.loc["a", "theil"] < 1
        assert isinstance(split, TheilDecomposition)


@pytest.mark.parametrize("measure", [*MEASURES, lorenz_curve])
class TestSentences:
    def test_missing(self, measure):
        with pytest.raises(ValueError, match=r"values has no number for 'Ohio'.*leave that row"):
            measure(pd.Series({"Utah": 1, "Ohio": None}))

    def test_several_missing_are_counted(self, measure):
        with pytest.raises(ValueError, match=r"for 'b' \(and 1 more like it\)"):
            measure(pd.Series({"a": 1, "b": None, "c": None}))

    def test_negative(self, measure):
        with pytest.raises(ValueError, match="values must not be negative, but 'b' has -2"):
            measure(pd.Series({"a": 1, "b": -2}))

    def test_infinite_or_words(self, measure):
        with pytest.raises(ValueError, match="must be finite numbers, but row 1 has inf"):
            measure([1, math.inf])
        with pytest.raises(ValueError, match="must be finite numbers, but row 1 has 'n/a'"):
            measure([1, "n/a"])

    def test_all_zero(self, measure):
        with pytest.raises(ValueError, match="all incomes are zero, so nobody has a share"):
            measure([0, 0])

    def test_empty(self, measure):
        with pytest.raises(ValueError, match=r"give at least one number \(got none\)"):
            measure([])

    def test_table_word_or_number(self, measure):
        with pytest.raises(ValueError, match=r"table of shape \(2, 2\): choose a column"):
            measure(pd.DataFrame({"a": [1, 2], "b": [3, 4]}))
        with pytest.raises(ValueError, match="must be a list or a column of numbers"):
            measure("income")
        with pytest.raises(ValueError, match="must be a list or a column of numbers"):
            measure(3)

    def test_weights_that_do_not_fit(self, measure):
        income = pd.Series({"Ohio": 3, "Utah": 1})
        with pytest.raises(ValueError, match=r"must be equally long \(got 2 and 3\)"):
            measure(income, [1, 2, 3])
        with pytest.raises(ValueError, match="values has 'Utah' and weights has not"):
            measure(income, pd.Series({"Ohio": 3, "Iowa": 1}))
        with pytest.raises(ValueError, match="weights has 'Iowa' and values has not"):
            measure(income, pd.Series({"Ohio": 3, "Utah": 1, "Iowa": 1}))
        with pytest.raises(ValueError, match="'Ohio' stands there twice"):
            measure(income, pd.Series([1, 2, 3], index=["Ohio", "Ohio", "Utah"]))

    def test_weights_that_are_no_numbers_of_people(self, measure):
        with pytest.raises(ValueError, match="weights must not be negative, but row 1 has -1"):
            measure([1, 2], [1, -1])
        with pytest.raises(ValueError, match="weights has no number for row 1"):
            measure([1, 2], [1, None])
        with pytest.raises(ValueError, match="all weights are zero"):
            measure([1, 2], [0, 0])


class TestSentencesOfTheSplit:
    def test_no_group(self):
        with pytest.raises(ValueError, match="'Utah' has no group: give it one"):
            theil_decomposition(
                pd.Series({"Ohio": 3, "Utah": 1}), pd.Series({"Ohio": "East", "Utah": None})
            )

    def test_no_income_in_a_group(self):
        with pytest.raises(ValueError, match="group 'b' has no income or no people"):
            theil_decomposition([1, 2, 0], list("aab"))

    def test_groups_that_do_not_fit(self):
        with pytest.raises(ValueError, match=r"values and groups must be equally long"):
            theil_decomposition([1, 2, 3], ["a", "b"])


class TestOverTime:
    """Every year of the panel as the measures of one year have it."""

    def test_states(self, us_income, census_region):
        found = measures.inequality_over_time(us_income, census_region)
        for year in (1929, 1950, 2009):
            income = us_income.loc[year]
            split = measures.theil_decomposition(income, census_region)
            assert found.loc[year].to_dict() == pytest.approx(
                {
                    "gini": measures.gini(income),
                    "theil": split.total,
                    "between": split.between,
                    "within": split.within,
                    "williamson": measures.williamson(income),
                }
            )

    @given(
        arrays(float, (3, 4), elements=st.floats(0.1, 100)),
        arrays(float, (3, 4), elements=st.floats(0.1, 100)),
    )
    def test_with_weights(self, incomes, people):
        years, regions = [1, 2, 3], list("ABCD")
        income = pd.DataFrame(incomes, years, regions)
        weights = pd.DataFrame(people, years, regions)
        groups = pd.Series(["x", "y", "x", "y"], regions)
        found = measures.inequality_over_time(income, groups, weights)
        for year in years:
            now = income.loc[year], weights.loc[year]
            split = measures.theil_decomposition(now[0], groups, now[1])
            assert found.loc[year, "gini"] == pytest.approx(measures.gini(*now), abs=1e-12)
            assert found.loc[year, "theil"] == pytest.approx(split.total, abs=1e-12)
            assert found.loc[year, "between"] == pytest.approx(split.between, abs=1e-12)
            assert found.loc[year, "williamson"] == pytest.approx(
                measures.williamson(*now), abs=1e-12
            )

    def test_without_groups_there_are_no_parts(self, us_income):
        assert list(measures.inequality_over_time(us_income)) == ["gini", "theil", "williamson"]

    def test_refusals_say_what_to_do(self, us_income, census_region):
        with pytest.raises(ValueError, match="same years and the same regions"):
            measures.inequality_over_time(us_income, weights=us_income.iloc[:, ::-1])
        with pytest.raises(ValueError, match="'Utah' has no group"):
            measures.inequality_over_time(
                us_income, census_region.where(census_region.index != "Utah")
            )
        with pytest.raises(ValueError, match="has 'Utah' and groups has not"):
            measures.inequality_over_time(us_income, census_region.drop("Utah"))


@pytest.mark.parametrize(
    "values", [["1", "2"], pd.to_datetime(["2001-01-01", "2002-01-01"]), [pd.Timestamp(0), 3]]
)
def test_texts_and_dates_are_no_incomes(values):
    with pytest.raises(ValueError, match="values must be"):
        measures.gini(values)
