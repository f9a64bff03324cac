"""The three checks take every right way to write the answer, and say what a wrong one did."""

import numpy as np
import pytest

from course_lib.python_you_need.questions import (
    above_check,
    concentration_check,
    example_table,
    per_head_check,
)


def by_loop(incomes, line):
    found = 0
    for income in incomes:
        if income > line:
            found = found + 1
    return found


def returns_inside_the_loop(incomes, line):
    found = 0
    for income in incomes:
        if income > line:
            found = found + 1
        return found


def per_head(table):
    sums = table.groupby("group")[["output", "people"]].sum()
    return sums["output"] / sums["people"]


def mean_of_means(table):
    heads = table["output"] / table["people"]
    return heads.groupby(table["group"]).mean()


@pytest.mark.parametrize("answer", [by_loop, lambda i, line: sum(np.array(i) > line)])
def test_counting_by_loop_or_by_array(answer):
    assert above_check().report(answer).passed == 3


@pytest.mark.parametrize(
    ("answer", "passes"),
    [
        (returns_inside_the_loop, 1),
        (lambda incomes, line: sum(income >= line for income in incomes), 2),
        (lambda incomes, line: None, 0),
    ],
)
def test_wrong_counts_do_not_pass(answer, passes):
    assert above_check().report(answer).passed == passes


def test_concentration():
    assert concentration_check().report(lambda j: sum((x / sum(j)) ** 2 for x in j)).passed == 3
    assert concentration_check().report(lambda j: sum(x**2 for x in j)).passed == 0


def test_per_head_of_a_group():
    assert per_head_check().report(per_head).passed == 1
    (finding,) = per_head_check().report(mean_of_means).findings
    assert finding.state == "failed"
    assert finding.remark.startswith("A has 16.67: that is the mean of its two provinces")
    (finding,) = per_head_check().report(lambda table: {"C": 1.0}).findings
    assert finding.remark == "the answer has one value for each group, A and B"


def test_the_sentence_names_the_weights_of_the_example():
    people = example_table().query("group == 'A'")["people"].tolist()
    assert people[1] == 3 * people[0]
