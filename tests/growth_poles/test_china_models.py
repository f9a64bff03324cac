"""The ripple, the extraction and the choice of a propulsive industry, on China's table."""

import pytest

from course_lib import datasets
from course_lib.growth_poles.china_table import china_table, sector_names
from course_lib.growth_poles.extraction import extraction
from course_lib.growth_poles.propulsive import propulsive
from course_lib.growth_poles.ripple import ROUNDS, ripple


@pytest.mark.parametrize("sector", sector_names())
def test_rounds_add_up_to_the_multiplier_but_for_half_a_yuan(sector):
    found = ripple(sector)
    assert found.rounds[0].sum() == 100
    assert found.so_far == pytest.approx(100 * found.multiplier, abs=0.5)
    assert found.so_far < 100 * found.multiplier
    assert found.to_frame()["made_for_the_order"].sum() == pytest.approx(found.so_far)


def test_the_first_round_is_what_the_table_says():
    flows = datasets.china_input_output()
    bought = flows.query("block == 'intermediate' and buyer == 'Metals'").set_index("seller")
    made = flows.query("block == 'gross output' and seller == 'Metals'")["flow"].item()
    first = ripple("Metals", 1).rounds[1]
    for place, sector in enumerate(sector_names()):
        assert first[place] == pytest.approx(100 * bought.loc[sector, "flow"] / made)


def test_sentences_of_a_ripple():
    assert "before any supplier has bought" in ripple("Coal", 0).summary()
    assert "after 1 round," in ripple("Coal", 1).summary()
    assert ripple("Coal", 0).so_far == 100


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: ripple("Magic"), "there is no sector 'Magic'"),
        (lambda: ripple(step=ROUNDS + 1), "from 0 to 12"),
        (lambda: extraction("Magic"), "there is no sector 'Magic'"),
        (lambda: propulsive(innovative=["Magic"]), "there is no sector 'Magic'"),
        (lambda: propulsive(backward_least=-1), "1 is the mean"),
        (lambda: propulsive(size_least=5), "share of output"),
    ],
)
def test_bad_input_gets_a_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


def test_an_extraction_is_a_lost_buyer_and_not_a_broken_chain():
    found = extraction("Coal")
    assert found.total_share == pytest.approx(0.0153, abs=0.00005)
    lost = found.to_frame()["share_of_own_output"]
    assert lost["Coal"] == pytest.approx(1)
    # More than half of coal's sales to sectors go to power, which loses next to nothing.
    flows = china_table().flows[sector_names().index("Coal")]
    assert flows.argmax() == sector_names().index("Electricity & water")
    assert lost["Electricity & water"] < 0.03


def test_who_pulls_most_supplies_little():
    frame = china_table().to_frame()
    pull_most = frame.nlargest(4, "backward")
    assert (pull_most["forward"] < 1).all()
    assert frame["forward"].idxmax() == "Coal"
    assert frame.loc["Coal", "backward"] < 1
    assert frame.loc["Construction", "forward"] == frame["forward"].min()


def test_the_four_tests_of_a_propulsive_industry():
    assert propulsive().chosen == china_table().key_sectors
    assert len(propulsive(0, 0).chosen) == 17
    only = propulsive(innovative=["Chemicals", "Coal"])
    assert only.chosen == ("Chemicals",)
    assert only.summary() == "1 of 17 passes all four tests: Chemicals."
    assert propulsive(innovative=[]).summary() == "No sector passes all four tests."
    stricter = [len(propulsive(size_least=least).chosen) for least in (0, 0.03, 0.05, 0.1)]
    assert stricter == sorted(stricter, reverse=True)
    assert stricter[-1] == 0
    assert only.to_frame()["called_innovative"].sum() == 2
