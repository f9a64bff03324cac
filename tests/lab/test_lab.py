"""A lab without a page: what a script, a notebook without a kernel and a test can do with it."""

from __future__ import annotations

import base64
import io
from dataclasses import replace

import pandas as pd
import pytest
from matplotlib.text import Text
from PIL import Image

from course_lib.lab import Choice, IntSlider, Lab, Prediction, Slider, Toggle, Values
from tests.lab.examples import Budget, budget, budget_lab, changed_pixels, open_lab, savings


class TestDefaults:
    def test_are_those_of_the_model(self):
        assert budget_lab().values == {"income": 3.0, "spent": 2.0, "years": 10}

    def test_a_control_can_have_its_own(self):
        lab = budget_lab(controls={"years": IntSlider(1, 20, label="Years", default=5)}, play=None)
        assert lab.values == {"years": 5}
        assert lab.result.years == 5

    def test_a_lab_can_be_made_twice_without_sharing(self):
        one, other = budget_lab(), budget_lab()
        one.set(years=3)
        assert other.values["years"] == 10

    def test_title_is_the_name_if_there_is_no_other(self):
        assert budget_lab().name == "How much is saved?"
        assert budget_lab(name="00 saving").name == "00 saving"


class TestSet:
    def test_gives_the_lab_with_its_result(self):
        lab = budget_lab()
        assert lab.set(years=4) is lab
        assert lab.result == Budget(3.0, 2.0, 4)
        assert lab.sentence == "After 4 years 4 <units> are saved & safe."
        assert lab.to_frame()["saved"].iloc[-1] == 4

    def test_several_at_once(self):
        assert budget_lab().set(income=5, spent=4.5).result == Budget(5.0, 4.5, 10)

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"years": 5, "income": 1.0}, "Nobody can spend 2 of an income of 1"),  # the model
            ({"years": 5, "income": 9.0}, "Income goes from 0 to 5"),  # the control
            ({"years": 5, "tax": 1}, "has no control 'tax'. It has income, spent, years."),
        ],
    )
    def test_a_refused_value_leaves_everything_as_it_was(self, wrong, sentence):
        lab = budget_lab().set(years=4).keep().set(years=6)
        values, result, kept = dict(lab.values), lab.result, lab.kept
        picture = lab.canvas.pixels().copy()
        with pytest.raises(ValueError, match=sentence):
            lab.set(**wrong)
        assert (lab.values, lab.result, lab.kept) == (values, result, kept)
        assert changed_pixels(lab.canvas.pixels(), picture) == 0

    def test_a_fault_of_the_model_leaves_everything_too(self):
        lab = budget_lab()
        with pytest.raises(ZeroDivisionError):
            lab.set(years=13)
        assert lab.values["years"] == 10
        assert lab.result.years == 10

    def test_the_model_runs_once_for_each_state(self):
        calls = []

        def counted(years: int = 10):
            calls.append(years)
            return budget(years=years)

        lab = open_lab(model=counted, controls={"years": IntSlider(1, 20, label="Years")})
        lab.sentence, lab.result, lab.to_frame(), lab.figure
        lab.set(years=3).sentence  # noqa: B018
        assert calls == [10, 3]


class TestKeepAndReset:
    def test_keep_and_reset(self):
        lab = budget_lab().set(years=4).keep().set(years=6)
        assert lab.kept.years == 4
        assert lab.reset().kept is None
        assert lab.values == lab.defaults
        assert lab.result.years == 10

    def test_a_kept_state_is_seen_beneath(self):
        lab = open_lab().set(years=4)
        alone = lab.set(years=20).canvas.pixels().copy()
        lab.reset().set(spent=1).keep().set(years=20, spent=2)
        assert changed_pixels(lab.canvas.pixels(), alone) > 50

    def test_or_not_if_it_is_to_be_shown_beside(self):
        lab = open_lab(keep="beside").set(years=4)
        alone = lab.set(years=20).canvas.pixels().copy()
        lab.reset().set(spent=1).keep().set(years=20, spent=2)
        assert changed_pixels(lab.canvas.pixels(), alone) == 0


