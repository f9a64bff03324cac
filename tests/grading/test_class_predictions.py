"""A class's progress files become one page of a lesson: all are read, and none is trusted."""

from __future__ import annotations

import html
import json
import random
import re
import shutil
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from course_lib.cli import app
from course_lib.errors import CourseError
from course_lib.grading.class_folder import ROSTER, SECRET, SETTINGS, ClassFolder
from course_lib.grading.class_predictions import (
    as_page,
    check_tries,
    lesson_at,
    quiz_tries,
    read_progress,
    votes,
    write_page,
)
from course_lib.grading.teaching_guide import of_quiz

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
STUDENTS = [f"s{number:03}" for number in range(1, 31)]
LESSON = lesson_at(NOTEBOOKS, "05")
LAB, QUIZ, CHECK = LESSON.labs[0], LESSON.quizzes[0], LESSON.checks[0]
OPTIONS = list(LAB.predict.choices)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> ClassFolder:
    """A class with a list, and no gradebook: predictions need none."""
    root = tmp_path_factory.mktemp("class")
    rows = "".join(f"{number},First{number},Last{number},\n" for number in STUDENTS)
    (root / ROSTER).write_text(f"id,first name,last name,email\n{rows}")
    (root / SETTINGS).touch()
    (root / SECRET).touch()
    return ClassFolder.at(root)


def line(kind: str, name: str, seconds: int = 0, **details: object) -> str:
    when = datetime(2027, 2, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    return json.dumps({"kind": kind, "name": name, "when": when.isoformat(), **details}) + "\n"


def predicted(option: str, reason: str = "So.", seconds: int = 0) -> str:
    return line("prediction", LAB.name, seconds, choice=option, reason=reason)


def sent(folder: ClassFolder, tmp_path: Path, files: dict[str, str | bytes]):
    """The files as an export of a learning platform."""
    export = tmp_path / "export.zip"
    with zipfile.ZipFile(export, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return read_progress(folder, LESSON, [export])


def test_votes_and_reasons(folder, tmp_path):
    came = sent(
        folder,
        tmp_path,
        {
            "s001/my_progress.jsonl": predicted(OPTIONS[0], "Because A.", 1),
            "s002/my_progress.jsonl": predicted(OPTIONS[1], "Because B.", 2),
            "s003/my_progress (1).jsonl": predicted(OPTIONS[1], "Because C.", 3),
            "s004/my_progress.jsonl": line("quiz", "04 when it moves", 4, choice="?", right=False),
        },
    )
    assert (len(came.students), sorted(came.events)) == (4, ["s001", "s002", "s003"])
    found = votes(LAB, came, names=False)
    assert found.counts == {OPTIONS[0]: 1, OPTIONS[1]: 2}
    assert found.reasons[OPTIONS[1]] == ["Because B.", "Because C."]
    assert votes(LAB, came, names=True).reasons[OPTIONS[0]] == ["s001: Because A."]
    assert came.left_out == {}


def test_what_came_true_is_marked_and_so_is_nothing_else(folder, tmp_path):
    page = as_page(LESSON, sent(folder, tmp_path, {"s001.jsonl": predicted(OPTIONS[0])}))
    for lab in LESSON.labs:
        section = page.split(f"<h2>{lab.title}</h2>")[1].split("</section>")[0]
        (marked,) = re.findall(r'<tr class="true"><th scope="row">(.*?) &#10003; came', section)
        assert marked == lab.predict.words(lab.came_true())


def test_quizzes_by_first_answer_and_how_they_changed(folder, tmp_path):
    wrong = next(option for option in QUIZ.options if option != QUIZ.answer)
    both = line("quiz", QUIZ.name, 1, choice=wrong, right=False) + line(
        "quiz", QUIZ.name, 9, choice=QUIZ.answer, right=True
    )
    once = line("quiz", QUIZ.name, 2, choice=wrong, right=False)
    came = sent(folder, tmp_path, {"s001/my_progress.jsonl": both, "s002/my_progress.jsonl": once})
    tries = quiz_tries(QUIZ, came)
    assert (tries.students, tries.right_at_first, tries.right_in_the_end) == (2, 0, 1)
    assert tries.first == {wrong: 2}
    assert tries.steps == {(wrong, QUIZ.answer): 1}
    assert "First answers of 2 students" in as_page(LESSON, came)


def test_checks_by_the_property_that_failed_at_first(folder, tmp_path, monkeypatch):
    progress_path = tmp_path / "my_progress.jsonl"
    monkeypatch.setenv("COURSE_PROGRESS", str(progress_path))
    for answer in (lambda table: [0, 0], lambda table: [1, 1]):
        CHECK(answer)
    came = sent(folder, tmp_path, {"s001/my_progress.jsonl": progress_path.read_text()})
    tries = check_tries(CHECK, came)
    assert (tries.students, tries.right_at_first) == (1, 0)
    assert set(tries.first) <= {one.sentence for one in CHECK.properties}
    assert tries.first
    page = as_page(LESSON, came)
    assert all(html.escape(one.hints[0]) in page for one in CHECK.properties if one.hints)


def test_a_check_that_asked_for_something_else_names_no_property(folder, tmp_path):
    more = len(CHECK.properties) + 1
    old = line("check", CHECK.name, passed=0, total=more, failed=list(range(more)))
    tries = check_tries(CHECK, sent(folder, tmp_path, {"s001/my_progress.jsonl": old}))
    assert (tries.students, tries.first) == (1, {})


def test_two_files_of_one_student_are_one_student(folder, tmp_path):
    laptop = predicted(OPTIONS[0], "At home.", 1)
    came = sent(
        folder,
        tmp_path,
        {
            "s001/my_progress.jsonl": laptop,
            "s001/pc_my_progress.jsonl": laptop + line("quiz", QUIZ.name, 5, choice="a"),
        },
    )
    assert [event["kind"] for event in came.events["s001"]] == ["prediction", "quiz"]


def test_files_of_an_older_course_are_read(folder, tmp_path):
    old = line("prediction", LAB.title, choice=LAB.predict.words(OPTIONS[2]), reason="Old.")
    came = sent(folder, tmp_path, {"s001/my_progress.jsonl": old})
    assert votes(LAB, came, names=False).counts == {OPTIONS[2]: 1}


GOOD = "".join(predicted(OPTIONS[0], f"Reason {n}.", n) for n in range(20))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no line of this course"),
        (b"%PDF-1.4 \x00\xff", "no line of this course"),
        (b'{"kind": "x", "name": "y", "when": "2027-01-01"}\n', "no line of this course"),
        (b'{"step": 1, "user": "a"}\n' * 9, "no line of this course"),
        (GOOD.encode() * 1_001, "more than 20,000 lines"),
        (b"[" * 200_000, "no line of this course"),
        (GOOD.encode() + b"\x00\x01\n" * 9, "9 of its 29 lines are damaged"),
        (b" " * 20_000_001, "larger than 20 megabytes"),
        (predicted("<script>").replace('"So."', "1").encode()[:-20], "no line of this course"),
    ],
)
def test_bad_files_are_named_and_left_out(folder, tmp_path, content, why):
    came = sent(
        folder,
        tmp_path,
        {"s001/my_progress.jsonl": content, "s002/my_progress.jsonl": predicted(OPTIONS[0])},
    )
    (told,) = came.left_out.items()
    assert "s001" in told[0]
    assert why in told[1]
    assert sorted(came.events) == ["s002"]


