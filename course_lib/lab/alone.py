"""One thing at a time: what draws a picture or changes a lab waits for what does so already.

A kernel hears a widget that a cell has made in the thread that runs the cells, and one that another
widget's callback has made in a second thread (ipykernel 7 calls it a subshell). So Compare, which
appears with the commit, may be pressed while the commit is still drawing the same picture. And
matplotlib's settings are those of the whole process.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

LOCK = threading.RLock()  # no thread is made here: in a browser there is one alone

P = ParamSpec("P")
R = TypeVar("R")


def alone(act: Callable[P, R]) -> Callable[P, R]:
    """Let a function run only when no other such function does.

    Examples
    --------
    >>> @alone
    ... def twice(number):
    ...     return 2 * number
    >>> twice(2)
    4
    """

    @wraps(act)
    def acts(*args: P.args, **kwargs: P.kwargs) -> R:
        with LOCK:
            return act(*args, **kwargs)

    return acts
