"""A lesson in JupyterLab as a student handles it: run, commit, drag, read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

SLOW = 60_000  # milliseconds: a kernel that starts on a busy machine


class LessonPage:
    """One notebook, open in JupyterLab."""

    def __init__(self, page: Page, address: str):
        self.page = page
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", self._listen)
        page.goto(f"{address}&reset")  # without the tabs of the test before
        page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=SLOW)

    def _listen(self, message) -> None:
        if message.type == "error":
            self.problems.append(message.text)

    def run_all(self) -> None:
        """Run > Run All Cells, and wait until the last cell has run."""
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        expect(self.page.locator(".jp-InputPrompt", has_text="[*]")).to_have_count(0, timeout=SLOW)
        self.page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']").wait_for(
            timeout=SLOW
        )

    def labs(self) -> list[LabOnPage]:
        """Every lab of the lesson, from top to bottom."""
        found = self.page.locator(".course-lab")
        return [LabOnPage(found.nth(number)) for number in range(found.count())]

    def errors(self) -> list[str]:
        """Outputs in which a cell has failed."""
        return self.page.locator("[data-mime-type='application/vnd.jupyter.stderr']").all_inner_texts()


@dataclass
class LabOnPage:
    """One lab and its parts."""

    root: Locator

    @property
    def title(self) -> str:
        return self.root.locator(".course-lab-title").inner_text()

    @property
    def sentence(self) -> str:
        return self.root.locator("[role=status]").last.inner_text()

    @property
    def picture(self) -> Locator:
        return self.root.locator("img").last

    @property
    def picture_source(self) -> str:
        return self.picture.get_attribute("src") or ""

    @property
    def is_locked(self) -> bool:
        return self.root.get_by_role("button", name="Commit my prediction").count() > 0

    def commit(self, reason: str = "Because I think so.") -> None:
        """Choose the first answer, give a reason, commit."""
        self.root.locator("input[type=radio]").first.check()
        self.root.locator("textarea").first.fill(reason)
        self.root.get_by_role("button", name="Commit my prediction").click()
        self.root.get_by_role("button", name="Compare with the model").wait_for()

    def sliders(self) -> list[Locator]:
        handles = self.root.locator(".noUi-handle")
        return [handles.nth(number) for number in range(handles.count())]

    def menus(self) -> list[Locator]:
        found = self.root.locator("select:not([multiple])")
        return [found.nth(number) for number in range(found.count())]

    def lists(self) -> list[Locator]:
        found = self.root.locator("select[multiple]")
        return [found.nth(number) for number in range(found.count())]

    def boxes(self) -> list[Locator]:
        found = self.root.locator("input[type=checkbox]")
        return [found.nth(number) for number in range(found.count())]

    def wait_for_another_picture(self, than: str) -> None:
        expect(self.picture).not_to_have_attribute("src", re.compile(re.escape(than)))
