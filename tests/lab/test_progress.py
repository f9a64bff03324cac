"""The student's own file: lines are added, never lost, never changed."""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_lib import __version__
from course_lib.lab import my_progress, progress


class TestWhere:
    def test_nowhere_in_tests(self):
        assert progress.progress_file() is None
        assert progress.record("quiz", "q", choice="a") == ""
        assert progress.events() == []

    def test_beside_the_notebook(self, monkeypatch, tmp_path):
        monkeypatch.delenv("PYTEST_VERSION")
        monkeypatch.chdir(tmp_path)
        assert progress.progress_file() == tmp_path / "my_progress.jsonl"

    def test_elsewhere_or_off(self, monkeypatch, tmp_path):
        monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "mine.jsonl"))
        assert progress.progress_file() == tmp_path / "mine.jsonl"
        monkeypatch.setenv("COURSE_PROGRESS", "off")
        assert progress.progress_file() is None


class TestRecord:
    def test_one_line_of_json_an_event(self, progress_path):
        assert progress.record("quiz", "q", choice="a", right=False) == ""
        assert progress.record("check", "c", passed=2, total=3) == ""
        lines = progress_path.read_text(encoding="utf-8").splitlines()
        first, second = (json.loads(line) for line in lines)
        assert first == {
            "kind": "quiz",
            "name": "q",
            "when": first["when"],
            "course": __version__,
            "choice": "a",
            "right": False,
        }
        assert (second["passed"], second["total"]) == (2, 3)

    def test_the_lesson_is_that_of_the_id(self, progress_path):
        progress.record("prediction", "05 pole", choice="a")
        assert progress.events()[0]["lesson"] == "05"

    def test_time_is_that_of_the_world(self, progress_path):
        progress.record("quiz", "q")
        when = datetime.fromisoformat(progress.events()[0]["when"])
        assert when.utcoffset() == timedelta(0)
        assert abs(datetime.now(when.tzinfo) - when) < timedelta(minutes=5)

    def test_only_ever_adds(self, progress_path):
        content = b""
        for number in range(5):
            progress.record("quiz", "the same quiz", choice=str(number))
            now = progress_path.read_bytes()
            assert now.startswith(content)
            assert len(now) > len(content)
            content = now
        assert [event["choice"] for event in progress.events()] == list("01234")
        assert progress.recall("quiz", "the same quiz")["choice"] == "4"

    def test_reading_changes_nothing(self, progress_path):
        progress.record("quiz", "q", choice="a")
        before = progress_path.read_bytes()
        progress.events(), progress.recall("quiz", "q"), repr(my_progress())
        assert progress_path.read_bytes() == before

    @pytest.mark.parametrize(
        "words",
        [
            "储蓄率与增长",
            "für später: ½ €",
            'a "quoted" \\ word',
            "two\nlines\r\nand\ta tab",
            "a line\u2028separator, a paragraph\u2029one, a next\x85line",  # pasted from a page
            "👩‍🌾",
            "",
        ],
    )
    def test_any_words_come_back(self, progress_path, words):
        progress.record("prediction", "lab", choice="a", reason=words)
        progress.record("prediction", "next", choice="b", reason="b")
        assert progress.recall("prediction", "lab")["reason"] == words
        assert len(progress.events()) == 2

    @given(words=st.lists(st.text(), min_size=1, max_size=4))
    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_all_words_come_back(self, progress_path, words):
        progress_path.unlink(missing_ok=True)
        for number, reason in enumerate(words):
            progress.record("prediction", f"lab {number}", choice="a", reason=reason)
        assert [event["reason"] for event in progress.events()] == words

    def test_half_a_character_does_not_stop_a_student(self, progress_path):
        assert progress.record("prediction", "lab", choice="a", reason="cut \ud83d") == ""
        assert progress.recall("prediction", "lab")["choice"] == "a"


