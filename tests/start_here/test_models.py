"""The models of lesson 00."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from course_lib import datasets
from course_lib.maps import CHINA_PROVINCES, US_STATES
from course_lib.start_here.growth_race import growth_race
from course_lib.start_here.questions import ratio_check
from course_lib.start_here.readiness import check_this_computer
from course_lib.start_here.two_countries import two_countries


@given(st.floats(1, 20), st.floats(0, 6), st.floats(0, 6))
def test_incomes_are_equal_in_the_year_of_catching_up(ratio, rich, poor) -> None:
    assume(poor - rich > 0.05)
    when = growth_race(ratio, rich, poor).catch_up_year
    assert ratio * (1 + rich / 100) ** when == pytest.approx((1 + poor / 100) ** when)


def test_no_catching_up_without_faster_growth() -> None:
    result = growth_race(2, 3, 3)
    assert result.catch_up_year is None
    assert "never" in result.summary()


@pytest.mark.parametrize("wrong", [{"ratio": 0.5}, {"rich_growth": -100}, {"horizon": 0}])
def test_wrong_parameters_are_sentences(wrong) -> None:
    with pytest.raises(ValueError, match=r"\.|got"):
        growth_race(**wrong)


def test_every_region_with_a_figure_has_a_tile() -> None:
    assert set(datasets.us_income()["state"]) <= set(US_STATES.names)
    assert set(datasets.us_industry_employment()["state"]) <= set(US_STATES.names)
    assert set(datasets.china_provinces()["province"]) == set(CHINA_PROVINCES.names)
    for tiles in (US_STATES, CHINA_PROVINCES):
        places = set(zip(tiles.columns, tiles.rows, strict=True))
        assert len(places) == len(tiles.names)


def test_two_countries_where_one_has_no_figures() -> None:
    assert two_countries(1929).china.empty
    assert two_countries(2023).us.empty
    assert len(two_countries(1990).us) == 48
    assert len(two_countries(1990).china) == 31
    with pytest.raises(ValueError, match="no figures for 1900"):
        two_countries(1900)


def test_readiness_says_what_is_missing(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    assert "read-only" in repr(check_this_computer(tmp_path))


def test_the_check_accepts_right_and_rejects_wrong_answers() -> None:
    check = ratio_check()
    assert check(lambda incomes: max(incomes) / min(incomes)).passed == 3
    assert check(lambda incomes: incomes[0] / incomes[-1]).passed < 3
    assert check(lambda incomes: max(incomes) - min(incomes)).passed < 3
