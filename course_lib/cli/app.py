"""The commands and what they say. The work is done in the other modules of this folder.

Those are imported inside the commands: whoever types `course lab` should not wait for pytest.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from course_lib.cli import classroom, decisions, region, site
from course_lib.cli.checkout import all_notebooks, find_checkout, find_notebooks
from course_lib.cli.terminal import serve, spinner
from course_lib.errors import CourseError
from course_lib.files import write_atomically

START = "00_start_here.ipynb"
#: The masters and the teacher's book: whoever works on a set does not stumble over them.
WITH_ANSWERS = ("exercises", "TEACHING.md")


class Part(StrEnum):
    """A part of the tests that can be run by itself."""

    library = "library"
    lessons = "lessons"
    browser = "browser"


class SentenceGroup(TyperGroup):
    """Commands whose expected problems come out as one sentence and exit code 1."""

    def main(self, *words: Any, **named: Any) -> Any:
        # On Windows a redirected output is written in an old code page, without most of the
        # world's letters: a folder's name would end the command with a traceback.
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        return super().main(*words, **named)

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        try:
            return super().invoke(ctx)
        except CourseError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from error


app = typer.Typer(
    cls=SentenceGroup,
    help="A course in notebooks on how regions develop. To begin, type: uv run course lab",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)


classroom.app.registered_commands += decisions.app.registered_commands
app.add_typer(classroom.app, name="class")
app.add_typer(region.app, name="region")
app.command()(site.site)


@app.command()
def lab(
    notebook: Annotated[
        str | None,
        typer.Argument(
            help="The lesson to open, by number or name: 04 or gradient_transition.",
            show_default="the start of the course",
        ),
    ] = None,
    teacher: Annotated[
        bool,
        typer.Option("--teacher", help="For the class: no lab is locked, and hands are counted."),
    ] = False,
    no_browser: Annotated[
        bool,
        typer.Option("--no-browser", help="Only show the address, do not open a browser tab."),
    ] = False,
) -> None:
    """Open the course in your browser.

    Leave the window in which you typed this open while you work. To stop the course, press Ctrl+C
    in it. Your notebooks are saved as you go.
    """
    from course_lib.local_jupyter.server import jupyter_server

    notebooks = find_checkout() / "notebooks"
    if notebook is not None:
        first: str | None = find_notebooks(notebooks, notebook)[0].relative_to(notebooks).as_posix()
    else:
        first = START if (notebooks / START).is_file() else None
    serve(
        jupyter_server,
        notebooks,
        "the course",
        notebook=first,
        no_browser=no_browser,
        environment={"COURSE_TEACHER": "1"} if teacher else None,
        hidden=() if teacher else WITH_ANSWERS,
    )


@app.command()
def practise(
    set_name: Annotated[
        str,
        typer.Argument(metavar="SET", help="The set, by number or name: 01 or measuring_regions."),
    ],
    answers: Annotated[
        bool, typer.Option("--answers", help="Open the answers to your own numbers.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="One more set, with other numbers. The first one stays.")
    ] = False,
    no_browser: Annotated[
        bool,
        typer.Option("--no-browser", help="Only show the address, do not open a browser tab."),
    ] = False,
) -> None:
    """Work on a set with numbers of your own, without a class.

    It opens in your browser and checks your answers while you work. Your work is kept in
    notebooks/practice. When you have answered, add --answers.
    """
    from course_lib.cli.classroom import whole_name
    from course_lib.exercises import SETS
    from course_lib.exercises.practise import answers_to, practice_set
    from course_lib.local_jupyter.server import jupyter_server

    notebooks = find_checkout() / "notebooks"
    name = whole_name(set_name)
    if name not in SETS:
        raise CourseError(f"There is no set {set_name!r}. There are: {', '.join(SETS)}.")
    if answers:
        path = answers_to(notebooks, name)
        typer.echo(f"The answers are in {path}. Run all its cells.")
    else:
        made = practice_set(notebooks, name, again=again)
        path = made.notebook
        typer.echo(f"{'Your set' if made.new else 'Your set, with your work in it,'} is {path}.")
    serve(
        jupyter_server,
        notebooks,
        "the set",
        notebook=path.relative_to(notebooks).as_posix(),
        no_browser=no_browser,
        hidden=WITH_ANSWERS,
    )
    if not answers:
        typer.echo(f"Next, when you have answered: uv run course practise {name[:2]} --answers")


@app.command()
def slides(
    lesson: Annotated[str, typer.Argument(help="The lesson, by number or name: 04.")],
    no_browser: Annotated[
        bool,
        typer.Option("--no-browser", help="Only show the address, do not open a browser tab."),
    ] = False,
) -> None:
    """Show a lesson as slides, with its labs live.

    Its cells run by themselves, and the first slide names the keys. To stop, press
    Ctrl+C in the window in which you typed this.
    What you change on the slides is not kept: the lesson itself stays as it is.
    """
    from tempfile import TemporaryDirectory

    from course_lib.cli.slides import CSS, write_slides
    from course_lib.local_jupyter.server import jupyter_server

    path = find_notebooks(find_checkout() / "notebooks", lesson)[0]
    with TemporaryDirectory(prefix="course-slides-", ignore_cleanup_errors=True) as folder:
        show = write_slides(path, Path(folder))
        serve(
            jupyter_server,
            show.parent,
            "the slides",
            verb="are",
            notebook=show.name,
            no_browser=no_browser,
            environment={"COURSE_TEACHER": "1"},
            style=CSS,
        )


@app.command()
def handout(
    lesson: Annotated[str, typer.Argument(help="The lesson, by number or name: 04.")],
    summary: Annotated[bool, typer.Option("--summary", help="The lesson on one sheet.")] = False,
    answers: Annotated[
        bool, typer.Option("--answers", help="The teacher's copy: what came true, and why.")
    ] = False,
    exam: Annotated[
        bool, typer.Option("--exam", help="Questions on the lesson from the exam bank.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="The page to write.", show_default="handout_04.html")
    ] = None,
) -> None:
    """Write a lesson as a page that prints: no code, room to write, nothing from the internet.

    Open the page in a browser and print it, on paper or as PDF. It needs the extra grading.
    """
    from course_lib.grading.class_folder import need_extra

    need_extra()
    from course_lib.cli import handout as pages
    from course_lib.grading import exam_bank

    notebooks = find_checkout() / "notebooks"
    path = find_notebooks(notebooks, lesson)[0]
    number = path.stem[:2]
    if summary + exam > 1 or (summary and answers):
        raise CourseError("Choose one: --summary, --exam, or neither. --summary has no answers.")
    if exam:
        try:
            asked = exam_bank.read_questions(notebooks / exam_bank.BANK, [number])
        except ValueError as error:
            raise CourseError(str(error)) from None
        page = exam_bank.page(asked, answers=answers)
    else:
        page = pages.summary(path) if summary else pages.handout(path, answers=answers)
    kind = "_summary" if summary else "_exam" if exam else ""
    place = out or Path(f"handout_{number}{kind}{'_answers' if answers else ''}.html")
    write_atomically(place, page.encode())
    typer.echo(f"{place}: open it in a browser and print it.")


@app.command()
def doctor() -> None:
    """Say whether this computer is ready for the course, and what to do if it is not."""
    from course_lib.cli.doctor import examine

    checkout, ill = find_checkout(), 0
    findings = examine(checkout)
    while True:
        with spinner("Looking ..."):
            finding = next(findings, None)
        if finding is None:
            break
        typer.echo(f"{'  ok  ' if finding.ok else ' TO DO'}  {finding.sentence}")
        if not finding.ok:
            ill += 1
            for line in finding.advice.splitlines():
                typer.echo(f"        {line}")
    if ill:
        things = "One thing needs" if ill == 1 else f"{ill} things need"
        typer.echo(
            f"{things} doing before the course can start. Then run `uv run course doctor` again."
        )
        raise typer.Exit(1)
    typer.echo("This computer is ready. To begin, type: uv run course lab")


@app.command()
def notebooks(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="The notebooks to run, by number or name: 04 or gradient_transition.",
            show_default="all",
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Only say which notebooks would change.")
    ] = False,
    pictures: Annotated[
        bool,
        typer.Option(
            "--pictures",
            help="Store every picture anew. Otherwise a picture stays as it is while its cell and "
            "its sentence are the same.",
        ),
    ] = False,
) -> None:
    """Run the notebooks from top to bottom and store them with their results.

    For whoever changes a lesson: run this before you pass your change on. A notebook in which a
    cell fails is left as it is. If you changed how a chart is drawn, add --pictures.
    """
    from course_lib.cli.notebooks import executed, is_stored, store
    from course_lib.cli.reference_pages import write_pages

    folder = find_checkout() / "notebooks"
    chosen = [path for name in names or [] for path in find_notebooks(folder, name)]
    paths = list(dict.fromkeys(chosen)) if names else all_notebooks(folder)
    if not paths:
        raise CourseError(f"There is no notebook in {folder} yet.")

    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    changed = 0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, transient=True) as bars:
        for path in paths:
            name = path.relative_to(folder).as_posix()
            bar = bars.add_task(name, total=None)

            def show(index: int, cells: int, bar: TaskID = bar) -> None:
                bars.update(bar, completed=index + 1, total=cells)

            text = executed(path, show, redraw_pictures=pictures)
            new = not is_stored(path, text) if check else store(path, text)
            changed += new
            bars.remove_task(bar)
            verdict = ("would change" if check else "stored anew") if new else "unchanged"
            bars.console.print(f"{name}: {verdict}", highlight=False)
    for page in [] if check else write_pages(folder.parent):
        typer.echo(f"{page}: written anew")
    if check and changed:
        raise CourseError("To store what would change, run: uv run course notebooks")


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def test(
    context: typer.Context,
    only: Annotated[
        Part | None,
        typer.Option(
            help="Run one part: library (the calculations), lessons (every notebook gives what "
            "is stored in it), or browser (the labs in a real browser).",
            show_default="all three",
        ),
    ] = None,
) -> None:
    """Run the tests of the course.

    For whoever changes something. What follows is handed to pytest:
    uv run --group test course test -k theil
    """
    checkout = find_checkout()
    with development_tools():
        from course_lib.dev.testing import run_tests
    raise typer.Exit(run_tests(checkout, only and only.value, context.args))


@app.command()
def bench(
    grading: Annotated[
        bool, typer.Option("--grading", help="Measure the grading of a class instead.")
    ] = False,
    site: Annotated[
        Path | None,
        typer.Option("--site", help="Measure a built site beside JupyterLab instead."),
    ] = None,
) -> None:
    """Measure how quickly the labs answer, beside plain ipywidgets and pyplot.

    Takes two minutes and needs the test tools: uv run --group test course bench
    """
    find_checkout()  # said at once, and not after minutes of measuring
    with development_tools():
        from course_lib.dev import bench as labs
        from course_lib.dev import bench_grading, bench_site
    if site:
        bench_site.main(site.expanduser().resolve())
    else:
        (bench_grading if grading else labs).main()


@contextmanager
def development_tools() -> Iterator[None]:
    """Say in a sentence where `course_lib.dev` is not there: the wheel leaves it out."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name != "course_lib.dev":
            raise
        raise CourseError(
            "This command is for those who change the course, and works with the course's own "
            "folder: in it, type: uv run --group test course ..."
        ) from None
