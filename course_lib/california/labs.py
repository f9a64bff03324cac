"""Labs of lesson 10."""

from __future__ import annotations

from course_lib.california import charts
from course_lib.california.cluster_jobs import ClusterJobs, cluster_jobs
from course_lib.california.employment import places
from course_lib.california.industry_space import IndustrySpace, industry_space, states
from course_lib.california.regional_profile import RANKINGS, RegionalProfile, regional_profile
from course_lib.lab import Choice, IntSlider, Lab, Prediction, Slider


def profile_lab() -> Lab:
    """The industries of a region or an area, ranked in three ways."""
    return Lab(
        title="Which industries set a place apart?",
        model=regional_profile,
        chart=charts.profile,
        controls={
            "place": Choice(places(), label="Region or area"),
            "ranking": Choice(list(RANKINGS), label="Ranked by"),
            "least_jobs": IntSlider(0, 50000, 500, label="Leave out industries below", unit="jobs"),
        },
        predict=Prediction(
            "For Sacramento the document names high-tech manufacturing and computer services: "
            "seven industry groups. Rank Sacramento's industries by jobs above the nation's mix. "
            "How many of the seven are among the first ten?",
            ["none", "one or two", "three or four", "five or more"],
            setting={"place": "Sacramento"},
            outcome=_how_many_are_named,
            asks="figures",
            because=(
                "Six of the seven have a smaller share of Sacramento's jobs than of the nation's. "
                "First stand restaurants, outpatient care and insurance. Government, which is "
                "large in a state's capital, is not in these figures."
            ),
        ),
        keep="above",
        size=(9, 4.3),
    )


def _how_many_are_named(before: RegionalProfile, after: RegionalProfile) -> str:
    count = int(after.first["named"].sum())
    if count == 0:
        return "none"
    if count <= 2:
        return "one or two"
    return "three or four" if count <= 4 else "five or more"


def industry_space_lab() -> Lab:
    """What a state has, and what is near to it."""
    return Lab(
        title="What is near to what a state has?",
        model=industry_space,
        chart=charts.space,
        controls={
            "state": Choice(states(), label="State", default="Michigan"),
            "threshold": Slider(
                0.8, 1.2, 0.1, label="A state has an industry from this quotient on"
            ),
        },
        predict=Prediction(
            "California has 24 of 54 industries, if a quotient of 1 or more counts as having one. "
            "Put the 54 in order of how related they are to what else California has, and take "
            "the first 18, a third. How many of these does California have?",
            ["about 8, as in any 18", "about 11", "14 or more"],
            setting={"state": "California"},
            outcome=_how_many_of_the_related,
            asks="figures",
            because=(
                "Industries that are near to each other are in the same states. Film and music "
                "come first, and what they need is there: performing arts, publishing, web "
                "portals. But part of it is built in, for California is one of the 51 from which "
                "nearness was learnt."
            ),
        ),
        keep="above",
        size=(9, 4.4),
        panels=(1, 2),
    )


def _how_many_of_the_related(before: IndustrySpace, after: IndustrySpace) -> str:
    first_third = after.to_frame().head(len(after.industries) // 3)
    count = first_third["has"].sum()
    if count >= 14:
        return "14 or more"
    return "about 11" if count >= 10 else "about 8, as in any 18"


def cluster_jobs_lab() -> Lab:
    """How many jobs are in strong clusters, by a rule of the student's own."""
    return Lab(
        title="How many jobs hang on strong clusters?",
        model=cluster_jobs,
        chart=charts.shares_in_clusters,
        controls={
            "least_quotient": Slider(
                1.0, 5.0, 0.1, label="A strong cluster has a quotient of at least"
            ),
            "least_share": Slider(
                0.0, 0.1, 0.005, label="and of the nation's jobs", unit="0.05: 5%"
            ),
        },
        predict=Prediction(
            "Call an industry a strong cluster if its location quotient is 1 or more. Then "
            "Sacramento comes first: 73 per cent of its jobs are in strong clusters. Now ask for a "
            "quotient of 2 or more. Who comes first?",
            ["still Sacramento", "Southern California", "San Francisco Bay", "the Central Valley"],
            setting={"least_quotient": 2.0},
            outcome=_who_comes_first,
            asks="figures",
            because=(
                "Most of Sacramento's industries stand a little above the nation's share, and few "
                "stand far above it. A low bar counts them all. A high bar asks for what only "
                "few regions have."
            ),
        ),
        size=(9, 4.2),
        keep="above",
    )


def _who_comes_first(before: ClusterJobs, after: ClusterJobs) -> str:
    first = after.regions["in_clusters"].drop("outside").idxmax()
    named = {"Sacramento": "still Sacramento", "Central Valley": "the Central Valley"}
    return named.get(str(first), str(first))
