"""Moves between income classes: giddy, its published example, identities, sentences."""

import contextlib
import io
import math
import warnings

import mapclassify
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.measures import income_mobility

with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
    warnings.simplefilter("ignore")
    import giddy.ergodic
    import giddy.markov

# Counts of the 48 US states, quintiles within each year, as printed in giddy's documentation.
PUBLISHED = [
    [729, 71, 1, 0, 0],
    [72, 567, 80, 3, 0],
    [0, 81, 631, 86, 2],
    [0, 3, 86, 573, 56],
    [0, 0, 1, 57, 741],
]
PUBLISHED_CHANCES = [
    [0.9101, 0.0886, 0.0012, 0, 0],
    [0.0997, 0.7853, 0.1108, 0.0042, 0],
    [0, 0.1013, 0.7888, 0.1075, 0.0025],
    [0, 0.0042, 0.1198, 0.7981, 0.0780],
    [0, 0, 0.0013, 0.0713, 0.9274],
]
PUBLISHED_STEADY_STATE = [0.20774716, 0.18725774, 0.20740537, 0.18821787, 0.20937187]
# The same with quintiles of relative income of all years together.
PUBLISHED_POOLED = [
    [707, 58, 7, 1, 0],
    [50, 629, 80, 1, 1],
    [4, 79, 610, 73, 2],
    [0, 7, 72, 650, 37],
    [0, 0, 0, 48, 724],
]
PUBLISHED_POOLED_STEADY_STATE = [0.17957376, 0.21631443, 0.21499942, 0.21134662, 0.17776576]


def by_giddy(classes):
    """Its chain of a table of classes (rows years), without what it prints."""
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        chain = giddy.markov.Markov(np.asarray(classes).T, summary=False)
        return chain, giddy.ergodic.mfpt(chain.p), giddy.markov.sojourn_time(chain.p)


def panel_of_classes(classes):
    """Incomes that fall into these classes (0, 1, 2) when cut at 1.5 and 2.5."""
    return pd.DataFrame(np.asarray(classes) + 1.0)


class TestAgainstGiddy:
    def test_published_within_year(self, us_income):
        found = income_mobility(us_income, how="within_year")
        assert found.counts.to_numpy().tolist() == PUBLISHED
        np.testing.assert_allclose(found.transitions, PUBLISHED_CHANCES, atol=5.1e-5)
        np.testing.assert_allclose(found.steady_state, PUBLISHED_STEADY_STATE, atol=5e-9)

    def test_published_pooled(self, us_income):
        found = income_mobility(us_income)
        assert found.how == "pooled"
        assert found.counts.to_numpy().tolist() == PUBLISHED_POOLED
        np.testing.assert_allclose(found.steady_state, PUBLISHED_POOLED_STEADY_STATE, atol=5e-9)

    @pytest.mark.parametrize("classes", [2, 3, 4, 5, 7])
    @pytest.mark.parametrize("how", ["pooled", "within_year"])
    def test_states(self, us_income, how, classes):
        found = income_mobility(us_income, classes, how)
        relative = us_income.div(us_income.mean(axis=1), axis=0).to_numpy()
        if how == "pooled":
            theirs = mapclassify.Quantiles(relative.ravel(), k=classes).yb.reshape(relative.shape)
        else:
            # of dollars: whole numbers, so that states with the same income stay together
            dollars = us_income.to_numpy(float)
            theirs = np.array([mapclassify.Quantiles(year, k=classes).yb for year in dollars])
        np.testing.assert_array_equal(found.class_of - 1, theirs)
        chain, passage, sojourn = by_giddy(theirs)
        np.testing.assert_array_equal(found.counts, chain.transitions)
        np.testing.assert_allclose(found.transitions, chain.p)
        np.testing.assert_allclose(found.steady_state, chain.steady_state)
        np.testing.assert_allclose(found.mean_first_passage, passage)
        np.testing.assert_allclose(found.sojourn_times, sojourn)

    def test_land_of_oz(self):
        """Kemeny and Snell's weather, as counts: rain, nice, snow."""
        # one region for each count, two dates: from class i to class j
        counts = [[2, 1, 1], [1, 0, 1], [1, 1, 2]]
        moves = [(i, j) for i in range(3) for j in range(3) for _ in range(counts[i][j])]
        found = income_mobility(panel_of_classes(np.array(moves).T), how=(1.5, 2.5), relative=False)
        assert found.counts.to_numpy().tolist() == counts
        assert found.steady_state.tolist() == pytest.approx([0.4, 0.2, 0.4])
        passage = [[2.5, 4, 10 / 3], [8 / 3, 5, 8 / 3], [10 / 3, 4, 2.5]]
        np.testing.assert_allclose(found.mean_first_passage, passage)
        assert found.sojourn_times.tolist() == pytest.approx([2, 1, 2])


