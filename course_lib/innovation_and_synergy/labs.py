"""Labs of lesson 08."""

from __future__ import annotations

from course_lib.innovation_and_synergy import charts
from course_lib.innovation_and_synergy.advantage_map import AdvantageMap, advantage_map
from course_lib.innovation_and_synergy.attention import Attention, attention
from course_lib.innovation_and_synergy.learning import Learning, learning
from course_lib.innovation_and_synergy.life_cycle import LifeCycle, life_cycle
from course_lib.innovation_and_synergy.pipelines import SHAPES, Pipelines, pipelines
from course_lib.innovation_and_synergy.specialised_or_diverse import (
    MOST_INDUSTRIES,
    TwoCities,
    specialised_or_diverse,
)
from course_lib.innovation_and_synergy.synergy import PARTNERS, Synergy, synergy
from course_lib.lab import Challenge, Choice, Headline, IntSlider, Lab, Prediction, Slider, Values


def latecomers_lab() -> Lab:
    """Cost at a leader's and at the latecomers', while knowledge spills over."""
    return Lab(
        title="Do spillovers let latecomers catch up?",
        model=learning,
        chart=charts.two_costs,
        controls={
            "spillover": Slider(
                0.0, 1.0, 0.05, label="In the air", unit="part of others' experience"
            ),
            "absorption": Slider(0.0, 1.0, 0.05, label="Latecomers can use", unit="part of that"),
            "latecomers": IntSlider(1, 5, label="Latecomers", unit="firms"),
            "entry_year": IntSlider(5, 30, label="They enter in year"),
            "progress_ratio": Slider(
                0.7, 1.0, 0.05, label="Cost left when experience doubles", unit="part"
            ),
        },
        predict=Prediction(
            "Three firms enter 15 years after a leader. A tenth of what each firm learns is in the "
            "air. The latecomers can use only half of that, the leader can use all of it. In year "
            "40 a unit costs them 17 per cent more than the leader. Now half of what each firm "
            "learns is in the air, and not a tenth. In year 40 ...",
            {
                "only_late": "latecomers make a unit for less than before, the leader does not",
                "smaller_lead": "all make it for less, and the leader's lead is smaller",
                "same_lead": "all make it for less, and the leader's lead is no smaller",
                "nobody": "nobody makes it for less than before, neither leader nor latecomer",
            },
            setting={"spillover": 0.5},
            outcome=_who_gains,
            because=(
                "Spillovers go both ways. The leader hears what three latecomers learn and can use "
                "it all. What is in the air helps those most who know how to use it."
            ),
        ),
        size=(9, 3.9),
        panels=(1, 2),
        headline=Headline(
            lambda result: 100 * result.lead, "Cost above the leader's in year 40", "%"
        ),
        name="08 latecomers",
    )


def _who_gains(before: Learning, after: Learning) -> str:
    leader = after.leader_cost[-1] < before.leader_cost[-1]
    late = after.latecomer_cost[-1] < before.latecomer_cost[-1]
    if not late:
        return "nobody"
    if not leader:
        return "only_late"
    return "smaller_lead" if after.lead < before.lead else "same_lead"


def pipelines_lab() -> Lab:
    """Firms talk to each other, some have a pipeline: who knows how much of the frontier?"""
    return Lab(
        title="Local buzz or pipelines to the world?",
        model=pipelines,
        chart=charts.network,
        controls={
            "buzz": Slider(0.0, 1.0, 0.05, label="Buzz", unit="part of attention to neighbours"),
            "linked": IntSlider(0, 9, label="Firms with a pipeline", unit="of 9"),
            "absorption": Slider(
                0.0, 1.0, 0.05, label="They can use", unit="part of what they see"
            ),
            "frontier_growth": Slider(
                0.005, 0.05, 0.005, label="Growth of the frontier", unit="per year"
            ),
            "shape": Choice(list(SHAPES), label="Who talks to whom"),
        },
        predict=Prediction(
            "Nine firms do not talk to each other. One has a pipeline and knows 83 per cent of the "
            "frontier in the long run, the others end at nothing: the cluster knows 9 per cent on "
            "average. Now each firm "
            "gives half of its attention to its neighbours. In the long run the cluster knows ...",
            {
                "more": "more than 27 per cent",
                "up_to_27": "more than 18 per cent, up to 27",
                "up_to_18": "more than 9 per cent, up to 18",
                "no_more": "9 per cent or less",
            },
            setting={"buzz": 0.5},
            outcome=_how_much_more,
            because=(
                "A pipeline without buzz feeds one firm, and buzz without a pipeline goes in "
                "circles. Together, what comes in reaches all nine. And firm 1, whose "
                "knowledge is thinned by its neighbours, sees a larger gap and learns more."
            ),
        ),
        size=(9, 4.2),
        panels=(1, 2),
        headline=Headline(
            lambda result: 100 * result.mean_long_run, "Known of the frontier in the long run", "%"
        ),
        name="08 pipelines",
    )


