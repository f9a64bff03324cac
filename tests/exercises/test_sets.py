"""The graded sets: the masters' solutions earn full marks for everybody, an untouched set none."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import warnings
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from course_lib.exercises import SETS, cells, exercise_set, personal_set
from course_lib.exercises.blocked import blocked
from course_lib.exercises.personal_set import as_data

MASTERS = Path(__file__).parents[2] / "notebooks" / "exercises"
STUDENTS = [f"s{number:03d}" for number in range(50)]
#: Sets whose variants are made by running a model many times.
SLOW = ("05_growth_poles", "09_comparing_theories", "11_pearl_river_delta", "12_policy_studio")
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
    for student in STUDENTS[: 50 if set_name not in SLOW else 15]:
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

    many = 200 if set_name not in SLOW else 60
    everybody = {student: tasks(student) for student in (f"s{n:03d}" for n in range(many))}
    assert len(set(everybody.values())) == many
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
    assert split.judge({"total": 0.9, "between": 0.1, "within": 0.8}, task).points == 1
    assert split.judge({"total": True, "between": 1, "within": 0}, task).points == 0
    assert split.judge({"total": "0.9", "between": 0.1, "within": 0.8}, task).points == 0
    assert split.judge("0.1", task).points == 0
    speed = exercise_set("04_gradient_transition").question("speed")
    inputs = exercise_set("04_gradient_transition").inputs("speed", "s1")
    assert speed.judge(as_data(lambda *given: 0.02, inputs), {}, inputs).points == 0


def test_three_decimals_are_enough_and_two_are_not() -> None:
    wanted = exercise_set("01_measuring_regions")
    question = wanted.question("split")
    cells = answer_cells("01_measuring_regions")
    two = []
    for student in STUDENTS[:20]:
        names: dict[str, Any] = {"mine": personal_set("01_measuring_regions", student)}
        exec(cells["split"], names)
        task = wanted.task("split", student)

        def points(digits: int, names: dict[str, Any] = names, task: Any = task) -> float:
            answer = {name: round(value, digits) for name, value in names["split"].items()}
            return question.judge(answer, task).points

        assert points(3) == question.points
        two.append(points(2))
    assert sum(two) < 0.7 * 20 * question.points


def test_a_transfer_that_breaks_the_budget_earns_nothing() -> None:
    wanted = exercise_set("01_measuring_regions")
    question, task = wanted.question("transfers"), wanted.task("transfers", "s1")
    budget = task["budget"]
    assert question.judge({}, task).points == 0
    assert question.judge({"Shanghai": -0.1 * budget, "Guizhou": 0.1 * budget}, task).points >= 1
    assert question.judge({"Shanghai": -2 * budget, "Guizhou": 2 * budget}, task).points == 0
    assert question.judge({"Shanghai": -budget, "Guizhou": 0.5 * budget}, task).points == 0
    some = {"Shanghai": -0.1 * budget, "Guizhou": 0.1 * budget}
    assert question.judge({"Atlantis": -1, "Guizhou": 1}, task).points == 0
    assert question.judge({"Shanghai": "nan"}, task).points == 0
    assert question.judge(some | {"Beijing": float("nan")}, task).points == 0
    assert question.judge(some | {"Beijing": "0"}, task).points == 0
    assert question.judge({"Shanghai": 0, "Guizhou": 0}, task).points == 0
    report = repr(
        personal_set("01_measuring_regions", "s1").check("transfers", some | {"Atlantis": 0})
    )
    assert "There is no province Atlantis." in report
    assert report.count("Atlantis") == 1


def test_one_province_that_gives_to_another_is_not_enough() -> None:
    from course_lib.datasets import china_provinces

    wanted = exercise_set("01_measuring_regions")
    question = wanted.question("transfers")
    for student in STUDENTS:
        task = wanted.task("transfers", student)
        table = china_provinces().query("year == @task['year']").set_index("province")
        per_head = (table["gdp"] / table["population"]).sort_values()
        pair = {per_head.index[-1]: -task["budget"], per_head.index[0]: task["budget"]}
        assert question.judge(pair, task).points <= 3


def test_no_transfers_beat_the_lowest_index() -> None:
    """The threshold is what is possible: the lowest index, found here by a general solver."""
    from scipy.optimize import minimize

    from course_lib.exercises.measuring_regions import _least_index, _provinces, _theil

    year, share = 1995, 0.03
    before = _provinces(year)
    gdp, heads = before["gdp"].to_numpy(), before["population"].to_numpy()
    budget, n = share * gdp.sum(), len(gdp)

    def index(shares):  # of the budget: first what is given, then what is received
        after = gdp + budget * (shares[n:] - shares[:n])
        return 100 * _theil(list(after / heads), list(heads))

    found = minimize(
        index,
        np.full(2 * n, 1 / n),
        bounds=[(0, min(1, 0.9 * one / budget)) for one in gdp] + [(0, 1)] * n,
        constraints=[
            {"type": "eq", "fun": lambda shares: shares[:n].sum() - 1},
            {"type": "eq", "fun": lambda shares: shares[n:].sum() - 1},
        ],
        method="SLSQP",
        options={"maxiter": 500},
    )
    least = _least_index(year, budget)
    assert found.success
    assert least <= found.fun / 100 + 1e-9
    assert found.fun / 100 == pytest.approx(least, rel=1e-3)


def test_a_policy_needs_both_means() -> None:
    wanted = exercise_set("04_gradient_transition")
    for student in STUDENTS:
        question, task = wanted.question("policy"), wanted.task("policy", student)
        best = 0.0
        example = {"transfer": task["transfer"] + 0.01, "moved": 0.1}  # stands in the answer cell
        assert question.judge(example, task).points < question.points
        for step in range(400):
            schools = {"transfer": task["transfer"] + 0.001 * step, "moved": 0.0}
            moving = {"transfer": task["transfer"], "moved": task["below"] / 2 * step / 399}
            best = max(best, *(question.judge(one, task).points for one in (schools, moving)))
        assert best <= 2  # not even in the long run


def test_a_policy_can_be_found_with_steps_of_a_twentieth_of_a_point() -> None:
    wanted = exercise_set("04_gradient_transition")
    question = wanted.question("policy")
    for student in STUDENTS:
        task = wanted.task("policy", student)
        found = 0.0
        for step in range(400):
            transfer = task["transfer"] + 0.0005 * step
            left = task["budget"] - task["school_cost"] * (0.05 * step) ** 2
            if left >= 0:
                moved = min((left / task["move_cost"]) ** 0.5 / 10, task["below"] / 2)
                answer = {"transfer": transfer, "moved": 0.9999 * moved}
                found = max(found, question.judge(answer, task).points)
        assert found == question.points


@pytest.mark.parametrize("text", ["nan", "inf", "0.03"])
def test_a_policy_of_words_is_none(text: str) -> None:
    wanted = exercise_set("04_gradient_transition")
    task = wanted.task("policy", "s1")
    question = wanted.question("policy")
    assert question.judge({"transfer": text, "moved": 0.1}, task).points == 0
    assert question.judge({"transfer": task["transfer"], "moved": text}, task).points == 0
    assert question.judge({"transfer": float("nan"), "moved": 0.1}, task).points == 0
    assert question.judge({"transfer": task["transfer"], "moved": 0.0}, task).points == 0


def test_both_verdicts_on_the_slope_are_drawn_and_each_is_clear() -> None:
    from course_lib.exercises.gradient_transition import _found

    wanted = exercise_set("04_gradient_transition")
    verdicts = []
    for student in STUDENTS:
        task = wanted.task("evidence", student)
        beta = _found(**task).convergence.beta
        assert beta.p_value < 0.01 or beta.p_value > 0.12
        assert beta.speed > 0.004
        verdicts.append(beta.is_significant)
    assert 15 <= sum(verdicts) <= 35


def test_the_speed_of_convergence_is_that_of_the_course() -> None:
    from course_lib.measures import beta_convergence

    wanted = exercise_set("04_gradient_transition")
    for student in STUDENTS[:10]:
        inputs = wanted.inputs("speed", student, secret="some")
        right = as_data(lambda *given: beta_convergence(*given).speed, inputs)
        assert wanted.question("speed").judge(right, {}, inputs).points == 5


def test_a_student_sees_the_properties_and_never_the_word_correct() -> None:
    mine = personal_set("01_measuring_regions", "S-1 ")
    cells = answer_cells("01_measuring_regions")
    names: dict[str, Any] = {"mine": mine}
    exec(cells["theil"], names)
    report = mine.check("theil", names["theil"])
    assert repr(report).startswith("Exercises 01, theil: all 3 public checks pass.")
    assert "cannot see everything" in repr(report)
    assert "correct" not in repr(report).lower()
    assert "not answered yet" in repr(mine.check("split", ...))
    stopped = repr(mine.check("theil", lambda incomes, people: 1 / 0))
    assert stopped.count("ZeroDivisionError") == 1
    assert "Hint" not in stopped  # none of them fits


def test_an_answer_that_is_not_possible_is_told_its_own_numbers() -> None:
    mine = personal_set("01_measuring_regions", "s1")
    budget = mine["transfers"]["budget"]
    for given, received, words in (
        (10, 10, f"You move 10.0 of the budget of {budget:,.1f}: too little"),
        (2 * budget, 2 * budget, f"You move {2 * budget:,.1f}, and the budget is {budget:,.1f}."),
        (budget, 5, f"{budget:,.1f} is given and 5.0 is received: the two must be equal."),
    ):
        said = repr(mine.check("transfers", {"Guangdong": -given, "Guizhou": received}))
        assert said.count(words) == 1
        assert "Hint" not in said
    mine = personal_set("04_gradient_transition", "s1")
    task = mine["policy"]
    for transfer, moved, words in (
        (task["transfer"], 0.0, "Your policy costs nothing"),
        (0.9, 0.1, "`transfer` is 0.9. It goes from"),
        (task["transfer"], -0.1, "`moved` is -0.1. It goes from 0 to"),
        (0.4, 0.0, f"and the budget is {task['budget']} million."),
    ):
        said = repr(mine.check("policy", {"transfer": transfer, "moved": moved}))
        assert said.count(words) == 1
        assert "Hint" not in said


@pytest.mark.parametrize(
    ("set_name", "question", "start", "limits", "dear"),
    [
        ("03_division_of_labour", "road", {"trade_cost": "trade_cost", "absolute": "absolute"},
         {"trade_cost": 0.9, "absolute": 0.1}, {"absolute": 9.0}),
        ("07_industrial_clusters", "association", {"detection": "gossip", "fine": None},
         {"detection": 1.1, "fine": -1.0}, {"detection": 1.0, "fine": 99.0}),
        ("08_innovation_and_synergy", "district",
         {name: name for name in ("spillover", "entrepreneurs", "government", "association")},
         {"spillover": 1.2, "government": 0.0}, {"spillover": 1.0, "government": 1.0}),
    ],
)  # fmt: skip
def test_a_policy_that_is_not_possible_is_told_its_own_numbers(
    set_name: str, question: str, start: dict, limits: dict, dear: dict
) -> None:
    mine = personal_set(set_name, "s1")
    today = {name: mine[question].get(own, 0.0) for name, own in start.items()}
    budget = f"and the budget is {mine[question]['budget']:g}"
    said = {"Your policy costs nothing": today, budget: today | dear}
    said |= {f"`{name}` is {value:g}. It ": today | {name: value} for name, value in limits.items()}
    for words, answer in said.items():
        report = repr(mine.check(question, answer))
        assert report.count(words) == 1, report
        assert "Hint" not in report
        judged = mine.exercise_set.question(question).judge(answer, mine[question])
        assert judged.points == 0


def test_a_share_above_one_is_told_so() -> None:
    report = repr(personal_set("11_pearl_river_delta", "s1").check("design", {"specialisation": 2}))
    assert report.count("`specialisation` is 2. It goes from 0 to 1.") == 1
    assert "Hint" not in report


def test_a_number_that_is_missing_is_named() -> None:
    said = repr(personal_set("01_measuring_regions", "s1").check("split", {"total": 0.1}))
    assert "`between` is missing from your dictionary." in said
    assert "`without` is missing from your dictionary." in said


def test_a_slope_is_told_from_a_speed() -> None:
    def slope(start, end, years):
        x = np.log(start)
        return -np.polyfit(x, (np.log(end) - x) / years, 1)[0]

    said = repr(personal_set("04_gradient_transition", "s1").check("speed", slope))
    assert "step 3 makes a speed of it" in said


def test_a_check_says_that_the_answer_may_be_an_older_one(monkeypatch) -> None:
    def ran(source: str, error: Exception | None = None) -> None:
        info = SimpleNamespace(raw_cell=source)
        cells.record_run(SimpleNamespace(info=info, error_before_exec=None, error_in_exec=error))

    monkeypatch.setattr(cells, "_HISTORY", [])
    mine = personal_set("01_measuring_regions", "s1")
    answer = {"total": 0.3, "between": 0.1, "within": 0.2, "without": 0.1}
    ran("split = {}")
    assert "ended in an error" not in repr(mine.check("split", answer))
    ran("split = {}\nraise NotImplementedError", NotImplementedError())
    ran("splits = 1\nprint(split == 1)")
    said = repr(mine.check("split", answer))
    assert said.count("The cell that gives split its value ended in an error.") == 1
    assert "ended in an error" not in repr(mine.check("split", ...))
    ran("split = {}")
    assert "ended in an error" not in repr(mine.check("split", answer))


def test_in_a_grading_run_the_check_is_a_bare_number(monkeypatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    mine = personal_set("01_measuring_regions", "s1")
    names: dict[str, Any] = {"mine": mine}
    exec(answer_cells("01_measuring_regions")["theil"], names)
    assert mine.check("theil", names["theil"]) == 3
    assert mine.check("theil", ...) == 0
    assert mine.check("theil", 3.0) == 0


@pytest.mark.parametrize("set_name", SETS)
def test_nothing_in_a_notebook_tells_whether_what_is_not_shown_is_right(
    set_name: str, monkeypatch
) -> None:
    """Neither at home nor in the kernel that is graded: there one could try until it fits."""
    mine = personal_set(set_name, "s1")
    for question in exercise_set(set_name).questions:
        with pytest.raises(RuntimeError, match="no marks here: they are given when your teacher"):
            mine.marks(question.name, None)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    asked: list[bool] = []
    monkeypatch.setattr(
        "course_lib.exercises.question.holds", lambda one, *given: asked.append(one.public) or True
    )
    for question in exercise_set(set_name).questions:
        shown = sum(one.points for one in question.criteria if one.public)
        answer = (lambda *given: 0.0) if question.inputs else {}
        assert mine.check(question.name, answer) == shown
    assert asked
    assert all(asked)


def test_a_grading_run_imports_no_charts() -> None:
    """They take a second, in the kernel of each submission."""
    code = (
        "import sys\n"
        "from course_lib.exercises import personal_set\n"
        "mine = personal_set('01_measuring_regions', 's1')\n"
        "print(mine.check('theil', lambda incomes, people: 0.0), 'matplotlib' in sys.modules)"
    )
    environment = os.environ | {"NBGRADER_EXECUTION": "autograde"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["1", "False"]


def test_a_function_that_warns_or_prints_keeps_its_mark(monkeypatch, capsys) -> None:
    """nbgrader gives nothing for a cell that wrote to stderr."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    names: dict[str, Any] = {}
    exec(answer_cells("01_measuring_regions")["theil"], names)

    def loud(incomes, people):
        print("looking")
        warnings.warn("old", stacklevel=1)
        print("a word", file=sys.stderr)
        return names["theil"](incomes, people)

    assert personal_set("01_measuring_regions", "s1").check("theil", loud) == 3
    assert capsys.readouterr() == ("", "")


