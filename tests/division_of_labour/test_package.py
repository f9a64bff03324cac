"""What the room gives to notebooks, and that its examples run."""

import doctest
import importlib
import subprocess
import sys

import pytest

import course_lib.division_of_labour as room

MODELS = ["continuum", "ricardo", "trade_costs", "us_shift_share"]


@pytest.mark.parametrize("model", MODELS)
def test_examples_run(model):
    module = importlib.import_module(f"course_lib.division_of_labour.{model}")
    results = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert results.attempted > 0
    assert results.failed == 0


def test_everything_promised_is_there():
    for name in room.__all__:
        assert getattr(room, name).__doc__ is not None
    assert [name for name in MODELS if not callable(getattr(room, name))] == []


def test_importing_the_models_draws_in_neither_scipy_nor_pictures():
    heavy = "('scipy', 'matplotlib.pyplot', 'ipywidgets')"
    code = (
        "import sys, course_lib.division_of_labour;"
        f"sys.exit(str([name for name in {heavy} if name in sys.modules] or ''))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""


@pytest.mark.parametrize(
    "result",
    [room.ricardo(), room.continuum(), room.trade_costs(), room.us_shift_share()],
    ids=lambda result: type(result).__name__,
)
def test_every_result_keeps_the_contract(result):
    assert not result.to_frame().empty
    sentence = result.summary()
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert sentence == result.summary()
    with pytest.raises(AttributeError):
        result.new_field = 1
