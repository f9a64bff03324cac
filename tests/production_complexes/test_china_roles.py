"""China's table read as a complex: coefficients from the file, circles with networkx."""

import networkx as nx
import pytest

from course_lib import datasets
from course_lib.production_complexes.china_roles import (
    china_roles,
    input_coefficients,
    largest_group,
)


def test_coefficients_are_flows_over_the_buyers_output():
    table = datasets.china_input_output().set_index(["seller", "buyer"])["flow"]
    shares = input_coefficients()
    output = table["Machinery", "Gross output"]
    assert shares.loc["Metals", "Machinery"] == pytest.approx(table["Metals", "Machinery"] / output)
    assert shares.shape == (17, 17)
    assert (shares.sum() < 1).all()
    shares.iloc[0, 0] = 9  # the caller's own copy
    assert input_coefficients().iloc[0, 0] < 1


@pytest.mark.parametrize(("threshold", "many"), [(0.10, 1), (0.08, 2), (0.05, 5), (0.03, 13)])
def test_sectors_in_circles(threshold, many):
    shares = input_coefficients()
    graph = nx.DiGraph(
        (seller, buyer)
        for seller in shares.index
        for buyer in shares
        if seller != buyer and shares.loc[seller, buyer] >= threshold
    )
    largest = max(len(group) for group in nx.strongly_connected_components(graph))
    assert len(largest_group(threshold)) == largest == many


def test_around_metals():
    at_ten = china_roles().chart
    assert sorted(at_ten.of_kind("main")) == ["Construction", "Electronics", "Machinery"]
    assert at_ten.of_kind("supplementary") == []
    assert at_ten.of_kind("service") == ["Ores and stone", "Business services"]
    at_five = china_roles(threshold=0.05).chart
    assert at_five.of_kind("main") == ["Coal", "Vehicles", "Electronics"]
    assert ("Coal", "Power and water", "Metals", "Coal") in at_five.circles


def test_sentences_and_table():
    assert china_roles().summary().endswith("no sector lies in a circle.")
    assert "5 of the 17 sectors lie in circles" in china_roles(threshold=0.05).summary()
    found = china_roles(threshold=0.05)
    assert found.in_circles == len(found.group) == 5
    assert {"Coal", "Power and water", "Metals"} <= set(found.group)
    assert china_roles().to_frame().loc["Metals", "kind"] == "core"


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: china_roles("Steel"), "core must be one of 'Agriculture'"),
        (lambda: china_roles(threshold=0), "it is a share of the buyer's output"),
        (lambda: largest_group(0), "it is a share of the buyer's output"),
        (lambda: china_roles(threshold=0.01), "plants, and more than 14 cannot be read"),
    ],
)
def test_refusals_say_what_to_do(call, said):
    with pytest.raises(ValueError, match=said):
        call()
