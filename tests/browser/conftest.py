"""A real JupyterLab and a real Chromium, for tests that do what a student does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from course_lib.cli.slides import write_slides
from course_lib.local_jupyter.server import HOST, Server, jupyter_server
from tests.browser.lesson_page import LessonPage

A_FEW_LABS = [  # of each kind of control one, and what else a lesson shows
    "from course_lib.gradient_transition import labs\nlabs.product_cycle_lab()",
    "from course_lib.measuring_regions import labs as measuring\nmeasuring.china_inequality_lab()",
    "labs.us_convergence_lab()",
    "labs.noise_lab()",
    "from course_lib.production_complexes import labs as complexes\ncomplexes.relation_chart_lab()",
    "from course_lib.lab import Check, Property, Quiz\n"
    "Quiz('Half of four?', {'one': 'Count again.', 'two': 'Two and two.'}, answer='two')",
    "Check('Half', [Property('half of 4 is 2', lambda f: f(4) == 2, ['Halve it.'])])(abs)",
    "import pandas as pd\nfrom course_lib.lab import words_table\n"
    "words_table(pd.DataFrame({'says': ['a sentence']}, index=['one']))",
    "from course_lib.lab import draw\n"
    "from course_lib.gradient_transition import charts\n"
    "draw(charts.cost_curves, labs.product_cycle_lab().result)",
]
TO_WRITE_AND_PLAY = [
    "from course_lib.policy_studio.forms import report_form\nreport_form()",
    "from course_lib.lab import Challenge, Lab, Slider\n"
    "from course_lib.gradient_transition import charts\n"
    "from course_lib.gradient_transition.product_cycle import product_cycle\n"
    "Lab('When?', product_cycle, charts.cost_curves,\n"
    "    {'maturing': Slider(0.04, 0.30, 0.01, label='Speed')},\n"
    "    challenge=Challenge('Bring the age below 15 years.', lambda made: made.switch_ages[0],\n"
    "                        target=15, better='less', unit='years'))",
]
IN_CLASS = ["from course_lib.lab import teacher_view\nteacher_view()", *A_FEW_LABS[:2]]

MOST_PICTURES = "04_gradient_transition.ipynb"
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """JupyterLab on a copy of the notebooks, with a progress file of its own."""
    folder = tmp_path_factory.mktemp("course")
    notebooks = folder / "notebooks"
    shutil.copytree(NOTEBOOKS, notebooks, ignore=shutil.ignore_patterns(".*", "my_progress*"))
    for name, cells in (
        ("a_few_labs", A_FEW_LABS),
        ("in_class", IN_CLASS),
        ("to_write_and_play", TO_WRITE_AND_PLAY),
    ):
        notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
        (notebooks / f"{name}.ipynb").write_text(nbformat.writes(notebook))
    shutil.copy(NOTEBOOKS / MOST_PICTURES, notebooks / "as_stored.ipynb")
    (notebooks / "slides").mkdir()
    write_slides(NOTEBOOKS / MOST_PICTURES, notebooks / "slides")
    home = folder / "home"
    home.mkdir()
    progress = {"COURSE_PROGRESS": str(folder / "my_progress.jsonl"), "HOME": str(home)}
    with jupyter_server(notebooks, environment=progress) as server:
        yield server


@pytest.fixture
def lesson(browser, course: Server, request: pytest.FixtureRequest) -> Iterator:
    """``lesson("01_measuring_regions.ipynb")`` opens it as a student would.

    How each page looked at the end is kept in the folder COURSE_SCREENSHOTS, if there is one.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 1600}, device_scale_factor=1)

    def open_lesson(name: str) -> LessonPage:
        return LessonPage(context.new_page(), course.address(name))

    yield open_lesson
    if folder := os.environ.get("COURSE_SCREENSHOTS"):
        for number, page in enumerate(context.pages):
            page.screenshot(path=Path(folder) / f"{request.node.name}-{number}.png")
    end_kernels(context.request, course)  # each holds half a gigabyte
    context.close()


def end_kernels(request, course: Server) -> None:
    """A student closes a notebook and its kernel goes on; here nobody comes back to it."""
    token = {"Authorization": f"token {course.token}"}
    kernels = f"http://{HOST}:{course.port}/api/kernels"
    for kernel in request.get(kernels, headers=token).json():
        assert request.delete(f"{kernels}/{kernel['id']}", headers=token).ok
