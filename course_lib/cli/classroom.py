"""The commands `course class ...`: what a teacher does with graded sets, in the order of a term."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from course_lib.cli.checkout import find_checkout
from course_lib.cli.terminal import serve, spinner
from course_lib.errors import CourseError
from course_lib.files import write_atomically

if TYPE_CHECKING:
    from course_lib.grading.class_folder import ClassFolder
    from course_lib.grading.grade import Summary
    from course_lib.grading.marks import Marks

# What a teacher types: uv, which says that it runs us, makes its own words come first.
COMMAND = ("uv run --extra grading " if "UV" in os.environ else "") + "course class"

MOST_NAMES = 12  # in one sentence
MOST_PAIRS = 300  # of answers that are alike, in one page
MOST_SENTENCES = 40  # of one kind on the screen; the rest is in a file

app = typer.Typer(
    help="Graded sets for a class: make a class folder, hand out sets, collect, grade, write "
    "feedback and marks. Begin with: course class new. Give the other commands the class folder "
    "with --folder. Each says which one comes next.",
    no_args_is_help=True,
    add_completion=False,
)

Folder = Annotated[
    Path,
    typer.Option("--folder", help="The class folder.", show_default="where you are"),
]
Students = Annotated[
    list[str] | None,
    typer.Option(
        "--student",
        metavar="NUMBER",
        help="Only this student; more than one: --student A --student B.",
        show_default="everybody",
    ),
]
SetName = Annotated[
    str,
    typer.Argument(metavar="SET", help="The set, by name or number: 01_measuring_regions or 01."),
]


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="Where to make the class folder.")],
    roster: Annotated[
        Path,
        typer.Option(
            help="The class list, as your platform or a spreadsheet saves it: CSV or .xlsx, with a "
            "heading line."
        ),
    ],
    name: Annotated[
        str, typer.Option(help="The name of the class.", show_default="the folder's name")
    ] = "",
    column: Annotated[
        str,
        typer.Option(
            help="The heading of the column with the student numbers.",
            show_default="the most specific one",
        ),
    ] = "",
    encoding: Annotated[
        str,
        typer.Option(
            help="How the letters of the list were saved, for example cp1252.",
            show_default="what the file says",
        ),
    ] = "",
) -> None:
    """Make a folder for a class, with its settings and a secret of its own.

    The class list may have columns for last name, first name and email as well. Your own file is
    not changed: the folder gets a copy.
    """
    with spinner("Making the class folder ..."):
        from course_lib.grading.class_folder import NUMBER, ClassFolder
        from course_lib.grading.class_lists import read_class_list

        read = read_class_list(roster, NUMBER, column=column, encoding=encoding)
        made = ClassFolder.new(folder, roster, name, column=column, encoding=encoding)
        number = len(made.roster)
    for line in read.shown():
        typer.echo(line)
    typer.echo(f"{made.root} is ready, with {number} student{'' if number == 1 else 's'}.")
    typer.echo("Its settings are in class.toml, with explanations: put the due dates in there.")
    typer.echo("Keep secret.txt to yourself: it draws the numbers on which answers are judged.")
    typer.echo(f"Next: {COMMAND} release 01_measuring_regions --folder {quoted(folder)}")


@app.command()
def release(
    set_name: SetName,
    folder: Folder = Path(),
    again: Annotated[
        bool, typer.Option("--again", help="Replace a version that students may have.")
    ] = False,
) -> None:
    """Make the notebook that students get, without solutions.

    It is searched for everything that would give an answer away. If anything is found, there is no
    notebook, and you are told what it was.

    A notebook of your own, with cells as nbgrader's Create Assignment marks them (answers, tests,
    hidden tests, written answers), is released by its path, and is then called by its name. It is
    one file: the grader shows it no others. Its own tests judge it, in the student's kernel.
    """
    own, name = Path(set_name), whole_name(set_name)
    meant = whole_name(own.stem)
    if own.suffix == ".ipynb" and own.is_file() and meant != own.stem:
        raise CourseError(
            f"{own.stem} means the course's own set {meant} in these commands. Give your notebook "
            "another name."
        )
    with spinner("Making the students' notebook ..."):
        from course_lib.grading.own_notebook import is_own
        from course_lib.grading.release import release_set

        if is_own(name) and own.suffix == ".ipynb":
            masters = own.resolve().parent
        else:
            masters = find_checkout() / "notebooks" / "exercises"
        done = release_set(class_at(folder), name, masters, again=again)
    if done.changed:
        typer.echo(f"Give this file to your students: {done.notebook}")
        typer.echo(
            "They put it into the folder notebooks of their course, beside the lessons, and open "
            "it there. Its name is not the lesson's: keep it."
        )
    else:
        typer.echo(f"Nothing has changed since the last release: {done.notebook}")
    typer.echo(f"Next, when they have handed in: {COMMAND} collect {name} FILES{at(folder)}")


@app.command()
def enrol(
    number: Annotated[
        str,
        typer.Argument(metavar="NUMBER", help="The student number.", show_default="roster.csv"),
    ] = "",
    last_name: Annotated[str, typer.Option(help="The family name.", show_default="none")] = "",
    first_name: Annotated[str, typer.Option(help="The given name.", show_default="none")] = "",
    email: Annotated[str, typer.Option(help="The address.", show_default="none")] = "",
    folder: Folder = Path(),
) -> None:
    """Put a student who came later on the class list.

    Without a number, everybody in roster.csv is put into the gradebook: after you have changed the
    list yourself, or when the gradebook was lost.
    """
    with spinner("Enrolling ..."):
        from course_lib.grading.release import register

        here = class_at(folder)
        is_new = here.add_student(number, last_name, first_name, email) if number else False
        here.enrol()
        for name in here.set_names:
            register(here, name)
    if number:
        typer.echo(f"{number} {'is enrolled now' if is_new else 'was enrolled before'}.")
    typer.echo(f"The class list and the gradebook have {len(here.roster)} students.")


@app.command(name="try")
def try_set(
    set_name: SetName,
    folder: Folder = Path(),
    no_browser: Annotated[
        bool,
        typer.Option("--no-browser", help="Only show the address, do not open a browser tab."),
    ] = False,
) -> None:
    """Take a set as a student does: the students' notebook, opened in your browser.

    It is a copy in the folder try. Your work in it is kept; to begin anew, delete it there.
    """
    from course_lib.local_jupyter.server import jupyter_server

    name, here = whole_name(set_name), class_at(folder)
    if name not in here.set_names:
        raise CourseError(
            f"{name} was not released to this class. Type first: {COMMAND} release {name}"
            f"{at(folder)}"
        )
    notebook = here.root / "try" / here.handout(name).name
    if not notebook.exists():
        write_atomically(notebook, here.released(name).read_bytes())
    opened = notebook.name
    serve(jupyter_server, notebook.parent, "the set", notebook=opened, no_browser=no_browser)
    typer.echo(f"Your work is in {notebook}.")


@app.command()
def collect(
    set_name: SetName,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILES", help="What your learning platform gave you: zips, folders, notebooks."
        ),
    ],
    folder: Folder = Path(),
    student: Annotated[
        str,
        typer.Option(
            help="Whose notebook it is, if the file does not say so. For one notebook at a time.",
            show_default="what the file says",
        ),
    ] = "",
    received: Annotated[
        datetime | None,
        typer.Option(
            help="When it came in, for example 2027-01-31T23:50:00.",
            show_default="what the file says",
        ),
    ] = None,
) -> None:
    """Collect what students handed in. Nothing is ever replaced or lost.

    Take the file as the platform gives it: zips in zips and folders in folders are read. Whose a
    notebook is, its path says, or its first cell. What stays unclear is put into the folder
    unclear, with the reason. Of two submissions of one student the newer one counts, and the older
    one is kept in submitted_before.
    """
    from rich.markup import escape

    with spinner("Collecting ...") as status:
        from course_lib.grading.collect import collect as collect_files

        name = whole_name(set_name)
        done = collect_files(
            class_at(folder),
            name,
            files,
            student=student,
            received=received,
            progress=lambda where: status.update(f"Collecting {escape(where[-60:])} ..."),
        )
    typer.echo(
        f"New: {len(done.new)}. Replaced by a newer one: {len(done.replaced)}. "
        f"Came before: {len(done.unchanged)}. Late: {len(done.late)}."
    )
    log = f"collected/{name}.log"
    if done.progress:
        typer.echo(
            f"Progress files came along: {len(done.progress)}. What the class predicted: "
            f"{COMMAND} predictions --lesson {name[:2]}{at(folder)}"
        )
    say((f"Not read: {where}: {why}." for where, why in done.unread.items()), log)
    say((f"Replaced: {one}. The older one is in submitted_before." for one in done.replaced), log)
    say((f"Late: {one}." for one in done.late), log)
    say((f"Note: {note}" for note in done.notes), log)
    say((f"Not taken: {where}: {why}." for where, why in done.refused.items()), log)
    say((f"Unclear: {where}: {why}." for where, why in done.unclear.items()), log)
    if done.unclear:
        typer.echo(
            f"What is unclear lies in unclear/{name}. When you know whose it is: "
            f"{COMMAND} collect {name} FILE --student NUMBER{at(folder)}"
        )
    if done.new or done.replaced or done.unchanged:
        typer.echo(f"Next: {COMMAND} grade {name}{at(folder)}")


@app.command()
def grade(
    set_name: SetName,
    folder: Folder = Path(),
    workers: Annotated[
        int | None,
        typer.Option(
            min=1, help="How many are graded at the same time.", show_default="class.toml says"
        ),
    ] = None,
    no_sandbox: Annotated[
        bool,
        typer.Option("--no-sandbox", help="Run student code on this computer as it is. A risk."),
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Grade those that did not change as well.")
    ] = False,
    accept: Annotated[
        bool,
        typer.Option("--accept", help="Let marks count that change because a question was mended."),
    ] = False,
    student: Students = None,
) -> None:
    """Grade what was handed in.

    Student code runs in a sandbox. The run can be stopped with Ctrl+C and goes on where it was:
    only what is new or has changed is graded, and what could not be graded is tried again. Marks
    by hand stand as long as the words that they judge are the same. The gradebook is copied to
    gradebook_before first. If a question was mended after grading, all are judged again, and you
    see whose mark changes before it does.
    """
    from rich.progress import Progress

    with Progress(transient=True) as bars:
        from course_lib.grading.grade import grade_set

        name = whole_name(set_name)
        bar = bars.add_task(name, total=None)

        def show(done: int, total: int) -> None:
            bars.update(bar, completed=done, total=total)

        done = grade_set(
            class_at(folder),
            name,
            no_sandbox=no_sandbox,
            workers=workers,
            again=again,
            accept=accept,
            students=student or (),
            progress=show,
        )
    say_mended(done, name, folder)
    typer.echo(f"Graded: {len(done.graded)}. Unchanged: {len(done.unchanged)}.")
    for one, why in done.not_graded.items():
        tell(f"Not graded: {one}: {why}.")
    for one, reasons in done.flagged.items():
        tell(f"Look at: {one}: {'; '.join(reasons)}.")
    for one, notes in done.notes.items():
        tell(f"Note: {one}: {'; '.join(notes)}.")
    for one, answers in done.waiting.items():
        for answer, why in answers.items():
            tell(f"Read: {one}: {answer}: {why}.")
    for one, questions in done.mark_again.items():
        tell(f"Mark again: {one}: {', '.join(questions)}: the words changed since your mark.")
    if done.flagged:
        typer.echo(
            "Look at those notebooks in the folder autograded. When you have decided: "
            f"{COMMAND} looked {name} NUMBER{at(folder)}"
        )
    typer.echo(
        f"The written answers are marked by hand in your browser: {COMMAND} formgrader{at(folder)}"
    )
    typer.echo(f"Next: {COMMAND} marks {name}{at(folder)}")


@app.command()
def formgrader(
    folder: Folder = Path(),
    no_browser: Annotated[
        bool,
        typer.Option("--no-browser", help="Only show the address, do not open a browser tab."),
    ] = False,
    marker: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="A second marker: sees nobody else's marks, and theirs stand beside the first's.",
            show_default="the marks that count",
        ),
    ] = "",
) -> None:
    """Mark the written answers by hand, in nbgrader's formgrader in your browser.

    Choose the set under Manual Grading. What you write there is kept at once, and a page of
    feedback shows it. Nothing that a student wrote is run there. The marks of a second marker do
    not count by themselves: the command marks puts them beside the first's, in a table.
    """
    from course_lib.grading import by_hand, markers
    from course_lib.grading.formgrader import formgrader_server

    here = class_at(folder)
    here.protect()
    here.enrol()
    if marker:
        with markers.marking(here, marker) as environment:
            serve(
                formgrader_server,
                here.root,
                "the formgrader",
                no_browser=no_browser,
                environment=environment,
            )
    else:
        serve(formgrader_server, here.root, "the formgrader", no_browser=no_browser)
        by_hand.remember_all(here)
    typer.echo(f"Next: {COMMAND} marks SET{at(folder)}")


@app.command()
def looked(
    set_name: SetName,
    students: Annotated[list[str], typer.Argument(metavar="NUMBERS", help="Student numbers.")],
    folder: Folder = Path(),
) -> None:
    """Say that you have looked at flagged submissions: their marks count from now on.

    The mark that counts is the one of the judge outside the notebook. You can change any mark in
    formgrader.
    """
    from course_lib.grading import marks

    name, here = whole_name(set_name), class_at(folder)
    for student in students:
        typer.echo(marks.looked(here, name, student.strip().lower()))


@app.command()
def feedback(
    set_name: SetName,
    folder: Folder = Path(),
    now: Annotated[bool, typer.Option("--now", help="Write it before the set is due.")] = False,
    student: Students = None,
    platform: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="PLATFORM",
            help="Also make a zip that moodle, canvas, ilias or brightspace takes back.",
        ),
    ] = "",
) -> None:
    """Write a page for each student, with marks, reasons and your comments.

    Only for those whose marks are final: graded, looked at if flagged, marked by hand where that
    is needed. The pages are in the folder feedback, one folder a student. They load nothing from
    the internet.
    """
    from rich.progress import Progress

    with Progress(transient=True) as bars:
        from course_lib.grading.feedback import write_feedback

        name = whole_name(set_name)
        bar = bars.add_task(name, total=None)
        done = write_feedback(
            class_at(folder),
            name,
            now=now,
            students=student or (),
            progress=lambda number, of: bars.update(bar, completed=number, total=of),
        )
    say_grouped("No page", done.left_out)
    if done.moved:
        typer.echo(f"Their older pages were moved to feedback_before: {named(done.moved)}.")
    number = len(done.written)
    typer.echo(f"{number} page{'' if number == 1 else 's'} in feedback/STUDENT/{name}/{name}.html")
    if platform:
        from course_lib.grading.platforms import feedback_for

        made = feedback_for(class_at(folder), name, platform.lower(), done.written)
        say_grouped("Not in the zip", made.left_out)
        typer.echo(f"{made.path}: {len(made.names)} of them. {made.note}")


@app.command()
def marks(
    set_name: SetName,
    folder: Folder = Path(),
    platform: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="PLATFORM",
            help="Also write what moodle, canvas, blackboard, ilias or brightspace imports.",
        ),
    ] = "",
    export: Annotated[
        Path | None,
        typer.Option(
            help="A new export of the platform's list or grading worksheet.",
            show_default="the class list",
        ),
    ] = None,
    column: Annotated[
        str,
        typer.Option(help="What the platform calls the set.", show_default="the set's name"),
    ] = "",
    decimal_comma: Annotated[
        bool,
        typer.Option("--decimal-comma", help="5,5 and semicolons, for a German Excel for example."),
    ] = False,
    pass_mark: Annotated[
        float | None, typer.Option(help="From how many points one passes; for ilias.")
    ] = None,
) -> None:
    """Write the marks of a set: a table, a table of the questions, and a picture.

    Every student on the roster has a row. Whoever has no marks has a reason there. A total stays
    empty until every answer of that student is marked and every flag is looked at.
    """
    with spinner("Adding up ..."):
        from course_lib.grading import markers
        from course_lib.grading.marks import FLAGS, JUDGED, WHY, as_csv, class_marks, write_marks
        from course_lib.grading.own_notebook import IN_KERNEL

        here = class_at(folder)
        found = class_marks(here, whole_name(set_name))
        paths = write_marks(here, found, decimal_comma=decimal_comma)
        criteria, alike_words = _for_the_teacher(here, found, decimal_comma)
        paths += criteria
        markers_words = ""
        if markers.names(here):
            table = markers.table(here, found.set_name)
            markers_words = markers.summary(table)
            paths.append(here.root / "marks" / f"{found.set_name}_markers.csv")
            write_atomically(paths[-1], as_csv(table, decimal_comma))
        sheet = None
        if platform:
            from course_lib.grading.platforms import marks_for

            sheet = marks_for(
                here,
                found,
                platform.lower(),
                export=export,
                column=column,
                decimal_comma=decimal_comma,
                pass_mark=pass_mark,
            )
            paths.append(here.root / "marks" / f"{found.set_name}_{platform.lower()}.csv")
            write_atomically(paths[-1], sheet.as_csv(decimal_comma))
    typer.echo(found.summary())
    table = found.table
    for why, students in table[table[WHY] != ""].groupby(WHY, sort=False)["id"]:
        tell(f"Not graded: {named(students)}: {why}.")
    for row in table[table[FLAGS] != ""].to_dict("records"):
        tell(f"Flag: {row['id']}: {row[FLAGS]}.")
    if found.to_be_marked():
        typer.echo(f"Mark the written answers in your browser: {COMMAND} formgrader{at(folder)}")
    if JUDGED in table:
        typer.echo(f"{found.set_name} was {IN_KERNEL}. Look at the notebooks where marks count.")
    if sheet is not None:
        say_grouped(f"Not in the table for {platform}", sheet.left_out)
        say(sheet.notes, "")
    if alike_words:
        typer.echo(alike_words)
    if markers_words:
        typer.echo(markers_words)
    for path in paths:
        typer.echo(str(path))
    typer.echo(f"Next: {COMMAND} feedback {found.set_name}{at(folder)}")


@app.command()
def predictions(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILES",
            help="Progress files as your learning platform gave them: zips, folders, files.",
            show_default="those that came along with sets",
        ),
    ] = None,
    lesson: Annotated[str, typer.Option(help="The lesson, such as 09.")] = "",
    folder: Folder = Path(),
    names: Annotated[
        bool, typer.Option("--names", help="Say whose each reason is. Do not show that in class.")
    ] = False,
) -> None:
    """Show what a class predicted in a lesson, and why: one page, for the wall.

    A bar for each option with the one that came true, reasons in the students' own words, and
    first answers of quizzes and checks. Files that are damaged or somebody else's are named and
    do not count.
    """
    from rich.markup import escape

    if not lesson:
        raise CourseError("Say which lesson: --lesson 09, for example.")
    with spinner("Reading ...") as status:
        from course_lib.grading.class_predictions import lesson_at, read_progress, write_page

        here = class_at(folder)
        asked = lesson_at(find_checkout() / "notebooks", lesson)
        sent = read_progress(
            here,
            asked,
            files or [],
            progress=lambda where: status.update(f"Reading {escape(where[-60:])} ..."),
        )
        page = write_page(here, asked, sent, names=names)
    typer.echo(
        f"Progress files that count: {len(sent.students)}; with something of lesson "
        f"{asked.number}: {len(sent.events)}."
    )
    say(
        (f"Not counted: {where}: {why}." for where, why in sent.left_out.items()),
        f"predictions/{page.name}",
    )
    tell(quoted(page))


@app.command()
def exam(
    lessons: Annotated[
        list[str] | None, typer.Argument(help="Lessons, such as 04 07.", show_default="all")
    ] = None,
    out: Annotated[Path, typer.Option(help="The page to write.")] = Path("exam.html"),
    answers: Annotated[
        bool, typer.Option("--answers", help="With model answers and how the points are given.")
    ] = False,
) -> None:
    """Write a page of exam questions: six a lesson, to recall, to apply and to judge."""
    from course_lib.grading.exam_bank import BANK, page, read_questions

    try:
        asked = read_questions(find_checkout() / "notebooks" / BANK, lessons or [])
    except ValueError as error:
        raise CourseError(str(error)) from None
    write_atomically(out, page(asked, answers=answers).encode())
    tell(f"{quoted(out)}: {len(asked)} questions, {sum(one.points for one in asked)} points.")


def _for_the_teacher(
    folder: ClassFolder, marks: Marks, decimal_comma: bool
) -> tuple[list[Path], str]:
    """Write how each criterion went, and which answers are nearly the same."""
    from course_lib.grading import alike
    from course_lib.grading.criteria_marks import criteria_table
    from course_lib.grading.marks import as_csv

    paths = []
    table = criteria_table(folder, marks)
    if len(table):
        paths.append(folder.root / "marks" / f"{marks.set_name}_criteria.csv")
        write_atomically(paths[-1], as_csv(table, decimal_comma))
    pairs = alike.alike_answers(folder, marks.set_name)
    page = folder.root / "marks" / f"{marks.set_name}_alike.html"
    page.unlink(missing_ok=True)
    if pairs:
        paths.append(page)
        text = alike.as_page(marks.set_name, pairs[:MOST_PAIRS])
        write_atomically(page, text.encode("utf-8", "replace"))
    return paths, alike.summary(pairs)


# --- what the commands share


def class_at(folder: Path) -> ClassFolder:
    """The class folder that a command works in, if nbgrader is there to work with."""
    from course_lib.grading.class_folder import ClassFolder, need_extra

    need_extra()
    return ClassFolder.at(folder)


def whole_name(typed: str) -> str:
    """The name of a set that a person means: a lesson's number or its title is enough."""
    from course_lib.exercises import SETS

    for name in SETS:
        number, _, title = name.partition("_")
        if typed.removesuffix(".ipynb") in (name, number, title):
            return name
    return Path(typed).stem if typed.endswith(".ipynb") else typed  # a notebook of one's own


