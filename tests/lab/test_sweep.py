"""A number over the range of a control, and two states side by side."""

from __future__ import annotations

from itertools import count

import numpy as np
import pytest

from course_lib.lab import Headline, IntSlider, Seed, Slider, sweep
from course_lib.lab.canvas import Canvas
from course_lib.lab.sweep import FEWEST_POINTS, POINTS, sweep_chart
from tests.lab.examples import Budget, open_lab

FEW_YEARS = {"income": Slider(0, 5, 0.1, label="Income"), "years": IntSlider(1, 12, label="Years")}
SAVED = Headline(lambda result: result.saved[-1], "Saved in the end", "units")


def test_runs_over_the_whole_range_and_leaves_the_lab_as_it_is():
    lab = open_lab(headline=SAVED, controls=FEW_YEARS, play=None).set(years=4)
    swept = sweep(lab, "years")
    assert lab.values["years"] == 4
    assert list(swept.at) == list(range(1, 13))
    assert list(swept.values) == list(range(1, 13))
    assert swept.present == (4, 4)
    assert swept.summary() == (
        "Saved in the end (units) is least, 1, at 1 and largest, 12, at 12 of “Years”."
    )


def test_a_refused_setting_is_a_gap():
    swept = sweep(open_lab(headline=SAVED), "spent")
    assert len(swept.at) <= POINTS
    assert (swept.at[0], swept.at[-1]) == (0, 5)
    assert np.isnan(swept.values[swept.at > 3]).all()
    assert not np.isnan(swept.values[swept.at <= 3]).any()


def test_chance_gives_a_band():
    def model(years=10, seed=1):
        return Budget(3, 2 + seed % 3 / 2, years)

    controls = {"years": IntSlider(1, 20, label="Years"), "seed": Seed()}
    swept = sweep(open_lab(model=model, controls=controls, headline=SAVED), "years")
    assert (swept.low <= swept.values).all()
    assert (swept.values <= swept.high).all()
    assert set(swept.to_frame()) == {"value", "low", "high"}
    Canvas(sweep_chart(swept), (7, 3)).show(None)


def test_a_slow_model_is_run_at_fewer_points_and_seeds(monkeypatch):
    clock = count(step=10)
    monkeypatch.setattr("time.perf_counter", lambda: next(clock))

    def model(years=10, seed=1):
        return Budget(3, 2, years)

    controls = {"years": IntSlider(1, 20, label="Years"), "seed": Seed()}
    swept = sweep(open_lab(model=model, controls=controls, headline=SAVED), "years")
    assert len(swept.at) == FEWEST_POINTS
    assert (swept.low, swept.seeds) == (None, 0)


def test_where_there_is_no_number_there_is_a_gap():
    never = Headline(lambda result: None if result.years < 10 else result.years, "Year")
    swept = sweep(open_lab(headline=never, controls=FEW_YEARS, play=None), "years")
    assert np.isnan(swept.values[:9]).all()
    assert "is least, 10, at 10" in swept.summary()
    assert Headline(lambda result: np.inf, "Year").words(None) == "none"


def test_only_a_slider_of_a_lab_that_says_which_number_counts():
    with pytest.raises(ValueError, match="does not say which number counts"):
        sweep(open_lab(), "years")
    with pytest.raises(ValueError, match="Only a slider can be swept: choose one of income, spent"):
        sweep(open_lab(headline=SAVED), "tax")


def test_on_the_page():
    panel = open_lab(headline=SAVED, controls=FEW_YEARS, play=None).panel
    button = next(one for one in panel.toolbar.children if one.description == "Sweep")
    button.click()
    row, frame, said, close = panel.drawer.children
    picture, first = frame.children[0], frame.children[0].value
    assert picture.tooltip in said.value
    assert "of “Income”" in said.value.replace("&quot;", '"')
    row.children[0].value = "Years"
    assert picture.value != first
    assert "of “Years”" in said.value
    close.click()
    assert panel.drawer.children == ()


def test_without_a_number_that_counts_there_is_no_sweep():
    assert "Sweep" not in [one.description for one in open_lab().panel.toolbar.children]


def test_two_states_side_by_side():
    lab = open_lab(headline=SAVED).set(years=4).keep().set(years=9)
    table = lab.side_by_side()
    assert list(table.columns) == ["kept", "now"]
    assert list(table.loc["Years"]) == ["4", "9"]
    assert list(table.loc["Saved in the end"]) == ["4 units", "9 units"]
    assert "Income" not in table.index  # the same in both
    lab.panel.controls["years"].slider.value = 8
    next(one for one in lab.panel.toolbar.children if one.description == "Table").click()
    assert "Kept states beside the present one." in lab.panel.drawer.children[0].value
    lab.keep().keep().set(years=12)  # a second state; pressing twice keeps it once
    assert list(lab.side_by_side().columns) == ["kept before", "kept", "now"]
    assert list(lab.side_by_side().loc["Years"]) == ["4", "8", "12"]
    with pytest.raises(ValueError, match="Press Keep first"):
        open_lab().side_by_side()
