"""Checks of parameters: what passes, and what the sentence says about the rest."""

import math

import numpy as np
import pytest

from course_lib.parameters import number, one_of, shown, whole_number, year_in


@pytest.mark.parametrize("value", [1, 1.0, np.int64(1), np.float32(1), 0.5])
def test_numbers_pass_as_floats(value):
    found = number("share", value, above=0, most=1, because="it is a part")
    assert found == value
    assert type(found) is float


@pytest.mark.parametrize("value", [0, 1.5, -1, math.nan, math.inf, "1", None, True, [1], 1j])
def test_other_things_are_refused_with_the_limits_and_the_reason(value):
    with pytest.raises(ValueError, match=r"share must be above 0 and at most 1 \(got .*\): it is"):
        number("share", value, above=0, most=1, because="it is a part")


def test_a_limit_is_included_or_not():
    assert number("x", 2, least=2, most=2, because="-") == 2
    for limits in ({"above": 2}, {"below": 2}):
        with pytest.raises(ValueError, match="x must be"):
            number("x", 2, **limits, because="-")
    with pytest.raises(ValueError, match="a finite number"):
        number("x", math.inf, because="-")


def test_whole_numbers():
    assert type(whole_number("n", np.int64(3), least=1, because="it counts")) is int
    for value in (0, 2.0, True, "3", None):
        with pytest.raises(ValueError, match="whole number of at least 1"):
            whole_number("n", value, least=1, because="it counts")
    with pytest.raises(ValueError, match=r"from 1 to 5 \(got 6\)"):
        whole_number("n", 6, least=1, most=5, because="it counts")


def test_words():
    assert one_of("mode", "fast", {"fast": 1, "slow": 2}) == "fast"
    for value in ("Fast", None, ["fast"]):
        with pytest.raises(ValueError, match="mode must be one of 'fast', 'slow'"):
            one_of("mode", value, ["fast", "slow"])


def test_years():
    assert type(year_in(np.array([1990, 2000]), "year", np.int64(1990))) is int
    for value in (1995, "1990", 1990.0, None, True):
        with pytest.raises(ValueError, match="its years run from 1990 to 2000"):
            year_in([1990, 2000], "year", value)


def test_values_are_shown_as_they_are_typed():
    assert [shown(value) for value in (np.float64(0.5), "a", np.int64(3))] == ["0.5", "'a'", "3"]
