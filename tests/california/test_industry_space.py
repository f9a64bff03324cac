"""Relatedness of states, by hand; and whether it tells anything."""

import numpy as np
import pytest

from course_lib import datasets
from course_lib.california.industry_space import (
    ENOUGH,
    METROS,
    STATES,
    _most_related_first,
    industry_space,
    relatedness_test,
    states,
)

NATION = 132_989_396


def by_hand(state: str, threshold: float) -> dict[str, float]:
    """Relatedness with loops, from the bare table."""
    table = datasets.us_industry_employment()
    table = table[table["coverage"] >= ENOUGH]
    has: dict[str, dict[str, bool]] = {}
    for row in table.itertuples():
        quotient = row.employment / row.state_employment / (row.us_employment / NATION)
        has.setdefault(row.naics, {})[row.state] = quotient >= threshold
    known = [naics for naics in has if state in has[naics]]

    def near(one: str, other: str) -> float:
        both = [place for place in has[one] if place in has[other]]
        together = sum(has[one][place] and has[other][place] for place in both)
        return together / max(
            sum(has[one][place] for place in both), sum(has[other][place] for place in both)
        )

    found = {}
    for naics in has:
        others = [other for other in known if other != naics]
        total = sum(near(naics, other) for other in others)
        found[naics] = sum(near(naics, other) for other in others if has[other][state]) / total
    return found


@pytest.mark.parametrize("state", ["California", "Iowa"])
def test_relatedness_by_hand(state):
    """Iowa has withheld cells, California none."""
    expected = by_hand(state, 1.0)
    found = industry_space(state).industries["relatedness"]
    assert len(found) == len(expected) == 54
    np.testing.assert_allclose(sorted(found), sorted(expected.values()))


def test_california():
    result = industry_space("California")
    assert result.number_here == 24
    first = result.to_frame()
    assert first.index[0] == "Film and music"
    assert first["relatedness"].iloc[0] == pytest.approx(0.76, abs=0.005)
    assert first.head(18)["has"].sum() == 15
    assert result.nearest_missing.index[0] == "Securities and investments"
    assert result.summary().startswith("California has 24 of 54 industries; of those")


def test_no_two_industries_share_a_short_name():
    assert industry_space().industries.index.is_unique


def test_withheld_is_neither_here_nor_missing():
    iowa = industry_space("Iowa")
    withheld = iowa.industries.index[iowa.industries["has"].isna()]
    assert len(withheld) == 2
    assert not set(withheld) & set(iowa.nearest_missing.index) | set(withheld) & set(
        iowa.farthest_present.index
    )
    assert "(2 withheld)" in iowa.summary()


def test_relatedness_tells_much_of_states_and_less_of_metros():
    """Learnt from half of the places and tried on the other half."""
    of_states, of_metros = relatedness_test(STATES).rates, relatedness_test(METROS).rates
    assert of_states.round(2).tolist() == [0.66, 0.37, 0.17]
    assert of_metros.round(2).tolist() == [0.39, 0.38, 0.21]
    again = relatedness_test(STATES, splits=20, seed=5).rates
    assert again.to_numpy() == pytest.approx(of_states.to_numpy(), abs=0.03)


def test_where_there_is_nothing_to_learn_nothing_is_found():
    """Industries dealt out by chance. Without equal terms the most related would come out last."""
    from course_lib import measures

    chance = np.random.default_rng(0)
    has = (chance.random((400, 40)) < 0.4).astype(float)
    near = measures.proximity(has[:200]).to_numpy() - np.eye(40)
    thirds = np.array([_most_related_first(row, near) for row in has[200:]])
    assert thirds[:, :13].mean() == pytest.approx(thirds[:, -13:].mean(), abs=0.06)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: industry_space("Bavaria"), "state must be one of 'Alabama'"),
        (lambda: industry_space(threshold=0), "threshold must be above 0"),
        (lambda: industry_space(threshold=9.0), "no region has the industry"),
        (lambda: relatedness_test("towns"), "figures must be one of"),
        (lambda: relatedness_test(splits=0), "splits must be a whole number of at least 1"),
        (lambda: relatedness_test(seed=-1), "seed must be a whole number of at least 0"),
    ],
)
def test_bad_input_gets_a_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


def test_there_are_51_states():
    assert len(states()) == 51
