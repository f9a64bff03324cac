"""A class folder: its settings, its roster, and that nbgrader's own commands agree with ours."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from traitlets.config.loader import PyFileConfigLoader

from course_lib.errors import CourseError
from course_lib.files import write_atomically
from course_lib.grading import class_folder
from course_lib.grading.class_folder import (
    NO_EXTRA,
    ClassFolder,
    read_json,
    read_roster,
    read_settings,
)
from tests.grading.classes import SET


def settings(tmp_path: Path, text: str) -> class_folder.Settings:
    (tmp_path / "class.toml").write_text(text, "utf-8")
    return read_settings(tmp_path / "class.toml")


def roster(tmp_path: Path, content: str | bytes) -> list[dict[str, str]]:
    path = tmp_path / "list.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    found: list[dict[str, str]] = read_roster(path).to_dict("records")
    return found


def test_the_settings_of_a_new_class_can_be_read_and_say_what_they_are(
    a_class: ClassFolder,
) -> None:
    found = a_class.settings
    assert (found.name, found.token, found.due) == ("Regions", a_class.token, {})
    assert found.workers >= 1
    assert (found.wall_seconds, found.memory_mb) == (120, 2048)
    text = (a_class.root / "class.toml").read_text("utf-8")
    # The example dates work as soon as the # is taken away.
    (a_class.root / "class.toml").write_text(text.replace('# "0', '"0'), "utf-8")
    due = ClassFolder.at(a_class.root).due(SET)
    assert due
    assert due.replace(tzinfo=None) == datetime(2027, 1, 31, 23, 59)


def test_a_due_date_has_a_time_zone(tmp_path: Path) -> None:
    text = "[due]\nday = 2027-01-31\nmoment = 2027-01-31T10:00:00\nfar = 2027-01-31T10:00:00+08:00"
    due = settings(tmp_path, text).due
    assert due["day"].replace(tzinfo=None) == datetime(2027, 1, 31, 23, 59, 59)
    assert due["moment"] == datetime(2027, 1, 31, 10).astimezone()
    assert due["far"].utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize(
    "text, words",
    [
        ("name = \n", "cannot be read.*line 1"),
        ("[due]\nx = 25.11.2026 08:10\n", r"line 2.*A date is written like this.*T23:59:00$"),
        ("[due]\na = '2027-01-31'", "without quotation marks"),
        ("[grading]\nworkers = -1", "workers .* is -1"),
        ("[grading]\nmemory_mb = 'much'", "memory_mb .* is 'much'"),
        ("[grading]\nwall_seconds = true", "wall_seconds .* is True"),
        ("student_number = '['", "is not a pattern"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(CourseError, match=words):
        settings(tmp_path, text)


@pytest.mark.parametrize(
    "content",
    [
        "id,last name,first name,email\n007,Ångström,Bo,b@example.org\n",
        "\ufeffEmail address;ID number;First name;Surname\nb@example.org;007;Bo;Ångström\n",
        "E-Mail;Matrikelnummer;Vorname;Nachname\nb@example.org;007;Bo;Ångström\n",
        "Student_Number\tLASTNAME\tGiven Name\tE-Mail\r\n007\tÅngström\tBo\tb@example.org\r\n\r\n",
        "id;last name;first name;email\n007;Ångström;Bo;b@example.org\n".encode("cp1252"),
        'id,last name,first name,email\n" 007 ","Ångström",Bo,b@example.org',
    ],
)
def test_a_roster_is_read_however_it_was_saved(tmp_path: Path, content: str | bytes) -> None:
    wanted = {"last name": "Ångström", "first name": "Bo", "email": "b@example.org"}
    assert roster(tmp_path, content) == [{"id": "007"} | wanted]


def test_a_spreadsheet_is_not_a_roster(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="is not a CSV file"):
        roster(tmp_path, b"PK\x03\x04\x00\x00")
    with pytest.raises(CourseError, match="cannot be read"):
        read_roster(tmp_path / "nothing.csv")


def test_numbers_fit_the_pattern_of_the_class(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("id\n12345678\n1234\n", "utf-8")
    with pytest.raises(CourseError, match=r"Row 3 .* '1234' does not fit the pattern \[0-9\]\{8\}"):
        read_roster(tmp_path / "list.csv", "[0-9]{8}")


def test_a_token_that_was_changed_is_noticed(a_class: ClassFolder) -> None:
    (a_class.root / "secret.txt").write_text("another secret of that length\n", "utf-8")
    with pytest.raises(CourseError, match=r"does not belong to secret\.txt"):
        _ = ClassFolder.at(a_class.root).token
    (a_class.root / "secret.txt").write_text("\n", "utf-8")
    with pytest.raises(CourseError, match="is damaged"):
        _ = ClassFolder.at(a_class.root).secret


def test_nbgraders_own_commands_use_the_same_settings(a_class: ClassFolder) -> None:
    ours = a_class.config()
    path = a_class.root / "nbgrader_config.py"
    theirs = PyFileConfigLoader(path.name, path=str(a_class.root)).load_config()
    assert Path(theirs.CourseDirectory.root) == a_class.root
    for section in class_folder.NBGRADER:
        for name, value in theirs[section].items():
            assert ours[section][name] == value


def test_nbgraders_own_command_finds_the_students(a_class: ClassFolder) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "db", "student", "list"],
        cwd=a_class.root, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "s001 (Müller, Anna)" in done.stdout + done.stderr


def test_without_nbgrader_there_is_a_sentence(
    a_class: ClassFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(class_folder, "find_spec", lambda name: None)
    with pytest.raises(CourseError) as caught:
        a_class.config()
    assert str(caught.value) == NO_EXTRA
    assert "uv run --extra grading course class" in NO_EXTRA


def test_writing_is_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "new" / "a.json"
    write_atomically(path, b"old")
    with monkeypatch.context() as broken:
        broken.setattr("os.replace", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            write_atomically(path, b"new")
    assert [p.name for p in path.parent.iterdir()] == ["a.json"]
    assert path.read_bytes() == b"old"
    with pytest.raises(CourseError, match="is damaged"):
        read_json(path)
    assert read_json(tmp_path / "nothing.json") is None


def test_a_class_folder_keeps_itself_out_of_repositories(a_class: ClassFolder) -> None:
    assert (a_class.root / ".gitignore").read_text("utf-8") == "*\n"
