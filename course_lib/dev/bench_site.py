"""How quickly is the course there in a browser alone? Beside JupyterLab, in one run.

Both open lesson 00 in the same Chromium with an empty store and run it from the top. A server on
this computer sends the files, so the download itself takes no time here: its size is printed.
"""

from __future__ import annotations

import gzip
import shutil
import statistics
import tempfile
import time
import urllib.parse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course_lib.dev import CHECKOUT
from course_lib.dev.bench import STEP_IN_PAGE, STEPS
from course_lib.dev.driving import SLOW, chromium
from course_lib.errors import CourseError
from course_lib.local_jupyter.server import jupyter_server
from course_lib.site.build import serve_site

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

LESSON = "00_start_here.ipynb"
LAB = ".course-lab img:visible"
CONNECTED = """() => window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel
  ?.connectionStatus === 'connected'"""


@dataclass(frozen=True)
class Opened:
    """What was measured on one page: seconds to the first picture, and milliseconds a step."""

    first: float
    again: float
    step: float


def main(site: Path) -> None:
    """Measure a built site and JupyterLab, and print both.

    Raises
    ------
    CourseError
        If the folder holds no site.
    """
    if not (site / "jupyter-lite.json").is_file():
        raise CourseError(f"{site} holds no site. Build one: course site {site}")
    sent: dict[str, int] = {}
    with serve_site(site) as address, chromium() as browser:
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        context.on("response", lambda answer: _note(sent, address, site, answer.url))
        there = _measure(context, f"{address}lab/index.html?path={LESSON}", sent)
    with tempfile.TemporaryDirectory() as name:
        shutil.copy(CHECKOUT / "notebooks" / LESSON, name)
        with (
            jupyter_server(Path(name), environment={"COURSE_PROGRESS": "off"}) as server,
            chromium() as browser,
        ):
            context = browser.new_context(viewport={"width": 1366, "height": 768})
            here = _measure(context, server.address(LESSON))
    size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    print("Lesson 00 in the browser alone, and in JupyterLab")
    for title, alone, lab, most in (
        ("first picture, empty store, seconds", there.first, here.first, 1.5),
        ("first picture, second visit, seconds", there.again, here.again, 1.0),
        ("a slider step, milliseconds", there.step, here.step, 1.5),
    ):
        print(f"  {title:<42}{alone:8.1f}{lab:8.1f}{alone / lab:8.2f} x, wanted {most:g}")
    print(
        f"  {'before the first picture, MB (gzip)':<42}{sum(sent.values()) / 1e6:8.1f}   wanted 45"
    )
    print(f"  {'the whole site, MB':<42}{size / 1e6:8.1f}   wanted 100, or 40 without Pyodide")


def _measure(context: BrowserContext, address: str, sent: dict[str, int] | None = None) -> Opened:
    first, page = _first_picture(context, address)
    counted = dict(sent or {})
    step = _step(page)
    page.close()
    _end_kernels(context, address)
    again, page = _first_picture(context, address)
    page.close()
    if sent is not None:  # what came before the first picture, and nothing that came later
        sent.clear()
        sent.update(counted)
    return Opened(first, again, step)


def _end_kernels(context: BrowserContext, address: str) -> None:
    """In JupyterLab a kernel outlives its page; in a browser alone it does not."""
    parts = urllib.parse.urlsplit(address)
    for token in urllib.parse.parse_qs(parts.query).get("token", []):
        kernels, key = f"http://{parts.netloc}/api/kernels", {"Authorization": f"token {token}"}
        for kernel in context.request.get(kernels, headers=key).json():
            context.request.delete(f"{kernels}/{kernel['id']}", headers=key)


def _first_picture(context: BrowserContext, address: str) -> tuple[float, Page]:
    page = context.new_page()
    page.set_default_timeout(4 * SLOW)
    start = time.perf_counter()
    page.goto(address)
    if "token=" in address:
        page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']").wait_for()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    else:
        page.wait_for_function(CONNECTED)
        page.evaluate("() => void window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.locator(LAB).first.wait_for()
    return time.perf_counter() - start, page


def _step(page: Page) -> float:
    page.locator(".course-lab .noUi-handle").first.wait_for()
    page.wait_for_timeout(3000)  # until the rest of the lesson has run
    keys = ["ArrowRight", "ArrowLeft"] * (STEPS // 2 + 1)
    page.evaluate(
        "() => document.querySelector('.course-lab .noUi-handle').closest('.course-lab')"
        ".classList.add('measured')"
    )
    taken: list[float] = [page.evaluate(STEP_IN_PAGE, [".measured", key]) for key in keys]
    return statistics.median(taken[2:])


def _note(sent: dict[str, int], address: str, site: Path, url: str) -> None:
    """Add the size of a file that was sent, as a server would pack it."""
    path = urllib.parse.unquote(urllib.parse.urlsplit(url).path).lstrip("/")
    file: Any = site / path
    if url.startswith(address) and url not in sent and file.is_file():
        sent[url] = len(gzip.compress(file.read_bytes(), 6))
