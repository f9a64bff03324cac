"""Collecting: whose, when, nothing lost, nothing outside the folder."""

from __future__ import annotations

import io
import json
import os
import stat
import struct
import sys
import time
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from course_lib.errors import CourseError
from course_lib.grading import incoming
from course_lib.grading.class_folder import ClassFolder
from course_lib.grading.collect import (
    Collected,
    collect,
    opened_class,
    opened_set,
    written_student,
)
from tests.grading.classes import MASTERS, SET, Book

Files = dict[str, bytes]
NOON = (2027, 1, 31, 12, 0, 0)


def zipped(files: Files, when: tuple[int, ...] = NOON) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, when), content)  # type: ignore[arg-type]
    return made.getvalue()


def export(folder: Path, files: Files, when: tuple[int, ...] = NOON, name: str = "all") -> Path:
    path = folder / f"{name}.zip"
    path.write_bytes(zipped(files, when))
    return path


def everything(folder: ClassFolder) -> Files:
    """All files of a class but the log and the roster's own."""
    return {
        path.relative_to(folder.root).as_posix(): path.read_bytes()
        for path in sorted(folder.root.rglob("*"))
        if path.is_file() and path.suffix != ".log" and path.name != "gradebook.db"
    }


def stored(folder: ClassFolder, student: str) -> bytes:
    return folder.submission(SET, student).read_bytes()


# --- whose it is


@pytest.mark.parametrize(
    "path",
    [
        "S001/notebook.ipynb",
        "Anna Müller_12345_assignsubmission_file_/exercises_01_measuring_regions-2.ipynb",
        "Exercise 01_s001_attempt_2027-01-30-14-23-11_01_measuring_regions.ipynb",
        "Exercise/Mueller_Anna_s001_4711/20270130142311_99_01_measuring_regions.ipynb",
        "Anna Müller_12345_assignsubmission_file_/01_measuring_regions.ipynb",
        "mulleranna_LATE_2233_445566_01_measuring_regions-1.ipynb",
        "Müller Anna_s001/set (1).ipynb",
        "s001.ipynb.txt",
        "s001\\set.IPYNB",
    ],
)
def test_a_platforms_path_says_whose_it_is(
    path: str, a_class: ClassFolder, book: Book, tmp_path: Path
) -> None:
    done = collect(a_class, SET, [export(tmp_path, {path: book()})])
    assert (done.new, done.unclear, done.refused) == (["s001"], {}, {})
    assert stored(a_class, "s001") == book()


def test_else_the_notebook_says_whose_it_is(
    a_class: ClassFolder, book: Book, tmp_path: Path
) -> None:
    done = collect(a_class, SET, [export(tmp_path, {"x/y.ipynb": book(" S003 ")})])
    assert done.new == ["s003"]


@pytest.mark.parametrize(
    "path, student, why",
    [
        ("a.ipynb", "", "neither the name of the file nor the notebook"),
        ("a.ipynb", "s999", "'s999', which is not on the roster"),
        ("s001_s002.ipynb", "s001", "several students: s001, s002"),
        ("xs001.ipynb", "", "neither"),  # not a whole word
        (
            "Anna Müller_1_file/a.ipynb",
            "s002",
            "says s002, and the name of the file points to s001",
        ),
        ("Anna Müller_s002_/a.ipynb", "s002", "the number s002 and the name of s001"),
        ("Li_7_file/a.ipynb", "", "neither"),  # two students have that last name
    ],
)
def test_what_is_unclear_is_put_aside_and_named(
    path: str, student: str, why: str, a_class: ClassFolder, book: Book, tmp_path: Path
) -> None:
    done = collect(a_class, SET, [export(tmp_path, {path: book(student)})])
    assert not done.new
    assert why in done.unclear[f"all.zip/{path}"]
    kept = [p for p in (a_class.root / "unclear" / SET).iterdir() if p.suffix == ".ipynb"]
    assert [p.read_bytes() for p in kept] == [book(student)]
    # The teacher finds out, and from then on the same export is clear as well.
    assert collect(a_class, SET, kept, student="S005").new == ["s005"]
    again = collect(a_class, SET, [tmp_path / "all.zip"])
    assert (again.unchanged, again.unclear) == (["s005"], {})


