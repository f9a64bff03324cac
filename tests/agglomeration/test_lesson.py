"""The numbers in the prose of lesson 02, and in the model answer of its set."""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import brentq

from course_lib.agglomeration.core_periphery import break_point, sustain_point, tomahawk
from course_lib.agglomeration.marshall import marshall
from course_lib.agglomeration.one_place import largest_shares, one_place
from course_lib.agglomeration.ring import ring
from course_lib.agglomeration.transport_history import transport_history
from course_lib.agglomeration.urban_growth import city_size, two_stages
from course_lib.agglomeration.weber import plants_join
from course_lib.exercises import personal_set

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def markdown(name):
    cells = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text("utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


@pytest.fixture(scope="module")
def prose():
    return markdown("02_agglomeration")


def test_the_puzzle(prose):
    shares = largest_shares()
    assert f"of {len(shares)} industries that sell beyond" in prose
    for industry, town in (
        ("Clothing", "Los Angeles"),
        ("Securities brokerage", "New York"),
        ("Film and video", "Los Angeles"),
        ("Ships and boats", "Virginia Beach"),
    ):
        row = shares.loc[industry]
        assert row["metro"].startswith(town)
        cells = f"{town} | {row['share']:.1%} | {row['share_of_all_jobs']:.1%} |"
        assert cells in prose
    everybody = one_place().metros
    angeles = everybody[everybody.index.str.startswith("Los Angeles")]["share_of_all_jobs"].iloc[0]
    assert "One worker of every 25" in prose
    assert round(1 / angeles) in (24, 25)
    assert shares["share"].max() < 0.5
    for industry in ("Beverages", "Insurance"):
        found = one_place(industry)
        assert found.times_expected < 1


def test_neighbours(prose):
    place = marshall()
    cost, n = place.unit_cost, {firms: firms - 1 for firms in (1, 2, 5, 10, 20, 40)}
    assert f"falls from {cost[n[1]]:.0f} to {cost[n[5]]:.0f}" in prose
    assert f"From five to ten it falls to {cost[n[10]]:.1f}, from ten to twenty to" in prose
    assert f"to {cost[n[20]]:.1f}. *The first neighbours" in prose
    falls = {
        part: getattr(place, part)[n[20]] - getattr(place, part)[n[40]]
        for part in ("sharing", "matching", "learning")
    }
    assert f"sharing falls by {falls['sharing']:.2f}, matching by half of that" in prose
    assert falls["matching"] == pytest.approx(falls["sharing"] / 2)
    assert f"and learning by {falls['learning']:.2f}" in prose
    assert f"{place.learning[n[20]]:.2f} of {cost[n[20]]:.2f}" in prose
    assert "Twenty have 10.5, forty 20.5" in prose
    assert [1 + 0.5 * (firms - 1) for firms in (2, 20, 40)] == [1.5, 10.5, 20.5]
    parts = [1 - place.learning[2 * k - 1] / place.learning[k - 1] for k in (1, 20)]
    assert f"falls by {100 * parts[0]:.0f} per cent" in prose
    assert f"nearly twice as much: it falls by {100 * parts[1]:.0f} per cent" in prose
    assert place.shock_spread[3] == 0.5  # four firms halve them


def test_a_third_and_not_all(prose):
    crowded = marshall(rent=0.2)
    best = crowded.cheapest
    assert f"costs least, {crowded.unit_cost[best - 1]:.1f}, with **{best} firms**" in prose
    assert round(40 / best) == 3
    assert f"Forty firms in one place pay {crowded.unit_cost[39]:.1f} for a unit" in prose
    assert f"has no neighbours, and pays {crowded.unit_cost[0]:.0f}" in prose
    for firms in (13, 14):
        assert crowded.unit_cost[firms - 1] < crowded.unit_cost[39]


def test_two_stages(prose):
    assert "by 128 and not by 8" in prose
    assert two_stages(other_growth=128).gain_second == pytest.approx(two_stages().gain_first)
    assert two_stages(0, 0, 8, 8).doublings[-1] == 6
    assert "A doubling then brings 3.5 per cent" in prose
    assert pytest.approx(0.035, abs=0.0005) == 2**0.05 - 1


def test_landmarks(prose):
    assert f"$T_B$ is {break_point():.2f} and $T_S$ is {sustain_point():.2f}" in prose
    history = transport_history()
    late = int(np.argmax(history.share > 0.75))
    assert "around year 65" in prose
    assert abs(late - 65) <= 3
    axe = tomahawk(5, 0.4, 1.01, 2.5, 400, 1.05)
    lowest = axe.transport_cost[axe.core_is_stable].min()
    assert f"A core lasts only between {lowest:.2f} and {axe.sustain_point:.2f}" in prose
    assert transport_history(last_cost=1.85).share_now == pytest.approx(0.5, abs=0.02)


def test_a_city_that_is_too_large(prose):
    city = city_size()
    assert f"this is {city.too_large / city.best_size:.0f} times the best size" in prose

    def left(thousands):
        return 10 * thousands**0.05 - 0.1 * thousands**0.5

    alone = brentq(lambda size: left(size) - left(0.001), city.best_size, 1e6)
    assert f"until the city has {alone / 1000:.1f} million people" in prose
    assert f"{alone / city.best_size:.0f} times the best size. So a city" in prose


def test_plants_and_cores(prose):
    assert f"that is {plants_join().critical_saving:.2f}, and two of them" in prose
    cores = [ring(seed=seed).cores() for seed in range(30)]
    assert set(cores) == {2, 3}
    assert "In two draws of three there are three cores" in prose
    assert cores.count(3) / len(cores) == pytest.approx(2 / 3, abs=0.1)


def test_the_model_answer_is_that_of_the_stored_set():
    answer = markdown("exercises/02_agglomeration")
    world = personal_set("02_agglomeration", "example", course_class="practice")["history"]
    low, high = (find(world["sigma"], world["mu"]) for find in (break_point, sustain_point))
    assert f"breaks up below a cost of {low:.2f}, and a core holds up to {high:.2f}" in answer
    assert f"would not bring them back before {high:.2f}" in answer
    assert 1.5 < low < 1.8 < high < 2.2


def test_a_unit_by_hand(prose):
    place = marshall()
    assert "10 / 5 = 2.00" in prose
    assert (place.sharing[4], place.matching[4]) == (2, 1)
    assert f"0.8 to the power 1.585 = {place.learning[4]:.2f}" in prose
    assert f"= {place.unit_cost[4]:.2f}, against {place.unit_cost[0]:.0f} for a firm" in prose
    assert f"from 20 to 40 by {place.unit_cost[19] - place.unit_cost[39]:.2f}" in prose
    assert np.log2(3) == pytest.approx(1.585, abs=5e-4)


def test_leaving_the_core_by_hand(prose):
    def sold(cost, sigma=5, mu=0.4):
        power = mu * sigma
        core = (1 + mu) / 2 * cost ** (1 - sigma - power)
        return core, (1 - mu) / 2 * cost ** (sigma - 1 - power)

    far, near = sold(1.7)
    assert f"0.7 / {1.7**6:.2f} = {far:.3f}" in prose
    assert f"0.3 × {1.7**2:.2f} = {near:.3f}" in prose
    assert f"Together {far + near:.3f}. Below 1" in prose
    far, near = sold(1.85)
    assert f"0.7 / {1.85**6:.2f} + 0.3 × {1.85**2:.2f}" in prose
    assert f"= {far:.3f} + {near:.3f} = {far + near:.3f}. Above 1" in prose
    assert sum(sold(sustain_point())) == pytest.approx(1)


def test_the_break_point_by_hand(prose):
    assert f"Divided: {1.1 * 1.3 / (0.5 * 0.7):.3f}" in prose
    assert f"lasts above a transport cost of {break_point(5, 0.3):.2f}" in prose
    rho, mu, sigma = 0.8, 0.4, 5
    border = mu * (1 + rho) / (mu**2 + rho)
    assert ((1 + border) / (1 - border)) ** (1 / (sigma - 1)) == pytest.approx(break_point())


def test_best_sizes_by_hand(prose):
    assert f"The best size is {city_size().best_size:.0f} thousand" in prose
    assert pytest.approx(100) == (0.1 * 12 / (0.6 * 0.2)) ** (1 / (0.6 - 0.1))


def test_the_answers_of_two_stages(prose):
    alike = two_stages(0.04, 0.04)
    gains = [100 * gain for gain in (alike.gain_first, alike.gain_second)]
    assert f"first stage brings {gains[0]:.0f} per cent and the second {gains[1]:.0f}" in prose
