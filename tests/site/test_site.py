"""What goes into the site, without building it."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from course_lib.errors import CourseError
from course_lib.site import pyodide
from course_lib.site.build import PAGES, _copy_lessons, _make_room
from course_lib.site.wheels import course_wheel, installed_wheel, wheel_of

ROOT = Path(__file__).parents[2]


def names_in(content: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(content)).namelist()


def test_the_course_is_packed_with_its_figures_and_without_tools():
    names = names_in(course_wheel(ROOT).content)
    assert "course_lib/_data/datapackage.json" in names
    assert "course_lib/lab/lab.py" in names
    assert not [name for name in names if "/dev/" in name or "__pycache__" in name]


def test_equal_sources_make_equal_bytes():
    assert course_wheel(ROOT).sha256 == course_wheel(ROOT).sha256


def test_an_installed_package_is_packed_again():
    wheel = installed_wheel("ipywidgets")
    assert "ipywidgets/__init__.py" in names_in(wheel.content)
    assert wheel.file_name == f"ipywidgets-{wheel.version}-py3-none-any.whl"


def test_compiled_code_is_refused():
    with pytest.raises(CourseError, match="numpy holds compiled code"):
        installed_wheel("numpy")


def test_a_package_that_is_not_here_is_named():
    with pytest.raises(CourseError, match="no-such-package is not installed here"):
        installed_wheel("no-such-package")


def test_students_get_no_masters_no_answers_and_no_guide(tmp_path):
    lessons = _copy_lessons(ROOT / "notebooks", tmp_path / "files")
    assert len(lessons) == len(list((ROOT / "notebooks").glob("*.ipynb")))
    there = {path.name for path in (tmp_path / "files").iterdir()}
    assert there == {*lessons, *PAGES}


def test_a_folder_with_other_things_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(CourseError, match="no site of this course"):
        _make_room(tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_a_folder_that_is_no_release_is_refused(tmp_path):
    with pytest.raises(CourseError, match="not an unpacked release of Pyodide"):
        pyodide.release_in(tmp_path)


def test_without_internet_the_sentence_names_the_way_out():
    with pytest.raises(CourseError, match="--pyodide FOLDER"):
        pyodide.release_at("http://127.0.0.1:9/")


class TestFaults:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        course = wheel_of("regional-development-course", "1", {"course_lib/__init__.py": b""})
        (tmp_path / course.file_name).write_bytes(course.content)
        self.write(tmp_path, {course.name: pyodide.entry(course, ["course_lib"], [])})
        return tmp_path

    def write(self, folder: Path, packages: dict) -> None:
        (folder / pyodide.LIST).write_text(json.dumps({"packages": packages}))

    def read(self, folder: Path) -> dict:
        return json.loads((folder / pyodide.LIST).read_text())["packages"]

    def test_none(self, folder):
        assert list(pyodide.faults(folder)) == []

    def test_a_file_that_is_missing(self, folder):
        next(folder.glob("*.whl")).unlink()
        assert "is not there" in next(pyodide.faults(folder))

    def test_a_file_that_was_changed(self, folder):
        next(folder.glob("*.whl")).write_bytes(b"other")
        assert "the checksum" in next(pyodide.faults(folder))

    def test_a_need_that_is_not_listed(self, folder):
        packages = self.read(folder)
        packages["regional-development-course"]["depends"] = ["numpy"]
        self.write(folder, packages)
        assert "needs numpy, which is not listed" in next(pyodide.faults(folder))

    def test_a_site_without_the_course(self, folder):
        self.write(folder, {})
        assert list(pyodide.faults(folder)) == ["the course is not listed"]
