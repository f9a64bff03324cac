"""Where the course is on this computer: its folder and its notebooks."""

from __future__ import annotations

import os
from pathlib import Path

from course_lib.errors import CourseError

#: The two folders by which the course's folder is known.
LANDMARKS = ("notebooks", "course_lib")


def find_checkout(start: Path | None = None) -> Path:
    """The course's folder: the one that holds `notebooks/` and `course_lib/`.

    Looks in the working folder and upwards; then where this package itself lies.

    Parameters
    ----------
    start : Path, optional
        Where to begin; the working folder unless given.

    Raises
    ------
    CourseError
        If the folder is in neither place.
    """
    start = (start or Path.cwd()).resolve()
    own = Path(__file__).resolve().parents[2]
    for folder in (start, *start.parents, own):
        if all((folder / landmark).is_dir() for landmark in LANDMARKS):
            return folder
    raise CourseError(
        f"The course was not found in {start}. Go to the folder that holds notebooks and "
        "course_lib (with the command cd), then type the same command again. If you have no such "
        "folder: the package alone holds no lessons, so get the course's folder first."
    )


def all_notebooks(notebooks: Path) -> list[Path]:
    """Every notebook under the folder, in the order of teaching, exercises last."""
    lessons = sorted(notebooks.glob("*.ipynb"))
    return lessons + sorted((notebooks / "exercises").glob("*.ipynb"))


def find_notebooks(notebooks: Path, name: str) -> list[Path]:
    """The notebooks that a person means by `name`.

    A number (`04`), a title (`gradient_transition`), both (`04_gradient_transition`) or a file
    (`exercises/04_gradient_transition.ipynb`). A lesson and its exercise set share one name, so
    there may be two.

    Raises
    ------
    CourseError
        If no notebook answers to the name.
    """
    wanted = name.removesuffix(".ipynb").replace(os.sep, "/").rstrip("/")
    found = []
    for path in all_notebooks(notebooks):
        inside = path.relative_to(notebooks).with_suffix("").as_posix()
        number, _, title = path.stem.partition("_")
        short = inside.replace(path.stem, number)
        known = {inside, short, path.stem, number, title, f"notebooks/{inside}"}
        if wanted in known or Path(name).absolute() == path.absolute():
            found.append(path)
    if not found:
        lessons = [path.stem for path in all_notebooks(notebooks)]
        there = ", ".join(dict.fromkeys(lessons)) or "none yet"
        raise CourseError(f"There is no notebook called {name}. The notebooks are: {there}.")
    return found