class TestSettle:
    def test_asks_the_model(self):
        lab = budget_lab().set(income=5, years=3)
        assert lab.settle() == "more"
        assert lab.values == {"income": 3.0, "spent": 2.0, "years": 20}
        assert lab.kept.years == 10

    def test_keeps_no_start_that_the_question_does_not_ask_about(self):
        lab = budget_lab(predict=replace(budget_lab().predict, keeps_start=False))
        lab.set(years=4).keep()
        assert lab.settle() == "more"
        assert lab.kept is None

    def test_without_a_question_there_is_nothing_to_settle(self):
        with pytest.raises(ValueError, match="asks for no prediction"):
            open_lab().settle()

    def test_an_outcome_has_to_be_one_of_the_options(self):
        asked = Prediction("?", ["a", "b"], {"years": 2}, lambda before, after: "c")
        with pytest.raises(ValueError, match=r"'c' is none of the options .* word for word"):
            budget_lab(predict=asked).settle()


class TestCopiedPython:
    @pytest.mark.parametrize("state", [{}, {"years": 4}, {"income": 4.5, "spent": 0.3}])
    def test_makes_an_equal_result(self, state):
        lab = budget_lab().set(**state)
        scope: dict = {}
        exec(lab.python(), scope)
        assert scope["result"] == lab.result

    def test_says_only_what_differs(self):
        assert budget_lab().set(years=4).python() == (
            "from course_lib.lab import draw\n"
            "from tests.lab import examples\n"
            "from tests.lab.examples import budget\n\n"
            "result = budget(years=4)\n"
            "draw(examples.savings, result, size=(3, 2))"
        )

    def test_a_chart_without_a_name_of_its_own_is_told_in_words_and_numbers(self):
        lines = budget_lab(chart=lambda axes: lambda result: None).python().splitlines()
        assert lines[-2:] == ["print(result.summary())", "result.to_frame()"]

    def test_a_control_that_starts_elsewhere_than_the_model(self):
        lab = budget_lab(controls={"years": IntSlider(1, 20, label="Years", default=5)}, play=None)
        assert "budget(years=5)" in lab.python()

    def test_every_kind_of_value_can_be_written(self):
        lab = Lab(
            "Every kind",
            every_kind,
            lambda axes: lambda result: None,
            {
                "where": Choice(["here", 'a "place"'], label="Where"),
                "wages": Values(["a", "b"], 0, 5, 0.1, label="Wages"),
                "weighted": Toggle(label="Weighted"),
                "share": Slider(0, 1, 0.1, label="Share"),
            },
        ).set(where='a "place"', wages=[1, 0.1 + 0.2], weighted=True, share=0.7)
        scope: dict = {}
        exec(lab.python().split("print")[0], scope)
        assert scope["result"] == lab.result


def every_kind(where="here", wages=(2.0, 1.0), weighted=False, share=0.5):
    return (where, wages, weighted, share)


class TestDeclarations:
    def test_a_control_needs_a_parameter(self):
        with pytest.raises(ValueError, match="budget has no parameter 'tax'"):
            budget_lab(controls={"tax": Slider(0, 1, 0.1, label="Tax")}, predict=None, play=None)

    def test_a_control_needs_a_default(self):
        def model(share):
            return share

        with pytest.raises(ValueError, match="Give the control 'share' a default"):
            Lab("T", model, savings, {"share": Slider(0, 1, 0.1, label="Share")})

    def test_a_default_has_to_be_one_that_the_control_takes(self):
        with pytest.raises(ValueError, match="Years goes from 1 to 5"):
            open_lab(controls={"years": IntSlider(1, 5, label="Years")})

    def test_only_a_control_can_be_played(self):
        with pytest.raises(ValueError, match="has no control 'decade'"):
            open_lab(play="decade")

    def test_only_whole_numbers_can_be_played(self):
        with pytest.raises(ValueError, match="Only an IntSlider can be played"):
            open_lab(play="income")

    def test_a_question_has_to_be_about_controls(self):
        asked = Prediction("?", ["a", "b"], {"tax": 2}, lambda before, after: "a")
        with pytest.raises(ValueError, match="has no control 'tax'"):
            budget_lab(predict=asked)

    def test_a_question_needs_a_choice(self):
        with pytest.raises(ValueError, match="at least two options"):
            Prediction("?", ["a"], {}, lambda before, after: "a")


