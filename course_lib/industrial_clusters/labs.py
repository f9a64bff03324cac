"""Labs of lesson 07."""

from __future__ import annotations

import math

from course_lib.industrial_clusters import charts
from course_lib.industrial_clusters.firm_grid import SWEEPS, FirmGrid, firm_grid
from course_lib.industrial_clusters.lock_in import Histories, arthur, lock_in
from course_lib.industrial_clusters.spin_offs import YEARS, SpinOffs, spin_offs
from course_lib.industrial_clusters.thrown_plants import thrown_plants
from course_lib.industrial_clusters.transaction_costs import (
    MOST_SPECIFIC,
    TransactionCosts,
    transaction_costs,
)
from course_lib.industrial_clusters.trust import (
    CollectiveReputation,
    NetworkPlay,
    RepeatedDealing,
    collective_reputation,
    network_play,
    repeated_dealing,
)
from course_lib.industrial_clusters.us_clusters import FIGURES, Clusters, find_clusters
from course_lib.lab import (
    Challenge,
    Choice,
    Headline,
    IntSlider,
    Lab,
    Prediction,
    Seed,
    Slider,
    Toggle,
)
from course_lib.measures import Dartboard


def find_clusters_lab() -> Lab:
    """Real figures: how many clusters there are depends on the rule."""
    return Lab(
        title="How many clusters are there?",
        model=find_clusters,
        chart=charts.clusters,
        controls={
            "figures": Choice(FIGURES, label="Figures"),
            "least_quotient": Slider(1, 6, 0.1, label="Location quotient, at least"),
            "least_share": Slider(0, 0.1, 0.005, label="Share of nation's jobs, at least"),
            "least_plants": IntSlider(1, 200, label="Plants, at least"),
            "top": Slider(0.05, 1, 0.05, label="Only the highest quotients", unit="part of places"),
        },
        predict=Prediction(
            "By the rule as it stands (a quotient of 1 or more, and among the highest quarter of "
            "all places that have the industry), California has 1,262 strong clusters. "
            "Now a cluster must also have 5 per cent or more of the nation's jobs in its industry. "
            "How many are left?",
            {
                "tenth": "fewer than a tenth of them",
                "quarter": "about a quarter of them",
                "half": "about half of them",
                "all": "nearly all of them",
            },
            setting={"least_share": 0.05},
            outcome=_how_many_are_left,
            because=(
                "A small town reaches a high quotient with a few dozen jobs. Of the 1,262 clusters "
                "995 are in places with fewer than half a million jobs, and only 2 of these hold "
                "5 per cent of an industry."
            ),
            asks="figures",
        ),
        keep="beside",
        size=(9, 4),
        panels=(1, 2),
        headline=Headline(lambda result: result.count, "Strong clusters"),
        challenge=Challenge(
            "Write a rule that names 40 clusters or fewer among California's metros, in as many "
            "of the 34 places as possible.",
            _places_of_few_clusters,
            target=21,
            unit="places",
        ),
        name="07 find clusters",
    )


def _places_of_few_clusters(found: Clusters) -> float | None:
    """Places with a strong cluster, where the rule names few enough."""
    if found.figures != FIGURES[0] or found.count > 40:
        return None
    return found.places


def _how_many_are_left(before: Clusters, after: Clusters) -> str:
    left = after.count / before.count
    if left < 0.1:
        return "tenth"
    if left < 0.375:
        return "quarter"
    return "half" if left < 0.75 else "all"


def trust_lab() -> Lab:
    """Who polices whom: does honest dealing pay when not every cheat is found out?"""
    return Lab(
        title="Does honest dealing pay?",
        model=repeated_dealing,
        chart=charts.repeated_dealing,
        controls={
            "detection": Slider(0, 1, 0.05, label="Chance that a cheat is found out"),
            "patience": Slider(0, 0.84, 0.02, label="Patience"),
            "fine": Slider(0, 4, 0.25, label="Fine of the association", unit="money"),
            "temptation": Slider(3.5, 8, 0.25, label="What a cheat brings", unit="money"),
        },
        predict=Prediction(
            "All firms of a small town know each other, so every cheat is found out. Next round's "
            "money counts 0.6 of today's, and 0.5 would be enough to keep firms honest. The town "
            "grows, and only half of the cheats are found out. What happens to honest dealing?",
            {
                "cheat": "it pays less than cheating",
                "even": "it pays as much as cheating",
                "honest": "it pays more than cheating",
            },
            setting={"detection": 0.5},
            outcome=_does_it_pay,
            because=(
                "A cheat brings the same as before and is punished half as often. Now a patience "
                "of 0.67 would be needed, and these firms have 0.6."
            ),
        ),
        size=(9, 3.9),
        panels=(1, 2),
        headline=Headline(
            lambda result: result.patience_needed, "Least patience that keeps a firm honest"
        ),
        name="07 trust",
    )


