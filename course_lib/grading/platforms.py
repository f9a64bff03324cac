"""Back to the learning platform: marks as it imports them, feedback as it takes it back.

What each platform wants is documented by it: Canvas' gradebook importer, Moodle's grade import and
grading worksheet, Blackboard's "upload grades", Brightspace's "import grades", ILIAS' status file;
and the names of feedback files are those of the platform's own export, which `collect` keeps.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from course_lib.errors import CourseError
from course_lib.files import write_atomically
from course_lib.grading.class_folder import ClassFolder, read_json
from course_lib.grading.class_lists import normal_heading, read_class_list, read_rows
from course_lib.grading.marks import FLAGS, WHY, Marks

PLATFORMS = ("moodle", "canvas", "blackboard", "ilias", "brightspace")

MOODLE = re.compile(r"^(?P<kept>[^/]+_(?P<number>\d+)_assignsubmission_file)(?P<rest>_?.*)$")
CANVAS = re.compile(r"^[^_/]+(?:_late)?_\d+_\d+_.+$", re.IGNORECASE)
BRIGHTSPACE = re.compile(r"^\d+-\d+ ?- ?.+$")
ILIAS = re.compile(r"^.+_.+_(?P<login>.+)_(?P<number>\d+)$")
ENDING = re.compile(r"\.ipynb.*$", re.IGNORECASE)
#: ILIAS' status file: all of these, in this order.
STATUS = ("update", "usr_id", "login", "lastname", "firstname", "status", "mark", "notice",
          "comment", "plagiarism", "plag_comment")  # fmt: skip
MOODLE_GRADE = ("grade", "bewertung", "note", "成绩", "calificación", "voto", "nota", "ocena")
MOODLE_WORKSHEET = ("identifier", "id", "标识符", "identificador", "identifiant", "bezeichner")


@dataclass
class Sheet:
    """A table of marks for a platform.

    Attributes
    ----------
    heading : list of str
        The platform's own column names.
    rows : list of list of str
        A row a student with a final mark; the platform leaves everybody else as they are.
    left_out : dict
        Students without a row: each with the reason.
    notes : list of str
        What to do with it on the platform, each a sentence.
    marked : bool
        Whether the file begins with the mark by which a spreadsheet knows UTF-8.
    """

    heading: list[str]
    rows: list[list[str]]
    left_out: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    marked: bool = True

    def as_csv(self, decimal_comma: bool = False) -> bytes:
        """The sheet as a file, in UTF-8."""
        text = io.StringIO()
        csv.writer(text, delimiter=";" if decimal_comma else ",").writerows(
            [self.heading, *self.rows]
        )
        return text.getvalue().encode("utf-8-sig" if self.marked else "utf-8")


@dataclass(frozen=True)
class _Listed:
    """The rows of the platform's own list, by student."""

    heading: list[str]
    rows: dict[str, list[str]]

    def column(self, *names: str) -> int | None:
        said = [normal_heading(cell) for cell in self.heading]
        return next((said.index(name) for name in names if name in said), None)

    def value(self, student: str, *names: str) -> str:
        at = self.column(*names)
        return "" if at is None or student not in self.rows else self.rows[student][at]


def marks_for(
    folder: ClassFolder,
    marks: Marks,
    platform: str,
    *,
    export: Path | None = None,
    column: str = "",
    decimal_comma: bool = False,
    pass_mark: float | None = None,
) -> Sheet:
    """The final marks of a set, as a learning platform imports them.

    Parameters
    ----------
    folder : ClassFolder
        The class.
    marks : Marks
        Its marks in a set.
    platform : str
        One of `PLATFORMS`.
    export : Path, optional
        A new export of the platform's list; else the one with which the class began.
    column : str
        What the platform calls the set's column; else the set's own name.
    decimal_comma : bool
        Whether 5.5 is written 5,5.
    pass_mark : float, optional
        From how many points a student passes: for ILIAS, which wants to know.

    Returns
    -------
    Sheet

    Raises
    ------
    CourseError
        If the platform wants something that the list does not say.
    """
    _known(platform)
    listed = _listed(folder, marks.set_name, platform, export)
    totals: dict[str, str] = {}
    left_out: dict[str, str] = {}
    points: dict[str, float] = {}
    for row in marks.table.to_dict("records"):
        student = str(row["id"])
        if row["total"] is None or row["total"] != row["total"]:
            left_out[student] = row[WHY] or row[FLAGS] or "not all answers are marked yet"
        elif platform != "ilias" and student not in listed.rows:
            left_out[student] = "not in the platform's list; give a new one with --export"
        else:
            points[student] = float(row["total"])
            text = f"{points[student]:.10g}"
            totals[student] = text.replace(".", ",") if decimal_comma else text
    possible = f"{sum(one.possible for one in marks.columns):.10g}"
    name = column or marks.set_name
    if platform == "canvas":
        sheet = _canvas(listed, totals, name, possible)
    elif platform == "moodle":
        sheet = _moodle(listed, totals, name, worksheet=export is not None)
    elif platform == "blackboard":
        sheet = _blackboard(listed, totals, name)
    elif platform == "brightspace":
        sheet = _brightspace(listed, totals, name)
    else:
        sheet = _ilias(folder, marks, listed, totals, points, pass_mark)
    sheet.left_out = left_out | sheet.left_out
    return sheet


