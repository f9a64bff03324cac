"""A lab on a page, without a browser: what happens when its widgets are touched."""

from __future__ import annotations

import base64
import io
import json
import logging
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from course_lib.lab import IntSlider, Prediction, Seed, Several, Slider, Values, teacher_view
from course_lib.lab.panel import ROWS_SHOWN, Panel
from course_lib.lab.teacher import is_teacher_view
from tests.lab.examples import Budget, budget_lab, open_lab

BUTTONS = ["Keep", "Reset", "Table", "Save, or copy as Python"]


def button(panel: Panel, name: str):
    return next(one for one in panel.toolbar.children if one.description == name)


def slider(panel: Panel, name: str):
    return panel.controls[name].slider


def locked(panel: Panel) -> set[bool]:
    sliders = {control.slider.disabled for control in panel.controls.values()}
    return sliders | {one.disabled for one in panel.toolbar.children}


def commit(
    panel: Panel, choice: str | None = "more", reason: str = "More years, more money."
) -> None:
    panel.options.value = choice
    panel.reason.value = reason
    panel.commit.click()


def widgets(widget) -> list:
    """A widget and all within it."""
    return [widget, *(one for child in getattr(widget, "children", ()) for one in widgets(child))]


def question_text(panel: Panel) -> str:
    """What is written where the prediction stands."""
    return "".join(one.value for one in widgets(panel.question) if type(one).__name__ == "HTML")


def picture(panel: Panel) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(panel.picture.value)))


