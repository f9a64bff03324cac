"""Labs on a laptop, a projector, a phone; by keyboard alone, by touch, and read aloud."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.axe import OUTPUTS, serious_faults
from tests.browser.lesson_page import LabOnPage, LessonPage

LAPTOP = {"width": 1366, "height": 657}  # 1366 x 768 less the browser's own bars
PROJECTOR = {"width": 1920, "height": 970}
PHONE = {"width": 390, "height": 844}
SMALLEST = {"width": 320, "height": 640}  # 1280 pixels at 400 per cent

# Of an element: left, top, right, bottom in the window.
EDGES = "e => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; }"
# What reaches beyond the lab at its right, but for pictures and tables, which have a box to scroll.
STICKS_OUT = """lab => [...lab.querySelectorAll("*")].filter(e => {
  const box = e.getBoundingClientRect();
  return box.width && box.right > lab.getBoundingClientRect().right + 1 && !e.closest(
    ".course-lab-picture, .course-lab-table, .course-lab-live");
}).map(e => e.outerHTML.slice(0, 120))"""
CUT = """lab => [...lab.querySelectorAll(".widget-label, .course-lab-say, .jupyter-button")].filter(
  e => e.clientWidth && e.scrollWidth > e.clientWidth + 1
).map(e => e.outerHTML.slice(0, 120))"""
TRACKS = """lab => [...lab.querySelectorAll(".noUi-base")].map(e => e.offsetWidth)"""
FOCUS = "() => document.activeElement.innerText || document.activeElement.outerHTML"


@pytest.fixture
def open_page(lesson) -> Callable[..., LessonPage]:
    def open_page(name: str, size: dict[str, int]) -> LessonPage:
        page = lesson(name)
        page.page.set_viewport_size(size)
        page.run_all()
        for lab in page.labs():
            lab.picture.wait_for()
        return page

    return open_page


def open_all(page: LessonPage) -> None:
    for lab in page.labs():
        lab.root.scroll_into_view_if_needed()
        if lab.is_locked:
            lab.commit()
        lab.settle()


def wait_until(condition: Callable[[], Any], what: str, seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def to_top(lab: LabOnPage) -> None:
    lab.root.evaluate("e => e.scrollIntoView({ block: 'start' })")
    lab.root.page.wait_for_timeout(300)


def resize(page: LessonPage, size: dict[str, int]) -> None:
    page.page.set_viewport_size(size)
    page.page.wait_for_timeout(500)


def nothing_is_cut(lab: LabOnPage) -> None:
    assert lab.root.evaluate(STICKS_OUT) == [], lab.title
    assert lab.root.evaluate(CUT) == [], lab.title
    tracks = lab.root.evaluate(TRACKS)
    assert min(tracks, default=100) >= 100, (lab.title, tracks)


def test_by_keyboard_and_read_aloud(open_page) -> None:
    page = open_page("a_few_labs.ipynb", LAPTOP)
    keys, cells = page.page.keyboard, page.page.locator(".jp-Cell")
    there = cells.count()
    lab = page.labs()[0]
    lab.root.scroll_into_view_if_needed()
    if lab.is_locked:  # not if the test above ran before this one
        commits_by_keyboard(lab)
    handle = lab.sliders()[0]
    handle.focus()
    for key in "xabddm":
        keys.press(key)
    page.page.wait_for_timeout(300)
    assert cells.count() == there, "letters in a lab must not reach the notebook"
    named = lab.root.locator(".noUi-handle, .widget-play button, textarea, input")
    for number in range(named.count()):
        control = named.nth(number)
        assert control.evaluate("e => e.ariaLabel || (e.labels && e.labels.length > 0)")
    said = lab.root.locator(".course-lab-live")
    lasting = said.element_handle()
    for _ in range(3):
        handle.press("ArrowRight")
    wait_until(lambda: lab.sentence in (said.text_content() or ""), "a change is read aloud")
    assert lasting.evaluate("e => e.isConnected"), "the same region each time"
    name, value = (handle.get_attribute(f"aria-{kind}") for kind in ("label", "valuetext"))
    assert (name, value.split(" ", 1)[1]) == ("Speed of maturing", "per year")
    types_a_decimal_comma(lab)
    playing_is_silent(page.labs()[1])
    assert lab.root.locator("h4").count() == 1
    python_is_away(page, lab)


def commits_by_keyboard(lab: LabOnPage) -> None:
    page = lab.root.page
    assert all(one.get_attribute("tabindex") == "-1" for one in lab.sliders())
    radios = lab.root.locator("input[type=radio]")
    radios.first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert radios.nth(1).is_checked(), "arrows move in the group"
    assert lab.root.get_by_role("radiogroup").get_attribute("aria-label")
    page.keyboard.press("Tab")
    page.keyboard.type("Because x is a letter.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    wait_until(lambda: "Compare" in page.evaluate(FOCUS), "the focus goes on to Compare")
    page.keyboard.press("Enter")
    lab.root.locator("[data-say=outcome]").wait_for()
    assert all(one.get_attribute("tabindex") == "0" for one in lab.sliders())
    lab.button("Table").focus()
    page.keyboard.press("Enter")
    lab.button("Close").focus()
    page.keyboard.press("Enter")
    wait_until(lambda: page.evaluate(FOCUS) == "Table", "the focus goes back to Table")


def types_a_decimal_comma(lab: LabOnPage) -> None:
    readout = lab.root.locator(".widget-readout").first
    readout.fill("0,25")
    readout.press("Enter")
    handle = lab.sliders()[0]
    wait_until(lambda: handle.get_attribute("aria-valuetext") == "0.25 per year", "0,25 is 0.25")


def playing_is_silent(lab: LabOnPage) -> None:
    lab.root.scroll_into_view_if_needed()
    said = lab.root.locator(".course-lab-live")
    if lab.is_locked:
        lab.commit()
        wait_until(lambda: lab.sentence in (said.text_content() or ""), "it is read aloud")
    play = lab.root.get_by_role("button", name="Play", exact=True)
    lab.root.page.wait_for_timeout(800)
    before, sentence = said.text_content(), lab.sentence
    play.click()
    wait_until(lambda: lab.sentence != sentence, "Play moves the lab")
    lab.root.page.wait_for_timeout(1000)
    assert said.text_content() == before
    lab.root.get_by_role("button", name="Pause").click()
    wait_until(lambda: lab.sentence in (said.text_content() or ""), "and then it is said")


def python_is_away(page: LessonPage, lab: LabOnPage) -> None:
    """After a restart a control does not move without an effect: the lab says why."""
    page.restart()
    notice = lab.root.locator(".course-lab-notice")
    lab.press(0, "ArrowRight")
    wait_until(notice.is_visible, "a lab without Python says so")
    assert "Ctrl+Enter" in notice.inner_text()
    page.when_ready()  # a kernel that is just starting cannot be ended


def test_on_a_laptop_and_on_a_phone(open_page) -> None:
    page = open_page("a_few_labs.ipynb", LAPTOP)
    assert page.errors() == []
    assert serious_faults(page.page, OUTPUTS) == []  # locked
    open_all(page)
    for lab in page.labs():
        to_top(lab)
        nothing_is_cut(lab)
        bottom = page.page.locator(".jp-WindowedPanel-outer").first.evaluate(EDGES)[3]
        controls = lab.root.locator(".course-lab-controls").evaluate(EDGES)
        picture = lab.picture.evaluate(EDGES)
        assert controls[2] <= picture[0], f"{lab.title}: one beside the other"
        assert picture[3] <= bottom, f"{lab.title}: the picture ends below the window"
        listed = lab.root.locator(".course-lab-list").evaluate(EDGES)
        assert listed[3] <= bottom, f"{lab.title}: the controls end below the window"
        lab.button("Table").click()
        lab.root.locator("table").first.wait_for()
        page.page.wait_for_timeout(800)
        top = lab.root.locator("table").first.evaluate(EDGES)[1]
        assert top < bottom - 40, f"{lab.title}: the table opens where it cannot be seen"
    assert serious_faults(page.page, OUTPUTS) == []  # open, with tables
    page.page.evaluate("() => document.activeElement.blur()")  # a lab keeps the keys to itself
    page.page.keyboard.press("Control+b")  # a phone has no room for the list of files
    for size in (PHONE, SMALLEST):
        resize(page, size)
        for lab in page.labs():
            lab.root.scroll_into_view_if_needed()
            nothing_is_cut(lab)
            left, _, right, _ = lab.picture.evaluate(EDGES)
            assert right - left >= 590, f"{lab.title}: words would be too small to be read"
    resize(page, PHONE)
    touch_moves_a_slider(page)
    assert page.problems == []


def touch_moves_a_slider(page: LessonPage) -> None:
    session = page.page.context.new_cdp_session(page.page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})  # handles grow for it
    lab = page.labs()[0]
    lab.button("Close").click()  # the table would close at the first step, and all move up
    lab.button("Close").wait_for(state="detached")
    lab.root.locator(".course-lab-list").scroll_into_view_if_needed()
    page.page.wait_for_timeout(300)
    handle, track = lab.sliders()[0], lab.root.locator(".noUi-base").first
    left, top, right, bottom = handle.evaluate(EDGES)
    assert min(right - left, bottom - top) >= 24

    def touch(kind: str, x: float, y: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    x, y = (left + right) / 2, (top + bottom) / 2
    before = handle.get_attribute("aria-valuetext")
    touch("touchStart", x, y)
    for step in range(1, 6):
        touch("touchMove", x - 6 * step, y)
        page.page.wait_for_timeout(50)
    touch("touchEnd", 0, 0)
    wait_until(lambda: handle.get_attribute("aria-valuetext") != before, "a slider can be dragged")
    dragged = handle.get_attribute("aria-valuetext")
    ends = track.evaluate(EDGES)
    touch("touchStart", ends[0] + 0.9 * (ends[2] - ends[0]), (ends[1] + ends[3]) / 2)
    touch("touchEnd", 0, 0)
    wait_until(lambda: handle.get_attribute("aria-valuetext") != dragged, "a track can be tapped")


def test_in_class(open_page) -> None:
    page = open_page("in_class.ipynb", PROJECTOR)
    for lab in page.labs():
        to_top(lab)
        left, _, right, _ = lab.root.evaluate(EDGES)
        assert right - left >= 1400, "the lab uses the screen"
        small = lab.root.evaluate(
            """lab => [...lab.querySelectorAll(
                 ".widget-label, .course-lab-say, label, button, select, .widget-readout")]
               .filter(e => e.innerText && parseFloat(getComputedStyle(e).fontSize) < 18)
               .map(e => e.outerHTML.slice(0, 120))"""
        )
        assert small == [], "and can be read from the last row"
        nothing_is_cut(lab)
        bottom = page.page.locator(".jp-WindowedPanel-outer").first.evaluate(EDGES)[3]
        assert lab.picture.evaluate(EDGES)[3] <= bottom + 40, lab.title


def test_running_a_cell_leaves_its_lab_in_sight(lesson) -> None:
    page = lesson("in_class.ipynb")
    page.page.set_viewport_size(LAPTOP)
    page.when_ready()
    page.page.locator(".jp-Cell").first.locator(".jp-InputArea-editor").click()
    for _ in range(2):
        page.page.keyboard.press("Shift+Enter")
    lab = LabOnPage(page.page.locator(".course-lab").first)
    lab.picture.wait_for(timeout=60_000)
    page.page.wait_for_timeout(1500)
    window = page.page.locator(".jp-WindowedPanel-outer").first.evaluate(EDGES)
    asked = lab.root.locator(".course-lab-question").evaluate(EDGES)  # in class it comes first
    assert asked[1] >= window[1] - 5
    assert asked[3] <= window[3] + 5
