"""nbgrader's formgrader, served so that nothing of a student's runs on the server or in a page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from course_lib.local_jupyter.server import NBGRADER_EXTENSIONS, Server, jupyter_server

PAGE = "/formgrader"
#: The Content-Security-Policy of its pages: their own files, and nothing from elsewhere.
#: Inline scripts and eval are allowed because nbgrader's own pages consist of them. So this does
#: not keep a student's script from running: only the sanitising in `course_lib.grading.safe_pages`
#: does. This bounds what a page could load and send.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
EXTENSIONS = dict.fromkeys(NBGRADER_EXTENSIONS, False) | {
    "course_lib.grading.formgrader_extension": True,
    "jupyterlab": False,
    "notebook": False,
    "jupyter_server_terminals": False,
}
SERVER_APP: dict[str, Any] = {
    "jpserver_extensions": EXTENSIONS,
    "terminals_enabled": False,
    "kernel_manager_class": "course_lib.grading.refused.NoKernels",
    "tornado_settings": {"headers": {"Content-Security-Policy": CONTENT_SECURITY_POLICY}},
}


@contextmanager
def formgrader_server(root: Path, **settings: Any) -> Iterator[Server]:
    """A server of formgrader alone: no JupyterLab, no terminals, no kernels.

    Parameters
    ----------
    root : Path
        The class folder.
    **settings
        `open_browser`, `port` and `while_starting`, as in `jupyter_server`.
    """
    with jupyter_server(
        root, module="jupyter_server", page=PAGE, server_app=SERVER_APP, **settings
    ) as server:
        yield server