def _known(platform: str) -> None:
    if platform not in PLATFORMS:
        raise CourseError(f"There is no platform {platform!r}. There are: {', '.join(PLATFORMS)}.")


def _listed(folder: ClassFolder, set_name: str, platform: str, export: Path | None) -> _Listed:
    if export is not None:
        rows = read_rows(export)
        if platform == "moodle" and (found := _worksheet(folder, set_name, rows)):
            return found
        if platform == "ilias" and rows and set(STATUS) <= set(rows[0]):
            at = rows[0].index("login")
            by_login = {row[at].strip().lower(): row for row in rows[1:]}
            return _Listed(rows[0], by_login)
        read = read_class_list(export, folder.settings.student_number)
        return _Listed(list(read.heading), read.rows)
    kept = read_json(folder.list_path)
    if kept is None:  # a class that began before its list was kept
        table = folder.roster
        return _Listed(list(table.columns), {row[0]: list(row) for row in table.values.tolist()})
    return _Listed(kept["heading"], kept["rows"])


def _worksheet(folder: ClassFolder, set_name: str, rows: list[list[str]]) -> _Listed | None:
    """Moodle's grading worksheet: whose a row is, its participant number says."""
    if not rows or normal_heading(rows[0][0]) not in MOODLE_WORKSHEET:
        return None
    numbers = {
        found["number"]: student
        for student in folder.students_with(set_name)
        if (found := MOODLE.match(_part_of(folder, set_name, student, MOODLE)))
    }
    by_student = {}
    for row in rows[1:]:
        found = re.search(r"(\d+)\s*$", row[0])
        if found and found[1] in numbers:
            by_student[numbers[found[1]]] = row
    return _Listed(rows[0], by_student) if by_student else None


def _own_column(listed: _Listed, name: str) -> int | None:
    """The platform's column of the set: its name, perhaps with the platform's number behind it."""
    for at, heading in enumerate(listed.heading):
        bare = re.sub(r"\s*(\(\d+\)|\[Total Pts.*|Points Grade.*)$", "", heading.strip())
        if name in (heading.strip(), bare.strip()):
            return at
    return None


def _canvas(listed: _Listed, totals: dict[str, str], name: str, possible: str) -> Sheet:
    wanted = [("Student", ("student",)), ("ID", ("id",))]
    if listed.column("sis login id") is not None:
        # Canvas knows the two columns of the institution only in this order, and together.
        if listed.column("sis user id") is not None:
            wanted.append(("SIS User ID", ("sis user id",)))
        wanted.append(("SIS Login ID", ("sis login id",)))
    wanted.append(("Section", ("section",)))
    missing = [head for head, names in wanted if listed.column(*names) is None]
    if missing:
        raise CourseError(
            f"Canvas wants the columns Student, ID and Section, and the class list has no "
            f"{', '.join(missing)}. Export the gradebook in Canvas and add --export FILE."
        )
    own = _own_column(listed, name)
    heading = [head for head, _ in wanted] + [name if own is None else listed.heading[own]]
    rows = [["    Points Possible", *[""] * (len(wanted) - 1), possible]]
    for student, total in totals.items():
        rows.append([*(_safe(listed.value(student, *names)) for _, names in wanted), total])
    where = "Canvas: Grades, Import."
    if own is None:
        where += f" It asks whether {name!r} is a new assignment. To fill one that is there, add "
        where += '--column "ITS NAME (NUMBER)", as it stands in an export.'
    return Sheet(heading, rows, notes=[where])


