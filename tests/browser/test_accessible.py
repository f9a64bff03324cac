"""axe-core finds nothing serious: in pages that stand alone, and in lessons that have not run.

Lessons that have run are looked at where they run: `test_lessons.py`. A page of feedback is looked
at in `tests/grading`, which makes one.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from course_lib.policy_studio.labs import region_type_lab
from course_lib.policy_studio.report import PARTS, report
from tests.browser.axe import OUTPUTS, faults_of_file, serious_faults
from tests.browser.conftest import MOST_PICTURES, NOTEBOOKS, end_kernels
from tests.browser.lesson_page import LessonPage


def report_page() -> str:
    lab = region_type_lab()
    words = dict.fromkeys(PARTS, "Words enough for a paragraph.")
    return report(words, author="张三", title="A valley", shows=[lab, lab.result]).html()


def predictions_page() -> str:
    from course_lib.grading import class_predictions as asked  # an extra

    lesson = asked.lesson_at(NOTEBOOKS, "05")
    lab, sent = lesson.labs[0], asked.Sent(students={"s1"}, left_out={"s2": "it is empty"})
    option = next(iter(lab.predict.choices))
    sent.events["s1"] = [
        {"kind": "prediction", "name": lab.name, "choice": option, "reason": "So.", "when": ""}
    ]
    return asked.as_page(lesson, sent)


def exam_page() -> str:
    from course_lib.grading import exam_bank

    asked = exam_bank.read_questions(NOTEBOOKS / exam_bank.BANK, ["07"])
    return exam_bank.page(asked, answers=True)


def handout_page() -> str:
    from course_lib.cli.handout import handout

    return handout(NOTEBOOKS / "05_growth_poles.ipynb")


#: Pages that stand alone: a new kind is one line.
PAGES: dict[str, Callable[[], str]] = {
    "exam": exam_page,
    "handout": handout_page,
    "predictions": predictions_page,
    "report": report_page,
}


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_has_no_serious_fault(browser, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGES[kind](), "utf-8")
    assert faults_of_file(file, browser) == []


def test_the_summary_of_each_lesson_is_one_sheet(browser, tmp_path: Path) -> None:
    from course_lib.cli.handout import summary

    page = browser.new_page()
    for lesson in sorted(NOTEBOOKS.glob("[01]*.ipynb")):
        page.set_content(summary(lesson))
        printed = page.pdf(prefer_css_page_size=True)
        assert printed.count(b"/Type /Page\n") == 1, lesson.name


@pytest.mark.parametrize("name", ["as_stored.ipynb", f"slides/{MOST_PICTURES}"])
def test_stored_pictures_have_their_text_before_anything_runs(lesson, name: str) -> None:
    page = lesson(name).page
    page.set_viewport_size({"width": 1366, "height": 4000})  # cells out of sight are not drawn
    page.locator(".jp-RenderedImage img[alt]").nth(4).wait_for()
    faults = serious_faults(page, OUTPUTS)
    for _ in range(20):  # JupyterLab draws the cells one after another, when it has time
        if not faults:
            break
        page.wait_for_timeout(500)
        faults = serious_faults(page, OUTPUTS)
    assert faults == []


def test_on_a_phone_the_list_of_files_is_closed(browser, course) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = LessonPage(context.new_page(), course.address("as_stored.ipynb")).page
    expect(page.locator(".jp-DirListing")).to_be_hidden()
    box = page.locator(".jp-Notebook").bounding_box()
    assert box is not None
    assert box["width"] > 280
    end_kernels(context.request, course)
    context.close()
