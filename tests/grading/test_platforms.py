"""Marks and feedback go back into the learning platform: read back as the platform reads them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from course_lib.errors import CourseError
from course_lib.grading.class_folder import NUMBER, ClassFolder, write_json
from course_lib.grading.class_lists import read_class_list
from course_lib.grading.formulas import without_loading
from course_lib.grading.marks import FLAGS, WHY, Column, Marks, as_csv
from course_lib.grading.platforms import PLATFORMS, Sheet, feedback_for, marks_for
from tests.grading.classes import SET

COLUMNS = (Column("theil", "theil-marks", 10.0), Column("argument", "argument", 7.5))
CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Set 1 (88),Current Score
    Points Possible,,,,,17.5,(read only)
"Müller, Anna",4711,S001,amuller,A,,
"Li, Wei",4712,S002,wli,A,,
"Okafor, Ada",4713,S003,aokafor,B,,
"""


def some_marks(**totals: float | None) -> Marks:
    rows = [
        {"id": student, "last name": "", "first name": "", "theil": None, "argument": None,
         "total": total, "so far": total, "possible": 17.5, "late": "",
         WHY: "nothing was handed in" if total is None else "", FLAGS: ""}
        for student, total in totals.items()
    ]  # fmt: skip
    return Marks(SET, COLUMNS, pd.DataFrame(rows, dtype=object))


MARKS = some_marks(s001=15.5, s002=0.0, s003=None)


def with_list(folder: ClassFolder, text: str) -> ClassFolder:
    """The class, as if it had begun with this list."""
    (folder.root / "as_it_came.csv").write_text(text, "utf-8")
    folder.keep_list(read_class_list(folder.root / "as_it_came.csv", NUMBER))
    return folder


def collected_from(folder: ClassFolder, **names: str) -> None:
    for student, where in names.items():
        about = {"from": where, "received": "2027-01-01T10:00:00+00:00",
                 "platform_says_late": False, "sha256": ""}  # fmt: skip
        write_json(folder.collected_path(SET, student), about)
        path = folder.submission(SET, student)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"{}")


def table(sheet: Sheet, decimal_comma: bool = False) -> list[dict[str, str]]:
    text = sheet.as_csv(decimal_comma).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if decimal_comma else ","))