def test_short_numbers_are_not_found_in_dates_and_copies(tmp_path: Path, book: Book) -> None:
    (tmp_path / "list.csv").write_text("id\n1\n2\n16\n", "utf-8")
    folder = ClassFolder.new(tmp_path / "small", tmp_path / "list.csv")
    (folder.release / SET).mkdir()
    folder.released(SET).write_bytes(book())
    files = {
        "x_16_attempt_2027-01-02-01-02-01_set (1).ipynb": book(),
        "y_attempt_2027-01-16-01-02-01_set-2.ipynb": book("1"),
    }
    assert collect(folder, SET, [export(tmp_path, files)]).new == ["16", "1"]


def test_a_number_inside_a_longer_one_is_not_meant(tmp_path: Path, book: Book) -> None:
    (tmp_path / "list.csv").write_text("id\ns1\ns1-b\n", "utf-8")
    folder = ClassFolder.new(tmp_path / "small", tmp_path / "list.csv")
    (folder.release / SET).mkdir()
    folder.released(SET).write_bytes(book())
    done = collect(folder, SET, [export(tmp_path, {"s1-b/a.ipynb": book(), "s1/a.ipynb": book()})])
    assert sorted(done.new) == ["s1", "s1-b"]


def test_the_export_of_another_set_is_one_sentence(
    a_class: ClassFolder, book: Book, tmp_path: Path
) -> None:
    other = book().replace(SET.encode(), b"04_gradient_transition")
    before = everything(a_class)
    path = export(tmp_path, {f"s00{n}.ipynb": other + b" " * n for n in (1, 2, 3)})
    done = collect(a_class, SET, [path])
    assert (done.new, done.unclear) == ([], {})
    assert len(done.notes) == 1
    assert done.notes[0].startswith("3 notebooks are of 04_gradient_transition, and none of them")
    assert everything(a_class) == before


def test_what_the_teacher_settled_is_unclear_no_more(
    a_class: ClassFolder, book: Book, tmp_path: Path
) -> None:
    files = {"s002/a.ipynb": book("s002"), "s002/b.ipynb": book("s002", theil="theil = 1")}
    path = export(tmp_path, files)
    assert len(collect(a_class, SET, [path]).unclear) == 2
    (tmp_path / "b.ipynb").write_bytes(files["s002/b.ipynb"])
    assert collect(a_class, SET, [tmp_path / "b.ipynb"], student="s002").new == ["s002"]
    place = a_class.root / "unclear" / SET
    kept = [one.read_bytes() for one in place.iterdir() if one.suffix == ".ipynb"]
    assert kept == [files["s002/a.ipynb"]]
    again = collect(a_class, SET, [path])
    assert (again.unclear, again.unchanged) == ({}, ["s002"])
    assert stored(a_class, "s002") == files["s002/b.ipynb"]


