"""The commands `course region ...`: a folder with any country's tables, checked and packed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Annotated

import typer

from course_lib.errors import CourseError
from course_lib.files import create, write_atomically

app = typer.Typer(
    help="Your own region: a folder with any country's tables, which the labs take in place of the "
    "course's own. Begin with: course region new FOLDER",
    no_args_is_help=True,
    add_completion=False,
)

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The region's folder.")]
PICTURE = "check.png"


@app.command()
def new(folder: Folder) -> None:
    """Make a folder with a file of settings and empty tables.

    Put your own tables into it, or fill these in. Then say in region.toml which heading holds what.
    """
    from course_lib.regions.folder import HEADINGS, SETTINGS, TEMPLATE

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CourseError(f"{folder} is not empty. Give the name of a new folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        create(folder / SETTINGS, TEMPLATE.encode("utf-8"))
        for name, headings in HEADINGS.items():
            # The mark at the front makes spreadsheets read the letters right.
            create(folder / name, b"\xef\xbb\xbf" + headings.encode("utf-8"))
    except OSError as error:
        raise CourseError(f"{folder} cannot be made ({error.strerror}).") from error
    typer.echo(
        f"{folder} is made. Open {folder / SETTINGS} in a text editor: it says what can stand "
        f"where. Then type: uv run course region check {folder}"
    )


@app.command()
def check(folder: Folder) -> None:
    """Say what was understood of the tables, and what each lab makes of them.

    A picture of the first lab that works is written beside the tables.
    """
    from PIL import Image

    from course_lib.regions import read_region
    from course_lib.your_own_region.readiness import check_region, labs_by_name

    region = read_region(folder)
    typer.echo(str(check_region(region)))
    for make in labs_by_name().values():
        try:
            pixels = make(region).canvas.pixels()
        except ValueError:
            continue
        picture = io.BytesIO()
        Image.fromarray(pixels).save(picture, "PNG")
        write_atomically(folder / PICTURE, picture.getvalue())
        typer.echo(f"\nA picture is in {folder / PICTURE}.")
        break
    typer.echo(
        "\nIn a notebook of the course:\n"
        "  from course_lib.regions import read_region\n"
        "  from course_lib.your_own_region import labs\n"
        f"  labs.{_first_lab(region)}(read_region({str(folder.resolve())!r}))"
    )


def _first_lab(region: object) -> str:
    return "inequality_lab" if getattr(region, "per_head", None) is not None else "industry_map_lab"


@app.command()
def pack(
    folder: Folder,
    into: Annotated[
        Path | None,
        typer.Option(help="The zip to write.", show_default="the folder's name with .zip"),
    ] = None,
) -> None:
    """Make one zip that another class can use: tables, settings, source and licence.

    It is a Frictionless data package: datapackage.json describes its files.
    """
    from course_lib.regions import read_region
    from course_lib.regions.package import packed

    region = read_region(folder)
    path = into or folder.parent / f"{folder.resolve().name}.zip"
    content = packed(region)
    try:
        write_atomically(path, content)
    except OSError as error:
        raise CourseError(f"{path} cannot be written ({error.strerror}).") from error
    typer.echo(f"{path} holds the region with its source and licence.")
