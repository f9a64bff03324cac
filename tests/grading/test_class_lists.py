"""Class lists as they come: read right, or refused in words, never wrong names in silence."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from course_lib.errors import CourseError
from course_lib.grading.class_folder import NUMBER
from course_lib.grading.class_lists import ClassList, read_class_list
from course_lib.grading.letters import OLDER, decoded


def read(tmp_path: Path, content: str | bytes, **options: str) -> ClassList:
    path = tmp_path / "list.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_class_list(path, NUMBER, **options)


def people(found: ClassList) -> list[tuple[str, str, str]]:
    return [
        (one["id"], one["last name"], one["first name"]) for one in found.table.to_dict("records")
    ]


CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Essay (77),Current Score
,,,,,Manual Posting,(read only)
    Points Possible,,,,,10.00,(read only)
"Weber, Eva",501,u100,eweber,A,,
"Öz, Can",502,u101,coz,A,,
"Student, Test",599,,f00,A,,
"""
EVA_AND_CAN = [("u100", "Weber", "Eva"), ("u101", "Öz", "Can")]


def test_canvas_own_number_decides_nothing(tmp_path: Path) -> None:
    found = read(tmp_path, CANVAS)
    assert people(found) == EVA_AND_CAN
    assert (found.taken["id"], found.taken["last name"]) == ("SIS User ID", "Student")
    assert [note.split(":")[0] for note in found.notes] == [
        f"Row {row} was left out" for row in (2, 3, 6)
    ]
    assert found.rows["u100"][1] == "501"  # Canvas wants it back
    no_user_id = CANVAS.replace("SIS User ID,", "").replace("u100,", "").replace("u101,", "")
    no_user_id = no_user_id.replace(",,,,,", ",,,,").replace("599,,", "599,")
    assert people(read(tmp_path, no_user_id))[0] == ("eweber", "Weber", "Eva")
    only_id = 'Student,ID,Section,Essay\n"Weber, Eva",501,A,\n'
    with pytest.raises(CourseError, match="Canvas' own number, which no student knows"):
        read(tmp_path, only_id)
    assert people(read(tmp_path, only_id, column="ID")) == [("501", "Weber", "Eva")]


@pytest.mark.parametrize(
    "content",
    [
        # Brightspace
        "OrgDefinedId,Username,Last Name,First Name,End-of-Line Indicator\r\n"
        "#u100,#ew,Weber,Eva,#\r\n#u101,#co,Öz,Can,#\r\n",
        # Moodle: participants in English and German, a grading worksheet, Chinese
        "First name,Surname,ID number,Email address,Groups\nEva,Weber,u100,,\nCan,Öz,u101,,\n",
        "Vorname,Nachname,ID-Nummer,E-Mail-Adresse\nEva,Weber,u100,\nCan,Öz,u101,\n",
        "Identifier,Full name,ID number,Grade\nParticipant 9,Eva Weber,u100,\n"
        "Participant 8,Can Öz,u101,\n",
        "姓,名,学号,电子邮件地址\nWeber,Eva,u100,e@example.org\nÖz,Can,u101,\n",
        # Blackboard, ILIAS, Excel
        '"Last Name","First Name","Username","Student ID","Last Access"\n'
        '"Weber","Eva","ew","u100",""\n"Öz","Can","co","u101",""\n',
        "Anmeldename;Vorname;Nachname;Matrikelnummer\new;Eva;Weber;u100\nco;Can;Öz;u101\n",
        "sep=;\r\nid;last name;first name\r\nu100;Weber;Eva\r\nu101;Öz;Can\r\n",
        "\ufeff\ufeffid,last name,first name\nu100,Weber,Eva\nu101,Öz,Can\n",
        "Course A;;\nWinter;;\n\nid;last name;first name;\nu100;Weber;Eva;\nu101;Öz;Can;\n",
        "Matr.-Nr.;Name;Vorname\nu100;Weber;Eva\nu101;Öz;Can\n",
        "Student No.:\tSurname\tName\nu100\tWeber\tEva\nu101\tÖz\tCan\n",
        '"Name, first";id;mail\nWeber, Eva;u100;\nÖz, Can;u101;\n',
        'No.,Student\nnumber,"Last name",First name\n'.replace(
            "Student\nnumber", '"Student\nnumber"'
        )
        + "1,u100,Weber,Eva\n2,u101,Öz,Can\n",
        'id,last name,first name\n="u100",Weber,Eva\n="u101",Öz,Can\n',
    ],
)
def test_a_list_is_read_as_it_comes(tmp_path: Path, content: str) -> None:
    assert people(read(tmp_path, content)) == EVA_AND_CAN


def test_blackboards_xls_is_a_text(tmp_path: Path) -> None:
    text = '"Last Name"\t"First Name"\t"Username"\n"Weber"\t"Eva"\t"u100"\n"Öz"\t"Can"\t"u101"\n'
    assert people(read(tmp_path, text.encode("utf-16"))) == EVA_AND_CAN
    assert people(read(tmp_path, text.encode("utf-16-le"))) == EVA_AND_CAN


