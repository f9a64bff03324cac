"""The commands of a teacher's week: what they say, and that problems come out as sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from course_lib.cli import app, classroom
from course_lib.errors import CourseError
from course_lib.grading import class_folder, formgrader, grade
from course_lib.grading.grade import Summary
from course_lib.local_jupyter import server as jupyter

SET = "01_measuring_regions"
COMMANDS = ("new", "release", "try", "collect", "grade", "looked", "feedback", "marks",
            "enrol", "due", "lateness", "counts", "give-out", "delete")  # fmt: skip


def course(*words: str | Path) -> Any:
    return CliRunner().invoke(app, ["class", *map(str, words)])


def said(result: Any) -> str:
    assert result.exit_code == 0, result.output + repr(result.exception)
    return " ".join(result.output.split())


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class folder on Friday: the set was handed out, two students handed in."""
    root = tmp_path_factory.mktemp("teacher")
    (root / "list.csv").write_text("id,last name,first name\ns1,Li,Wei\ns2,Ahn,Ina\n", "utf-8")
    folder = root / "my class"
    made = said(course("new", folder, "--roster", root / "list.csv"))
    assert "is ready, with 2 students." in made
    assert f'Next: {classroom.COMMAND} release {SET} --folder "{folder}"' in made
    released = said(course("release", "01", "--folder", folder))
    path = folder / "for_students" / f"exercises_{SET}.ipynb"
    assert f"Give this file to your students: {path}" in released
    assert "beside the lessons" in released
    assert f"collect {SET} FILES" in released
    assert "Nothing has changed" in said(course("release", SET, "--folder", folder))
    notebook = path.read_bytes()
    assert notebook == (folder / "release" / SET / f"{SET}.ipynb").read_bytes()
    (root / "s1.ipynb").write_bytes(notebook)
    (root / "strange.ipynb").write_bytes(notebook)
    (root / "essay.pdf").write_bytes(b"%PDF")
    return folder


def files(folder: Path) -> list[Path]:
    return [folder.parent / name for name in ("s1.ipynb", "strange.ipynb", "essay.pdf")]


def test_collect_says_what_happened_to_every_file(week: Path) -> None:
    words = said(course("collect", "01", *files(week), "--folder", week))
    assert "New: 1. Replaced by a newer one: 0. Came before: 0. Late: 0." in words
    assert "Not taken: essay.pdf: it is not a notebook" in words
    assert "Unclear: strange.ipynb: neither the name of the file nor the notebook" in words
    assert f"{classroom.COMMAND} collect {SET} FILE --student NUMBER" in words
    assert f'Next: {classroom.COMMAND} grade {SET} --folder "{week}"' in words
    received = ("--student", "S2", "--received", "2027-01-31T10:00:00")
    words = said(course("collect", "01", files(week)[1], *received, "--folder", week))
    assert "New: 1." in words
    record = json.loads((week / "collected" / SET / "s2.json").read_text("utf-8"))
    assert record["received"].startswith("2027-01-31T10:00:00")


def test_grade_says_how_many_and_what_needs_a_look(
    week: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Any] = []

    def run(folder: Any, set_name: str, **settings: Any) -> Summary:
        settings.pop("progress")(1, 2)
        calls.append((folder.root, set_name, settings))
        return Summary(["s1"], [], {"s2": "the file is empty"}, {"s1": ["a reason"]})

    monkeypatch.setattr(grade, "grade_set", run)
    words = said(course("grade", "01", "--workers", "3", "--again", "--folder", week))
    wanted = {"no_sandbox": False, "workers": 3, "again": True, "accept": False, "students": ()}
    assert calls == [(week, SET, wanted)]
    assert "Graded: 1. Unchanged: 0." in words
    assert "Not graded: s2: the file is empty." in words
    assert "Look at: s1: a reason." in words
    assert f"{classroom.COMMAND} looked {SET} NUMBER" in words
    assert f"Next: {classroom.COMMAND} marks {SET}" in words


def test_marks_and_feedback_before_anything_was_graded(week: Path) -> None:
    words = said(course("marks", "01", "--folder", week))
    assert "Nobody of 2 has a total yet." in words
    assert "Not graded: s1, s2: not graded yet." in words
    assert sorted(path.name for path in (week / "marks").iterdir()) == [
        f"{SET}.csv",
        f"{SET}.png",
        f"{SET}_criteria.csv",
        f"{SET}_questions.csv",
    ]
    early = course("feedback", "01", "--folder", week)
    assert early.exit_code == 1
    assert "add --now" in early.output
    words = said(course("feedback", "01", "--now", "--folder", week))
    assert "No page, " in words
    assert ": s1" in words
    assert "0 pages in feedback" in words
    result = course("looked", "01", "S1", "--folder", week)
    assert result.exit_code == 1
    assert "s1 has no graded" in result.output