def test_a_line_that_was_cut_off_costs_itself(folder, tmp_path):
    cut = GOOD + '{"kind": "quiz", "na'
    came = sent(folder, tmp_path, {"s001/my_progress.jsonl": cut})
    (told,) = came.left_out.values()
    assert told == "line 21 is cut off or was changed, and does not count"
    assert votes(LAB, came, names=False).total == 1


def test_a_changed_line_does_not_count(folder, tmp_path):
    options = LAB.predict.choices
    changed = line("prediction", LAB.name, 99, choice="another", options=options, reason="x")
    came = sent(folder, tmp_path, {"s001/my_progress.jsonl": changed + GOOD})
    assert "line 1 is cut off or was changed" in str(came.left_out)
    assert votes(LAB, came, names=False).counts == {OPTIONS[0]: 1}


def test_another_students_file_does_not_count_twice(folder, tmp_path):
    more = GOOD + predicted(OPTIONS[1], "My own.", 500)
    came = sent(folder, tmp_path, {"s001/my_progress.jsonl": GOOD, "s002/my_progress.jsonl": more})
    assert sorted(came.events) == ["s001"]
    (why,) = came.left_out.values()
    assert "20 of its predictions stand in the file of s001 as well" in why


def test_a_file_of_two_students_is_left_out_whichever_came_first(folder, tmp_path):
    hers = "".join(predicted_in(lab, "Hers.", n) for n, lab in enumerate(LESSON.labs))
    his = "".join(predicted_in(lab, "His.", 50 + n) for n, lab in enumerate(LESSON.labs))
    files = {"s001": his + hers, "s002": hers, "s003": hers + his, "s004": his}
    came = sent(
        folder, tmp_path, {f"{who}/my_progress.jsonl": lines for who, lines in files.items()}
    )
    assert sorted(came.events) == ["s002", "s004"]
    assert sorted(where[-22:-18] for where in came.left_out) == ["s001", "s003"]
    assert votes(LAB, came, names=False).total == 2


def predicted_in(lab, reason: str, seconds: int) -> str:
    option = next(iter(lab.predict.choices))
    return line("prediction", lab.name, seconds, choice=option, reason=reason)


