"""A lesson in JupyterLab as a student handles it: run, commit, drag, read."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator

from course_lib.dev.driving import NotebookPage

COMPARE = re.compile("Compare with the (model|figures)")
VERDICT = re.compile("The (model says|figures say)")


class LessonPage(NotebookPage):
    """One lesson, open in JupyterLab."""

    def labs(self) -> list[LabOnPage]:
        """Every lab of the lesson, from top to bottom; the game of terms has other buttons."""
        found = self.page.locator(".course-lab:not(.course-game)")
        return [LabOnPage(found.nth(number)) for number in range(found.count())]

    def restart(self) -> None:
        """Kernel > Restart Kernel, and yes."""
        self.page.get_by_role("menuitem", name="Kernel", exact=True).click()
        self.page.get_by_role("menuitem", name=re.compile("^Restart Kernel…")).click()
        self.page.locator(".jp-Dialog .jp-mod-accept").click()

    def errors(self) -> list[str]:
        """Outputs in which a cell has failed."""
        return self.page.locator(
            "[data-mime-type='application/vnd.jupyter.stderr']"
        ).all_inner_texts()


@dataclass
class LabOnPage:
    """One lab and its parts."""

    root: Locator

    @property
    def title(self) -> str:
        return self.root.locator(".course-lab-title").inner_text()

    @property
    def sentence(self) -> str:
        return self.root.locator(".course-lab-view [data-say=sentence]").inner_text()

    @property
    def picture(self) -> Locator:
        return self.root.locator(".course-lab-view img").first

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
        self.root.get_by_role("button", name=COMPARE).wait_for()

    def sliders(self) -> list[Locator]:
        handles = self.root.locator(".noUi-handle")
        return [handles.nth(number) for number in range(handles.count())]

    def menus(self) -> list[Locator]:
        found = self.root.locator(".course-lab-list select")
        return [found.nth(number) for number in range(found.count())]

    def boxes(self) -> list[Locator]:
        found = self.root.locator(".course-lab-list input[type=checkbox]")
        return [found.nth(number) for number in range(found.count())]

    def plain_inputs(self) -> list[Locator]:
        return self.menus() + self.boxes()

    def moving_parts(self) -> list[Locator]:
        return self.sliders() + self.plain_inputs()

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    def message(self) -> str:
        alert = self.root.locator(".course-lab-message")
        alert.wait_for()
        return alert.inner_text()

    def settle(self) -> None:
        self.root.get_by_role("button", name=COMPARE).click()
        self.root.locator("[data-say=outcome]", has_text=VERDICT).wait_for()

    def press(self, slider: int, key: str) -> None:
        self.sliders()[slider].focus()
        self.root.page.keyboard.press(key)

    def click_track(self, slider: int, where: float) -> None:
        track = self.root.locator(".noUi-base").nth(slider)
        box = track.bounding_box()
        assert box is not None
        handle = self.sliders()[slider].bounding_box()
        assert handle is not None
        at = (handle["x"] + handle["width"] / 2 - box["x"]) / box["width"]
        if at < 0.5:  # go to the other half, so that it does move
            where = 1 - where
        track.click(position={"x": box["width"] * where, "y": box["height"] / 2})

    def inward(self, slider: int) -> str:
        """The arrow key that does not point out of the slider's range."""
        handle = self.sliders()[slider]
        now, end = (handle.get_attribute(f"aria-value{which}") for which in ("now", "max"))
        return "ArrowLeft" if now == end else "ArrowRight"

    def answers(self, action: Callable[[], object]) -> None:
        """Do something, and see that the lab answers to it."""
        assert self.has_answer(action, within=15.0), f"{self.title!r} did not answer"

    def has_answer(self, action: Callable[[], object], within: float) -> bool:
        """Do something; picture or sentence change, or a sentence says why that is not possible."""
        before = self.picture_source, self.sentence
        action()
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            if (self.picture_source, self.sentence) != before:
                return True
            said = self.root.locator(".course-lab-message").all_inner_texts()
            if any("Not possible" in one for one in said):
                return True
            self.root.page.wait_for_timeout(20)
        return False
