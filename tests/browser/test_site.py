"""The course as a site, in a real browser: nothing installed, and no other host asked."""

from __future__ import annotations

import json
import math
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from course_lib.grading.collect import collect
from course_lib.grading.grade import grade_set
from course_lib.site.build import serve_site
from course_lib.site.byte_code import IN_PYODIDE
from tests.grading.classes import SET
from tests.grading.test_grade import FULL, a_class, solutions
from tests.site.assemble import assemble

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"
VALUES = ROOT / "tests" / "site" / "values.py"
#: The start, the longest, the one with scipy, and the one that writes files.
LESSONS = (
    "00_start_here.ipynb",
    "04_gradient_transition.ipynb",
    "06_production_complexes.ipynb",
    "12_policy_studio.ipynb",
)
FIRST = LESSONS[0]
SLOW = 240_000  # milliseconds: a first start on a busy machine
RUN_ALL = """() => {
  const commands = window.jupyterapp.commands;
  window.ranAll = false;
  commands.execute('notebook:clear-all-cell-outputs');
  commands.execute('notebook:run-all-cells').finally(() => { window.ranAll = true });
}"""
CONNECTED = """() => window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel
  ?.connectionStatus === 'connected'"""

OWN_WORDS = """() => window.jupyterapp.shell.currentWidget.content.model.sharedModel.insertCell(
  0, {cell_type: 'markdown', source: 'My own words'})"""
HAS_OWN_WORDS = """() => JSON.stringify(
  window.jupyterapp.shell.currentWidget.content.model.toJSON()).includes('My own words')"""
CONTENT_OF = """async (path) =>
  (await window.jupyterapp.serviceManager.contents.get(path, {content: true})).content"""
OPEN = "(path) => window.jupyterapp.commands.execute('docmanager:open', {path})"
ANSWER = """(answers) => {
  for (const cell of window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells)
    if (answers[cell.id] !== undefined) cell.setSource(answers[cell.id]);
}"""


