"""What the prediction of each lab comes to: the model's answer is the one that its room names.

The `OUTCOMES` of a room stand in its own `test_labs.py`: the id of the right option, by the lab.
So do, in `REACHED`, for a lab with a challenge a setting that reaches the target.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from course_lib.dev.every_lab import every_lab

LABS = every_lab()
ROOMS = sorted({name.split(".")[0] for name in LABS})
EXPECTED: dict[str, str] = {
    f"{room}.{name}": option
    for room in ROOMS
    for name, option in import_module(f"tests.{room}.test_labs").OUTCOMES.items()
}
REACHED: dict[str, dict[str, Any]] = {
    f"{room}.{name}": setting
    for room in ROOMS
    for name, setting in getattr(import_module(f"tests.{room}.test_labs"), "REACHED", {}).items()
}


@pytest.mark.parametrize("room", ROOMS)
def test_each_prediction_of_the_room_is_listed(room: str) -> None:
    asking = {name for name, make in LABS.items() if name.startswith(f"{room}.") and make().predict}
    listed = {name for name in EXPECTED if name.startswith(f"{room}.")}
    where = f"OUTCOMES in tests/{room}/test_labs.py"
    assert asking - listed == set(), f"{where} lacks these labs: name the option that comes true"
    assert listed - asking == set(), f"{where} names what is no lab with a prediction"


@pytest.mark.parametrize("name", EXPECTED)
def test_outcome(name: str) -> None:
    lab = LABS[name]()
    assert lab.predict is not None
    assert EXPECTED[name] in lab.predict.choices
    assert lab.settle() == EXPECTED[name]


def test_each_challenge_is_listed() -> None:
    """With a setting that reaches it."""
    games = {name for name, make in LABS.items() if make().challenge}
    assert games == set(REACHED), "REACHED in tests/ROOM/test_labs.py: a setting for each challenge"


@pytest.mark.parametrize("name", REACHED)
def test_a_challenge_can_be_reached_and_not_at_first(name: str) -> None:
    lab = LABS[name]()
    challenge = lab.challenge
    assert challenge is not None
    at_first = challenge.of(lab.result)
    assert not challenge.reached(at_first)
    lab.set(**REACHED[name])
    assert challenge.reached(challenge.of(lab.result))
    if lab.predict:  # the button Compare must not win the game
        lab.settle()
        assert not challenge.reached(challenge.of(lab.result))
