"""The figures in the prose of lesson 04 are those of the tables and the models."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from course_lib.datasets import china_provinces
from course_lib.gradient_transition.china_belts import china_belts
from course_lib.gradient_transition.country_convergence import china_convergence, us_convergence
from course_lib.gradient_transition.country_panels import US, panel_of
from course_lib.gradient_transition.innovation_transfer import innovation_transfer
from course_lib.gradient_transition.north_south import NORTH, north_south
from course_lib.gradient_transition.population_jumps import population_jumps
from course_lib.gradient_transition.product_cycle import product_cycle, switch_age
from course_lib.gradient_transition.tiers_and_wages import tiers_and_wages

LESSON = Path(__file__).parents[2] / "notebooks" / "04_gradient_transition.ipynb"
CENSUS_OR_SURVEY = (1990, 1995, 2000, 2005, 2010)


@pytest.fixture(scope="module")
def prose() -> str:
    cells = json.loads(LESSON.read_text("utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def test_the_table_of_the_puzzle(prose: str) -> None:
    ratio = china_belts().belts.to_frame()["east_west"]
    cells = " | ".join(f"{ratio[year]:.2f}" for year in (1978, 1988, 1990, 1995, 2005, 2014, 2023))
    assert f"| output per head, East over West | {cells} |" in prose
    assert ratio.idxmax() == 2005


def test_ages_on_the_ladder(prose: str) -> None:
    assert f"= {switch_age(1, 1):.1f}$ years from tier 1 to 2" in prose
    assert f"= {switch_age(1, 2):.1f}$ years from tier 2 to 3" in prose
    skipped = product_cycle(skill_penalty=(1, 3.5, 4))
    assert skipped.skipped == (2,)
    assert f"jumped, at an age of {skipped.switch_ages[0]:.1f} years" in prose
    assert product_cycle(skill_penalty=(1, 2.4, 4)).skipped == ()
    assert product_cycle(skill_penalty=(1, 2.5, 4)).skipped == (2,)
    assert product_cycle(wages=(3, 1.3, 1), skill_penalty=(1, 3.5, 4)).skipped == ()
    assert product_cycle(wages=(3, 1.4, 1), skill_penalty=(1, 3.5, 4)).skipped == (2,)
    assert product_cycle(skill_penalty=(1, 1.2, 4)).path[0] == 2  # it leaves in the first year
    assert product_cycle(skill_penalty=(1, 1.21, 4)).path[0] == 1


def test_the_wage_at_the_top(prose: str) -> None:
    usual = innovation_transfer()
    goods = usual.steady_goods_ratio
    assert f"the top has $i/t = {goods:g}$ goods" in prose
    assert goods * usual.labour_south / usual.labour_north == 5
    assert f"$5^{{1/2.5}} = 5^{{0.4}} = {5**0.4:.2f}$" in prose
    assert usual.steady_wage_ratio == pytest.approx(5**0.4)
    assert tiers_and_wages(transfer_1=0.1).wages_become_equal
    assert not tiers_and_wages(transfer_1=0.095).wages_become_equal
    assert "that needs $t = 0.10$" in prose
    stopped = tiers_and_wages(innovation=0.0)
    assert f"Wages are equal from year {stopped.wages.years_to_equal_wages:.0f} on" in prose
    slow, fast = (innovation_transfer(transfer=t).steady_real_wages[0] for t in (0.01, 0.1))
    assert f"falls from {slow:.2f} to {fast:.2f}" in prose


def test_chinas_belts(prose: str) -> None:
    with_all, without = (china_belts(municipalities=m).belts.to_frame() for m in (True, False))
    rises = [
        table.loc[1990, "east_west"] - table.loc[1978, "east_west"] for table in (with_all, without)
    ]
    assert f"the ratio rises by {rises[1]:.2f} instead of {rises[0]:.2f}" in prose
    assert with_all.loc[[2014, 2023], "theil"].round(3).tolist() == [0.063, 0.063]
    part = with_all.loc[2023] / with_all.loc[2014]
    assert part["between"] == pytest.approx(3 / 4, abs=0.03)
    assert part["within"] == pytest.approx(7 / 6, abs=0.03)
    before, after = without.loc[[2014, 2023], "theil"]
    assert f"Without them the index rises by {after - before:.3f}" in prose


def test_north_and_south(prose: str) -> None:
    found = north_south().to_frame()
    ratio = found["south_north"]
    assert (
        f"{ratio[2005]:.2f} times that in the north in 2005, {ratio[2014]:.2f} times in 2014 and "
        f"{ratio[2023]:.2f} times in 2023"
    ) in prose
    central, east, west = (found[f"theil_in_{belt}"] for belt in ("central", "east", "west"))
    assert f"from {central[2014]:.3f} to {central[2023]:.3f}" in prose
    assert central[2023] > 2 * central[2014]
    assert f"In the East it rose from {east[2014]:.3f} to {east[2023]:.3f}" in prose
    assert west[2023] < west[2014]
    table = china_provinces().query("belts_1986 == 'Central'")
    assert table["province"].nunique() == 9
    per_head = table.pivot(index="year", columns="province", values="gdp_per_head")
    people = table.groupby("year")[["gdp", "population"]].sum()
    relative = per_head.div(1e4 * people["gdp"] / people["population"], axis=0)
    change = relative.loc[2023] - relative.loc[2014]
    assert set(change.nsmallest(2).index) == {"Heilongjiang", "Jilin"}
    assert change["Anhui"] > 0.05
    assert len(NORTH) == 15


def test_population_that_jumps(prose: str) -> None:
    jumps = population_jumps(china_provinces(), threshold=0.05).to_frame()
    assert len(jumps) == 14
    assert jumps["year"].isin(CENSUS_OR_SURVEY).sum() == 10
    assert "Ten of the 14 stand in the years" in prose
    assert set(jumps.query("province == 'Beijing'")["year"]) >= {2008, 2009, 2010}
    plain, spread = (china_belts(spread_back=years).belts.to_frame() for years in (0, 20))
    assert f"the ratio of 1999 is {spread.loc[1999, 'east_west']:.2f} instead of" in prose
    assert f"instead of {plain.loc[1999, 'east_west']:.2f}" in prose
    for column, words in (
        ("theil", "Theil's index falls from"),
        ("williamson", "coefficient from"),
    ):
        assert f"{words} {plain.loc[1999, column]:.3f} to {spread.loc[1999, column]:.3f}" in prose
    assert (plain["theil"].idxmax(), spread["theil"].loc[1990:].idxmax()) != (0, 0)
    assert spread["east_west"].idxmax() == 2005
    assert spread["theil"].loc[1990:].idxmax() == plain["theil"].loc[1990:].idxmax() == 2003


def test_convergence(prose: str) -> None:
    beta = us_convergence().convergence.beta
    assert f"it is ${beta.slope * 80:.3f}$ after 80 years, or ${beta.slope:.4f}$ per year" in prose
    assert f"$-\\ln({1 + 80 * beta.slope:.3f})/80$, or {100 * beta.speed:.2f} per cent" in prose
    first, second = (
        china_convergence(*years).convergence.beta for years in ((1990, 2003), (2003, 2014))
    )
    assert not first.is_significant
    assert (
        f"{100 * second.speed:.1f} per cent a year, a half-life of {second.half_life:.0f} years"
        in prose
    )
    decades = {
        start: us_convergence(start, start + 10).convergence.beta.speed
        for start in range(1929, 2000)
    }
    fastest = max(decades, key=lambda start: decades[start] or 0)
    assert fastest < 1945 < fastest + 10  # the war is in them
    assert f"{fastest} to {fastest + 10}, at {100 * decades[fastest]:.1f} per cent a year" in prose
    assert len(panel_of(US).columns) == 48


def test_the_last_question_on_paper() -> None:
    found = innovation_transfer(innovation=0.04, transfer=0.06, labour_south=1)
    assert found.gap_closes
    assert math.isclose(found.steady_share, 0.4)
