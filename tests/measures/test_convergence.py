"""Beta- and sigma-convergence: closed forms, US states, statsmodels, sentences."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.measures import (
    beta_convergence,
    beta_convergence_between,
    sigma_convergence,
)

PAIRS = st.lists(
    st.tuples(st.floats(0.1, 1000), st.floats(0.1, 1000)), min_size=4, max_size=25
).filter(lambda rows: len({round(math.log(start), 2) for start, _ in rows}) > 2)


def catching_up(speed, years, start=(1.0, 2.0, 3.0, 5.0)):
    """Regions that close their gaps to a common path at exactly this speed."""
    start = np.array(start)
    return start, 9 * (start / 9) ** math.exp(-speed * years)


class TestAgainstClosedForms:
    @pytest.mark.parametrize("speed,half_life", [(0.01, 69.31), (0.02, 34.66), (0.03, 23.10)])
    @pytest.mark.parametrize("years", [1, 10, 80])
    def test_the_speed_is_found_whatever_the_years(self, speed, half_life, years):
        line = beta_convergence(*catching_up(speed, years), years)
        assert line.speed == pytest.approx(speed)
        assert line.half_life == pytest.approx(half_life, abs=0.005)
        assert line.r_squared == pytest.approx(1)

    def test_the_slope_is_not_the_speed(self):
        # speed .02 over 80 years (Barro and Sala-i-Martin): half of it
        line = beta_convergence(*catching_up(0.02, 80), 80)
        assert line.slope == pytest.approx(-0.00997629, abs=5e-9)
        assert "0.0100" in line.summary()
        assert "speed of 2.00% a year" in line.summary()

    def test_without_shocks_the_spread_shrinks_at_the_speed(self):
        """sigma(t) = exp(-b t) sigma(0)."""
        paths = {year: catching_up(0.02, year)[1] for year in range(0, 101, 10)}
        sigma = sigma_convergence(pd.DataFrame(paths).T)
        expected = np.exp(-0.02 * sigma.index.to_numpy()) * np.log([1, 2, 3, 5]).std()
        np.testing.assert_allclose(sigma, expected)


class TestAgainstFigures:
    # 48 US states, nominal income per head
    @pytest.mark.parametrize(
        "first,last,slope,speed",
        [
            (1929, 2009, -0.00915322, 0.01647161),
            (1940, 1980, -0.01666529, 0.02746118),
            (1940, 1950, -0.03948897, 0.05023445),
        ],
    )
    def test_states(self, us_income, first, last, slope, speed):
        line = beta_convergence_between(us_income, first, last)
        assert line.slope == pytest.approx(slope, abs=5e-9)
        assert line.speed == pytest.approx(speed, abs=5e-9)
        assert line.n == 48
        assert line.is_significant

    def test_share_accounted_for(self, us_income):
        periods = [(1929, 2009), (1940, 1980), (1940, 1950)]
        found = [beta_convergence_between(us_income, *period).r_squared for period in periods]
        assert [round(share, 3) for share in found] == [0.884, 0.934, 0.734]

    def test_two_decades_are_not_different_from_zero(self, us_income):
        starts = range(1930, 2000, 10)
        lines = {y: beta_convergence_between(us_income, y, y + 10) for y in starts}
        assert [y for y, line in lines.items() if not line.is_significant] == [1980, 1990]

    def test_spread_of_states(self, us_income):
        sigma = sigma_convergence(us_income)
        assert sigma[1929] == pytest.approx(0.365508, abs=5e-7)
        assert sigma[1950] == pytest.approx(0.23254393, abs=5e-9)
        assert sigma[2009] == pytest.approx(0.1376274, abs=5e-8)
        assert sigma[1932] > sigma[1929]
        assert sigma[1988] > sigma[1976]
        assert sigma.name == "sigma"
        assert sigma.index.equals(us_income.index)


class TestAgainstStatsmodels:
    @settings(max_examples=50)
    @given(PAIRS, st.integers(1, 80))
    def test_line(self, rows, years):
        import statsmodels.api as sm

        start, end = map(np.array, zip(*rows, strict=True))
        ours = beta_convergence(start, end, years)
        theirs = sm.OLS(np.log(end / start) / years, sm.add_constant(np.log(start))).fit()
        low, high = theirs.conf_int()[1]
        assert ours.intercept == pytest.approx(theirs.params[0], rel=1e-6, abs=1e-9)
        assert ours.slope == pytest.approx(theirs.params[1], rel=1e-6, abs=1e-9)
        assert ours.standard_error == pytest.approx(theirs.bse[1], rel=1e-6, abs=1e-9)
        assert ours.p_value == pytest.approx(theirs.pvalues[1], rel=1e-5, abs=1e-9)
        assert ours.confidence_interval == pytest.approx((low, high), rel=1e-6, abs=1e-9)
        assert ours.r_squared == pytest.approx(theirs.rsquared, abs=1e-8)
        np.testing.assert_allclose(ours.to_frame()["residual"], theirs.resid, atol=1e-9)

    def test_states(self, us_income):
        import statsmodels.api as sm

        ours = beta_convergence_between(us_income, 1980, 1990)
        growth = np.log(us_income.loc[1990] / us_income.loc[1980]) / 10
        theirs = sm.OLS(growth, sm.add_constant(np.log(us_income.loc[1980]))).fit()
        assert ours.p_value == pytest.approx(theirs.pvalues.iloc[1])
        assert ours.standard_error == pytest.approx(theirs.bse.iloc[1])


class TestSpeed:
    @settings(max_examples=50)
    @given(PAIRS, st.integers(1, 80))
    def test_speed_slope_and_half_life_belong_together(self, rows, years):
        start, end = map(np.array, zip(*rows, strict=True))
        line = beta_convergence(start, end, years)
        if line.speed is None:
            assert 1 + years * line.slope <= 0
            assert line.half_life is None
        else:
            assert -(1 - math.exp(-line.speed * years)) / years == pytest.approx(
                line.slope, rel=1e-6, abs=1e-9
            )
            if line.speed > 0:
                assert math.exp(-line.speed * line.half_life) == pytest.approx(0.5)
            else:
                assert line.half_life == math.inf
        if line.speed is not None:
            slowest, fastest = line.speed_interval
            assert slowest <= line.speed <= fastest

    def test_interval_of_the_speed_is_that_of_the_slope(self, us_income):
        line = beta_convergence_between(us_income, 1929, 2009)
        steep, flat = (-math.log(1 + 80 * b) / 80 for b in line.confidence_interval)
        assert line.speed_interval == pytest.approx((flat, steep))

    def test_the_unit_of_money_moves_the_intercept_only(self, us_income):
        dollars = beta_convergence(us_income.loc[1940], us_income.loc[1980], 40)
        cents = beta_convergence(100 * us_income.loc[1940], 100 * us_income.loc[1980], 40)
        assert cents.slope == pytest.approx(dollars.slope)
        assert cents.p_value == pytest.approx(dollars.p_value)
        assert cents.intercept == pytest.approx(dollars.intercept - dollars.slope * math.log(100))

    def test_falling_behind(self):
        line = beta_convergence([1, 2, 3, 5], [1, 2.5, 4.5, 9], 10)
        assert line.speed < 0
        assert line.half_life == math.inf
        assert "richer regions grew faster" in line.summary()

    def test_overtaking(self):
        line = beta_convergence([1, 2, 3, 5], [5, 3, 2, 1], 10)
        assert line.slope < -1 / 10
        assert line.speed is line.half_life is line.speed_interval is None
        assert "overtook" in line.summary()

    def test_an_open_interval(self):
        line = beta_convergence([1, 2, 3, 5], [3.0, 2.8, 3.6, 3.1], 10)
        assert line.speed > 0
        assert line.speed_interval[1] == math.inf

    def test_all_grow_alike(self):
        line = beta_convergence([1.1, 2.3, 3.7, 5.9], [2.2, 4.6, 7.4, 11.8], 10)
        assert (line.slope, line.speed, line.p_value, line.r_squared) == (0, 0, 1, 0)
        assert line.intercept == pytest.approx(math.log(2) / 10)
        assert line.half_life == math.inf
        assert "does not differ from zero" in line.summary()


class TestBetaAsAResult:
    def test_summary_of_a_clear_case(self, us_income):
        assert beta_convergence_between(us_income, 1929, 2009).summary() == (
            "48 regions, 80 years: the slope is -0.0092 (95% interval -0.0101 to -0.0082) and "
            "differs from zero at the 5% level: poorer regions grew faster. That is a speed of "
            "1.65% a year, which halves a gap in 42 years."
        )

    def test_summary_of_an_unclear_case(self, us_income):
        assert beta_convergence_between(us_income, 1980, 1990).summary() == (
            "48 regions, 10 years: the slope is -0.0035 (95% interval -0.0200 to 0.0130) and does "
            "not differ from zero at the 5% level (p = 0.67): these figures cannot tell whether "
            "poorer regions caught up."
        )

    def test_frame(self, us_income):
        line = beta_convergence_between(us_income, 1929, 2009)
        frame = line.to_frame()
        assert frame.columns.tolist() == ["start", "log_start", "growth", "fitted", "residual"]
        assert frame.index.equals(us_income.columns)
        assert frame.loc["Ohio", "growth"] == pytest.approx(
            math.log(us_income.loc[2009, "Ohio"] / us_income.loc[1929, "Ohio"]) / 80
        )
        assert frame["residual"].sum() == pytest.approx(0, abs=1e-12)

    def test_line(self, us_income):
        line = beta_convergence_between(us_income, 1929, 2009)
        assert line.line([1.0]).tolist() == pytest.approx([line.intercept])
        ends = line.line([1.0, math.e])
        assert ends[1] - ends[0] == pytest.approx(line.slope)

    def test_labels_are_matched(self, us_income):
        start, end = us_income.loc[1929], us_income.loc[2009]
        shuffled = beta_convergence(start, end.sort_values(), 80)
        assert shuffled.slope == beta_convergence(start, end, 80).slope


class TestTables:
    def test_tidy(self, us_income):
        tidy = us_income.stack().rename("income").reset_index().sample(frac=1, random_state=1)
        pd.testing.assert_series_equal(
            sigma_convergence(tidy, tidy=("year", "state", "income")), sigma_convergence(us_income)
        )

    def test_years_are_put_in_order(self, us_income):
        backwards = us_income.sort_index(ascending=False)
        pd.testing.assert_series_equal(sigma_convergence(backwards), sigma_convergence(us_income))

    def test_an_array_will_do(self):
        sigma = sigma_convergence(np.array([[1.0, 1.0], [1.0, math.e]]))
        assert sigma.tolist() == pytest.approx([0, 0.5])


class TestSentencesOfTheLine:
    @pytest.mark.parametrize("bad", [0, -3.0])
    def test_zero_or_negative_income(self, bad):
        with pytest.raises(ValueError, match="start must be above zero, but row 1 has"):
            beta_convergence([1, bad, 3], [1, 2, 3], 10)
        with pytest.raises(ValueError, match="end must be above zero, but row 1 has"):
            beta_convergence([1, 2, 3], [1, bad, 3], 10)

    def test_missing_income(self):
        with pytest.raises(ValueError, match="start has no number for row 2"):
            beta_convergence([1, 2, None], [1, 2, 3], 10)

    def test_regions_that_do_not_match(self):
        start, end = pd.Series({"Ohio": 1, "Utah": 2}), pd.Series({"Ohio": 1, "Iowa": 2})
        with pytest.raises(ValueError, match="start has 'Utah' and end has not"):
            beta_convergence(start, end, 10)

    def test_too_few_regions(self):
        with pytest.raises(ValueError, match=r"at least three regions \(got 2\)"):
            beta_convergence([1, 2], [2, 3], 10)

    def test_all_start_equal(self):
        with pytest.raises(ValueError, match="same income at the start"):
            beta_convergence([2, 2, 2], [1, 2, 3], 10)

    @pytest.mark.parametrize("years", [0, -5, math.nan, "ten", True])
    def test_years(self, years):
        with pytest.raises(ValueError, match="years must be above 0"):
            beta_convergence([1, 2, 3], [1, 2, 3], years)

    def test_years_outside_the_table(self, us_income):
        with pytest.raises(ValueError, match="no year 1928: its years run from 1929 to 2009"):
            beta_convergence_between(us_income, 1928, 2009)
        with pytest.raises(ValueError, match="no year 2010"):
            beta_convergence_between(us_income, 1929, 2010)
        with pytest.raises(ValueError, match=r"must come after the first \(got 1980 and 1980\)"):
            beta_convergence_between(us_income, 1980, 1980)


@pytest.mark.parametrize(
    "measure", [sigma_convergence, lambda panel: beta_convergence_between(panel, 1929, 1930)]
)
class TestSentencesOfThePanel:
    def test_gap(self, us_income, measure):
        panel = us_income.astype(float)
        panel.loc[1950, "Ohio"] = math.nan
        with pytest.raises(ValueError, match="no number for 'Ohio' in 1950: leave out"):
            measure(panel)
        panel.loc[1951, ["Ohio", "Utah"]] = math.nan
        with pytest.raises(ValueError, match=r"'Ohio' in 1950 \(and 2 more like it\)"):
            measure(panel)

    def test_zero(self, us_income, measure):
        panel = us_income.copy()
        panel.loc[1950, "Ohio"] = 0
        with pytest.raises(ValueError, match="above zero, but 'Ohio' has 0 in 1950"):
            measure(panel)

    def test_words(self, us_income, measure):
        panel = us_income.astype(object)
        panel.loc[1950, "Ohio"] = "n/a"
        with pytest.raises(ValueError, match="row 1950, column 'Ohio' holds 'n/a'"):
            measure(panel)

    def test_turned(self, us_income, measure):
        with pytest.raises(ValueError, match=r"its columns look like years: turn it with `\.T`"):
            measure(us_income.T)

    def test_years_as_words(self, us_income, measure):
        with pytest.raises(ValueError, match=r"years, as numbers \(got '1929'\)"):
            measure(us_income.set_axis(us_income.index.astype(str)))

    def test_twice(self, us_income, measure):
        with pytest.raises(ValueError, match="the year 1929 stands in the panel twice"):
            measure(pd.concat([us_income, us_income.loc[[1929]]]))
        with pytest.raises(ValueError, match="the region 'Ohio' stands in the panel twice"):
            measure(pd.concat([us_income, us_income[["Ohio"]]], axis=1))

    def test_no_table(self, measure):
        with pytest.raises(ValueError, match=r"must have rows and columns \(got list\)"):
            measure([1, 2, 3])
        with pytest.raises(ValueError, match="the panel is empty"):
            measure(pd.DataFrame())


class TestSentencesOfTidyTables:
    TIDY = pd.DataFrame({"year": [2000, 2000], "state": ["Ohio", "Utah"], "income": [1, 2]})

    def test_unknown_column(self):
        with pytest.raises(ValueError, match="no column 'region': its columns are year, state"):
            sigma_convergence(self.TIDY, tidy=("year", "region", "income"))

    def test_not_three(self):
        with pytest.raises(ValueError, match="tidy names three columns"):
            sigma_convergence(self.TIDY, tidy=("year", "income"))
        with pytest.raises(ValueError, match="tidy names three columns"):
            sigma_convergence(self.TIDY, tidy="abc")

    def test_twice(self):
        with pytest.raises(ValueError, match="'Ohio' has more than one row for 2000"):
            sigma_convergence(pd.concat([self.TIDY] * 2), tidy=("year", "state", "income"))

    def test_a_region_that_is_not_there_each_year(self):
        later = pd.DataFrame({"year": [2001], "state": ["Ohio"], "income": [1]})
        with pytest.raises(ValueError, match="no number for 'Utah' in 2001"):
            sigma_convergence(pd.concat([self.TIDY, later]), tidy=("year", "state", "income"))
