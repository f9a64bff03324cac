"""Shift-share of US states: the puzzle of the lesson, adding up, how finely sectors are told."""

import pandas as pd
import pytest

from course_lib import datasets, measures
from course_lib.division_of_labour.us_shift_share import (
    GROUPINGS,
    PERIODS,
    SECTORS,
    signed,
    us_shift_share,
    us_states,
)


def test_the_puzzle():
    """Equal growth in all, and yet one state wins eleven of thirteen sectors."""
    maryland, carolina = us_shift_share("Maryland"), us_shift_share("North Carolina")
    assert maryland.here["change"] == pytest.approx(0.1471, abs=5e-5)
    assert carolina.here["change"] == pytest.approx(0.1474, abs=5e-5)
    assert maryland.nation == pytest.approx(0.1563, abs=5e-5)
    wins = carolina.detail["growth"] > maryland.detail["growth"]
    assert wins.sum() == 11
    assert list(wins.index[~wins]) == ["Construction", "Transport and storage"]
    assert carolina.detail.loc["Manufacturing", "share"] == pytest.approx(0.218, abs=5e-4)
    assert maryland.detail.loc["Manufacturing", "share"] == pytest.approx(0.083, abs=5e-4)


def test_the_answer_to_the_puzzle():
    """Manufacturing fell alike in both states; its size was not alike."""
    states = {name: us_shift_share(name).detail for name in ("Maryland", "North Carolina")}
    ahead = {
        name: int((one["growth"] > one["growth_nation"]).sum()) for name, one in states.items()
    }
    assert ahead == {"Maryland": 3, "North Carolina": 9}
    factories = pd.DataFrame({name: one.loc["Manufacturing"] for name, one in states.items()}).T
    assert factories["growth"].round(2).tolist() == [-0.37, -0.35]
    lost = 100 * factories["share"] * factories["growth"]
    assert lost.round(1).tolist() == [-3.0, -7.5]
    assert factories["growth_nation"].round(2).tolist() == [-0.25, -0.25]
    hotels = us_shift_share("Nevada").detail.loc["Hotels and restaurants"]
    assert hotels["growth_nation"] == pytest.approx(0.46, abs=0.005)


def test_sectors_are_those_of_the_table():
    assert set(SECTORS) == set(datasets.us_sector_employment()["sector"])
    assert len(us_states()) == 34


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("sectors", GROUPINGS)
def test_every_state_adds_up(period, sectors):
    for state in us_states():
        found = us_shift_share(state, period, sectors)
        parts = found.here[["national", "industry_mix", "regional"]]
        assert parts.sum() == pytest.approx(found.here["change"], abs=1e-12)
        assert found.detail["regional"].sum() == pytest.approx(found.here["regional"], abs=1e-12)
        assert found.detail["industry_mix"].sum() == pytest.approx(
            found.here["industry_mix"], abs=1e-12
        )
        assert found.detail["share"].sum() == pytest.approx(1)


def test_equal_to_the_measure():
    tidy = datasets.us_sector_employment()
    start, end = (
        tidy.query("year == @year").pivot(index="state", columns="sector", values="employment")
        for year in (2001, 2019)
    )
    cells = measures.shift_share(start, end, by="cell").loc["Texas"]
    detail = us_shift_share("Texas").detail.rename(index={v: k for k, v in SECTORS.items()})
    for effect in ("industry_mix", "regional"):
        pd.testing.assert_series_equal(
            detail[effect] * start.loc["Texas"].sum(),
            cells[effect],
            check_like=True,
            check_names=False,
        )


def test_one_sector_leaves_no_mix():
    """What was industry mix has moved into the state's own part."""
    fine, coarse = us_shift_share("Nevada"), us_shift_share("Nevada", sectors="all in one")
    assert coarse.here["industry_mix"] == pytest.approx(0, abs=1e-12)
    assert coarse.here["regional"] == pytest.approx(
        fine.here["industry_mix"] + fine.here["regional"]
    )
    assert coarse.summary().endswith("(all in one: told apart no further).")
    assert list(coarse.detail.index) == ["All jobs"]
    assert "brought" not in coarse.summary()


def test_two_groups_are_told_apart_and_no_more():
    found = us_shift_share("North Carolina", sectors="goods and services")
    assert list(found.detail.index) == ["Goods", "Services"]
    assert "goods brought -3.5% and services +5.7% (goods" in found.summary()


def test_the_table_is_in_per_cent():
    found = us_shift_share("North Carolina", shown="industry mix")
    table = found.to_frame()
    assert table.loc["Manufacturing", "share_in_per_cent"] == pytest.approx(21.8, abs=0.05)
    assert table["regional_in_per_cent"].sum() == pytest.approx(2.7, abs=0.05)
    assert table["jobs"].sum() == 3_159_710


def test_a_caller_changes_nobody_elses_figures():
    found = us_shift_share("Ohio")
    found.detail.loc[:, "regional"] = 0.0
    found.states.loc[:, "regional"] = 0.0
    assert (us_shift_share("Ohio").detail["regional"] != 0).any()
    assert (us_shift_share("Ohio").states["regional"] != 0).all()


def test_signs():
    assert [signed(x) for x in (0.0004, -0.0004, 0.0006, -0.0006)] == [
        "0.0%",
        "0.0%",
        "+0.1%",
        "-0.1%",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"state": "Utah"}, "state is one of Alabama, Alaska.*'Utah'"),
        ({"period": "1929 to 2009"}, "period is one of 2001 to 2019"),
        ({"sectors": "14 sectors"}, "sectors is one of 13 sectors"),
        ({"shown": "wages"}, "shown is one of regional shift, industry mix"),
    ],
)
def test_a_sentence_for_each_refusal(arguments, message):
    with pytest.raises(ValueError, match=message):
        us_shift_share(**arguments)
