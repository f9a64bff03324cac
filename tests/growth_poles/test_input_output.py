"""Input-output analysis against Miller and Blair, against pymrio, and by brute force."""

import re
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.growth_poles.china_table import china_table, sector_names
from course_lib.growth_poles.input_output import (
    closed_inverse,
    income_multipliers,
    input_output,
    leontief_inverse,
    output_multipliers,
    technical_coefficients,
)
from tests.growth_poles.tables import MADE, MILLER_BLAIR, random_table

tables = st.builds(random_table, st.integers(2, 8), st.integers(0, 10_000))


def test_the_example_of_miller_and_blair():
    table = input_output(MILLER_BLAIR, MADE)
    assert table.leontief_inverse == pytest.approx(
        np.array([[1.25412541, 0.330033], [0.2640264, 1.12211221]]), abs=1e-8
    )
    assert table.output_for([600, 1500]) == pytest.approx([1247.52475248, 1841.58415842])
    assert table.output_multipliers == pytest.approx([1.51815182, 1.45214521])
    assert table.backward == pytest.approx([1.02222222, 0.97777778])
    assert table.extraction_loss == pytest.approx([1210.52631579, 2588.23529412])
    shares = table.to_frame()["extraction_share"]
    assert list(shares.round(3)) == [0.404, 0.863]


def test_fifteen_sectors_of_the_united_states():
    """The use table of the Bureau of Economic Analysis, million dollars.

    As the package quantecon-book-networks carries it (use_15.csv); output is that of industries at
    basic prices.
    """
    table = pd.read_csv(Path(__file__).parent / "us_15_sectors.csv", index_col="sector")
    made = table.loc["output"]
    found = input_output(table.drop(index="output"), made).to_frame()["multiplier"]
    expected = {
        "Manufacturing": 2.29506066,
        "Agriculture, forestry, fishing, and hunting": 2.28618897,
        "Finance, insurance, real estate, rental, and leasing": 1.64152511,
    }
    assert found[list(expected)].to_dict() == pytest.approx(expected, abs=5e-9)
    assert found["Construction"] == pytest.approx(2.1052, abs=5e-5)
    assert found.idxmax() == "Manufacturing"


def test_households_inside_the_table():
    table = input_output(MILLER_BLAIR, MADE)
    households = {
        "household_spending": [50, 400],
        "household_income": 1000,
        "household_wages": 50,
    }
    whole = closed_inverse(table, [300, 500], **households)
    assert whole == pytest.approx(
        np.array(
            [
                [1.36508612, 0.42526047, 0.25090368],
                [0.52732299, 1.3480757, 0.59536466],
                [0.56984903, 0.48904954, 1.28853923],
            ]
        ),
        abs=1e-8,
    )
    found = income_multipliers(table, [300, 500], **households)
    assert found.open == pytest.approx(np.array([0.3, 0.25]) @ table.leontief_inverse)
    assert found.closed == pytest.approx(whole[2, :2])


def by_rounds(coefficients, order, rounds=4000):
    """All rounds of an order, added up one after the other."""
    total, now = np.zeros(len(order)), np.array(order, dtype=float)
    for _ in range(rounds):
        total, now = total + now, coefficients @ now
    return total


def test_type_1_and_type_2_by_adding_up_rounds():
    """Another way to the same numbers: households spend in each round what they earned in it."""
    flows, made = random_table(5, 3)
    chance = np.random.default_rng(4)
    wages = made * chance.uniform(0.05, 0.15, 5)
    income, spending = wages.sum() * 1.3, wages.sum() * chance.dirichlet(np.ones(5)) * 0.8
    table = input_output(flows, made)
    A = technical_coefficients(flows, made)
    whole = np.block([[A, (spending / income)[:, None]], [(wages / made)[None], np.zeros((1, 1))]])
    multipliers = income_multipliers(table, wages, spending, income)
    for sector in range(5):
        order = np.eye(6)[sector]
        direct = wages[sector] / made[sector]
        open_ = by_rounds(A, order[:5]) @ (wages / made)
        closed = by_rounds(whole, order)[:5] @ (wages / made)
        assert multipliers.type_1[sector] == pytest.approx(open_ / direct)
        assert multipliers.type_2[sector] == pytest.approx(closed / direct)


def test_type_2_of_income_is_one_multiple_of_type_1():
    found = income_multipliers(
        input_output(MILLER_BLAIR, MADE), [300, 500], [50, 400], 1000, household_wages=50
    )
    ratio = found.type_2 / found.type_1
    assert ratio[0] == pytest.approx(ratio[1])
    assert "1.52 and of type II 1.96" in found.summary()
    assert list(found.to_frame()) == ["direct", "open", "type_1", "closed", "type_2"]


