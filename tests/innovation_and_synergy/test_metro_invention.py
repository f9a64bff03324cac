"""Patents of metros: joined by the right codes, and recomputed from the tables."""

import pytest

from course_lib import datasets
from course_lib.innovation_and_synergy.metro_invention import (
    FOLLOWED,
    first_town,
    metro_invention,
)


def test_no_large_metro_drops_out_but_the_one_without_a_figure():
    """Los Angeles has another code in the source of the patents."""
    rate = metro_invention().per_thousand_jobs
    jobs = datasets.us_metro_industry_employment().drop_duplicates("cbsa_code")
    missing = {first_town(name) for name in jobs["metro"]} - set(rate.index)
    names = {"Louisville/Jefferson County", "New Orleans"}
    assert "Los Angeles" in rate.index
    assert missing <= names
    assert len(rate) == len(jobs) - 1


def test_every_town_stands_for_one_metro():
    found = metro_invention()
    assert found.patents.shape == (16, 100)
    assert found.patents.columns.is_unique
    assert not found.patents.isna().any(axis=None)


def test_san_jose_is_recomputed_from_the_tables():
    patents = datasets.metro_patents()
    rows = patents[(patents["cbsa_code"] == "41940") & (patents["year"] >= 2013)]
    jobs = datasets.us_metro_industry_employment()
    jobs = jobs.loc[jobs["cbsa_code"] == "41940", "metro_employment"].iloc[0]
    rate = metro_invention().per_thousand_jobs
    assert len(rows) == 3
    assert rate["San Jose"] == pytest.approx(1000 * rows["patents"].mean() / jobs)
    assert rate.is_monotonic_decreasing


def test_share_of_the_first_five():
    patents = datasets.metro_patents()
    found = metro_invention().share_of_first(5)
    for year in (2000, 2015):
        here = patents.loc[patents["year"] == year, "patents"].sort_values(ascending=False)
        assert found[year] == pytest.approx(here.head(5).sum() / here.sum())


def test_growth_begins_at_one():
    found = metro_invention()
    for metro in FOLLOWED:
        assert found.growth_of(metro).iloc[0] == 1
    assert found.growth.iloc[0] == 1
    assert first_town("Rochester, NY") == "Rochester"
    assert first_town("Rochester, MN") == "Rochester, MN"
