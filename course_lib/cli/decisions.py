"""Commands of `course class` for what a teacher decides, and for one student's data."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from course_lib.cli.classroom import COMMAND, Folder, SetName, at, class_at, tell, whole_name
from course_lib.errors import CourseError

app = typer.Typer()  # its commands become those of `course class`

Why = Annotated[
    str, typer.Option(help="The reason: it is kept with your name.", show_default="none")
]


@app.command()
def due(
    set_name: SetName,
    date: Annotated[
        datetime | None,
        typer.Argument(
            help="The date, for example 2027-01-31T23:59:00.", show_default="show the dates"
        ),
    ] = None,
    folder: Folder = Path(),
    student: Annotated[
        list[str] | None,
        typer.Option(
            "--student",
            metavar="NUMBER",
            help="An extension for this student; more than one: --student A --student B.",
            show_default="everybody",
        ),
    ] = None,
    end: Annotated[
        bool, typer.Option("--end", help="With --student: end the extension again.")
    ] = False,
    why: Why = "",
) -> None:
    """Say when a set is due, for all or as an extension for one student.

    Without a date, the dates and all that was decided on the set are shown. Who is late follows
    from the dates at once; nothing has to be graded again.
    """
    from course_lib.grading import decisions

    name, here = whole_name(set_name), class_at(folder)
    if end and not (student and date is None):
        raise CourseError("--end ends an extension: name the student with --student, and no date.")
    if student and (date is not None or end):
        for line in decisions.extend(here, name, student, date, why):
            typer.echo(line)
    elif date is not None:
        typer.echo(decisions.move_due(here, name, date, why))
    else:
        when = here.due(name)
        typer.echo(f"{name} {f'is due on {when:%Y-%m-%d at %H:%M}' if when else 'has no date'}.")
        rule = decisions.lateness(here, name)
        typer.echo(rule.summary() if rule else decisions.Lateness(0).summary())
        for line in decisions.told(here, name):
            tell(line)
        return
    typer.echo(f"Next: {COMMAND} marks {name}{at(folder)}")


@app.command()
def lateness(
    set_name: SetName,
    percent: Annotated[
        float,
        typer.Option(help="Of the possible points, for each day late that has begun. 0: nothing."),
    ],
    most: Annotated[float, typer.Option(help="The most that is taken off, in percent.")] = 100.0,
    grace_minutes: Annotated[
        float, typer.Option(help="So long after the due date nothing is taken off.")
    ] = 0.0,
    folder: Folder = Path(),
    why: Why = "",
) -> None:
    """Take points off for lateness.

    They are taken off the total, never below 0; the marks of the questions stay as they are. The
    table of marks has a column for it, and the page of feedback a line. An extension (course class
    due, with --student) takes it back for one student.
    """
    from course_lib.grading import decisions

    name, here = whole_name(set_name), class_at(folder)
    rule = decisions.Lateness(percent, most, grace_minutes)
    typer.echo(decisions.decide_lateness(here, name, rule, why))
    typer.echo(f"Next: {COMMAND} marks {name}{at(folder)}")


@app.command()
def counts(
    set_name: SetName,
    student: Annotated[str, typer.Argument(metavar="NUMBER", help="The student number.")],
    which: Annotated[
        int | None,
        typer.Argument(help="Which one, as it is numbered in the list.", show_default="show them"),
    ] = None,
    folder: Folder = Path(),
    why: Why = "",
) -> None:
    """Say which of a student's submissions counts.

    Without a number they are listed, the oldest first. Usually the newest counts. What you choose
    stays, whatever is collected later.
    """
    from course_lib.grading import collect, decisions

    name, here = whole_name(set_name), class_at(folder)
    number = decisions.on_the_list(here, student)
    if which is not None:
        typer.echo(collect.let_count(here, name, number, which, why))
        typer.echo(f"Next: {COMMAND} grade {name} --student {number}{at(folder)}")
        return
    found = collect.versions(here, name, number)
    if not found:
        typer.echo(f"{number} has handed in no {name}.")
    for at_number, version in enumerate(found, start=1):
        tell(f"{at_number}: {version.summary()}")


@app.command(name="give-out")
def give_out(
    student: Annotated[str, typer.Argument(metavar="NUMBER", help="The student number.")],
    to: Annotated[Path, typer.Argument(metavar="ZIP", help="Where to put it.")],
    folder: Folder = Path(),
) -> None:
    """Put all that the class holds of one student into a zip, for that student.

    It holds what was handed in, graded copies, pages, marks, comments, decisions and the row of the
    class list. Hidden tests and the class's secret are taken out.
    """
    from course_lib.grading import one_student

    names = one_student.give_out(class_at(folder), student, to)
    typer.echo(f"{to} holds {len(names)} files of {student}. Only you can read it.")


@app.command()
def delete(
    student: Annotated[str, typer.Argument(metavar="NUMBER", help="The student number.")],
    folder: Folder = Path(),
    yes: Annotated[bool, typer.Option("--yes", help="Do it; it cannot be undone.")] = False,
) -> None:
    """Delete all that the class holds of one student.

    That is what was handed in, graded copies, pages, records, marks (in the copies of the gradebook
    as well) and the row of the class list. Your own backups, and what the learning platform keeps,
    are not reached.
    """
    from course_lib.grading import decisions, one_student

    here = class_at(folder)
    if not yes:
        number = decisions.as_number(student)
        typer.echo(
            f"The class holds {len(one_student.everything(here, number))} files of {number}."
        )
        typer.echo(
            f"Nothing was deleted. To delete them, and the marks: {COMMAND} delete {number} --yes"
            f"{at(folder)}. To keep a copy first: {COMMAND} give-out {number} ZIP{at(folder)}"
        )
        return
    for line in one_student.delete(here, student):
        typer.echo(f"Deleted: {line}.")
