"""The figures in the prose of lesson 07 are those of the tables and of the models."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from course_lib.exercises import personal_set
from course_lib.industrial_clusters import labs
from course_lib.industrial_clusters.firm_grid import firm_grid
from course_lib.industrial_clusters.lock_in import expected_largest
from course_lib.industrial_clusters.spin_offs import expected_firms, spin_offs
from course_lib.industrial_clusters.transaction_costs import transaction_costs
from course_lib.industrial_clusters.trust import collective_reputation, repeated_dealing
from course_lib.industrial_clusters.us_clusters import (
    find_clusters,
    localisation_of_states,
    published_cells,
)
from course_lib.measures import ellison_glaeser, plant_herfindahl

LESSON = Path(__file__).parents[2] / "notebooks" / "07_industrial_clusters.ipynb"


@pytest.fixture(scope="module")
def prose():
    cells = json.loads(LESSON.read_text("utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def test_the_puzzle(prose):
    cells = published_cells("California's metros")
    fish = cells.nlargest(1, "location_quotient").iloc[0]
    agents = cells.nlargest(1, "national_share").iloc[0]
    meals = cells.nlargest(1, "employment").iloc[0]
    assert fish["employment"] == 30
    assert "Thirty people fish in Crescent City" in prose
    assert f"{fish['location_quotient']:.0f} times the nation's share" in prose
    assert f"agents of artists in Los Angeles, {100 * agents['national_share']:.0f} per" in prose
    assert f"restaurants in Los Angeles, {meals['employment']:,}" in prose
    assert f"their location quotient is {meals['location_quotient']:.2f}" in prose
    places, industries = cells["place"].nunique(), cells["industry"].nunique()
    assert f"the jobs of {places} metropolitan and micropolitan areas" in prose
    product = places * industries
    assert f"{places} × {industries} = {product:,} cells {len(cells):,} are published" in prose


def test_the_rule(prose):
    assert f"California has {find_clusters().count:,} strong clusters" in prose
    assert f"as a further condition it has {find_clusters(least_share=0.05).count}" in prose
    strict = find_clusters(least_share=0.05, least_quotient=2, least_plants=20)
    assert f"it has {strict.count}, and they lie in {strict.places} of the 34 places" in prose
    assert f"would open with {find_clusters(top=1).count:,}" in prose


def test_the_index_by_hand(prose):
    everyone, shares = np.array([0.4, 0.3, 0.2, 0.1]), np.array([0.7, 0.2, 0.1, 0.0])
    plants = [0.4, 0.2, 0.2, 0.1, 0.1]
    raw = ((shares - everyone) ** 2).sum()
    assert raw == pytest.approx(0.12)
    assert f"is $0.12/0.7={raw / (1 - (everyone**2).sum()):.3f}$" in prose
    assert f"={plant_herfindahl(plants):.2f}$" in prose
    found = ellison_glaeser(
        pd.DataFrame({"i": shares}), [plant_herfindahl(plants)], region_shares=everyone
    )
    assert f"$\\gamma=(0.171-0.26)/(1-0.26)={found['gamma'].item():.2f}$" in prose
    assert "With 5 equal plants $H$ is 0.2, with 500 it is 0.002" in prose
    assert plant_herfindahl([0.2] * 5) == pytest.approx(0.2)
    assert plant_herfindahl([1 / 500] * 500) == pytest.approx(0.002)


def test_states(prose):
    table = localisation_of_states()
    assert f"still it is only {table['gamma_high'].iloc[0]:.2f}" in prose
    assert abs(table["gamma_high"].iloc[-1]) < 0.001
    assert (table["gamma_low"] < 0).all()


def test_trust(prose):
    chances = (1.0, 0.5, 0.2)
    needed = [repeated_dealing(q).patience_needed for q in chances]
    assert [round(one, 2) for one in needed] == [0.5, 0.67, 0.83]
    assert "With $q=1$ the formula gives 0.5, with $q=0.5$ it gives 0.67, with $q=0.2$" in prose
    assert repeated_dealing(0.5, 0.66).honest_pays is False
    assert repeated_dealing(0.5, 0.68).honest_pays
    assert "the first such value is 0.68" in prose
    assert repeated_dealing(0.5, 0.6, 1.0).honest_pays
    assert "a fine of 1 is enough" in prose
    assert "Earnings are 5, 3 and 1" in prose


def test_urn(prose):
    assert f"{100 * expected_largest(5):.0f} per cent of five" in prose


def test_optional_labs(prose):
    first, last = transaction_costs().band
    assert f"$k=(20-10)/(4-2)={first:g}$" in prose
    assert f"$k=(40-20)/(2-0.8)={last:.1f}$" in prose
    expected = {round(float(expected_firms(*story, 30))) for story in ((0.1, 0.1), (0.05, 0.5))}
    assert expected == {39}
    counts = spin_offs(0.1, 0.1).firms, spin_offs(0.05, 0.5).firms
    assert "have {} and {} firms".format(*counts) in prose
    assert f"ends at {firm_grid(wanted=3).moran[-1]:.2f}" in prose


def test_the_model_answer_fits_the_set_beside_it():
    """The argument quotes the numbers of the stored set, the set of `example`."""
    book = LESSON.parent / "exercises" / LESSON.name
    cells = json.loads(book.read_text("utf-8"))["cells"]
    answer = "".join(next(cell["source"] for cell in cells if cell["id"] == "argument"))
    town = personal_set("07_industrial_clusters", "example", course_class="practice")["association"]
    assert f"gossip finds out {100 * town['gossip']:.0f} per cent of cheats" in answer
    assert "with 45 per cent and a fine of 2.4 it does, within the budget" in answer
    terms = {"patience": town["patience"], "temptation": town["temptation"]}
    assert not repeated_dealing(town["gossip"], fine=0.0, **terms).honest_pays
    assert repeated_dealing(0.45, fine=2.4, **terms).honest_pays
    above = 45 - 100 * town["gossip"]
    cost = town["watching"] * above**2 / 1000 + town["mistakes"] * 2.4
    assert cost <= town["budget"]
    assert collective_reputation(firms=6, benefit=60, cost=10).keeps_quality
    assert not collective_reputation(firms=20, benefit=60, cost=10).keeps_quality


def test_darts_by_hand(prose):
    patterns = [bin(number).count("1") / 4 for number in range(16)]
    on_the_scale = [((share - 0.5) ** 2 * 2) / 0.5 for share in patterns]
    assert [on_the_scale.count(one) for one in (1.0, 0.25, 0.0)] == [2, 8, 6]
    assert sum(on_the_scale) / 16 == plant_herfindahl([0.25] * 4) == 0.25
    assert "2/16 × 1 + 8/16 × 0.25 + 6/16 × 0 = 0.25" in prose


def test_a_cheat_by_hand(prose):
    assert "2 × 0.6 / (1 - 0.6) = 3".replace("-", "\u2212") in prose
    assert repeated_dealing(1.0, 0.6).honest_pays
    assert not repeated_dealing(0.5, 0.6).honest_pays


def test_a_lead_by_hand(prose):
    for pull, firms in ((1, 2.0), (2, 2.4), (0.5, 1.76)):
        chance = 2**pull / (2**pull + 1)
        assert round(3 * chance, 2) == pytest.approx(firms, abs=0.005)
        assert f"{firms:g} go to A" in prose or pull == 1


def test_answers(prose):
    fifty = find_clusters(least_plants=50)
    assert f"With 50 plants or more {fifty.count} cells are left" in prose
    assert f"Of the states' cells {find_clusters('US states').count} are strong" in prose
    assert "lumpiness explains all but 0.003 of it" in prose
    lab = labs.dartboard_lab().set(largest=0.5)
    assert round(lab.result.mean, 3) == 0.003
    lab.set(gamma=0.1)
    assert round(lab.result.mean, 3) == 0.101
    assert round(float(lab.result.estimates.std()), 2) == 0.15
    games = {2: 2.2, 4: 5.5, 6: 11}
    for partners, least in games.items():
        sentence = labs.network_lab().set(neighbours=partners).sentence
        assert f"more than {least:.2f} times" in sentence
    shares = [labs.arthur_lab().set(ceiling=ceiling).result.nearly_all for ceiling in (29, 30)]
    assert [round(100 * share) for share in shares] == [47, 56]
    assert f"at 29 it is {100 * shares[0]:.0f} per cent of the histories" in prose
    fines = {
        firms: collective_reputation(firms=firms, benefit=60, cost=10, fine=fine).keeps_quality
        for firms, fine in ((20, 7), (60, 9))
    }
    assert all(fines.values())
