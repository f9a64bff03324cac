"""The glossary and the bibliography, and the links from lessons into them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from course_lib.cli.checkout import CourseError
from course_lib.cli.reference_pages import (
    BIBLIOGRAPHY,
    GLOSSARY,
    Source,
    address,
    bibliography,
    glossary,
    lessons_by_link,
    pages,
    write_pages,
)

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"
TERMS, SOURCES = glossary(ROOT / "data"), bibliography(ROOT / "data")
LINKED = lessons_by_link(NOTEBOOKS)
LESSONS = sorted(NOTEBOOKS.glob("*.ipynb"))
#: A link of Markdown to a file beside the notebook.
TO_A_FILE = re.compile(r"\]\((?!https?:)([^)#\s]+)")
#: A citation in running text: Vernon (1966), Nelson and Phelps (1966), (Lorenz 1905; ...
NAME = r"(?:[A-ZÀ-Þ][\w-]+)"
CITED = re.compile(
    rf"({NAME})(?:[’']s)?(?: and others|(?:, {NAME})* and {NAME})?"
    rf"(?:,? \((\d{{4}})[a-z]?\)| (\d{{4}})(?=[;,)]))"
)
#: What looks like a citation and is none.
NO_CITATION = {"Census", "Patterns", "China", "Figures", "Office", "Statistics", "Union"}
# The document cites these two; the course knows them only from there.
NO_CITATION |= {"Shouhua", "Xin"}
NO_CITATION |= {"August", "November"}  # dates of press reports


def prose(lesson: Path) -> str:
    cells = json.loads(lesson.read_text("utf-8"))["cells"]
    return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")


def test_pages_are_what_the_data_say() -> None:
    for name, text in pages(ROOT).items():
        assert (NOTEBOOKS / name).read_text("utf-8") == text, f"type: course notebooks ({name})"


@pytest.mark.parametrize(("page", "entries"), [(GLOSSARY, TERMS), (BIBLIOGRAPHY, SOURCES)])
def test_every_link_has_an_entry_and_every_entry_a_link(page, entries) -> None:
    names = [entry.name if page == GLOSSARY else entry.short for entry in entries]
    assert len(names) == len(set(names))
    assert {address(name) for name in names} == set(LINKED[page])


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_no_link_is_dead(lesson) -> None:
    wanted = {target for target in TO_A_FILE.findall(prose(lesson))}
    assert {target for target in wanted if not (NOTEBOOKS / target).exists()} == set()


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_whoever_is_cited_is_in_the_bibliography(lesson) -> None:
    known = {(word, str(source.year)) for source in SOURCES for word in words(source.short)}
    cited = {
        (name, one or other)
        for name, one, other in CITED.findall(prose(lesson))
        if name not in NO_CITATION
    }
    assert cited <= known, cited - known


def words(short: str) -> list[str]:
    return re.findall(NAME, short)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.short)
def test_a_source_is_cited_by_its_own_names_and_year(source) -> None:
    found = re.fullmatch(rf"(.+) {source.year}[a-z]?", source.short)  # 2006b: a second one
    assert found is not None
    assert found[1].split(" and ")[0] in source.authors
    assert 1750 < source.year <= 2026
    assert source.title


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.name)
def test_a_term_is_explained_in_sentences(term) -> None:
    assert re.fullmatch(r"[\w -]+", term.name)
    assert term.meaning.endswith(".")
    assert 25 < len(term.meaning) < 400


def test_an_entry_names_a_book_and_an_article_each_in_its_way() -> None:
    book = Source("A 1900", "A, B.", 1900, "A title", part="chapter 2")
    assert book.entry() == "A, B. (1900), *A title*, chapter 2."
    article = Source("A 1900", "A, B.", 1900, "A title", published="*A Journal* 3")
    assert article.entry() == "A, B. (1900), A title, *A Journal* 3."


def test_damaged_data_are_said_to_be_so(tmp_path) -> None:
    (tmp_path / "glossary.toml").write_text("[[term]\n", "utf-8")
    with pytest.raises(CourseError, match=r"glossary\.toml cannot be read .*git checkout"):
        glossary(tmp_path)


def test_pages_are_written_only_if_they_change(tmp_path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "notebooks").mkdir()
    for name in ("glossary.toml", "bibliography.toml"):
        (tmp_path / "data" / name).write_text((ROOT / "data" / name).read_text("utf-8"), "utf-8")
    assert write_pages(tmp_path) == [GLOSSARY, BIBLIOGRAPHY]
    assert write_pages(tmp_path) == []
