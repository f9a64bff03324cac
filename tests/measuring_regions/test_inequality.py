"""The inequality of states and provinces: printed values, PySAL, identities, sentences."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import trapezoid  # numpy calls it trapezoid from 2.0 on

from course_lib import datasets
from course_lib.datasets import REGION_SCHEMES
from course_lib.measuring_regions.inequality import china_inequality, us_inequality
from course_lib.measuring_regions.labs import china_inequality_lab, us_inequality_lab

CHINA_YEARS = [1978, 1990, 2005, 2023]


class TestUnitedStates:
    @pytest.mark.parametrize(
        ("year", "theil", "between", "within"),
        [
            (1929, 0.0625135, 0.0251497, 0.0373638),
            (2009, 0.01000953, 0.00332322, 0.00668632),
        ],
    )
    def test_theil_of_four_census_regions(self, year, theil, between, within):
        """Reference values A7, from libpysal's usjoin.csv; PySAL's TheilD gives the same."""
        now = us_inequality(year).now
        assert now["theil"] == pytest.approx(theil, abs=5e-8)
        assert now["between"] == pytest.approx(between, abs=5e-8)
        assert now["within"] == pytest.approx(within, abs=5e-8)

    @pytest.mark.parametrize("year", [1929, 1950, 2009])
    def test_as_pysal_has_it(self, year):
        from inequality.gini import Gini
        from inequality.theil import TheilD

        table = datasets.us_income()
        rows = table[table["year"] == year]
        income = rows["income_per_head"].to_numpy(dtype=float)
        now = us_inequality(year).now
        pysal = TheilD(income, rows["census_region"].astype(str).to_numpy())
        assert now["theil"] == pytest.approx(pysal.T)
        assert now["between"] == pytest.approx(pysal.bg[0])
        assert now["within"] == pytest.approx(pysal.wg[0])
        assert now["gini"] == pytest.approx(Gini(income).g)
        assert now["williamson"] == pytest.approx(income.std() / income.mean())

    def test_history_has_every_year(self):
        history = us_inequality().history
        assert list(history.index) == list(range(1929, 2010))
        assert list(history.columns) == ["gini", "theil", "between", "within", "williamson"]
        assert us_inequality(1929).history.equals(us_inequality(2009).history)


class TestChina:
    def test_each_person_counts_the_same(self):
        """Weighted, 1978 and 1990: the index falls while East and West drift apart."""
        history = china_inequality().history["theil"]
        assert history[1978] == pytest.approx(0.156, abs=5e-4)
        assert history[1990] == pytest.approx(0.085, abs=5e-4)

    @pytest.mark.parametrize("year", CHINA_YEARS)
    @pytest.mark.parametrize(("scheme", "column"), REGION_SCHEMES.items())
    def test_without_weights_as_pysal_has_it(self, year, scheme, column):
        from inequality.theil import TheilD

        table = datasets.china_provinces()
        rows = table[table["year"] == year]
        pysal = TheilD(rows["gdp_per_head"].to_numpy(), rows[column].astype(str).to_numpy())
        now = china_inequality(year, scheme, weighted=False).now
        assert now["theil"] == pytest.approx(pysal.T)
        assert now["between"] == pytest.approx(pysal.bg[0])

    @pytest.mark.parametrize("year", CHINA_YEARS)
    def test_weights_count_people(self, year):
        """As if every 100,000 people were a region of their own."""
        table = datasets.china_provinces()
        rows = table[table["year"] == year]
        people = (rows["population"] / 10).round().astype(int)  # from 10,000 persons
        each = np.repeat(rows["gdp_per_head"].to_numpy(), people)
        shares = each / each.sum()
        now = china_inequality(year).now
        assert now["theil"] == pytest.approx(
            float((shares * np.log(shares * len(each))).sum()), rel=2e-3
        )
        assert now["williamson"] == pytest.approx(each.std() / each.mean(), rel=2e-3)

    def test_the_groups_change_the_parts_and_not_the_whole(self):
        whole = {scheme: china_inequality(2000, scheme).now for scheme in REGION_SCHEMES}
        assert len({round(now["theil"], 12) for now in whole.values()}) == 1
        assert len({round(now["between"], 6) for now in whole.values()}) == len(REGION_SCHEMES)

    def test_history_has_every_year(self):
        assert list(china_inequality().history.index) == list(range(1978, 2024))


RESULTS = [
    us_inequality(1929),
    us_inequality(2009),
    *(
        china_inequality(year, scheme, weighted)
        for year in (1978, 2023)
        for scheme in REGION_SCHEMES
        for weighted in (True, False)
    ),
]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: result.summary()[:30])
class TestEveryResult:
    def test_parts_add_up(self, result):
        history = result.history
        assert np.allclose(history["between"] + history["within"], history["theil"], atol=1e-12)
        assert (history > 0).all().all()
        assert 0 < result.share_between < 1

    def test_lorenz_curve_belongs_to_the_gini(self, result):
        people, income = result.lorenz["population"], result.lorenz["income"]
        assert (people.iloc[0], income.iloc[0]) == (0, 0)
        assert people.iloc[-1] == pytest.approx(1)
        assert income.iloc[-1] == pytest.approx(1)
        assert (np.diff(people) > 0).all()
        assert (np.diff(income / people.where(people > 0, 1)) >= -1e-12).all()  # bends upwards
        area = trapezoid(income, people)
        assert 1 - 2 * area == pytest.approx(result.now["gini"])

    def test_sentence_and_table(self, result):
        said = result.summary()
        assert said.startswith(f"{result.country}, {result.year}: Gini {result.now['gini']:.3f}")
        assert said.endswith(f"lies between the {result.groups}.")
        assert result.to_frame().index.equals(result.history.index)


def test_what_a_caller_does_to_a_result_stays_with_the_caller():
    for model in (us_inequality, china_inequality):
        before = model().now["theil"]
        mine = model().history
        mine.loc[:, "theil"] = 0.0
        assert model().now["theil"] == before > 0


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: us_inequality(1928),
            r"\(got 1928\): its years run from 1929 to 2009",
        ),
        (lambda: us_inequality(2010), "run from 1929 to 2009"),
        (lambda: china_inequality(1977), "run from 1978 to 2023"),
        (lambda: china_inequality(2000, "seven"), r"'three belts \(1986\)', .* \(got 'seven'\)"),
    ],
)
def test_refuses_with_a_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


class TestLabs:
    """What the questions and the reasons say is in the figures."""

    def test_a_third_between_the_regions(self):
        assert us_inequality(1929).share_between == pytest.approx(0.40, abs=0.005)
        ratio = us_inequality(1929).now["theil"] / us_inequality(2009).now["theil"]
        assert 5.5 < ratio < 6.5  # "falls to a sixth"
        assert us_inequality_lab().settle() == "third"

    def test_provinces_instead_of_people(self):
        lab = china_inequality_lab()
        assert round(lab.result.now["theil"], 3) == 0.156
        assert lab.settle() == "rises"

    def test_three_rich_cities_with_few_people(self):
        table = datasets.china_provinces()
        rows = table[table["year"] == 1978].set_index("province")
        richest = rows["gdp_per_head"].nlargest(3).index
        assert set(richest) == {"Shanghai", "Beijing", "Tianjin"}
        people = rows["population"][richest].sum() / rows["population"].sum()
        assert 3 < (3 / 31) / people < 4  # "more than three times as much"

    @pytest.mark.parametrize("make", [us_inequality_lab, china_inequality_lab])
    def test_dots_stand_on_the_lines_of_their_year(self, make):
        lab = make().set(year=1995)
        lines = lab.figure.axes[1].lines
        for line, dot in zip(lines[:3], lines[3:6], strict=True):
            (year,), (value,) = dot.get_data()
            assert year == 1995
            assert value == np.interp(1995, *line.get_data())


def test_the_puzzle_of_the_lesson():
    """From 1978 to 2003 Gini rises while Theil and Williamson fall."""
    first, later = china_inequality(1978).now, china_inequality(2003).now
    assert later["gini"] > first["gini"]
    assert later["theil"] < first["theil"]
    assert later["williamson"] < first["williamson"]
