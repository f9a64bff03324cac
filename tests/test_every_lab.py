"""Every lab of the course at the default and at the extremes of every control."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable

import numpy as np
import pytest

import course_lib
from course_lib.lab import Lab


def every_lab() -> dict[str, Callable[[], Lab]]:
    found = {}
    for room in pkgutil.iter_modules(course_lib.__path__):
        name = f"course_lib.{room.name}.labs"
        try:
            labs = importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name not in (name, f"course_lib.{room.name}"):
                raise
            continue
        for function in vars(labs).values():
            if getattr(function, "__name__", "").endswith("_lab"):
                found[f"{room.name}.{function.__name__}"] = function
    return found


LABS = every_lab()


@pytest.fixture(params=sorted(LABS))
def lab(request: pytest.FixtureRequest) -> Lab:
    return LABS[request.param]()


def states(lab: Lab):
    """The default, then each control at each of its extremes."""
    yield {}
    for name, control in lab.controls.items():
        for value in control.extremes():
            yield {name: value}


def test_there_are_labs() -> None:
    assert len(LABS) >= 6


def test_works_or_says_why_at_every_extreme(lab: Lab) -> None:
    seen: dict[str, set[str]] = {}
    refusals: list[str] = []
    for state in states(lab):
        lab.reset()
        try:
            lab.set(**state)
        except ValueError as refusal:
            refusals.append(str(refusal))
            continue
        assert lab.sentence == lab.result.summary() != ""
        assert "nan" not in lab.sentence.lower().split(), state
        assert len(lab.to_frame()) > 0, state
        for name in state:
            seen.setdefault(name, set()).add(lab.sentence + str(hash(lab.canvas.jpeg())))
    assert all(len(sentence) > 30 for sentence in refusals), refusals
    for name, outcomes in seen.items():
        assert len(outcomes) > 1, f"{name} changes nothing"


def test_the_quick_picture_is_the_whole_picture(lab: Lab) -> None:
    """What a step leaves standing in the background has indeed not changed."""
    possible = []
    for state in states(lab):  # once around: now all that moves has moved
        lab.reset()
        try:
            lab.set(**state)
        except ValueError:
            continue
        possible.append(state)
        lab.canvas.pixels()
    for state in possible:
        lab.reset().set(**state)
        quick = lab.canvas.pixels().copy()
        lab._canvas.figure.stale = True
        assert np.array_equal(quick, lab.canvas.pixels()), state


def test_the_prediction_is_settled_by_the_model(lab: Lab) -> None:
    if lab.predict is None:
        pytest.skip("this lab asks for no prediction")
    assert lab.settle() in lab.predict.options
    assert lab.kept is not None


def test_the_copied_python_makes_the_same_result(lab: Lab) -> None:
    if lab.predict:
        lab.set(**lab.predict.setting)
    scope: dict = {}
    exec(lab.python(), scope)
    assert scope["result"].summary() == lab.sentence


def test_shows_itself_live_and_without_a_kernel(lab: Lab) -> None:
    data, metadata = lab._repr_mimebundle_()
    assert {"application/vnd.jupyter.widget-view+json", "image/png", "text/plain"} == set(data)
    assert data["text/plain"] == metadata["image/png"]["alt"] == lab.sentence
