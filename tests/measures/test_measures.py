"""The room as a whole: its names, its examples, and how little it brings in."""

import doctest
import importlib
import pkgutil
import subprocess
import sys

import pytest

from course_lib import measures

MODULES = [module.name for module in pkgutil.iter_modules(measures.__path__)]


def test_there_are_modules():
    assert {"inequality", "convergence", "concentration", "spatial", "mobility"} <= set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name):
    module = importlib.import_module(f"course_lib.measures.{name}")
    results = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert results.failed == 0


@pytest.mark.parametrize("name", measures.__all__)
def test_each_public_name_is_there_and_explained(name):
    thing = getattr(measures, name)
    assert thing.__doc__
    if not isinstance(thing, type):
        for heading in ("Parameters", "Returns", "Raises", "Examples"):
            assert f"    {heading}\n    ---" in thing.__doc__, f"{name} has no {heading}"
        assert ">>> " in thing.__doc__


def test_import_is_light():
    """Neither scipy nor pyplot, which cost a student a second each time a lesson opens."""
    code = (
        "import sys, course_lib.measures; "
        "print([m for m in ('scipy', 'matplotlib', 'networkx', 'ipywidgets') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
