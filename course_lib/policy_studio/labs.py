"""Labs of lesson 12."""

from __future__ import annotations

from course_lib.lab import Challenge, Choice, Headline, Lab, Prediction, Seed, Slider, Values
from course_lib.policy_studio import charts
from course_lib.policy_studio.evaluation import PICKS, Evaluation, evaluation
from course_lib.policy_studio.game import Game, game_of_programmes
from course_lib.policy_studio.moves import PROGRAMMES, TERMS, USES
from course_lib.policy_studio.region_types import RegionMatch, match_region
from course_lib.regional_economy.budget import OWN_MIX


def region_type_lab() -> Lab:
    """Five shares of a region: which type is it, and which of the five points is meant for it?"""
    return Lab(
        title="Which type of region, and which strategy?",
        model=match_region,
        chart=charts.region_types,
        controls={
            "largest_firms": Slider(0, 1, 0.05, label="Jobs in the three largest firms"),
            "decided_elsewhere": Slider(0, 1, 0.05, label="Jobs with the head office elsewhere"),
            "bought_here": Slider(0, 1, 0.05, label="Purchases made inside the region"),
            "state": Slider(0, 1, 0.05, label="Jobs in state firms and institutions"),
            "research": Slider(0, 1, 0.01, label="Jobs in research and universities"),
        },
        predict=Prediction(
            "The lab begins with a Marshallian district: a town of many small firms that buy from "
            "each other. Now groups from other provinces buy half of the firms: 50 of 100 jobs "
            "have their head office elsewhere. Nothing else has changed so far. Which type is the "
            "town most like now?",
            {
                "district": "a Marshallian district, as before",
                "platform": "a satellite platform, run from elsewhere",
                "hub": "hub and spoke, around the new owners",
                "other": "one of the three other types",
            },
            setting={"decided_elsewhere": 0.5},
            outcome=_nearest_type,
            because=(
                "Nearness counts all five shares, and four of them are as before: small firms that "
                "buy from each other. If they bought outside as well, the nearest type would be "
                "the satellite platform."
            ),
        ),
        size=(9.4, 4.4),
        panels=(1, 2),
        name="12 region type",
    )


def _nearest_type(before: RegionMatch, after: RegionMatch) -> str:
    ids = {
        "Marshallian district": "district",
        "satellite platform": "platform",
        "hub and spoke": "hub",
    }
    return ids.get(after.nearest, "other")


def policy_game_lab() -> Lab:
    """Six terms, one budget, an election after each, and one shock."""
    programmes = (*PROGRAMMES, OWN_MIX)
    return Lab(
        title="Six terms in office: win elections, and leave a better country",
        model=game_of_programmes,
        chart=charts.game,
        controls={
            "voters_expect": Slider(0, 5, 0.25, label="Voters expect growth of", unit="% a year"),
            **{
                f"term_{term}": Choice(programmes, label=f"Programme of term {term}")
                for term in range(1, TERMS + 1)
            },
            "mix": Values(list(USES), 0, 1, 0.05, label="Your mix", unit="parts"),
            "seed": Seed(label="Seed of the country and its shock"),
        },
        predict=Prediction(
            "All the money goes to networks, in each of the six terms. A region votes for the "
            "government if its output per head grew by what voters expect. If they expect 1.5 per "
            "cent a year, this government wins all six elections in this country. Now they "
            "expect 1.75 per cent, and all else is as before. How many of the six does it win?",
            {
                "none": "none of the six",
                "few": "one or two of the six",
                "some": "three or four of the six",
                "most": "five or six of the six",
            },
            setting={"voters_expect": 1.75, "mix": (1.0, 0.0, 0.0, 0.0, 0.0, 0.0)},
            keeps_start=False,
            outcome=_elections,
            because=(
                "Without any budget output already grows by 1.5 to 2 per cent a year in this "
                "country, and most of its regions lie close together: in the first term output "
                "per head grows by 1.5 to 1.75 per cent a year for 78 of 100 people. So a quarter "
                "of a per cent decides elections, and the rule of voting counts for more than "
                "what a government does."
            ),
        ),
        size=(9, 5.2),
        panels=(2, 2),
        headline=Headline(lambda result: result.elections_won, "Elections won", "of 6"),
        challenge=Challenge(
            "Win all six elections in country 1, where voters expect 2 per cent, and leave an "
            "inequality of 0.19 or less. Make as much output in year 35 as you can.",
            _output_of_a_fair_winner,
            target=2.28,
            unit="times year 0",
        ),
        name="12 policy game",
    )


def _output_of_a_fair_winner(played: Game) -> float | None:
    """Output in the last year, where the rules of the challenge are kept."""
    is_country_1 = played.seed == 1 and played.voters_expect >= 0.0199
    fair = round(float(played.inequality[-1]), 2) <= 0.19
    if not (is_country_1 and fair and played.elections_won == TERMS):
        return None
    return round(float(played.output[-1] / played.output[0]), 2)


def _elections(before: Game, after: Game) -> str:
    won = after.elections_won
    if won == 0:
        return "none"
    return "few" if won <= 2 else "some" if won <= 4 else "most"


def evaluation_lab() -> Lab:
    """A programme whose effect is known, and five ways to estimate it."""
    return Lab(
        title="Did the programme work? (simulated)",
        model=evaluation,
        chart=charts.evaluation,
        controls={
            "effect": Slider(0, 2, 0.1, label="True effect in a chosen region", unit="% a year"),
            "displaced": Slider(0, 1, 0.1, label="Of it, lost by other regions", unit="share"),
            "picks": Choice(PICKS, label="The programme picks regions"),
            "seed": Seed(),
        },
        predict=Prediction(
            "Now the programme does nothing at all: its true effect is 0. It picks the 300 of "
            "1,200 regions that grew least. A ministry compares: by how much did growth rise in "
            "the chosen regions, and by how much in the others? The difference of the two is ...",
            {
                "zero": "about zero: the programme seems to do nothing",
                "above": "clearly above zero: the programme seems to work",
                "below": "clearly below zero: the programme seems to harm",
            },
            setting={"effect": 0.0, "picks": "the lagging"},
            outcome=_seems_to_work,
            because=(
                "Whoever grew least before had bad luck as well, and luck does not last. So the "
                "lagging recover in part without any programme: regression to the mean. Measured "
                "from the earlier years, on which no choice rests, the difference is about zero."
            ),
        ),
        size=(9.4, 4.6),
        panels=(1, 2),
        headline=Headline(
            lambda result: result.estimates["difference in differences"],
            "Difference in differences finds",
            "points a year",
        ),
        name="12 evaluation",
    )


def _seems_to_work(before: Evaluation, after: Evaluation) -> str:
    way = "difference in differences"
    estimate, error = after.estimates[way], after.standard_errors[way]
    if abs(estimate) <= 2 * error:
        return "zero"
    return "above" if estimate > 0 else "below"
