"""Two threads at one lab: the second waits, and the picture is that of one state."""

from __future__ import annotations

import threading

from tests.lab.examples import open_lab


def test_a_click_while_the_lab_is_drawn_waits():
    """As in JupyterLab, where a button that a callback has made is heard by another thread."""
    lab = open_lab()
    slider = lab.panel.controls["years"].slider
    drawing, drawn = threading.Event(), threading.Event()
    chart_update = lab.canvas._update

    def slowly(result):
        chart_update(result)
        drawing.set()
        drawn.wait(0.2)

    lab.canvas._update = slowly

    def other():
        drawing.wait(5)
        lab.panel.toolbar.children[0].click()  # Keep
        slider.value = 5

    second = threading.Thread(target=other)
    second.start()
    slider.value = 20
    drawn.set()
    second.join()
    lab.canvas._update = chart_update
    assert lab.values["years"] == 5
    assert lab.kept.years == 20
    assert lab.panel.picture.value == lab.canvas.jpeg()
    assert lab.sentence.split(" <")[0] in lab.panel.sentence.value
