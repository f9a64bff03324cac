"""Numbers in the prose of workbook 13, computed again from Mexico's figures."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from course_lib.regions import Region, invented_country, mexico
from course_lib.your_own_region.evaluation import BEFORE_IT, DIFFERENCE, own_evaluation
from course_lib.your_own_region.groups import group_gaps
from course_lib.your_own_region.incomes import (
    own_convergence,
    own_inequality,
    own_mobility,
    own_neighbours,
)
from course_lib.your_own_region.inverted_u import own_inverted_u
from course_lib.your_own_region.jobs import jobs_of
from course_lib.your_own_region.readiness import labs_by_name

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "13_your_own_region.ipynb"


@cache
def prose() -> str:
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")


def said(text: str) -> None:
    assert text in prose()


def test_groups_of_theil() -> None:
    for grouping, number, words in (
        ("Hanson 1998", "five groups of Hanson", "34%"),
        ("Esquivel 1999", "seven of Esquivel", "50%"),
    ):
        found = own_inequality(mexico(), 2000, grouping)
        assert f"{found.share_between:.0%}" == words
        said(f"{number} {words}")
    said(f"In 2000 Theil's index is {found.now['theil']:.3f}.")


def test_morans_i_and_tabasco() -> None:
    moran = {year: own_neighbours(mexico(), year).moran.value for year in (1940, 1970, 1980)}
    said(f"from {moran[1940]:.2f} in 1940 to {moran[1970]:.2f} in 1970 and is at {moran[1980]:.2f}")
    highest = max(mexico().panel.index, key=lambda y: own_neighbours(mexico(), int(y)).moran.value)
    assert highest == 1970
    panel = mexico().panel["Tabasco"]
    said(f"at {panel[1980]:,.0f} pesos, and was at {panel[1970]:,.0f} ten years before")
    history = own_inequality(mexico()).history["theil"]
    assert abs(history[1980] / history[1970] - 1) < 0.07  # "hardly moves"


def with_tabasco_growing_as_the_mean() -> Region:
    panel = mexico().panel.copy()
    growth = panel.loc[1980].mean() / panel.loc[1970].mean()
    panel.loc[1980, "Tabasco"] = panel.loc[1970, "Tabasco"] * growth
    return replace(mexico(), per_head=panel)


def test_half_of_the_fall_of_morans_i_is_tabasco() -> None:
    before, after = (own_neighbours(mexico(), year).moran.value for year in (1970, 1980))
    other = own_neighbours(with_tabasco_growing_as_the_mean(), 1980).moran.value
    said(f"Moran's I would be at {other:.2f} in 1980: about half of the fall")
    assert (other - after) / (before - after) == pytest.approx(0.5, abs=0.05)


def test_tabasco_and_its_neighbours_were_below_the_mean() -> None:
    neighbours = mexico().neighbours
    assert neighbours is not None
    near = neighbours.query("region == 'Tabasco'")["neighbour"]
    relative = mexico().panel.div(mexico().panel.mean(axis=1), axis=0)
    assert (relative.loc[1970, ["Tabasco", *near]] < 1).all()
    assert relative.loc[1980, "Tabasco"] > 2
    assert (relative.loc[1980, list(near)] < 1).all()


def test_convergence_with_and_without_oil() -> None:
    whole = own_convergence(mexico(), 1980, 2000).convergence
    low, high = whole.beta.confidence_interval
    minus = "−"  # as it stands in prose
    said(f"slope is {whole.beta.slope:.4f}, with an interval from".replace("-", minus))
    said(f"from {low:.4f} to {high:.4f}: nothing is certain".replace("-", minus))
    rest = own_convergence(mexico(), 1980, 2000, ("Campeche", "Tabasco")).convergence
    low, high = rest.beta.confidence_interval
    said(f"it is {rest.beta.slope:.4f}, from {low:.4f} to {high:.4f}".replace("-", minus))
    said(f"sigma rises from {rest.sigma.iloc[0]:.3f} to {rest.sigma.iloc[-1]:.3f}")
    early = own_convergence(mexico(), 1940, 1980).convergence.beta
    assert early.is_significant
    assert early.half_life is not None
    said(f"half of a gap was closed in {early.half_life:.0f} years")


def test_moves_in_ten_years() -> None:
    counts = own_mobility(mexico(), classes=3).counts.to_numpy()
    said(f'"{np.trace(counts) / counts.sum():.0%} stay in their class"')
    assert pytest.approx(0.74, abs=0.005) == 0.97**10


def test_most_of_the_rise_of_the_south_is_tabasco() -> None:
    relative = group_gaps(mexico(), grouping="Hanson 1998").relative["South"]
    said(f"from {relative[1970]:.2f} in 1970 to {relative[1980]:.2f} in 1980")
    other = group_gaps(with_tabasco_growing_as_the_mean(), grouping="Hanson 1998").relative
    said(f"the South would be at {other.loc[1980, 'South']:.2f}")
    moves = group_gaps(mexico(), grouping="Hanson 1998").relative.diff().abs()
    assert moves.loc[1980].idxmax() == "South"


def test_a_total_among_the_regions_lowers_the_index() -> None:
    from course_lib.measures import theil

    incomes, people = [1.0, 3.0], [2.0, 2.0]
    assert theil([*incomes, 2.0], [*people, 4.0]) == pytest.approx(theil(incomes, people) / 2)


def test_no_inverted_u_in_mexico() -> None:
    found = own_inverted_u(mexico(), "Williamson")
    assert found.peak == 1940
    assert found.values.idxmin() == 1980
    said(f"at {found.values[1940]:.3f} in 1940, the first date, and falls to")
    said(f"falls to {found.values[1980]:.3f} in 1980")


def test_the_border_from_1990_on() -> None:
    found = own_evaluation(mexico(), "Hanson 1998: Border", 1990)
    for way, words in (
        (DIFFERENCE, "in differences is"),
        (BEFORE_IT, "between the years before is"),
    ):
        value = f"{found.estimates[way]:+.2f}".replace("-", "−")
        spread = f"± {2 * found.standard_errors[way]:.2f}"
        said(f"{words} {value}")
        said(spread)
    assert len(found.regions) == 6
    assert 2 * found.standard_errors[DIFFERENCE] > found.estimates[DIFFERENCE]


def test_the_invented_country() -> None:
    country = invented_country()
    assert "(simulated)" in country.title
    jobs = jobs_of(country)
    assert (len(jobs.regions), len(jobs.industries)) == (12, 10)
    gaps = jobs.cells[2020].isna().sum()
    assert gaps[gaps > 0].to_dict() == {"Fishing": 4}
    said("twelve invented regions with jobs of ten industries")
    said("withholds four cells of fishing in 2020")
    assert country.flows is not None
    assert len(country.flows.flows) == 6
    said("one of six sectors")


def test_every_lab_takes_the_invented_country() -> None:
    for name, make in labs_by_name().items():
        assert make(invented_country()).sentence.endswith("."), name