class TestIdentities:
    @settings(max_examples=50)
    @given(st.integers(0, 2**32 - 1), st.integers(2, 4), st.sampled_from(["pooled", "within_year"]))
    def test_chain(self, seed, classes, how):
        incomes = np.random.default_rng(seed).lognormal(size=(12, 16))
        found = income_mobility(incomes, classes, how)
        chances, share = found.transitions.to_numpy(), found.steady_state.to_numpy()
        passage = found.mean_first_passage.to_numpy()
        assert found.counts.to_numpy().sum() == 11 * 16
        np.testing.assert_allclose(chances.sum(axis=1), 1)
        # the steady state is a left eigenvector, and a distribution
        np.testing.assert_allclose(share @ chances, share, atol=1e-12)
        assert share.sum() == pytest.approx(1)
        assert (share > 0).all()
        # a passage is one step, and the rest of the way unless that step led to the goal
        rest = passage.copy()
        np.fill_diagonal(rest, 0)
        np.testing.assert_allclose(passage, 1 + chances @ rest)
        np.testing.assert_allclose(np.diag(passage), 1 / share)
        np.testing.assert_allclose(found.sojourn_times * (1 - np.diag(chances)), 1)

    def test_the_currency_does_not_matter(self, us_income):
        prices = np.linspace(1, 20, len(us_income))
        found = income_mobility(us_income.mul(prices, axis=0))
        pd.testing.assert_frame_equal(found.counts, income_mobility(us_income).counts)

    def test_within_year_reproduces_the_sizes_of_the_classes(self, us_income):
        found = income_mobility(us_income, how="within_year")
        sizes = found.class_of.stack().value_counts(normalize=True).sort_index()
        np.testing.assert_allclose(found.steady_state, sizes, atol=0.002)
        pooled = income_mobility(us_income)
        assert np.abs(pooled.steady_state - 0.2).max() > 0.015


class TestClasses:
    def test_cut_points(self, us_income):
        found = income_mobility(us_income, how=(0.75, 0.9, 1.1, 1.25))
        relative = us_income.div(us_income.mean(axis=1), axis=0)
        expected = relative.apply(
            lambda year: pd.cut(year, [0, 0.75, 0.9, 1.1, 1.25, 99], labels=False), axis=1
        )
        np.testing.assert_array_equal(found.class_of, expected + 1)
        assert found.how == "cut points"
        assert found.class_edges.loc[1929].tolist() == [0.75, 0.9, 1.1, 1.25]

    def test_cut_points_decide_how_many(self, us_income):
        assert income_mobility(us_income, how=[1.0]).counts.shape == (2, 2)
        assert income_mobility(us_income, 5, np.array([0.8, 1.2])).counts.shape == (3, 3)

    def test_on_the_cut_point_belongs_below(self):
        moves = [[1, 2, 1, 2], [1, 2, 2, 1]]
        found = income_mobility(moves, how=[1.0], relative=False)
        assert found.class_of.to_numpy().tolist() == moves

    def test_relative_incomes_may_be_given(self, us_income):
        relative = us_income.div(us_income.mean(axis=1), axis=0)
        found = income_mobility(relative, relative=False)
        pd.testing.assert_frame_equal(found.counts, income_mobility(us_income).counts)

    def test_edges(self, us_income):
        pooled = income_mobility(us_income).class_edges
        within = income_mobility(us_income, how="within_year").class_edges
        assert pooled.columns.tolist() == within.columns.tolist() == ["1|2", "2|3", "3|4", "4|5"]
        assert pooled.nunique().eq(1).all()
        assert within.nunique().gt(70).all()
        assert within.index.equals(us_income.index)

    def test_tidy(self, us_income):
        tidy = us_income.stack().rename("income").reset_index().sample(frac=1, random_state=1)
        found = income_mobility(tidy, tidy=("year", "state", "income"))
        pd.testing.assert_frame_equal(found.counts, income_mobility(us_income).counts)

    def test_the_order_of_the_rows_does_not_matter(self, us_income):
        backwards = income_mobility(us_income.sort_index(ascending=False))
        pd.testing.assert_frame_equal(backwards.counts, income_mobility(us_income).counts)

    def test_steps_longer_than_a_year(self, us_income):
        found = income_mobility(us_income.loc[1929::10], 2)
        assert found.step == 10
        assert found.class_of.index.tolist() == list(range(1929, 2010, 10))
        assert found.counts.to_numpy().sum() == 8 * 48


