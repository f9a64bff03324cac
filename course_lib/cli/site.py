"""The command that builds the course as a site. The work is done in `course_lib.site`."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from course_lib.cli.checkout import find_checkout


def site(
    out: Annotated[Path, typer.Argument(help="Where the site goes: a new folder.")],
    pyodide: Annotated[
        str | None,
        typer.Option(
            help="An unpacked release of Pyodide, which becomes part of the site; or the address "
            "of one.",
            show_default="Pyodide's own network",
        ),
    ] = None,
    byte_code: Annotated[
        bool,
        typer.Option(help="Make byte code, where this computer can: lessons start sooner."),
    ] = True,
    zip_it: Annotated[
        bool, typer.Option("--zip", help="Also make one zip of it, for a learning platform.")
    ] = False,
    serve: Annotated[
        bool, typer.Option("--serve", help="Show it afterwards, until you press Ctrl+C.")
    ] = False,
) -> None:
    """Build the course as a web page: a student opens a link, and nothing is installed.

    Put the folder on any server of files. Lessons run in the student's own browser. The link to one
    lesson ends in lab/index.html?path=04_gradient_transition.ipynb; on a phone,
    notebooks/index.html?path=... has more room.
    """
    from course_lib.site.build import build_site, serve_site, zip_site
    from course_lib.site.pyodide import release_at, release_in, usual_address

    checkout, folder = find_checkout(), out.expanduser().resolve()
    if pyodide is None or "://" in pyodide:
        release = release_at(pyodide or usual_address())
    else:
        release = release_in(Path(pyodide).expanduser().resolve())
    built = build_site(checkout, folder, release, typer.echo, byte_code=byte_code)
    typer.echo(built.summary())
    if zip_it:
        typer.echo(f"The same as one file: {zip_site(folder)}")
    if serve:
        with serve_site(folder) as address, suppress(KeyboardInterrupt):
            typer.echo(f"The site is open at {address} until you press Ctrl+C in this window.")
            while True:
                typer.getchar()
