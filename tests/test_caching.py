"""A table that a student gets is the student's own: no result and no next caller has its memory.

The tests look at memory, so that they say the same under pandas 2, which shares it, and under
pandas 3, which copies when somebody writes.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest

from course_lib.caching import read_only, with_own_tables
from course_lib.dev.every_lab import every_lab

LABS = every_lab()


def arrays(value: Any, path: str = "") -> Iterator[tuple[str, np.ndarray]]:
    """Every array of numbers inside a result or a table, with the way to it."""
    if isinstance(value, np.ndarray):
        yield path, value
    elif isinstance(value, pd.Series):
        # Without .to_numpy(): what it gives under copy-on-write can't be written to.
        inside = getattr(value.array, "_ndarray", None)
        if isinstance(inside, np.ndarray):
            yield path, inside
    elif isinstance(value, pd.DataFrame):
        for place, column in enumerate(value.columns):
            yield from arrays(value.iloc[:, place], f"{path}[{column!r}]")
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from arrays(one, f"{path}[{key!r}]")
    elif isinstance(value, (tuple, list)):
        for place, one in enumerate(value):
            yield from arrays(one, f"{path}[{place}]")
    elif dataclasses.is_dataclass(value):
        for name, one in vars(value).items():
            yield from arrays(one, f"{path}.{name}")


def shared(one: Any, other: Any) -> list[str]:
    """The arrays of one that lie in the memory of the other."""
    others = list(arrays(other))
    return [
        f"{path} is {of_other}"
        for path, array in arrays(one)
        for of_other, another in others
        if np.shares_memory(array, another)
    ]


@pytest.fixture
def constructors_share(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let DataFrame and Series take an array without a copy, as pandas 2 does by default."""

    def sharing(original: Any) -> Any:
        def init(self: Any, data: Any = None, *rest: Any, **named: Any) -> None:
            if isinstance(data, np.ndarray):
                named = {"copy": False} | named
            original(self, data, *rest, **named)

        return init

    monkeypatch.setattr(pd.DataFrame, "__init__", sharing(pd.DataFrame.__init__))
    monkeypatch.setattr(pd.Series, "__init__", sharing(pd.Series.__init__))


@pytest.mark.usefixtures("constructors_share")
def test_the_constructors_share_while_they_are_looked_at() -> None:
    array = np.ones((2, 2))
    assert shared(pd.DataFrame(array), array)
    assert shared(pd.Series(array[0]), array)
    assert not shared(pd.DataFrame(array, copy=True), array)


@pytest.mark.usefixtures("constructors_share")
@pytest.mark.parametrize("name", sorted(LABS))
def test_a_table_shares_nothing_with_its_result_nor_a_result_with_the_next(name: str) -> None:
    lab = LABS[name]()
    result, again = lab.result, lab.model(**lab.values)
    of_result = shared(result.to_frame(), result)
    assert not of_result, f"to_frame() gives the result's own figures away: {of_result[:3]}; copy"
    of_next = shared(result.to_frame(), again.to_frame())
    assert not of_next, f"two callers get one table: {of_next[:3]}; copy"
    writeable = [
        path
        for path, array in arrays(result)
        if array.flags.writeable and any(np.shares_memory(array, one) for _, one in arrays(again))
    ]
    assert not writeable, (
        f"two callers get one result whose {writeable[:3]} can be changed; what is kept for the "
        "next caller is read_only(), or with_own_tables() for each caller (course_lib.caching)"
    )


@dataclasses.dataclass(frozen=True, eq=False)
class Found:
    path: np.ndarray
    table: pd.DataFrame
    row: pd.Series
    name: str = "a result"


def test_results_that_are_kept_cannot_be_changed() -> None:
    one = read_only(Found(np.ones(3), pd.DataFrame({"a": [1.0]}), pd.Series([1.0])))
    with pytest.raises(ValueError, match="read-only"):
        one.path[0] = 2
    mine = with_own_tables(one)
    mine.table.iloc[0, 0] = 99
    mine.row.iloc[0] = 99
    assert one.table.iloc[0, 0] == one.row.iloc[0] == 1
    assert not shared((mine.table, mine.row), (one.table, one.row))
    assert (mine.name, mine.path is one.path) == ("a result", True)
