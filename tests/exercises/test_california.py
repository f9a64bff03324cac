"""The graded set of lesson 10: what almost right answers and shortcuts earn."""

from collections import Counter

import pytest

from course_lib import datasets
from course_lib.california.document_claims import named_codes
from course_lib.california.employment import industries_of
from course_lib.exercises import exercise_set
from course_lib.exercises.personal_set import as_data

STUDENTS = [f"s{number:03d}" for number in range(50)]
SET = exercise_set("10_california")


def earned(name, student, answer):
    question, task = SET.question(name), SET.task(name, student)
    inputs = SET.inputs(name, student, secret="some")
    found = answer(task) if inputs is None else as_data(answer, inputs)
    return question.judge(found, task, inputs).points


def with_itself(has, proximity, industry):
    return sum(x * near for x, near in zip(has, proximity, strict=True)) / sum(proximity)


def over_the_number(has, proximity, industry):
    others = [j for j in range(len(has)) if j != industry]
    return sum(has[j] * proximity[j] for j in others) / len(others)


def a_share(has, proximity, industry):
    others = [j for j in range(len(has)) if j != industry]
    return sum(has[j] for j in others) / len(others)


@pytest.mark.parametrize(
    ("function", "points"),
    [(with_itself, 1), (over_the_number, 1), (a_share, 2), (lambda *given: 0.5, 0)],
)
def test_almost_related(function, points):
    assert {earned("related", student, function) for student in STUDENTS[:10]} == {points}


def test_the_courses_own_relatedness_is_that_of_the_question():
    import pandas as pd

    from course_lib.measures import proximity, relatedness

    has = pd.DataFrame([[1, 1, 0, 1], [1, 0, 1, 0], [0, 1, 1, 1]], columns=list("abcd"))
    near = proximity(has)
    from course_lib.exercises.california import _related

    for place, code in enumerate(has):
        for region in has.index:
            mine = _related(list(has.loc[region]), list(near.loc[code]), place)
            assert mine == pytest.approx(relatedness(has).loc[region, code])


def test_all_three_verdicts_are_drawn_and_no_guess_earns_much():
    from course_lib.exercises.california import ABOVE, BELOW, OPEN, _withheld_found

    verdicts = Counter(
        _withheld_found(SET.task("withheld", student))["verdict"] for student in STUDENTS
    )
    assert min(verdicts[verdict] for verdict in (ABOVE, BELOW, OPEN)) >= 8
    guess = {"quotient": 0.5, "highest": 0.9, "verdict": BELOW}
    assert max(earned("withheld", student, lambda task: guess) for student in STUDENTS) <= 2


def test_withheld_read_as_zero_loses_the_rest():
    """Only what the published cells give: no bound, and a verdict from the quotient alone."""

    def naive(task):
        row = industries_of(task["region"]).loc[task["naics"]]
        quotient = float(row["location_quotient"])
        verdict = "above 1" if quotient > 1 else "below 1"
        return {"quotient": quotient, "highest": quotient, "verdict": verdict}

    points = [earned("withheld", student, naive) for student in STUDENTS]
    assert max(points) <= 3
    assert min(points) == 2


@pytest.mark.parametrize("answer", ["0.5", {"quotient": "nan"}, {"quotient": 1}, None, [1, 2, 3]])
def test_no_answer_to_withheld_is_an_error(answer):
    assert earned("withheld", "s001", lambda task: answer) == 0


def test_each_cluster_can_be_found_and_the_named_ones_do_not_count():
    for student in STUDENTS:
        task = SET.task("cluster", student)
        table = industries_of(task["region"])
        fits = table[
            (table["location_quotient"] >= task["quotient"])
            & (table["employment"] >= task["jobs"])
            & ~table.index.isin([*named_codes(task["region"]), "6214", "7225"])
        ]
        assert 1 <= len(fits) <= 6, task
        for code in named_codes(task["region"]):
            row = table.loc[code]
            answer = {
                "naics": code,
                "above": row["above_the_mix"],
                "share": row["national_share"],
            }
            assert SET.question("cluster").judge(answer, task).points == 0


def test_a_weak_cluster_earns_one_point():
    codes = sorted(set(datasets.california_metros()["naics"]))
    for student in STUDENTS[:10]:
        task = SET.task("cluster", student)
        table = industries_of(task["region"])
        weak = next(code for code in codes if table["location_quotient"].get(code, 9) < 1
                    and code not in named_codes(task["region"]))  # fmt: skip
        row = table.loc[weak]
        answer = {"naics": weak, "above": row["above_the_mix"], "share": row["national_share"]}
        assert SET.question("cluster").judge(answer, task).points == 1
        assert SET.question("cluster").judge({"naics": "0000"}, task).points == 0


def test_one_code_for_everybody_serves_few():
    """A code that is passed round: no code is an answer for more than a third of 200 students."""
    from course_lib.exercises.california import _is_strong

    tasks = [SET.task("cluster", f"s{number:03d}") for number in range(200)]
    codes = set(datasets.california_metros()["naics"])

    def serves(code):
        return sum(
            code in industries_of(task["region"]).index and _is_strong({"naics": code}, task)
            for task in tasks
        )

    assert max(map(serves, codes)) < 200 / 3