def named(students: Iterable[str]) -> str:
    """Some student numbers, not more than a person reads; all are in the table of marks."""
    students = list(students)
    left = len(students) - MOST_NAMES
    return ", ".join(students[:MOST_NAMES]) + (f" and {left} more" if left > 0 else "")


def at(folder: Path) -> str:
    """How a next command names the class folder, if it is not where one is."""
    return "" if folder == Path() else f" --folder {quoted(folder)}"


def quoted(path: Path) -> str:
    """A path as one word for a shell."""
    return f'"{path}"' if " " in str(path) else str(path)


def say_mended(done: Summary, set_name: str, folder: Path) -> None:
    """Say whose mark changes because a question, or what judges it, was mended."""
    if not done.mended:
        return
    number = len(done.would_change or done.changed)
    typer.echo(
        f"A question of {set_name} was mended since it was graded. {done.mended} were judged "
        f"again; something changes for {number} of them."
    )
    for one, words in (done.would_change or done.changed).items():
        tell(f"{'Would change' if done.would_change else 'Changed'}: {one}: {'; '.join(words)}.")
    if done.would_change:
        typer.echo(
            "Nothing of this counts yet. To let it count: "
            f"{COMMAND} grade {set_name} --accept{at(folder)}"
        )


def tell(line: str) -> None:
    """Print a sentence that may hold a student's words: nothing of them steers the terminal."""
    typer.echo("".join(char if char.isprintable() else "?" for char in line))


def say_grouped(words: str, left_out: dict[str, str]) -> None:
    """Print whom something leaves out, a line a reason."""
    reasons: dict[str, list[str]] = {}
    for student, why in left_out.items():
        reasons.setdefault(why, []).append(student)
    for why, students in reasons.items():
        tell(f"{words}, {why}: {named(students)}.")


def say(lines: Iterable[str], log: str) -> None:
    """Print sentences, not more of them than a person reads."""
    lines = list(lines)
    for line in lines[:MOST_SENTENCES]:
        tell(line)
    if len(lines) > MOST_SENTENCES:
        typer.echo(f"... and {len(lines) - MOST_SENTENCES} more like this. All are in {log}.")