def test_the_courses_own_measure_is_no_answer() -> None:
    from course_lib.measures import theil as borrowed

    mine = personal_set("01_measuring_regions", "s1")
    report = repr(mine.check("theil", lambda incomes, people: borrowed(incomes, people)))
    assert "switched off while your own function is checked" in report
    assert borrowed([1.0, 2.0]) > 0  # and it works again afterwards


def test_without_a_student_number_a_sentence_says_what_to_do() -> None:
    with pytest.raises(ValueError, match="Write your student number between the quotation marks"):
        personal_set("01_measuring_regions", "")
    with pytest.raises(ValueError, match="holds ' '"):
        personal_set("01_measuring_regions", "a /b")  # a slash is taken, and written as a hyphen
    with pytest.raises(ValueError, match="There is no exercise set"):
        personal_set("99_nothing", "s1")
    with pytest.raises(ValueError, match="has no question 'x'"):
        personal_set("01_measuring_regions", "s1").task("x")


def test_a_history_needs_a_cost_between_its_two_landmarks() -> None:
    wanted = exercise_set("02_agglomeration")
    question = wanted.question("history")
    for student in STUDENTS[:20]:
        task = wanted.task("history", student)
        for cost in (1.001, 50.0, float("nan"), "1.7"):
            assert question.judge({"cost": cost, "gather": 1, "stay": 1}, task).points == 0


