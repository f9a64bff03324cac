"""The figures in the prose of lesson 10 and in its model answer, computed again."""

import json
from pathlib import Path

import pytest

from course_lib import datasets
from course_lib.agglomeration.one_place import jobs_in_the_nation
from course_lib.california.cluster_jobs import cluster_jobs
from course_lib.california.document_claims import document_claims
from course_lib.california.employment import industries_of, jobs_of
from course_lib.california.industry_space import FIGURES, relatedness_test
from course_lib.division_of_labour.us_shift_share import us_shift_share
from course_lib.exercises import personal_set

BOOKS = Path(__file__).parents[2] / "notebooks"


def text_of(path):
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


@pytest.fixture(scope="module")
def prose():
    return text_of(BOOKS / "10_california.ipynb")


def test_film(prose):
    film = industries_of("Los Angeles").loc["5121"]
    expected = film["employment"] - film["above_the_mix"]
    assert f"{film['employment']:,.0f} jobs in film; with the nation's mix it" in prose
    assert f"would have {expected:,.0f}. The difference, {film['above_the_mix']:,.0f}" in prose
    table = datasets.california_metros()
    in_film = table["employment"][table["naics"] == "5121"]
    assert f"has {100 * film['national_share']:.0f} per cent of the nation's jobs in film" in prose
    assert f"it has {100 * film['employment'] / in_film.sum():.0f} per cent" in prose
    agents = industries_of("Los Angeles").loc["7114", "national_share"]
    assert f"{100 * agents:.0f} per cent of the agents of artists" in prose
    assert table["metro"].nunique() == 34
    assert f"{len(table):,} pairs of an area and an industry" in prose


def test_no_zone_is_an_island(prose):
    film = industries_of("Los Angeles").loc["5121", "national_share"]
    everybody = jobs_of("Los Angeles") / jobs_in_the_nation()
    words = (
        "Los Angeles has {:.0f} per cent of the nation's jobs in film and {:.0f} per cent of all"
    )
    assert words.format(100 * film, 100 * everybody) in prose


def test_sacramento(prose):
    rows = document_claims().together.set_index(["region", "words"]).loc["Sacramento"]
    made = rows.loc["high-tech manufacturing"]
    assert f"{made['employment']:,.0f} published jobs" in prose
    assert f"it would have {made['employment'] / made['location_quotient']:,.0f}" in prose
    assert f"the quotient would be {made['highest_quotient']:.2f}" in prose
    metro = industries_of("Sacramento (metro alone)")["location_quotient"]
    words = "computers {:.2f}, semiconductors {:.2f}, computer services {:.2f}"
    assert words.format(*metro[["3341", "3344", "5415"]]) in prose


def test_relatedness(prose):
    states, metros = (100 * relatedness_test(one).rates.to_numpy() for one in FIGURES)
    assert f"states have {states[0]:.0f} of 100; among the least related, {states[2]:.0f}" in prose
    assert f"it tells less: {metros[0]:.0f} against {metros[2]:.0f}" in prose
    assert f"each third would have {states.mean():.0f} of 100" in prose


def test_jobs_in_clusters(prose):
    low, high = (cluster_jobs(rule).regions for rule in (1.0, 2.0))
    assert f"{100 * low.loc['Sacramento', 'in_clusters']:.0f} per cent of Sacramento's" in prose
    assert f"With 2 it is {100 * high.loc['Sacramento', 'in_clusters']:.0f} per cent" in prose
    assert f"leads with {100 * high.loc['San Francisco Bay', 'in_clusters']:.0f}" in prose
    assert f"In Sacramento {low.loc['Sacramento', 'clusters']} industries stand above" in prose
    strict = cluster_jobs(3.0).regions.loc["Southern California", "in_clusters"]
    loose = low.loc["Southern California", "in_clusters"]
    sizes = f"{100 * strict:.0f} per cent of the jobs in Southern California if the rule is a"
    assert sizes in prose
    assert f"quotient of 3, and {100 * loose:.0f} if it is 1" in prose


