"""A term's release has one name wherever it stands."""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml

import course_lib

ROOT = Path(__file__).parents[2]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
SECTIONS = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)[1:]
KINDS = ["Added", "Changed", "Fixed", "Removed"]


def test_a_release_is_named_by_year_and_term() -> None:
    assert re.fullmatch(r"20\d\d\.[1-9](\.dev0)?", course_lib.__version__)


def test_all_files_name_the_same_release() -> None:
    data = json.loads((ROOT / "data" / "datapackage.json").read_text("utf-8"))
    named = {
        "CITATION.cff": str(CITATION["version"]),
        "data/datapackage.json": data["version"],
        "the installed package (if not: uv sync)": version("regional-development-course"),
    }
    assert named == dict.fromkeys(named, course_lib.__version__)


def test_the_changelog_begins_with_it_and_says_whether_it_is_out() -> None:
    name, state = re.match(r"(\S+) \((unreleased|\d{4}-\d\d-\d\d)\)\n", SECTIONS[0]).groups()
    assert name == course_lib.__version__.removesuffix(".dev0")
    unreleased = course_lib.__version__.endswith(".dev0")
    assert (state == "unreleased") == unreleased
    assert str(CITATION.get("date-released")) == ("None" if unreleased else state)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.split()[0])
def test_each_release_says_whether_numbers_change_and_sorts_its_changes(section: str) -> None:
    """A lecturer reads the one line before changing to a release in the middle of a term."""
    said = re.findall(r"^Changes students' numbers: (?:yes|no)\b", section, re.MULTILINE)
    assert len(said) == 1
    kinds = re.findall(r"^### (.+)$", section, re.MULTILINE)
    assert kinds == [kind for kind in KINDS if kind in kinds]
    assert kinds


def test_the_citation_names_nobody_who_was_not_asked() -> None:
    """As the format of citation files wants it: version 1.2.0, authors, a title and a message."""
    assert CITATION["cff-version"] == "1.2.0"
    assert CITATION["authors"] == [{"name": "The course's contributors"}]
    assert CITATION["title"]
    assert CITATION["message"]
    assert "doi" not in CITATION
