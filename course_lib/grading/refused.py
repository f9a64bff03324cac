"""What nbgrader's own tools may not do in a class folder: run a student's code, unprotected."""

from __future__ import annotations

from typing import Any

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from nbconvert.exporters import NotebookExporter
from tornado.web import HTTPError

SENTENCE = (
    "Nothing was graded, and nothing has changed. nbgrader's own grading would run a student's "
    "code on this computer without a sandbox. Grade in a terminal, with: course class grade"
)


class AutogradeRefused(NotebookExporter):
    """In place of what nbgrader's Autograde writes with: it needs one before it touches a file.

    nbgrader_config.py names it. So formgrader's lightning and `nbgrader autograde` both refuse.
    `course class grade` does not read that file.
    """

    def __init__(self, *given: Any, **more: Any):
        raise RuntimeError(SENTENCE)


class NoKernels(AsyncMappingKernelManager):
    """For the server of formgrader: there one reads and marks, and no code is run."""

    async def start_kernel(  # type: ignore[override]  # as its own parent does
        self, *given: Any, **more: Any
    ) -> str:
        """Say that nothing is run here."""
        raise HTTPError(403, "Here you mark answers. Nothing is run on this page.")
