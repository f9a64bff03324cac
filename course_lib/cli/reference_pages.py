"""The glossary, the bibliography and the passages of the source document, each a file of data.

`course notebooks` writes `GLOSSARY.md`, `BIBLIOGRAPHY.md` and `SOURCE_DOCUMENT.md` from
`data/glossary.toml`, `data/bibliography.toml` and `data/source_document.toml`. Lessons link into
the first two; the third one says which cell of which lesson teaches what the document says.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib.errors import CourseError

GLOSSARY, BIBLIOGRAPHY = "GLOSSARY.md", "BIBLIOGRAPHY.md"
SOURCE_DOCUMENT = "SOURCE_DOCUMENT.md"
LINK = re.compile(r"\]\((GLOSSARY|BIBLIOGRAPHY)\.md#([^)\s]+)\)")

Lessons = Mapping[str, list[str]]  # address in a page -> the lessons that link to it


@dataclass(frozen=True)
class Term:
    """A word of the course and what it means.

    Attributes
    ----------
    name : str
        The word, without characters that an address could not hold.
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


@dataclass(frozen=True)
class Passage:
    """A passage of the source document.

    Attributes
    ----------
    section : str
        Its number, or the name of the figure.
    says : str
        What it says, in one sentence of ours.
    taught : tuple of (str, str)
        Number of a lesson, and words that stand in the cell that teaches it.
    """

    section: str
    says: str
    taught: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Place:
    """Where a lesson says something: its file, and the heading above."""

    lesson: str
    heading: str


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


def source_document(data: Path) -> list[Passage]:
    """The passages of the source document, in its order."""
    return [
        Passage(
            row["section"],
            row["says"],
            tuple((place["lesson"], place["words"]) for place in row["taught"]),
        )
        for row in _rows(data / "source_document.toml", "passage")
    ]


def find_words(notebooks: Path, lesson: str, words: str) -> Place | None:
    """The first place in a lesson's text where the words stand, whatever the line breaks.

    Parameters
    ----------
    notebooks : Path
        The folder of the lessons.
    lesson : str
        The lesson's number, two digits.
    words : str
        What to look for.
    """
    for file in notebooks.glob(f"{lesson}_*.ipynb"):
        heading = ""
        for text in markdown(file):
            # A cell's own heading counts if the words come after it.
            for line in re.split(r"^(?=#)", text, flags=re.MULTILINE):
                if line.startswith("#"):
                    heading = line.splitlines()[0].lstrip("# ")
                if words in " ".join(re.sub(r"^> ?", "", line, flags=re.MULTILINE).split()):
                    return Place(file.name, heading)
    return None


def markdown(lesson: Path) -> list[str]:
    """The texts of a lesson's Markdown cells."""
    cells = json.loads(lesson.read_text("utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]


def write_pages(checkout: Path) -> list[str]:
    """Write the three pages, and give the names of those that changed."""
    changed = []
    for name, text in pages(checkout).items():
        path = checkout / "notebooks" / name
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8", newline="\n")
            changed.append(name)
    return changed


def pages(checkout: Path) -> dict[str, str]:
    """The texts of the three pages by their names."""
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
        SOURCE_DOCUMENT: _passages(source_document(data), checkout / "notebooks"),
    }


def lessons_by_link(notebooks: Path) -> dict[str, dict[str, list[str]]]:
    """For each page, and each address in it, the lessons that link there."""
    found: dict[str, dict[str, list[str]]] = {GLOSSARY: {}, BIBLIOGRAPHY: {}}
    for lesson in sorted(notebooks.glob("*.ipynb")):
        for page, place in dict.fromkeys(LINK.findall("\n".join(markdown(lesson)))):
            found[f"{page}.md"].setdefault(place, []).append(lesson.name)
    return found


def _page(title: str, lead: str, entries: Iterable[tuple[str, str]], linked: Lessons) -> str:
    parts = [f"# {title}", lead]
    for name, text in entries:
        lessons = [f"[{file[:2]}]({file})" for file in linked.get(address(name), [])]
        where = f" *Lesson{'s' if len(lessons) > 1 else ''} {', '.join(lessons)}.*"
        parts += [f"### {name}", text + (where if lessons else "")]
    return "\n\n".join(parts) + "\n"


def _passages(passages: Iterable[Passage], notebooks: Path) -> str:
    parts = [
        "# The source document, passage by passage",
        "The course teaches one document on theories of regional economic development, and tests "
        "what it says. Here is where each passage is taught.",
        "| section | what the document says, in short | where the course teaches it |\n"
        "|---|---|---|",
    ]
    for passage in passages:
        places = [find_words(notebooks, *place) for place in passage.taught]
        links = dict.fromkeys(
            f"[{place.lesson[:2]}]({place.lesson}) {place.heading}" for place in places if place
        )
        parts[-1] += f"\n| {passage.section} | {passage.says} | {'<br>'.join(links)} |"
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
