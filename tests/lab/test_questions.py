"""Prediction, quiz and check: what a student is asked, and what the answers are told."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout

import IPython
import numpy as np
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell

from course_lib.lab import Check, Prediction, Property, Quiz, progress
from course_lib.lab.check import FAILURES


class TestPrediction:
    def test_the_models_answer_is_one_of_the_options(self):
        asked = Prediction("?", ["up", "down"], {}, lambda old, new: "up" if new > old else "down")
        assert (asked.settle(1, 2), asked.settle(2, 1)) == ("up", "down")

    def test_or_else_the_author_is_told(self):
        asked = Prediction("?", ["up", "down"], {}, lambda old, new: "sideways")
        with pytest.raises(ValueError, match=r"'sideways' is none of the options \['up', 'down'\]"):
            asked.settle(1, 2)


OPTIONS = {
    "one": "Count again.",
    "two": "Two and two is <b>four</b>, and half of that is two.",
    "three": "That is one more than it is.",
}


@pytest.fixture
def quiz() -> Quiz:
    return Quiz("Half of <four>?", OPTIONS, answer="two", name="halves")


def parts(quiz: Quiz):
    """Radio buttons, the button, and the field in which the answer is said."""
    _, radio, button, said, _ = quiz._panel().children
    return radio, button, said


class TestQuiz:
    @pytest.mark.parametrize("option", ["one", "three"])
    def test_every_wrong_option_has_its_own_hint(self, quiz, option):
        assert quiz.try_option(option) == f"Not yet. {OPTIONS[option]}"

    def test_the_right_one_its_reason(self, quiz):
        assert quiz.try_option("two") == f"Yes. {OPTIONS['two']}"

    def test_an_option_that_is_not_there(self, quiz):
        with pytest.raises(ValueError, match="'four' is none of the options"):
            quiz.try_option("four")

    def test_the_answer_has_to_be_an_option(self):
        with pytest.raises(ValueError, match="'four' is none of the options"):
            Quiz("?", OPTIONS, answer="four")

    def test_question_is_the_name_if_there_is_no_other(self):
        assert Quiz("Half of four?", OPTIONS, answer="two").name == "Half of four?"

    def test_on_the_page(self, quiz, progress_path):
        radio, button, said = parts(quiz)
        assert (radio.value, said.value) == (None, "")
        button.click()
        assert "Choose one of the answers first." in said.value
        assert not progress_path.exists()
        radio.value = "one"
        assert "Count again" not in said.value  # only when asked
        button.click()
        assert "course-quiz-wrong" in said.value
        assert ">Not yet. Count again.<" in said.value
        radio.value = "two"
        button.click()
        assert "Yes. Two and two is &lt;b&gt;four&lt;/b&gt;" in said.value

    def test_every_answer_is_kept(self, quiz, progress_path):
        radio, button, _ = parts(quiz)
        for option in ("three", "two"):
            radio.value = option
            button.click()
        kept = [(event["choice"], event["right"]) for event in progress.events()]
        assert kept == [("c", False), ("b", True)]
        event = progress.events()[0]
        assert event["options"] == {"a": "one", "b": "two", "c": "three"}
        assert (event["words"], event["outcome"]) == ("three", "b")
        assert repr(progress.my_progress()).splitlines()[1].endswith("Half of <four>?: two")

    @pytest.mark.parametrize(
        "event",
        [
            {"choice": "three"},  # of an older course
            {"choice": "Three."},
            {"choice": "c", "options": {"c": "tree"}, "words": "tree"},
            {"choice": "a", "options": {"a": "three"}, "words": "three"},  # once in another place
        ],
    )
    def test_a_mended_option_loses_no_answer(self, quiz, event):
        assert quiz.chosen(event) == "three"

    def test_an_option_that_went_is_none_of_todays(self, quiz):
        assert quiz.chosen({"choice": "c"}) == quiz.chosen({}) == ""

    def test_an_earlier_answer_comes_back(self, quiz, progress_path):
        radio, button, _ = parts(quiz)
        radio.value = "three"
        button.click()
        again, _, said = parts(Quiz("Half of <four>?", OPTIONS, answer="two", name="halves"))
        assert again.value == "three"
        assert "Not yet. That is one more than it is." in said.value
        assert len(progress.events()) == 1

    def test_an_answer_that_is_no_longer_an_option_does_not(self, quiz, progress_path):
        progress.record("quiz", "halves", choice="four")
        radio, _, said = parts(quiz)
        assert (radio.value, said.value) == (None, "")

    def test_says_when_it_cannot_be_saved(self, quiz, monkeypatch, tmp_path):
        monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path))
        radio, button, said = parts(quiz)
        radio.value = "two"
        button.click()
        assert "Yes." in said.value
        assert "could not be saved" in said.value

    def test_without_a_kernel_it_can_be_read(self, quiz):
        data = quiz._repr_mimebundle_()
        assert data["text/plain"] == "Half of <four>?\n( ) one\n( ) two\n( ) three"
        assert "Half of &lt;four&gt;?" in data["text/html"]
        assert data["text/html"].count("<li>") == 3
        assert "Yes" not in json.dumps(data)  # and does not tell
        assert "application/vnd.jupyter.widget-view+json" in data

    def test_is_stored_the_same_whatever_was_answered(self, quiz, progress_path):
        before = quiz._repr_mimebundle_()["text/html"]
        progress.record("quiz", "halves", choice="two")
        assert quiz._repr_mimebundle_()["text/html"] == before


HINTS = ["Think of nine.", "What is 3 times 3?", "return x * x"]


@pytest.fixture
def square() -> Check:
    return Check(
        "Square of a number",
        [
            Property("the square of 3 is 9", lambda f: f(3) == 9, HINTS),
            Property("the square of -x is that of x", lambda f: f(-2) == f(2)),
        ],
    )


def todo(x):
    raise NotImplementedError


class TestCheck:
    def test_right(self, square):
        report = square(lambda x: x * x)
        assert (report.passed, len(report.findings)) == (2, 2)
        assert [finding.remark for finding in report.findings] == ["", ""]

    def test_right_is_never_said_of_more_than_was_checked(self, square):
        said = square(lambda x: x * x).summary()
        assert said.startswith("Square of a number: both public checks pass.")
        assert "cannot see everything" in said
        assert "correct" not in said.lower()

    @pytest.mark.parametrize(
        "passed, total, words",
        [
            (1, 1, "the one public check passes. It tests a property"),
            (0, 1, "0 of 1 public check passes."),
            (1, 3, "1 of 3 public checks pass."),
            (3, 3, "all 3 public checks pass. They test properties"),
        ],
    )
    def test_one_check_is_not_several(self, passed, total, words):
        properties = [Property(str(n), lambda _, n=n: n < passed) for n in range(total)]
        said = Check("Sum", properties)(1).summary()
        assert said.startswith(f"Sum: {words}")
        assert ("cannot see everything" in said) == (passed == total)

    def test_hints_grow_more_direct_with_each_attempt(self, square):
        remarks = [square(lambda x: x + x).findings[0].remark for _ in range(5)]
        assert remarks == [f"Hint: {HINTS[i]}" for i in (0, 1, 2, 2, 2)]

    def test_a_property_without_hints_gives_none(self, square):
        finding = square(lambda x: x).findings[1]
        assert (finding.state, finding.remark) == ("failed", "")

    @pytest.mark.parametrize("answer", [..., None, todo])
    def test_open(self, square, answer):
        report = square(answer)
        assert {finding.state for finding in report.findings} == {"open"}
        assert "not answered yet" in report.summary()
        assert not FAILURES.total()  # and costs no hint
        assert square(lambda x: x + x).findings[0].remark == f"Hint: {HINTS[0]}"

    def test_half_open(self, square):
        def half(x):
            if x < 0:
                raise NotImplementedError
            return 9

        report = square(half)
        assert [finding.state for finding in report.findings] == ["passed", "open"]
        assert report.summary() == "Square of a number: 1 of 2 public checks pass."

    def test_an_answer_that_stops(self, square):
        report = square(lambda x: x / 0)
        assert [finding.state for finding in report.findings] == ["failed", "failed"]
        assert report.findings[0].remark == (
            "Your answer stopped with ZeroDivisionError: division by zero."
        )
        assert report.findings[1].remark == "As above."
        assert not FAILURES.total()  # an error uses up no hint, and a hint does not fit it
        assert square(lambda x: x + x).findings[0].remark == f"Hint: {HINTS[0]}"

    def test_a_sentence_on_this_answer_takes_the_place_of_a_hint(self):
        dear = Property(
            "it keeps to 3", lambda x: x <= 3 or f"It costs {x}, and 3 is there.", HINTS
        )
        check = Check("Cost", [dear])
        assert check(3).passed == 1
        assert check(5).findings[0].remark == "It costs 5, and 3 is there."
        assert not FAILURES.total()

    def test_an_answer_of_another_kind(self, square):
        remark = square(9).findings[0].remark
        assert "TypeError" in remark
        assert "not callable" in remark

    def test_an_answer_that_never_ends(self, square):
        def forever(x):
            return forever(x)

        assert "RecursionError" in square(forever).findings[0].remark

    def test_a_check_made_anew_goes_on_with_the_next_hint(self, square):
        again = Check(square.name, square.properties)
        wrong = [one(lambda x: x + x).findings[0].remark for one in (square, again)]
        assert wrong == [f"Hint: {HINTS[0]}", f"Hint: {HINTS[1]}"]

    def test_a_property_that_held_has_used_up_no_hint(self):
        both = Check(
            "Two",
            [
                Property("it is above 0", lambda x: x > 0, ["first", "last"]),
                Property("it is even", lambda x: x % 2 == 0, ["first", "last"]),
            ],
        )
        assert [finding.remark for finding in both(3).findings] == ["", "Hint: first"]
        assert [finding.remark for finding in both(-3).findings] == ["Hint: first", "Hint: last"]

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            (lambda x: None - x, "print only shows"),
            (lambda x: [x] / x, "np.array"),
            (lambda x: x ^ 0.5, "two stars"),
            (lambda x: np.array([0.5]) ^ x, "two stars"),
            (lambda x: float(np.array([x, x])), "an array: is a sum missing?"),
            (lambda x: np.array([x, x]), "several numbers (an array), and one number is wanted"),
            (lambda x: np.ln(x), "ln is np.log"),
            (lambda x: ln(x), "ln is np.log"),  # noqa: F821
            (lambda x: x - max, "max(a) is the largest"),
            (lambda x: sum(np.float64(x)), "Several numbers are wanted here, and this is one"),
            (lambda x: true and x, "with a capital letter"),  # noqa: F821
            (lambda x: exit(), "Your answer stopped with SystemExit"),
            (lambda x: ε + x, "names in the first line of your function"),  # noqa: F821
        ],
    )
    def test_what_is_often_behind_an_error(self, square, wrong, sentence):
        assert sentence in square(wrong).findings[0].remark

    def test_a_library_that_has_not_been_loaded(self, square):
        scope: dict = {}
        exec("def wrong(x): return np.sqrt(x)", scope)
        assert "import numpy as np" in square(scope["wrong"]).findings[0].remark

    def test_report_is_a_pure_function(self, square):
        reports = [square.report(lambda x: x + x, attempts=1) for _ in range(3)]
        assert reports[0] == reports[1] == reports[2]
        assert not FAILURES
        assert reports[0].findings[0].remark == f"Hint: {HINTS[1]}"

    def test_result_is_kept(self, square, progress_path):
        square(...)
        assert progress.events() == []
        square(lambda x: 9)
        square(lambda x: x)
        kept = [(event["name"], event["passed"], event["total"]) for event in progress.events()]
        assert kept == [("Square of a number", 2, 2), ("Square of a number", 0, 2)]

    def test_says_when_it_cannot_be_saved(self, square, monkeypatch, tmp_path):
        monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path))
        report = square(lambda x: x * x)
        assert report.passed == 2
        assert "could not be saved" in repr(report)
        assert "could not be saved" in report._repr_html_()

    def test_in_words(self, square):
        assert repr(square(lambda x: x if x < 3 else 8)).splitlines() == [
            "Square of a number: 0 of 2 public checks pass.",
            "  ✗ does not hold: the square of 3 is 9",
            "      Hint: Think of nine.",
            "  ✗ does not hold: the square of -x is that of x",
        ]

    def test_on_the_page_words_are_text_and_not_code(self):
        def answer():
            raise ValueError("<script>alert(1)</script>")

        check = Check("<i>name", [Property("1 < 2", lambda f: f(), ["<b>hint"])])
        page = check(answer)._repr_html_()
        assert "<script>" not in page
        assert "&lt;i&gt;name" in page
        assert "1 &lt; 2" in page
        wrong = Check("a", [Property("b", lambda f: False, ["<b>hint"])])(answer)
        assert "&lt;b&gt;hint" in wrong._repr_html_()
        assert 'role="status"' in page


class TestAnAnswerOfBefore:
    """A cell that Python refuses leaves the old answer in place: it is not judged again."""

    @pytest.fixture
    def run(self, monkeypatch):
        shell = InteractiveShell()
        monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
        shell.run_cell(
            "from course_lib.lab import Check, Property\n"
            "check = Check('Half', [Property('half of 4 is 2', lambda f: f(4) == 2, ['a', 'b'])])"
        )
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            yield lambda source: shell.run_cell(source).result

    def test_is_judged_when_its_cell_has_run(self, run):
        run("def half(x):\n    return x")
        assert run("check(half)").findings[0].remark == "Hint: a"
        run("def half(x):\n    return x / 2")
        assert run("check(half)").passed == 1

    @pytest.mark.parametrize(
        "broken", ["def half(x:\n    return x / 2", "def half(x):\nreturn x", "half = 1 / 0"]
    )
    def test_is_not_judged_when_its_cell_was_refused(self, run, broken):
        run("def half(x):\n    return x")
        run(broken)
        report = run("check(half)")
        assert report.findings[0].state == "open"
        assert "the last cell with half stopped with an error" in repr(report)
        assert not FAILURES.total()
        run("def half(x):\n    return x / 2")
        assert run("check(half)").passed == 1

    def test_an_error_elsewhere_does_not_matter(self, run):
        run("def half(x):\n    return x / 2")
        run("1 / 0")
        run("other = 1 / 0")
        assert run("check(half)").passed == 1

    def test_an_error_after_the_answer_was_given_does_not_either(self, run):
        run("def half(x):\n    return x / 2\n\nhalf('a')")
        assert run("check(half)").passed == 1


class TestIntegersOfThirtyTwoBits:
    """NumPy's own in a browser: 50,000 squared is a negative number there."""

    check = Check("Squares", [Property("there is an answer", lambda answer: answer is not None)])
    returns = Check("Squares", [Property("it gives an answer", lambda f: f() is not None)])

    @pytest.fixture
    def in_a_browser(self, monkeypatch):
        monkeypatch.setattr("course_lib.lab.check.INTEGER_BITS", 32)

    @pytest.mark.parametrize(
        "answer",
        [
            np.array([50000], dtype=np.int32) ** 2,
            np.int32(7),
            {"East": [1.0, np.int32(7)]},
            pd.Series([1], dtype="int32"),
        ],
    )
    def test_are_said_beside_the_check(self, in_a_browser, answer):
        assert "integers of 32 bits" in self.check(answer).note
        assert "integers of 32 bits" in self.returns(lambda: answer).note

    @pytest.mark.parametrize("answer", [7, 7.5, "a", np.array([1, 2], dtype=np.int64), [[1.0]]])
    def test_others_are_not_mentioned(self, in_a_browser, answer):
        assert self.check(answer).note == ""
        assert self.returns(lambda: answer).note == ""

    def test_nothing_is_said_where_they_are_no_danger(self):
        assert self.check(np.int32(7)).note == ""
