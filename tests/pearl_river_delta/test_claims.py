"""Claims with their source; and the three of them that this course's tables can weigh."""

import pytest

from course_lib import datasets
from course_lib.pearl_river_delta.claims import (
    CLAIMS,
    CONTRADICTED,
    IMPOSSIBLE_THEN,
    VERDICTS,
    claims,
    first_year_with,
    press_on_guzhen,
)


def test_each_claim_is_whole():
    assert len({claim.name for claim in CLAIMS}) == len(CLAIMS) == 8
    for claim in CLAIMS:
        assert claim.verdict in VERDICTS
        assert claim.because.endswith(".")
    assert list(claims().columns) == ["words", "would_prove"]  # no verdict is shown beforehand


def test_seven_clusters_do_not_fit_into_guangzhou_before_2010():
    gdp = datasets.guangdong_cities().query("city == 'Guangzhou'").set_index("year")["gdp"] / 10
    assert gdp[2000] == pytest.approx(250.6, abs=0.1)
    assert gdp[2005] < 700 < gdp[2010]
    assert first_year_with("Guangzhou", 700) == 2010
    assert first_year_with("Guangzhou", 1e6) is None
    claim = next(claim for claim in CLAIMS if claim.verdict == IMPOSSIBLE_THEN)
    assert "251 billion in 2000 and 1,064 billion in 2010" in claim.because
    with pytest.raises(ValueError, match="city must be one of Chaozhou"):
        first_year_with("Guzhen", 1)


def test_hundreds_of_towns_are_not_among_a_quarter_of_four_hundred():
    claim = next(claim for claim in CLAIMS if claim.verdict == CONTRADICTED)
    assert claim.name == "hundreds of towns"
    assert 400 / 4 < 200


def test_every_press_report_has_a_year_and_a_source():
    table = press_on_guzhen()
    assert table.index.is_unique
    assert table["source"].str.contains("20").all()
    said = table["output_billion_yuan"]
    assert said[said != "not said"].astype(float).between(10, 30).all()
