"""A real browser that opens a notebook in JupyterLab and runs it: for tests and the benchmark.

Needs playwright, which is a test tool: import this module late.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from course_lib.errors import CourseError
from course_lib.local_jupyter.browser import HOW_TO_GET_ONE, find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SLOW = 60_000  # milliseconds: a kernel that starts on a busy machine
SWITCHES = [
    "--no-sandbox",  # in a container everybody is root
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium without a window; a CourseError says what to install where there is none."""
    executable = find_browser()
    if executable is None:
        raise CourseError(HOW_TO_GET_ONE)
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        raise CourseError(
            "Test tools are not installed. Start the command with: uv run --group test course ..."
        ) from None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(executable), args=SWITCHES)
        yield browser
        browser.close()


class NotebookPage:
    """One notebook, open in JupyterLab.

    Parameters
    ----------
    page : playwright Page
        An empty tab.
    address : str
        The notebook's address, with its token.

    Attributes
    ----------
    problems : list of str
        Errors that the page has reported so far.
    """

    def __init__(self, page: Page, address: str):
        self.page = page
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self._note(str(error)))
        page.on("console", self._listen)
        page.goto(f"{address}&reset")  # without the tabs of an earlier visit
        page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=SLOW)

    def _listen(self, message: Any) -> None:
        if message.type == "error":
            self._note(message.text)

    def _note(self, problem: str) -> None:
        # The test tools bring JupyterLite's extension, which has nothing to do in JupyterLab.
        if "@jupyterlite/" not in problem:
            self.problems.append(problem)

    def when_ready(self) -> None:
        """Wait for a kernel that has nothing to do."""
        from playwright.sync_api import expect

        expect(self.page.locator(".jp-KernelName")).to_contain_text("Python 3", timeout=SLOW)
        self.page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']").wait_for(
            timeout=SLOW
        )

    def run_all(self) -> None:
        """Run > Run All Cells, and wait until the last cell has run."""
        from playwright.sync_api import expect

        self.when_ready()  # before a kernel is there, the menu's command does nothing
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        for waiting in ("[*]", "[ ]"):
            prompts = self.page.locator(".jp-InputPrompt", has_text=waiting)
            expect(prompts).to_have_count(0, timeout=SLOW)
        self.when_ready()
