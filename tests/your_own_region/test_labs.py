"""The labs on a region of one's own: the lessons' numbers, and any table that can be read."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

from course_lib.california.industry_space import industry_space
from course_lib.dev.every_lab import every_lab
from course_lib.division_of_labour.us_shift_share import SECTORS, us_shift_share
from course_lib.gradient_transition.country_convergence import china_convergence, us_convergence
from course_lib.gradient_transition.country_mobility import country_mobility
from course_lib.gradient_transition.country_panels import US
from course_lib.growth_poles.china_table import china_table
from course_lib.growth_poles.ripple import ripple
from course_lib.industrial_clusters.us_clusters import find_clusters
from course_lib.measuring_regions.inequality import china_inequality, us_inequality
from course_lib.measuring_regions.neighbours import rich_neighbours
from course_lib.measuring_regions.specialisation import industries, industry_map
from course_lib.regions import Region, TableError, china, make_region, mexico, united_states
from course_lib.your_own_region import labs
from course_lib.your_own_region.evaluation import own_evaluation
from course_lib.your_own_region.groups import group_gaps
from course_lib.your_own_region.incomes import (
    own_convergence,
    own_inequality,
    own_mobility,
    own_neighbours,
)
from course_lib.your_own_region.inverted_u import BY_INCOME, own_inverted_u
from course_lib.your_own_region.jobs import (
    industries_of,
    own_clusters,
    own_industry_map,
    own_one_place,
    own_profile,
    own_relatedness,
)
from course_lib.your_own_region.linkages import LOST, own_linkages
from course_lib.your_own_region.shift_share import own_shift_share

OUTCOMES: dict[str, str] = {}  # a prediction of a lesson belongs to its own figures
LABS = sorted(name.split(".")[1] for name in every_lab() if name.startswith("your_own_region."))
ON_JOBS = {
    "industry_map_lab",
    "shift_share_lab",
    "clusters_lab",
    "profile_lab",
    "one_place_lab",
    "relatedness_lab",
}


# --- what the lessons show of the US and of China comes out the same this way


@pytest.mark.parametrize("year", [1929, 2009])
def test_inequality_is_the_lessons(year: int) -> None:
    there, here = us_inequality(year), own_inequality(united_states(), year)
    pd.testing.assert_frame_equal(here.history, there.history)
    assert (here.lorenz.to_numpy() == there.lorenz.to_numpy()).all()


@pytest.mark.parametrize("weighted", [True, False])
def test_inequality_of_china_is_the_lessons(weighted: bool) -> None:
    there = china_inequality(2000, weighted=weighted)
    here = own_inequality(china(), 2000, "belts_1986", weighted)
    pd.testing.assert_frame_equal(here.history, there.history)


def test_convergence_is_the_lessons() -> None:
    for there, here in (
        (us_convergence(1940, 1980), own_convergence(united_states(), 1940, 1980)),
        (china_convergence(), own_convergence(china())),
    ):
        pd.testing.assert_frame_equal(
            here.to_frame().sort_index(), there.to_frame().sort_index(), check_names=False
        )
        pd.testing.assert_series_equal(here.sigma, there.sigma)


def test_mobility_is_the_lessons() -> None:
    there, here = country_mobility(US), own_mobility(united_states())
    pd.testing.assert_frame_equal(here.transitions, there.transitions)


def test_morans_i_is_the_lessons() -> None:
    there, here = rich_neighbours(1950), own_neighbours(united_states(), 1950)
    assert here.moran.value == pytest.approx(there.moran.value)


def test_location_quotients_are_the_lessons() -> None:
    own = united_states(industries=True)
    assert [name.strip() for name in industries_of(own)] == industries()
    there = industry_map("Motion Picture and Sound Recording Industries")
    here = own_industry_map(own, "Motion Picture and Sound Recording Industries")
    pd.testing.assert_frame_equal(
        here.states.sort_index(), there.states.sort_index(), check_names=False
    )
    assert here.coverage == pytest.approx(there.coverage, abs=1e-3)


def test_clusters_are_the_lessons() -> None:
    there, here = find_clusters("US states"), own_clusters(united_states(industries=True))
    assert here.count == there.count


def test_relatedness_is_the_lessons() -> None:
    there = industry_space("Michigan").industries
    here = own_relatedness(united_states(industries=True), "Michigan").industries
    for column in there:
        np.testing.assert_allclose(np.sort(here[column]), np.sort(there[column]))


def test_shift_share_is_the_lessons() -> None:
    there, here = us_shift_share("Nevada"), own_shift_share(united_states(), "Nevada")
    pd.testing.assert_series_equal(here.here, there.here, check_names=False)
    mix = here.detail["industry_mix"].rename(SECTORS)
    pd.testing.assert_series_equal(
        mix.sort_index(), there.detail["industry_mix"].sort_index(), check_names=False
    )


def test_linkages_and_extraction_are_the_lessons() -> None:
    there = china_table()
    here = own_linkages(china(), "Construction")
    pd.testing.assert_frame_equal(here.table.to_frame(), there.to_frame())
    calls_up = ripple("Construction").by_sector  # twelve rounds of very many
    assert here.effect["Metals"] == pytest.approx(calls_up["Metals"], rel=0.01)
    lost = own_linkages(china(), "Construction", LOST).effect
    at = there.position("Metals")
    without = there.output_without("Construction")[at]
    assert lost["Metals"] == pytest.approx(100 * (1 - without / there.output[at]))
    assert lost["Construction"] == 100


# --- other people's implementations, on Mexico


def test_inequality_of_mexico_is_that_of_pysal() -> None:
    from inequality.gini import Gini
    from inequality.theil import TheilD

    groups = mexico().groups["Hanson 1998"]
    found = own_inequality(mexico(), grouping="Hanson 1998").history
    for year, incomes in mexico().panel.iterrows():
        judge = TheilD(incomes.to_numpy(), groups.to_numpy())
        assert found.loc[year, "theil"] == pytest.approx(judge.T)
        assert found.loc[year, "between"] == pytest.approx(judge.bg)
        assert found.loc[year, "gini"] == pytest.approx(Gini(incomes.to_numpy()).g)


def test_morans_i_of_mexico_is_that_of_pysal() -> None:
    from esda.moran import Moran
    from libpysal.weights import W

    neighbours = mexico().neighbours
    assert neighbours is not None
    near = neighbours.groupby("region")["neighbour"].agg(list).to_dict()
    weights = W(near, id_order=mexico().regions, silence_warnings=True)
    for year in mexico().panel.index:
        judge = Moran(mexico().panel.loc[year].to_numpy(), weights, permutations=0)
        assert own_neighbours(mexico(), int(year)).moran.value == pytest.approx(judge.I)


def test_mobility_of_mexico_is_that_of_pysal() -> None:
    from giddy.markov import Markov

    found = own_mobility(mexico(), classes=4)
    judge = Markov(found.class_of.T.to_numpy(), summary=False)
    np.testing.assert_allclose(found.transitions, judge.p)
    np.testing.assert_allclose(found.steady_state, judge.steady_state)


def test_groups_of_mexico_by_hand() -> None:
    incomes = mexico().panel.loc[2000]
    border = ["Baja California", "Chihuahua", "Coahuila", "Nuevo León", "Sonora", "Tamaulipas"]
    found = group_gaps(mexico(), 2000, "Hanson 1998")
    assert found.now["Border"] == pytest.approx(incomes[border].mean() / incomes.mean())


def test_groups_count_people_where_there_are_any() -> None:
    found = group_gaps(china(), 1990, "belts_1986")
    assert found.now["East"] / found.now["West"] == pytest.approx(1.863, abs=1e-3)


# --- tables of every kind


#: The table of two sectors with which Miller and Blair begin.
FLOWS = pd.DataFrame(
    {"sector": ["one", "two"], "one": [150, 200], "two": [500, 100], "output": [1000, 2000]}
)


def invented(regions: int = 5, years: Any = (2000, 2005, 2010), **tables: Any) -> Region:
    rng = np.random.default_rng(regions)
    names = [f"Region {place}" for place in range(regions)]
    wide = pd.DataFrame(rng.uniform(5, 20, (regions, len(years))).round(2), names, list(years))
    jobs = pd.DataFrame(
        [
            (name, industry, year, int(jobs))
            for name in names
            for industry in ("Mining", "Trade", "Care", "Building")
            for year, jobs in zip((2000, 2010), rng.integers(50, 5000, 2), strict=True)
        ],
        columns=["region", "industry", "year", "jobs"],
    )
    groups = ["North" if place % 2 else "South" for place in range(regions)]
    incomes = wide.rename_axis("region").reset_index().assign(side=groups)
    ring = pd.DataFrame({"region": names, "neighbour": [*names[1:], names[0]]})
    return make_region(
        "Invented regions",
        **{
            "incomes": {"table": incomes, "groups": ["side"]},
            "jobs": jobs,
            "neighbours": ring,
            "flows": FLOWS,
        }
        | tables,
    )


@pytest.mark.parametrize("name", LABS)
def test_every_lab_takes_a_small_country_without_a_map(name: str) -> None:
    own = invented()
    lab = getattr(labs, name)(own)
    assert lab.sentence.endswith(".")
    assert not re.search(r"\bnan\b", lab.sentence)
    assert lab.canvas.pixels().size
    assert "my_region" in lab.python()
    for control in lab.controls.values():
        assert control.extremes()


@pytest.mark.parametrize("name", sorted(ON_JOBS))
def test_points_stand_in_for_tiles(name: str) -> None:
    places = pd.DataFrame(
        {
            "region": [f"Region {place}" for place in range(5)],
            "longitude": [10.1, 11, 12, 13, 14],
            "latitude": [50, 51, 52, 51, 50],
        }
    )
    lab = getattr(labs, name)(invented(places=places))
    assert lab.canvas.pixels().size


@pytest.mark.parametrize("name", LABS)
def test_a_missing_table_is_a_sentence_that_says_what_to_add(name: str) -> None:
    missing = "jobs" if name in ON_JOBS else "incomes"
    own = invented(**{"flows" if name == "linkages_lab" else missing: None})
    with pytest.raises((ValueError, TableError), match=r"add \[|region\.toml"):
        getattr(labs, name)(own)


def test_neighbours_and_groups_are_asked_for() -> None:
    with pytest.raises(ValueError, match=r"add \[neighbours\]"):
        labs.neighbours_lab(china())
    with pytest.raises(ValueError, match="groups ="):
        labs.groups_lab(make_region("Two", incomes=pd.DataFrame({"region": ["A", "B"], "2000": 1})))


def test_without_groups_nothing_is_said_of_them() -> None:
    table = pd.DataFrame({"region": ["A", "B", "C"], "2000": [1, 2, 4], "2001": [1, 3, 4]})
    lab = labs.inequality_lab(make_region("Three", incomes=table))
    assert "between" not in lab.sentence
    assert "between" not in lab.to_frame()
    assert lab.canvas.pixels().size


@pytest.mark.parametrize(
    "table",
    [
        pd.DataFrame({"region": ["A"], "2000": [1.0], "2010": [2.0]}),  # one region only
        pd.DataFrame(
            {"region": ["A", "B", "C"], "2000": [3, 3, 3], "2010": [4, 4, 4]}
        ),  # all equal
        pd.DataFrame({"region": ["A", "B", "C"], "2000": [1, 2, 3]}),  # one year only
        pd.DataFrame({"region": list("ABC"), "1990": [1, 2, 3], "2000": [2, 3, 3], "2004": 3}),
    ],
    ids=["one region", "all equal", "one year", "years with gaps"],
)
@pytest.mark.parametrize("name", ["inequality_lab", "convergence_lab", "mobility_lab"])
def test_poor_tables_work_or_say_why_not(table: pd.DataFrame, name: str) -> None:
    own = make_region("Poor", incomes=table)
    try:
        lab = getattr(labs, name)(own)
        assert lab.sentence.endswith(".")
        assert not re.search(r"\b(nan|inf)\b", lab.sentence)
        assert lab.canvas.pixels().size
    except ValueError as refusal:
        assert len(str(refusal)) > 40
        assert "np." not in str(refusal)


def test_regions_with_gaps_are_left_out_and_named() -> None:
    table = mexico().panel.T.rename_axis("region").reset_index()
    table.loc[table["region"] == "Tabasco", 1980] = np.nan
    own = make_region("Mexico's states", incomes=table)
    assert own.left_out == ["Tabasco"]
    assert "without Tabasco" in own_inequality(own).summary()
    assert "31 regions" in own_convergence(own).summary()


def test_withheld_jobs_without_totals_leave_the_emptiest_line_out() -> None:
    table = pd.DataFrame(
        {"region": list("ABCD"), "mining": [1, "(D)", 3, "(D)"], "trade": [5, 4, 6, 2], "care": 2}
    )
    own = make_region("Four", jobs=table)
    assert industries_of(own) == ["care", "trade"]
    assert "without mining: figures withheld" in own_industry_map(own).summary()
    with pytest.raises(ValueError, match="no industry 'mining'"):
        own_industry_map(own, "mining")


def test_withheld_jobs_with_totals_do_no_harm() -> None:
    table = pd.DataFrame(
        {
            "region": ["A", "B", "Land"],
            "mining": [10, "(D)", 12],
            "trade": [40, 50, 90],
            "Total": [50, 52, 102],
        }
    )
    jobs = {"table": table, "totals": ["Land"], "total_industries": ["Total"]}
    own = make_region("Two", jobs=jobs)
    cells = own_clusters(own).cells.set_index(["place", "industry"])["location_quotient"]
    assert cells["A", "mining"] == pytest.approx((10 / 50) / (12 / 102))
    assert ("B", "mining") not in cells.index


def test_profile_counts_jobs_above_the_nations_mix() -> None:
    table = pd.DataFrame({"region": ["A", "B"], "mining": [30, 10], "trade": [30, 50]})
    own = make_region("Two", jobs=table)
    above = own_profile(own, "A").industries["above_the_mix"]
    assert above.to_dict() == pytest.approx({"mining": 30 - 60 * 40 / 120, "trade": 30 - 40})


def test_an_industry_without_jobs_is_below_the_mix() -> None:
    table = pd.DataFrame(
        {"region": ["A", "B"], "fishing": [0, 40], "trade": [30, 50], "care": [31, 49]}
    )
    above = own_profile(make_region("Two", jobs=table), "A").industries["above_the_mix"]
    assert above.to_dict() == pytest.approx(
        {"care": 31 - 61 * 80 / 200, "trade": 30 - 61 * 80 / 200, "fishing": -61 * 40 / 200}
    )
    assert list(above.index)[-1] == "fishing"


def test_evaluation_is_the_regression_with_an_interaction() -> None:
    logs = np.log(mexico().panel)
    border = (mexico().groups["Hanson 1998"] == "Border").to_numpy()
    before = 100 * (logs.loc[1980] - logs.loc[1940]).to_numpy() / 40
    after = 100 * (logs.loc[2000] - logs.loc[1980]).to_numpy() / 20
    chosen, late = np.tile(border, 2), np.repeat([0, 1], len(border))
    design = np.column_stack([np.ones(len(late)), chosen, late, chosen * late])
    beta = np.linalg.lstsq(design, np.concatenate([before, after]), rcond=None)[0]
    found = own_evaluation(mexico(), "Hanson 1998: Border", 1980)
    assert found.estimates["difference in differences"] == pytest.approx(beta[3])
    # The line that goes on as before, and the observed one, say the same at the end.
    gap = np.log(found.path[2000] / found.as_before[2000])
    assert 100 * gap / 20 == pytest.approx(beta[3])


def test_an_evaluation_of_one_region_has_no_spread() -> None:
    table = pd.DataFrame(
        {"region": ["A", "B", "C"], "2000": [1, 2, 4], "2001": 3, "2002": [2, 5, 9]}
    )
    found = own_evaluation(make_region("Three", incomes=table))
    assert found.chosen == "A"
    assert "±" not in found.summary()
    assert "One date before" in found.summary()


def test_an_inverted_u_is_larger_between_its_ends() -> None:
    table = pd.DataFrame({"region": ["A", "B"], "2000": [1, 2], "2001": [2, 9], "2002": [8, 9]})
    found = own_inverted_u(make_region("Two", incomes=table), against=BY_INCOME)
    assert found.peak == 2001
    assert "above the higher of them: the form of an inverted U" in found.summary()
    falling = own_inverted_u(make_region("Two", incomes=table.assign(**{"2000": [1, 99]})))
    assert "this is no inverted U" in falling.summary()


def test_one_place_by_hand() -> None:
    table = pd.DataFrame({"region": ["A", "B"], "Bergbau": [30, 10], "Handel": [30, 50]})
    found = own_one_place(make_region("Two", jobs=table), "Bergbau")
    assert found.largest_share == 0.75
    assert found.times_expected == pytest.approx(0.75 / 0.5)
    assert "these regions' jobs" in found.summary()


def test_names_stand_as_they_are_written() -> None:
    table = pd.DataFrame(
        {
            "region": list("ABCD"),
            "Bergbau": [9, 1, 8, 1],
            "Handel": [2, 8, 3, 7],
            "Bau": [5, 6, 5, 1],
        }
    )
    own = make_region("Vier", jobs=table)
    for result in (own_profile(own), own_relatedness(own)):
        assert not re.search(r"bergbau|handel|\bbau", result.summary())


def test_the_picture_says_how_far_an_industry_is_below_the_mix() -> None:
    table = pd.DataFrame({"region": ["A", "B"], "mining": [30, 10], "trade": [30, 50]})
    lab = labs.profile_lab(make_region("Two", jobs=table))
    words = [text.get_text() for text in lab.canvas.figure.findobj(Text)]
    assert any(word.startswith("10 of 30") for word in words)
    assert any(word.startswith("−10 of 30") for word in words)


def test_a_picture_says_whose_jobs_its_shares_are_of() -> None:
    table = pd.DataFrame({"region": ["A", "B"], "mining": [30, 10], "trade": [30, 50]})
    lab = labs.one_place_lab(make_region("Two", jobs=table))
    words = [text.get_text() for text in lab.canvas.figure.findobj(Text)]
    assert "share of these regions' jobs in the industry" in words