@pytest.mark.parametrize("size", [2, 17, 42])
def test_pymrio_agrees(size):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pymrio
    flows, made = random_table(size, size)
    A = pymrio.calc_A(flows, made)
    assert technical_coefficients(flows, made) == pytest.approx(A)
    L = pymrio.calc_L(A)
    table = input_output(flows, made)
    assert table.leontief_inverse == pytest.approx(L)
    assert output_multipliers(A) == pytest.approx(L.sum(axis=0))
    assert pymrio.calc_x_from_L(L, table.final_demand) == pytest.approx(made)


@given(tables)
@settings(max_examples=40)
def test_identities(given_table):
    flows, made = given_table
    table = input_output(flows, made)
    n, A, L = len(made), table.technical_coefficients, table.leontief_inverse
    assert np.eye(n) + A @ L == pytest.approx(L)
    assert table.output_for(table.final_demand) == pytest.approx(made)
    assert output_multipliers(A) == pytest.approx(table.output_multipliers)
    for linkage in (table.backward, table.forward, table.forward_leontief):
        assert linkage.mean() == pytest.approx(1)
    assert (table.output_multipliers >= 1).all()
    ghosh = np.linalg.inv(np.eye(n) - flows / made[:, None]).sum(axis=1)
    assert table.forward == pytest.approx(ghosh / ghosh.mean())


@given(tables)
@settings(max_examples=25)
def test_extraction_in_closed_form_is_extraction_by_hand(given_table):
    flows, made = given_table
    table = input_output(flows, made)
    for k, sector in enumerate(table.sectors):
        A, demand = table.technical_coefficients.copy(), table.final_demand.copy()
        A[k, :] = A[:, k] = 0
        demand[k] = 0
        without = leontief_inverse(A) @ demand
        assert table.output_without(sector) == pytest.approx(without)
        assert table.extraction_loss[k] == pytest.approx(made.sum() - without.sum())


def test_the_unit_of_money_does_not_matter():
    flows, made = random_table(4, 1)
    one, other = input_output(flows, made), input_output(1e6 * flows, 1e6 * made)
    assert other.leontief_inverse == pytest.approx(one.leontief_inverse)
    assert other.forward == pytest.approx(one.forward)


def test_results_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        china_table().leontief_inverse[0, 0] = 0
    flows = np.array(MILLER_BLAIR, dtype=float)
    table = input_output(flows, MADE)
    flows[0, 0] = 999
    assert table.flows[0, 0] == 150


def test_china():
    table = china_table()
    assert len(sector_names()) == 17
    assert table.output.sum() == pytest.approx(2_699_027.80, abs=0.01)
    assert table.summary().startswith("Of 17 sectors Textiles, clothing & leather has the largest")
    frame = table.to_frame()
    assert frame["multiplier"].min() == pytest.approx(1.830, abs=0.0005)
    assert frame["extraction_share"].idxmax() == "Construction"
    lone = input_output([[1, 2], [3, 4]], [100, 10.5])
    assert "no sector" in input_output(np.zeros((2, 2)), [1, 1]).summary()
    assert lone.position("sector 2") == 1


NAMES = ["Coal", "Steel"]


