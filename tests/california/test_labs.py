"""What the predictions of lesson 10 come to, and that their words quote the right figures."""

import pytest

from course_lib.california import labs
from course_lib.california.cluster_jobs import cluster_jobs
from course_lib.california.employment import industries_of, jobs_of
from course_lib.california.industry_space import industry_space

REACHED = {"cluster_jobs_lab": {"least_quotient": 1.4, "least_share": 0.02}}
OUTCOMES = {
    "profile_lab": "Computer services",
    "industry_space_lab": "more",
    "cluster_jobs_lab": "bay",
}


@pytest.mark.parametrize(
    ("name", "setting", "outcome"),
    [
        ("profile_lab", {"place": "San Francisco"}, "Web portals and archives"),
        ("profile_lab", {"place": "San Jose", "ranking": "number of jobs"}, "Computer services"),
        ("industry_space_lab", {"state": "Kentucky"}, "eight"),
        ("industry_space_lab", {"state": "Nevada"}, "eleven"),
        ("cluster_jobs_lab", {"least_quotient": 1.0}, "sacramento"),
        ("cluster_jobs_lab", {"least_share": 0.05}, "south"),
    ],
)
def test_another_setting_has_another_outcome(name, setting, outcome):
    lab = getattr(labs, name)()
    before = lab.result
    after = lab.set(**setting).result
    assert lab.predict.settle(before, after) == outcome


def test_questions_quote_what_the_models_say():
    shares = cluster_jobs().regions["in_clusters"]
    assert shares.idxmax() == "Sacramento"
    assert "73 per cent" in labs.cluster_jobs_lab().predict.question
    assert round(shares["Sacramento"], 2) == 0.73
    here = industries_of("San Jose").loc[["5191", "5511", "5415"]]
    assert [f"{jobs:,.0f}" for jobs in here["employment"]] == ["52,249", "78,756", "71,514"]
    assert here["location_quotient"].round(1).tolist() == [18.5, 2.7, 4.4]
    asked = labs.profile_lab().predict
    assert "quotient, 18, and 52,249 jobs" in asked.question
    assert "78,756, with a quotient of 2.7" in asked.question
    assert "71,514 jobs and a quotient of 4.4" in asked.because
    assert "24 of 54" in labs.industry_space_lab().predict.question
    assert industry_space("California").number_here == 24


def test_each_industry_is_one_dot():
    lab = labs.industry_space_lab()
    dots = [line for line in lab.figure.axes[0].lines if line.get_linestyle() == "None"]
    assert sum(len(line.get_xdata()) for line in dots) == len(lab.result.industries)
    said = [text.get_text() for text in lab.figure.axes[1].texts]
    assert "relatedness, industry, (location quotient)" in said


def test_the_lesson_takes_silicon_valley_for_one_metro_and_for_two():
    """San Jose has few jobs in medicines, San Francisco has many, and so have both together."""
    names = ("San Jose", "San Francisco")
    rows = [industries_of(place).loc["3254"] for place in names]
    quotients = [row["location_quotient"] for row in rows]
    assert quotients == pytest.approx([0.38, 3.8], abs=0.02)
    people = [jobs_of(place) for place in names]
    expected = [row["employment"] / row["location_quotient"] for row in rows]
    assert sum(expected) / expected[0] == pytest.approx(sum(people) / people[0])
    both = sum(row["employment"] for row in rows) / sum(expected)
    assert both == pytest.approx(2.7, abs=0.05)
