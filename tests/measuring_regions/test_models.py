"""The models of lesson 01: closed forms, and the numbers that the lesson quotes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import datasets, measures
from course_lib.measuring_regions.inequality import china_inequality, us_inequality
from course_lib.measuring_regions.inverted_u import INDICES, inverted_u
from course_lib.measuring_regions.specialisation import industries, industry_map

RATIOS = st.floats(1.05, 50)


def test_peaks_at_ratio_four() -> None:
    """Closed form: p* = 1/3, 1/5 and (r ln r / (r - 1) - 1) / (r - 1)."""
    peaks = inverted_u(4).peaks
    assert peaks["Gini"] == pytest.approx((1 / 3, 1 / 3))
    assert peaks["Williamson"] == pytest.approx((0.2, 0.75))
    assert peaks["Theil"][0] == pytest.approx(0.28279749, abs=1e-8)


@given(RATIOS)
def test_no_share_beats_the_closed_form(ratio: float) -> None:
    result = inverted_u(ratio)
    for name in INDICES:
        where, top = result.peaks[name]
        assert 0 < where < 1
        assert result.curves[name].max() <= top + 1e-12
        assert inverted_u(ratio, where).now[name] == pytest.approx(top)


@given(RATIOS, st.floats(0.01, 0.99))
def test_the_indices_are_those_of_the_measures(ratio: float, share: float) -> None:
    income, people = [ratio, 1.0], [share, 1 - share]
    now = inverted_u(ratio, share).now
    assert now["Gini"] == pytest.approx(measures.gini(income, people), abs=1e-9)
    assert now["Theil"] == pytest.approx(measures.theil(income, people), abs=1e-9)
    assert now["Williamson"] == pytest.approx(measures.williamson(income, people), abs=1e-9)


@pytest.mark.parametrize("wrong", [{"ratio": 1}, {"share": -0.1}, {"share": 1.1}])
def test_out_of_range_is_a_sentence(wrong) -> None:
    with pytest.raises(ValueError, match=r"\(got"):
        inverted_u(**wrong)


def test_the_states_of_1929_and_2009() -> None:
    """PySAL's Theil decomposition of the same figures gives these."""
    first, last = us_inequality(1929).now, us_inequality(2009).now
    assert list(first[["theil", "between", "within"]]) == pytest.approx(
        [0.0625135, 0.0251497, 0.0373638], abs=1e-7
    )
    assert list(last[["theil", "between", "within"]]) == pytest.approx(
        [0.01000953, 0.00332322, 0.00668632], abs=1e-8
    )


def test_the_puzzle_of_the_lesson() -> None:
    first, later = china_inequality(1978).now, china_inequality(2003).now
    assert later["gini"] > first["gini"]
    assert later["theil"] < first["theil"]
    assert later["williamson"] < first["williamson"]


def test_the_quiz_is_right_that_gini_rises_least() -> None:
    table = datasets.china_provinces().query("year == 2003")
    richer = table["gdp_per_head"].where(table["province"] != "Shanghai", table["gdp_per_head"] * 2)
    rise = {
        index.__name__: index(richer, table["population"])
        / index(table["gdp_per_head"], table["population"])
        for index in (measures.gini, measures.theil, measures.williamson)
    }
    assert min(rise, key=lambda name: rise[name]) == "gini"


@pytest.mark.parametrize("model", [us_inequality, china_inequality])
def test_no_such_year_is_a_sentence(model) -> None:
    with pytest.raises(ValueError, match="The table goes from"):
        model(1900)


def test_no_such_scheme_is_a_sentence() -> None:
    with pytest.raises(ValueError, match="scheme is one of"):
        china_inequality(scheme="five belts")


def test_film_is_as_much_at_home_in_utah_as_in_california() -> None:
    film = industry_map("Motion Picture and Sound Recording Industries").states
    assert list(film.index[:2]) == ["Utah", "California"]
    assert film["location_quotient"].iloc[0] == pytest.approx(2.95, abs=0.005)
    assert film.loc["California", "share"] == pytest.approx(0.344, abs=0.001)


def test_withheld_industries_are_refused_not_read_as_zero() -> None:
    assert "Hospitals" not in industries()
    with pytest.raises(ValueError, match="withheld"):
        industry_map("Hospitals")
    with pytest.raises(ValueError, match="no industry"):
        industry_map("Magic")
    assert not any(np.isnan(industry_map(name).states).any(axis=None) for name in industries())