def canvas_imports(content: bytes) -> dict[str, dict[str, str]]:
    """Marks by assignment and Canvas' own number: its rules for a gradebook."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    head = rows[0]
    assert head[:2] == ["Student", "ID"]
    known = 2 + (2 if head[2:4] == ["SIS User ID", "SIS Login ID"] else head[2] == "SIS Login ID")
    assert head[known] == "Section"
    students = [row for row in rows[1:] if "Points Possible" not in row[0]]
    return {
        name: {row[1]: row[at] for row in students} for at, name in enumerate(head) if at > known
    }


def test_canvas_gets_its_own_numbers_back(a_class: ClassFolder) -> None:
    folder = with_list(a_class, CANVAS)
    sheet = marks_for(folder, MARKS, "canvas", column="Set 1")
    assert canvas_imports(sheet.as_csv()) == {"Set 1 (88)": {"4711": "15.5", "4712": "0"}}
    assert sheet.left_out == {"s003": "nothing was handed in"}
    assert sheet.rows[0][0].strip() == "Points Possible"
    assert sheet.rows[0][-1] == "17.5"
    new = marks_for(folder, MARKS, "canvas")
    assert list(canvas_imports(new.as_csv())) == [SET]
    assert "new assignment" in new.notes[0]
    no_login = with_list(folder, CANVAS.replace("SIS Login ID", "Other"))
    assert "Set 1 (88)" in canvas_imports(
        marks_for(no_login, MARKS, "canvas", column="Set 1").as_csv()
    )
    with pytest.raises(CourseError, match="--export FILE"):
        marks_for(with_list(folder, "id\ns001\ns002\ns003\n"), MARKS, "canvas")


def test_an_export_that_is_newer_than_the_class_list(a_class: ClassFolder, tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text(CANVAS.replace("4711", "9999"), "utf-8")
    sheet = marks_for(a_class, MARKS, "canvas", export=tmp_path / "new.csv", column="Set 1 (88)")
    assert canvas_imports(sheet.as_csv())["Set 1 (88)"]["9999"] == "15.5"


def test_moodle(a_class: ClassFolder, tmp_path: Path) -> None:
    text = "First name,ID number,Email address\nAnna,S001,a@x.org\nWei,S002,w@x.org\n"
    rows = table(marks_for(with_list(a_class, text), MARKS, "moodle"))
    assert rows[0] == {"ID number": "S001", "Email address": "a@x.org", SET: "15.5"}
    # The assignment's own worksheet: by the number of the participant, which no roster holds.
    collected_from(a_class, s001="x.zip/Anna Müller_501_assignsubmission_file/set.ipynb",
                   s002="x.zip/Wei Li_502_assignsubmission_file_set.ipynb")  # fmt: skip
    worksheet = tmp_path / "Grades.csv"
    worksheet.write_text(
        "Identifier,Full name,Grade,Maximum grade,Last modified (grade)\n"
        "Participant 502,Wei Li,,17.50,-\nParticipant 501,Anna Müller,,17.50,-\n", "utf-8",
    )  # fmt: skip
    rows = table(marks_for(a_class, MARKS, "moodle", export=worksheet))
    grades = {re.sub(r"^\D+", "", row["Identifier"]): row["Grade"] for row in rows}
    assert grades == {"501": "15.5", "502": "0"}
    assert {"Identifier", "Grade", "Last modified (grade)"} <= set(rows[0])
    german = table(marks_for(a_class, MARKS, "moodle", decimal_comma=True), decimal_comma=True)
    assert german[0][SET] == "15,5"


def test_blackboard_and_brightspace(a_class: ClassFolder) -> None:
    text = 'Last Name,First Name,Username,Student ID,"Set 1 [Total Pts: 17 Score] |55"\n' \
        "Müller,Anna,amuller,S001,\nLi,Wei,wli,S002,\n"  # fmt: skip
    sheet = marks_for(with_list(a_class, text), MARKS, "blackboard", column="Set 1")
    assert table(sheet)[0] == {
        "Last Name": "Müller", "First Name": "Anna", "Username": "amuller",
        "Set 1 [Total Pts: 17 Score] |55": "15.5",
    }  # fmt: skip
    text = "OrgDefinedId,Username,Last Name\n#S001,#amuller,Müller\n#S002,#wli,Li\n"
    sheet = marks_for(with_list(a_class, text), MARKS, "brightspace", column="Set 1")
    assert sheet.as_csv().startswith(b"OrgDefinedId,")
    assert table(sheet)[0] == {
        "OrgDefinedId": "#S001", "Username": "#amuller", "Set 1 Points Grade": "15.5",
        "End-of-Line Indicator": "#",
    }  # fmt: skip


def test_ilias(a_class: ClassFolder) -> None:
    collected_from(a_class, s001="x.zip/Mueller_Anna_amuller_321/20270101_set.ipynb")
    sheet = marks_for(a_class, MARKS, "ilias", pass_mark=9)
    (row,) = table(sheet)
    assert (row["update"], row["usr_id"], row["login"]) == ("1", "321", "amuller")
    assert (row["status"], row["mark"]) == ("passed", "15.5")
    assert "s002" in sheet.left_out


def test_a_name_that_begins_like_a_formula_is_a_name(a_class: ClassFolder) -> None:
    text = CANVAS.replace("Müller, Anna", "=HYPERLINK(1)")
    sheet = marks_for(with_list(a_class, text), MARKS, "canvas")
    assert sheet.rows[1][0] == "'=HYPERLINK(1)"


def test_a_german_spreadsheet_takes_no_mark_for_a_date() -> None:
    text = as_csv(pd.DataFrame({"id": ["s1"], "total": [5.5]}), decimal_comma=True).decode(
        "utf-8-sig"
    )
    assert text == "id;total\ns1;5,5\n"


# --- feedback


def moodle_finds(name: str) -> tuple[int, str]:
    """Participant and file of a name in a zip of feedback: Moodle's rule."""
    parts = name.split("/")
    while parts:
        info = parts.pop(0).split("_", 4)
        if len(info) >= 4 and info[1].isdigit() and info[2:4] == ["assignsubmission", "file"]:
            return int(info[1]), "/".join([*info[4:], *parts]).strip("/")
    raise AssertionError(name)


