"""Quizzes, checks, and the file in which a student's work is kept."""

from __future__ import annotations

import pytest

from course_lib.lab import Check, Property, Quiz, my_progress, progress


@pytest.fixture
def file(monkeypatch, tmp_path):
    path = tmp_path / "my_progress.jsonl"
    monkeypatch.setenv("COURSE_PROGRESS", str(path))
    return path


def test_nothing_is_kept_under_test() -> None:
    assert progress.progress_file() is None


def test_lines_are_only_added_and_a_damaged_one_costs_itself(file) -> None:
    progress.record("quiz", "one", choice="ä")
    file.write_text(file.read_text("utf-8") + '{"cut off', "utf-8")
    progress.record("quiz", "two", choice="b")
    assert [event["name"] for event in progress.events()] == ["one", "two"]
    assert "cut off" in file.read_text("utf-8")
    assert progress.recall("quiz", "one")["choice"] == "ä"
    assert "2 done so far" in repr(my_progress())


def test_a_file_that_cannot_be_written_is_a_sentence(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "no such folder" / "p.jsonl"))
    assert "could not be saved" in progress.record("quiz", "one", choice="a")


def test_each_wrong_option_has_its_hint() -> None:
    quiz = Quiz("1 + 1?", {"2": "Yes, two.", "11": "Add, do not join."}, answer="2")
    assert quiz.try_option("11") == "Not yet. Add, do not join."
    assert quiz.try_option("2").startswith("Yes.")
    with pytest.raises(ValueError, match="none of the options"):
        Quiz("?", {"a": "x"}, answer="b")


def test_a_quiz_remembers(file) -> None:
    quiz = Quiz("1 + 1?", {"2": "Yes.", "11": "Add."}, answer="2")
    radio, button = quiz._panel().children[1:3]
    radio.value = "11"
    button.click()
    radio, _, said = quiz._panel().children[1:4]
    assert radio.value == "11"
    assert "Add." in said.value


def test_hints_grow_more_direct_and_open_answers_are_no_failures() -> None:
    check = Check("Double", [Property("2 becomes 4", lambda f: f(2) == 4, ["gentle", "direct"])])
    assert check(...).findings[0].state == "open"
    assert "gentle" in repr(check(lambda x: x))
    assert "direct" in repr(check(lambda x: x))
    assert "direct" in repr(check(lambda x: x))
    assert "ZeroDivisionError" in repr(check(lambda x: x / 0))
    passed = check(lambda x: 2 * x)
    assert passed.passed == 1
    assert "cannot see everything" in passed.summary()


def test_a_function_not_yet_written_is_open() -> None:
    def later(x):
        raise NotImplementedError

    check = Check("Double", [Property("2 becomes 4", lambda f: f(2) == 4, ["hint"])])
    assert check(later).findings[0].state == "open"