def test_try_opens_a_copy_and_keeps_what_was_done_in_it(
    week: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[dict[str, Any]] = []

    @contextmanager
    def no_server(notebooks: Path, **settings: Any) -> Iterator[Any]:
        calls.append(settings | {"folder": notebooks})
        process = SimpleNamespace(wait=lambda: None)
        yield SimpleNamespace(process=process, address=lambda name: f"http://here/{name}")

    monkeypatch.setattr(jupyter, "jupyter_server", no_server)
    words = said(course("try", "01", "--no-browser", "--folder", week))
    assert f"open at http://here/exercises_{SET}.ipynb" in words
    assert (calls[0]["folder"], calls[0]["notebook"]) == (week / "try", f"exercises_{SET}.ipynb")
    assert calls[0]["open_browser"] is False
    copy = week / "try" / f"exercises_{SET}.ipynb"
    assert copy.read_bytes() == (week / "release" / SET / f"{SET}.ipynb").read_bytes()
    copy.write_text("my work", "utf-8")
    said(course("try", "01", "--folder", week))
    assert copy.read_text("utf-8") == "my work"
    missing = course("try", "04", "--folder", week)
    assert missing.exit_code == 1
    assert f"Type first: {classroom.COMMAND} release 04_gradient_transition" in missing.output


def test_formgrader_says_where_it_is_once_it_answers(
    week: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[dict[str, Any]] = []

    @contextmanager
    def no_server(folder: Path, **settings: Any) -> Iterator[Any]:
        calls.append(settings | {"folder": folder})
        process = SimpleNamespace(wait=lambda: None)
        yield SimpleNamespace(process=process, address=lambda _: "http://here/formgrader?token=1")

    @contextmanager
    def broken(folder: Path, **settings: Any) -> Iterator[Any]:
        raise CourseError("Jupyter stopped while it was starting.")
        yield

    monkeypatch.setattr(formgrader, "jupyter_server", no_server)
    words = said(course("formgrader", "--no-browser", "--folder", week))
    assert "The formgrader is open at http://here/formgrader?token=1 until" in words
    assert (calls[0]["folder"], calls[0]["page"]) == (week, "/formgrader")
    assert calls[0]["open_browser"] is False
    monkeypatch.setattr(formgrader, "jupyter_server", broken)
    result = course("formgrader", "--folder", week)
    assert result.exit_code == 1
    assert "is open" not in result.output


@pytest.mark.parametrize(
    "words",
    [("release", "01"), ("try", "01"), ("collect", "01", "x"), ("grade", "01"), ("marks", "01"),
     ("looked", "01", "x"), ("feedback", "01")],
)  # fmt: skip
def test_outside_a_class_folder_every_command_says_so(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    result = course(*words, "--folder", tmp_path)
    assert result.exit_code == 1
    assert "is not a class folder" in result.output
    assert "course class new" in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["new", "marks"])
def test_without_nbgrader_the_sentence_says_how_to_get_it(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(class_folder, "find_spec", lambda name: None)
    (tmp_path / "list.csv").write_text("id\ns1\n", "utf-8")
    more = {"new": (tmp_path / "a", "--roster", tmp_path / "list.csv"), "marks": ("01",)}
    result = course(command, *more[command])
    assert result.exit_code == 1
    assert "uv run --extra grading course class" in result.output
    assert not (tmp_path / "a").exists()


def test_every_command_has_a_help_text_in_words() -> None:
    overview = said(course("--help"))
    for command in (*COMMANDS, "formgrader"):
        assert command in overview
        assert len(said(course(command, "--help"))) > 300


def test_a_set_may_be_called_by_its_number_or_its_title() -> None:
    for typed in ("01", "measuring_regions", SET, f"{SET}.ipynb"):
        assert classroom.whole_name(typed) == SET
    assert classroom.whole_name("99") == "99"


def test_a_long_list_is_cut_and_says_where_the_rest_is(capsys: pytest.CaptureFixture[str]) -> None:
    classroom.say((f"line {number}\x1b[2J" for number in range(100)), "collected/x.log")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == classroom.MOST_SENTENCES + 1
    assert lines[-1] == "... and 60 more like this. All are in collected/x.log."
    assert "\x1b" not in lines[0]