def _how_much_more(before: Pipelines, after: Pipelines) -> str:
    times = after.mean_long_run / before.mean_long_run
    if times <= 1:
        return "no_more"
    if times <= 2:
        return "up_to_18"
    return "up_to_27" if after.mean_long_run <= 0.27 else "more"


def synergy_lab() -> Lab:
    """Three partners, and what they achieve together."""
    return Lab(
        title="Can one hand clap?",
        model=synergy,
        chart=charts.hands,
        controls={
            "partners": Values(PARTNERS, 0.0, 1.0, 0.05, label="Strength", default=(0.5, 0.4, 0.1)),
            "substitution": Slider(0.1, 5.0, 0.1, label="Elasticity of substitution"),
        },
        predict=Prediction(
            "A region has entrepreneurs of strength 0.5, a government of 0.4 and an association of "
            "0.1. A campaign doubles the strength of its entrepreneurs, from 0.5 to 1. The "
            "region's learning ability rises by ...",
            {
                "tenth": "less than a tenth",
                "third": "a tenth to a third",
                "half": "a third to a half",
                "more": "more than a half",
            },
            setting={"partners": (1.0, 0.4, 0.1)},
            outcome=_rise_of_ability,
            because=(
                "The association is what is scarce here, and the others cannot stand in for it. "
                "The same campaign for the association would do far more: try it."
            ),
        ),
        size=(9, 4),
        panels=(1, 2),
        headline=Headline(lambda result: result.ability, "Learning ability of the region"),
        name="08 synergy",
    )


def _rise_of_ability(before: Synergy, after: Synergy) -> str:
    rise = after.ability / before.ability - 1
    if rise < 0.1:
        return "tenth"
    if rise < 1 / 3:
        return "third"
    return "half" if rise <= 0.5 else "more"


def advantage_map_lab() -> Lab:
    """Figure 3 of the document, reconstructed: six advantages of your own cluster."""
    return Lab(
        title="Which advantages does your cluster have?",
        model=advantage_map,
        chart=charts.advantages,
        controls={
            "firms": IntSlider(3, 40, label="Firms"),
            "spillover": Slider(
                0.0, 1.0, 0.05, label="In the air", unit="part of others' experience"
            ),
            "absorption": Slider(
                0.0, 1.0, 0.05, label="Firms can use", unit="part of what they hear or see"
            ),
            "linked": IntSlider(0, 3, label="Firms with a pipeline"),
            "main_industry": Slider(
                0.0, 1.0, 0.05, label="Largest industry", unit="share of the region's jobs"
            ),
            "partners": Values(PARTNERS, 0.0, 1.0, 0.05, label="Strength"),
            "trust": Slider(0.0, 1.0, 0.05, label="Firms that keep their word", unit="share"),
        },
        predict=Prediction(
            "A cluster of 5 firms grows to 20, and nothing else changes: two firms have a pipeline "
            "as before. How many of its six advantages become larger?",
            {"none": "none", "one": "one", "two": "two", "more": "three or more"},
            setting={"firms": 20},
            outcome=_how_many_grow,
            because=(
                "More firms share more and so have lower cost. But the same two pipelines now "
                "feed twenty firms, and of a larger common experience each one can use a smaller "
                "part. Size alone is one advantage, not six."
            ),
        ),
        size=(9, 4.3),
        panels=(1, 2),
        challenge=Challenge(
            "Make the shortest of the six spokes as long as you can.",
            lambda found: round(float(min(found.lengths)), 3),
            target=0.8,
        ),
        name="08 advantage map",
    )


def _how_many_grow(before: AdvantageMap, after: AdvantageMap) -> str:
    grow = int((after.lengths > before.lengths + 1e-9).sum())
    return ["none", "one", "two"][grow] if grow < 3 else "more"


# --- optional, for a second hour


