"""Labs of lesson 09."""

from __future__ import annotations

from functools import lru_cache, partial, update_wrapper
from typing import Any

from course_lib.comparing_theories import charts
from course_lib.comparing_theories.own_policy import MINE, own
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
    SAME_KNOWLEDGE,
    SWITCHES,
    WhoseAssumption,
    whose_assumption,
)
from course_lib.lab import Challenge, Choice, Headline, IntSlider, Lab, Prediction, Seed, Values
from course_lib.regional_economy.budget import OWN_MIX, Policy
from course_lib.regional_economy.history import SHOCKS
from course_lib.regional_economy.policies import FOUR


def two_policies_lab(mine: Policy | None = None) -> Lab:
    """One country under two policies with the same money, played on a map over 60 years.

    Parameters
    ----------
    mine : Policy, optional
        A policy of your own: it then stands in the lab as "my policy", and nothing is asked.
    """
    choices = (*CHOICES, MINE) if mine else CHOICES
    return Lab(
        title="The same country, the same money, two policies",
        model=_with(two_policies, mine),
        chart=charts.two_maps,
        controls={
            "year": IntSlider(0, LAST_YEAR, label="Year"),
            "left": Choice(choices, label="On the left"),
            "right": Choice(choices, label="On the right", default=MINE if mine else None),
            "parts": Values(list(FOUR), 0, 1, 0.05, label="Your mix", unit="parts"),
            "shock": Choice(SHOCKS, label="Shock at the end of year 30"),
            "seed": Seed(label="Seed of the country"),
        },
        play="year",
        predict=None
        if mine
        else Prediction(
            "On the left the whole budget goes to one growth pole: the largest region, its "
            "propulsive sector and the suppliers of it. On the right every region and every "
            "sector gets the same. Look at year 20, after 15 years of policy. Which country makes "
            "more, and where are regions more unequal?",
            {
                "pole_unequal": "the pole makes more, and its regions are more unequal",
                "pole_equal": "the pole makes more, and its regions are less unequal",
                "spread_unequal": "even spread makes more, and the pole's regions are more unequal",
                "spread_equal": "even spread makes more, and the pole's regions are less unequal",
            },
            setting={"left": "growth pole", "right": "even spread", "year": 20},
            before={"left": "no policy", "right": "no policy", "year": 0},
            keeps_start=False,
            outcome=_pole_or_spread,
            because=(
                "Land is fixed, so the second factory in one place adds less than the first one "
                "elsewhere. Learning and the advantages of a large region make up for it later: "
                "look at year 60."
            ),
        ),
        keep="beside",
        size=(9, 6.2),
        panels=(2, 2),
        headline=Headline(
            lambda result: result.at(result.left, "output") / result.at(result.right, "output"),
            "Output on the left, right = 1",
        ),
        challenge=None
        if mine
        else Challenge(
            "In year 60 of country 0, let your mix on the right make as much output as you can "
            "with an inequality of 0.24 or less.",
            _output_of_a_fair_mix,
            target=4.73,
            unit="times year 0",
        ),
        name="09 two policies",
    )


def _with(model: Any, mine: Policy | None) -> Any:
    """The model; with a policy of one's own, if there is one."""
    return update_wrapper(partial(model, mine=own(mine)), model) if mine else model


def _output_of_a_fair_mix(found: TwoPolicies) -> float | None:
    """Output of one's own mix in the last year, where the rules of the challenge are kept."""
    if found.year != LAST_YEAR or found.right.name != OWN_MIX:
        return None
    if found.idle.board["output"][-1] != _idle_output_of_country_0():
        return None
    if round(found.at(found.right, "inequality"), 2) > 0.24:
        return None
    return round(found.at(found.right, "output"), 2)


@lru_cache(maxsize=1)
def _idle_output_of_country_0() -> float:
    return float(two_policies(seed=0).idle.board["output"][-1])


