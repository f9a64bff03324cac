"""Labs of lesson 00."""

from __future__ import annotations

from course_lib.lab import Headline, IntSlider, Lab, Prediction, Slider
from course_lib.start_here import charts
from course_lib.start_here.growth_race import GrowthRace, growth_race
from course_lib.start_here.two_countries import CHINA_YEARS, US_YEARS, two_countries


def two_countries_lab() -> Lab:
    """The regions of two countries over ninety-five years, played."""
    return Lab(
        title="Two countries, 1929 to 2023",
        model=two_countries,
        chart=charts.two_maps,
        controls={"year": IntSlider(US_YEARS[0], CHINA_YEARS[1], label="Year")},
        play="year",
        keep="beside",
        size=(9, 3.6),
        panels=(1, 2),
        headline=Headline(
            lambda result: result.china.max() / result.china.min(),
            "Richest province of China, poorest = 1",
        ),
        name="00 two countries",
    )


def growth_race_lab() -> Lab:
    """The smallest lab of the course: it shows how labs work."""
    return Lab(
        title="When does the poorer region catch up?",
        model=growth_race,
        chart=charts.race,
        controls={
            "ratio": Slider(1.0, 10.0, 0.5, label="Rich over poor at the start"),
            "rich_growth": Slider(0.0, 6.0, 0.1, label="Rich region grows", unit="% a year"),
            "poor_growth": Slider(0.0, 6.0, 0.1, label="Poor region grows", unit="% a year"),
        },
        predict=Prediction(
            "The poor region grows by 4 per cent a year and needs 71 years to catch up with a "
            "rich one that grows by 2. Now the poor region grows by 6. How many years does it "
            "need?",
            {
                "a_quarter": "about 18 years",
                "half": "about 36 years",
                "three_quarters": "about 54 years",
                "as_before": "about 71 years",
            },
            setting={"poor_growth": 6.0},
            outcome=_years_left,
            because=(
                "The time is half, because what counts is the difference between the two rates: "
                "it was 2 points, and now it is 4."
            ),
        ),
        size=(9, 3.8),
        headline=Headline(lambda result: result.catch_up_year, "Year of catching up"),
        name="00 growth race",
    )


def _years_left(before: GrowthRace, after: GrowthRace) -> str:
    options = {71: "as_before", 54: "three_quarters", 36: "half", 18: "a_quarter"}
    needed = after.catch_up_year or float("inf")
    return options[min(options, key=lambda years: abs(years - needed))]
