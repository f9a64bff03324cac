"""Clusters in the figures: the course's cluster map on the same cells, withheld cells."""

import numpy as np
import pytest

from course_lib import datasets
from course_lib.agglomeration.one_place import jobs_in_the_nation
from course_lib.industrial_clusters.us_clusters import (
    FIGURES,
    find_clusters,
    localisation_of_states,
    published_cells,
)
from course_lib.measures import cluster_map


def as_table(figures):
    """The table of one set of figures, withheld cells missing, with the published totals."""
    source, place = {
        "US states": (datasets.us_industry_employment(), "state"),
        "50 large metros": (datasets.us_metro_industry_employment(), "metro"),
        "California's metros": (datasets.california_metros(), "metro"),
    }[figures]
    wide = source.pivot(index=place, columns="industry", values="employment")
    return wide, {
        "withheld": "keep",
        "region_totals": source.groupby(place)[f"{place}_employment"].first(),
        "industry_totals": source.groupby("industry")["us_employment"].first(),
        "national_total": jobs_in_the_nation(),
    }


@pytest.mark.parametrize("figures", FIGURES)
@pytest.mark.parametrize(
    "rule", [{}, {"least_quotient": 2, "least_share": 0.05}, {"top": 0.1, "least_share": 0.01}]
)
def test_against_the_cluster_map(figures, rule):
    table, totals = as_table(figures)
    expected = cluster_map(table, **rule, **totals)
    found = find_clusters(figures, **rule)
    assert found.count == expected["strong"].sum()
    mine = found.cells.set_index(["place", "industry"]).loc[expected.index]
    np.testing.assert_allclose(mine["location_quotient"], expected["location_quotient"])
    np.testing.assert_array_equal(mine["rank"], expected["rank"])
    np.testing.assert_array_equal(mine["of"], expected["of"])


@pytest.mark.parametrize("figures", FIGURES)
def test_withheld_cells_are_absent_and_never_zero(figures):
    table, _ = as_table(figures)
    cells = published_cells(figures)
    assert len(cells) == table.notna().to_numpy().sum() < table.size
    assert (cells["plants"] > 0).all()  # where nobody works in March, there is a plant all the same


def test_what_the_lesson_quotes():
    cells = published_cells("California's metros")
    first = cells.nlargest(1, "location_quotient").iloc[0]
    assert (first["place"], first["industry"], first["employment"]) == (
        "Crescent City, CA",
        "Fishing",
        30,
    )
    assert round(first["location_quotient"]) == 170
    share = cells.nlargest(1, "national_share").iloc[0]
    assert share["place"].startswith("Los Angeles")
    assert share["national_share"] == pytest.approx(0.36, abs=0.005)
    jobs = cells.nlargest(1, "employment").iloc[0]
    assert "Restaurants" in jobs["industry"]
    assert jobs["location_quotient"] == pytest.approx(1.14, abs=0.005)


def test_each_limit_takes_clusters_away():
    start = find_clusters().count
    for rule in (
        {"least_quotient": 2.0},
        {"least_share": 0.01},
        {"least_plants": 20},
        {"top": 0.1},
    ):
        assert 0 < find_clusters(**rule).count < start


def test_no_cluster_at_all():
    found = find_clusters(least_quotient=5, least_share=0.99)
    assert found.count == 0
    assert "none of 5,926" in found.summary()
    assert len(found.to_frame()) == 1


def test_localisation_has_bounds():
    table = localisation_of_states()
    assert (table["gamma_low"] < table["gamma_high"]).all()
    assert table["gamma_high"].is_monotonic_decreasing
    assert (table["raw_concentration"] > 0).all()
    # complete industries only: of film and of cars, some state's figure is withheld or too low
    assert "Motion Picture and Sound Recording Industries" not in table.index
    assert "Transportation Equipment Manufacturing" not in table.index
    with pytest.raises(ValueError, match="least_coverage must be at least 0 and at most 1"):
        localisation_of_states(1.1)
    assert len(localisation_of_states(0.95)) > len(table)


@pytest.mark.parametrize(
    "wrong,sentence",
    [
        ({"figures": "Mars"}, "figures must be one of"),
        ({"least_quotient": 0}, "least_quotient must be above 0"),
        ({"least_share": 2}, "least_share must be at least 0 and at most 1"),
        ({"least_plants": 0}, "least_plants must be a whole number of at least 1"),
        ({"top": 0}, "top must be above 0 and at most 1"),
    ],
)
def test_sentences(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        find_clusters(**wrong)