def _pole_or_spread(before: TwoPolicies, after: TwoPolicies) -> str:
    left, right = after.left, after.right
    more = "pole" if after.at(left, "output") > after.at(right, "output") else "spread"
    unequal = after.at(left, "inequality") > after.at(right, "inequality")
    return f"{more}_unequal" if unequal else f"{more}_equal"


def score_spread_lab(mine: Policy | None = None) -> Lab:
    """Every policy in many countries: each run a dot, and who is best how often.

    Parameters
    ----------
    mine : Policy, optional
        A policy of your own: it then stands in the lab as "my policy", and nothing is asked.
    """
    return Lab(
        title="One country, or many?",
        model=_with(score_spread, mine),
        chart=charts.spread_of_runs_with_mine if mine else charts.spread_of_runs,
        controls={
            "score": Choice(list(LABELS), label="Score"),
            "laws": Choice(LAWS, label="Laws of the economy"),
            "countries": IntSlider(5, MOST_COUNTRIES, label="Number of countries"),
        },
        predict=None
        if mine
        else Prediction(
            "With the laws of this economy one and the same policy has the largest output of year "
            "60 in 27 of 30 countries. Now each country gets laws of its own, drawn at random: how "
            "strongly people move, how well research pays, how large the budget is. In how many of "
            "the 30 is that policy still the best?",
            {
                "most": "in 25 or more of 30 countries",
                "half": "in 16 to 24 of 30 countries",
                "few": "in 15 or fewer of 30 countries",
            },
            setting={"laws": DRAWN},
            outcome=_how_often,
            because=(
                "27 of 30 was a statement about one set of laws, and the ranking changes with "
                "them. Nobody has measured these laws, so the ranking is no result about the world."
            ),
        ),
        keep="beside",
        size=(9, 4.4),
        panels=(1, 2),
        headline=Headline(
            lambda result: 100 * result.wins.max(), "Countries won by the best policy", "%"
        ),
        name="09 score spread",
    )


def _how_often(before: ScoreSpread, after: ScoreSpread) -> str:
    leader = before.policies[int(before.wins.argmax())]
    wins = round(30 * after.win(leader))
    if wins >= 25:
        return "most"
    return "half" if wins >= 16 else "few"


def whose_assumption_lab(mine: Policy | None = None) -> Lab:
    """Change one assumption, and see the ranking change.

    Parameters
    ----------
    mine : Policy, optional
        A policy of your own: it then stands in the lab as "my policy", and nothing is asked.
    """
    return Lab(
        title="Whose assumption decides?",
        model=_with(whose_assumption, mine),
        chart=charts.ranking_with_mine if mine else charts.ranking,
        controls={
            "change": Choice(list(SWITCHES), label="Change this assumption"),
            "score": Choice(list(LABELS), label="Score"),
        },
        predict=None
        if mine
        else Prediction(
            "The cluster and the gradient spend 40 per cent of their money on knowledge, the "
            "other three spend nothing on it: so the document reads these theories. Now these "
            "three spend 40 per cent on knowledge as well, where their plants are. Nothing else "
            "changes: the cluster keeps its 20 per cent for institutions, and the others have "
            "none. Which rank has the cluster then, of five, by output in year 60?",
            {
                "first": "the first, as before",
                "second": "the second of five",
                "third": "the third or fourth",
                "last": "the fifth and last",
            },
            setting={"change": SAME_KNOWLEDGE},
            outcome=_rank_of_the_cluster,
            because=(
                "Now the pole leads by far. It spends its money for knowledge where most is made: "
                "spread evenly over all regions, the same money does much less for it. That the "
                "pole has no money for knowledge was put into the model, and not found by it."
            ),
        ),
        keep="beside",
        size=(9, 4.2),
        name="09 whose assumption",
    )


def _rank_of_the_cluster(before: WhoseAssumption, after: WhoseAssumption) -> str:
    return {1: "first", 2: "second", 5: "last"}.get(after.rank("cluster"), "third")