def test_what_is_settled_from_there_is_not_lost_if_it_is_interrupted(
    a_class: ClassFolder, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.ipynb").write_bytes(book(""))
    collect(a_class, SET, [tmp_path / "mine.ipynb"])
    (tmp_path / "mine.ipynb").unlink()
    (kept,) = (a_class.root / "unclear" / SET).glob("*.ipynb")

    def stop(*given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("course_lib.grading.collect._take", stop)
        with pytest.raises(KeyboardInterrupt):
            collect(a_class, SET, [kept], student="s001")
    assert kept.read_bytes() == book("")
    assert collect(a_class, SET, [kept], student="s001").new == ["s001"]
    assert stored(a_class, "s001") == book("")
    assert not kept.exists()


def test_of_two_in_one_zip_the_older_is_mentioned(
    a_class: ClassFolder, book: Book, tmp_path: Path
) -> None:
    (tmp_path / "s002").mkdir()
    for number, name in enumerate(("old", "new")):
        path = tmp_path / "s002" / f"{name}.ipynb"
        path.write_bytes(book("s002", theil=f"theil = {number}"))
        os.utime(path, (number * 1000 + 1_000_000_000,) * 2)
    done = collect(a_class, SET, [tmp_path / "s002"])
    assert done.new == ["s002"]
    assert any("s002: more than one notebook came. The newest counts" in one for one in done.notes)


def test_the_notebook_of_another_set_is_unclear(
    a_class: ClassFolder, book: Book, tmp_path: Path
) -> None:
    other = book("s001").replace(SET.encode(), b"04_gradient_transition")
    done = collect(a_class, SET, [export(tmp_path, {"s001.ipynb": other})])
    assert done.unclear == {"all.zip/s001.ipynb": "it is the notebook of 04_gradient_transition"}


def test_a_teacher_is_told_what_looks_odd(a_class: ClassFolder, book: Book, tmp_path: Path) -> None:
    practice = book("s003").replace(a_class.token.encode(), b"practice")
    files = {"s001.ipynb": book("s001"), "s002.ipynb": book("s001"), "s003.ipynb": practice}
    notes = " ".join(collect(a_class, SET, [export(tmp_path, files)]).notes)
    assert "s002: the notebook says STUDENT = 's001'." in notes
    assert "s001 and s002 handed in the very same file." in notes
    assert "s003: the notebook is of another class ('practice')" in notes


# --- what it comes in


def test_folders_zips_in_zips_and_single_files_come_together(
    a_class: ClassFolder, book: Book, tmp_path: Path
) -> None:
    inner = zipped({"deep/notebook.ipynb": book("s001")})
    export(tmp_path, {"s001/mine.zip": inner, "__MACOSX/s001/._mine.ipynb": b"x"})
    place = tmp_path / "files" / "s002" / "work"
    place.mkdir(parents=True)
    (place / "a.ipynb").write_bytes(book("s002"))
    (place / ".ipynb_checkpoints").mkdir()
    (place / ".ipynb_checkpoints" / "a-checkpoint.ipynb").write_bytes(book("s003"))
    single = tmp_path / "s004.ipynb"
    single.write_bytes(book())
    done = collect(a_class, SET, [tmp_path / "all.zip", tmp_path / "files", single])
    assert done.new == ["s001", "s002", "s004"]
    assert (done.unclear, done.refused) == ({}, {})


def test_a_damaged_or_empty_notebook_is_collected_as_it_came(
    a_class: ClassFolder, tmp_path: Path
) -> None:
    files = {"s001.ipynb": b'{"cells": [\xff\x00', "s002.ipynb": b"", "s003.ipynb": b"[" * 90_000}
    assert collect(a_class, SET, [export(tmp_path, files)]).new == ["s001", "s002", "s003"]
    assert {name: stored(a_class, name[:4]) for name in files} == files


def a_link(name: str) -> zipfile.ZipInfo:
    link = zipfile.ZipInfo(name, NOON)  # type: ignore[arg-type]
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return link


def test_what_must_not_come_in_is_refused_and_the_rest_goes_on(
    a_class: ClassFolder, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "LARGEST_NOTEBOOK", 2_000_000)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(a_link("s001/link.ipynb"), "/etc/passwd")
        for name in ("../s001.ipynb", "/s001.ipynb", "C:\\s001.ipynb", "a\\..\\..\\s001.ipynb"):
            archive.writestr(name, book())
        archive.writestr("s001/essay.pdf", b"%PDF")
        archive.writestr("s001/data.json", b'{"a": 1}')
        archive.writestr("s001/huge.ipynb", bytes(3_000_000))
        archive.writestr("s001/broken.zip", b"PK\x03\x04 no zip")
        archive.writestr("s002.ipynb", book())
    path = tmp_path / "all.zip"
    path.write_bytes(made.getvalue())
    done = collect(a_class, SET, [path, tmp_path / "not_there.zip"])
    assert done.new == ["s002"]
    said = {where.removeprefix("all.zip/"): why for where, why in done.refused.items()}
    for name, word in {
        "s001/link.ipynb": "link",
        "../s001.ipynb": "leads out",
        "/s001.ipynb": "fixed place",
        "C:/s001.ipynb": "fixed place",
        "a/../../s001.ipynb": "leads out",
        "s001/essay.pdf": "not a notebook",
        "s001/data.json": "not a notebook",
        "s001/huge.ipynb": "larger than",
        "s001/broken.zip": "damaged",
        str(tmp_path / "not_there.zip"): "no such file",
    }.items():
        assert word in said.pop(name)
    assert not said
    assert sorted(p.name for p in tmp_path.iterdir()) == ["all.zip", "class"]


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are a matter of Unix")
def test_links_and_pipes_in_a_folder_are_not_followed(
    a_class: ClassFolder, book: Book, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "s003.ipynb").write_bytes(book())
    given = tmp_path / "given"
    given.mkdir()
    (given / "s001.ipynb").symlink_to(outside / "s003.ipynb")
    (given / "s002").symlink_to(outside)
    os.mkfifo(given / "s004.ipynb")
    (given / "s005.ipynb").write_bytes(book())
    done = collect(a_class, SET, [given])
    assert done.new == ["s005"]
    assert "link" in done.refused["given/s001.ipynb"]
    assert "link" in done.refused["given/s002"]
    assert "not a file" in done.refused["given/s004.ipynb"]


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "MOST_MEMBERS", 50)
    monkeypatch.setattr(incoming, "MOST_FILES", 10)
    monkeypatch.setattr(incoming, "MOST_OF_A_PART", 1_000_000)
    monkeypatch.setattr(incoming, "LARGEST_NOTEBOOK", 400_000)


def bomb(kind: str, book: Book) -> Files:
    """What a student sends who spoils it for others, with malice or without."""
    if kind == "deep":
        deep = book()
        for _ in range(6):
            deep = zipped({"a.zip": deep})
        return {"work.zip": deep}
    if kind == "environment":
        inside = {f"project/.venv/lib/{number}.txt": b"" for number in range(300)}
        return {"work.zip": zipped(inside | {"project/mine.ipynb": book()})}
    if kind == "members":
        return {"work.zip": zipped({f"{number}.py": b"" for number in range(300)})}
    if kind == "candidates":
        return {f"{number}.ipynb": b"{}" for number in range(300)}
    return {"work.zip": zipped({f"{number}.ipynb": bytes(399_000) for number in range(9)})}


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize("layout", ["{}/", "Exercise 01/{}/"])
@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("deep", "deep"),
        ("environment", ""),
        ("members", "more than 50 files; the rest of it was not read"),
        ("candidates", "more than 10 files that may be notebooks; the rest"),
        ("bytes", "more than 1 megabytes; the rest"),
    ],
)
def test_what_one_student_sends_spoils_nothing_for_the_others(
    kind: str, word: str, layout: str, a_class: ClassFolder, book: Book, tmp_path: Path
) -> None:
    first = {layout.format("s001") + name: data for name, data in bomb(kind, book).items()}
    others = {layout.format(f"s00{n}") + "a.ipynb": book(theil=f"theil = {n}") for n in (2, 3)}
    others |= {layout.format("s004") + "work.zip": zipped({"b.ipynb": book()})}
    done = collect(a_class, SET, [export(tmp_path, first | others)])
    assert {"s002", "s003", "s004"} <= set(done.new)
    assert ("s001" in done.new) == (kind in ("environment", "candidates"))
    said = done.unread if "the rest" in word else done.refused
    assert not word or any(word in why and "s001" in where for where, why in said.items())
    assert len(done.refused) < 10
    if done.unread:
        log = (a_class.root / "collected" / f"{SET}.log").read_text("utf-8")
        assert "not read: all.zip/" in log


