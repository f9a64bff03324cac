"""The minutes that a lesson promises are measured: words read, labs played, questions answered."""

from __future__ import annotations

import math
import re

import pytest

from tests.house.test_lesson_parts import LESSONS, NOTEBOOKS, cells, words

WORDS_A_MINUTE, MINUTES_A_LAB, MINUTES_A_QUESTION = 200, 6, 4
SECTION = re.compile(r"^(?=#{1,4} )", re.MULTILINE)
QUESTION = re.compile(r"questions\.\w+_(quiz|check)\(\)")
LONGEST, SHORTEST = 90, 45


def minutes(lesson: str) -> tuple[int, int]:
    """Minutes of the core path, and of the optional parts, both in steps of five."""
    core = optional = 0.0
    level = 0  # of the heading below which everything is optional; 0 outside
    for cell in cells(lesson):
        if cell.kind != "markdown":
            takes = MINUTES_A_LAB * cell.is_lab
            takes += MINUTES_A_QUESTION * len(QUESTION.findall(cell.source))
            core, optional = (core, optional + takes) if level else (core + takes, optional)
            continue
        for part in SECTION.split(cell.source):
            if heading := re.match(r"(#+) (.*)", part):
                depth = len(heading[1])
                if heading[2].startswith("Optional"):
                    level = depth
                elif depth <= level:
                    level = 0
            takes = words(part) / WORDS_A_MINUTE
            core, optional = (core, optional + takes) if level else (core + takes, optional)
    return 5 * math.ceil(core / 5), 5 * math.ceil(optional / 5)


def teaching_guide(lesson: str) -> str:
    guide = (NOTEBOOKS / "TEACHING.md").read_text("utf-8")
    return guide.split(f"\n## {lesson[:2]} ")[1].split("\n## ")[0]


@pytest.mark.parametrize("lesson", LESSONS)
def test_minutes_are_those_that_it_takes(lesson: str) -> None:
    core, optional = minutes(lesson)
    assert SHORTEST <= core <= LONGEST
    promised = re.search(r"\*\*Time:\*\* (\d+) minutes(?:; (\d+) more)?", cells(lesson)[0].source)
    assert promised
    assert int(promised[1]) == core
    assert int(promised[2] or 0) == (optional if optional >= 10 else 0)


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_teaching_guide_says_the_same(lesson: str) -> None:
    core, optional = minutes(lesson)
    more = f", {core + optional} with the optional" if optional >= 10 else ""
    assert f"**{core} minutes{more}" in teaching_guide(lesson)