class TestDamage:
    @pytest.mark.parametrize(
        "damaged",
        [
            b"not json",
            b'{"kind": "quiz", "name": "q", "wh',
            b"[1, 2, 3]",
            b"null",
            b'{"kind": "quiz"}',
            b'{"kind": ["quiz"], "name": "q", "when": "2026"}',
            b'{"kind": "quiz", "name": {"a": 1}, "when": "2026"}',
            b"\xff\xfe\x00 not text at all",
            b"",
        ],
    )
    def test_a_damaged_line_costs_itself_only(self, progress_path, damaged):
        progress.record("quiz", "before", choice="a")
        with progress_path.open("ab") as file:
            file.write(damaged + b"\n")
        progress.record("quiz", "after", choice="b")
        assert [event["name"] for event in progress.events()] == ["before", "after"]
        assert "2 done so far" in repr(my_progress())
        assert damaged in progress_path.read_bytes()

    def test_a_line_that_was_cut_off_does_not_swallow_the_next_one(self, progress_path):
        progress.record("quiz", "before", choice="a")
        with progress_path.open("ab") as file:
            file.write(b'{"kind": "quiz", "na')
        progress.record("quiz", "after", choice="b")
        assert [event["name"] for event in progress.events()] == ["before", "after"]

    def test_a_file_without_an_end_of_line(self, progress_path):
        progress.record("quiz", "before", choice="a")
        progress_path.write_bytes(progress_path.read_bytes().rstrip(b"\n"))
        progress.record("quiz", "after", choice="b")
        assert [event["name"] for event in progress.events()] == ["before", "after"]

    def test_a_file_from_windows(self, progress_path):
        progress.record("quiz", "before", choice="a")
        progress_path.write_bytes(progress_path.read_bytes().replace(b"\n", b"\r\n"))
        progress.record("quiz", "after", choice="b")
        assert [event["name"] for event in progress.events()] == ["before", "after"]

    def test_an_empty_file(self, progress_path):
        progress_path.touch()
        assert progress.events() == []
        progress.record("quiz", "first", choice="a")
        assert progress_path.read_bytes().startswith(b"{")


class TestNoPlaceToWrite:
    def test_a_folder_that_is_not_there(self, monkeypatch, tmp_path):
        monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "gone" / "mine.jsonl"))
        said = progress.record("quiz", "q", choice="a")
        assert said.startswith("Your answer counts here, but it could not be saved in mine.jsonl (")
        assert said.endswith("Check that you may write in this folder.")
        assert not (tmp_path / "gone").exists()
        assert progress.events() == []

    def test_a_folder_in_place_of_the_file(self, monkeypatch, tmp_path):
        monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path))
        assert "could not be saved" in progress.record("quiz", "q", choice="a")
        assert progress.events() == []

    def test_a_disk_that_is_full(self, progress_path, monkeypatch):
        def full(self, *args, **keywords):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "open", full)
        assert "(No space left on device)" in progress.record("quiz", "q", choice="a")


class TestMyProgress:
    def test_nothing_yet(self, progress_path):
        assert repr(my_progress()).startswith("Nothing yet.")

    def test_shows_the_last_of_each(self, progress_path):
        progress.record("prediction", "Who catches up?", choice="never", reason="No.")
        progress.record("quiz", "01 which index", choice="Theil")
        progress.record("quiz", "01 which index", choice="Gini")
        progress.record("check", "Theil's index", passed=3, total=5)
        assert repr(my_progress()).splitlines() == [
            "3 done so far, kept in my_progress.jsonl, the file that you hand in:",
            "  prediction  Who catches up?: never",
            "  quiz        01 which index: Gini",
            "  check       Theil's index: 3 of 5 public checks pass",
            "Begun and still open; go on here:",
            "  Theil's index",
        ]

    def test_quiz_and_check_of_the_same_name_are_two(self, progress_path):
        progress.record("quiz", "same", choice="a")
        progress.record("check", "same", passed=0, total=1)
        assert progress.recall("quiz", "same")["choice"] == "a"
        assert len(my_progress().latest) == 2


