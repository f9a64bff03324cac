"""The figures in the prose of lesson 06 and in its model answer, computed again."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from course_lib.exercises import personal_set
from course_lib.production_complexes.china_roles import input_coefficients, largest_group
from course_lib.production_complexes.fragility import chain, chain_works
from course_lib.production_complexes.linear_programs import transport_plan
from course_lib.production_complexes.relation_chart import relation_chart
from course_lib.production_complexes.sequencing import six_projects
from course_lib.production_complexes.siting import ONE_PRICE, PAID, shared_or_alone, site_complex
from course_lib.production_complexes.size import complex_size

BOOKS = Path(__file__).parents[2] / "notebooks"


def text_of(path):
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


@pytest.fixture(scope="module")
def prose():
    return text_of(BOOKS / "06_production_complexes.ipynb")


def test_the_puzzle(prose):
    shares = input_coefficients()
    bought = 100 * shares.loc["Metals", "Machinery"]
    assert f"buys {bought:.0f} yuan of metals for each 100 yuan" in prose
    groups = {least: len(largest_group(least)) for least in (0.05, 0.03)}
    assert groups == {0.05: 5, 0.03: 13}
    assert "The five sectors with a black frame" in prose
    assert "thirteen of the seventeen sectors" in prose
    assert len(shares) == 17


def test_freight(prose):
    plan = transport_plan()
    assert f"Seattle ships all its {plan.shipped.loc['Seattle'].sum():.0f} cases" in prose


def test_siting(prose):
    mine, river, city = PAID
    assert f"{mine:g} million a year at the mine, {river:g} at the river and {city:g}" in prose
    assert f"gives it one price, {ONE_PRICE:g}, at all three" in prose
    found = shared_or_alone()
    saved = (
        found.saving,
        found.alone.infrastructure - found.shared.infrastructure,
        found.alone.transport - found.shared.transport,
        found.shared.production - found.alone.production,
    )
    whole = (
        "sharing saves {:.0f} million: {:.0f} on infrastructure and {:.0f} on transport, "
        "against {:.0f} more"
    )
    assert whole.format(*saved) in prose
    assert "a tenth of the bill is still enough" in prose
    assert len(shared_or_alone(0.0005, 0.1).shared.opened) == 1
    assert len(shared_or_alone(0.0005, 0.05).shared.opened) == 2


def test_order(prose):
    losses = six_projects(rate=0.1).lost_by_greed, six_projects(rate=0.3).lost_by_greed
    assert [f"{100 * loss:.1f}" for loss in losses] == ["4.0", "9.8"]
    d = 1 / 1.1
    least = (2 + 9 * d + 8 * d**2) / (1 + d + d**2)
    assert f"from {least:.2f} million a year on" in prose
    assert six_projects((1, 2, 9, 6, 8, least - 0.01)).best[1] == "dam"
    assert six_projects((1, 2, 9, 6, 8, least + 0.01)).best[1] == "housing"
    assert "the first value above that is 6.5" in prose
    assert "comes before the housing, which brings 3" in prose


def test_size_and_chain(prose):
    found = complex_size()
    assert f"At the default $m$ is {found.per_plant:g}" in prose
    assert [round(100 * chain_works([0.95] * 5, [n] * 5), 1) for n in (1, 2)] == [77.4, 98.8]


def test_columns_after_the_drills(prose):
    assert "which three plants have more dots than the core".casefold() in prose.casefold()
    assert sum(many > 6 for many in relation_chart().takes_with_it.values()) == 3


def test_the_model_answer_fits_the_set_beside_it():
    """The argument quotes the numbers of the stored set, the set of `example`."""
    answer = text_of(BOOKS / "exercises" / "06_production_complexes.ipynb").split("BEGIN SOLUTION")[
        -1
    ]
    given = personal_set("06_production_complexes", "example", course_class="practice")["subsidy"]
    made, km = pd.DataFrame(given["made"]), pd.DataFrame(given["km"])
    flows = {(seller, buyer): tonnes for seller, buyer, tonnes in given["flows"]}
    left = site_complex(made, km, flows, given["paid"])
    there = site_complex(
        made[["hill region"]].reindex(columns=made.columns), km, flows, given["paid"]
    )
    assert f"they chose the {left.opened[0]}" in answer
    assert len(left.opened) == 1
    assert f"more than {there.cost - left.cost:.0f} million" in answer
    assert there.cost - left.cost == pytest.approx(36, abs=0.05)
    assert re.search(r"nine days in ten .* on two days in three", answer)
    assert chain_works([0.9] * 4, [1] * 4) == pytest.approx(2 / 3, abs=0.02)
    assert f"that to {100 * chain_works([0.9] * 4, [2] * 4):.0f} per cent" in answer


def test_numbers_by_hand(prose):
    sites = ["mine", "port"]
    found = site_complex(
        production=pd.DataFrame([[5, 7], [7, 5]], index=["mill", "yard"], columns=sites),
        distances=pd.DataFrame([[0, 100], [100, 0]], index=sites, columns=sites),
        flows={("mill", "yard"): 10},
        infrastructure={"mine": 4, "port": 3},
        transport_cost=0.001,
    )
    assert set(found.placed.values()) == {"port"}
    assert f"3 for infrastructure. Together {found.cost:.0f}." in prose
    assert f"90 + {20 / 1.1:.1f} = {90 + 20 / 1.1:.1f}" in prose
    assert f"20 + {90 / 1.1:.1f} = {20 + 90 / 1.1:.1f}" in prose


def test_days_with_spare_plants(prose):
    works = {
        shock: [
            round(1000 * chain(suppliers=suppliers, shock=shock).works) for suppliers in (1, 2, 3)
        ]
        for shock in (0.0, 0.05)
    }
    assert (
        "works on {} of 1000 days with one plant in each layer, {} with two".format(*works[0.0])
        in prose
    )
    assert "it is {}, {} and {}".format(*works[0.05]) in prose
