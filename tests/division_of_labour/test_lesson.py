"""The numbers in the prose of lesson 03, and in the model answer of its set."""

import json
import math
from pathlib import Path

import pandas as pd
import pytest

from course_lib import datasets, measures
from course_lib.division_of_labour.continuum import continuum
from course_lib.division_of_labour.ricardo import ricardo
from course_lib.division_of_labour.trade_costs import trade_costs
from course_lib.division_of_labour.us_shift_share import us_shift_share
from course_lib.exercises import personal_set

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def markdown(name):
    cells = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text("utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


@pytest.fixture(scope="module")
def prose():
    return markdown("03_division_of_labour")


def test_the_puzzle(prose):
    states = {name: us_shift_share(name) for name in ("Maryland", "North Carolina")}
    table = datasets.us_sector_employment()
    for year in (2001, 2019):
        jobs = table[table["year"] == year].groupby("state")["employment"].sum()
        row = " | ".join(f"{int(jobs[name]):,}" for name in states)
        assert f"| jobs in {year} | {row} |" in prose
    changes = {f"{100 * one.here['change']:.1f}" for one in states.values()}
    assert changes == {"14.7"}
    growth = [one.detail["growth"] for one in states.values()]
    wins = int((growth[1] > growth[0]).sum())
    assert (wins, len(growth[0])) == (11, 13)
    assert f"did better than the other | {13 - wins} | {wins} |" in prose


def test_ricardo(prose):
    trade = ricardo()
    for cost in trade.opportunity_cost:
        assert f"{cost:.2f}" in prose
    assert trade.price == pytest.approx(1)
    more = trade.consumption[0] / trade.alone[0] - 1
    assert more == pytest.approx([0, 0.2])
    assert f"as much as {100 * trade.gains[0]:.1f} per cent more of both" in prose
    assert f"$\\sqrt{{1.125}}-1$, {100 * trade.gains[1]:.1f} per cent" in prose
    assert f"With $b=0.3$ the formula says {0.3 / 0.7:.2f}" in prose
    assert ricardo(share=0.3).price == pytest.approx(0.833, abs=0.0005)
    assert ricardo(share=0.7).price == pytest.approx(1.125)
    worse = ricardo(labour_home=(200, 240))
    assert f"England has the whole gain of {100 * worse.gains[0]:.1f} per cent" in prose
    assert worse.gains[1] == pytest.approx(0)
    assert ricardo(workers=1.1).price > 1.12  # "Up to about 1.1"
    assert ricardo(workers=1.5).price == pytest.approx(100 / 120)
    for home in ((90, 80), (180, 160)):
        assert ricardo(labour_home=home).seller is None


def test_continuum(prose):
    assert f"at a cost of {math.e:.2f} for $k=1$" in prose
    small, large = continuum(0.2, 1), continuum(1, 1)
    assert f"with $k=0.2$ at a cost of {math.exp(0.2):.2f}" in prose
    assert f"gain {100 * small.gain_home:.0f} per cent, where $k=1$ brings" in prose
    assert f"brings {100 * large.gain_home:.0f}." in prose
    halved = continuum(trade_cost=1.65)
    assert halved.imports_home / continuum().imports_home == pytest.approx(0.5, abs=0.02)


def test_shift_share(prose):
    carolina, maryland, nevada = (
        us_shift_share(name) for name in ("North Carolina", "Maryland", "Nevada")
    )
    factories = [one.detail.loc["Manufacturing"] for one in (carolina, maryland)]
    assert "had 22 of every 100 jobs in North Carolina and 8 of every 100" in prose
    assert [round(100 * one["share"]) for one in factories] == [22, 8]
    falls = [round(-100 * one["growth"]) for one in factories]
    assert f"{falls[0]} per cent in North Carolina, {falls[1]} in Maryland" in prose
    costs = [-100 * one["share"] * one["growth"] for one in factories]
    assert f"cost North Carolina {costs[0]:.1f} of every 100 jobs, and Maryland {costs[1]:.1f}" in (
        prose
    )
    assert f"cost it {-100 * carolina.here['industry_mix']:.1f} per cent of its jobs" in prose
    assert f"brought {100 * carolina.here['regional']:.1f}: it did better" in prose
    better = [
        int((d["growth"] > d["growth_nation"]).sum()) for d in (carolina.detail, maryland.detail)
    ]
    assert better == [9, 3]
    assert "In manufacturing, the sector that hurt, North Carolina did *worse*" in prose
    assert factories[0]["growth"] < factories[0]["growth_nation"]
    hotels = nevada.detail.loc["Hotels and restaurants"]
    here = nevada.here
    beyond = 100 * (here["change"] - here["national"])
    assert f"grew by {100 * here['change']:.1f} per cent. Of the {beyond:.1f} points" in prose
    assert f"the mix brought {100 * here['industry_mix']:.1f}," in prose
    assert f"The own part brought {100 * here['regional']:.1f}." in prose
    assert f"below zero, {100 * hotels['regional']:.1f}: they grew by" in prose
    assert f"by {100 * hotels['growth']:.0f} per cent in Nevada and by" in prose
    assert f"by {100 * hotels['growth_nation']:.0f} in the nation" in prose
    assert f"In Nevada they had {100 * hotels['share']:.1f} per cent" in prose


def test_trade_costs(prose):
    road = trade_costs(relative_labour=4)
    assert f"{100 * road.movers_home:.0f} of 100 workers have to change" in prose
    assert f"it can buy {100 * road.change_home:.1f} per cent more. In the large" in prose
    assert f"{100 * road.movers_away:.0f} of 100 have to change, and it can" in prose
    assert f"buy {100 * road.change_away:.1f} per cent more. Both" in prose


def test_two_periods_and_four_effects(prose):
    both = [us_shift_share(period=p).states["regional"] for p in ("2001 to 2010", "2010 to 2019")]
    same = int(((both[0] > 0) == (both[1] > 0)).sum())
    assert same < len(both[0]) / 2  # "more than half changed sides"
    table = datasets.us_sector_employment()
    jobs = table.pivot(index=["year", "state"], columns="sector", values="employment")
    found = measures.shift_share(jobs.loc[2001], jobs.loc[2019], method="esteban-marquillas")
    assert found.loc["North Carolina", "allocation"] < 0
    detail = us_shift_share("North Carolina").detail
    worse = detail[detail["growth"] < detail["growth_nation"]]
    assert (len(worse), "Manufacturing" in worse.index) == (4, True)
    nation = jobs.loc[2001].sum()
    assert f"the nation's {100 * nation['Manufacturing'] / nation.sum():.0f}" in prose


def test_the_model_answer_is_that_of_the_stored_set():
    answer = markdown("exercises/03_division_of_labour")
    task = personal_set("03_division_of_labour", "example", course_class="practice")["state"]
    own = us_shift_share(task["state"], task["period"]).detail["regional"]
    assert f"In my state, {task['state']}, manufacturing brought most" in answer
    assert f"from {task['period']}, {100 * own['Manufacturing']:+.1f} per cent" in answer
    assert own.idxmax() == "Manufacturing"


def test_numbers_by_hand(prose):
    assert f"So a worker in England earns 80/100 = {ricardo().relative_wage:g}" in prose
    skills = [2.6, 2.1, 1.8, 1.5, 1.2, 1.0, 0.8, 0.65, 0.55, 0.45]
    assert sum(skill > 1.1 for skill in skills) == 5
    assert sum(skill > 1.3 for skill in skills) == 4
    assert sum(skill > 1.1 * 1.25 for skill in skills) == 4
    assert sum(skill < 1.1 / 1.25 for skill in skills) == 4
    assert f"1.1 × 1.25 = {1.1 * 1.25:g}" in prose
    one, two = (
        pd.DataFrame([row], columns=["mills", "hotels"], index=["here"])
        for row in ([60, 40], [54, 56])
    )
    # A nation in which mills shrink by 20, hotels grow by 50 and all jobs by 20 per cent.
    nation = {"nation_start": [300, 400], "nation_end": [240, 600]}
    parts = measures.shift_share(one, two, **nation).loc["here"]
    assert [round(parts[name], 9) for name in ("national", "industry_mix", "regional")] == [
        20,
        -12,
        2,
    ]
    assert "20 \u2212 12 + 2 = 10" in prose


def test_answers(prose):
    poor = continuum(absolute=0.3)
    assert f"still makes {100 * poor.last_made:.0f} per cent of all goods" in prose
    assert f"its wage is {poor.relative_wage:.2f} of the wage away" in prose
    equal, alike = (continuum(relative_labour=1, comparative=k) for k in (1.0, 0.2))
    assert (
        f"gain {100 * equal.gain_home:.1f} per cent each, and {100 * alike.gain_home:.1f}" in prose
    )
    few, many = ricardo(workers=1.05), ricardo(workers=2.0)
    assert [round(100 * gain, 1) for gain in few.gains] == [16.2, 0.0]
    assert [round(100 * gain, 1) for gain in many.gains] == [0.0, 16.2]
    michigan = [
        us_shift_share("Michigan", period=period).here["regional"]
        for period in ("2001 to 2010", "2010 to 2019")
    ]
    words = f"{100 * michigan[0]:.1f} from 2001 to 2010 and {100 * michigan[1]:.1f} from 2010"
    assert words.replace("-", "\u2212") in prose
