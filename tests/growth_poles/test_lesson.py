"""The figures in the prose of lesson 05 are those of the tables and the models."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import spearmanr

from course_lib.growth_poles.china_table import china_table, short
from course_lib.growth_poles.cumulative_causation import (
    PRICE_ELASTICITY,
    cumulative_causation,
    export_led_growth,
)
from course_lib.growth_poles.extraction import extraction
from course_lib.growth_poles.guangdong import guangdong
from course_lib.growth_poles.guangdong_people import guangdong_people
from course_lib.growth_poles.input_output import income_multipliers, input_output
from course_lib.growth_poles.polarisation import CRITICAL_PULL, polarisation
from course_lib.growth_poles.pole_in_space import PEAK_YEAR, pole_in_space
from course_lib.growth_poles.spread_backwash import backwash_in_year, spread_in_year
from course_lib.growth_poles.two_regions import spillover, two_region_example

LESSON = Path(__file__).parents[2] / "notebooks" / "05_growth_poles.ipynb"
TEXTILES = "Textiles, clothing & leather"


@pytest.fixture(scope="module")
def prose() -> str:
    cells = json.loads(LESSON.read_text("utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def test_the_table_of_the_puzzle(prose: str) -> None:
    found = guangdong()
    shares = " | ".join(f"{found.share[year]:.1%}" for year in (2000, 2005, 2010, 2020, 2022))
    assert f"share of the province's output | {shares} |" in prose
    assert f"| {found.gap_2010:.2f} | {found.gap_2020:.2f} | |" in prose
    assert len(found.outside_that_gained) == 2  # ten of the other twelve make a smaller share


def test_the_coat_adds_up(prose: str) -> None:
    rows = [line for line in prose.splitlines() if line.startswith("| ") and "the " in line]
    coat = [line for line in rows if any(who in line for who in ("tailor", "weaver", "spinner"))]
    numbers = [[int("".join(c for c in cell if c.isdigit()) or 0) for cell in line.split("|")[3:7]]
               for line in coat]  # fmt: skip
    assert len(numbers) == 3
    for sold, bought, income, imports in numbers:
        assert sold == bought + income + imports
    for (_, bought, _, _), (sold, *_) in pairwise(numbers):
        assert bought == sold
    sold, _, income, imports = np.sum(numbers, axis=0)
    assert f"| | all | {sold} | | {income} | {imports} |" in prose
    assert f"here {sold / 100:.1f}." in prose


def test_two_rankings(prose: str) -> None:
    table = china_table()
    frame = table.to_frame()
    order = frame["multiplier"].rank(ascending=False)
    earned = frame["income_at_home"].rank(ascending=False)
    income = 100 * frame["income_at_home"]
    assert order[TEXTILES] == 1
    assert order["Agriculture"] == 17
    assert f"with {100 * frame['multiplier'][TEXTILES]:.0f} yuan for an order of 100" in prose
    assert f"last, with {100 * frame['multiplier']['Agriculture']:.0f}." in prose
    assert f"agriculture comes first, with {income['Agriculture']:.1f} yuan" in prose
    assert earned["Agriculture"] == 1
    assert f"seventh, with {income[TEXTILES]:.1f}," in prose
    assert earned[TEXTILES] == 7
    electronic = "Electrical & electronic"
    assert f"come last, with {income[electronic]:.1f}." in prose
    assert earned[electronic] == 17
    assert earned[order <= 8].min() > 6  # none among the six
    assert f"orders is {spearmanr(order, earned).statistic:.2f}," in prose
    imports = 100 - income
    assert f"{imports[electronic]:.1f} of 100 yuan spent on electrical" in prose
    assert f"and {imports['Agriculture']:.1f} of 100 spent on farm goods" in prose
    place = table.position(TEXTILES)
    inside = 100 * table.leontief_inverse[place, place]
    assert f"Of them, {inside:.0f} are turned over in the sector itself" in prose
    size = 100 * frame["share_of_output"]
    assert f"make {size[TEXTILES]:.0f} per cent of output" in prose
    largest = size.idxmax()
    assert f"{short(str(largest))}, the largest sector, {size[largest]:.0f} per cent" in prose
    coal = table.flows[table.position("Coal"), table.position("Electricity & water")]
    assert f"yuan of coal, {100 * coal / table.output[table.position('Coal')]:.0f} go to" in prose


def test_households_and_two_regions(prose: str) -> None:
    found = income_multipliers(
        input_output([[150, 500], [200, 100]], [1000, 2000]), [300, 500], [50, 400], 1000, 50
    )
    assert found.type_2 is not None
    assert f"same factor, {found.type_2[0] / found.type_1[0]:.2f}," in prose
    region = spillover(*two_region_example(), order=[100, 0, 0, 0, 0])
    assert round(float(region.total[region.is_home].sum()), -1) == 270
    assert "makes about 270 in the end" in prose


def test_growth_that_feeds_on_itself(prose: str) -> None:
    usual, without = export_led_growth(), export_led_growth(verdoorn=0)
    assert f"grows by {100 * usual.steady_growth:.0f} per cent a year" in prose
    assert f"Without learning it would be {100 * without.steady_growth:.1f}." in prose
    assert f"$\\rho$ is ${usual.root:.2f}$" in prose
    assert f"here {1 / -PRICE_ELASTICITY:.2f}, does any difference" in prose
    assert f"{PRICE_ELASTICITY}$ in the lab" in prose
    assert usual.root**5 < 0.01  # next to nothing after five years
    assert cumulative_causation(0.3, head_start=0, advantage=0.1).gap[-1] > 0


def test_the_pole_on_its_map(prose: str) -> None:
    moved = pole_in_space(130, 200)
    nearest = moved.nearest(1)
    assert moved.net[:, nearest].min() > -0.2
    assert f"it is {moved.distance[nearest[0]]:.0f} km away" in prose


def test_what_the_censuses_counted(prose: str) -> None:
    before, after = guangdong_people(), guangdong_people("2020", "2020", "2020")
    assert (
        f"{before.people['outside']:.1f} million people in 2010 and "
        f"{after.people['outside']:.1f} million in 2020"
    ) in prose
    delta = after.people["delta"] / before.people["delta"] - 1
    assert (
        f"found {before.people['delta']:.1f} million, and then {after.people['delta']:.1f} "
        f"million: {delta:.0%}".replace("%", " per cent more")
    ) in prose
    assert f"gained {after.people['delta'] - before.people['delta']:.1f} million" in prose
    alone = {one: guangdong_people(**{one: "2020"}).gap for one in ("delta", "outside", "output")}
    assert f"of 2020 the gap stays at {alone['outside']:.2f}" in prose
    assert f"output of 2020 it rises to {alone['output']:.2f}" in prose
    assert f"in the Delta of 2020 it falls to {alone['delta']:.2f}" in prose
    assert f"The {alone['delta']:.2f} and the {alone['output']:.2f} say" in prose


def test_cities_and_their_distance() -> None:
    outside = guangdong("2005").cities.query("not pearl_river_delta")
    near = outside["distance_km"] <= 150
    assert (near.sum(), (~near).sum()) == (4, 8)
    assert (outside.loc[near, "change"] > 0).all()
    assert (outside.loc[~near, "change"] < 0).all()


def test_construction_in_turnover_and_in_income(prose: str) -> None:
    found = extraction("Construction")
    whole, own = 100 * found.total_income_share, 100 * found.own_income_share
    assert f"the {100 * found.total_share:.1f} per cent for construction are turnover" in prose
    assert f"China would lose {whole:.1f} per cent: {own:.1f} that is earned" in prose
    assert f"and {whole - own:.1f} at its suppliers" in prose


def test_the_pole_that_can_be_moved(prose: str) -> None:
    settled = polarisation().share[0]
    assert f"they move to {100 * settled:.0f}" in prose
    assert math.isclose(CRITICAL_PULL, 2)
    assert "above a pull of 2" in prose


def test_the_small_cases_by_hand(prose):
    cloth, machines = np.linalg.inv(np.eye(2) - [[0, 0.3], [0.2, 0]]) @ [100, 0]
    assert f"= {cloth:.1f}, and machines" in prose
    assert f"= {machines:.1f}." in prose
    assert f"{cloth + machines:.1f} are turned over" in prose
    left = [0.36**year for year in range(1, 4)]
    assert [f"{one:.2f}" for one in left] == ["0.36", "0.13", "0.05"]
    assert f"= {1 / (1 - 0.36):.2f} per cent more" in prose
    spread = spread_in_year(10)
    backwash = backwash_in_year(10, math.e / PEAK_YEAR, PEAK_YEAR)
    assert (f"{spread:.2f}", f"{backwash:.2f}") == ("0.08", "0.97")
    felt = spread * math.exp(-0.4), backwash * math.exp(-1)
    assert [f"{one:.2f}" for one in felt] == ["0.05", "0.36"]
    assert (
        f"67 per cent of {spread_in_year(40):.2f} is {spread_in_year(40) * math.exp(-0.4):.2f}"
        in prose
    )


def test_answers_of_labs_1_and_3(prose):
    table = china_table().to_frame()
    for sector, words in (("Electrical & electronic", "260"), ("Agriculture", "183")):
        assert f"{100 * table.loc[sector, 'multiplier']:.0f}" == words
    key = table[(table["backward"] > 1) & (table["forward"] > 1)].index
    assert len(key) == 5
    found = pole_in_space()
    for year, words in ((5, "245 km in year 5"), (10, "170 in year 10"), (20, "7 in year 20")):
        assert f"{found.loss_radius[year]:.0f}" == words.split(" ")[0]
        assert words in prose
    fir = found.names.index("Fir")
    assert (f"{-found.net[:, fir].min():.2f}", f"{found.net[40, fir]:.2f}") == ("0.40", "0.67")
    assert found.net.min() == found.net[:, fir].min()
    assert found.net[40].max() == found.net[40, fir]
