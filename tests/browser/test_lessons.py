"""Every lab of every lesson, driven once in a real browser, by keyboard and by mouse."""

from __future__ import annotations

from functools import partial

import pytest

from tests.browser.axe import OUTPUTS, serious_faults
from tests.browser.conftest import NOTEBOOKS
from tests.browser.lesson_page import COMPARE, VERDICT, LabOnPage

LESSONS = sorted(path.name for path in NOTEBOOKS.glob("*.ipynb"))


@pytest.mark.parametrize("name", LESSONS)
def test_a_student_takes_the_lesson(lesson, name: str) -> None:
    page = lesson(name)
    page.run_all()
    assert page.errors() == []
    for number, lab in enumerate(page.labs()):
        lab.root.scroll_into_view_if_needed()
        lab.picture.wait_for()
        if lab.is_locked:
            locked_until_committed(lab)
            # Where the question puts it, a control may have no effect.
            lab.answers(lab.button("Reset").click)
        moves_by_keyboard_and_mouse(lab)
        if number == 0:  # the buttons are the kit's, the same in every lab
            answers_to_every_button(lab)
    assert serious_faults(page.page, OUTPUTS) == []
    assert page.problems == []


def locked_until_committed(lab: LabOnPage) -> None:
    assert lab.moving_parts(), lab.title
    assert all(not part.is_enabled() for part in lab.plain_inputs())
    before = lab.picture_source
    for handle in lab.sliders():
        assert handle.evaluate("handle => handle.closest('[disabled]') !== null"), lab.title
    lab.root.get_by_role("button", name="Commit my prediction").click()
    assert "then commit" in lab.message()  # no answer yet, no reason yet
    lab.answers(lab.commit)
    assert lab.picture_source != before
    lab.settle()
    assert VERDICT.search(lab.root.inner_text())


def moves_by_keyboard_and_mouse(lab: LabOnPage) -> None:
    """One of each kind of control: what a control does is the kit's, the same in every lab."""
    sliders = range(len(lab.sliders()))
    if sliders:
        one_step_answers(lab, sliders[0])
        lab.sliders()[-1].scroll_into_view_if_needed()
        # Where one place on the track changes nothing, as beyond a ceiling, another one does.
        places = (partial(lab.click_track, sliders[-1], at) for at in (0.06, 0.35, 0.7))
        assert any(lab.has_answer(place, within=8) for place in places), lab.title
    for menu in lab.menus()[:1]:
        options = menu.locator("option").all_inner_texts()
        present = menu.evaluate("menu => menu.selectedOptions[0].text")
        lab.answers(partial(menu.select_option, next(o for o in options if o != present)))
    for box in lab.boxes()[:1]:
        lab.answers(box.click)


def one_step_answers(lab: LabOnPage, slider: int) -> None:
    """One key, one step, one answer: from here, from the start, or from elsewhere on the slider.

    A step may rightly change nothing: a limit of 399 in place of 400, or the years between goods
    after another slider was moved to one good.
    """
    elsewhere = [lab.button("Reset").click, partial(lab.click_track, slider, 0.06)]
    while not lab.has_answer(partial(lab.press, slider, lab.inward(slider)), within=1.5):
        assert elsewhere, f"{lab.title!r}: no step of slider {slider} changes anything"
        elsewhere.pop(0)()
        lab.root.page.wait_for_timeout(300)  # the sliders follow the picture


def answers_to_every_button(lab: LabOnPage) -> None:
    lab.button("Keep").click()
    lab.button("Table").click()
    lab.root.locator("table").first.wait_for()
    lab.button("Save, or copy as Python").click()
    lab.root.get_by_role("link", name="Picture (PNG)").wait_for()
    assert "import" in lab.root.locator(".course-lab-drawer textarea").input_value()
    lab.button("Reset").click()
    lab.root.get_by_role("link", name="Picture (PNG)").wait_for(state="detached")
    assert lab.sentence == lab.picture.get_attribute("title")


def test_a_prediction_outlives_the_program(lesson) -> None:
    def race(page):
        page.run_all()
        lab = page.labs()[-1]
        lab.root.scroll_into_view_if_needed()
        return lab

    page = lesson("00_start_here.ipynb")
    first = race(page)
    if first.is_locked:  # not if the test above ran before this one
        first.commit()
    again = race(lesson("00_start_here.ipynb"))
    again.root.get_by_role("button", name=COMPARE).wait_for()
    again.root.get_by_text("You predicted").first.wait_for()


def test_a_game_is_played_saved_and_loaded_by_its_buttons(lesson) -> None:
    page = lesson("12_policy_studio.ipynb")
    page.run_all()
    game = page.page.locator(".course-game")
    game.scroll_into_view_if_needed()
    for term in range(1, 7):
        game.get_by_role("button", name=f"End term {term}").click()
        game.get_by_text(f"end of term {term}:").first.wait_for()
    game.get_by_text("The game is over").first.wait_for()
    game.get_by_label("Team").fill("Team Delta")
    game.get_by_role("button", name="Save the game").click()
    game.get_by_text("Your moves are in the file game_team-delta").wait_for()
    game.get_by_role("button", name="New game").click()
    game.get_by_text("year 5: you govern").first.wait_for()
    saved = game.get_by_label("Saved")
    saved.select_option(index=1)
    game.get_by_role("button", name="Load").click()
    game.get_by_text("is open: go on where it stopped").wait_for()
    game.get_by_text("The game is over").first.wait_for()
