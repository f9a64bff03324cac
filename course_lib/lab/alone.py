"""One thing at a time: what draws a picture or changes a lab waits for what does so already.

JupyterLab runs what happens to widgets in a thread of its own (a subshell), and a new widget's
first messages in the thread that runs the cells. So a click on a button that has just appeared may
come while the picture is still being drawn; and matplotlib's settings are those of the process.
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
