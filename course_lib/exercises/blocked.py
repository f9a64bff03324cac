"""Functions of the course that refuse while a student's own function is judged."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from inspect import CO_GENERATOR
from types import CodeType, FunctionType
from typing import Any


# Their code runs in other functions, with those functions' globals: so the sentence stands in each.
def _refuse(*_: Any, **__: Any) -> None:
    raise RuntimeError(
        "this function of the course is switched off while your own function is checked: write the "
        "calculation yourself, with numpy"
    )


def _refuse_to_yield(*_: Any, **__: Any) -> Iterator[None]:
    raise RuntimeError(
        "this function of the course is switched off while your own function is checked: write the "
        "calculation yourself, with numpy"
    )
    yield  # without it this would be no generator function


def _refusal(code: CodeType) -> CodeType:
    """What stands in for a function's code: a generator's must be a generator's (Python 3.13)."""
    return (_refuse_to_yield if code.co_flags & CO_GENERATOR else _refuse).__code__


def _functions(names: Mapping[str, Any], module: str) -> Iterator[FunctionType]:
    """The functions of a module or of one of its classes."""
    for name, value in names.items():
        if isinstance(value, type) and value.__module__ == module:
            yield from _functions(vars(value), module)
        elif not name.startswith("__"):  # Python itself calls those, while it compares and hashes
            inside = value.fget if isinstance(value, property) else value
            function = getattr(inside, "__wrapped__", getattr(inside, "__func__", inside))
            if isinstance(function, FunctionType) and function.__module__ == module:
                yield function


@contextmanager
def blocked(modules: Sequence[str]) -> Iterator[None]:
    """Let every function of some modules refuse.

    The functions themselves are changed, so that a name which was imported earlier refuses too.
    Methods and properties of their classes count. A generator refuses at its first value. A cached
    function refuses as well, but for what it was asked before.

    Parameters
    ----------
    modules : sequence of str
        Names of modules or packages: ``course_lib.measures``.

    Examples
    --------
    >>> from course_lib.measures import gini
    >>> with blocked(["course_lib.measures"]):
    ...     gini([3, 1])
    Traceback (most recent call last):
    RuntimeError: this function of the course is switched off while your own function is ...
    >>> gini([3, 1])
    0.25
    """
    for one in modules:  # what is not there yet could be imported by the answer, whole
        import_module(one)
    kept: list[tuple[FunctionType, CodeType]] = []
    for name, module in sys.modules.copy().items():  # a finaliser may import meanwhile
        if any(name == one or name.startswith(f"{one}.") for one in modules):
            for value in _functions(vars(module), name):
                # The code of a closure cannot be exchanged for one without free variables.
                if not value.__code__.co_freevars:
                    kept.append((value, value.__code__))
    try:
        for function, _ in kept:
            function.__code__ = _refusal(function.__code__)
        yield
    finally:
        for function, code in kept:
            function.__code__ = code
