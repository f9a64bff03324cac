"""The numbers in the prose of lesson 01, in its predictions, and in the answer of its set."""

import json
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from course_lib import datasets, measures
from course_lib.measuring_regions import labs
from course_lib.measuring_regions.inequality import china_inequality, us_inequality
from course_lib.measuring_regions.inverted_u import inverted_u
from course_lib.measuring_regions.neighbours import rich_neighbours
from course_lib.measuring_regions.specialisation import industry_map

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def markdown(name):
    cells = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text("utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


@pytest.fixture(scope="module")
def prose():
    return markdown("01_measuring_regions")


def test_the_puzzle(prose):
    for name in ("gini", "theil", "williamson"):
        first, last = (china_inequality(year).now[name] for year in (1978, 2003))
        assert f"{first:.3f} in 1978, {last:.3f} in 2003" in prose


def test_the_united_states(prose):
    history = us_inequality(2009).history
    theil, part = history["theil"], history["between"] / history["theil"]
    assert f"fell from {theil[1929]:.3f} in 1929 to {theil[2009]:.3f} in 2009" in prose
    fall = (theil[1929] - theil[1950]) / (theil[1929] - theil[2009])
    assert f"almost three quarters of this fall, {100 * fall:.0f} per cent" in prose
    assert f"went from {100 * part[1929]:.0f} per cent down to {100 * part.min():.0f} in" in prose
    assert f"{part.idxmin()}, and came back to {100 * part[2009]:.0f}." in prose
    assert theil[1932] > theil[1929]
    assert theil[1988] > theil[1976]
    lab = labs.us_inequality_lab()
    assert "falls to a sixth. In 1929, 40 per cent" in lab.predict.question
    assert theil[1929] / theil[2009] == pytest.approx(6, abs=0.5)


def test_china(prose):
    table = datasets.china_provinces().query("year == 1978").set_index("province")
    people = table["population"] / table["population"].sum()
    income = table["gdp_per_head"] * table["population"]
    income = income / income.sum()
    shanghai = income["Shanghai"] * np.log(income["Shanghai"] / people["Shanghai"])
    assert f"Shanghai alone adds {shanghai:.2f} to an index of" in prose
    assert income["Shanghai"] / people["Shanghai"] > 6
    assert round(100 * people["Shanghai"]) == 1
    rests = [
        rows[~rows["province"].isin(["Beijing", "Shanghai", "Tianjin"])]
        for rows in (datasets.china_provinces().query(f"year == {year}") for year in (1978, 2003))
    ]
    before, after = (measures.theil(rest["gdp_per_head"], rest["population"]) for rest in rests)
    assert 1.7 < after / before < 2.1  # "nearly doubles"


def test_neighbours_by_hand(prose):
    row = {0: [1], 1: [0, 2], 2: [1, 3], 3: [2]}
    found = [measures.morans_i(list(order), row).value for order in permutations([10, 8, 4, 2])]
    assert found[0] == pytest.approx(0.5)
    assert max(found) == pytest.approx(0.5)
    assert sum(value > 0.5 - 1e-9 for value in found) == 2
    assert "Four incomes have 24 orders. In 2 of them $I$ is 0.5" in prose
    assert f"10, 2, 8, 4, and it is {measures.morans_i([10, 2, 8, 4], row).value:.2f}." in prose


def test_neighbours_of_the_states(prose):
    early, late = rich_neighbours(1929), rich_neighbours(2009)
    assert f"$I$ is {early.moran.value:.2f}, and none of 499 maps" in prose
    assert f"as far from {early.moran.expected:.2f}." in prose
    assert abs(early.moran.by_chance).max() < early.moran.value
    assert f"Moran's I to two thirds only, {late.moran.value:.2f}" in prose
    values = {year: rich_neighbours(year).moran.value for year in range(1929, 2010, 1)}
    lowest = min(values, key=values.__getitem__)
    assert f"Its lowest value is {values[lowest]:.2f}, in {lowest}." in prose
    assert f"incomes is {early.moran.value:.2f}." in labs.rich_neighbours_lab().predict.question


def test_film_and_the_turning_points(prose):
    film = industry_map("Motion Picture and Sound Recording Industries").states
    share = 100 * film["share"]
    assert f"California has {share['California']:.0f} per cent" in prose
    assert f"jobs in it, Utah {share['Utah']:.0f} per cent" in prose
    assert film["location_quotient"].head(2).round().tolist() == [3, 3]
    turn = inverted_u(4).peaks["Gini"][0]
    assert turn * 4 / (1 + 3 * turn) == pytest.approx(2 / 3)
    assert "at 4 times the income when it holds two thirds" in prose
    assert round(measures.williamson([10, 6, 3], weights=[20, 30, 50]), 3) > 0


def test_the_model_answer_quotes_the_figures():
    answer = markdown("exercises/01_measuring_regions")
    indices = [china_inequality(year).now["theil"] for year in (1978, 1990)]
    assert f"fell from {indices[0]:.3f} to {indices[1]:.3f}" in answer
    found, ratios = [], []
    for year in (1978, 1990):
        rows = datasets.china_provinces().query(f"year == {year}")
        rest = rows[~rows["province"].isin(["Beijing", "Shanghai", "Tianjin"])]
        found.append(measures.theil(rest["gdp_per_head"], rest["population"]))
        belts = rows.groupby("belts_1986", observed=True)[["gdp", "population"]].sum()
        per_head = belts["gdp"] / belts["population"]
        ratios.append(per_head["East"] / per_head["West"])
    assert f"goes from {found[0]:.3f} to {found[1]:.3f}" in answer
    assert f"rose from {ratios[0]:.2f} to {ratios[1]:.2f}" in answer


def test_two_regions_by_hand(prose):
    incomes, people = [8, 4], [25, 75]
    found = {
        "theil": measures.theil(incomes, people),
        "williamson": measures.williamson(incomes, people),
        "gini": measures.gini(incomes, people),
    }
    assert {name: round(value, 3) for name, value in found.items()} == {
        "theil": 0.054,
        "williamson": 0.346,
        "gini": 0.15,
    }
    assert "0.188 \u2212 0.134 = 0.054" in prose
    assert "Twice the difference is 0.15" in prose


def test_between_and_within_by_hand(prose):
    split = measures.theil_decomposition(
        [10, 6, 4, 4], ["coast", "coast", "inland", "inland"], [1, 1, 1, 1]
    )
    assert round(split.between, 3) == 0.057
    assert round(split.within, 3) == 0.021
    assert "0.192 \u2212 0.135 = 0.057" in prose
    assert "Together 0.078" in prose


def test_answers(prose):
    oil, clothes = (
        industry_map(name)
        for name in ("Oil and Gas Extraction", "Clothing and Clothing Accessories Stores")
    )
    assert "Wyoming's, 10.4" in oil.summary()
    assert "Wyoming has a quotient of 10.4" in prose
    assert "Hawaii's, 2.1" in clothes.summary()
    assert "no quotient above 2.1" in prose
