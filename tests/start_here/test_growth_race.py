"""When does the poorer region catch up? The closed form against the simulated years."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from course_lib.start_here.growth_race import growth_race
from course_lib.start_here.labs import growth_race_lab

RATES = st.floats(-20, 20)
RATIOS = st.floats(1, 100)


@given(RATIOS, RATES, RATES)
@example(100, 14.75, 14.78125)
def test_incomes_are_equal_in_the_year_of_catching_up(ratio, rich_growth, poor_growth):
    assume(poor_growth - rich_growth > 1e-3)
    when = growth_race(ratio, rich_growth, poor_growth).catch_up_year
    # In logarithms: after thousands of years the incomes themselves are too large to be held.
    rich = math.log(ratio) + when * math.log1p(rich_growth / 100)
    poor = when * math.log1p(poor_growth / 100)
    assert poor == pytest.approx(rich, rel=0, abs=1e-6)


@given(RATIOS, RATES, RATES, st.integers(1, 200))
def test_before_that_year_the_rich_region_is_ahead_and_after_it_behind(
    ratio, rich_growth, poor_growth, horizon
):
    race = growth_race(ratio, rich_growth, poor_growth, horizon)
    assert len(race.year) == len(race.rich) == len(race.poor) == horizon + 1
    when = math.inf if race.catch_up_year is None else race.catch_up_year
    early, late = race.year < when - 1e-3, race.year > when + 1e-3
    assert (race.rich[early] >= race.poor[early]).all()
    if ratio > 1:
        assert (race.poor[late] > race.rich[late]).all()


@pytest.mark.parametrize(
    ("ratio", "rich_growth", "poor_growth", "years"),
    [
        (4, 2, 4, math.log(4) / math.log(1.04 / 1.02)),
        (2, 0, 100, 1),  # doubling every year
        (8, 0, 100, 3),
        (2, -50, 0, 1),  # the rich region halves
    ],
)
def test_closed_form(ratio, rich_growth, poor_growth, years):
    assert growth_race(ratio, rich_growth, poor_growth).catch_up_year == pytest.approx(years)


def test_grows_by_the_rate_it_is_given():
    race = growth_race(4, 2, 4, horizon=30)
    assert race.poor[0] == 1
    assert race.rich[0] == 4
    assert np.allclose(race.rich[1:] / race.rich[:-1], 1.02)
    assert np.allclose(race.poor[1:] / race.poor[:-1], 1.04)


class TestNever:
    @pytest.mark.parametrize(("rich", "poor"), [(4, 2), (3, 3)])
    def test_if_the_poor_region_does_not_grow_faster(self, rich, poor):
        race = growth_race(4, rich, poor)
        assert race.catch_up_year is None
        assert race.summary() == (
            "The rich region starts at 4 times the poor one's income, and the poor region never "
            "catches up: it does not grow faster."
        )

    @pytest.mark.parametrize(("rich", "poor"), [(4, 2), (3, 3), (2, 4)])
    def test_is_no_word_for_regions_that_start_level(self, rich, poor):
        race = growth_race(1, rich, poor)
        assert race.catch_up_year == 0
        assert "start with the same income" in race.summary()


def test_summary_and_table():
    race = growth_race(2.5, 1, 3, horizon=2)
    assert race.summary() == (
        "The rich region starts at 2.5 times the poor one's income; the poor region catches up "
        "after 46.7 years."
    )
    table = race.to_frame()
    assert list(table.columns) == ["rich", "poor"]
    assert list(table.index) == [0, 1, 2]
    assert (table.index.name, table.index.dtype) == ("year", np.int64)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ratio": 0.5}, r"at least 1 \(got 0.5\)"),
        ({"ratio": math.nan}, r"at least 1 \(got nan\)"),
        ({"ratio": math.inf}, "at least 1"),
        (
            {"rich_growth": -100},
            r"rich_growth must be above -100 \(got -100\): it is",
        ),
        ({"poor_growth": -150}, "poor_growth must be above -100"),
        ({"poor_growth": math.nan}, "poor_growth must be above -100"),
        ({"rich_growth": math.nan}, "rich_growth must be above -100"),
        ({"poor_growth": math.inf}, "poor_growth must be above -100"),
        ({"horizon": 0}, r"of at least 1 \(got 0\): it counts years"),
        ({"horizon": 2.5}, r"whole number of at least 1 \(got 2.5\)"),
        ({"ratio": "4"}, r"at least 1 \(got '4'\)"),
    ],
)
def test_refuses_with_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        growth_race(**wrong)


class TestLab:
    def test_half_the_years_at_twice_the_difference(self):
        lab = growth_race_lab()
        assert lab.result.catch_up_year == pytest.approx(71.4, abs=0.05)  # as the question says
        assert lab.settle() == "half"

    def test_marks_where_the_lines_cross(self):
        lab = growth_race_lab()
        rich, poor, meeting = lab.figure.axes[0].lines
        (when,), (income,) = meeting.get_data()
        assert np.interp(when, *rich.get_data()) == pytest.approx(income, rel=1e-3)
        assert np.interp(when, *poor.get_data()) == pytest.approx(income, rel=1e-3)

    def test_and_marks_nothing_where_they_do_not(self):
        axes = growth_race_lab().set(poor_growth=1).figure.axes[0]
        assert len(axes.lines[2].get_xdata()) == 0
        assert axes.texts[0].get_text() == ""
