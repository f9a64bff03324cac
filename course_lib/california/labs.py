"""Labs of lesson 10."""

from __future__ import annotations

from course_lib.california import charts
from course_lib.california.cluster_jobs import ClusterJobs, cluster_jobs
from course_lib.california.employment import REGIONS, places
from course_lib.california.industry_space import IndustrySpace, industry_space, states
from course_lib.california.regional_profile import RANKINGS, RegionalProfile, regional_profile
from course_lib.lab import Challenge, Choice, Headline, IntSlider, Lab, Prediction, Slider


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
            "Take the 284 industries of the metro San Jose. Web portals have the highest location "
            "quotient, 18, and 52,249 jobs. Most jobs are in head offices: 78,756, with a quotient "
            "of 2.7. Which industry has most jobs above the nation's mix?",
            {
                "Head offices": "head offices",
                "Computer services": "computer services",
                "Web portals and archives": "web portals",
                "Software": "publishers of software",
            },
            setting={"place": "San Jose"},
            outcome=_who_is_above_the_mix,
            asks="figures",
            keeps_start=False,
            because=(
                "Jobs above the nation's mix are many only if an industry is both large and "
                "unusual. Computer services are in the middle by both: 71,514 jobs and a quotient "
                "of 4.4. Web portals have fewer jobs, and head offices are less unusual."
            ),
        ),
        keep="beside",
        size=(9, 4.3),
        name="10 profile",
    )


def _who_is_above_the_mix(before: RegionalProfile, after: RegionalProfile) -> str:
    return str(regional_profile(after.place, "jobs above the nation's mix").first.index[0])


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
            {
                "more": "14 or more",
                "eleven": "10 to 13",
                "eight": "fewer than 10",
            },
            setting={"state": "California"},
            outcome=_how_many_of_the_related,
            asks="figures",
            because=(
                "Industries that are near to each other are in the same states. Film and music "
                "come first, and what is near to them is there: performing arts, publishing, web "
                "portals. A part of it is built in, for California is one of the 51 from which "
                "nearness was learnt: without it 14 of 18 are left."
            ),
        ),
        keep="beside",
        size=(9, 4.4),
        panels=(1, 2),
        headline=Headline(lambda result: result.number_here, "Industries that the state has"),
        name="10 industry space",
    )


def _how_many_of_the_related(before: IndustrySpace, after: IndustrySpace) -> str:
    first_third = after.to_frame().head(len(after.industries) // 3)
    count = first_third["has"].sum()
    if count >= 14:
        return "more"
    return "eleven" if count >= 10 else "eight"


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
            {
                "sacramento": "Sacramento, as before",
                "south": "Southern California",
                "bay": "the San Francisco Bay",
                "valley": "the Central Valley",
            },
            setting={"least_quotient": 2.0},
            outcome=_who_comes_first,
            asks="figures",
            because=(
                "Of Sacramento's 105 industries above the nation's share, 76 have a quotient "
                "below 1.5 and 10 one of 2 or more. A rule of 1 counts them all. A rule of 2 "
                "leaves 5 per cent of its jobs, and 22 per cent of the Bay's."
            ),
        ),
        size=(9, 4.2),
        keep="beside",
        headline=Headline(
            lambda result: 100 * result.regions.loc["Sacramento", "in_clusters"],
            "Jobs in strong clusters, Sacramento",
            "%",
        ),
        challenge=Challenge(
            "Write a rule by which the San Francisco Bay leads the second of the four zones by as "
            "much as you can.",
            _lead_of_the_bay,
            target=19.8,
            unit="points",
        ),
        name="10 cluster jobs",
    )


def _lead_of_the_bay(found: ClusterJobs) -> float:
    """Percentage points of jobs in strong clusters ahead of the best of the other three zones."""
    zones = 100 * found.regions["in_clusters"].drop("outside")
    return round(float(zones["San Francisco Bay"] - zones.drop("San Francisco Bay").max()), 1)


def _who_comes_first(before: ClusterJobs, after: ClusterJobs) -> str:
    first = after.regions["in_clusters"].drop("outside").idxmax()
    ids = dict(zip(REGIONS, ("south", "bay", "valley", "sacramento"), strict=False))
    return ids[str(first)]
