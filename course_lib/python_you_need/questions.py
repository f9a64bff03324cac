"""The checks of the page on Python: a function with a list, with an array, with a table."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from course_lib.lab import Check, Property


def above_check() -> Check:
    """A loop with a condition: how many incomes lie above a line."""
    return Check(
        "How many lie above the line",
        [
            Property(
                "of 40, 50, 30 and 80 two lie above 45",
                lambda count: count([40, 50, 30, 80], 45) == 2,
                [
                    "Start with found = 0. In the loop, if an income is larger: found = found + 1.",
                    "The line return found stands after the loop, not inside it: with no spaces "
                    "more than the word for.",
                ],
            ),
            Property(
                "an income that equals the line does not lie above it",
                lambda count: count([45, 46], 45) == 1,
                ["Is it > or >=?"],
            ),
            Property(
                "above the highest there is none, and the answer is 0",
                lambda count: count([40, 50], 90) == 0,
                ["If nothing is returned, Python gives None. Does return stand after the loop?"],
            ),
        ],
        name="00 above",
    )


def concentration_check() -> Check:
    """An array: the Herfindahl index of jobs."""
    return Check(
        "Sum of the squared shares",
        [
            Property(
                "four equal parts have the index 1/4",
                lambda index: abs(index([5, 5, 5, 5]) - 0.25) < 1e-12,
                [
                    "First the shares: the jobs divided by their sum. Then the squares, then "
                    "their sum.",
                    "jobs = np.array(jobs), share = jobs / jobs.sum(): one line each.",
                ],
            ),
            Property(
                "all in one place have the index 1",
                lambda index: abs(index([0, 7, 0]) - 1) < 1e-12,
                ["The share of the one place is 1, and the others' is 0. What is 1 ** 2?"],
            ),
            Property(
                "ten times as many jobs everywhere have the same index",
                lambda index: abs(index([20, 30, 50]) - index([2, 3, 5])) < 1e-12,
                ["Square the shares, not the jobs."],
            ),
        ],
        name="00 concentration",
    )


def per_head_check() -> Check:
    """A table: output per head of each group, from sums and not from a mean of means."""
    return Check(
        "Output per head by group",
        [
            Property(
                "each group has its sum of output over its sum of people",
                _is_per_head,
                [
                    "Add up output and people in each group first: "
                    'sums = table.groupby("group")[["output", "people"]].sum().',
                    'Then divide one column of sums by the other: sums["output"] / sums["people"].',
                ],
            ),
        ],
        name="00 per head",
    )


def example_table() -> pd.DataFrame:
    """Three invented provinces in two groups, for the check.

    Returns
    -------
    pandas.DataFrame
        A row for each province; columns ``group``, ``output``, ``people``.

    Examples
    --------
    >>> example_table().groupby("group")["output"].sum().to_dict()
    {'A': 80.0, 'B': 30.0}
    """
    return pd.DataFrame(
        {"group": ["A", "A", "B"], "output": [10.0, 70.0, 30.0], "people": [1.0, 3.0, 1.0]}
    )


def _is_per_head(per_head: Callable[[pd.DataFrame], pd.Series]) -> bool | str:
    table = example_table()
    found = dict(per_head(table))
    if found.keys() != {"A", "B"}:
        return "the answer has one value for each group, A and B"
    mean_of_means = (table["output"] / table["people"]).groupby(table["group"]).mean()["A"]
    if abs(found["A"] - mean_of_means) < 1e-9:
        return (
            f"A has {found['A']:.2f}: that is the mean of its two provinces, as if both had as "
            "many people. One has three times as many."
        )
    return abs(found["A"] - 20) < 1e-9 and abs(found["B"] - 30) < 1e-9
