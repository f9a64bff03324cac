"""The graded sets: the masters' solutions earn full marks for everybody, an untouched set none."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from course_lib.exercises import SETS, exercise_set, personal_set
from course_lib.exercises.blocked import blocked
from course_lib.exercises.personal_set import as_data

MASTERS = Path(__file__).parents[2] / "notebooks" / "exercises"
STUDENTS = [f"s{number:03d}" for number in range(50)]
SOLUTION = re.compile(r" *### BEGIN SOLUTION\n.*?### END SOLUTION", re.S)
NOTHING = "raise NotImplementedError('Write your answer here, then run this cell')"


def answer_cells(set_name: str) -> dict[str, str]:
    """The answer cells of a master with their solutions, by question."""
    cells = json.loads((MASTERS / f"{set_name}.ipynb").read_text("utf-8"))["cells"]
    names = [question.name for question in exercise_set(set_name).questions]
    return {cell["id"]: "".join(cell["source"]) for cell in cells if cell["id"] in names}


def untouched(source: str) -> str:
    """The cell as a student gets it."""
    return SOLUTION.sub(
        lambda found: " " * (len(found[0]) - len(found[0].lstrip())) + NOTHING, source
    )


def marks(set_name: str, student: str, cells: dict[str, str]) -> dict[str, float]:
    """What the judge gives for each question, on inputs drawn with a class's secret."""
    found: dict[str, float] = {}
    names: dict[str, Any] = {"mine": personal_set(set_name, student, "token")}
    wanted = exercise_set(set_name)
    for question in wanted.questions:
        with suppress(NotImplementedError):
            exec(cells[question.name], names)
        inputs = wanted.inputs(question.name, student, "token", secret="a secret of the class")
        try:
            with blocked(question.blocked):
                answer = as_data(names.get(question.name), inputs)
        except NotImplementedError:
            answer = None
        answer = json.loads(json.dumps(answer))
        task = wanted.task(question.name, student, "token")
        found[question.name] = question.judge(answer, task, inputs).points
    return found


@pytest.mark.parametrize("set_name", SETS)
def test_the_reference_solution_earns_full_marks_on_every_variant(set_name: str) -> None:
    cells = answer_cells(set_name)
    full = {question.name: question.points for question in exercise_set(set_name).questions}
    for student in STUDENTS:
        assert marks(set_name, student, cells) == full, student


@pytest.mark.parametrize("set_name", SETS)
def test_an_untouched_set_earns_nothing(set_name: str) -> None:
    cells = {name: untouched(source) for name, source in answer_cells(set_name).items()}
    assert all(NOTHING in source for source in cells.values())
    for student in STUDENTS[:5]:
        assert set(marks(set_name, student, cells).values()) == {0}


@pytest.mark.parametrize("set_name", SETS)
def test_the_master_is_marked_as_the_questions_say(set_name: str) -> None:
    cells = json.loads((MASTERS / f"{set_name}.ipynb").read_text("utf-8"))["cells"]
    kept = {cell["id"]: cell["metadata"].get("nbgrader") for cell in cells}
    for question in exercise_set(set_name).questions:
        assert kept[f"{question.name}-marks"]["points"] == question.points
        assert kept[f"{question.name}-marks"]["locked"]
        assert kept[question.name]["solution"]
    assert kept["argument"]["points"] == 6
    assert kept["student"] is None


@pytest.mark.parametrize("set_name", SETS)
def test_no_two_students_get_the_same_set_and_each_gets_it_again(set_name: str) -> None:
    wanted = exercise_set(set_name)

    def tasks(student: str, course_class: str = "practice") -> str:
        return json.dumps([wanted.task(q.name, student, course_class) for q in wanted.questions])

    everybody = {student: tasks(student) for student in (f"s{n:03d}" for n in range(200))}
    assert len(set(everybody.values())) == 200
    assert tasks("s007") == everybody["s007"]
    assert tasks("s007", "another class") != everybody["s007"]


