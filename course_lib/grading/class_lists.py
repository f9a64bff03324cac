"""Class lists as learning platforms and spreadsheets save them.

A list is read right, or refused in words that name the row. What was taken from which column is
said, so that a person sees it before anybody is graded.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.errors import CourseError
from course_lib.exercises.variants import student_name
from course_lib.grading.letters import decoded, spoken

NO_EXTRA = (
    "Grading needs the extra `grading`, which is not installed. Type the same command with this "
    "in front: uv run --extra grading course class ..."
)

if TYPE_CHECKING:
    import pandas as pd

FIELDS = ("id", "last name", "first name", "email")
LARGEST = 20_000_000  # bytes
MOST_TITLE_LINES = 30
DIVIDERS = ",;\t|"

#: How the column of the student numbers may be called: what is only ever one of those comes first.
NUMBERS = (
    # the institution's own number
    ("sis user id", "orgdefinedid", "org defined id", "student number", "student no",
     "student num", "studentnumber", "student nr", "student id number", "matriculation number",
     "matriculation no", "matriculation", "matric number", "matric no", "roll number", "roll no",
     "index number", "registration number", "registration no", "reg no", "personal number",
     "matrikelnummer", "matrikelnr", "matrikel nr", "matr nr", "matrikel", "numéro d étudiant",
     "numéro étudiant", "número de matrícula", "matricola", "studentnummer", "nr albumu",
     "学号", "學號", "学籍番号", "학번", "номер студента"),
    ("student id", "studentid", "id number", "idnumber", "id nummer", "id no", "student code",
     "numéro d identification", "número de id", "número id", "id 号码", "id号码", "id 号", "id号",
     "编号", "身份号码", "身份号", "学生编号", "学生id"),
    # a login: every student knows it
    ("sis login id", "username", "user name", "login", "login name", "login id", "user login",
     "anmeldename", "benutzername", "nutzername", "kennung", "benutzerkennung", "用户名", "登录名",
     "nom d utilisateur", "nombre de usuario", "用戶名"),
    # these may also be a spreadsheet's own count of its rows
    ("id", "number", "nummer", "no", "nr"),
)  # fmt: skip
LAST = ("last name", "lastname", "surname", "family name", "nachname", "familienname",
        "nom de famille", "cognome", "apellido", "apellidos", "apellido s", "achternaam",
        "efternamn", "efternavn", "nazwisko", "příjmení", "фамилия", "姓", "姓氏")  # fmt: skip
FIRST = ("first name", "firstname", "given name", "given names", "forename", "vorname", "rufname",
         "prénom", "nome", "nombre", "voornaam", "förnamn", "fornavn", "imię", "jméno", "имя", "名",
         "名字", "first name s")  # fmt: skip
WHOLE = ("full name", "fullname", "student name", "student", "vollständiger name", "name",
         "names", "nom complet", "nombre completo", "姓名", "全名", "学生姓名", "фио")  # fmt: skip
LAST_FIRST = ("name first", "last name first name", "name vorname", "nachname vorname",
              "last first", "name first name", "surname first name",
              "surname name", "name given")  # fmt: skip
EMAIL = ("email", "e mail", "email address", "e mail address", "mail", "e mail adresse",
         "emailadresse", "email adresse", "adresse de courriel", "correo electrónico",
         "dirección de correo", "邮箱", "电子邮件", "电子邮箱", "邮件地址", "email地址",
         "email 地址", "电子邮件地址", "电子邮箱地址")  # fmt: skip
#: Chinese family names of two characters.
TWO = ("欧阳", "司马", "上官", "诸葛", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒",
       "歐陽", "司馬")  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One row of a list, and where it stands in the file."""

    at: int
    cells: list[str]

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class ClassList:
    """A class list as it was read.

    Attributes
    ----------
    table : DataFrame
        Columns id, last name, first name, email; all texts, ids as in every notebook.
    taken : dict
        For each of those, the heading of the column from which it was taken, or an empty text.
    encoding : str
        How the letters were saved.
    notes : tuple of str
        What a teacher should know, each a sentence.
    heading : tuple of str
        All headings of the file.
    rows : dict
        The whole row of each student, as it came: a platform wants it back with the marks.
    """

    table: pd.DataFrame
    taken: dict[str, str]
    encoding: str
    notes: tuple[str, ...]
    heading: tuple[str, ...]
    rows: dict[str, list[str]] = field(default_factory=dict)

    def shown(self) -> list[str]:
        """Which columns were taken, and three students, in sentences for a person to check."""
        names = {"id": "student number", "last name": "last name", "first name": "first name"}
        taken = [f"{names.get(ours, ours)} from {self.taken[ours]!r}" for ours in FIELDS
                 if self.taken[ours]]  # fmt: skip
        people = self.table.to_dict("records")
        # Whoever has a letter beyond A to Z shows best whether the letters were read right.
        people.sort(key=lambda one: f"{one['last name']}{one['first name']}".isascii())
        examples = [
            f"{one['id']} {', '.join(filter(None, [one['last name'], one['first name']]))}".strip()
            for one in people[:3]
        ]
        return [
            *self.notes,
            f"Taken: {', '.join(taken)}. Letters: {spoken(self.encoding)}.",
            f"Read like this: {'; '.join(examples)}. If that is wrong: --column HEADING, or "
            "--encoding NAME.",
        ]