@pytest.mark.usefixtures("small_limits")
def test_a_folder_has_the_same_limits(a_class: ClassFolder, book: Book, tmp_path: Path) -> None:
    for number in range(60):
        path = tmp_path / "given" / "s001" / f"{number}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"{}")
    (tmp_path / "given" / "s002").mkdir()
    (tmp_path / "given" / "s002" / "a.ipynb").write_bytes(book())
    done = collect(a_class, SET, [tmp_path / "given"])
    assert "s002" in done.new
    assert list(done.unread) == ["given/s001"]


def test_a_zip_with_a_list_without_end_is_not_opened(
    a_class: ClassFolder, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "LARGEST_DIRECTORY", 5_000)
    many = zipped({f"{number}.txt": b"" for number in range(200)})
    path = export(tmp_path, {"s001/a.zip": many, "s002/a.ipynb": book()})
    done = collect(a_class, SET, [path])
    assert done.new == ["s002"]
    assert "far too many files" in done.unread["all.zip/s001/a.zip"]


@pytest.mark.parametrize(
    "source",
    [
        "\n" * 400_000,
        " \t" * 200_000,
        "STUDENT" * 100_000,
        "STUDENT" + " " * 400_000,
        "STUDENT = '" * 50_000,
        "personal_set(" * 50_000,
        "personal_set(" + " " * 400_000,
        "personal_set('" * 50_000,
        "course_class" + " " * 400_000,
        "(" * 400_000,
        "STUDENT = " + "1" * 400_000,
    ],
)
def test_words_of_a_student_are_read_in_linear_time(source: str, book: Book) -> None:
    content = book("", theil=source, open=source).replace(b"theil-task", b"student")
    began = time.monotonic()
    for look in (written_student, opened_set, opened_class):
        look(content)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("name", ["_" * 900, "( " * 450, "1_" * 450, "a_late_" * 120, "A" * 900])