@pytest.fixture(scope="module")
def www(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of files with the site in it. COURSE_SITE names one that was built before."""
    if built := os.environ.get("COURSE_SITE"):
        return Path(built)
    folder = tmp_path_factory.mktemp("site")
    try:
        release = assemble(folder / "pyodide")
    except (OSError, subprocess.CalledProcessError) as error:
        problem = f"Pyodide could not be put together from packages: {error}"
        pytest.fail(problem) if os.environ.get("CI") == "true" else pytest.skip(problem)
    # In an environment of its own, as README says: JupyterLite's extension is not for JupyterLab.
    command = [os.environ.get("UV", "uv"), "run", "-q", "--isolated", "--extra", "site", "course"]
    command += ["site", str(folder / "www" / "regions"), "--pyodide", str(release)]
    subprocess.run(command, cwd=ROOT, check=True)
    shutil.rmtree(release)
    return folder / "www"


@pytest.fixture(scope="module")
def site(www: Path) -> Iterator[str]:
    """Address of a site under a sub-path, as a university's server has it."""
    with serve_site(www) as address:
        yield f"{address}regions/"


class SitePage:
    """A lesson of the site in a browser, and what it has asked of other hosts."""

    def __init__(self, context: Any, site: str, lesson: str, page: str = "lab"):
        self.asked_elsewhere: list[str] = []
        self.page = context.new_page()
        self.page.set_default_timeout(SLOW)
        host = site.split("/")[2]

        def block(route: Any) -> None:
            self.asked_elsewhere.append(route.request.url)
            route.abort()

        context.route(lambda url: "://" in url and host not in url and url[:4] == "http", block)
        self.page.goto(f"{site}{page}/index.html?path={lesson}")
        self.page.wait_for_function(CONNECTED)

    def save(self) -> None:
        """What is open, into the browser's own store."""
        self.page.evaluate("() => window.jupyterapp.shell.currentWidget.context.save()")

    def told(self) -> str:
        """What the course says at the foot of the page."""
        said: str = self.page.locator(".course-told span").inner_text()
        return said

    def run_all(self) -> list[dict[str, Any]]:
        """Run every cell, and give all cells with what they now show."""
        self.page.evaluate(RUN_ALL)
        self.page.wait_for_function("() => window.ranAll")
        model = "() => window.jupyterapp.shell.currentWidget.content.model.toJSON()"
        cells: list[dict[str, Any]] = self.page.evaluate(model)["cells"]
        return cells


#: The one thing that is not the same in a browser, and is said there.
WHERE_ANSWERS_LIE = (
    "in this browser until you click “Download my answers” above",
    "beside this notebook",
)


def texts(cell: dict[str, Any]) -> list[str]:
    return [
        "".join(output.get("text") or output.get("data", {}).get("text/plain", "")).replace(
            *WHERE_ANSWERS_LIE
        )
        for output in cell.get("outputs", [])
    ]


@pytest.fixture
def open_lesson(browser, site) -> Iterator:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    yield lambda lesson: SitePage(context, site, lesson)
    context.close()


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_gives_what_is_stored_and_asks_no_other_host(open_lesson, lesson):
    opened = open_lesson(lesson)
    live = opened.run_all()
    stored = json.loads((NOTEBOOKS / lesson).read_text("utf-8"))["cells"]
    errors = [
        output["evalue"]
        for cell in live
        for output in cell.get("outputs", [])
        if output["output_type"] == "error"
    ]
    assert errors == []
    assert [texts(cell) for cell in live] == [texts(cell) for cell in stored]
    assert opened.asked_elsewhere == []


def test_answers_are_kept_downloaded_and_survive_an_update_of_the_site(open_lesson, www):
    opened = open_lesson(FIRST)
    page = opened.page
    page.get_by_text("Download my answers", exact=True).click()
    assert "nothing to download yet" in opened.told()
    opened.run_all()
    asks = page.locator("input[type=radio]")  # the first lab of all asks nothing
    lab = page.locator(".course-lab", has=asks).first
    lab.locator("input[type=radio]").first.check()
    lab.locator("textarea").first.fill("Because of what I know so far. 因为")
    lab.get_by_role("button", name="Commit my prediction").click()
    page.locator(".course-lab").get_by_text("You predicted").first.wait_for()
    with page.expect_download() as download:
        page.get_by_text("Download my answers", exact=True).click()
    assert "因为" in download.value.path().read_text("utf-8")
    assert "lies in this browser alone" in opened.told()
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:interrupt-kernel')")
    page.locator(".course-told", has_text="Restart Kernel").wait_for()

    page.evaluate(OWN_WORDS)
    opened.save()
    digests = www / "regions" / "extensions" / "course-site" / "static" / "lessons.json"
    before = digests.read_text("utf-8")
    digests.write_text(json.dumps(json.loads(before) | {FIRST: "of a newer lesson"}), "utf-8")
    try:
        page.reload()
        page.wait_for_function(CONNECTED)
    finally:
        digests.write_text(before, "utf-8")
    assert "The course has been updated" in opened.told()
    assert not page.evaluate(HAS_OWN_WORDS), "the newer lesson is open"
    copy = next(name for name in opened.told().split("“") if "my copy" in name).partition("”")[0]
    kept = page.evaluate(CONTENT_OF, copy)
    assert "My own words" in json.dumps(kept)
    opened.run_all()
    reason = page.locator(".course-lab").get_by_text("因为").first
    reason.wait_for(state="attached")  # folded beside the answer


def test_a_graded_set_goes_there_and_comes_back_to_a_mark(open_lesson, tmp_path):
    folder = a_class(tmp_path, ["s001"])
    opened = open_lesson(FIRST)
    page = opened.page
    with page.expect_file_chooser() as chooser:
        page.locator("[data-command='filebrowser:upload'], [title^='Upload']").first.click()
    chooser.value.set_files(folder.handout(SET))
    page.get_by_text(folder.handout(SET).name).first.wait_for()
    page.evaluate(OPEN, folder.handout(SET).name)
    page.wait_for_function(CONNECTED)
    page.evaluate(ANSWER, solutions() | {"student": 'STUDENT = "s001"'})
    shown = opened.run_all()
    said = [text for cell in shown for text in texts(cell)]
    assert sum("public checks pass" in text for text in said) >= len(FULL) - 1, said
    opened.save()
    with page.expect_download() as download:
        page.evaluate("() => window.jupyterapp.commands.execute('docmanager:download')")
    sent = tmp_path / f"s001_{SET}.ipynb"
    download.value.save_as(sent)
    assert list(collect(folder, SET, [sent]).new) == ["s001"]
    grade_set(folder, SET, no_sandbox=True)  # what is tested here is the way, not the sandbox
    with folder.gradebook() as book:
        assert book.find_submission_notebook(SET, SET, "s001").score == sum(FULL.values())


def test_a_phone_uses_a_lab_by_touch(browser, site):
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    opened = SitePage(context, site, FIRST, "notebooks")
    page = opened.page
    opened.run_all()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    lab = page.locator(".course-lab").first
    handle = lab.locator(".noUi-handle").first
    picture = lab.locator(".course-lab-view img").first
    before = picture.get_attribute("src")
    for _ in range(6):  # what is above may still grow, and then the tap lands elsewhere
        handle.scroll_into_view_if_needed()
        page.wait_for_timeout(1000)
        box = lab.locator(".noUi-base").first.bounding_box()
        at = handle.bounding_box()["x"] - box["x"]
        where = 0.8 if at < box["width"] / 2 else 0.2
        page.touchscreen.tap(box["x"] + where * box["width"], box["y"] + box["height"] / 2)
        page.wait_for_timeout(5000)
        if picture.get_attribute("src") != before:
            break
    expect(picture).not_to_have_attribute("src", before)
    context.close()


def test_numbers_in_pyodide_are_those_of_this_computer(www, tmp_path):
    node = shutil.which("node")
    if node is None:
        problem = "Pyodide was not run, because Node is not installed"
        pytest.fail(problem) if os.environ.get("CI") == "true" else pytest.skip(problem)
    packages = www / "regions" / "static" / "pyodide"
    here = subprocess.Popen([sys.executable, str(VALUES), str(tmp_path), "here.jsonl"])
    subprocess.run(
        [node, str(IN_PYODIDE), str(packages), str(VALUES), str(tmp_path), "there.jsonl"],
        env=os.environ | {"PYODIDE_PACKAGES": "regional-development-course scipy"},
        check=True,
    )
    assert here.wait() == 0
    native, pyodide = (read_values(tmp_path / name) for name in ("here.jsonl", "there.jsonl"))
    assert len(native) > 1000
    assert native.keys() == pyodide.keys()
    assert not [name for name in native if not equal(native[name], pyodide[name])]


def read_values(file: Path) -> dict[str, Any]:
    return dict(json.loads(line) for line in file.read_text("utf-8").splitlines())


def equal(here: Any, there: Any) -> bool:
    """The same words and types, and numbers to 1e-9."""
    if isinstance(here, float) and isinstance(there, int | float):
        return (
            here == there
            or math.isclose(here, there, rel_tol=1e-9, abs_tol=1e-12)
            or (math.isnan(here) and math.isnan(there))
        )
    if isinstance(here, dict) and isinstance(there, dict):
        return here.keys() == there.keys() and all(equal(here[key], there[key]) for key in here)
    if isinstance(here, list) and isinstance(there, list):
        return len(here) == len(there) and all(map(equal, here, there))
    return bool(here == there)