def read_class_list(path: Path, number: str, *, column: str = "", encoding: str = "") -> ClassList:
    """Read a class list.

    Parameters
    ----------
    path : Path
        A CSV file, a tab-separated text under whatever name, or an Excel workbook (.xlsx).
    number : str
        A regular expression that every student number has to fit.
    column : str
        The heading of the column with the student numbers, if a person knows better.
    encoding : str
        How the letters were saved, if a person knows better.

    Returns
    -------
    ClassList

    Raises
    ------
    CourseError
        If the file or a row cannot be used. The message names the row.
    """
    rows, used = _read(path, encoding)
    rows = [row for row in rows if not row.empty]
    if not rows:
        raise CourseError(
            f"The roster {path} is empty. It needs a heading line and a row a student."
        )
    at = _heading_at(rows, column)
    heading = [" ".join(cell.split()) for cell in rows[at].cells]
    _complain_of_heading(path, rows, heading, column)
    notes: list[str] = []
    body, left_out = _students(path, heading, rows[at + 1 :])
    notes += left_out
    found = _number_column(path, heading, body, column)
    ids = _numbers(path, body, found, heading[found], number, notes)
    if not ids:
        raise CourseError(f"The roster {path} has a heading and no students.")
    names, taken = _names(path, heading, body, found)
    _refuse_lost_letters(path, body, names)
    import pandas as pd

    people = [{"id": one} | name for one, name in zip(ids, names, strict=True)]
    kept = {one: _padded(row.cells, heading) for one, row in zip(ids, body, strict=True)}
    table = pd.DataFrame(people, columns=list(FIELDS), dtype=str)
    taken = {"id": heading[found]} | taken
    return ClassList(table, taken, used, tuple(notes), tuple(heading), kept)


def read_rows(path: Path, encoding: str = "") -> list[list[str]]:
    """The rows of a platform's file that hold anything, whatever they are about."""
    rows, _ = _read(path, encoding)
    return [row.cells for row in rows if not row.empty]


# --- files


def _read(path: Path, encoding: str) -> tuple[list[Row], str]:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise CourseError(f"The roster {path} cannot be read: {error.strerror}.") from error
    if len(content) > LARGEST:
        raise CourseError(f"{path} is too large for a class list.")
    if content.startswith(b"PK"):
        return _workbook(path, content), "utf-8"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise CourseError(
            f"{path} is not a CSV file but an old Excel workbook. Open it in a spreadsheet and "
            "save it as .xlsx or as CSV UTF-8."
        )
    if re.match(rb"\s*<(!doctype|html|table|\?xml)", content.lstrip(b"\xef\xbb\xbf")[:200].lower()):
        raise CourseError(
            f"{path} is not a CSV file but a web page, whatever its name says. Open it in a "
            "spreadsheet and save it as .xlsx or as CSV UTF-8."
        )
    if content.startswith(b"%PDF"):
        raise CourseError(f"{path} is not a CSV file but a PDF. Export the list as CSV.")
    text, used = decoded(content, path.name, encoding)
    if "\0" in text:
        raise CourseError(f"{path} is not a CSV file. Save the class list as CSV (UTF-8).")
    return _divided(path, text), used


def _workbook(path: Path, content: bytes) -> list[Row]:
    """The first sheet of an Excel workbook that holds anything."""
    if find_spec("openpyxl") is None:
        raise CourseError(NO_EXTRA)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            rows = [
                Row(at, [_cell_text(cell) for cell in cells])
                for at, cells in enumerate(sheet.iter_rows(max_row=20_000, max_col=500), start=1)
            ]
            if any(not row.empty for row in rows):
                return _square(rows)
    except Exception as error:  # a zip that is no workbook, or a damaged one
        raise CourseError(
            f"{path} is not a CSV file, and it cannot be read as an Excel workbook either "
            f"({type(error).__name__}). Save the class list as .xlsx or as CSV UTF-8."
        ) from error
    return []


