"""What the document names, in figures: Sacramento fails whatever the withheld figures are."""

import pytest

from course_lib import datasets
from course_lib.california.document_claims import NAMED, document_claims, named_codes
from course_lib.california.employment import SACRAMENTO_METRO, industries_of

NATION = 132_989_396


def test_sacramento_in_the_figures():
    metro = industries_of(SACRAMENTO_METRO)["location_quotient"]
    assert metro[["3341", "3344", "5415"]].round(2).tolist() == [0.17, 0.74, 0.91]
    claims = document_claims()
    assert claims.borne_out("Sacramento") == (1, 7)
    phrase = claims.together.set_index(["region", "words"]).loc[
        ("Sacramento", "high-tech manufacturing")
    ]
    assert round(phrase["location_quotient"], 2) == 0.43
    assert round(phrase["highest_quotient"], 2) == 0.76


def test_a_phrase_by_hand():
    """High-tech manufacturing in the Sacramento region from the bare table."""
    table = datasets.california_metros().query("region == 'Sacramento'")
    codes = ["3341", "3342", "3344", "3345", "3364"]
    rows = table[table["naics"].isin(codes)]
    nation = datasets.california_metros().drop_duplicates("naics").set_index("naics")
    jobs = table.drop_duplicates("metro")["metro_employment"].sum()
    expected = jobs * nation.loc[codes, "us_employment"].sum() / NATION
    assert rows["employment"].sum() == 3172
    together = document_claims().together
    found = together[together["words"] == "high-tech manufacturing"].iloc[0]
    assert found["location_quotient"] == pytest.approx(3172 / expected)
    yuba = table[table["metro"].str.startswith("Yuba")]
    hidden = yuba["metro_employment"].iloc[0] - yuba["employment"].sum()
    assert hidden == 2481
    assert found["highest_quotient"] == pytest.approx((3172 + hidden) / expected)


def test_the_other_regions_bear_the_document_out():
    claims = document_claims()
    assert claims.borne_out("San Francisco Bay") == (6, 6)
    assert claims.borne_out("Southern California") == (7, 8)
    assert claims.borne_out("Central Valley") == (4, 4)
    assert "Sacramento 1 of 7" in claims.summary()


def test_no_farm_is_in_the_figures():
    """NAICS 111 and 112: the document's "high-yield agriculture" itself."""
    codes = datasets.california_metros()["naics"]
    assert not codes.str.startswith(("111", "112")).any()
    assert [named.only_a_trace for named in NAMED if named.region == "Central Valley"] == [True]


def test_what_is_named_is_named_once():
    assert named_codes("outside") == set()
    codes = [(named.region, code) for named in NAMED for code in named.naics]
    assert len(codes) == len(set(codes)) == len(document_claims().rows)
