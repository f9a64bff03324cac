"""The teacher's book: what it names exists, its answers are whole, and students get none of it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from importlib import import_module
from pathlib import Path

import pytest

from course_lib.dev.every_lab import every_lab
from course_lib.lab import Lab

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "notebooks" / "TEACHING.md"


@pytest.mark.skipif(
    not (ROOT / ".git").exists() or shutil.which("git") is None, reason="needs a git checkout"
)
def test_a_copy_for_students_holds_no_answers() -> None:
    """`git archive` obeys export-ignore, and so does a forge's ZIP."""
    paths = [
        "notebooks/TEACHING.md",
        "notebooks/exercises",
        "notebooks/04_gradient_transition.ipynb",
    ]
    asked = subprocess.run(
        ["git", "check-attr", "export-ignore", *paths],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = [line.rsplit(": ", 1)[1] for line in asked.stdout.splitlines()]
    assert found == ["set", "set", "unspecified"]


def test_no_page_for_students_links_the_book() -> None:
    pages = [path for path in BOOK.parent.glob("*.*") if path != BOOK and path.is_file()]
    assert [page.name for page in pages if "TEACHING.md" in page.read_text("utf-8")] == []


def sections(text: str) -> dict[str, str]:
    """What stands below each heading of the second level, by the heading."""
    parts = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


WHOLE = BOOK.read_text("utf-8")
LESSON_SECTIONS = {
    heading[:2]: text for heading, text in sections(WHOLE).items() if heading[:2].isdigit()
}
LABS: dict[str, Lab] = {lab.name: lab for lab in (make() for make in every_lab().values())}
OUTCOMES = {
    every_lab()[f"{room}.{name}"]().name: option
    for room in sorted({name.split(".")[0] for name in every_lab()})
    for name, option in import_module(f"tests.{room}.test_labs").OUTCOMES.items()
}
THOUGHT = re.compile(r"^  - \*\*([^*]+)\.\*\*(?: \(optional\))? (.+)$", re.MULTILINE)
ANSWERED = re.compile(
    r"^- \*Discuss\.\* .+\?[^\n]*\n  \*A good answer\* (.+?) \*Where talk usually goes:\* .+$",
    re.MULTILINE,
)


def lesson_text(number: str) -> str:
    path = next(BOOK.parent.glob(f"{number}_*.ipynb"))
    return "\n".join("".join(cell["source"]) for cell in json.loads(path.read_text())["cells"])


def test_each_lesson_has_a_section() -> None:
    assert list(LESSON_SECTIONS) == [f"{number:02}" for number in range(14)]


@pytest.mark.parametrize("number", LESSON_SECTIONS)
def test_each_question_for_discussion_is_answered(number: str) -> None:
    text = LESSON_SECTIONS[number]
    answers = ANSWERED.findall(text)
    assert len(answers) == text.count("*Discuss.*") >= 1
    for answer in answers:
        assert 2 <= len(re.findall(r"[.?](?: |$)", answer)) <= 4, answer


@pytest.mark.parametrize("number", LESSON_SECTIONS)
def test_numbers_of_an_answer_stand_in_the_lesson(number: str) -> None:
    lesson = lesson_text(number)
    for answer in ANSWERED.findall(LESSON_SECTIONS[number]):
        missing = [found for found in re.findall(r"\d[\d,.]*\d", answer) if found not in lesson]
        assert missing == []


@pytest.mark.parametrize("number", LESSON_SECTIONS)
def test_each_option_of_each_prediction_has_a_thought(number: str) -> None:
    """An option is named by words that fit it alone; the one that comes true stands first."""
    thoughts = {
        f"{number} {name.casefold()}": words
        for name, words in THOUGHT.findall(LESSON_SECTIONS[number])
    }
    asking = {name for name, lab in LABS.items() if lab.predict and name.startswith(number)}
    assert set(thoughts) == asking
    for name, words in thoughts.items():
        predict = LABS[name].predict
        assert predict is not None
        named = []
        for fragment in re.findall(r"\*([^*]+)\*", words):
            whole_words = rf"\b{re.escape(fragment.casefold())}(?!\w)"
            fitting = [
                option
                for option, said in predict.choices.items()
                if re.search(whole_words, said.casefold())
            ]
            assert len(fitting) == 1, f"{name}: {fragment!r} fits {fitting}"
            named += fitting
        assert sorted(named) == sorted(predict.choices), name
        assert named[0] == OUTCOMES[name], name


@pytest.mark.parametrize("number", LESSON_SECTIONS)
def test_minutes_are_those_of_the_lesson(number: str) -> None:
    """`75 minutes, 95 with ...` here is `75 minutes; 20 more with ...` or the sum there."""
    here = [
        int(m) for m in re.findall(r"\d+", re.findall(r"\*\*(.+?)\*\*", LESSON_SECTIONS[number])[0])
    ]
    there = re.search(r"\*\*(?:Optional\. )?Time:\*\* (.+?)\*\*", lesson_text(number))
    assert there is not None
    first, *more = map(int, re.findall(r"\d+(?= minutes| more)|(?<=or )\d+", there[1]))
    assert here[0] == first
    if len(here) > 1:
        assert here[1] in {more[0], first + more[0]}
