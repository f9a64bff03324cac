"""Three rankings of one table."""

import pytest

from course_lib.california.employment import jobs_of
from course_lib.california.regional_profile import RANKINGS, regional_profile


def test_each_ranking_is_in_order():
    for ranking, column in RANKINGS.items():
        values = regional_profile("San Diego", ranking).industries[column]
        assert values.is_monotonic_decreasing


def test_hollywood_and_silicon_valley_are_found_by_one_of_the_three():
    assert regional_profile("Los Angeles").first.index[0] == "Film and video"
    assert regional_profile("San Jose").first.index[:2].tolist() == [
        "Computer services",
        "Web portals and archives",
    ]
    for place in ("Los Angeles", "San Jose"):
        names = regional_profile(place, "number of jobs").first.index[:2]
        assert "Restaurants" in names


def test_jobs_above_the_mix_are_jobs_beyond_the_nations_share():
    table = regional_profile("Fresno", least_jobs=0).industries
    row = table.loc["Dairy"]
    assert row["above_the_mix"] == pytest.approx(
        row["employment"] * (1 - 1 / row["location_quotient"])
    )
    assert table["employment"].sum() <= jobs_of("Fresno")


def test_least_jobs_leaves_out_the_small():
    assert regional_profile("Napa", least_jobs=1000).industries["employment"].min() >= 1000
    with pytest.raises(ValueError, match=r"no industry of Crescent City has as many as 5,000"):
        regional_profile("Crescent City", least_jobs=5000)


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"place": "Atlantis"}, "place must be one of 'Southern California'"),
        ({"ranking": "beauty"}, "ranking must be one of 'location quotient'"),
        ({"least_jobs": -1}, "least_jobs must be a whole number of at least 0"),
    ],
)
def test_bad_input_gets_a_sentence(parameters, sentence):
    with pytest.raises(ValueError, match=sentence):
        regional_profile(**parameters)


def test_the_sentence_names_what_the_picture_shows():
    said = regional_profile("Sacramento").summary()
    assert "restaurants (83,908 jobs, quotient 1.2)" in said
    assert said.endswith("of the first 10, the document names 0.")
    assert "document" not in regional_profile("Napa").summary()
