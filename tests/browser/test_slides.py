"""A deck in a real browser: it runs by itself, each slide fits, Play plays, the notes follow."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from course_lib.cli.slides import CSS, write_slides
from course_lib.local_jupyter.server import jupyter_server
from tests.browser.conftest import MOST_PICTURES, NOTEBOOKS

SIZES = [(1280, 720), (1920, 1080), (1024, 768)]
FITS = """() => {
  const cell = document.querySelector(".course-now");
  const box = cell.getBoundingClientRect(), bar = document.querySelector(".course-bar");
  return { top: box.top, under: box.bottom - bar.getBoundingClientRect().top,
    right: box.right - innerWidth, size: Number(cell.style.zoom) };
}"""


@pytest.fixture
def deck(browser, tmp_path):
    show = write_slides(NOTEBOOKS / MOST_PICTURES, tmp_path)
    environment = {"COURSE_TEACHER": "1", "COURSE_PROGRESS": str(tmp_path / "progress.jsonl")}
    with jupyter_server(tmp_path, environment=environment, style=CSS) as server:
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(f"{server.address(show.name)}&reset")
        page.locator(".course-now").wait_for(timeout=60_000)
        yield page
        page.close()


def test_a_lecture(deck) -> None:
    place = deck.locator(".course-bar span")
    many = int(place.inner_text().split(" of ")[1])
    play = deck.locator(".course-now .widget-play button").first
    expect(deck.locator(".jp-InputPrompt", has_text="[*]")).to_have_count(0, timeout=60_000)
    deck.locator(".course-lab").nth(2).wait_for(state="attached", timeout=60_000)
    seen, played = set(), False
    for _ in range(2 * many):
        seen.add(place.inner_text())
        deck.wait_for_timeout(80)
        here = deck.evaluate(FITS)
        assert here["top"] >= 0, (place.inner_text(), here)
        assert here["under"] <= 0, (place.inner_text(), here)
        assert here["size"] >= 0.65, (place.inner_text(), here)
        if not played and play.count() and play.is_visible():
            picture = deck.locator(".course-now .course-lab-view img").first
            before = picture.get_attribute("src")
            play.click()
            expect(picture).not_to_have_attribute("src", before)
            for width, height in SIZES:
                deck.set_viewport_size({"width": width, "height": height})
                deck.wait_for_timeout(400)
                assert deck.evaluate(FITS)["under"] <= 0
            play.click()
            played = True
        if place.inner_text() == f"{many} of {many}":
            break
        deck.keyboard.press("PageDown")
    assert played
    assert len(seen) == many
    deck.keyboard.press("Escape")
    with deck.expect_popup() as opened:
        deck.keyboard.press("n")
    expect(opened.value.locator("h1")).to_contain_text(f"{many} of {many}")
    deck.keyboard.press("ArrowLeft")
    expect(opened.value.locator("h1")).to_contain_text(f"{many - 1} of {many}")