def _cell_text(cell: object) -> str:
    value, shape = getattr(cell, "value", None), getattr(cell, "number_format", "")
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and re.fullmatch("0+", str(shape)):
        return str(value).zfill(len(shape))  # what Excel shows: 007
    return str(value)


def _square(rows: list[Row]) -> list[Row]:
    """Rows without the empty columns to the right of all that is there."""
    width = max((at for row in rows for at, cell in enumerate(row.cells, 1) if cell.strip()),
                default=0)  # fmt: skip
    return [Row(row.at, row.cells[:width]) for row in rows]


def _divided(path: Path, text: str) -> list[Row]:
    """The rows of a text, divided as it was saved: the divider with which a heading is found."""
    told = re.match(r"\s*\"?sep=(.)\"?\s*(?:\r\n|\r|\n)", text, re.IGNORECASE)
    lines_before = 0
    if told:
        lines_before = text[: told.end()].count("\n") or 1
        text = text[told.end() :]
    wanted = told[1] if told else ""
    best: tuple[tuple[int, int], list[Row]] | None = None
    problem: CourseError | None = None
    for divider in [wanted] if wanted else DIVIDERS:
        if divider not in text and divider != ",":
            continue
        try:
            rows = _csv_rows(path, text, divider, lines_before)
        except CourseError as error:
            problem = problem or error
            continue
        filled = [row for row in rows if not row.empty]
        heading = max((_known(row.cells) for row in filled[:MOST_TITLE_LINES]), default=0)
        worth = (heading, max((len(row.cells) for row in filled[:1]), default=0))
        if best is None or worth > best[0]:
            best = worth, rows
    if problem is not None and (best is None or best[0][0] < 1):
        raise problem
    return best[1] if best else []


def _csv_rows(path: Path, text: str, divider: str, before: int) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True)
    rows: list[Row] = []
    start = 1 + before
    try:
        for cells in reader:
            row = Row(start, [_plain(cell) for cell in cells])
            _refuse_swallowed(path, row, divider)
            rows.append(row)
            start = reader.line_num + 1 + before
    except csv.Error as error:
        raise CourseError(
            f"Row {start} of {path.name} begins a value with a quotation mark that is not closed "
            "properly, so that the rows after it cannot be told apart. Put that row right."
        ) from error
    return rows


def _plain(cell: str) -> str:
    """A cell without what a spreadsheet puts around it: ="007"."""
    found = re.fullmatch(r'\s*="(.*)"\s*', cell)
    return (found[1] if found else cell).strip().strip("\ufeff")


def _refuse_swallowed(path: Path, row: Row, divider: str) -> None:
    """A line break inside a value may be a quotation mark that swallowed the students after it."""
    for cell in row.cells:
        inner = cell.splitlines()[1:]
        if any(divider in line for line in inner):
            raise CourseError(
                f"Row {row.at} of {path.name} holds a line break inside a value, and what follows "
                f"looks like other rows: {inner[0][:60]!r}. Is a quotation mark not closed?"
            )


# --- headings


def normal_heading(cell: str) -> str:
    """A heading without what makes no difference.

    Examples
    --------
    >>> normal_heading(" Matr.-Nr.: ")
    'matr nr'
    """
    text = unicodedata.normalize("NFKC", cell).strip("\ufeff").casefold()
    return " ".join(re.split(r"[\s_.:,;/()*#'’\"-]+", text)).strip()


ALL_NUMBERS = tuple(name for group in NUMBERS for name in group)


def _known(cells: Sequence[str]) -> int:
    """How many cells of a row are headings that are known; 0 if none can name the students."""
    said = [normal_heading(cell) for cell in cells]
    if not set(said) & set(ALL_NUMBERS):
        return 0
    return sum(one in ALL_NUMBERS + LAST + FIRST + WHOLE + LAST_FIRST + EMAIL for one in said)


def _heading_at(rows: list[Row], column: str) -> int:
    """Where the heading is: title lines may stand before it."""
    if column:
        wanted = normal_heading(column)
        for at, row in enumerate(rows[:MOST_TITLE_LINES]):
            if wanted in map(normal_heading, row.cells):
                return at
        return 0
    return max(
        range(min(len(rows), MOST_TITLE_LINES)), key=lambda at: (_known(rows[at].cells), -at)
    )