def test_an_excel_workbook(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["Course A"], [], ["Matrikelnummer", "Nachname", "Vorname"], [7, "Öz", "Can"]):
        sheet.append(row)
    sheet.append([1234567.0, "李", "娜"])
    sheet["A4"].number_format = "000"
    file = io.BytesIO()
    book.save(file)
    found = read(tmp_path, file.getvalue())
    assert people(found) == [("007", "Öz", "Can"), ("1234567", "李", "娜")]
    with pytest.raises(CourseError, match="cannot be read as an Excel workbook"):
        read(tmp_path, file.getvalue()[:500])
    with pytest.raises(CourseError, match="an old Excel workbook"):
        read(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    with pytest.raises(CourseError, match="a web page"):
        read(tmp_path, "<html><table><tr><td>id</td></tr></table>")


@pytest.mark.parametrize(
    "content, words",
    [
        ('id,last name,first name\nu1,"Ek,Bo\nu2,Ok,Ada\n', "Row 2 .* quotation mark"),
        ('id,name,mail\nu1,"Ek,Bo\nu2,"Ok,Ada\n', "Row 2 .* quotation mark"),
        ('id,note\nu1,"Ek\nu2,Ok"\n', "Row 2 .* line break.*'u2,Ok'"),
        ("id;last name\nu1;Ek\n;Teacher\n", r"Row 3 .* no student number \(Teacher\).*delete"),
        ("id,last name\n1.23457E+11,Ek\n", "Row 2.*shortened"),
        ("id,name,name\nu1,Ek,Bo\n", "two columns called 'name'"),
        ("id,last name\nu1,Ek\nU1,Ok\n", "Rows 2 and 3 .* same student number"),
        ("id,last name\nu1,Ek, Bo\n", "Row 2 .* has 3 values"),
        ("id,last name\nu1,M?ller\n", "Row 2: letters of the name|Row 2 .*: letters of the name"),
        ("id,last name\nu1,MÃ¼ller\n", "letters were lost"),
        ("last name\nEk\n", "no column called id"),
        ("id,last name\n", "a heading and no students"),
        ("", "is empty"),
    ],
)
def test_what_cannot_be_read_is_named_by_row(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(CourseError, match=words):
        read(tmp_path, content)


def test_numbers_of_every_kind(tmp_path: Path) -> None:
    found = read(tmp_path, "id,name\n1200003.0,Ek\n12,Ok\nUG/12/034,Udo\nmüller1,Müller\n'007,Li\n")
    assert list(found.table["id"]) == ["1200003", "12", "ug-12-034", "müller1", "007"]
    assert "decimals" in found.notes[0]
    rows = "ID,Student number,Username\n1,u100,ew\n2,u101,co\n"
    assert list(read(tmp_path, rows).table["id"]) == ["u100", "u101"]
    assert list(read(tmp_path, rows, column="username").table["id"]) == ["ew", "co"]
    with pytest.raises(CourseError, match=r"no column called 'login'\. Its columns are: ID"):
        read(tmp_path, rows, column="login")
    # A column in which nothing stands is nobody's number.
    empty = read(tmp_path, "Student ID,Username\n,ew\n,co\n")
    assert list(empty.table["id"]) == ["ew", "co"]


LISTS = {
    "cp1252": ["Ångström;Bo", "Müller;Jörg", "Hélène;Noël", "Núñez;José", "Søren;Åse", "Ek;João"],
    "cp1250": [
        "Dvořák;Šárka",
        "Dąbrowska;Łucja",
        "Zieliński;Wójcik",
        "Szűcs;Győző",
        "Đorđević;Ana",
    ],
    "mac_roman": ["Müller;Jörg", "Schön;Bo", "Ångström;Åsa", "Núñez;José", "Hélène;Zoé"],
    "mac_latin2": ["Kučera;Tomáš", "Kučera;Jan"],
    "cp850": ["Schön;Bo", "Müller;Jörg", "Hernández;Ana"],
    "cp1251": ["Иванов;Анна", "Петров;Борис", "Шевченко;Ольга"],
    "koi8-r": ["Иванов;Анна", "Петров;Борис"],
    "cp1253": ["Παπαδόπουλος;Γιώργος"],
    "cp1254": ["Yılmaz;Ayşe", "Öztürk;Gülşah"],
    "cp1257": ["Kazlauskienė;Rūta"],
    "gb18030": ["李;娜\n2;许;伟", "王;小明", "欧阳;娜\n3;张;伟"],
    "cp950": ["陳;大文", "王;小明\n3;黃;美"],
    "cp932": ["佐藤;健", "鈴木;花子"],
    "cp949": ["김;민수", "이;지은"],
}


@pytest.mark.parametrize("encoding", LISTS)
def test_letters_are_read_right_or_not_at_all(tmp_path: Path, encoding: str) -> None:
    right = 0
    lists = [*LISTS[encoding], "\n9;".join(LISTS[encoding])]
    for names in lists:
        text = f"id;last name;first name\n1;{names}\n"
        try:
            assert decoded(text.encode(encoding), "list.csv")[0] == text
            right += 1
        except CourseError as error:
            assert "--encoding" in str(error) or "CSV UTF-8" in str(error)
        assert decoded(text.encode(encoding), "list.csv", encoding)[0] == text
    assert right or encoding == "cp1257"


def test_every_encoding_is_known_to_python() -> None:
    assert len({"x".encode(one.name).decode(one.name) for one in OLDER}) == 1
    with pytest.raises(CourseError, match=r"There is no encoding 'latin-99'\. Some are: cp1252"):
        decoded(b"id", "list.csv", "latin-99")


def test_three_students_are_shown_first_those_with_other_letters(tmp_path: Path) -> None:
    text = "id;last name;first name\n1;Ek;Bo\n2;Ok;Ada\n3;Li;Na\n4;Ångström;Åsa\n"
    taken, shown = read(tmp_path, text.encode("cp1252")).shown()
    assert taken.startswith("Taken: student number from 'id', last name from 'last name'")
    assert "cp1252 (Windows, Western Europe)" in taken
    assert shown.startswith("Read like this: 4 Ångström, Åsa; 1 Ek, Bo; 2 Ok, Ada.")
