"""The report and the team's name are written on the page."""

from __future__ import annotations

import json

import pytest

from course_lib.policy_studio.forms import game_form, report_form
from course_lib.policy_studio.labs import policy_game_lab, region_type_lab
from course_lib.policy_studio.report import PARTS, report


@pytest.fixture(autouse=True)
def _here(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)


def pressed(form) -> str:
    form._repr_mimebundle_()
    form._panel.button.click()
    return form._panel.said.value


def test_the_form_asks_for_every_part_and_the_report_takes_it():
    form = report_form()
    assert set(form) == {"author", "title", *PARTS}
    for name in form:
        form.write(name, f"The text of {name}.")
    made = report(form)
    assert (made.author, made.title) == ("The text of author.", "The text of title.")
    assert all(made.answers[name] == f"The text of {name}." for name in PARTS)


def test_the_button_makes_the_page_with_the_labs_as_they_stand(tmp_path):
    lab = region_type_lab()
    form = report_form(shows=[lab], tables_of=[lab])
    assert "none of your answers is written" in pressed(form)
    form.write("author", "张三")
    form.write("region", "Sacramento is a valley.")
    lab.set(research=0.0)
    said = pressed(form)
    assert "capstone_张三.html" in said
    assert 'download="capstone.html"' in said
    page = (tmp_path / "capstone_张三.html").read_text("utf-8")
    assert lab.sentence.split("'")[0][:40] in page
    assert "<table" in page


def test_the_teams_name_is_written_in_a_field(tmp_path):
    form = game_form(policy_game_lab())
    assert "write your team" in pressed(form)
    form.write("team", "Team “Delta” 珠江队")
    assert "Your moves are in the file" in pressed(form)
    (file,) = tmp_path.glob("game_*.json")
    assert json.loads(file.read_text("utf-8"))["team"] == "Team “Delta” 珠江队"
    form.write("team", "x" * 61)
    assert "at most 60 letters" in pressed(form)