def _does_it_pay(before: RepeatedDealing, after: RepeatedDealing) -> str:
    honest, cheating = after.values
    if abs(honest - cheating) < 1e-9:
        return "even"
    return "honest" if honest > cheating else "cheat"


def lock_in_lab() -> Lab:
    """Firms settle where firms are: run history again."""
    return Lab(
        title="Would history run the same way again?",
        model=lock_in,
        chart=charts.histories,
        controls={
            "pull": Slider(0, 3, 0.1, label="Power of the pull"),
            "regions": IntSlider(2, 7, label="Regions, all alike"),
            "seed": Seed(label="History (another number, another history)"),
        },
        predict=Prediction(
            "Five regions are alike. Each new firm chooses a region with a chance in proportion to "
            "the firms that are there: the power is 1. In none of 200 histories does one region "
            "end with 90 per cent of the firms. Now the pull grows with the square of a region's "
            "firms: the power is 2. In how many histories does one region get 90 per cent?",
            {
                "none": "in none, as before",
                "some": "in fewer than half of them",
                "most": "in half to four fifths of them",
                "nearly": "in more than four fifths",
            },
            setting={"pull": 2.0},
            outcome=_how_often_nearly_all,
            because=(
                "With the power 1 a lead of 2 to 1 stays 2 to 1. With the power 2 it draws the "
                "next firm with 4 to 1, so every lead grows until nothing is left for the others."
            ),
        ),
        size=(9, 3.9),
        panels=(1, 2),
        headline=Headline(
            lambda result: 100 * result.nearly_all, "Histories in which one takes 90%", "%"
        ),
        name="07 lock in",
    )


def _how_often_nearly_all(before: Histories, after: Histories) -> str:
    often = after.nearly_all
    if often == 0:
        return "none"
    if often < 0.5:
        return "some"
    return "nearly" if often > 0.8 else "most"


def dartboard_lab() -> Lab:
    """Plants thrown at random look concentrated too, if they are few or one is large."""
    return Lab(
        title="Would darts have done the same?",
        model=thrown_plants,
        chart=charts.thrown_plants,
        controls={
            "plants": IntSlider(5, 200, label="Plants of the industry"),
            "largest": Slider(0, 0.6, 0.05, label="The largest plant's extra share"),
            "gamma": Slider(0, 1, 0.02, label="Pull between plants (the truth)"),
            "seed": Seed(label="Throws"),
        },
        predict=Prediction(
            "A hundred equal plants are thrown at eight regions like darts, 400 times. The truth "
            "is 0, and in each of the 400 throws the index lies within 0.05 of it. Now the "
            "industry has ten plants, thrown in the same way. In how many of 400 throws does the "
            "index lie within 0.05 of the truth?",
            {
                "nearly": "in 360 to 400 of them",
                "most": "in 200 to 360 of them",
                "some": "in 40 to 200 of them",
                "few": "in fewer than 40 of them",
            },
            setting={"plants": 10},
            outcome=_how_often_near_the_truth,
            because=(
                "On average the index is right, since it takes off what lumpiness explains. But "
                "one throw of ten plants falls more or less unevenly, and the index of a throw "
                "is off by 0.06 in a typical case. With a hundred plants it is off by 0.006."
            ),
        ),
        keep="beside",
        size=(9, 3.9),
        panels=(1, 2),
        headline=Headline(lambda result: result.mean, "The index, mean of all throws"),
        name="07 dartboard",
    )


def _how_often_near_the_truth(before: Dartboard, after: Dartboard) -> str:
    near = (abs(after.estimates - after.gamma) < 0.05).mean()
    if near >= 0.9:
        return "nearly"
    if near >= 0.5:
        return "most"
    return "some" if near >= 0.1 else "few"


def transaction_costs_lab() -> Lab:
    """Make or buy, or deal with a neighbour: what trust does to the three."""
    return Lab(
        title="Market, network or one firm?",
        model=transaction_costs,
        chart=charts.transaction_costs,
        controls={
            "specificity": Slider(0, MOST_SPECIFIC, 1, label="How specific the transaction is"),
            "trust": Slider(0, 0.5, 0.05, label="Trust: part of hold-up cost it removes"),
            "courts": Slider(0, 0.5, 0.05, label="Courts: the same, in the market only"),
        },
        predict=Prediction(
            "Without trust the network is cheapest for transactions of a specificity between 5 and "
            "16.7. Now trust removes 30 per cent of the hold-up cost in market and network alike. "
            "What happens to the band in which the network is cheapest?",
            {
                "narrower": "it becomes narrower than it was",
                "same": "it stays as wide as it was",
                "wider": "it becomes up to twice as wide",
                "twice": "it becomes more than twice as wide",
            },
            setting={"trust": 0.3},
            outcome=_what_the_band_does,
            because=(
                "The band moves at both ends. Its upper end moves far, because trust halves the "
                "difference between the slopes of network and single firm: it is 1.4 less 0.8 "
                "instead of 2 less 0.8."
            ),
        ),
        size=(9, 3.9),
        headline=Headline(lambda result: result.width, "Width of the band of the network"),
        name="07 transaction costs",
    )