def _complain_of_heading(path: Path, rows: list[Row], heading: list[str], column: str) -> None:
    said = [normal_heading(cell) for cell in heading]
    if column and normal_heading(column) not in said:
        raise CourseError(
            f"The roster {path.name} has no column called {column!r}. Its columns are: "
            f"{', '.join(heading)}."
        )
    if not column and not set(said) & set(ALL_NUMBERS):
        raise CourseError(
            f"The roster {path.name} has no column called id. Its columns are: "
            f"{', '.join(heading)}. Call the column with the student numbers id, or name it with "
            "--column."
        )


# --- students


def _students(path: Path, heading: list[str], rows: list[Row]) -> tuple[list[Row], list[str]]:
    """The rows of students, and sentences about those that are none."""
    said = [normal_heading(cell) for cell in heading]
    canvas = _is_canvas(said)
    body: list[Row] = []
    notes: list[str] = []
    for row in rows:
        if any(cell.strip() for cell in row.cells[len(heading) :]):
            raise CourseError(
                f"Row {row.at} of {path.name} has {len(row.cells)} values and the heading has "
                f"{len(heading)}: {', '.join(row.cells)}. Is there a comma inside a name?"
            )
        row = Row(row.at, _padded(row.cells, heading))
        if canvas and (why := _no_student_of_canvas(said, row)):
            notes.append(f"Row {row.at} was left out: {why}.")
        else:
            body.append(row)
    return body, notes


def _padded(cells: list[str], heading: Sequence[str]) -> list[str]:
    return (cells + [""] * len(heading))[: len(heading)]


def _is_canvas(said: list[str]) -> bool:
    return "student" in said and "id" in said and bool({"section", "sis login id"} & set(said))


def _no_student_of_canvas(said: list[str], row: Row) -> str:
    """Why a row of Canvas' gradebook is not a student's; empty if it is."""
    name = row.cells[said.index("student")].strip()
    own = row.cells[said.index("id")].strip()
    if not own:
        return "it has no ID of Canvas, so it says something about the columns"
    sis = row.cells[said.index("sis user id")].strip() if "sis user id" in said else ""
    if name.casefold() in ("student, test", "test student") and not sis:
        return "it is Canvas' own test student"
    return ""


def _number_column(path: Path, heading: list[str], body: list[Row], column: str) -> int:
    """The column of the student numbers: the most specific one in which anything stands."""
    said = [normal_heading(cell) for cell in heading]
    if column:
        return _single(path, heading, said, normal_heading(column))
    filled = {at for row in body for at, cell in enumerate(row.cells) if cell.strip()}
    canvas = _is_canvas(said)
    for names in NUMBERS:
        for name in names:
            if name in said and not (canvas and name == "id"):
                at = _single(path, heading, said, name)
                if at in filled or not body:
                    return at
    if canvas:
        raise CourseError(
            f"{path.name} is a gradebook of Canvas without the students' own numbers: its column "
            "ID is Canvas' own number, which no student knows. Export it with SIS User ID or SIS "
            "Login ID; Canvas shows them to those who may see them."
        )
    return next(said.index(name) for name in ALL_NUMBERS if name in said)


def _single(path: Path, heading: list[str], said: list[str], name: str) -> int:
    if said.count(name) > 1:
        raise CourseError(
            f"{path.name} has two columns called {heading[said.index(name)]!r}. Keep the right one."
        )
    return said.index(name)


def _numbers(
    path: Path, body: list[Row], at: int, heading: str, number: str, notes: list[str]
) -> list[str]:
    typed = [row.cells[at].strip().lstrip("'") for row in body]
    if normal_heading(heading) in ("orgdefinedid", "org defined id") or all(
        one.startswith("#") for one in typed if one
    ):
        typed = [one.removeprefix("#") for one in typed]  # as Brightspace writes them
    if any(re.fullmatch(r"\d+\.0+", one) for one in typed):
        typed = [re.sub(r"^(\d+)\.0+$", r"\1", one) for one in typed]
        notes.append("The numbers were saved as decimals: 1234.0 was read as 1234.")
    ids: list[str] = []
    first_seen: dict[str, int] = {}
    for row, one in zip(body, typed, strict=True):
        if not one:
            others = ", ".join(filter(None, map(str.strip, row.cells)))
            raise CourseError(
                f"Row {row.at} of {path.name} has no student number ({others[:80]}). Put it into "
                f"the column {heading!r}, or delete the row if it is not a student's. Or take "
                "another column with --column."
            )
        name = student_number(path.name, row.at, one, number)
        if name in first_seen:
            raise CourseError(
                f"Rows {first_seen[name]} and {row.at} of {path.name} have the same student "
                f"number {name!r}. Each student may stand there once."
            )
        first_seen[name] = row.at
        ids.append(name)
    return ids


