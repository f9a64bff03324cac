"""The figures in the prose of lesson 11 are those of the tables and of the model."""

import json
from pathlib import Path

import pytest

from course_lib.growth_poles.guangdong import guangdong
from course_lib.pearl_river_delta.claims import PRESS
from course_lib.pearl_river_delta.divisions import COUNTED, divisions
from course_lib.pearl_river_delta.simulated_delta import simulated_delta

LESSON = Path(__file__).parents[2] / "notebooks" / "11_pearl_river_delta.ipynb"
#: Millions of people in Guangdong by the censuses: the province's communiqués of 2011 and 2021.
PEOPLE = {2010: 104.303132, 2020: 126.012510}
IN_THE_DELTA = {2010: 0.539, 2020: 0.619}


@pytest.fixture(scope="module")
def prose():
    cells = json.loads(LESSON.read_text("utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def part(year, name):
    return 100 * divisions(str(year)).parts.loc[name, "share"]


def test_the_puzzle(prose):
    for name, cities in (
        ("east bank", "east bank: Shenzhen, Dongguan, Huizhou"),
        ("west bank", "west bank: Foshan, Zhongshan, Zhuhai"),
        ("Guangzhou", "Guangzhou"),
    ):
        shares = " | ".join(f"{part(year, name):.1f}%" for year in (2000, 2010, 2022))
        assert f"| {cities} | {shares} |" in prose


def test_the_banks_since_2010(prose):
    east, west = (part(2022, b) - part(2010, b) for b in ("east bank", "west bank"))
    assert f"gained {east:.1f} points of Guangdong's output from 2010 to 2022" in prose
    assert f"Foshan's side lost {-west:.1f}" in prose


def test_guangzhou_counted_three_times(prose):
    with_east = divisions("2022", COUNTED[1]).parts["share"]
    alone = divisions("2022").parts["share"]
    assert f"With it the east bank has {100 * with_east.max():.0f} per cent" in prose
    assert f"without it {100 * alone['east bank']:.0f}" in prose
    in_each = 100 * divisions("2022", COUNTED[-1]).parts["share"]
    three = in_each[["east bank", "west bank", "Guangzhou"]].sum()
    assert f"have {three:.0f} per cent if Guangzhou is counted three times" in prose


def test_the_delta_filled_up(prose):
    outside = {year: PEOPLE[year] * (1 - IN_THE_DELTA[year]) for year in PEOPLE}
    inside = {year: PEOPLE[year] * IN_THE_DELTA[year] for year in PEOPLE}
    assert (
        f"{outside[2010]:.1f} million lived outside the Delta in 2010 and {outside[2020]:.1f} "
        "million in 2020" in prose
    )
    assert f"there were {inside[2010]:.1f} million, and then {inside[2020]:.1f} million" in prose
    assert f"gained {inside[2020] - inside[2010]:.1f} million people" in prose
    found = guangdong()
    assert f"fell from {found.gap_2010:.2f} to {found.gap_2020:.2f} times" in prose
    frozen = guangdong(people_2020=IN_THE_DELTA[2010])
    assert f"the gap would have *grown*, to {frozen.gap_2020:.2f}" in prose
    for year in (2010, 2020):
        assert f"{100 * found.share[year]:.1f}" in prose


def test_lamps(prose):
    output = {report.about: report.output_billion_yuan for report in PRESS}
    assert f"{output[2010]:.2f} billion yuan for 2010 and of {output[2012]:.2f} for 2012" in prose
    abroad = 480 / 2600
    assert f"says that {100 * abroad:.0f} per cent of it went abroad" in prose
    at_home = output[2012] * (1 - round(abroad, 2))
    assert f"lamps for {at_home:.1f} billion yuan were sold in the country" in prose
    assert f"bought lamps for {at_home / 0.6:.1f} billion yuan" in prose


def test_gains(prose):
    assert simulated_delta(0.9, gain=0.05).ahead > 0 > simulated_delta(0.9, gain=0.02).ahead
    assert "At a gain of 0.05 the advantage of the good years outweighs the loss. At 0.02" in prose


def test_answers(prose: str) -> None:
    ahead = {gain: 100 * simulated_delta(0.9, gain=gain).ahead for gain in (0.0, 0.025, 0.03, 0.1)}
    assert f"makes {-ahead[0.0]:.1f} per cent less over the 20 years" in prose
    assert f"at 0.1 it makes {ahead[0.1]:.1f} per cent more" in prose
    assert ahead[0.025] < 0 < ahead[0.03]
    gone = [simulated_delta(0.9, lasts=years).gone for years in (2, 8, 15)]
    assert (
        "{:.1f} have left by year 20 if the loss lasts 2 years, {:.1f} if it".format(*gone) in prose
    )
    inside, outside = 0.81 / 0.60, 0.19 / 0.40
    assert f"1.35 / 0.475 = {inside / outside:.1f}" in prose