def _what_the_band_does(before: TransactionCosts, after: TransactionCosts) -> str:
    change = after.width / before.width
    if change > 2:
        return "twice"
    if change > 1.02:
        return "wider"
    return "same" if change > 0.98 else "narrower"


def reputation_lab() -> Lab:
    """A name that all share: how many can share it before quality goes?"""
    return Lab(
        title="How many can share a good name?",
        model=collective_reputation,
        chart=charts.collective_reputation,
        controls={
            "firms": IntSlider(1, 60, label="Firms that share the name"),
            "benefit": Slider(20, 200, 5, label="Worth of a firm's quality", unit="money a year"),
            "cost": Slider(2, 20, 1, label="What quality costs a firm", unit="money a year"),
            "fine": Slider(0, 20, 1, label="Fine of the association", unit="money a year"),
        },
        predict=Prediction(
            "Up to six firms can share the name of their town: with a seventh, quality would no "
            "longer pay for any of them. An association that fines who gives up quality can raise "
            "this number. With a fine of 5 it is twelve. Now the fine is 8. How many firms can "
            "share the name and keep up quality?",
            {
                "sixteen": "up to about 16 firms",
                "twenty": "up to about 20 firms",
                "thirty": "up to about 30 firms",
                "any": "any number of firms",
            },
            setting={"fine": 8.0},
            outcome=_how_many_can_share,
            because=(
                "Quality costs 10, and the fine pays for 8 of it. A firm's own part of the 60 has "
                "to be worth only 2, a fifth of what it needs without a fine. So five times as "
                "many firms can share the name."
            ),
        ),
        size=(9, 3.7),
        headline=Headline(lambda result: result.most_firms, "Firms that can share the name"),
        name="07 reputation",
    )


def _how_many_can_share(before: CollectiveReputation, after: CollectiveReputation) -> str:
    if math.isinf(after.most_firms):
        return "any"
    if after.most_firms < 18:
        return "sixteen"
    return "twenty" if after.most_firms < 25 else "thirty"


def network_lab() -> Lab:
    """Who deals with whom: on which network does helping spread?"""
    return Lab(
        title="On which network does helping spread?",
        model=network_play,
        chart=charts.network_play,
        controls={
            "neighbours": IntSlider(2, 8, 2, label="Partners on the ring"),
            "shortcuts": IntSlider(0, 12, label="Links across the ring"),
            "association": Toggle(label="An association that deals with everybody"),
            "ratio": Slider(1.5, 40, 0.5, label="What a favour brings", unit="times its cost"),
        },
        predict=Prediction(
            "24 firms sit on a ring. Each helps its two neighbours or does not. A firm that fails "
            "is replaced by one that does as a neighbour did, most likely the one who did best. A "
            "favour brings 3 times what it costs, and helping spreads. Now one more member deals "
            "with all 24. What happens to helping?",
            {
                "easier": "it spreads, and more easily",
                "same": "it spreads as easily",
                "harder": "it spreads, but less easily",
                "dies": "it does not spread any more",
            },
            setting={"association": True},
            outcome=_what_happens_to_helping,
            because=(
                "The new member gives each firm a third partner, and has 24 itself. The more "
                "partners there are, the more a favour has to bring before helping spreads: here "
                "10.3 times what it costs instead of 2.2. This association only deals, it does "
                "not fine anybody."
            ),
        ),
        keep="beside",
        size=(9, 3.9),
        panels=(1, 2),
        headline=Headline(lambda result: result.critical, "What a favour has to bring, cost = 1"),
        name="07 network",
    )


def _what_happens_to_helping(before: NetworkPlay, after: NetworkPlay) -> str:
    if not after.helping_spreads:
        return "dies"
    if abs(after.critical / before.critical - 1) < 0.02:
        return "same"
    return "easier" if after.critical < before.critical else "harder"