def test_names_are_on_the_page_only_if_asked(folder, tmp_path):
    bad = {"s001 First1 Last1/my_progress.jsonl": "no", "s002/my_progress.jsonl": GOOD}
    came = sent(folder, tmp_path, bad)
    page = as_page(LESSON, came)
    assert "s001" not in page
    assert "First1" not in page
    assert "1 file, in whole or in part" in page
    assert "First1" in as_page(LESSON, came, names=True)


def test_little_is_kept_of_a_student(folder, tmp_path):
    long = {"options": LAB.predict.choices, "question": "?" * 5_000, "title": "t" * 5_000}
    one = line("prediction", LAB.name, choice=OPTIONS[0], reason="r" * 9_000, **long)
    came = sent(folder, tmp_path, {"s001/my_progress.jsonl": one})
    assert len(json.dumps(came.events["s001"])) < 1_000


def test_each_option_has_its_thought(folder, tmp_path):
    came = sent(folder, tmp_path, {"s001/my_progress.jsonl": GOOD})
    page = as_page(LESSON, came)
    asked = {lab.name: lab.predict.choices for lab in LESSON.labs}
    asked |= {of_quiz(quiz.name): quiz.choices for quiz in LESSON.quizzes}
    for name, choices in asked.items():
        assert set(LESSON.thoughts[name]) == set(choices)
        for thought in LESSON.thoughts[name].values():
            assert html.escape(thought) in page
    assert "TEACHING.md, 05" in page


def test_without_the_teaching_guide_hints_are_left(folder, tmp_path):
    shutil.copy(next(NOTEBOOKS.glob("05_*.ipynb")), tmp_path)
    lesson = lesson_at(tmp_path, "05")
    assert not any(lesson.thoughts.values())
    assert "TEACHING.md" not in as_page(lesson, sent(folder, tmp_path, {}))


def test_nothing_that_a_student_wrote_is_html(folder, tmp_path):
    bad = predicted(OPTIONS[0], "<script>alert(1)</script><img src=x onerror=y>")
    bad += line("prediction", LESSON.labs[1].name, choice="<b>", words="<i>new</i>", reason="&")
    page = as_page(LESSON, sent(folder, tmp_path, {"s001/my_progress.jsonl": bad}))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;i&gt;new&lt;/i&gt;" in page
    assert "<script" not in page
    assert "onerror=y>" not in page.replace("onerror=y&gt;", "")
    assert "http" not in page


def test_a_lesson_that_is_not_there(folder):
    with pytest.raises(CourseError, match=r"There is no lesson '77'. The lessons are 00, 01"):
        lesson_at(NOTEBOOKS, "77")


@pytest.mark.parametrize("number", [f"{number:02}" for number in range(13)])
def test_every_lesson_asks_what_its_notebook_shows(number):
    lesson = lesson_at(NOTEBOOKS, number)
    assert lesson.labs
    assert lesson.quizzes
    assert all(one.name.startswith(f"{number} ") for one in (*lesson.labs, *lesson.checks))


def test_a_class_of_300_files_of_a_term(folder, tmp_path):
    """Simulated: each student predicts in every lab and answers every quiz, some more than once."""
    rng = random.Random(1)
    lessons = [lesson_at(NOTEBOOKS, f"{number:02}") for number in (1, 4, 5, 7)]
    files = {}
    for student in range(300):
        lines = []
        for second in range(250):
            lesson = rng.choice(lessons)
            lab, quiz = rng.choice(lesson.labs), rng.choice(lesson.quizzes)
            lines.append(
                line(
                    "prediction",
                    lab.name,
                    60 * second + student,
                    choice=rng.choice(list(lab.predict.choices)),
                    options=lab.predict.choices,
                    reason=f"A reason of student {student}, number {second}.",
                )
                if second % 2
                else line("quiz", quiz.name, 60 * second, choice=rng.choice(list(quiz.options)))
            )
        files[f"Student {student}_{student + 1000}_assignsubmission_file_/my_progress.jsonl"] = (
            "".join(lines)
        )
    came = sent(folder, tmp_path, files)
    assert (len(came.students), came.left_out) == (300, {})
    assert votes(LAB, came, names=False).total > 250
    path = write_page(folder, LESSON, came)
    assert path.name == "05.html"
    assert path.stat().st_size < 1_000_000


def test_the_command_reads_what_came_along_with_sets(folder, tmp_path):
    kept = folder.progress / "s007"
    kept.mkdir(parents=True)
    (kept / "my_progress_0123.jsonl").write_text(predicted(OPTIONS[0], "Mine."))
    done = CliRunner().invoke(
        app, ["class", "predictions", "--lesson", "5", "--folder", str(folder.root), "--names"]
    )
    assert done.exit_code == 0, done.output
    assert "Progress files that count: 1; with something of lesson 05: 1." in done.output
    assert "s007: Mine." in (folder.root / "predictions" / "05.html").read_text("utf-8")


def test_the_command_says_what_is_missing(folder):
    done = CliRunner().invoke(app, ["class", "predictions", "--folder", str(folder.root)])
    assert done.exit_code == 1
    assert "Say which lesson: --lesson 09" in done.output