@pytest.mark.parametrize(
    "platform, one, other, names",
    [
        ("canvas", "mulleranna_4711_99_exercises_01.ipynb", "liwei_LATE_4712_98_a-1.ipynb",
         ["mulleranna_4711_99_exercises_01.html", "liwei_LATE_4712_98_a-1.html"]),
        ("brightspace", "12-34 - Anna Müller - Jan 1, 2027 1000 AM/a.ipynb", "12-35- Wei - b.ipynb",
         ["12-34 - Anna Müller - Jan 1, 2027 1000 AM/a.html", "12-35- Wei - b.html"]),
        ("ilias", "Mueller_Anna_amuller_321/a.ipynb", "Li_Wei_wli_322/a.ipynb",
         [f"multi_feedback_{SET}/Mueller_Anna_amuller_321/{SET}.html",
          f"multi_feedback_{SET}/Li_Wei_wli_322/{SET}.html"]),
        ("moodle", "Anna Müller_501_assignsubmission_file_/a.ipynb",
         "Wei Li_502_assignsubmission_file_a.ipynb",
         [f"Anna Müller_501_assignsubmission_file_/{SET}.html",
          f"Wei Li_502_assignsubmission_file_{SET}.html"]),
    ],
)  # fmt: skip
def test_a_zip_is_named_as_it_was_exported(
    a_class: ClassFolder, platform: str, one: str, other: str, names: list[str]
) -> None:
    collected_from(a_class, s001=f"export.zip/{one}", s002=f"export.zip/inner.zip/{other}",
                   s003="sent by mail.ipynb")  # fmt: skip
    pages = {}
    for student in ("s001", "s002", "s003"):
        pages[student] = a_class.root / f"{student}.html"
        pages[student].write_text(f"page of {student}", "utf-8")
    made = feedback_for(a_class, SET, platform, pages)
    with zipfile.ZipFile(made.path) as archive:
        assert archive.namelist() == names
        assert archive.read(names[0]) == b"page of s001"
    assert list(made.left_out) == ["s003"]
    if platform == "moodle":
        assert [moodle_finds(name) for name in names] == [
            (501, f"{SET}.html"),
            (502, f"{SET}.html"),
        ]


def test_what_a_platform_does_not_take_is_said(a_class: ClassFolder) -> None:
    with pytest.raises(CourseError, match="takes no zip"):
        feedback_for(a_class, SET, "blackboard", {})
    with pytest.raises(CourseError, match="There are: moodle, canvas"):
        feedback_for(a_class, SET, "studip", {})
    collected_from(a_class, s001="by_mail.ipynb")
    for platform in set(PLATFORMS) - {"blackboard"}:
        with pytest.raises(CourseError, match="cannot be named"):
            feedback_for(a_class, SET, platform, {"s001": a_class.root / "x"})


@pytest.mark.parametrize(
    "typed, shown",
    [
        (r"<p>$\frac{a}{b} &lt; 1$</p>", "<mfrac>"),
        (r"<p>$$\sum_i x_i$$</p>", 'display="block"'),
        ("<p>5 $ and 6 $, or US$5 and US$6</p>", "US$5 and US$6"),
        (r"<code>$a$</code>", "<code>$a$</code>"),
        (r"<p>$\begin{nonsense}$</p>", "nonsense"),
    ],
)
def test_formulas_are_set_without_loading_anything(typed: str, shown: str) -> None:
    assert shown in without_loading(typed)


@pytest.mark.parametrize(
    "tex",
    [r"\text{&lt;script&gt;attack()&lt;/script&gt;}", r"\href{javascript:attack()}{x}",
     r"\text{&lt;img src=x onerror=attack()&gt;}", r"a&lt;/math&gt;&lt;svg/onload=attack()&gt;"],
)  # fmt: skip
def test_no_formula_runs_anything(tex: str) -> None:
    page = without_loading(f"<p>${tex}$</p>")
    if "<math" in page:
        assert not re.search(r"<(?!/?(m[a-z]+|p)\b)", page), page
        assert "javascript:" not in re.sub(r">[^<]*<", "><", page)


def test_a_page_asks_nobody_else() -> None:
    page = '<link href="https://x.org/a.css"><script src=//x.org/a.js></script><p>a</p>'
    assert without_loading(page) == "<p>a</p>"


def test_a_page_full_of_hostile_formulas_is_bounded() -> None:
    nested = f"$${'{' * 1900}x{'}' * 1900}$$"
    page = without_loading("<p>$a$</p>" + f"<p>{nested}</p>" * 400)
    assert page.startswith("<p><math")
    assert page.endswith(f"<p>{nested}</p>")
