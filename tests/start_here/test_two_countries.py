"""Every region beside its country's mean: recomputed from the tables by hand."""

from __future__ import annotations

import pytest

from course_lib import datasets
from course_lib.start_here.labs import two_countries_lab
from course_lib.start_here.two_countries import CHINA_YEARS, US_YEARS, two_countries


@pytest.mark.parametrize("year", [1929, 1970, 2009])
def test_us_states_beside_the_mean_of_the_48(year):
    table = datasets.us_income()
    income = table[table["year"] == year].set_index("state")["income_per_head"]
    us = two_countries(year).us
    assert len(us) == 48
    assert us.mean() == pytest.approx(1)
    for state in ("New York", "Mississippi", "Utah"):
        assert us[state] == pytest.approx(income[state] / (sum(income) / 48))


@pytest.mark.parametrize("year", [1978, 1999, 2023])
def test_provinces_beside_their_country(year):
    table = datasets.china_provinces()
    rows = table[table["year"] == year].set_index("province")
    china = two_countries(year).china
    assert len(china) == 31
    # Weighted by people, the provinces have the mean of the country.
    people = rows["population"]
    assert (china * people).sum() / people.sum() == pytest.approx(1, abs=2e-3)
    nation = rows["gdp"].sum() / people.sum() * 10_000  # 100 million yuan by 10,000 persons
    assert china["Guizhou"] == pytest.approx(rows["gdp_per_head"]["Guizhou"] / nation)


def test_years_of_the_tables():
    us, china = datasets.us_income()["year"], datasets.china_provinces()["year"]
    assert (us.min(), us.max()) == US_YEARS
    assert (china.min(), china.max()) == CHINA_YEARS


@pytest.mark.parametrize(
    ("year", "us", "china"),
    [(1929, 48, 0), (1977, 48, 0), (1978, 48, 31), (2009, 48, 31), (2010, 0, 31), (2023, 0, 31)],
)
def test_a_country_without_figures_is_empty_and_says_so(year, us, china):
    both = two_countries(year)
    assert (len(both.us), len(both.china)) == (us, china)
    assert ("US states: no figures." in both.summary()) == (us == 0)
    assert ("Provinces: no figures." in both.summary()) == (china == 0)
    assert len(both.to_frame()) == us + china
    assert both.to_frame().index.names == ["country", "region"]
    assert both.to_frame().columns.tolist() == ["relative_income"]
    assert both.to_frame().notna().all().all()


@pytest.mark.parametrize("year", [1928, 2024, 0])
def test_a_year_without_any_figures(year):
    with pytest.raises(ValueError, match=f"got {year}.*from 1929 to 2023"):
        two_countries(year)


def test_sentence():
    table = datasets.us_income()
    income = table[table["year"] == 1929].set_index("state")["income_per_head"]
    assert (income.idxmin(), income.idxmax()) == ("South Carolina", "New York")
    assert two_countries(1929).summary() == (
        f"1929. US states: from {income.min() / income.mean():.2f} (South Carolina) to "
        f"{income.max() / income.mean():.2f} (New York) times the country's mean. "
        "Provinces: no figures."
    )


def test_a_result_can_be_changed_without_changing_the_next():
    mine = two_countries(1990)
    us, china = mine.us, mine.china
    us["Utah"], china["Tibet"] = 99, 99
    assert two_countries(1990).us["Utah"] < 2
    assert two_countries(1990).china["Tibet"] < 2


def test_the_lab_plays_the_years():
    lab = two_countries_lab()
    assert lab.play == "year"
    assert lab.set(year=1929).figure.axes[0].texts[-1].get_text() == "1929"