class TestPrediction:
    def test_everything_is_locked_until_it_is_committed(self):
        panel = budget_lab().panel
        assert locked(panel) == {True}
        commit(panel)
        assert locked(panel) == {False}

    def test_a_slider_that_stirs_on_a_page_opens_nothing(self):
        panel = budget_lab().panel
        closed = panel.picture.value
        slider(panel, "income").value = 3.0000000000000004  # as when the page first shows it
        slider(panel, "years").value = 12
        assert panel.picture.value == closed
        assert "After 1" not in panel.sentence.value

    def test_picture_and_sentence_open_with_it(self):
        panel = budget_lab().panel
        closed = panel.picture.value
        assert picture(panel).shape == (400, 600, 3)
        assert "The controls stand at: Income: 3.0; Spent: 2.0; Years: 10." in panel.sentence.value
        assert "After 10 years" not in panel.sentence.value + panel.picture.tooltip
        commit(panel)
        assert picture(panel).shape == (400, 600, 3)
        assert panel.picture.value != closed
        assert "After 10 years 10" in panel.sentence.value

    @pytest.mark.parametrize(
        ("choice", "reason", "sentence"),
        [
            (None, "Because.", "Choose one of the answers, then commit."),
            ("more", "", "Write one sentence: why, then commit."),
            ("more", "  \n ", "Write one sentence: why, then commit."),
            (None, "", "Choose one of the answers, then commit."),
        ],
    )
    def test_without_an_answer_or_a_reason_it_stays_locked(self, choice, reason, sentence):
        panel = budget_lab().panel
        commit(panel, choice, reason)
        assert locked(panel) == {True}
        assert sentence in panel.answer.value
        assert 'data-say="message"' in panel.answer.value
        commit(panel)  # and then it can be made good
        assert locked(panel) == {False}
        assert panel.answer.value == ""

    def test_is_shown_and_can_no_longer_be_changed(self):
        panel = budget_lab().panel
        commit(panel)
        shown = widgets(panel.question)
        assert "You predicted: <b>more</b>" in question_text(panel)
        assert "More years, more money." in question_text(panel)
        assert panel.options not in shown
        assert panel.commit not in shown

    def test_a_reason_is_text_and_not_code(self):
        panel = budget_lab().panel
        commit(panel, reason="<script>alert(1)</script> & more")
        said = question_text(panel)
        assert "<script>" not in said
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in said

    def test_without_a_question_the_lab_is_open(self):
        panel = open_lab().panel
        assert locked(panel) == {False}
        assert panel.question.children == ()

    def test_outcome_is_shown_beside_it(self):
        lab = budget_lab()
        commit(lab.panel, "not more")
        lab.panel.settle.click()
        said = lab.panel.outcome.value
        assert "The model says: <b>more</b> (you predicted: not more)" in said
        assert "Each year adds the same." in said
        assert 'data-say="outcome"' in said  # which the page reads aloud
        assert slider(lab.panel, "years").value == 20
        assert lab.values["years"] == 20
        assert "After 20 years" in lab.panel.sentence.value

    def test_outcome_that_was_predicted(self):
        lab = budget_lab()
        commit(lab.panel, "more")
        lab.panel.settle.click()
        assert "(as you predicted)" in lab.panel.outcome.value

    def test_outcome_settles_from_the_default_wherever_the_controls_stand(self):
        lab = budget_lab()
        commit(lab.panel)
        slider(lab.panel, "income").value = 5
        lab.panel.settle.click()
        assert slider(lab.panel, "income").value == 3
        assert lab.kept.income == 3
        slider(lab.panel, "years").value = 5  # and the sliders are alive afterwards
        assert lab.result == Budget(3.0, 2.0, 5)

    def test_is_kept_under_the_id_of_an_option(self, progress_path):
        asked = replace(
            budget_lab().predict,
            options={"up": "<more>", "level": "the same"},
            outcome=lambda before, after: "up",
        )
        commit(budget_lab(predict=asked).panel, "level")
        event = json.loads(progress_path.read_text())
        assert (event["choice"], event["words"]) == ("level", "the same")
        assert event["options"] == {"up": "<more>", "level": "the same"}
        assert (event["title"], event["outcome"]) == ("How much is saved?", "up")
        panel = budget_lab(predict=replace(asked, options={"up": "<more>", "level": "equal"})).panel
        assert "You predicted: <b>equal</b>" in question_text(panel)
        panel.settle.click()
        assert "The model says: <b>&lt;more&gt;</b> (you predicted: equal)" in panel.outcome.value

    @pytest.mark.parametrize(
        ("kept", "verdict"),
        [
            ("more", "(as you predicted)"),  # an older version kept the words
            ("far more", "(you predicted: far more)"),  # and once there were others
        ],
    )
    def test_that_an_older_version_has_kept_is_read(self, kept, verdict, progress_path):
        event = {"kind": "prediction", "name": "How much is saved?", "when": "2026"}
        progress_path.write_text(json.dumps(event | {"choice": kept, "reason": "So."}) + "\n")
        asked = replace(
            budget_lab().predict,
            options={"up": "more", "level": "not more"},
            outcome=lambda before, after: "up",
        )
        panel = budget_lab(predict=asked).panel
        assert f"You predicted: <b>{kept}</b>" in question_text(panel)
        panel.settle.click()
        assert verdict in panel.outcome.value

    def test_outcome_that_the_lab_does_not_know_is_said(self):
        asked = Prediction("?", ["a", "b"], {"years": 2}, lambda before, after: "c")
        lab = budget_lab(predict=asked)
        commit(lab.panel, "a")  # which is kept all the same
        lab.panel.settle.click()
        assert "none of the options" in lab.panel.answer.value
        assert slider(lab.panel, "years").value == lab.values["years"] == 2


class TestTeacher:
    @pytest.fixture(autouse=True)
    def switch_back(self, monkeypatch):
        monkeypatch.setenv("COURSE_TEACHER", "")  # so that it is put back afterwards

    def test_asks_the_class_and_opens_when_a_control_is_moved(self):
        teacher_view()
        panel = budget_lab().panel
        assert locked(panel) == {False}
        assert "What does the class think?" in question_text(panel)
        assert "After 10 years" not in panel.sentence.value
        slider(panel, "years").value = 5
        assert "After 5 years" in panel.sentence.value

    def test_opens_when_it_is_revealed(self):
        teacher_view()
        panel = budget_lab().panel
        panel.tally.reveal.click()
        assert "The model says" in panel.outcome.value
        assert panel.tally.outcome == panel.lab.came_true()
        assert panel.is_open
        for name, value in panel.lab.values.items():  # the controls stand where the picture does
            assert slider(panel, name).value == value

    def test_closes_for_another_class(self):
        teacher_view()
        panel = budget_lab().panel
        seen = panel.sentence.value
        panel.tally.reveal.click()
        assert panel.sentence.value != seen
        panel.tally.new.click()
        assert panel.sentence.value == seen
        assert panel.outcome.value == ""

    def test_can_be_switched_off(self):
        teacher_view()
        teacher_view(False)
        assert not is_teacher_view()
        assert locked(budget_lab().panel) == {True}

    def test_can_be_switched_on_from_outside(self, monkeypatch):
        monkeypatch.setenv("COURSE_TEACHER", "1")
        assert locked(budget_lab().panel) == {False}


