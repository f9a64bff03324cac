"""Labs without a page, and their widgets without a browser."""

from __future__ import annotations

import pytest

from course_lib.lab import Choice, IntSlider, Seed, Several, Slider, Values
from course_lib.lab.panel import Panel


def test_set_reset_and_what_is_refused(make_lab) -> None:
    lab = make_lab()
    assert lab.set(side=3).result.area == 9
    for wrong, sentence in [
        ({"side": 9}, "goes from 0 to 5"),
        ({"side": 4}, "not allowed"),
        ({"width": 1}, "no control 'width'"),
        ({"year": 1.5}, "whole number"),
        ({"doubled": 1}, "True or False"),
    ]:
        with pytest.raises(ValueError, match=sentence):
            lab.set(**wrong)
        assert lab.result.area == 9
    assert lab.reset().result.area == 1


def test_declarations_that_cannot_work_say_so(make_lab) -> None:
    with pytest.raises(ValueError, match="no parameter 'width'"):
        make_lab(controls={"width": Slider(0, 1, 0.1, "Width")}, play=None, predict=None)
    with pytest.raises(ValueError, match="no control 'time'"):
        make_lab(play="time")


def test_settle_compares_and_keeps(make_lab) -> None:
    lab = make_lab().set(side=5)
    assert lab.settle() == "grows fourfold"
    assert (lab.kept.area, lab.result.area) == (1, 4)


def test_python_line(make_lab) -> None:
    assert make_lab().set(side=3).python().endswith("result = square(side=3.0)")


@pytest.mark.parametrize(
    "control, good, bad",
    [
        (Slider(0, 1, 0.1, "Share"), 0.5, "x"),
        (IntSlider(0, 5, label="Year"), 3, 3.5),
        (Choice(["a", "b"], "Kind"), "a", "c"),
        (Several(["a", "b"], "Kinds"), ["b"], ["c"]),
        (Values(["x", "y"], 0, 5, 0.1, "Wage"), (1, 2), (1,)),
        (Seed(), 3, -1),
    ],
)
def test_controls_take_the_good_and_explain_the_bad(control, good, bad) -> None:
    control.check(good)
    with pytest.raises(ValueError, match=control.label):
        control.check(bad)
    for extreme in control.extremes():
        assert control.check(extreme) == extreme


def test_a_slider_sends_round_numbers() -> None:
    heard: list[float] = []
    part = Slider(0, 1, 0.1, "Share").widget(0.0, heard.append)
    part.set(0.1 + 0.2)
    assert heard == [0.3]


def test_locked_until_committed(make_lab) -> None:
    panel = Panel(make_lab())
    side = panel.controls["side"].shown
    assert side.disabled
    panel.commit.click()
    assert "Choose one" in panel.message.value
    panel.options.value = "doubles"
    panel.commit.click()
    assert "one sentence" in panel.message.value
    panel.reason.value = "<script>I think so"
    panel.commit.click()
    assert not side.disabled
    assert "&lt;script&gt;" in panel.question.children[0].value
    panel.settle.click()
    assert "grows fourfold" in panel.outcome.value
    assert side.value == 2


def test_a_step_changes_picture_sentence_and_tooltip(make_lab) -> None:
    panel = Panel(make_lab(predict=None))
    before = panel.picture.value
    panel.controls["side"].set(3.0)
    assert panel.picture.value != before
    assert "area 9" in panel.sentence.value
    assert panel.picture.tooltip == panel.lab.sentence


def test_faults_show_as_sentences_and_the_lab_goes_on(make_lab, caplog) -> None:
    panel = Panel(make_lab(predict=None))
    panel.controls["side"].set(4.0)
    assert "not allowed here" in panel.message.value
    panel.controls["side"].set(4.5)
    assert "fault" in panel.message.value
    assert "ZeroDivisionError" in caplog.text
    panel.controls["side"].set(2.0)
    assert panel.message.value == ""
    assert "area 4" in panel.sentence.value


@pytest.mark.parametrize("keep", ["beneath", "above"])
def test_buttons(make_lab, keep: str) -> None:
    panel = Panel(make_lab(predict=None, keep=keep))
    panel._keep()
    panel.controls["side"].set(3.0)
    panel._show_table()
    assert "<table" in panel.drawer.children[0].value
    panel._show_files()
    assert "download" in panel.drawer.children[0].value
    panel._reset()
    assert panel.drawer.children == ()
    assert panel.controls["side"].shown.value == 1
    assert panel.kept_box.layout.display == "none"


def test_teacher_view_opens_the_lab(make_lab, monkeypatch) -> None:
    monkeypatch.setenv("COURSE_TEACHER", "1")
    assert not Panel(make_lab()).controls["side"].shown.disabled


def test_a_prediction_outlives_the_kernel(make_lab, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "p.jsonl"))
    first = Panel(make_lab())
    first.options.value, first.reason.value = "doubles", "Weil es größer ist."
    first.commit.click()
    again = Panel(make_lab())
    assert not again.controls["side"].shown.disabled
    assert "größer" in again.question.children[0].value