def test_names_of_files_are_read_in_linear_time(
    name: str, a_class: ClassFolder, book: Book, tmp_path: Path
) -> None:
    began = time.monotonic()
    collect(a_class, SET, [export(tmp_path, {f"{name}.ipynb": book("s001")})])
    done = collect(a_class, SET, [export(tmp_path, {f"{name * 60}.ipynb": book("s001")})])
    assert "more than 1,000 characters" in next(iter(done.refused.values()))
    assert time.monotonic() - began < 10


@pytest.mark.skipif(sys.platform != "linux", reason="only there a name may be any bytes")
def test_a_name_in_latin_1_is_a_name(a_class: ClassFolder, book: Book, tmp_path: Path) -> None:
    place = os.fsencode(tmp_path) + b"/given/Anna M\xfcller_12_assignsubmission_file_"
    os.makedirs(place)
    for number in range(2):
        with open(place + b"/\xe4_%d.ipynb" % number, "wb") as file:
            file.write(book())
    done = collect(a_class, SET, [tmp_path / "given"])
    assert (done.new, done.unclear) == (["s001"], {})
    assert "Müller" in a_class.collected(SET, "s001")["from"]  # type: ignore[index]


# --- somebody else's place


@pytest.mark.parametrize(
    ("first", "later", "taken"),
    [
        ("X Y_11_assignsubmission_file_/s001.ipynb", "M Z_12_assignsubmission_file_/s001.ipynb", 0),
        ("X Y_11_assignsubmission_file_/s001.ipynb", "X Y_11_assignsubmission_file_/s001.ipynb", 1),
        ("E_xy_attempt_2027-01-30-10-00-00_s001.ipynb",
         "E_mz_attempt_2027-02-01-10-00-00_s001.ipynb", 0),
        ("E_xy_attempt_2027-01-30-10-00-00_s001.ipynb",
         "E_xy_attempt_2027-02-01-10-00-00_s001.ipynb", 1),
        ("yx_123_456_s001.ipynb", "zm_124_457_s001.ipynb", 0),
        ("yx_123_456_s001.ipynb", "yx_LATE_123_458_s001-1.ipynb", 1),
        ("a/s001.ipynb", "b/s001.ipynb", 0),
        ("s001.ipynb", "s001.ipynb", 1),
        ("b/s001.ipynb", "Anna Müller_11_assignsubmission_file_/a.ipynb", 1),
        ("b/s001.ipynb", "c s001/a.ipynb", 1),
    ],
)  # fmt: skip
def test_a_later_file_does_not_take_somebody_elses_place(
    first: str, later: str, taken: int, a_class: ClassFolder, book: Book, tmp_path: Path
) -> None:
    old, new = book("s001"), book("s001", theil="theil = abs")
    collect(a_class, SET, [export(tmp_path, {first: old}, (2027, 1, 30, 10, 0, 0))])
    path = export(tmp_path, {later: new}, (2027, 2, 1, 10, 0, 0), "later")
    done = collect(a_class, SET, [path])
    assert stored(a_class, "s001") == (new if taken else old)
    assert len(done.unclear) == 1 - taken
    if not taken:
        assert "whose work came from all.zip/" in next(iter(done.unclear.values()))
        # The teacher knows better, and from then on the export is clear.
        (tmp_path / "one.ipynb").write_bytes(new)
        when = datetime(2027, 2, 2)
        collect(a_class, SET, [tmp_path / "one.ipynb"], student="s001", received=when)
        assert stored(a_class, "s001") == new
        assert collect(a_class, SET, [path]).unclear == {}