class TestKernelRestart:
    """A new lab of the same name finds what was committed before."""

    def test_is_open_with_the_prediction(self, progress_path):
        commit(budget_lab().panel, "not more", "Für später gespart: 储蓄 <b>")
        panel = budget_lab().panel
        assert locked(panel) == {False}
        said = question_text(panel)
        assert "You predicted: <b>not more</b>" in said
        assert "Für später gespart: 储蓄 &lt;b&gt;" in said
        panel.settle.click()
        assert "you predicted: not more" in panel.outcome.value

    def test_another_lab_is_still_locked(self, progress_path):
        commit(budget_lab().panel)
        assert locked(budget_lab(name="another").panel) == {True}

    def test_a_prediction_without_an_answer_counts_for_nothing(self, progress_path):
        event = {"kind": "prediction", "name": "How much is saved?", "when": "2026"}
        progress_path.write_text(json.dumps(event) + "\n")
        assert locked(budget_lab().panel) == {True}

    def test_where_nothing_can_be_saved_the_lab_opens_and_says_so(self, monkeypatch, tmp_path):
        monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "no_such_folder" / "p.jsonl"))
        panel = budget_lab().panel
        commit(panel)
        assert locked(panel) == {False}
        assert "it could not be saved in p.jsonl" in panel.answer.value
        assert "Check that you may write in this folder." in panel.answer.value

    def test_a_file_that_cannot_be_read_does_not_stop_a_lab(self, monkeypatch, tmp_path):
        monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path))  # a folder
        panel = budget_lab().panel
        commit(panel)
        assert locked(panel) == {False}
        assert "could not be saved" in panel.answer.value


class TestMoving:
    def test_a_slider_changes_picture_sentence_and_alternative_text(self):
        lab = open_lab()
        before = picture(lab.panel)
        slider(lab.panel, "years").value = 20
        assert lab.values["years"] == 20
        assert (picture(lab.panel) != before).any()
        assert lab.panel.picture.tooltip == lab.sentence
        assert "After 20 years 20 &lt;units&gt; are saved &amp; safe." in lab.panel.sentence.value
        assert 'data-say="sentence"' in lab.panel.sentence.value

    def test_the_picture_is_the_labs(self):
        lab = open_lab()
        slider(lab.panel, "years").value = 20
        wanted = open_lab().set(years=20).canvas.jpeg()
        assert lab.panel.picture.value == wanted

    def test_a_value_without_the_noise_of_binary_numbers(self):
        lab = open_lab()
        slider(lab.panel, "spent").value = 0.1 + 0.2
        assert lab.values["spent"] == 0.3

    @pytest.mark.parametrize("play", ["years", None])
    def test_play_only_where_there_is_time(self, play):
        panel = open_lab(play=play).panel
        assert (panel.player is not None) == bool(play)
        assert [one.description for one in panel.toolbar.children] == BUTTONS
        if panel.player:
            player = panel.player.play
            assert (player.min, player.max, player.step, player.value) == (1, 20, 1, 10)

    def test_one_step_on_and_from_the_end_to_the_start(self):
        lab = open_lab().set(years=19)
        for year in (20, 1, 2):
            lab.panel.player.step.click()
            assert lab.values["years"] == year

    def test_play_has_a_speed(self):
        player = open_lab().panel.player
        normal = player.play.interval
        player.speed.value = "slow"
        assert player.play.interval > normal
        player.speed.value = "fast"
        assert player.play.interval < normal

    def test_play_is_calm_for_who_has_asked_for_little_motion(self):
        panel = open_lab().panel
        panel.front.calm = True
        panel.player.speed.value = "fast"
        assert panel.player.play.interval >= 600

    def test_every_button_can_be_read_aloud(self):
        panel = open_lab(play=None).panel
        assert [one.description for one in panel.toolbar.children] == BUTTONS
        assert all(one.tooltip for one in panel.toolbar.children)


