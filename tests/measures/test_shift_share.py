"""Shift-share: worked table, adding up on every state and on any table, what it refuses."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from course_lib.datasets import us_sector_employment
from course_lib.measures import dynamic_shift_share, shift_share

CLASSIC = ["national", "industry_mix", "regional"]
FOUR = ["national", "industry_mix", "competitive", "allocation"]
EFFECTS = {"classic": CLASSIC, "esteban-marquillas": FOUR}

INDUSTRIES = ["a", "b", "c"]
START = pd.DataFrame([[100, 200, 300]], index=["here"], columns=INDUSTRIES)
END = pd.DataFrame([[130, 210, 290]], index=["here"], columns=INDUSTRIES)
NATION = {"nation_start": [1000, 3000, 2000], "nation_end": [1200, 3300, 1900]}

one_method = pytest.mark.parametrize("method", list(EFFECTS))


@pytest.fixture(scope="module")
def states() -> dict[int, pd.DataFrame]:
    """Jobs by state and sector in the three years of the course's table."""
    tidy = us_sector_employment()
    return {
        int(year): rows.pivot(index="state", columns="sector", values="employment")
        for year, rows in tidy.groupby("year")
    }


@st.composite
def two_tables(draw, least=0):
    """Jobs at two dates; every industry has a job somewhere at the start."""
    shape = draw(st.tuples(st.integers(1, 5), st.integers(1, 5)))
    start = arrays(np.int64, shape, elements=st.integers(least, 5000))
    end = arrays(np.int64, shape, elements=st.integers(0, 5000))
    first = draw(start.filter(lambda table: (table.sum(axis=0) > 0).all()))
    return pd.DataFrame(first), pd.DataFrame(draw(end))


class TestWorkedTable:
    def test_three_effects(self):
        found = shift_share(START, END, **NATION)
        assert found.loc["here"].tolist() == pytest.approx([40.0, -15.0, 5.0, 30.0], abs=1e-12)

    def test_industry_by_industry(self):
        """The nation grows by 400/6000, its industries by 20, 10 and -5 per cent."""
        found = shift_share(START, END, **NATION, by="cell").loc["here"]
        assert found["national"].tolist() == pytest.approx([20 / 3, 40 / 3, 20])
        assert found["industry_mix"].tolist() == pytest.approx([40 / 3, 20 / 3, -35])
        assert found["regional"].tolist() == pytest.approx([10, -10, 5])
        assert found["change"].tolist() == [30, 10, -10]

    def test_four_effects_by_hand(self):
        """With the nation's mix the region's 600 jobs would be 100, 300 and 200."""
        found = shift_share(START, END, **NATION, method="esteban-marquillas")
        competitive = 100 * (0.3 - 0.2) + 300 * (0.05 - 0.1) + 200 * (-1 / 30 + 0.05)
        assert found.loc["here", "competitive"] == pytest.approx(competitive)
        assert found.loc["here", "allocation"] == pytest.approx(5 - competitive)
        assert found.loc["here", ["national", "industry_mix"]].tolist() == pytest.approx([40, -15])


class TestRealStates:
    @one_method
    @pytest.mark.parametrize("years", [(2001, 2010), (2010, 2019), (2001, 2019)])
    def test_adds_up_to_the_last_digit_on_every_state(self, states, years, method):
        start, end = (states[year] for year in years)
        found = shift_share(start, end, method=method)
        assert len(found) == 34
        parts = found[EFFECTS[method]].sum(axis=1)
        assert (parts.round(6) == end.sum(axis=1) - start.sum(axis=1)).all()
        assert (found["change"] == end.sum(axis=1) - start.sum(axis=1)).all()

    def test_equal_to_exact_fractions_on_every_state(self, states):
        start, end = states[2001], states[2019]
        found = shift_share(start, end)
        n0, n1 = ([Fraction(int(x)) for x in year.sum()] for year in (start, end))
        growth = sum(n1) / sum(n0)
        for state in start.index:
            e0, e1 = ([Fraction(int(x)) for x in year.loc[state]] for year in (start, end))
            exact = [
                sum(e0) * (growth - 1),
                sum(e * (b / a - growth) for e, a, b in zip(e0, n0, n1, strict=True)),
                sum(f - e * b / a for e, f, a, b in zip(e0, e1, n0, n1, strict=True)),
            ]
            assert sum(exact) == sum(e1) - sum(e0)
            assert found.loc[state, CLASSIC].tolist() == pytest.approx(
                [float(part) for part in exact], abs=1e-6
            )

    def test_the_nation_has_no_shift(self, states):
        found = shift_share(states[2001], states[2019])
        assert found["industry_mix"].sum() == pytest.approx(0, abs=1e-5)
        assert found["regional"].sum() == pytest.approx(0, abs=1e-5)

    @one_method
    def test_dynamic_adds_up_on_every_state(self, states, method):
        found = dynamic_shift_share(states, method=method)
        parts = found[EFFECTS[method]].sum(axis=1)
        assert (parts.round(6) == states[2019].sum(axis=1) - states[2001].sum(axis=1)).all()
        by_period = dynamic_shift_share(states, method=method, by="period")
        assert list(by_period.index.unique("period")) == ["2001-2010", "2010-2019"]
        pd.testing.assert_frame_equal(
            by_period.groupby(level="state").sum().loc[found.index], found, check_like=True
        )

    def test_dynamic_is_the_sum_of_its_periods(self, states):
        expected = shift_share(states[2001], states[2010]) + shift_share(states[2010], states[2019])
        pd.testing.assert_frame_equal(dynamic_shift_share(states), expected)

    def test_dynamic_with_published_totals_of_the_nation(self, states):
        nations = {year: table.sum() for year, table in states.items()}
        some = {year: table.iloc[:3] for year, table in states.items()}
        found = dynamic_shift_share(some, nations)
        pd.testing.assert_frame_equal(found, dynamic_shift_share(states).iloc[:3])

    def test_two_dates_are_the_classic_analysis(self, states):
        two = {year: states[year] for year in (2001, 2019)}
        pd.testing.assert_frame_equal(
            dynamic_shift_share(two), shift_share(states[2001], states[2019])
        )


