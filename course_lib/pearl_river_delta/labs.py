"""Labs of lesson 11."""

from __future__ import annotations

import numpy as np

from course_lib.lab import Challenge, Choice, Headline, IntSlider, Lab, Prediction, Seed, Slider
from course_lib.pearl_river_delta import charts
from course_lib.pearl_river_delta.divisions import (
    CITIES,
    COUNTED,
    WEST,
    Divisions,
    divisions,
    years,
)
from course_lib.pearl_river_delta.market_share import MarketShare, market_share
from course_lib.pearl_river_delta.simulated_delta import SimulatedDelta, simulated_delta


def delta_map_lab() -> Lab:
    """Real figures: which cities gained a larger share, and the document's divisions."""
    return Lab(
        title="Whose share of Guangdong grew?",
        model=divisions,
        chart=charts.delta_map,
        controls={
            "year": Choice([str(year) for year in years()], label="Year"),
            "guangzhou": Choice(COUNTED, label="Guangzhou is counted"),
        },
        predict=Prediction(
            "From 2000 to 2022 the share of the west bank in Guangdong's output rose a little, "
            "from 15.4 to 15.8 per cent. But one of its three cities has a smaller share in 2022 "
            "than in 2000. Which one?",
            {
                "foshan": "Foshan, the largest of the three",
                "zhongshan": "Zhongshan, with the lamp town of Guzhen",
                "zhuhai": "Zhuhai, on the border to Macao",
            },
            setting={"year": "2022"},
            outcome=_who_fell_in_the_west,
            asks="figures",
            keeps_start=False,
            because=(
                "Zhongshan's share fell from 3.1 to 2.8 per cent, and the two others rose. The "
                "town of Guzhen lies in Zhongshan and is said to sell 60 per cent of the country's "
                "lamps. A city with such a town can fall behind all the same: its output grew, and "
                "the province's grew by more. The figures know no towns and no lamps."
            ),
        ),
        keep="beside",
        size=(9.4, 4.4),
        panels=(1, 2),
        headline=Headline(
            lambda result: 100 * result.parts.loc["east bank", "share"],
            "East bank's share of output",
            "%",
        ),
        name="11 delta map",
    )


def _who_fell_in_the_west(before: Divisions, after: Divisions) -> str:
    return str(after.cities["against_2000"][list(CITIES[WEST])].idxmin()).lower()


def shock_lab() -> Lab:
    """Simulated: towns of one industry, or of all, when one industry loses its orders."""
    return Lab(
        title="What does a shock to one industry do to a delta of towns? (simulated)",
        model=simulated_delta,
        chart=charts.simulated,
        controls={
            "specialisation": Slider(
                0.0, 1.0, 0.05, label="Specialisation of the towns", unit="0: all alike"
            ),
            "orders_lost": Slider(0.0, 0.9, 0.05, label="Orders that industry 1 loses"),
            "lasts": IntSlider(1, 15, label="The loss lasts", unit="years"),
            "gain": Slider(0.0, 0.1, 0.005, label="Gain of output per worker from size"),
            "hiring": Slider(0.0, 0.1, 0.005, label="Other industries can hire, a year"),
            "leaving": Slider(0.0, 1.0, 0.05, label="Jobless who leave, a year"),
            "seed": Seed(),
        },
        predict=Prediction(
            "All towns have the same mix of industries. Industry 1 loses half of its orders for "
            "eight years, and by year 20 2.6 of 100 people have left the delta. Now each town has "
            "most of its jobs in one industry (0.9), and industry 1 is as large in the delta as "
            "before. By year 20 ...",
            {
                "fewer": "fewer people have left than with the same mix everywhere",
                "same": "about as many people have left, at most a fifth more",
                "up_to_twice": "more people have left, but not twice as many",
                "more": "at least twice as many people have left",
            },
            setting={"specialisation": 0.9},
            outcome=_how_many_leave,
            because=(
                "In the year of the shock the delta loses as many jobs as before, because industry "
                "1 is as large. But now they are lost in four towns instead of 24. There few other "
                "firms can hire, so that people wait, and each year some of them leave."
            ),
        ),
        size=(9.4, 4.2),
        panels=(1, 2),
        headline=Headline(lambda result: result.gone, "People who have left by year 20", "of 100"),
        challenge=Challenge(
            "Let the delta make as much more than diverse towns as you can, while at most 5 of 100 "
            "people leave. Only the specialisation of the towns may change.",
            _percent_ahead_of_diverse_towns,
            target=1.4,
            unit="% more output",
        ),
        name="11 shock",
    )


def _percent_ahead_of_diverse_towns(found: SimulatedDelta) -> float | None:
    """What specialising brings in output, where the rules of the game are kept."""
    if found.gone > 5 or not np.array_equal(
        found.output, simulated_delta(found.specialisation).output
    ):
        return None
    return round(100 * found.ahead, 2)


def _how_many_leave(before: SimulatedDelta, after: SimulatedDelta) -> str:
    times = after.gone / before.gone
    if times < 0.95:
        return "fewer"
    if times <= 1.2:
        return "same"
    return "up_to_twice" if times < 2 else "more"


def market_share_lab() -> Lab:
    """A claimed share of a market, and three questions that it has to stand."""
    return Lab(
        title="What is left of 60 per cent of the country?",
        model=market_share,
        chart=charts.share_steps,
        controls={
            "claimed": Slider(0.0, 1.0, 0.05, label="Share that is claimed"),
            "sold_abroad": Slider(0.0, 1.0, 0.01, label="Of the town's sales, sold abroad"),
            "made_elsewhere": Slider(0.0, 1.0, 0.01, label="Of the rest, made elsewhere"),
            "not_counted": Slider(
                0.0, 0.9, 0.05, label="Of the country's sales, missed by the count"
            ),
        },
        predict=Prediction(
            "A town's firms sell 60 per cent of a country's lamps, it is said. Suppose that a "
            "third of these sales goes abroad, that a third of the rest is made in other towns "
            "and only sold here, and that the count misses a fifth of all sales in the country. "
            "What part of the lamps that the country buys does the town make?",
            [
                "about 20 per cent",
                "about 30 per cent",
                "about 40 per cent",
                "about 50 per cent",
            ],
            setting={"sold_abroad": 0.33, "made_elsewhere": 0.33, "not_counted": 0.2},
            outcome=_what_is_left,
            because=(
                "Each question takes away a part of what the one before has left: 0.60 times 0.67 "
                "times 0.67 times 0.80. None of the three parts is known for the town."
            ),
        ),
        size=(9, 3.4),
        headline=Headline(
            lambda result: 100 * result.share, "What the town makes", "% of what is sold"
        ),
        name="11 market share",
    )


def _what_is_left(before: MarketShare, after: MarketShare) -> str:
    nearest = min((0.5, 0.4, 0.3, 0.2), key=lambda share: abs(share - after.share))
    return f"about {nearest:.0%}".replace("%", " per cent")
