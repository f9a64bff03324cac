"""Two students on a real JupyterHub: the course installed once, and a copy for each."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from tests.site.hub import Hub, commit, repository_of_lessons, running_hub

LESSON = "00_start_here.ipynb"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    try:
        with running_hub(tmp_path_factory.mktemp("hub")) as started:
            yield started
    except (OSError, subprocess.CalledProcessError) as error:
        problem = f"No JupyterHub could be started: {error}"
        pytest.fail(problem) if os.environ.get("CI") == "true" else pytest.skip(problem)


def add_a_cell(notebook: Path, words: str) -> None:
    book = nbformat.read(notebook, as_version=4)
    book.cells.append(nbformat.v4.new_markdown_cell(words))
    nbformat.write(book, notebook)


def test_each_student_has_a_copy_that_an_update_does_not_overwrite(hub, tmp_path):
    repository = repository_of_lessons(tmp_path / "lessons")
    ada, wei = hub.enter("ada"), hub.enter("wei")
    for student in (ada, wei):
        student.pull(repository)
        assert student.run(student.home / "course" / LESSON) == []
    add_a_cell(ada.home / "course" / LESSON, "Ada's own words")

    add_a_cell(repository / LESSON, "A new paragraph of the lesson")
    (repository / "13_another.ipynb").write_text(nbformat.writes(nbformat.v4.new_notebook()))
    commit(repository)
    for student in (ada, wei):
        student.pull(repository)
        assert (student.home / "course" / "13_another.ipynb").is_file()
    assert "Ada's own words" in (ada.home / "course" / LESSON).read_text("utf-8")
    assert "A new paragraph" in (wei.home / "course" / LESSON).read_text("utf-8")