def test_a_platforms_own_number_is_nobodys(tmp_path: Path, book: Book) -> None:
    (tmp_path / "list.csv").write_text("id\n20133\n20134\n", "utf-8")
    folder = ClassFolder.new(tmp_path / "small", tmp_path / "list.csv")
    (folder.release / SET).mkdir()
    folder.released(SET).write_bytes(book())
    files = {
        "Ada Okafor_20134_assignsubmission_file_/a.ipynb": book("20133"),
        "libo_20133_20134_a.ipynb": book("20134"),
    }
    done = collect(folder, SET, [export(tmp_path, files)])
    assert (sorted(done.new), done.unclear) == (["20133", "20134"], {})
    assert stored(folder, "20133") == book("20133")


# --- what it is


def test_a_lesson_or_a_notebook_of_ones_own_is_unclear(
    a_class: ClassFolder, book: Book, tmp_path: Path
) -> None:
    lesson = (MASTERS.parent / f"{SET}.ipynb").read_bytes()
    own = b'{"cells": [{"cell_type": "code", "source": "x = 1"}], "nbformat": 4}'
    path = export(tmp_path, {"s001.ipynb": lesson, "s002.ipynb": own, "s003.ipynb": book("s003")})
    done = collect(a_class, SET, [path])
    assert done.new == ["s003"]
    assert sorted(done.unclear) == ["all.zip/s001.ipynb", "all.zip/s002.ipynb"]
    assert all("nothing of this set: is it the lesson" in why for why in done.unclear.values())


def test_a_notebook_without_its_first_cells_and_metadata_is_of_the_set(
    a_class: ClassFolder, tmp_path: Path
) -> None:
    own = (
        b'{"cells": [{"cell_type": "code", "source": "def theil(a, b): return 1"}], "nbformat": 4}'
    )
    assert collect(a_class, SET, [export(tmp_path, {"s001.ipynb": own})]).new == ["s001"]


def test_what_cannot_be_graded_is_said_at_once_and_replaces_nothing(
    a_class: ClassFolder, book: Book, tmp_path: Path
) -> None:
    conflict = book().replace(b'"cells"', b"\n<<<<<<< HEAD\n", 1)
    done = collect(a_class, SET, [export(tmp_path, {"s001.ipynb": conflict, "s002.ipynb": b""})])
    assert any("s001: git has left marks of a conflict" in note for note in done.notes)
    assert any("s002: the file is empty. It cannot be graded" in note for note in done.notes)
    collect(a_class, SET, [export(tmp_path, {"s003.ipynb": book("s003")})])
    later = export(tmp_path, {"s003.ipynb": b'{"cells": ['}, (2027, 2, 1, 0, 0, 0), "later")
    done = collect(a_class, SET, [later])
    assert "damaged" in done.unclear["later.zip/s003.ipynb"]
    assert stored(a_class, "s003") == book("s003")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_what_an_editor_saved_is_read(
    encoding: str, a_class: ClassFolder, book: Book, tmp_path: Path
) -> None:
    content = book("s001").decode().encode(encoding)
    done = collect(a_class, SET, [export(tmp_path, {"a.ipynb": content})])
    assert (done.new, done.notes) == (["s001"], [])


def test_a_zip_that_lies_about_sizes_is_read_to_the_limit_only(
    a_class: ClassFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "LARGEST_NOTEBOOK", 100_000)
    content = bytearray(zipped({"s001.ipynb": bytes(5_000_000)}))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 10)  # "uncompressed size" in the directory
    (tmp_path / "all.zip").write_bytes(bytes(content))
    done = collect(a_class, SET, [tmp_path / "all.zip"])
    assert not done.new
    assert list(done.refused) == ["all.zip/s001.ipynb"]


# --- second submissions


def test_the_same_again_changes_nothing(a_class: ClassFolder, book: Book, tmp_path: Path) -> None:
    path = export(tmp_path, {"s001.ipynb": book("s001"), "what.ipynb": book()})
    first = collect(a_class, SET, [path])
    before = everything(a_class)
    second = collect(a_class, SET, [path, path])
    assert (first.new, second.new, second.unchanged) == (["s001"], [], ["s001"])
    assert everything(a_class) == before


