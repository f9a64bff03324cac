"""Labs of lesson 13: those of the course, on any country's own figures.

Each takes a `course_lib.regions.Region`. A prediction of a lesson belongs to the lesson's figures,
so these labs ask nothing whose answer is not in the reader's own table.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import Any

import numpy as np

from course_lib.agglomeration import charts as of_places
from course_lib.california import charts as of_profile
from course_lib.california.regional_profile import RANKINGS
from course_lib.gradient_transition import charts as of_convergence
from course_lib.gradient_transition.country_mobility import CLASSES
from course_lib.industrial_clusters import charts as of_clusters
from course_lib.lab import Choice, Headline, IntSlider, Lab, Seed, Several, Slider, Toggle
from course_lib.measuring_regions import charts as of_inequality
from course_lib.measuring_regions.inverted_u import INDICES
from course_lib.regions import Region, china, mexico, united_states
from course_lib.your_own_region import charts
from course_lib.your_own_region.evaluation import own_evaluation, programmes, starts
from course_lib.your_own_region.groups import group_gaps
from course_lib.your_own_region.incomes import (
    bordering,
    grouping_of,
    own_convergence,
    own_inequality,
    own_mobility,
    own_neighbours,
)
from course_lib.your_own_region.inverted_u import AGAINST, own_inverted_u
from course_lib.your_own_region.jobs import (
    cells_of,
    date_of,
    industries_of,
    jobs_of,
    largest_of,
    own_clusters,
    own_industry_map,
    own_one_place,
    own_profile,
    own_relatedness,
    quotients,
)
from course_lib.your_own_region.linkages import ASKS, own_linkages, table_of
from course_lib.your_own_region.region_map import map_on, tiles_of
from course_lib.your_own_region.shift_share import own_shift_share

MOST_BOXES = 60
MOST_TRIED = 400  # groups and years from which the ends of an axis are taken
LEVELS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 4, 8, 16, 32, 64, 128)


def inequality_lab(region: Region | None = None) -> Lab:
    """How unequal are the regions, and where does it lie? As in lesson 01."""
    own = region or mexico()
    years = [int(year) for year in own.panel.index]
    histories = [own_inequality(own, grouping=one).history for one in own.groups or [""]]
    top = 1.25 * max(float(history["theil"].max()) for history in histories)
    if own.people_of_panel is not None:
        unweighted = own_inequality(own, weighted=False).history["theil"]
        top = max(top, 1.25 * float(unweighted.max()))
    controls = {
        **_year("year", years, years[0]),
        **_grouping(own),
        **(
            {"weighted": Toggle(label="Each person counts the same (off: each region)")}
            if own.people_of_panel is not None
            else {}
        ),
    }
    return Lab(
        title=f"How unequal are {_called(own)}?",
        model=_on(own, own_inequality),
        chart=of_inequality.inequality(*_span(years), max(top, 1e-6), split=bool(own.groups)),
        controls=controls,
        play=_played(controls, "year"),
        panels=(1, 2),
        headline=Headline(lambda result: result.now["theil"], "Theil's index"),
        name="13 inequality",
    )


def inverted_u_lab(region: Region | None = None) -> Lab:
    """Did inequality rise and then fall? The evidence for the inverted U of lesson 01."""
    own = region or mexico()
    own_inverted_u(own)  # says how many dates it needs
    return Lab(
        title=f"Did inequality rise and fall? {own.title}",
        model=_on(own, own_inverted_u),
        chart=charts.inverted_u,
        controls={
            "index": Choice(list(INDICES), label="Index", default="Williamson"),
            "against": Choice(list(AGAINST), label="Drawn against"),
        },
        keep="beside",
        headline=Headline(lambda result: float(result.values.max()), "Largest value"),
        name="13 inverted u",
    )


def evaluation_lab(region: Region | None = None) -> Lab:
    """What would a comparison find for a group from a year on? As in lesson 12."""
    own = region or mexico()
    years, groups = starts(own), programmes(own)
    some = years[:: max(1, len(years) // 4)]
    tried = [(name, year) for name in groups for year in some][:MOST_TRIED]
    found = [own_evaluation(own, name, year) for name, year in tried]
    ratios = np.concatenate([[*one.path, *one.as_before, 1.0] for one in found])
    most = max(
        abs(value) + 2 * (0 if np.isnan(error) else error)
        for one in found
        for value, error in zip(one.estimates.values(), one.standard_errors.values(), strict=True)
    )
    return Lab(
        title=f"What would a programme seem to have done? {own.title}",
        model=_on(own, own_evaluation),
        chart=charts.evaluation(
            (0.92 * float(ratios.min()), 1.09 * float(ratios.max())), max(1.0, 1.1 * float(most))
        ),
        controls={
            "chosen": Choice(list(groups), label="Chosen regions", default=next(iter(groups))),
            **_year("began", years, years[len(years) // 2], "It began in"),
        },
        size=(9, 4.3),
        panels=(1, 2),
        headline=Headline(
            lambda result: result.estimates["difference in differences"],
            "Difference in differences finds",
            "% a year",
        ),
        name="13 evaluation",
    )


def groups_lab(region: Region | None = None) -> Lab:
    """How far are groups of regions apart, in any grouping? As the belts in lesson 04."""
    own = region or mexico()
    years = [int(year) for year in own.panel.index]
    gaps = [group_gaps(own, grouping=one).relative for one in own.groups] or [
        group_gaps(own).relative  # says what is missing
    ]
    controls = {**_year("year", years, years[0]), **_grouping(own)}
    longest = max(gaps, key=lambda one: one.shape[1])
    return Lab(
        title=f"How far apart are groups of {_called(own)}?",
        model=_on(own, group_gaps),
        chart=charts.groups_over_time(
            [str(name) for name in longest.columns],
            years[0],
            years[-1],
            1.15 * max(float(one.to_numpy().max()) for one in gaps),
        ),
        controls=controls,
        play=_played(controls, "year"),
        headline=Headline(lambda result: result.gap, "Richest group over poorest"),
        name="13 groups",
    )


def convergence_lab(region: Region | None = None) -> Lab:
    """Did poorer regions grow faster, and did the spread shrink? As in lesson 04."""
    own = region or mexico()
    years = [int(year) for year in own.panel.index]
    if len(years) < 2:
        own_convergence(own)  # says that growth needs two dates
    logs = np.log(own.panel.to_numpy())
    logs = logs - logs.mean(axis=1, keepdims=True)
    reach = 1.15 * float(np.ptp(logs, axis=0).max())
    low = max(level for level in LEVELS if level <= np.exp(1.1 * logs.min()) or level == LEVELS[0])
    high = min(
        level for level in LEVELS if level >= np.exp(1.1 * logs.max()) or level == LEVELS[-1]
    )
    scale = (min(0.45, float(np.exp(-reach))), max(2.2, float(np.exp(reach))))
    sigma = 1.25 * float(logs.std(axis=1).max())
    controls: dict[str, Any] = {
        **_year("start", years[:-1], years[0], "From"),
        **_year("end", years[1:], years[-1], "To"),
    }
    if 4 <= own.panel.shape[1] <= MOST_BOXES:
        controls["leave_out"] = Several(list(own.panel.columns), label="Regions left out")
    return Lab(
        title=f"Did the poorer of {_called(own)} catch up?",
        model=_on(own, own_convergence),
        chart=of_convergence.convergence(
            tiles_of(own),
            years[0],
            years[-1],
            [level for level in LEVELS if low <= level <= high],
            max(sigma, 1e-6),
            scale,
        ),
        controls=controls,
        size=(9, 3.9),
        panels=(1, 2),
        headline=Headline(
            lambda result: 100 * result.convergence.beta.slope,
            "Slope",
            "% a year for each log point",
        ),
        name="13 convergence",
    )


def mobility_lab(region: Region | None = None) -> Lab:
    """Do poor regions stay poor? Moves between income classes, as in lesson 04."""
    own = region or mexico()
    step = own_mobility(own, classes=2).step
    return Lab(
        title=f"Where do {_called(own)} end if they go on moving as they did?",
        model=_on(own, own_mobility),
        chart=charts.mobility(step),
        controls={
            "classes_drawn": Choice(list(CLASSES), label="Limits of the classes are drawn"),
            "classes": IntSlider(
                2, of_convergence.MOST_CLASSES, label="Number of classes", default=3
            ),
        },
        size=(9, 3.9),
        panels=(1, 2),
        headline=Headline(
            lambda result: 100 * result.steady_state.iloc[0], "Poorest class in the long run", "%"
        ),
        name="13 mobility",
    )


def neighbours_lab(region: Region | None = None) -> Lab:
    """Do rich regions have rich neighbours? As in lesson 01."""
    own = region or mexico()
    panel = bordering(own)[1]
    years = [int(year) for year in panel.index]
    relative = panel.div(panel.mean(axis=1), axis=0)
    controls = {
        **_year("year", years, years[0]),
        "shuffled": Toggle(label="Incomes dealt out over the map by chance"),
        "seed": Seed(),
    }
    return Lab(
        title=f"Do rich ones of {_called(own)} have rich neighbours?",
        model=_on(own, own_neighbours),
        chart=of_inequality.neighbours(
            0.9 * float(relative.to_numpy().min()),
            1.05 * float(relative.to_numpy().max()),
            "region",
        ),
        controls=controls,
        play=_played(controls, "year"),
        size=(9, 4.0),
        panels=(1, 2),
        headline=Headline(lambda result: result.moran.value, "Moran's I"),
        name="13 neighbours",
    )


def industry_map_lab(region: Region | None = None) -> Lab:
    """Where is an industry at home? As in lesson 01."""
    own = region or united_states(industries=True)
    date = date_of(jobs_of(own), None)
    names = industries_of(own, date)
    if not names:
        own_industry_map(own)  # says that too much is withheld
    return Lab(
        title=f"Where in {_called(own)} is an industry at home?",
        model=_on(own, own_industry_map),
        chart=of_inequality.industry_on(map_on(own, 0, 2, "location quotient")),
        controls={"industry": Choice(names, label="Industry", default=names[0])},
        keep="beside",
        size=(9, 3.6),
        panels=(1, 2),
        headline=Headline(
            lambda result: result.states["location_quotient"].max(), "Highest location quotient"
        ),
        name="13 industry map",
    )


def shift_share_lab(region: Region | None = None) -> Lab:
    """Was it the region, or was it its industries? As in lesson 03."""
    own = region or united_states()
    first = own_shift_share(own)  # refuses a table of one date, with what to do
    years = jobs_of(own).years
    places = [str(name) for name in first.regions.index]
    all_own = 100 * first.regions["regional"]
    wide = max(2.0, float(np.ceil(all_own.abs().quantile(0.9))))
    most = max(1.0, float(np.ceil(100 * first.detail["regional"].abs().max())))
    controls: dict[str, Any] = {"place": Choice(places, label="Region", default=places[0])}
    if len(years) > 2:
        controls |= _year("start", years[:-1], years[0], "From")
        controls |= _year("end", years[1:], years[-1], "To")
    return Lab(
        title=f"Was it the region, or its industries? {own.title}",
        model=_on(own, own_shift_share),
        chart=charts.shift_share(map_on(own, -wide, wide, "own part, % of jobs"), most),
        controls=controls,
        keep="beside",
        size=(9, 4.3),
        panels=(1, 2),
        headline=Headline(
            lambda result: 100 * result.here["regional"], "The region's own part of growth", "%"
        ),
        name="13 shift share",
    )


def linkages_lab(region: Region | None = None) -> Lab:
    """What does a sector set in motion, and what would go with it? As in lesson 05."""
    own = region or china()
    table = table_of(own)
    sectors = list(table.sectors)
    return Lab(
        title=f"What does a sector set in motion? {own.title}",
        model=_on(own, own_linkages),
        chart=charts.linkages(table.backward, table.forward),
        controls={
            "sector": Choice(sectors, label="Sector", default=sectors[0]),
            "asks": Choice(list(ASKS), label="The bars show"),
        },
        keep="beside",
        size=(9, 4.3),
        panels=(1, 2),
        headline=Headline(lambda result: result.multiplier, "Turnover for one unit of the order"),
        name="13 linkages",
    )


def clusters_lab(region: Region | None = None) -> Lab:
    """How many clusters are there, by a rule of one's own? As in lesson 07."""
    own = region or united_states(industries=True)
    own_clusters(own)
    return Lab(
        title=f"How many clusters are there in {_called(own)}?",
        model=_on(own, own_clusters),
        chart=of_clusters.clusters,
        controls={
            "least_quotient": Slider(1, 6, 0.1, label="Location quotient, at least"),
            "least_share": Slider(0, 0.1, 0.005, label="Share of nation's jobs, at least"),
            "top": Slider(0.05, 1, 0.05, label="Only the highest quotients", unit="part of places"),
        },
        keep="beside",
        panels=(1, 2),
        headline=Headline(lambda result: result.count, "Strong clusters"),
        name="13 clusters",
    )