def test_a_quiz_that_was_right_stays_right(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.jsonl"))
    for choice, right in (("14", False), ("10", True), ("70", False)):
        progress.record("quiz", "doubling", choice=choice, right=right)
    assert progress.recall("quiz", "doubling")["choice"] == "10"
    assert repr(progress.my_progress()).splitlines()[1].endswith("doubling: 10")
    assert len(progress.events()) == 3  # nothing is lost


class TestInTheBrowser:
    """Where files lie in the browser's own store, and a folder cannot be opened."""

    @pytest.fixture
    def in_a_browser(self, monkeypatch):
        monkeypatch.setattr("sys.platform", "emscripten")

    def test_the_file_is_saved_with_one_click(self, progress_path, in_a_browser):
        progress.record("quiz", "q", words="因为 <b>")
        shown = my_progress()._repr_html_()
        data = shown.partition("base64,")[2].partition('"')[0]
        assert base64.b64decode(data) == progress_path.read_bytes()
        assert 'download="my_progress.jsonl"' in shown
        assert "it lies in this browser alone" in shown
        assert "因为 &lt;b&gt;" in shown

    def test_nothing_to_save_and_no_link(self, progress_path, in_a_browser):
        assert my_progress()._repr_html_() is None

    def test_on_a_computer_it_lies_in_a_folder(self, progress_path):
        progress.record("quiz", "q", words="a")
        assert "download" not in my_progress()._repr_html_()


class TestWhereToGoOn:
    def test_open_and_changed_answers_are_named(self, progress_path):
        progress.record("quiz", "changed", choice="a", right=False)
        progress.record("quiz", "changed", choice="b", right=True)
        progress.record("quiz", "wrong", choice="a", right=False)
        progress.record("check", "half", passed=1, total=3)
        progress.record("check", "whole", passed=3, total=3)
        shown = my_progress()
        assert shown.changed == ["changed"]
        assert shown.open == ["wrong", "half"]
        assert "First answered otherwise, now right:\n  changed\n" in repr(shown)
        assert repr(shown).endswith("Begun and still open; go on here:\n  wrong\n  half")

    def test_nothing_open_says_nothing(self, progress_path):
        progress.record("quiz", "q", choice="a", right=True)
        progress.record("quiz", "q", choice="b", right=False)  # played on: right at first
        assert "open" not in repr(my_progress())
        assert "otherwise" not in repr(my_progress())

    def test_what_came_out_otherwise_is_named_with_the_outcome(self, progress_path):
        options = {"up": "it rises", "down": "it falls"}
        of = {"options": options, "words": "it rises", "choice": "up"}
        progress.record("prediction", "05 pole", title="Who gains?", outcome="down", **of)
        progress.record("prediction", "05 ripple", title="How far?", outcome="up", **of)
        progress.record("prediction", "An old title", choice="up", words="it rises")
        shown = my_progress()
        assert shown.surprised == ["05 Who gains?: it rises. It was: it falls"]
        assert "otherwise than you predicted:\n  05 Who gains?: it rises" in repr(shown)

    def test_the_next_lesson_is_the_first_of_which_nothing_is_done(
        self, progress_path, monkeypatch, tmp_path
    ):
        monkeypatch.chdir(tmp_path)
        for name in ("00_start_here", "01_measuring_regions", "02_agglomeration"):
            (tmp_path / f"{name}.ipynb").touch()
        progress.record("quiz", "00 doubling", choice="10", right=True)
        progress.record("prediction", "02 weber", choice="a")
        shown = my_progress()
        assert shown.next == "01_measuring_regions.ipynb"
        assert repr(shown).endswith("nothing is done: 01_measuring_regions.ipynb")
        link = '<a href="01_measuring_regions.ipynb">01_measuring_regions.ipynb</a>'
        assert link in shown._repr_html_()


class TestOlderFiles:
    """They kept titles where ids stand today, and no version."""

    def test_what_was_kept_under_a_title_is_found(self, progress_path):
        old = {"kind": "prediction", "name": "Who gains?", "when": "2026", "choice": "a"}
        progress_path.write_text(json.dumps(old) + "\n")
        assert progress.recall("prediction", "05 pole", "Who gains?")["choice"] == "a"
        progress.record("prediction", "05 pole", title="Who gains?", choice="b")
        assert progress.recall("prediction", "05 pole", "Who gains?")["choice"] == "b"

    def test_a_name_of_today_is_nobodys_title(self, progress_path):
        progress.record("prediction", "Who gains?", choice="a")
        assert progress.recall("prediction", "05 pole", "Who gains?") is None