def test_a_newer_one_counts_and_the_older_one_is_kept(
    a_class: ClassFolder, book: Book, tmp_path: Path
) -> None:
    first, second = book("s001"), book("s001", theil="theil = abs")
    collect(a_class, SET, [export(tmp_path, {"s001.ipynb": first})])
    newer = export(tmp_path, {"s001.ipynb": second}, (2027, 2, 1, 9, 30, 0), "newer")
    assert collect(a_class, SET, [newer]).replaced == ["s001"]
    assert stored(a_class, "s001") == second
    kept = a_class.root / "submitted_before" / "s001" / SET / "2027-01-31T120000"
    assert (kept / f"{SET}.ipynb").read_bytes() == first
    # The older export once more, and a still older one: the newest stays.
    before = everything(a_class)
    assert collect(a_class, SET, [tmp_path / "all.zip"]).unchanged == ["s001"]
    assert everything(a_class) == before
    oldest = book("s001", theil="theil = max")
    old = export(tmp_path, {"s001.ipynb": oldest}, (2027, 1, 1, 0, 0, 0), "old")
    done = collect(a_class, SET, [old])
    assert "older than what is there" in done.notes[0]
    assert stored(a_class, "s001") == second
    assert len(list(kept.parent.iterdir())) == 2


def test_two_of_one_student_at_once(a_class: ClassFolder, book: Book, tmp_path: Path) -> None:
    early, late = book("s001"), book("s001", theil="theil = abs")
    notes = b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    files = {
        "e_s001_attempt_2027-01-31-10-00-00_a.ipynb": late,
        "e_s001_attempt_2027-01-30-10-00-00_a.ipynb": early,
        "s002/a.ipynb": early,
        "s002/b.ipynb": late,
        "s003/a.ipynb": early,
        "s003/scratch.ipynb": notes,
    }
    done = collect(a_class, SET, [export(tmp_path, files)])
    assert (done.new, stored(a_class, "s001")) == (["s001", "s003"], late)
    kept = list((a_class.root / "submitted_before" / "s001").rglob("*.ipynb"))
    assert [path.read_bytes() for path in kept] == [early]
    assert not a_class.submission(SET, "s002").exists()
    assert "different notebooks at the same time" in done.unclear["all.zip/s002/a.ipynb"]
    assert "different notebooks at the same time" in done.unclear["all.zip/s002/b.ipynb"]
    assert "beside it" in done.unclear["all.zip/s003/scratch.ipynb"]
    # Every file that came is somewhere in the folder.
    there = set(everything(a_class).values())
    assert set(files.values()) <= there


