"""Labs of lesson 11."""

from __future__ import annotations

from course_lib.lab import Choice, IntSlider, Lab, Prediction, Seed, Slider
from course_lib.pearl_river_delta import charts
from course_lib.pearl_river_delta.divisions import COUNTED, Divisions, divisions, years
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
            "The town of Guzhen lies in Zhongshan, on the west bank, and is said to sell 60 per "
            "cent of the country's lamps. In 2010 Zhongshan made 3.8 per cent of Guangdong's "
            "output. What has become of this share by 2022?",
            [
                "it is larger",
                "it is about the same",
                "it is smaller by a tenth",
                "it is smaller by a quarter",
            ],
            setting={"year": "2022"},
            outcome=_share_of_zhongshan,
            asks="figures",
            because=(
                "Zhongshan's output doubled, and the province's grew by more. A city with a town "
                "that is said to rule its market can fall behind all the same. The figures do not "
                "say why: they know no towns and no lamps."
            ),
        ),
        keep="above",
        size=(9.4, 4.4),
        panels=(1, 2),
    )


def _share_of_zhongshan(before: Divisions, after: Divisions) -> str:
    change = after.cities["share"]["Zhongshan"] / before.cities["share"]["Zhongshan"] - 1
    if change > 0.03:
        return "it is larger"
    if change > -0.03:
        return "it is about the same"
    return "it is smaller by a tenth" if change > -0.175 else "it is smaller by a quarter"


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
            "All towns have the same mix of industries, and industry 1 loses half of its orders. "
            "In that year the delta loses 9 per cent of its jobs. Now the towns are specialised "
            "(0.9), and industry 1 is as large in the delta as before. In the year of the shock "
            "the delta loses ...",
            [
                "fewer jobs, and no town more than a fifth of its own",
                "the same number, and one town nearly half of its own",
                "many more jobs, and one town nearly half of its own",
            ],
            setting={"specialisation": 0.9},
            outcome=_who_bears_the_shock,
            because=(
                "The delta as a whole has the same jobs in industry 1, so the first blow is the "
                "same. It falls on four towns instead of 24. What differs comes after: in these "
                "towns there is nobody else to hire."
            ),
        ),
        size=(9.4, 4.2),
        panels=(1, 2),
    )


def _who_bears_the_shock(before: SimulatedDelta, after: SimulatedDelta) -> str:
    if after.fall < 0.95 * before.fall:
        return "fewer jobs, and no town more than a fifth of its own"
    if after.fall > 1.05 * before.fall:
        return "many more jobs, and one town nearly half of its own"
    return "the same number, and one town nearly half of its own"


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
            ["about 50 per cent", "about 40 per cent", "about 30 per cent", "about 20 per cent"],
            setting={"sold_abroad": 0.33, "made_elsewhere": 0.33, "not_counted": 0.2},
            outcome=_what_is_left,
            because=(
                "Each question takes away a part of what the one before has left: 0.60 times 0.67 "
                "times 0.67 times 0.80. None of the three parts is known for the town."
            ),
        ),
        size=(9, 3.4),
    )


def _what_is_left(before: MarketShare, after: MarketShare) -> str:
    nearest = min((0.5, 0.4, 0.3, 0.2), key=lambda share: abs(share - after.share))
    return f"about {nearest:.0%}".replace("%", " per cent")
