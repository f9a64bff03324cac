"""Places to write in: words are counted, kept, and there again."""

from __future__ import annotations

import base64
import json

import pytest

from course_lib.lab import Field, Writing, progress
from course_lib.lab.written import FILE_NAME

FIELDS = {
    "who": Field("Your name", lines=1),
    "why": Field("Why?", "In two sentences.", least_words=3),
}


def note(**changes) -> Writing:
    return Writing(**({"name": "note", "title": "A note", "fields": FIELDS} | changes))


def page(writing: Writing):
    assert set(writing._repr_mimebundle_()) == {
        "application/vnd.jupyter.widget-view+json",
        "text/html",
        "text/plain",
    }
    return writing._panel


def kept(progress_path) -> dict:
    return json.loads(progress_path.with_name(FILE_NAME).read_text("utf-8"))


def test_nothing_is_kept_in_tests_and_stored_notebooks(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    writing = note()
    writing.write("why", "Because of it.")
    assert writing["why"] == "Because of it."
    assert writing.said("why") == "3 words."
    assert list(tmp_path.iterdir()) == []


def test_what_is_typed_is_counted_and_kept(progress_path):
    panel = page(note())
    panel.areas["why"].value = "Wages fell"
    assert "2 words. Fewer than 3 can hardly answer it." in panel.counts["why"].value
    assert f"Kept in {FILE_NAME}" in panel.counts["why"].value
    panel.areas["who"].value = "张三"
    assert kept(progress_path) == {"note": {"why": "Wages fell", "who": "张三"}}
    again = page(note())
    assert again.areas["why"].value == "Wages fell"
    assert "2 words" in again.counts["why"].value
    assert repr(note()) == "A note. Your name: 张三; Why?: 2 words."


def test_two_windows_do_not_take_each_others_text_away(progress_path):
    one, other = note(), note(name="another")
    one.write("why", "First.")
    other.write("why", "Second.")
    second_window = note()
    one.write("who", "Ada")
    second_window.write("why", "Third.")
    assert kept(progress_path) == {
        "note": {"why": "Third.", "who": "Ada"},
        "another": {"why": "Second."},
    }


def test_a_damaged_file_is_said_and_left_as_it_is(progress_path):
    file = progress_path.with_name(FILE_NAME)
    file.write_text("{half of a", "utf-8")
    panel = page(note())
    panel.areas["why"].value = "New words."
    assert "cannot be read" in panel.said.value
    assert file.read_text("utf-8") == "{half of a"


def test_a_folder_that_cannot_be_written_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "nowhere" / "mine.jsonl"))
    panel = page(note())
    panel.areas["why"].value = "Words."
    assert "is not kept" in panel.said.value


def test_the_button_says_what_it_did_or_why_not():
    def act(texts):
        if not texts["who"]:
            raise ValueError("a name is wanted")
        return f"Thank you, <{texts['who']}>.", "note.txt", "text/plain", texts["why"]

    panel = page(note(does=("Send", act)))
    panel.button.click()
    assert "Not possible: a name is wanted." in panel.said.value
    panel.areas["who"].value = "Ada"
    panel.areas["why"].value = "因为"
    panel.button.click()
    assert "Thank you, &lt;Ada&gt;." in panel.said.value
    assert 'download="note.txt"' in panel.said.value
    assert base64.b64encode("因为".encode()).decode() in panel.said.value


def test_an_unknown_field_is_refused():
    with pytest.raises(ValueError, match="There is no field 'when': choose one of who and why"):
        note().write("when", "now")


def test_progress_is_another_file(progress_path):
    note().write("why", "Words.")
    assert progress.events() == []
