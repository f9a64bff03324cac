"""Each reason that lesson 10 gives: the named cause is changed alone, and the effect goes."""

import numpy as np
import pytest

from course_lib import datasets, measures
from course_lib.agglomeration.one_place import jobs_in_the_nation
from course_lib.california.cluster_jobs import cluster_jobs
from course_lib.california.document_claims import named_codes
from course_lib.california.employment import REGIONS, industries_of, jobs_of
from course_lib.california.industry_space import (
    FIGURES,
    STATES,
    _presence,
    industry_space,
    relatedness_test,
)
from course_lib.california.regional_profile import RANKINGS, regional_profile

FIVE = ("Los Angeles", "Riverside", "San Diego", "Oxnard", "El Centro")


def share_in_unusual(place, least=2.0):
    table = industries_of(place)
    return table["employment"][table["location_quotient"] >= least].sum() / jobs_of(place)


def test_film_is_both_large_and_unusual():
    first = {ranking: regional_profile("Los Angeles", ranking).first for ranking in RANKINGS}
    assert [table.index[0] for table in first.values()] == [
        "Agents of artists",
        "Restaurants",
        "Film and video",
    ]
    film = first["jobs above the nation's mix"].loc["Film and video"]
    meals = first["number of jobs"].loc["Restaurants"]
    agents = first["location quotient"].loc["Agents of artists"]
    assert meals["employment"] / film["employment"] == pytest.approx(6, abs=0.2)
    assert agents["employment"] / film["employment"] == pytest.approx(0.1, abs=0.002)
    for jobs, quotient in (
        (agents["employment"], film["location_quotient"]),  # as unusual as film, and small
        (film["employment"], meals["location_quotient"]),  # as large as film, and usual
    ):
        assert jobs * (1 - 1 / quotient) < film["above_the_mix"]


def test_computer_services_are_both_large_and_unusual():
    portals, offices, services = (
        industries_of("San Jose").loc[one] for one in ("5191", "5511", "5415")
    )
    assert services["above_the_mix"] > max(portals["above_the_mix"], offices["above_the_mix"])
    # As few as in portals, or as usual as in head offices: each alone takes the first place away.
    for jobs, quotient in (
        (portals["employment"], services["location_quotient"]),
        (services["employment"], offices["location_quotient"]),
    ):
        assert jobs * (1 - 1 / quotient) < portals["above_the_mix"]


def test_restaurants_are_large_everywhere():
    for region in REGIONS:
        table = industries_of(region)
        assert table["employment"].rank(ascending=False).loc["7225"] <= 2


def test_the_claim_fails_even_if_all_that_is_withheld_were_there():
    codes = [code for code in named_codes("Sacramento") if code.startswith("33")]
    table = industries_of("Sacramento").loc[codes]
    expected = (table["employment"] - table["above_the_mix"]).sum()
    assert table["employment"].sum() / expected == pytest.approx(0.43, abs=0.005)
    assert (table["employment"].sum() + 2481) / expected == pytest.approx(0.76, abs=0.005)


def test_near_industries_are_in_the_same_states_also_without_california():
    assert industry_space("California").to_frame().head(18)["has"].sum() == 15
    has = _presence(STATES, 1.0)[1]
    near = measures.proximity(has.drop(index="California"), withheld="keep").to_numpy(float).copy()
    np.fill_diagonal(near, 0.0)
    here = has.loc["California"].to_numpy(float)
    assert not np.isnan(here).any()
    related = (near @ here) / near.sum(axis=1)
    assert here[np.argsort(-related, kind="stable")[:18]].sum() == 14


def test_relatedness_tells_something():
    states, metros = (relatedness_test(figures).rates.to_numpy() for figures in FIGURES)
    assert states.mean() == pytest.approx(0.40, abs=0.005)
    assert states[0] - states[2] > 0.45
    assert 0.1 < metros[0] - metros[2] < 0.25


def test_sacramentos_many_are_a_little_above():
    table = industries_of("Sacramento")["location_quotient"]
    assert ((table >= 1).sum(), ((table >= 1) & (table < 1.5)).sum()) == (105, 76)
    assert (table >= 2).sum() == 10
    low, high = (cluster_jobs(rule).regions["in_clusters"] for rule in (1.0, 2.0))
    assert low.drop("outside").idxmax() == "Sacramento"
    assert high.drop("outside").idxmax() == "San Francisco Bay"
    assert [round(high[place], 2) for place in ("Sacramento", "San Francisco Bay")] == [0.05, 0.22]


def test_what_is_missing_in_one_industry_is_above_in_others():
    """Manufacturing: its share of Sacramento's jobs, and of the nation's."""
    table = industries_of("Sacramento")
    factory = table.index.str[:2].isin(["31", "32", "33"])
    here = table["employment"][factory].sum() / jobs_of("Sacramento")
    nation = datasets.us_industry_employment().drop_duplicates("naics")
    factory = nation["naics"].str[:2].isin(["31", "32", "33"])
    there = nation["us_employment"][factory].sum() / jobs_in_the_nation()
    assert (round(here, 2), round(there, 2)) == (0.04, 0.09)


def test_five_metros_that_differ_add_up_to_a_mix_near_the_nations():
    together = share_in_unusual("Southern California")
    assert round(together, 2) == 0.05
    alone = {metro: share_in_unusual(metro) for metro in FIVE}
    assert round(alone["Riverside"], 2) == 0.14
    assert round(alone["San Diego"], 2) == 0.11
    assert min(alone.values()) > together
