"""The course as a site, in a real browser: nothing installed, and no other host asked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from course_lib.site.build import serve_site
from tests.site.assemble import assemble

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"
#: The start, the longest, the one with scipy, and the one that writes files.
LESSONS = (
    "00_start_here.ipynb",
    "04_gradient_transition.ipynb",
    "06_production_complexes.ipynb",
    "12_policy_studio.ipynb",
)
SLOW = 240_000  # milliseconds: a first start on a busy machine
RUN_ALL = """() => {
  const commands = window.jupyterapp.commands;
  window.ranAll = false;
  commands.execute('notebook:clear-all-cell-outputs');
  commands.execute('notebook:run-all-cells').finally(() => { window.ranAll = true });
}"""
CONNECTED = """() => window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel
  ?.connectionStatus === 'connected'"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a site under a sub-path, as a university's server has it."""
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
    with serve_site(folder / "www") as address:
        yield f"{address}regions/"


class SitePage:
    """A lesson of the site in a browser, and what it has asked of other hosts."""

    def __init__(self, context: Any, site: str, lesson: str):
        self.asked_elsewhere: list[str] = []
        self.page = context.new_page()
        self.page.set_default_timeout(SLOW)
        host = site.split("/")[2]

        def block(route: Any) -> None:
            self.asked_elsewhere.append(route.request.url)
            route.abort()

        context.route(lambda url: "://" in url and host not in url and url[:4] == "http", block)
        self.page.goto(f"{site}lab/index.html?path={lesson}")
        self.page.wait_for_function(CONNECTED)

    def run_all(self) -> list[dict[str, Any]]:
        """Run every cell, and give all cells with what they now show."""
        self.page.evaluate(RUN_ALL)
        self.page.wait_for_function("() => window.ranAll")
        model = "() => window.jupyterapp.shell.currentWidget.content.model.toJSON()"
        cells: list[dict[str, Any]] = self.page.evaluate(model)["cells"]
        return cells


#: The one thing that is not the same in a browser, and is said there.
WHERE_ANSWERS_LIE = (
    "in this browser until you download it from the list of files",
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


def test_a_prediction_is_kept_when_the_page_is_loaded_again(open_lesson):
    opened = open_lesson(LESSONS[0])
    opened.run_all()
    asks = opened.page.locator("input[type=radio]")  # the first lab of all asks nothing
    lab = opened.page.locator(".course-lab", has=asks).first
    asks = lab.locator("input[type=radio]")
    asks.first.check()
    lab.locator("textarea").first.fill("Because of what I know so far. 因为")
    lab.get_by_role("button", name="Commit my prediction").click()
    opened.page.locator(".course-lab").get_by_text("You predicted").first.wait_for()
    opened.page.reload()
    opened.page.wait_for_function(CONNECTED)
    opened.run_all()
    reason = opened.page.locator(".course-lab").get_by_text("因为").first
    reason.wait_for(state="attached")  # folded beside the answer