class TestBeforeThePrediction:
    """What is shown holds nothing of an answer: neither the picture nor a word."""

    def test_the_model_does_not_run(self):
        def never(years: int = 10):
            raise AssertionError("the model has run")

        lab = budget_lab(model=never, controls={"years": IntSlider(1, 20, label="Years")})
        data, metadata = lab._repr_mimebundle_()
        said = "Your prediction comes first: the picture opens when you commit it."
        assert data["text/plain"] == f"{said} The controls stand at: Years: 10."
        assert metadata["image/png"]["alt"] == data["text/plain"]
        assert lab.panel.picture.tooltip == data["text/plain"]

    def test_the_chart_is_empty_but_for_its_axes(self):
        def chart(axes):
            left, right = axes
            left.plot([0, 1], [0, 1])
            left.text(0.2, 0.2, "the answer")
            left.set(xlabel="year", ylabel="money", xlim=(0, 4))
            left.legend(["a line"])
            right.bar([0, 1], [3, 4])
            right.set_xticks([0, 1], ["poor", "rich"])
            right.figure.text(0, 0, "a remark")
            right.annotate("here", (0, 1))
            return lambda result: left.set_title(result.summary())

        canvas, _ = budget_lab(chart=chart, panels=(1, 2)).shown_before
        left, right, words = canvas.figure.axes
        assert words_seen(words) == [
            "Your prediction\ncomes first: the\npicture opens when\nyou commit it."
        ]
        assert {"year", "money", "0", "4"} <= set(words_seen(left))
        assert set(words_seen(left)) <= {"year", "money", "0", "1", "2", "3", "4"}
        assert words_seen(right) == ["poor", "rich"]
        assert not any(text.get_visible() for text in canvas.figure.texts)
        drawn = [*left.lines, *right.patches]
        assert drawn
        assert not any(artist.get_visible() for artist in drawn)
        assert list(left.get_yticks()) == []  # numbers that the result would have set

    def test_a_state_that_does_not_answer_can_be_shown(self):
        asked = replace(budget_lab().predict, before={"years": 2})
        lab = budget_lab(predict=asked)
        data, _ = lab._repr_mimebundle_()
        assert data["text/plain"].startswith("After 2 years 2 <units> are saved & safe. Your pred")
        assert lab.panel.controls["years"].slider.value == 2
        assert lab.panel.picture.value == budget_lab().set(years=2).canvas.jpeg()
        assert lab.values["years"] == 10
        lab.panel.options.value, lab.panel.reason.value = "more", "So."
        lab.panel.commit.click()
        assert lab.panel.controls["years"].slider.value == 10
        assert lab.panel.picture.value == budget_lab().canvas.jpeg()

    def test_only_a_control_can_be_set_before(self):
        asked = replace(budget_lab().predict, before={"tax": 2})
        with pytest.raises(ValueError, match="has no control 'tax'"):
            budget_lab(predict=asked)

    def test_after_it_the_same_lab_shows_itself(self):
        lab = budget_lab()
        lab._repr_mimebundle_()
        lab.panel.options.value, lab.panel.reason.value = "more", "So."
        lab.panel.commit.click()
        data, metadata = lab._repr_mimebundle_()
        assert data["text/plain"] == metadata["image/png"]["alt"] == lab.sentence


def words_seen(axes) -> list[str]:
    seen = [artist for artist in axes.get_children() if artist.get_visible()]
    texts = [text for artist in seen for text in artist.findobj(Text) if text.get_visible()]
    return [text.get_text() for text in texts if text.get_text()]


class TestShowsItself:
    def test_live_as_a_picture_and_as_a_sentence(self):
        lab = open_lab()
        data, metadata = lab._repr_mimebundle_()
        assert set(data) == {
            "application/vnd.jupyter.widget-view+json",
            "image/png",
            "text/plain",
        }
        assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == (
            lab.panel.widget.model_id
        )
        assert data["text/plain"] == lab.sentence == repr(lab)
        assert metadata["image/png"] == {"alt": lab.sentence, "width": 300}
        image = Image.open(io.BytesIO(base64.b64decode(data["image/png"])))
        assert image.format == "PNG"
        assert image.size[0] == 480

    def test_the_same_way_each_time(self):
        one, other = (open_lab()._repr_mimebundle_()[0] for _ in range(2))
        assert one["image/png"] == other["image/png"]
        assert one["text/plain"] == other["text/plain"]

    def test_figure_shows_the_present_state(self):
        lab = budget_lab().set(years=4)
        assert list(lab.figure.axes[0].lines[0].get_ydata()) == [0, 1, 2, 3, 4]

    def test_table_is_the_results_own(self):
        lab = budget_lab().set(years=2)
        pd.testing.assert_frame_equal(lab.to_frame(), lab.result.to_frame())

    @pytest.mark.parametrize(
        ("title", "name"),
        [
            ("How much is saved?", "how_much_is_saved"),
            ("When? " + "x" * 90, "when_" + "x" * 35),
            ("../a/b", "a_b"),
            ("差距", "lab"),
        ],
    )
    def test_file_name(self, title, name):
        assert budget_lab(title=title).file_name == name
