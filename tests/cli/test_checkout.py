from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.cli import checkout
from course_lib.cli.checkout import all_notebooks, find_checkout, find_notebooks
from course_lib.errors import CourseError


@pytest.fixture
def course(tmp_path: Path) -> Path:
    for name in ("00_start_here", "04_gradient_transition", "exercises/04_gradient_transition"):
        path = tmp_path / "notebooks" / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "course_lib").mkdir()
    return tmp_path


def test_the_course_is_found_from_any_folder_in_it(course: Path) -> None:
    assert find_checkout(course) == course.resolve()
    assert find_checkout(course / "notebooks" / "exercises") == course.resolve()


def test_outside_every_checkout_the_packages_own_folder_counts(tmp_path: Path) -> None:
    assert find_checkout(tmp_path) == Path(checkout.__file__).resolve().parents[2]


def test_where_there_is_no_course_the_sentence_says_where_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkout, "LANDMARKS", ("a folder that nobody has",))
    with pytest.raises(CourseError, match="Go to the folder that holds notebooks"):
        find_checkout(tmp_path)


def test_lessons_come_in_order_and_exercises_last(course: Path) -> None:
    found = [
        p.relative_to(course / "notebooks").as_posix() for p in all_notebooks(course / "notebooks")
    ]
    assert found == [
        "00_start_here.ipynb",
        "04_gradient_transition.ipynb",
        "exercises/04_gradient_transition.ipynb",
    ]


@pytest.mark.parametrize(
    "name, count",
    [
        ("00", 1),
        ("04", 2),
        ("gradient_transition", 2),
        ("04_gradient_transition.ipynb", 2),
        ("exercises/04", 1),
        ("exercises/04_gradient_transition", 1),
        ("notebooks/00_start_here.ipynb", 1),
    ],
)
def test_a_notebook_has_several_names(course: Path, name: str, count: int) -> None:
    assert len(find_notebooks(course / "notebooks", name)) == count


def test_an_unknown_name_lists_the_known_ones(course: Path) -> None:
    with pytest.raises(CourseError, match=r"called 13.*00_start_here, 04_gradient_transition"):
        find_notebooks(course / "notebooks", "13")