def test_wrong_answers_earn_part_of_the_points() -> None:
    wanted = exercise_set("01_measuring_regions")
    theil = wanted.question("theil")
    inputs = wanted.inputs("theil", "s1")

    def unweighted(incomes, people):
        import numpy as np

        share = np.array(incomes) / np.sum(incomes)
        return float(np.sum(share * np.log(share * len(share))))

    assert theil.judge(as_data(unweighted, inputs), {}, inputs).points == 2
    assert theil.judge(as_data(lambda incomes, people: 0.0, inputs), {}, inputs).points == 1
    split = wanted.question("split")
    task = wanted.task("split", "s1")
    assert split.judge({"total": 0.2, "between": 0.1, "within": 0.1}, task).points == 1
    assert split.judge({"total": True, "between": 1, "within": 0}, task).points <= 1
    assert split.judge("0.1", task).points == 0


def test_a_transfer_that_breaks_the_budget_earns_nothing() -> None:
    wanted = exercise_set("01_measuring_regions")
    question, task = wanted.question("transfers"), wanted.task("transfers", "s1")
    budget = task["budget"]
    assert question.judge({}, task).points == 0
    assert question.judge({"Shanghai": -0.1 * budget, "Guizhou": 0.1 * budget}, task).points >= 1
    assert question.judge({"Shanghai": -2 * budget, "Guizhou": 2 * budget}, task).points == 0
    assert question.judge({"Shanghai": -budget, "Guizhou": 0.5 * budget}, task).points == 0
    assert question.judge({"Atlantis": -1, "Guizhou": 1}, task).points == 0


def test_a_policy_needs_both_means() -> None:
    wanted = exercise_set("04_gradient_transition")
    for student in STUDENTS:
        question, task = wanted.question("policy"), wanted.task("policy", student)
        best = 0.0
        for step in range(400):
            schools = {"transfer": task["transfer"] + 0.001 * step, "moved": 0.0}
            moving = {"transfer": task["transfer"], "moved": task["below"] / 2 * step / 399}
            best = max(best, *(question.judge(one, task).points for one in (schools, moving)))
        assert best < question.points


def test_a_student_sees_the_properties_and_never_the_word_correct() -> None:
    mine = personal_set("01_measuring_regions", "S-1 ")
    cells = answer_cells("01_measuring_regions")
    names: dict[str, Any] = {"mine": mine}
    exec(cells["theil"], names)
    report = mine.check("theil", names["theil"])
    assert "all 3 public checks pass" in repr(report)
    assert "cannot see everything" in repr(report)
    assert "correct" not in repr(report).lower()
    assert "not answered yet" in repr(mine.check("split", ...))
    stopped = repr(mine.check("theil", lambda incomes, people: 1 / 0))
    assert "ZeroDivisionError" in stopped
    assert "Hint" in stopped


def test_in_a_grading_run_the_check_is_a_bare_number(monkeypatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    mine = personal_set("01_measuring_regions", "s1")
    names: dict[str, Any] = {"mine": mine}
    exec(answer_cells("01_measuring_regions")["theil"], names)
    assert mine.check("theil", names["theil"]) == 5
    assert mine.check("theil", ...) == 0
    assert mine.check("theil", 3.0) == 0


def test_the_courses_own_measure_is_no_answer() -> None:
    from course_lib.measures import theil as borrowed

    mine = personal_set("01_measuring_regions", "s1")
    assert mine.marks("theil", lambda incomes, people: borrowed(incomes, people)) == 0
    report = repr(mine.check("theil", lambda incomes, people: borrowed(incomes, people)))
    assert "switched off while your own function is checked" in report
    assert borrowed([1.0, 2.0]) > 0  # and it works again afterwards


def test_without_a_student_number_a_sentence_says_what_to_do() -> None:
    with pytest.raises(ValueError, match="Write your student number between the quotation marks"):
        personal_set("01_measuring_regions", "")
    with pytest.raises(ValueError, match="holds ' ' '/'"):
        personal_set("01_measuring_regions", "a /b")
    with pytest.raises(ValueError, match="There is no exercise set"):
        personal_set("99_nothing", "s1")
    with pytest.raises(ValueError, match="has no question 'x'"):
        personal_set("01_measuring_regions", "s1").task("x")