def labelled(cells):
    return pd.DataFrame(cells, NAMES, NAMES, dtype=float)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (([[1, 2]], [10, 10]), "must be a square table"),
        (([], []), "must be a square table"),
        ((labelled([[1, 2], [3, 4]])[NAMES[::-1]], [10, 10]), "row 'Coal' stands where column"),
        ((pd.DataFrame(np.eye(2), ["a", "a"], ["a", "a"]), [9, 9]), "'a' is there twice"),
        ((labelled([[1, -2], [3, 4]]), [10, 10]), "what Coal sells to Steel is -2"),
        ((labelled([[1, 2], [np.nan, 4]]), [10, 10]), "what Steel sells to Coal is nan"),
        (
            (pd.DataFrame([[1, 2], ["three", 4]], NAMES, NAMES), [10, 10]),
            "what Steel sells to Coal is nan",
        ),
        ((labelled([[1, 2], [3, 4]]), [10, "ten"]), "output of Steel is no number"),
        (
            (labelled([[1, 2], [3, 4]]), pd.Series([9, 9, 9], ["Coal", "Steel", "Coal"])),
            "output has the row 'Coal' twice",
        ),
        ((labelled([[1, 2], [3, 4]]), [10, 0]), "Steel makes 0"),
        ((labelled([[1, 2], [3, 4]]), [10]), "one number for each of the 2 sectors"),
        ((labelled([[1, 2], [3, 4]]), [10, np.nan]), "output of Steel is no number"),
        ((labelled([[1, 2], [3, 4]]), pd.Series({"Coal": 9.0})), "has no row 'Steel'"),
        (
            (labelled([[1, 20], [3, 4]]), [50, 24]),
            "Steel buys for 24 and makes 24: a column must buy less than it makes. Its largest "
            "purchase is 20 from Coal",
        ),
        (
            (labelled([[1, 2], [3, 4]]), [10, 10], [7, 5]),
            "does not balance: Steel sells 12 in all",
        ),
        (
            (labelled([[1, 2], [3, 4]]), [10, 10], None, [5, 4]),
            "does not balance: Coal costs 9 in all",
        ),
    ],
)
def test_a_bad_table_gets_a_sentence(arguments, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        input_output(*arguments)


def test_labels_decide_and_not_the_order():
    flows = labelled([[1, 2], [3, 4]])
    mixed = pd.Series({"Steel": 20.0, "Coal": 10.0})
    assert list(input_output(flows, mixed).output) == [10, 20]
    demand = pd.Series({"Steel": 13.0, "Coal": 7.0})
    table = input_output(flows, mixed, demand)
    assert list(table.final_demand) == [7, 13]
    assert table.output_for(demand) == pytest.approx([10, 20])
    wages = pd.Series({"Steel": 4.0, "Coal": 1.0})
    spending = pd.Series({"Steel": 3.0, "Coal": 1.0})
    with pytest.raises(ValueError, match="wages has no row 'Steel', and the table has"):
        income_multipliers(table, wages.drop("Steel"))
    nameless = input_output(flows.to_numpy(), mixed[NAMES])
    assert list(nameless.output) == [10, 20]  # no names to go by: in the order given
    last_first = pd.Series({"sector 2": 4.0, "sector 1": 1.0})
    assert income_multipliers(nameless, last_first).direct == pytest.approx([0.1, 0.2])
    named = closed_inverse(table, wages, spending, 5)
    assert named == pytest.approx(closed_inverse(table, [1, 4], [1, 3], 5))
    assert income_multipliers(table, wages).direct == pytest.approx([0.1, 0.2])
    added = input_output(flows, mixed, value_added=pd.Series({"Steel": 8.0, "Coal": 5.0}))
    assert added.value_added_coefficients == pytest.approx([0.5, 0.4])


def test_value_added_and_imports_share_out_the_order():
    """Each yuan of final demand ends as value added or as imported inputs, whatever the chain."""
    flows, made = random_table(6, 11)
    left = made - flows.sum(axis=0)
    added = left * np.random.default_rng(1).uniform(0.3, 1, 6)
    table = input_output(flows, made, value_added=added)
    imports = (left - added) / made
    found = table.value_added_multipliers
    assert found == pytest.approx(1 - imports @ table.leontief_inverse)
    for sector in range(6):
        order = np.eye(6)[sector]
        rounds = by_rounds(table.technical_coefficients, order)
        assert found[sector] == pytest.approx(rounds @ (added / made))
    assert list(table.to_frame())[3] == "income_at_home"
    with pytest.raises(ValueError, match="the table has no value added"):
        input_output(flows, made).value_added_multipliers  # noqa: B018


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda t: t.position("Magic"), "there is no sector 'Magic'"),
        (lambda t: closed_inverse(t, [300, 500], [600, 400], 1000), "they must spend less"),
        (
            lambda t: closed_inverse(t, [300, -5], [50, 400], 1000),
            "wages must not be negative, but sector 2 has -5",
        ),
        (lambda t: closed_inverse(t, [700, 500], [50, 400], 1300), "sector 1 pays as much"),
        (lambda t: income_multipliers(t, [300, 0]), "sector 2 pays wages of 0"),
        (lambda t: income_multipliers(t, [3]), "one number for each of the 2 sectors"),
        (lambda t: income_multipliers(t, [300, 500], [50, 400]), "missing: household_income"),
        (lambda t: income_multipliers(t, pd.Series({"steel": 3.0})), "wages must have one number"),
        (lambda t: t.output_for([1, 2, 3]), "final_demand must have one number for each"),
    ],
)
def test_bad_households_get_a_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call(input_output(MILLER_BLAIR, MADE))