class TestRefusals:
    def test_a_sentence_and_the_picture_of_before(self):
        lab = open_lab()
        before = lab.panel.picture.value
        slider(lab.panel, "income").value = 1.0
        said = lab.panel.message.value
        assert 'data-say="message"' in said
        assert "Not possible: Nobody can spend 2 of an income of 1: raise the income." in said
        assert lab.values["income"] == 3.0
        assert lab.panel.picture.value == before

    def test_parameters_are_called_by_the_labels_of_their_sliders(self):
        lab = open_lab()
        panel = lab.panel
        lab.controls = {"least_jobs": Slider(0, 9, 1, label="Leave out below"), **lab.controls}
        said = panel._by_labels("least_jobs is too high; least_jobs_2 and years stay")
        assert said == "“Leave out below” is too high; least_jobs_2 and years stay"

    def test_the_lab_goes_on(self):
        lab = open_lab()
        slider(lab.panel, "income").value = 1.0
        slider(lab.panel, "income").value = 4.0
        assert lab.panel.message.value == ""
        assert lab.result == Budget(4.0, 2.0, 10)

    def test_a_second_slider_can_make_it_possible(self):
        """Income 1 was refused while 2 were spent. When 0.5 are spent, it is possible."""
        lab = open_lab()
        slider(lab.panel, "income").value = 1.0
        slider(lab.panel, "spent").value = 0.5
        assert lab.panel.message.value == ""
        assert lab.values == {"income": 1.0, "spent": 0.5, "years": 10}

    def test_as_long_as_a_slider_stands_on_a_refused_value_the_reason_is_seen(self):
        lab = open_lab()
        slider(lab.panel, "income").value = 1.0
        for action in ("Keep", "Table"):
            button(lab.panel, action).click()
            assert "Nobody can spend" in lab.panel.message.value
        slider(lab.panel, "years").value = 15
        assert "Nobody can spend" in lab.panel.message.value
        assert lab.values["years"] == 10
        button(lab.panel, "Reset").click()
        assert lab.panel.message.value == ""
        assert slider(lab.panel, "income").value == 3.0
        slider(lab.panel, "years").value = 15
        assert lab.result == Budget(3.0, 2.0, 15)

    def test_a_sentence_is_ended_before_the_next_one_begins(self):
        def strict(years: int = 10):
            if years > 15:
                raise ValueError("the table ends after 15 years: choose fewer")
            return Budget(3, 2, years)

        lab = open_lab(model=strict, controls={"years": IntSlider(1, 20, label="Years")})
        slider(lab.panel, "years").value = 20
        assert "choose fewer. The picture still shows" in lab.panel.message.value

    def test_words_of_a_model_are_text_and_not_code(self):
        def strict(years: int = 10):
            if years > 15:
                raise ValueError("<img src=x onerror=alert(1)>")
            return Budget(3, 2, years)

        lab = open_lab(model=strict, controls={"years": IntSlider(1, 20, label="Years")})
        slider(lab.panel, "years").value = 20
        assert "<img" not in lab.panel.message.value

    def test_a_fault_is_said_and_logged_and_the_lab_goes_on(self, caplog):
        lab = open_lab()
        with caplog.at_level(logging.ERROR, logger="course_lib.lab"):
            slider(lab.panel, "years").value = 13
        assert "The lab itself has a fault here (ZeroDivisionError: thirteen)" in (
            lab.panel.message.value
        )
        assert 'data-say="message"' in lab.panel.message.value
        assert "How much is saved?" in caplog.text
        assert "ZeroDivisionError" in caplog.text  # with where it happened
        slider(lab.panel, "years").value = 14
        assert lab.panel.message.value == ""
        assert lab.result.years == 14

    def test_a_fault_of_a_chart_too(self, caplog):
        def chart(axes):
            (line,) = axes.plot([], [])

            def update(result):
                if result.years == 7:
                    raise KeyError("seven")
                line.set_data([0, 1], [0, result.years])

            return update

        lab = open_lab(chart=chart)
        before = lab.panel.picture.value
        slider(lab.panel, "years").value = 7
        assert "has a fault here (KeyError" in lab.panel.message.value
        assert lab.panel.picture.value == before
        button(lab.panel, "Reset").click()
        assert lab.panel.message.value == ""

    @pytest.mark.parametrize("name", ["Table", "Save, or copy as Python"])
    def test_a_fault_of_a_table_too(self, name, caplog):
        class NoTable(Budget):
            def to_frame(self):
                raise KeyError("no table")

        lab = open_lab(
            model=lambda years=10: NoTable(3, 2, years),
            controls={"years": IntSlider(1, 20, label="Years")},
        )
        button(lab.panel, name).click()
        assert "has a fault here (KeyError" in lab.panel.message.value
        slider(lab.panel, "years").value = 4
        assert lab.panel.message.value == ""


