"""The environment of kernels whose outputs must not depend on who runs them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kernel_environment() -> Iterator[dict[str, str]]:
    """The environment of a kernel that executes a notebook to be stored."""
    with isolated_environment() as environment:
        yield environment | {"COURSE_PROGRESS": "off"}


@contextmanager
def isolated_environment() -> Iterator[dict[str, str]]:
    """This process's environment without a person's IPython profile, whose start-up files run."""
    with tempfile.TemporaryDirectory(prefix="course-ipython-", ignore_cleanup_errors=True) as new:
        yield os.environ | {"IPYTHONDIR": new, "JUPYTER_PREFER_ENV_PATH": "1"}