def _moodle(listed: _Listed, totals: dict[str, str], name: str, *, worksheet: bool) -> Sheet:
    grade = listed.column(*MOODLE_GRADE)
    if worksheet and grade is not None and normal_heading(listed.heading[0]) in MOODLE_WORKSHEET:
        rows = []
        for student, total in totals.items():
            row = list(listed.rows[student])
            row[grade] = total
            rows.append(row)
        return Sheet(list(listed.heading), rows, notes=[
            "Moodle: the assignment, Submissions, Actions, Upload grading worksheet."])  # fmt: skip
    keys = [
        (listed.heading[at], at)
        for names in (("id number", "id nummer", "idnumber", "学号"), ("username", "anmeldename"),
                      ("email address", "e mail adresse", "email"), ("matrikelnummer", "id"))
        if (at := listed.column(*names)) is not None
    ]  # fmt: skip
    if not keys:
        raise CourseError(
            "Moodle tells students apart by ID number, username or e-mail, and the class list has "
            "none of them. Export the grades in Moodle and add --export FILE."
        )
    rows = [
        [*(listed.rows[student][at] for _, at in keys), total] for student, total in totals.items()
    ]
    note = (
        f"Moodle: Grades, Import, CSV file. Map {keys[0][0]!r} to the same of the user, and "
        f"{name!r} to the assignment. Or add --export with the assignment's grading worksheet."
    )
    return Sheet([*(head for head, _ in keys), name], rows, notes=[note])


def _blackboard(listed: _Listed, totals: dict[str, str], name: str) -> Sheet:
    user = listed.column("username", "user name", "benutzername", "用户名")
    if user is None:
        raise CourseError(
            "Blackboard tells students apart by Username, and the class list has no such column. "
            "Download the grades in Blackboard and add --export FILE."
        )
    own = _own_column(listed, name)
    extra = [at for names in (("last name",), ("first name",))
             if (at := listed.column(*names)) is not None]  # fmt: skip
    columns = [*extra, user]
    heading = [listed.heading[at] for at in columns]
    heading.append(name if own is None else listed.heading[own])
    rows = [[*(_safe(listed.rows[one][at]) for at in columns), total]
            for one, total in totals.items()]  # fmt: skip
    note = "Blackboard: Gradebook, Upload gradebook."
    if own is None:
        note += (
            " Without the number of a column Blackboard makes a new column of text. To fill the "
            'one that is there, add --column "ITS WHOLE NAME |NUMBER", as it stands in a download.'
        )
    return Sheet(heading, rows, notes=[note])


def _brightspace(listed: _Listed, totals: dict[str, str], name: str) -> Sheet:
    keys = [
        (head, at)
        for head, names in (("OrgDefinedId", ("orgdefinedid", "org defined id")),
                            ("Username", ("username", "user name")))
        if (at := listed.column(*names)) is not None
    ]  # fmt: skip
    if not keys:
        raise CourseError(
            "Brightspace tells students apart by OrgDefinedId or Username, and the class list has "
            "neither. Export the grades in Brightspace and add --export FILE."
        )
    item = re.sub(r"\s*Points Grade.*$", "", name)
    rows = [
        [*(f"#{listed.rows[student][at].removeprefix('#')}" for _, at in keys), total, "#"]
        for student, total in totals.items()
    ]
    heading = [*(head for head, _ in keys), f"{item} Points Grade", "End-of-Line Indicator"]
    note = f"Brightspace: Grades, Enter Grades, Import. The grade item is {item!r}."
    return Sheet(heading, rows, notes=[note], marked=False)  # its first column has to be first


def _ilias(
    folder: ClassFolder,
    marks: Marks,
    listed: _Listed,
    totals: dict[str, str],
    points: dict[str, float],
    pass_mark: float | None,
) -> Sheet:
    status_file = set(STATUS) <= set(listed.heading)
    left_out: dict[str, str] = {}
    rows = []
    people = {str(one["id"]): one for one in folder.roster.to_dict("records")}
    for student, total in totals.items():
        found = ILIAS.match(_part_of(folder, marks.set_name, student, ILIAS))
        login = listed.value(student, "login", "anmeldename", "username") if not status_file else ""
        number = ""
        if found:
            login, number = login or found["login"], found["number"]
        own = listed.rows.get((login or student).lower(), []) if status_file else []
        if own:
            number = own[listed.heading.index("usr_id")]
            login = own[listed.heading.index("login")]
        if not number:
            left_out[student] = "ILIAS' own number is not known; add --export status.csv"
            continue
        before = own[listed.heading.index("status")] if own else "notgraded"
        if pass_mark is not None:
            before = "passed" if points[student] >= pass_mark else "failed"
        person = people.get(student, {"last name": "", "first name": ""})
        rows.append(["1", number, login, _safe(person["last name"]), _safe(person["first name"]),
                     before, total, "", "", "", ""])  # fmt: skip
    note = (
        "ILIAS: put it as status.csv into the zip of multi-feedback, where your installation takes "
        "a status file; otherwise type the marks in."
    )
    if pass_mark is None:
        note += " Who has passed is left as it is; say it with --pass-mark POINTS."
    return Sheet(list(STATUS), rows, left_out, [note])