class TestMobilityAsAResult:
    def test_types_and_labels(self, us_income):
        found = income_mobility(us_income)
        assert (found.counts.dtypes == np.int64).all()
        assert (found.class_of.dtypes == np.int64).all()
        for matrix in (found.counts, found.transitions, found.mean_first_passage):
            assert (matrix.index.name, matrix.columns.name) == ("from", "to")
            assert matrix.index.tolist() == matrix.columns.tolist() == [1, 2, 3, 4, 5]
        assert found.steady_state.index.name == found.sojourn_times.index.name == "class"
        assert found.class_of.columns.equals(us_income.columns)

    def test_summary(self, us_income):
        assert income_mobility(us_income).summary() == (
            "48 regions at 81 dates, in 5 classes (limits the same at all dates): from one date to "
            "the next 86% of them stay in their class. In the long run the classes, from the "
            "poorest, hold 18%, 22%, 21%, 21%, 18% of the regions."
        )

    def test_summary_warns_of_classes_within_a_year(self, us_income):
        text = income_mobility(us_income, how="within_year").summary()
        assert text.endswith("so these shares say nothing about convergence.")

    def test_frame(self, us_income):
        found = income_mobility(us_income)
        frame = found.to_frame()
        assert frame.columns.tolist() == [
            *(f"to_class_{k}" for k in range(1, 6)),
            "observations",
            "steady_state",
            "sojourn_time",
        ]
        assert frame["observations"].tolist() == [sum(row) for row in PUBLISHED_POOLED]
        assert frame.index.name == "class"

    def test_frozen(self, us_income):
        with pytest.raises(AttributeError):
            income_mobility(us_income).how = "cut points"  # type: ignore[misc]


class TestSentences:
    CUT = (1.5, 2.5)

    def chain(self, *rows):
        return income_mobility(panel_of_classes(rows), how=self.CUT, relative=False)

    def test_absorbing_class(self):
        with pytest.raises(ValueError, match="no chain of moves leads from class 3 to class 1"):
            self.chain([0, 1, 2, 0], [1, 0, 2, 2])

    def test_two_worlds(self):
        with pytest.raises(ValueError, match="no chain of moves leads from class 1 to class 3"):
            self.chain([0, 1, 2], [1, 0, 2])

    def test_a_class_that_is_entered_only_at_the_end(self):
        with pytest.raises(ValueError, match="no region was in class 3 before the last year"):
            self.chain([0, 1, 0], [1, 0, 2])

    def test_a_class_that_is_never_entered(self, us_income):
        with pytest.raises(ValueError, match="no region was in class 3 before the last year"):
            income_mobility(us_income, how=(0.9, 50))

    def test_a_class_that_is_never_left(self, us_income):
        falling = pd.DataFrame({"a": [1, 1, 1], "b": [1, 3, 3], "c": [3, 3, 3]})
        with pytest.raises(ValueError, match="leads from class 2 to class 1"):
            income_mobility(falling, how=[2.0], relative=False)

    def test_a_chain_that_swaps_for_ever_has_a_steady_state(self):
        found = self.chain([0, 1, 2], [1, 2, 0])
        assert found.steady_state.tolist() == pytest.approx([1 / 3] * 3)
        assert found.sojourn_times.tolist() == [1, 1, 1]

    @pytest.mark.parametrize("how", ["decades", ""])
    def test_unknown_way(self, us_income, how):
        with pytest.raises(ValueError, match='how must be "pooled", "within_year" or cut points'):
            income_mobility(us_income, how=how)

    @pytest.mark.parametrize("classes", [1, 0, 2.5, "five"])
    def test_number_of_classes(self, us_income, classes):
        with pytest.raises(ValueError, match="classes must be a whole number of at least 2"):
            income_mobility(us_income, classes)

    def test_cut_points_that_fall(self, us_income):
        with pytest.raises(ValueError, match=r"must rise .* \(in 1929 they are 1, 0.8\)"):
            income_mobility(us_income, how=(1, 0.8))

    def test_cut_points_that_are_no_numbers(self, us_income):
        with pytest.raises(ValueError, match="the cut points must be above zero"):
            income_mobility(us_income, how=(0, 1))
        with pytest.raises(ValueError, match="the cut points has no number for row 1"):
            income_mobility(us_income, how=(0.5, None))
        with pytest.raises(ValueError, match="the cut points: give at least one number"):
            income_mobility(us_income, how=())

    def test_ties_that_leave_a_class_empty(self):
        tied = pd.DataFrame({"a": [1, 1], "b": [1, 1], "c": [1, 1], "d": [2, 2]})
        with pytest.raises(ValueError, match=r"cut points must rise.*ask for fewer classes"):
            income_mobility(tied, 4, "within_year")

    def test_uneven_years(self, us_income):
        with pytest.raises(ValueError, match="after 1950 comes 1960, and after 1929 came 1930"):
            income_mobility(us_income.drop(index=range(1951, 1960)))

    def test_one_year(self, us_income):
        with pytest.raises(ValueError, match="at least two years"):
            income_mobility(us_income.loc[[1929]])

    def test_gap_and_zero(self, us_income):
        panel = us_income.astype(float)
        panel.loc[1950, "Ohio"] = math.nan
        with pytest.raises(ValueError, match="no number for 'Ohio' in 1950"):
            income_mobility(panel)
        panel.loc[1950, "Ohio"] = 0
        with pytest.raises(ValueError, match="above zero, but 'Ohio' has 0 in 1950"):
            income_mobility(panel)

    def test_turned(self, us_income):
        with pytest.raises(ValueError, match=r"turn it with `\.T`"):
            income_mobility(us_income.T)
