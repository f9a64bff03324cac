"""Controls: what they take, what they refuse and how, and what their widgets report."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ipywidgets import Checkbox

from course_lib.lab import Choice, IntSlider, Seed, Several, Slider, Toggle, Values

SHARE = Slider(0, 1, 0.1, label="Share")
YEAR = IntSlider(1929, 2009, label="Year")
COUNTRY = Choice(["US states", "China's provinces"], label="Country")
LEFT_OUT = Several(["Alabama", "Arizona", "Utah", "Maine"], label="States left out")
WEIGHTED = Toggle(label="Weighted")
WAGES = Values(["tier 1", "tier 2"], 0, 5, 0.1, label="Wage", unit="dollars")
SEED = Seed()
EVERY_KIND = [SHARE, YEAR, COUNTRY, LEFT_OUT, WEIGHTED, WAGES, SEED]


@pytest.mark.parametrize(
    ("control", "given_value", "value"),
    [
        (SHARE, 0.5, 0.5),
        (SHARE, 1, 1.0),
        (SHARE, np.float64(0.25), 0.25),
        (YEAR, 1950, 1950),
        (YEAR, 1950.0, 1950),
        (YEAR, np.int64(1929), 1929),
        (COUNTRY, "US states", "US states"),
        (LEFT_OUT, [], ()),
        (LEFT_OUT, "Utah", ("Utah",)),
        (LEFT_OUT, ["Utah", "Alabama"], ("Alabama", "Utah")),  # in the order of the list
        (WEIGHTED, True, True),
        (WEIGHTED, np.bool_(False), False),
        (WAGES, [3, 2], (3.0, 2.0)),
        (WAGES, np.array([0.5, 5.0]), (0.5, 5.0)),
        (SEED, 7, 7),
        (SEED, np.int64(7), 7),
        (SEED, 7.0, 7),
    ],
)
def test_takes(control, given_value, value):
    checked = control.check(given_value)
    assert checked == value
    assert type(checked) is type(value)


@pytest.mark.parametrize(
    ("control", "value", "sentence"),
    [
        (SHARE, 7, r"Share goes from 0 to 1 \(got 7\): choose a number between them\."),
        (SHARE, -1e-9, r"Share goes from 0 to 1 \(got -1e-09\)"),
        (SHARE, float("nan"), r"Share goes from 0 to 1 \(got nan\)"),
        (SHARE, float("inf"), r"Share goes from 0 to 1 \(got inf\)"),
        (SHARE, "0.5", r"Share is a number from 0 to 1 \(got '0.5'\)\."),
        (SHARE, None, "Share is a number from 0 to 1"),
        (SHARE, True, "Share is a number from 0 to 1"),
        (SHARE, [0.5], "Share is a number from 0 to 1"),
        (SHARE, 1j, "Share is a number from 0 to 1"),
        (YEAR, 1950.5, r"Year is a whole number \(got 1950.5\)"),
        (YEAR, 1928, "Year goes from 1929 to 2009"),
        (YEAR, "1950", "Year is a number from 1929 to 2009"),
        (YEAR, float("inf"), "Year goes from 1929 to 2009"),
        (YEAR, float("nan"), "Year goes from 1929 to 2009"),
        (COUNTRY, "Mexico", "Country is one of US states, China's provinces"),
        (COUNTRY, None, "Country is one of"),
        (COUNTRY, ["US states"], "Country is one of"),
        (LEFT_OUT, ["Utah", "Texas"], "States left out: 'Texas' is not in the list"),
        (LEFT_OUT, 3, r"States left out takes several values, written as a list \(got 3\)"),
        (LEFT_OUT, None, "States left out takes several values"),
        (WEIGHTED, 1, r"Weighted is True or False \(got 1\)"),
        (WEIGHTED, "yes", "Weighted is True or False"),
        (WAGES, [1], r"Wage needs 2 numbers, one for each of tier 1, tier 2 \(got 1\)"),
        (WAGES, [1, 9], "Wage, tier 2 goes from 0 to 5"),
        (WAGES, ["x", 1], "Wage, tier 1 is a number from 0 to 5"),
        (WAGES, 3, "Wage takes several values, written as a list"),
        (WAGES, "32", "Wage takes several values, written as a list"),
        (SEED, -1, r"Seed of chance is a whole number from 0 to 2147483647 \(got -1\)"),
        (SEED, 1.5, "Seed of chance is a whole number"),
        (SEED, True, "Seed of chance is a whole number"),
        (SEED, "7", "Seed of chance is a whole number"),
        (SEED, None, "Seed of chance is a whole number"),
        (SEED, float("inf"), "Seed of chance is a whole number"),
        (SEED, 2**31, "Seed of chance is a whole number"),
    ],
)
def test_refuses_with_a_sentence(control, value, sentence):
    with pytest.raises(ValueError, match=sentence) as refusal:
        control.check(value)
    assert str(refusal.value).endswith((".", "..."))


@given(st.floats(allow_nan=True) | st.integers() | st.booleans() | st.text() | st.none())
def test_any_value_is_taken_whole_or_refused_with_a_sentence(value):
    for control in EVERY_KIND:
        try:
            checked = control.check(value)
        except ValueError as refusal:
            assert control.label in str(refusal)
        else:
            assert control.check(checked) == checked


@pytest.mark.parametrize("control", EVERY_KIND)
def test_takes_its_own_extremes(control):
    extremes = control.extremes()
    assert len(extremes) >= 2
    assert [control.check(value) for value in extremes] == extremes


def test_extremes_reach_both_ends():
    assert SHARE.extremes() == [0.0, 1.0]
    assert YEAR.extremes() == [1929, 2009]
    assert COUNTRY.extremes() == list(COUNTRY.options)
    assert WEIGHTED.extremes() == [False, True]
    assert WAGES.extremes() == [(0.0, 0.0), (5.0, 5.0), (0.0, 5.0), (5.0, 0.0)]
    three = Values(["a", "b", "c"], 1, 4, 0.5, label="W").extremes()
    assert three[2:] == [(1.0, 2.5, 4.0), (4.0, 2.5, 1.0)]
    assert Values(["a"], 0, 5, 0.1, label="W").extremes() == [(0.0,), (5.0,)]
    assert Values(["a", "b"], 0, 5, 0.1, label="W", default=(2, 1)).extremes()[-1] == (2.0, 1.0)
    assert () in LEFT_OUT.extremes()
    assert SEED.extremes()[0] == 0


# --- widgets


@pytest.mark.parametrize(
    ("control", "first", "second"),
    [
        (SHARE, 0.2, 0.7),
        (YEAR, 1929, 1990),
        (COUNTRY, "US states", "China's provinces"),
        (LEFT_OUT, ("Utah",), ("Alabama", "Maine")),
        (WEIGHTED, False, True),
        (WAGES, (3.0, 2.0), (1.0, 0.5)),
        (SEED, 1, 5),
    ],
)
class TestEveryWidget:
    def test_starts_where_it_is_told(self, control, first, second):
        heard = []
        widget = control.widget(first, heard.append)
        assert _values(widget.shown) == first
        assert heard == []

    def test_can_be_set_and_says_so(self, control, first, second):
        heard = []
        widget = control.widget(first, heard.append)
        widget.set(second)
        assert _values(widget.shown) == second
        assert heard[-1] == second
        assert control.check(heard[-1]) == second

    def test_can_be_locked_and_unlocked(self, control, first, second):
        widget = control.widget(first, lambda value: None)
        for locked in (True, False):
            widget.lock(locked)
            assert {part.disabled for part in _parts(widget.shown)} == {locked}

    def test_shows_its_label(self, control, first, second):
        widget = control.widget(first, lambda value: None)
        assert all(
            control.label in f"{part.description} {part.tooltip}"
            or part.description == "Draw again"
            for part in _parts(widget.shown)
        )


def _parts(shown):
    """Everything in a widget that can be set or pressed."""
    inner = [part for child in getattr(shown, "children", ()) for part in _parts(child)]
    return inner + ([shown] if hasattr(shown, "disabled") else [])


def _values(shown):
    boxes = [part for part in _parts(shown) if isinstance(part, Checkbox)]
    if len(boxes) > 1:
        return tuple(box.description for box in boxes if box.value)
    values = [part.value for part in _parts(shown) if hasattr(part, "value")]
    return values[0] if len(values) == 1 else tuple(values)


def test_a_slider_cuts_off_the_noise_of_binary_numbers():
    heard = []
    SHARE.widget(0.5, heard.append).set(0.1 + 0.2)
    assert heard == [0.3]


@pytest.mark.parametrize(
    "slider",
    [
        Slider(0, 1, 0.25, label="quarters"),
        Slider(0, 1, 0.125, label="eighths"),
        Slider(0.05, 0.95, 0.1, label="off the tenths"),
        Slider(0.5, 10, 1.5, label="one and a half"),
        Slider(0.001, 0.009, 0.001, label="thousandths"),
        Slider(1e-5, 9e-5, 1e-5, label="very small"),
        Slider(0, 100, 10, label="tens"),
        Slider(0.0, 1.0, 0.3, label="an end off the steps"),
        IntSlider(1929, 2009, label="years"),
        IntSlider(0, 100, 20, label="every twentieth"),
    ],
    ids=lambda slider: slider.label,
)
def test_a_slider_reports_the_position_where_it_stands(slider):
    heard = []
    widget = slider.widget(slider.check(slider.high), heard.append)
    position = slider.low
    while position < slider.high - 1e-12:
        widget.set(position)
        assert heard[-1] == pytest.approx(position, rel=1e-9)
        assert slider.check(heard[-1]) == heard[-1]
        position += slider.step
    widget.set(slider.high)
    assert heard[-1] == slider.high


def test_a_readout_shows_all_digits_of_a_step():
    readouts = {
        step: Slider(0, 1, step, label="s").widget(0.5, print).slider.readout_format
        for step in (0.5, 0.25, 0.1, 0.01)
    }
    assert readouts == {0.5: ".1f", 0.25: ".2f", 0.1: ".1f", 0.01: ".2f"}
    assert YEAR.widget(1929, print).slider.readout_format == "d"


def test_a_unit_stands_behind_the_label():
    widget = Slider(0, 1, 0.1, label="Tax", unit="% a year").widget(0.5, print)
    assert widget.slider.description == "Tax (% a year)"


def test_values_tells_all_numbers_when_one_moves():
    heard = []
    widget = WAGES.widget((3.0, 2.0), heard.append)
    first, second = _parts(widget.shown)
    assert (first.description, second.description) == ("tier 1", "tier 2")
    assert (first.tooltip, second.tooltip) == ("Wage, tier 1", "Wage, tier 2")
    assert widget.units == {"Wage, tier 1": "dollars", "Wage, tier 2": "dollars"}
    second.value = 1.5
    first.value = 4.0
    assert heard == [(3.0, 1.5), (4.0, 1.5)]


def test_values_start_again_from_where_they_were_set():
    heard = []
    widget = WAGES.widget((3.0, 2.0), heard.append)
    widget.set((1.0, 0.5))
    _parts(widget.shown)[0].value = 2.0
    assert heard[-1] == (2.0, 0.5)


def test_draw_again_takes_the_next_seed_and_never_runs_out():
    heard = []
    widget = SEED.widget(3, heard.append)
    again = next(part for part in _parts(widget.shown) if part.description == "Draw again")
    again.click()
    again.click()
    assert heard == [4, 5]
    widget.set(2**31 - 1)
    again.click()
    assert heard[-1] == 0
    assert SEED.check(heard[-2]) == 2**31 - 1


def test_declarations_cannot_be_changed():
    for control in EVERY_KIND:
        with pytest.raises(AttributeError):
            control.label = "other"


@pytest.mark.parametrize(("low", "high", "step"), [(5, 0, 1), (1, 1, 1), (0, 1, 0), (0, 1, -1)])
def test_a_slider_that_cannot_be_moved_is_refused(low: float, high: float, step: float) -> None:
    with pytest.raises(ValueError, match="low must lie below high, and step above 0"):
        Slider(low, high, step, label="Share")
