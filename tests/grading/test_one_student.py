"""One student's data can be given out, and deleted from every place of the class."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from course_lib.errors import CourseError
from course_lib.grading.class_folder import ClassFolder
from course_lib.grading.collect import collect
from course_lib.grading.decisions import extend
from course_lib.grading.feedback import write_feedback
from course_lib.grading.marks import class_marks, looked, write_marks
from course_lib.grading.one_student import delete, give_out
from tests.grading.classes import SET
from tests.grading.test_decisions import course
from tests.grading.test_marks import mark_by_hand, row

NUMBER, NAMES = b"s001", ("Müller", "Anna")


@pytest.fixture
def term(graded: ClassFolder, tmp_path: Path) -> ClassFolder:
    """A class in which s001 has left traces everywhere."""
    content = graded.submission(SET, "s001").read_bytes()
    place = tmp_path / "Anna Müller_77_assignsubmission_file_" / "s001.ipynb"
    place.parent.mkdir()
    place.write_bytes(content + b" ")
    collect(graded, SET, [place.parent])
    graded.submission(SET, "s001").write_bytes(content)  # what was graded
    mark_by_hand(graded, "s001", "argument", 4)
    with graded.gradebook() as book:
        book.find_comment("argument", SET, SET, "s001").manual_comment = "Why three?"
        book.db.commit()
    extend(graded, SET, ["s001"], None, "was ill")
    looked(graded, SET, "s002")
    write_feedback(graded, SET, now=True)
    write_marks(graded, class_marks(graded, SET))
    graded.add_student("s006")
    graded.keep_gradebook()
    return graded


def traces(folder: ClassFolder) -> list[str]:
    """Where a file of the class, or its name, still speaks of s001."""
    found = []
    for path in sorted(folder.root.rglob("*")):
        where = path.relative_to(folder.root).as_posix()
        if "s001" in where.split("/") or path.stem == "s001":
            found.append(where)
        if path.is_file() and (NUMBER in (content := path.read_bytes()).lower()
                               or any(name.encode() in content for name in NAMES)):  # fmt: skip
            found.append(where)
    return found


def test_all_of_it_is_given_out_without_secrets(term: ClassFolder, tmp_path: Path) -> None:
    said = course(term, "give-out", "S001", str(tmp_path / "out.zip"))
    assert "files of S001. Only you can read it." in said
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    assert {name.partition("/")[0] for name in content} >= {
        "submitted", "submitted_before", "autograded", "feedback", "results", "collected",
        "marks.json",
    }  # fmt: skip
    assert not any("s002" in name for name in content)
    assert term.secret.encode() not in b"".join(content.values())
    tables = json.loads(content["marks.json"])
    assert tables["marks"][SET]["total"] == 21
    assert tables["marks"][SET]["comments"] == {"argument": "Why three?"}
    assert tables["class list"]["email"] == "anna@example.org"
    assert tables["decisions"][SET][0]["why"] == "was ill"
    assert any("s001" in line for line in tables["log"])
    with pytest.raises(CourseError, match="is there already"):
        give_out(term, "s001", tmp_path / "out.zip")
    with pytest.raises(CourseError, match="holds nothing of s999"):
        give_out(term, "s999", tmp_path / "other.zip")


def test_nothing_of_it_stays(term: ClassFolder) -> None:
    others = {name: dict(row(term, name)) for name in ("s002", "s003")}
    said = course(term, "delete", "S001")
    assert "Nothing was deleted." in said
    assert len(traces(term)) > 10
    said = course(term, "delete", "S001", "--yes")
    assert "Deleted: the marks in the gradebook and in " in said
    # s002 wrote that number into its own notebook: those words are that student's.
    left = [where for where in traces(term) if "s002" not in where]
    assert left == []
    after = ClassFolder.at(term.root)
    assert {name: dict(row(after, name)) for name in ("s002", "s003")} == others
    assert "s001" not in set(class_marks(after, SET).table["id"])
    with pytest.raises(CourseError, match="holds nothing of s001"):
        delete(after, "s001")
