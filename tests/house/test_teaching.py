"""The teacher's book: what it names exists, its answers are whole, and students get none of it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

from course_lib import measures
from course_lib.cli import app
from course_lib.datasets import china_provinces
from course_lib.dev.every_lab import every_lab
from course_lib.errors import CourseError
from course_lib.exercises import SETS, exercise_set
from course_lib.grading.class_predictions import lesson_at
from course_lib.grading.exam_bank import BANK, read_questions
from course_lib.grading.teaching_guide import fits, lines, of_quiz, thoughts
from course_lib.lab import Lab, Quiz
from course_lib.policy_studio.game import play_game
from course_lib.policy_studio.report import PARTS
from course_lib.sentence import count_words

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "notebooks" / "TEACHING.md"


@pytest.mark.skipif(
    not (ROOT / ".git").exists() or shutil.which("git") is None, reason="needs a git checkout"
)
def test_a_copy_for_students_holds_no_answers() -> None:
    """`git archive` obeys export-ignore, and so does a forge's ZIP."""
    paths = [
        "notebooks/TEACHING.md",
        "notebooks/exercises",
        "notebooks/04_gradient_transition.ipynb",
    ]
    asked = subprocess.run(
        ["git", "check-attr", "export-ignore", *paths],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = [line.rsplit(": ", 1)[1] for line in asked.stdout.splitlines()]
    assert found == ["set", "set", "unspecified"]


def test_no_page_for_students_links_the_book() -> None:
    pages = [path for path in BOOK.parent.glob("*.*") if path != BOOK and path.is_file()]
    assert [page.name for page in pages if "TEACHING.md" in page.read_text("utf-8")] == []


def sections(text: str) -> dict[str, str]:
    """What stands below each heading of the second level, by the heading."""
    parts = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


WHOLE = BOOK.read_text("utf-8")
LESSON_SECTIONS = {
    heading[:2]: text for heading, text in sections(WHOLE).items() if heading[:2].isdigit()
}
LABS: dict[str, Lab] = {lab.name: lab for lab in (make() for make in every_lab().values())}
OUTCOMES = {
    every_lab()[f"{room}.{name}"]().name: option
    for room in sorted({name.split(".")[0] for name in every_lab()})
    for name, option in import_module(f"tests.{room}.test_labs").OUTCOMES.items()
}
ANSWERED = re.compile(
    r"^- \*Discuss\.\* .+\?[^\n]*\n  \*A good answer\* (.+?) \*Where talk usually goes:\* .+$",
    re.MULTILINE,
)


def lesson_text(number: str) -> str:
    path = next(BOOK.parent.glob(f"{number}_*.ipynb"))
    return "\n".join("".join(cell["source"]) for cell in json.loads(path.read_text())["cells"])


def test_each_lesson_has_a_section() -> None:
    assert list(LESSON_SECTIONS) == [f"{number:02}" for number in range(14)]


@pytest.mark.parametrize("number", LESSON_SECTIONS)
def test_each_question_for_discussion_is_answered(number: str) -> None:
    text = LESSON_SECTIONS[number]
    answers = ANSWERED.findall(text)
    assert len(answers) == text.count("*Discuss.*") >= 1
    for answer in answers:
        assert len(re.findall(r"[.?](?: |$)", answer)) == 3, answer


@pytest.mark.parametrize("number", LESSON_SECTIONS)
def test_numbers_of_an_answer_stand_in_the_lesson(number: str) -> None:
    lesson = lesson_text(number)
    for answer in ANSWERED.findall(LESSON_SECTIONS[number]):
        missing = [found for found in re.findall(r"\d[\d,.]*\d", answer) if found not in lesson]
        assert missing == []


@pytest.mark.parametrize("number", LESSON_SECTIONS)
def test_each_option_of_each_prediction_and_quiz_has_a_thought(number: str) -> None:
    """An option is named by words that fit it alone; the one that comes true stands first."""
    told = lines(LESSON_SECTIONS[number], number)
    asked = {
        name: (lab.predict.choices, OUTCOMES[name])
        for name, lab in LABS.items()
        if lab.predict and name.startswith(number)
    }
    for quiz in quizzes_of(number):
        ids = {words: option for option, words in quiz.choices.items()}
        asked[of_quiz(quiz.name)] = quiz.choices, ids[quiz.answer]
    assert set(told) == set(asked)
    for name, words in told.items():
        options, came_true = asked[name]
        found = thoughts(words, options)
        assert sorted(found) == sorted(options), name
        assert next(iter(found)) == came_true, name
        named = re.findall(r"\*([^*]+)\*", words)
        assert [fits(fragment, options) for fragment in named] == [[one] for one in found], name


def quizzes_of(number: str) -> list[Quiz]:
    """The quizzes of a lesson; the last one, on the reader's own region, has none."""
    try:
        return lesson_at(BOOK.parent, number).quizzes
    except CourseError:
        return []


@pytest.mark.parametrize("number", LESSON_SECTIONS)
def test_minutes_are_those_of_the_lesson(number: str) -> None:
    """`75 minutes, 95 with ...` here is `75 minutes; 20 more with ...` or the sum there."""
    here = [
        int(m) for m in re.findall(r"\d+", re.findall(r"\*\*(.+?)\*\*", LESSON_SECTIONS[number])[0])
    ]
    there = re.search(r"\*\*(?:Optional\. )?Time:\*\* (.+?)\*\*", lesson_text(number))
    assert there is not None
    first, *more = map(int, re.findall(r"\d+(?= minutes| more)|(?<=or )\d+", there[1]))
    assert here[0] == first
    if len(here) > 1:
        assert here[1] in {more[0], first + more[0]}


# --- the outcomes of the course, and what a class needs to know before

OUTCOMES_SECTION = sections(WHOLE)["What students can do in the end"]
EXAM = {one.id for one in read_questions(BOOK.parent / BANK)}


def questions_of_sets() -> set[str]:
    """`01: 4` for each question of each set; the written argument is its last."""
    return {
        f"{name[:2]}: {number}"
        for name in SETS
        for number in range(1, len(exercise_set(name).questions) + 2)
    }


def core_labs() -> set[str]:
    """The labs that stand in part 5 of a lesson."""
    calls = {call.partition(".")[2]: make().name for call, make in every_lab().items()}
    found = set()
    for number in LESSON_SECTIONS:
        part_five = re.split(r"^## \d\. ", lesson_text(number), flags=re.MULTILINE)
        names = {
            name
            for part in part_five
            if part.startswith("The labs")
            for name in re.findall(r"labs\.(\w+_lab)\(", part)
        }
        found |= {lab for name, lab in calls.items() if name in names and lab.startswith(number)}
    return found


def named_sets() -> set[str]:
    lines = re.findall(r"^- Sets: (.+)\.$", OUTCOMES_SECTION, re.MULTILINE)
    parts = [part for line in lines for part in line.split("; ")]
    return {
        f"{number}: {question}"
        for number, questions in (part.split(": ") for part in parts)
        for question in questions.split(", ")
    }


def test_outcomes_name_what_exists_and_leave_nothing_out() -> None:
    named = set(re.findall(r"`([^`]+)`", OUTCOMES_SECTION))
    assert named - EXAM - set(LABS) == set()
    assert EXAM - named == set()
    assert core_labs() - named == set()
    assert named_sets() == questions_of_sets()
    assert len(re.findall(r"^\*\*\d+\. ", OUTCOMES_SECTION, re.MULTILINE)) == 10


def test_labs_of_an_outcome_are_of_its_lessons() -> None:
    for line in re.findall(r"^- Lessons?: .+$", OUTCOMES_SECTION, re.MULTILINE):
        lessons, labs = line.split(" Labs: ")
        assert set(re.findall(r"`(\d\d) ", labs)) <= set(re.findall(r"\d\d", lessons)), line


def test_what_a_lesson_needs_is_what_its_first_cell_says() -> None:
    before = sections(WHOLE)["What a class needs to know before"]
    rows = dict(re.findall(r"^\| (\d\d) \| ([^|]+) \|", before, re.MULTILINE))
    assert list(rows) == [f"{number:02}" for number in range(1, 13)]
    for number, needs in rows.items():
        said = re.search(r"\*\*You need:\*\* (.+)", lesson_text(number))
        assert said is not None
        lessons = set(re.findall(r"(?<!\d)\d\d(?!\d)", said[1]))
        assert set(re.findall(r"\d\d", needs)) == lessons, number
    needed = Counter(one for needs in rows.values() for one in re.findall(r"\d\d", needs))
    assert {lesson for lesson in rows if needed[lesson] == 0} == {"10", "12"}
    once = {lesson for lesson in rows if needed[lesson] == 1}
    assert once == {"03", "04", "06", "09", "11"}
    named = set(re.findall(r"`(\d\d[^`]*)`", before))
    assert named <= EXAM | set(LABS)


def test_each_link_within_the_book_has_its_heading() -> None:
    headings = re.findall(r"^#{2,3} (.+)$", WHOLE, re.MULTILINE)
    links = set(re.findall(r"\]\(#([^)]+)\)", WHOLE))
    assert links <= {heading.replace(" ", "-") for heading in headings}
    contents = set(re.findall(r"\]\(#([^)]+)\)", sections(WHOLE)["Contents"]))
    second_level = set(sections(WHOLE)) - {"Contents"}
    assert {heading.replace(" ", "-") for heading in second_level} <= contents


def test_each_command_that_the_book_names_exists() -> None:
    commands: set[str] = set()
    for words in re.findall(r"`(?:uv run (?:--extra \w+ )?)?course ([a-z -]+)", WHOLE):
        command, *more = words.split()
        group = command in {"class", "region"}
        commands.add(f"{command} {more[0]}" if group else command)
    assert {"lab", "handout", "class exam", "class grade", "region check"} <= commands
    for named in sorted(commands):
        told = CliRunner().invoke(app, [*named.split(), "--help"])
        assert told.exit_code == 0, named


# --- marking

MARKING = sections(WHOLE)["Marking"]


def test_levels_are_given_for_each_part_of_the_report_and_each_set() -> None:
    rows = re.findall(r"^\| ([^|]+) \((\d)\) \|", MARKING, re.MULTILINE)
    assert rows == [(part.heading, str(part.points)) for part in PARTS.values()]
    sets = re.findall(r"^\| (\d\d) \|", MARKING, re.MULTILINE)
    assert sets == [name[:2] for name in SETS]


def test_marks_of_the_example_report_add_up() -> None:
    example = MARKING.split("### An example report with its marks")[1].split("### Weights")[0]
    written = re.findall(r"^> (.+)$", example, re.MULTILINE)
    assert 600 <= count_words(" ".join(written)) <= 1200  # as lesson 12 asks
    parts = re.findall(r"^> \*(.+?)\.\* ", example, re.MULTILINE)
    marks = [(int(a), int(b)) for a, b in re.findall(r"^\*(\d) of (\d)\.\*", example, re.MULTILINE)]
    assert parts == [part.heading for part in PARTS.values()]
    assert [possible for _, possible in marks] == [part.points for part in PARTS.values()]
    total = re.search(r"\*Together (\d+) of (\d+)\.\*", example)
    assert total is not None
    assert int(total[1]) == sum(given for given, _ in marks)
    assert int(total[2]) == sum(part.points for part in PARTS.values())


def test_numbers_of_the_examples_are_computed() -> None:
    played = play_game([{"specialities": 1.0}] * 6, seed=1)
    game = re.search(r"> \*What the game showed, and what it did not\.\* (.+)", MARKING)
    assert game is not None
    assert f"won {played.elections_won} election," in game[1]
    assert f"{played.output[-1]:.2f} times" in game[1]
    assert f"In {6 - sum(played.in_office)} of the 6 terms" in game[1]
    assert f"from {played.inequality[5]:.2f} to {played.inequality[-1]:.2f}" in game[1]
    answer = MARKING.split("**An example.**")[1].split("### The report")[0]
    assert 150 <= count_words(" ".join(re.findall(r"^> (.+)$", answer, re.MULTILINE))) <= 250
    for year in (1978, 1990):
        table = china_provinces().query(f"year == {year}")
        for here in (table, table.query("province not in ['Beijing', 'Shanghai', 'Tianjin']")):
            index = measures.theil(here["gdp_per_head"], here["population"])
            assert f"{index:.3f}" in answer


def test_exam_and_weights_add_up() -> None:
    weights = MARKING.split("### Weights")[1]
    rows = [row.split("|")[2:5] for row in weights.splitlines() if re.match(r"\| \w", row)]
    columns = [[int(re.findall(r"\d+$", cell.strip())[0]) for cell in row] for row in rows]
    assert [sum(column) for column in zip(*columns, strict=True)] == [100, 100, 100]
    bank = read_questions(BOOK.parent / BANK)
    points = {one.kind: one.points for one in bank}
    assert {(one.kind, one.points) for one in bank} == set(points.items())
    total = 2 * points["recall"] + 3 * points["apply"] + 2 * points["judge"]
    assert f"{total} points" in weights
