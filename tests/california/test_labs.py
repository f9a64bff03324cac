"""What the predictions of lesson 10 come to, and that their words quote the right figures."""

import pytest

from course_lib.california import labs
from course_lib.california.cluster_jobs import cluster_jobs
from course_lib.california.industry_space import industry_space

OUTCOMES = {
    "profile_lab": "none",
    "industry_space_lab": "14 or more",
    "cluster_jobs_lab": "San Francisco Bay",
}


def test_each_lab_is_here():
    assert set(OUTCOMES) == {name for name in vars(labs) if name.endswith("_lab")}


@pytest.mark.parametrize("name", OUTCOMES)
def test_outcome(name):
    assert getattr(labs, name)().settle() == OUTCOMES[name]


@pytest.mark.parametrize(
    ("name", "setting", "outcome"),
    [
        ("profile_lab", {"place": "Southern California"}, "three or four"),
        ("profile_lab", {"place": "Southern California", "ranking": "location quotient"}, "five"),
        ("profile_lab", {"place": "Central Valley", "ranking": "number of jobs"}, "none"),
        ("industry_space_lab", {"state": "Kentucky"}, "about 8"),
        ("industry_space_lab", {"state": "Nevada"}, "about 11"),
        ("cluster_jobs_lab", {"least_quotient": 1.0}, "still Sacramento"),
        ("cluster_jobs_lab", {"least_share": 0.05}, "Southern California"),
    ],
)
def test_another_setting_has_another_outcome(name, setting, outcome):
    lab = getattr(labs, name)()
    before = lab.result
    after = lab.set(**setting).result
    assert lab.predict.settle(before, after).startswith(outcome)


def test_questions_quote_what_the_models_say():
    shares = cluster_jobs().regions["in_clusters"]
    assert shares.idxmax() == "Sacramento"
    assert "73 per cent" in labs.cluster_jobs_lab().predict.question
    assert round(shares["Sacramento"], 2) == 0.73
    assert "24 of 54" in labs.industry_space_lab().predict.question
    assert industry_space("California").number_here == 24