def student_number(file: str, row: int, typed: str, number: str) -> str:
    """The student number of a row, as in every notebook; a refusal names the row."""
    if re.fullmatch(r"\d([.,]\d+)?e\+?\d+", typed, re.IGNORECASE):
        raise CourseError(
            f"Row {row} of {file}: the spreadsheet has shortened the student number to {typed!r}, "
            "and its last digits are lost. Export the list again and save it without opening it."
        )
    try:
        name = student_name(typed)
    except ValueError as error:
        raise CourseError(f"Row {row} of {file}: {error}") from error
    if not (re.fullmatch(number, typed) or re.fullmatch(number, name)):
        raise CourseError(
            f"Row {row} of {file}: the student number {typed!r} does not fit the pattern "
            f"{number} (student_number in class.toml)."
        )
    if name.endswith("."):
        raise CourseError(f"Row {row} of {file}: {typed!r} may not end with a dot.")
    return name


# --- names


Name = dict[str, str]


def _names(
    path: Path, heading: list[str], body: list[Row], taken_already: int
) -> tuple[list[Name], dict[str, str]]:
    """Names and e-mail of each student, and from which column each was taken."""
    said = [normal_heading(cell) if at != taken_already else "" for at, cell in enumerate(heading)]

    def column(names: Sequence[str]) -> int | None:
        name = next((name for name in names if name in said), None)
        return None if name is None else _single(path, heading, said, name)

    last, first, email = column(LAST), column(FIRST), column(EMAIL)
    whole, together = column(WHOLE), column(LAST_FIRST)
    split: Callable[[str], tuple[str, str]] = split_name
    if last is None and first is not None and whole is not None:
        last, whole = whole, None  # Name;Vorname
    elif first is None and last is not None and whole is not None:
        if _says_the_same(body, last, whole):
            last = None
        else:
            first, whole = whole, None  # Surname,Name
    if last is None and first is None and whole is None:
        whole, split = together, split_last_first
    names = []
    for row in body:
        cells = [" ".join(cell.split()) for cell in row.cells]
        one = {
            "last name": "",
            "first name": "",
            "email": cells[email] if email is not None else "",
        }
        if last is not None or first is not None:
            one["last name"] = cells[last] if last is not None else ""
            one["first name"] = cells[first] if first is not None else ""
        elif whole is not None:
            one["last name"], one["first name"] = split(cells[whole])
        names.append(one)
    named = whole if last is None and first is None else None
    columns = {"last name": last if named is None else named,
               "first name": first if named is None else named, "email": email}  # fmt: skip
    return names, {ours: "" if at is None else heading[at] for ours, at in columns.items()}


def _says_the_same(body: list[Row], last: int, whole: int) -> bool:
    """Whether the column of whole names holds the last names as well."""
    return all(row.cells[last].casefold() in row.cells[whole].casefold() for row in body)


def split_name(name: str) -> tuple[str, str]:
    """Last and first name of a whole name.

    Examples
    --------
    >>> split_name("Okafor, Ada"), split_name("Ada Okafor"), split_name("欧阳娜娜")
    (('Okafor', 'Ada'), ('Okafor', 'Ada'), ('欧阳', '娜娜'))
    """
    for comma in (",", "，"):
        if comma in name:
            last, _, first = name.partition(comma)
            return last.strip(), first.strip()
    if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", name):
        length = 2 if name.startswith(TWO) and len(name) > 2 else 1
        return name[:length], name[length:]
    first, _, last = name.rpartition(" ")
    return last, first


def split_last_first(name: str) -> tuple[str, str]:
    """The same where the heading says that the last name comes first.

    Examples
    --------
    >>> split_last_first("Okafor Ada"), split_last_first("García Márquez, Gabriel")
    (('Okafor', 'Ada'), ('García Márquez', 'Gabriel'))
    """
    if "," in name or " " not in name:
        return split_name(name)
    last, _, first = name.partition(" ")
    return last, first


def _refuse_lost_letters(path: Path, body: list[Row], names: list[Name]) -> None:
    """A question mark in a name is what a spreadsheet leaves of a letter that it could not save."""
    for row, name in zip(body, names, strict=True):
        both = f"{name['last name']} {name['first name']}"
        if "?" in both or "\ufffd" in both:
            raise CourseError(
                f"Row {row.at} of {path.name}: letters of the name {both.strip()!r} were lost when "
                "the list was saved. Export it again, and save it as CSV UTF-8 or .xlsx."
            )
        if any(unicodedata.category(char) in ("Cc", "Cs", "Cn") for char in both):
            raise CourseError(f"Row {row.at} of {path.name}: the name holds a control character.")
