"""China's belts against known values, the measures of the course, and counting by hand."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib import datasets, measures
from course_lib.gradient_transition.belts import MUNICIPALITIES, SCHEMES, belts
from course_lib.gradient_transition.population_jumps import population_jumps, without_jumps


@pytest.fixture(scope="module")
def china():
    return datasets.china_provinces()


def invented(populations, gdp=100.0, years=None):
    """A small table: one province in each region, with these populations by year."""
    n_years = len(next(iter(populations.values())))
    years = range(2000, 2000 + n_years) if years is None else years
    regions = {"Coast": "East", "Middle": "Central", "Hills": "West"}
    rows = [
        {"province": name, "year": year, "gdp": gdp, "population": people, "belts_1986": region}
        for name, region in regions.items()
        for year, people in zip(years, populations[name], strict=True)
    ]
    return pd.DataFrame(rows)


def test_ratio_of_east_to_west(china):
    # Known values of the ratio of output per head, three belts, current vintage.
    ratio = belts(china).to_frame()["east_west"]
    known = {1978: 1.75, 1990: 1.86, 2005: 2.34, 2010: 1.99, 2023: 1.53}
    assert ratio.loc[list(known)].round(2).to_dict() == known


def test_the_three_municipalities_do_it(china):
    # 1978-90: Theil falls and East/West widens; without the three cities Theil rises.
    whole, without = belts(china), belts(china, municipalities=False)
    years = [1978, 1990]
    assert whole.to_frame().loc[years, "theil"].round(3).tolist() == [0.156, 0.085]
    assert without.to_frame().loc[years, "theil"].round(3).tolist() == [0.045, 0.048]
    assert whole.to_frame().loc[years, "east_west"].is_monotonic_increasing
    assert without.left_out == MUNICIPALITIES
    assert without.belts == ("East", "Central", "West")


def test_the_narrowing_stalls_after_2014(china):
    theil = belts(china).to_frame()["theil"]
    assert theil.loc[2014] < 0.55 * theil.loc[2005]
    assert theil.loc[2023] == pytest.approx(theil.loc[2014], rel=0.02)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("municipalities", [True, False])
@pytest.mark.parametrize("year", [1978, 1991, 2005, 2023])
def test_against_the_measures_of_the_course(china, scheme, municipalities, year):
    found = belts(china, scheme, municipalities=municipalities).at(year)
    rows = china[china["year"] == year]
    if not municipalities:
        rows = rows[~rows["province"].isin(MUNICIPALITIES)]
    rows = rows.set_index("province")
    per_head = rows["gdp"] / rows["population"]
    split = measures.theil_decomposition(per_head, rows[scheme], rows["population"])
    assert found["theil"] == pytest.approx(split.total, rel=1e-10)
    assert found["between"] == pytest.approx(split.between, rel=1e-10)
    assert found["within"] == pytest.approx(split.within, rel=1e-10)
    assert found["williamson"] == pytest.approx(
        measures.williamson(per_head, rows["population"]), rel=1e-10
    )
    east = rows[rows[scheme] == "East"]
    assert found["gdp_per_head_east"] == pytest.approx(
        1e4 * east["gdp"].sum() / east["population"].sum()
    )


def test_schemes_have_their_regions(china):
    assert belts(china, "belts_1986").belts == ("East", "Central", "West")
    assert belts(china, "regions_2000").belts == ("East", "Central", "West")
    assert belts(china, "regions_2005").belts == ("East", "Northeast", "Central", "West")


def test_theil_does_not_depend_on_the_scheme_but_its_parts_do(china):
    one, other = belts(china, "belts_1986"), belts(china, "regions_2005")
    np.testing.assert_allclose(one.theil, other.theil)
    assert abs(one.between - other.between).max() > 0.001


@pytest.mark.parametrize("scheme", SCHEMES)
def test_parts_add_up(china, scheme):
    found = belts(china, scheme, spread_back=10)
    np.testing.assert_allclose(found.between + found.within, found.theil)
    np.testing.assert_allclose(found.population_share.sum(axis=1), 1)
    assert (found.within >= 0).all()
    assert (found.between >= 0).all()


def test_a_part_of_the_years(china):
    part = belts(china, start=1990, end=2005)
    assert part.years.tolist() == list(range(1990, 2006))
    np.testing.assert_array_equal(part.theil, belts(china).theil[12:28])
    assert belts(china, start=2000, end=2000).years.tolist() == [2000]


def test_order_of_rows_does_not_matter(china):
    shuffled = china.sample(frac=1, random_state=0)
    np.testing.assert_array_equal(belts(shuffled).theil, belts(china).theil)
    np.testing.assert_allclose(
        belts(shuffled, spread_back=10).theil, belts(china, spread_back=10).theil
    )


def test_jumps_of_population(china):
    jumps = population_jumps(china).to_frame()
    largest = jumps.loc[jumps["change"].abs().idxmax()]
    assert (largest["province"], largest["year"]) == ("Shanghai", 2000)
    assert largest["change"] == pytest.approx(0.225, abs=5e-4)
    assert (jumps["change"].abs() >= 0.05).all()
    assert {2000, 2005, 2010} <= set(jumps["year"])
    assert (jumps["change"] < 0).any()  # provinces that people had left
    by_hand = china.sort_values("year").groupby("province")["population"].pct_change()
    assert len(jumps) == (by_hand.abs() >= 0.05).sum()


def test_no_jumps():
    table = invented({"Coast": [100, 101], "Middle": [100, 101], "Hills": [100, 101]})
    jumps = population_jumps(table)
    assert jumps.province == ()
    assert jumps.to_frame().empty
    assert jumps.summary() == "No province's population changed by 5% or more in one year."


def test_a_jump_spread_back_by_hand():
    # Coast stands still but for a jump of 40 in 2004: its usual growth, the median, is zero.
    people = {
        "Coast": [100, 100, 100, 100, 140, 140],
        "Middle": [100] * 6,
        "Hills": [100] * 6,
    }
    table = invented(people)
    published = np.array([people["Coast"], people["Hills"]], dtype=float).T
    spread = without_jumps(published, 0.05, over=4)
    np.testing.assert_allclose(spread[:, 0], [100, 110, 120, 130, 140, 140])
    np.testing.assert_allclose(spread[:, 1], 100)
    # The table's beginning cuts the spreading short.
    early = without_jumps(published, 0.05, over=8)
    np.testing.assert_allclose(early[:, 0], [120, 125, 130, 135, 140, 140])
    # The ratio follows: output per head of the East falls before the jump.
    found = belts(table, spread_back=4)
    np.testing.assert_allclose(found.published_east_west, [1, 1, 1, 1, 100 / 140, 100 / 140])
    np.testing.assert_allclose(found.east_west[:4], [1, 100 / 110, 100 / 120, 100 / 130])


def test_spreading_back_over_one_year_changes_nothing(china):
    np.testing.assert_array_equal(belts(china, spread_back=1).theil, belts(china).theil)


def test_counting_moves_the_ratio_a_little_and_before_2000(china):
    found = belts(china, spread_back=10)
    change = pd.Series(found.east_west - found.published_east_west, found.years)
    assert change.idxmin() == 1999
    assert -0.05 < change.min() < -0.02
    assert "jumps of population spread back over 10 years" in found.summary()
    assert "1999, by -0.03" in found.summary()


@given(st.floats(0.1, 100), st.floats(0.1, 100))
@settings(max_examples=50)
def test_units_do_not_matter(money, people):
    table = invented({"Coast": [90, 95], "Middle": [100, 99], "Hills": [140, 150]})
    other = table.assign(gdp=table["gdp"] * money, population=table["population"] * people)
    one, two = belts(table), belts(other)
    for figure in ("theil", "between", "williamson", "east_west"):
        np.testing.assert_allclose(getattr(one, figure), getattr(two, figure), atol=1e-12)


def test_equal_regions_have_no_gap():
    found = belts(invented({"Coast": [100], "Middle": [100], "Hills": [100]}))
    assert found.east_west.tolist() == [1]
    np.testing.assert_allclose([found.theil, found.between, found.williamson], 0, atol=1e-12)


def test_the_table_is_left_as_it_is(china):
    before = china.copy()
    belts(china, spread_back=10)
    pd.testing.assert_frame_equal(china, before)


def test_summary(china):
    assert belts(china).summary() == (
        "Output per head in the East was 1.75 times that in the West in 1978, 2.34 times at its "
        "widest in 2005, and 1.53 times in 2023; Theil's T between provinces was 0.156 in 1978 "
        "and 0.063 in 2023."
    )
    assert "without Beijing, Shanghai and Tianjin" in belts(china, municipalities=False).summary()


@pytest.mark.parametrize(
    "parameters,message",
    [
        (
            {"scheme": "belts_1999"},
            "must be one of 'belts_1986', 'regions_2000', 'regions_2005'",
        ),
        ({"start": 1949}, r"start must be a year of the table \(got 1949\).* 1978 to 2023"),
        ({"end": 2030}, "end must be a year of the table"),
        ({"start": 2000, "end": 1990}, "end must not come before start"),
        ({"spread_back": 21}, "spread_back must be a whole number from 0 to 20"),
        ({"spread_back": 5, "jump": 0}, "jump must be above 0"),
    ],
)
def test_errors_are_sentences(china, parameters, message):
    with pytest.raises(ValueError, match=message):
        belts(china, **parameters)


def test_a_table_with_faults(china):
    with pytest.raises(ValueError, match="Anhui has no row for 1995"):
        belts(china[~((china["province"] == "Anhui") & (china["year"] == 1995))])
    with pytest.raises(ValueError, match="Anhui has more than one row for 1978"):
        belts(pd.concat([china, china[china["province"] == "Anhui"]]))
    for column in ("gdp", "population"):
        for figure in (math.nan, 0.0, -1.0):
            wrong = china.copy()
            wrong.loc[(wrong["province"] == "Hebei") & (wrong["year"] == 1990), column] = figure
            with pytest.raises(ValueError, match=f"{column} must be above zero, but Hebei has"):
                belts(wrong)
    with pytest.raises(ValueError, match="no column 'population'"):
        belts(china.drop(columns="population"))
    with pytest.raises(ValueError, match="no column 'belts_1986'"):
        belts(china.drop(columns="belts_1986"))
    with pytest.raises(ValueError, match="the table has no rows"):
        belts(china.iloc[:0])
    with pytest.raises(ValueError, match="provinces must be a table"):
        belts([1, 2, 3])


def test_faults_of_the_scheme(china):
    moved = china.copy()
    moved.loc[(moved["province"] == "Hebei") & (moved["year"] == 1990), "belts_1986"] = "West"
    with pytest.raises(ValueError, match="Hebei has more than one region"):
        belts(moved)
    unknown = china.assign(belts_1986=china["belts_1986"].replace("Central", "Middle"))
    with pytest.raises(ValueError, match="has the region 'Middle'"):
        belts(unknown)
    missing = china.copy()
    missing.loc[missing["province"] == "Hebei", "belts_1986"] = None
    with pytest.raises(ValueError, match="Hebei has no region in belts_1986"):
        belts(missing)
    with pytest.raises(ValueError, match="no province is left in the West"):
        belts(china[china["belts_1986"] != "West"])
    with pytest.raises(ValueError, match="the table has none of them"):
        belts(china[~china["province"].isin(MUNICIPALITIES)], municipalities=False)


def test_faults_of_the_thought_experiment(china):
    with pytest.raises(ValueError, match="threshold must be above 0"):
        population_jumps(china, threshold=0)
    # Usually it grows by 40%, and then nearly everybody leaves: more than there were would have to.
    leaves = {"Coast": [10, 14, 19.6, 27.4, 38.4, 2], "Middle": [100] * 6, "Hills": [100] * 6}
    with pytest.raises(ValueError, match="would leave a province without people"):
        belts(invented(leaves), spread_back=20, jump=0.5)


def test_a_year_that_is_not_there(china):
    with pytest.raises(ValueError, match=r"got 1950.*from 1978 to 2023"):
        belts(china).at(1950)