class TestProperties:
    @given(two_tables())
    def test_classic_adds_up_cell_by_cell(self, tables):
        start, end = tables
        if end.to_numpy().sum() == 0:
            end.iloc[0, 0] = 1
        cells = shift_share(start, end, by="cell")
        assert (cells[CLASSIC].sum(axis=1).round(6) == cells["change"]).all()
        regions = shift_share(start, end)
        assert (regions[CLASSIC].sum(axis=1).round(6) == end.sum(axis=1) - start.sum(axis=1)).all()

    @given(two_tables(least=1))
    def test_four_effects_add_up_and_refine_the_three(self, tables):
        start, end = tables
        three = shift_share(start, end)
        four = shift_share(start, end, method="esteban-marquillas")
        assert (four[FOUR].sum(axis=1).round(5) == four["change"]).all()
        np.testing.assert_allclose(
            four["competitive"] + four["allocation"], three["regional"], atol=1e-6
        )

    @given(two_tables())
    def test_one_industry_leaves_no_mix(self, tables):
        start, end = (table.sum(axis=1).to_frame() for table in tables)
        assert shift_share(start, end)["industry_mix"].abs().max() < 1e-6

    @given(two_tables(least=1), st.integers(2, 9))
    def test_a_region_with_the_nations_mix_has_neither_mix_nor_allocation(self, tables, times):
        start, end = tables
        nation = start.iloc[[0]].sum() * times
        found = shift_share(
            start.iloc[[0]],
            end.iloc[[0]],
            nation_start=nation,
            nation_end=end.iloc[[0]].sum() * times + 7,
            method="esteban-marquillas",
        )
        assert found["industry_mix"].abs().max() < 1e-6 * float(nation.sum() + end.sum().sum())
        assert found["allocation"].abs().max() < 1e-6 * float(nation.sum() + end.sum().sum())

    @given(two_tables(), st.randoms(use_true_random=False))
    def test_matched_by_label_and_not_by_position(self, tables, random):
        start, end = tables
        rows, columns = list(end.index), list(end.columns)
        random.shuffle(rows)
        random.shuffle(columns)
        pd.testing.assert_frame_equal(
            shift_share(start, end), shift_share(start, end.loc[rows, columns])
        )


class TestRefusals:
    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"end": END.replace(210, np.nan)}, r"end: row 'here', column 'b' has no number"),
            ({"start": START.replace(200, -200)}, r"start: the table must not have negative .*'b'"),
            ({"end": END.rename(columns={"c": "d"})}, "start has the column 'c' and end has not"),
            ({"end": END.rename({"here": "there"})}, "start has the row 'here' and end has not"),
            (
                {"end": END.assign(d=1)},
                "end has the column 'd' and start has not: both need the same columns",
            ),
            ({"nation_end": None}, "nation_end is not given: the nation needs both dates"),
            (
                {"nation_start": [1000, 3000, 299]},
                "nation_start of 'c' is 299, but the regions add up to 300",
            ),
            ({"nation_start": [1000, 3000, None]}, "nation_start has no number for 'c'"),
            ({"nation_start": [1000, 3000]}, "must be equally long"),
            (
                {"start": START.replace(200, 0), "nation_start": [1000, 0, 2000]},
                "industry 'b' has no job in the nation at the start",
            ),
            ({"method": "shift"}, 'method must be "classic" or "esteban-marquillas"'),
            ({"by": "year"}, 'by must be "region" or "cell"'),
            (
                {"start": START.replace(200, 0), "method": "esteban-marquillas"},
                "row 'here', column 'b' has no job at the start",
            ),
        ],
    )
    def test_a_sentence_each(self, change, message):
        arguments = {"start": START, "end": END, **NATION} | change
        with pytest.raises(ValueError, match=message):
            shift_share(**arguments)

    def test_what_a_region_can_start_without(self):
        """No steel mill at the start: the classic method needs no growth rate of its own."""
        found = shift_share(START.replace(200, 0), END, **NATION)
        assert found["change"].item() == 230

    @pytest.mark.parametrize(
        ("tables", "more", "message"),
        [
            ({2001: START}, {}, r"at least two dates \(got 1\)"),
            ({2010: END, 2001: START}, {}, "the dates must rise, but 2001 comes after 2010"),
            (
                {2001: START, 2010: END, 2019: END.replace(290, np.nan)},
                {},
                r"2010-2019 \(start 2010, end 2019\): end: row 'here', column 'c' has no number",
            ),
            ({2001: START, 2010: END}, {"by": "cell"}, 'by must be "region" or "period"'),
            (
                {2001: START, 2010: END},
                {"nations": {2001: [1000, 3000, 2000]}},
                "nations has no figures for 2010",
            ),
        ],
    )
    def test_dynamic(self, tables, more, message):
        with pytest.raises(ValueError, match=message):
            dynamic_shift_share(tables, **more)