class TestKeepAndReset:
    def test_keep_shows_this_state_under_the_next(self):
        lab = open_lab()
        button(lab.panel, "Keep").click()
        slider(lab.panel, "spent").value = 1.0
        both = lab.panel.picture.value
        assert lab.kept.spent == 2.0
        assert both != open_lab().set(spent=1.0).canvas.jpeg()

    def test_reset_puts_back_the_sliders_and_lets_the_kept_state_go(self):
        lab = open_lab()
        first = lab.panel.picture.value
        button(lab.panel, "Keep").click()
        slider(lab.panel, "years").value = 4
        button(lab.panel, "Reset").click()
        assert slider(lab.panel, "years").value == 10
        assert lab.kept is None
        assert lab.panel.picture.value == first

    def test_reset_runs_the_model_once(self):
        calls = []

        def counted(income: float = 3.0, spent: float = 2.0, years: int = 10):
            calls.append((income, spent, years))
            return Budget(income, spent, years)

        lab = open_lab(model=counted)
        slider(lab.panel, "years").value = 4
        slider(lab.panel, "income").value = 5
        calls.clear()
        button(lab.panel, "Reset").click()
        assert calls == [(3.0, 2.0, 10)]

    def test_reset_of_every_kind_of_control(self):
        def model(seed=3, wages=(2.0, 1.0), left_out=("b",), share=0.5):
            return Budget(3, 2, seed % 7 + round(sum(wages)) + len(left_out) + round(share * 4))

        lab = open_lab(
            model=model,
            controls={
                "seed": Seed(),
                "wages": Values(["x", "y"], 0, 5, 0.1, label="Wage"),
                "left_out": Several(["a", "b", "c"], label="Left out"),
                "share": Slider(0, 1, 0.25, label="Share"),
            },
            play=None,
        )
        panel = lab.panel
        moved = {"seed": 5, "wages": (4.0, 0.5), "left_out": ("a", "c"), "share": 0.25}
        for name, value in moved.items():
            panel.controls[name].set(value)
        assert lab.values == moved
        button(panel, "Reset").click()
        assert lab.values == lab.defaults
        panel.controls["wages"].set((4.0, 1.0))
        assert lab.values == lab.defaults | {"wages": (4.0, 1.0)}


class TestKeepBeside:
    def test_the_kept_picture_comes_and_goes(self):
        lab = open_lab(keep="beside")
        panel = lab.panel
        assert panel.kept_box.layout.display == "none"
        first = panel.picture.value
        button(panel, "Keep").click()
        assert panel.kept_box.layout.display != "none"
        slider(panel, "years").value = 4
        assert panel.kept_picture.value == first
        assert panel.kept_picture.tooltip == "Kept: After 10 years 10 <units> are saved & safe."
        assert panel.picture.value != first
        button(panel, "Reset").click()
        assert panel.kept_box.layout.display == "none"

    def test_two_states_with_the_same_sentence_are_two_pictures(self):
        class Silent(Budget):
            def summary(self):
                return "There are savings."

        lab = open_lab(
            model=lambda years=10: Silent(3, 2, years),
            controls={"years": IntSlider(1, 20, label="Years")},
            keep="beside",
        )
        button(lab.panel, "Keep").click()
        one = lab.panel.kept_picture.value
        slider(lab.panel, "years").value = 4
        button(lab.panel, "Keep").click()
        assert lab.panel.kept_picture.value != one


