"""The glossary, the bibliography and the table of the source document, held against the lessons."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from course_lib.cli.reference_pages import (
    BIBLIOGRAPHY,
    GLOSSARY,
    SOURCE_DOCUMENT,
    Place,
    Source,
    address,
    bibliography,
    find_words,
    glossary,
    lessons_by_link,
    markdown,
    pages,
    source_document,
    write_pages,
)
from course_lib.errors import CourseError

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"
TERMS, SOURCES = glossary(ROOT / "data"), bibliography(ROOT / "data")
PASSAGES = source_document(ROOT / "data")
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
    return "\n".join(markdown(lesson))


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


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage.says[:40])
def test_a_passage_of_the_document_is_taught_where_the_table_says(passage) -> None:
    assert passage.taught, "no lesson teaches it"
    assert passage.says.endswith(".")
    for lesson, words in passage.taught:
        assert find_words(NOTEBOOKS, lesson, words) is not None, f"lesson {lesson} has not: {words}"


def test_no_section_of_the_document_is_left_out_and_every_lesson_teaches_some_of_it() -> None:
    sections = list(dict.fromkeys(passage.section for passage in PASSAGES))
    figures = {name for name in sections if name.startswith("Figure")}
    assert figures == {"Figure 1", "Figure 2", "Figure 3"}
    numbered = [name for name in sections if name not in figures]
    assert numbered == ["Abstract", "1.1", "1.2", "2.1", "2.2", "2.3", "3.1", "3.2", "4.1", "4.2"]
    assert {lesson for passage in PASSAGES for lesson, _ in passage.taught} == {
        path.name[:2]
        for path in LESSONS
        if path.name[:2] not in {"13", "py"}  # a workbook, and the page on Python
    }


def test_words_are_found_across_lines_and_quotations_under_their_heading(tmp_path) -> None:
    cells = [
        {"cell_type": "markdown", "source": "# 1. First\n\ntext"},
        {"cell_type": "code", "source": "# no heading: some words"},
        {"cell_type": "markdown", "source": "## 2. Second\n\n> some\n> words\n\n## 3. Third"},
    ]
    (tmp_path / "07_x.ipynb").write_text(json.dumps({"cells": cells}), "utf-8")
    assert find_words(tmp_path, "07", "some words") == Place("07_x.ipynb", "2. Second")
    assert find_words(tmp_path, "07", "other words") is None
    assert find_words(tmp_path, "08", "some words") is None


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
    for name in ("glossary.toml", "bibliography.toml", "source_document.toml"):
        (tmp_path / "data" / name).write_text((ROOT / "data" / name).read_text("utf-8"), "utf-8")
    assert write_pages(tmp_path) == [GLOSSARY, BIBLIOGRAPHY, SOURCE_DOCUMENT]
    assert write_pages(tmp_path) == []