def test_a_metros_first_industry_is_not_its_largest_by_jobs() -> None:
    """Else the question would be answered without a share."""
    from course_lib import datasets

    wanted = exercise_set("02_agglomeration")
    question = wanted.question("home")
    table = datasets.us_metro_industry_employment()
    same = 0
    for student in STUDENTS:
        task = wanted.task("home", student)
        here = table[table["metro"] == task["metro"]]
        largest = here.loc[here["employment"].idxmax(), "industry"]
        answer = {"industry": largest, "share": 0.0, "quotient": 0.0, "leader": ""}
        same += question.judge(answer, task).points == 2
    assert same <= 10


def test_a_road_or_a_school_alone_is_not_enough() -> None:
    wanted = exercise_set("03_division_of_labour")
    question = wanted.question("road")
    for student in STUDENTS[:20]:
        task = wanted.task("road", student)
        best = 0.0
        for step in range(1, 300):
            road = {"trade_cost": task["trade_cost"] - 0.005 * step, "absolute": task["absolute"]}
            school = {"trade_cost": task["trade_cost"], "absolute": task["absolute"] + 0.01 * step}
            for one in (road, school):
                best = max(best, question.judge(one | {"away": 9.0}, task).points)
        assert best == 1
        nothing = {"trade_cost": task["trade_cost"], "absolute": task["absolute"], "away": 0.0}
        assert question.judge(nothing, task).points == 0


def test_the_whole_change_as_the_national_part_earns_one_point() -> None:
    wanted = exercise_set("03_division_of_labour")
    question, inputs = wanted.question("parts"), wanted.inputs("parts", "s1", secret="some")
    lazy = as_data(lambda e0, e1, n0, n1: (sum(e1) - sum(e0), 0.0, 0.0), inputs)
    assert question.judge(lazy, {}, inputs).points == 1


def test_shift_share_of_the_set_is_that_of_the_course() -> None:
    import pandas as pd

    from course_lib.measures import shift_share

    wanted = exercise_set("03_division_of_labour")

    def borrowed(e0, e1, n0, n1):
        found = shift_share(pd.DataFrame([e0]), pd.DataFrame([e1]), nation_start=n0, nation_end=n1)
        return found[["national", "industry_mix", "regional"]].iloc[0].tolist()

    for student in STUDENTS[:10]:
        inputs = wanted.inputs("parts", student, secret="some")
        assert wanted.question("parts").judge(as_data(borrowed, inputs), {}, inputs).points == 5
