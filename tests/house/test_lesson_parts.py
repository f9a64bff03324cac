"""Each lesson has numbers by hand, a told case, answers, one minute, and a first lab soon."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
LESSONS = sorted(
    path.stem for path in NOTEBOOKS.glob("[01]*.ipynb") if "01" <= path.stem[:2] <= "12"
)
LAB = re.compile(r"^(\w+ = )?(\w+\.)*\w+_lab\(.*\)(\n\w+)?$", re.DOTALL)
#: Cells whose code is what the lesson teaches at that place.
CODE_TO_READ = {"weighted-mean", "19-9b2715aa", "32-84abfc56", "possible"}
FOLDED = re.compile(
    r"<details>\s*<summary>(?P<title>.*?)</summary>(?P<text>.*?)</details>", re.DOTALL
)
WORKED = re.compile(r"^> \*\*Worked by hand: .+\*\*$", re.MULTILINE)
FORMULA = re.compile(r"\$\$.+?\$\$", re.DOTALL)
QUESTION_LIST = re.compile(r"(?:^- .*\?.*\n?)+", re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    name: str
    kind: str
    source: str
    hidden: bool

    @property
    def is_lab(self) -> bool:
        return self.kind == "code" and bool(LAB.match(self.source.strip()))


@cache
def cells(lesson: str) -> tuple[Cell, ...]:
    book = json.loads((NOTEBOOKS / f"{lesson}.ipynb").read_text("utf-8"))
    return tuple(
        Cell(
            cell["id"],
            cell["cell_type"],
            "".join(cell["source"]),
            cell["metadata"].get("jupyter", {}).get("source_hidden", False),
        )
        for cell in book["cells"]
    )


def text_of(lesson: str) -> str:
    return "\n\n".join(cell.source for cell in cells(lesson) if cell.kind == "markdown")


def words(text: str) -> int:
    return len(re.findall(r"[\w’'-]+", re.sub(r"\]\([^)]*\)|<[^>]+>", "]", text)))


def first_lab(lesson: str) -> int:
    return next(number for number, cell in enumerate(cells(lesson)) if cell.is_lab)


def no_worked_number(lesson: str) -> list[str]:
    """Headings whose first formula has no small case before it."""
    text = FOLDED.sub("", text_of(lesson))
    missing = []
    for heading in re.split(r"^#{2,3} ", text, flags=re.MULTILINE):
        formula = FORMULA.search(heading)
        if formula and not WORKED.search(heading[: formula.start()]):
            missing.append(f"no worked box before {formula.group()[:60]!r}")
    return missing


def no_case(lesson: str) -> list[str]:
    found = re.search(
        r"^### A case: .+?\n(.+?)(?=^#{2,3} |\Z)", text_of(lesson), re.DOTALL | re.MULTILINE
    )
    if not found:
        return ["no heading '### A case: ...'"]
    length = words(found.group(1))
    return [] if 250 <= length <= 420 else [f"the case has {length} words, not 250 to 400"]


def no_answers(lesson: str) -> list[str]:
    """Lists of questions after a lab that no folded answer follows."""
    missing = []
    for number, cell in enumerate(cells(lesson)):
        if cell.kind != "markdown" or number < first_lab(lesson):
            continue
        for found in QUESTION_LIST.finditer(FOLDED.sub(lambda m: "\n<folded>\n", cell.source)):
            rest = FOLDED.sub(lambda m: "\n<folded>\n", cell.source)[found.end() :]
            if "<folded>" not in rest:
                missing.append(f"no 'Compare with ours' after {found.group()[:60]!r}")
    return missing


def no_minute(lesson: str) -> list[str]:
    last = re.split(r"^## ", text_of(lesson), flags=re.MULTILINE)[-1]
    if not last.startswith("In one minute"):
        return ["the last heading is not '## In one minute'"]
    sentences = re.findall(r"^(?:- |\d\. )", last, re.MULTILINE)
    wanted = ("**Terms:**", "**To take home:**", "**Next:**")
    wrong = [f"no line {line}" for line in wanted if line not in last]
    return wrong + ([] if len(sentences) == 5 else [f"{len(sentences)} sentences, not five"])


def late_start(lesson: str) -> list[str]:
    before = [cell for cell in cells(lesson)[: first_lab(lesson)] if cell.kind == "markdown"]
    count = sum(words(FOLDED.sub("", cell.source)) for cell in before)
    return [] if count <= 420 else [f"{count} words stand above the first lab"]


def code_in_sight(lesson: str) -> list[str]:
    """Cells that import, draw or print in sight of who did not come to program."""
    shown = re.compile(
        r"^\s*(?:draw\(|print\(|for |from course_lib\S* import|import )", re.MULTILINE
    )
    return [
        f"in sight: {cell.source[:60]!r}"
        for cell in cells(lesson)
        if cell.kind == "code"
        and not cell.hidden
        and cell.name not in CODE_TO_READ
        and shown.search(cell.source)
        and "def " not in cell.source
        and not re.search(r"check\(|answer = |plan = |mine = ", cell.source)
    ]


def no_game(lesson: str) -> list[str]:
    return [] if "**A game.**" in text_of(lesson) else ["no '**A game.**'"]


PARTS = (no_worked_number, no_case, no_answers, no_minute, late_start, code_in_sight, no_game)


def missing_parts(lesson: str) -> list[str]:
    return [sentence for part in PARTS for sentence in part(lesson)]


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_has_every_part(lesson: str) -> None:
    assert missing_parts(lesson) == []


BOX = re.compile(r"^> \*\*The document (?:says|has)\*\*.*(?:\n>.*)*", re.MULTILINE)
QUOTED = re.compile(r'"[^"]*"')
OWN_WORDS = 55  # that lead from one quotation to the next


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_box_of_the_document_holds_its_words_and_ends_with_them(lesson: str) -> None:
    """What the course thinks of them stands below the box: else nobody knows who speaks."""
    for box in BOX.findall(text_of(lesson)):
        text = " ".join(line.lstrip("> ") for line in box.splitlines())
        assert QUOTED.search(text), text
        after = QUOTED.split(text)[-1]
        assert len(after.split()) <= 3, after
        assert words(QUOTED.sub("", text)) <= OWN_WORDS, text
