"""Take an answer out of a student's notebook as one line of JSON."""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import ModuleType
from typing import Any

import numpy as np

from course_lib.exercises.blocked import blocked
from course_lib.exercises.personal_set import as_data


def answer_line(answer: Any, inputs: str, modules: Sequence[str]) -> str:
    """An answer as a line of JSON, for a judge elsewhere.

    Parameters
    ----------
    answer : object
        The value or the function.
    inputs : str
        JSON of the inputs that a function is called on; ``null`` for a value.
    modules : sequence of str
        Modules whose functions refuse meanwhile.

    Returns
    -------
    str
        ``{"answer": ...}``, or ``{"problem": sentence}``.

    Examples
    --------
    >>> answer_line(lambda x: x + 1, '{"some": [[1], [2]]}', [])
    '{"answer": {"some": [2, 3]}}'
    >>> answer_line(float("inf"), "null", [])
    '{"problem": "The answer holds inf, which is not a number. ..."}'
    """
    try:
        with same_random_numbers(), blocked(modules):
            return json.dumps({"answer": as_data(answer, json.loads(inputs))})
    except Exception as error:  # a student's code may fail in any way
        return json.dumps({"problem": f"{error}"[:300]})


@contextmanager
def same_random_numbers() -> Iterator[None]:
    """Leave Python's and numpy's random numbers where they are: a notebook goes on after this."""
    ours, theirs = random.getstate(), np.random.get_state()  # noqa: NPY002  # what students use
    try:
        yield
    finally:
        random.setstate(ours)
        np.random.set_state(theirs)  # noqa: NPY002


ELSEWHERE = (
    *("google.colab", "google.colab.drive", "google.colab.files", "google.colab.userdata"),
    "ipympl",
)


class _Elsewhere(ModuleType):
    """A module of another place: it can be imported, and whatever is called in it does nothing."""

    def __init__(self, name: str):
        super().__init__(name)
        self.__path__: list[str] = []  # so that modules inside it can be imported

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Elsewhere(f"{self.__name__}.{name}")

    def __call__(self, *_: Any, **__: Any) -> None:
        return None


def feel_at_home() -> None:
    """Let lines that belong to another place do nothing, so that the rest of their cell runs.

    Those are Google Colab's modules, a backend for pictures that needs a window, installations,
    and a change to a folder that is not here.
    """
    for name in ELSEWHERE:
        sys.modules.setdefault(name, _Elsewhere(name))
    if "google" not in sys.modules:
        with suppress(ImportError):
            __import__("google")
    google = sys.modules.setdefault("google", _Elsewhere("google"))
    with suppress(AttributeError):
        google.colab = sys.modules["google.colab"]  # type: ignore[attr-defined]
    change = os.chdir

    def chdir(path: Any) -> None:
        with suppress(FileNotFoundError):
            change(path)

    os.chdir = chdir
    if "IPython" in sys.modules:
        _quiet_magics()


def _quiet_magics() -> None:
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None:
        return
    usual = shell.find_line_magic("matplotlib")

    def matplotlib(line: str) -> Any:
        return usual(line) if line.strip() in ("", "inline", "agg") else None

    shell.register_magic_function(matplotlib, "line", "matplotlib")
    for name in ("pip", "conda", "cd"):
        shell.register_magic_function(lambda line: None, "line", name)