def one_place_lab(region: Region | None = None) -> Lab:
    """How much of an industry is in one region? As in lesson 02."""
    own = region or united_states(industries=True)
    shares = largest_of(own)
    names = [str(name) for name in shares.index]
    cells = quotients(own, date_of(jobs_of(own), None))[0]
    of_all_jobs = cells["national_share"] / cells["location_quotient"]
    most = 1.15 * max(float(shares.max()), float(of_all_jobs.max()))
    return Lab(
        title=f"How much of an industry is in one of {_called(own)}?",
        model=_on(own, own_one_place),
        chart=of_places.one_place_of(shares, "region", most),
        controls={"industry": Choice(names, label="Industry", default=names[0])},
        keep="beside",
        size=(9, 3.9),
        panels=(1, 2),
        headline=Headline(
            lambda result: 100 * result.largest_share, "Largest share of one region", "%"
        ),
        name="13 one place",
    )


def relatedness_lab(region: Region | None = None) -> Lab:
    """What is near to what a region has? As in lesson 10."""
    own = region or united_states(industries=True)
    own_relatedness(own)
    places = [str(name) for name in cells_of(own, date_of(jobs_of(own), None))[0].index]
    return Lab(
        title=f"What is near to what one of {_called(own)} has?",
        model=_on(own, own_relatedness),
        chart=of_profile.space_of("region"),
        controls={
            "place": Choice(places, label="Region", default=places[0]),
            "threshold": Slider(
                0.8, 1.2, 0.1, label="A region has an industry from this quotient on"
            ),
        },
        keep="beside",
        size=(9, 4.4),
        panels=(1, 2),
        headline=Headline(lambda result: result.number_here, "Industries that the region has"),
        name="13 relatedness",
    )


