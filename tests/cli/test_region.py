"""`course region`: a folder is made, checked and packed; what goes wrong is a sentence."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package
from PIL import Image
from typer.testing import CliRunner

from course_lib.cli import app
from course_lib.regions import mexico_folder, read_region


def course(*words: str | Path) -> Any:
    return CliRunner().invoke(app, ["region", *map(str, words)])


def said(result: Any) -> str:
    assert result.exit_code == 0, result.output + repr(result.exception)
    return " ".join(result.output.split())


def refused(result: Any) -> str:
    assert result.exit_code == 1, result.output
    return " ".join(result.output.split())


@pytest.fixture
def saxony(tmp_path: Path) -> Path:
    """A folder made from a spreadsheet's export in German, with invented figures."""
    folder = tmp_path / "my region"
    said(course("new", folder))
    (folder / "incomes.csv").write_bytes(
        "Kreis;Jahr;BIP je Einwohner\nA;2010;20,5\nB;2010;30,1\nC;2010;25,4\n"
        "A;2020;25,5\nB;2020;33,0\nC;2020;27,0\n".encode("cp1252")
    )
    settings = (folder / "region.toml").read_text("utf-8")
    settings = settings.replace("The states of ...", "Invented districts")
    for before, after in (
        ('region = "region"', 'region = "Kreis"'),
        ('year = "year" ', 'year = "Jahr" '),
        ('per_head = "per_head"', 'per_head = "BIP je Einwohner"'),
    ):
        settings = settings.replace(before, after, 1)
    (folder / "region.toml").write_text(settings, "utf-8")
    return folder


def test_a_new_folder_says_what_comes_next(tmp_path: Path) -> None:
    words = said(course("new", tmp_path / "mine"))
    assert "course region check" in words
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == [
        "incomes.csv",
        "jobs.csv",
        "neighbours.csv",
        "places.csv",
        "region.toml",
    ]
    assert "is not empty" in refused(course("new", tmp_path / "mine"))


def test_an_empty_table_is_a_sentence(tmp_path: Path) -> None:
    said(course("new", tmp_path / "mine"))
    assert "incomes.csv has headings (region, year and per_head) and no rows." in refused(
        course("check", tmp_path / "mine")
    )


def test_check_says_what_was_understood_and_what_labs_make_of_it(saxony: Path) -> None:
    words = said(course("check", saxony))
    assert "semicolon between cells" in words
    assert "3 regions, 2 dates from 2010 to 2020, no gap." in words
    assert "inequality_lab Invented districts, 2010: Gini" in words
    assert "neighbours_lab Not possible: Invented districts has no table of neighbours" in words
    with Image.open(saxony / "check.png") as picture:
        assert picture.size[0] > 500


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    assert "course region new" in refused(course("check", tmp_path / "nowhere"))


def test_a_region_without_source_or_licence_is_not_packed(saxony: Path) -> None:
    assert "names no source" in refused(course("pack", saxony))


def test_a_packed_region_is_a_data_package_and_a_region(tmp_path: Path) -> None:
    shutil.copytree(mexico_folder(), tmp_path / "mexico")
    said(course("pack", tmp_path / "mexico"))
    with zipfile.ZipFile(tmp_path / "mexico.zip") as archive:
        archive.extractall(tmp_path / "theirs")
    report = Package(str(tmp_path / "theirs" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])
    theirs = read_region(tmp_path / "theirs")
    assert theirs.facts["licence"].startswith("BSD")
    assert (theirs.panel == read_region(mexico_folder()).panel).all(axis=None)


def test_a_packed_table_in_an_old_encoding_is_described_as_it_is(saxony: Path) -> None:
    settings = (saxony / "region.toml").read_text("utf-8")
    settings = settings.replace('source = ""', 'source = "invented"')
    settings = settings.replace('licence = ""', 'licence = "CC0"')
    (saxony / "region.toml").write_text(settings, "utf-8")
    said(course("pack", saxony, "--into", saxony.parent / "a.zip"))
    with zipfile.ZipFile(saxony.parent / "a.zip") as archive:
        archive.extractall(saxony.parent / "theirs")
    assert Package(str(saxony.parent / "theirs" / "datapackage.json")).validate().valid


def test_a_table_outside_of_the_folder_is_not_packed(tmp_path: Path) -> None:
    shutil.copytree(mexico_folder(), tmp_path / "mexico")
    shutil.move(tmp_path / "mexico" / "incomes.csv", tmp_path / "incomes.csv")
    path = tmp_path / "mexico" / "region.toml"
    path.write_text(path.read_text("utf-8").replace('"incomes.csv"', '"../incomes.csv"'), "utf-8")
    assert "lies outside of the folder" in refused(course("pack", tmp_path / "mexico"))
