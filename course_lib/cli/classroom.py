"""The commands `course class ...`: what a teacher does with graded sets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from course_lib.cli.checkout import CourseError, find_checkout

app = typer.Typer(
    help="Graded sets for a class: make a class folder, hand out sets, grade them.",
    no_args_is_help=True,
    add_completion=False,
)

Folder = Annotated[
    Path,
    typer.Option("--folder", help="The class folder.", show_default="where you are"),
]

SetName = Annotated[
    str, typer.Argument(metavar="SET", help="The set, for example 01_measuring_regions.")
]


@contextmanager
def in_a_sentence() -> Iterator[None]:
    """What a teacher can put right comes out as a sentence, not as a traceback."""
    from course_lib.grading.class_folder import ClassError

    try:
        yield
    except ClassError as error:
        raise CourseError(str(error)) from error


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="Where to make the class folder.")],
    roster: Annotated[
        Path,
        typer.Option(help="The class list: a CSV file with a column id for the student numbers."),
    ],
    name: Annotated[
        str, typer.Option(help="The name of the class.", show_default="the folder's name")
    ] = "",
) -> None:
    """Make a folder for a class, with its settings and a secret of its own."""
    from course_lib.grading.class_folder import ClassFolder

    with in_a_sentence():
        made = ClassFolder.new(folder, roster, name)
    number = len(made.roster)
    typer.echo(f"{made.root} is ready, with {number} student{'' if number == 1 else 's'}.")
    typer.echo("Its settings are in class.toml, with explanations: put the due dates in there.")
    typer.echo("Keep secret.txt to yourself: it draws the numbers on which answers are judged.")
    typer.echo(f"Next: course class release 01_measuring_regions --folder {folder}")


@app.command()
def release(
    set_name: SetName,
    folder: Folder = Path(),
    again: Annotated[
        bool, typer.Option("--again", help="Replace a version that students may have.")
    ] = False,
) -> None:
    """Make the notebook that students get, without solutions."""
    from course_lib.grading.class_folder import ClassFolder
    from course_lib.grading.release import release_set

    masters = find_checkout() / "notebooks" / "exercises"
    with in_a_sentence():
        done = release_set(ClassFolder.at(folder), set_name, masters, again=again)
    if done.changed:
        typer.echo(f"Give this file to your students: {done.notebook}")
    else:
        typer.echo(f"Nothing has changed since the last release: {done.notebook}")


@app.command()
def grade(
    set_name: SetName,
    folder: Folder = Path(),
    no_sandbox: Annotated[
        bool,
        typer.Option("--no-sandbox", help="Run student code on this computer as it is. A risk."),
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Grade those that did not change as well.")
    ] = False,
) -> None:
    """Grade what was handed in: submitted/STUDENT/SET/SET.ipynb in the class folder.

    Student code runs in a sandbox. The run can be stopped with Ctrl+C and goes on where it was.
    """
    from rich.progress import Progress

    from course_lib.grading.class_folder import ClassFolder
    from course_lib.grading.grade import grade_set

    with Progress(transient=True) as bars, in_a_sentence():
        bar = bars.add_task(set_name, total=None)

        def show(done: int, total: int) -> None:
            bars.update(bar, completed=done, total=total)

        done = grade_set(
            ClassFolder.at(folder), set_name, no_sandbox=no_sandbox, again=again, progress=show
        )
    typer.echo(f"Graded: {len(done.graded)}. Unchanged: {len(done.unchanged)}.")
    for student, why in done.not_graded.items():
        typer.echo(f"Not graded: {student}: {why}.")
    for student, reasons in done.flagged.items():
        typer.echo(f"Look at: {student}: {'; '.join(reasons)}.")