def profile_lab(region: Region | None = None) -> Lab:
    """Which industries set a region apart? As in lesson 10."""
    own = region or united_states(industries=True)
    cells = quotients(own, date_of(jobs_of(own), None))[0]
    places = [str(name) for name in cells.index.unique("region")]
    return Lab(
        title=f"Which industries set one of {_called(own)} apart?",
        model=_on(own, own_profile),
        chart=of_profile.profile,
        controls={
            "place": Choice(places, label="Region", default=places[0]),
            "ranking": Choice(list(RANKINGS), label="Ranked by"),
        },
        keep="beside",
        headline=Headline(
            lambda result: result.industries["location_quotient"].max(), "Highest location quotient"
        ),
        name="13 profile",
    )


# --- what the labs share


def _on(region: Region, model: Callable[..., Any]) -> Callable[..., Any]:
    """The model with the reader's own figures put in."""
    return update_wrapper(partial(model, region=region), model)


def _called(region: Region) -> str:
    return region.title


def _year(name: str, years: list[int], default: int, label: str = "Year") -> dict[str, Any]:
    """A slider over years that stand at equal distances, a choice of others, nothing for one."""
    if len(years) < 2:
        return {}
    steps = set(np.diff(years).tolist())
    if len(steps) == 1:
        return {name: IntSlider(years[0], years[-1], steps.pop(), label=label, default=default)}
    return {name: Choice([str(year) for year in years], label=label, default=str(default))}


def _played(controls: dict[str, Any], name: str) -> str | None:
    return name if isinstance(controls.get(name), IntSlider) else None


def _span(years: list[int]) -> tuple[int, int]:
    beyond = max(1, round(0.05 * (years[-1] - years[0])))
    return years[0] - beyond, years[-1] + beyond


def _grouping(region: Region) -> dict[str, Any]:
    """Which grouping, if there are several."""
    names = list(region.groups)
    if len(names) < 2:
        return {}
    return {"grouping": Choice(names, label="Groups of regions", default=grouping_of(region, ""))}
