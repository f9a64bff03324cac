"""Two threads at one lab: the second waits, and the picture is that of one state."""

from __future__ import annotations

import threading

from tests.lab.examples import open_lab


def test_a_click_while_the_lab_is_drawn_waits():
    """As in JupyterLab, where a button that a callback has made is heard by another thread."""
    lab = open_lab()
    slider, keep = lab.panel.controls["years"].slider, lab.panel.toolbar.children[0]
    begun, drawing, together = threading.Event(), [], []
    update = lab.canvas._update

    def slowly(result):
        drawing.append(result)
        together.append(len(drawing))
        begun.set()
        threading.Event().wait(0.1)
        update(result)
        drawing.pop()

    lab.canvas._update = slowly

    def another_thread():
        begun.wait(5)
        keep.click()
        slider.value = 5

    second = threading.Thread(target=another_thread)
    second.start()
    slider.value = 20
    second.join()
    lab.canvas._update = update
    assert set(together) == {1}
    assert (lab.kept.years, lab.values["years"]) == (20, 5)
    assert lab.panel.picture.value == lab.canvas.jpeg()
