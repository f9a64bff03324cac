"""The thought behind each option of a prediction or quiz, as the teaching guide tells it.

Students' copies have no teaching guide, so the thoughts stand there and not beside the options.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

GUIDE = "TEACHING.md"
#: "  - **Rich neighbours.** (optional) *it falls*: it counts ...": title, then the rest.
LINE = re.compile(r"^  - \*\*([^*]+)\.\*\*(?: \(optional\))? (.+)$", re.MULTILINE)
#: "*it falls* or *it stays*: all measures tell one story."
THOUGHT = re.compile(r"((?:\*[^*]+\*(?:, | or )?)+): ([^*]+?)\.?\s*(?=\*|$)")
OF_A_QUIZ = "quiz: "

Thoughts = dict[str, str]


def section(guide: Path, number: str) -> str:
    """What the guide says of a lesson; '' where there is no guide."""
    try:
        text = guide.read_text("utf-8")
    except OSError:
        return ""
    found = re.search(rf"^## {number} .+?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return found[0] if found else ""


def lines(section: str, number: str) -> dict[str, str]:
    """The options and thoughts of each lab and quiz of a lesson, by id.

    Examples
    --------
    >>> lines("  - **Quiz: Doubling.** *7*: interest is left out.", "00")
    {'quiz 00 doubling': '*7*: interest is left out.'}
    """
    found = {}
    for title, words in LINE.findall(section):
        name = title.casefold()
        asked = name.removeprefix(OF_A_QUIZ)
        found[of_quiz(f"{number} {asked}") if asked != name else f"{number} {name}"] = words
    return found


def of_quiz(name: str) -> str:
    """The key of a quiz: a lab of the lesson may have the same id."""
    return f"quiz {name}"


def thoughts(line: str, options: Mapping[str, str]) -> Thoughts:
    """The thought behind each option that the line names by words which fit it alone.

    Examples
    --------
    >>> thoughts("*rises* or *stays*: one. *falls*: another.", {"a": "it rises", "c": "it falls"})
    {'a': 'one', 'c': 'another'}
    """
    found: Thoughts = {}
    for named, thought in THOUGHT.findall(line):
        for fragment in re.findall(r"\*([^*]+)\*", named):
            fitting = fits(fragment, options)
            if len(fitting) == 1:
                found[fitting[0]] = thought
    return found


def fits(fragment: str, options: Mapping[str, str]) -> list[str]:
    """The ids of the options in which a fragment stands as whole words; one that is it, alone."""
    sought = fragment.casefold()
    whole = [option for option, words in options.items() if words.casefold() == sought]
    whole_words = re.compile(rf"(?<!\w){re.escape(sought)}(?!\w)")
    return whole or [
        option for option, words in options.items() if whole_words.search(words.casefold())
    ]
