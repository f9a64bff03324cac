"""The glossary and the bibliography: two files of data, and the two pages that students read.

`data/glossary.toml` and `data/bibliography.toml` are the source. `course notebooks` writes
`GLOSSARY.md` and `BIBLIOGRAPHY.md` from them, and lessons link into these pages.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib.cli.checkout import CourseError

GLOSSARY, BIBLIOGRAPHY = "GLOSSARY.md", "BIBLIOGRAPHY.md"
LINK = re.compile(r"\]\((GLOSSARY|BIBLIOGRAPHY)\.md#([^)\s]+)\)")

Lessons = Mapping[str, list[str]]  # address in a page -> the lessons that link to it


@dataclass(frozen=True)
class Term:
    """A word of the course and what it means.

    Attributes
    ----------
    name : str
        The word, without signs that an address could not hold.
    meaning : str
        One or two sentences, as Markdown.
    """

    name: str
    meaning: str


@dataclass(frozen=True)
class Source:
    """A book or an article.

    Attributes
    ----------
    short : str
        How it is cited: ``Nelson and Phelps 1966``; ``and others`` for more than two authors.
    authors, title : str
        As on its first page.
    year : int
        Of publication.
    published : str
        Where it came out, as Markdown; empty for a book.
    part : str
        The part of a book that counts.
    """

    short: str
    authors: str
    year: int
    title: str
    published: str = ""
    part: str = ""

    def entry(self) -> str:
        """The entry of the bibliography, as Markdown."""
        title = f"{self.title}, {self.published}" if self.published else f"*{self.title}*"
        return f"{self.authors} ({self.year}), {title}{self.part and ', ' + self.part}."


def address(name: str) -> str:
    """Where a heading of this name is found in its page.

    Examples
    --------
    >>> address("Nelson and Phelps 1966")
    'Nelson-and-Phelps-1966'
    """
    return name.replace(" ", "-")


def glossary(data: Path) -> list[Term]:
    """The terms of the course, in the order of the alphabet."""
    terms = [Term(**row) for row in _rows(data / "glossary.toml", "term")]
    return sorted(terms, key=lambda term: term.name.casefold())


def bibliography(data: Path) -> list[Source]:
    """The sources of the course, in the order of the alphabet."""
    sources = [Source(**row) for row in _rows(data / "bibliography.toml", "source")]
    return sorted(sources, key=lambda source: (source.authors.casefold(), source.year))


def write_pages(checkout: Path) -> list[str]:
    """Write the two pages, and give the names of those that changed."""
    changed = []
    for name, text in pages(checkout).items():
        path = checkout / "notebooks" / name
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8", newline="\n")
            changed.append(name)
    return changed


def pages(checkout: Path) -> dict[str, str]:
    """The texts of the two pages by their names."""
    linked = lessons_by_link(checkout / "notebooks")
    data = checkout / "data"
    return {
        GLOSSARY: _page(
            "Glossary",
            "The words of the course. Each entry says in which lessons the word is explained or "
            "used with weight.",
            ((term.name, term.meaning) for term in glossary(data)),
            linked[GLOSSARY],
        ),
        BIBLIOGRAPHY: _page(
            "Bibliography",
            "What the lessons cite. Each entry says in which lessons.",
            ((source.short, source.entry()) for source in bibliography(data)),
            linked[BIBLIOGRAPHY],
        ),
    }


def lessons_by_link(notebooks: Path) -> dict[str, dict[str, list[str]]]:
    """For each page, and each address in it, the lessons that link there."""
    found: dict[str, dict[str, list[str]]] = {GLOSSARY: {}, BIBLIOGRAPHY: {}}
    for lesson in sorted(notebooks.glob("*.ipynb")):
        cells = json.loads(lesson.read_text("utf-8"))["cells"]
        text = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
        for page, place in dict.fromkeys(LINK.findall(text)):
            found[f"{page}.md"].setdefault(place, []).append(lesson.name)
    return found


def _page(title: str, lead: str, entries: Iterable[tuple[str, str]], linked: Lessons) -> str:
    parts = [f"# {title}", lead]
    for name, text in entries:
        lessons = [f"[{file[:2]}]({file})" for file in linked.get(address(name), [])]
        where = f" *Lesson{'s' if len(lessons) > 1 else ''} {', '.join(lessons)}.*"
        parts += [f"### {name}", text + (where if lessons else "")]
    return "\n\n".join(parts) + "\n"


def _rows(path: Path, kind: str) -> list[dict[str, Any]]:
    try:
        rows: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))[kind]
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise CourseError(
            f"data/{path.name} cannot be read ({error}). Compare it with its neighbours, or get "
            f"it back with `git checkout -- data/{path.name}`."
        ) from error
    return rows
