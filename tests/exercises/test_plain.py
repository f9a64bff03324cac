"""Answers as plain data, and draws that are the same everywhere."""

from __future__ import annotations

import json
from contextlib import suppress

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.exercises.criteria import finite, is_equal
from course_lib.exercises.plain import plain, returned
from course_lib.exercises.variants import Draws

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(JSON)
def test_plain_data_stay_what_they_are(value) -> None:
    try:
        found = plain(value)
    except ValueError as error:
        assert "too large" in str(error)  # lists in lists in lists
    else:
        assert found == value
        assert json.loads(json.dumps(found, allow_nan=False)) == value


@pytest.mark.parametrize(
    "value, wanted",
    [
        (np.float64(0.5), 0.5),
        (np.int64(3), 3),
        (np.True_, True),
        (np.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]]),
        (pd.Series([1.0, 2.0], index=["a", 1]), {"a": 1.0, "1": 2.0}),
        ((1, 2), [1, 2]),
        ("nan", "nan"),
    ],
)
def test_what_numpy_and_pandas_give_is_read(value, wanted) -> None:
    assert plain(value) == wanted
    assert type(plain(value)) is type(wanted)


@pytest.mark.parametrize(
    "value, words",
    [
        (float("nan"), "holds nan"),
        ([1.0, float("inf")], "holds inf"),
        (np.zeros(200_000), "too large"),
        ([[[[[[[[1]]]]]]]], "too large"),
        (lambda: 1, "of type function"),
        (object(), "of type object"),
        (1j, "of type complex"),
        (pd.DataFrame({"a": [1]}), "of type DataFrame"),
        (pd.Series([1.0, None]), "holds nan"),
        ({"a": [{"b": float("-inf")}]}, "holds -inf"),
        (np.array([1, 2j]), "of type complex"),
    ],
)
def test_anything_else_is_refused_in_a_sentence(value, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        plain(value)


@pytest.mark.parametrize(
    "value",
    ["nan", "0.5", "", True, None, [1.0], {}, float("nan"), float("inf"), np.float64("nan")],
)
def test_the_judge_takes_only_finite_numbers_for_numbers(value) -> None:
    with pytest.raises(ValueError, match="is not"):
        finite(value)
    with pytest.raises(ValueError, match="is not"):
        is_equal(0.5, value)


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_close_to_itself_and_not_to_another(value) -> None:
    if abs(value) < 1e300:
        assert is_equal(value, finite(value))
        assert not is_equal(value, value + 1 + abs(value))
    else:
        with suppress(OverflowError):  # whole numbers of any length
            finite(value)


def test_a_huge_array_is_refused_before_it_is_spread_out() -> None:
    wide = np.broadcast_to(np.float64(1), (10**6, 10**6))  # needs no memory as it is
    with pytest.raises(ValueError, match="too large"):
        plain(wide)


def test_a_list_that_holds_itself_is_refused() -> None:
    circle: list = []
    circle.append(circle)
    with pytest.raises(ValueError, match="too large"):
        plain(circle)


def test_a_function_cannot_change_the_inputs_of_the_next_call() -> None:
    inputs = {"twice": [[[3, 1, 2]], [[3, 1, 2]]]}

    def spoil(values):
        values.append(9)
        return len(values)

    assert returned(spoil, inputs) == {"twice": [4, 4]}
    assert inputs == {"twice": [[[3, 1, 2]], [[3, 1, 2]]]}


def test_an_input_on_which_it_stops_gives_none() -> None:
    assert returned(lambda x: 1 / x, {"a": [[0], [2]]}) == {"a": [None, 0.5]}
    with pytest.raises(ZeroDivisionError):
        returned(lambda x: 1 / x, {"a": [[0]]}, errors_pass=True)


@given(st.text(max_size=8), st.integers(-50, 50), st.integers(0, 40))
def test_draws_stay_in_their_range_and_repeat(word: str, low: int, width: int) -> None:
    one, other = Draws("x", word), Draws("x", word)
    values = [one.between(low, low + width, 1) for _ in range(20)]
    assert values == [other.between(low, low + width, 1) for _ in range(20)]
    assert all(isinstance(value, int) and low <= value <= low + width for value in values)
    assert sorted(Draws(word).sample(range(6), 6)) == list(range(6))


def test_draws_are_even() -> None:
    draws = Draws("even")
    counts = np.bincount([draws.between(0, 9, 1) for _ in range(10_000)], minlength=10)
    assert abs(counts - 1_000).max() < 130  # four standard deviations