def two_cities_lab() -> Lab:
    """A specialised and a diverse city, with and without a shock."""
    return Lab(
        title="One industry or many?",
        model=specialised_or_diverse,
        chart=charts.two_cities,
        controls={
            "same_industry": Slider(
                0.0, 0.015, 0.001, label="Ideas from the same industry", unit="per year"
            ),
            "variety": Slider(
                0.0, 0.015, 0.001, label="Ideas from other industries", unit="per year"
            ),
            "industries": IntSlider(1, MOST_INDUSTRIES, label="Industries of the diverse city"),
            "shock": Slider(
                0.0, 0.9, 0.1, label="Lost by the first industry", unit="share", default=0.0
            ),
            "shock_year": IntSlider(1, 40, label="Year of the shock"),
        },
        predict=Prediction(
            "Ideas from the same industry count a little more than ideas from others, and without "
            "a shock the city with one industry is ahead of the city with four in year 40. Now "
            "the first industry of each city loses a fifth in year 25. In year 40 the larger city "
            "is ...",
            {
                "specialised": "the one with one industry",
                "diverse": "the one with four industries",
                "neither": "neither: both are of one size",
            },
            setting={"shock": 0.2},
            outcome=_who_is_larger,
            because=(
                "The shock takes a fifth of the specialised city and a twentieth of the other. "
                "What specialisation had gained in 25 years was less than that."
            ),
        ),
        size=(9, 3.9),
        panels=(1, 2),
        headline=Headline(
            lambda result: result.output[-1, 1] / result.output[-1, 0],
            "City of many industries, other = 1",
        ),
        name="08 two cities",
    )


def _who_is_larger(before: TwoCities, after: TwoCities) -> str:
    return after.larger


def attention_lab() -> Lab:
    """Attention to neighbours is lost to the world: how much of it is best?"""
    return Lab(
        title="Whom should a firm listen to?",
        model=attention,
        chart=charts.attention,
        controls={
            "inward": Slider(0.0, 1.0, 0.05, label="Attention to neighbours", unit="share"),
            "linked": IntSlider(0, 9, label="Firms with a pipeline", unit="of 9"),
            "absorption": Slider(
                0.0, 1.0, 0.05, label="They can use", unit="part of what they see"
            ),
            "frontier_growth": Slider(
                0.005, 0.05, 0.005, label="Growth of the frontier", unit="per year"
            ),
        },
        predict=Prediction(
            "Three of nine firms have a pipeline, and can use half of what they see. What goes to "
            "neighbours is lost to the pipelines. The nine know most of the frontier if they give "
            "35 per cent of their attention to neighbours. Now they can use all of what they see. "
            "Which share is best then?",
            {
                "less": "a smaller one, by over 5 points",
                "same": "the same share, within 5 points",
                "more": "a larger one, by over 5 points",
            },
            setting={"absorption": 1.0},
            outcome=_which_share_is_best,
            because=(
                "A firm that uses all that it sees is soon near the frontier, and looking harder "
                "adds little. What is short then is the talk that carries its knowledge to the "
                "six firms without a pipeline."
            ),
        ),
        size=(9, 3.8),
        headline=Headline(lambda result: 100 * result.here, "Known of the frontier", "%"),
        name="08 attention",
    )


def _which_share_is_best(before: Attention, after: Attention) -> str:
    change = after.best_share - before.best_share
    if abs(change) <= 0.05:
        return "same"
    return "more" if change > 0 else "less"


def life_cycle_lab() -> Lab:
    """A cluster that lives on variety and uses it up."""
    return Lab(
        title="What drives the life of a cluster?",
        model=life_cycle,
        chart=charts.life,
        controls={
            "growth": Slider(0.1, 0.4, 0.02, label="Speed of growth", unit="per year"),
            "imitation": Slider(0.0004, 0.001, 0.0001, label="Imitation", unit="per firm and year"),
            "openness": Slider(0.0, 0.06, 0.005, label="Openness", unit="per year"),
            "opened": Slider(0.0, 0.06, 0.005, label="Openness afterwards", unit="per year"),
            "renewal_year": IntSlider(10, 110, label="It opens itself in year"),
        },
        predict=Prediction(
            "A cluster has 99 firms in year 60. What if it had grown twice as fast from the "
            "start, 0.4 a year instead of 0.2? In year 60 it would have ...",
            {
                "fewer": "fewer than 99 firms",
                "same": "about 99 firms",
                "more": "more than 99 firms",
            },
            setting={"growth": 0.4},
            outcome=_firms_in_year_60,
            because=(
                "Faster growth brings more firms sooner, and more firms use up variety faster. "
                "The peak is higher and earlier, and so is the fall."
            ),
        ),
        size=(9, 4.2),
        panels=(1, 2),
        headline=Headline(lambda result: result.firms[-1], "Firms in year 120"),
        name="08 life cycle",
    )


def _firms_in_year_60(before: LifeCycle, after: LifeCycle) -> str:
    change = after.firms_in(60) / before.firms_in(60) - 1
    if abs(change) < 0.05:
        return "same"
    return "more" if change > 0 else "fewer"
