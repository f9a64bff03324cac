"""Labs of lesson 01."""

from __future__ import annotations

from course_lib.datasets import REGION_SCHEMES
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
from course_lib.measuring_regions import charts
from course_lib.measuring_regions.inequality import (
    RegionalInequality,
    china_inequality,
    us_inequality,
)
from course_lib.measuring_regions.inverted_u import INDICES, InvertedU, inverted_u
from course_lib.measuring_regions.neighbours import RichNeighbours, rich_neighbours
from course_lib.measuring_regions.specialisation import IndustryMap, industries, industry_map


def us_inequality_lab() -> Lab:
    """Eighty years of the states: Lorenz curve, Theil between and within."""
    return Lab(
        title="How unequal are the US states, and where does it lie?",
        model=us_inequality,
        chart=charts.inequality(1925, 2013, 0.11, up_to_now=True),
        controls={"year": IntSlider(1929, 2009, label="Year")},
        play="year",
        predict=Prediction(
            "From 1929 to 2009 Theil's index of the states falls to a sixth. In 1929, 40 per cent "
            "of it lay between the four Census regions. How much of what is left in 2009 lies "
            "between them?",
            {
                "none": "next to nothing",
                "third": "about a third",
                "most": "about two thirds",
                "all": "nearly all of it",
            },
            setting={"year": 2009},
            outcome=_between_at_the_end,
            asks="figures",
            because=(
                "The part within the regions fell as well, because poor states caught up in every "
                "region. The part between them fell faster at first, to 19 per cent of the whole "
                "in 1982; then it came back to a third."
            ),
        ),
        panels=(1, 2),
        headline=Headline(lambda result: result.now["theil"], "Theil's index"),
        name="01 us inequality",
    )


def _between_at_the_end(before: RegionalInequality, after: RegionalInequality) -> str:
    options = {
        0.0: "none",
        1 / 3: "third",
        2 / 3: "most",
        1.0: "all",
    }
    return options[min(options, key=lambda share: abs(share - after.share_between))]


def china_inequality_lab() -> Lab:
    """China's provinces: who counts, a province or a person, and which groups?"""
    return Lab(
        title="How unequal are China's provinces, and who is counted?",
        model=china_inequality,
        chart=charts.inequality(1974, 2027, 0.32),
        controls={
            "year": IntSlider(1978, 2023, label="Year"),
            "scheme": Choice(list(REGION_SCHEMES), label="Groups of provinces"),
            "weighted": Toggle(label="Each person counts the same (off: each province)"),
        },
        play="year",
        predict=Prediction(
            "In 1978 each person counts the same, and the index is 0.156. Now each province "
            "counts the same instead: Tibet as much as Sichuan, Shanghai as much as Henan. The "
            "index ...",
            {
                "falls": "falls by more than a tenth",
                "stays": "stays within a tenth of it",
                "rises": "rises by more than a tenth",
            },
            setting={"weighted": False},
            outcome=_change_of_theil,
            asks="figures",
            because=(
                "In 1978 the three richest provinces were cities with few people: Shanghai, "
                "Beijing, Tianjin. Because they are counted as provinces now, they weigh more than "
                "three times as much."
            ),
        ),
        panels=(1, 2),
        headline=Headline(lambda result: result.now["theil"], "Theil's index"),
        challenge=Challenge(
            "Find the year, the groups and who counts, so that as large a part of Theil's index as "
            "possible lies between the groups.",
            lambda found: round(100 * float(found.now["between"] / found.now["theil"]), 1),
            target=65.5,
            unit="%",
        ),
        name="01 china inequality",
    )


def _change_of_theil(before: RegionalInequality, after: RegionalInequality) -> str:
    change = after.now["theil"] / before.now["theil"] - 1
    if change > 0.1:
        return "rises"
    return "falls" if change < -0.1 else "stays"