def test_an_interrupted_collection_goes_on(
    a_class: ClassFolder, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = export(tmp_path, {"s001.ipynb": book("s001")})
    with monkeypatch.context() as broken:
        broken.setattr("course_lib.grading.collect.write_json", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            collect(a_class, SET, [path])
    assert a_class.collected(SET, "s001") is None
    collect(a_class, SET, [path])
    record = a_class.collected(SET, "s001")
    assert record
    assert record["from"] == "all.zip/s001.ipynb"


# --- late


def due(folder: ClassFolder, moment: str) -> ClassFolder:
    settings = folder.root / "class.toml"
    text = settings.read_text("utf-8").replace("[due]", f"[due]\n{SET} = {moment}")
    settings.write_text(text, "utf-8")
    return ClassFolder.at(folder.root)


def collected_at(folder: ClassFolder, files: Files, tmp_path: Path) -> Collected:
    return collect(folder, SET, [export(tmp_path, files)])


def test_what_came_late_is_noted(a_class: ClassFolder, book: Book, tmp_path: Path) -> None:
    folder = due(a_class, "2027-01-31T11:00:00")
    files = {
        "s001.ipynb": book(),  # by the zip at noon
        "e_s002_attempt_2027-01-31-10-59-59_a.ipynb": book(),
        "s003/20270131110001_5_a.ipynb": book(),
    }
    assert collected_at(folder, files, tmp_path).late == ["s001", "s003"]
    assert (folder.late(SET, "s001"), folder.late(SET, "s002")) == (True, False)
    # The due date may be moved afterwards.
    assert not due(a_class_again(folder), "2027-02-01").late(SET, "s001")


def a_class_again(folder: ClassFolder) -> ClassFolder:
    settings = folder.root / "class.toml"
    text = settings.read_text("utf-8").replace(f"{SET} = 2027-01-31T11:00:00\n", "", 1)
    settings.write_text(text, "utf-8")
    return folder


def test_a_platform_or_a_teacher_knows_better_than_the_file(
    a_class: ClassFolder, book: Book, tmp_path: Path
) -> None:
    late = {"mulleranna_LATE_22_44_a.ipynb": book()}
    assert collected_at(a_class, late, tmp_path).late == ["s001"]
    folder = due(a_class, "2027-01-31T11:00:00")
    path = export(tmp_path, {"s002.ipynb": book()})
    done = collect(folder, SET, [path], received=datetime(2027, 1, 31, 10))
    assert (done.new, done.late) == (["s002"], [])
    stamp = folder.submission(SET, "s002").with_name("timestamp.txt").read_text("utf-8")
    assert stamp.endswith(" UTC\n")


def test_what_cannot_be_collected_is_said_at_once(a_class: ClassFolder, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="was not released"):
        collect(a_class, "04_gradient_transition", [])
    with pytest.raises(CourseError, match="s999 is not on the roster"):
        collect(a_class, SET, [], student="s999")


def test_a_students_name_for_a_file_cannot_write_lines_into_the_log(
    a_class: ClassFolder, book: Book, tmp_path: Path
) -> None:
    collect(a_class, SET, [export(tmp_path, {"a\n  late: all\x1b[2J.ipynb": book()})])
    log = (a_class.root / "collected" / f"{SET}.log").read_text("utf-8")
    assert "\x1b" not in log
    assert "\n  late: all" not in log
    assert "a?  late: all?[2J.ipynb" in log


def test_a_notebook_that_takes_long_to_read_spoils_nothing_for_the_others(
    a_class: ClassFolder, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = json.loads(book())
    line = "x = [1, 2, 3, (4, 5), {6: 7}]  # STUDENT\n" * 10_000
    slow = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None,
            "source": f"{line}STUDENT = 's003'"}  # fmt: skip
    content["cells"] = [slow | {"id": f"slow-{number}"} for number in range(12)] + content["cells"]
    (tmp_path / "s001.ipynb").write_text(json.dumps(content), "utf-8")
    (tmp_path / "s002.ipynb").write_bytes(book())
    began = time.monotonic()
    done = collect(a_class, SET, [tmp_path / "s001.ipynb", tmp_path / "s002.ipynb"])
    assert done.new == ["s001", "s002"]
    assert time.monotonic() - began < 5
    # What one student sent has its seconds, and no more.
    monkeypatch.setattr(incoming, "MOST_SECONDS", 0.05)
    many = {f"part/{number}.ipynb": book() for number in range(9)}
    (tmp_path / "all.zip").write_bytes(zipped(many | {"other/s003.ipynb": book()}))
    refused = incoming.Refusals()
    read = []
    for one in incoming.files_in([tmp_path / "all.zip"], refused, incoming.NOTEBOOKS):
        read.append(one.inside)
        time.sleep(0.03 if one.inside.startswith("part/") else 0)
    assert (read[-1], len(read)) == ("other/s003.ipynb", 3)
    assert refused.unread == {
        "all.zip/part": "it took more than 0.05 seconds to read; the rest of it was not read"
    }


def test_a_progress_file_that_comes_along_is_kept_with_its_student(a_class, book, tmp_path):
    (name,) = a_class.set_names
    export = tmp_path / "all.zip"
    line = b'{"kind": "quiz", "name": "01 which index", "when": "2027-02-01", "choice": "a"}\n'
    with zipfile.ZipFile(export, "w") as archive:
        archive.writestr(f"s001/{name}.ipynb", book("s001"))
        archive.writestr("s001/my_progress.jsonl", line)
        archive.writestr("s002/my_progress (1).jsonl", line + line)
    done = collect(a_class, name, [export])
    assert (done.new, done.progress) == (["s001"], {"s001", "s002"})
    assert (done.refused, done.unclear) == ({}, {})
    assert [path.read_bytes() for path in (a_class.progress / "s002").iterdir()] == [line + line]
    assert not (a_class.progress / "s001" / "my_progress.jsonl").exists()  # one name for each file
    collect(a_class, name, [export])
    assert len(list(a_class.progress.rglob("*.jsonl"))) == 2
