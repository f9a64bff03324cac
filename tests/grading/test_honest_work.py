"""Nobody gets 0 for work that is there: a class of honest students who work in their own way."""

from __future__ import annotations

import base64
import copy
import json
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from course_lib.grading.class_folder import ClassFolder
from course_lib.grading.feedback import write_feedback
from course_lib.grading.grade import Summary, grade_set
from course_lib.grading.marks import class_marks
from course_lib.grading.release import release_set
from tests.grading.classes import MASTERS, SET, answered
from tests.grading.test_grade import FULL, outside
from tests.grading.test_marks import mark_by_hand

Book = dict[str, Any]
Change = Callable[[Book], object]
WORDS = "It fell from 0.156 to 0.085, because three cities lost weight."


def png() -> str:
    """A picture of one dot."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + body).decode()


def cell(book: Book, name: str) -> dict[str, Any]:
    return next(one for one in book["cells"] if one["id"] == name)


def at(book: Book, name: str) -> int:
    return book["cells"].index(cell(book, name))


def code(source: str) -> dict[str, Any]:
    return {"cell_type": "code", "id": f"n{abs(hash(source))}", "metadata": {}, "source": source,
            "outputs": [], "execution_count": None}  # fmt: skip


def text(source: str, kind: str = "markdown") -> dict[str, Any]:
    return {"cell_type": kind, "id": f"n{abs(hash(source))}", "metadata": {}, "source": source}


def put(new: dict[str, Any], after: str) -> Change:
    return lambda book: book["cells"].insert(at(book, after) + 1, new)


def write(name: str, source: str) -> Change:
    return lambda book: cell(book, name).update(source=source)


def before(name: str, lines: str) -> Change:
    return lambda book: cell(book, name).update(source=lines + cell(book, name)["source"])


def drop(*names: str) -> Change:
    def change(book: Book) -> None:
        book["cells"] = [one for one in book["cells"] if one["id"] not in names]

    return change


def lose_metadata(book: Book) -> None:
    for one in book["cells"]:
        one["metadata"] = {}


def new_notebook(book: Book) -> None:
    """As in Colab: other ids, no metadata."""
    lose_metadata(book)
    for number, one in enumerate(book["cells"]):
        one["id"] = f"colab{number}"
    book["metadata"] = {"colab": {"provenance": []}}


def other_names(book: Book) -> None:
    for one in book["cells"]:
        about = one["metadata"].get("nbgrader")
        if about and about["grade_id"] in ("theil", "argument"):
            about["grade_id"] = "cell-123"
            one["id"] = f"x{about['grade_id']}{one['cell_type']}"


def twice(name: str, *, upper: str, lower: str) -> Change:
    """A cell and its copy, which keeps its metadata and gets an id of its own."""

    def change(book: Book) -> None:
        other = copy.deepcopy(cell(book, name))
        other["id"] = "a-copy"
        book["cells"].insert(at(book, name) + 1, other)
        released = cell(book, name)["source"]
        cell(book, name)["source"] = upper or released
        other["source"] = lower or released

    return change


def redo(book: Book) -> None:
    other = copy.deepcopy(cell(book, "split"))
    other["id"] = "other-year"
    other["source"] += "\nsplit = {part: value / 2 for part, value in split.items()}"
    book["cells"].append(other)


def picture(book: Book) -> None:
    cell(book, "argument").update(
        source=f"{WORDS}\n\n![my chart.png](attachment:my%20chart.png)",
        attachments={"my chart.png": {"image/png": png()}},
    )


#: What each honest student does to a notebook with right answers in code and none in words.
HONEST: dict[str, Change] = {
    "redo": redo,
    "number": lambda book: book["cells"].append(code("theil = 0.14\ntransfers = {}")),
    "anew": lambda book: book["cells"].append(code("def theil(a, b):\n    return 0")),
    "imports": lambda book: (
        cell(book, "student").update(
            source='# my own\nimport numpy as xp\nSTUDENT = "imports"  # my number'
        ),
        cell(book, "theil").update(source=cell(book, "theil")["source"].replace("np.", "xp.")),
    ),
    "opened": lambda book: (
        before("open", "import numpy as xp\n")(book),
        cell(book, "theil").update(source=cell(book, "theil")["source"].replace("np.", "xp.")),
    ),
    "emptied": write("student", ""),
    "quoted": write("student", "STUDENT = 'QUOTED '   # 'quoted'"),
    "comment": put(
        code("# not course_lib.exercises.measuring_regions, nor mine.marks('x')"), "open"
    ),
    "draws": put(code("from course_lib.exercises.variants import Draws"), "open"),
    "inmarks": lambda book: (
        cell(book, "theil-marks").update(
            source=cell(book, "theil")["source"] + "\n" + cell(book, "theil-marks")["source"]
        ),
        cell(book, "theil").update(source="# see below"),
    ),
    "below": lambda book: (
        put(code(cell(book, "theil")["source"]), "theil-marks")(book),
        cell(book, "theil").update(source="raise NotImplementedError('later')"),
    ),
    "nomarks": drop("theil-marks", "split-marks", "open", "student"),
    "gone": lambda book: (drop("argument")(book), book["cells"].append(text(WORDS))),
    "both": lambda book: (
        drop("argument", "argument-task")(book),
        book["cells"].append(text(WORDS)),
    ),
    "lost": lambda book: (write("argument", WORDS)(book), lose_metadata(book)),
    "colab": lambda book: (write("argument", WORDS)(book), new_notebook(book)),
    "renamed": lambda book: (write("argument", WORDS)(book), other_names(book)),
    "own": put(text(WORDS), "argument"),
    "above": put(text(WORDS), "open"),
    "raw": put(text(WORDS, "raw"), "argument"),
    "incode": put(code(WORDS), "argument"),
    "printed": put(code(f"print({WORDS!r})"), "argument"),
    "intask": lambda book: cell(book, "argument-task").update(
        source=cell(book, "argument-task")["source"] + f"\n\n{WORDS}"
    ),
    "upper": twice("argument", upper=WORDS, lower=""),
    "lower": twice("argument", upper="", lower=WORDS),
    "split": twice("argument", upper=WORDS, lower=f"And more. {WORDS}"),
    "dropped": drop("argument"),
    "picture": picture,
    "widget": lambda book: before("theil", "%matplotlib widget\nimport ipympl\n")(book),
    "drive": before(
        "theil",
        "from google.colab import drive\ndrive.mount('/content/drive')\n"
        "import os\nos.chdir('/content/drive/My Drive')\n",
    ),
    "untouched": lambda book: None,
    "steered": lambda book: [
        one["metadata"].update(tags=["skip-execution", "raises-exception"], course_probe="theil")
        for one in book["cells"]
    ],
}
WAIT = {
    *("gone", "both", "lost", "colab", "renamed", "own", "above", "raw", "incode", "printed"),
    *("intask", "upper", "lower", "split", "dropped", "picture"),
}


class Class:
    def __init__(self, folder: ClassFolder, summary: Summary):
        self.folder, self.summary = folder, summary


def answers() -> dict[str, str]:
    master = json.loads((MASTERS / f"{SET}.ipynb").read_text("utf-8"))
    cells = {one["id"]: "".join(one["source"]) for one in master["cells"]}
    return {name: cells[name] for name in FULL}


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Class:
    root = tmp_path_factory.mktemp("honest")
    (root / "list.csv").write_text("id\n" + "\n".join(HONEST), "utf-8")
    folder = ClassFolder.new(root / "class", root / "list.csv")
    release_set(folder, SET, MASTERS)
    for student, change in HONEST.items():
        book = json.loads(answered(folder, student, answers()))
        for one in book["cells"]:
            one["source"] = "".join(one["source"])
        change(book)
        path = folder.submission(SET, student)
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(book), "utf-8")
    summary = grade_set(folder, SET, no_sandbox=True, workers=2)
    return Class(folder, summary)


@pytest.mark.parametrize("student", HONEST)
def test_honest_work_gets_its_marks_and_no_flag(honest: Class, student: str) -> None:
    assert honest.summary.not_graded == {}
    assert outside(honest.folder, student) == FULL
    assert student not in honest.summary.flagged, honest.summary.flagged[student]


@pytest.mark.parametrize("student", HONEST)
def test_words_wait_for_the_teacher_wherever_they_stand(honest: Class, student: str) -> None:
    marks = class_marks(honest.folder, SET).table.set_index("id")
    wanted = "to be marked by hand" if student in WAIT else 0
    assert marks.loc[student, "argument"] == wanted
    if student in ("own", "above", "raw", "incode", "intask", "dropped"):
        assert "argument" in honest.summary.waiting[student]


@pytest.mark.parametrize(
    ("student", "words"),
    [
        ("redo", "split: a later cell uses this name again"),
        ("number", "theil: a later cell uses this name again"),
        ("anew", "it would be 1"),
        ("below", "theil: the answer stands in a later cell than its own, and counts"),
        ("nomarks", "put back: open, theil-marks, split-marks"),
        ("both", "put back: argument-task, argument"),
        ("widget", "theil: its cell asks for %matplotlib widget and ipympl, which the computer"),
        ("drive", "theil: its cell asks for google.colab and os.chdir, which the computer"),
    ],
)
def test_the_teacher_is_told(honest: Class, student: str, words: str) -> None:
    assert any(words in note for note in honest.summary.notes[student])
    assert set(honest.summary.notes) == {"redo", "number", "anew", "below", "nomarks", "gone",
                                         "both", "dropped", "widget", "drive"}  # fmt: skip


def test_a_pasted_picture_is_in_the_page(honest: Class) -> None:
    mark_by_hand(honest.folder, "picture", "argument", 4)
    pages = write_feedback(honest.folder, SET, now=True)
    page = pages.written["picture"].read_text("utf-8")
    assert f'src="data:image/png;base64,{png()}"' in page
