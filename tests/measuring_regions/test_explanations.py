"""Why the indices of lesson 01 say what they say: each named cause is changed alone."""

import numpy as np
import pandas as pd
import pytest

from course_lib import datasets, measures
from course_lib.measuring_regions.inequality import us_inequality
from course_lib.measuring_regions.inverted_u import INDICES, inverted_u
from course_lib.measuring_regions.neighbours import rich_neighbours

CITIES = ["Beijing", "Shanghai", "Tianjin"]


def provinces(year):
    table = datasets.china_provinces()
    return table[table["year"] == year].set_index("province")


def three(income, people=None):
    return {
        "Gini": measures.gini(income, people),
        "Theil": measures.theil(income, people),
        "Williamson": measures.williamson(income, people),
    }


def test_the_part_within_fell_because_poor_states_caught_up():
    """In each Census region the poorer states of 1929 grew faster. Had they not, it would stay."""
    table = datasets.us_income()
    wide = table.pivot(index="state", columns="year", values="income_per_head")
    region = table.groupby("state")["census_region"].first()
    growth = np.log(wide[2009] / wide[1929])
    for name, states in region.groupby(region).groups.items():
        assert np.log(wide.loc[states, 1929]).corr(growth[states]) < -0.5, name
    history = us_inequality(2009).history
    assert history.loc[2009, "within"] < history.loc[1929, "within"] / 4
    alike = wide[1929] * np.exp(growth.groupby(region).transform("mean"))
    kept = measures.theil_decomposition(alike, region)
    assert kept.within > 0.8 * history.loc[1929, "within"]


def test_three_cities_weigh_more_as_provinces():
    table = provinces(1978)
    three_cities = table.index.isin(CITIES)
    people = table["population"][three_cities].sum() / table["population"].sum()
    assert (3 / 31) / people > 3
    income, weights = table["gdp_per_head"], table["population"]
    rise = measures.theil(income) / measures.theil(income, weights)
    rest = table[~three_cities]
    without = measures.theil(rest["gdp_per_head"]) / measures.theil(
        rest["gdp_per_head"], rest["population"]
    )
    assert rise > 1.5
    assert rise > 1.3 * without  # without the three, most of the rise is gone


def test_one_far_province_weighs_most_in_theil_and_williamson():
    table = provinces(1978)
    fewer = table.drop("Shanghai")
    lost = {
        name: 1 - less / all_of_them
        for (name, all_of_them), less in zip(
            three(table["gdp_per_head"], table["population"]).items(),
            three(fewer["gdp_per_head"], fewer["population"]).values(),
            strict=True,
        )
    }
    assert lost["Gini"] < 0.6 * min(lost["Theil"], lost["Williamson"])


def test_without_the_tail_all_three_rise():
    rests = [provinces(year).drop(CITIES) for year in (1978, 2003)]
    before, after = (three(rest["gdp_per_head"], rest["population"]) for rest in rests)
    assert all(after[name] > before[name] for name in before)
    whole = [three(one["gdp_per_head"], one["population"]) for one in map(provinces, (1978, 2003))]
    assert whole[1]["Gini"] > whole[0]["Gini"]
    assert whole[1]["Theil"] < whole[0]["Theil"]


def test_chance_is_below_zero_because_nobody_is_its_own_neighbour():
    moran = rich_neighbours(2009).moran
    assert moran.by_chance.mean() == pytest.approx(moran.expected, abs=0.02)
    assert moran.expected < 0
    ring = {place: [(place - 1) % 6, (place + 1) % 6] for place in range(6)}
    values, random = np.array([9.0, 1, 5, 2, 7, 4]), np.random.default_rng(3)
    away = values - values.mean()

    def mean_by_chance(own):
        """The mean over orders of the slope, with the region itself among its three or not."""
        found = []
        for _ in range(4000):
            dealt = random.permutation(away)
            around = np.array([dealt[ring[place]].sum() for place in range(6)])
            mean = (around + dealt) / 3 if own else around / 2
            found.append(dealt @ mean / (dealt @ dealt))
        return np.mean(found)

    assert mean_by_chance(own=False) == pytest.approx(-1 / 5, abs=0.02)
    assert mean_by_chance(own=True) > 0


def test_morans_i_forgets_the_size_of_distances():
    before = rich_neighbours(1929)
    shrunk = 1 + 0.4 * (before.incomes - 1)  # every distance 0.4 of what it was
    after = measures.morans_i(shrunk, datasets.us_state_neighbours())
    assert after.value == pytest.approx(before.moran.value)
    assert measures.theil(shrunk) < measures.theil(before.incomes) / 5
    # Who lies beside whom is what it sees.
    assert abs(rich_neighbours(1929, shuffled=True).moran.value) < 0.3


def test_movement_alone_makes_the_inverted_u():
    curves = inverted_u(4).curves
    for name in INDICES:
        top = int(np.argmax(curves[name]))
        assert 0 < top < len(curves[name]) - 1
        assert curves[name][0] == pytest.approx(0)
        assert curves[name][-1] == pytest.approx(0)


def test_a_richer_region_makes_each_index_turn_earlier():
    def people_who_hold(part, ratio):
        return part / (part + ratio * (1 - part))

    for part in (0.3, 0.5, 0.8):
        assert people_who_hold(part, 9) < people_who_hold(part, 4)
    for ratio in (4, 9):
        peaks = inverted_u(ratio).peaks
        assert peaks["Williamson"][0] == pytest.approx(people_who_hold(0.5, ratio))
        assert peaks["Gini"][0] > peaks["Williamson"][0]
    assert inverted_u(4).peaks["Gini"][0] == pytest.approx(people_who_hold(2 / 3, 4))
    assert all(inverted_u(9).peaks[name][0] < inverted_u(4).peaks[name][0] for name in INDICES)


def test_the_gini_weighs_by_people_and_not_by_distance():
    """One far province: with few people the Gini moves least, with many it does not."""
    income = pd.Series([1.0] * 30 + [6.0])

    def rises(people):
        weights = pd.Series([1.0] * 30 + [people])
        before, after = three(income, weights), three(income.replace(6.0, 12.0), weights)
        return {name: after[name] / before[name] for name in before}

    few = rises(0.3)
    assert min(few, key=few.__getitem__) == "Gini"
    # Among those who stand below, distances count one by one: twice as far, twice the difference.
    spread = [measures.gini([1.0, 1.0 + step]) * (2 + step) for step in (1.0, 2.0)]
    assert spread[1] == pytest.approx(2 * spread[0])
