"""Labs of lesson 09."""

from __future__ import annotations

from course_lib.comparing_theories import charts
from course_lib.comparing_theories.score_spread import (
    DRAWN,
    LABELS,
    LAWS,
    MOST_COUNTRIES,
    ScoreSpread,
    score_spread,
)
from course_lib.comparing_theories.two_policies import CHOICES, LAST_YEAR, TwoPolicies, two_policies
from course_lib.comparing_theories.whose_assumption import (
    SWITCHES,
    WhoseAssumption,
    whose_assumption,
)
from course_lib.lab import Choice, IntSlider, Lab, Prediction, Seed, Values
from course_lib.regional_economy.history import SHOCKS
from course_lib.regional_economy.policies import FOUR


def two_policies_lab() -> Lab:
    """One country under two policies with the same money, played on a map over 60 years."""
    return Lab(
        title="The same country, the same money, two policies",
        model=two_policies,
        chart=charts.two_maps,
        controls={
            "year": IntSlider(0, LAST_YEAR, label="Year"),
            "left": Choice(CHOICES, label="On the left"),
            "right": Choice(CHOICES, label="On the right"),
            "parts": Values(list(FOUR), 0, 1, 0.05, label="Your mix", unit="parts"),
            "shock": Choice(SHOCKS, label="Shock at the end of year 30"),
            "seed": Seed(label="Seed of the country"),
        },
        play="year",
        predict=Prediction(
            "On the left the whole budget goes to one growth pole: the largest region, its "
            "propulsive sector and the suppliers of it. On the right every region and every "
            "sector gets the same. Look at year 20, after 15 years of policy. Which country makes "
            "more, and where are regions more unequal?",
            [
                "the pole makes more, and its regions are more unequal",
                "even spread makes more, and the pole's regions are more unequal",
                "the pole makes more, and its regions are not more unequal",
                "even spread makes more, and the pole's regions are not more unequal",
            ],
            setting={"left": "growth pole", "right": "even spread", "year": 20},
            outcome=_pole_or_spread,
            because=(
                "Fixed land makes the second factory in one place less useful than the first one "
                "elsewhere. Nearness and learning repay that later: look at year 60."
            ),
        ),
        keep="above",
        size=(9, 6.2),
        panels=(2, 2),
    )


def _pole_or_spread(before: TwoPolicies, after: TwoPolicies) -> str:
    left, right = after.left, after.right
    pole_makes_more = after.at(left, "output") > after.at(right, "output")
    more_unequal = after.at(left, "inequality") > after.at(right, "inequality")
    if pole_makes_more:
        unequal = "more" if more_unequal else "not more"
        return f"the pole makes more, and its regions are {unequal} unequal"
    unequal = "more" if more_unequal else "not more"
    return f"even spread makes more, and the pole's regions are {unequal} unequal"


def score_spread_lab() -> Lab:
    """Every policy in many countries: each run a dot, and who is best how often."""
    return Lab(
        title="One country, or many?",
        model=score_spread,
        chart=charts.spread_of_runs,
        controls={
            "score": Choice(list(LABELS), label="Score"),
            "laws": Choice(LAWS, label="Laws of the economy"),
            "countries": IntSlider(5, MOST_COUNTRIES, label="Number of countries"),
        },
        predict=Prediction(
            "With the laws of this economy the cluster has the largest output of year 60 in 27 of "
            "30 countries. Now each country gets laws of its own, drawn at random: how strongly "
            "people move, how well research pays, how large the budget is. The cluster is now "
            "best in ...",
            [
                "at least 25 of 30 countries",
                "16 to 24 of 30 countries",
                "at most 15 of 30 countries",
            ],
            setting={"laws": DRAWN},
            outcome=_how_often,
            because=(
                "Nine in ten was a statement about one set of laws. Nobody has measured these "
                "laws, so a ranking that changes with them is no result about the world."
            ),
        ),
        keep="above",
        size=(9, 4.4),
        panels=(1, 2),
    )


def _how_often(before: ScoreSpread, after: ScoreSpread) -> str:
    wins = round(30 * after.win("cluster"))
    if wins >= 25:
        return "at least 25 of 30 countries"
    return "16 to 24 of 30 countries" if wins >= 16 else "at most 15 of 30 countries"


def whose_assumption_lab() -> Lab:
    """Change one assumption, and see the ranking change."""
    return Lab(
        title="Whose assumption decides?",
        model=whose_assumption,
        chart=charts.ranking,
        controls={
            "change": Choice(list(SWITCHES), label="Change one assumption"),
            "score": Choice(list(LABELS), label="Score"),
        },
        predict=Prediction(
            "The cluster spends 40 per cent of its money on knowledge, the gradient too. The pole "
            "and the complex spend nothing on it: so the document reads these theories. Now "
            "everybody spends the same 40 per cent on knowledge, where the plants are, and "
            "nobody builds institutions. Of the five, the cluster is then by output in year 60 "
            "...",
            ["first, as before", "second or third", "fourth", "last"],
            setting={"change": "everybody gets 40% for knowledge"},
            outcome=_rank_of_the_cluster,
            because=(
                "The cluster was ahead because it alone had knowledge and institutions. Its "
                "plants stand in the wrong place for growth: one sector in each region, without "
                "suppliers. That the others ignore innovation was put in, not found."
            ),
        ),
        keep="above",
        size=(9, 4.2),
    )


def _rank_of_the_cluster(before: WhoseAssumption, after: WhoseAssumption) -> str:
    rank = after.rank("cluster")
    return {1: "first, as before", 4: "fourth", 5: "last"}.get(rank, "second or third")