class TestTable:
    def test_shows_the_numbers(self):
        lab = open_lab()
        button(lab.panel, "Table").click()
        cells = re.findall("<td [^>]*>(.*?)</td>", lab.panel.drawer.children[0].value)
        assert [float(cell) for cell in cells] == list(range(11))

    def test_says_when_it_does_not_show_all(self):
        class Long(Budget):
            def to_frame(self):
                return pd.DataFrame({"n": range(ROWS_SHOWN + 1)})

        lab = open_lab(model=lambda years=10: Long(3, 2, years), controls={}, play=None)
        button(lab.panel, "Table").click()
        said = lab.panel.drawer.children[0].value
        assert f"The first {ROWS_SHOWN} of {ROWS_SHOWN + 1} rows." in said
        assert len(re.findall("<tr>", said)) == ROWS_SHOWN + 1  # and the heading

    def test_words_in_a_table_are_text_and_not_code(self):
        class Named(Budget):
            def to_frame(self):
                return pd.DataFrame({"<b>name": ["<script>alert(1)</script>"]})

        lab = open_lab(model=lambda years=10: Named(3, 2, years), controls={}, play=None)
        button(lab.panel, "Table").click()
        assert "<script>" not in lab.panel.drawer.children[0].value
        assert "<b>name" not in lab.panel.drawer.children[0].value

    def test_is_closed_by_hand_or_when_its_numbers_are_past(self):
        lab = open_lab()
        for close in (
            lambda: lab.panel.drawer.children[-1].click(),
            lambda: setattr(slider(lab.panel, "years"), "value", 4),
        ):
            button(lab.panel, "Table").click()
            assert len(lab.panel.drawer.children) == 2
            close()
            assert lab.panel.drawer.children == ()


class TestFiles:
    def test_picture_numbers_and_code(self):
        lab = open_lab().set(years=4)
        button(lab.panel, "Save, or copy as Python").click()
        links, code, _ = lab.panel.drawer.children
        found = re.findall(r'download="([^"]+)" href="data:([^;]+);base64,([^"]+)"', links.value)
        assert [(name, kind) for name, kind, _ in found] == [
            ("how_much_is_saved.png", "image/png"),
            ("how_much_is_saved.csv", "text/csv"),
        ]
        png, csv = (base64.b64decode(content) for *_, content in found)
        assert Image.open(io.BytesIO(png)).size[0] == 600
        pd.testing.assert_frame_equal(
            pd.read_csv(io.BytesIO(csv), index_col="year"), lab.to_frame()
        )
        assert code.value == lab.python()


def test_a_title_is_text_and_not_code():
    panel = open_lab(title="<script>alert(1)</script>").panel
    assert "&lt;script&gt;" in panel.widget.children[0].value
    assert "<script>" not in panel.widget.children[0].value


def test_a_panel_is_made_once():
    lab = open_lab()
    assert lab.panel is lab.panel


def test_a_lab_that_was_moved_by_a_script_shows_where_it_stands():
    panel = open_lab().set(years=4).panel
    assert slider(panel, "years").value == 4
    assert "After 4 years" in panel.sentence.value


def test_a_lab_that_was_moved_by_a_line_of_code_shows_where_it_stands_when_shown_again():
    lab = open_lab()
    lab._repr_mimebundle_()
    before = lab.panel.picture.value
    lab.set(years=4)
    lab._repr_mimebundle_()
    assert slider(lab.panel, "years").value == 4
    assert "After 4 years" in lab.panel.sentence.value
    assert lab.panel.picture.value != before


def test_a_value_error_of_a_chart_is_a_fault_and_no_refusal(caplog):
    def chart(axes):
        (line,) = axes.plot([], [])

        def update(result):
            line.set_data([0, 1], [0, result.years])
            if result.years == 7:
                raise ValueError("shape mismatch")

        return update

    lab = open_lab(chart=chart)
    slider(lab.panel, "years").value = 7
    assert "has a fault here (ValueError: shape mismatch)" in lab.panel.message.value
    assert "Not possible" not in lab.panel.message.value