def arthur_lab() -> Lab:
    """Firms of different tastes: when does one region take all?"""
    return Lab(
        title="When does one region take all?",
        model=arthur,
        chart=charts.histories,
        controls={
            "benefit": Slider(0, 0.5, 0.01, label="What each neighbour adds"),
            "ceiling": IntSlider(1, 400, label="Neighbours beyond this number add nothing"),
            "seed": Seed(label="History (another number, another history)"),
        },
        predict=Prediction(
            "Firms have tastes of their own, and each neighbour adds 0.2 to a region. In nearly "
            "all histories one of three regions takes 90 per cent or more. Now a region is full of "
            "benefits once it has 20 firms: more of them add nothing. In how many histories does "
            "one region take 90 per cent?",
            {
                "most": "in more than two thirds",
                "half": "in a third to two thirds",
                "some": "in a tenth to a third",
                "none": "in fewer than a tenth",
            },
            setting={"ceiling": 20},
            outcome=_how_often_one_takes_all,
            because=(
                "Once two regions have 20 firms each, neither is ahead in benefits, and tastes "
                "decide. A pull that ends so early leaves the others time to catch up."
            ),
        ),
        size=(9, 3.9),
        panels=(1, 2),
        headline=Headline(
            lambda result: 100 * result.nearly_all, "Histories in which one takes 90%", "%"
        ),
        name="07 arthur",
    )


def _how_often_one_takes_all(before: Histories, after: Histories) -> str:
    if after.nearly_all < 0.1:
        return "none"
    if after.nearly_all < 1 / 3:
        return "some"
    return "half" if after.nearly_all < 2 / 3 else "most"


def spin_offs_lab() -> Lab:
    """Silicon Valley's two stories: as many firms, and different trees."""
    return Lab(
        title="Whose children are the firms of a cluster?",
        model=spin_offs,
        chart=charts.spin_offs,
        controls={
            "spawning": Slider(0, 0.12, 0.01, label="Spin-offs of a firm", unit="a year"),
            "arrivals": Slider(0, 1, 0.05, label="Newcomers from outside", unit="a year"),
            "seed": Seed(label="History"),
            "year": IntSlider(0, YEARS, label="Year"),
        },
        play="year",
        predict=Prediction(
            "First story: each firm has a spin-off every ten years, and a newcomer comes every ten "
            "years. Second story: firms have spin-offs half as often, and the place draws a "
            "newcomer every two years. After 30 years both expect 39 firms. What of the share of "
            "the largest family?",
            {
                "smaller": "it is smaller in the second",
                "same": "it is about as large in both",
                "larger": "it is larger in the second",
            },
            setting={"spawning": 0.05, "arrivals": 0.5},
            outcome=_the_largest_family,
            because=(
                "Spin-offs make families grow, and newcomers found new ones. Both stories expect "
                "as many firms, and the second has more families among them."
            ),
        ),
        size=(9, 3.8),
        panels=(1, 2),
        headline=Headline(
            lambda result: 100 * result.largest_family, "Firms of the largest family", "%"
        ),
        name="07 spin offs",
    )


def _the_largest_family(before: SpinOffs, after: SpinOffs) -> str:
    change = after.largest_family / before.largest_family
    if change > 1.1:
        return "larger"
    return "same" if change > 0.9 else "smaller"


def firm_grid_lab() -> Lab:
    """Firms that want some neighbours of their own trade move on a grid."""
    return Lab(
        title="What pattern do modest wishes make?",
        model=firm_grid,
        chart=charts.firm_grid,
        controls={
            "wanted": IntSlider(0, 8, label="Neighbours of its own trade wanted, of 8", default=1),
            "sectors": IntSlider(2, 5, label="Trades"),
            "vacancy": Slider(0.05, 0.5, 0.05, label="Empty cells", unit="part"),
            "seed": Seed(label="Start and moves"),
            "sweep": IntSlider(0, SWEEPS, label="Sweep"),
        },
        play="sweep",
        predict=Prediction(
            "Two trades are mixed at random on a grid: half of a firm's neighbours are of its own "
            "trade. Each wants 1 neighbour of 8 of its own trade, and hardly anybody moves. Now "
            "each wants 3, and moves to a random empty cell if it has fewer. It is still content "
            "to be in the minority. Which share of a firm's neighbours "
            "are of its own trade in the end?",
            {
                "half": "up to 55 per cent",
                "sixty": "55 to 70 per cent",
                "seventy": "more than 70 per cent",
            },
            setting={"wanted": 3},
            outcome=_how_alike,
            because=(
                "A firm that leaves makes a place less good for those of its trade that stay. So "
                "firms that were content at first leave as well, and the pattern gets sharper "
                "than anybody's wish."
            ),
        ),
        keep="beside",
        size=(9, 4),
        panels=(1, 2),
        headline=Headline(
            lambda result: 100 * result.alike[result.sweep], "Neighbours of one's own trade", "%"
        ),
        name="07 firm grid",
    )


def _how_alike(before: FirmGrid, after: FirmGrid) -> str:
    share = after.alike[after.sweep]
    if share > 0.7:
        return "seventy"
    return "sixty" if share > 0.55 else "half"