def test_growth(prose):
    found = us_shift_share("California", "2001 to 2019")
    growth = 100 * found.detail[["growth", "growth_nation"]]
    here, nation = growth.loc["Information"]
    assert f"It grew by {here:.0f} per cent in California and fell by {-nation:.0f}" in prose
    here, nation = growth.loc["Professional services"]
    assert f"It grew by {here:.0f} per cent in California and by {nation:.0f} in the 34" in prose
    here, nation = growth.loc["Manufacturing"]
    assert f"It fell by {-here:.1f} per cent in California and by {-nation:.1f} in the 34" in prose
    faster = (found.detail["growth"] > found.detail.loc["Information", "growth"]).sum()
    assert faster == 4
    assert "four other sectors grew faster" in prose


def test_where_it_fails(prose):
    valley = industries_of("Central Valley").loc["1151"]
    assert f"{jobs_of('Central Valley'):,} jobs in these figures" in prose
    assert f"{valley['employment']:,.0f} of them in support for crop farming" in prose
    assert f"a quotient of {valley['location_quotient']:.0f}" in prose
    stores = industries_of("Riverside").loc["4931", "location_quotient"]
    assert f"such as Riverside's (a quotient of {stores:.1f})" in prose
    old, new = 141_200, 49_762 + 15_117  # Jones (2003): the two groups of the new classification
    assert f"California's {old:,} jobs in film production in 1997" in prose
    assert f"{round(new, -2):,} were left" in prose


def test_the_model_answer_fits_the_set_beside_it():
    """The argument quotes the numbers of the stored set, the set of `example`."""
    answer = text_of(BOOKS / "exercises" / "10_california.ipynb").split("BEGIN SOLUTION")[-1]
    given = personal_set("10_california", "example", course_class="practice")["cluster"]
    row = industries_of(given["region"]).loc["5417"]
    assert row["employment"] >= given["jobs"]
    assert row["location_quotient"] >= given["quotient"]
    assert f"the sentence on the {given['region']}" in answer
    assert f"had {row['employment']:,.0f} jobs in it" in answer
    assert f"location quotient is {row['location_quotient']:.1f}" in answer
    above = row["above_the_mix"]
    assert f"there would be {round(row['employment'] - above, -2):,.0f} jobs" in answer
    assert f"so {round(above, -2):,.0f} are above it" in answer
    assert f"{100 * row['national_share']:.1f} per cent of the nation's" in answer


def test_answers(prose: str) -> None:
    software = {
        place: industries_of(place).loc["5112", "employment"]
        for place in ("San Jose", "San Francisco")
    }
    assert (
        f"San Jose has {software['San Jose']:,} jobs in software and San Francisco "
        f"{software['San Francisco']:,}" in prose
    )
    shares = 100 * cluster_jobs(1.3).regions["in_clusters"]
    assert shares.idxmax() == "outside"
    assert (
        f"with {shares['outside']:.0f} per cent; Sacramento has {shares['Sacramento']:.0f}" in prose
    )
    of_the_nation = 100 * cluster_jobs(1.0, 0.05).regions["in_clusters"]
    assert (
        f"keeps {of_the_nation['Southern California']:.0f} per cent, the Bay "
        f"{of_the_nation['San Francisco Bay']:.0f}, the Central Valley "
        f"{of_the_nation['Central Valley']:.0f} and Sacramento next to nothing" in prose
    )
    assert of_the_nation["Sacramento"] < 0.1


def test_no_rule_puts_the_central_valley_first() -> None:
    for tenths in range(10, 51):
        for share in (0.0, 0.005, 0.01, 0.02, 0.05):
            zones = cluster_jobs(tenths / 10, share).regions["in_clusters"].drop("outside")
            assert zones.idxmax() != "Central Valley" or zones.max() == 0