def _safe(text: str) -> str:
    """A name for a spreadsheet: one that begins like a formula must not be taken for one."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


# --- feedback


@dataclass
class Returned:
    """The zip of feedback for a platform: where it is, whose pages are in it, and whose are not."""

    path: Path
    names: dict[str, str]
    left_out: dict[str, str]
    note: str


def feedback_for(
    folder: ClassFolder, set_name: str, platform: str, pages: dict[str, Path]
) -> Returned:
    """Put pages of feedback into a zip that a platform takes back.

    Parameters
    ----------
    folder : ClassFolder
        The class.
    set_name : str
        The set.
    platform : str
        One of `PLATFORMS`, without Blackboard, which takes none back.
    pages : dict
        The page of each student.

    Returns
    -------
    Returned

    Raises
    ------
    CourseError
        If the platform takes none back, or nothing came from it.
    """
    _known(platform)
    if platform == "blackboard":
        raise CourseError(
            "Blackboard takes no zip of feedback back. Attach the pages in its gradebook, or send "
            "them; they are in the folder feedback."
        )
    names: dict[str, str] = {}
    left_out: dict[str, str] = {}
    for student in pages:
        name = _name_for(folder, set_name, student, platform)
        if not name:
            left_out[student] = f"what they handed in did not come from an export of {platform}"
        elif name in names.values():
            left_out[student] = f"another student's has the same name in the export: {name}"
        else:
            names[student] = name
    if not names:
        raise CourseError(
            f"No submission of {set_name} has a name as {platform} exports it, so its feedback "
            f"cannot be named. Collect the zip that {platform} gives, as it is."
        )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for student, name in names.items():
            about = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))  # the same bytes each time
            archive.writestr(about, pages[student].read_bytes(), zipfile.ZIP_DEFLATED)
    path = folder.root / "feedback_zips" / f"{set_name}_{platform}.zip"
    write_atomically(path, content.getvalue())
    return Returned(path, names, left_out, HOW_BACK[platform])


HOW_BACK = {
    "moodle": "Moodle: the assignment, Submissions, Actions, Upload multiple feedback files in a "
    "zip. The assignment has to allow feedback files.",
    "canvas": "Canvas: the assignment, Re-upload submissions. The pages become comments.",
    "ilias": "ILIAS: the exercise, Submissions and grades, Multi-feedback, Upload.",
    "brightspace": "Brightspace: the assignment, Add feedback files.",
}


def _parts(folder: ClassFolder, set_name: str, student: str) -> list[str]:
    """The names around a submission in the export from which it came, the innermost last."""
    record = folder.collected(set_name, student) or {}
    return [part for part in str(record.get("from", "")).split("/") if part]


def _part_of(folder: ClassFolder, set_name: str, student: str, pattern: re.Pattern[str]) -> str:
    found = (part for part in reversed(_parts(folder, set_name, student)) if pattern.match(part))
    return next(found, "")


def _name_for(folder: ClassFolder, set_name: str, student: str, platform: str) -> str:
    """The name of a page in the zip; empty if the submission did not come from that platform."""
    parts = _parts(folder, set_name, student)
    if not parts:
        return ""
    page, last = f"{set_name}.html", ENDING.sub(".html", parts[-1])
    if platform == "moodle":
        part = _part_of(folder, set_name, student, MOODLE)
        found = MOODLE.match(part)
        if not found:
            return ""
        if part == parts[-1]:  # an export without folders
            return f"{found['kept']}_{page}"
        return f"{part}/{page}"
    if platform == "canvas":
        return last if CANVAS.match(parts[-1]) else ""
    if platform == "brightspace":
        part = _part_of(folder, set_name, student, BRIGHTSPACE)
        if not part:
            return ""
        return last if part == parts[-1] else f"{part}/{last}"
    part = _part_of(folder, set_name, student, ILIAS)
    return f"multi_feedback_{set_name}/{part}/{page}" if part and part != parts[-1] else ""
