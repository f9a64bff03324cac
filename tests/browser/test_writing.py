"""What is typed into a text area, and the best score of a game, are there again afterwards."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.axe import OUTPUTS, serious_faults


def test_words_and_the_best_score_outlive_the_page(lesson) -> None:
    opened = lesson("to_write_and_play.ipynb")
    opened.run_all()
    page = opened.page
    area = page.get_by_role("textbox", name="The strategy (4 points).")
    area.click()
    page.keyboard.type("Networks, dd and xx, by trust.")
    count = page.locator(".course-writing-field", has=area).locator(".course-writing-count")
    expect(count).to_contain_text("6 words.")  # kept in a pause, with the focus still there
    expect(count).to_contain_text("Kept in my_writing.json.")
    lab = opened.labs()[0]
    for _ in range(3):
        lab.press(0, "ArrowRight")
    best = lab.root.locator("[data-say=challenge]")
    expect(best).to_contain_text("Target reached.")
    expect(lab.root.locator(".course-lab-live")).to_contain_text("Target reached.")
    page.wait_for_timeout(500)
    assert serious_faults(page, OUTPUTS) == []
    assert opened.problems == []
    reached = best.inner_text()
    page.close()
    again = lesson("to_write_and_play.ipynb")
    again.run_all()
    expect(again.page.get_by_role("textbox", name="The strategy (4 points).")).to_have_value(
        "Networks, dd and xx, by trust."
    )
    expect(again.labs()[0].root.locator("[data-say=challenge]")).to_have_text(reached)
