"""What several commands do in a terminal: show a spinner, serve a folder until Ctrl+C."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.status import Status

    from course_lib.local_jupyter.server import Server


def spinner(sentence: str) -> Status:
    """A spinner beside a sentence, on a terminal only; a context manager."""
    from rich.console import Console

    return Console(stderr=True).status(sentence)


def serve(
    start: Callable[..., AbstractContextManager[Server]],
    folder: Path,
    name: str,
    *,
    notebook: str | None = None,
    no_browser: bool = False,
    verb: str = "is",
    **settings: Any,
) -> None:
    """Serve a folder, say the address, and return when the server ends or Ctrl+C is pressed.

    Parameters
    ----------
    start : callable
        `jupyter_server` or one that takes the same settings.
    folder : Path
        What it serves.
    name, verb : str
        What is opened, for the sentences: "the slides", "are".
    notebook : str, optional
        The notebook that opens first, its path under the folder.
    no_browser : bool
        Whether no browser tab is opened.
    **settings
        Further ones for `start`.
    """
    from course_lib.local_jupyter.server import USUAL_PORT, free_port

    title = name[:1].upper() + name[1:]
    if notebook is not None:
        settings["notebook"] = notebook
    with start(
        folder,
        open_browser=not no_browser,
        port=free_port(USUAL_PORT),
        while_starting=lambda: spinner(f"Opening {name} ..."),
        **settings,
    ) as server:
        address = server.address(notebook)
        typer.echo(f"{title} {verb} open at {address} until you press Ctrl+C in this window.")
        with suppress(KeyboardInterrupt):
            server.process.wait()
    typer.echo(f"{title} {verb} closed.")