def inverted_u_lab() -> Lab:
    """Inequality rises and falls while people move, and three indices disagree on when."""
    return Lab(
        title="When is inequality largest?",
        model=inverted_u,
        chart=charts.inverted_u,
        controls={
            "share": Slider(0.0, 1.0, 0.01, label="Share in the rich region"),
            "ratio": Slider(1.1, 10.0, 0.1, label="Rich over poor income"),
        },
        predict=Prediction(
            "The rich region becomes 9 times as rich as the poor one instead of 4. Look at the "
            "share of people in the rich region at which inequality is largest. This share ...",
            {
                "smaller": "is smaller for all three indices",
                "stays": "is the same for all three indices",
                "larger": "is larger for all three indices",
                "differ": "moves in different directions",
            },
            setting={"ratio": 9.0},
            outcome=_peaks_move,
            because=(
                "Because the rich region is richer, fewer people in it hold any given share of all "
                "income, and each index turns earlier. At which share it turns is its own matter: "
                "Williamson's at half of all income, Gini's later. So the turning point says as "
                "much about the index and the gap as about history."
            ),
        ),
        size=(9, 3.8),
        headline=Headline(lambda result: result.now["Theil"], "Theil's index"),
        name="01 inverted u",
    )


def _peaks_move(before: InvertedU, after: InvertedU) -> str:
    moves = {after.peaks[name][0] - before.peaks[name][0] for name in INDICES}
    if max(moves) < 0:
        return "smaller"
    if min(moves) > 0:
        return "larger"
    return "stays" if not any(moves) else "differ"


def industry_map_lab() -> Lab:
    """Where is an industry at home? Quotients and shares of one industry."""
    return Lab(
        title="Where is an industry at home?",
        model=industry_map,
        chart=charts.industry,
        controls={"industry": Choice(industries(), label="Industry")},
        predict=Prediction(
            "California has 34 of every 100 film and sound jobs in the nation, but 12 of every "
            "100 jobs in all. Which state has the highest location quotient in film?",
            {
                "california": "California",
                "york": "New York",
                "georgia": "Georgia",
                "utah": "Utah",
            },
            setting={"industry": "Motion Picture and Sound Recording Industries"},
            outcome=_who_leads_in_film,
            asks="figures",
            because=(
                "A location quotient compares an industry's share at home with its share in the "
                "nation. Utah's industry is small, and so is Utah. The quotient says how "
                "specialised a state is, not how large its industry is."
            ),
        ),
        keep="beside",
        size=(9, 3.6),
        panels=(1, 2),
        headline=Headline(
            lambda result: result.states["location_quotient"].max(), "Highest location quotient"
        ),
        name="01 industry map",
    )


def _who_leads_in_film(before: IndustryMap, after: IndustryMap) -> str:
    first = str(after.states.index[0])
    return "york" if first == "New York" else first.lower()


def rich_neighbours_lab() -> Lab:
    """Eighty years of Moran's I: do rich states have rich neighbours?"""
    return Lab(
        title="Do rich states have rich neighbours?",
        model=rich_neighbours,
        chart=charts.rich_neighbours,
        controls={
            "year": IntSlider(1929, 2009, label="Year"),
            "shuffled": Toggle(label="Incomes dealt out over the map by chance"),
            "seed": Seed(),
        },
        play="year",
        predict=Prediction(
            "In 1929 Moran's I of the states' incomes is 0.63. From 1929 to 2009 Theil's index "
            "falls to a sixth: the states become far more alike. What does Moran's I do?",
            {
                "sixth": "it falls to about a sixth",
                "third": "it falls to about a third",
                "most": "it falls to about two thirds",
                "same": "it stays about the same",
            },
            setting={"year": 2009},
            outcome=_what_is_left_of_moran,
            asks="figures",
            because=(
                "Moran's I does not ask how far incomes are from their mean, only whether "
                "neighbours are on the same side of it. Because the size of the distances drops "
                "out, states can become far more alike and rich ones still lie side by side."
            ),
        ),
        size=(9, 4.0),
        panels=(1, 2),
        headline=Headline(lambda result: result.moran.value, "Moran's I"),
        name="01 rich neighbours",
    )


def _what_is_left_of_moran(before: RichNeighbours, after: RichNeighbours) -> str:
    left = after.moran.value / before.moran.value
    options = {1 / 6: "sixth", 1 / 3: "third", 2 / 3: "most", 1.0: "same"}
    return options[min(options, key=lambda share: abs(share - left))]
