"""How much of an industry is in one metro: recomputed from the published table."""

import pytest

from course_lib import datasets
from course_lib.agglomeration.one_place import (
    largest_shares,
    one_place,
    traded_industries,
)


def test_film_is_recomputed_from_the_table():
    table = datasets.us_metro_industry_employment()
    rows = table[table["industry"] == "Motion Picture and Video Industries"]
    shares = (rows["employment"] / rows["us_employment"]).to_numpy()
    found = one_place("Film and video")
    assert found.largest_share == pytest.approx(shares.max())
    assert len(found.metros) == len(rows)
    assert found.metros["share"].is_monotonic_decreasing


def test_jobs_of_the_nation_are_the_states_published_totals():
    states = datasets.us_industry_employment().groupby("state")["state_employment"].first()
    metro = one_place().metros.iloc[0]
    table = datasets.us_metro_industry_employment()
    jobs = table.loc[table["metro_short"] == metro.name, "metro_employment"].iloc[0]
    assert metro["share_of_all_jobs"] == pytest.approx(jobs / states.sum())


def test_every_industry_has_a_short_name_and_no_other_has():
    names = set(datasets.us_metro_industry_employment()["industry_short"])
    assert sorted(names) == sorted(traded_industries())
    assert len(names) == 34


def test_a_third_and_not_a_half():
    shares = largest_shares()["share"]
    assert 0.33 < shares.max() < 0.34


def test_a_result_is_its_callers_own():
    mine = one_place()
    mine.metros.loc[:, "share"] = 0.0
    assert one_place().largest_share > 0.2


def test_an_industry_that_is_not_there():
    with pytest.raises(ValueError, match=r"no industry 'Films'.*traded_industries"):
        one_place("Films")
