"""Jobs in strong clusters, by a rule that can be moved."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib import datasets
from course_lib.california.cluster_jobs import cluster_jobs

NATION = 132_989_396


def test_who_comes_first_depends_on_the_rule():
    shares = {limit: cluster_jobs(limit).regions["in_clusters"] for limit in (1.0, 1.5, 2.0, 3.0)}
    assert {limit: found.idxmax() for limit, found in shares.items()} == {
        1.0: "Sacramento",
        1.5: "San Francisco Bay",
        2.0: "San Francisco Bay",
        3.0: "San Francisco Bay",
    }
    assert shares[1.0].round(2).to_dict() == {
        "Southern California": 0.60,
        "San Francisco Bay": 0.57,
        "Central Valley": 0.67,
        "Sacramento": 0.73,
        "outside": 0.62,
    }
    assert shares[2.0].round(2).tolist() == [0.05, 0.22, 0.16, 0.05, 0.13]


def test_the_bay_by_hand():
    table = datasets.california_metros().query("region == 'San Francisco Bay'")
    jobs = table.drop_duplicates("metro")["metro_employment"].sum()
    by_industry = table.groupby("naics").agg({"employment": "sum", "us_employment": "first"})
    quotient = by_industry["employment"] / jobs / (by_industry["us_employment"] / NATION)
    share = by_industry["employment"] / by_industry["us_employment"]
    strong = by_industry["employment"][(quotient >= 1.7) & (share >= 0.05)]
    found = cluster_jobs(1.7, 0.05).regions.loc["San Francisco Bay"]
    assert found["clusters"] == len(strong)
    assert found["in_clusters"] == pytest.approx(strong.sum() / jobs)
    assert found["largest"] == "Web portals and archives"


@settings(max_examples=20)
@given(st.floats(1, 6), st.floats(0, 0.2), st.floats(0, 1))
def test_a_stricter_rule_never_counts_more(quotient, share, more):
    loose = cluster_jobs(quotient, share).regions
    strict = cluster_jobs(quotient + more, share).regions
    for column in ("in_clusters", "named", "above_the_mix", "clusters"):
        assert (strict[column] <= loose[column] + 1e-12).all()
    assert (loose["named"] <= loose["in_clusters"] + 1e-12).all()
    assert (loose["above_the_mix"] <= loose["in_clusters"] + 1e-12).all()


def test_a_rule_that_nobody_meets():
    found = cluster_jobs(1000, 0.5)
    assert np.all(found.regions["in_clusters"] == 0)
    assert set(found.regions["largest"]) == {""}
    assert found.summary().endswith("outside 0%.")


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"least_quotient": 0.5}, r"least_quotient must be at least 1 \(got 0.5\)"),
        ({"least_share": 2}, "least_share must be at least 0 and at most 1"),
    ],
)
def test_bad_input_gets_a_sentence(parameters, sentence):
    with pytest.raises(ValueError, match=sentence):
        cluster_jobs(**parameters)
