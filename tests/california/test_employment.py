"""Regions and areas: the same numbers by another road, and bounds that hold."""

import numpy as np
import pytest

from course_lib import datasets, measures
from course_lib.agglomeration.one_place import jobs_in_the_nation
from course_lib.california.employment import (
    REGIONS,
    SACRAMENTO_METRO,
    industries_of,
    jobs_of,
    places,
    unpublished_jobs,
)

KNOWN = [
    ("San Jose", "5112", 9.4),
    ("San Jose", "3344", 7.3),
    ("Los Angeles", "5121", 6.7),
    ("Los Angeles", "3152", 8.2),
    ("Napa", "3121", 77.3),
]


@pytest.mark.parametrize(("place", "naics", "quotient"), KNOWN)
def test_known_location_quotients(place, naics, quotient):
    assert round(industries_of(place).loc[naics, "location_quotient"], 1) == quotient


def test_areas_have_the_quotients_of_the_measure():
    """`measures.location_quotient` on the whole table of areas, withheld cells kept."""
    table = datasets.california_metros()
    jobs = table.pivot(index="metro", columns="naics", values="employment")
    quotients = measures.location_quotient(
        jobs,
        withheld="keep",
        region_totals=table.groupby("metro")["metro_employment"].first(),
        industry_totals=table.groupby("naics")["us_employment"].first(),
        national_total=jobs_in_the_nation(),
    )
    for place, metro in (
        ("Fresno", "Fresno, CA"),
        (SACRAMENTO_METRO, "Sacramento-Roseville-Folsom, CA"),
    ):
        here = industries_of(place)["location_quotient"]
        np.testing.assert_allclose(here, quotients.loc[metro].dropna()[here.index])


def test_the_regions_hold_every_area_and_every_published_job_once():
    table = datasets.california_metros()
    assert sum(jobs_of(region) for region in REGIONS) == sum(
        table.drop_duplicates("metro")["metro_employment"]
    )
    published = sum(industries_of(region)["employment"].sum() for region in REGIONS)
    assert published == table["employment"].sum()
    assert len(places()) == len(set(places())) == 5 + 34


@pytest.mark.parametrize("region", REGIONS)
def test_bounds_of_withheld_figures(region):
    here = industries_of(region)
    assert (here["highest_quotient"] >= here["location_quotient"] - 1e-12).all()
    missing = unpublished_jobs(region)
    assert (missing >= 0).all()
    assert here["employment"].sum() + missing.sum() == jobs_of(region)
    # No industry can hide more than is hidden in all areas together.
    expected = here["employment"] - here["above_the_mix"]
    hidden = (here["highest_quotient"] - here["location_quotient"]) * expected
    assert (hidden <= missing.sum() + 1e-6).all()


def test_a_place_alone_hides_nothing_of_what_it_publishes():
    here = industries_of("Los Angeles")
    np.testing.assert_allclose(here["highest_quotient"], here["location_quotient"])


def test_what_is_returned_is_the_callers_own():
    mine = industries_of("Napa")
    mine["employment"] = 0
    assert industries_of("Napa")["employment"].sum() > 0
